"""Who is struck in "were killed when rebels ambushed their convoy": (source, code, target) held or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model

STRUCK = [
    ("Two Kenyan soldiers were killed when Somali rebels ambushed their convoy.", "Somali rebels"),
    ("Two Kenyan soldiers were hurt when Somali rebels threw a grenade at their camp.", "Somali rebels"),
    ("At least 20 Kenyan soldiers died when Somali rebels stormed a checkpoint.", "Somali rebels"),
    ("Ten Kenyan soldiers were killed as U.S. warplanes bombed a village.", "U.S. warplanes"),
    (
        "Six Kenyan soldiers were killed and two wounded when Somali rebels attacked a patrol.",
        "Somali rebels",
    ),
]
UNSTRUCK = [
    ("Two Kenyan soldiers were killed when Ugandan farmers left.", "Ugandan farmers"),
    ("Two Kenyan soldiers were freed when Somali rebels attacked a prison.", "Somali rebels"),
    ("Two Kenyan soldiers were killed before Somali rebels attacked a prison.", "Somali rebels"),
    ("No Kenyan was near, but two Kenyan soldiers were not killed when Somali rebels attacked a prison.",
     "Somali rebels"),
    ("Kenyan soldiers slept when Somali rebels attacked a prison.", "Somali rebels"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "attacker"), STRUCK)
def test_whoever_came_to_harm_was_struck(text: str, attacker: str) -> None:
    assert (attacker, "ASSAULT", "Kenyan soldiers") in ends(proposed(text))


@pytest.mark.parametrize(("text", "other"), UNSTRUCK)
def test_nobody_else_is_struck(text: str, other: str) -> None:
    assert (other, "ASSAULT", "Kenyan soldiers") not in ends(proposed(text))
