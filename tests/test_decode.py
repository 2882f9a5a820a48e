"""From bytes to text: no byte string stops the reader, and no encoding named wrongly spoils a page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.page.decode import decode

RUSSIAN = "Министр сказал в пятницу, что мост через реку откроют в понедельник, и что ждать осталось недолго."
GREEK = "Ο υπουργός είπε την Παρασκευή ότι η γέφυρα θα ανοίξει τη Δευτέρα και ότι η αναμονή τελειώνει."
JAPANESE = "大臣は金曜日に、橋は月曜日に再び開通すると述べた。住民は五月から待っている。"
FRENCH = "« Le pont sera rouvert dès lundi », a déclaré l’été dernier la préfète à Selmont."


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        ("plain words", "ascii", None),
        ("“Rouvert”, dit-elle à l’été", "utf-8", None),
        ("“Rouvert”, dit-elle à l’été", "cp1252", None),
        ("“Rouvert”, dit-elle à l’été", "utf-8-sig", None),
        ("“Rouvert”, dit-elle à l’été", "utf-16", None),
        ("Rouvert, dit-elle en mars", "utf-16-le", None),
        ("Rouvert, dit-elle en mars", "utf-16-be", None),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", None),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (GREEK, "cp1253", None),
        (JAPANESE, "cp932", None),
        (JAPANESE, "euc_jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        ("桥将于周一重新开放", "gbk", "gb2312"),
        (FRENCH, "cp1252", "ISO-8859-1"),
        (FRENCH, "cp1252", "us-ascii"),
        ("Pełny żółty źdźbło", "iso8859-2", "iso-8859-2"),
        ("Şehir köprüsü açıldı", "cp1254", "ISO-8859-9"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str, charset: str | None) -> None:
    assert decode(text.encode(encoding), charset)[0] == text


@pytest.mark.parametrize(
    "label", ["cp-1251", "windows1251", "win-1251", "x-cp1251", "WINDOWS_1251", "cp1251", "ansi-1251"]
)
def test_an_encoding_has_many_names(label: str) -> None:
    text, encoding, problems = decode(RUSSIAN.encode("cp1251"), label)
    assert (text, encoding, problems) == (RUSSIAN, "cp1251", ())


@pytest.mark.parametrize(
    "before",
    [
        f"<!-- {'x' * 6000} -->",
        f"<script>{'x' * 6000}</script>",
        f"<style>{'x' * 6000}</style>",
        f"<script>'<meta charset=koi8-r>'; {'x' * 6000}</script>",
        f"<!-- <meta charset=koi8-r> {'x' * 6000} -->",
        "<link rel=x href=y>" * 400,
    ],
)
def test_an_encoding_that_is_named_late_in_the_head_counts(before: str) -> None:
    """Browsers read the whole head for it, and look into no comment and no script."""
    page = f"<html><head>{before}<meta charset=windows-1251></head><body><p>{RUSSIAN}</p></body>"
    text, encoding, problems = decode(page.encode("cp1251"), None, "text/html")
    assert (RUSSIAN in text, encoding, problems) == (True, "cp1251", ())


def test_an_encoding_that_the_body_names_does_not_count() -> None:
    page = f"<html><head>{' ' * 6000}</head><body><pre><meta charset=koi8-r></pre><p>{FRENCH}</p></body>"
    assert decode(page.encode("cp1252"), None, "text/html")[1] == "cp1252"


@pytest.mark.parametrize(
    "charset", ["latin-1", "windows-1252", "iso-8859-15", "windows-1251", "ascii", "utf-16", "foo"]
)
def test_utf8_wins_over_a_wrong_label(charset: str) -> None:
    text, encoding, problems = decode(FRENCH.encode(), charset)
    assert (text, encoding) == (FRENCH, "utf-8")
    assert [charset in x.message for x in problems] == ([] if charset == "utf-16" else [True])


def test_any_label_suits_plain_ascii() -> None:
    assert decode(b"<meta charset=iso-8859-1><p>The bridge reopens.")[2] == ()


def test_label_utf8_on_other_bytes_is_told() -> None:
    text, encoding, (problem,) = decode(FRENCH.encode("cp1252"), "utf-8")
    assert (text, encoding) == (FRENCH, "cp1252")
    assert problem.stage == "page"
    assert "'utf-8'" in problem.message


@pytest.mark.parametrize(
    "head",
    [
        b"<meta charset=windows-1251>",
        b'<html><META http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        b'<?xml version="1.0" encoding="windows-1251"?><html>',
    ],
)
def test_page_names_its_own_encoding(head: bytes) -> None:
    assert decode(head + "Мост".encode("cp1251"))[0].endswith("Мост")


def test_server_goes_before_the_page() -> None:
    page = b"<meta charset=windows-1251>" + "Żółty".encode("cp1250")
    assert decode(page, "windows-1250")[0].endswith("Żółty")


def test_plain_text_that_speaks_of_meta_names_no_encoding() -> None:
    text = "The line <meta charset=windows-1251> means café.".encode("cp1252")
    assert "café" in decode(text, media_type="text/plain")[0]


def test_byte_order_mark_goes_before_all() -> None:
    assert decode("Vělka".encode("utf-8-sig"), "windows-1252")[:2] == ("Vělka", "utf-8")


def test_page_cut_inside_a_character_is_still_utf8() -> None:
    text, encoding, (problem,) = decode("“Vělka”".encode()[:-1])
    assert (text, encoding) == ("“Vělka\ufffd", "utf-8")
    assert "1 character" in problem.message


def test_stray_byte_does_not_spoil_a_utf8_page() -> None:
    text, encoding, (problem,) = decode(("“é” " * 20).encode() + b"\xff end", "utf-8")
    assert encoding == "utf-8"
    assert text.endswith("\ufffd end")
    assert "1 character" in problem.message


def test_replacement_that_the_page_prints_is_no_problem() -> None:
    assert decode("caf\ufffd".encode()) == ("caf\ufffd", "utf-8", ())


def test_zero_characters_go() -> None:
    assert decode(b"a\0b\0")[0] == "ab"


@pytest.mark.parametrize(
    "charset",
    [
        "hex",
        "rot13",
        "unicode_escape",
        "utf-7",
        "idna",
        "undefined",
        "zip",
        "mbcs",
        "cp037",
        "utf-32",
        "\0",
        "",
    ],
)
def test_codec_that_is_no_page_encoding_is_refused(charset: str) -> None:
    assert decode(b"+ADw-b+AD4- \\u0041", charset)[0] == "+ADw-b+AD4- \\u0041"


LABELS = [
    "utf-8",
    "latin-1",
    "windows-1251",
    "shift_jis",
    "gb2312",
    "utf-16",
    "iso-2022-jp",
    "big5",
    "nonsense",
    None,
]


@given(st.binary(), st.sampled_from(LABELS) | st.text(max_size=8))
@example(b"\xff\xfe\x00\xd8", None)
@example(b"<meta charset=\xff>", None)
def test_decode_never_raises(payload: bytes, charset: str | None) -> None:
    text, encoding, _ = decode(payload, charset)
    assert "\0" not in text
    text.encode("utf-8")  # No half of a surrogate pair: a database could not keep it.
    "".encode(encoding)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if text.isascii() or len(text.encode()) > 3 * len(text) / 2:
        assert decode(text.encode("utf-8"))[0] == text or "\x00" in text
