"""What changed between two graphs, or between two times or two outlets of one: actors and ties.

A tie here is a pair of actors with all edges between them. It leans to cooperation or to conflict as more
articles tell of the one or the other (quad classes of PLOVER); to neither when as many do, or only roles
and words are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.belief import weight
from graph.model import Actor, Edge
from graph.questions import Tie, choose, tell
from graph.schema import fold
from graph.store import QUADS, Filter, Questions

Lean = Literal["cooperation", "conflict", "neither"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: a store and what of it counts."""

    store: Questions
    only: Filter


@dataclass(frozen=True, slots=True)
class Change:
    """A tie that is there on one side only, with the sentence that proves it best."""

    actors: tuple[Actor, Actor]
    weight: int
    lean: Lean
    tie: Tie


@dataclass(frozen=True, slots=True)
class Turn:
    """A tie that turned from cooperation to conflict or back, with a sentence of either side."""

    actors: tuple[Actor, Actor]
    before: Lean
    after: Lean
    old: Tie
    new: Tie


@dataclass(frozen=True, slots=True)
class Diff:
    """What is new, gone and turned; `counts` of each, also of those beyond the limit."""

    actors_new: tuple[Actor, ...]
    actors_gone: tuple[Actor, ...]
    ties_new: tuple[Change, ...]
    ties_gone: tuple[Change, ...]
    turned: tuple[Turn, ...]
    counts: dict[str, int]


def diff(old: Side, new: Side, *, limit: int = 20) -> Diff:
    """Compare two sides; the heaviest ties come first, at most `limit` of each kind are told."""
    before, after = collect(old), collect(new)
    were, are = actors_of(before), actors_of(after)
    names = {} if old.store is new.store else match_actors(old.store, new.store, were, are)
    shown = {pair: tuple(sorted(names.get(i, i) for i in pair)) for pair in after}
    same = {(one[0], one[1]): pair for pair, one in shown.items()}
    gone = [pair for pair in before if pair not in same]
    come = [pair for one, pair in same.items() if one not in before]
    actors_come = {i for i in are if names.get(i, i) not in were}
    actors_gone = were - {names.get(i, i) for i in are}
    turns = list(find_turns(old, new, before, after, same))
    return Diff(
        known(new.store, actors_come, limit),
        known(old.store, actors_gone, limit),
        describe(new, after, come, limit),
        describe(old, before, gone, limit),
        tuple(turns[:limit]),
        {"actors_new": len(actors_come), "actors_gone": len(actors_gone), "ties_new": len(come),
         "ties_gone": len(gone), "turned": len(turns)},
    )  # fmt: skip


def collect(side: Side) -> dict[Pair, list[Edge]]:
    """The edges of each pair of actors, whichever way they point."""
    found: dict[Pair, list[Edge]] = {}
    for edge in side.store.edges(None, None, side.only):
        pair = (min(edge.source, edge.target), max(edge.source, edge.target))
        found.setdefault(pair, []).append(edge)
    return found


def actors_of(pairs: Iterable[Pair]) -> set[str]:
    """All actors that have a tie."""
    return {actor for pair in pairs for actor in pair}


def match_actors(old: Questions, new: Questions, before: set[str], after: set[str]) -> dict[str, str]:
    """For actors of the new graph under another id in the old one, that id: one type and a name in common."""
    bearers: dict[tuple[str, str], set[str]] = {}
    for actor in old.fetch_actors(before - after).values():
        for name in {actor.name, *actor.aliases}:
            bearers.setdefault((fold(name), actor.type), set()).add(actor.id)
    found: dict[str, str] = {}
    for actor in sorted(new.fetch_actors(after - before).values(), key=lambda a: a.id):
        names = {actor.name, *actor.aliases}
        same = set().union(*(bearers.get((fold(name), actor.type), set()) for name in names))
        if len(same) == 1 and not same & set(found.values()):
            found[actor.id] = same.pop()
    return found


def known(store: Questions, ids: set[str], limit: int) -> tuple[Actor, ...]:
    """The actors told of in most articles first."""
    found = store.fetch_actors(ids).values()
    ranked = sorted(found, key=lambda a: (-len({s.article for s in a.appearances}), a.name, a.id))
    return tuple(ranked[:limit])


def describe(side: Side, found: dict[Pair, list[Edge]], pairs: list[Pair], limit: int) -> tuple[Change, ...]:
    """The heaviest of the pairs as changes."""
    first = sorted(pairs, key=lambda pair: (-heft(found[pair]), pair))[:limit]
    told = tell_pairs(side, found, first)
    return tuple(
        Change(ends(told[pair]), heft(found[pair]), lean(told[pair]), choose(told[pair]))
        for pair in first
        if told[pair]
    )


def find_turns(
    old: Side,
    new: Side,
    before: dict[Pair, list[Edge]],
    after: dict[Pair, list[Edge]],
    same: dict[Pair, Pair],
) -> Iterator[Turn]:
    """Pairs that leaned to cooperation and lean to conflict now, or the other way, the heaviest first."""
    shared = [pair for pair in before if pair in same]
    may = [p for p in shared if len(tones(before[p]) | tones(after[same[p]])) > 1]
    may.sort(key=lambda p: (-heft(before[p]) - heft(after[same[p]]), p))
    was, now = tell_pairs(old, before, may), tell_pairs(new, after, [same[p] for p in may])
    for pair in may:
        one, two = was[pair], now[same[pair]]
        if {lean(one), lean(two)} == {"cooperation", "conflict"}:
            proofs = (choose(t for t in told if tone(t.edge) == lean(told)) for told in (one, two))
            yield Turn(ends(one), lean(one), lean(two), next(proofs), next(proofs))


def tell_pairs(side: Side, found: dict[Pair, list[Edge]], pairs: Iterable[Pair]) -> dict[Pair, list[Tie]]:
    """The ties of each pair that lie within the side."""
    told: dict[Pair, list[Tie]] = {pair: [] for pair in pairs}
    edges = [edge for pair in told for edge in found[pair]]
    for tie in tell(side.store, edges, side.only):
        pair = (min(tie.source.id, tie.target.id), max(tie.source.id, tie.target.id))
        told[pair].append(tie)
    return told


def heft(edges: Iterable[Edge]) -> int:
    """The weight of all edges of a pair."""
    return sum(weight(edge) for edge in edges)


def tone(edge: Edge) -> Lean:
    """What the edge's class is: cooperation, conflict or neither."""
    quad = QUADS.get(edge.code, "")
    return "cooperation" if quad.endswith("cooperation") else "conflict" if quad else "neither"


def tones(edges: Iterable[Edge]) -> set[Lean]:
    """Cooperation and conflict, as far as the edges tell of them."""
    return {tone(edge) for edge in edges} - {"neither"}


def lean(found: Sequence[Tie]) -> Lean:
    """Which of cooperation and conflict more articles tell of."""
    told = Counter(kind for kind, _ in {(tone(t.edge), t.evidence.triple.article) for t in found})
    more = told["cooperation"] - told["conflict"]
    return "cooperation" if more > 0 else "conflict" if more < 0 else "neither"


def ends(found: Sequence[Tie]) -> tuple[Actor, Actor]:
    """The pair's actors, by name."""
    one, two = sorted((found[0].source, found[0].target), key=lambda a: (a.name, a.id))
    return one, two
