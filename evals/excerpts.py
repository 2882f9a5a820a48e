"""The excerpt test: does `check` say from which page an excerpt is, and keep silent where it is from none?

usage: python -m evals.excerpts PAGES OUT.jsonl

PAGES is the folder of page sets. A known test asked eight assistants for headline, outlet, day and address of
200 excerpts each: over 60% of 1,600 answers were wrong, the best tool's 37%. Here 1,600 excerpts of 20 to 40
words are taken from the gold bodies, which others wrote down; a tenth of them has one word changed or is from
pages that are left out of the ledger. `check` is asked for each.

An answer is *right* when the page named first has the words; for a changed excerpt when none is said to have
them; for one left out when it is not found. It is *wrong* when it names a page that does not have the words
as given. *Missed*: the words are there and were not found. Whether a page has words is asked of its bytes by
code that shares nothing with Onrecord's.

OUT has a row an excerpt: {"id", "excerpt", "kind", "verdict", "page", "result", "headline", "day"}, the last
two telling whether they agree with the gold, null where it has none.
"""

import gzip
import html
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.body import iter_captures
from evals.metadata import fold_marks
from evals.rows import read_rows, write_rows
from onrecord.checks.verdicts import QuotationCheck
from onrecord.ledger import Ledger, check_quotation, get_page, open_ledger, record_reading
from onrecord.reading import collect_seldom, read_or_problem
from onrecord.types import Problem

__all__ = ["EXCERPTS", "SETS", "main", "run", "score"]

