"""Records that say: this address had the same bytes as were saved before, there.

Where the bytes were saved under another address, the page was at this one too, and is a capture of its own.
"""

from dataclasses import replace
from typing import BinaryIO

from onrecord.capture.http import content_type, read_answer
from onrecord.capture.records import Record, read_record_at

__all__ = ["Revisits"]

# A crawl of a million pages has as many digests; more are not kept in memory.
_MOST = 1_000_000
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", None)
_TOLD = ("warc-target-uri", "warc-date")
_NOT_CHANGED = "server-not-modified"


class Revisits:
    """Remembers where an archive's pages lie, and finds the page that a later record points at."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self._size = stream, size
        self._places: dict[str, tuple[int | None, str]] = {}
        self._missed: list[str] = []

    @property
    def lost(self) -> list[str]:
        """Addresses whose bytes are in another archive; not those that this one has a page of after all."""
        return [uri for uri in self._missed if uri not in self._places]

    def remember(self, record: Record) -> None:
        """Remember a page by the digest that its record has, and by its address."""
        if len(self._places) < _MOST:
            uri = _address(record)
            for key in (_digest(record), uri):
                if key:
                    self._places.setdefault(key, (record.offset, uri))

    def find(self, record: Record) -> Record | None:
        """Return what a revisit stands for, as a record of its own address and time.

        None where it tells nothing new (the same address had the same bytes), and where the bytes are not
        here; then it is counted as lost, unless it is of a picture or the like.
        """
        answer = read_answer(record.block)
        kind, _ = content_type(answer.headers.get("content-type") if answer else None)
        if kind not in _PAGES or (answer and not (200 <= answer.status < 300 or answer.status == 304)):
            return None
        profile = record.headers.get("warc-profile", "")
        referred = record.headers.get("warc-refers-to-target-uri", "").strip("<> ")
        keys = [_digest(record), referred, _address(record) if _NOT_CHANGED in profile else ""]
        known = next((self._places[key] for key in keys if key and key in self._places), None)
        uri = _address(record)
        if known is None:
            # Without a type nobody knows whether it was a page.
            if kind is not None:
                self._missed.append(uri or "an address that it does not tell")
            return None
        offset, before = known
        if before == uri:
            return None
        first = None if offset is None else read_record_at(self._stream, offset, self._size)
        if first is None:
            self._missed.append(uri)
            return None
        headers = dict(first.headers)
        headers.update((name, record.headers[name]) for name in _TOLD if name in record.headers)
        return replace(first, number=record.number, headers=headers)

    def say_lost(self) -> str:
        """Say which pages were not read because their bytes are elsewhere."""
        lost = self.lost
        count = len(lost)
        pages = "1 page is" if count == 1 else f"{count:,} pages are"
        named = ", ".join(lost[:3]) + (" ..." if count > 3 else "")
        return (
            f"{pages} here only as revisits ({named}): it says that the bytes are the same as were "
            "saved before, and those are in another archive. Nothing was read of them. Add that archive."
        )


def _digest(record: Record) -> str:
    return record.headers.get("warc-payload-digest", "").strip().lower()


def _address(record: Record) -> str:
    return record.headers.get("warc-target-uri", "").strip("<> ")
