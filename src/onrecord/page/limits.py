"""What a page may cost: size, tags and nesting, bounded before the parser sees them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from onrecord.page.source import ATTRIBUTES

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_LINES", "MAX_TAGS", "bound_html", "cut_payload", "cut_text"]

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 400
MAX_TAGS = 300_000
MAX_LINES = 300_000
MAX_CLONES = 300_000
MAX_ATTRIBUTES = 500
MAX_OPTIONS = 3_000
# Shorter attributes can't be so many.
LONG = 2 * MAX_ATTRIBUTES
# How far up an end tag is looked for; one that ends nothing near is passed over, which counts deeper.
MAX_SEARCH = 100

# A tag as the parser sees it.
TAG = re.compile(rf"<(/?)([a-zA-Z][^ \t\n\f\r/>]*+)({ATTRIBUTES})>?")
QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track "
    "wbr".split()
)
# These close themselves when the next one opens, so a run of them is not deep.
SELF_CLOSING = frozenset(
    "p li dd dt tr td th option optgroup tbody thead tfoot rp rt colgroup body html head".split()
)
# The parser opens these again in each block that follows until they are closed: n tags, m blocks make n*m.
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
OPTIONS = frozenset(("option", "optgroup"))
# Tags that never make a page deeper.
FLAT = VOID | SELF_CLOSING
# No end tag reaches through these to what stands around them.
BARRIERS = frozenset("applet html marquee math object svg table template".split())
# The end of one of these ends whatever was left open inside; the end of any other ends nothing around them.
BLOCKS = frozenset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure "
    "footer header hgroup h1 h2 h3 h4 h5 h6 listing main menu nav ol pre search section summary ul".split()
)
SPECIAL = BARRIERS | BLOCKS | {"form", "frameset", "select"}


def cut_payload(payload: bytes) -> tuple[bytes, str | None]:
    """Keep the first 16 MB of a page, and say so when there was more."""
    if len(payload) <= MAX_BYTES:
        return payload, None
    message = (
        f"the page has {len(payload):,} bytes, and at most {MAX_BYTES:,} are read; the rest is not in the "
        "text. Save the article's own page instead of a collection of pages."
    )
    return payload[:MAX_BYTES], message


def cut_text(text: str) -> tuple[str, str | None]:
    """Cut a plain text after so many lines that it can't be a page."""
    if text.count("\n") <= MAX_LINES:
        return text, None
    kept = "".join(text.splitlines(keepends=True)[:MAX_LINES])
    return kept, f"the text has more than {MAX_LINES:,} lines; what comes after them was not read"


@dataclass(slots=True)
class Cost:
    """What a page would cost the parser: bounds that are never too low.

    `depth` is how deep elements nest, `clones` how many the parser makes by opening others again, `options`
    the choices of forms, `crowded` whether a tag has hundreds of attributes.
    """

    depth: int = 0
    clones: int = 0
    options: int = 0
    crowded: bool = False


def bound_html(html: str) -> tuple[str, tuple[str, ...]]:
    """Flatten what would cost the parser hours or gigabytes; return the page and what was done to it.

    The page has been through `strip_source`: it holds no comments, scripts or styles.
    """
    messages = []
    if html.count("<") > MAX_TAGS and (cut := cut_tags(html)) != html:
        html = cut
        messages.append(f"the page has more than {MAX_TAGS:,} tags; what comes after them was not read")
    cost = measure_cost(html)
    if cost.options > MAX_OPTIONS:
        html = drop_tags(html, OPTIONS, " ")
        messages.append(f"a form offers more than {MAX_OPTIONS:,} options; they were left out")
    if cost.crowded:
        html = cut_out(html, crowded_tags(html))
        messages.append(f"a tag has more than {MAX_ATTRIBUTES} attributes; they were left out")
    if cost.clones > MAX_CLONES:
        html = drop_tags(html, FORMATTING, "")
        messages.append(
            "unclosed bold, italic or link tags would multiply; they were left out and the words kept"
        )
    if cost.depth > MAX_DEPTH and (flat := cut_out(html, too_deep(html))) != html:
        html = flat
        messages.append(
            f"elements are nested more than {MAX_DEPTH} deep; the deeper ones were flattened, the words kept"
        )
    return html, tuple(messages)


def cut_tags(html: str) -> str:
    """Cut a page before the first tag over the limit."""
    return html[: next((tag.start() for tag in islice(TAG.finditer(html), MAX_TAGS, None)), len(html))]


def measure_cost(html: str) -> Cost:
    """Go once through the tags of a page. An untidy page looks deeper here than it is, never less."""
    tags = TAG.findall(html)
    cost = Cost()
    if len(tags) > MAX_OPTIONS:
        cost.options = sum(not close and name.lower() in OPTIONS for close, name, _ in tags)
    stack: list[str] = []
    formatting = 0
    for close, name, attributes in tags:
        if len(attributes) > LONG and count_attributes(attributes) > MAX_ATTRIBUTES:
            cost.crowded = True
        if name in FLAT:
            cost.clones += formatting
            continue
        if not name.islower():
            name = name.lower()
        if not close:
            stack.append(name)
            if len(stack) > cost.depth:
                cost.depth = len(stack)
            formatting += name in FORMATTING
        elif stack and end_element(stack, name):
            formatting -= name in FORMATTING
        cost.clones += formatting
    return cost


def end_element(stack: list[str], name: str) -> bool:
    """Close an element as the parser does (HTML standard 13.2.6.4.7); tell whether it was open.

    In doubt it stays open: what is measured is an upper bound.
    """
    if stack[-1] == name:
        stack.pop()
        return True
    through = BARRIERS if name in BLOCKS else SPECIAL
    for at in range(len(stack) - 1, max(-1, len(stack) - MAX_SEARCH), -1):
        if stack[at] == name:
            # The end of bold letters or of a form leaves open what began inside.
            del stack[at : at + 1 if name in FORMATTING or name == "form" else None]
            return True
        if stack[at] in through:
            break
    return False


def drop_tags(html: str, names: frozenset[str], instead: str) -> str:
    """Leave out the tags of these names, not the words inside."""
    return cut_out(html, ((start, end, instead) for start, end, name, _ in iter_tags(html) if name in names))


def crowded_tags(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield the tags with hundreds of attributes, and the same tags bare."""
    for tag in TAG.finditer(html):
        if len(tag[3]) > LONG and count_attributes(tag[3]) > MAX_ATTRIBUTES:
            yield tag.start(), tag.end(), f"<{tag[1]}{tag[2]}>"


def count_attributes(attributes: str) -> int:
    """Count at most how many attributes there are."""
    return len(QUOTED.sub("= ", attributes).replace("/", " ").split())


def too_deep(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield the tags beyond the depth limit; each becomes a line break, so that lines stay lines."""
    stack: list[str] = []
    for start, end, name, close in iter_tags(html):
        if name in FLAT:
            continue
        if close:
            if stack:
                end_element(stack, name)
        elif len(stack) < MAX_DEPTH:
            stack.append(name)
        else:
            yield start, end, "" if name in FORMATTING or name == "span" else "<br>"


def iter_tags(html: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield (start, end, name, whether it closes) of each tag."""
    for tag in TAG.finditer(html):
        yield tag.start(), tag.end(), tag[2].lower(), bool(tag[1])


def cut_out(html: str, cuts: Iterable[tuple[int, int, str]]) -> str:
    """Return the page with each (start, end, instead) replaced."""
    parts, at = [], 0
    for start, end, instead in cuts:
        parts += [html[at:start], instead]
        at = end
    return "".join(parts) + html[at:]
