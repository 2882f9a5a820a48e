"""Remarks: when two articles report one utterance, and when they only speak of one thing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.across import group_remarks
from onrecord.types import Entry, EntryPage, EntrySpans, EntrySpeaker, Kind, SpeakerType

ORDER = "The order is fixed in law, there is no change and there will be none"


def entry(
    id: str,
    content: str,
    *,
    page: str,
    kind: Kind = "direct",
    who: str | None = "Mara Ostrey",
    type: SpeakerType = "person",
    said_on: str | None = None,
    candidates: tuple[str, ...] = (),
    published: str | None = None,
    story: str | None = "t1",
    copy_of: str | None = None,
) -> Entry:
    """Return an entry of which only these things are set."""
    home = EntryPage(
        id=page,
        uri=None,
        payload_digest=page,
        text_version="text-1",
        captured_at=None,
        outlet=None,
        headline=None,
        published=published,
        published_known=None,
        language="en",
    )
    return Entry(
        id=id,
        kind=kind,
        polarity="said",
        tier="core",
        confidence=None,
        speaker=EntrySpeaker(id=None, name=who, type=type, role=None) if who else None,
        source=who,
        cue="said",
        content=(content,),
        addressee=None,
        said_on=said_on,
        said_on_known="printed" if said_on else None,
        said_on_candidates=candidates,
        via=(),
        spans=EntrySpans(source=(), cue=(), content=(), via=(), said_on=()),
        prefix="",
        suffix="",
        page=home,
        copy_of=copy_of,
        story=story,
        remark=None,
        review=None,
    )


A = entry("a", ORDER, page="p1", said_on="2031-03-11")
B = entry("b", "there is no change and there will be none", page="p2", said_on="2031-03-11")


def are_one(*entries: Entry) -> bool:
    """Are all these statements one remark?"""
    groups = group_remarks(entries)
    return len(groups) == len(entries) and len(set(groups.values())) == 1


def test_a_quotation_and_its_shorter_form_are_one_remark() -> None:
    assert group_remarks([A, B]) == {"a": "a", "b": "a"}


def test_a_full_name_and_a_bare_last_name_are_one_speaker() -> None:
    bare = replace(B, speaker=EntrySpeaker(id=None, name="Ostrey", type="person", role="spokeswoman"))
    assert are_one(A, bare)


def test_a_name_misprinted_by_one_outlet_is_one_speaker() -> None:
    assert are_one(A, replace(B, speaker=EntrySpeaker(id=None, name="Mara Ostray", type="person", role=None)))


@pytest.mark.parametrize("who", ["Hanne Dorvik", "Ivo Ostrey"])
def test_two_persons_never_join(who: str) -> None:
    speaker = EntrySpeaker(id=None, name=who, type="person", role=None)
    assert group_remarks([A, replace(B, speaker=speaker)]) == {}


def test_who_speaks_for_a_ministry_may_be_the_ministry() -> None:
    ministry = EntrySpeaker(id=None, name="Ministry of Water", type="institution", role=None)
    spokeswoman = EntrySpeaker(
        id=None, name="Mara Ostrey", type="person", role="spokeswoman for the ministry of water"
    )
    assert are_one(replace(A, speaker=spokeswoman), replace(B, speaker=ministry))


def test_people_who_tell_two_speakers_apart_count_before_the_words() -> None:
    one, two = (
        replace(side, speaker=EntrySpeaker(id=id, name="Mara Ostrey", type="person", role=None), review="v1")
        for side, id in ((A, "k1"), (B, "k2"))
    )
    assert group_remarks([one, two]) == {}


def test_different_days_never_join() -> None:
    assert group_remarks([A, replace(B, said_on="2031-03-18")]) == {}
    candidates = ("2031-03-18", "2025-03-18")
    assert group_remarks([A, replace(B, said_on=None, said_on_candidates=candidates)]) == {}


def test_an_open_day_that_may_be_the_same_joins() -> None:
    assert are_one(A, replace(B, said_on=None))
    assert are_one(A, replace(B, said_on=None, said_on_candidates=("2031-03-11", "2025-03-11")))


def test_a_long_quotation_reported_a_day_later_is_one_remark() -> None:
    assert are_one(A, entry("b", ORDER, page="p2", said_on="2031-03-12"))
    assert group_remarks([A, entry("b", ORDER, page="p2", said_on="2031-03-14")]) == {}


def test_a_denial_is_not_the_remark_it_denies() -> None:
    assert group_remarks([A, replace(B, polarity="denied")]) == {}


def test_one_page_alone_makes_no_remark() -> None:
    assert group_remarks([A, replace(B, page=A.page)]) == {}


def test_two_versions_of_one_page_make_no_remark() -> None:
    pages = [replace(page, uri="https://selm.example/1") for page in (A.page, B.page)]
    assert group_remarks([replace(A, page=pages[0]), replace(B, page=pages[1])]) == {}


def test_two_paraphrases_with_the_same_telling_words_are_one_remark() -> None:
    one = entry("a", "the crews would return to the dam before the autumn flood", page="p1", kind="indirect")
    two = entry("b", "crews return to the dam before autumn, ahead of the flood", page="p2", kind="indirect")
    assert are_one(one, two)


def test_a_quotation_and_its_close_paraphrase_are_one_remark() -> None:
    one = entry("a", "Two gates of the eastern spillway were left open overnight", page="p1")
    two = entry("b", "two gates of the eastern spillway had been left open", page="p2", kind="indirect")
    assert are_one(one, two)


def test_speaking_of_the_same_thing_is_not_enough() -> None:
    one = entry("a", "the ministry's order over the valley stays in force", page="p1", kind="indirect")
    two = entry(
        "b", "the ministry will review its order over the valley in April", page="p2", kind="indirect"
    )
    context = [
        entry(
            f"c{at}",
            f"the ministry's order over the valley {what}",
            page=f"p{at + 3}",
            kind="indirect",
            who="Ivo Lann",
        )
        for at, what in enumerate(
            ("is void", "was wrong", "binds nobody", "costs money", "needs a judge", "is old")
        )
    ]
    groups = group_remarks([one, two, *context])
    assert "a" not in groups
    assert "b" not in groups


def test_other_stories_join_only_word_for_word() -> None:
    assert are_one(A, entry("b", ORDER, page="p2", story="t2"))
    assert group_remarks([A, entry("b", "no change and there will be none", page="p2", story="t2")]) == {}


def test_a_group_never_holds_two_days() -> None:
    open_day = entry("c", ORDER, page="p3")
    later = entry("d", ORDER, page="p4", said_on="2031-03-18")
    groups = group_remarks([A, open_day, later])
    assert groups.get("a") != groups.get("d") or "a" not in groups


SPEAKERS = st.sampled_from(["Mara Ostrey", "Ostrey", "Hanne Dorvik", "Dorvik", None])
CONTENTS = st.sampled_from(
    [ORDER, "there is no change and there will be none", "the gates stay open until the spring flood is over"]
)
ENTRIES = st.builds(
    lambda who, words, day, page: (who, words, day, page),
    SPEAKERS,
    CONTENTS,
    st.sampled_from([None, "2031-03-11", "2031-03-12", "2031-03-18"]),
    st.integers(1, 4),
)


@given(rows=st.lists(ENTRIES, max_size=8), data=st.data())
def test_grouping_is_independent_of_the_order(
    rows: list[tuple[str, str, str, int]], data: st.DataObject
) -> None:
    made = [
        entry(f"s{at}", words, page=f"p{page}", who=who, said_on=day)
        for at, (who, words, day, page) in enumerate(rows)
    ]
    groups = group_remarks(made)
    assert group_remarks(data.draw(st.permutations(made))) == groups
    days: dict[str, set[str]] = {}
    for one in made:
        if one.id in groups and one.speaker:
            days.setdefault(groups[one.id], set()).add(one.speaker.name.split()[-1])
    assert all(len(names) == 1 for names in days.values())
