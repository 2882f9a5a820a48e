"""A person as a page names them, and whether two names, or two roles, can be one person's."""

import re
from dataclasses import dataclass

from onrecord.statements.lexicon.kinds import bare
from onrecord.types import Span

__all__ = [
    "ANY_PLACE",
    "ONE_ONLY",
    "SAME_ROLE",
    "Person",
    "fold_words",
    "is_short_of",
    "list_roles",
    "roles_agree",
    "suffix_of",
    "words_of_role",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as the page prints them in full: name, role there, where. `pronoun` is "he" or "she" where
    the words around the name tell, `age` in figures as printed; `also` is a role told behind a name that has
    one before it; `reporter` tells that an outlet owns them."""

    name: str
    role: str | None
    span: Span
    pronoun: str | None = None
    age: str | None = None
    also: str | None = None
    reporter: bool = False


# Of whom there is one, whoever else presides: "the president".
ONE_ONLY = {"president", "pope", "king", "queen"}


SAME_ROLE = {
    "minister": ("premier",),
    "premier": ("minister",),
    "chairman": ("chair", "chairwoman"),
    "chairwoman": ("chair",),
    "chair": ("chairman", "chairwoman"),
    "spokesman": ("spokesperson",),
    "spokeswoman": ("spokesperson",),
    "spokesperson": ("spokesman", "spokeswoman"),
    "officer": ("constable", "inspector", "sergeant"),
    "attorney": ("lawyer",),
    "lawyer": ("attorney", "solicitor", "barrister"),
    "rep": ("representative", "spokesman", "spokeswoman", "publicist"),
    "boss": ("chief", "ceo", "executive"),
    "executive": ("ceo",),
    "senator": ("sen",),
    "governor": ("gov",),
    "sen": ("senator",),
    "gov": ("governor",),
}


# What "the city's mayor" adds to "the mayor".
ANY_PLACE = frozenset(
    "city town village country nation state county district region province company club team party agency"
    " local state's top our new longtime veteran".split()
)


_SPEAKS_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson", "rep"})


_SMALL_WORDS = frozenset(
    "the a an of for at in on and to former ex current then now his her its their".split()
)


def words_of_role(role: str) -> frozenset[str]:
    return frozenset(bare(w) for w in re.findall(r"[\w’'.]+", role)) - _SMALL_WORDS


def list_roles(person: Person) -> str:
    return f"{person.role or ''} {person.also or ''}"


def roles_agree(told: frozenset[str], role: str, head: str) -> bool:
    """Can a phrase with these further words mean somebody of this role? Not if each says what the other
    does not."""
    if head in _SPEAKS_FOR:
        return True
    rest = words_of_role(role) - {head, *SAME_ROLE.get(head, ())} - ANY_PLACE
    return not (told - rest) or not (rest - told)


def fold_words(name: str) -> list[str]:
    """The words of a name as they are compared; Jr. and III are no surname."""
    words = [bare(word) for word in name.split()]
    return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


def suffix_of(name: str) -> str | None:
    last = bare(name.split()[-1])
    return last if last in _SUFFIXES else None


_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def is_short_of(short: list[str], full: list[str]) -> bool:
    """Can the short name stand for the full one? Every word, or its initial, appears in order."""
    at = 0
    for word in short:
        while at < len(full) and not (full[at] == word or (len(word) == 1 and full[at].startswith(word))):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True
