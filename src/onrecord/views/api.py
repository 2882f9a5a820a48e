"""The ledger as JSON under /api: the same questions as the pages answer, in the field names of the export."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from onrecord.across import Versions, read_versions
from onrecord.across.related import find_related
from onrecord.checks.verdicts import QuotationCheck
from onrecord.ledger import (
    check_quotation,
    count,
    find_again,
    get_entry,
    get_page,
    get_remark,
    get_speaker,
    get_story,
    list_comments,
    list_pages,
    list_problems,
    list_speakers,
    list_stories,
    list_versions,
    search_entries,
)
from onrecord.types import Entry, Kind
from onrecord.views.answers import (
    CitationAnswer,
    CommentList,
    EntryList,
    LedgerAnswer,
    LineAnswer,
    PageAnswer,
    PageList,
    PerhapsAnswer,
    RelatedAnswer,
    RemarkAnswer,
    SpeakerAnswer,
    SpeakerList,
    StoryAnswer,
    StoryList,
    SubjectAnswer,
    SubjectList,
    Trouble,
    answer_line,
    answer_page,
    answer_perhaps,
    answer_remark,
    answer_story,
    answer_subject,
    answer_subjects,
    answer_with,
    ids_of,
)
from onrecord.views.ask import parse_question
from onrecord.views.citation_formats import CitationFormat, make_csl, render_citation
from onrecord.views.citing import find_citations
from onrecord.views.comments import cover_page
from onrecord.views.export import encode_json
from onrecord.views.filed_from import find_filed_from, find_filters
from onrecord.views.line import draw_line, find_line
from onrecord.views.perhaps import find_perhaps_in
from onrecord.views.reader import Reader
from onrecord.views.subject import find_subjects_of, read_subject
from onrecord.views.timeline import Timeline, read_timeline
from onrecord.views.turning import Offset, turn

__all__ = ["RESPONSES", "router"]

RESPONSES: dict[int | str, dict[str, Any]] = {
    400: answer_with(Trouble, "What was asked makes no sense: an impossible date, an unknown kind."),
    404: answer_with(Trouble, "Nothing in the ledger bears that id or name; near ones are named."),
    # With a default, FastAPI leaves out the 422 that it would describe and that is never given.
    "default": answer_with(Trouble, "Any other trouble; 503 when the ledger can't be read."),
}

router = APIRouter(prefix="/api", responses=RESPONSES)

Limit = Annotated[int, Query(ge=1, le=1000, description="How many to give at most.")]
Question = Annotated[
    str | None,
    Query(description="The search box: words and filters, as in `by:ostrey since:2031-03`."),
]
Words = Annotated[
    str | None,
    Query(description="Words that content, source or speaker hold; in double quotes: side by side."),
]
About = Annotated[
    str | None, Query(description="Words in the content, the page's headline or the story's title.")
]
Subject = Annotated[
    str | None,
    Query(description="Words that a remark has, or its paragraph and the one before; in quotes: in a row."),
]
SubjectName = Annotated[
    str,
    Query(
        description="Words that a statement has, or its paragraph and the one before; in quotes: in a row.",
        min_length=1,
    ),
]
Since = Annotated[
    str | None,
    Query(description="First day, month or year of saying, else of publication.", examples=["2031-03"]),
]
Until = Annotated[str | None, Query(description="The last one, included.", examples=["2031-03-11"])]
Name = Annotated[
    str | None,
    Query(description="A speaker: a name as any page prints it, the last name, or a speaker's id."),
]
LineBy = Annotated[
    str, Query(description="A speaker: a name as any page prints it, the last name, or a speaker's id.")
]
KindOf = Annotated[Kind | None, Query(description="How the page reports it.")]
Least = Annotated[
    float | None,
    Query(
        ge=0,
        le=1,
        description="Only statements whose `confidence` is at least this; null is left out.",
        examples=[0.8],
    ),
]
Outlet = Annotated[str | None, Query(description="The outlet's name.")]
StoryId = Annotated[str | None, Query(description="A story's id.")]
FiledFromPlace = Annotated[
    str | None,
    Query(description="The dateline's place, as pages print it, or a country.", examples=["France"]),
]
OnPage = Annotated[str | None, Query(description="A page's id, the beginning of it, or its address.")]
Quotation = Annotated[str, Query(description="The words to look for.", min_length=1)]
EntryId = Annotated[str, Path(description="A statement's permanent id.")]
RemarkId = Annotated[str, Path(description="A remark's id, as statements give it.")]
StoryName = Annotated[str, Path(description="A story's id, or a page of it: its id or its address.")]
TimelineStory = Annotated[
    str | None, Query(description="A story's id, or a page of it; a timeline is of one story, name or words.")
]
Most = Annotated[
    int, Query(ge=0, le=100_000, description="How many lines to keep at most, those told most; 0 keeps all.")
]
SpeakerName = Annotated[str, Path(description="A speaker's id, or a name that no other speaker bears.")]
PageName = Annotated[
    str, Path(description="A page's id, the beginning of it, its address, or the place it was read from.")
]

FormatOf = Annotated[CitationFormat, Query(description="The form of the citation.")]
VersionsOf = Annotated[
    Literal["once", "all"],
    Query(description="What several versions of a page share: given once, or for each version."),
]

Handles = Annotated[bool, Query(description="Give the names readers go by, and their words as printed.")]

PageId = Annotated[str, Path(description="A page's id, or the beginning of it.")]


def _json(value: Any) -> Response:
    """Answer with what the exports write: the same names, the same values."""
    return Response(encode_json(value), media_type="application/json")


@router.get("/entries", responses={200: answer_with(EntryList)}, tags=["statements"])
def search(
    request: Request,
    ledger: Reader,
    q: Question = None,
    words: Words = None,
    by: Name = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    kind: KindOf = None,
    least: Least = None,
    outlet: Outlet = None,
    story: StoryId = None,
    page: OnPage = None,
    filed_from: FiledFromPlace = None,
    versions: VersionsOf = "once",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Search what was said, newest first. Filters narrow; one of its own wins over the same inside `q`."""
    question = parse_question(
        q,
        words=words,
        by=by,
        about=about,
        since=since,
        until=until,
        kind=kind,
        least=least,
        outlet=outlet,
        story=story,
        page=page,
        filed_from=filed_from,
    )
    filters, _ = find_filters(ledger, question)
    fold = versions == "once"
    found = search_entries(ledger, question.words, **filters, fold=fold, limit=limit + 1, offset=offset)
    rows, turning = turn(request, found, offset=offset, limit=limit)
    again = ids_of(find_again(ledger, rows)) if fold else {}
    return _json(EntryList(entries=tuple(rows), next=turning.after, versions=again))


