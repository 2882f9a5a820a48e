"""Saved pages into the ledger: read each once, keep what was said, then link it over pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from onrecord.across import LinkCounts, link_pages, reviewed
from onrecord.capture import read_captures
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger, count, has_capture, record_problem, record_reading
from onrecord.ledger.facts import Facts, check_facts
from onrecord.ledger.record import find_known
from onrecord.ledger.records import Outcome
from onrecord.reading import collect_seldom, forget_learned
from onrecord.types import Capture, Problem, Reading
from onrecord.views.reading_ahead import Read, read_ahead

__all__ = ["Added", "Adding", "add_pages"]


@dataclass(slots=True, kw_only=True)
class Adding:
    """How far `add_pages` has come, counted in pages and problems, and what was read last.

    When all is read, `linked` pages of `to_link` are linked; before that `to_link` is None.
    """

    new: int = 0
    known: int = 0
    problems: int = 0
    place: str | None = None
    linked: int = 0
    to_link: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add_pages` did: pages new, pages already there, statements recorded, problems, links made.

    `told` is what was told of the pages beside their bytes, as reviews; `known_so` counts the pages of which
    all that was told was known already.
    """

    new: int
    known: int
    entries: int
    problems: tuple[Problem, ...]
    links: LinkCounts
    told: tuple[Outcome, ...] = ()
    known_so: int = 0


@collect_seldom()
def add_pages(
    ledger: Ledger,
    paths: Iterable[str | Path],
    *,
    uri: str | None = None,
    captured_at: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    authors: Sequence[str] = (),
    by: str | None = None,
    note: str | None = None,
    jobs: int | None = 1,
    progress: Callable[[Adding], None] | None = None,
) -> Added:
    """Add saved pages to the ledger and link what they say; pages that are already there change nothing.

    What you tell of them counts before what they say, of new pages and of those already there: it is written
    down as a review, with who told it and why. (Address and time of saving of bytes that are new are kept
    with the bytes.)

    With more `jobs` than one so many other processes read, and this one writes; what it writes is the same.
    None takes all cores. (A script that does this needs `if __name__ == "__main__":` around what it does.)

    One page is in memory at a time, of each job a few, and each is on disk before the next is written down:
    stopped at any moment, what was recorded stays recorded, and running again finishes the rest.
    """
    if jobs is not None and jobs < 1:
        raise BadRequest(f"{jobs} jobs were asked for; at least 1 is needed")
    paths = list(paths)
    facts = Facts(
        published=published, outlet=outlet, authors=tuple(authors), uri=uri, captured_at=captured_at
    )
    adding = _Adding(ledger=ledger, progress=progress, tells=bool(check_facts(facts)))
    before = count(ledger).entries
    if adding.tells and (folders := [str(path) for path in paths if _is_batch(path)]):
        raise BadRequest(
            f"{folders[0]} is the output of a batch, whose pages are many: nothing can be told of them all; "
            "add it alone, then tell it of a page with `onrecord page PAGE --set`"
        )
    found = _find(paths, uri, captured_at)
    with closing(read_ahead(found, jobs=jobs, known=adding.has)) as everything:
        for one, reads in everything:
            if isinstance(one, _Batch):
                adding.load(one.folder)
            else:
                adding.add(one, reads)
    told, known_so = adding.tell(facts, by, note)
    # Linking needs the memory, and reads no pages.
    forget_learned()
    return Added(
        new=adding.so_far.new,
        known=adding.so_far.known,
        entries=count(ledger).entries - before,
        problems=tuple(adding.problems),
        links=link_pages(ledger, progress=adding.link),
        told=told,
        known_so=known_so,
    )


