"""Edges and evidence kept up to date in the graph file, from triples and the actors of their ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from extract.model import Triple, content_id
from graph import belief
from graph.belief import date_of
from graph.model import Edge

EDGE_COLUMNS = 16


def refresh(
    db: sqlite3.Connection, articles: Iterable[str], regrouped: Iterable[str], actors: Iterable[str]
) -> None:
    """Read the evidence of these articles anew, and compute again every edge that a change touches.

    `regrouped` articles became or ceased to be reprints; `actors` may have changed their type.
    """
    touched: set[str] = set()
    for article in sorted(set(articles)):
        touched |= {row[0] for row in db.execute("SELECT edge FROM evidence WHERE article = ?", (article,))}
        db.execute("DELETE FROM evidence WHERE article = ?", (article,))
        touched |= read_evidence(db, article)
    for article in sorted(set(regrouped)):
        touched |= {row[0] for row in db.execute("SELECT edge FROM evidence WHERE article = ?", (article,))}
    for edge in sorted(touched | set(counterparts(db, touched))):
        weigh(db, edge)
    for actor in sorted(set(actors)):
        mark_stops(db, actor)


def read_evidence(db: sqlite3.Connection, article: str) -> set[str]:
    """Put an article's triples under their edges; returns the edges."""
    ends = dict(
        db.execute(
            "SELECT s.name, u.actor FROM sightings s JOIN units u ON u.key = s.unit WHERE s.article = ?",
            (article,),
        )
    )
    found = set()
    for triple in triples(db, article):
        source, target = ends.get(triple.source), ends.get(triple.target)
        if source is None or target is None or source == target:
            continue
        if triple.symmetric and target < source:
            source, target = target, source
        edge = content_id(source, target, triple.code, triple.status)
        found.add(edge)
        db.execute(
            "INSERT OR IGNORE INTO edges (id, source, target, code, status) VALUES (?,?,?,?,?)",
            (edge, source, target, triple.code, triple.status),
        )
        said_by = ends.get(triple.attribution) if triple.attribution else None
        db.execute(
            "INSERT OR IGNORE INTO evidence VALUES (?,?,?,?,?,?,?,?,?)",
            (
                edge,
                triple.id,
                article,
                date_of(triple),
                said_by,
                triple.confidence,
                triple.relation,
                triple.symmetric,
                triple.relation_text,
            ),
        )
    return found


def triples(db: sqlite3.Connection, article: str) -> Iterator[Triple]:
    """The triples of an article that nobody rejected, sorted by id."""
    for (body,) in db.execute(
        "SELECT body FROM triples WHERE article = ? AND key NOT IN (SELECT key FROM rejections) ORDER BY id",
        (article,),
    ):
        yield msgspec.json.decode(body, type=Triple)


def counterparts(db: sqlite3.Connection, edges: Iterable[str]) -> Iterator[str]:
    """The edges asserting what others deny, whose confidence depends on them."""
    for edge in sorted(edges):
        for source, target, code in db.execute(
            "SELECT source, target, code FROM edges WHERE id = ? AND status = 'negated'", (edge,)
        ):
            for ends in {(source, target), (target, source)}:
                yield content_id(*ends, code, "actual")


def weigh(db: sqlite3.Connection, key: str) -> None:
    """Compute an edge from its evidence; one without any vanishes."""
    rows = evidence(db, key)
    base = db.execute("SELECT source, target, code, status FROM edges WHERE id = ?", (key,)).fetchone()
    if not rows or not base:
        db.execute("DELETE FROM edges WHERE id = ?", (key,))
        return
    source, target, code, status = base
    symmetric = all(row[4] for row in rows)
    denied: list[Any] = []
    if status == "actual":
        denied += evidence(db, content_id(source, target, code, "negated"))
        if symmetric:
            denied += evidence(db, content_id(target, source, code, "negated"))
    dates = sorted(row[1] for row in rows if row[1])
    edge = Edge(
        id=key,
        source=source,
        target=target,
        code=code,
        status=status,
        symmetric=symmetric,
        relations=tuple(sorted({row[3] for row in rows})),
        evidence=len(rows),
        articles=len({row[5] for row in rows}),
        sources=len({row[0] for row in rows}),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        confidence=belief.confidence([(r[0], r[2]) for r in rows], [(r[0], r[2]) for r in denied]),
    )
    write(db, edge)


def evidence(db: sqlite3.Connection, edge: str) -> list[Any]:
    """Origin, date, confidence, relation, symmetry and article of all evidence under an edge."""
    return db.execute(
        "SELECT coalesce(o.origin, v.article), v.date, v.confidence, v.relation, v.symmetric, v.article "
        "FROM evidence v LEFT JOIN origins o ON o.article = v.article WHERE v.edge = ?",
        (edge,),
    ).fetchall()


def write(db: sqlite3.Connection, edge: Edge) -> None:
    """Store an edge; a `stop` is an end that two roles must not join."""
    ends = dict(db.execute("SELECT id, type FROM actors WHERE id IN (?, ?)", (edge.source, edge.target)))
    stops = [
        edge.code == "ROLE" and ends.get(end) in ("STATE", "PLACE") for end in (edge.source, edge.target)
    ]
    row = (
        edge.id, edge.source, edge.target, edge.code, edge.status, edge.symmetric,
        msgspec.json.encode(edge.relations).decode(), edge.evidence, edge.articles, edge.sources,
        edge.first, edge.last, edge.confidence, belief.weight(edge), *stops,
    )  # fmt: skip
    db.execute(f"INSERT OR REPLACE INTO edges VALUES ({','.join('?' * EDGE_COLUMNS)})", row)


def mark_stops(db: sqlite3.Connection, actor: str) -> None:
    """Bring the stops of an actor's roles in line with its type."""
    row = db.execute("SELECT type IN ('STATE', 'PLACE') FROM actors WHERE id = ?", (actor,)).fetchone()
    if row:
        for end in ("source", "target"):
            db.execute(
                f"UPDATE edges SET {end}_stop = (code = 'ROLE') AND ? WHERE {end} = ? AND code = 'ROLE'",
                (row[0], actor),
            )
