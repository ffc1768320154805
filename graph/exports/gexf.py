"""GEXF 1.3 with time: Gephi's timeline shows each edge on the days its evidence tells of.

A date known by month or year alone spans all of it; an edge with no date at all is always there.
NetworkX refuses a file of mixed directions, so symmetric is an attribute. Actors are coloured by type and
sized by the articles that name them, so that Gephi opens a picture and not grey dots.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence

from extract.model import ActorType
from graph.belief import date_of, weight
from graph.exports.graphml import clean
from graph.exports.part import Part, kind, wording
from graph.model import Actor, Edge, Evidence

NODE = (("n_type", "type", "string"), ("n_aliases", "aliases", "string"),
        ("n_articles", "articles", "integer"))  # fmt: skip
EDGE = (("e_code", "code", "string"), ("e_status", "status", "string"),
        ("e_symmetric", "symmetric", "boolean"), ("e_relations", "relations", "string"),
        ("e_evidence", "evidence", "integer"),
        ("e_articles", "articles", "integer"), ("e_sources", "sources", "integer"),
        ("e_first", "first", "string"), ("e_last", "last", "string"),
        ("e_confidence", "confidence", "double"))  # fmt: skip
COLOURS: dict[ActorType, tuple[int, int, int]] = {
    "PERSON": (240, 163, 58), "STATE": (77, 137, 236), "ORG": (176, 108, 224),
    "GROUP": (62, 180, 117), "PLACE": (58, 176, 196),
}  # fmt: skip


def pieces(part: Part) -> Iterator[bytes]:
    """The file, actors first, both sorted by id."""
    yield head().encode()
    for actor in part.actors():
        yield node(actor).encode()
    yield b"</nodes>\n<edges>\n"
    for edge, proofs in part.proven():
        yield link(edge, proofs).encode()
    yield b"</edges>\n</graph>\n</gexf>\n"


def head() -> str:
    """Everything before the first actor."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        "<meta><creator>dyad</creator></meta>\n"
        '<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval">\n'
        f"{columns('node', NODE)}{columns('edge', EDGE)}<nodes>\n"
    )


def columns(kind: str, keys: Iterable[tuple[str, str, str]]) -> str:
    """The attributes that nodes or edges have."""
    rows = (f'<attribute id="{key}" title="{title}" type="{form}"/>\n' for key, title, form in keys)
    return f'<attributes class="{kind}" mode="static">\n{"".join(rows)}</attributes>\n'


def node(actor: Actor) -> str:
    """One actor."""
    articles = len({a.article for a in actor.appearances})
    aliases = ";".join(alias.replace(";", ",") for alias in actor.aliases)
    key, name = clean(actor.id, actor.name)
    red, green, blue = COLOURS[actor.type]
    size = 4 + 4 * math.log2(articles + 1)
    look = f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size:.2f}"/>'
    return f'<node id="{key}" label="{name}">{data(NODE, (actor.type, aliases, articles))}{look}</node>\n'


def link(edge: Edge, proofs: Sequence[Evidence]) -> str:
    """One edge with the times it was told of."""
    values = (
        edge.code, edge.status, "true" if edge.symmetric else "false", ";".join(edge.relations),
        edge.evidence, edge.articles, edge.sources, edge.first, edge.last, edge.confidence,
    )  # fmt: skip
    key, source, target, label, kind_ = clean(
        edge.id, edge.source, edge.target, wording(edge, proofs), kind(edge)
    )
    times = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells(proofs))
    return (
        f'<edge id="{key}" source="{source}" target="{target}" label="{label}" kind="{kind_}" '
        f'weight="{weight(edge)}.0">{data(EDGE, values)}{f"<spells>{times}</spells>" if times else ""}'
        "</edge>\n"
    )


def spells(proofs: Sequence[Evidence]) -> list[tuple[str, str]]:
    """The times the evidence tells of, in order; those that overlap, which Gephi refuses, are one."""
    joined: list[tuple[str, str]] = []
    for start, end in sorted({span for proof in proofs if (span := spell(proof))}):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def spell(proof: Evidence) -> tuple[str, str] | None:
    """First and last day that the evidence tells of, both included."""
    start = date_of(proof.triple)
    if start is None:
        return None
    first = bounds(start)[0]
    return first, max(first, bounds(proof.triple.date_end or start)[1])


def bounds(date: str) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    match date[:10].split("-"):
        case [year]:
            return f"{year}-01-01", f"{year}-12-31"
        case [year, month]:
            return f"{year}-{month}-01", f"{year}-{month}-{monthrange(int(year), int(month))[1]:02d}"
    return date[:10], date[:10]


def data(keys: tuple[tuple[str, str, str], ...], values: tuple[str | float | None, ...]) -> str:
    """The values that are there, each under its attribute."""
    there = [(key, str(value)) for (key, _, _), value in zip(keys, values, strict=True) if value is not None]
    texts = clean(*(value for _, value in there))
    rows = (f'<attvalue for="{key}" value="{text}"/>' for (key, _), text in zip(there, texts, strict=True))
    return f"<attvalues>{''.join(rows)}</attvalues>"
