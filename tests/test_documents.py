"""Exports, PDF, word processors' documents and mails: what is read, what is told, what is bounded."""

import time
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from making_documents import (
    Article,
    docx,
    factiva_codes,
    factiva_prose,
    nexis_new,
    nexis_old,
    odt,
    pdf,
    rtf,
    word_xml,
)

from onrecord.capture import payload_digest, read_captures
from onrecord.documents import match_document, read_file
from onrecord.documents.kinds import DOCX, MAIL, ODT, PDF, RTF
from onrecord.reading import read
from onrecord.types import Capture, Problem, Reading

CAPTURES = Path(__file__).parent / "captures" / "documents"
ENDINGS = {".docx": DOCX, ".odt": ODT, ".rtf": RTF, ".pdf": PDF, ".eml": MAIL, ".html": "text/html"}
FERRY = Article(
    headline="Ouvel ferry to stop in May",
    outlet="Quillhaven Lantern",
    day="March 11, 2031 Tuesday",
    byline="Ada Brill",
    section="HARBOUR",
    body=("The ferry will stop.", "“We cannot put people on a boat,” said Maren Tosk, who chairs the board."),
)


def read_all(folder: Path, name: str, data: bytes) -> tuple[list[Reading], list[str]]:
    path = folder / name
    path.write_bytes(data)
    found = list(read_captures(path))
    readings = [read(one) for one in found if isinstance(one, Capture)]
    told = [one.message for one in found if isinstance(one, Problem)]
    return readings, told + [one.message for reading in readings for one in reading.problems]


def read_text(folder: Path, name: str, data: bytes) -> str:
    (reading,), told = read_all(folder, name, data)
    assert told == []
    return reading.page.text


def test_the_capture_of_every_article_is_the_file_itself() -> None:
    path = CAPTURES / "nexis-uni.docx"
    captures = [one for one in read_captures(path) if isinstance(one, Capture)]
    assert len(captures) == 2
    digest = payload_digest(path.read_bytes())
    for number, one in enumerate(captures, 1):
        assert one.payload == path.read_bytes()
        assert one.payload_digest.partition("#")[0] == digest
        assert one.place == f"{path}#{number}"
    assert len({one.payload_digest for one in captures}) == 2


def test_a_file_that_is_one_document_is_named_by_its_bytes_alone() -> None:
    path = CAPTURES / "release.pdf"
    (capture,) = read_captures(path)
    assert isinstance(capture, Capture)
    assert (capture.payload_digest, capture.place) == (payload_digest(path.read_bytes()), str(path))


def test_what_is_told_of_an_export_is_told_of_all_its_articles() -> None:
    found = list(read_captures(CAPTURES / "factiva-prose.rtf", captured_at="2031-04-01"))
    assert [one.captured_at for one in found if isinstance(one, Capture)] == ["2031-04-01", "2031-04-01"]


# Word


def test_words_put_in_are_read_and_words_taken_out_are_not(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>The board </w:t></w:r><w:ins><w:r><w:t>never </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>always </w:delText></w:r></w:del><w:r><w:t>met.</w:t></w:r></w:p>"
    )
    assert read_text(tmp_path, "a.docx", docx(body=body)) == "The board never met."


def test_hidden_words_and_instructions_to_the_program_are_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Open </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret </w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown </w:t></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>"
    )
    assert read_text(tmp_path, "a.docx", docx(body=body)) == "Open shown 7"


def test_controls_boxes_links_and_tables_are_read(tmp_path: Path) -> None:
    inner = word_xml(["In a box."])
    body = (
        f"<w:sdt><w:sdtContent>{word_xml(['In a control.'])}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Around </w:t></w:r><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice>"
        f"<w:txbxContent>{inner}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{inner}</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:hyperlink><w:r><w:t>the link.</w:t></w:r></w:hyperlink></w:p>"
        f"<w:tbl><w:tr><w:tc>{word_xml(['Cell one.'])}</w:tc>"
        f"<w:tc>{word_xml(['Cell two.'])}</w:tc></w:tr></w:tbl>"
    )
    text = read_text(tmp_path, "a.docx", docx(body=body))
    assert text.split("\n") == ["In a control.", "In a box.", "Around the link.", "Cell one.", "Cell two."]


