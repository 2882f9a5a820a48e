"""What a page may cost: size, elements and nesting, bounded before the parser sees them.

The parser takes some 300 bytes for an element and as many for an attribute, and our own lines and blocks as
much again, while `<p>x` has four. So a page may have a fixed number of them and one more for each so many
characters: its memory is then at most twenty times its size and a fixed amount (`make fuzz` measures it).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from onrecord.page.elements import UNSEEN, VOID
from onrecord.page.inline import leave_out_data, leave_out_scripts
from onrecord.page.source import ATTRIBUTES

__all__ = ["MAX_BYTES", "MAX_DEPTH", "allowed", "bound_html", "cut_payload", "cut_text"]

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 400
# Of 1,500 real pages none comes near these: the most have 10,000 elements, 11,000 attributes and, as they are
# counted here, 24,000 clones of formatting elements.
FREE_ELEMENTS = 15_000
FREE_CLONES = 30_000
FREE_LINES = 25_000
# Attributes with fewer characters together are not counted: an attribute has two at the least.
FREE_LETTERS = 120_000
# One more for each so many characters.
PER_CHARACTERS = 80
MAX_ATTRIBUTES = 500
MAX_OPTIONS = 3_000
# Shorter attributes can't be so many.
LONG = 2 * MAX_ATTRIBUTES
# How far up an end tag is looked for; one that ends nothing near is passed over, which counts deeper.
MAX_SEARCH = 100

# A tag as the parser sees it.
TAG = re.compile(rf"<(/?)([a-zA-Z][^ \t\n\f\r/>]*+)({ATTRIBUTES})>?")
# A tag, or a "<" that begins none: the parser takes as much for it as for a small element.
MARK = re.compile(TAG.pattern + "|<")
# From so many characters on, a page's tags are looked at one by one instead of all at once: slower, and they
# take no memory.
LONG_PAGE = 500_000
QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
# These close themselves when the next one opens, so a run of them is not deep.
SELF_CLOSING = frozenset(
    "p li dd dt tr td th option optgroup tbody thead tfoot rp rt colgroup body html head".split()
)
# The parser opens these again in each block that follows until they are closed: n tags, m blocks make n*m.
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# Of the same one without attributes it opens no more than so many.
ARK = 3
OPTIONS = frozenset(("option", "optgroup"))
# Tags that never make a page deeper.
FLAT = VOID | SELF_CLOSING | {"image"}
# No end tag reaches through these to what stands around them.
BARRIERS = frozenset("applet html marquee math object svg table template".split())
# The end of one of these ends whatever was left open inside; the end of any other ends nothing around them.
BLOCKS = frozenset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure "
    "footer header hgroup h1 h2 h3 h4 h5 h6 listing main menu nav ol pre search section summary ul".split()
)
# Not shown, and what stands in them is not either.
HIDING = UNSEEN - VOID
SPECIAL = BARRIERS | BLOCKS | {"form", "frameset", "select"}


def cut_payload(payload: bytes) -> tuple[bytes, str | None]:
    """Keep the first 16 MB of a page, and say so when there was more.

    Of a longer page the pictures and fonts that stand in its source go first, which have no words, then its
    longest scripts, which show none.
    """
    if len(payload) <= MAX_BYTES:
        return payload, None
    payload = leave_out_data(payload)
    if len(payload) <= MAX_BYTES:
        return payload, None
    payload = leave_out_scripts(payload)
    if len(payload) <= MAX_BYTES:
        return payload, None
    message = (
        f"the page has {len(payload):,} bytes, and at most {MAX_BYTES:,} are read; the rest is not in the "
        "text. Save the article's own page instead of a collection of pages."
    )
    return payload[:MAX_BYTES], message


def allowed(free: int, characters: int) -> int:
    """Return how many elements, attributes or lines a page of so many characters may have."""
    return free + characters // PER_CHARACTERS


def cut_text(text: str) -> tuple[str, str | None]:
    """Cut a plain text after so many lines that it can't be a page."""
    most = allowed(FREE_LINES, len(text))
    if text.count("\n") <= most:
        return text, None
    end = next(islice(re.finditer("\n", text), most - 1, None)).end()
    return text[:end], f"the text has more than {most:,} lines; what comes after them was not read"


@dataclass(slots=True)
class Cost:
    """What a page would cost the parser: bounds that are never too low.

    `depth` is how deep elements nest, `clones` how many the parser makes by opening others again, `options`
    the choices of forms, `crowded` whether a tag has hundreds of attributes.
    """

    depth: int = 0
    clones: int = 0
    attributes: int = 0
    crowded: bool = False


