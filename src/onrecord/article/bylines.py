"""The names in a byline: "By Ada Brill and Cy Dorn, Staff Writers | 5 min read" has two."""

import html
import re
from collections.abc import Iterator
from functools import cache

from onrecord.article.agencies import is_agency, is_nobody, is_paper
from onrecord.article.json_ld import names_of
from onrecord.article.json_text import read_json
from onrecord.article.printed import find_printed_dates
from onrecord.article.tagger import find_times
from onrecord.types import Block
from onrecord.wordlists import read_list

__all__ = ["byline_words", "is_first_name", "is_label", "looks_like_name", "read_meta_names", "split_names"]

MOST_CHARACTERS = 600
"""A byline is no longer than this, whatever a meta tag holds."""

MOST_LINE = 200
MOST_LABEL = 20
MOST_NAME = 60

_BY = re.compile(
    r"(?:^|(?<=[\s|•·(]))(?:(?:written|story|reported|text|testo|testi|texte|texto|tekst|words|report|posted|published|reporting|authored|"
    r"reviewed)\s+)?"
    r"(?:(?:by|von|par|por|di|door|av|af)\b:?|(?:autor(?:in)?(?:/autor(?:in)?)?|authors?|text|texte|texto|"
    r"words|(?:text|texte|texto|testo|tekst|teksti|words) (?:und|et|and|&|och|og|en|e|y|i|ja|a) "
    r"(?:fotos?|photos?|pictures|bilder|bilde|zdjęcia|kuvat)|tekst(?:i|y)?|testo|szöveg|szerző|"
    r"författare|forfatter|kirjoittaja|yazar|текст|авторы?|κείμενο|συντάκτης)\s*:|autorin/autor)\s*"
    # "Door onze verslaggever Ada Brill", "Von unserer Korrespondentin Ada Brill"
    r"(?:(?:onze|unser(?:e[mnr])?|notre|nuestr[oa]|noss[oa]|our|dal nostro|vår)\s+[^\W\d_-]+\s+"
    r"(?=[A-ZÀ-Þ]))?",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:,|;|\||\s/\s|•|·|⋅|–|—|\s-\s|&|\band\b|\bund\b|\bet\b|\bog\b|\boch\b|\ben\b|\bwith\b|\bavec\b|\bmit\b|"
    r"\by\b|\be\b|\.\s+(?=(?:[A-Z][a-z]+\s){1,2}by\b)|\s+(?=(?i:foto|photo|picture|bild|image|fotografie?)s?\s*:))\s*"
)
# "Ada Brill (with Cy Dorn)" names two, "Richard (R.J.) Eskov" one.
_PICTURES_BEHIND = re.compile(
    r".*[(\[]\s*(?:foto|photo|picture|image|bild|imag[ei]n|video|ilustra|illustra)\w*\s*[)\]]", re.IGNORECASE
)
_TOGETHER = re.compile(r"\s*[(\[]\s*(?:with|avec|mit|con|com|met|med|and|und|et|y|e|en)\s+([^()\[\]]*)[)\]]?")
# Not \w: the vowel signs of Indian scripts are no letters to it.
_NAME = re.compile(r"[^\W\d_][^\d<>{}\[\]=@#$%^*_|\\/\s]*(?:\s+\(?[^\d<>{}\[\]=@#$%^*_|\\/\s]+){0,4}")
_SMALL = frozenset(
    re.findall(r"\w+", "de da do dos das di del della der den van von la le el al bin ibn ten ter zu af av")
)
# "d'Orne", "al-Tamimi": a small word bound to the name it opens.
_BOUND = re.compile(r"[^\W\d_]{1,3}['’-][^\W\d_]")
_MAIL = re.compile(r"[(<\[]?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>\]]?", re.IGNORECASE)
_HANDLE = re.compile(r"(?:\bon\s+)?(?<![\w.])@\w+")
# What a line invites its reader to do, or says of its date: no name follows on it.
_REST = re.compile(
    r"(?:\b(?:e-?mail|follow|contact|view|read|see|tweet|share|subscribe)\s+"
    r"(?:the\s+|this\s+|all\s+|more\s+|by\s+|"
    r"author\b|@|me\b|us\b|on\b|in\b|her\b|him\b|them\b|profile\b)|\bon behalf of\b"
    r"|\b(?:last\s+)?(?:posted|published|updated|modified|reviewed|edited|fact[ -]?checked|medically)\b"
    r"|\b(?:publié|publiée|mis à jour|veröffentlicht|aktualisiert|publicado|actualizado|pubblicato|"
    r"aggiornato|gepubliceerd|bijgewerkt|opublikowano|publicerad|uppdaterad|publisert|oppdatert)\b"
    r"|(?<=[a-z])(?-i:Updated|Published|Posted|Last)\b"
    r"|\b\d+\s*(?:hrs?|hours?|mins?|minutes?|days?|std|stunden?)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
# "Photos: Cy Dorn", "photographs by Cy Dorn": who took the pictures did not write the article.
_PICTURE = re.compile(
    r"\W*(?:photos?|photograph(?:y|s|er|ie|ien)?|pictures?|images?|fotos?|"
    r"fotografie?n?|fotografía|bild(?:er)?|video|videos|illustrations?|illustrationen|graphics?|grafik|camera|collage|cartoon|"
    r"foto di|infographics?|zdjęcia|foto's|imágenes|imagens|billeder|kuvat|valokuvat|fotó|"
    r"fényképek|fotoğraf|снимки|фото|φωτογραφίες)"
    r"\s*(?::|/|\bby\b|\bvon\b|\bpar\b|\bpor\b|\bdi\b|\bcourtesy\b|\bcredit\b)",
    re.IGNORECASE,
)
# "Ada Brill for the Harbour Gazette"
_EMPLOYED = re.compile(r"\s+(?:for|of)\s+(?:the\s+)?(?=[A-Z])")
# "Ada Brill Reporter 11 March 2031": her office, without a sign between.
_OFFICE = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ][\w.'’-]+ ){2,3}?)"
    r"(?i:(?:staff|senior|chief|special|deputy|political|foreign|local) )?"
    r"(?i:reporter|correspondent|writer|editor|columnist|journalist|redakteur(?:in)?|reporterin)"
)
_PUBLISHED = re.compile(
    r"\W*(?:first )?(?:published|posted|updated|written|reported|created)\b", re.IGNORECASE
)
_LAST_FIRST = re.compile(
    r"(?P<last>(?:(?:de|van|von|der|den|al|el)\s+)*[^\W\d_][\w'’-]+),\s*(?P<first>[^\W\d_][\w'’.-]*(?:\s[A-Z]\.?)?)"
)
MOST_PARTS = 4
_SIGN = re.compile(r"\s*[|/·•,–—-]\s*\|?")