def test_notes_heads_and_feet_stand_around_the_text_once(tmp_path: Path) -> None:
    parts = {
        "word/header1.xml": word_xml(["Selm Harbour Board"]),
        "word/header2.xml": word_xml(["Selm Harbour Board"]),
        "word/footnotes.xml": word_xml(["As of May."]),
        "word/footer1.xml": word_xml(["Quay 3"]),
    }
    text = read_text(tmp_path, "a.docx", docx(["The ferry stops."], parts=parts))
    assert text.split("\n") == ["Selm Harbour Board", "The ferry stops.", "As of May.", "Quay 3"]


def test_xml_that_declares_what_word_never_does_is_refused(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<w:document xmlns:w='w'><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>"
    )
    _, told = read_all(tmp_path, "a.docx", zipped({"word/document.xml": bomb}))
    assert "declares a document type" in told[0]


def test_a_document_that_unpacks_to_more_than_any_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.documents.zipped.MAX_MEMBER", 100_000)
    _, told = read_all(tmp_path, "a.docx", docx(["The ferry stops. " * 20_000]))
    assert "unpacked" in told[0]
    assert "split" in told[0]


def zipped(members: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in members.items():
            bundle.writestr(name, data)
    return out.getvalue()


# OpenDocument


def test_spaces_notes_and_changes_of_an_opendocument_text(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>Taken out.</text:p></text:tracked-changes>"
        '<text:h>Ferry<text:s text:c="3"/>stops<text:line-break/>in May</text:h>'
        "<text:p>The board<office:annotation><text:p>Really?</text:p></office:annotation> met. "
        "<draw:frame><svg:title>a boat</svg:title><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
        "</draw:frame></text:p>"
    )
    text = read_text(tmp_path, "a.odt", odt(body=body))
    assert text.split("\n") == ["Ferry stops", "in May", "In a box.", "The board met."]


def test_an_encrypted_opendocument_text_is_told(tmp_path: Path) -> None:
    _, told = read_all(tmp_path, "a.odt", odt(["x"], encrypted=True))
    assert told == [
        "this document (.odt) was not read: it is encrypted with a password; save it without one and add it "
        "again."
    ]


# RTF


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\rtf1\ansi\ansicpg1252 caf\'e9 \ldblquote stop\rdblquote\par}", "café “stop”"),
        (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\par}", "При"),
        (r"{\rtf1\ansi{\fonttbl{\f1\fcharset238 A;}}\f1 \'9alo {\f0 \'9alo}\par}", "šlo šlo"),
        (r"{\rtf1\uc1 na\u239\'efve \u8220?x\u8221?\par}", "naïve “x”"),
        (r"{\rtf1\uc2 \u8364\'80\'80 5\par}", "€ 5"),
        (r"{\rtf1 \u-10179?\u-8704?\par}", "\U0001f600"),
        (r"{\rtf1 shown {\v hidden }{\deleted gone }again\par}", "shown again"),
        (
            r"{\rtf1 {\*\unknown words}{\info{\title t}}{\pict 89504e47}"
            r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par}",
            "link",
        ),
        (r"{\rtf1 one\line two\par{\footnote a note}three\par}", "one\ntwo\nthree\na note"),
        ("{\\rtf1 a\\bin5 }}}}}b\\par}", "ab"),
        (
            r"{\rtf1 \{curly\} and back\\slash, well\_known, soft\-hyphen\par}",
            "{curly} and back\\slash, well‑known, softhyphen",
        ),
        (r"{\rtf1 a\cell b\cell\row c\par} behind the end", "a\nb\nc"),
    ],
)
def test_rtf_is_read_as_a_word_processor_shows_it(tmp_path: Path, source: str, text: str) -> None:
    assert read_text(tmp_path, "a.rtf", source.encode("latin-1")) == text


