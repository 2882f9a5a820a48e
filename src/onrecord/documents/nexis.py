"""Exports of Nexis, Lexis+ and Nexis Uni: many articles in one file, each with its fields.

Two layouts are met. The older opens each article with "3 of 100 DOCUMENTS" and prints BYLINE:, SECTION:,
LENGTH: in capitals. The newer ends each with "End of Document" and sets "Body" over the text.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.documents.fields import DATE, LENGTH, is_furniture, label_kinds, split_section
from onrecord.documents.values import Document, Line, Stated, pair_roles
from onrecord.types import Role

__all__ = ["VERSION", "count_told", "split_nexis"]

VERSION = "nexis-1"
_OPENS = re.compile(
    r"(?:document\s+)?(\d{1,6}) (?:of|von|de|di|van|sur) (\d{1,6}) "
    r"(?:DOCUMENTS?|DOKUMENTE?N?|DOCUMENTOS?|DOCUMENTI)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"End of Document|Ende des Dokuments|Fin du document|Fin del documento", re.IGNORECASE)
_LISTED = re.compile(r"(?:Documents?|Dokumente?) \((\d{1,6})\)", re.IGNORECASE)
_ENTRY = re.compile(r"\d{1,6}\. ?(.+)")
_LABEL = re.compile(r"([^\W\d_][\w-]{2,19}):(?:\s+|$)(.*)", re.DOTALL)
_COPYRIGHT = re.compile(
    r"(?:all )?copyright\b.{0,12}\d{4}.*|©\s*\d{4}.*|all rights reserved\.?", re.IGNORECASE
)
_EDITION = re.compile(r".{0,40}\b(?:edition|final|ausgabe|édition)\b.{0,30}", re.IGNORECASE)
MOST_HEAD = 40
"""So many lines may stand over an article's text: more are no article's."""


def split_nexis(lines: Sequence[Line]) -> list[Document] | None:
    """Return the articles of an export, None where this is none."""
    opens = [at for at, line in enumerate(lines) if len(line.text) < 60 and _OPENS.fullmatch(line.text)]
    ends = [at for at, line in enumerate(lines) if len(line.text) < 30 and _ENDS.fullmatch(line.text)]
    if opens:
        stretches = [(start, end) for start, end in zip(opens, [*opens[1:], len(lines)], strict=True)]
    elif ends:
        starts = [0, *(at + 1 for at in ends)]
        stretches = [(start, end + 1) for start, end in zip(starts, ends, strict=False)]
        stretches[0] = (_skip_cover(lines, *stretches[0]), stretches[0][1])
        if _has_fields(lines[starts[-1] :]):
            stretches.append((starts[-1], len(lines)))
    else:
        return None
    found = [
        _read_article(lines, start, end, marked=bool(opens) or end - 1 in set(ends[-1:]) or end != len(lines))
        for start, end in stretches
        if _has_fields(lines[start:end])
    ]
    return found or None


def count_told(lines: Sequence[Line]) -> int | None:
    """Return how many articles an export says it holds."""
    for line in lines[:MOST_HEAD]:
        match = _OPENS.fullmatch(line.text) or _LISTED.fullmatch(line.text)
        if match:
            return int(match[match.lastindex or 1])
    return None


def _has_fields(lines: Sequence[Line]) -> bool:
    """Tell whether an article's fields stand over or under these lines."""
    kinds = label_kinds("nexis")
    for line in (*lines[:200], *lines[-40:]):
        if line.text.lower() in ("body", "load-date"):
            return True
        match = _LABEL.match(line.text)
        if match and (kind := kinds.get(match[1].lower())):
            if kind in ("byline", "section", "place", "body", "headline") or match[1].lower() == "load-date":
                return True
            if kind == "length" and LENGTH.fullmatch(match[2]):
                return True
    return False


def _skip_cover(lines: Sequence[Line], start: int, end: int) -> int:
    """Return where the first article begins, behind the sheet that lists what was exported."""
    anchor = _find_date(lines, start, end)
    if anchor is None:
        return start
    sheet = next((at for at in range(anchor, start, -1) if lines[at].breaks), None)
    if sheet is not None:
        return sheet
    listed = {match[1] for line in lines[start:anchor] if (match := _ENTRY.fullmatch(line.text))}
    named = (at for at in range(anchor - 1, max(start, anchor - 6), -1) if lines[at].text in listed)
    # Without a list the line over the outlet's is the headline.
    return next(named, max(start, anchor - 2) if anchor - start > 4 else start)


