"""Two of dyad at once on one graph file: each waits, or refuses in one line; nobody sees half a build.

What an export shows during a build is compared, byte for byte, with a graph of exactly the articles in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from graph.embedded import open_graph
from graph.exports.jsonl import pieces
from graph.exports.part import Part
from tests.crash.child import Child, Ended, run, start
from tests.crash.kills import Deed, deeds, drop
from tests.crash.world import BUILD, GRAPH, Broken, World, canonical, check_whole

SLOW = Deed("build", "bare", BUILD, portion=1)
QUESTIONS = (
    ("articles", "--json", "-g", GRAPH),
    ("top", "--json", "-g", GRAPH),
    ("actor", "Norway", "--json", "-g", GRAPH),
    ("path", "Norway", "Chile", "--json", "-g", GRAPH),
    ("communities", "--json", "-g", GRAPH),
)


def meet(world: World, rounds: int) -> Iterator[str]:
    """Let two meet, so many rounds of each pair."""
    whole = canonical(world.root / "full" / GRAPH)
    for name, meeting in MEETINGS.items():
        seen = sum(meeting(world, whole) for _ in range(rounds))
        yield f"{name}: {rounds} times, {seen} answers compared"


def two_builds(world: World, whole: bytes) -> int:
    """Two builds of the same articles end in one graph."""
    folder = world.fresh("bare")
    children = [replace(SLOW, portion=n).begin_in(folder, n) for n in (1, 2)]
    finish(world, folder, whole, children)
    return 0


def build_and_questions(world: World, whole: bytes) -> int:
    """Questions during a build are answered, or refused in one line while there is no graph yet."""
    folder = world.fresh("half")
    child = SLOW.begin(folder)
    asked = 0
    while not child.over():
        ended = run(QUESTIONS[asked % len(QUESTIONS)], folder, notes=folder.with_name(f"{folder.name}.ask"))
        if ended.code not in (0, 1) or (ended.code and ended.err.count("\n") != 1):
            raise Broken(f"{QUESTIONS[asked % len(QUESTIONS)]}: {ended}")
        asked += 1
    finish(world, folder, whole, [child])
    return asked


def build_and_export(world: World, whole: bytes) -> int:
    """What is exported during a build is the graph of some whole articles."""
    folder = world.fresh("half")
    child = SLOW.begin(folder)
    seen = 0
    while not child.over():
        ended = run(
            ("export", "seen.jsonl", "-g", GRAPH), folder, notes=folder.with_name(f"{folder.name}.ask")
        )
        if ended.code:
            raise Broken(f"export during a build: {ended}")
        compare(world, (folder / "seen.jsonl").read_bytes())
        seen += 1
    finish(world, folder, whole, [child])
    return seen


def compare(world: World, shown: bytes) -> None:
    """An export equals that of a graph made of the articles it names."""
    lines = [json.loads(line) for line in shown.splitlines()]
    with open_graph(":memory:") as graph:
        for key in (line["id"] for line in lines if line["kind"] == "article"):
            graph.write(*world.whole[key])
        graph.refresh()
        if b"".join(pieces(Part(graph))) != shown:
            raise Broken("an export during a build shows another graph than its articles make")


def build_and_merge(world: World, whole: bytes) -> int:
    """A merge during a build is kept, and so is every article."""
    merge = next(deed for deed in deeds(world) if deed.name == "merge")
    folder = world.fresh("half")
    child = SLOW.begin(folder)
    ended = run(merge.command, folder, notes=folder.with_name(f"{folder.name}.ask"))
    build = child.wait()
    if build.code or ended.code not in (0, 1) or (ended.code and ended.err.count("\n") != 1):
        raise Broken(f"a merge during a build: {ended}, {build}")
    check_whole(world, folder / GRAPH)
    if {key for key, _ in keys(folder)} != set(world.whole):
        raise Broken("articles are missing after a merge during a build")
    with open_graph(folder / GRAPH) as graph:
        merged = bool(graph.judgements())
        one, two = (graph.find(name)[0].id for name in merge.command[1:3])
    if merged != (ended.code == 0) or (merged and one != two):
        raise Broken(f"a merge during a build, ended with {ended.code}, is not as it was told")
    drop(folder)
    return 1


def keys(folder: Path) -> list[tuple[str, str]]:
    """Ids and texts of a graph's articles."""
    with open_graph(folder / GRAPH, readonly=True) as graph:
        return [(article.id, article.text) for article in graph.articles()]


def build_and_check(world: World, whole: bytes) -> int:
    """A check during a build finds nothing wrong."""
    folder = world.fresh("half")
    child = SLOW.begin(folder)
    seen = 0
    while not child.over():
        ended = run(("check", "-g", GRAPH), folder, notes=folder.with_name(f"{folder.name}.ask"))
        if ended.code:
            raise Broken(f"check during a build: {ended}")
        seen += 1
    finish(world, folder, whole, [child])
    return seen


def two_forgets(world: World, whole: bytes) -> int:
    """Of two that forget one article, one finds it gone."""
    forget = next(deed for deed in deeds(world) if deed.name == "forget")
    folder = world.fresh("full")
    children = [forget.begin_in(folder, number) for number in range(2)]
    codes = sorted(child.wait().code for child in children)
    if codes != [0, 1] or len(keys(folder)) != len(world.whole) - 1:
        raise Broken(f"two forgets end with {codes}")
    check_whole(world, folder / GRAPH)
    drop(folder)
    return 0


def two_exports(world: World, whole: bytes) -> int:
    """Two exports into one file leave one whole file."""
    folder = world.fresh("full")
    command = ("export", "x.jsonl", "-g", GRAPH)
    children = [start(command, folder, notes=folder.with_name(f"notes{n}")) for n in range(2)]
    ended = [child.wait() for child in children]
    if any(one.code for one in ended):
        raise Broken(f"two exports: {ended}")
    compare(world, (folder / "x.jsonl").read_bytes())
    drop(folder)
    return 1


def finish(world: World, folder: Path, whole: bytes, children: list[Child]) -> None:
    """All end well, and the graph is that of an undisturbed build."""
    ended: list[Ended] = [child.wait() for child in children]
    if any(one.code or "Traceback" in one.err for one in ended):
        raise Broken(f"{ended}")
    check_whole(world, folder / GRAPH)
    if canonical(folder / GRAPH) != whole:
        raise Broken("the graph is not that of an undisturbed build")
    drop(folder)


MEETINGS: dict[str, Callable[[World, bytes], int]] = {
    "two builds": two_builds,
    "a build and questions": build_and_questions,
    "a build and exports": build_and_export,
    "a build and a merge": build_and_merge,
    "a build and checks": build_and_check,
    "two forgets": two_forgets,
    "two exports": two_exports,
}
