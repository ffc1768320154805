"""Questions worth asking, answered as data over the Questions protocol; nothing here prints.

resolve_name(store, name) -> Actor          QuestionError with near names when nobody bears it
path(store, a, b, *, only) -> Path | None   the shortest path, each hop with its best evidence
find_paths(store, a, b, *, only, terms) -> list[Path]   the best ones on terms (graph.routes)
ties(store, a, b=None, *, only, contested) -> Ties      everything between two actors, or around one, in time
card(store, a, *, limit) -> Card            names, roles, strongest ties, first and last seen
search(store, text, *, limit) -> Found      sentences and actors by their words

graph.ranking and graph.changes ask of the whole graph. Ties and hops carry the sentence that proves them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.errors import QuestionError
from extract.model import Triple
from graph.belief import date_of, weight
from graph.days import read
from graph.model import Actor, Edge, Evidence, Role
from graph.routes import Route, find_routes
from graph.store import Filter, Questions, admits
from graph.terms import Terms

ANY_STATUS = Filter(statuses=())
ACTUAL = Filter()
ARTICLES = ("al-", "el-")


@dataclass(frozen=True, slots=True)
class Tie:
    """One dated claim between two actors.

    `said_by` is None when the article itself says it (or says it of somebody who is no actor: then the
    triple's `attribution` names them); `title` is the article's. Of what is symmetric, `source` is who the
    sentence has as such, whatever the edge's order.
    """

    date: str | None
    source: Actor
    target: Actor
    edge: Edge
    evidence: Evidence
    said_by: Actor | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path from `start` to `end`, with the best tie there is for it.

    `day` is when an ordered path takes it.
    """

    start: Actor
    end: Actor
    tie: Tie
    day: str | None = None

    @property
    def edge(self) -> Edge:
        """The edge it goes along."""
        return self.tie.edge

    @property
    def evidence(self) -> Evidence:
        """What proves it best."""
        return self.tie.evidence

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
class Dispute:
    """What some claim and others deny: who is said to have done what to whom, oldest first."""

    claims: tuple[Tie, ...]
    denials: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """The timeline, with counts by class and by month, and what in it is disputed."""

    actor: Actor
    other: Actor | None
    timeline: tuple[Tie, ...]
    by_code: tuple[tuple[str, int], ...]
    by_month: tuple[tuple[str, int], ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor tied to another, with the sum of the weights of their edges and the classes of these."""

    actor: Actor
    weight: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What the graph knows of one actor; `articles` are ids with titles."""

    actor: Actor
    roles: tuple[Role, ...]
    ties: tuple[Neighbour, ...]
    first: str | None
    last: str | None
    articles: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that was searched for, with the triples it tells."""

    article: str
    title: str | None
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: actors by their names, sentences by their words."""

    actors: tuple[Actor, ...]
    quotes: tuple[Quote, ...]


def resolve_name(store: Questions, name: str) -> Actor:
    """The best known actor of that name, or the one with that id.

    The Arabic article may be left out or put in: Sisi is el-Sisi.
    """
    plain = name.encode("utf-8", "replace").decode()
    bare = plain[3:] if plain[:3].lower() in ARTICLES else plain
    for form in dict.fromkeys((plain, bare, *(article + bare for article in ARTICLES))):
        if found := store.find(form):
            return found[0]
    if known := store.actor(plain):
        return known
    near = store.suggest(plain)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise QuestionError(f"no actor is called {name!r}{hint}")


def tell(store: Questions, edges: Iterable[Edge], only: Filter = ANY_STATUS) -> list[Tie]:
    """All evidence of the edges that the filter lets in, oldest first, undated last."""
    known = {edge.id: edge for edge in edges}
    proofs = [v for v in store.evidence(sorted(known)) if admits(only, v.triple)]
    ends = {end for edge in known.values() for end in (edge.source, edge.target)}
    actors = store.fetch_actors(ends | {v.said_by for v in proofs if v.said_by})
    titles = store.titles({v.triple.article for v in proofs})
    found = []
    for v in proofs:
        edge = known[v.edge]
        for end in (edge.source, edge.target):
            if end not in actors:
                raise QuestionError(f"the graph has an edge at the unknown actor {end}; build it again")
        said_by = actors.get(v.said_by) if v.said_by else None
        source, target = as_told(v.triple, actors[edge.source], actors[edge.target])
        title = titles.get(v.triple.article)
        found.append(Tie(date_of(v.triple), source, target, edge, v, said_by, title))
    return sorted(found, key=lambda t: t.date or "9999")


def as_told(triple: Triple, source: Actor, target: Actor) -> tuple[Actor, Actor]:
    """The ends in the order of the sentence, which a symmetric edge doesn't keep."""
    turned = triple.symmetric and triple.source in target.aliases and triple.source not in source.aliases
    return (target, source) if turned else (source, target)


def choose(found: Iterable[Tie]) -> Tie:
    """The tie to show first: what the article says itself, then the surest, then the earliest."""
    return min(
        found,
        key=lambda t: (
            t.evidence.triple.attribution is not None,
            -t.evidence.triple.confidence,
            t.date or "9999",
            t.evidence.triple.article,
            t.evidence.triple.start,
            t.evidence.id,
        ),
    )


def path(store: Questions, a: str, b: str, *, only: Filter = ACTUAL) -> Path | None:
    """The shortest path between two named actors; None when there is none."""
    return next(iter(find_paths(store, a, b, only=only)), None)


def find_paths(
    store: Questions, a: str, b: str, *, only: Filter = ACTUAL, terms: Terms | None = None
) -> list[Path]:
    """The best paths between two named actors on the terms (whose `via` and `avoid` hold names)."""
    start, end = resolve_name(store, a), resolve_name(store, b)
    if start.id == end.id:
        raise QuestionError(f"{a!r} and {b!r} are one actor, {start.name}")
    wanted = look_up(store, terms or Terms(), start, end)
    return [walk(store, route, only) for route in find_ways(store, start.id, end.id, only, wanted)]


def look_up(store: Questions, terms: Terms, start: Actor, end: Actor) -> Terms:
    """The terms with ids in place of names; an end can't be told to be passed or avoided."""
    via, avoid = (tuple(resolve_name(store, n) for n in names) for names in (terms.via, terms.avoid))
    for actor in (*via, *avoid):
        if actor.id in (start.id, end.id):
            raise QuestionError(f"{actor.name} is an end of the path; name another actor to pass or avoid")
        if actor in via and actor in avoid:
            raise QuestionError(f"{actor.name} can't be both passed and avoided")
    ids = (tuple(dict.fromkeys(actor.id for actor in found)) for found in (via, avoid))
    return replace(terms, via=next(ids), avoid=next(ids))


def find_ways(store: Questions, start: str, end: str, only: Filter, terms: Terms) -> list[Route]:
    """The best routes; a plain question goes to the store's own shortest path."""
    if not terms.plain:
        return find_routes(store, start, end, only, terms)
    edges = store.shortest_path(start, end, only)
    if not edges or (terms.max_hops is not None and len(edges) > terms.max_hops):
        return []
    actors = [start]
    for edge in edges:
        actors.append(edge.target if edge.source == actors[-1] else edge.source)
    return [Route(tuple(actors), tuple(edge.id for edge in edges))]


def walk(store: Questions, route: Route, only: Filter) -> Path:
    """The route as hops, each with its best evidence."""
    told: dict[str, list[Tie]] = {}
    for tie in tell(store, store.edges_by_id(route.edges)):
        told.setdefault(tie.edge.id, []).append(tie)
    ends = {a.id: a for found in told.values() for a in (found[0].source, found[0].target)}
    hops = []
    for number, key in enumerate(route.edges):
        day = route.days[number] if route.days else None
        start, end = (ends[i] for i in route.actors[number : number + 2])
        hops.append(Hop(start, end, choose(fitting(told[key], only, day)), day))
    return Path(tuple(ends[i] for i in route.actors), tuple(hops))


def fitting(found: Sequence[Tie], only: Filter, day: str | None) -> Sequence[Tie]:
    """Those within the filter's dates and of its publisher, and on the day where one is given."""
    let_in = [t for t in found if admits(only, t.evidence.triple)]
    on_it = [t for t in let_in if day and covers(t.evidence.triple, day)]
    return on_it or let_in or found


def covers(triple: Triple, day: str) -> bool:
    """Whether the triple may have happened on the day."""
    span, wanted = read(date_of(triple) or ""), read(day)
    return bool(span and wanted and span[0] <= wanted[0] <= span[1])


def ties(
    store: Questions, a: str, b: str | None = None, *, only: Filter = ANY_STATUS, contested: bool = False
) -> Ties:
    """All claims between two actors, or around one, oldest first; undated ones last.

    `contested` keeps only what some claim and others deny.
    """
    actor = resolve_name(store, a)
    other = resolve_name(store, b) if b is not None else None
    if other is not None and other.id == actor.id:
        raise QuestionError(f"{a!r} and {b!r} are one actor, {actor.name}")
    edges = list(store.edges(actor.id, other.id if other else None, only))
    disputed = find_contested(edges)
    if contested:
        edges = [edge for edge in edges if edge.id in disputed]
    timeline = tell(store, edges, only)
    codes = Counter(t.edge.code for t in timeline)
    months = Counter(t.date[:7] for t in timeline if t.date and len(t.date) >= 7)
    by_code = tuple(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0])))
    by_month = tuple(sorted(months.items()))
    return Ties(actor, other, tuple(timeline), by_code, by_month, find_disputes(timeline, disputed))


