"""The command line answers at once: nothing heavy is loaded before it is needed."""

import json
import resource
import statistics
import subprocess
import sys

HEAVY = ("sqlalchemy", "fastapi", "pyarrow", "rich.progress", "rich.console", "selectolax", "ray", "numpy")


def test_help_starts_in_a_moment() -> None:
    def seconds() -> float:
        start = used()
        subprocess.run([sys.executable, "-m", "onrecord", "--help"], check=True, capture_output=True)
        return used() - start

    def used() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    # It takes 0.15 s of a core; the bound is for a slow one.
    assert statistics.median(seconds() for _ in range(5)) < 0.8


def test_the_command_line_loads_nothing_heavy() -> None:
    code = "import json, sys, onrecord.views.cli; print(json.dumps(list(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert set(HEAVY) & set(json.loads(printed)) == set()
