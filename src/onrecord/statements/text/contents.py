"""Where the words that were said begin and end, after the words of saying or before them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.statements.text.sentences import OPEN, QUOTED
from onrecord.types import Span
from onrecord.wordlists import read_list

__all__ = [
    "After",
    "find_content_after",
    "only_adjuncts",
    "says_something",
    "skip_adjuncts",
    "trim_content",
]

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan(?:uary|\.)|feb(?:ruary|\.)|mar(?:ch|\.)|apr(?:il|\.)|may|june?|july?|aug(?:ust|\.)"
    r"|sept?(?:ember|\.)|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.))"
)
_TIME = rf"""(?:(?:on|in|late|early|later|earlier|last|this|by)\s+){{0,3}}
    (?:{_DAY}|{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|(?:in\s+){_MONTH}|today|yesterday|tonight|(?:last|this|earlier\s+this)\s+(?:week|month|year)|
    (?:the\s+)?(?:same|following|previous|next)\s+day|in\s+\d{{4}}|at\s+the\s+time|at\s+the\s+weekend|over\s+the\s+weekend|then|afterwards|later|also|again)
    (?:\s+(?:morning|afternoon|evening|night|local\s+time|afternoon))?"""
_MEDIUM = r"""(?:in|on|via|through|at|during|after|from|by|following)\s+
    (?:a|an|the|his|her|its|their|this|that|another|social|state|national|live)?\s*
    [^,;:“"\ue000-\ue002]{0,45}?
    (?:statements?|interviews?|speech|posts?|tweets?|letters?|e-?mails?|address|reports?|briefings?|videos?|messages?|conference|calls?|release|remarks|blog|
    articles?|filing|memo|documents?|affidavit|ruling|opinion|press|phone|telephone|twitter|facebook|telegram|television|tv|radio|meeting|hearing|testimony|event|
    rally|ceremony|debate|summit|court|media|visit|session|website|podcast|X)\b"""
_ADJUNCT = re.compile(rf"\s*,?\s*(?:{_TIME}|{_MEDIUM})(?![\w-])", re.IGNORECASE | re.VERBOSE)
_PHRASE = re.compile(
    rf"\s*,?\s*(?!(?:at\s+(?:least|most)|about\s+\d|in\s+fact)\b)"
    rf"(?:at|during|after|before|to|from|by|as|when|while|of|in|on|with|without|about|speaking|referring|following|through|outside|near|ahead)\b"
    rf"[^;:{OPEN}]{{0,110}}?(?=\s*(?:,\s*)?(?:\bthat\b|:\s|{OPEN})|\s*[.!?]?\s*$)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|could|can|may|might|should|must|has|have|had|did|does|do|became|went|came|took|made|got|left|won|lost|\w{3,}ed)\b"
)
_PEOPLE = (
    "reporters|journalists|parliament|lawmakers|legislators|police|media|radio|television|agency|newspaper|conference|supporters|court|investigators|officials|"
    "audience|crowd|voters|residents|viewers|nation|committee|council|magazine|programme|program|show|channel|newsroom|network|outlet|website|colleagues|"
    "lawyers|jurors|judge|congress|senate|senators|ministers|leaders|staff|students|fans|party|meeting|briefing|people|press|mps|lords|assembly|hearing|group|rally|publication|podcast|inquest|inquiry|coroner|magistrates|tribunal"
)
# "told her colleagues in cabinet that ..." was not told to her.
_NO_OWNER = (
    rf"(?!\s+(?:[\w’'-]+\s+){{0,2}}?(?:{_PEOPLE})\b)"
    r"(?!\s+(?!(?:yesterday|today|tonight|again|later|then|once|twice|also|it|he|she|they|we|you|this|there|\w+ly)\b)"
    r"[a-z]+\s+that\b)"
)
_ADDRESSEE = re.compile(
    rf"""\s*(?:
      (?:him|her{_NO_OWNER}|them|us|me|you|it|everyone|anyone)\b
    | (?:the|a|an|his|her|its|their|our|my|local|state|fellow|cheering)?\s*(?:[\w.&’'-]+\s+){{0,5}}?
      (?:{_PEOPLE})\b(?:\s+(?:(?:in|at)\s+(?:the\s+)?)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*(?=\s+(?:that|on|in)\b|\s*[,:.]))?
    | (?!(?:the|of|and)\s+[a-z])(?:[Tt]he\s+|[Aa]\s+)?(?:[A-Z][\w.&’'-]*|\bof\b|\band\b|\bthe\b)
      (?:\s+(?:[A-Z][\w.&’'-]*|of|and|the|&))*?(?:['’]s(?:\s+[A-Z][\w.-]*)*)?(?=\s+[a-z]+\b|\s*[,:.]|\s*{OPEN}|\s*$)
    | (?:the|a|an|his|her|its|their|our|my|one)\s+\w+
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What follows the words of saying: where the content begins (None when nothing is said after) and to
    whom it was said."""

    start: int | None
    addressee: Span | None = None
    that: bool = False
    quoted: bool = False


def find_content_after(masked: str, start: int, end: int, *, addressee: bool) -> After:
    """Skip to whom, when and where it was said, to the first word of what was said."""
    at = start
    to: Span | None = None
    if addressee:
        match = _ADDRESSEE.match(masked, at, end)
        if match is not None:
            to = _trim_space(masked, Span(*match.span()))
            at = match.end()
        if re.match(r"\s+to\s+\w", masked[at:end]):
            # "Told the crews to leave" says nothing of theirs; "told them to leave: “Now!”" does.
            words = _ORDER.match(masked, at, end)
            return After(start=words.end() if words else None, addressee=to, quoted=words is not None)
    elif (
        match := re.compile(
            r"\s+to\s+(?:the\s+)?(?:\w+\s+)?(?:reporters|journalists|parliament|lawmakers|police|(?:[A-Z][\w.&-]*))(?=\s+(?:that|on|in)\b|\s*[,:.])"
        ).match(masked, at, end)
    ) is not None:
        to = _trim_space(masked, Span(match.start() + len(" to "), match.end()))
        at = match.end()
    at = skip_adjuncts(masked, at, end)
    if not _says_that(masked, at, end):
        match = _PHRASE.match(masked, at, end)
        if match is not None and (
            _says_that(masked, match.end(), end) or _FINITE.search(match.group()) is None
        ):
            at = match.end()
    return _begin(masked, at, end, to)


_ORDER = re.compile(rf"\s+to\s+[^.;:{OPEN}]{{3,120}}:\s*(?={OPEN})")


def _says_that(masked: str, at: int, end: int) -> bool:
    return re.match(rf"\s*(?:,\s*)?(?:that\b|:|{OPEN})", masked[at:end]) is not None


def _begin(masked: str, at: int, end: int, to: Span | None) -> After:
    rest = masked[at:end]
    that = re.match(r"\s*,?\s*that\b(?!\s+(?:is|was|would|will)\b)\s*,?\s*", rest)
    if that is not None:
        return After(
            start=at + that.end(), addressee=to, that=True, quoted=rest[that.end() :].startswith(OPEN)
        )
    quoted = re.match(rf"\s*[,:–—]?\s*(?:\.\.\.|…)?\s*(?={OPEN})", rest)
    if quoted is not None:
        return After(start=at + quoted.end(), addressee=to, quoted=True)
    colon = re.match(r"\s*:\s*(?=\w)", rest)
    if colon is not None:
        return After(start=at + colon.end(), addressee=to, that=True)
    if re.match(r"\s*(?:,|;|\.|\)|–|—|$)", rest):
        return After(start=None, addressee=to)
    space = re.match(r"\s*", rest)
    return After(start=at + (space.end() if space else 0), addressee=to)


def skip_adjuncts(masked: str, start: int, end: int) -> int:
    """Return the place after the words of when and in what: "on Tuesday", "in a statement"."""
    at = start
    while (match := _ADJUNCT.match(masked, at, end)) is not None:
        at = match.end()
    return at


def only_adjuncts(masked: str, start: int, end: int) -> bool:
    """True when nothing but when, where and to whom follows: "he said on Friday in a statement."."""
    at = start
    for _ in range(5):
        if re.match(r"[\s.,!?]*$", masked[at:end]):
            return True
        match = _ADJUNCT.match(masked, at, end) or _LOOSE.match(masked, at, end)
        if match is None:
            return False
        at = match.end()
    return re.match(r"[\s.,!?]*$", masked[at:end]) is not None


_LOOSE = re.compile(
    rf"(?:\s*,?\s*(?:at|during|after|before|to|from|by|as|when|while|of|in|on|with|without|about|speaking|referring|following|through|outside|ahead|amid|"
    rf"reporters|citing|where|because|although|though|despite|under|since)\b|\s*,\s*(?:who|which|whose|a|an|the|one)\b)[^{OPEN}{QUOTED}]*$",
    re.IGNORECASE,
)


def trim_content(text: str, start: int, end: int) -> Span:
    """Leave out white space, the final stop outside quotation marks, and commas and dashes at the edges."""
    while start < end and (text[start].isspace() or text[start] in ",;:–—-"):
        start += 1
    while end > start and (
        text[end - 1].isspace() or (text[end - 1] in ",;:–—-." and not _abbreviated(text, start, end))
    ):
        end -= 1
    return Span(start, end)


def says_something(masked: str, content: Iterable[Span]) -> bool:
    """Tell whether a content says anything: it has a word beside "the" and "of", is a whole short clause
    ("she would not") or stands for what was said before ("denied that"). Any word that the page prints in
    quotation marks was said: “No.”"""
    words = [word for part in content for word in re.findall(r"[\w\ue000’']+", part.of(masked))]
    if any(word.lower() not in _small_words() for word in words):
        return True
    answer = " ".join(words).lower()
    return answer in _ANSWERS or _SHORT_CLAUSE.fullmatch(answer) is not None


# "The council denied that": what stands for words before it, or answers in one.
_ANSWERS = frozenset({"it", "this", "that", "no", "yes"})


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row[1] for row in read_list("stop_words.tsv") if row[0] == "en")


# What answers a question and leaves out what it was: "he would", "it was not".
_SHORT_CLAUSE = re.compile(
    r"(?:he|she|it|they|we|I|you|there|this|that)\s+(?:\w+\s+)?"
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|should|must)"
    r"(?:\s+(?:not|so|been|be|one))*",
    re.IGNORECASE,
)


def _abbreviated(text: str, start: int, end: int) -> bool:
    return (
        text[end - 1] == "."
        and re.search(r"\b(?:[A-Z]\.[A-Z]|[ap]\.m|Inc|Corp|Ltd|Co|Jr|Sr)\.$", text[max(start, end - 8) : end])
        is not None
    )


def _trim_space(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end - 1 if end > start and text[end - 1] == "." else end)
