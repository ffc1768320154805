"""Articles that are one text: wire copy, reprints, updated versions. They count as one independent source.

MinHash over five-word shingles (Broder 1997) by the rensa library: 64 hashes, banded 21 x 3, so that two
texts sharing half of their shingles meet in a band 94 times of 100, sharing seven tenths practically always.
Two that met are reprints when the estimated share is at least ALIKE; reprints of reprints are one group.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from operator import eq
from struct import Struct

SHINGLE, HASHES, BANDS, ROWS, SEED, ALIKE, UNLIKE = 5, 64, 21, 3, 42, 0.5, 0.05
HASHED = Struct(f">{HASHES}I")


def sketch(text: str) -> bytes:
    """The MinHash of a text, 4 bytes a hash."""
    from rensa import RMinHash

    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    spans = range(max(1, len(words) - SHINGLE + 1))
    found = RMinHash(num_perm=HASHES, seed=SEED)
    found.update(sorted({" ".join(words[i : i + SHINGLE]) for i in spans}))
    return b"".join(h.to_bytes(4, "big") for h in found.digest())


def likeness(left: bytes, right: bytes) -> float:
    """The estimated share of common shingles."""
    equal: int = sum(map(eq, HASHED.unpack(left), HASHED.unpack(right)))
    return equal / HASHES


def bands(found: bytes) -> Iterator[bytes]:
    """What two alike sketches have in common with near certainty: three hashes at a place."""
    size = 4 * ROWS
    for band in range(BANDS):
        yield bytes([band]) + found[band * size : (band + 1) * size]


def refresh(db: sqlite3.Connection, changed: Iterable[str]) -> set[str]:
    """Group the changed articles anew; returns the articles whose group changed."""
    region = set(changed)
    for article in sorted(region):
        region |= {row[0] for row in db.execute("SELECT b FROM twins WHERE a = ?", (article,))}
        db.execute("DELETE FROM twins WHERE a = ?1 OR b = ?1", (article,))
        db.execute("DELETE FROM bands WHERE article = ?", (article,))
    for article in sorted(set(changed)):
        row = db.execute("SELECT sketch FROM articles WHERE id = ?", (article,)).fetchone()
        if row:
            pair(db, article, row[0])
    return regroup(db, region)


def pair(db: sqlite3.Connection, article: str, found: bytes) -> None:
    """Note what an article is a reprint of."""
    met = db.execute(
        f"SELECT DISTINCT a.id, a.sketch FROM bands b JOIN articles a ON a.id = b.article "
        f"WHERE b.band IN ({','.join('?' * BANDS)}) ORDER BY a.id",
        list(bands(found)),
    ).fetchall()
    for other, theirs in met:
        if other != article and likeness(found, theirs) >= ALIKE:
            db.executemany("INSERT OR IGNORE INTO twins VALUES (?,?)", [(article, other), (other, article)])
    db.executemany("INSERT OR IGNORE INTO bands VALUES (?,?)", [(band, article) for band in bands(found)])


def regroup(db: sqlite3.Connection, region: set[str]) -> set[str]:
    """Give each article reached from the region its group: the smallest id among its reprints."""
    moved, done = set(), set[str]()
    for start in sorted(region):
        if start in done:
            continue
        group, fringe = {start}, [start]
        while fringe:
            article = fringe.pop()
            near = {row[0] for row in db.execute("SELECT b FROM twins WHERE a = ?", (article,))}
            fringe += near - group
            group |= near
        done |= group
        moved |= {article for article in group if set_origin(db, article, min(group))}
    return moved


def set_origin(db: sqlite3.Connection, article: str, origin: str) -> bool:
    """Store an article's group; whether it changed."""
    row = db.execute("SELECT origin FROM origins WHERE article = ?", (article,)).fetchone()
    if not db.execute("SELECT 1 FROM articles WHERE id = ?", (article,)).fetchone():
        db.execute("DELETE FROM origins WHERE article = ?", (article,))
        return row is not None
    db.execute("INSERT OR REPLACE INTO origins VALUES (?,?)", (article, origin))
    return row is not None and row[0] != origin
