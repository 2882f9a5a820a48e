"""What is known by itself of the words at a saying, and of how a mention of an entity stands."""

import math
import re
from dataclasses import dataclass

from onrecord.statements.lexicon.kinds import word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.ranking.scene import WORD, Asked, Scene
from onrecord.types import Span

__all__ = ["GOVERNS", "OWNERS", "Standing", "find_standing", "is_for_another", "measure_words"]

OWNERS = frozenset({"his", "her", "its", "their"})
GOVERNS = re.compile(
    r"\b(?:of|for|to|from|with|at|in|by|on|behind|against|near)\s+(?:(?:the|an?|his|her|its|their)\s+)?(?:[\w’'.-]+\s+){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Is a mention the subject of its sentence, quoted, behind a preposition, an owner?"""

    subject: bool
    quoted: bool
    governed: bool
    possessive: bool


def measure_words(asked: Asked) -> dict[str, float]:
    """Return what the words at a saying are."""
    phrase, pronoun = asked.phrase, asked.pronoun
    return {
        "w:none": float(not phrase),
        "w:he": float(pronoun in {"he", "she"}),
        "w:it": float(pronoun == "it"),
        "w:they": float(pronoun == "they"),
        "w:who": float(pronoun in {"who", "which"}),
        "w:i": float(pronoun in {"i", "we"}),
        "w:definite": float(asked.first in words_of("definite")),
        "w:indefinite": float(asked.first in words_of("indefinite") or asked.first.isdigit()),
        "w:owned": float(asked.first in OWNERS and len(phrase) > 5),
        "w:capital": float(phrase[:1].isupper() and not pronoun),
        "w:names inside": min(len(asked.inside), 3.0),
        "w:plural": float(asked.head.endswith("s") and not asked.inside),
        "w:long": math.log1p(len(phrase.split())),
        "w:headline": float(asked.one.paragraph.role == "headline"),
        "w:speaks for": float(is_for_another(phrase)),
    }


def find_standing(scene: Scene, span: Span) -> Standing:
    start = scene.places.sentences[scene.places.sentence(span.start)].start
    return Standing(
        subject=len(scene.masked[start : span.start].split()) <= 4,
        quoted=scene.masked[span.start] != scene.text[span.start],
        governed=GOVERNS.search(scene.masked[max(start, span.start - 50) : span.start]) is not None,
        possessive=scene.text[span.end : span.end + 2] in {"’s", "'s"},
    )


def is_for_another(words: str) -> bool:
    """Has it a word for one who speaks for another, or is another's: "a spokesman for", "his lawyer"?"""
    return any(word_is(word, "for_another") for word in WORD.findall(words))
