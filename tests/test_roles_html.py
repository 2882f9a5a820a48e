"""The parts that a line of an HTML page can play, on small pages in the layouts of real ones."""

import json

import pytest
from making import make_capture

from onrecord.page import article_text, read_page
from onrecord.types import Page, Role

FIRST = (
    "The ministry of water closed the gates of the dam above the Selm valley on Tuesday, a spokeswoman said."
)
SECOND = "“The order is fixed in law, and nobody in this house will undo it,” Mara Ostrey told reporters."
THIRD = "Farmers in the valley had asked for more time, since the floods are not over before the end of May."
TEASER = (
    "A storm has torn the roof off the old mill at Harrow, and the owner says he won't build it up again."
)
COMMENT = (
    "I have lived below this dam for forty years and I don't believe a single word that woman says any more."
)


def page_of(
    body: str, head: str = "<title>Gates closed above the Selm valley | Selm Courier</title>"
) -> Page:
    page, problems = read_page(
        make_capture(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")
    )
    assert problems == ()
    return page


def roles_of(page: Page) -> dict[str, Role]:
    return {block.span.of(page.text): block.role for block in page.blocks}


def article(*extra: str) -> str:
    """Return a plain article with more elements after its second paragraph."""
    inside = "".join(extra)
    return (
        "<article><h1>Gates closed above the Selm valley</h1>"
        f"<div class='story-body'><p>{FIRST}</p><p>{SECOND}</p>{inside}<p>{THIRD}</p></div></article>"
    )


WORDPRESS = f"""
<body class="single comments-open"><div id="page" class="site has-sidebar">
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/a">About this blog</a></li></ul></nav>
<main><article class="post"><header class="entry-header">
<h1 class="entry-title">Gates closed above the Selm valley</h1>
<div class="entry-meta"><span class="byline">by <a href="/ana">Ana Rell</a></span>
<time datetime="2031-03-11">March 11, 2031</time></div></header>
<div class="entry-content"><p>{FIRST}</p><p>{SECOND}</p><h2>The floods</h2><p>{THIRD}</p>
<div class="sharedaddy"><ul><li><a href="#">Share on Facebook</a></li></ul></div></div></article>
<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on “Gates closed”</h2>
<ol class="comment-list"><li class="comment depth-1"><article><footer>Tam Oller says:</footer>
<div class="comment-content"><p>{COMMENT}</p></div></article>
<ol class="children"><li class="comment depth-2">
<p>She told reporters nothing new, as always, and they wrote it down.</p>
</li></ol></li></ol><div id="respond"><h3>Leave a Reply</h3>
<form><p>Your email address will not be published.</p>
</form></div></div></main>
<aside class="widget-area"><h2>Recent posts</h2><p>{TEASER}</p></aside>
<footer><p>All rights reserved. This blog is written by people who live here and pay for it.</p></footer>
</div></body>"""


def test_a_blog_with_comments_keeps_them_out_of_its_article() -> None:
    page = page_of(WORDPRESS)
    assert article_text(page).split("\n") == [FIRST, SECOND, "The floods", THIRD]
    roles = roles_of(page)
    assert roles["Gates closed above the Selm valley"] == "headline"
    assert roles[COMMENT] == "comment"
    assert roles["by Ana Rell March 11, 2031"] == "byline"
    assert roles["Home"] == roles["Share on Facebook"] == "menu"
    assert roles[TEASER] == "related"


def test_an_answer_to_a_comment_is_deeper_than_the_comment() -> None:
    page = page_of(WORDPRESS)
    depths = {block.span.of(page.text)[:8]: block.depth for block in page.blocks if block.role == "comment"}
    assert depths[COMMENT[:8]] == 0
    assert depths["She told"] == 1


def test_nested_lists_tell_the_depth_where_nothing_else_does() -> None:
    page = page_of(
        article()
        + f"<div id='comments'><ul><li>{COMMENT}<ul><li>And yet you stay here.</li></ul></li></ul></div>"
    )
    assert [block.depth for block in page.blocks if block.role == "comment"] == [0, 1]


def test_a_saved_disqus_thread_is_comments_however_long() -> None:
    posts = "".join(
        f"<li class='post'><div class='post-message'><p>{COMMENT} {n}</p></div></li>" for n in range(30)
    )
    page = page_of(f"{article()}<div id='disqus_thread'><ul class='post-list'>{posts}</ul></div>")
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]
    assert sum(block.role == "comment" for block in page.blocks) == 30


def test_a_feed_box_is_other_stories() -> None:
    story = f"<div><time>5:15 AM</time><p>{TEASER}</p></div>"
    feed = f"<section class='news-feed'><h3>News Feed</h3>{story}</section>"
    page = page_of(article() + feed)
    assert TEASER not in article_text(page)
    assert roles_of(page)[TEASER] == "related"


def test_a_teaser_whose_words_are_all_a_link_is_no_paragraph() -> None:
    page = page_of(article(f"<div><a href='/mill'>{TEASER}</a></div>"))
    assert roles_of(page)[TEASER] == "related"


