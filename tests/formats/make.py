"""Makes the fixture of a format with the code of that format: articles of a graph of seeds/, and words.

    PYTHONPATH=CHECKOUT python tests/formats/make.py SEEDS_GRAPH tests/formats/format-N.gz

CHECKOUT is the working tree whose graph/ writes the file; SEEDS_GRAPH any graph of seeds/, read as plain SQL.
"""

from __future__ import annotations

import gzip
import importlib.util
import sqlite3
import sys
import tempfile
from pathlib import Path

import msgspec

from extract.model import Article, Triple
from graph.embedded import EmbeddedGraph, open_graph
from graph.model import Judgement

REFRESHED = ("16b5bf8b33451a94", "80a1d0925b9a6e2b", "2c9a1185b06a7740")
LATER = ("f61217944240aa8e",)  # written, but its actors are still to be computed
DAY = "2026-11-25"
WORDS = (
    Judgement("Sergei Shoigu [PERSON]", "Russian Defense Ministry [ORG]", "different", "anna", DAY),
    Judgement("Sipan Hamo [PERSON]", "People's Protection Units [GROUP]", "unsure", "anna", DAY),
    Judgement("Russia [STATE]", "Russian Defense Ministry [ORG]", "same", "boris", DAY),
)


def copy(source: sqlite3.Connection, graph: EmbeddedGraph, key: str) -> list[Triple]:
    """Write one article of the source with its triples."""
    sql = "SELECT id, text, title, published, url, publisher, metadata, origin, extractor FROM articles"
    row = source.execute(f"{sql} WHERE id = ?", (key,)).fetchone()
    id_, text, title, published, url, publisher, metadata, origin, extractor = row
    bodies = source.execute("SELECT body FROM triples WHERE article = ? ORDER BY id", (key,)).fetchall()
    triples = [msgspec.json.decode(body, type=Triple) for (body,) in bodies]
    facts = msgspec.json.decode(metadata)
    graph.write(Article(id_, text, title, published, url, publisher, facts, origin), triples, extractor)
    return triples


def decide(graph: EmbeddedGraph, triple: Triple) -> None:
    """A rejected triple and two known actors, where the code of then has such."""
    from graph import deciding
    from graph.known import Known, KnownRole

    deciding.reject(graph, triple, deciding.Author("anna", DAY))
    office = KnownRole("defence minister of Russia", "2012-11-06", "2024-05-12")
    known = [Known("k1", "Sergei Shoigu", aliases=("Sergey Kuzhugetovich Shoigu",), roles=(office,)),
             Known("k2", "Ilham Tohti", wikidata="Q1658830")]  # fmt: skip
    deciding.learn(graph, known)


def make(seeds: Path, out: Path) -> None:
    """Write the fixture."""
    source = sqlite3.connect(seeds)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.db"
        with open_graph(file) as graph:
            triples = [triple for key in REFRESHED for triple in copy(source, graph, key)]
            for word in WORDS:
                graph.add_judgement(word)
            if importlib.util.find_spec("graph.deciding"):
                decide(graph, triples[0])
            graph.refresh()
            for key in LATER:
                copy(source, graph, key)
        out.write_bytes(gzip.compress(file.read_bytes(), mtime=0))


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
