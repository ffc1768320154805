"""Cypher on the graph file, through ladybug (the maintained Kuzu): read-only, and less than Neo4j's.

The graph is copied into ladybug's own tables for the query. Its node tables are Actor, Claim, Statement and
Article, its relationships those of Neo4j, but an actor's type is a property (`a.type = 'PERSON'`), no label.
What ladybug would answer differently from Neo4j, and can be told by the text of the query, is refused: it may
go over one relationship twice in one MATCH, which Cypher never does.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import ModelError, QuestionError
from graph.cypher import Answer, Node, Route, Tie
from graph.embedded import EmbeddedGraph
from graph.neo4j_rows import Row, actor_rows, article_rows, edge_rows, statement_rows
from graph.neo4j_schema import CODES, EDGE_FIELDS, LABELS, TRIPLE_FIELDS

if TYPE_CHECKING:
    import ladybug

BATCH = 5_000
KINDS = {"STRING[]": ("aliases", "seen_in", "seen_as", "keys", "relations"),
         "BOOLEAN": ("symmetric", "dated"), "DOUBLE": ("confidence",),
         "INT64": ("articles", "evidence", "sources", "weight", "start", "end", "source_start", "source_end",
                   "target_start", "target_end")}  # fmt: skip
TYPES = {name: kind for kind, names in KINDS.items() for name in names}
EDGE = ("id", "caption", *EDGE_FIELDS[1:], "weight", "dyad")
COLUMNS = {
    "Article": ("id", "title", "url", "publisher", "published", "dyad"),
    "Actor": ("id", "name", "type", "aliases", "articles", "seen_in", "seen_as", "keys", "dyad"),
    "Claim": (*EDGE, "code", "status"),
    "Statement": ("id", "edge", "date", "dated", *TRIPLE_FIELDS, "dyad"),
}
ENDS = {
    "FROM": ("Claim", "Actor", "source"),
    "TO": ("Claim", "Actor", "target"),
    "SOURCE": ("Statement", "Actor", "source"),
    "TARGET": ("Statement", "Actor", "target"),
    "SAID_BY": ("Statement", "Actor", "said_by"),
    "IN": ("Statement", "Article", "article"),
}
QUOTED = re.compile(
    r"(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")|(?P<name>`[^`]*`)|//[^\n]*|/\*.*?\*/", re.DOTALL
)
WRITES = (
    "CREATE|MERGE|SET|DELETE|REMOVE|DROP|ALTER|COPY|LOAD|INSTALL|UNINSTALL|UPDATE|ATTACH|DETACH|USE|"
    "IMPORT|EXPORT|CALL|COMMENT|BEGIN|COMMIT|ROLLBACK|CHECKPOINT"
)
WRITE = re.compile(rf"\b({WRITES})\b", re.I)
OPEN = re.compile(r"['\"`]|/\*")  # in what is bare of quotes and comments
RESERVED = re.compile(r"(?<=:)IN(?=\])")
CLAUSE = re.compile(r"\bMATCH\b(.*?)(?=\bMATCH\b|\bWHERE\b|\bRETURN\b|\bWITH\b|\bUNWIND\b|$)", re.S | re.I)
PATHS = re.compile(r",(?=\s*(?:\w+\s*=\s*)?\()")
DASH, HEAD = re.compile(r"(<?-)(->?|\[)"), re.compile(r"->?")
SHORT = re.compile(r"\*\s*(?:1?\.\.)?[12]\s*(?:\{|$)")
REFUSED = (
    (WRITE.pattern, "may write, load or call"),
    (r";\s*\S", "is more than one"),
    (r"\bshortestPath\b|\ballShortestPaths\b|\bSHORTEST\b", "asks for shortest paths (dyad path finds them)"),
    (rf":\s*({'|'.join(LABELS.values())})\b", "has an actor's type for a label (write a.type = 'PERSON')"),
    (
        r"\blabels\s*\(|\btype\s*\(|\bkeys\s*\(|\bproperties\s*\(",
        "asks for labels, types or properties as such",
    ),
)


def ask(store: EmbeddedGraph, query: str, parameters: Mapping[str, Any] | None = None) -> Answer:
    """The query's answer; QuestionError when it is wrong, or one that this engine would answer wrongly."""
    refuse(query)
    with tempfile.TemporaryDirectory(prefix="dyad-cypher-") as folder:
        connection = copy_graph(store, Path(folder) / "graph")
        try:
            return run(connection, query, dict(parameters or {}))
        finally:
            connection.close()
            connection.database.close()


