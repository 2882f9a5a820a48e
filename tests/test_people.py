"""Who is who: which printed names fit one person, and what the ledger makes of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import (
    Ledger,
    check_ledger,
    get_speaker,
    list_speakers,
    match_names,
    record_reading,
    search_entries,
)
from onrecord.people.clash import find_clash
from onrecord.people.institutions import list_institutions
from onrecord.people.names import form_key, name_key, read_name
from onrecord.types import SpeakerType


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mara Ostrey", "Mara Ostrey"),
        ("Mara Ostrey", "MARA OSTREY"),
        ("Mara Ostrey", "M. Ostrey"),
        ("Mara Ostrey", "Mara L. Ostrey"),
        ("Mara Lena Ostrey", "Mara L. Ostrey"),
        ("Ostrey", "Mara Ostrey"),
        ("Ms. Ostrey", "Mara Ostrey"),
        ("Prime Minister Mara Ostrey".removeprefix("Prime "), "Mara Ostrey"),
        ("Dr. Mara Ostrey’s", "Mara Ostrey"),
        ("José Núñez", "Jose Nunez"),
        ("Ilse von der Aue", "von der Aue"),
        ("Ilse von der Aue", "Ilse Von Der Aue"),
        ("Tomas Le Brac", "Le Brac"),
        ("Rashid al-Amin", "Amin"),
        ("Tobin Vale Jr.", "Tobin Vale"),
        ("Vasyl Zelenskyy", "Vasyl Zelensky"),
        ("Vasyl Zelenskiy", "Wassili Selenskyj".replace("S", "Z")),
        ("Dmitrii Akhmetov", "Dmitry Ahmetow"),
        ("Yevgeny Prokhorov", "Evgeniy Prokhoroff"),
        ("Yulia Yanukovych", "Julia Ianukovich"),
        ("Sergej Schevchenko", "Serhiy Shevchenko"),
        ("Mahmoud Rasheed", "Mahmud Rashid"),
        ("Hussein Qadir", "Husein Kadir"),
        ("Bill Torren", "William Torren"),
        ("Bill Torren", "Will Torren"),
        ("Kate Holm", "Kathryn Holm"),
        ("W. Mark Torren", "Mark Torren"),
        ("W. Mark Torren", "Mark L. Torren"),
        ("Attorney Mark Jay Torren", "Mark Torren"),
        ("Heidar Vorn", "Heydar Vorn"),
    ],
)
def test_names_of_one_person_fit(a: str, b: str) -> None:
    assert match_names(a, b)
    assert match_names(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mara Ostrey", "Tobin Ostrey"),
        ("Mara Ostrey", "Mara Vale"),
        ("M. Ostrey", "T. Ostrey"),
        ("Mara L. Ostrey", "Mara K. Ostrey"),
        ("Tobin Vale Jr.", "Tobin Vale Sr."),
        ("Mara Ostrey", ""),
        ("", ""),
        ("Al Vorn", "Bo Vorn"),
        ("Mara Lee", "Mara Li"),
        ("Bill Torren", "Bob Torren"),
        ("Alexander Torren", "Alexandra Torren"),
        ("W. Mark Torren", "M. Torren"),
        ("W. Mark Torren", "Luke Torren"),
    ],
)
def test_names_of_two_people_do_not_fit(a: str, b: str) -> None:
    assert not match_names(a, b)


@pytest.mark.parametrize(
    ("a", "b", "fit"),
    [
        ("the Ministry of Water", "Ministry of Water", True),
        ("The Ministry of Water’s", "ministry of water", True),
        ("Ministry of Water", "Ministry of Roads", False),
        ("Ministry of Water", "Ministry", False),
        ("Federal Water Office (FWO)", "the Federal Water Office", True),
        ("Federal Water Office (Karsk)", "Federal Water Office", False),
        ("IAEA", "International Atomic Energy Agency", True),
        ("the U.N.", "United Nations", True),
        ("Associated Press", "AFP", False),
    ],
)
def test_institutions_fit_by_all_their_words(a: str, b: str, fit: bool) -> None:
    assert match_names(a, b, type="institution") is fit


@given(a=st.text(max_size=30), b=st.text(max_size=30), type=st.sampled_from(["person", "institution"]))
def test_fitting_has_no_direction(a: str, b: str, type: SpeakerType) -> None:
    assert match_names(a, b, type=type) == match_names(b, a, type=type)


def _record(ledger: Ledger, *names: str, type: SpeakerType = "person", role: str | None = None) -> None:
    """Record one page on which these people speak, a paragraph each."""
    n = len(list_speakers(ledger)) + len(search_entries(ledger, limit=None))
    lines = [("paragraph", f"“Sentence {n} {i} of the day,” {name} said.") for i, name in enumerate(names)]
    text = "\n".join(words for _, words in lines)
    statements = [
        say(text, f"Sentence {n} {i} of the day,", who=name, cue="said", name=name, type=type, role=role)
        for i, name in enumerate(names)
    ]
    record_reading(ledger, *make_reading(lines, statements, published="2031-03-11"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        yield ledger


def test_pages_that_print_fitting_names_share_a_speaker_under_the_fullest(ledger: Ledger) -> None:
    for name in ("M. Ostrey", "Mara Ostrey", "Mara Lena Ostrey", "Dr. Mara Ostrey"):
        _record(ledger, name)
    (speaker,) = list_speakers(ledger)
    assert speaker.speaker.name == "Mara Lena Ostrey"
    assert speaker.entries == 4
    assert {use.name for use in speaker.names} == {
        "M. Ostrey",
        "Mara Ostrey",
        "Mara Lena Ostrey",
        "Dr. Mara Ostrey",
    }


def test_an_initial_that_fits_two_people_is_kept_apart(ledger: Ledger) -> None:
    for name in ("Mara Ostrey", "Milo Ostrey", "M. Ostrey", "M. Ostrey"):
        _record(ledger, name)
    assert sorted(one.speaker.name for one in list_speakers(ledger)) == [
        "M. Ostrey",
        "Mara Ostrey",
        "Milo Ostrey",
    ]


def test_an_initial_that_fits_somebody_else_by_now_is_kept_apart(ledger: Ledger) -> None:
    names = ("M. Ostrey", "Mara Ostrey", "Milo Ostrey", "M. Ostrey", "M. Ostrey", "Max Ostrey", "M. Ostrey")
    for name in names:
        _record(ledger, name)
    found = {one.speaker.name: one.entries for one in list_speakers(ledger)}
    assert found == {"Mara Ostrey": 2, "Milo Ostrey": 1, "Max Ostrey": 3, "M. Ostrey": 1}


def test_a_bare_last_name_stays_on_its_page(ledger: Ledger) -> None:
    for name in ("Mara Ostrey", "Ostrey", "Ostrey"):
        _record(ledger, name)
    assert len(list_speakers(ledger)) == 3
    assert len(search_entries(ledger, by="Ostrey")) == 3


def test_a_person_and_an_institution_of_one_name_are_two(ledger: Ledger) -> None:
    _record(ledger, "Selm Water")
    _record(ledger, "Selm Water", type="institution")
    assert len(list_speakers(ledger)) == 2


def test_the_ministry_is_another_one_on_another_page(ledger: Ledger) -> None:
    for name in ("the ministry", "The ministry", "Her ministry", "the Ministry of Water"):
        _record(ledger, name, type="institution")
    assert len(list_speakers(ledger)) == 4
    assert search_entries(ledger, by="ministry") != []


def test_names_of_one_public_body_share_a_speaker_and_say_why(ledger: Ledger) -> None:
    for name in ("International Atomic Energy Agency", "the IAEA"):
        _record(ledger, name, type="institution")
    (one,) = list_speakers(ledger)
    assert [use.why for use in one.names] == ["the name itself", "two names of one body (own statute)"]
    assert get_speaker(ledger, "IAEA").speaker.id == one.speaker.id


def test_a_body_of_the_list_is_an_institution_whatever_it_was_read_as(ledger: Ledger) -> None:
    for type in ("person", "institution", "group"):
        _record(ledger, "Amnesty International", type=type)
    (one,) = list_speakers(ledger)
    assert (one.speaker.type, one.entries) == ("institution", 3)
    assert {entry.speaker.type for entry in search_entries(ledger) if entry.speaker} == {"institution"}
    assert list(check_ledger(ledger)) == []


def test_two_of_one_name_stay_two_where_places_clash(ledger: Ledger) -> None:
    for role in ("mayor of Selm", "mayor of Dorn", "Mayor of Selm", None, None, "former mayor of Selm"):
        _record(ledger, "Tobin Vale", role=role)
    found = {one.roles[0].role if one.roles else None: one.entries for one in list_speakers(ledger)}
    assert found == {"mayor of Selm": 3, "mayor of Dorn": 1, None: 2}
    selm = next(one for one in list_speakers(ledger) if one.roles and one.roles[0].role == "mayor of Selm")
    told = {one.roles: one.why for one in get_speaker(ledger, selm.speaker.id or "").apart}
    assert told[("mayor of Dorn",)] == "places clash: “mayor of Selm” and “mayor of Dorn” within a year"
    assert told[()] == "two people bear this name, and these pages don't tell which is meant"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("mayor of Selm", "2031-03"), ("mayor of Dorn", "2031-03-12"), None),  # a month is no day
        (("mayor of Selm", "2031-03-11"), ("mayor of the city of Selm", "2031-03-12"), None),
        (("mayor of Selm", "2031-03-11"), ("mayor of Dorn", "2031-09-12"), "places clash"),
        (("mayor of Selm", "2031-03-11"), ("mayor of Dorn", "2035-09-12"), None),
        (("mayor of Selm", "2031-03-11"), ("governor of Dorn", "2031-03-12"), None),
        (("goalkeeper", "2031-03-11"), ("bishop of Karsk", "2031-03-20"), "roles clash"),
        (("goalkeeper", "2031-03-11"), ("bishop of Karsk", "2031-09-20"), None),
        (("former goalkeeper", "2031-03-11"), ("mayor", "2031-03-12"), None),
        (("singer", "2031-03-11"), ("actress", "2031-03-12"), None),
        (("spokeswoman for the ministry", "2031-03-11"), ("engineer", "2031-03-12"), None),
    ],
)
def test_roles_clash_only_where_nobody_can_have_both(
    one: tuple[str, str], other: tuple[str, str], reason: str | None
) -> None:
    found = [find_clash(one, other), find_clash(other, one)]
    assert [clash and clash.partition(":")[0] for clash in found] == [reason, reason]


def test_the_shipped_list_names_no_body_twice_and_says_where_it_is_from() -> None:
    bodies = list_institutions()
    names = [form_key(name, "institution") for body in bodies for name in (body.name, *body.aliases)]
    assert len(names) == len(set(names))
    assert len(bodies) >= 200
    assert all(body.origin and body.kind for body in bodies)
    assert all(body.country is None or (len(body.country) == 2 and body.country.isupper()) for body in bodies)


@given(st.text(max_size=30))
def test_any_name_has_a_form_and_a_key_and_fits_itself(name: str) -> None:
    for type in ("person", "institution", "group"):
        assert form_key(name, type).startswith(type)
        assert name_key(name, type).startswith((type, f"bare {type}"))
    assert match_names(name, name) == bool(read_name(name).last)


def test_an_unnamed_source_is_nobody_over_pages(ledger: Ledger) -> None:
    _record(ledger, "two officials", type="unnamed")
    (entry,) = search_entries(ledger)
    assert list_speakers(ledger) == []
    assert entry.speaker is not None
    assert (entry.speaker.id, entry.speaker.name) == (None, "two officials")


def test_those_who_speak_together_are_each_found(ledger: Ledger) -> None:
    _record(ledger, "Mara Ostrey; Tobin Vale", role="spokespeople")
    _record(ledger, "Tobin Vale", role="engineer")
    assert [one.speaker.name for one in list_speakers(ledger)] == ["Mara Ostrey", "Tobin Vale"]
    assert len(search_entries(ledger, by="Mara Ostrey")) == 1
    assert len(search_entries(ledger, by="Vale")) == 2
    vale = get_speaker(ledger, "Tobin Vale")
    assert vale.entries == 2
    assert {use.role for use in vale.names} == {None, "engineer"}


def test_ids_do_not_hang_on_the_order_of_pages(tmp_path: Path) -> None:
    ids = []
    for turn in (1, -1):
        with new_ledger(tmp_path / str(turn)) as ledger:
            for name in ("Mara Ostrey", "Tobin Vale")[::turn]:
                _record(ledger, name)
            ids.append({one.speaker.name: one.speaker.id for one in list_speakers(ledger)})
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    "asked",
    [
        "Ostrey",
        "ostrey",
        "MARA OSTREY",
        "M. Ostrey",
        "Ms Ostrey",
        "Mara",
        "mära östrey",
        "spokeswoman Ostrey",
    ],
)
def test_a_speaker_is_found_by_any_form_of_the_name(asked: str, ledger: Ledger) -> None:
    _record(ledger, "Mara Ostrey", "Tobin Vale")
    assert get_speaker(ledger, asked).speaker.name == "Mara Ostrey"
    assert [entry.speaker.name for entry in search_entries(ledger, by=asked) if entry.speaker] == [
        "Mara Ostrey"
    ]


@pytest.mark.parametrize("asked", ["Ministry of Water", "the ministry of water's", "water ministry", "Water"])
def test_an_institution_is_found_by_its_words(asked: str, ledger: Ledger) -> None:
    _record(ledger, "the Ministry of Water", type="institution")
    assert get_speaker(ledger, asked).speaker.name == "the Ministry of Water"


def test_a_last_name_counts_before_a_first_name(ledger: Ledger) -> None:
    _record(ledger, "Mara Vale", "Vale Torren")
    assert [entry.speaker.name for entry in search_entries(ledger, by="Vale") if entry.speaker] == [
        "Mara Vale"
    ]


def test_a_name_of_several_people_lists_them(ledger: Ledger) -> None:
    _record(ledger, "Mara Ostrey", "Tobin Ostrey")
    with pytest.raises(BadRequest, match=r"Mara Ostrey \(k[0-9a-f]+\), Tobin Ostrey \(k"):
        get_speaker(ledger, "Ostrey")
    assert len(search_entries(ledger, by="Ostrey")) == 2


def test_an_unknown_name_is_answered_with_near_ones(ledger: Ledger) -> None:
    _record(ledger, "Mara Ostrey", "Tobin Vale")
    for ask in (lambda: get_speaker(ledger, "Mara Ostry"), lambda: search_entries(ledger, by="Mara Ostry")):
        with pytest.raises(NotFound, match="near it: 'Mara Ostrey'"):
            ask()


def test_mr_and_ms_of_one_last_name_are_two_on_their_page(ledger: Ledger) -> None:
    lines = [("paragraph", "“The raid was lawful,” Mr Otieno said. “It was an insult,” Ms Otieno said.")]
    text = lines[0][1]
    statements = [
        say(text, words, who=who, cue="said", name="Otieno")
        for words, who in (("The raid was lawful,", "Mr Otieno"), ("It was an insult,", "Ms Otieno"))
    ]
    record_reading(ledger, *make_reading(lines, statements, published="2031-03-11"))
    assert {one.speaker.name: one.entries for one in list_speakers(ledger)} == {
        "Mr Otieno": 1,
        "Ms Otieno": 1,
    }
    assert list(check_ledger(ledger)) == []
