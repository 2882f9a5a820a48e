"""Words in a byline that name no person: agencies, desks, roles."""

import re

__all__ = ["is_agency", "is_nobody", "is_paper"]

_AGENCIES = re.compile(
    r"(?:the )?(?:associated press|ap|reuters|afp|agence france-presse|dpa|apa|sda|keystone-sda|efe|"
    r"ansa|lusa|pti|ani|ians|"
    r"press trust of india|xinhua|tass|ria novosti|interfax|ukrinform|kyodo(?: news)?|yonhap|bernama|"
    r"antara|upi|bloomberg|"
    r"pa(?: media)?|press association|canadian press|the canadian press|aap|ntb|ritzau|tt|stt|belga|"
    r"anp|pap|čtk|mti|sid|epd|kna|deutsche presse-agentur|keystone|ats|keystone-ats|europa press|adnkronos|"
    r"agerpres|tanjug|anadolu(?: agency| ajans[ıi])?|jiji(?: press)?|unian|agencia efe|ag[êe]ncia brasil|"
    r"agence belga|wam|news agency of nigeria|ghana news agency|reuters staff)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:the )?(?:admin(?:istrator)?|staff|editors?|editorial(?: (?:team|staff|board))?|news ?desk|"
    r"newsroom|guest|web ?desk|"
    r"(?:die )?redaktion|r[eé]daction|redacci[oó]n|redazione|team|author|contributor|unknown|"
    r"anonymous|null|none|n/a|"
    r"press release|staff (?:writer|reporter)s?|our (?:correspondent|reporter|editors?)|"
    r"special correspondent|agenc(?:y|ies)|"
    r"text link|link text|author name|first name|last name|your name|full name|lorem ipsum|"
    r"online|user|root|wordpress|ph\.?d|m\.?d|r\.?n|mba|jr|sr)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:reporter|writer|editor|correspondent|columnist|staff|bureau|chief|journalist|photographer|"
    r"contributor|analyst|"
    r"desk|newsroom|news|team|press|agency|agencies|media|updated|published|posted|reviewed|min|"
    r"minutes?|read|minuten|"
    r"lesezeit|uhr|director|manager|magazine|special to|follow|share|comments?|email|twitter|facebook|"
    r"redaktion|redaktør|"
    r"experts?|columnists|spotlight|founder|coordinator|sponsored|modified|learn more|guest|"
    r"inc|llc|ltd|gmbh|blog|official|university|association|institute)\b",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Tell whether a byline names a news agency: then the copy is the agency's, and no person signed it."""
    return _AGENCIES.fullmatch(name.strip()) is not None


def is_nobody(name: str) -> bool:
    """Tell whether a byline names a desk, a role or a machine's user instead of a person."""
    return _NOBODY.fullmatch(name.strip(" .")) is not None or _ROLE.search(name) is not None


_PAPER = re.compile(
    r".*[\w’'] ?(?:advertiser|advocate|argus|bugle|bulletin|chronicle|courier|dispatch|echo|examiner|express|"
    r"gazette|globe|guardian|herald|independent|inquirer|journal|ledger|mail|mercury|mirror|monitor|news|observer|post|"
    r"press|record|register|reporter|review|sentinel|standard|star|sun|telegraph|times|tribune|voice|weekly|"
    r"[a-zäöü]*zeitung|[a-zäöü]*nachrichten|[a-zäöü]*anzeiger|[a-zäöü]*blatt)",
    re.IGNORECASE,
)


def is_paper(name: str) -> bool:
    """Tell whether a name ends as papers' names do; a person may be called so too."""
    return " " in name and _PAPER.fullmatch(name) is not None
