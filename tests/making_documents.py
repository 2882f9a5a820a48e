"""Files as researchers hold them, made by hand: Word, OpenDocument, RTF, PDF, exports of press databases."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

__all__ = [
    "Article",
    "docx",
    "factiva_codes",
    "factiva_prose",
    "nexis_new",
    "nexis_old",
    "odt",
    "pdf",
    "rtf",
    "scanned_pdf",
    "word_xml",
]


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of an export."""

    headline: str
    outlet: str
    day: str
    byline: str
    section: str
    body: tuple[str, ...]


def nexis_new(articles: Sequence[Article], *, cover: bool = True) -> list[str]:
    """Return the lines of an export of Lexis+ or Nexis Uni; "\\f" before a line begins a sheet."""
    lines: list[str] = []
    if cover:
        lines += ["User Name: Desk", "Date and Time: Wednesday, March 12, 2031 10:11 AM GMT"]
        lines += ["Job Number: 218000001", f"Documents ({len(articles)})"]
        for number, one in enumerate(articles, 1):
            lines += [f"{number}. {one.headline}", "Client/Matter: -None-", "Search Terms: ferry"]
    for one in articles:
        lines += [
            f"\f{one.headline}",
            one.outlet,
            one.day,
            f"Copyright 2031 {one.outlet} All Rights Reserved",
        ]
        lines += [f"Section: {one.section}; Pg. 3", f"Length: {sum(len(p.split()) for p in one.body)} words"]
        lines += [f"Byline: {one.byline}", "Body", *one.body, "Load-Date: March 12, 2031", "End of Document"]
    return lines


def nexis_old(articles: Sequence[Article]) -> list[str]:
    """Return the lines of an export of the older Nexis, "3 of 100 DOCUMENTS"."""
    lines: list[str] = []
    for number, one in enumerate(articles, 1):
        lines += [f"{number} of {len(articles)} DOCUMENTS", one.outlet, one.day, "Late Edition - Final"]
        lines += [one.headline, f"BYLINE: By {one.byline}", f"SECTION: Section A; {one.section}; Pg. 3"]
        lines += [f"LENGTH: {sum(len(p.split()) for p in one.body)} words", "DATELINE: QUILLHAVEN", *one.body]
        lines += ["LOAD-DATE: March 12, 2031", "LANGUAGE: ENGLISH", "GRAPHIC: PHOTO: The ferry at Ouvel."]
        lines += [f"Copyright 2031 {one.outlet}", "All Rights Reserved"]
    return lines


def factiva_codes(articles: Sequence[Article], *, inline: bool = True) -> list[str]:
    """Return the lines of an export of Factiva with field codes, before their values or above them."""
    lines: list[str] = []
    for number, one in enumerate(articles, 1):
        fields = [("SE", one.section), ("HD", one.headline), ("BY", f"By {one.byline}"), ("WC", "151 words")]
        fields += [("PD", one.day), ("SN", one.outlet), ("SC", "QLAN"), ("PG", "3"), ("LA", "English")]
        fields += [("CY", f"(c) 2031 {one.outlet}. All rights reserved.")]
        for code, value in fields:
            lines += [f"{code} {value}"] if inline else [code, value]
        lines += (
            ["LP", one.body[0], "TD", *one.body[1:]]
            if not inline
            else [f"LP {one.body[0]}", f"TD {one.body[1]}", *one.body[2:]]
        )
        last = ("AN", f"Document QLAN000020310311e73b{number:05}")
        lines += ["RE", "ouvel : Ouvel Sound", " ".join(last)] if inline else [*last]
    return lines


def factiva_prose(articles: Sequence[Article]) -> list[str]:
    """Return the lines of an export of Factiva without codes."""
    lines: list[str] = []
    for number, one in enumerate(articles, 1):
        lines += [
            one.section,
            f"**{one.headline}",
            f"By {one.byline}",
            "151 words",
            one.day,
            "09:00",
            one.outlet,
        ]
        lines += ["QLAN", "3", "English", f"(c) 2031 {one.outlet}. All rights reserved.", *one.body]
        lines += [
            f"Document QLAN000020310311e73b{number:05}",
            f"Page {number} of 2 © 2031 Factiva, Inc. All rights reserved.",
        ]
    return lines


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_xml(lines: Sequence[str]) -> str:
    """Return the paragraphs of a Word document; "**" before a line makes it bold, "#" a title."""
    made = []
    for line in lines:
        sheet = '<w:r><w:br w:type="page"/></w:r>' if line.startswith("\f") else ""
        words = line.lstrip("\f")
        style = '<w:pPr><w:pStyle w:val="Titre"/></w:pPr>' if words.startswith("# ") else ""
        bold = "<w:rPr><w:b/></w:rPr>" if words.startswith("**") else ""
        words = escape(words.removeprefix("**").removeprefix("# "))
        made.append(f'<w:p>{style}{sheet}<w:r>{bold}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>')
    return "".join(made)


