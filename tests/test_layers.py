"""The line of folders: each imports only what lies to its left."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord

PACKAGE = Path(onrecord.__file__).parent

LINE = ["documents", "capture", "page", "article", "statements", "people", "checks", "ledger", "across"]
ALWAYS = {"types", "errors", "models", "wordlists", "unseen"}
STAGES = {"documents", "capture", "page", "article", "statements"}

MAY_IMPORT: dict[str, set[str]] = {
    "types": set(),
    "errors": set(),
    "wordlists": set(),
    "unseen": set(),
    "workers": {"errors"},
    "models": {"types", "errors"},
    **{folder: ALWAYS | set(LINE[:place]) for place, folder in enumerate(LINE)},
    "reading": ALWAYS | STAGES,
    # The two that see everything; `reading` puts the stages together for them.
    "views": {*ALWAYS, *LINE, "reading", "workers", "batch", "onrecord"},
    "batch": {*ALWAYS, *LINE, "reading", "workers", "views", "onrecord"},
    # The package itself only says where its public names live.
    "onrecord": {*ALWAYS, *LINE, "reading", "views", "batch"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def place_of(module: Path) -> str:
    """Return the folder (or the single file at the top) that a module belongs to."""
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    return "onrecord" if parts[0] in {"__init__", "__main__"} else parts[0]


def find_imports(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each import, also under `if TYPE_CHECKING` and inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
            if node.module == "onrecord":  # `from onrecord import page` names a folder, or a public name
                for alias in node.names:
                    yield node.lineno, f"onrecord.{alias.name}"


def imported_place(name: str) -> str | None:
    """Return which of our folders a dotted name reaches into; None when it is not ours."""
    if name != "onrecord" and not name.startswith("onrecord."):
        return None
    parts = name.split(".")
    if len(parts) == 1:
        return None  # the names that follow are yielded one by one
    return parts[1] if parts[1] in MAY_IMPORT else "onrecord"


def check_imports(place: str, source: str) -> Iterator[str]:
    """Yield what is wrong with the imports of one module of this folder."""
    for line, name in find_imports(source):
        if name.startswith("."):
            yield f"line {line}: imports {name!r}; write the whole name, onrecord.{place}..."
        other = imported_place(name)
        if other is not None and other != place and other not in MAY_IMPORT[place]:
            yield f"line {line}: {place} imports {other} ({name}), which does not lie to its left"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_folder_imports_only_what_lies_to_its_left(module: Path) -> None:
    place = place_of(module)
    assert place in MAY_IMPORT, f"{module.name}: no such place in the line; put it into a folder of the line"
    assert list(check_imports(place, module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("page", "from onrecord.ledger import open_ledger"),
        ("page", "from onrecord import open_ledger"),
        ("capture", "import onrecord.page.walk"),
        ("types", "from onrecord.errors import OnrecordError"),
        ("ledger", "from onrecord.reading import read"),
        ("across", "def late():\n    from onrecord.views.add import add_pages"),
        ("article", "if TYPE_CHECKING:\n    from onrecord.statements import find_statements"),
        ("statements", "from .when import find_times"),
        ("models", "from onrecord.page import read_page"),
    ],
)
def test_the_check_sees_an_import_to_the_right(place: str, source: str) -> None:
    assert len(list(check_imports(place, source))) >= 1


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "common", "misc"])
def test_no_module_is_a_drawer_of_odds_and_ends(name: str) -> None:
    assert [str(m.relative_to(PACKAGE)) for m in MODULES if name in (m.stem, m.parent.name)] == []


INSIDE = ["quotations", "lexicon", "text", "rules", "model", "speakers", "days", "chain", "ranking"]
MOST_MODULES, MOST_LINES = 12, 300
STATEMENTS = sorted((PACKAGE / "statements").rglob("*.py"))


def find_inside(module: Path) -> int:
    """Return the place of a module of the statement stage in the line of its folders; what puts the folders
    together stands at its end."""
    folder = module.relative_to(PACKAGE / "statements").parts[0]
    return INSIDE.index(folder) if folder in INSIDE else len(INSIDE)


@pytest.mark.parametrize("module", STATEMENTS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_inside_the_statement_stage_a_folder_imports_only_what_lies_to_its_left(module: Path) -> None:
    imported = [name.split(".") for _, name in find_imports(module.read_text(encoding="utf-8"))]
    own = [parts[2] for parts in imported if parts[:2] == ["onrecord", "statements"] and len(parts) > 2]
    places = {name: INSIDE.index(name) if name in INSIDE else len(INSIDE) for name in own}
    assert [name for name, place in places.items() if place > find_inside(module)] == []


@pytest.mark.parametrize("module", STATEMENTS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_of_the_statement_stage_is_long(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_folder_of_the_statement_stage_is_crowded() -> None:
    modules = [path for path in STATEMENTS if path.name != "__init__.py"]
    assert {
        folder: count
        for folder in INSIDE
        if (count := sum(path.parent.name == folder for path in modules)) > MOST_MODULES
    } == {}
