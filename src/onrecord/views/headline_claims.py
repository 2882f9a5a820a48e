"""What a headline or a lede says that somebody says, and which passage of the body has the words of it.

A headline is short: "Ostrey: valley stays ours" is set beside each of Ostrey's statements in the body by the
words that tell something, cut to their stems. A sentence with most of them that says yes or no alike supports
it; one with some of them is no more than the nearest passage; and one that says no where the headline says
yes, or the other way round, is told as such. That none has enough of them is a finding about words: the body
may say the same in quite other ones.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from onrecord.across.weights import tell
from onrecord.checks.wording import cut_words, find_verbatim
from onrecord.people.fold import words_of
from onrecord.people.names import match_names, split_joint
from onrecord.statements.lexicon.kinds import word_is
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.types import Block, Entry, HeadlineVerdict, Span
from onrecord.views.headline_denials import Agreement, agree_on_no, count_noes, denies, is_plain, is_rejection
from onrecord.wordlists import read_list

__all__ = [
    "Claim",
    "Passage",
    "are_alike",
    "find_claims",
    "find_passage",
    "is_denied",
    "match_speaker",
    "share_of",
]

# Shares of what the words of a claim tell. Chosen on headlines of real news by eye: evals/LOG.md.
SAYS = 0.75  # in one sentence of a statement: it says so
BESIDE_NAMES = 0.25  # of these, in words that are no names: "Trump" alone says nothing of Trump
SAYS_ALL = 0.8  # where the headline names no person, in anybody's
DENIED = 0.6  # in what one of the two gives as denied, and the other does not
OPPOSED = 0.8  # in what one of the two has with a "not", and the other without
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
_LONG = 40  # words
_STOP = re.compile(r"[.!?][”\"’']?\s+")
_NO = re.compile(r"\W*no\b", re.IGNORECASE)
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
        denied=is_denied(entry),
    )


def is_denied(entry: Entry) -> bool:
    """Is it reported as not so: "denied that", "rejected claims that"?"""
    cue, before = entry.cue or "", " ".join(entry.prefix.split()[-2:])
    told = denies(cue, f"{before} {' '.join(entry.content)}")
    return told or (entry.polarity == "denied" and not is_rejection(cue))


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
    """Is this a verdict on something ("rejects the order"), and no denial that it is so?"""
    return any(word in _judging() for word in words_of(entry.cue or "")) and not is_denied(entry)


@cache
def _judging() -> frozenset[str]:
    rows = read_list("cues.tsv")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What the body has of a claim: the verdict, where it stands, and the statement there."""

    verdict: HeadlineVerdict
    place: Span | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class _Rated:
    """A passage that may have a claim's words: how well, how many, and whether it says yes or no alike."""

    rate: float
    share: float
    same: bool
    agreement: Agreement
    place: Span
    entry: Entry | None


def find_passage(
    text: str, claim: Claim, body: Sequence[Entry], blocks: Sequence[Block], *, lede: bool = False
) -> Passage:
    """Return the best place in the body that has the words of a claim, and what it has of them.

    What the reader of statements left out is in the body all the same: a paragraph that names the speaker and
    has most of the words is the nearest passage, unless somebody asks there.
    """
    rated = [one for entry in body if (one := _rate(text, claim, entry, blocks, lede)) is not None]
    alike = [one for one in rated if one.agreement == "alike"]
    says = [one for one in alike if one.share >= (SAYS if one.same else SAYS_ALL)]
    if says:
        return _passage("supported", says)
    told = [*rated, *_rate_blocks(text, claim, body, blocks)]
    least = max((one.share for one in told if one.agreement != "opposed"), default=0.0)
    opposed = [
        one
        for one in told
        if one.agreement == "opposed" and one.share >= max(least, _least_opposed(claim, one))
    ]
    of_them = [one for one in opposed if one.entry is not None and one.same]
    if claim.denied or count_noes(claim.span.of(text)):
        # Who denies in other words ("a false story") has denied it all the same.
        plain = [one for one in (opposed if claim.denied else of_them) if is_plain(one.place.of(text))]
        if plain and not any(_says_no(text, claim, entry) for entry in body):
            return _passage("denial not in the body", plain)
    elif of_them:
        return _passage("denial left out", of_them)
    return _passage("nearest passage", [one for one in told if one.rate > 0])


