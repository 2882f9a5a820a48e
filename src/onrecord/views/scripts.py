"""The one script that pages of ours have, and the mark by which a browser knows that it is ours.

It stands in the page itself and browsers are told its SHA-256: these bytes may run and no others, neither
words of a saved page nor anything that this server, or another one, could be made to send.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

__all__ = ["COPY_SCRIPT", "SCRIPT_RULE"]

_FILE = Path(__file__).parent / "static" / "copy.js"
# A browser makes one line end of each CR LF before it takes the digest; read as text, so do we.
_CODE = _FILE.read_text(encoding="utf-8")

COPY_SCRIPT = Markup("<script>{}</script>").format(Markup(_CODE))
"""Copies a citation when its button is pressed. Without it the citation stands there to be marked."""

SCRIPT_RULE = f"script-src 'sha256-{b64encode(sha256(_CODE.encode()).digest()).decode()}'"
"""What a Content-Security-Policy says of scripts."""
