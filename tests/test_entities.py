"""Whom a page names: every place that names one, and the fullest name it prints."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.statements.model.learned import LearnedName
from onrecord.statements.ranking.entities import Entity, find_entities, last_word
from onrecord.types import Span


def name(text: str, words: str, kind: str, nth: int = 0, rate: float = 0.9) -> LearnedName:
    """The reader's name for the nth place where a text has these words."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return LearnedName(span=Span(at, at + len(words)), kind=kind, rate=rate)


def read(text: str, *names: LearnedName) -> dict[str, Entity]:
    return {one.name: one for one in find_entities(text, names, [Span(0, len(text))])}


def test_a_last_name_alone_is_the_one_printed_in_full() -> None:
    text = "Mara Ostrey met the council. Ostrey said the dam was safe. “No,” said Mara."
    found = read(
        text,
        name(text, "Mara Ostrey", "person"),
        name(text, "Ostrey", "person", 1),
        name(text, "Mara", "person", 1),
    )
    assert [span.of(text) for span in found["Mara Ostrey"].mentions] == ["Mara Ostrey", "Ostrey", "Mara"]
    assert len(found) == 1


def test_two_of_one_family_stay_two_and_the_nearest_before_is_meant() -> None:
    text = "Ivo Lann spoke. Mara Lann listened. Lann left."
    found = read(
        text,
        name(text, "Ivo Lann", "person"),
        name(text, "Mara Lann", "person"),
        name(text, "Lann", "person", 2),
    )
    assert [span.of(text) for span in found["Mara Lann"].mentions] == ["Mara Lann", "Lann"]
    assert [span.of(text) for span in found["Ivo Lann"].mentions] == ["Ivo Lann"]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Mr Lann", "Lann"),
        ("Senator Mara Ostrey", "Mara Ostrey"),
        ("Mara Ostrey’s", "Mara Ostrey"),
        ("Duncan Brill", "Duncan Brill-Holm"),
    ],
)
def test_titles_and_what_owns_are_no_part_of_a_name_and_hyphens_are(printed: str, plain: str) -> None:
    text = f"On Friday {printed}-Holm came." if "-" in plain else f"On Friday {printed} came."
    assert list(read(text, name(text, printed, "person"))) == [plain]


def test_initials_are_the_body_they_stand_for() -> None:
    text = "The National Grid Office met. The NGO said no."
    found = read(text, name(text, "National Grid Office", "body"), name(text, "NGO", "body"))
    assert [span.of(text) for span in found["National Grid Office"].mentions] == [
        "National Grid Office",
        "NGO",
    ]


def test_a_name_seen_once_is_found_wherever_the_page_prints_it() -> None:
    text = "Ivo Lann spoke. Ivo Lann left. Lann is ill."
    found = read(text, name(text, "Ivo Lann", "person"))
    assert [span.of(text) for span in found["Ivo Lann"].mentions] == ["Ivo Lann", "Ivo Lann", "Lann"]


def test_what_most_mentions_are_held_to_be_is_the_kind() -> None:
    text = "Selm spoke. Selm left. Selm is ill."
    found = read(
        text,
        name(text, "Selm", "person", 0, 0.5),
        name(text, "Selm", "place", 1),
        name(text, "Selm", "place", 2),
    )
    assert found["Selm"].kind == "place"


def test_the_last_word_of_a_name_leaves_junior_out() -> None:
    assert last_word("Ivo Lann Jr.") == last_word("I. LANN") == "lann"


@settings(deadline=None)
@given(st.data())
def test_mentions_lie_in_the_text_in_order_and_none_is_two_entities(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="AaBb .-’s\n", max_size=120))
    cuts = data.draw(st.lists(st.tuples(st.integers(0, 120), st.integers(1, 12)), max_size=8))
    kinds = st.sampled_from(["person", "body", "place", "other"])
    names = [
        LearnedName(span=Span(a, min(a + b, len(text))), kind=data.draw(kinds), rate=0.7)
        for a, b in sorted(cuts)
        if a < len(text)
    ]
    found = find_entities(text, names, [Span(0, len(text))])
    for one in found:
        assert list(one.mentions) == sorted(set(one.mentions))
        assert all(0 <= span.start < span.end <= len(text) for span in one.mentions)
        assert one.name
