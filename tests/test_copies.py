"""Copies: what counts as a reprint, what does not, and which spans the two share."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.across import fingerprint, group_copies, match_copy
from onrecord.types import Span

WIRE = """The ministry of water withdrew its last crews from the lower valley at Selm on Tuesday night,
leaving the dam and its two spillways to the care of the valley council for the first time in
nineteen years. Lorries carrying pumps, cable drums and kitchen tents rolled north along the river
road from seven in the evening, while a few dozen residents watched from the bridge and counted
them aloud. The ministry said the move changed nothing in the order under which it runs the
valley. The council said it would run the gates itself, beginning at sunrise, with volunteers and
an old handbook. Engineers on both sides warned that the eastern spillway needs a new chain before
the spring flood, and that nobody has yet agreed to pay for it. A meeting was called for Friday in
the grain hall."""

OTHER = """A bakery in the harbour quarter has started to sell bread by weight again, as it did before the
war, and the queue on Saturday reached around the corner to the fish market. The owner said the
new scales had cost more than the oven. Customers may bring their own bags, and those who do are
given a small roll for nothing, at least until the end of the month, when she intends to count the
flour that is left in the loft and decide whether generosity was a good idea."""

NOTICE = """Support independent reporting in the valley: for less than a coffee a week you read everything we
publish and get our evening letter with the weather on the lake, the ferry times and the best of
the letters to the editor."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def test_an_unchanged_reprint_is_a_copy() -> None:
    match = match_copy(WIRE, WIRE)
    assert match is not None
    assert match.share == 1.0
    assert match.spans == ((Span(0, len(WIRE) - 1), Span(0, len(WIRE) - 1)),)  # All but the final full stop.


def test_a_reprint_with_another_dateline_and_changed_words_is_a_copy() -> None:
    edited = "HARBOUR CITY (Northline) - " + WIRE.replace("lorries", "trucks").replace(
        "dozen residents", "dozen locals"
    )
    match = match_copy(edited, WIRE)
    assert match is not None
    assert match.share > 0.85


def test_a_shortened_reprint_is_a_copy() -> None:
    shortened = "\n".join(WIRE.splitlines()[:4]) + " " + OTHER.splitlines()[0]
    match = match_copy(shortened, WIRE)
    assert match is not None
    assert 0.5 < match.share < 0.9


def test_shared_spans_name_the_same_words_on_both_sides() -> None:
    edited = OTHER.splitlines()[0] + "\n" + WIRE.replace("nineteen", "twenty")
    match = match_copy(edited, WIRE)
    assert match is not None
    for here, there in match.spans:
        assert here.of(edited).split() == there.of(WIRE).split()


def test_a_long_article_that_takes_in_a_brief_is_no_copy_of_it() -> None:
    brief = "\n".join(WIRE.splitlines()[:4])
    long = brief + "\n" + OTHER + "\n" + OTHER.replace("bread", "soap")[::-1] * 2
    assert match_copy(long, brief) is None
    assert match_copy(brief, long) is not None


def test_a_brief_is_never_a_copy() -> None:
    brief = WIRE.splitlines()[0]
    assert match_copy(brief, WIRE) is None


def test_a_credited_agency_needs_less_in_common() -> None:
    lead = " ".join(WIRE.splitlines()[:2])
    own = lead + "\n" + OTHER + "\n" + OTHER.replace("bread", "cake").upper()[::-1]
    assert match_copy(own, WIRE) is None
    assert match_copy(own, WIRE, credited=True) is not None


def test_only_the_given_spans_are_compared() -> None:
    page = OTHER + "\n" + WIRE
    assert match_copy(page, WIRE) is not None
    assert match_copy(page, WIRE, here_spans=[Span(0, len(OTHER))]) is None


def test_common_boilerplate_is_no_copy() -> None:
    # Six short articles that share nothing but a house notice, a good third of each of them.
    own = {
        day: " ".join(f"{day}{word}" for word in "sun rain wind hail fog frost mist snow ice dew".split()) * 8
        for day in DAYS
    }
    texts = {day: own[day] + "\n" + NOTICE for day in DAYS}
    groups = group_copies(texts)
    assert [groups[day] for day in sorted(DAYS)[4:]] == sorted(DAYS)[4:]


def test_a_copy_points_at_the_earliest() -> None:
    texts = {"c": WIRE, "b": WIRE + " It rained.", "a": WIRE + " It snowed.", "x": OTHER}
    order = {"c": "2031-03-10", "b": "2031-03-11", "a": "2031-03-12", "x": "2031-03-09"}
    assert group_copies(texts, order=order) == {"c": "c", "b": "c", "a": "c", "x": "x"}


def test_copies_are_not_chained() -> None:
    one, two = WIRE.splitlines(), OTHER.splitlines()
    three = [f"{word}ish" for word in (WIRE + OTHER).split()]
    first = "\n".join(one)
    second = "\n".join(one[:2] + two + one[4:])
    third = "\n".join([*two, " ".join(three[:80])])
    assert match_copy(third, first) is None
    assert group_copies({"1": first, "2": second, "3": third}) == {"1": "1", "2": "1", "3": "2"}


def test_fingerprints_are_the_same_on_every_machine() -> None:
    # They are stored: were this to change, old ledgers would no longer recognise their own pages.
    assert sorted(fingerprint("one two three four five six seven")) == [5424615049671469861]


WORDS = st.lists(
    st.sampled_from("dam gate crew order valley spring flood chain lorry bridge the of a".split()),
    max_size=150,
)


@given(words=WORDS)
def test_a_text_stands_wholly_in_itself(words: list[str]) -> None:
    text = " ".join(words)
    match = match_copy(text, text)
    assert (match is None) == (len(words) < 50)
    if match:
        assert match.share == 1.0


@given(texts=st.lists(WORDS, max_size=6), shuffled=st.randoms(use_true_random=False))
def test_grouping_is_independent_of_the_order(texts: list[list[str]], shuffled: st.DataObject) -> None:
    named = {str(at): " ".join(words) for at, words in enumerate(texts)}
    other = list(named.items())
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert group_copies(dict(other)) == group_copies(named)


@given(text=st.text(max_size=400))
def test_any_text_has_fingerprints_below_two_to_the_63(text: str) -> None:
    assert all(0 <= one < 2**63 for one in fingerprint(text))
