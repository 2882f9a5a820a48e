"""Quotations without words of saying: those that go on with the one before, and those that stand for
themselves.

Whose they are is told by what stands beside them: a name before a colon, the label of an interview, a
name signed below, a line that introduces them; else by who spoke or was named last.
"""

import re
from collections import Counter
from dataclasses import replace

from onrecord.statements.lexicon.kinds import word_is
from onrecord.statements.quotations.labels import LABEL
from onrecord.statements.quotations.scare_quotes import find_use
from onrecord.statements.quotations.set_off import find_signer
from onrecord.statements.rules.attribution import Attribution, Said
from onrecord.statements.rules.cues import find_cues
from onrecord.statements.rules.sources import find_source_after, find_source_before
from onrecord.statements.speakers.antecedents import SpeakerReader
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.paragraphs import Paragraph
from onrecord.statements.text.sentences import CLOSE, OPEN, QUOTED, Sentence
from onrecord.types import Span, Speaker

__all__ = ["add_bare", "find_bare"]

_MARKED = re.compile(f"[{OPEN}{QUOTED}{CLOSE}]")
# A headline or an interview names its speaker before a colon: "Ostrey: 'the valley stays ours'".
_NAMED = re.compile(rf"[{OPEN}\"“'‘]?{LABEL}(?::|(?<=\bA)\.)\s*(?=[{OPEN}{QUOTED}])")
_SEVERAL = re.compile(rf"(?P<who>[A-Z][\w-]+(?:\s[a-z][\w-]+){{0,2}}):\s*(?={OPEN})")
_FEW = 2
_FEW_IN_HEADLINE = 2


def find_bare(text: str, masked: str, sentence: Sentence, paragraph: Paragraph) -> Attribution | None:
    """Return the quotations of a sentence that is nothing else, or of a headline."""
    if not sentence.quotations:
        return None
    named = _find_label(masked, sentence.span)
    if named is not None:
        who = Span(named.start("who"), named.end("who"))
        after = tuple(q.inner for q in sentence.quotations if q.outer.start >= named.end())[:1]
        return Attribution(cue=(), source=who, content=after)
    headline = paragraph.role == "headline"
    few = _FEW_IN_HEADLINE if headline else _FEW
    last = sentence.quotations[-1]
    signer = None if headline else find_signer(text, last.outer.end, paragraph.span.end)
    rest = sentence.span if signer is None else Span(sentence.span.start, last.outer.end)
    alone = re.search(r"\w", _MARKED.sub("", rest.of(masked))) is None
    if not alone and not headline:
        return None
    said = [q for q in sentence.quotations if alone or find_use(text, q) in (None, "scare")]
    content = tuple(q.inner for q in said if len(q.inner.of(text).split()) >= few)
    if not content:
        return None
    if signer is None and sentence.span.start == paragraph.span.start and not headline:
        introduced = _introduced(text, masked, paragraph, content)
        if introduced is not None:
            return introduced
    return Attribution(cue=(), source=signer, content=content)


def _find_label(masked: str, sentence: Span) -> re.Match[str] | None:
    """Return the label that names who says what a sentence quotes: a name, or several without one, "Trade
    unions: “...”"."""
    named = _NAMED.match(masked, *sentence)
    if named is not None:
        return named
    several = _SEVERAL.match(masked, *sentence)
    if several is None:
        return None
    head = several["who"].split()[-1]
    return several if word_is(head, "many") or word_is(head.removesuffix("s"), "body") else None


_BEFORE = 300  # characters in which the line that introduces a quotation lies
_LED_IN = re.compile(r"(?:\s+[\w.,’'()-]+){0,8}\s*:$")


