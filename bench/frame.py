"""What every benchmark room yields, and how it measures.

A room is a module with `measure(size) -> Iterator[Row]`; bench/__main__.py runs rooms and keeps their rows,
bench/table.py makes BENCHMARKS.md from them. Each row is a ratio to a baseline taken in the same run.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Size:
    """How much each room is given."""

    name: str
    articles: int
    """built with `dyad build`, by one process and by two"""
    many: int
    """short articles built for their memory, beside a tenth of them"""
    some: int
    """articles for peers that are about as fast"""
    few: int
    """articles for peers that are slow"""
    actors: int
    """of the planted world, with ten edges and thirty pieces of evidence each"""
    shares: tuple[float, ...]
    """parts of the planted world that are measured before the whole"""
    statements: int
    """loaded into Neo4j"""
    mentions: tuple[int, ...]
    """resolved by identity alone"""
    repeats: int
    """runs of what takes a moment"""


FULL = Size("full", 5_000, 50_000, 500, 30, 100_000, (0.1, 0.3), 200_000, (10_000, 30_000, 100_000), 7)
SMALL = Size("small", 20, 60, 20, 4, 300, (0.1,), 2_000, (300, 3_000), 2)


def shrink(size: Size, share: float) -> Size:
    """A part of every size, as whole numbers; nothing for slow peers is taken away."""

    def part(count: int) -> int:
        return max(20, round(count * share))

    return replace(
        size,
        articles=part(size.articles),
        many=part(size.many),
        some=part(size.some),
        actors=part(size.actors),
        statements=part(size.statements),
        mentions=tuple(map(part, size.mentions)),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its baseline; `ratio` is theirs/ours or ours/theirs, whichever `wanted` speaks of.

    A row without figures says in `note` why there are none.
    """

    what: str
    baseline: str
    unit: str
    ours: float | None = None
    theirs: float | None = None
    ratio: float | None = None
    wanted: str = ""
    note: str = ""


def compare(
    what: str, baseline: str, unit: str, ours: float, theirs: float, wanted: str = "", note: str = ""
) -> Row:
    """A row whose ratio is ours to theirs: of rates, the higher the better; of costs, the lower."""
    return Row(what, baseline, unit, ours, theirs, ours / theirs if theirs else None, wanted, note)


def speed_up(
    what: str, baseline: str, unit: str, ours: float, theirs: float, wanted: str = "", note: str = ""
) -> Row:
    """A row of two costs whose ratio says how many times less ours is."""
    return Row(what, baseline, unit, ours, theirs, theirs / ours if ours else None, wanted, note)


def skip(what: str, baseline: str, why: str) -> Row:
    """A row that could not be measured here."""
    return Row(what, baseline, "", note=f"skipped: {why}")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, seconds of processor time, peak memory in MB, and what was printed."""

    wall: float
    cpu: float
    peak: float = 0.0
    said: str = ""


def spend(work: Callable[[], object]) -> Spent:
    """What a call in this process takes."""
    started, used = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - started, time.process_time() - used)


WATCH = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
wall = time.perf_counter() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.stdout, done.returncode]))
"""


def run(command: Sequence[str | Path], expect: Sequence[int] = (0,)) -> Spent:
    """A process with its children, watched by another, whose own memory it does not inherit.

    Peak memory is that of the largest process. A failure raises RuntimeError with what was said.
    """
    import json

    watched = [sys.executable, "-c", WATCH, *map(str, command)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    done = subprocess.run(watched, capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    wall, cpu, peak, said, code = json.loads(done.stdout)
    if code not in expect:
        raise RuntimeError(f"{' '.join(map(str, command))[:200]} ended with {code}: {said[-500:]}")
    return Spent(wall, cpu, peak, said)


def python(*arguments: str | Path) -> Spent:
    """This Python with these arguments."""
    return run([sys.executable, *arguments])


def dyad(*arguments: str | Path) -> Spent:
    """A whole `dyad` process."""
    return run([sys.executable, ROOT / "cli.py", *arguments], expect=(0, 1))


def peak() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def work_folder() -> Path:
    """Where rooms keep what they make and others use."""
    WORK.mkdir(parents=True, exist_ok=True)
    return WORK
