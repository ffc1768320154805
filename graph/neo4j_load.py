"""Brings a Neo4j database to the state of a graph file: the file is the record, the database its projection.

Every node and relationship of ours carries a hash of its content. A load compares hashes and writes only what
differs, each batch with all its relationships in one managed transaction, so that a load killed anywhere goes
on where it stopped, and two loads at once end alike. It goes over everything again until nothing differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

import neo4j

from extract.errors import StoreError
from graph.embedded import EmbeddedGraph
from graph.neo4j_link import Link, counters
from graph.neo4j_rows import Row, actor_rows, article_rows, edge_rows, statement_rows
from graph.neo4j_schema import CODES, INDEXES, LABELS, MARK, NODES, constraints

BATCH, PASSES = 2_000, 6
ENDS = "SOURCE|TARGET|SAID_BY|IN"
LABEL_LIST = ":".join(LABELS.values())
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """How many nodes or relationships of one kind a load adds, changes, removes and leaves as they are."""

    kind: str
    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0

    @property
    def any(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Write:
    """A query that writes those rows of a batch that it takes."""

    query: str
    takes: Callable[[Row], bool] = lambda row: True


@dataclass(frozen=True, slots=True)
class Kind:
    """One label or relationship type: how its rows are fetched, written and deleted."""

    name: str
    state: str
    write: tuple[Write, ...]
    delete: str
    loosen: str = ""


def node_kind(
    label: str, write: Sequence[Write], *, ties: str = "", held: str = "", loosen: str = ""
) -> Kind:
    """The kind of all nodes of a label.

    A node is whole when as many relationships of the types `ties` leave it as its row has ends.
    It is not deleted while one of `held` is at it: locked first, so that none comes in between.
    """
    number = f"COUNT {{ (n)-[:{ties}]->() }}" if ties else "0"
    free = f"SET n.{MARK} = n.{MARK} WITH n WHERE NOT EXISTS {{ (n)-[:{held}]-() }}" if held else ""
    return Kind(
        label,
        f"MATCH (n:{label}) WHERE n.id IS NOT NULL RETURN n.id, n.{MARK}, {number}",
        tuple(write),
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE n.{MARK} IS NOT NULL {free} DETACH DELETE n",
        loosen,
    )


def actor_kind() -> Kind:
    """Actors, whose second label is their type."""
    return node_kind(
        "Actor",
        [
            Write(
                f"UNWIND $rows AS row MERGE (n:Actor {{id: row.set.id}}) SET n:{label}, n += row.set",
                partial(is_of, kind),
            )
            for kind, label in LABELS.items()
        ],
        held="SOURCE|TARGET|SAID_BY|FROM|TO",
        loosen=f"UNWIND $rows AS row MATCH (n:Actor {{id: row.set.id}}) REMOVE n:{LABEL_LIST}",
    )


def statement_kind() -> Kind:
    """Statements with their ends, speaker and article."""
    return node_kind(
        "Statement",
        [
            Write(
                "UNWIND $rows AS row MATCH (a:Article {id: row.article}) MATCH (s:Actor {id: row.source}) "
                "MATCH (t:Actor {id: row.target}) MERGE (n:Statement {id: row.set.id}) SET n += row.set "
                "MERGE (n)-[:SOURCE]->(s) MERGE (n)-[:TARGET]->(t) MERGE (n)-[:IN]->(a)"
            ),
            Write(
                "UNWIND $rows AS row MATCH (s:Actor {id: row.said_by}) "
                "MATCH (n:Statement {id: row.set.id}) MERGE (n)-[:SAID_BY]->(s)",
                lambda row: row["said_by"] is not None,
            ),
        ],
        ties=ENDS,
        loosen=f"UNWIND $rows AS row MATCH (:Statement {{id: row.set.id}})-[r:{ENDS}]->() DELETE r",
    )


def claim_kind() -> Kind:
    """Edges that are not actual."""
    return node_kind(
        "Claim",
        [
            Write(
                "UNWIND $rows AS row MATCH (s:Actor {id: row.source}) MATCH (t:Actor {id: row.target}) "
                "MERGE (n:Claim {id: row.set.id}) SET n += row.set "
                "MERGE (n)-[:FROM]->(s) MERGE (n)-[:TO]->(t)"
            )
        ],
        ties="FROM|TO",
        loosen="UNWIND $rows AS row MATCH (:Claim {id: row.set.id})-[r:FROM|TO]->() DELETE r",
    )


def tie_kind(code: str) -> Kind:
    """Actual edges of one PLOVER class."""
    return Kind(
        code,
        f"MATCH ()-[n:{code}]->() WHERE n.id IS NOT NULL RETURN n.id, n.{MARK}, 0",
        (
            Write(
                "UNWIND $rows AS row MATCH (s:Actor {id: row.source}) MATCH (t:Actor {id: row.target}) "
                f"MERGE (s)-[n:{code} {{id: row.set.id}}]->(t) SET n += row.set"
            ),
        ),
        f"UNWIND $ids AS id MATCH ()-[n:{code} {{id: id}}]->() WHERE n.{MARK} IS NOT NULL DELETE n",
    )


def is_of(kind: str, row: Row) -> bool:
    """Whether the row is an actor of the type."""
    return bool(row["set"]["type"] == kind)


ARTICLES = node_kind(
    "Article", [Write("UNWIND $rows AS row MERGE (n:Article {id: row.set.id}) SET n += row.set")], held="IN"
)
ACTORS, STATEMENTS, CLAIMS = actor_kind(), statement_kind(), claim_kind()
TIES = {code: tie_kind(code) for code in CODES}


@dataclass(slots=True)
class Load:
    """One pass over the file: compares, and writes unless told not to.

    One batch is written, by a thread of its own, while the next is made ready.
    """

    store: EmbeddedGraph
    link: Link
    progress: Progress
    writer: Executor
    dry: bool = False
    pending: Future[Counter[str]] | None = None
    captions: dict[str, Counter[str]] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)

    def run(self) -> list[Change]:
        """Everything that is new or changed, then deletions, actors and articles last."""
        kinds = [
            self.compare(ARTICLES, article_rows(self.store)),
            self.compare(ACTORS, actor_rows(self.store)),
            self.compare(STATEMENTS, statement_rows(self.store, self.captions)),
        ]
        edges = edge_rows(self.store, self.captions)
        kinds += self.compare_edges(edges)
        self.finish()
        for _, kind, gone in sorted(kinds, key=lambda k: k[1] in (ARTICLES, ACTORS)):
            self.remove(kind, gone)
        return [replace(change, gone=len(gone)) for change, _, gone in kinds]

    def compare(self, kind: Kind, rows: Iterable[Row]) -> tuple[Change, Kind, list[str]]:
        """Write the rows that differ; what the database has beyond them is to go."""
        stored = self.state(kind)
        counts: Counter[str] = Counter()
        for batch in batches(rows):
            new: list[Row] = []
            changed: list[Row] = []
            for row in batch:
                known = stored.pop(row["set"]["id"], ("", 0))
                check_ours(kind, row, known[0])
                if known != (row["set"][MARK], row["ends"]):
                    (changed if known[0] else new).append(row)
            self.write(kind, new, changed)
            counts += Counter(new=len(new), changed=len(changed), same=len(batch) - len(new) - len(changed))
            self.progress(kind.name, len(batch))
        gone = sorted(key for key, (mark, _) in stored.items() if mark is not None)
        return Change(kind.name, **counts), kind, gone

    def compare_edges(self, edges: Iterable[Row]) -> list[tuple[Change, Kind, list[str]]]:
        """The same for the edges: a relationship type each, and the claims."""
        groups: dict[str, list[Row]] = {name: [] for name in (*CODES, "Claim")}
        for row in edges:
            groups[row["kind"]].append(row)
        return [self.compare(TIES.get(name, CLAIMS), rows) for name, rows in groups.items()]

    def state(self, kind: Kind) -> dict[str, tuple[str | None, int]]:
        """The hash (None for what is not ours) and number of ends of all there is of the kind, by id."""
        return {id_: (mark, ends) for id_, mark, ends in self.link.ask(kind.state)}

    def write(self, kind: Kind, new: list[Row], changed: list[Row]) -> None:
        """Write one batch in one transaction."""
        if self.dry or not (new or changed):
            return

        def work(tx: neo4j.ManagedTransaction) -> Counter[str]:
            counts: Counter[str] = Counter()
            if kind.loosen and changed:
                counts += counters(tx, kind.loosen, rows=changed)
            for write in kind.write:
                if rows := [row for row in (*new, *changed) if write.takes(row)]:
                    counts += counters(tx, write.query, rows=rows)
            return counts

        self.finish()
        self.pending = self.writer.submit(self.link.writing, work)

    def finish(self) -> None:
        """Wait for the batch that is being written; what went wrong with it comes out here."""
        if self.pending is not None:
            self.written += self.pending.result()
            self.pending = None

    def remove(self, kind: Kind, gone: Sequence[str]) -> None:
        """Delete what the file no longer has."""
        for ids in batches(gone):
            if not self.dry:
                self.written += self.link.change(kind.delete, ids=ids)


def load(
    store: EmbeddedGraph, link: Link, *, dry: bool = False, progress: Progress = lambda kind, rows: None
) -> tuple[list[Change], Counter[str]]:
    """Bring the database to the file's state; what changed by kind, and the server's own counters.

    Raises StoreError when a node of somebody else's has an id of ours, or when other loads don't let it end.
    """
    if not dry:
        lay_schema(link)
    changes: list[Change] = []
    written: Counter[str] = Counter()
    for _ in range(PASSES):
        with ThreadPoolExecutor(1) as writer, store.snapshot():
            run = Load(store, link, progress, writer, dry)
            found = run.run()
        written += run.written
        changes = changes or found
        if dry or not any(change.any for change in found):
            return changes, written
    raise StoreError(f"{link.uri}: the database keeps changing while it is loaded; load it again")


def lay_schema(link: Link) -> None:
    """Make the constraints and indexes that are missing, and wait until they work."""
    there = {name for (name,) in link.ask("SHOW INDEXES YIELD name")}
    for name, text in (constraints() | INDEXES).items():
        if name not in there:
            run_schema(link, text.replace("{}", name, 1))
    link.ask("CALL db.awaitIndexes(600)")


def run_schema(link: Link, text: str) -> None:
    """Run one schema command; a second load that makes the same at the same time is no fault."""
    try:
        link.change(f"CREATE {text}")
    except StoreError as error:
        if "already exists" not in str(error).lower():
            raise


def count_rows(store: EmbeddedGraph) -> int:
    """How many rows one pass goes over."""
    tables = ("articles", "actors", "triples", "edges")
    return sum(int(store.ask(f"SELECT count(*) FROM {table}")[0][0]) for table in tables)


def count_nodes(link: Link) -> int:
    """How many nodes of ours the database holds."""
    query = " + ".join(f"COUNT {{ (n:{label}) WHERE n.{MARK} IS NOT NULL }}" for label in NODES)
    return int(link.ask(f"RETURN {query}")[0][0])


def clear(link: Link, progress: Progress = lambda kind, rows: None) -> Counter[str]:
    """Delete all that is ours, batch by batch, with our constraints and indexes; the server's counters."""
    counts: Counter[str] = Counter()
    for name in (*NODES[::-1], *CODES):
        pattern = f"(n:{name})" if name in NODES else f"()-[n:{name}]->()"
        query = f"MATCH {pattern} WHERE n.{MARK} IS NOT NULL WITH n LIMIT 5000 "
        query += "DETACH DELETE n" if name in NODES else "DELETE n"
        while found := link.change(query):
            counts += found
            progress(name, found["nodes_deleted"] or found["relationships_deleted"])
    there = {name for (name,) in link.ask("SHOW INDEXES YIELD name")}
    for name in sorted(there & set(constraints())):
        link.change(f"DROP CONSTRAINT {name} IF EXISTS")
    for name in sorted(there & set(INDEXES)):
        link.change(f"DROP INDEX {name} IF EXISTS")
    return counts


def check_ours(kind: Kind, row: Row, known: str | None) -> None:
    """Refuse to write over what somebody else made."""
    if known is None:
        raise StoreError(
            f"{kind.name} {row['set']['id'][:60]}: the database has one with this id that is not dyad's; "
            "load into another database"
        )


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows in parts small enough for one transaction."""
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch
