"""The command `onrecord`: reads what was asked for, calls what does it, and turns trouble into an exit code.

Nothing heavy is imported here or in the commands' modules until a command runs, so that `onrecord --help`
starts at once.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import OnrecordError
from onrecord.views.commands import COMMANDS
from onrecord.views.settings import Settings
from onrecord.views.terminal import show_json, warn

__all__ = ["app", "main", "run"]

BROKEN_PIPE = 141
FAULT = 70
REFUSED = 12

app = typer.Typer(
    name="onrecord",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="--ledger and --json may stand before or after the command. Exit codes: docs/exit-codes.md.",
)
for _command, _line in COMMANDS:
    app.command(short_help=_line)(_command)


def _show_version(asked: bool) -> None:
    if asked:
        from onrecord import __version__

        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    context: typer.Context,
    ledger: Annotated[
        Path, typer.Option(envvar="ONRECORD_LEDGER", help="The folder that holds the ledger.", metavar="DIR")
    ] = Path("onrecord-ledger"),
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON, for other programs.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Keep a ledger of what was said on the record, read from saved news pages."""
    context.obj = Settings(ledger=ledger, as_json=as_json)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Do what a command line asks and return its exit code; trouble is told and never raised."""
    arguments = hoist(arguments)
    as_json = "--json" in arguments[: _leading(arguments)]
    try:
        code = typer.main.get_command(app).main(list(arguments), prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except OnrecordError as error:
        return _tell(error, str(error), error.exit_code, as_json)
    except typer.TyperException as error:
        message = error.format_message().replace("Value error, ", "")
        return _tell(error, message + _usage(error), error.exit_code, as_json)
    except KeyboardInterrupt:
        return 130
    except SystemExit as error:
        return _end(error)
    except OSError as error:
        _drop_output()
        if isinstance(error, BrokenPipeError):
            return BROKEN_PIPE
        what = f"{error.filename}: " if error.filename else "the answer can't be written: "
        return _tell(error, what + (error.strerror or str(error)), REFUSED, as_json=False)
    except Exception as error:
        return _tell_fault(error, as_json)


def hoist(arguments: Sequence[str]) -> list[str]:
    """Move --ledger and --json to the front, so that they may stand anywhere before a "--"."""
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    front: list[str] = []
    rest: list[str] = []
    place = 0
    while place < end:
        size = 2 if words[place] == "--ledger" else 1
        ours = words[place] in ("--ledger", "--json") or words[place].startswith("--ledger=")
        (front if ours else rest).extend(words[place : min(place + size, end)])
        place += size
    return [*front, *rest, *words[end:]]


def _leading(arguments: Sequence[str]) -> int:
    """Return how many words stand before the command's name."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] == "--ledger" else 1
    return place


def _tell(error: Exception, message: str, code: int, as_json: bool) -> int:
    """Say what went wrong, in one line or as JSON, and return the exit code."""
    if as_json:
        show_json({"error": {"type": type(error).__name__, "message": message, "exit_code": code}})
    else:
        warn(f"onrecord: {message}")
    return code


def _usage(error: Exception) -> str:
    """Return how the command is used, for a request that it can't read."""
    context = getattr(error, "ctx", None)
    if context is None:
        return ""
    usage = " ".join(context.get_usage().split())
    return f" {usage}; `{context.command_path} --help` tells more"


def _tell_fault(error: Exception, as_json: bool) -> int:
    """Say that the program failed and how to report it; ONRECORD_DEBUG=1 shows where."""
    if os.environ.get("ONRECORD_DEBUG"):
        traceback.print_exc()
    what = f"{type(error).__name__}: {error}"
    message = (
        f"Onrecord failed ({what}). This is a fault of the program, not of your pages; what was "
        "recorded stays recorded. Please report it with the command given and what ONRECORD_DEBUG=1 adds."
    )
    return _tell(error, message, FAULT, as_json)


def _end(error: SystemExit) -> int:
    """Return the exit code where Typer ended by itself, as it does when our reader left (`| head`)."""
    if isinstance(error.__context__, BrokenPipeError):
        _drop_output()
        return BROKEN_PIPE
    return error.code if isinstance(error.code, int) else 1


def _drop_output() -> None:
    """Let what is still unwritten go nowhere: it would fail again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
