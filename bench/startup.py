"""How long a command takes to start, beside bare Python."""

from __future__ import annotations

from collections.abc import Iterator

from bench.frame import Row, Size, Spent, compare, dyad, python
from bench.questions import draw
from bench.world import make_graph, sized

LITTLE = 300


def measure(size: Size) -> Iterator[Row]:
    """The fastest of several runs each: what else the machine does is not ours."""
    graph, pair = make_graph(sized(LITTLE)), draw(LITTLE, 1)[0]
    bare = fastest([python("-c", "pass") for _ in range(size.repeats)])
    for what, limit, command in (
        ("`dyad --help`", 0.25, ("--help",)),
        ("`dyad path` on a small graph", 0.5, ("path", *pair, "--graph", graph)),
    ):
        spent = fastest([dyad(*command) for _ in range(size.repeats)])
        yield compare(
            what, "python -c pass", "s", spent.wall, bare.wall, f"ours <= {limit} s",
            f"fastest of {size.repeats}; {spent.cpu:.2f} s of processor time",
        )  # fmt: skip


def fastest(spent: list[Spent]) -> Spent:
    """The run that took the least by the clock."""
    return min(spent, key=lambda one: one.wall)
