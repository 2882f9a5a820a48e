"""Lines measured together come out as each would alone."""

from onrecord.page.features import look_at_each
from onrecord.page.signs import DIGIT, MARK, QUOTE, UPPER, WORD, count_kinds, read_kinds, start_words

LINES = [
    "The ferry left at 7:15. “Nobody was told,” the harbour master said.",
    "Menu",
    "",
    "ΟΔΟΣ İznik Straße ǅ",
    "橋は金曜日に開く。市長が言った。",
    "one\ntwo",
    "Subscribe to our newsletter to get more from us",
    "?!",
    "a " * 4_000,
]


def test_a_line_looks_the_same_alone_and_among_others() -> None:
    assert look_at_each(LINES) == [look for line in LINES for look in look_at_each([line])]


def test_words_are_put_in_lower_case_each_by_itself() -> None:
    assert look_at_each(["ΟΔΟΣ ΑΒ İz"])[0].tokens == tuple(word.lower() for word in ("ΟΔΟΣ", "ΑΒ", "İz"))


def test_many_lines_are_measured_in_parts() -> None:
    looks = look_at_each(LINES * 30)
    assert looks == look_at_each(LINES) * 30


def test_signs_are_counted_by_line() -> None:
    kinds, starts = read_kinds(["Ab 12, c", "", "“x”"])
    counted = {bit: count_kinds(kinds, starts, bit).tolist() for bit in (DIGIT, MARK, QUOTE)}
    assert counted == {DIGIT: [2, 0, 0], MARK: [1, 0, 2], QUOTE: [0, 0, 2]}
    first = start_words(kinds)
    assert count_kinds(first, starts, WORD).tolist() == [3, 0, 1]
    assert count_kinds(first, starts, UPPER).tolist() == [1, 0, 0]
