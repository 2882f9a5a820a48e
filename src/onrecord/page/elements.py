"""The elements of a page as the walk meets them: what a tag says, what its attributes say, and what neither
lets be seen."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

__all__ = [
    "BLOCK",
    "BOLD",
    "IN_PARAGRAPH",
    "IN_RUNNING",
    "LINES_KEPT",
    "LINKED",
    "LINKED_OR_BOLD",
    "NEVER_HIDDEN",
    "UNSEEN",
    "VOID",
    "Kind",
    "find_kind",
    "is_hidden",
    "names_person",
    "read_attributes",
]

# The elements that start and end a line, by HTML's own default style sheet.
BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp".split()
)
# Never shown, or shown only where something else fails.
UNSEEN = frozenset(
    "audio base canvas datalist embed head iframe link map meta meter noembed noframes noscript object "
    "progress rp script select style svg template textarea title video".split()
)
# A custom element or a button inside running text belongs to its sentence.
RUNNING = frozenset("p h1 h2 h3 h4 h5 h6 figcaption caption summary".split())
# Here what is hidden in the middle of a line is none of its words. In a headline it may be the colon that
# parts its halves for who hears it, and at the head of a line the "Published on" of a date.
PARAGRAPHS = frozenset(("p", "figcaption"))
KEEPS_LINES = frozenset(("pre", "listing"))
# Some pages hide the whole of themselves until a script has run; those words are meant to be read.
NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))
# A server that sends a page in pieces hides each piece until a script has put it in its place.
STREAMED = re.compile(r"S:[0-9a-f]+\Z")
NAMES = ("class", "id", "role", "itemprop")
# Words inside a line whose element says that they are a person's name, as comments print who wrote them.
PERSON = re.compile(
    r"author|nick|commenter|poster|(?:user|display|screen|real)[-_]?name|publisher-anchor"
    r"|(?:\b|_)(?:fn|user|name|handle|vcard|persona?)(?:\b|_)",
    re.IGNORECASE,
)
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track "
    "wbr".split()
)
# A quotation mark inside a value is escaped, so none of these can stand in one.
ATTRIBUTE = re.compile(
    r' (class|id|role|itemprop|hidden|style|datetime|open|popover|width|height)="([^"]*+)"'
)
# What holds for the words inside an element.
LINKED, BOLD, IN_RUNNING, LINES_KEPT, IN_PARAGRAPH = 1, 2, 4, 8, 16
LINKED_OR_BOLD = LINKED | BOLD


@dataclass(slots=True)
class Kind:
    """What an element's tag alone says of it; `parts` that its words are a thing of their
    own, `inside` is what holds for them."""

    tag: str
    void: bool
    unseen: bool
    block: bool
    custom: bool
    parts: bool
    inside: int


@lru_cache(maxsize=1_000)
def find_kind(tag: str) -> Kind:
    """Tell what an element's tag alone says."""
    custom = tag == "button" or "-" in tag
    return Kind(
        tag=tag,
        void=tag in VOID or tag[0] == "!",
        unseen=tag in UNSEEN,
        block=tag in BLOCK or tag == "br" or custom,
        custom=custom,
        parts=tag in ("time", "button"),
        inside=LINKED * (tag == "a")
        | BOLD * (tag in ("b", "strong"))
        | IN_RUNNING * (tag in RUNNING)
        | IN_PARAGRAPH * (tag in PARAGRAPHS)
        | LINES_KEPT * (tag in KEEPS_LINES),
    )


NO_ATTRIBUTES = "", False, "", ""


@lru_cache(maxsize=2_000)  # a page has few names, each many times
def names_person(names: str) -> bool:
    """Tell whether an element's names say that its words name a person."""
    return PERSON.search(names) is not None


def read_attributes(tag: str, attributes: str) -> tuple[str, bool, str, str]:
    """Read an element's names, whether it is hidden, what a <time> says to machines, and its own style."""
    if (
        attributes.startswith(' class="')
        and attributes.count('"') == 2
        and "&" not in attributes
        and tag != "dialog"
    ):
        return attributes[8:-1], False, "", ""
    values = dict(ATTRIBUTE.findall(attributes))
    if not values and tag != "dialog":
        return NO_ATTRIBUTES
    if "&" in attributes:
        values = {key: unescape(value) for key, value in values.items()}
    names = (
        next(iter(values.values()))
        if len(values) == 1 and "class" in values
        else " ".join([value for name in NAMES if (value := values.get(name))])
    )
    hidden = tag not in NEVER_HIDDEN and is_hidden(tag, values)
    stamp = values.get("datetime", "").strip() if tag == "time" else ""
    return names, hidden, stamp, values.get("style", "")


def is_hidden(tag: str, values: dict[str, str]) -> bool:
    """Tell whether an element is not shown by its own words: `hidden`, `popover`, display:none, or a dialog
    not open."""
    if "hidden" in values and values["hidden"] != "until-found":
        return not STREAMED.match(values.get("id", ""))
    style = values.get("style")
    if style and "none" in style and "display:none" in "".join(style.lower().split()):
        return True
    return (tag == "dialog" and "open" not in values) or "popover" in values
