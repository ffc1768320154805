"""A world whose names are hard to tell apart: every kind of short form and namesake."""

from __future__ import annotations

import random
from typing import Any

from extract.model import Article, Triple
from graph.embedded import EmbeddedGraph
from tests.small_world import triple

PEOPLE = [
    "Marta Olsen", "Martha Olsen", "Olsen", "Ivan Petrenko", "Iván Petrénko", "Oleh Petrenko", "Petrenko",
    "Karim al-Hadid", "Kareem Hadeed", "Hadid", "Samir Hadid", "Jon Vale", "Jon Vale Jr.", "Vale", "Smith",
    "Anna Smith", "Paul Smith", "Zelda Quorn", "Quorn", "Kim Dae-su", "Kim Dae-sun", "Николай Верин",
    "Nikolai Verin",
]  # fmt: skip
BODIES = [
    "Harbour Relief Union",
    "HRU",
    "Verin Group",
    "Verin",
    "Coastal Guard Front",
    "CGF",
    "Corps of Great Forges",
]
STATES = ["Norway", "Peru", "Burma", "Myanmar", "Niger", "Nigeria"]
DEEDS: list[tuple[str, Any, bool]] = [
    ("meet with", "CONSULT", True), ("accuse", "ACCUSE", False), ("aid", "AID", False)
]  # fmt: skip


def kind(name: str, article: str) -> Any:
    """The type of a name in this world; every fifth article takes Zelda Quorn for a body."""
    misread = name == "Zelda Quorn" and int(article[1:]) % 5 == 4
    return "STATE" if name in STATES else "ORG" if name in BODIES or misread else "PERSON"


def tell(dice: random.Random, article: str) -> list[Triple]:
    """A few triples of one article."""
    return [tell_one(dice, article) for _ in range(dice.randint(1, 4))]


def tell_one(dice: random.Random, article: str) -> Triple:
    """One triple: a deed between two names, or a role in a state."""
    from dataclasses import replace

    source, target = dice.sample(PEOPLE + BODIES, 2)
    relation, code, symmetric = dice.choice(DEEDS)
    if dice.random() < 0.3:
        source, target = dice.choice(PEOPLE), dice.choice(STATES)
        relation, code, symmetric = dice.choice(["foreign minister of", "president of"]), "ROLE", False
    status = dice.choice(["actual", "actual", "negated"])
    made = triple(article, source, relation, target, code, status, None, symmetric)
    start = dice.randint(0, 999)
    said = dice.choice([None, None, dice.choice(PEOPLE)])
    return replace(
        made,
        start=start,
        source_type=kind(source, article),
        target_type=kind(target, article),
        confidence=0.6,
        attribution=said,
    )


def world(seed: int, size: int) -> dict[str, list[Triple]]:
    """Articles with their triples; the same seed, the same world."""
    dice = random.Random(seed)
    return {f"a{i:02}": tell(dice, f"a{i:02}") for i in range(size)}


def put(graph: EmbeddedGraph, article: str, triples: list[Triple]) -> None:
    """Write one article; every third is a reprint of its neighbour."""
    number = int(article[1:]) // 3 * 3 if int(article[1:]) % 3 == 1 else int(article[1:])
    text = " ".join(f"w{number}n{i}" for i in range(60))
    graph.write(Article(article, text), triples, "test")


def picture(graph: EmbeddedGraph) -> list[Any]:
    """All that follows from the record: actors, edges, evidence."""
    from graph.store import Filter

    edges = list(graph.edges(None, None, Filter(statuses=())))
    return [
        *graph.actors(),
        *edges,
        *((v.id, v.edge, v.said_by) for v in graph.evidence([e.id for e in edges])),
    ]
