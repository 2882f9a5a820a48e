"""What people decide about who is who: it wins, holds for what comes later, and can be taken back."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say

from onrecord.across import reviewed
from onrecord.across.speakers import match_speakers
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import (
    Ledger,
    bulk,
    check_ledger,
    get_speaker,
    iter_entries,
    list_speakers,
    open_ledger,
    record_reading,
    search_entries,
)
from onrecord.ledger.decide import Decided, Decision, Mark, Use, decide, holds
from onrecord.ledger.reviewing import export_reviews, list_reviews
from onrecord.ledger.reviews import make_review, review_id
from onrecord.ledger.trusted import read_trusted
from onrecord.views.reviews import read_review_file

NAMES = ("Mara Ostrey", "M. Ostrey", "Mara Lind", "Tobin Vale", "Bill Torren", "William Torren")


def record(ledger: Ledger, n: int, *names: str, role: str | None = None, day: str = "2031-03-11") -> str:
    """Record page number n, on which these people speak, and return its id."""
    lines = [("paragraph", f"“Sentence {n} {i} of the day,” {name} said.") for i, name in enumerate(names)]
    text = "\n".join(words for _, words in lines)
    statements = [
        say(text, f"Sentence {n} {i} of the day,", who=name, cue="said", name=name, role=role)
        for i, name in enumerate(names)
    ]
    reading = make_reading(lines, statements, published=day, uri=f"https://gazette.example/{n}")  # type: ignore[arg-type]
    return record_reading(ledger, *reading)


def people(ledger: Ledger) -> set[frozenset[tuple[str, str]]]:
    """Return who is who as sets of (page, printed name): ids and shown names aside."""
    return {
        frozenset((use.page.id, use.name) for use in one.names) for one in list_speakers(ledger, limit=None)
    }


def rows(ledger: Ledger) -> list[tuple[str, str | None, str | None]]:
    """Return every entry with its speaker's id and its review."""
    return [(one.id, one.speaker.id if one.speaker else None, one.review) for one in iter_entries(ledger)]


def named(ledger: Ledger) -> dict[str, int]:
    return {one.speaker.name: one.entries for one in list_speakers(ledger, limit=None)}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        for n, name in enumerate(NAMES):
            record(ledger, n, name)
        yield ledger


def test_merging_makes_two_speakers_one_under_the_first_name(ledger: Ledger) -> None:
    done = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind", by="Ada Brill", note="married in May")
    one = get_speaker(ledger, "Mara Lind")
    assert (one.speaker.name, one.entries) == ("Mara Ostrey", 3)
    assert [entry.review for entry in search_entries(ledger, by="Lind")] == [done.review.id] * 3
    why = {use.name: use.why for use in one.names}
    assert why["Mara Lind"].startswith("merged by Ada Brill on ")
    assert "married in May" in why["Mara Lind"]
    assert list(check_ledger(ledger)) == []


def test_the_id_that_a_merge_left_leads_to_the_one_that_stays(ledger: Ledger) -> None:
    before = get_speaker(ledger, "Mara Lind").speaker.id
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    assert before is not None
    assert get_speaker(ledger, before).speaker.name == "Mara Ostrey"


def test_merging_holds_for_pages_added_later(ledger: Ledger) -> None:
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    record(ledger, 20, "Mara Lind")
    record(ledger, 21, "Dr. Mara Ostrey")
    assert named(ledger)["Mara Ostrey"] == 5
    assert list(check_ledger(ledger)) == []


def test_splitting_by_name_holds_for_pages_added_later(ledger: Ledger) -> None:
    reviewed.split(ledger, "Mara Ostrey", names=["M. Ostrey"])
    record(ledger, 20, "M. Ostrey")
    assert named(ledger)["M. Ostrey"] == 2
    assert named(ledger)["Mara Ostrey"] == 1


