"""Read title, authors, date, language and outlet of saved pages.

usage: python -m evals.metadata pages/SET OUT.jsonl [--score]

Only the html and the address of each page are read; --score also prints how the rows agree with the gold,
beside those of rivals.

Rows out: {"id", "title", "authors", "published", "language", "outlet"}; an unknown is null, dates are ISO.
"""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evals.rivals import RIVALS, read_pages
from onrecord.article import read_article
from onrecord.page import read_page
from onrecord.types import Capture, Found

Row = dict[str, Any]

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
MARKS = str.maketrans(
    {**dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("“”„‟«»", '"')}
    | dict.fromkeys("–—‒―", "-")
    | {"…": "..."}
)


def main(argv: list[str]) -> None:
    """Write what each page says of itself; with --score, say how well."""
    folder, out = Path(argv[0]), Path(argv[1])
    gold = list(read_gold(folder))
    rows = [ours(row, payload(folder, row)) for row in gold]
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    if "--score" in argv[2:]:
        print(render_scores("onrecord", score(gold, rows)))
        for name, rival in RIVALS.items():
            if rival.metadata:
                print(render_scores(name, score(gold, list(read_pages(rival, folder)))))


def read_gold(folder: Path) -> Iterator[Row]:
    """Yield the rows of a set of pages."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def payload(folder: Path, row: Row) -> bytes:
    """Return the bytes of a page."""
    return gzip.decompress((folder / row["file"]).read_bytes())


def ours(row: Row, html: bytes) -> Row:
    """Read a page with Onrecord."""
    digest = "sha256:" + hashlib.sha256(html).hexdigest()
    capture = Capture(
        payload=html, payload_digest=digest, place=row["file"], media_type="text/html", uri=row.get("url")
    )
    page, _ = read_page(capture)
    article = read_article(page, capture)
    return {
        "id": row["id"],
        "title": value_of(article.headline),
        "authors": [author.value for author in article.authors],
        "published": value_of(article.published),
        "language": value_of(article.language),
        "outlet": value_of(article.outlet),
    }


def value_of(found: Found | None) -> str | None:
    """Return the value of what was found, None when nothing was."""
    return found.value if found else None


def score(gold: list[Row], rows: list[Row]) -> dict[str, tuple[int, int]]:
    """Count agreements, (right, of how many) for each question, where the gold says something.

    Titles agree when they are equal but for white space (and, in a second count, for the shape of quotation
    marks and dashes); authors as sets, whatever their case; dates by day. What a program never answers is
    not asked.
    """
    by_id = {row["id"]: row for row in rows}
    pairs = [(row, by_id.get(row["id"], {})) for row in gold]
    answered = {key for row in rows for key in row}
    return {name: _count(pairs, key, agree) for name, (key, agree) in QUESTIONS.items() if key in answered}


def _count(pairs: list[tuple[Row, Row]], key: str, agree: Callable[[Any, Any], bool]) -> tuple[int, int]:
    wanted = [(g[key], p.get(key)) for g, p in pairs if g.get(key)]
    return sum(agree(g, p) for g, p in wanted), len(wanted)


def fold(words: str) -> str:
    """Fold white space and characters that nobody sees, so that only the words are compared."""
    return " ".join(words.translate(INVISIBLE).split())


def fold_marks(words: str) -> str:
    """Fold quotation marks, dashes and dots too: annotators type them as their keyboard has them."""
    return " ".join(fold(words).translate(MARKS).replace("--", "-").split())


def names(said: list[str] | str | None) -> frozenset[str]:
    """Return authors as a set, whether the gold keeps a list or a line ("A, B")."""
    parts = re.split(r"\s*(?:[,;&]|\band\b)\s*", said) if isinstance(said, str) else said or []
    return frozenset(fold(part).casefold() for part in parts if part.strip())


# What is asked of each page: the key of the answer, and if an answer agrees with the gold.
QUESTIONS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "title exact": ("title", lambda g, p: fold(g) == fold(p or "")),
    "title but for marks": ("title", lambda g, p: fold_marks(g) == fold_marks(p or "")),
    "authors exact": ("authors", lambda g, p: names(g) == names(p)),
    "authors all found": ("authors", lambda g, p: names(g) <= names(p)),
    "day": ("published", lambda g, p: g[:10] == (p or "")[:10]),
}


def render_scores(name: str, scores: dict[str, tuple[int, int]]) -> str:
    """Return scores as one line for people."""
    shares = "  ".join(
        f"{key} {right / (total or 1):.3f} of {total}" for key, (right, total) in scores.items()
    )
    return f"{name:16} {shares}"


if __name__ == "__main__":
    main(sys.argv[1:])
