"""What is shipped of a trained model: ONNX, and the hash of every file among the models."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import nn

from onrecord.models import weights

__all__ = ["MODELS", "Likelihoods", "to_onnx", "write_hashes"]

MODELS = Path(__file__).parent.parent / "src/onrecord/models"
OPSET = 17


class Likelihoods(nn.Module):
    """A model whose scores are made probabilities, each row together 1."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.model(*inputs), 1)


def to_onnx(
    model: nn.Module,
    path: Path,
    inputs: Mapping[str, torch.Tensor],
    lengths: Mapping[str, Sequence[str | None]],
) -> None:
    """Write a model as ONNX. `inputs` has a sample of each input, in the order of the model's arguments;
    `lengths` tells of each input and output the name of each axis, None where its length never changes. What
    it names beside the inputs are the outputs, in its order."""
    model.eval()
    torch.onnx.export(
        model,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=[name for name in lengths if name not in inputs],
        dynamic_axes={
            name: {at: axis for at, axis in enumerate(axes) if axis} for name, axes in lengths.items()
        },
        opset_version=OPSET,
        dynamo=False,
    )


def write_hashes() -> None:
    """Note the hash of each file among the models, as `sha256sum` prints it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(MODELS.iterdir())
        if path.suffix in (".onnx", ".txt") and path.name != weights.HASHES
    ]
    (MODELS / weights.HASHES).write_text("".join(lines), encoding="ascii")
