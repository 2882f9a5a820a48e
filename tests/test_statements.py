"""Who said what: the cases that a journalist can read (tests/cases/statements.md), and what holds for any
text."""

import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import read_article
from onrecord.capture import payload_digest
from onrecord.statements import Quotation, find_quotations, find_statements
from onrecord.types import Article, Block, Capture, Found, Page, Problem, Span, Statement

CASES = Path(__file__).parent / "cases" / "statements.md"


@dataclass(frozen=True)
class Case:
    title: str
    text: str
    ledger: tuple[str, ...]
    published: str | None
    outlet: str | None
    fails: str | None


def read_cases() -> list[Case]:
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        text = re.search(r"```text\n(.*?)\n```", part, re.DOTALL)
        ledger = re.search(r"```ledger\n(.*?)\n```", part, re.DOTALL)
        published = re.search(r"^published: (\S+)$", part, re.MULTILINE)
        outlet = re.search(r"^outlet: (.+)$", part, re.MULTILINE)
        fails = re.search(r"^known to fail: (.+)$", part, re.MULTILINE)
        assert text is not None, part
        assert ledger is not None, part
        cases.append(
            Case(
                title=part.splitlines()[0],
                text=text[1],
                ledger=tuple(ledger[1].splitlines()),
                published=published[1] if published else None,
                outlet=outlet[1] if outlet else None,
                fails=fails[1] if fails else None,
            )
        )
    return cases


def list_cases() -> list[Any]:
    """The cases; one known to fail says why, and fails the day that it fails no more."""
    return [
        pytest.param(
            case,
            id=case.title,
            marks=[pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else [],
        )
        for case in read_cases()
    ]


def read_text(
    text: str, published: str | None = None, outlet: str | None = None
) -> tuple[str, list[Statement], list[Problem]]:
    """The statements of a text that is all article."""
    payload = text.encode("utf-8", "surrogatepass")
    digest = payload_digest(payload)
    blocks = tuple(
        Block(span=Span(m.start(), m.end()), role="paragraph") for m in re.finditer(r"\S(?:[^\n]*\S)?", text)
    )
    page = Page(payload_digest=digest, text=text, text_version="text-1", blocks=blocks)
    day = Found(value=published, known="outside", where="command line") if published else None
    paper = Found(value=outlet, known="printed", where="meta og:site_name") if outlet else None
    found = list(find_statements(page, Article(published=day, outlet=paper, body=blocks)))
    statements = [x for x in found if isinstance(x, Statement)]
    return text, statements, [x for x in found if isinstance(x, Problem)]


@pytest.mark.parametrize("case", list_cases())
def test_case(case: Case) -> None:
    text, statements, _ = read_text(case.text, case.published, case.outlet)
    lines = [_line(text, s) for s in statements]
    wanted = [] if case.ledger == ("(nothing)",) else [_wanted(line) for line in case.ledger]
    assert lines == [w[0] for w in wanted]
    for statement, (_, extras) in zip(statements, wanted, strict=True):
        for key, value in extras.items():
            assert _known(text, statement, key) == value, (key, case.title)


def _line(text: str, s: Statement) -> tuple[str, str, str]:
    return tuple(" … ".join(span.of(text) for span in spans) for spans in (s.source, s.cue, s.content))  # type: ignore[return-value]


def _wanted(line: str) -> tuple[tuple[str, str, str], dict[str, str]]:
    source, cue, content, *rest = [part.strip() for part in line.split("|")]
    extras = {}
    for extra in re.split(r";\s(?=[a-z]+: )", rest[0]) if rest and rest[0] else []:
        key, _, value = extra.partition(": ")
        extras[key] = value
    return (source, cue, content), extras


def _known(text: str, s: Statement, key: str) -> str | None:
    speaker, when = s.speaker, s.said_on
    known = {
        "kind": s.kind,
        "polarity": s.polarity,
        "tier": s.tier,
        "speaker": speaker.name if speaker else "(none)",
        "role": (speaker.role or "(none)") if speaker else None,
        "type": speaker.type if speaker else None,
        "chain": " < ".join(span.of(text) for span in speaker.mentions) if speaker else None,
        "to": s.addressee.of(text) if s.addressee else None,
        "via": ", ".join(relay.name for relay in s.via) or "(none)",
        "told": ", ".join(relay.name for relay in s.via if relay.told) or "(none)",
        "day": (when.value if when and when.value else "unknown"),
    }
    return known[key]


def test_weekday_without_an_anchor_stays_unresolved() -> None:
    _, statements, _ = read_text("The Valley Council said on Friday that it would appeal.")
    assert [s.said_on.value if s.said_on else None for s in statements] == [None]


def test_an_article_in_another_language_is_kept_but_not_read() -> None:
    line = "Die Talsperre bleibt zu, sagte Lann am Freitag. „Wir warten“, said er, und das Wasser steigt."
    _, statements, problems = read_text("\n\n".join([line] * 5))
    assert statements == []
    assert ["not in English" in p.message for p in problems] == [True]


def test_unclosed_mark_is_a_problem_that_names_its_place() -> None:
    text, _, problems = read_text("Ostrey said: “The order stands.\n\nThe river fell.")
    assert [p.span.of(text) for p in problems if p.span] == ["“"]


def test_comment_is_never_a_statement() -> None:
    text = "Ostrey said the order stands.\n“The order stands,” Ostrey said. Ha ha."
    article = Block(span=Span(0, 29), role="paragraph")
    comment = Block(span=Span(30, len(text)), role="comment")
    page = Page(payload_digest="sha256:0", text=text, text_version="text-1", blocks=(article, comment))
    capture = Capture(payload=b"", payload_digest="sha256:0", place="test", media_type="text/plain")
    found = [s for s in find_statements(page, read_article(page, capture)) if isinstance(s, Statement)]
    assert len(found) == 1
    assert all(span.end <= 29 for s in found for span in s.content)


_WORDS = st.sampled_from(
    [
        *"Ostrey said that the order stands , . ; : “ ” \" ' ’ ‘ « » `` '' – ( ) and but told".split(),
        *"reporters according to Vesna he she it they who which denied declined comment on Friday".split(),
        *"Nov. 11 adding “We will stay,” Mr Lann , the head of added calling was quoted by as saying".split(),
        "\n",
        "\n\n",
    ]
)
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_every_span_lies_inside_its_page(text: str) -> None:
    text, statements, _ = read_text(text)
    for s in statements:
        spans = [*s.source, *s.cue, *s.content, *(r.span for r in s.via)]
        spans += [s.addressee] if s.addressee else []
        spans += list(s.speaker.mentions) if s.speaker else []
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert s.content or s.kind == "no-comment"
        assert list(s.content) == sorted(s.content)


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_reading_twice_changes_nothing(text: str) -> None:
    assert read_text(text)[1] == read_text(text)[1]


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_quotations_do_not_overlap_and_lie_inside_their_marks(text: str) -> None:
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    found = [q for q in find_quotations(text, lines) if isinstance(q, Quotation)]
    for q in found:
        assert q.outer.start <= q.inner.start <= q.inner.end <= q.outer.end
    for a, b in itertools.pairwise(found):
        assert a.outer.end <= b.outer.start
