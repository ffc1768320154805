"""Who matters in the whole graph, who belongs together, and who stands between two actors.

top(store, by, limit, only) -> list[Ranked]       degree, betweenness, pagerank, brokers
communities(store, limit, only) -> list[Community]
between(store, a, b, max_hops, only) -> Between

Ties between the same two actors count as one, as heavy as all of them (graph.belief.weight).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extract.errors import QuestionError
from graph import paths
from graph.model import Actor
from graph.questions import ACTUAL, resolve_name
from graph.routes import FAR, Route, find_routes
from graph.store import Filter, Questions
from graph.terms import Terms

if TYPE_CHECKING:
    import networkx as nx

By = Literal["degree", "betweenness", "pagerank", "brokers"]
DAMPING, ENOUGH, ROUNDS = 0.85, 1e-9, 200
WORK = 10_000_000
MOST, NEAR = 1000, 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor with the figure it is ranked by."""

    actor: Actor
    score: float


@dataclass(frozen=True, slots=True)
class Community:
    """Actors tied more to each other than to the rest, the most tied first.

    `size` counts all of them, `inside` and `outside` sum the weights of ties within it and out of it.
    """

    number: int
    size: int
    actors: tuple[Ranked, ...]
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class Stander:
    """An actor between two others: on what share of the routes, and whether nothing goes past it."""

    actor: Actor
    routes: int
    share: float
    only_way: bool


@dataclass(frozen=True, slots=True)
class Between:
    """Who stands between two actors; `routes` counts the ways looked at, of at most `hops` hops."""

    start: Actor
    end: Actor
    routes: int
    hops: int
    standers: tuple[Stander, ...]


class Net:
    """The graph's actors as numbers, in the order of their ids, with the weight of all ties of each pair."""

    def __init__(self, store: Questions, only: Filter) -> None:
        pairs: Counter[tuple[str, str]] = Counter()
        for source, target, heavy, symmetric in store.weights(only):
            pairs[source, target] += heavy
            if symmetric:
                pairs[target, source] += heavy
        self.ids = sorted({end for pair in pairs for end in pair})
        number = {actor: i for i, actor in enumerate(self.ids)}
        self.out: list[dict[int, int]] = [{} for _ in self.ids]
        self.both: list[dict[int, int]] = [{} for _ in self.ids]
        for (source, target), heavy in pairs.items():
            one, two = number[source], number[target]
            self.out[one][two] = heavy
            if two not in self.both[one]:
                together = max(heavy, pairs.get((target, source), 0))
                self.both[one][two] = self.both[two][one] = together

    def graph(self) -> nx.Graph:
        """The same as an undirected NetworkX graph."""
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(range(len(self.ids)))
        graph.add_weighted_edges_from(
            (i, j, w) for i, near in enumerate(self.both) for j, w in near.items() if i < j
        )
        return graph


def top(store: Questions, *, by: By = "degree", limit: int = 20, only: Filter = ACTUAL) -> list[Ranked]:
    """The actors that rank first.

    degree: how many others they are tied to. pagerank: standing in the eyes of those who deal with them
    (Page, Brin 1998, damping 0.85, over directed ties by weight). betweenness: the share of shortest paths
    that pass them (Brandes 2001; in a large graph from a sample of actors, drawn the same each time).
    brokers: the weight of their ties, times the chance that two of these lead to different communities
    (participation coefficient of Guimera and Amaral 2005).
    """
    net = Net(store, only)
    scores = {"degree": degrees, "betweenness": betweenness, "pagerank": pagerank, "brokers": brokers}.get(by)
    if scores is None:
        raise QuestionError(f"can't rank by {by!r}; choose degree, betweenness, pagerank or brokers")
    return rank(store, net, dict(enumerate(scores(net))), limit)


def rank(store: Questions, net: Net, scores: dict[int, float], limit: int) -> list[Ranked]:
    """The best scores with their actors."""
    first = sorted(scores, key=lambda i: (-round(scores[i], 9), i))[:limit]
    known = store.fetch_actors(net.ids[i] for i in first)
    return [Ranked(known[net.ids[i]], round(scores[i], 6)) for i in first if net.ids[i] in known]


def degrees(net: Net) -> list[float]:
    """How many others each actor is tied to."""
    return [float(len(near)) for near in net.both]


