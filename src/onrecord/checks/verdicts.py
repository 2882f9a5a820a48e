"""What a check of a quotation answers with. Every verdict is about words and pages, never about truth."""

from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.types import Entry, EntryPage, Role, Span

__all__ = [
    "RULES",
    "VERDICTS",
    "Asked",
    "LeftOut",
    "Part",
    "QuotationCheck",
    "QuotationHit",
    "Standing",
    "Tier",
    "Verdict",
]

RULES = "checks-1"
"""The version of the rule set: it changes when the same words on the same pages could get another answer."""

Verdict = Literal[
    "verbatim",
    "cut",
    "altered",
    "spliced",
    "reported, not quoted",
    "denied",
    "asked",
    "refused",
    "disowned",
    "another speaker",
    "nobody's words",
    "only in a headline",
    "only outside the article",
    "not found",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

Tier = Literal["exact", "typography", "case"]
"""How word for word verbatim is: every character; but for marks, spelling of numbers and the like; but for
capitals too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Words of a statement that a quotation leaves out: between its parts, or right before or behind them.

    `turns` are those among them that can turn the sense ("not", "never", "if").
    """

    where: Literal["before", "between", "behind"]
    span: Span
    words: str
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a spliced quotation and where it stands; `entry` is None in the outlet's own text."""

    words: str
    page: EntryPage
    span: Span
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationHit:
    """One place where a quotation, or something like it, stands.

    `verdict` is what this place alone would say. `role` is the role of its block, `entry` the statement that
    it belongs to, None outside statements. `likeness` is 0 to 1 over words. `changes` tells the difference
    word by word: pairs (asked, printed), equal where nothing changed, "" where one side has none; `turned`
    are the words among those put in or left out that can turn the sense. `in_marks` are the stretches of it
    that the page prints in quotation marks.
    """

    verdict: Verdict
    tier: Tier | None
    page: EntryPage
    span: Span
    words: str
    prefix: str
    suffix: str
    role: Role
    entry: Entry | None
    likeness: float
    changes: tuple[tuple[str, str], ...] = ()
    turned: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    parts: tuple[Part, ...] = ()
    in_marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How often the words stand as the verdict says. An article is counted once, however often it was saved.

    `first_hands` counts those who brought the words into print, `copies` the articles that reprint another
    one, `versions` the pages that are one of several versions of an article, `versions_of` these articles.
    """

    outlets: int
    first_hands: int
    articles: int
    copies: int
    versions: int
    versions_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was searched: so many pages, published from `since` to `until` (None where none is dated)."""

    pages: int
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationCheck:
    """Where a quotation stands, best place first, under the rules named in `rules`.

    `standing` counts the places that bear the verdict out; `asked` says what was searched.
    """

    quotation: str
    by: str | None
    verdict: Verdict
    tier: Tier | None
    rules: str
    hits: tuple[QuotationHit, ...]
    standing: Standing
    asked: Asked
