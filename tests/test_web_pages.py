"""The pages of the web application: what each shows of a ledger that was written by hand."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from made_ledger import SHORT, make_ledger, make_reading, say
from making import make_capture
from web_client import ask, text_of

from onrecord.across import link_pages
from onrecord.errors import LedgerMissing
from onrecord.ledger import get_page, list_speakers, open_ledger, record_reading, search_entries
from onrecord.reading import read
from onrecord.views.web import make_app

Made = tuple[FastAPI, Path, dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("web") / "ledger"
    ids = make_ledger(folder)
    return make_app(folder), folder, ids


def show(made: Made, path: str, status: int = 200) -> str:
    answer = ask(made[0], path)
    assert answer.status_code == status, answer.text
    return answer.text


def test_search_shows_the_newest_statements_with_how_their_days_are_known(made: Made) -> None:
    shown = text_of(show(made, "/"))
    assert "10 statements by 3 speakers on 4 pages, 1 of them a copy" in shown
    assert "Apr 2031 printed, “in April” Mara Ostrey “There are parts" in shown
    assert "20 Apr 2031 date of the page Valley Council" in shown
    assert "11 Mar 2031 inferred, “on Tuesday” Ministry of Water said the withdrawal" in shown
    assert "unresolved “on a Tuesday”: 4 Mar 2031 or 11 Mar 2031 An official unnamed" in shown


def test_the_search_box_takes_filters(made: Made) -> None:
    shown = text_of(show(made, "/?q=by:ostrey+since:2031-04"))
    assert "1 statement for by:ostrey since:2031-04" in shown
    assert "still have to be reopened" in shown
    assert "fixed in law" not in shown


def test_the_forms_fields_become_one_question_in_the_address(made: Made) -> None:
    answer = ask(made[0], "/?words=order&by=Mara+Ostrey&about=&since=&until=2031&kind=direct")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?q=by%3A%22Mara+Ostrey%22+until%3A2031+kind%3Adirect+order"
    assert "fixed in law" in show(made, answer.headers["location"])
    assert ask(made[0], "/?words=&by=").headers["location"] == "/"


def test_a_search_without_results_says_what_to_do(made: Made) -> None:
    assert "Search with fewer words" in show(made, "/?q=heron")


def test_a_name_that_nobody_bears_is_answered_with_near_names(made: Made) -> None:
    shown = text_of(show(made, "/?q=by:ostry", 400))
    assert "no speaker is named 'ostry'" in shown
    assert "Mara Ostrey" in shown
    assert 'value="by:ostry"' in show(made, "/?q=by:ostry", 400)


def test_a_day_that_is_none_is_refused_with_an_example(made: Made) -> None:
    shown = text_of(show(made, "/?q=since:yesterday", 400))
    assert "since 'yesterday' is no date; write a year, a month or a day" in shown


def test_long_lists_are_turned_page_by_page(tmp_path: Path) -> None:
    lines = [f"“It rained on day {n} of the flood,” she said." for n in range(120)]
    text = "\n".join(lines)
    statements = [say(text, f"It rained on day {n} of the flood") for n in range(120)]
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        record_reading(ledger, *make_reading([("paragraph", line) for line in lines], statements))
    app = make_app(tmp_path / "ledger")
    seen: list[str] = []
    path = "/?q=rained"
    while path:
        html = ask(app, path).text
        seen += re.findall(r"It rained on day \d+ ", html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 120


def test_a_story_counts_its_articles_and_copies(made: Made) -> None:
    shown = text_of(show(made, "/story/e01"))
    assert "4 articles from 4 outlets, 1 of them a copy · 10 statements by 3 speakers" in shown
    assert "11 March to 20 April 2031" in shown
    assert "copied by Dellmoor Blog (96%)" in shown


def test_a_story_shows_a_remark_once_with_its_wordings(made: Made) -> None:
    html = show(made, "/story/e01")
    assert "3 articles, 2 first hands · see all 3 wordings · Northline" in text_of(html)
    assert SHORT not in text_of(html)  # The copy's wording stands on the remark's own page.
    assert '<a href="/remark/r01">see all 3 wordings</a>' in html


def test_a_story_tells_in_date_order_and_open_days_come_last(made: Made) -> None:
    html = show(made, "/story/e01")
    days = re.findall(r'<div class="day">(?:<time[^>]*>|<b>)([^<]+)<', html)
    assert days == ["11 Mar 2031"] * 5 + ["Apr 2031", "20 Apr 2031", "unresolved"]


def test_a_storys_days_are_drawn_and_told_in_words(made: Made) -> None:
    html = show(made, "/story/e01")
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert "3 remarks on 11 March 2031" in drawing
    assert "unresolved remarks, perhaps of 4 March 2031, 11 March 2031" in drawing
    assert drawing.count("<circle") == 4  # a day of remarks, a day of an article, two possible days
    assert drawing.count("translate") == 1  # the possible day that has remarks of its own
    assert drawing.count('class="reach"') == 1  # "in April" is a month


def test_a_headline_quotation_without_a_body_is_told(made: Made) -> None:
    shown = text_of(show(made, "/story/e01"))
    assert (
        "The Selm Courier’s headline quotes “the valley stays ours”; no article here has these words."
        in shown
    )


def test_a_speakers_page_has_names_and_roles_as_printed_and_the_line(made: Made) -> None:
    with open_ledger(made[1]) as ledger:
        [who] = [one for one in list_speakers(ledger) if one.speaker.name == "Mara Ostrey"]
    shown = text_of(show(made, f"/speaker/{who.speaker.id}"))
    assert "a spokeswoman for the Ministry of Water Northline, 11 Mar 2031" in shown
    assert "the ministry’s spokeswoman The Selm Courier, 11 Mar 2031" in shown
    assert shown.index("nothing to add") < shown.index("still have to be reopened")
    assert "Valley Council “" not in shown


def test_a_speaker_is_found_by_name_too(made: Made) -> None:
    answer = ask(made[0], "/speaker/Ostrey")
    assert answer.status_code == 303
    assert ask(made[0], answer.headers["location"]).status_code == 200


def test_a_page_shows_every_block_with_its_role(made: Made) -> None:
    html = show(made, f"/page/{made[2]['northline']}")
    roles = re.findall(r'data-role="(\w+)"[^>]*><span class="label" lang="en">(\w+)</span>', html)
    assert [role for role, _ in roles] == [label for _, label in roles]
    assert [role for role, _ in roles] == (
        ["menu", "headline", "byline", *["paragraph"] * 4, "newsletter", "related", "comment", "comment"]
    )
    assert html.count("not searched, not exported") == 1
    assert re.search(r'data-role="comment"[^>]*><span[^>]*>comment</span><p dir="auto">[^<]*tell that', html)


def test_a_page_tells_what_is_known_of_it_and_where_it_was_found(made: Made) -> None:
    shown = text_of(show(made, f"/page/{made[2]['northline']}"))
    for words in (
        "Outlet Northline dateline",
        "Published 11 Mar 2031 dateline and weekday, inferred",
        "Captured 2 Apr 2033 08:14 UTC",
        "Copied by Dellmoor Blog, 96%",
        "5 statements",
        "1 problem the bytes say utf-8",
    ):
        assert words in shown
    with open_ledger(made[1]) as ledger:
        digest = get_page(ledger, made[2]["northline"]).page.payload_digest
    assert f"SHA-256 {digest.removeprefix('sha256:')}" in shown
    assert "Copy of Northline, 96%" in text_of(show(made, f"/page/{made[2]['copy']}"))


def test_versions_of_one_address_lead_to_each_other(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        ids = [
            record_reading(
                ledger, *make_reading([("paragraph", f"Version {n}")], uri="https://courier.example/a")
            )
            for n in (1, 2)
        ]
    html = ask(make_app(tmp_path / "ledger"), f"/page/{min(ids)}").text
    assert "1, this one" in html
    assert f'<a href="/page/{max(ids)}">2</a>' in html
    assert "order not known" in html


def test_a_permanent_link_leads_to_the_words_in_their_page(made: Made) -> None:
    with open_ledger(made[1]) as ledger:
        [entry] = search_entries(ledger, '"lower gates stay open"', kind="direct")
    answer = ask(made[0], f"/entry/{entry.id}")
    assert answer.headers["location"] == f"/page/{entry.page.id}?s={entry.id}#{entry.id}"
    html = show(made, answer.headers["location"].partition("#")[0])
    assert re.search(rf'id="{entry.id}" class="[^"]*asked', html)
    span = entry.spans.content[0]
    shown = text_of(html)
    assert f"Characters {span.start}–{span.end}" in shown
    assert "Valley Council had told her that “the lower gates stay open”. In: “Ministry says" in shown


def test_characters_can_be_pointed_at(made: Made) -> None:
    html = show(made, f"/page/{made[2]['northline']}?at=0-15")
    assert '<mark id="at" class="place" data-s="at">Skip to content</mark>' in html


@pytest.mark.parametrize("at", ["9", "a-b", "7-7", "9-3", "0-999999", "-1-4", "²-³"])
def test_characters_that_are_not_there_are_refused(made: Made, at: str) -> None:
    assert "names no characters of this page" in show(made, f"/page/{made[2]['northline']}?at={at}", 400)


def test_a_statement_of_another_page_is_not_found_here(made: Made) -> None:
    assert "has no statement 's00'" in text_of(show(made, f"/page/{made[2]['copy']}?s=s00", 404))


def test_a_very_long_page_comes_in_parts_and_a_statement_opens_its_own(tmp_path: Path) -> None:
    lines = [f"Line {n} of the log." for n in range(2500)] + ["“We stopped here,” she said."]
    text = "\n".join(lines)
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        page = record_reading(
            ledger, *make_reading([("paragraph", line) for line in lines], [say(text, "We stopped here")])
        )
        [entry] = search_entries(ledger)
    app = make_app(tmp_path / "ledger")
    first = ask(app, f"/page/{page}").text
    assert "Line 999 of" in first
    assert "Line 1000 of" not in first
    assert f'rel="next" href="/page/{page}?part=2"' in first
    assert f'id="{entry.id}"' in ask(app, f"/page/{page}?s={entry.id}").text
    assert "this page has no part 4; it has 3" in ask(app, f"/page/{page}?part=4").text


def test_long_furniture_is_folded_but_not_where_somebody_points_at_it(tmp_path: Path) -> None:
    lines = [("menu", f"Menu {n}") for n in range(9)] + [("paragraph", "It rained.")]
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        page = record_reading(ledger, *make_reading(lines))  # type: ignore[arg-type]
    app = make_app(tmp_path / "ledger")
    assert (
        '<details class="folded"><summary lang="en">9 lines: menu</summary>' in ask(app, f"/page/{page}").text
    )
    assert '<details class="folded" open>' in ask(app, f"/page/{page}?at=0-6").text


def test_a_remark_shows_its_wordings_beside_each_other_with_the_differences(made: Made) -> None:
    html = show(made, "/remark/r01")
    shown = text_of(html)
    assert "3 wordings in 3 articles" in shown
    assert "<del>It is a matter of record:</del> The order is fixed in law." in html
    assert "opens later than the first" in shown
    assert "too far from the first to compare word by word" in shown
    assert 'aria-label="As reported by The Selm Courier, from state agency, from Mara Ostrey"' in html


def test_a_quotation_is_checked_and_its_place_is_linked(made: Made) -> None:
    html = show(made, "/check?quotation=There+is+no+change+and+there+will+be+none&by=Ostrey")
    assert ">Verbatim</h2>" in html
    place = re.search(r'href="(/page/[^"]+)\?at=(\d+)-(\d+)#at"', html)
    assert place
    with open_ledger(made[1]) as ledger:
        text = get_page(ledger, place[1].removeprefix("/page/")).text
    assert text[int(place[2]) : int(place[3])].startswith("There is no change and there will be none")


def test_words_of_a_reader_are_not_on_record(made: Made) -> None:
    assert ">Only outside the article</h2>" in show(made, "/check?quotation=The+order+is+fixed+in+mud")
    assert ">Not found</h2>" in show(made, "/check?quotation=Herons+never+lie+about+rain")


def test_the_ledgers_page_counts_and_lists_problems(made: Made) -> None:
    shown = text_of(show(made, "/ledger"))
    assert "statements 10" in shown
    assert "nothing was read: the file is empty saved/empty.html" in shown


@pytest.mark.parametrize("path", ["/", "/stories", "/speakers", "/pages", "/check", "/ledger"])
def test_an_empty_ledger_has_all_its_pages(tmp_path: Path, path: str) -> None:
    with open_ledger(tmp_path / "ledger", create=True):
        pass
    answer = ask(make_app(tmp_path / "ledger"), path)
    assert answer.status_code == 200
    if path not in ("/check", "/ledger"):
        assert "onrecord add PATH" in answer.text


@pytest.mark.parametrize(
    "path", ["/nothing", "/page/p0000", "/story/e99", "/speaker/Nobody", "/remark/r99", "/entry/s00"]
)
def test_what_is_not_there_is_told_on_a_page_that_leads_on(made: Made, path: str) -> None:
    html = show(made, path, 404)
    assert "<h1>Not found</h1>" in html
    assert path.rpartition("/")[2] in text_of(html)
    assert 'href="/stories"' in html


def test_a_parameter_that_is_no_number_is_answered_in_words(made: Made) -> None:
    assert "'offset' was 'x' here" in text_of(show(made, "/stories?offset=x", 400))
    assert "'offset' was '-1' here" in text_of(show(made, "/stories?offset=-1", 400))


def test_the_ledger_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing):
        make_app(tmp_path / "none")


class Nesting(HTMLParser):
    """Complains of tags left open, closed twice, links inside links, and blocks inside paragraphs."""

    VOID = frozenset({"meta", "link", "input", "br", "line", "circle"})
    BLOCKS = frozenset({"p", "div", "ol", "ul", "dl", "h1", "h2", "table", "form", "section", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open), f"a link inside a link: {attrs}"
        assert not (tag in self.BLOCKS and "p" in self.open), f"<{tag}> inside <p>"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {attrs}"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_every_page_is_well_formed(made: Made) -> None:
    with open_ledger(made[1]) as ledger:
        entries = search_entries(ledger)
        speakers = [one.speaker.id for one in list_speakers(ledger)]
    paths = [
        "/",
        "/?q=order",
        "/?q=by:nobody",
        "/stories",
        "/story/e01",
        "/speakers",
        "/pages",
        "/remark/r01",
    ]
    paths += ["/check?quotation=there+is+no+change+and+never+will+be", "/ledger", "/nothing"]
    paths += [f"/page/{id}" for id in made[2].values()] + [f"/speaker/{id}" for id in speakers]
    paths += [f"/page/{entry.page.id}?s={entry.id}" for entry in entries]
    for path in paths:
        nesting = Nesting()
        nesting.feed(ask(made[0], path).text)
        assert nesting.open == [], path


def test_a_remark_tells_its_first_hands_and_takes_typography_for_none(tmp_path: Path) -> None:
    quoted = (
        "“The north bridge isn’t ready and we’re not opening it,” Council leader Dana Ruel told reporters."
    )
    paragraphs = (
        (
            "Ruel: bridge not ready",
            quoted,
            "The repairs in Selm began in January, after the flood that damaged the north bridge.",
        ),
        (
            "North bridge in Selm stays shut, says Ruel",
            quoted.replace("’", "'").replace("“", '"').replace("”", '"').replace("it,", "it."),
            "Repairs of the north bridge in Selm began in January after the flood damage.",
        ),
    )
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        for headline, *lines in paragraphs:
            capture = make_capture("\n\n".join((headline, "March 11, 2031", *lines)))
            record_reading(ledger, capture, read(capture))
        link_pages(ledger)
        [id] = {entry.remark for entry in search_entries(ledger) if entry.remark}
    html = ask(make_app(tmp_path / "ledger"), f"/remark/{id}").text
    assert "the same words; only typography differs" in html
    assert "<ins>" not in html.partition("<table")[2]
    assert "Reached print by 2 first hands" in text_of(html)
    assert "names no other source" in text_of(html)
