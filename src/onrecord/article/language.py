"""The language an article is written in."""

import re
from collections.abc import Sequence

import py3langid

from onrecord.article.head import first_meta
from onrecord.article.json_ld import Node, node_text
from onrecord.types import Block, Found, Page

__all__ = ["find_language", "forget_languages"]

_CODE = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}))?(?![A-Za-z])(?!-?\d)")
# Not languages, though they have the form of one: encodings, and what templates leave in an empty field.
_NO_LANGUAGE = frozenset("utf iso asc ansi und mul zxx xx xxx nan nul tbd www htm xml foo".split())
LEAST_CHARACTERS = 80
"""Fewer characters than this do not tell a language."""


def find_language(page: Page, node: Node, body: Sequence[Block]) -> Found | None:
    """Return the language as a code ("en", "pt-BR"): what the page declares, else what it looks like."""
    declared = (
        (page.head.language, "html lang"),
        (node_text(node.get("inLanguage")), "JSON-LD inLanguage"),
        *(
            (found.value, found.where)
            for found in [first_meta(page.head, ("content-language", "og:locale"))]
            if found
        ),
    )
    for value, where in declared:
        match = _CODE.match((value or "").strip())
        if match and match[1].lower() not in _NO_LANGUAGE:
            region = match[2] or ""
            code = match[1].lower() + (
                f"-{region.upper() if len(region) == 2 else region.title()}" if region else ""
            )
            return Found(value=code, known="printed", where=where)
    return _guess(" ".join(block.span.of(page.text) for block in body)[:2000])


def _guess(words: str) -> Found | None:
    if len(words) < LEAST_CHARACTERS:
        return None
    return Found(value=str(py3langid.classify(words)[0]), known="inferred", where="text")


def forget_languages() -> None:
    """Give back the memory of the language tables; the next page loads them again."""
    py3langid.langid.IDENTIFIER = None
