"""Quotations as a desk would ask them, of two whole pages: `cases/variants.md`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger import Ledger, check_quotation, open_ledger
from onrecord.views.add import add_pages

HERE = Path(__file__).parent
CASES = HERE / "cases" / "variants.md"
_CHECK = re.compile(r"^```check\n([\s\S]*?)^```$", re.MULTILINE)


def find_variants() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title = part.partition("\n")[0]
        for block in _CHECK.findall(part):
            lines = block.splitlines()
            for question, answer in zip(lines[::2], lines[1::2], strict=True):
                words, _, by = question.rpartition(" -- ") if _names(question) else (question, "", "")
                yield pytest.param(words, by or None, answer.removeprefix("-> "), id=f"{title}: {question}")


def _names(question: str) -> bool:
    """A dash in the middle of a quotation names nobody: a name is short."""
    return len(question.rpartition(" -- ")[2].split()) <= 2 and " -- " in question


VARIANTS = list(find_variants())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("checks")
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [HERE / "checks"])
    with open_ledger(folder) as ledger:
        yield ledger


def test_there_are_many_variants() -> None:
    assert len(VARIANTS) >= 120


@pytest.mark.parametrize(("words", "by", "answer"), VARIANTS)
def test_variant_gets_its_verdict(words: str, by: str | None, answer: str, pages: Ledger) -> None:
    check = check_quotation(pages, words, by=by)
    verdict, _, tier = answer.partition("/")
    assert check.verdict == verdict, [(hit.verdict, hit.words) for hit in check.hits]
    assert (check.tier or "") == tier
    for hit in check.hits:
        assert hit.words
        assert 0 < hit.likeness <= 1
        assert (hit.likeness == 1) == (not hit.changes) or hit.verdict == "spliced"
