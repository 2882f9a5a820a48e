"""The verdict on one page: where the words stand there, whose they are, and how they stand. Pure.

The rules are those of `docs/check.md`; whoever changes them changes `verdicts.RULES`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.checks.left_out import Places, find_left_out
from onrecord.checks.mood import find_mood
from onrecord.checks.passages import PageText, Passage, Zone, role_at
from onrecord.checks.question import Question
from onrecord.checks.sense import turning_in
from onrecord.checks.tiers import find_tier
from onrecord.checks.verdicts import Part, QuotationHit, Verdict
from onrecord.checks.wording import Word, cut_words, find_like, find_parts, tell_changes, widen
from onrecord.types import Entry, Span
from onrecord.wordlists import read_list

__all__ = ["AROUND", "find_exact", "find_near", "make_hit"]

AROUND = 32  # characters shown either side
_ALTERED = 0.6
_CROSSHEAD = 14  # words of a headline within the text
_LEAST_SAME = 3  # Two words in common are no quotation.
_END = re.compile(r"[.!?]+")
_PLACE = re.compile(r"\s(?:at|in|on|of|by|near|outside|that|which|behind|above|over)\s|,")
_ASKING = re.compile(r"(?:^|[.!?\n]\s*)(?:Did|Has|Have|Had|Does|Do|Was|Were|Is|Could|Would|Will)\s")
_CLOSED_ASKING = re.compile(r"\s*[”\"’'»]+\s*\?")
_MODALS = frozenset("would could might may should will shall".split())
_SIGN = re.compile(r"[”\"’')\]»\s]*([?!.,;:]?)")

_ASKING_WORDS = frozenset(
    """who what when where why how which whose whom is are was were am do does did has have had can could will
    would shall should may might must not and but so or then""".split()
)


def find_exact(question: Question, page: PageText) -> list[QuotationHit]:
    """Return every place of a page that has the very words, each with what it alone would say."""
    found: list[QuotationHit] = []
    for passage in (*page.own, *page.others(question.longest)):
        for places in find_parts(question.parts, passage.words):
            # An inner statement's words are its speaker's, and no more those of who tells of it.
            if not _is_covered(passage, places, found):
                found.append(_judge(question, page, passage, places))
    return found


def find_near(
    question: Question, page: PageText, weights: Sequence[float], least: float
) -> list[QuotationHit]:
    """Return the places of a page that have words much like the asked ones.

    `weights` say how much each asked word tells, and `least` how much the words in common must.
    """
    asked = question.all
    found: list[QuotationHit] = []
    for passage in page.own:
        if passage.zone != "article":
            continue
        like = find_like(asked, passage.words, _ALTERED)
        if like is None or like.likeness == 1 or len(like.same) < min(_LEAST_SAME, len(asked)):
            continue
        if sum(weights[i] for i in like.same) < least:
            continue
        first, last = widen(asked, passage.words, like.first, like.last)
        if passage.entries or not _in_statement(page, passage.words[first:last]):
            found.append(_judge_near(question, page, passage, first, last, like.likeness))
    return found


def make_hit(
    page: PageText,
    printed: Sequence[Word],
    verdict: Verdict,
    *,
    entry: Entry | None = None,
    likeness: float = 1.0,
) -> QuotationHit:
    """Return a place of a page with what stands around it."""
    span = Span(min(word.start for word in printed), max(word.end for word in printed))
    return QuotationHit(
        verdict=verdict,
        tier=None,
        page=page.page,
        span=span,
        words=span.of(page.text),
        prefix=page.text[max(0, span.start - AROUND) : span.start],
        suffix=page.text[span.end : span.end + AROUND],
        role=role_at(page.blocks, span.start),
        entry=entry,
        likeness=likeness,
    )


def _is_covered(passage: Passage, places: Places, found: Sequence[QuotationHit]) -> bool:
    words = passage.words
    first, last = words[places[0][0]].start, words[places[-1][1] - 1].end
    if passage.zone != "article":
        return False
    return any(hit.span.start <= first and last <= hit.span.end for hit in found if hit.verdict != "spliced")


def _judge(question: Question, page: PageText, passage: Passage, places: Places) -> QuotationHit:
    printed = [word for first, last in places for word in passage.words[first:last]]
    if passage.zone != "article":
        entry = passage.entries[0] if passage.entries else None
        return make_hit(page, printed, _outside(passage.zone), entry=entry)
    if not passage.entries:
        return _in_prose(question, page, printed)
    entry = _entry_at(passage, printed[0])
    hit = make_hit(page, printed, "verbatim", entry=entry)
    hit = replace(hit, in_marks=_in_marks(page, passage, hit.span))
    return _with_verdict(question, page, passage, places, hit)


def _with_verdict(
    question: Question, page: PageText, passage: Passage, places: Places, hit: QuotationHit
) -> QuotationHit:
    """Judge words that stand in a statement, or in one that goes on, in the order in which it matters."""
    entry = hit.entry
    assert entry is not None
    says = question.who_says(entry)
    if _is_disowned(page, hit.span, entry):
        return replace(hit, verdict="disowned")
    if says == "nobody" or _is_thing(entry) or _is_unreal(page, entry):
        return replace(hit, verdict="nobody's words")
    if says == "another":
        return replace(hit, verdict="another speaker")
    moods = (find_mood(page, one, hit.span) for one in passage.entries if _shares(one, hit.span))
    if (how := _not_said(page, entry, hit.span) or next(filter(None, moods), None)) is not None:
        return replace(hit, verdict=how)
    if _is_crosshead(page, hit.span):
        return replace(hit, verdict="only in a headline")
    if not all(passage.quoted[n] for first, last in places for n in range(first, last)):
        return replace(hit, verdict="reported, not quoted")
    left_out = find_left_out(question, page, passage, places, hit.span)
    between = [one for one in left_out if one.where == "between"]
    if between or any(one.turns for one in left_out):
        return replace(hit, verdict="cut", left_out=left_out)
    if _asks_otherwise(question, page, passage.words[places[-1][1] - 1]):
        sign = "?" if question.tail == "?" else question.tail and "."
        changes = ((hit.words, hit.words), (sign, "." if question.tail == "?" else "?"))
        return replace(hit, verdict="altered", changes=changes, likeness=0.99)
    printed = [passage.words[first:last] for first, last in places]
    return replace(hit, tier=find_tier(question, page.text, [word for part in printed for word in part]))


def _is_crosshead(page: PageText, span: Span) -> bool:
    """Say whether words stand in a headline within the text: one line in single marks, without a full stop.

    Such a line, ‘The weir is for sale,’ says Ruel, is written as headlines are, for its length.
    """
    n = bisect_left(page.blocks, span.start + 1, key=lambda block: block.span.start) - 1
    line = page.blocks[n].span.of(page.text).strip() if n >= 0 else ""
    few = len(line.split()) <= _CROSSHEAD
    return few and line[:1] in "‘'" and line[-1:].isalnum()


def _not_said(page: PageText, entry: Entry, span: Span) -> Verdict | None:
    """Return how words stand in a statement that does not put them as so; None where it does."""
    if entry.kind == "no-comment":
        return "refused"
    if entry.polarity == "denied":
        return "denied"
    if _is_in_question(page, entry):
        return "asked"
    if entry.polarity != "asked":
        return None
    # Of what is quoted as asked, only the sentences that are questions were.
    ends = _END.search(page.text, span.end) if entry.kind == "direct" else None
    return None if ends is not None and "?" not in span.of(page.text) + ends[0] else "asked"


def _is_thing(entry: Entry) -> bool:
    """Say whether a statement is what a sign or a banner reads: nobody says it."""
    if entry.speaker is None or entry.speaker.type != "unnamed":
        return False
    head = _PLACE.split(entry.speaker.name, maxsplit=1)[0].split()
    return bool(head) and head[-1].casefold() in _things()


@cache
def _things() -> frozenset[str]:
    return frozenset(row[0] for row in read_list("bearing_things.tsv"))


def _is_disowned(page: PageText, span: Span, entry: Entry | None) -> bool:
    if any(one.start < span.end and span.start < one.end for one in page.disowned):
        return True
    return entry is not None and entry.kind != "no-comment" and _cue_is_denied(page, entry)


def _cue_is_denied(page: PageText, entry: Entry) -> bool:
    """Say whether a page says that somebody did not say it: "never said", "did not write"."""
    if not entry.spans.cue or entry.polarity == "denied":
        return False
    cue = entry.spans.cue[0]
    before = cut_words(page.text, Span(max(0, cue.start - 40), cue.end))
    near = [word for word in before if word.start < cue.end][-4:-1]
    gap = page.text[near[0].start if near else cue.start : cue.start]
    if re.search(r"[.;:!?\n“”\"]", gap):
        return False
    keys = [word.key for word in near]
    return "never" in keys[-2:] or ("not" in keys and any(k in ("did", "has", "had", "have") for k in keys))


def _is_unreal(page: PageText, entry: Entry) -> bool:
    """Say whether a page tells what somebody would, might or will say: then they have not said it."""
    if not entry.spans.cue or entry.kind == "no-comment":
        return False
    cue = entry.spans.cue[0]
    start = max((span.end for span in entry.spans.source if span.end <= cue.start), default=cue.start - 30)
    near = cut_words(page.text, Span(max(0, start, cue.start - 30), cue.end))
    text = page.text[max(0, start) : cue.start]
    return any(word.key in _MODALS for word in near) and not re.search(r"[.,;:!?\n“”\"]", text)


def _is_in_question(page: PageText, entry: Entry) -> bool:
    """Say whether the outlet asks if somebody said so: "Did she say “...”?"."""
    spans = [*entry.spans.source, *entry.spans.cue, *entry.spans.content]
    if not entry.spans.cue or not entry.spans.content:
        return False
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    ends = _CLOSED_ASKING.match(page.text, last)
    begins = page.text[max(0, first - 12) : first + 12]
    return bool(ends) and page.text[last - 1] != "?" and bool(_ASKING.search(begins))


def _asks_otherwise(question: Question, page: PageText, last: Word) -> bool:
    """Say whether a question is given as a sentence, or a sentence as a question."""
    found = _SIGN.match(page.text, last.end)
    printed = found[1] if found else ""
    if not question.tail:
        # Nobody has to write the full stop; without its sign a question must still look like one.
        return printed == "?" and question.all[0].key not in _ASKING_WORDS
    return bool(printed) and (question.tail == "?") != (printed == "?")


def _in_prose(question: Question, page: PageText, printed: Sequence[Word]) -> QuotationHit:
    """Judge words that no one statement holds: the outlet's own, or a seam between two people's."""
    hit = make_hit(page, printed, "nobody's words")
    hit = replace(hit, in_marks=_marks_over(page, hit.span))
    if _is_disowned(page, hit.span, None):
        return replace(hit, verdict="disowned")
    over = [entry for entry in page.entries if _shares(entry, hit.span)]
    if not over:
        return hit
    whose = {entry.speaker.name if entry.speaker else entry.id for entry in over}
    parts = tuple(_parts(page, printed, over))
    verdict: Verdict = "spliced" if len(whose) > 1 or question.by else "nobody's words"
    return replace(hit, verdict=verdict, parts=parts)


def _parts(page: PageText, printed: Sequence[Word], over: Sequence[Entry]) -> Iterator[Part]:
    """Yield a stretch in parts by whose words they are."""
    run: list[Word] = []
    owner: Entry | None = None
    for word in printed:
        mine = next((entry for entry in over if _holds(entry, word)), None)
        if run and mine is not owner:
            yield _part(page, run, owner)
            run = []
        run.append(word)
        owner = mine
    if run:
        yield _part(page, run, owner)


def _part(page: PageText, run: Sequence[Word], owner: Entry | None) -> Part:
    span = Span(run[0].start, run[-1].end)
    return Part(words=span.of(page.text), page=page.page, span=span, entry=owner)


def _judge_near(
    question: Question, page: PageText, passage: Passage, first: int, last: int, likeness: float
) -> QuotationHit:
    printed = passage.words[first:last]
    entry = _entry_at(passage, printed[0]) if passage.entries else None
    hit = make_hit(page, printed, "altered" if entry else "not found", entry=entry, likeness=likeness)
    hit = replace(
        hit,
        changes=tell_changes(question.words, question.all, page.text, printed),
        turned=_turned(question, page, printed),
        in_marks=_in_marks(page, passage, hit.span) if entry else (),
    )
    if entry is None:
        return hit
    if _is_disowned(page, hit.span, entry):
        return replace(hit, verdict="disowned")
    says = question.who_says(entry)
    if says == "another":
        return replace(hit, verdict="another speaker")
    if says == "nobody":
        return replace(hit, verdict="not found")
    return replace(hit, verdict=_not_said(page, entry, hit.span) or "altered")


def _turned(question: Question, page: PageText, printed: Sequence[Word]) -> tuple[str, ...]:
    """Return the words put in or left out that can turn the sense."""
    asked, there = question.all, list(printed)
    ours = [word.key for word in turning_in(asked)]
    theirs = [word.key for word in turning_in(there)]
    put_in = [question.words[w.start : w.end] for w in turning_in(asked) if w.key not in theirs]
    left_out = [page.text[w.start : w.end] for w in turning_in(there) if w.key not in ours]
    return tuple(dict.fromkeys([*put_in, *left_out]))


def _outside(zone: Zone) -> Verdict:
    return "only in a headline" if zone == "headline" else "only outside the article"


def _entry_at(passage: Passage, word: Word) -> Entry:
    return next((entry for entry in passage.entries if _holds(entry, word)), passage.entries[0])


def _holds(entry: Entry, word: Word) -> bool:
    return any(span.start <= word.start and word.end <= span.end for span in entry.spans.content)


def _shares(entry: Entry, span: Span) -> bool:
    return any(one.start < span.end and span.start < one.end for one in entry.spans.content)


def _in_statement(page: PageText, words: Sequence[Word]) -> bool:
    span = Span(words[0].start, words[-1].end)
    return any(_shares(entry, span) for entry in page.entries)


def _in_marks(page: PageText, passage: Passage, span: Span) -> tuple[Span, ...]:
    marked = (one for entry in passage.entries for one in page.in_marks(entry))
    return tuple(_meet(one, span) for one in marked if one.start < span.end and span.start < one.end)


def _marks_over(page: PageText, span: Span) -> tuple[Span, ...]:
    marked = (q.inner for q in page.quotations)
    return tuple(_meet(one, span) for one in marked if one.start < span.end and span.start < one.end)


def _meet(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))
