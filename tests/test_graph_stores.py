"""One body of tests that every store passes: the same questions, the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.belief import weight
from graph.embedded import open_graph
from graph.neo4j_load import load
from graph.neo4j_store import Neo4jGraph
from graph.store import Filter, Questions
from tests.small_world import fill, one_name_one_actor


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Iterator[Questions]:
    """The world in each store."""
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        if request.param == "embedded":
            yield graph
            return
        link = request.getfixturevalue("link")
        load(graph, link)
        yield Neo4jGraph(link)


def the(store: Questions, name: str) -> str:
    return store.find(name)[0].id


@pytest.mark.parametrize("only", [Filter(), Filter(statuses=(), min_sources=0), Filter(codes=("ROLE",))])
def test_weights_are_those_of_the_edges(store: Questions, only: Filter) -> None:
    expected = [(e.source, e.target, weight(e), e.symmetric) for e in store.edges(None, None, only)]
    assert list(store.weights(only)) == expected
    assert expected


@pytest.mark.parametrize("name", ["Ángela Núñez", "angela nunez", "NUNEZ", "  angela   núñez "])
def test_find_ignores_case_and_accents(store: Questions, name: str) -> None:
    assert [a.name for a in store.find(name)] == ["Ángela Núñez"]


def test_nobody_is_found_but_suggested(store: Questions) -> None:
    assert store.find("Shoygu") == []
    assert "Sergei Shoigu" in store.suggest("Sergey Shoygu")


def test_symmetric_evidence_of_both_directions_is_one_edge(store: Questions) -> None:
    (edge,) = store.edges(the(store, "Shoigu"), the(store, "Assad"), Filter())
    assert (edge.symmetric, edge.evidence, edge.articles, edge.sources) == (True, 2, 2, 2)
    assert edge.source < edge.target and edge.confidence == 0.6975
    assert [v.triple.article for v in store.evidence([edge.id])] == ["a1", "a2"]


def test_path_takes_actual_edges_in_either_direction(store: Questions) -> None:
    path = store.shortest_path(the(store, "Hamo"), the(store, "Shoigu"), Filter())
    assert [e.code for e in path] == ["ACCUSE", "CONSULT"]


def test_two_roles_in_one_state_are_no_path(store: Questions) -> None:
    assert store.shortest_path(the(store, "Putin"), the(store, "Shoigu"), Filter()) == []
    assert len(store.shortest_path(the(store, "Putin"), the(store, "Russia"), Filter())) == 1


def test_denied_edges_count_only_when_asked_for(store: Questions) -> None:
    asked = Filter(statuses=("actual", "negated"))
    path = store.shortest_path(the(store, "Putin"), the(store, "Shoigu"), asked)
    assert [e.status for e in path] == ["negated", "actual", "actual"]


def test_the_unconnected_have_no_path(store: Questions) -> None:
    assert store.shortest_path(the(store, "Nunez"), the(store, "Putin"), Filter()) == []


@pytest.mark.parametrize(
    ("since", "until", "codes"),
    [
        ("2016-06-18", "2016-06-18", ["CONSULT"]),
        ("2016-07", None, ["ACCUSE"]),
        (None, "2016-06-19", ["CONSULT"]),
        ("2018", None, []),
    ],
)
def test_dates_select_edges(store: Questions, since: str, until: str, codes: list[str]) -> None:
    found = store.edges(the(store, "Assad"), None, Filter(since=since, until=until))
    assert sorted(e.code for e in found) == codes


def test_neighbours_and_subgraph_agree(store: Questions) -> None:
    assad = the(store, "Assad")
    near = {other for _, other in store.neighbours(assad, Filter())}
    part = store.subgraph([assad], 1, Filter())
    assert {a.id for a in part.actors} == near | {assad}
    assert [e.id for e in part.edges] == sorted(e.id for e in part.edges)
    assert len(store.subgraph(None, 0, replace(Filter(), statuses=())).edges) == 6


def test_steps_see_each_edge_from_the_actor(store: Questions) -> None:
    putin, hamo = the(store, "Putin"), the(store, "Hamo")
    seen = {(s.code, s.far, bool(s.outward), s.weight) for s in store.steps([putin], Filter(statuses=()))}
    russia = the(store, "Russia")
    assert seen == {("ROLE", russia, True, 1), ("CONSULT", hamo, putin < hamo, 0)}
    (stop,) = store.steps([putin], Filter())
    assert (stop.near_stop, stop.far_stop, stop.symmetric) == (0, 1, 0)


def test_steps_of_both_ends_hold_the_edge_twice(store: Questions) -> None:
    everyone = [a.id for a in store.subgraph(None, 0, Filter()).actors]
    edges = [s.edge for s in store.steps(everyone, Filter(statuses=()))]
    assert sorted(edges) == sorted(2 * [e.id for e in store.edges(None, None, Filter(statuses=()))])


def test_many_actors_degrees_and_size_at_once(store: Questions) -> None:
    putin, assad = the(store, "Putin"), the(store, "Assad")
    assert store.fetch_actors([assad, putin, "nobody"]) == {i: store.actor(i) for i in (putin, assad)}
    assert store.degrees([putin, assad, "nobody"]) == {putin: 2, assad: 2, "nobody": 0}
    assert store.size() == 6


def test_only_articles_with_a_title_have_one(store: Questions) -> None:
    assert store.titles(["a1", "a2", "a9"]) == {"a1": "Talks"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("shoigu", ["a1", "a1", "a2"]),
        ("SHOIGU meet", ["a1", "a2"]),
        ('"meet with sergei"', ["a2"]),
        ("nunez", ["a3"]),
        ("accus*", ["a2"]),
        ("accus", []),
        ("shoigu AND", []),
        ("shoigu OR hamo", []),
        ('"', []),
        ("* - ()", []),
        ("", []),
        ("shoigu\x00hamo\ud800", []),
    ],
)
def test_search_finds_sentences_with_all_words(store: Questions, text: str, found: list[str]) -> None:
    assert sorted(t.article for t in store.search(text, 10)) == found


def test_search_counts_sentences(store: Questions) -> None:
    assert len(store.search("shoigu", 1)) == 1


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("sho", ["Sergei Shoigu"]),
        ("SERGEI S", ["Sergei Shoigu"]),
        ("ange", ["Ángela Núñez"]),
        ("%", []),
        ("zzz", []),
    ],
)
def test_names_are_found_by_their_beginning(store: Questions, prefix: str, names: list[str]) -> None:
    assert [a.name for a in store.named(prefix, 10)] == names
    assert len(store.named("", 3)) == 3


@pytest.mark.parametrize(("publisher", "number"), [("Wire", 3), ("wire", 3), ("Other", 0)])
def test_a_publisher_selects_edges(store: Questions, publisher: str, number: int) -> None:
    found = list(store.edges(None, None, Filter(statuses=(), publisher=publisher)))
    assert len(found) == number


def test_publisher_and_dates_hold_of_one_evidence(store: Questions) -> None:
    only = Filter(statuses=(), publisher="Wire", until="2016-06-19")
    assert [e.code for e in store.edges(None, None, only)] == ["CONSULT"]


def test_steps_into_some_actors_only(store: Questions) -> None:
    shoigu, assad, russia = the(store, "Shoigu"), the(store, "Assad"), the(store, "Russia")
    both = {(s.near, s.far) for s in store.steps([shoigu, assad], Filter(), {assad, russia})}
    assert both == {(shoigu, assad), (shoigu, russia)}
    assert list(store.steps([shoigu], Filter(), set())) == []


def test_dates_of_evidence_within_the_filter(store: Questions) -> None:
    ids = [e.id for e in store.edges(the(store, "Assad"), None, Filter(statuses=()))]
    dates = sorted(store.dates(ids, Filter()).values())
    assert dates == [["2016-06-18"], ["2016-07-01"]]
    assert list(store.dates(ids, Filter(since="2016-07")).values()) == [["2016-07-01"]]
    assert list(store.dates(ids, Filter(publisher="wire")).values()) == [["2016-06-18"]]
