"""The graph file: nothing doubled, nothing lost, the same bytes whatever the order or the kills."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.errors import StoreError
from extract.model import Article
from graph import paths
from graph.embedded import open_graph
from graph.exports.jsonl import pieces
from graph.exports.part import Part
from graph.model import Judgement
from tests.small_world import fill, one_name_one_actor, triple

ROOT = Path(__file__).parents[1]
BUILD = """
import sys
sys.path.insert(0, {root!r})
from tests.small_world import one_name_one_actor, triple
from extract.model import Article
from graph.embedded import open_graph
with open_graph({file!r}, resolver=one_name_one_actor) as graph:
    for i in range(120):
        key = f"k{{i:03}}"
        if not graph.knows(key, "test"):
            found = [triple(key, f"P{{i % 7}}", "meet", f"P{{i % 5 + 7}}", "CONSULT", "actual", None, True)]
            graph.write(Article(key, f"text {{i}}"), found, "test")
        print(i, flush=True)
    graph.refresh()
"""


def export(path: str | Path) -> bytes:
    with open_graph(path, resolver=one_name_one_actor) as graph:
        return b"".join(pieces(Part(graph)))


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from(["a1", "a2", "a3"]), max_size=6), st.permutations(["a1", "a2", "a3"]))
def test_order_and_repetition_change_nothing(before: list[str], order: list[str]) -> None:
    with open_graph(":memory:", resolver=one_name_one_actor) as clean:
        fill(clean, ["a1", "a2", "a3"])
        expected = list(pieces(Part(clean)))
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        fill(graph, before)
        graph.refresh()
        fill(graph, order)
        assert list(pieces(Part(graph))) == expected


@pytest.mark.parametrize("after", [1, 40, 90, 119])
def test_a_killed_build_run_again_gives_the_same_bytes(tmp_path: Path, after: int) -> None:
    def build(name: str, kill_after: int | None) -> None:
        code = BUILD.format(root=str(ROOT), file=str(tmp_path / name))
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            for line in run.stdout:
                if kill_after is not None and int(line) >= kill_after:
                    os.kill(run.pid, signal.SIGKILL)
                    break
        assert run.returncode == (0 if kill_after is None else -signal.SIGKILL)

    build("clean.db", None)
    build("killed.db", after)
    build("killed.db", None)
    assert export(tmp_path / "killed.db") == export(tmp_path / "clean.db")


def test_an_unrefreshed_file_is_refreshed_by_the_next_question(tmp_path: Path) -> None:
    with open_graph(tmp_path / "g.db", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1"])
    with open_graph(tmp_path / "g.db", resolver=one_name_one_actor) as graph:
        assert graph.dirty() and graph.find("Shoigu") and not graph.dirty()


def test_articles_come_back_and_are_forgotten() -> None:
    article = Article("x", "Text.", "T", "2016-01-01", "http://u", "P", {"b": "1"}, "f.txt:3")
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        found = triple("x", "A", "meet", "B", "CONSULT", "actual", None, True)
        graph.write(article, [found, found])
        assert graph.article("x") == article and list(graph.triples("x")) == [found]
        assert graph.knows("x", "test") and not graph.knows("x", "other")
        assert graph.find("A")
        assert graph.remove("x") and not graph.remove("x")
        assert list(graph.triples()) == [] and graph.find("A") == []


def test_judgements_are_kept_in_order() -> None:
    words = [Judgement("a", "b", "same", "me", "2020"), Judgement("a", "b", "different", "me", "2021")]
    with open_graph(":memory:", resolver=one_name_one_actor) as graph:
        for word in words:
            graph.add_judgement(word)
        assert graph.judgements() == words


def test_a_failed_refresh_leaves_the_old_graph(tmp_path: Path) -> None:
    def broken(*_: object) -> list[object]:
        raise ValueError("boom")

    with open_graph(tmp_path / "g.db", resolver=one_name_one_actor) as graph:
        fill(graph, ["a1"])
        before = list(graph.actors())
        graph.remove("a1")
        graph.resolver = broken  # type: ignore[assignment]
        with pytest.raises(ValueError, match="boom"):
            graph.refresh()
        rows = graph.ask("SELECT count(*) FROM actors")
        assert rows[0][0] == len(before) and graph.dirty()


def make(path: Path, kind: str) -> None:
    """A file that is no graph of ours."""
    if kind == "text":
        path.write_text("not a database, but long enough to look at\n" * 50)
        return
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)" if kind == "foreign" else "PRAGMA application_id = 1685676388")
    connection.execute(f"PRAGMA user_version = {99 if kind == 'newer' else 0}")
    connection.close()


@pytest.mark.parametrize(
    ("kind", "word"), [("text", "graph file"), ("foreign", "not a dyad graph"), ("newer", "newer dyad")]
)
def test_a_file_not_ours_is_refused_in_one_line_and_left_alone(tmp_path: Path, kind: str, word: str) -> None:
    path = tmp_path / "g.db"
    make(path, kind)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=word) as caught:
        open_graph(path)
    assert "\n" not in str(caught.value) and path.read_bytes() == before


def test_a_missing_file_is_not_made_by_a_question(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such graph file"):
        open_graph(tmp_path / "g.db", readonly=True)
    assert not (tmp_path / "g.db").exists()


def test_opening_loads_nothing_heavy() -> None:
    code = "import sys, graph.embedded; print({'networkx', 'spacy', 'neo4j', 'rapidfuzz'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


EDGES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 3), st.booleans()), max_size=16
)


@settings(deadline=None, max_examples=300)
@example([(6, 0, 1, True), (7, 0, 1, True), (0, 5, 1, False), (6, 4, 1, False), (4, 3, 1, False),
          (3, 2, 1, False), (2, 5, 1, False), (5, 7, 1, False)])  # fmt: skip
@example([(6, 0, 1, True), (0, 5, 1, False), (5, 1, 3, False), (1, 0, 1, False), (7, 0, 3, True),
          (5, 7, 1, False), (6, 1, 1, True), (7, 1, 1, True)])  # fmt: skip
@given(EDGES)
def test_shortest_path_is_the_best_of_all_paths(rows: list[tuple[int, int, int, bool]]) -> None:
    """Against brute force: actors 0 and 1 are states, a ROLE edge has weight as drawn."""
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(8))
    table: list[tuple[str, str, str, int, int, int]] = []
    for i, (a, b, weight, role) in enumerate(rows):
        if a != b:
            graph.add_edge(a, b, key=f"e{i:02}", weight=weight, role=role)
            table.append((f"e{i:02}", str(a), str(b), weight, int(role and a < 2), int(role and b < 2)))

    def steps(actors: Sequence[str], into: Collection[str] | None) -> list[paths.Step]:
        ahead = [paths.Step(*r, 1, 0, "OTHER") for r in table if r[1] in actors]
        turned = [(r[0], r[2], r[1], r[3], r[5], r[4]) for r in table if r[2] in actors]
        found = ahead + [paths.Step(*r, 0, 0, "OTHER") for r in turned]
        return [s for s in found if into is None or s.far in into]

    ways = []
    for way in nx.all_simple_edge_paths(graph, 6, 7):
        pairs = itertools.pairwise(way)
        if all(
            v > 1 or not (graph.edges[u, v, k]["role"] and graph.edges[x]["role"]) for (u, v, k), x in pairs
        ):
            keys = [k for _, _, k in way]
            ways.append((len(way), -sum(graph.edges[e]["weight"] for e in way), keys))
    assert paths.shortest("6", "7", steps) == (min(ways)[2] if ways else [])


def test_two_processes_take_turns(tmp_path: Path) -> None:
    code = BUILD.format(root=str(ROOT), file=str(tmp_path / "g.db"))
    runs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL) for _ in range(2)]
    started = time.monotonic()
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert time.monotonic() - started < 60
    assert len(export(tmp_path / "g.db").splitlines()) == 120 * 2 + 12 + 35


def test_processes_that_make_one_file_at_once_all_get_it(tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from graph.embedded import open_graph; "
    for number in range(5):
        line = f"{code}open_graph({str(tmp_path / f'{number}.db')!r}).close()"
        runs = [subprocess.Popen([sys.executable, "-c", line]) for _ in range(4)]
        assert [run.wait(timeout=60) for run in runs] == [0] * 4


def test_a_file_killed_while_it_was_laid_out_opens_for_readers(tmp_path: Path) -> None:
    code = """
