"""The measures of timelines, on examples that can be worked out by hand, and the adapter on made articles."""

import gzip
import json
from pathlib import Path

import pytest

from evals.rows import read_rows
from evals.timeline_rouge import Fit, align_rouge, match_days, mean_fit
from evals.timelines import main, score

DAM = {"2031-03-01": ["dam burst"], "2031-03-05": ["gates opened"]}


def test_a_timeline_fits_itself() -> None:
    for n in (1, 2):
        for one_to_one in (False, True):
            assert align_rouge(DAM, DAM, n, one_to_one=one_to_one) == Fit(1.0, 1.0)
    assert match_days(DAM, DAM) == Fit(1.0, 1.0)


def test_words_a_day_off_count_half() -> None:
    # Two words of two are found, on the next day: 1 / (1 + 1).
    assert align_rouge({"2031-03-02": ["dam burst"]}, {"2031-03-01": ["dam burst"]}, 1) == Fit(0.5, 0.5)


def test_many_days_may_lie_beside_one_but_not_one_to_one() -> None:
    system = {"2031-03-01": ["dam burst"], "2031-03-02": ["dam burst"]}
    reference = {"2031-03-01": ["dam burst"]}
    # 2 of 4 words on the day, 2 a day off: (2 + 2 / 2) / 4.
    assert align_rouge(system, reference, 1) == Fit(0.75, 1.0)
    # One of the two days has no partner: 2 / 4.
    assert align_rouge(system, reference, 1, one_to_one=True) == Fit(0.5, 1.0)


def test_a_day_with_the_same_words_is_nearer_than_the_next_day() -> None:
    system = {"2031-03-03": ["dam burst"]}
    reference = {"2031-03-02": ["school closed"], "2031-03-05": ["dam burst"]}
    # The cost of 5 March is (1 - 1/3) * 0, of 2 March (1 - 1/2) * 1: precision 2 / 3 / 2 words.
    assert align_rouge(system, reference, 1).precision == pytest.approx(1 / 3)


def test_endings_and_small_words_are_no_difference() -> None:
    fit = align_rouge({"2031-03-01": ["The dams were bursting"]}, {"2031-03-01": ["dam bursts"]}, 2)
    assert fit == Fit(1.0, 1.0)


def test_pairs_of_words_are_counted_in_order() -> None:
    one = {"2031-03-01": ["dam burst gates"]}
    assert align_rouge(one, {"2031-03-01": ["gates dam burst"]}, 2) == Fit(0.5, 0.5)


def test_days_are_matched_as_a_set() -> None:
    system = {"2031-03-01": ["a"], "2031-03-02": ["b"], "2031-03-04": ["c"]}
    assert match_days(system, {"2031-03-02": ["x"]}) == Fit(1 / 3, 1.0)


def test_nothing_fits_nothing() -> None:
    assert align_rouge({}, DAM, 1) == Fit(0.0, 0.0)
    assert match_days({}, DAM) == Fit(0.0, 0.0)
    assert mean_fit([]).f1 == 0.0


def test_f1_is_of_the_means() -> None:
    mean = mean_fit([Fit(1.0, 0.0), Fit(0.0, 1.0)])
    assert (mean.precision, mean.recall, mean.f1) == (0.5, 0.5, 0.5)


ARTICLES = [
    ("a", "2031-03-11", "The dam of Orrin burst on Monday .\nNobody was hurt ."),
    (
        "b",
        "2031-03-12",
        "The dam of Orrin burst on Monday at noon .\nThe school of Karsk closed on Tuesday .",
    ),
    ("c", "2031-03-20", "On March 10 the dam of Orrin burst .\nThe mayor spoke of `` a storm on Sunday '' ."),
]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode(), mtime=0))
    return path


def test_the_adapter_writes_a_timeline_as_long_as_the_reference(tmp_path: Path) -> None:
    rows = [{"id": id, "topic": "dam", "date": day, "text": text} for id, day, text in ARTICLES]
    articles = write(tmp_path / "articles.jsonl.gz", rows)
    theirs: list[dict[str, object]] = [
        {
            "topic": "dam",
            "collection": "Dam",
            "n": 0,
            "timeline": [["2031-03-10", ["The dam bursts ."]], ["2031-03-20", ["A storm ."]]],
        },
        {"topic": "nothing of this", "collection": "Other", "n": 0, "timeline": [["2031-01-01", ["x"]]]},
    ]
    timelines = write(tmp_path / "timelines.jsonl.gz", theirs)
    main([str(articles), str(timelines), str(tmp_path / "out.jsonl")])
    [made] = read_rows(tmp_path / "out.jsonl")
    assert (made["collection"], made["n"]) == ("Dam", 0)
    days = dict(made["timeline"])
    assert list(days) == ["2031-03-10", "2031-03-11"]  # never the Sunday inside marks
    assert all(len(sentences) == 1 for sentences in days.values())
    assert "burst" in days["2031-03-10"][0]
    assert score(articles, timelines)["date F1"] == 0.5
