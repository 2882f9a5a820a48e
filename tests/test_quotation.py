"""Checking a quotation: the cases of `cases/quotation.md`, and what must hold for any text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say

from onrecord.checks.wording import cut_parts, cut_words, find_like, find_verbatim, tell_changes
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, check_quotation, record_reading
from onrecord.types import Statement

CASES = Path(__file__).parent / "cases" / "quotation.md"
_FENCED = re.compile(r"^```(\w+) ?(.*)\n([\s\S]*?)^```$", re.MULTILINE)


def _cases() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        yield pytest.param(_FENCED.findall(body), id=title)


def _fill(ledger: Ledger, blocks: list[tuple[str, str, str]]) -> None:
    said = [line for kind, _, body in blocks if kind == "said" for line in body.splitlines()]
    for kind, head, body in blocks:
        if kind != "page":
            continue
        outlet, _, day = head.rpartition(" ")
        lines: list[Any] = [tuple(line.split(": ", 1)) for line in body.splitlines()]
        text = "\n".join(words for _, words in lines)
        statements = [_statement(text, line) for line in said]
        record_reading(ledger, *make_reading(lines, statements, outlet=outlet, published=day))


def _statement(text: str, line: str) -> Statement:
    name, *content = (part.strip() for part in line.split(" | "))
    return say(text, *content, kind="mixed" if any("“" in part for part in content) else "direct", name=name)


@pytest.mark.parametrize("blocks", list(_cases()))
def test_quotation_stands_where_the_case_says(blocks: list[tuple[str, str, str]], tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        _fill(ledger, blocks)
        for _, _, body in (block for block in blocks if block[0] == "check"):
            lines = body.splitlines()
            for question, answer in zip(lines[::2], lines[1::2], strict=True):
                asked, _, by = question.partition(" -- ")
                if answer == "-> unknown speaker":
                    with pytest.raises(NotFound, match="nobody in this ledger is named"):
                        check_quotation(ledger, asked, by=by)
                    continue
                check = check_quotation(ledger, asked, by=by or None)
                verdict, _, places = answer.removeprefix("-> ").partition(": ")
                assert check.verdict == verdict, question
                found = [f"{hit.role} of {hit.page.outlet}" for hit in check.hits]
                if " of " not in places:
                    found = [place.partition(" of ")[0] for place in found]
                assert ", ".join(found) == places, question
                for hit in check.hits:
                    assert hit.changes if verdict == "altered" else hit.words
                    assert 0 < hit.likeness <= 1


def test_altered_hit_tells_the_difference_word_by_word(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        line = "“We will send 50 crews to the lower valley,” Ostrey said."
        record_reading(ledger, *make_reading([("paragraph", line)]))
        (hit,) = check_quotation(ledger, "we will send 500 crews to the valley").hits
    assert hit.words == "We will send 50 crews to the lower valley"
    assert hit.prefix == "“"
    assert hit.suffix == ",” Ostrey said."
    assert hit.changes == (
        ("We will send", "We will send"),
        ("500", "50"),
        ("crews to the", "crews to the"),
        ("", "lower"),
        ("valley", "valley"),
    )


def test_quotation_without_words_is_a_bad_request(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger, pytest.raises(BadRequest, match="has no words"):
        check_quotation(ledger, "“…”")


@pytest.mark.parametrize(
    "asked",
    ['"', "NEAR(a b)", "a AND NOT b", "content:x", "*", "a* OR", "(", "^a", "-", "a\0b", "' OR 1=1 --", "%"],
)
def test_what_is_asked_is_never_a_query(asked: str, tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        record_reading(ledger, *make_reading([("paragraph", "Nothing of this was said.")]))
        try:
            assert check_quotation(ledger, asked).verdict == "not found"
        except BadRequest:
            assert not re.search(r"[a-z]", asked)


WORDS = st.lists(
    st.sampled_from(["we", "will", "not", "reopen", "the", "bridge", "Émile’s", "50"]),
    min_size=1,
    max_size=12,
)


@given(
    text=st.text(max_size=60)
    | st.lists(st.sampled_from("n’t|[|]|sic|$|5|−|per|cent|re|-|one|and|m".split("|"))).map("".join)
)
def test_words_of_any_text_lie_in_their_order_and_have_a_form(text: str) -> None:
    words = cut_words(text)
    assert all(word.key and 0 <= word.start < word.end <= len(text) for word in words)
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(words))


@given(before=WORDS, said=WORDS, after=WORDS)
def test_a_text_holds_its_own_words_verbatim(before: list[str], said: list[str], after: list[str]) -> None:
    text = " ".join([*before, *said, *after])
    words = cut_words(text)
    places = list(find_verbatim(cut_parts(" ".join(said).upper()), words))
    assert (len(before), len(before) + len(said)) in places
    for first, last in places:
        span = text[words[first].start : words[last - 1].end]
        assert [word.key for word in cut_words(span)] == [word.key for word in cut_words(" ".join(said))]


@given(said=WORDS, other=WORDS)
def test_changes_hold_all_words_of_both_sides(said: list[str], other: list[str]) -> None:
    one, two = " ".join(said), " ".join(other)
    changes = tell_changes(one, cut_words(one), two, cut_words(two))
    keys = [[word.key for part in side for word in cut_words(part)] for side in zip(*changes, strict=True)]
    assert keys == [[word.key for word in cut_words(one)], [word.key for word in cut_words(two)]]


@given(
    before=WORDS, said=st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=9, unique=True), after=WORDS
)
def test_a_dropped_word_is_found_as_altered(before: list[str], said: list[str], after: list[str]) -> None:
    text = " ".join([*before, *said, *after])
    asked = cut_words(" ".join([*said[:2], *said[3:]]))
    like = find_like(asked, cut_words(text), 0.6)
    assert like is not None
    assert like.likeness >= 0.85
    assert len(like.same) == len(asked)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(asked=st.text(max_size=40), by=st.none() | st.text(max_size=20))
def test_any_question_has_an_answer(asked: str, by: str | None, small: Ledger) -> None:
    if cut_parts(asked):
        # Who is nobody's name is told so, and no more.
        with suppress(NotFound):
            check_quotation(small, asked, by=by)
    else:
        with pytest.raises(BadRequest, match="has no words"):
            check_quotation(small, asked, by=by)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with new_ledger(tmp_path_factory.mktemp("small")) as ledger:
        record_reading(ledger, *make_reading([("paragraph", "“Not a word of it,” Ostrey said in a hurry.")]))
        yield ledger
