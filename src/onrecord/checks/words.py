"""Words as a quotation is compared: one form for what typography writes in several ways. Pure.

"don’t" and "do not", "five" and 5, "per cent", "percent" and %, "e-mail" and "email" have one form; so have
marks, accents and case. What is left different is a different word. Every word keeps its place in its text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord.checks.numbers import NUMBER_WORDS, ORDINALS, read_number
from onrecord.people.fold import fold
from onrecord.types import Span

__all__ = ["ELLIPSIS", "Word", "cut_parts", "cut_words", "is_stable"]


class Word(NamedTuple):
    """A word of a text: the form that is compared, and where it stands.

    `cased` is the same form with its capitals. `bracketed` words stand in square brackets: the outlet put
    them in. "[sic]" is no word.
    """

    key: str
    start: int
    end: int
    cased: str = ""
    bracketed: bool = False


# Characters that nobody sees: soft hyphens, joiners, marks of direction.
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_LETTER = r"[^\W_]"
_WORD = re.compile(
    # "[T]he", which an outlet writes where its sentence begins; "−5" but not the 5 of "3-5"; sums and shares.
    rf"\[{_LETTER}\](?={_LETTER})"
    rf"|(?<![\w.,\-−–])[-−](?=[$£€¥₹]?\d)"
    rf"|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\w)|\d+\.\d+(?!\w)|(?<![\w.,])\.\d+(?![\w.])"
    rf"|[$£€¥₹%&]"
    # A word goes on over an apostrophe ("don’t"), over accents that are characters of their own, and over
    # what nobody sees.
    rf"|{_LETTER}+(?:[{_UNSEEN}]*['’ʼ＇]?[\u0300-\u036f{_UNSEEN}]*{_LETTER}+|[\u0300-\u036f]+)*"
)
_SINGLE = re.compile(rf"\[({_LETTER})\]")
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,120}\]")
_SIC = re.compile(r"\[\s*sic\.?!?\s*\]", re.IGNORECASE)
_APOSTROPHE = re.compile("['’ʼ＇]")
_DROPPED = re.compile(f"['’ʼ＇{_UNSEEN}]")
ELLIPSIS = re.compile(r"[\[(]?\s*(?:…|\.\s?\.\s?\.)[.\s]*[\])]?")
_HYPHENS = frozenset("-‐‑")
_PREFIXES = frozenset("re co pre non anti semi e".split())
_SIGNS = {"%": "percent", "&": "and", "$": "dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees"}
_SUMS = frozenset("$£€¥₹")
_MINUS = frozenset(("-", "−", "minus"))
_ONE_FORM = {"dollar": "dollars", "pound": "pounds", "euro": "euros", "rupee": "rupees", **ORDINALS}
# Words that may be printed as parts of others: "do not" as "don't", "and" as "&".
_SEVERAL = frozenset(
    """not is are have am would will us do does did was were has had could should must need might shall can
    and percent cent""".split()
) | frozenset(_ONE_FORM.values())
# After "it" and the like an apostrophe and s are "is"; after a noun they are a genitive.
_IS_AFTER = frozenset("it he she that there here what who where how this".split())
_TAILS = {"re": "are", "ve": "have", "ll": "will", "m": "am"}
_WOULD_AFTER = frozenset("i you he she it we they that there who".split())
# Captures lose apostrophes; these are no other words without them.
_LOST = frozenset(
    """dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt wouldnt couldnt shouldnt mustnt
    neednt""".split()
)
# Contractions that need a list: their two words, and where the second one begins.
_IRREGULAR = {
    "cannot": ("can", "not", 3),
    "cant": ("can", "not", 3),
    "can't": ("can", "not", 3),
    "won't": ("will", "not", 2),
    "shan't": ("shall", "not", 3),
    "let's": ("let", "us", 3),
}


def cut_words(text: str, span: Span | None = None) -> list[Word]:
    """Return the words of a text, or of a span of it."""
    start, end = span or (0, len(text))
    return list(_join(text, list(_split(text, start, end))))


def cut_parts(asked: str) -> list[list[Word]]:
    """Return the words that are asked for, in parts where an ellipsis stands for any words between."""
    edges = [0, *(edge for found in ELLIPSIS.finditer(asked) for edge in found.span()), len(asked)]
    parts = (cut_words(asked, Span(edges[i], edges[i + 1])) for i in range(0, len(edges), 2))
    return [part for part in parts if part]


def is_stable(text: str, word: Word) -> bool:
    """Say whether a word is written in one way only, so that an index of printed words has it as it is."""
    raw = text[word.start : word.end]
    return raw.isalpha() and fold(raw) == word.key and word.key not in _SEVERAL


def _split(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield the words as they are printed, contractions taken apart."""
    brackets = _find_brackets(text, start, end)
    inside = next(brackets, None)
    initial: re.Match[str] | None = None
    for found in _WORD.finditer(text, start, end):
        first, last = found.span()
        raw, held = found.group(), False
        if inside is not None:
            while inside is not None and inside.end <= first:
                inside = next(brackets, None)
            held = inside is not None and inside.start <= first
            if held and inside is not None and _SIC.fullmatch(text, *inside):
                continue
            if raw[0] == "[":
                initial = found
                continue
            if initial is not None:
                if initial.end() == first:
                    first, raw, held = initial.start(), initial.group()[1] + raw, False
                initial = None
        for key, cased, begin, stop in _forms(raw):
            yield Word(key, first + begin, min(first + stop, last) if stop else last, cased, held)


