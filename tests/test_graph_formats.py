"""Graph files of every format there ever was: brought to today's, nothing lost, nothing half."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from extract.errors import StoreError
from extract.model import Article, Triple
from graph import schema
from graph.deciding import learn, take_over
from graph.embedded import EmbeddedGraph, open_graph
from graph.exports.jsonl import pieces
from graph.exports.part import Part
from graph.formats import upgrade
from graph.known import Known
from graph.ledger import export_lines
from graph.model import Judgement
from tests.graph_file import FORMATS, unpack

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted(FORMATS.glob("format-*.gz"))
OLDER = [file for file in FIXTURES if file.stem != f"format-{schema.VERSION}"]
# The tables of the newest format, as text: whoever changes them raises VERSION, adds a fixture, and this.
TABLES = (4, "165eaf1aa84cc952")


def number(fixture: Path) -> int:
    return int(fixture.stem.removeprefix("format-"))


def told(graph: EmbeddedGraph) -> tuple[bytes, list[str]]:
    """All that a graph says: its canonical export, and people's words."""
    return b"".join(pieces(Part(graph))), list(export_lines(graph.connection))


def rows(db: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = db.execute(sql).fetchall()
    return found


def build_again(file: Path, fresh: Path) -> EmbeddedGraph:
    """A new graph of what a file of any format records, by the ordinary ways of writing."""
    graph = open_graph(fresh)
    with closing(sqlite3.connect(file)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        sql = "SELECT id, text, title, published, url, publisher, metadata, origin, extractor FROM articles"
        for row in db.execute(sql):
            bodies = db.execute("SELECT body FROM triples WHERE article = ?", row[:1]).fetchall()
            triples = [msgspec.json.decode(body, type=Triple) for (body,) in bodies]
            id_, text, title, published, url, publisher, metadata, origin, extractor = row
            facts = msgspec.json.decode(metadata)
            graph.write(
                Article(id_, text, title, published, url, publisher, facts, origin), triples, extractor
            )
        words = 'SELECT "left", "right", verdict, by, at FROM judgements ORDER BY seq'
        graph.add_judgements(Judgement(*row) for row in db.execute(words))
        if "known" in tables:
            bodies = db.execute("SELECT body FROM known").fetchall()
            assert learn(graph, [msgspec.json.decode(body, type=Known) for (body,) in bodies]) == 2
            wrong = rows(db, "SELECT key, article, what, by, at FROM rejections")
            assert len(wrong) == 1
            take_over(graph, ["\t".join(("rejected", *map(str, row))) for row in wrong], "the fixture")
    return graph


def test_every_format_has_its_fixture() -> None:
    assert [file.stem for file in FIXTURES] == [f"format-{n}" for n in range(1, schema.VERSION + 1)]


def test_the_tables_change_only_with_the_format() -> None:
    digest = hashlib.blake2b(schema.TABLES.encode(), digest_size=8).hexdigest()
    assert (schema.VERSION, digest) == TABLES, "raise VERSION, see CONTRIBUTING (The graph file's format)"


def test_the_newest_fixture_has_the_tables_of_today(tmp_path: Path) -> None:
    layout = "SELECT name, sql FROM sqlite_master ORDER BY name"
    with closing(sqlite3.connect(unpack(schema.VERSION, tmp_path))) as db, open_graph(":memory:") as graph:
        assert rows(db, layout) == rows(graph.connection, layout)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda file: file.stem)
def test_a_file_of_any_format_says_what_a_new_one_would(fixture: Path, tmp_path: Path) -> None:
    file = unpack(number(fixture), tmp_path)
    before = file.read_bytes()
    with build_again(file, tmp_path / "fresh.db") as fresh:
        expected = told(fresh)
    with open_graph(file) as graph:
        assert told(graph) == expected
        assert graph.sizes()["article"] == 4 and graph.sizes()["triple"] == 81
        assert schema.stamp(graph.connection) == (schema.APPLICATION_ID, schema.VERSION)
        with closing(sqlite3.connect(tmp_path / "fresh.db")) as other:
            for table in ("articles", "triples", "known"):
                sql = f"SELECT * FROM {table} ORDER BY 1, 2"
                assert rows(graph.connection, sql) == rows(other, sql)
    kept = tmp_path / f"graph.db.{fixture.stem}"
    if fixture in OLDER:
        with closing(sqlite3.connect(kept)) as old, closing(sqlite3.connect(":memory:")) as same:
            same.deserialize(before[:18] + b"\1\1" + before[20:])  # not in WAL mode, which memory has not
            assert list(old.iterdump()) == list(same.iterdump())
    else:
        assert not kept.exists()


@pytest.mark.parametrize("fixture", OLDER, ids=lambda file: file.stem)
def test_processes_that_open_an_old_file_at_once_all_get_it(fixture: Path, tmp_path: Path) -> None:
    file = unpack(number(fixture), tmp_path)
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from graph.embedded import open_graph; "
    code += f"graph = open_graph({str(file)!r}); print(graph.sizes()['triple']); graph.close()"
    runs = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [run.communicate(timeout=60)[0] for run in runs] == ["81\n"] * 3
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"graph.db", f"graph.db.{fixture.stem}"}


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from graph import formats, record
steps = 0
def dying(of):
    def step(*given):
        global steps
        steps += 1
        if steps == {after}:
            os.kill(os.getpid(), signal.SIGKILL)
        return of(*given)
    return step
