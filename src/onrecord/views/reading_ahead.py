"""Pages read by several processes ahead of the one that writes them down, in the order in which they came."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from onrecord.documents import Document, find_document, part_of
from onrecord.reading import collect_seldom, read_or_problem
from onrecord.types import Capture, Problem, Reading
from onrecord.workers import MAX_TRIES, Failed, Lost, Workers, usable_cores

__all__ = ["HUNG", "KILLED", "Read", "read_ahead"]

T = TypeVar("T")

Read = Callable[[], Reading | Problem]
"""Gives what a page says, when it is its turn."""

KILLED = (
    f"the process that read this page was killed {MAX_TRIES} times, often because the memory was too small; "
    "nothing of it was recorded. The other pages are not affected. Add it alone, with --jobs 1, where there "
    "is more memory; if it fails there too, please report it with the page."
)
HUNG = (
    "this page was not read to its end in {minutes:,} minutes, so its process was stopped; nothing of it was "
    "recorded. The other pages are not affected. Please report it with the page."
)

# A process more takes a second to load what it needs: that is more than it saves on a few pages.
_FEW = 12
# So many pages for each process may be read, or wait to be, while the one whose turn it is is not ready, and
# so many bytes of pages all together: read, they take twenty times their size at most.
_AHEAD, _AHEAD_BYTES = 4, 32 << 20


def read_ahead(
    found: Iterable[T], *, jobs: int | None, known: Callable[[Capture], bool]
) -> Generator[tuple[T, Read]]:
    """Yield what was found, in its order, each with what reads it. Pages that are `known` already are read
    only if they are asked for.

    With one job a page is read when it is asked for, in this process. With none given all cores work, if
    there is more than a handful to read.
    """
    most = len(usable_cores()) if jobs is None else jobs
    with Workers(_read, most, patience=lambda task: patience(task.capture)) as workers:
        ahead = _Ahead(iter(found), known, workers, by_others=jobs is not None and most > 1)
        while ahead.fill():
            item = ahead.queue.popleft()
            yield item.found, partial(ahead.read, item)
            ahead.forget(item)
        if ahead.fault:
            raise ahead.fault


def patience(capture: Capture) -> float:
    """Return how many seconds a page may take: ten times what the longest pages take."""
    return 300 * (1 + len(capture.payload) / 1e6)


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    """One thing that was found, by its number, and whether it must be read."""

    number: int
    found: T
    unread: bool

    @property
    def size(self) -> int:
        if not isinstance(self.found, Capture) or part_of(self.found.payload_digest):
            # All articles of a file share its bytes.
            return 0
        return len(self.found.payload)


class _Task(NamedTuple):
    number: int
    capture: Capture
    document: Document | None = None


@collect_seldom()
def _read(task: _Task) -> Reading | Problem:
    return read_or_problem(task.capture, task.document)


def _make_task(number: int, capture: Capture) -> _Task:
    """Return what another process needs: of one article in a file of many that article, not all the file."""
    if part_of(capture.payload_digest):
        document = find_document(capture)
        if not isinstance(document, str):
            return _Task(number, replace(capture, payload=b""), document)
    return _Task(number, capture)


@dataclass(slots=True)
class _Ahead(Generic[T]):
    """What was found and is not yet written down, and what of it others are at, once they are to read."""

    found: Iterator[T]
    known: Callable[[Capture], bool]
    workers: Workers[_Task, Reading | Problem]
    by_others: bool
    queue: "deque[_Item[T]]" = field(default_factory=deque)
    fault: Exception | None = None
    _next: "_Item[T] | None" = None
    _number: int = 0
    _unread: int = 0
    _ended: bool = False
    _in_hand: dict[int, Reading | Problem | Failed | Lost | None] = field(default_factory=dict)

    def fill(self) -> bool:
        """Find as much more as may be ahead, and hand it out; tell whether anything is left."""
        while self._has_room() and (item := self._peek()):
            if self.queue and sum(one.size for one in self.queue) + item.size > _AHEAD_BYTES:
                self._leave_to_others()
                break
            self.queue.append(item)
            self._next = None
            self._unread += item.unread
            if self.by_others and item.unread:
                self._give(item)
            if self._unread > _FEW:
                self._leave_to_others()
        self._gather(block=False)
        return bool(self.queue)

    def _has_room(self) -> bool:
        if self.workers.count == 1:
            return not self.queue
        return len(self.queue) < (_AHEAD * self.workers.count if self.by_others else 8 * _FEW)

    def _leave_to_others(self) -> None:
        """Let others read from here on: it is more than a few pages, or these are long."""
        if not self.by_others and self.workers.count > 1:
            self.by_others = True
            for item in self.queue:
                if item.unread:
                    self._give(item)

    def _peek(self) -> "_Item[T] | None":
        if self._next is None and not self._ended:
            try:
                found = next(self.found)
            except StopIteration:
                self._ended = True
                return None
            except Exception as fault:  # It is its turn when all before it is written down.
                self.fault, self._ended = fault, True
                return None
            unread = isinstance(found, Capture) and not self.known(found) and not self._is_ahead(found)
            self._number += 1
            self._next = _Item(self._number, found, unread)
        return self._next

    def _is_ahead(self, capture: Capture) -> bool:
        """Tell whether the same is being read already; mostly it will be known then."""
        same = (capture.payload_digest, capture.uri)
        return any(
            isinstance(one.found, Capture) and (one.found.payload_digest, one.found.uri) == same
            for one in self.queue
        )

    def _give(self, item: "_Item[T]") -> None:
        assert isinstance(item.found, Capture)
        self._in_hand[item.number] = None
        self.workers.add(_make_task(item.number, item.found))

    def read(self, item: "_Item[T]") -> Reading | Problem:
        """Return what a page says, when others have read it, or by reading it here."""
        capture = item.found
        assert isinstance(capture, Capture)
        if not self.by_others:
            return read_or_problem(capture)
        if item.number not in self._in_hand:
            self._give(item)
        while (answer := self._in_hand[item.number]) is None:
            self._gather(block=True)
        match answer:
            case Failed():
                raise answer.fault
            case Lost():
                minutes = round(patience(capture) / 60)
                return Problem(
                    stage="read",
                    message=HUNG.format(minutes=minutes) if answer.hung else KILLED,
                    place=capture.place,
                    payload_digest=capture.payload_digest,
                )
        return answer

    def _gather(self, *, block: bool) -> None:
        for task, answer in self.workers.collect(block=block):
            if task.number in self._in_hand:
                self._in_hand[task.number] = answer

    def forget(self, item: "_Item[T]") -> None:
        """Let go of what was read of a page, or will be."""
        self._in_hand.pop(item.number, None)
