"""Do a headline and a passage of the body say yes or no alike?

A headline that gives somebody's denial needs a denial in the body, and one that gives a plain yes has no
support in a "not". Only the clause that has the headline's words is asked: a "not" elsewhere in a long
sentence is about something else. Where the sense is turned twice, or in other ways than by "not" ("failed
to"), it is left open.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal

from onrecord.wordlists import read_list

__all__ = ["Agreement", "agree_on_no", "count_noes", "denies", "is_plain", "is_rejection", "no_before"]

Agreement = Literal["alike", "opposed", "unclear"]

_CLAUSE = re.compile(
    r"[,;:.!?](?=\s|$)|\s[–—-]+\s|\s(?:but|because|although|though|while|whereas|when|if|who|which|whose)\s"
    r"|\sthat\s(?=(?:no|nobody|none|never)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"n[’']t\b|[^\W_]+?(?=n[’']t\b)|[^\W_]+", re.IGNORECASE)
_LAST = 3  # words before a quotation
_HALF = 0.5
_NEAR = 4  # words after "rejects" in which what is claimed stands: "rejects the wild claims that"


def agree_on_no(
    claim: str, passage: str, share: Callable[[str], float], *, denied: bool = False, reported: bool = False
) -> Agreement:
    """Tell whether a claim and the clause of a passage that has most of its words say yes or no alike.

    `share` tells how much of the claim's words a text has; `denied` that the headline gives the claim as
    denied, `reported` that the body gives the passage so.
    """
    clauses = [clause for clause in _CLAUSE.split(passage) if clause]
    rated = [(share(clause), clause) for clause in clauses]
    most = max((rate for rate, _ in rated), default=0.0)
    about = [clause for rate, clause in rated if rate > 0 and rate >= most * _HALF]
    if not about:
        return "unclear"
    turns, here = _turns(claim), count_noes(claim) + denied
    found = {_agree(turns, here, clause, reported=reported) for clause in about}
    return found.pop() if len(found) == 1 else "unclear"


def _agree(turns: frozenset[str], here: int, clause: str, *, reported: bool) -> Agreement:
    if turns != _turns(clause):
        return "unclear"
    there = count_noes(clause) + reported
    if here == there:
        return "alike"
    return "opposed" if max(here, there) == 1 else "unclear"


def count_noes(words: str) -> int:
    """Count the words that say no: "not", "n't", "never", "denies"; "not only" and "no doubt" say yes."""
    plain = _idioms().sub(" ", words)
    cut = _cut(plain)
    said = sum(word in _forms("not") or word in _forms("denies") for word in cut)
    return said + sum(_rejects(word, cut[n + 1 : n + 1 + _NEAR]) for n, word in enumerate(cut))


def denies(cue: str, content: str) -> bool:
    """Do words of saying say that it is not so: "denied that", "rejected claims that"? Who rejects a plan
    denies nothing."""
    cut, said = _cut(cue), _cut(content)[:_NEAR]
    return any(word in _forms("denies") or _rejects(word, said) for word in cut)


def no_before(before: str) -> str | None:
    """Return the last words before a quotation when they say no to it: "was not ‘closed by mistake’"."""
    clause = _CLAUSE.split(before)[-1].strip()
    earlier = clause.rsplit(maxsplit=_LAST)[:-_LAST]
    last = clause[len(earlier[0]) :].strip() if earlier else clause
    return last if count_noes(last) == 1 else None


def is_plain(words: str) -> bool:
    """Has a passage nothing that says no in any way, and nothing that asks?"""
    some = _forms("turns") | _forms("rejects")
    return count_noes(words) == 0 and "?" not in words and not any(word in some for word in _cut(words))


def is_rejection(cue: str) -> bool:
    """Is a word of saying one that denies only what is claimed: "rejects", "dismissed"?"""
    return any(word in _forms("rejects") for word in _cut(cue))


def _rejects(word: str, following: Sequence[str]) -> bool:
    return word in _forms("rejects") and any(after in _forms("claimed") for after in following)


def _turns(words: str) -> frozenset[str]:
    """The first letters of the words that say no in another way, so that "fails" and "failed" are one."""
    return frozenset(word[:4] for word in _cut(words) if word in _forms("turns"))


def _cut(words: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(words)]


@cache
def _forms(kind: str) -> frozenset[str]:
    rows = read_list("denial_words.tsv")
    return frozenset(form for forms, what, *_ in rows if what == kind for form in forms.split())


@cache
def _idioms() -> re.Pattern[str]:
    some = [forms for forms, what, *_ in read_list("denial_words.tsv") if what == "idiom"]
    either = "|".join(r"\s+".join(map(re.escape, one.split())) for one in some)
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)
