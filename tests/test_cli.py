"""The command line as a user meets it: exit codes, which stream says what, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from graph.embedded import open_graph
from tests.small_world import fill, one_name_one_actor

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
HEAVY = ("spacy", "neo4j", "networkx", "rich", "trafilatura", "pyarrow", "distributed")


def dyad(*args: str | Path, stdin: bytes | None = None) -> Result:
    """The command line in this process."""
    result = CliRunner().invoke(cli.app, [str(a) for a in args], input=stdin, prog_name="dyad")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def process(*args: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, args)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **more}, timeout=120, check=False
    )


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DYAD_GRAPH", raising=False)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world as a graph file."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    with open_graph(file, resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        graph.refresh()
    return file


# What each command answers


@pytest.mark.parametrize(
    ("line", "code", "out", "err"),
    [
        ("path Shoigu Hamo", 0, "Sergei Shoigu — meet with — Bashar Assad — accuse → Ismail Hamo", ""),
        ("path Hamo Shoigu", 0, "Ismail Hamo ← accuse — Bashar Assad — meet with — Sergei Shoigu", ""),
        ("path shoigu 'ISMAIL hamo'", 0, "“Bashar Assad accuse Ismail Hamo.”", ""),
        ("path Shoygu Hamo", 1, "", "no actor is called 'Shoygu'; did you mean Sergei Shoigu?"),
        ("path Nunez Putin", 1, "", "no path from 'Nunez' to 'Putin'"),
        ("path Putin Shoigu", 1, "", "no path"),
        ("path Shoigu Sergei", 1, "", "are one actor, Sergei Shoigu"),
        ("path Shoigu", 2, "", "Missing argument 'B'"),
        ("ties Assad Hamo", 0, "2016-07-01", ""),
        ("ties Loner Shoigu", 1, "", "nothing is known"),
        ("actor Shoigu", 0, "defense minister of Russia", ""),
        ("actor Nobody", 1, "", "no actor is called 'Nobody'"),
        ("top --limit 2", 0, "Bashar Assad", ""),
        ("top --limit 0", 2, "", "--limit"),
        ("articles", 0, "a1", ""),
        ("show a1", 0, "Sergei Shoigu — meet with — Bashar Assad  CONSULT, actual, 2016-06-18", ""),
        ("show a", 1, "", "3 articles' ids begin with 'a'"),
        ("show zz", 1, "", "no article is called 'zz'"),
        ("export", 2, "", "Missing argument"),
        ("export x.docx", 5, "", "can't tell the format"),
        ("export no/such/folder.graphml", 5, "", "No such file or directory"),
        ("build", 2, "", "Missing argument 'PATHS'"),
        ("build nosuch.txt", 5, "", "nosuch.txt: no such file or folder"),
        ("extract nosuch.txt", 5, "", "nosuch.txt: no such file or folder"),
        ("build . --extractor magic", 2, "", "'magic' is not one of"),
        ("score", 2, "", "gold"),
        ("score nosuch.jsonl", 5, "", "nosuch.jsonl"),
        ("pth A B", 2, "", "Did you mean"),
        ("", 2, "", "Usage"),
        ("--help", 0, "Read articles into the graph", ""),
    ],
)
def test_answers(
    world: Path, monkeypatch: pytest.MonkeyPatch, line: str, code: int, out: str, err: str
) -> None:
    import shlex

    monkeypatch.setenv("DYAD_GRAPH", str(world))
    result = dyad(*shlex.split(line))
    assert (result.exit_code, result.exception is None) == (code, code == 0)
    assert out in result.stdout and err in result.output
    assert bool(result.stdout) == (code == 0)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        (["path", "Shoigu", "Hamo"], {"from", "to", "paths"}),
        (["ties", "Assad"], {"actor", "timeline", "by_code", "by_month"}),
        (["actor", "Assad"], {"id", "name", "type", "aliases", "roles", "ties", "articles"}),
        (["show", "a1"], {"id", "title", "text", "triples"}),
    ],
)
def test_json(world: Path, line: list[str], keys: set[str]) -> None:
    result = dyad(*line, "--json", "--graph", world)
    assert keys <= set(json.loads(result.stdout)) and not result.stderr


def test_articles_as_json(world: Path) -> None:
    rows = json.loads(dyad("articles", "--json", "--graph", world).stdout)
    assert [set(row) for row in rows] == [{"id", "title", "published", "publisher", "triples"}] * 3
    assert [(row["id"], row["triples"]) for row in rows] == [("a1", 3), ("a2", 2), ("a3", 2)]


def test_top_as_json(world: Path) -> None:
    rows = json.loads(dyad("top", "--json", "--graph", world).stdout)
    assert rows[0]["name"] == "Bashar Assad" and rows[0]["score"] >= rows[1]["score"]


# Starting and stopping


@pytest.mark.parametrize("line", [["--help"], ["path", "Shoigu", "Hamo"], ["ties", "Assad"], ["articles"]])
def test_quick_commands_load_nothing_heavy(world: Path, line: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['dyad', *{line!r}]; import cli\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        f"sys.stderr.write(' '.join(m for m in {HEAVY} if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True,
        env={**os.environ, "DYAD_GRAPH": str(world)},
    )  # fmt: skip
    assert done.stdout and done.stderr == ""


def test_the_script_and_the_module_are_one(world: Path) -> None:
    script = Path(sys.executable).with_name("dyad")
    done = subprocess.run([script, "top", "-g", world], capture_output=True, text=True, check=True)
    assert done.stdout == process("top", "-g", world).stdout != ""


def test_a_reader_that_goes_away_is_no_error(world: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "articles", "-g", str(world)],
        stdout=write, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "build", "-", "-g", str(tmp_path / "g.db")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        wait_for(lambda: (tmp_path / "g.db").exists())
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err.count("\n")) == (130, "", 1)
    assert err.startswith("dyad: stopped; 0 articles stored whole")


def test_a_fault_is_one_line_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("odd\nthing")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == cli.FAULT
    err = capsys.readouterr().err
    assert err == "dyad: a fault in dyad: RuntimeError: odd thing; DYAD_DEBUG=1 shows where\n"


# Graph files


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE sheep (name TEXT)")


def newer(file: Path) -> None:
    with open_graph(file) as graph:
        graph.connection.execute("PRAGMA user_version = 999")


def garbage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)


@pytest.mark.parametrize(
    ("make", "says"), [(foreign, "not a dyad graph"), (newer, "newer dyad"), (garbage, "can't be used")]
)
@pytest.mark.parametrize("line", [["top"], ["build", str(SEEDS / "2017-libya.csv")]])
def test_a_file_that_is_no_graph_of_ours_is_refused(
    tmp_path: Path, make: object, says: str, line: list[str]
) -> None:
    file = tmp_path / "g.db"
    make(file)  # type: ignore[operator]
    before = file.read_bytes()
    result = dyad(*line, "-g", file)
    assert result.exit_code == 5 and says in result.stderr and file.read_bytes() == before


def test_a_damaged_graph_is_one_line(world: Path, tmp_path: Path) -> None:
    data = bytearray(world.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 8] = b"damaged!"
    (tmp_path / "g.db").write_bytes(data)
    for line in (["top"], ["articles"], ["path", "Shoigu", "Hamo"]):
        result = dyad(*line, "-g", tmp_path / "g.db")
        assert result.exit_code == 5 and result.stderr.count("\n") == 1 and "g.db" in result.stderr


def test_no_graph_yet(tmp_path: Path) -> None:
    result = dyad("top")
    assert result.exit_code == 5 and "dyad.db: no such graph file; make one with dyad build" in result.stderr
    assert not (tmp_path / "dyad.db").exists()


def test_a_graph_in_memory_leaves_no_file(tmp_path: Path) -> None:
    result = dyad("build", SEEDS / "2017-libya.csv", "--graph", ":memory:")
    assert result.exit_code == 0 and ":memory: holds" in result.stderr
    assert list(tmp_path.iterdir()) == []


# Building


def test_a_terminal_sees_a_bar_and_a_pipe_does_not(tmp_path: Path) -> None:
    import pty

    main, side = pty.openpty()
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "build",
        str(SEEDS / "2017-libya.csv"),
        "-g",
        str(tmp_path / "g.db"),
    ]
    with subprocess.Popen(command, stderr=side, env={**os.environ, "TERM": "xterm"}) as running:
        os.close(side)
        seen = b""
        while part := read_end(main):
            seen += part
    os.close(main)
    assert running.returncode == 0 and "━".encode() in seen and b"left" in seen
    assert b"read 3 articles" in seen and seen.rstrip().endswith(b"edges")
    assert process("build", SEEDS / "2017-libya.csv", "-g", tmp_path / "g.db").stderr.count("\n") == 2


def read_end(terminal: int) -> bytes:
    """What comes next, nothing at the end."""
    try:
        return os.read(terminal, 10_000)
    except OSError:
        return b""


def export(graph: Path) -> bytes:
    """The graph's canonical form."""
    file = graph.with_suffix(".jsonl")
    assert dyad("export", file, "-g", graph).exit_code == 0
    return file.read_bytes()


