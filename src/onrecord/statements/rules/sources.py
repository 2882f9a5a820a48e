"""The words that name who spoke: the noun phrase before or after the words of saying.

No tagger: clause borders, a few closed word classes and capital letters. Works on the masked text, so
that nothing inside
quotation marks is taken for a speaker.
"""

import re

from onrecord.statements.lexicon.words import words_of
from onrecord.statements.text.sentences import CLOSE, OPEN, QUOTED
from onrecord.types import Span

__all__ = ["find_source_after", "find_source_before"]

_TOKEN = re.compile(
    rf"[\w](?:[\w.&/]*\w)?(?:['’]\w+)*\.?(?:['’](?=\s|$))?|{OPEN}+|{QUOTED}+|{CLOSE}+|[^\w\s]"
)

# Words between a subject and its verb.
_BETWEEN = words_of("between")
_DAYS = words_of("day")
# Clause words: a subject begins after them.
_CLAUSE = words_of("clause")
_PRONOUNS = words_of("pronoun")
_LEADING = words_of("leading")
_PREPOSITIONS = words_of("preposition")
_INSIDE = words_of("inside_name")
_APPOSED = re.compile(
    r"\s*(?:(?:a|an|the|who|whose|which|of|from|now|then|also|one|his|her|its|their|our|my|another|both|former|head|chief|president|"
    r"chairman|chairwoman|chair|director|executive|spokesman|spokeswoman|spokesperson|minister|mayor|senior|deputy|leader|"
    r"founder|co-founder|author|professor|editor|secretary|general|vice|lead|managing|acting|aged|based|owner|member|resident|"
    r"including|speaking|writing|said to be)\b|\d{1,3}\b|[A-Z][\w.-]*['’]s?\b|[A-Z])"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|could|can|may|might|should|must|has|have|had|did|does|do|said|says|told|became|went|came|took|"
    r"made|got|began|left|won|lost|wrote|added)\b"
)


def find_source_before(masked: str, start: int, end: int) -> Span | None:
    """Return the subject that ends before `end` (where the words of saying begin), not reaching before
    `start`."""
    # A headline's two halves: "Crews leave the dam; minister says ...".
    start = max(start, masked.rfind(";", start, end) + 1)
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(masked, start, end)]
    tokens = _drop_between(tokens)
    if not tokens:
        return None
    if tokens[-1][0].lower() in {"and", "but", "or", "then"}:
        return None
    if tokens[-1][0].lower() in {"who", "which"} and len(tokens) > 1:
        tokens = tokens[:-1]
        if tokens[-1][0] == ",":
            return _antecedent(masked, tokens[:-1])
        return _phrase(masked, tokens)
    if tokens[-1][0] == ",":
        return _apposition(masked, tokens)
    if tokens[-1][0] in {")", "–", "—"}:
        return _parenthesis(masked, tokens)
    return _phrase(masked, tokens)


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
    return _phrase(masked, tokens)


