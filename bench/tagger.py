"""How fast the tagger of time words is: `python -m bench.tagger DATA [--rounds 5] [--write]`.

Every article of DATA's dates/tempeval3_tbaq.jsonl.gz is searched for time words and each is worked out from
the article's own day, on one core; the fastest of the rounds counts. `--write` puts the table into
bench/TABLES.md.
"""

import sys
import time
from pathlib import Path

from bench.add import one_core
from bench.tables import replace_section
from evals.dates import read_rows, tag
from evals.table import machine

__all__ = ["main"]

TITLE = "# How fast the tagger of time words is"


def main(argv: list[str]) -> None:
    """Measure every round, print the table."""
    one_core()
    rounds = int(argv[argv.index("--rounds") + 1]) if "--rounds" in argv else 5
    articles = [
        (row["text"], row["dct"]) for row in read_rows(Path(argv[0]) / "dates/tempeval3_tbaq.jsonl.gz")
    ]
    size = sum(len(text) for text, _ in articles)
    spent, found = [], 0
    for _ in range(rounds):
        began = time.process_time()
        found = sum(1 for text, day in articles for _ in tag(text, day))
        spent.append(time.process_time() - began)
    lines = [
        TITLE,
        "",
        f"Written by `make bench` (bench/tagger.py): {len(articles)} dated articles, {size / 1000:,.0f} "
        "thousand characters, one core, the fastest of its rounds. HeidelTime elsewhere: 0.5.",
        machine(),
        "",
        "| time words found | thousand characters per CPU-second |",
        "| --- | --- |",
        f"| {found:,} | {size / 1000 / min(spent):,.0f} |",
    ]
    text = "\n".join([*lines, ""])
    print(text)
    if "--write" in argv:
        replace_section(text)


if __name__ == "__main__":
    main(sys.argv[1:])
