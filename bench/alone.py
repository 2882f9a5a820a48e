"""One program reading a folder of pages in a process of its own: `python -m bench.alone PROGRAM FOLDER`.

Programs: `onrecord-page` (text of record, roles, head, comments), `trafilatura` (text and metadata, comments
on, as its users run it), `trafilatura-fast`, `resiliparse` (main content as text). Nothing is written but, on
the last line, the seconds of processor time that the reading took, its start left out.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["main"]


def load_onrecord() -> Callable[[bytes], object]:
    from onrecord.capture.digest import payload_digest
    from onrecord.page import read_page
    from onrecord.types import Capture

    def read(payload: bytes) -> object:
        digest = payload_digest(payload)
        return read_page(
            Capture(payload=payload, payload_digest=digest, place="bench", media_type="text/html")
        )

    return read


def load_trafilatura(*, fast: bool) -> Callable[[bytes], object]:
    from trafilatura import bare_extraction

    return lambda payload: bare_extraction(payload, with_metadata=not fast, fast=fast)


def load_resiliparse() -> Callable[[bytes], object]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(payload: bytes) -> object:
        tree = HTMLTree.parse_from_bytes(payload, detect_encoding(payload))
        return extract_plain_text(tree, main_content=True, comments=False)

    return read


PROGRAMS: dict[str, Callable[[], Callable[[bytes], object]]] = {
    "onrecord-page": load_onrecord,
    "trafilatura": lambda: load_trafilatura(fast=False),
    "trafilatura-fast": lambda: load_trafilatura(fast=True),
    "resiliparse": load_resiliparse,
}


def main(argv: list[str]) -> None:
    """Read every page of a folder once."""
    if argv[0] == "onrecord-page":
        # As `onrecord add` reads many pages.
        from onrecord.reading import collect_seldom

        with collect_seldom():
            measure(*argv)
    else:
        measure(*argv)


def measure(program: str, folder: str) -> None:
    read = PROGRAMS[program]()
    paths = sorted(Path(folder).iterdir())
    # The first page pays for what a program loads once.
    read(paths[0].read_bytes())
    began = time.process_time()
    for path in paths:
        read(path.read_bytes())
    print(f"{time.process_time() - began:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
