"""The questions on the command line: refusals, forms, hostile articles, names completed by Tab."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from commands.drawing import fill_months, lines, wrap
from commands.screen import escaped
from extract.model import Article
from graph.embedded import open_graph
from tests.question_world import fill_world
from tests.small_world import one_name_one_actor, triple

ROOT = Path(__file__).parents[1]
HEAVY = {"networkx", "numpy", "spacy", "neo4j", "rapidfuzz", "rich"}
HOSTILE = "Evil\x1b]0;owned\x07\x1b[2J[red]x[/red] </script>\u202e =1+1"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("asking") / "world.db"
    with open_graph(file) as graph:
        fill_world(graph)
    return file


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which everything an article can say is hostile."""
    file = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with open_graph(file, resolver=one_name_one_actor) as graph:
        for article, status in (("x1", "actual"), ("x2", "negated")):
            made = triple(article, HOSTILE, HOSTILE, "Ada Falk", "ACCUSE", status, "2016-01-01", False)
            told = replace(made, attribution=HOSTILE, publisher=HOSTILE)
            graph.write(Article(article, HOSTILE + article, HOSTILE, "2016-01-01", publisher=HOSTILE), [told])
        graph.write(
            Article("x3", "y"), [triple("x3", "Ada Falk", "r", "Bo Dorn", "ROLE", "actual", None, False)]
        )
        graph.refresh()
    return file


