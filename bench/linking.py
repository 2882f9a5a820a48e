"""How fast pages are linked, and how that grows.

usage: python -m bench.linking [--pages 1000,3000,10000] [--write]

Ledgers of made-up pages, 200 for each day: stories of 1 to 30 pages over two weeks within subjects that go on
for months, two pages in a hundred reprints, twelve statements a page whose speakers are few or many as in the
news (Zipf). The pages are recorded as if they had been read; what is measured is linking alone, of all
pages at once, and then of five single pages that come late, each added by itself.
Seconds are the processor's, since others may use the machine. `--write` puts the table into bench/TABLES.md,
after each size with what there is.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from statistics import median

from bench.add import one_core
from bench.tables import replace_section
from evals.table import machine
from onrecord.across import link_pages
from onrecord.ledger import open_ledger, record_reading
from onrecord.ledger.bulk import bulk
from onrecord.types import Article, Block, Capture, Found, Page, Reading, Role, Span, Speaker, Statement, When
from onrecord.wordlists import read_list

__all__ = ["main"]

TITLE = "# How fast pages are linked"
DAY, FIRST = 200, date(2031, 1, 1)
SUBJECTS, PEOPLE, LONGEST, COPIES, SAYINGS, SINGLE = 60, 3_000, 30, 0.02, 12, 5
MARKS = "said told warned added".split()


@dataclass(frozen=True, slots=True)
class Story:
    """An event: the words and names of its own, who speaks, and what was said."""

    day: int
    words: tuple[str, ...]
    names: tuple[str, ...]
    people: tuple[str, ...]
    remarks: tuple[tuple[str, ...], ...]


@cache
def everyday() -> tuple[list[str], list[float]]:
    rows = [(word, float(share)) for word, share, *_ in read_list("everyday_words.tsv")]
    return [word for word, _ in rows], list(accumulate(share for _, share in rows))


def invent(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice("bdfgklmnprstvw") + chance.choice("aeiou") for _ in range(syllables))


def sentence(chance: random.Random, length: int, telling: Sequence[str]) -> list[str]:
    """Return words: everyday ones as often as in the news, and those that tell."""
    words, shares = everyday()
    plain = chance.choices(words, cum_weights=shares, k=length)
    return [chance.choice(telling) if chance.random() < 0.3 else word for word in plain]


def make_stories(chance: random.Random, pages: int) -> Iterator[tuple[Story, int]]:
    """Yield stories with how many pages each has, until there are enough."""
    people = [f"{invent(chance, 2).title()} {invent(chance, 3).title()}" for _ in range(PEOPLE)]
    often = [1 / (n + 1) for n in range(PEOPLE)]
    subjects = [
        ([invent(chance, 3) for _ in range(60)], [invent(chance, 3).title() for _ in range(12)])
        for _ in range(SUBJECTS)
    ]
    left = pages
    while left:
        size = min(left, LONGEST, int(chance.paretovariate(1.1)))
        words, names = chance.choice(subjects)
        speakers = chance.choices(people, often, k=5)
        own = [invent(chance, 4) for _ in range(25)] + chance.sample(words, 25)
        story = Story(
            day=chance.randrange(max(pages // DAY, 1)),
            words=tuple(own),
            names=(*(invent(chance, 3).title() for _ in range(5)), *chance.sample(names, 4)),
            people=tuple(speakers),
            remarks=tuple(tuple(sentence(chance, chance.randint(8, 25), own)) for _ in range(20)),
        )
        yield story, size
        left -= size


def make_pages(count: int, seed: int = 1) -> Iterator[tuple[Capture, Reading]]:
    """Yield made-up pages, always the same ones."""
    chance = random.Random(seed)
    for number, (story, size) in enumerate(make_stories(random.Random(seed + 1), count)):
        wire: list[str] = []
        for copy in range(size):
            day = FIRST + timedelta(story.day + min(int(chance.expovariate(0.6)), 13))
            lines, said = make_body(chance, story)
            if copy and chance.random() < COPIES * 1.6:  # A first page reprints nobody.
                lines, said = [*wire[: chance.randint(12, len(wire))], lines[0]], []
            wire = wire or lines
            head = " ".join([*chance.sample(story.names, 2), *chance.sample(story.words, 4)])
            yield make_page(
                f"https://paper{chance.randrange(40)}.example/{seed}/{number}/{copy}", day, head, lines, said
            )


def make_body(chance: random.Random, story: Story) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return an article's paragraphs, and of what is said there who, the cue and the words."""
    lines, said = [], []
    for _ in range(SAYINGS):
        words = sentence(chance, 20, story.words)
        words[chance.randrange(1, 19)] = chance.choice(story.names)
        lines.append(" ".join(words).capitalize() + ".")
        number = chance.randrange(len(story.remarks))
        content = list(story.remarks[number])
        for _ in range(chance.choice((0, 0, 2, 5))):
            content[chance.randrange(len(content))] = chance.choice(everyday()[0])
        who, cue, what = story.people[number % 5], chance.choice(MARKS), " ".join(content)
        lines.append(f"“{what},” {who} {cue}.")
        said.append((who, cue, what))
    return lines, said


