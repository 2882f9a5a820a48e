"""One sentence with its cues into who said what: the rules that link source, cue and content.

The orders of English news, each a function: the quotation before its cue, the cue before its content, the content before
"S said", "according to S", passives, refusals. What no rule links is left out: a wrong speaker is worse than none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.statements.contents import find_content_after, only_adjuncts, trim_content
from onrecord.statements.cues import Cue, find_cues
from onrecord.statements.sentences import CLOSE, OPEN, QUOTED, Sentence
from onrecord.statements.sources import find_source_after, find_source_before
from onrecord.types import Span

__all__ = ["Attribution", "find_attributions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source, a cue and the words said, before speakers and dates are resolved. `relays` are outermost first."""

    cue: tuple[Span, ...]
    source: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    cls: str = "say"
    flags: str = ""
    denied: bool = False
    no_comment: bool = False
    relays: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What a rule looks at: the text, the masked text, the sentence, one cue, and where the cue before and after it stand."""

    text: str
    masked: str
    sentence: Sentence
    cue: Cue
    before: Attribution | None
    left: int
    right: int


def find_attributions(text: str, masked: str, sentence: Sentence) -> list[Attribution]:
    """Return the attributions of one sentence in the order of their cues."""
    cues = [cue for cue in find_cues(masked, sentence.span) if not _swallowed(cue, sentence.span, masked)]
    found: list[Attribution] = []
    left = sentence.span.start
    for i, cue in enumerate(cues):
        place = _Place(
            text=text,
            masked=masked,
            sentence=sentence,
            cue=cue,
            before=found[-1] if found else None,
            left=left,
            right=cues[i + 1].span.start if i + 1 < len(cues) else sentence.span.end,
        )
        one = _attribute(place)
        if one is not None and (one.content or one.no_comment):
            found.append(one)
            if not re.search(r"\b(?:who|which)\s+(?:\w+\s+){0,2}$", masked[left : cue.span.start]):
                left = cue.span.end
    return list(_untangle(masked, found))


def _swallowed(cue: Cue, sentence: Span, masked: str) -> bool:
    return cue.cls == "say" and "q" in cue.flags and OPEN not in masked[sentence.start : sentence.end]


def _attribute(place: _Place) -> Attribution | None:
    match place.cue.cls:
        case "according":
            return _according(place)
        case "refuse":
            return _refusal(place)
        case "quote":
            return _quoted_as(place)
        case "name":
            return _naming(place)
        case _:
            pass
    if place.cue.use == "participle":
        return _participle(place)
    if place.cue.use == "passive":
        return _passive(place)
    return _quotation_first(place) or _content_first(place) or _cue_first(place)


# --- the quotation before its cue -----------------------------------------------------------------------------------


def _quotation_first(place: _Place) -> Attribution | None:
    """ "Q," S said. — "Q," said S. — Words "Q," S said."""
    masked, cue, start = place.masked, place.cue, place.sentence.span.start
    closing = masked.rfind(CLOSE, start, cue.span.start)
    if closing < 0 or place.cue.cls == "object":
        return None
    close_end = closing + 1
    between = masked[close_end : cue.span.start]
    inner_last = _last_inside(place, closing)
    if len(between.split()) > 26 or re.search(
        r"[;:.?!]\s", between.replace("Mr. ", "Mr ").replace("Mrs. ", "Mrs ").replace("Dr. ", "Dr ")
    ):
        return None
    comma = between.lstrip().startswith(",") or inner_last in ",?!…—-–"
    if not comma and inner_last != ".":
        return None
    if re.match(r"\s*,?\s*(?:and|but|while|which|who|when|as|that)\b", between):
        return None
    if between.strip(" ,\n") == "":
        source = find_source_after(masked, cue.span.end, place.sentence.span.end)
        after = source.end if source else cue.span.end
        if source is None:
            source = _carried(place)
    else:
        source = find_source_before(masked, close_end, cue.span.start)
        after = cue.span.end
        if source is None or (
            re.search(r"\S", masked[close_end : source.start].strip(" ,\n"))
            and not _only_day(masked[close_end : source.start])
        ):
            return None
    contents = [*_up_to(place, close_end), *_after_break(place, after)]
    to = find_content_after(
        masked, cue.span.end, place.sentence.span.end, addressee="t" in cue.flags
    ).addressee
    return _made(
        place,
        source,
        tuple(contents),
        addressee=to if "t" in cue.flags and source and source.end <= cue.span.start else None,
    )


def _only_day(words: str) -> bool:
    return re.fullmatch(r"[\s,]*(?:(?:on|late|early)\s+)*\w*day[\s,]*", words) is not None


def _last_inside(place: _Place, closing: int) -> str:
    at = closing
    while at > place.sentence.span.start and (place.masked[at] == CLOSE or place.text[at].isspace()):
        at -= 1
    return place.text[at : at + 1]


def _up_to(place: _Place, close_end: int) -> list[Span]:
    """The content that ends with the quotation before the cue; the words before its marks belong to it too."""
    start = place.sentence.span.start
    if place.before is not None:
        start = max(start, *(c.end for c in place.before.cue))
    quotes = [q for q in place.sentence.quotations if start <= q.outer.start < close_end]
    if not quotes:
        return []
    lead = place.masked[start : quotes[0].outer.start]
    if re.search(r"\w", lead) is None:
        if len(quotes) == 1 or not re.search(
            r"\w", place.masked[quotes[0].outer.end : quotes[-1].outer.start].replace(QUOTED, "")
        ):
            return [q.inner for q in quotes]
        return [Span(quotes[0].outer.start, quotes[-1].outer.end)]
    lead_start = re.match(r"[\s,;:–—-]*(?:(?:But|And|So|Yet)\s+)?", lead)
    return [Span(start + (lead_start.end() if lead_start else 0), quotes[-1].outer.end)]


def _after_break(place: _Place, after: int) -> list[Span]:
    """The second half of a quotation that its cue broke: "A," he said, "B"."""
    masked, end = place.masked, place.sentence.span.end
    opening = masked.find(OPEN, after, end)
    if opening < 0 or opening > place.right:
        return []
    between = masked[after:opening]
    if re.search(r"[,:.–—]\s*$", between) is None or len(between.split()) > 22:
        return []
    return [q.inner for q in place.sentence.quotations if q.outer.start >= opening][:1]


# --- the content before "S said" ------------------------------------------------------------------------------------


def _content_first(place: _Place) -> Attribution | None:
    """ "Crews left at dawn, the ministry said on Friday." — "..., said the mayor.\""""
    masked, cue, start = place.masked, place.cue, place.left
    comma = _last_comma(masked, start, cue.span.start)
    if cue.cls not in {"say", "report", "think"} or comma is None:
        return None
    between = masked[comma + 1 : cue.span.start]
    if between.strip() == "":
        if cue.cls == "think" or re.match(r"\s+(?:that\b|,)", masked[cue.span.end :]):
            return None
        source = find_source_after(masked, cue.span.end, place.sentence.span.end)
        if source is None or (_VERB.search(source.of(masked)) and "," not in source.of(masked)):
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
    return _made(place, source, (content,))


