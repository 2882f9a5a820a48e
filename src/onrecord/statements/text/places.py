"""In which paragraph and which sentence of an article a place is."""

from bisect import bisect_right

from onrecord.statements.text.document import Document
from onrecord.types import Span

__all__ = ["Places"]


class Places:
    """In which sentence and which paragraph a place is, by number."""

    def __init__(self, document: Document) -> None:
        self._paragraphs = [one.span.start for one in document.paragraphs]
        self.sentences: list[Span] = [one.span for row in document.sentences for one in row]
        self._sentences = [one.start for one in self.sentences]

    def paragraph(self, at: int) -> int:
        return max(0, bisect_right(self._paragraphs, at) - 1)

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self._sentences, at) - 1)
