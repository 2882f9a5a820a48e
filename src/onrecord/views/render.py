"""Entries as words for people: when, who, what, and as reported by whom."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from onrecord.types import Entry, EntryPage, EntrySpeaker
from onrecord.views.dates import are_in_a_row, find_weekday, is_in_month, long_day
from onrecord.views.terminal import Cell, bold, dim, join, styled

__all__ = [
    "ENTRY_HEADERS",
    "ENTRY_STACKS",
    "chain_words",
    "day_of",
    "find_host",
    "find_outlet",
    "render_chain",
    "render_days",
    "render_entry",
    "render_filed_day",
    "render_outlet",
    "render_percent",
    "render_speaker",
    "render_versions",
    "render_what",
    "render_when",
    "tell_versions",
]

ENTRY_HEADERS = ("said on", "who", "as reported by", "what", "sure", "id")
ENTRY_STACKS = (("said on", "who"), ("what",), ("as reported by", "sure", "id"))


def day_of(moment: str | None) -> str | None:
    """Return the day of an ISO time: "2031-03-11" of "2031-03-11T08:00Z"; a month stays a month."""
    return moment[:10] if moment else None


def render_entry(entry: Entry, versions: tuple[int, int] = (1, 1)) -> tuple[Cell, ...]:
    """Return the cells of an entry's row, in the order of `ENTRY_HEADERS`. `versions` counts the versions of
    its page that have it, and all of them.
    """
    who = render_speaker(entry.speaker, entry.source)
    sure = "" if entry.confidence is None else dim(render_percent(entry.confidence))
    chain = join(render_chain(entry), render_versions(*versions))
    return render_when(entry), who, chain, render_what(entry), sure, dim(entry.id)


def render_versions(number: int, of: int | None = None) -> Cell:
    """Return " (2 versions)", " (1 of 2 versions)"; nothing where a page has one."""
    words = tell_versions(number, of)
    return dim(f" ({words})") if words else ""


def tell_versions(number: int, of: int | None = None) -> str:
    """Return "2 versions", "1 of 2 versions"; "" where a page has one."""
    if of is None or number >= of:
        return f"{number:,} versions" if number > 1 else ""
    return f"{number:,} of {of:,} versions"


def render_percent(share: float) -> str:
    """Return "96%", and never "100%" of what is not the whole: what is shown as 80% is at least that."""
    return f"{int(share * 100 + 1e-9)}%"  # without the last bit 0.29 * 100 would be 28


def render_when(entry: Entry) -> Cell:
    """Return when something was said and how that is known; an open date shows the days it could mean."""
    if entry.said_on:
        # "Last weekend" is surely the month; the days it could be say more.
        days = [day for day in entry.said_on_candidates if is_in_month(day, entry.said_on)]
        told = render_days(days) if days else entry.said_on
        return join(told, dim(f" ({entry.said_on_known})" if entry.said_on_known else ""))
    if entry.said_on_candidates:
        return join(styled(render_days(entry.said_on_candidates), "yellow"), dim(" (unresolved)"))
    published = day_of(entry.page.published)
    return dim(f"(page of {published})" if published else "(no date)")


def render_days(days: Sequence[str]) -> str:
    """Return the days that something could mean: "2031-03-04 or 2031-03-11", "2031-03-10 to
    2031-03-16", and where only the year is open "11 November of 2005 or 2016"."""
    days = sorted(days)
    if len(days) > 2 and are_in_a_row(days):
        return f"{days[0]} to {days[-1]}"
    if weekday := find_weekday(days):
        return f"a {weekday} from {days[0]} to {days[-1]}"
    years, rests = sorted({day[:4] for day in days}), sorted({day[5:] for day in days})
    if len(days) > 2 and len(rests) == 1:
        return f"{long_day('--' + rests[0])} of {_either(years)}"
    return _either(days)


def render_filed_day(value: str) -> str:
    """Return the day of a dateline: an ISO date, or "11 November, no year printed" for "--11-11"."""
    return f"{long_day(value)}, no year printed" if value.startswith("--") else value


def _either(choices: Sequence[str]) -> str:
    return " or ".join([*([", ".join(choices[:-1])] if choices[:-1] else []), choices[-1]])


def render_speaker(speaker: EntrySpeaker | None, source: str | None = None) -> Cell:
    """Return a speaker's name and role as printed; nobody named is shown by the words that stand for them."""
    if speaker is None:
        return dim(f"not named (“{source}”)" if source else "not named")
    note = speaker.role or ("unnamed" if speaker.type == "unnamed" else None)
    return join(bold(speaker.name), f" ({note})" if note else "")


def render_what(entry: Entry) -> Cell:
    """Return the words of saying and the words said, in marks only where the page prints a quotation."""
    cue = _cue(entry)
    content = " … ".join(entry.content)
    if entry.kind == "no-comment":
        return join(styled(cue, "italic"), f" ({content})" if content else "", dim(" [no comment]"))
    question = dim(" [question]") if entry.polarity == "asked" else ""
    if entry.kind == "direct":
        return join(styled(f"{cue}: " if cue else "", "italic"), f"“{content.rstrip(', ')}”", question)
    between = _between(entry)
    if between is not None:
        return join(styled(entry.cue or "", "italic"), dim(between), content, question)
    return join(styled(f"{cue}: " if cue else "", "italic"), content, question)


def _cue(entry: Entry) -> str:
    """Return the words of saying, with whom they were said to: "told reporters"."""
    told = entry.addressee if entry.addressee and entry.addressee not in (entry.cue or "") else None
    return " ".join(words for words in (entry.cue, told) if words)


def _between(entry: Entry) -> str | None:
    """Return the printed words between cue and content, " reporters that "; None in another order."""
    if not entry.spans.cue or not entry.spans.content:
        return None
    gap = entry.spans.content[0].start - entry.spans.cue[-1].end
    if not 0 < gap <= len(entry.prefix):
        return None
    # A mixed content may open with a mark, which belongs to the content as a person reads it.
    return entry.prefix[-gap:]


def chain_words(entry: Entry, text: str) -> tuple[str, ...]:
    """Return the words that lead to a speaker's name, "She", "the mayor", "Anna Holm"; none where the words
    at the saying give it."""
    words = tuple(" ".join(span.of(text).split()) for span in entry.spans.speaker)
    return words if len(words) > 1 else ()


def render_chain(entry: Entry) -> Cell:
    """Return who carried the words, in reading order: "Selm Courier < Northline" had it from Northline."""
    chain = " < ".join([render_outlet(entry.page), *entry.via])
    return join(chain, dim(" (copy)" if entry.copy_of else ""))


def render_outlet(page: EntryPage) -> str:
    """Return the outlet's name, or what stands for it."""
    return find_outlet(page) or "an outlet not known"


def find_outlet(page: EntryPage) -> str | None:
    """Return the outlet's name; where nobody knows it whose copy the page is ("Northline"), else the site
    ("selmcourier.example"), else the file ("bridge.txt"). A page's id tells a reader nothing."""
    return page.outlet or page.credit or find_host(page) or page.file


def find_host(page: EntryPage) -> str | None:
    """Return the site of a page's address: "selmcourier.example"."""
    try:
        return urlsplit(page.uri).hostname if page.uri else None
    except ValueError:  # an address with half a bracket
        return None
