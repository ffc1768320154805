"""Damage of every kind: it is noticed, and a repair keeps what is whole and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import StoreError
from extract.model import Article, Triple
from graph import schema
from graph.deciding import Author, reject
from graph.embedded import EmbeddedGraph, open_graph
from graph.exports.jsonl import pieces
from graph.exports.part import Part
from graph.model import Judgement
from graph.pages import read_rows
from graph.repair import repair
from graph.soundness import RECORD, Problem, examine
from tests.graph_file import make_file

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-25"
HARMS = int(os.environ.get("DYAD_HARMS", "5"))  # of each kind; RELIABILITY.md has more


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make_file(tmp_path)


def found(file: Path) -> list[Problem]:
    return list(examine(file))


def names_in(folder: Path) -> list[str]:
    """The files there, without what SQLite keeps beside them while they are read."""
    return [p.name for p in folder.iterdir() if not p.name.endswith(("-wal", "-shm"))]


def content(graph: EmbeddedGraph) -> list[object]:
    """Everything recorded, and what follows from it."""
    tables = [graph.ask(f"SELECT * FROM {table} ORDER BY 1, 2") for table in RECORD]
    return [*tables, b"".join(pieces(Part(graph)))]


def articles(file: Path) -> dict[str, list[object]]:
    """Every article with its triples, as stored."""
    with closing(sqlite3.connect(file)) as db:
        return {
            row[0]: [row, *db.execute("SELECT * FROM triples WHERE article = ? ORDER BY id", row[:1])]
            for row in db.execute("SELECT * FROM articles").fetchall()
        }


def words(file: Path) -> set[tuple[object, ...]]:
    """People's words and known actors, but for the judgements' numbers."""
    with closing(sqlite3.connect(file)) as db:
        return {
            *db.execute('SELECT "left", "right", verdict, by, at, batch FROM judgements'),
            *db.execute("SELECT * FROM rejections"),
            *db.execute("SELECT * FROM known"),
        }


def test_a_sound_file_is_sound_and_is_left_as_it_is(file: Path) -> None:
    before = file.read_bytes()
    assert found(file) == []
    assert file.read_bytes() == before and names_in(file.parent) == ["graph.db"]


# By hand: what was done to the file, of what kind it is, where, and how many articles a repair keeps.
EDITS = [
    ("UPDATE articles SET text = text || ' ' WHERE id LIKE '80a%'", "checksum", "article 80a", 3),
    ("UPDATE articles SET text = CAST(x'80' || substr(text, 2) AS TEXT) WHERE id LIKE '80a%'",
     "checksum", "article 80a", 3),
    ("UPDATE articles SET title = 'Other' WHERE id LIKE '80a%'", "checksum", "article 80a", 3),
    ("UPDATE articles SET published = NULL WHERE id LIKE '80a%'", "checksum", "article 80a", 3),
    ("UPDATE articles SET sketch = zeroblob(256)", "checksum", "article 80a1d0925b9a6e2b", 0),
    ("UPDATE articles SET extractor = 'other' WHERE id LIKE '16b%'", "checksum", "article 16b", 3),
    ("UPDATE articles SET seal = zeroblob(16) WHERE id LIKE '16b%'", "checksum", "article 16b", 3),
    ("DELETE FROM triples WHERE id = (SELECT min(id) FROM triples WHERE article LIKE '16b%')",
     "checksum", "article 16b", 3),
    ("UPDATE triples SET body = replace(body, 'actual', 'negated') WHERE article LIKE '16b%'",
     "checksum", "article 16b", 3),
    ("UPDATE triples SET body = '{' WHERE article LIKE '16b%'", "checksum", "article 16b", 3),
    ("UPDATE triples SET key = '0' WHERE article LIKE '16b%'", "reference", "article 16b", 3),
    ("DELETE FROM articles WHERE id LIKE '16b%'", "reference", "triple ", 3),
    ("UPDATE judgements SET verdict = 'same' WHERE seq = 1", "checksum", "judgement 1", 4),
    ("DELETE FROM judgements WHERE seq = 2", "reference", "judgement 2", 4),
    ("UPDATE rejections SET what = ''", "checksum", "rejection ", 4),
    ("UPDATE known SET body = replace(body, 'Tohti', 'X') WHERE id = 'k2'", "checksum", "known actor k2", 4),
    ("INSERT INTO changes VALUES ('nothing', '')", "reference", "change nothing", 4),
    ("UPDATE sentences SET text = 'Other.' WHERE id = 1", "search", "", 4),
    ("DELETE FROM sentences WHERE id = 3", "search", "", 4),
    ("UPDATE actors SET name = 'Other' WHERE id = (SELECT min(id) FROM actors)", "derived", "actors ", 4),
    ("DELETE FROM edges WHERE id = (SELECT min(edge) FROM evidence WHERE article LIKE '80a%')",
     "derived", "edges ", 4),
    ("UPDATE evidence SET confidence = 0.1 WHERE relation LIKE 'm%'", "derived", "evidence ", 4),
    ("DELETE FROM names WHERE part = 1", "derived", "names ", 4),
    ("INSERT INTO twins VALUES ('80a1d0925b9a6e2b', '16b5bf8b33451a94')", "derived", "twins ", 4),
    ("UPDATE units SET score = 0.5", "derived", "units ", 4),
    ("DROP INDEX edges_source", "structure", "table edges_source", 4),
    ("DROP TABLE meta", "structure", "table meta", 4),
    ("PRAGMA user_version = 2", "structure", "header", 4),
    ("PRAGMA user_version = 5", "structure", "header", 4),
    ("PRAGMA application_id = 1", "structure", "header", 4),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "kind", "place", "kept"), EDITS, ids=[row[0][:60] for row in EDITS])
def test_what_was_edited_is_noticed_named_and_repaired(
    file: Path, edit: str, kind: str, place: str, kept: int
) -> None:
    original = articles(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(edit)
    problems = found(file)
    assert any(p.kind == kind and p.place.startswith(place) for p in problems), problems
    done = repair(file, DAY)
    assert found(file) == []
    assert done.articles == kept == len(articles(file)) and len(done.lost) == 4 - kept
    assert articles(file).items() <= original.items()


def test_a_lost_article_is_named_with_where_it_came_from(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE articles SET text = '' WHERE id LIKE '80a%'")
    (lost,) = repair(file, DAY).lost
    assert (
        lost.id == "80a1d0925b9a6e2b" and lost.title and lost.title.startswith("Newspaper: Russian Minister")
    )
    assert lost.origin == "seeds/2017-09-15-shoigu-hamo-hmeimim.txt"


def test_a_triple_that_quotes_another_text_is_noticed(tmp_path: Path) -> None:
    from tests.small_world import fill

    with open_graph(tmp_path / "g.db") as graph:
        fill(graph, ["a1"])
    problems = found(tmp_path / "g.db")
    assert {p.kind for p in problems} == {"quotation"} and len(problems) == 3
    assert repair(tmp_path / "g.db", DAY).lost[0].id == "a1" and found(tmp_path / "g.db") == []


@pytest.mark.parametrize("wal", [False, True])
def test_pages_give_every_row_without_sqlite(file: Path, wal: bool) -> None:
    """Also of rows that only the write-ahead log has, and none that was deleted."""
    with open_graph(file) as graph:
        graph.ask("PRAGMA wal_autocheckpoint = 0")
        graph.remove("16b5bf8b33451a94")
        graph.write(Article("long", "Ω and\0more " * 100_000), [], "test")
        graph.refresh()
        if not wal:
            graph.ask("PRAGMA wal_checkpoint(TRUNCATE)")
        read = set(read_rows(file))
        for table in (*RECORD, "edges", "evidence", "sightings", "names"):
            rows = {tuple(row) for row in graph.ask(f"SELECT * FROM {table}")}
            assert rows <= read and rows
    assert not any(row[0] == "16b5bf8b33451a94" for row in read)


def zero_page(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw) // 4096) * 4096
    raw[at : at + 4096] = bytes(4096)


def flip(raw: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 50))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def truncate(raw: bytearray, chance: random.Random) -> None:
    del raw[chance.randrange(5000, len(raw)) :]


def scribble(raw: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(raw))
    raw[at : at + 9000] = chance.randbytes(len(raw[at : at + 9000]))


def swap_pages(raw: bytearray, chance: random.Random) -> None:
    one, two = (chance.randrange(len(raw) // 4096) * 4096 for _ in range(2))
    raw[one : one + 4096], raw[two : two + 4096] = raw[two : two + 4096], raw[one : one + 4096]


def behead(raw: bytearray, chance: random.Random) -> None:
    size = chance.choice((1, 16, 100, 4096))
    raw[:size] = bytes(size)


@pytest.mark.parametrize("seed", range(HARMS))
@pytest.mark.parametrize("harm", [zero_page, flip, truncate, scribble, swap_pages, behead])
def test_after_any_harm_a_repair_holds_only_what_was_there(
    file: Path, harm: Callable[[bytearray, random.Random], None], seed: int
) -> None:
    original, said = articles(file), words(file)
    raw = bytearray(file.read_bytes())
    harm(raw, random.Random(seed))
    file.write_bytes(raw)
    if not found(file):
        with open_graph(file) as graph:  # what was hit holds nothing
            assert articles(file) == original and words(file) == said and content(graph)
        return
    done = repair(file, DAY)
    assert done.damaged.read_bytes() == bytes(raw)
    assert {p.name for p in file.parent.iterdir()} <= {
        "graph.db", "graph.db-wal", "graph.db-shm", done.damaged.name
    }  # fmt: skip
    assert found(file) == []
    kept = articles(file)
    assert kept.items() <= original.items() and words(file) <= said
    named = {lost.id for lost in done.lost}
    assert original.keys() - kept.keys() <= named or harm is truncate
    assert not named & kept.keys() and (named <= original.keys() or harm is flip)
    with open_graph(file) as graph, open_graph(":memory:") as fresh:
        for article in graph.articles():
            rows = graph.ask("SELECT extractor FROM articles WHERE id = ?", (article.id,))
            fresh.write(article, stored(graph, article.id), rows[0][0])
        fresh.connection.executemany("INSERT INTO known VALUES (?,?,?)", graph.ask("SELECT * FROM known"))
        schema.soil(fresh.connection, "known")
        for table, marks in (("judgements", "?,?,?,?,?,?,?,?"), ("rejections", "?,?,?,?,?,?,?")):
            fresh.connection.executemany(
                f"INSERT INTO {table} VALUES ({marks})", graph.ask(f"SELECT * FROM {table}")
            )
        assert content(graph) == content(fresh)


def stored(graph: EmbeddedGraph, article: str) -> list[Triple]:
    """All triples of an article, rejected or not."""
    rows = graph.ask("SELECT body FROM triples WHERE article = ?", (article,))
    return [msgspec.json.decode(body, type=Triple) for (body,) in rows]


def test_a_torn_page_costs_few_articles(seeds: Path, tmp_path: Path) -> None:
    """Pages of 22 articles zeroed: one has a few triples, or the beginnings of seven articles."""
    raw = seeds.read_bytes()
    kept = []
    for page in range(0, len(raw) // 4096, 13):
        file = tmp_path / f"{page}.db"
        torn = bytearray(raw)
        torn[page * 4096 : page * 4096 + 4096] = bytes(4096)
        file.write_bytes(torn)
        kept.append(repair(file, DAY).articles)
    assert min(kept) >= 18 and sum(kept) > 21 * len(kept)


def test_what_was_read_of_the_seeds_is_sound_and_loses_nothing_by_a_repair(
    seeds: Path, tmp_path: Path
) -> None:
    file = tmp_path / "whole.db"
    file.write_bytes(seeds.read_bytes())
    assert list(examine(file)) == []
    assert not repair(file, DAY).lost


def test_an_article_forgotten_or_read_anew_does_not_come_back_as_it_was(file: Path) -> None:
    with open_graph(file) as graph:
        graph.remove("16b5bf8b33451a94")
        old = graph.article("80a1d0925b9a6e2b")
        assert old
        graph.write(Article(old.id, old.text + " More.", old.title), stored(graph, old.id), "again")
    raw = bytearray(file.read_bytes())
    raw[:4096] = bytes(4096)  # nothing tells which pages are free
    file.write_bytes(raw)
    done = repair(file, DAY)
    assert "16b5bf8b33451a94" not in articles(file) and done.articles == 3 and not done.lost
    with open_graph(file) as graph:
        new = graph.article("80a1d0925b9a6e2b")
        assert new and new.text.endswith(" More.")


def test_a_log_that_was_never_folded_in_counts(file: Path) -> None:
    code = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from extract.model import Article
from graph.embedded import open_graph
graph = open_graph({str(file)!r})
graph.ask("PRAGMA wal_autocheckpoint = 0")
graph.write(Article("late", "A late one."), [], "test")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert Path(f"{file}-wal").stat().st_size > 0
    raw = bytearray(file.read_bytes())
    at = raw.index(b"Asharq Al-Awsat")
    raw[at] ^= 1
    file.write_bytes(raw)
    assert found(file)
    assert repair(file, DAY).articles == 4 and "late" in articles(file)
    assert found(file) == []


def test_a_file_in_use_is_not_repaired(file: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from graph.embedded import open_graph; "
    code += f"graph = open_graph({str(file)!r}); graph.sizes(); print(1, flush=True); sys.stdin.read()"
    run = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with run:
        assert run.stdout and run.stdout.readline()
        with pytest.raises(StoreError, match="in use by another process"):
            repair(file, DAY)
        run.communicate("")
    assert found(file) == [] and names_in(file.parent) == ["graph.db"]


def test_two_repairs_of_a_day_keep_both_files(file: Path) -> None:
    shutil.copy(file, file.with_name("other.db"))
    assert [repair(file, DAY).damaged.name for _ in range(2)] == [
        f"graph.db.damaged-{DAY}", f"graph.db.damaged-{DAY}.2"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["text", "foreign", "empty", "zeros"])
def test_a_file_not_ours_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "g.db"
    if kind == "foreign":
        with closing(sqlite3.connect(file)) as db:
            db.execute("CREATE TABLE articles (id, seal)")
    else:
        file.write_bytes({"text": b"no database, but long\n" * 500, "empty": b"", "zeros": bytes(9000)}[kind])
    before = file.read_bytes()
    if kind in ("text", "zeros"):
        assert found(file)
    else:
        with pytest.raises(StoreError, match=r"not a dyad graph|holds nothing yet"):
            found(file)
    with pytest.raises(StoreError, match="left as it was"):
        repair(file, DAY)
    assert file.read_bytes() == before and names_in(tmp_path) == ["g.db"]


def test_a_killed_repair_leaves_the_damaged_file_to_repair_again(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE articles SET text = '' WHERE id LIKE '80a%'")
    before = file.read_bytes()
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from graph import repair
repair.swap = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
repair.repair(Path({str(file)!r}), "2026-11-24")
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == -9
    assert file.read_bytes() == before
    assert repair(file, DAY).articles == 3 and found(file) == []
    assert not list(file.parent.glob("*.repair-*"))


LIMITED = """
import resource, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from extract.errors import StoreError
from graph import repair, soundness
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    {call}
except (StoreError, OSError) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    "call", ["list(soundness.examine(Path({file!r})))", "repair.repair(Path({file!r}), 'x')"]
)
@pytest.mark.parametrize("room", [4096, 200_000, 400_000, 600_000])
def test_no_room_is_no_damage_and_leaves_the_file(file: Path, call: str, room: int) -> None:
    before = file.read_bytes()
    code = LIMITED.format(root=str(ROOT), room=room, call=call.format(file=str(file)))
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0 and run.stdout.strip() in ("", "StoreError", "OSError"), run.stderr
    assert found(file) == [] and (file.read_bytes() == before or not run.stdout)
    assert not list(file.parent.glob("*.repair-*"))
    assert bool(list(file.parent.glob("*.damaged-*"))) == ("repair" in call and not run.stdout)


