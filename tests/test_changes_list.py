"""Changed statements over a ledger: the command, the page in the browser, JSON and the feed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from adding import Shell
from changed_ledger import LOUD, Said, make_changed, put_version
from fastapi import FastAPI
from ledger_pages import make_reading, new_ledger, say
from sqlalchemy import event
from web_client import ask, text_of

from onrecord.across import Change, Changes, find_changes, link_pages
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import get_page, open_ledger, record_reading
from onrecord.views.web import make_app

ATOM = "{http://www.w3.org/2005/Atom}"
OSTREY, DORVIK = "Mara Ostrey", "Hanne Dorvik"
LAW, WRITING = "The order is fixed in law and stays", "The order is fixed in writing and stays"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("changes") / "ledger"


@pytest.fixture(scope="module")
def ids(folder: Path) -> dict[str, str]:
    return make_changed(folder)


@pytest.fixture(scope="module")
def app(folder: Path, ids: dict[str, str]) -> FastAPI:
    return make_app(folder)


@pytest.fixture
def changed(shell: Shell, folder: Path, ids: dict[str, str]) -> Shell:
    shell.ledger = folder
    return shell


def found_in(folder: Path, **asked: Any) -> Changes:
    with open_ledger(folder) as ledger:
        return find_changes(ledger, **asked)


def kinds(changes: Sequence[Change]) -> list[str]:
    return [change.kind for change in changes]


def test_every_change_is_listed_the_newest_version_first(folder: Path, ids: dict[str, str]) -> None:
    found = found_in(folder)
    assert kinds(found.changes) == [
        "given to somebody else",
        "withdrawn",
        "added",
        "altered",
        "named otherwise",
        "altered",
        "only in one of them",
        "only in one of them",
    ]
    assert [change.order_known for change in found.changes] == [True] * 6 + [False] * 2
    saved = [change.after_page.captured_at or "" for change in found.changes]
    assert saved == sorted(saved, reverse=True)
    assert found.next is None


def test_only_pages_with_several_versions_are_compared(folder: Path, ids: dict[str, str]) -> None:
    assert found_in(folder).compared == 5


def test_what_is_asked_of_the_database_does_not_grow_with_pages_that_are_alone(tmp_path: Path) -> None:
    asked: list[list[str]] = []
    for alone in (1, 40):
        with new_ledger(tmp_path / str(alone)) as ledger:
            put_version(ledger, "order", [(OSTREY, LAW)], saved="2031-03-11")
            put_version(ledger, "order", [(OSTREY, WRITING)], saved="2031-03-12")
            for n in range(alone):
                put_version(ledger, f"alone-{n}", [(DORVIK, f"Boat number {n} runs in the morning")])
            link_pages(ledger)
            told: list[str] = []
            event.listen(
                ledger.engine, "before_cursor_execute", lambda *given, told=told: told.append(given[2])
            )
            assert len(find_changes(ledger).changes) == 1
            asked.append(told)
    assert asked[0] == asked[1]


def test_texts_are_not_read_where_the_statements_are_the_same(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        for day in ("11", "12"):
            more = [f"The council met on the {day}th."]
            put_version(ledger, "order", [(OSTREY, LAW)], saved=f"2031-03-{day}", more=more)
        link_pages(ledger)
        told: list[str] = []
        event.listen(ledger.engine, "before_cursor_execute", lambda *given: told.append(given[2]))
        found = find_changes(ledger)
    assert (found.compared, found.changes) == (1, ())
    assert not [question for question in told if "pages.text," in question]


def test_a_change_has_both_wordings_and_the_places_of_what_differs(folder: Path, ids: dict[str, str]) -> None:
    [change] = found_in(folder, page=ids["order"]).changes
    assert change.words == (f"{LAW},", f"{WRITING},")
    [difference] = change.differences
    first, second = difference.first, difference.second
    assert first
    assert second
    assert (first.of(f"{LAW},"), second.of(f"{WRITING},")) == ("law", "writing")
    assert change.before
    assert change.after
    assert (change.before.page.id, change.after.page.id) == (change.before_page.id, ids["order"])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"by": "Dorvik"}, ["given to somebody else"]),
        ({"by": "Finch"}, ["added", "only in one of them"]),
        ({"outlet": "harbour gazette"}, ["given to somebody else", "withdrawn", "added"]),
        ({"since": "2031-03-14"}, ["given to somebody else", "withdrawn", "added"]),
        ({"since": "2031-03-12", "outlet": "The Selm Courier"}, ["altered"]),
        ({"since": "2032"}, []),
        ({"by": "Ostrey", "since": "2031-03-14"}, ["given to somebody else", "withdrawn"]),
    ],
)
def test_filters_narrow(
    folder: Path, ids: dict[str, str], asked: dict[str, str], expected: list[str]
) -> None:
    assert kinds(found_in(folder, **asked).changes) == expected


def test_what_nobody_bears_is_told_with_what_is_near(folder: Path, ids: dict[str, str]) -> None:
    with pytest.raises(NotFound, match="Hanne Dorvik"):
        found_in(folder, by="Hanne Dorvig")
    with pytest.raises(NotFound, match="The Selm Courier"):
        found_in(folder, outlet="Selm Courrier")
    with pytest.raises(BadRequest, match="2022-11"):
        found_in(folder, since="yesterday")
    with pytest.raises(BadRequest, match="1 or more"):
        found_in(folder, limit=0)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("most", [1, 2, 100])
def test_a_stretch_at_a_time_the_list_is_the_same(
    folder: Path, ids: dict[str, str], limit: int, most: int
) -> None:
    whole = [change.id for change in found_in(folder).changes]
    told: list[str] = []
    stretch = found_in(folder, limit=limit, most=most)
    for _ in range(20):
        assert len(stretch.changes) <= limit
        assert stretch.compared <= most
        told += [change.id for change in stretch.changes]
        if stretch.next is None:
            break
        stretch = found_in(folder, limit=limit, most=most, start=stretch.next)
    assert told == whole


@pytest.mark.parametrize("start", ["", "p1", "p0123456789abcdef.0", "p0123456789abcdef.-1", "0", "9" * 400])
def test_a_place_that_is_not_in_the_list_is_told(folder: Path, ids: dict[str, str], start: str) -> None:
    with pytest.raises(BadRequest, match="Leave out `start`"):
        found_in(folder, start=start)


def test_an_id_stays_when_the_order_of_versions_becomes_known(tmp_path: Path) -> None:
    said: list[Said] = [(OSTREY, LAW)]
    other: list[Said] = [(OSTREY, WRITING)]
    with new_ledger(tmp_path / "open") as ledger:
        for one in (said, other):
            put_version(ledger, "order", one, published=None)
        link_pages(ledger)
        [unknown] = find_changes(ledger).changes
    with new_ledger(tmp_path / "known") as ledger:
        put_version(ledger, "order", other, published=None, saved="2031-03-11")
        put_version(ledger, "order", said, published=None, saved="2031-03-12")
        link_pages(ledger)
        [known] = find_changes(ledger).changes
    assert (unknown.order_known, known.order_known) == (False, True)
    assert unknown.id == known.id


def test_a_version_that_is_added_late_is_put_between(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        put_version(ledger, "order", [(OSTREY, LAW)], saved="2031-03-11")
        last = put_version(ledger, "order", [(OSTREY, WRITING)], saved="2031-03-13")
        link_pages(ledger)
        put_version(ledger, "gates", [(DORVIK, LAW)], saved="2031-03-20")
        put_version(ledger, "gates", [(OSTREY, LAW)], saved="2031-03-21")
        middle = put_version(
            ledger, "order", [(OSTREY, "The order is fixed in stone and stays")], saved="2031-03-12"
        )
        link_pages(ledger)
        by_version = [
            (one.before_page.id, one.after_page.id) for one in find_changes(ledger, page=last).changes
        ]
        recorded = [one.after_page.id for one in find_changes(ledger, recorded=True).changes]
    assert [middle in pair for pair in by_version] == [True, True]
    assert by_version[0][1] == last
    # What a feed tells first is what was not there before, though its versions are older.
    assert set(recorded[:2]) == {middle, last}
    assert len(recorded) == 3


def test_the_same_bytes_read_by_two_programs_change_nothing(tmp_path: Path) -> None:
    line = f"“{LAW}, and in stone,” said {OSTREY}."
    with new_ledger(tmp_path / "ledger") as ledger:
        for version, words in (("text-1", LAW), ("text-2", f"{LAW}, and in stone,")):
            said = say(line, words, who=OSTREY, name=OSTREY)
            capture, reading = make_reading([("paragraph", line)], [said], uri="https://courier.example/read")
            page = replace(reading.page, text_version=version)
            record_reading(ledger, capture, replace(reading, page=page))
        link_pages(ledger)
        found = find_changes(ledger)
    assert (found.compared, found.changes) == (1, ())


def test_a_page_that_is_alone_has_no_change(folder: Path, ids: dict[str, str]) -> None:
    assert found_in(folder, page="https://courier.example/alone") == Changes(
        changes=(), next=None, compared=0
    )


def test_what_somebody_says_is_no_statement_was_not_withdrawn(shell: Shell) -> None:
    with new_ledger(shell.ledger) as ledger:
        put_version(ledger, "order", [(OSTREY, LAW)], saved="2031-03-11")
        put_version(ledger, "order", [], saved="2031-03-12")
        link_pages(ledger)
        [change] = find_changes(ledger).changes
    assert change.before
    assert shell("correct", change.before.id, "--not-a-statement") == 0
    assert shell("changes") == 1


def test_the_command_shows_both_wordings_and_both_pages(changed: Shell, ids: dict[str, str]) -> None:
    assert changed("changes", ids["order"]) == 0
    assert "Altered" in changed.out
    assert "“The order is fixed in [-law-]{+writing+} and stays”" in changed.out
    assert "wording: law → writing" in changed.out
    assert changed.out.count("https://courier.example/order") == 2
    assert "saved 11 Mar 2031 08:00 UTC" in changed.out
    assert ids["order"] in changed.out


def test_where_nobody_knows_the_order_the_command_never_says_withdrawn(
    changed: Shell, ids: dict[str, str]
) -> None:
    assert changed("changes", ids["unordered"]) == 0
    assert "withdrawn" not in changed.out.casefold()
    assert "added" not in changed.out.casefold()
    assert changed.out.count("Only in one of them") == 2
    assert "Nobody knows which version came first." in changed.out


def test_the_command_says_that_there_are_more(changed: Shell) -> None:
    assert changed("changes", "--limit", "1") == 0
    assert "--limit 0 shows all" in changed.out
    assert changed("changes", "--limit", "0") == 0
    assert "more" not in changed.out.splitlines()[-1]


def test_the_command_answers_with_json(changed: Shell, ids: dict[str, str]) -> None:
    assert changed("changes", "--json", "--by", "Dorvik") == 0
    answer = json.loads(changed.out)
    [change] = answer["changes"]
    assert answer["more"] is False
    assert change["kind"] == "given to somebody else"
    assert [change[side]["speaker"]["name"] for side in ("before", "after")] == [OSTREY, DORVIK]
    assert change["changes"] == [["We opened two gates before dawn"] * 2]


def test_nothing_found_ends_with_1_and_says_what_to_do(changed: Shell, tmp_path: Path, good: Path) -> None:
    assert changed("changes", "--since", "2032") == 1
    assert "with these filters" in changed.err
    changed.ledger = tmp_path / "other"
    assert changed("add", good) == 0
    assert changed("changes") == 1
    assert "save a page again" in changed.err


@pytest.mark.parametrize(
    "words", [["--by", "Nobody Atall"], ["nosuchpage"], ["--since", "31-31"], ["--limit", "-1"]]
)
def test_wrong_input_to_the_command_is_told(changed: Shell, words: list[str]) -> None:
    assert changed("changes", *words) in (1, 2)
    assert changed.out == ""
    assert changed.err.startswith("onrecord: ")


def test_the_api_gives_the_same_a_stretch_at_a_time(app: FastAPI, changed: Shell) -> None:
    assert changed("changes", "--json") == 0
    whole = json.loads(changed.out)["changes"]
    assert ask(app, "/api/changes").json() == {"changes": whole, "next": None, "compared": 5}
    told, address = [], "/api/changes?limit=3"
    while address:
        answer = ask(app, address).json()
        told += answer["changes"]
        address = answer["next"]
    assert told == whole


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/changes?by=Nobody+Atall", 404),
        ("/api/changes?page=p999", 404),
        ("/api/changes?since=31", 400),
        ("/api/changes?limit=0", 400),
        ("/api/changes?limit=2000", 400),
        ("/api/changes?start=p0", 400),
    ],
)
def test_wrong_questions_to_the_api_are_told(app: FastAPI, address: str, status: int) -> None:
    answer = ask(app, address)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_the_page_shows_the_changes_and_keeps_what_was_typed(app: FastAPI, ids: dict[str, str]) -> None:
    html = ask(app, "/changes").text
    shown = text_of(html)
    assert "Given to somebody else Mara Ostrey → Hanne Dorvik" in shown
    assert "The order is fixed in <del>law</del> <ins>writing</ins> and stays" in html
    assert 'href="/changes.atom"' in html
    wrong = ask(app, "/changes?by=Nobody+Atall&since=2031")
    assert wrong.status_code == 400
    assert 'value="Nobody Atall"' in wrong.text
    assert "no speaker is named" in text_of(wrong.text)


@pytest.mark.parametrize("path", ["/changes", "/changes.atom"])
def test_empty_fields_of_the_form_ask_for_nothing(app: FastAPI, path: str) -> None:
    assert ask(app, f"{path}?by=&outlet=+&since=&page=").status_code == 200


def test_readers_are_led_to_the_changes(app: FastAPI, folder: Path, ids: dict[str, str]) -> None:
    with open_ledger(folder) as ledger:
        page = get_page(ledger, ids["order"])
    speaker = page.entries[0].speaker
    assert speaker
    assert f'href="/changes?page={ids["order"]}"' in ask(app, f"/page/{ids['order']}/versions").text
    assert f'href="/changes?by={speaker.id}"' in ask(app, f"/speaker/{speaker.id}").text
    assert 'href="/changes"' in ask(app, "/ledger").text


def test_what_pages_say_is_never_obeyed_on_the_page(app: FastAPI, ids: dict[str, str]) -> None:
    html = ask(app, "/changes").text
    assert "<script" not in html
    assert "<img" not in html


class Tags(HTMLParser):
    """The elements of a piece of HTML and the addresses in it, as a feed reader would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def read_feed(app: FastAPI, path: str = "/changes.atom") -> ElementTree.Element:
    answer = ask(app, path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_the_feed_has_what_the_standard_asks_for(app: FastAPI) -> None:
    feed = read_feed(app)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 8
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries):
        assert text(element, "id").startswith("urn:uuid:")
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert text(feed, "updated") == max(text(entry, "updated") for entry in entries)
    author = feed.find(f"{ATOM}author")
    assert author is not None
    assert text(author, "name") == "Onrecord"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://127.0.0.1:8000/changes.atom",
        "alternate": "http://127.0.0.1:8000/changes",
    }
    for entry in entries:
        [content] = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
        assert content.text
        [link] = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        there = urlsplit(link.get("href") or "")
        assert there.fragment in ask(app, f"{there.path}?{there.query}").text


