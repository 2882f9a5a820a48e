"""A ledger opened for reading, for as long as one request takes."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from onrecord.ledger import Ledger, open_ledger

__all__ = ["Reader"]


def _open(request: Request) -> Iterator[Ledger]:
    # A request opens the ledger anew, so that what was added meanwhile is seen at once.
    with open_ledger(request.app.state.folder) as ledger:
        yield ledger


Reader = Annotated[Ledger, Depends(_open)]
