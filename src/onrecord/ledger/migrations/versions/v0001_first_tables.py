"""The first tables of a ledger, as they were; later revisions change them."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None

_TOKENIZER = "unicode61 remove_diacritics 2"
# Who looks for "review" wants "reviewed" too; where a quotation stands is asked of the pages, word for word.
_STEMMER = f"porter {_TOKENIZER}"
_FULLTEXT = (
    "CREATE VIRTUAL TABLE entries_words USING fts5(content, source, speaker, content='', "
    f"tokenize='{_STEMMER}')",
    "CREATE VIRTUAL TABLE pages_words USING fts5(text, headline, content='pages', content_rowid='n', "
    f"tokenize='{_TOKENIZER}')",
    "CREATE VIRTUAL TABLE pages_vocabulary USING fts5vocab(pages_words, row)",
)


def upgrade() -> None:
    """Make all tables, and the text index where the database has one."""
    make_tables()
    make_fulltext()


def make_tables() -> None:
    """Make the tables that every database has."""
    op.create_table(
        "pages",
        Column("n", Integer(), nullable=False),
        Column("id", Text(), nullable=False),
        Column("payload_digest", Text(), nullable=False),
        Column("text_version", Text(), nullable=False),
        Column("text", Text(), nullable=False),
        Column("blocks", Text(), nullable=False),
        Column("encoding", Text()),
        Column("uri", Text()),
        Column("place", Text(), nullable=False),
        Column("captured_at", Text()),
        Column("headline", Text()),
        Column("outlet", Text()),
        Column("published", Text()),
        Column("published_known", Text()),
        Column("language", Text()),
        Column("credit", Text()),
        Column("article", Text(), nullable=False),
        Column("linked", Integer(), server_default="0", nullable=False),
        Column("added_at", Text(), nullable=False),
        PrimaryKeyConstraint("n"),
        UniqueConstraint("id"),
    )
    op.create_index("ix_pages_payload_digest", "pages", ["payload_digest"])
    op.create_index("ix_pages_published", "pages", ["published"])
    op.create_index("ix_pages_uri", "pages", ["uri"])
    op.create_table(
        "problems",
        Column("id", Integer(), nullable=False),
        Column("stage", Text(), nullable=False),
        Column("message", Text(), nullable=False),
        Column("place", Text()),
        Column("payload_digest", Text()),
        Column("start", Integer()),
        Column("end", Integer()),
        Column("added_at", Text(), nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_problems_payload_digest", "problems", ["payload_digest"])
    op.create_table(
        "speakers",
        Column("id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("type", Text(), nullable=False),
        Column("key", Text(), nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_speakers_key", "speakers", ["key"])
    op.create_index("ix_speakers_name", "speakers", ["name"])
    op.create_table(
        "stories",
        Column("id", Text(), nullable=False),
        Column("title", Text()),
        Column("since", Text()),
        Column("until", Text()),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "captures",
        Column("id", Integer(), nullable=False),
        Column("payload_digest", Text(), nullable=False),
        Column("page_id", Text(), nullable=False),
        Column("uri", Text()),
        Column("place", Text(), nullable=False),
        Column("media_type", Text(), nullable=False),
        Column("charset", Text()),
        Column("captured_at", Text()),
        Column("published", Text()),
        Column("size", Integer(), nullable=False),
        Column("warc_file", Text(), nullable=False),
        Column("warc_offset", BigInteger(), nullable=False),
        Column("added_at", Text(), nullable=False),
        ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("captures_in_warc", "captures", ["warc_file", "warc_offset"])
    op.create_index("ix_captures_page_id", "captures", ["page_id"])
    op.create_index("ix_captures_place", "captures", ["place"])
    op.create_index("ix_captures_uri", "captures", ["uri"])
    op.create_table(
        "copies",
        Column("page_id", Text(), nullable=False),
        Column("of_page_id", Text(), nullable=False),
        Column("share", Float(), nullable=False),
        Column("spans", Text(), nullable=False),
        ForeignKeyConstraint(
            ["of_page_id"],
            ["pages.id"],
        ),
        ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        PrimaryKeyConstraint("page_id"),
    )
    op.create_index("ix_copies_of_page_id", "copies", ["of_page_id"])
    op.create_table(
        "fingerprints",
        Column("hash", BigInteger(), nullable=False),
        Column("page_id", Text(), nullable=False),
        ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        PrimaryKeyConstraint("hash", "page_id"),
    )
    op.create_index("ix_fingerprints_page_id", "fingerprints", ["page_id"])
    op.create_table(
        "name_words",
        Column("word", Text(), nullable=False),
        Column("speaker_id", Text(), nullable=False),
        ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        PrimaryKeyConstraint("word", "speaker_id"),
    )
    op.create_index("ix_name_words_speaker_id", "name_words", ["speaker_id"])
    op.create_table(
        "remarks",
        Column("id", Text(), nullable=False),
        Column("speaker_id", Text()),
        Column("said_on", Text()),
        Column("story_id", Text()),
        ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
        ),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_remarks_speaker_id", "remarks", ["speaker_id"])
    op.create_table(
        "speaker_names",
        Column("speaker_id", Text(), nullable=False),
        Column("page_id", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("role", Text()),
        ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        PrimaryKeyConstraint("speaker_id", "page_id", "name"),
    )
    op.create_index("ix_speaker_names_page_id", "speaker_names", ["page_id"])
    op.create_table(
        "story_pages",
        Column("page_id", Text(), nullable=False),
        Column("story_id", Text(), nullable=False),
        ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
        ),
        PrimaryKeyConstraint("page_id"),
    )
    op.create_index("ix_story_pages_story_id", "story_pages", ["story_id"])
    op.create_table(
        "entries",
        Column("n", Integer(), nullable=False),
        Column("id", Text(), nullable=False),
        Column("page_id", Text(), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("polarity", Text(), nullable=False),
        Column("tier", Text(), nullable=False),
        Column("confidence", Float()),
        Column("speaker_id", Text()),
        Column("speaker_name", Text()),
        Column("speaker_type", Text()),
        Column("speaker_role", Text()),
        Column("mentions", Text(), nullable=False),
        Column("source", Text()),
        Column("cue", Text()),
        Column("content", Text(), nullable=False),
        Column("addressee", Text()),
        Column("said_on", Text()),
        Column("said_on_known", Text()),
        Column("said_on_candidates", Text(), nullable=False),
        Column("said_on_anchor", Text()),
        Column("day", Text()),
        Column("via", Text(), nullable=False),
        Column("spans", Text(), nullable=False),
        Column("prefix", Text(), nullable=False),
        Column("suffix", Text(), nullable=False),
        Column("remark_id", Text()),
        ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        ForeignKeyConstraint(
            ["remark_id"],
            ["remarks.id"],
        ),
        ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        PrimaryKeyConstraint("n"),
        UniqueConstraint("id"),
    )
    op.create_index("ix_entries_day", "entries", ["day"])
    op.create_index("ix_entries_page_id", "entries", ["page_id"])
    op.create_index("ix_entries_remark_id", "entries", ["remark_id"])
    op.create_index("ix_entries_speaker_id", "entries", ["speaker_id"])
    op.create_table(
        "joint_speakers",
        Column("entry_id", Text(), nullable=False),
        Column("speaker_id", Text(), nullable=False),
        ForeignKeyConstraint(
            ["entry_id"],
            ["entries.id"],
        ),
        ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        PrimaryKeyConstraint("entry_id", "speaker_id"),
    )
    op.create_index("ix_joint_speakers_speaker_id", "joint_speakers", ["speaker_id"])
    op.create_index("captures_once", "captures", ["payload_digest", text("coalesce(uri, '')")], unique=True)
    op.create_index(
        "problems_once",
        "problems",
        [
            "stage",
            "message",
            text("coalesce(place, '')"),
            text("coalesce(payload_digest, '')"),
            text("coalesce(start, -1)"),
        ],
        unique=True,
    )


def make_fulltext() -> None:
    """Make the text index of SQLite."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in _FULLTEXT:
            op.execute(statement)
