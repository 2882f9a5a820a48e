"""The questions that teach who speaks (`training.rankers`): each statement that pairs with one of the
hand-made ledger asks who said it, and every candidate whose name the scorer would count is right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.ledger import capture_of
from onrecord.article import read_article
from onrecord.page import read_page
from onrecord.statements.find import find_ruled
from onrecord.statements.passages import Wanted
from onrecord.statements.ranking.scene import ask, set_scene
from onrecord.statements.ranking.who import find_candidates, find_inside, is_open, say_who
from onrecord.statements.ranking.who_signals import measure_who
from onrecord.statements.text.document import read_document
from onrecord.types import Speaker
from training.ledger_pages import outlet_of
from training.likely import pair_gold
from training.ranker import Question

__all__ = ["list_questions"]

Row = dict[str, Any]
KINDS = ("w:none", "w:he", "w:it", "w:they", "w:who", "w:i", "w:names inside")


def list_questions(row: Row, data: Path, scorer: Any) -> Iterator[Question]:
    """Yield what is asked on a page; who spoke before is told by the rules, as it is when the program
    reads."""
    capture = capture_of(row, data / "gold")
    page, _ = read_page(capture)
    document, _ = read_document(page.text, read_article(page, capture).body)
    said, roster, learning = find_ruled(document, Wanted())
    scene = set_scene(document, learning.names)
    paired = pair_gold(row, page.text, said, scorer)
    for at, one in enumerate(said):
        if at in paired and is_open(one):
            wanted = paired[at]["speaker"]
            asked = ask(scene, one, find_inside(scene, one))
            candidates = find_candidates(scene, asked)
            signals = [dict(measure_who(scene, asked, candidate)) for candidate in candidates]
            told = [say_who(scene, asked, candidate, roster) for candidate in candidates]
            right = [scorer.same_speaker(wanted, who.name if who else None) for who in told]
            kind = next((kind for kind in KINDS if signals[0].get(kind)), "noun").removeprefix("w:")
            ruled = scorer.same_speaker(wanted, one.speaker.name if one.speaker else None)
            yield Question(row["id"], outlet_of(row), kind, signals, prefer_named(right, told, wanted), ruled)
        scene.spoken.append((one, one.speaker))


def prefer_named(right: list[bool], told: list[Speaker | None], wanted: Row) -> list[bool]:
    """To the scorer nobody is right where the gold's speaker is unnamed; better the words as printed, where
    they are."""
    named = [yes and who is not None for yes, who in zip(right, told, strict=True)]
    return named if wanted.get("type") == "unnamed" and any(named) else right