ACTS = st.lists(st.tuples(st.sampled_from("wwwrjxf"), st.integers(0, 21)), max_size=14)


@settings(deadline=None, max_examples=15)
@given(ACTS)
def test_whatever_was_done_in_whatever_order_is_sound(acts: list[tuple[str, int]]) -> None:
    """Incremental upkeep ends in what a computation from nothing gives, table by table."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder, open_graph(Path(folder) / "g.db") as graph:
        with closing(sqlite3.connect(make_file(Path(folder)))) as db:
            keys = [key for (key,) in db.execute("SELECT id FROM articles ORDER BY id")]
        with open_graph(Path(folder) / "graph.db") as source:
            for act, number in acts:
                do(graph, source, act, keys[number % len(keys)], number)
        graph.ask("PRAGMA wal_checkpoint(TRUNCATE)")
        assert list(examine(Path(folder) / "g.db")) == []


def do(graph: EmbeddedGraph, source: EmbeddedGraph, act: str, key: str, number: int) -> None:
    """Write an article, refresh, judge, reject or forget."""
    if act == "w":
        article = source.article(key)
        assert article
        graph.write(article, stored(source, key), "test")
    elif act == "r":
        graph.refresh()
    elif act == "j":
        names = [f"{row[0]} [{row[1]}]" for row in source.ask("SELECT name, type FROM actors ORDER BY id")]
        pair = names[number], names[(number * 7 + 1) % len(names)]
        graph.add_judgement(Judgement(*pair, ("same", "different")[number % 2], "me", DAY))
    elif act == "x":
        reject(graph, next(source.triples(key)), Author("me", DAY))
    else:
        graph.remove(key)


def test_what_other_rules_computed_is_computed_anew_with_the_next_change(file: Path) -> None:
    with open_graph(file) as graph, open_graph(":memory:") as fresh:
        graph.refresh()
        graph.ask("UPDATE meta SET value = 'of old' WHERE key = 'rules'")
        graph.ask("UPDATE actors SET name = 'As it was once'")
        graph.ask("DELETE FROM links")
        assert found(file) == []  # not damaged: the rules are
        graph.remove("80a1d0925b9a6e2b")
        for key in ("16b5bf8b33451a94", "2c9a1185b06a7740", "f61217944240aa8e"):
            article = graph.article(key)
            assert article
            fresh.write(article, stored(graph, key), "test")
        for table, columns in (("known", 3), ("judgements", 8), ("rejections", 7)):
            sql = f"INSERT INTO {table} VALUES ({','.join('?' * columns)})"
            fresh.connection.executemany(sql, graph.ask(f"SELECT * FROM {table}"))
        schema.soil(fresh.connection, "known")
        graph.refresh()
        fresh.refresh()
        for table in schema.DERIVED:
            sql = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert graph.ask(sql) == fresh.ask(sql), table


def test_a_file_being_built_on_is_sound_at_every_moment(file: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from extract.model import Article
from graph.embedded import open_graph
with open_graph({str(file)!r}) as graph:
    while True:
        for key in ("16b5bf8b33451a94", "80a1d0925b9a6e2b"):
            article, triples = graph.article(key), list(graph.triples(key))
            graph.remove(key)
            graph.write(article, triples, "again")
            graph.refresh()
            print(1, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout and run.stdout.readline()
        try:
            assert [found(file) for _ in range(4)] == [[]] * 4
        finally:
            run.kill()
    assert found(file) == []
