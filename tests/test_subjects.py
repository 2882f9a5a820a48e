"""What statements are about: subjects that come again, statements that name one, and a line by subject."""

from pathlib import Path

import pytest
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say
from web_client import ask as ask_web
from web_client import text_of

from onrecord.across import link_pages
from onrecord.across.subjects import find_phrases, find_subject_names, list_subjects
from onrecord.ledger import find_about, open_ledger, record_reading
from onrecord.types import When
from onrecord.views.web import make_app

FIRST = "The ministry regards Orrin Dam as its own, though its crews have left,"
FIXED = "It is fixed in law and nobody can change it,"
ASIDE = "My boots are wet,"
LATER = "The ministry has no plans to take more of the valley,"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("subjects") / "ledger"
    with new_ledger(folder) as opened:
        for n, outlet in enumerate(("Northline", "The Selm Courier")):
            lines = [
                "Ministry keeps its dam",
                f"“{FIRST}” Mara Ostrey said in Selm, before {n + 2} reporters.",
                "The river has been high since the spring and the gates of the mill are shut.",
                f"“{FIXED}” Ostrey said.",
                f"“{ASIDE}” Ostrey said.",
            ]
            text = "\n".join(lines)
            when = When(value="2031-03-11", known="printed")
            statements = [
                say(text, FIRST, who="Mara Ostrey", cue="said", name="Mara Ostrey", when=when),
                say(text, FIXED, who="Ostrey", cue="said", name="Mara Ostrey", when=when),
                say(text, ASIDE, who="Ostrey", cue="said", name="Mara Ostrey", when=when),
            ]
            reading = make_reading(
                [("headline", lines[0]), *(("paragraph", line) for line in lines[1:])],
                statements,
                published="2031-03-11",
                outlet=outlet,
                uri=f"https://paper{n}.example/dam",
            )
            record_reading(opened, *reading)
        lines = [
            "The valley is done, a spokeswoman said Thursday.",
            "In March the crews left Orrin Dam.",
            f"“{LATER}” Mara Ostrey said.",
        ]
        text = "\n".join(lines)
        days = ("2031-03-27", "2031-03-20", "2031-03-13")
        open_day = When(value=None, known="inferred", candidates=days)
        statements = [
            say(text, "The valley is done", kind="indirect", who="a spokeswoman", cue="said", when=open_day),
            say(text, LATER, who="Mara Ostrey", cue="said", name="Mara Ostrey"),
        ]
        record_reading(opened, *make_reading([("paragraph", line) for line in lines], statements))
        link_pages(opened)
    return folder


def test_a_statement_is_about_what_its_words_or_its_paragraphs_name(ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        found = find_about(opened, "orrin dam", by="Ostrey")
    where = {(" ".join(one.entry.content), one.where) for one in found}
    # "It" is about what the speaker spoke of right before, two paragraphs up; boots are about nothing.
    assert where == {(FIRST, "said"), (FIXED, "around"), (LATER, "around")}


def test_words_in_quotes_stand_side_by_side(ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        assert find_about(opened, '"dam orrin"') == []
        assert len(find_about(opened, "dam orrin", by="Ostrey")) == len(
            find_about(opened, '"Orrin Dam"', by="Ostrey")
        )


def test_a_line_by_subject_shows_an_undated_page_with_the_days_it_may_be_of(ledger: Path) -> None:
    out = ask("line", "--by", "Ostrey", "--about", "Orrin Dam", ledger=ledger).out
    assert ASIDE.rstrip(",") not in out
    dated, _, undated = out.partition("Day open")
    assert "2031-03-11" in dated
    assert "a Thursday from 2031-03-13 to 2031-03-27 (of its page, unresolved)" in undated
    assert "the subject is named beside it" in undated
    assert "In other words since 2031-03-11: " in undated or "Reworded since 2031-03-11: " in undated


def test_the_line_as_json_tells_open_days(ledger: Path) -> None:
    last = ask("--json", "line", "--by", "Ostrey", "--about", "Orrin Dam", ledger=ledger).json["line"][-1]
    assert last["open_days"] == ["2031-03-13", "2031-03-20", "2031-03-27"]
    assert (last["by_page"], last["around"], last["surely_later"]) == (True, True, True)


def test_subjects_are_listed_with_who_spoke_of_them(ledger: Path) -> None:
    names = [row["name"] for row in ask("--json", "subject", ledger=ledger).json["subjects"]]
    assert "Orrin Dam" in names
    answer = ask("--json", "subject", "Orrin", "Dam", ledger=ledger).json
    assert answer["speakers"][0]["speaker"]["name"] == "Mara Ostrey"
    assert {one["where"] for one in answer["entries"]} == {"said", "around"}
    assert ask_web(make_app(ledger), "/api/subject?about=Orrin+Dam").json() == answer
    assert ask_web(make_app(ledger), "/api/subjects").json()["subjects"]
    out = ask("subject", "Orrin Dam", ledger=ledger).out
    assert "Mara Ostrey" in out


def test_what_nobody_spoke_of_is_said_so(ledger: Path) -> None:
    nothing = ask("subject", "harvest", ledger=ledger)
    assert nothing.code == 1
    assert "nothing about 'harvest' is on record" in nothing.err
    senseless = ask("subject", "!!", ledger=ledger)
    assert senseless.code != 0
    assert "has no word to look for" in senseless.err


def test_a_subject_has_a_page_in_the_browser(ledger: Path) -> None:
    app = make_app(ledger)
    assert "Orrin Dam" in text_of(ask_web(app, "/subjects").text)
    page = ask_web(app, "/subject?about=Orrin+Dam")
    assert page.status_code == 200
    assert "stands beside these words" in text_of(page.text)
    hostile = ask_web(app, "/subject?about=%3Cscript%3Ealert%281%29%3C%2Fscript%3E")
    assert "<script>alert" not in hostile.text
    assert "Nothing about" in text_of(hostile.text)


def test_names_and_phrases_of_a_sentence() -> None:
    names = {name: opens for _, name, opens in find_subject_names("Crews left Orrin Dam’s gates on Friday.")}
    assert names == {"Crews": True, "Orrin Dam": False}
    phrases = {key for key, _ in find_phrases("the eastern spillway of the dam")}
    assert phrases == {"eastern spillway"}


def test_a_subject_needs_two_statements_and_is_not_its_part() -> None:
    said = [
        ("p1", "the Lower Valley Order stands", ""),
        ("p2", "nobody amends the Lower Valley Order", ""),
        ("p2", "the Mill is shut", ""),
    ]
    assert [(one.name, one.statements, one.pages) for one in list_subjects(said)] == [
        ("Lower Valley Order", 2, 2)
    ]
    assert list_subjects(said, without=["The Lower Valley Order"]) == []


@given(st.lists(st.tuples(st.sampled_from("pq"), st.text(max_size=60), st.text(max_size=60)), max_size=6))
def test_any_text_has_subjects_that_stand_in_it(said: list[tuple[str, str, str]]) -> None:
    for one in list_subjects(said):
        assert one.pages <= one.statements <= len(said)
        assert any(one.name in f"{words}\n{around}" for _, words, around in said) or " " in one.name
