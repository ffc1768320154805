"""Actors and edges brought up to date with the record: what a change touches, or all by one's own rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from extract.model import Triple
from graph import edges, reprints, rules
from graph.model import Actor, Judgement
from graph.schema import DERIVED, changes, fold

if TYPE_CHECKING:
    from graph.identity import Sighting
    from graph.known import Known

Resolver = Callable[[list[Triple], list[Judgement]], list[Actor]]


def refresh(db: sqlite3.Connection) -> None:
    """Compute again what the changes touch; the caller holds the transaction."""
    from graph import ledger, resolving

    if rules.outdated(db):
        start_anew(db)
    known = read_known(db)
    units = set(changes(db, "unit"))
    articles = set(changes(db, "article"))
    if changes(db, "known"):
        units |= resolving.write_known(db, known)
        articles |= {row[0] for row in db.execute("SELECT id FROM articles")}
    moved = resolving.refresh(db, Sighted(db, articles), units, ledger.judgements(db), known)
    regrouped = reprints.refresh(db, articles)
    by_id = {actor.id: actor for actor in known}
    for cluster in sorted(moved.clusters):
        write_actor(db, resolving.actor_id(cluster), resolving.actor_of(db, cluster, by_id))
    edges.refresh(db, moved.articles, regrouped, map(resolving.actor_id, moved.clusters))
    db.execute("DELETE FROM changes")
    rules.note(db)


def start_anew(db: sqlite3.Connection) -> None:
    """Drop everything computed, and mark the whole record as changed."""
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT OR IGNORE INTO changes SELECT 'article', id FROM articles UNION SELECT 'known', ''")


class Sighted(Mapping[str, "list[Sighting]"]):
    """The sightings of articles, gathered when asked for: many articles have more than memory should hold."""

    def __init__(self, db: sqlite3.Connection, articles: set[str]) -> None:
        self.db = db
        self.articles = articles

    def __getitem__(self, article: str) -> list[Sighting]:
        from graph import identity

        return identity.gather_article(article, list(edges.triples(self.db, article)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)


def read_known(db: sqlite3.Connection) -> list[Known]:
    """The known actors, sorted by id."""
    from graph.known import Known

    return [
        msgspec.json.decode(body, type=Known) for (body,) in db.execute("SELECT body FROM known ORDER BY id")
    ]


def write_actor(db: sqlite3.Connection, key: str, actor: Actor | None) -> None:
    """Store an actor with every name it is looked up by, or drop it.

    One word of a name counts less than the whole.
    """
    db.execute("DELETE FROM names WHERE actor = ?", (key,))
    if actor is None:
        db.execute("DELETE FROM actors WHERE id = ?", (key,))
        return
    (number,) = db.execute(
        "SELECT count(DISTINCT s.article) FROM units u JOIN sightings s ON s.unit = u.key WHERE u.actor = ?",
        (key,),
    ).fetchone()
    aliases = msgspec.json.encode(actor.aliases).decode()
    db.execute(
        "INSERT OR REPLACE INTO actors VALUES (?,?,?,?,?)", (key, actor.name, actor.type, aliases, number)
    )
    whole = {fold(name) for name in (actor.name, *actor.aliases)}
    parts = {word for name in whole for word in name.split() if len(word) > 2} - whole
    keys = [(name, key, 0) for name in whole] + [(name, key, 1) for name in parts]
    db.executemany("INSERT INTO names VALUES (?,?,?)", sorted(keys))


def refresh_by(db: sqlite3.Connection, resolver: Resolver) -> None:
    """Compute everything by another resolver's actors."""
    from graph import ledger

    articles = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]
    actors = resolver([t for a in articles for t in edges.triples(db, a)], ledger.judgements(db))
    for table in ("sightings", "units", "actors", "names", "evidence", "edges"):
        db.execute(f"DELETE FROM {table}")
    regrouped = reprints.refresh(db, changes(db, "article"))
    for actor in actors:
        place(db, actor)
        write_actor(db, actor.id, actor)
    edges.refresh(db, articles, regrouped, ())
    db.execute("DELETE FROM changes")


def place(db: sqlite3.Connection, actor: Actor) -> None:
    """Store an actor's appearances as one unit."""
    db.execute(
        "INSERT INTO units (key, base, kind, name, type, context, cluster, actor) "
        "VALUES (?,?,'full',?,?,'',?,?)",
        (actor.id, actor.id, actor.name, actor.type, actor.id, actor.id),
    )
    rows: Iterable[tuple[str, ...]] = (
        (a.article, a.name, actor.type, actor.id, "") for a in actor.appearances
    )
    db.executemany("INSERT INTO sightings VALUES (?,?,?,?,?)", rows)
