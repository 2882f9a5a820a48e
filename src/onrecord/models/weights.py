"""Model weights that come with the program: proved by their hash, run on one core."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from onrecord.errors import ModelDamaged

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["load_model"]

HASHES = "sha256sums.txt"


@cache
def read_hashes() -> dict[str, str]:
    """Read the hash of each file of weights, as `sha256sum` prints them."""
    lines = (files("onrecord") / "models" / HASHES).read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def load_model(name: str) -> "InferenceSession":
    """Load a model by its file's name; raise ModelDamaged when its bytes are not those that were shipped."""
    # Imported late: most commands read no page, and should start at once.
    import onnxruntime

    weights = (files("onrecord") / "models" / name).read_bytes()
    found = hashlib.sha256(weights).hexdigest()
    if found != (expected := read_hashes().get(name)):
        raise ModelDamaged(
            f"the weights {name} have the SHA-256 {found[:12]}…, expected {(expected or 'none')[:12]}…; the "
            "installation is damaged: install onrecord again"
        )
    options = onnxruntime.SessionOptions()
    # One core a process, as everything here: whoever has more starts more processes.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
