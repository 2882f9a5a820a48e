"""The versions of one address that a ledger holds, each compared with the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.across.versions import VersionDifference, compare_versions
from onrecord.ledger import Ledger, get_page
from onrecord.ledger.records import PageRecord
from onrecord.people.fold import fold
from onrecord.types import Entry, EntryPage

__all__ = ["VersionStep", "Versions", "read_versions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStep:
    """From one version of a page to the next: what differs, and the statements that only one of them has.

    `before` and `after` are page ids. `same_bytes`: both were made from the same bytes, so that what differs
    is only how Onrecord reads them. `entries_gone` stand in the earlier version only, `entries_new` in the
    later one only: the same words of the same source are the same statement.
    """

    before: str
    after: str
    same_bytes: bool
    difference: VersionDifference
    entries_gone: tuple[Entry, ...]
    entries_new: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """All versions of one page, oldest first, and what changed each time; `uri` is its address."""

    page: str
    uri: str | None
    versions: tuple[EntryPage, ...]
    steps: tuple[VersionStep, ...]


def read_versions(ledger: Ledger, asked: str) -> Versions:
    """Compare all versions of a page, those of its address; `asked` is its id, address or place."""
    record = get_page(ledger, asked)
    records = [record if id == record.page.id else get_page(ledger, id) for id in record.versions]
    return Versions(
        page=record.page.id,
        uri=record.page.uri,
        versions=tuple(one.page for one in records),
        steps=tuple(compare_step(before, after) for before, after in pairwise(records)),
    )


def compare_step(before: PageRecord, after: PageRecord) -> VersionStep:
    """Compare one version with the next."""
    return VersionStep(
        before=before.page.id,
        after=after.page.id,
        same_bytes=before.page.payload_digest == after.page.payload_digest,
        difference=compare_versions(before, after),
        entries_gone=only_in(before.entries, after.entries),
        entries_new=only_in(after.entries, before.entries),
    )


def only_in(entries: Sequence[Entry], others: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the statements whose words and source the others have not."""
    known = {key_of(entry) for entry in others}
    return tuple(entry for entry in entries if key_of(entry) not in known)


def key_of(entry: Entry) -> tuple[str, str, str]:
    """Return what makes a statement the same on two versions: its words, and who is named for them."""
    who = entry.speaker.name if entry.speaker else entry.source or ""
    return fold(" ".join(entry.content) or entry.cue or ""), fold(who), entry.polarity