def find_contested(edges: Iterable[Edge]) -> dict[str, str]:
    """Edges of what is both claimed as actual and denied, with the smallest id of those that belong together.

    Denying that A met B answers both "A met B" and "B met A"; of one-sided deeds the direction counts.
    """
    groups: dict[tuple[str, ...], list[Edge]] = {}
    for edge in edges:
        ends = sorted((edge.source, edge.target)) if edge.symmetric else (edge.source, edge.target)
        groups.setdefault((*ends, edge.code), []).append(edge)
    return {
        edge.id: min(e.id for e in group)
        for group in groups.values()
        if {"actual", "negated"} <= {edge.status for edge in group}
        for edge in group
    }


def find_disputes(timeline: Iterable[Tie], disputed: dict[str, str]) -> tuple[Dispute, ...]:
    """Claims and denials face to face, in the order in which the disputes began."""
    sides: dict[str, tuple[list[Tie], list[Tie]]] = {}
    for tie in timeline:
        if tie.edge.id in disputed and tie.edge.status in ("actual", "negated"):
            sides.setdefault(disputed[tie.edge.id], ([], []))[tie.edge.status == "negated"].append(tie)
    return tuple(Dispute(tuple(one), tuple(two)) for one, two in sides.values() if one and two)


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
    known = store.fetch_actors(strongest)
    found = tuple(Neighbour(known[i], weights[i], tuple(sorted(codes[i]))) for i in strongest if i in known)
    first = min((e.first for e, _ in near if e.first), default=None)
    last = max((e.last for e, _ in near if e.last), default=None)
    articles = sorted({a.article for a in actor.appearances})
    titles = store.titles(articles)
    told = tuple((article, titles.get(article)) for article in articles)
    return Card(actor, find_roles(store, actor, near), found, first, last, told)


