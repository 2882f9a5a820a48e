"""Questions as what they are: "asked whether the dam would hold" says nothing about the dam."""

import re

from onrecord.statements.rules.attribution import Attribution

__all__ = ["is_question"]

_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|question(?:s|ed|ing)?|wonder(?:s|ed|ing)?|[ie]nquir(?:e|es|ed|ing)|quer(?:y|ies|ied|ying)"
    r"|(?:want|demand)(?:s|ed|ing)?(?:\s+to\s+know)?)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(r"\b(?:want|demand)", re.IGNORECASE)
_TO_KNOW = re.compile(r"\s*to\s+know\b")
_OPENS = re.compile(
    r"\W*(?:aloud\W+)?(?:if|whether|why|how|what|when|where|who|whose|whom|which)\b", re.IGNORECASE
)


def is_question(text: str, what: Attribution) -> bool:
    """Tell whether somebody asks: words of asking, and a question after them. "Asked the council to pay" is a
    request and no question, "questioned the report" is a doubt."""
    if not what.cue or not what.content:
        return False
    start, end = what.cue[0].start, what.cue[-1].end
    asked = _ASKED.search(text, start, end)
    if asked is None:
        return False
    wants = _WANTS.match(asked.group()) is not None
    if wants and not asked.group().endswith("know") and _TO_KNOW.match(text, end) is None:
        return False
    return _OPENS.match(text, what.content[0].start) is not None or any(
        "?" in text[part.start : part.end + 1] for part in what.content
    )
