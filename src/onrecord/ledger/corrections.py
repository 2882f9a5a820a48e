"""What counts of a statement once people have corrected it: what was read and reviews in, an account out.

Pure: no database here. Every review in force is carried out in the order in which they were given, upon what
the program read: so the newest wins, and without a review everything is as if it had never been given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import msgspec

from onrecord.capture.times import match_iso
from onrecord.ledger.decide import Mark
from onrecord.ledger.entries import around
from onrecord.ledger.reviews import Review, Target
from onrecord.types import (
    EntrySpans,
    EntrySpeaker,
    Kind,
    Known,
    Polarity,
    Span,
    SpeakerType,
    Tier,
)

__all__ = [
    "FIELDS",
    "Account",
    "Placed",
    "TextOfRecord",
    "check_correction",
    "correct",
    "find_target",
    "fits",
    "shorten",
    "tell_who",
]

FIELDS = ("statement", "speaker", "role", "kind", "polarity", "said_on", "content", "via", "addressee")
"""What can be corrected of a statement."""

SAME = 0.5  # of the characters of two stretches that both must have, for them to be one statement
MOST_SPANS = 1000  # of one statement
LONGEST_NAME = 300
LONGEST_WORDS = 1000

_DROPS_FIGURE = {"speaker", "content"}  # the figure says how surely these two are right


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All of a statement that people can correct, as it was read or as it counts now.

    `names` are set where somebody said who spoke: which printed names these are, wherever. `hidden`: somebody
    said that it is no statement.
    """

    kind: Kind
    polarity: Polarity
    tier: Tier
    confidence: float | None
    speaker: EntrySpeaker | None
    content: tuple[str, ...]
    addressee: str | None
    said_on: str | None
    said_on_known: Known | None
    said_on_candidates: tuple[str, ...]
    said_on_anchor: str | None
    via: tuple[str, ...]
    spans: EntrySpans
    prefix: str
    suffix: str
    names: tuple[Mark, ...] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOfRecord:
    """The text that statements point into. `hidden` is where it names readers of the page."""

    digest: str
    version: str
    text: str
    hidden: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The statement that a review means in this ledger, and by how many characters its text is moved."""

    entry: str
    shift: int = 0


def find_target(target: Target, page: TextOfRecord, found: Iterable[tuple[str, EntrySpans]]) -> Placed | None:
    """Return which of a page's statements, as the program read them, is the one that a review means.

    The one with the same id. Where a newer reading has none: the one that shares most of its characters, and
    at least half of all that the two have, at the same place. Words that read alike elsewhere are never
    taken for it. In another text of the same bytes the place is where the words and what surrounds them
    stand, if they stand there once.
    """
    if target.digest != page.digest or target.entry is None or len(target.content) > MOST_SPANS:
        return None
    entries = list(found)
    shift = _find_shift(target, page)
    if shift is None:
        return None
    if shift == 0 and any(id == target.entry for id, _ in entries):
        return Placed(entry=target.entry)
    wanted = _moved(target.content or target.cue, shift)
    best: tuple[float, str] | None = None
    for id, spans in entries:
        if bool(spans.content) != bool(target.content):
            continue
        share = _share(wanted, spans.content or spans.cue)
        if share >= SAME and (best is None or share > best[0]):
            best = share, id
    return Placed(entry=best[1], shift=shift) if best else None


def _find_shift(target: Target, page: TextOfRecord) -> int | None:
    """Return by how much the words of a target are moved in this text; None where they are not there."""
    spans, words = target.content or target.cue, target.words or ""
    if not spans or not words:
        return None
    start = min(span.start for span in spans)
    if target.text_version == page.version:
        return 0 if page.text[start : start + len(words)] == words else None
    stretch = (target.prefix or "") + words + (target.suffix or "")
    at = page.text.find(stretch)
    if at < 0 or page.text.find(stretch, at + 1) >= 0:
        return None
    return at + len(target.prefix or "") - start


def _share(one: Sequence[Span], two: Sequence[Span]) -> float:
    """Return how many of the characters of two stretches both have, of all that they have."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    all_of_them = sum(span.end - span.start for span in (*one, *two)) - both
    return both / all_of_them if all_of_them > 0 else 0.0


def correct(read: Account, given: Iterable[tuple[Review, int]], page: TextOfRecord) -> Account:
    """Return what counts of a statement. Reviews come oldest first, each with the shift of its text."""
    account = read
    for review, shift in given:
        account = _carry_out(account, review, shift, page)
    return account


