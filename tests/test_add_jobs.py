"""Adding with several processes: the same ledger as with one, whatever happens to any of them."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import deadly
import pytest
from making import html_page
from making_archives import news_page, news_records, pack, response

from onrecord.capture.digest import payload_digest
from onrecord.errors import BadRequest, ModelDamaged
from onrecord.ledger import count, list_problems, open_ledger
from onrecord.ledger.verify import check_ledger
from onrecord.types import Capture
from onrecord.views import reading_ahead
from onrecord.views.add import Added, add_pages
from onrecord.views.reading_ahead import KILLED, read_ahead

HERE = Path(__file__).parent
ONRECORD = (sys.executable, "-m", "onrecord")

posix = pytest.mark.skipif(os.name != "posix", reason="interrupts a group of processes")


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(x) for task in tasks for x in (task / "children").read_text().split()]
    except OSError:
        return []


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.005)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own pages, some of them twice, and files of which nothing or only a part can be read."""
    folder = tmp_path_factory.mktemp("saved")
    pages = [*(HERE / "pages").glob("*.html"), *(HERE / "pages").glob("*.txt")]
    pages += (HERE.parent / "src" / "onrecord" / "data" / "demo").glob("*.*")
    for path in pages:
        shutil.copy(path, folder / path.name)
    for path in sorted(pages)[:4]:
        shutil.copy(path, folder / f"again-{path.name}")
        shutil.copy(path, folder / f"zz-again-{path.name}")
    page = news_page(1).encode()
    records = [*news_records(range(3)), response(page, uri="https://courier.example/1")]
    (folder / "m.warc.gz").write_bytes(pack([*records, *records, response(b"\0\1\2" * 50)])[:-9])
    (folder / "empty.html").touch()
    (folder / "n-empty.html").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "notes.csv").write_text("a,b\n")
    (folder / "broken.html.gz").write_bytes(b"\x1f\x8b\x08\0broken")
    (folder / "strange.html").write_bytes("<p>“Never closed, Lann said on Friday.".encode())
    return folder