def test_rtf_nested_without_end_is_refused(tmp_path: Path) -> None:
    _, told = read_all(tmp_path, "a.rtf", b"{\\rtf1 " + b"{" * 100_000)
    assert "more than 5000 deep" in told[0]


# Exports


@pytest.mark.parametrize("make", [nexis_new, nexis_old])
def test_an_export_that_lacks_articles_says_so(tmp_path: Path, make: object) -> None:
    lines = make([FERRY, replace(FERRY, headline="Second thing"), replace(FERRY, headline="Third thing")])  # type: ignore[operator]
    marks = [at for at, line in enumerate(lines) if line == "End of Document" or " of 3 DOC" in line]
    cut = lines[: marks[1] + 1] if make is nexis_new else lines[: marks[2]]
    readings, told = read_all(tmp_path, "a.docx", docx(cut))
    assert len(readings) == 2
    assert "says that it holds 3 articles; 2 were found" in told[0]


def test_an_export_cut_off_in_an_article_is_told(tmp_path: Path) -> None:
    lines = nexis_new([FERRY, replace(FERRY, headline="Second thing")])
    readings, told = read_all(tmp_path, "a.docx", docx(lines[:-2]))
    assert [reading.article.headline.value for reading in readings if reading.article.headline] == [
        "Ouvel ferry to stop in May",
        "Second thing",
    ]
    assert any("cut off" in message for message in told)


def test_an_article_that_speaks_of_fields_keeps_its_words(tmp_path: Path) -> None:
    body = (
        "The form asked three things.",
        "Subject: ferries. Person: the mayor.",
        "Language: plain, said Maren Tosk.",
    )
    readings, _ = read_all(tmp_path, "a.docx", docx(nexis_new([replace(FERRY, body=body)])))
    paragraphs = [block for block in readings[0].page.blocks if block.role == "paragraph"]
    assert len(paragraphs) >= 2


def test_an_older_export_with_headline_and_body_as_fields(tmp_path: Path) -> None:
    lines = ["2 of 7 DOCUMENTS", "Copyright 2031 Lantern Press", "All Rights Reserved", "Quillhaven Lantern"]
    lines += [
        "March 11, 2031 Tuesday 9:00 AM GMT",
        "SECTION: Pg. 3",
        "LENGTH: 12 words",
        "HEADLINE: Ferry stops",
    ]
    lines += ["BYLINE: Ada Brill in Quillhaven", "BODY:", *FERRY.body, "LOAD-DATE: March 12, 2031"]
    (reading,), _ = read_all(tmp_path, "a.rtf", rtf(lines))
    article = reading.article
    assert article.headline
    assert article.headline.value == "Ferry stops"
    assert article.outlet
    assert article.outlet.value == "Quillhaven Lantern"
    assert article.published
    assert article.published.value.startswith("2031-03-11")
    assert [one.value for one in article.authors] == ["Ada Brill"]
    assert article.section is None
    assert paragraphs_of(reading) == list(FERRY.body)


def test_an_export_as_pdf_prints_its_headline_on_every_sheet(tmp_path: Path) -> None:
    first = [FERRY.headline, FERRY.outlet, FERRY.day, "Copyright 2031 Quillhaven Lantern All Rights Reserved"]
    first += ["Length: 12 words", "Byline: Ada Brill", "Body", FERRY.body[0]]
    second = [FERRY.headline, FERRY.body[1], "Load-Date: March 12, 2031", "End of Document"]
    sheets = []
    for number, lines in enumerate((first, second), 1):
        sheet = [(72.0, 760.0 - 30 * at, 11.0, line) for at, line in enumerate(lines)]
        sheets.append([(400.0, 800.0, 9.0, f"Page {number} of 2"), *sheet])
    (reading,), told = read_all(tmp_path, "a.pdf", pdf(sheets))
    assert told == []
    assert reading.page.text_version == "pdf-1+nexis-1"
    assert paragraphs_of(reading) == list(FERRY.body)
    assert {place.sheet for place in reading.page.places} == {1, 2}


