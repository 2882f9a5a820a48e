"""The tables of a batch: the ledger's columns, and each page's bytes, as Parquet."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Float, Integer, Table

from onrecord.ledger import schema

__all__ = ["TABLES", "read_rows", "write_rows"]

# What only a ledger can fill in: its own numbers, its clock, its files, who is who over all pages, links,
# what people corrected.
_OF_THE_LEDGER = {
    "n",
    "linked",
    "added_at",
    "warc_file",
    "warc_offset",
    "speaker_id",
    "remark_id",
    "review_id",
    "read",
    "hidden",
}
# Whole pages: a dictionary or a smallest and greatest value of them helps nobody.
_LONG = {"payload", "text", "blocks", "article"}
_ROW_GROUP = 1000


def _columns(table: Table, *more: pa.Field, without: Sequence[str] = ()) -> pa.Schema:
    kept = [c for c in table.columns if c.name not in _OF_THE_LEDGER and c.name not in without]
    return pa.schema([*(pa.field(c.name, _type(c.type), nullable=bool(c.nullable)) for c in kept), *more])


def _type(kind: object) -> pa.DataType:
    if isinstance(kind, Float):
        return pa.float64()
    return pa.int64() if isinstance(kind, Integer) else pa.string()


TABLES: Mapping[str, pa.Schema] = {
    "captures": _columns(schema.captures, pa.field("payload", pa.binary(), nullable=False), without=["id"]),
    "pages": _columns(schema.pages),
    "entries": _columns(schema.entries),
    "comments": _columns(schema.comments),
    "problems": _columns(schema.problems, without=["id"]),
}


def write_rows(folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write one table of a part; the disk has it on return. The same rows make the same bytes."""
    columns = TABLES[name]
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=columns)
    with (folder / f"{name}.parquet").open("xb") as file:
        pq.write_table(
            table,
            file,
            compression="zstd",
            row_group_size=_ROW_GROUP,
            use_dictionary=[x for x in columns.names if x not in _LONG],
            write_statistics=[x for x in columns.names if x not in _LONG],
        )
        file.flush()
        os.fsync(file.fileno())


def read_rows(
    folder: Path, name: str, columns: Sequence[str] | None = None, *, filters: Any = None
) -> list[dict[str, Any]]:
    """Return the rows of one table of a part: all, or some columns, or those that a filter lets through."""
    table = pq.read_table(folder / f"{name}.parquet", columns=columns and list(columns), filters=filters)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows
