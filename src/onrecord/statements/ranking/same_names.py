"""Which names of a page mean one: a person's last or first name alone is the one of that full name, a body's
initials or first words the one of that name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from onrecord.statements.lexicon.kinds import pronoun_of, pronoun_of_first_name
from onrecord.types import Span

__all__ = ["NAME_WORD", "fold_name", "group_names"]

NAME_WORD = re.compile(r"[^\W_](?:[\w.’'&-]*[\w.])?")
_ABBREVIATION = re.compile(r"[A-Z][\w&-]*[A-Z]\w?")
_ALIKE, _LONG = 0.85, 6  # of two last names, one of them misprinted; letters of a name that may be
# The parts of "GlaxoSmithKline".
_HUMPS = re.compile(r"[A-Z]?[^\WA-Z_]+|[A-Z]+(?![^\WA-Z_])|\d+")
_MOST_LETTERS = 8
_MOST_WORDS = 8  # of a name, looked up by its first and last ones
_MOST_ALIKE, _MOST_READINGS = 40, 400  # names of one kind looked through
_MOST_OF_A_FAMILY = 4
_TITLE = 16  # characters before a name
_SMALL = frozenset("the of and for on in at to a an de la le du des der die das y e &".split())


def fold_name(name: str) -> str:
    return " ".join(word.casefold() for word in NAME_WORD.findall(name))


def group_names(text: str, found: Sequence[tuple[Span, str]]) -> list[tuple[str, list[Span]]]:
    """Put the names together that mean one: first those in full, then each short one where it fits."""
    groups: list[tuple[str, list[Span]]] = []
    keys: dict[str, int] = {}
    people: dict[str, list[int]] = defaultdict(list)
    parts: dict[str, list[int]] = defaultdict(list)
    bodies = _Bodies()
    short: list[tuple[Span, str]] = []
    last: tuple[Span, int] | None = None
    for span, kind in found:
        key = fold_name(span.of(text))
        if key in keys:
            groups[keys[key]][1].append(span)
            last = span, keys[key]
            continue
        if kind == "person" and " " not in key:
            short.append((span, kind))
            continue
        if kind == "person":
            same = _same_person(text, key, people, groups)
        elif last is not None and _abbreviates(text, last[0], span):
            same = last[1]
        else:
            same = bodies.find(span.of(text))
        if same is None:
            groups.append((kind, []))
            same = len(groups) - 1
            if kind == "person":
                words = key.split()
                # "Ruiz" of Juan Ruiz Pérez, "Nour" of el-Nour.
                inner = ((parts, part) for part in (*words[1:-1], *words[-1].split("-")[1:]))
                for index, word in ((people, words[-1]), (people, words[0]), *inner):
                    if len(index[word]) < _MOST_ALIKE:
                        index[word].append(same)
            else:
                bodies.add(span.of(text), same)
        keys[key] = same
        groups[same][1].append(span)
        last = span, same
    alone: dict[str, int] = {}
    for span, kind in short:
        key = fold_name(span.of(text))
        at = alone.get(key)
        if at is None:
            fits = _agreeing(text, span, people.get(key) or parts.get(key) or [], groups)
            if 1 < len(fits) <= _MOST_OF_A_FAMILY:
                # Which of one family is meant is not told here: each of them may be.
                for one in fits:
                    groups[one][1].append(span)
                continue
            at = _nearest(span, fits or _misprints(key, people), groups)
        if at is None:
            groups.append((kind, []))
            at = alone[key] = len(groups) - 1
        groups[at][1].append(span)
    return groups


def _misprints(key: str, people: dict[str, list[int]]) -> list[int]:
    """Return the people whose last name this is but for a letter or two, "Mulinovich" of Steven Milunovich,
    or whose last name ends in it, "Rahman" of Rami Abdulrahman."""
    if len(key) < _LONG:
        return []
    return [
        at
        for word, fits in people.items()
        if word.endswith(key)
        or (word[0] == key[0] and abs(len(word) - len(key)) < 2 and fuzz.ratio(word, key) >= 100 * _ALIKE)
        for at in fits
    ]


def _agreeing(
    text: str, span: Span, fits: Sequence[int], groups: Sequence[tuple[str, list[Span]]]
) -> Sequence[int]:
    """Return those of several people whom a title before their name can mean: "Ms" is none who is called
    he."""
    title = pronoun_of(" ".join(text[max(0, span.start - _TITLE) : span.start].split()[-1:]))
    fits = list(dict.fromkeys(fits))
    if title is None or len(fits) < 2:
        return fits
    called = [pronoun_of_first_name(groups[at][1][0].of(text)) for at in fits]
    return [at for at, one in zip(fits, called, strict=True) if one in (None, title)] or fits


def _nearest(span: Span, fits: Sequence[int], groups: Sequence[tuple[str, list[Span]]]) -> int | None:
    """Return the fitting person named last before a place, else first after it; None where none fits."""
    if not fits:
        return None

    def away(at: int) -> tuple[bool, int]:
        before = [span.start - one.end for one in groups[at][1] if one.end <= span.start]
        return (
            not before,
            min(before) if before else min(abs(one.start - span.start) for one in groups[at][1]),
        )

    return min(fits, key=away)


def _same_person(
    text: str, key: str, people: dict[str, list[int]], groups: Sequence[tuple[str, list[Span]]]
) -> int | None:
    """Return the person of the same last name whose given names this one's can be, "J. Lann" of "Jan
    Lann", or whose name goes on behind it, "Ahmad Faisal" of "Ahmad Faisal bin Osman"."""
    words = key.split()
    fits: list[int] = [*people.get(words[-1], []), *people.get(words[0], [])]
    for at in fits:
        other: list[str] = fold_name(groups[at][1][0].of(text)).split()
        less, more = sorted((words, other), key=len)
        if other[-1] == words[-1] and _given_fit(words[:-1], other[:-1]):
            return at
        if 1 < len(less) < len(more) and more[: len(less)] == less:
            return at
    return None


