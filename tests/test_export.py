"""Entries as files: JSONL as the contract has it, and CSV that can do no harm in a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields, replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadRequest
from onrecord.types import Entry, EntryPage, EntrySpans, EntrySpeaker, Span
from onrecord.views.export import COLUMNS, Format, encode_json, export_entries

ENTRY = Entry(
    id="s0123456789abcdef",
    kind="direct",
    polarity="said",
    tier="core",
    confidence=None,
    speaker_confidence=None,
    speaker=EntrySpeaker(id="k1", name="Mara Ostrey", type="person", role="spokeswoman"),
    source="Ostrey",
    cue="said",
    content=("The order stands,", "It will stand."),
    addressee=None,
    said_on="2031-03-11",
    said_on_known="inferred",
    said_on_candidates=(),
    via=("Northline", "Vesna"),
    spans=EntrySpans(
        source=(Span(20, 26),),
        cue=(Span(27, 31),),
        content=(Span(1, 18), Span(34, 48)),
        via=(),
        said_on=(),
    ),
    prefix="“",
    suffix="”",
    page=EntryPage(
        id="p1",
        uri="https://selmcourier.example/a",
        payload_digest="sha256:" + "0" * 64,
        text_version="html-2",
        captured_at=None,
        outlet="The Selm Courier",
        headline="The order, again",
        published="2031-03-11T16:20:00+01:00",
        published_known="printed",
        language="en",
    ),
    copy_of=None,
    story="t1",
    remark=None,
    review=None,
)

CONTRACT = [
    "id",
    "kind",
    "polarity",
    "tier",
    "confidence",
    "speaker_confidence",
    "speaker",
    "source",
    "cue",
    "content",
    "addressee",
    "said_on",
    "said_on_known",
    "said_on_candidates",
    "via",
    "spans",
    "prefix",
    "suffix",
    "page",
    "copy_of",
    "story",
    "remark",
    "review",
]


def export(format: Format, *entries: Entry) -> str:
    out = io.BytesIO()
    assert export_entries(entries, format, out) == len(entries)
    return out.getvalue().decode()


def rows(text: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(text, newline=""))


def test_a_line_of_jsonl_has_the_names_of_the_contract_in_order() -> None:
    entry = json.loads(export("jsonl", ENTRY))
    assert list(entry) == CONTRACT
    assert list(entry["speaker"]) == ["id", "name", "type", "role"]
    assert list(entry["spans"]) == ["source", "cue", "content", "via", "said_on", "speaker"]
    assert list(entry["page"]) == [field.name for field in fields(EntryPage)]
    assert entry["spans"]["content"] == [[1, 18], [34, 48]]
    assert entry["copy_of"] is None


def test_jsonl_gives_the_entry_back() -> None:
    assert msgspec.json.decode(export("jsonl", ENTRY), type=Entry) == ENTRY


def test_jsonl_has_one_statement_a_line() -> None:
    odd = replace(ENTRY, prefix="one\ntwo\u2028three\x85four")
    assert len(export("jsonl", odd, odd).splitlines()) == 2


@given(st.text())
def test_no_text_commands_a_terminal_that_shows_json(words: str) -> None:
    shown = encode_json({"words": words})
    assert json.loads(shown) == {"words": words}
    assert not set(shown.decode()) & {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x202E)}


def test_a_file_name_that_is_no_utf_8_is_still_json() -> None:
    assert json.loads(encode_json({"place": "caf\udce9.html"})) == {"place": "caf\udce9.html"}


def test_csv_flattens_an_entry() -> None:
    (row,) = rows(export("csv", ENTRY))
    assert tuple(row) == COLUMNS
    assert row["speaker_name"] == "Mara Ostrey"
    assert row["content"] == "The order stands, … It will stand."
    assert row["content_spans"] == "1-18 34-48"
    assert row["via"] == "Northline < Vesna"
    assert row["page_outlet"] == "The Selm Courier"
    assert row["copy_of"] == ""


def test_csv_of_nothing_is_its_header() -> None:
    assert export("csv").strip() == ",".join(COLUMNS)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-5 degrees", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\x00=1"])
def test_a_csv_cell_is_never_a_formula(words: str) -> None:
    (row,) = rows(export("csv", replace(ENTRY, content=(words,), source=words)))
    assert row["content"].startswith(("'", " "))
    assert row["source"].startswith(("'", " "))


@given(st.text(), st.text())
def test_any_words_survive_csv_as_one_row(content: str, role: str) -> None:
    speaker = EntrySpeaker(id=None, name="A", type="unnamed", role=role or None)
    entry = replace(ENTRY, content=(content,), speaker=speaker)
    assert len(list(rows(export("csv", entry, ENTRY)))) == 2


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(BadRequest, match=r"xlsx.*jsonl and csv"):
        export_entries([], "xlsx", io.BytesIO())  # type: ignore[arg-type]
