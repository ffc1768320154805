"""The folder for neo4j-admin, imported for real: what a load finds there is what it would have written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extract.errors import StoreError
from extract.model import Article
from graph.embedded import open_graph
from graph.exports import write_export
from graph.exports.part import Part
from graph.neo4j_link import connect
from graph.neo4j_load import load
from graph.neo4j_store import Neo4jGraph
from graph.store import Filter
from servers import neo4j_server
from tests.small_world import fill, one_name_one_actor, triple
from tests.test_graph_neo4j_load import HOSTILE

pytestmark = pytest.mark.neo4j
ANY = Filter(statuses=(), min_sources=0)


def import_options(folder: Path) -> list[str]:
    """What import.sh hands to neo4j-admin."""
    found = re.search(r"neo4j-admin (.*)\n", (folder / "import.sh").read_text())
    assert found is not None
    told = found[1].replace('"${1:-neo4j}"', "neo4j").split()
    return [re.sub(r"=(\w+\.csv)$", rf"={folder}/\1", word) for word in told]


def test_the_imported_folder_is_the_loaded_graph(tmp_path: Path) -> None:
    if reason := neo4j_server.missing():
        pytest.skip(reason)
    with open_graph(tmp_path / "g.db", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        for number, name in enumerate([*HOSTILE, "cut\x1fin two", ""]):
            told = triple(f"h{number}", name, "accuse", f"{name}!", "ACCUSE", "actual", None, False)
            told = replace(told, attribution="Bashar Assad" if number % 2 else None)
            graph.write(Article(f"h{number}", name, title=name), [told], "test")
        folder, home = tmp_path / "csv", tmp_path / "home"
        write_export(Part(graph), folder, form="neo4j-csv")
        neo4j_server.configure(home, neo4j_server.free_port(), neo4j_server.free_port(), {})
        ran = neo4j_server.admin(home, *import_options(folder))
        assert ran.returncode == 0, ran.stdout + ran.stderr
        with neo4j_server.start(home) as server, connect(server.uri, password=server.password) as link:
            before = link.ask("MATCH (n) RETURN labels(n)[0] AS l, count(*) ORDER BY l")
            changes, _ = load(graph, link)
            assert [(c.kind, c.new, c.changed) for c in changes if c.any] == [("Actor", 0, 3)]
            counts = Counter({c.kind: c.same + c.changed for c in changes})
            assert {label: n for label, n in before} == {label: counts[label] for label, _ in before}
            assert Neo4jGraph(link).subgraph(None, 0, ANY) == graph.subgraph(None, 0, ANY)
            ids = [e.id for e in graph.edges(None, None, ANY)]
            assert Neo4jGraph(link).evidence(ids) == graph.evidence(ids)


def test_a_graph_without_claims_has_all_its_files(tmp_path: Path) -> None:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        files = write_export(Part(graph), tmp_path / "csv", form="neo4j-csv")
    first = {file.name: file.read_text().partition("\n")[0] for file in files}
    assert first["claims.csv"] == '"id:ID(Claim)",":LABEL"'
    assert first["edges.csv"] == '":START_ID(Actor)",":END_ID(Actor)",":TYPE"'


def test_a_part_is_refused(tmp_path: Path) -> None:
    with open_graph(":memory:") as graph, pytest.raises(StoreError, match="whole graph"):
        write_export(Part(graph, Filter(codes=("AID",))), tmp_path / "csv", form="neo4j-csv")
