"""What a target of the fuzzers is: how its test is made, what it begins with, whose lines are watched."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"
Test = Callable[[bytes], Any]


@dataclass(frozen=True, slots=True)
class Target:
    """`make` imports what it needs and gives the test, which raises when the bytes broke something.

    `rooms` are the packages whose branches guide the fuzzer; a prefix takes in all below.
    """

    make: Callable[[], Test]
    samples: Callable[[], Iterator[bytes]]
    rooms: tuple[str, ...]


def noise() -> Iterator[bytes]:
    """Random bytes to begin with, for targets that draw their input from them by hypothesis."""
    chance = random.Random(0)
    for length in (64, 256, 1024, 2048, 4096, 4096):
        yield chance.randbytes(length)


def drawn(strategy: Any, check: Callable[[Any], None]) -> Test:
    """A test of bytes out of a test of what a strategy draws from them."""
    from hypothesis import HealthCheck, given, settings

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def test(value: Any) -> None:
        check(value)

    found: Test = test.hypothesis.fuzz_one_input  # type: ignore[attr-defined]
    return found
