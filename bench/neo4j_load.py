"""How fast `dyad load` fills Neo4j, against three other ways to write the same, on one server in one run.

    python bench/neo4j_load.py [STATEMENTS]      200,000 when not told; starts its own server (servers/)

bare      UNWIND/MERGE batches of the same rows, prepared beforehand, with the driver and nothing else
single    one statement per row, as one transaction each (on a part of the rows, by rate)
graphrag  neo4j-graphrag's Neo4jWriter on the same nodes and relationships (on a part; pip install
          neo4j-graphrag; it needs APOC, which is copied into the server's plugins)
"""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import neo4j

from bench.frame import FULL, Row, Size, compare, skip
from bench.table import show_row
from extract.model import Article, Code, Triple
from graph.embedded import EmbeddedGraph, open_graph
from graph.model import Actor, Appearance, Judgement
from graph.neo4j_link import Link, connect
from graph.neo4j_load import ACTORS, ARTICLES, BATCH, CLAIMS, STATEMENTS, TIES, lay_schema, load
from graph.neo4j_rows import actor_rows, article_rows, edge_rows, statement_rows
from servers import neo4j_server

CODES: tuple[Code, ...] = ("CONSULT", "ACCUSE", "SUPPORT", "ASSAULT", "ROLE", "COERCE", "AID", "SAY")
WORDS = ("talks", "truce", "border", "minister", "convoy", "court", "envoy", "summit", "army", "port", "deal")
PER_ARTICLE = 10
APOC = "5.26.1"


def by_name(triples: list[Triple], judgements: list[Judgement]) -> list[Actor]:
    """Actors by name alone."""
    seen: dict[str, set[Appearance]] = {}
    for t in triples:
        for name in (t.source, t.target):
            seen.setdefault(name, set()).add(Appearance(t.article, name))
    return [Actor(f"{n:>016}", n, "PERSON", (n,), tuple(sorted(seen[n]))) for n in sorted(seen)]


def make_triple(rng: random.Random, article: str, number: int, actors: int) -> Triple:
    """One triple between actors of whom some are far better known than others."""
    ends = [f"Actor{int(rng.paretovariate(0.8)) % actors} Name" for _ in range(2)]
    relation = rng.choice(("meet with", "accuse", "back", "visit"))
    sentence = f"{ends[0]} {relation} {ends[1]} over {' '.join(rng.choices(WORDS, k=14))}."
    return Triple(
        article=article, sentence=sentence, start=number * 200, end=number * 200 + len(sentence),
        source=ends[0], source_type="PERSON", source_mention=ends[0], source_start=number * 200,
        source_end=number * 200 + len(ends[0]), relation=relation, relation_text=relation, target=ends[1],
        target_type="PERSON", target_mention=ends[1], target_start=number * 200 + 30,
        target_end=number * 200 + 40, symmetric=relation == "meet with", group=None, code=rng.choice(CODES),
        mode=None, status=rng.choice(("actual",) * 4 + ("negated",)), attribution=None, confidence=0.7,
        published="2016-06-20", publisher="Wire", date=f"2016-0{rng.randrange(1, 9)}-11", date_end=None,
        date_precision="day", location=None, extractor="bench",
    )  # fmt: skip


