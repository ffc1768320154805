"""load, clear and cypher as a user types them, against a real Neo4j; and every question put to it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import Result
from typer.testing import CliRunner

import cli
from graph.embedded import open_graph
from graph.neo4j_link import Link
from servers.neo4j_server import free_port
from tests.neo4j_world import Address
from tests.small_world import fill, one_name_one_actor

pytestmark = pytest.mark.neo4j
ROOT = Path(__file__).resolve().parent.parent
WORD = "wr0ng-secret"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world as a graph file."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    with open_graph(file, resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        graph.refresh()
    return file


@pytest.fixture(autouse=True)
def at_the_server(address: Address, link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment that names the emptied server."""
    for name, value in address.environment().items():
        if name.startswith("NEO4J_"):
            monkeypatch.setenv(name, value)


def dyad(*args: str | Path, stdin: str | None = None) -> Result:
    """The command line in this process."""
    result = CliRunner().invoke(cli.app, [str(a) for a in args], input=stdin, prog_name="dyad")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_a_load_tells_what_changed_and_the_next_that_nothing_did(world: Path) -> None:
    first = dyad("load", "--graph", world, "--json")
    told: dict[str, Any] = json.loads(first.stdout)
    assert told["written"]["nodes_created"] == sum(
        c["new"] for c in told["changes"] if c["kind"] in ("Article", "Actor", "Statement", "Claim")
    )
    second = dyad("load", "--graph", world)
    assert second.exit_code == 0 and second.stderr == "nothing to change\n"
    assert [line.split() for line in second.stdout.splitlines()][1] == ["Article", "0", "0", "0", "3"]


def test_a_dry_run_says_so_and_writes_nothing(world: Path, link: Link) -> None:
    result = dyad("load", "--graph", world, "--dry-run")
    assert (result.exit_code, result.stderr) == (0, "nothing written: a dry run\n")
    assert result.stdout.splitlines()[1].split() == ["Article", "3", "0", "0", "0"]
    assert link.ask("MATCH (n) RETURN count(n)") == [[0]]


def test_clear_needs_yes(world: Path, link: Link) -> None:
    dyad("load", "--graph", world)
    (before,) = link.ask("MATCH (n) RETURN count(n)")[0]
    asked = dyad("clear")
    assert (asked.exit_code, f"holds {before} nodes of dyad's; add --yes" in asked.stderr) == (2, True)
    assert link.ask("MATCH (n) RETURN count(n)") == [[before]]
    assert dyad("clear", "--yes").stderr == f"deleted {before} nodes\n"
    assert link.ask("MATCH (n) RETURN count(n)") == [[0]]