@router.get("/entries/{id}", responses={200: answer_with(Entry)}, tags=["statements"])
def one_entry(ledger: Reader, id: EntryId) -> Response:
    """Give a statement by its permanent id."""
    return _json(get_entry(ledger, id))


@router.get("/entries/{id}/citation", responses={200: answer_with(CitationAnswer)}, tags=["statements"])
def citation_of_entry(ledger: Reader, id: EntryId, format: FormatOf = "text") -> Response:
    """Cite a statement: as a footnote in text or Markdown, as a CSL-JSON item, or as a BibTeX entry."""
    [found] = find_citations(ledger, (id,))
    shown = make_csl(found) if format == "csl" else render_citation(found, format)
    return _json(CitationAnswer(id=found.id, format=format, citation=shown))


@router.get("/remarks/{id}", responses={200: answer_with(RemarkAnswer)}, tags=["statements"])
def one_remark(ledger: Reader, id: RemarkId) -> Response:
    """Give one remark with every wording of it, oldest page first."""
    return _json(answer_remark(get_remark(ledger, id)))


@router.get("/check", responses={200: answer_with(QuotationCheck)}, tags=["statements"])
def check(ledger: Reader, quotation: Quotation, by: Name = None) -> Response:
    """Tell whether words are on record: verbatim, altered, another speaker's, or only outside an article."""
    return _json(check_quotation(ledger, quotation, by=by))


