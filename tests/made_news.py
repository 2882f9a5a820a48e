"""Made-up news for tests of links: events that several outlets report for days, with reprints, remarks,
house notices and pages that leave their day open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from ledger_pages import make_reading, say

from onrecord.types import Capture, Reading, Role, Statement, When

__all__ = ["EVENTS", "Told", "make_told", "told_pages"]

FIRST_DAY = date(2031, 3, 10)
EVENTS = (
    ("Selm", "Orrin", "Mara Ostrey", "dam", "spillway", "gates", "council"),
    ("Dellmoor", "Albatross", "Teo Wick", "ferry", "pier", "fog", "harbour"),
    ("Karsk", "Tarn", "Hanne Dorvik", "bridge", "pillar", "frost", "ministry"),
)
FACTS = (
    "Crews of the {6} worked at the {3} of {0} through the night while water rose behind the {4} of the {1}.",
    "Nobody in {0} could remember that the {1} had ever been so near to the {5}, a keeper of the {3} "
    "told neighbours.",
    "The {6} wants the {4} mended before winter, and has asked {0} for timber, chains and forty helpers.",
    "Lorries with pumps and lamps stood along the road from {0} to the {3}, and children counted them aloud.",
    "An inspector of the {1} looked at the {5} twice and wrote nothing down that anybody in {0} was shown.",
    "At noon the bell of {0} rang, as it does whenever the {4} near the {1} is closed to carts and cattle.",
)
QUOTES = (
    "The {3} holds, and it will hold for as long as anybody in {0} looks after the {4}",
    "We will not open the {5} before the river has fallen by a hand",
    "Whoever says that {0} was not warned has not read our letters about the {3}",
)
LOOSE = (
    "the {3} would hold for as long as anybody in {0} looked after the {4}",
    "the {5} would not be opened before the river had fallen by a hand",
    "whoever said that {0} was not warned had not read the letters about the {3}",
)
NOTICE = (
    "This newspaper belongs to its readers and to nobody else, is printed on paper from the mill at Wexley, "
    "and whoever finds a mistake in it may walk in on any weekday and have it put right at the long table by "
    "the door."
)
OUTLETS = ("The Selm Courier", "Harbour Gazette", "Northline", "Dellmoor Post", "The Slope")


@dataclass(frozen=True)
class Told:
    """One page: which event, on which day after the first, by whom, which facts and quotations in which
    wording; `open` leaves its day to the dateline, `lost` tells no day at all; `copied` reprints facts 0 to 4
    in the wire's words."""

    event: int
    day: int
    outlet: int
    facts: tuple[int, ...]
    quotes: tuple[tuple[int, bool], ...]
    copied: bool = False
    open: bool = False
    lost: bool = False
    notice: bool = False
    bare: bool = False
    serial: int = 0


@st.composite
def told_pages(draw: st.DrawFn, *, most: int = 10) -> list[Told]:
    """Draw pages, each with its own bytes."""
    one = st.builds(
        Told,
        event=st.integers(0, len(EVENTS) - 1),
        day=st.sampled_from([0, 0, 1, 2, 3, 5, 9, 16]),
        outlet=st.integers(0, len(OUTLETS) - 1),
        facts=st.lists(st.integers(0, len(FACTS) - 1), min_size=2, max_size=4, unique=True).map(tuple),
        quotes=st.lists(
            st.tuples(st.integers(0, len(QUOTES) - 1), st.booleans()), max_size=2, unique_by=lambda q: q[0]
        ).map(tuple),
        copied=st.sampled_from([False, False, True]),
        open=st.sampled_from([False, False, False, True]),
        lost=st.sampled_from([False] * 7 + [True]),
        notice=st.booleans(),
        bare=st.sampled_from([False, False, True]),
    )
    found = draw(st.lists(one, min_size=2, max_size=most))
    return [Told(**{**vars(told), "serial": n}) for n, told in enumerate(found)]


def make_told(told: Told) -> tuple[Capture, Reading]:
    """Return a page as a capture and its reading."""
    event = EVENTS[told.event]
    day = FIRST_DAY + timedelta(told.day)

    def fill(text: str) -> str:
        return text.format(*event)

    lines: list[tuple[Role, str]] = [("headline", fill("{3} at {0}: day ") + str(told.day + 1))]
    facts = (0, 1, 2, 3, 4) if told.copied else told.facts
    first = f"{event[0].upper()}, March {day.day} – " if told.open else ""
    for n, fact in enumerate(facts):
        lines.append(("paragraph", (first if n == 0 else "") + fill(FACTS[fact])))
    name = event[2].split()[-1] if told.bare else event[2]
    for quote, direct in told.quotes:
        words = fill((QUOTES if direct else LOOSE)[quote])
        lines.append(("paragraph", f"“{words},” {name} said." if direct else f"{name} said that {words}."))
    if told.notice:
        lines.append(("paragraph", NOTICE))
    lines.append(
        ("paragraph", f"Page {told.serial} was set by hand {'twice ' * (told.serial + 1)}in the old hall.")
    )
    text = "\n".join(words for _, words in lines)
    return make_reading(
        lines,
        list(_statements(told, text, name, day)),
        uri=f"https://paper{told.outlet}.example/{told.serial}",
        outlet=OUTLETS[told.outlet],
        published=None if told.open or told.lost else day.isoformat(),
    )


def _statements(told: Told, text: str, name: str, day: date) -> Iterator[Statement]:
    for quote, direct in told.quotes:
        words = (QUOTES if direct else LOOSE)[quote].format(*EVENTS[told.event])
        if told.open:
            years = (2025, 2031, 2036)
            when = When(value=None, candidates=tuple(f"{year}-03-{day.day:02}" for year in years))
        else:
            when = None if told.lost else When(value=day.isoformat(), known="inferred", anchor="published")
        yield say(
            text, words, kind="direct" if direct else "indirect", who=name, cue="said", name=name, when=when
        )
