"""The words by which a line beside a reader's comment is known: who, when, likes, something to press."""

import re
from functools import cache, lru_cache

from onrecord.wordlists import read_list

__all__ = [
    "ANSWERS",
    "COUNTED",
    "HEADED",
    "LEAD",
    "NUMBER",
    "find_likes",
    "find_signature",
    "is_button",
    "is_filler",
    "is_name",
    "is_separator",
    "mark_names",
    "read_count",
    "strip_filler",
    "words_of",
]

AUTHOR = re.compile(
    r"author|nick|commenter|poster|(?:user|display|screen|real)[-_]?name|byline"
    r"|(?:\b|_)(?:fn|user|name|handle|vcard)(?:\b|_)",
    re.IGNORECASE,
)
# WordPress puts the writer's name among the classes of the whole comment.
WRITERS = re.compile(
    r"comment-author-\S+|\bby(?:post|user)\S*|author-?(?:box|badge|tag|label)\S*|\S*avatar\S*", re.I
)
DATED = re.compile(r"(?:\b|_)(?:date|datetime|time|timestamp|ago|age|published|posted|created)(?:\b|_)", re.I)
LIKED = re.compile(r"like|vote|score|rating|recommend|karma|thumb|points|reaction", re.IGNORECASE)
PRESSED = re.compile(
    r"repl(?:y|ies)[-_]?(?:link|button|btn|to\b)|button|btn|\bactions?\b|toolbar|permalink|\bshare|\breport|\bflag"
    r"|tooltip",
    re.IGNORECASE,
)
FORM = re.compile(
    r"comment-?form|respond\b|commentform|reply-title|comment-reply-title|comments?-closed", re.I
)