def _content_start(place: _Place, source: Span) -> int:
    """The sentence so far, unless a clause before it is somebody else's: "A left, B said, but C stayed, D said"."""
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
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|could|can|may|might|should|must|has|have|had|did|does|do|said|became|went|came|took|made|got|began|left|won|lost|\w+ed)\b"
)


def _only_leads_in(words: str) -> bool:
    """True for "In a statement" or "Speaking in Selm": no clause of its own that somebody could have said."""
    if _LEADS_IN.match(words) is None:
        return False
    return _VERB.search(words[words.index(",") :] if "," in words else words) is None


def _content_span(place: _Place, start: int, edge: int) -> tuple[int, int]:
    words = place.masked[start:edge]
    lead = re.match(r"[\s,;]*(?:(?:and|but|But|And)\s+)?", words)
    edge_trim = re.sub(r",\s*as\s*$", "", words)
    return start + (lead.end() if lead else 0), start + len(edge_trim)


def _told_last(place: _Place, rest: int) -> bool:
    after = find_content_after(place.masked, rest, place.sentence.span.end, addressee=True)
    return after.start is None and after.addressee is not None


def _last_comma(masked: str, start: int, end: int) -> int | None:
    at = masked.rfind(",", start, end)
    return at if at >= 0 else None


# --- the cue before its content -------------------------------------------------------------------------------------


def _cue_first(place: _Place) -> Attribution | None:
    """S said that ..., S told reporters: "Q", S announced ..."""
    masked, cue = place.masked, place.cue
    source = _subject(place)
    if source is None:
        return None
    after = find_content_after(masked, cue.span.end, place.sentence.span.end, addressee="t" in cue.flags)
    if after.start is None or not _clause_fits(place, after.start, after.that or after.quoted):
        return None
    content = _content_to_end(place, after.start)
    return _made(place, source, content, addressee=after.addressee)


def _subject(place: _Place) -> Span | None:
    masked, cue = place.masked, place.cue
    start = max(place.left, masked.rfind(CLOSE, place.left, cue.span.start) + 1)
    source = find_source_before(masked, start, cue.span.start)
    if source is None and re.search(
        r"\b(?:and|but|then|,)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+|has\s+|had\s+)*$",
        masked[place.left : cue.span.start],
    ):
        return _carried(place)
    return source


