"""Citations: the cases of `cases/citations.md`, and what must hold in every format for any page."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from made_ledger import make_ledger
from web_client import ask as browse

from onrecord import cite, open_ledger, search_entries
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import get_entry
from onrecord.types import Entry, Kind, Span
from onrecord.views.citation import Citation, make_citation
from onrecord.views.citation_formats import (
    FORMATS,
    CitationFormat,
    join_citations,
    make_csl,
    render_citation,
)
from onrecord.views.citing import find_citations
from onrecord.views.saying import Saying
from onrecord.views.web import make_app

CASES = Path(__file__).parent / "cases" / "citations.md"
_FENCED = re.compile(r"^```(\w+) ?(.*)\n([\s\S]*?)^```$", re.MULTILINE)
_HEAD = "Bridge row grows in Selm\n\nBy Ida Korr March 11, 2031\n\n"


def _cases() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        yield pytest.param(_FENCED.findall(body), id=title)


@pytest.mark.parametrize("case", list(_cases()))
def test_a_case_is_cited_as_it_says(case: list[tuple[str, str, str]], tmp_path: Path) -> None:
    [text] = [body for kind, _, body in case if kind == "text"]
    page = text if text.startswith("Bridge row") else _HEAD + text
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    ledger = tmp_path / "ledger"
    assert ask("add", tmp_path / "page.txt", ledger=ledger).code == 0
    for kind, words, expected in case:
        if kind == "text":
            continue
        [entry] = [e for e in _entries(ledger) if words in " ".join(e.content)]
        printed = ask("cite", entry.id, ledger=ledger).out
        if kind == "footnote":
            assert _without_ids(printed, entry) == expected.replace("*", "")
        else:
            assert printed.startswith(" ".join(expected.split("\n")))


def _entries(ledger: Path) -> list[Entry]:
    with open_ledger(ledger) as opened:
        return list(search_entries(opened, limit=None))


def _without_ids(printed: str, entry: Entry) -> str:
    printed = re.sub(r"(?<=characters )[\d–, ]+(?= of)", "SPAN", printed)
    printed = re.sub(r"(?<=: “Friday”: ).*?(?=\. Nobody)", "DAYS", printed)
    digest = entry.page.payload_digest
    return printed.replace(entry.id, "ID").replace(entry.page.id, "PAGE").replace(digest, "DIGEST")


DENIAL = _HEAD + (
    "SELM – Council leader Dana Ruel denied that the north bridge had been closed by mistake.\n\n"
    "Ruel said the repairs would be finished by June. Asked about the cost, Ruel did not comment on the "
    "missing invoices.\n\n“We will open it when it is safe,” Ruel told reporters on Tuesday.\n"
)


@pytest.fixture(scope="module")
def denial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of one article with a denial, a report, a refusal and a quotation."""
    folder = tmp_path_factory.mktemp("denial")
    (folder / "denial.txt").write_text(DENIAL, encoding="utf-8")
    assert ask("add", folder / "denial.txt", ledger=folder / "ledger").code == 0
    return folder / "ledger"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "ledger"
    make_ledger(folder)
    return folder


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("closed by mistake", "Dana Ruel (Council leader) denied that the north bridge had been closed by"),
        ("missing invoices", "Dana Ruel (Council leader) did not comment on the missing invoices"),
        ("finished by June", "Dana Ruel (Council leader) said the repairs would be finished by June"),
    ],
)
def test_the_printed_cue_stands_in_every_format(
    denial: Path, format: CitationFormat, words: str, printed: str
) -> None:
    with open_ledger(denial) as ledger:
        [entry] = search_entries(ledger, f'"{words}"')
        assert printed in cite(ledger, entry.id, format=format)


