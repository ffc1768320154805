"""A small world of triples for tests of the graph."""

from __future__ import annotations

from typing import Any

from extract.model import Article, Triple, content_id
from graph.embedded import EmbeddedGraph
from graph.model import Actor, Appearance, Judgement

TYPES = {"Russia": "STATE", "Syria": "STATE", "Geneva": "PLACE"}
WORLD = [
    ("a1", "Sergei Shoigu", "meet with", "Bashar Assad", "CONSULT", "actual", "2016-06-18", True),
    ("a1", "Sergei Shoigu", "defense minister of", "Russia", "ROLE", "actual", None, False),
    ("a1", "Vladimir Putin", "president of", "Russia", "ROLE", "actual", None, False),
    ("a2", "Bashar Assad", "meet with", "Sergei Shoigu", "CONSULT", "actual", "2016-06-18", True),
    ("a2", "Bashar Assad", "accuse", "Ismail Hamo", "ACCUSE", "actual", "2016-07-01", False),
    ("a3", "Vladimir Putin", "meet with", "Ismail Hamo", "CONSULT", "negated", "2017", True),
    ("a3", "Ángela Núñez", "praise", "Loner Two", "SUPPORT", "actual", None, False),
]
# Titles and publishers of those articles that have them.
TOLD = {"a1": ("Talks", "Wire")}


def triple(
    article: str, source: str, relation: str, target: str, code: Any, status: Any, date: Any, symmetric: bool
) -> Triple:
    """A triple with everything that doesn't matter here filled in."""
    sentence = f"{source} {relation} {target}."
    kinds: list[Any] = [TYPES.get(name, "PERSON") for name in (source, target)]
    return Triple(
        article=article, sentence=sentence, start=0, end=len(sentence),
        source=source, source_type=kinds[0], source_mention=source, source_start=0, source_end=len(source),
        relation=relation, relation_text=relation,
        target=target, target_type=kinds[1], target_mention=target,
        target_start=len(sentence) - 1 - len(target), target_end=len(sentence) - 1,
        symmetric=symmetric, group=None, code=code, mode=None, status=status, attribution=None,
        confidence=0.5, published="2016-06-20", publisher=None, date=date, date_end=None,
        date_precision=None, location=None, extractor="test",
    )  # fmt: skip


def one_name_one_actor(triples: list[Triple], judgements: list[Judgement]) -> list[Actor]:
    """Actors by name alone: these tests are about stores, not identity."""
    seen: dict[str, set[Appearance]] = {}
    for t in triples:
        for name in (t.source, t.target):
            seen.setdefault(name, set()).add(Appearance(t.article, name))
    kinds: dict[str, Any] = TYPES
    return [
        Actor(content_id(name), name, kinds.get(name, "PERSON"), (name,), tuple(sorted(seen[name])))
        for name in sorted(seen)
    ]


def fill(graph: EmbeddedGraph, order: list[str]) -> None:
    """Write the world's articles in this order."""
    for article in order:
        text = f"Article {article} tells its own story. " + " ".join(f"{article}w{i}" for i in range(30))
        title, publisher = TOLD.get(article, (None, None))
        told = Article(article, text, title, "2016-06-20", publisher=publisher)
        graph.write(told, [triple(*row) for row in WORLD if row[0] == article], "test")
