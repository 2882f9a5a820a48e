"""Train the model that tells which paragraphs the reader need not read: `python -m training.telling DATA`.

DATA is the folder of local data; read are articles that nobody annotated for it: of the BBC, PolNeAR's train
split, FNC-1 and WCXB. The reader as shipped goes over all of them, and the small model learns which pieces it
holds to be likely cues by the ledger's convention. What the reader said is kept in --work, so that fitting
again takes two minutes. It begins from the reader's own table of pieces, by principal components. Written:
src/onrecord/models/telling.onnx, its odds moved so that 0 lets through RECALL of the paragraphs with a cue in
a tenth of the articles, which it did not learn from. How much of each set is let through there is printed.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from onrecord.article import read_article
from onrecord.capture import payload_digest
from onrecord.models.reader import CUE_BEGINS, LEDGER, rate_pieces
from onrecord.models.weights import read_weights
from onrecord.page import read_page
from onrecord.statements.model.windows import cut_windows
from onrecord.statements.text.document import read_document
from onrecord.types import Capture, Span
from training.shipping import MODELS, to_onnx, write_hashes

__all__ = ["Telling"]

SEED = 7
BBC, POLNEAR, FNC, WCXB = 450, 150, 350, slice(200, 480)  # bench/ measures on the pages before
WIDTH, NEAR, FAR, TAPS = 48, 96, 64, 5
EPOCHS, BATCH_PIECES, RATE, DECAY, DROPOUT = 4, 6_000, 3e-3, 0.01, 0.1
PIECE_WEIGHT = 10.0
HELD_SHARE, RECALL, LIKELY = 0.1, 0.99, 0.25
NEVER = -99.0
TABLE = "encoder.bert.embeddings.word_embeddings.weight_quantized"


@dataclass(frozen=True, slots=True)
class Example:
    """A paragraph: from which set and article, its pieces, and how likely the reader holds a cue to begin at
    each."""

    source: str
    article: int
    pieces: NDArray[np.int64]
    cues: NDArray[np.float32]


class Telling(nn.Module):
    """Pieces [paragraphs, pieces] to the log odds of a cue at each, from those up to REACH away; 0 is no
    piece."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        self.pieces = nn.Embedding.from_pretrained(table, freeze=False, padding_idx=0)
        self.near = nn.Conv1d(WIDTH, NEAR, TAPS, padding=TAPS // 2)
        self.far = nn.Conv1d(NEAR, FAR, TAPS, padding=TAPS - 1, dilation=2)
        self.leave = nn.Linear(NEAR + FAR, 1)
        nn.init.constant_(self.leave.bias, -3.0)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        return self.score(self.drop(self.pieces(pieces)), pieces)

    def score(self, vectors: torch.Tensor, pieces: torch.Tensor) -> torch.Tensor:
        there = (pieces != 0).unsqueeze(1)
        near = torch.relu(self.near(vectors.transpose(1, 2))) * there
        both = torch.cat([near, torch.relu(self.far(near))], 1)
        return self.leave(self.drop(both.transpose(1, 2)))[:, :, 0]  # type: ignore[no-any-return]


class Shipped(nn.Module):
    """The same over one row of pieces, their table in 8 bits."""

    table: torch.Tensor

    def __init__(self, model: Telling) -> None:
        super().__init__()
        weights = model.pieces.weight.detach()
        self.model, self.scale = model, float(weights.abs().max()) / 127
        self.register_buffer("table", torch.round(weights / self.scale).to(torch.int8))

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        vectors = self.table[pieces].float() * self.scale
        return self.model.score(vectors.unsqueeze(0), pieces.unsqueeze(0))[0]


def read_table() -> torch.Tensor:
    """Return the reader's table of pieces by its first principal components."""
    model = onnx.load_from_string(read_weights("reader.onnx"))
    (held,) = (one for one in model.graph.initializer if one.name == TABLE)
    table = numpy_helper.to_array(held).astype(np.float32)
    table -= table.mean(0)
    _, _, ways = np.linalg.svd(table[::4], full_matrices=False)
    table = table @ ways[:WIDTH].T
    table *= 0.5 / table.std(0).mean()
    table[0] = 0.0
    return torch.from_numpy(table)


def read_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def split_lines(text: str) -> Iterator[Span]:
    """Yield the lines of a text that are not empty."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def draw_articles(data: Path) -> Iterator[tuple[str, str, list[Span]]]:
    """Yield the articles that are learned from: set, text, paragraphs."""
    chance = random.Random(SEED)
    for source, file, field, count in (
        ("bbc", "unlabelled/bbc_2022.jsonl.gz", "text", BBC),
        ("polnear", "statements/polnear.train.jsonl.gz", "text", POLNEAR),
        ("fnc", "across/fnc1_train_bodies.jsonl.gz", "text", FNC),
    ):
        for row in chance.sample(read_rows(data / file), count):
            yield source, row[field], list(split_lines(row[field]))
    for path in sorted((data / "pages/wcxb_dev").glob("*.html.gz"))[WCXB]:
        payload = gzip.decompress(path.read_bytes())
        capture = Capture(
            payload=payload, payload_digest=payload_digest(payload), place=path.name, media_type="text/html"
        )
        page, _ = read_page(capture)
        document, _ = read_document(page.text, read_article(page, capture).body)
        yield "wcxb", page.text, [one.span for one in document.paragraphs]


def ask_reader(data: Path) -> Iterator[Example]:
    """Yield what the reader says of every paragraph."""
    for article, (source, text, paragraphs) in enumerate(draw_articles(data)):
        for window in cut_windows(text, paragraphs):
            rates = rate_pieces(window.pieces)
            yield Example(
                source, article, np.array(window.pieces, np.int64), rates.cues[LEDGER][:, CUE_BEGINS]
            )


def keep(examples: Sequence[Example], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        sources=np.array([one.source for one in examples]),
        articles=np.array([one.article for one in examples]),
        lengths=np.array([len(one.pieces) for one in examples]),
        pieces=np.concatenate([one.pieces for one in examples]),
        cues=np.concatenate([one.cues for one in examples]),
    )


def read_kept(path: Path) -> list[Example]:
    with np.load(path) as kept:
        ends = kept["lengths"].cumsum()[:-1]
        parts = (np.split(kept[name], ends) for name in ("pieces", "cues"))
        rows = zip(kept["sources"].tolist(), kept["articles"].tolist(), *parts, strict=True)
        return [Example(*row) for row in rows]


def draw_batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[int]]:
    """Yield batches of paragraphs of about one length, in any order."""
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].pieces) + 8 * chance.random())
    batches, batch = [], list[int]()
    for at in order:
        batch.append(at)
        if len(batch) * len(examples[at].pieces) > BATCH_PIECES:
            batches.append(batch)
            batch = []
    batches += [batch] if batch else []
    chance.shuffle(batches)
    yield from batches


def lay_out(some: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return pieces, how likely cues begin, and where there is a piece; [paragraphs, pieces] each."""
    length = max(len(one.pieces) for one in some)
    pieces = torch.zeros(len(some), length, dtype=torch.long)
    cues, there = torch.zeros(len(some), length), torch.zeros(len(some), length)
    for row, one in enumerate(some):
        end = len(one.pieces)
        pieces[row, :end] = torch.from_numpy(one.pieces)
        cues[row, :end] = torch.from_numpy(one.cues.astype(np.float32))
        there[row, :end] = 1.0
    return pieces, cues, there


def fit(examples: Sequence[Example]) -> Telling:
    torch.manual_seed(SEED)
    chance, model = random.Random(SEED), Telling(read_table())
    table = [model.pieces.weight]
    others = [one for name, one in model.named_parameters() if name != "pieces.weight"]
    optimizer = torch.optim.AdamW(
        [{"params": table, "weight_decay": 0.0}, {"params": others, "weight_decay": DECAY}], lr=RATE
    )
    binary = nn.functional.binary_cross_entropy_with_logits
    for epoch in range(EPOCHS):
        batches = list(draw_batches(examples, chance))
        for number, batch in enumerate(batches):
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - (epoch + number / len(batches)) / EPOCHS)
            pieces, cues, there = lay_out([examples[at] for at in batch])
            scores = model(pieces)
            piece = (binary(scores, cues, reduction="none") * there).sum() / there.sum()
            highest = scores.masked_fill(there == 0, NEVER).amax(1)
            loss = binary(highest, cues.amax(1)) + PIECE_WEIGHT * piece
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def rate(model: Telling, examples: Sequence[Example]) -> NDArray[np.float32]:
    rates = np.zeros(len(examples), np.float32)
    with torch.no_grad():
        for batch in draw_batches(examples, random.Random(SEED)):
            pieces, _, there = lay_out([examples[at] for at in batch])
            rates[batch] = model(pieces).masked_fill(there == 0, NEVER).amax(1).numpy()
    return rates


