"""The commands that correct identities, as a user types them; review in a real terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from extract.model import Article
from graph.embedded import open_graph
from tests.small_world import triple

ROOT = Path(__file__).parents[1]
ROWS: list[tuple[Any, ...]] = [
    ("a1", "Zora Quillan", "meet with", "Ned Foss", "CONSULT"),
    ("a2", "Zorah Quilan", "accuse", "Ned Foss", "ACCUSE"),
    ("a3", "Ilka Brandt", "aid", "Ned Foss", "AID"),
    ("a4", "Henrik Zora Quillan", "meet with", "Ilka Brandt", "CONSULT"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small graph file."""
    path = tmp_path / "g.db"
    with open_graph(path) as graph:
        for row in ROWS:
            found = triple(*row, "actual", None, row[4] == "CONSULT")
            graph.write(Article(row[0], f"{row[0]} " * 30), [found], "test")
        graph.refresh()
    return path


def dyad(file: Path, *words: str, stdin: str = "", code: int = 0) -> tuple[str, str]:
    """Run a command in this process; its standard output and error."""
    run = CliRunner(env={"DYAD_USER": "tester"}).invoke(cli.app, [*words, "--graph", str(file)], input=stdin)
    assert run.exit_code == code, run.stderr
    return run.stdout, run.stderr


def actors(file: Path) -> list[str]:
    with open_graph(file, readonly=True) as graph:
        return sorted(a.name for a in graph.actors())


def test_merge_why_undo(file: Path) -> None:
    assert "two actors" in dyad(file, "why", "Ilka Brandt", "Ned Foss")[0]
    out, _ = dyad(file, "merge", "Ilka Brandt", "Ned Foss")
    assert out == "same Ilka Brandt [PERSON] | Ned Foss [PERSON]\n"
    told, _ = dyad(file, "why", "Ilka Brandt", "Ned Foss")
    assert told.startswith("one actor\n") and "tester" in told and "“Ilka Brandt aid Ned Foss.”" in told
    assert "Ned Foss" not in actors(file) or "Ilka Brandt" not in actors(file)
    assert "undone: 1 decision" in dyad(file, "undo")[1]
    assert {"Ned Foss", "Ilka Brandt"} <= set(actors(file))
    assert "nothing to undo" in dyad(file, "undo", code=1)[1]


def test_why_names_rule_and_score(file: Path) -> None:
    answer = json.loads(dyad(file, "why", "Zora Quillan", "Zorah Quilan", "--json")[0])
    (step,) = answer["steps"]
    assert answer["one"] and step["rule"] == "spellings of one name" and 0.85 <= step["score"] < 1
    assert [p["article"] for p in (*answer["left"], *answer["right"])] == ["a1", "a2"]


def test_split_is_kept_and_told(file: Path) -> None:
    dyad(file, "split", "Zora Quillan", "Zorah Quilan")
    assert {"Zora Quillan", "Zorah Quilan"} <= set(actors(file))
    assert "different: Zorah Quilan" in dyad(file, "why", "Zora Quillan", "Zorah Quilan")[0]
    dyad(file, "undo")
    assert "Zorah Quilan" not in actors(file) or "Zora Quillan" not in actors(file)


def test_the_ledger_is_exported_and_taken_over(file: Path, tmp_path: Path) -> None:
    dyad(file, "merge", "Ilka Brandt", "Ned Foss")
    ledger = tmp_path / "ledger.tsv"
    assert "1 judgement" in dyad(file, "identities", "export", str(ledger))[1]
    dyad(file, "undo")
    text = ledger.read_text()
    assert text.splitlines()[1].startswith("same\tIlka Brandt [PERSON]\tNed Foss [PERSON]\ttester\t")
    assert "1 judgement and 0 rejections" in dyad(file, "identities", "import", "-", stdin=text)[1]
    wrong = text + "same\tNo Body [PERSON]\tNed Foss [PERSON]\tx\ty\n"
    assert (
        "line 3: nobody in the graph is No Body"
        in dyad(file, "identities", "import", "-", stdin=wrong, code=5)[1]
    )


