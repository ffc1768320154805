"""Where a question or a build finds its graph."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.embedded import EmbeddedGraph


@contextmanager
def asking(graph: str) -> Iterator[EmbeddedGraph]:
    """The graph opened for reading; one left unfinished by a killed build is brought up to date first."""
    from graph.embedded import open_graph

    with open_graph(graph, readonly=graph != ":memory:") as store:
        if not store.dirty():
            yield store
            return
    with open_graph(graph) as store:
        store.refresh()
        yield store


@contextmanager
def building(graph: str) -> Iterator[EmbeddedGraph]:
    """The graph opened for writing, made when missing."""
    from graph.embedded import open_graph

    with open_graph(graph) as store:
        yield store
