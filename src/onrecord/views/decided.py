"""What people decided, in plain words: for the terminal's list, and for templates."""

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.ledger.corrections import shorten
from onrecord.ledger.records import Outcome, ReviewedThing, ReviewRecord
from onrecord.types import Entry, EntrySpeaker

__all__ = [
    "KIND_NAMES",
    "POLARITY_NAMES",
    "STATES",
    "TITLES",
    "TYPE_NAMES",
    "compare_statements",
    "find_differences",
    "tell_change",
    "tell_facts",
    "tell_things",
]

TITLES = {
    "merge": "merge",
    "split": "split",
    "trust": "trust",
    "correct": "statement corrected",
    "tell": "told of a page",
    "not-one-story": "not one story",
    "not-one-remark": "not one remark",
    "one-remark": "one remark",
}
"""The kinds of reviews as a list shows them."""

STATES = {
    "of no page here": "open, of no page here",
    "of no statement here": "open, of no statement here",
}
"""What some states mean; the others say it themselves."""

_FACTS = {
    "published": "published",
    "outlet": "outlet",
    "authors": "by",
    "uri": "address",
    "captured_at": "saved",
}
KIND_NAMES = {
    "direct": "a quotation",
    "mixed": "partly a quotation",
    "indirect": "reported without marks",
    "no-comment": "a refusal to comment",
}
"""The kinds of statements in words."""

POLARITY_NAMES = {"said": "said so", "denied": "denied", "asked": "asked"}
"""How words can be said, in words."""

TYPE_NAMES = {
    "person": "a person",
    "institution": "an institution",
    "group": "a group of people",
    "unnamed": "no name: how the page speaks of them",
}
"""What can speak, in words."""


def tell_change(change: Mapping[str, Any]) -> list[str]:
    """Return what a correction says, or what was told of a page: "said by Mara Ostrey, engineer"."""
    return list(_tell_statement(change)) + list(_tell_facts(change))


def _tell_statement(change: Mapping[str, Any]) -> Iterator[str]:
    if "statement" in change:
        yield "a statement" if change["statement"] else "not a statement"
    if "speaker" in change:
        who, role = change["speaker"], change.get("role")
        yield "said by nobody named" if who is None else f"said by {who['name']}{f', {role}' if role else ''}"
    elif "role" in change:
        yield f"role: {change['role'] or 'none'}"
    if "kind" in change:
        yield KIND_NAMES.get(change["kind"], change["kind"])
    if "polarity" in change:
        yield POLARITY_NAMES.get(change["polarity"], change["polarity"])
    if "said_on" in change:
        yield f"said on {change['said_on']}" if change["said_on"] else "day of saying not known"
    if "content" in change:
        yield f"the words: {shorten(' … '.join(change['content']['words']))}"
    if "via" in change:
        yield f"by way of {' < '.join(change['via'])}" if change["via"] else "straight to the outlet"
    if "addressee" in change:
        yield f"said to {change['addressee']}" if change["addressee"] else "said to nobody named"


def _tell_facts(change: Mapping[str, Any]) -> Iterator[str]:
    for name, label in _FACTS.items():
        if name in change:
            value = change[name]
            shown = ", ".join(value) if isinstance(value, list | tuple) else value
            yield f"{label} {shown}" if value else f"{label} as the page has it"


def tell_things(record: ReviewRecord) -> str:
    """Return which pages or statements a review speaks of."""
    between = {"one-remark": " = "}.get(record.kind, " out of ")
    return between.join("; ".join(_tell_thing(thing) for thing in side) for side in record.about)


def _tell_thing(thing: ReviewedThing) -> str:
    return f"{thing.name} ({thing.entry})" if thing.entry else thing.name


def find_differences(done: Outcome) -> list[tuple[str, str, str]]:
    """Return how a statement stood and stands: what, before, after. Nothing where it stands as before."""
    found = compare_statements(done.before, done.after) if done.before and done.after else []
    if done.hidden:
        found.append(("statement", "yes", "no: it is shown no more"))
    elif done.shown_again:
        found.append(("statement", "no", "yes: it is shown again"))
    return found


def compare_statements(before: Entry, after: Entry) -> list[tuple[str, str, str]]:
    """Return in what one statement is told otherwise: what, before, after."""
    rows = zip(_facts(before), _facts(after), strict=True)
    return [(what, old, new) for (what, old), (_, new) in rows if old != new]


_MOST_TOLD = 12  # facts of pages that are told one by one


def tell_facts(done: Outcome) -> Iterator[str]:
    """Yield in words what is other of pages after somebody told something of them."""
    pages = {one.page for one in done.told}
    for one in done.told[:_MOST_TOLD]:
        where = f"{one.page} " if len(pages) > 1 else ""
        yield f"  {where}{_FACTS[one.fact]}: {one.before or 'not known'} → {one.after or 'not known'}"
    if len(done.told) > _MOST_TOLD:
        yield f"  and {len(done.told) - _MOST_TOLD:,} more"
    if done.redated:
        have = "statement has" if done.redated == 1 else "statements have"
        yield f"  day of saying: {done.redated:,} {have} another"


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "said by", _who(entry.speaker)
    yield "kind", entry.kind
    yield "polarity", entry.polarity
    known = f" ({entry.said_on_known})" if entry.said_on_known else ""
    yield "said on", f"{entry.said_on}{known}" if entry.said_on else _open(entry)
    yield "words", " … ".join(entry.content) or "none"
    yield "by way of", " < ".join(entry.via) or "nobody"
    yield "said to", entry.addressee or "nobody named"


def _open(entry: Entry) -> str:
    return " or ".join(entry.said_on_candidates) or "not known"


def _who(speaker: EntrySpeaker | None) -> str:
    if speaker is None:
        return "nobody named"
    return f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