def refuse(query: str) -> None:
    """Raise QuestionError for what is known to come out differently from Neo4j."""
    bare = QUOTED.sub(bared, query)
    if OPEN.search(bare):
        raise QuestionError("the query leaves a quote or a comment open")
    reasons = [what for pattern, what in REFUSED if re.search(pattern, bare, re.IGNORECASE)]
    if any(map(may_repeat, CLAUSE.findall(bare))):
        reasons.append("might go over one relationship twice, which Neo4j never does")
    if reasons:
        raise QuestionError(f"on a graph file no query runs that {reasons[0]}; on Neo4j it does: dyad load")


def bared(found: re.Match[str]) -> str:
    """What stands for a text, a quoted name or a comment while a query is looked through."""
    if found["name"] is None:
        return "$text" if found["text"] else " "
    name = found["name"].strip("`")
    return f" {name} " if re.fullmatch(r"\w+", name) and not WRITE.fullmatch(name) else " name "


def uncommented(found: re.Match[str]) -> str:
    """The text or quoted name as it is, a blank for a comment: the engine reads what was looked through."""
    return found.group() if found["text"] or found["name"] else " "


def may_repeat(clause: str) -> bool:
    """Whether two relationships of one MATCH can be the same; the graph has no relationship from a to a."""
    found = [
        (part, number, direction(left, right), types_of(inner), inner)
        for part, path in enumerate(PATHS.split(clause))
        for number, (left, inner, right) in enumerate(each_tie(path))
    ]
    if any("*" in inner and not (way and SHORT.search(inner)) for _, _, way, _, inner in found):
        return True
    return any(
        not (one[3] and two[3] and one[3].isdisjoint(two[3]))
        and not (
            one[0] == two[0]
            and two[1] - one[1] == 1
            and one[2] == two[2] != ""
            and "*" not in one[4] + two[4]
        )
        for one, two in combinations(found, 2)
    )


def each_tie(path: str) -> Iterator[tuple[str, str, str]]:
    """Left dash, words in brackets, right dash of each relationship, the closing brackets sought but once."""
    at, close = 0, 0
    while dash := DASH.search(path, at):
        left, right = dash.groups()
        if right != "[":
            yield left, "", right
            at = dash.end()
            continue
        if 0 <= close < dash.end():
            close = path.find("]", dash.end())
        head = HEAD.match(path, close + 1) if close >= 0 else None
        if head is not None:
            yield left, path[dash.end() : close], head.group()
        at = head.end() if head is not None else dash.start() + 1


def direction(left: str, right: str) -> str:
    """The arrow's head, if it has one."""
    return left.strip("-") + right.strip("-")


def types_of(inner: str) -> set[str]:
    """The types a relationship's pattern names."""
    return set(re.findall(r"[:|]\s*:?`?(\w+)", inner.partition("{")[0]))


def open_engine(path: Path) -> ladybug.Connection:
    """A connection to a new database; ModelError says how to install the engine."""
    try:
        import ladybug
    except ImportError:
        raise ModelError(
            "Cypher on a graph file needs ladybug: pip install 'dyad[cypher]'; or load Neo4j and use --to"
        ) from None
    return ladybug.Connection(ladybug.Database(str(path)))


def copy_graph(store: EmbeddedGraph, path: Path) -> ladybug.Connection:
    """The graph in ladybug's tables."""
    connection = open_engine(path)
    captions: dict[str, Counter[str]] = {}
    store.refresh()
    with store.snapshot():
        statements = list(statement_rows(store, captions))
        edges = list(edge_rows(store, captions))
        claims = [row for row in edges if row["kind"] == "Claim"]
        rows = {"Article": list(article_rows(store)), "Actor": list(actor_rows(store)),
                "Claim": claims, "Statement": statements}  # fmt: skip
    for label in COLUMNS:
        fill_nodes(connection, label, rows[label])
    for code in CODES:
        fill_ties(connection, code, [row for row in edges if row["kind"] == code])
    for name in ENDS:
        fill_ends(connection, name, rows[ENDS[name][0]])
    return connection


