"""The ledger as a store: what goes in comes out equal, once, and is found again."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, put_ledger, say
from making import make_capture

from onrecord.errors import BadRequest, LedgerError, NotFound
from onrecord.ledger import (
    Ledger,
    bulk,
    count,
    get_entry,
    get_page,
    has_capture,
    iter_entries,
    list_pages,
    list_problems,
    make_entries,
    open_ledger,
    page_summary,
    record_problem,
    record_reading,
    search_entries,
)
from onrecord.types import (
    Article,
    Block,
    Capture,
    Found,
    Page,
    Problem,
    Reading,
    Relay,
    Span,
    Speaker,
    Statement,
    When,
)

LINE = "“We will reopen the bridge,” Mara Ostrey told reporters in Selm on Tuesday, TASK reported."


def bridge(n: int = 0, **more: Any) -> tuple[Capture, Reading]:
    """Return one page on which one thing was said."""
    text = f"Page {n}. {LINE}"
    said = say(
        text,
        "We will reopen the bridge,",
        who="Mara Ostrey",
        cue="told",
        name="Mara Ostrey",
        when=When(value="2031-03-11", known="inferred", anchor="published 2031-03-12"),
        via=["TASK"],
    )
    more = {"uri": f"https://northline.example/{n}", "published": "2031-03-12", **more}
    return make_reading([("paragraph", text)], [said], **more)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "ledger") as ledger:
        yield ledger


def test_entry_has_words_spans_and_surroundings() -> None:
    capture, reading = bridge()
    (entry,) = make_entries(capture, reading)
    assert (entry.source, entry.cue, entry.content) == (
        "Mara Ostrey",
        "told",
        ("We will reopen the bridge,",),
    )
    assert (entry.prefix, entry.suffix) == ("Page 0. “", "” Mara Ostrey told reporters in ")
    assert len(entry.suffix) == 32
    assert (entry.said_on, entry.said_on_known, entry.via) == ("2031-03-11", "inferred", ("TASK",))
    assert entry.page == page_summary(capture, reading)
    assert entry.id.startswith("s")
    assert entry.page.id.startswith("p")


def test_parts_of_a_cue_are_joined_with_an_ellipsis() -> None:
    capture, reading = make_reading([("paragraph", "He did not, she said, confirm it.")])
    spans = tuple(
        Span(reading.page.text.index(w), reading.page.text.index(w) + len(w)) for w in ("did not", "confirm")
    )
    statement = Statement(kind="no-comment", source=(), cue=spans, content=())
    (entry,) = make_entries(capture, replace(reading, statements=(statement,)))
    assert (entry.cue, entry.content, entry.prefix, entry.suffix) == ("did not … confirm", (), "He ", " it.")


def test_statement_outside_its_text_becomes_a_problem(ledger: Ledger) -> None:
    capture, reading = bridge()
    wrong = replace(reading.statements[0], content=(Span(5, 10_000),))
    record_reading(ledger, capture, replace(reading, statements=(wrong, *reading.statements)))
    assert count(ledger).entries == 1
    (problem,) = list_problems(ledger)
    assert "characters 5 to 10000" in problem.message
    assert problem.place == capture.place


def test_of_two_statements_with_one_content_the_first_is_kept() -> None:
    capture, reading = bridge()
    second = replace(reading.statements[0], kind="mixed")
    (entry,) = make_entries(capture, replace(reading, statements=(*reading.statements, second)))
    assert entry.kind == "direct"


def test_same_bytes_at_another_address_are_a_second_capture_of_one_page(ledger: Ledger) -> None:
    capture, reading = bridge()
    first = record_reading(ledger, capture, reading)
    other = replace(capture, uri="https://mirror.example/0", place="mirror")
    assert has_capture(ledger, capture)
    assert not has_capture(ledger, other)
    assert record_reading(ledger, other, reading) == first
    found = count(ledger)
    assert (found.captures, found.pages, found.entries) == (2, 1, 1)
    assert [one.uri for one in get_page(ledger, first).captures] == [capture.uri, other.uri]
    assert get_page(ledger, "https://mirror.example/0").page.id == first


def test_first_known_address_becomes_the_pages(ledger: Ledger) -> None:
    capture, reading = bridge(uri=None)
    record_reading(ledger, capture, reading)
    assert list_pages(ledger)[0].uri is None
    record_reading(
        ledger, replace(capture, uri="https://a.example/", captured_at="2031-03-12T08:00:00Z"), reading
    )
    (page,) = list_pages(ledger)
    assert (page.uri, page.captured_at) == ("https://a.example/", "2031-03-12T08:00:00Z")


def test_changed_page_at_one_address_is_a_new_version(ledger: Ledger) -> None:
    uri = "https://northline.example/live"
    ids = [record_reading(ledger, *bridge(n, uri=uri, captured_at=f"2031-03-1{n}")) for n in (2, 1, 3)]
    record = get_page(ledger, uri)
    assert record.page.id == ids[2]
    assert record.versions == (ids[1], ids[0], ids[2])


def test_page_is_found_by_id_beginning_address_and_place(ledger: Ledger) -> None:
    capture, reading = bridge()
    id = record_reading(ledger, capture, reading)
    record_reading(ledger, *bridge(1))
    for asked in (id, id[:10], capture.uri, capture.place):
        assert asked is not None
        assert get_page(ledger, asked).page.id == id
    for n in range(40):
        record_reading(ledger, *bridge(100 + n))
    # Of 42 ids two begin with the same digit.
    often = Counter(one.id[:2] for one in list_pages(ledger)).most_common(1)[0][0]
    with pytest.raises(BadRequest, match="several pages have ids that begin with"):
        get_page(ledger, often)
    with pytest.raises(NotFound, match=r"near it: .*northline\.example/0"):
        get_page(ledger, "https://northlime.example/0")


def test_a_problem_is_kept_once(ledger: Ledger) -> None:
    problem = Problem(stage="capture", message="it is empty", place="saved/empty.html")
    for _ in range(2):
        record_problem(ledger, problem)
    assert list_problems(ledger) == [problem]


def test_a_ledger_opened_for_reading_takes_nothing(tmp_path: Path) -> None:
    put_ledger(tmp_path)
    with open_ledger(tmp_path) as reader, pytest.raises(LedgerError, match="opened for reading"):
        record_reading(reader, *bridge())


def test_half_a_surrogate_pair_does_not_stop_a_page(ledger: Ledger) -> None:
    capture, reading = bridge()
    broken = Found(value="Bridge \ud83d reopens", known="printed", where="JSON-LD headline")
    odd = replace(capture, place="saved/\udcff.html")
    record_reading(ledger, odd, replace(reading, article=replace(reading.article, headline=broken)))
    (page,) = list_pages(ledger)
    assert page.headline == "Bridge \ufffd reopens"
    assert get_page(ledger, page.id).article.headline == replace(broken, value="Bridge \ufffd reopens")


def test_bulk_gives_the_same_ledger(tmp_path: Path) -> None:
    kept = []
    for name in ("one by one", "in bulk"):
        with new_ledger(tmp_path / name) as ledger:
            pages = [bridge(n) for n in range(70)]
            if name == "in bulk":
                with bulk(ledger):
                    for page in pages:
                        record_reading(ledger, *page)
                    assert len(search_entries(ledger, '"reopen the bridge"', limit=None)) == 70
            else:
                for page in pages:
                    record_reading(ledger, *page)
            kept.append(
                (list(iter_entries(ledger)), search_entries(ledger, "bridge", about="reopen", limit=None))
            )
    assert kept[0] == kept[1]
    assert len(kept[0][1]) == 70


def test_bulk_that_is_stopped_keeps_whole_pages(tmp_path: Path) -> None:
    def stop_in_the_middle(ledger: Ledger) -> None:
        with bulk(ledger):
            for n in range(70):
                record_reading(ledger, *bridge(n))
            raise RuntimeError("stop")

    with new_ledger(tmp_path) as ledger, pytest.raises(RuntimeError, match="stop"):
        stop_in_the_middle(ledger)
    with open_ledger(tmp_path, write=True) as ledger:
        assert count(ledger).pages == 70
        assert len(search_entries(ledger, "bridge", limit=None)) == 70


def test_the_text_index_agrees_with_the_tables(ledger: Ledger) -> None:
    for n in range(5):
        record_reading(ledger, *bridge(n))
    with sqlite3.connect(ledger.folder / "onrecord.sqlite") as connection:
        connection.execute("INSERT INTO pages_words (pages_words, rank) VALUES ('integrity-check', 1)")
    connection.close()


# Text that pages really have: accents, marks, line ends, zero bytes, characters beyond the first plane.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
WORDS = st.none() | TEXT


@st.composite
def readings(draw: st.DrawFn) -> tuple[Capture, Reading]:
    """Return any capture and any reading whose spans lie in its text."""
    text = draw(TEXT)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def spans(most: int = 2) -> tuple[Span, ...]:
        return tuple(span() for _ in range(draw(st.integers(0, most))))

    def found() -> Found | None:
        value = draw(WORDS)
        place = draw(st.sampled_from([None, span()]))
        known = draw(st.sampled_from(["printed", "inferred", "outside"]))
        return None if value is None else Found(value=value, known=known, where=draw(TEXT), span=place)

    def statement() -> Statement:
        name = draw(WORDS)
        type = draw(st.sampled_from(["person", "institution", "group", "unnamed"]))
        day = draw(st.sampled_from([None, "2031", "2031-03", "2031-03-11"]))
        return Statement(
            kind=draw(st.sampled_from(["direct", "mixed", "indirect", "no-comment"])),
            source=spans(),
            cue=(span(),),
            content=spans(),
            speaker=Speaker(name=name, type=type, role=draw(WORDS), mentions=spans()) if name else None,
            addressee=draw(st.sampled_from([None, span()])),
            said_on=When(value=day, known="printed", span=span(), candidates=("2031-03-11", "2031-03-18")),
            via=tuple(Relay(name=draw(TEXT), span=one) for one in spans()),
            polarity=draw(st.sampled_from(["said", "denied"])),
            tier=draw(st.sampled_from(["core", "secondary"])),
            confidence=draw(st.none() | st.floats(0, 1)),
            speaker_confidence=draw(st.none() | st.floats(0, 1)),
        )

    blocks = tuple(
        Block(
            span=span(),
            role=role,
            tag=draw(st.sampled_from([None, "p", "h1"])),
            depth=draw(st.integers(0, 3)),
        )
        for role in draw(st.lists(st.sampled_from(["paragraph", "headline", "comment"]), max_size=3))
    )
    capture = make_capture(
        text, uri=draw(WORDS), captured_at=draw(st.none() | st.just("2031-03-12T08:00:00+02:00"))
    )
    article = Article(
        **{
            name: found()
            for name in ("headline", "outlet", "place", "credit", "published", "updated", "language")
        },
        authors=tuple(one for one in (found(), found()) if one),
        body=blocks[:2],
    )
    page = Page(
        payload_digest=capture.payload_digest,
        text=text,
        text_version="text-1",
        blocks=blocks,
        encoding="utf-8",
    )
    said = tuple(statement() for _ in range(draw(st.integers(0, 3))))
    problem = Problem(stage="page", message=draw(TEXT), span=draw(st.sampled_from([None, span()])))
    return capture, Reading(page=page, article=article, statements=said, problems=(problem,))


@settings(deadline=None, max_examples=25)
@given(read=readings())
def test_a_ledger_written_and_read_back_is_equal(read: tuple[Capture, Reading]) -> None:
    capture, reading = read
    with TemporaryDirectory() as folder, new_ledger(folder) as ledger:
        id = record_reading(ledger, capture, reading)
        record = get_page(ledger, id)
        expected = make_entries(capture, reading)
        assert record.entries == tuple(
            replace(entry, speaker=replace(entry.speaker, id=kept.speaker.id) if kept.speaker else None)
            if entry.speaker
            else entry
            for entry, kept in zip(expected, record.entries, strict=True)
        )
        assert (record.page, record.text) == (page_summary(capture, reading), reading.page.text)
        assert (record.blocks, record.article) == (reading.page.blocks, reading.article)
        assert (record.place, record.encoding) == (capture.place, "utf-8")
        assert [one.message for one in record.problems] == [one.message for one in reading.problems]
        for entry in record.entries:
            assert get_entry(ledger, entry.id) == entry
        assert tuple(iter_entries(ledger)) == record.entries


@settings(deadline=None, max_examples=10)
@given(reads=st.lists(readings(), min_size=1, max_size=3))
def test_adding_twice_changes_nothing(reads: list[tuple[Capture, Reading]]) -> None:
    with TemporaryDirectory() as folder:
        put_ledger(Path(folder))
        dumps = []
        for _ in range(2):
            with open_ledger(folder, write=True) as ledger:
                for capture, reading in reads:
                    record_reading(ledger, capture, reading)
                    assert has_capture(ledger, capture)
            dumps.append(_dump(Path(folder)))
        assert dumps[0] == dumps[1]


def _dump(folder: Path) -> tuple[list[str], dict[str, bytes]]:
    with sqlite3.connect(folder / "onrecord.sqlite") as connection:
        rows = list(connection.iterdump())
    connection.close()
    return rows, {path.name: path.read_bytes() for path in folder.glob("*.warc.gz")}
