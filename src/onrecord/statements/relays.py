"""Who carried the words to this outlet, by name."""

import re

from onrecord.statements.nouns import parse_named
from onrecord.types import Relay, Span

__all__ = ["name_relay"]

_OUTLET = (
    r"(?:agency|newspaper|paper|broadcaster|station|channel|website|daily|weekly|magazine|outlet"
    r"|service|wire|portal)"
)
_DESCRIBED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?)\s+)?(?:[\w-]+\s+)*?(?:{_OUTLET}\s+(?P<after>[A-Z].*)"
    rf"|(?P<before>[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*)\s+(?:[a-z-]+\s+)*{_OUTLET})$"
)


def name_relay(text: str, span: Span) -> Relay:
    """Name a carrier: "the state news agency Vesna" is Vesna; "the Selm Courier" stays as printed."""
    phrase = re.sub(r"\s+", " ", span.of(text)).strip()
    named = parse_named(phrase)
    if named.type == "person" and named.name:
        return Relay(name=named.name, span=span)
    described = _DESCRIBED.match(phrase)
    if described is not None:
        name = described["after"] or described["before"]
        start = span.start + span.of(text).find(name.split()[0])
        return Relay(name=name, span=Span(start, span.end if described["after"] else start + len(name)))
    return Relay(name=phrase, span=span)
