"""A damaged graph file made sound: whole articles and people's words are kept, the rest is computed anew.

The damaged file is copied to FILE.damaged-DATE first, under a lock that no other process shares, and read
there: through its tables where SQLite finds these whole, else page by page. Only what its checksum vouches
for is taken into a new file, which takes the old one's place when it is complete and on disk.
"""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from extract.errors import StoreError
from graph import reprints, schema, soundness, upkeep
from graph.formats import settle
from graph.pages import Value, read_rows
from graph.seals import SIZE, digest
from graph.soundness import RECORD, SEALED, TRIPLES

Row = tuple[Value, ...]
TOLD = {*RECORD, "bands", "changes"}  # what names articles
BAND = 4 * reprints.ROWS + 1  # bytes
UNREADABLE = set("\0\ufffd")  # in what is left of a damaged id
WORDS = {8: "judgements", 7: "rejections", 3: "known"}  # by their columns
SHARED_BYTES = 0x40000002, 510  # where SQLite locks a file that it reads (fileformat2.html, os_unix.c)
PIECES = """
CREATE TABLE articles (
  id, digest, seal, extractor, published, publisher, url, title, origin, sketch, metadata, text,
  UNIQUE (id, seal));
CREATE TABLE triples (article, id, body, key, UNIQUE (article, id, body));
CREATE TABLE seen (article PRIMARY KEY);
CREATE TABLE heard_of (article PRIMARY KEY);
CREATE TABLE changed (article PRIMARY KEY);
"""
# An article that was forgotten a moment ago is still heard of in what is computed from it.
HEARD_OF = (
    "SELECT article FROM seen UNION SELECT article FROM (SELECT article FROM heard_of "
    "EXCEPT SELECT article FROM changed)"
)


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that was taken out; what is known of it, so that it can be read again."""

    id: str
    title: str | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair kept and lost, and where the damaged file is."""

    damaged: Path
    articles: int
    words: int
    lost: tuple[Lost, ...]
    lost_words: tuple[str, ...]


def repair(file: Path, date: str) -> Repaired:
    """Put a sound file in a damaged one's place, kept as FILE.damaged-DATE; nothing in it: StoreError."""
    aside = file.with_name(f"{file.name}.repair-{os.getpid()}")
    with alone(file) as opened, TemporaryDirectory(prefix="dyad-repair-") as folder:
        for left in file.parent.glob(f"{glob.escape(file.name)}.repair-[0-9]*"):
            left.unlink()
        damaged = keep(file, opened, date)
        try:
            with closing(schema.connect(aside, False)) as new:
                lost, lost_words = salvage(damaged, new, Path(folder) / "pieces.db")
                articles, words = count(new, "articles"), sum(count(new, table) for table in SEALED)
            if not articles and not words and not is_ours(opened):
                raise StoreError(f"{file}: nothing in it can be read as a dyad graph; it is left as it was")
            swap(aside, file, opened)
        except (sqlite3.Error, OSError, StoreError) as error:
            drop(damaged)
            if isinstance(error, StoreError):
                raise
            raise StoreError(f"{file}: can't be repaired ({error}); it is left as it was") from None
        finally:
            drop(aside)
    return Repaired(damaged, articles, words, lost, lost_words)


def count(db: sqlite3.Connection, table: str) -> int:
    """How many rows a table has."""
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextmanager
def alone(file: Path) -> Iterator[BinaryIO]:
    """The open file while no other process has it open as a graph; one that has raises StoreError."""
    with file.open("rb+") as opened:
        with suppress(ImportError):  # systems without it refuse to rename an open file
            import fcntl

            start, length = SHARED_BYTES
            try:
                fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
            except BlockingIOError:
                raise StoreError(
                    f"{file}: in use by another process; repair it when that has ended"
                ) from None
        yield opened


