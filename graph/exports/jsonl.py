"""JSON Lines, sorted: the canonical form in which two graphs are compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from graph.embedded import EmbeddedGraph
from graph.store import Filter

ANY = Filter(statuses=(), min_sources=0)


def lines(graph: EmbeddedGraph) -> Iterator[bytes]:
    """Every article, triple, judgement, actor and edge as one line, each kind sorted by id."""
    graph.refresh()
    parts: tuple[tuple[str, Any], ...] = (
        ("article", graph.articles()),
        ("triple", graph.triples()),
        ("judgement", sorted(graph.judgements(), key=lambda j: (j.left, j.right, j.at, j.by, j.verdict))),
        ("actor", graph.actors()),
        ("edge", graph.edges(None, None, ANY)),
    )
    for kind, things in parts:
        for thing in things:
            yield msgspec.json.encode({"kind": kind, **msgspec.to_builtins(fields(thing))}) + b"\n"


def fields(thing: Any) -> dict[str, Any]:
    """The thing's fields as a dict, mappings made plain."""
    row = {name: getattr(thing, name) for name in thing.__dataclass_fields__}
    if "metadata" in row:
        row["metadata"] = dict(sorted(row["metadata"].items()))
    return row
