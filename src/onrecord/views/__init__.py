"""How do people see what the ledger holds? On a terminal, in a browser, in files.

The names are loaded at first use, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.views.add import Added, Adding, add_pages
    from onrecord.views.export import export_entries
    from onrecord.views.web import make_app, serve

__all__ = ["Added", "Adding", "add_pages", "export_entries", "make_app", "serve"]

_HOME = {"Added": "add", "Adding": "add", "add_pages": "add", "export_entries": "export"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'onrecord.views' has no attribute {name!r}")
    return getattr(import_module(f"onrecord.views.{_HOME.get(name, 'web')}"), name)
