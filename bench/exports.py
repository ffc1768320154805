"""How fast and in how much memory a large graph is exported, beside NetworkX writing the same GraphML.

    python -m bench.exports [FOLDER] [--actors 100000] [--edges 1000000] [--only graphml] [--no-networkx]

Each step runs in a process of its own (a child's peak memory is never below its parent's); seconds are by the
clock and of the processor. NetworkX is timed on `write_graphml` alone, not on reading the graph into it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from graph.embedded import open_graph

WRITE = """
import resource, sys, time
from graph.embedded import open_graph
from graph.exports import write_export
from graph.exports.part import choose
with open_graph(sys.argv[1], readonly=True) as store:
    started, busy = time.perf_counter(), time.process_time()
    files = write_export(choose(store), sys.argv[2])
    size = sum(file.stat().st_size for file in files) / 1e6
    print(time.perf_counter() - started, time.process_time() - busy, size,
          resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
NETWORKX = """
import resource, sys, time
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
from pathlib import Path
print(time.perf_counter() - started, time.process_time() - busy, Path(sys.argv[2]).stat().st_size / 1e6,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
ENDINGS = ("graphml", "jsonl", "gexf", "csv", "ftm.json", "html")


def measure(script: str, graph: Path, target: Path) -> list[float]:
    """Seconds, processor seconds, megabytes written and peak megabytes of memory of the script's process."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(graph), str(target)], capture_output=True, text=True, check=True
    )
    return [float(figure) for figure in done.stdout.split()]


def show(title: str, figures: list[float]) -> None:
    """One row of the table."""
    print(f"{title:<26}" + "".join(f"{figure:>12,.1f}" for figure in figures), flush=True)


def main() -> None:
    """Make the graph where it is missing, write it in every format."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--actors", type=int, default=100_000)
    options.add_argument("--edges", type=int, default=1_000_000)
    options.add_argument("--only", choices=ENDINGS, action="append", help="only this format")
    options.add_argument("--no-networkx", action="store_true")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = args.folder or Path(aside)
        folder.mkdir(parents=True, exist_ok=True)
        graph = folder / f"bench-{args.actors}-{args.edges}.db"
        if not graph.exists():
            make = (
                f"import bench.questions, pathlib; bench.questions.make_graph(pathlib.Path({str(graph)!r}), "
            )
            subprocess.run([sys.executable, "-c", f"{make}{args.actors}, {args.edges})"], check=True)
        with open_graph(graph, readonly=True) as store:
            print(f"{args.actors:,} actors, {store.size():,} edges")
        print(f"{'':<26}{'seconds':>12}{'processor':>12}{'MB':>12}{'memory MB':>12}")
        took = {ending: measure(WRITE, graph, Path(aside) / f"g.{ending}") for ending in args.only or ENDINGS}
        for ending, figures in took.items():
            show(ending, figures)
        if "graphml" in took and not args.no_networkx:
            networkx = measure(NETWORKX, graph, Path(aside) / "nx.graphml")
            show("networkx.write_graphml", networkx)
            times, busy = (networkx[i] / took["graphml"][i] for i in (0, 1))
            print(
                f"GraphML is written {times:.1f} times as fast as by NetworkX ({busy:.1f} by the processor)"
            )


if __name__ == "__main__":
    main()
