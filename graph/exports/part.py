"""What is exported: the whole graph or a chosen part of it, streamed actor by actor and edge by edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from extract.model import Triple
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


class Wording(msgspec.Struct, frozen=True):
    """What a stored triple says of its words; the rest of it is not decoded."""

    relation_text: str
    attribution: str | None
    confidence: float


def find_wordings(store: EmbeddedGraph, edge_ids: Sequence[str]) -> dict[str, str]:
    """For each edge the relation as its best sentence words it: unattributed, then surest, then earliest."""
    rows = store.ask(
        "SELECT v.edge, t.body FROM evidence v JOIN triples t ON t.article = v.article AND t.id = v.id "
        f"WHERE v.edge IN ({','.join('?' * len(edge_ids))}) ORDER BY v.edge, v.date, v.article, v.id",
        edge_ids,
    )
    found: dict[str, Wording] = {}
    for edge, body in rows:
        told = WORDING.decode(body)
        if edge not in found or rank(told) < rank(found[edge]):
            found[edge] = told
    return {edge: told.relation_text for edge, told in found.items()}


def rank(told: Wording | Triple) -> tuple[bool, float]:
    """How well it stands for its edge, the best first."""
    return told.attribution is not None, -told.confidence


def best(proofs: Sequence[Evidence]) -> Evidence:
    """The evidence to show first: unattributed, then surest, then earliest."""
    return min(proofs, key=lambda proof: rank(proof.triple))


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


WORDING = msgspec.json.Decoder(Wording)
