"""Exports of Factiva: many articles in one file, with field codes (HD, BY, WC, PD, SN, LP, TD) or in prose.

In both each article ends with its accession number: "Document QLAN000020310311e73b00001".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.documents.fields import DATE, LENGTH, is_furniture, label_kinds, split_section
from onrecord.documents.values import Document, Line, Stated, pair_roles
from onrecord.types import Place, Role, Span
from onrecord.wordlists import read_list

__all__ = ["VERSION", "split_factiva"]

VERSION = "factiva-1"
_ENDS = re.compile(
    r"(?:AN\s+)?(?:Document|Dokument|Documento)\s+(?P<number>[A-Z][A-Z0-9]{2,9}[0-9a-z]{12,24})\.?"
)
_CODE = re.compile(r"([A-Z]{2,4})(?:\s+(.*))?", re.DOTALL)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?:\s?[AaPp][Mm])?(?:\s[A-Z]{2,4})?")
_COPYRIGHT = re.compile(r"(?:\(c\)|copyright\b|©|\(copyright\)).*", re.IGNORECASE | re.DOTALL)
_BYLINE = re.compile(r"(?:by|von|par|por|di)\s+\S.*", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][”\"’')]*$")
MOST_HEAD, MOST_FIELD = 30, 70
MOST_ABOVE = 5
FEW_WORDS = 5


def split_factiva(lines: Sequence[Line]) -> list[Document] | None:
    """Return the articles of an export, None where this is none."""
    ends = [at for at, line in enumerate(lines) if len(line.text) < 60 and _ENDS.fullmatch(line.text)]
    if not ends:
        return None
    starts = [0, *(at + 1 for at in ends)]
    found = []
    for number, (start, end) in enumerate(zip(starts, [*(at + 1 for at in ends), len(lines)], strict=True)):
        if start >= end:
            continue
        whole = number < len(ends)
        if article := _read_article(lines, start, end, first=number == 0, whole=whole):
            found.append(article)
    return found or None


def _read_article(
    lines: Sequence[Line], start: int, end: int, *, first: bool, whole: bool
) -> Document | None:
    coded = _find_codes(lines, start, end)
    if coded is not None:
        start = coded
        article = _Article(lines[start:end])
        article.read_codes()
    else:
        length = next((at for at in range(start, end) if _is_length(lines[at].text)), None)
        if length is None:
            return None
        if first:
            start = _skip_cover(lines, start, length)
        article = _Article(lines[start:end])
        article.read_prose(length - start)
    if not any(role == "paragraph" for role in article.roles):
        return None
    messages = (
        () if whole else ("the last article has no number at its end: the export seems to be cut off there.",)
    )
    return Document(
        part=f"line={start}",
        version=VERSION,
        paragraphs=pair_roles(article.lines, article.roles),
        stated=tuple(article.stated),
        messages=messages,
    )


def _is_length(words: str) -> bool:
    return len(words) < 40 and LENGTH.fullmatch(words) is not None


def _cut_places(places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    cut = (
        replace(place, span=Span(max(place.span.start, start) - start, min(place.span.end, end) - start))
        for place in places
    )
    return tuple(place for place in cut if place.span.start < place.span.end)


def _find_codes(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return where the field codes begin: those of headline, outlet and day must all be there."""
    kinds = label_kinds("factiva")
    codes = [
        (at, match[1])
        for at in range(start, end)
        if (match := _CODE.fullmatch(lines[at].text)) and match[1] in kinds
    ]
    if not {"HD", "SN", "PD"} <= {code for _, code in codes}:
        return None
    headline = next(at for at, code in codes if code == "HD")
    # Above the headline only its section, and what stood on the sheet's edge.
    above = [at for at, code in codes if at < headline and code in ("SE", "CLM")]
    return above[-1] if above and headline - above[-1] <= 3 else headline


def _skip_cover(lines: Sequence[Line], start: int, length: int) -> int:
    """Return where the first article begins: few lines over its length, on the same sheet."""
    lowest = max(start, length - MOST_ABOVE)
    sheet = next((at for at in range(length, lowest - 1, -1) if lines[at].breaks), None)
    return lowest if sheet is None else sheet


