"""Loading into a real Neo4j: exactly the file's state, only what changed, nothing of anybody else's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extract.errors import LoginError, StoreError, UnreachableError
from extract.model import Article
from graph.embedded import EmbeddedGraph, open_graph
from graph.model import Actor, Appearance, Judgement
from graph.neo4j_link import Link, connect
from graph.neo4j_load import clear, load
from graph.neo4j_store import Neo4jGraph
from graph.store import Filter
from servers.neo4j_server import free_port
from tests.neo4j_world import Address
from tests.small_world import fill, one_name_one_actor, triple

pytestmark = pytest.mark.neo4j
ANY = Filter(statuses=(), min_sources=0)
DUMP = (
    "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) WITH n, r, m ORDER BY type(r), m.id, r.id "
    "WITH n, collect([type(r), properties(r), m.id]) AS ties "
    "RETURN labels(n), properties(n), ties ORDER BY labels(n), n.id"
)
SCHEMA = "SHOW INDEXES YIELD name WHERE name STARTS WITH 'dyad' RETURN count(*)"


@pytest.fixture
def graph() -> Iterator[EmbeddedGraph]:
    """The small world in memory."""
    with open_graph(":memory:", resolver=one_name_one_actor) as found:
        fill(found, ["a1", "a2", "a3"])
        yield found


def dump(link: Link) -> list[list[object]]:
    """Everything in the database."""
    return link.ask(DUMP)


def totals(changes: list[object]) -> Counter[str]:
    """New, changed and gone over all kinds."""
    return Counter(
        {name: sum(getattr(c, name) for c in changes) for name in ("new", "changed", "gone", "same")}
    )


def same_everywhere(graph: EmbeddedGraph, link: Link) -> bool:
    """Whether both stores hold the same actors, edges and evidence."""
    far = Neo4jGraph(link)
    near = graph.subgraph(None, 0, ANY)
    ids = [e.id for e in near.edges]
    return far.subgraph(None, 0, ANY) == near and far.evidence(ids) == graph.evidence(ids)


def test_the_same_load_twice_changes_nothing(graph: EmbeddedGraph, link: Link) -> None:
    first, written = load(graph, link)
    before = dump(link)
    second, again = load(graph, link)
    assert totals(first)["new"] > 20 and written["nodes_created"] > 15
    assert totals(second) == Counter(same=totals(first)["new"]) and again == Counter()
    assert dump(link) == before


def test_the_schema_reads_as_documented(graph: EmbeddedGraph, link: Link) -> None:
    load(graph, link)
    met = link.ask(
        "MATCH (a:Actor:Person {name: 'Sergei Shoigu'})-[r:CONSULT]-(b:Person {name: 'Bashar Assad'}) "
        "MATCH (s:Statement {edge: r.id})-[:IN]->(x:Article) "
        "RETURN r.caption, r.relations, r.articles, r.first, collect(x.id)"
    )
    assert [(row[:4], sorted(row[4])) for row in met] == [
        (["meet with", ["meet with"], 2, "2016-06-18"], ["a1", "a2"])
    ]
    assert link.ask("MATCH (:Person)-[r:ROLE]->(s:State) RETURN DISTINCT s.name") == [["Russia"]]
    names = {name for (name,) in link.ask("SHOW CONSTRAINTS YIELD name")}
    assert {"dyad_actor_id", "dyad_statement_id", "dyad_article_id", "dyad_consult_id"} <= names


def test_what_is_denied_has_no_relationship(graph: EmbeddedGraph, link: Link) -> None:
    load(graph, link)
    pair = "({name: 'Vladimir Putin'})-[r]-({name: 'Ismail Hamo'})"
    assert link.ask(f"MATCH {pair} RETURN count(r)") == [[0]]
    assert link.ask(
        "MATCH (:Actor {name: 'Vladimir Putin'})<-[:SOURCE|TARGET]-(s:Statement {status: 'negated'})"
        "-[:SOURCE|TARGET]->(:Actor {name: 'Ismail Hamo'}) RETURN s.sentence"
    ) == [["Vladimir Putin meet with Ismail Hamo."]]


def test_an_update_brings_the_new_state_and_touches_only_what_changed(
    graph: EmbeddedGraph, link: Link
) -> None:
    load(graph, link)
    graph.write(
        Article("a4", "Another story " + " ".join(f"b{i}" for i in range(30))),
        [triple("a4", "Sergei Shoigu", "visit", "Geneva", "CONSULT", "actual", "2016-09-01", False)],
        "test",
    )
    changes, written = load(graph, link)
    count = totals(changes)
    assert (count["new"], count["changed"], count["gone"]) == (4, 1, 0)
    assert written["nodes_created"] == 3 and same_everywhere(graph, link)


def test_forgetting_removes_from_the_database(graph: EmbeddedGraph, link: Link) -> None:
    load(graph, link)
    graph.remove("a3")
    load(graph, link)
    assert same_everywhere(graph, link)
    assert link.ask("MATCH (n) WHERE n.name = 'Loner Two' OR n.id = 'a3' RETURN count(n)") == [[0]]
    assert link.ask("MATCH (n) WHERE NOT (n)--() RETURN count(n)") == [[0]]


def test_a_merge_and_a_split_move_the_statements(link: Link, tmp_path: Path) -> None:
    def merging(triples: list[object], judgements: list[Judgement]) -> list[Actor]:
        actors = one_name_one_actor(triples, judgements)  # type: ignore[arg-type]
        if len(judgements) % 2 == 0:
            return actors
        one, two = (next(a for a in actors if a.name == n) for n in ("Sergei Shoigu", "Vladimir Putin"))
        seen: tuple[Appearance, ...] = tuple(sorted(one.appearances + two.appearances))
        return [a for a in actors if a not in (one, two)] + [
            replace(one, aliases=("Sergei Shoigu", "Vladimir Putin"), appearances=seen)
        ]

    with open_graph(tmp_path / "g.db", resolver=merging) as graph:  # type: ignore[arg-type]
        fill(graph, ["a1", "a2", "a3"])
        load(graph, link)
        before = dump(link)
        for number in range(2):
            graph.add_judgement(Judgement("x", "y", "same", "me", f"2026-01-0{number + 1}"))
            changes, _ = load(graph, link)
            assert totals(changes)["same"] > 0 and same_everywhere(graph, link)
        assert dump(link) == before


def test_a_dry_run_writes_nothing_and_tells_what_would_change(graph: EmbeddedGraph, link: Link) -> None:
    told, written = load(graph, link, dry=True)
    assert written == Counter() and dump(link) == []
    done, _ = load(graph, link)
    assert told == done


FOREIGN = [
    "CREATE (:Movie {title: 'Alien'})-[:HAS]->(:Actor {name: 'Sigourney Weaver'})",
    "CREATE (:Actor:Person {id: 'tt1', name: 'Bashar Assad', dyad: null})",
    "CREATE (:Statement {id: 17, sentence: 'mine'})-[:IN]->(:Article {title: 'mine'})",
]


def test_nodes_of_others_are_never_touched(graph: EmbeddedGraph, link: Link) -> None:
    for text in FOREIGN:
        link.change(text)
    load(graph, link)
    link.change("MATCH (a:Actor {name: 'Sergei Shoigu'}) CREATE (:Note {text: 'look here'})-[:ABOUT]->(a)")
    link.change(
        "MATCH (a:Actor {name: 'Sergei Shoigu'}), (b:Actor {name: 'Loner Two'}) CREATE (a)-[:CONSULT]->(b)"
    )
    theirs = "MATCH (n) WHERE n.dyad IS NULL RETURN labels(n), properties(n) ORDER BY labels(n), n.name"
    before = link.ask(theirs)
    assert same_everywhere(graph, link)
    graph.remove("a2")
    load(graph, link)
    assert same_everywhere(graph, link) and link.ask(theirs) == before
    assert link.ask("MATCH (:Note)-[:ABOUT]->(a) RETURN a.name") == [["Sergei Shoigu"]]
    clear(link)
    assert link.ask(theirs) == before
    assert link.ask("MATCH (n) WHERE n.dyad IS NOT NULL RETURN count(n)") == [[0]]
    assert link.ask(SCHEMA) == [[0]]


def test_an_id_taken_by_somebody_else_is_refused(graph: EmbeddedGraph, link: Link) -> None:
    link.change("CREATE (:Article {id: 'a2', title: 'mine'})")
    with pytest.raises(StoreError, match="not dyad's"):
        load(graph, link)
    assert link.ask("MATCH (a:Article {id: 'a2'}) RETURN properties(a)") == [[{"id": "a2", "title": "mine"}]]


def test_relationships_deleted_by_hand_come_back(graph: EmbeddedGraph, link: Link) -> None:
    load(graph, link)
    before = dump(link)
    link.change("MATCH (:Statement)-[r:SOURCE|IN]->() DELETE r")
    link.change("MATCH (:Actor)-[r:CONSULT]->() DELETE r")
    link.change("MATCH (a:Actor {name: 'Bashar Assad'}) DETACH DELETE a")
    load(graph, link)
    assert dump(link) == before


def test_two_loads_at_once_end_as_one(tmp_path: Path, link: Link, address: Address) -> None:
    path = tmp_path / "g.db"
    with open_graph(path, resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        for number in range(60):
            names = [f"P{number % 7}", f"P{number % 5 + 1}x"]
            graph.write(
                Article(f"m{number}", " ".join(f"m{number}w{i}" for i in range(20))),
                [triple(f"m{number}", *(names[0], "meet with", names[1]), "CONSULT", "actual", None, True)],
                "test",
            )
        graph.refresh()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with (
                open_graph(path, resolver=one_name_one_actor) as mine,
                connect(address.uri, user=address.user, password=address.password) as own,
            ):
                load(mine, own)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    twice = dump(link)
    with open_graph(path, resolver=one_name_one_actor) as graph:
        assert same_everywhere(graph, link)
        link.change("MATCH (n) DETACH DELETE n")
        load(graph, link)
    assert dump(link) == twice


PLANES = "".join(chr(plane * 0x10000 + 0x1F60) for plane in (0, 1, 2, 3, 14, 15, 16))
HOSTILE = [
    'O\'Neil "the `Bear`" {x}',
    "x'}) DETACH DELETE n //",
    "`]->() MATCH (n) DETACH DELETE n //",
    "$name ${jndi} %s {} {0}",
    "line\nbreak\ttab\r\u2028\u0000nul\x1b[31m",
    "\\ \\u0027 \\\\",
    "A" * 10_000,
    "\U0001f600" * 10_000,
    "word " * 2_000 + "end",
    PLANES,
    '"AND" OR *:* name:x~ [a TO b]^2',
    "<script>alert(1)</script>",
    "\u202eright to left\u202c",
]


def test_hostile_names_come_back_the_same_and_nothing_runs(link: Link) -> None:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        for number, name in enumerate(HOSTILE):
            told = triple(f"h{number}", name, name, "Bashar Assad", "ACCUSE", "actual", None, False)
            graph.write(
                Article(f"h{number}'\"`", name, title=name), [replace(told, article=f"h{number}'\"`")], "t"
            )
        load(graph, link)
        far = Neo4jGraph(link)
        assert same_everywhere(graph, link)
        for name in HOSTILE:
            assert far.find(name) == graph.find(name) != []
        changes, written = load(graph, link)
        assert written == Counter() and totals(changes)["same"] > 3 * len(HOSTILE)
        assert set(far.titles([f"h{n}'\"`" for n in range(len(HOSTILE))]).values()) == set(HOSTILE)


def test_a_dead_port_is_told_at_once() -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    with pytest.raises(UnreachableError, match="no Neo4j server answers"), connect(uri, password="secret"):
        pass


def test_a_refused_login_shows_no_password(address: Address) -> None:
    with pytest.raises(LoginError) as refused, connect(address.uri, user="neo4j", password="wr0ng-secret"):
        pass
    assert "wr0ng-secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("uri", "hint"),
    [
        ("http://localhost:7474", "bolt://localhost:7687"),
        ("https://db.example/browser/", "bolt://db.example:7687"),
        ("localhost:7687", "bolt://HOST:7687"),
        ("bolt://neo4j:pw@localhost", "NEO4J_PASSWORD"),
        ("ftp://x", "bolt://HOST:7687"),
    ],
)
def test_other_addresses_get_a_hint(uri: str, hint: str) -> None:
    with pytest.raises(StoreError) as refused, connect(uri):
        pass
    assert hint in str(refused.value) and "pw@" not in str(refused.value)


def test_a_database_that_is_not_there_is_named(address: Address) -> None:
    with (
        pytest.raises(StoreError, match="nowhere"),
        connect(address.uri, user=address.user, password=address.password, database="nowhere") as found,
    ):
        found.ask("RETURN 1")