SETS = ("wcxb_dev", "fundus_tests", "fundus_eval", "zyte")
SEED = 11
EXCERPTS = 1600
SHARE_CHANGED = 0.05
SHARE_LEFT_OUT = 0.05
FEWEST, MOST = 20, 40
NOT_THERE = ("not found", "altered", "spliced")
CHANGES = ("seldom", "seventeen", "harbour", "never", "Wednesday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words of one page; `kind` is "printed", "changed" or "left out"."""

    page: str
    words: str
    kind: str


def main(argv: list[str]) -> None:
    """Ask for every excerpt and write what was answered."""
    folder, out = map(Path, argv[:2])
    print(render(run(folder, out)))


def run(folder: Path, out: Path) -> dict[str, float]:
    """Ask for every excerpt, write what was answered, and return the scores."""
    write_rows(out, ask_all(folder))
    return score(out)


def ask_all(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield a row for every excerpt."""
    gold = {f"{name}/{row['id']}": row for name in SETS for row in read_rows(folder / name / "gold.jsonl")}
    bodies = {id: row["body"] for id, row in sorted(gold.items()) if row.get("body")}
    excerpts, left_out = choose(bodies, random.Random(SEED))
    words = {id: squeeze(strip(payload(folder, id, gold[id]))) for id in gold}
    with tempfile.TemporaryDirectory() as place:
        with open_ledger(Path(place), create=True) as ledger:
            names = fill(ledger, folder, left_out)
        with open_ledger(Path(place)) as ledger:
            for excerpt in excerpts:
                yield judge(ledger, excerpt, names, words, gold)


def choose(bodies: dict[str, str], chance: random.Random) -> tuple[list[Excerpt], frozenset[str]]:
    """Return the excerpts, and the pages that are left out of the ledger."""
    ids = [id for id, body in bodies.items() if len(body.split()) >= 2 * MOST]
    left_out = frozenset(chance.sample(ids, max(1, round(SHARE_LEFT_OUT * len(ids)))))
    kept = [id for id in ids if id not in left_out]
    changed = round(SHARE_CHANGED * EXCERPTS)
    away = round(SHARE_LEFT_OUT * EXCERPTS)
    found: list[Excerpt] = []
    for number in range(EXCERPTS):
        kind = "changed" if number < changed else "left out" if number < changed + away else "printed"
        page = chance.choice(sorted(left_out) if kind == "left out" else kept)
        words = cut_excerpt(bodies[page], chance)
        found.append(
            Excerpt(page=page, words=change(words, chance) if kind == "changed" else words, kind=kind)
        )
    return found, left_out


def cut_excerpt(body: str, chance: random.Random) -> str:
    """Return 20 to 40 words in a row, of one paragraph where one is long enough."""
    lines = [line.split() for line in body.split("\n") if len(line.split()) >= FEWEST]
    words = chance.choice(lines) if lines else body.split()
    length = min(len(words), chance.randint(FEWEST, MOST))
    start = chance.randint(0, len(words) - length)
    return " ".join(words[start : start + length])


def change(words: str, chance: random.Random) -> str:
    """Return an excerpt with one of its inner words changed for one that is not in it."""
    parts = words.split()
    at = chance.randrange(2, len(parts) - 2)
    parts[at] = next(word for word in CHANGES if word.casefold() not in words.casefold())
    return " ".join(parts)


def payload(folder: Path, id: str, row: dict[str, Any]) -> bytes:
    """Return the bytes of a page."""
    path = folder / id.partition("/")[0] / row["file"]
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def strip(page: bytes) -> str:
    """Return the text of HTML as simply as can be: without scripts, without tags."""
    text = page.decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->", " ", text)
    return html.unescape(re.sub(r"(?s)<[^>]*>", "", text))


def squeeze(text: str) -> str:
    """Return the letters and digits of a text alone: where tags or spaces stood does not matter."""
    return re.sub(r"[\W_]+", "", text).casefold()


@collect_seldom()
def fill(ledger: Ledger, folder: Path, left_out: frozenset[str]) -> dict[str, str]:
    """Put all pages but some on record; return the id in the gold of every page of the ledger."""
    names: dict[str, str] = {}
    for name in SETS:
        for id, capture in iter_captures(folder / name):
            if (key := f"{name}/{id}") in left_out:
                continue
            reading = read_or_problem(capture)
            if not isinstance(reading, Problem):
                names[record_reading(ledger, capture, reading)] = key
    return names


def judge(
    ledger: Ledger, excerpt: Excerpt, names: dict[str, str], words: dict[str, str], gold: dict[str, Any]
) -> dict[str, Any]:
    """Ask for an excerpt and say how right the answer is."""
    check = check_quotation(ledger, excerpt.words)
    exact = check.verdict not in NOT_THERE
    named = names[check.hits[0].page.id] if check.hits else None
    has = named is not None and squeeze(excerpt.words) in words[named]
    if exact:
        result = "right" if has else "wrong"
    elif excerpt.kind == "printed":
        result = "missed"
    else:
        # A page told as near is no claim that it has the words; a wrong page told as their source would be.
        result = "right"
    row: dict[str, Any] = {
        "id": excerpt.page,
        "excerpt": excerpt.words,
        "kind": excerpt.kind,
        "verdict": check.verdict,
        "page": named,
        "result": result,
    }
    return {**row, **(agree(ledger, check, gold[named]) if exact and has and named else {})}


def agree(ledger: Ledger, check: QuotationCheck, row: dict[str, Any]) -> dict[str, bool | None]:
    """Say whether headline and day of the page named are the gold's; None where it has none."""
    page = get_page(ledger, check.hits[0].page.id).page
    title, day = row.get("title"), row.get("published")
    return {
        "headline": fold_marks(title) == fold_marks(page.headline or "") if title else None,
        "day": str(day)[:10] == (page.published or "")[:10] if day else None,
    }


def score(out: Path) -> dict[str, float]:
    """Return how many excerpts there were, and the shares of right, missed and wrong answers."""
    rows = list(read_rows(out))
    results = Counter(row["result"] for row in rows)
    return {
        "excerpts": float(len(rows)),
        "right": results["right"] / len(rows),
        "missed": results["missed"] / len(rows),
        "wrong": results["wrong"] / len(rows),
        **{
            name: share([row[name] for row in rows if row.get(name) is not None])
            for name in ("headline", "day")
        },
    }


def share(values: Sequence[bool]) -> float:
    """Return the share of what is so."""
    return sum(values) / len(values) if values else 0.0


def render(scores: dict[str, float]) -> str:
    """Return scores as a line for people."""
    return "  ".join(f"{name} {value:.4g}" for name, value in scores.items())


if __name__ == "__main__":
    main(sys.argv[1:])
