"""The rarer orders: participles, passives, names given, refusals, "quoted as saying", "according to"."""

import re
from dataclasses import replace

from onrecord.statements.rules.attribution import Attribution, Place, carried, find_opening_subject, made_of
from onrecord.statements.rules.cue_first import beside, clause_fits, content_to_end, find_subject
from onrecord.statements.rules.quotation_first import content_up_to
from onrecord.statements.rules.sources import find_source_after, find_source_before
from onrecord.statements.text.contents import find_content_after, only_adjuncts, skip_adjuncts, trim_content
from onrecord.statements.text.sentences import CLOSE, OPEN
from onrecord.types import Span

__all__ = ["according", "naming", "participle", "passive", "quoted_as", "refusal"]


def participle(place: Place) -> Attribution | None:
    """..., adding that ...: the source is the subject of the sentence so far."""
    masked, cue = place.masked, place.cue
    source = carried(place) or _document(place) or find_opening_subject(place)
    if source is None:
        return None
    after = find_content_after(masked, cue.span.end, place.sentence.span.end, addressee="t" in cue.flags)
    if after.start is None:
        return None
    if cue.cls in {"think", "object"} or not (
        after.that or after.quoted or clause_fits(place, after.start, False)
    ):
        return None
    return made_of(place, source, content_to_end(place, after.start), addressee=after.addressee)


def _document(place: Place) -> Span | None:
    """Read "in a statement saying ...": its issuer speaks, else the document."""
    head = place.masked[place.left : place.cue.span.start]
    match = _A_DOCUMENT.search(head)
    if match is None:
        return None
    issued = find_opening_subject(place)
    return issued or Span(place.left + match.start(1), place.left + match.end(1))


_A_DOCUMENT = re.compile(
    r"\b((?:a|an|the|its|his|her|their)\s+(?:\w+\s+){0,2}(?:statement|report|letter|email|post|tweet|release|note|decree|order|memo|video|message|resolution))"
    r"\s+(?:on\s+[\w. ]{1,12}\s+)?(?:\w+ly\s+)?$"
)


def passive(place: Place) -> Attribution | None:
    """Read "... was denounced by S as ..." and "votes that were denounced by S as ..."."""
    masked, cue = place.masked, place.cue
    by = re.match(r"\s+by\s+", masked[cue.span.end : place.sentence.span.end])
    if by is None or cue.cls not in {"object", "name", "report"}:
        return None
    source = find_source_after(masked, cue.span.end + by.end(), place.sentence.span.end)
    if source is None:
        return None
    as_ = re.search(r"\s+as\s+", masked[source.start : place.sentence.span.end])
    if as_ is None:
        return None
    end_source = min(source.end, source.start + as_.start())
    start = source.start + as_.end()
    return made_of(place, Span(source.start, end_source), content_to_end(place, start))


def naming(place: Place) -> Attribution | None:
    """S called it "Q", S described X as "Q": what is said is the quoted name; without marks nothing is on
    record."""
    masked, cue, end = place.masked, place.cue, place.sentence.span.end
    if cue.use == "passive":
        return passive(place)
    source = carried(place) or find_opening_subject(place) if cue.use == "participle" else find_subject(place)
    opening = masked.find(OPEN, cue.span.end, end)
    between = masked[cue.span.end : opening] if opening >= 0 else ""
    if source is None or opening < 0 or len(between.split()) > 9 or re.search(r"[,;.]\s", between):
        return None
    if re.search(r"\bwhat\s*$", masked[place.sentence.span.start : source.start]):
        return None
    article = re.search(r"\ban?\s+(?:\w+\s+)?$", between)
    start = cue.span.end + article.start() if article else opening
    quotes = [q for q in place.sentence.quotations if q.outer.start >= opening]
    last = quotes[0]
    content = Span(start, last.outer.end) if article else last.inner
    return made_of(place, source, (content,))


