"""Reviews by people: whose name a printed name is, beside whom the machine takes it for.

Ledgers made before also compared names letter by letter; the keys by which names are found are made anew.
"""

from alembic import op
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

from onrecord.people.names import form_key, name_key, read_name
from onrecord.people.spelling import spell

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of reviews, and give every printed name its key."""
    op.create_table(
        "reviews",
        Column("n", Integer(), nullable=False),
        Column("id", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("sides", Text(), nullable=False),
        Column("of", Text()),
        Column("by", Text()),
        Column("at", Text(), nullable=False),
        Column("note", Text()),
        PrimaryKeyConstraint("n"),
        UniqueConstraint("id"),
    )
    op.create_index("ix_reviews_of", "reviews", ["of"])
    op.create_table(
        "review_names",
        Column("key", Text(), nullable=False),
        Column("review_id", Text(), nullable=False),
        ForeignKeyConstraint(["review_id"], ["reviews.id"]),
        PrimaryKeyConstraint("key", "review_id"),
    )
    op.create_index("ix_review_names_review_id", "review_names", ["review_id"])
    op.add_column("entries", Column("review_id", Text()))
    for name in ("fullest", "bearer_story", "bearer_why"):
        op.add_column("speakers", Column(name, Text()))
    # SQLite can add a column that refers to another table only in these words.
    op.execute("ALTER TABLE speakers ADD COLUMN bearer_id TEXT REFERENCES speakers (id)")
    op.create_index("ix_speakers_fullest", "speakers", ["fullest"])
    op.create_index("ix_speakers_bearer_id", "speakers", ["bearer_id"])
    _rename_speakers()
    _move_names()


def _rename_speakers() -> None:
    connection = op.get_bind()
    rows = connection.execute(text("SELECT id, name, type FROM speakers")).all()
    found = [{"who": row.id, "key": name_key(row.name, row.type), "name": row.name} for row in rows]
    if found:
        connection.execute(text("UPDATE speakers SET key = :key, fullest = :name WHERE id = :who"), found)


def _move_names() -> None:
    """Make the table of printed names anew: its rows are named by whom the machine takes them for."""
    op.drop_index("ix_speaker_names_page_id", "speaker_names")
    op.rename_table("speaker_names", "speaker_names_before")
    op.create_table(
        "speaker_names",
        Column("machine_id", Text(), nullable=False),
        Column("page_id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("speaker_id", Text(), nullable=False),
        Column("role", Text()),
        Column("key", Text(), nullable=False),
        Column("review_id", Text()),
        ForeignKeyConstraint(["machine_id"], ["speakers.id"]),
        ForeignKeyConstraint(["speaker_id"], ["speakers.id"]),
        ForeignKeyConstraint(["page_id"], ["pages.id"]),
        PrimaryKeyConstraint("machine_id", "page_id", "name"),
    )
    for column in ("page_id", "speaker_id", "key"):
        op.create_index(f"ix_speaker_names_{column}", "speaker_names", [column])
    connection = op.get_bind()
    rows = connection.execute(
        text(
            "SELECT b.speaker_id, b.page_id, b.name, b.role, s.type FROM speaker_names_before b "
            "JOIN speakers s ON s.id = b.speaker_id"
        )
    ).all()
    if rows:
        connection.execute(
            text(
                "INSERT INTO speaker_names (machine_id, page_id, name, speaker_id, role, key) "
                "VALUES (:who, :page, :name, :who, :role, :key)"
            ),
            [
                {
                    "who": row.speaker_id,
                    "page": row.page_id,
                    "name": row.name,
                    "role": row.role,
                    "key": form_key(row.name, row.type),
                }
                for row in rows
            ],
        )
        words = {(spell(read_name(row.name).last), row.speaker_id) for row in rows}
        connection.execute(
            text("INSERT OR IGNORE INTO name_words (word, speaker_id) VALUES (:word, :who)"),
            [{"word": word, "who": who} for word, who in sorted(words) if word],
        )
    op.drop_table("speaker_names_before")
