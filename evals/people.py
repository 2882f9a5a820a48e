"""Which printed names are one person's, or one body's: `python -m evals.people MENTIONS OUT [--bodies]`.

MENTIONS has rows with `doc`, `tag`, `start`, `end` and `text`; the pages are read from the file of that
name with "docs" for "mentions" beside it. Which pages are one story is found by the program, not read. Only
mentions by name are grouped; "he" and "the mayor" are left out. OUT has rows {"id", "group"}, the id being
"doc:start-end". A file of GUM (`gum_coref`) has the mentions of each text inside it; its chains end with the
text, so that each is a page and a story of its own.
"""

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evals.rows import read_rows, write_rows
from onrecord.across import PrintedName, StoryArticle, group_names, group_stories
from onrecord.types import SpeakerType
from onrecord.wordlists import read_list

__all__ = ["bodies", "gold", "gold_of_bodies", "gold_of_names", "gold_of_words", "main"]

_PRONOUNS = frozenset(
    "he she they i we you his her him their them its it who whom whose himself herself".split()
)
_SHORTENED = re.compile(r"['’](?:m|d|s|ll|re|ve)$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z][\w.'’-]*$")
_BODY_WORD = re.compile(r"[A-Z0-9&][\w.'’&-]*$|(?:of|and|for|the)$")
_TAGS = {"HUMAN_PART_PER": "person", "HUMAN_PART_ORG": "institution"}
_TYPES = {"person": "person", "organization": "institution"}


def main(argv: list[str]) -> None:
    """Group the names of people, or of bodies, in a file of mentions."""
    source, out = (Path(arg) for arg in argv if not arg.startswith("--"))
    type: SpeakerType = "institution" if "--bodies" in argv else "person"
    stories = {} if _is_gum(source) else _find_stories(source)
    printed = [
        PrintedName(id=id, name=row["text"], page=row["doc"], story=stories.get(row["doc"]), type=type)
        for id, row in find_names(source, type)
    ]
    groups = group_names(printed).items()
    page = {one.id: one.page for one in printed} if _is_gum(source) else {}
    write_rows(out, ({"id": id, "group": f"{page.get(id, '')} {group}".strip()} for id, group in groups))


def bodies(argv: list[str]) -> None:
    """Group the names of bodies."""
    main([*argv, "--bodies"])


def _find_stories(source: Path) -> dict[str, str]:
    pages = read_rows(source.with_name(source.name.replace("mentions", "docs")))
    return group_stories([StoryArticle(id=page["id"], headline=None, text=page["text"]) for page in pages])


def _is_gum(source: Path) -> bool:
    return source.name.startswith("gum_")


def gold(source: str | Path, out: str | Path, *, type: SpeakerType = "person") -> None:
    """Write whom each name is known to be of, as the scorer reads it."""
    write_rows(out, ({"id": id, "group": row["chain"]} for id, row in find_names(Path(source), type)))


def gold_of_bodies(source: str | Path, out: str | Path) -> None:
    """Write the same for bodies."""
    gold(source, out, type="institution")


def gold_of_names(source: str | Path, out: str | Path) -> None:
    """Write the same without “I’m” and “she’d”, which have a capital and are nobody's name."""
    names = find_names(Path(source))
    write_rows(
        out, ({"id": id, "group": row["chain"]} for id, row in names if not _is_shortened(row["text"]))
    )


def gold_of_words(source: str | Path, out: str | Path) -> None:
    """Write the same without nouns that have a capital: “Driver”, “Actress”, “American” in a headline."""
    names = find_names(Path(source))
    write_rows(out, ({"id": id, "group": row["chain"]} for id, row in names if _has_a_name(row["text"])))


def _is_shortened(text: str) -> bool:
    return _SHORTENED.sub("", text).lower() in _PRONOUNS and _SHORTENED.search(text) is not None


def _has_a_name(text: str) -> bool:
    """Say whether a word of it is none of everyday English, of roles or of nations."""
    words = (_SHORTENED.sub("", word).strip(".,'’").lower() for word in text.split())
    return any(word and word not in _everyday() for word in words)


@cache
def _everyday() -> frozenset[str]:
    lists = ("everyday_words.tsv", "people_words.tsv", "function_words.tsv")
    return frozenset(row[0].lower() for name in lists for row in read_list(name)) | _PRONOUNS


def find_names(source: Path, type: SpeakerType = "person") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the mentions of people, or of bodies, that are names: capitals throughout, no pronoun."""
    for row in _read_gum(source) if _is_gum(source) else read_rows(source):
        words = row["text"].split()
        word = _NAME_WORD if type == "person" else _BODY_WORD
        is_name = words and all(map(word.match, words)) and row["text"].lower() not in _PRONOUNS
        if is_name and _TAGS.get(row["tag"]) == type:
            yield f"{row['doc']}:{row['start']}-{row['end']}", row


def _read_gum(source: Path) -> Iterator[dict[str, Any]]:
    """Yield the mentions of GUM in the form of the others."""
    tags = {kind: tag for tag, type in _TAGS.items() for kind, of in _TYPES.items() if of == type}
    for text in read_rows(source):
        for one in text["mentions"]:
            words = text["text"][one["start"] : one["end"]]
            if one["type"] in tags:
                row = {"doc": text["id"], "tag": tags[one["type"]], "text": " ".join(words.split())}
                yield (
                    row
                    | {key: one[key] for key in ("start", "end")}
                    | {"chain": f"{text['id']} {one['chain']}"}
                )


if __name__ == "__main__":
    main(sys.argv[1:])
