"""What the graph holds: actors, edges, the evidence under them, and people's judgements on identity.

An appearance is one actor as one article knows it: all its triples' ends of one name in one article.
An actor is a cluster of appearances. An edge is one source, target, PLOVER code and status.
Evidence is a triple seen from its edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.model import ActorType, Code, Status, Triple

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True, order=True)
class Appearance:
    """One actor as one article names it: the unit that identity groups."""

    article: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor was seen to be: (Sergei Shoigu) defense minister of Russia, between two dates."""

    relation: str
    target: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """A node: `id` is derived from content, `name` is the form shown, `aliases` hold every form seen."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """What one actor does to another, with all counts computed from the evidence.

    `articles` and `publishers` are counts, `sources` counts independent articles (near-duplicates once).
    For an edge all of whose evidence is symmetric the ends stand in id order.
    """

    id: str
    source: str
    target: str
    code: Code
    status: Status
    symmetric: bool
    relations: tuple[str, ...]
    evidence: int
    articles: int
    sources: int
    first: str | None
    last: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One triple under an edge, with the edge's and the resolved actors' ids."""

    id: str
    edge: str
    triple: Triple
    said_by: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two appearances (`name @ article`) or names (`name [TYPE]`), with who and when."""

    left: str
    right: str
    verdict: Verdict
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A part of the graph in memory: actors and the edges among them, each sorted by id."""

    actors: tuple[Actor, ...]
    edges: tuple[Edge, ...]
