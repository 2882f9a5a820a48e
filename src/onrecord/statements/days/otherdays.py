"""Time words beside a cue that date something else than the saying: a bound, a clause, a meeting."""

import re

from onrecord.article import TimeWords
from onrecord.statements.rules.attribution import Said

__all__ = ["dates_something_else"]

_BOUND = re.compile(
    r"\b(?:since|until|till|from|between|before|by|through|as of|effective|of (?:business|trading)|"
    r"ended|ending)\s+(?:(?:the|a|an|last|late|early|mid|\w+day)\s+)?$",
    re.IGNORECASE,
)
# "Since the trust bought it in February, it has said ...", and what a clause behind the words tells.
_CLAUSE = re.compile(
    r"(?:^\W*(?:(?:but|and)\s+)?(?:although|though|while|because|as|once|if|since|after|before|when)|"
    r"\s(?:since|after|before|when|who|which|where))\b[^,;]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r",\s+(?:(?:of|in|to) )?(?:which|who|whom|whose|where)\b[^,]*$")
# "Marsh, whom the town chose in May, said", but not "Marsh, on Friday, said".
_ASIDE = re.compile(r",\s+(?!(?:late |early )?(?:on\s+)?$)[^,]*$")
_OF_WHOM = re.compile(r",\s+(?:(?:of|in|to) )?(?:which|who|whom|whose|where)\b")
# "a June agreement", "the Tuesday meeting": the words belong to the noun behind them.
_ARTICLE = re.compile(r"\b(?:an?|the|its|his|her|their|our|this|that)\s+$", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?!that\b|and\b|but\b|in\b|at\b|on\b|to\b|when\b)[a-z]{3,}")
# "in a March 9 press conference", "at Monday’s hearing": there the words were said.
_OCCASION = re.compile(
    r"(?:['’]s)? (?:\w+ ){0,2}(?:conference|briefing|speech|address|session|meeting|hearing|interview|debate|"
    r"statement|sitting|event|summit|trial|ceremony|rally|service|sermon|testimony|issue|edition|editorial|letter|"
    r"post|report)\b"
)
_AT = re.compile(
    r"\b(?:at|in|during|after|before|following|on)\s+(?:(?:an?|the|its|his|her|their)\s+)?$", re.IGNORECASE
)
_PAPER = re.compile(r"\b(?:Mail|Independent|Scotland|Wales|Business)\s+on\s+$")
_HAD = re.compile(r"\b(?:had|['’]d)(?:\s+\w+ly|\s+(?:also|already|once|just|long|never))?\s+$", re.IGNORECASE)
_FAR = 30  # characters between "had said" and words that date the verb beside it


def dates_something_else(text: str, one: Said, words: TimeWords) -> bool:
    """Tell whether time words belong to something else in the sentence of a saying."""
    start, end = words.span
    if _is_of_the_source(text, one, start, end):
        return True
    before, behind = text[one.sentence.start : start], text[end : one.sentence.end]
    if words.ended or _BOUND.search(before) or _is_title(text, start, end):
        return True
    if _belongs_to_a_noun(before, behind):
        return True
    cue = one.what.cue[0]
    if start < cue.start and _stands_in_another_clause(text, one, start, end):
        return True
    if _HAD.search(text[one.sentence.start : cue.start]) and not -_FAR < start - cue.end < _FAR:
        return True
    return re.fullmatch(r"\d{4}", words.span.of(text)) is not None and not before.lower().rstrip().endswith(
        "in"
    )


def _is_of_the_source(text: str, one: Said, start: int, end: int) -> bool:
    """Tell words that are part of who spoke: "who has led it since 2029", "the Mail on Sunday".

    At an end of the source they are of the saying: "Mayor Brill Monday called", "Last week Selm Water said".
    """
    source = one.what.source
    if source is None or not (source.start <= start and end <= source.end):
        return False
    if end >= source.end and start > source.start:
        return _PAPER.search(text[source.start : start]) is not None
    return start > source.start or re.match(r" (?:by |(?-i:[A-Z]))", text[end : source.end]) is None


def _is_title(text: str, start: int, end: int) -> bool:
    """Tell the name of a programme: told “This Week”, on “Today”."""
    return text[start:end].istitle() and text[start - 1 : start] in ("“", '"', "‘", "'", "`")


def _belongs_to_a_noun(before: str, behind: str) -> bool:
    if _AT.search(before) and _OCCASION.match(behind):
        return False
    if behind.startswith(("'s", "’s")):
        return True
    return bool(_ARTICLE.search(before) and _NOUN.match(behind))


def _stands_in_another_clause(text: str, one: Said, start: int, end: int) -> bool:
    """Tell words in a clause before the cue's, or before a clause that the cue stands in."""
    cue = one.what.cue[0]
    aside = text[end : cue.start].strip() == "," and _ASIDE.search(text[one.sentence.start : start])
    if aside and cue.of(text).endswith("ing"):
        # "Teller, a guest, wrote on Tuesday, saying ...": the verb before says when.
        aside = _OF_WHOM.match(aside.group())
    return (
        bool(aside)
        or bool(_CLAUSE.search(text[one.sentence.start : start]) and "," in text[end : cue.start])
        or bool(_BEHIND.search(text[end : cue.start]))
    )
