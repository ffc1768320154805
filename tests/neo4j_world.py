"""The real Neo4j that tests run against: NEO4J_URI when set, else one started from Maven Central's jars."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.embedded import EmbeddedGraph
from graph.neo4j_link import Link, connect
from graph.neo4j_load import load
from servers import neo4j_server
from servers.neo4j_server import Server, ServerError

EVERYTHING = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the tests' server is, and its Browser when it is known."""

    uri: str
    user: str
    password: str
    database: str
    browser: str | None

    def environment(self) -> dict[str, str]:
        """The variables by which dyad's commands find the server."""
        return {
            **os.environ,
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.user,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": self.database,
        }


def start_server(home: Path) -> Iterator[Server]:
    """A server of one's own; the test is skipped, with the reason, when there can't be one."""
    if reason := neo4j_server.missing():
        pytest.skip(reason)
    try:
        with neo4j_server.start(home) as server:
            yield server
    except ServerError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The one server of the test run; a database given by NEO4J_URI must be empty, for tests clear it."""
    if uri := os.environ.get("NEO4J_URI"):
        found = Address(
            uri,
            os.environ.get("NEO4J_USERNAME", "neo4j"),
            os.environ.get("NEO4J_PASSWORD", ""),
            os.environ.get("NEO4J_DATABASE", "neo4j"),
            os.environ.get("NEO4J_BROWSER"),
        )
        with open_link(found) as link:
            assert link.ask(EVERYTHING) == [[0, 0]], "NEO4J_URI names a database that is not empty"
        yield found
        return
    for server in start_server(tmp_path_factory.mktemp("neo4j")):
        yield Address(server.uri, neo4j_server.USER, server.password, "neo4j", server.browser)


@pytest.fixture
def link(address: Address) -> Iterator[Link]:
    """A connection to the emptied database."""
    with open_link(address) as found:
        wipe(found)
        yield found
        wipe(found)


def open_link(address: Address) -> AbstractContextManager[Link]:
    """A connection as commands make it."""
    return connect(address.uri, user=address.user, password=address.password, database=address.database)


def wipe(link: Link) -> None:
    """Delete everything but constraints and indexes, dyad's and whatever a test put beside it."""
    link.writing(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def project(graph: EmbeddedGraph, link: Link) -> None:
    """Load the graph into the database."""
    load(graph, link)
