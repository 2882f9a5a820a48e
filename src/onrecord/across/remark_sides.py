"""What one statement has to be compared with others of its story, found once for each.

The statements of a story are looked at together: a word that everybody there uses tells little. Their words
are numbers here, so that many pairs are quickly compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from onrecord.across.weights import Vector, lower_common, tell_words
from onrecord.across.words import find_names, find_words
from onrecord.checks.differences import MODALS
from onrecord.models.pieces import number_pieces
from onrecord.models.remarks import SIZE, embed_pieces
from onrecord.types import Entry

__all__ = ["FEW", "Side", "embed_texts", "look_at"]

FEW = 10  # statements; among fewer, nothing can be called common

_INSIDE_MARKS = re.compile(r"(?:[“\"«„]|``)(.+?)(?:[”\"»“]|''|$)", re.DOTALL)
_NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")
_NEGATIONS = frozenset("not no never none nobody nothing without cannot neither nor".split())
_CUT_SHORT = re.compile(r"n['’]t\b", re.IGNORECASE)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Side:
    """What one statement has to be compared: `words` as numbers, the same in all statements of the story,
    `runs` its runs of three words, `quoted` how many words stand in marks and `quoted_runs` the runs of
    these, `telling` how much each word tells, `vector` the mean of its words' vectors, of length 1."""

    entry: Entry
    words: list[int]
    bag: frozenset[int]
    runs: frozenset[int]
    quoted: int
    quoted_runs: frozenset[int]
    telling: Vector
    weight: float
    numbers: frozenset[str]
    names: frozenset[str]
    modals: frozenset[str]
    negated: bool
    name: frozenset[str]
    role: frozenset[str]
    vector: NDArray[np.float32]


def look_at(entries: Sequence[Entry]) -> list[Side]:
    """Return what each of the statements of a story has to be compared."""
    texts = [" ".join(entry.content) for entry in entries]
    words = [find_words(text) for text in texts]
    telling = _weigh(words)
    number: defaultdict[str, int] = defaultdict(count().__next__)
    numbered = [[number[word] for word in some] for some in words]
    # Nothing is quoted that is not among the words.
    size = len(number)
    sides: list[Side] = []
    for entry, text, some, own, vector in zip(
        entries, texts, words, numbered, embed_texts(texts), strict=True
    ):
        runs = _find_runs(own, size)
        quoted, quoted_runs = own, runs
        if entry.kind == "mixed":
            quoted = [number[word] for word in find_words(" ".join(_INSIDE_MARKS.findall(text)))]
            quoted_runs = _find_runs(quoted, size)
        elif entry.kind != "direct":
            quoted, quoted_runs = [], frozenset()
        weights = dict(telling[word] for word in some if word in telling)
        speaker = entry.speaker
        sides.append(
            Side(
                entry=entry,
                words=own,
                bag=frozenset(own),
                runs=runs,
                quoted=len(quoted),
                quoted_runs=quoted_runs,
                telling=weights,
                weight=sum(weights.values()),
                # Two looks that tell quickly that a search would find nothing.
                numbers=_NONE if "".join(some).isalpha() else frozenset(_NUMBER.findall(text)),
                names=_NONE if text[1:].islower() else find_names(text),
                modals=MODALS.intersection(some),
                negated=not _NEGATIONS.isdisjoint(some)
                or ("t" in some and _CUT_SHORT.search(text) is not None),
                name=_bag(speaker.name) if speaker else _NONE,
                role=_bag(speaker.role or "") if speaker else _NONE,
                vector=vector,
            )
        )
    return sides


def _weigh(texts: Sequence[Sequence[str]]) -> dict[str, tuple[str, float]]:
    """Return for each word of some texts that tells its stem, and how much it tells among these."""
    known = tell_words(chain.from_iterable(texts))
    counts = Counter(stem for words in texts for stem in {known[word][0] for word in words if word in known})
    # Two statements with a word may be the very pair in question: only further ones make it common.
    common = {word: (number - 1) / (len(texts) + FEW) for word, number in counts.items() if number > 1}
    return lower_common(known, common)


def embed_texts(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return for each text the mean of its pieces' vectors, a piece that few of the texts have weighing more
    (inverse document frequency), of length 1."""
    pieces = number_pieces(texts)
    lengths = np.array([len(ids) for ids in pieces], np.int64)
    found = np.fromiter(chain.from_iterable(pieces), np.int64, lengths.sum())
    known, at = np.unique(found, return_inverse=True)
    # Each piece once for each text that has it.
    having = np.unique(np.repeat(np.arange(len(texts)), lengths) * max(len(known), 1) + at)
    counts = np.bincount(having % max(len(known), 1), minlength=len(known)).astype(np.float32)
    rarity = np.log((len(texts) + 1) / counts).astype(np.float32)
    weighed = embed_pieces(known.tolist()) * rarity[:, None]
    sums = np.zeros((len(texts), SIZE), np.float32)
    if len(found):
        full = np.flatnonzero(lengths)
        sums[full] = np.add.reduceat(weighed[at], (np.cumsum(lengths) - lengths)[full], axis=0)
    norms: NDArray[np.float32] = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(norms, 1e-6), np.float32)


def _find_runs(words: Sequence[int], size: int) -> frozenset[int]:
    """Return the runs of three words, each as one number: the words are numbers below `size`."""
    return frozenset(
        [(a * size + b) * size + c for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    )


@lru_cache(maxsize=1 << 12)
def _bag(text: str) -> frozenset[str]:
    return frozenset(find_words(text))
