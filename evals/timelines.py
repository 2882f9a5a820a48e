"""Timelines of many articles: `python -m evals.timelines ARTICLES TIMELINES OUT.jsonl [--rows]`.

ARTICLES has rows with `id`, `topic`, `date` and `text`, TIMELINES rows with `topic` and `timeline`, a list of
[day, [sentence, ...]] that people wrote (Timeline17). For each of these OUT has a row with the same names and
our timeline. As is usual with this data, the reference says how long a timeline is: how many days, how many
sentences a day on average, and from which day to which; only articles of these days are read. What its
sentences say is looked at by nothing but the score, which `--rows` prints.

Every article is a voice of its own here: the outlets of this set printed what they found out themselves, and
there are but one or two to a topic. Statements are not looked for (that takes a second for each article), so
sentences that only report speech are among the candidates; words in quotation marks are not.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evals.rows import read_rows, write_rows
from evals.scoring import Score
from evals.timeline_rouge import Fit, align_rouge, match_days, mean_fit
from onrecord.across.events import DatedSentence, find_events
from onrecord.across.timelines import Telling, choose_days, fold_events
from onrecord.article import Anchor
from onrecord.statements.text.document import Document, read_document
from onrecord.types import Block, Span

__all__ = ["main", "measure", "score"]

Row = dict[str, Any]
Sentences = dict[str, list[str]]

# The set's articles are cut into tokens as treebanks have them, a sentence a line.
_TOKENS = (("``", "“"), ("''", "”"), ("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"))


def main(argv: list[str]) -> None:
    """Write our timelines beside those that people wrote."""
    rows = "--rows" in argv
    articles, timelines, out = (one for one in argv if one != "--rows")
    made = list(make_timelines(Path(articles), read_rows(timelines)))
    write_rows(out, made)
    if rows:
        for mine, theirs in zip(made, _answered(Path(articles), read_rows(timelines)), strict=True):
            print(theirs["topic"], theirs["n"], *(f"{fit.f1:.3f}" for fit in measure(mine, theirs)))


def score(articles: Path, timelines: Path) -> Score:
    """Return the measures of the field over all timelines whose articles are at hand."""
    theirs = list(_answered(articles, read_rows(timelines)))
    fits = [measure(mine, one) for mine, one in zip(make_timelines(articles, theirs), theirs, strict=True)]
    first, second, days = (mean_fit(found).f1 for found in zip(*fits, strict=True))
    return {"AR1-F": first, "AR2-F": second, "date F1": days}


def measure(mine: Row, theirs: Row) -> tuple[Fit, Fit, Fit]:
    """Return how near a timeline is to the reference: words, pairs of words, days."""
    one, other = _by_day(mine), _by_day(theirs)
    return align_rouge(one, other, 1), align_rouge(one, other, 2), match_days(one, other)


def make_timelines(articles: Path, references: Iterable[Row]) -> Iterator[Row]:
    """Yield for each reference our timeline of the same articles, as long as it."""
    for reference in _answered(articles, references):
        found = read_topics(articles)[reference["topic"]]
        names = {name: reference[name] for name in ("collection", "topic", "n") if name in reference}
        yield names | {"timeline": make_timeline(*found, _by_day(reference), len(reference["timeline"]))}


def make_timeline(
    sentences: list[DatedSentence], tellings: dict[str, Telling], reference: Sentences, entries: int
) -> list[list[Any]]:
    """Return a timeline with as many days as the reference, and as many sentences a day."""
    since, until = min(reference), max(reference)
    inside = [one for one in sentences if since <= (tellings[one.page].published or "") <= until]
    wanted = [day for day in choose_days(inside, tellings) if since <= day <= until][: len(reference)]
    each = max(round(sum(map(len, reference.values())) / entries), 1)
    days: Sentences = defaultdict(list)
    for event in fold_events((one for one in inside if one.day in set(wanted)), tellings):
        if event.day is not None and len(days[event.day]) < each:
            days[event.day].append(event.lead.words)
    return [[day, days[day]] for day in sorted(days)]


@cache
def read_topics(articles: Path) -> dict[str, tuple[list[DatedSentence], dict[str, Telling]]]:
    """Return the dated sentences of each topic's articles, and who tells them."""
    topics: dict[str, tuple[list[DatedSentence], dict[str, Telling]]] = {}
    for row in read_rows(articles):
        sentences, tellings = topics.setdefault(row["topic"], ([], {}))
        sentences += (one for one in find_events(row["id"], read_article(row)) if one.day is not None)
        tellings[row["id"]] = Telling(page=row["id"], voice=row["id"], published=row["date"])
    return topics


def read_article(row: Row) -> Document:
    """Return an article of the set as the program reads one."""
    text = row["text"]
    for token, sign in _TOKENS:
        text = text.replace(token, sign)
    blocks, at = [], 0
    for line in text.split("\n"):
        if words := line.strip():
            start = at + line.index(words)
            blocks.append(Block(span=Span(start, start + len(words)), role="paragraph"))
        at += len(line) + 1
    anchor = Anchor(value=row["date"], known="printed", where=f"published {row['date']}")
    return read_document(text, blocks, anchor)[0]


def _answered(articles: Path, references: Iterable[Row]) -> Iterator[Row]:
    """Yield the references of whose topic there are articles."""
    return (one for one in references if one["topic"] in read_topics(articles))


def _by_day(row: Row) -> Sentences:
    days: Sentences = defaultdict(list)
    for day, sentences in row["timeline"]:
        days[day[:10]] += sentences
    return dict(days)


if __name__ == "__main__":
    main(sys.argv[1:])
