"""Pages made to cost hours or gigabytes are cut or flattened, and say so; their words are kept."""

import time

import pytest
from making import make_capture

from onrecord.page import read_page
from onrecord.page.limits import MAX_BYTES, bound_html, cut_payload

STORMS = {
    "nested div": "<div>" * 100_000,
    "nested inline": "<span>" * 100_000,
    "nested table": "<table><tr><td>" * 30_000,
    "mismatched ends": "<span><div></span>" * 30_000,
    "formatting that is never closed": "".join(f"<b a={n}>" for n in range(20_000)) + "<p>x" * 20_000,
    "links that are never closed": "".join(f"<a href={n}><p>y" for n in range(20_000)),
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "attributes behind quoted marks": "<div " + " ".join(f'a{n}=">"' for n in range(50_000)) + ">",
    "options": "<select>" + "<OPTION>x" * 60_000 + "</select>",
    "comments": "<!--" * 100_000 + "-->",
    "times in one line": "<p>" + "<time datetime=2031>x</time> " * 10_000 + "</p>",
    "JSON-LD": "<script type='application/ld+json'>" + '["articleBody",' * 100_000 + "</script>",
    "brackets in a caption": "<p>" + "(photo" * 50_000 + "</p>",
}


@pytest.mark.parametrize("storm", STORMS.values(), ids=STORMS.keys())
def test_a_storm_of_tags_ends_soon_and_keeps_the_words(storm: str) -> None:
    start = time.process_time()
    page, _ = read_page(make_capture(storm + "<p>The gates were closed.</p>", media_type="text/html"))
    assert time.process_time() - start < 5
    assert "The gates were closed." in page.text


def test_words_after_too_many_elements_are_kept_and_told() -> None:
    storm = "<p>x" * 30_000 + "<svg><text>icon</text></svg><p>The <b>gates</b> were closed.</p>"
    page, problems = read_page(make_capture(storm, media_type="text/html"))
    assert page.text.endswith("The gates were closed.")
    assert "icon" not in page.text
    assert "elements" in problems[0].message


def test_options_and_drawings_cut_by_the_limit_swallow_nothing() -> None:
    for tag, piece in (("svg", "<path/>"), ("select", "<optgroup>")):
        storm = f"<{tag}>{piece * 30_000}</{tag}><p>The gates were closed.</p>"
        page, _ = read_page(make_capture(storm, media_type="text/html"))
        assert page.text == "The gates were closed.", tag


def test_a_text_of_too_many_lines_is_cut_and_told() -> None:
    page, problems = read_page(make_capture("a\n" * 100_000, media_type="text/plain"))
    assert 25_000 < len(page.blocks) < 40_000
    assert "lines" in problems[0].message


def test_deep_nesting_is_flattened_line_by_line_and_told() -> None:
    source = "".join(f"<div>line {n}" for n in range(1_000))
    page, problems = read_page(make_capture(source))
    assert page.text.split("\n") == [f"line {n}" for n in range(1_000)]
    assert "nested more than" in problems[0].message


def test_an_ordinary_untidy_page_is_left_alone() -> None:
    source = "<div><p>One<p>Two<ul><li>a<li>b</ul><b>bold</div>" * 100
    assert bound_html(source) == (source, ())


def test_a_page_over_the_limit_is_cut_and_told() -> None:
    kept, message = cut_payload(b"a" * (MAX_BYTES + 1))
    assert len(kept) == MAX_BYTES
    assert message is not None
    assert f"{MAX_BYTES + 1:,} bytes" in message


def test_a_page_at_the_limit_is_whole() -> None:
    assert cut_payload(b"a" * 100) == (b"a" * 100, None)


@pytest.mark.torture
@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_a_page_of_20_megabytes_is_read_to_its_limit(media_type: str) -> None:
    line = (
        "<p>The ministry of water closed the gates of the dam at nine on Tuesday, a spokeswoman said.</p>\n"
    )
    payload = line.encode() * (20_000_000 // len(line))
    page, problems = read_page(make_capture(payload, media_type=media_type))  # type: ignore[arg-type]
    assert len(page.blocks) > 100_000
    assert "bytes" in problems[0].message


@pytest.mark.torture
@pytest.mark.parametrize("piece", ["<p>x", "<br>x", "x\n", "<", "<x-a>x", "<td>x", "word "])
def test_16_megabytes_of_small_pieces_end(piece: str) -> None:
    page, _ = read_page(make_capture(piece * (MAX_BYTES // len(piece)), media_type="text/html"))
    assert page.blocks


def test_of_a_page_over_the_limit_the_longest_scripts_go_first_and_its_words_stay() -> None:
    data = b"<script>window.data=[" + b'"x",' * (MAX_BYTES // 4) + b"]</script>"
    told = b'<script type="application/ld+json">{"@type":"NewsArticle"}</script>'
    payload, message = cut_payload(told + data + b"<p>The gates were closed.</p>")
    assert message is None
    assert told in payload
    assert payload.endswith(b"<script></script><p>The gates were closed.</p>")