import os, signal, sqlite3, sys
from graph import schema
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("PRAGMA cache_spill = 1")
file.execute("BEGIN IMMEDIATE")
schema.lay_tables(file)
file.executemany("INSERT INTO meta VALUES (?, ?)", ((f"{n}", "x" * 500) for n in range(500)))
os.kill(os.getpid(), signal.SIGKILL)
"""
    file = tmp_path / "g.db"
    run = subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL and file.with_name("g.db-journal").stat().st_size
    assert file.stat().st_size
    with pytest.raises(StoreError, match="holds nothing yet"), open_graph(file, readonly=True):
        pass
    with open_graph(file) as graph:
        assert list(graph.articles()) == []


def test_a_snapshot_stays_as_it_is_while_others_write(tmp_path: Path) -> None:
    """A question answers from whole articles with their actors and edges, or takes the file's next state."""
    file = tmp_path / "g.db"
    with open_graph(file, resolver=one_name_one_actor) as writer:
        fill(writer, ["a1"])
        with open_graph(file, resolver=one_name_one_actor) as reader, reader.snapshot():
            assert not reader.dirty()
            before = b"".join(pieces(Part(reader)))
            fill(writer, ["a2"])
            with reader.snapshot():
                assert b"".join(pieces(Part(reader))) == before
            assert b"".join(pieces(Part(reader))) == before
        with open_graph(file, resolver=one_name_one_actor) as reader, reader.snapshot():
            assert not reader.dirty() and len(list(reader.articles())) == 2
