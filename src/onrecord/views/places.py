"""Where a story was filed, as its dateline prints it, and which places of a gazetteer that may be.

The place of filing is not where somebody spoke: a statement has no place of its own. Nothing here changes
what is recorded; all are functions of strings and of the gazetteer they are given.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.views.gazetteer import SOURCE, City, Gazetteer, Region, name_key, read_region, region_name

__all__ = ["FiledFrom", "PlaceCandidate", "likely", "match_places", "render_filed", "resolve_places"]

MOST_SHOWN = 3
LIKELY = 10
"""A place that is more than so many times smaller than the biggest of its name is hardly what is meant."""
# Names of states that datelines print for the city.
_CITY_FIRST = frozenset({"washington", "new york", "quebec"})
_BRACKET = re.compile(r"[(\[]")
_EDGES = " \t\n\r\u00a0,;:–—-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """A place that a printed name may mean, as GeoNames has it.

    `region` is a state or province, where the program knows its name; a region or a country has no
    coordinates, and a region no number of people. `geonames` is the number of its page there.
    """

    name: str
    kind: Literal["city", "region", "country"]
    region: str | None
    country: str
    country_code: str
    latitude: float | None
    longitude: float | None
    population: int | None
    geonames: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledFrom:
    """A printed place of filing, and what it may mean: the biggest place of the name first.

    `says` are the countries and regions that the dateline itself names ("PARIS, Texas"); then only places
    there are candidates. `unread` is what it says beyond and nobody here understands. `countries` are those
    of the candidates that no other of the name dwarfs; none where `unread` leaves it open. `gazetteer` names
    where all but `printed` comes from, None where it is not installed.
    """

    printed: str
    says: tuple[str, ...]
    unread: tuple[str, ...]
    countries: tuple[str, ...]
    candidates: tuple[PlaceCandidate, ...]
    gazetteer: str | None


def resolve_places(printed: str | None, gazetteer: Gazetteer | None) -> tuple[FiledFrom, ...]:
    """Return what a printed place of filing may mean; "PARIS/LONDON" are two places."""
    return tuple(_resolve(one, gazetteer) for one in _split(printed or ""))


def _split(printed: str) -> Iterator[str]:
    # What follows in brackets is an agency: "PARIS (Northline)".
    for one in _BRACKET.split(printed, maxsplit=1)[0].split("/"):
        if place := one.strip(_EDGES):
            yield place


def _parts(place: str) -> tuple[str, list[str]]:
    """Return the name and what stands behind it: "PARIS", ["Texas"]."""
    name, *behind = (part.strip() for part in place.split(","))
    return name, [part for part in behind if part]


def _resolve(printed: str, gazetteer: Gazetteer | None) -> FiledFrom:
    if gazetteer is None:
        return FiledFrom(printed=printed, says=(), unread=(), countries=(), candidates=(), gazetteer=None)
    name, behind = _parts(printed)
    read = [(part, read_region(part, gazetteer, behind=True)) for part in behind]
    said = [where for _, where in read if where]
    unread = tuple(part for part, where in read if not where)
    found = tuple(one for one in _find(name, gazetteer) if all(_lies_in(one, where) for where in said))
    # What a dateline says counts even where the gazetteer has no such town there.
    meant = [_told(one) for one in likely(found)] if found else _narrow(said)
    # "SELM, Valley" may be another Selm than the one that GeoNames knows, unless it says the country, too.
    known = meant if said or not unread else []
    return FiledFrom(
        printed=printed,
        says=tuple(dict.fromkeys(_say(where, meant, gazetteer) for where in said)),
        countries=tuple(dict.fromkeys(gazetteer.country_name(code) for code, _ in known)),
        unread=unread,
        candidates=found,
        gazetteer=SOURCE,
    )


def _find(name: str, gazetteer: Gazetteer) -> list[PlaceCandidate]:
    """Return countries and states of a name, then its cities, each the biggest first."""
    key = name_key(name)
    regions = sorted(read_region(name, gazetteer), key=lambda where: (where[0], where[1] or ""))
    regions = [where for where in regions if not (where[1] and key in _CITY_FIRST)]
    cities = gazetteer.find_cities(key)
    # Singapore is one place; a country's capital that goes by its name is the country, but for its own name.
    own = {city.country for city in cities if name_key(city.name) == key}
    countries = [
        gazetteer.by_code[code] for code, part in regions if part is None and code in gazetteer.by_code
    ]
    named = [country for country in countries if country.code not in own]
    taken = {country.code for country in named}
    return [
        *(
            PlaceCandidate(
                name=country.name,
                kind="country",
                region=None,
                country=country.name,
                country_code=country.code,
                latitude=None,
                longitude=None,
                population=country.population,
                geonames=country.id,
            )
            for country in sorted(named, key=lambda country: -country.population)
        ),
        *(
            PlaceCandidate(
                name=region_name(code, part) or name,
                kind="region",
                region=region_name(code, part),
                country=gazetteer.country_name(code),
                country_code=code,
                latitude=None,
                longitude=None,
                population=None,
                geonames=None,
            )
            for code, part in regions
            if part is not None
        ),
        *(_candidate(city, gazetteer) for city in cities if city.country not in taken),
    ]


def _candidate(city: City, gazetteer: Gazetteer) -> PlaceCandidate:
    return PlaceCandidate(
        name=city.name,
        kind="city",
        region=region_name(city.country, city.part),
        country=gazetteer.country_name(city.country),
        country_code=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
        population=city.population,
        geonames=city.id,
    )


def likely(candidates: Iterable[PlaceCandidate]) -> tuple[PlaceCandidate, ...]:
    """Return the candidates that the biggest of them does not dwarf."""
    found = tuple(candidates)
    most = max((one.population or 0 for one in found), default=0)
    return tuple(one for one in found if one.population is None or one.population * LIKELY >= most)


def _told(candidate: PlaceCandidate) -> tuple[str, str | None]:
    return candidate.country_code, candidate.region


def _narrow(said: list[frozenset[Region]]) -> list[tuple[str, str | None]]:
    """Return the country and the region that the words behind a name leave."""
    told = [{(code, region_name(code, part)) for code, part in where} for where in said]
    countries = set.intersection(*({code for code, _ in where} for where in told)) if told else set[str]()
    kept = {one for where in told for one in where if one[0] in countries}
    return sorted(kept, key=lambda one: (one[0], one[1] or ""))


def _lies_in(candidate: PlaceCandidate, where: frozenset[Region]) -> bool:
    return any(
        candidate.country_code == code and (part is None or candidate.region == region_name(code, part))
        for code, part in where
    )


def _say(where: frozenset[Region], meant: list[tuple[str, str | None]], gazetteer: Gazetteer) -> str:
    """Return in full what words behind a name say: "Texas" of "Tex."; of "Georgia" what fits the name."""
    codes = {code for code, _ in meant}
    fitting = sorted(where, key=lambda one: (one[0] not in codes, one[1] or "", one[0]))
    names = [region_name(code, part) or gazetteer.country_name(code) for code, part in fitting]
    return names[0] if names[0] not in names[1:] else " or ".join(dict.fromkeys(names))


def match_places(asked: str, printed: Iterable[str], gazetteer: Gazetteer | None) -> tuple[str, ...]:
    """Return those printed places of filing that are meant by what somebody asks for.

    Names are compared as they are printed; with a gazetteer also the country and the state, where that is
    likely, and a city under its other names ("Kyiv" finds "KIEV").
    """
    wanted = [_Asked(one, gazetteer) for one in _split(asked)]
    return tuple(place for place in printed if any(one.fits(place) for one in wanted))


class _Asked:
    """A place that is asked for."""

    def __init__(self, words: str, gazetteer: Gazetteer | None) -> None:
        name, behind = _parts(words)
        self.gazetteer = gazetteer
        self.key = name_key(name)
        self.behind = [(name_key(part), read_region(part, gazetteer, behind=True)) for part in behind]
        alone = frozenset[Region]() if self.behind else read_region(name, gazetteer)
        self.regions = frozenset(where for where in alone if not (where[1] and self.key in _CITY_FIRST))
        self.cities = frozenset[int | None]()
        if gazetteer is not None and not self.regions:
            self.cities = frozenset(one.geonames for one in likely(_resolve(words, gazetteer).candidates))

    def fits(self, printed: str) -> bool:
        return any(self._fits_print(one) or self._fits_place(one) for one in _split(printed))

    def _fits_print(self, printed: str) -> bool:
        name, behind = _parts(printed)
        parts = [(name_key(part), read_region(part, self.gazetteer, behind=True)) for part in behind]
        if not self.key:
            return False
        if not self.behind:
            return self.key in (name_key(name), name_key(printed)) or any(
                key == self.key or where & self.regions for key, where in parts
            )
        return self.key == name_key(name) and all(
            any(key == other or where & there for other, there in parts) for key, where in self.behind
        )

    def _fits_place(self, printed: str) -> bool:
        if self.gazetteer is None:
            return False
        for place in resolve_places(printed, self.gazetteer):
            found = likely(place.candidates) if place.countries else ()
            if self.cities & {one.geonames for one in found if one.kind == "city"}:
                return True
            if any(_lies_in(one, frozenset({where})) for one in found for where in self.regions):
                return True
            codes = {code for code, part in self.regions if part is None}
            if not found and any(self.gazetteer.country_name(code) in place.countries for code in codes):
                return True
        return False


def render_filed(place: FiledFrom) -> str | None:
    """Return in words what a printed place may mean, None where no gazetteer is installed.

    "GeoNames has Paris, France; 1 much smaller", "GeoNames has Odesa, Ukraine; or Odessa, Texas, ..."
    """
    if place.gazetteer is None:
        return None
    if not place.candidates:
        where = f" in {' or '.join(place.countries)}" if place.countries else ""
        return f"GeoNames has no place of this name{where}"
    shown = likely(place.candidates)
    words = "GeoNames has " + "; or ".join(_name(one) for one in shown[:MOST_SHOWN])
    if more := len(shown[MOST_SHOWN:]):
        words += f"; or {more} more"
    if smaller := len(place.candidates) - len(shown):
        words += f"; {smaller} much smaller"
    if place.unread and not place.says:
        words += f"; whether that is meant, “{', '.join(place.unread)}” does not tell"
    return words


def _name(place: PlaceCandidate) -> str:
    parts = dict.fromkeys((place.name, place.region, place.country))
    return ", ".join(part for part in parts if part)
