"""Fingerprints are kept by the numbers of their pages, in the order of the hash: a third of the room."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table anew, and keep what is in it."""
    op.rename_table("fingerprints", "old_fingerprints")
    op.create_table(
        "fingerprints",
        Column("hash", BigInteger(), nullable=False),
        Column("n", Integer(), nullable=False),
        ForeignKeyConstraint(["n"], ["pages.n"]),
        PrimaryKeyConstraint("hash", "n"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO fingerprints (hash, n) SELECT old.hash, pages.n FROM old_fingerprints old "
        "JOIN pages ON pages.id = old.page_id ORDER BY old.hash, pages.n"
    )
    op.drop_table("old_fingerprints")
    op.create_index("ix_fingerprints_n", "fingerprints", ["n"])
