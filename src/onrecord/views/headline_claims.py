"""What a headline or a lede says that somebody says, and which statement of the body has the words of it.

A headline is short: "Ostrey: valley stays ours" is set beside each of Ostrey's statements in the body by the
words that tell something, cut to their stems. That none has enough of them is a finding about words: the
body may say the same in quite other ones.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.across.weights import tell
from onrecord.checks.wording import cut_words, find_verbatim
from onrecord.people.fold import words_of
from onrecord.people.names import match_names, split_joint
from onrecord.statements.kinds import word_is
from onrecord.statements.lexicon import listed
from onrecord.statements.nouns import parse_named
from onrecord.types import Block, Entry, Span

__all__ = ["Claim", "are_alike", "find_claims", "find_support", "match_speaker", "share_of"]

# Shares of what the words of a claim tell. Chosen on headlines of real news by eye: evals/LOG.md.
SAME_SPEAKER = 0.3  # must stand in a statement of the speaker and in its paragraph
ANOTHER = 0.65  # where the headline names no person ("experts warn"): in anybody's
IN_CONTENT = 0.2  # of it, must stand in the words said, not only around them
PASSAGE = 0.7  # in a paragraph that names the speaker, where no statement was read
LEDE = 0.2  # of a lede, which says in one long sentence what the statements after it say one by one

_COLON = re.compile(r"(?P<who>[^:\n]{2,60}?):\s+(?P<claim>\S.*)")
_DASH = re.compile(r"(?P<claim>\S.*\S)(?:\s+[–—-]\s+|:\s+)(?P<who>[^–—:\n]{2,40})")
_NO_NAME = re.compile(r"[“”\"«»,;?!\d]|[’'‘]s?\b|\b[‘’']|\.$")
_ASKS = re.compile(r"(?:why|how|what|who|whom|when|where|which|whether|if|this|these)\b", re.IGNORECASE)
_PRONOUNS = frozenset("i we he she they it you me this that".split())
_MOST_WORDS_OF_A_NAME = 5
_MOST_WORDS_OF_A_ROLE = 3
_FEWEST_TELLING = 2
_NOT = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without)\b|n[’']t\b", re.IGNORECASE
)
_SHORT = 15
_PEOPLE = ("role", "title", "many", "body")
_SPEAKING = (*_PEOPLE, "document")
_MARKED = re.compile(r"[“\"«„]([^”\"»“]+)[”\"»“]|(?<!\w)[‘'](.+?)[’'](?!\w)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPELLED = {
    word: str(number + 2)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split())
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a line gives as said, the words that name who said it, and the name that is looked for.

    `quoted` tells that all of it stands in quotation marks: that is no paraphrase, but somebody's words.
    `denied` tells that the line reports it as denied.
    """

    span: Span
    speaker: Span
    who: str
    quoted: bool = False
    denied: bool = False


def find_claims(text: str, line: Block, own: Iterable[Entry], body: Sequence[Entry]) -> Iterator[Claim]:
    """Yield what a line reports of what somebody says: by its own statements, else by the form of a headline.

    Words quoted whole are no paraphrase, and no more is a verdict on something ("rejects the order") or a
    question that is left open ("says why she left"). A headline may do without a word of saying ("Minister:
    bridge safe", "Bridge is safe – minister"); then somebody who speaks must stand there.
    """
    told = [entry for entry in own if entry.spans.content and entry.spans.source]
    told = [entry for entry in told if line.role != "headline" or not _is_pronoun(entry.source or "")]
    if line.role == "headline" and not told:
        claims = list(_by_form(text, line.span, body))
    else:
        claims = [
            _told(entry)
            for entry in told
            if entry.kind in ("indirect", "mixed") and not _judges(entry) and not _inside(entry, told)
        ]
    for claim in claims:
        words = claim.span.of(text)
        if not _ASKS.match(words) and not words.endswith("?") and len(tell(words)) >= _FEWEST_TELLING:
            yield claim


