"""What people say of one statement: from their words to a review. Inside the caller's transaction."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import Connection, Row, select

from onrecord.capture.times import check_iso
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger.accounts import read_of
from onrecord.ledger.correcting import carry_out, place_corrections, text_of
from onrecord.ledger.corrections import LONGEST_NAME, LONGEST_WORDS, TextOfRecord, shorten
from onrecord.ledger.decide import Mark
from onrecord.ledger.edges import find_edges, find_words
from onrecord.ledger.entries import words_at
from onrecord.ledger.lookup import find_speaker_ids
from onrecord.ledger.records import Outcome
from onrecord.ledger.reviews import Target, add_review, make_review, next_moment, reviews_of_pages
from onrecord.ledger.rows import blocks_of, entry_from_row, select_entries
from onrecord.ledger.schema import entries, pages, speaker_names, speakers
from onrecord.people.fold import words_of
from onrecord.people.institutions import find_institution
from onrecord.people.names import bare_words, form_key, is_bare
from onrecord.types import Entry, Kind, Polarity, Span, SpeakerType

__all__ = ["Correction", "check_name", "correct_statement", "find_entry_row", "target_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody says of one statement; what is None, or empty, is not spoken of.

    `statement`: False says that it is none. `speaker` are names or ids, several where several spoke together;
    `type` is what a name is that the ledger doesn't know yet; `nobody`: the page names nobody. `content` are
    the words said, as they stand on the page; `edges` the same as characters of its text. `via` are the
    carriers, outermost first. `no_role`, `no_day`, `no_via` and `no_addressee` say that there is none.
    """

    statement: bool | None = None
    speaker: tuple[str, ...] = ()
    type: SpeakerType | None = None
    nobody: bool = False
    role: str | None = None
    no_role: bool = False
    kind: Kind | None = None
    polarity: Polarity | None = None
    said_on: str | None = None
    no_day: bool = False
    content: tuple[str, ...] = ()
    edges: tuple[Span, ...] = ()
    via: tuple[str, ...] = ()
    no_via: bool = False
    addressee: str | None = None
    no_addressee: bool = False


