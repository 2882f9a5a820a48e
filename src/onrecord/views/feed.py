"""Changes as an Atom feed (RFC 4287), for whoever wants to be told of them without looking.

Words of pages are text: the XML library escapes them, and what XML can't hold is shown as a sign.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlencode
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from onrecord import __version__
from onrecord.types import EntryPage
from onrecord.views.changes import ChangeAnswer, render_kind, render_who
from onrecord.views.render import render_outlet
from onrecord.views.show import render_item
from onrecord.views.visible import find_link, visible

__all__ = ["ATOM_TYPE", "make_feed"]

ATOM_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"  # a feed must say when it last changed, also while nothing is in it
_NO_XML = str.maketrans(dict.fromkeys("\ufffe\uffff", "\N{REPLACEMENT CHARACTER}"))


def make_feed(
    changes: Sequence[ChangeAnswer], *, base: str, ledger: str, asked: Mapping[str, object]
) -> bytes:
    """Return the changes as a feed, as they come.

    `base` is the address that the ledger is served at, with a slash at its end; `ledger` names it and with
    what was `asked` makes the feed's own id.
    """
    query = f"?{urlencode(asked)}" if asked else ""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _text(feed, "id", _urn(f"onrecord changes {ledger}{query}"))
    narrowed = ", ".join(f"{name} {value}" for name, value in asked.items())
    _text(feed, "title", f"Statements changed in later versions{f' ({narrowed})' if narrowed else ''}")
    _text(feed, "updated", max((_moment(change.recorded_at) for change in changes), default=_NEVER))
    _text(SubElement(feed, "author"), "name", "Onrecord")
    generator = SubElement(feed, "generator", {"version": __version__})
    generator.text = "Onrecord"
    SubElement(feed, "link", {"rel": "self", "type": ATOM_TYPE, "href": f"{base}changes.atom{query}"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}changes{query}"})
    for change in changes:
        feed.append(_entry(change, base))
    made: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _entry(change: ChangeAnswer, base: str) -> Element:
    page = change.after_page
    entry = Element("entry")
    _text(entry, "id", _urn(f"onrecord change {change.id}"))
    _text(entry, "title", f"{render_kind(change)}: {render_who(change)}, in {render_outlet(page)}")
    _text(entry, "updated", _moment(change.recorded_at))
    here = f"{base}changes?page={page.id}#{change.id}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": here})
    if address := _address(page):
        SubElement(entry, "link", {"rel": "related", "href": address})
    SubElement(entry, "category", {"term": change.kind})
    content = SubElement(entry, "content", {"type": "html"})
    content.text = _xml(render_item("change.html", change=change, base=base.rstrip("/")))
    return entry


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _xml(text)


def _xml(text: str) -> str:
    return visible(text).translate(_NO_XML)


def _urn(name: str) -> str:
    """Return a name that nothing else in the world has, the same at every call."""
    return uuid5(NAMESPACE_URL, name).urn


def _moment(iso: str) -> str:
    """Return a moment as Atom writes it, with the second and the zone."""
    read = datetime.fromisoformat(iso)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _address(page: EntryPage) -> str | None:
    """Return a page's own address where it may be followed, with what no address may hold percent-encoded."""
    link = find_link(page.uri)
    return quote(_xml(link), safe="%/:=&?~#+!$,;'@()*[]") if link else None
