"""Words that a page prints as never said: fake, misattributed, misquoted, or denied in so many words.

A fact-check quotes what nobody said. It is evidence that the page disowns the words, and none that they were
said. This is grammar of the sentence round the quotation, with what is in marks out of the way, and of the
sentence after it ("The post is fake."). Whether what somebody did say is true is another matter: “The dam is
safe,” he said. The claim is false. — that disowns nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.statements.lexicon.words import listed, words_of
from onrecord.statements.quotations.marks import Quotation
from onrecord.statements.text.sentences import OPEN, QUOTED, mask_quotations
from onrecord.types import Span

__all__ = ["find_disowned"]

_FILE = "disowning_words.tsv"
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
    if not quotations or not _may_disown().search(text):
        return
    masked = mask_quotations(text, quotations)
    sentences = list(_cut(text, masked, paragraphs, quotations))
    found = {q.inner for at in range(len(sentences)) for q in _disowned_at(sentences, at)}
    if any(_of_page().search(sentence.words) for sentence in sentences):
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
    if at and _DID_NOT.match(sentence.words):
        yield from _before(sentences, at, claim_only=True)
    if at and _NO.match(sentence.words) and _is_question(sentences[at - 1].words):
        yield from sentences[at - 1].quotations
    undone, claim_only = _looks_back(sentence.words)
    if undone:
        yield from _before(sentences, at, claim_only)


def _in_sentence(sentence: _Sentence) -> Iterator[Quotation]:
    for pattern in _in_patterns():
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
    return bool(_claims().search(words)) or len(_saying().findall(words.partition(QUOTED)[0])) > 1


def _is_question(words: str) -> bool:
    return bool(_ASKS.match(words)) and words.rstrip("”\"’' ").endswith("?")


def _looks_back(words: str) -> tuple[bool, bool]:
    """Say whether a sentence disowns what stands before it, and whether only where that is told as a claim.

    "The claim is false" may be about what was claimed: then only what is told as a claim or a post counts.
    """
    if _back_patterns()[0].search(words):
        return True, False
    return bool(_back_patterns()[1].search(words)), True


def _rated(masked: str, sentences: Sequence[_Sentence]) -> Iterator[Quotation]:
    """Yield what stands behind "Myth:", and behind "Claim:" on a page whose ruling is "False" or that has a
    "Fact:" beside it."""
    ruled = bool(_rating().search(masked) or _FACT.search(masked))
    label = ""
    for sentence in sentences:
        alone = _ALONE.fullmatch(sentence.words)
        words = label or sentence.words
        told = bool(_FALSE_LABEL.match(words) or (ruled and _LABEL.match(words)))
        if told and alone is None and _saying().search(sentence.words):
            yield from sentence.quotations
        label = f"{alone[0].rstrip(':')}:" if alone else ""


_NO = re.compile(r"(?:No|Not (?:so|true|really)|Nope|False|Fake|She did not|He did not|They did not)\b[^,]*$")
_ASKS = re.compile(r"(?:Did|Has|Have|Was|Is|Were|Are|Does|Really)\b")
_DID_NOT = re.compile(
    r"(?:She|He|They|But\s+(?:she|he|they)|[A-Z]\w+)\s+(?:did\s+not|didn['’]t|never\s+did|had\s+not|hadn['’]t)\s*[.!]"
)
_CLAIM_LABELS = r"(?:the\s+)?(?:claim|what\s+was\s+claimed|what\s+they\s+claim|quote|rumou?r|viral\s+claim)"
_FALSE_LABELS = r"(?:myth|false|fake|fiction|satire|parody|hoax|misquote|not\s+real|untrue|misattributed)"
_LABEL = re.compile(rf"{_CLAIM_LABELS}\s*[:–—-]", re.IGNORECASE)
_FALSE_LABEL = re.compile(rf"{_FALSE_LABELS}\s*[:–—-]", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_CLAIM_LABELS}|{_FALSE_LABELS})\s*:?", re.IGNORECASE)
_FACT = re.compile(
    r"^[ \t]*(?:the\s+)?(?:facts?|reality|truth)[ \t]*(?:[:–—-]|$)", re.IGNORECASE | re.MULTILINE
)
_QUOTE = rf"(?P<q>{QUOTED})"
_NEAR = rf"[^.?!\n{QUOTED}]"


@cache
def _may_disown() -> re.Pattern[str]:
    """What must stand somewhere on a page that disowns words: most pages have none of it."""
    words = [*words_of("fake", _FILE), *words_of("wrongly", _FILE), *words_of("undone", _FILE)]
    extra = """never not n['’]t misquot misattrib reject dismiss den(?:y|ie) disput refut rebut scoff
        short\\sof instead\\sof rather\\sthan without far\\sfrom avoid refrain refus declin fail
        omit neglect no\\struth no\\ssuch nothing withdr retract pulled took\\sdown apologi
        amended\\sto generated reality truth facts?\\s*[:\\n] artificial myth fiction satir
        parody hoax incorrect wrong mistaken lying no\\srecord no\\sevidence no\\sproof
        no\\strace No\\b""".split()
    return re.compile("|".join([*map(re.escape, words), *extra]), re.IGNORECASE)


def _any(kind: str) -> str:
    """Return a pattern for the words of a class, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words_of(kind, _FILE), key=len, reverse=True))


