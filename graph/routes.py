"""Ways between two actors on terms: the k best, by way of somebody, through persons only, in time order.

A route passes no actor twice and takes no two roles in one state or place; parallel edges make different
routes. Routes are ordered by hops (or by cost, below), then by the greater sum of weights, then by edge ids.

Cost, for `by="strength"`: a hop costs 10, a SAY or a hop at a place 20, a ROLE 30, and passing through an
actor costs 1 more for each doubling of its edges (an actor with 1,000 edges costs 10, a whole hop more).

Both ends are grown level by level, always the smaller one, until every walk of up to `budget` hops is in
hand. The routes among them are tried best first: A* (Hart, Nilsson, Raphael 1968) whose estimate is the
exact distance still to go. The budget grows until k routes are found that no longer one can beat.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from extract.errors import QuestionError
from extract.model import ActorType, Code
from graph.days import Spans, follow, pick_days, spans
from graph.model import Evidence
from graph.paths import Step
from graph.store import Filter, Questions, admits

HOP, PLACE = 10, 20
COSTS: Mapping[Code, int] = {"ROLE": 30, "SAY": 20}
FAR, FEW, PATIENCE = 6, 10, 200_000

# cost by strength (0 when hops decide), hops, minus the weight
Cost = tuple[int, int, int]
FREE: Cost = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a route must be like; actors are named by id (by name before graph.questions looked them up).

    `via` must be passed in any order; every other actor in between must not be in `avoid`, is of a type in
    `through` (when given) and has at most `hubs` edges. `ordered`: each hop on a day not before that of the
    hop before it, and at most `within` days after. `distinct`: one route for each sequence of actors.
    """

    k: int = 1
    max_hops: int | None = None
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    through: tuple[ActorType, ...] = ()
    hubs: int | None = None
    directed: bool = False
    ordered: bool = False
    within: int | None = None
    by: Literal["hops", "strength"] = "hops"
    distinct: bool = False

    @property
    def plain(self) -> bool:
        """Whether the store's own shortest path answers it."""
        return self == Terms(max_hops=self.max_hops)


@dataclass(frozen=True, slots=True)
class Route:
    """Actors from end to end, the edges between them, and, for an ordered one, a day for each hop."""

    actors: tuple[str, ...]
    edges: tuple[str, ...]
    days: tuple[str, ...] = ()


class Link(NamedTuple):
    """An edge as it is travelled; a stop is an end that two roles must not join."""

    edge: str
    near: str
    far: str
    cost: Cost
    leaves_stop: bool
    enters_stop: bool


class Part(NamedTuple):
    """The beginning of a route; heaps order it by estimate, then edges, which no two parts share."""

    estimate: Cost
    edges: tuple[str, ...]
    actors: tuple[str, ...]
    entered: bool
    spent: Cost
    left: frozenset[str]
    spans: Spans


def hub_size(store: Questions) -> int:
    """From how many edges on an actor is a hub: the square root of the graph's edges, at least ten."""
    return max(FEW, math.isqrt(store.size()))


def find_routes(store: Questions, source: str, target: str, only: Filter, terms: Terms) -> list[Route]:
    """The best routes, at most `terms.k`; QuestionError when there are too many ways to try."""
    field = Field(store, source, target, only, terms)
    limit = FAR if terms.max_hops is None else terms.max_hops
    while field.budget < limit and field.grow():
        if field.met():
            found = list(islice(field.routes(field.budget), terms.k))
            if len(found) == terms.k and not beatable(found[-1][0], field.budget):
                return [route for _, route in found]
    return [route for _, route in islice(field.routes(limit), terms.k)] if field.met() else []


def beatable(cost: Cost, budget: int) -> bool:
    """Whether a route of more hops could cost less; an actor in between has two edges at least."""
    return cost[0] > HOP * (budget + 1) + 2 * budget


