"""Of what is a record in an archive: of a page on the web, or of something that the crawler wrote itself?"""

from collections.abc import Mapping
from posixpath import basename
from urllib.parse import urlsplit

from onrecord.capture.words import list_words

__all__ = ["is_for_machines", "is_page_address"]

# Crawlers keep their own notes under addresses of their own: urn:text:, urn:textFinal:, urn:view:,
# metadata://gnu.org/software/wget/..., urn:X-wpull:log, dns:, whois:, screenshot:.
_WEB = frozenset(("http", "https", "ftp", "ftps", "sftp", "file", "gopher", "gemini", "ipfs", "ipns", "mms"))


def is_page_address(headers: Mapping[str, str]) -> bool:
    """Tell whether a record is of an address that readers could go to; a record without one may be."""
    if "onrecord-place" in headers:
        # A ledger's own: it writes a name where nobody knows the address.
        return True
    uri = headers.get("warc-target-uri", "").strip("<> ")
    scheme, colon, _ = uri.partition(":")
    return not colon or scheme.lower() in _WEB


def is_for_machines(headers: Mapping[str, str]) -> bool:
    """Tell a file that servers keep for machines: robots.txt and its like."""
    try:
        path = urlsplit(headers.get("warc-target-uri", "").strip("<> ")).path
    except ValueError:
        return False
    return basename(path).lower() in list_words("machine")
