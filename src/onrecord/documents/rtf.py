"""Documents in Rich Text Format (.rtf), as press databases and older word processors write them."""

import codecs
import re
from dataclasses import dataclass, replace

from onrecord.documents.gather import Gatherer
from onrecord.documents.values import DocumentFault, Line, Lines

__all__ = ["VERSION", "read_rtf"]

VERSION = "rtf-1"
MAX_GROUPS = 5000
MAX_FONTS = 10_000

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])"
    r"|(?P<words>[^\\{}\r\n]+)"
    r"|[\r\n]+"
    r"|\\",
    re.DOTALL,
)
# What a group that begins so holds is not shown where it stands, or not at all.
_HELD = frozenset(
    "fonttbl colortbl stylesheet info pict object themedata datastore listtable listoverridetable rsidtbl "
    "generator xmlnstbl fldinst annotation atnid atnauthor atrfstart atrfend revtbl filetbl latentstyles "
    "colorschememapping mmathPr "
    "pgptbl bkmkstart bkmkend tc xe private template operator company".split()
)
_AROUND = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "footnote": "note",
}
_LINES = frozenset(("par", "line", "sect", "page", "row", "cell", "nestcell", "nestrow"))
_SHEETS = frozenset(("page", "sect"))
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "", "zwnj": "",
}  # fmt: skip
# Which letters a font was made for, where that is not what the document says of all.
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group, and again behind it as before."""

    shown: bool = True
    fallback: int = 1
    font: int | None = None
    bold: bool = False
    hidden: bool = False
    size: float | None = None
    fonts: bool = False
    part: str = ""


def read_rtf(payload: bytes) -> Lines:
    """Return the lines of an RTF document; what is cut off is read as far as it goes."""
    reader = _Reader(payload.decode("latin-1"))
    reader.read()
    messages: tuple[str, ...] = ()
    if reader.groups:
        messages = ("the document is cut off (its last group is not closed); what there is was read.",)
    header, body, note, footer = (reader.finish(part) for part in ("header", "", "note", "footer"))
    return Lines(lines=(*header, *body, *note, *footer), version=VERSION, messages=messages)


class _Reader:
    """Where the reader is in the document. Bytes are kept until a word tells in which encoding they are."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.gatherers = {part: Gatherer() for part in ("", "header", "footer", "note")}
        for gatherer in self.gatherers.values():
            gatherer.begin()
        self.gatherer = self.gatherers[""]
        self.state = _State()
        self.groups: list[_State] = []
        self.charset = "cp1252"
        self.fonts: dict[int, str] = {}
        self.held = bytearray()
        self.half = ""
        self.skip = 0
        self.first = False
        self.defined: int | None = None

    def finish(self, part: str) -> list[Line]:
        """Return the lines of the body, or of what stands around it: a header once for all its sheets."""
        lines = self.gatherers[part].finish()
        if not part:
            return lines
        around = {line.text: replace(line, part=part) for line in lines}
        return list(around.values())

    def read(self) -> None:
        at, match, source = 0, _TOKEN.match, self.source
        while at < len(source) and (token := match(source, at)):
            at = token.end()
            kind = token.lastgroup
            if kind == "words":
                self._words(token[0])
            elif kind in ("word", "number"):
                at = self._word(token["word"], token["number"], at)
            elif kind == "byte":
                self._byte(int(token["byte"], 16))
            elif kind == "brace":
                self._flush()
                self._open() if token[0] == "{" else self._close()
            elif kind == "sign":
                self._sign(token["sign"])
            if not self.groups and at > 1 and kind == "brace":
                break
        self._flush()

    def _open(self) -> None:
        if len(self.groups) >= MAX_GROUPS:
            raise DocumentFault(f"its groups stand inside one another more than {MAX_GROUPS} deep.")
        self.groups.append(self.state)
        self.skip, self.first = 0, True

    def _close(self) -> None:
        if self.groups:
            self._set(self.groups.pop())
        self.skip, self.first = 0, False

    def _set(self, state: _State) -> None:
        if state.part != self.state.part:
            if self.state.part:
                self.gatherer.end()
                self.gatherer.begin()
            self.gatherer = self.gatherers[state.part]
        self.state = state
        self.gatherer.bold, self.gatherer.size = state.bold, state.size

    def _words(self, words: str) -> None:
        self.first = False
        if self.skip:
            cut = min(self.skip, len(words))
            self.skip -= cut
            words = words[cut:]
        if words and self.state.shown and not self.state.hidden:
            if words.isascii() and not self.held:
                self._add(words)
            else:
                self.held += words.encode("latin-1")

    def _byte(self, value: int) -> None:
        self.first = False
        if self.skip:
            self.skip -= 1
        elif self.state.shown and not self.state.hidden:
            self.held.append(value)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            # A group for programs that know its name: others pass it over.
            if self.first:
                self._set(replace(self.state, shown=False))
            return
        self.first = False
        if self.skip:
            self.skip -= 1
        elif sign in "\r\n":
            self._end_line(False)
        else:
            self._show({"~": "\xa0", "_": "‑", "-": "\xad"}.get(sign, sign if sign in "\\{}" else ""))

    def _word(self, word: str, number: str | None, at: int) -> int:
        first, self.first = self.first, False
        value = int(number) if number else None
        if word == "bin":
            return at + max(0, value or 0)
        if word == "u" and value is not None:
            self._flush()
            self._show(chr(value % 0x10000))
            self.skip = self.state.fallback
            return at
        if self.skip:
            self.skip -= 1
            return at
        if first and word in _HELD:
            self._set(replace(self.state, shown=False, fonts=word == "fonttbl"))
        elif first and word in _AROUND:
            self._flush()
            self._set(replace(self.state, part=_AROUND[word]))
        elif word in _LINES:
            self._end_line(word in _SHEETS)
        elif word in _SIGNS:
            self._show(_SIGNS[word])
        elif word in _SETTINGS:
            self._flush()
            self._setting(word, value)
        return at

    def _setting(self, word: str, value: int | None) -> None:
        state = self.state
        if word == "ansicpg" and value:
            self.charset = _codec(f"cp{value}") or self.charset
        elif word == "mac":
            self.charset = "mac_roman"
        elif word == "uc":
            self._set(replace(state, fallback=max(0, min(value or 0, 100))))
        elif word == "f":
            if state.fonts:
                self.defined = value
            self._set(replace(state, font=value))
        elif word == "fcharset":
            charset = _codec(_CHARSETS.get(value or 0, ""))
            if state.fonts and self.defined is not None and charset and len(self.fonts) < MAX_FONTS and value:
                self.fonts[self.defined] = charset
        elif word == "b":
            self._set(replace(state, bold=value != 0))
        elif word in ("v", "deleted"):
            self._set(replace(state, hidden=value != 0))
        elif word == "fs" and value:
            self._set(replace(state, size=value / 2))
        elif word == "plain":
            self._set(replace(state, bold=False, hidden=False, size=None, font=None))
        elif word == "outlinelevel" and state.shown:
            self.gatherer.style("heading 1")

    def _end_line(self, sheet: bool) -> None:
        self._flush()
        if self.state.shown:
            self.gatherer.end()
            self.gatherer.begin()
            if sheet:
                self.gatherer.break_sheet()

    def _show(self, words: str) -> None:
        self._flush()
        if self.state.shown and not self.state.hidden:
            self._add(words)

    def _add(self, words: str) -> None:
        """Add words; signs beyond the first 65,536 come as two halves."""
        if self.half:
            words, self.half = self.half + words, ""
            if len(words) > 1 and "\udc00" <= words[1] <= "\udfff":
                words = words[:2].encode("utf-16-le", "surrogatepass").decode("utf-16-le") + words[2:]
            else:
                words = "\ufffd" + words[1:]
        if words and "\ud800" <= words[-1] <= "\udbff":
            words, self.half = words[:-1], words[-1]
        self.gatherer.add(_whole(words))

    def _flush(self) -> None:
        """Turn the bytes that were kept into words."""
        if self.held:
            font = self.fonts.get(self.state.font) if self.state.font is not None else None
            words, self.held = bytes(self.held).decode(font or self.charset, "replace"), bytearray()
            self._add(words)


_SETTINGS = frozenset(
    ("ansicpg", "mac", "uc", "f", "fcharset", "b", "v", "deleted", "fs", "plain", "outlinelevel")
)


def _codec(name: str) -> str | None:
    """Return the encoding of that name, if Python knows it and it turns bytes into words."""
    if name in ("cp65001", "cp0"):
        return "utf-8" if name == "cp65001" else None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _whole(words: str) -> str:
    """Return words in which no half of a sign stands alone."""
    if words.isascii():
        return words
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)