def _carried(place: _Place) -> Span | None:
    return place.before.source if place.before is not None else None


_CLAUSE_START = re.compile(
    r"(?:he|she|it|they|we|I|you|there|the|a|an|this|that|these|those|his|her|its|their|our|no|not|some|many|all|any|more|most|\d[\d,.]*|if|when|what|how|why|whether|to|"
    r"[A-Z][\w’'.-]*|\ue001)\b|\ue001"
)


def _clause_fits(place: _Place, start: int, marked: bool) -> bool:
    """Is what follows the cue something that can be said, for this kind of cue?"""
    cue, rest = place.cue, place.masked[start : place.sentence.span.end]
    if marked:
        return True
    if re.match(r"(?:yes|no|so|that|this|it|goodbye|hello)\s*[.,!]?\s*$", rest, re.IGNORECASE):
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
        return len(rest.split()) >= 2
    past = cue.span.of(place.masked).endswith("ed") and len(rest.split()) >= 3
    return "n" not in cue.flags or past or _CLAUSE_START.match(rest) is not None


def _content_to_end(place: _Place, start: int) -> tuple[Span, ...]:
    """The content from its first word to the end of its sentence or to the next thing that somebody says beside it."""
    masked, text, end = place.masked, place.text, place.sentence.span.end
    quotes = [q for q in place.sentence.quotations if q.outer.start >= start]
    end = min([end, *_beside(place, start)])
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


def _shortened(place: _Place, content: Span) -> Span:
    """Leave out what the reporter adds at the end: "..., which lies south of Selm", "in a statement", "after moving to ..."."""
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
            and _VERB.search(words[: around.start()]) is None
        ):
            end = around.start()
    return trim_content(place.text, content.start, content.start + end)


def _all_quoted(masked: str, start: int, end: int) -> bool:
    return not re.search(r"\w", masked[start:end].replace(QUOTED, ""))


_BESIDE = re.compile(
    rf",?\s+(?:and|but|while|whereas|although)\s+(?:(?:also|then|later|has|had)\s+)*$|,\s*(?:(?:while|and|but|also)\s+)?$|[;–—]\s*$|{CLOSE}\s*,?\s*$"
)


def _beside(place: _Place, start: int) -> Iterator[int]:
    """Where a later cue of this sentence cuts the content off: ", adding that", "and said", ", according to"."""
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
                border = re.search(
                    r"(?:,\s+(?:and|but|while|whereas|although|as)|;|\s+while)\s+$",
                    masked[start : source.start],
                )
                if border is not None:
                    yield start + border.start()


# --- passives, participles, names, refusals, "according to" -------------------------------------------------------------


def _participle(place: _Place) -> Attribution | None:
    """..., adding that ...: the source is the subject of the sentence so far."""
    masked, cue = place.masked, place.cue
    source = _carried(place) or _document(place) or _opening_subject(place)
    if source is None:
        return None
    after = find_content_after(masked, cue.span.end, place.sentence.span.end, addressee="t" in cue.flags)
    if after.start is None:
        return None
    if cue.cls in {"think", "object"} or not (
        after.that or after.quoted or _clause_fits(place, after.start, False)
    ):
        return None
    return _made(place, source, _content_to_end(place, after.start), addressee=after.addressee)


def _document(place: _Place) -> Span | None:
    """ "a statement saying ...": the document speaks."""
    head = place.masked[place.left : place.cue.span.start]
    match = _A_DOCUMENT.search(head)
    if match is None:
        return None
    issued = _opening_subject(place)
    return issued or Span(place.left + match.start(1), place.left + match.end(1))


_A_DOCUMENT = re.compile(
    r"\b((?:a|an|the|its|his|her|their)\s+(?:\w+\s+){0,2}(?:statement|report|letter|email|post|tweet|release|note|decree|order|memo|video|message|resolution))"
    r"\s+(?:on\s+[\w. ]{1,12}\s+)?(?:\w+ly\s+)?$"
)


_OPENING = re.compile(
    r"(?:(?:But|And|Meanwhile|However|Later|Earlier),?\s+)?(?:(?:On|In|At|During|After)\s+[^,]{1,50},\s+)?"
    r"(?P<who>He|She|They|It|(?:(?:The|A|An)\s+)?(?:[a-z]+\s+){0,2}[A-Z][\w.’'-]*(?:\s+(?:of|for|the|[A-Z][\w.’'-]*))*(?:\s+(?:spokesman|spokeswoman|spokesperson|minister|leader|chief))?(?:\s+[A-Z][\w.’'-]*)*)"
)


def _opening_subject(place: _Place) -> Span | None:
    start = place.sentence.span.start
    match = _OPENING.match(place.masked, start, place.cue.span.start)
    if match is None or match["who"].lower() in {"the", "a", "it"}:
        return None
    return Span(match.start("who"), match.end("who"))


