"""What a form says of one statement: what it shows, and what somebody changed in it.

A form shows how the statement stands and carries what it showed along. So only what was changed is corrected,
also where somebody else has corrected the rest meanwhile.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from onrecord.across.reviewed import Correction
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger, search_entries
from onrecord.ledger.records import PageRecord
from onrecord.types import Entry, EntrySpeaker, Kind, Polarity, Span, SpeakerType
from onrecord.views.forms import Fields, first
from onrecord.views.visible import visible

__all__ = [
    "KEEP",
    "NOBODY",
    "OTHER",
    "Choice",
    "changed_fields",
    "fields_of",
    "find_alike",
    "find_others",
    "read_correction",
    "read_edges",
    "read_statement",
    "write_shown",
]

KEEP, NOBODY, OTHER = "keep", "nobody", "other"
"""Of who spoke and of the day: as it stands, nobody (no day) at all, or what is typed beside."""

_MOST_OTHERS = 24
_MOST_ALIKE = 24
_EDGES = re.compile(r"(\d{1,9}) ?[-–] ?(\d{1,9})", re.ASCII)
_LINK = re.compile(r"(?:/entry/|[?&]s=)(s[0-9a-f]+)|^\s*(s[0-9a-f]+)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody, or something, that can be chosen."""

    value: str
    name: str
    note: str | None = None


def fields_of(entry: Entry) -> Fields:
    """Return the fields of the form as the statement stands."""
    role = entry.speaker.role if entry.speaker else None
    filled: Fields = {
        "who": [KEEP],
        "role": [_fold(role)],
        "kind": [entry.kind],
        "polarity": [entry.polarity],
        "words": list(entry.content),
        "day": [KEEP],
        "via": ["\n".join(_fold(name) for name in entry.via)],
        "addressee": [_fold(entry.addressee)],
    }
    return {name: values for name, values in filled.items() if any(values)}


def _fold(words: str | None) -> str:
    """Return words on one line: a browser takes line ends out of a field, and it would seem changed."""
    return " ".join((words or "").split())


def write_shown(fields: Fields) -> str:
    """Return what a form shows, for the form to carry along: with hidden characters as they are shown."""
    shown = {name: [visible(value) for value in values] for name, values in fields.items()}
    return msgspec.json.encode(shown).decode()


def _read_shown(form: Fields) -> Fields | None:
    """Return what the form showed; None of a form that shows nothing, such as a button alone."""
    given = first(form, "shown")
    if given is None:
        return None
    try:
        return msgspec.json.decode(given, type=dict[str, list[str]])
    except msgspec.DecodeError as why:
        raise BadRequest("the form can't be read; go back, load the page again and send it") from why


def changed_fields(form: Fields) -> dict[str, list[str]]:
    """Return the fields in which something else is than the form showed: their names, and what is there."""
    shown = _read_shown(form)
    if shown is None:
        return {}
    names = dict.fromkeys([*shown, *form])
    return {
        name: _plain(form.get(name, ()))
        for name in names
        if name not in ("shown", "token", "by", "note")
        and _plain(form.get(name, ())) != _plain(shown.get(name, ()))
    }


def _plain(values: Sequence[str]) -> list[str]:
    return [value.strip() for value in values if value.strip()]


def read_correction(form: Fields) -> Correction:
    """Return what somebody corrected in the form of a statement."""
    changed = changed_fields(form)
    values: dict[str, Any] = {}
    if (statement := first(form, "statement")) is not None:
        values["statement"] = statement == "yes"
    values |= _read_speaker(form, changed)
    for name, known in (("kind", get_args(Kind)), ("polarity", get_args(Polarity))):
        if name in changed:
            values[name] = _one_of(changed[name], known, name)
    values |= _read_day(form)
    values |= _read_words(form, changed)
    if "via" in changed:
        names = tuple(line.strip() for value in changed["via"] for line in value.split("\n") if line.strip())
        values |= {"via": names} if names else {"no_via": True}
    if "addressee" in changed:
        said_to = "".join(changed["addressee"][:1])
        values |= {"addressee": said_to} if said_to else {"no_addressee": True}
    if not values:
        raise BadRequest("nothing was changed in the form, so nothing was written down; choose what is wrong")
    return Correction(**values)


