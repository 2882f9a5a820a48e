"""Entries get how sure their speaker alone is; those of before have none."""

from alembic import op
from sqlalchemy import Column, Float

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column, empty: an older figure tells of the words alone."""
    op.add_column("entries", Column("speaker_confidence", Float()))
