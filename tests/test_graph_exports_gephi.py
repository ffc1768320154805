"""Exports opened by Gephi's own importers, with the settings its window starts with."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from graph.embedded import open_graph
from graph.exports import write_export
from graph.exports.graphml import FORBIDDEN
from graph.exports.part import ANY, Part
from graph.model import Actor, Edge
from tests.export_world import fill_tangled
from tests.maven import GEPHI, fetch_jar
from tests.small_world import one_name_one_actor

READER = Path(__file__).parent / "java" / "GephiReads.java"
Read = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Read, list[Actor], dict[str, Edge]]:
    """What Gephi read of each file, and what the graph holds."""
    folder = tmp_path_factory.mktemp("gephi")
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill_tangled(graph)
        written = [write_export(Part(graph), folder / f"g.{ending}") for ending in ("graphml", "gexf", "csv")]
        files = [file for several in written for file in several if "evidence" not in file.name]
        actors, edges = list(graph.actors()), {e.id: e for e in graph.edges(None, None, ANY)}
    jar = fetch_jar(GEPHI)
    ran = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-cp", str(jar), str(READER), *map(str, files)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    return {file.name: read for file, read in zip(files, found, strict=True)}, actors, edges


World = tuple[Read, list[Actor], dict[str, Edge]]


@pytest.mark.parametrize("name", ["g.graphml", "g.gexf", "g-actors.csv"])
def test_gephi_reads_every_actor(world: World, name: str) -> None:
    read, actors, _ = world
    found = {(node["id"], node["label"].lstrip("'")) for node in read[name]["nodes"]}
    assert {(key, FORBIDDEN.sub("", label)) for key, label in found} == {
        (a.id, FORBIDDEN.sub("", a.name)) for a in actors
    }
    kind = "@kind" if name.endswith("csv") else "@type"
    assert {n["id"]: n[kind] for n in read[name]["nodes"]} == {a.id: a.type for a in actors}


@pytest.mark.parametrize("name", ["g.graphml", "g.gexf", "g-edges.csv"])
def test_gephi_keeps_every_edge_apart(world: World, name: str) -> None:
    read, _, edges = world
    found = {edge["id"]: edge for edge in read[name]["edges"]}
    assert set(found) == set(edges)
    for key, edge in found.items():
        e = edges[key]
        kept = (edge["source"], edge["target"], edge["directed"], edge["@code"], edge["@status"])
        assert kept == (e.source, e.target, True, e.code, e.status)
        assert (edge["@evidence"], edge["@sources"], edge["@confidence"]) == (
            e.evidence,
            e.sources,
            e.confidence,
        )
        assert edge["label"] and edge["weight"] > 0


def test_gephi_has_nothing_to_complain_of(world: World) -> None:
    read, _, _ = world
    issues = [issue for file in read.values() for issue in file["issues"]]
    assert [i for i in issues if not i.startswith("INFO: GEXF version")] == []


def test_gephi_shows_gexf_on_its_timeline(world: World) -> None:
    read, _, edges = world
    assert read["g.gexf"]["dynamic"] and not read["g.graphml"]["dynamic"]
    times = {edge["id"]: edge["@Interval"] for edge in read["g.gexf"]["edges"]}
    (denied,) = (e.id for e in edges.values() if e.code == "CONSULT" and e.status == "negated")
    year_2017 = "<[1483228800000.0, 1514678400000.0]>"
    assert times[denied] == year_2017