def read_meta_names(words: str, *, last_first: bool = False) -> list[str]:
    """Return the people that a meta tag or a mark names, in any of the ways in which programs write them."""
    words = html.unescape(words)[:MOST_CHARACTERS].strip()
    if words[:1] in ("[", "{"):
        return [name for said in names_of(read_json(words)) for name in split_names(said)]
    if ";" in words and all(_LAST_FIRST.fullmatch(part.strip()) for part in words.split(";")):
        return [name for part in words.split(";") for name in read_meta_names(part, last_first=True)]
    found = _LAST_FIRST.fullmatch(words)
    if found and (last_first or not is_first_name(found["last"])) and not is_nobody(found["first"]):
        return split_names(f"{found['first']} {found['last']}")
    return split_names(words)


def split_names(words: str) -> list[str]:
    """Return the people named in a byline: "By Ada Brill and Cy Dorn, Staff Writers" names two."""
    words = _without_mail(words)
    if "://" in words or "www." in words:
        return []
    words = " ".join(words[:MOST_CHARACTERS].split())
    for _ in range(2):  # a byline's "By" may stand before the name's own: "By By Ada Brill"
        words = _BY.sub("", words, count=1) if _BY.match(words) else words
    words = _TOGETHER.sub(r", \1", _REST.sub("", words))
    names: list[str] = []
    after_role = False
    for part, joint in _parts(words):
        name = _clean(part)
        # "By Ada Brill, Executive Editor, Harbour Review": what follows her office is where she holds it.
        if name and not (
            joint == "," and not is_first_name(name.split()[0]) and (after_role or (names and is_paper(name)))
        ):
            names.append(name)
        after_role = name is None and is_nobody(part)
    return names


