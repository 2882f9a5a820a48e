"""Who signs an article below its text: "(Reporting by Ada Brill; Editing by Lio Penn)", "– Ada Brill"."""

import re
from collections.abc import Iterator

from onrecord.article.bylines import is_first_name, looks_like_name, split_names
from onrecord.types import Page, Span

__all__ = ["find_signed"]

LAST = 3
MOST_LINE = 250
# Agencies name below a story who reported it, and behind a semicolon who edited it.
_REPORTED = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|written) by (?P<names>[^;.()]+)", re.IGNORECASE
)
_SIGNED = re.compile(r"[–—-]{1,2}\s*(?P<names>[^\d.,;:()]{5,60})\.?")


def find_signed(page: Page) -> Iterator[Span]:
    """Yield the names in the last lines of the article that do nothing but sign it."""
    text = [at for at, block in enumerate(page.blocks) if block.role == "paragraph"]
    if not text:
        return
    for block in page.blocks[max(0, text[-1] - 1) : text[-1] + LAST]:
        start, end = block.span
        line = block.span.of(page.text) if end - start <= MOST_LINE else ""
        found = _REPORTED.match(line) or _SIGNED.fullmatch(line)
        if found is None or block.role not in ("paragraph", "other", "byline"):
            continue
        names = [name for name in split_names(found["names"]) if looks_like_name(name)]
        if found.re is _SIGNED and not (len(names) == 1 and is_first_name(names[0].split()[0])):
            continue
        for name in names:
            place = page.text.find(name, start, end)
            if place >= 0:
                yield Span(place, place + len(name))
        if names:
            return