def test_terminal_browser_api_and_python_give_the_same(denial: Path) -> None:
    with open_ledger(denial) as ledger:
        [entry] = search_entries(ledger, '"closed by mistake"')
        given = {format: cite(ledger, entry.id, format=format) for format in FORMATS}
    app = make_app(denial)
    html = browse(app, f"/page/{entry.page.id}?s={entry.id}").text
    for format, words in given.items():
        assert ask("cite", entry.id, "--format", format, ledger=denial).out == words + "\n"
        answer = browse(app, f"/api/entries/{entry.id}/citation?format={format}").json()
        assert (answer["id"], answer["format"]) == (entry.id, format)
        assert answer["citation"] == (json.loads(words)[0] if format == "csl" else words)
        [shown] = re.findall(rf'<textarea id="cite-{format}"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
        assert unescape(shown) == words


def test_several_statements_are_one_list(denial: Path) -> None:
    ids = [entry.id for entry in _entries(denial)]
    assert len(ask("cite", *ids, ledger=denial).out.split("\n\n")) == len(ids)
    listed = json.loads(ask("cite", *ids, *ids, "--format", "csl", ledger=denial).out)
    assert [item["id"] for item in listed] == [f"onrecord-{id}" for id in ids]
    assert ask("cite", *ids, "--format", "bibtex", ledger=denial).out.count("@misc{onrecord-") == len(ids)
    answer = ask("--json", "cite", *ids, ledger=denial).json
    assert [one["id"] for one in answer["citations"]] == ids


def test_a_file_is_written_whole_and_what_was_written_is_told(denial: Path, tmp_path: Path) -> None:
    id = _entries(denial)[0].id
    done = ask("cite", id, "--format", "bibtex", "--output", tmp_path / "a.bib", ledger=denial)
    assert (done.code, done.out, done.err) == (0, "", f"1 citation written to {tmp_path / 'a.bib'}\n")
    assert (tmp_path / "a.bib").read_text(encoding="utf-8").startswith(f"@misc{{onrecord-{id},")
    told = ask("--json", "cite", id, "--output", tmp_path / "b.txt", ledger=denial).json
    assert told == {"output": str(tmp_path / "b.txt"), "format": "text", "citations": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.bib", "b.txt"]
    nowhere = ask("cite", id, "--output", tmp_path / "no" / "a.bib", ledger=denial)
    assert nowhere.code == 2
    assert "choose another place with --output" in nowhere.err


def test_what_can_not_be_cited_is_told(denial: Path) -> None:
    unknown = ask("cite", "s0000", ledger=denial)
    assert unknown.code == NotFound.exit_code
    assert "`onrecord said` lists entries with their ids" in unknown.err
    assert ask("cite", ledger=denial).code == 2
    wrong = ask("cite", _entries(denial)[0].id, "--format", "apa", ledger=denial)
    assert wrong.code == BadRequest.exit_code
    assert "text, markdown, csl, bibtex" in wrong.err
    app = make_app(denial)
    assert browse(app, "/api/entries/s0000/citation").status_code == 404
    assert browse(app, f"/api/entries/{_entries(denial)[0].id}/citation?format=apa").status_code == 400


# What the JSON schema of CSL 1.0.2 allows of the fields that we fill.
_CSL_STRINGS = {"id", "type", "title", "container-title", "section", "URL", "language", "note"}


def _check_csl(item: dict[str, Any]) -> None:
    assert item["type"] in ("article-newspaper", "webpage")
    for name, value in item.items():
        if name in _CSL_STRINGS:
            assert isinstance(value, str)
            assert value
        elif name == "author":
            assert value
            assert all(set(one) in ({"family", "given"}, {"literal"}) for one in value)
        else:
            assert name in ("issued", "accessed")
            [parts] = value["date-parts"]
            assert set(value) == {"date-parts"}
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)


def test_csl_holds_nothing_but_what_its_schema_knows(made: Path, denial: Path) -> None:
    for folder in (made, denial):
        with open_ledger(folder) as ledger:
            for one in find_citations(ledger, [entry.id for entry in search_entries(ledger, limit=None)]):
                _check_csl(make_csl(one))


def test_csl_and_bibtex_have_the_pages_fields(made: Path) -> None:
    with open_ledger(made) as ledger:
        [entry] = search_entries(ledger, '"lower gates stay open"', kind="direct")
        [citation] = find_citations(ledger, [entry.id])
    item = make_csl(replace(citation, authors=("Ansel Krey", "Northline Desk"), published="2031-03"))
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"family": "Krey", "given": "Ansel"}, {"literal": "Northline Desk"}]
    assert item["issued"] == {"date-parts": [[2031, 3]]}
    assert item["container-title"] == "Northline"
    for part in (entry.id, entry.page.payload_digest):
        assert part in item["note"]
    entry_of = render_citation(replace(citation, authors=("Ansel Krey", "Northline Desk")), "bibtex")
    assert "  author = {Krey, Ansel and {Northline Desk}},\n" in entry_of
    assert "  year = {2031},\n  month = mar,\n  day = {11},\n" in entry_of


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ida Korr", ("Ida", "Korr")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("W. E. B. Du Bois", ("W. E. B.", "Du Bois")),
        ("J.R.R. Tolkien", ("J.R.R.", "Tolkien")),
        ("Maria O'Neill-Smith", ("Maria", "O'Neill-Smith")),
        ("Reuters", None),
        ("Northline staff", None),
        ("The Selm Courier", None),
        ("Ida Korr and Bo Li", None),
        ("Martin Luther King Jr.", None),
        ("Dr. Anna Holm", None),
        ("李娜", None),
        ("<b>Ida</b> Korr", None),
    ],
)
def test_an_author_is_cut_in_two_only_where_that_is_sure(author: str, name: tuple[str, str] | None) -> None:
    [given] = make_csl(replace(PLAIN, authors=(author,)))["author"]
    assert given == ({"given": name[0], "family": name[1]} if name else {"literal": author})


