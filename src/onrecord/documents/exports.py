"""Is a file an export of a press database? Then it is cut into its articles."""

import re
from dataclasses import replace

from onrecord.documents import factiva, nexis
from onrecord.documents.values import Document, File, Line, Lines

__all__ = ["may_be_export", "split_export"]

MAX_ARTICLES = 20_000
_NUMBERED = re.compile(
    rb"Document(?:</[^>]{1,20}>|&nbsp;|\s){1,3}(?:<[^>]{1,60}>)?[A-Z][A-Z0-9]{2,9}[0-9a-z]{12}"
)


def may_be_export(payload: bytes) -> bool:
    """Tell cheaply that a text or an HTML page is no export; most are none."""
    if b"End of Document" in payload or b" DOCUMENT" in payload or b" DOKUMENT" in payload:
        return True
    return b"Document" in payload and _NUMBERED.search(payload) is not None


def split_export(read: Lines) -> File | None:
    """Return the articles of an export, None where the lines are of something else."""
    lines = [line for line in read.lines if not line.part]
    for split, version in ((nexis.split_nexis, nexis.VERSION), (factiva.split_factiva, factiva.VERSION)):
        if found := split(lines):
            return _finish(found, lines, read, version)
    return None


def _finish(found: list[Document], lines: list[Line], read: Lines, version: str) -> File:
    messages = list(read.messages)
    told = nexis.count_told(lines) if version == nexis.VERSION else None
    if told is not None and told != len(found):
        messages.append(
            f"the export says that it holds {told:,} articles; {len(found):,} were found. "
            "Compare it with its list, and export it again if it was cut off."
        )
    if len(found) > MAX_ARTICLES:
        messages.append(
            f"the export holds {len(found):,} articles; the first {MAX_ARTICLES:,} were read. "
            "Split it and add the rest."
        )
    documents = (replace(one, version=f"{read.version}+{version}") for one in found[:MAX_ARTICLES])
    return File(documents=tuple(documents), messages=tuple(messages))
