"""Reviews in the browser and as JSON: our own forms change who is who, another site's change nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from ledger_pages import make_reading, new_ledger, say
from web_client import ask, text_of

from onrecord.ledger import get_speaker, open_ledger, record_reading
from onrecord.ledger.reviewing import list_reviews
from onrecord.views.web import make_app

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    with new_ledger(folder) as ledger:
        for n, name in enumerate(("Mara Ostrey", "M. Ostrey", "Mara Lind")):
            line = f"“Sentence {n} of the day,” {name} said."
            words = f"Sentence {n} of the day,"
            statement = say(line, words, who=name, cue="said", name=name, role="engineer")
            lines = [("paragraph", line)]
            record_reading(
                ledger, *make_reading(lines, [statement], published="2031-03-11", outlet="Northline")
            )  # type: ignore[arg-type]
    return folder


@pytest.fixture
def app(folder: Path) -> FastAPI:
    return make_app(folder)


@pytest.fixture
def find(folder: Path) -> Callable[[str], Any]:
    def find(name: str) -> Any:
        with open_ledger(folder) as ledger:
            return get_speaker(ledger, name)

    return find


def token_of(app: FastAPI, path: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', ask(app, path).text)
    assert found
    return found[1]


def send(app: FastAPI, path: str, fields: dict[str, Any], **headers: str) -> Any:
    body = urlencode(fields, doseq=True).encode()
    return ask(app, path, method="POST", headers=FORM | headers, body=body)


def test_a_form_merges_and_leads_to_the_speaker(app: FastAPI, find: Callable[[str], Any]) -> None:
    path = f"/speaker/{find('Mara Ostrey').speaker.id}"
    fields = {
        "token": token_of(app, path),
        "other": "Mara Lind",
        "by": "Ada Brill",
        "note": "married <in> May",
    }
    answer = send(app, f"{path}/merge", fields, origin="null", **{"sec-fetch-site": "same-origin"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{path}?done=v")
    shown = text_of(ask(app, answer.headers["location"]).text)
    assert "Two speakers are one now." in shown
    assert "Why: merged by Ada Brill on " in shown
    assert "married <in> May" in shown
    assert find("Mara Lind").entries == 3


def test_a_form_splits_by_name_and_by_page(app: FastAPI, find: Callable[[str], Any]) -> None:
    who = find("Mara Ostrey")
    path = f"/speaker/{who.speaker.id}"
    token = token_of(app, path)
    (page,) = [use.page.id for use in who.names if use.name == "M. Ostrey"]
    for chosen in ({"named": "M. Ostrey"}, {"on": page}):
        answer = send(app, f"{path}/split", {"token": token, **chosen})
        assert "One speaker is two now." in text_of(ask(app, answer.headers["location"]).text)
        assert find("Mara Ostrey").entries == 1
        review = answer.headers["location"].partition("done=")[2]
        undone = send(app, f"/reviews/{review}/undo", {"token": token_of(app, "/reviews"), "by": "Cy Dorn"})
        assert undone.headers["location"] == f"/reviews#{review}"
        assert find("Mara Ostrey").entries == 2


def test_the_list_of_reviews_undoes_and_redoes(
    app: FastAPI, folder: Path, find: Callable[[str], Any]
) -> None:
    assert "Nobody has reviewed anything yet." in text_of(ask(app, "/reviews").text)
    path = f"/speaker/{find('Mara Ostrey').speaker.id}"
    send(app, f"{path}/merge", {"token": token_of(app, path), "other": "Mara Lind"})
    with open_ledger(folder) as ledger:
        (review,) = list_reviews(ledger)
    for turn, entries, state in (("undo", 2, "undone"), ("redo", 3, "in force")):
        assert f'action="/reviews/{review.id}/{turn}"' in ask(app, "/reviews").text
        send(app, f"/reviews/{review.id}/{turn}", {"token": token_of(app, "/reviews")})
        assert find("Mara Ostrey").entries == entries
        assert f"One speaker {state}" in text_of(ask(app, "/reviews").text)


def test_a_name_that_fits_several_lists_them(app: FastAPI, find: Callable[[str], Any]) -> None:
    path = f"/speaker/{find('Mara Ostrey').speaker.id}"
    send(app, f"{path}/split", {"token": token_of(app, path), "named": "M. Ostrey"})
    shown = ask(app, "/speaker/Ostrey")
    assert shown.status_code == 200
    assert "Who is meant by “Ostrey”? 2 speakers fit this name." in text_of(shown.text)
    assert shown.text.count('<a href="/speaker/k') == 2


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        (None, {}),
        ("", {}),
        ("wrong", {}),
        ("right", {"origin": "https://elsewhere.example"}),
        ("right", {"origin": "http://127.0.0.1:9999"}),
        ("right", {"sec-fetch-site": "cross-site"}),
        ("right", {"origin": "null", "sec-fetch-site": "same-site"}),
    ],
)
def test_a_form_of_another_site_changes_nothing(
    app: FastAPI, folder: Path, find: Callable[[str], Any], token: str | None, headers: dict[str, str]
) -> None:
    path = f"/speaker/{find('Mara Ostrey').speaker.id}"
    fields = {"other": "Mara Lind"}
    if token is not None:
        fields["token"] = token_of(app, path) if token == "right" else token
    answer = send(app, f"{path}/merge", fields, **headers)
    assert answer.status_code == 400
    assert "nothing was changed" in text_of(answer.text)
    with open_ledger(folder) as ledger:
        assert list_reviews(ledger) == []


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("merge", {}, "the form names nobody"),
        ("merge", {"other": "M. Ostrey"}, "are one speaker already"),
        ("merge", {"other": "Nobody"}, "no speaker is named"),
        ("split", {}, "no name and no page was chosen"),
        ("split", {"named": ["Mara Ostrey", "M. Ostrey"]}, "would take all names"),
    ],
)
def test_a_form_that_makes_no_sense_is_told(
    app: FastAPI, find: Callable[[str], Any], act: str, fields: dict[str, Any], words: str
) -> None:
    path = f"/speaker/{find('Mara Ostrey').speaker.id}"
    answer = send(app, f"{path}/{act}", {"token": token_of(app, path), **fields})
    assert answer.status_code in (400, 404)
    assert words in text_of(answer.text)


def test_a_form_that_is_too_long_is_refused(app: FastAPI) -> None:
    answer = ask(app, "/speaker/k0/merge", method="POST", headers=FORM, body=b"x=" + b"y" * 1_000_001)
    assert answer.status_code == 400
    assert "more than 1,000,000 bytes" in text_of(answer.text)


def test_json_gives_reviews_and_lists_them(app: FastAPI, find: Callable[[str], Any]) -> None:
    given = ask(
        app,
        "/api/reviews",
        method="POST",
        headers=JSON,
        json={"kind": "merge", "speaker": "Mara Ostrey", "other": "Mara Lind", "by": "Ada Brill"},
    )
    assert given.status_code == 200
    done = given.json()
    assert (done["review"]["kind"], done["review"]["by"], len(done["pages"])) == ("merge", "Ada Brill", 3)
    assert find("Lind").entries == 3
    (listed,) = ask(app, "/api/reviews").json()["reviews"]
    assert (listed["id"], listed["state"]) == (done["review"]["id"], "in force")
    for body in (
        {"kind": "undo", "review": listed["id"]},
        {"kind": "redo", "review": listed["id"]},
        {"kind": "split", "speaker": "Mara Ostrey", "names": ["Mara Lind"]},
    ):
        assert ask(app, "/api/reviews", method="POST", headers=JSON, json=body).status_code == 200
    assert find("Lind").entries == 1
    shown = ask(app, f"/api/speakers/{find('Mara Ostrey').speaker.id}").json()["speaker"]
    assert next(use["why"] for use in shown["names"]) == "the name itself"
    assert shown["roles"] == [{"role": "engineer", "pages": 2, "since": "2031-03-11", "until": "2031-03-11"}]


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({"content-type": "text/plain"}, {"kind": "undo", "review": "v1"}, "send it as application/json"),
        (
            JSON | {"origin": "https://elsewhere.example"},
            {"kind": "undo", "review": "v1"},
            "from another site",
        ),
        (JSON, {"kind": "undo"}, "undo needs `review`"),
        (JSON, {"kind": "merge", "speaker": "Mara Ostrey"}, "merge needs `other`"),
        (JSON, {"kind": "merge"}, "merge needs `speaker`"),
        (JSON, {"kind": "bless", "speaker": "Mara Ostrey"}, "'kind' was 'bless' here"),
    ],
)
def test_json_that_cannot_be_carried_out_is_told(
    app: FastAPI, headers: dict[str, str], body: dict[str, str], words: str
) -> None:
    answer = ask(app, "/api/reviews", method="POST", headers=headers, json=body)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_a_ledger_that_another_program_writes_to_says_so(app: FastAPI, folder: Path) -> None:
    with open_ledger(folder, write=True):
        answer = ask(
            app,
            "/api/reviews",
            method="POST",
            headers=JSON,
            json={"kind": "merge", "speaker": "Mara Ostrey", "other": "Mara Lind"},
        )
    assert answer.status_code == 503
    assert "another program" in answer.json()["error"]
    assert ask(app, "/speakers").status_code == 200