def _parts(words: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a byline, each with the sign or word before it."""
    at, joint = 0, ""
    for found in _JOINT.finditer(words):
        yield words[at : found.start()], joint
        at, joint = found.end(), found[0].strip()
    yield words[at:], joint


def _clean(part: str) -> str | None:
    part = " ".join(part.split()).strip(' .,-–—:*●•⋅·"“”/+')
    if _PICTURES_BEHIND.match(part):
        return None
    part = re.sub(r"\s*\([^)]*\)?$", "", part) or part.strip("() ")
    employed = _EMPLOYED.search(part)
    if employed and is_first_name(part.split()[0]) and looks_like_name(part[: employed.start()]):
        part = part[: employed.start()]
    if (
        not part
        or any(c.isdigit() for c in part)
        or (part.isupper() and part.isascii() and len(part) <= 5 and not is_agency(part))
    ):
        return None
    if is_agency(part):
        return part
    held = _OFFICE.fullmatch(part)
    if held and is_first_name(held["name"].split()[0]):
        part = held["name"].rstrip()
    if _PICTURE.match(part):
        return None
    part = _BY.sub("", part, count=1) if _BY.match(part) else part
    return None if is_nobody(part) or len(part) > 60 or not _NAME.fullmatch(part) else part


def byline_words(text: str, block: Block) -> tuple[str, int]:
    """Return the words of a block that can be names, and where they begin; "" when it is no byline.

    "By" tells a byline; so does a block that the page marks as one, a line with a name that is somebody's and
    a date or a mail address, or a line that is such a name and nothing else.
    """
    start, end = block.span.start, min(block.span.end, block.span.start + MOST_LINE)
    match = _BY.search(text, start, end)
    if match is not None and (
        block.role == "byline" or match.start() == start or _PUBLISHED.match(text, start, match.start() + 1)
    ):
        return text[match.end() : _first_time(text, match.end(), end)], match.end()
    words, dated = text[start:end], False
    if block.role != "byline" and not _may_sign(words):
        return "", start
    if _PICTURE.match(words):
        return "", start
    for date in find_printed_dates(text, start=start, end=end):
        words, dated = words.replace(date.span.of(text), "|"), True
    if block.role != "byline" and dated:
        # Of "Ada Brill 11 March 2031 Harbour, Ferries" what follows the day is where the story is filed.
        before, sign, _ = words.strip(" |").partition("|")
        words = before + sign
    mailed = "@" in words and _MAIL.search(words) is not None
    words = _REST.sub("", _without_mail(words))
    parts = [part for part in _JOINT.split(words) if part.strip(" -:/.")]
    if not 0 < len(parts) <= MOST_PARTS or not looks_like_name(parts[0].strip(" /.-:")):
        return "", start
    if block.role == "byline" or mailed:
        return words, start
    # "Ada Brill Old Quay 11 March 2031": where a row holds more than a name, nobody knows where it ends.
    most = 3 + sum(word.lower() in _SMALL for word in parts[0].split())
    known = is_first_name(parts[0].split()[0]) and (not dated or len(parts[0].split()) <= most)
    # "North Marrow / Culture / 11 March 2031" are a place and a section.
    signed = (
        dated and len(parts) == 1 and _SIGN.match(words, len(parts[0]) + len(words) - len(words.lstrip()))
    )
    return (words, start) if signed or (known and (dated or len(parts) == 1)) else ("", start)


def _may_sign(words: str) -> bool:
    """Tell whether a line that nothing marks as a byline can be one: it has a date or a mail address, or it
    is as short as a name and opens with somebody's."""
    if "@" in words or any(c.isdigit() for c in words):
        return True
    return len(words) <= MOST_NAME and is_first_name(words.split(None, 1)[0] if words.strip() else "")


def _without_mail(words: str) -> str:
    return _HANDLE.sub(" ", _MAIL.sub(" ", words)) if "@" in words else words


def is_label(text: str, block: Block) -> bool:
    """Tell whether a line is "Written by:" and nothing more: the name is on the next."""
    short = block.span.end - block.span.start <= MOST_LABEL
    return short and _BY.fullmatch(text, block.span.start, block.span.end) is not None


def _first_time(text: str, start: int, end: int) -> int:
    """Return where the first day of a line stands: "By Ada Brill March 11 at 3:57 PM"."""
    places = [date.span.start for date in find_printed_dates(text, start=start, end=end)]
    places += [
        words.span.start
        for words in find_times(text, start=start, end=end)
        if words.unit in ("monthday", "weekday", "day") or any(c.isdigit() for c in words.span.of(text))
    ]
    return min(places, default=end)


def looks_like_name(name: str) -> bool:
    """Tell whether words have the shape of a person's name: two to five, each with a capital."""
    words = name.split()
    return 2 <= len(words) <= 5 and all(
        w[0].isupper() or w.lower() in _SMALL or not w[0].isascii() or w[0] == "(" or _BOUND.match(w)
        for w in words
    )


def is_first_name(word: str) -> bool:
    """Tell whether a word is somebody's given name."""
    return word.casefold() in _first_names()


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row[0].casefold() for row in read_list("first_names.tsv"))
