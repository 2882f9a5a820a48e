"""Small captures, each odd in one thing, read as a careful person reads them (see `captured.py`)."""

import pytest
from captured import Line, check, find_lines


def cases() -> list[object]:
    return [
        pytest.param(line, id=line.name, marks=[pytest.mark.xfail(strict=True)] if line.known else [])
        for line in find_lines()
    ]


@pytest.mark.parametrize("line", cases())
def test_the_capture_is_read_as_a_person_reads_it(line: Line) -> None:
    assert check(line) is None
