"""The models that come with the program are those that were trained, and take what the program gives."""

import hashlib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelDamaged
from onrecord.models import weights
from onrecord.models.roles import load_session, rate_roles
from onrecord.page.signals import NUMBERS, Signals, measure_text
from onrecord.types import ROLES

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
        card = path.with_suffix(".md").read_text(encoding="utf-8")
        assert all(f"## {part}" in card for part in ("Data", "Scores", "Limits", "Licence"))


def test_the_role_model_takes_the_signals_by_their_names() -> None:
    inputs = {one.name: one.shape for one in load_session().get_inputs()}
    assert list(inputs) == [field.name for field in fields(Signals)]
    assert inputs["numbers"][1] == NUMBERS
    assert load_session().get_outputs()[0].shape[1] == len(ROLES)


@given(
    st.lists(st.text(min_size=1, max_size=80).filter(lambda line: bool(line.strip())), min_size=1, max_size=8)
)
def test_rates_are_probabilities_for_any_text(lines: list[str]) -> None:
    rates = rate_roles(measure_text(lines, ["other"] * len(lines)).arrays())
    assert rates.shape == (len(lines), len(ROLES))
    assert np.isfinite(rates).all()
    assert np.allclose(rates.sum(axis=1), 1.0, atol=1e-4)
