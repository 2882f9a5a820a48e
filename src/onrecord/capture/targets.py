"""Of what is a record in an archive: of a page on the web, or of something that the crawler wrote itself?"""

from collections.abc import Mapping
from posixpath import basename
from urllib.parse import urlsplit

from onrecord.capture.words import list_words

__all__ = ["is_for_machines", "is_note"]

# Crawlers keep their own notes under addresses of their own: urn:text:, urn:textFinal:, urn:view:,
# metadata://gnu.org/software/wget/..., urn:X-wpull:log.
_NOTES = frozenset(("urn", "metadata", "dns", "whois", "screenshot", "filedesc", "warcinfo", "about", "data"))


def is_note(headers: Mapping[str, str]) -> bool:
    """Tell what a crawler wrote itself from what it fetched; a record without an address was fetched."""
    if "onrecord-place" in headers:
        # A ledger's own: it writes a name where nobody knows the address.
        return False
    scheme, colon, _ = headers.get("warc-target-uri", "").strip("<> ").partition(":")
    return bool(colon) and scheme.lower() in _NOTES


def is_for_machines(headers: Mapping[str, str]) -> bool:
    """Tell a file that servers keep for machines: robots.txt and its like."""
    try:
        path = urlsplit(headers.get("warc-target-uri", "").strip("<> ")).path
    except ValueError:
        return False
    return basename(path).lower() in list_words("machine")
