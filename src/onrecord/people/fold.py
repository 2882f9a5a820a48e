"""What is equal for somebody who searches: case, accents, the form of letters and what nobody sees are left
aside."""

import re
import unicodedata

from onrecord.unseen import strip_unseen

__all__ = ["fold", "words_of"]


def fold(words: str) -> str:
    """Return words in lower case and without accents, so that "José" finds "JOSE"."""
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFKD", strip_unseen(words).casefold())
    # Together again: Hangul syllables fall apart into letters otherwise.
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def words_of(asked: str) -> list[str]:
    """Return the folded words of a text: runs of letters and digits."""
    return re.findall(r"[^\W_]+", fold(asked))
