"""What is told of a page beside its bytes counts, at once or later, and says who told it."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from asking import ask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_pages import new_ledger
from making import html_page, make_capture

from onrecord.across import link_pages, reviewed
from onrecord.across.reviewed import Correction, Facts
from onrecord.errors import BadRequest
from onrecord.ledger import (
    Ledger,
    check_ledger,
    get_page,
    get_story,
    iter_entries,
    list_stories,
    open_ledger,
    record_reading,
)
from onrecord.ledger.reviewing import export_reviews, list_reviews
from onrecord.ledger.warc import warc_files
from onrecord.reading import read
from onrecord.types import Capture, Entry
from onrecord.views.add import Added, add_pages

UNDATED = (
    "New bridge for the north\n\n"
    "“The north bridge will open in June,” Council leader Dana Ruel said on Thursday.\n"
)
ADDRESS = "https://slope.example/promise"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        yield ledger


@pytest.fixture
def undated(tmp_path: Path) -> Path:
    file = tmp_path / "undated.txt"
    file.write_text(UNDATED, encoding="utf-8")
    return file


def only_page(ledger: Ledger) -> Any:
    return get_page(ledger, next(iter(iter_entries(ledger))).page.id)


def only(ledger: Ledger) -> Entry:
    (entry,) = iter_entries(ledger)
    return entry


def kept(ledger: Ledger) -> list[Any]:
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, uri, captured_at, outlet, published, published_known, authors, article, read "
            "FROM pages ORDER BY id"
        ).all()
        said = connection.exec_driver_sql(
            "SELECT id, said_on, said_on_known, said_on_candidates, said_on_anchor, day, spans, read "
            "FROM entries ORDER BY id"
        ).all()
    return [rows, said]


def add(ledger: Ledger, file: Path, **told: Any) -> Added:
    return add_pages(ledger, [file], **told)


def test_what_is_told_later_of_a_known_page_counts(ledger: Ledger, undated: Path) -> None:
    add(ledger, undated)
    assert (only(ledger).said_on, only_page(ledger).page.published) == (None, None)
    added = add(ledger, undated, published="2031-03-13", uri=ADDRESS, by="Ada Brill", note="from its feed")
    assert (added.new, added.known, added.known_so) == (0, 1, 0)
    (done,) = added.told
    assert {one.fact: (one.before, one.after) for one in done.told} == {
        "published": (None, "2031-03-13"),
        "outlet": (None, "slope.example"),
        "uri": (None, ADDRESS),
    }
    assert done.redated == 1
    record = only_page(ledger)
    assert (record.page.published, record.page.published_known) == ("2031-03-13", "outside")
    assert (record.page.uri, record.page.outlet) == (ADDRESS, "slope.example")
    assert record.article.published.where.startswith("told by Ada Brill on ")
    entry = only(ledger)
    assert (entry.said_on, entry.said_on_known) == ("2031-03-13", "inferred")
    assert [span.of(record.text) for span in entry.spans.said_on] == ["Thursday"]
    assert len(record.captures) == 1
    assert get_page(ledger, ADDRESS).page.id == record.page.id
    assert list(check_ledger(ledger)) == []


def test_what_is_told_at_once_counts_the_same(ledger: Ledger, undated: Path, tmp_path: Path) -> None:
    add(ledger, undated, published="2031-03-13", outlet="The Slope", authors=["Cy Dorn", "Ada Brill"])
    with new_ledger(tmp_path / "later") as later:
        add(later, undated)
        add(later, undated, published="2031-03-13", outlet="The Slope", authors=["Cy Dorn", "Ada Brill"])
        assert only(later) == only(ledger)
    page = only(ledger).page
    assert (page.outlet, page.authors) == ("The Slope", ("Cy Dorn", "Ada Brill"))
    (shown,) = list_reviews(ledger)
    assert (shown.kind, shown.state) == ("tell", "in force")


def test_what_is_known_so_already_is_said_to_be(ledger: Ledger, undated: Path) -> None:
    add(ledger, undated, published="2031-03-13")
    again = add(ledger, undated, published="2031-03-13")
    assert (again.told, again.known_so) == ((), 1)
    assert len(list_reviews(ledger)) == 1
    assert reviewed.tell(ledger, [only(ledger).page.id], Facts(published="2031-03-13")) is None


def test_undone_all_is_as_the_page_says(ledger: Ledger, undated: Path) -> None:
    add(ledger, undated)
    before = kept(ledger)
    (done,) = add(ledger, undated, published="2031-03-13", uri=ADDRESS, outlet="The Slope").told
    told = kept(ledger)
    undone = reviewed.undo(ledger, done.review.id)
    assert kept(ledger) == before
    assert (undone.redated, {one.fact for one in undone.told}) == (1, {"published", "outlet", "uri"})
    reviewed.redo(ledger, done.review.id)
    assert kept(ledger) == told
    assert list(check_ledger(ledger)) == []


def test_a_fact_is_taken_back_by_itself(ledger: Ledger, undated: Path) -> None:
    add(ledger, undated, published="2031-03-13", outlet="The Slope")
    page = only(ledger).page.id
    reviewed.tell(ledger, [page], Facts(unset=("published",)))
    record = get_page(ledger, page)
    assert (record.page.published, record.page.outlet, only(ledger).said_on) == (None, "The Slope", None)
    assert list(check_ledger(ledger)) == []


def test_what_is_told_wins_over_what_the_page_says(ledger: Ledger, tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Gazette"><meta name="author" content="Ada Brill">'
        '<meta property="article:published_time" content="2031-03-20">'
    )
    file = tmp_path / "page.html"
    file.write_text(html_page("“The dam holds,” Mara Ostrey said on Tuesday.", head=head), encoding="utf-8")
    add(ledger, file)
    assert only(ledger).said_on == "2031-03-18"
    add(ledger, file, published="2031-03-13", outlet="The Slope", authors=["Cy Dorn"])
    page = only(ledger).page
    assert (page.published, page.outlet, page.authors) == ("2031-03-13", "The Slope", ("Cy Dorn",))
    assert only(ledger).said_on == "2031-03-11"


def test_the_day_that_somebody_corrected_stays_and_the_other_days_are_found_anew(
    ledger: Ledger, undated: Path
) -> None:
    add(ledger, undated)
    done = reviewed.correct(ledger, only(ledger).id, Correction(said_on="2031-02"))
    add(ledger, undated, published="2031-03-13")
    assert only(ledger).said_on == "2031-02"
    reviewed.undo(ledger, done.review.id)
    assert only(ledger).said_on == "2031-03-13"
    assert list(check_ledger(ledger)) == []


def test_a_ledger_made_anew_from_bytes_and_reviews_has_all_of_it(
    ledger: Ledger, undated: Path, tmp_path: Path
) -> None:
    add(ledger, undated, published="2031-03-13", outlet="The Slope", uri=ADDRESS)
    for order in ("reviews first", "bytes first"):
        with new_ledger(tmp_path / order) as anew:
            steps = [
                lambda anew=anew: reviewed.load(anew, export_reviews(ledger)),
                lambda anew=anew: add_pages(anew, warc_files(ledger.folder)),
            ]
            for step in steps if order == "reviews first" else reversed(steps):
                step()
            assert kept(anew) == kept(ledger)
            assert list(check_ledger(anew)) == []


GATES = (
    (
        "The ministry of water keeps the gates of the Orrin dam at Selm shut, it said on Tuesday.",
        "“No gate opens before the river falls,” Mara Ostrey told reporters beside the spillway.",
        "Engineers of the valley council had wanted the spillway opened before the flood came.",
    ),
    (
        "At Selm the flood still presses on the Orrin dam, and its gates remain shut.",
        "Reporters beside the spillway heard Mara Ostrey of the ministry of water rule out opening a gate.",
        "“We wanted the river let through,” said an engineer whom the valley council employs.",
    ),
    (
        "Valley council engineers watched the river rise behind the shut gates of the Orrin dam.",
        "They wanted the spillway opened ahead of the flood; the ministry of water in Selm refused.",
        "Mara Ostrey told reporters that gates open once water levels have fallen.",
    ),
    (
        "A flood, a dam and shut gates: Selm argues about the Orrin spillway.",
        "The ministry of water, through Mara Ostrey, told reporters the gates wait for the river to fall.",
        "The engineers of the valley council want to open them at once.",
    ),
)


def gates(n: int) -> Capture:
    head = f'<meta property="article:published_time" content="2031-03-1{n}">'
    html = html_page(*GATES[n], head=head, headline="Gates of the Orrin dam stay shut")
    return make_capture(html, uri=f"https://paper{n}.example/dam")


def _id(ledger: Ledger, n: int) -> str:
    return get_page(ledger, f"https://paper{n}.example/dam").page.id


def test_a_page_told_to_be_of_another_time_leaves_its_story_and_comes_back(ledger: Ledger) -> None:
    for n in range(3):
        record_reading(ledger, gates(n), read(gates(n)))
    link_pages(ledger)
    (story,) = list_stories(ledger)
    assert len(story.pages) == 3
    page = get_page(ledger, "https://paper2.example/dam").page.id
    done = reviewed.tell(ledger, [page], Facts(published="2029-01-01"))
    assert done is not None
    (left,) = list_stories(ledger)
    assert (left.id, len(left.pages), left.until) == (story.id, 2, "2031-03-11")
    assert get_page(ledger, page).story is None
    reviewed.undo(ledger, done.review.id)
    assert get_story(ledger, page) == story
    assert list(check_ledger(ledger)) == []


def test_a_page_taken_out_of_its_story_stays_out_when_others_come(ledger: Ledger) -> None:
    for n in range(3):
        record_reading(ledger, gates(n), read(gates(n)))
    link_pages(ledger)
    (story,) = list_stories(ledger)
    page = get_page(ledger, "https://paper2.example/dam").page.id
    apart = reviewed.not_one_story(ledger, page, by="Ada Brill")
    assert get_page(ledger, page).story is None
    with pytest.raises(BadRequest, match="is in no story"):
        reviewed.not_one_story(ledger, page)
    record_reading(ledger, gates(3), read(gates(3)))
    link_pages(ledger)
    # The newcomer goes to whichever it is most like; the two stay apart.
    left = {one.page.id for one in story.pages} - {page}
    assert left == {one.page.id for one in get_story(ledger, story.id).pages} - {_id(ledger, 3)}
    reviewed.undo(ledger, apart.review.id)
    assert {one.page.id for one in get_story(ledger, story.id).pages} == {page, _id(ledger, 3), *left}
    reviewed.redo(ledger, apart.review.id)
    assert left <= {one.page.id for one in get_story(ledger, story.id).pages}
    assert get_page(ledger, page).story != story.id
    assert list(check_ledger(ledger)) == []


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (Facts(), "nothing was told"),
        (Facts(published="2031-02-30"), "no date that Onrecord knows"),
        (Facts(published="2031-03-21"), "is later than 2031-03-20"),
        (Facts(uri="gazette.example"), "is none of a page"),
        (Facts(uri="https://"), "is none of a page"),
        (Facts(uri="https://a.example/\u202e"), "is none of a page"),
        (Facts(uri="javascript:alert(1)"), "is none of a page"),
        (Facts(outlet=" "), "is empty"),
        (Facts(outlet="x" * 100_000), "has 100,000 characters"),
        (Facts(authors=("A\x00",)), "characters that nobody can see"),
        (Facts(authors=("A",) * 51), "50 at most"),
        (Facts(unset=("colour",)), "nothing that is told of a page"),
        (Facts(published="2031", unset=("published",)), "at once"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    ledger: Ledger, undated: Path, facts: Facts, message: str
) -> None:
    add(ledger, undated, captured_at="2031-03-20")
    before = kept(ledger)
    with pytest.raises(BadRequest, match=message):
        reviewed.tell(ledger, [only(ledger).page.id], facts)
    assert (kept(ledger), list_reviews(ledger)) == (before, [])


def test_of_many_pages_those_that_it_cannot_be_true_of_are_named(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n, day in enumerate(("2031-03-12", "2031-03-16")):
        saved = f"<!-- saved from url=(0035)https://gazette.example/{n} -->"
        (folder / f"{n}.html").write_text(
            f"<!doctype html>{saved}<p>“The dam holds {n} more,” Mara Ostrey said.", encoding="utf-8"
        )
        add(ledger, folder / f"{n}.html", captured_at=day)
    added = add_pages(ledger, [folder], published="2031-03-14")
    assert len(added.told) == 1
    assert [problem.message[:20] for problem in added.problems] == ["published 2031-03-14"]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE pages SET published = '2031-01-01'", "the column published of the page"),
        ("UPDATE pages SET outlet = 'Other'", "the column outlet of the page"),
        ("UPDATE pages SET read = NULL", "does not have what people told of it"),
    ],
)
def test_verify_proves_what_was_told(ledger: Ledger, undated: Path, sql: str, message: str) -> None:
    add(ledger, undated, published="2031-03-13", outlet="The Slope")
    with sqlite3.connect(ledger.folder / "onrecord.sqlite") as connection:
        connection.execute(sql)
    connection.close()
    assert any(message in problem.message for problem in check_ledger(ledger))


def test_what_comes_with_a_new_page_is_kept_and_said_so(tmp_path: Path, undated: Path) -> None:
    added = ask("add", undated, "--captured-at", "2031-03-15", ledger=tmp_path / "new")
    assert "Kept with the bytes of the page: saved 2031-03-15." in added.out
    assert "Nothing new" not in added.out


def test_the_terminal_says_what_was_told_and_what_changed(tmp_path: Path, undated: Path) -> None:
    folder = tmp_path / "new"
    ask("add", undated, ledger=folder)
    told = ask(
        "add", undated, "--published", "2031-03-13", "--url", ADDRESS, "--by", "Ada Brill", ledger=folder
    )
    assert "published: not known → 2031-03-13" in told.out
    assert "1 statement has another" in told.out
    again = ask("add", undated, "--published", "2031-03-13", ledger=folder)
    assert "Nothing new was told of the page" in again.out
    assert "known already is published 2031-03-13" in again.out
    assert "2031-03-13 (inferred)" in ask("said", ledger=folder).out
    shown = ask("page", undated, ledger=folder).out
    assert "(outside: told by Ada Brill on " in shown
    done = ask("page", undated, "--set", "outlet=The Slope", "--set", "author=Cy Dorn", ledger=folder)
    assert "outlet: slope.example → The Slope" in done.out
    assert ask("page", undated, "--set", "outlet=The Slope", ledger=folder).code == 2
    assert ask("page", undated, "--set", "colour=red", ledger=folder).code == 2
    assert ask("page", "--set", "outlet=The Slope", ledger=folder).code == 2
    assert ask("page", undated, "--set", "outlet=", ledger=folder).code == 0
    assert "told of a page" in ask("review", ledger=folder).out
    assert ask("verify", ledger=folder).code == 0


FACTS = (
    Facts(published="2031-03-13"),
    Facts(published="2031-03-20", outlet="The Slope"),
    Facts(uri=ADDRESS),
    Facts(captured_at="2032-01-01", authors=("Cy Dorn",)),
    Facts(unset=("published",)),
    Facts(unset=("outlet", "uri")),
)
steps = st.lists(st.tuples(st.sampled_from(["tell", "tell", "undo", "redo"]), st.integers(0, 99)), max_size=7)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(steps=steps)
def test_whatever_was_told_a_ledger_made_anew_is_the_same(
    steps: Sequence[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    capture = make_capture(UNDATED)
    reading = read(capture)
    with new_ledger(folder / "one") as ledger, new_ledger(folder / "anew") as anew:
        page = record_reading(ledger, capture, reading)
        before = kept(ledger)
        for step, n in steps:
            given = list_reviews(ledger)
            try:
                if step == "tell":
                    reviewed.tell(ledger, [page], FACTS[n % len(FACTS)])
                elif given:
                    turn = reviewed.undo if step == "undo" else reviewed.redo
                    turn(ledger, given[n % len(given)].id)
            except BadRequest:
                continue
        assert list(check_ledger(ledger)) == []
        record_reading(anew, capture, reading)
        reviewed.load(anew, export_reviews(ledger))
        assert kept(anew) == kept(ledger)
        for one in list_reviews(ledger):
            if one.state != "undone":
                reviewed.undo(ledger, one.id)
        assert kept(ledger) == before


def test_what_was_told_is_there_when_the_ledger_is_opened_again(ledger: Ledger, undated: Path) -> None:
    add(ledger, undated, published="2031-03-13")
    with open_ledger(ledger.folder) as again:
        (fact,) = only_page(again).told
    assert (fact.fact, fact.value) == ("published", "2031-03-13")
