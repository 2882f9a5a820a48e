"""Shards on the cores of one machine, by processes of which any may be killed at any time."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from onrecord.batch.manifest import Manifest
from onrecord.batch.shard import process_shard
from onrecord.errors import OnrecordError
from onrecord.workers import MAX_TRIES, Failed, Lost, Workers

__all__ = ["KILLED", "Ready", "run_on_pool", "trouble"]

KILLED = (
    f"the process that read this shard was killed {MAX_TRIES} times; often the memory was too small. "
    "Its finished parts are kept: run the same again with fewer workers, or look for the page that does it."
)

Ready = tuple[str, Manifest | str]
"""A shard with its manifest, or with words on why there is none."""


def run_on_pool(uris: Sequence[str], out: Path, *, workers: int, part_pages: int) -> Iterator[Ready]:
    """Yield each shard with its manifest, or with words on why there is none, as they get ready."""
    with Workers(partial(process_shard, out=out, part_pages=part_pages), workers) as pool:
        for uri in uris:
            pool.add(uri)
        while pool.busy:
            for uri, found in pool.collect():
                match found:
                    case Manifest():
                        yield uri, found
                    case Failed():
                        yield uri, trouble(found.fault)
                    case Lost():
                        yield uri, KILLED


def trouble(fault: BaseException) -> str:
    """Say in words what stopped a shard."""
    if isinstance(fault, OnrecordError):
        return str(fault)
    if isinstance(fault, OSError):
        return f"its tables can't be written or the shard can't be read ({fault}); then run the same again."
    return f"Onrecord failed on this shard ({type(fault).__name__}: {fault}); please report it."
