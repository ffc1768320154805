"""How fast questions are answered on a large graph, beside reading the same graph from GraphML with NetworkX.

    python -m bench.questions [FOLDER] [--actors 100000] [--edges 1021000] [--no-graphml]

Makes a world with planted truth (every edge is known, so are degrees), written straight into the tables of a
graph file, and asks it: cold in a process of its own, warm in this one. Times of day, then processor times.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from extract.model import Code, Triple, content_id
from graph.embedded import open_graph
from graph.questions import card, find_paths, path, search, ties
from graph.ranking import between, top
from graph.routes import hub_size
from graph.schema import fold
from graph.store import Filter
from graph.terms import Terms

ROOT = Path(__file__).resolve().parent.parent
STATES, PER_ARTICLE = 200, 10
START = ("Ba", "Do", "Ka", "Li", "Mo", "Na", "Pe", "Ra", "Su", "Ta", "Ve", "Zo", "Ha", "Ju", "Fe", "Gi")
DEEDS: tuple[tuple[Code, str, bool], ...] = (
    ("CONSULT", "meet with", True), ("ACCUSE", "accuse", False), ("SUPPORT", "praise", False),
    ("AID", "send aid to", False), ("SAY", "tell", False), ("THREATEN", "threaten", False),
)  # fmt: skip
COLD = 15
Pair = tuple[str, str]
Spent = tuple[float, float]
ASK = """
import sys, time
started = time.perf_counter()
import networkx as nx
graph = nx.read_graphml(sys.argv[1], force_multigraph=True, edge_key_type=str).to_undirected()
read = time.perf_counter() - started
started = time.perf_counter()
for pair in sys.argv[2:]:
    a, b = pair.split(",")
    try:
        nx.shortest_path(graph, a, b)
    except nx.NetworkXNoPath:
        pass
asked = (time.perf_counter() - started) / len(sys.argv[2:])
import resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(read, asked, peak)
"""


def name(number: int) -> str:
    """A name that no other number has; the first are states."""
    if number < STATES:
        return f"{START[number % 16]}{START[number // 16].lower()}land"
    parts = [START[number >> shift & 15] for shift in (0, 4, 8, 12, 16)]
    return f"{parts[0]}{parts[1].lower()} {parts[2]}{parts[3].lower()}{parts[4].lower()}"


def pick(chance: random.Random, actors: int) -> int:
    """An actor; low numbers are in more edges, as in news."""
    return int(actors * chance.random() ** 2.5)


def make_triple(chance: random.Random, number: int, actors: int) -> Triple:
    """A triple between two actors, one in ten a role in a state."""
    source = max(STATES, pick(chance, actors))
    target = pick(chance, actors)
    code, relation, symmetric = chance.choice(DEEDS)
    if chance.random() < 0.1:
        code, relation, symmetric, target = "ROLE", "minister of", False, chance.randrange(STATES)
    if target == source:
        target = (source + 1) % actors
    one, two = name(source), name(target)
    day = f"{2010 + chance.randrange(9)}-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}"
    sentence = (
        f"{one} {relation} {two} on day {number}, the {START[number % 16].lower()}{number % 977} agency said."
    )
    kind: Any = "STATE" if target < STATES else "PERSON"
    return Triple(
        article=f"n{number // PER_ARTICLE:07}", sentence=sentence, start=number % PER_ARTICLE * 100,
        end=number % PER_ARTICLE * 100 + len(sentence), source=one, source_type="PERSON", source_mention=one,
        source_start=0, source_end=len(one), relation=relation, relation_text=relation, target=two,
        target_type=kind, target_mention=two, target_start=0, target_end=len(two), symmetric=symmetric,
        group=None, code=code, mode=None, status=chance.choice(("actual",) * 9 + ("negated",)),
        attribution=None, confidence=0.7, published=day, publisher=f"Outlet {number % 40}", date=day,
        date_end=None, date_precision="day", location=None, extractor="bench",
    )  # fmt: skip


def make_graph(file: Path, actors: int, edges: int) -> None:
    """Write the world into a graph file's tables."""
    open_graph(file).close()
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -1000000")
    db.execute("BEGIN")
    chance = random.Random(7)
    for start in range(0, edges, 20_000):
        triples = [make_triple(chance, i, actors) for i in range(start, min(edges, start + 20_000))]
        write_articles(db, triples)
        write_edges(db, triples)
    seen = {n: content_id(name(n)) for n in range(actors)}
    write_actors(db, seen)
    db.execute("DELETE FROM changes")
    db.execute("COMMIT")
    db.close()


