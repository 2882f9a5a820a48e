"""The name of bytes."""

from hashlib import sha256

__all__ = ["payload_digest"]


def payload_digest(payload: bytes) -> str:
    """Return "sha256:" and 64 hex digits of the page's bytes."""
    return "sha256:" + sha256(payload).hexdigest()