def fill_nodes(connection: ladybug.Connection, label: str, rows: Sequence[Row]) -> None:
    """A node table with its rows."""
    columns = COLUMNS[label]
    connection.execute(f"CREATE NODE TABLE {label}({declare(columns)}, PRIMARY KEY(id))")
    values = set_of(columns)
    for part in batches(rows):
        sent = [{name: row["set"].get(name) for name in columns} for row in part]
        connection.execute(f"UNWIND $rows AS row CREATE (:{label} {{{values}}})", {"rows": sent})


def fill_ties(connection: ladybug.Connection, code: str, rows: Sequence[Row]) -> None:
    """The relationships of one class."""
    columns = EDGE
    connection.execute(f"CREATE REL TABLE `{code}`(FROM Actor TO Actor, {declare(columns)})")
    for part in batches(rows):
        sent = [{"s": r["source"], "t": r["target"], **{n: r["set"].get(n) for n in columns}} for r in part]
        connection.execute(
            "UNWIND $rows AS row MATCH (a:Actor {id: row.s}), (b:Actor {id: row.t}) "
            f"CREATE (a)-[:`{code}` {{{set_of(columns)}}}]->(b)",
            {"rows": sent},
        )


def fill_ends(connection: ladybug.Connection, name: str, rows: Sequence[Row]) -> None:
    """The relationships of one type from claims or statements to their ends."""
    label, other, end = ENDS[name]
    connection.execute(f"CREATE REL TABLE `{name}`(FROM {label} TO {other})")
    for part in batches(row for row in rows if row[end]):
        sent = [{"s": row["set"]["id"], "t": row[end]} for row in part]
        connection.execute(
            f"UNWIND $rows AS row MATCH (a:{label} {{id: row.s}}), (b:{other} {{id: row.t}}) "
            f"CREATE (a)-[:`{name}`]->(b)",
            {"rows": sent},
        )


def declare(columns: Iterable[str]) -> str:
    """The columns with their types."""
    return ", ".join(f"`{name}` {TYPES.get(name, 'STRING')}" for name in columns)


def set_of(columns: Iterable[str]) -> str:
    """The properties to set from a row."""
    return ", ".join(f"`{name}`: row.`{name}`" for name in columns)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in parts."""
    stream = iter(rows)
    while part := list(islice(stream, BATCH)):
        yield part


def run(connection: ladybug.Connection, query: str, parameters: dict[str, Any]) -> Answer:
    """The rows of one query as plain data."""
    try:
        bare = QUOTED.sub(uncommented, query)
        result = connection.execute(RESERVED.sub("`IN`", bare), parameters)
    except RuntimeError as error:
        raise QuestionError(" ".join(str(error).split())) from None
    if isinstance(result, list):
        raise QuestionError("one query at a time")
    found = [tuple(row) for row in result]
    ids = node_ids(connection)
    return Answer(tuple(result.get_column_names()), tuple(tuple(plain(v, ids) for v in row) for row in found))


def node_ids(connection: ladybug.Connection) -> dict[tuple[int, int], str]:
    """dyad's id of each of the engine's own."""
    rows: Any = connection.execute("MATCH (n) RETURN ID(n), n.id")
    return {place(inner): id_ for inner, id_ in rows}


def place(inner: Mapping[str, int]) -> tuple[int, int]:
    """The engine's own id as a key."""
    return inner["table"], inner["offset"]


def plain(value: Any, ids: Mapping[tuple[int, int], str]) -> Any:
    """The engine's value as graph.cypher has it."""
    if isinstance(value, list):
        return [plain(each, ids) for each in value]
    if isinstance(value, Decimal):
        return int(value)
    if not isinstance(value, dict):
        return value
    if "_NODES" in value:
        nodes, ties = ([plain(each, ids) for each in value[key]] for key in ("_NODES", "_RELS"))
        return Route(tuple(nodes), tuple(ties))
    properties = {k: v for k, v in sorted(value.items()) if not k.startswith("_") and v is not None}
    if "_SRC" in value:
        start, end = ids[place(value["_SRC"])], ids[place(value["_DST"])]
        key = properties.get("id") or f"{start}-{value['_LABEL']}-{end}"
        return Tie(key, value["_LABEL"], start, end, properties)
    if "_LABEL" in value:
        labels = (
            [value["_LABEL"], LABELS[properties["type"]]] if value["_LABEL"] == "Actor" else [value["_LABEL"]]
        )
        return Node(properties["id"], tuple(sorted(labels)), properties)
    return {key: plain(each, ids) for key, each in value.items()}
