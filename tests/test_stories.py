"""Stories: which articles are about one event, by words and days."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.across import StoryArticle, group_stories, settle_day, settle_saying
from onrecord.across.settle import undo_settling, write_anchor

DAM = (
    "The water ministry withdrew its crews from the Orrin dam at Selm while the valley council took over the "
    "gates. Spokeswoman Mara Ostrey said the order over the lower valley stays.",
    "Council volunteers under Hanne Dorvik opened the gates of the Orrin dam at sunrise after ministry crews "
    "left Selm. Ostrey, for the water ministry, insisted that the order over the valley is fixed in law.",
    "At the Orrin dam near Selm the last lorries of the water ministry are gone and the council runs the "
    "gates. Dorvik said the valley belongs to those who live in it; Ostrey cited the order.",
)
FERRY = (
    "The ferry Albatross ran aground off Dellmoor pier in thick fog and forty passengers were taken "
    "ashore in "
    "boats. Harbour master Teo Wick praised the skipper.",
    "Forty passengers were carried from the stranded ferry Albatross at Dellmoor by fishing boats in "
    "the fog, "
    "and Wick, the harbour master, said nobody was hurt.",
)
ACCOUNTS = (
    "Mara Ostrey presented the yearly accounts of the water ministry: the Orrin dam at Selm costs more "
    "than it "
    "earns, and the chain of the spillway alone has eaten the fees of two summers. She hopes for a wet "
    "winter."
)


def article(id: str, text: str, *days: str) -> StoryArticle:
    return StoryArticle(id=id, headline=None, text=text, days=days)


def test_articles_about_one_event_are_a_story() -> None:
    groups = group_stories(article(f"{at}", text) for at, text in enumerate(DAM + FERRY))
    assert groups == {"0": "0", "1": "0", "2": "0", "3": "3", "4": "3"}


def test_the_same_words_months_later_are_another_story() -> None:
    groups = group_stories([article("a", DAM[0], "2031-03-11"), article("b", DAM[0], "2031-06-11")])
    assert groups == {"a": "a", "b": "b"}


def test_a_page_of_several_possible_days_joins_where_one_fits() -> None:
    days = ("2036-03-11", "2031-03-11", "2025-03-11")
    groups = group_stories([article("wire", DAM[0], *days), article("paper", DAM[1], "2031-03-12")])
    assert len(set(groups.values())) == 1


def test_a_page_of_open_day_does_not_bridge_years() -> None:
    days = ("2036-03-11", "2031-03-11", "2025-03-11")
    groups = group_stories(
        [
            article("wire", DAM[0], *days),
            article("new", DAM[1], "2031-03-11"),
            article("old", DAM[2], "2025-03-11"),
        ]
    )
    assert groups["new"] != groups["old"]


def test_a_page_of_unknown_day_stays_apart_from_dated_ones() -> None:
    undated = group_stories([article("a", DAM[0]), article("b", ACCOUNTS)])
    beside_a_day = group_stories([article("a", DAM[0], "2031-03-11"), article("b", ACCOUNTS)])
    assert len(set(undated.values())) == 1
    assert len(set(beside_a_day.values())) == 2


def test_a_copy_is_in_the_story_of_what_it_reprints() -> None:
    groups = group_stories(
        [
            article("a", DAM[0], "2031-03-11"),
            StoryArticle(id="b", headline=None, text=FERRY[0], days=("2031-04-11",), copy_of="a"),
        ]
    )
    assert groups == {"a": "a", "b": "a"}


def test_copies_of_each_other_end_in_one_story() -> None:
    groups = group_stories(
        StoryArticle(id=id, headline=None, text=text, copy_of=of)
        for id, of, text in (("a", "b", DAM[0]), ("b", "a", FERRY[0]))
    )
    assert len(set(groups.values())) == 1


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    assert group_stories([article("a", ""), article("b", ""), article("c", DAM[0])]) == {
        "a": "a",
        "b": "b",
        "c": "c",
    }


@given(shuffled=st.permutations(range(5)), undated=st.sets(st.integers(0, 4)))
def test_grouping_is_independent_of_the_order(shuffled: list[int], undated: set[int]) -> None:
    articles = [
        article(str(at), text, *(() if at in undated else ("2031-03-11",)))
        for at, text in enumerate(DAM + FERRY)
    ]
    assert group_stories(articles[at] for at in shuffled) == group_stories(articles)


YEARS = ("2036-03-11", "2031-03-11", "2025-03-11")


def test_the_one_day_beside_a_dated_page_is_settled() -> None:
    settled = settle_day(YEARS, {"p1": "2031-03-12T09:10", "p2": "2019-03-11"})
    assert settled is not None
    assert (settled.day, settled.page_id) == ("2031-03-11", "p1")


def test_nothing_is_settled_when_two_candidates_fit() -> None:
    assert settle_day(YEARS, {"p1": "2031-03-12", "p2": "2025-03-10"}) is None
    assert settle_day(("2031-03-11", "2031-03-12"), {"p1": "2031-03-12"}) is None


def test_nothing_is_settled_without_a_dated_page_beside() -> None:
    assert settle_day(YEARS, {}) is None
    assert settle_day(YEARS, {"p1": "2031-03-15"}) is None
    assert settle_day(YEARS, {"p1": "2031-03"}) is None


def test_a_month_settles_nothing() -> None:
    assert settle_day(("2031-03",), {"p1": "2031-03-12"}) is None


def test_a_saying_is_settled_by_the_day_of_its_page() -> None:
    page = settle_day(YEARS, {"p1": "2031-03-12"})
    assert page is not None
    assert settle_saying(("2036-03-09", "2031-03-09", "2025-03-09"), page) == "2031-03-09"
    assert settle_saying(("2035-11", "2030-11", "2024-11"), page) == "2030-11"
    assert settle_saying(("2031-03-09", "2031-03-02"), page) is None
    assert settle_saying(("2036-03-09", "2025-03-09"), page) is None


def test_settling_can_be_undone() -> None:
    page = settle_day(YEARS, {"p1": "2031-03-12"})
    assert page is not None
    for before in (None, "dateline March 11"):
        settled = write_anchor(before, page)
        assert "page p1, published 2031-03-12" in settled
        assert undo_settling(settled) == before
        assert write_anchor(settled, page) == settled
