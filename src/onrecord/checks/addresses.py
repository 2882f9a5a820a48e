"""Which addresses name one page: what counts visits, and forms for telephones and printers, are left aside.

Careful: an address that is not understood stays as it is, since taking two articles for one hides what one
of them says. Pure: no address is asked for.
"""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from onrecord.wordlists import read_list

__all__ = ["has_own_path", "read_address", "read_site"]

# An archive's copy and an AMP cache's have the page's own address inside theirs.
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/(?P<own>.+)", re.I | re.S)
_CACHED = re.compile(r"https?://[^/]*cdn\.ampproject\.org/(?:c|v)/(?:s/)?(?P<own>.+)", re.I | re.S)
_ESCAPED = re.compile(r"%([0-9a-fA-F]{2})")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PORTS = {"http": 80, "https": 443}
MOST = 4_000  # characters; what is longer is compared as it is


@lru_cache(maxsize=4096)
def read_address(uri: str) -> str | None:
    """Return what all addresses of one page share, None where it is no web address.

    "https://www.slope.example/bridge/?utm_source=x#top" and "http://slope.example/bridge" give
    "slope.example/bridge".
    """
    if len(uri) > MOST:
        return uri
    # Inside an archive's address there may be a cache's, and no more.
    for pattern in (_ARCHIVED, _CACHED):
        if match := pattern.fullmatch(uri):
            uri = match["own"] if "://" in match["own"][:8] else "https://" + match["own"]
    try:
        parts = urlsplit(uri.strip())
        host, port = parts.hostname, parts.port
    except ValueError:  # half a bracket, a port that is no number
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    named = _read_host(host) + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")
    # "#!/bridge" is read by the page's program as a path; any other fragment is a place on one page.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    query = _read_query(parts.query)
    return named + _read_path(parts.path) + (f"?{query}" if query else "") + fragment


def read_site(uri: str | None) -> str | None:
    """Return the site of an address, "slope.example" of "https://www.slope.example/bridge"."""
    address = read_address(uri) if uri else None
    return re.split(r"[/?#:]", address, maxsplit=1)[0] if address and len(uri or "") <= MOST else None


def has_own_path(uri: str) -> bool:
    """Say whether an address can name one article: a front page and "/news" name none."""
    address = read_address(uri)
    last = (address or "").partition("?")[0].rpartition("/")[2]
    return bool(re.search(r"\d|[-_].*[-_]", last))


def _read_host(host: str) -> str:
    labels = host.rstrip(".").lower().split(".")
    while len(labels) > 2 and labels[0] in _words("host"):
        labels = labels[1:]
    return ".".join(labels)


def _read_path(path: str) -> str:
    parts = [part for part in _ESCAPED.sub(_unescape, path).split("/") if part]
    if len(parts) > 1 and parts[0].lower() in _words("first"):
        parts = parts[1:]
    # One part alone is the article's own name, whatever it is.
    while len(parts) > 1 and parts[-1].lower() in _words("path"):
        parts = parts[:-1]
    if parts and parts[-1].lower().startswith("index.") and parts[-1].lower() in _words("path"):
        parts = parts[:-1]
    if parts:
        parts[-1] = re.sub(r"\.amp(?=\.html?$|$)", "", parts[-1])
    return "".join(f"/{part}" for part in parts)


def _read_query(query: str) -> str:
    kept = {_ESCAPED.sub(_unescape, part) for part in query.split("&") if part and not _is_idle(part)}
    return "&".join(sorted(kept))


def _is_idle(part: str) -> bool:
    """Say whether a part of the query does not tell which article is meant."""
    folded = part.lower().removesuffix("=")
    name = folded.partition("=")[0]
    return folded in _words("value") or name in _words("query") or name.startswith(_beginnings())


def _unescape(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return sign if sign in _PLAIN else match[0].upper()


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(words for what, words, _ in read_list("address_words.tsv") if what == kind)


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(word.removesuffix("*") for word in _words("query") if word.endswith("*"))
