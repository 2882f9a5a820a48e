"""Pages get the place of their dateline as a column of its own, so that they can be found by it."""

import json

from alembic import op
from sqlalchemy import Column, Text, column, select, table, update

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column, and fill it in from what each page's article tells."""
    op.add_column("pages", Column("filed_from", Text()))
    pages = table("pages", column("n"), column("article"), column("filed_from"))
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        select(pages.c.n, pages.c.article).where(pages.c.n > last).order_by(pages.c.n).limit(500)
    ).all():
        for row in rows:
            place = json.loads(row.article)["values"].get("place")
            if place:
                found = update(pages).where(pages.c.n == row.n).values(filed_from=place["value"])
                connection.execute(found)
        last = rows[-1].n
    op.create_index("ix_pages_filed_from", "pages", ["filed_from"])
