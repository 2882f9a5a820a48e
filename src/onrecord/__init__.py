"""Onrecord reads saved news pages and keeps a ledger of what was said on the record.

    from onrecord import read, read_captures

    for capture in read_captures("saved-pages"):
        print(read(capture).statements)

The names below are the public ones; they are loaded at first use, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.models.silence import silence_onnxruntime

if TYPE_CHECKING:
    from onrecord.capture import read_captures
    from onrecord.errors import OnrecordError
    from onrecord.ledger import check_quotation, open_ledger, search_entries
    from onrecord.reading import read
    from onrecord.types import Article, Capture, Entry, Page, Problem, Reading, Span, Statement
    from onrecord.views.add import add_pages
    from onrecord.views.citing import cite

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Capture",
    "Entry",
    "OnrecordError",
    "Page",
    "Problem",
    "Reading",
    "Span",
    "Statement",
    "add_pages",
    "check_quotation",
    "cite",
    "open_ledger",
    "read",
    "read_captures",
    "search_entries",
]

_HOME = {
    "OnrecordError": "onrecord.errors",
    "add_pages": "onrecord.views.add",
    "check_quotation": "onrecord.ledger",
    "cite": "onrecord.views.citing",
    "open_ledger": "onrecord.ledger",
    "read": "onrecord.reading",
    "read_captures": "onrecord.capture",
    "search_entries": "onrecord.ledger",
}

# Here, since whatever imports any part of the package comes by: worker processes, tasks of a cluster,
# notebooks.
silence_onnxruntime()


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(_HOME.get(name, "onrecord.types")), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
