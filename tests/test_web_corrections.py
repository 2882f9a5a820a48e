"""What is wrong is said in the browser and as JSON: of a statement, a page, and what belongs together."""

import re
from collections.abc import Callable
from html import unescape
from json import dumps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from ledger_pages import make_reading, new_ledger, say
from web_client import ask, text_of

from onrecord.across import link_pages
from onrecord.ledger import (
    get_entry,
    get_page,
    list_pages,
    list_stories,
    open_ledger,
    record_reading,
    search_entries,
)
from onrecord.ledger.reviewing import list_reviews
from onrecord.types import Entry, Role, Span, Statement, When
from onrecord.views.statement_form import read_edges, read_statement
from onrecord.views.web import make_app

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
DAY = "2031-03-11"
LOUD = "<script>alert(1)</script><b>"

WIRE = (
    "“No gate of the upper dam opens before the river has fallen,” Mara Ostrey told reporters in Selm.",
    "“The boats stay where they are until May,” Tobin Vale said.",
    "Engineers walked along the spillway for an hour and counted the cracks in the concrete of the dam.",
)
OTHER = (
    "“No gate of the upper dam opens before the river has fallen,” Mara Ostrey told reporters.",
    "“We count the boats,” Jana Friel said last week.",
    "Engineers walked along the spillway for an hour and counted the cracks in the old concrete.",
)


def statements_of(text: str, lines: tuple[str, ...]) -> list[Statement]:
    found = []
    for line in lines[:2]:
        words, _, rest = line.removeprefix("“").partition("” ")
        name = " ".join(rest.split()[:2])
        weeks = When(value=None, candidates=("2031-03-03", "2031-03-04")) if "last week" in line else None
        found.append(
            say(
                text, words, who=name, cue=rest.split()[2].rstrip("."), name=name, role="engineer", when=weeks
            )
        )
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    with new_ledger(folder) as ledger:
        for n, paragraphs in enumerate((WIRE, OTHER)):
            lines: list[tuple[Role, str]] = [("headline", f"Gates of the dam {n} {LOUD}")]
            lines += [("paragraph", line) for line in paragraphs]
            text = "\n".join(words for _, words in lines)
            record_reading(
                ledger,
                *make_reading(
                    lines,
                    statements_of(text, paragraphs),
                    published=DAY,
                    outlet=("Northline", "Selm Courier")[n],
                    uri=f"https://news{n}.example/gates",
                ),
            )
        link_pages(ledger)
    return folder


@pytest.fixture
def app(folder: Path) -> FastAPI:
    return make_app(folder)


@pytest.fixture
def find(folder: Path) -> Callable[[str], Entry]:
    def find(words: str) -> Entry:
        with open_ledger(folder) as ledger:
            return search_entries(ledger, words)[0]

    return find


