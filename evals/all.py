"""Every score in one table: `python -m evals.all DATA SCORE [--pin | --lower] [--only TASK]`.

DATA is the folder of local data, SCORE the folder of scorers. Each task runs its adapter over the
development data, the scorer reads what it wrote, and evals/TABLES.md is written anew with the commit, the
machine and a hash of every input. Rivals (evals/rivals.py, evals/rival_lines.py) run in the same script,
on the same pages, and stand in the same tables.

evals/floors.json pins what was reached and the hash of the data it was reached on: a score under its
floor fails the run. `--pin` raises the floors to this run's scores; only `--lower` lets one sink, with
its reason in evals/LOG.md. `--only TASK` runs one task, shows it and writes nothing; with `--write` the
tables of its section are written anew, with their commit, and the rest stays.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evals import (
    ablation,
    body,
    calibration,
    comments,
    copies,
    copies_apart,
    copies_noisy,
    dates,
    doctored,
    excerpts,
    ledger,
    lines,
    lookalikes,
    metadata,
    namings,
    opposed,
    people,
    remarks,
    remarks_whole,
    rival_lines,
    rivals,
    segments,
    statements,
    stories,
    timelines,
    traps,
)
from evals.held_out import HELD_OUT, read_held_out
from evals.rows import read_rows, write_rows
from evals.scoring import Score, run_scorer
from evals.split import is_dev
from evals.table import file_hash, machine, replace_tables, write_tables
from training.left_out import has_folds
from training.remark_rooms import ROOMS, has_room_folds

__all__ = ["main"]

ROOT = Path(__file__).parent
OURS = "Onrecord"
HELD = "held out, 66 pages, totals alone"
LOWER_BY = 0.0005  # scores are kept to three places


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of the tables: what is run, over what, and the figures of rivals that did not run here.

    Only our own scores have floors; with `floors` off a task shows what is so, as how sure the program is.
    """

    section: str
    name: str
    source: Path
    run: Callable[[Path], Score]
    rival: str = ""
    ours: bool = True
    floors: bool = True


