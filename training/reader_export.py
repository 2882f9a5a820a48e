"""Make of the trained reader what is shipped: `python -m training.reader_export`.

Two ONNX models in src/onrecord/models, their weights as whole numbers of 8 bits, one scale a channel:
`reader.onnx` (pieces of one paragraph to states, cue and name rates) and `reader_links.onnx` (states and cues
to the rate of each label for each piece), with the hashes of both. With --run NAME --out FOLDER another run
of the training, such as one with outlets left out, is written elsewhere.
"""

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from training.reader import SEED
from training.reader_model import Encoder, Linker, find_encoder
from training.shipping import MODELS, to_onnx, write_hashes

__all__ = ["export"]


class PieceRates(nn.Module):
    """The encoder over one paragraph, without padding, with its scores made probabilities."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states, cues, names = self.encoder(pieces.unsqueeze(0), None)
        return states[0], *(torch.softmax(one[0], 1) for one in cues), torch.softmax(names[0], 1)


class LinkRates(nn.Module):
    """The linker over one paragraph and all its cues, with its scores made probabilities."""

    def __init__(self, linker: Linker) -> None:
        super().__init__()
        self.linker = linker

    def forward(
        self, states: torch.Tensor, starts: torch.Tensor, ends: torch.Tensor, conventions: torch.Tensor
    ) -> torch.Tensor:
        rows = states.unsqueeze(0).expand(starts.shape[0], -1, -1)
        mask = torch.ones_like(rows[:, :, 0], dtype=torch.int64)
        return torch.softmax(self.linker(rows, mask, starts, ends, conventions), 2)


def export(encoder: Encoder, linker: Linker, folder: Path) -> None:
    """Write both models, quantized, into a folder."""
    size = encoder.bert.config.hidden_size
    pieces = torch.randint(1000, 2000, (24,))
    cues = torch.tensor([3, 9])
    states = torch.randn(24, size)
    conventions = torch.tensor([0, 1])
    models: tuple[tuple[str, nn.Module, dict[str, torch.Tensor], dict[str, list[str]]], ...] = (
        (
            "reader.onnx",
            PieceRates(encoder),
            {"pieces": pieces},
            {name: ["pieces"] for name in ("pieces", "states", "polnear", "ledger", "names")},
        ),
        (
            "reader_links.onnx",
            LinkRates(linker),
            {"states": states, "starts": cues, "ends": cues + 1, "conventions": conventions},
            {
                "states": ["pieces"],
                **{name: ["cues"] for name in ("starts", "ends", "conventions")},
                "links": ["cues", "pieces"],
            },
        ),
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, model, sample, lengths in models:
        with tempfile.TemporaryDirectory() as scratch:
            whole = Path(scratch) / name
            to_onnx(model, whole, sample, lengths)
            quantize_dynamic(
                whole,
                folder / name,
                per_channel=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--run", default="ledger")
    parser.add_argument("--out", type=Path, default=MODELS)
    options = parser.parse_args(argv)
    state = torch.load(options.work / f"{options.run}-{options.seed}.pt", weights_only=True)
    encoder = Encoder(find_encoder(options.encoder))
    encoder.load_state_dict(state["encoder"])
    linker = Linker(encoder.bert.config.hidden_size)
    linker.load_state_dict(state["linker"])
    export(encoder, linker, options.out)
    if options.out == MODELS:
        write_hashes()


if __name__ == "__main__":
    main()
