"""Can two printed names of people be one person's? Pure."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from onrecord.people.fold import words_of
from onrecord.people.given import fit_givens, fits_given, is_form_of, is_given, sexes_of
from onrecord.people.parts import Name, is_word, read_name
from onrecord.people.spelling import spell
from onrecord.people.verdict import Verdict, one, perhaps, two

__all__ = ["compare_persons", "find_near", "fits_last", "may_be_called"]

_LONG = 5  # letters of a last name in which one may be a misprint; in a shorter one it makes another name
_VERY_LONG = 7  # of a last name that stands alone
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def compare_persons(a: str, b: str) -> Verdict:
    """Say whether two printed names are one person's.

    The same last name, and given names equal, an initial, a short form, or left out ("John F. Kennedy", "John
    Kennedy", "Jack Kennedy"); however the name was put into Latin letters, in whatever order it is printed.
    """
    found = _compare(a, b)
    if found.answer == "one" or (_write_out(a), _write_out(b)) == (a, b):
        return found
    # "Möllbach" is Mollbach to one who folds it, and Moellbach to who writes German.
    other = _compare(_write_out(a), _write_out(b))
    return other if other.fits and not found.fits else found


def _write_out(name: str) -> str:
    return name.translate(_UMLAUTS)


def _compare(a: str, b: str) -> Verdict:
    first, second = read_name(a), read_name(b)
    if not first.last or not second.last:
        return two("one of them has no name in it")
    if first.sex and second.sex and first.sex != second.sex:
        return two("one title is a man's, the other a woman's")
    if not first.given or not second.given:
        return _compare_bare(a, b)
    if not may_be_called(a, second.given[0]) or not may_be_called(b, first.given[0]):
        return two("the title of one does not suit the given name of the other")
    if first.suffix and second.suffix and first.suffix != second.suffix:
        return two(f"“{first.suffix}” and “{second.suffix}” are two generations")
    return _compare_full(a, b, first, second)


def _compare_full(a: str, b: str, first: Name, second: Name) -> Verdict:
    if words_of(a) == words_of(b):
        return one("the same name")
    if first.letters == second.letters and first.suffix == second.suffix:
        return one("the same letters, with other spaces or hyphens")
    if _same_word(first.last, second.last):
        if not _particles_fit(first.particles, second.particles):
            return two("two particles before one last name")
        fit = fit_givens(first.given, second.given) or _fit_called(first, second)
        if fit:
            why = "the same last name" + "".join(f"; {reason}" for reason in _explain_given(first, second))
            if (first.suffix is None) is not (second.suffix is None):
                return perhaps(f"{why}; only one is told from a father or son", "nobody else")
            if any(is_word(word, "house") for word in {*first.particles} ^ {*second.particles}):
                return perhaps(f"{why}; a particle that is seldom left out", "story")
            return perhaps(why, "nobody else") if fit == "initial" else one(why)
    if turned := _compare_turned(first, second):
        return turned
    near = find_near(a, b)
    return perhaps(near, "story") if near else two("the names do not fit")


def _particles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell "van" from "de": two particles are two families; one may be left out."""
    a, b = ({word for word in words if word not in ("al", "el")} for words in (one, other))
    return not a or not b or bool(a & b)


def _fit_called(first: Name, second: Name) -> str | None:
    """Say whether one goes by the name that the other prints in marks: Robert “Bobbie” Tanager."""
    names = [(first.called, second.given), (second.called, first.given)]
    return "all" if any(fits_given(word, given[0]) for called, given in names for word in called) else None


def _compare_turned(first: Name, second: Name) -> Verdict | None:
    """Compare names whose family name one has in front and the other behind, as do China and Hungary."""
    words = [*first.given, first.last], [*second.given, second.last]
    parts = [[part for word in some for part in word.split("-")] for some in words]
    if len(parts[0]) != len(parts[1]) or len(parts[0]) < 2 or any(len(part) < 2 for part in parts[0]):
        return None
    for some, other in ((parts[0], parts[1]), (parts[1], parts[0])):
        if [*some[1:], some[0]] == other:
            why = f"the same name with “{some[0]}” in front and behind"
            # "Henry James" and "James Henry" are two names.
            if len(some) == 2 and all(map(is_given, some)):
                return perhaps(why, "story")
            return one(why)
    return None


def _compare_bare(a: str, b: str) -> Verdict:
    """Compare names of which one, or both, have a last name alone: it fits everybody who bears it."""
    first, second = read_name(a), read_name(b)
    if not first.given and not second.given:
        if _same_word(first.last, second.last):
            return perhaps("a last name alone", "page or story")
        return two("two last names")
    bare, full = (a, b) if not first.given else (b, a)
    name = read_name(full)
    if not may_be_called(bare, name.given[0]):
        return two("the title of one does not suit the given name of the other")
    if read_name(bare).suffix and not name.suffix:
        return two("only one is told from a father or son")
    if fits_last(read_name(bare), name):
        return perhaps("a last name alone", "page or story")
    if is_form_of(read_name(bare).last, name.given[0]):
        return perhaps("a first name alone", "story")
    if _is_long_misprint(read_name(bare).last, name.last):
        return perhaps("a last name alone, one letter off", "story")
    return two("the names do not fit")


def fits_last(bare: Name, full: Name) -> bool:
    """Say whether a last name alone is that of a full name: "Leyen" and "von der Leyen" are one's."""
    return _same_word(bare.last, full.last) or bare.last == "".join([*full.particles, full.last])


def _is_long_misprint(bare: str, last: str) -> bool:
    return len(bare) >= _VERY_LONG and bare[0] == last[0] and OSA.distance(bare, last) == 1


def may_be_called(printed: str, given: str) -> bool:
    """Say whether the title of a name suits a given name: "Mr Ostrey" is not Mary Ostrey."""
    wanted, known = read_name(printed).sex, sexes_of(given)
    return wanted is None or not known or wanted in known


def find_near(a: str, b: str) -> str | None:
    """Say in words why two full names that stand in one story are one person's though they don't fit
    elsewhere; None when nothing says so.
    """
    first, second = read_name(a), read_name(b)
    if not first.given or not second.given:
        return None
    if _is_tail(first, second) or _is_tail(second, first):
        return "in one story, and one is the other with words in front"
    if _is_head(first, second) or _is_head(second, first):
        return "in one story, and one is the other with a second last name"
    if _is_misprint(first, second):
        return f"in one story, and “{first.last}” is one letter from “{second.last}”"
    return None


def _is_tail(short: Name, long: Name) -> bool:
    """Tell "Diane Holm" from behind in "Sharon Diane Holm", "Le Brac" in "Ada Le Brac"."""
    size = len(short.given)
    return (
        0 < size < len(long.given)
        and _same_word(short.last, long.last)
        and min(map(len, short.given)) > 1
        and short.given == long.given[-size:]
    )


def _is_head(short: Name, long: Name) -> bool:
    """Tell "Lucía Marbán" in "Lucía Marbán Ortega", "Mara Ostrey" and "Mara Vale" in "Mara Ostrey-Vale"."""
    if len(short.given[0]) < 2 or short.given[0] != long.given[0] or (short.suffix or long.suffix):
        return False
    doubled = long.last.split("-")
    if len(doubled) == 2 and short.given == long.given:
        return short.last in doubled
    return [*short.given, short.last] == list(long.given)


def _is_misprint(one: Name, other: Name) -> bool:
    """Tell "Duncan Rait" and "Duncan Raite"; "Anna Petrov" and "Anna Petrova" are two ways of being named."""
    a, b = one.last, other.last
    return (
        len(one.given[0]) > 1
        and spell(one.given[0]) == spell(other.given[0])
        and max(len(a), len(b)) >= _LONG
        and a[:1] == b[:1]
        and {a[-1:], b[-1:]} != {"a", "o"}
        and a.rstrip("a") != b.rstrip("a")
        and OSA.distance(a, b) == 1
    )


def _explain_given(first: Name, second: Name) -> Iterator[str]:
    short, long = sorted((first.given, second.given), key=len)
    if len(short) < len(long):
        yield "a first or middle name left out"
        if not fits_given(short[0], long[0]):
            long = long[1:]
    for a, b in zip(short, long, strict=False):
        if a == b:
            continue
        if 1 in (len(a), len(b)):
            yield f"“{min(a, b, key=len)}.” is an initial of “{max(a, b, key=len)}”"
        elif spell(a) == spell(b):
            yield f"“{a}” and “{b}” are two spellings"
        elif fits_given(a, b):
            yield f"“{a}” and “{b}” are forms of one name"
        else:
            yield f"“{'”, “'.join([*first.called, *second.called])}” is what the other is called"
    if first.last != second.last:
        yield f"“{first.last}” and “{second.last}” are two spellings"


def _same_word(one: str, other: str) -> bool:
    return one == other or spell(one) == spell(other)