@cache
def _verbs() -> str:
    """Return a pattern for the forms of verbs of saying."""
    forms = {
        form
        for row in listed("cues.tsv")
        if row[1] == "say" or row[0].split()[0] in ("declare", "announce", "claim")
        for form in row[0].split()
    }
    return "|".join(map(re.escape, sorted(forms | {"utter", "uttered", "uttering"}, key=len, reverse=True)))


@cache
def _claims() -> re.Pattern[str]:
    """What tells of words as of a claim or a post, and not as of something that was said."""
    return re.compile(rf"\b(?:{_any('carrier')}|rumou?r|attribut|quot|fact-check)\w*\b", re.IGNORECASE)


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_verbs()})\b", re.IGNORECASE)


@cache
def _in_patterns() -> tuple[re.Pattern[str], ...]:
    """The sentences that disown a quotation of their own; the group `q` is where it begins."""
    verb, fake, carrier = _verbs(), _any("fake"), _any("carrier")
    shows, wrongly, undone = _any("shows"), _any("wrongly"), _any("undone")
    be = r"(?:is|are|was|were|has been|have been|had been|being)"
    # "did not say when": what follows is a question left open, and no words that were not said.
    opens = r"(?!\s+(?:whether|when|if|why|how|who|what|where|which)\b)"
    written = (
        rf"\b(?:never|did not|didn['’]t|has not|hasn['’]t|had not|hadn['’]t|have not|haven['’]t)\s+"
        rf"(?:\w+ly\s+|ever\s+|once\s+)?(?:{verb}){opens}\b{_NEAR}{{0,60}}?{_QUOTE}",
        rf"\b(?:{fake})\s+(?:[\w-]+\s+){{0,2}}?(?:{carrier})s?\b"
        rf"(?:[^.,;?!\n{QUOTED}]{{0,60}}?\b(?:{shows})\b{_NEAR}{{0,80}}?){_QUOTE}",
        rf"\b(?:{fake})\s+(?:[\w-]+\s+){{0,2}}?(?:quote|quotation|line|remark|words)s?\b[,:]?\s*{_QUOTE}",
        rf"{_QUOTE},?{_NEAR}{{0,60}}?\b{be}\s+(?:\w+ly\s+|often\s+|widely\s+|either\s+|also\s+)*"
        rf"(?:misattributed|misquoted|fabricated|made up|invented|doctored|faked|forged)\b",
        rf"{_QUOTE},?{_NEAR}{{0,60}}?\b(?:{wrongly})\s+(?:attributed|credited|ascribed|linked)\b",
        rf"\b(?:{wrongly})\s+(?:attributed|credited|ascribed|quoted|cited|reported|claimed|said|attributes|"
        rf"quotes|claims|attributing|quoting|claiming)\b{_NEAR}{{0,120}}?{_QUOTE}",
        rf"\bmis(?:quot|attribut|report)\w+\b{_NEAR}{{0,120}}?{_QUOTE}",
        rf"\bno\s+(?:\w+\s+)?(?:record|evidence|proof|trace|sign|indication)\b{_NEAR}{{0,60}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,60}}?{_QUOTE}",
        rf"\b(?:claim|post|rumou?r|report|story|quote|allegation|suggestion)s?\s+that\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE}{_NEAR}{{0,60}}?\b{be}\s+(?:\w+\s+)?(?:{undone})\b",
        rf"\b(?:it|It)\s+(?:is|was)\s+(?:false|not true|untrue|a lie|a myth)\s+that\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\bden(?:y|ies|ied|ying)\s+(?:\w+ly\s+)?(?:ever\s+)?(?:that\s+\w+\s+(?:had\s+)?(?:ever\s+)?)?"
        rf"(?:having\s+)?(?:ever\s+)?(?:{verb})\b{_NEAR}{{0,60}}?{_QUOTE}",
        rf"\b(?:reject|dismiss|den[yi]|disput|refut|rebut|scoff)\w*\s+(?:[\w-]+\s+){{0,3}}?"
        rf"(?:claim|report|suggestion|accusation|allegation|rumou?r|charge)s?\s+(?:that|of)\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\b(?:(?:stop|fall)\w*\s+short\s+of|fell\s+short\s+of|instead\s+of|rather\s+than|without|far\s+from"
        rf"|(?:avoid|refrain|refus|declin|fail|omit|neglect)\w*(?:\s+(?:to|from))?)\s+(?:ever\s+)?"
        rf"(?:{verb}){opens}\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\b(?:withdr[ae]w\w*|retract\w*|pulled|took\s+down|apologi[sz]\w+\s+for|amended\s+to\s+remove)\s+(?:[\w-]+\s+){{0,3}}?"
        rf"(?:report|story|article|post|quotation|quote|interview)s?\b{_NEAR}{{0,60}}?"
        rf"\b(?:{verb}|quot\w+|attribut\w+)\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\b(?:{carrier})s?\s+(?:in\s+which|where|that\s+shows?|of|showing)\b{_NEAR}{{0,60}}?\b(?:{verb})\b{_NEAR}{{0,40}}?"
        rf"{_QUOTE}{_NEAR}{{0,60}}?\b{be}\s+(?:\w+\s+)?(?:{undone}|generated|(?:made|created|produced)\s+"
        r"(?:with|by|using)\s+(?:AI|artificial|an?\s+AI|an?\s+computer|software))\b",
        rf"\b(?:quotation|quote|remark|comment|line|words|statement)s?,?\s+{_QUOTE}{_NEAR}{{0,60}}?"
        rf"\b(?:was|were|is|are|came|comes)\b{_NEAR}{{0,60}}?\bnot\s+(?:\w+\s+){{0,2}}?(?:by|from|[A-Z])",
        # Two words of saying: somebody says that somebody said so, and who is said to have denies it.
        rf"\b(?:{verb})\b{_NEAR}{{1,60}}?\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE},?\s+(?:which|an?\s+\w+|something)\s+(?:that\s+)?"
        r"(?:[\w.]+\s+){1,3}?(?:has\s+|had\s+)?(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed))\b",
        rf"\b(?:put|putting)\s+(?:the\s+)?words?\b{_NEAR}{{0,20}}?\bmouth\b{_NEAR}{{0,60}}?{_QUOTE}",
    )
    return tuple(re.compile(one, re.IGNORECASE) for one in written)


