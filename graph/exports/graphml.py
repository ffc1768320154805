"""GraphML that NetworkX, Gephi, yEd and APOC open right, written piece by piece in constant memory.

Why it looks as it does: Gephi takes key ids d3 and d7 for labels, so keys are named; edge ids are unique over
the file, or yEd melts parallel edges, and so is what Gephi knows these by: ends and XML attribute `label`.
APOC wants that and `labels` as XML attributes, and the label as an edge's first data. A file of mixed
directions is refused by NetworkX, so symmetric is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

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
PLAIN = re.compile(r"[\w .,;:-]*").fullmatch  # what needs no escape, the most by far
ESCAPES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


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
    aliases = ";".join(alias.replace(";", ",") for alias in actor.aliases)
    key, name, kind_, aliases, labels = clean(
        actor.id, actor.name, actor.type, aliases, f":Actor:{actor.type.title()}"
    )
    shape = f"<y:ShapeNode><y:NodeLabel>{name}</y:NodeLabel></y:ShapeNode>"
    return (
        f'<node id="{key}" labels="{labels}"><data key="labels">{labels}</data>'
        f'<data key="n_label">{name}</data><data key="n_type">{kind_}</data>'
        f'<data key="n_aliases">{aliases}</data>'
        f'<data key="n_articles">{len({a.article for a in actor.appearances})}</data>'
        f"{drawn('y_node', shape) if yed else ''}</node>\n"
    )


def link(edge: Edge, label: str, yed: bool) -> str:
    """One edge; its label reads as the sentence does, its class is an attribute."""
    key, source, target, kind_, label, code, status, relations, first, last = clean(
        edge.id, edge.source, edge.target, kind(edge), label, edge.code, edge.status,
        ";".join(edge.relations), edge.first or "", edge.last or "",
    )  # fmt: skip
    dates = f'<data key="e_first">{first}</data><data key="e_last">{last}</data>' if first else ""
    shape = f"<y:PolyLineEdge><y:EdgeLabel>{label}</y:EdgeLabel></y:PolyLineEdge>"
    return (
        f'<edge id="{key}" source="{source}" target="{target}" label="{kind_}">'
        f'<data key="label">{label}</data><data key="e_code">{code}</data>'
        f'<data key="e_status">{status}</data><data key="e_symmetric">{str(edge.symmetric).lower()}</data>'
        f'<data key="e_relations">{relations}</data><data key="e_weight">{weight(edge)}.0</data>'
        f'<data key="e_evidence">{edge.evidence}</data><data key="e_articles">{edge.articles}</data>'
        f'<data key="e_sources">{edge.sources}</data>{dates}'
        f'<data key="e_confidence">{edge.confidence}</data>{drawn("y_edge", shape) if yed else ""}</edge>\n'
    )


def drawn(key: str, shape: str) -> str:
    """What yEd draws."""
    return f'<data key="{key}">{shape}</data>'


def clean(*texts: str) -> tuple[str, ...]:
    """The texts as XML texts or attributes, without characters that XML forbids."""
    return texts if PLAIN("".join(texts)) else tuple(map(clean_one, texts))


def clean_one(text: str) -> str:
    """One text, escaped."""
    return escape(FORBIDDEN.sub("", text), ESCAPES)
