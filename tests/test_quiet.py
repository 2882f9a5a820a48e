"""Nothing leaves the machine and nothing is left behind: a day's work, watched.

How it is watched: `watching.py`. First that the watch sees what it is for, by each eye alone; then the day.
"""

import os
import shlex
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from making_archives import news_records, pack
from watching import EYES, World, find_eyes, make_world, watch

PYTHON = (sys.executable, "-c")
ONRECORD = (sys.executable, "-W", "error", "-m", "onrecord", "--ledger", "ledger")

# 192.0.2.1, 2001:db8::1 and .example are for documents: nobody has them.
CONNECTS = """
import socket
try:
    socket.create_connection(("192.0.2.1", 443), timeout=0.2)
except OSError:
    pass
"""
LOOKS_UP = """
import socket
try:
    socket.getaddrinfo("reports.onrecord.example", 443)
except OSError:
    pass
"""
SENDS = """
import socket
with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as out:
    try:
        out.sendto(b"anna reads the harbour gazette", ("2001:db8::1", 9))
    except OSError:
        pass
"""
# The same past Python, as a library's own code does it.
NATIVE = """
import ctypes, struct
c = ctypes.CDLL(None)
place = struct.pack("=H", 2) + struct.pack(">H", 443) + bytes([192, 0, 2, 1]) + bytes(8)
c.fcntl(s := c.socket(2, 1, 0), 4, 2048)  # F_SETFL, O_NONBLOCK: an answer is not waited for
c.connect(s, place, 16)
"""
NATIVE_FILE = """
import ctypes, os
c = ctypes.CDLL(None)
c.mkdir(os.path.expanduser("~/.cache").encode(), 0o700)
c.close(c.creat(os.path.expanduser("~/.cache/deviceid").encode(), 0o600))
"""
LISTENS = "import socket; s = socket.socket(); s.bind(('0.0.0.0', 0)); s.listen()"
WRITES_HOME = "from pathlib import Path; (Path.home() / '.device').write_text('5f0c')"
WRITES_ELSEWHERE = "import sys; from pathlib import Path; Path(sys.argv[1]).write_text('5f0c')"
WRITES_ELSEWHERE_SQL = "import sys, sqlite3; sqlite3.connect(sys.argv[1]).execute('create table t (x)')"
CHANGES = "from pathlib import Path; Path('page.html').write_text('another')"
LEAVES = "import tempfile; open(tempfile.mkstemp()[0], 'w').close()"
# A child of a child, as a worker process is.
BY_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CONNECTS!r}])"
QUIET = """
import socket, tempfile, threading, urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204)
        self.end_headers()
    def log_message(self, *words):
        pass

server = HTTPServer(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/").close()
server.shutdown()
Path("ledger").mkdir()
Path("ledger/rows").write_text("what was asked for")
with tempfile.TemporaryFile() as file:
    file.write(b"gone when closed")
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path / "world")


def by(eye: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(eye not in find_eyes(), reason=f"this machine can't watch by {eye}")


def seen_by(*pairs: tuple[str, str]) -> list[object]:
    return [pytest.param(eye, name, marks=by(eye), id=f"{eye}-{name}") for eye, name in pairs]


# Each with a word by which the eye that sees it must name it.
PROGRAMS = {
    "connects": (CONNECTS, "192.0.2.1"),
    "connects in a child": (BY_A_CHILD, "192.0.2.1"),
    "connects past Python": (NATIVE, "192.0.2.1"),
    "looks a name up": (LOOKS_UP, ""),
    "sends": (SENDS, "2001:db8::1"),
    "listens to others": (LISTENS, "0.0.0.0"),
    "writes into home": (WRITES_HOME, ".device"),
    "writes into home past Python": (NATIVE_FILE, ".cache/deviceid"),
    "writes elsewhere": (WRITES_ELSEWHERE, "elsewhere"),
    "writes elsewhere by SQL": (WRITES_ELSEWHERE_SQL, "elsewhere"),
    "changes what was there": (CHANGES, "page.html"),
    "leaves a temporary file": (LEAVES, "temporary"),
}
PAST_PYTHON = {"connects past Python", "writes into home past Python"}
AFTERWARDS = {"leaves a temporary file"}


@pytest.mark.parametrize(
    ("eye", "name"),
    seen_by(
        *[("calls", name) for name in PROGRAMS if name not in AFTERWARDS],
        *[("python", name) for name in PROGRAMS if name not in AFTERWARDS | PAST_PYTHON],
        *[("counters", name) for name in PROGRAMS if "connects" in name or name == "sends"],
        *[("folders", name) for name in PROGRAMS if "home" in name or "change" in name or "leaves" in name],
    ),
)
def test_each_eye_alone_sees_what_it_is_for(eye: str, name: str, world: World, tmp_path: Path) -> None:
    (world.work / "page.html").write_text("as saved")
    program, word = PROGRAMS[name]
    done = watch([*PYTHON, program, tmp_path / "elsewhere"], world, eyes=[eye])
    assert done.code == 0, done.err
    assert any(
        (word in words) if eye != "counters" else ("the kernel counted" in words) for words in done.seen
    )


@pytest.mark.parametrize("eye", [pytest.param(eye, marks=by(eye)) for eye in EYES])
def test_no_eye_sees_anything_in_a_quiet_program(eye: str, world: World) -> None:
    done = watch([*PYTHON, QUIET], world, eyes=[eye], may_write=["ledger"])
    assert (done.code, done.seen) == (0, ()), done.err


def test_what_was_not_named_is_seen_in_the_same_program(world: World) -> None:
    assert watch([*PYTHON, QUIET], world, eyes=["folders"]).seen != ()


REPORTS = tuple(map(int, version("onnxruntime").split(".")[:2])) >= (1, 29)


@pytest.mark.skipif(not REPORTS, reason="this version of onnxruntime does not report")
def test_onnxruntime_reports_where_nobody_forbids_it(world: World) -> None:
    """The watch sees the very thing it was made for.

    When this fails, a new version of onnxruntime reports in another way, or no more.
    """
    done = watch([*PYTHON, "import onnxruntime"], world)
    assert done.code == 0, done.err
    assert any(
        "/.cache/Microsoft" in words or "AppData" in words or "Library" in words for words in done.seen
    )


@pytest.mark.parametrize(
    "program",
    [
        "from onrecord.models.weights import load_model; load_model('roles.onnx')",
        "import onrecord, onnxruntime",
        # Whoever runs it may have set the switch the other way, or emptied the environment since.
        "import os; os.environ['ORT_DISABLE_TELEMETRY'] = '0'; import onrecord, onnxruntime",
        "import os, onrecord; os.environ.clear(); "
        "from onrecord.models.weights import load_model; load_model('roles.onnx')",
        "import training, onnxruntime",
    ],
)
def test_onnxruntime_is_silent_wherever_onrecord_is_imported_first(program: str, world: World) -> None:
    home = f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r}); "
    done = watch([*PYTHON, home + program], world)
    assert (done.code, done.seen) == (0, ()), done.err


def test_it_is_told_when_onnxruntime_was_loaded_before(world: World) -> None:
    """Then it is too late, which must not pass unseen."""
    late = watch([*PYTHON, "import onnxruntime, onrecord"], world, eyes=["folders"])
    assert late.code == 0
    assert "onnxruntime was loaded before onrecord" in late.err
    assert "ORT_DISABLE_TELEMETRY=1" in late.err
    told = "import os; os.environ['ORT_DISABLE_TELEMETRY'] = '1'; import onnxruntime, onrecord"
    assert watch([*PYTHON, told], make_world(world.home.parent / "told")).err == ""


SERVES = """
import re, signal, subprocess, sys, time, urllib.request
command = [*sys.argv[2:], "serve", "--port", "0"]
with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
    try:
        address = re.search("http://127.0.0.1:[0-9]+/", server.stdout.readline())[0]
        for path in ("", "stories", "speakers", "pages", "changes.atom", "check?words=law", "api/entries"):
            with urllib.request.urlopen(address + path) as answer:
                print(path, answer.status, len(answer.read()))
        time.sleep(float(sys.argv[1]))
    finally:
        server.send_signal(signal.SIGINT)
