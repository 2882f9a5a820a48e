"""A ledger of pages in two versions, in which every kind of change is found once; the words are invented.

One of the pages is an attack, and of another nobody knows which version came first.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ledger_pages import make_reading, new_ledger, say

from onrecord.across import link_pages
from onrecord.ledger import Ledger, record_reading
from onrecord.types import Role, SpeakerType, Statement

__all__ = ["LOUD", "Said", "make_changed", "put_version"]

LOUD = (
    "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>&amp;]]>\u202egnorw\x0b\ufffe"
)

Said = tuple[str, str] | tuple[str, str, SpeakerType]
"""Who says what in one paragraph; in it "denied" makes it a denial."""


def put_version(
    ledger: Ledger,
    slug: str,
    said: Sequence[Said],
    *,
    outlet: str = "The Selm Courier",
    saved: str | None = None,
    published: str | None = "2031-03-11",
    headline: str | None = None,
    more: Sequence[str] = (
        "The council met at noon in Lower Dell and spoke of the ferry until the evening.",
    ),
) -> str:
    """Put one version of a page on record, a paragraph for each statement, and return its id."""
    lines: list[tuple[Role, str]] = [("headline", headline or f"Of {slug}")]
    statements: list[Statement] = []
    for one in said:
        name, words, type = (*one, "person")[:3]
        verb = "denied" if "denied" in words else "said"
        lines.append(("paragraph", f"“{words},” {verb} {name}."))
    lines += [("paragraph", line) for line in more]
    text = "\n".join(line for _, line in lines)
    for one in said:
        name, words, type = (*one, "person")[:3]
        statement = say(text, f"{words},", who=name, name=name, type=type)  # type: ignore[arg-type]
        statements.append(replace(statement, polarity="denied") if "denied" in words else statement)
    made = make_reading(
        lines,
        statements,
        uri=f"https://{outlet.split()[-1].lower()}.example/{slug}",
        outlet=outlet,
        published=published,
        captured_at=saved,
    )
    return record_reading(ledger, *made)


def make_changed(folder: Path) -> dict[str, str]:
    """Build the ledger and return the ids of the later versions by a short name."""
    with new_ledger(folder) as ledger:
        ids = dict(_put_all(ledger))
        link_pages(ledger)
    return ids


def _put_all(ledger: Ledger) -> list[tuple[str, str]]:
    law, writing = "The order is fixed in law and stays", "The order is fixed in writing and stays"
    gates, fields = "We opened two gates before dawn", "Nobody will be paid for the flooded fields"
    boat = "I have a boat to run this morning"
    ostrey, dorvik, official = "Mara Ostrey", "Hanne Dorvik", "an official"
    put_version(ledger, "order", [(ostrey, law)], saved="2031-03-11T08:00:00Z")
    order = put_version(ledger, "order", [(ostrey, writing)], saved="2031-03-12T08:00:00Z")
    gazette = "Harbour Gazette"
    put_version(
        ledger, "gates", [(ostrey, gates), (ostrey, fields)], outlet=gazette, saved="2031-03-11T09:00:00Z"
    )
    given = put_version(
        ledger, "gates", [(dorvik, gates), ("Orla Finch", boat)], outlet=gazette, saved="2031-03-14T09:00:00Z"
    )
    put_version(ledger, "named", [(ostrey, f"{gates} and at dusk")], saved="2031-03-11T07:00:00Z")
    named = put_version(
        ledger, "named", [(official, f"{gates} and at dusk", "unnamed")], saved="2031-03-11T21:00:00Z"
    )
    put_version(ledger, "open", [(ostrey, fields)], published=None)
    unordered = put_version(ledger, "open", [("Orla Finch", boat)], published=None)
    put_version(
        ledger, "loud", [(ostrey, f"Two {LOUD} gates stay shut all day")], saved="2031-03-11T01:00:00Z"
    )
    loud = put_version(
        ledger,
        "loud",
        [(ostrey, f"Six {LOUD} gates stay shut all day")],
        saved="2031-03-11T02:00:00Z",
        headline=LOUD,
    )
    put_version(ledger, "alone", [(ostrey, law)], saved="2031-03-11T08:00:00Z")
    return [
        ("order", order),
        ("given", given),
        ("named", named),
        ("unordered", unordered),
        ("loud", loud),
    ]
