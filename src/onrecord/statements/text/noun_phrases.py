"""What a noun phrase names: a person with a role, an institution, unnamed people, a document."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.statements.lexicon.kinds import bare, first_names, is_carrier, is_of_country, is_place, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.types import SpeakerType

__all__ = ["Named", "count_of_office", "name_run", "parse_named", "trim_told"]

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
_WORD = re.compile(r"[^\s,;()]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A noun phrase taken apart. `name` is None for pronouns and for roles without a name; `head` is the
    word that decides what it is, in lower case; `owner` the pronoun it belongs to ("her ministry")."""

    name: str | None
    role: str | None
    type: SpeakerType
    head: str
    owner: str | None = None


_TOLD = re.compile(
    r",?\s+(?:who|whom|whose|which|that)\s|,\s+(?:speaking|writing|adding|citing|quoting|asked|himself|herself)\b"
)


def trim_told(phrase: str) -> str:
    """Leave out what is told of somebody behind their name: "a resident who saw it" is a resident."""
    return _TOLD.split(phrase, maxsplit=1)[0].rstrip(" ,")


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


@lru_cache(maxsize=20_000)
def parse_named(phrase: str) -> Named:
    """Take a noun phrase apart: "ministry spokesman Ivo Lann" is a person with a role; "police" an
    institution. What an outlet calls somebody ("dictator") is that outlet's wording and no role."""
    named = _parse_phrase(phrase)
    if named.role is not None and not words_of("label").isdisjoint(named.role.lower().split()):
        return replace(named, role=None)
    return named


_SAID_WHEN = re.compile(
    r",?\s+(?:on\s+|late\s+|early\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight)$"
)


_SAID_HOW = re.compile(
    r",?\s+in\s+(?:an?|its|his|her|their)\s+(?:[\w-]+\s+){0,2}(?:statement|post|report|letter|interview|tweet|email"
    r"|e-mail|speech|briefing|release|message|video|memo)\b.*$"
)


def _parse_phrase(phrase: str) -> Named:
    phrase = _SAID_HOW.sub("", re.sub(r"\s+", " ", phrase.strip(" ,")))
    phrase = _SAID_WHEN.sub("", phrase)
    phrase = re.sub(r"(?<=\w) \([^()]{1,30}\)(?=[ ,]|$)", "", phrase)
    head, _, tail = phrase.partition(", ")
    if not tail:
        head = re.sub(r"\s*\(.*?\)\s*$", "", head) or head
        return _parse_head(head)
    named = _parse_head(head)
    if named.type == "person" and named.name:
        return Named(name=named.name, role=_role_of(tail) or named.role, type="person", head=named.head)
    parts = re.split(r",\s|\swho\s", tail)
    last = len(parts) if parts[0].endswith(".") or is_place(parts[0]) else 1
    # "At a meeting held for Russia, Mayor Lann said": the country is no part of who he is.
    apart = is_place(head)
    for part in parts[:last]:
        second = _parse_head(re.sub(r"^(?:identified|named|known)\s+(?:only\s+)?as\s+", "", part))
        full = second.name is not None and (len(second.name.split()) > 1 or second.role is not None)
        told = named.name is None or named.type != "institution" or apart or part is not parts[0]
        if second.type == "person" and (full or (second.name and named.type == "person")) and told:
            role = second.role if apart else _without_article(head)
            return Named(name=second.name, role=role, type="person", head=second.head)
    return named


def _role_of(tail: str) -> str | None:
    role = re.split(r",\s", tail)
    kept = [r for r in role if not re.match(r"(?:\d+$|who\b|whose\b|which\b|from\b|speaking\b)", r)]
    return _without_article(kept[0]) if kept else None


def _without_article(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)


_OF_PLACE = re.compile(r"^((?:\S+\s+){0,6}(?:[A-Z][\w’'.-]*\s+)[A-Z][\w’'-]*)\s+(?:from|of|at|in|on)\s+")


# "An aide to Lann" is not Lann.
_ONE_TO = re.compile(
    r"(?:[Aa]n?|[Oo]ne)\s+(?:[\w-]+\s+){0,3}?(?P<role>[a-z][\w-]*)\s+to\s+[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,2}$"
)


