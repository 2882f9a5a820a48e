"""The content before its cue without marks: "Crews left at dawn, the ministry said on Friday"."""

import re

from onrecord.statements.rules.attribution import HAS_VERB, Attribution, Place, made_of
from onrecord.statements.rules.sources import find_source_after, find_source_before
from onrecord.statements.text.contents import find_content_after, only_adjuncts, trim_content
from onrecord.types import Span

__all__ = ["content_first"]


def content_first(place: Place) -> Attribution | None:
    """Read "Crews left at dawn, the ministry said on Friday" and "..., said the mayor"."""
    masked, cue, start = place.masked, place.cue, place.left
    comma = _last_comma(masked, start, cue.span.start)
    if cue.cls not in {"say", "report", "think"} or comma is None:
        return None
    between = masked[comma + 1 : cue.span.start]
    if between.strip() == "":
        if cue.cls == "think" or re.match(r"\s+(?:that\b|,)", masked[cue.span.end :]):
            return None
        source = find_source_after(masked, cue.span.end, place.sentence.span.end)
        # "Lann, the mayor, said 40 percent of it was left": a number says nothing.
        if (
            source is None
            or source.of(masked)[0].isdigit()
            or (HAS_VERB.search(source.of(masked)) and "," not in source.of(masked))
        ):
            return None
        rest = source.end
    else:
        source = find_source_before(masked, start, cue.span.start)
        rest = cue.span.end
    if source is None or ("t" in cue.flags and not _told_last(place, rest)):
        return None
    if not ("t" in cue.flags or only_adjuncts(masked, rest, place.sentence.span.end)):
        return None
    edge = source.start if source.start < cue.span.start else comma
    if (
        re.search(
            r",\s*(?:as\s+)?$",
            masked[start:edge].rstrip(" ") + ("" if source.start < cue.span.start else ","),
        )
        is None
    ):
        return None
    content = trim_content(place.text, *_content_span(place, _content_start(place, source), edge))
    if len(content.of(place.text).split()) < 3 or _only_leads_in(content.of(place.masked)):
        return None
    return made_of(place, source, (content,))


def _content_start(place: Place, source: Span) -> int:
    """The sentence so far, unless a clause before it is somebody else's: "A left, B said, but C stayed, D
    said"."""
    if place.before is None or (
        place.before.content and place.before.content[0].start >= place.before.cue[0].end
    ):
        return place.sentence.span.start
    return place.left


_LEADS_IN = re.compile(
    r"(?:as|when|after|if|because|while|although|though|since|speaking|asked|in|on|at|during|with|for|from|by|to|of|under|despite|following|amid|"
    r"before|until|rather|instead|wearing|writing|citing|having|according|\w+ing)\b",
    re.IGNORECASE,
)


def _only_leads_in(words: str) -> bool:
    """True for "In a statement" or "Speaking in Selm": no clause of its own that somebody could have said."""
    if _LEADS_IN.match(words) is None:
        return False
    return HAS_VERB.search(words[words.index(",") :] if "," in words else words) is None


def _content_span(place: Place, start: int, edge: int) -> tuple[int, int]:
    words = place.masked[start:edge]
    lead = re.match(r"[\s,;]*(?:(?:and|but|But|And)\s+)?", words)
    edge_trim = re.sub(r",\s*as\s*$", "", words)
    return start + (lead.end() if lead else 0), start + len(edge_trim)


def _told_last(place: Place, rest: int) -> bool:
    after = find_content_after(place.masked, rest, place.sentence.span.end, addressee=True)
    return after.start is None and after.addressee is not None


def _last_comma(masked: str, start: int, end: int) -> int | None:
    at = masked.rfind(",", start, end)
    return at if at >= 0 else None
