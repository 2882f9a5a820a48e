"""Watch what a program asks for and what it writes, by every means that this machine has.

| eye | sees | where |
|---|---|---|
| calls | which address and which file, of every system call (`strace`) | Linux with strace |
| counters | that somebody outside is asked, on a network that leads nowhere | Linux, if users may make one |
| python | what Python code asks for and writes, by its audit events | everywhere |
| folders | what is left in home, among temporary files and where the program ran | everywhere |

`python tests/watching.py` installs strace where that is easy, and says by which eyes the tests will see.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from system_calls import TRACED, read_calls

__all__ = ["EYES", "Watched", "World", "find_eyes", "make_world", "watch"]

EYES = ("calls", "counters", "python", "folders")

ROOT = Path(__file__).resolve().parent.parent
WATCHED = ROOT / "tests" / "watched"
PYTHON_LOG = "python.jsonl"

NAMES_OF_THIS_MACHINE = {"localhost", "localhost.localdomain", "ip6-localhost"}
# Memory that processes share, what a process tells of itself, and where all and nothing goes.
NO_FILES = ("/dev/null", "/dev/tty", "/dev/pts/", "/dev/shm/sem.", "/dev/shm/plasma", "/proc/")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where a program is watched: a home, a folder for temporary files, and one in which it is started."""

    home: Path
    temporary: Path
    work: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """How a program ended, and what it did that it must not, in words; empty when there is nothing."""

    code: int
    out: str
    err: str
    seen: tuple[str, ...]


def make_world(folder: Path) -> World:
    """Make the three folders, empty."""
    world = World(home=folder / "home", temporary=folder / "temporary", work=folder / "work")
    for made in (world.home, world.temporary, world.work):
        made.mkdir(parents=True)
    return world


@cache
def find_eyes() -> tuple[str, ...]:
    """Return the eyes that can be opened on this machine; the last two always can."""
    true = shutil.which("true")
    has = {"python", "folders"}
    if sys.platform == "linux" and true:
        # Tried as it is used: some systems let users make a network namespace and then do nothing in it.
        tries = {"calls": ["strace", "-f", "-o", os.devnull], "counters": _nowhere(os.devnull)}
        has |= {eye for eye, before in tries.items() if _runs([*before, true])}
    return tuple(eye for eye in EYES if eye in has)


def _runs(command: list[str]) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True).returncode == 0


def watch(
    command: Iterable[str | Path],
    world: World,
    *,
    may_write: Iterable[str | Path] = (),
    eyes: Iterable[str] | None = None,
    timeout: float = 240,
) -> Watched:
    """Run a program in a world, with no way out where that can be had, and look by these eyes or by all.

    It may write what `may_write` names (files, or folders with all in them), in the working folder, and
    temporary files, of which none may be left. It may talk to this machine, and to nobody else.
    """
    opened = tuple(find_eyes() if eyes is None else eyes)
    allowed = [*(Path(os.path.realpath(world.work / path)) for path in may_write)]
    before = _look_over(world, allowed)
    with TemporaryDirectory(prefix="watch-") as notes:
        ended = _run(list(map(str, command)), world, Path(notes), opened, timeout)
        # The eyes see each other, too.
        quiet = [*allowed, *(Path(os.path.realpath(x)) for x in (world.temporary, Path(notes, PYTHON_LOG)))]
        seen = _judge(Path(notes), world, quiet)
    if "folders" in opened:
        seen += _compare(before, _look_over(world, allowed))
    return Watched(code=ended.returncode, out=ended.stdout, err=ended.stderr, seen=tuple(dict.fromkeys(seen)))


def _run(
    command: list[str], world: World, notes: Path, eyes: tuple[str, ...], timeout: float
) -> "subprocess.CompletedProcess[str]":
    if "calls" in eyes:
        (notes / "calls").mkdir()
        strace = ["strace", "-ff", "-qq", "-y", "-s", "4096", "-e", f"trace={TRACED}", "-e", "signal=none"]
        command = [*strace, "-o", str(notes / "calls" / "of"), "--", *command]
    # Not only for its counters: what is asked for here must not get out of a machine that tests.
    if "counters" in find_eyes():
        name = "counters.json" if "counters" in eyes else "unread.json"
        command = [*_nowhere(str(notes / name)), *command]
    process = subprocess.Popen(
        command,
        cwd=world.work,
        env=_surroundings(world, notes / PYTHON_LOG if "python" in eyes else None),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _nowhere(report: str) -> list[str]:
    """Return the beginning of a command that is to run where no network leads anywhere."""
    alone = ["unshare", "--map-root-user", "--net", "--"]
    return [*alone, sys.executable, "-I", "-S", str(WATCHED / "no_way_out.py"), report]


def _surroundings(world: World, log: Path | None) -> dict[str, str]:
    """Return the environment of somebody who has set nothing.

    Nothing is taken over from the test's own: it has been told to be silent already, and on machines that say
    they test software (CI) some libraries are silent that are not so at home.
    """
    paths = [str(ROOT / "src")]
    if log is not None:
        paths.insert(0, str(WATCHED))
    taken = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    return taken | {
        "PYTHONPATH": os.pathsep.join(paths),
        # Else Python keeps what it compiled beside the program.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "COLUMNS": "200",
        # Else a daemon may be asked who this is.
        "USER": "anna",
        "LOGNAME": "anna",
        "HOME": str(world.home),
        "USERPROFILE": str(world.home),
        "APPDATA": str(world.home / "AppData"),
        "LOCALAPPDATA": str(world.home / "AppData"),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(world.temporary)),
        **({} if log is None else {"ONRECORD_WATCH": str(log)}),
    }


