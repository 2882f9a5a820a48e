"""What reading keeps for any bytes: no exception, bounded time and memory, spans that name words, every word.

The bounds are per page, of processor time and of memory beyond what the process held before.
"""

import re
import time
import tracemalloc
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.page import read_page
from onrecord.page.decode import decode
from onrecord.page.elements import NEVER_HIDDEN, UNSEEN, is_hidden
from onrecord.types import Capture, Page, Problem

__all__ = ["BASE", "TIMES", "Broken", "check_page", "make_capture", "most_memory", "most_seconds"]

MB = 1 << 20
# Memory: so many times a page's bytes, and so much for any page, however small.
TIMES = 20
BASE = 32 * MB
# What Python itself holds of that; the parser's own memory is not Python's.
PYTHON_BASE = 16 * MB
SECONDS = 1.0
SECONDS_PER_MB = 10.0

# In drawings and formulas raw elements are none, and `page/source.py` takes them out all the same: no page of
# 1,500 has words there.
FOREIGN = re.compile(
    r"<(?:svg|math)\b.*<(?:script|style|textarea|title|iframe|noembed|noframes|xmp|plaintext|!\[CDATA)",
    re.IGNORECASE | re.DOTALL,
)

# What a browser shows in another way than the tree has it, or may not show at all.
OTHERWISE = re.compile(r"<q\b|srcdoc|shadow|popover|hidden|display|style|class|<noscript", re.IGNORECASE)

MediaType = Literal["text/html", "text/plain"]


class Broken(AssertionError):
    """A promise that a page broke."""


def most_seconds(size: int) -> float:
    """Return how long a page of so many bytes may take."""
    return SECONDS + SECONDS_PER_MB * size / MB


def most_memory(size: int, base: int = BASE) -> int:
    """Return how many bytes of memory a page of so many bytes may take."""
    return TIMES * size + base


def make_capture(payload: bytes, media_type: MediaType = "text/html", charset: str | None = None) -> Capture:
    """Return a capture of these bytes."""
    digest = "sha256:" + sha256(payload).hexdigest()
    return Capture(
        payload=payload, payload_digest=digest, place="fuzz", media_type=media_type, charset=charset
    )


def check_page(capture: Capture, *, memory: bool = True) -> Page:
    """Read a page and raise `Broken` for the first promise it breaks; any other exception is one too.

    Measuring memory reads the page a second time, several times slower.
    """
    start = time.process_time()
    page, problems = read_page(capture)
    took = time.process_time() - start
    size = len(capture.payload)
    if took > most_seconds(size):
        raise Broken(f"{size:,} bytes took {took:.2f} s; at most {most_seconds(size):.2f} s are promised")
    if memory and (peak := measure_python(capture)) > most_memory(size, PYTHON_BASE):
        raise Broken(f"{size:,} bytes took {peak:,} bytes of memory")
    for trouble in (*spans_astray(page), *words_astray(capture, page, problems)):
        raise Broken(trouble)
    return page


def measure_python(capture: Capture) -> int:
    """Return the most bytes that Python held at once while a page was read."""
    tracemalloc.start()
    try:
        read_page(capture)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def spans_astray(page: Page) -> Iterator[str]:
    """Tell which blocks do not name words of their own, in reading order."""
    end = 0
    for block in page.blocks:
        words = block.span.of(page.text)
        if not end <= block.span.start < block.span.end <= len(page.text):
            yield f"the block {block.span} lies outside the text or over the one before it"
        elif words != words.strip() or "\n" in words:
            yield f"the block {block.span} is not one line: {words[:60]!r}"
        elif page.text[end : block.span.start].strip():
            yield f"words before {block.span.start} are in no block"
        end = block.span.end
    if page.text[end:].strip():
        yield f"words after {end} are in no block"


def words_astray(capture: Capture, page: Page, problems: tuple[Problem, ...]) -> Iterator[str]:
    """Tell which visible signs of the page are not in its text, in their order."""
    if any(sign in problem.message for problem in problems for sign in ("more than", "at most")):
        return  # cut or flattened, and it says so
    source = decode(capture.payload, capture.charset, capture.media_type)[0]
    if FOREIGN.search(source) or (page.text_version != "html-2" and OTHERWISE.search(source)):
        return
    shown = source if capture.media_type == "text/plain" else "\n".join(show_tree(source))
    expected, found = signs_of(shown), signs_of(page.text)
    if expected != found:
        at = next((n for n, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), 0)
        yield f"the page shows {expected[at : at + 60]!r} where the text has {found[at : at + 60]!r}"


def signs_of(text: str) -> str:
    """Return the signs of a text that leave ink, without white space."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LNPS")


def show_tree(source: str) -> Iterator[str]:
    """Yield the visible text nodes of a page, from the parser's own tree of the untouched source.

    This is slow and plain, and shares with `page/walk.py` only what is hidden: the two must agree.
    """
    root = LexborHTMLParser(source).root
    node: LexborNode | None = root
    while node is not None:
        if node.tag == "-text":
            yield node.text_content or ""
        below = None if is_unseen(node) else node.first_child
        while node is not None and below is None:
            below = node.next
            node = node.parent
            if node is None or node == root:
                break
        node = below


def is_unseen(node: LexborNode) -> bool:
    """Tell whether nothing inside an element is shown."""
    tag = node.tag or ""
    if tag in UNSEEN:
        return True
    values = {name: value or "" for name, value in node.attributes.items()}
    return tag not in NEVER_HIDDEN and is_hidden(tag, values)