def test_splitting_by_page_leaves_the_name_elsewhere(ledger: Ledger) -> None:
    page = record(ledger, 20, "Mara Ostrey")
    reviewed.split(ledger, "Mara Ostrey", pages=[page])
    assert sorted(one.entries for one in list_speakers(ledger) if one.speaker.name == "Mara Ostrey") == [1, 2]
    with pytest.raises(BadRequest, match="several speakers bear the name"):
        get_speaker(ledger, "Mara Ostrey")


def test_two_whom_a_review_keeps_apart_say_so(ledger: Ledger) -> None:
    done = reviewed.split(ledger, "Mara Ostrey", names=["M. Ostrey"], by="Ada Brill")
    (other,) = get_speaker(ledger, done.speakers[0]).apart
    assert other.review == done.review.id
    assert other.why.startswith("split off by Ada Brill on ")


def test_the_newest_review_wins_and_says_what_it_goes_against(ledger: Ledger) -> None:
    first = reviewed.split(ledger, "Mara Ostrey", names=["M. Ostrey"])
    second = reviewed.merge(ledger, "Mara Ostrey", first.speakers[1])
    assert second.against == (first.review.id,)
    assert named(ledger)["Mara Ostrey"] == 2
    states = {one.id: one.state for one in list_reviews(ledger)}
    assert states == {first.review.id: "overruled", second.review.id: "in force"}
    reviewed.undo(ledger, second.review.id)
    assert named(ledger)["M. Ostrey"] == 1


def test_undoing_in_any_order_leads_back(ledger: Ledger) -> None:
    before = people(ledger), rows(ledger)
    first = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    second = reviewed.merge(ledger, "Tobin Vale", "Mara Ostrey")
    reviewed.undo(ledger, first.review.id)
    assert frozenset({"Tobin Vale", "Mara Ostrey", "M. Ostrey"}) in {
        frozenset(name for _, name in one) for one in people(ledger)
    }
    reviewed.undo(ledger, second.review.id)
    assert (people(ledger), rows(ledger)) == before


def test_redoing_is_the_opposite_of_undoing(ledger: Ledger) -> None:
    done = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    before = rows(ledger)
    reviewed.undo(ledger, done.review.id, by="Cy Dorn", note="two after all")
    (shown,) = list_reviews(ledger)
    assert (shown.state, shown.undone_by, shown.undone_note) == ("undone", "Cy Dorn", "two after all")
    reviewed.redo(ledger, done.review.id)
    assert rows(ledger) == before


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda ledger: reviewed.merge(ledger, "Mara Ostrey", "M. Ostrey"), "are one speaker already"),
        (lambda ledger: reviewed.split(ledger, "Tobin Vale", names=["Tobin Vale"]), "would take all names"),
        (lambda ledger: reviewed.split(ledger, "Tobin Vale", names=["T. Vale"]), "the names printed are"),
        (lambda ledger: reviewed.split(ledger, "Tobin Vale"), "say which names or pages"),
        (lambda ledger: reviewed.merge(ledger, "Torren", "Ostrey"), None),
    ],
)
def test_what_makes_no_sense_changes_nothing(ledger: Ledger, act: object, message: str | None) -> None:
    before = rows(ledger)
    if message is None:
        assert act(ledger).review.kind == "merge"  # type: ignore[operator]
        return
    with pytest.raises(BadRequest, match=message):
        act(ledger)  # type: ignore[operator]
    assert (rows(ledger), list_reviews(ledger)) == (before, [])


def test_a_review_is_undone_once_and_an_unknown_one_not_at_all(ledger: Ledger) -> None:
    done = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    with pytest.raises(BadRequest, match="only an undone review can be redone"):
        reviewed.redo(ledger, done.review.id)
    undone = reviewed.undo(ledger, done.review.id[:8])
    with pytest.raises(BadRequest, match="undone already"):
        reviewed.undo(ledger, done.review.id)
    with pytest.raises(BadRequest, match=f"undo {done.review.id} instead"):
        reviewed.undo(ledger, undone.review.id)
    with pytest.raises(NotFound, match="no review has the id 'v-none'"):
        reviewed.undo(ledger, "v-none")