@dataclass(slots=True, kw_only=True)
class _Adding:
    """The work of one call: what was counted so far, and who is told."""

    ledger: Ledger
    progress: Callable[[Adding], None] | None
    so_far: Adding = field(default_factory=Adding)
    problems: list[Problem] = field(default_factory=list)
    tells: bool = False
    pages: dict[str, None] = field(default_factory=dict)

    def add(self, found: Capture | Problem, reads: Read) -> None:
        """Record one capture, or the trouble there was with it."""
        if isinstance(found, Problem):
            self._note(found)
        elif self.has(found):
            self.so_far.known += 1
        else:
            self._record(found, reads())
        if (
            self.tells
            and isinstance(found, Capture)
            and (page := find_known(self.ledger, found.payload_digest))
        ):
            self.pages[page] = None
        self.so_far.problems, self.so_far.place = len(self.problems), found.place
        self._tell()

    def has(self, found: Capture) -> bool:
        """Tell whether a capture is on record already."""
        # Of bytes that are known an address and a time are told: they are no second capture.
        if self.tells and find_known(self.ledger, found.payload_digest) is not None:
            return True
        return has_capture(self.ledger, found)

    def tell(self, facts: Facts, by: str | None, note: str | None) -> tuple[tuple[Outcome, ...], int]:
        """Tell of the pages what was told of them; return what that did, and of how many it did nothing."""
        if not self.pages:
            return (), 0
        refused = 0
        try:
            done = [reviewed.tell(self.ledger, list(self.pages), facts, by=by, note=note, link=False)]
        except BadRequest:
            if len(self.pages) == 1:
                raise
            # It may be wrong of some pages only.
            done = []
            for page in self.pages:
                try:
                    done.append(reviewed.tell(self.ledger, [page], facts, by=by, note=note, link=False))
                except BadRequest as why:
                    self.problems.append(Problem(stage="add", message=str(why), place=page))
                    refused += 1
        told = tuple(one for one in done if one is not None)
        return told, len(self.pages.keys() - {page for one in told for page in one.pages}) - refused

    def _record(self, found: Capture, reading: Reading | Problem) -> None:
        if isinstance(reading, Problem):
            self._note(reading)
            return
        record_reading(self.ledger, found, reading)
        self.so_far.new += 1
        self.problems += (
            replace(problem, place=problem.place or found.place) for problem in reading.problems
        )

    def _note(self, problem: Problem) -> None:
        record_problem(self.ledger, problem)
        self.problems.append(problem)

    def load(self, folder: str | Path) -> None:
        """Load the tables that a batch wrote."""
        from onrecord.batch import load_batch

        new, known, place = self.so_far.new, self.so_far.known, str(folder)

        def tell(done: int, total: int) -> None:
            self.so_far.new, self.so_far.place = new + done, place
            self._tell()

        loaded = load_batch(self.ledger, folder, progress=tell)
        self.so_far.new, self.so_far.known = new + loaded.new, known + loaded.known
        self.problems += loaded.problems
        self.so_far.problems = len(self.problems)

    def link(self, done: int, total: int) -> None:
        """Tell how far the linking has come."""
        self.so_far.linked, self.so_far.to_link = done, total
        self._tell()

    def _tell(self) -> None:
        if self.progress:
            self.progress(self.so_far)


class _Batch(NamedTuple):
    """The output of a batch, among pages."""

    folder: str | Path


def _find(
    paths: Iterable[str | Path], uri: str | None, captured_at: str | None
) -> Iterator[Capture | Problem | _Batch]:
    """Yield all that is to be added, in order: captures, trouble with them, and outputs of batches."""
    for path in paths:
        if _is_batch(path):
            yield _Batch(path)
        else:
            yield from read_captures(path, uri=uri, captured_at=captured_at)


def _is_batch(path: str | Path) -> bool:
    """Tell whether a path is what `onrecord batch` wrote."""
    # Most folders are not, and loading what reads the tables takes a third of a second and 80 MB.
    try:
        if not (Path(path) / "onrecord-batch.json").is_file():
            return False
    except OSError:  # A folder that may not be looked into: `capture` says so in plain words.
        return False
    from onrecord.batch import is_batch

    return is_batch(path)
