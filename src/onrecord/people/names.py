"""Whether two printed names can be one person's. Pure: no database here."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.people.fold import fold, words_of
from onrecord.people.institutions import find_institution
from onrecord.people.spelling import spell
from onrecord.types import SpeakerType
from onrecord.wordlists import read_list

__all__ = [
    "BARE",
    "Name",
    "bare_words",
    "explain_match",
    "fits_given",
    "form_key",
    "fullness",
    "is_bare",
    "makes_short",
    "match_names",
    "may_be_called",
    "name_key",
    "read_name",
    "split_joint",
]

_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess prince princess
    king queen president vice-president premier chancellor minister secretary senator sen rep representative
    congressman congresswoman governor gov mayor judge justice general gen colonel col major maj captain
    capt lieutenant lt sergeant sgt admiral adm commander officer detective inspector chief sheriff
    ambassador spokesman spokeswoman spokesperson pope archbishop bishop cardinal rev reverend father imam
    rabbi sheikh
    ayatollah herr frau monsieur madame senor senora doctor attorney lawyer coach deputy agent cllr
    councillor prime vice crown""".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md mp qc kc obe cbe esq".split())
_PARTICLES = frozenset(
    "van von der den de du da dos das del della di la le lo bin ibn ben abu al el ter ten zu y".split()
)


BARE = "bare"  # opens the key of a name that says who is meant only on its page
_MEN = frozenset("mr sir lord baron count prince king herr monsieur senor father".split())
_WOMEN = frozenset("mrs ms miss dame lady baroness countess princess queen frau madame senora".split())
_WHOSE = frozenset("his her its their our my your this that".split())
_SMALL = frozenset("the of and for on in at to a an de la le du des der die das und y e".split())
_SHORT_BEHIND = re.compile(r"\s*[(\[](?P<short>[^\W\d_](?:[\w.&-]{1,9}))[)\]]\s*$")


class Name(NamedTuple):
    """A person's name in parts, folded: given names (initials without dot), the last name, Jr. or Sr."""

    given: tuple[str, ...]
    last: str
    suffix: str | None


def match_names(a: str, b: str, *, type: SpeakerType = "person") -> bool:
    """Say whether two printed names can be the same speaker's.

    People: the same last name, and first and middle names equal, an initial, a short form, or left out ("John
    F. Kennedy", "John Kennedy", "Jack Kennedy"); however the name was put into Latin letters. A bare last
    name fits everybody who bears it: whether it is the same person, the page or its story must tell.
    Institutions and groups: the same words, "the" and possessive endings left aside, or two names of one
    public body.
    """
    if type != "person":
        return name_key(a, type) == name_key(b, type) and _bare_words(a) != ""
    one, other = read_name(a), read_name(b)
    if not one.last or not _same_word(one.last, other.last):
        return False
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    return not one.given or not other.given or _given_fit(one.given, other.given)


def explain_match(a: str, b: str, *, type: SpeakerType = "person") -> str:
    """Say in words why two printed names that fit are taken for one speaker's."""
    if words_of(a) == words_of(b):
        return "the same name"
    if type != "person":
        if _bare_words(a) == _bare_words(b):
            return "the same words"
        body = find_institution(_bare_words(a)) or find_institution(_bare_words(b))
        return (
            f"two names of one body ({body.origin})" if body else "one name with and without its short form"
        )
    one, other = read_name(a), read_name(b)
    why = list(_explain_given(one, other))
    if one.last != other.last:
        why.append(f"“{one.last}” and “{other.last}” are two spellings")
    return "the same last name" + "".join(f"; {reason}" for reason in why)


def _explain_given(one: Name, other: Name) -> Iterator[str]:
    if not one.given or not other.given:
        yield "a last name alone"
        return
    first, second = sorted((one.given, other.given), key=len)
    if len(first) < len(second):
        yield "a first or middle name left out"
        if not fits_given(first[0], second[0]):
            second = second[1:]
    for a, b in zip(first, second, strict=False):
        if a == b:
            continue
        if 1 in (len(a), len(b)):
            yield f"“{min(a, b, key=len)}.” is an initial of “{max(a, b, key=len)}”"
        elif spell(a) == spell(b):
            yield f"“{a}” and “{b}” are two spellings"
        else:
            yield f"“{a}” and “{b}” are forms of one name"


@lru_cache(maxsize=4096)
def read_name(printed: str) -> Name:
    """Cut a person's printed name into its parts, titles left out."""
    words = [word for word in re.split(r"[\s,.]+", _without_possessive(printed)) if word]
    folded = [re.sub(r"^(?:al|el)-(?=.)", "", _letters(word)) for word in words]
    kept = [word for word in folded if word]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept = kept[1:]
    suffix = next((word for word in kept[1:] if word in ("jr", "sr")), None)
    kept = kept[:1] + [word for word in kept[1:] if word not in _SUFFIXES]
    if not kept:
        return Name((), "", None)
    given = [word for i, word in enumerate(kept[:-1]) if not _is_particle(word, i, kept)]
    return Name(tuple(given), kept[-1], suffix)


def may_be_called(printed: str, given: str) -> bool:
    """Say whether the title of a name suits a given name: "Mr Ostrey" is not Mary Ostrey."""
    title = _letters(printed.split()[0]) if printed.split() else ""
    wanted = "m" if title in _MEN else "f" if title in _WOMEN else None
    known = _genders().get(given)
    return wanted is None or known is None or wanted in known


