"""What kind of sign each character is: found once for each, then looked up for whole texts at once."""

import re
import sys
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "AT",
    "BAR",
    "DIGIT",
    "MARK",
    "QUOTE",
    "UNSPACED",
    "UPPER",
    "WORD",
    "Kinds",
    "blank_out",
    "count_kinds",
    "read_kinds",
    "start_words",
]

# The bits of a character's kind; every one has the first.
KNOWN, WORD, UPPER, UNSPACED, DIGIT, MARK, QUOTE, BAR, AT = (1 << bit for bit in range(9))
PATTERNS = (
    (WORD, re.compile(r"\w")),
    # Chinese, Japanese, Thai and their neighbours write no spaces.
    (
        UNSPACED,
        re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"),
    ),
    (DIGIT, re.compile(r"\d")),
    (MARK, re.compile(r"[^\w\s]")),
    (QUOTE, re.compile('["”“„«»]')),
    (BAR, re.compile("[|·•]")),
    (AT, re.compile("@")),
)

Kinds = NDArray[np.uint16]


@cache
def known_kinds() -> Kinds:
    """The kinds of the characters met so far; 0 for all others."""
    return np.zeros(sys.maxunicode + 1, np.uint16)


def find_kind(character: str) -> int:
    upper = UPPER if character.isupper() else 0
    return KNOWN | upper | sum(bit for bit, pattern in PATTERNS if pattern.match(character))


def read_kinds(lines: Sequence[str]) -> tuple[Kinds, NDArray[np.int64]]:
    """Return the kinds of the characters of some lines, a line end after each line, and where each starts.

    The lines hold no line ends.
    """
    codes = list_codes("\n".join([*lines, ""]))
    known = known_kinds()
    kinds = known[codes]
    if not kinds.all():
        for code in set(codes[kinds == 0].tolist()):
            known[code] = find_kind(chr(code))
        kinds = known[codes]
    sizes = np.array([len(line) + 1 for line in lines], np.int64)
    return kinds, np.cumsum(sizes) - sizes


def list_codes(text: str) -> NDArray[np.uint32]:
    """Return the characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def blank_out(text: str, where: NDArray[np.bool_]) -> str:
    """Return a text with spaces in place of some of its characters."""
    codes = np.where(where, np.uint32(ord(" ")), list_codes(text))
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def count_kinds(kinds: Kinds, starts: NDArray[np.int64], bit: int) -> NDArray[np.int64]:
    """Count the characters of a kind in each line."""
    counts: NDArray[np.int64] = np.add.reduceat(kinds & bit != 0, starts, dtype=np.int64)
    return counts


def start_words(kinds: Kinds) -> Kinds:
    """Return the kinds of the characters that start a word, and 0 for all others."""
    words = kinds & WORD != 0
    words[1:] &= ~words[:-1]
    return np.where(words, kinds, np.uint16(0))
