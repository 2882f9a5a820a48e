"""Which parts of an article the trained reader goes over. It costs more than all rules together, and most
sentences of most pages hold no speech."""

from collections.abc import Iterable, Iterator

from onrecord.statements.cues import find_cues
from onrecord.statements.sentences import OPEN, Sentence
from onrecord.types import Span

__all__ = ["find_spoken", "take_within"]


def find_spoken(masked: str, sentences: Iterable[Sentence]) -> Iterator[Span]:
    """Yield a paragraph's sentences with words of saying or quotation marks, those side by side as one."""
    run: Span | None = None
    for sentence in sentences:
        if may_tell(masked, sentence.span):
            run = Span(run.start, sentence.span.end) if run else sentence.span
        elif run:
            yield run
            run = None
    if run:
        yield run


def may_tell(masked: str, sentence: Span) -> bool:
    return OPEN in sentence.of(masked) or any(find_cues(masked, sentence))


def take_within(reach: int, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the first of the spans, as many as have together no more than so many characters."""
    for start, end in spans:
        reach -= end - start
        if reach < 0:
            return
        yield Span(start, end)
