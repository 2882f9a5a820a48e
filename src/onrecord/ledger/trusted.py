"""A file of names that somebody trusts: a table as Wikidata's query service gives it, one row a bearer.

The file is read to its end whatever is in it: a row that can't be used is told with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger.decide import Mark
from onrecord.people.names import form_key, is_bare
from onrecord.types import SpeakerType

__all__ = ["Trusted", "read_trusted"]

_COLUMNS = {
    "item": "id",
    "id": "id",
    "qid": "id",
    "label": "label",
    "itemlabel": "label",
    "name": "label",
    "aliases": "aliases",
    "alias": "aliases",
    "altlabel": "aliases",
    "altlabels": "aliases",
    "itemaltlabel": "aliases",
    "type": "type",
}
_TYPES = {"human": "person", "organization": "institution", "organisation": "institution", "": "person"}
_LANGUAGE = re.compile(r'^"(.*)"(?:@[\w-]+)?$')


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """What a file of names gives: the names of each row as marks, and what is wrong with other rows."""

    rows: tuple[tuple[Mark, ...], ...]
    problems: tuple[str, ...]


def read_trusted(path: Path) -> Trusted:
    """Read a file of names. `BadRequest` when it is no such table at all; a bad row is told and left out."""
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except FileNotFoundError:
        raise NotFound(
            f"there is no file {path}; --trust takes a table of names, see docs/howto/people.md"
        ) from None
    columns = _read_head(lines[0], path) if lines else {}
    if "label" not in columns.values():
        raise BadRequest(
            f"{path} is no table of names: its first line has to name the columns, apart by tabs, a label "
            "and aliases among them (id, label, aliases, type); see docs/howto/people.md"
        )
    found: dict[str, dict[Mark, None]] = {}
    problems: list[str] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            key, marks, left_out = _read_row(line, columns)
        except ValueError as why:
            problems.append(f"{path}, line {number}: {why}; the row was left out")
            continue
        problems += (f"{path}, line {number}: {one}" for one in left_out)
        # Wikidata gives a row for each of several aliases.
        found.setdefault(key or f"line {number}", {}).update(dict.fromkeys(marks))
    alone = [key for key, marks in found.items() if len({mark.key for mark in marks}) < 2]
    problems += (
        f"{path}: {key} has only one name that says who is meant: nothing to join; it was left out"
        for key in alone
    )
    return Trusted(
        rows=tuple(tuple(marks) for key, marks in found.items() if key not in alone), problems=tuple(problems)
    )


def _read_head(line: bytes, path: Path) -> dict[int, str]:
    try:
        names = line.decode().split("\t")
    except UnicodeDecodeError:
        raise BadRequest(
            f"{path} is no UTF-8 text; save the table as UTF-8 with tabs between columns"
        ) from None
    known = {at: _COLUMNS.get(name.strip().lstrip("?").casefold()) for at, name in enumerate(names)}
    return {at: name for at, name in known.items() if name}


def _read_row(line: bytes, columns: dict[int, str]) -> tuple[str, list[Mark], list[str]]:
    """Return the id of a row, its names as marks, and what was left out of it; ValueError when all is."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise ValueError("this is no UTF-8 text") from None
    cells = text.split("\t")
    if len(cells) <= max(columns):
        raise ValueError(f"{max(columns) + 1} columns were expected, {len(cells)} were found")
    values = {name: _plain(cells[at]) for at, name in columns.items()}
    type = _read_type(values.get("type", ""))
    if not values["label"]:
        raise ValueError("the label is empty")
    names = [values["label"], *_split_aliases(values.get("aliases", ""))]
    bare = [name for name in names if is_bare(name, type)]
    marks = [Mark(key=form_key(name, type), name=name) for name in names if name not in bare]
    why = "which says who is meant only on its page; it was left out"
    left_out = [f"{name!r} is {'a kind of body' if ' ' in name else 'one word'}, {why}" for name in bare]
    id = values.get("id", "").rstrip(">").rpartition("/")[2]
    return f"{id} {type}" if id else "", marks, left_out


def _read_type(cell: str) -> SpeakerType:
    plain = _TYPES.get(cell.casefold(), cell.casefold())
    known = [type for type in get_args(SpeakerType) if type != "unnamed"]
    if plain not in known:
        raise ValueError(f"the type {cell!r} is none of {', '.join(known)}")
    return next(type for type in known if type == plain)


def _plain(cell: str) -> str:
    """Return the words of a cell: "Mara Ostrey" of "\\"Mara Ostrey\\"@en"."""
    found = _LANGUAGE.match(cell.strip())
    return (found[1].replace('\\"', '"') if found else cell).strip()


def _split_aliases(cell: str) -> Iterator[str]:
    """Yield the aliases of a cell, apart by "|" or ", " as Wikidata gives them."""
    apart = "|" if "|" in cell else ", "
    return (alias.strip() for alias in cell.split(apart) if alias.strip())
