"""The same shards as tasks of a Ray cluster (extra `cluster`)."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from site import getuserbase
from tempfile import gettempdir, mkdtemp
from typing import Any

from onrecord.batch.pool import KILLED, Ready, trouble
from onrecord.batch.shard import process_shard
from onrecord.errors import BatchError, MissingExtra
from onrecord.workers import MAX_TRIES, set_environment

__all__ = ["run_on_ray"]


def run_on_ray(
    uris: Sequence[str], out: Path, *, address: str, workers: int | None, part_pages: int
) -> Iterator[Ready]:
    """Yield each shard with its manifest, or with words on why there is none, as the cluster gets them ready.

    "local" starts a cluster of this machine alone and stops it afterwards. Every machine must see the
    shards and `out` under the same paths.
    """
    with _own_home() if address == "local" else nullcontext() as home:
        with _living_in(home):
            ray = _import_ray()
            ours = not ray.is_initialized()
            if ours:
                _start(ray, address, workers, home)
        try:
            yield from _run_tasks(ray, uris, out, part_pages)
        finally:
            if ours:
                ray.shutdown()


@contextmanager
def _own_home() -> Iterator[Path]:
    """Give a Ray of this machine alone a home folder, and remove it with all that Ray wrote there.

    Ray keeps its logs, with the names of the shards, in /tmp for good and a password in the home folder. With
    its reports off it still asks 169.254.169.254 and metadata.google.internal whose cloud it runs in,
    unless a file in the home folder tells how the cluster was made.
    """
    # Ray's sockets lie in it, and the name of a socket may have no more than 103 characters.
    short = os.name != "posix" or len(gettempdir()) < 25
    home = Path(mkdtemp(prefix="ray-", dir=None if short else "/tmp"))
    try:
        (home / "ray_bootstrap_config.yaml").write_text("{}\n", encoding="ascii")
        yield home
    finally:
        # Its processes write until they have ended.
        for _ in range(50):
            rmtree(home, ignore_errors=True)
            if not home.exists():
                break
            time.sleep(0.1)


@contextmanager
def _living_in(home: Path | None) -> Iterator[None]:
    """Let Ray's processes, which are started meanwhile, take this folder for the home folder."""
    if home is None:
        yield
        return
    theirs = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        # Onrecord itself may be installed in the real one (pip install --user).
        "PYTHONUSERBASE": getuserbase(),
        "RAY_AUTH_TOKEN": token_hex(32),
        # Ray stays on the loopback address, as it does on other systems by itself. Else it looks for a way to
        # 8.8.8.8 to learn this machine's own, and others could reach it there.
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    }
    with set_environment(theirs):
        yield


def _import_ray() -> Any:
    # Whoever reads news for a living must not be reported on: Ray's usage reports are off before it is
    # loaded.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["DO_NOT_TRACK"] = "true"
    try:
        import ray
    except ImportError as fault:
        raise MissingExtra("running on a cluster needs Ray: pip install 'onrecord[cluster]'") from fault
    return ray


def _start(ray: Any, address: str, workers: int | None, home: Path | None) -> None:
    local: dict[str, Any] = {}
    if home is not None:
        # What comes back of a shard are a few numbers; without this Ray takes a third of the memory for it.
        local = {"include_dashboard": False, "num_cpus": workers, "object_store_memory": 128 << 20}
        local["_temp_dir"] = str(home)
    try:
        ray.init(address=address, log_to_driver=False, configure_logging=False, **local)
    except (ConnectionError, ValueError, RuntimeError, OSError) as fault:
        raise BatchError(
            f"no Ray cluster answers at {address!r} ({fault}); give the address that `ray start` printed, "
            "or local for one of this machine alone."
        ) from fault


def _run_tasks(ray: Any, uris: Sequence[str], out: Path, part_pages: int) -> Iterator[Ready]:
    # Ray tries again when a worker or a whole machine is lost, but not when the task itself failed.
    task = ray.remote(max_retries=MAX_TRIES, retry_exceptions=False)(process_shard)
    waiting, at_work = list(uris), dict[Any, str]()
    # A task costs the driver memory from the moment it is made: a night's archives are handed out as places
    # get free.
    room = max(8, 4 * int(ray.cluster_resources().get("CPU", 1)))
    while waiting or at_work:
        while waiting and len(at_work) < room:
            uri = waiting.pop(0)
            at_work[task.remote(uri, out, part_pages=part_pages)] = uri
        ready, _ = ray.wait(list(at_work), num_returns=1)
        for done in ready:
            yield at_work.pop(done), _result(ray, done)


def _result(ray: Any, done: Any) -> Any:
    try:
        return ray.get(done)
    except ray.exceptions.RayTaskError as fault:
        return trouble(fault.cause if isinstance(fault.cause, Exception) else fault)
    except ray.exceptions.RayError:
        return KILLED
