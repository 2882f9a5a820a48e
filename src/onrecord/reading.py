"""One capture in, its reading out: the per-page program, the same in a test, at the command line and on
a cluster."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.article import read_article
from onrecord.article.language import forget_languages
from onrecord.documents import Document, forget_documents
from onrecord.errors import ModelDamaged
from onrecord.models.days import forget_days
from onrecord.models.pieces import forget_pieces
from onrecord.models.reader import forget_reader
from onrecord.models.roles import forget_roles
from onrecord.models.telling import forget_telling
from onrecord.models.who import forget_who
from onrecord.page import read_page
from onrecord.page.plain import make_plain
from onrecord.statements import find_statements
from onrecord.types import Capture, Problem, Reading, Statement

__all__ = ["collect_seldom", "forget_learned", "read", "read_or_problem"]


def read(capture: Capture, document: Document | None = None) -> Reading:
    """Read one saved page: its text and roles, what it says of itself, and what was said on it.

    Pure: no files, no clock, nothing remembered. Odd bytes never raise; what is wrong with the page is
    in `problems`. `document` is what the capture names in its bytes, where that was found before.
    """
    page, problems = read_page(capture, document)
    plain = make_plain(page)
    seen = page if plain is None else plain.page
    article = read_article(seen, capture)
    found = tuple(find_statements(seen, article, captured_at=capture.captured_at))
    if plain is not None:
        article, found = plain.restore(article), plain.restore(found)
    return Reading(
        page=page,
        article=article,
        statements=tuple(x for x in found if isinstance(x, Statement)),
        problems=(*problems, *(x for x in found if isinstance(x, Problem))),
    )


def read_or_problem(capture: Capture, document: Document | None = None) -> Reading | Problem:
    """Read one saved page; a fault of our own becomes a problem of that page, so that it can't end a
    night's run."""
    try:
        return read(capture, document)
    except (MemoryError, KeyboardInterrupt, ModelDamaged):
        raise
    except Exception as fault:
        message = (
            f"Onrecord failed on this page ({type(fault).__name__}: {fault}); nothing of it was recorded. "
            "Please report it with the page; the other pages are not affected."
        )
        return Problem(
            stage="read", message=message, place=capture.place, payload_digest=capture.payload_digest
        )


def forget_learned() -> None:
    """Give back the memory of models and language tables, a hundred megabytes; the next page loads them."""
    forget_documents()
    forget_languages()
    forget_roles()
    forget_telling()
    forget_reader()
    forget_who()
    forget_days()
    forget_pieces()


@contextmanager
def collect_seldom() -> Iterator[None]:
    """Let Python look for reference cycles seldom while many pages are read; afterwards as before.

    A page makes thousands of small values and no cycles. Looking through all of them again and again
    takes a tenth of the time of reading.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