@cache
def _back_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The sentences that disown what stands before them: surely, and where that was told as a claim."""
    carrier, undone = _any("carrier"), _any("undone")
    be = r"(?:is|was|are|were|has been|have been|turned out to be|appears? to be|proved to be)"
    # "That" and "this" stand for the words where no clause or noun follows.
    ends = r"(?=\s*(?:[.,;:!?…—–]|$|(?:at|in|on|to|about|when|and|or|but|during|as)\b))"
    it = (
        r"(?:it\b|these\b|those\b|any such thing\b|anything of the kind\b|such a thing\b|the words?\b"
        rf"|the line\b|the quote\b|(?:this|that|so)\b{ends})"
    )
    again = r"(?!\s+(?:again|before|since|publicly|aloud|clearly|in public|out loud|loudly|twice))"
    this = r"\b[Tt](?:he|his|hat|hese|hose)\s+(?:\w+\s+){0,2}?"
    words = r"(?:line|quote|quotation|remark|words?)"
    rest = rf"(?:\s+\w+){{0,5}}?\s+{be}\s+(?:\w+\s+){{0,2}}?(?:{undone})\b"
    verb = _verbs()
    surely = (
        rf"{this}{words}s?\b{rest}",
        rf"\b[Tt]here(?:['’]s|\s+(?:is|was))\s+no\s+(?:\w+\s+)?(?:record|evidence|proof|trace)\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\s+{it}",
        rf"\bnever\s+(?:\w+ly\s+)?(?:{verb}|made)\s+{it}{again}",
        r"\b(?:did not|didn['’]t|has not|hasn['’]t|had not|hadn['’]t)\s+(?:\w+ly\s+)?"
        rf"(?:{verb})\s+{it}{again}",
        rf"\bden(?:y|ies|ied)\s+(?:ever\s+)?(?:having\s+(?:{verb})|\w+ing)\s+{it}",
        rf"\b(?:{words}|post|story|article|image|video|clip|[Ii]t|[Tt]his|[Tt]hat)\b{_NEAR}{{0,40}}?"
        rf"\b(?:comes?|came|taken|originat\w+|stems?)\b{_NEAR}{{0,40}}?\b(?:satir\w+|parody|spoof|humou?r)\b",
        r"\b(?:said|says|say)\s+(?:no\s+such\s+thing|nothing\s+of\s+the\s+(?:kind|sort))\b",
        r"\b(?:was|were|is|are|been)\s+(?:misquoted|misattributed|wrongly attributed|falsely attributed)\b",
    )
    told = (
        rf"{this}(?:{carrier}|rumou?r|story|report)s?\b{rest}",
        r"^(?:But\s+)?(?:[Tt]hat|[Tt]his|[Ii]t)\s+(?:is|was|['’]s)\s+(?:simply\s+|also\s+)?"
        r"(?:not\s+(?:the\s+case|so|true|correct)|incorrect|wrong|false|untrue|a\s+lie|a\s+fabrication)\b",
        r"^(?:But\s+)?(?:[Tt]hat|[Tt]his|[Ii]t)\s+never\s+happened\b",
        r"\bno\s+truth\s+in\b",
        r"^(?:They|He|She)\s+(?:are|is|were|was)\s+(?:wrong|mistaken|lying)\b",
        r"^(?:[A-Z][\w.]*\s+){1,3}(?:has\s+|have\s+)?(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed))\s+"
        r"(?:it\b|this\b|that\b|the\s+(?:claim|charge|allegation|accusation|report|account|quote)s?\b)",
        r"\bfound\s+(?:no\b|nothing\b)",
    )
    return re.compile("|".join(surely)), re.compile("|".join(told))


@cache
def _of_page() -> re.Pattern[str]:
    """What a page says of itself: "This article is satire." Then nobody said any of it."""
    return re.compile(
        r"\b[Tt]his\s+(?:(?:article|story|piece|column|post|page|text|report|interview|site|website)\s+)?is\s+"
        r"(?:\w+ly\s+)?(?:an?\s+)?(?:\w+\s+)?(?:(?:work|piece)\s+of\s+)?"
        r"(?:satire|satirical|parody|spoof|fiction|fictional|fictitious|humou?r)\b"
    )


@cache
def _rating() -> re.Pattern[str]:
    return re.compile(
        r"^[ \t]*(?:[\w’']+[ \t]+){0,3}(?:ruling|verdict|rating|conclusion|finding|assessment)"
        r"[ \t]*(?:[:–—-]|is\b|\n)\s{0,9}"
        rf"(?:{_any('rating')})\b",
        re.IGNORECASE | re.MULTILINE,
    )