def docx(lines: Sequence[str] = (), *, body: str | None = None, parts: dict[str, str] | None = None) -> bytes:
    """Return a Word document of these lines, or of this XML; `parts` are further members."""
    xml = body if body is not None else word_xml(lines)
    styles = f'<w:styles {_W}><w:style w:styleId="Titre"><w:name w:val="Title"/></w:style></w:styles>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Type="http://x/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_W}><w:body>{xml}</w:body></w:document>",
        "word/styles.xml": styles,
        **{name: f"<w:x {_W}>{part}</w:x>" for name, part in (parts or {}).items()},
    }
    return _zip(members)


_O = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def odt(lines: Sequence[str] = (), *, body: str | None = None, encrypted: bool = False) -> bytes:
    """Return an OpenDocument text of these lines, or of this XML."""
    made = [
        f'<text:p text:style-name="{"Title" if line.startswith("# ") else "Standard"}">'
        f"{escape(line.lstrip(chr(12)).removeprefix('# ').removeprefix('**'))}</text:p>"
        for line in lines
    ]
    xml = body if body is not None else "".join(made)
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_O}><office:body><office:text>{xml}</office:text>"
        "</office:body></office:document-content>",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>" if encrypted else "<manifest/>",
    }
    return _zip(members)


def _zip(members: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for name, data in members.items():
            bundle.writestr(name, data, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return out.getvalue()


def rtf(lines: Sequence[str]) -> bytes:
    """Return an RTF document of these lines, as press databases write it."""
    made = []
    for line in lines:
        sheet = "\\page " if line.startswith("\f") else ""
        words = line.lstrip("\f")
        bold = words.startswith("**")
        words = "".join(_rtf_sign(c) for c in words.removeprefix("**"))
        shown = f"{{\\b {words}}}" if bold else words
        made.append(f"{sheet}{{\\pard {shown}\\par}}\r\n")
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times;}"
        "{\\f1\\fswiss\\fcharset238 Arial CE;}}\r\n"
        "{\\*\\generator Made;}{\\info{\\title Not shown}}{\\header\\pard Page 1 of 2\\par}\r\n"
    )
    return (head + "".join(made) + "}").encode("ascii")


def _rtf_sign(sign: str) -> str:
    if sign in "\\{}":
        return "\\" + sign
    if ord(sign) < 128:
        return sign
    return f"\\u{ord(sign) - 0x10000 if ord(sign) > 0x7FFF else ord(sign)}?"


Text = tuple[float, float, float, str]
"""Left edge and baseline in points from the lower left corner, the size of the letters, the words."""


def pdf(
    sheets: Sequence[Sequence[Text]], *, bold: frozenset[str] = frozenset(), invisible: bool = False
) -> bytes:
    """Return a PDF of these sheets, set in Helvetica."""
    streams = []
    for sheet in sheets:
        made = ["BT", "3 Tr" if invisible else "0 Tr"]
        for x, y, size, words in sheet:
            font = "/F2" if words in bold else "/F1"
            made.append(f"{font} {size} Tf 1 0 0 1 {x} {y} Tm ({_pdf_words(words)}) Tj")
        streams.append("\n".join([*made, "ET"]).encode("cp1252", "replace"))
    return _pdf_file(streams)


def scanned_pdf(sheets: int) -> bytes:
    """Return a PDF of which each sheet is a picture, without any text."""
    return _pdf_file([b"q 500 0 0 700 50 50 cm /I1 Do Q"] * sheets)


def _pdf_words(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(streams: Sequence[bytes]) -> bytes:
    picture = zlib.compress(b"\x80" * 100)
    count = len(streams)
    kids = " ".join(f"{6 + 2 * k} 0 R" for k in range(count))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        + f"/Filter /FlateDecode /Length {len(picture)} >>\nstream\n".encode()
        + picture
        + b"\nendstream",
    ]
    for at, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /I1 5 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
