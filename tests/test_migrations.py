"""A ledger of an earlier version becomes one of today, and what its pages told already is filled in."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from ledger_pages import make_reading, new_ledger, say
from making import html_page, make_capture

from onrecord.across import link_pages, reviewed
from onrecord.across.reviewed import Correction
from onrecord.ledger import (
    check_ledger,
    get_page,
    get_speaker,
    iter_entries,
    list_filed_from,
    list_pages,
    list_speakers,
    list_stories,
    open_ledger,
    record_reading,
)
from onrecord.reading import read

HEAD = '<meta name="author" content="Ada Brill, Cy Dorn"><meta property="article:section" content="Valley">'
STORY = (
    "The ministry of water said on Tuesday that the dam in the valley of Selm holds.",
    "“The gates stay shut,” said Mara Ostrey, a spokeswoman for the ministry, on Tuesday.",
)


def test_an_older_ledger_gets_its_authors_from_the_pages_it_holds(tmp_path: Path) -> None:
    capture = make_capture(html_page(*STORY, head=HEAD), uri="https://gazette.example/dam")
    with open_ledger(tmp_path, create=True) as ledger:
        record_reading(ledger, capture, read(capture))
        new = next(iter(list_pages(ledger)))
    assert (new.authors, new.section) == (("Ada Brill", "Cy Dorn"), "Valley")
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        connection.execute("ALTER TABLE pages DROP COLUMN section")
        connection.execute("ALTER TABLE pages DROP COLUMN authors")
        connection.execute("DROP TABLE IF EXISTS comments")
        _before_places(connection)
        _before_reviews(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    with open_ledger(tmp_path, write=True) as ledger:
        old = get_page(ledger, new.id).page
    assert (old.authors, old.section) == (("Ada Brill", "Cy Dorn"), None)


# What revision 0003 had of speakers.
BEFORE_REVIEWS = """
ALTER TABLE speaker_names RENAME TO newer;
DROP INDEX ix_speaker_names_page_id;
DROP INDEX ix_speaker_names_speaker_id;
DROP INDEX ix_speaker_names_key;
CREATE TABLE speaker_names (
    speaker_id TEXT NOT NULL REFERENCES speakers (id), page_id TEXT NOT NULL REFERENCES pages (id),
    name TEXT NOT NULL, role TEXT, PRIMARY KEY (speaker_id, page_id, name)
);
CREATE INDEX ix_speaker_names_page_id ON speaker_names (page_id);
INSERT INTO speaker_names SELECT machine_id, page_id, name, role FROM newer;
DROP TABLE newer;
DROP TABLE review_names;
DROP TABLE reviews;
ALTER TABLE entries DROP COLUMN review_id;
DROP INDEX ix_speakers_fullest;
DROP INDEX ix_speakers_bearer_id;
ALTER TABLE speakers DROP COLUMN fullest;
ALTER TABLE speakers DROP COLUMN bearer_story;
ALTER TABLE speakers DROP COLUMN bearer_why;
ALTER TABLE speakers DROP COLUMN bearer_id;
UPDATE speakers SET key = 'person ostrey m' WHERE name LIKE '%Ostrey'
"""


def _before_reviews(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in BEFORE_REVIEWS.split(";"):
        connection.execute(statement)


# What revision 0009 had of fingerprints.
BEFORE_NUMBERS = """
ALTER TABLE fingerprints RENAME TO newer;
DROP INDEX ix_fingerprints_n;
CREATE TABLE fingerprints (
    hash BIGINT NOT NULL, page_id TEXT NOT NULL REFERENCES pages (id), PRIMARY KEY (hash, page_id)
);
CREATE INDEX ix_fingerprints_page_id ON fingerprints (page_id);
INSERT INTO fingerprints SELECT hash, id FROM newer JOIN pages USING (n);
DROP TABLE newer
"""


def _before_numbers(connection: sqlite3.Connection) -> None:
    for statement in BEFORE_NUMBERS.split(";"):
        connection.execute(statement)


def _before_links(connection: sqlite3.Connection) -> None:
    _before_numbers(connection)
    connection.execute("DROP INDEX ix_pages_linked")
    for name in ("story_sketches", "story_days", "story_links", "link_changes"):
        connection.execute(f"DROP TABLE {name}")


def _before_speakers_figures(connection: sqlite3.Connection) -> None:
    _before_links(connection)
    connection.execute("ALTER TABLE entries DROP COLUMN speaker_confidence")


def _before_articles(connection: sqlite3.Connection) -> None:
    _before_speakers_figures(connection)
    connection.execute("DROP TABLE article_keys")
    connection.execute("DROP TABLE article_pages")


def _before_corrections(connection: sqlite3.Connection) -> None:
    _before_articles(connection)
    connection.execute("DROP TABLE review_pages")
    connection.execute("DROP INDEX entries_corrected")
    connection.execute("DROP INDEX entries_hidden")
    for table, column in (
        ("entries", "read"),
        ("entries", "hidden"),
        ("pages", "read"),
        ("reviews", "about"),
        ("reviews", "change"),
    ):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def test_an_older_ledger_can_be_corrected(tmp_path: Path) -> None:
    words, line = _say("Mara Ostrey", 1)
    statement = say(line, words, who="Mara Ostrey", cue="said", name="Mara Ostrey")
    with new_ledger(tmp_path) as ledger:
        record_reading(ledger, *make_reading([("paragraph", line)], [statement]))
        before = [replace(entry, speaker_confidence=None) for entry in iter_entries(ledger)]
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        _before_corrections(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0005'")
    connection.close()
    with open_ledger(tmp_path, write=True) as ledger:
        assert list(iter_entries(ledger)) == before
        done = reviewed.correct(ledger, before[0].id, Correction(speaker=("Tobin Vale",)))
        assert list(check_ledger(ledger)) == []
        reviewed.undo(ledger, done.review.id)
        assert list(iter_entries(ledger)) == before


def _before_places(connection: sqlite3.Connection) -> None:
    _before_corrections(connection)
    connection.execute("DROP INDEX ix_pages_filed_from")
    connection.execute("ALTER TABLE pages DROP COLUMN filed_from")


def test_an_older_ledger_gets_its_places_of_filing_from_its_pages(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        for line in ("PARIS, March 11 (Northline) – The dam holds.", "The dam of Selm holds."):
            capture = make_capture(html_page(line, STORY[0], headline="The dam at Selm"))
            record_reading(ledger, capture, read(capture))
        assert list_filed_from(ledger) == {"PARIS": 1}
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        _before_places(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    connection.close()
    with open_ledger(tmp_path) as ledger:
        assert list_filed_from(ledger) == {"PARIS": 1}
        (page,) = list_pages(ledger, filed_from=["PARIS"])
        assert get_page(ledger, page.id).text.splitlines()[1].startswith("PARIS")


def _say(name: str, n: int) -> tuple[str, str]:
    return f"Sentence {n} of the day,", f"“Sentence {n} of the day,” {name} said."


def test_an_older_ledger_keeps_its_speakers_and_can_be_reviewed(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        for n, name in enumerate(("Mara Ostrey", "M. Ostrey", "Mara Lind")):
            words, line = _say(name, n)
            statement = say(line, words, who=name, cue="said", name=name, role="engineer")
            record_reading(ledger, *make_reading([("paragraph", line)], [statement]))
        before = list_speakers(ledger), list(iter_entries(ledger))
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        _before_places(connection)
        _before_reviews(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.close()
    with open_ledger(tmp_path, write=True) as ledger:
        assert (list_speakers(ledger), list(iter_entries(ledger))) == before
        assert list(check_ledger(ledger)) == []
        words, line = _say("Dr. M. Ostrey", 9)
        statement = say(line, words, who="Dr. M. Ostrey", cue="said", name="Dr. M. Ostrey")
        record_reading(ledger, *make_reading([("paragraph", line)], [statement]))
        assert get_speaker(ledger, "Mara Ostrey").entries == 3
        reviewed.merge(ledger, "Mara Ostrey", "Mara Lind")
        assert get_speaker(ledger, "Mara Ostrey").entries == 4


def test_an_older_ledger_gets_to_know_which_pages_are_one_article(tmp_path: Path) -> None:
    pages = [
        make_capture(html_page(*STORY, "It rained."), uri="https://gazette.example/dam?utm_source=x"),
        make_capture(html_page(*STORY, "It snowed."), uri="https://www.gazette.example/dam"),
        make_capture(
            html_page(*STORY, "It was dry.", headline="Another"), uri="https://gazette.example/other"
        ),
    ]
    with new_ledger(tmp_path) as ledger:
        for capture in pages:
            record_reading(ledger, capture, read(capture))
        link_pages(ledger)
        before = {page.id: page.article for page in list_pages(ledger)}
    assert sorted(filter(None, before.values())) == [min(id for id, one in before.items() if one)] * 2
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        _before_articles(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0006'")
    connection.close()
    with open_ledger(tmp_path) as ledger:
        assert {page.id: page.article for page in list_pages(ledger)} == before


def test_an_older_ledger_has_no_figure_for_the_speaker_alone(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        capture = make_capture(html_page(*STORY, headline="The dam at Selm"))
        record_reading(ledger, capture, read(capture))
        new = list(iter_entries(ledger))
    assert all(entry.speaker_confidence is not None for entry in new)
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        _before_speakers_figures(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
    connection.close()
    with open_ledger(tmp_path, write=True) as ledger:
        assert list(iter_entries(ledger)) == [replace(entry, speaker_confidence=None) for entry in new]


def test_the_pages_of_an_older_ledger_are_linked_again_and_ids_stay(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        for n in range(2):
            capture = make_capture(
                html_page(*STORY, f"Paper {n} was there.", headline="The dam"),
                uri=f"https://paper{n}.example/dam",
                published="2031-03-12",
            )
            record_reading(ledger, capture, read(capture))
        link_pages(ledger)
        (before,) = list_stories(ledger)
    with sqlite3.connect(tmp_path / "onrecord.sqlite") as connection:
        _before_links(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
    connection.close()
    with open_ledger(tmp_path) as ledger:
        assert list_stories(ledger) == [before]
    with open_ledger(tmp_path, write=True) as ledger:
        assert link_pages(ledger).pages == 2
        assert list_stories(ledger) == [before]


def test_the_fingerprints_of_an_older_ledger_stay(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "ledger") as ledger:
        for n in range(3):
            record_reading(
                ledger, *make_reading([("paragraph", f"{words} " * 9) for words in _say("Ada", n)])
            )
        link_pages(ledger)
    with sqlite3.connect(tmp_path / "ledger" / "onrecord.sqlite") as connection:
        asked = "SELECT hash, id FROM fingerprints JOIN pages USING (n) ORDER BY hash, id"
        before = connection.execute(asked).fetchall()
        _before_numbers(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0009'")
    connection.close()
    open_ledger(tmp_path / "ledger", write=True).close()
    with sqlite3.connect(tmp_path / "ledger" / "onrecord.sqlite") as connection:
        assert before
        assert connection.execute(asked).fetchall() == before
    connection.close()
