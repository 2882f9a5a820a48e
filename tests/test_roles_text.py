"""The parts that a line of plain text can play, told from words and order alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_capture

from onrecord.page import read_page, role_text
from onrecord.page.joins import join_lines
from onrecord.page.stretch import find_stretch

TITLE = "Ministry closes the gates above the Selm valley"
BODY = [
    "DELLMOOR, March 11 (Northline) – The ministry of water said on Tuesday that the gates stay closed.",
    "Spokeswoman Mara Ostrey told reporters that the order was “fixed in law” and that nobody would undo it.",
    "“However, given what the valley has said so far, there is nothing to talk about,” she added.",
    "Farmers had asked for more time, since the spring floods are not over before the end of May.",
]
COMMENTS = [
    "  1. “The order is fixed in law.” Says who? I have lived here for forty years and never saw that law.",
    "    Nobody asked us, and nobody will, so take down your fences and get your sheep up the hill.",
    "    Liked by 2 people",
    "  2. The ministry has never kept its word, not once in all the years that I have read this paper.",
    "    • That is not true, they did pay for the bridge at Harrow after the last flood.",
]


def roles(lines: list[str]) -> dict[str, str]:
    return dict(zip(lines, role_text(lines), strict=True))


def test_a_wire_story_with_comments_is_told_apart_line_by_line() -> None:
    found = role_text([TITLE, *BODY, *COMMENTS, "Leave a Reply", "Twitter picture"])
    assert found == ["headline"] + ["paragraph"] * 4 + ["comment"] * 5 + ["other"] * 2


def test_a_note_of_one_sentence_is_an_article() -> None:
    said = "“I wrote it in a shed by the weir,” the novelist Anna Holm said."
    assert roles(["Harbour Gazette", "By Ruth Calloway", "March 12, 2031", said])[said] == "paragraph"
    forms = ["Sign up for our newsletter", "Home", "News", "Sport", "More from the valley", "Subscribe now"]
    assert "paragraph" not in role_text(forms)


def test_a_comment_that_answers_another_is_deeper() -> None:
    page, _ = read_page(
        make_capture("\n\n".join([TITLE, *BODY, *COMMENTS, "Leave a Reply"]), media_type="text/plain")
    )
    assert [block.depth for block in page.blocks if block.role == "comment"] == [0, 0, 0, 0, 1]


def test_a_numbered_list_that_nobody_answers_is_no_comment() -> None:
    rules = [
        "  1. Nobody opens a gate before May without a written order.",
        "  2. Nobody asks twice for one.",
    ]
    assert "comment" not in role_text([TITLE, *BODY, *rules, BODY[0] + " So it stays."])


def test_a_comments_link_above_the_article_opens_no_comments() -> None:
    found = role_text(["Selm Courier", "3 Comments", TITLE, *BODY])
    assert found[-4:] == ["paragraph"] * 4


def test_signed_and_dated_comments_are_comments() -> None:
    written = ["Tam Oller says:", "March 12, 2031 at 9:14 am", COMMENTS[1].strip()]
    assert role_text([TITLE, *BODY, *BODY, *written])[-1] == "comment"


def test_a_news_feed_after_the_article_is_other_stories() -> None:
    feed = [
        "News Feed",
        "5:15 AM",
        "A storm has torn the roof off the old mill at Harrow.",
        "The owner says that he won't build it up again, since nobody has ground corn there for years.",
        "11:17 PM",
        "The bridge is open again.",
    ]
    found = role_text(["Skip to content", TITLE, "by the news desk March 11, 2031 4:07 PM", *BODY, *feed])
    assert found == ["menu", "headline", "byline", *["paragraph"] * 4, *["related"] * 6]


def test_forms_and_furniture_are_named() -> None:
    found = roles(
        [
            TITLE,
            *BODY,
            "Enter your email to subscribe",
            "* indicates required",
            "All rights reserved",
            "Share",
        ]
    )
    assert found["Enter your email to subscribe"] == found["* indicates required"] == "newsletter"
    assert found["All rights reserved"] == "other"
    assert found["Share"] == "menu"


def test_a_caption_is_known_by_who_took_the_picture() -> None:
    caption = (
        "In this picture, people at the dam watch the gates close on March 11, above the Selm valley.GETTY"
    )
    assert roles([TITLE, caption, *BODY])[caption] == "caption"


def test_a_subheading_belongs_to_the_article() -> None:
    assert role_text([TITLE, *BODY[:2], "The floods", *BODY[2:]])[3] == "paragraph"


def test_lines_broken_at_links_are_read_as_one_sentence() -> None:
    pieces = [
        "The order was signed by the minister of water,",
        "Jory Vance",
        ", who said that it would not be undone.",
    ]
    assert join_lines(["Home", "News", *pieces, "Sport"]) == [(0, 1), (1, 2), (2, 5), (5, 6)]
    assert role_text([TITLE, *BODY, *pieces, *BODY[::-1]])[5:8] == ["paragraph"] * 3


def test_an_unknown_language_is_read_by_its_shape() -> None:
    line = "Umba torrin velash kemet, peska hul medrin sola verit uman toreth, asuli kemer vodra pelim."
    assert role_text(["Velash", line, line[::-1][1:] + ".", line + " Ura."])[1] == "paragraph"


def test_a_stretch_ends_where_the_furniture_outweighs_what_follows() -> None:
    assert find_stretch([-5.0, 90.0, -20.0, 80.0, -50.0, -50.0, 60.0]) == (1, 4)
    assert find_stretch([-5.0, 90.0, -1_000.0, 80.0]) == (1, 2)
    assert find_stretch([]) == find_stretch([-1.0]) == (0, 0)


@given(st.lists(st.text(max_size=60), max_size=30))
def test_every_line_gets_a_role_and_one_at_most_is_the_headline(lines: list[str]) -> None:
    found = role_text(lines)
    assert len(found) == len(lines)
    assert find_ranges(found, "headline") <= 1


def find_ranges(found: list[str], role: str) -> int:
    """Count the runs of one role: a headline broken at a link is still one."""
    return sum(now == role and before != role for before, now in zip(["", *found], found, strict=False))


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("000_5ba73ec6f4fa57e1", "headline 1, paragraph 11, comment 12, other 9"),
        ("002_d49d272e414fc998", "menu 2, headline 1, byline 1, menu 1, paragraph 7, related 13"),
        ("004_1de55ec95c9628b1", "headline 1, caption 1, paragraph 11, comment 8, other 1"),
    ],
)
def test_the_seeds_come_out_right(data: Path, name: str, wanted: str) -> None:
    source = (data / "seeds" / f"{name}.txt").read_bytes()
    page, _ = read_page(make_capture(source, media_type="text/plain"))
    runs: list[list[object]] = []
    for block in page.blocks:
        if runs and runs[-1][0] == block.role:
            runs[-1][1] = int(str(runs[-1][1])) + 1
        else:
            runs.append([block.role, 1])
    assert ", ".join(f"{role} {count}" for role, count in runs).startswith(wanted)
