"""Headlines and ledes beside their bodies, to be read by eye: `python -m evals.headlines IN.jsonl.gz`.

A row has `id` and `text`, whose first line is the headline (the form of the statements data). Prints every
check with its words and the best place in the body, then how many there are of each verdict; with `--part
headline` (or lede) only these. There is no gold data: a person reads the list and counts what is wrong.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from evals.rows import read_rows
from onrecord.capture.digest import payload_digest
from onrecord.ledger import make_entries
from onrecord.reading import read
from onrecord.types import Capture, HeadlineCheck
from onrecord.views.headline_checks import check_headlines

__all__ = ["check_page", "main"]


def check_page(id: str, text: str) -> Iterator[tuple[HeadlineCheck, str]]:
    """Read an article as a plain page and yield its checks, each with what is printed of it."""
    headline, *paragraphs = (line for line in text.split("\n") if line.strip())
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    title = escape(headline)
    payload = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()
    capture = Capture(
        payload=payload, payload_digest=payload_digest(payload), place=id, media_type="text/html"
    )
    reading = read(capture)
    entries = make_entries(capture, reading)
    page = reading.page
    for check in check_headlines(page.text, page.blocks, reading.article, entries):
        who = check.speaker.of(page.text) if check.speaker else "nobody named"
        lines = [f"{check.verdict}: {check.form} of the {check.part} ({who}): {check.span.of(page.text)}"]
        if check.place:
            lines.append(
                f"    {'in ' + check.entry if check.entry else 'no statement'}: {check.place.of(page.text)}"
            )
        yield check, "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print every check of these articles, and how many there are of each verdict."""
    path = arguments[0]
    wanted = arguments[2] if arguments[1:2] == ["--part"] else None
    counts: Counter[tuple[str, str, str]] = Counter()
    articles = 0
    for row in read_rows(path):
        articles += 1
        for check, told in check_page(row["id"], row["text"]):
            if wanted in (None, check.part):
                counts[check.part, check.form, check.verdict] += 1
                print(told)
    print(f"{articles} articles")
    for kind, count in sorted(counts.items()):
        print(f"{count:6}  {', '.join(kind)}")


if __name__ == "__main__":
    main(sys.argv[1:])
