"""Statements of a ledger as citations."""

from collections.abc import Sequence

from onrecord.ledger import Ledger, get_entry, get_page
from onrecord.ledger.captured import read_places
from onrecord.views.citation import Citation, make_citation
from onrecord.views.citation_formats import CitationFormat, join_citations, read_format
from onrecord.views.comments import cover_page
from onrecord.views.saying import show_entries

__all__ = ["cite", "find_citations"]


def cite(ledger: Ledger, *ids: str, format: CitationFormat = "text") -> str:
    """Return the citations of statements: as "text", "markdown", "csl" (CSL-JSON) or "bibtex"."""
    return join_citations(find_citations(ledger, ids), read_format(format))


def find_citations(ledger: Ledger, ids: Sequence[str]) -> list[Citation]:
    """Return the citations of statements, in the order asked for."""
    entries = [get_entry(ledger, id) for id in dict.fromkeys(ids)]
    # Readers' names are covered, character for character, so that spans hold.
    pages = {entry.page.id for entry in entries}
    texts = {id: cover_page(get_page(ledger, id)).text for id in pages}
    places = {id: read_places(ledger, id) for id in pages}
    return [
        make_citation(saying, texts[saying.entry.page.id], places[saying.entry.page.id])
        for saying in show_entries(ledger, entries)
    ]
