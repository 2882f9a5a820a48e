"""Train the models that tell the role of each line of a page: `python -m training.roles DATA`.

DATA is the folder of local data. Read from it: pages/wcxb_dev, the training sites of pages/fundus_tests, and
the same pages in lines/; never pages/zyte or pages/fundus_eval, nor rows of lines/ from them. Written:
`roles.onnx` (pages with a DOM), `roles_lines.onnx` (lines alone), `roles_words.txt` and `roles_names.txt` in
src/onrecord/models, with their hashes. Everything is seeded; a run that was stopped goes on from its last
epoch, kept in --work. About twenty minutes on one core.

What a line is, is known for the article's own lines from the gold texts. For all others the rules of
`onrecord.page` say it ("silver"), except that what they take for the article and the gold text has not is
"other". So the model learns the article from people and the rest from rules that had a DOM, and carries both
over to pages without one.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from evals.body import iter_captures
from evals.split import is_dev
from onrecord.models import weights
from onrecord.page.decode import decode
from onrecord.page.features import look_at_all
from onrecord.page.headline import find_headline
from onrecord.page.html_roles import label_html
from onrecord.page.names import known_names, split_names
from onrecord.page.place import find_place, stay_home
from onrecord.page.read import list_titles
from onrecord.page.shown import show_html
from onrecord.page.signals import (
    LINES_NUMBERS,
    NUMBERS,
    Signals,
    known_words,
    measure_html,
    measure_text,
)
from onrecord.page.text_roles import label_lines
from onrecord.page.told import find_body
from onrecord.types import ROLES
from training.shipping import MODELS, Likelihoods, to_onnx, write_hashes

SEED = 7
EPOCHS = 7
# News pages are few, and what the model is for: each comes so often in an epoch.
NEWS_TIMES = 3
RATE = 2e-3
DECAY = 0.1
STEP_PAGES = 8
HIDDEN = 64
WORD_SIZE, NAME_SIZE = 12, 16
DILATIONS = (1, 2, 4, 8)
DROPOUT = 0.35
# A word or a name is learned when this many sites print it.
WORD_SITES, NAME_SITES = 8, 5
WORD_DROPOUT, NAME_DROPOUT = 0.35, 0.4
MAX_LINES = 1_200
# Of the weights of the last steps: what is shipped is their moving average.
AVERAGE = 0.998
# How many pages are also read with little beside the article.
SHORT_SHARE = 0.4
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Sample:
    """One page as one reader sees it: its lines' signals, their roles and how much each counts."""

    page: str
    news: bool
    kind: str
    signals: Signals
    roles: np.ndarray
    weights: np.ndarray
    lines: list[str]
    body: str


# What an epoch is made of, drawn from all samples.
Draw = Callable[[list[Sample]], list[Sample]]


def shingles(words: list[str], size: int = 4) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]


def align(lines: list[str], body: str) -> tuple[list[float], float]:
    """Tell how surely each line is the article's (-1: can't be told), and how much of the body is there."""
    gold = WORD.findall(body.lower())
    known = set(shingles(gold))
    whole = {" ".join(WORD.findall(line.lower())) for line in body.split("\n")}
    share, found = [], set()
    for line in lines:
        words = WORD.findall(line.lower())
        mine = shingles(words)
        if mine:
            held = [shingle for shingle in mine if shingle in known]
            found.update(held)
            share.append(len(held) / len(mine))
        else:
            share.append(1.0 if words and " ".join(words) in whole else 0.0 if words else -1.0)
    solid = [value > 0.6 and len(line) > 40 for value, line in zip(share, lines, strict=True)]
    for at, line in enumerate(lines):
        # A few words may be the article's by chance: then what stands around them decides.
        if share[at] == 1.0 and len(line) <= 40 and not any(solid[max(0, at - 4) : at + 5]):
            share[at] = 0.0
    keep_one(lines, share, solid)
    return share, len(found) / max(len(known), 1)