sys.exit(server.returncode)
"""

SAVED = (
    "northline-2031-03-11-order-stands.html",
    "dellmoor-blog-2031-03-11-reprint.html",
    "harbour-gazette-2031-03-11-council-crews.txt",
    "selm-courier-2031-03-12-boil-water.html",
    "selm-courier-2031-03-12-boil-water-corrected.html",
)

# What somebody does in a day, what it may end with and what it may write. A new command has its line here.
DAY: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("add saved-pages --jobs 2", 0, ("ledger",)),
    ("check 'The order is fixed in law' --by Ostrey", 0, ("ledger",)),
    ("said --by Ostrey", 0, ("ledger",)),
    ("page", 0, ("ledger",)),
    ("page saved-pages/northline-2031-03-11-order-stands.html", 0, ("ledger",)),
    ("speaker Ostrey", 0, ("ledger",)),
    ("line --by Ostrey --about order", 0, ("ledger",)),
    ("subject", 0, ("ledger",)),
    ("subject order", 0, ("ledger",)),
    ("timeline --about order", 0, ("ledger",)),
    ("story", 0, ("ledger",)),
    ("story saved-pages/northline-2031-03-11-order-stands.html", 0, ("ledger",)),
    ("story saved-pages/northline-2031-03-11-order-stands.html --perhaps", 0, ("ledger",)),
    ("problems", 0, ("ledger",)),
    ("changes", 0, ("ledger",)),
    ("cite STATEMENT --format bibtex", 0, ("ledger",)),
    ("correct STATEMENT --said-on 2031-03-10", 0, ("ledger",)),
    ("page saved-pages/northline-2031-03-11-order-stands.html --set 'outlet=The Wire'", 0, ("ledger",)),
    ("review", 0, ("ledger",)),
    ("export --format jsonl --output entries.jsonl", 0, ("ledger", "entries.jsonl")),
    ("serve", 0, ("ledger",)),
    ("batch first.warc.gz second.warc.gz tables --workers 2", 0, ("tables",)),
    ("add tables", 0, ("ledger",)),
    ("demo", 0, ("demo-ledger",)),
    ("verify", 0, ("ledger",)),
)


@pytest.fixture
def newsroom(world: World, demo: Path) -> World:
    """A world with a few saved pages and two archives."""
    (world.work / "saved-pages").mkdir()
    for name in SAVED:
        shutil.copy(demo / name, world.work / "saved-pages")
    for number, name in enumerate(("first", "second")):
        (world.work / f"{name}.warc.gz").write_bytes(pack(news_records([number])))
    return world


@pytest.mark.timeout(600)
def test_a_days_work_asks_nobody_and_leaves_nothing_behind(newsroom: World) -> None:
    wrong: dict[str, object] = {}
    for asked, code, may_write in DAY:
        words = asked.replace("STATEMENT", _statement(newsroom)) if "STATEMENT" in asked else asked
        command = [*PYTHON, SERVES, "0", *ONRECORD] if words == "serve" else [*ONRECORD, *shlex.split(words)]
        done = watch(command, newsroom, may_write=may_write)
        if done.code != code or done.seen:
            wrong[words] = (done.code, done.seen, done.out, done.err)
    assert wrong == {}


def _statement(world: World) -> str:
    """Return the id of some statement of the day's ledger."""
    from onrecord.ledger import open_ledger, search_entries

    with open_ledger(world.work / "ledger") as ledger:
        return search_entries(ledger, by="Ostrey", limit=1)[0].id


