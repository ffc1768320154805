"""Run benchmark rooms, print their rows and keep them; BENCHMARKS.md is made from what is kept.

python -m bench                       every room, full size (hours)
python -m bench build exports         these rooms; the others' rows stay as they are, with their date
python -m bench --small               every room on next to nothing: shows that all of it runs
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from importlib import import_module

from bench.frame import FULL, ROOT, SMALL, Row, Size, shrink
from bench.table import Run, describe_machine, keep, read_runs, show_row, write_table

ROOMS = {
    "startup": "Start-up",
    "extraction": "Extraction beside the model",
    "build": "Building from text",
    "memory": "Memory of building",
    "peers": "Other ways from text to triples",
    "scale": "The store at size",
    "questions": "Questions",
    "exports": "Exports",
    "identity": "Identity",
    "neo4j_load": "Loading Neo4j",
}
RESULTS, TABLE = ROOT / "bench" / "results.jsonl", ROOT / "BENCHMARKS.md"


def run_room(name: str, size: Size) -> Iterator[Row]:
    """The rows of a room, printed as they come."""
    for row in import_module(f"bench.{name}").measure(size):
        print(show_row(row), flush=True)
        yield row


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and measure."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    options.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    options.add_argument("--small", action="store_true", help="next to nothing; keeps no rows")
    options.add_argument("--share", type=float, metavar="PART", help="every size times this; rows tell sizes")
    options.add_argument("--table", action="store_true", help="only make the table of what is kept")
    args = options.parse_args(arguments)
    if unknown := sorted(set(args.rooms) - set(ROOMS)):
        options.error(f"no room is called {', '.join(unknown)}; there are {', '.join(ROOMS)}")
    size = SMALL if args.small else shrink(FULL, args.share) if args.share else FULL
    for name in [] if args.table else args.rooms or ROOMS:
        print(f"\n{ROOMS[name]}", flush=True)
        machine, started = describe_machine(), time.strftime("%Y-%m-%d %H:%M")
        rows = list(run_room(name, size))
        if not args.small:
            command = f"{name} --share {args.share:g}" if args.share else name
            keep(RESULTS, Run(name, command, started, machine, rows))
    if not args.small:
        TABLE.write_text(write_table(read_runs(RESULTS), ROOMS), encoding="utf-8")


if __name__ == "__main__":
    main()
