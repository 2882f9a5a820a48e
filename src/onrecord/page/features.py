"""What one line of text looks like by itself: running text, a menu word, a name, a time."""

import re
from dataclasses import dataclass

from onrecord.page.words import find_phrase, stop_words
from onrecord.types import Role

__all__ = ["Look", "look_at"]

WORD = re.compile(r"\w+")
# Chinese, Japanese, Thai and their neighbours write no spaces: about two signs make a word.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
STOP = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։", "။", "៖")
CLOSING = "\"'”’“»«›)]」』】）＂*¹²³ "
SENTENCE_END = re.compile(r"[.!?…][\"'”’“»)\]]*\s+[\"'“„«‘¿¡(\[]*[A-ZÀ-ÞА-ЯЁЇІЄΑ-Ω0-9¿¡]|[。！？।؟]")
MAX_LOOK = 5_000


@dataclass(frozen=True, slots=True)
class Look:
    """The looks of a line. `stops` is the share of small words, `prose` how much the line reads like running text, 0 to 1."""

    chars: int
    words: int
    stops: float
    ends: bool
    sentences: int
    capitals: float
    phrase: Role | None
    prose: float


def look_at(line: str) -> Look:
    """Measure a line."""
    head = line[:MAX_LOOK]
    found = WORD.findall(head)
    unspaced = len(UNSPACED.findall(head)) if not head.isascii() else 0
    count = len(found) + unspaced // 2
    small = stop_words()
    stops = sum(word in small for word in map(str.lower, found)) / len(found) if found else 0.0
    ends = line.rstrip(CLOSING).endswith(STOP) or line.rstrip().endswith(STOP)
    sentences = len(SENTENCE_END.findall(head)) + 1
    capitals = sum(word[:1].isupper() for word in found) / len(found) if found else 0.0
    if unspaced > len(head) / 3:
        stops = max(stops, 0.35)
    look = Look(len(line), count, stops, ends, sentences, capitals, find_phrase(line), 0.0)
    return Look(len(line), count, stops, ends, sentences, capitals, look.phrase, rate_prose(look))


def rate_prose(look: Look) -> float:
    """Rate how much a line reads like a paragraph: long, whole sentences, small words between the large ones."""
    if look.words < 4:
        return 0.0
    score = min(look.words / 25, 1.0) * 0.5
    score += 0.3 if look.ends else 0.0
    score += 0.1 if look.sentences > 1 else 0.0
    score += min(look.stops / 0.35, 1.0) * 0.3
    score -= 0.3 if look.stops < 0.08 and look.words > 6 else 0.0
    score -= 0.3 if look.capitals > 0.7 and look.words > 5 else 0.0
    return max(0.0, min(1.0, score))
