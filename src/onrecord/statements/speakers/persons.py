"""Which person is meant: "he", "the minister", "the 55-year-old", "Lann, who", "our reporter".

Each function answers for one kind of words, and None where the page does not settle it.
"""

import re

from onrecord.statements.lexicon.kinds import bare, is_carrier, is_place, pronoun_of, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.speakers.mentions import Mention, Mentions, Words, bare_words, lead_back
from onrecord.statements.speakers.pronouns import SOON, SPEAKS, is_one, resolve_he, resolve_they, resolve_who
from onrecord.statements.speakers.roster import Person
from onrecord.statements.text.noun_phrases import parse_named, trim_told
from onrecord.types import Span, Speaker

__all__ = [
    "may_be_anybody",
    "resolve_called",
    "resolve_he",
    "resolve_known",
    "resolve_named",
    "resolve_reporter",
    "resolve_role",
    "resolve_spokesman",
    "resolve_surname",
    "resolve_they",
    "resolve_unnamed",
    "resolve_who",
    "speaks_for_person",
]

_DEFINITE = re.compile(r"(?:the|this|that)\b", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"(?:an?|one|another)\b", re.IGNORECASE)
_REPORTER = re.compile(r"our\s+(?:[\w-]+\s+){0,2}(?:reporter|correspondent|journalist)$", re.IGNORECASE)
_STANDS_FOR = {"representative", "spokesmen"}
_OFFICES = frozenset(
    "president premier chancellor king queen prince princess pope senator sen governor gov mayor congressman"
    " congresswoman representative rep ambassador judge justice secretary prosecutor sheriff".split()
)
_FEW_WORDS = 3


def resolve_reporter(mentions: Mentions, words: Words) -> Speaker | None:
    """ "Our reporter": whoever was last named as an outlet's own."""
    person = mentions.roster.reporter_before(words.span.start) if _REPORTER.match(words.phrase) else None
    return None if person is None else _person(mentions, person, words)


def resolve_surname(mentions: Mentions, words: Words) -> Speaker | None:
    """A lone capital word that ends a full name on the page, be it a title elsewhere: "King said"."""
    lone = words.phrase[:1].isupper() and " " not in words.phrase
    person = mentions.roster.by_surname(words.phrase) if lone else None
    return None if person is None else _person(mentions, person, words)


def resolve_named(mentions: Mentions, words: Words) -> Speaker:
    """A name, under the fullest form that the page prints."""
    named = words.named
    return _by_name(mentions, named.name or "", named.role, words)


def speaks_for_person(mentions: Mentions, words: Words) -> bool:
    """Tell "a spokeswoman for Lann": she is not he, and has no name of her own here."""
    name = words.named.name or ""
    if words.named.role not in SPEAKS | _STANDS_FOR or is_place(name):
        return False
    return mentions.roster.by_surname(name) is not None


def resolve_known(mentions: Mentions, words: Words) -> Speaker | None:
    """A capital word that ends a full name on the page is that person, an outlet before it or not."""
    name = (words.named.name or "").split()
    if not name or is_place(" ".join(name)) or word_is(name[-1], "body"):
        return None
    if len(name) > 1 and not (len(name) == 2 and is_carrier(name[0])):
        return None
    known = mentions.roster.fullest(name[-1]) is not None
    return _by_name(mentions, name[-1], words.named.role, words) if known else None


def _by_name(mentions: Mentions, name: str, role: str | None, words: Words) -> Speaker:
    full = mentions.roster.fullest(name)
    if full is None:
        return Speaker(name=name, type="person", role=role, mentions=(words.span,))
    role = role or full.role or mentions.roster.roles.get(full.name)
    return Speaker(name=full.name, type="person", role=role, mentions=_ending(words.span, full.span))


def resolve_role(mentions: Mentions, words: Words) -> Speaker | None:
    """Read "the minister": the person printed with that role or age, else whoever comes to mind and may be
    called so, else nobody."""
    named, roster = words.named, mentions.roster
    age = re.match(r"(\d+)-year-old", named.head)
    person = roster.of_age(age[1]) if age is not None else None
    if person is not None:
        return _person(mentions, person, words)
    if _ONE_OF_MANY.match(words.phrase):
        return None
    person = roster.with_role(trim_told(words.phrase), named.head, words.span.start)
    if person is not None:
        full = roster.fullest(person.name) or person
        return Speaker(
            name=full.name, type="person", role=person.role, mentions=_ending(words.span, person.span)
        )
    if named.owner is not None:
        return None
    if _BROUGHT_IN.match(words.phrase) or _WHO_BEHIND.match(roster.text, words.span.end):
        return resolve_unnamed(mentions, words)
    return resolve_called(mentions, words) or resolve_unnamed(mentions, words)


