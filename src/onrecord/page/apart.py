"""Words that no white space parts and that are two all the same: a name and the date behind it, two links.

A page parts them by its style sheet, which a saved page mostly lacks: "Ada Brill11 March 2031". Whether two
words are one is told by the elements that they stand in and by their letters: a word changes from small
letters to a capital, or to figures, only where two were put side by side. A word that the page writes whole
elsewhere ("YouTube") is one.
"""

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from onrecord.page.elements import BLOCK, names_person
from onrecord.page.lines import Element
from onrecord.page.words import everyday_words

__all__ = ["are_apart", "are_two", "is_initial", "joins_initial"]

# Elements that hold a thing of its own; what only looks different ("19<sup>th</sup>") is none.
THINGS = frozenset("a time button span cite address label data output summary".split())
LOOKS = frozenset("sub sup small font abbr bdi bdo wbr ruby rt rb big tt".split())
# Names of the lines in which names, dates and links stand side by side.
LISTED = re.compile(
    r"byline|author|meta|date|time|credit|posted|publish|info|dateline|tags?\b", re.IGNORECASE
)
TAIL = re.compile(r"[^\W_]+\Z")
HEAD = re.compile(r"[^\W_]+")
LONGEST = 60
# A letter set large at the head of a text, by the names that pages give it.
INITIAL = re.compile(r"drop-?_?cap|initial|first-?_?letter|lettrine|big-?_?letter|cap-?letter", re.IGNORECASE)
OPENING = "“„«\"'‘"


def are_apart(
    elements: Sequence[Element], left: int, right: int, line: str, words: str, source: str, *, running: bool
) -> bool:
    """Tell whether the words of two elements are two, though no white space is between them.

    `left` and `right` are the innermost elements with attributes around both; `line` is the line so far,
    `words` what follows; `running` tells that the line is one of running text.
    """
    mine, others = split_chains(elements, left, right)
    things = [one for one in (mine, others) if any(is_thing(element) for element in one)]
    if not things or any(element.tag in LOOKS for element in (*mine, *others)):
        return False
    before, after = TAIL.search(line[-LONGEST:]), HEAD.match(words[:LONGEST])
    if before is None or after is None:
        return False
    around = [*mine, *others]
    if any(element.tag in ("time", "button") for element in around):
        return True
    both = len(things) == 2
    if running and not both and not is_listed(elements, left, around):
        return False
    return changes(before[0], after[0], both=both) and before[0] + after[0] not in source


def are_two(line: str, words: str, source: str) -> bool:
    """Tell whether the words of two elements of one kind, the second right behind the first, are two: a row
    of <span> holds a name, a day, a number."""
    before, after = TAIL.search(line[-LONGEST:]), HEAD.match(words[:LONGEST])
    if before is None or after is None:
        return False
    return changes(before[0], after[0], both=True) and before[0] + after[0] not in source


def changes(before: str, after: str, *, both: bool) -> bool:
    """Tell whether the letters say that one word ends and another begins."""
    if after[0].isdigit():
        # "G20" and "Covid19" are one word; a name before a date is longer than the first.
        return (before[-1].isdigit() and both) or (before[-1].isalpha() and len(before) > 2)
    if not after[0].isupper():
        return False
    return len(before) > 2 and (before[-1].islower() or before[-1].isdigit() or (both and before.isupper()))


def split_chains(elements: Sequence[Element], left: int, right: int) -> tuple[list[Element], list[Element]]:
    """Return the inline elements around the left words alone, and those around the right ones alone."""
    theirs = set(list_up(elements, left))
    shared = next((at for at in list_up(elements, right) if at in theirs), -1)
    return (
        [elements[at] for at in list_until(elements, left, shared)],
        [elements[at] for at in list_until(elements, right, shared)],
    )


def list_up(elements: Sequence[Element], at: int) -> Iterator[int]:
    """Yield an element and those around it up to the block, the innermost first."""
    while at >= 0:
        yield at
        if elements[at].tag in BLOCK:
            return
        at = elements[at].parent


def list_until(elements: Sequence[Element], at: int, stop: int) -> Iterator[int]:
    for one in list_up(elements, at):
        if one == stop or elements[one].tag in BLOCK - {"button"}:
            return
        yield one


def is_thing(element: Element) -> bool:
    """Tell whether an element holds a thing of its own: a link, a time, what the page gives a name."""
    return (element.tag in THINGS and (element.tag != "span" or bool(element.names))) or names_person(
        element.names
    )


def is_listed(elements: Sequence[Element], at: int, around: Sequence[Element]) -> bool:
    """Tell whether words stand among names and dates, by their own names or those of their block."""
    block = next((one for one in list_up(elements, at) if elements[one].tag in BLOCK), -1)
    listed = [*around, elements[block]] if block >= 0 else around
    return any(names_person(one.names) or LISTED.search(one.names) for one in listed)


@lru_cache(maxsize=2_000)
def names_initial(names: str) -> bool:
    return INITIAL.search(names) is not None


def is_initial(elements: Sequence[Element], at: int, floating: Container[int], text: str) -> bool:
    """Tell whether a line is one letter set large: the first of the next line's first word."""
    letters = text.strip(OPENING)
    if len(letters) != 1 or len(text) > 2 or not letters.isupper():
        return False
    return any(one in floating or names_initial(elements[one].names) for one in list_up(elements, at))


def joins_initial(initial: str, words: str, source: str) -> bool:
    """Tell whether a large letter and what follows are one word: "T" and "he"; "A" and "ferry" are two."""
    head = HEAD.match(words)
    if head is None or not head[0][0].islower():
        return False
    letter, rest = initial[-1].lower(), head[0].lower()
    if letter not in "aiouyeàéóôè" or letter + rest in everyday_words():
        return True
    if rest in everyday_words():
        return False
    return len(re.findall(rf"(?<!\w){re.escape(head[0])}(?!\w)", source)) < 2