ELSEWHERE = re.compile(
    r"(?:recent|latest|last|letzte|neueste|aktuelle|derniers?|ultimos|most)[-_]?(?:comment|kommentar|commentaire|comentario)"
    r"|rc-list|widget_recent",
    re.IGNORECASE,
)


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind beside comments: that somebody says, that say nothing, that are pressed,
    that open a comment and call nobody."""
    return frozenset(words for one, words, _ in read_list("comment_words.tsv") if one == kind)


def any_of(kind: str) -> str:
    """Return a pattern for any of the words of one kind, the longest first."""
    return "|".join(sorted(map(re.escape, words_of(kind)), key=lambda words: (-len(words), words)))


SAYS = any_of("says")
# What stands over readers' comments: with how many there are, or alone.
COUNTED = rf"(?:{any_of('counted')}|{any_of('heading')})"
HEADED = rf"(?:{any_of('heading')})"
# Someone's name before it, a date or nothing after it.
SIGNED = re.compile(
    rf"^(?P<name>\S.{{0,70}}?)\s*(?<!\w)(?:{SAYS})\b\s*(?:,?\s*(?:on|am|le|el)\b)?\s*[:,…]?\s*$", re.I
)
GLUED = re.compile(r"^(?P<name>\S.{0,70}?)says:\s*$")
SIGNED_BY = re.compile(
    r"^(?:[-–—#|\d.\s]*)(?:comment|kommentar|commentaire|comentario|reactie|posted|written|geschrieben|verfasst"
    r"|submitted|reply|antwort|beitrag|gepostet|publié|eingetragen|enviado)?\s*(?:by|von|par|por|door)\s+(?P<name>\S.{0,70}?)\s*$",
    re.IGNORECASE,
)
LED = re.compile(r"^(?P<name>[^\s:][^:]{0,38}):\s+(?=\S)")
ANSWERS = re.compile(
    r"^(?:(?:in )?(?:reply|response|replying|responding) to|antwort(?:et)? (?:auf|an)|(?:en )?réponse à"
    r"|(?:en )?respuesta a|als antwoord op|in risposta a|em resposta a|[↪➔↳→])\s*@?(?P<name>\S.{0,60}?)"
    r"[:.]?\s*$",
    re.IGNORECASE,
)
# Nothing is tried twice: a line of one button's words many times over would take for ever.
BUTTON = re.compile(
    rf"[\W\d]*+(?:(?:{any_of('press')}|repl(?:y|ies) to \S{{1,40}}|show \d+ repl(?:y|ies))[\W\d]*+)++\Z",
    re.IGNORECASE,
)
LIKES = re.compile(
    r"(?:liked by|gefällt|les gusta a|le gusta a|aimé par)\s+(?P<by>\d[\d.,]*)\b"
    r"(?:\s+(?:person|people|personen?|others?))?"
    r"|(?P<before>[+-]?\d[\d.,]*)\s*(?:people like|likes?\b|gefällt|me gusta|j['’]aime|mi piace|upvotes?"
    r"|recommend|points?\b|votes?\b|thumbs up|👍|respect)"
    r"|(?:\blikes?|\bgefällt mir|me gusta|j['’]aime|upvotes?|\bscore|recommend(?:ed)?|👍|▲|\bvotes?|respect)"
    r"\s*[:(]?\s*"
    r"(?P<after>\d[\d.,]*)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"^\W?[+-]?\d[\d.,]*\W?$")
LEAD = re.compile(r"\s*(?:(?:says?|sagt|schrieb|dice|dit|wrote)\b\s*)?[:,·|–—-]?\s*", re.IGNORECASE)
PUNCTUATION = " \t\u00a0:;,·|•–—-@()[]#*~>»«/\\…"
SEPARATORS = " \t\u00a0•·|›»"
TOKEN = re.compile(r"[^\s,;:·|•()\[\]/]+")
MAX_HANDLE = 80
MAX_HANDLE_WORDS = 7
# Where an element says that words are a name, they may be a blog's whole title.
MAX_NAMED_WORDS = 16
MAX_BUTTON = 80
NUMBERED = re.compile(r"\s*#?\d{1,5}[.):]?\s+(?=\D)")
LEADING = re.compile(
    r"\s*(?:(?:posted |comment |written |kommentar )?(?:by|von|par|por))(?:\s+|:\s*)(?=\S)", re.IGNORECASE
)
TAILING = re.compile(
    rf"\s*[,:·|•–—-]?\s*(?<!\w)(?:{SAYS}|on|am|um|at|le|el|posted|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs"
    r"|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)[\s,:@]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_000)
def mark_names(names: str) -> frozenset[str]:
    """Tell what the names of an element say of the words in it, when it stands inside a comment."""
    plain = WRITERS.sub(" ", names)
    kinds = [("author", AUTHOR), ("time", DATED), ("likes", LIKED), ("button", PRESSED), ("form", FORM)]
    kinds.append(("elsewhere", ELSEWHERE))
    return frozenset(kind for kind, pattern in kinds if pattern.search(plain))


@lru_cache(maxsize=4_000)
def is_button(words: str) -> bool:
    """Tell words that only offer something to press: "Reply", "Like · Share"."""
    return len(words) <= MAX_BUTTON and BUTTON.match(words) is not None


def is_separator(words: str) -> bool:
    """Tell a line of nothing but signs that stand between buttons: "•", "|"."""
    return not words.strip(SEPARATORS)


def strip_filler(words: str) -> list[str]:
    """Return the words that say something of their own; "posted on ... at" says nothing."""
    tokens = (token.strip(PUNCTUATION + ".") for token in TOKEN.findall(words))
    return [
        token
        for token in tokens
        if token
        and any(map(str.isalnum, token))
        and not (token.isdecimal() and len(token) < 5)
        and token.lower() not in words_of("beside")
    ]


def is_filler(words: str) -> bool:
    """Tell words of which none says anything of its own."""
    return not words or (len(words) <= 200 and not strip_filler(words))


def is_name(words: str, *, named: bool = False) -> bool:
    """Tell words that can be the name a reader goes by; `named` tells that the page calls them one."""
    return (
        0 < len(words) <= MAX_HANDLE * (1 + named)
        and len(words.split()) <= (MAX_NAMED_WORDS if named else MAX_HANDLE_WORDS)
        and any(map(str.isalnum, words))
        and not is_button(words)
        and "://" not in words
    )


def find_signature(words: str, *, named: bool, dated: bool) -> tuple[int, str] | None:
    """Find a handle in a line: "Ana says:", "Comment by Ana", and "Ana" where a date stands beside it.

    `named` tells that the page calls the line a name. Returns where it starts, and the handle.
    """
    signed = SIGNED.match(words) or GLUED.match(words) or SIGNED_BY.match(words)
    # "That is what he said" needs a colon or a date to be more than a sentence.
    if signed and (named or dated or signed.re is SIGNED_BY or words.rstrip().endswith(":")):
        return trim(words, signed.start("name"), signed.end("name"), named=named)
    if not (named or dated):
        return None
    found = trim(words, 0, len(words), named=named)
    if found is None or (not named and ends_sentence(found[1])):
        return None
    return found if strip_filler(found[1]) or named else None


def ends_sentence(words: str) -> bool:
    """Tell words that end like a sentence; "Georg N." does not."""
    return words.endswith(("!", "?", ":", "…")) or (words.endswith(".") and words[-4:-1].isalpha())


def trim(words: str, start: int, end: int, *, named: bool) -> tuple[int, str] | None:
    """Leave out what surrounds a handle: its number in the list, words such as "posted by", punctuation."""
    if numbered := NUMBERED.match(words[start:end]):
        start += numbered.end()
    while lead := LEADING.match(words, start, end):
        start = lead.end()
    while tail := TAILING.search(words[start:end]):
        end = start + tail.start()
    while start < end and words[start] in PUNCTUATION:
        start += 1
    while start < end and words[end - 1] in PUNCTUATION:
        end -= 1
    return (start, words[start:end]) if is_name(words[start:end], named=named) else None


@lru_cache(maxsize=4_000)
def find_likes(words: str) -> tuple[int, bool] | None:
    """Find how many readers liked a comment, and whether the line says nothing else."""
    found = LIKES.search(words)
    if not found:
        return None
    count = read_count(found["by"] or found["before"] or found["after"])
    rest = words[: found.start()] + " " + words[found.end() :]
    return (
        None if count is None or len(strip_filler(rest)) > 2 else (count, is_button(rest) or is_filler(rest))
    )


def read_count(printed: str) -> int | None:
    """Read a printed number, "1,204" or "+5"; None for what is no count."""
    digits = "".join(filter(str.isdecimal, printed))
    count = int(digits) if digits and len(digits) < 10 else None
    return -count if count and printed.lstrip().startswith(("-", "−")) else count
