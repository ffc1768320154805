"""The shortest path between two actors, searched from both ends over whatever yields their edges.

Before a level is grown, only its edges into the other end's level are asked for: where they meet, the many
others need not be read.

A state is an actor and whether it was entered by a role it must not be left by: two roles in one state
or place are no path. Fewest hops; then the greatest sum of weights; then the smallest edge ids in order.
A way found so can pass one actor twice, entered by a role and left by one. Then no path does both there, and
the search is repeated twice: once with that actor not to be entered by a role, once not to be left by one.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from extract.model import Code


class Step(NamedTuple):
    """An edge seen from its near end.

    A `stop` is an end that two roles must not join; `outward` when the near end is the edge's source.
    The weight of an edge that is not actual is 0, so that what is stated wins over what is denied.
    """

    edge: str
    near: str
    far: str
    weight: int
    near_stop: int
    far_stop: int
    outward: int
    symmetric: int
    code: Code


# the edges at actors, all of them or those into some others
Steps = Callable[[Sequence[str], Collection[str] | None], Iterable[Step]]
State = tuple[str, bool]
# minus the weight so far, then edge ids
Best = tuple[int, tuple[str, ...]]
# an actor and whether a role must not lead to it (True) or away from it (False)
Bar = tuple[str, bool]


def shortest(source: str, target: str, steps: Steps) -> list[str]:
    """Ids of the path's edges in order; empty when there is none or both ends are one."""
    if source == target:
        return []
    first = search(source, target, steps, frozenset())
    heap = [first] if first else []
    while heap:
        _, _, ids, actors, bars = heapq.heappop(heap)
        twice = next((actor for i, actor in enumerate(actors) if actor in actors[:i]), None)
        if twice is None:
            return list(ids)
        for entering in (True, False):
            found = search(source, target, steps, frozenset({*bars, (twice, entering)}))
            if found:
                heapq.heappush(heap, found)
    return []


# hops, minus the weight, edge ids, actors, bars
Way = tuple[int, int, tuple[str, ...], tuple[str, ...], frozenset[Bar]]


def search(source: str, target: str, steps: Steps, bars: frozenset[Bar]) -> Way | None:
    """The best way under the bars; it may pass an actor twice, but no state."""
    seen: tuple[dict[State, Best], dict[State, Best]] = (
        {(source, False): (0, ())},
        {(target, False): (0, ())},
    )
    levels = [dict(seen[0]), dict(seen[1])]
    nodes: dict[str, tuple[str, str]] = {}
    while levels[0] and levels[1]:
        side = 0 if len(levels[0]) <= len(levels[1]) else 1
        ways = {actor for actor, _ in levels[1 - side]}
        for into in (ways, None):
            found = advance(levels[side], seen[side], steps, nodes, bars, into, backward=side == 1)
            ends = (found, levels[1]) if side == 0 else (levels[0], found)
            if into is not None and (best := meet(*ends)) is not None:
                return len(best[1]), *best, visit(source, best[1], nodes), bars
        levels[side] = found
        seen[side].update(found)
    return None


def advance(
    level: dict[State, Best],
    seen: dict[State, Best],
    steps: Steps,
    nodes: dict[str, tuple[str, str]],
    bars: frozenset[Bar],
    into: Collection[str] | None,
    *,
    backward: bool,
) -> dict[State, Best]:
    """The next level of states, or those of it at actors in `into`, each with its best way there."""
    found: dict[State, Best] = {}
    for edge, near, far, weight, near_stop, far_stop, *_ in steps(
        sorted({actor for actor, _ in level}), into
    ):
        if bars and ((near_stop and (near, backward) in bars) or (far_stop and (far, not backward) in bars)):
            continue
        for entered in (False, True):
            here = level.get((near, entered))
            state = (far, bool(far_stop))
            if here is None or (entered and near_stop) or state in seen:
                continue
            ids = (edge, *here[1]) if backward else (*here[1], edge)
            way = (here[0] - weight, ids)
            if state not in found or way < found[state]:
                found[state] = way
                nodes[edge] = (near, far)
    return found


def meet(ahead: dict[State, Best], behind: dict[State, Best]) -> Best | None:
    """The best way through a state both sides stand on; two roles can't meet in a state or place."""
    ways = [
        (way[0] + rest[0], (*way[1], *rest[1]))
        for (actor, entered), way in ahead.items()
        for left in (False, True)
        if not (entered and left) and (rest := behind.get((actor, left))) is not None
    ]
    return min(ways, default=None)


def visit(source: str, ids: Iterable[str], nodes: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The actors along the way."""
    actors = [source]
    for edge in ids:
        one, two = nodes[edge]
        actors.append(two if one == actors[-1] else one)
    return tuple(actors)
