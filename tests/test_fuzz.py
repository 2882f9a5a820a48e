"""No bytes break the reader: some seconds of what `make fuzz` does for a minute, and all of it as torture."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz import promises
from fuzz.made_pages import SEEDS, STORMS, captures
from fuzz.promises import Broken, check_page, make_capture
from fuzz.storm import check_storm
from onrecord.types import Capture

MB = 1 << 20


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(captures)
def test_a_made_up_page_keeps_every_promise(capture: Capture) -> None:
    check_page(capture, memory=len(capture.payload) % 8 == 0)


@pytest.mark.parametrize("path", SEEDS[:4], ids=lambda path: path.name)
def test_our_own_pages_keep_every_promise(path: Path) -> None:
    check_page(make_capture(path.read_bytes(), "text/html" if path.suffix == ".html" else "text/plain"))


FOUND = {
    "nothing ends plaintext": b"<plaintext>The gates</plaintext>",
    "an end that never began": b"</",
    "a quotation mark in a tag's name": b'<A="><xmp><</xmp>',
    "a name that begins with =": b'<p ="><div>x</div>',
    "= inside a value": b'<p a=b="><div>x</div>',
    "hidden preformatted text": b"<xmp hidden>The gates</xmp>",
    "a form's field before the body": b"<textarea>a</textarea><noscript>The gates</noscript>",
    "a frameset after raw text": b"<noembed>The gates</noembed><frameset>The gates",
}


@pytest.mark.parametrize("payload", FOUND.values(), ids=FOUND.keys())
def test_what_the_fuzzer_found_stays_mended(payload: bytes) -> None:
    check_page(make_capture(payload))


@pytest.mark.parametrize("name", ["p"])
def test_a_page_made_to_cost_stays_within_bounds(name: str) -> None:
    check_storm(name, MB // 4, "lines")


def test_a_lost_word_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "show_tree", lambda source: ["The gates were closed"])
    with pytest.raises(Broken, match="closed"):
        check_page(make_capture(b"<p>The gates were open"), memory=False)


@pytest.mark.torture
@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", [MB // 8, MB, 16 * MB])
@pytest.mark.parametrize("name", STORMS)
def test_every_page_made_to_cost_becomes_lines_within_bounds(name: str, size: int) -> None:
    check_storm(name, size, "lines")


@pytest.mark.torture
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["p", "class", "whole div"])
def test_a_page_of_very_many_lines_stays_within_bounds(name: str) -> None:
    check_storm(name, MB)


@pytest.mark.torture
@pytest.mark.timeout(900)
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(captures)
def test_many_made_up_pages(capture: Capture) -> None:
    check_page(capture, memory=False)
