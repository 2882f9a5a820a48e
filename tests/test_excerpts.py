"""The excerpt test is a test: it tells right answers from wrong ones on pages of our own."""

import random
from pathlib import Path

import pytest

from evals.excerpts import Excerpt, change, choose, cut_excerpt, judge, score, squeeze, strip
from evals.rows import write_rows
from onrecord.ledger import Ledger, list_pages, open_ledger
from onrecord.types import EntryPage
from onrecord.views.add import add_pages

HERE = Path(__file__).parent
WEIR = "turned down an offer of 3.5 million crowns for the old weir on Tuesday, after four hours of debate"


def test_excerpts_are_words_in_a_row() -> None:
    body = " ".join(f"w{n}" for n in range(300))
    for seed in range(30):
        words = cut_excerpt(body, random.Random(seed))
        assert words in body
        assert 20 <= len(words.split()) <= 40


def test_a_changed_excerpt_differs_in_one_word() -> None:
    words = " ".join(f"w{n}" for n in range(20))
    other = change(words, random.Random(1))
    assert sum(a != b for a, b in zip(words.split(), other.split(), strict=True)) == 1


def test_some_pages_are_left_out_and_asked_for() -> None:
    bodies = {f"p{n}": " ".join(f"w{n}x{k}" for k in range(100)) for n in range(40)}
    found, left_out = choose(bodies, random.Random(1))
    assert left_out
    for one in found:
        assert (one.page in left_out) == (one.kind == "left out")


def test_tags_and_spaces_do_not_matter_to_the_check_of_the_answer() -> None:
    assert squeeze(strip(b"<p>Dead <b>weir</b>s&amp;gates<script>no</script></p>")) == "deadweirsgates"


@pytest.mark.parametrize(
    ("words", "kind", "result"),
    [
        (WEIR, "printed", "right"),
        (WEIR.replace("Tuesday", "Wednesday"), "changed", "right"),
        (
            "the moon is made of green cheese and the mayor of the town has eaten it whole",
            "left out",
            "right",
        ),
        (
            "the moon is made of green cheese and the mayor of the town has eaten it whole",
            "printed",
            "missed",
        ),
    ],
)
def test_answers_are_judged(words: str, kind: str, result: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        add_pages(ledger, [HERE / "checks" / "weir-vote.html"])
        page = strip((HERE / "checks" / "weir-vote.html").read_bytes())
        names = dict.fromkeys([entry.id for entry in _pages(ledger)], "set/weir")
        asked = Excerpt(page="set/weir", words=words, kind=kind)
        row = judge(ledger, asked, names, {"set/weir": squeeze(page)}, {"set/weir": {"title": None}})
        assert row["result"] == result
        # The same answer is wrong where the page named does not have the words.
        if kind == "printed" and result == "right":
            row = judge(ledger, asked, names, {"set/weir": "other words"}, {"set/weir": {}})
            assert row["result"] == "wrong"


def _pages(ledger: Ledger) -> list[EntryPage]:
    return list_pages(ledger)


def test_scores_are_shares(tmp_path: Path) -> None:
    rows = [{"result": "right", "headline": True, "day": None}, {"result": "wrong"}, {"result": "missed"}]
    write_rows(tmp_path / "out.jsonl", rows)
    assert score(tmp_path / "out.jsonl") == pytest.approx(
        {"excerpts": 3, "right": 1 / 3, "missed": 1 / 3, "wrong": 1 / 3, "headline": 1, "day": 0}
    )
