"""Cypher: read-only on the real Neo4j, plain data out; and the same queries on the graph file's engine."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.errors import QuestionError
from graph import cypher, embedded_cypher
from graph.cypher import Answer, Node, Route, Tie
from graph.embedded import EmbeddedGraph, open_graph
from graph.neo4j_link import Link
from graph.neo4j_load import load
from tests.small_world import fill, one_name_one_actor
from tests.test_graph_neo4j_differential import make_graph

pytestmark = pytest.mark.neo4j

ALIKE = [
    "MATCH (n) RETURN count(n)",
    "MATCH ()-[r]->() RETURN count(r)",
    "MATCH ()-[r]-() RETURN count(r)",
    "MATCH (a:Actor) RETURN count(a)",
    "MATCH (a:Actor) RETURN a",
    "MATCH (a:Actor) RETURN a.name ORDER BY a.name",
    "MATCH (a:Actor) RETURN a.name ORDER BY a.articles DESC, a.name LIMIT 5",
    "MATCH (a:Actor) RETURN a.name ORDER BY a.name SKIP 3 LIMIT 4",
    "MATCH (a:Actor {name: 'Ana Ode'}) RETURN a.id, a.type, a.aliases",
    "MATCH (a:Actor) WHERE a.type = 'STATE' RETURN a.name",
    "MATCH (a:Actor) WHERE a.type <> 'PERSON' RETURN a.name",
    "MATCH (a:Actor) WHERE a.name STARTS WITH 'Ana' RETURN a.name",
    "MATCH (a:Actor) WHERE a.name ENDS WITH 'Ode' RETURN a.name",
    "MATCH (a:Actor) WHERE a.name CONTAINS 'Núñez' RETURN a.name",
    "MATCH (a:Actor) WHERE a.name IN ['Bo Ode', 'Per Katz', 'Nobody'] RETURN a.name",
    "MATCH (a:Actor) WHERE NOT a.name CONTAINS 'o' RETURN a.name",
    "MATCH (a:Actor) WHERE a.articles > 3 AND a.type = 'PERSON' RETURN a.name, a.articles",
    "MATCH (a:Actor) RETURN a.type, count(*) ORDER BY a.type",
    "MATCH (a:Actor) RETURN avg(a.articles), min(a.articles), max(a.articles), sum(a.articles)",
    "MATCH (a:Actor) RETURN count(DISTINCT a.type)",
    "MATCH (a:Actor)-[r:CONSULT]->(b:Actor) RETURN a.name, b.name",
    "MATCH (a:Actor)-[r:CONSULT]-(b:Actor) RETURN a.name, b.name",
    "MATCH (a:Actor)<-[r:ROLE]-(b:Actor) RETURN a.name, b.name",
    "MATCH (a:Actor)-[r:CONSULT|ACCUSE]->(b:Actor) RETURN a.name, b.name, r.id",
    "MATCH (a:Actor)-[r]->(b:Actor) RETURN r.id, a.id, b.id",
    "MATCH (a:Actor)-[r]-(b:Actor) RETURN r.id, a.id",
    "MATCH (a:Actor)-[r:ROLE]->(b:Actor) RETURN r",
    "MATCH (a:Actor)-[r:ROLE]->(b:Actor) WHERE r.confidence > 0.5 RETURN a.name, r.confidence",
    "MATCH (a:Actor)-[r:CONSULT]-(b:Actor) WHERE r.articles >= 2 RETURN a.name, r.sources",
    "MATCH (a:Actor)-[r:CONSULT]-(b:Actor) WHERE r.first >= '2016' RETURN r.first, r.last",
    "MATCH (a:Actor)-[r:CONSULT]-(b:Actor) WHERE r.symmetric RETURN DISTINCT r.id",
    "MATCH (a:Actor)-[r:ROLE]->(b:Actor) RETURN a.name, count(r) ORDER BY count(r) DESC, a.name",
    "MATCH (a:Actor)-[r]->(b:Actor) RETURN b.name, sum(r.weight) AS w ORDER BY w DESC, b.name LIMIT 5",
    "MATCH (a:Actor)-[x]->(b:Actor)-[y]->(a) RETURN a.name, b.name",
    "MATCH (a:Actor {name: 'Bo Ode'})-[:ROLE*1..2]->(b:Actor) RETURN b.name",
    "MATCH p = (a:Actor {name: 'Bo Ode'})-[:ROLE]->(b:Actor) RETURN p",
    "MATCH (a:Actor) OPTIONAL MATCH (a)-[r:AID]->(b:Actor) RETURN a.name, b.name",
    "MATCH (a:Actor) WHERE NOT EXISTS { MATCH (a)-[:ROLE]->(:Actor) } RETURN a.name",
    "MATCH (a:Actor) WHERE EXISTS { MATCH (a)-[:ROLE]->(:Actor) } RETURN a.name",
    "MATCH (s:Statement) RETURN count(s)",
    "MATCH (s:Statement)-[:IN]->(x:Article) RETURN x.id, count(s)",
    "MATCH (s:Statement)-[:SOURCE]->(a:Actor) RETURN a.name, count(s)",
    "MATCH (s:Statement)-[:SAID_BY]->(a:Actor) RETURN a.name, s.sentence",
    "MATCH (a:Actor)-[r:ROLE]->(b:Actor) MATCH (s:Statement) WHERE s.edge = r.id RETURN s.sentence, s.date",
    "MATCH (a:Actor)<-[:SOURCE]-(s:Statement)-[:TARGET]->(b:Actor) WHERE s.code = 'AID' RETURN a.id, b.id",
    "MATCH (s:Statement) WHERE s.date >= '2016-03' AND s.date < '2016-04' RETURN s.id",
    "MATCH (s:Statement) WHERE s.location IS NULL RETURN count(s)",
    "MATCH (s:Statement) WHERE s.location IS NOT NULL RETURN s.location, count(*)",
    "MATCH (s:Statement) RETURN s.publisher, count(DISTINCT s.code) AS n ORDER BY n, s.publisher",
    "MATCH (c:Claim)-[:FROM]->(a:Actor) RETURN c.status, a.name",
    "MATCH (a:Actor)<-[:FROM]-(c:Claim)-[:TO]->(b:Actor) RETURN a.name, c.code, b.name",
    "MATCH (a:Actor) WITH a.type AS t, count(*) AS n WHERE n > 1 RETURN t, n",
    "MATCH (a:Actor)-[r]-(:Actor) WITH a, count(r) AS n ORDER BY n DESC, a.name LIMIT 3 RETURN a.name, n",
    "UNWIND [1, 2, 3] AS x RETURN x * 2 AS y",
    "UNWIND ['Ana Ode', 'Bo Katz'] AS n MATCH (a:Actor {name: n}) RETURN a.name, size(a.aliases)",
    "MATCH (a:Actor {name: $name}) RETURN a.name",
    "MATCH (a:Actor) WHERE a.name = $name OR a.name = 'Ode' RETURN a.name",
    "MATCH (a:Actor) RETURN CASE WHEN a.articles > 3 THEN 'oft' ELSE 'rare' END AS f, count(*) ORDER BY f",
    "MATCH (a:Actor) RETURN lower(a.name) ORDER BY lower(a.name)",
    "MATCH (a:Actor {name: 'Ana Ode'}) RETURN a.name UNION MATCH (a:Actor {name: 'Bo Ode'}) RETURN a.name",
    "MATCH (a:Actor) RETURN a.name + '!' AS shout ORDER BY shout LIMIT 3",
    "RETURN 7 / 2, 7 % 2, 2.0 / 4, 1 = 1, null IS NULL",
]
ALIKE += [
    "MATCH (a:Actor)-[:ROLE]->(b:Actor)-[:CONSULT]-(c:Actor) RETURN a.name, b.name, c.name",
    "MATCH (a:Actor)-[:ROLE]->(b:Actor)-[:ROLE]->(c:Actor) RETURN a.name, c.name",
    "MATCH (s:Statement)-[:SOURCE]->(a:Actor), (s)-[:TARGET]->(b:Actor) WHERE a.id = b.id RETURN s.id",
    "MATCH (a:Actor)-[r:ROLE]->(b:Actor) MATCH (a)-[q:CONSULT]-(c:Actor) RETURN a.name, b.name, c.name",
]
REFUSED = [
    "MATCH (a:Actor {name: 'Ana Ode'})-[:ROLE|CONSULT]-(b:Actor)-[:ROLE|CONSULT]-(c:Actor) RETURN c.name",
    "MATCH (a:Actor {name: 'Bo Ode'})-[:CONSULT*2..2]-(b:Actor) RETURN b.name",
    "MATCH (a:Actor {name: 'Bo Ode'})-[*1..3]->(b:Actor) RETURN b.name",
    "MATCH (a:Actor)-[:ROLE]->(s:Actor)<-[:ROLE]-(b:Actor) RETURN a.name, b.name",
    "MATCH (a:Actor)-[r]->(b:Actor), (a)-[q]->(c:Actor) RETURN b.name, c.name",
    "MATCH (a)-[:AID]->(b)-[:AID]->(c)-[:AID]->(d) RETURN a.name",
    "MATCH (a)--(b)--(c) RETURN count(*)",
    "MATCH p = shortestPath((a:Actor {name: 'Bo Ode'})-[*..4]-(b:Actor {name: 'Ode'})) RETURN p",
    "MATCH p = (a:Actor)-[* SHORTEST 1..4]-(b:Actor) RETURN p",
    "MATCH (a:Person) RETURN a.name",
    "MATCH (a:Actor) RETURN labels(a)",
    "MATCH ()-[r]->() RETURN type(r)",
    "MATCH (a:Actor) SET a.name = 'x'",
    "CREATE (:Actor {id: 'x'})",
    "LOAD FROM '/etc/passwd' RETURN *",
    "CALL show_tables() RETURN *",
    "MATCH (a:Actor) RETURN a.id AS `'`; COPY (MATCH (a:Actor) RETURN a.id) TO '/tmp/out.csv' // '",
    "RETURN 1 AS `x`SET a.name = 'x'",
    "RETURN 1; RETURN 2",
    "CHECKPOINT",
    "COMMENT ON TABLE Actor IS 'x'",
    "DETACH x",
    "RETURN 'open",
    "RETURN `open",
    "RETURN 1 /* open",
    "MATCH (a:Actor) RETURN collect(a.name)[0] IS NOT NULL",
    "MATCH (a:Nobody) RETURN a",
    "MATCH (a RETURN a",
]


@pytest.fixture(scope="module")
def graph() -> Iterator[EmbeddedGraph]:
    with make_graph(random.Random(3)) as found:
        yield found


@pytest.fixture(scope="module")
def engine(graph: EmbeddedGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The graph in ladybug, copied once."""
    pytest.importorskip("ladybug", reason="ladybug is not installed: pip install dyad[cypher]")
    connection = embedded_cypher.copy_graph(graph, tmp_path_factory.mktemp("ladybug") / "graph")
    yield connection
    connection.close()


