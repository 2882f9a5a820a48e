"""Readers' comments: told apart, kept as spans, shown with readers by number."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import html_page, make_capture
from onrecord_comments import ARTICLE, Written, as_divs, as_text, as_wordpress, flatten, trees

from onrecord import read
from onrecord.page import read_page
from onrecord.page.comments import find_comments
from onrecord.page.readers import cover_handles, find_namings, hide_handles
from onrecord.statements import find_statements
from onrecord.types import Block, Comment, Page, Span

FOLDER = Path(__file__).parent / "comments"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".html", ".txt"))


def read_saved(content: str) -> Page:
    return read_page(make_capture(content))[0]


def tell(page: Page) -> list[dict[str, Any]]:
    """Return the comments of a page as the expected files have them."""
    return [
        {
            "parent": comment.parent,
            "depth": comment.depth,
            "handle": comment.handle.of(page.text) if comment.handle else None,
            "reader": comment.reader,
            "time": comment.time.of(page.text) if comment.time else None,
            "posted": comment.posted,
            "likes": comment.likes,
            "text": [span.of(page.text) for span in comment.text],
        }
        for comment in page.comments
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_comments_of_a_system_are_told_apart(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert tell(read_saved(path.read_text(encoding="utf-8"))) == expected["comments"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_no_comment_is_a_statement(path: Path) -> None:
    reading = read(make_capture(path.read_text(encoding="utf-8")))
    begins = min(span.start for comment in reading.page.comments for span in comment.text)
    assert reading.statements
    assert all(span.end <= begins for one in reading.statements for span in (*one.source, *one.content))


def check_comments(page: Page) -> None:
    """Assert what holds for the comments of any page."""
    taken: list[Span] = []
    numbers: dict[str, int | None] = {}
    for order, comment in enumerate(page.comments):
        assert comment.order == order
        assert comment.text
        spans = [span for span in (comment.handle, comment.time, *comment.text) if span is not None]
        for span in spans:
            assert 0 <= span.start < span.end <= len(page.text)
            assert span.of(page.text) == span.of(page.text).strip()
        taken += comment.text
        if comment.parent is None:
            assert comment.depth == 0
        else:
            assert 0 <= comment.parent < order
            assert comment.depth == min(page.comments[comment.parent].depth + 1, 100)
        assert (comment.handle is None) == (comment.reader is None)
        if comment.handle is not None:
            folded = comment.handle.of(page.text).strip(" @:,.").casefold()
            assert numbers.setdefault(folded, comment.reader) == comment.reader
    assert len(set(numbers.values())) == len(numbers)
    ordered = sorted(taken)
    assert all(one.end <= two.start for one, two in pairwise(ordered))


@given(trees())
@settings(deadline=None, max_examples=60)
def test_nested_comments_come_back_as_written(written: list[Written]) -> None:
    flat = flatten(written)
    for page in (read_saved(as_wordpress(written)), read_saved(as_divs(written))):
        check_comments(page)
        assert [one["handle"] for one in tell(page)] == [one.handle for one, _ in flat]
        assert [one["text"] for one in tell(page)] == [list(one.text) for one, _ in flat]
        assert [comment.parent for comment in page.comments] == [parent for _, parent in flat]
        assert {comment.posted for comment in page.comments} == {"2031-05-12T09:14"}


@given(trees(nested=False))
@settings(deadline=None, max_examples=40)
def test_comments_of_a_text_capture_come_back_as_written(written: list[Written]) -> None:
    page = read_saved(as_text(written))
    check_comments(page)
    assert [one["handle"] for one in tell(page)] == [one.handle for one in written]
    assert [one["text"] for one in tell(page)] == [list(one.text) for one in written]


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "Ana says:",
                "3 May 2031",
                "2 days ago",
                "Reply",
                "1. So it is.",
                "  2. No.",
                "• Yes.",
                "Ana",
                "12 likes",
                "Liked by 2 people",
                "@Ana no",
                "Hans | 3 May 2031 | Reply",
                "by Ana on 3 May",
                ":",
            ]
        ),
    ),
    max_size=25,
)


@given(LINES)
@settings(deadline=None)
def test_any_lines_give_comments_that_stand_in_them(lines: list[str]) -> None:
    text, blocks = "", []
    for line in lines:
        words = line.strip()
        if words and "\n" not in words:
            start = len(text) + len(line) - len(line.lstrip())
            blocks.append(Block(span=Span(start, start + len(words)), role="comment"))
            text += line + "\n"
    page = Page(payload_digest="sha256:0", text=text, text_version="text-1", blocks=tuple(blocks))
    found = find_comments(text, page.blocks)
    check_comments(Page(**{**fields_of(page), "comments": found}))
    namings = find_namings(text, page.blocks, found)
    assert len(cover_handles(text, namings)) == len(text)
    assert hide_handles(text, Span(0, len(text)), ()) == text


def fields_of(page: Page) -> dict[str, Any]:
    return {name: getattr(page, name) for name in Page.__slots__}


@given(st.recursive(st.text(alphabet="ab <>&1:", max_size=12), lambda inner: st.lists(inner, max_size=5)))
@settings(deadline=None)
def test_any_markup_gives_comments_that_stand_in_it(tree: Any) -> None:
    def write(node: Any, depth: int = 0) -> str:
        if isinstance(node, str):
            return f'<p class="author">{node}</p><time>3 May 2031</time>'
        inner = "".join(write(one, depth + 1) for one in node)
        return f'<div class="comment level-{depth}" id="comment-{depth}">{inner}</div>'

    check_comments(read_saved(f'{ARTICLE}<div id="comments">{write(tree)}</div>'))


HANDLES = st.from_regex(r"\A[A-Z]?[a-z]{3,9}[_ ]?[A-Z0-9][a-z0-9]{3,9}\Z")
CALLS = st.sampled_from(
    ["@{}, no.", "{}, I walked there.", "As {} says, it is late.", "Thanks, {}!", "“{}” he said."]
)


@given(st.lists(st.tuples(HANDLES, CALLS), min_size=2, max_size=6), st.sampled_from([as_wordpress, as_text]))
@settings(deadline=None, max_examples=60)
def test_no_handle_is_left_in_what_is_shown(asked: list[tuple[str, str]], write: Any) -> None:
    written = [
        Written(handle, (call.format(asked[order - 1][0]), "We walk over the bridge now."), ())
        for order, (handle, call) in enumerate(asked)
    ]
    page = read_saved(write(written))
    assert len(page.comments) == len(written)
    namings = find_namings(page.text, page.blocks, page.comments)
    shown = "\n".join(hide_handles(page.text, block.span, namings) for block in page.blocks)
    for handle, _ in asked:
        assert handle.casefold() not in shown.casefold()
        assert handle.casefold() not in cover_handles(page.text, namings).casefold()


def show_texts(content: str) -> list[str]:
    page = read_saved(content)
    namings = find_namings(page.text, page.blocks, page.comments)
    return [hide_handles(page.text, span, namings) for one in page.comments for span in one.text]


def talk(*written: tuple[str, str]) -> str:
    return as_text([Written(handle, (text,), ()) for handle, text in written])


def test_the_first_name_is_hidden_where_it_addresses() -> None:
    shown = show_texts(
        talk(("Hans Moor", "It is late."), ("Pell", "Hans, it is not."), ("Wick", "Thanks Hans!"))
    )
    assert shown == ["It is late.", "Reader 1, it is not.", "Thanks Reader 1!"]


def test_a_handle_that_is_a_word_is_hidden_only_where_it_names() -> None:
    shown = show_texts(
        talk(("truth", "It is late."), ("Pell", "The truth is out."), ("Wick", "@truth no, truth!"))
    )
    assert shown == ["It is late.", "The truth is out.", "@Reader 1 no, Reader 1!"]


def test_somebody_of_the_article_is_not_taken_for_a_reader() -> None:
    shown = show_texts(talk(("Vane fan", "Vane will pay."), ("Pell", "I saw Vane there.")))
    assert shown == ["Vane will pay.", "I saw Vane there."]


def test_a_name_after_an_at_is_hidden_whoever_it_is() -> None:
    assert show_texts(talk(("Pell", "@nightjar did you walk?"), ("Wick", "Yes."))) == [
        "@Reader 3 did you walk?",
        "Yes.",
    ]


def test_an_answer_that_calls_a_name_is_hidden_where_no_handles_are_printed() -> None:
    assert show_texts((FOLDER / "numbered.txt").read_text(encoding="utf-8"))[2].endswith("shore, Reader 1.")


def test_a_number_means_nothing_on_another_page() -> None:
    one, two = talk(("Pell", "It is late."), ("Wick", "No.")), talk(("Wick", "It is late."), ("Pell", "No."))
    assert [comment.reader for comment in read_saved(one).comments] == [1, 2]
    assert [comment.reader for comment in read_saved(two).comments] == [1, 2]


def test_what_a_page_tells_machines_of_its_comments_is_taken_in() -> None:
    told = {
        "@type": "NewsArticle",
        "comment": [
            {
                "@type": "Comment",
                "text": "The boat was late again on Friday.",
                "author": {"@type": "Person", "name": "Pell Orrin"},
                "dateCreated": "2031-05-12T09:14:00Z",
                "upvoteCount": 4,
            },
            {"@type": "Comment", "text": "It was <b>not</b> &amp; you know it.", "author": "Wick"},
        ],
    }
    body = (
        '<section id="comments"><p>Pell Orrin</p><p>The boat was late again on Friday.</p>'
        "<p>Wick</p><p>It was not &amp; you know it.</p></section>"
    )
    page = read_saved(f'{ARTICLE}<script type="application/ld+json">{json.dumps(told)}</script>{body}')
    check_comments(page)
    assert [(one["handle"], one["posted"], one["likes"], one["text"]) for one in tell(page)] == [
        ("Pell Orrin", "2031-05-12T09:14Z", 4, ["The boat was late again on Friday."]),
        ("Wick", None, None, ["It was not & you know it."]),
    ]


def test_a_page_without_comments_has_none() -> None:
    assert read_saved(html_page("“We go,” said Ana Rell on Friday.")).comments == ()


def test_the_form_for_writing_is_no_comment() -> None:
    form = (
        '<div id="comments"><h3>Leave a Reply</h3><form class="comment-form"><p>Your email address will not '
        "be published.</p><label>Name</label><label>Email</label><button>Post Comment</button></form></div>"
    )
    assert read_saved(ARTICLE + form).comments == ()


def test_latest_comments_on_other_articles_are_no_comments_here() -> None:
    box = "".join(
        f"<li><b class='author'>Pell{n}</b> on <a href='#'>A boat of {n}</a> 3 May 2031</li>"
        for n in range(5)
    )
    page = read_saved(
        f'{ARTICLE}<div id="comments"></div><ul class="recent-comments comment-list">{box}</ul>'
    )
    assert page.comments == ()


def test_thousands_of_comments_take_seconds_at_most() -> None:
    written = [
        Written(f"reader{n % 97}x", (f"I walked there {n} times, @reader{n % 89}x.",), ())
        for n in range(2000)
    ]
    for write in (as_wordpress, as_text):
        page = read_saved(write(written))
        assert len(page.comments) == 2000
        namings = find_namings(page.text, page.blocks, page.comments)
        assert len(namings) >= 4000
        shown = "\n".join(hide_handles(page.text, block.span, namings) for block in page.blocks)
        assert re.search(r"reader\d", shown) is None


def test_comments_are_not_searched_for_statements() -> None:
    reading = read(
        make_capture(talk(("Pell", "“We will pay,” said Mayor Idris Vane on Friday."), ("Wick", "No.")))
    )
    assert len(reading.page.comments) == 2
    found = list(find_statements(reading.page, reading.article))
    assert not any(
        "We will pay" in span.of(reading.page.text) for one in found for span in getattr(one, "content", ())
    )


def test_comments_are_values() -> None:
    one = Comment(order=0, parent=None, depth=0, text=(Span(0, 3),))
    assert one == Comment(order=0, parent=None, depth=0, text=(Span(0, 3),))
    assert (one.handle, one.reader, one.time, one.posted, one.likes) == (None, None, None, None, None)
