"""Pages whose bytes are changed at random, steered to code not reached before by Atheris and libFuzzer.

Started by `fuzz.run` in a process of its own, because libFuzzer ends its process. The first byte of an input
says how the rest is read: as HTML or plain text, and under which name of an encoding.
"""

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["onrecord.page"]):
    import onrecord.page

from fuzz.made_pages import LABELS, SEEDS
from fuzz.promises import check_page, make_capture

MOST_BYTES = 20_000


def try_bytes(data: bytes) -> None:
    """Read one input and check every promise; memory is measured now and then, since it takes most time."""
    if not data:
        return
    first, payload = data[0], data[1:]
    media_type = "text/plain" if first & 1 else "text/html"
    label = LABELS[first // 2 % len(LABELS)] or None
    check_page(make_capture(payload, media_type, label), memory=first > 240)


def write_seeds(folder: Path) -> None:
    """Put our own pages into a folder, whole and in pieces: short inputs are tried more often."""
    for number, path in enumerate(SEEDS):
        kind = b"\xf0" if path.suffix == ".html" else b"\xf1"
        page = path.read_bytes()
        (folder / f"{number}").write_bytes(kind + page[:MOST_BYTES])
        for start in range(0, len(page), 1_000):
            (folder / f"{number}-{start}").write_bytes(kind + page[start : start + 1_000])


def main(seconds: str, kept: str) -> None:
    """Fuzz for so many seconds; an input that breaks a promise is written into the folder `kept`."""
    with TemporaryDirectory() as folder:
        write_seeds(Path(folder))
        options = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-timeout=30"]
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={kept}/", folder], try_bytes)
        with suppress(KeyboardInterrupt):
            atheris.Fuzz()


if __name__ == "__main__":
    assert onrecord.page
    main(*sys.argv[1:3])
