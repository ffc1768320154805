"""Short made-up articles for the soak, with a truth that is exact: sentences that the rules read rightly.

Everybody lives on an island and meets nobody of another, so that there is no path between two islands.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from bench.articles import FIRST_DAY, GRAMMAR, Person, make_persons
from extract.model import Article, Code, Status

ISLANDS, ISLANDERS, TELLING = 18, 30, 3
# Given names, and a place, that the parser takes for something else now and then; without them nothing of
# 60,000 tellings was misread.
MISREAD = {
    "Ines", "Tunde", "Aylin", "Somchai", "Minh", "Elif", "Linh", "Dara", "Defne", "Samira", "Irina", "Arjun",
    "Mei", "Amal", "Sigrid", "Layla", "Astrid", "Nils", "Rafael", "Ama",
}  # fmt: skip
ALIKE = 50  # percent: of two that bear one given name, surnames more alike may be held for one
CITY_STATE = "Singapore"
PLACES = [place for place in GRAMMAR["places"] if place != CITY_STATE]
# Words, class, status, and whether both do it.
DEEDS: tuple[tuple[str, Code, Status, bool], ...] = (
    ("{} met {} in {place} on {day}.", "CONSULT", "actual", True),
    ("{} accused {} of lying about {topic}.", "ACCUSE", "actual", False),
    ("{} praised {} in {place} on {day}.", "SUPPORT", "actual", False),
    ("{} criticized {} in {place} on {day}.", "ACCUSE", "actual", False),
    ("{} congratulated {} on {day}.", "SUPPORT", "actual", False),
    ("{} did not meet {} in {place} on {day}.", "CONSULT", "negated", True),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who did what to whom, as one sentence of an article says."""

    article: str
    source: str
    target: str
    code: Code
    status: Status
    symmetric: bool


@cache
def islands() -> tuple[list[Person], ...]:
    """Who lives on each island."""
    pool: list[Person] = []
    for one in make_persons(ISLANDS * ISLANDERS * 6, 17):
        alike = (fuzz.ratio(one.surname, other.surname) for other in pool if other.given == one.given)
        if one.given not in MISREAD and max(alike, default=0) < ALIKE:
            pool.append(one)
    return tuple(pool[n * ISLANDERS : (n + 1) * ISLANDERS] for n in range(ISLANDS))


def tell(number: int) -> tuple[Article, list[Told]]:
    """Article number `number` with what it tells, the same at any time; below zero, of the other islands."""
    dice = random.Random(f"soak {number}")
    half = ISLANDS // 2
    island = islands()[number % half + (half if number < 0 else 0)]
    name = f"soak-{number}" if number >= 0 else f"later{number}"
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(5000))
    sentences, told = [], []
    for one, two in pairs(dice, island):
        words, code, status, symmetric = dice.choice(DEEDS)
        slots = {"place": dice.choice(PLACES), "topic": dice.choice(GRAMMAR["topics"])}
        sentences.append(words.format(one, two, **slots, day=day.strftime("%A")))
        told.append(Told(name, one, two, code, status, symmetric))
    sentences.append(
        dice.choice(GRAMMAR["fillers"]).format(
            number=dice.randint(11, 90), month=day.strftime("%B"), ordinal="third", **slots
        )
    )
    return Article(name, "\n\n".join(sentences), None, day.isoformat()), told


def pairs(dice: random.Random, island: tuple[Person, ...]) -> Iterator[tuple[str, str]]:
    """Neighbours in a ring, most of the time, so that some are many steps apart."""
    for at in dice.sample(range(0, ISLANDERS - 1, 2), TELLING):
        far = 2 if dice.random() < 0.2 else 1
        both = [island[at].name, island[(at + far) % ISLANDERS].name]
        yield tuple(dice.sample(both, 2))  # type: ignore[misc]