def bound_html(html: str) -> tuple[str, tuple[str, ...]]:
    """Flatten what would cost the parser hours or gigabytes; return the page and what was done to it.

    The page has been through `strip_source`: it holds no comments, scripts or styles.
    """
    messages = []
    if html.count("<") > MAX_OPTIONS and count_options(html) > MAX_OPTIONS:
        html = drop_tags(html, OPTIONS, " ")
        messages.append(f"a form offers more than {MAX_OPTIONS:,} options; they were left out")
    most = allowed(FREE_ELEMENTS, len(html))
    if html.count("<") > most and (flat := cut_out(html, too_many(html, most))) != html:
        html = flat
        messages.append(
            f"the page has more than {most:,} elements; the words after them were kept as one line"
        )
    cost = measure_cost(html)
    if cost.attributes > most:
        html = cut_out(html, bare_tags(html, most))
        messages.append(f"the tags have more than {most:,} attributes; the others were left out")
    if cost.crowded:
        html = cut_out(html, crowded_tags(html))
        messages.append(f"a tag has more than {MAX_ATTRIBUTES} attributes; they were left out")
    if cost.clones > allowed(FREE_CLONES, len(html)):
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


def too_many(html: str, most: int) -> Iterator[tuple[int, int, str]]:
    """Yield the tags from the first element over the limit on, and what is never shown between them."""
    unseen, begin, inside, in_paragraph = "", -1, False, False
    for mark in MARK.finditer(html):
        name = (mark[2] or "").lower()
        # The end of a paragraph or a line makes one where there is none to end.
        most -= not mark[1] or name == "br" or (name == "p" and not in_paragraph)
        if name == "p":
            in_paragraph = not mark[1]
        elif in_paragraph and name in BLOCKS:
            in_paragraph = False
        if unseen:
            if name == unseen and mark[1]:
                if begin >= 0:
                    yield begin, mark.start() if inside else mark.end(), " "
                unseen = ""
            elif most < 0 and begin < 0:
                begin = mark.start()
        elif name in HIDING and not mark[1]:
            # One that began before the limit keeps its end, or all that follows would be inside it.
            unseen, inside, begin = name, most >= 0, -1 if most >= 0 else mark.start()
        elif most < 0:
            yield mark.start(), mark.end(), "" if name in FORMATTING or name == "span" else " "
    if unseen and begin >= 0:
        yield begin, len(html), ""


def list_tags(html: str) -> Iterable[tuple[str, str, str]]:
    """Return (slash, name, attributes) of each tag."""
    if len(html) < LONG_PAGE:
        return TAG.findall(html)
    return ((tag[1], tag[2], tag[3]) for tag in TAG.finditer(html))


def count_options(html: str) -> int:
    if html.count("<o") + html.count("<O") <= MAX_OPTIONS:
        return 0
    return sum(not close and name.lower() in OPTIONS for close, name, _ in list_tags(html))


def measure_cost(html: str) -> Cost:
    """Go once through the tags of a page. An untidy page looks deeper here than it is, never less."""
    stack: list[str] = []
    depth = clones = formatting = letters = 0
    crowded = False
    bare = dict.fromkeys(FORMATTING, 0)
    tags = list_tags(html)
    for close, name, attributes in tags:
        if attributes:
            letters += len(attributes)
            if len(attributes) > LONG and count_attributes(attributes) > MAX_ATTRIBUTES:
                crowded = True
        if name in FLAT:
            pass
        elif not close:
            name = name.lower()
            stack.append(name)
            if len(stack) > depth:
                depth = len(stack)
            if name in FORMATTING:
                bare[name] += not attributes
                formatting += bool(attributes) or bare[name] <= ARK
        elif stack:
            name = name.lower()
            # Mostly what ends is what began last.
            if stack[-1] == name:
                stack.pop()
            elif not end_element(stack, name):
                clones += formatting
                continue
            if name in FORMATTING:
                formatting -= bare[name] <= ARK
                bare[name] -= bare[name] > 0
        clones += formatting
    cost = Cost(depth=depth, clones=clones, crowded=crowded)
    if letters > FREE_LETTERS:
        if isinstance(tags, list):
            cost.attributes = count_attributes(" ".join([tag[2] for tag in tags]))
        else:
            cost.attributes = sum(count_attributes(tag[2]) for tag in list_tags(html) if tag[2])
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


def bare_tags(html: str, most: int) -> Iterator[tuple[int, int, str]]:
    """Yield the tags that have attributes beyond the first so many of the page, and the same tags bare."""
    for tag in TAG.finditer(html):
        most -= count_attributes(tag[3]) if tag[3] else 0
        if most < 0 and tag[3]:
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
    # A list of the parts would take far more memory than their words.
    kept, at = StringIO(newline=""), 0
    for start, end, instead in cuts:
        kept.write(html[at:start])
        kept.write(instead)
        at = end
    kept.write(html[at:])
    return kept.getvalue()
