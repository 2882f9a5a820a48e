"""A ledger that can't be used says what was found, what was expected, what to do, and is left as it was."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_writer import add_pages, made_page, run_writer

from onrecord.errors import (
    LedgerDamaged,
    LedgerError,
    LedgerFull,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
)
from onrecord.ledger import check_ledger, count, has_capture, open_ledger, search_entries
from onrecord.ledger.migrations import HEAD, REVISIONS
from onrecord.ledger.schema import metadata


def test_missing_ledger_names_the_folder_and_the_command(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        for write in (False, True):
            with pytest.raises(LedgerMissing, match=r"no ledger in .*onrecord --ledger .* add PATH"):
                open_ledger(folder, write=write)
    assert list(tmp_path.iterdir()) == []


def test_one_writer_at_a_time_and_readers_beside_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path, create=True) as writer:
        message = rf"process {os.getpid()}\); wait until it has finished, or stop it"
        with pytest.raises(LedgerLocked, match=message):
            open_ledger(tmp_path, write=True)
        with writer.writing(), open_ledger(tmp_path) as reader:
            assert count(reader).pages == 0
            assert search_entries(reader, "anything") == []
    open_ledger(tmp_path, write=True).close()


def test_a_writer_in_another_process_is_named(tmp_path: Path) -> None:
    program = (
        "import sys; from onrecord.ledger import open_ledger; "
        "ledger = open_ledger(sys.argv[1], create=True); "
        "print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LedgerLocked, match=rf"process {other.pid}\)"):
            open_ledger(tmp_path, write=True)
        other.kill()
    open_ledger(tmp_path, write=True).close()  # The system took the lock back from the dead.


def test_readers_see_a_ledger_while_pages_are_added(tmp_path: Path) -> None:
    add_pages(tmp_path, 1)
    with open_ledger(tmp_path) as reader:
        add_pages(tmp_path, 3)
        assert count(reader).pages == 3
        assert has_capture(reader, made_page(2))


def _change(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "onrecord.sqlite") as connection:
        connection.execute(statement)
    connection.close()


def test_a_newer_ledger_is_left_alone(tmp_path: Path) -> None:
    add_pages(tmp_path, 1)
    _change(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    for write in (False, True):
        with pytest.raises(LedgerNewer, match=rf"revision 9999, this one knows up to {HEAD}.*pip install"):
            open_ledger(tmp_path, write=write)
    _change(tmp_path, f"UPDATE alembic_version SET version_num = '{HEAD}'")
    open_ledger(tmp_path, write=True).close()


@pytest.mark.parametrize("write", [False, True])
def test_a_file_that_is_no_database_is_damaged(write: bool, tmp_path: Path) -> None:
    (tmp_path / "onrecord.sqlite").write_bytes(b"The valley returns to those who live in it. " * 200)
    with pytest.raises(LedgerDamaged, match=r"damaged .*captures-\*\.warc\.gz files, which hold every page"):
        open_ledger(tmp_path, write=write)


@pytest.mark.parametrize("write", [False, True])
def test_somebody_elses_database_is_not_ours(write: bool, tmp_path: Path) -> None:
    _change(tmp_path, "CREATE TABLE birds (name TEXT)")
    with pytest.raises(LedgerDamaged, match=r"not of Onrecord \(its tables: birds"):
        open_ledger(tmp_path, write=write)


def test_a_ledger_whose_making_was_cut_short_is_made_on(tmp_path: Path) -> None:
    (tmp_path / "onrecord.sqlite").touch()
    with pytest.raises(LedgerMissing):
        open_ledger(tmp_path)
    assert add_pages(tmp_path, 1) == 1


def test_a_damaged_database_is_reported_by_verify(tmp_path: Path) -> None:
    add_pages(tmp_path, 3)
    path = tmp_path / "onrecord.sqlite"
    # Where the tables are told of stays whole: a ledger that can't be opened at all is another trouble.
    with sqlite3.connect(path) as connection:
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('entries', 'captures')")
        places = [4096 * (root - 1) for (root,) in roots]
    connection.close()
    broken = bytearray(path.read_bytes())
    for at in places:
        broken[at : at + 64] = bytes(64)
    path.write_bytes(broken)
    with open_ledger(tmp_path) as ledger:
        found = list(check_ledger(ledger))
    assert found
    assert "damaged" in found[0].message


@pytest.mark.parametrize(
    ("room", "in_bulk"), [(120_000, False), (700_000, False), (2_000_000, False), (700_000, True)]
)
def test_a_full_disk_keeps_what_was_recorded(room: int, in_bulk: bool, tmp_path: Path) -> None:
    too_little = room < 200_000  # Not even the tables have room.
    ended = run_writer(tmp_path, 40, room=room, big=True, in_bulk=in_bulk, make_tables=too_little)
    assert ended == LedgerFull.exit_code
    before = 0
    if not too_little:
        with open_ledger(tmp_path) as ledger:
            before = count(ledger).pages
            assert list(check_ledger(ledger)) == []
    if room == 2_000_000:
        assert before > 0
    assert add_pages(tmp_path, 40, big=True) == 40 - before
    with open_ledger(tmp_path) as ledger:
        assert count(ledger).pages == 40
        assert list(check_ledger(ledger)) == []


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A ledger in a folder that nobody may write to, read by somebody who is not root."""
    with tempfile.TemporaryDirectory() as outside:  # A folder of pytest's own can't be entered by others.
        folder = Path(outside) / "ledger"
        add_pages(folder, 2)
        folder.parent.chmod(0o755)
        folder.chmod(0o555)
        for path in folder.iterdir():
            path.chmod(0o444)
        yield folder
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="has other rights")
def test_a_read_only_ledger_can_be_read(read_only: Path) -> None:
    def look() -> None:
        with open_ledger(read_only) as ledger:
            assert count(ledger).pages == 2
        with pytest.raises(LedgerError, match="may write to"):
            open_ledger(read_only, write=True)
        with pytest.raises(LedgerError, match=r"can't be used|may write to"):
            open_ledger(read_only / "new", create=True)

    if os.geteuid() != 0:
        look()
        return
    child = os.fork()
    if not child:  # Root may write everywhere: look as nobody.
        try:
            os.setgid(65534)
            os.setuid(65534)
            look()
        except BaseException as why:
            print(why, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_revisions_and_tables_are_those_of_the_migrations(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    import onrecord.ledger.migrations as migrations

    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert [one.revision for one in script.walk_revisions()][::-1] == list(REVISIONS)
    with open_ledger(tmp_path, create=True) as ledger, ledger.reading() as connection:
        ours = set(metadata.tables)
        options = {"include_name": lambda name, type, _: type != "table" or name in ours}
        context = MigrationContext.configure(connection, opts=options)
        with warnings.catch_warnings():
            # An index over coalesce(...) can't be read back from SQLite: these are compared by name below.
            warnings.filterwarnings("ignore", message=".*expression-based index")
            assert compare_metadata(context, metadata) == []
        made = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars()
        assert {index.name for table in metadata.tables.values() for index in table.indexes} <= set(made)


def test_reading_does_not_load_the_migrations(tmp_path: Path) -> None:
    add_pages(tmp_path, 1)
    program = (
        "import sys; from onrecord.ledger import count, open_ledger; count(open_ledger(sys.argv[1])); "
        "print([name for name in ('alembic', 'onrecord.page', 'onrecord.statements') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_stopping_by_hand_keeps_the_ledger_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path, create=True) as ledger, pytest.raises(KeyboardInterrupt), ledger.writing():
        signal.raise_signal(signal.SIGINT)
    assert add_pages(tmp_path, 2) == 2
