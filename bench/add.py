"""How fast `onrecord add` is, with one process and with all cores, and in how much memory, beside
trafilatura's extraction alone on the same pages in the same run.

usage: python -m bench.add DATA [--pages 1000] [--write]

DATA is the folder of local data. Real pages are unpacked into a folder. `onrecord add --jobs 1` into an
empty ledger, `onrecord add` of the same folder again, and trafilatura (bench/alone.py), which reads the same
files and writes nothing, are kept to one core each; then `onrecord add` into another empty ledger has all.
Seconds of processor time are what the system counted for the finished process and those it started; memory
is the most that all of them had together at once, looked at ten times a second, what they share counted
once. `--write` writes bench/TABLES.md.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.tables import replace_section
from evals.table import machine
from onrecord.workers import usable_cores

__all__ = ["main"]

SETS = ("wcxb_dev", "trafilatura", "fundus_tests", "zyte", "fundus_eval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished program: its name, seconds on the clock and of processor time, and peak memory in MB, of
    all its processes together."""

    name: str
    wall: float
    cpu: float
    peak: float


def main(argv: list[str]) -> None:
    """Unpack pages, run each program once, print the table."""
    data = Path(argv[0])
    count = int(argv[argv.index("--pages") + 1]) if "--pages" in argv else 1000
    with tempfile.TemporaryDirectory() as folder:
        pages, size = unpack(data, Path(folder) / "pages", count)
        books = Path(folder) / "one", Path(folder) / "all"
        one, every = (add_into(book, pages) for book in books)
        cores = usable_cores()
        runs = [
            timed("onrecord add, empty ledger, one core", [*one, "--jobs", "1"], cores[:1]),
            timed(f"onrecord add, empty ledger, all {len(cores)} cores", every, cores),
            timed("onrecord add, the same again, one core", one, cores[:1]),
            timed(
                "trafilatura, extraction alone, one core",
                [sys.executable, "-m", "bench.alone", "trafilatura", str(pages)],
                cores[:1],
            ),
        ]
        if export(books[0]) != export(books[1]):
            raise SystemExit("with all cores the ledger is another than with one")
        text = render(runs, count, size)
    print(text)
    if "--write" in argv:
        replace_section(text)


def add_into(book: Path, pages: Path) -> list[str]:
    """Return the command that adds the pages to a ledger."""
    return [str(Path(sys.executable).with_name("onrecord")), "--ledger", str(book), "add", str(pages)]


def export(book: Path) -> bytes:
    """Return what a ledger holds."""
    command = [*add_into(book, book)[:3], "export", "--format", "jsonl"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def unpack(data: Path, folder: Path, count: int) -> tuple[Path, int]:
    """Write real pages as plain files; return the folder and how many bytes they are."""
    folder.mkdir(parents=True)
    found = (path for name in SETS for path in sorted((data / "pages" / name).glob("*.html.gz")))
    size = 0
    for number, path in enumerate(islice(found, count)):
        target = folder / f"{number:05d}-{path.name.removesuffix('.gz')}"
        with gzip.open(path) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        size += target.stat().st_size
    return folder, size


def timed(name: str, command: list[str], cores: Sequence[int]) -> Run:
    """Run a program on some cores and take the system's own account of it."""
    began = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores)
    )
    peak = 0.0
    while not (ended := os.wait4(child.pid, os.WNOHANG))[0]:
        peak = max(peak, sum(map(measure_memory, find_processes(child.pid))))
        time.sleep(0.1)
    _, status, used = ended
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{name} ended with exit code {child.returncode}")
    return Run(name=name, wall=wall, cpu=used.ru_utime + used.ru_stime, peak=peak)


def find_processes(pid: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from find_processes(int(child))


def measure_memory(pid: int) -> float:
    """Return the MB that a process has, of what it shares its part; 0 if it has just ended."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def one_core() -> None:
    """Keep a process to the first core it may use."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def render(runs: list[Run], count: int, size: int) -> str:
    """Return the table as Markdown."""
    rival = runs[-1].cpu
    lines = [
        "# How fast Onrecord is",
        "",
        "Written by `make bench` (bench/add.py), in one run, over the same "
        f"{count:,} real pages ({size / 1e6:.0f} MB of HTML). Memory is that of all processes together.",
        machine(),
        "",
        "| program | pages/s | pages per CPU-second | wall s | CPU s | peak MB | CPU against trafilatura |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(run, count, rival) for run in runs]
    return "\n".join([*lines, ""])


def _row(run: Run, count: int, rival: float) -> str:
    return (
        f"| {run.name} | {count / run.wall:.1f} | {count / run.cpu:.1f} | {run.wall:.1f} | {run.cpu:.1f} "
        f"| {run.peak:.0f} | {run.cpu / rival:.2f} |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
