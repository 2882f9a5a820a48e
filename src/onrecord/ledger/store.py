"""A ledger is a folder: `onrecord.sqlite` and `captures-NNNN.warc.gz`. This module opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, inspect, select, text

from onrecord.errors import LedgerDamaged, LedgerError, LedgerMissing, LedgerNewer
from onrecord.ledger.database import FILE, make_engine
from onrecord.ledger.fulltext import catch_up
from onrecord.ledger.lock import FolderLock
from onrecord.ledger.migrations import HEAD, REVISIONS, migrate
from onrecord.ledger.schema import captures
from onrecord.ledger.trouble import ledger_trouble
from onrecord.ledger.warc import WarcPlace, WarcWriter
from onrecord.types import Capture

__all__ = ["Ledger", "open_ledger"]


class Ledger:
    """An open ledger, used as a context manager. `reading` and `writing` give a connection to its database.

    A ledger opened for reading may be shared by threads; one opened for writing belongs to one thread.
    """

    def __init__(self, folder: Path, engine: Engine, lock: FolderLock | None) -> None:
        self.folder = folder
        self.engine = engine
        self.lock = lock
        self.warc: WarcWriter | None = None
        self.group: Connection | None = None  # The open transaction of `bulk`, which many pages share.
        self.grouped = 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the ledger; a writer beside it is not disturbed."""
        with ledger_trouble(self.folder):
            if self.group is not None:
                yield self.group
                return
            with self.engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are all kept, or none of them when something goes wrong."""
        if self.lock is None:
            raise LedgerError(
                f"the ledger in {self.folder} was opened for reading; open it with `write=True`"
            )
        with ledger_trouble(self.folder):
            if self.group is not None:
                with self.group.begin_nested():
                    yield self.group
                return
            with self.engine.begin() as connection:
                yield connection

    def append(self, capture: Capture, added_at: str) -> WarcPlace:
        """Write a capture's bytes into the WARC file and sync it (in bulk: when the group ends)."""
        if self.warc is None:
            raise LedgerError(
                f"the ledger in {self.folder} was opened for reading; open it with `write=True`"
            )
        with ledger_trouble(self.folder):
            return self.warc.append(capture, added_at, sync=self.group is None)

    def close(self) -> None:
        """Close the files and let the next writer in; a second call does nothing."""
        if self.warc is not None:
            self.warc.close()
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(folder: Path | str, *, create: bool = False, write: bool = False) -> Ledger:
    """Open the ledger in a folder: to read; with `write` to add; with `create` to make it if need be."""
    folder = Path(folder)
    if not create and not (folder / FILE).is_file():
        raise LedgerMissing(_missing(folder))
    if not (create or write):
        return _open_for_reading(folder)
    with ledger_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(folder, make_engine(folder, write=True), FolderLock(folder))
    try:
        _prepare(ledger, create=create)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _open_for_reading(folder: Path) -> Ledger:
    ledger = Ledger(folder, make_engine(folder, write=False), None)
    try:
        with ledger.reading() as connection:
            revision = _revision(connection, folder)
        if revision is None:
            raise LedgerMissing(_missing(folder))
        if revision == HEAD:
            return ledger
    except BaseException:
        ledger.close()
        raise
    ledger.close()
    open_ledger(folder, write=True).close()  # An older ledger: bring it up to date, then read.
    return _open_for_reading(folder)


def _prepare(ledger: Ledger, *, create: bool) -> None:
    """Bring tables, text index and the end of the WARC files into order after whatever happened last time."""
    with ledger.writing() as connection:
        revision = _revision(connection, ledger.folder)
        if revision is None and not create:
            raise LedgerMissing(_missing(ledger.folder))
        if revision != HEAD:
            migrate(connection)
        catch_up(connection)
        newest = select(captures.c.warc_file, captures.c.warc_offset).order_by(
            # By length first: captures-10000 comes after captures-9999.
            text("length(warc_file) DESC"),
            captures.c.warc_file.desc(),
            captures.c.warc_offset.desc(),
        )
        last = connection.execute(newest.limit(1)).first()
    with ledger_trouble(ledger.folder):
        ledger.warc = WarcWriter(ledger.folder, WarcPlace(*last) if last else None)


def _revision(connection: Connection, folder: Path) -> str | None:
    """Return the revision of the tables; None of a database that is still empty."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise LedgerDamaged(
                f"{folder / FILE} is a database, but not of Onrecord (its tables: {', '.join(tables[:5])}); "
                "choose another folder with --ledger"
            )
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision not in REVISIONS:
        raise LedgerNewer(
            f"the ledger in {folder} was made by a newer Onrecord (its tables are revision {revision}, "
            f"this one knows up to {HEAD}); `pip install --upgrade onrecord` brings it. Nothing was changed"
        )
    return None if revision is None else str(revision)


def _missing(folder: Path) -> str:
    return (
        f"there is no ledger in {folder.absolute()}; make one with `onrecord --ledger {folder} add PATH`, "
        "or name another folder with --ledger or ONRECORD_LEDGER"
    )