def bag(answer: Answer) -> list[str]:
    """The rows in an order of their own; relationships without an id of ours by type and ends."""
    return sorted(repr(row) for row in answer.rows)


def test_the_file_answers_as_neo4j_does(graph: EmbeddedGraph, engine: Any, link: Link) -> None:
    load(graph, link)
    unlike, empty = [], 0
    for query in ALIKE:
        given = {"name": "Zoë Katz"} if "$name" in query else {}
        embedded_cypher.refuse(query)
        theirs, ours = cypher.ask(link, query, given), embedded_cypher.run(engine, query, given)
        ordered = "ORDER BY" not in query or list(map(repr, ours.rows)) == list(map(repr, theirs.rows))
        if not ordered or bag(ours) != bag(theirs):
            unlike.append((query, bag(ours)[:3], bag(theirs)[:3]))
        empty += not theirs.rows
    assert len(ALIKE) >= 60 and unlike == [] and empty < 8


@pytest.mark.parametrize("query", REFUSED)
def test_what_it_would_answer_differently_is_refused(engine: Any, query: str) -> None:
    with pytest.raises(QuestionError):
        embedded_cypher.refuse(query)
        embedded_cypher.run(engine, query, {})


@pytest.mark.parametrize(
    "query",
    ["RETURN 1 AS `'` ; CREATE (:X) // '", "RETURN 1 AS `x`SET a.name = 'x'"],
)
def test_no_quote_hides_a_write(query: str) -> None:
    with pytest.raises(QuestionError, match=r"may write|is more than one|open"):
        embedded_cypher.refuse(query)


