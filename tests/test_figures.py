"""What the figure of a statement means: the chance that speaker and words are both right, told by signals."""

import math

import numpy as np
import pytest
from making import html_page, make_capture

from evals.judged import Judged, find_outlet
from onrecord.reading import read
from onrecord.statements.confidence import read_weights
from onrecord.statements.signals import FAMILIES
from onrecord.types import Statement
from training.confidence import list_signals, tell_by_folds

# Named speakers, "he" with and without others between, unnamed sources, words that nobody is named for.
ARTICLE = (
    "“The mill stays open,” Tobin Vale, the mayor, told the council on Tuesday.",
    "Vale said that the weir had been dry for a week.",
    "“The sluice is shut,” he said after the vote.",
    "Rufus Holm and Piet Aldous, who run the two ferries, met at the ford with Ada Brill.",
    "“The ford is deep,” he said.",
    "Officials said the bridge was new.",
    "A resident said the mill was loud.",
)
PAGE = html_page(*ARTICLE, headline="“We stay here”: the mill at Selm")


@pytest.fixture(scope="module")
def said() -> dict[str, Statement]:
    """Statements of the article by their first words."""
    reading = read(make_capture(PAGE))
    return {" ".join(s.content[0].of(reading.page.text).split()[:3]): s for s in reading.statements}


def speaker_of(statement: Statement) -> float:
    assert statement.speaker_confidence is not None
    return statement.speaker_confidence


def test_an_entry_is_never_surer_than_its_speaker(said: dict[str, Statement]) -> None:
    assert len(said) == 7
    for one in said.values():
        assert one.confidence is not None
        assert 0 <= one.confidence <= speaker_of(one) <= 1


def test_the_same_page_gives_the_same_figures(said: dict[str, Statement]) -> None:
    assert read(make_capture(PAGE)).statements == tuple(said.values())


def test_he_is_less_sure_where_others_are_named_between(said: dict[str, Statement]) -> None:
    named, he, others = (speaker_of(said[w]) for w in ("The mill stays", "The sluice is", "The ford is"))
    assert min(named, he) > others


def test_who_names_nobody_is_less_sure_than_who_names_somebody(said: dict[str, Statement]) -> None:
    named, officials = speaker_of(said["The mill stays"]), speaker_of(said["the bridge was"])
    resident, nobody = speaker_of(said["the mill was"]), speaker_of(said["We stay here"])
    assert said["We stay here"].speaker is None
    assert named > officials > resident > nobody


def test_every_signal_has_a_weight_and_every_weight_a_signal() -> None:
    wanted = {(model, signal) for model in FAMILIES for signal in list_signals(model)}
    weights = read_weights()
    assert set(weights) == wanted
    assert all(math.isfinite(weight) for weight in weights.values())


@pytest.mark.parametrize(
    ("row", "outlet"),
    [
        ({"url": "https://www.courier.example/a"}, "courier"),
        ({"url": "http://news.courier.co.uk/a"}, "courier"),
        ({"url": None, "story": "12", "id": "x"}, "12"),
        ({"url": None, "publisher": "Courier", "id": "x"}, "Courier"),
        ({"id": "x"}, "x"),
    ],
)
def test_pages_of_one_outlet_are_known_by_their_address(row: dict[str, str], outlet: str) -> None:
    assert find_outlet(row) == outlet


def judged(outlet: str, n: int, *, right: bool) -> Judged:
    words = dict.fromkeys(list_signals("words"), 0.0) | {"constant": 1.0, "likely": float(n % 5 - 2)}
    speaker = dict.fromkeys(list_signals("speaker"), 0.0) | {"constant": 1.0, "he or she": float(n % 2)}
    return Judged(
        page=outlet,
        outlet=outlet,
        kind="direct",
        words=words,
        speaker=speaker,
        found=True,
        words_right=right,
        speaker_right=right,
    )


@pytest.mark.parametrize("model", ["words", "speaker"])
def test_no_outlet_is_judged_by_weights_that_saw_it(model: str) -> None:
    rows = [judged(f"outlet {n // 5}", n, right=n % 3 > 0) for n in range(60)]
    turned = [
        judged(one.outlet, n, right=one.words_right != (one.outlet == "outlet 4"))
        for n, one in enumerate(rows)
    ]
    its = np.array([one.outlet == "outlet 4" for one in rows])
    before, after = (tell_by_folds(model, some, np.ones(60)) for some in (rows, turned))
    assert before[its].tolist() == after[its].tolist()
    assert before[~its].tolist() != after[~its].tolist()
