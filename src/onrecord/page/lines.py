"""What the walk of a page makes: lines, and the elements that they stand in."""

from dataclasses import dataclass, field

from onrecord.types import Span

__all__ = ["Dark", "Element", "Line", "Walk"]


@dataclass(slots=True)  # not frozen: a page has thousands, and a frozen one takes three times as long to make
class Element:
    """One element around words: its tag, its names (class, id, role, itemprop), and its parent."""

    tag: str
    names: str
    parent: int


@dataclass(slots=True)
class Line:
    """One line of the text: its span, the innermost element of all its words, its links and bold."""

    span: Span
    element: int
    link_chars: int
    bold_chars: int


@dataclass(frozen=True, slots=True)
class Dark:
    """An element with running text that the page does not show: which tag of the page it is, its name and
    names, the element around it, and how many characters of running text it has."""

    at: int
    tag: str
    attributes: str
    parent: int
    prose: int


@dataclass(slots=True)
class Walk:
    """What the walk of a page found; `times` are its <time> elements, their machine value and their words.

    `people` are the words inside lines whose element says that they name somebody. `hid` tells that words
    inside a line were left out because the page hides them, as the third walk did; `mended` that the lines
    are other ones than any walk before the fourth would make. `dark` is what the page does not show.
    """

    text: str = ""
    elements: list[Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    times: list[tuple[str, Span | None]] = field(default_factory=list)
    people: list[Span] = field(default_factory=list)
    hid: bool = False
    mended: bool = False
    dark: list[Dark] = field(default_factory=list)
