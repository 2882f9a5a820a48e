"""What the tests let other processes do: pages that take their process with them, or keep it for ever."""

import os
import signal
import time
from pathlib import Path

from onrecord.reading import read_or_problem
from onrecord.types import Problem, Reading
from onrecord.views.reading_ahead import _Task

DIES, HANGS, IS_DAMAGED = b"<!-- dies -->", b"<!-- hangs -->", b"<!-- damaged -->"


def read(task: _Task) -> Reading | Problem:
    """Read a page, if it lets itself be read."""
    if DIES in task.capture.payload:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if HANGS in task.capture.payload:
        time.sleep(600)
    if IS_DAMAGED in task.capture.payload:
        from onrecord.errors import ModelDamaged

        raise ModelDamaged("the model file is damaged")
    return read_or_problem(task.capture)


def measure(task: _Task) -> Problem:
    """Tell only how long a page is."""
    return Problem(stage="test", message=str(len(task.capture.payload)))


def square(number: int) -> int:
    return number * number


def fail(number: int) -> int:
    raise ValueError(f"{number} is odd") if number % 2 else MemoryError


def count_threads(size: int) -> int:
    """Let a library that would work on all cores do so; return how many threads there are then."""
    import numpy as np

    many = np.ones((size, size), np.float32)
    many @ many
    return len(list(Path("/proc/self/task").iterdir()))


def die_once(mark: str) -> str:
    """Take the process down the first time."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return mark
    os._exit(3)