def _judge(notes: Path, world: World, allowed: list[Path]) -> list[str]:
    """Return what the open eyes noted that was not allowed."""
    noted: list[dict[str, object]] = []
    if (log := notes / PYTHON_LOG).is_file():
        noted += [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    if (calls := notes / "calls").is_dir():
        noted += read_calls(calls, world.work)
    seen = [words for one in noted if (words := _judge_one(one, allowed))]
    if (report := notes / "counters.json").is_file():
        counted = json.loads(report.read_text(encoding="ascii"))
        seen += [f"the kernel counted {number} of {name}" for name, number in counted.items() if number]
    return seen


def _judge_one(noted: dict[str, object], allowed: list[Path]) -> str | None:
    match noted["kind"], noted["event"]:
        case "path", event:
            return None if _may_be_written(str(noted["path"]), allowed) else f"{event} of {noted['path']}"
        case "name", event:
            name = noted["name"]
            return None if name is None or _is_here(str(name)) else f"{event} of {name}"
        case _, event:
            address = noted["address"]
    if isinstance(address, str):
        # A pair of its own processes has no name. Others may be daemons that look names up for whoever asks.
        quiet = address == "" or address.startswith(("@", "\0"))
        return None if quiet or _is_one_of(address, allowed) else f"{event} to {address}"
    assert isinstance(address, list)
    host, port = str(address[0]), int(address[1])
    if port == 53:
        return f"{event} to {host} port 53, a name server"
    return None if _is_here(host) else f"{event} to {host} port {port}"


def _is_here(host: str) -> bool:
    """Tell whether a name or an address is this machine's own."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host.lower() in NAMES_OF_THIS_MACHINE
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback


def _may_be_written(path: str, allowed: list[Path]) -> bool:
    """Tell whether a file is one of those named, or its forerunner beside it: `entries.csv.part`.

    A forerunner that is left there is found when all is over.
    """
    if path.startswith(NO_FILES) or _is_one_of(path, allowed):
        return True
    return any(os.path.realpath(path).startswith(f"{one}.") for one in allowed)


def _is_one_of(path: str, allowed: list[Path]) -> bool:
    real = Path(os.path.realpath(path))
    return any(real == one or one in real.parents for one in allowed)


def _look_over(world: World, allowed: list[Path]) -> dict[str, tuple[int, int]]:
    """Return size and time of every file of a world, but for those that may be written."""
    found: dict[str, tuple[int, int]] = {}
    for path in _walk([world.home, world.temporary, world.work], allowed):
        state = path.lstat()
        found[str(path)] = (0, 0) if path.is_dir() else (state.st_size, state.st_mtime_ns)
    return found


def _walk(folders: Iterable[Path], allowed: list[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            if not _is_one_of(str(path), allowed):
                yield path


def _compare(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[str]:
    return [
        *(f"left behind: {path}" for path in after if path not in before),
        *(f"removed: {path}" for path in before if path not in after),
        *(f"changed: {path}" for path in before if path in after and before[path] != after[path]),
    ]


def main() -> int:
    """Install strace as root where apt-get is, and say by which eyes the tests see; two eyes are enough."""
    apt = shutil.which("apt-get")
    if sys.platform == "linux" and not shutil.which("strace") and apt and os.geteuid() == 0:
        print("no strace on this machine: installing one for the tests of what the program asks for")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "strace"]):
            subprocess.run([apt, *words], env=quiet)
    blind = [eye for eye in EYES if eye not in find_eyes()]
    less = f", without {' and '.join(blind)}" if blind else ""
    print(f"what the program asks for and writes is watched by {', '.join(find_eyes())}{less}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
