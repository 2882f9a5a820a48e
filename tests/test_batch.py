"""Batches: the same tables whoever is killed on the way, and nothing lost or counted twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread

import pyarrow.parquet as pq
import pytest
from making_archives import news_page, news_records, pack, response

from onrecord.batch import BatchSummary, is_batch, load_batch, process_shard, run_batch
from onrecord.batch.manifest import shard_folder, write_json
from onrecord.batch.pool import KILLED
from onrecord.batch.run import MARK, Mark
from onrecord.capture import read_captures
from onrecord.errors import BadRequest, BatchError, CaptureError, MissingExtra
from onrecord.ledger import (
    count,
    get_page,
    iter_entries,
    list_pages,
    list_problems,
    open_ledger,
    record_reading,
)
from onrecord.ledger.verify import check_ledger
from onrecord.reading import read
from onrecord.types import Capture

PART = 10
PAGES = 100

on_linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds processes through /proc")


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two archives of our own pages; the second is cut off in the middle of its last page."""
    folder = tmp_path_factory.mktemp("shards")
    whole, cut = folder / "whole.warc.gz", folder / "cut.warc.gz"
    whole.write_bytes(pack(news_records(range(PAGES))))
    cut.write_bytes(pack(news_records(range(1000, 1025)))[:-60])
    return [whole, cut]


@pytest.fixture(scope="module")
def undisturbed(shards: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables as one process makes them when nobody interferes."""
    out = tmp_path_factory.mktemp("undisturbed")
    for shard in shards:
        process_shard(str(shard), out, part_pages=PART)
    return out


def tables(out: Path) -> dict[str, bytes]:
    """Return the bytes of every table, by its place."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def rows(out: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for path in sorted(out.rglob(f"{name}.parquet")):
        found += pq.read_table(path).to_pylist()
    return found


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(x) for task in tasks for x in (task / "children").read_text().split()]
    except OSError:
        return []


def make_batch(shards: list[Path], out: Path, *, part_pages: int = 1000) -> None:
    """Do what `run_batch` does, without starting processes for it."""
    for shard in shards:
        process_shard(str(shard), out, part_pages=part_pages)
    write_json(out / MARK, Mark())


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.005)


def test_tables_hold_what_reading_gives(shards: list[Path], undisturbed: Path) -> None:
    captures = [x for shard in shards for x in read_captures(shard) if isinstance(x, Capture)]
    assert len(captures) == PAGES + 24
    # Shards are folders in order of their names: the cut-off one comes first.
    stored = {row["payload_digest"]: row for row in rows(undisturbed, "captures")}
    assert {x.payload_digest: (x.payload, x.uri, x.place) for x in captures} == {
        digest: (row["payload"], row["uri"], row["place"]) for digest, row in stored.items()
    }
    texts = {row["payload_digest"]: row["text"] for row in rows(undisturbed, "pages")}
    entries = rows(undisturbed, "entries")
    for capture in captures[:5]:
        reading = read(capture)
        assert texts[capture.payload_digest] == reading.page.text
    assert len(entries) >= PAGES
    assert "Pump 7 will run again by Monday," in str([row["content"] for row in entries])


