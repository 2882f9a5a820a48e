"""Recording many pages faster: they share a transaction and a sync; the text index waits for the end."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection

from onrecord.ledger.fulltext import catch_up, defer
from onrecord.ledger.store import Ledger
from onrecord.ledger.trouble import ledger_trouble

__all__ = ["bulk", "end_page"]

_GROUP = 64


@contextmanager
def bulk(ledger: Ledger) -> Iterator[None]:
    """Record many pages faster; a crash loses the last 64 at most, and running again adds them.

    The order holds for a group of pages as it does for one: all bytes are synced, then all rows are
    committed. A search in between is slower but complete. When the load is cut short, the next program that
    writes makes the text index.
    """
    with ledger.writing() as connection:
        defer(connection)
    with ledger_trouble(ledger.folder), ledger.engine.connect() as connection:
        connection.begin()
        ledger.group, ledger.grouped = connection, 0
        try:
            yield
        except BaseException:
            with suppress(
                Exception
            ):  # The pages before the trouble are good; if they can't be kept, what stopped us counts.
                _commit(ledger, connection)
            raise
        else:
            _commit(ledger, connection)
        finally:
            ledger.group = None
    with ledger.writing() as connection:
        catch_up(connection)


def end_page(ledger: Ledger) -> None:
    """Say that a page is complete: in bulk, the group is committed when it is full."""
    if ledger.group is None:
        return
    ledger.grouped += 1
    if ledger.grouped % _GROUP == 0:
        with ledger_trouble(ledger.folder):
            _commit(ledger, ledger.group)
            ledger.group.begin()


def _commit(ledger: Ledger, connection: Connection) -> None:
    if ledger.warc is not None:
        ledger.warc.sync()
    connection.commit()
