"""Section, dateline, credit, zones and marked names: where, when and by whom, and whose copy it is."""

import json

import pytest
from made_page import make_page
from making import make_capture

from onrecord.article import read_article
from onrecord.article.zones import find_zone
from onrecord.page import read_page
from onrecord.types import Article, Head, Role

OPENING = "The dam in the valley holds, the ministry of water said on Tuesday."


def read_lines(*lines: tuple[Role, str], head: Head | None = None, uri: str | None = None) -> Article:
    return read_article(make_page(list(lines), head), make_capture("", uri=uri))


def json_ld(**said: object) -> Head:
    return Head(json_ld=(json.dumps({"@type": "NewsArticle", **said}),))


CRUMBS = json.dumps(
    {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home"},
            {"@type": "ListItem", "position": 2, "item": {"@id": "/valley", "name": "Valley"}},
            {"@type": "ListItem", "position": 3, "name": "Dam holds"},
        ],
    }
)


@pytest.mark.parametrize(
    ("head", "uri", "value", "known", "where"),
    [
        (
            json_ld(articleSection=["Politics", "Water"]),
            None,
            "Politics",
            "printed",
            "JSON-LD articleSection",
        ),
        (Head(meta=(("article:section", "Kultur"),)), None, "Kultur", "printed", "meta article:section"),
        (Head(marked=(("itemprop articleSection", "Wirtschaft"),)), None, "Wirtschaft", "printed", None),
        (Head(json_ld=(CRUMBS,)), None, "Valley", "printed", "JSON-LD BreadcrumbList"),
        (Head(), "https://gazette.example/valley-news/2031/dam-holds", "Valley News", "inferred", "address"),
        (Head(), "https://gazette.example/politics/2031/dam-holds", None, None, None),
        (Head(), "https://gazette.example/news/2031/dam-holds", None, None, None),
        (Head(), "https://gazette.example/dam-holds", None, None, None),
        (Head(), "https://[bad/politics/x", None, None, None),
        # The headline and the outlet are no sections, whatever a page calls them.
        (json_ld(articleSection="Dam holds", headline="Dam holds"), None, None, None, None),
    ],
)
def test_the_section_and_where_it_is_told(
    head: Head, uri: str | None, value: str | None, known: str | None, where: str | None
) -> None:
    lines: list[tuple[Role, str]] = [
        ("menu", "Valley News"),
        ("headline", "Dam holds"),
        ("paragraph", OPENING),
    ]
    found = read_lines(*lines, head=head, uri=uri).section
    assert (found and found.value, found and found.known) == (value, known)
    assert where is None or (found and found.where == where)


def test_a_section_printed_above_the_headline_has_its_span() -> None:
    lines: list[tuple[Role, str]] = [("menu", "Politics"), ("headline", "Dam holds"), ("paragraph", OPENING)]
    page = make_page(lines, json_ld(articleSection="politics"))
    section = read_article(page, make_capture("")).section
    assert section
    assert section.span
    assert section.span.of(page.text) == "Politics"


@pytest.mark.parametrize(
    ("opening", "place", "filed", "agency"),
    [
        ("SELM, March 11 (Northline) - The dam holds.", "SELM", "2031-03-11", "Northline"),
        ("Selm, 11. März (Northline) - Der Damm hält.", "Selm", "2031-03-11", "Northline"),
        ("SELM, 11 de marzo (Northline) - La presa aguanta.", "SELM", "2031-03-11", "Northline"),
        ("SELM, Dec 30 (Northline) - The dam holds.", "SELM", "2030-12-30", "Northline"),
        ("SELM, March 11, 2029 (Northline) - The dam holds.", "SELM", "2029-03-11", "Northline"),
        ("SELM (Northline) — The dam holds.", "SELM", None, "Northline"),
        ("AP — The dam holds.", None, None, "AP"),
        ("SELM, dpa – Der Damm hält.", "SELM", None, "dpa"),
        ("UPDATE — The dam holds.", None, None, None),
        ("Mittwoch, 11. März – Der Damm hält.", None, None, None),
        ("HOLD — that is what the dam does.", "HOLD", None, None),
        ("DAM - the valley's pride - holds.", "DAM", None, None),
    ],
)
def test_a_dateline_in_its_parts(
    opening: str, place: str | None, filed: str | None, agency: str | None
) -> None:
    lines: list[tuple[Role, str]] = [("headline", "Dam holds"), ("paragraph", opening)]
    page = make_page(lines, Head(meta=(("date", "2031-03-12"),)))
    article = read_article(page, make_capture(""))
    found = (article.place, article.filed, article.agency)
    assert tuple(one and one.value for one in found) == (place, filed, agency)
    assert (article.credit and article.credit.value) == agency
    for one in found:
        assert one is None or (one.span and one.span.of(page.text) in opening)