def correct_statement(
    connection: Connection, asked: str, said: Correction, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Write down what somebody says of a statement (its id, or the beginning of it), and carry it out."""
    _check_sense(said)
    row = find_entry_row(connection, asked)
    page = connection.execute(select(pages).where(pages.c.id == row.page_id)).one()
    before = entry_from_row(row)
    text = text_of(connection, page)
    change, marks = _find_change(connection, said, before, page, text, hidden=bool(row.hidden))
    if not change:
        raise BadRequest(
            f"the ledger has that of {row.id} already, so nothing was written down; `onrecord page "
            f"{row.page_id}` shows it"
        )
    about = [[target_of(connection, row)]]
    review = make_review(
        "correct", [[mark] for mark in marks], about=about, change=change, by=by, note=note,
        at=next_moment(connection),
    )  # fmt: skip
    older = _about(connection, page, row.id)
    add_review(connection, review)
    changed = carry_out(connection, [page.id])
    after = entry_from_row(find_entry_row(connection, row.id))
    against = tuple(one.id for one in older if change.keys() & (one.change or {}).keys())
    who = (after.speaker.id,) if after.speaker and after.speaker.id else ()
    return Outcome(
        review=review,
        pages=frozenset(changed),
        speakers=who,
        against=against,
        before=before,
        after=after,
        hidden=change.get("statement") is False,
        shown_again=change.get("statement") is True,
    )


def find_entry_row(connection: Connection, asked: str) -> Row[Any]:
    """Return the statement with this id, or the one whose id begins so, also one that is hidden."""
    query = select_entries(hidden=True)
    found = connection.execute(query.where(entries.c.id == asked)).all()
    if not found and 1 < len(asked) <= LONGEST_NAME:
        begins = query.where(entries.c.id.startswith(asked, autoescape=True))
        found = connection.execute(begins.order_by(entries.c.id).limit(6)).all()
    if len(found) > 1:
        ids = ", ".join(row.id for row in found)
        raise BadRequest(f"several statements have ids that begin with {asked!r}: {ids}; give more of it")
    if not found:
        raise NotFound(
            f"no statement of this ledger has the id {shorten(asked)!r}; `onrecord said` and `onrecord page "
            "PAGE` list statements with their ids, and --ledger names another ledger"
        )
    return found[0]


def target_of(connection: Connection, row: Row[Any]) -> Target:
    """Return a statement as reviews mean it: as the program read it."""
    page = connection.execute(select(pages).where(pages.c.id == row.page_id)).one()
    read = read_of(row)
    spans = read.spans.content or read.spans.cue
    words = page.text[min(span.start for span in spans) : max(span.end for span in spans)] if spans else ""
    return Target(
        digest=page.payload_digest,
        name=shorten(" … ".join(read.content) or row.cue or ""),
        text_version=page.text_version,
        entry=row.id,
        content=read.spans.content,
        cue=read.spans.cue,
        words=words,
        prefix=read.prefix or None,
        suffix=read.suffix or None,
    )


def check_name(name: str, what: str = "name") -> str:
    """Return a name that somebody typed, blanks folded; `BadRequest` when it is none."""
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for c in name.strip()):
        raise BadRequest(
            f"the {what} {shorten(ascii(name))} holds characters that nobody can see (control or direction "
            "characters); type it again without them"
        )
    plain = " ".join(name.split())
    if not words_of(plain):
        raise BadRequest(f"the {what} is empty: it has no letter and no figure; write one, or leave it out")
    if len(plain) > LONGEST_NAME:
        raise BadRequest(
            f"the {what} has {len(plain):,} characters, and may have {LONGEST_NAME}: {shorten(plain)!r}"
        )
    return plain


_MOST = 50  # speakers, carriers or parts of one statement

_PAIRS = (
    ("speaker", "nobody", "--speaker", "--no-speaker"),
    ("role", "no_role", "--role", "--no-role"),
    ("said_on", "no_day", "--said-on", "--no-day"),
    ("via", "no_via", "--via", "--no-via"),
    ("addressee", "no_addressee", "--addressee", "--no-addressee"),
    ("content", "edges", "--content", "--edges"),
    ("nobody", "role", "--no-speaker", "--role"),
)


def _check_sense(said: Correction) -> None:
    if said == Correction():
        raise BadRequest(
            "nothing was corrected: say what is wrong, such as --speaker NAME, --said-on DAY or "
            "--not-a-statement; `onrecord correct --help` lists all"
        )
    for one, other, first, second in _PAIRS:
        if getattr(said, one) and getattr(said, other):
            raise BadRequest(f"{first} and {second} contradict each other; give one of them")
    if said.type is not None and not said.speaker:
        raise BadRequest("the type of a speaker goes with a speaker: add --speaker NAME")
    for name, what in (
        ("speaker", "speakers"),
        ("via", "carriers"),
        ("content", "parts"),
        ("edges", "parts"),
    ):
        if len(given := getattr(said, name)) > _MOST:
            raise BadRequest(f"{len(given):,} {what} were given; a statement has {_MOST} at most")
    for name, known in (("kind", get_args(Kind)), ("polarity", get_args(Polarity))):
        value = getattr(said, name)
        if value is not None and value not in known:
            raise BadRequest(f"the {name} {value!r} is none; it is one of {', '.join(known)}")


def _find_change(
    connection: Connection,
    said: Correction,
    before: Entry,
    page: Row[Any],
    text: TextOfRecord,
    *,
    hidden: bool,
) -> tuple[dict[str, Any], list[Mark]]:
    """Return what a correction changes, by the names of `corrections.FIELDS`, and whose names it gives."""
    change: dict[str, Any] = {}
    marks: list[Mark] = []
    if said.statement is not None and said.statement == hidden:
        change["statement"] = said.statement
    elif hidden:
        raise BadRequest(
            f"somebody decided that {before.id} is no statement ({before.review}); `onrecord review undo "
            f"{before.review}` takes that back, then correct it"
        )
    if said.nobody and before.speaker is not None:
        change["speaker"] = None
    if said.speaker:
        who, marks = _find_speakers(connection, said, before, page)
        change |= who
    if said.role is not None or said.no_role:
        role = None if said.role is None else check_name(said.role, "role")
        if before.speaker is None and not change.get("speaker"):
            raise BadRequest("a role is somebody's: the statement names nobody; add --speaker NAME")
        if "speaker" in change or before.speaker is None or before.speaker.role != role:
            change["role"] = role
    for name in ("kind", "polarity"):
        value = getattr(said, name)
        if value is not None and value != getattr(before, name):
            change[name] = value
    if said.said_on is not None or said.no_day:
        change |= _find_day(said.said_on, before)
    if said.via or said.no_via:
        via = [check_name(name, "carrier") for name in said.via]
        change |= {} if tuple(via) == before.via else {"via": via}
    if said.addressee is not None or said.no_addressee:
        addressee = None if said.addressee is None else check_name(said.addressee, "addressee")
        change |= {} if addressee == before.addressee else {"addressee": addressee}
    if said.content or said.edges:
        change |= _find_content(said, before, page, text)
    return change, marks


def _find_speakers(
    connection: Connection, said: Correction, before: Entry, page: Row[Any]
) -> tuple[dict[str, Any], list[Mark]]:
    """Return the change of speaker, with the names by which others are to know who is meant."""
    found = [_find_speaker(connection, name, said.type, page) for name in said.speaker]
    marks = [mark for mark, _, _, _ in found]
    unnamed = any(type == "unnamed" for _, type, _, _ in found)
    name = "; ".join(dict.fromkeys(mark.name for mark in marks))
    type = found[0][1]
    now = before.speaker
    same = now is not None and (now.name, now.type) == (name, type)
    if same and now is not None and (len(found) > 1 or now.id == found[0][3]):
        return {}, []
    change: dict[str, Any] = {"speaker": {"name": name, "type": type}}
    role = found[0][2] if len(found) == 1 else None
    if role is not None:
        change["role"] = role
    # Who is not named is nobody on other pages.
    return change, [] if unnamed else marks


_Chosen = tuple[Mark, SpeakerType, str | None, str | None]  # name, type, role that the page prints, id


def _find_speaker(connection: Connection, asked: str, type: SpeakerType | None, page: Row[Any]) -> _Chosen:
    asked = check_name(asked)
    if type == "unnamed":
        return Mark(key="", name=asked), type, None, None
    if ";" in asked:
        raise BadRequest(f"the name {asked!r} holds a semicolon; give each of several speakers by itself")
    uses = _uses_of(connection, find_speaker_ids(connection, asked))
    by_id = [use for use in uses if use.speaker_id == asked or use.machine_id == asked]
    here = [use for use in uses if use.page_id == page.id]
    full = [use for use in uses if not is_bare(use.name, use.type)]
    # Who bears only a last name on another page is nobody that a name can mean here.
    kept = by_id or here or full
    if not by_id and len(words_of(asked)) > 1 and not is_bare(asked, type or "person"):
        # "Jana Friel" is not whom the page calls "Friel" and nothing else: who knows that merges the two.
        kept = [use for use in kept if not is_bare(use.name, use.type)]
        kept = [use for use in kept if use.type != "person" or _holds(use.name, asked)]
    if type is not None and not by_id:
        kept = [use for use in kept if use.type == type]
    ids = list(dict.fromkeys(use.speaker_id for use in kept))
    if len(ids) > 1:
        names = ", ".join(
            f"{next(use.shown for use in kept if use.speaker_id == id)} ({id})" for id in ids[:20]
        )
        raise BadRequest(f"several speakers bear the name {asked!r}: {names}; give the id of one")
    if not kept:
        new = type or ("institution" if find_institution(bare_words(asked)) else "person")
        return Mark(key=form_key(asked, new), name=asked), new, None, None
    use = next((use for use in kept if use.page_id == page.id), None) or next(
        (use for use in kept if use.name == use.shown), kept[0]
    )
    role = use.role if use.page_id == page.id else None
    mark = Mark(key=use.key, name=use.name, digest=use.payload_digest)
    return mark, use.type, role, use.speaker_id


def _holds(printed: str, asked: str) -> bool:
    """Say whether a person's printed name has as much to say as the one asked for, or names the same."""
    return len(words_of(printed)) > 1 or words_of(printed) == words_of(asked)


def _uses_of(connection: Connection, ids: Sequence[str]) -> Sequence[Row[Any]]:
    who = speakers.alias()
    query = (
        select(speaker_names, speakers.c.type, pages.c.payload_digest, who.c.name.label("shown"))
        .join(speakers, speakers.c.id == speaker_names.c.machine_id)
        .join(who, who.c.id == speaker_names.c.speaker_id)
        .join(pages, pages.c.id == speaker_names.c.page_id)
        .where(speaker_names.c.speaker_id.in_(ids))
        .order_by(pages.c.n, speaker_names.c.name)
    )
    return connection.execute(query).all()


def _find_day(asked: str | None, before: Entry) -> dict[str, Any]:
    day = check_iso(asked, "the day of saying")
    bound, why = before.page.published, "the page is of"
    if bound is None:
        bound, why = before.page.captured_at, "the page was saved on"
    if day and bound:
        length = min(len(day), len(bound), 10)
        if day[:length] > bound[:length]:
            raise BadRequest(
                f"{day} is later than the page: {why} {bound[:10]}, and nobody reports what is yet to be "
                f"said. Where the page's day is wrong, tell it first: `onrecord page {before.page.id} --set "
                "published=DAY`"
            )
    known = (before.said_on, before.said_on_candidates, before.said_on_known)
    return {} if known in ((day, (), "outside"), (day, (), None)) else {"said_on": day}


def _find_content(said: Correction, before: Entry, page: Row[Any], text: TextOfRecord) -> dict[str, Any]:
    if any(len(words) > LONGEST_WORDS * 100 for words in said.content):
        raise BadRequest("the words said are longer than any page; give the words of this statement")
    blocks = blocks_of(page)
    near = before.spans.content or before.spans.cue
    spans = (
        find_edges(text.text, blocks, said.edges, near)
        if said.edges
        else find_words(text.text, blocks, said.content, near)
    )
    if spans == before.spans.content:
        return {}
    words = [span.of(text.text) for span in spans]
    assert words_at(text.text, spans) is not None
    return {"content": {"spans": spans, "words": words}}


def _about(connection: Connection, page: Row[Any], entry: str) -> list[Any]:
    given = reviews_of_pages(connection, [page.payload_digest], "correct")
    placed = place_corrections(connection, page, given)
    return [one for one in given if (place := placed.get(one.id)) and place.entry == entry]
