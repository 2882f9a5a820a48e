"""`make fuzz`: look for a page that breaks the reader, for so many seconds (60 without a word).

A third of the time goes to bytes changed at random under Atheris (without it to the next), a third to pages
that Hypothesis makes up, a third to pages made to cost, each made into lines in a process of its own. What
breaks is shown, and kept in `fuzz/found/` where it is bytes.
"""

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import HypothesisWarning

from fuzz.made_pages import STORMS, captures
from fuzz.promises import Broken, check_page
from fuzz.storm import check_storm
from onrecord.types import Capture

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / "fuzz" / "found"
ROUND = 250
MB = 1 << 20


def fuzz_bytes(seconds: float) -> bool:
    """Run the coverage-guided fuzzer; tell whether every input kept the promises."""
    FOUND.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "fuzz.bytes", str(max(1, int(seconds))), str(FOUND)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    last = next((line for line in reversed(lines) if line.startswith("Done")), "no answer")
    print(f"bytes: {last.lower()}")
    if done.returncode:
        print("\n".join(lines[-40:]))
    return done.returncode == 0


def fuzz_pages(seconds: float, seed: int) -> bool:
    """Make up pages in rounds of some hundred until the time is over."""
    end, tried = time.monotonic() + seconds, 0
    phases = (Phase.generate, Phase.shrink)
    while time.monotonic() < end:
        tried += ROUND

        @settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        )
        @given(captures)
        def keep(capture: Capture) -> None:
            check_page(capture, memory=len(capture.payload) % 8 == 0)

        keep._hypothesis_internal_use_seed = seed + tried  # type: ignore[attr-defined]
        keep()
    print(f"pages: {tried:,} made up and read")
    return True


def fuzz_storms(seconds: float, seed: int) -> bool:
    """Read pages made to cost, in another order each time, until the time is over."""
    names = random.Random(seed).sample(sorted(STORMS), len(STORMS))
    end = time.monotonic() + seconds
    worst, tried = (0.0, ""), 0
    for name in names:
        if time.monotonic() > end:
            break
        size = random.Random(f"{seed} {name}").choice((MB // 8, MB // 2, MB, 2 * MB))
        _, memory = check_storm(name, size, "lines")
        worst, tried = max(worst, (memory / size, name)), tried + 1
    print(f"costs: {tried} of {len(STORMS)} read; most memory for its size: {worst[1]}, {worst[0]:.0f} times")
    return True


def main(seconds: float) -> int:
    """Fuzz and tell; 1 where a promise was broken."""
    import warnings

    warnings.simplefilter("ignore", HypothesisWarning)
    seed = int(time.time())
    print(f"fuzzing for {seconds:.0f} s, seed {seed}")
    kept = True
    parts = 2
    if importlib.util.find_spec("atheris"):
        parts = 3
        kept = fuzz_bytes(seconds / 3)
    else:
        print("bytes: Atheris is not installed (there is none for every system); Hypothesis takes its time")
    try:
        kept &= fuzz_pages(seconds / parts, seed)
        kept &= fuzz_storms(seconds / parts, seed)
    except Broken as broken:
        print(f"broken: {broken}")
        kept = False
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0))