def keep_one(lines: list[str], share: list[float], solid: list[bool]) -> None:
    """Of lines that the page prints twice keep the one in the article's company."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if share[at] > 0.6 and len(line) > 20:
            places.setdefault(line, []).append(at)
    for same in places.values():
        if len(same) > 1:
            best = max(same, key=lambda at: (sum(solid[max(0, at - 5) : at + 6]), -at))
            for at in same:
                if at != best:
                    share[at] = -1.0


def name_roles(share: list[float], silver: list[str], lines: list[str], title: str | None) -> tuple[Any, Any]:
    """Join what people and rules say: the role of each line and its weight."""
    roles, weights = [], []
    wanted = " ".join(WORD.findall((title or "").lower()))
    for value, role, line in zip(share, silver, lines, strict=True):
        words = WORD.findall(line.lower())
        weight = 0.5 + min(len(words), 50) / 25
        if wanted and " ".join(words) == wanted and role in ("headline", "paragraph", "other"):
            role = "headline"
        elif value > 0.6 and role != "headline":
            role = "paragraph"
        elif role == "paragraph":
            role = "other"
        if role == "comment":
            weight *= 2
        if value < 0:
            weight = 0.0
        elif 0.25 < value <= 0.75:
            weight *= 0.3
        roles.append(ROLES.index(role))
        weights.append(weight)
    scaled = np.array(weights, np.float32)
    return np.array(roles, np.int64), scaled / max(np.sqrt(scaled.sum()), 1.0) * 4


def read_pages(folder: Path, *, dev: bool) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Yield (site, capture, gold row) of the pages of a set on this side of the split."""
    rows = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    for name, capture in iter_captures(folder):
        if is_dev(rows[name]["site"], folder.name) == dev:
            yield rows[name]["site"], capture, rows[name]


def make_samples(data: Path, *, dev: bool) -> Iterator[Sample]:
    """Yield the pages with their DOM, the same without, and flattened by other programs."""
    for name in ("fundus_tests", "wcxb_dev"):
        for _, capture, row in read_pages(data / "pages" / name, dev=dev):
            source = decode(capture.payload, None, "text/html")[0]
            if (page := make_sample(source, row, news=name == "fundus_tests")) is None:
                continue
            yield page
            yield drop_dom(page, "bare")
            if not dev and random.random() < SHORT_SHARE:
                yield shorten(page)
    for form in ("wet", "naive", "resili_main"):
        yield from make_flat(data / "lines" / f"{form}.jsonl.gz", form, dev=dev)


def make_sample(source: str, row: dict[str, Any], *, news: bool) -> Sample | None:
    """Read one page with its DOM; None where its gold text can't be found in it."""
    walk, head, *_ = show_html(source)
    titles, told = list_titles(head), find_body(head.json_ld)
    place = find_place(walk, told)
    share, coverage = align(place.lines, row["body"])
    if coverage < 0.8:
        return None
    headline = find_headline(place, titles)
    stay_home(walk, place, headline)
    silver = label_html(place, headline)
    roles, weights = name_roles(share, silver, place.lines, row.get("title"))
    return Sample(
        page=row["id"],
        news=news,
        kind="html",
        signals=measure_html(walk, place, titles, silver),
        roles=roles,
        weights=weights,
        lines=list(place.lines),
        body=row["body"],
    )


def drop_dom(page: Sample, kind: str) -> Sample:
    """Read the same lines without their DOM."""
    return replace(page, kind=kind, signals=measure_text(page.lines, label_lines(page.lines)))


def shorten(page: Sample) -> Sample:
    """Cut what stands far from the article: people paste no more than a few lines beside it."""
    held = np.flatnonzero(page.roles == ROLES.index("paragraph"))
    start, end = (held[0], held[-1] + 1) if len(held) else (0, len(page.roles))
    part = slice(max(0, start - random.randrange(8)), min(end, start + 40) + random.randrange(12))
    cut = replace(page, roles=page.roles[part], weights=page.weights[part], lines=page.lines[part])
    return drop_dom(cut, "short")


def make_flat(path: Path, form: str, *, dev: bool) -> Iterator[Sample]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["set"] not in ("fundus_tests", "wcxb_dev") or is_dev(row["site"], row["set"]) != dev:
                continue
            if row["coverage"] < 0.8 or not row["lines"]:
                continue
            lines = row["lines"]
            rough = label_lines(lines)
            silver = [
                "comment" if comment else "other" if role == "comment" else role
                for role, comment in zip(rough, row["comment_silver"], strict=True)
            ]
            roles, weights = name_roles([float(v) for v in row["article"]], silver, lines, None)
            news = row["set"] == "fundus_tests"
            yield Sample(
                row["id"], news, form, measure_text(lines, rough), roles, weights, lines, row["body"]
            )


