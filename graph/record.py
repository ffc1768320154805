"""Articles and triples as rows of the graph file, sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from extract.model import Article, Triple
from graph import ledger, reprints
from graph.seals import Part, article_seal, text_digest


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
