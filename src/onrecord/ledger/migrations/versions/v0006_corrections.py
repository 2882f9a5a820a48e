"""Corrections: what people decided about statements and pages, beside what the program read."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text, text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns and the table; nobody has corrected anything yet."""
    op.add_column("entries", Column("read", Text()))
    op.add_column("entries", Column("hidden", Integer(), nullable=False, server_default="0"))
    for name, column, where in (
        ("entries_corrected", "page_id", "read IS NOT NULL"),
        ("entries_hidden", "speaker_id", "hidden = 1"),
    ):
        op.create_index(name, "entries", [column], sqlite_where=text(where), postgresql_where=text(where))
    op.add_column("pages", Column("read", Text()))
    op.add_column("reviews", Column("about", Text()))
    op.add_column("reviews", Column("change", Text()))
    op.create_table(
        "review_pages",
        Column("payload_digest", Text(), nullable=False),
        Column("review_id", Text(), nullable=False),
        ForeignKeyConstraint(["review_id"], ["reviews.id"]),
        PrimaryKeyConstraint("payload_digest", "review_id"),
    )
    op.create_index("ix_review_pages_review_id", "review_pages", ["review_id"])
