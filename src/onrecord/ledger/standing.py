"""How often words stand: articles, outlets and first hands, with copies and versions folded."""

from collections.abc import Sequence

from sqlalchemy import Connection

from onrecord.checks.verdicts import QuotationHit, Standing

__all__ = ["find_standing"]


def find_standing(connection: Connection, hits: Sequence[QuotationHit]) -> Standing:
    """Count the places that bear a verdict out."""
    pages = {hit.page.id: hit for hit in hits}
    copies = {id for id, hit in pages.items() if hit.entry is not None and hit.entry.copy_of}
    own = [hit.page for id, hit in pages.items() if id not in copies]
    articles = {page.uri or page.id for page in own}
    return Standing(
        outlets=len({hit.page.outlet for hit in pages.values() if hit.page.outlet}),
        chains=len({hit.entry.via[0] if hit.entry and hit.entry.via else hit.page.outlet for hit in pages.values() if hit.page.id not in copies}),
        articles=len(articles),
        copies=len(copies),
        versions=len(own) - len(articles),
    )