PLAIN = Citation(
    id="s0123456789abcdef",
    words="Dana Ruel said the bridge was safe",
    told="",
    authors=("Ida Korr",),
    title="Bridge row grows in Selm",
    outlet="The Selm Courier",
    credit=None,
    site="selmcourier.example",
    file="bridge.html",
    published="2031-03-11",
    published_known="printed",
    day="day of saying not told",
    uri="https://selmcourier.example/bridge",
    captured_at="2031-03-12T08:00:00Z",
    characters="12–40",
    text_version="html-2",
    digest="sha256:00",
    page="p0123456789abcdef",
    language="en",
    section=None,
)


def test_a_copy_names_whose_it_is_and_an_unknown_outlet_its_site() -> None:
    assert "*The Selm Courier*, credited to Northline, published" in render_citation(
        replace(PLAIN, credit="Northline"), "markdown"
    )
    nameless = replace(PLAIN, outlet=None)
    assert "“Bridge row grows in Selm”, selmcourier.example, published" in render_citation(nameless)
    assert make_csl(nameless)["type"] == "webpage"
    found = replace(nameless, site=None, uri=None)
    assert "“Bridge row grows in Selm”, file bridge.html, published" in render_citation(found)
    assert "container-title" not in make_csl(found)


@pytest.mark.parametrize("uri", ["javascript:alert(4)", "data:text/html,<b>", "file:///etc/passwd"])
def test_an_address_that_must_not_be_followed_is_no_link(uri: str) -> None:
    citation = replace(PLAIN, uri=uri)
    assert "URL" not in make_csl(citation)
    assert "url =" not in render_citation(citation, "bibtex")
    assert f"<{uri}" not in render_citation(citation, "markdown")
    assert f"Address as given: {uri}." in make_csl(citation)["note"]


LOUD = "1. *Dana* _Ruel_ [x](javascript:alert(1)) <b>&amp; `code` # | ~~~ www.evil.example http://evil.example a@b.example"  # noqa: E501


def test_markdown_of_a_page_is_words() -> None:
    markdown = render_citation(replace(PLAIN, words=LOUD, title=LOUD, outlet=LOUD), "markdown")
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", markdown)
    # What is left unescaped is ours: the outlet's stars and the address.
    assert re.sub(r"<https://selmcourier\.example/bridge>", "", bare).count("<") == 0
    assert bare.count("*") == 2
    for sign in "_[]`#|~@&":
        assert sign not in bare
    assert "www." not in bare
    assert "http://" not in bare
    assert markdown.startswith("1\\. ")


def test_bibtex_of_a_page_is_words() -> None:
    loud = 'A}, evil = {x \\input{/etc/passwd} % $x$ #1 & {{{ } ~ ^ "'
    entry = render_citation(
        replace(PLAIN, words=loud, title=loud, outlet=loud, authors=(loud, "Ida Korr")), "bibtex"
    )
    assert _read_bibtex(entry).keys() == {
        *("author", "title", "howpublished", "year", "month", "day", "url", "urldate", "note")
    }
    assert not re.search(r"\\(?!text|[$&#_%])", entry)


