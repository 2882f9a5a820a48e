"""What a noun phrase names: a person with a role, an institution, unnamed people, a document."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from onrecord.statements.lexicon import listed, words_of
from onrecord.types import SpeakerType

__all__ = ["Named", "is_carrier", "is_place", "name_run", "parse_named", "word_is"]

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
    word that
    decides what it is, in lower case."""

    name: str | None
    role: str | None
    type: SpeakerType
    head: str
    owner: str | None = None


@cache
def _names(file: str) -> frozenset[str]:
    return frozenset(row[0].casefold() for row in listed(file))


@lru_cache(maxsize=20_000)
def word_is(word: str, kind: str) -> bool:
    """Is this word of that kind in the word list (data/people_words.tsv)?"""
    listed = words_of(kind, "people_words.tsv")
    form = bare(word)
    return form in listed or ("-" in form and all(part in listed for part in form.split("-")))


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Return a word as the lists have it: lower case, no possessive, no final stop."""
    return re.sub(r"['’]s?$", "", word.lower()).rstrip(".").removeprefix("ex-")


def is_place(name: str) -> bool:
    """Is this a country or a seat of government, which speaks as an institution?"""
    return _folded(name) in _names("places.tsv")


def is_carrier(name: str) -> bool:
    """Is this a news agency, a broadcaster or a paper: somebody who carries what others say?"""
    folded = _folded(name)
    if folded in _names("carriers.tsv") or _ends_in_carrier().search(folded):
        return True
    last = bare(name.split()[-1]) if name.split() else ""
    return last in words_of("medium") and (
        name != name.lower() or last in {"media", "newspaper", "agency", "radio", "television"}
    )


@cache
def _ends_in_carrier() -> re.Pattern[str]:
    long = sorted((c for c in _names("carriers.tsv") if len(c) > 3), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, long))})$")


def _folded(name: str) -> str:
    return re.sub(r"['’]s?$", "", re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)).casefold()


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


def _parse_phrase(phrase: str) -> Named:
    phrase = re.sub(r"\s+", " ", phrase.strip(" ,"))
    head, _, tail = phrase.partition(", ")
    if not tail:
        head = re.sub(r"\s*\(.*?\)\s*$", "", head) or head
        return _parse_head(head)
    named = _parse_head(head)
    if named.type == "person" and named.name:
        return Named(name=named.name, role=_role_of(tail) or named.role, type="person", head=named.head)
    second = _parse_head(re.split(r",\s|\swho\s", tail)[0])
    if second.type == "person" and second.name and (named.name is None or named.type != "institution"):
        return Named(name=second.name, role=_without_article(head), type="person", head=second.head)
    return named


def _role_of(tail: str) -> str | None:
    role = re.split(r",\s", tail)
    kept = [r for r in role if not re.match(r"(?:\d+$|who\b|whose\b|which\b|from\b|speaking\b)", r)]
    return _without_article(kept[0]) if kept else None


def _without_article(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)


_OF_PLACE = re.compile(r"^((?:[A-Z][\w’'.-]*\s+){1,3}[A-Z][\w’'-]*)\s+(?:from|of|at)\s+")


def _parse_head(head: str) -> Named:
    told = _OF_PLACE.match(head)
    if told is not None and _is_person_run(told[1].split(), []):
        return Named(name=told[1], role=None, type="person", head=bare(told[1].split()[-1]))
    head = re.split(r"\s+(?:who|which|whose)\s", head)[0]
    if re.match(r"(?:one|two|three|four|some|several|many|most|a number|members?) of\s", head, re.IGNORECASE):
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
    return _owned_document(words) or _bodiless(words) or _run_of_capitals(words) or _common(words)


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
                if not name_run(rest) or not _is_person_run(
                    rest[len(rest) - name_run(rest) :], rest[: len(rest) - name_run(rest)]
                ):
                    return Named(name=name, role=words[i], type="institution", head=word)
            if not rest and i > 0 and (words[i - 1][0].isupper() or word_is(words[i - 1], "body")):
                name = re.sub(r"['’]s?$", "", " ".join(words[:i]))
                return Named(name=name, role=words[i], type="institution", head=word)
    return None


def _run_of_capitals(words: list[str]) -> Named | None:
    count = name_run(words)
    if not count:
        return None
    run, lead = words[len(words) - count :], words[: len(words) - count]
    if lead and lead[-1].lower() in {"of", "for", "from", "at", "in", "with", "on", "by", "near"}:
        return None
    title = max(
        (i for i, w in enumerate(run[:-1]) if word_is(w, "title") or word_is(w, "honorific")), default=-1
    )
    possessed = max((i for i, w in enumerate(run[:-1]) if re.search(r"['’]s?$", w)), default=-1)
    acronym = max(
        (i for i, w in enumerate(run[:-1]) if w.isupper() and len(w) > 2 and "." not in w), default=-1
    )
    cut = max(title, possessed, acronym) + 1
    name, before = run[cut:], [*lead, *run[:cut]]
    if not name or (word_is(name[-1], "title") and len(name) == 1 and not cut):
        return None
    if _is_person_run(name, before) and not (len(name) == 1 and max(possessed, acronym) > title):
        role = " ".join(w for w in before if not word_is(w, "honorific"))
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


def _is_person_run(name: list[str], before: list[str]) -> bool:
    """Do these capitals name a person? A title or a role before them says so; a body, a country or an
    agency in them says no."""
    whole = " ".join(name)
    if is_place(whole) or is_carrier(whole):
        return False
    if any(word_is(w, "body") or word_is(w, "document") for w in name) or name[0].lower() in {"the", "our"}:
        return False
    if len(name) > 5 or any(word_is(w, "place") for w in name[1:]):
        return False
    last = bare(before[-1]) if before else ""
    if word_is(last, "title") or word_is(last, "honorific") or word_is(last, "role"):
        return True
    if word_is(name[-1], "many") or word_is(name[-1], "role") or word_is(name[-1], "title"):
        return False
    if len(name) == 1:
        return not (name[0].isupper() and len(name[0]) > 1) and not before
    return not any(w.isupper() and len(w.replace(".", "")) > 2 for w in name)


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
    if word_is(head, "many"):
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
