"""The ledger as JSON: the contract's names, every filter, and a description of each."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi import FastAPI
from made_ledger import make_ledger, make_reading, say
from web_client import ask

from onrecord.ledger import get_page, iter_entries, list_speakers, open_ledger, record_reading
from onrecord.types import Entry
from onrecord.views.web import make_app

Made = tuple[FastAPI, Path, dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("api") / "ledger"
    ids = make_ledger(folder)
    return make_app(folder), folder, ids


def give(made: Made, path: str, status: int = 200) -> Any:
    answer = ask(made[0], path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    return json.loads(answer.content)


def test_an_entry_is_the_one_of_the_export_to_the_letter(made: Made) -> None:
    with open_ledger(made[1]) as ledger:
        for entry in iter_entries(ledger):
            answer = ask(made[0], f"/api/entries/{entry.id}")
            assert answer.content == msgspec.json.encode(entry)
            assert list(answer.json()) == [field.name for field in fields(Entry)]


def test_spans_name_their_words_in_the_text_of_record(made: Made) -> None:
    for entry in give(made, "/api/entries")["entries"]:
        text = give(made, f"/api/pages/{entry['page']['id']}")["text"]
        assert [text[start:end] for start, end in entry["spans"]["content"]] == entry["content"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 10),
        ("?by=ostrey", 6),
        ("?q=by:ostrey", 6),
        ("?q=by:council&by=ostrey", 6),
        ("?words=order", 3),
        ("?kind=no-comment", 1),
        ("?since=2031-04", 2),
        ("?until=2031-03-31", 8),
        ("?outlet=Dellmoor+Blog", 1),
        ("?story=e01", 10),
        ("?about=crews+enter", 2),
        ("?q=by:ostrey+kind:direct+since:2031-04", 1),
    ],
)
def test_every_filter_narrows(made: Made, asked: str, number: int) -> None:
    answer = give(made, f"/api/entries{asked}")
    assert len(answer["entries"]) == number
    assert answer["next"] is None


def test_a_long_answer_names_the_address_of_the_rest(made: Made) -> None:
    def follow() -> Iterator[str]:
        path = "/api/entries?limit=3&until=2032"
        while path:
            answer = give(made, path)
            yield from (entry["id"] for entry in answer["entries"])
            path = answer["next"]

    ids = list(follow())
    assert len(ids) == len(set(ids)) == 10


def test_a_page_has_its_text_roles_statements_captures_and_copies(made: Made) -> None:
    page = give(made, f"/api/pages/{made[2]['northline']}")
    assert [block["role"] for block in page["blocks"]][:3] == ["menu", "headline", "byline"]
    assert len(page["entries"]) == 5
    assert page["captures"][0]["warc_file"].endswith(".warc.gz")
    assert page["copies"][0]["share"] == 0.96
    assert page["article"]["outlet"] == {
        "value": "Northline",
        "known": "printed",
        "where": "dateline",
        "span": None,
    }


def test_a_page_is_found_by_its_address(made: Made) -> None:
    assert give(made, "/api/pages/https://courier.example/valley")["page"]["id"] == made[2]["courier"]


def test_lists_hold_what_the_ledger_holds(made: Made) -> None:
    assert len(give(made, "/api/pages")["pages"]) == 4
    assert [story["id"] for story in give(made, "/api/stories")["stories"]] == ["e01"]
    assert give(made, "/api/speakers")["speakers"][0]["speaker"]["name"] == "Mara Ostrey"
    ledger = give(made, "/api/ledger")
    assert ledger["counts"]["entries"] == 10
    assert len(ledger["problems"]) == 2


def test_a_story_and_a_speaker_come_with_what_was_said(made: Made) -> None:
    story = give(made, "/api/stories/e01")
    counts = {name: story["story"][name] for name in ("articles", "outlets", "copies", "versions")}
    assert counts == {"articles": 4, "outlets": 4, "copies": 1, "versions": 0}
    assert [hand["how"] for hand in story["first_hands"]["r01"]] == ["own", "not named"]
    assert give(made, "/api/remarks/r01")["first_hands"] == story["first_hands"]["r01"]
    assert len(story["entries"]) == 10
    assert give(made, f"/api/stories/{made[2]['copy']}")["story"]["id"] == "e01"
    speaker = give(made, "/api/speakers/Ostrey")
    assert {entry["speaker"]["id"] for entry in speaker["entries"]} == {speaker["speaker"]["speaker"]["id"]}


def test_namesakes_are_told_and_not_chosen_between(tmp_path: Path) -> None:
    from onrecord.types import Speaker

    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        for first in ("Mara", "Tomas"):
            text = f"“It rained,” {first} Ostrey said."
            said = say(text, "It rained", speaker=Speaker(name=f"{first} Ostrey", type="person"))
            record_reading(ledger, *make_reading([("paragraph", text)], [said]))
        assert len(list_speakers(ledger)) == 2
    answer = ask(make_app(tmp_path / "ledger"), "/api/speakers/Ostrey")
    assert answer.status_code == 400
    assert "Mara Ostrey" in answer.json()["error"]
    assert "Tomas Ostrey" in answer.json()["error"]


def test_a_remark_has_all_its_renderings(made: Made) -> None:
    remark = give(made, "/api/remarks/r01")
    assert len(remark["renderings"]) == 3
    assert remark["compared"].keys() == {one["id"] for one in remark["renderings"]}
    assert remark["compared"][remark["against"]]["differences"] == []
    for one in remark["compared"].values():
        for difference in one["differences"]:
            start, end = difference["second"] or (0, 1)
            assert one["words"][start:end]


def test_a_quotation_is_checked(made: Made) -> None:
    check = give(made, "/api/check?quotation=There+is+no+change+and+there+will+be+none&by=Ostrey")
    assert check["verdict"] == "verbatim"
    [hit] = [hit for hit in check["hits"] if hit["page"]["id"] == made[2]["copy"]]
    with open_ledger(made[1]) as ledger:
        text = get_page(ledger, hit["page"]["id"]).text
    start, end = hit["span"]
    assert text[start:end] == hit["words"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/entries/s00", 404, "no entry has the id 's00'"),
        ("/api/pages/p00", 404, "no page of the ledger"),
        ("/api/stories/e99", 404, "'e99'"),
        ("/api/speakers/Nobody", 404, "no speaker is named 'Nobody'"),
        ("/api/remarks/r99", 404, "no remark has the id"),
        ("/api/entries?since=soon", 400, "write a year, a month or a day"),
        ("/api/entries?kind=loud", 400, "direct"),
        ("/api/entries?least=1.7", 400, "'least' was '1.7' here: input should be less than or equal to 1"),
        ("/api/entries?least=x", 400, "'least' was 'x' here: input should be a valid number"),
        ("/api/entries?limit=0", 400, "'limit' was '0' here"),
        ("/api/entries?limit=1001", 400, "'limit' was '1001' here"),
        ("/api/check", 400, "'quotation'"),
        ("/api/nothing", 404, "there is no page '/api/nothing' here"),
    ],
)
def test_what_cannot_be_answered_is_told_in_json(made: Made, path: str, status: int, words: str) -> None:
    assert words in give(made, path, status)["error"]


def test_the_description_names_every_field_of_an_entry(made: Made) -> None:
    document = give(made, "/api/openapi.json")
    schema = document["components"]["schemas"]["Entry"]
    assert list(schema["properties"]) == [field.name for field in fields(Entry)]
    assert "permanent" in document["paths"]["/api/entries/{id}"]["get"]["description"]


def test_the_description_tells_what_every_question_and_parameter_is(made: Made) -> None:
    document = give(made, "/api/openapi.json")
    assert len(document["paths"]) == 22
    for path, methods in document["paths"].items():
        assert set(methods) == ({"get", "post"} if path == "/api/reviews" else {"get"}), path
        for question in methods.values():
            assert question["description"].endswith(".")
            assert {"200", "400", "404"} <= set(question["responses"])
            assert "422" not in question["responses"]  # It is never given: what makes no sense is a 400.
            for parameter in question.get("parameters", []):
                assert parameter.get("description"), (path, parameter["name"])


def test_the_documentation_names_every_address_and_parameter(made: Made) -> None:
    text = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    for path, methods in give(made, "/api/openapi.json")["paths"].items():
        assert f"`{path}" in text
        for parameter in methods["get"].get("parameters", []):
            assert f"`{parameter['name']}`" in text or f"{{{parameter['name']}}}" in text
