"""Values put into templates: the one place where all text is escaped and what can't be seen made visible."""

import re
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from onrecord.ledger.records import SpeakerRecord
from onrecord.views.changes import (
    are_quoted,
    render_differences,
    render_kind,
    render_notes,
    render_version,
    render_who,
    told_by,
)
from onrecord.views.dates import day_range, long_day, moment, short_day
from onrecord.views.decided import TITLES, tell_change
from onrecord.views.places import render_filed
from onrecord.views.render import render_outlet, render_percent, tell_versions
from onrecord.views.saying import render_words, write_days
from onrecord.views.scripts import COPY_SCRIPT
from onrecord.views.visible import find_link, visible

__all__ = ["render_item", "show"]

FOLDER = Path(__file__).parent


def _safe(value: Any) -> Any:
    """Make the hidden characters of every text visible; Markup was made from escaped text by us."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _roles_of(who: SpeakerRecord) -> str:
    """Return the roles that pages print for a speaker, each once, the first few."""
    roles = [one.role for one in who.roles]
    return "; ".join(roles[:3]) + (f"; {len(roles) - 3} more" if len(roles) > 3 else "")


def _title_of(kind: str) -> str:
    """Return what a review is, for a heading."""
    names = {"merge": "One speaker", "split": "Somebody else", "trust": "Trusted names"}
    return names.get(kind) or TITLES[kind].capitalize()


def _before(prefix: str) -> str:
    """Return what stands before a quotation, from a whole word on: "…the order" of "ut the order"."""
    return re.sub(r"^\S*\s", "…", prefix) if len(prefix) >= 32 else prefix


def _after(suffix: str) -> str:
    """Return what stands after a quotation, up to a whole word."""
    return re.sub(r"\s\S*$", "…", suffix) if len(suffix) >= 32 else suffix


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    finalize=_safe,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals["day_range"] = day_range
_ENVIRONMENT.globals["copy_script"] = COPY_SCRIPT
_ENVIRONMENT.filters.update(
    after=_after,
    before=_before,
    change_kind=render_kind,
    change_notes=render_notes,
    are_quoted=are_quoted,
    change_who=render_who,
    differences=render_differences,
    told_by=told_by,
    version=render_version,
    find_link=find_link,
    long_day=long_day,
    moment=moment,
    render_filed=render_filed,
    outlet_of=render_outlet,
    percent=render_percent,
    write_days=write_days,
    render_words=render_words,
    review_title=_title_of,
    roles_of=_roles_of,
    short_day=short_day,
    told_change=tell_change,
    tell_versions=lambda counts: tell_versions(*counts),
)


def render_item(template: str, **values: Any) -> str:
    """Return a piece of HTML that stands by itself, as an item of a feed."""
    return _ENVIRONMENT.get_template(template).render(**values).strip()


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a page."""
    html = _ENVIRONMENT.get_template(template).render(
        here=request.url.path, token=request.app.state.token, **values
    )
    return HTMLResponse(html, status_code=status)
