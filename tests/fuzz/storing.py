"""Targets that store and ask: ledgers, known actors, names, identity, graph files, Cypher, exports."""

# ruff: noqa: E501  (tables of words)

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.fuzz.target import Target, Test, drawn, noise

KINDS = ("PERSON", "STATE", "ORG", "GROUP", "PLACE")
NAMES = (
    "Sergei Shoigu", "Shoigu", "Сергей Шойгу", "Bashar al-Assad", "Assad", "بشار الأسد", "习近平",
    "Xi Jinping",     "김정은", "Kim Jong-un", "U.N.", "United Nations", "Russia", "Georgia", "Abu Bakr", "Karl Brandt Jr.", "Dr.",
    "minister of Russia", "=1+1", "</script>", "'); DROP TABLE actors; --", "a\tb", "a\nb", "`x`", "{x}", "%s",
    "Ⅷ", "ß", "İ", "\u0301", "\u202e", "\x00", "\x1b[31m", "\ufffe", "\U0001f600", " ", "@", "[ORG]", "|!", "|>",
)  # fmt: skip
LEDGER = (
    b"# dyad identities 1\nsame\tSergei Shoigu [PERSON]\tBashar Assad [PERSON]\tme\t2020-01-01\n"
    b"different\tSergei Shoigu @ a1\tVladimir Putin [PERSON]\tme\t2020-01-01\n"
    b"unsure\tRussia [STATE]\tBashar Assad @ a2\tyou\t2020-01-02\n"
    b"rejected\t0123456789abcdef\ta1\tA | meet | B\tme\t2020-01-01\n"
)
KNOWN = (
    b'{"id": "Q1", "name": "Sergei Shoigu", "aliases": ["Shoigu"], "roles": [{"role": "minister of Russia", '
    b'"since": "2012-11-06"}]}\n{"id": "x", "schema": "Person", "properties": {"name": ["A B"], "alias": ["A"]}}\n',
    b"id,name,type,aliases,wikidata,roles\n1,Ana Ode,PERSON,Ode;A. Ode,Q5,defence minister of Russia (2012..2024)\n",
)


def make_ledger() -> Test:
    """A ledger: only LedgerError may come out, nothing is half-applied, and undo takes all of it back."""
    from extract.errors import LedgerError
    from graph import ledger
    from graph.embedded import open_graph
    from tests.small_world import fill, one_name_one_actor

    graph = open_graph(":memory:", resolver=one_name_one_actor)
    fill(graph, ["a1", "a2", "a3"])
    graph.refresh()
    before = state(graph)

    def test(data: bytes) -> None:
        lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace")
        try:
            with graph.changing() as db:
                taken = ledger.import_lines(db, lines, "ledger")
                assert ledger.read_lines(ledger.export_lines(db))[2] == []
        except LedgerError as error:
            taken = (0, 0)
            assert "\n" not in str(error)
        graph.refresh()
        with graph.changing() as db:
            undone = ledger.undo(db) if any(taken) else []
        assert len(undone) == sum(taken)
        graph.refresh()
        assert state(graph) == before and ledger.judgements(db) == [] and ledger.rejections(db) == []

    return test


def state(graph: Any) -> tuple[Any, ...]:
    """All that the graph says."""
    from graph.store import Filter

    return list(graph.actors()), list(graph.edges(None, None, Filter(statuses=())))


def make_known() -> Test:
    """A file of known actors: only LedgerError may come out."""
    from extract.errors import LedgerError
    from graph import known

    folder = tempfile.TemporaryDirectory()
    paths = [Path(folder.name, name) for name in ("known.csv", "known.jsonl")]

    def test(data: bytes, keep: Any = folder) -> None:
        for path in paths:
            path.write_bytes(data)
            try:
                actors = known.read_known(path)
            except LedgerError as error:
                assert "\n" not in str(error).replace(str(path), "")
                continue
            assert [a.id for a in actors] == sorted({a.id for a in actors})
            units = {unit.key for actor in actors for unit in known.units_of(actor)}
            assert all(one in units and other in units for one, other in known.ties(actors))

    return test


