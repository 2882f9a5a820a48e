"""The names of carriers: "the state news agency Vesna" is Vesna, "she" whom the page names, "the paper" the
one named before."""

import re
from collections.abc import Iterable, Iterator, Mapping

from onrecord.statements.lexicon.kinds import is_carrier
from onrecord.statements.rules.attribution import Attribution, Said
from onrecord.statements.rules.carriers import is_only_called, names_carrier
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.types import Relay, Span, Speaker

__all__ = ["drop_own", "name_relays", "without_article"]

_PRONOUNS = {"he", "she", "it", "they", "we", "i", "you", "who", "which"}
_OUTLET = (
    r"(?:agency|newspaper|paper|broadcaster|station|channel|website|daily|weekly|magazine|outlet"
    r"|service|wire|portal)"
)
_DESCRIBED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?)\s+)?(?:[\w-]+\s+)*?(?:{_OUTLET}\s+(?P<after>[A-Z].*)"
    rf"|(?P<before>(?:al-|el-)?[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*)\s+(?:[a-z-]+\s+)*{_OUTLET})$"
)
# "a Turkish news agency" has no name.
_NATION = re.compile(
    r"[A-Z][a-z]+(?:ish|ian|ean|ese|can|aqi|eli|ani|iss)|French|German|Greek|Dutch|Thai|Czech|Arab|US|UK"
)
_REPORT = re.compile(
    r"(?:an?|the|its|this|that)\s+(?:[\w-]+\s+){0,3}?reports?\s+(?:by|from|in|on|of)\s+", re.IGNORECASE
)
_LOOK_BACK = 3_000  # characters in which "the agency" was named
_NAME = r"[A-Z][\w&+-]*(?:\s+(?:(?:of|for|de)\s+)?[A-Z][\w&+-]*)*"
_CAPITALS = re.compile(rf"(?:[Tt]he\s+)?{_NAME}")
_CORRESPONDENT = re.compile(
    rf"(?:(?P<outlet>{_NAME})['’]s|[Oo]ur\s+(?:correspondent|reporter),?)"
    r"\s+(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+)"
)
# "a Selm Radio producer", "state media this week": the article and the time are no part of the name.
_LEAD = re.compile(r"(?:[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+(?=[A-Z])")
_TAIL = re.compile(
    r"\s+(?:(?:on|late|early|earlier|last|this)\s+)*(?:week|month|year|today|yesterday"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$|,\s.*$",
    re.DOTALL,
)


def name_relays(roster: Roster, what: Attribution, heard: Mapping[Span, Speaker | None]) -> tuple[Relay, ...]:
    """Return the carriers of what was said by name. `heard` are the speakers of the sentence by the words
    that name them: "she" in "she said Lann had told her" is whom the page names."""
    named = (_name_relay(roster, span, heard.get(span), told=span in what.told) for span in what.relays)
    return tuple(relay for relay in named if relay is not None)


def _name_relay(roster: Roster, span: Span, speaker: Speaker | None, *, told: bool) -> Relay | None:
    span = _trim(roster.text, span)
    words = _one_line(span.of(roster.text))
    # What somebody writes "according to his own letter" comes straight from him.
    if words.lower().startswith(
        ("his own ", "her own ", "their own ", "its own ", "this paper", "this newspaper")
    ):
        return None
    if speaker is not None and (speaker.type == "person" or not names_carrier(words)):
        return Relay(name=without_article(roster.text, speaker.name), span=span, told=told)
    if words.lower() in _PRONOUNS:
        return None
    if words.startswith("our "):
        name = _find_correspondent(roster.text, span.start)
        return Relay(name=name, span=span, told=told) if name is not None else None
    if is_only_called(words):
        name = _find_named_before(roster.text, span.start)
        return None if name is None and told else Relay(name=name or words, span=span, told=told)
    name, span = _read_name(roster.text, span)
    if not any(
        letter.isalnum() for letter in name
    ):  # ", told Northline": nothing is left that names a carrier
        return None
    full = roster.fullest(name)
    name = full.name if full is not None else without_article(roster.text, name)
    return Relay(name=name, span=span, told=told)


def without_article(text: str, name: str) -> str:
    """Leave the article out of "the BBC", and of "The BBC" where the page prints "the BBC" elsewhere; "The
    Atlantic" keeps its own."""
    found = re.match(r"[Tt]he\s+(?=[A-Z])", name)
    if found is None:
        return name
    bare = name[found.end() :]
    own = found[0][0] == "T" and re.search(rf"\bthe\s+{re.escape(bare)}", text) is None
    return name if own else bare


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _trim(text: str, span: Span) -> Span:
    lead = _LEAD.match(text, *span)
    start = lead.end() if lead is not None else span.start
    tail = _TAIL.search(text[start : span.end])
    return Span(start, start + tail.start() if tail is not None else span.end)


def _find_named_before(text: str, at: int) -> str | None:
    """Return the carrier that the text names last before "the paper"."""
    before = [_one_line(m.group()) for m in _CAPITALS.finditer(text, max(0, at - _LOOK_BACK), at)]
    return next((name for name in reversed(before) if is_carrier(name)), None)


def _find_correspondent(text: str, at: int) -> str | None:
    """Return the name of "our correspondent": who was last named as a carrier's own, "Selm Radio's Ada
    Brill"."""
    before = list(_CORRESPONDENT.finditer(text, max(0, at - _LOOK_BACK), at))
    return next((m["name"] for m in reversed(before) if not m["outlet"] or is_carrier(m["outlet"])), None)


def _read_name(text: str, span: Span) -> tuple[str, Span]:
    """Return the name in a phrase and where it stands: "the state news agency Vesna" is Vesna, "a report by
    the Selm Courier" is the Selm Courier."""
    report = _REPORT.match(text, *span)
    if report is not None:
        span = Span(report.end(), span.end)
    phrase = _one_line(span.of(text))
    named = parse_named(phrase)
    if named.type == "person" and named.name:
        return named.name, span
    described = _DESCRIBED.match(phrase)
    if described is None or _NATION.fullmatch(described["before"] or ""):
        return phrase, span
    name = described["after"] or described["before"]
    start = span.start + span.of(text).find(name.split()[0])
    return name, Span(start, span.end if described["after"] else start + len(name))


def drop_own(one: Said, own: Iterable[str]) -> Iterator[Relay]:
    """Yield the carriers that are neither the page's own outlet nor the speaker."""
    outlets = list(own)
    for relay in one.via:
        spoke = one.speaker is not None and one.speaker.name.casefold() == relay.name.casefold()
        if not spoke and not any(_is_same_outlet(relay.name, outlet) for outlet in outlets):
            yield relay


def _is_same_outlet(a: str, b: str) -> bool:
    """ "Selm Radio News" is "Selm Radio", and "selmradio.example" is too."""
    words, others = _fold(a), _fold(b)
    if set(words) <= set(others) or set(others) <= set(words):
        return True
    return "." in b and "".join(words) in b.casefold().split(".")


def _fold(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", name.casefold()) if w not in _NO_NAME]


_NO_NAME = {"the", "news", "online", "com", "www", "org", "net"}
