"""dyad check on the command line: what it says, with which exit code, and in which form."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from graph import schema
from tests.graph_file import make_file, unpack

DAMAGE = "UPDATE articles SET title = 'Other' WHERE id LIKE '80a%'"
Run = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make_file(tmp_path)


def dyad(*words: object) -> Any:
    return CliRunner().invoke(cli.app, [str(word) for word in words], prog_name="dyad")


def edit(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(sql)


def test_a_sound_file(file: Path) -> None:
    result = dyad("check", "-g", file)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{file} is sound\n", "")
    assert json.loads(dyad("check", "-g", file, "--json").stdout) == {
        "graph": str(file), "sound": True, "counts": {}, "problems": [], "repaired": None
    }  # fmt: skip
    assert dyad("check", "-g", file, "--repair").exit_code == 0
    assert not list(file.parent.glob("*.damaged-*"))


def test_a_damaged_file_is_told_and_repaired(file: Path) -> None:
    edit(file, DAMAGE)
    result = dyad("check", "-g", file)
    assert result.exit_code == 5
    line = "checksum: article 80a1d0925b9a6e2b: its facts or triples are not as they were written\n"
    assert result.stdout == line
    assert result.stderr.splitlines() == [
        f"{file}: 1 problem (1 checksum)",
        f"dyad check --repair --graph {file} keeps what is whole, and the damaged file beside it",
    ]
    result = dyad("check", "-g", file, "--repair")
    assert result.exit_code == 0
    assert result.stdout == (
        f"{line}taken out: article 80a1d0925b9a6e2b: Other, from seeds/2017-09-15-shoigu-hamo-hmeimim.txt\n"
    )
    (kept,) = file.parent.glob("*.damaged-????-??-??")
    assert result.stderr.splitlines()[1] == (
        "repaired: 3 articles and 6 decisions kept, 1 article taken out (dyad build reads them again); "
        f"as it was, it is kept in {kept}"
    )
    assert dyad("check", "-g", file).exit_code == 0
    assert dyad("check", "-g", kept).exit_code == 5


def test_json_lists_problems_and_what_was_lost(file: Path) -> None:
    edit(file, DAMAGE)
    edit(file, "UPDATE judgements SET by = 'x' WHERE seq = 3")
    told = json.loads(dyad("check", "-g", file, "--repair", "--json").stdout)
    assert told["counts"] == {"checksum": 2} and told["sound"] is False
    assert [p["place"] for p in told["problems"]] == ["article 80a1d0925b9a6e2b", "judgement 3"]
    assert told["repaired"]["articles"] == 3 and told["repaired"]["decisions"] == 5
    assert told["repaired"]["lost_decisions"] == ["judgement 3"]
    assert [lost["id"] for lost in told["repaired"]["lost"]] == ["80a1d0925b9a6e2b"]


def test_many_problems_of_a_kind_are_cut_short_and_counted(file: Path) -> None:
    edit(file, "DELETE FROM names")
    result = dyad("check", "-g", file)
    lines = result.stdout.splitlines()
    assert len(lines) == 21 and re.fullmatch(r"derived: \d+ more", lines[-1])
    assert re.search(r"(\d+) problems \(\1 derived\)$", result.stderr, re.M)


def test_what_a_damaged_file_says_drives_no_terminal(file: Path) -> None:
    edit(file, "UPDATE articles SET id = 'x' || char(27, 10) || ']0;owned' WHERE id LIKE 'f61%'")
    result = dyad("check", "-g", file, "--repair")
    assert "\x1b" not in result.output and r"\x1b" in result.stdout
    assert all(line.split(":")[0] in ("checksum", "reference", "search", "structure", "taken out")
               for line in result.stdout.splitlines())  # fmt: skip


@pytest.mark.parametrize(
    ("graph", "word"),
    [
        ("missing.db", "no such graph file"),
        ("bolt://localhost", "needs the graph file"),
        (".", "no such graph file"),
    ],
)
def test_what_is_no_graph_file_is_refused(graph: str, word: str, tmp_path: Path) -> None:
    result = dyad("check", "-g", graph if "://" in graph else tmp_path / graph)
    assert result.exit_code == 5 and word in result.stderr and result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("check",), ("top",), ("articles",)])
def test_an_older_file_is_brought_up_to_date_and_that_is_said(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    file = unpack(2, tmp_path)
    result = dyad(*command, "-g", file)
    assert result.exit_code == 0
    assert result.stderr == (
        f"{file}: brought up to date with this dyad; as it was, it is kept in {file}.format-2\n"
    )
    assert dyad(*command, "-g", file).stderr == ""


def test_a_newer_file_is_refused_in_one_line(file: Path) -> None:
    edit(file, f"PRAGMA user_version = {schema.VERSION + 1}")
    edit(file, "ALTER TABLE actors ADD COLUMN more TEXT")
    before = file.read_bytes()
    for command in (("check",), ("check", "--repair"), ("top",), ("articles",)):
        result = dyad(*command, "-g", file)
        assert result.exit_code == 5 and result.stdout == ""
        assert result.stderr == (
            f"dyad: {file}: made by a newer dyad (format {schema.VERSION + 1}, "
            f"this one reads {schema.VERSION}); upgrade\n"
        )
    assert file.read_bytes() == before
