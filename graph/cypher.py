"""Cypher against Neo4j, read-only unless told; whatever comes back becomes plain data.

ask(link, "MATCH (a:Actor)-[r]->(b) RETURN a, r, b LIMIT 3") -> Answer
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import neo4j
from neo4j.graph import Node as ServerNode
from neo4j.graph import Path as ServerPath
from neo4j.graph import Relationship as ServerTie

from extract.errors import QuestionError, StoreError
from graph.neo4j_link import Link, literal, translated

XML_FORBIDDEN = dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], None)
for allowed in (0x9, 0xA, 0xD):
    XML_FORBIDDEN.pop(allowed)


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `id` is dyad's own where it has one, else the server's."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any]

    def __str__(self) -> str:
        name = next(
            (self.properties[k] for k in ("name", "title", "sentence") if k in self.properties), self.id
        )
        return f"(:{':'.join(self.labels)} {name})"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship between two nodes' ids."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any]

    def __str__(self) -> str:
        caption = self.properties.get("caption")
        return f"[:{self.type} {caption}]" if caption else f"[:{self.type}]"


@dataclass(frozen=True, slots=True)
class Route:
    """A path."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]

    def __str__(self) -> str:
        parts = [str(self.nodes[0])]
        for tie, node, before in zip(self.ties, self.nodes[1:], self.nodes, strict=False):
            parts.append(f"-{tie}->{node}" if tie.start == before.id else f"<-{tie}-{node}")
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns and rows of a result, and what the query changed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    changed: Mapping[str, int] = field(default_factory=dict)


def ask(
    link: Link, query: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False
) -> Answer:
    """Run a query of the user's; QuestionError says what is wrong with it."""
    access = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
    try:
        with translated(link.uri, link.user), link.session(access) as session:
            result = session.run(literal(query), dict(parameters or {}))
            found = [row.values() for row in result]
            counts = vars(result.consume().counters)
            ids = name_ends(session, found)
            rows = tuple(tuple(plain(value, ids) for value in row) for row in found)
            changed = {key: n for key, n in counts.items() if type(n) is int and n}
            return Answer(tuple(result.keys()), rows, changed)
    except StoreError as error:
        if type(error) is not StoreError:
            raise
        hint = "; a query that writes needs --write" if "read access mode" in str(error) else ""
        raise QuestionError(f"{str(error).removeprefix(f'{link.uri}: ')}{hint}") from None


def name_ends(session: neo4j.Session, rows: Any) -> dict[str, str]:
    """dyad's ids of the ends of the relationships in a result, by the server's, which sends no others."""
    wanted = {end.element_id for tie in ties_in(rows) for end in tie.nodes if end is not None}
    if not wanted:
        return {}
    query = "MATCH (n) WHERE elementId(n) IN $ids AND n.id IS NOT NULL RETURN elementId(n), n.id"
    return {inner: str(id_) for inner, id_ in session.run(query, ids=sorted(wanted))}


def ties_in(value: Any) -> Iterator[ServerTie]:
    """All relationships in a value of the driver's."""
    if isinstance(value, ServerTie):
        yield value
    elif isinstance(value, ServerPath):
        yield from value.relationships
    elif isinstance(value, Mapping) and not isinstance(value, ServerNode):
        yield from ties_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from ties_in(each)


def plain(value: Any, ids: Mapping[str, str]) -> Any:
    """The driver's value as data that any writer takes: times and points as text."""
    if isinstance(value, ServerNode):
        return plain_node(value)
    if isinstance(value, ServerTie):
        return plain_tie(value, ids)
    if isinstance(value, ServerPath):
        ties = tuple(plain_tie(tie, ids) for tie in value.relationships)
        return Route(tuple(map(plain_node, value.nodes)), ties)
    if isinstance(value, Mapping):
        return {key: plain(each, ids) for key, each in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "srid"):
        return [plain(each, ids) for each in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def plain_node(node: ServerNode) -> Node:
    """A node of the driver's."""
    return Node(key_of(node), tuple(sorted(node.labels)), {k: plain(v, {}) for k, v in sorted(node.items())})


def plain_tie(tie: ServerTie, ids: Mapping[str, str]) -> Tie:
    """A relationship of the driver's."""
    inner = [node.element_id if node is not None else "" for node in (tie.start_node, tie.end_node)]
    start, end = (ids.get(id_, id_) for id_ in inner)
    return Tie(key_of(tie), tie.type, start, end, {k: plain(v, {}) for k, v in sorted(tie.items())})


def key_of(found: ServerNode | ServerTie) -> str:
    """The id that dyad gave it, else the server's."""
    return str(found.get("id") or found.element_id)


def parts_of(answer: Answer) -> tuple[dict[str, Node], dict[str, Tie]]:
    """All nodes and relationships in a result, each once."""
    nodes: dict[str, Node] = {}
    ties: dict[str, Tie] = {}

    def collect(value: Any) -> None:
        if isinstance(value, Node):
            nodes[value.id] = value
        elif isinstance(value, Tie):
            ties[value.id] = value
        elif isinstance(value, Route):
            collect([*value.nodes, *value.ties])
        elif isinstance(value, Mapping):
            collect(list(value.values()))
        elif isinstance(value, list | tuple):
            for each in value:
                collect(each)

    collect(answer.rows)
    return nodes, ties


def to_graphml(answer: Answer) -> Iterator[str]:
    """The nodes and relationships of a result as GraphML; QuestionError when it has none."""
    nodes, ties = parts_of(answer)
    for tie in ties.values():
        for end in (tie.start, tie.end):
            nodes.setdefault(end, Node(end, (), {}))
    if not nodes:
        raise QuestionError(
            "the result has no node or relationship to write; return some, as in RETURN a, r, b"
        )
    keys = {("node", key) for n in nodes.values() for key in n.properties}
    keys |= {("edge", key) for t in ties.values() for key in t.properties}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, key in [("node", "labels"), ("edge", "label"), *sorted(keys)]:
        name = quoteattr(key.translate(XML_FORBIDDEN))
        yield f'<key id={id_of(kind, key)} for="{kind}" attr.name={name} attr.type="string"/>\n'
    yield '<graph id="result" edgedefault="directed">\n'
    for node in nodes.values():
        properties = {**node.properties, "labels": ":".join(node.labels)}
        yield f"<node id={quoteattr(node.id)}>{data('node', properties)}</node>\n"
    for tie in ties.values():
        ends = f"id={quoteattr(tie.id)} source={quoteattr(tie.start)} target={quoteattr(tie.end)}"
        yield f"<edge {ends}>{data('edge', {**tie.properties, 'label': tie.type})}</edge>\n"
    yield "</graph>\n</graphml>\n"


def id_of(kind: str, key: str) -> str:
    """The key's id, quoted."""
    return quoteattr(f"{kind[0]}_{key}".translate(XML_FORBIDDEN))


def data(kind: str, properties: Mapping[str, Any]) -> str:
    """The properties as GraphML data."""
    return "".join(
        f"<data key={id_of(kind, key)}>{escape(text(value).translate(XML_FORBIDDEN))}</data>"
        for key, value in properties.items()
    )


def text(value: Any) -> str:
    """A property as one string."""
    return ";".join(map(text, value)) if isinstance(value, list) else str(value)
