"""What holds for every command: which ledger, and whether the answer is for a program."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

__all__ = ["Settings", "open_for_reading", "open_for_writing", "settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The ledger's folder, and whether to answer in JSON."""

    ledger: Path
    as_json: bool


def settings(context: typer.Context) -> Settings:
    """Return what was asked for before the command's name."""
    found = context.find_object(Settings)
    assert found is not None, "the app's callback sets it before any command runs"
    return found


def open_for_reading(context: typer.Context) -> "Ledger":
    """Open the ledger that was asked for, to look and change nothing."""
    from onrecord.ledger import open_ledger

    return open_ledger(settings(context).ledger)


def open_for_writing(context: typer.Context) -> "Ledger":
    """Open the ledger that was asked for, to put something on record; one that is not there is not made."""
    from onrecord.ledger import open_ledger

    return open_ledger(settings(context).ledger, write=True)
