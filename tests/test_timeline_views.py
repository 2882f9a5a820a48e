"""Timelines as people and programs get them: command line, JSON, CSV, the page in the browser."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import ask
from fastapi import FastAPI
from ledger_pages import make_reading, new_ledger, say
from web_client import ask as ask_web
from web_client import text_of

from onrecord import add_pages
from onrecord.ledger import Ledger, get_page, list_speakers, list_stories, open_ledger, record_reading
from onrecord.types import When
from onrecord.views.columns import HIGH, MOST, make_columns
from onrecord.views.timeline import Line, Place, Timeline, read_timeline
from onrecord.views.web import make_app

CREWS = "Crews of the Valley Council took over the control house of Orrin Dam on Tuesday"
LOUD = "=HYPERLINK(1) <script>alert(1)</script> sank on Tuesday in the middle of the Selm and was gone."


@pytest.fixture(scope="module")
def demo_ledger(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timelines") / "ledger"
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [demo])
    return folder


@pytest.fixture(scope="module")
def story(demo_ledger: Path) -> str:
    """The story of the dam."""
    with open_ledger(demo_ledger) as ledger:
        return next(one.id for one in list_stories(ledger) if "Gates" in (one.title or ""))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages: one means harm, one leaves its day open, and both quote Mara Ostrey."""
    folder = tmp_path_factory.mktemp("small") / "ledger"
    with new_ledger(folder) as ledger:
        said = f"{LOUD}\n“The river is nobody’s,” Mara Ostrey said."
        when = When(value=None, candidates=("2031-03-10", "2030-03-11"))
        record_reading(
            ledger,
            *make_reading(
                [
                    ("headline", "=1+1 <b>Boats</b>"),
                    ("paragraph", LOUD),
                    ("paragraph", said.split("\n")[1]),
                    ("comment", "My own boat sank on Sunday in the very same place, says my goat."),
                ],
                [],
                published="2031-03-12",
                outlet="=Selm()",
                uri="https://selm.example/boats",
            ),
        )
        line = "“The river is nobody’s,” Mara Ostrey said on a Monday."
        statement = say(
            line, "The river is nobody’s,", who="Mara Ostrey", cue="said", name="Mara Ostrey", when=when
        )
        record_reading(ledger, *make_reading([("paragraph", line)], [statement], outlet="Northline"))
    return folder


def lines_of(timeline: Timeline) -> Iterator[Line]:
    yield from timeline.lines
    yield from timeline.open


def text_at(ledger: Ledger, place: Place) -> list[str]:
    text = get_page(ledger, place.page.id).text
    return [span.of(text) for span in place.spans]


def test_every_lines_words_stand_at_its_spans(demo_ledger: Path, story: str) -> None:
    with open_ledger(demo_ledger) as ledger:
        found = read_timeline(ledger, story=story)
        assert {line.kind for line in found.lines} == {"event", "remark"}
        for line in lines_of(found):
            for place in (line.place, *line.also):
                assert text_at(ledger, place) == list(place.words)


def test_what_articles_tell_alike_is_one_line_and_a_copy_counts_once(demo_ledger: Path, story: str) -> None:
    out = ask("timeline", "--story", story, ledger=demo_ledger).out
    [at] = [n for n, line in enumerate(out.splitlines()) if CREWS in line]
    told = out.splitlines()[at + 1]
    assert "Harbour Gazette, Northline, Dellmoor Blog; 3 articles, 2 independent outlets" in told
    assert "inferred, “Tuesday”, published 11 Mar 2031" in told


def test_lines_stand_in_the_order_of_their_days(demo_ledger: Path, story: str) -> None:
    found = ask("--json", "timeline", "--story", story, ledger=demo_ledger).json
    days = [line["day"] for line in found["lines"]]
    assert days == sorted(days)
    assert found["story"] == story
    assert all(line["day"] is None and line["candidates"] for line in found["open"])


def test_a_limit_keeps_what_most_tell(demo_ledger: Path, story: str) -> None:
    found = ask("--json", "timeline", "--story", story, "--limit", "1", ledger=demo_ledger).json
    [line] = found["lines"]
    assert line["independent"] == 2
    assert found["more"] > 5
    out = ask("timeline", "--story", story, "--limit", "1", ledger=demo_ledger).out
    assert f"{found['more'] + found['more_open']} more; --limit 0 lists all." in out


def test_the_newest_version_of_a_page_speaks(demo_ledger: Path, story: str) -> None:
    out = ask("timeline", "--story", story, ledger=demo_ledger).out
    assert "About 2,400 households" in out
    assert "About 4,200 households" not in out


def test_a_speakers_timeline_has_their_remarks_alone(demo_ledger: Path) -> None:
    found = ask("--json", "timeline", "--by", "Lann", ledger=demo_ledger).json
    remarks = [line for line in found["lines"] if line["kind"] == "remark"]
    assert {line["entry"]["speaker"]["name"] for line in remarks} == {"Ivo Lann"}
    assert found["title"] == "Ivo Lann"