def _parse_head(head: str) -> Named:
    serves = _ONE_TO.match(head)
    if serves is not None and word_is(serves["role"], "role"):
        return Named(name=None, role=_without_article(head), type="person", head=serves["role"])
    told = _OF_PLACE.match(head)
    if told is not None and name_run(told[1].split()) > 1:
        named = _run_of_capitals(_WORD.findall(_without_article(told[1])))
        titled = word_is(told[1].split()[0], "honorific")
        if named is not None and named.type == "person" and (titled or " " in (named.name or "")):
            return named
    head = re.split(r"\s+(?:who|which|whose)\s", head)[0]
    if re.match(r"one of\s", head, re.IGNORECASE):
        return Named(name=head, role=None, type="unnamed", head="one")
    if re.match(r"(?:two|three|four|some|several|many|most|a number|members?) of\s", head, re.IGNORECASE):
        return Named(name=head, role=None, type="unnamed", head="some")
    words = _WORD.findall(_without_article(head))
    if not words:
        return Named(name=None, role=None, type="unnamed", head="")
    if len(words) == 1 and words[0].lower() in {
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "who",
        "its",
        "his",
        "her",
        "their",
    }:
        return Named(name=None, role=None, type="unnamed", head=words[0].lower())
    return (
        _owned_document(words)
        or _owned(words)
        or _bodiless(words)
        or _run_of_capitals(words)
        or _common(words)
    )


def _owned(words: list[str]) -> Named | None:
    """Read "her ministry", "his lawyer": it is told by whom it belongs to."""
    owner = words[0].lower()
    if owner not in {"his", "her", "its", "their"} or len(words) < 2 or name_run(words[1:]):
        return None
    return replace(_common(words[1:]), owner=owner)


def _owned_document(words: list[str]) -> Named | None:
    """Read "its statement", "Mr Wirt's annual report": the owner speaks."""
    if not word_is(words[-1], "document") or len(words) < 2 or words[-1][0].isupper():
        return None
    if words[0].lower() in {"its", "his", "her", "their"}:
        return Named(
            name=None,
            role=None,
            type="unnamed",
            head={"its": "it", "his": "he", "her": "she", "their": "they"}[words[0].lower()],
        )
    for i, word in enumerate(words[:-1]):
        if re.search(r"(?:['’]s|s['’])$", word):
            owner = " ".join([*words[:i], re.sub(r"['’]s?$", "", word)])
            return parse_named(owner)
    return None


def _bodiless(words: list[str]) -> Named | None:
    """Read "a spokesman for the council", "an army spokesman": the house speaks through somebody unnamed."""
    speaks = {"spokesman", "spokeswoman", "spokesperson", "representative", "spokesmen"}
    lowered = [bare(w) for w in words]
    for i, word in enumerate(lowered):
        if word in speaks and words[i][0].islower():
            rest = words[i + 1 :]
            if len(rest) > 1 and rest[0].lower() in {"for", "of", "at"}:
                name = _without_article(" ".join(rest[1:]))
                if _common(name.split()).type == "person":
                    return Named(name=" ".join(words), role=words[i], type="unnamed", head=word)
                if not name_run(rest) or not _is_person_run(
                    rest[len(rest) - name_run(rest) :], rest[: len(rest) - name_run(rest)]
                ):
                    return Named(name=name, role=words[i], type="institution", head=word)
            if not rest and i > 0 and (words[i - 1][0].isupper() or word_is(words[i - 1], "body")):
                name = re.sub(r"['’]s?$", "", " ".join(words[:i]))
                return Named(name=name, role=words[i], type="institution", head=word)
    return None


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


def _run_of_capitals(words: list[str]) -> Named | None:
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
    if _is_person_run(name, before) and not (len(name) == 1 and max(possessed, acronym) > title):
        said = [w for w in before if not word_is(w, "honorific")]
        # Of "Albania's Mara Ostrey" the country is no role.
        role = "" if said and re.search(r"(?:['’]s|s['’])$", said[-1]) else " ".join(said)
        return Named(
            name=" ".join(name), role=_without_article(role) or None, type="person", head=bare(name[-1])
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


def _is_person_run(name: list[str], before: list[str]) -> bool:
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


# "Somebody at the back" opens a sentence with a capital, and names no one.
_ANYBODY = frozenset("somebody someone anybody anyone everybody everyone others".split())


def _common(words: list[str]) -> Named:
    """A phrase without a name: its head is the last word before "of", "for", "who"."""
    stop = next(
        (
            i
            for i, w in enumerate(words)
            if i
            and w.lower()
            in {"of", "for", "from", "in", "at", "who", "on", "with", "within", "near", "to", "by", "and"}
        ),
        len(words),
    )
    head = bare(words[stop - 1])
    phrase = " ".join(words)
    if word_is(head, "many") or head in _ANYBODY:
        return Named(name=phrase, role=None, type="unnamed", head=head)
    if word_is(head, "body") and not word_is(head, "document"):
        return Named(name=phrase, role=None, type="institution", head=head)
    if word_is(head, "role") or word_is(head, "title") or re.fullmatch(r"\d+-year-old", head):
        return Named(name=None, role=phrase, type="person", head=head)
    if word_is(head, "document"):
        return Named(name=phrase, role=None, type="unnamed", head=head)
    return Named(
        name=phrase, role=None, type="institution" if words[stop - 1][0].isupper() else "unnamed", head=head
    )
