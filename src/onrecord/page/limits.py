"""What a page may cost: size, tags and nesting, bounded before the parser sees them."""

import re
from collections.abc import Iterable, Iterator

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_LINES", "MAX_TAGS", "bound_html", "cut_payload", "cut_text"]

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 400
MAX_TAGS = 300_000
MAX_LINES = 300_000
MAX_CLONES = 300_000
MAX_ATTRIBUTES = 500
MAX_OPTIONS = 3_000

# A comment is passed over whole, so that markup inside it does not count.
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/>\x00]*)", re.DOTALL)
# A whole tag, its quoted values with their ">"; what is no markup (comments, scripts) is passed over whole.
WHOLE_TAG = re.compile(
    r"""<(?:!--.*?(?:-->|\Z)"""
    r"""|((?i:script|style|textarea|title|iframe|xmp))\b[^>]*+>[^<]*+"""
    r"""(?:<(?!/(?i:script|style|textarea|title|iframe|xmp))[^<]*+)*+"""
    r"""|([a-zA-Z][^\s/>]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>?)""",
    re.DOTALL,
)
QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
OPTION = re.compile(r"</?(?:option|optgroup)\b[^>]*>?", re.IGNORECASE)
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
# Tags that never make a page deeper; "" is a comment.
FLAT = VOID | SELF_CLOSING | {""}
BREAKING = frozenset(
    "div section article li p td ul ol table blockquote center dl fieldset form main nav aside".split()
)


def cut_payload(payload: bytes) -> tuple[bytes, str | None]:
    """Keep the first 16 MB of a page, and say so when there was more."""
    if len(payload) <= MAX_BYTES:
        return payload, None
    message = (
        f"the page has {len(payload):,} bytes, and at most {MAX_BYTES:,} are read; the rest is not in the "
        "text. Save the article's own page instead of a collection of pages."
    )
    return payload[:MAX_BYTES], message


def bound_html(html: str) -> tuple[str, tuple[str, ...]]:
    """Flatten what would cost the parser hours or gigabytes; return the page and what was done to it."""
    messages = []
    for bound in (cut_tags, drop_options, drop_attributes, bound_nesting):
        html, message = bound(html)
        if message:
            messages.append(message)
    return html, tuple(messages)


def cut_text(text: str) -> tuple[str, str | None]:
    """Cut a plain text after so many lines that it can't be a page."""
    if text.count("\n") <= MAX_LINES:
        return text, None
    kept = "".join(text.splitlines(keepends=True)[:MAX_LINES])
    return kept, f"the text has more than {MAX_LINES:,} lines; what comes after them was not read"


def drop_options(html: str) -> tuple[str, str | None]:
    """Leave out a choice among thousands: its words are not shown, and it costs the parser hours."""
    if html.count("<") <= MAX_OPTIONS or html.lower().count("<opt") <= MAX_OPTIONS:
        return html, None
    return OPTION.sub(" ", html), f"a form offers more than {MAX_OPTIONS:,} options; they were left out"


def drop_attributes(html: str) -> tuple[str, str | None]:
    """Leave out the attributes of a tag that has hundreds: the parser compares each with all before it."""
    cuts = [
        (tag.start(), tag.end(), f"<{tag[2]}>")
        for tag in WHOLE_TAG.finditer(html)
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES
        and tag[2]
        and count_attributes(tag[0]) > MAX_ATTRIBUTES
    ]
    if not cuts:
        return html, None
    return cut_out(html, cuts), f"a tag has more than {MAX_ATTRIBUTES} attributes; they were left out"


def count_attributes(tag: str) -> int:
    """Count at most how many attributes a tag has."""
    return len(QUOTED.sub("= ", tag).replace("/", " ").split())


def bound_nesting(html: str) -> tuple[str, str | None]:
    """Flatten elements nested hundreds deep, and leave out formatting that is never closed."""
    depth, clones = measure_nesting(html)
    message = None
    if clones > MAX_CLONES:
        html = drop_formatting(html)
        message = "unclosed bold, italic or link tags would multiply; they were left out and the words kept"
        depth, _ = measure_nesting(html)
    if depth > MAX_DEPTH and (flat := flatten(html)) != html:
        deep = (
            f"elements are nested more than {MAX_DEPTH} deep; the deeper ones were flattened, the words kept"
        )
        return flat, f"{message}; {deep}" if message else deep
    return html, message


def cut_tags(html: str) -> tuple[str, str | None]:
    """Cut a page after so many tags that they can't be a page's."""
    if html.count("<") > MAX_TAGS:
        for count, tag in enumerate(TAG.finditer(html)):
            if count >= MAX_TAGS:
                return html[
                    : tag.start()
                ], f"the page has more than {MAX_TAGS:,} tags; what comes after them was not read"
    return html, None


def measure_nesting(html: str) -> tuple[int, int]:
    """Return upper bounds of the nesting depth, and of the elements the parser makes by opening others again.

    Ends inside other elements are not matched here: an untidy page looks deeper than it is, never less.
    """
    opened: dict[str, int] = {}
    depth = deepest = formatting = clones = 0
    for close, name in TAG.findall(html):
        if name in FLAT:
            clones += formatting
            continue
        if not name.islower():
            name = name.lower()
        held = opened.get(name, 0)
        if not close:
            opened[name] = held + 1
            depth += 1
            formatting += name in FORMATTING
            clones += formatting
            if depth > deepest:
                deepest = depth
        elif held:
            opened[name] = held - 1
            depth -= 1
            formatting -= name in FORMATTING
    return deepest, clones


def drop_formatting(html: str) -> str:
    """Leave the formatting tags out of a page whose formatting is never closed."""
    return cut_out(html, ((a, b, "") for a, b, name, _ in iter_tags(html) if name in FORMATTING))


def flatten(html: str) -> str:
    """Leave out the tags nested beyond the limit; each becomes a line break, so that lines stay lines."""
    return cut_out(html, too_deep(html))


def too_deep(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield the tags beyond the depth limit, by the parser's own rule of which end closes what."""
    stack: list[str] = []
    for start, end, name, close in iter_tags(html):
        if name in VOID or name in SELF_CLOSING:
            continue
        if not close:
            if len(stack) >= MAX_DEPTH:
                yield start, end, "" if name in FORMATTING or name == "span" else "<br>"
            else:
                stack.append(name)
        elif stack and stack[-1] == name:
            stack.pop()
        elif name in stack[-50:] and name in BREAKING:
            while stack.pop() != name:
                pass


def iter_tags(html: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield (start, end, name, whether it closes) of each tag outside comments."""
    for tag in TAG.finditer(html):
        if tag[2]:
            end = html.find(">", tag.end())
            yield tag.start(), (end + 1 if end >= 0 else len(html)), tag[2].lower(), bool(tag[1])


def cut_out(html: str, cuts: Iterable[tuple[int, int, str]]) -> str:
    """Return the page with each (start, end, instead) replaced."""
    parts, at = [], 0
    for start, end, instead in cuts:
        if start >= at:
            parts += [html[at:start], instead]
            at = end
    return "".join(parts) + html[at:]
