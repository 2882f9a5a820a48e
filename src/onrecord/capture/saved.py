"""What the program that saved a page wrote into it: the page's address and the time of saving."""

import re

from onrecord.capture.copies import Copied, match_copy, read_copied, read_footer
from onrecord.capture.times import read_mail_date, read_script_date

__all__ = ["read_saved_from", "read_text_source"]

# Only the first bytes are looked at: further down, the words of such a comment may be the page's own.
_HEAD = 4096

# Internet Explorer, Chrome, Firefox: <!-- saved from url=(0043)https://... -->
_BROWSER = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s*Page saved with SingleFile\s(.*?)-->", re.IGNORECASE | re.DOTALL)
_SINGLEFILE_LINE = re.compile(r"^\s*(url|saved date):[ \t]*(\S.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
# HTTrack leaves the scheme out: <!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x [...],
# Fri, 11 ... -->
_HTTRACK = re.compile(r"<!--\s*Mirrored from (\S+) by HTTrack [^,>]*,\s*([^>]*?)\s*-->", re.IGNORECASE)

_FRONT = re.compile(
    r"\s*(?:---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)|Title:.*?\nMarkdown Content:)", re.DOTALL
)
_SOURCE = re.compile(
    r"^(?:url source|source|url|canonical|permalink|link):[ \t]+[\"']?(https?://\S+)",
    re.IGNORECASE | re.MULTILINE,
)


def read_saved_from(payload: bytes) -> tuple[str | None, str | None]:
    """Return the address of a page and when it was saved, as what saved it noted in its source.

    A copy that a web archive handed out is of the page's own address, saved when the archive saved it.
    """
    uri, saved_at = _read_comment(payload)
    copied = match_copy(uri) or read_copied(payload)
    if copied is None and (when := read_footer(payload)):
        copied = Copied(uri, when)
    return (copied.uri or uri, copied.captured_at or saved_at) if copied else (uri, saved_at)


def read_text_source(payload: bytes) -> str | None:
    """Return the address that a page saved as Markdown names in its head, None if it names none."""
    head = payload[:_HEAD].decode("utf-8", "replace").replace("\r\n", "\n")
    block = _FRONT.match(head)
    match = _SOURCE.search(block[0]) if block else None
    return match and _address(match[1].strip("\"'"))


def _read_comment(payload: bytes) -> tuple[str | None, str | None]:
    head = payload[:_HEAD].decode("utf-8", "replace")
    if match := _SINGLEFILE.search(head):
        said = {name.lower(): value for name, value in _SINGLEFILE_LINE.findall(match[1])}
        return _address(said.get("url")), read_script_date(said.get("saved date", ""))
    if match := _BROWSER.search(head):
        return _address(match[1]), None
    if match := _HTTRACK.search(head):
        return _address("http://" + match[1]), read_mail_date(match[2])
    return None, None


def _address(text: str | None) -> str | None:
    """Return a web address; "about:internet", which Windows writes to mark a file as downloaded, is none."""
    return text if text and text.lower().startswith(("http://", "https://")) else None
