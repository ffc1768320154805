"""The graph file as rows for Neo4j: what is set, with its hash under MARK, and the ids it is tied to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from extract.errors import StoreError
from graph import belief
from graph.embedded import EmbeddedGraph
from graph.model import Appearance
from graph.neo4j_schema import MARK, actor_row, article_row, digest, edge_row, statement_row
from graph.store import Filter

ANY = Filter(statuses=(), min_sources=0)
LONGEST_ID = 8_000
PRESENT = re.compile(r"\w+(s|ing)\b")
Row = dict[str, Any]


def article_rows(store: EmbeddedGraph) -> Iterator[Row]:
    """The articles, sorted by id."""
    for article in store.articles():
        if len(article.id.encode()) > LONGEST_ID:
            raise StoreError(f"article {article.id[:60]}…: an id this long can't be loaded into Neo4j")
        yield marked(article_row(article))


def actor_rows(store: EmbeddedGraph) -> Iterator[Row]:
    """The actors, sorted by id."""
    return (marked(actor_row(actor)) for actor in store.actors())


def statement_rows(store: EmbeddedGraph, captions: dict[str, Counter[str]]) -> Iterator[Row]:
    """The triples, sorted by article and id; counts on the way how the sentences under each edge put it."""
    actors = belief.cluster(store.actors())
    for triple, edge, speaker in store.proofs():
        if edge is not None:
            captions.setdefault(edge, Counter())[triple.relation_text.lower()] += 1
        source, target = (
            actors.get(Appearance(triple.article, name)) for name in (triple.source, triple.target)
        )
        if source and target:
            row = statement_row(triple, edge)
            yield marked(row, article=triple.article, source=source, target=target, said_by=speaker)


def edge_rows(store: EmbeddedGraph, captions: Mapping[str, Counter[str]]) -> Iterator[Row]:
    """The edges, sorted by id, each with its `kind`: its class when actual, else Claim."""
    for edge in store.edges(None, None, ANY):
        row = marked(edge_row(edge, caption_of(captions[edge.id])), source=edge.source, target=edge.target)
        if edge.status == "actual":
            yield row | {"kind": edge.code, "ends": 0}
        else:
            yield row | {"kind": "Claim"}


def caption_of(texts: Mapping[str, int]) -> str:
    """How most sentences put it; of equals rather "met" than a headline's "meets" or a "meeting"."""
    return min(texts, key=lambda text: (-texts[text], bool(PRESENT.match(text)), text))


def marked(properties: Row, **ends: str | None) -> Row:
    """The row to send: the properties to set with the hash of all, and the ids of what it is tied to."""
    number = sum(end is not None for end in ends.values())
    return {**ends, "ends": number, "set": properties | {MARK: digest(ends | properties)}}
