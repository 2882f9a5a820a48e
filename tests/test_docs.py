"""The documents are true: every folder and module has its place, links lead somewhere, examples run."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.capture import read_captures
from onrecord.ledger import make_entries
from onrecord.reading import read
from onrecord.types import Capture
from onrecord.views.cli import run

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "onrecord"
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "docs" / "howto" / "python.md").read_text(encoding="utf-8")
FOLDERS = sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith(("_", ".")))
STAGES = [name for name in FOLDERS if name not in ("data", "models")]
ELSEWHERE = ("http:", "https:", "mailto:")
# A block of Python, and the block of text after it, if any: what it prints.
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)


def find_documents() -> list[Path]:
    """Return all Markdown of the project, without what is installed or kept by tools beside it."""
    places = [ROOT, *(ROOT / name for name in ("docs", "src", "tests", "evals", "bench"))]
    found = {path for place in places[1:] for path in place.rglob("*.md")} | set(ROOT.glob("*.md"))
    return sorted(found)


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors_of(text: str) -> set[str]:
    """Return the names by which a document's headings can be linked to, as a web view makes them."""
    headings = re.findall(r"^#+ (.*)$", without_code(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def find_dead_links(document: Path, text: str) -> Iterator[str]:
    """Yield the relative links that lead nowhere."""
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if target.startswith(ELSEWHERE):
            continue
        path, _, anchor = target.partition("#")
        there = document.parent / path if path else document
        if not there.exists() or (anchor and anchor not in anchors_of(there.read_text(encoding="utf-8"))):
            yield target


def section_of(folder: str) -> str:
    """Return the section that a folder has in ARCHITECTURE.md."""
    found = re.search(rf"^## {folder}: [^\n]*\?\n(.*?)(?=^## )", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    assert found, f"ARCHITECTURE.md has no section `## {folder}: ...?` with the question the folder answers"
    return found[1]


def modules_told_of(folder: str) -> set[str]:
    """Return the names that stand before a colon in the lists of a folder's section."""
    names = set[str]()
    for item in re.findall(r"^- (.*)$", section_of(folder), re.MULTILINE):
        for group in re.findall(r"((?:`\w+`,? ?)+):", item):
            names.update(re.findall(r"\w+", group))
    return names


def worked_page() -> str:
    """Return the page of the worked example."""
    (html,) = re.findall(r"^```html\n(.*?)^```", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    return str(html)


def match_lines(expected: list[str], printed: list[str]) -> bool:
    """Tell whether lines are as shown; `...` as a line stands for any lines, in a line for any words."""
    if not expected:
        return not printed
    first, rest = expected[0], expected[1:]
    if first == "...":
        return any(match_lines(rest, printed[n:]) for n in range(len(printed) + 1))
    pattern = ".*".join(map(re.escape, first.split("...")))
    return bool(printed) and bool(re.fullmatch(pattern, printed[0])) and match_lines(rest, printed[1:])


# Runs each block by itself and tells what it printed, or where it failed; all in one process, since starting
# one takes longer than most examples.
RUNNER = """
import contextlib, io, json, sys, traceback
for code in json.load(sys.stdin):
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, {})
    except Exception:
        printed.write(traceback.format_exc())
    print(json.dumps(printed.getvalue()))
"""


@pytest.fixture(scope="module")
def printed(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each Python example prints, run one after the other in a folder with the demo's pages."""
    place = tmp_path_factory.mktemp("python")
    shutil.copytree(demo, place / "saved-pages")
    examples = [code for code, _ in EXAMPLE.findall(PYTHON)]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", "-c", RUNNER],
        cwd=place,
        input=json.dumps(examples),
        capture_output=True,
        encoding="utf-8",
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(examples, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_has_a_section_titled_with_its_question(name: str) -> None:
    assert section_of(name)


@pytest.mark.parametrize("name", STAGES)
def test_a_module_is_told_of_in_the_section_of_its_folder(name: str) -> None:
    modules = (PACKAGE / name).rglob("*.py") if name == "statements" else (PACKAGE / name).iterdir()
    there = {
        path.stem
        for path in modules
        if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").is_file())
    }
    assert modules_told_of(name) == there, f"ARCHITECTURE.md and src/onrecord/{name} tell of other modules"


@pytest.mark.parametrize("document", find_documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    assert list(find_dead_links(document, document.read_text(encoding="utf-8"))) == []


def test_the_check_sees_dead_links() -> None:
    text = "[a](no-such.md) [b](ARCHITECTURE.md#no-such) [c](ARCHITECTURE.md) [d](https://example.org/)"
    assert list(find_dead_links(ROOT / "README.md", text)) == ["no-such.md", "ARCHITECTURE.md#no-such"]


def test_every_decision_is_in_the_index() -> None:
    decisions = ROOT / "docs" / "decisions"
    index = (decisions / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"\]\((\d{4}-[^)]*\.md)\)", index)
    assert listed == sorted(path.name for path in decisions.glob("[0-9]*.md"))


def test_files_that_architecture_names_are_there() -> None:
    named = set(re.findall(r"`((?:[\w.]+/)+[\w*.]*)`", ARCHITECTURE))
    missing = [n for n in named if not any([*ROOT.glob(n.rstrip("/")), *PACKAGE.glob(n.rstrip("/"))])]
    assert sorted(missing) == []


def test_the_worked_example_is_what_the_program_gives(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(worked_page(), encoding="utf-8", newline="\n")
    (capture,) = read_captures(tmp_path / "ferry.html")
    assert isinstance(capture, Capture)
    reading = read(capture)
    text, (entry,) = reading.page.text, make_entries(capture, reading)
    assert entry.speaker
    assert reading.statements[0].said_on
    article = reading.article
    values = {
        "headline": article.headline,
        "outlet": article.outlet,
        "published": article.published,
        "language": article.language,
    }
    (source,), (cue,), (content,) = entry.spans.source, entry.spans.cue, entry.spans.content
    (when,) = entry.spans.said_on
    given = [
        capture.payload_digest,
        *(f"{b.span.start}-{b.span.end} {b.role} {b.span.of(text)}" for b in reading.page.blocks),
        *(f"{name} {v.value} {v.known} {v.where}" for name, v in values.items() if v),
        f"kind {entry.kind}",
        f"source {source.start}-{source.end} {entry.source}",
        f"cue {cue.start}-{cue.end} {entry.cue}",
        f"content {content.start}-{content.end} {entry.content[0]}",
        f"speaker {entry.speaker.name} ({entry.speaker.role})",
        f'said on {entry.said_on}, {entry.said_on_known} from "{when.of(text)}" '
        f"and {reading.statements[0].said_on.anchor}",
        f"page {entry.page.id}",
        f"entry {entry.id}",
    ]
    shown = {" ".join(line.split()) for line in ARCHITECTURE.split("\n")}
    assert [line for line in given if line not in shown] == []


def test_the_worked_example_shows_what_the_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_LEDGER", raising=False)
    Path("ferry.html").write_text(worked_page(), encoding="utf-8", newline="\n")
    (console,) = re.findall(r"^```console\n(.*?)^```", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    for step in re.split(r"^\$ onrecord ", console, flags=re.MULTILINE)[1:]:
        command, *shown = step.splitlines()
        assert run(command.split()) == 0
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()]
        assert printed == shown


def find_examples() -> Iterator[object]:
    """Yield every Python block with what is to be printed, named for the heading it stands under."""
    for code, shown in EXAMPLE.findall(PYTHON):
        heading = re.findall(r"^## (.*)$", PYTHON[: PYTHON.index(code)], re.MULTILINE)[-1]
        yield pytest.param(code, shown, id=heading)


@pytest.mark.parametrize(("code", "shown"), list(find_examples()))
def test_a_python_example_prints_what_stands_below_it(code: str, shown: str, printed: dict[str, str]) -> None:
    assert match_lines(shown.splitlines(), printed[code].splitlines()), printed[code]


def test_every_public_name_is_told_of() -> None:
    assert [name for name in onrecord.__all__ if f"`{name}" not in PYTHON] == []
