"""A world with planted truth: who is there, every edge, and how often each is told of.

Articles of fifteen triples each, their ends spelled alike throughout; low numbers are in more edges, and some
edges are told of far more often than others, as in news. Written and computed as `dyad build` does it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from bench.articles import GRAMMAR
from bench.frame import Spent, spend, work_folder
from bench.identity import ENDS, GIVEN, STARTS
from extract.model import ActorType, Article, Code, Triple
from graph.embedded import EmbeddedGraph, open_graph

DEEDS: tuple[tuple[Code, str, bool], ...] = (
    ("CONSULT", "meet with", True), ("ACCUSE", "accuse", False), ("SUPPORT", "praise", False),
    ("AID", "send aid to", False), ("SAY", "tell", False), ("THREATEN", "threaten", False),
)  # fmt: skip
STATES = [state for state, _, _ in GRAMMAR["states"]]
PER_ARTICLE, BEARERS, BATCH = 15, 3, 64
Edge = tuple[int, int, int, bool]


@dataclass(frozen=True, slots=True)
class World:
    """How much is planted."""

    actors: int
    edges: int
    evidence: int

    @property
    def file(self) -> Path:
        """Where its graph is kept."""
        return work_folder() / f"world-{self.actors}-{self.edges}-{self.evidence}.db"


def sized(actors: int, share: float = 1.0) -> World:
    """A world of ten edges an actor, each told of three times."""
    part = round(actors * share)
    return World(part, part * 10, part * 30)


@lru_cache(maxsize=2)
def names(count: int) -> tuple[str, ...]:
    """The actors: some states, then persons, a family name borne by three."""
    dice = random.Random(f"names {count}")
    families = [(a + b + c).title() for a in STARTS for b in STARTS for c in ENDS]
    families += [(a + b + c + d).title() for a in STARTS for b in STARTS for c in STARTS for d in ENDS]
    families = dice.sample(families, max(50, count // BEARERS))
    found = dict.fromkeys(STATES)
    while len(found) < count:
        given = (
            dice.choice(GIVEN) if dice.random() < 0.3 else (dice.choice(STARTS) + dice.choice(ENDS)).title()
        )
        found[f"{given} {dice.choice(families)}"] = None
    return tuple(found)


def plant(world: World) -> list[Edge]:
    """Distinct edges: source, target, which deed (-1: a role in a state), and whether it is denied."""
    dice = random.Random(f"edges {world.edges}")
    found: dict[Edge, None] = {}
    while len(found) < world.edges:
        source = max(len(STATES), pick(dice, world.actors))
        target, deed = pick(dice, world.actors), dice.randrange(len(DEEDS))
        if dice.random() < 0.1:
            target, deed = dice.randrange(len(STATES)), -1
        if deed >= 0 and DEEDS[deed][2] and target < source:
            source, target = target, source
        if source != target:
            found[source, target, deed, dice.random() < 0.1 and deed >= 0] = None
    return list(found)


def pick(dice: random.Random, count: int, skew: float = 2.5) -> int:
    """One of so many; low numbers more often."""
    return int(count * dice.random() ** skew)


def tell(world: World, edges: list[Edge]) -> Iterator[Edge]:
    """Every edge once, and some many times over, in an order that mixes them."""
    dice = random.Random(f"evidence {world.evidence}")
    once = len(edges) / world.evidence
    given = 0
    for number in range(world.evidence):
        fresh = given < len(edges) and (dice.random() < once or world.evidence - number <= len(edges) - given)
        yield edges[given if fresh else pick(dice, max(1, given), 1.5)]
        given += fresh


def articles(world: World) -> Iterator[tuple[Article, list[Triple]]]:
    """The articles with what they tell of."""
    told = tell(world, plant(world))
    people = names(world.actors)
    dice = random.Random(f"articles {world.evidence}")
    for number in range(-(-world.evidence // PER_ARTICLE)):
        id_, text, triples = f"n{number:08}", "", []
        day = f"{2010 + number % 15}-{1 + dice.randrange(12):02}-{1 + dice.randrange(28):02}"
        for _, edge in zip(range(PER_ARTICLE), told, strict=False):
            found = make_triple(dice, id_, len(text), edge, people, day)
            triples.append(found)
            text += f"{found.sentence} "
        yield Article(id_, text, f"News {number}", day, None, f"Outlet {number % 40}"), triples


def make_triple(
    dice: random.Random, article: str, start: int, edge: Edge, people: tuple[str, ...], day: str
) -> Triple:
    """One piece of evidence."""
    code, relation, symmetric = DEEDS[edge[2]] if edge[2] >= 0 else ("ROLE", "minister of", False)
    one, two = people[edge[0]], people[edge[1]]
    topic, place = dice.choice(GRAMMAR["topics"]), dice.choice(GRAMMAR["places"])
    sentence = (
        f"{one} {relation} {two} in {place} over {topic}, the agency said, {dice.randrange(9999)} days on."
    )
    kinds: list[ActorType] = ["STATE" if end < len(STATES) else "PERSON" for end in edge[:2]]
    return Triple(
        article=article, sentence=sentence, start=start, end=start + len(sentence), source=one,
        source_type=kinds[0], source_mention=one, source_start=start, source_end=start + len(one),
        relation=relation, relation_text=relation, target=two, target_type=kinds[1], target_mention=two,
        target_start=start + len(one) + len(relation) + 2,
        target_end=start + len(one) + len(relation) + 2 + len(two), symmetric=symmetric, group=None,
        code=code, mode=None, status="negated" if edge[3] else "actual", attribution=None, confidence=0.7,
        published=day, publisher=None, date=day, date_end=None, date_precision="day", location=None,
        extractor="bench",
    )  # fmt: skip


def write(world: World, graph: EmbeddedGraph) -> Spent:
    """Store the articles; what it takes without making them."""
    wall = cpu = 0.0
    told = articles(world)
    while batch := list(islice(told, BATCH)):
        spent = spend(partial(graph.write_all, batch, "bench"))
        wall, cpu = wall + spent.wall, cpu + spent.cpu
    return Spent(wall, cpu)


def make_graph(world: World) -> Path:
    """The world's graph file, made where it is missing."""
    if not world.file.exists():
        aside = world.file.with_suffix(".part")
        aside.unlink(missing_ok=True)
        with open_graph(aside) as graph:
            write(world, graph)
            graph.refresh()
        aside.rename(world.file)
    return world.file
