"""May two namings be one? `cases/people.md`, `people-again.md`; and whose a name is in a room."""

import ast
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.people
from evals import people as evals_people
from evals.namings import AGAIN, PAIRS, Pair, judge, read_pairs, score
from evals.scoring import run_scorer
from onrecord.people import (
    Known,
    Naming,
    Placed,
    compare,
    compare_names,
    find_bearers,
    find_fitting,
    find_fullest,
)
from onrecord.people.forms import form_key, is_bare, letters_key, lookup_keys, name_key
from onrecord.people.titles import tell_by_titles
from onrecord.types import SpeakerType

ALL = [*read_pairs(PAIRS), *read_pairs(AGAIN)]
RIGHT = [pair for pair in ALL if "not right yet" not in pair.section.lower()]
WRONG = [pair for pair in ALL if "not right yet" in pair.section.lower()]
PRECISE = 0.985


def name_of(pair: Pair) -> str:
    return f"{pair.one} | {pair.other}"


@pytest.mark.parametrize("pair", RIGHT, ids=name_of)
def test_two_namings_are_judged_as_a_desk_would(pair: Pair) -> None:
    found = judge(pair)
    assert (found.answer, found.why) == (pair.answer, found.why)
    assert found.why


@pytest.mark.parametrize("pair", WRONG, ids=name_of)
def test_a_pair_that_has_become_right_is_moved_in_its_table(pair: Pair) -> None:
    assert judge(pair).answer != pair.answer


@pytest.mark.parametrize("pair", ALL, ids=name_of)
def test_judging_has_no_direction(pair: Pair) -> None:
    turned = Pair(section=pair.section, one=pair.other, other=pair.one, answer=pair.answer)
    assert (judge(turned).answer, judge(turned).needs) == (judge(pair).answer, judge(pair).needs)


@pytest.mark.parametrize("table", [PAIRS, AGAIN], ids=lambda path: path.stem)
def test_namings_are_hardly_ever_joined_wrongly(table: Path) -> None:
    assert score(table)["P"] >= PRECISE
    assert sum(1 for _ in read_pairs(table)) >= 80


@given(a=st.text(max_size=25), b=st.text(max_size=25), type=st.sampled_from(["person", "institution"]))
def test_any_two_texts_are_judged_with_a_reason(a: str, b: str, type: SpeakerType) -> None:
    found = compare(Naming(name=a, type=type), Naming(name=b, type=type))
    assert found.why
    assert found.answer != "perhaps" or not found.fits or found.needs is not None
    assert found.answer == "perhaps" or found.needs is None


def test_a_person_and_a_body_of_one_name_are_two() -> None:
    assert compare(Naming(name="Selm Water"), Naming(name="Selm Water", type="institution")).answer == "two"


@pytest.mark.parametrize(
    ("names", "type", "fullest"),
    [
        (["M. Ostrey", "Mara Lena Ostrey", "Ostrey"], "person", "Mara Lena Ostrey"),
        (["FWO", "Federal Water Office (FWO)"], "institution", "Federal Water Office (FWO)"),
    ],
)
def test_the_fullest_name_says_most(names: list[str], type: SpeakerType, fullest: str) -> None:
    assert find_fullest(names, type) == fullest


def test_whose_name_it_is_is_told_by_all_names_that_somebody_has() -> None:
    selm = Known(id="a", names=("Velmar Motors", "Velmar Motors GmbH"))
    assert find_fitting(Naming(name="Velmar Motors", type="institution"), (selm,)) == ("a",)
    assert find_fitting(Naming(name="Velmar Motors Inc", type="institution"), (selm,)) == ()


def test_who_has_the_role_comes_before_who_has_none() -> None:
    known = (
        Known(id="a", names=("Tobin Vale",), bearings=(("mayor of Selm", "2031-03-11"),)),
        Known(id="b", names=("Tobin Vale",), bearings=(("goalkeeper", "2031-03-11"),)),
    )
    mayor = Naming(name="Tobin Vale", role="mayor of Selm", day="2031-03-12")
    assert find_fitting(mayor, known) == ("a",)
    assert find_fitting(Naming(name="Tobin Vale"), known) == ("a", "b")


def room(*names: str, type: SpeakerType = "person", role: str | None = None) -> list[Placed]:
    """One name a page, each somebody by itself; of two words after a bar the second is its page."""
    parts = [(*name.split(" | "), f"p{at}")[:2] for at, name in enumerate(names)]
    return [Placed(id=f"{name}/{page}", page=page, name=name, type=type, role=role) for name, page in parts]