def fits(review: Review, shift: int, page: TextOfRecord) -> bool:
    """Say whether a correction's new edges hold the words in this text that they held when it was given."""
    given = (review.change or {}).get("content")
    return given is None or _words_of(given, shift, page.text) == tuple(given["words"])


def _carry_out(account: Account, review: Review, shift: int, page: TextOfRecord) -> Account:
    change = review.change or {}
    values: dict[str, Any] = {
        name: change[name] for name in ("kind", "polarity", "addressee") if name in change
    }
    if "statement" in change:
        values["hidden"] = not change["statement"]
    if "speaker" in change:
        who = change["speaker"]
        values["speaker"] = who and EntrySpeaker(
            id=None, name=who["name"], type=who["type"], role=change.get("role")
        )
        values["names"] = tuple(mark for side in review.sides for mark in side)
        values["spans"] = replace(account.spans, speaker=())
    elif "role" in change and account.speaker is not None:
        values["speaker"] = replace(account.speaker, role=change["role"])
    if "said_on" in change:
        day = change["said_on"]
        values |= {"said_on": day, "said_on_known": "outside" if day else None, "said_on_candidates": ()}
        values["said_on_anchor"] = tell_who(review)
        values["spans"] = replace(values.get("spans", account.spans), said_on=())
    if "via" in change:
        values["via"] = tuple(change["via"])
        values["spans"] = replace(values.get("spans", account.spans), via=())
    if "content" in change:
        spans = _moved(change["content"]["spans"], shift)
        values["content"] = tuple(span.of(page.text) for span in spans)
        before = values.get("spans", account.spans)
        values["spans"] = replace(before, content=spans)
        values["prefix"], values["suffix"] = around(page.text, spans, before.cue, page.hidden)
    if _DROPS_FIGURE & change.keys():
        values["confidence"] = None
    return replace(account, **values)


def _moved(spans: Iterable[Sequence[int]], shift: int) -> tuple[Span, ...]:
    return tuple(Span(start + shift, end + shift) for start, end in spans)


def _words_of(given: Mapping[str, Any], shift: int, text: str) -> tuple[str, ...]:
    return tuple(span.of(text) for span in _moved(given["spans"], shift))


def tell_who(review: Review) -> str:
    """Return who said so, and when: "told by Ada Brill on 2031-03-11"."""
    return f"told by {review.by or 'somebody unnamed'} on {review.at[:10]}"


def shorten(words: str, most: int = 80) -> str:
    """Return the beginning of some words, on one line."""
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "polarity": get_args(Polarity),
    "type": get_args(SpeakerType),
}


class _Who(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    type: SpeakerType


class _Edges(msgspec.Struct, forbid_unknown_fields=True):
    spans: list[tuple[int, int]]
    words: list[str]


class _Change(msgspec.Struct, forbid_unknown_fields=True):
    """The form of a correction's change, as a file must have it."""

    statement: bool | msgspec.UnsetType = msgspec.UNSET
    speaker: _Who | msgspec.UnsetType | None = msgspec.UNSET
    role: str | msgspec.UnsetType | None = msgspec.UNSET
    kind: Kind | msgspec.UnsetType = msgspec.UNSET
    polarity: Polarity | msgspec.UnsetType = msgspec.UNSET
    said_on: str | msgspec.UnsetType | None = msgspec.UNSET
    content: _Edges | msgspec.UnsetType = msgspec.UNSET
    via: list[str] | msgspec.UnsetType = msgspec.UNSET
    addressee: str | msgspec.UnsetType | None = msgspec.UNSET


def check_correction(review: Review) -> str | None:
    """Return what is wrong with a correction out of a file; None when it can be carried out."""
    targets = [target for side in review.about for target in side]
    if len(targets) != 1 or targets[0].entry is None:
        return "it has to speak of one statement"
    try:
        change = msgspec.convert(review.change, _Change)
    except msgspec.ValidationError as why:
        return f"what it changes can't be read: {why}"
    if not review.change:
        return "it changes nothing"
    day = change.said_on
    if isinstance(day, str) and match_iso(day) != day:
        return f"the day {day!r} is none"
    if isinstance(change.content, _Edges):
        return _check_edges(change.content)
    who = change.speaker
    if isinstance(who, _Who) and who.type != "unnamed" and not any(review.sides):
        return "it names a speaker without saying whose name that is"
    return None


def _check_edges(edges: _Edges) -> str | None:
    last = 0
    for (start, end), words in zip(edges.spans, edges.words, strict=False):
        if not last <= start < end or len(words) != end - start:
            return f"the edges {start}-{end} are none"
        last = end
    return None if edges.spans and len(edges.spans) == len(edges.words) else "its edges hold no words"
