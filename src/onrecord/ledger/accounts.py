"""Between the rows of statements and what can be corrected of them, both ways."""

from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Row

from onrecord.ledger.corrections import Account
from onrecord.ledger.rows import entry_from_row, to_json
from onrecord.types import Entry

__all__ = ["account_columns", "entry_as_read", "read_of"]

_account = msgspec.json.Decoder(Account)


def read_of(row: Row[Any]) -> Account:
    """Return what the program read of a statement, from its row."""
    if row.read is not None:
        return _account.decode(row.read)
    entry = entry_from_row(row)
    return _account_of(entry, row.said_on_anchor)


def entry_as_read(row: Row[Any]) -> Entry:
    """Return a statement as the program read it, whoever it says spoke; its links are those it has now."""
    read = read_of(row)
    return replace(
        entry_from_row(row),
        kind=read.kind,
        polarity=read.polarity,
        tier=read.tier,
        confidence=read.confidence,
        speaker=read.speaker,
        content=read.content,
        addressee=read.addressee,
        said_on=read.said_on,
        said_on_known=read.said_on_known,
        said_on_candidates=read.said_on_candidates,
        via=read.via,
        spans=read.spans,
        prefix=read.prefix,
        suffix=read.suffix,
        review=None,
    )


def _account_of(entry: Entry, anchor: str | None) -> Account:
    """Return what counts of an entry now."""
    return Account(
        kind=entry.kind,
        polarity=entry.polarity,
        tier=entry.tier,
        confidence=entry.confidence,
        speaker=replace(entry.speaker, id=None) if entry.speaker else None,
        content=entry.content,
        addressee=entry.addressee,
        said_on=entry.said_on,
        said_on_known=entry.said_on_known,
        said_on_candidates=entry.said_on_candidates,
        said_on_anchor=anchor,
        via=entry.via,
        spans=entry.spans,
        prefix=entry.prefix,
        suffix=entry.suffix,
    )


def account_columns(account: Account) -> dict[str, Any]:
    """Return the columns of a statement that hold an account of it."""
    who = account.speaker
    return {
        "kind": account.kind,
        "polarity": account.polarity,
        "tier": account.tier,
        "confidence": account.confidence,
        "speaker_name": who.name if who else None,
        "speaker_type": who.type if who else None,
        "speaker_role": who.role if who else None,
        "mentions": to_json(account.spans.speaker),
        "content": to_json(account.content),
        "addressee": account.addressee,
        "said_on": account.said_on,
        "said_on_known": account.said_on_known,
        "said_on_candidates": to_json(account.said_on_candidates),
        "said_on_anchor": account.said_on_anchor,
        "via": to_json(account.via),
        "spans": to_json(replace(account.spans, speaker=())),
        "prefix": account.prefix,
        "suffix": account.suffix,
    }