def test_a_dateline_without_any_year_keeps_month_and_day() -> None:
    article = read_lines(("headline", "Dam holds"), ("paragraph", "SELM, March 11 (Northline) - It holds."))
    assert article.published is None
    assert article.filed
    assert (article.filed.value, article.filed.known) == ("--03-11", "printed")


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("This story was first published by the Harbour Gazette on Monday.", "the Harbour Gazette"),
        ("This article originally appeared in Riverbank Notes.", "Riverbank Notes"),
        ("Dieser Text erschien zuerst in Selmer Bote am Montag.", "Selmer Bote"),
        ("Cet article a été initialement publié par Courrier Vallon le lundi.", "Courrier Vallon"),
        ("Artículo publicado originalmente en Diario Selva el lunes.", "Diario Selva"),
        ("Dit artikel verscheen eerder in Dijkbode.", "Dijkbode"),
        ("Quelle: dpa", "dpa"),
        ("Source: Ministry of Water, 2031", None),
        ("The gates stay shut until the rain ends. (dpa/afp)", "dpa/afp"),
        ("The gates stay shut until the rain ends. — AFP", "AFP"),
        ("The gates stay shut until the rain ends (and the wind).", None),
        ("The gates stay shut. (Selm)", None),
        ("It was first published in March 2031 and updated on Friday.", None),
        ("The novel first appeared in spring, when nobody read.", None),
    ],
)
def test_whose_copy_it_is(line: str, credit: str | None) -> None:
    article = read_lines(("headline", "Dam holds"), ("paragraph", OPENING), ("paragraph", line))
    assert (article.credit and article.credit.value) == credit


def test_an_agency_alone_on_the_last_line_is_the_credit() -> None:
    lines: list[tuple[Role, str]] = [("headline", "Dam holds"), ("paragraph", OPENING), ("other", "(AFP)")]
    credit = read_lines(*lines).credit
    assert credit
    assert credit.value == "AFP"


def test_an_agency_beside_a_name_is_whose_copy_it_is_and_signs_nothing() -> None:
    lines: list[tuple[Role, str]] = [("headline", "Dam holds"), ("byline", "By Ada Brill, AFP")]
    article = read_lines(*lines, ("paragraph", OPENING))
    assert [author.value for author in article.authors] == ["Ada Brill"]
    assert article.credit
    assert article.credit.value == "AFP"


def test_an_outlet_credits_nobody_for_its_own_story() -> None:
    head = Head(meta=(("og:site_name", "Harbour Gazette"),))
    line = "This story was first published by the Harbour Gazette on Monday."
    assert read_lines(("headline", "Dam holds"), ("paragraph", line), head=head).credit is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Published March 12, 2031 4:07 PM EST", "2031-03-12T16:07-05:00"),
        ("Published March 12, 2031 4:07 PM ET", "2031-03-12T16:07-04:00"),
        ("Published January 12, 2031 4:07 PM ET", "2031-01-12T16:07-05:00"),
        ("Published March 12, 2031 16:07 GMT+2", "2031-03-12T16:07+02:00"),
        ("12. März 2031, 16:07 Uhr (MEZ)", "2031-03-12T16:07+01:00"),
        ("Published March 12, 2031 4:07 PM IST", "2031-03-12T16:07"),
        ("Published March 12, 2031 4:07 PM", "2031-03-12T16:07"),
        ("Published March 12, 2031 4:07 PM PTA meeting", "2031-03-12T16:07"),
    ],
)
def test_a_printed_time_has_the_zone_that_is_printed_and_no_other(words: str, value: str) -> None:
    article = read_lines(("headline", "Dam holds"), ("dateline", words), ("paragraph", OPENING))
    assert article.published
    assert article.published.value == value


@pytest.mark.parametrize(("day", "zone"), [("2031-03-08", "-05:00"), ("2031-03-09", "-04:00")])
def test_american_summer_time_begins_on_the_second_sunday_of_march(day: str, zone: str) -> None:
    found = find_zone(" ET", 0, 3, f"{day}T16:07")
    assert found
    assert found.value == zone


MARKED = """<!DOCTYPE html><html><head></head><body><article itemscope itemtype="https://schema.org/Article">
<h1>The dam in Selm valley holds</h1><div class="meta">{meta}</div>
<p>The ministry of water said on Tuesday that the dam in the valley holds, and that its gates stay.</p>
<p>Nobody in the village was hurt, a spokeswoman told reporters at the town hall on the evening.</p></article>
<div class="related-stories"><a rel="author" href="/author/x">Vera Moll</a></div>
<section id="comments"><p class="comment"><span itemprop="author">Hans Worst</span>
<time itemprop="datePublished" datetime="2009-01-01">1 Jan</time> Nonsense.</p></section></body></html>"""


@pytest.mark.parametrize(
    ("meta", "names", "where"),
    [
        ('<a rel="author" href="/staff/1">Ada Brill</a>', ["Ada Brill"], "rel author"),
        (
            '<span itemprop="author"><img alt=""><span itemprop="name">Ada Brill</span>, editor</span>',
            ["Ada Brill"],
            "itemprop author",
        ),
        (
            '<span class="author-name">Ada Brill</span><i class="author-name">Cy Dorn</i>',
            None,
            "class author",
        ),
        ('<a href="/author/ada">Ada Brill</a>', ["Ada Brill"], "link to the author"),
        ('<a href="/author/ada">More from Ada Brill</a>', [], None),
        ("", [], None),
    ],
)
def test_authors_that_the_body_marks_sign_the_article(
    meta: str, names: list[str] | None, where: str | None
) -> None:
    capture = make_capture(MARKED.format(meta=meta))
    article = read_article(read_page(capture)[0], capture)
    assert [author.value for author in article.authors] == (
        ["Ada Brill", "Cy Dorn"] if names is None else names
    )
    assert {author.where for author in article.authors} == ({where} if where else set())


def test_a_date_that_the_body_marks_is_the_articles_and_a_readers_is_not() -> None:
    for meta, value in (
        ('<i itemprop="datePublished" content="2031-03-12T16:07:00Z">now</i>', "2031-03-12"),
        ("", None),
    ):
        capture = make_capture(MARKED.format(meta=meta))
        published = read_article(read_page(capture)[0], capture).published
        assert (published and published.value[:10]) == value
