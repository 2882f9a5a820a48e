"""One page made to cost, read in a process of its own: how long it took, in how much memory, all told.

`python -m fuzz.storm NAME BYTES lines` (or `page`) prints both as JSON; `measure_storm` does it from a test.
`lines` is the page made into lines; `page` is that and the lines' roles.
"""

import json
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

from fuzz.made_pages import STORMS
from fuzz.promises import Broken, make_capture, most_memory, most_seconds, spans_astray
from onrecord.page import read_page
from onrecord.page.shown import show_html

__all__ = ["check_storm", "measure_storm"]

Part = Literal["lines", "page"]
ROOT = Path(__file__).resolve().parent.parent
WIDE = "\N{GRINNING FACE}"


def check_storm(name: str, size: int, part: Part = "page") -> tuple[float, int]:
    """Return seconds and bytes that a page full of one thing took; raise `Broken` where that is too much."""
    seconds, memory = measure_storm(name, size, part)
    if seconds > most_seconds(size):
        raise Broken(
            f"{name}, {size:,} bytes: {seconds:.1f} s; at most {most_seconds(size):.1f} are promised"
        )
    if memory > most_memory(size):
        raise Broken(f"{name}, {size:,} bytes: {memory:,} bytes of memory, more than {most_memory(size):,}")
    return seconds, memory


def measure_storm(name: str, size: int, part: Part = "page") -> tuple[float, int]:
    """Return seconds of processor time and bytes of memory, measured in a new process."""
    command = [sys.executable, "-m", "fuzz.storm", name, str(size), part]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Broken(f"{name}, {size:,} bytes: ended with {done.returncode}: {done.stderr[-2000:]}")
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def most_held() -> int:
    """Return the most bytes of memory that this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def forget_most_held() -> None:
    """Let the most memory held be what is held now, where the system can; loading took more."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def main(name: str, size: int, part: str) -> None:
    """Read one page and print what it took."""
    piece = STORMS[name]
    # One sign from far up in Unicode, and Python keeps every character in four bytes.
    extra = WIDE if name == "one wide sign" else ""
    payload = (piece * (size // len(piece.encode())) + extra).encode()
    read_page(
        make_capture(
            b"<title>x</title><h1>The gates</h1><p class=a>They were closed on <a href=x>Tuesday</a>."
        )
    )
    capture = make_capture(payload)
    forget_most_held()
    before, start = most_held(), time.process_time()
    if part == "lines":
        show_html(capture.payload.decode())
    else:
        page, _ = read_page(capture)
    took, held = time.process_time() - start, most_held() - before
    for trouble in spans_astray(page) if part == "page" else ():
        raise Broken(trouble)
    print(json.dumps([took, held]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
