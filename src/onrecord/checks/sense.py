"""Words that turn the sense: what a cut quotation must not leave out unsaid. Pure.

A quotation can be true to every word and still say the opposite: "I don't think" cut off before it, "only if
it rains" cut off behind it, a "not" left out between. Whatever is near enough to turn it is named; that it
does turn it is for the reader to judge.
"""

import re
from collections.abc import Sequence
from functools import cache

from onrecord.checks.words import Word
from onrecord.wordlists import read_list

__all__ = ["find_before", "find_behind", "has_turning", "turning_in"]

_FILE = "turning_words.tsv"
_BEFORE = 8  # words: "I do not think that any of us believes"
_BEHIND = 4
_BEHIND_BUT = 8  # words of a clause that takes something back
_CLAUSE = re.compile(r"[.;:!?…—–]|\s-\s|,")
_SENTENCE = re.compile(r"[.!?…]")
_LETTER = re.compile(r"[^\W_]")
_ANDS = frozenset("and or so then because but yet while".split())
_BE = frozenset("is was are were would be being been".split())


def has_turning(words: Sequence[Word]) -> bool:
    """Say whether words hold one that says no or makes what it stands with hang on something."""
    return any(word.key in _kinds("no", "if") for word in words)


def turning_in(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return those of the words that turn a sense wherever they are put in or left out."""
    return tuple(word for word in words if word.key in _kinds("no", "if", "doubt", "undo"))


def find_before(text: str, words: Sequence[Word], first: int, *, told: bool = False) -> tuple[Word, ...]:
    """Return the words right before the one numbered `first`, from one that turns its clause; () for none.

    `words` are a paragraph's, or with `told` a statement's own: there "Brandt says it is safe" turns, too,
    since then it is Brandt who says so. "No, it is safe" says no to something else; "If it rains, it is safe"
    does not.
    """
    found: int | None = None
    for at in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        gap = _gap(text, words, at + 1)
        if _CLAUSE.search(gap):
            opening = _opening(text, words, at)
            if "," in gap and not _SENTENCE.search(gap) and _opens_other(words, opening, told):
                found = opening
            break
        others = told and (_tells(words, at) or _is_opinion(words, at, first))
        if words[at].key in _kinds("no", "if", "doubt") or _is_in_case(words, at) or others:
            found = at
        if words[at].key in _ANDS:
            break
    if found is None:
        return ()
    # "I do not": who says no is told with it.
    while found > 0 and first - found < _BEFORE and not _CLAUSE.search(_gap(text, words, found)):
        found -= 1
    return tuple(words[found:first])


def find_behind(text: str, words: Sequence[Word], last: int, *, told: bool = False) -> tuple[Word, ...]:
    """Return the words right behind the one before `last`, up to one that turns its clause; () for none.

    With `told` the words are a statement's own: there "so they say" and "according to Brandt" turn, too.
    """
    if last >= len(words):
        return ()
    gap = _gap(text, words, last)
    keys = [word.key for word in words[last : last + _BEHIND + 1]]
    # “We sell. Just kidding.” takes it back, whatever stands between.
    if "\n" not in gap and any(key in _kinds("jest") for key in keys[:_BEHIND]):
        return tuple(words[last : _clause_end(text, words, last)])
    if not _SENTENCE.search(gap) and _is_conditional(keys):
        return tuple(words[last : _clause_end(text, words, last)])
    if told and "," in gap and not _SENTENCE.search(gap) and _tells_behind(keys):
        return tuple(words[last : _clause_end(text, words, last)])
    if told and not _SENTENCE.search(gap) and tuple(keys[:2]) == ("according", "to"):
        return tuple(words[last : _clause_end(text, words, last)])
    # “We sell? Never.” is an answer to one's own question.
    answers = "?" in gap and words[last].key in _kinds("no", "undo")
    answers = answers or ("?" in gap and any(key in _kinds("no", "undo", "doubt") for key in keys[:4]))
    if answers:
        return tuple(words[last : _clause_end(text, words, last)])
    if _SENTENCE.search(gap) and words[last].key not in ("not", "unless", "except", "only"):
        return ()
    reach = _BEHIND
    if words[last].key in _kinds("but"):
        reach = _BEHIND_BUT
    elif _CLAUSE.search(gap) or words[last].key in _ANDS:
        return ()
    for at in range(last, min(len(words), last + reach)):
        if at > last and _SENTENCE.search(_gap(text, words, at)):
            break
        if at > last and reach == _BEHIND and (_CLAUSE.search(_gap(text, words, at))):
            break
        turns = words[at].key in _kinds("no", "if")
        undone = words[at].key in _kinds("undo") and any(one.key in _BE for one in words[last:at])
        if turns or undone:
            return tuple(words[last : _clause_end(text, words, at)])
    return ()


def _is_in_case(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at].key == "case" and words[at - 1].key == "in"


def _is_opinion(words: Sequence[Word], at: int, first: int) -> bool:
    """Say whether a word opens what is thought or claimed: "the idea that", "in the opinion of"."""
    return at + 1 < first and words[at].key in _OPINIONS and words[at + 1].key in ("that", "of")


_OPINIONS = frozenset("idea notion claim allegation suggestion rumour rumor view opinion belief myth".split())


def _opens_other(words: Sequence[Word], at: int, told: bool) -> bool:
    """Say whether a clause before a comma makes what follows hang on something, or another's."""
    keys = [word.key for word in words[at : at + 4]]
    others = told and (
        keys[:2] == ["according", "to"] or ((keys[:1] == ["in"] and "opinion" in keys) or "view" in keys[:4])
    )
    return keys[0] in _kinds("if") or keys[:2] == ["in", "case"] or others


def _is_conditional(keys: Sequence[str]) -> bool:
    """Say whether words hang on something: "as long as it rains", "in case", "over my dead body"."""
    return any(tuple(keys[: len(phrase)]) == phrase for phrase in _CONDITIONS)


_CONDITIONS = tuple(
    tuple(phrase.split())
    for phrase in (
        "as long as",
        "so long as",
        "in case",
        "on condition",
        "on the condition",
        "in the event",
        "over my dead body",
    )
)


def _tells_behind(keys: Sequence[str]) -> bool:
    """Say whether a clause behind a comma tells whose words they are: “We sell, they say.”"""
    return any(key in _saying() and keys[0] not in ("i", "we", "and", "but") for key in keys[1:3])


def _tells(words: Sequence[Word], at: int) -> bool:
    """Say whether a word tells that somebody else says or thinks so.

    "I say" and "I can tell you" are the speaker's own, and "having said" tells of no other.
    """
    before = [word.key for word in words[max(0, at - 2) : at]]
    own = {"i", "we", "having"} & set(before)
    return bool(before) and words[at].key in _saying() and not own


@cache
def _saying() -> frozenset[str]:
    """Return the words that put what follows into somebody else's mouth or mind."""
    return _kinds("told")


def _opening(text: str, words: Sequence[Word], at: int) -> int:
    """Return the number of the word that opens the clause in which a word stands."""
    while at > 0 and not _CLAUSE.search(_gap(text, words, at)):
        at -= 1
    return at


def _clause_end(text: str, words: Sequence[Word], at: int) -> int:
    end = at + 1
    while end < len(words) and end - at < _BEHIND_BUT and not _CLAUSE.search(_gap(text, words, end)):
        end += 1
    return end


def _gap(text: str, words: Sequence[Word], at: int) -> str:
    """Return the signs between a word and the one before it; of a cue in the middle only that it ends there.

    “I don’t think,” she said, “it is safe”: the comma before the cue is the page's.
    """
    gap = text[words[at - 1].end : words[at].start]
    if _LETTER.search(gap):
        return "." if _SENTENCE.search(gap) else " "
    return gap


@cache
def _kinds(*kinds: str) -> frozenset[str]:
    return frozenset(row[0] for row in read_list(_FILE) if row[1] in kinds)
