"""Speakers that only what comes later tells: a heading made of somebody's words, and an unnamed source who
is named after all.

“It was only locked” above a paragraph is Dorvik's when she says these words further down; "a resident said
..." is Piet Aldous where the next sentence goes on: “...,” Piet Aldous said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.statements.lexicon.kinds import word_is
from onrecord.statements.rules.attribution import Said
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.types import Span, Speaker

__all__ = ["name_later"]

_LONGEST_HEADING = 80  # characters
_FEWEST_WORDS = 2
_MOST_ECHOES = 200  # statements looked through for one heading
# Those who bring in others by their office are not who is quoted next.
_IN_OFFICE = frozenset(
    "official source officer minister judge spokesman spokeswoman spokesperson representative aide diplomat"
    " lawmaker member adviser advisor prosecutor executive".split()
)
_FULL_STOP = re.compile(r"[.,!?;:…]\W*$")
_UNNAMED_ONE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
_FULL_NAME = re.compile(r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,3}$")


def name_later(text: str, roster: Roster, found: Sequence[Said]) -> list[Said]:
    """Return the statements with the speakers that later ones tell."""
    named = list(_name_unnamed(text, roster, found))
    heard = [(_words(text, one), one.speaker) for one in named if one.what.cue][:_MOST_ECHOES]
    return [_name_heading(text, one, heard) for one in named]


def _name_heading(text: str, one: Said, heard: Sequence[tuple[str, Speaker | None]]) -> Said:
    """A quotation alone on its line, without a stop, is a heading: whose words it has, else nobody's."""
    if one.what.cue or one.what.source is not None or not one.what.content:
        return one
    if one.paragraph.role != "headline" and not _is_heading(text, one.what.content[0]):
        return one
    words = _words(text, one)
    enough = words.count(" ") > _FEWEST_WORDS
    return replace(one, speaker=next((who for said, who in heard if enough and words in said), None))


def _is_heading(text: str, content: Span) -> bool:
    """Does a quotation without a stop fill a short line?"""
    start = text.rfind("\n", 0, content.start) + 1
    end = text.find("\n", content.end)
    line = text[start : end if end >= 0 else len(text)].strip()
    return len(line) <= min(_LONGEST_HEADING, content.end - content.start + 4) and not _FULL_STOP.search(line)


def _words(text: str, one: Said) -> str:
    """The words said, in lower case with a space around each, so that one can be looked for in another."""
    words = re.findall(r"\w+", " ".join(part.of(text) for part in one.what.content).casefold())
    return f" {' '.join(words)} "


def _name_unnamed(text: str, roster: Roster, found: Sequence[Said]) -> Iterator[Said]:
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if following is not None and _goes_on(text, roster, one, following) and following.speaker is not None:
            mentions = (*(one.speaker.mentions if one.speaker else ()), *following.speaker.mentions)
            yield replace(one, speaker=replace(following.speaker, mentions=tuple(dict.fromkeys(mentions))))
        else:
            yield one


def _goes_on(text: str, roster: Roster, one: Said, following: Said) -> bool:
    """Is the one whose full name comes next, for the first time and with nothing told of them, the unnamed
    source of the sentence before? A page tells who it brings in; it has done so here."""
    if one.speaker is None or one.speaker.type != "unnamed" or one.what.source is None:
        return False
    source, name = one.what.source.of(text), following.what.source
    head = parse_named(source).head
    if not _UNNAMED_ONE.match(source) or not word_is(head, "role") or head in _IN_OFFICE or name is None:
        return False
    who = following.speaker
    if who is None or who.type != "person" or who.role is not None or not _FULL_NAME.match(name.of(text)):
        return False
    begins = min(part.start for part in (name, *following.what.content))
    first = next((span for span, person in roster.mentions if person.name == who.name), None)
    near = one.sentence.end <= begins and not text[one.sentence.end : begins].strip(" \n“\"'`‘")
    return near and first is not None and first.start <= name.start < first.end
