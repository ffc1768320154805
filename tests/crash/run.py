"""Kills dyad, starves it of room, and lets two of it meet: what must hold afterwards, with real commands.

    python -m tests.crash.run [--moments 300] [--loads 30] [--seed N] [--articles 24] [PART...]

Parts: kills, loads (a real Neo4j), room, memory, together; all when none is named. 1 when anything broke.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.crash import kills, limits, loads, together
from tests.crash.world import Broken, World, make_world

Part = Callable[[World, argparse.Namespace], Iterator[str]]


def run_kills(world: World, given: argparse.Namespace) -> Iterator[str]:
    """SIGKILL of build, merge, forget and export."""
    struck = kills.kill_all(world, given.moments, given.seed)
    for name, counts in struck.items():
        yield f"{name}: {counts.total()} killed ({counts['time']} by time, {counts['write']} at a write)"


def run_loads(world: World, given: argparse.Namespace) -> Iterator[str]:
    """SIGKILL of loads into Neo4j."""
    yield f"load: {loads.kill_loads(world, given.loads, given.seed)} killed against Neo4j"


PARTS: dict[str, Part] = {
    "kills": run_kills,
    "loads": run_loads,
    "room": lambda world, given: limits.starve_of_room(world),
    "memory": lambda world, given: limits.starve_of_memory(world),
    "together": lambda world, given: together.meet(world, given.rounds),
}


def main() -> int:
    """Run the parts; 1 when something broke."""
    parser = argparse.ArgumentParser(description="Kill dyad, starve it, and let two of it meet.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--moments", type=int, default=300, help="kills on the embedded store")
    parser.add_argument("--loads", type=int, default=30, help="kills of loads into Neo4j")
    parser.add_argument("--rounds", type=int, default=10, help="of each meeting of two")
    parser.add_argument("--articles", type=int, default=24, help="in the graphs")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; known: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder), given.articles)
        return max(run_part(name, world, given) for name in given.parts or PARTS)


def run_part(name: str, world: World, given: argparse.Namespace) -> int:
    """Run one part, and say how it went."""
    begun = time.monotonic()
    try:
        for line in PARTS[name](world, given):
            print(line, flush=True)
    except Broken as fault:
        print(f"{name}: BROKEN: {fault}", flush=True)
        return 1
    print(f"{name}: all held, {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
