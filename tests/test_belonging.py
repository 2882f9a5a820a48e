"""What people say of what belongs together: not one remark, one remark; linking keeps to it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say

from onrecord.across import link_pages, reviewed
from onrecord.across.reviewed import Correction
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger, check_ledger, get_remark, iter_entries, record_reading
from onrecord.ledger.reviewing import export_reviews, list_reviews

WORDS = "The gates of the dam at Selm will stay shut until the river has gone down,"
OTHER = "Nobody of the council was asked before the crews went home from the valley,"
HEADLINE = "The gates of the dam at Selm stay shut"


def record(ledger: Ledger, n: int, words: str = WORDS, headline: str = HEADLINE) -> None:
    """Record page number n, on which Mara Ostrey says these words."""
    line = f"“{words}” Mara Ostrey said at the dam in the valley of Selm, page number {n}."
    text = f"{headline}\n{line}"
    statement = say(text, words, who="Mara Ostrey", cue="said", name="Mara Ostrey")
    record_reading(
        ledger,
        *make_reading(
            [("headline", headline), ("paragraph", line)],
            [statement],
            published="2031-03-11",
            uri=f"https://paper{n}.example/dam",
        ),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        for n in range(3):
            record(ledger, n)
        record(ledger, 3, OTHER)
        record(ledger, 4, "Fish is cheap,", headline="Fish on the market of Harrow Point is cheap")
        link_pages(ledger)
        yield ledger


def remarks(ledger: Ledger) -> dict[str, str | None]:
    """Return the remark of every statement, by the number of its page."""
    return {str(entry.page.uri)[13]: entry.remark for entry in iter_entries(ledger)}


def id_of(ledger: Ledger, n: int) -> str:
    return next(entry.id for entry in iter_entries(ledger) if f"paper{n}." in str(entry.page.uri))


def test_three_reports_are_one_remark_to_begin_with(ledger: Ledger) -> None:
    found = remarks(ledger)
    assert found["0"] is not None
    assert found["0"] == found["1"] == found["2"]
    assert (found["3"], found["4"]) == (None, None)


def test_a_statement_taken_out_of_its_remark_stays_out(ledger: Ledger) -> None:
    before = remarks(ledger)
    done = reviewed.not_one_remark(ledger, id_of(ledger, 2), by="Ada Brill")
    assert remarks(ledger) == before | {"2": None}
    record(ledger, 5)
    link_pages(ledger)
    found = remarks(ledger)
    assert found["0"] == found["1"] == before["0"]
    assert found["2"] != before["0"]
    reviewed.undo(ledger, done.review.id)
    found = remarks(ledger)
    assert found["0"] == found["1"] == found["2"] == found["5"]
    assert list(check_ledger(ledger)) == []


def test_two_statements_become_one_remark_and_stay_so(ledger: Ledger) -> None:
    before = remarks(ledger)
    done = reviewed.one_remark(ledger, id_of(ledger, 0), id_of(ledger, 3))
    assert remarks(ledger) == before | {"3": before["0"]}
    record(ledger, 5)
    link_pages(ledger)
    assert remarks(ledger) == before | {"3": before["0"], "5": before["0"]}
    assert len(get_remark(ledger, str(before["0"])).renderings) == 5
    reviewed.undo(ledger, done.review.id)
    assert remarks(ledger)["3"] is None


def test_statements_of_two_stories_become_one_remark_and_stay_so(ledger: Ledger) -> None:
    before = remarks(ledger)
    done = reviewed.one_remark(ledger, id_of(ledger, 0), id_of(ledger, 4))
    assert remarks(ledger) == before | {"4": before["0"]}
    record(ledger, 5)
    record(ledger, 6, "Fish is cheaper,", headline="Fish on the market of Harrow Point is cheaper still")
    link_pages(ledger)
    found = remarks(ledger)
    assert found["0"] == found["1"] == found["2"] == found["4"] == found["5"] == before["0"]
    reviewed.undo(ledger, done.review.id)
    assert remarks(ledger)["4"] != before["0"]
    assert list(check_ledger(ledger)) == []


def test_of_a_contradiction_the_newer_review_counts(ledger: Ledger) -> None:
    before = remarks(ledger)
    one = reviewed.not_one_remark(ledger, id_of(ledger, 2))
    two = reviewed.one_remark(ledger, id_of(ledger, 2), id_of(ledger, 0))
    assert two.against == (one.review.id,)
    assert remarks(ledger) == before
    assert {shown.id: shown.state for shown in list_reviews(ledger)} == {
        one.review.id: "overruled",
        two.review.id: "in force",
    }
    reviewed.undo(ledger, two.review.id)
    assert remarks(ledger) == before | {"2": None}


def test_what_makes_no_sense_is_refused(ledger: Ledger) -> None:
    first, third = id_of(ledger, 0), id_of(ledger, 3)
    with pytest.raises(BadRequest, match="same as no other"):
        reviewed.not_one_remark(ledger, third)
    with pytest.raises(BadRequest, match="are one statement"):
        reviewed.one_remark(ledger, first, first[:9])
    with pytest.raises(BadRequest, match="are one remark already"):
        reviewed.one_remark(ledger, first, id_of(ledger, 1))
    reviewed.correct(ledger, third, Correction(statement=False))
    with pytest.raises(BadRequest, match="is no statement"):
        reviewed.one_remark(ledger, first, third)
    assert len(list_reviews(ledger)) == 1


def test_reviews_of_links_hold_in_a_ledger_made_anew(ledger: Ledger, tmp_path: Path) -> None:
    reviewed.not_one_remark(ledger, id_of(ledger, 2))
    reviewed.one_remark(ledger, id_of(ledger, 0), id_of(ledger, 3))
    with new_ledger(tmp_path / "anew") as anew:
        reviewed.load(anew, export_reviews(ledger))
        assert {one.state for one in list_reviews(anew)} == {"of no page here"}
        for n in range(3):
            record(anew, n)
        record(anew, 3, OTHER)
        link_pages(anew)
        found = remarks(anew)
        assert found["0"] == found["1"] == found["3"]
        assert found["2"] is None
        assert {one.state for one in list_reviews(anew)} == {"in force"}


steps = st.lists(
    st.tuples(st.sampled_from(["apart", "together", "undo", "redo"]), st.integers(0, 999)), max_size=6
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(steps=steps)
def test_undoing_all_of_it_leads_back(
    steps: Sequence[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with new_ledger(tmp_path_factory.mktemp("steps") / "ledger") as ledger:
        for n in range(3):
            record(ledger, n)
        record(ledger, 3, OTHER)
        link_pages(ledger)
        before = groups(ledger)
        for step, n in steps:
            given = list_reviews(ledger)
            try:
                if step == "apart":
                    reviewed.not_one_remark(ledger, id_of(ledger, n % 4))
                elif step == "together":
                    reviewed.one_remark(ledger, id_of(ledger, n % 4), id_of(ledger, (n // 4) % 4))
                elif given:
                    turn = reviewed.undo if step == "undo" else reviewed.redo
                    turn(ledger, given[n % len(given)].id)
            except BadRequest:
                continue
        for one in list_reviews(ledger):
            if one.state != "undone":
                reviewed.undo(ledger, one.id)
        assert groups(ledger) == before
        assert list(check_ledger(ledger)) == []


def groups(ledger: Ledger) -> set[frozenset[str]]:
    found: dict[str | None, set[str]] = {}
    for page, remark in remarks(ledger).items():
        found.setdefault(remark, set()).add(page)
    return {frozenset(pages) for remark, pages in found.items() if remark}
