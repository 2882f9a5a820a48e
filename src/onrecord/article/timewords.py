"""Words that say when, and what they mean."""

from dataclasses import dataclass
from typing import Literal

from onrecord.article.grammar import Unit
from onrecord.types import Span

__all__ = ["TimeKind", "TimeWords"]

TimeKind = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Words that say when: what they mean on their own (`value`) or counted from a day (`unit` and `shift`).

    `value` is an ISO prefix or, for lengths and habits, a TIMEX3 value ("P2W", "XXXX-WXX-5", "PRESENT_REF").
    "Yesterday" has no value but is one `day`, shifted by -1. `shift` is None where the words do not say
    which one ("Friday", "September"); then `number` is the weekday (Monday is 0), month, quarter they name
    and `day` the day of the month. `within` marks words that name some time in the unit, not the whole
    ("earlier this week"). `told` marks words counted from the day the text last told of, not from its own
    date ("a day earlier"). `compared` marks words that go by the quarter last told of ("a year earlier", "the
    latest period"). `ended` marks the end of what is over ("the year ended March 31"), `ahead` words after
    talk of what is to come ("will meet on Friday"). `possible` holds the readings of "5/6/2022".
    """

    span: Span
    kind: TimeKind = "date"
    value: str | None = None
    unit: Unit | None = None
    shift: int | None = None
    number: int = 0
    day: int = 0
    weekday: int | None = None
    suffix: str = ""
    within: bool = False
    told: bool = False
    possible: tuple[str, ...] = ()
    compared: bool = False
    ended: bool = False
    ahead: bool = False
