"""The phrases that tell by which way words came: "in a statement carried by Vesna", "told the Courier",
"citing Northline"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.statements.lexicon.kinds import is_carrier, is_place
from onrecord.statements.lexicon.words import words_of
from onrecord.types import Span

__all__ = ["Carried", "find_carried", "is_medium", "is_only_called", "names_carrier"]

How = Literal["carried", "told", "citing"]

# What papers, agencies and broadcasters are called. Those of the second list are so only beside a name or
# where one was named before: "the agency" may be one that builds roads.
_MEDIUM = (
    r"(?:(?:news|press|wire|media|public|state)\s+(?:agency|service|site|website|outlet|channel|station|network"
    r"|organi[sz]ation|portal|broadcaster|programme|program|television|radio|TV|media)"
    r"|(?:radio|television|TV)(?:\s+(?:station|channel|network|broadcaster|programme|program|show))?"
    r"|newspapers?|paper|daily|weekly|tabloid|broadcaster|magazine|newswire)"
)
_GENERIC = r"(?:agency|channel|station|network|outlet|website|site|publication)"
_CAPITAL = r"[A-Z][\w&+-]*(?:\.\w+)*(?:(?<=Corp)\.|(?<=Inc)\.|(?<=Ltd)\.)?"
_RUN = rf"{_CAPITAL}(?:\s+(?:(?:of|for|de|la|le|&)\s+(?:the\s+)?)?(?:{_CAPITAL}|\d\w*))*"
_PLAIN = r"(?:(?!(?:that|to|in|on|at|by|with|from|for|of|and|about|as)\b)[a-z][\w-]*\s+)"
_WHO = (
    rf"\s+(?P<who>(?:[Tt]he\s+)?(?P<before>{_PLAIN}{{0,5}}?)"
    rf"(?:(?P<alone>{_MEDIUM}|{_GENERIC})(?:\s+(?P<name>{_RUN}))?"
    rf"|(?P<run>{_RUN})(?:\s+{_PLAIN}{{0,2}}?(?P<kind>{_MEDIUM}|{_GENERIC})(?:\s+(?P<last>{_RUN}))?)?)(?![\w-]))"
)
_WHEN = r"(?:\s+(?:\w+ly|first|also|exclusively|(?:on\s+)?\w+day))*"
_MADE = (
    r"(?:quoted|cited|carried|published|broadcast|aired|reported|released|distributed|relayed|printed|shown"
    r"|obtained|seen|reviewed|viewed|heard)"
)
_PIECE = r"(?:op-?ed|essay|column|article|opinion\s+piece|commentary)"
_TALK = r"(?:interviews?|conversation|comments|remarks|talk|e-?mails?|letters?|messages?|statements?|calls?)"
_REPORTS = r"(?:\s+(?:a|an|the)\s+(?:[\w-]+\s+){0,2}?reports?\s+(?:by|from|in|on))"
_LEADS: tuple[tuple[How, str], ...] = (
    ("carried", rf"\b(?:as\s+|first\s+)*{_MADE}{_WHEN}\s+(?:by|in|on)"),
    ("carried", rf"\b(?:wrote|writes|writing|{_PIECE}(?:\s+published)?){_WHEN}\s+(?:in|for)"),
    ("citing", rf"\b(?:citing|quoting){_REPORTS}?"),
    ("told", r"\b(?:told|tells|telling)"),
    ("told", rf"\b{_TALK}{_WHEN}\s+(?:with|to|on|for|given\s+to|aired\s+on|published\s+in)"),
    ("told", rf"\b(?:[Ss]peaking|[Tt]alking|[Aa]ppearing|spoke|talked|appeared){_WHEN}\s+(?:to|with|on)"),
    ("told", r"\bon"),
)
_PATTERNS = tuple((how, re.compile(lead + _WHO)) for how, lead in _LEADS)
# The outlet's own people carry what they are told: "residents told our correspondent".
_OURS = re.compile(r"\b(?:told|tells|telling)\s+(?P<who>our\s+(?:own\s+)?(?:correspondent|reporter))\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A phrase with a carrier in it: one that carried the words, one that was `told` them, or one that the
    carrier of them is `citing`."""

    span: Span
    who: Span
    how: How


def find_carried(masked: str, sentence: Span) -> Iterator[Carried]:
    """Yield the phrases of a sentence that name a carrier, in reading order, none inside another."""
    found: list[Carried] = []
    for how, pattern in _PATTERNS:
        for match in pattern.finditer(masked, sentence.start, sentence.end):
            who = _read_who(masked, match, how)
            if who is None:
                continue
            span = Span(match.start(), who.end)
            if not any(one.span.start < span.end and span.start < one.span.end for one in found):
                found.append(Carried(span=span, who=who, how=how))
    for match in _OURS.finditer(masked, sentence.start, sentence.end):
        found.append(Carried(span=Span(*match.span()), who=Span(*match.span("who")), how="carried"))
    yield from sorted(found, key=lambda one: one.span)


def _read_who(masked: str, match: re.Match[str], how: How) -> Span | None:
    """Return the words for a carrier, without the day behind them; None where they name something else."""
    who = Span(match.start("who"), match.end("who"))
    while (last := re.search(r"\s+([\w.]+)$", who.of(masked))) and last[1].rstrip(".") in words_of(
        "calendar"
    ):
        who = Span(who.start, who.start + last.start())
    if match["alone"]:
        return who if match["name"] or _STANDS_ALONE.match(who.of(masked)) else None
    if match["kind"] and (is_medium(match["kind"]) or match["last"] or is_carrier(match["run"])):
        return who
    words = list(re.finditer(r"\S+", match["run"]))
    for last in reversed(words):
        name = Span(match.start("run"), match.start("run") + last.end())
        # "the Daily" is only the beginning of a name that stands in no list.
        whole = name.end == match.end("run") or name.of(masked).lower() not in words_of("medium")
        if whole and is_carrier(name.of(masked)) and not masked.startswith(" of ", name.end):
            return Span(who.start, name.end)
    # What carries words and stands in no list is a name alone: "obtained by Northline".
    alone = " " not in who.of(masked) and not is_place(who.of(masked))
    return who if alone and how == "carried" and masked[: who.start].endswith(" by ") else None


_STANDS_ALONE = re.compile(r"(?:the|state|local|public)\b", re.IGNORECASE)


def is_medium(words: str) -> bool:
    """Tell whether a phrase says of itself that it is a paper, an agency, a broadcaster."""
    return re.search(rf"\b{_MEDIUM}\b", words) is not None


def is_only_called(words: str) -> bool:
    """Tell whether a phrase calls a carrier without a name: "the paper", "the news agency"."""
    return _ONLY_CALLED.fullmatch(words) is not None


_ONLY_CALLED = re.compile(
    rf"(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]hat)\s+(?:[a-z-]+\s+){{0,2}}?(?:{_MEDIUM}|{_GENERIC})"
)


def names_carrier(words: str) -> bool:
    """Tell whether a phrase names a carrier or says that it is one: "the Selm Courier", "a news agency"."""
    return is_carrier(words) or is_medium(words)