def _least_opposed(claim: Claim, one: _Rated) -> float:
    """A denial is of all that follows; what a "not" turns must stand in the passage too."""
    denied = claim.denied or (one.entry is not None and is_denied(one.entry))
    return DENIED if denied else OPPOSED


def _says_no(text: str, claim: Claim, entry: Entry) -> bool:
    """Does the one who denies say no here, be it in other words ("a false story") or to a part of it?"""
    if not match_speaker(claim.who, entry):
        return False
    words = " ".join(entry.content)
    if is_denied(entry) or denies(words, words) or _NO.match(words):
        return True
    return count_noes(words) > 0 and share_of(tell(claim.span.of(text)), words) > 0


def _passage(verdict: HeadlineVerdict, found: Sequence[_Rated]) -> Passage:
    if not found:
        return Passage(verdict="no words in the body")
    best = max(found, key=lambda one: (one.rate, -one.place.start))
    return Passage(verdict=verdict, place=best.place, entry=best.entry)


def _rate(text: str, claim: Claim, entry: Entry, blocks: Sequence[Block], lede: bool) -> _Rated | None:
    """Return how well a statement has the words of a claim, from 0 to 3; None where it has not enough."""
    if entry.polarity == "asked":  # Who asks whether the gates were open has not said that they were.
        return None
    words, content = claim.span.of(text), " ".join(entry.content)
    same = match_speaker(claim.who, entry)
    around = _around(text, entry, blocks)
    numbers = _numbers(words)
    if lede:  # It tells the years that its story is about, and each statement does not tell them again.
        numbers = frozenset(number for number in numbers if not _YEAR.fullmatch(number))
    if not numbers <= _numbers(around):
        return None
    told = tell(words)
    share = partial(share_of, told)
    here, there = share(content), share(around)
    rate = (here + there) / 2
    quoted = _quoted(words)
    if same and any(_stands(one, content) for one in quoted):
        rate += 2.0  # The very words that the headline quotes within its paraphrase.
    elif same:
        enough = here >= LEDE if lede else there >= SAME_SPEAKER and here >= IN_CONTENT
        rate = rate + 1.0 if enough else 0.0
    elif _is_person(claim.who) or min(here, there) < ANOTHER:
        rate = 0.0
    if rate == 0:
        return None
    place = max(_sentences(text, entry), key=lambda one: share(one.of(text)))
    agreement = agree_on_no(words, place.of(text), share, denied=claim.denied, reported=is_denied(entry))
    only_names = share(_without_names(place.of(text))) < BESIDE_NAMES
    if only_names or (agreement == "alike" and not all(_stands(one, content) for one in quoted)):
        agreement = "unclear"
    return _Rated(rate, share(place.of(text)), same, agreement, place, entry)


def _without_names(words: str) -> str:
    """Leave out the words with a capital: the first of a sentence, too, may be a name."""
    return " ".join(word for word in words.split() if not word.strip("“”\"‘’'(")[:1].isupper())


def _sentences(text: str, entry: Entry) -> list[Span]:
    """Return the sentences of a long statement; the whole of a short one, which a cue may break."""
    content = entry.spans.content
    if sum(len(part.split()) for part in entry.content) <= _LONG:
        return [Span(content[0].start, content[-1].end)]
    found = []
    for part in content:
        start = part.start
        for stop in _STOP.finditer(text, *part):
            found.append(Span(start, stop.start() + 1))
            start = stop.end()
        found.append(Span(start, part.end))
    return [one for one in found if one.start < one.end]


def _rate_blocks(text: str, claim: Claim, body: Sequence[Entry], blocks: Sequence[Block]) -> Iterator[_Rated]:
    """Yield the sentences of paragraphs that have most of a claim's words, whoever says them."""
    told, numbers = tell(claim.span.of(text)), _numbers(claim.span.of(text))
    asked = [one.spans.content[0].start for one in body if one.polarity == "asked"]
    for block in blocks:
        words = block.span.of(text)
        if any(block.span.start <= at < block.span.end for at in asked) or not numbers <= _numbers(words):
            continue
        share = share_of(told, words)
        if share < DENIED:
            continue
        agreement = agree_on_no(claim.span.of(text), words, partial(share_of, told), denied=claim.denied)
        names = _names(claim.who, words)
        yield _Rated(share if names and share >= PASSAGE else 0.0, share, names, agreement, block.span, None)


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
