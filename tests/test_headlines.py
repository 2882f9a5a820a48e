"""Which line is the headline, and what stands before and behind it that belongs to it or does not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_capture

from onrecord.article import read_article
from onrecord.page import read_page
from onrecord.types import Article, Found, Page

BODY = (
    "<p>The ministry of water said on Tuesday that the dam in the valley of Selm holds, and its gates stay "
    "shut until the rain ends.</p><p>Nobody in the village was hurt, a spokeswoman told reporters at the "
    "town hall, and the school opens again on Monday.</p>"
)


def read_html(body: str, head: str = "") -> tuple[Page, Article]:
    capture = make_capture(f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>")
    page, _ = read_page(capture)
    return page, read_article(page, capture)


def headline(body: str, head: str = "") -> Found:
    found = read_html(body, head)[1].headline
    assert found
    return found


def titles(*, ld: str | None = None, og: str | None = None, title: str | None = None, site: str = "") -> str:
    node = json.dumps({"@type": "NewsArticle", "headline": ld})
    return "".join(
        (
            f'<script type="application/ld+json">{node}</script>' if ld else "",
            f'<meta property="og:title" content="{og}">' if og else "",
            f"<title>{title}</title>" if title else "",
            f'<meta property="og:site_name" content="{site}">' if site else "",
        )
    )


def test_the_one_large_heading_is_the_headline_though_the_title_says_otherwise() -> None:
    head = titles(og="Ten facts on a dam that everybody asks for", title="Ten facts on a dam")
    body = f"<article><h1>Selm valley stays dry for now</h1>{BODY}<h2>Ten facts on a dam</h2>{BODY}</article>"
    assert headline(body, head).value == "Selm valley stays dry for now"


def test_a_heading_in_the_pages_header_is_the_headline_when_the_title_says_so() -> None:
    head = titles(title="The dam in Selm valley holds | Harbour Gazette")
    body = (
        f'<div class="nav-header"><h1>The dam in Selm valley holds</h1></div><article>{BODY}'
        f"<h3>Which dam in the valley holds?</h3>{BODY}</article>"
    )
    assert headline(body, head).value == "The dam in Selm valley holds"


@pytest.mark.parametrize("name", ["Harbour Gazette", "harbour-gazette.example"])
def test_the_sites_own_name_is_no_headline(name: str) -> None:
    head = titles(og="The dam in Selm valley holds", title=f"{name}: The dam in Selm valley holds", site=name)
    body = f"<h1>{name}</h1><article><h2>The dam in Selm valley holds</h2>{BODY}</article>"
    assert headline(body, head).value == "The dam in Selm valley holds"


@pytest.mark.parametrize(
    ("h1", "ld", "value"),
    [
        # The page runs its kicker into the headline's line and does not count it in.
        (
            "<span>Flood watch</span>The dam in Selm valley holds",
            "The dam in Selm valley holds",
            "The dam in ",
        ),
        ("Flood watch: The dam in Selm valley holds", "The dam in Selm valley holds", "The dam in Selm "),
        # It counts it in, and the line has lost the colon that stands between.
        (
            "<b>Flood watch</b> The dam in Selm valley holds",
            "Flood watch: The dam in Selm valley holds",
            "Flood w",
        ),
        # Nothing that the page says of itself cuts a headline in the middle of a word.
        ("Reopening the bridge in Selm valley", "opening the bridge in Selm valley", "Reopening the bridge "),
        # What stands behind is cut where a sign sets it off and the page leaves it out.
        ("The dam in Selm valley holds / March 2031", "The dam in Selm valley holds", "The dam in Selm "),
        (
            "The dam in Selm valley holds through the night",
            "The dam in Selm valley holds",
            "The dam in Selm v",
        ),
        ("The dam in Selm valley holds – Harbour Gazette", "The dam in the valley", "The dam in Selm "),
    ],
)
def test_a_kicker_belongs_to_the_headline_where_the_page_says_so(h1: str, ld: str, value: str) -> None:
    found = headline(f"<article><h1>{h1}</h1>{BODY}</article>", titles(ld=ld, site="Harbour Gazette"))
    wanted = {
        "The dam in ": "The dam in Selm valley holds",
        "The dam in Selm ": "The dam in Selm valley holds",
        "Flood w": "Flood watch: The dam in Selm valley holds",
        "Reopening the bridge ": "Reopening the bridge in Selm valley",
        "The dam in Selm v": "The dam in Selm valley holds through the night",
    }
    assert found.value == wanted[value]
    assert found.known == "printed"


def test_a_kicker_on_the_line_above_is_joined_as_the_page_joins_it() -> None:
    whole = "Flood watch: The dam in Selm valley holds"
    body = f"<article><p class=kicker>Flood watch</p><h1>The dam in Selm valley holds</h1>{BODY}</article>"
    page, article = read_html(body, titles(ld=whole, og=whole))
    assert article.headline
    assert (article.headline.value, article.headline.where) == (whole, "text, joined as in JSON-LD headline")
    assert article.headline.span
    assert article.headline.span.of(page.text) == "Flood watch\nThe dam in Selm valley holds"


def test_marks_are_those_that_the_page_prints() -> None:
    found = headline(
        f"<article><h1>‘The dam holds’ in the Selm valley</h1>{BODY}</article>",
        titles(ld="'The dam holds' in the Selm valley"),
    )
    assert found.value == "‘The dam holds’ in the Selm valley"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=50)
TITLES = st.one_of(
    WORDS, st.sampled_from(["Selm: the dam holds tonight", "The dam holds tonight | Gazette", ": "])
)


@given(h1=TITLES, above=TITLES, ld=TITLES, og=TITLES, site=WORDS)
def test_any_headline_is_read_and_its_span_stands_in_the_text(
    h1: str, above: str, ld: str, og: str, site: str
) -> None:
    def plain(words: str) -> str:
        return "".join(c for c in words if c not in '<>&"')

    head = titles(ld=plain(ld), og=plain(og), site=plain(site))
    page, article = read_html(f"<p>{plain(above)}</p><h1>{plain(h1)}</h1>{BODY}", head)
    found = article.headline
    if found is not None and found.span is not None:
        assert 0 <= found.span.start < found.span.end <= len(page.text)
        if found.where == "text":
            assert (
                "".join(found.value.split()) in "".join(found.span.of(page.text).split())
                or not found.value.isascii()
            )