NOT_COMPARED = {"added_at", "linked_at", "warc_offset"}


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, in its order, but for when it was written and how long what was packed
    then is."""
    with closing(sqlite3.connect(folder / "onrecord.sqlite")) as connection:
        tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        found: dict[str, list[tuple[object, ...]]] = {}
        for (name,) in tables:
            answer = connection.execute(f'select * from "{name}"')
            kept = [at for at, column in enumerate(answer.description) if column[0] not in NOT_COMPARED]
            found[name] = [tuple(row[at] for at in kept) for row in answer]
        return found


def add(
    folder: Path, paths: list[Path], jobs: int | None
) -> tuple[Added, dict[str, list[tuple[object, ...]]]]:
    with open_ledger(folder, create=True) as ledger:
        added = add_pages(ledger, paths, jobs=jobs)
    return added, rows(folder)


@pytest.mark.parametrize("seed", [None, 1])
def test_three_processes_write_the_ledger_that_one_writes(
    saved: Path, tmp_path: Path, seed: int | None
) -> None:
    """As a folder, and as single files in an order of chance; every row, id and number is the same."""
    paths = [saved]
    if seed is not None:
        paths = sorted(saved.iterdir())
        random.Random(seed).shuffle(paths)
    one, rows_of_one = add(tmp_path / "one", paths, jobs=1)
    three, rows_of_three = add(tmp_path / "three", paths, jobs=3)
    assert one == three
    assert one.new > 20
    assert one.known >= 8
    assert len(one.problems) >= 7
    assert rows_of_one == rows_of_three
    assert len(rows_of_one["entries"]) == one.entries
    again, _ = add(tmp_path / "three", paths, jobs=3)
    assert (again.new, again.known, again.problems) == (0, one.new + one.known, again.problems)


def test_what_is_told_of_pages_is_told_alike(saved: Path, tmp_path: Path) -> None:
    paths = sorted(saved.glob("northline*.html"))
    told = []
    for jobs in (1, 2):
        with open_ledger(tmp_path / str(jobs), create=True) as ledger:
            add_pages(ledger, paths[:1])
            done = add_pages(ledger, paths[:3], outlet="The Selm Courier", jobs=jobs)
            told.append((done.new, done.known, done.known_so, [one.pages for one in done.told]))
    assert told[0] == told[1]


def test_a_few_pages_are_read_where_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a thousand known pages and two new ones nobody makes processes either."""
    monkeypatch.setattr(reading_ahead, "usable_cores", lambda: range(4))

    def no(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("onrecord.workers._start_worker", no)
    known = [capture(number) for number in range(1000)]
    found = [*known, capture(2000), *known, capture(2001), *known]
    ahead = read_ahead(found, jobs=None, known=lambda one: one in known)
    assert [one for one, _ in ahead] == found
    ahead = read_ahead([capture(number) for number in range(13)], jobs=None, known=lambda one: False)
    with pytest.raises(AssertionError, match="a process was started"):
        next(ahead)


def capture(number: int, size: int = 10) -> Capture:
    payload = b"%d" % number + b" " * size
    return Capture(
        payload=payload,
        payload_digest=payload_digest(payload),
        media_type="text/html",
        place=f"page {number}",
    )


@pytest.fixture
def deadly_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the other processes die and hang where a page says so."""
    monkeypatch.setattr(reading_ahead, "_read", deadly.read)
    monkeypatch.setattr(reading_ahead, "patience", lambda capture: 5.0)


@pytest.mark.usefixtures("deadly_reading")
def test_page_that_takes_its_process_with_it_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(8):
        (pages / f"{number}.html").write_text(news_page(number))
    (pages / "2-dies.html").write_bytes(deadly.DIES + news_page(20).encode())
    (pages / "2-dies-again.html").write_bytes(deadly.DIES + news_page(20).encode())
    (pages / "5-hangs.html").write_bytes(deadly.HANGS + news_page(21).encode())
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        done = add_pages(ledger, [pages], jobs=2)
        assert (done.new, done.known, count(ledger).pages) == (8, 0, 8)
        places = [(problem.stage, Path(problem.place or "").name) for problem in done.problems]
        assert places == [("read", "2-dies-again.html"), ("read", "2-dies.html"), ("read", "5-hangs.html")]
        assert {problem.message for problem in done.problems[:2]} == {KILLED}
        assert "not read to its end" in done.problems[2].message
        assert [one.message for one in list_problems(ledger)].count(KILLED) == 2
        assert list(check_ledger(ledger)) == []
        # When it lets itself be read, it is.
        assert add_pages(ledger, [pages], jobs=1).new == 2
    assert active_children() == []


@pytest.mark.usefixtures("deadly_reading")
def test_damaged_model_stops_at_its_turn(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(4):
        (pages / f"{number}.html").write_text(news_page(number))
    (pages / "2.html").write_bytes(deadly.IS_DAMAGED)
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        with pytest.raises(ModelDamaged):
            add_pages(ledger, [pages], jobs=2)
        assert count(ledger).pages == 2
    assert active_children() == []


def test_what_stops_is_raised_when_all_before_it_is_on_record(tmp_path: Path) -> None:
    """An address names one page: that an archive has several is seen at its first record."""
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(news_page(number))
    archive = tmp_path / "3.warc.gz"
    archive.write_bytes(pack(news_records([7])))
    paths = [*sorted(tmp_path.glob("*.html")), archive]
    for jobs in (1, 2):
        with open_ledger(tmp_path / f"ledger-{jobs}", create=True) as ledger:
            with pytest.raises(BadRequest, match="is an archive"):
                add_pages(ledger, paths, uri="https://harbour.example/", jobs=jobs)
            assert count(ledger).pages == 3


@pytest.mark.parametrize("size", [1000, 9 << 20])
def test_pages_that_wait_are_few(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """However fast they come and however slowly they are written down."""
    monkeypatch.setattr(reading_ahead, "_read", deadly.measure)
    taken, written, most = 0, 0, 0

    def find() -> Iterator[Capture]:
        nonlocal taken
        for number in range(60 if size < 1 << 20 else 12):
            taken += 1
            yield capture(number, size)

    for one, reads in read_ahead(find(), jobs=2, known=lambda one: False):
        assert reads().message == str(len(one.payload))  # type: ignore[union-attr]
        most = max(most, taken - written)
        written += 1
    # Eight for two processes; of long pages so many as have 32 MB, and one that was looked at.
    assert most <= (9 if size < 1 << 20 else 5)
    assert most > 1
    assert written == taken


@pytest.fixture
def many(tmp_path: Path) -> Path:
    pages = tmp_path / "many"
    pages.mkdir()
    for number in range(60):
        (pages / f"{number:03}.html").write_text(
            html_page(*[f"“Pump {number} runs by Monday,” Mara Ostrey said on Friday."] * 3)
        )
    return pages


@posix
@pytest.mark.parametrize("when", ["while processes start", "while they read"])
def test_interrupted_it_says_what_stays_and_the_same_again_does_the_rest(
    many: Path, tmp_path: Path, when: str
) -> None:
    book = tmp_path / "ledger"
    command = [*ONRECORD, "--ledger", str(book), "add", str(many), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        if when == "while they read":
            wait_for(lambda: any((book / name).stat().st_size > 9000 for name in warcs(book)))
        else:
            wait_for(lambda: len(children(process.pid)) >= 2 or not Path("/proc/self").exists())
        at_work = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.startswith("onrecord: stopped. ")
    assert err.count("\n") == 1, err
    wait_for(lambda: not any(map(runs, at_work)))
    with open_ledger(book) as ledger:
        before = count(ledger).pages
        assert f"{before} new page" in err
        assert list(check_ledger(ledger)) == []
    assert (before > 0) == (when == "while they read")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"Pages: {60 - before} new, {before} already there, no problems.")
    assert done.stderr == ""


def warcs(book: Path) -> list[str]:
    return [path.name for path in book.glob("*.warc.gz")]


@posix
def test_killed_it_leaves_the_ledger_whole_and_nobody_at_work(many: Path, tmp_path: Path) -> None:
    book = tmp_path / "ledger"
    command = [*ONRECORD, "--ledger", str(book), "add", str(many), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: any((book / name).stat().st_size > 9000 for name in warcs(book)))
        at_work = children(process.pid)
        process.kill()
    wait_for(lambda: not any(map(runs, at_work)))
    with open_ledger(book) as ledger:
        assert 0 < count(ledger).pages < 60
        assert list(check_ledger(ledger)) == []


def test_no_jobs_are_refused(tmp_path: Path) -> None:
    with (
        open_ledger(tmp_path / "ledger", create=True) as ledger,
        pytest.raises(BadRequest, match="at least 1"),
    ):
        add_pages(ledger, [tmp_path], jobs=0)
