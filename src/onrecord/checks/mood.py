"""How a page puts what it quotes: as said, or as what somebody almost said or is rumoured to have said. Pure.

“X,” said Ruel — that is said. "Ruel hopes to say", "Had Ruel said", "Ruel said something like", "In the play
Ruel says", "Ruel quoted Brandt:" is not, though each has the words in marks and Ruel's name beside them. What
counts is the sentence round the quotation, with what is in marks out of the way: what leads up to the source,
what stands between it and the words of saying, what leads from there to the marks, and how it ends.
"""

import re

from onrecord.checks.mood_patterns import (
    CLOSE,
    OPEN,
    QUOTED,
    as_put_by,
    bears,
    gist,
    hearsay_lead,
    in_fake,
    made,
    made_lead,
    mimic,
    mood_words,
    not_said,
    passed_round,
    unreal,
    wrongly,
)
from onrecord.checks.passages import PageText
from onrecord.checks.verdicts import Verdict
from onrecord.types import Entry, Span
from onrecord.wordlists import read_list

__all__ = ["find_mood"]

_REACH = 240  # characters of the sentence that are read on either side
_BREAK = re.compile(
    rf"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\b[A-Z])[.!?…][”\"’'){CLOSE}]*\s+(?=[“\"‘'A-Z{OPEN}])"
    rf"|\n"
)
_ASIDE = re.compile(r",[^,.;:\n]{1,120},\s*")
_END = re.compile(r"[.!?…](?=[\s”\"’')]|$)|\n")
_CLAUSE = re.compile(r"[;:–—]|\s-\s")
_STOPS = ".!?…"
_INVERTED = re.compile(r"(?:Had|Has|Have|Did|Does|Should|Were|Whether|If|Unless)\b")
_OPEN_CLAUSE = re.compile(
    r"\b(?:whether|if|unless|lest|suppos(?:e|ing)|imagine|say that|as if|as though|should|had"
    r"|(?:when|why|where|how|who|what)\s+(?:did|does|would|could|should|will|might|can))\s+(?:that\s+)?"
    r"(?:(?:the|[A-Z][\w.]*)\s+){0,3}$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:not|neither|nor|never\s+did|nobody\s+but|at no (?:point|time)\s+(?:did|has|had))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_HEARS = re.compile(
    r"(?:(?:was|were|is|are|been|being|got)\s+(?:\w+ly\s+)?(?:told|warned|informed|advised|reminded|assured|urged|asked|taught)"
    r"|heard|overheard)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:statement|letter|e-?mail|note|message|post|tweet|text|memo|speech)s?\b", re.IGNORECASE
)
_MODAL = re.compile(r"\b(?:would|could|might|may|should|will|shall|must|can|cannot|can['’]t|won['’]t)\b")
_LOWER_MAY = re.compile(r"\b(?:May|Will)\b")  # a month and a name


def find_mood(page: PageText, entry: Entry, span: Span) -> Verdict | None:
    """Return what words in marks are where the page does not put them as said by their speaker, else None.

    `span` is where the words stand.
    """
    spans = [*entry.spans.source, *entry.spans.cue, *entry.spans.content]
    if not entry.spans.cue or not entry.spans.content or entry.kind == "no-comment":
        return None
    masked = page.masked
    cue = entry.spans.cue[0]
    first, last = min(one.start for one in spans), max(one.end for one in spans)
    begin = _sentence_start(page.text, masked, first)
    source = min(entry.spans.source, key=lambda one: abs(one.start - cue.start), default=None)
    if _is_labelled(page.text, begin, first):
        return "nobody's words"
    if _ends_as_question(page.text, masked, cue.end, last):
        return "asked"
    lead = masked[begin : source.start if source is not None else cue.start]
    if source is not None and _INVERTED.match(source.of(page.text)) and source.start == begin:
        return "nobody's words"
    lead = lead.rpartition(CLOSE)[2].lstrip(" ,")
    if _INSTEAD.search(lead):
        return "disowned"
    if _OPEN_CLAUSE.search(lead) and not lead.rstrip().endswith(","):
        return "nobody's words"
    who = source.of(masked) if source is not None else ""
    if _is_set_against(lead, who, entry) or _COMPLAINS.search(f"{lead}{who}{masked[cue.start : cue.end]}"):
        return "disowned"
    if _is_made_to_say(lead, who, cue.of(page.text)) or _is_seen_to_say(page, lead, source, cue):
        return "nobody's words"
    if _leads_to_none(lead, who) or passed_round().search(lead):
        return "nobody's words"
    if _GIVEN_BY.search(lead) and not cue.of(page.text).endswith("ing"):
        return "another speaker"
    if source is not None and _MET.search(who) and _WHO.match(masked, source.end, cue.start):
        return "another speaker"
    if wrongly().search(masked[begin : cue.start]) is not None:
        return "disowned"
    if unreal().search(f"{_CLAUSE.split(lead)[-1][-60:]}{who}{_between(masked, source, cue)}"):
        return "nobody's words"
    return _by_cue(page, entry, span, source, cue)