def find_roles(store: Questions, actor: Actor, near: Iterable[tuple[Edge, str]]) -> tuple[Role, ...]:
    """The roles the actor was seen in, each with its first and last date."""
    held = [e for e, _ in near if e.code == "ROLE" and e.source == actor.id]
    dates: dict[tuple[str, str], set[str]] = {}
    for tie in tell(store, held):
        seen = dates.setdefault((tie.evidence.triple.relation, tie.target.name), set())
        if tie.date:
            seen.add(tie.date)
    roles = (Role(r, t, min(d, default=None), max(d, default=None)) for (r, t), d in dates.items())
    return tuple(sorted(roles, key=lambda r: (r.first or "9999", r.relation, r.target)))


def search(store: Questions, text: str, *, limit: int = 20) -> Found:
    """Actors a name of whom begins with the text, and sentences with all its words, newest first."""
    triples = store.search(text, limit)
    titles = store.titles({t.article for t in triples})
    groups = groupby(triples, key=lambda t: (t.article, t.start, t.sentence))
    quotes = (Quote(place[0], titles.get(place[0]), tuple(found)) for place, found in groups)
    plain = text.replace('"', " ").strip(" *").encode("utf-8", "replace").decode()
    return Found(tuple(store.named(plain, limit)) if plain else (), tuple(quotes))
