"""What the rules of one sentence look at and what they make: a place in the text, and an attribution, which
gets on its way to a statement its speaker, its sentence and its paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.statements.rules.cues import Cue
from onrecord.statements.text.paragraphs import Paragraph
from onrecord.statements.text.sentences import Sentence
from onrecord.types import Relay, Span, Speaker

__all__ = [
    "HAS_VERB",
    "Attribution",
    "Place",
    "Said",
    "carried",
    "find_opening_subject",
    "is_hearsay",
    "is_question",
    "made_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source, a cue and the words said, before speakers and dates are resolved.

    `relays` are outermost first; `told` are those of them to whom somebody spoke. `ruled` tells that a rule
    found it; `rate` and `sure` are how likely the trained reader holds its cue and its content, 0 where it
    saw none; `unsaid` that nobody has said it: "never said", "may say", "told to leave"; `nested` that it
    stands inside what somebody else said. `seen` are the words that the reader takes for the source.
    """

    cue: tuple[Span, ...]
    source: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    cls: str = "say"
    flags: str = ""
    denied: bool = False
    no_comment: bool = False
    relays: tuple[Span, ...] = ()
    told: tuple[Span, ...] = ()
    ruled: bool = True
    rate: float = 0.0
    sure: float = 0.0
    unsaid: bool = False
    nested: bool = False
    seen: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said, by whom, in which sentence of which paragraph. `open` tells that its quotation goes
    on in the next paragraph; `sure_who` is how likely the speaker is the one among the candidates, None where
    nothing was weighed."""

    what: Attribution
    speaker: Speaker | None
    sentence: Span
    paragraph: Paragraph
    open: bool = False
    via: tuple[Relay, ...] = ()
    sure_who: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a rule looks at: the text, the masked text, the sentence, one cue, and where the cue before and
    after it stand."""

    text: str
    masked: str
    sentence: Sentence
    cue: Cue
    before: Attribution | None
    left: int
    right: int


def made_of(
    place: Place, source: Span | None, content: Sequence[Span], *, addressee: Span | None = None
) -> Attribution:
    return Attribution(
        cue=(place.cue.span,),
        source=source,
        content=tuple(t for c in content if (t := _trim_space(place.text, c)).start < t.end),
        addressee=addressee,
        cls=place.cue.cls,
        flags=place.cue.flags,
        denied=place.cue.polarity == "denied",
    )


def _trim_space(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def carried(place: Place) -> Span | None:
    return place.before.source if place.before is not None else None


HAS_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|could|can|may|might|should|must|has|have|had|did|does|do|said|became|went|came|took|made|got|began|left|won|lost|\w+ed)\b"
)


_OPENING = re.compile(
    r"(?:(?:But|And|Meanwhile|However|Later|Earlier),?\s+)?(?:[A-Z][\w’'-]*\s+[^,“”\ue000-\ue002]{1,60},\s+)?"
    r"(?P<who>[Hh]e|[Ss]he|[Tt]hey|It|(?:(?:The|A|An)\s+)?(?:[a-z]+\s+){0,2}[A-Z][\w.’'-]*(?:\s+(?:of|for|the|[A-Z][\w.’'-]*))*(?:\s+(?:spokesman|spokeswoman|spokesperson|minister|leader|chief))?(?:\s+[A-Z][\w.’'-]*)*)"
)


def find_opening_subject(place: Place) -> Span | None:
    start = place.sentence.span.start
    match = _OPENING.match(place.masked, start, place.cue.span.start)
    if match is None or match["who"].lower() in {"the", "a", "it"}:
        return None
    return Span(match.start("who"), match.end("who"))


_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|question(?:s|ed|ing)?|wonder(?:s|ed|ing)?|[ie]nquir(?:e|es|ed|ing)|quer(?:y|ies|ied|ying)"
    r"|(?:want|demand)(?:s|ed|ing)?(?:\s+to\s+know)?)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(r"\b(?:want|demand)", re.IGNORECASE)
_TO_KNOW = re.compile(r"\s*to\s+know\b")
_OPENS_QUESTION = re.compile(
    r"\W*(?:aloud\W+)?(?:if|whether|why|how|what|when|where|who|whose|whom|which)\b", re.IGNORECASE
)


def is_question(text: str, what: Attribution) -> bool:
    """Tell whether somebody asks: words of asking, and a question after them. "Asked the council to pay" is a
    request and no question, "questioned the report" is a doubt."""
    if not what.cue or not what.content:
        return False
    start, end = what.cue[0].start, what.cue[-1].end
    asked = _ASKED.search(text, start, end)
    if asked is None:
        return False
    wants = _WANTS.match(asked.group()) is not None
    if wants and not asked.group().endswith("know") and _TO_KNOW.match(text, end) is None:
        return False
    return _OPENS_QUESTION.match(text, what.content[0].start) is not None or any(
        "?" in text[part.start : part.end + 1] for part in what.content
    )


def is_hearsay(text: str, what: Attribution) -> bool:
    """Tell "he" in what one retold of what another retold: “The clerk recalled that he said ..., the court
    heard”. Whom the clerk meant the page does not say."""
    pronoun = what.source is not None and what.source.of(text).lower() in {"he", "she", "they"}
    return pronoun and len(set(what.relays) - set(what.told)) > 1
