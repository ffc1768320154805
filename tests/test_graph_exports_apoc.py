"""GraphML read by a real Neo4j, through APOC's own importer."""

from __future__ import annotations

import shutil
from pathlib import Path

import neo4j
import pytest

from graph.embedded import open_graph
from graph.exports import write_export
from graph.exports.graphml import FORBIDDEN
from graph.exports.part import ANY, Part, kind
from servers import neo4j_server
from tests.export_world import fill_tangled
from tests.maven import APOC, fetch_jar
from tests.small_world import one_name_one_actor

SETTINGS = {"dbms.security.procedures.unrestricted": "apoc.*", "server.directories.import": "import"}
NODES = "MATCH (n) RETURN n.id AS id, labels(n) AS labels, properties(n) AS p"
TIES = "MATCH (a)-[r]->(b) RETURN a.id AS source, b.id AS target, type(r) AS type, properties(r) AS p"
IMPORT = "CALL apoc.import.graphml($file, {readLabels: true, storeNodeIds: true})"


@pytest.mark.neo4j
def test_apoc_imports_graphml(tmp_path: Path) -> None:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill_tangled(graph)
        write_export(Part(graph), tmp_path / "g.graphml")
        actors, edges = list(graph.actors()), list(graph.edges(None, None, ANY))
    home = tmp_path / "home"
    for folder in ("plugins", "conf"):
        (home / folder).mkdir(parents=True)
    for jar in map(fetch_jar, APOC):
        shutil.copy(jar, home / "plugins")
    (home / "conf" / "apoc.conf").write_text("apoc.import.file.enabled=true\n")
    with neo4j_server.start(home, settings=SETTINGS) as server:
        shutil.copy(tmp_path / "g.graphml", home / "import")
        login = (neo4j_server.USER, server.password)
        with neo4j.GraphDatabase.driver(server.uri, auth=login) as driver:
            driver.execute_query(IMPORT, file="g.graphml")
            nodes, ties = driver.execute_query(NODES), driver.execute_query(TIES)
    assert {
        (n["id"], tuple(sorted(n["labels"])), n["p"]["label"], n["p"]["articles"]) for n in nodes.records
    } == {
        (a.id, ("Actor", a.type.title()), FORBIDDEN.sub("", a.name), len({s.article for s in a.appearances}))
        for a in actors
    }
    found = {
        (r["source"], r["target"], r["type"], r["p"]["status"], r["p"]["symmetric"], r["p"]["evidence"],
         r["p"]["sources"], r["p"]["confidence"], r["p"].get("first"))
        for r in ties.records
    }  # fmt: skip
    assert len(ties.records) == len(edges)
    assert found == {
        (e.source, e.target, kind(e), e.status, e.symmetric, e.evidence, e.sources, e.confidence, e.first)
        for e in edges
    }
