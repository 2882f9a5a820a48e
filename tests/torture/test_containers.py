"""Containers cut at every byte and spoilt at every bit: nothing raised, no page gone without a word."""

from pathlib import Path

import pytest
from damaging import CONTAINERS, Container, lose, spoil

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]

CASES = pytest.mark.parametrize("container", CONTAINERS, ids=lambda one: one.name)
# In an ARC file nothing but these few bytes says that an answer was "200" and not "300".
STATUS = b"HTTP/1.1 200"


@CASES
def test_cut_at_every_byte(container: Container, tmp_path: Path) -> None:
    for end in range(len(container.data)):
        if end not in container.joints:
            assert lose(container, container.data[:end], tmp_path) is None, end


@CASES
def test_spoilt_at_every_bit(container: Container, tmp_path: Path) -> None:
    for bit in range(8 * len(container.data)):
        near = container.data[max(0, bit // 8 - len(STATUS)) : bit // 8 + len(STATUS)]
        if container.name == "plain.arc" and STATUS in near:
            continue
        assert lose(container, spoil(container.data, bit), tmp_path) is None, bit
