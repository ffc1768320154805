"""From evidence to edges: what is counted, how sure it is, and which articles are independent.

Confidence of an edge: noisy-or over independent sources, 1 - prod(1 - c), where c is the best confidence
of any evidence from that source; at most 0.99, rounded to four places.
Weight of an edge: twice its independent sources; once, for ROLE and SAY, which tie less than deeds do.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.model import Code, Triple, content_id
from graph.model import Actor, Appearance, Edge, Evidence

CAP = 0.99
LIGHT: tuple[Code, ...] = ("ROLE", "SAY")
SHINGLE, SKETCH, PROBES, ALIKE = 5, 64, 6, 0.8


@dataclass(frozen=True, slots=True)
class Belief:
    """An edge with the evidence it was computed from."""

    edge: Edge
    evidence: tuple[Evidence, ...]


def date_of(triple: Triple) -> str | None:
    """When it happened as far as the article says, else the day the article was published."""
    return triple.date or (triple.published[:10] if triple.published else None)


def weight(edge: Edge) -> int:
    """How much the edge counts when paths of equal length compete."""
    return edge.sources * (1 if edge.code in LIGHT else 2)


def cluster(actors: Iterable[Actor]) -> dict[Appearance, str]:
    """The actor's id of each appearance."""
    return {appearance: actor.id for actor in actors for appearance in actor.appearances}


def believe(
    triples: Iterable[Triple], ids: Mapping[Appearance, str], origin: Mapping[str, str]
) -> Iterator[Belief]:
    """Edges with their evidence, sorted by id; `origin` names each article's group of reprints."""
    groups: dict[tuple[str, str, Code, str], list[Triple]] = defaultdict(list)
    for triple in triples:
        source = ids.get(Appearance(triple.article, triple.source))
        target = ids.get(Appearance(triple.article, triple.target))
        if source is None or target is None or source == target:
            continue
        if triple.symmetric and target < source:
            source, target = target, source
        groups[source, target, triple.code, triple.status].append(triple)
    keyed = sorted((content_id(*key), key) for key in groups)
    for edge_id, key in keyed:
        yield weigh(edge_id, key[0], key[1], groups[key], ids, origin)


def weigh(
    edge_id: str,
    source: str,
    target: str,
    triples: Sequence[Triple],
    ids: Mapping[Appearance, str],
    origin: Mapping[str, str],
) -> Belief:
    """One edge from all its triples."""
    triples = sorted(triples, key=lambda t: (date_of(t) or "", t.article, t.start, t.id))
    dates = sorted(d for t in triples if (d := date_of(t)))
    best: dict[str, float] = {}
    for triple in triples:
        group = origin.get(triple.article, triple.article)
        best[group] = max(best.get(group, 0.0), triple.confidence)
    edge = Edge(
        id=edge_id,
        source=source,
        target=target,
        code=triples[0].code,
        status=triples[0].status,
        symmetric=all(t.symmetric for t in triples),
        relations=tuple(sorted({t.relation for t in triples})),
        evidence=len(triples),
        articles=len({t.article for t in triples}),
        sources=len(best),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        confidence=noisy_or(best.values()),
    )
    evidence = tuple(
        Evidence(t.id, edge_id, t, ids.get(Appearance(t.article, t.attribution)) if t.attribution else None)
        for t in triples
    )
    return Belief(edge, evidence)


def noisy_or(confidences: Iterable[float]) -> float:
    """How sure several independent sources make it; sorted first, so that order can't change a digit."""
    return round(min(CAP, 1 - math.prod(1 - c for c in sorted(confidences))), 4)


def sketch(text: str) -> bytes:
    """The text's smallest shingle hashes (bottom-k MinHash), by which reprints are known."""
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    spans = range(max(1, len(words) - SHINGLE + 1))
    hashes = {zlib.crc32(" ".join(words[i : i + SHINGLE]).encode("utf-8", "replace")) for i in spans}
    return b"".join(h.to_bytes(4, "big") for h in sorted(hashes)[:SKETCH])


def alike(left: Sequence[bytes], right: Sequence[bytes]) -> bool:
    """Whether two sketches are of one text: shared shingles among the smallest of both."""
    both = sorted({*left, *right})[:SKETCH]
    return len(set(both) & set(left) & set(right)) >= ALIKE * len(both)


def find_reprints(sketches: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """For each article the smallest id among its reprints (its own when it stands alone)."""
    parts = {a: [s[i : i + 4] for i in range(0, len(s), 4)] for a, s in sorted(sketches)}
    parent = {article: article for article in parts}
    buckets: dict[bytes, list[str]] = defaultdict(list)

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = article = parent[parent[article]]
        return article

    for article, part in parts.items():
        for probe in part[:PROBES]:
            for other in buckets[probe]:
                one, two = sorted((root(article), root(other)))
                if one != two and alike(part, parts[other]):
                    parent[two] = one
            buckets[probe].append(article)
    return {article: root(article) for article in parts}
