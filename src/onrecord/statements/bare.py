"""Quotations without words of saying: those that go on with the one before, and those that stand for
themselves."""

import re
from dataclasses import replace

from onrecord.statements.attribution import Attribution
from onrecord.statements.paragraphs import Paragraph
from onrecord.statements.said import Said
from onrecord.statements.sentences import CLOSE, OPEN, QUOTED, Sentence
from onrecord.statements.speakers import SpeakerReader
from onrecord.types import Span, Speaker

__all__ = ["add_bare", "find_bare"]

_MARKED = re.compile(f"[{OPEN}{QUOTED}{CLOSE}]")
# A headline or an interview names its speaker before a colon: "Ostrey: 'the valley stays ours'".
_NAMED = re.compile(rf"(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){{0,3}}):\s*(?={OPEN})")
_FEW = 2
_FEW_IN_HEADLINE = 4


def find_bare(text: str, masked: str, sentence: Sentence, paragraph: Paragraph) -> Attribution | None:
    """Return the quotations of a sentence that is nothing else, or of a headline."""
    if not sentence.quotations:
        return None
    named = _NAMED.match(masked, sentence.span.start, sentence.span.end)
    if named is not None:
        who = Span(named.start("who"), named.end("who"))
        after = tuple(q.inner for q in sentence.quotations if q.outer.start >= named.end())[:1]
        return Attribution(cue=(), source=who, content=after)
    few = _FEW_IN_HEADLINE if paragraph.role == "headline" else _FEW
    alone = re.search(r"\w", _MARKED.sub("", sentence.span.of(masked))) is None
    if not alone and paragraph.role != "headline":
        return None
    content = tuple(q.inner for q in sentence.quotations if len(q.inner.of(text).split()) >= few)
    return Attribution(cue=(), source=None, content=content) if content else None


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
    last = found[-1] if found else None
    if last is not None and what.source is None and _goes_on(last, masked):
        found[-1] = replace(last, what=replace(last.what, content=(*last.what.content, *what.content)))
        return
    if what.source is not None:
        speaker = reader.resolve(what.source)
    else:
        speaker = None if paragraph.role == "headline" else _speaker_before(reader)
    found.append(Said(what=what, speaker=speaker, sentence=sentence.span, paragraph=paragraph))


def _goes_on(last: Said, masked: str) -> bool:
    """Did the statement before end in a quotation, so that this one belongs to it?"""
    content = last.what.content
    if not content or last.what.no_comment or last.what.cls in {"object", "name", "think"}:
        return False
    end = content[-1].end
    return masked[end - 1] in QUOTED + CLOSE


def _speaker_before(reader: SpeakerReader) -> Speaker | None:
    """A bare quotation belongs to whoever spoke or was named last, as printers have it."""
    latest = reader.latest()
    return replace(latest, mentions=()) if latest is not None else None