def make_names() -> Test:
    """Any two names of any kind: compared alike in both orders, met in the blocks, keyed the same twice."""
    from hypothesis import strategies as st

    from graph import blocking, contexts, identity, judging, names, places, sounds
    from graph.judging import Profile

    def test(drawn_: tuple[str, str, Any, Any]) -> None:
        one, other = (Profile(n, k, contexts.read(n)) for n, k in zip(drawn_[:2], drawn_[2:], strict=True))
        there, back = judging.decide(one, other), judging.decide(other, one)
        assert there == back and 0 <= there.score <= 1
        for profile in (one, other):
            name = profile.name
            assert names.plain(names.plain(name)) == names.plain(name)
            key = identity.name_key(name, profile.type)
            assert key and key == identity.name_key(name, profile.type)
            assert identity.parse_reference(identity.name_reference(name, profile.type)) in (
                (name, profile.type),
                None,
            )
            blocking.block_keys(profile), blocking.bare_keys(profile), identity.guess_type(name)
            places.territory(name), places.town(name, ()), places.meant(name, ())
            sounds.korean(name), sounds.pinyin(name), sounds.wade_giles(name)

    name = st.one_of(
        st.sampled_from(NAMES), st.text(max_size=25), st.lists(st.sampled_from(NAMES)).map(" ".join)
    )
    return drawn(st.tuples(name, name, st.sampled_from(KINDS), st.sampled_from(KINDS)), test)


def told() -> Any:
    """Triples of several articles between actors of any name."""
    from typing import get_args

    from hypothesis import strategies as st

    from extract.intake import whole
    from extract.model import Code, Status
    from tests.small_world import triple

    def one(row: tuple[Any, ...]) -> Any:
        article, source, target, verb, code, status, date, symmetric, kinds = row
        found = triple(article, source, verb, target, code, status, date, symmetric)
        return replace(
            found, source_type=kinds[0], target_type=kinds[1], attribution=row[1] if date else None
        )

    some = st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=20)).map(whole).filter(str.strip)
    kinds = st.tuples(st.sampled_from(KINDS), st.sampled_from(KINDS))
    row = st.tuples(
        st.sampled_from(["a1", "a2", "a3"]), some, some, some, st.sampled_from(get_args(Code)),
        st.sampled_from(get_args(Status)), st.sampled_from([None, "2016", "2016-06", "2016-06-18"]),
        st.booleans(), kinds,
    )  # fmt: skip
    return st.lists(row.filter(lambda r: r[1] != r[2]).map(one), min_size=1, max_size=8)


def fill(graph: Any, triples: list[Any], order: tuple[str, ...]) -> None:
    """Write the triples article by article."""
    from extract.model import Article

    for article in order:
        own = [t for t in triples if t.article == article]
        text = f"{article}. " + " ".join(t.sentence for t in own)
        graph.write(Article(article, text, published="2016-06-20"), own, "fuzz")


def make_identity() -> Test:
    """Articles in any order give one graph; one forgotten leaves what was never read."""
    from graph.embedded import open_graph

    def test(triples: list[Any]) -> None:
        with open_graph(":memory:") as one, open_graph(":memory:") as other, open_graph(":memory:") as less:
            fill(one, triples, ("a1", "a2", "a3"))
            fill(other, triples, ("a3", "a2"))
            other.refresh()
            fill(other, triples, ("a1",))
            fill(less, triples, ("a2", "a1"))
            for graph in (one, other, less):
                graph.refresh()
            assert state(one) == state(other)
            seen = [seen for actor in one.actors() for seen in actor.appearances]
            assert len(seen) == len(set(seen))
            other.remove("a3")
            other.refresh()
            assert state(other) == state(less)

    return drawn(told(), test)


def make_graph_file() -> Test:
    """A damaged graph file, asked: only StoreError may come out."""
    from extract.errors import StoreError
    from graph.embedded import open_graph
    from graph.store import Filter

    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name, "mutant.db")

    def test(data: bytes, keep: Any = folder) -> None:
        path.write_bytes(data)
        try:
            with open_graph(path, readonly=True) as store:
                list(store.edges(None, None, Filter()))
                store.find("Shoigu")
                list(store.articles())
                list(store.triples())
                store.search("meet", 5)
                store.shortest_path("a", "b", Filter())
        except StoreError as error:
            assert "\n" not in str(error)

    return test


def graph_files() -> Iterator[bytes]:
    """A whole graph file."""
    from graph.embedded import open_graph
    from tests.small_world import fill as fill_small
    from tests.small_world import one_name_one_actor

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.db")
        with open_graph(path, resolver=one_name_one_actor) as store:
            fill_small(store, ["a1", "a2", "a3"])
            store.refresh()
        yield path.read_bytes()


