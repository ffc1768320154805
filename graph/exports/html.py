"""One HTML page that needs no network: the explorer, with the graph written into it as data.

The page is built from explorer/ when the package is; `PAGE` is that file. Its content security policy lets
nothing run but the page's own script, known by its hash, and loads nothing from anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import StoreError
from extract.model import Article, Triple
from graph.belief import date_of, weight
from graph.exports.part import Part, best, wording
from graph.model import Actor, Edge, Evidence

MARK = b"<!--graph-->"
ACTORS, EDGES, PROOFS = 2000, 10_000, 25
PAGE = Path(__file__).parent / "data" / "explorer.html"


def pieces(part: Part, *, limit: int = ACTORS) -> Iterator[bytes]:
    """The page with the part's best connected actors, at most `limit`, and the strongest edges among them."""
    head, tail = page()
    yield head
    yield b'<script type="application/json" id="graph">' + harmless(msgspec.json.encode(content(part, limit)))
    yield b"</script>" + tail


def page() -> tuple[bytes, bytes]:
    """The built page before and after the graph's place."""
    try:
        head, mark, tail = PAGE.read_bytes().partition(MARK)
    except FileNotFoundError:
        mark = b""
    if not mark:
        raise StoreError("the explorer page is not built in this copy of dyad; run: make explorer")
    return head, tail


def harmless(text: bytes) -> bytes:
    """JSON in which no HTML parser sees a tag, an entity or a comment."""
    return text.replace(b"&", b"\\u0026").replace(b"<", b"\\u003c").replace(b">", b"\\u003e")


def content(part: Part, limit: int) -> dict[str, Any]:
    """What the page shows; actors and articles are named by their place in these lists."""
    tied: Counter[str] = Counter()
    total = 0
    for edge in part.edges():
        total += 1
        tied.update({edge.source: weight(edge), edge.target: weight(edge)})
    actors = list(part.actors())
    shown = sorted(actors, key=lambda a: (a.id not in part.centre, -tied[a.id], a.id))[:limit]
    place = {actor.id: number for number, actor in enumerate(shown)}
    edges = strongest(part, place)
    articles: dict[str, int] = {}
    rows = [edge_fields(edge, proofs, place, articles) for edge, proofs in edges]
    return {
        "focus": [place[key] for key in part.centre if key in place],
        "total": {"actors": len(actors), "edges": total},
        "actors": [actor_fields(actor) for actor in shown],
        "edges": rows,
        "articles": [article_fields(part.store.article(key), key) for key in articles],
    }


def strongest(part: Part, place: dict[str, int]) -> list[tuple[Edge, list[Evidence]]]:
    """The strongest edges among the actors shown, with their evidence."""
    among = (pair for pair in part.edges() if pair.source in place and pair.target in place)
    kept = {e.id for e in sorted(among, key=lambda e: (-weight(e), -e.evidence, e.id))[:EDGES]}
    return [(edge, proofs) for edge, proofs in part.proven() if edge.id in kept]


def actor_fields(actor: Actor) -> dict[str, Any]:
    """One actor."""
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "aliases": [alias for alias in actor.aliases if alias != actor.name],
        "articles": len({seen.article for seen in actor.appearances}),
    }


def edge_fields(
    edge: Edge, proofs: Sequence[Evidence], place: dict[str, int], articles: dict[str, int]
) -> dict[str, Any]:
    """One edge with its evidence, the best sentence marked by standing first."""
    lead = best(proofs)
    kept = [lead, *(proof for proof in proofs if proof is not lead)][:PROOFS]
    return {
        "source": place[edge.source],
        "target": place[edge.target],
        "code": edge.code,
        "status": edge.status,
        "symmetric": edge.symmetric,
        "label": wording(edge, proofs),
        "weight": weight(edge),
        "confidence": edge.confidence,
        "sources": edge.sources,
        "evidence": edge.evidence,
        "proofs": [proof_fields(proof.triple, articles) for proof in kept],
    }


def proof_fields(triple: Triple, articles: dict[str, int]) -> dict[str, Any]:
    """One sentence, the two mentions in it by their offsets as JavaScript counts them."""
    spans = []
    for start, end in sorted(
        {(triple.source_start, triple.source_end), (triple.target_start, triple.target_end)}
    ):
        near, far = start - triple.start, end - triple.start
        if 0 <= near < far <= len(triple.sentence):
            spans.append([units(triple.sentence[:near]), units(triple.sentence[:far])])
    return {
        "sentence": triple.sentence,
        "spans": spans,
        "article": articles.setdefault(triple.article, len(articles)),
        "date": date_of(triple),
        "end": triple.date_end,
        "by": triple.attribution,
        "confidence": triple.confidence,
    }


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def article_fields(article: Article | None, key: str) -> dict[str, Any]:
    """One article; only a web address is kept as one."""
    if article is None:
        return {"id": key, "title": None, "published": None, "publisher": None, "url": None}
    url = article.url if article.url and article.url.startswith(("http://", "https://")) else None
    return {"id": key, "title": article.title, "published": article.published,
            "publisher": article.publisher, "url": url}  # fmt: skip
