"""What stands about a headline: the kicker above it, the site's name behind it.

A kicker is the short line that names the subject ("The dam in Selm:"). Some outlets count it to the headline
and some do not, and pages print it on a line of its own, or run it into the headline's. Each page says itself
which it is: by the headline that it tells machines.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.types import Block, Found, Page, Span

__all__ = ["join_kicker", "strip_company", "strip_site"]

MOST_KICKER = 60
"""A kicker is no longer than this many characters."""

FEWEST_HEADLINE = 12
"""Fewer characters than this, without spaces and marks, are found anywhere by chance."""

LINES_ABOVE = 4

_JOINT = re.compile(r"\s*[:|/]\s+|\s+[|/–—-]\s+|\s*:\s*")
_OPEN_JOINT = re.compile(r"[\s|/–—·•:-]+$")
_CLOSE_JOINT = re.compile(r"\s*(?:\s[|/–—·•-]|\|)\s*")
_SIGNS = frozenset(":|/–—-·•")
_LEAD = re.compile(r"[\s|/–—·•:-]+")
_OPENING = frozenset("\"'„“”»‘’«‹([{¿¡")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def strip_company(text: str, span: Span, said: Sequence[str], outlets: Sequence[str]) -> Span:
    """Return a headline's line without what the page does not count to its headline.

    That is a kicker run into its line, and the site's name, a series or a month behind it, where every
    headline that the page tells machines leaves it out.
    """
    span = Span(span.start, span.start + _without_outlet(span.of(text), outlets))
    words = span.of(text)
    whole = _bare(words)
    told = [bare for title in said if len(bare := _bare(title)) >= FEWEST_HEADLINE]
    for bare in told:
        at = _after(words, len(whole) - len(bare)) if whole.endswith(bare) else 0
        plain = told.count(bare) > 1 and whole not in told
        if 0 < at <= MOST_KICKER and _is_joint(words, at, plain=plain):
            return Span(span.start + at, span.end)
    if whole in told:
        return span
    for bare in told:
        joint = (
            _closing_joint(words, _after(words, len(bare), closing=True)) if whole.startswith(bare) else None
        )
        if joint is not None:
            return Span(span.start, span.start + joint)
    return span


def _is_joint(words: str, at: int, *, plain: bool) -> bool:
    """Tell whether a kicker may end here: behind a sign, between words run into one, at a space."""
    before = words[:at].rstrip()
    glued = words[at - 1].islower() and words[at : at + 1].isupper()
    return glued or before[-1:] in _SIGNS or (plain and len(before) < at)


def _without_outlet(words: str, outlets: Sequence[str]) -> int:
    """Return where a headline ends when the site's name is printed behind it: "Dam holds – Gazette"."""
    for name in outlets:
        if len(_bare(name)) > 2 and _bare(words).endswith(_bare(name)):
            at = _after(words, len(_bare(words)) - len(_bare(name)))
            joint = _OPEN_JOINT.search(words[:at])
            if joint and joint[0].strip() and joint.start() > FEWEST_HEADLINE:
                return joint.start()
    return len(words)


def strip_site(text: str, span: Span, said: Sequence[str], names: Sequence[str]) -> Span:
    """Return a headline's line without the site's name behind it, no sign between them, where the rest is
    what the page calls itself."""
    words = span.of(text)
    whole, told = _bare(words), {_bare(title) for title in said}
    for name in filter(None, map(_bare, names)):
        rest = whole.removesuffix(name)
        if rest != whole and len(rest) >= FEWEST_HEADLINE and rest in told and whole not in told:
            return Span(span.start, span.start + len(words[: _after(words, len(rest))].rstrip()))
    return span


def join_kicker(page: Page, span: Span, said: Sequence[Found]) -> Found:
    """Return the headline with its kicker where all that the page says of its headline counts it in."""
    lead = _LEAD.match(page.text, span.start, span.end)
    span = Span(lead.end(), span.end) if lead and lead.end() < span.end else span
    words = span.of(page.text)
    for found in said:
        for kicker, joint, rest in _split(found.value):
            where = f"text, joined as in {found.where}"
            if _bare(rest) == _bare(words) and all(_bare(one.value) == _bare(found.value) for one in said):
                above = _find_above(page, span, kicker)
                if above is not None:
                    value = _tidy(f"{above.of(page.text)}{joint}{words}")
                    return Found(value=value, known="printed", where=where, span=Span(above.start, span.end))
            # The page runs the kicker into the headline's line without a sign between them.
            end, at = (_after(words, len(_bare(kicker)), closing=closing) for closing in (True, False))
            if _bare(found.value) == _bare(words) and not _SIGNS & set(words[end:at]):
                value = _tidy(f"{words[:at].rstrip()}{joint}{words[at:].lstrip()}")
                return Found(value=value, known="printed", where=where, span=span)
    return Found(value=_tidy(words), known="printed", where="text", span=span)


def _split(title: str) -> Iterator[tuple[str, str, str]]:
    """Yield the ways in which a title may open with a kicker: "Selm: the dam holds"."""
    for joint in _JOINT.finditer(title[: MOST_KICKER + 4]):
        kicker, rest = title[: joint.start()], title[joint.end() :]
        if len(_bare(rest)) >= FEWEST_HEADLINE and _bare(kicker):
            yield kicker, joint[0], rest


def _find_above(page: Page, span: Span, kicker: str) -> Span | None:
    """Return the kicker's own line, right above the headline."""
    above: list[Block] = []
    for block in page.blocks:
        if block.span.start >= span.start:
            break
        above.append(block)
    for block in reversed(above[-LINES_ABOVE:]):
        if _bare(block.span.of(page.text)[: 2 * MOST_KICKER]) == _bare(kicker):
            end = block.span.start + len(_OPEN_JOINT.sub("", block.span.of(page.text)))
            return Span(block.span.start, end)
    return None


def _closing_joint(words: str, at: int) -> int | None:
    """Return where the headline ends, when nothing but a joint and other words follow."""
    rest = words[at:]
    opening = re.match(r"[^\w\s|/–—·•-]*", rest)
    end = at + (opening.end() if opening else 0)
    return end if _CLOSE_JOINT.match(words, end) else None


def _bare(words: str) -> str:
    """Return only letters and digits, folded: marks and spaces differ between a page and its head."""
    return "".join(filter(str.isalnum, words.casefold()))


def _after(words: str, count: int, *, closing: bool = False) -> int:
    """Return where a text goes on after so many letters and digits, past the marks that join.

    Marks that open what follows are left to it; with `closing`, all marks are.
    """
    seen, at = 0, 0
    while at < len(words) and seen < count:
        seen += sum(c.isalnum() for c in words[at].casefold())
        at += 1
    if closing:
        return at
    next = at
    while next < len(words) and not words[next].isalnum():
        next += 1
    while next > at and words[next - 1] in _OPENING:
        next -= 1
    return next


def _tidy(words: str) -> str:
    return " ".join(words.translate(_INVISIBLE).split())
