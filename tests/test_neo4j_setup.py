"""What the README says of Neo4j is so: its queries run, and the container and the jars are of one version."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from graph import cypher
from graph.embedded import open_graph
from graph.neo4j_link import Link
from graph.neo4j_load import load
from servers import neo4j_server

ROOT = Path(__file__).resolve().parent.parent
QUERIES = re.findall(r"```cypher\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
MAVEN = "{http://maven.apache.org/POM/4.0.0}"


@pytest.mark.neo4j
def test_the_readmes_queries_find_something_in_the_seeds(link: Link, seeds: Path) -> None:
    with open_graph(seeds) as graph:
        load(graph, link)
    assert len(QUERIES) >= 10
    assert [query for query in QUERIES if not cypher.ask(link, query).rows] == []


def test_the_container_is_of_the_version_of_the_jars() -> None:
    pom = ET.parse(neo4j_server.POM).getroot()
    version = pom.findtext(f"{MAVEN}properties/{MAVEN}neo4j.version")
    assert COMPOSE["services"]["neo4j"]["image"] == f"neo4j:{version}-community"


def test_the_container_has_browser_bolt_health_and_a_volume() -> None:
    service = COMPOSE["services"]["neo4j"]
    assert sorted(port.rsplit(":", 1)[1] for port in service["ports"]) == ["7474", "7687"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    (volume,) = service["volumes"]
    assert volume.endswith(":/data") and volume.partition(":")[0] in COMPOSE["volumes"]
    assert "RETURN 1" in service["healthcheck"]["test"][1]


def test_the_container_is_given_no_setting_by_mistake() -> None:
    environment = COMPOSE["services"]["neo4j"]["environment"]
    assert not {"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"} & set(environment)
    assert environment["NEO4J_AUTH"].endswith(f"{neo4j_server.PASSWORD}}}")


def test_the_pom_names_no_registry() -> None:
    assert "<repositor" not in neo4j_server.POM.read_text()
