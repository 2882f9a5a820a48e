"""Whose copy an article is: the agency in its dateline, or the outlet it says it was first published by."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from onrecord.article.agencies import is_agency
from onrecord.article.dateline import Dateline
from onrecord.article.head import first_meta
from onrecord.article.tagger import find_times
from onrecord.types import Block, Found, Page, Span

__all__ = ["find_credit"]

_NAME = r"(?P<name>(?:the\s+)?[A-Z0-9À-ÖØ-Þ][\w.&'’-]*(?:\s+(?:of|[A-Z&][\w.&'’-]*)){0,4})"
_FIRST = re.compile(
    r"(?:(?:was |is )?(?:first|originally) (?:published|appeared|posted) (?:by|in|on|at)"
    r"|republished (?:from|with permission (?:from|of))"
    r"|(?:erschien|erschienen|veröffentlicht)(?: ist)? zuerst (?:bei|in|im|auf|von)"
    r"|(?:d['’]abord|initialement|à l['’]origine) (?:été )?publiée? (?:par|dans|sur|en)"
    r"|publicad[oa] originalmente (?:en|por|em|no|na)|originalmente publicad[oa] (?:en|por|em|no|na)"
    r"|pubblicat[oa] (?:per la prima volta|originariamente) (?:su|da|in)"
    r"|verscheen eerder (?:in|op|bij))\s*" + _NAME,
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\s*(?:source|via|credit|quelle|fuente|fonte|bron)s?\s*:\s*" + _NAME, re.IGNORECASE)
_NEEDED = (
    *("first published", "first appeared", "first posted", "originally ", "republished ", "zuerst"),
    *(" publié", "originalmente", "originariamente", "la prima volta", "verscheen eerder"),
)
_SMALL_END = re.compile(
    r"(?:\s+(?:and|under|on|with|is|of|here|at|in|und|am|et|le|y|el|e|il|op|em|da))+(?:\s.*)?$"
)
# "... said on Friday. (dpa/afp)", "... on Friday. — AFP": the last words of a story that an agency wrote.
_AT_END = re.compile(
    r"[.!?“”\"’»]\s*(?:[(\[](?P<bracket>[^()\[\]]{2,40})[)\]]|[–—-]{1,2}\s*(?P<dash>[\w /]{2,30}))\s*\.?\s*$"
)
_ALONE = re.compile(r"\s*[(\[–—-]{0,2}\s*(?P<name>[\w /&-]{2,40}?)\s*[)\]]?\.?\s*$")
_PART = re.compile(r"[^,;|/•·()–—]+")
# "Ada Brill, photo: dpa": the agency's is the picture.
_PICTURE = re.compile(r"photo|picture|image|foto|bild|imago|getty|©|video", re.IGNORECASE)
MOST_BYLINE = 200
_SEARCHED = frozenset({"byline", "dateline", "paragraph", "correction", "other"})
_LAST = frozenset({"paragraph", "byline", "other"})


def find_credit(
    page: Page, dateline: Dateline | None, authors: Sequence[Found], outlet: Found | None
) -> Found | None:
    """Return whose copy the page prints, None when it does not say.

    In order: the agency in the dateline, in the byline, who first published it, the agency at the end.
    """
    if dateline is not None and dateline.agency is not None:
        span = dateline.agency
        return Found(value=span.of(page.text).strip(), known="printed", where="text", span=span)
    signed = next((author for author in authors if is_agency(author.value)), None)
    if signed is not None:
        return signed
    whole = page.text.lower()
    needed = [word for word in _NEEDED if word in whole]
    for block in page.blocks:
        if block.role == "byline" and (found := _find_in_byline(page.text, block)):
            return found
        found = _find_in(page.text, block, needed) if block.role in _SEARCHED else None
        # An outlet that tells when its own story first appeared gives credit to nobody.
        if found is not None and (outlet is None or _bare(found.value) != _bare(outlet.value)):
            return found
    return next(_find_at_end(page), None) or _find_source(page)


def _find_in_byline(text: str, block: Block) -> Found | None:
    """Read "By Ada Brill, Associated Press": somebody signs, and the agency sends it."""
    if _PICTURE.search(text, block.span.start, block.span.end):
        return None
    for part in _PART.finditer(text, block.span.start, min(block.span.end, block.span.start + MOST_BYLINE)):
        name = part[0].strip()
        if is_agency(name) and name[:1].isalpha():
            start = part.start() + len(part[0]) - len(part[0].lstrip())
            return Found(value=name, known="printed", where="text", span=Span(start, start + len(name)))
    return None


def _find_in(text: str, block: Block, needed: Sequence[str]) -> Found | None:
    end = min(block.span.end, block.span.start + 400)
    match = _SOURCE.match(text, block.span.start, end)
    # Pictures and tables have sources too: only an agency, or the byline, gives the whole story's.
    if match is not None and not is_agency(match["name"]) and block.role != "byline":
        match = None
    # The pattern is long and most pages say nothing of the kind: the words that it needs come first.
    if match is None and needed and any(word in text[block.span.start : end].lower() for word in needed):
        match = _FIRST.search(text, block.span.start, end)
    if match is None:
        return None
    words = _SMALL_END.sub("", match["name"]).rstrip(" .,")
    own = words.removeprefix("the ").removeprefix("The ")
    # "First published in March" and "on 26 Sep" name a day, not an outlet.
    if not (is_agency(words) or own[:1].isupper()) or next(find_times(words), None) is not None:
        return None
    start = match.start("name")
    return Found(value=words, known="printed", where="text", span=Span(start, start + len(words)))


def _find_at_end(page: Page) -> Iterator[Found]:
    """Read "(dpa)" behind the last sentence, or alone on a line below it."""
    last = next((at for at in reversed(range(len(page.blocks))) if page.blocks[at].role == "paragraph"), None)
    for block in page.blocks[last : last + 3] if last is not None else ():
        if block.role not in _LAST:
            continue
        start, end = max(block.span.start, block.span.end - 60), block.span.end
        match = _AT_END.search(page.text, start, end) or (
            _ALONE.match(page.text, start, end) if start == block.span.start else None
        )
        name = next((key for key, words in match.groupdict().items() if words), None) if match else None
        if match and name and all(is_agency(part) for part in match[name].split("/")):
            span = Span(match.start(name), match.end(name))
            yield Found(value=match[name], known="printed", where="text", span=span)


def _find_source(page: Page) -> Found | None:
    """Return the host that the meta tags name as the story's source, where it is no page of this site."""
    found = first_meta(page.head, ("syndication-source", "original-source"))
    if found is None:
        return None
    try:
        host, own = (urlsplit(words or "").hostname or "" for words in (found.value, page.head.canonical))
    except ValueError:
        return None
    if not host or host == own:
        return None
    return Found(value=host.removeprefix("www."), known="printed", where=found.where)


def _bare(name: str) -> str:
    return re.sub(r"\W|^the\b", "", name.casefold())
