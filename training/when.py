"""The questions that teach when a saying was (`training.rankers`): each statement that pairs with one of the
hand-made ledger asks for its day. Right is the day that the gold has; where it has none the day whose words
it names ("on Friday" on a page without a date), else no day."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.ledger import capture_of
from onrecord.article import find_anchor, find_bound, read_article
from onrecord.page import read_page
from onrecord.statements import find
from onrecord.statements.dating import guess_days, list_days, take_in
from onrecord.statements.when_signals import Day, is_same, measure_at_first, measure_when
from training.ledger_pages import outlet_of
from training.ranker import Question
from training.who import name_speakers

Row = dict[str, Any]


def list_questions(row: Row, data: Path, scorer: Any, *, first: bool) -> Iterator[Question]:
    """Yield what is asked on a page: at `first` each statement by itself, then with what the ranker of that
    step, one that has not seen the page, made of the others."""
    capture = capture_of(row, data / "gold")
    if row.get("set") and row["published"]:
        capture = replace(capture, published=row["published"])
    page, _ = read_page(capture)
    article = read_article(page, capture)
    anchor = find_anchor(page, article, capture.captured_at) or find_bound(capture.captured_at)
    scene, said, paired = name_speakers(row, data, scorer)
    prose, _ = find.prepare(page.text, list(article.body), everything=False)
    diary = find.open_diary(prose, anchor)
    take_in(diary, said)
    if not first:
        diary.guesses = guess_days(diary)
    measure = measure_at_first if first else measure_when
    for at, gold in sorted(paired.items()):
        days = list_days(diary, diary.said[at])
        if len(days) < 2:
            continue
        right = [is_right(day, gold, scene.text == row["text"]) for day in days]
        signals = [dict(measure(diary, at, day)) for day in days]
        kind = "dated" if gold["said_on"] or gold.get("dated_by") else "none"
        ruled = diary.ruled[at]
        by_rules = any(
            yes and (day is None if ruled is None else day is not None and is_same(day, ruled))
            for day, yes in zip(days, right, strict=True)
        )
        yield Question(row["id"], outlet_of(row), kind, signals, right, by_rules)


def is_right(day: Day | None, gold: Row, same_text: bool) -> bool:
    """Is this the gold's day? Where it has no day but words, those are to be among the day's."""
    words = gold.get("dated_by") or gold["said_on_words"]
    if gold["said_on"] is None and not (words and same_text):
        return day is None
    if day is None:
        return False
    if gold["said_on"] is not None and day.when.value is not None:
        return day.key == gold["said_on"]
    return bool(words and same_text) and any(
        w.span.start < words[1] and words[0] < w.span.end for w in day.words
    )
