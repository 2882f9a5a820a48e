"""How an older ledger becomes one of today: the revisions, and the way to run them from inside the program.

Alembic is imported only when there is something to migrate, because reading a ledger must start at once.
"""

from pathlib import Path

from sqlalchemy import Connection

__all__ = ["HEAD", "REVISIONS", "migrate"]

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Every revision in order; a ledger with any other in it was made by a newer Onrecord. A test compares this
with the files in `versions`."""

HEAD = REVISIONS[-1]


def migrate(connection: Connection) -> None:
    """Bring a ledger to today's tables, all revisions in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic's configuration reads "%" as the start of a variable; a folder's name may hold one.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
