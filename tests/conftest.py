"""What all tests share: where local data lie, and where the demo's pages are."""

import os
from pathlib import Path

import pytest
from adding import GOOD, Shell

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of local data (real pages, never part of the project); skips the test where it is absent."""
    folder = Path(os.environ.get("ONRECORD_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no local data: {folder} is not a folder; ONRECORD_DATA names another place")
    return folder


@pytest.fixture(scope="session")
def demo() -> Path:
    """The folder of the made-up pages that ship with Onrecord."""
    return ROOT / "src" / "onrecord" / "data" / "demo"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "ledger", capsys)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    page = tmp_path / "good.html"
    page.write_text(GOOD, encoding="utf-8")
    return page