def write_articles(db: sqlite3.Connection, triples: Sequence[Triple]) -> None:
    """The record: articles with their triples and sentences."""
    first = {t.article: t for t in triples}
    rows = ((t.article, f"News {t.article}", t.published, t.publisher, "text " * 100) for t in first.values())
    db.executemany(
        "INSERT INTO articles (id, title, published, publisher, text, metadata, origin, extractor, sketch, "
        "digest, seal) "
        "VALUES (?,?,?,?,?,'{}','','bench','','','')", rows,
    )  # fmt: skip
    bodies = sorted((t.article, t.id, msgspec.json.encode(t), t.id) for t in triples)
    db.executemany("INSERT INTO triples VALUES (?,?,?,?)", bodies)
    db.executemany(
        "INSERT INTO sentences (article, start, text) VALUES (?,?,?)",
        ((t.article, t.start, t.sentence) for t in triples),
    )


def write_edges(db: sqlite3.Connection, triples: Sequence[Triple]) -> None:
    """Edges with their evidence; a second triple on an edge adds to it."""
    for t in triples:
        source, target = content_id(t.source), content_id(t.target)
        if t.symmetric and target < source:
            source, target = target, source
        edge = content_id(source, target, t.code, t.status)
        light, stop = t.code in ("ROLE", "SAY"), t.code == "ROLE"
        db.execute(
            "INSERT INTO edges VALUES (?,?,?,?,?,?,?,1,1,1,?,?,0.7,?,0,?) ON CONFLICT (id) DO UPDATE SET "
            "evidence = evidence + 1, articles = articles + 1, sources = sources + 1, "
            "weight = weight + excluded.weight, first = min(first, excluded.first), "
            "last = max(last, excluded.last), confidence = 0.91",
            (edge, source, target, t.code, t.status, t.symmetric, f'["{t.relation}"]', t.date, t.date,
             1 if light else 2, stop),
        )  # fmt: skip
        db.execute(
            "INSERT OR IGNORE INTO evidence VALUES (?,?,?,?,NULL,0.7,?,?,?)",
            (edge, t.id, t.article, t.date, t.relation, t.symmetric, t.relation_text),
        )


def write_actors(db: sqlite3.Connection, ids: dict[int, str]) -> None:
    """Actors with the names they are looked up by."""
    for number, key in ids.items():
        whole = name(number)
        kind = "STATE" if number < STATES else "PERSON"
        aliases = msgspec.json.encode([whole]).decode()
        db.execute("INSERT INTO actors VALUES (?,?,?,?,1)", (key, whole, kind, aliases))
        keys = {(fold(whole), key, 0), *((word, key, 1) for word in fold(whole).split())}
        db.executemany("INSERT OR IGNORE INTO names VALUES (?,?,?)", sorted(keys))


def clock(who: int = resource.RUSAGE_SELF) -> Spent:
    """Now: the time of day, and the processor time used by this process or its children."""
    used = resource.getrusage(who)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def timed(ask: Callable[[], object], who: int = resource.RUSAGE_SELF) -> Spent:
    """Seconds that a question takes, and seconds of processor time."""
    before = clock(who)
    ask()
    after = clock(who)
    return after[0] - before[0], after[1] - before[1]


def times(
    ask: Callable[[Pair], object], pairs: Sequence[Pair], who: int = resource.RUSAGE_SELF
) -> list[Spent]:
    """What the question takes of each pair."""
    return [timed(partial(ask, pair), who) for pair in pairs]


def show(title: str, spent: Sequence[Spent]) -> None:
    """Median, 95th percentile and maximum in milliseconds, then of the processor time."""
    cells = []
    for kind in (0, 1):
        ms = sorted(s[kind] * 1000 for s in spent)
        cells += [statistics.median(ms), ms[min(len(ms) - 1, int(len(ms) * 0.95))], ms[-1]]
    print(f"{title:<42}" + "".join(f"{cell:>9.1f}" for cell in cells), flush=True)


