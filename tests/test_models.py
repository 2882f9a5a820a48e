"""The models that come with the program are those that were trained, and take what the program gives."""

import hashlib
import subprocess
import sys
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelDamaged
from onrecord.models import weights
from onrecord.models.pieces import cut_pieces
from onrecord.models.roles import load_session, rate_roles
from onrecord.page.signals import LINES_NUMBERS, NUMBERS, Signals, measure_text
from onrecord.statements.model.learned import LEAST_CUE, read_learned
from onrecord.statements.model.windows import NOWHERE, cut_windows
from onrecord.types import ROLES, Span

MODELS = Path(str(files("onrecord"))) / "models"


def test_every_learned_file_has_the_hash_that_is_noted() -> None:
    there = {path.name for path in MODELS.iterdir() if path.suffix in (".onnx", ".txt")} - {weights.HASHES}
    assert set(weights.read_hashes()) == there
    for name, digest in weights.read_hashes().items():
        assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == digest


def test_a_damaged_model_is_refused_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "read_hashes", lambda: {"roles.onnx": "0" * 64})
    with pytest.raises(ModelDamaged, match="install onrecord again"):
        weights.load_model("roles.onnx")


def test_every_model_has_a_card() -> None:
    for path in MODELS.glob("*.onnx"):
        card = (MODELS / f"{path.stem.split('_')[0]}.md").read_text(encoding="utf-8")
        assert path.name in card
        assert all(f"## {part}" in card for part in ("Data", "Scores", "Limits", "Licence"))


@pytest.mark.parametrize(("name", "width"), [("roles.onnx", NUMBERS), ("roles_lines.onnx", LINES_NUMBERS)])
def test_a_role_model_takes_the_signals_by_their_names(name: str, width: int) -> None:
    session = load_session(name)
    inputs = {one.name: one.shape for one in session.get_inputs()}
    assert list(inputs) == [field.name for field in fields(Signals)]
    assert inputs["numbers"][1] == width
    assert session.get_outputs()[0].shape[1] == len(ROLES)


@given(
    st.lists(st.text(min_size=1, max_size=80).filter(lambda line: bool(line.strip())), min_size=1, max_size=8)
)
def test_rates_are_probabilities_for_any_text(lines: list[str]) -> None:
    rates = rate_roles(measure_text(lines, ["other"] * len(lines)).arrays(), dom=False)
    assert rates.shape == (len(lines), len(ROLES))
    assert np.isfinite(rates).all()
    assert np.allclose(rates.sum(axis=1), 1.0, atol=1e-4)


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_windows_hold_every_piece_of_any_text_once(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    ends = [sum(len(p) + 1 for p in paragraphs[: at + 1]) - 1 for at in range(len(paragraphs))]
    spans = [Span(end - len(p), end) for p, end in zip(paragraphs, ends, strict=True)]
    windows = list(cut_windows(text, spans, most=16))
    assert all(len(window.pieces) == len(window.spans) <= 16 for window in windows)
    places = [place for window in windows for place in window.spans if place != NOWHERE]
    assert places == sorted(places)
    assert len(places) == sum(len(ids) for ids, _ in cut_pieces(paragraphs))


def test_a_paragraph_is_read_alike_wherever_it_stands() -> None:
    alone = "“The order stands,” Mara Ostrey told reporters on Friday."
    text = f"The council of Selm met late.\n{alone}\nNobody from Northline Power was there to hear it."
    at = text.index(alone)
    before = len(text[:at].rstrip())
    every = [Span(0, before), Span(at, at + len(alone)), Span(at + len(alone) + 1, len(text))]
    among, by_itself = read_learned(text, every), read_learned(alone, [Span(0, len(alone))])
    here = [one for one in among.cues if at <= one.cue.start < at + len(alone)]
    assert [one.cue.of(text) for one in here] == [one.cue.of(alone) for one in by_itself.cues] != []
    assert [[c.of(text) for c in one.content] for one in here] == [
        [c.of(alone) for c in one.content] for one in by_itself.cues
    ]
    assert [one.rate for one in here] == [one.rate for one in by_itself.cues]


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=300))
def test_whatever_the_reader_finds_lies_in_the_text(text: str) -> None:
    found = read_learned(text, [Span(0, len(text))])
    for name in found.names:
        assert 0 <= name.span.start < name.span.end <= len(text)
        assert 0 <= name.rate <= 1
    for one in found.cues:
        spans = (one.cue, *one.source, *one.content)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert 0 <= one.sure <= 1
        assert LEAST_CUE < one.rate <= 1


def test_reading_asks_nobody_and_imports_no_client_of_a_model_hub() -> None:
    script = (
        "import sys; from onrecord.statements.model.learned import read_learned;"
        "from onrecord.types import Span;"
        "text = '“The order stands,” Mara Ostrey said.';"
        "assert read_learned(text, [Span(0, len(text))]).cues;"
        "assert 'huggingface_hub' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
