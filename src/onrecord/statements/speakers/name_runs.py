"""Runs of capital words into the people and institutions of a page."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.statements.lexicon.kinds import pronoun_of, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.speakers.roster import Person, Roster
from onrecord.statements.text.described import find_age, find_role, is_reporter
from onrecord.statements.text.noun_phrases import count_of_office, name_run, parse_named
from onrecord.types import Span
from onrecord.wordlists import read_list

__all__ = ["find_people"]

_ABBREVIATED = (
    "Sgt|Const|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Gen|Col|Lt|Capt|Prof|Rev|Jr|Sr|St|Insp|Supt|Maj|Cpl|Hon|Pres"
    "|Cllr|Det|Adm|Atty"
)
_TOKEN = rf"(?:(?:{_ABBREVIATED})\.|(?:[A-Z]\.)+|(?:al-|Al-|el-|O['’])?[A-Z][\w’'-]*)"
_RUN = re.compile(
    rf"{_TOKEN}(?:[ \u00a0]+(?:{_TOKEN}"
    r"|(?:de|la|van|von|der|den|al|bin|ibn|del|di|da|dos|du|el)(?=\s+[A-Z])))*"
)
_PAPER = re.compile(rf"\b(?:newspaper|daily|weekly|broadcaster|magazine)\s+(?P<name>{_RUN.pattern})")
_BODY_OF = re.compile(
    rf"(?P<body>[A-Z][\w’'-]*)(?:\s+(?:of|for)\s+(?:the\s+)?{_TOKEN}(?:\s+(?:and\s+)?{_TOKEN})*)+"
)
_CAPITALS_BEFORE = re.compile(r"(?:[A-Z][\w’'-]*\s+)+$")


_LONGEST_NAME = 20  # words; what is longer is a list without commas, or no writing at all


def find_people(text: str, spans: Iterable[Span]) -> Roster:
    """Read the people and institutions that stand in these spans of a page."""
    people: list[Person] = []
    bodies: list[tuple[str, Span]] = []
    for span in spans:
        if _is_title(span.of(text)):
            continue
        for match in _RUN.finditer(text, span.start, span.end):
            run, at = match.group().split(), Span(*match.span())
            if len(run) > _LONGEST_NAME:
                continue
            _sort_in(text, " ".join(_trim_run(text, run, at, span)), at, span, people, bodies)
            bodies += _bodies_behind(text, at, span.end)
        for match in _PAPER.finditer(text, span.start, span.end):
            bodies.append((match["name"], Span(match.start("name"), match.end("name"))))
        for match in _BODY_OF.finditer(text, span.start, span.end):
            if word_is(match["body"], "body"):
                before = _CAPITALS_BEFORE.search(text[max(span.start, match.start() - 60) : match.start()])
                name = (before.group() if before else "") + match.group()
                bodies.append((name.removeprefix("The "), Span(match.end() - len(name), match.end())))
    firms = {name for name, _ in bodies if parse_named(name).type == "person"}
    bodies += [(person.name, person.span) for person in people if person.name in firms]
    bodies.sort(key=lambda body: body[1])
    return Roster(text, [person for person in people if person.name not in firms], bodies)


def _trim_run(text: str, run: list[str], at: Span, bounds: Span) -> list[str]:
    """Take the words that only stand before a name off it, and the role before it in."""
    # A role stands right before its name: "ministry spokesman Ivo Lann".
    after_word = text[max(bounds.start, at.start - 2) : at.start - 1].islower()
    lead = _words_before(text, bounds.start, at.start) if after_word else []
    if at.start == bounds.start or _char_before(text, at.start) in _BEFORE_SENTENCE:
        run = _drop_sentence_opener(run)
    run = _drop_calendar(run)
    offices = count_of_office(run) if text[max(0, at.start - len("of ")) : at.start] == "of " else 0
    if offices:
        office = _OFFICE_OF.search(text[max(bounds.start, at.start - _LONGEST_BEHIND) : at.start])
        return [*office.group().split(), *run] if office is not None else run[offices:]
    return [*lead, *run]


_BEFORE_SENTENCE = frozenset('.“"!?')
_LONGEST_BEHIND = 60  # characters
_OFFICE_OF = re.compile(r"(?:\b(?:former|acting|deputy)\s+)?\b[A-Z][\w-]*\s+of\s+$")


def _bodies_behind(text: str, at: Span, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the institution that common words behind a run make: "the Selm Courier newspaper", "Selm's
    emergency service"."""
    owns = text[at.end - 2 : at.end] in _OWNS
    match = (_OWNED if owns else _PAPER_BEHIND).match(text, at.end, min(end, at.end + _LONGEST_BEHIND))
    if match is None:
        return
    stop = at.end + (_end_of_body(match.group()) if owns else len(match.group()))
    if stop > at.end:
        yield text[at.start : stop].removeprefix("The "), Span(at.start, stop)


