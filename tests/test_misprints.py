"""Copies through bad print: what is found, what isn't, and how long it takes."""

import random
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from making import html_page, make_capture
from rapidfuzz.fuzz import ratio

from evals.copies_noisy import compare, misprint
from onrecord.across import CopyMatch, fingerprint, group_copies, link_pages, match_copy
from onrecord.across.letters import MOST, join_letters, sample_letters
from onrecord.across.misprints import find_passages
from onrecord.across.words import find_words
from onrecord.ledger import get_page, list_pages, open_ledger, record_reading
from onrecord.reading import read
from onrecord.types import Capture

STORY = (
    "The sluice at Orrin Dam was opened on Tuesday for the first time since the winter, and by noon "
    "the water had reached the mill at Selm, where two dozen people stood on the bridge and waited "
    "for it with their children.",
    "Engineers of the ministry had oiled the old chain for a week, since nobody remembered how loud "
    "it would be. It was heard, farmers say, as far as the chapel above Karsk, and dogs were still "
    "barking when the wheel stopped.",
    "The lower fields will be under a hand of water until Friday. That is what the valley council "
    "asked for in a letter of nine pages, which the ministry first lost, then found, and at last "
    "answered with a single line.",
    "Tobin Vale, who keeps sheep beside the weir, moved his flock to the upper meadow the night "
    "before. He counted them twice on the way up and once more at the gate, and is sure that none of "
    "them has learned to swim.",
    "A second opening is planned for the first week of May, when the snow on the northern ridge has "
    "gone. Until then the keeper of the dam will write down the height of the lake every morning, as "
    "his grandfather did before him.",
    "The mill itself has not ground any flour in eleven years. Its owner hopes that visitors will pay"
    " to see the wheel turn, and has bought three benches, a cash box and a cat that is said to be "
    "good with crowds.",
)
OTHER = (
    "A bakery in the harbour quarter has started to sell bread by weight again, as it did before the "
    "war, and the queue on Saturday reached around the corner to the fish market.",
    "The owner said the new scales had cost more than the oven. Customers may bring their own bags, "
    "and those who do are given a small roll for nothing, at least until the end of the month.",
    "Then she intends to count the flour that is left in the loft and decide whether generosity was a"
    " good idea, or whether the town has merely learned to bring very small bags.",
)
SAID = (
    "The order is fixed in law, and whoever reads it to the end will find the sentence that everybody"
    " is looking for. There is no change and there will be none. We have told the council so in March"
    " and again in April, and we will tell it a third time if that is what it takes. The crews come "
    "back before the autumn flood."
)
REPORTS = (
    "The ministry of water has left the dam to the valley. Its lorries drove off before midnight, and"
    f" the lamps on the wall went out.\n\n“{SAID}” Mara Ostrey said on Tuesday.\n\nFarmers at Selm "
    "hope for a dry spring, since nobody among them has ever turned the wheel of the sluice.",
    "At sunrise volunteers stood at the gates of Orrin Dam with an old handbook and a "
    "thermos.\n\nOstrey, who speaks for the ministry, was asked on Tuesday how long. "
    f"“{SAID}”\n\nHanne Dorvik of the council answered that the river reads no law, and went to look "
    "for grease.",
)
FORM = (
    "The weather office has issued a warning of wind for {place} on {day}. Gusts of {gust} kilometres"
    " an hour are expected on the coast between {place} and {other}, and the ferry to {island} will "
    "stay in harbour. Drivers of high lorries are asked to avoid the bridge at {bridge}. {who}, who "
    "leads the office, said that the worst would be over by the evening, and that branches may fall "
    "long after the wind has gone down again. Events in the open have been called off in {number} "
    "parishes."
)
FILLS = (
    ("Selm", "Tuesday", "95", "Karsk", "Tarn", "Wexley", "Mara Ostrey", "14"),
    ("Dellmoor", "Friday", "120", "Brunn", "Hollen", "Mirle", "Piet Aldous", "31"),
)
NAMES = "place day gust other island bridge who number".split()


def noisy(text: str, share: float = 0.05, seed: int = 1) -> str:
    return misprint(text, share, random.Random(seed))


