"""The name of one article in a file that holds many: the digest of the file's bytes, then which part."""

__all__ = ["bytes_digest", "name_part", "part_of"]


def name_part(digest: str, part: str | None) -> str:
    """Return the name of a part of bytes: "sha256:9f...#line=1042" is the article that begins at that line.

    A file that holds one thing needs no part: its name is the digest.
    """
    return f"{digest}#{part}" if part else digest


def bytes_digest(name: str) -> str:
    """Return the digest of the bytes that a name names, whichever part of them it means."""
    return name.partition("#")[0]


def part_of(name: str) -> str | None:
    """Return which part of its bytes a name means; None for all of them."""
    return name.partition("#")[2] or None
