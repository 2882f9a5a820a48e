"""The answer to "is this what she said?" in words a desk can use: for the terminal and the browser."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.views.dates import long_day
from onrecord.views.render import day_of, render_outlet, render_percent, render_speaker
from onrecord.views.terminal import count_of, plain

if TYPE_CHECKING:
    from onrecord.checks.verdicts import Asked, Part, QuotationCheck, QuotationHit, Standing

__all__ = [
    "render_asked",
    "render_left_out",
    "render_part",
    "render_place",
    "render_sentence",
    "render_standing",
    "render_sure",
    "render_turned",
    "render_verdict",
    "render_whose",
]

_BLOCKS = {
    "comment": "a reader's comment",
    "caption": "a caption",
    "pullquote": "a pull quote",
    "related": "the teaser of another story",
    "newsletter": "a newsletter form",
    "menu": "a menu",
    "advert": "an advertisement",
    "byline": "a byline",
}
_TIERS = {
    "exact": "character for character",
    "typography": "but for typography: marks, contractions, how a number is written",
    "case": "but for capitals",
}
_OPEN_WORLD = "They may have been said all the same: a ledger holds only the pages that were added to it."


def render_verdict(check: "QuotationCheck") -> str:
    """Return the verdict and the sentence that explains it: "Verbatim: ..."."""
    return f"{check.verdict.capitalize()}: {render_sentence(check)}"


def render_sentence(check: "QuotationCheck") -> str:
    """Return the answer as a sentence for a note to the desk; it is about words and pages, not truth."""
    if not check.hits or check.verdict == "not found":
        nearest = " The nearest words are shown below." if check.hits else ""
        asked = render_asked(check.asked)
        return f"no page of this ledger has these words as anybody's. {asked}.{nearest} {_OPEN_WORLD}"
    sentence = _SENTENCES[check.verdict](check, check.hits[0])
    # The parts of a splice stand where each of them says: the whole stands nowhere.
    return f"{sentence}." if check.verdict == "spliced" else f"{sentence}. {render_standing(check.standing)}."


def _verbatim(check: "QuotationCheck", hit: "QuotationHit") -> str:
    how = _TIERS[check.tier or "exact"]
    return f"{render_place(hit)} prints these words in quotation marks, {how}, {render_whose(hit)}"


def _cut(check: "QuotationCheck", hit: "QuotationHit") -> str:
    where, whose = render_place(hit), render_whose(hit)
    return (
        f"{where} prints these words in quotation marks, {whose}, and words were left out: "
        f"{render_left_out(hit)}"
    )


def _altered(check: "QuotationCheck", hit: "QuotationHit") -> str:
    like = render_percent(hit.likeness)
    return (
        f"no page has exactly these words; {render_place(hit)} has words {like} alike, "
        f"{render_whose(hit)}{render_turned(hit)}"
    )


def _spliced(check: "QuotationCheck", hit: "QuotationHit") -> str:
    parts = "; ".join(render_part(part, whole=hit) for part in hit.parts)
    return f"no one statement has these words; their parts stand apart: {parts}"


def _reported(check: "QuotationCheck", hit: "QuotationHit") -> str:
    partly = " (part of them in quotation marks)" if hit.in_marks else ""
    return (
        f"{render_place(hit)} reports this in its own words{partly}, {render_whose(hit)}; "
        "no outlet here prints it as a quotation"
    )


def _denied(check: "QuotationCheck", hit: "QuotationHit") -> str:
    return f"{render_place(hit)} has these words in what was denied, {render_whose(hit)}{_alike(hit)}"


def _asked(check: "QuotationCheck", hit: "QuotationHit") -> str:
    return f"{render_place(hit)} has these words in a question, {render_whose(hit)}{_alike(hit)}"


def _refused(check: "QuotationCheck", hit: "QuotationHit") -> str:
    where, whose = render_place(hit), render_whose(hit)
    return f"{where} has these words in what a comment was refused on, {whose}{_alike(hit)}"


def _disowned(check: "QuotationCheck", hit: "QuotationHit") -> str:
    others = len({one.page.id for one in check.hits if one.verdict == "verbatim"})
    printed = count_of(others, "page prints", "pages print")
    also = f"; {printed} them as a quotation all the same" if others else ""
    how = "as never said, fake, misattributed or misquoted"
    return f"{render_place(hit)} prints these words {how}{_alike(hit)}{also}"


def _another(check: "QuotationCheck", hit: "QuotationHit") -> str:
    like = "words like these" if hit.changes else "these words"
    return f"{render_place(hit)} has {like}, {render_whose(hit)}; no page has them as {check.by}'s"


def _nobody(check: "QuotationCheck", hit: "QuotationHit") -> str:
    where = render_place(hit)
    if hit.parts:
        whose = ", ".join(dict.fromkeys(_owner(part) for part in hit.parts))
        return f"{where} has these words as they stand, and they are not one speaker's: {whose}"
    if hit.entry is not None:
        return f"{where} has these words, and nobody is recorded as saying them"
    if hit.in_marks:
        return f"{where} has these words in quotation marks, and nobody is recorded as saying them"
    return f"{where} has these words in its own text (narration, a title, a sign), not as what somebody said"


def _headline(check: "QuotationCheck", hit: "QuotationHit") -> str:
    return f"{render_place(hit)} has these words in its headline; no article's text has them"


def _outside(check: "QuotationCheck", hit: "QuotationHit") -> str:
    block = _BLOCKS.get(hit.role, "the page's furniture")
    return f"{render_place(hit)} has these words in {block}, which is no record of anybody's saying them"


_SENTENCES = {
    "verbatim": _verbatim,
    "cut": _cut,
    "altered": _altered,
    "spliced": _spliced,
    "reported, not quoted": _reported,
    "denied": _denied,
    "asked": _asked,
    "refused": _refused,
    "disowned": _disowned,
    "another speaker": _another,
    "nobody's words": _nobody,
    "only in a headline": _headline,
    "only outside the article": _outside,
}


def render_place(hit: "QuotationHit") -> str:
    """Return where a hit stands: "The Slope of 2031-03-11"."""
    day = day_of(hit.page.published)
    return render_outlet(hit.page) + (f" of {day}" if day else "")


def render_whose(hit: "QuotationHit") -> str:
    """Return whose words a place has: "said by Mara Ostrey (spokeswoman)"."""
    entry = hit.entry
    if entry is None:
        return "outside what it reports as said"
    if entry.speaker is None:
        return f"said by somebody not named (“{entry.source}”)" if entry.source else "said by nobody it names"
    who = plain(render_speaker(entry.speaker))
    if entry.via:
        who += f", as carried by {', '.join(entry.via)}"
    if hit.verdict == "reported, not quoted":
        return f"as said by {who}"
    if hit.verdict in ("denied", "asked", "refused"):
        return f"by {who}"
    return f"said by {who}"


def render_sure(hit: "QuotationHit") -> str:
    """Return how sure the program is of speaker and words, "" where it does not say."""
    sure = hit.entry.confidence if hit.entry else None
    return "" if sure is None else f"{render_percent(sure)} sure of speaker and words"


def render_left_out(hit: "QuotationHit") -> str:
    """Return the words that were left out, those that can turn the sense in capitals of their own."""
    where = {"before": "right before", "between": "in between", "behind": "right behind"}
    told = []
    for one in hit.left_out:
        loud = (
            f" — {', '.join(repr_word(word) for word in one.turns)} CAN TURN THE SENSE" if one.turns else ""
        )
        told.append(f"{where[one.where]}, “{' '.join(one.words.split())}”{loud}")
    return "; ".join(told)


def render_turned(hit: "QuotationHit") -> str:
    """Return a warning of words put in or left out that can turn the sense; "" where there are none."""
    if not hit.turned:
        return ""
    return f"; put in or left out: {', '.join(map(repr_word, hit.turned))}, WHICH CAN TURN THE SENSE"


def repr_word(word: str) -> str:
    """Return a word in marks."""
    return f"“{word}”"


def render_part(part: "Part", *, whole: "QuotationHit | None" = None) -> str:
    """Return a part of a spliced quotation with whose it is."""
    where = ""
    if whole is None or part.page.id != whole.page.id:
        day = day_of(part.page.published)
        where = f" in {render_outlet(part.page)}" + (f" of {day}" if day else "")
    return f"“{' '.join(part.words.split())}” is {_owner(part)}{where}"


def _owner(part: "Part") -> str:
    if part.entry is None:
        return "the outlet's own text"
    if part.entry.speaker is None:
        return "somebody's who is not named"
    return f"{plain(part.entry.speaker.name)}'s"


def _alike(hit: "QuotationHit") -> str:
    return f" (words {render_percent(hit.likeness)} alike)" if hit.changes else ""


def render_standing(standing: "Standing") -> str:
    """Return how often words stand so: "2 outlets, 1 chain, 1 copy, 2 versions of one page"."""
    of = "one page" if standing.versions_of == 1 else f"{standing.versions_of:,} pages"
    parts: Iterable[str] = (
        count_of(standing.outlets, "outlet") if standing.outlets else "outlet not known",
        count_of(standing.first_hands, "chain") if standing.first_hands else "",
        count_of(standing.articles, "article") if standing.articles != standing.outlets else "",
        count_of(standing.copies, "copy", "copies") if standing.copies else "",
        f"{standing.versions:,} versions of {of}" if standing.versions else "",
    )
    return "So it stands in " + ", ".join(filter(None, parts))


def render_asked(asked: "Asked") -> str:
    """Return what was searched: "412 pages were asked, published from 1 March 2031 to 30 June 2031"."""
    pages = count_of(asked.pages, "page was asked", "pages were asked")
    if asked.since is None or asked.until is None:
        return f"{pages}, none of them dated" if asked.pages else pages
    if asked.since == asked.until:
        return f"{pages}, published on {long_day(asked.since)}"
    return f"{pages}, published from {long_day(asked.since)} to {long_day(asked.until)}"
