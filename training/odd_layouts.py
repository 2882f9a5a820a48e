"""What pages put beside an article, in layouts of our own: teasers, a second story, posts, replies, consent.

Real pages rarely show the article next to much running text in elements whose names tell nothing; those that
do are where a reader of pages goes wrong. So to a page of the training sets another page's sentences are
added in such layouts, and it is known of each line whose it is.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from onrecord.page.walk import Walk
from onrecord.types import Role

__all__ = ["Mark", "add_odd", "take_marks"]

# The name that marks an added element until the page is walked; no model ever sees it.
SIGN = "onrecord-added-"
ADDED = re.compile(rf"\s*{SIGN}(\w+)")
MUTE = ("", "x1 a9", "c", "wrap", "q7", "css-1f2k9", "_3-8y clearfix", "col", "row", "inner", "box")
NAMES = (
    "stream",
    "columns",
    "card",
    "body",
    "item",
    "post",
    "story",
    "mod",
    "content",
    "main",
    "feed",
    "list",
)
HANDLES = ("gullfan", "Rope_Hollis", "mudlark77", "Ana R.", "T Weir", "eel-pie", "Norah", "old_salt", "J. K.")
PEOPLE = ("Orla Pint", "Odo Crane", "Suna Leith", "Pell Harrick", "Mira Sollen", "Tam Orrick", "Ines Vahl")
HEADINGS = (
    "More stories",
    "Latest",
    "Also today",
    "From the region",
    "Don't miss",
    "Top stories",
    "",
    "",
    "",
)
REPLIES = (
    "{} replies",
    "{} comments",
    "Comments ({})",
    "Leserkommentare ({})",
    "{} Kommentare",
    "Discussion",
)
BUTTONS = (
    ("Like", "Reply"),
    ("Reply",),
    ("Antworten", "Melden"),
    ("Répondre",),
    ("▲ 3", "Reply", "Share"),
    (),
)
AGES = (
    "2h",
    "3d",
    "5 hours ago",
    "12.03.2031 um 10:11 Uhr",
    "March 12, 2031 at 4:07 pm",
    "vor 2 Tagen",
    "1w",
)
CONSENT = (
    "We and our {} partners store and read information on your device, such as identifiers in cookies.",
    "You may accept or manage your choices at any time, and object where legitimate interest is relied on.",
    "Where you are, to within a few streets, may be used to choose what you are shown.",
    "A profile of your interests can be built from what you read, and advertisements chosen by it.",
    "How well an advertisement did its work is measured by what people like you did after they saw it.",
    "Reports are made from several sets of data on how people use what they are shown.",
    "Some partners do not ask for your consent and rely on their own interests; their policies say how.",
    "Your choices hold for {} days, after which we ask again, as the law of your country may require.",
    "Cookies that the site needs to work can't be turned off; all others are off until you allow them.",
    "Data may be sent to countries whose protection of data is weaker than where you live.",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that was added, and what it is."""

    at: int
    role: Role


def add_odd(html: str, texts: Sequence[str], chance: random.Random) -> str:
    """Return a page with one to three additions; `texts` are other pages' articles, a paragraph a line."""
    for make in chance.sample(LAYOUTS, chance.choice((1, 1, 2, 3))):
        sentences = [line for line in chance.choice(texts).split("\n") if 40 < len(line) < 1_200]
        if len(sentences) > 2:
            html = put(
                html, make(sentences, chance), chance, first=make is add_consent and chance.random() < 0.5
            )
    return html


def take_marks(walk: Walk) -> list[Mark]:
    """Return the lines of a walked page that were added, and take the signs out of its elements' names."""
    roles: dict[int, Role] = {}
    for at, element in enumerate(walk.elements):
        if found := ADDED.search(element.names):
            roles[at] = found[1]  # type: ignore[assignment]
            element.names = ADDED.sub("", element.names).strip()
        elif element.parent in roles:
            roles[at] = roles[element.parent]
    return [Mark(at, roles[line.element]) for at, line in enumerate(walk.lines) if line.element in roles]


def put(html: str, added: str, chance: random.Random, *, first: bool) -> str:
    """Put an addition at the top of a page, behind its article, or at its end."""
    if first:
        found = re.search(r"<body\b[^>]*>", html, re.IGNORECASE)
        at = found.end() if found else 0
    else:
        ends = [m for tag in ("article", "main") for m in re.finditer(rf"</{tag}\s*>", html, re.IGNORECASE)]
        body = html.lower().rfind("</body")
        body = body if body >= 0 else len(html)
        at = ends[-1].end() if ends and chance.random() < 0.6 else body
    return html[:at] + added + html[at:]


