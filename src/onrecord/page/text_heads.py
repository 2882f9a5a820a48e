"""What a text from a press archive says of its article in lines with a label.

1 of 2 DOCUMENTS
                        Quillhaven Lantern
                       March 11, 2031 Tuesday
Ouvel ferry to stop in May
BYLINE: Ada Brill
SECTION: HARBOUR; Pg. 3
"""

import re
from collections.abc import Sequence

from onrecord.types import Head, Role, Span

__all__ = ["read_text_head", "role_labels"]

_LABEL = re.compile(
    r"^[ \t]*(BYLINE|SECTION|LENGTH|LOAD-DATE|PUBLICATION-TYPE|LANGUAGE|DATELINE|HEADLINE|GRAPHIC|SUBJECT):"
    r"[ \t]*(\S.*?)[ \t]*$",
    re.MULTILINE,
)
_NUMBER = re.compile(
    r"\s*(?:Document[ \t]+)?\d{1,5}[ \t]+of[ \t]+\d{1,5}(?:[ \t]+DOCUMENTS?)?[ \t]*\n", re.IGNORECASE
)
# The outlet stands alone above the day.
_OUTLET = re.compile(
    r"\s*(\S[^\n]{1,80}?)[ \t]*\n\s*(?:[A-Z][a-z]{2,8} \d{1,2}, |\d{1,2} [A-Z][a-z]{2,8} )\d{4}\b"
)
_OWNER = re.compile(r"^[ \t]*Copyright[ \t]+(?:©[ \t]*)?\d{4}[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
# So many labels and no fewer make a text one of these.
_FEWEST = 2
_TAGS = {"BYLINE": "author", "SECTION": "article:section", "HEADLINE": "og:title"}
_BY = re.compile(r"by\s+", re.IGNORECASE)


def read_text_head(text: str) -> Head:
    """Return what the labelled lines of a text tell of its article; nothing for other texts."""
    labels = {match[1]: match[2] for match in reversed(_find_labels(text))}
    if not labels:
        return Head()
    meta = [(tag, _clean(label, labels[label])) for label, tag in _TAGS.items() if label in labels]
    number = _NUMBER.match(text)
    named = _OUTLET.match(text, number.end() if number else 0) or _OWNER.search(text)
    if named:
        meta.append(("og:site_name", named[1]))
    return Head(meta=tuple(meta))


def role_labels(text: str, spans: Sequence[Span], roles: Sequence[Role]) -> list[Role]:
    """Return the roles of lines, where a line with a label is no paragraph."""
    labelled = {match.start(1): match[1] for match in _find_labels(text)}
    return [
        ("byline" if labelled[span.start] == "BYLINE" else "other") if span.start in labelled else role
        for span, role in zip(spans, roles, strict=True)
    ]


def _find_labels(text: str) -> list[re.Match[str]]:
    """Find the labelled lines of a press archive's text; one alone may be any text's own."""
    if "BYLINE:" not in text and "LENGTH:" not in text:
        return []
    found = list(_LABEL.finditer(text))
    return found if len({match[1] for match in found}) >= _FEWEST else []


def _clean(label: str, value: str) -> str:
    """Return a section without its page, and a byline without its "By"."""
    return value.partition(";")[0].strip() if label == "SECTION" else _BY.sub("", value, count=1)
