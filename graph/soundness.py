"""Whether a graph file is sound: pages, tables, checksums, quotations, and what follows from the record.

`examine` works on a copy made as of one moment, so that others may go on reading and writing, and yields
problems one by one. What follows from the record (actors, edges, evidence, names, reprints) is compared with
a computation from nothing, once the record itself is found sound.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import msgspec

from extract.errors import StoreError
from extract.model import Triple
from graph import formats, rules, schema, upkeep
from graph.ledger import triple_key
from graph.model import Verdict
from graph.schema import DAMAGE, DERIVED
from graph.seals import article_seal, digest, text_digest

RECORD = ("articles", "triples", "judgements", "rejections", "known")
SEALED = ("judgements", "rejections", "known")
STRUCTURE = 100  # problems of structure told of at most; one torn page makes many
KEY = re.compile("[0-9a-f]{16}")
TRIPLES = "SELECT id, body, key FROM triples WHERE article = ? ORDER BY id"
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: of what kind, where, and what."""

    kind: str
    place: str
    what: str


def examine(path: Path, step: Step = lambda: None) -> Iterator[Problem]:
    """Everything that is wrong with a graph file, nothing when sound; `step` is called at each article."""
    recognise(path)
    with TemporaryDirectory(prefix="dyad-check-") as folder:
        copy = Path(folder) / "copy.db"
        take_copy(path, copy)
        wrong = 0
        with closing(sqlite3.connect(copy, isolation_level=None)) as db:
            db.text_factory = lenient
            for problem in (*structure(db), *header(db), *layout(db)):
                wrong += 1
                yield problem
            for problem in guarded(record(db, step)):
                wrong += 1
                yield problem
            if not wrong:
                yield from guarded(derived(db, copy, Path(folder) / "fresh.db"))


def recognise(path: Path) -> None:
    """Raise StoreError for a file that is not a graph, or of a newer format; a damaged one may be."""
    if not path.is_file():
        raise StoreError(f"{path}: no such graph file; make one with dyad build")
    mark, version = formats.stamp(path)
    if (mark, version) == (schema.APPLICATION_ID, schema.VERSION):
        return
    with TemporaryDirectory(prefix="dyad-check-") as folder:
        take_copy(path, Path(folder) / "copy.db")
        with closing(sqlite3.connect(Path(folder) / "copy.db")) as db:
            whole, ours = not structure(db), not any(layout(db))
    newer = mark == schema.APPLICATION_ID and version > schema.VERSION
    if not ours and (newer or whole):
        schema.connect(path, True).close()


def articles_in(path: Path) -> int | None:
    """How many articles a graph file has, if that can be told."""
    try:
        with closing(schema.connect(path, True)) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except (*DAMAGE, StoreError):
        return None


def lenient(raw: bytes) -> str:
    """A stored text, damaged bytes replaced: its checksum tells."""
    return raw.decode(errors="replace")


def take_copy(path: Path, copy: Path) -> None:
    """Copy the file as of one moment; one that SQLite can't read, byte by byte, with its log."""
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(uri, uri=True, timeout=schema.PATIENCE)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error:
        copy_bytes(path, copy)


def copy_bytes(path: Path, copy: Path) -> None:
    """Copy the file as it lies there, with its log."""
    for end in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{path}{end}", f"{copy}{end}")


