"""Records that an archive keeps in several: a page longer than the archive allows goes on in the next ones.

Segments of one record need not follow each other, but all of them stand in the order of their numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.capture.limits import MAX_PAYLOAD
from onrecord.capture.records import Gap, Record

__all__ = ["Unfinished", "join_segments"]

_MOST_OPEN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A record of which segments are missing: what there is of it, and what is to be said."""

    record: Record
    message: str


@dataclass(slots=True)
class _Open:
    """A record whose later segments have not come yet."""

    first: Record
    blocks: list[bytes] = field(default_factory=list)
    next: int = 2

    @property
    def length(self) -> int:
        return sum(map(len, self.blocks))

    def joined(self) -> Record:
        return replace(self.first, block=b"".join(self.blocks)[: MAX_PAYLOAD + 1], joined=True)


def join_segments(records: Iterator[Record | Gap]) -> Iterator[Record | Gap | Unfinished]:
    """Yield records, those in several segments as one where the last segment stands."""
    waiting: dict[str, _Open] = {}
    for item in records:
        if isinstance(item, Gap):
            yield item
        elif item.headers.get("warc-segment-number", "").strip() == "1" and item.type != "continuation":
            if len(waiting) >= _MOST_OPEN:
                yield _unfinished(waiting.pop(next(iter(waiting))))
            waiting[_name(item, "warc-record-id")] = _Open(item, [item.block])
        elif item.type == "continuation":
            yield from _go_on(item, waiting)
        else:
            yield item
    yield from map(_unfinished, waiting.values())


def _go_on(item: Record, waiting: dict[str, _Open]) -> Iterator[Record | Unfinished]:
    name = _find(item, waiting)
    if name is None:
        # The first segment may stand in another archive; of a page's middle nothing can be told.
        yield Unfinished(
            record=replace(item, block=b""),
            message=(
                f"this is a later segment of a record ({_name(item, 'warc-target-uri')[:200]}) "
                "whose first one is not in this archive; it was left out. Add the archives as one, joined in "
                "their order."
            ),
        )
        return
    begun = waiting[name]
    if item.headers.get("warc-segment-number", "").strip() != str(begun.next):
        yield _unfinished(waiting.pop(name))
        return
    begun.next += 1
    if begun.length <= MAX_PAYLOAD:
        begun.blocks.append(item.block)
    total = item.headers.get("warc-segment-total-length")
    if total is None:
        return
    del waiting[name]
    if begun.length > MAX_PAYLOAD or total.strip() == str(begun.length):
        yield begun.joined()
    else:
        yield _unfinished(begun)


def _find(item: Record, waiting: dict[str, _Open]) -> str | None:
    """Return which record a segment goes on with: the one it names, else the one of the same address."""
    origin = _name(item, "warc-segment-origin-id")
    if origin in waiting:
        return origin
    uri = _name(item, "warc-target-uri")
    same = [name for name, begun in waiting.items() if uri and _name(begun.first, "warc-target-uri") == uri]
    return same[0] if len(same) == 1 else None


def _name(item: Record, field_name: str) -> str:
    return item.headers.get(field_name, "").strip().strip("<>") or f"record {item.number}"


def _unfinished(begun: _Open) -> Unfinished:
    have = f"{begun.next - 1} segment{'' if begun.next == 2 else 's'}"
    return Unfinished(
        record=begun.joined(),
        message=(
            f"this page was stored in segments, and only {have} of it could be put together; what there is "
            "was read. The rest may be in the next archive of the same crawl."
        ),
    )
