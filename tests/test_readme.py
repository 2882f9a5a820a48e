"""The README is true: its blocks run, in order, in one folder, and print what it shows.

The folder holds the demo's pages as `saved-pages`.

    ```python      runs; must end without an error
    ```sh          runs, line by line, stopping at the first failure
    ```console     `$ command` lines run; what follows each must be what it prints, white space folded

In expected output `...` matches anything: as a line of its own any lines, inside a line any words. A
block under the comment `<!-- not run -->` is left alone (it needs a network or makes a virtual
environment). One under `<!-- run as: COMMAND -->` shows one command and runs another that prints the
same: `make demo` is `onrecord demo` once the environment is made.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

README = Path(__file__).resolve().parent.parent / "README.md"
FENCE = re.compile(r"^ {0,3}(```+|~~~+)\s*([\w+-]*)[^`]*$")
NOTE = re.compile(r"^<!--\s*(not run|run as:\s*(?P<command>.*?))\s*-->$")
RUN = {"python", "sh", "console"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One block of the README; `line` is where its first words stand."""

    language: str
    text: str
    line: int
    run_as: str | None = None


def find_examples(text: str) -> Iterator[Example]:
    """Yield the blocks to run, in order."""
    lines = text.split("\n")
    number = 0
    note: re.Match[str] | None = None
    while number < len(lines):
        opening = FENCE.match(lines[number])
        if opening is None:
            said = lines[number].strip()
            note = NOTE.match(said) or (note if not said else None)
            number += 1
            continue
        fence, language = opening[1], opening[2]
        start = number + 1
        end = next((n for n in range(start, len(lines)) if lines[n].strip() == fence), None)
        assert end is not None, f"line {number + 1}: the block opened here is never closed"
        run_as = note["command"] if note else None
        if language in RUN and (note is None or run_as):
            yield Example(language=language, text="\n".join(lines[start:end]), line=start + 1, run_as=run_as)
        note, number = None, end + 1


def find_commands(example: Example) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a console block and the lines that it is to print.

    A block that is run as another command shows one command; whatever follows it is output, `$` or not.
    """
    lines = example.text.split("\n")
    if example.run_as:
        yield lines[0].removeprefix("$ "), lines[1:]
        return
    command, expected = "", list[str]()
    for line in example.text.split("\n"):
        if command.endswith("\\"):
            command = command[:-1] + line.removeprefix(">").strip()
        elif line.startswith("$ "):
            if command:
                yield command, expected
            command, expected = line[2:].rstrip(), []
        else:
            assert command, f"line {example.line}: a console block must open with `$ command`"
            expected.append(line)
    yield command, expected


def folded(lines: Sequence[str]) -> list[str]:
    """Return the lines with white space folded and empty ones left out."""
    return [words for line in lines if (words := " ".join(line.split()))]


def match_line(expected: str, printed: str) -> bool:
    """Tell whether one line is as the README shows it; `...` stands for any words."""
    return bool(re.fullmatch(".*".join(map(re.escape, expected.split("..."))), printed))


def match_output(expected: Sequence[str], printed: Sequence[str]) -> bool:
    """Tell whether folded lines are as the README shows them; a line `...` stands for any lines."""
    if not expected:
        return not printed
    first, rest = expected[0], expected[1:]
    if first == "...":
        return any(match_output(rest, printed[n:]) for n in range(len(printed) + 1))
    return bool(printed) and match_line(first, printed[0]) and match_output(rest, printed[1:])


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a newcomer would: the environment's programs first, nothing else set up."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    surroundings |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(
        arguments,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=90,
    )


def check_example(example: Example, folder: Path) -> Iterator[str]:
    """Yield what is untrue of one block."""
    if example.language == "python":
        done = run([sys.executable, "-W", "error", "-c", example.text], folder)
        if done.returncode != 0:
            yield f"line {example.line}: the Python block failed:\n{done.stdout}"
    elif example.language == "sh":
        done = run(["bash", "-euo", "pipefail", "-c", example.run_as or example.text], folder)
        if done.returncode != 0:
            yield f"line {example.line}: the shell block ended with {done.returncode}:\n{done.stdout}"
    else:
        for command, expected in find_commands(example):
            done = run(["bash", "-c", example.run_as or command], folder)
            if not match_output(folded(expected), folded(done.stdout.split("\n"))):
                shown = "\n".join(expected)
                yield (
                    f"line {example.line}: `{command}` prints\n{done.stdout}\nbut the README shows\n{shown}"
                )


def check_document(text: str, folder: Path) -> list[str]:
    """Run the blocks in order and return the first untruth: later blocks build on earlier ones."""
    for example in find_examples(text):
        if wrong := list(check_example(example, folder)):
            return wrong
    return []


def test_the_readme_is_true(demo: Path, tmp_path: Path) -> None:
    if demo.is_dir():
        shutil.copytree(demo, tmp_path / "saved-pages")
    assert check_document(README.read_text(encoding="utf-8"), tmp_path) == []


def test_the_readme_names_only_commands_of_the_makefile() -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"\bmake ([a-z][a-z-]*)(?=[`\s])", "\n".join(code_of(README.read_text("utf-8"))))
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def code_of(text: str) -> list[str]:
    """Return what stands in code marks or fenced blocks."""
    return re.findall(r"`[^`\n]+`", text) + re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("# Onrecord\n", True),
        ("```sh\ntrue\n```\n", True),
        ("```sh\nfalse\necho after\n```\n", False),
        ("```python\nassert 1 + 1 == 2\n```\n", True),
        ("```python\nassert 1 + 1 == 3\n```\n", False),
        ("```console\n$ echo a   b\na b\n```\n", True),
        ("```console\n$ echo a\nb\n```\n", False),
        ("```console\n$ seq 5\n1\n...\n5\n$ echo x\nx\n```\n", True),
        ("```console\n$ seq 5\n1\n...\n4\n```\n", False),
        ("```console\n$ echo read 12 pages in 0.3 s\nread 12 pages in ... s\n```\n", True),
        ("```console\n$ echo one \\\n>   two\none two\n```\n", True),
        ("```console\n$ echo a\n```\n", False),
        ("```sh\necho kept > file\n```\n```console\n$ cat file\nkept\n```\n", True),
        ("<!-- not run -->\n```sh\nfalse\n```\n", True),
        ("<!-- not run -->\n\n```sh\nfalse\n```\n\n```sh\nfalse\n```\n", False),
        ("<!-- run as: echo same -->\n```console\n$ make demo\nsame\n```\n", True),
        ("<!-- run as: echo other -->\n```console\n$ make demo\nsame\n```\n", False),
        ("```text\nnot a command\n```\n", True),
    ],
)
def test_the_check_tells_a_true_document_from_an_untrue_one(text: str, true: bool, tmp_path: Path) -> None:
    assert (check_document(text, tmp_path) == []) is true
