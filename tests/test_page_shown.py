"""What a browser shows is the text: marks of <q>, words that elements part, shadow roots, what opens."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_capture

from onrecord.page import read_page
from onrecord.page.plain import make_plain
from onrecord.types import Block, Page, Span
from onrecord.unseen import has_unseen, strip_unseen

SAID = (
    "The harbour board said on Tuesday that the ferry across the sound will stop running on the first of May."
)
LONG = f"<p>{SAID}</p>" * 5


def page_of(source: str) -> Page:
    return read_page(make_capture(source, media_type="text/html"))[0]


def told_of(source: str) -> list[str]:
    return [problem.message for problem in read_page(make_capture(source, media_type="text/html"))[1]]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p><q>Shut,</q> she said.", "“Shut,” she said."),
        ("<p>He said <q>she said <q>shut</q></q>.", "He said “she said ‘shut’”."),
        ("<p>“<q>Shut,</q>” she said.", "“Shut,” she said."),
        ("<p><q>“Shut,”</q> she said.", "“Shut,” she said."),
        ("<p><q> Shut, </q> she said.", "“Shut,” she said."),
        ("<p>One<q></q> gate.", "One gate."),
        ("<p>One <q><b></b></q>gate.", "One gate."),
        ("<q><p>Shut.</p><p>For good.</p></q>", "“Shut.\nFor good.”"),
        ("<p>It is <q hidden>not</q> shut.", "It is shut."),
        ("<html lang=de><p><q>Zu,</q> sagte sie.", "„Zu,“ sagte sie."),
        ("<html lang=de-CH><p><q>Zu,</q> sagte sie.", "«Zu,» sagte sie."),
        ("<html lang=fr-CA><p><q>Clos</q>, dit-elle.", "«Clos», dit-elle."),
        ("<html lang=xx><p><q>Shut,</q> she said.", "“Shut,” she said."),
        ("<style>q{quotes:none}</style><p><q>Shut,</q> she said.", "Shut, she said."),
        ("<style>a,q::before{content:none}</style><p><q>Shut,</q> she said.", "Shut, she said."),
        ("<style>q{quotes:'<' '>'}</style><p><q>Shut,</q> she said.", "<Shut,> she said."),
        ("<style>q{color:red}.q:before{content:''}</style><p><q>Shut,</q> she said.", "“Shut,” she said."),
    ],
)
def test_a_q_has_the_marks_that_a_browser_prints(source: str, text: str) -> None:
    assert page_of(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p class=byline><a href=a>Ada Brill</a><span class=d>11 May</span>", "Ada Brill 11 May"),
        ("<div><a href=a>Home</a><a href=b>Sport</a></div>", "Home Sport"),
        ("<div>Ada Brill<time>11 May</time></div>", "Ada Brill 11 May"),
        ("<div>Ada Brill<img src=a>Selm</div>", "Ada Brill Selm"),
        ("<p>Ada Brill<button>Follow</button> smiled.", "Ada Brill Follow smiled."),
        ("<h1>Gates shut in Selm<span class=site>The Courier</span></h1>", "Gates shut in Selm The Courier"),
        ("<div class=meta><span class=a>2031</span><span class=b>651</span></div>", "2031 651"),
        ("<div><span style='display: block'>Ada Brill</span>Selm</div>", "Ada Brill\nSelm"),
        ("<div>Ada Brill<i style='display:block'>Selm</i></div>", "Ada Brill\nSelm"),
    ],
)
def test_words_that_only_elements_part_are_two(source: str, text: str) -> None:
    page = page_of(source)
    assert (page.text, page.text_version) == (text, "html-4")


@pytest.mark.parametrize(
    "line",
    [
        "Mara <a href=x>Ostr</a><i class=a>ey</i> said so.",
        "the <span class=day>19</span><sup class=th>th</sup> of May",
        "Mc<a href=x>Donald</a> and Mac<b class=x>Leod</b>",
        "<span class=dropcap>T</span>he ferry and the G<a href=x>20</a>",
        "on <a href=a>You</a><a href=b>Tube</a>, that is YouTube",
        "<a href=a>Ada</a>’<a href=b>S</a>",
        "<span style='color:red'>The</span><span style='color:red'>Gates</span>",
    ],
)
def test_one_word_in_two_elements_stays_one(line: str) -> None:
    page = page_of(f"<p>{line}</p>")
    assert page.text == page_of(f"<p>{line}</p>".replace(" class=", " title=")).text.replace("  ", " ")
    assert page.text_version == "html-2"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<div class=dropcap>T</div><p>he ferry stops.", "The ferry stops."),
        (
            "<span style='float:left'><div class=initial>“W</div></span><p>e stop,” she said.",
            "“We stop,” she said.",
        ),
        ("<div class=dropcap>A</div><p>ferry stops. The ferry is old.", "A ferry stops. The ferry is old."),
        ("<div class=dropcap>I</div><p>n May the ferry stops.", "In May the ferry stops."),
        ("<div class=dropcap>T</div><p>The ferry stops.", "T\nThe ferry stops."),
        ("<div class=dropcap>T</div>", "T"),
        ("<div>T</div><p>he ferry stops.", "T\nhe ferry stops."),
        ("<div class=dropcap>T</div><hr><p> <b>he</b> ferry stops.", "The ferry stops."),
    ],
)
def test_a_letter_set_large_is_the_first_of_its_word(source: str, text: str) -> None:
    assert page_of(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<x-a><template shadowrootmode=open>One <slot></slot></template>two</x-a>", "One two"),
        ("<div><template shadowroot=open><p>One</template>two</div>", "One"),
        ("<x-a><template shadowmode=open><slot name=b>B</slot><slot></slot></template>two</x-a>", "Btwo"),
        (
            "<x-a><template shadowmode=open><slot name=a></slot></template><p>two<p slot=a>one</x-a>",
            "one",
        ),
        (
            "<x-a><template shadowmode=open><x-b><template shadowmode=open>in <slot></slot></template><slot>"
            "</slot></x-b></template>side</x-a>",
            "in side",
        ),
        ("<ul><template shadowrootmode=open>none</template><li>one</ul>", "one"),
        ("<x-a><template shadowmode=open>1<template shadowmode=open>2</template></template></x-a>", "1"),
    ],
)
def test_the_inside_of_an_element_stands_where_it_is_shown(source: str, text: str) -> None:
    assert page_of(source).text == text


def test_a_frame_holds_its_own_document() -> None:
    inner = html.escape(
        "<html><head><title>no</title><script>no</script></head><body hidden><p>Two</div>", quote=True
    )
    assert page_of(f'<p>One</p><iframe srcdoc="{inner}"></iframe><p>three').text == "One\nTwo\nthree"
    for attributes in ("hidden", "style='display:none'", "width=1 height=1"):
        assert (
            page_of(f'<p>One</p><iframe {attributes} srcdoc="{inner}"></iframe><p>three').text == "One\nthree"
        )
    assert page_of("<p>One</p><iframe src=a>no</iframe><p>three").text == "One\nthree"


def test_a_frame_in_a_frame_is_read_and_no_deeper() -> None:
    source = "<p>deep</p>"
    for words in ("three", "two", "one"):
        source = f'<p>{words}</p><iframe srcdoc="{html.escape(source, quote=True)}"></iframe>'
    assert page_of(source).text == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "attributes",
    [
        "class=sr-only",
        "class=ScreenReaderOnly-a1",
        "class=u-visuallyHidden",
        "class=is-visually-hidden",
        "class='icon off-screen'",
        "class=hidden-visually",
        "class=a11y-text",
        "style='position:absolute; left: -9999px'",
        "style='position:absolute;width:1px;height:1px;overflow:hidden'",
        "style='font-size: 0'",
        "role=tooltip",
        "popover",
    ],
)
def test_what_nobody_sees_stands_in_no_quotation(attributes: str) -> None:
    link = f"<a href=x>the gates<span {attributes}> (opens in a new window)</span></a>"
    line = f"“We shut {link},” said Mara Ostrey."
    assert page_of(f"<p>{line}</p>").text == "“We shut the gates,” said Mara Ostrey."


@pytest.mark.parametrize("tag", ["li", "div", "td", "blockquote", "dd"])
def test_nor_outside_paragraphs(tag: str) -> None:
    link = "<a href=x>the gates<i class=sr-only> (opens)</i></a>"
    line = f"“We shut {link}, and nobody will open them,” said Mara Ostrey."
    source = f"<table><tr><td>{line}</table>" if tag == "td" else f"<{tag}>{line}</{tag}>"
    page = page_of(source)
    assert page.text == "“We shut the gates, and nobody will open them,” said Mara Ostrey."
    assert page.text_version == "html-4"


def test_a_row_of_links_keeps_what_is_for_the_ear() -> None:
    row = "<a href=a>Home<i class=sr-only> page</i></a> <a href=b>Sport<i class=sr-only> page</i></a>"
    assert page_of(f"<div>{row}</div>").text == "Home page Sport page"


@pytest.mark.parametrize("attributes", ["class=tooltip", "class=vhs", "class=hover-card", "aria-hidden=true"])
def test_what_only_sounds_like_hidden_is_read(attributes: str) -> None:
    assert (
        page_of(f"<p>The gates <span {attributes}>of Selm</span> are shut.").text
        == "The gates of Selm are shut."
    )


@pytest.mark.parametrize(
    "folded",
    [
        "<div class=collapsed hidden>{}</div>",
        "<div id=a hidden>{}</div><button aria-controls=a>More</button>",
        "<div id=a style=display:none>{}</div><a href=#a>More</a>",
        "<section class='article-rest' style='display: none'>{}</section>",
    ],
)
def test_what_a_reader_opens_is_kept(folded: str) -> None:
    page = page_of(
        f"<article>{LONG}{folded.format('<p>A spokeswoman for the ministry of water, ' + SAID)}</article>"
    )
    assert "A spokeswoman" in page.text
    assert page.text_version == "html-4"


@pytest.mark.parametrize(
    "folded",
    [
        "<div class=ad hidden>{}</div>",
        "<div class='more cookie-notice' hidden>{}</div>",
        "<dialog class=more>{}</dialog>",
        "<template class=more>{}</template>",
        "<noscript class=more>{}</noscript>",
    ],
)
def test_what_nobody_opens_is_not(folded: str) -> None:
    source = (
        f"<article>{LONG}{folded.format('<p>A spokeswoman for the ministry of water, ' + SAID)}</article>"
    )
    assert "A spokeswoman" not in page_of(source).text
    assert told_of(source) == []


def test_a_page_with_text_says_nothing_of_its_data() -> None:
    data = json.dumps({"body": [SAID] * 9})
    source = f"<div id=app>{LONG}</div><script type=application/json>{data}</script>"
    assert (page_of(source).text_version, told_of(source)) == ("html-2", [])


def test_a_short_page_is_no_empty_one() -> None:
    source = f"<div id=root><p>{SAID}</p></div><script src=a.js></script>"
    assert (page_of(source).text, told_of(source)) == (SAID, [])


@pytest.mark.parametrize(
    "script",
    [
        '{"body": [' + json.dumps(SAID)[:-1],
        "[" * 100_000,
        "window.a = {b: 1}; c = {",
        json.dumps({"a": ["https://a.example/" + "b" * 200] * 20}),
        json.dumps({"css": "a { color: red } " * 60}),
    ],
)
def test_data_without_an_article_give_no_text(script: str) -> None:
    for kind in ("application/json", "text/javascript"):
        page = page_of(f"<p>Loading</p><script type={kind}>{script}</script>")
        assert (page.text, page.text_version) == ("Loading", "html-2")


def test_words_of_data_are_no_markup() -> None:
    data = json.dumps({"body": [f"{SAID} 1 < 2 & <b>so</b> on"] * 5})
    page = page_of(f"<script type=application/json>{data}</script>")
    assert page.text.split("\n") == [f"{SAID} 1 < 2 & so on"] * 5
    assert page.text_version == "told-1"


SIGNS = st.text(alphabet="ab \n\u00ad\u200b\u200e\u2066", max_size=40)


@given(SIGNS, st.integers(0, 40), st.integers(0, 40))
def test_places_in_the_plain_text_lead_back(text: str, one: int, two: int) -> None:
    page = Page(
        payload_digest="", text=text, text_version="", blocks=(Block(span=Span(0, len(text)), role="other"),)
    )
    plain = make_plain(page)
    if plain is None:
        assert strip_unseen(text) == text
        return
    assert plain.page.text == strip_unseen(text)
    start, end = sorted((min(one, len(plain.page.text)), min(two, len(plain.page.text))))
    back = plain.back(Span(start, end))
    assert strip_unseen(back.of(text)) == plain.page.text[start:end]
    if start < end:
        assert plain.forth(back) == (start, end)
        assert not has_unseen(text[back.start] + text[back.end - 1])
    assert plain.restore(plain.page.blocks) == (page.blocks if plain.page.text else ())
