"""Routes on terms, held against brute force over every loopless way through small random graphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from extract.model import Article
from graph.days import read
from graph.embedded import EmbeddedGraph, open_graph
from graph.model import Edge
from graph.routes import find_routes
from graph.store import Filter
from graph.terms import Terms
from tests.small_world import one_name_one_actor, triple

# N0 and N1 are states and N2 a place in every drawn graph; the rest are persons. Routes go from N4 to N5.
NAMES = tuple(f"N{i}" for i in range(6))
PAIRS = tuple(itertools.permutations(NAMES, 2))
CODES = ("CONSULT", "CONSULT", "ACCUSE", "ROLE", "SAY", "OTHER")
DAYS = ("2016-01-05", "2016-02-10", "2016-03-01", "2016-03-20", "2016-04-09", "2016-02", "2016", None)
ROW = st.tuples(
    st.sampled_from(PAIRS),
    st.sampled_from(CODES),
    st.sampled_from(DAYS),
    st.booleans(),
    st.sampled_from(("actual", "actual", "actual", "negated")),
)
CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "via": st.lists(st.sampled_from(NAMES[:4]), min_size=1, max_size=2, unique=True).map(tuple),
    "avoid": st.sampled_from(NAMES[:4]).map(lambda name: (name,)),
    "through": st.sampled_from((("PERSON",), ("STATE", "PERSON"), ("PLACE",))),
    "hubs": st.integers(2, 7),
    "directed": st.just(True),
    "ordered": st.just(True),
    "within": st.sampled_from((0, 9, 10, 19, 20, 36, 60)),
    "by": st.just("strength"),
    "distinct": st.just(True),
}


@st.composite
def some_terms(draw: st.DrawFn) -> Terms:
    """Terms with up to three conditions at once; more would leave no route to compare."""
    chosen = draw(st.lists(st.sampled_from(sorted(CHOICES)), max_size=3, unique=True))
    values = {key: draw(CHOICES[key]) for key in chosen}
    if "within" in values:
        values["ordered"] = True
    return Terms(k=draw(st.integers(1, 8)), max_hops=draw(st.integers(2, 5)), **values)


FILTERS = st.builds(
    Filter,
    statuses=st.sampled_from((("actual",), ())),
    codes=st.sampled_from(((), (), ("CONSULT", "ROLE"))),
    since=st.sampled_from((None, None, None, "2016-02-05")),
    until=st.sampled_from((None, None, None, "2016-03-10")),
    min_sources=st.sampled_from((1, 1, 1, 2)),
)


def kind(name: str) -> str:
    return {"N0": "STATE", "N1": "STATE", "N2": "PLACE"}.get(name, "PERSON")


def draw(rows: list[Any]) -> EmbeddedGraph:
    """A graph with one article for each row."""
    graph = open_graph(":memory:", resolver=typed)
    for i, ((a, b), code, day, symmetric, status) in enumerate(rows):
        found = [triple(f"k{i:02}", a, "r", b, code, status, day, symmetric)]
        graph.write(Article(f"k{i:02}", " ".join(f"{i}x{j}" for j in range(30))), found, "test")
    return graph


def typed(triples: list[Any], judgements: list[Any]) -> list[Any]:
    from dataclasses import replace

    found = one_name_one_actor(triples, judgements)
    return [replace(a, id=a.name, type=kind(a.name)) for a in found]  # type: ignore[arg-type]


def simple_ways(
    edges: list[Edge], terms: Terms, here: tuple[str, ...], way: tuple[Edge, ...]
) -> Iterator[Any]:
    """Every loopless way of edges from N4 to N5, by depth-first search."""
    if here[-1] == "N5":
        yield here, way
        return
    for edge in edges:
        ends = [(edge.source, edge.target), (edge.target, edge.source)]
        for number, (near, far) in enumerate(ends):
            allowed = number == 0 or edge.symmetric or not terms.directed
            if near == here[-1] and far not in here and allowed:
                yield from simple_ways(edges, terms, (*here, far), (*way, edge))


def fits(
    graph: EmbeddedGraph, only: Filter, terms: Terms, actors: tuple[str, ...], way: tuple[Edge, ...]
) -> bool:
    """Whether a way meets every term, checked one by one."""
    inner, free = actors[1:-1], [a for a in actors[1:-1] if a not in terms.via]
    degree = {a: len(list(graph.edges(a, None, Filter(statuses=())))) for a in inner}
    roles = zip(itertools.pairwise(way), inner, strict=True)
    return (
        len(way) <= (terms.max_hops or 99)
        and set(terms.via) <= set(inner)
        and not set(terms.avoid) & set(inner)
        and all(not terms.through or kind(a) in terms.through for a in free)
        and all(terms.hubs is None or degree[a] <= terms.hubs for a in free)
        and not any(x.code == y.code == "ROLE" and kind(a) != "PERSON" for (x, y), a in roles)
        and (not terms.ordered or in_order([days_of(graph, only, e) for e in way], terms.within))
    )


def days_of(graph: EmbeddedGraph, only: Filter, edge: Edge) -> set[int]:
    """All days of the edge's evidence, as far as the filter lets it in."""
    found: set[int] = set()
    for v in graph.evidence([edge.id]):
        day = v.triple.date or "2016-06-20"
        first, last = read(day) or (0, -1)
        low = (read(only.since) or (0, 0))[0] if only.since else 0
        high = (read(only.until) or (0, 0))[1] if only.until else 10**9
        if first <= high and last >= low:
            found |= set(range(first, last + 1))
    return found


