"""The statements of an article in reading order: paragraphs, sentences, quotations that go on."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.article import find_anchor, find_bound, find_dateline
from onrecord.statements.chain.nested import add_nested
from onrecord.statements.chain.relay_names import drop_own, name_relays
from onrecord.statements.chain.relays import find_relays, go_on
from onrecord.statements.confidence import Sure, measure_confidence
from onrecord.statements.days.dating import date_all
from onrecord.statements.model.joined import join_readings
from onrecord.statements.model.learned import Learned, read_learned
from onrecord.statements.model.likely import LEAST, measure_likely
from onrecord.statements.model.windows import take_within
from onrecord.statements.quotations.marks import Quotation, find_quotations
from onrecord.statements.rules.attribute import find_attributions, untangle
from onrecord.statements.rules.attribution import Attribution
from onrecord.statements.rules.cues import may_speak
from onrecord.statements.rules.disowned import find_disowned
from onrecord.statements.rules.questions import is_question
from onrecord.statements.rules.said import Said
from onrecord.statements.speakers.antecedents import SpeakerReader
from onrecord.statements.speakers.bare_quotations import add_bare, find_bare
from onrecord.statements.speakers.cataphora import name_later
from onrecord.statements.speakers.name_runs import find_people
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.contents import says_something
from onrecord.statements.text.english import is_english
from onrecord.statements.text.paragraphs import Paragraph, join_lines
from onrecord.statements.text.sentences import (
    QUOTED,
    Sentence,
    find_beginning,
    find_sentences,
    mask_quotations,
)
from onrecord.types import Article, Block, Kind, Page, Problem, Span, Speaker, Statement, Tier, When

__all__ = ["find_kind", "find_said", "find_said_by", "find_statements", "prepare"]


def find_statements(
    page: Page, article: Article, *, captured_at: str | None = None, everything: bool = False
) -> Iterator[Statement | Problem]:
    """Yield the statements of an article in reading order, and the problems met on the way.

    With `everything`, whatever the trained reader takes for an attribution is yielded too: beliefs,
    intentions, acts that are no words, and what is not sure enough for a ledger.

    Only the headline and the paragraphs of the article are searched. Reader comments and furniture are
    not: they are evidence of what readers wrote or of other stories, not of what this page reports.
    """
    body, problems = _within_reach(article.body)
    yield from problems
    if not is_english(page.text, body):
        yield Problem(
            stage="statements",
            message="the article is not in English; its statements can't be read yet. The page is kept with "
            "its text, roles and dates, and `check` finds quotations in it.",
        )
        return
    prose, damaged = prepare(page.text, body, everything=everything)
    yield from damaged
    said, roster = find_said_by(prose)
    anchor = find_anchor(page, article, captured_at) or find_bound(captured_at)
    dated = date_all(page.text, said, anchor, masked=prose.masked, paragraphs=prose.paragraphs)
    own = [found.value for found in (article.outlet, article.credit, article.agency) if found is not None]
    disowned = [] if everything else _find_disowned(prose)
    for one, when in dated:
        # When "they said" it is not when somebody told of it.
        sure = measure_confidence(page.text, one, find_kind(prose, one.what), roster)
        statement = _statement(prose, one, None if one.what.nested else when, own, sure)
        if statement.polarity == "denied" or not _overlap(statement.content, disowned):
            yield statement


def _find_disowned(prose: "Prose") -> list[Span]:
    """Return what the article prints as never said: nobody's statement, whatever words of saying stand by."""
    return list(find_disowned(prose.text, [one.span for one in prose.paragraphs], prose.quotations))


