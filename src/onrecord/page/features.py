"""What one line of text looks like by itself: running text, a menu word, a name, a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from onrecord.page.signs import UNSPACED, UPPER, Kinds, blank_out, count_kinds, read_kinds, start_words
from onrecord.page.signs import WORD as WORD_SIGN
from onrecord.page.words import find_phrases, reader_words, stop_words
from onrecord.types import Role

__all__ = ["Look", "look_at_all", "look_at_each"]

WORD = re.compile(r"\w+")
STOP = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։", "။", "៖")
CLOSING = "\"'”’“»«›)]」』】）＂*¹²³ "
# A pattern that opens with a set of signs is looked for much faster than one that opens with several ways to
# go on.
SENTENCE_OR_END = re.compile(
    r"[.!?…。！？।؟\n](?:(?<=[.!?…])[\"'”’“»)\]]*[^\S\n]+[\"'“„«‘¿¡(\[]*[A-ZÀ-ÞА-ЯЁЇІЄΑ-Ω0-9¿¡]|(?<=[。！？।؟\n]))"
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
    # A page may have no long line: then its sentences tell.
    long = long or [look.stops for look in looks if look.words > 5 and look.ends]
    if long and sum(long) / len(long) < UNKNOWN_LANGUAGE:
        words = np.array([look.words for look in looks])
        ends = np.array([look.ends for look in looks])
        sentences = np.array([look.sentences for look in looks])
        stops, capitals = np.full(len(looks), UNKNOWN_STOPS), np.zeros(len(looks))
        prose = rate_prose(words, stops, ends, sentences, capitals).tolist()
        looks = [replace(look, prose=rate) for look, rate in zip(looks, prose, strict=True)]
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


def look_at_part(lines: Sequence[str]) -> list[Look]:
    """Measure lines together: a pass over all their words is several times faster than one over each's."""
    heads = [line[:MAX_LOOK].replace("\n", " ") for line in lines]
    kinds, starts = read_kinds(heads)
    first = start_words(kinds)
    words = list_words("\n".join([*heads, ""]), kinds)
    told = np.fromiter(map(told_words().get, words, repeat(0)), np.uint8, len(words))
    many = count_kinds(first, starts, WORD_SIGN)
    ends = np.cumsum(many)
    asked = count_flags(told & THING != 0, ends)
    unspaced = count_kinds(kinds, starts, UNSPACED)
    # About two signs make a word.
    counts = many + unspaced // 2
    some = np.maximum(many, 1)
    stops = count_flags(told & SMALL != 0, ends) / some
    unknown = unspaced > np.array([len(head) for head in heads]) / 3
    stops = np.where(unknown, np.maximum(stops, UNKNOWN_STOPS), stops)
    capitals = count_kinds(first, starts, UPPER) / some
    ended = [line.rstrip(CLOSING).endswith(STOP) for line in lines]
    sentences = count_sentences(heads)
    edges = [0, *ends.tolist()]
    return list(
        map(
            Look,
            map(len, lines),
            counts.tolist(),
            stops.tolist(),
            ended,
            sentences.tolist(),
            capitals.tolist(),
            find_phrases(lines),
            [
                count > 0 and asks_reader(words[at:end], count)
                for (at, end), count in zip(pairwise(edges), asked.tolist(), strict=True)
            ],
            rate_prose(counts, stops, np.array(ended, np.bool_), sentences, capitals).tolist(),
            [tuple(words[at : min(end, at + MAX_TOKENS)]) for at, end in pairwise(edges)],
        )
    )


def list_words(text: str, kinds: Kinds) -> list[str]:
    """Return the words of a text, each by itself in lower case; `kinds` are its characters' kinds."""
    # With all else made spaces the words are what is left: much faster than looking for each.
    bare = blank_out(text, kinds & WORD_SIGN == 0)
    if "İ" in bare or "Σ" in bare:
        # In lower case one becomes two signs, and what stands beside the other changes it.
        return [word.lower() for word in bare.split()]
    return bare.lower().split()


@cache
def told_words() -> dict[str, int]:
    """The words that tell something of their line: small ones, and those of forms and offers."""
    told = dict.fromkeys(stop_words(), SMALL)
    for word in reader_words()[0]:
        told[word] = told.get(word, 0) | THING
    return told


def count_flags(flags: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the words of each line that have a flag; `ends` tells where each line's words end."""
    return np.diff(np.append(0, np.cumsum(flags))[ends], prepend=0)


def count_sentences(lines: Sequence[str]) -> NDArray[np.int64]:
    """Count the sentences of each line."""
    found = SENTENCE_OR_END.findall("\n".join([*lines, ""]))
    ends = np.flatnonzero(np.fromiter(map("\n".__eq__, found), np.bool_, len(found)))
    return np.diff(ends, prepend=-1)


def rate_prose(
    words: NDArray[np.int64],
    stops: NDArray[np.float64],
    ends: NDArray[np.bool_],
    sentences: NDArray[np.int64],
    capitals: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Rate how much each line reads like a paragraph: long, whole sentences, small words between."""
    score = np.minimum(words / 25, 1.0) * 0.5
    score += 0.3 * ends
    score += 0.1 * (sentences > 1)
    score += np.minimum(stops / 0.35, 1.0) * 0.3
    score -= 0.3 * ((stops < 0.08) & (words > 6))
    score -= 0.3 * ((capitals > 0.7) & (words > 5))
    return np.where(words < 4, 0.0, np.clip(score, 0.0, 1.0))


def asks_reader(words: Sequence[str], asked: int) -> bool:
    """Tell a line that asks its reader for something: words of forms and offers, or one beside "you".

    `asked` is how many words of forms and offers it has.
    """
    if len(words) > 90 or asked * 14 < len(words):
        return False
    return asked > 1 or not reader_words()[1].isdisjoint(words)
