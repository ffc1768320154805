"""Names and sentences that carry code: data in every command and every export, and nothing runs."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from extract.model import Article
from graph.embedded import open_graph
from tests.small_world import one_name_one_actor, triple

EVIL = {
    "cypher": "Evil '}) MATCH (n) DETACH DELETE n //`",
    "sql": "Evil'); DROP TABLE articles; --",
    "html": "Evil </script><script>document.title='owned'</script><img src=x onerror=alert(1)>",
    "xml": "Evil ]]><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;<node id='0'/>",
    "formula": "=cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "terminal": "Evil \x1b]0;owned\x07\x1b[2J\x9b31m\x08\x7f\r",
    "format": "Evil %s%n%(x)s{0.__class__}{x!r:>10}${HOME}$(touch owned)`touch owned`",
    "markup": "Evil [bold red]x[/bold red] :skull: [link=http://evil.example]y[/link] [/]",
    "path": "../../../owned",
    "bidi": "Evil \u202egnorw\u2066 \u200b\ufeff",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph in which each article tells everything in one hostile text."""
    file = tmp_path_factory.mktemp("evil") / "evil.db"
    with open_graph(file, resolver=one_name_one_actor) as graph:
        for evil in EVIL.values():
            facts = [
                triple(evil, evil, evil, "Ada Falk", "ACCUSE", "actual", "2016-01-01", False),
                triple(evil, "Bo Dorn", "meet", evil, "CONSULT", "negated", None, True),
            ]
            told = [replace(t, attribution=evil, publisher=evil, location=evil) for t in facts]
            graph.write(
                Article(evil, evil + " tells.", evil, "2016-01-01", evil, evil, {evil: evil}, evil), told, "t"
            )
        graph.refresh()
    return file


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def dyad(world: Path, *line: str, stdin: str = "") -> tuple[int, str, str]:
    """A command in this process: exit code and what it prints, which must drive no terminal."""
    result = CliRunner().invoke(cli.app, [*line, "--graph", str(world)], input=stdin, prog_name="dyad")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not SHOWN.search(result.stdout + result.stderr), (line, SHOWN.search(result.output))
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr


# {} is the hostile name; each line ends with one of the exit codes.
COMMANDS: list[tuple[list[str], set[int]]] = [
    (["articles"], {0}),
    (["show", "{}"], {0}),
    (["path", "{}", "Ada Falk"], {0}),
    (["ties", "{}"], {0}),
    (["ties", "{}", "Bo Dorn"], {0}),
    (["ties", "Ada Falk", "--publisher", "{}"], {0, 1, 2}),
    (["actor", "{}"], {0}),
    (["search", "{}"], {0, 1}),
    (["top"], {0}),
    (["communities"], {0}),
    (["between", "{}", "Ada Falk"], {0, 1}),
    (["diff", "--before", "2016-01-02"], {0, 1}),
    (["why", "{}", "Ada Falk"], {0, 1}),
    (["reject"], {0}),
]
REFUSALS: list[list[str]] = [
    ["show", "no {}"],
    ["actor", "no {}"],
    ["path", "no {}", "Ada Falk"],
    ["merge", "no {}", "Ada Falk"],
    ["split", "Ada Falk", "no {}"],
    ["why", "no {}", "Ada Falk"],
    ["forget", "no {}"],
    ["reject", "no {}"],
    ["build", "no {}"],
    ["build", "no", "--actors", "no {}"],
    ["identities", "import", "no {}"],
    ["export", "no {}.doc"],
    ["export", "x.jsonl", "--actor", "no {}"],
]


def fill(words: list[str], evil: str) -> list[str]:
    """The words with the name put in."""
    return [word.replace("{}", evil) for word in words]


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize(("words", "codes"), COMMANDS, ids=lambda part: str(part)[:40])
def test_every_command_shows_it_as_data(world: Path, words: list[str], codes: set[int], evil: str) -> None:
    line = fill(words, evil)
    guarded = [line[0], "--", *line[1:]] if evil.startswith("-") else line
    code, out, _ = dyad(world, *guarded)
    assert code in codes and (out or code)
    code, out, _ = dyad(world, *line, "--json")
    if code == 0 and words[-1] == "{}" and words[0] in ("show", "ties", "actor"):
        assert evil in strings(json.loads(out))


def strings(value: object) -> set[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(strings, parts))


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
@pytest.mark.parametrize("words", REFUSALS, ids=" ".join)
def test_every_refusal_is_printable(world: Path, words: list[str], evil: str) -> None:
    code, out, err = dyad(world, *fill(words, evil))
    assert code in {1, 2, 5} and not out and err
    assert code == 2 or err.count("\n") == 1


@pytest.mark.parametrize(
    "line", ["path Ada~Bo", "ties Ada", "actor Ada", "search evil", "top", "communities"]
)
def test_no_cell_is_a_formula(world: Path, line: str) -> None:
    words = [word.replace("~", " ") for word in line.split()]
    words = ["path", "Ada Falk", "Bo Dorn", "--include", "negated"] if line.startswith("path") else words
    code, out, _ = dyad(world, *words, "--csv")
    assert code == 0
    rows = list(csv.reader(io.StringIO(out)))
    assert rows and not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


def test_review_asks_in_harmless_letters(world: Path) -> None:
    code, _, err = dyad(world, "review", "--limit", "3", stdin="u\nq\n")
    assert code == 0 and err


ENDINGS = ("graphml", "gexf", "csv", "ftm.json", "jsonl", "neo4j")


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_export_holds_it_as_data(world: Path, tmp_path: Path, ending: str) -> None:
    assert dyad(world, "export", f"x.{ending}")[0] == 0
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert written and all(file.relative_to(tmp_path).parts[0].startswith("x") for file in written)
    for file in written:
        text = file.read_text("utf-8-sig")
        if ending in ("graphml", "gexf"):
            assert not list(ET.fromstring(text).iter("script")) and "<!ENTITY" not in text
        elif ending == "csv":
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert not [cell for cell in cells if cell.startswith(FORMULA)]
        elif ending in ("ftm.json", "jsonl"):
            found = set().union(*(strings(json.loads(line)) for line in text.splitlines()))
            if ending == "jsonl":
                assert found >= set(EVIL.values())


def test_the_page_holds_it_as_data(world: Path, tmp_path: Path) -> None:
    if not (Path(cli.__file__).parent / "graph/exports/data/explorer.html").exists():
        pytest.skip("the page is not built (make explorer); tests/test_explorer.py opens it in a browser")
    assert dyad(world, "export", "x.html")[0] == 0
    text = (tmp_path / "x.html").read_text("utf-8")
    assert "Content-Security-Policy" in text and "default-src 'none'" in text
    assert "owned'</script>" not in text and "<img src=x" not in text


def test_the_store_is_whole_and_nothing_ran(world: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(world)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (len(EVIL),)
    assert not list(places_touched(tmp_path))


def places_touched(folder: Path) -> Iterator[Path]:
    """Files that a name would have made, had it been run or taken for a path."""
    for above in (folder, *folder.parents):
        yield from (above / name for name in ("owned", "owned'") if (above / name).exists())