# "The clerk who picked up": words that tell which one bring somebody in, and call nobody again.
_WHO_BEHIND = re.compile(r"\s+(?:who|whom|whose|that)\s")
_BROUGHT_IN = re.compile(r"[^,]*\s(?:who|whom|whose|that)\s")


def may_be_anybody(words: Words) -> bool:
    """Is this what anybody may be called again by: "the Selm Republican"?"""
    few = words.phrase.count(" ") <= _FEW_WORDS
    return few and words.named.head in _anybody() and _DEFINITE.match(words.phrase) is not None


def _anybody() -> frozenset[str]:
    return words_of("anybody", "people_words.tsv")


def resolve_called(mentions: Mentions, words: Words) -> Speaker | None:
    """ "The comedian", "the 55-year-old": whoever was named just before; "the chairwoman" too, where the
    page has told no other role of them, and "the Selm senator", as papers like to vary."""
    head = words.named.head
    if not _DEFINITE.match(words.phrase) and " " in words.phrase:
        return None
    anybody = head in _anybody() or head.endswith("-year-old")
    varied = len(words.phrase.split()) > len("the senator".split()) and " of " not in words.phrase
    sex = pronoun_of(head)

    def fits(mention: Mention) -> bool:
        if mention.speaker.type != "person" or not is_one(mentions, mention, sex):
            return False
        role = mention.speaker.role
        other = role is None or (varied and head not in bare_words(role))
        fresh = mention.how in {"spoke", "subject"} and other
        return anybody or (fresh and not _in_other_office(mention.speaker, head))

    known = mentions.best(fits, words)
    if known is None or mentions.sentence - known.sentence > (SOON if anybody else 1):
        return None
    return lead_back(words, known)


def resolve_unnamed(mentions: Mentions, words: Words) -> Speaker | None:
    """ "The officer" after "a duty officer": an unnamed source stays one, under the words that tell most."""
    if not _DEFINITE.match(words.phrase):
        return None
    told = set(trim_told(words.phrase).lower().split()[1:])

    def fits(mention: Mention) -> bool:
        if mention.speaker.type != "unnamed" or mention.how != "spoke":
            return False
        known = set(mention.speaker.name.lower().split())
        return words.named.head in _heads(mention) and told <= known and "and" not in known

    return lead_back(words, mentions.best(fits, words))


def resolve_spokesman(mentions: Mentions, words: Words) -> Speaker | None:
    """ "The Kremlin spokesman" is the one who is printed with that role; "the government spokesman" may be
    whoever spoke just before."""
    named = words.named
    if not _DEFINITE.match(words.phrase) or named.head not in SPEAKS or named.name is None:
        return None
    person = mentions.roster.with_role(words.phrase, named.head, words.span.start)
    if person is not None and bare_words(named.name) & bare_words(person.role or ""):
        return _person(mentions, person, words)
    last = mentions.latest()
    if last is None or last.how != "spoke" or last.speaker.type != "person":
        return None
    return lead_back(words, last) if mentions.sentence - last.sentence <= 1 else None


def _person(mentions: Mentions, person: Person, words: Words) -> Speaker:
    full = mentions.roster.fullest(person.name) or person
    role = person.role or mentions.roster.roles.get(full.name)
    return Speaker(name=full.name, type="person", role=role, mentions=_ending(words.span, person.span))


def _ending(source: Span, full: Span) -> tuple[Span, ...]:
    """The chain from the words at the saying to the full name, which they may hold themselves."""
    return (source,) if source.start <= full.start and full.end <= source.end else (source, full)


def _heads(mention: Mention) -> set[str]:
    """The words by which a mention can be called again: its head, and the last word before "of"."""
    name = mention.speaker.name
    return {parse_named(name).head, bare(re.split(r"\s(?:of|for|at|in)\s", name)[0].split()[-1])}


def _in_other_office(speaker: Speaker, head: str) -> bool:
    """Is somebody printed with an office, and is it another than this?"""
    held = bare_words(speaker.role or "") & _OFFICES
    return head in _OFFICES and bool(held) and not any(head.startswith(office) for office in held)
