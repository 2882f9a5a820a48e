"""The words of saying: which verbs and phrases say that somebody said something, and how they are used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.types import Polarity, Span
from onrecord.wordlists import read_list

__all__ = ["Cue", "CueClass", "describe_cue", "find_cues", "is_told_of_it", "is_unsaid", "may_speak"]

CueClass = Literal["say", "report", "object", "think", "name", "quote", "according", "refuse"]
Use = Literal["finite", "participle", "passive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One place where something is said. `flags` are those of the word list (data/cues.tsv)."""

    span: Span
    cls: CueClass
    use: Use
    flags: str = ""
    polarity: Polarity = "said"


@cache
def _forms() -> dict[str, tuple[CueClass, str]]:
    """Every form of every verb with its class and flags."""
    forms: dict[str, tuple[CueClass, str]] = {}
    for words, cls, flags, _origin in read_list("cues.tsv"):
        for form in words.split():
            forms.setdefault(form, (cls, flags))  # type: ignore[arg-type]
    return forms


# A word that may be a verb: not part of a compound, not a possessive.
_WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-]|['’]s\b)")
_LETTERS = re.compile(r"[a-z]+")
# Words without which there is no refusal: the long pattern is tried only where one stands.
_REFUSING = (
    "declin", "refus", "comment", "respon", "return", "repl", "reach", "availab", "elaborat", "specify",
    "neither", "would"
)  # fmt: skip


_NOT = r"(?:n['’]t|\s+not)"
_REFUSE = re.compile(
    rf"""(?<!\w)(?:
      (?:(?:has|have|had|also|again|immediately|repeatedly)\s+)*(?:declined|refused|declines|refuses|declining|refusing)\s+
        (?:immediately\s+|further\s+)?to\s+(?:further\s+)?(?:comment|elaborate|discuss|say|answer|specify|respond|be\s+interviewed|be\s+drawn|give|provide|
        confirm(?:\s+or\s+deny)?|identify|name|disclose|speculate|reveal)
    | (?:did|does|do|has|have|had|could|would|was|were){_NOT}\s+
        (?:(?:immediately|yet|also|directly|otherwise|\w+ly)\s+)*
        (?:respond(?:ed)?|repl(?:y|ied)|comment(?:ed)?|elaborate(?:d)?|specify|(?:be\s+)?(?:reached|available)|
           return(?:ed)?\s+(?:(?:a|phone|repeated|several|multiple)\s+)*(?:calls?|messages?|requests?|emails?|inquir(?:y|ies)))
    | (?:gave|made|offered|had|has|have|with)\s+no\s+(?:immediate\s+|further\s+)?
        (?:comment|response|details|reply)
    | no\s+immediate\s+comment
    | (?:would\s+)?neither\s+confirm(?:ed|s)?\s+nor\s+den(?:y|ied|ies)
    | would{_NOT}\s+(?:say|comment|confirm|elaborate|discuss|specify|disclose)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_ACCORDING = re.compile(r"(?<!\w)(?:according\s+to|in\s+the\s+words\s+of)(?!\w)", re.IGNORECASE)
_QUOTED_AS = re.compile(
    r"(?<!\w)(?:(?:was|were|is|are|has\s+been|have\s+been|been)\s+)?(?P<quoted>quoted|cited)\s+(?P<who>(?:[^\s;:]+\s+){0,18}?)as\s+(?P<saying>saying|telling)(?!\w)",
    re.IGNORECASE,
)

# What may stand between a form of "be" or "have" and the verb.
_ADVERB = (
    r"(?:\w+ly|also|now|once|then|since|first|twice|later|again|often|never|ever|just|still|even|always|long|not"
    r"|n['’]t)"
)
_BE = re.compile(
    rf"(?:\b(?:is|are|was|were|be|been|being)|['’]s|['’]re|wasn['’]t|weren['’]t)\s+(?:{_ADVERB}\s+)*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    rf"(?:\b(?:did|does|do|has|have|had|would|could|can|will){_NOT}|\bnever|\bnot|\bwithout|\bcannot)\s+(?:{_ADVERB}\s+)*$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    rf"\b(?:should|must|might|(?-i:may)|can|could|would|shall)\s+(?:{_ADVERB}\s+|have\s+)*$", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|unless|should)\s+(?:the\s+)?(?:\w+\s+){1,2}(?:ever\s+)?$", re.IGNORECASE)
_TO = re.compile(rf"\bto\s+(?:{_ADVERB}\s+)?$", re.IGNORECASE)
_WENT_ON_TO = re.compile(r"\b(?:went|goes|going)\s+on\s+to\s+$|\bhad\s+this\s+to\s+$", re.IGNORECASE)
_THAT_OR_MARK = re.compile(r"\s+that\b|\s*[,:]?\s*\ue001|\s*:")
_NOUNISH = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|of|in|no|any|some|such|all|for|by|with|from|on|about|"
    r"other|new|recent|latest|first|last|media|press|news|several|many|two|three|local|false|public)|['’]s)\s+$",
    re.IGNORECASE,
)


def may_speak(words: str) -> bool:
    """Tell fast whether a text can hold a cue at all: most paragraphs of a page hold none."""
    lower = words.lower()
    if not _forms().keys().isdisjoint(_LETTERS.findall(lower)):
        return True
    return "according to" in lower or "in the words of" in lower or any(word in lower for word in _REFUSING)


def find_cues(masked: str, sentence: Span) -> Iterator[Cue]:
    """Yield the cues of a sentence in reading order, outside quotation marks."""
    if not may_speak(sentence.of(masked)):
        return
    taken: list[Span] = []
    found: list[Cue] = []
    words = sentence.of(masked)
    if "as saying" in words or "as telling" in words:
        for match in _QUOTED_AS.finditer(masked, sentence.start, sentence.end):
            taken.append(Span(*match.span()))
            found.append(
                Cue(span=taken[-1], cls="quote", use="passive" if _passive_quote(match) else "finite")
            )
    if any(word in words.lower() for word in _REFUSING):
        for match in _REFUSE.finditer(masked, sentence.start, sentence.end):
            taken.append(Span(*match.span()))
            found.append(Cue(span=taken[-1], cls="refuse", use="finite"))
    for match in _ACCORDING.finditer(masked, sentence.start, sentence.end):
        taken.append(Span(*match.span()))
        found.append(Cue(span=taken[-1], cls="according", use="finite"))
    forms = _forms()
    for match in _WORD.finditer(masked, sentence.start, sentence.end):
        if match.group().lower() not in forms or any(t.start <= match.start() < t.end for t in taken):
            continue
        cue = _judge(masked, sentence, Span(*match.span()))
        if cue is not None:
            found.append(cue)
    yield from sorted(found, key=lambda cue: cue.span)


def _passive_quote(match: re.Match[str]) -> bool:
    return not match["who"].strip() or match["who"].lower().startswith(("by ", "in "))


def _judge(masked: str, sentence: Span, span: Span) -> Cue | None:
    """Is this form a verb of saying here, and how is it used?"""
    form = span.of(masked).lower()
    cls, flags = _forms()[form]
    before = masked[max(sentence.start, span.start - 60) : span.start]
    after = masked[span.end : min(sentence.end, span.end + 40)]
    if form == "tell" and flags == "":
        flags = "t"
    if (_NEGATED.search(before) and cls not in {"object"}) or _SILENT.match(masked, span.start, sentence.end):
        return None
    if "n" in flags and _NOUNISH.search(before) and not form.endswith(("ed", "ied")):
        return None
    # "If she says in April that ...": nobody has said it.
    if _IF.search(before):
        return None
    if cls == "name" and not re.match(r"\s+\S", after):
        return None
    if (
        "n" in flags
        and form.endswith("s")
        and not _THAT_OR_MARK.match(after)
        and not re.search(r"\b(?:he|she|it|who)\s+(?:\w+ly\s+|also\s+)?$", before, re.IGNORECASE)
    ):
        return None
    if form.endswith("ing"):
        return _participle(before, span, cls, flags)
    if _TO.search(before):
        return Cue(span=span, cls=cls, use="finite", flags=flags) if _WENT_ON_TO.search(before) else None
    if _MODAL.search(before):
        return None
    if _BE.search(before) and not form.endswith(("s", "say", "tell")):
        return Cue(span=span, cls=cls, use="passive", flags=flags, polarity=_polarity(flags))
    if (
        "n" in flags
        and not form.endswith(("ed", "s"))
        and not re.search(r"\b(?:I|we|they|you|who|\w+s)\s+(?:\w+ly\s+|also\s+)?$", before)
    ):
        return None
    return Cue(span=span, cls=cls, use="finite", flags=flags, polarity=_polarity(flags))


def is_told_of_it(masked: str, sentence: Span, span: Span) -> bool:
    """Tell a participle between two commas: "The order, proclaimed last year, gave ..." is proclaimed by
    somebody, and says nothing itself."""
    form = span.of(masked).lower()
    before = masked[sentence.start : span.start]
    first = before.endswith(", ") and before.count(",") == 1
    return (
        first and form.endswith(("ed", "en")) and _INSERTED.match(masked, span.end, sentence.end) is not None
    )


_INSERTED = re.compile(
    r"\s+(?!that\b)[^,:;\ue000-\ue002]{1,80},\s+(?:\w+ly\s+|also\s+|then\s+)?"
    r"(?:is|are|was|were|will|would|could|can|may|might|should|must|has|have|had|did|does|do|gave|gives|came|comes"
    r"|said|says|went|goes|took|takes|made|makes|got|gets|left|won|lost|set|sets|\w+ed)\b"
)


def describe_cue(masked: str, span: Span) -> Cue:
    """Return what kind of cue these words are, wherever they stand, with the span of the word that says so.

    A noun or a verb that no list has is something believed or meant, which is secondary.
    """
    around = (max(0, span.start - _BEFORE_REFUSAL), span.end + _BEFORE_REFUSAL)
    for refused in _REFUSE.finditer(masked, *around):
        if refused.start() < span.end and span.start < refused.end():
            return Cue(span=span, cls="refuse", use="finite")
    if _ACCORDING.search(masked, *span) is not None:
        return Cue(span=span, cls="according", use="finite")
    for word in _WORD.finditer(masked, *span):
        if word.group().lower() in _forms():
            cls, flags = _forms()[word.group().lower()]
            here = Span(*word.span())
            return Cue(span=here, cls=cls, use="finite", flags=flags, polarity=_polarity(flags))
    return Cue(span=span, cls="think", use="finite", flags="s")


def is_unsaid(masked: str, sentence: Span, cue: Cue) -> bool:
    """Tell whether these words of saying put nothing on record: "never said", "if she says", "may say", "to
    say", "told them to leave", "referring to", "said nothing of it", "the order, issued in May, gave",
    "what it calls"."""
    span = cue.span
    before = masked[max(sentence.start, span.start - 60) : span.start]
    after = masked[span.end : min(sentence.end, span.end + 60)]
    if any(p.search(before) for p in (_NEGATED, _IF, _MODAL)) or _POINTING.match(masked, span.start):
        return True
    if _SILENT.match(masked, span.start, sentence.end) is not None:
        return True
    if is_told_of_it(masked, sentence, span) or (cue.cls == "name" and _WHAT.search(before)):
        return True
    if _TO.search(before) is not None and _WENT_ON_TO.search(before) is None:
        return True
    if span.of(masked).lower().startswith("ask") and _is_asked_of(masked, sentence, span):
        return True
    told = not _TELLS.isdisjoint(cue.flags) and _TOLD_TO.match(after) is not None
    return told or _ORDERED.match(masked, span.start, sentence.end) is not None


_POINTING = re.compile(r"(?:referring|alluding)\b", re.IGNORECASE)
# "Said nothing of the dam"; but "said nothing would change".
_SILENT = re.compile(
    r"\w+\s+(?:(?:reporters|journalists|them|us|me|him|her)\s+)?(?:nothing|little|no\s+more|(?:no|not\s+a)\s+word)"
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:about|of|to|on|when|while|since|until|before|after|during|for|more|else|further"
    r"|publicly|in\s+(?:public|return|reply|response|his|her|their|its)|at\s+all)\b)",
    re.IGNORECASE,
)
# "Asked whether", "when asked if", "was asked why": somebody is asked. "Asked for help": nothing is said.
_PUT_TO = re.compile(
    r"(?:^|\b(?:when|if|once|while|as|is|are|was|were|be|been|being)\s+)(?:\w+ly\s+|also\s+)*$", re.IGNORECASE
)
_ASKED_FOR = re.compile(r"[^\ue000-\ue002]*$")


def _is_asked_of(masked: str, sentence: Span, span: Span) -> bool:
    before = masked[max(sentence.start, span.start - 60) : span.start]
    words = masked[span.start : sentence.end]
    asks_for = re.match(r"\w+\s+for\b", words) is not None and _ASKED_FOR.match(words) is not None
    return asks_for or _PUT_TO.search(before) is not None


# "What the ministry calls its plan": a term.
_WHAT = re.compile(r"\bwhat\s+(?:[\w’'-]+\s+){1,4}$", re.IGNORECASE)
# "Households told to boil water": what they are to do, and no words of theirs.
_ORDERED = re.compile(r"(?:told|ordered|urged|advised|warned)\s+(?:not\s+)?to\s+(?![A-Z\ue001])\w+")
# Flags of telling and of asking: whom a verb of these is done to is to do something.
_TELLS = frozenset("ta")
_TOLD_TO = re.compile(r"\s+(?:\w+\s+){1,4}?to\s+(?![A-Z\ue001])\w+")


_BEFORE_REFUSAL = 40


def _participle(before: str, span: Span, cls: CueClass, flags: str) -> Cue | None:
    if _BE.search(before):
        return Cue(span=span, cls=cls, use="finite", flags=flags, polarity=_polarity(flags))
    # A participle that carries on its sentence stands after a comma or a quotation; elsewhere it is
    # mostly a noun.
    if re.search(r"[,\ue002–—]\s+(?:while\s+|and\s+|also\s+|but\s+)?$", before) or (
        cls in {"say", "report"}
        and re.search(
            r"\b(?:statement|report|letter|email|post|tweet|release|interview|reporters|note|decree|order|memo|video"
            r"|message|resolution)\s+(?:on\s+[\w. ]{1,12}\s+)?(?:\w+ly\s+)?$",
            before,
        )
    ):
        return Cue(span=span, cls=cls, use="participle", flags=flags, polarity=_polarity(flags))
    return None


def _polarity(flags: str) -> Polarity:
    return "denied" if "d" in flags else "said"
