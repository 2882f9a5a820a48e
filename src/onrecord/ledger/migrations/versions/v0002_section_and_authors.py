"""Pages get their section and their authors as columns of their own."""

import json

from alembic import op
from sqlalchemy import Column, Text, column, select, table, update

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns, and fill the authors in from what each page's article tells.

    The section is not known of pages that were added before it was read.
    """
    op.add_column("pages", Column("section", Text()))
    op.add_column("pages", Column("authors", Text()))
    pages = table("pages", column("n"), column("article"), column("authors"))
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        select(pages.c.n, pages.c.article).where(pages.c.n > last).order_by(pages.c.n).limit(500)
    ).all():
        for row in rows:
            found = json.loads(row.article)["values"].get("authors") or []
            names = json.dumps([author["value"] for author in found], ensure_ascii=False)
            connection.execute(update(pages).where(pages.c.n == row.n).values(authors=names))
        last = rows[-1].n