def _passive(place: _Place) -> Attribution | None:
    """ "... was denounced by S as ..." and "votes that were denounced by S as ...\""""
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
    return _made(place, Span(source.start, end_source), _content_to_end(place, start))


def _naming(place: _Place) -> Attribution | None:
    """S called it "Q", S described X as "Q": what is said is the quoted name; without marks nothing is on record."""
    masked, cue, end = place.masked, place.cue, place.sentence.span.end
    if cue.use == "passive":
        return _passive(place)
    source = _carried(place) or _opening_subject(place) if cue.use == "participle" else _subject(place)
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
    return _made(place, source, (content,))


def _refusal(place: _Place) -> Attribution | None:
    """S declined to comment on ...: the silence is recorded, with the matter when it is printed."""
    masked, cue, text = place.masked, place.cue, place.text
    source = _subject(place) or find_source_before(masked, place.left, cue.span.start)
    if source is None:
        return None
    end = min([place.sentence.span.end, *_beside(place, cue.span.end)])
    rest = masked[cue.span.end : end]
    matter = re.match(r"\s+(?:further\s+)?(?:on|about|whether|when|how|to\s+questions\s+about)\s+", rest)
    bare = re.match(
        r"\s+(?!to\b|for\b|on\b|seeking\b|requesting\b|when\b|as\b|after\b|before\b|at\b|in\b|immediately\b|further\b|citing\b|until\b|by\b|beyond\b|because\b)\w",
        rest,
    )
    content: tuple[Span, ...] = ()
    if matter or bare:
        start = cue.span.end + (matter.end() if matter else 0)
        content = (trim_content(text, start, end),)
    return replace(_made(place, source, content), no_comment=True)


def _quoted_as(place: _Place) -> Attribution | None:
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
    subject = _subject(place)
    relays: tuple[Span, ...] = ()
    if cue.use == "passive":
        source = subject
        if who is not None:
            by = re.match(r"(?:by|in)\s+", who.of(masked), re.IGNORECASE)
            relays = (Span(who.start + (by.end() if by else 0), who.end),)
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
        return replace(_made(place, source, _up_to(place, closing + 1)), relays=relays)
    after = find_content_after(masked, cue.span.end, end, addressee=False)
    if after.start is None:
        return None
    return replace(_made(place, source, _content_to_end(place, after.start)), relays=relays)


def _according(place: _Place) -> Attribution | None:
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
    return _made(place, source, tuple(content)) if content else None


def _unquoted(place: _Place, span: Span) -> Span:
    """A content that is one quotation from end to end leaves its marks out."""
    for quotation in place.sentence.quotations:
        if quotation.outer.start == span.start and quotation.outer.end >= span.end:
            return quotation.inner
    return span


def _made(
    place: _Place, source: Span | None, content: Sequence[Span], *, addressee: Span | None = None
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


# --- several attributions in one sentence ---------------------------------------------------------------------------


def _untangle(masked: str, found: list[Attribution]) -> Iterator[Attribution]:
    """ "Peskov said ..., according to TASS" is Peskov's, carried by TASS: the outer attribution becomes a relay of the inner."""
    for i, one in enumerate(found):
        inner = [o for o in found if o is not one and _carries(masked, one, o)]
        if inner and one.cls in {"according", "report", "say"} and _postposed(one):
            continue
        outer = [
            o
            for o in found
            if o is not one and _carries(masked, o, one) and _postposed(o) and o.source is not None
        ]
        relays = tuple(o.source for o in reversed(outer) if o.source is not None)
        if outer:
            edge = min(min(s.start for s in (o.source, *o.cue) if s is not None) for o in outer)
            content = tuple(_clip(masked, c, edge) for c in one.content)
            one = replace(one, content=content)
        yield replace(one, relays=(*one.relays, *relays))


def _postposed(one: Attribution) -> bool:
    """Its content stands before its cue: what S reported is the whole sentence so far."""
    return bool(one.content) and one.content[0].end <= one.cue[0].start


def _carries(masked: str, outer: Attribution, inner: Attribution) -> bool:
    """True when the inner attribution, cue and content, lies inside what the outer one reports."""
    if not outer.content or not inner.content or inner.source is None or outer.no_comment:
        return False
    first, last = outer.content[0].start, outer.content[-1].end
    here = min(inner.source.start, inner.cue[0].start)
    return first <= here and inner.cue[0].end <= last and inner.cls not in {"object", "think", "name"}


def _clip(masked: str, span: Span, edge: int) -> Span:
    if not span.start < edge < span.end:
        return span
    return trim_content(masked, span.start, edge)