def _find_date(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return the line with the day of an article: the last one before its copyright, length or text."""
    found = None
    for at in range(start, min(end, start + 20_000)):
        words = lines[at].text
        if len(words) <= 100 and DATE.fullmatch(words):
            found = at
        elif found is not None and (
            _COPYRIGHT.fullmatch(words) or _kind_of(words)[0] in ("length", "body", "byline", "section")
        ):
            return found
    return found


def _kind_of(words: str) -> tuple[str, str]:
    """Return what a labelled line holds, and its value; "" where it has no label."""
    kinds = label_kinds("nexis")
    match = _LABEL.match(words)
    if match:
        return kinds.get(match[1].lower(), ""), match[2].strip()
    return (kinds.get(words.lower(), ""), "") if len(words) < 20 and words[:1].isupper() else ("", "")


def _read_article(lines: Sequence[Line], start: int, end: int, *, marked: bool) -> Document:
    article = _Article(lines[start:end])
    article.read()
    messages = () if marked else ("the last article has no end mark: the export seems to be cut off there.",)
    return Document(
        part=f"line={start}",
        version=VERSION,
        paragraphs=pair_roles(article.lines, article.roles),
        stated=tuple(article.stated),
        messages=messages,
    )


class _Article:
    """One article while its lines are told apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.roles: list[Role] = ["other"] * len(lines)
        self.stated: list[Stated] = []
        self.title = ""
        self.capitals = any(_OPENS.fullmatch(line.text) for line in lines[:2])

    def read(self) -> None:
        """Read the head, then the text, then what stands under it."""
        at = self._read_head()
        at = self._read_body(at)
        self._read_tail(at)

    def state(self, name: str, words: str, label: str, at: int) -> None:
        self.title = words if name == "headline" else self.title
        if words:
            self.stated.append(Stated(name=name, words=words, where=label, line=at))

    def _read_head(self) -> int:
        top = list(self._find_top())
        self._read_top(top)
        at, length = (top[-1] + 1 if top else 0), False
        while at < len(self.lines):
            words = self.lines[at].text
            kind, value = _kind_of(words)
            if kind == "body":
                # Older files print the text right behind the label.
                return at if value else at + 1
            if kind in ("byline", "section", "length", "place", "headline", "head"):
                at = self._read_field(kind, value, at)
                length |= kind == "length"
                continue
            if kind in ("tail", "correction"):
                if self._has_body(at):
                    at += 1
                    continue
                return at
            if _COPYRIGHT.fullmatch(words) or is_furniture(words) or _ENDS.fullmatch(words):
                at += 1
                continue
            if self._has_body(at):
                at += 1
                continue
            return at
        return at

    def _has_body(self, at: int) -> bool:
        """Tell whether the word "Body" stands further down in the head: until there it is no text."""
        return any(_kind_of(line.text)[0] == "body" for line in self.lines[at : at + MOST_HEAD])

    def _find_top(self) -> Iterator[int]:
        """Yield the lines over the first field, up to the copyright."""
        for at, line in enumerate(self.lines[:MOST_HEAD]):
            kind, _ = _kind_of(line.text)
            if kind and not (kind == "head" and not _LABEL.match(line.text)):
                return
            if _OPENS.fullmatch(line.text) or is_furniture(line.text) or _COPYRIGHT.fullmatch(line.text):
                continue
            yield at

    def _read_top(self, top: Sequence[int]) -> None:
        dated = next((k for k, at in enumerate(top) if k and DATE.fullmatch(self.lines[at].text)), None)
        if dated is None:
            if top:
                self._headline(top[0])
            return
        day, outlet = top[dated], top[dated - 1]
        self.roles[day] = "dateline"
        self.state("published", self.lines[day].text, "line under the outlet", day)
        self.state("outlet", self.lines[outlet].text, "line over the date", outlet)
        before = top[: dated - 1]
        after = [
            at
            for at in top[dated + 1 :]
            if not (len(self.lines[at].text) < 70 and _EDITION.fullmatch(self.lines[at].text))
        ]
        if before:
            self._headline(before[0])
        elif after and not any(_kind_of(line.text)[0] == "headline" for line in self.lines[:MOST_HEAD]):
            self._headline(after[0])

    def _headline(self, at: int) -> None:
        self.roles[at] = "headline"
        self.state("headline", self.lines[at].text, "headline of the export", at)

    def _read_field(self, kind: str, value: str, at: int) -> int:
        """Read a field whose value stands behind its label or on the next line; return where to go on."""
        label = self.lines[at].text.partition(":")[0]
        place = at
        if not value and at + 1 < len(self.lines) and not _kind_of(self.lines[at + 1].text)[0]:
            place, value = at + 1, self.lines[at + 1].text
        if kind == "byline":
            self.roles[place] = "byline"
            self.state("author", value, f"field {label}", place)
        elif kind == "section" and (section := split_section(value)):
            self.state("section", section, f"field {label}", place)
        elif kind == "place":
            self.roles[place] = "dateline"
            self.state("place", value, f"field {label}", place)
        elif kind == "headline" and value:
            self.roles[place] = "headline"
            self.state("headline", value, f"field {label}", place)
        return place + 1

    def _read_body(self, at: int) -> int:
        while at < len(self.lines):
            words = self.lines[at].text
            if self._ends_body(words) or _ENDS.fullmatch(words):
                return at
            # An export for paper prints the headline over each of an article's sheets.
            if not is_furniture(words) and words != self.title:
                self.roles[at] = "paragraph"
            at += 1
        return at

    def _ends_body(self, words: str) -> bool:
        """Tell a label under the text from a word and a colon in it."""
        kind, _ = _kind_of(words)
        match = _LABEL.match(words)
        name = match[1] if match else words
        if kind in ("tail", "correction") and len(words) < 2000:
            return (
                name.isupper()
                or name.lower() == "load-date"
                or (not self.capitals and (match is None or name.lower() in ("language", "publication-type")))
            )
        return len(words) < 200 and _COPYRIGHT.fullmatch(words) is not None and not words.endswith("”")

    def _read_tail(self, at: int) -> None:
        """Read the fields under the text: the language, a correction, what the pictures showed."""
        role: Role = "other"
        for place in range(at, len(self.lines)):
            words = self.lines[place].text
            kind, value = _kind_of(words)
            label = words.partition(":")[0].lower()
            if kind:
                role = "correction" if kind == "correction" else "caption" if label == "graphic" else "other"
                if label in ("language", "sprache", "langue"):
                    self.state("language", value, f"field {words.partition(':')[0]}", place)
            if _COPYRIGHT.fullmatch(words) or _ENDS.fullmatch(words):
                role = "other"
            self.roles[place] = "other" if is_furniture(words) else role
