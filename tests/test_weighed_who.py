"""What the model of who spoke is asked, and what it answers, whatever the page."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from making import html_page, make_capture, make_document

from onrecord.models.who import rate_speakers, read_columns
from onrecord.reading import read
from onrecord.statements.find import find_ruled, find_said_by
from onrecord.statements.model.states import SIZE
from onrecord.statements.passages import Wanted
from onrecord.statements.ranking.questions import SLOTS, Question, ask_who
from onrecord.statements.ranking.scene import set_scene
from onrecord.statements.ranking.who import find_weighed
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.document import Document


def ask_all(document: Document) -> tuple[Sequence[Said], Question | None]:
    """Return the sayings of a document as the rules have them, and what is asked of them."""
    said, _, learning = find_ruled(document, Wanted())
    scene = set_scene(document, learning.names)
    weighed = find_weighed(scene, said)
    return said, ask_who(scene, weighed, learning.states) if weighed else None


PARTS = st.sampled_from(
    [
        "The dam at Selm is safe, water minister Ada Brill told parliament on Wednesday.",
        "“We have checked every gate,” Brill said.",
        "“And every sluice,” she added. “All of them.”",
        "Jon Marsh and Mara Ostrey said the gates were shut.",
        "“Nobody asked us.”",
        "According to the harbour office, the ferry sailed.",
        "Nothing happened.",
    ]
)


@settings(deadline=None, max_examples=25)
@given(st.lists(PARTS, min_size=1, max_size=9))
def test_every_saying_is_asked_for_at_most_once_and_rated_in_all(paragraphs: list[str]) -> None:
    said, question = ask_all(make_document(*paragraphs))
    if question is None:
        return
    asked = [one.number for one in question.weighed]
    assert len(asked) == len(set(asked)) <= len(said)
    sayings, mentions = len(question.weighed), len(question.mentions) - 1
    most = max(len(one.candidates) for one in question.weighed)
    assert question.sayings.shape == (sayings, 2 * SIZE)
    assert question.mentions.shape == (mentions + 1, SIZE)
    assert not question.mentions[-1].any()
    assert question.members.shape == (sayings, most, SLOTS)
    assert 0 <= question.members.min() <= question.members.max() <= mentions
    assert [int(row.sum()) for row in question.there] == [len(one.candidates) for one in question.weighed]
    rates = rate_speakers(question)
    assert rates.shape == (sayings, most)
    assert np.isfinite(rates).all()
    assert np.allclose(rates.sum(axis=1), 1.0, atol=1e-4)
    assert not (rates * (1 - question.there)).max() > 1e-6


def test_signals_that_the_model_does_not_know_are_left_out() -> None:
    _, question = ask_all(make_document("“We have checked every gate,” Ada Brill said."))
    assert question is not None
    columns = read_columns()
    assert question.arrays(columns)[-1].shape[-1] == len(columns)
    assert not question.arrays({"no such signal": 0})[-1].any()


def test_joint_speakers_are_told_by_grammar_and_not_asked_for() -> None:
    said, question = ask_all(make_document("Jon Marsh and Mara Ostrey said the gates were shut."))
    assert [one.speaker and one.speaker.name for one in said] == ["Jon Marsh; Mara Ostrey"]
    assert question is None


def test_a_page_of_many_statements_has_a_speaker_for_each() -> None:
    names = [f"{a}{b} Brill" for a in ("Ad", "Jon", "Mar", "Iv") for b in "abeiou"]
    wanted = [names[n % len(names)] for n in range(150)]
    document = make_document(*(f"“We have checked gate {n},” {name} said." for n, name in enumerate(wanted)))
    said, _, _ = find_said_by(document, Wanted())
    assert [one.speaker and one.speaker.name for one in said] == wanted


def speakers_of(*paragraphs: str) -> dict[str, str | None]:
    reading = read(make_capture(html_page(*paragraphs, headline="The dam at Selm"), published="2031-03-14"))
    return {
        one.content[0].of(reading.page.text): one.speaker.name if one.speaker is not None else None
        for one in reading.statements
    }


def test_a_name_around_a_nickname_is_the_speakers_whole_name() -> None:
    found = speakers_of(
        "The dam at Selm is safe, Mayor Roberta “Bobbie” Tanager said on Wednesday.",
        "“We have checked every gate,” Tanager said.",
    )
    assert set(found.values()) == {"Roberta “Bobbie” Tanager"}
