"""When it was said: for each saying the best of the days that its page prints, or none.

Weighed twice by small trained models over the signals of `when_signals`: at first each saying by itself, then
with how likely each day was held for all others, so that the day of an occasion is that of all that is said
there. Better open than wrong: a day is taken only where it is likely indeed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.models.rankers import choose, rate
from onrecord.statements.days import date_all
from onrecord.statements.said import Said
from onrecord.statements.when_signals import NO_DAY, Day, Diary, measure_at_first, measure_when
from onrecord.types import When

__all__ = ["date_said", "guess_days", "list_days", "take_in"]

# How likely a day is to be; chosen on outlets left out of the training, where more than one in thirty of the days
# that are less likely is wrong where the page tells none.
LEAST = 0.8
_MOST = 40  # days looked at, those printed nearest


def date_said(diary: Diary, said: Iterable[Said]) -> Iterator[tuple[Said, When | None]]:
    """Yield each saying with its day, or None where the page tells none."""
    take_in(diary, said)
    if diary.days:
        diary.guesses = guess_days(diary)
    for at, one in enumerate(diary.said):
        days = list_days(diary, one)
        best: Day | None = None
        if len(days) > 1:
            best_at, chance = choose("when", [measure_when(diary, at, day) for day in days])
            best = days[best_at] if chance > LEAST else None
        yield one, _say_when(one, best)


def take_in(diary: Diary, said: Iterable[Said]) -> None:
    """Note a page's sayings, and the days that rules give them."""
    dated = list(date_all(diary.text, said, diary.anchor, masked=diary.masked, paragraphs=diary.lines))
    diary.said = tuple(one for one, _ in dated)
    diary.ruled = tuple(when for _, when in dated)


def guess_days(diary: Diary) -> tuple[dict[str, float], ...]:
    """Return for each saying how likely each day is at first sight, by its key."""
    guesses = []
    for at, one in enumerate(diary.said):
        days = list_days(diary, one)
        rates = rate("when_first", [measure_at_first(diary, at, day) for day in days])
        guesses.append(
            {day.key if day is not None else NO_DAY: chance for day, chance in zip(days, rates, strict=True)}
        )
    return tuple(guesses)


def list_days(diary: Diary, one: Said) -> list[Day | None]:
    """Return the days that one saying can be of, the nearest first, and None for no day."""
    here = one.sentence.start
    near = sorted(diary.days, key=lambda day: min(abs(place - here) for place in day.places))
    return [*near[:_MOST], None]


def _say_when(one: Said, day: Day | None) -> When | None:
    """Return the day of a saying, with the words of its own sentence that tell it; a day carried from
    elsewhere is inferred."""
    if day is None:
        return None
    here = [w.span for w in day.words if one.sentence.start <= w.span.start < one.sentence.end]
    if here:
        at = one.what.cue[0].start if one.what.cue else one.sentence.start
        return replace(day.when, span=min(here, key=lambda span: abs(span.start - at)))
    return replace(day.when, span=None, known="inferred" if day.when.value else None)
