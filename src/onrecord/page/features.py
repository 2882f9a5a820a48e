"""What one line of text looks like by itself: running text, a menu word, a name, a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.page.words import find_phrase, reader_words, stop_words
from onrecord.types import Role

__all__ = ["Look", "look_at", "look_at_all"]

WORD = re.compile(r"\w+")
# Chinese, Japanese, Thai and their neighbours write no spaces: about two signs make a word.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
STOP = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։", "။", "៖")
CLOSING = "\"'”’“»«›)]」』】）＂*¹²³ "
SENTENCE_END = re.compile(r"[.!?…][\"'”’“»)\]]*\s+[\"'“„«‘¿¡(\[]*[A-ZÀ-ÞА-ЯЁЇІЄΑ-Ω0-9¿¡]|[。！？।؟]")
MAX_LOOK = 5_000
# What a line is shows in its first words.
MAX_TOKENS = 40
SHORT = 60
UNKNOWN_LANGUAGE = 0.05
UNKNOWN_STOPS = 0.35


@dataclass(frozen=True, slots=True)
class Look:
    """The looks of a line.

    `stops` is the share of small words, `asks` whether the page speaks to its reader here ("Enter your
    email"), `prose` how much the line reads like running text, 0 to 1, `tokens` its first
    words in lower case.
    """

    chars: int
    words: int
    stops: float
    ends: bool
    sentences: int
    capitals: float
    phrase: Role | None
    asks: bool
    prose: float
    tokens: tuple[str, ...]


def look_at_all(lines: Sequence[str]) -> list[Look]:
    """Measure the lines of a page.

    Where its long lines hold hardly any of the small words we know, its language is one that we don't know.
    """
    looks = [look_at(line) for line in lines]
    long = [look.stops for look in looks if look.words > 9]
    if long and sum(long) / len(long) < UNKNOWN_LANGUAGE:
        looks = [
            replace(look, prose=rate_prose(look.words, UNKNOWN_STOPS, look.ends, look.sentences, 0.0))
            for look in looks
        ]
    return looks


def look_at(line: str) -> Look:
    """Measure a line. Menus and buttons say the same on page after page; those are measured once."""
    return _look_at_short(line) if len(line) <= SHORT else _look_at_long(line)


def _look_at(line: str) -> Look:
    head = line[:MAX_LOOK]
    found = WORD.findall(head)
    lower = list(map(str.lower, found))
    unspaced = 0 if head.isascii() else len(UNSPACED.findall(head))
    words = len(found) + unspaced // 2
    small = stop_words()
    stops = sum(map(small.__contains__, lower)) / len(found) if found else 0.0
    stripped = line.rstrip(CLOSING)
    ends = stripped.endswith(STOP)
    sentences = len(SENTENCE_END.findall(head)) + 1
    capitals = sum(map(str.isupper, [word[0] for word in found])) / len(found) if found else 0.0
    if unspaced > len(head) / 3:
        stops = max(stops, UNKNOWN_STOPS)
    prose = rate_prose(words, stops, ends, sentences, capitals)
    return Look(
        len(line),
        words,
        stops,
        ends,
        sentences,
        capitals,
        find_phrase(line),
        asks_reader(lower),
        prose,
        tuple(lower[:MAX_TOKENS]),
    )


_look_at_short = lru_cache(maxsize=4_000)(_look_at)
# The rules and the model look at a page's lines one after the other.
_look_at_long = lru_cache(maxsize=500)(_look_at)


def rate_prose(words: int, stops: float, ends: bool, sentences: int, capitals: float) -> float:
    """Rate how much a line reads like a paragraph: long, whole sentences, small words between."""
    if words < 4:
        return 0.0
    score = min(words / 25, 1.0) * 0.5
    score += 0.3 if ends else 0.0
    score += 0.1 if sentences > 1 else 0.0
    score += min(stops / 0.35, 1.0) * 0.3
    score -= 0.3 if stops < 0.08 and words > 6 else 0.0
    score -= 0.3 if capitals > 0.7 and words > 5 else 0.0
    return max(0.0, min(1.0, score))


def asks_reader(words: list[str]) -> bool:
    """Tell a line that asks its reader for something: words of forms and offers, or one beside "you"."""
    if len(words) > 90:
        return False
    things, you = reader_words()
    if things.isdisjoint(words):
        return False
    asked = sum(map(things.__contains__, words))
    return asked > 0 and asked * 14 >= len(words) and (asked > 1 or any(word in you for word in words))
