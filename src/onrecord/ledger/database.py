"""The database behind a ledger: how it is opened, on SQLite."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

__all__ = ["FILE", "make_engine"]

FILE = "onrecord.sqlite"

_BUSY_MS = 30_000


def make_engine(folder: Path, *, write: bool) -> Engine:
    """Return the engine for a ledger's database; nothing is opened yet."""
    path = folder / FILE
    mode = "rwc" if write else "rw"
    # A ledger on a read-only disk has no place for SQLite's side files. It can't change either, so none are
    # needed.
    if not write and not os.access(folder, os.W_OK) and not path.with_name(FILE + "-wal").exists():
        mode = "ro&immutable=1"
    uri = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # No transactions of the driver's own: "begin" below opens them, so that CREATE TABLE is inside one
        # too.
        return sqlite3.connect(
            uri, uri=True, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=_pool())
    event.listen(engine, "connect", _set_up_writer if write else _set_up_reader)
    event.listen(engine, "begin", _begin_writing if write else _begin_reading)
    return engine


def _pool() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _set_up_writer(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # Readers go on while somebody adds.
    # FULL: a page that was reported as recorded survives a power cut too. It costs one sync a page.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")


def _set_up_reader(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _begin_writing(connection: Connection) -> None:
    # At once, not at the first INSERT: a reader that becomes a writer halfway could be turned away.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