def make_page(
    uri: str, day: date, headline: str, lines: Sequence[str], said: Sequence[tuple[str, str, str]]
) -> tuple[Capture, Reading]:
    """Return a page as if it had been read."""
    text, blocks = "\n".join([headline, *lines]), []
    at = 0
    for n, line in enumerate([headline, *lines]):
        role: Role = "paragraph" if n else "headline"
        blocks.append(Block(span=Span(at, at + len(line)), role=role))
        at += len(line) + 1
    payload = f"{uri}\n{text}".encode()
    capture = Capture(
        payload=payload,
        payload_digest="sha256:" + sha256(payload).hexdigest(),
        place=uri,
        media_type="text/plain",
        uri=uri,
    )
    page = Page(payload_digest=capture.payload_digest, text=text, text_version="text-1", blocks=tuple(blocks))
    article = Article(
        headline=Found(value=headline, known="printed", where="text"),
        outlet=Found(value=uri.split("/")[2], known="printed", where="text"),
        published=Found(value=day.isoformat(), known="printed", where="text"),
        body=tuple(blocks),
    )
    when = When(value=day.isoformat(), known="inferred", anchor="published")
    statements, after = [], 0
    for who, cue, what in said:
        start = text.index(f"“{what},” {who} {cue}", after) + 1
        name = start + len(what) + 3
        after = name + len(who) + 1 + len(cue)
        statements.append(
            Statement(
                kind="direct",
                source=(Span(name, name + len(who)),),
                cue=(Span(name + len(who) + 1, after),),
                content=(Span(start, start + len(what) + 1),),
                speaker=Speaker(name=who, type="person"),
                said_on=when,
            )
        )
    return capture, Reading(page=page, article=article, statements=tuple(statements), problems=())


def measure(count: int) -> tuple[float, float, float, int, int, int]:
    """Return the seconds of linking so many pages, the median and the most of adding one more, and how many
    copies, stories and remarks there are."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder), create=True) as ledger:
        with bulk(ledger):
            for capture, reading in make_pages(count):
                record_reading(ledger, capture, reading)
        began = time.process_time()
        counts = link_pages(ledger)
        spent = time.process_time() - began
        single = []
        late = list(make_late(count))
        for capture, reading in late:
            began = time.process_time()
            record_reading(ledger, capture, reading)
            link_pages(ledger)
            single.append(time.process_time() - began)
        return spent, median(single), max(single), counts.copies, counts.stories, counts.remarks


def make_late(count: int, seed: int = 1) -> Iterator[tuple[Capture, Reading]]:
    """Yield single pages of the largest stories, which come when the rest is there."""
    chance = random.Random(seed)
    known = sorted(make_stories(random.Random(seed + 1), count), key=lambda pair: -pair[1])
    for n, (story, _) in enumerate(known[:SINGLE]):
        lines, said = make_body(chance, story)
        day = FIRST + timedelta(story.day + 1)
        yield make_page(f"https://late.example/{n}", day, " ".join(story.names), lines, said)


def render(rows: Sequence[tuple[int, tuple[float, float, float, int, int, int]]]) -> str:
    """Return the table as Markdown."""
    lines = [
        TITLE,
        "",
        f"Written by `python -m bench.linking` ({DAY} made-up pages for each day, {SAYINGS} statements on "
        "each, one core): copies, stories, days, people, remarks; the pages are not read. One more page "
        "comes to one of the five largest stories.",
        machine(),
        "",
        "| pages | pages per CPU-second | CPU s | one more, CPU s | at most | copies | stories | remarks |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {count:,} | {count / spent:.0f} | {spent:.1f} | {one:.2f} | {most:.2f} "
        f"| {copies:,} | {stories:,} | {remarks:,} |"
        for count, (spent, one, most, copies, stories, remarks) in rows
    ]
    return "\n".join([*lines, ""])


def main(argv: list[str]) -> None:
    """Measure ledgers of each size in turn, print the table."""
    wanted = argv[argv.index("--pages") + 1] if "--pages" in argv else "1000,3000,10000"
    one_core()
    rows = []
    for count in map(int, wanted.split(",")):
        rows.append((count, measure(count)))
        print(render(rows[-1:]).splitlines()[-1], flush=True)
        # After each size: the largest takes an hour, and what was measured before must not be lost with it.
        if "--write" in argv:
            replace_section(render(rows))
    print(render(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
