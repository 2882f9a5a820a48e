"""In which order versions of a page came, and when that is not known."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.versions import VersionDays, comes_before, order_versions

Row = tuple[str, str | None, str | None]

CASES: list[tuple[str, Sequence[Row], str, Sequence[bool]]] = [
    ("alone", [("a", None, None)], "a", []),
    ("by the page", [("a", "2031-03-12", None), ("b", "2031-03-11", None)], "ba", [True]),
    (
        "by the page's hour",
        [("a", "2031-03-11T09:00Z", None), ("b", "2031-03-11T08:00Z", None)],
        "ba",
        [True],
    ),
    (
        "hours in two zones",
        [("a", "2031-03-12T00:30+02:00", None), ("b", "2031-03-11T23:00Z", None)],
        "ab",
        [True],
    ),
    ("by the saving", [("a", "2031-03-11", "2031-03-14"), ("b", "2031-03-11", "2031-03-13")], "ba", [True]),
    (
        "the page before the saving",
        [("a", "2031-03-11", "2031-03-14"), ("b", "2031-03-12", "2031-03-13")],
        "ab",
        [True],
    ),
    ("one saving alone", [("a", "2031-03-11", None), ("b", "2031-03-11", "2025-03-15")], "ba", [False]),
    ("nothing known", [("b", None, None), ("a", None, None)], "ab", [False]),
    ("a day and its hour", [("a", "2031-03-11", None), ("b", "2031-03-11T08:00Z", None)], "ab", [False]),
    (
        "a day and its hour, both saved",
        [("a", "2031-03-11", "2031-03-13"), ("b", "2031-03-11T08:00Z", "2031-03-12")],
        "ba",
        [True],
    ),
    ("only the saving", [("a", None, "2031-03-14"), ("b", "2031-03-11", "2031-03-13")], "ba", [True]),
    (
        "three, the last open",
        [("a", "2031-03-10", None), ("b", "2031-03-11", None), ("c", "2031-03-11", None)],
        "abc",
        [True, False],
    ),
    (
        "a day is of its place",
        [("a", "2031-03-12", None), ("b", "2031-03-12T00:30+02:00", None)],
        "ba",
        [False],
    ),
    ("a month is no day", [("a", "2031-03", None), ("b", "2031-03-11", None)], "ab", [False]),
]


@pytest.mark.parametrize(
    ("rows", "ids", "steps"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_order_of_versions(rows: Sequence[Row], ids: str, steps: Sequence[bool]) -> None:
    found = [VersionDays(id=id, said=said, saved=saved) for id, said, saved in rows]
    order = order_versions(found)
    assert ("".join(order.ids), list(order.steps)) == (ids, list(steps))
    assert order_versions(reversed(found)) == order


_moments = st.sampled_from(
    [None, "2031-03", "2031-03-11", "2031-03-11T08:00Z", "2031-03-11T08:00+02:00", "2031-03-12"]
)


@given(st.lists(st.tuples(_moments, _moments), max_size=6))
def test_a_known_step_is_never_the_wrong_way_round(rows: list[tuple[str | None, str | None]]) -> None:
    found = {str(n): VersionDays(id=str(n), said=said, saved=saved) for n, (said, saved) in enumerate(rows)}
    order = order_versions(found.values())
    assert sorted(order.ids) == sorted(found)
    for at, known in enumerate(order.steps):
        one, other = found[order.ids[at]], found[order.ids[at + 1]]
        assert known == comes_before(one, other)
        assert not (known and comes_before(other, one))
