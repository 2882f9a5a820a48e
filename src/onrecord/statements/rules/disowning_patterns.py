"""The patterns by which a page disowns words, put together from the word list."""

import re
from functools import cache

from onrecord.statements.lexicon.words import words_of
from onrecord.statements.text.sentences import QUOTED
from onrecord.wordlists import read_list

__all__ = [
    "ALONE",
    "ASKS",
    "DID_NOT",
    "FACT",
    "FALSE_LABEL",
    "LABEL",
    "NO",
    "claims",
    "may_disown",
    "pattern_of_page",
    "pattern_of_rating",
    "patterns_inside",
    "patterns_looking_back",
    "saying",
]

_FILE = "disowning_words.tsv"


NO = re.compile(r"(?:No|Not (?:so|true|really)|Nope|False|Fake|She did not|He did not|They did not)\b[^,]*$")


ASKS = re.compile(r"(?:Did|Has|Have|Was|Is|Were|Are|Does|Really)\b")


DID_NOT = re.compile(
    r"(?:She|He|They|But\s+(?:she|he|they)|[A-Z]\w+)\s+(?:did\s+not|didn['’]t|never\s+did|had\s+not|hadn['’]t)\s*[.!]"
)


_CLAIM_LABELS = r"(?:the\s+)?(?:claim|what\s+was\s+claimed|what\s+they\s+claim|quote|rumou?r|viral\s+claim)"


_FALSE_LABELS = r"(?:myth|false|fake|fiction|satire|parody|hoax|misquote|not\s+real|untrue|misattributed)"


LABEL = re.compile(rf"{_CLAIM_LABELS}\s*[:–—-]", re.IGNORECASE)


FALSE_LABEL = re.compile(rf"{_FALSE_LABELS}\s*[:–—-]", re.IGNORECASE)


ALONE = re.compile(rf"(?:{_CLAIM_LABELS}|{_FALSE_LABELS})\s*:?", re.IGNORECASE)


FACT = re.compile(
    r"^[ \t]*(?:the\s+)?(?:facts?|reality|truth)[ \t]*(?:[:–—-]|$)", re.IGNORECASE | re.MULTILINE
)


_QUOTE = rf"(?P<q>{QUOTED})"


_NEAR = rf"[^.?!\n{QUOTED}]"


@cache
def may_disown() -> re.Pattern[str]:
    """What must stand somewhere on a page that disowns words: most pages have none of it."""
    words = [*words_of("fake", _FILE), *words_of("wrongly", _FILE), *words_of("undone", _FILE)]
    extra = """never not n['’]t misquot misattrib reject dismiss den(?:y|ie) disput refut rebut scoff
        short\\sof instead\\sof rather\\sthan without far\\sfrom avoid refrain refus declin fail
        omit neglect no\\struth no\\ssuch nothing withdr retract pulled took\\sdown apologi
        amended\\sto generated reality truth facts?\\s*[:\\n] artificial myth fiction satir
        parody hoax incorrect wrong mistaken lying no\\srecord no\\sevidence no\\sproof
        no\\strace No\\b""".split()
    return re.compile("|".join([*map(re.escape, words), *extra]), re.IGNORECASE)


