"""What lines have in common with the page's running text: an article's go together, a teaser's do not."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.page.cohesion import (
    AROUND,
    COHESION_NUMBERS,
    KNOWN,
    LEAST_CHARS,
    LEAST_LETTERS,
    NEAR,
    measure_cohesion,
)
from onrecord.page.features import Look, look_at_all
from onrecord.types import Role

ARTICLE = (
    "The gate at Quillhaven stays shut until the lock is mended, the harbour board said on Monday.",
    "Divers found the lower hinge of the lock broken, and the board has ordered another from Marsk.",
    "Boats that want to pass Quillhaven have to wait for the tide or go round by the outer harbour.",
    "Until the hinge comes from Marsk the harbour board lets no boat of more than nine metres pass.",
)
TEASERS = (
    "Two bakers from Orrin won the county prize for rye loaves with a recipe of their grandmother.",
    "The cinema on Weaver Street shows silent films with a live pianist every evening this winter.",
)
MENU = ("Home", "Weather", "Sport", "Contact")
WHOLE, NEAR_COLUMN, AROUND_COLUMN, HEADLINE, DENSE = 1, 2, 3, 4, 5
NO_WORDS: dict[str, int] = {}


def measure(lines: Sequence[str], headline: int | None = None) -> NDArray[np.float32]:
    rough: list[Role] = ["headline" if at == headline else "other" for at in range(len(lines))]
    return measure_cohesion(look_at_all(lines), rough, NO_WORDS)


def test_an_articles_lines_go_with_one_another_and_a_teasers_with_none() -> None:
    found = measure([*MENU, *ARTICLE, *TEASERS])
    article, teasers = found[4:8], found[8:10]
    for column in (WHOLE, NEAR_COLUMN, AROUND_COLUMN, DENSE):
        assert article[:, column].min() > teasers[:, column].max()
    assert not found[:4].any()


def test_a_line_goes_with_the_headline_by_its_words() -> None:
    found = measure(["Quillhaven lock stays shut", *TEASERS, *ARTICLE], headline=0)
    assert found[3:6, HEADLINE].min() > 0 == found[1:3, HEADLINE].max()


def test_words_that_the_model_knows_count_less() -> None:
    looks, rough = look_at_all(ARTICLE), ["other"] * len(ARTICLE)
    unknown = measure_cohesion(looks, rough, NO_WORDS)  # type: ignore[arg-type]
    known = {word: 1 for look in looks for word in look.tokens}
    rates = measure_cohesion(looks, rough, known)  # type: ignore[arg-type]
    # Each product has a quarter of a quarter, and each length a quarter.
    assert np.allclose(np.expm1(rates[:, WHOLE]), np.expm1(unknown[:, WHOLE]) * KNOWN, rtol=1e-4)


@pytest.mark.parametrize("lines", [[], [""], ["", ""], ["a"], ["12345 12345", "12345"]])
def test_lines_without_words_go_with_nothing(lines: list[str]) -> None:
    found = measure(lines)
    assert found.shape == (len(lines), COHESION_NUMBERS)
    assert not found.any()


def words_of(look: Look) -> set[str]:
    return {word for word in look.tokens if len(word) >= LEAST_LETTERS and not word.isdigit()}


def count_by_hand(looks: Sequence[Look], reach: int) -> list[float]:
    """What each line has in common with the running text not farther off than `reach`, pair by pair."""
    words = [words_of(look) for look in looks]
    often = {word: sum(word in held for held in words) for held in words for word in held}
    prose = [look.ends and look.chars > LEAST_CHARS for look in looks]
    found = []
    for at, mine in enumerate(words):
        length = sum(1 / often[word] for word in mine if often[word] > 1) ** 0.5
        shared = sum(
            1 / often[word]
            for other in range(max(0, at - reach), min(len(looks), at + reach + 1))
            if other != at and prose[other]
            for word in mine & words[other]
        )
        found.append(shared / length if length else 0.0)
    return found


some_words = st.sampled_from(("harbour", "hinge", "boats", "tide", "loaves", "piano", "the", "1931"))
some_lines = st.lists(
    st.lists(some_words, max_size=14).map(" ".join).flatmap(lambda line: st.sampled_from((line, line + "."))),
    min_size=1,
    max_size=40,
)


@given(some_lines)
@settings(deadline=None)
def test_all_lines_at_once_give_what_pairs_give(lines: list[str]) -> None:
    looks, found = look_at_all(lines), measure(lines)
    for column, reach in ((WHOLE, len(lines)), (NEAR_COLUMN, NEAR), (AROUND_COLUMN, AROUND)):
        assert np.allclose(np.expm1(found[:, column]), count_by_hand(looks, reach), atol=1e-4)
