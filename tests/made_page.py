"""Pages made by hand from lines and their roles, for tests of what stands right of `page`."""

from collections.abc import Sequence

from onrecord.types import Block, Head, Page, Role, Span

__all__ = ["make_page"]


def make_page(lines: Sequence[tuple[Role, str]], head: Head | None = None) -> Page:
    """Return a plain page of these lines."""
    blocks, at = [], 0
    for role, words in lines:
        blocks.append(Block(span=Span(at, at + len(words)), role=role))
        at += len(words) + 1
    return Page(
        payload_digest="sha256:0",
        text="\n".join(words for _, words in lines),
        text_version="text-1",
        blocks=tuple(blocks),
        head=head or Head(),
    )
