"""What a browser may be given of a page's own text: every character visible, none obeyed."""

from urllib.parse import urlsplit

__all__ = ["find_link", "visible"]

# A control character would vanish, a lone surrogate could not be sent, and an override turns the words that
# follow around, so that a reader would see other words than the record holds. All three are shown as what
# they are.
_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def visible(text: str) -> str:
    """Return a text with its control characters and direction overrides as signs that can be seen."""
    return text.translate(_SHOWN)


def find_link(uri: str | None) -> str | None:
    """Return an address if a browser may safely follow it (http or https), else None.

    Addresses come from the pages: "javascript:" and its kin are shown as text and never become links.
    """
    if not uri:
        return None
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    return uri if parts.scheme in ("http", "https") and parts.netloc else None
