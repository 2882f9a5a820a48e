"""The command line as a test uses it: what it was given, what it said, how it ended."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from making import html_page

from onrecord.ledger import count, list_problems, open_ledger
from onrecord.ledger.records import Counts
from onrecord.views.cli import run

__all__ = [
    "GOOD",
    "SAID",
    "Ended",
    "Shell",
    "counts_of",
    "messages_of",
    "onrecord",
    "start_onrecord",
]

ENTRY_POINT = "import sys; from onrecord.views.cli import main; sys.argv[0] = 'onrecord'; main()"

SAID = "“The order is fixed in law,” Mara Ostrey told reporters on Tuesday."
GOOD = html_page(
    SAID, "The gates of the dam were closed at nine by two men and a dog, as they are on any other day."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended: its exit code and all it said."""

    code: int
    out: str
    err: str


def start_onrecord(ledger: Path, *words: str | Path, **options: Any) -> "subprocess.Popen[str]":
    """Start `onrecord` as a process of its own, warnings as errors."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ENTRY_POINT, "--ledger", str(ledger), *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        **options,
    )


def onrecord(
    ledger: Path, *words: str | Path, before: Callable[[], None] | None = None, timeout: float = 60
) -> Ended:
    """Run `onrecord` to its end; `before` is done in the new process first (to limit it)."""
    process = start_onrecord(ledger, *words, preexec_fn=before)
    out, err = process.communicate(timeout=timeout)
    return Ended(code=process.returncode, out=out, err=err)


def counts_of(ledger: Path) -> Counts:
    """Return how much a ledger holds."""
    with open_ledger(ledger) as opened:
        return count(opened)


def messages_of(ledger: Path) -> list[str]:
    """Return the messages of all problems that a ledger keeps."""
    with open_ledger(ledger) as opened:
        return [problem.message for problem in list_problems(opened)]


class Shell:
    """`onrecord` on one ledger, in this process: as the command line, but without a second's start."""

    def __init__(self, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.ledger = ledger
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str | Path) -> int:
        code = run(["--ledger", str(self.ledger), *map(str, words)])
        self.out, self.err = self._capsys.readouterr()
        return code
