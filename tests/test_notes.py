"""The numbers of notes behind quotations are nobody's words and nobody's name."""

import pytest

from onrecord.statements.text.notes import hide_notes


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“We were not asked,”12 said Lann.", "“We were not asked,”   said Lann."),
        ("“We were not asked.”[3]", "“We were not asked.”   "),
        ('"We were not asked,"7 Lann said.', '"We were not asked,"  Lann said.'),
        ('She said "12 doors" were open.', 'She said "12 doors" were open.'),
        ("He read “Room 12” aloud.", "He read “Room 12” aloud."),
        ('A 6"2 board', 'A 6"2 board'),
        ("“No,”2031 said the clock.", "“No,”2031 said the clock."),
    ],
)
def test_a_note_is_hidden_and_all_else_stays_where_it_is(text: str, plain: str) -> None:
    assert hide_notes(text) == plain
