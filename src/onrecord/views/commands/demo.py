"""`onrecord demo`: a ledger of made-up pages, and what it tells."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import settings
from onrecord.views.terminal import bold, dim, say, styled

__all__ = ["STEPS", "demo"]

_MARKER = "made-by-onrecord-demo"
_FERRY = '"I have a boat to run"'
_WIRE = "northline-2031-03-11-order-stands.html"

STEPS = (
    ("What did Mara Ostrey say, when, and who carried it?", "said --by Ostrey"),
    ("Did her line on the order move?", "line --by Ostrey --about order"),
    ("What else is talked about?", "subject"),
    ("Who reported it, who copied whom, and who put one remark in other words?", "story STORY --wordings"),
    ("What is perhaps one remark too?", "story STORY --perhaps"),
    ("Words that two pages share", 'check "The order is fixed in law. There is no change" --by Ostrey'),
    ("Words that she did not quite say", 'check "There is no change and there never will be" --by Ostrey'),
    ("Words with something left out", 'check "It is a matter of record ... There is no change" --by Ostrey'),
    ("Words of two people, made one", 'check "The order is fixed in law, and a review is not a repeal"'),
    ("Words that only a reporter used", 'check "the crews would move to the upper works at Karsk" --by Lann'),
    ("Words that she denied", 'check "two gates of the eastern spillway had been left open" --by Ostrey'),
    ("Words that a headline quotes", 'check "the valley stays ours"'),
    ("Words that a reader gave her as a joke", 'check "The order is fixed in mud" --by Ostrey'),
    ("Was a quotation altered after it was printed?", "changes"),
    (
        "Somebody who was there tells the day of a saying",
        'correct STATEMENT --said-on 2031-03-17 --by "Ada Brill" --note "I was on the ferry"',
    ),
    ("What did people decide, and how is it taken back?", "review"),
    ("Does every entry prove its words?", "verify"),
)
"""What the demo asks, in words and as the command that answers it; nothing here knows an answer.

STORY stands for the id of the story that the wire's page belongs to, STATEMENT for that of a statement whose
day no page gives."""


def demo(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option(metavar="DIR", help="Where to build the ledger; the demo's own is made anew.")
    ] = Path("demo-ledger"),
    serve: Annotated[bool, typer.Option("--serve", help="Show the ledger as pages in a browser.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port for --serve.")] = 8000,
) -> None:
    """Build a ledger from a dozen made-up pages and show what it tells, each answer under its command."""
    from onrecord.views.cli import run

    pages = find_pages()
    make_demo_folder(folder)
    if settings(context).as_json:
        raise typer.Exit(run(["--json", "--ledger", str(folder), "add", str(pages)]))
    show_step("A ledger of twelve made-up pages:", folder, f"add {shlex.quote(str(pages))}")
    if serve:
        opens = ("--open",) if sys.stdout.isatty() else ()
        raise typer.Exit(run(["--ledger", str(folder), "serve", "--port", str(port), *opens]))
    story, statement = find_story(folder, pages / _WIRE), find_statement(folder)
    for question, command in STEPS:
        show_step(question, folder, command.replace("STORY", story).replace("STATEMENT", statement))
    say(bold("The same as pages in a browser: "), styled("onrecord demo --serve", "cyan"))


def find_pages() -> Path:
    """Return the folder of the made-up pages that ship with Onrecord."""
    import onrecord

    return Path(onrecord.__file__).parent / "data" / "demo"


def find_story(folder: Path, file: Path) -> str:
    """Return the id of the story that a saved page belongs to."""
    from onrecord.ledger import get_story, open_ledger

    with open_ledger(folder) as ledger:
        return get_story(ledger, str(file)).id


def find_statement(folder: Path) -> str:
    """Return the id of the statement that the demo corrects."""
    from onrecord.ledger import open_ledger, search_entries

    with open_ledger(folder) as ledger:
        return search_entries(ledger, _FERRY)[0].id


def make_demo_folder(folder: Path) -> None:
    """Make an empty folder for the demo's ledger; an earlier demo's is removed, anything else stays."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / _MARKER).is_file():
            raise BadRequest(
                f"{folder} holds something that the demo did not make, so it was left alone; "
                "name a new folder with --folder"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARKER).write_text("`onrecord demo` made this folder and removes it when it runs again.\n")


def show_step(question: str, folder: Path, command: str) -> None:
    """Print a question, the command that answers it, and what that command prints."""
    from onrecord.views.cli import run

    ledger = ("--ledger", str(folder))
    say(bold(question))
    say(dim("$ "), styled(f"onrecord {shlex.join(ledger)} {command}", "cyan"))
    sys.stdout.flush()
    run([*ledger, *shlex.split(command)])
    say()
