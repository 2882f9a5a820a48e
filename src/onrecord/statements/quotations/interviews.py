"""Interviews and transcripts: lines that open with the speaker's name and a colon.

"OSTREY: The order stands." needs no marks: the layout says whose words these are. One such line may be
anything ("Note: ..."), so a page is read as an interview only where several names take turns.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.statements.quotations.labels import LABEL
from onrecord.types import Span

__all__ = ["Turn", "find_turns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one paragraph of an interview says: the label that names the speaker (None where a paragraph
    goes on with the turn before), the words, and whether the next paragraph goes on with them."""

    label: Span | None
    words: Span
    goes_on: bool = False


_LABEL = re.compile(rf"[\"“'‘]?{LABEL}(?::|(?<=\b[QA])\.)\s+(?=[^\s\"“”«„‘'`])")
_MARKED = re.compile(r"[(\[]|\d[:.]\d\d")
_STOPS = tuple(".?!…")
_NO_NAME = frozenset(
    "address analysis background breaking caption cast comment comments cons context correction cost"
    " credit credits date details director editor exclusive from goals hours how image info ingredients"
    " live location method more note notes opinion phone photo photograph photos picture price prices"
    " pros rating re read related running score scores serves source sources starring subject tel"
    " tickets time to update updated venue verdict video watch web website what when where who why".split()
)
# "(Laughter.)"; "Mr Crane interjecting—" in a parliament's record.
_STAGE = re.compile(r"[\"“]?[(\[][^()\[\]]*[)\]][.\"”]*$|[^.?!:“”\"\n]{1,80}[—–]$")
# A table of results has names and colons too: "Lann: 1,204".
_WORDS = re.compile(r"[^\d\n]*?[^\W\d]+\W+[^\W\d]|[^\W\d]+[^\w\s]*\s*$")
_FEWEST = 3
_MOST_SPEAKERS = 40
_MOST_AROUND = 80  # characters a label may have


def find_turns(text: str, paragraphs: Sequence[Span]) -> dict[int, Turn]:
    """Return the turns of an interview by the place of their paragraph; nothing for any other page.

    Names are given once and then shortened (Vesna Ostrey: ..., then VO: ...). Questions marked Q are the
    outlet's own and are left out.
    """
    labels = {i: m for i, span in enumerate(paragraphs) if (m := _label(text, span)) is not None}
    if sum(_is_capitals(m["who"]) and len(m["who"]) > 3 for m in labels.values()) > len(labels) / 2:
        labels = {i: m for i, m in labels.items() if _is_capitals(m["who"])}
    fuller = {
        short: name for name in dict.fromkeys(m["who"] for m in labels.values()) for short in _short(name)
    }
    who = {i: fuller.get(m["who"].upper(), m["who"]) for i, m in labels.items()}
    names = Counter(who.values())
    if len(labels) < _FEWEST or not 2 <= len(names) <= _MOST_SPEAKERS:
        return {}
    if max(names.values()) < 2 and not _is_record(text, paragraphs, labels):
        return {}
    known = {name for name in names if _names_somebody(name, names, text)}
    places = [i for i in labels if who[i] in known]
    if len({who[i] for i in places}) < 2 or len(places) < _FEWEST:
        return {}
    first, last = places[0], places[-1]
    if len(places) < 0.4 * (last - first + 1):
        return {}
    return dict(_turns(text, paragraphs, {i: labels[i] for i in places}, last))


def _is_record(text: str, paragraphs: Sequence[Span], labels: dict[int, re.Match[str]]) -> bool:
    """Are the labels those of a record, most with a seat, a party or a time beside the name, though nobody
    speaks twice? What they say are sentences; a list of the cast has none."""
    marked = [m for m in labels.values() if m.group().count(" ") and _MARKED.search(m.group())]
    ends = (paragraphs[i].of(text).rstrip()[-1:] for i in labels)
    return len(marked) > len(labels) / 2 and all(end in _STOPS for end in ends)


def _is_capitals(who: str) -> bool:
    """Is the last name in capitals, "Mrs HARGREAVE"?"""
    return who.split()[-1].isupper()


def _short(name: str) -> list[str]:
    """How a later label shortens a full name: VO or OSTREY for Vesna Ostrey."""
    words = name.split()
    return ["".join(w[0] for w in words).upper(), words[-1].upper()] if len(words) > 1 else []


def _label(text: str, span: Span) -> re.Match[str] | None:
    match = _LABEL.match(text, span.start, min(span.end, span.start + _MOST_AROUND + 60))
    if match is None or match.end() - span.start > _MOST_AROUND:
        return None
    return match if _WORDS.match(text, match.end(), min(span.end, match.end() + 200)) else None


def _names_somebody(who: str, names: Counter[str], text: str) -> bool:
    """A label is a name when it is Q or A, or comes again, and is no common word of the page."""
    words = [w.strip(".’'") for w in who.split()]
    if who in ("Q", "A"):
        return names["Q"] > 0 and names["A"] > 0
    if any(w.lower() in _NO_NAME for w in words):
        return False
    if len(words) == 1 and re.search(rf"(?<![\w.]){re.escape(words[0].lower())}\b", text[:_SEEN]):
        return False
    return names[who] > 1 or len(words) > 1 or who.isupper()


_SEEN = 50_000  # characters in which a label is looked for as a common word


def _turns(
    text: str, paragraphs: Sequence[Span], labels: dict[int, re.Match[str]], last: int
) -> list[tuple[int, Turn]]:
    found: list[tuple[int, Turn]] = []
    speaking = False
    for i in range(min(labels), last + 1):
        span = paragraphs[i]
        match = labels.get(i)
        if match is not None:
            speaking = match["who"] != "Q"
            quoted = match.start("who") > match.start()
            start = match.end()
        else:
            quoted = span.start < span.end and text[span.start] in "\"“'‘"
            start = span.start + quoted
        if not speaking or _STAGE.match(text, span.start, span.end) or start >= span.end:
            continue
        end = span.end - (quoted and text[span.end - 1] in "\"”'’")
        label = Span(match.start("who"), match.end("who")) if match is not None else None
        goes_on = i < last and i + 1 not in labels and not _STAGE.match(text, *paragraphs[i + 1])
        if start < end:
            found.append((i, Turn(label=label, words=Span(start, end), goes_on=goes_on)))
    return found
