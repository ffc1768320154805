"""The shortest path between two actors, searched from both ends over whatever yields their edges.

A state is an actor and whether it was entered by a role it must not be left by: two roles in one state
or place are no path. Fewest hops; then the greatest sum of weights; then the smallest edge ids in order.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
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


Steps = Callable[[Sequence[str]], Iterable[Step]]
State = tuple[str, bool]
# minus the weight so far, then edge ids
Best = tuple[int, tuple[str, ...]]
PATIENCE = 100_000


def shortest(source: str, target: str, steps: Steps) -> list[str]:
    """Ids of the path's edges in order; empty when there is none or both ends are one."""
    if source == target:
        return []
    seen: tuple[dict[State, Best], dict[State, Best]] = (
        {(source, False): (0, ())},
        {(target, False): (0, ())},
    )
    levels = [dict(seen[0]), dict(seen[1])]
    nodes: dict[str, tuple[str, str]] = {}
    while levels[0] and levels[1]:
        side = 0 if len(levels[0]) <= len(levels[1]) else 1
        levels[side] = advance(levels[side], seen[side], steps, nodes, backward=side == 1)
        best = meet(levels[0], levels[1])
        if best is not None:
            return list(best[1]) if simple(source, best[1], nodes) else search(source, target, steps)
    return []


def advance(
    level: dict[State, Best],
    seen: dict[State, Best],
    steps: Steps,
    nodes: dict[str, tuple[str, str]],
    *,
    backward: bool,
) -> dict[State, Best]:
    """The next level of states, each with its best way there."""
    found: dict[State, Best] = {}
    for edge, near, far, weight, near_stop, far_stop, *_ in steps(sorted({actor for actor, _ in level})):
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
    seen.update(found)
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


def simple(source: str, ids: Iterable[str], nodes: dict[str, tuple[str, str]]) -> bool:
    """Whether the way visits no actor twice."""
    here, visited = source, {source}
    for edge in ids:
        one, two = nodes[edge]
        here = two if one == here else one
        if here in visited:
            return False
        visited.add(here)
    return True


def search(source: str, target: str, steps: Steps) -> list[str]:
    """The same by trying loopless ways in order, for the rare case that the quick way crosses itself."""
    heap: list[tuple[int, int, tuple[str, ...], tuple[str, ...], bool]] = [(0, 0, (), (source,), False)]
    for _ in range(PATIENCE):
        if not heap:
            return []
        hops, cost, ids, visited, entered = heapq.heappop(heap)
        if visited[-1] == target:
            return list(ids)
        for edge, _near, far, weight, near_stop, far_stop, *_ in steps([visited[-1]]):
            if far not in visited and not (entered and near_stop):
                way = (hops + 1, cost - weight, (*ids, edge), (*visited, far), bool(far_stop))
                heapq.heappush(heap, way)
    return []