def in_order(hops: list[set[int]], within: int | None) -> bool:
    """Whether a day can be chosen for each hop, by trying all."""
    reach = hops[0]
    for when in hops[1:]:
        most = 10**9 if within is None else within
        low = min(reach, default=10**9)
        reach = {d for d in when if d >= low and any(0 <= d - e <= most for e in reach)}
    return bool(reach)


def cost(graph: EmbeddedGraph, terms: Terms, actors: tuple[str, ...], way: tuple[Edge, ...]) -> Any:
    """The order of routes, computed anew."""
    weight = sum(
        (1 if e.code in ("ROLE", "SAY", "OTHER") else 2) * e.sources for e in way if e.status == "actual"
    )
    spent = 0
    if terms.by == "strength":
        for e in way:
            place = 20 if "PLACE" in (kind(e.source), kind(e.target)) else 10
            spent += max({"ROLE": 30, "SAY": 20}.get(e.code, 10), place)
        spent += sum(len(list(graph.edges(a, None, Filter(statuses=())))).bit_length() for a in actors[1:-1])
    return spent, len(way), -weight, [e.id for e in way]


@settings(deadline=None, max_examples=300)
@given(st.lists(ROW, min_size=14, max_size=30), some_terms(), FILTERS)
def test_routes_are_the_best_of_all_ways(rows: list[Any], terms: Terms, only: Filter) -> None:
    assume({"N4", "N5"} <= {name for pair, *_ in rows for name in pair})
    with draw(rows) as graph:
        edges = list(graph.edges(None, None, only))
        ways = [w for w in simple_ways(edges, terms, ("N4",), ()) if fits(graph, only, terms, *w)]
        ways.sort(key=lambda w: cost(graph, terms, *w))
        if terms.distinct:
            ways = list({actors: (actors, way) for actors, way in reversed(ways)}.values())
            ways.sort(key=lambda w: cost(graph, terms, *w))
        found = find_routes(graph, "N4", "N5", only, terms)
        expected = [(actors, tuple(e.id for e in way)) for actors, way in ways[: terms.k]]
        event(f"{min(len(expected), 2)} routes {'ordered' if terms.ordered else ''}")
        assert [(r.actors, r.edges) for r in found] == expected
        for route in found:
            assert len(route.days) == (len(route.edges) if terms.ordered else 0)
            gaps = [
                b - a for a, b in itertools.pairwise(date.fromisoformat(d).toordinal() for d in route.days)
            ]
            assert all(0 <= gap <= (10**9 if terms.within is None else terms.within) for gap in gaps)
            by_id = {e.id: e for e in edges}
            for day, key in zip(route.days, route.edges, strict=bool(route.days)):
                assert date.fromisoformat(day).toordinal() in days_of(graph, only, by_id[key])
