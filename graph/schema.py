"""The graph file's tables, its mark, and the checks made when one is opened."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

from extract.errors import StoreError

APPLICATION_ID = 0x64796164  # "dyad"
VERSION = 1

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  id TEXT PRIMARY KEY, title TEXT, published TEXT, url TEXT, publisher TEXT, text TEXT NOT NULL,
  metadata TEXT NOT NULL, origin TEXT NOT NULL, extractor TEXT NOT NULL, sketch BLOB NOT NULL);
CREATE TABLE triples (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, id TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (article, id)) WITHOUT ROWID;
CREATE INDEX triples_id ON triples(id);
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
  verdict TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE actors (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL,
  appearances TEXT NOT NULL, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE names (key TEXT NOT NULL, actor TEXT NOT NULL, part INTEGER NOT NULL,
  PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE TABLE edges (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, code TEXT NOT NULL, status TEXT NOT NULL,
  symmetric INTEGER NOT NULL, relations TEXT NOT NULL, evidence INTEGER NOT NULL, articles INTEGER NOT NULL,
  sources INTEGER NOT NULL, first TEXT, last TEXT, confidence REAL NOT NULL, weight INTEGER NOT NULL,
  source_stop INTEGER NOT NULL, target_stop INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX edges_source ON edges(source);
CREATE INDEX edges_target ON edges(target);
CREATE TABLE evidence (
  edge TEXT NOT NULL, id TEXT NOT NULL, article TEXT NOT NULL, date TEXT, said_by TEXT,
  PRIMARY KEY (edge, id)) WITHOUT ROWID;
"""


def connect(path: str | Path, readonly: bool) -> sqlite3.Connection:
    """Open or make a graph file; one that is not ours, damaged or newer raises StoreError."""
    name = str(path)
    if readonly and name != ":memory:" and not Path(name).exists():
        raise StoreError(f"{name}: no such graph file; make one with dyad build")
    connection: sqlite3.Connection | None = None
    try:
        if readonly and name != ":memory:":
            uri = Path(name).resolve().as_uri() + "?mode=ro"
            connection = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)
        else:
            connection = sqlite3.connect(name, timeout=30, isolation_level=None)
        prepare(connection, name, readonly)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{name}: can't be used as a graph file ({error})") from None
        raise
    return connection


def prepare(connection: sqlite3.Connection, name: str, readonly: bool) -> None:
    """Check whose file it is, and lay the tables in an empty one."""
    mark, version = stamp(connection)
    if not mark and not readonly and empty(connection):
        lay(connection)
        mark, version = stamp(connection)
    if mark != APPLICATION_ID:
        raise StoreError(f"{name}: not a dyad graph; name another file with --graph")
    if version > VERSION:
        raise StoreError(
            f"{name}: made by a newer dyad (format {version}, this one reads {VERSION}); upgrade"
        )
    connection.execute("PRAGMA foreign_keys = ON")
    if not readonly:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")


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
            for statement in TABLES.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def fold(name: str) -> str:
    """The name as it is looked up: case, accents and runs of blanks don't count."""
    bare = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(bare).casefold().split())
