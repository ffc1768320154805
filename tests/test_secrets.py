"""Passwords and keys: in no log, error, process title, graph file or export; with real servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import cli
from graph.embedded import open_graph
from tests.neo4j_world import Address
from tests.small_world import fill, one_name_one_actor
from tests.test_extract_llm import KEY, TEXT, Server, found, said

ROOT = Path(__file__).resolve().parent.parent
WORD = "opensesame-7f3a"


def dyad(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A small graph file."""
    file = tmp_path / "g.db"
    with open_graph(file, resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        graph.refresh()
    return file


@pytest.fixture
def server() -> Iterator[Server]:
    """An endpoint that answers as a language model does."""
    import threading

    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def commands(command: Any, name: str = "dyad") -> Iterator[tuple[str, Any]]:
    """Every command with its name."""
    yield name, command
    for each, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{name} {each}")


def test_no_option_takes_a_secret_as_its_value() -> None:
    """What is typed after a command stands in process titles and in the shell's history."""
    secret = [
        (name, option, each.metavar)
        for name, command in commands(typer.main.get_command(cli.app))
        for each in command.params
        for option in each.opts
        if any(word in option for word in ("pass", "key", "secret", "token"))
    ]
    assert secret and all(metavar == "FILE" for _, _, metavar in secret), secret


@pytest.mark.neo4j
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("way", ["environment", "file"])
def test_a_password_is_in_no_log(address: Address, world: Path, *, right: bool, way: str) -> None:
    word = address.password if right else WORD
    secret = world.with_name("word")
    secret.write_text(word)
    given = [] if way == "environment" else ["--password-file", secret]
    environment = address.environment() | {"NEO4J_PASSWORD": word if way == "environment" else ""}
    ran = dyad("load", "--graph", world, *given, "--verbose", **environment)
    assert ran.returncode == (0 if right else 4)
    assert "neo4j" in ran.stderr and len(ran.stderr.splitlines()) > 5
    assert word not in ran.stderr + ran.stdout
    cleared = dyad("clear", "--yes", *given, "--verbose", **environment)
    assert cleared.returncode == ran.returncode and word not in cleared.stderr + cleared.stdout
    for written in world.parent.iterdir():
        assert written == secret or word.encode() not in written.read_bytes()


@pytest.mark.parametrize(
    ("reply", "code"),
    [(said(found()), 0), ((401, {"error": {"message": f"no such key: {KEY}"}}), 3),
     ((500, {"error": {"message": f"fault with {KEY}"}}), 3)],
    ids=["right", "wrong", "fault"],
)  # fmt: skip
@pytest.mark.parametrize("way", ["environment", "file"])
def test_a_key_is_in_no_log(server: Server, tmp_path: Path, reply: Any, code: int, way: str) -> None:
    server.replies = [reply]
    server.headers = {"Retry-After": "0.01"}
    (tmp_path / "key").write_text(f"{KEY}\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a1", "text": TEXT}))
    given = [] if way == "environment" else ["--llm-key", tmp_path / "key"]
    graph = tmp_path / "g.db"
    ran = dyad(
        "build", tmp_path / "a.jsonl", "--graph", graph, "--extractor", "llm", "--llm-url", server.url,
        "--llm-model", "m", *given, "--verbose", **({"DYAD_LLM_KEY": KEY} if way == "environment" else {}),
    )  # fmt: skip
    assert ran.returncode == code, ran.stderr
    assert f"Bearer {KEY}" in {headers["Authorization"] for headers, _ in server.seen}
    assert "dyad.endpoint ask" in ran.stderr and KEY not in ran.stderr + ran.stdout
    if code == 0:
        assert dyad("export", tmp_path / "g.jsonl", "--graph", graph).returncode == 0
    for written in tmp_path.iterdir():
        assert written.name == "key" or KEY.encode() not in written.read_bytes()


@pytest.mark.parametrize(
    "line",
    [
        ["path", "A", "B", "--graph", "bolt://neo4j:{}@localhost:7687"],
        ["build", "a.txt", "--graph", "bolt://neo4j:{}@localhost:7687"],
        ["forget", "a1", "--graph", "http://neo4j:{}@localhost:7474"],
        ["load", "--to", "neo4j://neo4j:{}@localhost:7687"],
        ["cypher", "RETURN 1", "--to", "http://neo4j:{}@localhost:7474"],
        ["clear", "--yes", "--to", "bolt+s://neo4j:{}@localhost"],
        ["extract", "a.txt", "--extractor", "llm", "--llm-model", "m", "--llm-url", "https://u:{}@localhost"],
        ["load", "--password", "{}"],
    ],
    ids=lambda line: line[0],
)
def test_a_login_in_an_address_is_not_repeated(world: Path, line: list[str]) -> None:
    (world.parent / "a.txt").write_text("Sergei Lavrov met John Kerry in Geneva on Friday.")
    given = [str(world.with_name(word)) if word == "a.txt" else word.format(WORD) for word in line]
    more = ["--graph", str(world)] if line[:2] == ["load", "--to"] else []
    ran = dyad(*given, *more, "--verbose")
    assert ran.returncode in (2, 3, 5) and ran.stderr
    assert WORD not in ran.stderr + ran.stdout


def test_a_process_s_title_holds_no_password(world: Path) -> None:
    """While a load waits for its server, others see its command line only."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        uri = f"bolt://127.0.0.1:{deaf.getsockname()[1]}"
        command = [sys.executable, str(ROOT / "cli.py"), "load", "--graph", str(world), "--to", uri]
        environment = {**os.environ, "NEO4J_PASSWORD": WORD}
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as running:
            peer, _ = deaf.accept()
            seen = Path(f"/proc/{running.pid}/cmdline")
            title = seen.read_bytes() if seen.exists() else b""
            time.sleep(0.1)
            peer.close()
            running.kill()
    assert WORD.encode() not in title