class Field:
    """What lies between two actors, as far as it has been grown."""

    def __init__(self, store: Questions, source: str, target: str, only: Filter, terms: Terms) -> None:
        self.store, self.source, self.target, self.only, self.terms = store, source, target, only, terms
        self.budget = 0
        self.seen: tuple[set[str], set[str]] = ({source}, {target})
        self.fringe: list[list[str]] = [[source], [target]]
        self.barred: set[str] = set(terms.avoid) - {source, target}
        self.known: set[str] = {source, target}
        self.places: set[str] = set()
        self.toll: dict[str, int] = {source: 0, target: 0}
        self.links: dict[str, dict[str, Link]] = {}
        self.when: dict[str, Spans] = {}
        if terms.by == "strength":
            self.note_places([source, target])

    # Growing

    def grow(self) -> bool:
        """Take one more level of edges at the smaller end; False when an end has none left."""
        if not all(self.fringe):
            return False
        side = 0 if len(self.fringe[0]) <= len(self.fringe[1]) else 1
        end, other = (self.source, self.target)[side], (self.target, self.source)[side]
        actors = sorted(a for a in self.fringe[side] if a != other)
        steps = [s for s in self.store.steps(actors, self.only) if s.far != end and self.goes(s, side)]
        self.look_at({s.far for s in steps} - self.known)
        found: set[str] = set()
        for step in steps:
            if step.far not in self.barred:
                link = self.link(step, side)
                self.links.setdefault(link.near, {})[link.edge] = link
                found.add(step.far)
        self.fringe[side] = sorted(found - self.seen[side])
        self.seen[side].update(found)
        self.budget += 1
        return True

    def met(self) -> bool:
        """Whether any walk joins the ends yet."""
        return not self.seen[0].isdisjoint(self.seen[1])

    def goes(self, step: Step, side: int) -> bool:
        """Whether the step may be travelled away from the source (side 0) or towards the target."""
        return not self.terms.directed or bool(step.symmetric) or bool(step.outward) == (side == 0)

    def look_at(self, actors: set[str]) -> None:
        """Learn of new actors what the terms need: which are barred, and what passing them costs."""
        self.known |= actors
        free = actors - set(self.terms.via)
        if self.terms.through:
            types = {i: a.type for i, a in self.store.fetch_actors(free).items()}
            self.barred |= {i for i in free if types.get(i) not in self.terms.through}
        strength = self.terms.by == "strength"
        if self.terms.hubs is not None or strength:
            degrees = self.store.degrees(actors - self.barred)
            self.toll |= {i: n.bit_length() for i, n in degrees.items()}
            self.barred |= {i for i in free if self.terms.hubs and degrees.get(i, 0) > self.terms.hubs}
        if strength:
            self.note_places(actors - self.barred)

    def note_places(self, actors: Iterable[str]) -> None:
        """Remember which of the actors are places."""
        found = self.store.fetch_actors(actors).items()
        self.places |= {i for i, actor in found if actor.type == "PLACE"}

    def link(self, step: Step, side: int) -> Link:
        """The step as it is travelled from the source to the target."""
        near, far = (step.near, step.far) if side == 0 else (step.far, step.near)
        stops = (bool(step.near_stop), bool(step.far_stop))
        leaves, enters = stops if side == 0 else stops[::-1]
        return Link(step.edge, near, far, self.cost(step, far), leaves, enters)

    def cost(self, step: Step, far: str) -> Cost:
        """What taking the step costs, with passing through its far end."""
        if self.terms.by == "hops":
            return (0, 1, -step.weight)
        place = PLACE if step.near in self.places or step.far in self.places else HOP
        return (max(place, COSTS.get(step.code, HOP)) + self.toll[far], 1, -step.weight)

    # Trying

    def routes(self, limit: int) -> Iterator[tuple[Cost, Route]]:
        """Routes of at most `limit` hops among the edges in hand, best first, each with its cost."""
        to_go = Distances(self, limit)
        if self.terms.ordered:
            self.read_dates(to_go.useful(self))
        first = Part(FREE, (), (self.source,), False, FREE, frozenset(self.terms.via), ())
        heap: list[Part] = [first]
        tried: set[object] = set()
        for _ in range(PATIENCE):
            if not heap:
                return
            part = heapq.heappop(heap)
            key = (part.actors, part.entered, part.spans) if self.terms.distinct else part.edges
            if key in tried:
                continue
            tried.add(key)
            if part.actors[-1] != self.target:
                for more in self.extend(part, to_go):
                    heapq.heappush(heap, more)
            elif not self.terms.distinct or part.actors not in tried:
                tried.add(part.actors)
                yield part.spent, Route(part.actors, part.edges, self.days(part.edges))
        raise QuestionError(
            "there are too many ways to try; ask for fewer hops (--max-hops), a class (--code) or no hubs"
        )

    def extend(self, part: Part, to_go: Distances) -> Iterator[Part]:
        """The parts one hop longer from which the target can still be reached."""
        for link in self.links.get(part.actors[-1], {}).values():
            if link.far in part.actors or (part.entered and link.leaves_stop):
                continue
            left = part.left - {link.far}
            spent = add(part.spent, link.cost)
            estimate = to_go.estimate(link.far, left, len(part.edges) + 1)
            if estimate is None or (left and link.far == self.target):
                continue
            days = self.follow(part, link.edge) if self.terms.ordered else ()
            if self.terms.ordered and not days:
                continue
            edges, actors = (*part.edges, link.edge), (*part.actors, link.far)
            yield Part(add(spent, estimate), edges, actors, link.enters_stop, spent, left, days)

    def follow(self, part: Part, edge: str) -> Spans:
        """The days on which the hop can come after the part."""
        when = self.when.get(edge, ())
        return follow(part.spans, when, self.terms.within) if part.edges else when

    def read_dates(self, edges: Iterable[str]) -> None:
        """Fetch the days of edges not yet asked for."""
        proofs: dict[str, list[Evidence]] = {edge: [] for edge in edges if edge not in self.when}
        for proof in self.store.evidence(sorted(proofs)):
            if admits(self.only, proof.triple):
                proofs[proof.edge].append(proof)
        self.when |= {edge: spans(v.triple for v in found) for edge, found in proofs.items()}

    def days(self, edges: Sequence[str]) -> tuple[str, ...]:
        """A day for each hop of an ordered route."""
        return pick_days([self.when[e] for e in edges], self.terms.within) if self.terms.ordered else ()


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

    def useful(self, field: Field) -> list[str]:
        """Edges that lie on a walk of at most `limit` hops."""
        ahead = count_hops_ahead(field.source, field.links)
        left = self.hops[self.target]
        return [
            link.edge
            for links in field.links.values()
            for link in links.values()
            if link.near in ahead and link.far in left and ahead[link.near] + 1 + left[link.far] <= self.limit
        ]


def add(one: Cost, two: Cost) -> Cost:
    """The sum of two costs."""
    return (one[0] + two[0], one[1] + two[1], one[2] + two[2])


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
