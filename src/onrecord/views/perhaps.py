"""What of a story is perhaps one remark, ready to show: for a person to decide."""

from onrecord.across.perhaps import Perhaps, find_perhaps
from onrecord.ledger import Ledger, search_entries
from onrecord.ledger.belonging import remark_pairs

__all__ = ["find_perhaps_in", "render_why"]


def find_perhaps_in(ledger: Ledger, story: str) -> list[Perhaps]:
    """Return the pairs of statements of a story that are perhaps one remark, but for those that people hold
    for two."""
    entries = search_entries(ledger, story=story, limit=None)
    with ledger.reading() as connection:
        apart = remark_pairs(connection, {entry.page.id for entry in entries}).apart
    return find_perhaps(entries, apart=apart)


def render_why(pair: Perhaps) -> str:
    """Return in words why two statements are perhaps one remark."""
    if pair.likely is None:
        return "one report tells of no comment, the other of words that give none"
    return f"by their words, {int(pair.likely * 100)}% likely"
