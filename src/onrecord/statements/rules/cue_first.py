"""The cue before its content: S said that ...; S told reporters: "Q"; S announced ..."""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.statements.rules.attribution import (
    HAS_VERB,
    Attribution,
    Place,
    carried,
    find_opening_subject,
    made_of,
)
from onrecord.statements.rules.cues import find_cues
from onrecord.statements.rules.sources import find_source_before
from onrecord.statements.text.contents import find_content_after, only_adjuncts, trim_content
from onrecord.statements.text.sentences import CLOSE, OPEN, QUOTED
from onrecord.types import Span

__all__ = ["beside", "clause_fits", "content_to_end", "cue_first", "find_subject"]


def cue_first(place: Place) -> Attribution | None:
    """S said that ..., S told reporters: "Q", S announced ..."""
    masked, cue = place.masked, place.cue
    source = find_subject(place)
    if source is None:
        return None
    behind = _CITING.match(masked, cue.span.end, place.sentence.span.end)
    start = behind.end() if behind is not None else cue.span.end
    asked = _ASKED.match(masked, start, place.sentence.span.end) if "a" in cue.flags else None
    if asked is not None:
        content = content_to_end(place, asked.end())
        return made_of(place, source, content, addressee=Span(*asked.span("to")))
    after = find_content_after(masked, start, place.sentence.span.end, addressee="t" in cue.flags)
    answered = _answer_to_claim(place)
    if answered:
        return replace(made_of(place, source, answered), denied=False)
    if after.start is not None and _is_anothers(place, after.start):
        return None
    if after.start is None or not clause_fits(place, after.start, after.that or after.quoted):
        return None
    content = content_to_end(place, after.start)
    return made_of(place, source, content, addressee=after.addressee)


def _answer_to_claim(place: Place) -> tuple[Span, ...]:
    """The words with which somebody denies something told before: of "Ostrey denied it: “Nobody left.”" what
    she says is that nobody left."""
    if place.cue.polarity != "denied":
        return ()
    match = _TOLD_BEFORE.match(place.masked, place.cue.span.end, place.sentence.span.end)
    quoted = [q for q in place.sentence.quotations if match is not None and q.outer.start >= match.end()]
    return tuple(q.inner for q in quoted)


_TOLD_BEFORE = re.compile(
    rf"\s+(?:it|this|that|them|so|(?:the|this|that|these|those|all|any|such|his|her|its|their)(?:\s+[\w’'-]+){{1,5}})"
    rf"\s*:\s*(?={OPEN})"
)


def _is_anothers(place: Place, start: int) -> bool:
    """Tell words behind a second verb of the same subject: "he asked about the gates and called them “a
    joke”" is no question."""
    between = place.masked[place.cue.span.end : place.right]
    return start > place.right and _SECOND_VERB.search(between) is not None


_SECOND_VERB = re.compile(r"(?:,|,?\s+(?:and|but|then))\s+(?:(?:also|then|later|\w+ly)\s+)*$")


# "reported on Monday, citing the agency Vesna, that ..."
_CITING = re.compile(
    r"(?:\s+(?:on\s+)?\w+day)?,\s+(?:citing|quoting)\s+[^,;:\ue000-\ue002]{2,80},(?=\s+that\b|\s*\ue001)"
)

# "asked the council whether ..."
_ASKED = re.compile(
    r"\s+(?P<to>(?:(?!(?:to|that|for|about|aloud|if|whether|why|how|what|when|where|who|which)\b)[\w’'.-]+\s+){0,5}"
    r"(?!(?:to|that|for|about|aloud|if|whether|why|how|what|when|where|who|which)\b)[\w’'.-]+)\s+"
    r"(?=(?:if|whether|why|how|what|when|where|who|which)\b)"
)


def find_subject(place: Place) -> Span | None:
    masked, cue = place.masked, place.cue
    start = max(place.left, masked.rfind(CLOSE, place.left, cue.span.start) + 1)
    source = find_source_before(masked, start, cue.span.start)
    if source is None and re.search(
        r"\b(?:and|but|then|,)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+|has\s+|had\s+)*$",
        masked[place.left : cue.span.start],
    ):
        return carried(place) or find_opening_subject(place)
    return source


_CLAUSE_START = re.compile(
    r"(?:he|she|it|they|we|I|you|there|the|a|an|this|that|these|those|his|her|its|their|our|no|not|some|many|all|any|more|most|\d[\d,.]*|if|when|what|how|why|whether|to|"
    r"[A-Z][\w’'.-]*|\ue001)\b|\ue001"
)


def clause_fits(place: Place, start: int, marked: bool) -> bool:
    """Is what follows the cue something that can be said, for this kind of cue?"""
    cue, rest = place.cue, place.masked[start : place.sentence.span.end]
    if marked:
        return True
    if re.match(r"(?:yes|no|so|that|this|it|goodbye|hello)\s*[.,!]?\s*$", rest, re.IGNORECASE):
        return False
    # "Police questioned two men about the gates": what they asked is not told.
    if cue.cls == "object" and re.match(r"(?:about|over)\b", rest):
        return False
    # "The clerk who answered recalled that ...": what she recalled is no answer.
    if re.match(r"[a-z]+ed\s+that\b", rest):
        return False
    # "the bridge, which he said was safe": what was said has its subject before the cue.
    if re.match(r"(?:is|are|was|were|has|have|had|would|will|could|can|may|might|should|must)\b", rest):
        return False
    if "c" in cue.flags or "f" in cue.flags or "q" in cue.flags:
        return False
    if "a" in cue.flags:
        return re.match(r"(?:if|whether|why|how|what|when|who|where)\b", rest) is not None
    if cue.cls == "think":
        return (
            re.match(r"(?:he|she|it|they|we|there|the|this|his|her|its|their|to|[A-Z]\w+)\b", rest)
            is not None
        )
    if "i" in cue.flags:
        return re.match(r"to\b", rest) is not None
    if cue.cls == "say":
        return len(rest.split()) >= 2 and not _only_tells_where(rest)
    past = cue.span.of(place.masked).endswith("ed") and len(rest.split()) >= 3
    return "n" not in cue.flags or past or _CLAUSE_START.match(rest) is not None


