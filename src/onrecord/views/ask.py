"""The search box: `by:ostrey about:"lower valley" since:2031-03 water` as words and filters."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any, get_args

from onrecord.errors import BadRequest
from onrecord.types import Kind

__all__ = ["KINDS", "Question", "parse_question", "read_least", "render_question"]

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody wants to find: words, and what the statement must be. None asks for nothing."""

    words: str | None = None
    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    kind: Kind | None = None
    least: float | None = None
    outlet: str | None = None
    story: str | None = None
    page: str | None = None
    filed_from: str | None = None

    def filters(self) -> dict[str, Any]:
        """Return what is asked for beside the words, by name."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self) if field.name != "words")
        return {name: value for name, value in named if value is not None}


_FILTERS = tuple(field.name for field in fields(Question) if field.name != "words")
_TOKEN = re.compile(
    rf"""(?P<name>{"|".join(_FILTERS)}):(?:"(?P<quoted>[^"]*)(?:"|$)|“(?P<curly>[^”]*)(?:”|$)|(?P<bare>\S*))|(?P<word>"[^"]*"?|\S+)""",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def parse_question(text: str | None, **given: str | float | None) -> Question:
    """Read the search box; a field that was filled in wins over what it says.

    >>> parse_question('by:"Mara Ostrey" order since:2031-03')
    Question(words='order', by='Mara Ostrey', about=None, since='2031-03', ...)
    """
    words: list[str] = []
    found: dict[str, str] = {}
    for token in _TOKEN.finditer(text or ""):
        if token["name"] is None:
            words.append(token["word"])
            continue
        name = token["name"].lower()
        found[name] = (token["quoted"] or token["curly"] or token["bare"] or "").strip()
        if not found[name]:
            raise BadRequest(f"“{name}:” has nothing after it; write for example {_EXAMPLE[name]}")
    filled = {name: str(value).strip() for name, value in given.items() if value is not None}
    found |= {name: value for name, value in filled.items() if value}
    asked = " ".join(words) or None
    if extra := found.pop("words", None):
        asked = extra
    _check(found)
    least = read_least(found.pop("least")) if "least" in found else None
    return replace(Question(words=asked, least=least), **found)  # type: ignore[arg-type]


_EXAMPLE = {
    "by": "by:ostrey",
    "about": 'about:"lower valley"',
    "since": "since:2031-03",
    "until": "until:2031-03-11",
    "kind": "kind:direct",
    "least": "least:0.8",
    "outlet": "outlet:northline",
    "story": "story:ID, as a story's address has it",
    "page": "page:ID, as a page's address has it",
    "filed_from": "filed_from:Paris",
}


def _check(found: dict[str, str]) -> None:
    """Raise BadRequest for a kind or a day that can't be."""
    kind = found.get("kind")
    if kind is not None and kind not in KINDS:
        raise BadRequest(f"there is no kind {kind!r}; a statement is one of: {', '.join(KINDS)}")
    for name in ("since", "until"):
        day = found.get(name)
        if day is not None and not _DAY.fullmatch(day):
            raise BadRequest(
                f"{name} {day!r} is no date; write a year, a month or a day: 2031, 2031-03 or 2031-03-11"
            )


def read_least(text: str) -> float:
    """Read how sure a statement must be at least: 0.8 of "0.8" and of "80%"."""
    number = text.strip()
    try:
        least = float(number[:-1]) / 100 if number.endswith("%") else float(number)
    except ValueError:
        least = -1
    if not 0 <= least <= 1:  # NaN is not either
        raise BadRequest(f"least {text!r} is no number from 0 to 1; write how sure at least: 0.8 or 80%")
    return least


def render_question(question: Question) -> str:
    """Write a question as the search box takes it, so that reading it again gives the same question."""
    parts = [f"{name}:{_quoted(str(value))}" for name, value in question.filters().items()]
    return " ".join([*parts, *([question.words] if question.words else [])])


def _quoted(value: str) -> str:
    """Put marks around a value that would be read otherwise without; the other pair where it holds one."""
    if not re.search(r"\s", value) and value[0] not in '“"':
        return value
    return f"“{value}”" if '"' in value else f'"{value}"'