def check_spans(match: CopyMatch, here: str, there: str) -> None:
    """The spans hold whole words that are each other's, but for their print."""
    for ours, theirs in match.spans:
        assert ratio(ours.of(here), theirs.of(there)) > 75
        for text, span in ((here, ours), (there, theirs)):
            assert not text[max(0, span.start - 1) : span.start].isalnum()
            assert not text[span.end : span.end + 1].isalnum()


@pytest.mark.parametrize("seed", range(5))
def test_a_misread_reprint_is_a_copy(seed: int) -> None:
    story = "\n".join(STORY)
    scan = noisy(story, seed=seed)
    match = match_copy(scan, story)
    assert match is not None
    assert match.share > 0.9
    check_spans(match, scan, story)


@pytest.mark.parametrize("seed", range(5))
def test_two_misread_prints_of_one_story_are_copies(seed: int) -> None:
    one, two = (noisy("\n".join(STORY), seed=seed + add) for add in (0, 100))
    match = match_copy(two, one)
    assert match is not None
    assert match.share > 0.8
    check_spans(match, two, one)


@pytest.mark.parametrize("seed", range(5))
def test_a_third_of_a_story_misread_turned_round_and_mixed_with_other_words_is_a_copy(seed: int) -> None:
    mixed = noisy("\n".join((OTHER[0], STORY[4], OTHER[1], STORY[1])), seed=seed)
    assert group_copies({"1": "\n".join(STORY), "2": mixed}) == {"1": "1", "2": "1"}


def test_a_reprint_in_good_print_shares_the_same_words_alone() -> None:
    # Words that look like misreadings of one another are other words where the rest is printed well.
    story = "\n".join(STORY)
    edited = story.replace("children", "child").replace("moved", "move").replace("benches", "bench")
    match = match_copy(edited, story)
    assert match is not None
    for here, there in match.spans:
        assert here.of(edited).split() == there.of(story).split()


@pytest.mark.parametrize("share", [0.0, 0.03, 0.05])
def test_two_reports_of_one_statement_are_no_copies(share: float) -> None:
    one, two = (noisy(text, share) for text in REPORTS)
    assert match_copy(one, two) is None
    assert match_copy(two, one) is None


@pytest.mark.parametrize("share", [0.0, 0.03, 0.05])
def test_a_report_that_is_mostly_a_statement_can_be_reprinted(share: float) -> None:
    assert match_copy(noisy(REPORTS[0], share), REPORTS[0]) is not None


def test_statements_in_straight_marks_and_in_two_parts_are_no_copies() -> None:
    cut = SAID.replace("none. We", 'none." After a pause he went on: "We')
    one = REPORTS[0].replace(SAID, cut).replace("“", '"').replace("”", '"')
    assert match_copy(one, REPORTS[1]) is None


def test_a_quotation_that_is_never_closed_does_not_swallow_the_article() -> None:
    story = "“" + "\n".join(STORY)
    assert match_copy(noisy(story), story) is not None
    assert match_copy(story + " It rained.", story) is not None


def test_a_form_filled_in_again_is_no_copy_however_it_is_printed() -> None:
    one, two = (FORM.format(**dict(zip(NAMES, fill, strict=True))) for fill in FILLS)
    pairs = [(noisy(one, 0.03, seed), noisy(two, 0.03, seed + 100)) for seed in range(20)]
    # What stands in its slots can be misread beyond knowing.
    assert sum(match_copy(*pair) is None for pair in pairs) >= 18
    assert all(match_copy(first, one) is not None for first, _ in pairs)


def test_two_articles_that_share_a_part_of_each_are_no_copies() -> None:
    # What a paper wrote before, below what is new: two fifths of each.
    before = "\n".join(STORY[:2])
    tail = " ".join(f"{word}s" for word in " ".join((*STORY[2:], *OTHER)).split())
    one, two = before + "\n" + tail[:620], before + "\n" + "\n".join(OTHER)
    longer = [two, one + tail[620:900]]
    assert match_copy(longer[0], longer[1]) is None
    assert match_copy(longer[0], longer[1], credited=True) is not None


def test_letters_kept_are_the_same_on_every_machine() -> None:
    # They are stored: were this to change, old ledgers would no longer recognise their own pages.
    kept = sample_letters(find_words(" ".join(STORY)))
    assert sorted(kept)[:2] == [25670128802166624, 34416626196316418]
    assert set(kept) < fingerprint(" ".join(STORY))