def _told(entry: Entry) -> Claim:
    content = entry.spans.content
    source = entry.source or ""
    named = entry.speaker.name if entry.speaker and _is_pronoun(source) else source
    return Claim(
        span=Span(content[0].start, content[-1].end),
        speaker=entry.spans.source[0],
        who=named,
        denied=entry.polarity == "denied",
    )


def _inside(entry: Entry, told: Iterable[Entry]) -> bool:
    """Is this told within what somebody else says? Then it is checked with the whole."""
    first = entry.spans.content[0]
    return any(
        other is not entry and any(s.start <= first.start and first.end <= s.end for s in other.spans.content)
        for other in told
    )


def _is_pronoun(source: str) -> bool:
    return source.casefold() in _PRONOUNS


def _judges(entry: Entry) -> bool:
    return any(word in _judging() for word in words_of(entry.cue or ""))


@cache
def _judging() -> frozenset[str]:
    rows = listed("cues.tsv")
    return frozenset(form for forms, kind, *_ in rows if kind == "object" for form in forms.split())


def _by_form(text: str, line: Span, body: Sequence[Entry]) -> Iterator[Claim]:
    for form in (_COLON, _DASH):
        found = form.fullmatch(text, line.start, line.end)
        if found is not None and _speaks(found["who"], body):
            span, speaker = Span(*found.span("claim")), Span(*found.span("who"))
            quoted = not tell(_MARKED.sub(" ", found["claim"]))
            yield Claim(span=span, speaker=speaker, who=found["who"], quoted=quoted)
            return


def _speaks(who: str, body: Sequence[Entry]) -> bool:
    """Is this somebody who speaks: in the body of the page, or by a word such as "minister"?"""
    words = who.split()
    if not 0 < len(words) <= _MOST_WORDS_OF_A_NAME or words[0].lower() == "the" or _NO_NAME.search(who):
        return False
    named = parse_named(who)
    if len(words) <= _MOST_WORDS_OF_A_ROLE and any(word_is(named.head, kind) for kind in _PEOPLE):
        return True
    # A head word alone is too little here: "How to build a bridge: a guide" would be the bridge's.
    speakers = [entry.speaker for entry in body if entry.speaker and entry.speaker.type != "unnamed"]
    return any(match_names(who, name, type=one.type) for one in speakers for name in split_joint(one.name))


def find_support(
    text: str, claim: Claim, body: Sequence[Entry], blocks: Sequence[Block], *, lede: bool = False
) -> tuple[Span, Entry | None] | None:
    """Return the best place in the body that has the words of a claim, and its statement; None for no place.

    What the reader of statements left out is in the body all the same: a paragraph that names the speaker and
    has most of the words is a place without a statement, unless somebody asks there.
    """
    rated = [(_rate(text, claim, entry, blocks, lede), n) for n, entry in enumerate(body)]
    best = max(rated, default=(0.0, 0), key=lambda one: (one[0], -one[1]))
    if best[0] > 0:
        entry = body[best[1]]
        return Span(entry.spans.content[0].start, entry.spans.content[-1].end), entry
    told, numbers = tell(claim.span.of(text)), _numbers(claim.span.of(text))
    asked = [one.spans.content[0].start for one in body if one.polarity == "asked"]
    for block in blocks:
        words = block.span.of(text)
        if any(block.span.start <= at < block.span.end for at in asked):
            continue
        fits = numbers <= _numbers(words) and _names(claim.who, words) and _agree_on_not(text, claim, words)
        if fits and share_of(told, words) >= PASSAGE:
            return block.span, None
    return None


