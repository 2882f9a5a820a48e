"""The demo: a ledger from the made-up pages, and questions that are really asked of it."""

import shlex
from pathlib import Path

import pytest
from asking import Answer, ask

from onrecord.errors import BadRequest
from onrecord.views.commands.demo import STEPS, make_demo_folder


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    folder = tmp_path_factory.mktemp("demo") / "ledger"
    return folder, ask("demo", "--folder", folder)


def test_the_demo_prints_each_command_with_its_answer(shown: tuple[Path, Answer]) -> None:
    folder, answer = shown
    assert (answer.code, answer.err) == (0, "")
    asked = [line for line in answer.out.splitlines() if line.startswith("$ onrecord --ledger ")]
    assert len(asked) == 1 + len(STEPS)
    assert asked[1] == f"$ onrecord --ledger {folder} said --by Ostrey"


def test_each_printed_command_gives_that_answer_again(shown: tuple[Path, Answer]) -> None:
    _, answer = shown
    for part in answer.out.split("$ onrecord ")[2:5]:
        command, _, printed = part.partition("\n")
        assert printed.startswith(ask(*shlex.split(command)).out)


@pytest.mark.parametrize(
    "words",
    [
        "Pages: 12 new, 0 already there, no problems.",
        "copies Northline (",  # a reprint is found
        "One remark, several wordings: Mara Ostrey",
        "Verbatim: Dellmoor Blog of 2031-03-11 prints these words in quotation marks, character",
        "Cut: Northline of 2031-03-11 prints these words",
        "Spliced: no one statement has these words",
        "“A review is not a repeal” is Hanne Dorvik's",
        "Reported, not quoted: Northline of 2031-03-11 reports this in its own words",
        "Denied: Northline of 2031-03-11 has these words in what was denied",
        "difference: There is no change and there [-never-] will be",
        "Only in a headline: The Selm Courier of 2031-03-11",
        "Only outside the article: Dellmoor Blog of 2031-03-11 has these words in a reader's comment",
        "  said on: not known → 2031-03-17 (outside)",
        "Proved: 12 captures and ",
    ],
)
def test_the_demo_finds_what_its_pages_hide(shown: tuple[Path, Answer], words: str) -> None:
    assert words in shown[1].out


def test_the_line_that_moved_is_shown_with_both_days_and_the_words_that_moved(
    shown: tuple[Path, Answer],
) -> None:
    line = shown[1].out.split("line --by Ostrey --about order\n")[1].partition("\n$ ")[0]
    before, after = line.index("the order is fixed in law"), line.index("The order will be reviewed in April")
    assert before < after
    assert "(page of 2031-03-11)" in line[:before]
    assert "(page of 2031-03-18)" in line[before:after]
    assert "Reworded since the page of 2031-03-11: " in line
    assert "would [-not-] be [-amended-]{+reviewed next month+}" in line


def test_the_demo_removes_its_own_folder_and_nothing_else(tmp_path: Path) -> None:
    make_demo_folder(tmp_path / "new")
    (tmp_path / "new" / "old-row").touch()
    make_demo_folder(tmp_path / "new")
    assert not (tmp_path / "new" / "old-row").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with pytest.raises(BadRequest, match="left alone"):
        make_demo_folder(tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_batch_tables_of_the_same_pages_make_the_same_entries(
    shown: tuple[Path, Answer], demo: Path, tmp_path: Path
) -> None:
    made = ask("batch", demo, tmp_path / "tables", "--workers", "1")
    assert made.out.startswith("Shards: 1 finished, 0 failed.\n")
    added = ask("add", tmp_path / "tables", ledger=tmp_path / "ledger")
    assert added.out.startswith("Pages: 12 new, 0 already there, no problems.\n")

    def contents(folder: Path) -> set[str]:
        return {entry["id"] for entry in ask("--json", "said", "--limit", "0", ledger=folder).json["entries"]}

    assert contents(tmp_path / "ledger") == contents(shown[0])
