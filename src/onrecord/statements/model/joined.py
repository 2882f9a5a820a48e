"""What the rules and the trained reader found in a sentence, as one list; where only one of the two saw
something it must be sure enough."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.statements.model.learned import Learned
from onrecord.statements.model.snapped import snap_all
from onrecord.statements.rules.attribution import Attribution, is_question
from onrecord.statements.rules.cues import describe_cue, is_unsaid
from onrecord.statements.text.contents import says_something, trim_content
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.statements.text.sentences import OPEN, QUOTED, Sentence
from onrecord.types import Span

__all__ = ["is_nobody", "join_readings"]

# A cue that the reader finds less likely than this, and no rule finds, is none. Of the rest `likely` decides.
LEAST_RATE, LEAST_WIDE = 0.25, 0.5
NOBODY = re.compile(r"(?:neither|no(?!\.?\s+\d)|nobody|none)\b", re.IGNORECASE)
AFTER_THAT = re.compile(r"\bthat,?\s+$")
LOOK_BACK = 8


def join_readings(
    text: str,
    masked: str,
    sentence: Sentence,
    ruled: Sequence[Attribution],
    learned: Sequence[Learned],
    *,
    wide: bool = False,
) -> list[Attribution]:
    """Return the attributions of a sentence in the order of their cues.

    With `wide` a content is all that the reader links to its cue, as those count who annotated what it
    learned from: sentences after the cue's own too.
    """
    joined: list[Attribution] = []
    seen: set[int] = set()
    for one in learned:
        near = one.content if wide else clip(one.content, sentence.span)
        content = tuple(snap_all(text, masked, near, sentence.quotations))
        if not wide and not says_something(masked, content):
            content = ()
        same = next((at for at, rule in enumerate(ruled) if at not in seen and shares_cue(rule, one)), None)
        if same is not None:
            seen.add(same)
            joined.append(merge(masked, sentence.span, ruled[same], one, content, ruled, wide=wide))
        elif not wide and any(shares_cue(rule, one) for rule in ruled):
            continue  # "was quoted as saying" is one cue
        elif one.rate > (LEAST_WIDE if wide else LEAST_RATE) and tells(masked, one, content, wide=wide):
            joined.append(make_attribution(masked, sentence.span, one, content))
    joined = [one if one.ruled else leave_quoted(masked, one, joined) for one in joined]
    joined = joined if wide else [one for one in joined if one.ruled or not is_said_again(one, joined)]
    unseen = [rule for at, rule in enumerate(ruled) if at not in seen]
    joined += unseen if wide else [rate_nested(text, rule, joined) for rule in unseen]
    return sorted(joined, key=lambda one: one.cue[0].start if one.cue else sentence.span.start)


def tells(masked: str, one: Learned, content: Sequence[Span], *, wide: bool) -> bool:
    """Tell whether what the reader alone saw is something said: its cue has words, and so has its content
    beside "to" and "the". A colon or a dash attributes too, but beside marks the rules know better whether it
    stands before a label's words or behind what somebody signed."""
    if wide:
        return bool(content) and (has_letters(one.cue.of(masked)) or not all_quoted(masked, content))
    return has_letters(one.cue.of(masked)) and says_something(masked, content)


def has_letters(words: str) -> bool:
    return re.search(r"\w", words) is not None


def leave_quoted(masked: str, one: Attribution, others: Sequence[Attribution]) -> Attribution:
    """End what the reader alone saw where a quotation begins that a rule gives to a cue outside it."""
    edges = [
        masked.rfind(OPEN, 0, part.start)
        for other in others
        if other.ruled and all_quoted(masked, other.content) and not held_by(other.cue[0], one.content)
        for part in other.content
        if any(held.start < part.start < held.end for held in one.content)
    ]
    if not edges:
        return one
    content = tuple(
        Span(*trim_content(masked, part.start, min(part.end, min(edges))))
        for part in one.content
        if part.start < min(edges)
    )
    return replace(one, content=content)


def is_said_again(one: Attribution, others: Sequence[Attribution]) -> bool:
    """Tell whether what the reader alone saw is what a rule gives to another cue of the same source: "Brandt
    apologised, saying the order was wrong" is said once."""
    return any(
        other.ruled
        and other.source == one.source
        and all(held_by(part, other.content) for part in one.content)
        and not held_by(one.cue[0], other.content)
        for other in others
        if one.content
    )


def clip(content: Iterable[Span], sentence: Span) -> Iterator[Span]:
    """Yield what of a content stands in the cue's own sentence: sentences beside it that have no cue are the
    outlet's, or quotations that stand for themselves."""
    for part in content:
        start, end = max(part.start, sentence.start), min(part.end, sentence.end)
        if start < end:
            yield Span(start, end)


def shares_cue(rule: Attribution, learned: Learned) -> bool:
    return any(part.start < learned.cue.end and learned.cue.start < part.end for part in rule.cue)


