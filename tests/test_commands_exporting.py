"""`dyad export` as a user meets it: formats, parts, and what is said when it can't be done."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner, Result

import cli
from graph.embedded import open_graph
from graph.exports import html
from tests.export_world import fill_tangled
from tests.small_world import one_name_one_actor


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tangled world as a graph file."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    with open_graph(file, resolver=one_name_one_actor) as graph:
        fill_tangled(graph)
        graph.refresh()
    return file


def export(world: Path, *args: str | Path) -> Result:
    """The command in this process."""
    result = CliRunner().invoke(cli.app, ["export", *map(str, args), "-g", str(world)], prog_name="dyad")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def codes(file: Path) -> list[str]:
    """Class and status of each edge in a GraphML file."""
    network = nx.read_graphml(file, force_multigraph=True, edge_key_type=str)
    return sorted(f"{d['code']} {d['status']}" for *_, d in network.edges(data=True))


@pytest.mark.parametrize("ending", ["graphml", "gexf", "jsonl", "ftm.json", "csv", "html"])
def test_the_ending_tells_the_format(world: Path, tmp_path: Path, ending: str) -> None:
    if ending == "html" and not html.PAGE.exists():
        pytest.skip("the explorer page is not built; run: make explorer")
    result = export(world, tmp_path / f"g.{ending}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("wrote ") and list(tmp_path.iterdir())


ALL = ["ACCUSE actual", "ACCUSE negated", "ASSAULT actual", "CONSULT actual", "CONSULT actual",
       "CONSULT negated", "ROLE actual", "ROLE actual", "SUPPORT actual",
       "THREATEN actual", "THREATEN actual"]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ([], ALL),
        (["--code", "accuse,ROLE"], ["ACCUSE actual", "ACCUSE negated", "ROLE actual", "ROLE actual"]),
        (["--status", "negated"], ["ACCUSE negated", "CONSULT negated"]),
        (["--min-sources", "2"], ["CONSULT actual"]),
        (["--since", "2017", "--until", "2017-12"], ["CONSULT negated"]),
        (["--actor", "Putin"], ["CONSULT negated", "ROLE actual"]),
        (["--actor", "Putin", "--hops", "2", "--code", "ROLE"], ["ROLE actual", "ROLE actual"]),
        (["--actor", "nunez", "--actor", "Putin", "--status", "actual"], ["ROLE actual", "SUPPORT actual"]),
    ],
)
def test_options_choose_a_part(world: Path, tmp_path: Path, options: list[str], left: list[str]) -> None:
    assert export(world, tmp_path / "g.graphml", *options).exit_code == 0
    assert codes(tmp_path / "g.graphml") == left


def test_a_part_holds_no_actor_without_a_tie(world: Path, tmp_path: Path) -> None:
    export(world, tmp_path / "g.graphml", "--code", "SUPPORT")
    labels = nx.read_graphml(tmp_path / "g.graphml").nodes(data="label")
    assert {label for _, label in labels} == {"Ángela Núñez", "Loner Two"}


def test_a_part_as_jsonl_holds_what_proves_it(world: Path, tmp_path: Path) -> None:
    export(world, tmp_path / "g.jsonl", "--actor", "Núñez")
    rows = [json.loads(line) for line in (tmp_path / "g.jsonl").read_text("utf-8").splitlines()]
    assert [row["kind"] for row in rows] == ["article", "triple", "actor", "actor", "edge"]
    assert rows[0]["id"] == rows[1]["article"] == "a3"


def test_yed_gets_labels_it_shows(world: Path, tmp_path: Path) -> None:
    export(world, tmp_path / "g.graphml", "--for", "yed")
    assert "<y:NodeLabel>Sergei Shoigu</y:NodeLabel>" in (tmp_path / "g.graphml").read_text("utf-8")
    assert "y:" not in export(world, "-", "--format", "graphml").stdout


def test_standard_output_takes_the_same_bytes(world: Path, tmp_path: Path) -> None:
    export(world, tmp_path / "g.gexf")
    assert export(world, "-", "--format", "gexf").stdout_bytes == (tmp_path / "g.gexf").read_bytes()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["g.doc"], 5, "can't tell the format; end the name in one of .csv, .ftm, "),
        (["-"], 2, "--format"),
        (["-", "--format", "csv"], 5, "csv is several files"),
        (["g.gexf", "--for", "yed"], 2, "--for yed goes with GraphML, not gexf"),
        (["g.gexf", "--limit", "5"], 2, "--limit goes with HTML, not gexf"),
        (["g.gexf", "--code", "MEET"], 2, "--code knows no 'MEET'"),
        (["g.gexf", "--status", "denied"], 2, "--status knows no 'denied'"),
        (["g.gexf", "--since", "June"], 2, "--since wants YYYY"),
        (["g.gexf", "--actor", "Shoygu"], 1, "no actor is called 'Shoygu'; did you mean"),
        (["g.gexf", "--since", "2030"], 1, "no edge is left by these filters; 11 edges without them"),
        (["no/such/folder/g.gexf"], 5, "No such file or directory"),
    ],
)
def test_what_can_t_be_done_is_said_in_a_line(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = export(world, *args)
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split()) and "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []
