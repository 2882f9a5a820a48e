"""A quotation put together from several places: its parts, each with whose words they are. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.checks.judge import make_hit
from onrecord.checks.passages import PageText, Passage
from onrecord.checks.question import Question
from onrecord.checks.verdicts import Part, QuotationHit
from onrecord.checks.wording import Word, find_parts
from onrecord.types import Entry, Span

__all__ = ["find_splice"]

_RUN = 3  # Fewer words in a row stand anywhere.
_COVERED = 0.8  # of the asked words that stand in the parts
_SEAM = 3  # words that may join two parts: "and that is why"
_MOST_PLACES = 40  # places of one run of words that are looked at


@dataclass(frozen=True, slots=True)
class _Run:
    """Asked words `first` to `last` (not included), standing in a passage from its word `at` on."""

    first: int
    last: int
    page: PageText
    passage: Passage
    at: int

    @property
    def printed(self) -> tuple[Word, ...]:
        return self.passage.words[self.at : self.at + self.last - self.first]


def find_splice(question: Question, pages: Sequence[PageText]) -> QuotationHit | None:
    """Return the quotation as parts of several statements, or of a statement and the outlet's text.

    None where the parts do not make up most of it, or all stand in one statement.
    """
    places = [(page, passage) for page in pages for passage in page.own if _is_asked(passage)]
    runs = _explicit(question, places) if len(question.parts) > 1 else _tile(question, places)
    if len(runs) < 2 or not _holds_together(question, runs):
        return None
    owners = [_owner(run) for run in runs]
    if len({entry.id if entry else run.page.page.id for run, entry in zip(runs, owners, strict=True)}) < 2:
        return None
    if all(entry is None for entry in owners):
        return None
    covered = sum(run.last - run.first for run in runs) / len(question.all)
    first = next(n for n, entry in enumerate(owners) if entry is not None)
    hit = make_hit(
        runs[first].page, runs[first].printed, "spliced", entry=owners[first], likeness=round(covered, 4)
    )
    return replace(hit, parts=tuple(_part(run, entry) for run, entry in zip(runs, owners, strict=True)))


def _is_asked(passage: Passage) -> bool:
    return passage.zone == "article" and bool(passage.words)


def _explicit(question: Question, places: Sequence[tuple[PageText, Passage]]) -> list[_Run]:
    """Return a run for every part between ellipses; [] where one of them stands nowhere."""
    runs: list[_Run] = []
    at = 0
    for part in question.parts:
        found = [
            _Run(at, at + len(part), page, passage, where[0][0])
            for page, passage in places
            for where in find_parts([part], passage.words)
        ]
        if not found:
            return []
        runs.append(min(found, key=lambda run: _preference(question, run, runs)))
        at += len(part)
    return runs


def _tile(question: Question, places: Sequence[tuple[PageText, Passage]]) -> list[_Run]:
    """Return the longest runs of asked words that stand somewhere, from the first asked word on."""
    keys = [word.key for word in question.all]
    wanted = {tuple(keys[n : n + _RUN]) for n in range(len(keys) - _RUN + 1)}
    index: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, (_, passage) in enumerate(places):
        for at, run in enumerate(_runs_of(passage.words)):
            if run in wanted and len(index[run]) < _MOST_PLACES:
                index[run].append((number, at))
    runs: list[_Run] = []
    first = 0
    while first + _RUN <= len(keys):
        found = [
            _Run(first, first + _reach(keys, first, places[n][1].words, at), *places[n], at)
            for n, at in index.get(tuple(keys[first : first + _RUN]), ())
        ]
        if not found:
            first += 1
            continue
        longest = max(run.last for run in found)
        best = min((r for r in found if r.last == longest), key=lambda run: _preference(question, run, runs))
        runs.append(best)
        first = best.last
    return runs


def _runs_of(words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    keys = [word.key for word in words]
    return (tuple(keys[n : n + _RUN]) for n in range(len(keys) - _RUN + 1))


def _reach(keys: Sequence[str], first: int, words: Sequence[Word], at: int) -> int:
    n = 0
    while first + n < len(keys) and at + n < len(words) and keys[first + n] == words[at + n].key:
        n += 1
    return n


def _preference(question: Question, run: _Run, before: Sequence[_Run]) -> tuple[bool, bool, bool, str, int]:
    """Prefer a statement to the outlet's text, the speaker asked for, and the page of the part before."""
    entry = _owner(run)
    same_page = bool(before) and before[-1].page.page.id == run.page.page.id
    agrees = entry is not None and question.who_says(entry) == "agrees"
    return entry is None, not agrees, not same_page, run.page.page.published or "9", run.at


def _owner(run: _Run) -> Entry | None:
    if not run.passage.entries:
        span = Span(run.printed[0].start, run.printed[-1].end)
        return next((e for e in run.page.entries if _holds(e, span)), None)
    word = run.printed[0]
    return next((e for e in run.passage.entries if _holds(e, Span(word.start, word.end))), None)


def _holds(entry: Entry, span: Span) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in entry.spans.content)


def _holds_together(question: Question, runs: Sequence[_Run]) -> bool:
    """Say whether the runs are most of what was asked, with no more than a few words at each seam."""
    edges = [0, *(edge for run in runs for edge in (run.first, run.last)), len(question.all)]
    gaps = [edges[n + 1] - edges[n] for n in range(0, len(edges), 2)]
    return max(gaps) <= _SEAM and sum(gaps) <= (1 - _COVERED) * len(question.all)


def _part(run: _Run, entry: Entry | None) -> Part:
    span = Span(run.printed[0].start, run.printed[-1].end)
    return Part(words=span.of(run.page.text), page=run.page.page, span=span, entry=entry)