def _overlap(spans: Iterable[Span], others: Iterable[Span]) -> bool:
    found = list(others)
    return any(a.start < b.end and b.start < a.end for a in spans for b in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """What is known of an article's text before its paragraphs are read one by one. What is less likely than
    `least` is left out, but for what the reader alone saw where `everything` is wanted."""

    text: str
    masked: str
    paragraphs: tuple[Paragraph, ...]
    quotations: list[Quotation]
    everything: bool
    least: float = LEAST


def prepare(text: str, body: list[Block], *, everything: bool) -> tuple[Prose, list[Problem]]:
    """Find the paragraphs and quotations of an article, and the marks that are never closed."""
    paragraphs = _after_dateline(text, body, join_lines(text, body))
    set_off = {p.span for p in paragraphs if p.set_off}
    found = list(find_quotations(text, (p.span for p in paragraphs), blocks=set_off))
    quotations = [x for x in found if isinstance(x, Quotation)]
    prose = Prose(
        text=text,
        masked=mask_quotations(text, quotations),
        paragraphs=paragraphs,
        quotations=quotations,
        everything=everything,
    )
    return prose, [x for x in found if isinstance(x, Problem)]


def find_said(prose: Prose, *, by_rules_alone: bool = False) -> list[Said]:
    """Return what is said in the paragraphs, with its speakers, in reading order."""
    return find_said_by(prose, by_rules_alone=by_rules_alone)[0]


def find_said_by(prose: Prose, *, by_rules_alone: bool = False) -> tuple[list[Said], Roster]:
    """Return what is said, and all whom the page names."""
    within = list(take_within(_LEARNED_REACH, (p.span for p in prose.paragraphs)))
    seen = () if by_rules_alone else read_learned(prose.text, within, wide=prose.everything)
    learned = sorted(seen, key=_cue_start)
    passages = [_split(prose, paragraph, learned) for paragraph in prose.paragraphs]
    reader = SpeakerReader(find_people(prose.text, (p.span for p in prose.paragraphs)))
    said = list(go_on(_read_passages(prose, passages, learned, reader)))
    said = name_later(prose.text, reader.roster, said)
    if not prose.everything:
        said = list(add_nested(prose.masked, said, reader.roster))
    return said, reader.roster


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and its sentences; none where nothing in it is a sign of speech."""

    paragraph: Paragraph
    sentences: tuple[Sentence, ...]


def _split(prose: Prose, paragraph: Paragraph, learned: list[Learned]) -> Passage:
    if not (_may_be_said(prose, paragraph) or _is_seen(learned, paragraph.span)):
        return Passage(paragraph, ())
    return Passage(
        paragraph, tuple(find_sentences(prose.text, prose.masked, paragraph.span, prose.quotations))
    )


def _is_seen(learned: list[Learned], paragraph: Span) -> bool:
    """Does the trained reader see words of saying in a paragraph?"""
    at = bisect_left(learned, paragraph.start, key=_cue_start)
    return at < len(learned) and learned[at].cue.start < paragraph.end


def _after_dateline(text: str, body: list[Block], paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Begin a paragraph after its dateline: "SELM, March 18 (Northline) -" was said by nobody."""
    dateline = find_dateline(text, body)
    if dateline is None:
        return paragraphs
    start, end = dateline.span
    return tuple(
        replace(p, span=Span(end, p.span.end)) if p.span.start <= start and end < p.span.end else p
        for p in paragraphs
    )


_REACH = 500_000  # characters; a novel has as many, and no news article


def _within_reach(body: Iterable[Block]) -> tuple[list[Block], list[Problem]]:
    """Leave out what lies beyond the length of any article, so that one broken page can't hold up all
    others."""
    kept: list[Block] = []
    left = _REACH
    for block in body:
        start, end = block.span
        if end - start > left:
            if left:
                kept.append(replace(block, span=Span(start, start + left)))
            message = (
                f"the article is longer than {_REACH:,} characters, more than a news article has; "
                "only in the first of them was it looked for who said what."
            )
            return kept, [Problem(stage="statements", message=message, span=Span(start + left, end))]
        kept.append(block)
        left -= end - start
    return kept, []


def _read_passages(
    prose: Prose, passages: Iterable[Passage], learned: list[Learned], reader: SpeakerReader
) -> Iterator[Said]:
    """Yield what is said in each paragraph; quotations that go on over paragraphs are joined."""
    waiting: Said | None = None
    for passage in passages:
        here = _read_passage(prose, passage, learned, reader)
        if waiting is not None and here and _continues(waiting, here[0], prose.quotations):
            here[0] = _join(waiting, here[0])
            waiting = None
        if waiting is not None:
            yield waiting
            waiting = None
        if here and here[-1].open:
            waiting = here.pop()
        yield from here
    if waiting is not None:
        yield waiting


def _continues(first: Said, second: Said, quotations: list[Quotation]) -> bool:
    """Tell whether a quotation goes on with one left open before. Where both have words of saying and another
    speaker the marks are wrong: the first was never closed."""
    starts = {q.inner.start for q in quotations if q.continues}
    if not second.what.content or second.what.content[0].start not in starts:
        return False
    if not first.what.cue or not second.what.cue or first.speaker is None or second.speaker is None:
        return True
    return first.speaker.name == second.speaker.name


def _join(first: Said, second: Said) -> Said:
    """One quotation over two paragraphs: the cue of either names the speaker of both."""
    lead, rest = first.what, second.what
    keeps = rest if rest.cue else lead
    what = replace(keeps, content=(*lead.content, *rest.content))
    speaker = second.speaker if rest.cue else first.speaker
    return Said(
        what=what,
        speaker=speaker,
        sentence=second.sentence if rest.cue else first.sentence,
        paragraph=second.paragraph,
        open=second.open,
    )


# A second or two of the trained reader; what lies beyond is read by the rules alone.
_LEARNED_REACH = 100_000  # characters


def _may_be_said(prose: Prose, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph has a sign of speech at all; those without are not read."""
    return (
        prose.everything
        or bool(find_beginning(prose.quotations, paragraph.span))
        or may_speak(paragraph.span.of(prose.masked))
    )


def _cue_start(learned: Learned) -> int:
    return learned.cue.start


def _read_passage(
    prose: Prose, passage: Passage, learned: list[Learned], reader: SpeakerReader
) -> list[Said]:
    text, masked, paragraph = prose.text, prose.masked, passage.paragraph
    found: list[Said] = []
    if not passage.sentences:
        reader.read(masked, paragraph.span)
    for sentence in passage.sentences:
        reader.read(masked, sentence.span)
        attributions = _read_sentence(prose, sentence, learned, headline=paragraph.role == "headline")
        if attributions:
            found.extend(_resolved(text, attributions, sentence, paragraph, reader))
        elif bare := find_bare(text, masked, sentence, paragraph):
            add_bare(found, bare, masked, sentence, paragraph, reader)
    left_open = [q for q in find_beginning(prose.quotations, paragraph.span) if not q.closed]
    if (
        found
        and left_open
        and found[-1].what.content
        and found[-1].what.content[-1].end >= paragraph.span.end - 1
    ):
        found[-1] = replace(found[-1], open=True)
    return found


def _read_sentence(
    prose: Prose, sentence: Sentence, learned: list[Learned], *, headline: bool
) -> list[Attribution]:
    """Return what rules and reader together find in a sentence, and are sure enough of."""
    ruled = find_attributions(prose.text, prose.masked, sentence)
    first = bisect_left(learned, sentence.span.start, key=_cue_start)
    last = bisect_left(learned, sentence.span.end, lo=first, key=_cue_start)
    seen = learned[first:last]
    joined = join_readings(prose.text, prose.masked, sentence, ruled, seen, wide=prose.everything)
    if not prose.everything:
        joined = find_relays(prose.masked, sentence.span, joined)
    return [
        one
        for one in untangle(prose.masked, joined, wide=prose.everything)
        if (prose.everything and not one.ruled)
        or (
            (prose.everything or one.no_comment or says_something(prose.masked, one.content))
            and (
                _is_plain(prose.text, one, headline=headline)
                or measure_likely(one, find_kind(prose, one)) >= prose.least
            )
        )
    ]


def _is_plain(text: str, one: Attribution, *, headline: bool) -> bool:
    """Tell what the order of the words alone puts on record: "was quoted as saying", "asked whether", and in
    a headline, of which the reader has seen few, "Ostrey says the dam holds"."""
    says = headline and one.cls in {"say", "report"} and one.source is not None
    return one.ruled and not one.unsaid and (one.cls == "quote" or says or is_question(text, one))


def _resolved(
    text: str,
    attributions: list[Attribution],
    sentence: Sentence,
    paragraph: Paragraph,
    reader: SpeakerReader,
) -> Iterator[Said]:
    heard: dict[Span, Speaker | None] = {}
    for what in attributions:
        if what.source is not None and not _is_hearsay(text, what):
            passive = _by_agent(text, what.source)
            cue = what.cue[0].of(text) if what.cue else ""
            heard[what.source] = reader.resolve(what.source, said=what.content, passive=passive, cue=cue)
    for what in attributions:
        speaker = heard.get(what.source) if what.source is not None else None
        via = name_relays(reader.roster, what, heard)
        yield Said(what=what, speaker=speaker, sentence=sentence.span, paragraph=paragraph, via=via)


def _is_hearsay(text: str, what: Attribution) -> bool:
    """Tell "he" in what one retold of what another retold: “The clerk recalled that he said ..., the court
    heard”. Whom the clerk meant the page does not say."""
    pronoun = what.source is not None and what.source.of(text).lower() in {"he", "she", "they"}
    return pronoun and len(set(what.relays) - set(what.told)) > 1


def _by_agent(text: str, source: Span) -> bool:
    return text[max(0, source.start - 40) : source.start].rstrip().endswith(" by")


def _statement(prose: Prose, one: Said, when: When | None, own: list[str], sure: Sure) -> Statement:
    what, speaker = one.what, one.speaker
    kind = find_kind(prose, what)
    secondary = "s" in what.flags or speaker is None or speaker.type == "unnamed" or what.cls == "think"
    tier: Tier = "secondary" if secondary else "core"
    return Statement(
        kind=kind,
        source=(what.source,) if what.source else (),
        cue=what.cue,
        content=what.content,
        speaker=speaker,
        addressee=what.addressee,
        said_on=when,
        via=tuple(drop_own(one, own)),
        polarity="denied" if what.denied else "asked" if is_question(prose.text, what) else "said",
        tier=tier,
        confidence=sure.entry,
        speaker_confidence=sure.speaker,
    )


def find_kind(prose: Prose, what: Attribution) -> Kind:
    """Direct when every word said stood inside marks, mixed when some did."""
    if what.no_comment:
        return "no-comment"
    if what.nested:
        return "direct" if prose.text[what.content[0].start - 1] in "'‘" else "indirect"
    outside = inside = 0
    for span in what.content:
        for word in re.finditer(r"\w+", span.of(prose.text)):
            quoted = prose.masked[span.start + word.start()] == QUOTED
            inside, outside = inside + quoted, outside + (not quoted)
    if inside and not outside:
        return "direct"
    return "mixed" if inside else "indirect"
