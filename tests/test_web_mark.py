"""Spans of statements as marks in a page's text: nothing lost, nothing added, nothing obeyed."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from ledger_pages import make_reading, say

from onrecord.ledger import make_entries
from onrecord.types import Block, Entry, Span
from onrecord.views.mark import Mark, mark_blocks, marks_of, split_at_marks
from onrecord.views.visible import visible

PARTS = ("who", "cue", "said", "via", "when", "place")


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Block], list[Mark]]:
    """A text cut into lines, with spans anywhere: nested, overlapping, empty never."""
    lines = draw(
        st.lists(st.text(st.characters(exclude_characters="\n"), max_size=12), min_size=1, max_size=5)
    )
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(span=Span(at, at + len(line)), role="paragraph"))
        at += len(line) + 1
    marks = []
    for _ in range(draw(st.integers(0, 6)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(Span(start, end), draw(st.sampled_from(PARTS)), draw(st.sampled_from("abc"))))
    return text, blocks, marks


@given(texts_with_marks())
def test_marks_add_and_lose_no_character(made: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = made
    for marked in mark_blocks(text, blocks, marks):
        shown = unescape(re.sub(r"<[^>]*>", "", marked.html))
        assert shown == visible(marked.block.span.of(text))


@given(texts_with_marks())
def test_every_piece_bears_exactly_the_marks_that_cover_it(made: tuple[str, list[Block], list[Mark]]) -> None:
    _, blocks, marks = made
    for block in blocks:
        pieces = list(split_at_marks(block.span, marks))
        assert [p.span.start for p in pieces[1:]] == [p.span.end for p in pieces[:-1]]
        for piece in pieces:
            covering = {m for m in marks if m.span.start <= piece.span.start and piece.span.end <= m.span.end}
            assert set(piece.marks) == covering


@given(texts_with_marks())
def test_every_statement_has_one_anchor_and_one_tab_stop(made: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = made
    html = "".join(str(marked.html) for marked in mark_blocks(text, blocks, marks))
    ids = re.findall(r' id="(\w+)"', html)
    shown = {m.owner for b in blocks for piece in split_at_marks(b.span, marks) for m in piece.marks}
    assert sorted(ids) == sorted(shown)
    stops = [link for link in re.findall(r"<a [^>]*>", html) if "tabindex" not in link]
    assert len(stops) == len(set(stops))


def _nested() -> tuple[str, tuple[Entry, ...], str]:
    line = "Ostrey said the council had told her that “the gates stay open” all week."
    capture, reading = make_reading(
        [("paragraph", line)],
        [
            say(
                line, "the council had told her that “the gates stay open” all week", who="Ostrey", cue="said"
            ),
            say(line, "the gates stay open", who="the council", cue="had told"),
        ],
    )
    entries = make_entries(capture, reading)
    [marked] = mark_blocks(line, reading.page.blocks, marks_of(entries), asked=entries[1].id)
    return line, entries, str(marked.html)


def test_a_statement_inside_a_statement_keeps_its_own_colour() -> None:
    _, (outer, inner), html = _nested()
    assert f'<mark class="who in-said asked" data-s="{inner.id} {outer.id}">' in html.replace(
        f' id="{inner.id}"', ""
    )
    assert re.search(r'<mark class="said in-said asked"[^>]*><a [^>]*>the gates stay open</a></mark>', html)


def test_the_innermost_statement_is_the_one_that_its_words_lead_to() -> None:
    _, (outer, inner), html = _nested()
    assert f'<a href="?s={inner.id}#{inner.id}">the gates stay open</a>' in html
    assert f'<a href="?s={outer.id}#{outer.id}">the council</a>' in html
    assert f'<a href="?s={outer.id}#{outer.id}" tabindex="-1">” all week</a>' in html


def test_only_the_statement_asked_for_is_outlined() -> None:
    _, (outer, inner), html = _nested()
    outlined = re.findall(r'class="[^"]*\basked\b[^"]*" data-s="([^"]*)"', html)
    assert outlined
    assert all(inner.id in owners.split() for owners in outlined)
    assert any(owners == f"{inner.id} {outer.id}" for owners in outlined)


def test_a_quotation_of_two_paragraphs_is_marked_in_both() -> None:
    lines = ["“We stay.", "“We will not go,” she said."]
    text = "\n".join(lines)
    content = Span(1, text.index(",”"))
    spans = [Span(0, len(lines[0])), Span(len(lines[0]) + 1, len(text))]
    blocks = [Block(span=span, role="paragraph") for span in spans]
    first, second = mark_blocks(text, blocks, [Mark(content, "said", "s1")])
    assert "We stay.</a></mark>" in first.html
    assert "We will not go</a></mark>,” she said." in second.html
    assert 'id="s1"' in first.html
    assert 'id="s1"' not in second.html


def test_page_text_is_escaped_inside_and_outside_marks() -> None:
    text = "<script>alert(1)</script> <img src=x onerror=alert(2)> & “<b>bold</b>”"
    block = Block(span=Span(0, len(text)), role="paragraph")
    [marked] = mark_blocks(text, [block], [Mark(Span(text.index("<b>"), text.index("”")), "said", "s1")])
    assert set(re.findall(r"</?(\w+)", marked.html)) == {"mark", "a"}
    assert "&lt;script&gt;" in marked.html


def test_overrides_and_controls_are_shown_and_not_obeyed() -> None:
    text = "said \u202eevil\u202c\x00\x1b\x9f"
    [marked] = mark_blocks(text, [Block(span=Span(0, len(text)), role="paragraph")], [])
    assert marked.html == "said ⟨U+202E⟩evil⟨U+202C⟩␀␛\N{REPLACEMENT CHARACTER}"


def test_a_block_that_opens_a_run_of_its_role_is_told() -> None:
    text = "a\nb\nc"
    roles = ("paragraph", "comment", "comment")
    blocks = [Block(span=Span(2 * n, 2 * n + 1), role=role) for n, role in enumerate(roles)]
    assert [marked.opens for marked in mark_blocks(text, blocks, [])] == [True, True, False]
    assert [marked.opens for marked in mark_blocks(text, blocks[2:], [], before=blocks[1])] == [False]
