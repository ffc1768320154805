"""Made-up news with planted truth, for benchmarks and soak tests.

Article number n of a seed is the same whatever the count and wherever the start: shards can be made apart.
Casts come from neighbourhoods of one big pool of persons: the same pairs meet again in other articles.
"""

from __future__ import annotations

import calendar
import datetime
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count as numbers
from itertools import product
from pathlib import Path
from typing import Any

from extract.model import Article, Code, Status, content_id

GRAMMAR: dict[str, Any] = tomllib.loads((Path(__file__).parent / "grammar.toml").read_text(encoding="utf-8"))
FIRST_DAY = datetime.date(2012, 1, 2)
MONTHS = list(calendar.month_name)[1:]
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
NEARBY = 12  # how far from its centre, in places of the pool, a cast is drawn


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds an office; `surname` is unique in the pool."""

    given: str
    surname: str
    title: str
    office: str
    state: str
    adjective: str

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Planted:
    """What a reader should find in `sentence`; names are full, as on the article's first mention."""

    sentence: str
    source: str
    relation: str
    target: str
    code: Code
    status: Status = "actual"
    symmetric: bool = False
    attribution: str | None = None


@dataclass(slots=True)
class Cast:
    """Who appears in one article, and who of them has been introduced."""

    persons: list[Person]
    states: list[str]
    bodies: list[str]
    introduced: set[str] = field(default_factory=set)


@cache
def make_persons(size: int, seed: int) -> tuple[Person, ...]:
    """A pool of persons with distinct surnames, a good 4,000 at most."""
    spelled = {
        "".join(parts): (culture, parts)
        for culture in GRAMMAR["cultures"]
        for parts in product(*(part.split() for part in culture["parts"]))
    }
    dice = random.Random(f"persons {seed}")
    return tuple(
        make_person(dice, *spelled[surname], surname) for surname in dice.sample(sorted(spelled), size)
    )


def make_person(dice: random.Random, culture: dict[str, Any], parts: tuple[str, ...], surname: str) -> Person:
    """Somebody with this surname; who differs from him in one part of it has another given name."""
    ranks = [all_parts.split().index(part) for all_parts, part in zip(culture["parts"], parts, strict=True)]
    given = culture["given"][sum(ranks) % len(culture["given"])]
    title, office = dice.choice(GRAMMAR["titles"])
    state, adjective, _ = dice.choice(GRAMMAR["states"])
    return Person(given, surname, title, office, state, adjective)


def make_articles(
    size: int | None, *, seed: int = 0, start: int = 0, persons: int = 2000
) -> Iterator[tuple[Article, list[Planted]]]:
    """Articles from number `start`, without end when `size` is None, of 10 to 20 sentences."""
    pool = make_persons(persons, seed)
    for number in numbers(start) if size is None else range(start, start + size):
        yield make_article(random.Random(f"article {seed} {number}"), pool, f"made-{seed}-{number}")


def make_article(dice: random.Random, pool: tuple[Person, ...], name: str) -> tuple[Article, list[Planted]]:
    """One article, its sentences in paragraphs of one to three."""
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(5000))
    cast = draw_cast(dice, pool)
    sentences: list[str] = []
    planted: list[Planted] = []
    for _ in range(dice.randint(10, 20)):
        text, found = write_sentence(dice, cast, day)
        sentences.append(text)
        planted += found
    body = dateline(dice, day) + "".join(
        sentence + ("\n\n" if dice.random() < 0.45 else " ") for sentence in sentences
    )
    publisher = dice.choice(GRAMMAR["outlets"])
    title = f"{dice.choice(cast.persons).surname} and {dice.choice(GRAMMAR['topics'])}"
    article = Article(
        content_id(name), body.rstrip(), title, day.isoformat(), f"https://news.example/{name}", publisher
    )
    return article, planted