def make_exports() -> Test:
    """A graph of hostile names in every format, read back by parsers that are not ours."""
    import networkx as nx
    from lxml import etree

    from graph.embedded import open_graph
    from graph.exports import graphml, html, write_export
    from graph.exports.part import ANY, Part
    from tests.small_world import one_name_one_actor

    memory = Path("/dev/shm")  # where it exists a file's way to the disk is not waited for
    folder = tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)
    home = Path(folder.name)
    html.page = lambda: (b"", b"")

    def test(triples: list[Any], keep: Any = folder) -> None:
        with open_graph(":memory:", resolver=one_name_one_actor) as store:
            fill(store, triples, ("a1", "a2", "a3"))
            store.refresh()
            for name in ("g.graphml", "g.gexf", "g.jsonl", "g.csv", "g.ftm.json", "g.html", "g.neo4j"):
                write_export(Part(store), home / name)
            actors, edges = {a.id: a for a in store.actors()}, list(store.edges(None, None, ANY))
        read = nx.read_graphml(home / "g.graphml", force_multigraph=True, edge_key_type=str)
        assert {key for *_, key in read.edges(keys=True)} == {edge.id for edge in edges}
        for node, fields in read.nodes(data=True):
            assert fields.get("label", "") == graphml.FORBIDDEN.sub("", actors[node].name)
        assert len(etree.parse(home / "g.gexf").findall(".//{*}edge")) == len(edges)
        lines = (home / "g.jsonl").read_bytes().splitlines() + (home / "g.ftm.json").read_bytes().splitlines()
        assert all(json.loads(line) for line in lines)
        page = (home / "g.html").read_text()
        body = page.removeprefix('<script type="application/json" id="graph">').removesuffix("</script>")
        assert "<" not in body and json.loads(body)
        for table in (home / "g-actors.csv", home / "g-edges.csv", home / "g-evidence.csv"):
            rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline=""), strict=True))
            assert len({len(row) for row in rows}) == 1
            assert not any(
                cell.lstrip(" ").startswith(("=", "+", "-", "@")) for row in rows[1:] for cell in row
            )

    return drawn(told(), test)


CLAUSES = (
    "MATCH (a:Actor)", "MATCH (a:Actor {id: 'x'})", "RETURN a", "RETURN a.id", "RETURN 1 AS", "WITH a", "WITH 1 AS x",
    "UNWIND [1, 2] AS x", "WHERE a.id =", "OPTIONAL MATCH (b)", "UNION", "LIMIT 3", "ORDER BY a.id", "RETURN *", ";",
    "CREATE (:Actor {id: 'y'})", "CREATE (:Actor {id: 'z'})", "MERGE (:Actor {id: 'm'})", "SET a.id = 'q'",
    "DELETE a", "DETACH DELETE a", "REMOVE a.name", "DROP TABLE Actor", "ALTER TABLE Actor ADD n STRING",
    "COPY (MATCH (a:Actor) RETURN a.id) TO 'OUT'", "EXPORT DATABASE 'OUT'", "LOAD FROM 'OUT' RETURN *",
    "CALL show_tables() RETURN *", "CREATE NODE TABLE T(id STRING, PRIMARY KEY(id))", "ATTACH 'OUT' AS o (dbtype lbug)",
    "COMMENT ON TABLE Actor IS 'x'", "CREATE MACRO f(x) AS x", "BEGIN TRANSACTION", "COMMIT", "CHECKPOINT", "EXPLAIN",
    "PROFILE", "INSTALL json", "UPDATE json", "USE x", "DETACH x", "CREATE SEQUENCE s", "nextval('s')",
    "'", '"', "`", "\\", "\\'", '\\"', "//", "/*", "*/", "\n", "\r", "\u2028", "''", "``", "'a'", "`a`", "$x",
    "'CREATE'", "`SET`", "/* SET */", "// MERGE\n", "\x00", "\u00a0", "－", "ＳＥＴ", "ſet", "=", ",", "(", ")",
)  # fmt: skip


QUERIES = (
    b"MATCH (a:Actor) WHERE a.name = 'it''s' RETURN a.id AS `odd name` ORDER BY a.id LIMIT 3 // a comment",
    b"MATCH (a:Actor {id: \"x\"}) /* SET */ OPTIONAL MATCH (b) WITH a, b RETURN a.name + '\\'' AS x UNION RETURN 1 AS x;",
    b"MATCH (a:Actor) RETURN a.id AS `'`; COPY (MATCH (a:Actor) RETURN a.id) TO 'OUT' // '",
    b"UNWIND [1, 2] AS x CREATE (:Actor {id: 'y'})",
    b"CALL show_tables() RETURN *",
    b"EXPLAIN MATCH (a:Actor) SET a.name = 'q'",
)


