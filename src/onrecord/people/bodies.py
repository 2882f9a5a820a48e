"""Can two printed names of institutions or groups be one body's? Pure."""

import re

from onrecord.people.body import (
    Body,
    bare_words,
    is_nation,
    is_small,
    kind_words,
    makes_short,
    plain_words,
    read_body,
    without_short,
)
from onrecord.people.institutions import find_institution
from onrecord.people.parts import is_word
from onrecord.people.verdict import Verdict, one, perhaps, two

__all__ = ["compare_bodies", "ends_alike", "is_bare_body", "is_short"]


def compare_bodies(a: str, b: str) -> Verdict:
    """Say whether two printed names are one body's: the same words, with or without a legal form, its short
    form in brackets, or in the order of another country; or two names of one body of the list.
    """
    first, second = read_body(a), read_body(b)
    if not first.words or not second.words:
        return two("one of them has no name in it")
    if is_bare_body(a) or is_bare_body(b):
        return _compare_bare(first, second)
    if first.listed and second.listed:
        if first.listed.key == second.listed.key:
            same = plain_words(a) == plain_words(b)
            return one("the same words" if same else f"two names of one body ({first.listed.origin})")
        return two("two bodies of the list")
    return _compare_words(a, b, first, second)


def _compare_words(a: str, b: str, first: Body, second: Body) -> Verdict:
    if plain_words(a) == plain_words(b):
        return one("the same words")
    if first.words == second.words:
        if first.form and second.form and first.form != second.form:
            return perhaps("one name with two legal forms", "story")
        if bare_words(a) == bare_words(b):
            return one("one name with and without its short form")
        if first.form != second.form:
            return one("one name with and without its legal form")
        return one("two spellings of one name")
    if first.public and second.public and first.own == second.own and first.country != second.country:
        if first.country and second.country:
            return two("the bodies of two countries")
        return perhaps("only one name tells the country", "story")
    if first.own == second.own:
        if first.public and second.public:
            return one("the same words in another order")
        return perhaps("the same words in another order", "story")
    for full, short in ((a, b), (b, a)):
        if is_short(short) and makes_short(without_short(full), re.sub(r"^[Tt]he ", "", short)):
            return perhaps("the first letters of a name", "page or story")
    return two("the words differ")


def _compare_bare(first: Body, second: Body) -> Verdict:
    """Compare names of which one, or both, say only what kind of body they are: "the ministry"."""
    if first.own == second.own:
        return perhaps("it says what kind of body it is, and not which", "page or story")
    small, large = sorted((first.own, second.own), key=len)
    if small < large:
        return perhaps("it says what kind of body it is, and not which", "story")
    if small & large & kind_words():
        return perhaps("one says only what kind of body it is", None)
    return two("the words differ")


def ends_alike(short: str, long: str) -> bool:
    """Say whether a name is the end of a longer one: "the Gulls" of "Selm Gulls"."""
    a, b = read_body(short).words, read_body(long).words
    if not 0 < len(a) < len(b) or b[-len(a) :] != a or (len(a) == 1 and a[0] in kind_words()):
        return False
    rest = b[: -len(a)]
    if is_nation(rest):
        return True
    # Words in front make another party or council; of a team they are its town ("Selm Gulls"). Nor are the
    # United Nations their General Assembly.
    return len(a) == 1 and a[0] not in kind_words() and not is_short(short) and not is_small(rest[-1])


def is_short(name: str) -> bool:
    """Say whether a name may be the first letters of another: "FWO"."""
    word = name.removeprefix("the ").removeprefix("The ")
    return " " not in word and sum(map(str.isupper, word)) > 1


def is_bare_body(name: str) -> bool:
    """Say whether only its page tells which body a name means: "the ministry", "the Foreign Ministry"."""
    words = plain_words(name).split()
    kind = words[-1] if len(words) == 1 or (len(words) == 2 and is_word(words[0], "whose")) else ""
    if kind in kind_words() and find_institution(kind) is None:
        return True
    body = read_body(name)
    return body.generic and body.listed is None