def paragraphs_of(reading: Reading) -> list[str]:
    page = reading.page
    return [block.span.of(page.text) for block in page.blocks if block.role == "paragraph"]


@pytest.mark.parametrize(
    "day",
    [
        "Tuesday, March 11, 2031",
        "11 March 2031 Tuesday",
        "March 11, 2031",
        "March 11, 2031 Tuesday 9:00 AM EST",
    ],
)
def test_days_as_exports_print_them(tmp_path: Path, day: str) -> None:
    (reading,), _ = read_all(tmp_path, "a.docx", docx(nexis_new([replace(FERRY, day=day)])))
    assert reading.article.published
    assert reading.article.published.value.startswith("2031-03-11")


@pytest.mark.parametrize(
    "text",
    [
        "Minister: read 1 of 3 DOCUMENTS\n\nThe minister said on Monday that nobody would read the rest.\n",
        "End of Document\n\nA poem by Ada Brill.\n",
        "Document QLAN000020310311e73b00001 was leaked, the board said on Tuesday.\n",
    ],
)
def test_a_page_that_only_sounds_like_an_export_is_a_page(tmp_path: Path, text: str) -> None:
    readings, _ = read_all(tmp_path, "a.txt", text.encode())
    assert {reading.page.text_version for reading in readings} == {"text-1"}


def test_factiva_words_with_capitals_in_the_text_are_no_codes(tmp_path: Path) -> None:
    article = replace(
        FERRY, day="11 March 2031", body=("The ferry stops.", "IT said so.", "WC stands for more, said Tosk.")
    )
    readings, _ = read_all(tmp_path, "a.rtf", rtf(factiva_codes([article])))
    assert [
        one.span.of(readings[0].page.text) for one in readings[0].page.blocks if one.role == "paragraph"
    ] == list(article.body)


def test_factiva_prose_without_section_byline_and_copyright(tmp_path: Path) -> None:
    lines = [
        "Ouvel ferry to stop in May",
        "151 words",
        "11 March 2031",
        "Quillhaven Lantern",
        "QLAN",
        "English",
    ]
    lines += [
        "The ferry across the Ouvel Sound will stop running on 1 May, the harbour board said on Tuesday, "
        "after inspectors found rust."
    ]
    lines += ["Document QLAN000020310311e73b00001"]
    (reading,), told = read_all(tmp_path, "a.docx", docx(lines))
    article = reading.article
    assert told == []
    assert article.headline
    assert article.headline.value == "Ouvel ferry to stop in May"
    assert article.outlet
    assert article.outlet.value == "Quillhaven Lantern"
    assert sum(block.role == "paragraph" for block in reading.page.blocks) == 1


# PDF


def test_every_printed_line_knows_its_sheet_and_place() -> None:
    (capture,) = read_captures(CAPTURES / "release.pdf")
    assert isinstance(capture, Capture)
    page = read(capture).page
    words = {place.span.of(page.text): place for place in page.places}
    first = words["Ouvel ferry to stop in May as ramps rust"]
    assert first.sheet == 1
    left, top, right, bottom = first.box
    assert 70 <= left < right <= 540
    assert 80 <= top < bottom <= 125
    assert words["in the autumn."].sheet == 2
    assert all(
        one.span.end <= other.span.start for one, other in zip(page.places, page.places[1:], strict=False)
    )


