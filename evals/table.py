"""The tables as Markdown: a section a task, each figure with what it was measured on."""

import hashlib
import os
import platform
import subprocess
from itertools import groupby
from pathlib import Path

from evals.scoring import Score

__all__ = ["file_hash", "machine", "replace_tables", "write_tables"]

Row = tuple[str, str, Score, str, str]

HEAD = """# How well Onrecord reads

Written by `make evals` (evals/all.py). Every figure comes from that run, but for the column "elsewhere",
which quotes what others reach, published or measured before on a machine of this kind. Real pages are read
from local data and are not part of the project. Scoreboard sets are never trained or tuned on.

{made}
"""


def file_hash(path: Path) -> str:
    """Return 12 hex digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def machine() -> str:
    """Return one line: commit, Python, processor."""
    git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "src"], capture_output=True, text=True, check=False
    )
    changed = " with changes" if dirty.stdout.strip() else ""
    return (
        f"Commit {git.stdout.strip() or 'unknown'}{changed}; Python {platform.python_version()}; "
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "processor unknown"


def write_tables(path: Path, rows: list[Row], made: str) -> None:
    """Write the tables of a run."""
    parts = [HEAD.format(made=made)]
    for section, group in groupby(rows, key=lambda row: row[0]):
        parts.append(_table(section, list(group)))
    path.write_text("\n".join(parts), encoding="utf-8")


def replace_tables(path: Path, rows: list[Row], made: str) -> None:
    """Put the tables of some sections in the place of those that stand there, each with when it was made.

    Rows of a section that were not measured again would be of another commit, so a section is replaced whole.
    """
    parts = path.read_text(encoding="utf-8").split("\n## ")
    titles = [part.partition("\n")[0] for part in parts]
    for section, group in groupby(rows, key=lambda row: row[0]):
        table = f"{_table(section, list(group)).removeprefix('## ').rstrip()}\n\nMeasured at: {made}\n"
        if section in titles:
            parts[titles.index(section)] = table
        else:
            parts.append(table)
            titles.append(section)
    path.write_text("\n## ".join(part.rstrip("\n") + "\n" for part in parts), encoding="utf-8")


def _table(section: str, rows: list[Row]) -> str:
    names = list(dict.fromkeys(name for _, _, score, _, _ in rows for name in score))
    elsewhere = any(rival for _, _, _, rival, _ in rows)
    head = ["", *names, "data", *(["elsewhere"] if elsewhere else [])]
    lines = [f"## {section}", "", _row(head), _row(["---"] * len(head))]
    for _, name, score, rival, digest in rows:
        cells = [_figure(score.get(n)) for n in names]
        lines.append(_row([name, *cells, f"`{digest}`", *([rival] if elsewhere else [])]))
    return "\n".join([*lines, ""])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
