"""Questions on a large graph: each kind warm, `dyad path` cold, and NetworkX that asks the same GraphML."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.frame import Row, Size, Spent, dyad, python, speed_up, spend
from bench.world import make_graph, names, sized
from graph.changes import Side, diff
from graph.embedded import EmbeddedGraph, open_graph
from graph.questions import card, find_paths, path, resolve_name, search, ties
from graph.ranking import between, communities, top
from graph.routes import hub_size
from graph.store import Filter
from graph.terms import Terms

Pair = tuple[str, str]
Ask = Callable[[Pair], object]
COLD, WARM = 15, 20
READ_AND_ASK = """
import sys, time
import networkx as nx
started = time.perf_counter()
graph = nx.read_graphml(sys.argv[1], force_multigraph=True, edge_key_type=str).to_undirected()
read = time.perf_counter() - started
started = time.perf_counter()
for pair in sys.argv[2:]:
    try:
        nx.shortest_path(graph, *pair.split(","))
    except nx.NetworkXNoPath:
        pass
print(read, (time.perf_counter() - started) / len(sys.argv[2:]))
"""


def draw(actors: int, count: int) -> list[Pair]:
    """Pairs of different actors."""
    chance, known = random.Random(11), names(actors)
    return [tuple(known[i] for i in chance.sample(range(actors), 2)) for _ in range(count)]  # type: ignore[misc]


def of_pairs(store: EmbeddedGraph) -> dict[str, Ask]:
    """Every kind of question about one or two actors."""
    years = Filter(since="2015", until="2016")

    def on(terms: Terms) -> Ask:
        return lambda pair: find_paths(store, *pair, terms=terms)

    return {
        "path": lambda pair: path(store, *pair),
        "path -k 5": on(Terms(k=5)),
        "path -k 5 --distinct": on(Terms(k=5, distinct=True)),
        "path --no-hubs": on(Terms(hubs=hub_size(store))),
        "path --through PERSON": on(Terms(through=("PERSON",))),
        "path --ordered --within 1y --max-hops 4": on(Terms(ordered=True, within=365, max_hops=4)),
        "path --by strength": on(Terms(by="strength")),
        "path --since 2015 --until 2016": lambda pair: path(store, *pair, only=years),
        "ties A": lambda pair: ties(store, pair[0]),
        "ties A B": lambda pair: ties(store, *pair),
        "actor A": lambda pair: card(store, pair[0]),
        "search": lambda pair: search(store, pair[0]),
        "between A B": lambda pair: between(store, *pair),
    }


def of_all(store: EmbeddedGraph) -> dict[str, Callable[[], object]]:
    """Every kind of question about the whole graph."""
    sides = [Side(store, Filter(since=str(year), until=str(year))) for year in (2015, 2016)]
    return {
        "top": lambda: top(store),
        "top --by pagerank": lambda: top(store, by="pagerank"),
        "top --by betweenness": lambda: top(store, by="betweenness"),
        "top --by brokers": lambda: top(store, by="brokers"),
        "communities": lambda: communities(store),
        "diff 2015 2016": lambda: diff(*sides),
    }


def middle(spent: list[Spent]) -> Spent:
    """The median by processor time, and by the clock."""
    return Spent(statistics.median(s.wall for s in spent), statistics.median(s.cpu for s in spent))


def ask_every_kind(store: EmbeddedGraph, actors: int) -> Iterator[tuple[str, Spent]]:
    """What each kind takes: the median of several pairs, each asked for the first time."""
    pairs = draw(actors, WARM)
    for title, ask in of_pairs(store).items():
        ask(pairs[0])
        yield title, middle([spend(partial(ask, pair)) for pair in pairs[1:]])
    for title, whole in of_all(store).items():
        yield title, spend(whole)


def write_graphml(file: Path) -> Path:
    """The graph as GraphML beside it."""
    from graph.exports import write_export
    from graph.exports.part import choose

    target = file.with_suffix(".graphml")
    if not target.exists():
        with open_graph(file, readonly=True) as store:
            write_export(choose(store), target)
    return target


def measure(size: Size) -> Iterator[Row]:
    """A whole process of `dyad path`, with evidence, beside NetworkX on GraphML."""
    file, pairs = make_graph(sized(size.actors)), draw(size.actors, COLD)
    cold = middle([dyad("path", *pair, "--graph", file, "--json") for pair in pairs])
    with open_graph(file, readonly=True) as store:
        ids = [",".join(resolve_name(store, name).id for name in pair) for pair in pairs]
        warm = middle([spend(partial(path, store, *pair)) for pair in draw(size.actors, 200)])
    other = python("-c", READ_AND_ASK, write_graphml(file), *ids)
    read, asked = map(float, other.said.split())
    yield speed_up(
        "`dyad path A B`, a whole process, with evidence", "NetworkX reads the GraphML and asks", "s",
        cold.wall, read + asked, ">= 10", f"median of {COLD} pairs; {cold.cpu:.2f} s of processor time",
    )  # fmt: skip
    yield speed_up(
        "a path with evidence in an open graph", "a path without evidence, GraphML already read", "ms",
        warm.wall * 1000, asked * 1000, "", "median of 200 pairs beside a mean of 15",
    )  # fmt: skip
    mine = dyad("path", *pairs[0], "--graph", file, "--json").peak
    yield compare_memory(mine, other.peak)


def compare_memory(ours: float, theirs: float) -> Row:
    """The memory of both."""
    return speed_up("memory of that process", "memory of NetworkX's", "MB", ours, theirs)
