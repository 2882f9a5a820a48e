"""What a body has of its headline's words: the cases of `cases/headlines.md`, and what holds for any page."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asking import ask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say
from made_ledger import make_ledger
from web_client import ask as ask_web
from web_client import text_of

from onrecord.ledger import get_page, open_ledger, record_reading
from onrecord.ledger.records import PageRecord
from onrecord.types import Found, HeadlineCheck, Kind, Statement
from onrecord.views.headline_checks import check_headlines
from onrecord.views.headline_denials import count_noes, denies
from onrecord.views.web import make_app

CASES = Path(__file__).parent / "cases" / "headlines.md"
_FENCED = re.compile(r"^```(\w+)\n([\s\S]*?)^```$", re.MULTILINE)
_SAID = re.compile(
    r"(?P<told>[?!~])?(?:\[(?P<source>[^\]]+)\] )?(?P<name>[^(|]+?)(?: \((?P<role>[^)]+)\))? \| (?P<words>.+)"
)

_KINDS: dict[str | None, Kind] = {None: "direct", "?": "indirect", "!": "no-comment", "~": "indirect"}


def _cases() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        yield pytest.param(dict(_FENCED.findall(body)), id=title)


def _record(folder: Path, page: str, said: str = "") -> PageRecord:
    lines: list[Any] = [tuple(line.split(": ", 1)) for line in page.splitlines()]
    text = "\n".join(words for _, words in lines)
    with new_ledger(folder) as ledger:
        statements = [_statement(text, line) for line in said.splitlines()]
        return get_page(ledger, record_reading(ledger, *make_reading(lines, statements)))


def _statement(text: str, line: str) -> Statement:
    found = _SAID.fullmatch(line)
    assert found, line
    statement = say(
        text,
        *found["words"].split(" | "),
        kind=_KINDS[found["told"]],
        who=found["source"],
        name=found["name"],
        role=found["role"],
    )
    return replace(statement, polarity="denied") if found["told"] == "~" else statement


def _check(record: PageRecord) -> tuple[HeadlineCheck, ...]:
    return check_headlines(record.text, record.blocks, record.article, record.entries)


def _line(text: str, check: HeadlineCheck) -> str:
    part = "lede: " if check.part == "lede" else ""
    who = f" ({check.speaker.of(text)})" if check.speaker else ""
    place = f": {check.place.of(text)}" if check.place else ""
    return f"{part}{check.span.of(text)}{who} -> {check.verdict}{place}"


@pytest.mark.parametrize("case", list(_cases()))
def test_the_headline_stands_to_its_body_as_the_case_says(case: dict[str, str], tmp_path: Path) -> None:
    record = _record(tmp_path, case["page"], case["said"])
    checks = _check(record)
    assert [_line(record.text, check) for check in checks] == case["checks"].splitlines()
    for check in checks:
        assert bool(check.changes) == (check.verdict == "altered")


@pytest.mark.parametrize(
    ("cue", "content", "no"),
    [
        ("denied", "the bridge was closed", True),
        ("rejected", "claims that the bridge was closed", True),
        ("dismissed", "the wild rumours that the bridge was closed", True),
        ("rejected", "the plan to close the bridge", False),
        ("said", "the bridge was closed", False),
    ],
)
def test_to_deny_and_to_reject_a_claim_say_no_and_to_reject_a_plan_does_not(
    cue: str, content: str, no: bool
) -> None:
    assert denies(cue, content) == no


@pytest.mark.parametrize(
    ("words", "noes"),
    [
        ("the bridge was not closed, and never will be", 2),
        ("it wasn't; it couldn’t", 2),
        ("he cannot say", 1),
        ("not only the bridge, and no doubt the lock", 0),
        ("he denied it", 1),
        ("nothing but the knot of a rope", 0),
    ],
)
def test_words_that_say_no_are_counted_and_idioms_are_not(words: str, noes: int) -> None:
    assert count_noes(words) == noes


def test_altered_words_are_told_word_by_word_with_the_statement_they_stand_in(tmp_path: Path) -> None:
    page = (
        "headline: Ostrey: ‘we send 500 crews to the dam’\nparagraph: “We send 50 crews to the dam,” she said"
    )
    record = _record(tmp_path, page, "Mara Ostrey | We send 50 crews to the dam,")
    (check,) = _check(record)
    assert check.changes == (("We send", "We send"), ("500", "50"), ("crews to the dam", "crews to the dam"))
    assert check.entry == record.entries[0].id


def test_reported_words_are_compared_in_english_only_and_quoted_ones_in_any_language(tmp_path: Path) -> None:
    page = "headline: Ostrey: „Der Damm hält“, says the dam holds\nparagraph: „Der Damm hält“, sagte sie."
    said = "?[Ostrey] Mara Ostrey | the dam holds\nMara Ostrey | Der Damm hält"
    record = _record(tmp_path, page, said)
    assert {check.form for check in _check(record)} == {"quotation", "paraphrase"}
    german = Found(value="de", known="printed", where="html lang")
    record = replace(record, article=replace(record.article, language=german))
    assert [check.verdict for check in _check(record)] == ["verbatim"]


PIECES = st.lists(
    st.sampled_from(
        [
            "Ostrey",
            "says",
            ":",
            "‘",
            "’",
            "“",
            "”",
            "…",
            "–",
            "dam",
            "holds",
            "500",
            "five",
            "minister",
            "\u202e",
            "é",
        ]
    ),
    max_size=14,
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(headline=PIECES, lede=PIECES, rest=PIECES)
def test_any_page_is_checked_and_every_span_stands_in_its_part(
    headline: str, lede: str, rest: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = f"headline: {headline or 'x'}\nparagraph: {lede or 'y'}\nparagraph: {rest or 'z'}"
    record = _record(tmp_path_factory.mktemp("any"), page)
    title, first, body = (block.span for block in record.blocks)
    for check in _check(record):
        own = title if check.part == "headline" else first
        assert own.start <= check.span.start < check.span.end <= own.end
        if check.place is not None:
            start = first.start if check.part == "headline" else body.start
            assert start <= check.place.start < check.place.end <= body.end
        assert (check.place is None) == (check.verdict in ("absent", "no words in the body"))
    assert _check(record) == _check(record)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("made") / "ledger"
    return folder, make_ledger(folder)["courier"]


def test_the_terminal_tells_it_in_words_about_words(made: tuple[Path, str]) -> None:
    out = ask("page", made[1], ledger=made[0]).out
    assert "“the valley stays ours” (Ostrey): absent, no paragraph has these words" in out
    assert not re.search(r"\b(?:true|false|wrong|lie)\b", out, re.IGNORECASE)


def test_a_denial_that_the_headline_drops_is_told_in_words(tmp_path: Path) -> None:
    page = (
        "headline: Ruel says bridge was closed by mistake\nparagraph: The engineers came.\n"
        "paragraph: Dana Ruel denied that the bridge had been closed by mistake."
    )
    said = (
        "?[Ruel] Dana Ruel | bridge was closed by mistake\n"
        "~[Dana Ruel] Dana Ruel | the bridge had been closed by mistake"
    )
    record = _record(tmp_path, page, said)
    told = "the body has it as denied or with a “not”, the headline has not; it is from Dana Ruel"
    out = ask("page", record.page.id, ledger=tmp_path).out
    assert "bridge was closed by mistake (Ruel): denial left out," in out
    assert told in " ".join(out.split())
    html = text_of(ask_web(make_app(tmp_path), f"/page/{record.page.id}").text)
    assert f"Denial left out, {told}" in html


def test_json_of_the_terminal_and_of_the_api_has_the_same_checks(made: tuple[Path, str]) -> None:
    told = ask("--json", "page", made[1], ledger=made[0]).json["headline_checks"]
    api = json.loads(ask_web(make_app(made[0]), f"/api/pages/{made[1]}").content)
    assert told == api["headline_checks"]
    assert told[0]["verdict"] == "absent"
    start, end = told[0]["span"]
    assert api["text"][start:end] == "the valley stays ours"


def test_the_page_in_the_browser_shows_it_with_the_words_of_the_page_escaped(tmp_path: Path) -> None:
    lines: list[Any] = [
        ("headline", "Ostrey: ‘the <b>dam</b> & I stay here’"),
        ("paragraph", "“The <b>dam</b> & I will stay here,” she said."),
    ]
    with new_ledger(tmp_path) as ledger:
        id = record_reading(ledger, *make_reading(lines))
    html = ask_web(make_app(tmp_path), f"/page/{id}").text
    box = html.partition('id="headline-checks"')[2].partition("</div>")[0]
    assert "Altered" in box
    assert "<ins>will</ins>" in box
    assert "&lt;b&gt;dam&lt;/b&gt; &amp; I" in box
    assert "<b>" not in box


def test_a_page_without_such_words_shows_no_box(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        id = record_reading(ledger, *make_reading([("headline", "Dam holds"), ("paragraph", "It rained.")]))
    assert 'id="headline-checks"' not in ask_web(make_app(tmp_path), f"/page/{id}").text
    with open_ledger(tmp_path) as ledger:
        assert _check(get_page(ledger, id)) == ()
