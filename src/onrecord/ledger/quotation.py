"""Where a quotation stands in a ledger: the pages that may hold it are read, and `checks` judges them."""

from dataclasses import replace

from sqlalchemy import Connection, func, select

from onrecord.checks.answer import is_settled, order_hits, settle_tier, settle_verdict
from onrecord.checks.judge import AROUND, find_exact, find_near
from onrecord.checks.passages import PageText
from onrecord.checks.question import Question, read_question
from onrecord.checks.splice import find_splice
from onrecord.checks.standing import find_standing
from onrecord.checks.verdicts import RULES, Asked, QuotationCheck, QuotationHit
from onrecord.errors import NotFound
from onrecord.ledger.candidates import count_pages, find_pages, find_pages_like, weigh
from onrecord.ledger.lookup import find_speaker_ids, near_names
from onrecord.ledger.schema import entries, pages
from onrecord.ledger.store import Ledger
from onrecord.people.fold import fold

__all__ = ["check_quotation"]

# Of what makes the asked words rare, so much must be there: "it is a ..." is in every page.
_LEAST_WEIGHT = 0.4


def check_quotation(ledger: Ledger, quotation: str, *, by: str | None = None) -> QuotationCheck:
    """Say how a quotation stands on the pages of a ledger, and (with `by`) whether as that speaker's.

    "..." stands for words that were left out. `NotFound` names near speakers when nobody is called `by`; the
    verdicts are those of `docs/check.md`.
    """
    with ledger.reading() as connection:
        question = _read(connection, quotation, by)
        looked_at = {page.page.id: page for page in find_pages(connection, question)}
        found = [hit for page in looked_at.values() for hit in find_exact(question, page)]
        if not is_settled(question, found):
            found += _look_further(connection, question, looked_at)
        hits = order_hits(question, found)
        verdict = settle_verdict(hits)
        return QuotationCheck(
            quotation=quotation,
            by=by,
            verdict=verdict,
            tier=settle_tier(hits),
            rules=RULES,
            hits=tuple(_shown(hit, looked_at[hit.page.id]) for hit in hits),
            standing=find_standing(hits, verdict),
            asked=_asked(connection),
        )


def _read(connection: Connection, quotation: str, by: str | None) -> Question:
    name = " ".join((by or "").split())
    question = read_question(quotation, by=name or None)
    if not name:
        return question
    ids = find_speaker_ids(connection, name)
    if not ids and not _is_unnamed(connection, name):
        raise NotFound(
            f"nobody in this ledger is named {name[:200]!r}{near_names(connection, name[:200])}; "
            "`onrecord speaker` lists all speakers. Nothing was checked"
        )
    return replace(question, by_ids=frozenset(ids))


def _is_unnamed(connection: Connection, name: str) -> bool:
    """Say whether some page calls a source so whom it does not name: "a caller"."""
    query = select(entries.c.speaker_name).where(entries.c.speaker_type == "unnamed").distinct()
    return any(fold(found) == fold(name) for found in connection.execute(query).scalars())


def _look_further(
    connection: Connection, question: Question, looked_at: dict[str, PageText]
) -> list[QuotationHit]:
    """Look for words like the asked ones, and for its parts, on the pages that have its rarest words."""
    words = [word.key for word in question.all]
    weights = weigh(connection, words)
    found: list[QuotationHit] = []
    for page in find_pages_like(connection, words):
        if page.page.id not in looked_at:
            looked_at[page.page.id] = page
            found += find_exact(question, page)
    least = _LEAST_WEIGHT * sum(weights)
    for page in looked_at.values():
        found += find_near(question, page, weights, least)
    splice = find_splice(question, list(looked_at.values()))
    return [*found, splice] if splice else found


def _asked(connection: Connection) -> Asked:
    since, until = connection.execute(select(func.min(pages.c.published), func.max(pages.c.published))).one()
    return Asked(
        pages=count_pages(connection),
        since=since[:10] if since else None,
        until=until[:10] if until else None,
    )


def _shown(hit: QuotationHit, page: PageText) -> QuotationHit:
    """Return a hit with the readers' names of its page blacked out, character for character."""
    if not page.comments:
        return hit
    # A ledger is opened and searched without the readers of pages in memory.
    from onrecord.page.readers import cover_handles, find_namings

    text = cover_handles(page.text, find_namings(page.text, page.blocks, page.comments))
    span = hit.span
    return replace(
        hit,
        words=span.of(text),
        prefix=text[max(0, span.start - AROUND) : span.start],
        suffix=text[span.end : span.end + AROUND],
    )