def test_hyphens_go_by_what_the_document_prints_elsewhere(tmp_path: Path) -> None:
    lines = (
        "The co-op and the recovery were named first. The board said that the long-",
        "term plan and that which was left of the hoped-for and much debated re-",
        "covery of the shop were sure; that it was not so sure of the coming co-",
        "op, and that neither the old line across the water known as the Anglo-",
        "Selmish line nor anybody on its boards with the possible one of an ex-",
        "minister were to blame.",
    )
    sheet = [(72.0, 700.0 - 14 * at, 11.0, line) for at, line in enumerate(lines)]
    text = read_text(tmp_path, "a.pdf", pdf([sheet]))
    for words in (
        "long-term",
        "debated recovery of",
        "coming co-op,",
        "the Anglo-Selmish line",
        "an ex-minister",
    ):
        assert words in text


def test_invisible_words_in_a_pdf_are_told(tmp_path: Path) -> None:
    sheet = [(72.0, 700.0, 11.0, "The ferry stops in May, the board said.")]
    (reading,), told = read_all(tmp_path, "a.pdf", pdf([sheet], invisible=True))
    assert "recognized in a picture" in told[0]
    assert "The ferry stops" in reading.page.text


def test_a_pdf_with_very_many_sheets_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.documents.pdf.MAX_SHEETS", 3)
    read_file.cache_clear()
    sheet = [(72.0, 700.0, 11.0, "The ferry stops in May, the board said.")]
    _, told = read_all(tmp_path, "a.pdf", pdf([sheet] * 5))
    read_file.cache_clear()
    assert any("only the first 3 of its 5 sheets" in message for message in told)


# Mail


def mail(body: str = "The ferry stops in May, said Maren Tosk.", **heads: str) -> EmailMessage:
    message = EmailMessage()
    told = {
        "From": "Nia Holt <nia@board.example>",
        "Subject": "Ferry",
        "Date": "Tue, 11 Mar 2031 09:00:00 +0100",
    }
    for name, value in {**told, "Message-ID": "<1@x>", **heads}.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_a_mail_is_known_without_its_ending_and_mhtml_is_none(tmp_path: Path) -> None:
    (reading,), _ = read_all(tmp_path, "1701.M2P3", mail().as_bytes())
    assert reading.page.text_version == "eml-1+text-1"
    page = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: x\r\n"
        b"Date: Tue, 11 Mar 2031 09:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n"
    )
    assert match_document(page, "") is None
    assert match_document(b"From: the board\nTo: all\n\nThe ferry stops.", ".txt") is None


@pytest.mark.parametrize(
    ("sender", "heads", "author", "outlet"),
    [
        (
            "Ada Brill from Quillhaven Lantern <a@b.example>",
            {"List_Id": "<x>"},
            "Ada Brill",
            "Quillhaven Lantern",
        ),
        ("Ada Brill, Corrow Echo <a@b.example>", {}, "Ada Brill", "Corrow Echo"),
        ("Corrow Echo <a@b.example>", {"List_Unsubscribe": "<x>"}, None, "Corrow Echo"),
        ("a@b.example", {}, None, None),
    ],
)
def test_who_sent_a_mail(
    tmp_path: Path, sender: str, heads: dict[str, str], author: str | None, outlet: str | None
) -> None:
    (reading,), _ = read_all(tmp_path, "a.eml", mail(From=sender, **heads).as_bytes())
    article = reading.article
    assert [one.value for one in article.authors] == ([author] if author else [])
    assert (article.outlet.value if article.outlet else None) == outlet


def test_an_encrypted_mail_is_told(tmp_path: Path) -> None:
    message = mail()
    message.replace_header("Content-Type", "application/pkcs7-mime; smime-type=enveloped-data")
    _, told = read_all(tmp_path, "a.eml", message.as_bytes())
    assert "encrypted (S/MIME or PGP)" in told[0]
    _, told = read_all(tmp_path, "b.eml", mail("-----BEGIN PGP MESSAGE-----\n\nhQEM\n").as_bytes())
    assert "encrypted (S/MIME or PGP)" in told[0]


