"""The programs beside which Onrecord is measured, on pages of our own."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from evals import rival_lines, rivals
from evals.all import OURS, Task, _read_once, check_floors
from evals.split import is_dev

PARAGRAPHS = [
    f"The harbour board of Selm said on day {day} that the old ferry would stay at its berth until the pumps "
    "had been looked at, and that nobody should wait for it, because the crews had been sent home and the "
    "harbour of the old town would not be open to any of the boats."
    for day in ("one", "two", "three", "four", "five", "six")
]
MENU = ["Home", "Weather", "Tides", "Sign in", "Contact the paper", "Jobs"]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ferry stays shut - The Selm Courier</title>
<meta charset="utf-8"><meta name="author" content="Mara Ostrey">
<meta property="og:site_name" content="The Selm Courier">
<meta property="article:published_time" content="2021-03-12T08:00:00Z"></head><body>
<nav><ul>{"".join(f'<li><a href="/{at}">{word}</a></li>' for at, word in enumerate(MENU))}</ul></nav>
<article><h1>Ferry stays shut</h1>{"".join(f"<p>{words}</p>" for words in PARAGRAPHS)}</article>
<div id="comments" class="comments"><p>My goat has waited there since Tuesday and is not amused.</p></div>
</body></html>"""


def save_pages(folder: Path, *pages: str) -> Path:
    folder.mkdir()
    rows = [{"id": str(at), "file": f"{at}.html", "url": None} for at in range(len(pages))]
    for row, page in zip(rows, pages, strict=True):
        (folder / str(row["file"])).write_text(page, encoding="utf-8")
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


# Importing some of them warns of what their own dependencies will drop one day.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", rivals.RIVALS)
def test_every_rival_reads_an_article(name: str, tmp_path: Path) -> None:
    rival = rivals.RIVALS[name]
    [said] = rivals.read_pages(rival, save_pages(tmp_path / "pages", PAGE))
    assert all(" ".join(words.split()) in " ".join(said["text"].split()) for words in PARAGRAPHS)
    assert "Contact the paper" not in said["text"]
    assert ("comments" in said) == rival.comments
    assert ("title" in said) == rival.metadata
    if rival.metadata:
        assert said["title"] == "Ferry stays shut"
        assert said["authors"] == ["Mara Ostrey"]
    if "published" in said:
        assert said["published"][:10] == "2021-03-12"


def test_comments_of_resiliparse_are_the_lines_that_it_adds_for_them() -> None:
    said = rivals.RIVALS["resiliparse"].read(PAGE.encode(), None)
    assert "goat" in said["comments"]
    assert "goat" not in said["text"]


def test_page_that_breaks_a_rival_is_told_and_counts_as_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(payload: bytes, _: str | None) -> dict[str, Any]:
        if b"goat" in payload:
            raise ValueError("no goats")
        return {"text": "read"}

    folder = save_pages(tmp_path / "pages", PAGE, "<p>Plain.</p>")
    assert list(rivals.read_pages(rivals.Rival(read=read), folder)) == [
        {"id": "0"},
        {"id": "1", "text": "read"},
    ]
    assert capsys.readouterr().err == "pages/0: ValueError: no goats\n"


def test_rival_reads_a_set_once_in_a_run(tmp_path: Path) -> None:
    folder = save_pages(tmp_path / "pages", PAGE)
    _read_once("jusText", [str(folder), str(tmp_path / "first.jsonl")])
    (folder / "0.html").unlink()
    _read_once("jusText", [str(folder), str(tmp_path / "second.jsonl")])
    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes() != b""


def test_score_of_a_rival_is_no_floor_of_ours(tmp_path: Path) -> None:
    def row(name: str, *, ours: bool) -> Task:
        return Task(section="Body text", name=name, source=tmp_path, run=lambda _: {}, ours=ours)

    floors = tmp_path / "floors.json"
    results = [(row(OURS, ours=True), {"F1": 0.9}, "h"), (row("another", ours=False), {"F1": 0.99}, "h")]
    assert check_floors(floors, results, pin=True, lower=False) == 0
    assert list(json.loads(floors.read_text(encoding="utf-8"))) == ["Body text: Onrecord"]


def made_lines(site: str, group: str, at: int) -> dict[str, Any]:
    lines = [*MENU, *PARAGRAPHS[: 3 + at % 3], *MENU]
    article = [int(line in PARAGRAPHS) for line in lines]
    return {
        "id": f"{group}-{at}",
        "site": site,
        "set": group,
        "lines": lines,
        "article": article,
        "coverage": 1,
    }


@pytest.fixture
def lines_file(tmp_path: Path) -> Path:
    rows = [made_lines(f"paper-{at}.example", "fundus_tests", at) for at in range(60)]
    rows += [made_lines("paper-1.example", "zyte", 1), made_lines("paper-2.example", "fundus_eval", 2)]
    path = tmp_path / "lines.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode(), mtime=0))
    return path


def test_boosting_learns_only_from_training_sites(lines_file: Path) -> None:
    seen = [(row["site"], row["set"]) for row in rival_lines.find_training(lines_file)]
    kept = [f"paper-{at}.example" for at in range(60)]
    assert seen == [(site, "fundus_tests") for site in kept if not is_dev(site, "fundus_tests")]
    assert 0 < len(seen) < len(kept)


@pytest.mark.parametrize("name", rival_lines.RIVALS)
def test_every_rival_labels_every_line_and_keeps_the_article(
    name: str, lines_file: Path, tmp_path: Path
) -> None:
    rows = [made_lines("paper-9.example", "zyte", 9), {"id": "empty", "lines": []}]
    source, out = tmp_path / "some.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    rival_lines.main([str(lines_file), str(source), str(out), name])
    page, empty = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert empty == {"id": "empty", "article": []}
    assert page["article"] == ([1] * len(rows[0]["lines"]) if name == "keep all" else rows[0]["article"])


def test_boosting_gives_the_same_rows_again(lines_file: Path) -> None:
    lines = made_lines("paper-9.example", "zyte", 9)["lines"][3:10]
    first, second = (rival_lines.train_boosting(lines_file)(lines) for _ in range(2))
    assert first == second