def _any(kind: str) -> str:
    """Return a pattern for the words of a class, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words_of(kind, _FILE), key=len, reverse=True))


@cache
def _verbs() -> str:
    """Return a pattern for the forms of verbs of saying."""
    forms = {
        form
        for row in read_list("cues.tsv")
        if row[1] == "say" or row[0].split()[0] in ("declare", "announce", "claim")
        for form in row[0].split()
    }
    return "|".join(map(re.escape, sorted(forms | {"utter", "uttered", "uttering"}, key=len, reverse=True)))


@cache
def claims() -> re.Pattern[str]:
    """What tells of words as of a claim or a post, and not as of something that was said."""
    return re.compile(rf"\b(?:{_any('carrier')}|rumou?r|attribut|quot|fact-check)\w*\b", re.IGNORECASE)


@cache
def saying() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_verbs()})\b", re.IGNORECASE)


@cache
def patterns_inside() -> tuple[re.Pattern[str], ...]:
    """The sentences that disown a quotation of their own; the group `q` is where it begins."""
    verb, fake, carrier = _verbs(), _any("fake"), _any("carrier")
    shows, wrongly, undone = _any("shows"), _any("wrongly"), _any("undone")
    be = r"(?:is|are|was|were|has been|have been|had been|being)"
    # "did not say when": what follows is a question left open, and no words that were not said.
    opens = r"(?!\s+(?:whether|when|if|why|how|who|what|where|which)\b)"
    written = (
        rf"\b(?:never|did not|didn['’]t|has not|hasn['’]t|had not|hadn['’]t|have not|haven['’]t)\s+"
        rf"(?:\w+ly\s+|ever\s+|once\s+)?(?:{verb}){opens}\b{_NEAR}{{0,60}}?{_QUOTE}",
        rf"\b(?:{fake})\s+(?:[\w-]+\s+){{0,2}}?(?:{carrier})s?\b"
        rf"(?:[^.,;?!\n{QUOTED}]{{0,60}}?\b(?:{shows})\b{_NEAR}{{0,80}}?){_QUOTE}",
        rf"\b(?:{fake})\s+(?:[\w-]+\s+){{0,2}}?(?:quote|quotation|line|remark|words)s?\b[,:]?\s*{_QUOTE}",
        rf"{_QUOTE},?{_NEAR}{{0,60}}?\b{be}\s+(?:\w+ly\s+|often\s+|widely\s+|either\s+|also\s+)*"
        rf"(?:misattributed|misquoted|fabricated|made up|invented|doctored|faked|forged)\b",
        rf"{_QUOTE},?{_NEAR}{{0,60}}?\b(?:{wrongly})\s+(?:attributed|credited|ascribed|linked)\b",
        rf"\b(?:{wrongly})\s+(?:attributed|credited|ascribed|quoted|cited|reported|claimed|said|attributes|"
        rf"quotes|claims|attributing|quoting|claiming)\b{_NEAR}{{0,120}}?{_QUOTE}",
        rf"\bmis(?:quot|attribut|report)\w+\b{_NEAR}{{0,120}}?{_QUOTE}",
        rf"\bno\s+(?:\w+\s+)?(?:record|evidence|proof|trace|sign|indication)\b{_NEAR}{{0,60}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,60}}?{_QUOTE}",
        rf"\b(?:claim|post|rumou?r|report|story|quote|allegation|suggestion)s?\s+that\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE}{_NEAR}{{0,60}}?\b{be}\s+(?:\w+\s+)?(?:{undone})\b",
        rf"\b(?:it|It)\s+(?:is|was)\s+(?:false|not true|untrue|a lie|a myth)\s+that\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\bden(?:y|ies|ied|ying)\s+(?:\w+ly\s+)?(?:ever\s+)?(?:that\s+\w+\s+(?:had\s+)?(?:ever\s+)?)?"
        rf"(?:having\s+)?(?:ever\s+)?(?:{verb})\b{_NEAR}{{0,60}}?{_QUOTE}",
        rf"\b(?:reject|dismiss|den[yi]|disput|refut|rebut|scoff)\w*\s+(?:[\w-]+\s+){{0,3}}?"
        rf"(?:claim|report|suggestion|accusation|allegation|rumou?r|charge)s?\s+(?:that|of)\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\b(?:(?:stop|fall)\w*\s+short\s+of|fell\s+short\s+of|instead\s+of|rather\s+than|without|far\s+from"
        rf"|(?:avoid|refrain|refus|declin|fail|omit|neglect)\w*(?:\s+(?:to|from))?)\s+(?:ever\s+)?"
        rf"(?:{verb}){opens}\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\b(?:withdr[ae]w\w*|retract\w*|pulled|took\s+down|apologi[sz]\w+\s+for|amended\s+to\s+remove)\s+(?:[\w-]+\s+){{0,3}}?"
        rf"(?:report|story|article|post|quotation|quote|interview)s?\b{_NEAR}{{0,60}}?"
        rf"\b(?:{verb}|quot\w+|attribut\w+)\b{_NEAR}{{0,40}}?{_QUOTE}",
        rf"\b(?:{carrier})s?\s+(?:in\s+which|where|that\s+shows?|of|showing)\b{_NEAR}{{0,60}}?\b(?:{verb})\b{_NEAR}{{0,40}}?"
        rf"{_QUOTE}{_NEAR}{{0,60}}?\b{be}\s+(?:\w+\s+)?(?:{undone}|generated|(?:made|created|produced)\s+"
        r"(?:with|by|using)\s+(?:AI|artificial|an?\s+AI|an?\s+computer|software))\b",
        rf"\b(?:quotation|quote|remark|comment|line|words|statement)s?,?\s+{_QUOTE}{_NEAR}{{0,60}}?"
        rf"\b(?:was|were|is|are|came|comes)\b{_NEAR}{{0,60}}?\bnot\s+(?:\w+\s+){{0,2}}?(?:by|from|[A-Z])",
        # Two words of saying: somebody says that somebody said so, and who is said to have denies it.
        rf"\b(?:{verb})\b{_NEAR}{{1,60}}?\b(?:{verb})\b{_NEAR}{{0,40}}?{_QUOTE},?\s+(?:which|an?\s+\w+|something)\s+(?:that\s+)?"
        r"(?:[\w.]+\s+){1,3}?(?:has\s+|had\s+)?(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed))\b",
        rf"\b(?:put|putting)\s+(?:the\s+)?words?\b{_NEAR}{{0,20}}?\bmouth\b{_NEAR}{{0,60}}?{_QUOTE}",
    )
    return tuple(re.compile(one, re.IGNORECASE) for one in written)


@cache
def patterns_looking_back() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The sentences that disown what stands before them: surely, and where that was told as a claim."""
    carrier, undone = _any("carrier"), _any("undone")
    be = r"(?:is|was|are|were|has been|have been|turned out to be|appears? to be|proved to be)"
    # "That" and "this" stand for the words where no clause or noun follows.
    ends = r"(?=\s*(?:[.,;:!?…—–]|$|(?:at|in|on|to|about|when|and|or|but|during|as)\b))"
    it = (
        r"(?:it\b|these\b|those\b|any such thing\b|anything of the kind\b|such a thing\b|the words?\b"
        rf"|the line\b|the quote\b|(?:this|that|so)\b{ends})"
    )
    again = r"(?!\s+(?:again|before|since|publicly|aloud|clearly|in public|out loud|loudly|twice))"
    this = r"\b[Tt](?:he|his|hat|hese|hose)\s+(?:\w+\s+){0,2}?"
    words = r"(?:line|quote|quotation|remark|words?)"
    rest = rf"(?:\s+\w+){{0,5}}?\s+{be}\s+(?:\w+\s+){{0,2}}?(?:{undone})\b"
    verb = _verbs()
    surely = (
        rf"{this}{words}s?\b{rest}",
        rf"\b[Tt]here(?:['’]s|\s+(?:is|was))\s+no\s+(?:\w+\s+)?(?:record|evidence|proof|trace)\b{_NEAR}{{0,80}}?"
        rf"\b(?:{verb})\s+{it}",
        rf"\bnever\s+(?:\w+ly\s+)?(?:{verb}|made)\s+{it}{again}",
        r"\b(?:did not|didn['’]t|has not|hasn['’]t|had not|hadn['’]t)\s+(?:\w+ly\s+)?"
        rf"(?:{verb})\s+{it}{again}",
        rf"\bden(?:y|ies|ied)\s+(?:ever\s+)?(?:having\s+(?:{verb})|\w+ing)\s+{it}",
        rf"\b(?:{words}|post|story|article|image|video|clip|[Ii]t|[Tt]his|[Tt]hat)\b{_NEAR}{{0,40}}?"
        rf"\b(?:comes?|came|taken|originat\w+|stems?)\b{_NEAR}{{0,40}}?\b(?:satir\w+|parody|spoof|humou?r)\b",
        r"\b(?:said|says|say)\s+(?:no\s+such\s+thing|nothing\s+of\s+the\s+(?:kind|sort))\b",
        r"\b(?:was|were|is|are|been)\s+(?:misquoted|misattributed|wrongly attributed|falsely attributed)\b",
    )
    told = (
        rf"{this}(?:{carrier}|rumou?r|story|report)s?\b{rest}",
        r"^(?:But\s+)?(?:[Tt]hat|[Tt]his|[Ii]t)\s+(?:is|was|['’]s)\s+(?:simply\s+|also\s+)?"
        r"(?:not\s+(?:the\s+case|so|true|correct)|incorrect|wrong|false|untrue|a\s+lie|a\s+fabrication)\b",
        r"^(?:But\s+)?(?:[Tt]hat|[Tt]his|[Ii]t)\s+never\s+happened\b",
        r"\bno\s+truth\s+in\b",
        r"^(?:They|He|She)\s+(?:are|is|were|was)\s+(?:wrong|mistaken|lying)\b",
        r"^(?:[A-Z][\w.]*\s+){1,3}(?:has\s+|have\s+)?(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed))\s+"
        r"(?:it\b|this\b|that\b|the\s+(?:claim|charge|allegation|accusation|report|account|quote)s?\b)",
        r"\bfound\s+(?:no\b|nothing\b)",
    )
    return re.compile("|".join(surely)), re.compile("|".join(told))


@cache
def pattern_of_page() -> re.Pattern[str]:
    """What a page says of itself: "This article is satire." Then nobody said any of it."""
    return re.compile(
        r"\b[Tt]his\s+(?:(?:article|story|piece|column|post|page|text|report|interview|site|website)\s+)?is\s+"
        r"(?:\w+ly\s+)?(?:an?\s+)?(?:\w+\s+)?(?:(?:work|piece)\s+of\s+)?"
        r"(?:satire|satirical|parody|spoof|fiction|fictional|fictitious|humou?r)\b"
    )


@cache
def pattern_of_rating() -> re.Pattern[str]:
    return re.compile(
        r"^[ \t]*(?:[\w’']+[ \t]+){0,3}(?:ruling|verdict|rating|conclusion|finding|assessment)"
        r"[ \t]*(?:[:–—-]|is\b|\n)\s{0,9}"
        rf"(?:{_any('rating')})\b",
        re.IGNORECASE | re.MULTILINE,
    )
