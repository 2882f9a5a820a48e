"""`onrecord speaker` and `onrecord review`: why names are one; merging, splitting, undoing, trusting."""

import json
from pathlib import Path

import pytest
from asking import ask
from ledger_pages import make_reading, new_ledger, say

from onrecord.ledger import record_reading


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    with new_ledger(folder) as opened:
        for n, (name, role, day) in enumerate(
            (
                ("Mara Ostrey", "engineer", "2031-03-11"),
                ("M. Ostrey", "chief engineer", "2032-05-02"),
                ("Mara Lind", None, "2033-01-01"),
                ("Tobin Vale", "mayor of Selm", "2031-03-11"),
                ("Tobin Vale", "mayor of Dorn", "2031-03-12"),
            )
        ):
            line = f"“Sentence {n} of the day,” {name} said."
            statement = say(line, f"Sentence {n} of the day,", who=name, cue="said", name=name, role=role)
            reading = make_reading([("paragraph", line)], [statement], published=day, outlet="Northline")
            record_reading(opened, *reading)
    return folder


def ids_of(ledger: Path, name: str) -> list[str]:
    speakers = ask("--json", "speaker", ledger=ledger).json["speakers"]
    return [one["speaker"]["id"] for one in speakers if one["speaker"]["name"] == name]


def test_a_speaker_shows_why_each_name_is_theirs_and_roles_over_time(ledger: Path) -> None:
    out = ask("speaker", "Ostrey", ledger=ledger).out
    assert "the name itself" in out
    assert "the same last name; “m.” is an initial of “mara”" in out
    roles = out.partition("Roles over time\n")[2].splitlines()[1:3]
    assert [line.split("  ")[0] for line in roles] == ["engineer", "chief engineer"]
    assert roles[1].endswith("2032-05-02")


