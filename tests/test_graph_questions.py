"""Questions answered as data: paths with proof, timelines, cards and rankings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extract.errors import QuestionError
from extract.model import Article
from graph.embedded import EmbeddedGraph, open_graph
from graph.model import Role
from graph.networks import to_networkx
from graph.questions import card, path, ties
from graph.ranking import top
from graph.store import Filter
from tests.small_world import fill, one_name_one_actor, triple


@pytest.fixture
def graph() -> Iterator[EmbeddedGraph]:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        yield graph


def test_each_hop_of_a_path_has_its_sentence(graph: EmbeddedGraph) -> None:
    found = path(graph, "hamo", "shoigu")
    assert found is not None
    assert [a.name for a in found.actors] == ["Ismail Hamo", "Bashar Assad", "Sergei Shoigu"]
    assert found.hops[0].evidence.triple.sentence == "Bashar Assad accuse Ismail Hamo."
    assert not found.hops[0].forward


def test_no_path_is_none(graph: EmbeddedGraph) -> None:
    assert path(graph, "Nunez", "Shoigu") is None


def test_one_actor_under_two_names_is_no_question(graph: EmbeddedGraph) -> None:
    with pytest.raises(QuestionError, match="one actor"):
        path(graph, "Shoigu", "Sergei Shoigu")


def test_an_unknown_name_brings_near_ones(graph: EmbeddedGraph) -> None:
    with pytest.raises(QuestionError, match="did you mean Sergei Shoigu"):
        path(graph, "Sergey Shoygu", "Hamo")


def test_ties_are_in_time_order_and_counted(graph: EmbeddedGraph) -> None:
    found = ties(graph, "Assad")
    assert [t.date for t in found.timeline] == ["2016-06-18", "2016-06-18", "2016-07-01"]
    assert found.by_code == (("CONSULT", 2), ("ACCUSE", 1))
    assert found.by_month == (("2016-06", 2), ("2016-07", 1))
    assert len(ties(graph, "Assad", "Hamo").timeline) == 1


def test_contested_keeps_what_is_claimed_and_denied(graph: EmbeddedGraph) -> None:
    assert ties(graph, "Putin", contested=True).timeline == ()
    claim = triple("a4", "Vladimir Putin", "meet", "Ismail Hamo", "CONSULT", "actual", "2017-02-01", True)
    graph.write(Article("a4", "They met."), [claim])
    found = ties(graph, "Putin", contested=True).timeline
    assert [t.edge.status for t in found] == ["negated", "actual"]


def test_a_card_names_roles_and_strongest_ties(graph: EmbeddedGraph) -> None:
    found = card(graph, "Shoigu")
    assert found.roles == (Role("defense minister of", "Russia", "2016-06-20", "2016-06-20"),)
    assert [(n.actor.name, n.weight) for n in found.ties] == [("Bashar Assad", 4), ("Russia", 1)]
    assert (found.first, found.last) == ("2016-06-18", "2016-06-20")
    assert found.articles == (("a1", "Talks"), ("a2", None))


def test_top_counts_different_neighbours(graph: EmbeddedGraph) -> None:
    ranked = top(graph, limit=3)
    assert [r.score for r in ranked] == [2.0, 2.0, 2.0]
    assert {r.actor.name for r in ranked} == {"Bashar Assad", "Sergei Shoigu", "Russia"}


def test_networkx_holds_the_same_graph(graph: EmbeddedGraph) -> None:
    network = to_networkx(graph, only=Filter(statuses=()))
    assert network.number_of_edges() == 6 and network.number_of_nodes() == 7
    assert {d["weight"] for *_, d in network.edges(data=True)} == {1, 2, 4}
