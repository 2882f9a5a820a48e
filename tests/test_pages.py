"""Whole pages: what we read from each beside what a careful reader records from it (see `expected.py`)."""

from collections.abc import Iterator
from typing import Any

import pytest
from expected import (
    Expected,
    content_of,
    find_expected,
    find_wrongs,
    pair_statements,
    reading_of,
    words_of,
)

from onrecord.types import Article, Found, Role

PAGES = list(find_expected())
VALUES = [
    *(
        "headline",
        "outlet",
        "section",
        "published",
        "updated",
        "place",
        "filed",
        "agency",
        "credit",
        "language",
    ),
]
NEVER_SEARCHED = {"byline", "caption", "pullquote", "correction", "comment", "related", "newsletter", "menu"}


def param(expected: Expected, key: str, *values: Any) -> Any:
    """Return one case; a known miss carries its reason, and fails the day that it is no miss any more."""
    reason = expected.missed.get(key)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(expected, *values, id=f"{expected.name}: {key}", marks=marks)


def metadata_cases() -> Iterator[Any]:
    for expected in PAGES:
        for key in [*VALUES, "authors", "uri", "captured_at"]:
            if key in expected.wanted:
                yield param(expected, key, key)


def role_cases() -> Iterator[Any]:
    for expected in PAGES:
        for start, roles in expected.wanted["roles"]:
            yield param(expected, start, start, roles)


def statement_cases() -> Iterator[Any]:
    for expected in PAGES:
        for number, wanted in enumerate(expected.wanted["statements"]):
            if wanted["must"]:
                yield param(expected, f"statement {number}", number)


def not_statement_cases() -> Iterator[Any]:
    for expected in PAGES:
        for words in expected.wanted["not_statements"]:
            yield param(expected, words, words)


def value_of(article: Article, key: str) -> str | None:
    found: Found | None = getattr(article, key)
    return found.value if found else None


@pytest.mark.parametrize(("expected", "key"), list(metadata_cases()))
def test_the_page_says_this_of_itself(expected: Expected, key: str) -> None:
    capture, reading = reading_of(expected.page)
    wanted = expected.wanted[key]
    if key == "authors":
        assert [found.value for found in reading.article.authors] == wanted
    elif key == "uri":
        # A page saved without its address may still name it as canonical.
        canonical = reading.article.canonical
        assert (capture.uri or (canonical and canonical.value)) == wanted
    elif key == "captured_at":
        assert (capture.captured_at or "").startswith(wanted)
    elif wanted is None:
        assert value_of(reading.article, key) is None
    elif key in ("published", "updated"):
        assert (value_of(reading.article, key) or "").startswith(wanted)
    elif key == "language":
        assert (value_of(reading.article, key) or "").split("-")[0] == wanted
    else:
        assert value_of(reading.article, key) == wanted


@pytest.mark.parametrize(("expected", "start", "roles"), list(role_cases()))
def test_the_line_has_its_role(expected: Expected, start: str, roles: list[Role]) -> None:
    page = reading_of(expected.page)[1].page
    wanted = "".join(words_of(start))
    found = [
        block.role for block in page.blocks if "".join(words_of(block.span.of(page.text))).startswith(wanted)
    ]
    assert found, f"no line opens with {start!r}"
    assert set(found) & set(roles), f"{start!r} is {found}"


@pytest.mark.parametrize(("expected", "number"), list(statement_cases()))
def test_the_statement_is_recorded(expected: Expected, number: int) -> None:
    reading = reading_of(expected.page)[1]
    wanted = expected.wanted["statements"][number]
    found = pair_statements(expected, reading).get(number)
    assert found is not None, f"not found: {wanted['content']!r}"
    assert list(find_wrongs(wanted, found, reading.page.text)) == []


@pytest.mark.parametrize(("expected", "words"), list(not_statement_cases()))
def test_the_words_are_in_the_page_and_no_statement(expected: Expected, words: str) -> None:
    reading = reading_of(expected.page)[1]
    text = reading.page.text
    if words != "We never sleep":  # stands in a script, which nobody sees
        assert words.casefold() in text.casefold(), "the expectation quotes words that the page does not have"
    paired = {id(statement) for statement in pair_statements(expected, reading).values()}
    wanted = " ".join(words_of(words))
    hits = [
        content_of(statement, text)
        for statement in reading.statements
        if id(statement) not in paired and wanted in " ".join(words_of(content_of(statement, text)))
    ]
    assert hits == []


@pytest.mark.parametrize("expected", PAGES, ids=lambda expected: expected.name)
def test_no_comment_and_no_furniture_is_a_statement(expected: Expected) -> None:
    reading = reading_of(expected.page)[1]
    for statement in reading.statements:
        for span in (*statement.content, *statement.cue):
            roles = [
                b.role for b in reading.page.blocks if b.span.start < span.end and span.start < b.span.end
            ]
            assert not set(roles) & NEVER_SEARCHED, span.of(reading.page.text)


def test_over_all_pages_nearly_all_is_found_and_little_else() -> None:
    wanted = found = paired = right = 0
    extra = list[str]()
    for expected in PAGES:
        reading = reading_of(expected.page)[1]
        pairs = pair_statements(expected, reading)
        must = [n for n, statement in enumerate(expected.wanted["statements"]) if statement["must"]]
        wanted += len(must)
        paired += len([n for n in must if n in pairs])
        found += len(reading.statements)
        right += len(pairs)
        known = {id(statement) for statement in pairs.values()}
        extra += [
            f"{expected.name}: {s.kind} {content_of(s, reading.page.text)!r}"
            for s in reading.statements
            if id(s) not in known
        ]
    print(
        f"recall {paired}/{wanted} = {paired / wanted:.3f}; precision {right}/{found} = {right / found:.3f}"
    )
    print(*extra, sep="\n")
    assert paired / wanted >= 0.9
    assert right / found >= 0.88