def _read_speaker(form: Fields, changed: Mapping[str, list[str]]) -> dict[str, Any]:
    who, typed, type = first(form, "who") or KEEP, first(form, "name"), first(form, "type")
    values: dict[str, Any] = {}
    if typed is not None and who not in (KEEP, OTHER):
        raise BadRequest(
            f"somebody was chosen and the name {_short(typed)} was typed as well; choose “Somebody else”, or "
            "empty the field"
        )
    if typed is not None:
        values["speaker"] = tuple(name.strip() for name in typed.split(";") if name.strip()) or (typed,)
        if type is not None:
            values["type"] = _one_of([type], get_args(SpeakerType), "kind of speaker")
    elif who == OTHER:
        raise BadRequest("“Somebody else” was chosen and no name typed; write the name, or the speaker’s id")
    elif who == NOBODY:
        values["nobody"] = True
    elif who != KEEP:
        values["speaker"] = (who,)
    if type is not None and typed is None:
        raise BadRequest("it was told what a name is, but no name; write the name beside it")
    # A role that nobody touched was the one before: whom the page names instead has their own.
    if "role" in changed:
        role = "".join(changed["role"][:1])
        if values.get("nobody"):
            if role:
                raise BadRequest("nobody can’t have a role; empty the field, or choose who said it")
        else:
            values |= {"role": role} if role else {"no_role": True}
    return values


def _read_day(form: Fields) -> dict[str, Any]:
    day, typed = first(form, "day") or KEEP, first(form, "said_on")
    if typed is not None and day not in (KEEP, OTHER):
        raise BadRequest(
            f"a day was chosen and {_short(typed)} was typed as well; choose “Another day”, or "
            "empty the field"
        )
    if typed is not None:
        return {"said_on": typed}
    if day == OTHER:
        raise BadRequest("“Another day” was chosen and none typed; write it as 2031, 2031-03 or 2031-03-11")
    return {KEEP: {}, NOBODY: {"no_day": True}}.get(day, {"said_on": day})


def _read_words(form: Fields, changed: Mapping[str, list[str]]) -> dict[str, Any]:
    edges = first(form, "edges")
    if edges is not None:
        if "words" in changed:
            raise BadRequest("the words were changed and their characters given as well; give one of the two")
        return {"edges": read_edges(edges)}
    if "words" not in changed:
        return {}
    if not changed["words"]:
        raise BadRequest(
            "all the words were taken away; where nobody said them, tick that this is no statement"
        )
    return {"content": tuple(changed["words"])}


def read_edges(asked: str) -> tuple[Span, ...]:
    """Return the characters that somebody typed as "412-509, 560-601"."""
    found = [_EDGES.fullmatch(one.strip()) for one in asked.split(",")]
    if not all(found):
        raise BadRequest(
            f"the characters {_short(asked)} can’t be read; write the first and the one behind the last, as "
            "the page shows them: 412-509, and a comma between parts"
        )
    return tuple(Span(int(match[1]), int(match[2])) for match in found if match)


def read_statement(typed: str) -> str:
    """Return the id of a statement out of its link, or out of what may be one."""
    match = _LINK.search(typed)
    return (match[1] or match[2]) if match else typed.strip()


def _one_of(given: Sequence[str], known: Sequence[str], what: str) -> str:
    if len(given) != 1 or given[0] not in known:
        raise BadRequest(f"the {what} {_short(given[0] if given else '')} is none; choose {', '.join(known)}")
    return given[0]


def _short(words: str) -> str:
    return f"“{words if len(words) <= 60 else words[:60] + '…'}”"


def find_others(ledger: Ledger, record: PageRecord, entry: Entry) -> tuple[list[Choice], list[Choice]]:
    """Return who else speaks on the page, and who else in its story: those with most statements first."""
    here = _speakers(record.entries, entry.speaker)
    rest: dict[str, Choice] = {}
    if record.story is not None:
        rest = _speakers(search_entries(ledger, story=record.story, limit=None), entry.speaker)
    return list(here.values())[:_MOST_OTHERS], [one for id, one in rest.items() if id not in here][
        :_MOST_OTHERS
    ]


def _speakers(entries: Sequence[Entry], now: EntrySpeaker | None) -> dict[str, Choice]:
    found: dict[str, list[EntrySpeaker]] = {}
    for one in entries:
        who = one.speaker
        # Of several who spoke together each is named by themself elsewhere, or can be typed.
        if (
            who is not None
            and who.id is not None
            and ";" not in who.name
            and (now is None or who.id != now.id)
        ):
            found.setdefault(who.id, []).append(who)
    often = sorted(found.items(), key=lambda item: -len(item[1]))
    return {
        id: Choice(value=id, name=uses[0].name, note=next((use.role for use in uses if use.role), None))
        for id, uses in often
    }


def find_alike(ledger: Ledger, entry: Entry) -> list[Entry]:
    """Return what the same speaker said elsewhere in the story, as another remark."""
    who = entry.speaker.id if entry.speaker else None
    if entry.story is None or who is None:
        return []
    found = search_entries(ledger, by=who, story=entry.story, limit=None)
    return [
        one for one in found if one.id != entry.id and (one.remark is None or one.remark != entry.remark)
    ][:_MOST_ALIKE]
