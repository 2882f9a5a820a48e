"""What each command shows of a ledger whose every row was written by hand."""

import csv
import io
import json
from pathlib import Path

import pytest
from asking import Answer, ask
from made_ledger import ORDER, make_ledger


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("ledger")
    return folder, make_ledger(folder)


@pytest.fixture
def ledger(made: tuple[Path, dict[str, str]]) -> Path:
    return made[0]


@pytest.fixture
def ids(made: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return made[1]


def line_with(answer: Answer, words: str) -> str:
    (line,) = (line for line in answer.out.splitlines() if words in line)
    return line


def test_said_tells_when_who_by_whose_report_and_what(ledger: Path) -> None:
    line = line_with(ask("said", ledger=ledger), "Dellmoor Blog")
    assert line.startswith("2031-03-11 (inferred)")
    assert "Mara Ostrey" in line
    assert "Dellmoor Blog < Northline (copy)" in line
    assert "said: “The order is fixed in law." in line


def test_said_puts_marks_only_where_the_page_has_a_quotation(ledger: Path) -> None:
    answer = ask("said", ledger=ledger)
    assert "“" + ORDER.rstrip(",") + "”" in answer.out
    assert "said on Tuesday that the withdrawal of its crews would" in answer.out


def test_said_shows_what_an_open_date_could_mean(ledger: Path) -> None:
    line = line_with(ask("said", "spillway", ledger=ledger), "spillway")
    assert line.startswith("2031-03-04 or 2031-03-11 (unresolved)")
    assert "An official (unnamed)" in line


def test_said_shows_a_refused_comment_as_one(ledger: Path) -> None:
    assert "had (nothing to add) [no comment]" in ask("said", "--kind", "no-comment", ledger=ledger).out


def test_said_by_a_last_name_with_filters(ledger: Path) -> None:
    found = ask("--json", "said", "--by", "Ostrey", "--since", "2031-04", "--until", "2031-04", ledger=ledger)
    assert [entry["said_on"] for entry in found.json["entries"]] == ["2031-04"]


def test_said_tells_how_many_more_there_are(ledger: Path) -> None:
    all_of_them = len(ask("--json", "said", ledger=ledger).json["entries"])
    short = ask("said", "--limit", "2", ledger=ledger)
    assert len(short.out.splitlines()) == 1 + 2 + 2
    assert f"{all_of_them - 2} more" in short.out
    assert ask("--json", "said", "--limit", "2", ledger=ledger).json["more"] == all_of_them - 2
    assert len(ask("--json", "said", "--limit", "0", ledger=ledger).json["entries"]) == all_of_them


def test_said_finds_nothing_and_says_among_how_much(ledger: Path) -> None:
    answer = ask("said", "walrus", ledger=ledger)
    assert (answer.code, answer.out) == (1, "")
    assert "nothing found among" in answer.err
    assert ask("--json", "said", "walrus", ledger=ledger).json == {
        "entries": [],
        "more": 0,
        "versions": {},
    }


def test_said_never_shows_a_comment(ledger: Path) -> None:
    assert "mud" not in ask("said", ledger=ledger).out
    assert "Dec. 21" not in ask("said", ledger=ledger).out


def test_a_misspelt_name_is_answered_with_names_near_it(ledger: Path) -> None:
    answer = ask("said", "--by", "Ostrie", ledger=ledger)
    assert answer.code == 1
    assert "Mara Ostrey" in answer.err


def test_an_impossible_date_is_a_bad_request(ledger: Path) -> None:
    answer = ask("said", "--since", "yesterday", ledger=ledger)
    assert answer.code == 2
    assert "yesterday" in answer.err


def test_check_tells_where_words_stand_verbatim_and_exits_with_0(ledger: Path, ids: dict[str, str]) -> None:
    answer = ask("check", "There is no change and there will be none", "--by", "Ostrey", ledger=ledger)
    assert answer.code == 0
    assert answer.out.startswith(
        "Verbatim: Northline of 2031-03-11 prints these words in quotation marks, character for character, "
        "said by Mara Ostrey ("
    )
    assert "So it stands in 2 outlets, 1 chain, 1 copy.\n" in answer.out
    assert f"Northline, 2031-03-11, page {ids['northline']}, characters " in answer.out
    assert "the order is fixed in law. [There is no change and there will be none],” Ostrey" in answer.out


def test_check_shows_a_difference_word_by_word_and_exits_with_1(ledger: Path) -> None:
    answer = ask("check", "There is no change and there never will be", ledger=ledger)
    assert answer.code == 1
    assert answer.out.startswith("Altered: no page has exactly these words; Northline of 2031-03-11 ")
    assert "difference: There is no change and there [-never-] will be" in answer.out


@pytest.mark.parametrize(
    ("quotation", "by", "verdict"),
    [
        ("the valley stays ours", None, "Only in a headline: The Selm Courier"),
        (
            "The order is fixed in mud",
            None,
            "Only outside the article: Northline of 2031-03-11 has these words in ",
        ),
        (
            "The valley returns to those who live in it",
            "Ostrey",
            "Another speaker: Harbour Gazette of ",
        ),
        ("herrings for everybody", None, "Not found: "),
    ],
)
def test_check_tells_why_words_are_not_on_record(
    ledger: Path, quotation: str, by: str | None, verdict: str
) -> None:
    answer = ask("check", quotation, *(["--by", by] if by else []), ledger=ledger)
    assert (answer.code, answer.out[: len(verdict)]) == (1, verdict)
    assert answer.err == ""


def test_check_answers_in_json(ledger: Path) -> None:
    checked = ask("--json", "check", "the valley stays ours", ledger=ledger)
    assert (checked.code, checked.json["verdict"]) == (1, "only in a headline")
    assert checked.json["hits"][0]["role"] == "headline"


def test_verify_proves_a_ledger_made_by_hand_or_tells_what_does_not(ledger: Path) -> None:
    answer = ask("--json", "verify", ledger=ledger)
    assert answer.code == (0 if answer.json["proved"] else 7)


def test_stories_are_listed_with_their_counts(ledger: Path) -> None:
    line = line_with(ask("story", ledger=ledger), "e01")
    assert line.startswith("2031-03-11 to 2031-04-20  Ministry says valley order unchanged")
    articles, outlets, _, statements, id = line.split()[-5:]
    assert (articles, outlets, statements, id) == ("4", "4", "10", "e01")


def test_a_story_shows_its_copy_and_one_line_a_remark(ledger: Path) -> None:
    shown = ask("story", "e01", ledger=ledger)
    assert "copies Northline (96%)" in line_with(shown, "Valley order unchanged, ministry says")
    (line,) = (line for line in shown.out.splitlines() if "; Dellmoor Blog < Northline (copy)" in line)
    assert "The Selm Courier < state agency; " in line
    assert "said: “It is a matter of record" in line


def test_a_story_puts_the_wordings_of_one_remark_side_by_side(ledger: Path) -> None:
    shown = ask("story", "e01", "--wordings", ledger=ledger).out
    wordings = shown.split("One remark, several wordings: ")[1]
    assert wordings.startswith("Mara Ostrey")
    assert "Reached print by 2 first hands: Northline’s own and “state agency” (not named)" in wordings
    assert len(wordings.strip().splitlines()) == 1 + 1 + 2 + 1 + 3


def test_a_story_is_found_by_a_page_of_it(ledger: Path, ids: dict[str, str]) -> None:
    assert ask("--json", "story", ids["courier"], ledger=ledger).json["story"]["id"] == "e01"


def test_speakers_are_listed_the_most_quoted_first(ledger: Path) -> None:
    lines = ask("speaker", ledger=ledger).out.splitlines()
    assert lines[0].split() == ["NAME", "TYPE", "STATEMENTS", "SAID", "BETWEEN", "ID"]
    assert lines[1].startswith("Mara Ostrey")


def test_a_speaker_is_shown_with_roles_and_remarks_in_date_order(ledger: Path) -> None:
    shown = ask("speaker", "Ostrey", ledger=ledger).out
    assert "spokeswoman for the Ministry of Water" in shown
    assert shown.index("nothing to add") < shown.index("parts of the valley")
    found = ask("--json", "speaker", "Ostrey", ledger=ledger).json
    assert {entry["speaker"]["id"] for entry in found["entries"]} == {found["speaker"]["speaker"]["id"]}


def test_a_page_is_shown_with_roles_and_marked_statements(ledger: Path, ids: dict[str, str]) -> None:
    shown = ask("page", ids["northline"], ledger=ledger)
    assert shown.out.startswith("Ministry says valley order unchanged despite withdrawal\n")
    assert f"paragraph   “[said: {ORDER}]” [who: Ostrey], a spokeswoman for" in shown.out
    inner = "[who: the council] [cue: had told] her that “[said: the lower gates stay open]” all week"
    assert f"[cue: said] [said: {inner}]." in line_with(shown, "lower gates")
    assert "published" in shown.out
    assert "2031-03-11  (inferred: dateline and weekday)" in shown.out
    assert "it was replaced" in shown.out


def test_a_page_says_that_comments_are_not_searched(ledger: Path, ids: dict[str, str]) -> None:
    shown = ask("page", ids["northline"], ledger=ledger)
    assert "in mud" not in shown.out
    assert "2 lines of comments, not searched; --comments shows them" in shown.out
    assert line_with(ask("page", ids["northline"], "--comments", ledger=ledger), "in mud").startswith(
        "comment"
    )


def test_a_page_tells_what_it_copies_and_what_copies_it(ledger: Path, ids: dict[str, str]) -> None:
    assert "copied by  Dellmoor Blog" in ask("page", ids["northline"], ledger=ledger).out
    assert "copy of    Northline" in ask("page", ids["copy"], ledger=ledger).out


def test_a_page_is_found_by_part_of_its_id_and_by_its_address(ledger: Path, ids: dict[str, str]) -> None:
    for name in (ids["courier"][:8], "https://courier.example/valley"):
        assert ask("--json", "page", name, ledger=ledger).json["page"]["id"] == ids["courier"]


def test_pages_are_listed(ledger: Path, ids: dict[str, str]) -> None:
    listed = ask("--json", "page", "--limit", "3", ledger=ledger).json
    assert (len(listed["pages"]), listed["total"]) == (3, 4)
    assert "1 more" in ask("page", "--limit", "3", ledger=ledger).out


def test_problems_are_listed_with_their_place(ledger: Path) -> None:
    assert "nothing was read" in line_with(ask("problems", ledger=ledger), "saved/empty.html")
    assert len(ask("--json", "problems", ledger=ledger).json["problems"]) == 2


def test_export_writes_every_entry_once_and_no_comment(ledger: Path) -> None:
    entries = [json.loads(line) for line in ask("export", ledger=ledger).out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(ask("export", "--format", "csv", ledger=ledger).out)))
    assert len(entries) == len(rows) == len({entry["id"] for entry in entries}) == 10
    assert "mud" not in ask("export", ledger=ledger).out


def test_export_to_a_file_is_whole_or_not_there(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    assert ask("export", "--output", file, ledger=ledger).err == f"10 statements written to {file}\n"
    assert file.read_text() == ask("export", ledger=ledger).out
    nowhere = ask("export", "-o", tmp_path / "no" / "out.csv", ledger=ledger)
    assert nowhere.code == 2
    assert "can't be written" in nowhere.err
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("command", ["said", "story", "speaker", "page", "problems"])
def test_every_list_answers_in_json_wherever_the_option_stands(ledger: Path, command: str) -> None:
    assert ask("--json", command, ledger=ledger).json == ask(command, "--json", ledger=ledger).json


def test_plain_text_has_no_colours_boxes_or_broken_lines(ledger: Path, ids: dict[str, str]) -> None:
    for words in (["said"], ["story"], ["story", "e01"], ["speaker"], ["page", ids["northline"]]):
        out = ask(*words, ledger=ledger).out
        assert not set(out) & set("\x1b─│┃━╭╮")
        assert all(line == line.rstrip() for line in out.splitlines())
    assert any(len(line) > 150 for line in ask("said", ledger=ledger).out.splitlines())
