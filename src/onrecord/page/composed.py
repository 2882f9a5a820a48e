"""A page as the browser puts it together: shadow roots and frames that stand in the bytes themselves.

A saved page may hold the inside of its own elements in `<template shadowrootmode>` (Chrome's MHTML and older
pages have other names for it), and the whole document of a frame in `srcdoc`. A browser shows the first in
place of what the element holds, with that put into its slots, and the second where the frame stands.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

from onrecord.page.elements import VOID

__all__ = ["compose_frames", "compose_shadows"]

TOKEN = re.compile(r"<(/?)([^ \t\n\f\r/>]++)((?: =?[^ \t\n\f\r/>=]*+=\"[^\"]*+\")*+)>([^<]*+)")
SHADOW = re.compile(r' (?:shadowrootmode|shadowroot|shadowmode)="(?:open|closed)?"', re.IGNORECASE)
SLOT = re.compile(r' slot="([^"]*+)"')
NAME = re.compile(r' name="([^"]*+)"')
SRCDOC = re.compile(r' srcdoc="([^"]*+)"')
SMALL = re.compile(r' (?:width|height)="[01](?:px)?"')
# The elements that may have a shadow root (DOM standard, 4.8), beside those with names of their own.
HOSTS = frozenset(
    "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split()
)
MOST_FRAMES = 200
FRAME = re.compile(r"<iframe((?: =?[^ \t\n\f\r/>=]*+=\"[^\"]*+\")*+)></iframe>")


@dataclass(slots=True)
class Node:
    """An element: its tag with its attributes, and what is in it: words, and other elements."""

    tag: str
    attributes: str
    inner: list["Node | str"] = field(default_factory=list)


@dataclass(slots=True)
class Slots:
    """What an element with a shadow root holds, by the slots that it is for, and the slots around it."""

    given: dict[str, list[Node | str]]
    around: "Slots | None"


def compose_shadows(html: str) -> tuple[str, bool]:
    """Put the insides of elements where a browser shows them; tell whether there were any.

    `html` is a tree that the parser has written out.
    """
    if " shadow" not in html or not SHADOW.search(html):
        return html, False
    return "".join(write_nodes(read_nodes(html))), True


def read_nodes(html: str) -> Node:
    root = Node("", "")
    open_nodes = [root]
    if words := html[: html.find("<")]:
        root.inner.append(words)
    for close, tag, attributes, words in TOKEN.findall(html):
        if close:
            if len(open_nodes) > 1:
                open_nodes.pop()
        else:
            node = Node(tag, attributes)
            open_nodes[-1].inner.append(node)
            if tag not in VOID and tag[0] != "!":
                open_nodes.append(node)
        if words:
            open_nodes[-1].inner.append(words)
    return root


def write_nodes(root: Node) -> Iterator[str]:
    """Yield the tree as a browser shows it: what an element holds stands in the slots of its shadow root, and
    what no slot takes is not shown."""
    todo: list[tuple[Node | str, Slots | None]] = [(root, None)]
    while todo:
        one, slots = todo.pop()
        if isinstance(one, str):
            yield one
        elif one.tag == "slot" and slots is not None:
            name = NAME.search(one.attributes)
            # What the element holds is shown once, in the first slot of its name.
            given = slots.given.pop(name[1] if name else "", [])
            shown = any(isinstance(part, Node) or not part.isspace() for part in given)
            todo += [
                (part, slots.around if shown else slots) for part in reversed(given if shown else one.inner)
            ]
        else:
            yield f"<{one.tag}{one.attributes}>" if one.tag else ""
            if one.tag in VOID or one.tag[:1] == "!":
                continue
            todo.append((f"</{one.tag}>" if one.tag else "", None))
            shadow = find_root(one)
            inner = one.inner if shadow is None else shadow.inner
            here = slots if shadow is None else Slots(sort_out(one, shadow), slots)
            todo += [(part, here) for part in reversed(inner)]


def find_root(node: Node) -> Node | None:
    """Return the first template with a shadow root of an element that may have one."""
    if node.tag not in HOSTS and "-" not in node.tag:
        return None
    for one in node.inner:
        if isinstance(one, Node) and one.tag == "template" and SHADOW.search(one.attributes):
            return one
    return None


def sort_out(host: Node, shadow: Node) -> dict[str, list[Node | str]]:
    """Sort what an element holds by the slots that it is for."""
    named: dict[str, list[Node | str]] = {}
    for one in host.inner:
        if one is not shadow:
            slot = SLOT.search(one.attributes) if isinstance(one, Node) else None
            named.setdefault(slot[1] if slot else "", []).append(one)
    return named


def compose_frames(html: str, read: Callable[[str], str], most: int) -> tuple[str, int, int]:
    """Put the documents of frames where the frames stand; return how many were put, and how many left out.

    `read` makes the inside of a body of a document's source; together they have at most so many elements.
    """
    if ' srcdoc="' not in html:
        return html, 0, 0
    put = left_out = 0

    def compose(frame: re.Match[str]) -> str:
        nonlocal put, left_out, most
        source = SRCDOC.search(frame[1])
        if source is None or len(SMALL.findall(frame[1])) > 1:
            return frame[0]
        inner = read(unescape(source[1])) if put < MOST_FRAMES else ""
        most -= inner.count("<")
        if not inner or most < 0:
            left_out += most < 0 or put >= MOST_FRAMES
            return frame[0]
        put += 1
        return f"<div{frame[1].replace(source[0], '')}>{inner}</div>"

    return FRAME.sub(compose, html), put, left_out
