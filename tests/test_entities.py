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


def test_two_of_one_family_stay_two_and_a_last_name_alone_may_be_either() -> None:
    text = "Ivo Lann spoke. Mara Lann listened. Lann left."
    found = read(
        text,
        name(text, "Ivo Lann", "person"),
        name(text, "Mara Lann", "person"),
        name(text, "Lann", "person", 2),
    )
    assert [span.of(text) for span in found["Mara Lann"].mentions] == ["Mara Lann", "Lann"]
    assert [span.of(text) for span in found["Ivo Lann"].mentions] == ["Ivo Lann", "Lann"]
    assert [span.of(text) for span in found["Ivo Lann"].full] == ["Ivo Lann"]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("Mr Lann", "Lann"),
        ("Senator Mara Ostrey", "Mara Ostrey"),
        ("Mara Ostrey’s", "Mara Ostrey"),
        ("Mara Ostrey of Selm", "Mara Ostrey"),
        ("Australian Mara Ostrey", "Mara Ostrey"),
        ("Duncan Brill", "Duncan Brill-Holm"),
    ],
)
def test_titles_and_what_owns_are_no_part_of_a_name_and_hyphens_are(printed: str, plain: str) -> None:
    text = f"On Friday {printed}-Holm came." if "-" in plain else f"On Friday {printed} came."
    assert list(read(text, name(text, printed, "person"))) == [plain]


@pytest.mark.parametrize(
    ("printed", "parts", "whole"),
    [
        ("Jan “Ruk” Lann", ["Jan:person", "Ruk:person", "Lann:person"], "Jan “Ruk” Lann"),
        ("Mara Luz “Malou” Ostrey", ["Mara Luz:person", "Ostrey:person"], "Mara Luz “Malou” Ostrey"),
        ("S. R. Brill-Holm", ["S. R.:person", "Brill-Holm:person"], "S. R. Brill-Holm"),
        ("Selm Land Office", ["Selm:body", "Land Office:body"], "Selm Land Office"),
    ],
)
def test_what_the_reader_sees_in_pieces_is_made_whole(printed: str, parts: list[str], whole: str) -> None:
    text = f"On Friday {printed} came."
    assert list(read(text, *(name(text, *part.split(":")) for part in parts))) == [whole]


def test_names_side_by_side_that_are_two_stay_two() -> None:
    text = "To Mara Ostrey, Ivo Lann wrote. Selm of Mara Ostrey."
    found = read(
        text,
        name(text, "Mara Ostrey", "person"),
        name(text, "Ivo Lann", "person"),
        name(text, "Selm", "body"),
        name(text, "Mara Ostrey", "person", 1),
    )
    assert set(found) == {"Mara Ostrey", "Ivo Lann", "Selm"}


def test_words_that_are_a_full_name_elsewhere_are_that_name() -> None:
    text = "Metro CS Ada Brill came. “No,” said Ada Brill."
    found = read(
        text,
        name(text, "CS Ada", "body"),
        name(text, "Brill", "person"),
        name(text, "Ada Brill", "person", 1),
    )
    assert [span.of(text) for span in found["Ada Brill"].mentions] == ["Ada Brill", "Ada Brill"]
    assert len(found) == 1


def test_a_family_name_before_the_given_one_belongs_to_it() -> None:
    text = "Minister Ong Beng Huat said so. Later Ong left."
    found = read(text, name(text, "Beng Huat", "person"), name(text, "Ong", "person", 1))
    assert [span.of(text) for span in found["Ong Beng Huat"].mentions] == ["Ong Beng Huat", "Ong"]


@pytest.mark.parametrize(
    ("full", "part"),
    [
        ("Ahmad Faisal bin Osman", "Ahmad Faisal"),
        ("Juan Ruiz Perez", "Ruiz"),
        ("Abdel el-Nour", "Nour"),
    ],
)
def test_a_part_of_a_name_is_the_one_of_that_name(full: str, part: str) -> None:
    text = f"On Friday {full} came. Then {part} left."
    found = read(text, name(text, full, "person"), name(text, part, "person", text.count(part) - 1))
    assert len(found) == 1


@pytest.mark.parametrize("title", ["Mr", "Ms"])
def test_a_title_tells_which_of_one_family_is_meant(title: str) -> None:
    text = f"Owen Starr met Chloe Starr. Then {title} Starr left."
    found = read(
        text,
        name(text, "Owen Starr", "person"),
        name(text, "Chloe Starr", "person"),
        name(text, f"{title} Starr", "person"),
    )
    assert len(found["Owen Starr" if title == "Mr" else "Chloe Starr"].mentions) == 2


@pytest.mark.parametrize(
    ("first", "second"), [("Peoples Guard", "YPG"), ("YPG", "Peoples Guard"), ("Bank of Selm", "BdS")]
)
def test_what_stands_in_brackets_behind_a_name_abbreviates_it(first: str, second: str) -> None:
    text = f"The {first} (the {second}) came. {second} left."
    found = read(text, name(text, first, "body"), name(text, second, "body"))
    assert [len(one.mentions) for one in found.values()] == [3]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("GlaxoSmithKline", "GSK"),
        ("UK Climate Change Committee", "UKCCC"),
        ("US Securities and Exchange Commission", "SEC"),
        ("US Central Command", "CentCom"),
        ("International Air Transport Association", "Iata"),
        ("Department of Health", "DoH"),
    ],
)
def test_first_letters_are_the_body_they_stand_for(full: str, short: str) -> None:
    text = f"The {full} met. {short} said no."
    assert list(read(text, name(text, full, "body"), name(text, short, "body"))) == [full]


@pytest.mark.parametrize("short", ["ACC", "Committee", "UKC", "Ukraine"])
def test_other_letters_are_another_body(short: str) -> None:
    text = f"The UK Climate Change Committee met. The {short} said no."
    place = text.rindex(short)
    found = find_entities(
        text,
        [
            name(text, "UK Climate Change Committee", "body"),
            LearnedName(span=Span(place, place + len(short)), kind="body", rate=0.9),
        ],
        [Span(0, len(text))],
    )
    assert len(found) == 2


def test_a_noun_of_the_page_before_a_full_name_is_no_part_of_it() -> None:
    text = "Welder Maria Ruz came. Every welder knows Ruz."
    assert list(read(text, name(text, "Welder Maria Ruz", "person"), name(text, "Ruz", "person", 1))) == [
        "Maria Ruz"
    ]


def test_a_last_name_that_ends_in_it_is_meant_by_a_part() -> None:
    text = "Rami Abdulrahman spoke. Rahman left."
    assert list(read(text, name(text, "Rami Abdulrahman", "person"), name(text, "Rahman", "person"))) == [
        "Rami Abdulrahman"
    ]


def test_a_name_in_brackets_that_abbreviates_nothing_is_another() -> None:
    text = "The Harbour Party (Selm) came."
    assert len(read(text, name(text, "Harbour Party", "body"), name(text, "Selm", "place"))) == 2


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
