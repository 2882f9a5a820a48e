"""What of a page's source goes to the parser: comments, scripts and styles come out first.

They are half of a page's characters and none of its words. And what is left has no stretch in which a tag is
no tag, so that the limits (`page/limits.py`) count exactly the tags that the parser will see.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["ATTRIBUTES", "Source", "list_scripts", "strip_source"]

WS = r" \t\n\f\r"
# The attributes of a tag up to its ">", by the states of the HTML standard's tokenizer (13.2.5): a quotation
# mark counts only right after the "=" of a name, and a name may begin with "=".
VALUE = rf"""(?:[{WS}]*+=[{WS}]*+(?:"[^"]*+"?|'[^']*+'?|[^{WS}>"'][^{WS}>]*+)?+)?+"""
# Most attributes are tidy, and the first part finds these several times faster.
ATTRIBUTES = rf"""(?: [\w:-]++="[^"]*+")*+(?:[{WS}/]++|=?[^{WS}/>=]++{VALUE}|={VALUE})*+"""
NAME = rf"[a-z][^{WS}/>]*+"
END = rf"[{WS}/>]"
RAW = "style|textarea|title|iframe|noembed|noframes|xmp|plaintext"
# Running text and the tags of all other elements; only the first "<!..." of a page can say what it is.
KEPT = rf"(?:[^<]++|<(?!(?:script|{RAW}){END})(?:/?{NAME}{ATTRIBUTES}>?|!doctype[^>]*+>?|/\Z|(?![!?/])))*+"
# Whatever else starts with "<!", "<?" or "</" is a comment up to its first ">".
COMMENT = r"<!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))|<[!?/][^>]*+>?"
# In a script, "<!--" makes a "<script" after it hide the next "</script" (13.2.5.20 to 13.2.5.31).
TWICE = rf"<script{END}(?:[^<-]++|-(?!->)|<(?!/script{END}))*+(?:</script)?"
HIDING = rf"<!--(?:(?!-->)(?:[^<-]++|-|<(?!/?script{END})|{TWICE}))*+"
SCRIPT = rf"<script(?={END})({ATTRIBUTES})>?((?:[^<]++|{HIDING}|<(?!/script{END}))*+)"
# Nothing ends a <plaintext>.
RAW_TEXT = rf"<({RAW})(?={END})({ATTRIBUTES})>?([^<]*+(?:<(?!/(?!plaintext)\4{END})[^<]*+)*+)"
PIECE = re.compile(
    rf"({KEPT})(?:{COMMENT}|(?:{SCRIPT}|{RAW_TEXT})(?:</{NAME}{ATTRIBUTES}>?)?)?+", re.IGNORECASE | re.DOTALL
)
JSON_LD = re.compile(r"""type\s*=\s*["']?[^"'>]*ld(?:\+|&#43;|&#x2b;|&plus;)json""", re.IGNORECASE)
# A style sheet for paper alone says nothing of the screen.
PAPER = re.compile(r"""media\s*=\s*["']?\s*print\b""", re.IGNORECASE)
SHOWN = frozenset(("xmp", "plaintext"))
# A page's body begins with one of these where it has not begun: left out, what follows would be in the head.
OPENING = frozenset(("textarea", "iframe", "noembed"))
MAX_JSON_LD = 1_000_000
LONG_SCRIPT = 400
# From so many characters on, pieces are found one by one, which is slower and takes less memory.
LONG_PAGE = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """A page's source without what is no markup; its <title>, JSON-LD scripts and style sheets are kept
    beside it."""

    html: str
    title: str | None
    json_ld: tuple[str, ...]
    styles: tuple[str, ...] = ()


def strip_source(page: str) -> Source:
    """Take comments and elements of raw text out of a page; preformatted ones become <pre>."""
    parts: list[str] = []
    titles: list[str] = []
    scripts: list[str] = []
    styles: list[str] = []
    for kept, attributes, script, name, names, content in list_pieces(page):
        parts.append(kept)
        if kept[-1:] == "<":
            parts.append(" ")
        if script and JSON_LD.search(attributes):
            scripts.append(script)
        elif name:
            name = name.lower()
            if name == "title":
                titles.append(content)
            elif name == "style":
                if not PAPER.search(names):
                    styles.append(content)
            elif name in SHOWN:
                parts.append(f"<pre{names}>{html.escape(content)}</pre>")
            elif name in OPENING:
                # A frame may hold its whole document in an attribute.
                parts.append(f"<{name}{names if 'srcdoc' in names.lower() else ''}></{name}>")
    return Source(
        "".join(parts),
        find_title(titles),
        tuple(filter(None, map(clean_script, scripts))),
        tuple(styles),
    )


def list_scripts(page: str) -> list[tuple[str, str]]:
    """Return the scripts of a page that are long enough to hold an article, (attributes, text) each."""
    scripts = ((piece[1] or "", piece[2] or "") for piece in list_pieces(page))
    return [(attributes, script) for attributes, script in scripts if len(script) > LONG_SCRIPT]


def list_pieces(page: str) -> Iterable[tuple[Any, ...]]:
    """Return what is kept, a script (attributes, text), a raw element (name, attributes, text)."""
    if len(page) < LONG_PAGE:
        return PIECE.findall(page)
    return (piece.groups() for piece in PIECE.finditer(page))


def find_title(titles: list[str]) -> str | None:
    """Return the first title with words in it, its white space folded."""
    found = (" ".join(html.unescape(title).split()) for title in titles)
    return next(filter(None, found), None)


def clean_script(script: str) -> str | None:
    """Return a script with one kind of line end; one too long to be a description is left out."""
    return script.strip().replace("\r\n", "\n") if len(script) <= MAX_JSON_LD else None
