"""The graph file's tables, its mark, and the checks made when one is opened."""

from __future__ import annotations

import os
import sqlite3
import time
import unicodedata
from contextlib import closing, suppress
from pathlib import Path

from extract.errors import StoreError

APPLICATION_ID = 0x64796164  # "dyad"
VERSION = 4
PATIENCE = 30  # seconds to wait for another process
CACHE = 32 * 1024  # KiB of pages a writer keeps: its keys are hashes and come in no order
DAMAGE = (sqlite3.Error, UnicodeDecodeError)  # the second where SQLite quotes damaged bytes

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  id TEXT PRIMARY KEY, digest BLOB NOT NULL, seal BLOB NOT NULL, extractor TEXT NOT NULL, published TEXT,
  publisher TEXT, url TEXT, title TEXT, origin TEXT NOT NULL, sketch BLOB NOT NULL, metadata TEXT NOT NULL,
  text TEXT NOT NULL);
CREATE TABLE triples (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, id TEXT NOT NULL, body BLOB NOT NULL,
  key TEXT NOT NULL, PRIMARY KEY (article, id)) WITHOUT ROWID;
CREATE INDEX triples_id ON triples(id);
CREATE INDEX triples_key ON triples(key);
CREATE TABLE sentences (
  id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  start INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX sentences_article ON sentences(article);
CREATE VIRTUAL TABLE words USING fts5(
  text, content='sentences', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER sentences_come AFTER INSERT ON sentences BEGIN
  INSERT INTO words(rowid, text) VALUES (new.id, new.text); END;
CREATE TRIGGER sentences_go AFTER DELETE ON sentences BEGIN
  INSERT INTO words(words, rowid, text) VALUES ('delete', old.id, old.text); END;
CREATE TABLE judgements (seq INTEGER PRIMARY KEY, "left" TEXT NOT NULL, "right" TEXT NOT NULL,
  verdict TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, batch INTEGER NOT NULL,
  seal BLOB NOT NULL);
CREATE TABLE rejections (key TEXT PRIMARY KEY, article TEXT NOT NULL, what TEXT NOT NULL, by TEXT NOT NULL,
  at TEXT NOT NULL, batch INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE known (id TEXT PRIMARY KEY, body BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE changes (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE sightings (
  article TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, unit TEXT NOT NULL, context TEXT NOT NULL,
  PRIMARY KEY (article, name)) WITHOUT ROWID;
CREATE INDEX sightings_unit ON sightings(unit, name, type, context);
CREATE TABLE units (
  key TEXT PRIMARY KEY, base TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  context TEXT NOT NULL, leader TEXT, article TEXT, date TEXT,
  cluster TEXT, actor TEXT, score REAL, rule TEXT);
CREATE INDEX units_base ON units(base, kind);
CREATE INDEX units_cluster ON units(cluster, kind);
CREATE INDEX units_actor ON units(actor);
CREATE INDEX units_leader ON units(leader) WHERE leader IS NOT NULL;
CREATE TABLE blocks (block TEXT NOT NULL, free INTEGER NOT NULL, unit TEXT NOT NULL,
  PRIMARY KEY (block, free, unit)) WITHOUT ROWID;
CREATE INDEX blocks_unit ON blocks(unit);
CREATE TABLE links (a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, rule TEXT NOT NULL,
  PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX links_b ON links(b);
CREATE TABLE bands (band BLOB NOT NULL, article TEXT NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID;
CREATE INDEX bands_article ON bands(article);
CREATE TABLE twins (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX twins_b ON twins(b);
CREATE TABLE origins (article TEXT PRIMARY KEY, origin TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE actors (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL,
  articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE names (key TEXT NOT NULL, actor TEXT NOT NULL, part INTEGER NOT NULL,
  PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE INDEX names_actor ON names(actor);
CREATE TABLE edges (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, code TEXT NOT NULL, status TEXT NOT NULL,
  symmetric INTEGER, relations TEXT, evidence INTEGER, articles INTEGER, sources INTEGER,
  first TEXT, last TEXT, confidence REAL, weight INTEGER,
  source_stop INTEGER, target_stop INTEGER) WITHOUT ROWID;
CREATE INDEX edges_source ON edges(
  source, target, status, code, weight, sources, symmetric, source_stop, target_stop);
CREATE INDEX edges_target ON edges(
  target, source, status, code, weight, sources, symmetric, source_stop, target_stop);
CREATE TABLE evidence (
  edge TEXT NOT NULL, id TEXT NOT NULL, article TEXT NOT NULL, date TEXT, said_by TEXT,
  confidence REAL NOT NULL, relation TEXT NOT NULL, symmetric INTEGER NOT NULL, wording TEXT NOT NULL,
  PRIMARY KEY (edge, id)) WITHOUT ROWID;
CREATE INDEX evidence_article ON evidence(article, edge);
"""
# What follows from the record: computed by graph.upkeep, and the same from nothing.
DERIVED = (
    "sightings", "units", "blocks", "links", "bands", "twins", "origins", "actors", "names", "edges",
    "evidence",
)  # fmt: skip


def is_full(error: Exception) -> bool:
    """Whether an error is one of writing: no room, or a disk that fails."""
    full = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in full


def connect(path: str | Path, readonly: bool) -> sqlite3.Connection:
    """Open or make a graph file, of today's format; anything else raises StoreError."""
    name = str(path)
    if readonly and name != ":memory:" and not Path(name).exists():
        raise StoreError(f"{name}: no such graph file; make one with dyad build")
    connection: sqlite3.Connection | None = None
    try:
        if readonly and name != ":memory:":
            uri = Path(name).resolve().as_uri() + "?mode=ro"
            connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
        else:
            connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None)
        prepare(connection, name, readonly)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, DAMAGE):
            raise StoreError(f"{name}: can't be used as a graph file ({told_by(error)})") from None
        raise
    return connection


def roll_back(file: Path) -> None:
    """Let SQLite undo what a killed process left half written, which a reader may not."""
    if not file.with_name(f"{file.name}-journal").exists() or not os.access(file, os.W_OK):
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=PATIENCE)) as connection:
        empty(connection)


def told_by(error: Exception) -> str:
    """What SQLite says, on one line, though it quotes the file's own words."""
    return " ".join(str(error).split())


def prepare(connection: sqlite3.Connection, name: str, readonly: bool) -> None:
    """Check whose file it is, and lay the tables in an empty one."""
    vacant = empty(connection)  # asked first: who lays tables sets the mark with them
    mark, version = stamp(connection)
    if vacant and not mark and not readonly:
        lay(connection)
        mark, version = stamp(connection)
    if vacant and not mark:
        raise StoreError(f"{name}: holds nothing yet; dyad build makes a graph of it")
    if mark != APPLICATION_ID or version < 1:
        raise StoreError(f"{name}: not a dyad graph; name another file with --graph")
    if version > VERSION:
        raise StoreError(
            f"{name}: made by a newer dyad (format {version}, this one reads {VERSION}); upgrade"
        )
    if version < VERSION:
        raise StoreError(
            f"{name}: made by an older dyad (format {version}); graph.formats brings it up to date"
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # nothing forgotten stays in free pages
    if not readonly:
        log_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")


def log_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to a write-ahead log; SQLite does not wait for other processes here, so this does."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)


def stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    """The file's mark and format version."""
    mark: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return mark, version


def empty(connection: sqlite3.Connection) -> bool:
    """Whether the file has no table yet."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def lay(connection: sqlite3.Connection) -> None:
    """Make the tables in one transaction; a second process that came first wins."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if empty(connection):
            lay_tables(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def lay_tables(connection: sqlite3.Connection) -> None:
    """Make the tables and set the file's mark; the caller holds the transaction."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def soil(db: sqlite3.Connection, kind: str, key: str = "") -> None:
    """Note what changed: an `article`, a `unit` that a person judged, or the `known` actors."""
    db.execute("INSERT OR IGNORE INTO changes VALUES (?, ?)", (kind, key))


def changes(db: sqlite3.Connection, kind: str) -> list[str]:
    """What changed of this kind, sorted."""
    return [row[0] for row in db.execute("SELECT key FROM changes WHERE kind = ? ORDER BY key", (kind,))]


def fold(name: str) -> str:
    """The name as it is looked up: case, accents and runs of blanks don't count."""
    bare = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(bare).casefold().split())