def guarded(problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems; where the file can't be read any further, that is the last."""
    try:
        yield from problems
    except (*DAMAGE, msgspec.MsgspecError) as error:
        if schema.is_full(error):
            raise StoreError(f"no room to check it in ({error}); TMPDIR names another folder") from None
        yield Problem("structure", "file", f"can't be read any further ({error})")


def structure(db: sqlite3.Connection) -> list[Problem]:
    """What SQLite finds wrong with pages, trees and indexes."""
    try:
        told = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({STRUCTURE})")]
    except DAMAGE as error:
        told = [str(error)]
    lines = [line for text in told for line in text.splitlines()]
    return [
        Problem("structure", "file", line) for line in lines if line not in ("ok", "*** in database main ***")
    ]


def header(db: sqlite3.Connection) -> Iterator[Problem]:
    """Whether the file says what it is."""
    with suppress(*DAMAGE):
        if schema.stamp(db) != (schema.APPLICATION_ID, schema.VERSION):
            yield Problem(
                "structure", "header", f"does not say that this is a graph of format {schema.VERSION}"
            )


def layout(db: sqlite3.Connection) -> Iterator[Problem]:
    """Tables and indexes that are not those of the format, and a full-text index not of its sentences."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(schema.connect(":memory:", False)) as model:
        wanted = dict(model.execute(sql).fetchall())
    try:
        found = dict(db.execute(sql).fetchall())
        for name in sorted(wanted.keys() | found.keys()):
            if wanted.get(name) != found.get(name):
                yield Problem("structure", f"table {name}", "is not as this format has it")
        db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except DAMAGE as error:
        yield Problem("search", "table words", f"is not the index of the sentences ({error})")


def record(db: sqlite3.Connection, step: Step = lambda: None) -> Iterator[Problem]:
    """What is wrong with articles, triples, sentences and people's words."""
    for row in db.execute("SELECT * FROM articles ORDER BY id"):
        claims = db.execute(TRIPLES, row[:1]).fetchall()
        yield from article_problems(row, claims)
        yield from sentence_problems(db, row[0], claims)
        step()
    yield from strays(db)
    yield from gaps(db)
    for table in SEALED:
        for row in db.execute(f"SELECT * FROM {table} ORDER BY 1"):
            yield from word_problems(table, row)
    for kind, key in db.execute("SELECT kind, key FROM changes ORDER BY kind, key"):
        if kind not in ("article", "unit", "known"):
            yield Problem("reference", f"change {kind} {key}", "is of no kind there is")


def article_problems(row: Sequence[Any], claims: Sequence[Sequence[Any]]) -> Iterator[Problem]:
    """What is wrong with an article's row and its triples' (id, body, key), sorted by id."""
    key, mark, seal, *told, text = row
    place = f"article {key}"
    try:
        if text_digest(text) != mark:
            yield Problem("checksum", place, "its text is not as it was written")
        if article_seal((key, mark, *told), claims) != seal:
            yield Problem("checksum", place, "its facts or triples are not as they were written")
        msgspec.json.decode(told[-1], type=dict[str, str])
    except (TypeError, ValueError) as error:
        yield Problem("checksum", place, f"can't be read ({error})")
        return
    for claim in claims:
        yield from triple_problems(key, text, claim)


def triple_problems(article: str, text: str, claim: Sequence[Any]) -> Iterator[Problem]:
    """What is wrong with a triple: its form, its ids, and whatever it quotes of the text."""
    id_, body, key = claim
    place = f"article {article}, triple {id_}"
    try:
        triple = msgspec.json.decode(body, type=Triple)
    except (TypeError, ValueError) as error:
        yield Problem("checksum", place, f"can't be read ({error})")
        return
    if triple.article != article or triple.id != id_ or triple_key(triple) != key:
        yield Problem("reference", place, "goes by another id than its own")
    spans = (
        ("sentence", triple.start, triple.end, triple.sentence),
        ("source", triple.source_start, triple.source_end, triple.source_mention),
        ("target", triple.target_start, triple.target_end, triple.target_mention),
    )
    wrong = [
        f"{name} at {start}-{end}"
        for name, start, end, words in spans
        if start < 0 or text[start:end] != words
    ]
    if wrong:
        yield Problem("quotation", place, f"the article does not say its {', '.join(wrong)}")


def sentence_problems(
    db: sqlite3.Connection, article: str, claims: Sequence[Sequence[Any]]
) -> Iterator[Problem]:
    """Whether the sentences kept for the search are those of the triples."""
    stored = db.execute("SELECT start, text FROM sentences WHERE article = ?", (article,)).fetchall()
    if sorted(stored) != sorted(set(sentences(claims))):
        yield Problem("search", f"article {article}", "the sentences searched are not those of its triples")


def sentences(claims: Sequence[Sequence[Any]]) -> Iterator[tuple[int, str]]:
    """Where the sentences of triples start, and what they say; triples that can't be read are left out."""
    for _, body, _ in claims:
        with suppress(TypeError, ValueError):
            triple = msgspec.json.decode(body, type=Triple)
            yield triple.start, triple.sentence


def strays(db: sqlite3.Connection) -> Iterator[Problem]:
    """Triples and sentences of articles that are not there."""
    for table, name in (("triples", "triple"), ("sentences", "sentence")):
        sql = f"SELECT article, id FROM {table} WHERE article NOT IN (SELECT id FROM articles) ORDER BY 1, 2"
        for article, key in db.execute(sql):
            yield Problem("reference", f"{name} {key}", f"its article {article} is not there")


def gaps(db: sqlite3.Connection) -> Iterator[Problem]:
    """Judgements that are not there: they are counted on, and only the last are ever taken back."""
    last = 0
    for (seq,) in db.execute("SELECT seq FROM judgements ORDER BY seq"):
        if seq != last + 1:
            yield Problem("reference", f"judgement {last + 1}", "is not there")
        last = seq


def word_problems(table: str, row: Sequence[Any]) -> Iterator[Problem]:
    """What is wrong with a judgement, a rejection or a known actor."""
    place = f"{'known actor' if table == 'known' else table[:-1]} {row[0]}"
    *told, seal = row
    if digest(told) != seal:
        yield Problem("checksum", place, "is not as it was written")
    elif not well_formed(table, told):
        yield Problem("reference", place, "names nobody that could be")


def well_formed(table: str, row: Sequence[Any]) -> bool:
    """Whether the references in a person's word, or a known actor's id, can mean something."""
    from graph.identity import parse_reference
    from graph.known import Known

    if table == "judgements":
        return row[3] in get_args(Verdict) and None not in map(parse_reference, row[1:3])
    if table == "rejections":
        return bool(KEY.fullmatch(row[0]))
    with suppress(msgspec.MsgspecError):
        return bool(msgspec.json.decode(row[1], type=Known).id == row[0])
    return False


def derived(db: sqlite3.Connection, copy: Path, fresh: Path) -> Iterator[Problem]:
    """Rows of the tables that follow from the record which are not what it gives."""
    if db.execute("SELECT 1 FROM changes LIMIT 1").fetchone() or rules.outdated(db):
        db.execute("BEGIN")
        upkeep.refresh(db)  # as the next question would
        db.execute("COMMIT")
    compute(copy, fresh)
    db.execute("ATTACH ? AS fresh", (str(fresh),))
    for table in DERIVED:
        for one, two, what in (("main", "fresh", "is not what the articles give"),
                               ("fresh", "main", "is missing, or not what the articles give")):  # fmt: skip
            for row in db.execute(f"SELECT * FROM {one}.{table} EXCEPT SELECT * FROM {two}.{table}"):
                yield Problem("derived", f"{table} {place_of(row)}", what)


def compute(source: Path, fresh: Path) -> None:
    """Fill a new file with the record of another, and with what follows from it."""
    with closing(schema.connect(fresh, False)) as new:
        new.execute("ATTACH ? AS source", (str(source),))
        new.execute("BEGIN")
        for table in RECORD:
            new.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")
        upkeep.start_anew(new)
        upkeep.refresh(new)
        new.execute("COMMIT")


def place_of(row: Sequence[Any]) -> str:
    """A row by its first columns."""
    return " ".join(cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row[:2])