def ask(world: Path, line: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a question."""
    done = CliRunner().invoke(cli.app, [*shlex.split(line), "--graph", str(world)], prog_name="dyad")
    assert "Traceback" not in done.output
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("path Assad Bensouda --within 30d", 2, "--within goes with --ordered"),
        ("path Assad Bensouda --ordered --within soon", 2, "such as 30d or 4w, not 'soon'"),
        ("path Assad Bensouda --since 2016-13", 2, "--since wants YYYY"),
        ("path Assad Bensouda --until yesterday", 2, "--until wants YYYY"),
        ("path Assad Bensouda --code MEET", 2, "--code knows no 'MEET'"),
        ("path Assad Bensouda --quad cooperation", 2, "--quad knows no 'cooperation'"),
        ("path Assad Bensouda --code AID --quad verbal-conflict", 2, "none of AID is verbal-conflict"),
        ("path Assad Bensouda --through SHIP", 2, "--through knows no 'SHIP'"),
        ("path Assad Bensouda --include denied", 2, "--include knows no 'denied'"),
        ("path Assad Bensouda -k 0", 2, "-k"),
        ("path Assad Bensouda --via Nobody", 1, "no actor is called 'Nobody'"),
        ("path Assad Bensouda --avoid Haftar", 1, "no path from 'Assad' to 'Bensouda'"),
        ("path Assad Bensouda --max-hops 2", 1, "in at most 2 hops"),
        ("path Assad Bensouda --min-sources 2", 1, "no path"),
        ("path Assad Assad", 1, "are one actor"),
        ("ties Shoigu Bensouda", 1, "nothing is known between"),
        ("ties Shoigu --contested", 1, "nothing is contested"),
        ("ties Shoigu Shoigu", 1, "are one actor"),
        ("ties Shoigu --status denied", 2, "--status knows no 'denied'"),
        ("search zzz", 1, "no sentence and no actor has 'zzz'"),
        ("search ''", 1, "no sentence"),
        ("top --by fame", 2, "fame"),
        ("top --since 2030", 1, "no edge is left by these filters"),
        ("communities --since 2030", 1, "no communities"),
        ("between Bensouda Haftar", 1, "nobody stands between"),
        ("diff", 2, "name a second graph"),
        ("diff --publisher X", 2, "name a second graph"),
        ("diff --against X", 2, "--against goes with --publisher"),
        ("diff --before x", 2, "wants YYYY"),
    ],
)
def test_refusals_are_one_line(world: Path, line: str, code: int, says: str) -> None:
    got, out, err = ask(world, line)
    assert (got, out) == (code, "")
    assert says in " ".join(err.replace("│", " ").split())


QUESTIONS = (
    "path Assad Bensouda", "path Assad Bensouda --ordered -k 2", "ties Russia", "ties Russia --contested",
    "actor Putin", "search haftar", "top", "top --by pagerank", "communities", "between Bensouda Russia",
    "diff --before 2016",
)  # fmt: skip


@pytest.mark.parametrize("line", QUESTIONS)
def test_every_form_of_every_question(world: Path, line: str) -> None:
    code, table, _ = ask(world, line)
    assert code == 0 and table
    code, text, _ = ask(world, f"{line} --json")
    assert code == 0 and json.loads(text)
    code, text, _ = ask(world, f"{line} --csv")
    titles, *rows = csv.reader(io.StringIO(text))
    assert code == 0 and rows and {len(row) for row in rows} == {len(titles)}


@pytest.mark.parametrize("line", QUESTIONS)
def test_a_question_asked_again_answers_the_same(world: Path, line: str) -> None:
    """Whatever the order in which Python hashes strings."""
    runs = [
        subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *shlex.split(line), "--json", "--graph", str(world)],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1]


@pytest.mark.parametrize("form", ["", "--json", "--csv"])
@pytest.mark.parametrize(
    "line",
    [
        "path 'Bo Dorn' Ada -k 2", "path {} Ada --include negated", "ties Ada", "ties Ada --contested",
        "actor {}", "search evil", "top", "communities", "between 'Bo Dorn' {}", "diff --before 2016-01-02",
    ],
)  # fmt: skip
def test_no_article_drives_the_terminal(hostile: Path, line: str, form: str) -> None:
    with open_graph(hostile, readonly=True) as graph:
        evil = graph.named("evil", 1)[0].id
    code, out, err = ask(hostile, f"{line.format(evil)} {form}")
    assert code == 0
    assert all(c.isprintable() or c in "\n\t" for c in out + err)


@pytest.mark.parametrize("text", [HOSTILE, "a\nb\tc", "\x7f\x85\u2028\ufeff\U000e0001", "Núñez 漢字 😀"])
def test_json_says_the_same_in_harmless_letters(text: str) -> None:
    written = escaped(json.dumps({"text": text}, ensure_ascii=False, indent=2))
    assert json.loads(written) == {"text": text}
    assert all(c.isprintable() or c == "\n" for c in written)


@pytest.mark.parametrize("line", ["path Assad Bensouda -k 3", "ties Russia", "actor Putin", "search haftar"])
def test_what_needs_no_network_loads_none(world: Path, line: str) -> None:
    code = (
        f"import sys; sys.argv = ['dyad', *{shlex.split(line)!r}, '-g', {str(world)!r}]; import cli\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        f"sys.stderr.write(' '.join({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout and done.stderr == ""


@pytest.mark.parametrize(
    ("shell", "words", "offered"),
    [
        ("bash", "dyad path sho", ["shoigu"]),
        ("bash", "dyad path Sergei\\ S", ["Sergei\\ Shoigu"]),
        ("bash", 'dyad path "Sergei S', ["Sergei Shoigu"]),
        ("bash", "dyad path khalifa Vl", ["Vladimir\\ Putin"]),
        ("bash", "dyad path Shoigu Putin --via ha", ["haftar"]),
        ("bash", "dyad ties RU", ["RUssia"]),
        ("bash", "dyad actor zzz", []),
        ("zsh", "dyad actor Sergei", ['"Sergei Shoigu"']),
        ("fish", "dyad actor Sergei", ["Sergei Shoigu"]),
    ],
)
def test_tab_completes_names_from_the_graph(world: Path, shell: str, words: str, offered: list[str]) -> None:
    done = complete(world, shell, words)
    assert done == ("_arguments '*: :((" + offered[0] + "))'" if shell == "zsh" else "\n".join(offered))


def complete(graph: Path | str, shell: str, words: str) -> str:
    """What the shell is offered at the end of the words."""
    more = {
        "_DYAD_COMPLETE": f"complete_{shell}", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1),
        "_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args", "DYAD_GRAPH": str(graph),
    }  # fmt: skip
    if "\\" in words or '"' in words:
        more["COMP_CWORD"] = "2"
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['dyad']; import cli; cli.main()"],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, **more}, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("graph", ["nosuch.db", "bolt://localhost:1", __file__])
def test_tab_is_silent_where_there_is_no_graph(graph: str) -> None:
    assert complete(graph, "bash", "dyad path sho") == ""


@pytest.mark.parametrize(
    ("counts", "filled"),
    [
        ([], []),
        ([("2016-11", 2), ("2017-01", 1)], [("2016-11", 2), ("2016-12", 0), ("2017-01", 1)]),
        ([("2011-01", 2), ("2011-05", 1), ("2013-02", 4)], [("2011", 3), ("2012", 0), ("2013", 4)]),
    ],
)
def test_empty_months_are_shown(counts: list[tuple[str, int]], filled: list[tuple[str, int]]) -> None:
    assert fill_months(counts) == filled


def test_sentences_are_wrapped_on_a_terminal_only() -> None:
    sentence = "word " * 60
    assert lines(sentence, 3) == [sentence]
    assert max(map(len, wrap(sentence, 77))) <= 77 and " ".join(wrap(sentence, 77)) == sentence.strip()
    assert all(len(line) <= 20 for line in wrap("漢字かな" * 30, 40))


@pytest.mark.parametrize("columns", [80, 120])
def test_nothing_is_wider_than_the_terminal(world: Path, columns: int) -> None:
    """On a real terminal, sentences and long paths are broken to fit."""
    line = f"stty cols {columns} rows 50; {sys.executable} {ROOT / 'cli.py'} "
    told = "path Putin Haftar; " + line + "ties Russia; " + line + "diff --before 2016"
    done = subprocess.run(
        ["script", "-qec", f"{line}{told}", os.devnull], capture_output=True, text=True, check=True,
        env={**os.environ, "DYAD_GRAPH": str(world), "NO_COLOR": "1", "COLUMNS": "", "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    shown = done.stdout.replace("\r", "").splitlines()
    assert len(shown) > 40 and max(map(len, shown)) <= columns