def refusal(place: Place) -> Attribution | None:
    """S declined to comment on ...: the silence is recorded, with the matter when it is printed."""
    masked, cue, text = place.masked, place.cue, place.text
    source = find_subject(place) or find_source_before(masked, place.left, cue.span.start)
    if source is None:
        return None
    end = min([place.sentence.span.end, *beside(place, cue.span.end)])
    # "declined to comment on Tuesday on whether ...": the day is no part of the matter.
    begin = skip_adjuncts(masked, cue.span.end, end)
    rest = masked[begin:end]
    matter = re.match(r"\s+(?:further\s+)?(?:on|about|that|whether|when|how|to\s+questions\s+about)\s+", rest)
    bare = re.match(
        r"\s+(?!to\b|for\b|on\b|seeking\b|requesting\b|when\b|as\b|after\b|before\b|at\b|in\b|immediately\b|further\b|citing\b|until\b|by\b|beyond\b|because\b)\w",
        rest,
    )
    content: tuple[Span, ...] = ()
    if matter or bare:
        start = begin + (matter.end() if matter else 0)
        content = (trim_content(text, start, end),)
    return replace(made_of(place, source, content), no_comment=True)


def quoted_as(place: Place) -> Attribution | None:
    """S was quoted by A as saying ...; A quoted S as saying ...: A carries what S said."""
    masked, cue, end = place.masked, place.cue, place.sentence.span.end
    words = cue.span.of(masked)
    inner = re.search(
        r"(?:quoted|cited)\s+(?P<who>.*?)\s*\bas\s+(?:saying|telling)", words, re.IGNORECASE | re.DOTALL
    )
    who = (
        Span(cue.span.start + inner.start("who"), cue.span.start + inner.end("who"))
        if inner and inner["who"]
        else None
    )
    subject = find_subject(place)
    relays: tuple[Span, ...] = ()
    if cue.use == "passive" or _IS_QUOTED.match(words):
        source = subject
        # "was quoted on Wednesday as saying" names no carrier, "was quoted on Vesna TV as saying" does.
        by = (
            re.match(r"(?:by|in|on)\s+(?!\w+day\b)", who.of(masked), re.IGNORECASE)
            if who is not None
            else None
        )
        relays = (Span(who.start + by.end(), who.end),) if who is not None and by is not None else ()
    else:
        source = who
        relays = (subject,) if subject is not None else ()
    if source is None:
        return None
    by = re.match(r"\s+by\s+", masked[cue.span.end : end])
    if by is not None and not relays:
        carrier = find_source_after(masked, cue.span.end + by.end(), end)
        relays = (carrier,) if carrier is not None else ()
    closing = masked.rfind(CLOSE, place.sentence.span.start, source.start)
    if closing >= 0 and only_adjuncts(masked, relays[-1].end if relays and by else cue.span.end, end):
        return replace(made_of(place, source, content_up_to(place, closing + 1)), relays=relays)
    after = find_content_after(masked, cue.span.end, end, addressee=False)
    if after.start is None:
        return None
    return replace(made_of(place, source, content_to_end(place, after.start)), relays=relays)


_IS_QUOTED = re.compile(r"(?:is|are|was|were|been|being|has|have|had)\b", re.IGNORECASE)


def according(place: Place) -> Attribution | None:
    """According to S, ... — ..., according to S. — ..., according to S, ..."""
    masked, text, cue, sentence = place.masked, place.text, place.cue, place.sentence.span
    head = masked[place.sentence.span.start : cue.span.start]
    source = find_source_after(
        masked, cue.span.end, sentence.end, apposed=re.search(r"\w|\ue000", head) is not None
    )
    if source is None:
        return None
    content: list[Span] = []
    if re.search(r"\w|\ue000", head) and not re.fullmatch(
        r"\s*(?:But|And|Meanwhile|However|Still|Yet)?,?\s*", head
    ):
        start = place.sentence.span.start
        content.append(_unquoted(place, trim_content(text, start, cue.span.start)))
        tail = masked[source.end : sentence.end]
        if re.match(r"\s*,\s*\w", tail) and not re.match(r"\s*,\s*(?:who|which|citing|a|an|the)\b", tail):
            content.append(_unquoted(place, trim_content(text, source.end, sentence.end)))
    else:
        rest = re.match(r"\s*,\s*", masked[source.end : sentence.end])
        if rest is None:
            return None
        content.append(_unquoted(place, trim_content(text, source.end + rest.end(), sentence.end)))
    content = [c for c in content if len(c.of(text).split()) >= 2]
    return made_of(place, source, tuple(content)) if content else None


def _unquoted(place: Place, span: Span) -> Span:
    """A content that is one quotation from end to end leaves its marks out."""
    for quotation in place.sentence.quotations:
        if quotation.outer.start == span.start and quotation.outer.end >= span.end:
            return quotation.inner
    return span
