"""Pages made up at random in the shape of pages: nested and untidy tags, raw elements, odd encodings."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from fuzz.promises import MediaType, make_capture
from onrecord.page.elements import BLOCK, UNSEEN
from onrecord.types import Capture

__all__ = ["ENCODINGS", "SEEDS", "STORMS", "captures", "markup"]

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted(
    path
    for folder in ("tests/pages", "src/onrecord/data/demo")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".html", ".txt")
)
ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "cp1252",
    "koi8-r",
    "gb18030",
    "shift_jis",
    "euc_kr",
    "iso2022_jp",
)
LABELS = (*ENCODINGS, "utf-7", "hex", "latin1", "nothing", "")
TAGS = sorted(
    {*BLOCK, *UNSEEN} | set("a b i span u font em time cite code nobr wbr img input x-a math".split())
)
RAW = (
    "script",
    "style",
    "title",
    "textarea",
    "iframe",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "noscript",
)
ATTRIBUTES = (
    *(" hidden", " style='display: none'", ' class="byline"', " id=a", " datetime=2031-03-11", ' a="\'>"'),
    *(
        " open",
        " title='</p>'",
        " a=<b",
        " /",
        ' "',
        " class=x class=y",
        " style=color:red",
        " =",
        " a = 'b'",
    ),
)
ODD = (
    *(
        "<",
        ">",
        "</",
        "<!",
        "<?",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<![CDATA[",
        "]]>",
        "&",
        "&amp;",
        "&lt;",
        "&#0;",
    ),
    *(
        "&#xD800;",
        "&nbsp;",
        "\u200b",
        "\u00ad",
        "\u202e",
        "\ufeff",
        "\0",
        "\r",
        "\f",
        "\x1c",
        "\x85",
        "\u2028",
    ),
    *("\U0001f600", "e\u0301", "“", "”", "</p>", "</br>", "<br/>", "</body>", "</html>", "<!doctype html>"),
)
WORDS = st.sampled_from(
    ("The gates", " were ", "closed.", "Mara Ostrey", " said ", "1", "\n", "  ", "ß", "水")
)

words = st.one_of(WORDS, st.sampled_from(ODD), st.text(max_size=8))
attributes = st.lists(st.sampled_from(ATTRIBUTES), max_size=3).map("".join)
opened = st.builds(lambda tag, rest: f"<{tag}{rest}>", st.sampled_from(TAGS), attributes)
closed = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")


def wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Put an element around what a page holds; some lack their end."""
    whole = st.builds(
        lambda tag, rest, held, end: f"<{tag}{rest}>{''.join(held)}" + (f"</{tag}>" if end else ""),
        st.sampled_from(TAGS),
        attributes,
        st.lists(inner, max_size=4),
        st.booleans(),
    )
    raw = st.builds(lambda tag, held: f"<{tag}>{held}</{tag}>", st.sampled_from(RAW), inner)
    return st.one_of(whole, raw)


piece = st.one_of(words, opened, closed)
markup: st.SearchStrategy[str] = st.lists(st.recursive(piece, wrap, max_leaves=12), max_size=8).map("".join)


def encode(page: str, encoding: str, label: str, media_type: MediaType, said: bool) -> Capture:
    """Write a page in one encoding and name another, in its head or beside it."""
    named = f"<meta charset={label}>" if label and not said else ""
    payload = (named + page).encode(encoding, "replace")
    return make_capture(payload, media_type, label if said and label else None)


kinds: Sequence[MediaType] = ("text/html", "text/html", "text/plain")
captures: st.SearchStrategy[Capture] = st.one_of(
    st.builds(make_capture, markup.map(lambda page: page.encode("utf-8", "replace")), st.sampled_from(kinds)),
    st.builds(
        encode,
        markup,
        st.sampled_from(ENCODINGS),
        st.sampled_from(LABELS),
        st.sampled_from(kinds),
        st.booleans(),
    ),
    st.builds(
        make_capture, st.binary(max_size=200), st.sampled_from(kinds), st.sampled_from((None, *LABELS))
    ),
)

# What a page is filled with to make it cost most: little to read, much to hold.
STORMS = {
    **{
        tag: f"<{tag}>x"
        for tag in ("p", "br", "td", "x-a", "li", "b", "a", "i", "button", "table", "div", "h1")
    },
    **{
        f"whole {tag}": f"<{tag}>x</{tag}>" for tag in ("p", "span", "div", "a", "td", "select", "x-a", "pre")
    },
    **{
        f"bare {tag}": f"<{tag}>"
        for tag in ("p", "hr", "input", "meta name=a content=b", "option", "table", "i")
    },
    "class": "<p class=a>x",
    "class inside": "<span class=a>x</span>",
    "many names": '<p class="a b c d" id=a role=b itemprop=c>x',
    "formatting": "<b><i><u><s>x<p>",
    "formatting with names": "<p><i class=a><b class=b>x",
    "attributes": "<p" + " a b c d e f g h i j k l m n o p q r s t u v w x y z" + ">",
    "valued attributes": "<p" + "".join(f" {sign}=1" for sign in "abcdefghijklmnopqrstuvwxyz") + ">",
    "time": "<time datetime=2031>x</time> ",
    "name": "<i class=author>x</i> ",
    "description": "<script type=application/ld+json>1</script>",
    "title": "<title>x</title>",
    "comment": "<!---->",
    "script": "<script></script>",
    "end": "</p>",
    "less": "<",
    "less and a letter": "<x",
    "and": "&",
    "entity": "&amp;",
    "half an end": "</",
    "words": "word ",
    "word": "x",
    "lines": "x\n",
    "spaces": " \n",
    "no-break space": "\u00a0",
    "wide": "\U0001f600 ",
    "quotation marks": '"',
    "link": "<a href=x>The gates</a> ",
    "quotation": "<p><q>x <q>y</q></q></p>",
    "quotation inside": "<q>x",
    "shadow": "<div><template shadowrootmode=open><slot></slot></template>x</div>",
    "shadow inside": "<div><template shadowrootmode=open>x",
    "slot": "<x-a><template shadowmode=open><slot name=a></slot></template><i slot=a>x</i></x-a>",
    "frame": "<iframe srcdoc='<p>x<b>'></iframe>",
    "full frame": f"<iframe srcdoc='{'<p>x<b>' * 10_000}'></iframe>",
    "frame inside": "<iframe srcdoc='&lt;iframe srcdoc=&quot;&amp;lt;p>x&quot;>&lt;/iframe>'></iframe>",
    "hidden": "<p hidden>The gates of the dam at Selm were closed at nine.</p>x",
    "hidden inside": "<div hidden>The gates of the dam at Selm were closed at nine.",
    "for the ear": "<li>The gates<i class=sr-only>, opens</i> were shut",
    "words that touch": "<a class=a>Ada Brill</a><a class=b>Selm</a>",
    "large letter": "<div class=dropcap>T</div><p>he ferry",
    "line of its own": "<i style=display:block>x</i>",
    "soft hyphens": "har\u00adbour ",
    "drawing": '<svg><path d="M0 0"/></svg>',
    "ordinary": (
        '<p class="text">The ministry of water closed the gates at nine on <a href="/day">Tuesday</a>, '
        "a spokeswoman said.</p>\n"
    ),
    "one wide sign": "<p>The gates of the dam at Selm were closed at nine, and nobody said by whom.\n",
}
