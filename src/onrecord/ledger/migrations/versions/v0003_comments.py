"""Readers' comments as rows of their own.

A page that was recorded before has none: what was read of it then stays as it is.
"""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "comments",
        Column("page_id", Text(), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("parent", Integer()),
        Column("depth", Integer(), nullable=False),
        Column("reader", Integer()),
        Column("posted", Text()),
        Column("likes", Integer()),
        Column("spans", Text(), nullable=False),
        ForeignKeyConstraint(["page_id"], ["pages.id"]),
        PrimaryKeyConstraint("page_id", "seq"),
    )
