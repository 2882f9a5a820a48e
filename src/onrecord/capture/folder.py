"""The files of a folder of saved pages, in an order that is the same on every machine."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from onrecord.capture.words import list_words
from onrecord.types import Problem

__all__ = ["find_files"]

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht")
# HTTrack keeps its notes in the first, and writes the others beside it.
_OF_HTTRACK = ("hts-cache", "hts-log.txt", "index.html", "backblue.gif", "fade.gif")


def find_files(folder: Path) -> Iterator[Path | Problem]:
    """Yield the files of a folder and of the folders in it, sorted by name; hidden ones are passed over.

    A link back to a folder that is being read ends there; a folder that may not be read is a problem.
    """
    yield from _find(folder, frozenset())


def _find(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Problem]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        yield _unreadable(folder, fault)
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    names = {_letters(entry.name) for entry in entries}
    pages = {Path(name).stem for name in names if name.lower().endswith(_PAGES)}
    own = _OF_HTTRACK if _OF_HTTRACK[0] in names else ()
    for entry in entries:
        name = _letters(entry.name)
        if name in own:
            continue
        if not name.startswith(".") and not _is_companion(name, pages) and not _is_spare(name, names):
            yield from _look(Path(entry.path), above | {here})


def _look(path: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Problem]:
    try:
        mode = path.stat().st_mode
    except OSError as fault:
        yield _unreadable(path, fault)
        return
    if stat.S_ISDIR(mode):
        yield from _find(path, above)
    elif stat.S_ISREG(mode):
        yield path
    else:
        # Opening a pipe or a device may wait for ever.
        message = "this is neither a file nor a folder (a pipe, a socket or a device); it was passed over."
        yield Problem(stage="capture", place=str(path), message=message)


def _letters(name: str) -> str:
    """Return a name in one writing: "é" is one sign on one system and two on another."""
    return normalize("NFC", name)


def _is_companion(name: str, pages: set[str]) -> bool:
    """Tell the folder in which a browser puts pictures, styles and frames of the page beside it."""
    endings = list_words("folder")
    return any(name.endswith(ending) and name.removesuffix(ending) in pages for ending in endings)


def _is_spare(name: str, names: set[str]) -> bool:
    """Tell a second copy of the page beside it, kept as it was before its links were changed."""
    endings = list_words("spare")
    return any(name.endswith(ending) and name.removesuffix(ending) in names for ending in endings)


def _unreadable(path: Path, fault: OSError) -> Problem:
    message = f"it can't be read ({fault.strerror or fault}); it was passed over. Check that you may read it."
    return Problem(stage="capture", place=str(path), message=message)
