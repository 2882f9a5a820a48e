"""The words that name who spoke: the noun phrase before or after the words of saying.

No tagger: clause borders, a few closed word classes and capital letters. Works on the masked text, so
that nothing inside
quotation marks is taken for a speaker.
"""

import re

from onrecord.statements.lexicon.words import words_of
from onrecord.statements.rules.source_phrases import (
    DAYS,
    FINITE,
    MONTH,
    PREPOSITIONS,
    PRONOUNS,
    TOKEN,
    drop_between,
    end_phrase,
)
from onrecord.statements.text.sentences import CLOSE, OPEN, QUOTED
from onrecord.types import Span

__all__ = ["find_source_after", "find_source_before"]


_APPOSED = re.compile(
    r"\s*(?:(?:a|an|the|who|whose|which|of|from|now|then|also|one|his|her|its|their|our|my|another|both|former|head|chief|president|"
    r"chairman|chairwoman|chair|director|executive|spokesman|spokeswoman|spokesperson|minister|mayor|senior|deputy|leader|"
    r"founder|co-founder|author|professor|editor|secretary|general|vice|lead|managing|acting|aged|based|owner|member|resident|"
    r"including|speaking|writing|said to be)\b|\d{1,3}\b|[A-Z][\w.-]*['’]s?\b|[A-Z])"
)


def find_source_before(masked: str, start: int, end: int) -> Span | None:
    """Return the subject that ends before `end` (where the words of saying begin), not reaching before
    `start`."""
    # A headline's two halves: "Crews leave the dam; minister says ...".
    start = max(start, masked.rfind(";", start, end) + 1)
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(masked, start, end)]
    tokens = drop_between(tokens)
    if not tokens:
        return None
    if tokens[-1][0].lower() in {"and", "but", "or", "then"}:
        return None
    if tokens[-1][0].lower() in {"who", "which"} and len(tokens) > 1:
        tokens = tokens[:-1]
        if tokens[-1][0] == ",":
            return _antecedent(masked, tokens[:-1])
        return end_phrase(masked, tokens)
    if tokens[-1][0] == ",":
        return _apposition(masked, tokens)
    if tokens[-1][0] in {")", "–", "—"}:
        return _parenthesis(masked, tokens)
    return end_phrase(masked, tokens)