def whose(placed: list[Placed]) -> dict[str, str]:
    """Whose each name is: the printed names alone."""
    return {id.partition("/")[0]: one.id.partition("/")[0] for id, one in find_bearers(placed).items()}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["VM", "Velmar Motors (VM)"], {"VM": "Velmar Motors (VM)"}),
        (["the FWO", "Federal Water Office"], {"the FWO": "Federal Water Office"}),
        (["FWO", "Federal Water Office", "Forest Wardens of Orrin"], {}),
        (["the Gulls", "Selm Gulls"], {"the Gulls": "Selm Gulls"}),
        (["the Gulls", "Selm Gulls", "Dorn Gulls"], {}),
        (
            ["the Foreign Ministry", "French Foreign Ministry"],
            {"the Foreign Ministry": "French Foreign Ministry"},
        ),
        (["the Foreign Ministry", "French Foreign Ministry", "German Foreign Ministry"], {}),
        (["Selm", "Selm City Council", "Selm United"], {}),
        (["Democratic Party of Orrin", "Liberal Democratic Party of Orrin"], {}),
        (["the assembly", "the General Assembly of the Isles"], {}),
        (["Harbour Council", "Harbour Pilots Council"], {}),
    ],
)
def test_whose_a_body_s_name_is_in_a_story(names: list[str], found: dict[str, str]) -> None:
    assert whose(room(*names, type="institution")) == found


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Ostrey", "Mara Ostrey"], {"Ostrey": "Mara Ostrey"}),
        (["Ostrey", "Mara Ostrey", "Tobin Ostrey"], {}),
        (["Ostrey | a", "Mara Ostrey | a", "Tobin Ostrey | b"], {"Ostrey": "Mara Ostrey"}),
        (["Mr Ostrey", "Mary Ostrey", "John Ostrey"], {"Mr Ostrey": "John Ostrey"}),
        (["Mr Otieno", "Ms Otieno"], {}),
        (["Lucía Marbán", "Lucía Marbán Ortega"], {"Lucía Marbán Ortega": "Lucía Marbán"}),
        (["Mara Ostrey-Vale", "Mara Vale"], {"Mara Vale": "Mara Ostrey-Vale"}),
        (
            ["Ostrey", "Lena Mara Ostrey", "Mara Ostrey"],
            {"Mara Ostrey": "Lena Mara Ostrey", "Ostrey": "Lena Mara Ostrey"},
        ),
        (["Kathy", "Katie Holm"], {}),
        (["Kathy", "Catherine Holm"], {"Kathy": "Catherine Holm"}),
        (["the foreign minister", "Mara Minister"], {}),
    ],
)
def test_whose_a_person_s_name_is_in_a_story(names: list[str], found: dict[str, str]) -> None:
    assert whose(room(*names)) == found


def test_a_role_tells_which_of_a_family_is_meant() -> None:
    placed = [
        *room("Mara Ostrey", role="mayor of Selm"),
        *room("Tobin Ostrey", role="engineer"),
        *room("Ostrey | b", role="the mayor of Selm"),
    ]
    (bearer,) = find_bearers(placed).values()
    assert bearer.id == "Mara Ostrey/p0"
    assert bearer.why == "a last name alone, of the one person of its story who is “the mayor of Selm”"


def test_a_last_name_that_nobody_bears_in_full_is_one_in_its_story() -> None:
    found = find_bearers(room("Otieno | a", "Otieno | b"))
    assert {id: one.id for id, one in found.items()} == {"Otieno/b": "Otieno/a"}


@pytest.mark.parametrize(
    ("person", "bodies", "kept"),
    [
        ("Velmar Motors", ["Velmar Motors | b", "VM | b"], "institution"),
        ("Nora Quell", ["NORA QUELL | b", "NORA QUELL | c"], "person"),
        ("Tarn Harbour", ["Tarn Harbour | b"], "person"),
    ],
)
def test_a_name_read_as_a_person_s_and_as_a_body_s_is_one_in_a_story(
    person: str, bodies: list[str], kept: str
) -> None:
    placed = [
        Placed(id="person", page="a", name=person),
        *[Placed(id=name[:2], page=name[-1], name=name[:-4], type="institution") for name in bodies],
    ]
    found = find_bearers(placed)
    assert ("person" in found) is (kept == "institution")


