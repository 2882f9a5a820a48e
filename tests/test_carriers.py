"""Words that stand where a carrier stands and name nobody."""

import pytest

from onrecord.statements.chain.relay_names import name_relays
from onrecord.statements.rules.attribution import Attribution
from onrecord.statements.speakers.name_runs import find_people
from onrecord.types import Span

TEXT = "“It holds,” said Jon Marsh, the Water Board’s engineer, told Northline."


@pytest.mark.parametrize("words", [", the Water Board’s engineer, told Northline", ",", ""])
def test_words_without_a_name_carry_nothing(words: str) -> None:
    start = TEXT.index(words)
    what = Attribution(cue=(), source=None, content=(), relays=(Span(start, start + len(words)),))
    assert name_relays(find_people(TEXT, [Span(0, len(TEXT))]), what, {}) == ()
