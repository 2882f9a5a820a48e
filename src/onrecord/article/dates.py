"""When an article was published and updated, and how that is known."""

import re
from collections.abc import Sequence
from datetime import timedelta

from onrecord.article.calendar import day_of, find_years, is_iso_prefix
from onrecord.article.dateline import Dateline
from onrecord.article.head import all_meta
from onrecord.article.json_ld import Node, node_date
from onrecord.article.machine_dates import normal_date
from onrecord.article.meta_json import META_JSON
from onrecord.article.paper_day import find_paper_day
from onrecord.article.printed import PrintedDate, find_printed_dates
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords
from onrecord.types import Block, Capture, Found, Page, Span

__all__ = ["find_published", "find_updated"]

MOST_BESIDE = 40
"""A line that is not marked as a byline may print so much beside its date; a longer one tells of something
else."""

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published",
    "publishdate", "publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "date", "article.published", "published",
    "published_time", "cxenseparse:recs:publishtime", "og:published_time", "article_date_original",
    "originalpublicationdate", "published-date", "publication-date", "publication_date",
    "publicationdate", "date-published", "published-time", "publishtime", "publish_date", "pub_date",
    "article:published", "article:published_date", "datecreated", "creation_date",
    "citation_publication_date", "bt:pubdate", "dc.date.created", "dcterms.issued", "dc.issued",
    "article-published", "og:pubdate",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified",
    "lastmod", "revised", "article.updated", "modified_time",
)  # fmt: skip
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_IN_ADDRESS_TIGHT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_UPDATE_WORDS = re.compile(
    r"(?:updated|modified|last update|aktualisiert|mis à jour|actualizado|aggiornato|güncelleme|"
    r"uppdaterad|oppdatert|opdateret|bijgewerkt|atualizado|stand|päivitetty|zaktualizowano|aktualizacja|aktualizováno|"
    r"aktualizované|frissítve|actualizat|ažurirano|обновлено|оновлено|mise à jour|"
    r"laatste wijziging)\s*(?:on|at|le|am)?\s*:?\s*$",
    re.IGNORECASE,
)
_UPDATE_LEAD = re.compile(_UPDATE_WORDS.pattern.removesuffix(r"\s*$"), re.IGNORECASE)
_LABEL = re.compile(
    r"\W*(?:date|datum|fecha|data|(?:first )?(?:published|posted|publish)|post time|publication|"
    r"veröffentlicht|erschienen|erstellt|publié|publicad[oa]|pubblicato|gepubliceerd|geplaatst|publicerad|publisert|udgivet|"
    r"julkaistu|yayın|опубликовано|дата|发布时间|日期)\b",
    re.IGNORECASE,
)
_LABELLED = frozenset({"byline", "dateline", "other", "menu"})
MOST_LABELLED = 80
"""A line that says it holds the date of publication is no longer than this."""


def find_published(
    page: Page,
    capture: Capture,
    node: Node,
    near: Sequence[Block],
    dateline: Dateline | None,
    *,
    told: Node | None = None,
) -> Found | None:
    """Return when the article was published, by the best source there is.

    In order: somebody outside said so, JSON-LD, meta tags, `<time>`, printed near the headline, the address,
    the dateline. Where machines are told the moment in another zone, the printed day is the paper's. `told`
    is what a meta tag says as JSON.
    """
    if capture.published and (value := normal_date(capture.published)):
        return Found(value=value, known="outside", where="command line")
    machine = (
        _in_node(node, ("datePublished", "dateCreated", "uploadDate"), "JSON-LD")
        or _in_meta(page, _PUBLISHED)
        or _in_node(told or {}, ("pub_date", "publish_date", "datePublished"), f"meta {META_JSON}")
        or _in_marks(page, "itemprop datePublished")
    )
    if machine is not None:
        return _as_printed(page, capture, near, machine)
    return (
        _in_time(page, near)
        or _in_print(page, near, updated=False)
        or _in_label(page)
        or _in_address(page, capture)
        or _in_dateline(page, capture, dateline)
    )


def find_updated(page: Page, node: Node, near: Sequence[Block]) -> Found | None:
    """Return when the article was last changed, where the page says so."""
    return (
        _in_node(node, ("dateModified",), "JSON-LD")
        or _in_meta(page, _UPDATED)
        or _in_marks(page, "itemprop dateModified")
        or _in_print(page, near, updated=True)
    )


def _as_printed(page: Page, capture: Capture, near: Sequence[Block], machine: Found) -> Found:
    """Return the moment under the day that the paper gives it, in print or in its address."""
    for seen in (_in_print(page, near, updated=False), _in_address(page, capture)):
        value = find_paper_day(machine.value, seen.value) if seen else None
        if seen and value:
            where = f"{seen.where}, the same moment as {machine.where}"
            known = seen.known if value == seen.value else "inferred"
            return Found(value=value, known=known, where=where, span=seen.span)
        if seen and seen.value[:10] == machine.value[:10]:
            break
    return machine


