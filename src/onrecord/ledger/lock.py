"""One writer at a time: a lock that the operating system takes back when its holder dies."""

import os
import sys
from pathlib import Path
from typing import IO

from onrecord.errors import LedgerError, LedgerLocked

__all__ = ["FolderLock"]

NAME = "onrecord.lock"


class FolderLock:
    """The right to write to a ledger, held until `release`.

    The file stays when the lock is given back: removing it would let two writers each lock a file of that
    name.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file: IO[str] = (folder / NAME).open("a+", encoding="ascii", errors="replace")
        except OSError as why:
            raise LedgerError(
                f"the ledger in {folder} can't be written to ({why.strerror}); "
                "adding needs a folder that you may write to"
            ) from why
        if not _take(self._file):
            self._file.seek(0)
            holder = self._file.read(40).strip() or "unknown"
            self._file.close()
            raise LedgerLocked(
                f"the ledger in {folder} is being written to by another program (process {holder}); "
                "wait until it has finished, or stop it, and run this again. Reading is not affected"
            )
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if not self._file.closed:
            _give_back(self._file)
            self._file.close()


if sys.platform == "win32":
    import msvcrt

    # A byte far beyond the text, because Windows also keeps others from reading the locked bytes.
    _BYTE = 1 << 30

    def _take(file: IO[str]) -> bool:
        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[str]) -> None:
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        # flock, not lockf: it also keeps two ledgers of one process apart.
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
