"""The versions of one article that a ledger holds, each compared with the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.across.versions import ARTICLE, VersionDifference, compare_versions
from onrecord.checks.articles import statement_key
from onrecord.checks.changes import is_by
from onrecord.checks.wording import cut_words
from onrecord.ledger import Ledger, get_versions
from onrecord.ledger.records import PageRecord
from onrecord.types import Entry, EntryPage

__all__ = ["VersionStep", "Versions", "read_versions"]

FEWEST = 3  # words; fewer stand in every article


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStep:
    """From one version of a page to the next: what differs, and the statements that only one of them has.

    `before` and `after` are page ids. `order_known`: the second surely came after the first; else nobody
    knows which came first, and "added" means that only the second has it. `same_bytes`: both were made from
    the same bytes, so that what differs is only how Onrecord reads them. `entries_gone` have words that the
    article of `after` has nowhere, `entries_new` such that `before` has not. `entries_changed` are statements
    of the same words that the two give to different speakers, or one as said and the other as denied.
    """

    before: str
    after: str
    order_known: bool
    same_bytes: bool
    difference: VersionDifference
    entries_gone: tuple[Entry, ...]
    entries_new: tuple[Entry, ...]
    entries_changed: tuple[tuple[Entry, Entry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """All versions of one page, oldest first where `order_known`, and what differs from one to the next.

    `uri` is its address. Versions are pages of one address, and the same article saved at two addresses.
    """

    page: str
    uri: str | None
    order_known: bool
    versions: tuple[EntryPage, ...]
    steps: tuple[VersionStep, ...]


def read_versions(ledger: Ledger, asked: str) -> Versions:
    """Compare all versions of a page; `asked` is its id, address or place."""
    record, order, records = get_versions(ledger, asked)
    return Versions(
        page=record.page.id,
        uri=record.page.uri,
        order_known=order.known,
        versions=tuple(one.page for one in records),
        steps=tuple(
            compare_step(before, after, order_known=known)
            for (before, after), known in zip(pairwise(records), order.steps, strict=True)
        ),
    )


def compare_step(before: PageRecord, after: PageRecord, *, order_known: bool = True) -> VersionStep:
    """Compare one version with the next."""
    return VersionStep(
        before=before.page.id,
        after=after.page.id,
        order_known=order_known,
        same_bytes=before.page.payload_digest == after.page.payload_digest,
        difference=compare_versions(before, after),
        entries_gone=only_in(before, after),
        entries_new=only_in(after, before),
        entries_changed=tuple(pair_changed(before.entries, after.entries)),
    )


def only_in(page: PageRecord, other: PageRecord) -> tuple[Entry, ...]:
    """Return the statements of a page whose words the article of the other has nowhere.

    Words are compared, not ids: what both print is in both, also where one was read as a statement and the
    other was not.
    """
    known = {statement_key(entry)[0] for entry in other.entries}
    # A correction notice tells what the article said before: that it says so no longer.
    told = ARTICLE - {"correction", "byline"}
    text = words_of(block.span.of(other.text) for block in other.blocks if block.role in told)
    return tuple(
        entry for entry in page.entries if statement_key(entry)[0] not in known and not stands_in(entry, text)
    )


def stands_in(entry: Entry, text: str) -> bool:
    """Say whether every part of what was said stands in a text, given as words with a space round each."""
    parts = [words_of([part]) for part in entry.content]
    return sum(part.count(" ") - 1 for part in parts) >= FEWEST and all(part in text for part in parts)


def words_of(texts: Iterator[str] | Sequence[str]) -> str:
    return f" {' '.join(word.key for text in texts for word in cut_words(text))} "


def pair_changed(entries: Sequence[Entry], others: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield statements of the same words that have another speaker, or are said here and denied there."""
    theirs: dict[str, list[Entry]] = {}
    for other in others:
        theirs.setdefault(statement_key(other)[0], []).append(other)
    for entry in entries:
        same = theirs.get(statement_key(entry)[0], [])
        if same and not any(other.polarity == entry.polarity and is_by(entry, other) for other in same):
            yield entry, same[0]