def pagerank(net: Net) -> list[float]:
    """The chance to be at each actor when following ties at random, by their weight; they sum to 1."""
    import numpy as np

    total = len(net.out)
    ties = np.array([(i, j, w) for i, out in enumerate(net.out) for j, w in out.items()], np.int64)
    sources, targets, heavy = ties.reshape(-1, 3).T
    sums = np.bincount(sources, heavy, total)
    idle = sums == 0
    shares = DAMPING * heavy / sums[sources]
    scores = np.full(total, 1 / max(total, 1))
    for _ in range(ROUNDS):
        flow = np.bincount(targets, scores[sources] * shares, total)
        after = flow + (1 - DAMPING + DAMPING * scores[idle].sum()) / max(total, 1)
        moved = np.abs(scores - after).sum()
        scores = after
        if moved < ENOUGH:
            break
    found: list[float] = scores.tolist()
    return found


def betweenness(net: Net) -> list[float]:
    """The share of all shortest paths that pass through each actor."""
    import networkx as nx

    graph = net.graph()
    total = len(net.ids)
    sample = max(16, WORK // (total + graph.number_of_edges() + 1))
    found = nx.betweenness_centrality(graph, k=None if sample >= total else sample, seed=0)
    return [found[i] for i in range(total)]


def brokers(net: Net) -> list[float]:
    """The weight of each actor's ties times how evenly they are spread over communities."""
    home = {i: number for number, group in enumerate(partition(net)) for i in group}
    scores = []
    for near in net.both:
        spread: Counter[int] = Counter()
        for other, heavy in near.items():
            spread[home[other]] += heavy
        total = sum(spread.values())
        scores.append(total * (1 - sum((w / total) ** 2 for w in spread.values())) if total else 0.0)
    return scores


def partition(net: Net) -> list[list[int]]:
    """Communities by modularity (Louvain: Blondel and others 2008), the same each time, largest first."""
    import networkx as nx

    if not net.ids:
        return []
    found = nx.community.louvain_communities(net.graph(), weight="weight", seed=0)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def communities(
    store: Questions, *, limit: int = 10, members: int = 8, only: Filter = ACTUAL
) -> list[Community]:
    """The largest communities of at least two actors, each with its most tied members."""
    net = Net(store, only)
    found = []
    for number, group in enumerate(partition(net)[:limit], 1):
        inner = set(group)
        ties = {i: sum(w for j, w in net.both[i].items() if j in inner) for i in group}
        inside = sum(ties.values()) // 2
        outside = sum(w for i in group for j, w in net.both[i].items() if j not in inner)
        if len(group) > 1:
            first = rank(store, net, {i: float(w) for i, w in ties.items()}, members)
            found.append(Community(number, len(group), tuple(first), inside, outside))
    return found


def between(
    store: Questions,
    a: str,
    b: str,
    *,
    max_hops: int | None = None,
    limit: int = 20,
    only: Filter = ACTUAL,
) -> Between:
    """The actors on the routes between two others, those on most routes first.

    Counts routes by their actors: all of at most `max_hops` hops (three, or as many as the shortest needs),
    the best thousand when there are more. A direct tie has nobody in between and is set aside.
    """
    start, end = resolve_name(store, a), resolve_name(store, b)
    if start.id == end.id:
        raise QuestionError(f"{a!r} and {b!r} are one actor, {start.name}")
    hops, ways = find_ways_between(store, start.id, end.id, max_hops, only)
    counts = Counter(i for route in ways for i in route.actors[1:-1])
    known = store.fetch_actors(counts)
    standers = []
    for i in sorted(counts, key=lambda i: (-counts[i], i))[:limit]:
        cut = counts[i] == len(ways) and not joined_without(store, start.id, end.id, i, only)
        standers.append(Stander(known[i], counts[i], round(counts[i] / len(ways), 4), cut))
    return Between(start, end, len(ways), hops, tuple(standers))


def find_ways_between(
    store: Questions, start: str, end: str, max_hops: int | None, only: Filter
) -> tuple[int, list[Route]]:
    """Indirect routes by their actors, and how many hops were allowed."""
    ways: list[Route] = []
    for hops in (max_hops,) if max_hops is not None else range(NEAR, FAR + 1):
        terms = Terms(k=MOST, max_hops=hops, distinct=True)
        ways = [r for r in find_routes(store, start, end, only, terms) if len(r.edges) > 1]
        if ways:
            return hops, ways
    return max_hops or FAR, ways


def joined_without(store: Questions, start: str, end: str, absent: str, only: Filter) -> bool:
    """Whether a path remains when the actor is gone; a direct tie doesn't count."""

    def steps(actors: Sequence[str], into: Collection[str] | None) -> Iterator[paths.Step]:
        ends = {start, end}
        return (s for s in store.steps(actors, only, into) if s.far != absent and {s.near, s.far} != ends)

    return bool(paths.shortest(start, end, steps))
