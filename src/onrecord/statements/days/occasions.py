"""The occasion that a page reports, a trial, a panel, a speech, and the day on which it was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.article import Anchor
from onrecord.article.calendar import day_of
from onrecord.statements.days.when import find_times, resolve_when
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.paragraphs import Paragraph
from onrecord.types import Span, When

__all__ = ["ELSEWHERE", "LOOKS_BACK", "Occasion", "find_occasion"]

_COURT = r"(?:court|courtroom|trial|hearing|inquest|tribunal|judge|magistrates?|jury|jurors|inquiry)"
_TALK = r"(?:panels?|discussions?|debate|conference|congress|convention|forum|symposium|seminar|summit|talks)"
_SPEECH = r"(?:speech|address|lecture|sermon|keynote)"
# "pleaded not guilty at Selm court on Monday", "These discussions took place on Saturday", "The ceremony drew
# protests this morning": sentences that give an occasion its day.
_SITS = re.compile(
    r"\b(?:appear(?:ed|ing) (?:in|before|at)|pleaded (?:not )?guilty|pled (?:not )?guilty|went on trial|"
    r"sentenced|convicted|acquitted|found guilty|jailed|"
    r"(?:trial|hearing|inquest|inquiry) (?:began|opened|started|resumed|continued|heard|was told)|"
    r"(?:told|testified (?:in|before|at)|gave evidence (?:in|to|at|before)) (?:the |an? )?(?:[\w’'-]+ ){0,4}"
    rf"{_COURT})\b"
)
_TAKES_PLACE = re.compile(
    rf"\b(?:the|these|this|an?)\s+(?:[\w’'-]+ ){{0,3}}{_TALK}\s+(?:took place|(?:was|were) held)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:^|(?<=[.!?]\s))The (?:event|ceremony|session|speech|address|occasion)\b")
# How the sentence of a saying shows that its speaker is there.
_IN_COURT = re.compile(
    rf"\b(?:under (?:cross-)?examination|(?:told|testified|evidence|witness)\b[^.;]{{0,40}}\b{_COURT}|"
    r"evidence in chief|cross-examin\w+|(?:opening|closing) (?:statement|argument|address)s?|"
    r"(?:in|at|during) (?:the )?(?:court|trial|hearing|inquest))\b|^(?:the )?(?:Judge|Magistrate|Recorder)\b",
    re.IGNORECASE,
)
_IN_SPEECH = re.compile(rf"\bin (?:his|her|their|the|an?) (?:[\w’'-]+ ){{0,3}}{_SPEECH}\b", re.IGNORECASE)
# Another time, or another channel: what is said there is not said on the occasion before.
ELSEWHERE = re.compile(
    r"\b(?:earlier|previous(?:ly)?|past|last|ago|later|afterwards?|then|once|recently|repeatedly|outside|"
    r"had(?:\s+(?:also|already|just|then|long|previously))?\s+\w+(?:ed|ten|old|aid)|"
    r"in an? (?:[\w’'-]+ )?(?:statement|post|tweet|letter|message|e-?mail|report|interview|release)|"
    r"on (?:Telegram|Twitter|X|Facebook|Instagram|TikTok|Truth Social|Weibo|LinkedIn|YouTube)|"
    r"social media|website|tweeted|posted|wrote|by (?:e-?mail|phone|telephone)|"
    r"(?:told|tells) (?:reporters|journalists|the (?:media|press)|(?:the )?(?-i:[A-Z])\w+))\b",
    re.IGNORECASE,
)
# Who tells how it went was asked afterwards: "The conference brought readers together".
LOOKS_BACK = re.compile(
    rf"\b(?:the|this) (?:{_TALK}|event|ceremony|gathering|evening) "
    r"(?:was|were|had|brought|drew|went|gave|saw|\w+ed)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|shall|due|scheduled|expected|set|planned|plans) (?:to )?(?:\w+ ){0,6}$")
_LEDE = 6  # paragraphs; what is dated further down is background
_NEWS = 7  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a page reports, when it was, and who it shows speaking there. `speakers` is None where all its
    speakers are there, as far as it does not show them elsewhere; then it begins at `start`."""

    when: When
    start: int
    shows: re.Pattern[str] | None
    speakers: frozenset[str] | None


def find_occasion(
    masked: str, paragraphs: Sequence[Paragraph], said: Sequence[tuple[Said, str]], anchor: Anchor | None
) -> Occasion | None:
    """Return the occasion that an article reports, None where it tells of none or gives several days.

    `said` are its sayings, each with the words of its sentence that are not what was said.
    """
    if anchor is None or anchor.value is None or anchor.latest:
        return None
    told = [p.span for p in paragraphs if p.role == "paragraph"]
    for sign, shows, places in (
        (_SITS, _IN_COURT, told[:_LEDE]),
        (_GOES_ON, _IN_SPEECH, told),
        (_TAKES_PLACE, None, told[:_LEDE]),
    ):
        dated = list(_find_dated(masked, places, sign, anchor))
        if len({when.value for _, when in dated}) != 1:
            continue
        start, when = dated[0]
        if shows is None:
            return Occasion(when=when, start=start, shows=None, speakers=None)
        there = frozenset(_find_there(said, shows))
        if there:
            return Occasion(when=when, start=0, shows=shows, speakers=there)
    return None


def _find_there(said: Sequence[tuple[Said, str]], shows: re.Pattern[str]) -> Iterator[str]:
    """Yield the speakers who are shown there: who says something, and who is named beside, "under
    cross-examination by Olm"."""
    showing = [(one, around) for one, around in said if shows.search(around)]
    for speaker in {one.speaker.name: one.speaker for one, _ in said if one.speaker}.values():
        last = speaker.name.split()[-1]
        named = re.compile(rf"\b{re.escape(last)}\b") if speaker.type == "person" else None
        for one, around in showing:
            said_it = one.speaker is not None and one.speaker.name == speaker.name
            if said_it or (named is not None and named.search(around)):
                yield speaker.name


def _find_dated(
    masked: str, places: Sequence[Span], sign: re.Pattern[str], anchor: Anchor
) -> Iterator[tuple[int, When]]:
    """Yield the days of the sentences with a sign of an occasion: full days of the last week."""
    last = day_of(anchor.value)
    for start, end in (sentence for place in places for sentence in _sentences(masked, place)):
        if sign.search(masked[start:end]) is None:
            continue
        for words in find_times(masked, start=start, end=end):
            if words.ahead or words.told or _AHEAD.search(masked[start : words.span.start]):
                continue
            when = resolve_when(words, anchor)
            day = day_of(when.value)
            if day is not None and last is not None and 0 <= (last - day).days <= _NEWS:
                yield start, replace(when, value=day.isoformat(), known="inferred")


def _sentences(masked: str, place: Span) -> Iterator[tuple[int, int]]:
    start = place.start
    for stop in re.finditer(r"(?<=[a-z\d]{2})[.?!](?=\s)", masked[place.start : place.end]):
        yield start, place.start + stop.end()
        start = place.start + stop.end() + 1
    yield start, place.end
