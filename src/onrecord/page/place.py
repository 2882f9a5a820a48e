"""Where each line of an HTML page stands: the marks around it, the article's container, its company."""

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.page.features import Look, look_at_all
from onrecord.page.lines import Walk
from onrecord.page.names import read_names
from onrecord.page.others import find_others
from onrecord.page.replies import find_replies
from onrecord.page.told import find_told
from onrecord.page.tree import Tree

__all__ = ["HEADINGS", "OUTSIDE", "Place", "find_place", "stay_home"]

NONE: frozenset[str] = frozenset()
COMMENT = frozenset(("comment",))
RELATED = frozenset(("related",))
TAG_MARKS = {
    tag: frozenset((mark,))
    for tag, mark in {
        "nav": "menu",
        "footer": "footer",
        "aside": "related",
        "form": "form",
        "figcaption": "caption",
        "figure": "caption",
        "caption": "caption",
        "button": "menu",
        "dialog": "dialog",
        "time": "dateline",
        "address": "byline",
        "h1": "h1",
    }.items()
}
# Words under these marks are not the article's, unless the mark stands around the article itself.
OUTSIDE = frozenset(("comment", "related", "newsletter", "advert", "menu", "footer", "bio", "dialog"))
# A page tells machines its whole article where so much of the running text is in what it tells.
TELLS = 0.6
# How much running text stands around the headline in the element that is the article's, in lines and in
# characters, by its tag; any other element must hold more, since a header may hold a standfirst.
HOMES = {"article": (3, 300), "main": (3, 300), "section": (4, 400)}
HOME = (5, 600)
# So many characters of running text around a page's only h1 are its article, or the beginning of it.
TITLED = 300
NO_ROOM = frozenset(("ul", "ol", "li", "dl", "blockquote"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LINE_TAGS = HEADINGS | frozenset(("p", "li", "dd", "dt", "pre"))
STREAMED = re.compile(r"(?:^|\s)S:[0-9a-f]+(?:\s|$)")
INLINE = frozenset("span a b strong em i font u small sup sub mark q cite time label bdi abbr code".split())


@dataclass(slots=True)
class Place:
    """The lines of a page with what is known of each, in the page's order.

    `weights` tells how many characters of running text a line may give the article, `inside` whether it
    stands in the article's container, `company` how much of the article's running text stands in the same
    element, `told` whether the page's own JSON-LD holds the line's words, and `tells` whether it holds the
    whole article. `home` are the lines of the element that holds the headline and the article: all of them
    where no element is known to.
    """

    lines: list[str]
    looks: list[Look]
    linked: list[float]
    bold: list[float]
    marks: list[frozenset[str]]
    tags: list[str]
    blocks: list[int]
    tree: Tree
    weights: list[float]
    inside: list[bool]
    company: list[float]
    told: list[bool]
    tells: bool
    home: range


def find_place(walk: Walk, body: str | None) -> Place:
    """Work out where each line of a page stands."""
    lines = [line.span.of(walk.text) for line in walk.lines]
    looks = look_at_all(lines)
    linked = [line.link_chars / look.chars for line, look in zip(walk.lines, looks, strict=True)]
    weights = [
        min(look.chars, 1000) * look.prose if look.prose > 0.5 and link < 0.5 else 0.0
        for look, link in zip(looks, linked, strict=True)
    ]
    tree = Tree(walk)
    around = spread_marks(walk, tree, weights)
    marks = [around[line.element] for line in walk.lines]
    clean = [0.0 if marked & OUTSIDE else weight for marked, weight in zip(marks, weights, strict=True)]
    for at in find_replies(walk, tree, lines, looks, clean):
        marks[at] |= COMMENT
        clean[at] = 0.0
    blocks = [find_block(walk, line.element) for line in walk.lines]
    place = Place(
        lines,
        looks,
        linked,
        [line.bold_chars / look.chars for line, look in zip(walk.lines, looks, strict=True)],
        marks,
        [walk.elements[block].tag for block in blocks],
        blocks,
        tree,
        clean,
        inside=[],
        company=[],
        told=find_told(lines, body),
        tells=False,
        home=range(len(lines)),
    )
    find_container(walk, place)
    return place


def find_container(walk: Walk, place: Place) -> None:
    """Tell which lines stand in the article's container, and in which company."""
    mass = place.tree.sum_up(place.weights)
    main = find_main(walk, mass)
    whole = mass[main] if mass else 0.0
    said = sum(weight for weight, held in zip(place.weights, place.told, strict=True) if held)
    place.inside = [main <= line.element < place.tree.ends[main] for line in walk.lines]
    place.company = weigh_company(walk, place.blocks, place.weights, whole)
    place.tells = said > TELLS * whole > 0


def stay_home(walk: Walk, place: Place, headline: int | None) -> None:
    """Find the element that holds the headline and the article: what stands outside of it weighs nothing, nor
    do other stories inside of it."""
    if any("S:" in element.names and STREAMED.search(element.names) for element in walk.elements):
        # Pieces of a page that is sent in pieces stand behind it, until a script puts them in their place.
        return
    if headline is None:
        return
    others = find_others(walk, place.tree, place.lines, place.looks, place.linked, place.weights, headline)
    weights = [0.0 if at in others else weight for at, weight in enumerate(place.weights)]
    for at in others:
        place.marks[at] |= RELATED
    before, place.weights = place.weights, weights
    if (home := find_home(walk, place, headline)) is not None:
        place.home = place.tree.find_lines(home)
        place.weights = [weight if at in place.home else 0.0 for at, weight in enumerate(weights)]
    if place.weights != before:
        find_container(walk, place)


def find_home(walk: Walk, place: Place, headline: int) -> int | None:
    """Find the smallest element around the headline that holds enough running text to be the article's."""
    mass = place.tree.sum_up(place.weights)
    lines = place.tree.sum_up([float(weight > 0) for weight in place.weights])
    at = walk.lines[headline].element
    while at >= 0:
        few, little = HOMES.get(walk.elements[at].tag, HOME)
        if lines[at] >= few and mass[at] >= little:
            return at
        at = walk.elements[at].parent
    return None


@lru_cache(maxsize=4_000)
def own_marks(names: str, tag: str) -> frozenset[str]:
    """Tell what an element's names and its tag say of it."""
    return (read_names(names).marks if names else NONE) | TAG_MARKS.get(tag, NONE)


def spread_marks(walk: Walk, tree: Tree, weights: list[float]) -> list[frozenset[str]]:
    """Tell for each element which marks it stands under.

    A mark around most of the page's running text says nothing: pages stand in "has-sidebar" and "ad-free".
    But where a title and text under it stand elsewhere, much may be said beside them: teasers, a dialog.
    """
    # Many elements hold no line: what these are called is asked by nobody.
    held_lines = tree.sum_up([1.0] * len(walk.lines))
    own = [
        own_marks(element.names, element.tag) if held else NONE
        for element, held in zip(walk.elements, held_lines, strict=True)
    ]
    mass = tree.sum_up(weights)
    titles = tree.sum_up([float("h1" in own[line.element]) for line in walk.lines])
    titled = max(
        (at for at in range(len(own)) if 0 < titles[at] == titles[0] and mass[at] >= TITLED), default=0
    )
    ends = tree.ends
    around: list[frozenset[str]] = []
    for at, (element, mine) in enumerate(zip(walk.elements, own, strict=True)):
        held = around[element.parent] if at else NONE
        if mine and at <= titled < ends[at]:
            # What holds the title and text under it is the article, also in a "card" among teasers.
            mine -= OUTSIDE
        if mine and (element.tag in ("html", "body") or mass[at] > 0.5 * mass[0] > 0):
            # Readers may write more than the article's author; but its title does not stand among comments.
            beside = not titled <= at < ends[titled]
            mine = NONE if titles[at] else mine if beside else mine & COMMENT
        around.append(held | mine if mine and not mine <= held else held)
    doubtful = find_doubtful(walk, weights, around, range(titled, ends[titled]))
    return [marks - doubtful if marks & doubtful else marks for marks in around] if doubtful else around


def find_doubtful(
    walk: Walk, weights: list[float], around: list[frozenset[str]], inside: range
) -> frozenset[str]:
    """Find the marks that cover most of the running text but comments: these can't be what they say.

    Only text `inside` the element with the title counts.
    """
    covered: dict[str, float] = {}
    total = 0.0
    for line, weight in zip(walk.lines, weights, strict=True):
        marks = around[line.element]
        if "comment" in marks or line.element not in inside:
            continue
        total += weight
        for mark in marks:
            covered[mark] = covered.get(mark, 0.0) + weight
    return frozenset(mark for mark, weight in covered.items() if weight > 0.5 * total and total)


def find_main(walk: Walk, mass: list[float]) -> int:
    """Find the element that holds the article: the deepest one with most of the page's running text.

    A paragraph is none, though it be the only one of a short page that reads like running text.
    """
    best = 0
    for at, element in enumerate(walk.elements):
        if element.parent == best and element.tag not in LINE_TAGS and mass[at] >= 0.8 * mass[best] > 0:
            best = at
    return best


def find_block(walk: Walk, at: int) -> int:
    """Return the nearest element that says what kind of text a line is."""
    while walk.elements[at].parent >= 0 and walk.elements[at].tag in INLINE:
        at = walk.elements[at].parent
    return at


def weigh_company(walk: Walk, blocks: list[int], clean: list[float], total: float) -> list[float]:
    """Tell for each line the share of the article's running text under the same parent."""
    held: dict[int, float] = {}
    parents = [find_room(walk, block) for block in blocks]
    for parent, weight in zip(parents, clean, strict=True):
        held[parent] = held.get(parent, 0.0) + weight
    return [held[parent] / total if total else 0.0 for parent in parents]


def find_room(walk: Walk, block: int) -> int:
    """Return the element a line shares with its neighbours; a list or a quotation is no room of its own."""
    parent = walk.elements[block].parent
    while parent >= 0 and walk.elements[parent].tag in NO_ROOM:
        parent = walk.elements[parent].parent
    return parent
