"""A text read by the real model: whom its words mean, and what the rules propose before the judge."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from extract import nlp
from extract.actors import find_mentions
from extract.coreference import resolve
from extract.model import Article, Mention, Triple
from extract.pipeline import RulesExtractor


@lru_cache(maxsize=1)
def proposer() -> RulesExtractor:
    """The extractor that keeps every claim."""
    return RulesExtractor(keep_all=True)


def proposed(text: str) -> list[Triple]:
    """Every triple that the rules propose."""
    ((_, found),) = proposer().extract(iter([Article("a", text, published="2015-06-10")]))
    return found


def ends(triples: Iterable[Triple]) -> set[tuple[str, str, str]]:
    """Source, code and target of each; the ends of a symmetric triple in order."""
    out = set()
    for t in triples:
        one, other = sorted((t.source, t.target)) if t.symmetric else (t.source, t.target)
        out.add((one, t.code, other))
    return out


def resolved(text: str) -> list[Mention]:
    """All mentions, pronouns and nominals resolved."""
    article = Article("a", text)
    ((_, doc),) = nlp.parse(nlp.load(), [article])
    return resolve(doc, find_mentions(doc, article), article)
