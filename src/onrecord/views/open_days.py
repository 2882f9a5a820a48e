"""The days on which a page may have been published, where it prints a day without a year."""

from typing import TYPE_CHECKING

from onrecord.types import Page

if TYPE_CHECKING:
    from onrecord.article import Anchor
    from onrecord.ledger.records import PageRecord

__all__ = ["find_open_anchor"]


def find_open_anchor(record: "PageRecord") -> "Anchor | None":
    """Return what a page's "on Friday" counts from where that could be several days, else None."""
    # What reads articles is imported late: the command line should start at once.
    from onrecord.article import find_anchor

    whole = Page(payload_digest="", text=record.text, text_version="", blocks=record.blocks)
    found = find_anchor(whole, record.article, record.page.captured_at)
    return found if found is not None and found.value is None and found.candidates else None
