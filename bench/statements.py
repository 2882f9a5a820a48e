"""How fast the statement stage alone is: `python -m bench.statements DATA [--pages 200] [--write]`.

Real articles of DATA (the pages of bench/add.py) are read into text and roles first; then the stage goes over
them in turn on one core: with rules and the trained reader as `onrecord add` does, with the reader over every
sentence, and with rules alone. Words are those of the articles' headlines and paragraphs, whether read or
skipped. `--write` puts the table into bench/TABLES.md.
"""

import gzip
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from bench.add import SETS, one_core
from bench.tables import replace_section
from evals.table import machine
from onrecord.article import read_article
from onrecord.capture.digest import payload_digest
from onrecord.page import read_page
from onrecord.statements import find_statements
from onrecord.statements.find import find_said
from onrecord.statements.passages import Wanted
from onrecord.statements.text.document import read_document
from onrecord.types import Article, Capture, Page

__all__ = ["main"]

TITLE = "# How fast the statement stage is"
Read = tuple[Page, Article]


def read_articles(data: Path, count: int) -> Iterator[Read]:
    """Yield real pages with their text and roles."""
    found = (path for name in SETS for path in sorted((data / "pages" / name).glob("*.html.gz")))
    for path in islice(found, count):
        payload = gzip.decompress(path.read_bytes())
        capture = Capture(
            payload=payload, payload_digest=payload_digest(payload), place="bench", media_type="text/html"
        )
        page, _ = read_page(capture)
        yield page, read_article(page, capture)


def count_words(read: Read) -> int:
    page, article = read
    return sum(len(re.findall(r"\w+", block.span.of(page.text))) for block in article.body)


def by_both(read: Read) -> object:
    return list(find_statements(*read))


def by_reader_everywhere(read: Read) -> object:
    return list(find_statements(*read, everything=True))


def by_rules(read: Read) -> object:
    page, article = read
    document, _ = read_document(page.text, article.body)
    return find_said(document, Wanted(by_rules_alone=True))


WAYS: dict[str, Callable[[Read], object]] = {
    "rules and reader, as `onrecord add`": by_both,
    "the same by PolNeAR's convention": by_reader_everywhere,
    "rules alone": by_rules,
}


def main(argv: list[str]) -> None:
    """Measure every way in turn, print the table."""
    one_core()
    count = int(argv[argv.index("--pages") + 1]) if "--pages" in argv else 200
    articles = list(read_articles(Path(argv[0]), count))
    words = sum(map(count_words, articles))
    rates = {}
    for name, way in WAYS.items():
        # The first article pays for what is loaded once.
        way(articles[0])
        began = time.process_time()
        for article in articles:
            way(article)
        rates[name] = words / (time.process_time() - began)
    lines = [
        TITLE,
        "",
        f"Written by `make bench` (bench/statements.py): {len(articles):,} real articles of "
        f"{words / len(articles):.0f} words on average, one core, in one run.",
        machine(),
        "",
        "| way | words per CPU-second |",
        "| --- | --- |",
        *(f"| {name} | {rate:,.0f} |" for name, rate in rates.items()),
    ]
    text = "\n".join([*lines, ""])
    print(text)
    if "--write" in argv:
        replace_section(text)


if __name__ == "__main__":
    main(sys.argv[1:])
