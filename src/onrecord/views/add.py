"""Saved pages into the ledger: read each once, keep what was said, then link it over pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.across import LinkCounts, link_pages
from onrecord.capture import read_captures
from onrecord.ledger import Ledger, count, has_capture, record_problem, record_reading
from onrecord.read import read_or_problem
from onrecord.types import Capture, Problem

__all__ = ["Added", "Adding", "add_pages"]


@dataclass(slots=True, kw_only=True)
class Adding:
    """How far `add_pages` has come, counted in pages and problems, and what was read last."""

    new: int = 0
    known: int = 0
    problems: int = 0
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add_pages` did: pages new, pages already there, statements recorded, problems, links made."""

    new: int
    known: int
    entries: int
    problems: tuple[Problem, ...]
    links: LinkCounts


def add_pages(
    ledger: Ledger,
    paths: Iterable[str | Path],
    *,
    uri: str | None = None,
    captured_at: str | None = None,
    published: str | None = None,
    progress: Callable[[Adding], None] | None = None,
) -> Added:
    """Add saved pages to the ledger and link what they say; pages that are already there change nothing.

    One page is in memory at a time, and each is on disk before the next is read: stopped at any moment, what
    was recorded stays recorded, and running again finishes the rest.
    """
    so_far, before = Adding(), count(ledger).entries
    problems: list[Problem] = []
    for path in paths:
        for found in read_captures(path, uri=uri, captured_at=captured_at, published=published):
            problems += _add(ledger, found, so_far)
            so_far.problems, so_far.place = len(problems), found.place
            if progress:
                progress(so_far)
    return Added(
        new=so_far.new,
        known=so_far.known,
        entries=count(ledger).entries - before,
        problems=tuple(problems),
        links=link_pages(ledger),
    )


def _add(ledger: Ledger, found: Capture | Problem, so_far: Adding) -> tuple[Problem, ...]:
    """Record one capture, count it, and return what was wrong with it."""
    if isinstance(found, Problem):
        record_problem(ledger, found)
        return (found,)
    if has_capture(ledger, found):
        so_far.known += 1
        return ()
    reading = read_or_problem(found)
    if isinstance(reading, Problem):
        record_problem(ledger, reading)
        return (reading,)
    record_reading(ledger, found, reading)
    so_far.new += 1
    return reading.problems
