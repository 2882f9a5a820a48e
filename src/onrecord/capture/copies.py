"""Addresses of copies in web archives, which hold the page's own address and the time when it was saved.

https://web.archive.org/web/20310402101112/https://lantern.example/harbour/ouvel-ferry
https://archive.today/2031.03.12-080000/https://lantern.example/harbour/ouvel-ferry
"""

import re
from typing import NamedTuple

from onrecord.capture.times import match_iso

__all__ = ["Copied", "match_copy", "read_copied", "read_footer"]

# All archives that speak the Wayback Machine's addresses, and archive.today under each of its names.
_ADDRESS = re.compile(
    r"https?://[^/\s]+/(?:[^/\s:]+/){0,4}?(?:(\d{14})(?:[a-z]{2}_)?|(\d{4}\.\d{2}\.\d{2}-\d{6}))/(https?:/{1,2}[^\s\"'<>]+)",
    re.IGNORECASE,
)
# How the Wayback Machine tells its own script of which page and time this is.
_WOMBAT = re.compile(rb"__wm\.wombat\(\s*\"([^\"\s]{1,4000})\"\s*,\s*\"(\d{14})\"")
_LINK = re.compile(rb"<link\b[^>]{0,4000}>", re.IGNORECASE)
_OWN = re.compile(rb"rel\s*=\s*[\"']?(?:canonical|bookmark|memento|original)\b", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]{1,4000})", re.IGNORECASE)
_FOOTER = re.compile(
    rb"FILE ARCHIVED ON (\d{2}:\d{2}:\d{2}) ([A-Z][a-z]{2}) (\d{2}), (\d{4}) "
    rb"AND RETRIEVED FROM THE\s+INTERNET ARCHIVE"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_HEAD = 64 << 10
_FOOT = 16 << 10


class Copied(NamedTuple):
    """Of which address a copy is, and when it was made; None where it does not say."""

    uri: str | None
    captured_at: str | None


def match_copy(address: str | None) -> Copied | None:
    """Return what an archive's address says of the page; None for any other address."""
    match = _ADDRESS.match(address) if address else None
    if match is None:
        return None
    when, uri = match[1] or re.sub(r"\D", "", match[2]), match[3]
    if re.match(r"https?:/[^/]", uri, re.IGNORECASE):
        # Some programs make one slash of two.
        uri = uri.replace(":/", "://", 1)
    return Copied(uri, _iso(when))


def read_copied(payload: bytes) -> Copied | None:
    """Return what a page that an archive handed out says in its source of the page that it is a copy of."""
    head = payload[:_HEAD]
    if match := _WOMBAT.search(head):
        return Copied(_web(match[1].decode("utf-8", "replace")), _iso(match[2].decode()))
    if b"archive" not in head and b"wayback" not in head:
        return None
    for link in _LINK.finditer(head):
        href = _HREF.search(link[0]) if _OWN.search(link[0]) else None
        if href and (copied := match_copy(href[1].decode("utf-8", "replace").replace("&amp;", "&"))):
            return copied
    return None


def read_footer(payload: bytes) -> str | None:
    """Return when the Wayback Machine saved a page, as it notes at the page's end."""
    foot = payload[-_FOOT:]
    match = _FOOTER.search(foot) if b"FILE ARCHIVED ON" in foot else None
    if match is None or match[2].decode() not in _MONTHS:
        return None
    clock, month, day, year = (part.decode() for part in match.groups())
    return match_iso(f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{clock}Z")


def _iso(figures: str) -> str | None:
    day = f"{figures[:4]}-{figures[4:6]}-{figures[6:8]}"
    return match_iso(f"{day}T{figures[8:10]}:{figures[10:12]}:{figures[12:14]}Z")


def _web(address: str) -> str | None:
    return address if address.lower().startswith(("http://", "https://")) else None
