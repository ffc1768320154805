"""Articles and triples as rows of the graph file, sealed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from extract.model import Article, Triple
from graph import ledger, reprints
from graph.schema import soil
from graph.seals import Part, article_seal, text_digest


def store(
    db: sqlite3.Connection, article: Article, triples: Iterable[Triple], extractor: str | None = None
) -> None:
    """Store an article with all its triples, in place of an older one; the caller holds the transaction."""
    found = {triple.id: triple for triple in triples}
    claims = triple_rows(found.values())
    name = extractor or next((t.extractor for t in found.values()), "")
    row = article_row(article, name, claims)
    db.execute("DELETE FROM articles WHERE id = ?", (article.id,))
    db.execute(f"INSERT INTO articles VALUES ({','.join('?' * len(row))})", row)
    db.executemany("INSERT INTO triples VALUES (?,?,?,?)", ((article.id, *claim) for claim in claims))
    spans = sorted({(article.id, t.start, t.sentence) for t in found.values()})
    db.executemany("INSERT INTO sentences (article, start, text) VALUES (?,?,?)", spans)
    soil(db, "article", article.id)


def article_row(article: Article, extractor: str, triples: Iterable[Sequence[Part]]) -> tuple[Part, ...]:
    """An article as its row, sealed with its triples' (id, body, key), sorted by id."""
    metadata = msgspec.json.encode(dict(sorted(article.metadata.items()))).decode()
    told: tuple[Part, ...] = (
        article.id, text_digest(article.text), extractor, article.published, article.publisher, article.url,
        article.title, article.origin, reprints.sketch(article.text), metadata,
    )  # fmt: skip
    return (*told[:2], article_seal(told, triples), *told[2:], article.text)


def triple_rows(triples: Iterable[Triple]) -> list[tuple[str, bytes, str]]:
    """Triples as (id, body, key), sorted by id, each once."""
    found = {triple.id: triple for triple in triples}
    return [(key, msgspec.json.encode(t), ledger.triple_key(t)) for key, t in sorted(found.items())]