def name(chance: random.Random, role: str | None = None) -> str:
    """Return a class attribute: a name that tells nothing, or one that tells the wrong thing."""
    names = chance.choice(MUTE if chance.random() < 0.6 else NAMES)
    sign = f"{names} {SIGN}{role}" if role else names
    return f' class="{sign.strip()}"' if sign.strip() else ""


def add_teasers(sentences: Sequence[str], chance: random.Random) -> str:
    """Headings that link, each with a summary."""
    items = []
    tag = chance.choice(("h2", "h3", "h4"))
    for text in sentences[: chance.choice((3, 6, 12, 25))]:
        title = " ".join(text.split()[: chance.randrange(4, 9)])
        head = f'<{tag}><a href="#">{escape(title)}</a></{tag}>' if chance.random() < 0.8 else ""
        items.append(f"<li{name(chance)}><div{name(chance)}>{head}<p>{escape(text)}</p></div></li>")
    heading = chance.choice(HEADINGS)
    top = f"<h2>{heading}</h2>" if heading else ""
    return f"<div{name(chance, 'related')}>{top}<ul{name(chance)}>{''.join(items)}</ul></div>"


def add_columns(sentences: Sequence[str], chance: random.Random) -> str:
    """The first words of opinion pieces, each behind its writer's name."""
    loud = chance.random() < 0.5
    items = []
    for text in sentences[: chance.choice((2, 3, 4))]:
        who = chance.choice(PEOPLE)
        who = who.upper() if loud else who
        items.append(f"<div{name(chance)}><p><b>{who}</b> {escape(text[:280])}</p></div>")
    return f"<div{name(chance, 'related')}>{''.join(items)}</div>"


def add_posts(sentences: Sequence[str], chance: random.Random) -> str:
    """A feed of short news, each with its hour."""
    hour = chance.randrange(6, 18)
    items = []
    for order, text in enumerate(sentences[: chance.choice((4, 8, 15))]):
        time = f"<div{name(chance)}>{hour - order % 6:02}:{chance.randrange(60):02}</div>"
        place = chance.choice(("Corrow.", "Marsk", "Business", "Sport:"))
        items.append(f"<div{name(chance)}>{time}<div><b>{place}</b><p>{escape(text)}</p></div></div>")
    return f"<div{name(chance, 'related')}><div{name(chance)}>{''.join(items)}</div></div>"


def add_story(sentences: Sequence[str], chance: random.Random) -> str:
    """A whole second article, as pages load it under the first."""
    tag = chance.choice(("h1", "h1", "h2"))
    title = " ".join(sentences[0].split()[: chance.randrange(5, 10)])
    by = chance.choice(("By {}", "{}", "Von {}", "{} · 11 Mar 2031")).format(chance.choice(PEOPLE))
    body = "".join(f"<p>{escape(text)}</p>" for text in sentences[: chance.choice((4, 8, 20))])
    room = chance.choice(("div", "article", "section"))
    return (
        f"<{room}{name(chance, 'related')}><{tag}>{escape(title)}</{tag}><span>{by}</span>"
        f"<div{name(chance)}>{body}</div></{room}>"
    )


def add_replies(sentences: Sequence[str], chance: random.Random) -> str:
    """Readers' comments whose elements say nothing of the kind."""
    count = chance.choice((2, 3, 5, 9))
    heading = chance.choice(REPLIES).format(count)
    press = chance.choice(BUTTONS)
    style = chance.randrange(3)
    items = []
    for text in sentences[:count]:
        who, age = chance.choice(HANDLES), chance.choice(AGES)
        head = (
            f"<div><span>{who}</span> <span>{age}</span></div>",
            f"<b>{who}</b> schrieb am {age}:<br>",
            f'<a href="#">{who}</a><div>{age}</div>',
        )[style]
        buttons = f"<div>{' · '.join(press)}</div>" if press else ""
        items.append(f"<div{name(chance)}>{head}<div{name(chance)}>{escape(text[:400])}</div>{buttons}</div>")
    tag = chance.choice(("h3", "h4", "div"))
    top = f"<{tag}>{heading}</{tag}>"
    return f"<div{name(chance, 'comment')}>{top}{''.join(items)}</div>"


def add_consent(_: Sequence[str], chance: random.Random) -> str:
    """What a site asks about cookies, in a box without a telling name."""
    rows = chance.sample(CONSENT, chance.randrange(4, len(CONSENT) + 1))
    text = "".join(f"<p>{row.format(chance.randrange(20, 900))}</p>" for row in rows)
    return f"<div{name(chance, 'other')}><div>{text}<button>Accept</button></div></div>"


LAYOUTS: tuple[Callable[[Sequence[str], random.Random], str], ...] = (
    add_teasers,
    add_columns,
    add_posts,
    add_story,
    add_replies,
    add_consent,
)
