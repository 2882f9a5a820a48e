"""trafilatura's extraction over a folder of pages, as its users run it: text and metadata, comments on;
nothing is written."""

import sys
from pathlib import Path

from trafilatura import bare_extraction

__all__ = ["main"]


def main(argv: list[str]) -> None:
    """Read every page of a folder."""
    for path in sorted(Path(argv[0]).iterdir()):
        bare_extraction(path.read_bytes(), with_metadata=True)


if __name__ == "__main__":
    main(sys.argv[1:])
