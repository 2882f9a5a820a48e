"""`onrecord correct`, `story --not-here` and `export --training`, as somebody types them."""

import json
from pathlib import Path

import pytest
from asking import ask
from made_ledger import make_ledger


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    folder = tmp_path / "ledger"
    return folder, make_ledger(folder)


def find(ledger: Path, words: str) -> str:
    (entry,) = ask("--json", "said", words, ledger=ledger).json["entries"][:1]
    return str(entry["id"])


def test_a_wrong_speaker_is_corrected_shown_and_undone(made: tuple[Path, dict[str, str]]) -> None:
    ledger, pages = made
    id = find(ledger, "nothing to add")
    given = ("--speaker", "Valley Council", "--by", "Ada Brill", "--note", "misread")
    done = ask("correct", id[:8], *given, ledger=ledger)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("Corrected. 1 page changed. Review v")
    assert lines[1] == "  said by: Mara Ostrey → Valley Council"
    undo = lines[2].split("`")[1].split()
    shown = ask("page", pages["northline"], ledger=ledger).out
    assert "corrected  said by: Mara Ostrey → Valley Council" in shown
    listed = ask("review", ledger=ledger).out
    assert f"nothing to add ({id}): said by Valley Council" in listed
    assert "in force" in listed
    assert "statement corrected" in listed
    back = ask(*undo[1:], ledger=ledger)
    assert "  said by: Valley Council → Mara Ostrey" in back.out
    assert ask("verify", ledger=ledger).code == 0


def test_what_is_no_statement_is_gone_and_comes_back(made: tuple[Path, dict[str, str]]) -> None:
    ledger, pages = made
    id = find(ledger, "nothing to add")
    done = ask("--json", "correct", id, "--not-a-statement", ledger=ledger).json["outcome"]
    assert done["hidden"]
    assert ask("said", "nothing to add", ledger=ledger).out.count(id) == 0
    assert id not in ask("export", ledger=ledger).out
    assert "no statement: nothing to add" in ask("page", pages["northline"], ledger=ledger).out
    assert id in str(ask("--json", "page", pages["northline"], ledger=ledger).json["dropped"])
    undone = ask("review", "undo", done["review"]["id"], ledger=ledger)
    assert "statement: no → yes: it is shown again" in undone.out
    assert id in ask("export", ledger=ledger).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "nothing was corrected"),
        (("--edges", "12"), "can't be read"),
        (("--edges", "9-2"), "are not on the page"),
        (("--said-on", "2031-02-30"), "no date that Onrecord knows"),
        (("--said-on", "2040"), "is later than the page"),
        (("--speaker", ""), "is empty"),
        (("--speaker", "x" * 100_000), "100,000 characters"),
        (("--same-remark", "s0", "--other-remark"), "stand alone"),
        (("--same-remark", "s0123456789abcdef"), "no statement of this ledger"),
        (("--other-remark",), "same as no other"),
    ],
)
def test_bad_requests_are_told_and_change_nothing(
    made: tuple[Path, dict[str, str]], words: tuple[str, ...], message: str
) -> None:
    ledger, _ = made
    before = ask("export", ledger=ledger).out
    answer = ask("correct", find(ledger, "nothing to add"), *words, ledger=ledger)
    assert answer.code != 0
    assert message in answer.err
    assert ask("export", ledger=ledger).out == before
    assert "Nobody has reviewed anything yet" in ask("review", ledger=ledger).out


def test_a_page_of_no_story_can_not_be_taken_out_of_one(made: tuple[Path, dict[str, str]]) -> None:
    ledger, pages = made
    assert ask("story", "--not-here", pages["gazette"], ledger=ledger).code == 0
    answer = ask("story", "--not-here", pages["gazette"], ledger=ledger)
    assert "is in no story" in answer.err
    assert ask("story", "--by", "Ada Brill", ledger=ledger).code != 0


def test_corrections_are_written_as_rows_to_train_on(
    made: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    ledger, _ = made
    ask("correct", find(ledger, "nothing to add"), "--speaker", "Valley Council", ledger=ledger)
    file = tmp_path / "rows.jsonl"
    assert "1 page written" in ask("export", "--training", "-o", file, ledger=ledger).err
    row = json.loads(file.read_text(encoding="utf-8"))
    (one,) = row["corrections"]
    names = [one[when]["speaker"]["name"] for when in ("before", "after")]
    assert names == ["Mara Ostrey", "Valley Council"]
    start, end = one["after"]["content"][0]
    assert row["text"][start:end] == "nothing to add"
    assert ask("export", "--training", "--reviews", ledger=ledger).code != 0
