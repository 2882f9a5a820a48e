"""Attributions in PolNeAR's form: `python -m evals.statements INPUT OUT.jsonl`.

INPUT rows {"id", "text"} (a .gz or plain JSONL); OUT rows {"id", "attributions": [{"source", "cue",
"content"}]} for the scorer of attribution relations. PolNeAR's conventions are kept: every relation has a
cue, so quotations that stand alone are left out, and the colon behind a speaker's label and the dash before a
signature are cues; "that" belongs to the content. The text is read as an
article without furniture: every line of it is searched.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from evals.rows import read_rows, write_rows
from onrecord.article import read_article
from onrecord.capture import payload_digest
from onrecord.statements import find_statements
from onrecord.statements.find import find_said
from onrecord.statements.passages import Wanted
from onrecord.statements.text.document import read_document
from onrecord.types import Block, Capture, Page, Problem, Span

# What stands between a label or a signature and the words said.
SIGN = re.compile(r"[^\w:―—–-]*(?P<cue>:|[―—–-]{1,2})[^\w:―—–-]*")
THAT = re.compile(r"\bthat,?\s+[“\"]?$")
LOOK_BACK = 12

__all__ = ["article_page", "main", "rules"]

Found = tuple[Sequence[Span], Sequence[Span], Sequence[Span]]
Reader = Callable[[str], Iterator[Found]]


def article_page(text: str) -> tuple[Capture, Page]:
    """Return a page whose every line is a paragraph of its article; the first line is its headline when it
    looks like one."""
    payload = text.encode()
    digest = payload_digest(payload)
    capture = Capture(payload=payload, payload_digest=digest, place="evals", media_type="text/plain")
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        if start < end:
            blocks.append(Block(span=Span(start, end), role="paragraph"))
        at += len(line) + 1
    return capture, Page(payload_digest=digest, text=text, text_version="text-1", blocks=tuple(blocks))


def read_statements(text: str) -> Iterator[Found]:
    """Yield source, cue and content of every attribution in a text that is all article."""
    capture, page = article_page(text)
    for found in find_statements(page, read_article(page, capture), everything=True):
        if not isinstance(found, Problem):
            yield found.source, found.cue, found.content


def read_by_rules(text: str) -> Iterator[Found]:
    """Yield the same as the rules alone find it."""
    capture, page = article_page(text)
    document, _ = read_document(text, read_article(page, capture).body)
    for one in find_said(document, Wanted(everything=True, least=0.0, by_rules_alone=True)):
        yield (one.what.source,) if one.what.source else (), one.what.cue, one.what.content


def make_row(read: Reader, row: dict[str, Any]) -> dict[str, Any]:
    text = row["text"]
    return {
        "id": row["id"],
        "attributions": [
            {"source": source, "cue": cue, "content": [with_that(text, part) for part in content]}
            for source, cue, content in map(partial(with_sign, text), read(text))
            if cue
        ],
    }


def with_sign(text: str, found: Found) -> Found:
    """Return a relation with the sign that attributes it as its cue, where it has no words of saying."""
    source, cue, content = found
    if cue or not source or not content:
        return found
    gaps = ((source[0].end, content[0].start), (content[-1].end, source[0].start))
    for start, end in gaps:
        sign = SIGN.fullmatch(text, start, end) if start <= end else None
        if sign is not None:
            return source, (Span(*sign.span("cue")),), content
    return found


def with_that(text: str, content: Span) -> Span:
    """Return a content with the "that" before it, which PolNeAR counts in and Onrecord does not."""
    that = THAT.search(text, max(0, content.start - LOOK_BACK), content.start)
    return Span(that.start(), content.end) if that else content


def main(argv: list[str], read: Reader = read_statements) -> None:
    """Read INPUT, write OUT."""
    source, out = argv
    write_rows(out, (make_row(read, row) for row in read_rows(source)))


def rules(argv: list[str]) -> None:
    """Read INPUT with the rules alone, write OUT."""
    main(argv, read_by_rules)


if __name__ == "__main__":
    main(sys.argv[1:])