def write_vocabulary(data: Path) -> None:
    """Keep the words and the pieces of names that enough training sites print."""
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    sites: dict[str, tuple[set[str], set[str]]] = {}
    for folder in ("fundus_tests", "wcxb_dev"):
        for site, capture, _ in read_pages(data / "pages" / folder, dev=False):
            walk, *_ = show_html(decode(capture.payload, None, "text/html")[0])
            mine = sites.setdefault(site, (set(), set()))
            for look in look_at_all([line.span.of(walk.text) for line in walk.lines]):
                mine[0].update(look.tokens)
            for element in walk.elements:
                mine[1].update(split_names(element.tag, element.names))
    for site_words, site_names in sites.values():
        words.update(site_words)
        names.update(site_names)
    kept = sorted(word for word, count in words.items() if count >= WORD_SITES and not word.isdigit())
    (MODELS / "roles_words.txt").write_text("\n".join(["?", "0", *kept]), encoding="utf-8")
    kept = sorted(name for name, count in names.items() if count >= NAME_SITES and not name.isdigit())
    (MODELS / "roles_names.txt").write_text("\n".join(kept), encoding="utf-8")
    print(f"{len(sites)} sites, {len(words)} words, {len(names)} names")
    write_hashes()
    known_words.cache_clear()
    known_names.cache_clear()
    weights.read_hashes.cache_clear()