def test_parts_are_of_the_size_asked_for(undisturbed: Path) -> None:
    parts = sorted(undisturbed.glob("whole*/part-*"))
    assert [path.name for path in parts] == [f"part-{n:05}" for n in range(PAGES // PART)]
    assert all(pq.read_metadata(path / "pages.parquet").num_rows == PART for path in parts)


def test_finished_shard_is_not_read_again(shards: list[Path], undisturbed: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in undisturbed.rglob("*")}
    manifest = process_shard(str(shards[0]), undisturbed, part_pages=PART)
    assert (manifest.pages, manifest.captures, manifest.problems) == (PAGES, PAGES, 0)
    assert {path: path.stat().st_mtime_ns for path in undisturbed.rglob("*")} == before


def test_changed_shard_is_read_anew(tmp_path: Path) -> None:
    shard, out = tmp_path / "a.warc", tmp_path / "out"
    shard.write_bytes(b"".join(news_records(range(2))))
    assert process_shard(str(shard), out).pages == 2
    shard.write_bytes(b"".join(news_records(range(3, 6))))
    assert process_shard(str(shard), out).pages == 3
    assert [row["uri"] for row in rows(out, "captures")] == [
        f"https://harbour.example/pump/{n}" for n in (3, 4, 5)
    ]


def test_folder_is_a_shard_too(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(3):
        (pages / f"{n}.html").write_text(news_page(n))
    (pages / "empty.html").touch()
    manifest = process_shard(str(pages), tmp_path / "out")
    assert (manifest.pages, manifest.problems) == (3, 1)
    (pages / "3.html").write_text(news_page(3))
    assert process_shard(str(pages), tmp_path / "out").pages == 4


def test_page_that_appears_twice_counts_once(tmp_path: Path) -> None:
    page = news_page(1).encode()
    twice = [response(page, uri="https://harbour.example/1")] * 2
    other = response(page, uri="https://courier.example/1")
    shard = tmp_path / "a.warc.gz"
    shard.write_bytes(pack([*twice, other, *twice]))
    for size in (1000, 1):  # Also where the second time is in another part.
        out = tmp_path / f"out-{size}"
        manifest = process_shard(str(shard), out, part_pages=size)
        assert (manifest.captures, manifest.pages, manifest.entries) == (2, 1, len(rows(out, "entries")))


def test_cut_off_archive_is_listed_with_what_was_read(shards: list[Path], tmp_path: Path) -> None:
    done = run_batch([shards[1]], tmp_path / "out")
    assert done.cut_off == (str(shards[1]),)
    assert (done.pages, done.problems, done.failed) == (24, 1, ())
    (problem,) = rows(tmp_path / "out", "problems")
    assert str(problem["message"]).startswith("the archive is cut off at byte")


def test_broken_page_is_a_row_and_the_rest_is_read(tmp_path: Path) -> None:
    shard = tmp_path / "a.warc.gz"
    shard.write_bytes(pack([response(b"\0\1\2" * 50), *news_records(range(2))]))
    manifest = process_shard(str(shard), tmp_path / "out")
    assert (manifest.pages, manifest.problems) == (2, 1)


class Stop(Exception):
    """What a test throws into the middle of the work."""


@pytest.mark.parametrize("place", ["page", "table", "state"])
def test_broken_off_shard_goes_on_behind_its_last_part(
    shards: list[Path], undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Broken off between two pages, between two tables of a part, before a part is named."""
    import onrecord.batch.parts
    import onrecord.batch.shard

    module, name, calls = {
        "page": (onrecord.batch.shard, "read_or_problem", 25),
        "table": (onrecord.batch.parts, "write_rows", 10),
        "state": (onrecord.batch.parts, "write_json", 3),
    }[place]
    real, left = getattr(module, name), calls

    def stop(*args: object) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stop
        return real(*args)

    monkeypatch.setattr(module, name, stop)
    with pytest.raises(Stop):
        process_shard(str(shards[0]), tmp_path, part_pages=PART)
    left = 1_000_000
    first = next(tmp_path.glob("whole*/part-00000/pages.parquet"))
    before = first.stat().st_mtime_ns
    process_shard(str(shards[0]), tmp_path, part_pages=PART)
    assert first.stat().st_mtime_ns == before
    expected = {name: data for name, data in tables(undisturbed).items() if name.startswith("whole")}
    assert tables(tmp_path) == expected
    assert not list(tmp_path.rglob("*.tmp"))


def run_and_kill(shards: list[Path], out: Path) -> tuple[BatchSummary, list[int]]:
    """Run a batch on two processes and kill one while it works."""
    killed: list[int] = []

    def kill() -> None:
        wait_for(lambda: list(out.glob("whole*/part-00002")))
        for pid in children(os.getpid()):
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return

    killer = Thread(target=kill)
    killer.start()
    done = run_batch(shards, out, workers=2, part_pages=PART)
    killer.join()
    return done, killed


@on_linux
def test_killed_worker_loses_no_page(shards: list[Path], undisturbed: Path, tmp_path: Path) -> None:
    done, killed = run_and_kill(shards, tmp_path)
    assert len(killed) == 1
    assert done.failed == ()
    assert done.pages == PAGES + 24
    assert tables(tmp_path) == tables(undisturbed)


RUN = """
import sys
from onrecord.batch import run_batch
if __name__ == "__main__":
    *shards, out = sys.argv[1:]
    done = run_batch(shards, out, workers=2, part_pages=10)
    print(done.pages, len(done.failed))
"""


@on_linux
def test_killed_run_is_finished_by_the_same_command(
    shards: list[Path], undisturbed: Path, tmp_path: Path
) -> None:
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(RUN)
    command = [sys.executable, str(script), *map(str, shards), str(out)]
    with subprocess.Popen(command) as process:
        wait_for(lambda: list(out.glob("whole*/part-00002")))
        workers = children(process.pid)
        process.kill()
    assert not list(out.glob("whole*/manifest.json"))
    # Nobody works on unseen: the workers follow.
    wait_for(lambda: not any(map(runs, workers)))
    first = next(out.glob("whole*/part-00000/pages.parquet")).stat().st_mtime_ns
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert again.stdout.split() == [str(PAGES + 24), "0"]
    assert next(out.glob("whole*/part-00000/pages.parquet")).stat().st_mtime_ns == first
    assert tables(out) == tables(undisturbed)


@on_linux
@pytest.mark.slow
def test_shard_that_kills_its_process_is_given_up_and_the_others_are_not(
    shards: list[Path], tmp_path: Path
) -> None:
    poison = tmp_path / "poison.warc.gz"
    poison.write_bytes(shards[0].read_bytes())
    done = Event()

    def kill() -> None:
        while not done.is_set():
            for pid in children(os.getpid()):
                if poison in opened(pid):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    killer = Thread(target=kill)
    killer.start()
    summary = run_batch([poison, shards[1]], tmp_path / "out", workers=2, part_pages=PART)
    done.set()
    killer.join()
    assert [(x.uri, x.message) for x in summary.failed] == [(str(poison), KILLED)]
    assert [(x.state.uri, x.pages) for x in summary.shards] == [(str(shards[1]), 24)]


def opened(pid: int) -> list[Path]:
    """Return the files that a process has open."""
    found: list[Path] = []
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.append(link.readlink())
    return found


def runs(pid: int) -> bool:
    """Tell whether a process still runs (one that ended and was not yet taken note of does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_shard_that_fails_is_listed_and_the_others_are_read(shards: list[Path], tmp_path: Path) -> None:
    """A folder stands where one shard's tables should go, as a full disk or a wrong right would stop it."""
    out = tmp_path / "out"
    make_batch([shards[1]], out)
    lost = shard_folder(out, str(shards[0]))
    lost.write_text("in the way")
    done = run_batch(shards, out, workers=1)
    assert [x.uri for x in done.failed] == [str(shards[0])]
    assert "tables can't be written" in done.failed[0].message
    assert done.pages == 24


def test_finished_batch_starts_no_process(
    shards: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_batch([shards[1]], tmp_path / "out")
    started: list[BaseProcess] = []
    monkeypatch.setattr(BaseProcess, "start", started.append)
    steps: list[tuple[int, int]] = []
    done = run_batch([shards[1]], tmp_path / "out", progress=lambda done, total: steps.append((done, total)))
    assert not started
    assert (done.pages, done.failed) == (24, ())
    assert steps == [(1, 1)]


def test_impossible_batches_are_refused(
    shards: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CaptureError, match="no such file or folder"):
        run_batch([*shards, tmp_path / "gone.warc.gz"], tmp_path / "out")
    with pytest.raises(BadRequest, match="at least one archive"):
        run_batch([], tmp_path / "out")
    with pytest.raises(BadRequest, match="0 workers"):
        run_batch(shards, tmp_path / "out", workers=0)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").touch()
    with pytest.raises(BatchError, match=r"holds other files \(to-mother.txt\)"):
        run_batch(shards, tmp_path / "letters")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install 'onrecord\[cluster\]'"):
        run_batch(shards, tmp_path / "out", ray="local")
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def test_loaded_batch_is_the_ledger_that_adding_makes(
    shards: list[Path], undisturbed: Path, tmp_path: Path
) -> None:
    write_json(undisturbed / MARK, Mark())
    assert is_batch(undisturbed)
    assert not is_batch(tmp_path)
    with (
        open_ledger(tmp_path / "added", create=True) as added,
        open_ledger(tmp_path / "loaded", create=True) as ledger,
    ):
        # In the order of the shards' folders, so that speakers meet in the same order.
        for shard in sorted(shards):
            for capture in read_captures(shard):
                if isinstance(capture, Capture):
                    record_reading(added, capture, read(capture))
        loaded = load_batch(ledger, undisturbed)
        assert (loaded.new, loaded.known, len(loaded.problems)) == (PAGES + 24, 0, 1)
        assert list(iter_entries(ledger)) == list(iter_entries(added))
        assert get_page(ledger, list_pages(ledger, limit=1)[0].id).text
        assert {x.id for x in list_pages(ledger, limit=1000)} == {x.id for x in list_pages(added, limit=1000)}
        assert [x.stage for x in list_problems(ledger)] == ["capture"]
        assert list(check_ledger(ledger)) == []
        before = count(ledger)
        again = load_batch(ledger, undisturbed)
        assert (again.new, again.known) == (0, PAGES + 24)
        assert count(ledger) == before


def test_page_of_an_earlier_part_is_loaded_with_its_words(tmp_path: Path) -> None:
    shard, out = tmp_path / "a.warc.gz", tmp_path / "out"
    page = news_page(1).encode()
    addresses = ["https://harbour.example/1", "https://courier.example/1"]
    shard.write_bytes(pack([response(page, uri=uri) for uri in addresses]))
    make_batch([shard], out, part_pages=1)
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        assert load_batch(ledger, out).new == 2
        counts = count(ledger)
        assert (counts.captures, counts.pages) == (2, 1)
        assert list(check_ledger(ledger)) == []


def test_shard_that_is_not_finished_is_told_and_left_out(shards: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_batch([shards[1]], out)
    next(out.glob("cut*/manifest.json")).unlink()
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        loaded = load_batch(ledger, out)
        assert loaded.new == 0
        assert "not finished" in loaded.problems[0].message
        assert loaded.problems[0].place == str(shards[1])


def test_bytes_that_changed_in_the_tables_are_not_put_on_record(shards: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_batch([shards[1]], out)
    path = next(out.glob("cut*/part-00000/captures.parquet"))
    table = pq.read_table(path)
    changed = [b"forged" if n == 3 else x for n, x in enumerate(table["payload"].to_pylist())]
    at = table.schema.get_field_index("payload")
    pq.write_table(table.set_column(at, table.schema.field(at), [changed]), path)
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        loaded = load_batch(ledger, out)
        assert loaded.new == 23
        assert any("not those that were read" in x.message for x in loaded.problems)


def test_folder_that_is_no_batch_is_refused(tmp_path: Path) -> None:
    with (
        open_ledger(tmp_path / "ledger", create=True) as ledger,
        pytest.raises(BatchError, match="no tables"),
    ):
        load_batch(ledger, tmp_path)


RUN_ON_RAY = """
import os, sys
from onrecord.batch import run_batch
if __name__ == "__main__":
    *shards, out = sys.argv[1:]
    home = os.environ["HOME"]
    done = run_batch(shards, out, ray="local", workers=2, part_pages=10)
    assert os.environ["HOME"] == home and "RAY_AUTH_TOKEN" not in os.environ
    print(done.pages, len(done.failed), os.environ["RAY_USAGE_STATS_ENABLED"], os.environ["DO_NOT_TRACK"])
"""


@pytest.mark.ray
def test_ray_makes_the_same_tables(shards: list[Path], undisturbed: Path, tmp_path: Path) -> None:
    """In a process of its own: what Ray leaves open would be warnings in other tests."""
    pytest.importorskip("ray")
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(RUN_ON_RAY)
    command = [sys.executable, str(script), *map(str, shards), str(out)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split()[-4:] == [str(PAGES + 24), "0", "0", "true"]
    assert tables(out) == tables(undisturbed)