def _introduced(
    text: str, masked: str, paragraph: Paragraph, content: tuple[Span, ...]
) -> Attribution | None:
    """Read the cue at the end of the line before: The order says: / “The gates stay shut.”"""
    start = paragraph.span.start
    line = masked[max(0, start - _BEFORE) : start].rstrip()
    if not line.endswith(":"):
        return None
    end = max(0, start - _BEFORE) + len(line)
    begin = max(masked.rfind("\n", 0, end - 1) + 1, end - _BEFORE)
    stop = max(masked.rfind(mark, begin, end - 1) for mark in (". ", "? ", "! ", CLOSE + " "))
    begin = stop + 2 if stop >= 0 else begin
    cues = [c for c in find_cues(masked, Span(begin, end)) if c.cls in {"say", "report"}]
    if not cues or _LED_IN.match(masked, cues[-1].span.end, end) is None:
        return None
    cue = cues[-1]
    if re.match(r"\s+that\b", masked[cue.span.end : end]):
        return None
    source = find_source_before(masked, begin, cue.span.start)
    if source is None and cue.use == "finite":
        source = find_source_after(masked, cue.span.end, end - 1)
    return Attribution(cue=(cue.span,), source=source, content=content) if source is not None else None


def add_bare(
    found: list[Said],
    what: Attribution,
    masked: str,
    sentence: Sentence,
    paragraph: Paragraph,
    reader: SpeakerReader,
) -> None:
    """Add quotations without a cue to what was found in this paragraph.

    Right after a quotation of the same paragraph they go on with it; elsewhere they are a statement of
    their own, by whoever spoke or was named last.
    """
    at = _find_quoted(found, masked)
    if at is not None and what.source is None:
        # The reader may have seen already that it goes on.
        held = found[at].what.content
        more = [c for c in what.content if not any(c.start < h.end and h.start < c.end for h in held)]
        found[at] = replace(found[at], what=replace(found[at].what, content=(*held, *more)))
        return
    if what.source is not None:
        speaker = _speaker_named(reader, what.source)
    else:
        speaker = None if paragraph.role == "headline" else _speaker_before(reader)
    found.append(Said(what=what, speaker=speaker, sentence=sentence.span, paragraph=paragraph))


def _find_quoted(found: list[Said], masked: str) -> int | None:
    """Return the place of the statement that quotations after it go on with: the last of the sentence before
    that ends in a quotation (“We stay,” Ostrey said, pointing out that ... “We always did.”)."""
    for at in range(len(found) - 1, -1, -1):
        if found[at].sentence != found[-1].sentence:
            break
        if _goes_on(found[at], masked):
            return at
    return None


def _goes_on(last: Said, masked: str) -> bool:
    """Did the statement before end in a quotation, so that this one belongs to it?"""
    content = last.what.content
    if not content or last.what.no_comment or last.what.cls in {"object", "name", "think"}:
        return False
    end = content[-1].end
    return masked[end - 1] in QUOTED + CLOSE


def _speaker_before(reader: SpeakerReader) -> Speaker | None:
    """A bare quotation belongs to whoever spoke or was named last, as printers have it."""
    return reader.latest()


_MOST_PEOPLE = 200  # looked through for one label
_FIRST_QUESTION = re.compile(r"^\W?Q[.:]", re.MULTILINE)


def _speaker_named(reader: SpeakerReader, source: Span) -> Speaker | None:
    """Who the words beside a quotation name; the label of an interview may be no more than initials, VO for
    Vesna Ostrey."""
    words = source.of(reader.roster.text)
    if re.fullmatch(r"[A-Z]{1,4}", words) is None:
        return reader.resolve(source)
    full = _who_answers(reader.roster) if words == "A" else _by_initials(reader.roster, words)
    if full is None:
        return None if words == "A" else reader.resolve(source)
    return Speaker(name=full, type="person", role=reader.roster.roles.get(full), mentions=(source,))


def _by_initials(roster: Roster, initials: str) -> str | None:
    names = {p.name for p in roster.people[:_MOST_PEOPLE]}
    fits = {n for n in names if " " in n and "".join(w[0] for w in n.split()) == initials}
    return next(iter(fits)) if len(fits) == 1 else None


def _who_answers(roster: Roster) -> str | None:
    """The person named most before the first question, since an interview presents whom it asks."""
    first = _FIRST_QUESTION.search(roster.text)
    some = roster.people[:_MOST_PEOPLE]
    before = [p.name for p in some if first is not None and p.span.end <= first.start()]
    named = Counter(full.name for name in before if (full := roster.fullest(name)) is not None).most_common(2)
    if not named or (len(named) == 2 and named[0][1] == named[1][1]):
        return None
    return named[0][0]