def main(argv: list[str]) -> None:
    """Run every task, write the tables, compare with the floors."""
    data, scorers = (Path(a) for a in argv[:2])
    lower = "--lower" in argv
    pin = lower or "--pin" in argv
    only = argv[argv.index("--only") + 1] if "--only" in argv else None
    results: list[tuple[Task, Score, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks(data, scorers, Path(folder)):
            if only is None or only in f"{task.section} {task.name}":
                score = task.run(Path(folder))
                results.append((task, score, file_hash(task.source)))
                print(f"{task.section}: {task.name}: {_line(score)}", flush=True)
    if only is None:
        write_tables(
            ROOT / "TABLES.md", [(t.section, t.name, s, t.rival, h) for t, s, h in results], machine()
        )
        sys.exit(check_floors(ROOT / "floors.json", results, pin=pin, lower=lower))
    if "--write" in argv:
        replace_tables(
            ROOT / "TABLES.md", [(t.section, t.name, s, t.rival, h) for t, s, h in results], machine()
        )
        sys.exit(check_floors(ROOT / "floors.json", results, pin=pin, lower=lower))


def tasks(data: Path, scorers: Path, out: Path) -> Iterator[Task]:
    """Yield the tasks in the order of the line of folders."""
    yield from _pages(data, scorers)
    yield from _article(data)
    yield from _statements(data, scorers, out)
    yield from _across(data, scorers, out)
    yield Task(
        section="Excerpts asked of check",
        name=f"{excerpts.EXCERPTS:,} excerpts of {', '.join(excerpts.SETS)}",
        source=data / "pages/wcxb_dev/gold.jsonl",
        run=lambda folder: excerpts.run(data / "pages", folder / "excerpts.jsonl"),
        rival="eight assistants, 1,600 excerpts: wrong over .60, the best tool .37",
    )
    for name, title in (
        ("seeds", "seeds"),
        ("ecb_pages", "ECB+"),
        ("html_pages", "HTML"),
        ("more_train", "more_train, 51 pages"),
        ("more_dev", "more_dev, 25 pages, totals alone"),
    ):
        source = data / "gold" / f"{name}.jsonl"
        yield Task(
            section="Quotations asked of check: share that is verbatim",
            name=title,
            source=source,
            run=lambda _, source=source: doctored.score(source),  # type: ignore[misc]
        )


def _pages(data: Path, scorers: Path) -> Iterator[Task]:
    sets = {
        "zyte": ("zyte", "scoreboard; best published .970"),
        "fundus_eval": ("fundus_eval", "scoreboard"),
        "fundus_tests": ("fundus_tests, development sites", "the role model learned from the other sites"),
    }
    for folder, (name, remark) in sets.items():
        source = data / "pages" / folder
        for reader, run in _readers(body.main, rivals.RIVALS):
            yield Task(
                section="Body text",
                name=f"{name}, {reader}",
                source=source / "gold.jsonl",
                run=_kept_sites(run, source, scorers / "body.py"),
                rival=remark if reader == OURS else "",
                ours=reader == OURS,
            )
    source = data / "gold/seeds.jsonl"
    yield Task(
        section="Roles of lines",
        name="seeds, 2 pages",
        source=source,
        run=lambda _, source=source: segments.score(source),  # type: ignore[misc]
    )
    source = data / "pages/trafilatura"
    for reader, run in _readers(comments.main, (n for n, r in rivals.RIVALS.items() if r.comments)):
        yield Task(
            section="Comments",
            name=f"trafilatura pages, {reader}",
            source=source / "gold.jsonl",
            run=_adapter(run, source, scorers / "body.py", "--snippets", gold=source / "gold.jsonl"),
            ours=reader == OURS,
        )
    for name, rival in (
        ("wet", "gradient boosting cross-validated by site .902; comments taken .20"),
        ("naive", "gradient boosting cross-validated by site .881"),
        ("resili_main", "gradient boosting cross-validated by site .933"),
    ):
        source = data / "lines" / f"{name}.jsonl.gz"
        sites = f"{name}, zyte + fundus_eval + development sites of fundus_tests"
        yield Task(
            section="Lines of flattened pages",
            name=sites,
            source=source,
            run=_lines(lines.main, source, scorers / "body.py"),
            rival=rival,
        )
        for reader in rival_lines.RIVALS:
            yield Task(
                section="Lines of flattened pages",
                name=f"{sites}, {reader}",
                source=source,
                run=_lines(partial(_label, reader, source), source, scorers / "body.py"),
                ours=False,
            )


def _article(data: Path) -> Iterator[Task]:
    for name in ("fundus_tests", "wcxb_dev"):
        folder = data / "pages" / name
        for reader, run in _readers(metadata.main, (n for n, r in rivals.RIVALS.items() if r.metadata)):
            yield Task(
                section="Metadata",
                name=f"{name}, {reader}",
                source=folder / "gold.jsonl",
                run=_metadata(run, folder),
                ours=reader == OURS,
            )
    source = data / "dates/tempeval3_tbaq.jsonl.gz"
    scorer = data.parent / "score" / "dates.py"
    yield Task(
        section="Dates",
        name="TimeBank + AQUAINT, 256 articles",
        source=source,
        run=_plain(dates.main, source, scorer),
        rival="HeidelTime value F .84 on a part",
    )


def _statements(data: Path, scorers: Path, out: Path) -> Iterator[Task]:
    source = data / "statements/polnear.dev.jsonl.gz"
    remark = (
        "reader trained with seed 7; on PolNeAR test: GenderGapTracker .450, Citron .539, DistilBERT .730 "
        "whole relation"
    )
    for name, run in (("rules and reader", statements.main), ("rules alone", statements.rules)):
        yield Task(
            section="Statements",
            name=f"PolNeAR dev, {name}",
            source=source,
            run=_plain(run, source, scorers / "statements.py", "--merge-cue", "--json"),
            rival=remark if run is statements.main else "",
        )
    yield from _unseen_ledgers(data, scorers)
    gold = [data / "gold" / f"{name}.jsonl" for name in ("seeds", "ecb_pages", "html_pages")]
    learned = ("seeds, 2 pages, learned from", "ECB+, 24 pages, learned from", "HTML, 8 pages, learned from")
    for source, name in zip(gold, learned, strict=True):
        yield Task(
            section="Ledger",
            name=name,
            source=source,
            run=_adapter(ledger.main, source, scorers / "ledger.py", "--json", gold=source),
        )
    yield Task(
        section="Ledger",
        name="these 34 pages",
        source=gold[1],
        run=_ledgers(gold, scorers / "ledger.py", out),
        rival="GenderGapTracker .283, Citron .250, textacy .058 ledger F1",
    )
    for source, name in zip(gold, ("seeds", "ECB+", "HTML"), strict=True):
        yield Task(
            section="Traps: words that look like statements and are none",
            name=name,
            source=source,
            run=lambda _, source=source: traps.score(source),  # type: ignore[misc]
        )
    yield from _confidence(data)


def _unseen_ledgers(data: Path, scorers: Path) -> Iterator[Task]:
    """Ledgers of pages whose outlets nothing was learned from: more_dev, and where the readers of
    `training.reader --folds` are kept, more_train by those that did not see each page."""
    source = data / "gold/more_dev.jsonl"
    yield Task(
        section="Ledger",
        name="more_dev, 25 pages, totals alone",
        source=source,
        run=_adapter(ledger.main, source, scorers / "ledger.py", "--json", gold=source),
        rival="two careful readers, eight pages: found .968, speaker .978, day 1.0, chain .875, ledger .946",
    )
    yield Task(section="Ledger", name=HELD, source=HELD_OUT, run=_held_out(data, scorers / "ledger.py"))
    if has_folds():
        source = data / "gold/more_train.jsonl"
        yield Task(
            section="Ledger",
            name="more_train, 51 pages, outlets left out",
            source=source,
            run=_adapter(
                partial(ablation.write_unseen, data), source, scorers / "ledger.py", "--json", gold=source
            ),
        )


def _held_out(data: Path, scorer: Path) -> Callable[[Path], Score]:
    def task(folder: Path) -> Score:
        gold = folder / "gold.jsonl"
        write_rows(gold, read_held_out(data))
        pages = (ledger.read_page_row(row, data / "gold") for row in read_rows(gold))
        write_rows(folder / "out.jsonl", pages)
        return run_scorer(scorer, gold, folder / "out.jsonl", "--json")

    return task


def _confidence(data: Path) -> Iterator[Task]:
    """How far the figure of each entry holds; what was learned from is judged by models that did not see it,
    where those of `training.reader --folds` are kept."""
    sources = {calibration.DEV: data / "gold/more_dev.jsonl"}
    if has_folds():
        sources |= {
            calibration.AWAY: data / "gold/more_train.jsonl",
            calibration.MADE: data / "gold/html_pages.jsonl",
        }
    for name, source in sources.items():
        for what in ("entry", "speaker", "before"):
            yield Task(
                section="Confidence: what it says beside what is right",
                floors=False,
                name=f"{name}, {what}",
                source=source,
                run=lambda _, name=name, what=what: calibration.score_all(data, name, what),  # type: ignore[misc]
                rival="how likely the words are a statement, once shown" if what == "before" else "",
                ours=what != "before",
            )
    for name in sources.keys() - {calibration.MADE}:
        for tenth in range(calibration.TENTHS):
            yield Task(
                section=f"Confidence by tenths: {name}",
                floors=False,
                name=f".{tenth} and more",
                source=sources[name],
                run=lambda _, name=name, tenth=tenth: calibration.score_tenth(data, name, tenth),  # type: ignore[misc]
            )


def _across(data: Path, scorers: Path, out: Path) -> Iterator[Task]:
    clusters = scorers / "clusters.py"
    for name, file, rival in (
        ("ECB+", "across/ecbplus_docs.jsonl.gz", "TF-IDF online .787, average-link batch .841"),
        ("FNC-1", "across/fnc1_train_bodies.jsonl.gz", "TF-IDF online .932, average-link batch .953"),
    ):
        source = data / file
        yield Task(
            section="Stories (BCubed)",
            name=name,
            source=source,
            run=_made_gold(stories.main, stories.gold, source, clusters),
            rival=rival,
        )
    yield Task(
        section="Stories (look-alikes)",
        name="200 pairs of two events, 200 of one, our own writing",
        source=lookalikes.TEXTS,
        run=lookalikes.score,
    )
    for name in ("idb_dev", "prosecco_dev", "rte3_en_3way"):
        yield Task(
            section="Statements that oppose one another, by word-by-word comparison",
            name=name,
            source=data / f"across/{name}.jsonl.gz",
            run=lambda _, source=data / f"across/{name}.jsonl.gz": opposed.score(source),  # type: ignore[misc]
            rival="best large model P .91" if name == "idb_dev" else "",
            floors=False,
        )
    source = data / "across/reprints_synth.jsonl.gz"
    yield Task(
        section="Copies (BCubed)",
        name="synthetic reprints",
        source=source,
        run=_made_gold(copies.main, copies.gold, source, clusters),
        rival="winnowed 6-grams F .988 of links",
    )
    yield from _copies(data)
    source = data / "across/ecbplus_mentions.jsonl.gz"
    yield Task(
        section="People (BCubed)",
        name="ECB+, gold mentions",
        source=source,
        run=_made_gold(people.main, people.gold, source, clusters),
        rival="compatible full names .884, surname only .859",
    )
    yield Task(
        section="People (BCubed)",
        name="ECB+, without “I'm”, “she'd”",
        source=source,
        run=_made_gold(people.main, people.gold_of_names, source, clusters),
    )
    for name, file, run, make in (
        ("ECB+, names alone", "across/ecbplus_mentions.jsonl.gz", people.main, people.gold_of_words),
        ("GUM, names alone", "who/gum_coref.jsonl.gz", people.main, people.gold_of_words),
        ("ECB+, bodies", "across/ecbplus_mentions.jsonl.gz", people.bodies, people.gold_of_bodies),
        ("GUM, bodies", "who/gum_coref.jsonl.gz", people.bodies, people.gold_of_bodies),
    ):
        yield Task(
            section="People (BCubed)",
            name=name,
            source=data / file,
            run=_made_gold(run, make, data / file, clusters),
        )
    for name, source in (
        ("pairs that the rules were written with", namings.PAIRS),
        ("pairs written afterwards", namings.AGAIN),
    ):
        yield Task(
            section="People (two namings)",
            name=name,
            source=source,
            run=lambda _, source=source: namings.score(source),  # type: ignore[misc]
        )
    source = data / "gold/ecb_stories.jsonl"
    yield Task(
        section="Remarks (links)",
        name="6 ECB+ stories, gold statements",
        source=source,
        run=_made_gold(remarks.main, remarks.gold, source, clusters, "--links"),
    )
    source = data / "gold/more_stories.jsonl"
    yield Task(
        section="Remarks (links)",
        name="one debate, six outlets, gold statements",
        source=source,
        run=_made_gold(remarks.main, remarks.gold, source, clusters, "--links"),
    )
    for name, file in (("6 ECB+ stories", "ecb_stories"), ("one debate, six outlets", "more_stories")):
        source = data / "gold" / f"{file}.jsonl"
        yield Task(
            section="Remarks (links)",
            name=f"{name}, from the pages alone",
            source=source,
            run=_made_gold(remarks_whole.main, remarks.gold, source, clusters, "--links"),
        )
    source = data / "across/t17_timelines.jsonl.gz"
    yield Task(
        section="Timelines (alignment-based ROUGE)",
        name="Timeline17, 11 timelines of 5 topics",
        source=source,
        run=lambda _, source=source: timelines.score(source.with_name("t17_articles.jsonl.gz"), source),  # type: ignore[misc]
        rival="all 19: DATEWISE (supervised) AR1-F .120, AR2-F .035, date F1 .544",
    )
    if has_room_folds():
        yield Task(
            section="Remarks (links)",
            name="101 rooms of annotated pages, rooms left out",
            source=ROOMS,
            run=_made_gold(
                partial(remarks.main_rooms, data),
                partial(remarks.gold_rooms, data),
                ROOMS,
                clusters,
                "--links",
            ),
            rival="two careful readers, 13 rooms: P .952, R .952",
        )


def _copies(data: Path) -> Iterator[Task]:
    """Reprints in bad print, and reports that are no reprints."""
    source = data / "across/t17_articles.jsonl.gz"
    for variant in copies_noisy.VARIANTS:
        yield Task(
            section="Copies in bad print (Timeline17, two copies of 160 articles)",
            name=variant.name,
            source=source,
            run=lambda _, variant=variant: copies_noisy.score(source, variant),  # type: ignore[misc]
            rival="another set, noisy newspaper reprints: n-grams ARI .75, neural re-ranking .94"
            if variant == copies_noisy.VARIANTS[-1]
            else "",
        )
    for noise in (0.0, 0.03, 0.05):
        yield Task(
            section="Copies: reports that are none (our own writing, 200 pairs of each)",
            name=f"{noise:.0%} misread on both sides" if noise else "as printed",
            source=copies_apart.STATEMENTS,
            run=lambda _, noise=noise: copies_apart.score(noise),  # type: ignore[misc]
        )


Main = Callable[[list[str]], None]


def _readers(run: Main, names: Iterable[str]) -> Iterator[tuple[str, Main]]:
    """Yield us and the rivals, by name, with what runs each over a folder of pages."""
    yield OURS, run
    for name in names:
        yield name, partial(_read_once, name)


def _read_once(name: str, argv: list[str]) -> None:
    """Let a rival read a set of pages, once in a run: some take minutes for one, and stand in two tables."""
    folder, out = map(Path, argv)
    kept = out.with_name(f"{name}-{folder.name}.jsonl")
    if not kept.exists():
        rivals.main([str(folder), str(kept), name])
    shutil.copyfile(kept, out)


def _label(name: str, training: Path, argv: list[str]) -> None:
    """Let a rival label lines."""
    rival_lines.main([str(training), *argv, name])


def _adapter(run: Main, source: Path, scorer: Path, *flags: str, gold: Path) -> Callable[[Path], Score]:
    def task(folder: Path) -> Score:
        out = folder / "out.jsonl"
        run([str(source), str(out)])
        return run_scorer(scorer, gold, out, *flags)

    return task


def _kept_sites(run: Main, source: Path, scorer: Path) -> Callable[[Path], Score]:
    """Score only pages of sites that were never trained on."""

    def task(folder: Path) -> Score:
        gold = folder / "gold.jsonl"
        rows = read_rows(source / "gold.jsonl")
        write_rows(gold, (row for row in rows if is_dev(row["site"], source.name)))
        return _adapter(run, source, scorer, gold=gold)(folder)

    return task


def _plain(run: Main, source: Path, scorer: Path, *flags: str) -> Callable[[Path], Score]:
    """The scorers read plain files: unzip the gold first."""

    def task(folder: Path) -> Score:
        gold = folder / "gold.jsonl"
        write_rows(gold, read_rows(source))
        return _adapter(run, source, scorer, *flags, gold=gold)(folder)

    return task


def _made_gold(
    run: Main, make: Callable[[Path, Path], None], source: Path, scorer: Path, *flags: str
) -> Callable[[Path], Score]:
    def task(folder: Path) -> Score:
        gold = folder / "gold.jsonl"
        make(source, gold)
        return _adapter(run, source, scorer, *flags, gold=gold)(folder)

    return task


def _lines(run: Main, source: Path, scorer: Path) -> Callable[[Path], Score]:
    """Only news sets, as the rivals were measured, and of them the sites that were never trained on."""

    def task(folder: Path) -> Score:
        gold = folder / "gold.jsonl"
        rows = (row for row in read_rows(source) if row["set"] != "wcxb_dev")
        write_rows(gold, (row for row in rows if is_dev(row["site"], row["set"])))
        return _adapter(run, gold, scorer, "--lines", gold=gold)(folder)

    return task


def _metadata(run: Main, source: Path) -> Callable[[Path], Score]:
    def task(folder: Path) -> Score:
        out = folder / "out.jsonl"
        run([str(source), str(out)])
        counts = metadata.score(list(metadata.read_gold(source)), list(read_rows(out)))
        return {key: right / (of or 1) for key, (right, of) in counts.items()}

    return task


def _ledgers(gold: list[Path], scorer: Path, out: Path) -> Callable[[Path], Score]:
    def task(folder: Path) -> Score:
        whole, said = out / "gold-all.jsonl", folder / "said.jsonl"
        write_rows(whole, (row for path in gold for row in read_rows(path)))
        parts = []
        for path in gold:
            ledger.main([str(path), str(said)])
            parts += list(read_rows(said))
        write_rows(said, parts)
        return run_scorer(scorer, whole, said, "--json")

    return task


def check_floors(path: Path, results: list[tuple[Task, Score, str]], *, pin: bool, lower: bool) -> int:
    """Compare scores with their floors; return how many fell under."""
    floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    fallen = 0
    for task, score, digest in results:
        key = f"{task.section}: {task.name}"
        if not (task.ours and task.floors):
            continue
        old = floors.get(key, {})
        if old.get("data", digest) != digest:
            print(f"{key}: the data is not what the floor was measured on")
        for name, floor in old.get("floors", {}).items():
            if name in score and score[name] < floor - LOWER_BY and not lower:
                print(f"under its floor: {key}: {name} is {score[name]:.3f}, was {floor:.3f}")
                fallen += 1
        if pin or key not in floors:
            reached = {n: round(v, 4) for n, v in score.items() if n in WATCHED}
            kept = {} if lower or old.get("data") != digest else old.get("floors", {})
            floors[key] = {"data": digest, "floors": {n: max(v, kept.get(n, v)) for n, v in reached.items()}}
    path.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return min(fallen, 1)


# Higher is better for each of these; only they have floors.
WATCHED = frozenset(
    (
        "agree|F1|page F1|line F1|comments found|title exact|authors exact|day|value F|right day|whole F1"
        "|content exact F1|found F1|quotes R|quotes exact|speaker right|ledger F1|BCubed F1|right|whole"
        "|held off|look-alikes kept apart|one event joined|AR1-F|AR2-F|date F1"
        "|ARI|one statement kept apart|forms kept apart"
    ).split("|")
)


def _line(score: Score) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in score.items())


if __name__ == "__main__":
    main(sys.argv[1:])
