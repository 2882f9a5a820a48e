"""Saved pages into the ledger: read each once, keep what was said, then link it over pages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.across import LinkCounts, link_pages, reviewed
from onrecord.capture import read_captures
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger, count, has_capture, record_problem, record_reading
from onrecord.ledger.facts import Facts, check_facts
from onrecord.ledger.record import find_known
from onrecord.ledger.records import Outcome
from onrecord.reading import collect_seldom, forget_learned, read_or_problem
from onrecord.types import Capture, Problem

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
    progress: Callable[[Adding], None] | None = None,
) -> Added:
    """Add saved pages to the ledger and link what they say; pages that are already there change nothing.

    What you tell of them counts before what they say, of new pages and of those already there: it is written
    down as a review, with who told it and why. (Address and time of saving of bytes that are new are kept
    with the bytes.)

    One page is in memory at a time, and each is on disk before the next is read: stopped at any moment, what
    was recorded stays recorded, and running again finishes the rest.
    """
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
    for path in paths:
        if _is_batch(path):
            adding.load(path)
            continue
        for found in read_captures(path, uri=uri, captured_at=captured_at):
            adding.add(found)
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

    def add(self, found: Capture | Problem) -> None:
        """Record one capture, or the trouble there was with it."""
        if isinstance(found, Capture) and self._has(found):
            self.so_far.known += 1
        else:
            self.problems += self._record(found)
        if (
            self.tells
            and isinstance(found, Capture)
            and (page := find_known(self.ledger, found.payload_digest))
        ):
            self.pages[page] = None
        self.so_far.problems, self.so_far.place = len(self.problems), found.place
        self._tell()

    def _has(self, found: Capture) -> bool:
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

    def _record(self, found: Capture | Problem) -> tuple[Problem, ...]:
        if isinstance(found, Problem):
            return self._record_problem(found)
        reading = read_or_problem(found)
        if isinstance(reading, Problem):
            return self._record_problem(reading)
        record_reading(self.ledger, found, reading)
        self.so_far.new += 1
        return tuple(replace(problem, place=problem.place or found.place) for problem in reading.problems)

    def _record_problem(self, problem: Problem) -> tuple[Problem, ...]:
        record_problem(self.ledger, problem)
        return (problem,)

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
