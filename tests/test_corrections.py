"""What people correct of one statement: it wins, survives what comes later, and can be taken back."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say

from onrecord.across import link_pages, reviewed
from onrecord.across.reviewed import Correction
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import (
    Ledger,
    check_ledger,
    count,
    get_entry,
    get_page,
    get_speaker,
    iter_entries,
    list_speakers,
    open_ledger,
    record_reading,
    search_entries,
)
from onrecord.ledger.reviewing import export_reviews, list_reviews
from onrecord.ledger.reviews import make_review
from onrecord.types import Capture, Entry, Reading, Role, Span, Statement, When
from onrecord.views.reviews import export_reviews_to, read_review_file
from onrecord.views.training_rows import training_rows

NAMES = ("Mara Ostrey", "Tobin Vale", "Jana Friel")
DAY = "2031-03-11"


def page(n: int, *names: str, shift: int = 0) -> tuple[Capture, Reading]:
    """Return page number n, on which these people say a sentence each.

    `shift` makes the words said shorter in front, as a newer reading may.
    """
    lines: list[tuple[Role, str]] = [("headline", f"Dam number {n}")]
    lines += [
        ("paragraph", f"“Sentence {n} {i} of the dam,” {name} told reporters in Selm.")
        for i, name in enumerate(names)
    ]
    lines += [("comment", f"Sentence {n} is nonsense."), ("menu", "Home")]
    text = "\n".join(words for _, words in lines)
    statements = [
        say(
            text,
            f"Sentence {n} {i} of the dam,"[shift:],
            who=name,
            cue="told",
            name=name,
            role="engineer",
            when=When(value=DAY, known="printed"),
            via=["Selm"],
        )
        for i, name in enumerate(names)
    ]
    return make_reading(lines, statements, published=DAY, uri=f"https://gazette.example/{n}")


def record(ledger: Ledger, n: int, *names: str) -> str:
    return record_reading(ledger, *page(n, *names))


def ids(ledger: Ledger) -> list[str]:
    return [entry.id for entry in iter_entries(ledger)]


def speaks(ledger: Ledger) -> dict[str, int]:
    return {one.speaker.name: one.entries for one in list_speakers(ledger, limit=None)}


def kept(ledger: Ledger) -> list[Any]:
    """Return all statements, hidden ones too, but for the ids that hang on the order of things."""
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT e.id, kind, polarity, confidence, speaker_id, speaker_name, speaker_type, speaker_role, "
            "mentions, content, addressee, said_on, said_on_known, said_on_candidates, said_on_anchor, day, "
            "via, spans, prefix, suffix, review_id, read, hidden, "
            "(SELECT group_concat(speaker_id) FROM joint_speakers WHERE entry_id = e.id) "
            "FROM entries e ORDER BY e.id"
        )
        names = connection.exec_driver_sql(
            "SELECT page_id, name, machine_id, speaker_id, review_id FROM speaker_names ORDER BY 1, 2, 3"
        )
        # How one is called under whom no name is left, nobody sees.
        known = connection.exec_driver_sql(
            "SELECT id, name, type, key, bearer_id FROM speakers "
            "WHERE id IN (SELECT speaker_id FROM speaker_names) ORDER BY id"
        )
        return [rows.all(), names.all(), known.all()]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        record(ledger, 1, "Mara Ostrey", "Tobin Vale")
        record(ledger, 2, "Tobin Vale")
        yield ledger


def test_a_statement_is_said_by_somebody_else(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    done = reviewed.correct(
        ledger, first, Correction(speaker=("Tobin Vale",)), by="Ada Brill", note="misread"
    )
    entry = get_entry(ledger, first)
    assert entry.speaker is not None
    assert (entry.speaker.name, entry.speaker.role, entry.review) == (
        "Tobin Vale",
        "engineer",
        done.review.id,
    )
    assert (entry.confidence, entry.spans.speaker, entry.id) == (None, (), first)
    assert speaks(ledger) == {"Tobin Vale": 3}
    assert first in [one.id for one in search_entries(ledger, by="Vale")]
    assert first in [one.id for one in search_entries(ledger, "Tobin")]
    assert list(check_ledger(ledger)) == []


def test_a_correction_is_taken_back_and_given_again(ledger: Ledger) -> None:
    before, first = kept(ledger), ids(ledger)[0]
    done = reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",), said_on="2031-03"))
    corrected = kept(ledger)
    undone = reviewed.undo(ledger, done.review.id, by="Cy Dorn")
    assert kept(ledger) == before
    assert undone.after == get_entry(ledger, first)
    reviewed.redo(ledger, done.review.id)
    assert kept(ledger) == corrected
    assert list(check_ledger(ledger)) == []


def test_a_speaker_whom_no_page_names_is_listed_and_found(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",)))
    assert speaks(ledger) == {"Jana Friel": 1, "Tobin Vale": 2}
    assert [one.id for one in search_entries(ledger, by="Friel")] == [first]
    (use,) = get_speaker(ledger, "Jana Friel").names
    assert "a correction names this speaker" in use.why
    assert count(ledger).speakers == 2


def test_a_page_that_comes_later_and_prints_the_name_has_the_same_speaker(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",)))
    record(ledger, 3, "Jana Friel")
    assert speaks(ledger)["Jana Friel"] == 2
    record(ledger, 4, "J. Friel")
    assert speaks(ledger)["Jana Friel"] == 3
    assert list(check_ledger(ledger)) == []


def test_a_corrected_speaker_goes_along_when_people_merge_and_split(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",)))
    merged = reviewed.merge(ledger, "Tobin Vale", "Jana Friel")
    assert speaks(ledger) == {"Tobin Vale": 3}
    entry = get_entry(ledger, first)
    assert entry.speaker is not None
    assert (entry.speaker.name, entry.review) == ("Jana Friel", merged.review.id)
    assert list(check_ledger(ledger)) == []
    reviewed.undo(ledger, merged.review.id)
    assert speaks(ledger) == {"Tobin Vale": 2, "Jana Friel": 1}


def test_who_is_chosen_by_a_page_stays_whoever_that_page_names(ledger: Ledger) -> None:
    first, _, third = ids(ledger)
    other = get_entry(ledger, third).page.id
    split = reviewed.split(ledger, "Tobin Vale", pages=[other])
    apart = get_entry(ledger, third).speaker
    assert apart is not None
    assert apart.id is not None
    reviewed.correct(ledger, first, Correction(speaker=(apart.id,)))
    entry = get_entry(ledger, first)
    assert entry.speaker is not None
    assert entry.speaker.id == apart.id
    reviewed.undo(ledger, split.review.id)
    assert speaks(ledger) == {"Tobin Vale": 3}
    assert list(check_ledger(ledger)) == []


def test_merging_does_not_overwrite_whom_a_correction_names(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Tobin Vale",)))
    record(ledger, 3, "Jana Friel", "Mara Ostrey")
    reviewed.merge(ledger, "Jana Friel", "Mara Ostrey")
    assert speaks(ledger) == {"Tobin Vale": 3, "Jana Friel": 2}


def test_two_who_spoke_together(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Tobin Vale", "Jana Friel")))
    entry = get_entry(ledger, first)
    assert entry.speaker is not None
    assert entry.speaker.name == "Tobin Vale; Jana Friel"
    assert speaks(ledger) == {"Tobin Vale": 3, "Jana Friel": 1}
    assert list(check_ledger(ledger)) == []


def test_nobody_named(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(nobody=True))
    assert get_entry(ledger, first).speaker is None
    reviewed.correct(ledger, first, Correction(speaker=("officials",), type="unnamed"))
    entry = get_entry(ledger, first)
    assert entry.speaker is not None
    assert (entry.speaker.name, entry.speaker.type, entry.speaker.id) == ("officials", "unnamed", None)
    assert speaks(ledger) == {"Tobin Vale": 2}
    assert list(check_ledger(ledger)) == []


def test_what_is_no_statement_is_shown_on_its_page_only(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    home = get_entry(ledger, first).page.id
    done = reviewed.correct(ledger, first, Correction(statement=False))
    assert done.hidden
    assert first not in ids(ledger)
    assert first not in [one.id for one in search_entries(ledger)]
    assert count(ledger).entries == 2
    assert speaks(ledger) == {"Tobin Vale": 2}
    shown = get_page(ledger, home)
    assert [one.id for one in shown.dropped] == [first]
    assert first not in [one.id for one in shown.entries]
    with pytest.raises(NotFound, match=f"review undo {done.review.id}"):
        get_entry(ledger, first)
    with pytest.raises(BadRequest, match="no statement"):
        reviewed.correct(ledger, first, Correction(kind="indirect"))
    assert list(check_ledger(ledger)) == []
    assert reviewed.undo(ledger, done.review.id).shown_again
    assert first in ids(ledger)


def test_day_kind_polarity_role_chain_and_addressee(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    said = Correction(
        said_on="2031-03-10",
        kind="mixed",
        polarity="denied",
        role="mayor of Selm",
        via=("Northline", "Vesna"),
        addressee="reporters",
    )
    reviewed.correct(ledger, first, said, by="Ada Brill")
    entry = get_entry(ledger, first)
    assert (entry.said_on, entry.said_on_known, entry.kind, entry.polarity) == (
        "2031-03-10",
        "outside",
        "mixed",
        "denied",
    )
    assert entry.speaker is not None
    assert entry.speaker.role == "mayor of Selm"
    assert (entry.via, entry.addressee, entry.spans.via) == (("Northline", "Vesna"), "reporters", ())
    assert [one.id for one in search_entries(ledger, until="2031-03-10")] == [first]
    reviewed.correct(ledger, first, Correction(no_day=True, no_via=True, no_role=True, no_addressee=True))
    entry = get_entry(ledger, first)
    assert (entry.said_on, entry.via, entry.addressee) == (None, (), None)
    assert entry.speaker is not None
    assert entry.speaker.role is None
    assert list(check_ledger(ledger)) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Correction(content=("Sentence 1 0",)), ("Sentence 1 0",)),
        (Correction(content=("Sentence", "of the dam")), ("Sentence", "of the dam")),
        (Correction(edges=(Span(15, 23),)), ("entence ",)),
    ],
)
def test_other_edges_keep_the_id_and_are_found_by_their_words(
    ledger: Ledger, said: Correction, words: tuple[str, ...]
) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, said)
    entry = get_entry(ledger, first)
    assert entry.content == words
    assert entry.prefix.endswith("“") or entry.content == ("entence ",)
    assert search_entries(ledger, '"1 0 of the dam"') == []
    assert list(check_ledger(ledger)) == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Correction(), "nothing was corrected"),
        (Correction(speaker=("Mara Ostrey",)), "the ledger has that"),
        (Correction(speaker=("Tobin Vale",), nobody=True), "contradict each other"),
        (Correction(speaker=("",)), "is empty"),
        (Correction(speaker=("—",)), "is empty"),
        (Correction(speaker=("A\u202eB",)), "characters that nobody can see"),
        (Correction(speaker=("A\x1b[31m",)), "characters that nobody can see"),
        (Correction(speaker=("x" * 100_000,)), "has 100,000 characters"),
        (Correction(speaker=("A; B",)), "holds a semicolon"),
        (Correction(type="person"), "add --speaker NAME"),
        (Correction(said_on="2031-02-30"), "no date that Onrecord knows"),
        (Correction(said_on="yesterday"), "no date that Onrecord knows"),
        (Correction(said_on="2031-03-12"), "is later than the page"),
        (Correction(said_on="2032"), "is later than the page"),
        (Correction(edges=(Span(5, 3),)), "are not on the page"),
        (Correction(edges=(Span(20, 9_999_999),)), "are not on the page"),
        (Correction(edges=(Span(15, 23), Span(20, 30))), "begin inside those before"),
        (Correction(content=("of the moon",)), "do not stand in the lines"),
        (Correction(content=("e",)), "times in the lines"),
        (Correction(content=("",)), "are empty"),
        (Correction(edges=(Span(0, 3),)), "in other lines than the statement"),
        (Correction(kind="shouted"), "the kind 'shouted' is none"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_changes_nothing(ledger: Ledger, said: Correction, message: str) -> None:
    before = kept(ledger)
    with pytest.raises(BadRequest, match=message):
        reviewed.correct(ledger, ids(ledger)[0], said)
    assert (kept(ledger), list_reviews(ledger)) == (before, [])


def test_edges_may_not_reach_into_a_comment(ledger: Ledger) -> None:
    last = ids(ledger)[1]
    text = get_page(ledger, get_entry(ledger, last).page.id).text
    at = text.index("is nonsense")
    with pytest.raises(BadRequest, match="reader's comment"):
        reviewed.correct(ledger, last, Correction(edges=(Span(at - 40, at + 5),)))


def test_a_statement_of_another_ledger_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="no statement of this ledger has the id 's0123456789abcdef'"):
        reviewed.correct(ledger, "s0123456789abcdef", Correction(statement=False))
    with pytest.raises(NotFound, match="no statement of this ledger"):
        reviewed.correct(ledger, get_entry(ledger, ids(ledger)[0]).page.id, Correction(statement=False))


def test_a_correction_is_undone_once(ledger: Ledger) -> None:
    done = reviewed.correct(ledger, ids(ledger)[0], Correction(statement=False))
    reviewed.undo(ledger, done.review.id)
    with pytest.raises(BadRequest, match="undone already"):
        reviewed.undo(ledger, done.review.id)


def test_the_newest_correction_wins_and_says_what_it_goes_against(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    one = reviewed.correct(ledger, first, Correction(said_on="2031-03-10"))
    two = reviewed.correct(ledger, first, Correction(said_on="2031-03-09", kind="mixed"))
    assert two.against == (one.review.id,)
    states = {review.id: review.state for review in list_reviews(ledger)}
    assert states == {one.review.id: "overruled", two.review.id: "in force"}
    reviewed.undo(ledger, two.review.id)
    assert get_entry(ledger, first).said_on == "2031-03-10"


def test_another_speaker_overrules_a_speaker_with_a_role(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    one = reviewed.correct(ledger, first, Correction(speaker=("Tobin Vale",)))
    assert one.review.change == {"speaker": {"name": "Tobin Vale", "type": "person"}, "role": "engineer"}
    reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",)))
    assert [review.state for review in list_reviews(ledger)] == ["in force", "overruled"]


def test_corrections_hold_in_a_ledger_made_anew_in_another_order(ledger: Ledger, tmp_path: Path) -> None:
    first, second, third = ids(ledger)
    reviewed.correct(ledger, first, Correction(speaker=("Tobin Vale",)))
    reviewed.correct(ledger, second, Correction(statement=False))
    reviewed.correct(ledger, third, Correction(content=("Sentence 2 0",), said_on="2031-03-10"))
    given = export_reviews(ledger)
    with new_ledger(tmp_path / "anew") as anew:
        assert reviewed.load(anew, given) == (3, 0)
        assert {one.state for one in list_reviews(anew)} == {"of no page here"}
        record(anew, 2, "Tobin Vale")
        record(anew, 1, "Mara Ostrey", "Tobin Vale")
        assert kept(anew)[0] == kept(ledger)[0]
        assert reviewed.load(anew, given) == (0, 0)
        assert {one.state for one in list_reviews(anew)} == {"in force"}
        assert list(check_ledger(anew)) == []


def test_a_copied_ledger_and_a_file_of_its_reviews_have_the_corrections(
    ledger: Ledger, tmp_path: Path
) -> None:
    done = reviewed.correct(ledger, ids(ledger)[0], Correction(speaker=("Jana Friel",)), by="Ada Brill")
    reviews, problems = read_review_file(ledger.folder / "reviews.jsonl")
    assert (reviews, problems) == (export_reviews(ledger), [])
    copytree(ledger.folder, tmp_path / "copy", ignore=ignore_patterns("onrecord.lock"))
    with open_ledger(tmp_path / "copy", write=True) as copy:
        assert kept(copy) == kept(ledger)
        reviewed.undo(copy, done.review.id)
        assert list(check_ledger(copy)) == []


def _without(reading: tuple[Capture, Reading], *statements: Statement) -> tuple[Capture, Reading]:
    capture, read = reading
    return capture, replace(read, statements=statements)


def test_a_correction_of_what_a_newer_reading_no_longer_finds_is_kept_open(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",)))
    given = export_reviews(ledger)
    capture, read = page(1, "Mara Ostrey", "Tobin Vale")
    with new_ledger(tmp_path / "newer") as newer:
        reviewed.load(newer, given)
        record_reading(newer, *_without((capture, read), read.statements[1]))
        (shown,) = list_reviews(newer)
        assert (shown.state, shown.about[0][0].entry) == ("of no statement here", None)
        assert shown.about[0][0].name == "Sentence 1 0 of the dam,"
        assert speaks(newer) == {"Tobin Vale": 1}
        assert list(check_ledger(newer)) == []


def test_a_correction_finds_the_statement_that_a_newer_reading_cut_otherwise(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Jana Friel",)))
    given = export_reviews(ledger)
    with new_ledger(tmp_path / "newer") as newer:
        record_reading(newer, *page(1, "Mara Ostrey", "Tobin Vale", shift=9))
        reviewed.load(newer, given)
        (shown,) = list_reviews(newer)
        assert (shown.state, shown.about[0][0].entry) == ("in force", ids(newer)[0])
        assert ids(newer)[0] != first
        assert speaks(newer) == {"Tobin Vale": 1, "Jana Friel": 1}
        assert list(check_ledger(newer)) == []


def test_a_correction_never_takes_a_lookalike(tmp_path: Path) -> None:
    lines: list[tuple[Role, str]] = [
        ("paragraph", "“The dam is safe,” Mara Ostrey said."),
        ("paragraph", "“The dam is safe,” Mara Ostrey said again."),
    ]
    text = "\n".join(words for _, words in lines)
    first = say(text, "The dam is safe,", who="Mara Ostrey", cue="said", name="Mara Ostrey")
    at = text.rindex("The dam")
    second = replace(first, content=(Span(at, at + len("The dam is safe,")),))
    capture, read = make_reading(lines, [first, second])
    with new_ledger(tmp_path / "one") as ledger:
        record_reading(ledger, capture, read)
        reviewed.correct(ledger, ids(ledger)[0], Correction(statement=False))
        given = export_reviews(ledger)
    with new_ledger(tmp_path / "newer") as newer:
        record_reading(newer, *_without((capture, read), second))
        reviewed.load(newer, given)
        assert len(ids(newer)) == 1
        assert list_reviews(newer)[0].state == "of no statement here"


def test_in_another_text_of_the_same_bytes_the_words_and_their_surroundings_decide(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(content=("Sentence 1 0",), speaker=("Jana Friel",)))
    given = export_reviews(ledger)
    capture, read = page(1, "Mara Ostrey", "Tobin Vale")
    moved = "Home again\n" + read.page.text
    shift = len(moved) - len(read.page.text)

    def move(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(span.start + shift, span.end + shift) for span in spans)

    statements = tuple(
        replace(one, source=move(one.source), cue=move(one.cue), content=move(one.content), via=())
        for one in read.statements
    )
    blocks = tuple(replace(block, span=move([block.span])[0]) for block in read.page.blocks)
    newer_page = replace(read.page, text=moved, text_version="text-2", blocks=blocks)
    with new_ledger(tmp_path / "newer") as newer:
        record_reading(newer, capture, replace(read, page=newer_page, statements=statements))
        reviewed.load(newer, given)
        entry = next(iter(iter_entries(newer)))
        assert entry.content == ("Sentence 1 0",)
        assert entry.speaker is not None
        assert entry.speaker.name == "Jana Friel"
        assert list_reviews(newer)[0].state == "in force"


def test_a_file_that_points_at_more_than_there_is_costs_nothing(ledger: Ledger) -> None:
    done = reviewed.correct(ledger, ids(ledger)[0], Correction(kind="mixed"))
    target = replace(
        done.review.about[0][0], entry="s0123456789abcdef", content=(Span(15, 10**15), Span(-(10**15), 40))
    )
    reviewed.load(ledger, [make_review("correct", about=[[target]], change={"kind": "indirect"})])
    assert "of no statement here" in {one.state for one in list_reviews(ledger)}


def _change(ledger: Ledger, sql: str) -> list[str]:
    with sqlite3.connect(ledger.folder / "onrecord.sqlite") as connection:
        connection.execute(sql)
    connection.close()
    return [problem.message for problem in check_ledger(ledger)]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE entries SET speaker_name = 'Tobin Vale' WHERE read IS NOT NULL", "the column speaker_name"),
        (
            "UPDATE entries SET said_on = '2031-01-01' WHERE read IS NOT NULL",
            "the column said_on of the entry",
        ),
        ("UPDATE entries SET hidden = 1", "the column hidden"),
        ("UPDATE entries SET read = NULL", "the column read"),
        ("UPDATE reviews SET change = '{\"speaker\":null}'", "says something else than when it was given"),
        ("UPDATE reviews SET about = replace(about, 'Sentence', 'sentence')", "says something else"),
    ],
)
def test_verify_proves_corrections(ledger: Ledger, sql: str, message: str) -> None:
    reviewed.correct(ledger, ids(ledger)[0], Correction(speaker=("Jana Friel",), content=("of the dam",)))
    assert list(check_ledger(ledger)) == []
    assert any(message in told for told in _change(ledger, sql))


def test_ids_of_reviews_given_before_there_were_corrections_stay() -> None:
    review = make_review("merge", [[], []], by="Ada Brill", at="2031-03-11T08:00:00.000000Z")
    assert review.id == "v26c69c7a40b3d242"


def test_a_file_of_reviews_with_bad_corrections_tells_each(ledger: Ledger, tmp_path: Path) -> None:
    done = reviewed.correct(ledger, ids(ledger)[0], Correction(kind="mixed"))
    target = done.review.about[0][0]
    bad = [
        make_review("correct", about=[[target]], change={"kind": "shouted"}),
        make_review("correct", about=[[target]], change={"colour": "red"}),
        make_review("correct", about=[[target]], change={"said_on": "2031-02-30"}),
        make_review("correct", about=[[target]], change={"content": {"spans": [[9, 3]], "words": ["x"]}}),
        make_review("correct", about=[[target]], change={}),
        make_review("correct", about=[], change={"kind": "mixed"}),
        make_review("tell", about=[[target]], change={"published": "soon"}),
        make_review("tell", about=[[target]], change={"uri": "file:///etc/passwd"}),
        make_review("one-remark", about=[[target]]),
    ]
    file = tmp_path / "reviews.jsonl"
    with file.open("wb") as out:
        export_reviews_to([*bad, done.review], out)
    found, problems = read_review_file(file)
    assert found == [done.review]
    assert len(problems) == len(bad)
    assert all("can't be carried out" in problem for problem in problems)
    with pytest.raises(BadRequest, match="nothing was loaded"):
        reviewed.load(ledger, bad)


def test_corrections_become_rows_to_train_on(ledger: Ledger) -> None:
    first, second, _ = ids(ledger)
    reviewed.correct(
        ledger, first, Correction(speaker=("Tobin Vale",), addressee="reporters"), by="Ada Brill"
    )
    reviewed.correct(ledger, second, Correction(statement=False), note="a slogan")
    (row,) = training_rows(ledger)
    one, two = row["corrections"]
    assert (one["before"]["speaker"]["name"], one["after"]["speaker"]["name"]) == (
        "Mara Ostrey",
        "Tobin Vale",
    )
    assert one["after"]["addressee"].of(row["text"]) == "reporters"
    assert (two["after"], two["reviews"][0]["note"]) == (None, "a slogan")
    assert [span.of(row["text"]) for span in one["before"]["content"]] == ["Sentence 1 0 of the dam,"]
    assert "Ada Brill" not in str(row)


def test_remarks_are_found_anew_when_a_speaker_is_corrected(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        words = "The gates of the dam at Selm will stay shut until the river has gone down,"
        for n, name in enumerate(("Mara Ostrey", "Mara Ostrey")):
            line = f"“{words}” {name} said on Tuesday at the dam in the valley of Selm, number {n}."
            statement = say(line, words, who=name, cue="said", name=name)
            record_reading(
                ledger,
                *make_reading(
                    [("headline", "The gates of the dam stay shut"), ("paragraph", line)],
                    [_moved(statement, len("The gates of the dam stay shut") + 1)],
                    published=DAY,
                    uri=f"https://paper{n}.example/dam",
                ),
            )
        link_pages(ledger)
        one, two = iter_entries(ledger)
        assert one.remark is not None
        assert one.remark == two.remark
        done = reviewed.correct(ledger, one.id, Correction(speaker=("Tobin Vale",)))
        assert [entry.remark for entry in iter_entries(ledger)] == [None, None]
        reviewed.undo(ledger, done.review.id)
        assert [entry.remark for entry in iter_entries(ledger)] == [one.remark] * 2


def _moved(statement: Statement, by: int) -> Statement:
    def move(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(span.start + by, span.end + by) for span in spans)

    return replace(
        statement, source=move(statement.source), cue=move(statement.cue), content=move(statement.content)
    )


PAGES = ((1, ("Mara Ostrey", "Tobin Vale")), (2, ("Tobin Vale",)), (3, ("Jana Friel", "M. Ostrey")))
SAID = (
    Correction(speaker=("Tobin Vale",)),
    Correction(speaker=("Jana Friel",)),
    Correction(speaker=("Ida Kern",)),
    Correction(speaker=("Ida Kern", "Tobin Vale")),
    Correction(nobody=True),
    Correction(statement=False),
    Correction(said_on="2031-03-10"),
    Correction(no_day=True),
    Correction(content=("Sentence",)),
    Correction(kind="mixed", role="mayor"),
    Correction(via=("Northline",)),
)
steps = st.lists(
    st.tuples(st.sampled_from(["correct", "correct", "undo", "redo", "merge", "split"]), st.integers(0, 999)),
    max_size=10,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(steps=steps)
def test_whatever_was_decided_a_ledger_made_anew_is_the_same(
    steps: Sequence[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    with new_ledger(folder / "one") as ledger, new_ledger(folder / "plain") as plain:
        for n, names in PAGES:
            record(ledger, n, *names)
            record(plain, n, *names)
        all_ids = ids(ledger)
        for step, n in steps:
            take(ledger, all_ids, step, n)
        assert list(check_ledger(ledger)) == []
        with new_ledger(folder / "anew") as anew:
            reviewed.load(anew, export_reviews(ledger))
            for n, names in PAGES:
                record(anew, n, *names)
            assert kept(anew) == kept(ledger)
            assert list(check_ledger(anew)) == []
        for one in list_reviews(ledger):
            if one.state != "undone":
                reviewed.undo(ledger, one.id)
        assert kept(ledger) == kept(plain)


def take(ledger: Ledger, all_ids: Sequence[str], step: str, n: int) -> None:
    """Take one step; which statements, names or reviews it is about follows from n."""
    given = list_reviews(ledger)
    known = list_speakers(ledger, limit=None)
    try:
        if step == "correct":
            reviewed.correct(ledger, all_ids[n % len(all_ids)], SAID[n % len(SAID)])
        elif step in ("undo", "redo") and given:
            turn = reviewed.undo if step == "undo" else reviewed.redo
            turn(ledger, given[n % len(given)].id)
        elif step == "merge" and known:
            one, other = known[n % len(known)].speaker.id, known[(n // 7) % len(known)].speaker.id
            reviewed.merge(ledger, str(one), str(other))
        elif step == "split" and known:
            who = known[n % len(known)]
            reviewed.split(ledger, str(who.speaker.id), pages=[who.names[n % len(who.names)].page.id])
    except (BadRequest, NotFound):
        return


def test_entries_of_a_search_are_whole(ledger: Ledger) -> None:
    first = ids(ledger)[0]
    reviewed.correct(ledger, first, Correction(speaker=("Tobin Vale",)))
    (found,) = [entry for entry in search_entries(ledger, least=0.9) if entry.id == first]
    assert isinstance(found, Entry)