def merge(
    masked: str,
    sentence: Span,
    rule: Attribution,
    learned: Learned,
    content: tuple[Span, ...],
    ruled: Sequence[Attribution],
    *,
    wide: bool,
) -> Attribution:
    """Two readings of one cue: the rule knows what the cue does and where marks end, the reader who speaks
    and where words without marks end."""
    seen = trim_source(masked, learned.source[0]) if learned.source else None
    rated = replace(rule, rate=learned.rate, sure=learned.sure, seen=seen)
    if rule.cls == "quote" or rule.no_comment:
        # "A quoted B as saying": who speaks and who carries it is in the order of the words.
        return rated
    source = choose_source(sentence, rule.source, seen)
    if not wide and rule.source is not None and source is not None and source != rule.source:
        others = [one.source for one in ruled if one is not rule and one.source is not None]
        # Who retells it did not say it.
        source = rule.source if held_by(source, others) else source
    if not wide and source is not None:
        # Who spoke is not what was said.
        content = tuple(part for part in content if not lies_in(part, source))
    if wide:
        return replace(rated, cue=(learned.cue,), source=source, content=content or rule.content)
    if not content or all_quoted(masked, rule.content) or knows_better(masked, rule, content, ruled):
        content = rule.content
    return replace(rated, source=source, content=content)


def choose_source(sentence: Span, ruled: Span | None, seen: Span | None) -> Span | None:
    """Take the reader's source, unless it is a part of the rule's or stands in another sentence than that."""
    if ruled is None or seen is None:
        return ruled or seen
    elsewhere = lies_in(ruled, sentence) and not lies_in(seen, sentence)
    return ruled if elsewhere or lies_in(seen, ruled) else seen


def rate_nested(text: str, rule: Attribution, joined: Sequence[Attribution]) -> Attribution:
    """What somebody says that a person said ("Holm said that Lann had told her"), the reader sees as Holm's
    alone: Lann's words are as likely as hers."""
    if rule.source is None or rule.cls not in {"say", "report"}:
        return rule
    around = [one for one in joined if held_by(rule.cue[0], one.content)]
    if not around or parse_named(rule.source.of(text)).type != "person":
        return rule
    carrier = max(around, key=lambda one: one.rate)
    return replace(rule, rate=carrier.rate, sure=carrier.sure)


def knows_better(
    masked: str, rule: Attribution, content: Sequence[Span], ruled: Sequence[Attribution]
) -> bool:
    """Tell whether a rule's content is to be kept: it holds a part before the cue and one behind it where
    the reader has only one of them, it begins right behind "that" and the reader's later, it is all that
    stands before the cue and the reader's only what another cue in that says, or the reader's takes in what
    another cue says and the rule's stops before that."""
    if is_question(masked, rule):
        # "Wondered if the crews would return": the first word tells that it is asked.
        return True
    if all(held_by(part, rule.content) for part in content):
        begins = rule.content[0].start
        cut = begins < content[0].start and AFTER_THAT.search(masked, max(0, begins - LOOK_BACK), begins)
        if cut or len(rule.content) > len(content):
            return True
    others = [part for other in ruled if other is not rule for part in other.cue]
    whole = len(rule.content) == 1 and rule.content[0].end <= rule.cue[0].start
    if whole and any(
        held_by(other, rule.content) and (not held_by(other, content) or other.start == content[0].start)
        for other in others
    ):
        return True
    return any(held_by(other, content) and not held_by(other, rule.content) for other in others)


def held_by(inner: Span, spans: Sequence[Span]) -> bool:
    return any(lies_in(inner, span) for span in spans)


def trim_source(masked: str, source: Span) -> Span:
    """Leave out the comma behind a source."""
    return Span(source.start, source.start + len(source.of(masked).rstrip(" ,;:–—-")))


def lies_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def make_attribution(masked: str, sentence: Span, learned: Learned, content: tuple[Span, ...]) -> Attribution:
    """What the reader alone saw: its cue's words tell what kind it is."""
    cue = describe_cue(masked, learned.cue)
    source = trim_source(masked, learned.source[0]) if learned.source else None
    nobody = source is not None and is_nobody(source.of(masked))
    return Attribution(
        cue=(learned.cue,),
        source=source,
        content=content,
        cls=cue.cls,
        flags=cue.flags,
        denied=cue.polarity == "denied",
        no_comment=cue.cls == "refuse",
        ruled=False,
        rate=learned.rate,
        sure=learned.sure,
        seen=source,
        unsaid=nobody or (cue.cls != "refuse" and is_unsaid(masked, sentence, cue)),
    )


def is_nobody(source: str) -> bool:
    """Tell "no minister"; "No 10" is an address, and speaks."""
    return NOBODY.match(source) is not None


def all_quoted(masked: str, content: Sequence[Span]) -> bool:
    """Tell whether every word of a content stands inside marks."""
    words = [
        span.start + word.start() for span in content for word in re.finditer(r"[\w\ue000]", span.of(masked))
    ]
    return bool(words) and all(masked[at] == QUOTED for at in words)