class RoleModel(nn.Module):
    """Bags of words and names beside a line's numbers, then dilated convolutions over the page's lines.

    `news` tells whose idea of an article the gold text follows: news sites' or other sites'. What is shipped
    takes every page for news.
    """

    def __init__(self, words: int, names: int, mean: torch.Tensor, scale: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.words = nn.Embedding(words, WORD_SIZE)
        self.names = nn.Embedding(names, NAME_SIZE)
        for table in (self.words, self.names):
            nn.init.normal_(table.weight, std=0.1)
        self.enter = nn.Linear(len(mean) + 1 + 2 * WORD_SIZE + 2 * NAME_SIZE, HIDDEN)
        self.norms = nn.ModuleList(nn.LayerNorm(HIDDEN) for _ in DILATIONS)
        self.convs = nn.ModuleList(
            nn.Conv1d(HIDDEN, HIDDEN, 3, padding=wide, dilation=wide) for wide in DILATIONS
        )
        self.page = nn.Linear(2 * HIDDEN, HIDDEN)
        self.leave = nn.Sequential(nn.LayerNorm(HIDDEN), nn.Linear(HIDDEN, len(ROLES)))
        self.drop = nn.Dropout(DROPOUT)

    @staticmethod
    def bag(table: nn.Embedding, ids: torch.Tensor, ends: torch.Tensor) -> torch.Tensor:
        """Return the mean of each row's embeddings; a row without any has zeros."""
        zero = torch.zeros(1, table.embedding_dim)
        sums = torch.cat([zero, torch.cumsum(table(ids), 0)])
        starts = torch.cat([torch.zeros(1, dtype=torch.int64), ends[:-1]])
        counts = torch.clamp(ends - starts, min=1).unsqueeze(1)
        return (sums[ends] - sums[starts]) / counts

    def first(self, ids: torch.Tensor, ends: torch.Tensor) -> torch.Tensor:
        """Return the embedding of each line's first word."""
        starts = torch.cat([torch.zeros(1, dtype=torch.int64), ends[:-1]])
        padded = torch.cat([ids, torch.zeros(1, dtype=torch.int64)])
        return self.words(padded[starts]) * (ends > starts).unsqueeze(1)

    def forward(
        self, numbers, words, word_ends, near, near_ends, near_rows, far, far_ends, far_rows, news=1.0
    ):  # type: ignore[no-untyped-def]
        lines = torch.cat(
            [
                (numbers - self.mean) / self.scale,
                torch.full((numbers.shape[0], 1), news),
                self.bag(self.words, words, word_ends) * 3,
                self.first(words, word_ends),
                self.bag(self.names, near, near_ends)[near_rows] * 3,
                self.bag(self.names, far, far_ends)[far_rows] * 3,
            ],
            dim=1,
        )
        hidden = self.enter(self.drop(lines))
        for norm, conv in zip(self.norms, self.convs, strict=True):
            inner = torch.nn.functional.gelu(norm(hidden), approximate="tanh")
            hidden = hidden + self.drop(conv(inner.T.unsqueeze(0)).squeeze(0).T)
        page = torch.cat([hidden.mean(0), hidden.amax(0)])
        hidden = hidden + torch.nn.functional.gelu(self.page(page), approximate="tanh")
        return self.leave(hidden)


def tensors(signals: Signals, width: int) -> dict[str, torch.Tensor]:
    """Return what a model reads that knows so many numbers of a line."""
    read = {name: torch.from_numpy(array) for name, array in signals.arrays().items()}
    return read | {"numbers": read["numbers"][:, :width]}


def disturb(inputs: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Forget some words and names, so that none is leaned on alone."""
    shares = {"words": WORD_DROPOUT, "near": NAME_DROPOUT, "far": NAME_DROPOUT}
    return {
        name: torch.where(torch.rand(array.shape) < shares[name], 0, array) if name in shares else array
        for name, array in inputs.items()
    }


def crop(sample: Sample) -> slice:
    count = len(sample.roles)
    start = random.randrange(max(1, count - MAX_LINES + 1))
    return slice(start, start + MAX_LINES)


def draw_pages(samples: list[Sample]) -> list[Sample]:
    """Draw an epoch: each page with its DOM, if it has one, and in one form without."""
    drawn = []
    for page in group(samples):
        for _ in range(NEWS_TIMES if page[0].news else 1):
            drawn += [sample for sample in page if sample.kind == "html"]
            drawn += random.sample([sample for sample in page if sample.kind != "html"], 1)
    return random.sample(drawn, len(drawn))


def draw_lines(samples: list[Sample]) -> list[Sample]:
    """Draw an epoch: each page twice in one of the forms without a DOM."""
    drawn = []
    for page in group(sample for sample in samples if sample.kind != "html"):
        for _ in range(2 * (NEWS_TIMES if page[0].news else 1)):
            drawn += random.sample(page, 1)
    return random.sample(drawn, len(drawn))


@dataclass(frozen=True, slots=True)
class Course:
    """What a model learns from: how many numbers of a line it reads, and how an epoch is drawn. What ships is
    the mean of `seeds` models that differ in their seed alone, since one is as good as the other."""

    width: int
    draw: Draw
    seeds: int

    def choose(self, samples: Iterable[Sample]) -> list[Sample]:
        """Return the samples that have all that the model reads."""
        return [sample for sample in samples if sample.signals.numbers.shape[1] >= self.width]


COURSES: Mapping[str, Course] = {
    "roles": Course(NUMBERS, draw_pages, seeds=1),
    "roles_lines": Course(LINES_NUMBERS, draw_lines, seeds=3),
}


def group(samples: Iterable[Sample]) -> Iterable[list[Sample]]:
    """Return the samples by the page that they are of."""
    forms: dict[str, list[Sample]] = {}
    for sample in samples:
        forms.setdefault(sample.page, []).append(sample)
    return forms.values()


def train(
    samples: list[Sample], dev: list[Sample], course: Course, *, seed: int, epochs: int, out: Path
) -> RoleModel:
    torch.manual_seed(seed)
    random.seed(seed)
    samples, dev, width = course.choose(samples), course.choose(dev), course.width
    stacked = np.vstack([sample.signals.numbers[:, :width] for sample in samples[::3]])
    mean, scale = stacked.mean(0), stacked.std(0) + 0.05
    words, names = len(known_words()), len(known_names())
    model = RoleModel(words, names, torch.from_numpy(mean), torch.from_numpy(scale))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    samples = [sample for sample in samples if len(sample.roles) <= 4 * MAX_LINES]
    steps = epochs * len(course.draw(samples)) // STEP_PAGES + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE)
    )
    first = 0
    if out.exists():
        state = torch.load(out, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = state["epoch"]
    for epoch in range(first, epochs):
        model.train()
        random.seed(seed * 1000 + epoch)
        torch.manual_seed(seed * 1000 + epoch)
        order = course.draw(samples)
        began, total = time.time(), 0.0
        for at, sample in enumerate(order):
            logits = model(**disturb(tensors(sample.signals, width)), news=float(sample.news))
            loss = nn.functional.cross_entropy(
                logits, torch.from_numpy(sample.roles), reduction="none", label_smoothing=0.03
            )
            loss = (loss * torch.from_numpy(sample.weights)).sum() / 40
            (loss / STEP_PAGES).backward()
            total += loss.item()
            if at % STEP_PAGES == STEP_PAGES - 1:
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                optimizer.zero_grad()
                schedule.step()
                average.update_parameters(model)
        print(
            f"epoch {epoch} loss {total / len(order):.4f} {time.time() - began:.0f}s",
            show(score(average.module, dev, width)),
            flush=True,
        )
        torch.save(
            {
                "model": model.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            out,
        )
    return average.module


def score(model: RoleModel, samples: list[Sample], width: int) -> dict[str, tuple[float, float, float]]:
    """Return body precision, recall and F1 (4-word shingles, a page counts as a page) by kind of sample."""
    model.eval()
    paragraph = ROLES.index("paragraph")
    sums: dict[str, list[float]] = {}
    with torch.no_grad():
        for sample in samples:
            chosen = model(**tensors(sample.signals, width)).argmax(1).numpy() == paragraph
            text = " ".join(line for line, keep in zip(sample.lines, chosen, strict=True) if keep)
            mine, gold = (Counter(shingles(WORD.findall(t))) for t in (text, sample.body))
            held = sum((mine & gold).values())
            parts = (held, sum(mine.values()) - held, sum(gold.values()) - held)
            for kind in (sample.kind, sample.kind + " news") if sample.news else (sample.kind,):
                held_sums = sums.setdefault(kind, [0.0, 0.0, 0.0])
                for k, part in enumerate(parts):
                    held_sums[k] += part / max(sum(parts), 1)
    result = {}
    for kind, (tp, fp, fn) in sorted(sums.items()):
        p, r = tp / max(tp + fp, 1e-9), tp / max(tp + fn, 1e-9)
        result[kind] = (p, r, 2 * p * r / max(p + r, 1e-9))
    return result


def show(scores: dict[str, tuple[float, float, float]]) -> str:
    return " ".join(f"{kind} {f1:.4f} ({p:.3f}/{r:.3f})" for kind, (p, r, f1) in scores.items())


class Mean(nn.Module):
    """The mean of what several models hold for likely."""

    def __init__(self, models: Sequence[RoleModel]) -> None:
        super().__init__()
        self.models = nn.ModuleList(map(Likelihoods, models))

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return torch.stack([model(*inputs) for model in self.models]).mean(0)


def export(models: Sequence[RoleModel], out: Path, width: int) -> None:
    """Write the mean of the models as ONNX."""
    sample = tensors(measure_text(["The gates", "were closed."], ["other", "paragraph"]), width)
    some = torch.ones(3, dtype=torch.int64)
    sample |= {"near": some, "near_ends": some[:1] * 3, "far": some, "far_ends": some[:1] * 3}
    rows = ("numbers", "word_ends", "near_rows", "far_rows", "rates")
    lengths = {name: [name] for name in sample} | {name: ["lines"] for name in rows}
    to_onnx(Mean(models), out, sample, lengths)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/roles"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--models", nargs="+", choices=list(COURSES), default=list(COURSES))
    options = parser.parse_args(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    random.seed(options.seed)
    if "roles" in options.models:  # The other reads by the same words.
        write_vocabulary(options.data)
    samples = list(make_samples(options.data, dev=False))
    dev = list(make_samples(options.data, dev=True))
    print(
        len(samples),
        "samples",
        Counter(s.kind for s in samples),
        "dev",
        Counter(s.kind for s in dev),
        flush=True,
    )
    for name in options.models:
        course = COURSES[name]
        learned = []
        for seed in range(options.seed, options.seed + course.seeds):
            out = options.work / f"{name}-{seed}.pt"
            learned.append(train(samples, dev, course, seed=seed, epochs=options.epochs, out=out))
        export(learned, MODELS / f"{name}.onnx", course.width)
    write_hashes()


if __name__ == "__main__":
    main()
