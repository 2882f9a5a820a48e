"""A speaker's line: remarks in date order, each beside the one before it, on every view."""

from pathlib import Path

import pytest
from asking import ask
from ledger_pages import make_reading, new_ledger, say
from web_client import ask as ask_web

from onrecord.across import link_pages
from onrecord.ledger import record_reading
from onrecord.types import When
from onrecord.views.web import make_app

SAID = (
    ("2031-03-11", "The boats of the valley are allowed back on the river,"),
    ("2031-03-18", "The boats of the valley are allowed back on the river only if it is calm,"),
    ("2031-04-02", "The boats of the valley are not allowed back on the river,"),
    ("2031-04-09", "The boats of the valley are not allowed back on the river,"),
    ("2031-04-10", "Nobody asked the council about the harvest,"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    with new_ledger(folder) as opened:
        for n, (day, words) in enumerate(SAID):
            headline = f"Boats of Selm, number {n}"
            line = f"“{words}” Mara Ostrey said in the valley of Selm, page {n}."
            when = When(value=day, known="printed")
            statement = say(
                f"{headline}\n{line}", words, who="Mara Ostrey", cue="said", name="Mara Ostrey", when=when
            )
            reading = make_reading(
                [("headline", headline), ("paragraph", line)],
                [statement],
                published=day,
                outlet="Northline",
                uri=f"https://paper{n}.example/boats",
            )
            record_reading(opened, *reading)
        words = "The weir is nobody's business but that of the people who live beside it,"
        open_line = f"“{words}” Mara Ostrey said."
        when = When(value=None, known="inferred", candidates=("2030-03-11", "2031-03-11"))
        statement = say(open_line, words, who="Mara Ostrey", cue="said", name="Mara Ostrey", when=when)
        reading = make_reading([("paragraph", open_line)], [statement], outlet="Courier")
        record_reading(opened, *reading)
        link_pages(opened)
    return folder


def test_a_line_tells_how_each_remark_moved(ledger: Path) -> None:
    out = ask("line", "--by", "Ostrey", "--about", "boats", ledger=ledger).out
    moves = [line.strip() for line in out.splitlines() if " since " in line]
    assert moves[0].startswith("Narrowed since 2031-03-11: ")
    assert moves[0].endswith("{+only if it is calm+} (condition)")
    assert moves[1].startswith("Turned since 2031-03-18: ")
    assert moves[2] == "Same since 2031-04-02"


def test_a_remark_whose_day_is_open_stands_apart_with_its_days(ledger: Path) -> None:
    out = ask("line", "--by", "Ostrey", ledger=ledger).out
    open_part = out.partition("Day open")[2]
    assert "2030-03-11 or 2031-03-11 (unresolved)" in open_part
    assert "Courier" in open_part


def test_the_line_as_json_names_places_and_kinds(ledger: Path) -> None:
    steps = ask("--json", "line", "--by", "Ostrey", "--about", "boats", ledger=ledger).json["line"]
    assert [step["move"] for step in steps[:4]] == [None, "narrowed", "turned", "same"]
    assert [step["day"] for step in steps[:4]] == [day for day, _ in SAID[:4]]
    assert steps[1]["since"] == steps[0]["entries"][0]["id"]
    (difference,) = steps[1]["differences"]
    assert difference["kind"] == "condition"
    start, end = difference["second"]
    assert SAID[1][1][start:end] == "only if it is calm"
    answer = ask_web(make_app(ledger), "/api/line?by=ostrey&about=boats")
    assert answer.json()["line"] == steps


def test_nothing_found_says_what_to_do(ledger: Path) -> None:
    done = ask("line", "--by", "Ostrey", "--about", "zeppelins", ledger=ledger)
    assert done.code == 1
    assert "nothing by 'Ostrey' about 'zeppelins' is on record" in done.err
    assert "onrecord speaker 'Ostrey'" in done.err


def test_the_speakers_page_shows_the_line_and_narrows_it(ledger: Path) -> None:
    app = make_app(ledger)
    speaker = ask("--json", "speaker", "Ostrey", ledger=ledger).json["speaker"]["speaker"]["id"]
    page = ask_web(app, f"/speaker/{speaker}").text
    assert "<b>Narrowed</b> since" in page
    assert "<ins>only if it is calm</ins>" in page
    narrowed = ask_web(app, f"/speaker/{speaker}?about=harvest").text
    assert "Nobody asked the council" in narrowed
    assert "<b>Narrowed</b>" not in narrowed
    nothing = ask_web(app, f"/speaker/{speaker}?about=%3Cb%3Ezeppelins").text
    assert "Nothing by this speaker about <bdi>&lt;b&gt;zeppelins</bdi>" in nothing
