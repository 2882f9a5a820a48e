"""What a story tells of names that say little alone, in a ledger and when all pages are at hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_pages import make_reading, new_ledger, say
from sqlalchemy import insert

from onrecord.across import PrintedName, group_names, reviewed
from onrecord.across.link_people import link_people
from onrecord.ledger import Ledger, check_ledger, get_speaker, list_speakers, record_reading
from onrecord.ledger.linked_stories import StoryRow
from onrecord.ledger.schema import stories, story_pages
from onrecord.people.persons import find_near
from onrecord.types import SpeakerType


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        yield ledger


def record(ledger: Ledger, n: int, *names: str, type: SpeakerType = "person") -> str:
    lines = [("paragraph", f"“Sentence {n} {i} of the day,” {name} said.") for i, name in enumerate(names)]
    text = "\n".join(words for _, words in lines)
    statements = [
        say(text, f"Sentence {n} {i} of the day,", who=name, cue="said", name=name, type=type)
        for i, name in enumerate(names)
    ]
    return record_reading(ledger, *make_reading(lines, statements, published="2031-03-11"))  # type: ignore[arg-type]


def tell(ledger: Ledger, *pages: str, story: str = "t1") -> None:
    """Make a story of these pages and find out who is who in it."""
    with ledger.writing() as connection:
        connection.execute(story_pages.delete().where(story_pages.c.story_id == story))
        connection.execute(stories.delete().where(stories.c.id == story))
        connection.execute(insert(stories), {"id": story})
        connection.execute(insert(story_pages), [{"page_id": page, "story_id": story} for page in pages])
        link_people(connection, pages, [StoryRow(id=story, pages=pages)])


def named(ledger: Ledger) -> dict[str, int]:
    return {one.speaker.name: one.entries for one in list_speakers(ledger, limit=None)}


def test_a_last_name_is_that_of_the_one_who_bears_it_in_the_story(ledger: Ledger) -> None:
    pages = [record(ledger, 1, "Mara Ostrey"), record(ledger, 2, "Ostrey"), record(ledger, 3, "Ms Ostrey")]
    elsewhere = record(ledger, 4, "Ostrey")
    tell(ledger, *pages)
    assert named(ledger) == {"Mara Ostrey": 3, "Ostrey": 1}
    why = {use.name: use.why for use in get_speaker(ledger, "Mara Ostrey").names}
    assert why["Ostrey"] == "a last name alone, of the one person of its story who bears it"
    (apart,) = get_speaker(ledger, "Mara Ostrey").apart
    assert apart.why == "a last name alone says nothing outside its page and its story"
    assert list(check_ledger(ledger)) == []
    tell(ledger, *pages, elsewhere)
    assert named(ledger) == {"Mara Ostrey": 4}


def test_a_last_name_that_two_bear_in_the_story_is_nobodys(ledger: Ledger) -> None:
    pages = [record(ledger, 1, "Mara Ostrey"), record(ledger, 2, "Tobin Ostrey"), record(ledger, 3, "Ostrey")]
    tell(ledger, *pages)
    assert named(ledger) == {"Mara Ostrey": 1, "Tobin Ostrey": 1, "Ostrey": 1}
    tell(ledger, pages[0], pages[2])
    assert named(ledger) == {"Mara Ostrey": 2, "Tobin Ostrey": 1}
    tell(ledger, *pages)
    assert named(ledger) == {"Mara Ostrey": 1, "Tobin Ostrey": 1, "Ostrey": 1}


def test_a_review_takes_along_what_a_story_tells_later(ledger: Ledger) -> None:
    pages = [record(ledger, 1, "Mara Ostrey"), record(ledger, 2, "Ostrey"), record(ledger, 3, "Mara Lind")]
    done = reviewed.merge(ledger, "Mara Lind", "Mara Ostrey")
    tell(ledger, *pages)
    assert named(ledger) == {"Mara Lind": 3}
    reviewed.undo(ledger, done.review.id)
    assert named(ledger) == {"Mara Ostrey": 2, "Mara Lind": 1}
    reviewed.split(ledger, "Mara Ostrey", names=["Ostrey"])
    assert named(ledger) == {"Mara Ostrey": 1, "Ostrey": 1, "Mara Lind": 1}
    tell(ledger, pages[0], pages[2])
    tell(ledger, *pages)
    assert named(ledger) == {"Mara Ostrey": 1, "Ostrey": 1, "Mara Lind": 1}
    assert list(check_ledger(ledger)) == []


def test_a_title_tells_who_of_a_family_is_meant(ledger: Ledger) -> None:
    pages = [
        record(ledger, 1, "Mary Ostrey", "John Ostrey"),
        record(ledger, 2, "Mr Ostrey", "Ms Ostrey", "Ostrey"),
    ]
    tell(ledger, *pages)
    assert named(ledger) == {"Mary Ostrey": 2, "John Ostrey": 2, "Ostrey": 1}


def test_its_own_page_counts_before_the_story(ledger: Ledger) -> None:
    pages = [record(ledger, 1, "Mara Ostrey", "Ostrey"), record(ledger, 2, "Tobin Ostrey")]
    tell(ledger, *pages)
    assert named(ledger) == {"Mara Ostrey": 2, "Tobin Ostrey": 1}


def test_a_misprint_is_the_more_often_printed_name(ledger: Ledger) -> None:
    pages = [record(ledger, n, name) for n, name in enumerate(("Duncan Raite", "Duncan Rait", "D. Rait"))]
    assert len(named(ledger)) == 2
    tell(ledger, *pages)
    assert named(ledger) == {"Duncan Rait": 3}
    why = {use.name: use.why for use in get_speaker(ledger, "Duncan Rait").names}
    assert why["Duncan Raite"] == "in one story, and “raite” is one letter from “rait”"


def test_short_forms_are_the_body_whose_letters_they_are(ledger: Ledger) -> None:
    pages = [
        record(ledger, 1, "the Federal Water Office", type="institution"),
        record(ledger, 2, "FWO", type="institution"),
        record(ledger, 3, "Forest Wardens of Orrin", type="institution"),
    ]
    tell(ledger, *pages[:2])
    assert named(ledger) == {"the Federal Water Office": 2, "Forest Wardens of Orrin": 1}
    tell(ledger, *pages)
    assert named(ledger)["FWO"] == 1


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Duncan Harle", "Duncan Harke", True),
        ("Duncan Rait", "Duncan Raite", True),
        ("Anna Petrov", "Anna Petrova", False),
        ("Anna Ivanovo", "Anna Ivanova", False),
        ("Duncan Harle", "Dermot Harle", False),
        ("Duncan Harle", "Duncan Marle", False),
        ("Mara Vale", "Mara Val", False),
        ("Diane Holm", "Sharon Diane Holm", True),
        ("Diane Crawford Holm", "Sharon Diane Crawford Holm", True),
        ("D. Holm", "Sharon D. Holm", False),
    ],
)
def test_near_names_in_a_story(one: str, other: str, near: bool) -> None:
    assert (find_near(one, other) is not None) is near
    assert (find_near(other, one) is not None) is near


def test_names_grouped_when_all_pages_are_at_hand() -> None:
    printed = [
        PrintedName(id=str(n), name=name, page=page, story=story)
        for n, (name, page, story) in enumerate(
            [
                ("Mara Ostrey", "a", "t1"),
                ("Ostrey", "b", "t1"),
                ("Ostrey", "c", "t2"),
                ("Mara", "b", "t1"),
                ("Duncan Harle", "a", "t1"),
                ("Duncan Harke", "b", "t1"),
                ("Duncan Harle", "b", "t1"),
                ("Konstantinides", "a", "t1"),
                ("Ada Konstantinidis", "b", "t1"),
            ]
        )
    ]
    groups = group_names(printed)
    assert groups["0"] == groups["1"] == groups["3"] != groups["2"]
    assert groups["4"] == groups["5"] == groups["6"] == "Duncan Harle"
    assert groups["7"] == groups["8"]
