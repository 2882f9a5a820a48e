"""The filter `filed from`: which of the places that a ledger's pages print somebody means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, list_filed_from
from onrecord.ledger.records import PageRecord
from onrecord.views.ask import Question
from onrecord.views.gazetteer import HOW_TO_INSTALL, Gazetteer, load_gazetteer
from onrecord.views.places import FiledFrom, match_places, resolve_places

__all__ = ["FiledFromFilter", "find_filed_from", "find_filters", "resolve_filed_from"]

MOST_NAMED = 5

NO_GAZETTEER = (
    "only what pages print was compared: countries and other names of a city need the gazetteer, "
    f"which is not installed ({HOW_TO_INSTALL})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledFromFilter:
    """The printed places that are meant, and what is to be said about the search, if anything."""

    places: tuple[str, ...]
    pages: int
    note: str | None


def resolve_filed_from(record: PageRecord) -> tuple[FiledFrom, ...]:
    """Return from where a page was filed, resolved; the gazetteer is loaded only where a place is printed."""
    place = record.article.place
    return resolve_places(place.value, load_gazetteer()) if place else ()


def find_filed_from(ledger: Ledger, asked: str) -> FiledFromFilter:
    """Return which places of a ledger are meant by a place or a country; `NotFound` where none is.

    The message names the commonest places that pages print.
    """
    if not asked.strip():
        raise BadRequest("filed from is empty; write a place as pages print it, or a country: Paris, France")
    printed = list_filed_from(ledger)
    gazetteer = load_gazetteer()
    places = match_places(asked, printed, gazetteer)
    note = None if gazetteer else NO_GAZETTEER
    if not places:
        raise NotFound(_nothing(asked, printed, gazetteer))
    return FiledFromFilter(places=places, pages=sum(printed[place] for place in places), note=note)


def find_filters(ledger: Ledger, question: Question) -> tuple[dict[str, Any], str | None]:
    """Return the filters of a question as the ledger takes them, and what is to be said about them."""
    filters = question.filters()
    if question.filed_from is None:
        return filters, None
    found = find_filed_from(ledger, question.filed_from)
    return filters | {"filed_from": found.places}, found.note


def _nothing(asked: str, printed: dict[str, int], gazetteer: Gazetteer | None) -> str:
    if not printed:
        return f"no page is filed from {asked!r}: no page of this ledger prints a place of filing"
    known = "" if gazetteer is None or _knows(asked, gazetteer) else ", and the gazetteer knows no such place"
    missing = f"; {NO_GAZETTEER}" if gazetteer is None else ""
    return (
        f"no page is filed from {asked!r}{known}; pages print {_name_some(printed.items())}. "
        f"Write a place as it is printed, or a country{missing}"
    )


def _knows(asked: str, gazetteer: Gazetteer) -> bool:
    return any(place.candidates or place.says for place in resolve_places(asked, gazetteer))


def _name_some(printed: Iterable[tuple[str, int]]) -> str:
    named = [f"{place} ({count})" for place, count in printed]
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return ", ".join(named[:MOST_NAMED]) + more
