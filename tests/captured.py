"""Small captures and what a careful person reads from each: Markdown files in `tests/captures/`.

A file NAME.md tells of the captures in the folder NAME beside it, one under each heading:

    ## 009-warc-lower-case-type.warc

    Names of WARC fields have no case.

    ```expected
    pages: 1
    headline: Ouvel ferry to stop in May as ramps rust
    statement: Maren Tosk | direct | We cannot put people on a boat
    ```

Every line is one test. A line that begins with "?" is not read right yet, as the prose says; it fails the day
that it is. Lines behind a line "---" are of the next page in the capture.

    pages               how many pages are read
    problems            "none", or words that the message of a problem has
    headline, outlet, section, language, published, updated, uri, captured; "none" for none; a day alone
                        stands for any time of it
    version             the name of the walk that made the text
    authors             names between " | ", or "none"
    paragraphs, comments, statements        how many of them
    paragraph, comment, related, menu, ...  the first words of a line with this role
    no paragraph        the first words that no paragraph has
    text, no text       words that stand in the text of record, or don't
    statement           speaker | kind | words that it has; "nobody" for an unknown speaker
    no statement        words that no statement has
    said on             a day, or "open" | words of the statement
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from onrecord.capture import read_captures
from onrecord.reading import read
from onrecord.types import ROLES, Capture, Problem, Reading

__all__ = ["Line", "check", "find_lines"]

CAPTURES = Path(__file__).parent / "captures"
_SECTION = re.compile(r"^## (?P<name>\S+)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_EXPECTED = re.compile(r"^```expected\n(.*?)^```", re.MULTILINE | re.DOTALL)
_METADATA = ("headline", "outlet", "section", "language", "published", "updated")
_DATES = ("published", "updated")
DAY = len("2031-03-11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that is read from a capture; `page` counts from 0; `known` says that it is not read right."""

    capture: Path
    page: int
    key: str
    value: str
    known: bool

    @property
    def name(self) -> str:
        return f"{self.capture.name}: {self.key}: {self.value}"


def find_lines() -> Iterator[Line]:
    """Yield what is expected of every capture; one without an expectation is a fault of the tests."""
    for notes in sorted(CAPTURES.glob("*.md")):
        folder = notes.with_suffix("")
        told = {m["name"]: m["body"] for m in _SECTION.finditer(notes.read_text(encoding="utf-8"))}
        there = {path.name for path in folder.iterdir()}
        assert there == set(told), f"{notes.name} and its folder differ: {sorted(there ^ set(told))}"
        for name, body in told.items():
            (block,) = _EXPECTED.findall(body)
            yield from _find_lines(folder / name, block)


def _find_lines(capture: Path, block: str) -> Iterator[Line]:
    page = 0
    for line in filter(None, map(str.strip, block.splitlines())):
        if line == "---":
            page += 1
            continue
        key, _, value = line.removeprefix("?").strip().partition(": ")
        yield Line(capture=capture, page=page, key=key, value=value, known=line.startswith("?"))


@cache
def _read_all(capture: Path) -> tuple[list[tuple[Capture, Reading]], list[Problem]]:
    """Read a capture as `onrecord add` does: the same bytes under the same address count once."""
    items = list(read_captures(capture))
    captures = [item for item in items if isinstance(item, Capture)]
    once = [next(same) for _, same in groupby(captures, key=lambda one: (one.payload_digest, one.uri))]
    readings = [(one, read(one)) for one in once]
    problems = [item for item in items if isinstance(item, Problem)]
    return readings, problems + [problem for _, reading in readings for problem in reading.problems]


def check(line: Line) -> str | None:
    """Return what is wrong with a line's answer, None if it is right."""
    readings, problems = _read_all(line.capture)
    told = [problem.message for problem in problems]
    if line.key == "pages":
        return _differ(line.value, str(len(readings)))
    if line.key == "problems":
        right = not told if line.value == "none" else any(line.value in message for message in told)
        return None if right else f"the problems are {told}"
    if line.page >= len(readings):
        return f"there are {len(readings)} pages; problems: {told}"
    return _check_page(line, *readings[line.page])


def _check_page(line: Line, capture: Capture, reading: Reading) -> str | None:
    article, page = reading.article, reading.page
    if line.key in _METADATA:
        found = getattr(article, line.key)
        value = found.value if found else "none"
        return _differ(line.value, value[:DAY] if len(line.value) == DAY and line.key in _DATES else value)
    if line.key == "uri":
        return _differ(line.value, capture.uri or (article.canonical and article.canonical.value) or "none")
    if line.key == "captured":
        found = capture.captured_at or "none"
        return _differ(line.value, found[:DAY] if len(line.value) == DAY else found)
    if line.key == "authors":
        return _differ(line.value, " | ".join(one.value for one in article.authors) or "none")
    if line.key == "version":
        return _differ(line.value, page.text_version)
    if line.key == "comments":
        return _differ(line.value, str(len(page.comments)))
    if line.key == "paragraphs":
        return _differ(line.value, str(sum(block.role == "paragraph" for block in page.blocks)))
    if line.key in ("text", "no text"):
        there = line.value in page.text
        return None if there == (line.key == "text") else f"the text is {page.text!r}"
    if line.key in ROLES or line.key == "no paragraph":
        return _check_role(line, reading)
    return _check_statement(line, reading)


def _check_role(line: Line, reading: Reading) -> str | None:
    page = reading.page
    if line.key == "no paragraph":
        opening = (block.span.of(page.text) for block in page.blocks if block.role == "paragraph")
        return "a paragraph opens so" if any(words.startswith(line.value) for words in opening) else None
    roles = [block.role for block in page.blocks if block.span.of(page.text).startswith(line.value)]
    return None if line.key in roles else f"a line that opens so is {roles or 'not there'}"


def _check_statement(line: Line, reading: Reading) -> str | None:
    said = [
        (
            one.speaker.name if one.speaker and one.speaker.name else "nobody",
            one.kind,
            " ".join(span.of(reading.page.text) for span in one.content),
            one.said_on.value if one.said_on else "open",
        )
        for one in reading.statements
    ]
    if line.key == "statements":
        return _differ(line.value, str(len(said)), said)
    if line.key == "statement":
        speaker, kind, words = line.value.split(" | ")
        right = any((who, how) == (speaker, kind) and words in what for who, how, what, _ in said)
    elif line.key == "no statement":
        right = not any(line.value in what for _, _, what, _ in said)
    elif line.key == "said on":
        day, words = line.value.split(" | ")
        right = any(when == day and words in what for _, _, what, when in said)
    else:
        raise ValueError(f"no expectation is called {line.key!r}")
    return None if right else f"the statements are {said}"


def _differ(wanted: str, found: str, more: object = None) -> str | None:
    return None if wanted == found else f"{found!r}" + (f": {more}" if more else "")
