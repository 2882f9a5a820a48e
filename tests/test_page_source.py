"""What is no markup comes out of a page before the parser sees it, by the HTML standard's own rules."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_capture
from selectolax.lexbor import LexborHTMLParser

from onrecord.page import read_page
from onrecord.page.source import strip_source

CASES = {
    "a comment": ("a<!-- b -->c", "ac"),
    "an empty comment": ("a<!-->b<!--->c", "abc"),
    "a comment with a second beginning": ("a<!-- <!-- -->b", "ab"),
    "a comment closed with a shout": ("a<!-- b --!>c", "ac"),
    "a comment never closed": ("a<!-- b <p>c", "a"),
    "a question mark is a comment up to its end": ("a<?php b ?>c", "ac"),
    "a CDATA section in running text is one too": ("a<![CDATA[ b > c", "a c"),
    "a script": ("a<SCRIPT>if (b < c) d('</p>')</script >e", "ae"),
    "a script that hides a script": ("a<script><!-- <script>b</script> c --></script>d", "ad"),
    "a script that hides none": ("a<script><!-- b --> <script>c</script>d", "ad"),
    "a name that only starts like script": ("<scripture>a</scripture>", "<scripture>a</scripture>"),
    "an end inside a value": ('<p title="</p><!--">a</p>', '<p title="</p><!--">a</p>'),
    "a mark without a sign of equality opens no value": ('<p "a>b<!-- c -->d', '<p "a>bd'),
    "a comment that would make a tag": ("a<<!-- b -->p>c", "a< p>c"),
    "a mark in a tag's name opens no value": ('<p="a>b<!-- c -->d', '<p="a>bd'),
    "a name may begin with a sign of equality": ('<p ="a>b<!-- c -->d', '<p ="a>bd'),
    "a mark inside a value opens none": ('<p a=b="a>b<!-- c -->d', '<p a=b="a>bd'),
    "an end tag that the page's end cuts off is text": ("a</", "a</"),
    "nothing ends plaintext": ("<plaintext>a</plaintext>", "<pre>a&lt;/plaintext&gt;</pre>"),
    "a hidden element of preformatted text": ("<xmp hidden>a</xmp>", "<pre hidden>a</pre>"),
    "the element that begins a page's body": ("<textarea>a</textarea>b", "<textarea></textarea>b"),
    "preformatted text": ("<xmp><b>a</b></xmp>", "<pre>&lt;b&gt;a&lt;/b&gt;</pre>"),
}


@pytest.mark.parametrize(("page", "kept"), CASES.values(), ids=CASES.keys())
def test_what_is_kept(page: str, kept: str) -> None:
    assert strip_source(page).html == kept


def test_the_title_and_the_description_for_machines_are_kept_beside() -> None:
    source = strip_source(
        "<title> Gates\nclosed &amp; locked </title><script type='application/ld+json'>{}</script>"
        "<svg><title>Icon</title></svg><script>var a</script>"
    )
    assert (source.title, source.json_ld) == ("Gates closed & locked", ("{}",))


# Each hides the ends of its elements from a careless count, so that it would look flat.
HIDDEN_ENDS = {
    "in a value": '<div a="</div>">',
    "in a comment": "<div><!--</div>-->",
    "in a script": "<div><script></style></div></script>",
    "in a script in a script": "<div><script><!--<script></script></div></script>",
    "in a title": "<div><title></div></title>",
    "in a markup declaration": "<div><!x </div>",
    "behind a barrier": "<div><marquee></div></marquee>",
    "of bold letters around": "<b><div></b>",
    "in a name that begins with =": '<div ="></div>">',
    "in a value that holds =": '<div a=b="></div>">',
    "of a form around": "<form><div></form>",
    "of a span around": "<span><div></span>",
    "in a drawing's section": "<div><svg><![CDATA[</svg></div>]]></svg>",
}


@pytest.mark.parametrize("piece", HIDDEN_ENDS.values(), ids=HIDDEN_ENDS.keys())
def test_hidden_ends_make_no_page_deep(piece: str) -> None:
    storm = piece * 20_000 + "<p>The gates were closed.</p>"
    page, _ = read_page(make_capture(storm, media_type="text/html"))
    assert "The gates were closed." in page.text


PIECES = (
    *("<p>", "</p>", "<b>", "<!--", "-->", "--!>", "<script>", "</script>", "<title>", "</title>", "<svg>"),
    *('<i a="', '">', "<", ">", "'", "/", "x", " ", "<xmp>", "</xmp>", "<![CDATA[", "]]>", "<?", "&lt;"),
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(MARKUP)
def test_the_parser_finds_nothing_more_to_take_out(markup: str) -> None:
    html = strip_source(markup).html
    tree = LexborHTMLParser(html)
    assert not re.search(r"<!--[\s>]", tree.html or "")
    assert not tree.css("script, style, title, xmp")
    assert strip_source(html).html == html
