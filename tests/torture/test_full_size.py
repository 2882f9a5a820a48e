"""Bad input at full size: it may take minutes, and ends in a page or in a problem that says why not."""

import gzip
import resource
from pathlib import Path

import pytest
from adding import Ended, counts_of, messages_of, onrecord
from making import html_page

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]

SAID = "“The order is fixed in law,” Mara Ostrey told reporters on Tuesday."
MB = 1 << 20


def add(tmp_path: Path, name: str, payload: bytes) -> tuple[Ended, Path]:
    """Add one file to a new ledger, in a process of its own, and return how that ended and the ledger."""
    page = tmp_path / name
    page.write_bytes(payload)
    ledger = tmp_path / "ledger"
    return onrecord(ledger, "add", page, timeout=580), ledger


def paragraphs(size: int) -> list[str]:
    """Return different paragraphs of so many bytes together, every tenth with something said."""
    found: list[str] = []
    have = 0
    while have < size:
        n = len(found)
        said = f"“The gate number {n} is shut,” Mara Ostrey said on Tuesday."
        plain = f"At gate number {n} the water stood {n % 97} centimetres below the mark of {1900 + n % 130}."
        found.append(said if n % 10 == 0 else plain)
        have += len(found[-1].encode()) + 8
    return found


def test_fifty_megabytes_of_html(tmp_path: Path) -> None:
    ended, ledger = add(tmp_path, "long.html", html_page(*paragraphs(50 * MB)).encode())
    assert ended.code == 0, ended
    assert counts_of(ledger).pages == 1
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 3 * MB  # in kilobytes: 3 GB


def test_fifty_megabytes_of_text_in_one_line(tmp_path: Path) -> None:
    ended, ledger = add(tmp_path, "long.txt", " ".join(paragraphs(50 * MB)).encode())
    assert ended.code == 0, ended
    assert counts_of(ledger).pages == 1


def test_more_than_a_page_may_have_is_a_problem(tmp_path: Path) -> None:
    ended, ledger = add(tmp_path, "longer.html", html_page(*paragraphs(70 * MB)).encode())
    assert ended.code == 3, ended
    assert "longer than" in " ".join(messages_of(ledger))


def test_a_few_bytes_that_unpack_to_gigabytes_are_a_problem(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b" " * (100 * MB)) * 20
    ended, ledger = add(tmp_path, "bomb.html.gz", bomb)
    assert ended.code == 3, ended
    assert messages_of(ledger) != []


@pytest.mark.parametrize(
    "tag",
    [
        *("div", "b", "i", "a href=x", "p", "span", "blockquote", "ul><li", "dl><dt", "section", "article"),
        *("table", "table><tr><td", "p><font", "b><p", "a><div", "form", "button", "select", "svg", "math"),
        *("template", "iframe", "noscript", "ruby><rt", "details", "h1", "comment"),
    ],
)
def test_any_tag_nested_a_hundred_thousand_deep(tag: str, tmp_path: Path) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}<p>{SAID}</p>"
    ended, _ = add(tmp_path, "deep.html", page.encode())
    assert ended.code in (0, 3), ended
    assert "fault" not in ended.err
    assert "Onrecord failed" not in ended.out


ODD = {
    "quotation marks only": '"' * MB,
    "opening marks only": "“" * (MB // 3),
    "marks and words": "“a ‘b «c " * (MB // 12),
    "one line of remarks": "“We will,” Smith said. " * (MB // 25),
    "a million lines": "a\n" * MB,
    "one word": "a" * (5 * MB),
    "stops": ". " * MB,
    "titles": "Mr. " * (MB // 4),
    "names": "Mara Ostrey " * (MB // 12),
    "cues": "said " * (MB // 5),
    "cues and names": "Ostrey said that Lann said that " * (MB // 32),
    "according to": "according to " * (MB // 13),
    "dates": "on Tuesday 11 March 2031 " * (MB // 25),
    "brackets": "([{" * (MB // 3),
    "spaces": " \u00a0\u2003" * (MB // 6),
    "combining marks": "e" + "\u0301" * (MB // 2),
    "right to left": "\u202e\u2067" * (MB // 6),
    "comments": "  1. said\n     March 11, 2031 at 6:50 am\n\n     Reply\n\n" * (MB // 60),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_a_megabyte_of_one_thing(text: str, ending: str, tmp_path: Path) -> None:
    payload = html_page(text) if ending == "html" else text
    ended, _ = add(tmp_path, f"odd.{ending}", payload.encode())
    assert ended.code in (0, 3), ended
    assert "Onrecord failed" not in ended.out + ended.err


HEADS = {
    "attributes": f"<html><body><p {'a=1 ' * 1_000_000}>",
    "entities": f"<html><body><p>{'&amp;' * 1_000_000}",
    "html comments": f"<html><body>{'<!-- -->' * 500_000}",
    "open comment": f"<html><body><!-- {'x' * 5_000_000}",
    "script": f"<html><body><script>{'x' * 5_000_000}</script>",
    "deep json": f'<html><script type="application/ld+json">{"[" * 1_000_000}</script>',
    "deep whole json": f'<html><script type="application/ld+json">{"[" * 100_000}{"]" * 100_000}</script>',
    "many json": '<html><script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'
    * 20_000,
    "many meta": '<html><meta property="og:title" content="x">' * 100_000,
    "many times": '<html><body><time datetime="2031-03-11">11 March</time>' * 50_000,
    "data address": f'<html><body><img src="data:image/png;base64,{"A" * 5_000_000}">',
}


@pytest.mark.parametrize("start", HEADS.values(), ids=HEADS.keys())
def test_a_page_that_is_mostly_markup(start: str, tmp_path: Path) -> None:
    ended, _ = add(tmp_path, "markup.html", f"{start}<p>{SAID}</p>".encode())
    assert ended.code in (0, 3), ended
    assert "Onrecord failed" not in ended.out + ended.err
