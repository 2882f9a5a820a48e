"""Train what tells who speaks: `python -m training.who DATA [--work FOLDER]`.

DATA is the folder of local data. The pages of `training.ledger_pages` are read by readers that did not learn
from them, for one that did knows their names; each statement that pairs with one of the hand-made ledger asks
who said it, and every candidate whose name the scorer would count is right. Written: who.onnx and the names
of its signals in src/onrecord/models; and into each fold of --work those that have not seen its pages, for
what is fitted after them. How often those are right on the pages left out of them and of the reader is
printed, beside the rules.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import torch

from evals.ledger import capture_of
from onrecord.article import read_article
from onrecord.models.who import WHO_INPUTS
from onrecord.page import read_page
from onrecord.statements.find import find_ruled
from onrecord.statements.model.states import SIZE
from onrecord.statements.passages import Wanted
from onrecord.statements.ranking.questions import SLOTS, Question, ask_who
from onrecord.statements.ranking.scene import Asked, set_scene
from onrecord.statements.ranking.who import find_weighed, say_who
from onrecord.statements.ranking.word_signals import measure_words
from onrecord.statements.text.document import read_document
from onrecord.types import Speaker
from training.fitting import fit_pages
from training.ledger_pages import read_pages, split_folds
from training.left_out import FOLDS, WORK, use_fold
from training.likely import pair_gold
from training.shipping import MODELS, to_onnx, write_hashes
from training.who_model import Several, Who

__all__ = ["Task", "ask_page"]

Row = dict[str, Any]
SEEDS = (7, 8, 9)
# A signal that fewer candidates have than this is left out.
FEWEST = 12
KINDS = ("w:none", "w:he", "w:it", "w:they", "w:who", "w:i", "w:names inside")


@dataclass(frozen=True, slots=True)
class Task:
    """A question, which candidates are right [sayings, candidates], and of each saying its kind and whether
    the rules are right."""

    page: str
    question: Question
    right: torch.Tensor
    told: Sequence[tuple[str, bool]]


def ask_page(row: Row, data: Path, scorer: Any) -> Task | None:
    """Return what is asked on a page, None where nothing is; who spoke before is told by the rules, as it is
    when the program reads."""
    capture = capture_of(row, data / "gold")
    page, _ = read_page(capture)
    document, _ = read_document(page.text, read_article(page, capture).body)
    said, roster, learning = find_ruled(document, Wanted())
    scene = set_scene(document, learning.names)
    paired = pair_gold(row, page.text, said, scorer)
    weighed = [one for one in find_weighed(scene, said) if one.number in paired]
    if not weighed:
        return None
    question = ask_who(scene, weighed, learning.states)
    right = torch.zeros(question.there.shape, dtype=torch.bool)
    told = []
    for at, one in enumerate(weighed):
        wanted, ruled = paired[one.number]["speaker"], said[one.number].speaker
        named = [say_who(scene, one.asked, candidate, roster) for candidate in one.candidates]
        fits = [scorer.same_speaker(wanted, who.name if who else None) for who in named]
        right[at, : len(fits)] = torch.tensor(prefer_named(fits, named, wanted))
        told.append((kind_of(one.asked), scorer.same_speaker(wanted, ruled.name if ruled else None)))
    return Task(row["id"], question, right, told)


def kind_of(asked: Asked) -> str:
    """Return what the words at a saying are, for the report."""
    signals = measure_words(asked)
    return next((kind for kind in KINDS if signals.get(kind)), "noun").removeprefix("w:")


def prefer_named(right: list[bool], told: list[Speaker | None], wanted: Row) -> list[bool]:
    """To the scorer nobody is right where the gold's speaker is unnamed; better the words as printed, where
    they are."""
    named = [yes and who is not None for yes, who in zip(right, told, strict=True)]
    return named if wanted.get("type") == "unnamed" and any(named) else right


def name_signals(tasks: Iterable[Task]) -> list[str]:
    """Return the signals that enough candidates have, in order."""
    counts = Counter(
        name
        for task in tasks
        for candidates in task.question.candidates
        for signals in candidates
        for name, value in signals.items()
        if value
    )
    return sorted(name for name, count in counts.items() if count >= FEWEST)


def to_tensors(task: Task, columns: Mapping[str, int]) -> tuple[torch.Tensor, ...]:
    return tuple(map(torch.from_numpy, task.question.arrays(columns)))


def fit(tasks: Sequence[Task], names: Sequence[str], seed: int) -> Who:
    torch.manual_seed(seed)
    columns = {name: at for at, name in enumerate(names)}
    inputs = [to_tensors(task, columns) for task in tasks]
    scale = 1 / torch.stack([one[-1].abs().amax((0, 1)) for one in inputs]).amax(0).clamp(min=1e-3)
    model = Who(scale)
    fit_pages(model, [task.right for task in tasks], lambda page, _: model(*inputs[page]), seed)
    return model.eval()


def fit_several(tasks: Sequence[Task], names: Sequence[str]) -> Several:
    return Several(fit(tasks, names, seed) for seed in SEEDS).eval()


@dataclass(slots=True)
class Tally:
    asked: int = 0
    right: int = 0
    ruled: int = 0
    reachable: int = 0

    def __str__(self) -> str:
        parts = (self.right, self.ruled, self.reachable)
        right, ruled, reachable = (part / max(1, self.asked) for part in parts)
        return f"{self.asked}, right {right:.3f}, rules {ruled:.3f}, could be {reachable:.3f}"


@torch.no_grad()
def measure(model: Several, tasks: Iterable[Task], names: Sequence[str], tallies: dict[str, Tally]) -> None:
    """Count what is right, in all, by kind of question and by set of pages."""
    columns = {name: at for at, name in enumerate(names)}
    for task in tasks:
        chosen = model(*to_tensors(task, columns)).argmax(1).tolist()
        for at, (best, (kind, ruled)) in enumerate(zip(chosen, task.told, strict=True)):
            for name in ("all", kind, task.page.split("/")[0]):
                tally = tallies.setdefault(name, Tally())
                tally.asked += 1
                tally.right += bool(task.right[at, best])
                tally.ruled += ruled
                tally.reachable += bool(task.right[at].any())


def report(tallies: Mapping[str, Tally]) -> None:
    for kind, tally in sorted(tallies.items()):
        print(f"  {kind}: {tally}", flush=True)


def write(model: Several, names: Sequence[str], folder: Path = MODELS) -> None:
    """Write who.onnx and who_signals.txt, by default among the models, with their hashes."""
    s, c, m = 2, 3, 4
    sample = (
        torch.randn(s, 2 * SIZE),
        torch.randn(m + 1, SIZE),
        torch.full((s, c, SLOTS), m),
        torch.ones(s, c),
        torch.randn(s, c, len(names)),
    )
    lengths = {
        "sayings": ["sayings"],
        "mentions": ["mentions"],
        **{name: ["sayings", "candidates"] for name in ("members", "there", "pairs", "rates")},
    }
    to_onnx(model, folder / "who.onnx", dict(zip(WHO_INPUTS, sample, strict=True)), lengths)
    (folder / "who_signals.txt").write_text("\n".join(names), encoding="utf-8")
    if folder == MODELS:
        write_hashes()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=WORK)
    options = parser.parse_args()
    sys.path.append(str(options.data.parent / "score"))
    scorer = import_module("ledger")
    unseen: list[list[Task]] = []
    for fold, (_, left) in enumerate(split_folds(read_pages(options.data), FOLDS)):
        with use_fold(fold, options.work):
            asked = (ask_page(row, options.data, scorer) for row in left)
            unseen.append([task for task in asked if task is not None])
    tasks = [task for some in unseen for task in some]
    names = name_signals(tasks)
    tallies: dict[str, Tally] = {}
    for fold, left in enumerate(unseen):
        model = fit_several([task for other in unseen if other is not left for task in other], names)
        measure(model, left, names, tallies)
        write(model, names, options.work / f"fold-{fold}")
    print(f"{tallies['all'].asked} statements, {len(names)} signals; on outlets left out:", flush=True)
    report(tallies)
    write(fit_several(tasks, names), names)


if __name__ == "__main__":
    main()
