"""Where the links over pages are exact, and where they stop: decision 0022, bound by bound."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger
from made_news import FACTS, Told, make_told
from sqlalchemy import Connection

from onrecord.across import link_copies, link_pages, link_stories, window
from onrecord.across.average_link import ALIKE, Joined, cut_chains, join_alike
from onrecord.across.fingerprints import fingerprint
from onrecord.across.likeness import UNIT
from onrecord.across.weights import TERMS, count_words, weigh_article
from onrecord.across.words import find_words
from onrecord.ledger import Ledger, check_ledger, record_reading
from onrecord.types import Capture, Reading

Likeness = dict[tuple[str, str], int]
NAMES = "abcdefgh"


@st.composite
def likenesses(draw: st.DrawFn) -> Likeness:
    """Draw how alike some articles are to each other; most pairs are not alike at all."""
    values = st.sampled_from([0, 0, 0, ALIKE // 2, ALIKE, 2 * ALIKE, 3 * ALIKE, UNIT])
    pairs = {pair: draw(values) for pair in combinations(NAMES, 2)}
    return {pair: value for pair, value in pairs.items() if value}


def touching(likeness: Likeness, names: set[str]) -> Likeness:
    return {pair: value for pair, value in likeness.items() if not names.isdisjoint(pair)}


@given(
    likenesses(),
    st.sets(st.sampled_from(NAMES), min_size=1),
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20)),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=2),
)
def test_pages_that_draw_nobody_outside_are_joined_as_among_all(
    likeness: Likeness, names: set[str], days: Mapping[str, int], copied: Mapping[str, str]
) -> None:
    copies = {name: of for name, of in copied.items() if of < name and (name in names) == (of in names)}
    joined = join_alike(sorted(names), touching(likeness, names), copies, days)
    if not joined.drawn:
        whole = join_alike(NAMES, likeness, copies, days).groups
        assert all(group in whole for group in joined.groups)


@given(likenesses(), st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20)))
def test_parts_that_no_near_pair_connects_are_joined_as_the_whole(
    likeness: Likeness, days: Mapping[str, int]
) -> None:
    beside: dict[str, set[str]] = {name: set() for name in NAMES}
    for (one, two), value in likeness.items():
        if value >= ALIKE:
            beside[one].add(two)
            beside[two].add(one)
    parts = [
        join_alike(sorted(part), touching(likeness, set(part)), {}, days)
        for part in cut_chains(NAMES, beside)
    ]
    assert sorted(group for part in parts for group in part.groups) == sorted(
        join_alike(NAMES, likeness, {}, days).groups
    )
    assert not any(part.drawn for part in parts)


@given(st.lists(st.text(alphabet="bdfgk", min_size=3, max_size=6), max_size=400))
def test_of_a_long_article_the_words_that_tell_most_are_kept(words: list[str]) -> None:
    counts = count_words(None, find_words(" ".join(words)))
    kept = weigh_article(counts, frozenset())
    assert len(kept) == min(len(counts), TERMS)
    # What else a ledger has does not count: the same words weigh the same.
    assert weigh_article(dict(reversed(counts.items())), frozenset()) == kept


def undated(number: int, subject: int = 0) -> tuple[Capture, Reading]:
    """Return a page of which no day can be known."""
    return make_told(Told(subject, 0, number % 5, (0, 1, 2), (), lost=True, serial=number))


def near(ledger: Ledger) -> set[tuple[int, int]]:
    """Return which pages were compared and found to be alike, by the order in which they were added."""
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql("SELECT n, other FROM story_links WHERE n < other")
        return {(row[0], row[1]) for row in rows}


def test_pages_of_unknown_day_are_compared_with_the_first_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.across.window.MOST_UNDATED", 3)
    with new_ledger(tmp_path / "ledger") as ledger:
        for number in range(6):
            record_reading(ledger, *undated(number))
            link_pages(ledger)
        assert near(ledger) == {(one, two) for one, two in combinations(range(1, 7), 2) if one <= 3}
        assert list(check_ledger(ledger)) == []


@pytest.mark.parametrize("most", [link_stories.MOST, 4])
def test_a_tangle_is_joined_as_far_as_its_bound_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """What goes on for weeks is several stories: which pages of the next ones a page draws is looked at up to
    the bound, and no further."""
    asked: list[list[int]] = []
    join, begin = link_stories._Around.join, link_stories._Around.__init__

    def count_new(around: link_stories._Around, connection: Connection) -> None:
        asked.append([])
        begin(around, connection)

    def count(around: link_stories._Around, names: set[str]) -> Joined:
        asked[-1].append(len(names))
        return join(around, names)

    monkeypatch.setattr(link_stories._Around, "__init__", count_new)
    monkeypatch.setattr(link_stories._Around, "join", count)
    monkeypatch.setattr(link_stories, "MOST", most)
    days = (0, 3, 6, 9, 21, 24, 27, 30, 12, 15, 18, 13)
    pages = [Told(0, day, day % 5, (0,), (), serial=day) for day in days]
    with new_ledger(tmp_path / "ledger") as ledger:
        for page in pages:
            record_reading(ledger, *make_told(page))
            link_pages(ledger)
        # What a page brings along, its own story, is joined whatever its size; only what it draws is bounded.
        drawn = max((size for sizes in asked for size in sizes[1:]), default=0)
        assert (drawn <= 4) == (most == 4)
        with ledger.reading() as connection:
            waiting = connection.exec_driver_sql("SELECT count(*) FROM pages WHERE linked != 1").scalar()
            homes = connection.exec_driver_sql("SELECT page_id FROM story_pages").all()
        assert waiting == 0
        assert len(homes) == len(set(homes)) <= len(pages)
        assert list(check_ledger(ledger)) == []


NOTICE = " ".join(fact.format(*"abcdefg") for fact in FACTS)  # enough words for some fingerprints


def noticed(number: int) -> tuple[Capture, Reading]:
    """Return a page with the notice that all have, and as much of its own."""
    own = " ".join(f"{word}{number}" for word in NOTICE.split())
    return make_reading(
        [("headline", f"Day {number}"), ("paragraph", own), ("paragraph", NOTICE)],
        uri=f"https://paper{number}.example/day",
        outlet=f"Paper {number}",
        published=f"2031-03-{number + 1:02}",
    )


@pytest.mark.parametrize("seed", range(3))
def test_of_one_fingerprint_the_oldest_pages_are_kept_whenever_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(link_copies, "MOST_HOLDERS", 6)
    numbers = list(range(9))
    Random(seed).shuffle(numbers)
    with new_ledger(tmp_path / "ledger") as ledger:
        for number in numbers:
            record_reading(ledger, *noticed(number))
            link_pages(ledger)
        with ledger.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT hash, published FROM fingerprints JOIN pages USING (n) ORDER BY published"
            ).all()
    common = fingerprint(NOTICE) & {row[0] for row in rows}
    assert common
    for one in common:
        assert [day for hash, day in rows if hash == one] == [f"2031-03-{day:02}" for day in range(1, 7)]


def test_few_pages_are_read_word_for_word_and_the_oldest_is_among_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten papers print a wire's text, each a little more of it; the wire itself came first."""
    monkeypatch.setattr(link_copies, "MOST_COMPARED", 2)
    compared: list[int] = []
    texts: Callable[..., Sequence[object]] = link_copies._Known.texts

    def count(known: link_copies._Known, ids: Sequence[str]) -> Sequence[object]:
        found = texts(known, ids)
        compared.append(len(found))
        return found

    monkeypatch.setattr(link_copies._Known, "texts", count)
    pages = [Told(0, day, day % 5, (0,), (), copied=True, serial=day) for day in range(9)]
    with new_ledger(tmp_path / "ledger") as ledger:
        for page in pages:
            record_reading(ledger, *make_told(page))
            link_pages(ledger)
        with ledger.reading() as connection:
            of = {
                (row[0], row[1])
                for row in connection.exec_driver_sql(
                    "SELECT p.n, o.n FROM copies c JOIN pages p ON p.id = c.page_id "
                    "JOIN pages o ON o.id = c.of_page_id"
                )
            }
    # The two likeliest and the two oldest.
    assert max(compared) <= 4
    assert of == {(n, 1) for n in range(2, 10)}


def test_the_bounds_are_those_that_the_decision_names() -> None:
    text = next((Path(__file__).parents[1] / "docs" / "decisions").glob("0022-*.md")).read_text("utf-8")
    words = " ".join(text.split())
    assert f"with the first {window.MOST_UNDATED:,} of them" in words
    assert f"more than {link_stories.MOST:,} pages is joined as far as that" in words
    assert f"the {link_copies.MOST_HOLDERS} oldest pages are kept" in words
    assert f"the {link_copies.MOST_COMPARED} likeliest and the {link_copies.MOST_COMPARED} oldest" in words
