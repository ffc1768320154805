"""FollowTheMoney entities, one JSON object a line, for the tools of investigators (Aleph, OpenSanctions).

An edge is an UnknownLink between two entities, with its sentences as summary and its articles as proof:
the narrower links of that model (Ownership, Membership) claim more than a sentence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.model import ActorType, Article, content_id
from graph.belief import date_of
from graph.exports.jsonl import line
from graph.exports.part import Part
from graph.model import Actor, Edge, Evidence

SCHEMAS: dict[ActorType, str] = {
    "PERSON": "Person", "STATE": "PublicBody", "ORG": "Organization", "GROUP": "Organization",
    "PLACE": "Address",
}  # fmt: skip


def pieces(part: Part) -> Iterator[bytes]:
    """Actors, then links, then the articles that prove these."""
    for actor in part.actors():
        yield line(entity(actor.id, SCHEMAS[actor.type], properties(actor)))
    told: set[str] = set()
    for edge, proofs in part.proven():
        told.update(proof.triple.article for proof in proofs)
        yield line(link(edge, proofs))
    for key in sorted(told):
        if article := part.store.article(key):
            yield line(document(article))


def properties(actor: Actor) -> dict[str, Iterable[Any]]:
    """What the model keeps of an actor."""
    aliases = [alias for alias in actor.aliases if alias != actor.name]
    full = [actor.name] if actor.type == "PLACE" else []
    return {"name": [actor.name], "alias": aliases, "full": full}


def link(edge: Edge, proofs: Sequence[Evidence]) -> dict[str, Any]:
    """One edge."""
    triples = [proof.triple for proof in proofs]
    return entity(
        edge.id,
        "UnknownLink",
        {
            "subject": [edge.source],
            "object": [edge.target],
            "role": edge.relations,
            "status": [edge.status],
            "description": [edge.code],
            "date": [date for t in triples if (date := date_of(t))],
            "startDate": [edge.first],
            "endDate": [edge.last],
            "summary": [t.sentence for t in triples],
            "publisher": [t.publisher for t in triples],
            "proof": [document_id(t.article) for t in triples],
        },
    )


def document(article: Article) -> dict[str, Any]:
    """One article."""
    url = article.url if article.url and article.url.startswith(("http://", "https://")) else None
    return entity(
        document_id(article.id),
        "Article",
        {
            "title": [article.title],
            "publishedAt": [article.published[:10] if article.published else None],
            "publisher": [article.publisher],
            "sourceUrl": [url],
            "bodyText": [article.text],
        },
    )


def document_id(article: str) -> str:
    """The article's id in the form the model allows, whatever signs its own has."""
    return content_id("article", article)


def entity(key: str, schema: str, values: dict[str, Iterable[Any]]) -> dict[str, Any]:
    """An entity with the values that are there, each once."""
    kept = {name: list(dict.fromkeys(v for v in many if v)) for name, many in values.items()}
    return {"id": key, "schema": schema, "properties": {name: v for name, v in kept.items() if v}}
