"""A process that adds made-up pages to a ledger, and that tests kill, or give too little room."""

import multiprocessing
import os
import random
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

from ledger_pages import put_ledger
from making import make_capture

from onrecord.errors import OnrecordError
from onrecord.ledger import bulk, has_capture, open_ledger, record_reading
from onrecord.reading import read
from onrecord.types import Capture

__all__ = ["add_pages", "made_page", "run_writer"]


def made_page(n: int, *, big: bool = False) -> Capture:
    """Return page number `n`, always the same; a big one does not pack well."""
    dice = random.Random(n)
    filler = " ".join(f"{dice.getrandbits(40):x}" for _ in range(3000 if big else 20))
    text = (
        f"Bridge number {n} to reopen\n\nSELM, March 11, 2031 – “We will reopen bridge number {n},” "
        "Mara Ostrey, a spokeswoman for the ministry, told reporters on Tuesday.\n\n"
        f"Numbers follow: {filler}.\n"
    )
    return make_capture(text, uri=f"https://northline.example/{n}", place=f"made/{n}.txt")


def add_pages(folder: Path, pages: int, *, big: bool = False, in_bulk: bool = False) -> int:
    """Add so many pages and return how many were new."""
    new = 0
    with open_ledger(folder, create=True) as ledger, bulk(ledger) if in_bulk else nullcontext():
        for n in range(pages):
            capture = made_page(n, big=big)
            if not has_capture(ledger, capture):
                record_reading(ledger, capture, read(capture))
                new += 1
    return new


def run_writer(
    folder: Path,
    pages: int,
    *,
    die: tuple[str, str, int] | None = None,
    room: int | None = None,
    big: bool = False,
    in_bulk: bool = False,
    make_tables: bool = False,
) -> int | None:
    """Add pages in another process and return its exit code, -9 when it was killed.

    With `die` it kills itself, as kill -9 does, when a function is called (or returns) for so many times.
    `room` is the most bytes that any file may have. `make_tables` lets it begin without a ledger.
    """
    if not make_tables:
        put_ledger(folder)

    def run() -> None:
        if room:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        if die:
            _die_at(*die)
        try:
            add_pages(folder, pages, big=big, in_bulk=in_bulk)
        except OnrecordError as why:
            os._exit(why.exit_code)

    # A fork, because a new Python would take longer to start than all that is tested here.
    writer = multiprocessing.get_context("fork").Process(target=run)
    writer.start()
    writer.join()
    return writer.exitcode


def _die_at(function: str, event: str, times: int) -> None:
    left = times

    def watch(frame: FrameType, happened: str, _: object) -> None:
        nonlocal left
        if happened == event and frame.f_code.co_qualname == function:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


if __name__ == "__main__":
    add_pages(Path(sys.argv[1]), int(sys.argv[2]))
