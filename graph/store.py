"""The few things every store can do; whatever needs more fetches a Subgraph and runs on NetworkX."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.model import ActorType, Code, Status, Triple
from graph.belief import date_of
from graph.model import Actor, Edge, Evidence, Subgraph
from graph.paths import Step

QUADS: dict[Code, str] = {
    "AGREE": "verbal-cooperation", "CONSULT": "verbal-cooperation", "SUPPORT": "verbal-cooperation",
    "CONCEDE": "verbal-cooperation", "COOPERATE": "material-cooperation", "AID": "material-cooperation",
    "RETREAT": "material-cooperation", "REQUEST": "verbal-conflict", "ACCUSE": "verbal-conflict",
    "REJECT": "verbal-conflict", "THREATEN": "verbal-conflict", "PROTEST": "material-conflict",
    "SANCTION": "material-conflict", "MOBILIZE": "material-conflict", "COERCE": "material-conflict",
    "ASSAULT": "material-conflict",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """Which edges count; an empty tuple or None means any.

    `since` and `until` are ISO dates compared with the edge's evidence dates; `publisher` (case ignored)
    wants evidence from an article of that outlet, between these dates.
    """

    statuses: tuple[Status, ...] = ("actual",)
    codes: tuple[Code, ...] = ()
    since: str | None = None
    until: str | None = None
    min_sources: int = 1
    publisher: str | None = None


def admits(only: Filter, triple: Triple) -> bool:
    """Whether this triple lies in the filter's dates and is from its publisher; a year overlaps its days."""
    if only.publisher and (triple.publisher or "").lower() != only.publisher.lower():
        return False
    day = date_of(triple)
    if day is None:
        return not (only.since or only.until)
    return f"{day}-99-99" >= (only.since or "") and day <= f"{only.until or '9999'}-99-99"


class Questions(Protocol):
    """What the embedded file and Neo4j both answer, with the same ids, order and values."""

    def find(self, name: str) -> list[Actor]:
        """Actors that bear the name (any alias; case and accents ignored), the best known first."""
        ...

    def suggest(self, name: str, limit: int = 5) -> list[str]:
        """Names near the one given, nearest first."""
        ...

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id."""
        ...

    def neighbours(self, actor_id: str, only: Filter) -> list[tuple[Edge, str]]:
        """Edges at the actor with the other end's id, sorted by edge id."""
        ...

    def edges(self, source: str | None, target: str | None, only: Filter) -> Iterator[Edge]:
        """Edges between two actors in either direction, at one actor, or all; sorted by id."""
        ...

    def weights(self, only: Filter) -> Iterator[tuple[str, str, int, bool]]:
        """Source, target, weight and symmetry of every edge, in the order of their ids."""
        ...

    def edges_by_id(self, ids: Sequence[str]) -> list[Edge]:
        """The edges with these ids, sorted by id."""
        ...

    def evidence(self, edge_ids: Sequence[str]) -> list[Evidence]:
        """All evidence under the edges, sorted by date, article and offset."""
        ...

    def shortest_path(self, source: str, target: str, only: Filter) -> list[Edge]:
        """Edges of the shortest path, in order; empty when there is none."""
        ...

    def subgraph(self, actor_ids: Iterable[str] | None, hops: int, only: Filter) -> Subgraph:
        """The actors within `hops` of the given ones and the edges among them; all when None."""
        ...

    def steps(
        self, actor_ids: Sequence[str], only: Filter, into: Collection[str] | None = None
    ) -> Iterable[Step]:
        """Every edge at each of the actors, seen from it, or those to one of `into`; in no fixed order."""
        ...

    def dates(self, edge_ids: Iterable[str], only: Filter) -> dict[str, list[str]]:
        """The dates of each edge's evidence that pass the filter, sorted; edges without one are left out."""
        ...

    def fetch_actors(self, actor_ids: Iterable[str]) -> dict[str, Actor]:
        """The actors with these ids; unknown ids are left out."""
        ...

    def types(self, actor_ids: Iterable[str]) -> dict[str, ActorType]:
        """The types of the actors with these ids."""
        ...

    def degrees(self, actor_ids: Iterable[str]) -> dict[str, int]:
        """How many edges each actor has, whatever their status."""
        ...

    def size(self) -> int:
        """How many edges there are."""
        ...

    def titles(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Titles of those of the articles that have one."""
        ...

    def search(self, text: str, limit: int) -> list[Triple]:
        """Triples of up to `limit` sentences that hold all the words, newest article first, then by offset.

        Case and accents don't count; "words in quotes" stand together, and word* is the start of a word.
        """
        ...

    def named(self, prefix: str, limit: int) -> list[Actor]:
        """Actors a name of whom, or a word of one, begins with the prefix, the best known first."""
        ...
