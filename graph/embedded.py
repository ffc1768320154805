"""The graph in one SQLite file, no server: articles, triples and judgements are the record, the rest follows.

Every write is one transaction, so that a kill at any moment leaves whole articles. Actors and edges are
computed from the record by `refresh`; until then the file is marked, and the next question refreshes it.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from extract.errors import StoreError
from extract.model import ActorType, Article, Triple
from graph import belief, formats, ledger, paths, record, reprints, upkeep
from graph.model import Actor, Appearance, Edge, Evidence, Judgement, Subgraph
from graph.schema import DAMAGE, connect, fold, soil, told_by
from graph.seals import text_digest
from graph.store import Filter

Stored = TypeVar("Stored")
# Made once: making a decoder takes longer than decoding a value.
DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind)
    for kind in (Triple, dict[str, str], list[tuple[str, str]], tuple[str, ...])
}
Resolver = Callable[[list[Triple], list[Judgement]], list[Actor]]
ARTICLE = "id, title, published, url, publisher, text, metadata, origin"
EDGE = (
    "e.id, e.source, e.target, e.code, e.status, e.symmetric, e.relations, e.evidence, e.articles, "
    "e.sources, e.first, e.last, e.confidence"
)
BATCH, FEW = 500, 50
LONGEST = 300  # seconds to wait for others that write, as a build of many articles does at its end
LOG = logging.getLogger("dyad.graph")


def open_graph(
    path: str | Path, *, readonly: bool = False, resolver: Resolver | None = None
) -> EmbeddedGraph:
    """Open a graph file, made when missing unless readonly; `:memory:` keeps it in memory.

    One of an older format is brought up to date first (graph.formats).
    A resolver of one's own takes the place of graph.identity's rules (tests of stores do that).
    """
    formats.upgrade(path)
    LOG.debug("open %s%s", path, ", only to read" if readonly else "")
    return EmbeddedGraph(connect(path, readonly), str(path), readonly, resolver)


class EmbeddedGraph:
    """An open graph file; answers the Questions protocol."""

    def __init__(
        self, connection: sqlite3.Connection, path: str, readonly: bool, resolver: Resolver | None
    ) -> None:
        self.connection = connection
        self.path = path
        self.readonly = readonly
        self.resolver = resolver

    def __enter__(self) -> EmbeddedGraph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """SQLite's own errors become StoreError."""
        try:
            yield
        except DAMAGE as error:
            raise StoreError(f"{self.path}: {told_by(error)}") from None

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; SQLite's own errors become StoreError."""
        with self.told():
            return self.connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query one by one; SQLite's own errors become StoreError."""
        with self.told():
            rows = self.connection.execute(sql, values)
            while (row := rows.fetchone()) is not None:  # `yield from` would close rows, maybe after the file
                yield row

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self.told():
            begun = time.monotonic()
            self.begin()
            try:
                yield self.connection
                self.connection.execute("COMMIT")
                LOG.debug("stored in %s after %.3f s", self.path, time.monotonic() - begun)
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def begin(self) -> None:
        """Begin a transaction that writes, once no other process does; told from time to time of Ctrl-C."""
        end = time.monotonic() + LONGEST
        while True:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise

    # The record

    def knows(self, article_id: str, extractor: str, text: str | None = None) -> bool:
        """Whether this extractor's triples of the article, as this text has it, are stored."""
        rows = self.ask("SELECT digest FROM articles WHERE id = ? AND extractor = ?", (article_id, extractor))
        return bool(rows) and (text is None or rows[0][0] == text_digest(text))

    def mistakes(self, article: Article) -> str | None:
        """Where the article came from that this one would push out though it is no version of it.

        That is one of another file with the same bare number for its id, and a text that shares nothing.
        """
        if not article.id.isdecimal():
            return None
        for origin, found in self.ask("SELECT origin, sketch FROM articles WHERE id = ?", (article.id,)):
            other = origin.rpartition(":")[0] != article.origin.rpartition(":")[0]
            if other and reprints.likeness(found, reprints.sketch(article.text)) < reprints.UNLIKE:
                return str(origin)
        return None

    def write(self, article: Article, triples: Iterable[Triple], extractor: str | None = None) -> None:
        """Store an article with all its triples, in place of any older version of it."""
        with self.changing() as connection:
            record.store(connection, article, triples, extractor)

    def write_all(self, found: Iterable[tuple[Article, Iterable[Triple]]], extractor: str) -> None:
        """Store articles with all their triples in one transaction: many cost little more than one."""
        with self.changing() as connection:
            for article, triples in found:
                record.store(connection, article, triples, extractor)

    def remove(self, article_id: str) -> bool:
        """Forget an article and its triples; False when there is none."""
        with self.changing() as connection:
            gone = connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount > 0
            if gone:
                soil(connection, "article", article_id)
        return gone

    def add_judgement(self, judgement: Judgement) -> None:
        """Append a person's word on two appearances."""
        self.add_judgements([judgement])

    def add_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Append what one command decided: undone together."""
        with self.changing() as connection:
            ledger.append(connection, judgements)

    def judgements(self) -> list[Judgement]:
        """All judgements in the order they were made."""
        with self.told():
            return ledger.judgements(self.connection)

    def articles(self) -> Iterator[Article]:
        """All articles, sorted by id."""
        for row in self.stream(f"SELECT {ARTICLE} FROM articles ORDER BY id"):
            yield article_of(row)

    def article(self, article_id: str) -> Article | None:
        """The article with this id."""
        rows = self.ask(f"SELECT {ARTICLE} FROM articles WHERE id = ?", (article_id,))
        return article_of(rows[0]) if rows else None

    def triples(self, article_id: str | None = None) -> Iterator[Triple]:
        """Triples of one article or all that nobody rejected, sorted by article and id."""
        where, values = ("article = ?", (article_id,)) if article_id is not None else ("1", ())
        for (body,) in self.stream(
            f"SELECT body FROM triples WHERE {where} AND key NOT IN (SELECT key FROM rejections) "
            "ORDER BY article, id",
            values,
        ):
            yield decode(body, Triple)

    def triple_counts(self) -> dict[str, int]:
        """How many triples each article has; those without any are left out."""
        return dict(self.ask("SELECT article, count(*) FROM triples GROUP BY article"))

    def sizes(self) -> dict[str, int]:
        """How many articles, triples, actors and edges there are, by these words in the singular."""
        tables = ("article", "triple", "actor", "edge")
        return {name: self.ask(f"SELECT count(*) FROM {name}s")[0][0] for name in tables}

    # What follows from it

    def dirty(self) -> bool:
        """Whether the record changed since actors and edges were computed."""
        return bool(self.ask("SELECT 1 FROM changes LIMIT 1"))

    def refresh(self) -> None:
        """Bring actors and edges up to date with the record, in one transaction."""
        if self.readonly or not self.dirty():
            return
        LOG.debug("bring actors and edges of %s up to date", self.path)
        with self.changing() as connection:
            if not self.dirty():  # another process was first
                return
            if self.resolver is None:
                upkeep.refresh(connection)
            else:
                upkeep.refresh_by(connection, self.resolver)

    # Questions

    def find(self, name: str) -> list[Actor]:
        """Actors that bear the name; else those one word of whose name it is; the best known first."""
        self.refresh()
        rows = self.ask(
            f"SELECT {ACTOR}, n.part FROM names n JOIN actors a ON a.id = n.actor WHERE n.key = ? "
            "ORDER BY n.part, a.articles DESC, a.id",
            (fold(name),),
        )
        return [actor_of(row[:5]) for row in rows if row[5] == rows[0][5]]

    def suggest(self, name: str, limit: int = 5) -> list[str]:
        """Names near the one given, nearest first."""
        from rapidfuzz import fuzz, process

        self.refresh()
        sql = "SELECT n.key, a.name FROM names n JOIN actors a ON a.id = n.actor ORDER BY n.key, a.id"
        shown: dict[str, str] = {}
        for key, full in self.ask(sql):
            shown.setdefault(key, full)
        near = process.extract(fold(name), list(shown), scorer=fuzz.ratio, limit=limit * 4, score_cutoff=60)
        ranked = sorted(near, key=lambda hit: (-hit[1], hit[0]))
        return list(dict.fromkeys(shown[key] for key, _, _ in ranked))[:limit]

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id."""
        self.refresh()
        rows = self.ask(f"SELECT {ACTOR} FROM actors a WHERE a.id = ?", (actor_id,))
        return actor_of(rows[0]) if rows else None

    def actors(self) -> Iterator[Actor]:
        """All actors, sorted by id."""
        self.refresh()
        for row in self.stream(f"SELECT {ACTOR} FROM actors a ORDER BY a.id"):
            yield actor_of(row)

    def neighbours(self, actor_id: str, only: Filter) -> list[tuple[Edge, str]]:
        """Edges at the actor with the other end's id, sorted by edge id."""
        found = self.edges(actor_id, None, only)
        return [(edge, edge.target if edge.source == actor_id else edge.source) for edge in found]

    def edges(self, source: str | None, target: str | None, only: Filter) -> Iterator[Edge]:
        """Edges between two actors in either direction, at one actor, or all; sorted by id."""
        self.refresh()
        where, values = clause(only)
        ends = [end for end in (source, target) if end is not None]
        if len(ends) == 2:
            where += " AND ((e.source = ? AND e.target = ?) OR (e.source = ? AND e.target = ?))"
            values += [ends[0], ends[1], ends[1], ends[0]]
        elif ends:
            where += " AND (e.source = ? OR e.target = ?)"
            values += [ends[0], ends[0]]
        for row in self.stream(f"SELECT {EDGE} FROM edges e WHERE {where} ORDER BY e.id", values):
            yield edge_of(row)

    def weights(self, only: Filter) -> Iterator[tuple[str, str, int, bool]]:
        """Source, target, weight and symmetry of every edge, in the order of their ids."""
        self.refresh()
        where, values = clause(only)
        columns = "e.source, e.target, e.weight, e.symmetric"
        return self.stream(f"SELECT {columns} FROM edges e WHERE {where} ORDER BY e.id", values)

    def evidence(self, edge_ids: Sequence[str]) -> list[Evidence]:
        """All evidence under the edges, sorted by date, article and offset."""
        self.refresh()
        found: list[Evidence] = []
        for part in batches(sorted(set(edge_ids))):
            rows = self.ask(
                "SELECT v.id, v.edge, t.body, v.said_by FROM evidence v "
                f"JOIN triples t ON t.article = v.article AND t.id = v.id WHERE v.edge IN ({marks(part)})",
                part,
            )
            found += [Evidence(r[0], r[1], decode(r[2], Triple), r[3]) for r in rows]
        return sorted(
            found,
            key=lambda v: (belief.date_of(v.triple) or "", v.triple.article, v.triple.start, v.id),
        )

    def proofs(self) -> Iterator[tuple[Triple, str | None, str | None]]:
        """Every triple, sorted by article and id, with its edge and its speaker where it has them."""
        self.refresh()
        rows = self.stream(
            "SELECT t.body, v.edge, v.said_by FROM triples t LEFT JOIN evidence v "
            "ON v.article = t.article AND v.id = t.id ORDER BY t.article, t.id"
        )
        return ((decode(body, Triple), edge, speaker) for body, edge, speaker in rows)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the file as it is now, up to date with its record, until the block ends, whatever others write.

        A file opened readonly can't be brought up to date: who wants that asks `dirty()` inside.
        """
        if self.connection.in_transaction:  # within a wider one
            yield
            return
        while True:
            self.refresh()
            self.connection.execute("BEGIN")
            try:
                if not self.dirty() or self.readonly:  # else another process wrote since
                    yield
                    return
            finally:
                self.connection.execute("ROLLBACK")

    def shortest_path(self, source: str, target: str, only: Filter) -> list[Edge]:
        """Edges of the shortest path, in order; ties go to the heavier, then the smaller ids."""
        self.refresh()
        ids = paths.shortest(source, target, lambda actors, into: self.steps(actors, only, into))
        found = {e.id: e for e in self.edges_by_id(ids)}
        return [found[key] for key in ids]

    def steps(
        self, actor_ids: Sequence[str], only: Filter, into: Collection[str] | None = None
    ) -> Iterator[paths.Step]:
        """Every edge at each of the actors, seen from it, or those to one of `into`; in no fixed order."""
        self.refresh()
        where, values = clause(only)
        ends = encode(actor_ids), encode(sorted(into or ()))
        for near, far in (("source", "target"), ("target", "source")):
            seek = "" if len(into or ()) <= FEW else "+"  # by index when they are few; else read and compare
            among = f"AND {seek}e.{far} IN (SELECT value FROM json_each(?))" if into is not None else ""
            sql = (
                f"SELECT e.id, e.{near}, e.{far}, CASE e.status WHEN 'actual' THEN e.weight ELSE 0 END, "
                f"e.{near}_stop, e.{far}_stop, {int(near == 'source')}, e.symmetric, e.code "
                f"FROM edges e WHERE e.{near} IN (SELECT value FROM json_each(?)) {among} AND {where}"
            )
            with self.told():
                rows = self.connection.execute(sql, [*ends[: 1 if into is None else 2], *values])
                yield from map(paths.Step._make, rows)

    def dates(self, edge_ids: Iterable[str], only: Filter) -> dict[str, list[str]]:
        """The dates of each edge's evidence that pass the filter, sorted; edges without one are left out."""
        self.refresh()
        proof, values = proof_clause(only)
        found: dict[str, list[str]] = {}
        rows = self.ask(
            "SELECT DISTINCT v.edge, v.date FROM evidence v WHERE v.edge IN (SELECT value FROM json_each(?)) "
            f"AND v.date IS NOT NULL {' '.join(f'AND {part}' for part in proof)} ORDER BY v.edge, v.date",
            [encode(sorted(set(edge_ids))), *values],
        )
        for edge, date in rows:
            found.setdefault(edge, []).append(date)
        return found

    def edges_by_id(self, ids: Sequence[str]) -> list[Edge]:
        """The edges with these ids, sorted by id."""
        found: list[Edge] = []
        for part in batches(sorted(set(ids))):
            rows = self.ask(f"SELECT {EDGE} FROM edges e WHERE e.id IN ({marks(part)}) ORDER BY e.id", part)
            found += map(edge_of, rows)
        return found

    def subgraph(self, actor_ids: Iterable[str] | None, hops: int, only: Filter) -> Subgraph:
        """The actors within `hops` of the given ones and the edges among them; all when None."""
        if actor_ids is None:
            return Subgraph(tuple(self.actors()), tuple(self.edges(None, None, only)))
        actors = {i: a for i in sorted(set(actor_ids)) if (a := self.actor(i))}
        edges: dict[str, Edge] = {}
        fringe = list(actors)
        for step in range(hops + 1):
            near = {i: self.neighbours(i, only) for i in fringe}
            fringe = []
            for edge, other in (pair for pairs in near.values() for pair in pairs):
                if other not in actors and step < hops and (found := self.actor(other)):
                    actors[other] = found
                    fringe.append(other)
                edges[edge.id] = edge
        inside = (e for _, e in sorted(edges.items()) if e.source in actors and e.target in actors)
        return Subgraph(tuple(actors[i] for i in sorted(actors)), tuple(inside))

    def fetch_actors(self, actor_ids: Iterable[str]) -> dict[str, Actor]:
        """The actors with these ids; unknown ids are left out."""
        self.refresh()
        found: dict[str, Actor] = {}
        for part in batches(sorted(set(actor_ids))):
            rows = self.ask(f"SELECT {ACTOR} FROM actors a WHERE a.id IN ({marks(part)})", part)
            found |= {row[0]: actor_of(row) for row in rows}
        return found

    def types(self, actor_ids: Iterable[str]) -> dict[str, ActorType]:
        """The types of the actors with these ids."""
        self.refresh()
        ids = encode(sorted(set(actor_ids)))
        return dict(
            self.ask("SELECT id, type FROM actors WHERE id IN (SELECT value FROM json_each(?))", [ids])
        )

    def degrees(self, actor_ids: Iterable[str]) -> dict[str, int]:
        """How many edges each actor has, whatever their status."""
        self.refresh()
        counts = dict.fromkeys(sorted(set(actor_ids)), 0)
        for part in batches(list(counts)):
            for end in ("source", "target"):
                sql = f"SELECT {end}, count(*) FROM edges WHERE {end} IN ({marks(part)}) GROUP BY {end}"
                for actor, number in self.ask(sql, part):
                    counts[actor] += number
        return counts

    def size(self) -> int:
        """How many edges there are."""
        self.refresh()
        return int(self.ask("SELECT count(*) FROM edges")[0][0])

    def titles(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Titles of those of the articles that have one."""
        found: dict[str, str] = {}
        for part in batches(sorted(set(article_ids))):
            found |= self.ask(
                f"SELECT id, title FROM articles WHERE title > '' AND id IN ({marks(part)})", part
            )
        return found

    def search(self, text: str, limit: int) -> list[Triple]:
        """Triples of up to `limit` sentences that hold all the words, newest article first."""
        wanted = match(text)
        if not wanted:
            return []
        hits = self.ask(
            "SELECT s.article, s.start, s.text FROM words JOIN sentences s ON s.id = words.rowid "
            "JOIN articles a ON a.id = s.article WHERE words MATCH ? "
            "ORDER BY a.published DESC, s.article, s.start LIMIT ?",
            (wanted, limit),
        )
        known = {article: list(self.triples(article)) for article in {hit[0] for hit in hits}}
        return [t for article, *place in hits for t in known[article] if [t.start, t.sentence] == place]

    def named(self, prefix: str, limit: int) -> list[Actor]:
        """Actors a name of whom, or a word of one, begins with the prefix, the best known first."""
        self.refresh()
        key = fold(prefix)
        rows = self.ask(
            f"SELECT {ACTOR} FROM actors a "
            "WHERE a.id IN (SELECT actor FROM names WHERE key >= ? AND key < ?) "
            "ORDER BY a.articles DESC, a.id LIMIT ?",
            (key, key + "\U0010ffff", limit),
        )
        return [actor_of(row) for row in rows]


ACTOR = (
    "a.id, a.name, a.type, a.aliases, (SELECT json_group_array(json_array(article, name)) FROM "
    "(SELECT s.article, s.name FROM units u JOIN sightings s ON s.unit = u.key WHERE u.actor = a.id "
    "ORDER BY s.article, s.name))"
)


def encode(value: Any) -> str:
    """JSON text of a value."""
    return msgspec.json.encode(value).decode()


def marks(values: Sequence[str]) -> str:
    """Question marks for a list of values."""
    return ",".join("?" * len(values))


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in parts small enough for one statement."""
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def match(text: str) -> str:
    """What was searched for as an FTS5 query in which nothing of the text is an operator."""
    plain = text.replace("\0", " ").encode("utf-8", "replace").decode()
    wanted = re.findall(r'"([^"]*)"(\*?)|([^\s"]+)', plain)
    terms = [(phrase or word.rstrip("*"), star or word.endswith("*")) for phrase, star, word in wanted]
    return " ".join(f'"{term}"{"*" if star else ""}' for term, star in terms if any(map(str.isalnum, term)))


def clause(only: Filter) -> tuple[str, list[Any]]:
    """The filter as SQL; a date known by year or month alone overlaps any day in it."""
    parts, values = ["e.sources >= ?"], [only.min_sources]
    wanted: list[Any] = list(values)
    for column, allowed in (("status", only.statuses), ("code", only.codes)):
        if allowed:
            parts.append(f"e.{column} IN ({marks(allowed)})")
            wanted += allowed
    proof, more = proof_clause(only)
    wanted += more
    if proof:
        parts.append(f"EXISTS (SELECT 1 FROM evidence v WHERE v.edge = e.id AND {' AND '.join(proof)})")
    return " AND ".join(parts), wanted


def decode(body: bytes | str, kind: type[Stored]) -> Stored:
    """A stored JSON value; StoreError when the file is damaged there."""
    try:
        value: Stored = DECODERS[kind].decode(body)
        return value
    except (msgspec.MsgspecError, TypeError, UnicodeError) as error:
        raise StoreError(f"the graph file is damaged: {error}") from None


def proof_clause(only: Filter) -> tuple[list[str], list[Any]]:
    """What the filter asks of one evidence, as conditions on v."""
    parts: list[str] = []
    values: list[Any] = []
    if only.since or only.until:
        parts.append("v.date || '-99-99' >= ? AND v.date <= ? || '-99-99'")
        values += [only.since or "", only.until or "9999"]
    if only.publisher:
        parts.append("v.article IN (SELECT id FROM articles WHERE lower(publisher) = lower(?))")
        values.append(only.publisher)
    return parts, values


def article_of(row: Sequence[Any]) -> Article:
    """An article from its row."""
    id_, title, published, url, publisher, text, metadata, origin = row
    return Article(id_, text, title, published, url, publisher, decode(metadata, dict[str, str]), origin)


def actor_of(row: Sequence[Any]) -> Actor:
    """An actor from its row."""
    seen = decode(row[4], list[tuple[str, str]])
    aliases = decode(row[3], tuple[str, ...])
    return Actor(row[0], row[1], row[2], aliases, tuple(Appearance(*pair) for pair in seen))


def edge_of(row: Sequence[Any]) -> Edge:
    """An edge from its row."""
    relations = decode(row[6], tuple[str, ...])
    id_, source, target, code, status, symmetric = row[:6]
    return Edge(id_, source, target, code, status, bool(symmetric), relations, *row[7:13])