def _drop_between(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Leave out auxiliaries, adverbs and days between the subject and its verb."""
    while tokens:
        word = tokens[-1][0].lower()
        if word in _BETWEEN or (
            word.endswith("ly") and len(word) > 4 and word not in {"family", "assembly", "ally", "italy"}
        ):
            tokens = tokens[:-1]
        elif word.rstrip(".") in _DAYS or re.fullmatch(r"\d{1,2}", word):
            cut = _drop_date(tokens)
            if cut is None:
                return tokens
            tokens = cut
        elif len(tokens) > 1 and word in {"week", "month", "year", "earlier"}:
            tokens = tokens[:-2] if tokens[-2][0].lower() in {"this", "last", "next"} else tokens[:-1]
        else:
            return tokens
    return tokens


_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?$",
    re.IGNORECASE,
)


def _drop_date(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]] | None:
    rest = tokens[:-1]
    if re.fullmatch(r"\d{1,2}", tokens[-1][0]):
        if not rest or not _MONTH.match(rest[-1][0]):
            return None
        rest = rest[:-1]
    while rest and rest[-1][0].lower() in {"on", "late", "early", "last", "this"}:
        rest = rest[:-1]
    return rest or None


def _apposition(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    """Read "Lann, the head of the dam authority, said": the name, the comma and what is told of it."""
    commas = [i for i, t in enumerate(tokens) if t[0] == ","]
    for opened in reversed(commas[:-1]):
        middle = masked[tokens[opened][2] : tokens[-1][1]]
        if not _APPOSED.match(middle):
            return None
        name = _phrase(masked, tokens[:opened])
        if name is None or re.fullmatch(r"\d+", name.of(masked)):
            continue
        if _looks_named(name.of(masked)) or not _FINITE.search(name.of(masked)):
            start = _earlier_name(masked, tokens, name)
            return Span(start, tokens[-1][1])
    # "The mayor of Selm, Ivo Lann, said" without its first comma, or a stray comma before the verb.
    return _phrase(masked, tokens[:-1]) if len(commas) == 1 and len(tokens) <= 12 else None


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
        earlier = _phrase(masked, before[:-1])
        if (
            earlier is not None
            and _looks_named(earlier.of(masked))
            and _FINITE.search(earlier.of(masked)) is None
        ):
            return earlier.start
    return name.start


def _parenthesis(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    opening = {")": "(", "–": "–", "—": "—"}[tokens[-1][0]]
    for i in range(len(tokens) - 2, -1, -1):
        if tokens[i][0] == opening:
            name = _phrase(masked, tokens[:i])
            return Span(name.start, tokens[-1][2] if opening == "(" else tokens[-1][1]) if name else None
    return _phrase(masked, tokens[:-1])


def _phrase(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    """The noun phrase that ends the tokens."""
    if not tokens:
        return None
    last = tokens[-1][0].lower()
    if last in _PRONOUNS - {"its", "his", "her", "their", "who"}:
        return Span(tokens[-1][1], tokens[-1][2])
    first = len(tokens)
    for i in range(len(tokens) - 1, -1, -1):
        word = tokens[i][0]
        low = word.lower()
        if word in ",;:()[]–—…?!" or word[0] in OPEN + CLOSE + QUOTED:
            break
        if low == "and" and _joins(tokens, i):
            first = i
            continue
        if low in _CLAUSE:
            break
        first = i
        if len(tokens) - first > 28:
            return None
    if first > 0 and tokens[first - 1][0].lower() in {"nor", "neither"}:
        return None
    chosen = _strip_leading(tokens[first:])
    if chosen and chosen[0][0].lower() in {"no", "nobody", "none", "neither", "nor"}:
        return None
    if not chosen or chosen[-1][0].lower() in _PREPOSITIONS | {"the", "a", "an", "not", "there", "that"}:
        return None
    chosen = _after_verb(chosen)
    return Span(chosen[0][1], chosen[-1][2]) if chosen else None


def _joins(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """True for "Selm and two neighbours", false for "the talks failed and Lann said"."""
    left: list[str] = []
    for i in range(at - 1, -1, -1):
        word = tokens[i][0]
        if word in ",;:–—" or word[0] in OPEN + CLOSE + QUOTED or word.lower() in _CLAUSE - {"and"}:
            break
        left.insert(0, word)
    lower = [w for w in left if w[0].islower() and w not in _INSIDE]
    right = [t[0] for t in tokens[at + 1 :]]
    named_right = any(w[0].isupper() for w in right)
    if not left or len(left) > 8 or (right[:1] and right[0].lower() in _PRONOUNS):
        return False
    if any(_FINITE.fullmatch(w.lower()) or w.lower().endswith("ed") for w in lower):
        return False
    return (left[0][0].isupper() and len(lower) <= 1) or (len(left) <= 2 and not named_right)


def _strip_leading(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Leave out what opens a sentence before its subject: "But", "On Sept. 30", "In a statement"."""
    while tokens:
        low = tokens[0][0].lower()
        if low in words_of("adjunct"):
            tokens = _after_adjunct(tokens)
        elif _AGO.match(" ".join(token[0] for token in tokens[:_WORDS_OF_AGO]).lower()):
            tokens = tokens[_WORDS_OF_AGO:]
        elif low in _LEADING or low.rstrip(".") in _DAYS:
            tokens = tokens[1:]
        else:
            break
    return tokens


_AGO = re.compile(r"[\w-]+ (?:day|week|month|year|hour|minute)s? (?:ago|earlier|later|before)$")
_WORDS_OF_AGO = len("a week ago".split())


def _after_adjunct(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Skip "On Sept. 30", "In March", "Last week": time words only; of a longer adjunct only what is
    surely left of the subject."""
    i = 1
    while i < len(tokens) and (
        _MONTH.fullmatch(tokens[i][0])
        or tokens[i][0].lower().rstrip(".") in _DAYS
        or re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?", tokens[i][0])
        or (
            tokens[i][0].lower() in {"week", "month", "year", "the", "same", "day", "late", "early"}
            and (
                i + 1 >= len(tokens)
                or tokens[i][0].lower() != "the"
                or tokens[i + 1][0].lower() in {"same", "day", "week"}
            )
        )
    ):
        i += 1
    return tokens[i:]


def _after_verb(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """When a finite verb is inside, the subject begins after it: "the deal is dead Lann"."""
    for i in range(len(tokens) - 1, -1, -1):
        if (
            _FINITE.fullmatch(tokens[i][0])
            and i + 1 < len(tokens)
            and not any(t[0].lower() == "who" for t in tokens[:i])
        ):
            return tokens[i + 1 :]
    return tokens


def _looks_named(words: str) -> bool:
    return re.search(r"[A-Z]", words) is not None


_STOP_AFTER = words_of("stop")


def find_source_after(masked: str, start: int, end: int, *, apposed: bool = True) -> Span | None:
    """Return the noun phrase that begins at `start`: "said Mara Ostrey, a spokeswoman for the ministry".

    `apposed` is False where a comma ends the phrase for sure ("According to the council, the road ...").
    """
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(masked, start, end)]
    if not tokens:
        return None
    low = tokens[0][0].lower()
    if low in _PRONOUNS - {"its", "his", "her", "their", "who"}:
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
    if not chosen or chosen[-1][0].lower() in _PREPOSITIONS | {"the", "a", "an"}:
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
    if after.lower().rstrip(".") in _DAYS or _MONTH.fullmatch(after) or after[0].isdigit():
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
