"""The small signs of bylines, dates, captions and readers' comments in plain text."""

import re
from collections.abc import Sequence

from onrecord.page.comment_words import COUNTED, HEADED
from onrecord.page.features import Look

__all__ = [
    "BYLINE",
    "READERS",
    "find_comments",
    "find_end",
    "is_byline",
    "is_caption",
    "is_dateline",
    "is_reader",
]

# Who made a picture, at the end of the line under it: "... on Friday. AP Photo", "(Getty Images)", "(file)".
MAKERS = (
    *("getty", "getty images", "reuters", "afp", "ap", "ap photo", "epa", "dpa", "shutterstock", "istock"),
    *("handout", "file", "file photo"),
)
MADE = re.compile(rf"\b(?:{'|'.join(MAKERS)})\Z")
# The same elsewhere in it, by the sign that it can't be without: "(Photo by ...)", "Rell/AFP", "Foto: Rell".
NAMED_BY = {
    "(": re.compile(r"\((?:photo|picture|image|pictured|foto|bild|file)\b[^)]*\)"),
    "/": re.compile(r"/(?:ap|afp|getty|reuters|dpa|epa)\b"),
    ".": re.compile(r"\.(?:getty|afp|reuters|ap)\b"),
    ":": re.compile(r"\b(?:photos?|pictures?|images?|fotos?|bild|l[eé]gende|cr[ée]dito?|quelle)\s*:\s*\S"),
    "©": re.compile(r"©\s*\S"),
}
PICTURE = re.compile(r"(?:photo|picture|image|foto|bild)\s*(?:by|:|credit)")
BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|af|av|text|author|words by|written by)[: ]\s*\S", re.IGNORECASE
)
CREDITS = re.compile(r"By [^.]{3,60}\.\s+(?:(?:[A-Z]\w+\s){1,2}by\s[^.]{3,60}\.\s*)+$")
MONTH = (
    r"jan(?:uary|uar|vier|\.)?|feb(?:ruary|ruar|\.)?|f[ée]vrier|mar(?:ch|s|zo|\.)?|märz"
    r"|apr(?:il|\.)?|avril|may|mai|mayo"
    r"|june?|juin|juni|junio|july?|juillet|juli|julio|aug(?:ust|\.)?|août|agosto"
    r"|sept?(?:ember|embre|\.)?|septiembre"
    r"|o[ck]t(?:ober|obre|ubre|\.)?|nov(?:ember|embre|iembre|\.)?|de[cz](?:ember|\.)?|d[ée]cembre|diciembre"
)
DATE = re.compile(
    rf"\b(?:{MONTH})\b\W*\d{{1,2}}|\d{{1,2}}\.?\s*(?:de\s+)?(?:{MONTH})\b"
    rf"|\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    r"|\b\d{4}-\d\d-\d\d|\d{4}年",
    re.IGNORECASE,
)
TIME = re.compile(
    r"^\W*\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\W*$"
    r"|\b\d+\s+(?:second|minute|min|hour|day|week|month|year)s?\s+ago\b",
    re.IGNORECASE,
)
# "12 Comments", "Comments (3)", "3 thoughts on ..." and the forms under which readers write.
READERS = re.compile(
    rf"^\W*(?:\d[\d,.]*\s+(?:readers?\W+|user\W+)?{COUNTED}\b"
    rf"|(?:readers?\W+)?{HEADED}\s*(?:\(\d+\)|:|\d+)?\W*$)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\s{1,4}1\.\s+\S")
# "Hans says:" with a date under it is how blogs print who wrote a comment.
SIGNED = re.compile(r"\b(?:says|said|sagt|dice|dit|schreef|a écrit|wrote)\s*:\s*$", re.IGNORECASE)
WROTE = re.compile(r"\bsa(?:ys|id):\s*$", re.IGNORECASE)
PRESSED = re.compile(r"\s*(?:reply|liked by \d|like$|antworten|répondre|responder)", re.IGNORECASE)
MAX_CAPTION = 600
FEW = 150
ENOUGH = 400
WEAK = 0.4


def is_caption(line: str, look: Look) -> bool:
    """Tell a line that names a picture's maker: "... on Friday. Photo: Ana Rell", "(File photo)"."""
    if look.words >= 80 or look.chars >= MAX_CAPTION:
        return False
    lower = line.lower()
    end = lower.rstrip().removesuffix(")")
    return (
        (end.endswith(MAKERS) and MADE.search(end) is not None)
        or PICTURE.match(lower) is not None
        or any(sign in lower and named.search(lower) is not None for sign, named in NAMED_BY.items())
    )


def is_byline(line: str, look: Look) -> bool:
    """Tell a line that names who wrote it: "By Ana Rell", "by the news desk May 2, 4:07 PM 1 min read"."""
    line = line.strip()
    if look.words > 25 or BYLINE.match(line) is None:
        return False
    # "... at 9:05 a.m." ends no sentence, and "By Ada Brill. Photographs by Cy Dorn." is none.
    return not look.ends or line.endswith((" a.m.", " p.m.")) or CREDITS.match(line) is not None


def is_dateline(line: str, look: Look) -> bool:
    """Tell a line that is hardly more than a date or a time."""
    if look.words > 14 or look.chars > 90:
        return False
    return TIME.search(line) is not None or (look.stops < 0.3 and DATE.search(line) is not None)


def is_reader(line: str) -> bool:
    """Tell the lines around a reader's words: "Ana says:" above them, "Reply" below."""
    if PRESSED.match(line):
        return True
    return line.rstrip()[-1:] == ":" and WROTE.search(line) is not None


def find_comments(lines: Sequence[str], looks: Sequence[Look]) -> tuple[int, int]:
    """Find the readers' part of a page: from its heading or first numbered comment to the page's end.

    It can't come before the article: a "Comments" link above the text is furniture.
    """
    total = sum(look.chars for look in looks if look.prose > 0.55 and not look.asks)
    read = 0
    for at, look in enumerate(looks):
        if read >= FEW and opens_comments(lines, looks, at, read, total):
            return at, find_end(lines, looks, at)
        if look.prose > 0.55 and not look.asks:
            read += look.chars
    return len(lines), len(lines)


def opens_comments(lines: Sequence[str], looks: Sequence[Look], at: int, read: int, total: int) -> bool:
    """Tell whether a line is the first of the readers' part, the surer the less has been read before it."""
    if NUMBERED.match(lines[at]):
        return is_answered(lines, looks, at)
    if read < ENOUGH:
        return False
    if SIGNED.search(lines[at]):
        near = [line[:MAX_CAPTION] for line in lines[at + 1 : at + 3]]
        return looks[at].words <= 8 and any(DATE.search(line) or TIME.search(line) for line in near)
    if READERS.match(lines[at]):
        return True
    return looks[at].phrase == "comment" and read > WEAK * total


def is_answered(lines: Sequence[str], looks: Sequence[Look], at: int) -> bool:
    """Tell whether a numbered list is readers' comments: only what readers are offered follows it."""
    return any(looks[near].phrase == "comment" or is_reader(lines[near]) for near in range(at, len(lines)))


def find_end(lines: Sequence[str], looks: Sequence[Look], start: int) -> int:
    """Find where the readers' part ends: at other stories' heading."""
    for at in range(start + 1, len(lines)):
        if looks[at].phrase == "related" and looks[at].words < 6:
            return at
    return len(lines)
