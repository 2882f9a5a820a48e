"""Pages kept for measuring statements alone: annotated as `training/annotated.md` tells, never learned from,
never opened to write a rule.

They are pages of the two scoreboards of bodies (`pages/zyte`, `pages/fundus_eval`), of sites that have no
page in the sets of saved pages that are learned from. `held_out.jsonl` holds places in their texts, a
headline and the gold body, and none of their words; each text is proved by its hash. The program reads the
whole saved page.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from training.ledger_pages import prove_text, to_gold

__all__ = ["HELD_OUT", "read_held_out", "text_of"]

Row = dict[str, Any]
HELD_OUT = Path(__file__).parent / "held_out.jsonl"
# Where a page prints its headline, by the name that a row gives.
HEADLINES = {"og": 'meta[property="og:title"]', "h1": "h1"}


def text_of(page: Row, raw: bytes, headline: str | None) -> str:
    """Return the text that a page's annotations stand on: its headline, where one is told, and its body."""
    body = re.sub(r"[ \t]*\n\s*", "\n", (page.get("body") or "\n".join(page.get("paragraphs") or [])).strip())
    if headline is None:
        return body
    node = LexborHTMLParser(raw.decode("utf-8", "replace")).css_first(HEADLINES[headline])
    words = (node.attributes.get("content") if headline == "og" else node.text()) if node is not None else ""
    return f"{' '.join((words or '').split())}\n{body}"


def read_held_out(data: Path) -> Iterator[Row]:
    """Yield the pages in the form of gold/FORMAT.md, `html` and the rest as `evals.ledger` reads them."""
    pages: dict[str, dict[str, Row]] = {}
    with HELD_OUT.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            folder = data / "pages" / row["set"]
            if row["set"] not in pages:
                with (folder / "gold.jsonl").open(encoding="utf-8") as gold:
                    pages[row["set"]] = {one["id"]: one for one in map(json.loads, gold)}
            page = pages[row["set"]][row["row"]]
            text = text_of(page, gzip.decompress((folder / page["file"]).read_bytes()), row["headline"])
            prove_text(row, text, HELD_OUT)
            yield to_gold(row, text) | {
                "url": page.get("url"),
                "html": f"../pages/{row['set']}/{page['file']}",
            }
