"""Graph files of older formats, brought to today's in one transaction, the old one kept as FILE.format-N.

Only the record is taken over (articles, triples, people's words, known actors); actors and edges follow from
it with the next question. A kill at any moment leaves the old file, whole; a second process waits and finds
it done.
"""

from __future__ import annotations

import filecmp
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from extract.errors import StoreError
from extract.model import Article, Triple
from graph import record, schema
from graph.seals import Part, digest

SEALED = 4  # the first format with checksums


def upgrade(path: str | Path) -> Path | None:
    """Bring an older graph file to today's format; where the old one is kept, or None if it was not older.

    A file that can't be written to raises StoreError; what else is wrong is left to who opens it.
    """
    file = Path(path)
    schema.roll_back(file)
    if not file.is_file() or not is_older(file):
        return None
    if not os.access(file, os.W_OK) or not os.access(file.resolve().parent, os.W_OK):
        raise StoreError(
            f"{path}: made by an older dyad, and can't be written to; copy it to a folder of your own, "
            "where it is brought up to date when it is opened"
        )
    try:
        with closing(sqlite3.connect(file, timeout=schema.PATIENCE, isolation_level=None)) as db:
            return migrate(db, file)
    except (*schema.DAMAGE, msgspec.MsgspecError) as error:
        if schema.is_full(error):
            raise StoreError(
                f"{path}: made by an older dyad; no room to bring it up to date ({error})"
            ) from None
        raise StoreError(
            f"{path}: made by an older dyad and damaged ({error}); build it again into another file"
        ) from None


def is_older(file: Path) -> bool:
    """Whether it is a graph file of an older format."""
    mark, version = stamp(file)
    if mark != schema.APPLICATION_ID or not 0 < version < schema.VERSION:
        return False
    with closing(sqlite3.connect(file)) as db, suppress(sqlite3.Error):
        columns = {row[1] for row in db.execute("PRAGMA table_info(articles)")}
        return version >= SEALED or "seal" not in columns  # else the header is damaged, and nothing older
    return True


def stamp(file: Path) -> tuple[int, int]:
    """A file's mark and format version, also where SQLite can't read it."""
    try:
        uri = file.resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=schema.PATIENCE)) as db:
            return schema.stamp(db)
    except sqlite3.Error:  # damaged, or where the log beside it can't be made: the header is plain
        with file.open("rb") as opened:
            header = opened.read(72).ljust(72, b"\0")
        return int.from_bytes(header[68:72]), int.from_bytes(header[60:64])


def migrate(db: sqlite3.Connection, file: Path) -> Path | None:
    """Lay today's tables in place of the old and fill them; None when another process did."""
    db.execute("PRAGMA secure_delete = ON")
    db.execute("BEGIN IMMEDIATE")
    try:
        _, version = schema.stamp(db)
        kept = keep(file, version) if version < schema.VERSION else None
        if kept:
            with closing(sqlite3.connect(f"{kept.resolve().as_uri()}?mode=ro", uri=True)) as old:
                clear(db)
                schema.lay_tables(db)
                take_articles(old, db)
                take_words(old, db, version)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return kept


def keep(file: Path, version: int) -> Path:
    """Copy the file beside itself, whole or not at all; one that an earlier attempt left is used again."""
    aside = file.with_name(f"{file.name}.format-{version}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(aside)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        with aside.open("rb+") as written:
            os.fsync(written.fileno())
        for place in places(file, version):
            if not place.exists() or filecmp.cmp(place, aside, shallow=False):
                os.replace(aside, place)
                settle(place.resolve().parent)
                return place
    finally:
        aside.unlink(missing_ok=True)
    raise AssertionError("places never end")


def settle(folder: Path) -> None:
    """Bring a renaming in a folder to disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        os.fsync(opened)
        os.close(opened)


def places(file: Path, version: int) -> Iterator[Path]:
    """Names for the kept file, the plainest first."""
    yield file.with_name(f"{file.name}.format-{version}")
    number = 2
    while True:
        yield file.with_name(f"{file.name}.format-{version}.{number}")
        number += 1


def clear(db: sqlite3.Connection) -> None:
    """Drop every table; what belongs to one goes with it."""
    for kind in ("CREATE VIRTUAL%", "CREATE TABLE%"):
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE ?", (kind,))
        for (name,) in tables.fetchall():
            db.execute(f'DROP TABLE IF EXISTS "{name}"')


def take_articles(old: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Articles with their triples."""
    sql = "SELECT id, text, title, published, url, publisher, metadata, origin, extractor FROM articles"
    for row in old.execute(f"{sql} ORDER BY id"):
        id_, text, title, published, url, publisher, metadata, origin, extractor = row
        facts = msgspec.json.decode(metadata, type=dict[str, str])
        article = Article(id_, text, title, published, url, publisher, facts, origin)
        bodies = old.execute("SELECT body FROM triples WHERE article = ? ORDER BY id", (article.id,))
        triples = [msgspec.json.decode(body, type=Triple) for (body,) in bodies]
        record.store(db, article, triples, extractor)


def take_words(old: sqlite3.Connection, db: sqlite3.Connection, version: int) -> None:
    """Judgements, rejections and known actors; format 1 had judgements only, and no batches."""
    batch = "batch" if version > 1 else "seq"
    judgements = f'SELECT seq, "left", "right", verdict, by, at, {batch} FROM judgements ORDER BY seq'
    add(db, "judgements", old.execute(judgements))
    if version > 1:
        add(db, "rejections", old.execute("SELECT key, article, what, by, at, batch FROM rejections"))
        add(db, "known", old.execute("SELECT id, body FROM known"))
        schema.soil(db, "known")


def add(db: sqlite3.Connection, table: str, rows: Iterator[tuple[Part, ...]]) -> None:
    """Store rows with their seals."""
    for row in rows:
        db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))},?)", (*row, digest(row)))