@pytest.mark.parametrize("word", ["CREATE (x)", "it's // SET", "MATCH (a)--(b)--(c)", ":Person", "`", "/* `"])
def test_words_in_quotes_are_no_commands(engine: Any, word: str) -> None:
    quoted = word.replace("'", "\\'")
    query = f"MATCH (a:Actor) WHERE a.name = '{quoted}' RETURN a.name"
    embedded_cypher.refuse(query)
    assert embedded_cypher.run(engine, query, {}).rows == ()


@pytest.mark.parametrize(
    "query",
    [
        "RETURN 1 AS `SET`",
        "RETURN 1 AS `a b`",
        "RETURN 1 // it's CREATE",
        "/* ' MERGE */ RETURN 1;",
        "RETURN size('\\'; CREATE (:X) //') - 16",
    ],
)
def test_quoted_names_and_comments_are_no_commands(engine: Any, query: str) -> None:
    embedded_cypher.refuse(query)
    assert embedded_cypher.run(engine, query, {}).rows == ((1,),)


@pytest.fixture
def loaded(link: Link) -> Link:
    """The small world in Neo4j."""
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        load(graph, link)
    return link


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (a:Actor) SET a.name = 'x'",
        "CREATE (:X)",
        "MATCH (n) DETACH DELETE n",
        "CREATE INDEX FOR (n:X) ON n.y",
        "CREATE CONSTRAINT FOR (n:X) REQUIRE n.y IS UNIQUE",
        "DROP INDEX names IF EXISTS",
        "MATCH (a) FOREACH (x IN [1] | SET a.y = x)",
        "CALL { CREATE (:X) } RETURN 1",
        "CALL { CREATE (:X) } IN TRANSACTIONS",
        "CALL db.createLabel('X')",
        "PROFILE CREATE (:X)",
        "USE neo4j CREATE (:X)",
        "RETURN 1 AS `'` UNION CREATE (:X) RETURN 1 AS `'`",
        "/* ' */ CREATE (:X) // '",
        "MATC\\u0048 (a) \\u0053ET a.name = 'x'",
        "CREATE USER eve SET PASSWORD 'long enough'",
        "ALTER CURRENT USER SET PASSWORD FROM '' TO 'long enough'",
    ],
)
def test_a_write_needs_to_be_allowed(loaded: Link, query: str) -> None:
    before = loaded.ask("MATCH (n) RETURN properties(n) ORDER BY n.id")
    with pytest.raises(QuestionError, match="--write"):
        cypher.ask(loaded, query)
    assert loaded.ask("MATCH (n) RETURN properties(n) ORDER BY n.id") == before


