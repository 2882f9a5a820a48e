"""How alike two pages are is kept, and which stories and remarks became one or several.

All pages are linked again by whoever adds next: their likeness is told from the two of them alone now.
"""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, PrimaryKeyConstraint, Text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables, empty, and let all pages be linked again."""
    op.create_table(
        "story_sketches",
        Column("n", Integer(), nullable=False),
        Column("age", Text(), nullable=False),
        Column("day", Integer()),
        Column("loose", Integer(), nullable=False),
        Column("sketch", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["n"], ["pages.n"]),
        PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "story_days",
        Column("day", Integer(), nullable=False),
        Column("n", Integer(), nullable=False),
        ForeignKeyConstraint(["n"], ["pages.n"]),
        PrimaryKeyConstraint("day", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_days_n", "story_days", ["n"])
    op.create_table(
        "story_links",
        Column("n", Integer(), nullable=False),
        Column("other", Integer(), nullable=False),
        Column("value", Integer(), nullable=False),
        ForeignKeyConstraint(["n"], ["pages.n"]),
        ForeignKeyConstraint(["other"], ["pages.n"]),
        PrimaryKeyConstraint("n", "other"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_changes",
        Column("id", Integer(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("change", Text(), nullable=False),
        Column("of", Text(), nullable=False),
        Column("into", Text(), nullable=False),
        Column("members", Integer(), nullable=False),
        Column("page_id", Text()),
        Column("at", Text(), nullable=False),
        ForeignKeyConstraint(["page_id"], ["pages.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_link_changes_of", "link_changes", ["of"])
    op.create_index("ix_link_changes_into", "link_changes", ["into"])
    op.create_index("ix_pages_linked", "pages", ["linked"])
    op.execute("UPDATE pages SET linked = 0")