def test_the_same_ledger_gives_the_same_feed(app: FastAPI) -> None:
    assert ask(app, "/changes.atom").content == ask(app, "/changes.atom").content


def test_a_narrowed_feed_is_another_feed_of_the_same_items(app: FastAPI) -> None:
    whole, some = read_feed(app), read_feed(app, "/changes.atom?outlet=Harbour+Gazette")
    assert text(whole, "id") != text(some, "id")
    items = [text(entry, "id") for entry in some.findall(f"{ATOM}entry")]
    assert len(items) == 3
    assert set(items) < {text(entry, "id") for entry in whole.findall(f"{ATOM}entry")}


def test_a_feed_has_no_more_than_is_asked_for(app: FastAPI) -> None:
    assert len(read_feed(app, "/changes.atom?limit=2").findall(f"{ATOM}entry")) == 2


def test_a_feed_of_nothing_is_a_feed(tmp_path: Path) -> None:
    new_ledger(tmp_path / "empty").close()
    feed = read_feed(make_app(tmp_path / "empty"))
    assert feed.findall(f"{ATOM}entry") == []
    assert text(feed, "updated")


def test_hostile_words_stay_words_in_the_feed(app: FastAPI) -> None:
    feed = read_feed(app)
    everything = "".join(feed.itertext())
    assert not {"\x0b", "\ufffe", "\u202e"} & set(everything)
    contents = [Tags(entry.findtext(f"{ATOM}content") or "") for entry in feed.iter(f"{ATOM}entry")]
    assert not {"script", "img", "svg"} & set().union(*(one.tags for one in contents))
    assert all(
        link.startswith(("http://127.0.0.1:8000/", "https://")) for one in contents for link in one.links
    )
    [loud] = [entry for entry in feed.iter(f"{ATOM}entry") if "gates stay shut" in "".join(entry.itertext())]
    shown = text_of(loud.findtext(f"{ATOM}content") or "")
    assert LOUD[:25] in shown


def test_a_feed_asked_for_under_another_name_is_refused(app: FastAPI) -> None:
    assert ask(app, "/changes.atom", host="evil.example").status_code == 400
