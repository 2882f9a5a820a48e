"""How much of one page is kept in memory: what is longer is no news page and must not end a night's run."""

__all__ = ["MAX_CONTAINER", "MAX_NESTED", "MAX_PAYLOAD", "TOO_LONG"]

MAX_PAYLOAD = 64 << 20
# A page saved with its pictures in one file, as MHTML and web archives of Safari are.
MAX_CONTAINER = 4 * MAX_PAYLOAD
# Files in files: an archive packed twice inside a bundle of bundles is as deep as anybody means it.
MAX_NESTED = 4
TOO_LONG = (
    f"it is longer than {MAX_PAYLOAD >> 20} MB unpacked, and a page may have no more; it was left out. "
    "If it is an archive of many pages, give it as .warc, .warc.gz, .warc.zst, .arc, .wet or .wacz."
)
