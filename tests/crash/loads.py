"""SIGKILL at random moments of loads into a real Neo4j: the next load ends like an undisturbed one."""

from __future__ import annotations

import contextlib
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from graph.neo4j_link import Link, connect
from servers import neo4j_server
from tests.crash.child import run, start
from tests.crash.kills import MISSES, drop
from tests.crash.world import GRAPH, Broken, World

LOAD = ("load", "-g", GRAPH)
NODES = "MATCH (n) RETURN labels(n), properties(n)"
TIES = "MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)"
WHOLE = (
    "MATCH (s:Statement) RETURN count(s), "
    "count(CASE WHEN COUNT { (s)-[:SOURCE|TARGET|IN]->() } = 3 THEN 1 END)"
)


@contextlib.contextmanager
def server(home: Path) -> Iterator[dict[str, str]]:
    """Where the server is, as environment: NEO4J_URI's when set, else one started here."""
    if uri := os.environ.get("NEO4J_URI"):
        login = {name: os.environ.get(name, "") for name in ("NEO4J_USERNAME", "NEO4J_PASSWORD")}
        yield {"NEO4J_URI": uri, **login}
        return
    with neo4j_server.start(home) as started:
        yield {
            "NEO4J_URI": started.uri, "NEO4J_USERNAME": neo4j_server.USER, "NEO4J_PASSWORD": started.password,
        }  # fmt: skip


def linked(at: dict[str, str]) -> contextlib.AbstractContextManager[Link]:
    """A connection of our own to look at what is there."""
    return connect(at["NEO4J_URI"], user=at["NEO4J_USERNAME"], password=at["NEO4J_PASSWORD"])


def kill_loads(world: World, moments: int, seed: int) -> int:
    """Kill so many loads, half into an empty database, half into one that holds another graph of theirs."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as home, server(Path(home)) as at, linked(at) as link:
        wipe(link)
        load(world, "full", at)
        wanted = contents(link)
        wipe(link)
        seconds = timed(world, at)
        for number in range(moments):
            kill_one(world, link, at, dice, seconds, "half" if number % 2 else None)
            if contents(link) != wanted:
                raise Broken(f"load {number}: run again, it ends otherwise than an undisturbed one")
        wipe(link)
    return moments


def kill_one(
    world: World, link: Link, at: dict[str, str], dice: random.Random, seconds: float, before: str | None
) -> None:
    """Kill one load, look that every statement is whole, and load again."""
    for _ in range(MISSES):
        wipe(link)
        if before:
            load(world, before, at)
        folder = world.fresh("full")
        child = start(LOAD, folder, environment=at)
        time.sleep(dice.uniform(0, seconds))
        child.kill()
        code = child.wait().code
        drop(folder)
        if code == -9:
            break
    else:
        raise Broken("a load always ends before it is killed")
    statements, whole = link.ask(WHOLE)[0]
    if statements != whole:
        raise Broken(f"{statements - whole} statements without their ends")
    load(world, "full", at)


def load(world: World, template: str, at: dict[str, str]) -> None:
    """An undisturbed load."""
    folder = world.fresh(template)
    ended = run(LOAD, folder, environment=at)
    if ended.code:
        raise Broken(f"load: exit code {ended.code}: {ended.err}")
    drop(folder)


def timed(world: World, at: dict[str, str]) -> float:
    """Seconds that a load into an empty database takes."""
    begun = time.monotonic()
    load(world, "full", at)
    return time.monotonic() - begun


def contents(link: Link) -> tuple[list[str], list[str]]:
    """Everything in the database, sorted."""
    nodes, ties = ([json.dumps(row, sort_keys=True) for row in link.ask(query)] for query in (NODES, TIES))
    return sorted(nodes), sorted(ties)


def wipe(link: Link) -> None:
    """Delete all nodes."""
    link.change("MATCH (n) DETACH DELETE n")
