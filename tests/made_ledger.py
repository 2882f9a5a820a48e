"""A small ledger whose every row was written by hand, so that tests of views know what must be on the screen.

The event is invented: the ministry of water has withdrawn its crews from the lower valley at Selm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from making import make_capture
from sqlalchemy import insert, update

from onrecord.ledger import Ledger, open_ledger, page_id, record_problem, record_reading
from onrecord.ledger.schema import copies, entries, remarks, stories, story_pages
from onrecord.types import (
    Article,
    Block,
    Capture,
    Found,
    Kind,
    Page,
    Problem,
    Reading,
    Relay,
    Role,
    Span,
    Speaker,
    Statement,
    When,
)

__all__ = ["SHORT", "Line", "make_ledger", "make_reading", "say"]

Line = tuple[Role, str] | tuple[Role, str, int]
"""A line of a page: its role, its words, and how deep a comment stands."""

ORDER = "It is a matter of record: the order is fixed in law. There is no change and there will be none,"
SHORT = "The order is fixed in law. There is no change and there will be none."
RETURNS = "The valley returns to those who live in it."
OSTREY = Speaker(name="Mara Ostrey", type="person")
COUNCIL = Speaker(name="Valley Council", type="institution")


def say(
    text: str,
    content: str,
    kind: Kind = "direct",
    *,
    who: str | None = None,
    cue: str | None = None,
    speaker: Speaker | None = None,
    when: When | None = None,
    dated: str | None = None,
    via: Sequence[str] = (),
    after: int = 0,
    confidence: float | None = None,
) -> Statement:
    """Return a statement whose words stand in this text, each searched from `after` on."""

    def find(words: str | None) -> tuple[Span, ...]:
        if words is None:
            return ()
        at = text.index(words, after)
        return (Span(at, at + len(words)),)

    return Statement(
        kind=kind,
        source=find(who),
        cue=find(cue),
        content=find(content),
        speaker=speaker,
        said_on=replace(when, span=find(dated)[0]) if when and dated else when,
        via=tuple(Relay(name=name, span=find(name)[0]) for name in via),
        confidence=confidence,
    )


def make_reading(
    lines: Sequence[Line],
    statements: Iterable[Statement] = (),
    *,
    uri: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    captured_at: str | None = None,
    problems: Sequence[Problem] = (),
) -> tuple[Capture, Reading]:
    """Return a capture and its reading, from lines with their roles."""
    text = "\n".join(line[1] for line in lines)
    blocks, at = [], 0
    for line in lines:
        span = Span(at, at + len(line[1]))
        blocks.append(Block(span=span, role=line[0], depth=line[2] if len(line) > 2 else 0))
        at = span.end + 1
    capture = make_capture(text, uri=uri, captured_at=captured_at, place=f"saved/{uri or len(text)}")
    page = Page(
        payload_digest=capture.payload_digest,
        text=text,
        text_version="text-1",
        blocks=tuple(blocks),
        encoding="utf-8",
    )
    headline = next((block.span.of(text) for block in blocks if block.role == "headline"), None)
    article = Article(
        headline=Found(value=headline, known="printed", where="text") if headline else None,
        outlet=Found(value=outlet, known="printed", where="dateline") if outlet else None,
        published=Found(value=published, known="inferred", where="dateline and weekday")
        if published
        else None,
        language=Found(value="en", known="inferred", where="text"),
        body=tuple(block for block in blocks if block.role in ("headline", "paragraph")),
    )
    return capture, Reading(
        page=page, article=article, statements=tuple(statements), problems=tuple(problems)
    )


TUESDAY = When(value="2031-03-11", known="inferred", anchor="published 2031-03-11")
SPOKESWOMAN = "a spokeswoman for the Ministry of Water"
DENIED = "the withdrawal of its crews would not change the order"
HEARD = "the council had told her that “the lower gates stay open” all week"
REGARDS = "the ministry continues to regard the lower valley as its own"
LEFT = "some crews had already left the eastern spillway"
PARTS = "There are parts of the valley that still have to be reopened,"


def _northline() -> tuple[Capture, Reading]:
    lines: list[Line] = [
        ("menu", "Skip to content · Edit post · Subscribe"),
        ("headline", "Ministry says valley order unchanged despite withdrawal"),
        ("byline", "By Ansel Krey"),
        (
            "paragraph",
            f"SELM, March 11 (Northline) – The ministry said on Tuesday that {DENIED} over the lower valley.",
        ),
        ("paragraph", f"“{ORDER}” Ostrey, {SPOKESWOMAN}, said on Tuesday."),
        ("paragraph", "She had “nothing to add” on who gave the order to leave."),
        ("paragraph", f"Ostrey said {HEARD}."),
        ("newsletter", "Enter your email to subscribe · This audio is created with AI assistance"),
        ("related", "NEWS FEED 5:15 AM Water director met the council, she said on Dec. 21."),
        ("comment", "“There is no change and there will be none” — tell that to the map."),
        ("comment", "The order is fixed in mud.", 1),
    ]
    text = "\n".join(line[1] for line in lines)
    second, third, last = text.index(ORDER), text.index("She had"), text.index("Ostrey said the council")
    ministry = Speaker(name="Ministry of Water", type="institution")
    statements = [
        say(
            text,
            DENIED,
            "indirect",
            who="The ministry",
            cue="said",
            speaker=ministry,
            when=TUESDAY,
            dated="on Tuesday",
        ),
        say(
            text,
            ORDER,
            who="Ostrey",
            cue="said",
            speaker=Speaker(name="Mara Ostrey", type="person", role=SPOKESWOMAN),
            when=TUESDAY,
            dated="on Tuesday",
            after=second,
        ),
        say(text, "nothing to add", "no-comment", who="She", cue="had", speaker=OSTREY, after=third),
        say(text, HEARD, "indirect", who="Ostrey", cue="said", speaker=OSTREY, when=TUESDAY, after=last),
        say(
            text, "the lower gates stay open", who="the council", cue="had told", speaker=COUNCIL, after=last
        ),
    ]
    return make_reading(
        lines,
        statements,
        uri="https://northline.example/2031/03/11/ministry-says",
        outlet="Northline",
        published="2031-03-11",
        captured_at="2033-04-02T08:14:00Z",
        problems=[
            Problem(
                stage="page", message="the bytes say utf-8 and hold one letter that is not; it was replaced"
            )
        ],
    )


def _copy() -> tuple[Capture, Reading]:
    lines: list[Line] = [
        ("headline", "Valley order unchanged, ministry says"),
        ("paragraph", f"“{SHORT}” Ostrey said, Northline reports."),
    ]
    text = "\n".join(line[1] for line in lines)
    said = say(text, SHORT, who="Ostrey", cue="said", speaker=OSTREY, via=["Northline"], when=TUESDAY)
    uri = "https://dellmoor.example/2031/03/11/order"
    return make_reading(lines, [said], uri=uri, outlet="Dellmoor Blog", published="2031-03-11")


def _courier() -> tuple[Capture, Reading]:
    lines: list[Line] = [
        ("headline", "Ostrey: ‘the valley stays ours’"),
        (
            "paragraph",
            f"The state agency reports that Mara Ostrey, the ministry’s spokeswoman, said {REGARDS}.",
        ),
        ("paragraph", f"An official said on a Tuesday that {LEFT}."),
    ]
    text = "\n".join(line[1] for line in lines)
    ostrey = Speaker(name="Mara Ostrey", type="person", role="the ministry’s spokeswoman")
    official = Speaker(name="An official", type="unnamed")
    outside = When(value="2031-03-11", known="outside")
    either = When(value=None, candidates=("2031-03-04", "2031-03-11"))
    statements = [
        say(
            text,
            REGARDS,
            "indirect",
            who="Mara Ostrey",
            cue="said",
            speaker=ostrey,
            via=["state agency"],
            when=outside,
            after=text.index("The state agency"),
        ),
        say(text, LEFT, "indirect", who="An official", speaker=official, when=either, dated="on a Tuesday"),
    ]
    return make_reading(
        lines,
        statements,
        uri="https://courier.example/valley",
        outlet="The Selm Courier",
        published="2031-03-11",
    )


def _gazette() -> tuple[Capture, Reading]:
    lines: list[Line] = [
        ("headline", "Council crews enter the lower valley"),
        ("paragraph", f"“{RETURNS}” the Valley Council said in a statement."),
        ("paragraph", f"“{PARTS}” Ms. Ostrey said in April."),
    ]
    text = "\n".join(line[1] for line in lines)
    april = When(value="2031-04", known="printed")
    statements = [
        say(text, RETURNS, who="the Valley Council", cue="said", speaker=COUNCIL),
        say(
            text,
            PARTS,
            who="Ms. Ostrey",
            cue="said",
            speaker=OSTREY,
            when=april,
            dated="in April",
            after=text.index(PARTS),
        ),
    ]
    return make_reading(lines, statements, outlet="Harbour Gazette", published="2031-04-20")


def make_ledger(folder: Path) -> dict[str, str]:
    """Build the ledger and return the ids of its pages by a short name."""
    made = {"northline": _northline(), "copy": _copy(), "courier": _courier(), "gazette": _gazette()}
    with open_ledger(folder, create=True) as ledger:
        ids = {name: record_reading(ledger, capture, reading) for name, (capture, reading) in made.items()}
        record_problem(
            ledger,
            Problem(stage="capture", message="nothing was read: the file is empty", place="saved/empty.html"),
        )
        _link(ledger, ids)
    assert ids["copy"] == page_id(made["copy"][0].payload_digest, "text-1")
    return ids


def _link(ledger: Ledger, ids: dict[str, str]) -> None:
    """Put in by hand what is otherwise worked out over pages: a copy, a story, a remark."""
    with ledger.writing() as connection:
        connection.execute(
            insert(copies).values(page_id=ids["copy"], of_page_id=ids["northline"], share=0.96, spans="[]")
        )
        title = "Ministry says valley order unchanged despite withdrawal"
        connection.execute(
            insert(stories).values(id="e01", title=title, since="2031-03-11", until="2031-04-20")
        )
        for id in ids.values():
            connection.execute(insert(story_pages).values(page_id=id, story_id="e01"))
        connection.execute(insert(remarks).values(id="r01", said_on="2031-03-11", story_id="e01"))
        same = (entries.c.kind == "direct") & entries.c.page_id.in_([ids["northline"], ids["copy"]])
        same &= entries.c.speaker_name == "Mara Ostrey"
        also = (entries.c.page_id == ids["courier"]) & (entries.c.speaker_name == "Mara Ostrey")
        connection.execute(update(entries).where(same | also).values(remark_id="r01"))
