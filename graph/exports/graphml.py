"""GraphML that NetworkX, Gephi, yEd and APOC open right, written piece by piece in constant memory.

Why it looks as it does: Gephi takes key ids d3 and d7 for labels, so keys are named; edge ids are unique over
the file, or yEd melts parallel edges, and so is what Gephi knows these by: ends and XML attribute `label`.
APOC wants that and `labels` as XML attributes, and the label as an edge's first data. A file of mixed
directions is refused by NetworkX, so symmetric is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.belief import weight
from graph.exports.part import Part, kind
from graph.model import Actor, Edge

NODE = (("labels", "labels", "string"), ("n_label", "label", "string"), ("n_type", "type", "string"),
        ("n_aliases", "aliases", "string"), ("n_articles", "articles", "int"))  # fmt: skip
EDGE = (("label", "label", "string"), ("e_code", "code", "string"), ("e_status", "status", "string"),
        ("e_symmetric", "symmetric", "boolean"), ("e_relations", "relations", "string"),
        ("e_weight", "weight", "double"), ("e_evidence", "evidence", "int"),
        ("e_articles", "articles", "int"), ("e_sources", "sources", "int"),
        ("e_first", "first", "string"), ("e_last", "last", "string"),
        ("e_confidence", "confidence", "double"))  # fmt: skip
YED = 'xmlns:y="http://www.yworks.com/xml/graphml" '
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pieces(part: Part, *, yed: bool = False) -> Iterator[bytes]:
    """The file, actors first, both sorted by id."""
    yield head(yed).encode()
    for actor in part.actors():
        yield node(actor, yed).encode()
    for edge, label in part.labelled():
        yield link(edge, label, yed).encode()
    yield b"</graph>\n</graphml>\n"


def head(yed: bool) -> str:
    """Everything before the first actor."""
    keys = [
        f'<key id="{key}" for="{kind}" attr.name="{name}" attr.type="{form}"/>\n'
        for kind, rows in (("node", NODE), ("edge", EDGE))
        for key, name, form in rows
    ]
    if yed:
        keys.append('<key id="y_node" for="node" yfiles.type="nodegraphics"/>\n')
        keys.append('<key id="y_edge" for="edge" yfiles.type="edgegraphics"/>\n')
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns" {YED if yed else ""}'
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
        '"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        f"{''.join(keys)}"
        '<graph id="dyad" edgedefault="directed">\n'
    )


def node(actor: Actor, yed: bool) -> str:
    """One actor."""
    labels = f":Actor:{actor.type.title()}"
    aliases = ";".join(alias.replace(";", ",") for alias in actor.aliases)
    values = (labels, actor.name, actor.type, aliases, len({a.article for a in actor.appearances}))
    drawn = f"<y:ShapeNode><y:NodeLabel>{text(actor.name)}</y:NodeLabel></y:ShapeNode>"
    shape = f'<data key="y_node">{drawn}</data>' if yed else ""
    return f"<node id={quoted(actor.id)} labels={quoted(labels)}>{data(NODE, values)}{shape}</node>\n"


def link(edge: Edge, label: str, yed: bool) -> str:
    """One edge; its label reads as the sentence does, its class is an attribute."""
    values = (
        label, edge.code, edge.status, edge.symmetric, ";".join(edge.relations), float(weight(edge)),
        edge.evidence, edge.articles, edge.sources, edge.first, edge.last, edge.confidence,
    )  # fmt: skip
    drawn = f"<y:PolyLineEdge><y:EdgeLabel>{text(label)}</y:EdgeLabel></y:PolyLineEdge>"
    shape = f'<data key="y_edge">{drawn}</data>' if yed else ""
    ends = f"source={quoted(edge.source)} target={quoted(edge.target)} label={quoted(kind(edge))}"
    return f"<edge id={quoted(edge.id)} {ends}>{data(EDGE, values)}{shape}</edge>\n"


def data(keys: tuple[tuple[str, str, str], ...], values: tuple[Any, ...]) -> str:
    """The values that are there, each under its key."""
    pairs = zip(keys, values, strict=True)
    return "".join(
        f'<data key="{key}">{text(value)}</data>' for (key, _, _), value in pairs if value is not None
    )


def text(value: Any) -> str:
    """The value as XML text, without characters that XML forbids."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(FORBIDDEN.sub("", value), {"\r": "&#13;"}) if isinstance(value, str) else repr(value)


def quoted(value: str) -> str:
    """The value as an XML attribute, quotes included."""
    return quoteattr(FORBIDDEN.sub("", value))