def test_reviews_hold_in_a_ledger_made_anew_in_another_order(ledger: Ledger, tmp_path: Path) -> None:
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    reviewed.split(ledger, "Mara Ostrey", names=["M. Ostrey"])
    gone = reviewed.merge(ledger, "Tobin Vale", "Bill Torren")
    reviewed.undo(ledger, gone.review.id)
    with new_ledger(tmp_path / "anew") as anew:
        given = export_reviews(ledger)
        assert reviewed.load(anew, given) == (4, 0)
        assert {one.state for one in list_reviews(anew)} == {"of no name here", "undone"}
        for n, name in reversed(list(enumerate(NAMES))):
            record(anew, n, name)
        assert people(anew) == people(ledger)
        assert reviewed.load(anew, given) == (0, 0)
        assert list(check_ledger(anew)) == []


def test_adding_the_same_pages_again_changes_nothing(ledger: Ledger) -> None:
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    before = people(ledger), rows(ledger)
    for n, name in enumerate(NAMES):
        record(ledger, n, name)
    assert (people(ledger), rows(ledger)) == before


def test_a_copied_ledger_has_its_reviews(ledger: Ledger, tmp_path: Path) -> None:
    done = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    before = people(ledger), rows(ledger)
    copytree(ledger.folder, tmp_path / "copy", ignore=ignore_patterns("onrecord.lock"))
    with open_ledger(tmp_path / "copy", write=True) as copy:
        assert (people(copy), rows(copy)) == before
        reviewed.undo(copy, done.review.id)
        assert list(check_ledger(copy)) == []
    assert (people(ledger), rows(ledger)) == before


def test_pages_loaded_in_bulk_are_reviewed_too(ledger: Ledger) -> None:
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    with bulk(ledger):
        record(ledger, 20, "Mara Lind")
    assert named(ledger)["Mara Ostrey"] == 4


def test_a_ledger_without_its_database_gets_its_reviews_from_the_folder(
    ledger: Ledger, tmp_path: Path
) -> None:
    done = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    reviewed.undo(ledger, done.review.id)
    reviews, problems = read_review_file(ledger.folder / "reviews.jsonl")
    assert (reviews, problems) == (export_reviews(ledger), [])


def test_two_of_one_name_who_are_told_apart_share_no_remark(ledger: Ledger) -> None:
    page = record(ledger, 20, "Tobin Vale")
    one, other = (
        entry for entry in iter_entries(ledger) if entry.speaker and entry.speaker.name == "Tobin Vale"
    )
    assert match_speakers(one, other)
    reviewed.split(ledger, "Tobin Vale", pages=[page])
    one, other = (
        entry for entry in iter_entries(ledger) if entry.speaker and entry.speaker.name == "Tobin Vale"
    )
    assert not match_speakers(one, other)


def test_a_review_that_was_changed_is_found(ledger: Ledger) -> None:
    done = reviewed.merge(ledger, "Mara Ostrey", "Mara Lind", by="Ada Brill")
    with sqlite3.connect(ledger.folder / "onrecord.sqlite") as connection:
        connection.execute("UPDATE reviews SET by = 'Cy Dorn'")
    connection.close()
    (problem,) = check_ledger(ledger)
    assert f"the review {done.review.id} says something else" in problem.message


def test_a_speaker_that_no_review_leads_to_is_found(ledger: Ledger) -> None:
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    with sqlite3.connect(ledger.folder / "onrecord.sqlite") as connection:
        connection.execute("UPDATE entries SET speaker_id = NULL WHERE speaker_name = 'Mara Lind'")
        connection.execute("UPDATE speaker_names SET speaker_id = machine_id WHERE name = 'Mara Lind'")
    connection.close()
    messages = [problem.message for problem in check_ledger(ledger)]
    assert any("but the reviews lead to" in message for message in messages)
    assert any("is under the speaker None" in message for message in messages)


