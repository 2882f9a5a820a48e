"""What a web archive writes into the head of a page that it hands out: its own name, address and time."""

from dataclasses import replace

from onrecord.capture.copies import match_copy
from onrecord.types import Head

__all__ = ["without_archive"]


def without_archive(head: Head) -> Head:
    """Return a page's head with the page's own address, and without what its archive says of itself."""
    copied = match_copy(head.canonical)
    if copied is None or head.canonical is None:
        return head
    host = head.canonical.split("/")[2].lower()
    return replace(
        head,
        canonical=copied.uri,
        meta=tuple(
            (name, content)
            for name, content in head.meta
            if content.strip().lower() != host
            and content.strip() != copied.captured_at
            and not content.lower().startswith((f"http://{host}/", f"https://{host}/"))
        ),
    )
