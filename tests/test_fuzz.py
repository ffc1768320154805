"""A short pass of each fuzzer; `make fuzz` runs them longer."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.run import TARGETS, fuzz


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_breaks_nothing(name: str) -> None:
    tried, kept = fuzz(name, 4, random.Random(7))
    assert tried > 10 and kept == 0
