"""Which part a line of plain text plays, told from the words alone."""

from collections.abc import Sequence

from onrecord.page.features import look_at
from onrecord.types import Role

__all__ = ["label_lines"]


def label_lines(lines: Sequence[str]) -> list[Role]:
    """Tell the article from comments, menus and other stories by the lines' own words and their neighbours."""
    return ["paragraph" if look_at(line).prose > 0.6 else "other" for line in lines]
