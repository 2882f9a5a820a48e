"""What the database or the disk complains of, said in the words of the ledger."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerDamaged, LedgerError, LedgerFull, LedgerLocked

__all__ = ["ledger_trouble"]

_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


@contextmanager
def ledger_trouble(folder: Path) -> Iterator[None]:
    """Turn errors of the database and the disk into a `LedgerError` that says what to do."""
    try:
        yield
    except OSError as why:
        if why.errno in _FULL:
            raise _full(folder, why.strerror or str(why)) from why
        raise LedgerError(f"the ledger in {folder} can't be used: {why}") from why
    except (DBAPIError, sqlite3.Error) as why:
        raise _named(folder, why.orig if isinstance(why, DBAPIError) else why) or why from why


def _full(folder: Path, words: str) -> LedgerFull:
    return LedgerFull(
        f"the disk took no more ({words}) while the ledger in {folder} was being written; "
        "what was recorded before is kept. Make room and run the same again: it goes on where it stopped"
    )


def _named(folder: Path, why: BaseException | None) -> LedgerError | None:
    name: str = getattr(why, "sqlite_errorname", None) or ""
    if name == "SQLITE_FULL" or name.startswith(
        ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE")
    ):
        return _full(folder, str(why))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerLocked(
            f"the database of the ledger in {folder} is held by another program ({why}); "
            "wait until it has finished and run this again"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return LedgerDamaged(
            f"onrecord.sqlite in {folder} is damaged ({why}); keep the folder as it is, put back a copy of "
            "onrecord.sqlite, or make a new ledger from the captures-*.warc.gz files, which hold every page"
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return LedgerError(
            f"onrecord.sqlite in {folder} can't be opened or written to ({why}); "
            "check that the folder and its files belong to you"
        )
    return None
