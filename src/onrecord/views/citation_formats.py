"""Citations as text, Markdown, CSL-JSON and BibTeX. A page's words are data: each format escapes them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args
from urllib.parse import quote

import msgspec

from onrecord.errors import BadRequest
from onrecord.views.citation import Citation
from onrecord.views.visible import find_link

__all__ = [
    "FORMATS",
    "FORMAT_NAMES",
    "CitationFormat",
    "join_citations",
    "make_csl",
    "read_format",
    "render_citation",
]

CitationFormat = Literal["text", "markdown", "csl", "bibtex"]
FORMATS: tuple[CitationFormat, ...] = get_args(CitationFormat)
FORMAT_NAMES: Mapping[CitationFormat, str] = {
    "text": "Text",
    "markdown": "Markdown",
    "csl": "CSL-JSON",
    "bibtex": "BibTeX",
}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ENDED = re.compile(r"[.!?…][\"'”’»›“‘]*$")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>&#~|!$^@=])")
# At the beginning of a line these make a list, a rule or a heading.
_MARKDOWN_FIRST = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+:])")
# Some readers of Markdown make links of bare addresses.
_MARKDOWN_LINK = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=\bwww)\.")
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    '"': r"{\textquotedbl}",
    **{sign: "\\" + sign for sign in "$&#_%"},
}
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]")
_JOINING = ("and", "for", "of", "with", "in", "at", "the", "und", "et")
_PERSON = re.compile(r"[^\W\d_][^\W\d_.’'-]*(?:[.’'-][^\W\d_]*)*\.?")


def read_format(asked: str) -> CitationFormat:
    """Return the format that somebody asked for; `BadRequest` names those there are."""
    for format in FORMATS:
        if asked == format:
            return format
    raise BadRequest(f"the format asked for is {asked!r}; a citation can be had as {', '.join(FORMATS)}")


def render_citation(citation: Citation, format: CitationFormat = "text") -> str:
    """Return a citation in one of the formats."""
    return join_citations((citation,), format)


def join_citations(citations: Sequence[Citation], format: CitationFormat) -> str:
    """Return citations in one of the formats: CSL-JSON as one list, the others one below the other."""
    if format == "csl":
        return msgspec.json.format(
            msgspec.json.encode([make_csl(one) for one in citations]), indent=2
        ).decode()
    render = {"text": _render_text, "markdown": _render_markdown, "bibtex": _render_bibtex}[format]
    return "\n\n".join(map(render, citations))


def _render_text(citation: Citation) -> str:
    return _footnote(citation, escape=_as_it_is, outlet=_as_it_is, address=_as_it_is)


def _render_markdown(citation: Citation) -> str:
    def outlet(words: str) -> str:
        return f"*{_escape_markdown(words)}*"

    def address(uri: str) -> str:
        return f"<{_safe_address(uri)}>" if find_link(uri) else _escape_markdown(uri)

    return _escape_first(_footnote(citation, escape=_escape_markdown, outlet=outlet, address=address))


def _footnote(
    citation: Citation,
    *,
    escape: Callable[[str], str],
    outlet: Callable[[str], str],
    address: Callable[[str], str],
) -> str:
    """Return a footnote: the statement, what it is, where it stands, when it was said, what proves it."""
    title = f"“{escape(citation.title)}”" if citation.title else None
    where = (
        *map(escape, citation.authors),
        title,
        outlet(citation.source) if citation.source else None,
        f"credited to {escape(citation.credit)}" if citation.credit and _has_other_credit(citation) else None,
        f"file {escape(citation.file)}" if citation.file and not citation.source else None,
        escape(citation.printed),
    )
    sentences = (
        escape(_sentence(citation.words)),
        escape(f"[{_capital(citation.told)}.]") if citation.told else None,
        # Without "In" a headline right behind a quotation would look like more of it.
        _sentence("In: " + ", ".join(filter(None, where))),
        escape(_sentence(_capital(citation.day))),
        address(citation.uri) if citation.uri else None,
        escape(_sentence(citation.saved)),
        escape(_sentence(citation.proof)),
    )
    return " ".join(filter(None, sentences))


def _has_other_credit(citation: Citation) -> bool:
    """Tell whether the copy is somebody else's than the outlet's that printed it."""
    return citation.credit is not None and citation.credit != citation.source


def _sentence(words: str) -> str:
    return words if _ENDED.search(words) else f"{words}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _as_it_is(words: str) -> str:
    return words


def _escape_markdown(words: str) -> str:
    return _MARKDOWN_LINK.sub(lambda sign: "\\" + sign[0], _MARKDOWN.sub(r"\\\1", words))


def _escape_first(line: str) -> str:
    """Escape what would open a list or a rule at the beginning of a line."""
    return _MARKDOWN_FIRST.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _safe_address(uri: str) -> str:
    """Return an address whose signs end no field of any format: braces, angles and spaces in percent form."""
    return quote(uri, safe="!#$%&'()*+,/:;=?@[]~-._")


def make_csl(citation: Citation) -> dict[str, Any]:
    """Return a citation as an item of CSL-JSON 1.0.2, as Zotero and its kin read it."""
    link = find_link(citation.uri)
    item = {
        "id": _key(citation),
        # What nobody is known to have printed, or when, is only something found on the web.
        "type": "article-newspaper"
        if (citation.outlet or citation.credit) and citation.published
        else "webpage",
        "title": citation.title,
        "author": [_csl_name(author) for author in citation.authors],
        "container-title": citation.source,
        "section": citation.section,
        "page": citation.sheet,
        "issued": _csl_date(citation.published),
        "accessed": _csl_date(citation.captured_at),
        "URL": _safe_address(link) if link else None,
        "language": citation.language,
        "note": _note(citation),
    }
    return {name: value for name, value in item.items() if value}


def _key(citation: Citation) -> str:
    return f"onrecord-{citation.id}"


def _note(citation: Citation) -> str:
    """Return what a list of sources has no field for. It is one line that opens with our own words, since
    programs read "type: book" at the beginning of a note's line, and "{:type: book}" anywhere, as fields."""
    parts = (
        _sentence(citation.proof),
        _sentence(citation.words),
        f"[{_capital(citation.told)}.]" if citation.told else None,
        _sentence(_capital(citation.day)),
        _sentence(_capital(citation.printed)),
        _sentence(f"Credited to {citation.credit}") if _has_other_credit(citation) else None,
        _sentence(f"File {citation.file}") if citation.file and not citation.source else None,
        f"Address as given: {citation.uri}." if citation.uri and not find_link(citation.uri) else None,
        _sentence(citation.saved),
    )
    return " ".join(filter(None, parts)).replace("{:", "{ :")


