"""The labels of the fields in exports of press databases, and the small signs that both kinds print."""

import re
from functools import cache

from onrecord.wordlists import read_list

__all__ = ["DATE", "LENGTH", "is_furniture", "label_kinds", "split_section"]

# "March 11, 2031 Tuesday", "Tuesday, March 11, 2031", "11 March 2031", "11. März 2031 Dienstag".
_MONTH = r"(?!page\b)[^\W\d_]{3,12}\.?"
DATE = re.compile(
    rf"(?:[^\W\d_]{{2,12}},?\s+)?(?:{_MONTH}\s+\d{{1,2}},?\s+(?:1[89]|20)\d\d|\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}\s+(?:de\s+)?(?:1[89]|20)\d\d)"
    r"(?:\b(?!\s*(?:words|mots)).{0,60})?",
    re.IGNORECASE,
)
LENGTH = re.compile(
    r"\d[\d.,\s]{0,9}\s?(?:words|wörter|mots|palabras|parole|woorden|palavras)\b.{0,20}", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"page \d+ of \d+\b.{0,120}|seite \d+ von \d+\b.{0,120}|©\s*(?:19|20)\d\d factiva\b.{0,80}"
    r"|about lexisnexis\b.{0,200}|\d{1,5}",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:section \w{1,3}|column \d+|p(?:g|ages?|p)?\.? ?[\w-]{1,12}|version ?:? ?\d+|s\. ?\d+)\.?",
    re.IGNORECASE,
)


@cache
def label_kinds(layout: str) -> dict[str, str]:
    """Return what each label of a layout holds."""
    return {label: kind for name, label, kind, _ in read_list("export_fields.tsv") if name == layout}


def is_furniture(words: str) -> bool:
    """Tell what stands over and under the sheets of an export: "Page 2 of 31 © 2031 Factiva, Inc."."""
    return len(words) < 300 and _FURNITURE.fullmatch(words) is not None


def split_section(words: str) -> str | None:
    """Return the section's name without its pages: "Harbour" of "Section A; Column 0; Harbour; Pg. 1"."""
    parts = [part.strip(" .,") for part in words.split(";")]
    named = [part for part in parts if part and not _PAGES.fullmatch(part)]
    return named[0] if named else None
