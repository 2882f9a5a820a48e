"""The statements of an article in reading order."""

from collections.abc import Iterable, Iterator

from onrecord.article import find_anchor, find_bound, find_earliest
from onrecord.statements.chain.nested import add_nested, keep_apart
from onrecord.statements.chain.relay_names import drop_own
from onrecord.statements.chain.through import find_ways
from onrecord.statements.confidence import Sure, measure_confidence
from onrecord.statements.days.dating import date_all
from onrecord.statements.model.learned import Learning, read_around, read_learned, read_telling
from onrecord.statements.model.windows import take_within
from onrecord.statements.passages import Wanted, read_passages
from onrecord.statements.ranking.scene import set_scene
from onrecord.statements.ranking.who import resolve_who
from onrecord.statements.rules.attribution import Attribution, Said, is_question
from onrecord.statements.rules.disowned import find_disowned
from onrecord.statements.speakers.antecedents import SpeakerReader
from onrecord.statements.speakers.name_runs import find_people
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.document import Document, read_document
from onrecord.statements.text.english import is_english
from onrecord.types import Article, Kind, Page, Problem, Span, Statement, Tier, When

__all__ = ["find_kind", "find_ruled", "find_said", "find_said_by", "find_statements"]

# A second or two of the trained reader; what lies beyond is read by the rules alone.
_LEARNED_REACH = 100_000  # characters


def find_statements(
    page: Page, article: Article, *, captured_at: str | None = None, everything: bool = False
) -> Iterator[Statement | Problem]:
    """Yield the statements of an article in reading order, and the problems met on the way.

    With `everything`, whatever the trained reader takes for an attribution is yielded too: beliefs,
    intentions, acts that are no words, and what is not sure enough for a ledger.

    Only the headline and the paragraphs of the article are searched. Reader comments and furniture are
    not: they are evidence of what readers wrote or of other stories, not of what this page reports.
    """
    if not is_english(page.text, article.body):
        yield Problem(
            stage="statements",
            message="the article is not in English; its statements can't be read yet. The page is kept with "
            "its text, roles and dates, and `check` finds quotations in it.",
        )
        return
    anchor = find_anchor(page, article, captured_at) or find_bound(captured_at) or find_earliest(page)
    document, problems = read_document(page.text, article.body, anchor)
    yield from problems
    said, roster, learning = find_said_by(document, Wanted(everything=everything))
    own = [found.value for found in (article.outlet, article.credit, article.agency) if found is not None]
    disowned = [] if everything else _find_disowned(document)
    for one, when in date_all(document, said, learning.states):
        sure = measure_confidence(page.text, one, find_kind(document, one.what), roster)
        # When "they said" it is not when somebody told of it.
        statement = _statement(document, one, None if one.what.nested else when, own, sure)
        if statement.polarity == "denied" or not _overlap(statement.content, disowned):
            yield statement


def _find_disowned(document: Document) -> list[Span]:
    """Return what the article prints as never said: nobody's statement, whatever words of saying stand by."""
    return list(find_disowned(document.text, [one.span for one in document.paragraphs], document.quotations))


def _overlap(spans: Iterable[Span], others: Iterable[Span]) -> bool:
    found = list(others)
    return any(a.start < b.end and b.start < a.end for a in spans for b in found)


def find_said(document: Document, wanted: Wanted) -> list[Said]:
    """Return what is said in the paragraphs, with its speakers, in reading order."""
    return find_said_by(document, wanted)[0]


def find_said_by(document: Document, wanted: Wanted) -> tuple[list[Said], Roster, Learning]:
    """Return what is said, all whom the page names, and what the reader found."""
    said, roster, learning = find_ruled(document, wanted)
    if not (wanted.everything or wanted.by_rules_alone):
        said = list(resolve_who(set_scene(document, learning.names), said, roster, learning.states))
    if not wanted.everything:
        said = list(find_ways(document, list(keep_apart(said))))
    return said, roster, learning


def find_ruled(document: Document, wanted: Wanted) -> tuple[list[Said], Roster, Learning]:
    """Return what is said with the speakers that the rules give it, all whom the page names, and what the
    reader found."""
    paragraphs = [p.span for p in document.paragraphs]
    within = [] if wanted.by_rules_alone else list(take_within(_LEARNED_REACH, paragraphs))
    if wanted.everything:
        learning = read_learned(document.text, within, wide=True)
    else:
        # Beside a saying the reader looks for what the small model took for none, too.
        learning = read_telling(document.text, within)
        learning = read_around(document.text, learning, [one.cue for one in learning.cues])
    reader = SpeakerReader(find_people(document.text, paragraphs))
    said = list(read_passages(document, wanted, learning.cues, reader))
    if not wanted.everything:
        said = list(add_nested(document.masked, said, learning.cues, reader.roster))
        if not wanted.by_rules_alone:
            # For who and when; the rules alone find sayings too.
            learning = read_around(document.text, learning, [_first_words(one) for one in said])
    return said, reader.roster, learning


def _first_words(one: Said) -> Span:
    return next(iter((*one.what.cue, *one.what.content)), one.sentence)


def _statement(document: Document, one: Said, when: When | None, own: list[str], sure: Sure) -> Statement:
    what, speaker = one.what, one.speaker
    kind = find_kind(document, what)
    secondary = "s" in what.flags or speaker is None or speaker.type == "unnamed" or what.cls == "think"
    tier: Tier = "secondary" if secondary else "core"
    return Statement(
        kind=kind,
        source=(what.source,) if what.source else (),
        cue=what.cue,
        content=what.content,
        speaker=speaker,
        addressee=what.addressee,
        said_on=when,
        via=tuple(drop_own(one, own)),
        polarity="denied" if what.denied else "asked" if is_question(document.text, what) else "said",
        tier=tier,
        confidence=sure.entry,
        speaker_confidence=sure.speaker,
    )


def find_kind(document: Document, what: Attribution) -> Kind:
    """Return how it was said: by its marks, where it is no refusal and not retold."""
    if what.no_comment:
        return "no-comment"
    if what.nested:
        return "direct" if document.text[what.content[0].start - 1] in "'‘" else "indirect"
    return document.kind_of(what.content)
