"""How the graph looks in Neo4j: labels, relationship types, properties, constraints and indexes.

(:Actor:Person|State|Organization|Group|Place {id, name, aliases, …})
(:Actor)-[:CONSULT|… {id, caption, relations, articles, sources, first, last, confidence, …}]->(:Actor)
        what is actual: one relationship per pair and PLOVER class
(:Claim {id, code, status, …})-[:FROM|TO]->(:Actor)        what is denied, planned or hypothetical
(:Statement {id, sentence, date, status, …})-[:SOURCE|TARGET|SAID_BY]->(:Actor), -[:IN]->(:Article)
        the proof: its `edge` is the id of the relationship or the Claim it speaks for
(:Article {id, title, url, publisher, published})

Whatever has a property `dyad` is ours; it holds a hash of the content, by which a load knows what changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from extract.model import Article, Code, Triple
from graph.belief import date_of, weight
from graph.model import Actor, Appearance, Edge, Evidence
from graph.schema import fold

MARK = "dyad"
LABELS = {"PERSON": "Person", "STATE": "State", "ORG": "Organization", "GROUP": "Group", "PLACE": "Place"}
CODES: tuple[str, ...] = get_args(Code)
NODES = ("Article", "Actor", "Claim", "Statement")
NAMES, SENTENCES, LOOKUP = "dyad_names", "dyad_sentences", "dyad_lookup"
FOLDING = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
VERBATIM = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
INDEXES = {
    "dyad_statement_edge": "INDEX {} IF NOT EXISTS FOR (n:Statement) ON (n.edge)",
    "dyad_statement_date": "INDEX {} IF NOT EXISTS FOR (n:Statement) ON (n.date)",
    "dyad_article_published": "INDEX {} IF NOT EXISTS FOR (n:Article) ON (n.published)",
    NAMES: f"FULLTEXT INDEX {{}} IF NOT EXISTS FOR (n:Actor) ON EACH [n.name, n.aliases] {FOLDING}",
    SENTENCES: f"FULLTEXT INDEX {{}} IF NOT EXISTS FOR (n:Statement) ON EACH [n.sentence] {FOLDING}",
    LOOKUP: f"FULLTEXT INDEX {{}} IF NOT EXISTS FOR (n:Actor) ON EACH [n.keys] {VERBATIM}",
}
EDGE_FIELDS = tuple(f for f in Edge.__dataclass_fields__ if f not in ("source", "target", "code", "status"))
TRIPLE_FIELDS = tuple(f for f in Triple.__dataclass_fields__ if f not in ("article", "date"))


def constraints() -> dict[str, str]:
    """The uniqueness constraints, by their names."""
    nodes = {f"dyad_{n.lower()}_id": f"(n:{n}) REQUIRE n.id" for n in NODES}
    ties = {f"dyad_{code.lower()}_id": f"()-[n:{code}]-() REQUIRE n.id" for code in CODES}
    return {
        name: f"CONSTRAINT {{}} IF NOT EXISTS FOR {what} IS UNIQUE" for name, what in (nodes | ties).items()
    }


def article_row(article: Article) -> dict[str, Any]:
    """The article's properties; its text stays in the graph file."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published,
    }


def actor_row(actor: Actor) -> dict[str, Any]:
    """The actor's properties; an article in `seen_in` knows it by the name at the same place in `seen_as`."""
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "aliases": list(actor.aliases),
        "articles": len({a.article for a in actor.appearances}),
        "seen_in": [a.article for a in actor.appearances],
        "seen_as": [a.name for a in actor.appearances],
        "keys": sorted({fold(name) for name in (actor.name, *actor.aliases)}),
    }


def actor_of(row: Mapping[str, Any]) -> Actor:
    """The actor with these properties."""
    seen = zip(row["seen_in"], row["seen_as"], strict=True)
    return Actor(
        row["id"], row["name"], row["type"], tuple(row["aliases"]), tuple(Appearance(*pair) for pair in seen)
    )


def edge_row(edge: Edge, caption: str) -> dict[str, Any]:
    """The properties of the edge's relationship or Claim; `caption` is how most of its sentences put it."""
    row = {field: getattr(edge, field) for field in EDGE_FIELDS}
    row |= {"relations": list(edge.relations), "weight": weight(edge), "caption": caption}
    return row if edge.status == "actual" else row | {"code": edge.code, "status": edge.status}


def edge_of(source: str, target: str, code: str, status: str, row: Mapping[str, Any]) -> Edge:
    """The edge with these properties."""
    fields: dict[str, Any] = {field: row.get(field) for field in EDGE_FIELDS}
    fields |= {"source": source, "target": target, "code": code, "status": status}
    return Edge(**fields | {"relations": tuple(row["relations"])})


def statement_row(triple: Triple, edge: str | None) -> dict[str, Any]:
    """The statement's properties; `date` is the article's own when the sentence gives none (not `dated`)."""
    row = {field: getattr(triple, field) for field in TRIPLE_FIELDS}
    return row | {"id": triple.id, "edge": edge, "date": date_of(triple), "dated": triple.date is not None}


def triple_of(article: str, row: Mapping[str, Any]) -> Triple:
    """The triple with these properties."""
    fields: dict[str, Any] = {field: row.get(field) for field in TRIPLE_FIELDS}
    return Triple(**fields, article=article, date=row["date"] if row["dated"] else None)


def evidence_of(article: str, said_by: str | None, row: Mapping[str, Any]) -> Evidence:
    """The evidence with these properties."""
    return Evidence(row["id"], row["edge"], triple_of(article, row), said_by)


def digest(row: Mapping[str, Any]) -> str:
    """The hash by which a load knows whether what is stored is what the file says."""
    return hashlib.blake2b(msgspec.json.encode(row), digest_size=8).hexdigest()
