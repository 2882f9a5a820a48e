"""How fast `onrecord add` is, and in how much memory, beside trafilatura's extraction alone on the same
pages in the same run.

usage: python -m bench.add DATA [--pages 1000] [--write]

DATA is the folder of local data. Real pages are unpacked into a folder, and each program is its own
process on one core: `onrecord add` into an empty ledger, `onrecord add` of the same folder again, and
trafilatura (bench/alone.py), which reads the same files and writes nothing. Seconds of
processor time and the peak of resident memory are what the system counted for the finished process.
`--write` writes bench/TABLES.md.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.tables import replace_section
from evals.table import machine

__all__ = ["main"]

SETS = ("wcxb_dev", "trafilatura", "fundus_tests", "zyte", "fundus_eval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished process: its name, seconds on the clock and of processor time, peak memory in MB."""

    name: str
    wall: float
    cpu: float
    peak: float


def main(argv: list[str]) -> None:
    """Unpack pages, run each program once on one core, print the table."""
    data = Path(argv[0])
    count = int(argv[argv.index("--pages") + 1]) if "--pages" in argv else 1000
    with tempfile.TemporaryDirectory() as folder:
        pages, size = unpack(data, Path(folder) / "pages", count)
        book = Path(folder) / "ledger"
        onrecord = [str(Path(sys.executable).with_name("onrecord")), "--ledger", str(book), "add", str(pages)]
        runs = [
            timed("onrecord add, empty ledger", onrecord),
            timed("onrecord add, the same again", onrecord),
            timed(
                "trafilatura, extraction alone",
                [sys.executable, "-m", "bench.alone", "trafilatura", str(pages)],
            ),
        ]
        text = render(runs, count, size)
    print(text)
    if "--write" in argv:
        replace_section(text)


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


def timed(name: str, command: list[str]) -> Run:
    """Run a program on one core and take the system's own account of it."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=one_core)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{name} ended with exit code {child.returncode}")
    return Run(name=name, wall=wall, cpu=used.ru_utime + used.ru_stime, peak=used.ru_maxrss / 1024)


def one_core() -> None:
    """Keep a process to the first core it may use."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def render(runs: list[Run], count: int, size: int) -> str:
    """Return the table as Markdown."""
    rival = runs[-1].cpu
    lines = [
        "# How fast Onrecord is",
        "",
        "Written by `make bench` (bench/add.py): every program is one process on one core, in one run, over "
        "the same "
        f"{count:,} real pages ({size / 1e6:.0f} MB of HTML).",
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