def _antecedent(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    """Whom ", who said" goes back to; a place told of them in between is stepped over ("Lann, from Selm,
    who said")."""
    commas = [i for i, t in enumerate(tokens) if t[0] == ","]
    if (
        commas
        and tokens[commas[-1] + 1 :]
        and tokens[commas[-1] + 1][0].lower() in {"from", "of", "in", "at"}
    ):
        tokens = tokens[: commas[-1]]
    return end_phrase(masked, tokens)


def _apposition(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    """Read "Lann, the head of the dam authority, said": the name, the comma and what is told of it."""
    commas = [i for i, t in enumerate(tokens) if t[0] == ","]
    for opened in reversed(commas[:-1]):
        middle = masked[tokens[opened][2] : tokens[-1][1]]
        if not _APPOSED.match(middle):
            return None
        name = end_phrase(masked, tokens[:opened])
        if name is None or re.fullmatch(r"\d+", name.of(masked)):
            continue
        if _looks_named(name.of(masked)) or not FINITE.search(name.of(masked)):
            start = _earlier_name(masked, tokens, name)
            return Span(start, tokens[-1][1])
    # "The mayor of Selm, Ivo Lann, said" without its first comma, or a stray comma before the verb.
    return end_phrase(masked, tokens[:-1]) if len(commas) == 1 and len(tokens) <= 12 else None


def _earlier_name(masked: str, tokens: list[tuple[str, int, int]], name: Span) -> int:
    """Where a name stands before two things told of it: "Lann, the governor of Selm, the town by the dam,
    said"."""
    before = [t for t in tokens if t[2] <= name.start]
    placed = len(before) > 1 and before[-1][0].lower() in {"from", "of", "in"} and before[-2][0] == ","
    if placed:
        before = before[:-1]
    told = re.match(
        r"(?:the|a|an|director|head|chief|who|former|vice|deputy|president|minister|spokes\w+|professor)\b|\d",
        name.of(masked),
        re.IGNORECASE,
    )
    if before and before[-1][0] == "," and (placed or told):
        earlier = end_phrase(masked, before[:-1])
        if (
            earlier is not None
            and _looks_named(earlier.of(masked))
            and FINITE.search(earlier.of(masked)) is None
        ):
            return earlier.start
    return name.start


def _parenthesis(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    opening = {")": "(", "–": "–", "—": "—"}[tokens[-1][0]]
    for i in range(len(tokens) - 2, -1, -1):
        if tokens[i][0] == opening:
            name = end_phrase(masked, tokens[:i])
            return Span(name.start, tokens[-1][2] if opening == "(" else tokens[-1][1]) if name else None
    return end_phrase(masked, tokens[:-1])


def _looks_named(words: str) -> bool:
    return re.search(r"[A-Z]", words) is not None


_STOP_AFTER = words_of("stop")


def find_source_after(masked: str, start: int, end: int, *, apposed: bool = True) -> Span | None:
    """Return the noun phrase that begins at `start`: "said Mara Ostrey, a spokeswoman for the ministry".

    `apposed` is False where a comma ends the phrase for sure ("According to the council, the road ...").
    """
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(masked, start, end)]
    if not tokens:
        return None
    low = tokens[0][0].lower()
    if low in PRONOUNS - {"its", "his", "her", "their", "who"}:
        return Span(tokens[0][1], tokens[0][2])
    i = 0
    while i < len(tokens):
        word = tokens[i][0]
        low = word.lower()
        if word in ",;:()[]–—?!" or word == "." or word[0] in OPEN + CLOSE + QUOTED:
            break
        if low == "and":
            if (
                i == 0
                or i + 1 >= len(tokens)
                or not (tokens[i + 1][0][0].isupper() or tokens[i + 1][0] in {"the", "other"})
            ):
                break
        elif low in _STOP_AFTER and i > 0 and not _place_of_name(tokens, i):
            break
        elif low in _STOP_AFTER and i == 0:
            return None
        i += 1
    chosen = tokens[:i]
    if not chosen or chosen[-1][0].lower() in PREPOSITIONS | {"the", "a", "an"}:
        return None
    stop = _with_apposition(masked, tokens, i) if apposed else None
    finish = chosen[-1][2]
    if masked[finish - 1] == "." and not re.search(
        r"\b(?:[A-Z]|Jr|Sr|Inc|Corp|Ltd|Co|No)\.$", masked[:finish]
    ):
        finish -= 1
    return Span(chosen[0][1], stop if stop is not None else finish)


def _place_of_name(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """True where "at" or "on" belongs to the name: "professor at Selm University", "committee on water"."""
    if tokens[at][0].lower() not in {"at", "on", "in"} or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1][0]
    if after.lower().rstrip(".") in DAYS or MONTH.fullmatch(after) or after[0].isdigit():
        return False
    head = tokens[at - 1][0].lower()
    if after in {"the", "a"} and all(t[0].islower() for t in tokens[1:at]) and tokens[0][0].islower():
        return True
    return head in words_of("at_place")


def _with_apposition(masked: str, tokens: list[tuple[str, int, int]], at: int) -> int | None:
    """The end of ", a spokeswoman for the ministry" when it closes with a comma or the sentence."""
    if at >= len(tokens) or tokens[at][0] != "," or at + 1 >= len(tokens):
        return None
    rest = masked[tokens[at][2] : tokens[-1][2]]
    if not _APPOSED.match(rest) or re.match(r"\s*(?:which|including|speaking|writing|adding|saying)\b", rest):
        return None
    for i in range(at + 1, len(tokens)):
        word = tokens[i][0]
        if word in ",;:" or word[0] in OPEN + CLOSE or (word == "." and i == len(tokens) - 1):
            return tokens[i][1]
        if i - at > 22:
            return None
    finish = tokens[-1][2]
    return finish - 1 if masked[finish - 1] in ".!?" else finish
