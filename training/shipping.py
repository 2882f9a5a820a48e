"""What is shipped of a trained model: ONNX, and the hash of every file among the models."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import TensorProto, helper
from sklearn.ensemble import GradientBoostingClassifier
from torch import nn

from onrecord.models import weights

__all__ = ["MODELS", "Likelihoods", "to_onnx", "trees_to_onnx", "write_hashes"]

MODELS = Path(__file__).parent.parent / "src/onrecord/models"
OPSET, IR = 17, 8
# What ONNX tells of each node of the trees, and of each leaf.
NODE = (
    "nodes_treeids",
    "nodes_nodeids",
    "nodes_modes",
    "nodes_featureids",
    "nodes_values",
    "nodes_truenodeids",
    "nodes_falsenodeids",
)
LEAF = ("target_treeids", "target_nodeids", "target_ids", "target_weights")


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


def trees_to_onnx(trees: GradientBoostingClassifier, path: Path, name: str) -> None:
    """Write boosted trees of two classes, fitted with init="zero", as ONNX: an input [rows, columns] of this
    name to `rates` [rows, 1], the probabilities of the second class."""
    columns: dict[str, list[Any]] = {key: [] for key in (*NODE, *LEAF)}
    for number, (regressor,) in enumerate(trees.estimators_):
        tree = regressor.tree_
        for at in range(tree.node_count):
            leaf = tree.children_left[at] == -1
            node = (
                number,
                at,
                "LEAF" if leaf else "BRANCH_LEQ",
                0 if leaf else int(tree.feature[at]),
                0.0 if leaf else float(tree.threshold[at]),
                0 if leaf else int(tree.children_left[at]),
                0 if leaf else int(tree.children_right[at]),
            )
            for key, value in zip(NODE, node, strict=True):
                columns[key].append(value)
            if leaf:
                weight = (number, at, 0, trees.learning_rate * float(tree.value[at, 0, 0]))
                for key, value in zip(LEAF, weight, strict=True):
                    columns[key].append(value)
    width = int(trees.n_features_in_)
    graph = helper.make_graph(
        [
            helper.make_node(
                "TreeEnsembleRegressor", [name], ["scores"], domain="ai.onnx.ml", n_targets=1, **columns
            ),
            helper.make_node("Sigmoid", ["scores"], ["rates"]),
        ],
        "trees",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", width])],
        [helper.make_tensor_value_info("rates", TensorProto.FLOAT, ["rows", 1])],
    )
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", 3)]
    onnx.save(helper.make_model(graph, opset_imports=versions, ir_version=IR), path)