def test_a_note_holds_no_field_for_programs_that_look_for_some() -> None:
    note = make_csl(replace(PLAIN, words="{:type: book} title: other\nissued: 1999"))["note"]
    assert note.startswith("Statement s0123456789abcdef, characters")
    assert "{:" not in note


def _read_bibtex(entry: str) -> dict[str, str]:
    """Read an entry as BibTeX does: a value ends where its braces do, and no sign hides one."""
    head = re.match(r"@misc\{onrecord-s[0-9a-f]{16},\n", entry)
    assert head, entry
    fields, at = {}, head.end()
    while entry[at] != "}":
        name = re.compile(r"  (\w+) = ").match(entry, at)
        assert name, entry[at:]
        at = start = name.end()
        depth = 0
        while depth or entry[at] not in ",\n":
            depth += (entry[at] == "{") - (entry[at] == "}")
            at += 1
        fields[name[1]] = entry[start:at]
        at = entry.index("\n", at) + 1
    assert entry[at:] == "}"
    return fields


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_cited_in_every_format(words: str, title: str, author: str) -> None:
    said = " ".join(words.split()) or "x"
    citation = replace(
        PLAIN, words=said, title=" ".join(title.split()) or None, authors=tuple(author.split())
    )
    for format in get_args(CitationFormat):
        rendered = render_citation(citation, format)
        assert rendered
    _check_csl(json.loads(render_citation(citation, "csl"))[0])
    _read_bibtex(render_citation(citation, "bibtex"))


@given(text=st.text(alphabet="“”\"'‘’«» ,.abc\n", max_size=40), data=st.data())
def test_any_marks_around_any_words_are_cited(made_entry: Entry, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = replace(made_entry.spans, content=(Span(start, end),), cue=(), source=(), via=())
    entry = replace(made_entry, content=(text[start:end],), cue=None, spans=spans)
    citation = make_citation(Saying(entry=entry, day="", iso=None, how="", chain=()), text)
    # No mark is made up: those that stand in the citation stand around the words or in them.
    assert made_entry.speaker
    shown = citation.words.removeprefix(made_entry.speaker.name)
    if not set("“”\"'‘’«»") & set(text):
        assert not set("“”\"'‘’«»") & set(shown.partition(": ")[2])


@pytest.mark.parametrize(
    ("text", "content", "kind", "cited"),
    [
        # The mark before belongs to what somebody else said.
        ("“It is safe.” The bridge was “in good order”", "The bridge was “in good order", "mixed", None),
        ('"It is safe." The bridge was "in good order"', 'The bridge was "in good order', "mixed", None),
        ("said he had “nothing to add” today", "nothing to add", "no-comment", "“nothing to add”"),
        ("« Nous ouvrirons », a-t-elle dit", "Nous ouvrirons", "direct", "«Nous ouvrirons»"),
        ("&quot;We will open it,&quot; she said", "We will open it,", "direct", "“We will open it”"),
        ("RUEL: We will open it.", "We will open it.", "direct", "We will open it."),
        ("she said ‘open it’ twice", "open it", "indirect", "open it"),
    ],
)
def test_marks_are_those_that_the_page_has_around_the_words(
    made_entry: Entry, text: str, content: str, kind: Kind, cited: str | None
) -> None:
    start = text.index(content)
    span = Span(start, start + len(content))
    spans = replace(made_entry.spans, content=(span,), cue=(), source=(), via=())
    entry = replace(made_entry, kind=kind, content=(content,), cue=None, spans=spans)
    made = make_citation(Saying(entry=entry, day="", iso=None, how="", chain=()), text)
    assert made.words.partition(": ")[2] == (cited or content + text[span.end :])


@pytest.fixture(scope="module")
def made_entry(denial: Path) -> Entry:
    with open_ledger(denial) as ledger:
        [found] = search_entries(ledger, '"when it is safe"')
        return get_entry(ledger, found.id)


def test_many_are_joined_in_the_order_asked_for() -> None:
    two = [PLAIN, replace(PLAIN, id="s1111111111111111")]
    for format in FORMATS:
        joined = join_citations(two, format)
        assert joined.index("s0123456789abcdef") < joined.index("s1111111111111111")
