"""What tells how surely a statement was read: the signals of its words, and those of its speaker.

Each has a name, for the weights (data/confidence.tsv) and for whoever asks why a figure is low. More were
tried; these are the ones that told something on outlets they were not made on (evals/ABLATION.md).
"""

import math
import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from onrecord.statements.lexicon.kinds import is_place, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.model.likely import log_odds, measure_likely
from onrecord.statements.rules.attribution import Attribution, Said
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.types import Kind, Speaker

__all__ = ["FAMILIES", "Signals", "measure_speaker", "measure_words"]

Signals = Mapping[str, float]

# The signals in families, so that each can be left out as a whole and its gain seen.
FAMILIES = {
    "words": {
        "rule and reader": ("likely", "cue rated"),
        "no words of saying": ("no cue",),
        "marks": ("mixed",),
        "length": ("few words",),
        "edges": ("ends at a stop",),
    },
    "speaker": {
        "a pronoun": ("he or she",),
        "rivals": ("rivals",),
        "names nobody": ("unnamed", "unnamed, a role", "nobody"),
        "kind": ("institution",),
        "name": ("odd name",),
        "reader": ("cue rated",),
        "headline": ("headline",),
        "candidates": ("weighed", "not weighed"),
    },
}

_WORD = re.compile(r"\w[\w’'-]*")
_FEW = 3  # words that hardly are a whole statement
_WINDOW = 600  # characters before a source in which somebody else may be meant
_HE_SHE = frozenset({"he", "she", "his", "her"})


def measure_words(text: str, one: Said, kind: Kind) -> Signals:
    """Return what tells whether the page has these words as a statement, from edge to edge."""
    what = one.what
    return {
        "constant": 1.0,
        "likely": log_odds(measure_likely(what, kind)),
        "cue rated": _cue_rated(what),
        "no cue": float(not what.cue),
        "mixed": float(kind == "mixed"),
        "few words": float(sum(len(_WORD.findall(part.of(text))) for part in what.content) <= _FEW),
        "ends at a stop": float(_ends_at_stop(text, what)),
    }


def measure_speaker(text: str, one: Said, roster: Roster) -> Signals:
    """Return what tells whether the speaker is the right one, given that somebody said these words."""
    speaker, what = one.speaker, one.what
    unnamed = speaker is not None and speaker.type == "unnamed"
    source = what.source.of(text) if what.source else ""
    return {
        "constant": 1.0,
        "he or she": float(_first_word(source) in _HE_SHE and speaker is not None and not unnamed),
        "rivals": math.log1p(_count_rivals(text, one, roster)),
        "unnamed": float(unnamed),
        "unnamed, a role": float(unnamed and word_is(parse_named(source).head, "role")),
        "nobody": float(speaker is None),
        "institution": float(speaker is not None and speaker.type == "institution"),
        "odd name": float(speaker is not None and _is_odd(speaker)),
        "cue rated": _cue_rated(what),
        "headline": float(one.paragraph.role == "headline"),
        "weighed": log_odds(one.sure_who) if one.sure_who is not None else 0.0,
        "not weighed": float(one.sure_who is None),
    }


def _cue_rated(what: Attribution) -> float:
    """How likely the reader holds the words of saying; even odds where there is nothing for it to rate."""
    return log_odds(what.rate) if what.cue and not what.no_comment else 0.0


def _ends_at_stop(text: str, what: Attribution) -> bool:
    """Do the words end where a sentence or a quotation does?"""
    if not what.content:
        return False
    end = what.content[-1].end
    return text[end - 1] in ".,?!…" or text[end : end + 1] in {".", "?", "!", "…", "\n", ""}


def _first_word(source: str) -> str:
    word = _WORD.match(source)
    return word[0].casefold() if word is not None else ""


def _count_rivals(text: str, one: Said, roster: Roster) -> int:
    """How many other people are named since this speaker was, where the words at the saying give no name."""
    speaker, source = one.speaker, one.what.source
    if speaker is None or speaker.type == "unnamed" or (source and _is_named(source.of(text), speaker.name)):
        return 0
    begins = [part.start for part in (*([source] if source else []), *one.what.content)]
    here = begins[0] if begins else one.sentence.start
    first, last = (
        bisect_left(roster.mentions, at, key=lambda m: m[0].start) for at in (here - _WINDOW, here)
    )
    others: set[str] = set()
    for _, person in reversed(roster.mentions[first:last]):
        if person.name == speaker.name:
            break
        others.add(person.name)
    return len(others)


def _is_named(source: str, name: str) -> bool:
    """Do the words at the saying give a person's name, or its last part ("Vale's")?"""
    words = [word.casefold() for word in _WORD.findall(source)]
    last = [word.casefold() for word in _WORD.findall(name)][-1:]
    return bool({*words, *(word[:-2] for word in words)} & {*last})


def _is_odd(speaker: Speaker) -> bool:
    """Has a person's name a part that names seldom have: a title, a place, a word that opens sentences?"""
    if speaker.type != "person":
        return False
    words = [word.strip(".,") for word in speaker.name.split(";")[0].split()]
    return any(_is_no_name(word) for word in words)


def _is_no_name(word: str) -> bool:
    known = any(word_is(word, kind) for kind in ("title", "role", "honorific", "body", "many"))
    return known or is_place(word) or bool({word, word.lower()} & _no_names())


@cache
def _no_names() -> frozenset[str]:
    return words_of("opener") | words_of("preposition")