def draw_cast(dice: random.Random, pool: tuple[Person, ...]) -> Cast:
    """Four to seven persons from one neighbourhood of the pool, their states and a body or two."""
    centre = dice.randrange(len(pool))
    near = [pool[(centre + shift) % len(pool)] for shift in range(min(NEARBY, len(pool)))]
    persons = dice.sample(near, min(dice.randint(4, 7), len(near)))
    states = sorted(
        {person.state for person in persons} | {dice.choice(GRAMMAR["states"])[0] for _ in range(2)}
    )
    bodies = [f"{dice.choice(GRAMMAR['lands'])} {body}" for body in dice.sample(GRAMMAR["bodies"], 2)]
    return Cast(persons, states, bodies)


def write_sentence(dice: random.Random, cast: Cast, day: datetime.date) -> tuple[str, list[Planted]]:
    """A sentence with a planted relation, or, one time in four, with none."""
    slots = draw_slots(dice, day)
    if dice.random() < 0.25:
        return dice.choice(GRAMMAR["fillers"]).format(**slots), []
    pattern = dice.choice(GRAMMAR["patterns"])
    source, target = draw_pair(dice, cast, pattern["kinds"])
    speaker = dice.choice(cast.bodies) if pattern.get("attributed") else None
    before = set(cast.introduced)
    ends = {"s": mention(cast, source), "t": mention(cast, target), "by": f"the {speaker}"}
    clause = pattern["text"].format(**ends, **slots)
    opener = dice.choice(GRAMMAR["openers"]).format(**slots)
    tail = ", " + dice.choice(GRAMMAR["tails"]).format(**slots) if dice.random() < 0.7 else ""
    sentence = capital(f"{opener}{clause}{tail}.")
    event = Planted(
        sentence, name_of(source), pattern["relation"], name_of(target), pattern["code"],
        pattern.get("status", "actual"), pattern.get("symmetric", False), speaker,
    )  # fmt: skip
    roles = [
        Planted(sentence, end.name, f"{end.office} of", end.state, "ROLE")
        for end in (source, target)
        if isinstance(end, Person) and end.name not in before
    ]
    return sentence, [event, *roles]


def draw_slots(dice: random.Random, day: datetime.date) -> dict[str, str]:
    """Words for the slots that no actor fills."""
    return {
        "place": dice.choice(GRAMMAR["places"]),
        "topic": dice.choice(GRAMMAR["topics"]),
        "number": str(dice.randint(11, 90)),
        "ordinal": dice.choice(ORDINALS),
        "month": dice.choice(MONTHS),
        "day": day.strftime("%A"),
    }


def draw_pair(dice: random.Random, cast: Cast, kinds: str) -> tuple[Person | str, Person | str]:
    """Two different actors of the cast, of the kinds P, S or O."""
    pools: dict[str, list[Any]] = {"P": cast.persons, "S": cast.states, "O": cast.bodies}
    source = dice.choice(pools[kinds[0]])
    home = source.state if isinstance(source, Person) else None
    others = [actor for actor in pools[kinds[1]] if actor not in (source, home)]
    return source, dice.choice(others or [actor for actor in pools[kinds[1]] if actor != source])


def mention(cast: Cast, actor: Person | str) -> str:
    """How the text names an actor now: a person with office and full name first, then by surname."""
    if isinstance(actor, str):
        return f"the {actor}" if actor in cast.bodies else actor
    if actor.name in cast.introduced:
        return actor.surname
    cast.introduced.add(actor.name)
    return f"{actor.adjective} {actor.title} {actor.name}"


def name_of(actor: Person | str) -> str:
    """The actor's full name."""
    return actor if isinstance(actor, str) else actor.name


def dateline(dice: random.Random, day: datetime.date) -> str:
    """Where and when the article was filed."""
    return f"{dice.choice(GRAMMAR['places']).upper()}, {MONTHS[day.month - 1]} {day.day} — "


def capital(sentence: str) -> str:
    """The sentence with its first letter raised."""
    return sentence[0].upper() + sentence[1:]
