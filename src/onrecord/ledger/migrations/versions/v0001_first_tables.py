"""The first tables of a ledger."""

from alembic import op

from onrecord.ledger.fulltext import make_fulltext
from onrecord.ledger.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    metadata.create_all(op.get_bind())
    make_fulltext(op.get_bind())
