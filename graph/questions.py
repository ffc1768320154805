"""Questions worth asking, answered as data over the Questions protocol; nothing here prints.

resolve_name(store, name) -> Actor              QuestionError with near names when nobody bears it
path(store, a, b, *, only) -> Path | None       the shortest path, each hop with its best evidence
ties(store, a, b=None, *, only, contested) -> Ties    everything between two actors, or around one, in time
card(store, a, *, limit) -> Card                names, roles, strongest ties, first and last seen
top(store, *, by="degree", limit, only) -> list[Ranked]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extract.errors import QuestionError
from graph.belief import date_of, weight
from graph.model import Actor, Edge, Evidence, Role
from graph.store import Filter, Questions

ANY_STATUS = Filter(statuses=())
ACTUAL = Filter()


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from the actor it starts at; `evidence` is the best there is for it."""

    start: Actor
    end: Actor
    edge: Edge
    evidence: Evidence

    @property
    def forward(self) -> bool:
        """Whether the step goes the way the edge points."""
        return self.edge.source == self.start.id


@dataclass(frozen=True, slots=True)
class Path:
    """How two actors are connected."""

    actors: tuple[Actor, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """One dated claim between two actors; `said_by` is None when the article itself says it."""

    date: str | None
    source: Actor
    target: Actor
    edge: Edge
    evidence: Evidence
    said_by: Actor | None


@dataclass(frozen=True, slots=True)
class Ties:
    """The timeline, with counts by class and by month."""

    actor: Actor
    other: Actor | None
    timeline: tuple[Tie, ...]
    by_code: tuple[tuple[str, int], ...]
    by_month: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor tied to another, with the sum of the weights of their edges and the classes of these."""

    actor: Actor
    weight: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What the graph knows of one actor."""

    actor: Actor
    roles: tuple[Role, ...]
    ties: tuple[Neighbour, ...]
    first: str | None
    last: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor with the figure it is ranked by."""

    actor: Actor
    score: float


def resolve_name(store: Questions, name: str) -> Actor:
    """The best known actor of that name."""
    found = store.find(name)
    if found:
        return found[0]
    near = store.suggest(name)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise QuestionError(f"no actor is called {name!r}{hint}")


def the_actor(store: Questions, actor_id: str) -> Actor:
    """The actor an edge ends at."""
    found = store.actor(actor_id)
    if found is None:
        raise QuestionError(f"the graph has an edge at the unknown actor {actor_id}; build it again")
    return found


def best(evidence: Iterable[Evidence]) -> Evidence:
    """The evidence to show first: what the article says itself, then the surest, then the earliest."""
    return min(
        evidence,
        key=lambda v: (
            v.triple.attribution is not None,
            -v.triple.confidence,
            date_of(v.triple) or "9999",
            v.triple.article,
            v.triple.start,
            v.id,
        ),
    )


def path(store: Questions, a: str, b: str, *, only: Filter = ACTUAL) -> Path | None:
    """The shortest path between two named actors; None when there is none."""
    start, end = resolve_name(store, a), resolve_name(store, b)
    if start.id == end.id:
        raise QuestionError(f"{a!r} and {b!r} are one actor, {start.name}")
    edges = store.shortest_path(start.id, end.id, only)
    return walk(store, start, edges) if edges else None


def walk(store: Questions, start: Actor, edges: list[Edge]) -> Path:
    """The edges as hops, each with its best evidence."""
    proofs: dict[str, list[Evidence]] = {}
    for proof in store.evidence([e.id for e in edges]):
        proofs.setdefault(proof.edge, []).append(proof)
    actors, hops = [start], []
    for edge in edges:
        here = actors[-1]
        there = the_actor(store, edge.target if edge.source == here.id else edge.source)
        hops.append(Hop(here, there, edge, best(proofs[edge.id])))
        actors.append(there)
    return Path(tuple(actors), tuple(hops))


def ties(
    store: Questions, a: str, b: str | None = None, *, only: Filter = ANY_STATUS, contested: bool = False
) -> Ties:
    """All claims between two actors, or around one, oldest first; undated ones last."""
    actor = resolve_name(store, a)
    other = resolve_name(store, b) if b is not None else None
    edges = {e.id: e for e in store.edges(actor.id, other.id if other else None, only)}
    if contested:
        disputed = find_contested(edges.values())
        edges = {key: e for key, e in edges.items() if (e.source, e.target, e.code) in disputed}
    known: dict[str, Actor] = {}

    def who(actor_id: str) -> Actor:
        if actor_id not in known:
            known[actor_id] = the_actor(store, actor_id)
        return known[actor_id]

    timeline = []
    for v in store.evidence(sorted(edges)):
        edge = edges[v.edge]
        speaker = who(v.said_by) if v.said_by else None
        timeline.append(Tie(date_of(v.triple), who(edge.source), who(edge.target), edge, v, speaker))
    timeline.sort(key=lambda t: t.date or "9999")
    codes = Counter(t.edge.code for t in timeline)
    months = Counter(t.date[:7] for t in timeline if t.date)
    by_code = tuple(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0])))
    return Ties(actor, other, tuple(timeline), by_code, tuple(sorted(months.items())))


def find_contested(edges: Iterable[Edge]) -> set[tuple[str, str, str]]:
    """What is both claimed as actual and denied: source, target and class."""
    seen: dict[tuple[str, str, str], set[str]] = {}
    for e in edges:
        seen.setdefault((e.source, e.target, e.code), set()).add(e.status)
    return {key for key, statuses in seen.items() if {"actual", "negated"} <= statuses}


def card(store: Questions, a: str, *, limit: int = 10) -> Card:
    """What the graph knows of the named actor; ties and dates count actual edges only."""
    actor = resolve_name(store, a)
    near = store.neighbours(actor.id, ACTUAL)
    weights: Counter[str] = Counter()
    codes: dict[str, set[str]] = {}
    for edge, other in near:
        weights[other] += weight(edge)
        codes.setdefault(other, set()).add(edge.code)
    strongest = sorted(weights, key=lambda key: (-weights[key], key))[:limit]
    found = tuple(Neighbour(the_actor(store, i), weights[i], tuple(sorted(codes[i]))) for i in strongest)
    first = min((e.first for e, _ in near if e.first), default=None)
    last = max((e.last for e, _ in near if e.last), default=None)
    articles = tuple(sorted({a.article for a in actor.appearances}))
    return Card(actor, find_roles(store, actor, near), found, first, last, articles)


def find_roles(store: Questions, actor: Actor, near: Iterable[tuple[Edge, str]]) -> tuple[Role, ...]:
    """The roles the actor was seen in, each with its first and last date."""
    held = [e for e, _ in near if e.code == "ROLE" and e.source == actor.id]
    targets = {e.id: the_actor(store, e.target).name for e in held}
    dates: dict[tuple[str, str], set[str]] = {}
    for v in store.evidence(sorted(targets)):
        seen = dates.setdefault((v.triple.relation, targets[v.edge]), set())
        if date := date_of(v.triple):
            seen.add(date)
    roles = (Role(r, t, min(d, default=None), max(d, default=None)) for (r, t), d in dates.items())
    return tuple(sorted(roles, key=lambda r: (r.first or "9999", r.relation, r.target)))


def top(
    store: Questions, *, by: Literal["degree"] = "degree", limit: int = 20, only: Filter = ACTUAL
) -> list[Ranked]:
    """The actors with the most different neighbours (`by="degree"`), most first."""
    if by != "degree":
        raise QuestionError(f"can't rank by {by!r}; choose degree")
    near: dict[str, set[str]] = {}
    for edge in store.edges(None, None, only):
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    ranked = sorted(near, key=lambda key: (-len(near[key]), key))[:limit]
    return [Ranked(the_actor(store, key), float(len(near[key]))) for key in ranked]
