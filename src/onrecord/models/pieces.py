"""Words into the pieces that the reader knows: WordPiece (Wu et al. 2016) over an uncased English
vocabulary."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.models.weights import read_weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["BEGIN", "SEPARATOR", "cut_pieces", "forget_pieces", "number_pieces"]

VOCABULARY = "reader_pieces.txt"
# The numbers of "[CLS]" and "[SEP]" in the vocabulary.
BEGIN, SEPARATOR = 101, 102


@cache
def load_tokenizer() -> "Tokenizer":
    # Imported late: most commands read no page, and should start at once.
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    words = read_weights(VOCABULARY).decode("utf-8").rstrip("\n").split("\n")
    tokenizer = Tokenizer(WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def cut_pieces(texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Return for each text the numbers of its pieces and where each stands in it, in code points."""
    tokenizer = load_tokenizer()
    # One at a time: a batch would be spread over all cores.
    cut = (tokenizer.encode(text, add_special_tokens=False) for text in texts)
    return [(one.ids, one.offsets) for one in cut]


def number_pieces(texts: Sequence[str]) -> list[list[int]]:
    """Return for each text the numbers of its pieces. No piece reaches over a blank, so that what stands
    between two is cut once and remembered: most words come again."""
    return [[piece for part in text.split(" ") for piece in _number_part(part)] for text in texts]


@lru_cache(maxsize=1 << 16)
def _number_part(part: str) -> tuple[int, ...]:
    return tuple(load_tokenizer().encode(part, add_special_tokens=False).ids)


def forget_pieces() -> None:
    """Give back the memory of the vocabulary; the next page loads it again."""
    load_tokenizer.cache_clear()
    _number_part.cache_clear()
