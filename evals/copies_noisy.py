"""Copies through bad print: are reprints found that a scan misread, that were cut and mixed with other words?

`python -m evals.copies_noisy ARTICLES.jsonl.gz` prints the figures of every variant. The articles are real
ones; what happens to them is made here, seeded: characters misread, words split and joined, hyphens lost at
the ends of lines, cuts, paragraphs in another order, an equal amount of somebody else's copy around them.
Articles of which another has more than a tenth are left out, so that each original stands alone, and a third
of the articles is kept to be the somebody else.

How good the grouping is, is the adjusted Rand index; beside it stand precision and recall over pairs.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import comb
from pathlib import Path

from evals.rows import read_rows
from evals.scoring import Score
from onrecord.across import group_copies

__all__ = ["VARIANTS", "Variant", "main", "misprint", "score"]

SEED = 11
MOST = 240  # articles taken of a file
COPIES = 2  # of each original
SHORTEST, LONGEST = 150, 1200  # words of an original
COLUMN = 40  # characters of a printed line
# What a scan reads for what: shapes that look alike in small print.
CONFUSED = dict(
    pair.split("=")
    for pair in (
        "e=c c=e o=0 0=O l=1 1=l i=j j=i h=b b=h n=u u=n a=o t=f f=t s=5 5=S m=rn w=vv d=cl g=q q=g y=v v=y "
        "r=n k=lc p=n z=2 x=z 8=B B=8 3=8 6=b 9=g 4=A 7=T 2=Z I=l O=0 S=5 D=O E=F F=P G=C C=G H=N M=N N=M "
        "P=F R=B T=I U=V V=U W=VV A=4 K=X L=I J=I .=, ,=. ;=: ’='"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What is done to the copies: the share of characters misread (of the original too, with `both`), the
    share of the words that is kept, whether paragraphs change places and stand among others' words."""

    noise: float = 0.0
    keep: float = 1.0
    reorder: bool = False
    mix: bool = False
    both: bool = False

    @property
    def name(self) -> str:
        """The variant in words, as the tables have it."""
        parts = [f"{self.noise:.0%} misread{' on both sides' if self.both else ''}"] if self.noise else []
        parts += [f"cut to {self.keep:.0%}"] if self.keep < 1 else []
        parts += ["reordered"] if self.reorder else []
        parts += ["in as much of other words"] if self.mix else []
        return ", ".join(parts) or "as printed"


VARIANTS = (
    Variant(),
    Variant(noise=0.01),
    Variant(noise=0.03),
    Variant(noise=0.05),
    Variant(keep=0.5),
    Variant(keep=0.3),
    Variant(reorder=True),
    Variant(mix=True),
    Variant(keep=0.3, reorder=True, mix=True),
    Variant(noise=0.05, keep=0.5),
    Variant(noise=0.05, keep=0.3),
    Variant(noise=0.05, keep=0.3, reorder=True, mix=True),
    Variant(noise=0.05, both=True),
    Variant(noise=0.05, keep=0.3, both=True),
    Variant(noise=0.05, keep=0.3, reorder=True, mix=True, both=True),
)


