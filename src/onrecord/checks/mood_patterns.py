"""The patterns by which `mood` knows how a page puts what it quotes, made of word lists. Pure."""

import re
from functools import cache

from onrecord.wordlists import read_list

__all__ = [
    "CLOSE",
    "OPEN",
    "QUOTED",
    "as_put_by",
    "bears",
    "forms_of",
    "gist",
    "hearsay_lead",
    "in_fake",
    "is_forms",
    "made",
    "made_lead",
    "mimic",
    "mood_phrases",
    "mood_words",
    "not_said",
    "passed_round",
    "unreal",
    "verbs",
    "wrongly",
]

_FILE = "mood_words.tsv"
QUOTED, OPEN, CLOSE = "\ue000", "\ue001", "\ue002"


@cache
def mood_words(kind: str) -> frozenset[str]:
    return frozenset(word for row in read_list(_FILE) if row[1] == kind for word in row[0].split())


@cache
def mood_phrases(kind: str) -> str:
    """Return a pattern for the phrases of a class; where a row has several forms of one verb, for each."""
    rows = [row[0] for row in read_list(_FILE) if row[1] == kind]
    found = {form for row in rows for form in forms_of(row, kind)}
    return "|".join(re.escape(form) for form in sorted(found, key=len, reverse=True))


def forms_of(row: str, kind: str) -> list[str]:
    parts = row.split()
    if kind in ("wish", "lent", "bears") or (kind == "gerund" and is_forms(parts)):
        return parts
    if kind == "gerund" and len(parts) > 3 and len(parts) % 2 == 0 and len(set(parts[1::2])) == 1:
        return [f"{parts[n]} {parts[n + 1]}" for n in range(0, len(parts), 2)]
    return [row]


def is_forms(parts: list[str]) -> bool:
    return len({part[:3] for part in parts}) == 1


@cache
def verbs() -> str:
    """Return a pattern for the forms of verbs of saying."""
    rows = [row for row in read_list("cues.tsv") if row[1] in ("say", "report")]
    forms = {form for row in rows for form in row[0].split()} | {"call", "called", "calling"}
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


@cache
def unreal() -> re.Pattern[str]:
    adverbs = r"(?:\w+ly\s+|ever\s+|just\s+|simply\s+|once\s+|not\s+)*"
    return re.compile(
        rf"\b(?:{mood_phrases('wish')})\s+(?:[\w’'-]+\s+){{0,3}}?to\s+{adverbs}(?:(?:be|have|have\s+been)\s+)?(?:{verbs()})\b"
        rf"|\b(?:{mood_phrases('gerund')})\s+(?:[A-Z][\w’'-]*\s+){{0,3}}{adverbs}(?:having\s+)?(?:{verbs()})\b"
        rf"|\b(?:{mood_phrases('hearsay')}|{mood_phrases('near')})\s+(?:\w+\s+)?(?:{verbs()})\b",
        re.IGNORECASE,
    )


@cache
def not_said() -> re.Pattern[str]:
    adverbs = r"(?:\w+ly\s+|ever\s+|quite\s+|once\s+|so\s+|even\s+|exactly\s+|go\s+so\s+far\s+as\s+to\s+)*"
    opens = r"(?!\s+(?:whether|when|if|why|how|who|what|where|which|more|much|only)\b)"
    return re.compile(
        rf"\b(?:did|does|do|has|had|have|is|was|are|were)(?:\s+not|n['’]t)\s+{adverbs}(?:{verbs()})\b{opens}"
        rf"|\b(?:never|no\s+longer)\s+{adverbs}(?:{verbs()})\b{opens}",
        re.IGNORECASE,
    )


@cache
def as_put_by() -> re.Pattern[str]:
    """What names whose words they are: "agreed that “...”, as Brandt put it"."""
    who = r"(?:(?:[Tt]he|[Hh]is|[Hh]er)\s+[a-z]+|[A-Z][\w.’'-]*)(?:\s+[A-Z][\w.’'-]*){0,3}"
    return re.compile(
        rf"[{QUOTED}{CLOSE},.\s]{{0,6}}\bas\s+{who}\s+(?:put|puts|has put|said|says|calls|called|wrote)\b"
    )


@cache
def gist() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{mood_phrases('gist')})\b", re.IGNORECASE)


@cache
def made() -> re.Pattern[str]:
    return re.compile(
        rf"\bin\s+(?:an?|the|his|her|their|this|that)\s+(?:[\w-]+\s+)?(?:{mood_phrases('made')})\b(?!['’-]|\s+\w*(?:festival|industry|set|premiere|review|world)\b)",
        re.IGNORECASE,
    )


@cache
def made_lead() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?i:in|from)\s+|^)(?:(?i:an?|the|his|her|their|this|that|one)\s+|(?:[A-Z][\w-]*\s+)*[A-Z][\w-]*['’]s?\s+)"
        rf"(?:[\w-]+\s+){{0,2}}?(?i:{mood_phrases('made')})(?=,|\s*$|\s+(?:[A-Z{OPEN}]|by\s|called\s|(?:on|last|at|from|version|adaptation)\b))"
    )


@cache
def mimic() -> re.Pattern[str]:
    credited = (
        r"\b(?:quotation|quote|line|remark|saying)s?\s+(?:\w+ly\s+|often\s+)?"
        r"(?:attributed|credited|ascribed)\s+to"
    )
    return re.compile(
        rf"\b(?i:{mood_phrases('mimic')})\s+(?:(?:the\s+)?[A-Z][\w.’'-]*\s*){{1,4}}$|{credited}\b"
    )


@cache
def hearsay_lead() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{mood_phrases('hearsay')}),?\s+(?:that\s+)?$|(?:^|,\s*)(?:{mood_phrases('gist')}),?\s*$",
        re.IGNORECASE,
    )


@cache
def bears() -> re.Pattern[str]:
    things = "|".join(re.escape(row[0]) for row in read_list("bearing_things.tsv"))
    posts = "post|tweet|message|letter|note|card|meme|video|clip|picture"
    return re.compile(
        rf"\b(?:{mood_phrases('bears')})\s+(?:[\w’'-]+\s+){{1,4}}?(?:{things}|{posts})s?\s+(?:(?:that|which)\s+)?"
        r"(?:said|says|saying|read|reads|reading)$",
        re.IGNORECASE,
    )


@cache
def passed_round() -> re.Pattern[str]:
    """ "Posts quote Ruel as saying": what is passed round gives words to anybody."""
    things = "|".join(re.escape(row[0]) for row in read_list("disowning_words.tsv") if row[1] == "round")
    return re.compile(rf"\b(?:{things})s?\s+(?:[\w’'-]+\s+){{0,3}}?quot(?:e|es|ed|ing)\s+$", re.IGNORECASE)


@cache
def in_fake() -> re.Pattern[str]:
    fakes = "|".join(re.escape(row[0]) for row in read_list("disowning_words.tsv") if row[1] == "fake")
    return re.compile(rf"\s+(?:saying\s+)?in\s+(?:the|an?|that|this)\s+(?:{fakes})\b")


@cache
def wrongly() -> re.Pattern[str]:
    """ "Ruel was reported, wrongly, as saying"."""
    words = "|".join(re.escape(row[0]) for row in read_list("disowning_words.tsv") if row[1] == "wrongly")
    return re.compile(rf"\b(?:{words}),?\s+as\s+$")
