"""Words that look said and were not, and some that were: `cases/never-said.md`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_pages import new_ledger

from onrecord.capture import read_captures
from onrecord.checks.words import cut_words
from onrecord.ledger import Ledger, check_quotation, open_ledger, record_reading, search_entries
from onrecord.reading import read
from onrecord.types import Capture
from onrecord.views.add import add_pages

HERE = Path(__file__).parent
CASES = HERE / "cases" / "never-said.md"
ASKED = "the weir is for sale"
PAGE = """Row in Selm over the dam

By Ida Korr

March 11, 2031

SELM – The council met on Tuesday about the dam and the weir, and it took four hours to agree on lunch.

“I came for the lunch,” said Dana Ruel, the council leader. “I came for the dam,” said Minister Ola Brandt.

{}

Lunch was soup.
"""


def find_cases() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        (lines,) = re.findall(r"```pages\n([\s\S]*?)\n```", part)
        failing = "known to fail" in part.partition("\n")[0]
        marks = [pytest.mark.xfail(strict=True, reason="not found as a statement")] if failing else []
        yield from (
            pytest.param(line, part.startswith("Verbatim"), id=line, marks=marks)
            for line in lines.splitlines()
        )


@pytest.mark.parametrize(("line", "said"), list(find_cases()))
def test_what_was_not_said_is_never_verbatim(line: str, said: bool, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE.format(line.replace(" ¶ ", "\n\n")), encoding="utf-8")
    (capture,) = read_captures(page)
    assert isinstance(capture, Capture)
    with new_ledger(tmp_path) as ledger:
        record_reading(ledger, capture, read(capture))
        check = check_quotation(ledger, ASKED, by="Ruel")
    assert (check.verdict == "verbatim") is said, (check.verdict, check.hits[:1])


def find_wordings() -> Iterator[Any]:
    text = (HERE / "cases" / "same-words.md").read_text(encoding="utf-8")
    for block in re.findall(r"```asked\n([\s\S]*?)\n```", text):
        lines = block.splitlines()
        for question, answer in zip(lines[::2], lines[1::2], strict=True):
            printed, _, asked = question.partition(" | ")
            yield pytest.param(printed, asked, answer.removeprefix("-> "), id=question)


@pytest.mark.parametrize(("printed", "asked", "answer"), list(find_wordings()))
def test_same_words_are_the_same_words(printed: str, asked: str, answer: str, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE.format(f"Ruel said: “{printed}”"), encoding="utf-8")
    (capture,) = read_captures(page)
    assert isinstance(capture, Capture)
    with new_ledger(tmp_path) as ledger:
        record_reading(ledger, capture, read(capture))
        check = check_quotation(ledger, asked, by="Ruel")
    verdict, _, tier = answer.partition("/")
    assert (check.verdict, check.tier or "") == (verdict, tier), check.hits[:1]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("checks")
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [HERE / "checks"])
    with open_ledger(folder) as ledger:
        yield ledger


PUT_IN = ["not", "never", "no", "the", "50", "we", "they", "said", "...", "“", "n’t", "and"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(data=st.data())
def test_a_doctored_quotation_is_verbatim_only_where_its_words_stand_so(
    data: st.DataObject, pages: Ledger
) -> None:
    """Words are taken out and put in at will: what is verbatim stands so in one speaker's quotations."""
    entries = [entry for entry in search_entries(pages, limit=None) if entry.content]
    words = " ".join(data.draw(st.sampled_from(entries)).content).split()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(words) - 1))
        doctored = data.draw(st.sampled_from([[], [data.draw(st.sampled_from(PUT_IN))], words[at : at + 2]]))
        words[at : at + data.draw(st.integers(0, 2))] = doctored
        if not words:
            return
    asked = " ".join(words)
    if not cut_words(asked):
        return
    check = check_quotation(pages, asked)
    if check.verdict != "verbatim":
        return
    keys = [word.key for word in cut_words(asked)]
    (who,) = {hit.entry.speaker.name for hit in check.hits[:1] if hit.entry and hit.entry.speaker}
    spoken = [e for e in entries if e.speaker and e.speaker.name == who and e.kind in ("direct", "mixed")]
    line = " ".join(w.key for e in spoken for part in e.content for w in cut_words(part) if not w.bracketed)
    whole = " ".join(w.key for e in spoken for part in e.content for w in cut_words(part))
    assert " ".join(keys) in line or " ".join(keys) in whole