def make_cypher() -> Test:
    """Queries put together blindly."""
    from hypothesis import strategies as st

    ask = make_door()
    pieces = st.one_of(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES), st.text(max_size=4))
    return drawn(st.lists(pieces, min_size=1, max_size=12).map(" ".join), ask)


def make_queries() -> Test:
    """Queries as somebody writes them, changed."""
    ask = make_door()
    return lambda data: ask(data.decode("utf-8", "replace"))


def make_door() -> Callable[[str], None]:
    """Asks a query of a small graph: whatever gets past the door changes nothing and writes no file."""
    from extract.errors import QuestionError
    from graph import embedded_cypher

    folder = tempfile.TemporaryDirectory()
    home = Path(folder.name)
    connection = embedded_cypher.open_engine(home / "graph")
    connection.execute("CREATE NODE TABLE Actor(id STRING, name STRING, PRIMARY KEY(id))")
    connection.execute("CREATE (:Actor {id: 'x', name: 'n'})")
    embedded_cypher.node_ids = lambda _: {}
    embedded_cypher.LABELS = dict.fromkeys([None, "PERSON"], "Person")

    def look() -> Any:
        rows = [tuple(row) for row in connection.execute("MATCH (n) RETURN n.id, n.name")]
        tables = [tuple(row) for row in connection.execute("CALL show_tables() RETURN *")]
        return rows, sorted(map(str, tables)), [p.name for p in home.iterdir() if "graph" not in p.name]

    before = look()

    def ask(query: str, keep: Any = folder) -> None:
        query = query.replace("OUT", f"{home}/out")
        try:
            embedded_cypher.refuse(query)
        except QuestionError:
            return
        try:
            embedded_cypher.run(connection, query, {})
        except QuestionError as error:
            assert "\n" not in str(error)
        except KeyError:
            return  # our row has no type, which every actor has
        assert look() == before

    return ask


def make_answers() -> Test:
    """Rows of any values as GraphML, read back by NetworkX."""
    import networkx as nx
    from hypothesis import strategies as st

    from graph.cypher import Answer, Node, Route, Tie, parts_of, to_graphml

    text = st.one_of(st.sampled_from(NAMES), st.text(max_size=15))
    value = st.one_of(text, st.integers(), st.floats(), st.booleans(), st.none(), st.lists(text, max_size=3))
    facts = st.dictionaries(text, value, max_size=4)
    key = st.text("abc123-", min_size=1, max_size=3)
    node = st.builds(Node, key, st.lists(text, max_size=2).map(tuple), facts)
    tie = st.builds(Tie, key, text, key, key, facts)
    route = st.builds(
        Route,
        st.lists(node, min_size=2, max_size=2).map(tuple),
        st.lists(tie, min_size=1, max_size=1).map(tuple),
    )
    cell = st.one_of(node, tie, route, st.lists(node, max_size=2), value)

    def test(rows: list[tuple[Any, ...]]) -> None:
        answer = Answer(("x",), tuple(rows))
        nodes, ties = parts_of(answer)
        f"{[str(cell) for row in rows for cell in row]}"
        if nodes or ties:
            written = "".join(to_graphml(answer))
            read = nx.parse_graphml(written, force_multigraph=True, edge_key_type=str)
            assert set(nodes) <= set(read) and read.number_of_edges() == len(ties)

    return drawn(st.lists(st.tuples(cell), min_size=1, max_size=4), test)


def these(*samples: bytes) -> Any:
    """The samples given."""
    return lambda: iter(samples)


TARGETS = {
    "ledger": Target(make_ledger, these(LEDGER), ("graph",)),
    "known": Target(make_known, these(*KNOWN), ("graph",)),
    "names": Target(make_names, noise, ("graph",)),
    "identity": Target(make_identity, noise, ("graph",)),
    "graph": Target(make_graph_file, graph_files, ("graph",)),
    "exports": Target(make_exports, noise, ("graph",)),
    "cypher": Target(make_cypher, noise, ("graph",)),
    "queries": Target(make_queries, these(*QUERIES), ("graph.embedded_cypher",)),
    "answers": Target(make_answers, noise, ("graph",)),
}
