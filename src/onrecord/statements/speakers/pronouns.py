"""Which person a pronoun means: "he", "they", "Lann, who"."""

import re

from onrecord.statements.lexicon.kinds import is_carrier, is_place, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.speakers.mentions import Mention, Mentions, Words, lead_back
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.types import Span, Speaker

__all__ = ["SOON", "SPEAKS", "is_one", "resolve_he", "resolve_they", "resolve_who"]

SPEAKS = {"spokesman", "spokeswoman", "spokesperson"}


_SOMEBODY = {"one", "somebody", "someone", "member"}


# Who asks is hardly the "he" who answers.
_ASKS = {"reporter", "journalist", "interviewer", "moderator", "correspondent"}


SOON = 3  # sentences


_NEAR = 60  # characters before "who"


_REACH = 200  # characters before "they"


_PLURAL = re.compile(r"\b[a-z]+s\b")


def resolve_he(mentions: Mentions, words: Words, pronoun: str) -> Speaker | None:
    known = _in_clause_before(mentions, words, pronoun)
    known = known or mentions.best(
        lambda m: is_one(mentions, m, pronoun) and not (words.answers and m.asked), words
    )
    if known is not None:
        mentions.called.setdefault(known.speaker.name, pronoun)
    if known is not None and known.speaker.type == "institution" and known.doubtful:
        # A lone capital word that goes by "he" is a person after all.
        chain = (words.span, *known.speaker.mentions)
        return Speaker(name=known.speaker.name, type="person", mentions=tuple(dict.fromkeys(chain)))
    return lead_back(words, known)


def _in_clause_before(mentions: Mentions, words: Words, pronoun: str) -> Mention | None:
    """Return whom the clause before a pronoun names: "Although the colours surprised Brill, she said ..." is
    Brill, if the clause names nobody else whom it can mean and has no "she" of its own."""
    text, at = mentions.roster.text, words.span.start
    found = _CLAUSE_BEFORE.search(text, max(0, at - _CLAUSE), at)
    part = "beside" if found is not None and found["clause"] is None else "clause"
    if found is None or re.search(_OWN[pronoun], found[part], re.IGNORECASE):
        return None
    begin = found.start(part)
    here = [m for m in mentions.all if begin <= m.at.start < at and is_one(mentions, m, pronoun)]
    ends = {m.at.end for m in here}
    # "Brill, a painter," is one.
    here = [m for m in here if not (m.at.start - len(", ") in ends and text[m.at.start - 2] == ",")]
    return here[-1] if len({m.speaker.name for m in here}) == 1 else None


_CLAUSE = 300  # characters


_OPENS = r"(?:^|[.?!]\s+|\n\s*|[“\"”]\s*)(?:(?:But|And|Yet|Still|Meanwhile),?\s+)?"


_CLAUSE_BEFORE = re.compile(
    rf"{_OPENS}(?:(?:Although|Though|Even\s+(?:though|if|as|when)|While|When|Whenever|Because|Since|As|If|After|Before|Once"
    r"|Until|Whereas)\s+(?!\w+ing\b)(?P<clause>[^.?!\n“”\"]{8,}),\s*$"
    r"|(?P<beside>[A-Z][^.?!\n“”\";:]{8,}),\s+(?:but|and|so|yet)\s+$)"
)


_OWN = {"he": r"\b(?:he|him|his)\b", "she": r"\b(?:she|her|hers)\b"}


def resolve_they(mentions: Mentions, words: Words) -> Speaker | None:
    known = mentions.best(_is_many, words)
    if known is not None and mentions.sentence - known.sentence <= SOON:
        return lead_back(words, known)
    return _plural_before(mentions, words)


def _plural_before(mentions: Mentions, words: Words) -> Speaker | None:
    """Whom "they" means that nobody has spoken for: "concerns held by critics. They argue ..."."""
    begin = max(0, words.span.start - _REACH)
    for match in reversed(list(_PLURAL.finditer(mentions.roster.text, begin, words.span.start))):
        if match.group() in words_of("many", "people_words.tsv") and not word_is(match.group(), "document"):
            return Speaker(name=match.group(), type="unnamed", mentions=(words.span, Span(*match.span())))
    return None


def resolve_who(mentions: Mentions, words: Words) -> Speaker | None:
    """ "Lann, who said": the one named right before; both of "Lann and Ostrey, who say"."""
    begin = max(0, words.span.start - _NEAR)
    end = begin + len(re.sub(r",?\s+$", "", mentions.roster.text[begin : words.span.start]))
    known = mentions.best(lambda m: m.at.end == end, words)
    if known is None:
        return None
    joint = re.search(r"\sand\s+$", mentions.roster.text[begin : known.at.start])
    if joint is None:
        return lead_back(words, known)
    other = mentions.best(lambda m: m.at.end == begin + joint.start(), words)
    if other is None:
        return None
    first, second = other.speaker, known.speaker
    return Speaker(
        name=f"{first.name}; {second.name}",
        type=first.type if first.type == second.type else "group",
        mentions=(words.span, other.at, known.at),
    )


def is_one(mentions: Mentions, mention: Mention, pronoun: str | None) -> bool:
    """Can "he" or "she" mean this? A person, somebody unnamed, or a lone capital word; nobody who goes by
    the other, no two at once, and nothing that is no person."""
    speaker = mention.speaker
    if (pronoun and mentions.pronoun_of(mention) not in {None, pronoun}) or ";" in speaker.name:
        return False
    if speaker.type == "unnamed":
        head = parse_named(speaker.name).head
        asks = head in _ASKS and not speaker.name.lower().startswith("our ")
        return (head in _SOMEBODY or word_is(head, "role")) and not asks
    if speaker.type == "institution" and speaker.role in SPEAKS:
        return mention.how == "spoke"
    if mention.doubtful:
        return not is_place(speaker.name) and not is_carrier(speaker.name)
    return speaker.type == "person"


def _is_many(mention: Mention) -> bool:
    speaker = mention.speaker
    if speaker.type == "unnamed":
        head = parse_named(speaker.name).head
        return word_is(head, "many") or not (head in _SOMEBODY or word_is(head, "role"))
    return speaker.type in {"institution", "group"} or ";" in speaker.name
