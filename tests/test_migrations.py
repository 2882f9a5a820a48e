"""A ledger of an earlier version becomes one of today, and what its pages told already is filled in."""

import sqlite3
from pathlib import Path

from making import html_page, make_capture

from onrecord.ledger import get_page, list_pages, open_ledger, record_reading
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
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    with open_ledger(tmp_path, write=True) as ledger:
        old = get_page(ledger, new.id).page
    assert (old.authors, old.section) == (("Ada Brill", "Cy Dorn"), None)
