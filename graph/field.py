"""The part of a graph in which routes between two actors lie, grown outwards from both ends.

The smaller end is always grown, by hops or by cost, until every walk that could be among the best is in hand
(as in bidirectional search). Of the last actors only the links into the other end's part are read.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from extract.model import ActorType, Code
from graph.paths import Step
from graph.store import Filter, Questions
from graph.terms import FREE, Cost, Terms, add

HOP, PLACE, STRIDE = 10, 20, 4
COSTS: Mapping[Code, int] = {"ROLE": 30, "SAY": 20}


class Link(NamedTuple):
    """An edge as it is travelled; a stop is an end that two roles must not join."""

    edge: str
    near: str
    far: str
    cost: Cost
    leaves_stop: bool
    enters_stop: bool


class Field:
    """What lies between two actors, as far as it has been grown."""

    def __init__(self, store: Questions, source: str, target: str, only: Filter, terms: Terms) -> None:
        self.store, self.source, self.target, self.only, self.terms = store, source, target, only, terms
        self.far: tuple[dict[str, int], dict[str, int]] = ({source: 0}, {target: 0})
        self.fringe: tuple[set[str], set[str]] = ({source}, {target})
        self.barred: set[str] = set(terms.avoid) - {source, target}
        self.known: set[str] = {source, target}
        self.types: dict[str, ActorType] = {}
        self.toll: dict[str, int] = {source: 0, target: 0}
        self.links: dict[str, dict[str, Link]] = {}
        self.joined = False
        self.least = HOP if terms.by == "strength" else 1
        if terms.by == "strength":
            self.types |= store.types([source, target])

    # Growing

    def spent(self, cost: Cost) -> int:
        """What counts of a cost."""
        return cost[0] if self.terms.by == "strength" else cost[1]

    def worst(self, hops: int) -> int:
        """What so many hops cost at most."""
        if self.terms.by == "hops":
            return hops
        return hops * (max(COSTS.values()) + self.store.size().bit_length())

    def next_batch(self) -> tuple[int, list[str]] | None:
        """The smaller end (0 is the source's) and the nearest of its actors that were not grown yet."""
        batches = []
        for side in (0, 1):
            far = {a: self.far[side][a] for a in self.fringe[side]}
            if not far:
                return None
            reach = min(far.values()) + (STRIDE if self.terms.by == "strength" else 0)
            batches.append((side, sorted(a for a in far if far[a] <= reach)))
        return min(batches, key=lambda batch: len(batch[1]))

    def complete(self, side: int, batch: Sequence[str]) -> int:
        """Up to which cost every walk is in hand once the batch is joined.

        A walk not in hand has a link from an actor that was not grown to one not grown from the other end.
        """
        rest = self.fringe[side].difference(batch)
        here = [self.far[side][a] for a in rest] + [min(self.far[side][a] for a in batch) + self.least]
        there = [self.far[1 - side][a] for a in self.fringe[1 - side]]
        return min(here) + min(there) + self.least - 1

    def join(self, side: int, batch: Sequence[str]) -> None:
        """Read the links of the batch into what is known from the other end."""
        for step in self.steps(side, batch, set(self.far[1 - side])):
            if step.far not in self.barred:
                self.keep(step, side)
                self.joined = True

    def grow(self, side: int, batch: Sequence[str]) -> None:
        """Read all links of the batch, and who is reached by them."""
        steps = self.steps(side, batch, None)
        self.look_at({s.far for s in steps} - self.known)
        self.fringe[side].difference_update(batch)
        far = self.far[side]
        for step in steps:
            if step.far in self.barred:
                continue
            link = self.keep(step, side)
            reach = far[step.near] + self.spent(link.cost)
            if step.far not in far or reach < far[step.far]:
                far[step.far] = reach
                self.fringe[side].add(step.far)

    def steps(self, side: int, batch: Sequence[str], into: set[str] | None) -> list[Step]:
        """The edges of the batch that may be travelled; none leads on from the other end, or back."""
        end, other = (self.source, self.target)[side], (self.target, self.source)[side]
        actors = [a for a in batch if a != other]
        found = self.store.steps(actors, self.only, into)
        return [s for s in found if s.far != end and self.goes(s, side)]

    def goes(self, step: Step, side: int) -> bool:
        """Whether the step may be travelled away from the source (side 0) or towards the target."""
        return not self.terms.directed or bool(step.symmetric) or bool(step.outward) == (side == 0)

    def look_at(self, actors: set[str]) -> None:
        """Learn of new actors what the terms need: which are barred, and what passing them costs."""
        self.known |= actors
        strength, free = self.terms.by == "strength", actors - set(self.terms.via)
        if self.terms.through or strength:
            self.types |= self.store.types(actors - self.barred)
        if self.terms.through:
            self.barred |= {i for i in free if self.types.get(i) not in self.terms.through}
        if self.terms.hubs is not None or strength:
            degrees = self.store.degrees(actors - self.barred)
            self.toll |= {i: n.bit_length() for i, n in degrees.items()}
            self.barred |= {i for i in free if self.terms.hubs and degrees.get(i, 0) > self.terms.hubs}

    def keep(self, step: Step, side: int) -> Link:
        """Put the step among the links, as it is travelled from the source to the target."""
        near, far = (step.near, step.far) if side == 0 else (step.far, step.near)
        stops = (bool(step.near_stop), bool(step.far_stop))
        leaves, enters = stops if side == 0 else stops[::-1]
        link = Link(step.edge, near, far, self.cost(step, far), leaves, enters)
        self.links.setdefault(near, {})[step.edge] = link
        return link

    def cost(self, step: Step, far: str) -> Cost:
        """What taking the step costs, with passing through its far end."""
        if self.terms.by == "hops":
            return (0, 1, -step.weight)
        place = PLACE if "PLACE" in (self.types.get(step.near), self.types.get(step.far)) else HOP
        return (max(place, COSTS.get(step.code, HOP)) + self.toll[far], 1, -step.weight)


class Distances:
    """How far every actor in hand is from the target and from each actor to pass."""

    def __init__(self, field: Field, limit: int) -> None:
        self.target, self.limit = field.target, limit
        back: dict[str, list[Link]] = {}
        for links in field.links.values():
            for link in links.values():
                back.setdefault(link.far, []).append(link)
        goals = (field.target, *field.terms.via)
        self.hops = {goal: count_hops(goal, back) for goal in goals}
        self.costs = {goal: add_costs(goal, back) for goal in goals}

    def estimate(self, actor: str, left: Iterable[str], hops: int) -> Cost | None:
        """The least a route can still cost from here; None when the target is out of reach."""
        cost, far = self.costs[self.target].get(actor), self.hops[self.target].get(actor)
        for stop in left:
            first, rest = self.costs[stop].get(actor), self.costs[self.target].get(stop)
            if first is None or rest is None or cost is None or far is None:
                return None
            cost = max(cost, add(first, rest))
            far = max(far, self.hops[stop][actor] + self.hops[self.target][stop])
        return None if cost is None or far is None or hops + far > self.limit else cost

    def useful(self, field: Field) -> list[Link]:
        """Links that lie on a walk of at most `limit` hops."""
        ahead = count_hops_ahead(field.source, field.links)
        left = self.hops[self.target]
        return [
            link
            for links in field.links.values()
            for link in links.values()
            if link.near in ahead and link.far in left and ahead[link.near] + 1 + left[link.far] <= self.limit
        ]


def count_hops(goal: str, back: Mapping[str, Iterable[Link]]) -> dict[str, int]:
    """Hops from each actor to the goal."""
    hops, queue = {goal: 0}, deque([goal])
    while queue:
        here = queue.popleft()
        for link in back.get(here, ()):
            if link.near not in hops:
                hops[link.near] = hops[here] + 1
                queue.append(link.near)
    return hops


def count_hops_ahead(source: str, links: Mapping[str, Mapping[str, Link]]) -> dict[str, int]:
    """Hops from the source to each actor."""
    hops, queue = {source: 0}, deque([source])
    while queue:
        here = queue.popleft()
        for link in links.get(here, {}).values():
            if link.far not in hops:
                hops[link.far] = hops[here] + 1
                queue.append(link.far)
    return hops


def add_costs(goal: str, back: Mapping[str, Iterable[Link]]) -> dict[str, Cost]:
    """Least cost from each actor to the goal (Dijkstra; every hop costs more than nothing)."""
    costs: dict[str, Cost] = {}
    heap: list[tuple[Cost, str]] = [(FREE, goal)]
    while heap:
        cost, here = heapq.heappop(heap)
        if here in costs:
            continue
        costs[here] = cost
        for link in back.get(here, ()):
            if link.near not in costs:
                heapq.heappush(heap, (add(cost, link.cost), link.near))
    return costs