def _find_brackets(text: str, start: int, end: int) -> Iterator[Span]:
    if text.find("[", start, end) < 0:
        return iter(())
    return (Span(*found.span()) for found in _BRACKETS.finditer(text, start, end))


# A text has few different words, and each of its words is looked at: so every form is made once.
@lru_cache(maxsize=100_000)
def _forms(raw: str) -> tuple[tuple[str, str, int, int], ...]:
    """Return a printed word as (form, form with capitals, where it begins, where it ends or 0) each."""
    return tuple((*_key(form), begin, stop) for form, begin, stop in _apart(raw))


def _apart(raw: str) -> tuple[tuple[str, int, int], ...]:
    """Return a printed word's forms, with where each stands in it (0 for "to its end")."""
    low = raw.lower()
    if raw[0] == ".":
        return ((f"0{raw}", 0, 0),)
    if not raw.isalpha() or low in _LOST or low in _IRREGULAR:
        plain = _APOSTROPHE.sub("'", low)
        if known := _IRREGULAR.get(plain):
            first, second, cut = known
            opening = first.capitalize() if raw[0].isupper() else first
            return (_as_in(opening, raw), 0, cut), (_as_in(second, raw), cut, 0)
        if plain == "n't":
            return ((_as_in("not", raw), 0, 0),)
        if plain.endswith("n't") or low in _LOST:
            cut = len(raw) - (3 if plain.endswith("n't") else 2)
            return (raw[:cut], 0, cut), (_as_in("not", raw), cut, 0)
        head, mark, tail = plain.rpartition("'")
        if mark and head:
            cut = len(head)
            if tail == "s" and head in _IS_AFTER:
                return (raw[:cut], 0, cut), (_as_in("is", raw), cut, 0)
            if tail == "d" and head in _WOULD_AFTER:
                return (raw[:cut], 0, cut), (_as_in("would", raw), cut, 0)
            if tail in _TAILS:
                return (raw[:cut], 0, cut), (_as_in(_TAILS[tail], raw), cut, 0)
            if tail == "s":
                return ((_DROPPED.sub("", raw[:cut]) + "'s", 0, 0),)
    return ((_DROPPED.sub("", raw), 0, 0),)


def _as_in(form: str, raw: str) -> str:
    """Write a form with the capitals of the word that it comes from."""
    if len(raw) > 1 and raw.isupper():
        return form.upper()
    return form


def _key(form: str) -> tuple[str, str]:
    """Return the form that is compared, and the same with its capitals."""
    cased = _plain(form)
    key = cased.lower() if cased.isascii() or any(not c.isalpha() for c in cased) else fold(cased)
    known = _SIGNS.get(key) or _ONE_FORM.get(key)
    return known or key or form, known or cased or form


