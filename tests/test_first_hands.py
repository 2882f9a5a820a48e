"""Which pages are one article, and by how many first hands a remark reached print."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.checks.addresses import has_own_path, read_address
from onrecord.checks.articles import fold_pages, group_articles, name_outlets, render_folded
from onrecord.checks.first_hands import find_first_hands, render_first_hands
from onrecord.types import Entry, EntryPage, EntrySpans, EntrySpeaker, Span


def a_page(
    id: str,
    *,
    outlet: str | None = None,
    uri: str | None = None,
    credit: str | None = None,
    article: str | None = None,
    digest: str | None = None,
) -> EntryPage:
    return EntryPage(
        id=id,
        uri=uri,
        payload_digest=digest or f"sha256:{id}",
        text_version="text-1",
        captured_at=None,
        outlet=outlet,
        headline=None,
        published="2031-03-11",
        published_known="printed",
        language="en",
        credit=credit,
        article=article,
    )


def a_statement(page: EntryPage, *, via: Sequence[str] = (), copy_of: str | None = None, n: int = 0) -> Entry:
    return Entry(
        id=f"s{page.id}{n}",
        kind="direct",
        polarity="said",
        tier="core",
        confidence=None,
        speaker=EntrySpeaker(id="k1", name="Dana Ruel", type="person", role=None),
        source="Dana Ruel",
        cue="said",
        content=("The bridge will open in June",),
        addressee=None,
        said_on="2031-03-11",
        said_on_known="printed",
        said_on_candidates=(),
        via=tuple(via),
        spans=EntrySpans(source=(), cue=(), content=(Span(0, 5),), via=(), said_on=()),
        prefix="",
        suffix="",
        page=page,
        copy_of=copy_of,
        story=None,
        remark=None,
        review=None,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://slope.example/bridge", "http://www.slope.example/bridge/"),
        ("https://slope.example/bridge", "https://slope.example/bridge?utm_source=x&utm_medium=y#comments"),
        ("https://slope.example/bridge", "https://slope.example/bridge?fbclid=1"),
        ("https://slope.example/bridge", "https://SLOPE.example:443/bridge"),
        ("https://slope.example/a/bridge", "https://slope.example/a/bridge/amp"),
        ("https://slope.example/a/bridge", "https://amp.slope.example/a/bridge"),
        ("https://slope.example/a/bridge", "https://m.slope.example/a/bridge?amp=1"),
        ("https://slope.example/a/bridge", "https://slope.example/amp/a/bridge"),
        ("https://slope.example/a/bridge.html", "https://slope.example/a/bridge.amp.html"),
        ("https://slope.example/a/bridge", "https://slope.example/a/bridge/print"),
        ("https://slope.example/a/bridge", "https://slope.example/a/bridge?outputType=amp"),
        ("https://slope.example/a/", "https://slope.example/a/index.html"),
        ("https://slope.example/a/b%2Dc", "https://slope.example/a/b-c"),
        ("https://slope.example/a/%c3%a9t%C3%A9", "https://slope.example/a/%C3%A9t%C3%A9"),
        ("https://slope.example/?p=7&page=2", "https://slope.example/?page=2&p=7"),
        (
            "https://slope.example/bridge",
            "https://web.archive.org/web/20310311080000/https://slope.example/bridge",
        ),
        ("https://slope.example/bridge", "https://slope-example.cdn.ampproject.org/c/s/slope.example/bridge"),
    ],
)
def test_two_addresses_of_one_page(one: str, other: str) -> None:
    assert read_address(one) == read_address(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://slope.example/bridge", "https://slope.example/Bridge"),
        ("https://slope.example/?p=7", "https://slope.example/?p=8"),
        ("https://slope.example/bridge", "https://slope.example/bridge?page=2"),
        ("https://slope.example/bridge", "https://gazette.example/bridge"),
        ("https://slope.example/amp", "https://slope.example/"),
        ("https://slope.example/print", "https://slope.example/"),
        ("https://slope.example/#!/one", "https://slope.example/#!/two"),
        ("https://slope.example:8080/bridge", "https://slope.example/bridge"),
        ("https://m.example/bridge", "https://example/bridge"),
        ("https://one.blog.example/a", "https://two.blog.example/a"),
        ("https://slope.example/a%2Fb", "https://slope.example/a/b"),
    ],
)
def test_addresses_of_two_pages(one: str, other: str) -> None:
    assert read_address(one) != read_address(other)


@pytest.mark.parametrize(
    "odd", ["", "file:///a/b", "http://[", "https://", "nonsense", "http://a:b/c", "mailto:a@b"]
)
def test_what_is_no_web_address_names_no_page(odd: str) -> None:
    assert read_address(odd) is None


@given(st.text(max_size=200))
def test_any_address_is_read(words: str) -> None:
    for uri in (words, f"https://slope.example/{words}", f"https://{words}/a"):
        found = read_address(uri)
        assert found is None or read_address(uri) == found


def test_a_front_page_names_no_article() -> None:
    assert not has_own_path("https://slope.example/news")
    assert has_own_path("https://slope.example/news/bridge-opens-in-june")
    assert has_own_path("https://slope.example/a/123")


SLOPE, GAZETTE = "The Slope", "Harbour Gazette"
V1 = a_page("p1", outlet=SLOPE, uri="https://slope.example/bridge")
V2 = a_page("p2", outlet=SLOPE, uri="https://www.slope.example/bridge?utm_source=x")
TWICE = a_page("p3", outlet=SLOPE, article="p1")
KNOWN = a_page("p1", outlet=SLOPE, uri="https://slope.example/bridge", article="p1")
ANOTHER = a_page("p4", outlet=SLOPE, uri="https://slope.example/ferry")
WIRE = a_page("p5", outlet="Northline", uri="https://northline.example/1")
REPRINT = a_page("p6", outlet=GAZETTE, uri="https://gazette.example/9")


def test_versions_and_doubles_are_one_article() -> None:
    assert group_articles([V2, V1]) == {"p1": "p1", "p2": "p1"}
    assert group_articles([V2, KNOWN, TWICE]) == {"p1": "p1", "p2": "p1", "p3": "p1"}
    same = [a_page("p8", digest="sha256:7"), a_page("p9", digest="sha256:7")]
    assert group_articles(same) == {"p8": "p8", "p9": "p8"}
    assert group_articles([V1, ANOTHER]) == {"p1": "p1", "p4": "p4"}


def test_pages_are_counted_as_what_they_are() -> None:
    folded = fold_pages([V1, V2, WIRE, REPRINT], {"p6": "p5"})
    assert [[page.id for page in one] for one in folded.articles] == [["p1", "p2"], ["p5"], ["p6"]]
    assert (folded.outlets, folded.copies, folded.originals) == (3, 1, 2)
    assert [[page.id for page in one] for one in folded.versions] == [["p1", "p2"]]


def test_counts_are_one_sentence() -> None:
    folded = fold_pages([V1, V2, REPRINT], {"p6": "p5"})
    assert render_folded(folded, first_hands=1) == "2 outlets, 1 first hand, 1 copy, 2 versions of one page"
    assert render_folded(fold_pages([V1])) == "1 outlet"
    assert render_folded(fold_pages([a_page("p1")])) == "outlet not known"


def test_two_copies_of_a_page_that_is_not_here_are_one_original() -> None:
    folded = fold_pages([V1, REPRINT], {"p1": "p5", "p6": "p5"})
    assert (folded.copies, folded.originals) == (2, 1)
    assert fold_pages([V1, V2], {"p2": "p1"}).copies == 0
    # One version was taken for a copy, and the other for its original.
    turned = fold_pages([V1, V2, WIRE], {"p1": "p5", "p5": "p2"})
    assert (turned.copies, turned.originals) == (1, 1)


def test_nothing_folds_to_nothing() -> None:
    assert fold_pages([]).articles == ()
    assert find_first_hands([]) == ()


def test_a_page_without_a_name_has_its_site_s() -> None:
    bare = a_page("p7", uri="https://slope.example/quay")
    assert name_outlets([V1, bare]) == {"p1": "slope", "p7": "slope"}
    assert name_outlets([bare, a_page("p8")]) == {"p7": "slope.example", "p8": None}


HANDS: list[tuple[str, list[Entry], str]] = [
    ("one page", [a_statement(V1)], "1 first hand: The Slope’s own"),
    ("versions", [a_statement(V1), a_statement(V2)], "1 first hand: The Slope’s own"),
    ("one outlet twice", [a_statement(V1), a_statement(ANOTHER)], "1 first hand: The Slope’s own"),
    (
        "two outlets",
        [a_statement(V1), a_statement(REPRINT)],
        "2 first hands: The Slope’s own and Harbour Gazette’s own",
    ),
    ("a copy", [a_statement(WIRE), a_statement(REPRINT, copy_of="p5")], "1 first hand: Northline’s own"),
    (
        "an agency named by two",
        [a_statement(V1, via=["Reuters"]), a_statement(REPRINT, via=["the Reuters news agency"])],
        "1 first hand: Reuters (agency)",
    ),
    (
        "the agency and who names it",
        [a_statement(WIRE), a_statement(V1, via=["Northline"])],
        "1 first hand: Northline’s own",
    ),
    (
        "the innermost carrier is the first hand",
        [a_statement(V1, via=["Reuters", "TASS"]), a_statement(REPRINT, via=["TASS"])],
        "1 first hand: TASS (agency)",
    ),
    (
        "one outlet by two ways",
        [a_statement(V1, via=["AP"]), a_statement(ANOTHER), a_statement(REPRINT, via=["Associated Press"])],
        "2 first hands: AP (agency) and The Slope’s own",
    ),
    (
        "a credit",
        [
            a_statement(a_page("p1", outlet=SLOPE, credit="dpa")),
            a_statement(a_page("p2", outlet=GAZETTE, credit="dpa")),
        ],
        "1 first hand: dpa (agency)",
    ),
    ("a person who retells", [a_statement(V1, via=["Pavel Prell"])], "1 first hand: The Slope’s own"),
    ("an aide who retells", [a_statement(V1, via=["an aide"])], "1 first hand: The Slope’s own"),
    ("media not named", [a_statement(V1, via=["local media"])], "1 first hand: “local media” (not named)"),
    (
        "media that one names",
        [a_statement(V1, via=["TASS", "state media"]), a_statement(REPRINT, via=["TASS"])],
        "1 first hand: TASS (agency)",
    ),
    ("told to this outlet", [a_statement(V1, via=["the Slope"])], "1 first hand: The Slope’s own"),
    (
        "two unknown outlets",
        [a_statement(a_page("p1")), a_statement(a_page("p2"))],
        "2 first hands: page p1’s own and page p2’s own",
    ),
    (
        "two versions with two ways",
        [a_statement(V1, via=["AP"]), a_statement(V2)],
        "1 first hand: AP (agency)",
    ),
    (
        "two copies of a third that is not here",
        [a_statement(V1, copy_of="p5"), a_statement(REPRINT, copy_of="p5")],
        "1 first hand: Northline’s own",
    ),
]


@pytest.mark.parametrize(("renderings", "words"), [row[1:] for row in HANDS], ids=[row[0] for row in HANDS])
def test_first_hands_of_a_remark(renderings: list[Entry], words: str) -> None:
    assert render_first_hands(find_first_hands(renderings, {"p5": WIRE})) == words
    assert find_first_hands(reversed(renderings), {"p5": WIRE}) == find_first_hands(renderings, {"p5": WIRE})


def test_why_is_told() -> None:
    [hand] = find_first_hands(
        [a_statement(WIRE), a_statement(REPRINT, copy_of="p5"), a_statement(V1, via=["Northline"])]
    )
    assert hand.why == "1 article names no other source; 1 article is a copy"
    assert hand.pages == ("p1", "p5", "p6")
    [hand] = find_first_hands([a_statement(V1, via=["AP"]), a_statement(V2, via=["AP"])])
    assert hand.why == "1 article names them as who had the words; 1 page more is a version of these"


_pages = st.builds(
    a_page,
    id=st.sampled_from(["p1", "p2", "p3", "p4", "p5", "p6"]),
    outlet=st.sampled_from([None, SLOPE, GAZETTE, "Northline"]),
    uri=st.sampled_from(
        [None, "https://slope.example/a-b-c", "https://slope.example/a-b-c/amp", "https://g.example/1"]
    ),
    credit=st.sampled_from([None, "Northline", "AP"]),
    article=st.sampled_from([None, "p1", "p2"]),
)
_renderings = st.lists(
    st.builds(
        a_statement,
        page=_pages,
        via=st.lists(
            st.sampled_from(["AP", "Northline", "The Slope", "Pavel Prell", "an aide", "state media"]),
            max_size=2,
        ),
        copy_of=st.sampled_from([None, None, "p1", "p5", "p9"]),
    ),
    unique_by=lambda entry: entry.page.id,
    max_size=6,
)


@settings(deadline=None)
@given(_renderings, st.randoms())
def test_never_more_first_hands_than_articles(renderings: list[Entry], random: object) -> None:
    hands = find_first_hands(renderings)
    folded = fold_pages([one.page for one in renderings], {one.page.id: one.copy_of for one in renderings})
    assert len(hands) <= folded.originals <= len(folded.articles) <= len(renderings)
    assert folded.copies <= len(folded.articles) - folded.originals + len({one.copy_of for one in renderings})
    assert sorted(id for hand in hands for id in hand.pages) == sorted(one.page.id for one in renderings)
    mixed = list(renderings)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert find_first_hands(mixed) == hands
    assert (
        fold_pages([one.page for one in mixed]).articles
        == fold_pages([one.page for one in renderings]).articles
    )