def test_those_who_speak_together_are_reviewed_each(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        record(ledger, 1, "Mara Ostrey; Tobin Vale")
        record(ledger, 2, "Teo Vale")
        reviewed.merge(ledger, "Teo Vale", "Tobin Vale")
        assert named(ledger) == {"Mara Ostrey": 1, "Teo Vale": 2}
        assert list(check_ledger(ledger)) == []


steps = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "undo", "redo", "add"]), st.integers(0, 99)), max_size=9
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_whatever_was_decided_undoing_all_of_it_leads_back(
    steps: Sequence[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    with new_ledger(folder / "reviewed") as ledger, new_ledger(folder / "plain") as plain:
        for n, name in enumerate(NAMES):
            record(ledger, n, name)
            record(plain, n, name)
        for at, (step, n) in enumerate(steps):
            try:
                take(ledger, step, n, at)
            except BadRequest:
                continue
            if step == "add":
                record(plain, 100 + at, NAMES[n % len(NAMES)])
        assert list(check_ledger(ledger)) == []
        newest = next((one for one in list_reviews(ledger) if one.state != "undone"), None)
        assert newest is None or newest.state == "in force"
        for one in list_reviews(ledger):
            if one.state != "undone":
                reviewed.undo(ledger, one.id)
        assert rows(ledger) == rows(plain)
        assert people(ledger) == people(plain)


def take(ledger: Ledger, step: str, n: int, at: int) -> None:
    """Take one step; which speakers, names or reviews it is about follows from n."""
    known = list_speakers(ledger, limit=None)
    one, other = known[n % len(known)], known[(n // 7) % len(known)]
    given = list_reviews(ledger)
    if step == "merge" and one.speaker.id and other.speaker.id:
        reviewed.merge(ledger, one.speaker.id, other.speaker.id)
    elif step == "split" and one.speaker.id:
        use = one.names[n % len(one.names)]
        by_page = n % 2
        reviewed.split(
            ledger,
            one.speaker.id,
            names=[] if by_page else [use.name],
            pages=[use.page.id] if by_page else [],
        )
    elif step in ("undo", "redo") and given:
        turn = reviewed.undo if step == "undo" else reviewed.redo
        turn(ledger, given[n % len(given)].id)
    elif step == "add":
        record(ledger, 100 + at, NAMES[n % len(NAMES)])


letters = st.sampled_from("abcdef")
uses = st.lists(
    st.builds(
        lambda machine, key, digest: Use(machine=f"k{machine}", key=key, digest=digest),
        letters,
        letters,
        st.none() | letters,
    ),
    unique_by=lambda use: (use.digest, use.key),
    max_size=12,
)
marks = st.lists(
    st.builds(Mark, key=letters, name=letters, digest=st.none() | letters), min_size=1, max_size=3
)
decisions = st.lists(
    st.builds(
        Decision,
        id=st.uuids().map(str),
        kind=st.sampled_from(["merge", "split"]),
        sides=st.tuples(marks.map(tuple), marks.map(tuple)),
    ),
    max_size=5,
)


@given(uses=uses)
def test_without_reviews_the_machine_decides(uses: list[Use]) -> None:
    assert decide(uses, []) == {use: Decided(speaker=use.machine, review=None) for use in uses}


@given(uses=uses, decisions=decisions, seed=st.randoms(use_true_random=False))
def test_the_order_of_pages_decides_nothing(uses: list[Use], decisions: list[Decision], seed: object) -> None:
    turned = list(uses)
    seed.shuffle(turned)  # type: ignore[attr-defined]
    assert decide(uses, decisions) == decide(turned, decisions)


@given(uses=uses, decisions=decisions)
def test_the_newest_decision_always_holds(uses: list[Use], decisions: list[Decision]) -> None:
    if decisions and (decisions[-1].kind == "merge" or not _overlap(uses, decisions[-1])):
        assert holds(decisions[-1], decide(uses, decisions))


def _overlap(uses: list[Use], decision: Decision) -> bool:
    """Say whether a split names one printed name on both sides: nothing can hold then."""
    out, rest = (
        {use for use in uses for mark in side if mark.key == use.key and mark.digest in (None, use.digest)}
        for side in decision.sides
    )
    return bool(out & rest)


@given(uses=uses, decisions=decisions)
def test_a_decision_given_twice_is_given_once(uses: list[Use], decisions: list[Decision]) -> None:
    one = {use: to.speaker for use, to in decide(uses, decisions).items()}
    two = {use: to.speaker for use, to in decide(uses, [*decisions, *decisions[-1:]]).items()}
    assert one == two


def test_the_id_of_a_review_is_made_of_all_that_it_says() -> None:
    mark = Mark(key="person mara ostrey", name="Mara Ostrey")
    review = make_review("merge", [[mark], [mark]], by="Ada Brill", at="2031-03-11T08:00:00.000000Z")
    assert review.id == review_id(review) == "v" + review.id[1:]
    others = [
        make_review("split", [[mark], [mark]], by="Ada Brill", at=review.at),
        make_review("merge", [[mark]], by="Ada Brill", at=review.at),
        make_review("merge", [[mark], [mark]], at=review.at),
        make_review("merge", [[mark], [mark]], by="Ada Brill", note="so", at=review.at),
        make_review("merge", [[mark], [mark]], by="Ada Brill"),
    ]
    assert len({review.id, *(other.id for other in others)}) == 6


TABLE = (
    "?item\t?itemLabel\t?altLabel\ttype\n"
    '<http://www.wikidata.org/entity/Q1>\t"Mara Ostrey"@en\t"Mara Lind"@en\t\n'
    "Q1\tMara Ostrey\tOstrey|Mara Ostrey-Lind\thuman\n"
    "\n"
    "Q2\tSelm Water Board\tValley Water Office, SWB\tinstitution\n"
    "Q3\tTobin Vale\n"
    "Q4\t\tNobody Here\t\n"
    "Q5\tTobin Vale\tBill Torren\trobot\n"
    "Q6\tTobin Vale\tVale\t\n"
)


def test_a_table_of_trusted_names_joins_them_and_tells_bad_rows(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_bytes(TABLE.encode() + b"Q7\tT\xff\tx\t\n")
    before = rows(ledger)
    table = read_trusted(file)
    assert [[mark.name for mark in row] for row in table.rows] == [
        ["Mara Ostrey", "Mara Lind", "Mara Ostrey-Lind"],
        ["Selm Water Board", "Valley Water Office", "SWB"],
    ]
    told = "\n".join(table.problems)
    for line in (
        "line 3: 'Ostrey' is one word",
        "line 6: 4 columns were expected, 2",
        "line 7: the label is empty",
    ):
        assert line in told
    for line in (
        "line 8: the type 'robot' is none of person",
        "line 9: 'Vale' is one word",
        "line 10: this is no UTF-8",
    ):
        assert line in told
    assert "Q6 person has only one name" in told
    done = reviewed.trust(ledger, table.rows, file=file.name, by="Ada Brill")
    assert named(ledger)["Mara Ostrey"] == 3
    (shown,) = list_reviews(ledger)
    assert (shown.kind, shown.rows, shown.state) == ("trust", 2, "in force")
    record(ledger, 20, "Mara Ostrey-Lind")
    assert named(ledger)["Mara Ostrey"] == 4
    assert list(check_ledger(ledger)) == []
    reviewed.undo(ledger, done.review.id)
    assert rows(ledger)[: len(before)] == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no table of names"),
        (b"a\tb\n1\t2\n", "is no table of names"),
        (b"\xff\xfe\n", "is no UTF-8 text"),
    ],
)
def test_what_is_no_table_of_names_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "names.tsv").write_bytes(content)
    with pytest.raises(BadRequest, match=message):
        read_trusted(tmp_path / "names.tsv")


def test_reviews_are_there_when_the_ledger_is_opened_again(ledger: Ledger) -> None:
    reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
    with open_ledger(ledger.folder) as again:
        assert people(again) == people(ledger)
        assert [one.kind for one in list_reviews(again)] == ["merge"]