def ask_cold(file: Path, pairs: Sequence[Pair]) -> None:
    """Whole processes of `dyad path`."""

    def ask(pair: Pair) -> None:
        line = [sys.executable, str(ROOT / "cli.py"), "path", *pair, "--graph", str(file), "--json"]
        subprocess.run(line, capture_output=True, check=False)

    show("dyad path, cold: the whole process", times(ask, pairs[:COLD], resource.RUSAGE_CHILDREN))


def ask_warm(file: Path, pairs: Sequence[Pair]) -> None:
    """Questions in this process, each asked of the same pairs."""
    few, years = pairs[:20], Filter(since="2015", until="2016")
    with open_graph(file, readonly=True) as store:

        def on(terms: Terms) -> Callable[[Pair], object]:
            return lambda pair: find_paths(store, *pair, terms=terms)

        questions: list[tuple[str, Callable[[Pair], object]]] = [
            ("path -k 5", on(Terms(k=5))),
            ("path -k 5 --distinct", on(Terms(k=5, distinct=True))),
            ("path --no-hubs", on(Terms(hubs=hub_size(store)))),
            ("path --through PERSON", on(Terms(through=("PERSON",)))),
            ("path --ordered --within 1y --max-hops 4", on(Terms(ordered=True, within=365, max_hops=4))),
            ("path --by strength", on(Terms(by="strength"))),
            ("path --since 2015 --until 2016", lambda pair: path(store, *pair, only=years)),
            ("ties A", lambda pair: ties(store, pair[0])),
            ("ties A B", lambda pair: ties(store, *pair)),
            ("actor A", lambda pair: card(store, pair[0])),
            ("search", lambda pair: search(store, pair[0])),
            ("between A B", lambda pair: between(store, *pair)),
        ]
        show("path with evidence", times(lambda pair: path(store, *pair), pairs))
        for title, ask in questions:
            show(title, times(ask, few))
        show("top (degree, the whole graph)", [timed(lambda: top(store))])


def ask_networkx(file: Path, pairs: Sequence[Pair]) -> None:
    """The same graph as GraphML, read and asked by NetworkX in a process of its own."""
    from graph.exports import write_export
    from graph.exports.part import choose

    graphml = file.with_suffix(".graphml")
    if not graphml.exists():
        with open_graph(file, readonly=True) as store:
            seconds, _ = timed(lambda: write_export(choose(store), graphml))
        print(f"writing GraphML: {seconds:.1f} s, {graphml.stat().st_size / 1e6:.0f} MB", flush=True)
    ids = [f"{content_id(a)},{content_id(b)}" for a, b in pairs[:20]]
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(graphml), *ids], capture_output=True, text=True, check=True
    )
    read, asked, peak = map(float, done.stdout.split())
    print(
        f"NetworkX reads the GraphML: {read:.1f} s, {peak:,.0f} MB; "
        f"a path without evidence then: {asked * 1000:.2f} ms"
    )


def draw(chance: random.Random, actors: int) -> Pair:
    """Two different actors."""
    one, two = chance.sample(range(actors), 2)
    return name(one), name(two)


def main() -> None:
    """Make the graph where it is missing, and ask."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--actors", type=int, default=100_000)
    options.add_argument("--edges", type=int, default=1_021_000, help="triples; some share an edge")
    options.add_argument("--no-graphml", action="store_true")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = args.folder or Path(aside)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"bench-{args.actors}-{args.edges}.db"
        if not file.exists():
            print(
                f"making the graph: {timed(lambda: make_graph(file, args.actors, args.edges))[0]:.0f} s",
                flush=True,
            )
        with open_graph(file, readonly=True) as store:
            print(f"{args.actors:,} actors, {store.size():,} edges, {file.stat().st_size / 1e6:.0f} MB")
        chance = random.Random(11)
        pairs = [draw(chance, args.actors) for _ in range(200)]
        head = "".join(f"{word:>9}" for word in ("median", "95 %", "max", "cpu: med", "95 %", "max"))
        print(f"{'milliseconds':<42}{head}")
        ask_cold(file, pairs)
        ask_warm(file, pairs)
        print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        if not args.no_graphml:
            ask_networkx(file, pairs)


if __name__ == "__main__":
    main()
