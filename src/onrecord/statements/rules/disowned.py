"""Words that a page prints as never said: fake, misattributed, misquoted, or denied in so many words.

A fact-check quotes what nobody said. It is evidence that the page disowns the words, and none that they were
said. This is grammar of the sentence round the quotation, with what is in marks out of the way, and of the
sentence after it ("The post is fake."). Whether what somebody did say is true is another matter: “The dam is
safe,” he said. The claim is false. — that disowns nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.statements.quotations.marks import Quotation
from onrecord.statements.rules.disowning_patterns import (
    ALONE,
    ASKS,
    DID_NOT,
    FACT,
    FALSE_LABEL,
    LABEL,
    NO,
    claims,
    may_disown,
    pattern_of_page,
    pattern_of_rating,
    patterns_inside,
    patterns_looking_back,
    saying,
)
from onrecord.statements.text.sentences import OPEN, QUOTED, mask_quotations
from onrecord.types import Span

__all__ = ["find_disowned"]

_BACK = 2  # sentences that a word about "the post" or "it" may stand behind the quotation
_KEY = re.compile(r"[^\W_]+")
_BREAK = re.compile(rf"[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'(\[]?[A-Z{OPEN}])|\n")
_OPENS = re.compile(rf"\s+[A-Z{OPEN}]")
_MOST = 200_000  # characters of a paragraph that is looked through


class _Sentence(NamedTuple):
    """A sentence of a paragraph, with the quotations that begin in it."""

    words: str  # with one sign, `QUOTED`, for each quotation
    paragraph: int
    quotations: tuple[Quotation, ...]


def find_disowned(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Yield the words in marks that the page says were not said, in reading order.

    Where one quotation is disowned, so is every other one on the page with the same words.
    """
    if not quotations or not may_disown().search(text):
        return
    masked = mask_quotations(text, quotations)
    sentences = list(_cut(text, masked, paragraphs, quotations))
    found = {q.inner for at in range(len(sentences)) for q in _disowned_at(sentences, at)}
    if any(pattern_of_page().search(sentence.words) for sentence in sentences):
        found |= {q.inner for q in quotations}
    found |= {q.inner for q in _rated(masked, sentences)}
    words = {key for span in found if (key := _key(span.of(text)))}
    yield from (q.inner for q in quotations if q.inner in found or _key(q.inner.of(text)) in words)


def _key(words: str) -> tuple[str, ...]:
    return tuple(_KEY.findall(words.casefold()))


def _cut(
    text: str, masked: str, paragraphs: Iterable[Span], quotations: Sequence[Quotation]
) -> Iterator[_Sentence]:
    starts = [quotation.outer.start for quotation in quotations]
    for number, paragraph in enumerate(paragraphs):
        at, limit = paragraph.start, min(paragraph.end, paragraph.start + _MOST)
        here = quotations[bisect_left(starts, at) : bisect_left(starts, limit)]
        ends = {found.end() for found in _BREAK.finditer(masked, at, limit)}
        # A quotation that ends with a full stop ends its sentence, when another one begins.
        ends |= {
            q.outer.end for q in here if text[q.inner.end - 1] in ".!?…" and _OPENS.match(masked, q.outer.end)
        }
        for end in [*sorted(ends), limit]:
            own = [q for q in here if at <= q.outer.start < end and masked[q.inner.start] == QUOTED]
            if masked[at:end].strip():
                yield _Sentence(_compact(masked, at, end, own), number, tuple(own))
            at = end


def _compact(masked: str, start: int, end: int, quotations: Sequence[Quotation]) -> str:
    """Return a sentence with one sign for each quotation: no pattern has to count what is in marks."""
    parts: list[str] = []
    for quotation in quotations:
        parts += (masked[start : quotation.outer.start], QUOTED)
        start = quotation.outer.end
    return "".join([*parts, masked[start:end]]).strip()


def _disowned_at(sentences: Sequence[_Sentence], at: int) -> Iterator[Quotation]:
    """Yield the quotations that a sentence disowns: its own, or those of the sentences before it."""
    sentence = sentences[at]
    if sentence.quotations:
        yield from _in_sentence(sentence)
    if at and DID_NOT.match(sentence.words):
        yield from _before(sentences, at, claim_only=True)
    if at and NO.match(sentence.words) and _is_question(sentences[at - 1].words):
        yield from sentences[at - 1].quotations
    undone, claim_only = _looks_back(sentence.words)
    if undone:
        yield from _before(sentences, at, claim_only)


def _in_sentence(sentence: _Sentence) -> Iterator[Quotation]:
    for pattern in patterns_inside():
        for found in pattern.finditer(sentence.words):
            yield sentence.quotations[sentence.words.count(QUOTED, 0, found.start("q"))]


def _before(sentences: Sequence[_Sentence], at: int, claim_only: bool) -> Iterator[Quotation]:
    """Yield the quotations of the nearest sentence, this one or before it, that has any."""
    first = at if sentences[at].quotations and not claim_only else at - 1
    for one in sentences[first : at - 1 - _BACK if at > _BACK else None : -1]:
        if not one.quotations or sentences[at].paragraph - one.paragraph > 1:
            continue
        if not claim_only or _is_told_as_claim(one.words):
            yield from one.quotations
        return


def _is_told_as_claim(words: str) -> bool:
    """Say whether words are told as a claim, or as what somebody says that somebody else said."""
    return bool(claims().search(words)) or len(saying().findall(words.partition(QUOTED)[0])) > 1


def _is_question(words: str) -> bool:
    return bool(ASKS.match(words)) and words.rstrip("”\"’' ").endswith("?")


def _looks_back(words: str) -> tuple[bool, bool]:
    """Say whether a sentence disowns what stands before it, and whether only where that is told as a claim.

    "The claim is false" may be about what was claimed: then only what is told as a claim or a post counts.
    """
    if patterns_looking_back()[0].search(words):
        return True, False
    return bool(patterns_looking_back()[1].search(words)), True


def _rated(masked: str, sentences: Sequence[_Sentence]) -> Iterator[Quotation]:
    """Yield what stands behind "Myth:", and behind "Claim:" on a page whose ruling is "False" or that has a
    "Fact:" beside it."""
    ruled = bool(pattern_of_rating().search(masked) or FACT.search(masked))
    label = ""
    for sentence in sentences:
        alone = ALONE.fullmatch(sentence.words)
        words = label or sentence.words
        told = bool(FALSE_LABEL.match(words) or (ruled and LABEL.match(words)))
        if told and alone is None and saying().search(sentence.words):
            yield from sentence.quotations
        label = f"{alone[0].rstrip(':')}:" if alone else ""
