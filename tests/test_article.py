"""What a page says of itself: each value, where it was found, and what is left unsaid."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_page import make_page
from making import make_capture

from onrecord.article import read_article
from onrecord.article.bylines import split_names
from onrecord.article.json_ld import find_article_node, read_nodes
from onrecord.types import Article, Head, Role

STORY: list[tuple[Role, str]] = [
    ("menu", "Home News Sport"),
    ("headline", "Dam in Selm valley ‘is safe’, ministry says"),
    ("byline", "By Ada Brill and Cy Dorn, Staff Writers"),
    ("dateline", "Published March 12, 2031 4:07 PM"),
    ("paragraph", "SELM, March 11 (Northline) – The ministry of water said on Tuesday that the dam holds."),
    ("paragraph", "“There are no changes,” spokeswoman Mara Ostrey told reporters."),
    ("related", "By Vera Moll, 3 January 2009: The valley drowned"),
    ("comment", "By Somebody Else, 4 January 2010. The Other Gazette news desk"),
]


def read_lines(*lines: tuple[Role, str], head: Head | None = None) -> Article:
    return read_article(make_page(list(lines), head), make_capture(""))


def test_every_value_names_where_it_stands() -> None:
    page = make_page(STORY)
    article = read_article(page, make_capture(""))
    assert article.headline
    assert article.place
    assert article.credit
    assert article.published
    for found in (article.headline, article.place, article.credit, *article.authors):
        assert (found.known, found.where) == ("printed", "text")
        assert found.span
        assert found.span.of(page.text) == found.value
    assert [author.value for author in article.authors] == ["Ada Brill", "Cy Dorn"]
    assert (article.place.value, article.credit.value) == ("SELM", "Northline")
    assert article.published.value == "2031-03-12T16:07"


def test_the_body_is_headline_and_paragraphs_only() -> None:
    roles = [block.role for block in read_article(make_page(STORY), make_capture("")).body]
    assert roles == ["headline", "paragraph", "paragraph"]


def test_a_page_that_says_nothing_of_itself_leaves_everything_unknown() -> None:
    assert read_lines(("other", "Page 7")) == Article()


def test_teasers_and_comments_never_sign_or_date_the_article() -> None:
    lines = [line for line in STORY if line[0] in ("menu", "headline", "paragraph", "related", "comment")]
    lines.insert(4, ("paragraph", "The gates stay shut, and the valley waits for the rain to end this week."))
    article = read_article(make_page(lines), make_capture(""))
    assert article.authors == ()
    assert article.published is None
    assert article.outlet is None


def test_a_desk_byline_names_the_outlet_and_no_person() -> None:
    article = read_lines(
        ("headline", "Gates of the dam open"),
        ("byline", "by The Selm Courier news desk November 11, 2022 4:07 PM 1 min read"),
        ("paragraph", "The gates opened at dawn, the dam authority said."),
    )
    assert article.outlet
    assert article.outlet.value == "The Selm Courier"
    assert article.authors == ()
    assert article.published
    assert article.published.value == "2022-11-11T16:07"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Brill", ["Ada Brill"]),
        ("By Ada Brill, Cy Dorn and Vera Moll", ["Ada Brill", "Cy Dorn", "Vera Moll"]),
        ("Von Ada Brill und Cy Dorn", ["Ada Brill", "Cy Dorn"]),
        ("Par Ada Brill et Cy Dorn", ["Ada Brill", "Cy Dorn"]),
        ("By Ada Brill, Staff Writer", ["Ada Brill"]),
        ("By Ada Brill (ada@gazette.example)", ["Ada Brill"]),
        ("By Admin", []),
        ("By Staff", []),
        ("https://gazette.example/ada", []),
        ("@adabrill", []),
        ("Ada Brill, Ph.D.", ["Ada Brill"]),
    ],
)
def test_a_byline_gives_people_and_nothing_else(byline: str, names: list[str]) -> None:
    assert split_names(byline) == names


@pytest.mark.parametrize(
    ("opening", "place", "credit"),
    [
        ("SELM, March 11 (Northline) - The dam holds.", "SELM", "Northline"),
        ("SELM, Nov 22 — The dam holds.", "SELM", None),
        ("LOWER SELM (Northline) — The dam holds.", "LOWER SELM", "Northline"),
        ("(Northline) - The dam holds.", None, "Northline"),
        ("Selm, 11 March (Northline) – The dam holds.", "Selm", "Northline"),
        ("The dam - the oldest in the valley - holds.", None, None),
        ("“We will stay” – that is what they said.", None, None),
        ("Mara Ostrey: the dam holds.", None, None),
    ],
)
def test_a_dateline_tells_place_and_agency(opening: str, place: str | None, credit: str | None) -> None:
    article = read_lines(("headline", "Dam holds"), ("paragraph", opening))
    assert (article.place and article.place.value, article.credit and article.credit.value) == (place, credit)


def test_a_republished_story_credits_its_first_outlet() -> None:
    article = read_lines(
        ("headline", "Dam holds"),
        ("paragraph", "The dam holds, the ministry said."),
        ("paragraph", "This story was first published by the Harbour Gazette on Monday."),
    )
    assert article.credit
    assert article.credit.value == "the Harbour Gazette"


def json_ld(**said: object) -> Head:
    return Head(json_ld=(json.dumps({"@type": "NewsArticle", **said}),), title="Dam holds - Harbour Gazette")


def test_json_ld_names_outlet_authors_and_dates() -> None:
    head = json_ld(
        headline="Dam holds",
        author=[{"@type": "Person", "name": "Ada Brill"}, {"@type": "Person", "name": "Cy Dorn"}],
        publisher={"@type": "Organization", "name": "Harbour Gazette"},
        datePublished="2031-03-12T16:07:00.000+0100",
        dateModified="2031-03-13",
    )
    article = read_lines(("paragraph", "The dam holds."), head=head)
    assert article.headline
    assert article.headline.where == "JSON-LD headline"
    assert article.outlet
    assert article.outlet.value == "Harbour Gazette"
    assert [author.value for author in article.authors] == ["Ada Brill", "Cy Dorn"]
    assert article.published
    assert article.published.value == "2031-03-12T16:07:00+01:00"
    assert article.updated
    assert article.updated.value == "2031-03-13"


def test_an_outlet_that_signs_its_own_story_gives_way_to_the_person_in_the_byline() -> None:
    head = json_ld(
        author={"@type": "Organization", "name": "Harbour Gazette"}, publisher={"name": "Harbour Gazette"}
    )
    lines: list[tuple[Role, str]] = [
        ("headline", "Dam holds"),
        ("byline", "By Ada Brill"),
        ("paragraph", "It holds."),
    ]
    assert [author.value for author in read_lines(*lines, head=head).authors] == ["Ada Brill"]


def test_a_large_line_that_is_not_the_headline_is_passed_over() -> None:
    head = Head(meta=(("og:title", "Dam in Selm valley holds through the night"),))
    article = read_lines(("headline", "Contact us"), ("paragraph", "The dam holds."), head=head)
    assert article.headline
    assert article.headline.value == "Dam in Selm valley holds through the night"


def test_the_title_gives_its_headline_and_its_site_apart() -> None:
    article = read_lines(
        ("paragraph", "The dam holds."), head=Head(title="Dam holds overnight | Harbour Gazette")
    )
    assert article.headline
    assert article.headline.value == "Dam holds overnight"
    assert article.outlet
    assert (article.outlet.value, article.outlet.known) == ("Harbour Gazette", "inferred")


def test_the_address_is_the_last_to_name_the_outlet() -> None:
    capture = make_capture("", uri="https://www.harbour-gazette.example/2031/03/12/dam")
    article = read_article(make_page([("paragraph", "The dam holds.")]), capture)
    assert article.outlet
    assert (article.outlet.value, article.outlet.known) == (
        "harbour-gazette.example",
        "inferred",
    )


def test_a_declared_language_comes_before_a_guess() -> None:
    words = (
        "The ministry of water said on Tuesday that the dam holds and that the gates stay shut for the week."
    )
    declared = read_lines(("paragraph", words), head=Head(language="en_us"))
    assert declared.language
    assert (declared.language.value, declared.language.known) == ("en-US", "printed")
    guessed = read_lines(("paragraph", words))
    assert guessed.language
    assert (guessed.language.value, guessed.language.known) == ("en", "inferred")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "not json",
        "null",
        "[]",
        '"NewsArticle"',
        "[" * 5000,
        '{"a":' * 1000 + "1" + "}" * 1000,
        '{"@type": "NewsArticle", "author": [[[["x"]]]], "publisher": 7, "datePublished": {"@value": []}}',
        '{"@type": ["NewsArticle", 3], "author": {"@id": "#a"}, "headline": ["x", {}]}',
        '{"@type": "NewsArticle", "inLanguage": {"name": ["en"]}, "datePublished": 2022}',
        '{"@graph": [{"@id": "#a", "name": "#a"}, {"@type": "NewsArticle", "author": {"@id": "#a"}}]}',
    ],
)
def test_odd_json_ld_never_raises(script: str) -> None:
    head = Head(json_ld=(script,))
    read_lines(("headline", "Dam holds"), ("paragraph", "The dam holds."), head=head)


def test_json_ld_with_trailing_commas_in_a_comment_is_read() -> None:
    node = find_article_node(
        read_nodes(['<!-- {"@graph": [{"@type": "NewsArticle", "headline": "Dam holds",},]} -->'])
    )
    assert node["headline"] == "Dam holds"


def test_teasers_in_json_ld_are_other_stories() -> None:
    script = {
        "@graph": [
            {
                "@type": "ItemList",
                "itemListElement": [{"@type": "NewsArticle", "headline": "x", "author": "A B"}],
            },
            {"@type": "NewsArticle", "headline": "Dam holds"},
        ]
    }
    assert find_article_node(read_nodes([json.dumps(script)]))["headline"] == "Dam holds"


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.just("2022-11-11"), st.just("#a")
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "headline",
                    "author",
                    "publisher",
                    "datePublished",
                    "name",
                    "inLanguage",
                ]
            ),
            st.one_of(inner, st.just("NewsArticle")),
            max_size=5,
        ),
    ),
    max_leaves=12,
)
ROLES = st.sampled_from(
    ["headline", "byline", "dateline", "paragraph", "related", "comment", "menu", "other"]
)
WORDS = st.one_of(
    st.text(st.characters(exclude_characters="\n\r"), max_size=60),
    st.sampled_from([words for _, words in STORY]),
    st.sampled_from(
        ["By", "by the news desk", "()", "SELM (", "Published 31.02.2022", "Source:", "27. Januar 2026"]
    ),
)


@given(
    lines=st.lists(st.tuples(ROLES, WORDS), max_size=8),
    scripts=st.lists(JSON, max_size=2),
    meta=st.lists(
        st.tuples(st.sampled_from(["author", "og:title", "date", "og:site_name", "og:locale"]), WORDS)
    ),
    title=st.none() | WORDS,
    uri=st.none() | WORDS | st.just("https://[bad/2022/13/45/"),
)
def test_any_page_is_read_and_every_span_names_its_words(
    lines: list[tuple[Role, str]],
    scripts: list[object],
    meta: list[tuple[str, str]],
    title: str | None,
    uri: str | None,
) -> None:
    head = Head(title=title, meta=tuple(meta), json_ld=tuple(map(json.dumps, scripts)), canonical=uri)
    page, capture = make_page(lines, head), make_capture("", uri=uri, captured_at="2031-03-12T00:00:00Z")
    article = read_article(page, capture)
    assert article == read_article(page, capture)
    singles = (
        article.headline,
        article.outlet,
        article.place,
        article.credit,
        article.published,
        article.updated,
        article.section,
        article.filed,
        article.agency,
        article.canonical,
    )
    for found in (*singles, article.language, *article.authors):
        assert found is None or found.value
        if found is not None and found.span is not None:
            assert 0 <= found.span.start < found.span.end <= len(page.text)
