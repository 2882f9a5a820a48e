"""Which pages are one article: versions of one address, and pages that were saved twice."""

import json
import re

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Text,
    column,
    select,
    table,
)

from onrecord.checks.articles import ArticleKey, find_article_keys
from onrecord.ledger.articles import save_article_keys

revision = "0007"
down_revision = "0006"

_WORD = re.compile(r"\w+")


def upgrade() -> None:
    """Make the tables, and fill them from what the pages tell."""
    op.create_table(
        "article_keys",
        Column("key", BigInteger(), nullable=False),
        Column("page_id", Text(), nullable=False),
        Column("outlet", Text()),
        Column("day", Text()),
        ForeignKeyConstraint(["page_id"], ["pages.id"]),
        PrimaryKeyConstraint("key", "page_id"),
    )
    op.create_index("ix_article_keys_page_id", "article_keys", ["page_id"])
    op.create_table(
        "article_pages",
        Column("page_id", Text(), nullable=False),
        Column("article_id", Text(), nullable=False),
        ForeignKeyConstraint(["page_id"], ["pages.id"]),
        ForeignKeyConstraint(["article_id"], ["pages.id"]),
        PrimaryKeyConstraint("page_id"),
    )
    op.create_index("ix_article_pages_article_id", "article_pages", ["article_id"])
    _fill()


def _fill() -> None:
    names = ("n", "id", "uri", "outlet", "headline", "text", "article")
    pages = table("pages", *(column(name) for name in names), column("linked"))
    connection = op.get_bind()
    last = 0
    # Pages that were never linked get theirs when they are.
    linked = select(*(pages.c[name] for name in names)).where(pages.c.linked == 1).order_by(pages.c.n)
    while rows := connection.execute(linked.where(pages.c.n > last).limit(200)).all():
        keys: dict[str, list[ArticleKey]] = {}
        for row in rows:
            kept = json.loads(row.article)
            told = {
                name: (kept["values"].get(name) or {}).get("value") for name in ("canonical", "published")
            }
            body = [
                word
                for start, end, role, *_ in kept["body"]
                if role == "paragraph"
                for word in _WORD.findall(row.text, start, end)
            ]
            keys[row.id] = list(
                find_article_keys(
                    row.id,
                    addresses=[row.uri] if row.uri else [],
                    canonical=told["canonical"],
                    outlet=row.outlet,
                    headline=row.headline,
                    day=told["published"],
                    body="\n".join(body).casefold().split("\n") if body else [],
                )
            )
        save_article_keys(connection, keys)
        last = rows[-1].n
