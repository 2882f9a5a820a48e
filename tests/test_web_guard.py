"""Who may ask the web application, what its answers may load, and that hostile pages stay text."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi import FastAPI
from made_ledger import make_ledger, make_reading, say
from web_client import ask

from onrecord.ledger import get_page, open_ledger, record_reading, search_entries
from onrecord.types import Problem, Speaker
from onrecord.views.scripts import COPY_SCRIPT
from onrecord.views.show import FOLDER
from onrecord.views.visible import find_link
from onrecord.views.web import make_app

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>\u202egnorw\x00\x07"


RULES = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guard") / "ledger"
    make_ledger(folder)
    return folder


@pytest.fixture(scope="module")
def app(folder: Path) -> FastAPI:
    return make_app(folder)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:8000", "[::1]"]
)
def test_this_machines_own_names_are_answered(app: FastAPI, host: str) -> None:
    assert ask(app, "/ledger", host=host).status_code == 200


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8000", "127.0.0.1.rebound.example", "[::2]", ""]
)
@pytest.mark.parametrize("path", ["/", "/api/entries", "/static/onrecord.css"])
def test_another_name_for_this_machine_is_refused(app: FastAPI, host: str, path: str) -> None:
    answer = ask(app, path, host=host)
    assert answer.status_code == 400
    assert "answers to 127.0.0.1 and localhost only" in answer.text


def test_with_a_password_any_name_will_do_but_nobody_else(folder: Path) -> None:
    app = make_app(folder, auth=("desk", "sélm:1"))
    assert ask(app, "/", host="ledger.example", auth=("desk", "sélm:1")).status_code == 200
    for wrong in (None, ("desk", "selm"), ("dask", "sélm:1"), ("", "")):
        for path in ("/", "/api/entries", "/static/onrecord.css"):
            answer = ask(app, path, host="ledger.example", auth=wrong)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    "header", ["Basic", "Basic ~~~", "Basic ZGVzaw==", "Bearer ZGVzazp4", "basic " + "A" * 9999]
)
def test_a_broken_password_header_is_refused_and_not_tripped_over(folder: Path, header: str) -> None:
    app = make_app(folder, auth=("desk", "x"))
    assert ask(app, "/", headers={"authorization": header}).status_code == 401


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/api/entries", "/api/nothing", "/static/onrecord.css", "/stories?offset=x"]
)
def test_every_answer_has_the_safe_headers(app: FastAPI, path: str) -> None:
    headers = ask(app, path).headers
    rules = headers["content-security-policy"]
    assert rules == RULES
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


def statement_path(folder: Path) -> str:
    with open_ledger(folder) as ledger:
        entry = search_entries(ledger)[0]
    return f"/page/{entry.page.id}?s={entry.id}"


def test_one_script_may_run_where_statements_are_cited_and_its_bytes_are_named(
    app: FastAPI, folder: Path
) -> None:
    answer = ask(app, statement_path(folder))
    scripts = re.findall(r"<script[^>]*>.*?</script>", answer.text, re.DOTALL)
    [code] = [script.removeprefix("<script>").removesuffix("</script>") for script in scripts]
    assert code == (FOLDER / "static" / "copy.js").read_text(encoding="utf-8")
    digest = b64encode(sha256(code.encode()).digest()).decode()
    # No 'self', no 'unsafe-inline', no 'unsafe-eval': these bytes and no others.
    assert answer.headers["content-security-policy"] == f"{RULES}; script-src 'sha256-{digest}'"


def test_the_script_asks_nobody_and_makes_no_markup() -> None:
    code = (FOLDER / "static" / "copy.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|import", code)
    assert not re.search(r"fetch|XMLHttp|WebSocket|sendBeacon|EventSource|https?:|\bsrc\b|location", code)
    assert "</" not in code


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/page/p1", "/api/entries", "/api/entries/s1"])
def test_nothing_can_be_changed(app: FastAPI, method: str, path: str) -> None:
    assert ask(app, path, method=method).status_code == 405


def test_fastapis_own_pages_that_load_from_elsewhere_are_off(app: FastAPI) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert ask(app, path).status_code == 404


def test_no_page_names_another_host_as_a_source(app: FastAPI) -> None:
    for path in ("/", "/stories", "/story/e01", "/speakers", "/check", "/ledger", "/pages", "/remark/r01"):
        html = ask(app, path).text
        assert not re.findall(r"(?:src|action)=\"(?!/)[^\"]*\"", html)
        assert "<script" not in html
        assert "style=" not in html  # The rules forbid it: it would be ignored.
        for link in re.findall(r"<link [^>]*>", html):
            assert 'href="/static/' in link


def test_the_web_framework_reports_nothing_to_anybody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://observer.example")
    app = make_app(folder)
    assert app._telemetry["auto_configure"] is False
    assert not app._native_telemetry.enabled()


@pytest.mark.parametrize(
    ("uri", "safe"),
    [
        ("https://northline.example/a", True),
        ("http://northline.example", True),
        ("HTTPS://northline.example/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//northline.example", False),
        ("https:", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(uri: str | None, safe: bool) -> None:
    assert (find_link(uri) is not None) is safe


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[FastAPI, Path, str]:
    """A ledger whose one page tries everything, in every field that is shown."""
    folder = tmp_path_factory.mktemp("hostile") / "ledger"
    text = f"{EVIL} said: “{EVIL}” {'w' * 5000}"
    said = say(
        f"{EVIL}\n{text}",
        EVIL,
        speaker=Speaker(name=EVIL, type="person", role=EVIL),
        after=2 * len(EVIL),
    )
    capture, reading = make_reading(
        [("headline", EVIL), ("paragraph", text), ("comment", EVIL, 1)],
        [said],
        uri="javascript:alert(4)",
        outlet=EVIL,
        published="2031-03-11",
        problems=[Problem(stage="page", message=EVIL, place=EVIL)],
    )
    with open_ledger(folder, create=True) as ledger:
        page = record_reading(ledger, capture, reading)
    return make_app(folder), folder, page


def test_hostile_words_stay_words_on_every_page(hostile: tuple[FastAPI, Path, str]) -> None:
    app, folder, page = hostile
    with open_ledger(folder) as ledger:
        [entry] = get_page(ledger, page).entries
    assert entry.speaker
    who = entry.speaker.id
    of_page = (f"/page/{page}", f"/page/{page}?s={entry.id}", "/pages", "/ledger", "/check?quotation=alert")
    for path in ("/", f"/?q=by:{who}", "/speakers", f"/speaker/{who}", *of_page):
        # Ours is taken out as it stands, byte for byte: whatever a page's words could add to it stays.
        html = ask(app, path).text.replace(COPY_SCRIPT, "", 1)
        assert "<script" not in html
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', html))
        assert "\u202e" not in html
        assert "\x00" not in html
        assert 'href="javascript' not in html.lower()


@pytest.mark.parametrize(
    "path",
    [
        "/<script>alert(1)</script>",
        "/page/<script>alert(1)</script>",
        "/?q=<script>alert(1)</script>",
        "/?q=by:<script>alert(1)</script>",
        '/check?quotation="><script>alert(1)</script>&by="><script>',
        "/stories?offset=<script>alert(1)</script>",
        "/page/x?part=<script>",
        "/?q=%ED%A0%80%00%E2%80%AE",
    ],
)
def test_hostile_addresses_stay_words(app: FastAPI, path: str) -> None:
    answer = ask(app, path)
    assert answer.status_code < 500
    assert "<script" not in answer.text
    assert "\u202e" not in answer.text
