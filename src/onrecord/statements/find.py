"""The statements of an article in reading order: paragraphs, sentences, quotations that go on, speakers
and days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.article import Anchor, find_anchor
from onrecord.statements.attribute import find_attributions
from onrecord.statements.attribution import Attribution
from onrecord.statements.marks import Quotation, find_quotations
from onrecord.statements.names import find_people
from onrecord.statements.nouns import parse_named
from onrecord.statements.paragraphs import Paragraph, join_lines
from onrecord.statements.sentences import (
    CLOSE,
    OPEN,
    QUOTED,
    Sentence,
    find_beginning,
    find_sentences,
    mask_quotations,
)
from onrecord.statements.speakers import SpeakerReader
from onrecord.statements.when import find_times, resolve_when
from onrecord.types import Article, Kind, Page, Problem, Relay, Span, Speaker, Statement, Tier, When

__all__ = ["find_statements"]


def find_statements(
    page: Page, article: Article, *, captured_at: str | None = None
) -> Iterator[Statement | Problem]:
    """Yield the statements of an article in reading order, and the problems met on the way.

    Only the headline and the paragraphs of the article are searched. Reader comments and furniture are
    not: they are evidence
    of what readers wrote or of other stories, not of what this page reports.
    """
    paragraphs = join_lines(page.text, article.body)
    found = list(find_quotations(page.text, (p.span for p in paragraphs)))
    yield from (x for x in found if isinstance(x, Problem))
    quotations = [x for x in found if isinstance(x, Quotation)]
    masked = mask_quotations(page.text, quotations)
    reader = SpeakerReader(find_people(page.text, (p.span for p in paragraphs)))
    anchor = find_anchor(page, article, captured_at)
    said = list(_read_paragraphs(page.text, masked, paragraphs, quotations, reader))
    yield from _date(page.text, said, anchor)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """An attribution with its speaker, the sentence it stands in, and its paragraph."""

    what: Attribution
    speaker: Speaker | None
    sentence: Span
    paragraph: Paragraph
    open: bool = False  # its quotation goes on in the next paragraph


def _read_paragraphs(
    text: str,
    masked: str,
    paragraphs: tuple[Paragraph, ...],
    quotations: list[Quotation],
    reader: SpeakerReader,
) -> Iterator[_Said]:
    """Yield what is said in each paragraph; quotations that go on over paragraphs are joined."""
    waiting: _Said | None = None
    for paragraph in paragraphs:
        here = _read_paragraph(text, masked, paragraph, quotations, reader)
        if waiting is not None and here and _continues(here[0], quotations):
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


def _continues(said: _Said, quotations: list[Quotation]) -> bool:
    starts = {q.inner.start for q in quotations if q.continues}
    return bool(said.what.content) and said.what.content[0].start in starts


def _join(first: _Said, second: _Said) -> _Said:
    """One quotation over two paragraphs: the cue of either names the speaker of both."""
    lead, rest = first.what, second.what
    keeps = rest if rest.cue else lead
    what = replace(keeps, content=(*lead.content, *rest.content))
    speaker = second.speaker if rest.cue else first.speaker
    return _Said(
        what=what,
        speaker=speaker,
        sentence=second.sentence if rest.cue else first.sentence,
        paragraph=second.paragraph,
        open=second.open,
    )


def _read_paragraph(
    text: str, masked: str, paragraph: Paragraph, quotations: list[Quotation], reader: SpeakerReader
) -> list[_Said]:
    found: list[_Said] = []
    for sentence in find_sentences(text, masked, paragraph.span, quotations):
        attributions = find_attributions(text, masked, sentence)
        if attributions:
            found.extend(_resolved(text, attributions, sentence, paragraph, reader, found))
        elif bare := _bare(text, masked, sentence, paragraph):
            _add_bare(found, bare, sentence, paragraph, reader)
        else:
            _mention_subject(masked, sentence, reader)
    left_open = [q for q in find_beginning(quotations, paragraph.span) if not q.closed]
    if (
        found
        and left_open
        and found[-1].what.content
        and found[-1].what.content[-1].end >= paragraph.span.end - 1
    ):
        found[-1] = replace(found[-1], open=True)
    return found


def _resolved(
    text: str,
    attributions: list[Attribution],
    sentence: Sentence,
    paragraph: Paragraph,
    reader: SpeakerReader,
    before: list[_Said],
) -> Iterator[_Said]:
    for what in attributions:
        speaker = (
            reader.resolve(what.source, passive=_by_agent(text, what)) if what.source is not None else None
        )
        if paragraph.role == "headline" and speaker is not None and speaker.type == "unnamed":
            speaker = replace(speaker, mentions=())
        yield _Said(what=what, speaker=speaker, sentence=sentence.span, paragraph=paragraph)


def _by_agent(text: str, what: Attribution) -> bool:
    if what.source is None:
        return False
    return text[max(0, what.source.start - 40) : what.source.start].rstrip().endswith(" by")


def _bare(text: str, masked: str, sentence: Sentence, paragraph: Paragraph) -> tuple[Span, ...]:
    """The quotations of a sentence that is nothing else, or of a headline: words on record without a cue."""
    if not sentence.quotations:
        return ()
    rest = masked[sentence.span.start : sentence.span.end]
    outside = re.sub(f"[{OPEN}{QUOTED}{CLOSE}]", "", rest)
    if paragraph.role == "headline":
        return tuple(q.inner for q in sentence.quotations if len(q.inner.of(text).split()) >= 4)
    if re.search(r"\w", outside) is None:
        return tuple(q.inner for q in sentence.quotations if len(q.inner.of(text).split()) >= 2)
    return ()


def _add_bare(
    found: list[_Said],
    bare: tuple[Span, ...],
    sentence: Sentence,
    paragraph: Paragraph,
    reader: SpeakerReader,
) -> None:
    """A quotation that follows its own quotation in one paragraph goes on with it; elsewhere it stands for
    itself."""
    last = found[-1] if found else None
    if last is not None and last.what.cue and _ends_quoted(last, sentence) and not last.what.no_comment:
        found[-1] = replace(
            last, what=replace(last.what, content=(*last.what.content, *bare)), sentence=last.sentence
        )
        return
    if last is not None and not last.what.cue and last.paragraph is paragraph:
        found[-1] = replace(last, what=replace(last.what, content=(*last.what.content, *bare)))
        return
    speaker = None if paragraph.role == "headline" else _speaker_before(reader, last)
    what = Attribution(cue=(), source=None, content=bare)
    found.append(_Said(what=what, speaker=speaker, sentence=sentence.span, paragraph=paragraph))


def _ends_quoted(last: _Said, sentence: Sentence) -> bool:
    """True when the words said before were quoted, before their cue or right after it."""
    content = last.what.content
    quoted = list(sentence.quotations)
    return (
        bool(content)
        and bool(quoted)
        and last.what.cls not in {"object", "name", "think"}
        and last.what.source is not None
        and (last.sentence.start <= content[0].start and _is_direct(last))
    )


def _is_direct(said: _Said) -> bool:
    return (said.what.flags != "indirect" and said.what.addressee is None) or True


def _speaker_before(reader: SpeakerReader, last: _Said | None) -> Speaker | None:
    """A bare quotation belongs to whoever spoke last, as printers have it."""
    if last is not None and last.speaker is not None:
        return last.speaker
    everyone = sorted(
        [*((at, s) for at, s, _ in reader.people), *reader.bodies, *reader.many], key=lambda x: x[0]
    )
    return replace(everyone[-1][1], mentions=()) if everyone else None


_SUBJECT = re.compile(
    r"(?:(?:But|And|Meanwhile|However|Later|Earlier|Yet),?\s+)?(?P<who>(?:(?:The|A|An)\s+)?(?:[a-z]+\s+){0,3}[A-Z][\w.’'-]*(?:\s+(?:of|for|de|van|von|al|bin)(?=\s+[A-Z])|\s+[A-Z][\w.’'-]*)*)"
)


def _mention_subject(masked: str, sentence: Sentence, reader: SpeakerReader) -> None:
    """A sentence that begins with a name is about it."""
    match = _SUBJECT.match(masked, sentence.span.start, sentence.span.end)
    if match is None:
        return
    phrase = re.sub(r"['’]s?$", "", match["who"])
    named = parse_named(phrase)
    if named.name and named.type == "person" and reader.roster.fullest(named.name) is not None:
        reader.mention(match.start("who"), phrase)


# --- from attributions to statements ----------------------------------------------------------------------


def _date(text: str, said: list[_Said], anchor: Anchor | None) -> Iterator[Statement]:
    """Give each statement its day: the time words beside it, else the occasion its speaker was last dated
    on."""
    occasion: dict[str, When] = {}
    taken: dict[Span, list[Span]] = {}
    for one in said:
        taken.setdefault(one.sentence, []).extend(one.what.content)
    for one in said:
        when = _when(text, one, taken[one.sentence], anchor)
        if when is None and one.speaker is not None:
            before = _same_occasion(one.speaker, occasion)
            if before is not None:
                when = replace(before, known="inferred" if before.value else None, span=None)
        if when is not None and one.speaker is not None and (when.value or when.candidates):
            occasion[one.speaker.name] = when
        yield _statement(text, one, when)


def _same_occasion(speaker: Speaker, occasion: dict[str, When]) -> When | None:
    """What a speaker said next was said on the same occasion; a spokesman goes on where his institution
    was dated."""
    if speaker.name in occasion:
        return occasion[speaker.name]
    if speaker.role:
        for name, when in reversed(occasion.items()):
            if re.search(rf"\b{re.escape(name.split()[-1])}\b", speaker.role):
                return when
    return None


def _when(text: str, one: _Said, taken: list[Span], anchor: Anchor | None) -> When | None:
    """The time words of the sentence of saying that stand outside what was said, beside the cue or at the
    sentence's head.

    A headline dates nothing: its time words belong to the story.
    """
    if not one.what.cue or one.paragraph.role == "headline":
        return None
    cue = one.what.cue[0]
    near: list[tuple[int, When]] = []
    for words in find_times(text, start=one.sentence.start, end=one.sentence.end):
        if any(c.start < words.span.end and words.span.start < c.end for c in taken):
            continue
        if _dates_something_else(text, one, words.span):
            continue
        away = words.span.start - cue.end if words.span.start >= cue.end else cue.start - words.span.end
        heads = words.span.start - one.sentence.start <= 12
        if away > _NEAR and not heads:
            continue
        when = resolve_when(words, anchor)
        if when.value is not None or when.candidates:
            near.append((away, when))
    return min(near, key=lambda x: x[0])[1] if near else None


_NEAR = (
    60  # characters between the cue and its time words: "said in a statement to the state agency on Friday"
)


def _dates_something_else(text: str, one: _Said, words: Span) -> bool:
    """True for time words in what is told of the speaker ("who has led it since 2029"), and for bounds."""
    source = one.what.source
    if source is not None and source.start <= words.start and words.end <= source.end:
        return True
    before = text[one.sentence.start : words.start].lower()
    if re.search(r"\b(?:since|until|till|from|between|before|by)\s+(?:\w+\s+)?$", before) is not None:
        return True
    return re.fullmatch(r"\d{4}", words.of(text)) is not None and not before.rstrip().endswith("in")


def _statement(text: str, one: _Said, when: When | None) -> Statement:
    what, speaker = one.what, one.speaker
    via = tuple(_relay(text, span) for span in what.relays)
    if speaker is not None and any(r.name.casefold() == speaker.name.casefold() for r in via):
        via = ()
    secondary = "s" in what.flags or speaker is None or speaker.type == "unnamed" or what.cls == "think"
    tier: Tier = "secondary" if secondary else "core"
    return Statement(
        kind=_kind(text, one),
        source=(what.source,) if what.source else (),
        cue=what.cue,
        content=what.content,
        speaker=speaker,
        addressee=what.addressee,
        said_on=when,
        via=via,
        polarity="denied" if what.denied else "said",
        tier=tier,
    )


_OUTLET = (
    r"(?:agency|newspaper|paper|broadcaster|station|channel|website|daily|weekly|magazine|outlet"
    r"|service|wire|portal)"
)
_DESCRIBED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?)\s+)?(?:[\w-]+\s+)*?(?:{_OUTLET}\s+(?P<after>[A-Z].*)"
    rf"|(?P<before>[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*)\s+(?:[a-z-]+\s+)*{_OUTLET})$"
)


def _relay(text: str, span: Span) -> Relay:
    """Name a carrier: "the state news agency Vesna" is Vesna; "the Selm Courier" stays as printed."""
    phrase = re.sub(r"\s+", " ", span.of(text)).strip()
    named = parse_named(phrase)
    if named.type == "person" and named.name:
        return Relay(name=named.name, span=span)
    described = _DESCRIBED.match(phrase)
    if described is not None:
        name = described["after"] or described["before"]
        start = span.start + span.of(text).find(name.split()[0])
        return Relay(name=name, span=Span(start, span.end if described["after"] else start + len(name)))
    return Relay(name=phrase, span=span)


def _kind(text: str, one: _Said) -> Kind:
    """Direct when every word said stood inside marks, mixed when some did."""
    what = one.what
    if what.no_comment:
        return "no-comment"
    if not what.content:
        return "indirect"
    quoted = [_quoted_share(text, c) for c in what.content]
    if all(q == 1.0 for q in quoted):
        return "direct"
    return "mixed" if any(q > 0 for q in quoted) else "indirect"


_MARKED = re.compile(r"[“\"„«][^“”\"„«»]*[”\"»]|``.*?''|(?<![\w])[‘'][^‘’']{2,}[’'](?!\w)", re.DOTALL)


def _quoted_share(text: str, span: Span) -> float:
    before = text[max(0, span.start - 2) : span.start]
    if before[-1:] in {"“", '"', "„", "«", "‘", "'"} or before == "``":
        return 1.0
    words = span.of(text)
    total = len(re.findall(r"\w+", words)) or 1
    inside = sum(len(re.findall(r"\w+", m.group())) for m in _MARKED.finditer(words))
    return inside / total
