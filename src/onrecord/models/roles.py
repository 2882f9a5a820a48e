"""The role models: which part each line of a page plays. Trained by `training/roles.py`; card: `roles.md`.

One reads pages with a DOM, one lines alone, which goes by what the words of lines have in common besides.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["forget_roles", "rate_roles"]


@cache
def load_session(name: str) -> "InferenceSession":
    return load_model(name)


def rate_roles(signals: Mapping[str, NDArray[Any]], *, dom: bool) -> NDArray[np.float32]:
    """Return the probability of each role for each line, shape [lines, roles], in the order of `types.ROLES`.

    `signals` are the arrays of `page.signals.Signals` by name; `dom` says whether their page has one.
    """
    (rates,) = load_session("roles.onnx" if dom else "roles_lines.onnx").run(None, dict(signals))
    return np.asarray(rates, np.float32)


def forget_roles() -> None:
    """Give back the memory of the model; the next page loads it again."""
    load_session.cache_clear()