def test_a_mail_of_parts_in_parts_is_refused(tmp_path: Path) -> None:
    heads = b"From: a <a@b.c>\nSubject: x\nMessage-ID: <1>\n"
    nest = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(300))
    _, told = read_all(tmp_path, "a.eml", heads + nest)
    assert "more than 200 parts" in told[0]


# What is not read


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "Outlook"),
        (zipped({"xl/workbook.xml": "x"}), "Excel"),
        (zipped({"ppt/slides.xml": "x"}), "slides"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\0\0\0 ftypisom", "recording"),
    ],
)
def test_what_is_not_read_is_told_with_what_to_do(tmp_path: Path, data: bytes, words: str) -> None:
    readings, (told,) = read_all(tmp_path, "thing.bin", data)
    assert readings == []
    assert words in told


# Any input


@pytest.mark.parametrize("path", sorted(CAPTURES.iterdir()), ids=lambda path: path.name)
def test_a_file_cut_off_anywhere_is_told_or_read(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    for step in range(1, 50):
        cut = whole[: len(whole) * step // 50]
        readings, told = read_all(tmp_path, path.name, cut)
        assert readings or told
        for reading in readings:
            text = reading.page.text
            assert all(
                0 <= span.start < span.end <= len(text) for span in (b.span for b in reading.page.blocks)
            )
            assert all(place.span.end <= len(text) for place in reading.page.places)


@pytest.mark.parametrize("path", sorted(CAPTURES.iterdir()), ids=lambda path: path.name)
def test_the_same_bytes_give_the_same_documents(path: Path) -> None:
    kind = ENDINGS[path.suffix]
    first = read_file(path.read_bytes(), kind)  # type: ignore[arg-type]
    read_file.cache_clear()
    assert read_file(path.read_bytes(), kind) == first  # type: ignore[arg-type]


@pytest.mark.slow
def test_ten_thousand_articles_in_one_file_are_read() -> None:
    day = replace(FERRY, day="11 March 2031")
    many = [replace(day, headline=f"Ferry {number} to stop in May") for number in range(10_000)]
    for payload, kind in ((docx(nexis_new(many)), DOCX), (rtf(factiva_prose(many)), RTF)):
        file = read_file(payload, kind)
        assert file is not None
        assert len(file.documents) == 10_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "heads.eml",
            b"From: a <a@b.c>\nSubject: x\nContent-Type: text/plain" + b";" * 2_000_000 + b"\n\nx\n",
        ),
        ("styles.eml", b"From: a <a@b.c>\nSubject: x\nContent-Type: text/html\n\n" + b"<style>" * 300_000),
        ("tags.html", b"End of Document Body: x" + b"<p" * 1_000_000 + b"<b>End of Document"),
        ("tags.rtf", b"{\\rtf1 " + b"\\b \\b0 {x}" * 100_000 + b"}"),
        ("words.docx", docx(["a " * 3_000_000])),
        ("boxes.docx", docx(body="<w:p>" * 5000)),
        ("cells.pdf", pdf([[(4.0 + 3 * at, 700.0, 1.0, "x") for at in range(190)] * 40])),
        ("codes.txt", b"HD x\nSN y\nPD z\n" * 10_000 + b"Document QLAN000020310311e73b00001\n"),
        ("marks.txt", b"1 of 9 DOCUMENTS\nLENGTH: 3 words\nx\n" * 10_000),
        ("lines.txt", b"End of Document\nBody\n" * 20_000),
    ],
)
def test_a_costly_file_takes_seconds(tmp_path: Path, name: str, data: bytes) -> None:
    start = time.process_time()
    readings = [one for one in read_file_of(tmp_path, name, data) if isinstance(one, Capture)]
    for one in readings[:3]:
        read(one)
    assert time.process_time() - start < 20


def read_file_of(folder: Path, name: str, data: bytes) -> list[Capture | Problem]:
    (folder / name).write_bytes(data)
    return list(read_captures(folder / name))
