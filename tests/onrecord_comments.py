"""Comments under one article, written as several systems would print them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

__all__ = ["ARTICLE", "Written", "as_divs", "as_text", "as_wordpress", "flatten", "trees"]

PARAGRAPHS = (
    "The council of Selm voted on Monday to close the old ferry line after a long debate about costs, "
    "safety and the age of the boats that cross the water.",
    "“The line can't be kept,” Mayor Idris Vane told reporters after the vote, which ended in the early "
    "hours of the morning with nine votes against four.",
    "Residents of the northern shore said that they had not been asked, and that the bridge is far too long "
    "a way for whoever walks to work in the town.",
    "The council will meet again in June, when the contract with the ferry company ends and the new "
    "timetable of the buses will be shown to the public.",
)
HEADLINE = "Council of Selm closes the old ferry line"
ARTICLE = f"<h1>{HEADLINE}</h1><article>" + "".join(f"<p>{one}</p>" for one in PARAGRAPHS) + "</article>"
SHOWN = "May 12, 2031 at 9:14 am"


@dataclass(frozen=True, slots=True)
class Written:
    """A comment as a reader wrote it, with the answers to it."""

    handle: str
    text: tuple[str, ...]
    answers: tuple["Written", ...]


def trees(*, nested: bool = True) -> st.SearchStrategy[list[Written]]:
    """Return readers' comments in any nesting."""
    handles = st.sampled_from(
        ["marshbird", "Old Oarsman", "tollkeeper_7", "Kettle & Co", "Ines Mor", "JW", "Pell"]
    )
    texts = st.lists(
        st.sampled_from(
            [
                "So the council closes what it never paid for.",
                "I walked to that pier for thirty years, and so did you.",
                "No!",
                "Who asked the northern shore, and when?",
                "There were 11 passengers and a goat on Friday.",
            ]
        ),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple)
    leaves = st.builds(Written, handles, texts, st.just(()))
    if not nested:
        return st.lists(leaves, min_size=2, max_size=7)
    grown = st.recursive(
        leaves,
        lambda inner: st.builds(Written, handles, texts, st.lists(inner, max_size=3).map(tuple)),
        max_leaves=12,
    )
    return st.lists(grown, min_size=2, max_size=4)


def flatten(written: Sequence[Written]) -> list[tuple[Written, int | None]]:
    """Return comments in the page's order, each with the order of the one it answers."""
    found: list[tuple[Written, int | None]] = []

    def add(ones: Sequence[Written], parent: int | None) -> None:
        for one in ones:
            found.append((one, parent))
            add(one.answers, len(found) - 1)

    add(written, None)
    return found


def page(comments: str) -> str:
    return f'<!doctype html><html lang="en"><body>{ARTICLE}{comments}</body></html>'


def as_wordpress(written: Sequence[Written]) -> str:
    """Return a page as WordPress prints it: numbered list items, answers in a list inside."""
    count = iter(range(1, 100_000))

    def item(one: Written) -> str:
        number = next(count)
        inner = f'<ol class="children">{"".join(map(item, one.answers))}</ol>' if one.answers else ""
        text = "".join(f"<p>{escape(line)}</p>" for line in one.text)
        return (
            f'<li id="comment-{number}" class="comment"><article class="comment-body">'
            f'<div class="comment-author vcard"><cite class="fn">{escape(one.handle)}</cite> '
            f'<span class="says">says:</span></div><div class="comment-meta"><a href="#">{SHOWN}</a></div>'
            f'<div class="comment-content">{text}</div>'
            f'<div class="reply"><a class="comment-reply-link" href="#">Reply</a></div></article>{inner}</li>'
        )

    return page(f'<div id="comments"><ol class="comment-list">{"".join(map(item, written))}</ol></div>')


def as_divs(written: Sequence[Written]) -> str:
    """Return a page whose markup calls nothing by its name."""

    def item(one: Written) -> str:
        text = "".join(f"<p>{escape(line)}</p>" for line in one.text)
        inner = f'<div class="q4">{"".join(map(item, one.answers))}</div>' if one.answers else ""
        return (
            f'<div class="x9"><div class="k1"><span class="a2">{escape(one.handle)}</span> '
            f'<span>{SHOWN}</span></div><div class="zz">{text}</div>'
            f'<div class="k3"><a href="#">Reply</a></div>{inner}</div>'
        )

    return page(f'<section id="comments"><h3>Comments</h3>{"".join(map(item, written))}</section>')


def as_text(written: Sequence[Written]) -> str:
    """Return a plain-text capture of the page: a name, a date, the text, something to press."""
    comments = "\n".join(
        f"{one.handle} says:\n{SHOWN}\n" + "".join(f"{line}\n" for line in one.text) + "Reply\n"
        for one in written
    )
    return f"{HEADLINE}\n\n" + "\n\n".join(PARAGRAPHS) + f"\n\n{len(written)} Comments\n\n{comments}"