def _only_tells_where(rest: str) -> bool:
    """Tell "wrote on her own page Tuesday, saying ...": where and when, and nothing of what."""
    match = _WHERE.match(rest)
    return match is not None and HAS_VERB.search(match.group()) is None


_WHERE = re.compile(
    r"(?:on|in|at|to|from|via|under|for|during)\s+(?:[\w’'-]+\s+){0,5}[\w’'-]+(?=\s*(?:[,.;]|$))"
)


def content_to_end(place: Place, start: int) -> tuple[Span, ...]:
    """The content from its first word to the end of its sentence or to the next thing that somebody says
    beside it."""
    masked, text, end = place.masked, place.text, place.sentence.span.end
    quotes = [q for q in place.sentence.quotations if q.outer.start >= start]
    end = min([end, *beside(place, start)])
    quotes = [q for q in quotes if q.outer.end <= end or not q.closed]
    if quotes and quotes[0].outer.start == start:
        whole = _all_quoted(masked, start, end)
        if whole:
            return tuple(q.inner for q in quotes)
    if quotes and quotes[-1].outer.end >= end - 1 and not masked[quotes[-1].outer.end : end].strip(" ."):
        return (Span(start, quotes[-1].outer.end),)
    return (_shortened(place, trim_content(text, start, end)),)


_GLOSS = re.compile(r",\s+(?:(?:which|where)\b[^,\ue001]*|but\s+\w+ing\b[^\ue001]*)$")


_MEDIUM_LAST = re.compile(
    r"\s+(?:in|via|on|at|during)\s+(?:a|an|his|her|its|their|the)\s+(?:\w+\s+){0,2}(?:statement|interview|tweet|post|letter|e-?mail|conference|briefing|report)(?:\s+(?:on|late|early)?\s*\w*day)?$"
)


_CIRCUMSTANCE = re.compile(r"\s+(?:after|before|while|amid|following|despite|when|because|as\s+part)\s")


def _shortened(place: Place, content: Span) -> Span:
    """Leave out what the reporter adds at the end: "..., which lies south of Selm", "in a statement",
    "after moving to ..."."""
    words = content.of(place.masked)
    end = len(words)
    for pattern in (_GLOSS, _MEDIUM_LAST):
        added = pattern.search(words[:end])
        if added is not None and len(words[: added.start()].split()) >= 2:
            end = added.start()
    if place.cue.cls in {"report", "object"}:
        around = _CIRCUMSTANCE.search(words[:end])
        if (
            around is not None
            and len(words[: around.start()].split()) >= 2
            and HAS_VERB.search(words[: around.start()]) is None
        ):
            end = around.start()
    return trim_content(place.text, content.start, content.start + end)


def _closes_with_comma(place: Place, at: int) -> bool:
    """Tell whether a quotation that is retold ends right before a place: “We stay,” the court heard."""
    before = place.text[place.sentence.span.start : at].rstrip()
    return before[-2:-1] == "," and place.masked[place.sentence.span.start + len(before) - 1] == CLOSE


def _all_quoted(masked: str, start: int, end: int) -> bool:
    return not re.search(r"\w", masked[start:end].replace(QUOTED, ""))


_BESIDE = re.compile(
    rf",?\s+(?:and|but|while|whereas|although)\s+(?:(?:also|then|later|has|had)\s+)*$|,\s*(?:(?:while|and|but|also)\s+)?$|[;–—]\s*$|{CLOSE}\s*,?\s*$"
)


def beside(place: Place, start: int) -> Iterator[int]:
    """Where a later cue of this sentence cuts the content off: ", adding that", "and said", ", according
    to"."""
    masked, end = place.masked, place.sentence.span.end
    for other in find_cues(masked, Span(start, end)):
        if other.span.start <= start:
            continue
        head = masked[start : other.span.start]
        joined = _BESIDE.search(head)
        if (
            other.use == "participle"
            or other.cls == "according"
            or (joined is not None and other.use == "finite")
        ):
            if other.cls in {"object", "think", "name"} and other.use != "participle":
                continue
            cut = start + (joined.start() if joined else len(head))
            if len(masked[start:cut].split()) >= 1:
                yield cut
        elif other.cls in {"say", "report"} and other.use == "finite":
            source = find_source_before(masked, start, other.span.start)
            if source is not None:
                before = masked[start : source.start]
                border = re.search(r"(?:,\s+(?:and|but|while|whereas|although|as)|;|\s+while)\s+$", before)
                if border is not None:
                    yield start + border.start()
                elif _closes_with_comma(place, source.start) and only_adjuncts(masked, other.span.end, end):
                    yield start + len(before.rstrip())
