"""Pages written to one template, and a wire that went on counting: neither is a reprint of the other.

`cases/templates`: 1 and 2 are two decisions of one council, 7 and 8 two warnings a week apart, 3, 4 and 5 one
sinking with 12 and then 31 dead, 6 the sinking of another ferry.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.across import match_copy
from onrecord.ledger import Ledger, iter_entries, list_pages, open_ledger
from onrecord.types import Entry
from onrecord.views.add import add_pages

PAGES = Path(__file__).parent / "cases" / "templates"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("templates") / "ledger"
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [PAGES])
        yield ledger


def said_on(ledger: Ledger, name: str) -> list[Entry]:
    return [entry for entry in iter_entries(ledger) if str(entry.page.file).endswith(f"{name}.html")]


def test_nobody_reprints_anybody(ledger: Ledger) -> None:
    assert len(list_pages(ledger)) == 8
    assert {entry.copy_of for entry in iter_entries(ledger)} == {None}


@pytest.mark.parametrize(("one", "other"), [("1", "2"), ("7", "8"), ("5", "6")])
def test_words_that_come_again_on_another_occasion_are_another_remark(
    ledger: Ledger, one: str, other: str
) -> None:
    shared = {entry.remark for entry in said_on(ledger, one)} & {e.remark for e in said_on(ledger, other)}
    assert shared <= {None}


def test_one_remark_whose_numbers_moved_is_one_remark(ledger: Ledger) -> None:
    found = {
        name: entry.remark
        for name in ("3", "4", "5")
        for entry in said_on(ledger, name)
        if "The sea took her" in " ".join(entry.content)
    }
    assert set(found) == {"3", "4", "5"}
    assert len(set(found.values())) == 1
    assert None not in found.values()


STORY = """The council of {place} has backed plans for {number} new homes, after officers said on {day} that
the scheme should go ahead with conditions on drainage and parking. A third of the homes must be affordable,
as set out in the plan that the council adopted, and money is to be paid towards places in schools and a new
stop of the bus. Objectors had raised concerns about traffic and the loss of trees."""


def test_a_form_filled_in_again_is_no_copy_and_a_house_style_is_one() -> None:
    first = STORY.format(place="Selm", number=40, day="Monday")
    assert match_copy(STORY.format(place="Karsk", number=55, day="Friday"), first) is None
    assert match_copy(STORY.format(place="Selm", number="forty", day="Monday"), first) is not None
    assert match_copy(STORY.format(place="Selm", number=40, day="Friday"), first) is not None