def _csl_date(value: str | None) -> dict[str, list[list[int]]] | None:
    """Return a date at the precision it was given: "2031-03" has two parts."""
    parts = _date_parts(value)
    return {"date-parts": [parts]} if parts else None


def _date_parts(value: str | None) -> list[int]:
    found = _DAY.match(value or "")
    return [int(part) for part in found.groups() if part] if found else []


def _csl_name(author: str) -> dict[str, str]:
    parts = _split_name(author)
    return {"family": parts[1], "given": parts[0]} if parts else {"literal": author}


def _split_name(author: str) -> tuple[str, str] | None:
    """Return the given and the family name of a person: ("Ludwig", "van Beethoven").

    None for whatever may be no person of that form: then the name stays whole, which is never wrong.
    """
    # What reads pages and names is imported late: the command line should start at once.
    from onrecord.article.agencies import is_agency, is_nobody
    from onrecord.people.names import read_name

    words = author.split()
    if is_agency(author) or is_nobody(author) or not 2 <= len(words) <= 6:
        return None
    if not all(_PERSON.fullmatch(word) for word in words) or words[0].lower() == "the":
        return None
    name = read_name(author)
    if name.suffix or not words[-1][0].isupper() or read_name(words[-1]).last != name.last:
        return None
    given = [word for word in words[:-1] if _INITIALS.fullmatch(word) or read_name(word).last in name.given]
    if not given or given != words[: len(given)]:  # a title stands first, or a word that nobody is called
        return None
    if any(word in _JOINING for word in words):
        return None
    return " ".join(given), " ".join(words[len(given) :])


def _render_bibtex(citation: Citation) -> str:
    """Return a citation for BibTeX and biblatex. Double braces keep the capitals of a title."""
    parts = _date_parts(citation.published)
    link = find_link(citation.uri)
    fields = {
        "author": _braced(" and ".join(map(_bibtex_name, citation.authors))) if citation.authors else None,
        "title": _braced(_braced(_escape_tex(citation.title))) if citation.title else None,
        "howpublished": _braced(_braced(_escape_tex(citation.source))) if citation.source else None,
        "year": _braced(str(parts[0])) if parts else None,
        "month": _MONTHS[parts[1] - 1] if len(parts) > 1 and 1 <= parts[1] <= 12 else None,
        "day": _braced(str(parts[2])) if len(parts) > 2 else None,
        "url": _braced(_safe_address(link)) if link else None,
        "urldate": _braced(citation.captured_at[:10]) if citation.captured_at else None,
        "note": _braced(_escape_tex(_note(citation))),
    }
    lines = [f"  {name} = {value}" for name, value in fields.items() if value]
    return f"@misc{{{_key(citation)},\n" + ",\n".join(lines) + "\n}"


def _braced(words: str) -> str:
    return f"{{{words}}}"


def _escape_tex(words: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in words)


def _bibtex_name(author: str) -> str:
    parts = _split_name(author)
    if parts is None:
        return _braced(_escape_tex(author))
    return f"{_escape_tex(parts[1])}, {_escape_tex(parts[0])}"
