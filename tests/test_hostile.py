"""Input made to crash, stall or fill: file by file in one build, text by text against what grows too fast."""

# ruff: noqa: E501  (tables of files, one a line)

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import pytest

from extract import records
from extract.errors import StoreError
from extract.model import Article
from extract.pipeline import RulesExtractor
from extract.readers import Skip, read_articles
from graph.embedded import open_graph
from graph.store import Filter
from tests.pattern_attacks import patterns, slow
from tests.small_world import fill, one_name_one_actor
from tests.test_extract_readers import BOMB, OUTSIDE, pdf, stream

ROOT = Path(__file__).resolve().parent.parent
GOOD = "Karin Dahl met Omar Sayed in Vienna on Monday, and Norland accused Sarn of lying to its neighbours."
PLANES = "".join(
    chr(plane * 0x10000 + offset) for plane in range(17) for offset in (0x0041, 0x4E00, 0xFFFD, 0xFFFF)
)
SIGNS = "\u202e\u2066\u200f\u0301\u0489\u200d\ufeff\u00ad\x1b[2J\x07\x7f\x85\u2028"
PACKED = zlib.compress(zlib.compress(b" " * 2**28))
# By file name: what is in it, and how the line goes on that names it; None where articles come of it.
FILES: dict[str, tuple[bytes, str | None]] = {
    "bomb.rss": (BOMB.encode(), "declares entities"),
    "outside.rss": (OUTSIDE.encode(), "declares entities"),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + GOOD.encode(), "more than 100,000 HTML tags"),
    "deep-table.html": (b"<html><body>" + b"<table><tr><td>" * 33_000 + GOOD.encode(), "no article"),
    "loop.pdf": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1>>"
        b"endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        "PDF",
    ),
    "prev-loop.pdf": (b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF", "PDF"),
    "unpacks.pdf": (pdf(stream(b" " * 2**28, True)), "PDF"),
    "unpacks-twice.pdf": (
        pdf(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(PACKED), PACKED)),
        "PDF",
    ),
    "nul.csv": (f'id,text\n1,"{GOOD}\0"\n'.encode(), None),
    "cell.csv": (b"id,text\n1," + b"word " * 2_000_000 + b'\n2,"' + GOOD.encode() + b'"\n', "longer than"),
    "quote.csv": (b'id,text\n1,"' + b"word\n" * 2_000_000, "not valid CSV"),
    "deep.json": (b"[" * 10_000 + b"]" * 10_000, "nested too deep"),
    "deep.jsonl": (b'{"text": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "nested too deep"),
    "deep-objects.jsonl": (b'{"text": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}", "nested too deep"),
    "surrogate.jsonl": (b'{"text": "a \\ud800 b"}', "not valid JSON"),
    "news.zip": (b"PK\x03\x04" + bytes(range(256)), "no format that holds articles"),
    "news.txt.zip": (b"PK\x03\x04" + bytes(range(256)), "no format that holds articles"),
    "zip.txt": (b"PK\x03\x04" + bytes(range(256)) * 9, "binary data"),
    "news.docx": (b"PK\x03\x04word/document.xml", "no format that holds articles"),
    "%2f..%2fetc%2fpasswd.txt": (b"", "empty"),
    "line\nbreak.txt": (b"", "empty"),
    "$(reboot);`reboot`.txt": (b"", "empty"),
    "\u202etxt.exe": (b"MZ", "no format that holds articles"),
    "no-blank.txt": (b"x" * 1_000_000, "longer than 300,000"),
    "no-blank-short.txt": (b"x" * 20_000, "without a blank"),
    "sentence.txt": (b"Norland and Sarn and " * 50_000, "longer than 300,000"),
    "control.txt": (bytes(range(1, 9)) * 99, "binary data"),
    "half-surrogate.txt": (GOOD.encode() + b"\xed\xa0\x80", None),
    "long-sentence.txt": (("Norland met Sarn and the two of them said that " * 800).encode(), None),
    "quotes.txt": (f"{GOOD} {'“' * 9_000} {')' * 9_000} {'US$' * 3_000}".encode(), None),
    "planes.txt": (f"{GOOD} {PLANES} {GOOD}".encode("utf-8", "ignore"), None),
    "signs.txt": (f"{GOOD} {SIGNS} {' '.join(GOOD)}{SIGNS}".encode(), None),
    "zalgo.txt": (GOOD.replace("a", "a" + "\u0301" * 300).encode(), None),
    "calendar.jsonl": (json.dumps({"text": GOOD, "published": "9999-12-31"}).encode(), None),
    "numbers.txt": (f"{GOOD} Norland met Sarn {'1' * 5000} days ago, and 99999999999 years later.".encode(), None),
}  # fmt: skip
MEMORY = 2_500_000  # kB: the model and its batches; a foreign parser may take 3 GB of its own address space


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of it, links in a circle and a FIFO, between two good articles."""
    folder = tmp_path_factory.mktemp("hostile") / "news"
    folder.mkdir()
    for name, (data, _) in FILES.items():
        (folder / name).write_bytes(data)
    (folder / "a-good.txt").write_text(GOOD)
    (folder / "z-good.txt").write_text(GOOD.replace("Karin Dahl", "Petra Holm"))
    (folder / "circle").symlink_to(folder)
    (folder / "device").symlink_to("/dev/zero")
    os.mkfifo(folder / "fifo")
    return folder


@lru_cache(maxsize=1)
def build(news: Path) -> tuple[int, list[str], int]:
    """Exit code, lines on standard error, and the most memory of any process, of a build of that folder."""
    command = [sys.executable, "-m", "cli", "build", str(news), "--graph", str(news.parent / "graph.db")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    return done.returncode, done.stderr.splitlines(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.mark.model
def test_a_build_of_hostile_files_goes_on_to_its_end(news: Path) -> None:
    code, lines, memory = build(news)
    assert code == 0 and not any("Traceback" in line or "fault" in line for line in lines), lines
    assert memory < MEMORY
    with open_graph(news.parent / "graph.db", readonly=True) as graph:
        names = {actor.name for actor in graph.actors()}
        assert {"Karin Dahl", "Petra Holm", "Omar Sayed"} <= names
        for article in graph.articles():
            for triple in graph.triples(article.id):
                assert article.text[triple.start : triple.end] == triple.sentence


@pytest.mark.model
@pytest.mark.parametrize("name", FILES)
def test_each_hostile_file_is_read_or_named_in_one_line(news: Path, name: str) -> None:
    _, lines, _ = build(news)
    told = [line for line in lines if f"{shown(name)}:" in line and line.startswith("skipped ")]
    _, reason = FILES[name]
    if reason is None:
        assert told == []
    else:
        assert len(told) == 1 and reason in told[0]


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "reason"), [("circle", "read already"), ("device", "a device"), ("fifo", "a fifo")]
)
def test_links_and_special_files_are_named(news: Path, name: str, reason: str) -> None:
    _, lines, _ = build(news)
    assert any(f"/{name}: " in line and reason in line for line in lines)


def shown(name: str) -> str:
    """How a file name is printed."""
    return "/" + name.replace("\n", "\\n").replace("\u202e", "\\u202e")


def test_no_pattern_stalls() -> None:
    """Against texts made of what each pattern repeats; seconds are the processor's, however busy the machine."""
    assert len(patterns()) > 100
    assert [found[:2] for found in slow(length=20_000, seconds=2.0)] == []


GROWING: dict[str, Callable[[int], str]] = {
    "clauses": lambda n: "Greece attacked Turkey" + " and Turkey attacked Greece" * n + ".",
    "reports": lambda n: "Greece said" + " that Turkey said" * n + " that Cyprus met Malta.",
    "appositions": lambda n: "Karl Brandt" + ", the minister of Greece" * n + ", met Anna Lind.",
    "a list": lambda n: "Greece, " * n + "which is the end of it.",
    "owners": lambda n: "Greece's ally's " * n + "minister met Turkey.",
    "relative clauses": lambda n: "Greece" + ", which met Turkey" * n + ", attacked Cyprus.",
    "quotes": lambda n: 'Greece said "' * n + "he met Turkey" + '"' * n + ".",
    "brackets": lambda n: "(Greece " * n + "met Turkey" + ")" * n + ".",
    "pronouns": lambda n: "Karl Brandt met Anna Lind. " + "He said that she told him that they met. " * n,
    "dates": lambda n: "Greece met Turkey on June 9, 2016. " * n,
    "words without a blank": lambda n: "Greece met Turkey. " + ('"' * 4000 + " ") * (n // 200 + 1),
}


@pytest.mark.model
@pytest.mark.parametrize("name", GROWING)
def test_extraction_grows_in_line_with_the_text(name: str) -> None:
    """Eight times the text takes eight times the processor's time, far from the 64 times of a square."""
    one = len(GROWING[name](401)) / 401
    short, long = (Article("a", GROWING[name](int(size / one))) for size in (5_000, 40_000))
    spent(short)
    assert any(spent(long) < 20 * spent(short) for _ in range(3))


@lru_cache(maxsize=1)
def extractor() -> RulesExtractor:
    return RulesExtractor()


def spent(article: Article) -> float:
    """Processor seconds that the article takes."""
    begun = time.process_time()
    list(extractor().extract(iter([article])))
    return time.process_time() - begun


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sound graph file."""
    path = tmp_path_factory.mktemp("graph") / "g.db"
    with open_graph(path, resolver=one_name_one_actor) as graph:
        fill(graph, ["a1", "a2", "a3"])
        graph.refresh()
    return path.read_bytes()


def test_damaged_words_that_sqlite_quotes_are_told_in_one_line(graph_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    path.write_bytes(graph_file.replace(b"CREATE TABLE articles", b"CREATE TABL\xa2 articles"))
    with pytest.raises(StoreError, match="can't be used"):
        open_graph(path)


def test_a_name_of_two_lines_that_sqlite_quotes_is_told_in_one(graph_file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "g.db"
    path.write_bytes(graph_file.replace(b"tablearticles", b"tableart\ncles"))
    with pytest.raises(StoreError) as caught:
        ask_everything(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("table", ["articles", "triples", "judgements", "names", "edges", "edges_source"])
def test_damage_inside_a_graph_file_is_told_in_one_line(
    graph_file: bytes, tmp_path: Path, table: str
) -> None:
    path = tmp_path / "g.db"
    path.write_bytes(graph_file)
    import sqlite3

    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    start = (page - 1) * size
    path.write_bytes(graph_file[:start] + b"\xa2" * 64 + graph_file[start + 64 :])
    with pytest.raises(StoreError, match="malformed"):
        ask_everything(path)


def ask_everything(path: Path) -> None:
    """Read all that a graph file holds, and questions of each kind."""
    with open_graph(path, readonly=True) as graph:
        list(graph.articles())
        list(graph.triples())
        list(graph.edges(None, None, Filter()))
        graph.judgements()
        graph.find("Shoigu")
        ids = [actor.id for actor in graph.actors()]
        for other in ids:
            graph.neighbours(other, Filter())
            graph.shortest_path(ids[0], other, Filter())


def test_a_parquet_file_is_refused_in_one_line(tmp_path: Path) -> None:
    from pyarrow import Table, parquet

    parquet.write_table(Table.from_pydict({"a\nb": ["x"]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-20] + b"\0" * 12 + b"PAR1")
    for found in read_articles([str(tmp_path)]):
        assert isinstance(found, Skip) and "\n" not in found.reason


def test_a_huge_cell_costs_only_its_row() -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["id", "text"], ["1", "word " * 2_000_000], ["2", GOOD]])
    found = list(records.read_csv("a.csv", io.BufferedReader(io.BytesIO(text.getvalue().encode()))))  # type: ignore[arg-type]
    assert [type(one) for one in found] == [Skip, Article]
