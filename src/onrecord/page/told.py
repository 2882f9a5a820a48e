"""The article as the page tells it to machines: the articleBody of its JSON-LD."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

__all__ = ["find_body", "find_told", "iter_objects"]

WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]{1,300}>")
MAX_BODY = 200_000
RUN = 4


def find_body(scripts: Iterable[str]) -> str | None:
    """Return the longest articleBody of a page's JSON-LD, None when it gives none worth the name."""
    found = [body for script in scripts if '"articleBody"' in script for body in read_bodies(script)]
    body = max(found, key=len, default="")[:MAX_BODY]
    if "&" in body or "<" in body:
        body = TAG.sub(" ", html.unescape(body))
    return body if len(body) > 200 else None


def read_bodies(script: str) -> Iterator[str]:
    """Yield the articleBody values of one script."""
    for value in iter_objects(script):
        if isinstance(body := value.get("articleBody"), str):
            yield body


def iter_objects(script: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of one script, however deep; broken JSON gives none."""
    try:
        todo = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    while todo:
        value = todo.pop()
        if isinstance(value, list):
            todo += value
        elif isinstance(value, dict):
            yield value
            todo += [inner for inner in value.values() if isinstance(inner, dict | list)]


def find_told(lines: Sequence[str], body: str | None) -> list[bool]:
    """Tell which lines stand in the articleBody: most of their runs of four words are there."""
    if not body:
        return [False] * len(lines)
    known = set(runs(body))
    return [is_told(line, known) for line in lines]


def is_told(line: str, known: set[tuple[str, ...]]) -> bool:
    mine = runs(line)
    return len(mine) > 1 and sum(run in known for run in mine) > 0.6 * len(mine)


def runs(text: str) -> list[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
