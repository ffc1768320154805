"""What is exported: the whole graph or a chosen part of it, streamed actor by actor and edge by edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.embedded import EmbeddedGraph
from graph.model import Actor, Edge, Evidence, Subgraph
from graph.store import Filter

ANY = Filter(statuses=(), min_sources=0)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Part:
    """The graph seen through a filter; `near` holds what lies around the actors asked for, if any were."""

    store: EmbeddedGraph
    only: Filter = ANY
    centre: tuple[str, ...] = ()
    near: Subgraph | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.near is None and self.only == ANY

    def actors(self) -> Iterator[Actor]:
        """The actors, sorted by id; those without an edge only where no filter chose the edges."""
        if self.near is not None:
            yield from self.near.actors
        elif self.only == ANY:
            yield from self.store.actors()
        else:
            kept = {end for edge in self.edges() for end in (edge.source, edge.target)}
            yield from (actor for actor in self.store.actors() if actor.id in kept)

    def edges(self) -> Iterator[Edge]:
        """The edges, sorted by id."""
        if self.near is not None:
            yield from self.near.edges
        else:
            yield from self.store.edges(None, None, self.only)

    def labelled(self) -> Iterator[tuple[Edge, str]]:
        """The edges, each with the words that its best known sentence has for the relation."""
        for edges in batched(self.edges()):
            words = find_wordings(self.store, [edge.id for edge in edges])
            for edge in edges:
                yield edge, words.get(edge.id) or next(iter(edge.relations), edge.code)

    def proven(self) -> Iterator[tuple[Edge, list[Evidence]]]:
        """The edges, each with its evidence in order of time."""
        for edges in batched(self.edges()):
            under: dict[str, list[Evidence]] = {edge.id: [] for edge in edges}
            for proof in self.store.evidence(list(under)):
                under[proof.edge].append(proof)
            yield from ((edge, under[edge.id]) for edge in edges)

    def name(self, actor_id: str) -> str:
        """The actor's name."""
        found = self.store.actor(actor_id)
        return found.name if found else actor_id


def choose(store: EmbeddedGraph, *, only: Filter = ANY, actors: Sequence[str] = (), hops: int = 1) -> Part:
    """The part around the actors (ids), as far as `hops`; all of the graph when none is named."""
    if not actors:
        return Part(store, only)
    return Part(store, only, tuple(actors), store.subgraph(actors, hops, only))


def find_wordings(store: EmbeddedGraph, edge_ids: Sequence[str]) -> dict[str, str]:
    """For each edge the relation as its best sentence words it."""
    rows = store.ask(
        f"SELECT edge, wording FROM evidence WHERE edge IN ({','.join('?' * len(edge_ids))}) "
        "ORDER BY edge, said_by IS NULL, confidence, date DESC, article DESC, id DESC",
        edge_ids,
    )
    return dict(rows)  # the last of an edge, which is the best, wins


def best(proofs: Sequence[Evidence]) -> Evidence:
    """The evidence to show first: what the article says itself, then the surest, then the earliest."""
    return min(proofs, key=lambda proof: (proof.said_by is not None, -proof.triple.confidence))


def wording(edge: Edge, proofs: Sequence[Evidence]) -> str:
    """The words that the edge's best sentence has for the relation."""
    return best(proofs).triple.relation_text or next(iter(edge.relations), edge.code)


def kind(edge: Edge) -> str:
    """CONSULT, or CONSULT_NEGATED for what is not actual: Gephi keeps parallel edges that differ in this."""
    return edge.code if edge.status == "actual" else f"{edge.code}_{edge.status.upper()}"


def batched(edges: Iterator[Edge]) -> Iterator[list[Edge]]:
    """The edges in lists of at most BATCH."""
    while batch := list(islice(edges, BATCH)):
        yield batch
