"""Shards on the cores of one machine, by processes of which any may be killed at any time."""

import os
import signal
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from threading import Thread

from onrecord.batch.manifest import Manifest
from onrecord.batch.shard import process_shard
from onrecord.errors import OnrecordError

__all__ = ["KILLED", "MAX_TRIES", "Ready", "run_on_pool", "trouble"]

MAX_TRIES = 3
"""So often a shard may take its process down with it before it is given up."""

KILLED = (
    f"the process that read this shard was killed {MAX_TRIES} times; often the memory was too small. "
    "Its finished parts are kept: run the same again with fewer workers, or look for the page that does it."
)

Ready = tuple[str, Manifest | str]
"""A shard with its manifest, or with words on why there is none."""


def run_on_pool(uris: Sequence[str], out: Path, *, workers: int, part_pages: int) -> Iterator[Ready]:
    """Yield each shard with its manifest, or with words on why there is none, as they get ready.

    When a process is killed the whole pool is lost with it and a new one is made. Whose fault it was can't
    be told then, so those that were at work are tried again one by one.
    """
    waiting, suspects, tries = list(uris), list[str](), Counter[str]()
    while waiting or suspects:
        queue, workers_now = ([suspects.pop()], 1) if suspects else (waiting, workers)
        broken = yield from _run_pool(queue, out, workers_now, part_pages)
        tries.update(broken)
        for uri in broken:
            if tries[uri] < MAX_TRIES:
                suspects.append(uri)
            else:
                yield uri, KILLED


def trouble(fault: BaseException) -> str:
    """Say in words what stopped a shard."""
    if isinstance(fault, OnrecordError):
        return str(fault)
    if isinstance(fault, OSError):
        return f"its tables can't be written or the shard can't be read ({fault}); then run the same again."
    return f"Onrecord failed on this shard ({type(fault).__name__}: {fault}); please report it."


def _run_pool(
    queue: list[str], out: Path, workers: int, part_pages: int
) -> Generator[Ready, None, list[str]]:
    """Work through a queue of shards with one pool, and return those that were at work when it broke."""
    before = active_children()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker)
    at_work: dict[Future[Manifest], str] = {}
    broken: list[str] = []
    try:
        while at_work or (queue and not broken):
            # No more than there are workers: what waits inside a pool is lost with it, and would be
            # suspected.
            while queue and len(at_work) < workers and not broken:
                at_work[pool.submit(process_shard, queue[0], out, part_pages=part_pages)] = queue[0]
                del queue[0]
            for done in wait(at_work, return_when=FIRST_COMPLETED).done:
                uri = at_work.pop(done)
                fault = done.exception()
                if isinstance(fault, BrokenProcessPool):
                    broken.append(uri)
                else:
                    yield uri, trouble(fault) if fault else done.result()
    except BrokenProcessPool:
        # It broke between two shards, and `submit` was the first to see it.
        broken += at_work.values()
    except BaseException:
        for process in active_children():
            if process not in before:
                process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return broken


def _start_worker() -> None:
    """Make a worker die with its parent: a run that was killed must not go on working unseen."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