def test_seeds_hold_all_their_articles(seeds: Path) -> None:
    rows = json.loads(dyad("articles", "--json", "-g", seeds).stdout)
    assert len(rows) == 22 and all(row["triples"] for row in rows)


@pytest.mark.parametrize(("a", "b"), [("Shoigu", "Hamo"), ("Haftar", "Putin"), ("Bensouda", "Assad")])
def test_paths_in_the_seeds_come_with_evidence(seeds: Path, a: str, b: str) -> None:
    found = json.loads(dyad("path", a, b, "--json", "-g", seeds).stdout)
    hops = found["paths"][0]["hops"]
    assert all(hop["evidence"]["sentence"] for hop in hops) and hops


def test_building_twice_changes_nothing_and_reads_nothing(seeds: Path) -> None:
    before = export(seeds)
    result = dyad("build", SEEDS, "-g", seeds)
    assert result.exit_code == 0 and "read 0 articles, 22 known already" in result.stderr
    assert export(seeds) == before


def test_order_of_the_articles_does_not_matter(seeds: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.db"
    files = sorted((f for f in SEEDS.iterdir() if f.name[0].isdigit() or f.suffix == ".rss"), reverse=True)
    for part in (files[:4], files[4:]):
        assert dyad("build", *part, "-g", graph).exit_code == 0
    assert without_origin(export(graph)) == without_origin(export(seeds))


def without_origin(lines: bytes) -> list[dict[str, object]]:
    return [{k: v for k, v in json.loads(line).items() if k != "origin"} for line in lines.splitlines()]


@pytest.mark.parametrize("stored", [1, 9, 21])
def test_a_killed_build_run_again_gives_the_same_graph(seeds: Path, tmp_path: Path, stored: int) -> None:
    graph = tmp_path / "g.db"
    command = [sys.executable, str(ROOT / "cli.py"), "build", str(SEEDS), "-g", str(graph)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        wait_for(lambda: articles_in(graph) >= stored or running.poll() is not None)
        running.kill()
    assert dyad("build", SEEDS, "-g", graph).exit_code == 0
    assert export(graph) == export(seeds)


def articles_in(graph: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{graph}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def wait_for(ready: object) -> None:
    """Wait until it is so, or fail after a minute."""
    end = time.monotonic() + 60
    while not ready():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.005)


def test_extract_prints_triples_one_a_line(tmp_path: Path) -> None:
    result = dyad("extract", SEEDS / "2017-libya.csv")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows and list(rows[0]) == KEYS
    assert "read" in result.stderr


KEYS = [
    "article", "sentence", "start", "end", "source", "source_type", "source_mention", "source_start",
    "source_end", "relation", "relation_text", "target", "target_type", "target_mention", "target_start",
    "target_end", "symmetric", "group", "code", "mode", "status", "attribution", "confidence", "published",
    "publisher", "date", "date_end", "date_precision", "location", "extractor",
]  # fmt: skip


# Bad input

GOOD = "Sergei Shoigu met Bashar Assad in Damascus on Tuesday. The ministers discussed the war in Syria.\n"


GERMAN = """Der russische Verteidigungsminister traf am Dienstag in Damaskus den syrischen Präsidenten.
Beide sprachen über den Krieg und über die Lage der Menschen in der belagerten Stadt.
Der Minister erklärte, die Regierung werde ihre Verbündeten auch im nächsten Jahr unterstützen.
"""


def loop(folder: Path) -> None:
    (folder / "round").mkdir()
    (folder / "round" / "again").symlink_to(folder / "round")


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "broken.txt": b"The minister met \xff\xfe\xfa\x81\x00 the other \xc3\x28 minister." * 3,
    "huge.txt": b"The minister met the president of the country. " * (50 * 2**20 // 47),
    "line.jsonl": b'{"text": "Sergei Lavrov met John Kerry in Geneva on Friday to talk."}\n{"text": "bro\n',
    "columns.csv": b"name,age\nAnna,3\n",
    "unreadable.pdf": b"%PDF-1.4\nnot a pdf at all\n",
    "german.txt": GERMAN.encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_skipped(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(BAD[name])
    (folder / "good.txt").write_text(GOOD)
    result = dyad("build", folder, "-g", "g.db")
    assert result.exit_code == 0 and f"skipped {folder / name}" in result.stderr
    assert "1 skipped" in result.stderr and "Traceback" not in result.stderr
    assert dyad("path", "Shoigu", "Assad", "-g", "g.db").exit_code == 0


@pytest.mark.parametrize("name", BAD)
def test_strict_stops_and_keeps_what_is_stored(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    assert dyad("build", "good.txt", "-g", "g.db").exit_code == 0
    (tmp_path / name).write_bytes(BAD[name])
    result = dyad("build", name, "--strict", "-g", "g.db")
    assert result.exit_code == 5 and result.stderr.startswith(f"dyad: {name}")
    assert result.stderr.count("\n") == 1
    assert articles_in(tmp_path / "g.db") >= 1
    assert dyad("path", "Shoigu", "Assad", "-g", "g.db").exit_code == 0


def test_a_broken_line_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "line.jsonl").write_bytes(BAD["line.jsonl"])
    assert "skipped line.jsonl:2: " in dyad("build", "line.jsonl").stderr


def test_a_folder_loop_ends(tmp_path: Path) -> None:
    loop(tmp_path)
    (tmp_path / "round" / "good.txt").write_text(GOOD)
    assert "read 1 article" in dyad("build", "round").stderr


def test_two_articles_of_one_id_are_not_taken_for_one(tmp_path: Path) -> None:
    told = "id,text\n1,{} met Petru Vasil in Ebbe on Monday.\n"
    (tmp_path / "a.csv").write_text(told.format("Karl Brandt"))
    (tmp_path / "b.csv").write_text(told.format("Maria Lopez"))
    for _ in range(2):
        result = dyad("build", "a.csv", "b.csv")
        assert result.exit_code == 0
        assert "skipped b.csv:2: its id is another article's (1); give each its own" in result.stderr
    assert "Karl Brandt" in dyad("show", "1").stdout


def test_files_that_number_their_rows_alike_do_not_push_each_other_out(tmp_path: Path) -> None:
    told = "id,text\n1,{}\n"
    (tmp_path / "monday.csv").write_text(told.format("Karl Brandt met Petru Vasil in Ebbe on Monday."))
    (tmp_path / "tuesday.csv").write_text(told.format("Police in Lund arrested Maria Lopez after a raid."))
    dyad("build", "monday.csv")
    result = dyad("build", "tuesday.csv")
    assert "skipped tuesday.csv:2: its id is another article's (1, of monday.csv:2)" in result.stderr
    assert "Karl Brandt" in dyad("show", "1").stdout
    (tmp_path / "monday.csv").write_text(told.format("Police in Lund arrested Maria Lopez after a raid."))
    dyad("build", "monday.csv")
    assert "Maria Lopez" in dyad("show", "1").stdout


def test_an_article_without_actors_is_named_and_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text(
        "It rained all day in the hills. The river rose and the road was wet. " * 3
    )
    first = dyad("build", "quiet.txt")
    assert first.exit_code == 0 and "no triple in quiet.txt" in first.stderr
    assert "1 known already" in dyad("build", "quiet.txt").stderr


def test_an_empty_folder_is_nothing_found(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert dyad("build", "none").exit_code == 1


def test_articles_from_standard_input(tmp_path: Path) -> None:
    result = dyad("extract", "-", stdin=GOOD.encode())
    assert result.exit_code == 0 and "Sergei Shoigu" in result.stdout


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    result = dyad("extract", "good.txt", "--model", "no_such_model")
    assert result.exit_code == 2 and "no_such_model" in result.stderr and "install" in result.stderr


HOSTILE = (
    "Sergei\x1b[31m Shoigu\x07 met Bashar Assad in Damascus. [bold]Shoigu[/bold] praised Assad \u202eagain."
)


def test_an_article_can_t_drive_the_terminal(tmp_path: Path) -> None:
    row = {
        "id": "evil\x1b[2J",
        "title": "\x1b]0;owned\x07",
        "text": HOSTILE + " The war went on in Syria.",
        "publisher": "=1+1",
    }
    (tmp_path / "evil.jsonl").write_text(json.dumps(row))
    assert dyad("build", "evil.jsonl").exit_code == 0
    lines = [["articles"], ["show", "evil"], ["top"], ["ties", "Assad"]]
    for result in map(lambda line: dyad(*line), lines):
        assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


@pytest.fixture(params=["", "1"])
def no_color(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def test_colour_is_for_terminals_only(world: Path, no_color: str) -> None:
    import pty

    main, side = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
    if no_color:
        environment["NO_COLOR"] = no_color
    command = [sys.executable, str(ROOT / "cli.py"), "show", "a1", "-g", str(world)]
    subprocess.run(command, stdout=side, env=environment, check=True)
    os.close(side)
    shown = os.read(main, 100_000)
    os.close(main)
    assert (b"\x1b[" in shown) == (not no_color)
    assert b"\x1b" not in process("show", "a1", "-g", world).stdout.encode()