formats.keep = dying(formats.keep)
formats.clear = dying(formats.clear)
record.store = dying(record.store)
formats.take_words = dying(formats.take_words)
from graph.embedded import open_graph
open_graph({file!r})
"""


@pytest.mark.parametrize("after", range(1, 8))
def test_a_migration_killed_at_any_step_leaves_the_old_file(after: int, tmp_path: Path) -> None:
    file = unpack(2, tmp_path)
    shutil.copy(file, tmp_path / "undisturbed.db")
    code = KILLED.format(root=str(ROOT), after=after, file=str(file))
    run = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)
    assert run.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(file)) as db:
        assert schema.stamp(db)[1] == 2 and rows(db, "SELECT count(*) FROM triples") == [(81,)]
    with open_graph(file) as graph, open_graph(tmp_path / "undisturbed.db") as same:
        assert told(graph) == told(same)
    assert (tmp_path / "graph.db.format-2").exists() and not (tmp_path / "graph.db.format-2.2").exists()


def test_a_migration_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    """By the clock, not by step: inside SQLite too."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from graph.formats import upgrade; "
    ended = 0
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = unpack(3, folder)
        with subprocess.Popen(
            [sys.executable, "-c", f"{code}print(1, flush=True); upgrade({str(file)!r})"],
            stdout=subprocess.PIPE,
        ) as run:
            assert run.stdout is not None and run.stdout.readline()
            time.sleep(number * 0.006)
            os.kill(run.pid, signal.SIGKILL)
        with closing(sqlite3.connect(file)) as db:
            ended += schema.stamp(db)[1] == schema.VERSION
            assert rows(db, "PRAGMA integrity_check") == [("ok",)]
            assert rows(db, "SELECT count(*) FROM triples") == [(81,)]
        with open_graph(file) as graph:
            assert graph.sizes()["triple"] == 81 and graph.find("Shoigu")
    assert ended < 12


LIMITED = """
import resource, sys
sys.path.insert(0, {root!r})
from extract.errors import StoreError
from graph.formats import upgrade
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    upgrade({file!r})
except (StoreError, OSError) as error:
    print(error)
"""


@pytest.mark.parametrize("room", [4096, 200_000, 350_000, 450_000])
def test_a_migration_without_room_leaves_the_old_file(room: int, tmp_path: Path) -> None:
    file = unpack(2, tmp_path)
    code = LIMITED.format(root=str(ROOT), room=room, file=str(file))
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0 and "damaged" not in run.stdout, run.stderr
    with closing(sqlite3.connect(file)) as db:
        assert schema.stamp(db)[1] == (2 if run.stdout else schema.VERSION)
        assert rows(db, "PRAGMA integrity_check") == [("ok",)]
        assert rows(db, "SELECT count(*) FROM triples") == [(81,)]
    with open_graph(file) as graph:
        assert graph.sizes()["triple"] == 81
    assert {path.name for path in tmp_path.iterdir()} == {"graph.db", "graph.db.format-2"}


def test_another_kept_file_is_not_written_over(tmp_path: Path) -> None:
    file = unpack(1, tmp_path)
    (tmp_path / "graph.db.format-1").write_text("of another time")
    assert upgrade(file) == tmp_path / "graph.db.format-1.2"
    assert (tmp_path / "graph.db.format-1").read_text() == "of another time"
    assert upgrade(file) is None


def test_an_old_file_that_is_damaged_is_left_as_it_is(tmp_path: Path) -> None:
    file = unpack(3, tmp_path)
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE triples SET body = substr(body, 9) WHERE id = (SELECT min(id) FROM triples)")
    with pytest.raises(StoreError, match="older dyad and damaged") as caught:
        open_graph(file)
    assert "\n" not in str(caught.value)
    with closing(sqlite3.connect(file)) as db:
        assert schema.stamp(db)[1] == 3 and rows(db, "SELECT count(*) FROM triples") == [(81,)]


def test_an_old_file_that_can_not_be_written_to_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = unpack(2, tmp_path)
    before = file.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(StoreError, match=r"can't be written to; copy it to a folder of your own"):
        open_graph(file, readonly=True)
    assert file.read_bytes() == before


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = unpack(schema.VERSION, tmp_path)
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="made by a newer dyad") as caught:
        open_graph(file)
    assert "\n" not in str(caught.value) and file.read_bytes() == before
