"""What became of a page's statements in its next version: the cases of `cases/changes.md`, and what holds for
any two versions."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_pages import make_reading, say

from onrecord.checks.changes import StatementChange, compare_statements
from onrecord.checks.said_in import SaidIn, wording_of
from onrecord.ledger import make_entries
from onrecord.types import Entry, Kind, Polarity, Role, Span, SpeakerType, Statement

CASES = Path(__file__).parent / "cases" / "changes.md"
_FENCED = re.compile(r"^```(\w+)\n([\s\S]*?)^```$", re.MULTILINE)
_SAID = re.compile(
    r"(?P<told>[?~])? ?(?:\[(?P<source>[^\]]+)\] )?(?:(?P<type>a|the): )?(?P<name>[^|]+?) \| (?P<words>.+)"
)
_TYPES: dict[str | None, SpeakerType] = {None: "person", "a": "unnamed", "the": "institution"}


def find_cases() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        yield pytest.param(dict(_FENCED.findall(body)), id=title)


def read_said(text: str, line: str) -> Statement:
    found = _SAID.fullmatch(line)
    assert found, line
    named = found["source"] or next(
        one for one in (found["name"], found["name"][:1].upper() + found["name"][1:]) if one in text
    )
    statement = say(
        text,
        *found["words"].split(" | "),
        kind="indirect" if found["told"] else "direct",
        who=named,
        name=found["name"],
        type=_TYPES[found["type"]],
    )
    return replace(statement, polarity="denied") if found["told"] == "~" else statement


def make_version(page: str, said: str) -> SaidIn:
    lines: list[Any] = [tuple(line.split(": ", 1)) for line in page.splitlines()]
    text = "\n".join(words for _, words in lines)
    capture, reading = make_reading(lines, [read_said(text, line) for line in said.splitlines()])
    return SaidIn(entries=make_entries(capture, reading), text=text, blocks=reading.page.blocks)


def tell(entry: Entry) -> str:
    assert entry.speaker
    denied = " denied" if entry.polarity == "denied" else ""
    return f"{entry.speaker.name}{denied}: {wording_of(entry)}"


def words(one: StatementChange, entry: Entry | None, span: Span | None) -> str:
    return span.of(wording_of(entry) if entry else one.instead or "") if span else "-"


def tell_lines(changes: tuple[StatementChange, ...]) -> Iterator[str]:
    for one in changes:
        cut = " (cut)" if one.cut else ""
        instead = f"“{one.instead}”" if one.instead else "-"
        before, after = (tell(entry) if entry else instead for entry in (one.before, one.after))
        yield f"{one.kind}{cut}: {before} -> {after}"
        for each in one.differences:
            first, second = words(one, one.before, each.first), words(one, one.after, each.second)
            yield f"  {each.kind}: {first} / {second}"


@pytest.mark.parametrize("case", list(find_cases()))
def test_what_became_of_a_statement_is_told_as_the_case_says(case: dict[str, str]) -> None:
    before, after = make_version(case["before"], case["said"]), make_version(case["after"], case["then"])
    found = list(tell_lines(compare_statements(before, after)))
    assert (found or ["nothing"]) == case["changes"].splitlines()


@pytest.mark.parametrize("case", list(find_cases()))
def test_where_the_order_is_not_known_nothing_is_withdrawn_or_added(case: dict[str, str]) -> None:
    before, after = make_version(case["before"], case["said"]), make_version(case["after"], case["then"])
    known = compare_statements(before, after)
    unknown = compare_statements(before, after, order_known=False)
    assert not {"withdrawn", "added"} & {one.kind for one in unknown}
    assert {(one.before, one.after) for one in known} == {(one.before, one.after) for one in unknown}


WORDS = "the gates order stay open closed never nobody ministry council said denied two three".split()
NAMES = ("Mara Ostrey", "Ostrey", "Hanne Dorvik", "an official", None)
KINDS: tuple[Kind, ...] = ("direct", "indirect", "no-comment")
POLARITIES: tuple[Polarity, ...] = ("said", "denied", "asked")


@st.composite
def versions(draw: st.DrawFn) -> SaidIn:
    """Return a page of a few paragraphs of few different words, of which some are statements."""
    lines: list[tuple[Role, str]] = []
    said: list[tuple[int, int, int, str | None, Kind, Polarity]] = []
    at = 0
    for _ in range(draw(st.integers(0, 5))):
        some = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
        role: Role = draw(st.sampled_from(("paragraph", "paragraph", "correction", "comment")))
        line = f"“{' '.join(some)},” said somebody. Nothing more."
        if role == "paragraph" and draw(st.booleans()):
            last = at + 1 + len(" ".join(some[: draw(st.integers(1, len(some)))]))
            who, kind = draw(st.sampled_from(NAMES)), draw(st.sampled_from(KINDS))
            said.append((at + 1, last, at + len(line), who, kind, draw(st.sampled_from(POLARITIES))))
        lines.append((role, line))
        at += len(line) + 1
    statements = [
        replace(
            say("", kind=kind, name=who, type="unnamed" if who == "an official" else "person"),
            content=(Span(start, end),),
            cue=(Span(stop - len("somebody. Nothing more."), stop - len(". Nothing more.")),),
            polarity=polarity,
        )
        for start, end, stop, who, kind, polarity in said
    ]
    capture, reading = make_reading(lines, statements)
    return SaidIn(entries=make_entries(capture, reading), text=reading.page.text, blocks=reading.page.blocks)


@given(versions())
def test_a_version_does_not_differ_from_itself(version: SaidIn) -> None:
    assert compare_statements(version, version) == ()


EXCHANGED = {"withdrawn": "added", "added": "withdrawn"}


def count(changes: tuple[StatementChange, ...], *, exchanged: bool = False) -> Counter[tuple[str, ...]]:
    """Count the changes as words: of the same words on one page it is no matter which was paired."""
    told = []
    for one in changes:
        before, after = (one.after, one.before) if exchanged else (one.before, one.after)
        kind = EXCHANGED.get(one.kind, one.kind) if exchanged else one.kind
        told.append((kind, before.id if before else "-", after.id if after else "-"))
    return Counter(told)


@given(versions(), versions())
def test_exchanging_the_versions_exchanges_withdrawn_and_added(one: SaidIn, other: SaidIn) -> None:
    there, back = compare_statements(one, other), compare_statements(other, one)
    assert count(there) == count(back, exchanged=True)


@given(versions(), versions())
def test_no_statement_is_told_of_twice_and_places_are_exact(one: SaidIn, other: SaidIn) -> None:
    changes = compare_statements(one, other)
    for version, told in ((one, [c.before for c in changes]), (other, [c.after for c in changes])):
        ids = [entry.id for entry in told if entry]
        assert len(ids) == len(set(ids))
        assert set(ids) <= {entry.id for entry in version.entries}
    for change in changes:
        for difference in change.differences:
            for entry, span in ((change.before, difference.first), (change.after, difference.second)):
                text = wording_of(entry) if entry else change.instead or ""
                assert span is None or 0 <= span.start < span.end <= len(text)


@given(versions(), versions())
def test_words_that_stand_in_the_other_version_are_neither_withdrawn_nor_added(
    one: SaidIn, other: SaidIn
) -> None:
    for change in compare_statements(one, other):
        if change.kind in ("withdrawn", "added"):
            [(entry, there)] = [
                (entry, there) for entry, there in ((change.before, other), (change.after, one)) if entry
            ]
            kept = "\n".join(block.span.of(there.text) for block in there.blocks if block.role == "paragraph")
            assert wording_of(entry).count(" ") < 2 or f"“{wording_of(entry)}," not in kept


def test_a_thousand_statements_of_a_transcript_compare_in_seconds() -> None:
    def version(word: str) -> SaidIn:
        lines: list[tuple[Role, str]] = [
            (
                "paragraph",
                f"Mr Holt: The {word} member for Selm moved clause {n} of the water act at {n * 7} minutes.",
            )
            for n in range(1_000)
        ]
        text = "\n".join(line for _, line in lines)
        statements, at = [], 0
        for _, line in lines:
            content = (Span(at + len("Mr Holt: "), at + len(line)),)
            statements.append(replace(say("", name="Mr Holt"), content=content, source=(Span(at, at + 7),)))
            at += len(line) + 1
        capture, reading = make_reading(lines, statements)
        return SaidIn(entries=make_entries(capture, reading), text=text, blocks=reading.page.blocks)

    before, after = version("honourable"), version("noble")
    start = process_time()
    changes = compare_statements(before, after)
    assert process_time() - start < 20
    assert {change.kind for change in changes} == {"altered"}
    assert all(change.before and change.after for change in changes)