def test_reject_lists_and_forget_forgets(file: Path) -> None:
    with open_graph(file, readonly=True) as graph:
        key = next(iter(graph.triples("a3"))).id
    assert dyad(file, "reject", key[:8])[0] == "rejected Ilka Brandt | aid | Ned Foss (a3)\n"
    assert [r["article"] for r in json.loads(dyad(file, "reject", "--json")[0])] == ["a3"]
    assert "Ilka Brandt | aid | Ned Foss" in dyad(file, "reject")[0]
    dyad(file, "forget", "a4")
    assert "Ilka Brandt" not in actors(file)
    assert "no article 'a4'" in dyad(file, "forget", "a4", code=1)[1]
    assert "no triple" in dyad(file, "reject", "zzzz", code=1)[1]


def review(file: Path, answers: list[str]) -> str:
    """Answer the questions of dyad review on a pseudo-terminal, each with its keys; all it showed.

    A key typed before the terminal listens is lost, as a person's would be: then it is typed again.
    """
    main, side = pty.openpty()
    command = [sys.executable, "cli.py", "review", "--graph", str(file)]
    shown, typed, end = "", 0.0, time.monotonic() + 180
    with subprocess.Popen(command, cwd=ROOT, stdin=side, stdout=side, stderr=side, close_fds=True) as run:
        os.close(side)
        while time.monotonic() < end and run.poll() is None:
            if select.select([main], [], [], 0.2)[0]:
                try:
                    shown += os.read(main, 4096).decode()
                except OSError:
                    break
                typed = time.monotonic() - 4
            asked = shown.count("same? y yes")
            if 0 < asked <= len(answers) and time.monotonic() - typed > 5:
                os.write(main, answers[asked - 1].encode())
                typed = time.monotonic()
        run.kill()
    os.close(main)
    assert shown.count("same? y yes") == len(answers) and "Traceback" not in shown
    return shown


def test_review_asks_side_by_side_and_keeps_the_answers(file: Path) -> None:
    shown = review(file, ["xn", "q"])
    assert "Henrik Zora Quillan [PERSON]   |   Zora" in shown
    assert "“Henrik Zora Quillan meet with Ilka Brandt.”" in shown and "(a4)" in shown
    with open_graph(file, readonly=True) as graph:
        (word,) = graph.judgements()
    assert word.verdict == "different"


@pytest.mark.parametrize(("keys", "verdicts"), [("q", []), ("u", ["unsure"]), ("y", ["same"])])
def test_review_reads_lines_where_there_is_no_terminal(file: Path, keys: str, verdicts: list[str]) -> None:
    dyad(file, "review", "--limit", "1", stdin=keys + "\n")
    with open_graph(file, readonly=True) as graph:
        assert [w.verdict for w in graph.judgements()] == verdicts


def test_known_actors_are_learnt_by_build(file: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text("id,name,aliases\nk1,Zora Quillan-Foss,Zora Quillan\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    _, told = dyad(file, "build", str(empty), "--actors", str(known), code=1)
    assert "1 known actor new or changed" in told
    assert "Zora Quillan-Foss" in actors(file)


def test_why_tells_the_chain_that_joins_two_names(file: Path) -> None:
    dyad(file, "merge", "Ilka Brandt", "Zora Quillan")
    answer = json.loads(dyad(file, "why", "Ilka Brandt", "Zorah Quilan", "--json")[0])
    assert [step["rule"] for step in answer["steps"]] == ["a person's word"]
    assert {word["by"] for word in answer["words"]} == {"tester"} and len(answer["words"]) == 2


def test_why_walks_over_spellings(file: Path) -> None:
    with open_graph(file) as graph:
        found = triple("a5", "Zorahh Quillann", "aid", "Ned Foss", "AID", "actual", None, False)
        graph.write(Article("a5", "a5 " * 30), [found], "test")
        graph.refresh()
    answer = json.loads(dyad(file, "why", "Zorahh Quillann", "Zorah Quilan", "--json")[0])
    assert answer["one"] and {step["rule"] for step in answer["steps"]} == {"spellings of one name"}
