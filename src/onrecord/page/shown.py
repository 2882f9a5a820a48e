"""What an HTML page shows: parsed within limits, put together as a browser does, walked; where it shows no
text, what stands for it."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from onrecord.page.composed import compose_frames, compose_shadows
from onrecord.page.data import find_told_text, write_told
from onrecord.page.head import read_head
from onrecord.page.hidden import Hidden, read_hidden
from onrecord.page.limits import FREE_ELEMENTS, allowed, bound_html
from onrecord.page.lines import Walk
from onrecord.page.quoted import Marks, choose_marks
from onrecord.page.source import list_scripts, strip_source
from onrecord.page.unshown import BARE, choose_shown, measure_prose
from onrecord.page.walk import walk_page
from onrecord.types import Head

__all__ = ["show_html"]

# Words that a page hides inside a line are none of its text since the third walk; the fourth parts words that
# elements part, prints the marks of <q> and knows more of what is seen and what is not. Where an older walk
# gives the same text, it keeps the name and the ids that it has had.
HTML_VERSION = "html-2"
HIDING_VERSION = "html-3"
MENDED_VERSION = "html-4"
# Lines that the page shows, and behind them an article that only its data tell.
TOLD_VERSION = "told-1"
# A page is walked again where what it does not show is kept, and what is hidden in there may be, too.
WALKS = 3
FRAMES_DEEP = 2
# The empty place into which a script writes the page.
SHELL = re.compile(
    r'<(?:div|main|section|app-root)[^>]* id="(?:root|app|__next|__nuxt|___gatsby|svelte|react-root)"'
)
ASKS = re.compile(r"<noscript[^>]*>[^<]*(?:<(?!/noscript)[^<]*)*?java ?script", re.IGNORECASE)


def show_html(source: str) -> tuple[Walk, Head, str, tuple[str, ...]]:
    """Return the lines that a page shows, what its head says, the version of its text, and what was odd."""
    stripped = strip_source(source)
    html, messages = bound_html(stripped.html)
    tree = LexborHTMLParser(html)
    head = read_head(tree, stripped)
    tree.strip_tags(["head", "svg"])
    written = tree.html or ""
    # A page of many small elements takes its size many times over in the parser.
    del tree, html
    written, composed, more = compose(written)
    hidden = read_hidden(stripped.styles)
    marks = choose_marks(head.language, stripped.styles) if "<q" in written else ()
    walk, odd = walk_shown(written, hidden, marks)
    walk.mended = walk.mended or composed
    version = MENDED_VERSION if walk.mended else HIDING_VERSION if walk.hid else HTML_VERSION
    messages = (*messages, *more, *odd)
    if not odd and measure_prose(walk) < BARE:
        told = find_told_text(list_scripts(source))
        if told is not None and told.prose > 2 * measure_prose(walk):
            walk, _ = walk_shown(written + write_told(told), hidden, marks)
            version = TOLD_VERSION
            messages = (*messages, tell_data(told.prose))
        elif not measure_prose(walk) and waits(written):
            messages = (*messages, NO_WORDS)
    return walk, replace(head, times=tuple(walk.times)), version, messages


NO_WORDS = (
    "the page shows no running text: it has an empty place into which a script writes, and what that would "
    "write is not in these bytes. Save the page again from a browser in which it can be read."
)


def tell_data(prose: int) -> str:
    return (
        f"the page's HTML shows no running text; {prose:,} characters of it stand only in the data for its "
        f"scripts. They were put behind the lines that it shows, and the text is called "
        f"{TOLD_VERSION}: what a script would print, nobody knows in which form."
    )


def waits(written: str) -> bool:
    """Tell whether a page waits for a script to write it: it has an empty place for that, or says so."""
    return SHELL.search(written) is not None or ASKS.search(written) is not None


def walk_shown(written: str, hidden: Hidden, marks: Marks) -> tuple[Walk, tuple[str, ...]]:
    """Walk a page, once more where what it does not show is kept; return what is to be told of that."""
    walk = walk_page(written, hidden, marks)
    shown: frozenset[int] = frozenset()
    told: list[str] = []
    for _ in range(WALKS - 1):
        if not walk.dark:
            break
        chosen = choose_shown(walk, written)
        told += [chosen.message] if chosen.message and not told else []
        if chosen.tags <= shown:
            break
        shown |= chosen.tags
        walk = walk_page(written, hidden, marks, shown)
        walk.mended = True
    return walk, tuple(told)


def compose(written: str, depth: int = 0) -> tuple[str, bool, tuple[str, ...]]:
    """Put a page together as a browser shows it; tell whether anything was put anywhere."""
    written, rooted = compose_shadows(written)
    if depth >= FRAMES_DEEP:
        return written, rooted, ()
    most = allowed(FREE_ELEMENTS, len(written))
    written, put, left = compose_frames(written, lambda source: read_frame(source, depth + 1), most)
    messages = (f"{left} frames hold more elements than a page has; they were left out",) if left else ()
    return written, rooted or put > 0, messages


def read_frame(source: str, depth: int) -> str:
    """Return the inside of the body of a frame's document."""
    html, _ = bound_html(strip_source(source).html)
    tree = LexborHTMLParser(html)
    tree.strip_tags(["head", "svg"])
    written = tree.body.html if tree.body is not None else ""
    inner = (written or "").partition(">")[2].removesuffix("</body>")
    return compose(inner, depth)[0]
