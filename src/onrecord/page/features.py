"""What one line of text looks like by itself: running text, a menu word, a name, a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from onrecord.page.signs import UNSPACED, UPPER, count_kinds, read_kinds, start_words
from onrecord.page.signs import WORD as WORD_SIGN
from onrecord.page.words import find_phrase, reader_words, stop_words
from onrecord.types import Role

__all__ = ["Look", "look_at_all", "look_at_each"]

WORD = re.compile(r"\w+")
STOP = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։", "။", "៖")
CLOSING = "\"'”’“»«›)]」』】）＂*¹²³ "
SENTENCE_OR_END = re.compile(
    r"[.!?…][\"'”’“»)\]]*[^\S\n]+[\"'“„«‘¿¡(\[]*[A-ZÀ-ÞА-ЯЁЇІЄΑ-Ω0-9¿¡]|[。！？।؟]|\n"
)
MAX_LOOK = 5_000
# What a line is shows in its first words.
MAX_TOKENS = 40
# So many characters of lines are measured together: their words are all there at once.
TOGETHER = 100_000
# The bits of what a word tells.
SMALL, THING = 1, 2
UNKNOWN_LANGUAGE = 0.05
UNKNOWN_STOPS = 0.35


@dataclass(slots=True)  # not frozen: a page has hundreds, and a frozen one takes three times as long to make
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
    looks = look_at_each(lines)
    long = [look.stops for look in looks if look.words > 9]
    if long and sum(long) / len(long) < UNKNOWN_LANGUAGE:
        looks = [
            replace(look, prose=rate_prose(look.words, UNKNOWN_STOPS, look.ends, look.sentences, 0.0))
            for look in looks
        ]
    return looks


def look_at_each(lines: Iterable[str]) -> list[Look]:
    """Measure lines one by one, whatever stands beside them."""
    return [look for part in split_lines(lines) for look in look_at_part(part)]


def split_lines(lines: Iterable[str]) -> Iterator[list[str]]:
    """Split lines into parts of bounded size."""
    part: list[str] = []
    size = 0
    for line in lines:
        if size > TOGETHER:
            yield part
            part, size = [], 0
        part.append(line)
        size += min(len(line), MAX_LOOK)
    if part:
        yield part


def look_at_part(lines: Sequence[str]) -> Iterator[Look]:
    """Measure lines together: a pass over all their words is several times faster than one over each's."""
    heads = [line[:MAX_LOOK].replace("\n", " ") for line in lines]
    kinds, starts = read_kinds(heads)
    first = start_words(kinds)
    counts = count_kinds(first, starts, WORD_SIGN)
    words = list_words("\n".join(heads))
    told = np.fromiter(map(told_words().get, words, repeat(0)), np.uint8, len(words))
    ends = np.cumsum(counts)
    at = 0
    for line, head, end, unspaced, upper, sentences, few, asked in zip(
        lines,
        heads,
        ends.tolist(),
        count_kinds(kinds, starts, UNSPACED).tolist(),
        count_kinds(first, starts, UPPER).tolist(),
        count_sentences(heads),
        count_flags(told & SMALL != 0, ends),
        count_flags(told & THING != 0, ends),
        strict=True,
    ):
        many = end - at
        stops = few / many if many else 0.0
        if unspaced > len(head) / 3:
            stops = max(stops, UNKNOWN_STOPS)
        capitals = upper / many if many else 0.0
        ended = line.rstrip(CLOSING).endswith(STOP)
        # About two signs make a word.
        count = many + unspaced // 2
        yield Look(
            len(line),
            count,
            stops,
            ended,
            sentences,
            capitals,
            find_phrase(line),
            asked > 0 and asks_reader(words[at:end], asked),
            rate_prose(count, stops, ended, sentences, capitals) if count >= 4 else 0.0,
            tuple(words[at : min(end, at + MAX_TOKENS)]),
        )
        at = end


def list_words(text: str) -> list[str]:
    """Return the words of a text, each by itself in lower case."""
    if "İ" in text or "Σ" in text:
        # In lower case one becomes two signs, and what stands beside the other changes it.
        return [word.lower() for word in WORD.findall(text)]
    return WORD.findall(text.lower())


@cache
def told_words() -> dict[str, int]:
    """The words that tell something of their line: small ones, and those of forms and offers."""
    told = dict.fromkeys(stop_words(), SMALL)
    for word in reader_words()[0]:
        told[word] = told.get(word, 0) | THING
    return told


def count_flags(flags: NDArray[np.bool_], ends: NDArray[np.int64]) -> list[int]:
    """Count the words of each line that have a flag; `ends` tells where each line's words end."""
    sums = np.append(0, np.cumsum(flags))[ends]
    counts: list[int] = np.diff(sums, prepend=0).tolist()
    return counts


def count_sentences(lines: Sequence[str]) -> list[int]:
    """Count the sentences of each line."""
    found = SENTENCE_OR_END.findall("\n".join([*lines, ""]))
    ends = np.flatnonzero(np.fromiter(map("\n".__eq__, found), np.bool_, len(found)))
    counts: list[int] = np.diff(ends, prepend=-1).tolist()
    return counts


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


def asks_reader(words: Sequence[str], asked: int) -> bool:
    """Tell a line that asks its reader for something: words of forms and offers, or one beside "you".

    `asked` is how many words of forms and offers it has.
    """
    if len(words) > 90 or asked * 14 < len(words):
        return False
    return asked > 1 or not reader_words()[1].isdisjoint(words)
