"""By which way words came to the outlet, as far as the sayings of a page stand to each other."""

import pytest
from making import html_page, make_capture

from onrecord.reading import read


def ways(*paragraphs: str) -> dict[str, list[str]]:
    """Return the carriers of each statement of a page, by its words."""
    reading = read(make_capture(html_page(*paragraphs, headline="The dam at Selm"), published="2031-03-14"))
    return {
        " ".join(span.of(reading.page.text) for span in one.content): [
            relay.name for relay in one.via if not relay.told
        ]
        for one in reading.statements
    }


FILLER = [
    "The gates of the dam at Selm were built in the year in which the valley was flooded for the first time.",
    "The valley has four villages, a market and a school with a hundred and twenty pupils in six classes.",
    "The river comes from the hills in the north and turns to the sea behind the last of the villages.",
    "The market is open on two days of the week, and the farmers bring what they have to it in the morning.",
]
CARRIED = "Engineer Jon Marsh said the gates had rusted through, according to the news agency Vesna."
AGAIN = "“Nobody had painted them for ten years,” Marsh said."


def test_what_a_speaker_says_next_came_the_way_of_what_they_said_before() -> None:
    found = ways(CARRIED, AGAIN)
    assert found["Nobody had painted them for ten years,"] == ["Vesna"]


def test_far_down_the_page_it_is_the_outlets_own_again() -> None:
    found = ways(CARRIED, *FILLER, AGAIN)
    assert found["Nobody had painted them for ten years,"] == []


def test_another_speakers_words_came_another_way() -> None:
    found = ways(CARRIED, "“The valley is afraid,” farmer Rosa Finch said.")
    assert found["The valley is afraid,"] == []


def test_what_somebody_retold_does_not_make_the_rest_retold() -> None:
    found = ways(
        "Clerk Rosa Finch said that engineer Jon Marsh had told her that the gates had rusted through.",
        AGAIN,
    )
    assert found["Nobody had painted them for ten years,"] == []


@pytest.mark.parametrize("times", [2, 300])
def test_a_page_of_many_sayings_is_read_through(times: int) -> None:
    text = " ".join(f"“We have checked gate {n},” engineer Jon Marsh said." for n in range(times))
    found = ways(text)
    assert all(via == [] for via in found.values())