def _given_fit(some: Sequence[str], others: Sequence[str]) -> bool:
    less, more = sorted((some, others), key=len)
    at = 0
    for word in less:
        word = word.rstrip(".")
        while at < len(more) and not (
            more[at] == word or (1 in (len(word), len(more[at].rstrip("."))) and more[at][0] == word[0])
        ):
            at += 1
        if at == len(more):
            return False
        at += 1
    return bool(less)


def _abbreviates(text: str, first: Span, second: Span) -> bool:
    """Does the second of two names stand in brackets behind the first, one of them an abbreviation?"""
    between = re.fullmatch(r"\s*\((?:the\s+)?", text[first.end : second.start])
    if between is None or text[second.end : second.end + 1] != ")":
        return False
    return any(_ABBREVIATION.fullmatch(one.of(text)) for one in (first, second))


class _Bodies:
    """The bodies named so far by what may stand for each: the first or last words of its name, two at least,
    and first letters. So that a page of thousands of names is read in time, each is looked up."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, ...], int] = {}
        self.edges: dict[tuple[str, ...], int] = {}
        self.words: dict[str, int] = {}
        self.letters: dict[str, int] = {}
        self.mixed: list[tuple[str, int]] = []
        self.readings: list[tuple[tuple[str, ...], int]] = []

    def add(self, name: str, at: int) -> None:
        words = _big_words(name)
        if len(words) == 1 and _may_shorten(name):
            self.words.setdefault(words[0].replace(".", ""), at)
            if _is_mixed(name) and len(self.mixed) < _MOST_ALIKE:
                self.mixed.append((name, at))
        if len(words) > 1:
            self.names.setdefault(words, at)
        for edge in _edges(words):
            self.edges.setdefault(edge, at)
        for letters in _first_letters(name):
            self.letters.setdefault(letters, at)
        if len(self.readings) < _MOST_READINGS:
            self.readings += ((reading, at) for reading in _readings(name))

    def find(self, name: str) -> int | None:
        """Return the first body whose initials or first or last words this name is, or the other way
        round."""
        words = _big_words(name)
        fits = [self.edges.get(words)] if len(words) > 1 else []
        fits += [self.names.get(edge) for edge in _edges(words)]
        if len(words) == 1 and _may_shorten(name):
            fits.append(self.letters.get(words[0].replace(".", "")))
            fits += [at for reading, at in self.readings if _is_mixed(name) and _begins(name, reading)][:1]
        fits += [self.words.get(letters) for letters in _first_letters(name)]
        fits += [at for short, at in self.mixed if any(_begins(short, one) for one in _readings(name))][:1]
        return min((at for at in fits if at is not None), default=None)


def _big_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in fold_name(name).split() if word not in _SMALL)


def _edges(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the first words and the last words of a name, two at least and all at most."""
    for length in range(2, min(len(words), _MOST_WORDS) + 1):
        yield words[:length]
        yield words[-length:]


def _may_shorten(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isalnum() and 2 <= len(letters) <= _MOST_LETTERS and letters[0].isupper()


def _is_mixed(name: str) -> bool:
    """Has a word several capitals and small letters, "CentCom"?"""
    return _may_shorten(name) and not name.isupper() and len(_HUMPS.findall(name)) > 1


def _begins(short: str, words: Sequence[str]) -> bool:
    """Are the parts of "CentCom" how the words of a name begin?"""
    humps = _HUMPS.findall(short)
    return len(humps) == len(words) and all(
        word.casefold().startswith(hump.casefold()) for word, hump in zip(words, humps, strict=True)
    )


def _first_letters(name: str) -> frozenset[str]:
    """The words that first letters of a name make, "GSK" of GlaxoSmithKline; small words and a nation before
    it left out or not, and "UK" may stand whole, "UKCCC"."""
    readings = _readings(name)
    first = ("".join(word[0] for word in words) for words in readings)
    whole = ("".join(word if word.isupper() else word[0] for word in words) for words in readings)
    return frozenset(letters.casefold() for letters in (*first, *whole) if 2 <= len(letters) <= _MOST_LETTERS)


def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, two at least: without the small ones, with them, and without what stands first."""
    words = tuple(part for word in NAME_WORD.findall(name) for part in _HUMPS.findall(word))
    big = tuple(word for word in words if word.lower() not in _SMALL)
    return tuple(some for some in (big, words, big[1:]) if len(some) > 1)