def main(argv: list[str]) -> None:
    """Print the figures of every variant."""
    for variant in VARIANTS:
        figures = score(argv[0], variant)
        print(f"{variant.name}: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)


def score(source: str | Path, variant: Variant) -> Score:
    """Group the originals of a file with what a variant makes of them."""
    texts, gold = make_pages(read_alone(source), variant)
    order = {id: "2031-03-10" if id.startswith("o") else "2031-03-11" for id in texts}
    return compare(gold, group_copies(texts, order=order))


@cache
def read_alone(source: str | Path) -> tuple[str, ...]:
    """Return the articles of a file that stand alone: the same for every variant."""
    return tuple(choose_alone([row["text"] for row in read_rows(source)]))


def make_pages(alone: Sequence[str], variant: Variant) -> tuple[dict[str, str], dict[str, str]]:
    """Return pages by id, and for each the original that it was made from."""
    chance = random.Random(SEED)
    fillers, originals = alone[: len(alone) // 3], alone[len(alone) // 3 :]
    pages: dict[str, str] = {}
    gold: dict[str, str] = {}
    for number, text in enumerate(originals):
        first = f"o{number:03d}"
        pages[first] = misprint(text, variant.noise, chance) if variant.both else text
        gold[first] = first
        for copy in range(COPIES):
            id = f"{chance.choice('abcxyz')}{number:03d}-{copy}"
            pages[id] = reprint(text, chance.choice(fillers), variant, chance)
            gold[id] = first
    return pages, gold


def choose_alone(texts: Sequence[str]) -> Iterator[str]:
    """Yield articles of which no other has more than a tenth, counted in five words in a row."""
    runs = [set(find_runs(text)) for text in texts]
    held = Counter(one for some in runs for one in some)
    found = 0
    for text, some in zip(texts, runs, strict=True):
        # Counted against all others together: no pair need be looked at.
        others = sum(held[one] > 1 for one in some)
        if found < MOST and SHORTEST <= len(text.split()) <= LONGEST and others <= 0.1 * len(some):
            found += 1
            yield text


def find_runs(text: str) -> Iterator[str]:
    words = text.casefold().split()
    return (" ".join(words[at : at + 5]) for at in range(len(words) - 4))


def reprint(text: str, other: str, variant: Variant, chance: random.Random) -> str:
    """Return what becomes of an article in another paper."""
    paragraphs = cut_paragraphs(text)
    if variant.keep < 1:
        paragraphs = keep_part(paragraphs, variant.keep, chance)
    if variant.reorder:
        chance.shuffle(paragraphs)
    if variant.mix:
        words = sum(len(one.split()) for one in paragraphs)
        around = cut_paragraphs(" ".join(other.split()[:words]))
        for one in around:
            paragraphs.insert(chance.randint(0, len(paragraphs)), one)
    return misprint("\n".join(paragraphs), variant.noise, chance)


def cut_paragraphs(text: str) -> list[str]:
    """Return paragraphs of some 40 words, cut behind a sentence."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?”\"])\s+|\n+", text):
        if sentence.strip():
            if found and len(found[-1].split()) < 40:
                found[-1] += " " + sentence.strip()
            else:
                found.append(sentence.strip())
    return found


def keep_part(paragraphs: list[str], share: float, chance: random.Random) -> list[str]:
    """Keep whole paragraphs, in their order, until they have the share of the words; 60 words at least."""
    wanted = max(60, share * sum(len(one.split()) for one in paragraphs))
    kept: list[int] = []
    for at in chance.sample(range(len(paragraphs)), len(paragraphs)):
        if sum(len(paragraphs[one].split()) for one in kept) < wanted:
            kept.append(at)
    return [paragraphs[at] for at in sorted(kept)]


def misprint(text: str, noise: float, chance: random.Random) -> str:
    """Return a text as a scan of its print would read, with about this share of its characters wrong."""
    if not noise:
        return text
    printed = "\n".join(print_column(line, chance) for line in text.splitlines())
    # A hyphen at the end of a line is lost the oftener, the worse the print; else the word is put together.
    printed = re.sub(r"(?<=\w)-\n", lambda _: " " if chance.random() < 10 * noise else "", printed)
    found: list[str] = []
    for sign in printed:
        if chance.random() >= noise:
            found.append(sign)
        elif sign.isspace():
            found.append("" if chance.random() < 0.5 else sign)
        else:
            kind = chance.random()
            wrong = CONFUSED.get(sign, chance.choice("etaoinshrdlu"))
            read = ((0.75, wrong), (0.85, ""), (0.95, f"{sign} "), (1.0, sign * 2))
            found.append(next(one for most, one in read if kind < most))
    return "".join(found)


def print_column(line: str, chance: random.Random) -> str:
    """Set a paragraph in lines of a column; one word in three that do not fit is broken with a hyphen."""
    out, width = "", 0
    for word in line.split():
        room = COLUMN - width
        if width + len(word) <= COLUMN:
            out, width = f"{out} {word}" if width else out + word, width + len(word) + 1
        elif len(word) > 5 and 2 < room < len(word) - 1 and chance.random() < 1 / 3:
            out, width = f"{out} {word[:room]}-\n{word[room:]}", len(word) - room + 1
        else:
            out, width = f"{out}\n{word}", len(word) + 1
    return out


def compare(gold: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Return the adjusted Rand index of a grouping, and precision and recall of its pairs."""
    same = sum(comb(n, 2) for n in Counter((gold[id], found[id]) for id in gold).values())
    ours, theirs = (
        sum(comb(n, 2) for n in Counter(groups[id] for id in gold).values()) for groups in (found, gold)
    )
    expected = ours * theirs / comb(len(gold), 2)
    most = (ours + theirs) / 2
    return {
        "ARI": (same - expected) / (most - expected) if most > expected else 1.0,
        "pairs P": same / ours if ours else 1.0,
        "pairs R": same / theirs,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
