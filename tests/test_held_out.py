"""Pages that are measured on alone stay apart from those that are learned from, and neither holds words."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.held_out import HELD_OUT, read_held_out
from training.ledger_pages import ANNOTATED, read_annotated

Row = dict[str, Any]
# A name may stand as a word where its page prints it nowhere in one piece; never a sentence.
LONGEST_NAME = 80


def list_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def list_words(value: object) -> list[str]:
    """Return the words that stand in a row's statements, but for kinds, tiers, types and days."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if key not in {"type", "kind", "tier", "said_on"}}
        return [word for one in kept.values() for word in list_words(one)]
    return [word for one in value for word in list_words(one)] if isinstance(value, list) else []


def test_no_page_is_both_learned_from_and_held_out() -> None:
    learned, held = ({(row["set"], row["row"]) for row in list_rows(path)} for path in (ANNOTATED, HELD_OUT))
    assert learned
    assert held
    assert not learned & held
    assert not {name for name, _ in learned} & {name for name, _ in held}


@pytest.mark.parametrize("path", [ANNOTATED, HELD_OUT], ids=lambda path: path.name)
def test_annotations_hold_places_and_no_sentences(path: Path) -> None:
    for row in list_rows(path):
        assert max(map(len, list_words(row["statements"])), default=0) <= LONGEST_NAME, row["id"]


@pytest.mark.data
def test_every_text_is_the_one_that_was_annotated(data: Path) -> None:
    pages = [*read_held_out(data), *read_annotated(data)]
    for page in pages:
        for one in page["statements"]:
            for start, end in [*one["content"], *one["source"], *one["cue"]]:
                assert 0 <= start < end <= len(page["text"])