@cache
def _genders() -> dict[str, str]:
    """Return whose names the given names of the list are: "m", "f", or both."""
    found: dict[str, str] = defaultdict(str)
    for full, forms, gender, _ in read_list("nicknames.tsv"):
        for form in (full, *forms.split()):
            found[form] += gender
    return dict(found)


def name_key(name: str, type: SpeakerType) -> str:
    """Return what compatible full names share: a person's last name however it is spelled; of an institution
    all words, those of its first name in the list of public bodies where it is in there. A name that says who
    is meant only on its page has a key of its own: no full name is compared with it.
    """
    if is_bare(name, type):
        return f"{BARE} {type} {spell(read_name(name).last) if type == 'person' else bare_words(name)}"
    if type != "person":
        words = _bare_words(name)
        body = find_institution(words) or find_institution(bare_words(name))
        return f"{type} {body.key}" if body else f"{type} {bare_words(name)}"
    return f"person {spell(read_name(name).last)}"


def form_key(name: str, type: SpeakerType) -> str:
    """Return what two printings of one form of a name share, "Ms Mara Ostrey" and "Mara Ostrey’s": type and
    words, titles left out. Reviews name by it what they speak of.
    """
    if type != "person":
        return f"{type} {_bare_words(name)}"
    parts = read_name(name)
    return " ".join([type, *parts.given, parts.last, *([parts.suffix] if parts.suffix else [])])


def is_bare(name: str, type: SpeakerType = "person") -> bool:
    """Say whether a name says who is meant only on its page: "Ostrey", "Ms Ostrey"; "the ministry"."""
    if type == "person":
        return not read_name(name).given
    words = _bare_words(name).split()
    kind = words[-1] if len(words) == 1 or (len(words) == 2 and words[0] in _WHOSE) else ""
    return kind in _bodies() and find_institution(kind) is None


@cache
def _bodies() -> frozenset[str]:
    """Return the words that name a kind of body, and none of its kind."""
    kinds = {word for word, what, _ in read_list("people_words.tsv") if what in ("body", "role", "many")}
    again = {word for word, what, _ in read_list("function_words.tsv") if what == "generic_body"}
    return frozenset(kinds | again)


def fullness(name: str) -> tuple[int, int]:
    """Return how much of a person's name is printed: given names, and letters of these."""
    given = read_name(name).given
    return len(given), sum(map(len, given))


def split_joint(name: str) -> tuple[str, ...]:
    """Return the names of those who spoke together ("Ada Holm; Jon Vey"): usually one."""
    return tuple(part.strip() for part in name.split(";") if part.strip()) or (name,)


def _is_particle(word: str, i: int, kept: list[str]) -> bool:
    """Tell "von der" in "Ursula von der Leyen" from the "Al" of "Al Gore"."""
    if word not in _PARTICLES:
        return False
    return i > 0 or kept[1] in _PARTICLES or (len(kept) == 2 and word not in ("al", "van", "ben"))


def _given_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if fits_given(one[0], other[0]):
        return _middles_fit(one[1:], other[1:])
    # "W. Mark Felt" goes by "Mark Felt": a leading initial may be left out.
    for a, b in ((one, other), (other, one)):
        if len(a[0]) == 1 and len(a) > 1 and len(a[1]) > 1 and len(b[0]) > 1 and fits_given(a[1], b[0]):
            return _middles_fit(a[2:], b[1:])
    return False


def fits_given(one: str, other: str) -> bool:
    """Say whether two given names can be one: equal, an initial, two spellings, or forms of one name."""
    if _same_word(one, other) or (min(len(one), len(other)) == 1 and one[:1] == other[:1]):
        return True
    return bool(_full_forms().get(one, {one}) & _full_forms().get(other, {other}))


def _same_word(one: str, other: str) -> bool:
    return one == other or spell(one) == spell(other)


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    """Return for every given name of the list the full forms that it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for full, forms, *_ in read_list("nicknames.tsv"):
        for form in (full, *forms.split()):
            found[form].add(full)
    return {form: frozenset(full) for form, full in found.items()}


def _middles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or all(fits_given(a, b) for a, b in zip(one, other, strict=False))


def _bare_words(name: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", fold(_without_possessive(name))))
    return words.removeprefix("the ")


def bare_words(name: str) -> str:
    """Return the words of an institution's name without its short form: "Federal Water Office (FWO)"."""
    found = _SHORT_BEHIND.search(name)
    if found and makes_short(name[: found.start()], found["short"]):
        return _bare_words(name[: found.start()])
    return _bare_words(name)


def makes_short(full: str, short: str) -> bool:
    """Say whether a short form is made of the first letters of a name's words: "FWO", "MoD"."""
    letters = fold(re.sub(r"[^\w]", "", short))
    words = [fold(word) for word in re.findall(r"[^\W_]+", full)]
    told = "".join(word[0] for word in words if word not in _SMALL)
    return len(letters) > 1 and letters in (told, "".join(word[0] for word in words))


def _without_possessive(name: str) -> str:
    return re.sub(r"['’]s?(?=\s|$)", "", name)


def _letters(word: str) -> str:
    return re.sub(r"[^\w-]|_", "", fold(word)).strip("-")
