"""Documents on record: the file's bytes once, every article proved from them, and shown where it stands."""

import json
from pathlib import Path
from shutil import copyfile

import pytest
from making_documents import Article, docx, nexis_new

from onrecord.batch import load_batch, run_batch
from onrecord.capture import payload_digest
from onrecord.ledger import Ledger, check_ledger, get_page, list_pages, open_ledger, search_entries
from onrecord.ledger.captured import read_places
from onrecord.ledger.warc import warc_files
from onrecord.types import Problem
from onrecord.views.add import add_pages
from onrecord.views.citing import cite

CAPTURES = Path(__file__).parent / "captures" / "documents"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "ledger"
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [CAPTURES])
    return folder


def check(folder: Path) -> list[Problem]:
    with open_ledger(folder) as ledger:
        return list(check_ledger(ledger))


def ids(ledger: Ledger) -> set[str]:
    return {page.id for page in list_pages(ledger, limit=None, offset=0)}


def test_every_document_is_proved_from_the_bytes_of_its_file(folder: Path) -> None:
    assert check(folder) == []
    with open_ledger(folder) as ledger:
        pages = list_pages(ledger, limit=None, offset=0)
        assert len(pages) == 28
        assert len({page.id for page in pages}) == 28
        digests = {page.payload_digest.partition("#")[0] for page in pages}
    assert digests <= {payload_digest(path.read_bytes()) for path in CAPTURES.iterdir()}


def test_the_bytes_of_an_export_are_kept_once(tmp_path: Path) -> None:
    body = ("The ferry will stop.", "“We cannot put people on a boat,” said Maren Tosk.")
    articles = [
        Article(
            headline=f"Ferry {at} stops",
            outlet="Lantern",
            day="March 11, 2031",
            byline="Ada Brill",
            section="A",
            body=body,
        )
        for at in range(40)
    ]
    path = tmp_path / "export.docx"
    path.write_bytes(docx(nexis_new(articles)))
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        assert add_pages(ledger, [path]).new == 40
        places = {
            (one.warc_file, one.warc_offset)
            for page in ids(ledger)
            for one in get_page(ledger, page).captures
        }
        assert len(places) == 1
        again = add_pages(ledger, [path])
        assert (again.new, again.known) == (0, 40)
    assert check(tmp_path / "ledger") == []
    (warc,) = warc_files(tmp_path / "ledger")
    assert warc.stat().st_size < 2 * path.stat().st_size + 4000


def test_a_changed_byte_of_an_export_is_found_for_each_of_its_articles(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ledger"
    with open_ledger(copy, create=True) as ledger:
        add_pages(ledger, [CAPTURES / "nexis-old.rtf"])
    (warc,) = warc_files(copy)
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 0x10
    warc.write_bytes(bytes(data))
    assert len([one for one in check(copy) if "captures-0001.warc.gz at byte" in one.message]) == 2


def test_a_ledgers_own_archive_gives_the_same_documents(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "ledger"
    with open_ledger(other, create=True) as ledger:
        add_pages(ledger, warc_files(folder))
        again = ids(ledger)
    with open_ledger(folder) as ledger:
        assert again == ids(ledger)
    assert check(other) == []


def test_a_batch_gives_the_same_ledger(folder: Path, tmp_path: Path) -> None:
    run_batch([str(CAPTURES)], tmp_path / "out", workers=1)
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        assert load_batch(ledger, tmp_path / "out").new == 28
        loaded = ids(ledger)
    with open_ledger(folder) as ledger:
        assert loaded == ids(ledger)
    assert check(tmp_path / "ledger") == []


def test_a_statement_in_a_pdf_is_shown_on_its_sheet(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        found = [one for one in search_entries(ledger, by="Idris Vane") if one.page.text_version == "pdf-1"]
        entry = next(one for one in found if one.page.file == "release.pdf")
        assert ", sheet 2 of capture sha256:" in cite(ledger, entry.id)
        assert json.loads(cite(ledger, entry.id, format="csl"))[0]["page"] == "2"
        places = read_places(ledger, entry.page.id)
        here = [one for one in places if one.span.start <= entry.spans.content[0].start < one.span.end]
        assert [one.sheet for one in here] == [2]
        rtf = next(page for page in list_pages(ledger, limit=None, offset=0) if page.file == "nexis-uni.rtf")
        assert read_places(ledger, rtf.id) == ()


def test_an_article_is_found_by_the_name_of_its_export(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        files = {page.file for page in list_pages(ledger, limit=None, offset=0)}
    assert "nexis-uni.docx" in files
    assert not any("#" in (name or "") for name in files)


def test_a_review_of_one_article_is_of_no_other_in_its_file(tmp_path: Path) -> None:
    from onrecord.across import reviewed
    from onrecord.ledger.facts import Facts

    copyfile(CAPTURES / "factiva-codes.rtf", tmp_path / "export.rtf")
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        add_pages(ledger, [tmp_path / "export.rtf"])
        one, other = sorted(list_pages(ledger, limit=None, offset=0), key=lambda page: page.outlet or "")
        reviewed.tell(ledger, [one.id], Facts(outlet="Corrow Evening Echo"), by="desk", note=None)
        assert get_page(ledger, one.id).page.outlet == "Corrow Evening Echo"
        assert get_page(ledger, other.id).page.outlet == other.outlet
    assert check(tmp_path / "ledger") == []


def test_several_processes_record_the_same(folder: Path, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        assert add_pages(ledger, [CAPTURES], jobs=2).new == 28
        again = ids(ledger)
    with open_ledger(folder) as ledger:
        assert again == ids(ledger)
    assert check(tmp_path / "ledger") == []