def _in_node(node: Node, keys: Sequence[str], where: str) -> Found | None:
    for key in keys:
        value = node_date(node.get(key))
        if value:
            return Found(value=value, known="printed", where=f"{where} {key}")
    return None


def _in_meta(page: Page, names: Sequence[str]) -> Found | None:
    for found in all_meta(page.head, names):
        value = normal_date(found.value)
        if value and len(value) >= 10:
            return Found(value=value, known="printed", where=found.where)
    return None


def _in_marks(page: Page, mark: str) -> Found | None:
    """A date that the page's body marks as the article's, the only one of its kind."""
    values = {value for how, words in page.head.marked if how == mark and (value := normal_date(words))}
    days = {value[:10] for value in values if len(value) >= 10}
    return Found(value=max(values, key=len), known="printed", where=mark) if len(days) == 1 else None


def _in_time(page: Page, near: Sequence[Block]) -> Found | None:
    """The `<time>` element nearest to the headline; where it prints another day than it tells machines, the
    printed one."""
    for block in near:
        for value, span in page.head.times:
            iso = normal_date(value) if span is not None and _inside(span, block.span) else None
            if span is None or iso is None or len(iso) < 10 or _is_update(page, block, span):
                continue
            printed = _printed_in(page, span)
            if printed is None or printed.value[:10] == iso[:10]:
                return Found(value=iso, known="printed", where="time", span=span)
            value = find_paper_day(iso, printed.value) or printed.value
            return Found(value=value, known="printed", where="text", span=printed.span)
    return None


def _printed_in(page: Page, span: Span) -> PrintedDate | None:
    dates = find_printed_dates(page.text, start=span.start, end=span.end, language=page.head.language)
    return next(dates, None)


def _is_update(page: Page, block: Block, span: Span) -> bool:
    """Tell whether the words before a date, or the first of its own, say that it is of a change."""
    before = page.text[max(block.span.start, span.start - 30) : span.start]
    return _UPDATE_WORDS.search(before) is not None or _UPDATE_LEAD.match(span.of(page.text)) is not None


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _in_print(page: Page, near: Sequence[Block], *, updated: bool) -> Found | None:
    language = page.head.language
    for block in near:
        end = min(block.span.end, block.span.start + 300)
        dates = list(find_printed_dates(page.text, start=block.span.start, end=end, language=language))
        beside = end - block.span.start - sum(date.span.end - date.span.start for date in dates)
        if block.role not in ("byline", "dateline") and beside > MOST_BESIDE:
            continue
        for date in dates:
            before = page.text[max(block.span.start, date.span.start - 30) : date.span.start]
            if bool(_UPDATE_WORDS.search(before)) == updated:
                return Found(value=date.value, known="printed", where="text", span=date.span)
    return None


def _in_label(page: Page) -> Found | None:
    """A short line, however far off, that says what it is: "Datum 28.04.2023", "Posted on May 2, 2031"."""
    language = page.head.language
    for block in page.blocks:
        start, end = block.span
        if block.role in _LABELLED and end - start <= MOST_LABELLED and _LABEL.match(page.text, start, end):
            for date in find_printed_dates(page.text, start=start, end=end, language=language):
                if not _UPDATE_WORDS.search(page.text[start : date.span.start]):
                    return Found(value=date.value, known="printed", where="text", span=date.span)
    return None


def _in_address(page: Page, capture: Capture) -> Found | None:
    for address in (capture.uri, page.head.canonical):
        match = _IN_ADDRESS.search(address or "")
        parts = (match[1], match[3], match[4]) if match else None
        if not parts:
            match = _IN_ADDRESS_TIGHT.search(address or "")
            parts = (match[1], match[2], match[3]) if match else None
        if parts:
            value = f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}"
            if is_iso_prefix(value):
                return Found(value=value, known="inferred", where="address")
    return None


def _in_dateline(page: Page, capture: Capture, dateline: Dateline | None) -> Found | None:
    """A dateline's day, with the year it prints, or the latest that fits before the capture."""
    words = dateline.date if dateline else None
    if words is None:
        return None
    if words.value and len(words.value) >= 10:
        return Found(value=words.value, known="inferred", where="dateline", span=words.span)
    captured = day_of(capture.captured_at)
    if words.unit != "monthday" or captured is None:
        return None
    latest = (captured + timedelta(days=1)).isoformat()
    weekday = find_lead_weekday(page, words) if words.weekday is None else words.weekday
    days = [day for day in find_years(words.number, words.day, weekday, last=captured.year) if day <= latest]
    where = f"dateline, the latest that fits before the capture on {captured.isoformat()}"
    return Found(value=days[0], known="inferred", where=where, span=words.span) if days else None


def find_lead_weekday(page: Page, words: TimeWords) -> int | None:
    """Return the weekday of a dateline: the one bare weekday ("said on Friday") of the paragraph it opens."""
    for block in page.blocks:
        if block.span.start <= words.span.start < block.span.end:
            named = [
                found.number
                for found in find_times(page.text, start=words.span.end, end=block.span.end)
                if found.unit == "weekday" and found.shift is None
            ]
            return named[0] if len(set(named)) == 1 else None
    return None
