"""Many shards at once: on all cores, or on a cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.batch.manifest import Manifest, read_json, write_json
from onrecord.batch.pool import Ready, run_on_pool
from onrecord.batch.shard import read_finished
from onrecord.errors import BadRequest, BatchError, CaptureError
from onrecord.workers import usable_cores

__all__ = ["MARK", "BatchSummary", "FailedShard", "Mark", "run_batch"]

MARK = "onrecord-batch.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What makes a folder the output of a batch."""

    format: int = 1
    about: str = "Tables made by `onrecord batch`. `onrecord add` of this folder loads them into a ledger."


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedShard:
    """A shard that could not be finished, and why."""

    uri: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """What a batch did. `cut_off` lists archives that end too early, so that they can be fetched again."""

    out: str
    shards: tuple[Manifest, ...]
    failed: tuple[FailedShard, ...]
    pages: int
    entries: int
    problems: int
    cut_off: tuple[str, ...]


def run_batch(
    uris: Iterable[str | Path],
    out: Path | str,
    *,
    workers: int | None = None,
    ray: str | None = None,
    part_pages: int = 1000,
    progress: Callable[[int, int], None] | None = None,
) -> BatchSummary:
    """Read archives and folders into tables under `out`, on all cores or as tasks of the Ray cluster `ray`.

    What was finished before is not read again. A process that is killed costs the part it was reading; a
    shard that can't be finished is listed, and the others are not affected.
    """
    shards = _check_shards(uris)
    out = _make_out(Path(out).absolute())
    if workers is not None and workers < 1:
        raise BadRequest(f"{workers} workers were asked for; at least 1 is needed.")
    found: dict[str, Manifest | str] = {}
    for uri, result in _run(shards, out, workers=workers, ray=ray, part_pages=part_pages):
        found[uri] = result
        if progress:
            progress(len(found), len(shards))
    return _sum_up(out, shards, found)


def _run(
    uris: Sequence[str], out: Path, *, workers: int | None, ray: str | None, part_pages: int
) -> Iterator[Ready]:
    """Yield the shards that are finished already, then the others as they get ready."""
    left: list[str] = []
    for uri in uris:
        if manifest := read_finished(uri, out, part_pages=part_pages):
            yield uri, manifest
        else:
            left.append(uri)
    if not left:
        return
    if ray is None:
        yield from run_on_pool(
            left, out, workers=min(workers or len(usable_cores()), len(left)), part_pages=part_pages
        )
    else:
        from onrecord.batch.cluster import run_on_ray

        yield from run_on_ray(left, out, address=ray, workers=workers, part_pages=part_pages)


def _check_shards(uris: Iterable[str | Path]) -> list[str]:
    """Return whole paths, each once: they name the shards on every machine."""
    paths = list(dict.fromkeys(Path(uri).absolute() for uri in uris))
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise CaptureError(
            f"no such file or folder: {', '.join(missing[:5])}; nothing was read. Check the names."
        )
    if not paths:
        raise BadRequest("a batch needs at least one archive or folder to read.")
    return [str(path) for path in paths]


def _make_out(out: Path) -> Path:
    mark = out / MARK
    try:
        out.mkdir(parents=True, exist_ok=True)
        strange = next((x.name for x in out.iterdir() if not x.name.startswith(".")), None)
        if not mark.is_file() and strange:
            raise BatchError(
                f"{out} holds other files ({strange}); name a new folder for the tables of the batch."
            )
        if read_json(mark, Mark) is None:
            write_json(mark, Mark())
    except OSError as fault:
        raise BatchError(f"{out} can't be written to ({fault.strerror}); name another folder.") from fault
    return out


def _sum_up(out: Path, uris: Sequence[str], found: dict[str, Manifest | str]) -> BatchSummary:
    """Put the results in the order of the shards, whatever order they came in."""
    shards = [x for x in (found[uri] for uri in uris) if isinstance(x, Manifest)]
    return BatchSummary(
        out=str(out),
        shards=tuple(shards),
        failed=tuple(FailedShard(uri=uri, message=x) for uri in uris if isinstance(x := found[uri], str)),
        pages=sum(x.pages for x in shards),
        entries=sum(x.entries for x in shards),
        problems=sum(x.problems for x in shards),
        cut_off=tuple(place for x in shards for place in x.cut_off),
    )
