"""Lines cut to a width are one paragraph to whoever looks for who spoke; verse and lists are not."""

import textwrap

import pytest
from making import make_capture

from onrecord.page import read_page
from onrecord.statements.text.paragraphs import join_lines, unwrap

STORY = (
    "The ferry across the Ouvel Sound will stop running on 1 May, the harbour board said on Tuesday, after "
    "inspectors found rust in both of its lifting ramps.",
    "“We cannot put people on a boat whose doors we do not trust,” said Maren Tosk, who chairs the board.",
    "The mayor of Quillhaven, Idris Vane, called the decision a wall across the middle of our town and asked "
    "the ministry for another vessel.",
    "About 1,900 people use the crossing on a working day, according to figures that the board published.",
)


def paragraphs_of(source: str, tag: str | None) -> list[str]:
    """Return the paragraphs as statements are looked for in them, every line an article's."""
    page, _ = read_page(make_capture(source, media_type="text/plain" if tag is None else "text/html"))
    body = [block for block in page.blocks if tag is None or block.tag == tag]
    body = [type(block)(span=block.span, role="paragraph", tag=block.tag) for block in body]
    joined = join_lines(page.text, body)
    text = unwrap(page.text, joined)
    assert len(text) == len(page.text)
    return [one.span.of(text) for one in joined]


@pytest.mark.parametrize("width", [40, 60, 72, 80])
def test_lines_cut_to_a_width_are_joined(width: int) -> None:
    wrapped = [textwrap.wrap(words, width) for words in STORY]
    plain = "\n\n".join("\n".join(lines) for lines in wrapped)
    assert paragraphs_of(plain, None) == list(STORY)
    assert paragraphs_of(f"<pre>{plain}</pre>", "pre") == list(STORY)
    broken = "<br><br>".join("<br>\n".join(lines) for lines in wrapped)
    assert paragraphs_of(f"<p>{broken}</p>", "p") == list(STORY)


@pytest.mark.parametrize(
    "lines",
    [
        STORY,
        (
            "Gates shut",
            "Dam holds",
            "Ferry stops in May",
            "Mayor asks for a ship",
            "Board meets again on Friday",
        ),
        (
            "The gates are shut, the water high,",
            "The ferry lies beneath the sky",
            "And nobody has told us why",
            "The board that shut it let it lie",
            "While all the rest of us went by",
            "With no more ferries left to try.",
        ),
        (
            "Selm 11 March 2031",
            "Velmar 12 March 2031",
            "Quillhaven 13 March 2031",
            "Ouvel 14 March 2031, late",
        ),
    ],
)
def test_other_lines_are_not(lines: tuple[str, ...]) -> None:
    assert paragraphs_of("".join(f"<p>{line}</p>" for line in lines), "p") == list(lines)
    assert paragraphs_of("<p>" + "<br>".join(lines), "p") == list(lines)
