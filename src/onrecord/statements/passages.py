"""What is said in each paragraph: sentences one by one, quotations that go on over paragraphs joined."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.statements.chain.relay_names import name_relays
from onrecord.statements.chain.relays import find_relays
from onrecord.statements.model.joined import join_readings
from onrecord.statements.model.learned import Learned
from onrecord.statements.model.likely import LEAST, measure_likely
from onrecord.statements.quotations.marks import Quotation
from onrecord.statements.rules.attribute import find_attributions, untangle
from onrecord.statements.rules.attribution import Attribution, Said, is_hearsay, is_question
from onrecord.statements.rules.cues import may_speak
from onrecord.statements.speakers.antecedents import SpeakerReader
from onrecord.statements.speakers.bare_quotations import add_bare, find_bare
from onrecord.statements.text.contents import says_something
from onrecord.statements.text.document import Document
from onrecord.statements.text.paragraphs import Paragraph
from onrecord.statements.text.sentences import Sentence, find_beginning
from onrecord.types import Span, Speaker

__all__ = ["Wanted", "cue_start", "read_passages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: with `everything` all that the trained reader takes for an attribution; what is less
    likely a statement than `least` is left out; `by_rules_alone` leaves the trained reader out."""

    everything: bool = False
    least: float = LEAST
    by_rules_alone: bool = False


def read_passages(
    document: Document, wanted: Wanted, learned: Sequence[Learned], reader: SpeakerReader
) -> Iterator[Said]:
    """Yield what is said in each paragraph, with its speaker; `learned` in the order of their cues."""
    waiting: Said | None = None
    for paragraph, sentences in zip(document.paragraphs, document.sentences, strict=True):
        here = _read_paragraph(document, wanted, paragraph, sentences, learned, reader)
        if waiting is not None and here and _continues(waiting, here[0], document.quotations):
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


def _continues(first: Said, second: Said, quotations: Sequence[Quotation]) -> bool:
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


def _may_be_said(document: Document, wanted: Wanted, paragraph: Span, learned: Sequence[Learned]) -> bool:
    """Tell whether a paragraph has a sign of speech at all; those without are not read."""
    at = bisect_left(learned, paragraph.start, key=cue_start)
    return (
        wanted.everything
        or bool(find_beginning(document.quotations, paragraph))
        or may_speak(paragraph.of(document.masked))
        or (at < len(learned) and learned[at].cue.start < paragraph.end)
    )


def cue_start(learned: Learned) -> int:
    return learned.cue.start


def _read_paragraph(
    document: Document,
    wanted: Wanted,
    paragraph: Paragraph,
    sentences: Sequence[Sentence],
    learned: Sequence[Learned],
    reader: SpeakerReader,
) -> list[Said]:
    text, masked = document.text, document.masked
    found: list[Said] = []
    if not _may_be_said(document, wanted, paragraph.span, learned):
        reader.read(masked, paragraph.span)
        return found
    for sentence in sentences:
        reader.read(masked, sentence.span)
        headline = paragraph.role == "headline"
        attributions = _read_sentence(document, wanted, sentence, learned, headline=headline)
        if attributions:
            found.extend(_resolved(text, attributions, sentence, paragraph, reader))
        elif bare := find_bare(text, masked, sentence, paragraph):
            add_bare(found, bare, masked, sentence, paragraph, reader)
    left_open = [q for q in find_beginning(document.quotations, paragraph.span) if not q.closed]
    if (
        found
        and left_open
        and found[-1].what.content
        and found[-1].what.content[-1].end >= paragraph.span.end - 1
    ):
        found[-1] = replace(found[-1], open=True)
    return found


def _read_sentence(
    document: Document, wanted: Wanted, sentence: Sentence, learned: Sequence[Learned], *, headline: bool
) -> list[Attribution]:
    """Return what rules and reader together find in a sentence, and are sure enough of."""
    text, masked = document.text, document.masked
    ruled = find_attributions(text, masked, sentence)
    first = bisect_left(learned, sentence.span.start, key=cue_start)
    last = bisect_left(learned, sentence.span.end, lo=first, key=cue_start)
    joined = join_readings(text, masked, sentence, ruled, learned[first:last], wide=wanted.everything)
    if not wanted.everything:
        joined = find_relays(masked, sentence.span, joined)
    return [
        one
        for one in untangle(masked, joined, wide=wanted.everything)
        if _is_wanted(document, wanted, one, headline=headline)
    ]


def _is_wanted(document: Document, wanted: Wanted, one: Attribution, *, headline: bool) -> bool:
    if wanted.everything and not one.ruled:
        return True
    if not (wanted.everything or one.no_comment or says_something(document.masked, one.content)):
        return False
    kind = "no-comment" if one.no_comment else document.kind_of(one.content)
    return _is_plain(document.text, one, headline=headline) or measure_likely(one, kind) >= wanted.least


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
        if what.source is not None and not is_hearsay(text, what):
            passive = _by_agent(text, what.source)
            cue = what.cue[0].of(text) if what.cue else ""
            heard[what.source] = reader.resolve(what.source, said=what.content, passive=passive, cue=cue)
    for what in attributions:
        speaker = heard.get(what.source) if what.source is not None else None
        via = name_relays(reader.roster, what, heard)
        yield Said(what=what, speaker=speaker, sentence=sentence.span, paragraph=paragraph, via=via)


def _by_agent(text: str, source: Span) -> bool:
    return text[max(0, source.start - 40) : source.start].rstrip().endswith(" by")
