"""A folder of CSV files for `neo4j-admin database import full`, with the command in import.sh.

    dyad export FOLDER --format neo4j-csv

The same nodes, relationships and properties as `dyad load` writes. A missing value is an empty cell, an empty
text is "". Lists are cut by U+001F; a row with that character in a list is marked, and the next load sets it
right, as it does a list of nothing but an empty text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.errors import StoreError
from graph.embedded import EmbeddedGraph
from graph.exports.part import Part
from graph.neo4j_rows import Row, actor_rows, article_rows, edge_rows, statement_rows
from graph.neo4j_schema import LABELS, MARK

CUT, DOUBTED = "\x1f", "?"
SPOKEN = {"source": "SOURCE", "target": "TARGET", "said_by": "SAID_BY"}
KINDS = (
    ("string[]", ("aliases", "seen_in", "seen_as", "keys", "relations")),
    ("boolean", ("symmetric", "dated")),
    ("double", ("confidence",)),
    ("long", ("articles", "evidence", "sources", "weight", "start", "end")),
    ("long", ("source_start", "source_end", "target_start", "target_end")),
)
TYPES = {name: kind for kind, names in KINDS for name in names}
NODES = {"Article": "articles", "Actor": "actors", "Claim": "claims", "Statement": "statements"}
TIES = ("edges", "claim_ends", "statement_ends", "statement_articles")
SCRIPT = """#!/bin/sh
# Fills the empty database named (neo4j when none is) of a server that is not running; `dyad load` then makes
# the constraints and indexes.
cd "$(dirname "$0")" && exec neo4j-admin database import full "${{1:-neo4j}}" {}
"""


def files(part: Part, path: Path) -> dict[Path, Iterator[bytes]]:
    """The folder's files; only of the whole graph, for a part would lack what its nodes are tied to."""
    if not part.whole:
        raise StoreError("neo4j-csv is the whole graph; take the filters away")
    path.mkdir(parents=True, exist_ok=True)
    store = part.store
    captions: dict[str, Counter[str]] = {}
    tables = {
        "articles": nodes("Article", article_rows(store)),
        "actors": nodes("Actor", actor_rows(store)),
        "statements": nodes("Statement", statement_rows(store, captions)),
        "statement_ends": ends("Statement", "Actor", statement_rows(store, {}), SPOKEN),
        "statement_articles": ends("Statement", "Article", statement_rows(store, {}), {"article": "IN"}),
        "edges": edges(row for row in edge_rows(store, captions) if row["kind"] != "Claim"),
        "claims": nodes("Claim", claims(store, captions)),
        "claim_ends": ends("Claim", "Actor", claims(store, captions), {"source": "FROM", "target": "TO"}),
        "import": iter([script().encode()]),
    }
    return {path / f"{name}.{'sh' if name == 'import' else 'csv'}": lines for name, lines in tables.items()}


def claims(store: EmbeddedGraph, captions: Mapping[str, Counter[str]]) -> Iterator[Row]:
    """The edges that are not actual; their captions are known once the statements were written."""
    return (row for row in edge_rows(store, captions) if row["kind"] == "Claim")


def nodes(label: str, rows: Iterable[Row]) -> Iterator[bytes]:
    """A table of nodes; actors have their type for a second label."""
    titles = [f"id:ID({label})", ":LABEL"]
    for cells in (checked(row["set"]) for row in rows):
        if len(titles) == 2:
            titles += [typed(name) for name in cells if name != "id"]
            yield line(titles)
        labels = [label, LABELS[cells["type"]]] if label == "Actor" else [label]
        yield line([cells.pop("id"), labels, *cells.values()])
    if len(titles) == 2:
        yield line(titles)


def edges(rows: Iterable[Row]) -> Iterator[bytes]:
    """The relationships between actors."""
    titles = [":START_ID(Actor)", ":END_ID(Actor)", ":TYPE"]
    for row in rows:
        cells = checked(row["set"])
        if len(titles) == 3:
            titles += map(typed, cells)
            yield line(titles)
        yield line([row["source"], row["target"], row["kind"], *cells.values()])
    if len(titles) == 3:
        yield line(titles)


def ends(label: str, other: str, rows: Iterable[Row], types: Mapping[str, str]) -> Iterator[bytes]:
    """The relationships from the nodes of a label to what their rows name as ends."""
    yield line([f":START_ID({label})", f":END_ID({other})", ":TYPE"])
    for row in rows:
        yield from (line([row["set"]["id"], row[end], type_]) for end, type_ in types.items() if row[end])


def checked(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties; with a mark that no hash equals when a list can't be written as it is."""
    lists = (value for value in properties.values() if isinstance(value, list))
    doubted = any(texts == [""] or any(CUT in text for text in texts) for texts in lists)
    return {**properties, MARK: DOUBTED if doubted else properties[MARK]}


def typed(name: str) -> str:
    """The column's name with its type."""
    return f"{name}:{TYPES[name]}" if name in TYPES else name


def line(cells: Iterable[Any]) -> bytes:
    """One record."""
    return (",".join(map(cell, cells)) + "\n").encode()


def cell(value: Any) -> str:
    """A value as CSV; nothing at all for a missing one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = CUT.join(text.replace(CUT, " ") for text in value)
    return '"' + str(value).replace('"', '""') + '"'


def script() -> str:
    """The command that imports the folder."""
    options = ["--multiline-fields=true", "--array-delimiter=U+001F"]
    options += [f"--nodes={name}.csv" for name in NODES.values()]
    options += [f"--relationships={name}.csv" for name in TIES]
    return SCRIPT.format(" ".join(options))