# A fact-check tells apart what is claimed from what is so, beside it or on a line of its own.
_LABEL = re.compile(
    r"(?:the\s+)?(?:viral\s+)?(?:claims?|what\s+(?:was|is|they)\s+claim(?:ed)?|rumou?rs?|quote|myth|fiction|satire)",
    re.IGNORECASE,
)


def _is_labelled(text: str, begin: int, first: int) -> bool:
    """Say whether a sentence is labelled as a claim: "Claim: ...", or below the line "What was claimed"."""
    found = _LABEL.match(text, begin, first)
    if found is not None and re.match(r"\s*[:–—]", text[found.end() : found.end() + 4]):
        return True
    line = text.rfind("\n", max(0, begin - _REACH), begin) + 1
    if line == 0 or text[line:begin].strip():
        return False
    above = text[max(0, line - 80) : line].rstrip().rpartition("\n")[2]
    return _LABEL.fullmatch(above.strip().rstrip(":")) is not None


def _between(masked: str, source: Span | None, cue: Span) -> str:
    """Return what stands between who speaks and the words of saying, and these; asides left out."""
    start = source.end if source is not None and source.end <= cue.start else max(0, cue.start - 30)
    return _ASIDE.sub(" ", masked[start : cue.end].rpartition(CLOSE)[2])