def _plain(form: str) -> str:
    """Return a form without accents, its capitals kept."""
    if form.isascii():
        return form
    # "10²" is not 102, and "1½" not 11/2.
    if any(unicodedata.decomposition(c).startswith(("<super>", "<sub>", "<fraction>")) for c in form):
        return form
    apart = unicodedata.normalize("NFKD", form)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def _join(text: str, words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words with numbers, shares, sums and split prefixes in their one form."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.key not in _OPENING and not word.key[:1].isdigit():
            yield word
            at += 1
            continue
        sign = text[word.start : word.end]
        following = words[at + 1] if at + 1 < len(words) else None
        if sign in _SUMS or word.key in _MINUS:
            taken, made = _read_sum(text, words, at)
        elif word.key == "per" and following is not None and following.key == "cent":
            taken, made = 2, [_over(word, following, "percent")]
        elif (
            word.key in _PREFIXES
            and following is not None
            and following.start == word.end + 1
            and text[word.end] in _HYPHENS
            and _is_one_word(word.key, following.key)
        ):
            taken, made = 2, [_over(word, following, word.key + following.key, word.cased + following.cased)]
        elif number := read_number(_side_by_side(text, words, at)):
            taken = number.words
            made = [_over(word, words[at + taken - 1], number.value)]
        else:
            taken, made = 1, [word]
        yield from made
        at += taken


# "re-sign" is not "resign", nor a "co-op" a coop: these prefixes are surely one word only before a vowel.
_VOWELS = re.compile(r"[aeiou]")
_OTHERS = {"re": re.compile(r"act|al|ad$|ap|ar$|in$|is$"), "co": re.compile(r"ops?$|ax|ed")}


def _is_one_word(prefix: str, rest: str) -> bool:
    """Say whether a hyphen behind a prefix is typography: "e-mail", "co-operate", "re-elect"."""
    others = _OTHERS.get(prefix)
    if others is None:
        return rest != "sense"
    return len(rest) > 2 and _VOWELS.match(rest) is not None and others.match(rest) is None


# Words with which a number, a sum or a split word begins; no other one is looked at twice.
_OPENING = NUMBER_WORDS | _PREFIXES | _MINUS | {"per"} | {_SIGNS[sign] for sign in _SUMS} | _SUMS
_GAP = re.compile(r"[\s\-‐‑]*")
_LONGEST = 12  # words of a number: "nine hundred and ninety nine thousand nine hundred and ninety nine"


def _side_by_side(text: str, words: Sequence[Word], at: int) -> list[str]:
    """Return the words from one on between which nothing but a space or a hyphen stands."""
    found: list[str] = []
    for n in range(at, min(at + _LONGEST, len(words))):
        if n > at and _GAP.fullmatch(text, words[n - 1].end, words[n].start) is None:
            break
        found.append(words[n].key)
    return found


def _read_sum(text: str, words: Sequence[Word], at: int) -> tuple[int, list[Word]]:
    """Read "$5 million", "-5", "−$5": the number comes first, as when it is spoken."""
    first, minus, unit, taken = words[at], "", None, 0
    while taken < 2 and at + taken < len(words):
        sign = text[words[at + taken].start : words[at + taken].end]
        if words[at + taken].key in _MINUS:
            minus = "-"
        elif sign in _SUMS:
            unit = words[at + taken]
        else:
            break
        taken += 1
    number = read_number(_side_by_side(text, words, at + taken), short=unit is not None)
    if number is None:
        return 1, [] if first.key in ("-", "−") else [first]
    last = words[at + taken + number.words - 1]
    made = [_over(first, last, minus + number.value)]
    if unit is not None:
        made.append(unit._replace(start=first.start, end=last.end))
    return taken + number.words, made


def _over(first: Word, last: Word, key: str, cased: str | None = None) -> Word:
    return Word(key, first.start, last.end, cased or key, first.bracketed and last.bracketed)