def test_a_role_is_one_with_a_capital_and_without(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    with new_ledger(folder) as opened:
        for role, day in (("Mayor", "2031-03-11"), ("mayor", "2031-03-20"), ("engineer", "2029-01-02")):
            line = f"“It is the day of {day},” Anna Holm said."
            content = f"It is the day of {day},"
            statement = say(line, content, who="Anna Holm", cue="said", name="Anna Holm", role=role)
            reading = make_reading([("paragraph", line)], [statement], published=day, outlet="Northline")
            record_reading(opened, *reading)
    roles = ask("speaker", "Holm", ledger=folder).out.partition("Roles over time\n")[2].splitlines()[1:4]
    assert [line.split("  ")[0] for line in roles] == ["engineer", "Mayor", ""]


def test_a_name_that_fits_several_lists_them_with_what_tells_them_apart(ledger: Path) -> None:
    answer = ask("speaker", "Tobin Vale", ledger=ledger)
    assert answer.code != 0
    assert "several speakers bear the name 'Tobin Vale'" in answer.err
    one, other = ids_of(ledger, "Tobin Vale")
    for id, role in ((one, "mayor of"), (other, "mayor of")):
        (line,) = (line for line in answer.out.splitlines() if id in line)
        assert role in line
    shown = ask("speaker", one, ledger=ledger).out
    assert "Others of this name" in shown
    assert "places clash: “mayor of" in shown
    assert other in shown


def test_merging_splitting_and_undoing(ledger: Path) -> None:
    merged = ask(
        "speaker", "--merge", "Mara Ostrey", "Mara Lind", "--by", "Ada Brill", "--note", "wed", ledger=ledger
    )
    assert merged.out.startswith("Merged. 3 pages changed. Now: k")
    assert "merged by Ada Brill on " in ask("speaker", "Lind", ledger=ledger).out
    split = ask("--json", "speaker", "--split", "Mara Ostrey", "--named", "M. Ostrey", ledger=ledger).json[
        "outcome"
    ]
    assert len(split["pages"]) == 1
    listed = ask("review", ledger=ledger).out.splitlines()
    assert [line.split()[2] for line in listed[1:]] == ["split", "Ada"]
    assert "Mara Ostrey, M. Ostrey = Mara Lind" in listed[2]
    assert "M. Ostrey taken out of Mara Ostrey" in listed[1]
    undone = ask("review", "undo", split["review"]["id"], "--note", "one after all", ledger=ledger)
    assert undone.out.startswith(f"Undone: {split['review']['id']}. 1 page changed.")
    (record, _) = ask("--json", "review", ledger=ledger).json["reviews"]
    assert (record["state"], record["undone_note"]) == ("undone", "one after all")
    again = ask("review", "redo", split["review"]["id"], ledger=ledger)
    assert again.out.startswith("In force again: ")
    assert ask("verify", ledger=ledger).code == 0


def test_a_review_against_an_older_one_says_so(ledger: Path) -> None:
    split = ask("--json", "speaker", "--split", "Ostrey", "--named", "M. Ostrey", ledger=ledger).json[
        "outcome"
    ]
    one, other = split["speakers"]
    merged = ask("speaker", "--merge", one, other, ledger=ledger)
    assert f"This goes against {split['review']['id']}; the newest review counts." in merged.out
    assert "overruled" in ask("review", ledger=ledger).out


def test_splitting_by_page(ledger: Path) -> None:
    uses = ask("--json", "speaker", "Ostrey", ledger=ledger).json["speaker"]["names"]
    page = next(use["page"]["id"] for use in uses if use["name"] == "M. Ostrey")
    assert ask("speaker", "--split", "Ostrey", "--on", page, ledger=ledger).code == 0
    assert [len(ids_of(ledger, name)) for name in ("Mara Ostrey", "M. Ostrey")] == [1, 1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("speaker", "Vale", "--merge", "A", "B"), "--merge stands alone"),
        (("speaker", "--merge", "A", "B", "--split", "C"), "--merge stands alone"),
        (("speaker", "--split", "Ostrey"), "needs to know what is somebody else's: --named NAME"),
        (("speaker", "Ostrey", "--on", "p1"), "--named and --on say what --split takes away"),
        (("speaker", "Ostrey", "--note", "so"), "--by and --note go with --merge"),
        (("speaker", "--merge", "Ostrey", "Nobody"), "no speaker is named 'Nobody'"),
        (("speaker", "--split", "Ostrey", "--on", "p00"), "no page of the ledger has the id"),
        (("speaker", "--trust", "none.tsv"), "there is no file none.tsv"),
        (("review", "undo"), "needs the id of the review"),
        (("review", "undo", "v-none"), "no review has the id 'v-none'"),
        (("review", "load", "none.jsonl"), "none.jsonl can't be read"),
        (("export", "--reviews", "--format", "csv"), "reviews are written as JSONL and alone"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    ledger: Path, words: tuple[str, ...], message: str
) -> None:
    answer = ask(*words, ledger=ledger)
    assert answer.code != 0
    assert message in answer.err
    assert ask("--json", "review", ledger=ledger).json["reviews"] == []


def test_reviews_travel_to_another_ledger_as_a_file(ledger: Path, tmp_path: Path) -> None:
    ask("speaker", "--merge", "Mara Ostrey", "Mara Lind", "--by", "Ada Brill", ledger=ledger)
    file = tmp_path / "reviews.jsonl"
    assert "1 review written to" in ask("export", "--reviews", "-o", file, ledger=ledger).err
    (line,) = file.read_text(encoding="utf-8").splitlines()
    changed = json.loads(line) | {"by": "Cy Dorn"}
    file.write_text(f"{line}\nno review\n{json.dumps(changed)}\n", encoding="utf-8")
    anew = tmp_path / "anew"
    with new_ledger(anew):
        pass
    loaded = ask("review", "load", file, ledger=anew)
    assert loaded.out == "Reviews: 1 new, 0 already there. 0 pages changed.\n"
    assert "line 2: this is no review" in loaded.err
    assert "line 3: the review v" in loaded.err
    assert "Reviews: 0 new, 1 already there." in ask("review", "load", file, ledger=ledger).out
    assert "of no name here" in ask("review", ledger=anew).out


def test_an_export_names_the_review_that_decided(ledger: Path) -> None:
    done = ask("--json", "speaker", "--merge", "Mara Ostrey", "Mara Lind", ledger=ledger).json["outcome"]
    lines = [json.loads(line) for line in ask("export", ledger=ledger).out.splitlines()]
    reviews = {line["speaker"]["name"]: line["review"] for line in lines}
    assert reviews["Mara Lind"] == done["review"]["id"]
    assert reviews["Tobin Vale"] is None


def test_trusted_names_are_taken_over_and_bad_rows_told(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text("label\taliases\nMara Ostrey\tMara Lind\nTobin Vale\n", encoding="utf-8")
    answer = ask("speaker", "--trust", file, "--by", "Ada Brill", ledger=ledger)
    assert "line 3: 2 columns were expected, 1 were found; the row was left out" in answer.err
    assert answer.out.startswith("Names taken over. 3 pages changed.")
    assert "joined by a list of trusted names by Ada Brill" in ask("speaker", "Lind", ledger=ledger).out
    assert "1 row of names" in ask("review", ledger=ledger).out


def test_nothing_reviewed_yet_says_how(ledger: Path) -> None:
    assert "onrecord speaker --merge A B" in ask("review", ledger=ledger).out