# "complained that she was quoted as saying", "sued over a report that she said"
_COMPLAINS = re.compile(
    r"\b(?:complain\w*|sue[ds]?|suing|protest\w*)\b[^,.;:\n]{0,80}\b(?:quot\w+|said|saying|told|wrote)"
)
_THINKS = re.compile(r"(?:think|thought|mimic|imagin|dream)", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\s+(?:that\s+)?[A-Z][\w’'-]*\s+(?:as\s+)?(?:saying|telling|(?:would|might|will)\s+say)\b"
)
_GOVERNS = re.compile(
    r"\b(?:bets?|thinks?|thought|believe[sd]?|dream(?:s|ed|t)|made\s+up|joke[sd]|pretend(?:s|ed)|lie[sd]|imagine[sd]"
    r"|demand(?:s|ed)?|suggest(?:s|ed)?|propose[sd]?|request(?:s|ed)?|fear(?:s|ed)|invent(?:s|ed)|wish(?:es|ed)?"
    r"|claiming|withdrew|retracted|mishears?|misheard|mistook)"
    r"(?:(?:\s+[\w’'-]+){0,3}?\s+(?:that|in\s+which)\s+|\s+)(?:(?:the\s+)?[A-Z][\w.]*\s+)?$"
    r"|\b(?:chatbot|ChatGPT|deepfake|AI)\b[^,.;:\n]{0,60}$"
)


def _is_made_to_say(lead: str, who: str, cue: str) -> bool:
    """Say whether words are put into a mouth: "joked that Ruel had said", "The script has Ruel say"."""
    if _GOVERNS.search(lead) or re.match(r"That\s+$", lead) or re.search(r"\bdraft\b", lead + who):
        return True
    has = re.search(r"\b(?:has|had|have|having)\s+$", lead) or re.match(
        r"(?:has|had|have)\s+(?:her|him|them)\b", cue
    )
    return bool(has) and cue.split()[-1] in ("say", "saying")


_NO_ACT = re.compile(r"\b(?:from|with|without|against|of|for|about)\s+$")
_KIND_OF = re.compile(r"\b(?:kind|sort|type)\s+of\b[^,.;:\n]*$")


def _is_seen_to_say(page: PageText, lead: str, source: Span | None, cue: Span) -> bool:
    """Say whether the sentence tells of something else than an act of saying: "shows Ruel saying", "credited
    Ruel with saying", "Ruel sang", "the kind of leader who says"."""
    # Imported late: most commands ask nothing of what reads statements, and should start at once.
    from onrecord.statements.rules.cues import may_speak

    words = cue.of(page.text)
    if not may_speak(words):
        return True
    before = page.masked[max(0, cue.start - 60) : cue.start]
    between = page.masked[source.end : cue.start] if source is not None and source.end <= cue.start else ""
    if _KIND_OF.search(before) or _OTHER_CLAUSE.search(between) or _is_of_fake(page, source, cue):
        return True
    if not words.split()[-1].lower().endswith("ing"):
        return False
    if _NO_ACT.search(before):
        return True
    if between.strip():
        plain = _GOES_ON_SAYING.search(between) or (_OWN.search(between) and not _HAS.search(between))
        return "," not in between and not plain
    beside = source is not None and source.end <= cue.start
    return beside and lead.rstrip()[-1:] not in ("", *",;:–—") and _ABSOLUTE.search(lead) is None


# "Ruel watched as the crowd chanted": somebody else does.
_OTHER_CLAUSE = re.compile(r"\b(?:as|while|when|because)\s+(?:the|an?|his|her|their|[A-Z])")
_GOES_ON_SAYING = re.compile(
    r"\b(?:is|was|were|are|been|be|keeps?|kept|began|started|filmed|recorded|heard|seen|caught|quoted|as|by|in|after|before|on)"
    r"\s+(?:\w+ly\s+)?$"
)
_HAS = re.compile(r"\b(?:had|has|have)\b")


def _is_of_fake(page: PageText, source: Span | None, cue: Span) -> bool:
    """Say whether words are read in what is none: "reads a forged letter signed by Ruel"."""
    behind = page.masked[cue.end : source.end] if source is not None and source.start >= cue.end else ""
    return any(row[1] == "fake" and row[0] in behind.split() for row in read_list("disowning_words.tsv"))


# "With Ruel saying", "and Ruel saying": she does.
_ABSOLUTE = re.compile(r"(?:^|\b(?:with|and|but))\s*$", re.IGNORECASE)


def _is_set_against(lead: str, who: str, entry: Entry) -> bool:
    """ "It was Brandt, not Ruel, who said": who did not say it is named last."""
    last = entry.speaker.name.split()[-1] if entry.speaker is not None else ""
    against = rf"\bnot\s+(?:[\w.]+\s+){{0,3}}{re.escape(last)},?\s*$"
    return bool(last) and who in ("who", "that") and bool(re.search(against, lead))


def _by_cue(page: PageText, entry: Entry, span: Span, source: Span | None, cue: Span) -> Verdict | None:
    """Judge by what stands between who speaks, the words of saying and the marks."""
    masked = page.masked
    start = source.end if source is not None and source.end <= cue.start else max(0, cue.start - 30)
    raw = masked[start : cue.end].rpartition(CLOSE)[2]
    if _AS_ANOTHER.search(raw):
        return "nobody's words"
    verb = _between(masked, source, cue)
    after = ""
    if cue.end < span.start:
        after = masked[cue.end : min(span.start, cue.end + _REACH)].replace(QUOTED, "").replace(CLOSE, "")
        # Behind an earlier quotation the words have gone on.
        if CLOSE in masked[cue.end : span.start]:
            after = ""
    if not_said().search(verb + _before_marks(after)):
        return "disowned"
    if in_fake().match(_behind(masked, cue, source)):
        return "disowned"
    if _THINKS.match(cue.of(page.text)) or (not after and _OF_OTHERS.match(_behind(masked, cue, source))):
        return "nobody's words"
    if _HEARS.search(cue.of(page.text)) or _HEARS.match(verb.strip()):
        return "another speaker" if entry.speaker is not None else "nobody's words"
    frame = f"{verb}{_before_marks(after) if after else _behind(masked, cue, None)}"
    # “X,” Ruel wanted to say: what stands farther behind is about something else.
    found = unreal().search(frame)
    if found is not None and (after or found.start() < len(verb)):
        return "nobody's words"
    if _lends(source, cue, page, after):
        return "nobody's words"
    if as_put_by().match(masked, span.end):
        return "another speaker"
    if (how := _by_lead_in(page, cue, span, _before_marks(after))) is not None:
        return how
    who = source.of(masked) if source is not None else ""
    if gist().search(f"{who}{frame}") or gist().match(masked[max(0, start - 40) : start].rpartition("\n")[2]):
        return "reported, not quoted"
    return "nobody's words" if made().search(_behind(masked, cue, source)) else None


# "Ruel met her brother, who said": he did.
_MET = re.compile(r"\s(?:his|her|their|an?)\s+[a-z][a-z\s-]*$")
_WHO = re.compile(r",\s*who\b")
_GIVES = r"(?:quoting|imitating|mimicking|impersonating|reciting|repeating)"
_AS_ANOTHER = re.compile(
    r",\s*(?:reading\s+(?:from|aloud|out|an?|the|his|her|[A-Z]\w*['’]s?)"
    rf"|{_GIVES}|doing an? imp)\b"
)
# "Brandt, quoting Ruel, said": whose words these are the sentence does not tell.
_GIVEN_BY = re.compile(rf",\s*{_GIVES}\s+$")


def _before_marks(after: str) -> str:
    return after.partition(OPEN)[0]


def _leads_to_none(lead: str, who: str) -> bool:
    """Say whether what stands before the source makes its words a play's, a mimic's or a rumour's."""
    clause = _CLAUSE.split(lead)[-1]
    named = f"{clause}{who}"
    return bool(made_lead().search(named) or mimic().search(named) or hearsay_lead().search(clause))


def _behind(masked: str, cue: Span, source: Span | None) -> str:
    """Return what stands behind the words of saying and their source, up to the end of the sentence."""
    at = max(cue.end, source.end if source is not None else 0)
    end = _END.search(masked, at, at + 80)
    return masked[at : end.start() if end else at + 80].partition(OPEN)[0]


def _lends(source: Span | None, cue: Span, page: PageText, after: str) -> bool:
    """Say whether somebody gives another one's words: "quoted Brandt: “...”", "held a sign saying “...”"."""
    if source is None or source.end > cue.start:
        return False
    between = page.masked[source.end : cue.start]
    words = _before_marks(after)
    if bears().search(f"{between}{cue.of(page.text)}"):
        return True
    if (
        between.strip()
        or _OWN.search(source.of(page.text))
        or _OWN.search(page.masked[max(0, source.start - 30) : source.start])
    ):
        return False
    verb = cue.of(page.text).split()[0].casefold()
    if verb not in mood_words("lent"):
        return False
    if verb.startswith(("read", "recit", "sang", "sing")):
        return bool(re.search(r"\w", words)) or (cue.end > 0 and bool(_READS.match(page.masked, cue.end)))
    if verb.startswith("repeat"):
        return bool(re.search(r"['’]s?\s|\bwhat\b", words))
    return bool(re.search(r"\w[^\n]*:\s*$", words))


# A verb with which somebody gives no words of their own; what stands in marks behind it is another's.
_HAS_FROM = re.compile(
    r"(?:(?:was|is|were|are)\s+(?:unsure|uncertain|unaware|asked)|learn|hear|overhear|criticis|criticiz|object|laugh)",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"(?:disagree|disput|doubt|dispel|refut|rebut)", re.IGNORECASE)
_CALLS = re.compile(r"(?:call|brand|label|describ|dismiss|denounc)", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:phrase|words?|sentence|slogan|sign|banner|claims?(?:\s+that)?|term|line|expression|motto|title|headline|label"
    r"|question|chant|lyrics?|rumou?rs?(?:\s+that)?|(?:idea|belief|believing|notion|view|myth|lie|suggestion)\s+that),?\s*$"
)
_USES = re.compile(r"^(?:use|coin|repeat|utter|say|add|chose|choos)", re.IGNORECASE)
_OWN_USE = re.compile(
    r"(?:^|\b(?:she|he|they|I|we)\s+)(?:had\s+|has\s+|have\s+)?(?:used|uses|use|coined|chose)\s+(?:\w+\s+){0,2}?\w+,?\s*$"
)
_ASKING = re.compile(r"\b(?:whether|if)\s*$")
_HAD = re.compile(r"\b(?:heard|overheard|read|learned|learnt|told)(?:\s+that)?\s*$")
_UNDONE = re.compile(
    r"\s+(?:(?:an?|the|as|was|is|were|to|be|just|simply|utter|complete|total|pure)\s+){0,4}"
    r"(?:lies?|false|untrue|nonsense|rubbish|absurd|ridiculous|fabrication|myth|joke|fake|invention)\b"
)
_REMARK = re.compile(
    r"\s+(?:speech|remark|comment|line|post|tweet|slogan|chant|banner|sign|claim|rumou?r)s?\b"
)


def _by_lead_in(page: PageText, cue: Span, span: Span, lead_in: str) -> Verdict | None:
    """Judge by the words round the marks: "disliked the phrase “...”", "called “...” a lie"."""
    masked, verb = page.masked, cue.of(page.text)
    at = span.end
    while at < len(masked) and masked[at] in f"{QUOTED}{CLOSE}":
        at += 1
    behind = masked[at : at + 60]
    if _AGAINST.match(verb) or (
        _UNDONE.match(behind) and (_CALLS.match(verb) or re.search(r"\bthat\s*$", lead_in))
    ):
        return "denied"
    if _ASKING.search(lead_in):
        return "asked"
    if _HAS_FROM.match(verb) or _HAD.search(lead_in):
        return "nobody's words"
    if _NAMED.search(lead_in) and not _USES.match(verb) and not _OWN_USE.search(lead_in.lstrip()):
        return "nobody's words"
    if _REMARK.match(behind) and re.search(r"(?:['’]s?|\bhis|\bher|\btheir)\s*$", lead_in):
        return "nobody's words"
    return None


_READS = re.compile(r"\s+(?:aloud|out|from|off|to\s+the)\b")


def _sentence_start(text: str, masked: str, first: int) -> int:
    low = max(0, first - _REACH)
    begin = low
    for found in _BREAK.finditer(masked, low, first):
        begin = found.end()
    at = masked.rfind(CLOSE, begin, first)
    # A quotation with a stop in it ends its sentence, when a capital follows.
    if at > 1 and text[at - 1] in _STOPS and re.match(r"\s+[A-Z]", masked[at + 1 : at + 4]):
        begin = at + 1
    while begin < first and masked[begin].isspace():
        begin += 1
    return begin


def _ends_as_question(text: str, masked: str, cue_end: int, last: int) -> bool:
    """Say whether the page asks: "Did she say “...”?", "She said “...”?"."""
    at = max(cue_end, last)
    while at < len(masked) and masked[at] in CLOSE + "”\"’'":
        at += 1
    inner = text[last - 1 : last]
    if inner == "?" and last >= cue_end:
        return False
    if inner in _STOPS and last >= cue_end and re.match(r"\s+[A-Z]|\s*$|\n", masked[at : at + 4]):
        return False
    end = re.compile(r"[.!?…\n]").search(masked, at, at + _REACH)
    if end is None or end.group() != "?":
        return False
    rest = masked[at : end.start()]
    return OPEN not in rest and not re.search(r",\s+(?:and|but|so|or|yet|why|who|how)\b|[;:–—]", rest)
