"""PDF documents: words with their sheet and place, put into lines by where they stand.

PDFium tells each letter and its box; how letters make words, lines, columns and paragraphs is told by the
modules beside this one, so that another PDFium gives the same text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.documents.pdf_columns import Piece, order_sheet
from onrecord.documents.pdf_paragraphs import Printed, join_paragraphs
from onrecord.documents.values import DocumentFault, Lines

__all__ = ["VERSION", "read_pdf"]

VERSION = "pdf-1"
MAX_SHEETS, MAX_LETTERS = 2000, 3_000_000
_ANOTHER_PIECE, _SPACE = 1.0, 0.18  # in heights of a letter
MAX_WIDTH = 5000
# A hyphen at a line's end may come as a sign of its own; others stand for nothing that is printed.
_SIGNS = {0: " ", 2: "-", 0xAD: "-"}
INVISIBLE = 3  # the way of printing letters that text recognition lays over a picture


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet as it was read."""

    number: int
    pieces: list[Piece]
    height: float
    pictures: bool
    hidden: int = 0


def read_pdf(payload: bytes) -> Lines:
    """Return the paragraphs of a PDF document, or say why there are none."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(payload)
        count = len(document)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise DocumentFault(
                "it is encrypted with a password; save it without one and add it again."
            ) from fault
        raise DocumentFault(
            f"the PDF is damaged or cut off ({fault}); fetch it again, or print it to a new PDF."
        ) from fault
    try:
        sheets = list(_read_sheets(document, count))
    finally:
        document.close()
    printed = [
        Printed(sheet=sheet.number, height=sheet.height, lines=order_sheet(sheet.pieces)) for sheet in sheets
    ]
    messages = tuple(_tell(sheets, count))
    if not any(sheet.pieces for sheet in sheets):
        raise DocumentFault(" ".join(messages) or "there are no words on its sheets; nothing was read.")
    return Lines(lines=tuple(join_paragraphs(printed)), version=VERSION, messages=messages)


def _tell(sheets: list[_Sheet], count: int) -> Iterator[str]:
    """Yield what of a PDF was not read, or is perhaps not as it is printed."""
    empty = [sheet.number for sheet in sheets if not sheet.pieces and sheet.pictures]
    if empty:
        which = ", ".join(map(str, empty[:10])) + (" ..." if len(empty) > 10 else "")
        yield (
            f"{len(empty)} of its {count} sheets are pictures without text ({which}): scanned, most likely. "
            "Let a program for text recognition (OCR) lay its text over them, and add the file that it makes."
        )
    if any(sheet.hidden < 0 for sheet in sheets):
        yield (
            "its words were recognized in a picture by a program (OCR): letters may be misread; compare what "
            "you cite with the picture."
        )
    if hidden := sum(max(sheet.hidden, 0) for sheet in sheets):
        yield f"{hidden:,} letters that the document prints invisibly were left out."
    if len(sheets) < count:
        yield (
            f"only the first {len(sheets):,} of its {count:,} sheets were read: a document may have "
            f"{MAX_SHEETS:,} sheets and {MAX_LETTERS:,} letters. Split it and add the rest."
        )


def _read_sheets(document: Any, count: int) -> Iterator[_Sheet]:
    import pypdfium2

    left = MAX_LETTERS
    for at in range(min(count, MAX_SHEETS)):
        try:
            page = document[at]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield _Sheet(number=at + 1, pieces=[], height=0.0, pictures=False)
            continue
        letters = text.count_chars()
        left -= max(letters, 0)
        if left < 0:
            return
        yield _read_sheet(page, text, at + 1, letters)
        text.close()
        page.close()


def _read_sheet(page: Any, text: Any, number: int, letters: int) -> _Sheet:
    frame = _Frame(page)
    pieces, hidden = list[Piece](), list[Piece]()
    for piece, invisible in _find_pieces(text, frame, letters):
        (hidden if invisible else pieces).append(piece)
    left_out = sum(len(piece.text) for piece in hidden)
    if left_out > sum(len(piece.text) for piece in pieces):
        pieces, left_out = [*pieces, *hidden], -1
    pictures = not pieces and _has_pictures(page)
    return _Sheet(
        number=number, pieces=_once(pieces), height=frame.height, pictures=pictures, hidden=left_out
    )


def _has_pictures(page: Any) -> bool:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)), None) is not None
    except pypdfium2.PdfiumError:
        return False


class _Frame:
    """The sheet as it is held: its own measures, turned as a reader sees it, from the upper left corner."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = page.get_rotation() % 360
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (height, width) if self.turn in (90, 270) else (width, height)

    def turn_box(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        """Return a box of the turned sheet as left, right, top, bottom."""
        (ax, ay), (bx, by) = self.place(left, top), self.place(right, bottom)
        return min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return a point in points from the upper left corner."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.width - x, y
        if self.turn == 270:
            return self.width - y, self.height - x
        return x, self.height - y


def _find_pieces(text: Any, frame: _Frame, letters: int) -> Iterator[tuple[Piece, bool]]:
    """Yield runs of letters that follow each other on one line, and whether they are printed invisibly."""
    import pypdfium2.raw as raw

    rect, handle = raw.FS_RECTF(), text.raw
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    run: list[str] = []
    first = space = half = 0
    x0 = top = x1 = bottom = 0.0
    upright, off, roof, width, high = not frame.turn, frame.left, frame.top, frame.width, frame.height
    for at in range(letters):
        code = unicode_of(handle, at)
        if code > 0xD7FF:
            if code < 0xDC00:
                half = code
                continue
            if code < 0xE000:
                code, half = (0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half else 0xFFFD), 0
            code = code if code < 0x110000 and code not in (0xFFFE, 0xFFFF) else 0xFFFD
        sign = _SIGNS.get(code) or chr(code)
        if sign <= " " or sign.isspace():
            space = 1
            continue
        if not box_of(handle, at, rect):
            continue
        if upright:
            left, right, up, down = rect.left - off, rect.right - off, roof - rect.top, roof - rect.bottom
        else:
            left, right, up, down = frame.turn_box(rect.left, rect.top, rect.right, rect.bottom)
        if right < 0 or left > width or down < 0 or up > high or not right - left < MAX_WIDTH:
            continue  # Printed beside the sheet: nobody sees it.
        # This is gone through for each letter: comparisons cost less than asking for the greatest.
        height = down - up
        if bottom - top > height:
            height = bottom - top
        gap, shift = left - x1, up + down - top - bottom
        if run and (
            not -height < shift < height or gap > _ANOTHER_PIECE * height or gap < -_ANOTHER_PIECE * height
        ):
            yield _piece(run, (x0, top, x1, bottom), handle, first)
            run = []
        if not run:
            first, x0, top, x1, bottom = at, left, up, right, down
        else:
            if space or gap > _SPACE * height:
                run.append(" ")
            x0 = left if left < x0 else x0
            x1 = right if right > x1 else x1
            top = up if up < top else top
            bottom = down if down > bottom else bottom
        run.append(sign)
        space = 0
    if run:
        yield _piece(run, (x0, top, x1, bottom), handle, first)


def _piece(
    run: list[str], box: tuple[float, float, float, float], handle: Any, first: int
) -> tuple[Piece, bool]:
    import pypdfium2.raw as raw

    printed = raw.FPDFText_GetTextObject(handle, first)
    invisible = bool(printed) and raw.FPDFTextObj_GetTextRenderMode(printed) == INVISIBLE
    x0, top, x1, bottom = box
    bold = raw.FPDFText_GetFontWeight(handle, first) >= 600
    piece = Piece(text="".join(run), x0=x0, x1=x1, top=top, bottom=bottom, size=bottom - top, bold=bold)
    return piece, invisible


def _once(pieces: list[Piece]) -> list[Piece]:
    """Leave out what is printed twice at one place, as some programs make bold letters."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for piece in pieces:
        here = round(piece.x0 / 2), round(piece.top / 2)
        near = {(piece.text, here[0] + dx, here[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if not near & seen:
            kept.append(piece)
        seen.add((piece.text, *here))
    return kept