@router.get("/pages", responses={200: answer_with(PageList)}, tags=["pages"])
def all_pages(
    request: Request,
    ledger: Reader,
    filed_from: FiledFromPlace = None,
    versions: VersionsOf = "once",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """List the saved pages, newest first; or those that were filed from a place."""
    places = find_filed_from(ledger, filed_from).places if filed_from else None
    fold = versions == "once"
    found = list_pages(ledger, filed_from=places, fold=fold, limit=limit + 1, offset=offset)
    rows, turning = turn(request, found, offset=offset, limit=limit)
    all_of = list_versions(ledger, rows) if fold else {}
    return _json(PageList(pages=tuple(rows), next=turning.after, versions=all_of))


@router.get("/pages/{id:path}/comments", responses={200: answer_with(CommentList)}, tags=["pages"])
def comments_of_page(ledger: Reader, id: PageName, handles: Handles = False) -> Response:
    """Give what readers wrote under a page, with readers by number: nobody asked them to be on record."""
    return _json(CommentList(comments=tuple(list_comments(ledger, id, handles=handles))))


@router.get("/pages/{id}/versions", responses={200: answer_with(Versions)}, tags=["pages"])
def page_versions(ledger: Reader, id: PageId) -> Response:
    """Compare the versions of a page: blocks added, removed and changed, corrections, statements."""
    return _json(read_versions(ledger, id))


@router.get("/pages/{id:path}", responses={200: answer_with(PageAnswer)}, tags=["pages"])
def one_page(ledger: Reader, id: PageName, handles: Handles = False) -> Response:
    """Give a page: its text of record, blocks with roles, what it says of itself, statements, copies.

    `headline_checks` sets what the headline and the first paragraph give as somebody's words beside the body.

    Readers' handles in the text are blacked out, character for character, unless they are asked for.
    """
    record = get_page(ledger, id)
    return _json(answer_page(record if handles else cover_page(record)))


@router.get("/stories", responses={200: answer_with(StoryList)}, tags=["stories"])
def all_stories(request: Request, ledger: Reader, limit: Limit = 100, offset: Offset = 0) -> Response:
    """List the stories, newest first."""
    found = list_stories(ledger, limit=limit + 1, offset=offset)
    rows, turning = turn(request, found, offset=offset, limit=limit)
    return _json(StoryList(stories=tuple(rows), next=turning.after))


@router.get("/stories/{id}/related", responses={200: answer_with(RelatedAnswer)}, tags=["stories"])
def related_stories(ledger: Reader, id: StoryName) -> Response:
    """Give earlier and later stories, and pages in none, that have names in common with a story."""
    return _json(RelatedAnswer(related=tuple(find_related(ledger, get_story(ledger, id).id))))


@router.get("/stories/{id}/perhaps", responses={200: answer_with(PerhapsAnswer)}, tags=["stories"])
def perhaps_one(ledger: Reader, id: StoryName) -> Response:
    """Give the statements of a story that are perhaps one remark, two by two: nothing is joined by it."""
    return _json(answer_perhaps(find_perhaps_in(ledger, get_story(ledger, id).id)))


@router.get("/stories/{id:path}", responses={200: answer_with(StoryAnswer)}, tags=["stories"])
def one_story(ledger: Reader, id: StoryName) -> Response:
    """Give a story by its id, or by a page of it, with everything that was said in its articles."""
    record = get_story(ledger, id)
    found = search_entries(ledger, story=record.id, limit=None)
    return _json(answer_story(record, found))


@router.get("/speakers", responses={200: answer_with(SpeakerList)}, tags=["speakers"])
def all_speakers(request: Request, ledger: Reader, limit: Limit = 100, offset: Offset = 0) -> Response:
    """List the speakers, those with most statements first."""
    found = list_speakers(ledger, limit=limit + 1, offset=offset)
    rows, turning = turn(request, found, offset=offset, limit=limit)
    return _json(SpeakerList(speakers=tuple(rows), next=turning.after))


@router.get("/speakers/{id}", responses={200: answer_with(SpeakerAnswer)}, tags=["speakers"])
def one_speaker(ledger: Reader, id: SpeakerName) -> Response:
    """Give a speaker by id or by name, with every name and role printed and everything they said."""
    record = get_speaker(ledger, id)
    found = search_entries(ledger, by=record.speaker.id, fold=True, limit=None)
    again = ids_of(find_again(ledger, found))
    return _json(SpeakerAnswer(speaker=record, entries=tuple(found), versions=again))


@router.get("/line", responses={200: answer_with(LineAnswer)}, tags=["speakers"])
def one_line(
    ledger: Reader,
    by: LineBy,
    about: Subject = None,
    since: Since = None,
    until: Until = None,
) -> Response:
    """Give how a speaker's line on a subject moved: remarks in date order, each beside the last like it."""
    return _json(answer_line(draw_line(ledger, find_line(ledger, by, about=about, since=since, until=until))))


@router.get("/subjects", responses={200: answer_with(SubjectList)}, tags=["subjects"])
def subjects(ledger: Reader) -> Response:
    """Give what the newest statements are about."""
    return _json(answer_subjects(find_subjects_of(ledger)))


@router.get("/subject", responses={200: answer_with(SubjectAnswer)}, tags=["subjects"])
def one_subject(ledger: Reader, about: SubjectName) -> Response:
    """Give what is on record about a subject: statements, by whom, in which stories, what comes with it."""
    return _json(answer_subject(read_subject(ledger, about)))


@router.get("/timeline", responses={200: answer_with(Timeline)}, tags=["stories"])
def one_timeline(
    ledger: Reader, story: TimelineStory = None, by: Name = None, about: About = None, limit: Most = 0
) -> Response:
    """Give the timeline of one story, speaker or subject: dated events and remarks, a line each."""
    return _json(read_timeline(ledger, story=story, by=by, about=about, limit=limit or None))


@router.get("/ledger", responses={200: answer_with(LedgerAnswer)}, tags=["ledger"])
def the_ledger(ledger: Reader) -> Response:
    """Give how much the ledger holds, and what went wrong with pages."""
    return _json(LedgerAnswer(counts=count(ledger), problems=tuple(list_problems(ledger))))