def fields_of(html: str, action: str) -> dict[str, list[str]]:
    """Return what a browser would send of a form that nobody touched."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.DOTALL)
    assert found, action
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", found[0]):
        given = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if given.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if "name" in given:
            fields.setdefault(given["name"], []).append(given.get("value", ""))
    for name, value in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', found[0], re.DOTALL
    ):
        # Browsers send every line end as CR LF.
        fields.setdefault(name, []).append(unescape(value).replace("\n", "\r\n"))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', found[0], re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = [chosen[1] if chosen else re.findall(r'<option value="([^"]*)"', options)[0]]
    return fields


def post(app: FastAPI, path: str, fields: dict[str, Any], **headers: str) -> Any:
    body = urlencode(fields, doseq=True).encode()
    return ask(app, path, method="POST", headers=FORM | headers, body=body)


def send(app: FastAPI, at: str, path: str, **changed: Any) -> Any:
    """Fill in a form as it is shown at an address, but for some fields, and send it."""
    return post(app, path, {**fields_of(ask(app, at).text, path), **changed})


def correct(app: FastAPI, entry: Entry, **changed: Any) -> Any:
    path = f"/entry/{entry.id}/correct"
    return send(app, path, path, **changed)


def follow(app: FastAPI, answer: Any) -> tuple[str, str]:
    assert answer.status_code == 303, text_of(answer.text)
    html = ask(app, answer.headers["location"].partition("#")[0]).text
    return html, text_of(html)


def undo(app: FastAPI, html: str) -> Any:
    found = re.search(r'action="(/reviews/v[0-9a-f]+/(?:undo|redo))"', html)
    assert found
    return post(app, found[1], fields_of(html, found[1]))


def value_of(html: str, name: str) -> str:
    (path,) = set(re.findall(rf'name="who" value="(\w+)"[^<]*<span><bdi>{name}<', html))
    return str(path)


def reviews(folder: Path) -> int:
    with open_ledger(folder) as ledger:
        return len(list_reviews(ledger))


def test_every_list_of_statements_leads_to_the_form(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    entry = find("gate")
    assert entry.remark
    with open_ledger(folder) as ledger:
        story = list_stories(ledger)[0].id
    assert entry.speaker
    for path in (
        "/",
        f"/speaker/{entry.speaker.id}",
        f"/story/{story}",
        f"/remark/{entry.remark}",
        f"/page/{entry.page.id}?s={entry.id}",
        "/check?quotation=No+gate+of+the+upper+dam+opens",
    ):
        html = ask(app, path).text
        (link, *_) = re.findall(r'href="(/entry/s[0-9a-f]+/correct)"', html) or [""]
        assert ask(app, link).status_code == 200, path


def test_somebody_else_said_it_and_it_is_undone_with_one_press(
    app: FastAPI, find: Callable[[str], Entry]
) -> None:
    entry = find("boats stay")
    html = ask(app, f"/entry/{entry.id}/correct").text
    answer = correct(app, entry, who=value_of(html, "Mara Ostrey"), by="Ada Brill", note="the tape <says> so")
    assert answer.headers["location"].startswith(f"/page/{entry.page.id}?s={entry.id}&done=v")
    html, shown = follow(app, answer)
    assert "Corrected. said by: Tobin Vale, engineer → Mara Ostrey, engineer. Review v" in shown
    assert find("boats stay").speaker != entry.speaker
    html, shown = follow(app, undo(app, html))
    assert "Undone. said by: Mara Ostrey, engineer → Tobin Vale, engineer." in shown
    assert find("boats stay").speaker == entry.speaker
    _, shown = follow(app, undo(app, html))
    assert "In force again. said by: Tobin Vale, engineer → Mara Ostrey, engineer." in shown
    listed = text_of(ask(app, "/reviews").text)
    assert "Statement corrected in force" in listed
    assert "said by Mara Ostrey, engineer" in listed
    assert "the tape <says> so" in listed


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "Jana Friel", "who": "other"}, "said by: Tobin Vale, engineer → Jana Friel."),
        ({"name": "Jana Friel"}, "said by: Tobin Vale, engineer → Jana Friel."),
        ({"name": "Mara Ostrey; Jana Friel"}, "said by: Tobin Vale, engineer → Mara Ostrey; Jana Friel."),
        (
            {"name": "a boatman", "type": "unnamed", "role": "owner of two boats"},
            "→ a boatman, owner of two boats.",
        ),
        ({"name": "Dam Board", "type": "institution"}, "→ Dam Board."),
        ({"who": "nobody"}, "said by: Tobin Vale, engineer → nobody named."),
        ({"role": "boatman"}, "said by: Tobin Vale, engineer → Tobin Vale, boatman."),
        ({"role": ""}, "said by: Tobin Vale, engineer → Tobin Vale."),
        ({"kind": "indirect"}, "kind: direct → indirect."),
        ({"polarity": "denied"}, "polarity: said → denied."),
        ({"said_on": "2031-03-10"}, "said on: not known → 2031-03-10 (outside)."),
        ({"words": ["The boats stay"]}, "words: The boats stay where they are until May, → The boats stay."),
        ({"words": ["The boats", "until May"]}, "→ The boats … until May."),
        ({"via": "Vesna\r\nHarbour Radio"}, "by way of: nobody → Vesna < Harbour Radio."),
        ({"addressee": "fishermen"}, "said to: nobody named → fishermen."),
    ],
)
def test_all_of_a_statement_can_be_corrected_and_undone(
    app: FastAPI, find: Callable[[str], Entry], changed: dict[str, Any], told: str
) -> None:
    entry = find("boats stay")
    html, shown = follow(app, correct(app, entry, **changed))
    assert told in shown
    follow(app, undo(app, html))
    assert find("boats stay") == entry


def test_words_given_by_their_characters(app: FastAPI, find: Callable[[str], Entry]) -> None:
    entry = find("boats stay")
    start = entry.spans.content[0].start
    _, shown = follow(app, correct(app, entry, edges=f"{start}-{start + 9}"))
    assert "→ The boats." in shown
    form = ask(app, f"/entry/{entry.id}/correct").text
    assert f"now {start}-{start + 9}" in form


def test_a_day_that_is_open_is_chosen_or_left_unknown(app: FastAPI, find: Callable[[str], Entry]) -> None:
    entry = find("count the boats")
    form = text_of(ask(app, f"/entry/{entry.id}/correct").text)
    assert "3 March 2031 4 March 2031 It can’t be known Another day" in form
    _, shown = follow(app, correct(app, entry, day="2031-03-04"))
    assert "said on: 2031-03-03 or 2031-03-04 → 2031-03-04 (outside)." in shown
    assert find("count the boats").said_on == "2031-03-04"
    _, shown = follow(app, correct(app, entry, day="nobody"))
    assert "said on: 2031-03-04 (outside) → not known." in shown


def test_a_false_statement_is_hidden_shown_struck_and_put_back(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    entry = find("boats stay")
    html, shown = follow(app, correct(app, entry, statement="no", by="Ada Brill"))
    assert "Corrected. statement: yes → no: it is shown no more." in shown
    assert re.search(r'class="[a-z ]*\bdropped\b', html)
    assert 'class="cites"' not in html
    plain = ask(app, f"/page/{entry.page.id}").text
    assert "dropped" not in plain
    assert entry.id not in plain
    assert entry.id not in ask(app, "/?q=boats").text
    listed = ask(app, "/reviews").text
    assert f'href="/entry/{entry.id}?reviewed=1"' in listed
    led = ask(app, f"/entry/{entry.id}?reviewed=1").headers["location"]
    assert led == f"/page/{entry.page.id}?s={entry.id}#{entry.id}"
    again = ask(app, f"/page/{entry.page.id}?s={entry.id}")
    assert "Somebody decided that this is no statement" in text_of(again.text)
    assert "Somebody decided that this is no statement" in text_of(
        ask(app, f"/entry/{entry.id}/correct").text
    )
    path = f"/entry/{entry.id}/correct"
    _, shown = follow(app, post(app, path, fields_of(again.text, path)))
    assert "statement: no → yes: it is shown again." in shown
    assert find("boats stay").content == entry.content
    assert reviews(folder) == 2


def test_only_what_was_changed_in_the_form_is_corrected(app: FastAPI, find: Callable[[str], Entry]) -> None:
    entry = find("boats stay")
    path = f"/entry/{entry.id}/correct"
    old = fields_of(ask(app, path).text, path)
    follow(app, correct(app, entry, role="boatman"))
    _, shown = follow(app, post(app, path, {**old, "polarity": "denied"}))
    assert "Corrected. polarity: said → denied. Review" in shown
    now = find("boats stay")
    assert now.speaker
    assert (now.speaker.role, now.polarity) == ("boatman", "denied")


LONG = "x" * 100_000


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "nothing was changed in the form"),
        ({"who": "other"}, "no name typed"),
        ({"who": "nobody", "name": "Jana Friel"}, "somebody was chosen and the name “Jana Friel” was typed"),
        ({"who": "k000", "name": ""}, "no speaker is named 'k000'"),
        ({"name": "k0123456789abcdef"}, "no speaker is named 'k0123456789abcdef'"),
        ({"name": "..."}, "the name is empty"),
        ({"name": LONG}, "has 100,000 characters"),
        ({"name": "Jana \x00\u202eFriel"}, "characters that nobody can see"),
        ({"type": "person"}, "no name; write the name"),
        ({"name": "Jana Friel", "type": "ghost"}, "is none; choose person"),
        ({"role": LONG}, "the role has 100,000 characters"),
        ({"who": "nobody", "role": "boatman"}, "nobody can’t have a role"),
        ({"kind": "shouted"}, "the kind “shouted” is none"),
        ({"said_on": "2031-02-30"}, "is '2031-02-30', which is no date"),
        ({"said_on": "2031-04-01"}, "2031-04-01 is later than the page"),
        ({"day": "other"}, "“Another day” was chosen and none typed"),
        ({"day": "nobody", "said_on": "2031"}, "a day was chosen and “2031” was typed"),
        ({"words": ["The ships stay"]}, "do not stand in the lines of this statement"),
        ({"words": [LONG]}, "do not stand in the lines of this statement"),
        ({"words": []}, "all the words were taken away"),
        ({"edges": "0-4"}, "in other lines than the statement"),
        ({"edges": "0-99999"}, "are not on the page"),
        ({"edges": "9-1"}, "are not on the page"),
        ({"edges": "four"}, "the characters “four” can’t be read"),
        ({"edges": "1-2", "words": ["boats"]}, "give one of the two"),
        ({"name": "a;" * 60}, "60 speakers were given"),
        ({"via": "Vesna\n" * 60}, "60 carriers were given"),
        ({"via": "\u202e"}, "the carrier"),
        ({"addressee": LONG}, "the addressee has 100,000 characters"),
        ({"polarity": "denied", "by": LONG}, "the name of who decides has 100,000 characters"),
        ({"polarity": "denied", "note": LONG}, "the reason has 100,000 characters"),
        ({"polarity": "denied", "shown": "{]"}, "the form can't be read"),
    ],
)
def test_what_makes_no_sense_is_told_above_the_form_which_keeps_it(
    app: FastAPI, folder: Path, find: Callable[[str], Entry], changed: dict[str, Any], told: str
) -> None:
    entry = find("boats stay")
    answer = correct(app, entry, **changed)
    assert answer.status_code in (400, 404)
    shown = text_of(answer.text)
    assert "Nothing was changed." in shown
    assert told.lower() in shown.lower()
    assert (reviews(folder), find("boats stay")) == (0, entry)
    kept = fields_of(answer.text, f"/entry/{entry.id}/correct")
    for name, value in changed.items():
        if (
            name in ("name", "role", "said_on", "edges", "addressee", "by", "note")
            and value
            and value.isprintable()
        ):
            assert kept[name] == [value]


def test_what_was_typed_of_a_statement_that_is_gone_is_not_lost(
    app: FastAPI, find: Callable[[str], Entry]
) -> None:
    path = f"/entry/{find('gate').id}/correct"
    fields = fields_of(ask(app, path).text, path)
    answer = post(app, "/entry/s0000000000000000/correct", {**fields, "name": "Jana <i>Friel</i>"})
    assert answer.status_code == 404
    assert "no statement of this ledger has the id" in text_of(answer.text)
    assert "Somebody else Jana <i>Friel</i>" in text_of(answer.text)
    assert "<i>Friel" not in answer.text
    assert ask(app, "/entry/s0000000000000000/correct").status_code == 404


def test_a_ledger_in_use_is_told_on_the_form(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    entry = find("gate")
    with open_ledger(folder, write=True):
        answer = correct(app, entry, name="Jana Friel")
    assert answer.status_code == 503
    assert "another program" in text_of(answer.text)
    assert fields_of(answer.text, f"/entry/{entry.id}/correct")["name"] == ["Jana Friel"]


def forms(entry: Entry) -> list[str]:
    return [
        *(f"/entry/{entry.id}/{act}" for act in ("correct", "apart", "same")),
        *(f"/page/{entry.page.id}/{act}" for act in ("facts", "apart")),
    ]


def test_a_form_of_another_site_changes_nothing(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    entry = find("gate")
    good = fields_of(ask(app, f"/entry/{entry.id}/correct").text, f"/entry/{entry.id}/correct")
    fields = {**good, "statement": "no", "outlet": "Elsewhere", "shown": "{}"}
    for path in forms(entry):
        for changed, headers in (
            ({"token": "wrong"}, {}),
            ({"token": ""}, {}),
            ({}, {"origin": "https://elsewhere.example"}),
            ({}, {"sec-fetch-site": "cross-site"}),
        ):
            answer = post(app, path, {**fields, **changed}, **headers)
            assert answer.status_code == 400
            assert "nothing was changed" in text_of(answer.text)
    assert reviews(folder) == 0


def test_what_people_type_is_never_markup(app: FastAPI, folder: Path, find: Callable[[str], Entry]) -> None:
    entry = find("boats stay")
    html, shown = follow(
        app,
        correct(app, entry, name=f"Jana {LOUD}", role=f"role {LOUD}", by=f"Ada {LOUD}", note=f"why {LOUD}"),
    )
    assert f"Jana {LOUD}" in shown
    facts = f"/page/{entry.page.id}/facts"
    html += follow(app, send(app, facts, facts, outlet=f"Outlet {LOUD}", by=f"Ada {LOUD}"))[0]
    for path in (f"/entry/{entry.id}/correct", facts, "/reviews", "/", f"/page/{entry.page.id}"):
        html += ask(app, path).text
    assert "<script>alert" not in html
    assert "</script><b>" not in html.replace("</script>\n", "")


def test_what_is_known_of_a_page_is_put_right_and_undone(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    page = find("boats stay").page
    path = f"/page/{page.id}/facts"
    html, shown = follow(
        app,
        send(app, path, path, outlet="The Slope", authors="Lena Aske\r\nPiet Aldous", published="2031-03-12",
             captured_at="2031-03-14", by="Ada Brill"),
    )  # fmt: skip
    assert "Put right. published: 2031-03-11 → 2031-03-12." in shown
    assert "outlet: Northline → The Slope." in shown
    assert re.search(
        r"Outlet The Slope told by Ada Brill on \d{4}-\d\d-\d\d; the page itself: Northline", shown
    )
    assert re.search(
        r"Published 12 Mar 2031 told by Ada Brill on [0-9-]+; the page itself: 11 Mar 2031", shown
    )
    assert "Piet Aldous told by Ada Brill" in shown
    assert "the page itself does not say" in shown
    form = text_of(ask(app, path).text)
    assert "As the page has it again" in form
    follow(app, undo(app, html))
    with open_ledger(folder) as ledger:
        assert get_page(ledger, page.id).page == page


def test_a_told_fact_is_taken_back_by_its_box_or_by_emptying_it(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    page = find("boats stay").page
    path = f"/page/{page.id}/facts"
    for back in ({"unset": "outlet"}, {"outlet": ""}):
        follow(app, send(app, path, path, outlet="The Slope"))
        _, shown = follow(app, send(app, path, path, **back))
        assert "outlet: The Slope → Northline." in shown
        with open_ledger(folder) as ledger:
            assert get_page(ledger, page.id).page == page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "nothing was changed in the form"),
        ({"published": "2031-02-30"}, "which is no date"),
        ({"published": "2031-03-12", "captured_at": "2031-03-01"}, "is later than 2031-03-01"),
        ({"outlet": ""}, "“Outlet” was emptied"),
        ({"outlet": LONG}, "the outlet has 100,000 characters"),
        ({"outlet": "\u2066Slope"}, "characters that nobody can see"),
        ({"authors": "\n".join(f"Author {n}" for n in range(60))}, "60 authors were given"),
        ({"uri": "javascript:alert(1)"}, "is none of a page"),
        ({"uri": "gazette.example"}, "is none of a page"),
    ],
)
def test_facts_that_make_no_sense_are_told_above_the_form(
    app: FastAPI, folder: Path, find: Callable[[str], Entry], changed: dict[str, Any], told: str
) -> None:
    path = f"/page/{find('gate').page.id}/facts"
    answer = send(app, path, path, by="Ada Brill", **changed)
    assert answer.status_code == 400
    assert told.lower() in text_of(answer.text).lower()
    assert reviews(folder) == 0
    kept = fields_of(answer.text, path)
    for name, value in changed.items():
        if value and value.isprintable():
            assert kept[name] == [value]


def test_a_page_of_another_ledger_is_told_with_what_was_typed(
    app: FastAPI, find: Callable[[str], Entry]
) -> None:
    path = f"/page/{find('gate').page.id}/facts"
    fields = fields_of(ask(app, path).text, path)
    answer = post(app, "/page/p0000000000000000/facts", {**fields, "outlet": "The Slope"})
    assert answer.status_code == 404
    assert "Outlet The Slope" in text_of(answer.text)
    assert ask(app, "/page/p0000000000000000/facts").status_code == 404


def test_an_article_leaves_its_story_and_comes_back(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    with open_ledger(folder) as ledger:
        (story,) = list_stories(ledger)
        pages = [page.id for page in list_pages(ledger)]
    assert {one.page.id for one in story.pages} == set(pages)
    answer = send(app, f"/story/{story.id}", f"/page/{pages[0]}/apart", by="Ada Brill")
    html, shown = follow(app, answer)
    assert "Taken out of the story." in shown
    assert "Gates of the dam" in shown.partition("Taken out of the story.")[2][:30]
    with open_ledger(folder) as ledger:
        assert get_page(ledger, pages[0]).story is None
    assert "taken out of" in text_of(ask(app, "/reviews").text)
    _, shown = follow(app, undo(app, html))
    assert "Undone." in shown
    with open_ledger(folder) as ledger:
        assert len({get_page(ledger, id).story for id in pages}) == 1


def test_a_wording_is_another_remark_and_the_same_again(
    app: FastAPI, folder: Path, find: Callable[[str], Entry]
) -> None:
    entry = find("gate")
    html, shown = follow(app, send(app, f"/remark/{entry.remark}", f"/entry/{entry.id}/apart"))
    assert "Taken out of the remark." in shown
    assert find_remark(folder, entry) != entry.remark
    # Both ways back: the button, and saying that the two are one.
    html, _ = follow(app, undo(app, html))
    undo(app, html)
    with open_ledger(folder) as ledger:
        other = next(one for one in search_entries(ledger, "gate") if one.id != entry.id)
    form = ask(app, f"/entry/{entry.id}/correct").text
    assert f'name="one" value="{other.id}"' in form
    for fields in (
        {"one": other.id},
        {"other": other.id},
        {"other": f"http://127.0.0.1:8000/entry/{other.id}"},
        {"other": f"/page/{other.page.id}?s={other.id}#{other.id}"},
    ):
        html, shown = follow(
            app, send(app, f"/entry/{entry.id}/correct", f"/entry/{entry.id}/same", **fields)
        )
        assert "One remark now." in shown
        assert find_remark(folder, entry) == find_remark(folder, other)
        undo(app, html)


def find_remark(folder: Path, entry: Entry) -> str | None:
    with open_ledger(folder) as ledger:
        return get_entry(ledger, entry.id).remark


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "no statement was chosen"),
        ({"other": "s0000"}, "no statement of this ledger has the id"),
        ({"other": "https://elsewhere.example/x"}, "no statement of this ledger has the id"),
        ({"other": "SELF"}, "are one statement"),
        ({"other": "s" * 1000}, "no statement of this ledger has the id"),
        ({"other": "s" * 100_000}, "has 100,000 characters"),
    ],
)
def test_remarks_that_cannot_be_joined_are_told(
    app: FastAPI, folder: Path, find: Callable[[str], Entry], fields: dict[str, str], told: str
) -> None:
    entry = find("boats stay")
    given = {name: value.replace("SELF", entry.id) for name, value in fields.items()}
    answer = send(app, f"/entry/{entry.id}/correct", f"/entry/{entry.id}/same", **given)
    assert told.lower() in text_of(answer.text).lower()
    assert reviews(folder) == 0
    alone = send(app, f"/entry/{entry.id}/correct", f"/entry/{entry.id}/same")
    token = fields_of(alone.text, f"/entry/{entry.id}/same")["token"]
    apart = post(app, f"/entry/{entry.id}/apart", {"token": token})
    assert "is taken for the same as no other" in text_of(apart.text)


def test_a_review_of_a_statement_that_no_reading_has_is_open(
    app: FastAPI, folder: Path, tmp_path: Path
) -> None:
    from onrecord.across import reviewed
    from onrecord.ledger.reviewing import export_reviews

    with open_ledger(folder, write=True) as ledger:
        entry = search_entries(ledger, "boats stay")[0]
        reviewed.correct(ledger, entry.id, reviewed.Correction(polarity="denied"))
        given = list(export_reviews(ledger))
    lines: list[tuple[Role, str]] = [("headline", f"Gates of the dam 0 {LOUD}")]
    lines += [("paragraph", line) for line in WIRE]
    with new_ledger(tmp_path / "other") as ledger:
        record_reading(ledger, *make_reading(lines, [], published=DAY, uri="https://news0.example/gates"))
        reviewed.load(ledger, given)
    shown = text_of(ask(make_app(tmp_path / "other"), "/reviews").text)
    assert "Statement corrected open" in shown
    assert "no statement here has these words now" in shown


def give(app: FastAPI, **body: Any) -> Any:
    return ask(app, "/api/reviews", method="POST", headers=JSON, json=body)


def test_json_gives_every_kind_of_review(app: FastAPI, folder: Path, find: Callable[[str], Entry]) -> None:
    entry, gate = find("boats stay"), find("gate")
    with open_ledger(folder) as ledger:
        other = next(one for one in search_entries(ledger, "gate") if one.id != gate.id)
    bodies: list[dict[str, Any]] = [
        {
            "kind": "correct",
            "statement": entry.id,
            "change": {"speaker": ["Jana Friel"], "said_on": "2031-03-10"},
        },
        {
            "kind": "correct",
            "statement": entry.id,
            "change": {"no_day": True, "edges": [list(entry.spans.content[0])]},
        },
        {"kind": "correct", "statement": entry.id, "change": {"statement": False}},
        {
            "kind": "tell",
            "pages": [entry.page.id],
            "facts": {"outlet": "The Slope", "authors": ["Lena Aske"]},
        },
        {"kind": "tell", "pages": [entry.page.id], "facts": {"unset": ["outlet"]}},
        {"kind": "not-one-remark", "statement": gate.id},
        {"kind": "one-remark", "statement": gate.id, "other": other.id},
        {"kind": "not-one-story", "pages": [entry.page.id]},
    ]
    for body in bodies:
        done = give(app, **body, by="Ada Brill", note="the tape")
        assert done.status_code == 200, done.text
        assert (done.json()["review"]["kind"], done.json()["review"]["by"]) == (body["kind"], "Ada Brill")
    listed = ask(app, "/api/reviews").json()["reviews"]
    assert [one["kind"] for one in reversed(listed)] == [body["kind"] for body in bodies]
    assert {one["state"] for one in listed} <= {"in force", "overruled"}
    for one in listed:
        assert give(app, kind="undo", review=one["id"]).status_code == 200
    assert find("boats stay") == entry


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"kind": "correct"}, "correct needs `statement`"),
        ({"kind": "correct", "statement": "ID"}, "correct needs `change`"),
        ({"kind": "correct", "statement": "ID", "change": {}}, "nothing was corrected"),
        ({"kind": "correct", "statement": "ID", "change": {"speakr": ["Jana Friel"]}}, "'speakr'"),
        ({"kind": "correct", "statement": "ID", "change": {"kind": "shouted"}}, "'kind' was 'shouted' here"),
        ({"kind": "correct", "statement": "ID", "change": {"said_on": "2031-02-30"}}, "which is no date"),
        ({"kind": "correct", "statement": "ID", "change": {"edges": [[0, 9999]]}}, "are not on the page"),
        ({"kind": "correct", "statement": "ID", "change": {"speaker": [LONG]}}, "100,000 characters"),
        (
            {"kind": "correct", "statement": "ID", "change": {"no_day": True}, "by": LONG},
            "who decides has 100,000",
        ),
        (
            {"kind": "correct", "statement": "ID", "pages": ["p"], "change": {"no_day": True}},
            "takes no `pages`",
        ),
        (
            {"kind": "correct", "statement": "ID", "change": {"speaker": ["k0123456789abcdef"]}},
            "no speaker is named",
        ),
        ({"kind": "correct", "statement": "s-none", "change": {"no_day": True}}, "has the id 's-none'"),
        ({"kind": "tell", "facts": {"outlet": "The Slope"}}, "tell needs `pages`"),
        ({"kind": "tell", "pages": ["p00"], "facts": {"outlet": "The Slope"}}, "p00"),
        ({"kind": "tell", "pages": ["PAGE"], "facts": {"outlet": "Northline"}}, "has all of that already"),
        ({"kind": "tell", "pages": ["PAGE"], "facts": {"colour": "red"}}, "'colour'"),
        ({"kind": "not-one-story", "pages": ["PAGE", "PAGE"]}, "one page at a time"),
        ({"kind": "undo", "review": LONG}, "`review` has 100,000 characters"),
        ({"kind": "undo", "review": "\ud800"}, "holds half a character"),
        ({"kind": "correct", "statement": "\ud800", "change": {"no_day": True}}, "holds half a character"),
        ({"kind": "tell", "pages": ["\ud800"], "facts": {"outlet": "X"}}, "holds half a character"),
        (
            {"kind": "tell", "pages": ["PAGE"], "facts": {"outlet": "\ud800X"}},
            "characters that nobody can see",
        ),
        (
            {"kind": "correct", "statement": "ID", "change": {"said_on": "\u0662\u0660\u0663\u0661"}},
            "no date",
        ),
        (
            {"kind": "correct", "statement": "ID", "change": {"edges": [[1, 2, 3]]}},
            "Change it in what you send",
        ),
        ({"kind": "undo", "review": "v" * 1900}, "no review has the id"),
        ({"kind": "tell", "pages": ["p" * 1900], "facts": {"outlet": "X"}}, "no page of the ledger"),
        ({"kind": "tell", "pages": ["p"] * 1001, "facts": {"outlet": "X"}}, "send less at a time"),
        ({"kind": "correct", "statement": "s" * 1900, "change": {"no_day": True}}, "no statement of this"),
        ({"kind": "correct", "statement": "ID", "change": {"via": ["Vesna"] * 51}}, "51 carriers were given"),
        ({"kind": "one-remark", "statement": "ID"}, "one-remark needs `other`"),
        ({"kind": "not-one-remark", "statement": "ID"}, "is taken for the same as no other"),
    ],
)
def test_json_that_cannot_be_carried_out_is_told(
    app: FastAPI, folder: Path, find: Callable[[str], Entry], body: dict[str, Any], told: str
) -> None:
    entry = find("boats stay")
    given = {
        name: entry.id if value == "ID" else [entry.page.id if one == "PAGE" else one for one in value]
        if isinstance(value, list) else value
        for name, value in body.items()
    }  # fmt: skip
    # As JSON of ASCII alone, which can say half a character.
    answer = ask(app, "/api/reviews", method="POST", headers=JSON, body=dumps(given).encode())
    assert answer.status_code in (400, 404), answer.text
    assert told in answer.json()["error"]
    assert reviews(folder) == 0


def test_more_than_a_review_can_hold_is_refused(app: FastAPI) -> None:
    answer = give(app, kind="merge", speaker="x" * 2_100_000)
    assert answer.status_code == 413
    assert "may have 2,000,000 bytes" in answer.json()["error"]


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("s12ab", "s12ab"),
        (" s12ab ", "s12ab"),
        ("http://127.0.0.1:8000/entry/s12ab", "s12ab"),
        ("/page/p1?s=s12ab#s12ab", "s12ab"),
        ("nothing", "nothing"),
    ],
)
def test_a_statement_is_known_by_its_id_or_its_link(typed: str, id: str) -> None:
    assert read_statement(typed) == id


def test_characters_are_read_as_people_write_them() -> None:
    assert read_edges("412-509, 560 – 601") == (Span(412, 509), Span(560, 601))


@pytest.mark.parametrize("done", ["", "v", "v0", "x" * 5000, "%00", "<b>", "v%"])
def test_an_address_that_names_no_review_shows_the_page(
    app: FastAPI, find: Callable[[str], Entry], done: str
) -> None:
    entry = find("gate")
    correct(app, entry, polarity="denied")
    correct(app, entry, polarity="said")
    for path in (f"/page/{entry.page.id}?s={entry.id}", f"/remark/{entry.remark}?", f"/story/{entry.story}?"):
        answer = ask(app, f"{path}&done={done}")
        assert answer.status_code == 200
        assert 'id="done"' not in answer.text


def test_odd_characters_of_a_page_do_not_seem_changed(tmp_path: Path) -> None:
    line = "“Gates\x01 open\u202e at\r noon,” Mara Ostrey said."
    odd = say(
        line,
        "Gates\x01 open\u202e at\r noon,",
        who="Mara Ostrey",
        cue="said",
        name="Mara Ostrey",
        role="chief\nof gates",
    )
    with new_ledger(tmp_path / "odd") as ledger:
        record_reading(
            ledger, *make_reading([("paragraph", line)], [odd], published=DAY, outlet="The\nSlope")
        )
        (entry,) = search_entries(ledger)
    app = make_app(tmp_path / "odd")
    _, shown = follow(app, correct(app, entry, polarity="denied"))
    assert "Corrected. polarity: said → denied. Review" in shown
    path = f"/page/{entry.page.id}/facts"
    assert "Nothing was changed in the form" in text_of(send(app, path, path).text)


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{", b"\xff", b"", b"null", b"[]", b'"x"'])
def test_what_is_no_review_is_told(app: FastAPI, body: bytes) -> None:
    answer = ask(app, "/api/reviews", method="POST", headers=JSON, body=body)
    assert answer.status_code == 400
    told = answer.json()["error"]
    assert any(words in told for words in ("send it as docs/api.md shows", "Change it in what you send"))
