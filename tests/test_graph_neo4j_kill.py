"""The server killed in the middle of a load and started again: the next load ends like an undisturbed one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.model import Article
from graph import neo4j_load
from graph.embedded import EmbeddedGraph, open_graph
from graph.neo4j_link import Link, connect
from graph.neo4j_load import load
from graph.neo4j_store import Neo4jGraph
from graph.store import Filter
from servers import neo4j_server
from tests.small_world import one_name_one_actor, triple

pytestmark = pytest.mark.neo4j
ANY = Filter(statuses=(), min_sources=0)
NODES, TIES = "MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN count(r)"


def fill_many(graph: EmbeddedGraph, articles: int) -> None:
    """Many articles of ten triples each."""
    for number in range(articles):
        id_ = f"k{number:05}"
        told = [
            triple(
                id_, f"P{number % 97}", "meet with", f"Q{(number + n) % 89}", "CONSULT", "actual", None, True
            )
            for n in range(10)
        ]
        graph.write(Article(id_, " ".join(f"k{number}w{i}" for i in range(20))), told, "test")
    graph.refresh()


def test_a_killed_server_is_loaded_to_the_same_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if reason := neo4j_server.missing():
        pytest.skip(reason)
    home = tmp_path / "home"
    with open_graph(tmp_path / "g.db", resolver=one_name_one_actor) as graph:
        monkeypatch.setattr(neo4j_load, "BATCH", 200)
        fill_many(graph, 150)
        with neo4j_server.start(home) as server, connect(server.uri, password=server.password) as link:
            batches = 0

            def kill_at_the_third(kind: str, rows: int) -> None:
                nonlocal batches
                batches += kind == "Statement"
                if batches == 3:
                    server.kill()

            with pytest.raises(Exception, match="no Neo4j server answers"):
                load(graph, link, progress=kill_at_the_third)
        with neo4j_server.start(home) as server, connect(server.uri, password=server.password) as link:
            (half,) = link.ask("MATCH (s:Statement) RETURN count(s)")[0]
            assert 0 < half < 1_500
            changes, _ = load(graph, link)
            assert sum(c.same for c in changes if c.kind == "Statement") == half
            assert Neo4jGraph(link).subgraph(None, 0, ANY) == graph.subgraph(None, 0, ANY)
            ids = [e.id for e in graph.edges(None, None, ANY)]
            assert Neo4jGraph(link).evidence(ids) == graph.evidence(ids)
            resumed = counts(link)
            link.change("MATCH (n) DETACH DELETE n")
            load(graph, link)
            assert counts(link) == resumed


def counts(link: Link) -> list[object]:
    """How many nodes and relationships there are."""
    return [link.ask(NODES), link.ask(TIES)]


def test_the_server_ends_with_what_started_it(tmp_path: Path) -> None:
    if reason := neo4j_server.missing():
        pytest.skip(reason)
    script = Path(neo4j_server.__file__)
    ports = ["--bolt", str(neo4j_server.free_port()), "--http", str(neo4j_server.free_port())]
    command = [sys.executable, str(script), "--home", str(tmp_path / "home"), *ports]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        told = starter.stdout.readline()
        assert f"bolt://127.0.0.1:{ports[1]}" in told and "/browser/" in told
        starter.send_signal(2)
        assert starter.wait(60) == 0
    with pytest.raises(Exception, match="no Neo4j server"), connect(f"bolt://127.0.0.1:{ports[1]}"):
        pass
