"""The graph in memory as a NetworkX MultiDiGraph, for whatever needs the whole of it, and for notebooks.

    from graph.embedded import open_graph
    from graph.networks import to_networkx

    with open_graph("dyad.db", readonly=True) as store:
        network = to_networkx(store)

Nodes are actor ids with `name`, `type`, `aliases` and `label`; edge keys are edge ids, with all fields of
`Edge` and `weight` as attributes. A symmetric edge is there once, with `symmetric=True`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.belief import weight
from graph.store import Filter, Questions

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(
    store: Questions, *, actors: Iterable[str] | None = None, hops: int = 0, only: Filter | None = None
) -> nx.MultiDiGraph:
    """The whole graph, or the actors (ids) with what lies within `hops`; actual edges unless told."""
    import networkx as nx

    part = store.subgraph(actors, hops, only or Filter())
    network = nx.MultiDiGraph()
    for actor in part.actors:
        network.add_node(
            actor.id, name=actor.name, label=actor.name, type=actor.type, aliases=list(actor.aliases)
        )
    for edge in part.edges:
        network.add_edge(edge.source, edge.target, key=edge.id, weight=weight(edge), **asdict(edge))
    return network
