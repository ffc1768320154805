"""Ways between two actors on terms: the k best, by way of somebody, through persons only, in time order.

A route passes no actor twice and takes no two roles in one state or place; parallel edges make different
routes. Routes are ordered by hops (or by cost, below), then by the greater sum of weights, then by edge ids.

Cost, for `by="strength"`: a hop costs 10, a SAY or a hop at a place 20, a ROLE 30, and passing through an
actor costs 1 more for each doubling of its edges (an actor with 1,000 edges costs 10, a whole hop more).

The links among which routes lie are read by graph.field. The routes are tried best first: A* (Hart, Nilsson,
Raphael 1968) whose estimate is the exact distance still to go; ordered ones keep to the days on which the
target can still be reached.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.errors import QuestionError
from graph.days import Span, Spans, follow, lead, meet, merge, pick_days, spans
from graph.field import Distances, Field, Link
from graph.store import Filter, Questions
from graph.terms import FREE, Cost, Terms, add

FAR, FEW, PATIENCE = 6, 10, 300_000


@dataclass(frozen=True, slots=True)
class Route:
    """Actors from end to end, the edges between them, and, for an ordered one, a day for each hop."""

    actors: tuple[str, ...]
    edges: tuple[str, ...]
    days: tuple[str, ...] = ()


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
    trial = Trial(field, FAR if terms.max_hops is None else terms.max_hops)
    worst = field.worst(trial.limit)
    while batch := field.next_batch():
        field.join(*batch)
        complete = field.complete(*batch)
        if field.joined:
            found = trial.find(min(complete, worst))
            if len(found) == terms.k or complete >= worst:
                return found
        elif complete >= worst:
            return []
        field.grow(*batch)
    return trial.find(worst) if field.joined else []


class Trial:
    """The trying of routes among the links in hand; what it reads of dates is kept from try to try."""

    def __init__(self, field: Field, limit: int) -> None:
        self.field, self.terms, self.limit = field, field.terms, limit
        self.when: dict[str, Spans] = {}

    def find(self, most: int) -> list[Route]:
        """The best routes that cost at most so much, no more than are wanted."""
        field, found, pushed = self.field, list[Route](), 0
        self.to_go = Distances(field, self.limit)
        if self.terms.ordered:
            self.set_clock()
        heap = [Part(FREE, (), (field.source,), False, FREE, frozenset(self.terms.via), ())]
        tried: set[object] = set()
        while heap and len(found) < self.terms.k and field.spent(heap[0].estimate) <= most:
            part = heapq.heappop(heap)
            if self.repeats(part, tried):
                continue
            if part.actors[-1] == field.target:
                found.append(Route(part.actors, part.edges, self.days(part.edges)))
                continue
            for more in self.extend(part):
                heapq.heappush(heap, more)
                pushed += 1
            if pushed > PATIENCE:
                raise QuestionError(
                    "there are too many ways to try; allow fewer --max-hops, or name a --code"
                )
        return found

    def repeats(self, part: Part, tried: set[object]) -> bool:
        """Whether a route of the same actors was tried before, if that matters."""
        if not self.terms.distinct:
            return False
        whole = part.actors[-1] == self.field.target
        key = part.actors if whole else (part.actors, part.entered, part.spans)
        known = key in tried
        tried.add(key)
        return known

    def extend(self, part: Part) -> Iterator[Part]:
        """The parts one hop longer from which the target can still be reached."""
        hops = len(part.edges) + 1
        for link in self.field.links.get(part.actors[-1], {}).values():
            if link.far in part.actors or (part.entered and link.leaves_stop):
                continue
            left = part.left - {link.far}
            estimate = self.to_go.estimate(link.far, left, hops)
            if estimate is None or (left and link.far == self.field.target):
                continue
            days = self.follow(part, link.edge, link.far, hops) if self.terms.ordered else ()
            if self.terms.ordered and not days:
                continue
            spent = add(part.spent, link.cost)
            edges, actors = (*part.edges, link.edge), (*part.actors, link.far)
            yield Part(add(spent, estimate), edges, actors, link.enters_stop, spent, left, days)

    # Time

    def set_clock(self) -> None:
        """Read the days of links that may be used, and when each actor must be left to get to the target."""
        links = self.to_go.useful(self.field)
        unread = {link.edge for link in links if link.edge not in self.when}
        found = self.field.store.dates(sorted(unread), self.field.only)
        self.when |= {edge: spans(found.get(edge, ())) for edge in unread}
        self.leave: list[dict[str, Spans]] = [{}]
        changed = {self.field.target}
        while changed and len(self.leave) <= self.limit:
            layer, changed = self.leave_earlier(links, changed)
            self.leave.append(layer)

    def leave_earlier(self, links: list[Link], changed: set[str]) -> tuple[dict[str, Spans], set[str]]:
        """When each actor must be left with one hop more to go, and for whom that makes a difference."""
        last = self.leave[-1]
        arrive = {actor: self.arrive(actor, last) for actor in changed}
        gained: dict[str, list[Span]] = {}
        for link in links:
            if link.far in arrive and link.near != self.field.target:
                gained.setdefault(link.near, []).extend(meet(self.when[link.edge], arrive[link.far]))
        more = {actor: merge((*last.get(actor, ()), *days)) for actor, days in gained.items()}
        return last | more, {actor for actor, days in more.items() if days != last.get(actor, ())}

    def arrive(self, actor: str, leave: dict[str, Spans]) -> Spans:
        """The days on which one may arrive at the actor and still get to the target."""
        if actor == self.field.target:
            return lead(None, None)
        return lead(leave.get(actor, ()), self.terms.within)

    def follow(self, part: Part, edge: str, far: str, hops: int) -> Spans:
        """The days on which the hop can come after the part, with the target still in reach."""
        when = self.when.get(edge, ())
        days = follow(part.spans, when, self.terms.within) if part.edges else when
        leave = self.leave[min(self.limit - hops, len(self.leave) - 1)]
        return meet(days, self.arrive(far, leave)) if days else ()

    def days(self, edges: Sequence[str]) -> tuple[str, ...]:
        """A day for each hop of an ordered route."""
        return pick_days([self.when[e] for e in edges], self.terms.within) if self.terms.ordered else ()
