"""By which words are names kept and looked up? Pure.

`form_key` is written into reviews: it must give the same for a name in every version of the program, or what
people decided would no longer be found. So it reads names in its own, oldest way.
"""

import re

from onrecord.people.bodies import is_bare_body
from onrecord.people.body import bare_words, plain_words, read_body
from onrecord.people.institutions import find_institution
from onrecord.people.offices import is_office
from onrecord.people.parts import is_word, letters_of, read_name, without_possessive
from onrecord.people.spelling import spell
from onrecord.types import SpeakerType

__all__ = ["BARE", "form_key", "is_bare", "letters_key", "lookup_keys", "name_key"]

BARE = "bare"  # opens the key of a name that says who is meant only on its page


def form_key(name: str, type: SpeakerType) -> str:
    """Return what two printings of one form of a name share, "Ms Mara Ostrey" and "Mara Ostrey’s": type and
    words, titles left out. Reviews name by it what they speak of.
    """
    if type != "person":
        return f"{type} {plain_words(name)}"
    words = [letters_of(word) for word in re.split(r"[\s,.]+", without_possessive(name))]
    kept = [word for word in (re.sub(r"^(?:al|el)-(?=.)", "", word) for word in words) if word]
    while len(kept) > 1 and is_word(kept[0], "title"):
        kept = kept[1:]
    suffix = [word for word in kept[1:] if word in ("jr", "sr")][:1]
    kept = kept[:1] + [word for word in kept[1:] if not is_word(word, "generation", "suffix")]
    given = [word for i, word in enumerate(kept[:-1]) if not _is_particle(word, i, kept)]
    return " ".join([type, *given, *(kept[-1:] or [""]), *suffix])


def _is_particle(word: str, i: int, kept: list[str]) -> bool:
    if not is_word(word, "particle", "house") or word == "bint":
        return False
    again = is_word(kept[1], "particle", "house") and kept[1] != "bint"
    return i > 0 or again or (len(kept) == 2 and word not in ("al", "van", "ben"))


def is_bare(name: str, type: SpeakerType = "person") -> bool:
    """Say whether a name says who is meant only on its page: "Ostrey", "Ms Ostrey"; "the ministry", "the
    foreign minister".
    """
    if type != "person":
        return is_bare_body(name)
    return not read_name(name).given or is_office(name)


def name_key(name: str, type: SpeakerType) -> str:
    """Return what compatible full names share: a person's last name however it is spelled; of an institution
    all words without its legal form, those of its first name in the list of public bodies where it is in
    there. A name that says who is meant only on its page has a key of its own: no full name is compared
    with it.
    """
    if is_bare(name, type):
        return f"{BARE} {type} {spell(read_name(name).last) if type == 'person' else bare_words(name)}"
    if type == "person":
        return f"person {spell(read_name(name).last)}"
    body = read_body(name)
    return f"{type} {body.listed.key if body.listed else ' '.join(body.words)}"


def lookup_keys(name: str, type: SpeakerType) -> tuple[str, ...]:
    """Return the keys under which a speaker of this name may be kept: its own, and that which older versions
    of the program gave it.
    """
    if type == "person":
        return (name_key(name, type),)
    words = bare_words(name)
    listed = find_institution(words)
    return tuple(dict.fromkeys((name_key(name, type), f"{type} {listed.key if listed else words}")))


def letters_key(name: str, type: SpeakerType) -> str | None:
    """Return what names share that differ in spaces, hyphens, umlauts and order alone: their letters, in the
    order of the alphabet. None of a name that says little.
    """
    if is_bare(name, type):
        return None
    body = type != "person"
    letters = "".join(read_body(name).own) if body else re.sub(r"(?<=[aou])e", "", read_name(name).letters)
    return f"{type}={''.join(sorted(letters))}" if letters else None