def test_the_day_has_every_command() -> None:
    from onrecord.views.commands import COMMANDS

    done = {words.split()[0] for words, _, _ in DAY}
    missing = {command.__name__.strip("_") for command, _ in COMMANDS} - done
    assert missing == set(), "new commands are watched too: give them a line in DAY"


# onnxruntime looked its makers' name up nine seconds after it was loaded, so a quick command showed nothing.
LONG = "20"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_server_that_stays_asks_nobody(newsroom: World) -> None:
    # Reading the pages loads the models; a server alone has no need of them.
    works = f"import sys, time, onrecord.views.cli as c; c.run(sys.argv[1:]); time.sleep({LONG})"
    for command in (
        [*PYTHON, works, *ONRECORD[-2:], "add", "saved-pages"],
        [*PYTHON, SERVES, LONG, *ONRECORD],
    ):
        done = watch(command, newsroom, may_write=["ledger"])
        assert (done.code, done.seen) == (0, ()), done.err


@pytest.mark.slow
@pytest.mark.skipif(not REPORTS, reason="this version of onnxruntime does not report")
@pytest.mark.parametrize("eye", [pytest.param(eye, marks=by(eye)) for eye in ("calls", "counters")])
def test_a_library_that_takes_its_time_to_ask_is_seen(eye: str, world: World) -> None:
    done = watch([*PYTHON, f"import time, onnxruntime; time.sleep({LONG})"], world, eyes=[eye])
    word = "name server" if eye == "calls" else "the kernel counted"
    assert any(word in words for words in done.seen), done.seen


@pytest.mark.ray
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_ray_of_this_machine_asks_nobody_and_leaves_nothing_behind(newsroom: World) -> None:
    pytest.importorskip("ray")
    # Its sockets need short names.
    short = Path("/tmp") / f"r{os.getpid()}"
    short.mkdir()
    try:
        world = World(home=newsroom.home, temporary=short, work=newsroom.work)
        command = [*ONRECORD[:-2], "batch", "first.warc.gz", "tables", "--workers", "1", "--ray", "local"]
        done = watch(command, world, may_write=["tables"])
        # Each of its processes looks up "localhost", for which a daemon is asked where one runs.
        seen = [words for words in done.seen if not words.endswith("nscd/socket")]
        assert (done.code, seen) == (0, []), done.err
    finally:
        shutil.rmtree(short)
