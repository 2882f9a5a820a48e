"""The article in a page's data: its running text where the page shows none, and only its scripts have it.

Pages that a script draws carry what it draws as JSON: the state of a framework, JSON-LD's articleBody. Which
piece of it is the article is told by its words alone: the list, or the one value, that holds the most running
text. Names of keys tell only what is no text (addresses, ids) and where a paragraph's parts are.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

__all__ = ["Told", "find_told_text"]

# A script that is longer, or holds more objects and lists, is not read: these take many times its size.
MAX_SCRIPT = 1_500_000
MAX_INNER = 60_000
MAX_SCRIPTS = 40
MAX_VALUES = 300_000
MAX_DEPTH = 60
# A paragraph has so many characters and words, a piece of one at the least some letters.
PARAGRAPH, WORDS = 40, 6
ARTICLE = 400
# Where the parts of a paragraph stand, and what is no words of it.
PARTS = frozenset("children content contents spans inlines nodes marks items text value".split())
TEXTS = frozenset(
    "text html content contents value body paragraph children spans inlines nodes copy quote markup caption "
    "data items attributes props headline title".split()
)
# What lists beside an article hold: other stories, and what readers wrote.
LINKS = frozenset("url href link slug permalink canonicalurl".split())
TITLES = frozenset(("title", "headline"))
READERS = frozenset("user username commenter nickname upvotes likes replies parentid".split())
NO_TEXT = re.compile(r"https?://|^/|^[\w-]+$|^#|^data:|[{}]{2}")
JSON_TYPE = re.compile(r"type\s*=\s*[\"']?(?:application|text)/(?:[\w.+-]*\+)?json", re.IGNORECASE)
ASSIGNED = re.compile(r"(?:window\.|self\.|var |let |const )?[\w.$\[\]\"']{1,40}\s*=\s*(?=[{\[])")
PARSED = re.compile(r"JSON\.parse\(\s*(?=[\"'])")
# Styles and scripts stand in data, too.
CODE = re.compile(r"[{}\[\]]|=>|\bfunction\b|\w:[\w#.]+;")
TAG = re.compile(r"<[^<>]{0,500}>")
BREAK = re.compile(
    r"(?:</(?:p|div|h[1-6]|li|blockquote|figcaption)\s*>|<br\s*/?>\s*<br\s*/?>|\n\s*\n|\r?\n)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Told:
    """Paragraphs of an article as a page's data tell them, and their characters of running text."""

    paragraphs: tuple[str, ...]
    prose: int


def find_told_text(scripts: Iterable[tuple[str, str]]) -> Told | None:
    """Find the article in a page's scripts, (attributes, text) each; None where none of them has one."""
    best: Told | None = None
    for count, (attributes, script) in enumerate(scripts):
        if count >= MAX_SCRIPTS:
            break
        if len(script) > MAX_SCRIPT or script.count("{") + script.count("[") > MAX_INNER:
            continue
        for told in read_texts(attributes, script):
            if best is None or told.prose > best.prose:
                best = told
    return best if best is not None and best.prose >= ARTICLE else None


def read_texts(attributes: str, script: str) -> Iterator[Told]:
    """Yield what may be the article in the JSON of a script: all of it, or what it assigns to a name."""
    decoder = json.JSONDecoder(strict=False)
    script = script.strip()
    if JSON_TYPE.search(attributes) or script[:1] in ("{", "["):
        at = [0]
    else:
        at = [found.end() for found in ASSIGNED.finditer(script)][:20]
        at += [found.end() for found in PARSED.finditer(script)][:5]
    done = 0
    for start in at:
        if start < done:
            continue
        try:
            value, done = decoder.raw_decode(script, start)
            value = json.loads(value, strict=False) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            continue
        yield from find_texts(value)
        # Two of them at once would take twice the memory.
        del value


def find_texts(value: Any) -> Iterator[Told]:
    """Yield what may be the article: every list of paragraphs, and every value that is one whole."""
    todo: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while todo and seen < MAX_VALUES:
        one, depth = todo.pop()
        seen += 1
        if isinstance(one, str):
            if len(one) >= ARTICLE:
                yield measure(cut_paragraphs(one))
        elif isinstance(one, list) and depth < MAX_DEPTH:
            if len(one) > 1:
                yield measure(list_paragraphs(one))
            todo += [(inner, depth + 1) for inner in reversed(one) if holds(inner)]
        elif isinstance(one, dict) and depth < MAX_DEPTH:
            todo += [(inner, depth + 1) for inner in reversed(one.values()) if holds(inner)]


def holds(value: Any) -> bool:
    """Tell whether an article may be in a value."""
    return isinstance(value, dict | list) or (isinstance(value, str) and len(value) >= ARTICLE)


def list_paragraphs(blocks: Sequence[Any]) -> Iterator[str]:
    """Yield the paragraphs of a list of blocks, each a string or an object with its text in it."""
    for block in blocks[:2_000]:
        if not is_other(block):
            yield from cut_paragraphs("".join(collect(block, 0)))


def is_other(block: Any) -> bool:
    """Tell another story's teaser and a reader's comment from a paragraph, by what else is told of them."""
    if not isinstance(block, dict):
        return False
    keys = {key.lower() for key in block}
    return bool(keys & READERS) or (bool(keys & LINKS) and bool(keys & TITLES))


def collect(block: Any, depth: int) -> Iterator[str]:
    """Yield the pieces of text of one block, in its order."""
    if isinstance(block, str):
        if " " in block.strip() or depth > 1 or not NO_TEXT.search(block):
            yield block
    elif depth > 6:
        return
    elif isinstance(block, list):
        for inner in block[:500]:
            yield from collect(inner, depth + 1)
    elif isinstance(block, dict):
        for key, inner in block.items():
            if key.lower() not in TEXTS:
                continue
            if isinstance(inner, dict | list):
                yield from collect(inner, depth + 1)
            elif isinstance(inner, str) and inner.strip() and not is_no_text(key, inner):
                yield inner
                break


def is_no_text(key: str, words: str) -> bool:
    """Tell an address or a name for machines from words; what is called text is words however short."""
    return key.lower() != "text" and " " not in words.strip() and NO_TEXT.search(words) is not None


def cut_paragraphs(words: str) -> Iterator[str]:
    """Yield the paragraphs of one value, its markup taken out."""
    for part in BREAK.split(words):
        bare = " ".join(unescape(TAG.sub("", part)).split()) if part else ""
        if bare:
            yield bare


def measure(paragraphs: Iterable[str]) -> Told:
    """Count the running text of paragraphs; what is none is kept where it stands among them."""
    kept: list[str] = []
    prose = 0
    for words in paragraphs:
        runs = len(words) >= PARAGRAPH and words.count(" ") >= WORDS and not CODE.search(words)
        prose += len(words) if runs else 0
        if runs or (kept and words.count(" ") > 1):
            kept.append(words)
    return Told(tuple(kept), prose)


def write_told(told: Told) -> str:
    """Write the paragraphs as an article behind the page."""
    return (
        "<article>"
        + "".join(f"<p>{escape(words, quote=False)}</p>" for words in told.paragraphs)
        + "</article>"
    )