def test_a_live_blog_keeps_its_posts() -> None:
    posts = "".join(
        f"<div class='live-post'><h3>{hour}:10 — Gates still closed</h3><p>{text}</p></div>"
        for hour, text in ((9, FIRST), (10, SECOND), (11, THIRD))
    )
    page = page_of(f"<h1>Gates closed above the Selm valley</h1><div class='live-blog'>{posts}</div>")
    assert all(text in article_text(page) for text in (FIRST, SECOND, THIRD))


def test_a_newsletter_form_inside_the_article_is_left_out() -> None:
    words = "<h3>The valley in your inbox</h3><p>Every Friday, all that matters.</p>"
    form = f"<div class='newsletter-signup'>{words}</div>"
    page = page_of(article(form))
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]
    assert roles_of(page)["Every Friday, all that matters."] == "newsletter"


def test_words_that_ask_for_an_address_are_a_newsletter_whatever_the_element() -> None:
    page = page_of(
        article("<div><div>Enter your email address here to subscribe to our newsletter.</div></div>")
    )
    assert roles_of(page)["Enter your email address here to subscribe to our newsletter."] == "newsletter"


@pytest.mark.parametrize(
    ("element", "words", "role"),
    [
        ("<figure><figcaption>{}</figcaption></figure>", "Mara Ostrey at the dam on Tuesday.", "caption"),
        ("<p>{}</p>", "The gates of the dam on Tuesday. Photo: Ana Rell", "caption"),
        (
            "<aside class='pull-quote'>{}</aside>",
            "The order is fixed in law, and nobody will undo it.",
            "pullquote",
        ),
        ("<p>{}</p>", "Correction: An earlier version gave the wrong day.", "correction"),
        ("<div class='ad-slot'>{}</div>", "The best boots in the whole of the valley.", "advert"),
        ("<p>{}</p>", "Advertisement", "advert"),
        ("<p><a href='/x'>{}</a></p>", "Read more: The mill at Harrow", "related"),
        ("<div class='author'>{}</div>", "By Ana Rell", "byline"),
    ],
)
def test_what_stands_inside_an_article_without_being_it(element: str, words: str, role: Role) -> None:
    page = page_of(article(element.format(words)))
    assert roles_of(page)[words] == role
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "element",
    [
        "<h3>{}</h3>",
        "<blockquote><p>{}</p></blockquote>",
        "<ul><li>{}</li></ul>",
        "<p><b>{}</b></p>",
        "<p>{}</p>",
    ],
)
def test_what_belongs_to_an_article_though_it_is_short(element: str) -> None:
    page = page_of(article(element.format("“No.”")))
    assert article_text(page).split("\n") == [FIRST, SECOND, "“No.”", THIRD]


def test_the_standfirst_between_headline_and_body_is_the_articles() -> None:
    lede = "A ministry, a valley and a law that nobody wants to undo, told in the order in which it happened."
    page = page_of(
        f"<header><h1>Gates closed above the Selm valley</h1><div>{lede}</div></header>{article()}"
    )
    assert roles_of(page)[lede] == "paragraph"


def test_a_heading_of_what_comes_after_the_article_is_not_its_own() -> None:
    page = page_of(
        article() + "<div><h2>Around the valley</h2><ul><li><a href=x>The mill at Harrow</a></li></ul></div>"
    )
    assert roles_of(page)["Around the valley"] != "paragraph"


def test_one_headline_a_page_and_it_agrees_with_the_title() -> None:
    page = page_of("<header><h1>Selm Courier</h1></header><h2>More of today</h2>" + article())
    headlines = [block.span.of(page.text) for block in page.blocks if block.role == "headline"]
    assert headlines == ["Gates closed above the Selm valley"]


def test_an_article_told_to_machines_leaves_out_what_is_not_told() -> None:
    body = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": " ".join((FIRST, SECOND, THIRD))}]})
    head = f"<title>Gates closed</title><script type='application/ld+json'>{body}</script>"
    page = page_of(article(f"<div><div><p>{TEASER}</p></div></div>"), head)
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "broken", ["{", '{"articleBody": 3}', "[" * 10_000 + '"articleBody"', '{"articleBody": "short"}']
)
def test_broken_json_ld_changes_nothing(broken: str) -> None:
    page = page_of(article(), f"<title>Gates</title><script type='application/ld+json'>{broken}</script>")
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]


def test_a_mark_around_the_whole_article_says_nothing() -> None:
    page = page_of(f"<div class='has-sidebar ad-free related comments-open'>{article()}</div>")
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]


def test_a_paragraph_printed_twice_counts_once() -> None:
    page = page_of(article(f"<p>{FIRST}</p>"))
    assert article_text(page).split("\n") == [FIRST, SECOND, THIRD]


def test_an_article_in_a_language_without_spaces_is_found() -> None:
    words = (
        "水資源省の報道官は火曜日、セルム渓谷の上流にあるダムの水門を閉じたと発表した。住民は反対している。"
    )
    page = page_of(
        f"<nav><a href=x>ホーム</a></nav><h1>ダムの水門閉鎖</h1>"
        f"<div><p>{words}</p><p>{words}詳細は不明。</p></div>"
    )
    assert roles_of(page)[words] == "paragraph"
    assert roles_of(page)["ホーム"] == "menu"
