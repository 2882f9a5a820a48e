"""What a page hides in the middle of a line: cards that open under the mouse, words for screen readers."""

import time

import pytest
from making import make_capture

from onrecord.page import read_page
from onrecord.page.hidden import read_hidden
from onrecord.types import Page

CARD = (
    "<p>Mayor <a href=/brill>Ada Brill</a><span class='{names}'><b>Ada Brill</b> MORE</span> (S) smiled.</p>"
)
SEEN = "Mayor Ada Brill (S) smiled."


def page_of(style: str, body: str) -> Page:
    source = f"<html><head><title>Selm</title>{style}</head><body>{body}</body></html>"
    return read_page(make_capture(source, media_type="text/html"))[0]


@pytest.mark.parametrize(
    "style",
    [
        "<style>.card{display:none}</style>",
        "<style>a{color:red} .card , .menu { DISPLAY : none !important }</style>",
        "<style>span.card{visibility:hidden}</style>",
        "<style>/* .card{display:block} */ .card{display:none}</style>",
        "<style>.card{display:block}.card{display:none}</style>",
        "<style>.card{display:none} .people:hover .card{display:block}</style>",
        "<style>p > .card{display:none} .lead .card{display:none} .people .card{display:none}</style>",
        "<style>.card{display:none} @media print{.card{display:block}}</style>",
        "<style>@import url(a.css); .card{display:none}</style>",
        "<style>@media print{.x{display:none}}</style><style>.card{display:none}</style>",
    ],
)
def test_what_the_pages_own_style_hides_in_a_line_is_not_read(style: str) -> None:
    page = page_of(style, f"<div class=people>{CARD.format(names='card')}</div>")
    assert page.text == SEEN
    assert page.text_version == "html-3"


@pytest.mark.parametrize(
    "style",
    [
        "",
        "<style>.card{color:red}</style>",
        "<style>.card{display:none}.card{display:inline}</style>",
        "<style>.no-js .card{display:none}</style>",
        "<style>.card:empty{display:none}</style>",
        "<style>@media print{.card{display:none}}</style>",
        "<style media=print>.card{display:none}</style>",
        "<style>@media (max-width: 600px){.card{display:none}}</style>",
        "<style>.card{display:none} @media (min-width: 600px){.card{display:inline}}</style>",
        "<style>.card.small{display:none}</style>",
    ],
)
def test_what_may_be_seen_is_kept(style: str) -> None:
    page = page_of(style, CARD.format(names="card"))
    assert page.text == "Mayor Ada Brill Ada Brill MORE (S) smiled."
    assert page.text_version == "html-4"


def test_words_for_screen_readers_alone_are_not_read_in_a_line() -> None:
    for inner in (
        "<span class='visually-hidden'>(opens in a new window)</span>",
        "<span class='u-sr-only'>(opens in a new window)</span>",
        "<span class='screen-reader-text'>(opens in a new window)</span>",
        "<span style='position:absolute; clip: rect(0 0 0 0)'>(opens in a new window)</span>",
        "<span style='visibility: hidden'>(opens in a new window)</span>",
    ):
        assert page_of("", f"<p>The <a href=x>gates{inner}</a> are shut.</p>").text == "The gates are shut."


def test_what_parts_a_headline_or_opens_a_line_is_kept() -> None:
    title = "<h1>Selm<span class=sr-only>: </span>Gates shut</h1>"
    page = page_of("", f"{title}<p><span class=sr-only>Published</span> 11 March</p>")
    assert page.text == "Selm: Gates shut\nPublished 11 March"
    assert page.text_version == "html-2"


def test_a_hidden_block_keeps_its_words() -> None:
    page = page_of("<style>.body{display:none}</style>", "<div class=body><p>The gates are shut.</p></div>")
    assert page.text == "The gates are shut."


def test_the_rest_of_a_text_that_a_reader_opens_is_kept() -> None:
    page = page_of(
        "<style>#more{display:none}</style>", "<p>The gates<span id=more> are shut until May.</span></p>"
    )
    assert page.text == "The gates are shut until May."


def test_an_empty_hidden_element_changes_no_version() -> None:
    page = page_of("<style>.tip{display:none}</style>", "<p>The gates <i class=tip></i>are shut.</p>")
    assert (page.text, page.text_version) == ("The gates are shut.", "html-2")


@pytest.mark.parametrize(
    "style",
    [
        "{" * 1_000_000,
        "}" * 1_000_000,
        "/*" * 500_000,
        ".a{" * 300_000,
        "@media x{" * 19 + ".a{display:none}" * 60_000,
        "@media x{" * 100_000,
        ".a{display:none}" * 60_000,
        ",".join(f".a{n}" for n in range(100_000)) + "{display:none}",
        "." * 1_000_000 + "{display:none}",
    ],
    ids=range(9),
)
def test_any_style_sheet_is_read_in_bounded_time(style: str) -> None:
    started = time.process_time()
    read_hidden([style])
    assert time.process_time() - started < 10
