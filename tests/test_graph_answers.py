"""Answers about the small world of docs/QUESTIONS.md: known ones by value, and all of them alike on Neo4j."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from extract import ontology
from extract.errors import QuestionError
from graph.changes import Side, diff
from graph.embedded import EmbeddedGraph, open_graph
from graph.neo4j_link import Link
from graph.neo4j_store import Neo4jGraph
from graph.questions import card, find_paths, path, resolve_name, search, ties
from graph.ranking import between, communities, top
from graph.routes import hub_size
from graph.store import QUADS, Filter, Questions
from graph.terms import Terms
from tests.neo4j_world import project
from tests.question_world import fill_world, make_story

ANY = Filter(statuses=())


@pytest.fixture(scope="module")
def world() -> Iterator[EmbeddedGraph]:
    with open_graph(":memory:") as graph:
        fill_world(graph)
        yield graph


def chains(store: Questions, a: str, b: str, only: Filter | None = None, **terms: Any) -> list[str]:
    """Paths as the names along them."""
    found = find_paths(store, a, b, only=only or Filter(), terms=Terms(**terms))
    return [" ".join(actor.name.split()[-1] for actor in one.actors) for one in found]


@pytest.mark.parametrize(
    ("a", "b", "only", "terms", "expected"),
    [
        ("Bensouda", "Assad", {}, {}, ["Bensouda Haftar Shoigu al-Assad"]),
        ("Bensouda", "Assad", {}, {"max_hops": 3}, ["Bensouda Haftar Shoigu al-Assad"]),
        ("Bensouda", "Assad", {}, {"max_hops": 2}, []),
        ("Bensouda", "Assad", {}, {"ordered": True}, []),
        ("Assad", "Bensouda", {}, {"ordered": True}, ["al-Assad Shoigu Haftar Bensouda"]),
        ("Assad", "Bensouda", {}, {"ordered": True, "within": 217}, ["al-Assad Shoigu Haftar Bensouda"]),
        ("Assad", "Bensouda", {}, {"ordered": True, "within": 206}, []),
        ("Bensouda", "Assad", {}, {"directed": True}, ["Bensouda Haftar Shoigu al-Assad"]),
        ("Bensouda", "Russia", {}, {"avoid": ("Shoigu",)}, ["Bensouda Haftar Lavrov Russia"]),
        ("Bensouda", "Russia", {}, {"via": ("Lavrov",)}, ["Bensouda Haftar Lavrov Russia"]),
        ("Bensouda", "Russia", {}, {"via": ("Shoigu", "Haftar")}, ["Bensouda Haftar Shoigu Russia"]),
        ("Bensouda", "Russia", {}, {"via": ("Shoigu", "Lavrov")}, []),
        ("Erdogan", "Aleppo", {}, {"through": ("PERSON",)}, []),
        ("Erdogan", "Aleppo", {}, {"through": ("STATE",)}, ["Erdogan Turkey Russia Aleppo"]),
        ("Erdogan", "Aleppo", {}, {"hubs": 3}, []),
        ("Putin", "Haftar", {"statuses": ("actual", "negated")}, {}, ["Putin Haftar"]),
        ("Putin", "Haftar", {"codes": ("CONSULT",)}, {}, []),
        ("Putin", "Erdogan", {"codes": ("CONSULT",), "since": "2016-08-09"}, {}, ["Putin Erdogan"]),
        ("Putin", "Erdogan", {"codes": ("CONSULT",), "since": "2016-08-10"}, {}, []),
        ("Assad", "Haftar", {"min_sources": 2}, {}, []),
        ("Assad", "Shoigu", {"min_sources": 2}, {}, ["al-Assad Shoigu"]),
        ("Assad", "Shoigu", {"publisher": "the levant record"}, {}, ["al-Assad Shoigu"]),
        ("Haftar", "Shoigu", {"publisher": "The Levant Record"}, {}, []),
    ],
)
def test_paths_on_terms(
    world: EmbeddedGraph, a: str, b: str, only: dict[str, Any], terms: dict[str, Any], expected: list[str]
) -> None:
    assert chains(world, a, b, Filter(**only), **terms) == expected


def test_parallel_edges_are_different_paths_unless_only_actors_count(world: EmbeddedGraph) -> None:
    assert len(chains(world, "Russia", "Turkey", k=5, max_hops=1)) == 3
    assert len(chains(world, "Russia", "Turkey", k=5, max_hops=1, distinct=True)) == 1


def test_a_hop_shows_evidence_from_within_the_terms(world: EmbeddedGraph) -> None:
    (hop,) = find_paths(world, "Assad", "Shoigu", only=Filter(publisher="The Levant Record"))[0].hops
    assert hop.evidence.triple.article == "levant-2" and hop.tie.title == "Shoigu Sees Assad in Damascus"
    (first, second, third) = find_paths(world, "Assad", "Bensouda", terms=Terms(ordered=True))[0].hops
    assert (first.day, second.day, third.day) == ("2016-06-18", "2017-01-11", "2017-08-16")


def test_a_denied_edge_weighs_nothing_against_an_actual_one(world: EmbeddedGraph) -> None:
    found = path(world, "Russia", "Aleppo", only=ANY)
    assert found is not None and found.hops[0].edge.status == "actual"


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"via": ("Shoigu",)}, "Sergei Shoigu is an end of the path"),
        ({"avoid": ("Haftar",)}, "Khalifa Haftar is an end of the path"),
        ({"via": ("Putin",), "avoid": ("Vladimir Putin",)}, "can't be both passed and avoided"),
        ({"via": ("Lavrof",)}, "did you mean Sergey Lavrov"),
    ],
)
def test_terms_that_make_no_sense(world: EmbeddedGraph, terms: dict[str, Any], says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        find_paths(world, "Shoigu", "Haftar", terms=Terms(**terms))


@pytest.mark.parametrize("name", ["Assad", "al-Assad", "EL-ASSAD", "bashar al-assad", "Bashar Al-Assad"])
def test_the_arabic_article_may_be_left_out(world: EmbeddedGraph, name: str) -> None:
    assert resolve_name(world, name).name == "Bashar al-Assad"


def test_an_id_is_a_name_too(world: EmbeddedGraph) -> None:
    lavrov = resolve_name(world, "Lavrov")
    assert resolve_name(world, lavrov.id) == lavrov


def test_a_name_no_encoding_knows_is_unknown(world: EmbeddedGraph) -> None:
    with pytest.raises(QuestionError, match="no actor is called"):
        resolve_name(world, "\ud800\x00")


def test_hubs_are_told_from_the_size_of_the_graph(world: EmbeddedGraph) -> None:
    assert hub_size(world) == 10 and world.size() == 18


def test_ties_are_told_as_the_sentence_tells_them(world: EmbeddedGraph) -> None:
    told = {(t.source.name, t.target.name) for t in ties(world, "Shoigu", "Assad").timeline}
    assert told == {("Sergei Shoigu", "Bashar al-Assad"), ("Bashar al-Assad", "Sergei Shoigu")}


def test_disputes_name_both_sides(world: EmbeddedGraph) -> None:
    (dispute,) = ties(world, "Russia", contested=True).disputes
    sides = ([t.said_by.name for t in told if t.said_by] for told in (dispute.claims, dispute.denials))
    assert list(sides) == [["Human Rights Watch"], ["Sergey Lavrov"]]


def test_ties_keep_to_the_dates(world: EmbeddedGraph) -> None:
    found = ties(world, "Russia", "Turkey", only=Filter(statuses=(), since="2016", until="2016-12-28"))
    assert [t.evidence.triple.relation for t in found.timeline] == ["cooperate with"]


def test_search_finds_names_and_sentences(world: EmbeddedGraph) -> None:
    found = search(world, "haftar")
    assert [a.name for a in found.actors] == ["Khalifa Haftar"]
    assert [q.article for q in found.quotes] == ["tripoli-3", "tripoli-2", "tripoli-2", "tripoli-1"]
    assert found.quotes[0].title == "The Hague Wants a Commander"
    assert search(world, " * ") == search(world, "") == type(found)((), ())


def test_between_knows_who_cannot_be_passed_by(world: EmbeddedGraph) -> None:
    found = between(world, "Bensouda", "Russia")
    shares = {s.actor.name: (s.share, s.only_way) for s in found.standers}
    assert shares == {
        "Khalifa Haftar": (1.0, True), "Sergei Shoigu": (0.5, False), "Sergey Lavrov": (0.5, False),
    }  # fmt: skip


def test_nobody_stands_in_a_direct_tie(world: EmbeddedGraph) -> None:
    assert between(world, "Bensouda", "Haftar").standers == ()


def test_before_and_after_tell_what_turned(world: EmbeddedGraph) -> None:
    old, new = Side(world, Filter(until="2015-12-31")), Side(world, Filter(since="2016"))
    found = diff(old, new)
    (turn,) = found.turned
    assert ({a.name for a in turn.actors}, turn.before, turn.after) == (
        {"Russia", "Turkey"}, "conflict", "cooperation",
    )  # fmt: skip
    assert (turn.old.edge.code, turn.new.edge.code) == ("ASSAULT", "COOPERATE")
    assert found.counts == {"actors_new": 9, "actors_gone": 0, "ties_new": 11, "ties_gone": 2, "turned": 1}


def test_a_graph_does_not_differ_from_itself(world: EmbeddedGraph) -> None:
    assert set(diff(Side(world, Filter()), Side(world, Filter())).counts.values()) == {0}


def test_two_graphs_share_actors_by_name(world: EmbeddedGraph) -> None:
    """The other graph calls Shoigu by an alias, so that his id is another."""
    with open_graph(":memory:") as other:
        fill_world(other)
        make_story(other, "extra", "Sergei Shoigu", "Minister Sergei K. Shoigu", "Ada Falk")
        found = diff(Side(world, Filter()), Side(other, Filter()))
    assert "Ada Falk" in {a.name for a in found.actors_new}
    assert found.counts["actors_gone"] == 0


def test_brokers_stand_between_communities(world: EmbeddedGraph) -> None:
    assert top(world, by="brokers", limit=1)[0].actor.name == "Sergei Shoigu"
    found = communities(world)
    assert [c.size for c in found] == [6, 3, 3] and sum(c.outside for c in found) % 2 == 0


def test_pagerank_sums_to_one(world: EmbeddedGraph) -> None:
    assert sum(r.score for r in top(world, by="pagerank", limit=99)) == pytest.approx(1, abs=1e-4)


def test_an_unknown_ranking_names_the_known(world: EmbeddedGraph) -> None:
    with pytest.raises(QuestionError, match="choose degree"):
        top(world, by="fame")  # type: ignore[arg-type]


def test_an_empty_graph_has_nothing_to_rank() -> None:
    with open_graph(":memory:") as graph:
        assert [top(graph, by=by) for by in ("degree", "betweenness", "pagerank", "brokers")] == [[]] * 4
        assert communities(graph) == []


def test_quad_classes_are_those_of_the_vocabulary() -> None:
    assert ontology.load().quads == QUADS


ASKED: dict[str, Callable[[Questions], object]] = {
    "path": lambda s: path(s, "Bensouda", "Assad"),
    "k paths": lambda s: find_paths(s, "Erdogan", "Haftar", terms=Terms(k=9)),
    "distinct": lambda s: find_paths(s, "Erdogan", "Haftar", terms=Terms(k=9, distinct=True)),
    "strength": lambda s: find_paths(s, "Erdogan", "Haftar", terms=Terms(k=3, by="strength")),
    "ordered": lambda s: find_paths(s, "Assad", "Bensouda", terms=Terms(ordered=True, within=400)),
    "directed": lambda s: find_paths(s, "Bensouda", "Assad", terms=Terms(directed=True)),
    "via": lambda s: find_paths(s, "Bensouda", "Russia", terms=Terms(via=("Lavrov",))),
    "through": lambda s: find_paths(s, "Erdogan", "Aleppo", terms=Terms(through=("STATE",))),
    "hubs": lambda s: find_paths(s, "Putin", "Haftar", terms=Terms(hubs=hub_size(s))),
    "denied": lambda s: find_paths(s, "Putin", "Haftar", only=ANY, terms=Terms(k=4)),
    "publisher": lambda s: path(s, "Assad", "Shoigu", only=Filter(publisher="The Levant Record")),
    "ties": lambda s: ties(s, "Russia"),
    "ties of two": lambda s: ties(s, "Shoigu", "Assad"),
    "contested": lambda s: ties(s, "Russia", contested=True),
    "card": lambda s: card(s, "Lavrov"),
    "degree": lambda s: top(s),
    "betweenness": lambda s: top(s, by="betweenness"),
    "pagerank": lambda s: top(s, by="pagerank"),
    "brokers": lambda s: top(s, by="brokers"),
    "communities": lambda s: communities(s),
    "between": lambda s: between(s, "Bensouda", "Russia"),
    "diff": lambda s: diff(Side(s, Filter(until="2015-12-31")), Side(s, Filter(since="2016"))),
    "search": lambda s: search(s, "haftar"),
    "phrase": lambda s: search(s, '"shot down"'),
}


@pytest.mark.neo4j
def test_neo4j_answers_everything_alike(world: EmbeddedGraph, link: Link) -> None:
    project(world, link)
    server = Neo4jGraph(link)
    different = [name for name, ask in ASKED.items() if ask(server) != ask(world)]
    assert different == []
    changed = diff(Side(world, Filter()), Side(server, Filter()))
    assert set(changed.counts.values()) == {0}
