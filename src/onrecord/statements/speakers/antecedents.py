"""From the words at the saying ("he", "the ministry") to the fullest name that the page prints.

Reads the statements in order and remembers who spoke and who was named last, since that is what a pronoun
means. Where the page does not settle it, the words as printed stay: an honest unknown beats a guess.
"""

import re
from collections.abc import Sequence

from onrecord.statements.lexicon.kinds import is_place, pronoun_of, word_is
from onrecord.statements.speakers.bodies import is_outlet, resolve_body, resolve_issuer, resolve_it
from onrecord.statements.speakers.mentions import Mentions, Words
from onrecord.statements.speakers.persons import (
    may_be_anybody,
    resolve_called,
    resolve_he,
    resolve_known,
    resolve_named,
    resolve_reporter,
    resolve_role,
    resolve_spokesman,
    resolve_surname,
    resolve_they,
    resolve_unnamed,
    resolve_who,
    speaks_for_person,
)
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.noun_phrases import parse_named, trim_told
from onrecord.types import Span, Speaker

__all__ = ["SpeakerReader"]


_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_PRONOUNS = {
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "who",
    *_OWNERS,
    *"that this these those".split(),
    "",
}


class SpeakerReader:
    """Resolves the sources of one page in reading order; holds what was said so far."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.mentions = Mentions(roster)

    def read(self, masked: str, sentence: Span) -> None:
        """Note whom a sentence names, before its sources are resolved."""
        self.mentions.read(masked, sentence, self._subject)

    def resolve(
        self, source: Span, *, said: Sequence[Span] = (), passive: bool = False, cue: str = ""
    ) -> Speaker | None:
        """Return who the source words name; None for a pronoun that the page does not settle.

        Words that name nobody else stay as printed. `said` is what they said: whom it names is hardly who
        says it. The agent of a passive ("denounced by the council") is not what a later pronoun means. `cue`
        are the words of saying: who asks is not who replies.
        """
        phrase = re.sub(r"\s+", " ", source.of(self.roster.text))
        found = [self._one(part, source, said, cue, remember=not passive) for part in _joint(phrase)]
        speakers = [speaker for speaker in found if speaker is not None]
        if len(speakers) < 2:
            return speakers[0] if speakers else None
        kinds = {s.type for s in speakers}
        chain = (source, *(span for s in speakers for span in s.mentions[1:]))
        return Speaker(
            name="; ".join(s.name for s in speakers),
            type=speakers[0].type if len(kinds) == 1 else "group",
            mentions=tuple(dict.fromkeys(chain)),
        )

    def latest(self) -> Speaker | None:
        """Return whoever spoke last or was last what a sentence was about."""
        latest = self.mentions.latest()
        return latest.speaker if latest is not None else None

    def _subject(self, phrase: str, at: Span) -> Speaker | None:
        """Whom the subject of a sentence means that nobody says anything in."""
        return self._resolve(Words(phrase=phrase, named=parse_named(phrase), span=at))

    def _one(
        self, phrase: str, source: Span, said: Sequence[Span], cue: str, *, remember: bool
    ) -> Speaker | None:
        words = Words(
            phrase=phrase,
            named=parse_named(phrase),
            span=source,
            said=tuple(said),
            answers=_ANSWERS.match(cue) is not None,
        )
        speaker = self._resolve(words)
        if speaker is None:
            if words.named.head in _PRONOUNS:
                return None
            speaker = Speaker(name=_plain(trim_told(phrase)), type="unnamed", mentions=(source,))
        if remember:
            doubtful = words.named.type == "person" and words.named.name == speaker.name
            self.mentions.add(
                source,
                speaker,
                "spoke",
                self._pronoun(speaker, phrase),
                doubtful=doubtful and self._in_doubt(speaker),
                asked=_ASKS.match(cue) is not None,
            )
        return speaker

    def _in_doubt(self, speaker: Speaker) -> bool:
        """A lone capital word that nothing tells of may be a person or a firm."""
        lone = " " not in speaker.name and speaker.role is None
        return lone and self.roster.by_surname(speaker.name) is None

    def _pronoun(self, speaker: Speaker, phrase: str) -> str | None:
        told = pronoun_of(speaker.role or "")
        if speaker.type in {"institution", "group"}:
            return told
        return self.roster.pronouns.get(speaker.name) or pronoun_of(phrase) or told

    def _resolve(self, words: Words) -> Speaker | None:
        """The one question of this module, by what kind of words they are."""
        mentions, named = self.mentions, words.named
        match _OWNERS.get(named.head, named.head):
            case "he" | "she" as pronoun:
                return resolve_he(mentions, words, pronoun)
            case "it":
                return resolve_it(mentions, words)
            case "they":
                return resolve_they(mentions, words)
            case "who":
                return resolve_who(mentions, words)
            case head if head in _PRONOUNS:
                return None
            case _:
                pass
        if words.phrase.lower().startswith("our "):
            return resolve_reporter(mentions, words)
        if named.type == "person" and named.role is None and named.name in self.roster.body_names:
            return resolve_body(mentions, words)
        surname = resolve_surname(mentions, words)
        if surname is not None:
            return surname
        if named.type == "person":
            return resolve_role(mentions, words) if named.name is None else resolve_named(mentions, words)
        if may_be_anybody(words):
            return resolve_called(mentions, words) or resolve_unnamed(mentions, words)
        return self._resolve_body(words)

    def _resolve_body(self, words: Words) -> Speaker | None:
        mentions, named = self.mentions, words.named
        if word_is(named.head, "document") and not is_outlet(named.head):
            issuer = resolve_issuer(mentions, words)
            if issuer is not None or named.type != "institution":
                return issuer
        if named.type == "institution" or is_outlet(named.head):
            if speaks_for_person(mentions, words):
                return resolve_unnamed(mentions, words)
            person = resolve_known(mentions, words) or resolve_spokesman(mentions, words)
            return person or resolve_body(mentions, words)
        return resolve_unnamed(mentions, words)


_ASKS = re.compile(r"(?:ask|inquir|enquir|wonder|demand)", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:repl(?:y|ie)|answer|respond|retort)", re.IGNORECASE)


def _joint(phrase: str) -> list[str]:
    """Take "Selm and two neighbours" for two speakers, "the allies, including Lann and Ostrey" for three;
    one name with "and" inside stays one."""
    whole, _, some = phrase.partition(", including ")
    if some:
        return [whole, *re.split(r",\s+(?:and\s+)?|\s+and\s+", some)]
    called, _, names = phrase.partition(", ")
    if word_is(parse_named(called).head, "many") and _TWO_NAMES.fullmatch(names):
        return re.split(r"\s+and\s+", names)
    parts = re.split(r"\s+and\s+|,\s+and\s+", phrase)
    if len(parts) != 2 or "," in parts[0]:
        return [phrase]
    left, right = (parse_named(p) for p in parts)
    if left.type == "unnamed" and not any(word_is(left.head, kind) for kind in _NOUNS):
        return [phrase]  # "political and military leaders"
    if not left.name or not right.name:
        return [phrase]
    if (
        left.type == "institution"
        and right.type == "institution"
        and not (is_place(left.name) or is_place(right.name))
    ):
        capitals = [w for w in parts[0].split() if w[0].isupper()]
        if not word_is(left.head, "body") or (
            word_is(left.head, "body") and re.search(r"\b(?:of|for)\b", parts[0]) and len(capitals) < 3
        ):
            return [phrase]
    return parts


_NOUNS = ("many", "role", "body", "document")
# Two of whom both are called "the two leading senators".
_TWO_NAMES = re.compile(r"(?:[A-Z][\w.’'-]*\s+)+and(?:\s+[A-Z][\w.’'-]*)+")


def _plain(phrase: str) -> str:
    return re.sub(r"^(?:the)\s+", "", phrase.strip(" ,"), flags=re.IGNORECASE)
