"""A container that is cut or spoilt anywhere: nothing is raised, and no page goes without a word.

`make torture` does the same at many more places.
"""

import random
from pathlib import Path

import pytest
from damaging import CONTAINERS, Container, lose, spoil

CASES = pytest.mark.parametrize("container", CONTAINERS, ids=lambda one: one.name)


def check_cuts(container: Container, folder: Path, places: int) -> None:
    for number in range(places):
        end = number * len(container.data) // places
        if end not in container.joints:
            assert lose(container, container.data[:end], folder) is None, end


def check_bits(container: Container, folder: Path, bits: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(bits):
        bit = chance.randrange(8 * len(container.data))
        assert lose(container, spoil(container.data, bit), folder) is None, bit


@CASES
def test_no_page_of_a_cut_container_goes_without_a_word(container: Container, tmp_path: Path) -> None:
    check_cuts(container, tmp_path, places=50)


@CASES
def test_no_page_of_a_spoilt_container_goes_without_a_word(container: Container, tmp_path: Path) -> None:
    check_bits(container, tmp_path, bits=40, seed=1)
