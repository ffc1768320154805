"""Building with several processes, and what Ctrl-C, SIGTERM and SIGKILL leave behind."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

import cli
from bench.articles import make_articles
from commands.running import keep, usable_cores
from commands.screen import number_of
from extract.errors import StoreError
from extract.model import Article, Triple
from graph.embedded import open_graph

pytestmark = pytest.mark.model
ROOT = Path(__file__).resolve().parent.parent
PROC = Path("/proc")


def dyad(*args: str | Path) -> Result:
    result = CliRunner().invoke(cli.app, [str(a) for a in args], prog_name="dyad")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As many articles as two processes share out between them."""
    file = tmp_path_factory.mktemp("news") / "news.jsonl"
    rows = ({"id": a.id, "title": a.title, "text": a.text, "published": a.published, "publisher": a.publisher}
            for a, _ in make_articles(100, seed=3))  # fmt: skip
    file.write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
    return file


@pytest.fixture(scope="module")
def clean(news: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The graph of one process, exported."""
    graph = tmp_path_factory.mktemp("clean") / "g.db"
    result = dyad("build", news, "-g", graph, "--processes", "1")
    assert result.exit_code == 0, result.stderr
    return export(graph)


def export(graph: Path) -> bytes:
    out = graph.with_suffix(".jsonl")
    assert dyad("export", out, "-g", graph).exit_code == 0
    return out.read_bytes()


def articles_in(graph: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{graph}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def wait_for(ready: Callable[[], bool]) -> None:
    """Wait until it is so, or fail after five minutes."""
    end = time.monotonic() + 300
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


def workers_of(parent: int) -> list[int]:
    """The worker processes of a process, by what the system tells of all."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            ours = re.search(r"^PPid:\s+(\d+)$", (folder / "status").read_text(), re.MULTILINE)
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if ours and int(ours[1]) == parent and b"crew.serve" in line:
            found.append(int(folder.name))
    return found


def begin(news: Path, graph: Path, processes: int) -> subprocess.Popen[str]:
    """Start a build and wait until it has stored something."""
    command = [sys.executable, str(ROOT / "cli.py"), "build", str(news), "-g", str(graph),
               "--processes", str(processes)]  # fmt: skip
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: articles_in(graph) > 0 or running.poll() is not None)
    return running


def test_two_processes_make_the_same_graph(news: Path, clean: bytes, tmp_path: Path) -> None:
    result = dyad("build", news, "-g", tmp_path / "g.db", "--processes", "2")
    assert result.exit_code == 0 and result.stderr.startswith("read 100 articles; found ")
    assert export(tmp_path / "g.db") == clean
    again = dyad("build", news, "-g", tmp_path / "g.db", "--processes", "2")
    assert again.exit_code == 0 and again.stderr.startswith("read 0 articles, 100 known already; found 0 ")
    assert export(tmp_path / "g.db") == clean


@pytest.mark.parametrize(
    ("sent", "code", "processes"),
    [(signal.SIGINT, 130, 2), (signal.SIGTERM, 143, 2), (signal.SIGINT, 130, 1)],
)
def test_a_stopped_build_goes_on(
    news: Path, clean: bytes, tmp_path: Path, sent: signal.Signals, code: int, processes: int
) -> None:
    graph = tmp_path / "g.db"
    with begin(news, graph, processes) as running:
        running.send_signal(sent)
        told = running.communicate(timeout=300)[1]
    stored = articles_in(graph)
    assert running.returncode == code and 0 < stored < 100
    assert told == (
        f"dyad: stopped; {number_of(stored, 'article')} stored whole in {graph}, "
        "the same command goes on with the rest\n"
    )
    result = dyad("build", news, "-g", graph, "--processes", "1")
    assert result.stderr.startswith(f"read {number_of(100 - stored, 'article')}, {stored} known already; ")
    assert export(graph) == clean


@pytest.mark.skipif(not (PROC / "self/status").exists(), reason="the system lists no processes in /proc")
def test_workers_die_with_a_build_that_is_killed(news: Path, tmp_path: Path) -> None:
    with begin(news, tmp_path / "g.db", 2) as running:
        workers = workers_of(running.pid)
        running.kill()
    assert len(workers) == 2
    wait_for(lambda: not any((PROC / str(pid)).exists() for pid in workers))


@pytest.mark.skipif(not (PROC / "self/status").exists(), reason="the system lists no processes in /proc")
def test_a_killed_worker_is_told_and_changes_nothing(news: Path, clean: bytes, tmp_path: Path) -> None:
    graph = tmp_path / "g.db"
    command = [sys.executable, str(ROOT / "cli.py"), "build", str(news), "-g", str(graph), "--processes", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        wait_for(lambda: bool(workers_of(running.pid)))
        os.kill(workers_of(running.pid)[0], signal.SIGKILL)
        told = running.communicate(timeout=600)[1]
    assert running.returncode == 0 and told.startswith("a worker process could not begin (SIGKILL)")
    assert "read 100 articles; found " in told
    assert export(graph) == clean


def test_the_seed_of_hashes_changes_nothing() -> None:
    """Sets run in another order in every process: none may show in the triples."""
    paths = [ROOT / "seeds", *filter(Path.exists, [ROOT.parent / "shared/eval/dev/articles.jsonl"])]
    found = set()
    for seed in ("1", "2"):
        command = [sys.executable, str(ROOT / "cli.py"), "extract", *map(str, paths), "--processes", "1"]
        done = subprocess.run(
            command, capture_output=True, check=True, timeout=600, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        found.add(done.stdout)
    assert len(found) == 1 and min(found).count(b"\n") > 300


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_of_processes_that_is_none(news: Path, tmp_path: Path, number: str) -> None:
    result = dyad("build", news, "-g", tmp_path / "g.db", "--processes", number)
    assert result.exit_code == 2 and "--processes" in result.stderr


def test_there_is_a_core_to_use() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


def test_what_came_is_stored_whatever_ends_the_run(tmp_path: Path) -> None:
    def broken() -> object:
        yield Article("a", "One."), []
        yield Article("b", "Two."), []
        raise StoreError("the end")

    counted: list[str] = []

    def count(article: Article, triples: list[Triple]) -> None:
        counted.append(article.id)

    with open_graph(tmp_path / "g.db") as graph:
        with pytest.raises(StoreError, match="the end"):
            keep(broken(), graph, "x", count)  # type: ignore[arg-type]
        assert [article.id for article in graph.articles()] == counted == ["a", "b"]
