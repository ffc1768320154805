"""Where a question or a build finds its graph: in a file, or on a Neo4j server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commands.screen import say
from commands.verbose import read_secret
from extract.errors import StoreError

if TYPE_CHECKING:
    from graph.embedded import EmbeddedGraph
    from graph.neo4j_link import Link
    from graph.store import Questions


@contextmanager
def asking(graph: str) -> Iterator[Questions]:
    """The graph in a file, as it is now, or, by its address, on a server; the login is in the environment."""
    if "://" not in graph:
        with reading(graph) as store:
            yield store
        return
    from graph.neo4j_store import Neo4jGraph

    with connecting(graph) as link:
        yield Neo4jGraph(link)


@contextmanager
def connecting(
    uri: str, user: str | None = None, password_file: Path | None = None, database: str | None = None
) -> Iterator[Link]:
    """A checked connection to a server; what is not given comes from NEO4J_USERNAME, _PASSWORD, _DATABASE.

    The password is never an option, since others can see a command's options.
    """
    from graph.neo4j_link import connect

    with connect(
        uri,
        user=user or os.environ.get("NEO4J_USERNAME", "neo4j"),
        password=read_secret(password_file) if password_file else os.environ.get("NEO4J_PASSWORD", ""),
        database=database or os.environ.get("NEO4J_DATABASE", "neo4j"),
    ) as link:
        yield link


@contextmanager
def reading(graph: str) -> Iterator[EmbeddedGraph]:
    """The graph file as it is now, whatever others write; one whose build goes on is brought up to date."""
    from graph.embedded import open_graph

    prepare(graph)
    with open_graph(graph, readonly=graph != ":memory:") as store, store.snapshot():
        if not store.dirty():
            yield store
            return
    with open_graph(graph) as store, store.snapshot():
        yield store


@contextmanager
def following(graph: str) -> Iterator[EmbeddedGraph]:
    """The graph file that must be there, as it becomes, for who goes over it several times."""
    from graph.embedded import open_graph

    with reading(graph):
        pass
    with open_graph(graph, readonly=not os.access(graph, os.W_OK)) as store:
        yield store


@contextmanager
def building(graph: str) -> Iterator[EmbeddedGraph]:
    """The graph file opened for writing, made when missing."""
    from graph.embedded import open_graph

    prepare(graph)
    with open_graph(graph) as store:
        yield store


def prepare(graph: str) -> None:
    """Bring a file of an older format up to date, and say where the old one is."""
    from graph.formats import upgrade

    check_file(graph)
    if kept := upgrade(graph):
        say(f"{graph}: brought up to date with this dyad; as it was, it is kept in {kept}")


def check_file(graph: str) -> None:
    """Refuse a server's address where a file is needed."""
    if "://" in graph:
        shown = re.sub("//.*@", "//", graph)  # without a login
        raise StoreError(f"{shown}: this needs the graph file, of which a server holds only a projection")
