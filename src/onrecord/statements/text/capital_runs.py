"""Runs of capital words inside a noun phrase: a person with a title, a body, a place."""

import re
from dataclasses import dataclass

from onrecord.statements.lexicon.kinds import bare, first_names, is_carrier, is_of_country, is_place, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.types import SpeakerType

__all__ = [
    "WORD",
    "Named",
    "count_of_office",
    "is_person_run",
    "name_run",
    "parse_capitals",
    "without_article",
]

_SMALL = {
    "de",
    "la",
    "le",
    "van",
    "von",
    "der",
    "den",
    "al",
    "bin",
    "ibn",
    "del",
    "di",
    "da",
    "dos",
    "du",
    "el",
    "ul",
    "bint",
    "ben",
}


WORD = re.compile(r"[^\s,;()]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A noun phrase taken apart. `name` is None for pronouns and for roles without a name; `head` is the
    word that decides what it is, in lower case; `owner` the pronoun it belongs to ("her ministry")."""

    name: str | None
    role: str | None
    type: SpeakerType
    head: str
    owner: str | None = None


def name_run(words: list[str]) -> int:
    """Return how many of the last words are one name: capitals, initials and the small words inside names."""
    count = 0
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        if word[0].isupper():
            count = len(words) - i
        elif word.lower() in _SMALL and count:
            continue
        elif re.match(r"(?:al|el|ul)-[A-Z]", word):
            count = len(words) - i
        else:
            break
    return count


def without_article(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)


def count_of_office(run: list[str]) -> int:
    """How many words that follow "of" belong to an office and not to a name: "Secretary of State Lann"."""
    if len(run) > 2 and (bare(run[0]) in _KEPT or run[1] in first_names()) and run[0] not in first_names():
        return 1
    return 0


# What a secretary, a minister, a speaker or a chief is of.
_KEPT = frozenset(
    "state defense defence house treasury opposition staff police interior justice education energy labor"
    " labour health finance transport agriculture commerce trade".split()
)


def parse_capitals(words: list[str]) -> Named | None:
    count = name_run(words)
    if not count:
        return None
    run, lead = words[len(words) - count :], words[: len(words) - count]
    offices = count_of_office(run)
    if offices and " ".join(lead).lower().endswith((" of", " of the")):
        run, lead = run[offices:], [*lead, *run[:offices]]
    if lead and lead[-1].lower() in {"of", "for", "from", "at", "in", "with", "on", "by", "near"}:
        return None
    if [w.lower() for w in lead[-2:]] == ["of", "the"]:
        return None
    title = max(
        (i for i, w in enumerate(run[:-1]) if word_is(w, "title") or word_is(w, "honorific")), default=-1
    )
    while title + 1 < len(run) - 1 and _is_role(run[title + 1]):
        title += 1
    possessed = max((i for i, w in enumerate(run[:-1]) if re.search(r"['’]s?$", w)), default=-1)
    acronym = max(
        (i for i, w in enumerate(run[:-1]) if w.isupper() and len(w) > 2 and "." not in w), default=-1
    )
    cut = max(title, possessed, acronym) + 1
    name, before = run[cut:], [*lead, *run[:cut]]
    alone = len(name) == 1 and word_is(name[-1], "title")
    if not name or (alone and (not cut or bare(name[-1]) not in _SURNAMES_TOO)):
        return None
    if is_person_run(name, before) and not (len(name) == 1 and max(possessed, acronym) > title):
        said = [w for w in before if not word_is(w, "honorific")]
        # Of "Albania's Mara Ostrey" the country is no role.
        role = "" if said and re.search(r"(?:['’]s|s['’])$", said[-1]) else " ".join(said)
        return Named(
            name=" ".join(name), role=without_article(role) or None, type="person", head=bare(name[-1])
        )
    whole = " ".join(run)
    if lead and all(w[0].islower() for w in lead) and not is_carrier(whole) and word_is(lead[-1], "body"):
        whole = " ".join(run)
    kind: SpeakerType = "unnamed" if word_is(run[-1], "many") else "institution"
    if len(run) == 1 and word_is(run[0], "role") and not lead:
        return None
    return Named(
        name=re.sub(r"['’]s?$", "", whole) if len(run) == 1 else whole,
        role=None,
        type=kind,
        head=bare(run[-1]),
    )


_LONGEST_ACRONYM = 5


_FIRST_NAMES_TOO = frozenset({"Israel", "Jordan", "Chad", "India", "Georgia", "Kenya", "Malta", "Cuba"})


_SURNAMES_TOO = frozenset(
    "baker cook butcher miner cooper mason potter carter archer shepherd gardener porter steward marshal"
    " fisher carpenter singer farmer king prince pope bishop dean judge chancellor duke earl baron monk abbot"
    " page chambers noble child major sergeant constable knight hunter driver weaver skinner priest cardinal"
    " ranger usher".split()
)


_BODIES_TOO = frozenset("radio post guard force press court".split())


_PARTIES = frozenset("democratic republican democrat socialist".split())


_PARTS_OF_PLACES = frozenset(
    "North South East West Northern Southern Eastern Western Central New Great Greater Upper Lower Mount"
    " Lake Cape Fort Port Los Las Des Latin".split()
)


# Of the words that tell a place or an act, these end no person's name, whatever comes before.
_NO_SURNAMES = words_of("place", "people_words.tsv") - frozenset(
    "park hill hills north west east may march day night law lake beach month".split()
)


def _is_role(word: str) -> bool:
    """A role before a name: "Coroner Lann", "Oscar-winner Ostrey"; words that are surnames too are none."""
    last = bare(word).split("-")[-1]
    return word_is(last, "role") and last not in _SURNAMES_TOO and word not in first_names()


def is_person_run(name: list[str], before: list[str]) -> bool:
    """Do these capitals name a person? A title or a role before them says so; a body, a country or an
    agency in them says no."""
    whole = " ".join(name)
    if is_place(whole) or is_carrier(whole):
        return False
    if any(word_is(w, "body") or word_is(w, "document") for w in name) or name[0].lower() in {"the", "our"}:
        return False
    if len(name) > 1 and (name[0] in words_of("opener") or name[0] in _PARTS_OF_PLACES):
        return False
    if len(name) == 2 and name[0] not in _FIRST_NAMES_TOO and (is_place(name[0]) or is_of_country(name[0])):
        return False
    if len(name) == 2 and name[0] in first_names() and bare(name[1]) in _BODIES_TOO:
        return True
    if len(name) == 1 and before and name[0].isupper() and 2 <= len(name[0]) <= _LONGEST_ACRONYM:
        return False
    if 2 <= len(name) <= 3 and name[0] in first_names() and all(w[0].isupper() for w in name):
        return bare(name[-1]) not in _NO_SURNAMES
    if len(name) > 5 or any(word_is(w, "place") for w in name[1:]):
        return False
    last = bare(before[-1]) if before else ""
    if word_is(last, "title") or word_is(last, "honorific") or _is_role(last):
        return True
    if len(name) > 1 and bare(name[-1]) in _SURNAMES_TOO:
        return not (word_is(name[0], "role") or word_is(name[0], "title"))
    if any(word_is(name[-1], kind) for kind in ("many", "role", "title")) or bare(name[-1]) in _PARTIES:
        return False
    if len(name) == 1:
        return not (name[0].isupper() and len(name[0]) > 1) and not before
    return not any(w.isupper() and len(w.replace(".", "")) > 2 for w in name)
