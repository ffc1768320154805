"""Every export of a large graph, each in a process of its own, beside NetworkX writing the same GraphML."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.frame import Row, Size, Spent, python, speed_up, work_folder
from bench.world import make_graph, sized

ENDINGS = ("graphml", "gexf", "jsonl", "csv", "ftm.json", "html", "neo4j")
WRITE = """
import sys, time
from graph.embedded import open_graph
from graph.exports import write_export
from graph.exports.part import choose
with open_graph(sys.argv[1], readonly=True) as store:
    started, busy = time.perf_counter(), time.process_time()
    write_export(choose(store), sys.argv[2])
    print(time.perf_counter() - started, time.process_time() - busy)
"""
NETWORKX = """
import sys, time
import networkx as nx
from graph.embedded import open_graph
from graph.networks import to_networkx
from graph.store import Filter
with open_graph(sys.argv[1], readonly=True) as store:
    network = to_networkx(store, only=Filter(statuses=(), min_sources=0))
for _, d in network.nodes(data=True):
    d["aliases"] = ";".join(d["aliases"])
for *_, d in network.edges(data=True):
    d["relations"] = ";".join(d["relations"])
    for key in [k for k, v in d.items() if v is None]:
        del d[key]
started, busy = time.perf_counter(), time.process_time()
nx.write_graphml(network, sys.argv[2], edge_id_from_attribute="id")
print(time.perf_counter() - started, time.process_time() - busy)
"""


def export(graph: Path, target: Path, script: str = WRITE) -> Spent:
    """What writing takes, without opening the graph; peak memory of the whole process."""
    done = python("-c", script, graph, target)
    wall, cpu = map(float, done.said.split())
    return Spent(wall, cpu, done.peak)


def measure(size: Size) -> Iterator[Row]:
    """GraphML by both, timed on the writing alone: NetworkX has the graph in memory before."""
    graph = make_graph(sized(size.actors))
    with tempfile.TemporaryDirectory(dir=work_folder()) as aside:
        ours = export(graph, Path(aside) / "ours.graphml")
        theirs = export(graph, Path(aside) / "theirs.graphml", NETWORKX)
    yield speed_up(
        "`dyad export x.graphml`", "networkx.write_graphml, the graph in memory already", "s",
        ours.wall, theirs.wall, ">= 1", f"by processor time {theirs.cpu / ours.cpu:.1f} times",
    )  # fmt: skip
    yield speed_up("memory of that process", "memory of NetworkX's", "MB", ours.peak, theirs.peak)