def test_a_subjects_timeline_has_events_of_pages_about_it(demo_ledger: Path) -> None:
    found = ask("--json", "timeline", "--about", "gates", ledger=demo_ledger).json
    events = [line["place"]["words"][0] for line in found["lines"] if line["kind"] == "event"]
    assert any("Two of the six gates" in words for words in events)


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        ((), 2, "nothing was given; name a story's id"),
        (("--story", ""), 2, "nothing was given"),
        (("--about", "order", "--by", "Lann"), 2, "by and about was given"),
        (("--by", "Nobody Known"), 1, "no speaker is named 'Nobody Known'"),
        (("--about", "zeppelins"), 1, "no statement has 'zeppelins'; try fewer words"),
        (("--about", "?!"), 1, "has '?!'"),
        (("--story", "t000"), 1, "t000"),
    ],
)
def test_what_can_not_be_answered_says_what_to_do(
    demo_ledger: Path, asked: tuple[str, ...], code: int, told: str
) -> None:
    done = ask("timeline", *asked, ledger=demo_ledger)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_csv_and_json_are_not_asked_for_at_once(demo_ledger: Path, story: str) -> None:
    done = ask("--json", "timeline", "--story", story, "--csv", ledger=demo_ledger)
    assert "leave one of them away" in done.json["error"]["message"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_a_line_with_its_place(demo_ledger: Path, story: str) -> None:
    found = ask("--json", "timeline", "--story", story, "--limit", "0", ledger=demo_ledger).json
    written = rows(ask("timeline", "--story", story, "--limit", "0", "--csv", ledger=demo_ledger).out)
    lines = [*found["lines"], *found["open"]]
    assert [row["day"] for row in written] == [line["day"] or "" for line in lines]
    assert [row["page_id"] for row in written] == [line["place"]["page"]["id"] for line in lines]
    spans = [" ".join(f"{a}-{b}" for a, b in line["place"]["spans"]) for line in lines]
    assert [row["spans"] for row in written] == spans
    assert {row["kind"] for row in written} == {"event", "remark"}


def test_a_cell_that_a_spreadsheet_would_run_is_text(small: Path) -> None:
    [row] = rows(ask("timeline", "--about", "boats", "--csv", ledger=small).out)
    assert row["words"] == "'" + LOUD
    assert row["page_headline"].startswith("'=1+1")
    assert row["page_outlet"] == "'=Selm()"


def test_what_a_page_prints_is_never_markup(small: Path) -> None:
    page = ask_web(make_app(small), "/timeline?about=boats").text
    assert "<script>alert" not in page
    assert "<b>Boats" not in page
    assert "=HYPERLINK(1) <script>alert(1)</script> sank on Tuesday" in text_of(page)
    assert "my goat" not in page


def test_a_remark_whose_day_is_open_stands_apart(small: Path) -> None:
    found = ask("--json", "timeline", "--by", "Ostrey", ledger=small).json
    assert found["lines"] == []
    [line] = found["open"]
    assert line["candidates"] == ["2031-03-10", "2030-03-11"]
    out = ask("timeline", "--by", "Ostrey", ledger=small).out
    assert "2030-03-11 or 2031-03-10 (unresolved)" in out.partition("Day open")[2]
    page = text_of(ask_web(make_app(small), "/timeline?by=Ostrey").text)
    assert page.partition("Day open")[2].count("10 Mar 2031 or 11 Mar 2030") == 1


@pytest.fixture(scope="module")
def app(demo_ledger: Path) -> FastAPI:
    return make_app(demo_ledger)


def test_of_too_many_pages_and_statements_the_newest_are_taken_and_it_is_told(
    demo_ledger: Path, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.views.timeline.MOST_PAGES", 2)
    monkeypatch.setattr("onrecord.views.timeline.MOST_SAID", 20)
    monkeypatch.setattr("onrecord.views.timeline_matter.MOST_SAID", 20)
    found = ask("--json", "timeline", "--story", story, ledger=demo_ledger).json
    assert (found["pages"], found["unread"], found["newest"]) == (2, 5, True)
    out = ask("timeline", "--story", story, ledger=demo_ledger).out
    assert "Not read for events, as too many: 5 older articles." in out
    assert "Too many statements; these are of the newest 20 statements." in out


def test_the_api_answers_as_the_command_line(app: FastAPI, demo_ledger: Path, story: str) -> None:
    answer: Any = ask_web(app, f"/api/timeline?story={story}").json()
    assert answer == ask("--json", "timeline", "--story", story, "--limit", "0", ledger=demo_ledger).json
    described = ask_web(app, "/api/openapi.json").json()["paths"]["/api/timeline"]["get"]
    assert {one["name"] for one in described["parameters"]} == {"story", "by", "about", "limit"}


def test_the_api_says_what_is_wrong(app: FastAPI) -> None:
    answer = ask_web(app, "/api/timeline")
    assert (answer.status_code, "nothing was given" in answer.json()["error"]) == (400, True)
    answer = ask_web(app, "/api/timeline?about=zeppelins")
    assert answer.status_code == 404


def test_a_storys_and_a_speakers_page_lead_to_their_timelines(
    app: FastAPI, demo_ledger: Path, story: str
) -> None:
    assert f'href="/timeline?story={story}"' in ask_web(app, f"/story/{story}").text
    with open_ledger(demo_ledger) as ledger:
        who = list_speakers(ledger)[0].speaker.id
    assert f'href="/timeline?by={who}"' in ask_web(app, f"/speaker/{who}").text


def test_a_search_about_words_leads_to_their_timeline(app: FastAPI) -> None:
    page = ask_web(app, "/?q=about:%22the+%3Cgates%22").text
    assert 'href="/timeline?about=the%20%3Cgates"' in page


def test_the_page_links_each_line_to_its_place(app: FastAPI, demo_ledger: Path, story: str) -> None:
    page = ask_web(app, f"/timeline?story={story}").text
    with open_ledger(demo_ledger) as ledger:
        found = read_timeline(ledger, story=story)
    for number, line in enumerate(found.lines):
        assert f'id="l{number}"' in page
        start, end = line.place.spans[0]
        link = f"?s={line.entry.id}#{line.entry.id}" if line.entry else f"?at={start}-{end}#at"
        assert f"/page/{line.place.page.id}{link}" in page
    event = next(line for line in found.lines if line.kind == "event")
    start, end = event.place.spans[0]
    there = ask_web(app, f"/page/{event.place.page.id}?at={start}-{end}").text
    assert event.place.words[0] in text_of(there)


def test_the_page_offers_json_and_csv(app: FastAPI, story: str) -> None:
    page = ask_web(app, f"/timeline?story={story}").text
    assert f'href="/api/timeline?story={story}"' in page
    assert f'href="/timeline.csv?story={story}"' in page
    answer = ask_web(app, f"/timeline.csv?story={story}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert rows(answer.text)


def test_the_form_keeps_what_was_typed(app: FastAPI) -> None:
    assert ask_web(app, "/timeline").status_code == 200
    answer = ask_web(app, "/timeline?about=zeppelins+%3Cb%3E")
    assert answer.status_code == 404
    assert 'value="zeppelins &lt;b&gt;"' in answer.text


def line_of(day: str, kind: Any = "event") -> Line:
    return Line(
        kind=kind,
        day=day,
        candidates=(),
        known="printed",
        how="printed",
        place=Place(page=None, spans=(), words=()),  # type: ignore[arg-type]
        also=(),
        outlets=(),
        independent=1,
        articles=1,
    )


def test_a_column_is_a_day_and_leads_to_its_first_line() -> None:
    lines = [line_of("2031-03-09"), line_of("2031-03-11"), line_of("2031-03-11", "remark")]
    first, second = make_columns(lines)
    assert (first.title, first.first, first.labels) == ("9 March 2031: 1 event", 0, ("9", "Mar", "2031"))
    assert (second.title, second.first) == ("11 March 2031: 1 event, 1 remark", 1)
    assert (second.labels, second.dots, second.apart) == (("11", "", ""), ("event", "remark"), True)


def test_days_next_to_each_other_share_a_column_where_there_is_no_room() -> None:
    days = [f"2031-03-{day:02d}" for day in range(1, 16)]
    columns = make_columns([line_of("2030-09"), *(line_of(day) for day in days)])
    assert len(columns) == MOST
    assert columns[0].labels == ("Sep", "", "2030")
    assert columns[1].title == "1 to 7 March 2031: 7 events"
    assert columns[1].labels == ("1–7", "Mar", "2031")
    assert sum(len(column.dots) + column.more for column in columns) == 16


def test_a_column_never_grows_beyond_the_screen() -> None:
    [column] = make_columns([line_of("2031-03-11")] * 500)
    assert (len(column.dots), column.more) == (HIGH, 500 - HIGH)
    assert make_columns([]) == []


def test_a_day_that_the_story_settles_is_no_open_day(tmp_path: Path) -> None:
    words = "The ferry runs again,"
    line = f"“{words}” Mara Ostrey said on Tuesday."
    when = When(value="2031-03-11", known="inferred", candidates=("2031-03-11", "2025-03-11"))
    statement = say(line, words, who="Mara Ostrey", cue="said", name="Mara Ostrey", when=when)
    with new_ledger(tmp_path / "ledger") as opened:
        record_reading(opened, *make_reading([("paragraph", line)], [statement], outlet="Northline"))
    out = ask("timeline", "--by", "Ostrey", ledger=tmp_path / "ledger").out
    assert "2031-03-11 (inferred)" in out
    assert "Day open" not in out
