"""Files and data that a page holds in its own source: fonts and pictures, written out as letters.

    <img src="data:image/png;base64,iVBORw0KGgo...">

A page that was saved as one file may have tens of megabytes of them and no word in any.
"""

import re

__all__ = ["leave_out_data", "leave_out_scripts"]

# Shorter ones are no burden, and what is no "data:" address has no such run of letters behind it.
_DATA = re.compile(
    rb"(data:[a-z0-9.+/-]{0,100}(?:;[a-z0-9=._+-]{1,100}){0,4},)[A-Za-z0-9+/=_~!*%-]{512,}+",
    re.IGNORECASE,
)
# So long a script holds data; what tells machines of the article is shorter.
_LONG = 200_000
_SCRIPT = re.compile(rb"(<(script|style)\b[^>]*+>)(.*?)(?=</\2\b)", re.IGNORECASE | re.DOTALL)


def leave_out_data(payload: bytes) -> bytes:
    """Return a page's bytes without the files in them; the addresses stay, empty."""
    return _DATA.sub(rb"\1", payload)


def leave_out_scripts(payload: bytes) -> bytes:
    """Return a page's bytes without its longest scripts and style sheets; their tags stay."""
    return _SCRIPT.sub(lambda found: found[1] if len(found[3]) > _LONG else found[0], payload)
