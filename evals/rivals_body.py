"""Trafilatura on the same pages: `python -m evals.rivals_body PAGES_FOLDER OUT.jsonl [MODE]`.

MODE is `default`, `fast` or `precision`. OUT rows: {"id", "text", "comments"}; both scorers read them.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from evals.body import iter_captures, write_rows

__all__ = ["main"]

MODES: dict[str, dict[str, bool]] = {
    "default": {},
    "fast": {"fast": True},
    "precision": {"favor_precision": True},
}


def extract_both(extract: Callable[..., Any], name: str, payload: bytes) -> dict[str, Any]:
    """Return a row with trafilatura's text and comments, told apart as it tells them apart."""
    found = extract(payload)
    if found is None:
        return {"id": name, "text": "", "comments": ""}
    return {"id": name, "text": found.text or "", "comments": found.comments or ""}


def main(argv: list[str]) -> None:
    """Write trafilatura's article text and comments of every page of a folder."""
    # A rival is no dependency of ours: it is installed with the group `evals` and imported here alone.
    from trafilatura import bare_extraction

    folder, out, mode = (*argv, "default")[:3]
    extract = partial(bare_extraction, with_metadata=False, include_comments=True, **MODES[mode])
    pages = iter_captures(Path(folder))
    write_rows(Path(out), (extract_both(extract, name, capture.payload) for name, capture in pages))


if __name__ == "__main__":
    main(sys.argv[1:])
