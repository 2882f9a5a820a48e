"""Which institution is meant: "it", "the agency", "the Air Force", "SVC", "the statement"."""

import re
from dataclasses import replace

from onrecord.statements.lexicon.kinds import bare, is_carrier, is_of_country, is_place, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.speakers.mentions import Mention, Mentions, Words, bare_words, lead_back
from onrecord.statements.text.noun_phrases import trim_told
from onrecord.types import Span, Speaker

__all__ = ["is_outlet", "resolve_body", "resolve_issuer", "resolve_it"]

_OUTLETS = frozenset("paper newspaper broadcaster magazine daily weekly outlet channel network".split())
_SOON = 3  # sentences
_REACH = 250  # characters before the words that name an issuer
_INSIDE = re.compile(r"\s(?:of|for|in|at|from|on)\s")


def is_outlet(word: str) -> bool:
    """Does this common noun name a paper or a broadcaster?"""
    return word in _OUTLETS


def resolve_it(mentions: Mentions, words: Words) -> Speaker | None:
    return lead_back(words, mentions.best(lambda m: _is_body(mentions, m), words))


def resolve_body(mentions: Mentions, words: Words) -> Speaker:
    """Return the institution under the longest name that these words stand for."""
    named, roster = words.named, mentions.roster
    name = re.sub(r"^the\s+", "", trim_told(named.name or words.phrase).strip(" ,"), flags=re.IGNORECASE)
    generic = named.head in words_of("generic_body") or is_outlet(named.head)
    proper = any(w[0].isupper() and not is_of_country(w) for w in name.split())
    if proper or not (generic or name == name.lower()):
        longer = roster.spelled_out(name) or roster.longer_body(name, words.span.start)
        return _printed(*(longer or (name, words.span)), words)
    if generic and not _INSIDE.search(name):
        return _generic(mentions, name, words)
    told = bare_words(name)
    known = mentions.best(lambda m: _is_body(mentions, m) and told <= bare_words(m.speaker.name), words)
    if known is not None and " " in known.speaker.name:
        return _as_body(lead_back(words, known)) or _printed(name, words.span, words)
    fuller = roster.body_with(named.head, words.span.start) if " " not in name else None
    return _printed(*(fuller or (name, words.span)), words)


def _printed(name: str, span: Span, words: Words) -> Speaker:
    """An institution as it is printed there, at the words themselves or before them."""
    inside = words.span.start <= span.start and span.end <= words.span.end
    chain = (words.span,) if inside else (words.span, span)
    return Speaker(name=name, type="institution", role=words.named.role, mentions=chain)


def _as_body(speaker: Speaker | None) -> Speaker | None:
    """Two capital words that are called a company are no person's name."""
    return replace(speaker, type="institution") if speaker is not None else None


def _generic(mentions: Mentions, name: str, words: Words) -> Speaker:
    """ "The agency", "the software giant": the institution that comes to mind, of the kind it says."""
    head, at = words.named.head, words.span.start
    known = mentions.best(lambda m: _is_body(mentions, m) and _may_be(m, head), words)
    fuller = mentions.roster.body_with(head, at)
    if known is None and fuller is None and is_outlet(head):
        fuller = _outlet_before(mentions, at)
    if fuller is not None and (known is None or head not in known.speaker.name.lower()):
        return _printed(*fuller, words)
    return _as_body(lead_back(words, known)) or _printed(name, words.span, words)


def _outlet_before(mentions: Mentions, at: int) -> tuple[str, Span] | None:
    """The paper or broadcaster named last, told by its name or the word before it."""
    text = mentions.roster.text
    for name, span in reversed(mentions.roster.bodies):
        before = (text[max(0, span.start - 20) : span.start].split() or [""])[-1]
        if span.end <= at and (is_carrier(name) or bare(before) in _OUTLETS):
            return name, span
    return None


def resolve_issuer(mentions: Mentions, words: Words) -> Speaker | None:
    """ "The statement reads": whoever has just said something in a statement."""
    named = words.named
    if not re.match(r"(?:the|this|that)\b", words.phrase, re.IGNORECASE) or " " in (named.name or ""):
        return None
    last = mentions.latest()
    if last is None or last.speaker.type == "unnamed" or mentions.sentence - last.sentence > _SOON:
        return None
    between = mentions.roster.text[max(0, last.at.start - _REACH) : words.span.start]
    issued = rf"\b(?:an?|its|his|her|their)\s+(?:[\w-]+\s+){{0,3}}{re.escape(named.head)}\b"
    return lead_back(words, last) if re.search(issued, between) else None


def _is_body(mentions: Mentions, mention: Mention) -> bool:
    """Can "it" mean this? An institution, or capital words that a sentence is about and that nothing shows
    to be a person's name."""
    speaker = mention.speaker
    if speaker.type == "institution":
        return True
    told = mention.how in {"spoke", "subject"} and mention.pronoun is None and speaker.type == "person"
    return told and (mention.doubtful or speaker.name in mentions.roster.doubted)


def _may_be(mention: Mention, head: str) -> bool:
    """Can an institution be called so: no country is a company, no ministry a newspaper."""
    name = mention.speaker.name
    if is_outlet(head):
        return is_carrier(name) or head in name.lower()
    if is_place(name) or (is_carrier(name) and head != "agency"):
        return False
    own = bare(name.split()[-1])
    return own == head or own in words_of("generic_body") or not word_is(own, "body")
