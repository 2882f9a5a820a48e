"""From what a person names on the command line (a file, a folder, an archive, "-") to captures."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile

from onrecord.capture.folder import find_files
from onrecord.capture.opened import read_stream
from onrecord.capture.times import check_iso
from onrecord.errors import BadRequest, CaptureError
from onrecord.types import Capture, Problem

__all__ = ["read_captures"]


def read_captures(
    path: Path | str,
    *,
    uri: str | None = None,
    captured_at: str | None = None,
    published: str | None = None,
) -> Iterator[Capture | Problem]:
    """Yield the saved pages of a file, a folder, a web archive or standard input ("-"), one after another.

    What you know better than the file (its address, when it was saved or published) goes before what the
    file says. A file that can't be read is a problem among the captures; only a path that is not there
    stops.
    """
    captured_at = check_iso(captured_at, "captured_at")
    published = check_iso(published, "published")
    if str(path) != "-":
        _check_there(Path(path))
        if uri and Path(path).is_dir():
            raise BadRequest(
                f"an address names one page, but {path} is a folder; give the address with a single file."
            )
    return _read(path, uri=uri, captured_at=captured_at, published=published)


def _read(
    path: Path | str, *, uri: str | None, captured_at: str | None, published: str | None
) -> Iterator[Capture | Problem]:
    for item in _read_path(path):
        if isinstance(item, Problem):
            yield item
            continue
        if uri and "#" in item.place.removeprefix(str(path)):
            raise BadRequest(
                f"an address names one page, but {path} is an archive; its records have their own."
            )
        yield replace(
            item,
            uri=uri or item.uri,
            captured_at=captured_at or item.captured_at,
            published=published or item.published,
        )


def _read_path(path: Path | str) -> Iterator[Capture | Problem]:
    if str(path) == "-":
        yield from _read_input()
        return
    path = Path(path)
    if not path.is_dir():
        yield from _read_file(path)
        return
    found = 0
    for item in find_files(path):
        found += 1
        if isinstance(item, Problem):
            yield item
        else:
            yield from _read_file(item)
    if not found:
        yield Problem(
            stage="capture", place=str(path), message="there is no file in this folder; nothing was read."
        )


def _read_file(path: Path) -> Iterator[Capture | Problem]:
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, path.stat().st_size, str(path), path.name.lower())
    except OSError as fault:
        message = f"it can't be read ({fault.strerror or fault}); it was passed over."
        yield Problem(stage="capture", place=str(path), message=message)


def _read_input() -> Iterator[Capture | Problem]:
    # An archive's end must be known before it is read, and a pipe has none: it goes through a file.
    with TemporaryFile() as stream:
        copyfileobj(sys.stdin.buffer, stream)
        size = stream.tell()
        stream.seek(0)
        yield from read_stream(stream, size, "-", "")


def _check_there(path: Path) -> None:
    """Refuse what is not there before anything is read."""
    try:
        path.stat()
    except OSError as fault:
        raise CaptureError(
            f"{path} can't be read ({fault.strerror or fault}); expected saved pages. Check the name."
        ) from fault
    try:
        if path.is_dir():
            next(path.iterdir(), None)
        elif path.is_file():
            path.open("rb").close()
        else:
            raise CaptureError(
                f"{path} is neither a file nor a folder; to read from a pipe, give - and feed it there."
            )
    except OSError as fault:
        raise CaptureError(
            f"{path} can't be read ({fault.strerror or fault}); check that you may read it."
        ) from fault
