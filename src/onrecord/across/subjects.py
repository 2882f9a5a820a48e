"""What statements are about: the names and phrases that come again in their words and paragraphs. Pure.

A subject is known by its folded words, so that pages of different houses name one ("Orrin Dam", "ORRIN DAM").
What one page alone says again and again is that page's manner; a subject of several is what they share.
"""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from onrecord.across.weights import tell
from onrecord.people.fold import words_of

__all__ = ["Subject", "find_phrases", "find_subject_names", "list_subjects"]

LONGEST = 4  # words of a name; a longer row of capitals is a headline
MOST_WORDS = 3  # of a phrase that is no name
EACH, TOGETHER = 0.3, 3.0  # how much a word of a phrase tells at least, and all of them
FEWEST = 2  # statements that must name a subject

_PARTICLE = r"(?:de|la|du|von|van|der|den|al|bin)"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"
_RUN = rf"{_CAPITAL}(?: +(?:{_PARTICLE} +){{0,2}}{_CAPITAL})*"
# "Ministry of Water" is one name, "Mara Ostrey of the Valley Council" two.
_NAME = re.compile(rf"(?:The +)?{_CAPITAL} +of +(?:the +)?{_RUN}|{_RUN}")
_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|[^\w\s]")
_OWNER = re.compile(r"[’']s?$")
# Right before a name that stands inside a sentence: a word without a capital, or a comma.
_INSIDE = re.compile(r"(?:[a-zß-öø-ÿ][\w’'-]* [“‘\"'(]?|[,;] \(?)$")


_CALENDAR = frozenset(
    word.casefold()
    for names in (day_name, day_abbr, month_name, month_abbr, ["Sept"])
    for word in names
    if word
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that statements are about: `name` as most of them print it, how many `statements` name it,
    and on how many `pages`."""

    key: str
    name: str
    statements: int
    pages: int


def find_subject_names(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the names of a text: rows of words with a capital. Each as its folded words, as printed, and
    whether it may have its capital only for opening a sentence."""
    for found in _NAME.finditer(text):
        name = _OWNER.sub("", found[0])
        words = words_of(name)
        opens = not _INSIDE.search(text[max(0, found.start() - 30) : found.start()])
        if words[:1] == ["the"]:
            name, words, opens = name.partition(" ")[2], words[1:], False
        if 0 < len(words) <= LONGEST and not _CALENDAR.intersection(words):
            yield " ".join(words), name, opens and len(words) == 1


def find_phrases(text: str) -> Iterator[tuple[str, str]]:
    """Yield two or three words in a row without a capital, of which each tells something: as folded words,
    and as printed. Which of them is a subject shows only in other statements."""
    row: list[str] = []
    for token in [*_TOKEN.findall(text), "."]:
        if token[0].islower() and len(token) > 2 and sum(tell(token).values()) >= EACH:
            row.append(token)
            continue
        for size in range(2, MOST_WORDS + 1):
            for at in range(len(row) - size + 1):
                phrase = " ".join(row[at : at + size])
                if sum(tell(phrase).values()) >= TOGETHER:
                    yield " ".join(words_of(phrase)), phrase
        row = []


def list_subjects(
    statements: Iterable[tuple[str, str, str]],
    *,
    without: Iterable[str] = (),
    most: int = 12,
    fewest: int = FEWEST,
) -> list[Subject]:
    """Return what statements have in common, that which most pages name first: names in their words or around
    them, phrases in their words alone. Each statement is (page id, words said, words around it).

    `without` are names that are no subject here: the speaker's own, the outlets'. `fewest` statements must
    name what is a subject.
    """
    left_out = [set(words_of(words)) for words in without]
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, set[tuple[str, int]]] = defaultdict(set)
    sure: set[str] = set()
    plain: set[str] = set()
    for number, (page, said, around) in enumerate(statements):
        names = {*find_subject_names(said), *find_subject_names(around)}
        sure.update(key for key, _, opens in names if not opens)
        for key, name in {*((key, name) for key, name, _ in names), *find_phrases(said)}:
            printed[key][name] += 1
            places[key].add((page, number))
        sure.update(key for key, _ in find_phrases(said))
        # "Nobody" is no name where "nobody" stands too.
        plain.update(word for word in _TOKEN.findall(f"{said}\n{around}") if word[0].islower())
    found = [
        Subject(
            key=key,
            name=min(printed[key], key=lambda name: (-printed[key][name], name)),
            statements=len(where),
            pages=len({page for page, _ in where}),
        )
        for key, where in places.items()
        if len(where) >= fewest
        and key in sure - plain
        and not any(set(key.split()) <= out for out in left_out)
    ]
    found.sort(key=lambda one: (-one.pages, -one.statements * len(one.key.split()), one.key))
    return list(islice(_without_parts(one for one in found if tell(one.key)), most))


def _without_parts(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Leave out what is only part of another subject named nearly as often, or a longer form of one."""
    kept: list[Subject] = []
    for one in subjects:
        words = set(one.key.split())
        if not any(words <= set(other.key.split()) or set(other.key.split()) <= words for other in kept):
            kept.append(one)
            yield one
