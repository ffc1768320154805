"""The store at size: building, file, questions, exports; of parts of a planted world, and of all of it.

    python -m bench.scale ACTORS        one JSON object a line: what, seconds, unit

Each size is measured in a process of its own, by processor time: other work on the machine does not count.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.exports import ENDINGS, export
from bench.frame import ROOT, Row, Size, compare, peak, python, spend
from bench.identity import warm
from bench.plot import draw
from bench.questions import ask_every_kind
from bench.world import PER_ARTICLE, World, articles, sized, write
from graph.embedded import EmbeddedGraph, open_graph

MORE, LINEAR = 10, "<= 12"
Figure = tuple[str, float, str]
PLOTS = {
    "store": ("write articles", "compute actors and edges"),
    "questions": ("top", "top --by pagerank", "communities", "diff 2015 2016"),
    "exports": tuple(f"export {ending}" for ending in ENDINGS),
}


def build(world: World) -> Iterator[Figure]:
    """Store the world, compute what follows, then ten articles more; compare with what was planted."""
    for end in ("", "-wal", "-shm"):
        world.file.with_name(world.file.name + end).unlink(missing_ok=True)
    warm()
    with open_graph(world.file) as graph:
        yield "write articles", write(world, graph).cpu, "s"
        yield "compute actors and edges", spend(graph.refresh).cpu, "s"
        sizes = graph.sizes()
        yield "peak memory of building", peak(), "MB"
    yield "size of the file", world.file.stat().st_size / 1e6, "MB"
    yield "actors found of those planted", sizes["actor"] / world.actors, ""
    yield "edges found of those planted", sizes["edge"] / world.edges, ""


def add_more(world: World, graph: EmbeddedGraph) -> float:
    """Seconds that some articles of the same actors take, which are then forgotten again."""
    from dataclasses import replace

    dice = random.Random(5)
    some = [found for _, found in zip(range(MORE), articles(world), strict=False)]

    def add() -> None:
        for number, (article, triples) in enumerate(some):
            name = f"more{number}"
            mixed = dice.sample(triples, len(triples))
            new = replace(article, id=name, text=f"{name} {article.text[::-1]}")
            graph.write(new, [replace(t, article=name) for t in mixed], "bench")
        graph.refresh()

    spent = spend(add).cpu
    for number in range(MORE):
        graph.remove(f"more{number}")
    graph.refresh()
    return spent


def run_size(world: World) -> Iterator[Figure]:
    """All figures of one size."""
    yield from build(world)
    with open_graph(world.file) as graph:
        yield f"{MORE} articles more", add_more(world, graph), "s"
    with open_graph(world.file, readonly=True) as graph:
        for title, spent in ask_every_kind(graph, world.actors):
            yield title, spent.cpu * 1000, "ms"
    with tempfile.TemporaryDirectory(dir=world.file.parent) as aside:
        for ending in ENDINGS:
            yield f"export {ending}", export(world.file, Path(aside) / f"g.{ending}").cpu, "s"


def measure(size: Size) -> Iterator[Row]:
    """Every figure of the whole beside that of a tenth."""
    found: dict[float, dict[str, float]] = {}
    units: dict[str, str] = {}
    for share in (*size.shares, 1.0):
        lines = python("-m", "bench.scale", str(sized(size.actors, share).actors)).said.splitlines()
        figures = [json.loads(line) for line in lines if line.startswith("[")]
        found[share] = {what: value for what, value, _ in figures}
        units |= {what: unit for what, _, unit in figures}
    whole, part = sized(size.actors), sized(size.actors, size.shares[0])
    yield from rates(whole, found[1.0], part, found[size.shares[0]])
    for what, value in found[1.0].items():
        theirs = found[size.shares[0]][what]
        yield compare(what, f"at {part.edges:,} edges", units[what], value, theirs, wanted(what))
    if size.name == "full":
        plot(size, found)


def wanted(what: str) -> str:
    """What growth is near-linear; a question about few actors should hardly grow."""
    if what.endswith("planted"):
        return ""
    return "<= 2" if what.endswith("articles more") else LINEAR


def rates(world: World, whole: dict[str, float], part: World, tenth: dict[str, float]) -> Iterator[Row]:
    """Evidence a second, and bytes of the file for each."""
    spent = [f["write articles"] + f["compute actors and edges"] for f in (whole, tenth)]
    less = f"at {part.edges:,} edges"
    yield compare(
        f"evidence a second, stored and computed, at {world.actors:,} actors, {world.edges:,} edges and "
        f"{world.evidence:,} pieces of evidence", less, "1/s",
        world.evidence / spent[0], part.evidence / spent[1], ">= 0.83",
    )  # fmt: skip
    yield compare(
        "bytes of the file per piece of evidence, with texts and full-text index", less, "B",
        whole["size of the file"] * 1e6 / world.evidence, tenth["size of the file"] * 1e6 / part.evidence,
        "<= 1.2", f"{PER_ARTICLE} triples an article",
    )  # fmt: skip


def plot(size: Size, found: dict[float, dict[str, float]]) -> None:
    """Cost against size, as pictures in docs/."""
    for name, whats in PLOTS.items():
        lines = {
            what: [(sized(size.actors, share).edges, f[what]) for share, f in sorted(found.items())]
            for what in whats
        }
        up = "ms" if name == "questions" else "s"
        picture = draw(lines, "edges", f"{up} of processor time")
        (ROOT / "docs" / f"{name}-cost.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    for figure in run_size(sized(int(sys.argv[1]))):
        print(json.dumps(figure), flush=True)