def keep(file: Path, opened: BinaryIO, date: str) -> Path:
    """Copy the damaged file, with its log, beside itself."""
    damaged = file.with_name(f"{file.name}.damaged-{date}")
    number = 2
    while damaged.exists():
        damaged = file.with_name(f"{file.name}.damaged-{date}.{number}")
        number += 1
    opened.seek(0)
    log = Path(f"{file}-wal")
    try:
        with damaged.open("xb") as copy:
            shutil.copyfileobj(opened, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if log.exists() and log.stat().st_size:
            shutil.copyfile(log, f"{damaged}-wal")
    except BaseException:
        drop(damaged)
        raise
    return damaged


def is_ours(opened: BinaryIO) -> bool:
    """Whether the file's header has our mark."""
    opened.seek(68)
    return opened.read(4) == schema.APPLICATION_ID.to_bytes(4)


def swap(aside: Path, file: Path, opened: BinaryIO) -> None:
    """Put the new file in the old one's place; who waits for the old one finds that it is a graph no more."""
    with aside.open("rb+") as written:
        os.fsync(written.fileno())
    shutil.copymode(file, aside)
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    os.replace(aside, file)
    opened.seek(0)
    opened.write(bytes(100))
    settle(file.resolve().parent)


def drop(file: Path) -> None:
    """Remove a file of ours with what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)


def salvage(damaged: Path, new: sqlite3.Connection, pieces: Path) -> tuple[tuple[Lost, ...], tuple[str, ...]]:
    """Fill a new file with what a damaged one holds; returns articles and words that are lost."""
    with closing(sqlite3.connect(pieces, isolation_level=None)) as loose:
        loose.executescript(PIECES)
        loose.execute("BEGIN")
        new.execute("BEGIN")
        words = {word for row in all_rows(damaged) if (word := collect(row, loose, new))}
        words |= {problem.place for problem in soundness.gaps(new)}
        number_anew(new)
        lost = tuple(assemble(loose, new))
        schema.soil(new, "known")
        upkeep.refresh(new)
        new.execute("COMMIT")
        new.execute(
            "PRAGMA journal_mode = DELETE"
        )  # fold the log in: closing does, but keeps a failure quiet
    return lost, tuple(sorted(words))


def all_rows(damaged: Path) -> Iterator[Row]:
    """The rows of the record: of the tables where these are whole, else of every page."""
    with TemporaryDirectory(prefix="dyad-repair-") as folder:
        copy = Path(folder) / "copy.db"
        soundness.copy_bytes(damaged, copy)
        with closing(sqlite3.connect(copy)) as db:
            db.text_factory = soundness.lenient
            there = {name for (name,) in tables(db)}
            if there >= TOLD and not soundness.structure(db):
                for table in sorted(TOLD):
                    yield from db.execute(f"SELECT * FROM {table}")
                return
    yield from read_rows(damaged)


def tables(db: sqlite3.Connection) -> list[tuple[str]]:
    """The names of the tables, none when they can't be read."""
    with suppress(*schema.DAMAGE):
        return db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return []


def collect(row: Row, loose: sqlite3.Connection, new: sqlite3.Connection) -> str | None:
    """Put a row where it belongs by its form; returns a person's word that can't be kept."""
    match row:
        case (str(), bytes(mark), bytes(seal), *_) if len(row) == 12 and len(mark) == len(seal) == SIZE:
            loose.execute(f"INSERT OR IGNORE INTO articles VALUES ({','.join('?' * 12)})", row)
            loose.execute("INSERT OR IGNORE INTO seen VALUES (?)", row[:1])
        case (str(), str(), bytes(), str()):
            loose.execute("INSERT OR IGNORE INTO triples VALUES (?,?,?,?)", row)
            loose.execute("INSERT OR IGNORE INTO seen VALUES (?)", row[:1])
        case ("article", str(article)):
            loose.execute("INSERT OR IGNORE INTO changed VALUES (?)", (article,))
        case (bytes(band), str(article)) if len(band) == BAND:
            loose.execute("INSERT OR IGNORE INTO heard_of VALUES (?)", (article,))
        case (*_, bytes(seal)) if len(seal) == SIZE and len(row) in WORDS:
            return take_word(WORDS[len(row)], row, new)
    return None


def take_word(table: str, row: Row, new: sqlite3.Connection) -> str | None:
    """Keep a sealed word that is as it was written, else return its place."""
    for problem in soundness.word_problems(table, row):
        return problem.place
    new.execute(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(row))})", row)
    return None


def number_anew(new: sqlite3.Connection) -> None:
    """Close the gaps that lost judgements leave."""
    rows = new.execute("SELECT * FROM judgements ORDER BY seq").fetchall()
    new.execute("DELETE FROM judgements")
    for seq, (_, *told, _) in enumerate(rows, 1):
        new.execute("INSERT INTO judgements VALUES (?,?,?,?,?,?,?,?)", (seq, *told, digest((seq, *told))))


def assemble(loose: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Lost]:
    """Take over every article that is whole; what is left out is yielded."""
    for (key,) in loose.execute(f"{HEARD_OF} ORDER BY article"):
        rows = loose.execute("SELECT * FROM articles WHERE id = ?", (key,)).fetchall()
        claims = loose.execute(TRIPLES, (key,)).fetchall()
        whole = [row for row in rows if not any(soundness.article_problems(row, claims))]
        if whole:
            take_article(new, whole[0], claims)
        elif not set(key) & UNREADABLE:
            told = next(((row[7], row[8]) for row in rows), (None, None))
            yield Lost(key, *told)


def take_article(new: sqlite3.Connection, row: Sequence[Any], claims: Sequence[Sequence[Any]]) -> None:
    """Store a whole article as it was."""
    new.execute(f"INSERT INTO articles VALUES ({','.join('?' * len(row))})", row)
    new.executemany("INSERT INTO triples VALUES (?,?,?,?)", ((row[0], *claim) for claim in claims))
    spans = sorted(set(soundness.sentences(claims)))
    new.executemany(
        "INSERT INTO sentences (article, start, text) VALUES (?,?,?)", ((row[0], *span) for span in spans)
    )
    schema.soil(new, "article", row[0])
