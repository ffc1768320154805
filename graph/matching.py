"""Two names compared, each kind by its own rules."""

from __future__ import annotations

from functools import lru_cache

from extract.model import ActorType
from graph.bodies import compare_bodies
from graph.names import NOTHING, Form, Match, plain, read
from graph.persons import compare_persons


@lru_cache(maxsize=500_000)
def match_names(left: str, left_type: ActorType, right: str, right_type: ActorType) -> Match:
    """How alike two names are; remembered, for the same bare names are compared again and again."""
    return compare(read(left, left_type), read(right, right_type))


def compare(left: Form, right: Form) -> Match:
    """How alike two names of persons, or of bodies, are."""
    if plain(left.name) == plain(right.name):
        return Match(1.0, "same name")
    if (left.type == "PERSON") != (right.type == "PERSON"):
        return NOTHING
    return compare_persons(left, right) if left.type == "PERSON" else compare_bodies(left, right)