def test_a_long_text_keeps_no_more_letters_than_a_short_one() -> None:
    chance = random.Random(3)
    words = ["".join(chance.choices("abcdefghiklmnoprstuw", k=6)) for _ in range(100_000)]
    assert MOST / 4 < len(sample_letters(words)) < 2 * MOST


def timed(here: str, there: str) -> float:
    start = time.process_time()
    match_copy(here, there)
    return time.process_time() - start


def test_a_page_of_100_000_words_and_one_word_over_and_over_are_bounded() -> None:
    chance = random.Random(5)
    many = ["".join(chance.choices("abcdefghiklmnoprstuw", k=chance.randint(2, 9))) for _ in range(8000)]
    book = " ".join(chance.choice(many) for _ in range(100_000))
    same = "dam " * 100_000
    turns = " ".join("dam" if at % 7 else "gate" for at in range(100_000))
    shifted = "".join(book.split())
    split = [" ".join(shifted[at : at + 5] for at in range(start, len(shifted), 5)) for start in (0, 2)]
    for here, there in (
        (noisy(book), book),
        (noisy(same), same),
        (noisy(same), noisy(same, seed=2)),
        (noisy(turns), turns),
        (noisy(split[0]), split[1]),
    ):
        assert timed(here, there) < 20


def test_the_time_grows_with_the_length() -> None:
    chance = random.Random(7)
    many = ["".join(chance.choices("abcdefghiklmnoprstuw", k=chance.randint(2, 9))) for _ in range(8000)]
    times = []
    for count in (5_000, 40_000):
        text = " ".join(chance.choice(many) for _ in range(count))
        times.append(min(timed(noisy(text, seed=seed), text) for seed in range(3)))
    assert times[1] < 30 * times[0]


def test_no_passages_in_two_texts_that_share_none() -> None:
    one, two = (join_letters(find_words("\n".join(text))) for text in (STORY, OTHER))
    assert find_passages(one, two) == []


def add(folder: Path, captures: Iterable[Capture]) -> dict[str, str | None]:
    """Link pages in a ledger; return for each address which it reprints."""
    with open_ledger(folder, write=True, create=True) as ledger:
        for capture in captures:
            record_reading(ledger, capture, read(capture))
        link_pages(ledger)
        return copies(folder)


def copies(folder: Path) -> dict[str, str | None]:
    with open_ledger(folder) as ledger:
        found = (get_page(ledger, page.id) for page in list_pages(ledger))
        return {str(one.page.uri): one.copy_of.of_page.uri if one.copy_of else None for one in found}


def test_a_ledger_finds_a_misread_reprint_whichever_page_comes_first(tmp_path: Path) -> None:
    wire = make_capture(
        html_page(*STORY, headline="Sluice opened"), uri="https://a.example/1", published="2031-03-11"
    )
    scan = make_capture(
        html_page(*(noisy(line).replace("\n", " ") for line in STORY), headline="Sluice at Orrin open"),
        uri="https://b.example/1",
        published="2031-03-12",
    )
    expected = {"https://a.example/1": None, "https://b.example/1": "https://a.example/1"}
    assert add(tmp_path / "once", [wire, scan]) == expected
    add(tmp_path / "wire", [wire])
    assert add(tmp_path / "wire", [scan]) == expected
    add(tmp_path / "scan", [scan])
    assert add(tmp_path / "scan", [wire]) == expected


def test_the_measure_counts_pairs() -> None:
    gold = {"1": "1", "2": "1", "3": "3", "4": "3"}
    assert compare(gold, gold) == {"ARI": 1.0, "pairs P": 1.0, "pairs R": 1.0}
    assert compare(gold, {id: id for id in gold}) == {"ARI": 0.0, "pairs P": 1.0, "pairs R": 0.0}
    half = compare(gold, {"1": "1", "2": "1", "3": "1", "4": "4"})
    assert (half["pairs P"], half["pairs R"]) == (1 / 3, 1 / 2)
    assert half["ARI"] == pytest.approx(0.0)


def test_the_measure_misprints_as_many_characters_as_it_says() -> None:
    story = " ".join(STORY)
    assert misprint(story, 0.0, random.Random(1)) == story
    wrong = 100 - ratio(noisy(story).replace("\n", " "), story)
    assert 2 < wrong < 8
