"""How fast the page stage alone is, beside trafilatura and resiliparse on the same pages in the same run.

usage: python -m bench.pages DATA [--pages 400] [--rounds 3] [--write]

The pages are those of about 200 KB (100 to 300) in the sets of DATA. Each program is a process of its own on
one core; the rounds go through the programs in turn, and each program's fastest round counts. `--write` puts
the table into bench/TABLES.md.
"""

import gzip
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from bench.add import SETS, one_core
from bench.alone import PROGRAMS
from bench.tables import replace_section
from evals.table import machine

__all__ = ["main"]

TITLE = "# How fast the page stage is"
SMALL, LARGE = 100_000, 300_000


def unpack(data: Path, folder: Path, count: int) -> tuple[int, int]:
    """Write pages of the right size as plain files; return how many there are and their bytes."""
    found = (path for name in SETS for path in sorted((data / "pages" / name).glob("*.html.gz")))
    pages = (page for page in map(gzip.decompress, (path.read_bytes() for path in found)))
    chosen = islice((page for page in pages if SMALL <= len(page) <= LARGE), count)
    number = size = 0
    for number, page in enumerate(chosen, 1):
        (folder / f"{number:05d}.html").write_bytes(page)
        size += len(page)
    return number, size


def measure(program: str, folder: Path) -> float:
    """Return the seconds of processor time that a program takes for a folder."""
    command = [sys.executable, "-m", "bench.alone", program, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, preexec_fn=one_core)
    return float(done.stdout.split()[-1])


def render(seconds: dict[str, float], count: int, size: int) -> str:
    """Return the table as Markdown."""
    rival = seconds["trafilatura"]
    lines = [
        TITLE,
        "",
        f"Written by `make bench` (bench/pages.py): {count:,} real pages of {size / count / 1000:.0f} KB on "
        "average, every program a process on one core, the fastest of its rounds in one run.",
        machine(),
        "",
        "| program | pages per CPU-second | times trafilatura |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {name} | {count / spent:.1f} | {rival / spent:.2f} |" for name, spent in seconds.items()]
    return "\n".join([*lines, ""])


def main(argv: list[str]) -> None:
    """Measure every program in turn, print the table."""
    count = int(argv[argv.index("--pages") + 1]) if "--pages" in argv else 400
    rounds = int(argv[argv.index("--rounds") + 1]) if "--rounds" in argv else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count, size = unpack(Path(argv[0]), folder, count)
        times = {program: [measure(program, folder)] for program in PROGRAMS}
        for _ in range(rounds - 1):
            for program, spent in times.items():
                spent.append(measure(program, folder))
    text = render({program: min(spent) for program, spent in times.items()}, count, size)
    print(text)
    if "--write" in argv:
        replace_section(text)


if __name__ == "__main__":
    main(sys.argv[1:])