QUESTIONS = [
    ["path", "Hamo", "Shoigu"],
    ["path", "Putin", "Russia", "--all"],
    ["path", "Putin", "Nunez"],
    ["ties", "Assad"],
    ["ties", "Putin", "Hamo"],
    ["actor", "shoigu"],
    ["actor", "Nobody At All"],
    ["search", "accuse"],
    ["top"],
    ["communities"],
    ["between", "Hamo", "Shoigu"],
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_question_has_the_same_answer_on_either_store(
    world: Path, address: Address, question: list[str]
) -> None:
    dyad("load", "--graph", world)
    near = dyad(*question, "--json", "--graph", world)
    far = dyad(*question, "--json", "--graph", address.uri)
    assert (far.exit_code, far.stdout, far.stderr) == (near.exit_code, near.stdout, near.stderr)


def test_what_needs_the_record_says_so(address: Address, tmp_path: Path) -> None:
    result = dyad("export", tmp_path / "x.graphml", "--graph", address.uri)
    assert (result.exit_code, "needs the graph file" in result.stderr) == (5, True)


TYPED = "MATCH (a:Actor)-[r:ACCUSE]->(b:Actor) RETURN a.name AS who, b.name AS whom, r.articles AS articles"


def test_cypher_prints_a_table_json_and_csv(world: Path) -> None:
    dyad("load", "--graph", world)
    row = {"who": "Bashar Assad", "whom": "Ismail Hamo", "articles": 1}
    assert dyad("cypher", TYPED).stdout.splitlines()[1].split() == ["Bashar", "Assad", "Ismail", "Hamo", "1"]
    assert json.loads(dyad("cypher", TYPED, "--json").stdout) == [row]
    assert list(csv.DictReader(io.StringIO(dyad("cypher", TYPED, "--csv").stdout))) == [
        {key: str(value) for key, value in row.items()}
    ]


def test_cypher_prints_graphml(world: Path, tmp_path: Path) -> None:
    dyad("load", "--graph", world)
    result = dyad("cypher", "MATCH (a:Actor)-[r:CONSULT]->(b) RETURN a, r, b", "--graphml")
    (tmp_path / "x.graphml").write_text(result.stdout)
    assert nx.read_graphml(tmp_path / "x.graphml").number_of_edges() == 1


def test_cypher_takes_parameters_and_standard_input(world: Path) -> None:
    dyad("load", "--graph", world)
    query = "MATCH (a:Actor) WHERE a.name = $name AND a.articles = $n RETURN a.type"
    result = dyad("cypher", "-", "--param", "name=Sergei Shoigu", "-p", "n=2", "--json", stdin=query)
    assert json.loads(result.stdout) == [{"a.type": "PERSON"}]
    assert dyad("cypher", query, "--param", "n").exit_code == 2


def test_cypher_asks_the_file_with_graph(world: Path) -> None:
    pytest.importorskip("ladybug")
    assert json.loads(dyad("cypher", TYPED, "--json", "--graph", world).stdout)[0]["who"] == "Bashar Assad"
    assert dyad("cypher", TYPED, "--write", "--graph", world).exit_code == 1


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("CREATE (:X)", 1, "--write"),
        ("MATCH (a RETURN a", 1, "Invalid input"),
        ("MATCH (a:Actor {name: 'x'}) RETURN a", 1, "found nothing"),
    ],
)
def test_cypher_tells_what_is_wrong_in_a_line(query: str, code: int, said: str) -> None:
    result = dyad("cypher", query)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr and result.stderr.count("\n") == 1


def test_a_write_that_is_allowed_is_counted(link: Link) -> None:
    result = dyad("cypher", "CREATE (:X)", "--write")
    assert result.exit_code == 0 and "nodes created: 1" in result.stderr
    assert link.ask("MATCH (x:X) RETURN count(x)") == [[1]]


COMMANDS = [["load"], ["clear", "--yes"], ["cypher", "RETURN 1"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_refused_login_is_one_line_without_the_password(
    world: Path, command: list[str], tmp_path: Path
) -> None:
    more = ["--graph", str(world)] if command == ["load"] else []
    secret = tmp_path / "word"
    secret.write_text(f"{WORD}\n")
    result = dyad(*command, *more, "--password-file", str(secret))
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.count("\n") == 1 and WORD not in result.stderr


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("command", [*COMMANDS, ["path", "A", "B"], ["top"]], ids=" ".join)
def test_a_dead_port_is_one_line(world: Path, command: list[str], scheme: str) -> None:
    uri = f"{scheme}://127.0.0.1:{free_port()}"
    more = ["--graph", str(world)] if command == ["load"] else []
    where = ["--graph", uri] if command[0] in ("path", "top") else ["--to", uri]
    result = dyad(*command, *more, *where)
    assert (result.exit_code, result.stdout) == (3, "")
    assert (
        result.stderr.startswith(f"dyad: {uri}: no Neo4j server answers") and result.stderr.count("\n") == 1
    )


def test_browsers_address_gets_a_hint() -> None:
    result = dyad("cypher", "RETURN 1", "--to", "http://localhost:7474")
    assert "bolt://localhost:7687" in result.stderr and result.exit_code == 5


def test_no_traceback_and_no_password_reach_a_process_s_user(world: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "load", "--to", f"bolt://127.0.0.1:{free_port()}"],
        env={**os.environ, "NEO4J_PASSWORD": WORD, "DYAD_GRAPH": str(world)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 3
    assert ran.stderr.count("\n") == 1 and WORD not in ran.stderr and "Traceback" not in ran.stderr
