"""JSON as pages print it: whole where it keeps to the format, else what of it can be read for certain.

Pages are edited by hand and put together from templates: a brace too many, a comment, a quotation mark inside
a headline. Nothing is guessed: a value counts where it ends as values end, and one cut off is left out.
Time and memory grow with the length of the text, whatever it holds.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["read_json", "read_texts"]

MOST_CHARACTERS = 2_000_000
MOST_REPAIRED = 100_000
"""Of a faulty text no more than this is read."""

MOST_DEPTH = 60
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_QUOTES = {'"': '"', "'": "'", "“": "”“", "”": "”", "„": "“”", "″": "″"}
_TOKEN = re.compile(
    r"\s+|//[^\n]*|(?P<comment>/\*|<!--)|(?P<mark>[{}\[\]:,])|(?P<quote>[\"'“”„″])"
    r"|(?P<word>[\w$@.+-]+)|.",
    re.DOTALL,
)
# What follows a string: the end of its object or list, another member, or nothing. Further quotation marks
# belong to the words.
_AFTER_KEY = re.compile(r"\s*:")
_AFTER_VALUE = re.compile(
    r"\s*(?:[}\]]|$|,\s*(?:[}\]]|$|[\"'“”„″][^\"“”\n]{1,80}[\"'“”″]\s*:|[A-Za-z_$@][\w$-]{0,40}\s*:|//|/\*)"
    r"|[\"“][^\"“”\n]{1,80}[\"”]\s*:|/[/*])"
)
_AFTER_ITEM = re.compile(r"\s*(?:[}\]]|$|,\s*(?:[\"'“”„″{\[}\]\d-]|$|true|false|null|/[/*]))")
_CLOSING = {
    quote: re.compile(rf"\\.|[{re.escape(closing)}]", re.DOTALL) for quote, closing in _QUOTES.items()
}
_ENDS = {"/*": "*/", "<!--": "-->"}
_NOT_ESCAPES = re.compile(r"\\(?![\"\\/bfnrtu])")
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?")
_WORDS = {"true": True, "false": False, "null": None}


MOST_FAULTY = 4


def read_texts(texts: Sequence[str]) -> Iterator[Any]:
    """Yield the values of all of a page's texts; of faulty ones only the first few are read."""
    faulty = 0
    for text in texts:
        plain = _unwrap(text)
        whole = _read_whole(plain)
        if whole is not None:
            yield from whole
        elif faulty < MOST_FAULTY:
            faulty += 1
            yield from _Reader(plain[:MOST_REPAIRED]).read()


def read_json(text: str) -> list[Any]:
    """Return the values that a text holds, one after the other; [] where there is nothing to be read.

    >>> read_json('{"headline": "The "Ouvel" ferry", }}')
    [{'headline': 'The "Ouvel" ferry'}]
    """
    return list(read_texts([text]))


def _unwrap(text: str) -> str:
    text = _WRAPPED.sub("", text[:MOST_CHARACTERS]).strip("\ufeff \t\r\n;")
    return html.unescape(text) if '"' not in text and "&quot;" in text else text


def _read_whole(text: str) -> list[Any] | None:
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return None


class _Reader:
    """Reads a faulty text member by member, with the objects and lists that are open on a stack."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: list[Any] = []
        self.open: list[dict[str, Any] | list[Any]] = []
        self.keys: list[str | None] = []
        self.unending: set[str] = set()

    def read(self) -> list[Any]:
        at = 0
        while at < len(self.text) and len(self.open) < MOST_DEPTH:
            found = _TOKEN.match(self.text, at)
            if found is None:
                break
            at = found.end()
            if found["quote"]:
                words, at = self._string(at, found["quote"])
                if words is None:
                    break  # it does not end: what was read before it stays
                self._put_string(words, at)
            elif found["mark"]:
                self._mark(found["mark"])
            elif found["comment"]:
                at = self._comment(at, found["comment"])
            elif found["word"]:
                self._word(found["word"], at)
        return self.values

    def _comment(self, at: int, mark: str) -> int:
        """Return where a comment ends; one that does not is none."""
        if mark in self.unending:
            return at
        end = self.text.find(_ENDS[mark], at)
        if end < 0:
            self.unending.add(mark)
        return at if end < 0 else end + len(_ENDS[mark])

    def _mark(self, mark: str) -> None:
        if mark == "," and self.open:
            self.keys[-1] = None  # a member without a value
        elif mark in "{[":
            value: dict[str, Any] | list[Any] = {} if mark == "{" else []
            self._put(value)
            self.open.append(value)
            self.keys.append(None)
        elif mark in "}]":
            kind = dict if mark == "}" else list
            # What was left open inside ends with it; a brace too many ends nothing.
            if any(isinstance(one, kind) for one in self.open):
                while self.open:
                    self.keys.pop()
                    if isinstance(self.open.pop(), kind):
                        break

    def _string(self, at: int, quote: str) -> tuple[str | None, int]:
        """Read from behind an opening mark to the mark that ends the string."""
        closing = _CLOSING[quote]
        ends = (_AFTER_KEY,) if self._wants_key() else (self._after_value(),)
        for found in closing.finditer(self.text, at):
            if found[0][0] != "\\" and any(end.match(self.text, found.end()) for end in ends):
                return _unescape(self.text[at : found.start()]), found.end()
        return None, len(self.text)

    def _after_value(self) -> re.Pattern[str]:
        return _AFTER_ITEM if self.open and isinstance(self.open[-1], list) else _AFTER_VALUE

    def _wants_key(self) -> bool:
        """A name is due behind an object's complete member, and behind an object that ended too soon."""
        if not self.open:
            return True
        return isinstance(self.open[-1], dict) and self.keys[-1] is None

    def _put_string(self, words: str, at: int) -> None:
        if not self._wants_key():
            self._put(words)
        elif self.open:
            self.keys[-1] = words
        elif self.values and isinstance(self.values[-1], dict):
            self.open, self.keys = [self.values[-1]], [words]

    def _word(self, word: str, at: int) -> None:
        if self._wants_key():
            if self.open and _AFTER_KEY.match(self.text, at):
                self.keys[-1] = word
        elif _NUMBER.fullmatch(word):
            self._put(float(word) if "." in word else int(word))
        elif word in _WORDS:
            self._put(_WORDS[word])

    def _put(self, value: Any) -> None:
        if not self.open:
            if isinstance(value, dict | list):
                self.values.append(value)
            return
        inner = self.open[-1]
        if isinstance(inner, list):
            inner.append(value)
        elif (key := self.keys[-1]) is not None:
            inner[key] = value
            self.keys[-1] = None


def _unescape(words: str) -> str:
    quoted = re.sub(r'(\\.)|"', lambda found: found[1] or '\\"', words, flags=re.DOTALL)
    try:
        return str(json.loads(f'"{_NOT_ESCAPES.sub("", quoted)}"', strict=False))
    except ValueError:
        return words
