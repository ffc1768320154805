"""JSON Lines, sorted: the canonical form in which two graphs are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from graph.exports.part import Part

BREAKS = tuple((sign.encode(), f"\\u{ord(sign):04x}".encode()) for sign in "\x85\u2028\u2029")


def pieces(part: Part) -> Iterator[bytes]:
    """Every article, triple, judgement, actor and edge as one line, each kind sorted by id.

    Of a part of the graph: its actors and edges, the triples under these, and the articles that say so.
    """
    for kind, things in kinds(part):
        for thing in things:
            yield line({"kind": kind, **msgspec.to_builtins(fields(thing))})


def kinds(part: Part) -> Iterator[tuple[str, Iterable[Any]]]:
    """The kinds of lines in their order, each with its things."""
    graph = part.store
    if part.whole:
        yield "article", graph.articles()
        yield "triple", graph.triples()
        verdicts = sorted(graph.judgements(), key=lambda j: (j.left, j.right, j.at, j.by, j.verdict))
        yield "judgement", verdicts
    else:
        told = {(v.triple.article, v.id): v.triple for _, proofs in part.proven() for v in proofs}
        articles = sorted({article for article, _ in told})
        yield "article", filter(None, map(graph.article, articles))
        yield "triple", (told[key] for key in sorted(told))
    yield "actor", part.actors()
    yield "edge", part.edges()


def fields(thing: Any) -> dict[str, Any]:
    """The thing's fields as a dict, mappings made plain."""
    row = {name: getattr(thing, name) for name in thing.__dataclass_fields__}
    if "metadata" in row:
        row["metadata"] = dict(sorted(row["metadata"].items()))
    return row


def line(value: dict[str, Any]) -> bytes:
    """The value as one line to every reader: also those that break lines at Unicode's own separators."""
    text = msgspec.json.encode(value)
    for sign, escape in BREAKS:
        text = text.replace(sign, escape)
    return text + b"\n"