def test_a_write_that_is_allowed_tells_what_it_changed(loaded: Link) -> None:
    assert cypher.ask(loaded, "CREATE (:X)-[:Y]->(:X)", write=True).changed["nodes_created"] == 2


def test_what_is_wrong_with_a_query_is_said(loaded: Link) -> None:
    with pytest.raises(QuestionError, match="Invalid input"):
        cypher.ask(loaded, "MATCH (a RETURN a")


def test_a_result_is_plain_data(loaded: Link) -> None:
    query = (
        "MATCH p = (a:Actor {name: 'Sergei Shoigu'})-[r:ROLE]->(b) "
        "RETURN a, r, p, [a.name, 1], {when: date('2020-02-01')}, point({x: 1, y: 2}), null"
    )
    ((node, tie, route, pair, map_, point, nothing),) = cypher.ask(loaded, query).rows
    assert (
        isinstance(node, Node)
        and node.labels == ("Actor", "Person")
        and str(node) == "(:Actor:Person Sergei Shoigu)"
    )
    assert isinstance(tie, Tie) and (tie.type, tie.start) == ("ROLE", node.id)
    assert isinstance(route, Route) and route.ties == (tie,) and route.nodes[0] == node
    assert (pair, map_, nothing) == (["Sergei Shoigu", 1], {"when": "2020-02-01"}, None)
    assert "1.0" in point


def test_a_lone_relationship_knows_its_ends(loaded: Link) -> None:
    ((tie, start),) = cypher.ask(loaded, "MATCH (a)-[r:ACCUSE]->() RETURN r, a.id").rows
    assert tie.start == start


def test_the_graphml_of_a_result_is_read_by_networkx(loaded: Link, tmp_path: Any) -> None:
    file = tmp_path / "result.graphml"
    answer = cypher.ask(loaded, "MATCH (a:Actor)-[r]->(b:Actor) RETURN a, r, b")
    file.write_text("".join(cypher.to_graphml(answer)))
    read = nx.read_graphml(file, force_multigraph=True)
    assert (read.number_of_nodes(), read.number_of_edges()) == (7, 5)
    assert {data["label"] for _, _, data in read.edges(data=True)} == {"CONSULT", "ROLE", "ACCUSE", "SUPPORT"}


def test_a_result_without_nodes_is_no_graphml(loaded: Link) -> None:
    with pytest.raises(QuestionError, match="no node or relationship"):
        list(cypher.to_graphml(cypher.ask(loaded, "RETURN 1")))


@given(st.text("<->[]*a", max_size=40))
@example("-[" * 200 + "]->")
def test_relationships_are_those_that_the_plain_pattern_finds(path: str) -> None:
    plain = re.findall(r"(<?-)(?:\[([^\]]*)\])?(->?)", path)
    assert list(embedded_cypher.each_tie(path)) == plain
