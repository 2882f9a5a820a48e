"""What was learned and comes with the program: proved by its hash, run on one core."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from onrecord.errors import ModelDamaged
from onrecord.models.silence import silence_onnxruntime

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["load_model", "read_vocabulary", "read_weights"]

HASHES = "sha256sums.txt"


@cache
def read_hashes() -> dict[str, str]:
    """Read the hash of each file of weights, as `sha256sum` prints them."""
    lines = (files("onrecord") / "models" / HASHES).read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def read_weights(name: str) -> bytes:
    """Read a file that was learned; raise ModelDamaged when its bytes are not those that were shipped."""
    weights = (files("onrecord") / "models" / name).read_bytes()
    found, expected = hashlib.sha256(weights).hexdigest(), read_hashes().get(name, "none")
    if found != expected:
        raise ModelDamaged(
            f"the model file {name} has the SHA-256 {found[:12]}, expected {expected[:12]}; the installation "
            "is damaged: install onrecord again"
        )
    return weights


def read_vocabulary(name: str) -> dict[str, int]:
    """Read the words that a model knows, with their numbers."""
    words = read_weights(name).decode("utf-8").split("\n")
    return {word: at for at, word in enumerate(words) if word}


def load_model(name: str) -> "InferenceSession":
    """Load an ONNX model by its file's name, to run on one core."""
    # Said on import of the package too; again, since the environment may have been emptied meanwhile.
    silence_onnxruntime()
    # Imported late: most commands read no page, and should start at once.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One core a process, as everything here: whoever has more starts more processes.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Pages differ in length: memory kept for the longest so far would only grow.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    # Processors without instructions for it would cut sums of 8-bit numbers to fit 16 bits: other words would
    # be on record there. In full the sums are the same everywhere, and take a quarter more time there.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(read_weights(name), options, providers=["CPUExecutionProvider"])