_OWNS = frozenset({"’s", "'s"})
_PAPER_BEHIND = re.compile(r"\s+(?:newspaper|magazine)\b")
_OWNED = re.compile(r"(?:\s+(?!(?:an?|the|and|or|of|in|to|is|was|has|up)\s)[a-z-]+){1,4}(?=[\s,.;])")


def _end_of_body(words: str) -> int:
    """Where the last word ends that tells an institution: "'s emergency service said" ends before "said"."""
    found = [m for m in re.finditer(r"\S+", words) if word_is(m.group(), "body")]
    ends = [m.end() for m in found if not word_is(m.group(), "document")]
    return ends[-1] if ends else 0


_TITLE_WORDS = 4
_LONGEST_TITLE = 200


def _is_title(line: str) -> bool:
    """Is This a Headline With Capitals, Where Any Two Words Look Like a Name?"""
    line = line.strip()
    if len(line) > _LONGEST_TITLE or line[-1:] in {"!", "”", '"', "’", ":"}:
        return False
    long = [w for w in re.findall(r"[^\W\d_][\w’'-]*", line) if len(w) > 3]
    return len(long) >= _TITLE_WORDS and all(w[0].isupper() for w in long)


def _char_before(text: str, at: int) -> str:
    """The last character before a place that is no white space, without copying all that stands before."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at]


# "Selm Grid, which takes power": nobody is called so.
_WHICH = re.compile(r",\s+(?:of\s+|in\s+)?which\b")
# A dash that an old archive has put next to its words: "Lann-a pilot once-said".
_LOOSE_DASH = re.compile(r"-[a-z]\w*$")


def _sort_in(
    text: str,
    phrase: str,
    span: Span,
    bounds: Span,
    people: list[Person],
    bodies: list[tuple[str, Span]],
) -> None:
    words = phrase.split()
    if not words:
        return
    if len(words) == 1:
        # Nobody yet: it may be the surname of somebody who is named in full elsewhere.
        name = re.sub(r"['’]s?$", "", words[0])
        people.append(Person(name=_LOOSE_DASH.sub("", name), role=None, span=span))
        return
    named = parse_named(phrase)
    if named.name is None:
        return
    thing = named.role is None and _WHICH.match(text, span.end, bounds.end) is not None
    if named.type == "person" and not thing:
        name = _LOOSE_DASH.sub("", re.sub(r"['’]s?$", "", named.name))
        full = len(name.split()) > 1
        told = find_role(text, span, bounds) if full else None
        role = named.role or told
        people.append(
            Person(
                name=name,
                role=role,
                span=span,
                pronoun=pronoun_of(f"{phrase} {role or ''}"),
                also=told if told != role else None,
                age=find_age(text, span) if full else None,
                reporter=full and is_reporter(phrase, name),
            )
        )
    elif (named.type == "institution" or (thing and named.type == "person")) and name_run(words):
        bodies.append((re.sub(r"['’]s?$", "", named.name), span))


def _words_before(text: str, start: int, end: int) -> list[str]:
    """The lower-case role words right before a name: "ministry spokesman" before "Ivo Lann"."""
    before = text[max(start, end - 60) : end].split()
    lead: list[str] = []
    while (
        before
        and (word_is(before[-1], "role") or (word_is(before[-1], "body") and lead))
        and before[-1][0].islower()
    ):
        lead.insert(0, before.pop())
    if lead and before and before[-1][0].isupper() and before[-1][-1] not in ".,;:":
        lead.insert(0, before.pop())
    return lead


_OPENERS = words_of("opener")


@cache
def _everyday() -> frozenset[str]:
    return frozenset(row[0] for row in read_list("everyday_words.tsv"))


def _drop_calendar(run: list[str]) -> list[str]:
    """Leave out the month or day before a name: "On 11 March Mara Ostrey said"."""
    while len(run) > 1 and run[0].rstrip(".") in words_of("calendar"):
        run = run[1:]
    return run


def _drop_sentence_opener(run: list[str]) -> list[str]:
    while run and (run[0] in _OPENERS or (run[0].endswith("ly") and run[0].lower() in _everyday())):
        run = run[1:]
    return run
