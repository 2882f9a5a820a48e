"""Other programs on the same pages: `python -m evals.rivals PAGES_FOLDER OUT.jsonl RIVAL`.

RIVAL is a name of `RIVALS`. OUT rows have "id" and, of "text", "comments", "title", "authors", "published",
"language" and "outlet", what the rival ever answers. So one pass over a set of pages serves every table.

Each reads the bytes of a page, and its address where it asks for it, with the options that its authors set,
except that numbers of lists and descriptions of pictures are left out where there is an option for it, as
the gold texts leave them out. Rivals are installed with the group `evals` and are no dependencies of ours:
each is imported where it is used.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from evals.body import iter_captures, write_rows

__all__ = ["RIVALS", "Rival", "main", "read_pages"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A program that reads pages: how, and in which tables it can stand."""

    read: Callable[[bytes, str | None], Row]
    comments: bool = False
    metadata: bool = False


def read_trafilatura(payload: bytes, uri: str | None) -> Row:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(payload, url=uri, with_metadata=True, include_comments=True)
    said: Row = found.as_dict() if isinstance(found, Document) else {}
    return {
        "text": said.get("text") or "",
        "comments": said.get("comments") or "",
        "title": said.get("title"),
        "authors": [name.strip() for name in (said.get("author") or "").split(";") if name.strip()],
        "published": said.get("date"),
        "language": said.get("language"),
        "outlet": said.get("sitename"),
    }


def read_resiliparse(payload: bytes, _: str | None) -> Row:
    """Take for comments the lines that are there only when it is asked to keep comments."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(payload, detect_encoding(payload) or "utf-8")
    extract = partial(extract_plain_text, tree, main_content=True, list_bullets=False, alt_texts=False)
    text, both = extract(comments=False), extract(comments=True)
    more = Counter(both.splitlines()) - Counter(text.splitlines())
    return {"text": text, "comments": "\n".join(more)}


def read_readability(payload: bytes, _: str | None) -> Row:
    """Make text of the HTML that it gives with resiliparse: it has no way of its own."""
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    document = Document(payload)
    author = document.author()
    return {
        "title": document.short_title() or None,
        "authors": [] if author == "[no-author]" else [author],
        "text": extract_plain_text(document.summary(), list_bullets=False, alt_texts=False),
    }


def read_newspaper(payload: bytes, uri: str | None) -> Row:
    """Read as English what is in a language whose words it can cut only with a further package."""
    from newspaper import Article

    def read(**language: str) -> Article:
        return Article(uri or "", fetch_images=False, **language).download(input_html=payload).parse()

    try:
        article = read()
    except (ImportError, LookupError):
        article = read(language="en")
    return {
        "text": article.text,
        "title": article.title or None,
        "authors": article.authors,
        "published": article.publish_date.isoformat() if article.publish_date else None,
        "language": article.meta_lang or None,
        "outlet": article.meta_site_name or None,
    }


@cache
def stoplist() -> frozenset[str]:
    """Return jusText's stop words of all languages together: it does not tell a page's language itself."""
    from justext import get_stoplist, get_stoplists

    return frozenset(word for language in get_stoplists() for word in get_stoplist(language))


def read_justext(payload: bytes, _: str | None) -> Row:
    from justext import justext

    kept = (part.text for part in justext(payload, stoplist()) if not part.is_boilerplate)
    return {"text": "\n".join(kept)}


RIVALS = {
    "trafilatura": Rival(read=read_trafilatura, comments=True, metadata=True),
    "resiliparse": Rival(read=read_resiliparse, comments=True),
    "readability-lxml": Rival(read=read_readability, metadata=True),
    "newspaper4k": Rival(read=read_newspaper, metadata=True),
    "jusText": Rival(read=read_justext),
}


def read_pages(rival: Rival, folder: Path) -> Iterator[Row]:
    """Yield what a rival says of each page of a folder.

    A page that a rival breaks at counts as one of which it says nothing, and it is told which and why.
    """
    for name, capture in iter_captures(folder):
        try:
            said = rival.read(capture.payload, capture.uri)
        except Exception as trouble:
            print(f"{folder.name}/{name}: {type(trouble).__name__}: {trouble}"[:300], file=sys.stderr)
            said = {}
        yield {"id": name, **said}


def main(argv: list[str]) -> None:
    """Write what a rival says of every page of a folder."""
    folder, out, name = argv
    write_rows(Path(out), read_pages(RIVALS[name], Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