@given(st.data())
def test_nobody_who_bears_a_name_is_another_s_and_the_order_of_pages_tells_nothing(
    data: st.DataObject,
) -> None:
    names = st.sampled_from(
        ["Mara Ostrey", "Ostrey", "Ms Ostrey", "M. Ostrey", "Lena Mara Ostrey", "Mara Ostry"]
    )
    bodies = st.sampled_from(
        ["FWO", "Federal Water Office", "the Federal Water Office", "Selm Gulls", "Gulls"]
    )
    placed = [
        *room(*data.draw(st.lists(names, max_size=4))),
        *room(*data.draw(st.lists(bodies, max_size=3)), type="institution"),
    ]
    found = find_bearers(placed)
    assert all(one.id not in found and id != one.id for id, one in found.items())
    assert all(find_bearers(order) == found for order in list(permutations(placed))[:20])


def test_titles_tell_two_of_a_last_name_apart() -> None:
    named = [("Otieno", "Mr Otieno"), ("Otieno", "Ms Otieno"), ("Otieno", "Otieno"), ("Vale", "Mr Vale")]
    assert tell_by_titles(named) == {
        ("Otieno", "Mr Otieno"): "Mr Otieno",
        ("Otieno", "Ms Otieno"): "Ms Otieno",
    }


@pytest.mark.parametrize(
    ("name", "type", "key"),
    [
        ("Ms Mara Ostrey’s", "person", "person mara ostrey"),
        ("Taoiseach Nora Quell", "person", "person taoiseach nora quell"),
        ("Chairman Tobin Vale III", "person", "person chairman tobin vale"),
        ("Tobin Vale Jr.", "person", "person tobin vale jr"),
        ("Robert “Bobbie” Tanager", "person", "person robert bobbie tanager"),
        ("Jan van den Berk", "person", "person jan berk"),
        ("Rashid al-Amin", "person", "person rashid amin"),
        ("Abu Omar", "person", "person omar"),
        ("Velmar Motors Ltd", "institution", "institution velmar motors ltd"),
        ("the U.N.", "institution", "institution u n"),
    ],
)
def test_reviews_of_older_versions_name_the_same_forms(name: str, type: SpeakerType, key: str) -> None:
    assert form_key(name, type) == key


@pytest.mark.parametrize("pair", [pair for pair in ALL if pair.answer == "one"], ids=name_of)
def test_two_that_are_one_are_looked_up_beside_each_other(pair: Pair) -> None:
    type: SpeakerType = "institution" if pair.section.startswith("Bodies") else "person"
    one, other = (words.partition("·")[0].strip() for words in (pair.one, pair.other))
    if compare_names(one, other, type).answer != "one":
        return
    assert not is_bare(one, type)
    same = name_key(one, type) in lookup_keys(other, type) or name_key(other, type) in lookup_keys(one, type)
    assert same or letters_key(one, type) == letters_key(other, type)


def test_the_package_is_pure() -> None:
    folder = Path(onrecord.people.__file__).parent
    allowed = {"onrecord.people", "onrecord.types", "onrecord.unseen", "onrecord.wordlists"}
    for module in folder.glob("*.py"):
        assert len(module.read_text(encoding="utf-8").splitlines()) <= 300
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onrecord"):
                assert ".".join((node.module or "").split(".")[:2]) in allowed


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "run", "make"),
    [
        ("across/ecbplus_mentions.jsonl.gz", evals_people.main, evals_people.gold),
        ("who/gum_coref.jsonl.gz", evals_people.main, evals_people.gold_of_words),
        ("across/ecbplus_mentions.jsonl.gz", evals_people.bodies, evals_people.gold_of_bodies),
        ("who/gum_coref.jsonl.gz", evals_people.bodies, evals_people.gold_of_bodies),
    ],
)
def test_names_of_real_pages_are_hardly_ever_joined_wrongly(
    file: str,
    run: Callable[[list[str]], None],
    make: Callable[[Path, Path], None],
    data: Path,
    tmp_path: Path,
) -> None:
    make(data / file, tmp_path / "gold.jsonl")
    run([str(data / file), str(tmp_path / "found.jsonl")])
    found = run_scorer(
        data.parent / "score" / "clusters.py", tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    )
    assert found["BCubed P"] >= PRECISE