class _Article:
    """One article while its lines are told apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.roles: list[Role] = ["other"] * len(lines)
        self.stated: list[Stated] = []

    def state(self, name: str, words: str, where: str, at: int) -> None:
        if words:
            self.stated.append(Stated(name=name, words=words, where=where, line=at))

    def read_codes(self) -> None:
        """Read the fields by their codes; a value stands behind its code, or in the lines under it."""
        kinds, kind, code, told = label_kinds("factiva"), "other", "", False
        lines, self.lines, self.roles = self.lines, [], []
        for line in lines:
            match = None if is_furniture(line.text) else _CODE.fullmatch(line.text)
            if match and match[1] in kinds and self._may_follow(kind, match[1]):
                kind, code, told = kinds[match[1]], match[1], False
                # The code is no word of the headline or of the first sentence.
                self._put(replace(line, text=code, places=_cut_places(line.places, 0, len(code))))
                if not match[2]:
                    continue
                at = match.start(2)
                line = replace(
                    line, text=match[2], breaks=False, places=_cut_places(line.places, at, len(line.text))
                )
            at = self._put(line)
            if not is_furniture(line.text) and not _ENDS.fullmatch(line.text):
                self._take(kind, code, line.text, at, told)
                told = True

    def _put(self, line: Line) -> int:
        self.lines.append(line)
        self.roles.append("other")
        return len(self.lines) - 1

    def _may_follow(self, kind: str, code: str) -> bool:
        """Tell whether a code can come here: behind the text come only those of its index."""
        return kind != "body" or code in (
            "TD",
            "CT",
            "RF",
            "CO",
            "IN",
            "NS",
            "RE",
            "IPD",
            "IPC",
            "PUB",
            "AN",
            "ART",
            "CLM",
            "GC",
            "DE",
        )

    def _take(self, kind: str, code: str, words: str, at: int, told: bool) -> None:
        where = f"field {code}"
        if kind == "body":
            self.roles[at] = "paragraph"
        elif kind == "caption":
            self.roles[at] = "caption"
        elif told:
            return
        elif kind == "headline":
            self.roles[at] = "headline"
            self.state("headline", words, where, at)
        elif kind == "byline":
            self.roles[at] = "byline"
            self.state("author", words, where, at)
        elif kind == "section":
            self.state("section", split_section(words) or "", where, at)
        elif kind in ("outlet", "language", "credit", "published"):
            self.roles[at] = "dateline" if kind == "published" else "other"
            self.state(kind, words, where, at)

    def read_prose(self, length: int) -> None:
        """Read an article without codes, by the order of its lines around the number of its words."""
        self._read_above([at for at in range(length) if not is_furniture(self.lines[at].text)])
        at = self._read_below(length + 1)
        for place in range(at, len(self.lines)):
            words = self.lines[place].text
            if _ENDS.fullmatch(words):
                break
            if not is_furniture(words):
                self.roles[place] = "paragraph"

    def _read_above(self, above: list[int]) -> None:
        """Tell section, headline and byline apart: the headline is bold where the file tells it."""
        signed = [at for at in above[1:] if _BYLINE.fullmatch(self.lines[at].text)]
        bold = [at for at in above if self.lines[at].bold or self.lines[at].style]
        if signed:
            headline = max((at for at in above if at < signed[-1]), default=above[0])
        elif bold:
            headline = bold[-1]
        elif len(above) > 1 and len(self.lines[above[0]].text.split()) < FEW_WORDS <= len(
            self.lines[above[1]].text.split()
        ):
            headline = above[1]
        elif above:
            headline = above[0]
        else:
            return
        if len(bold) == 1:
            headline = bold[0]
        self.roles[headline] = "headline"
        self.state("headline", self.lines[headline].text, "headline of the export", headline)
        before = [at for at in above if at < headline]
        if before and len(self.lines[before[-1]].text) <= 60:
            self.state("section", self.lines[before[-1]].text, "line over the headline", before[-1])
        after = signed or [at for at in above if at > headline]
        if after:
            self.roles[after[-1]] = "byline"
            self.state("author", self.lines[after[-1]].text, "line under the headline", after[-1])

    def _read_below(self, at: int) -> int:
        """Read day, outlet and language under the number of words; return where the text begins.

        That is behind the copyright, else behind the language, else where sentences begin.
        """
        languages = {name for name, _, _ in read_list("language_names.tsv")}
        window = range(at, min(at + MOST_HEAD, len(self.lines)))
        marked = next((k for k in window if self._is_copyright(k)), None)
        outlet = False
        for place in window:
            words = self.lines[place].text
            if place == marked:
                return place + 1
            if place == at and len(words) <= 60 and DATE.fullmatch(words):
                self.roles[place] = "dateline"
                self.state("published", words, "line under the number of words", place)
            elif _CLOCK.fullmatch(words) or is_furniture(words):
                continue
            elif marked is None and (len(words) > MOST_FIELD or _SENTENCE.search(words)):
                return place
            elif not outlet:
                outlet = True
                self.state("outlet", words, "line under the date", place)
            elif words.lower() in languages:
                self.state("language", words, "line over the text", place)
                if marked is None:
                    return place + 1
        return window.stop

    def _is_copyright(self, at: int) -> bool:
        words = self.lines[at].text
        return len(words) < 300 and _COPYRIGHT.fullmatch(words) is not None