def make_graph(path: Path, statements: int) -> EmbeddedGraph:
    """A graph file of so many statements, made with a fixed seed."""
    rng = random.Random(7)
    graph = open_graph(path, resolver=by_name)
    graph.connection.execute("PRAGMA synchronous = OFF")
    for number in range(statements // PER_ARTICLE):
        id_ = f"article{number:07}"
        triples = [make_triple(rng, id_, n, statements // 20) for n in range(PER_ARTICLE)]
        text = " ".join(f"w{number}x{n}" for n in range(40))
        graph.write(Article(id_, text, f"Title {number}", "2016-06-20", None, "Wire"), triples, "bench")
    graph.refresh()
    return graph


Step = tuple[str, list[dict[str, Any]]]


def rows_to_write(graph: EmbeddedGraph) -> list[Step]:
    """All rows that a load sends, in its order, with their queries."""
    captions: dict[str, Any] = {}
    steps: list[Step] = [(ARTICLES.write[0].query, list(article_rows(graph)))]
    steps += [(ACTORS.write[0].query, list(actor_rows(graph)))]
    steps += [(STATEMENTS.write[0].query, list(statement_rows(graph, captions)))]
    for kind, rows in itertools.groupby(
        sorted(edge_rows(graph, captions), key=lambda row: row["kind"]), key=lambda row: row["kind"]
    ):
        steps.append((TIES.get(kind, CLAIMS).write[0].query, list(rows)))
    return steps


def send(tx: neo4j.ManagedTransaction, query: str, rows: list[dict[str, Any]]) -> None:
    """Write some rows."""
    tx.run(query, rows=rows).consume()


def write_bare(link: Link, steps: list[Step]) -> None:
    """The plain loop."""
    with link.driver.session(database=link.database) as session:
        for query, rows in steps:
            for start in range(0, len(rows), BATCH):
                session.execute_write(send, query, rows[start : start + BATCH])


def write_singly(link: Link, steps: list[Step]) -> None:
    """One transaction per row."""
    with link.driver.session(database=link.database) as session:
        for query, rows in steps:
            for row in rows:
                session.execute_write(send, query, [row])


def write_by_graphrag(link: Link, steps: list[Step]) -> None:
    """neo4j-graphrag's writer on the same nodes and relationships, in batches as large as ours."""
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    labels = ("Article", "Actor", "Statement")
    nodes, ties = [], []
    for number, (query, rows) in enumerate(steps):
        claim = "MERGE (n:Claim" in query
        for row in rows:
            set_ = {key: value for key, value in row["set"].items() if value is not None}
            if number < 3 or claim:
                label = "Claim" if claim else labels[number]
                nodes.append(Neo4jNode(id=row["set"]["id"], label=label, properties=set_))
            ends = {"SOURCE": "source", "TARGET": "target", "IN": "article"} if number == 2 else {}
            ends = {"FROM": "source", "TO": "target"} if claim else ends
            for type_, end in ends.items():
                ties.append(Neo4jRelationship(start_node_id=set_["id"], end_node_id=row[end], type=type_))
            if number > 2 and not claim:
                ties.append(Neo4jRelationship(start_node_id=row["source"], end_node_id=row["target"],
                                              type=row["kind"], properties=set_))  # fmt: skip
    writer = Neo4jWriter(link.driver, neo4j_database=link.database, batch_size=BATCH)
    done = asyncio.run(writer.run(Neo4jGraph(nodes=nodes, relationships=ties)))
    assert done.status == "SUCCESS", done


def part_of(steps: list[Step], share: float) -> list[Step]:
    """The statements of the first articles, with all articles' and actors' rows they need."""
    articles, actors, statements, *edges = steps
    some = statements[1][: int(len(statements[1]) * share)]
    ids = {row["article"] for row in some}
    ends = {row[end] for row in some for end in ("source", "target")}
    known = {row["set"]["edge"] for row in some}
    return [
        (articles[0], [row for row in articles[1] if row["set"]["id"] in ids]),
        (actors[0], [row for row in actors[1] if row["set"]["id"] in ends]),
        (statements[0], some),
        *((query, [row for row in rows if row["set"]["id"] in known]) for query, rows in edges),
    ]


def timed(link: Link, name: str, statements: int, work: Callable[[], object]) -> float:
    """Statements per second, on an emptied database with constraints and indexes."""
    wipe(link)
    lay_schema(link)
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    (found,) = link.ask("MATCH (s:Statement) RETURN count(s)")
    assert found == [statements], (name, found, statements)
    print(f"{name:<10}{statements:>10,}{seconds:>10.1f}{statements / seconds:>12,.0f}", flush=True)
    return statements / seconds


def wipe(link: Link) -> None:
    """Empty the database."""
    with link.driver.session(database=link.database) as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def neo4j_servers() -> Iterator[Link]:
    """A server of the benchmark's own."""
    with tempfile.TemporaryDirectory() as home:
        fetch_apoc(Path(home) / "plugins")
        with (
            neo4j_server.start(Path(home)) as server,
            connect(server.uri, password=server.password) as link,
        ):
            yield link


def fetch_apoc(folder: Path) -> None:
    """Copy the procedures that neo4j-graphrag's writer calls."""
    for name in ("apoc-core", "apoc-common"):
        wanted = f"-Dartifact=org.neo4j.procedure:{name}:{APOC}"
        subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy", wanted, f"-DoutputDirectory={folder}"], check=True
        )


def compare_loads(link: Link, graph: EmbeddedGraph) -> Iterator[Row]:
    """`dyad load` between two runs of the bare loop, then the slower ways."""
    steps = rows_to_write(graph)
    statements = len(steps[2][1])
    some, few = (part_of(steps, min(1.0, size / statements)) for size in (10_000, 2_000))
    timed(link, "warm-up", len(some[2][1]), partial(write_bare, link, some))
    bare = timed(link, "bare", statements, partial(write_bare, link, steps))
    ours = timed(link, "dyad load", statements, partial(load, graph, link))
    bare = (bare + timed(link, "bare", statements, partial(write_bare, link, steps))) / 2
    yield from rows(
        "a bare UNWIND/MERGE loop of rows made before", ours, bare, ">= 0.7", statements, statements
    )
    part = len(few[2][1])
    single = timed(link, "single", part, partial(write_singly, link, few))
    yield from rows("one transaction per row", ours, single, ">= 5", statements, part)
    if find_spec("neo4j_graphrag") is None:
        yield skip("`dyad load`", "neo4j-graphrag's writer", "neo4j-graphrag is not installed")
        return
    part = len(some[2][1])
    graphrag = timed(link, "graphrag", part, partial(write_by_graphrag, link, some))
    yield from rows("neo4j-graphrag's writer", ours, graphrag, ">= 2", statements, part)


def rows(name: str, ours: float, theirs: float, wanted: str, all_: int, part: int) -> Iterator[Row]:
    """One row, with how much each wrote."""
    note = f"ours on {all_:,} statements, theirs on {part:,}"
    yield compare("`dyad load`", name, "statements/s", ours, theirs, wanted, note)


def measure(size: Size) -> Iterator[Row]:
    """Make the graph and the server, and compare."""
    if absent := [tool for tool in ("java", "mvn") if shutil.which(tool) is None]:
        yield skip("`dyad load`", "a bare UNWIND/MERGE loop", f"no {' and no '.join(absent)}")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        make_graph(Path(folder) / "bench.db", size.statements) as graph,
    ):
        for link in neo4j_servers():
            yield from compare_loads(link, graph)


if __name__ == "__main__":
    chosen = replace(FULL, statements=int(sys.argv[1])) if len(sys.argv) > 1 else FULL
    for row in measure(chosen):
        print(show_row(row), flush=True)
