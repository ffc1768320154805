"""Labelled pairs of names: decide each as the graph would, each name in an article of its own, and count.

read_pairs(path) -> list[Pair]; score_pairs(pairs) -> Scores with precision and recall, overall and by kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from extract.errors import InputError
from extract.model import ActorType
from graph import contexts, judging
from graph.judging import Profile
from graph.names import Match, read


class Pair(msgspec.Struct, frozen=True):
    """Two names with their contexts, and whether they are one actor; `type` is that of `a`."""

    id: str
    a: str
    b: str
    type: ActorType
    same: bool
    kind: str = ""
    context_a: str = ""
    context_b: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair with what was decided."""

    pair: Pair
    match: Match
    same: bool


def read_pairs(path: Path) -> list[Pair]:
    """All pairs of a JSON Lines file; a wrong line raises InputError naming it."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            found.append(msgspec.json.decode(line, type=Pair))
        except msgspec.DecodeError as error:
            raise InputError(f"{path}:{number}: not a labelled pair ({error})") from None
    return found


def decide_pair(pair: Pair) -> Decision:
    """Decide one pair."""
    left = profile(pair.a, pair.type, pair.context_a)
    right = profile(pair.b, pair.type, pair.context_b)
    match = judging.decide(left, right)
    return Decision(pair, match, match.score >= judging.SAME and not match.clash)


def profile(name: str, type_: ActorType, context: str) -> Profile:
    """A name as an article with this context would give it."""
    told = contexts.read(context)
    kind = contexts.kind_of(name, told, type_)
    return Profile(name, kind, told | contexts.read(" ".join(read(name, kind).titles)))


@dataclass(frozen=True, slots=True)
class Count:
    """How the decisions of one kind fared."""

    kind: str
    pairs: int
    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Of the pairs called same, how many are."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are the same, how many were called so."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def count(decisions: Iterable[Decision]) -> list[Count]:
    """Counts by kind, sorted, the whole last."""
    found = list(decisions)
    kinds = sorted({d.pair.kind for d in found})
    groups = [(kind, [d for d in found if d.pair.kind == kind]) for kind in kinds]
    return [count_one(kind, group) for kind, group in [*groups, ("all", found)]]


def count_one(kind: str, group: list[Decision]) -> Count:
    """Counts of one group."""
    return Count(
        kind=kind,
        pairs=len(group),
        right=sum(d.same and d.pair.same for d in group),
        false=sum(d.same and not d.pair.same for d in group),
        missed=sum(d.pair.same and not d.same for d in group),
    )