def set_threshold(model: Telling, held: Sequence[Example]) -> None:
    """Move the odds so that 0 lets RECALL of the paragraphs with a cue through, and print what comes with
    them."""
    rates = rate(model, held)
    telling = np.array([one.cues.max() > LIKELY for one in held])
    least = float(np.sort(rates[telling])[int((1 - RECALL) * telling.sum())])
    with torch.no_grad():
        model.leave.bias -= least - 1e-4
    lengths = np.array([len(one.pieces) for one in held])
    sources = np.array([one.source for one in held])
    for source in sorted(set(sources.tolist())):
        mine = sources == source
        shares = [lengths[mine & some].sum() / lengths[mine].sum() for some in (telling, rates >= least)]
        lost = int((mine & telling & (rates < least)).sum())
        print(
            f"{source}: {shares[0]:.3f} of the pieces stand beside a cue, {shares[1]:.3f} let through; "
            f"{lost} of {int((mine & telling).sum())} paragraphs with a cue lost"
        )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/telling"))
    options = parser.parse_args(argv)
    torch.set_num_threads(1)
    kept = options.work / "examples.npz"
    if not kept.exists():
        keep(list(ask_reader(options.data)), kept)
    examples = read_kept(kept)
    articles = sorted({one.article for one in examples})
    random.Random(SEED).shuffle(articles)
    held = set(articles[: int(HELD_SHARE * len(articles))])
    model = fit([one for one in examples if one.article not in held])
    model.eval()
    set_threshold(model, [one for one in examples if one.article in held])
    sample = {"pieces": torch.randint(1000, 2000, (24,))}
    to_onnx(
        Shipped(model), MODELS / "telling.onnx", sample, {name: ["pieces"] for name in ("pieces", "odds")}
    )
    write_hashes()


if __name__ == "__main__":
    main()
