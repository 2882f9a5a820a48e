"""The questions that teach who speaks (`training.rankers`): each statement that pairs with one of the
hand-made ledger asks who said it, and every candidate whose name the scorer would count is right."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evals.ledger import capture_of
from onrecord.article import read_article
from onrecord.page import read_page
from onrecord.statements import find
from onrecord.statements.names import Roster
from onrecord.statements.said import Said
from onrecord.statements.scene import Scene, ask
from onrecord.statements.who import find_candidates, find_inside, say_who
from onrecord.statements.who_signals import measure_who
from onrecord.types import Speaker
from training.ledger_pages import outlet_of
from training.ranker import Question

__all__ = ["list_questions", "name_speakers", "pair_gold", "read_scene"]

Row = dict[str, Any]
KINDS = ("w:none", "w:he", "w:it", "w:they", "w:who", "w:i", "w:names inside")


def read_scene(row: Row, data: Path) -> tuple[Scene, list[Said], Roster]:
    """Return a page and its statements with the speakers of the rules, before anybody is weighed. The page
    asked for last is kept: all three questions are asked of it."""
    if _LAST.get("id") != row["id"]:
        _LAST.update(id=row["id"], read=_read_scene(row, data))
    scene, said, roster = _LAST["read"]
    return scene, list(said), roster


_LAST: dict[str, Any] = {}


def _read_scene(row: Row, data: Path) -> tuple[Scene, list[Said], Roster]:
    capture = capture_of(row, data / "gold")
    page, _ = read_page(capture)
    prose, _ = find.prepare(page.text, list(read_article(page, capture).body), everything=False)
    kept: list[tuple[Scene, list[Said], Roster]] = []

    def see(scene: Scene, said: list[Said], roster: Roster) -> list[Said]:
        kept.append((scene, list(said), roster))
        return list(said)

    with patch.object(find, "resolve_who", see), patch.object(find, "carry_said", lambda _, said: said):
        find.find_said(prose)
    return kept[0]


Named = tuple[Scene, list[Said], dict[int, Row]]


def name_speakers(row: Row, data: Path, scorer: Any) -> Named:
    """Return a page, its statements with the speakers that the gold gives them, else the rules, and the gold
    statements that pair with them."""
    scene, said, _ = read_scene(row, data)
    paired = pair_gold(row, scene.text, said, scorer)
    for at, gold in paired.items():
        speaker = gold["speaker"]
        if speaker["name"]:
            said[at] = replace(said[at], speaker=Speaker(name=speaker["name"], type=speaker["type"]))
    return scene, said, paired


def pair_gold(row: Row, text: str, said: list[Said], scorer: Any) -> dict[int, Row]:
    """Return the gold statement of each statement that pairs with one, by its place in the list."""
    gold = [
        one | {"_words": scorer.words(" ".join(row["text"][a:b] for a, b in one["content"]))}
        for one in row["statements"]
    ]
    mine = [
        {"_words": scorer.words(" ".join(part.of(text) for part in one.what.content)), "at": at}
        for at, one in enumerate(said)
    ]
    pairs = scorer.pair([g for g in gold if g["_words"]], [m for m in mine if m["_words"]])
    return {ours["at"]: theirs for theirs, ours in pairs}


def list_questions(row: Row, data: Path, scorer: Any) -> Iterator[Question]:
    """Yield what is asked on a page; who spoke before is told by the rules, as it is when the program
    reads."""
    scene, said, roster = read_scene(row, data)
    paired = pair_gold(row, scene.text, said, scorer)
    scene.spoken.clear()
    for at, one in enumerate(said):
        speaker = one.speaker
        if speaker is None or ";" not in speaker.name:
            asked = ask(scene, one, find_inside(scene, one))
            candidates = find_candidates(scene, asked)
            signals = [dict(measure_who(scene, asked, candidate)) for candidate in candidates]
            told = [say_who(scene, asked, candidate, roster) for candidate in candidates]
            if at in paired:
                wanted = paired[at]["speaker"]
                right = [scorer.same_speaker(wanted, who.name if who else None) for who in told]
                right = prefer_named(right, told, wanted)
                kind = next((kind for kind in KINDS if signals[0].get(kind)), "noun").removeprefix("w:")
                ruled = scorer.same_speaker(wanted, speaker.name if speaker else None)
                yield Question(row["id"], outlet_of(row), kind, signals, right, ruled)
        scene.spoken.append((one, speaker))


def prefer_named(right: list[bool], told: list[Speaker | None], wanted: Row) -> list[bool]:
    """To the scorer nobody is right where the gold's speaker is unnamed; better the words as printed, where
    they are."""
    named = [yes and who is not None for yes, who in zip(right, told, strict=True)]
    return named if wanted.get("type") == "unnamed" and any(named) else right