def _rate(text: str, claim: Claim, entry: Entry, blocks: Sequence[Block], lede: bool) -> float:
    """Return how well a statement has the words of a claim, from 0 (not enough of them) to 3."""
    if entry.polarity == "asked":  # Who asks whether the gates were open has not said that they were.
        return 0.0
    words, content = claim.span.of(text), " ".join(entry.content)
    same = match_speaker(claim.who, entry)
    around = _around(text, entry, blocks)
    numbers = _numbers(words)
    if lede:  # It tells the years that its story is about, and each statement does not tell them again.
        numbers = frozenset(number for number in numbers if not _YEAR.fullmatch(number))
    if not numbers <= _numbers(around):
        return 0.0
    if not _agree_on_not(text, claim, content, denied=entry.polarity == "denied"):
        return 0.0
    told = tell(words)
    here, there = share_of(told, content), share_of(told, around)
    if same and any(_stands(quoted, content) for quoted in _quoted(words)):
        return 2.0 + here  # The very words that the headline quotes within its paraphrase.
    if same:
        enough = here >= LEDE if lede else there >= SAME_SPEAKER and here >= IN_CONTENT
        return 1.0 + (here + there) / 2 if enough else 0.0
    return (here + there) / 2 if not _is_person(claim.who) and min(here, there) >= ANOTHER else 0.0


def _agree_on_not(text: str, claim: Claim, words: str, *, denied: bool = False) -> bool:
    """Do a claim and these words both say no, or neither? A "not" among many words may be about others."""
    claimed = bool(_NOT.search(claim.span.of(text))) != claim.denied
    said = bool(_NOT.search(words)) != denied
    return claimed == said or (said and len(words.split()) > _SHORT)


def _around(text: str, entry: Entry, blocks: Sequence[Block]) -> str:
    """Return the paragraphs that a statement's words stand in."""
    content = entry.spans.content
    first = max(bisect_right(blocks, content[0].start, key=_start) - 1, 0)
    last = bisect_right(blocks, content[-1].end - 1, key=_start)
    return " ".join(block.span.of(text) for block in blocks[first:last])


def _start(block: Block) -> int:
    return block.span.start


def _quoted(words: str) -> list[str]:
    return [found for pair in _MARKED.findall(words) for found in pair if found and tell(found)]


def _stands(quoted: str, content: str) -> bool:
    part = cut_words(quoted)
    return bool(part) and any(find_verbatim([part], cut_words(content)))


def share_of(told: dict[str, float], text: str) -> float:
    """Return how much of what these words tell stands in a text, 0 to 1."""
    there = tell(text)
    found = sum(weight for word, weight in told.items() if any(are_alike(word, other) for other in there))
    return found / sum(told.values()) if told else 0.0


def are_alike(one: str, other: str) -> bool:
    """Are these two forms of one word? Numbers and short words must be the same."""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 4 or longer - shorter > 5 or one[:4] != other[:4] or any(map(str.isdigit, one + other)):
        return False
    begin = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    if begin == shorter and longer - shorter <= 3:
        return True
    return begin >= 5 and shorter - begin <= 2 and longer - begin <= 5


def match_speaker(who: str, entry: Entry) -> bool:
    """Can these words name the speaker of a statement, by the last name or, for a role, by the head word?"""
    speaker = entry.speaker
    if speaker is None:
        return False
    if any(match_names(who, name, type=speaker.type) for name in split_joint(speaker.name)):
        return True
    head = parse_named(who).head.removesuffix("s")
    named = f"{speaker.name} {entry.source or ''}"
    if any(word_is(head, kind) for kind in _SPEAKING):
        named += f" {speaker.role or ''}"
    return bool(head) and any(head == word.removesuffix("s") for word in words_of(named))


def _is_person(who: str) -> bool:
    named = parse_named(who)
    return named.type == "person" and named.name is not None


def _names(who: str, text: str) -> bool:
    return bool(set(words_of(parse_named(who).head)) & set(words_of(text)))


def _numbers(text: str) -> frozenset[str]:
    digits = {found.replace(",", "") for found in _NUMBER.findall(text)}
    return frozenset(digits | {_SPELLED[word] for word in words_of(text) if word in _SPELLED})
