"""A made-up world of any size: actors in circles who mostly deal with their own, told by a few outlets."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from extract.model import Article
from graph.embedded import EmbeddedGraph
from tests.small_world import triple

FIRST = ("Ada", "Boris", "Chen", "Dalia", "Emil", "Farah", "Goran", "Hana", "Ivo", "Juno", "Karim", "Lena")
LAST = ("Adler", "Brandt", "Castellan", "Dorn", "Ekberg", "Falk", "Grieg", "Holm", "Ivarsson", "Jansky")
DEEDS: tuple[tuple[str, str, str, bool], ...] = (
    ("CONSULT", "meet with", "met with", True), ("SUPPORT", "praise", "praised", False),
    ("AID", "send aid to", "sent aid to", False), ("ACCUSE", "accuse", "accused", False),
    ("THREATEN", "threaten", "threatened", False), ("ASSAULT", "attack", "attacked", False),
    ("SANCTION", "sanction", "sanctioned", False), ("COOPERATE", "cooperate with", "worked with", True),
    ("SAY", "say of", "said of", False), ("ROLE", "envoy of", "is envoy of", False),
)  # fmt: skip
STATUSES = ("actual",) * 8 + ("negated", "future")


def name(number: int) -> str:
    """A name nobody else bears."""
    return f"{FIRST[number % 12]} {LAST[number // 12 % 10]} {number}"


def fill_large(graph: EmbeddedGraph, actors: int, ties: int, seed: int = 1) -> None:
    """Write articles of 20 triples each until there are so many ties, nearly all of them different."""
    chance = random.Random(seed)
    for start in range(0, ties, 20):
        triples = [tie(chance, f"n{start:07}", actors) for _ in range(min(20, ties - start))]
        words = " ".join(chance.choice(LAST) + str(chance.randrange(999)) for _ in range(40))
        text = f"News {start}. {words}"
        publisher = chance.choice(("Northern Post", "The Courier", "Harbour Times"))
        day = f"{2012 + start % 7}-{1 + start // 20 % 12:02}-{1 + start // 7 % 28:02}"
        title, url = f"What happened near {name(start % actors)}", f"https://news.example/{start}"
        article = Article(f"n{start:07}", text, title, day, url, publisher)
        graph.write(article, [replace(t, publisher=publisher, published=day) for t in triples], "test")


def tie(chance: random.Random, article: str, actors: int) -> Any:
    """One tie, between neighbours of a circle nine times in ten; low numbers are in more of them."""
    one = int(actors * chance.random() ** 2.2)
    circle = one // 40 * 40
    two = circle + chance.randrange(40) if chance.random() < 0.9 else int(actors * chance.random() ** 2.2)
    two = two if two != one and two < actors else (one + 1) % actors
    code, relation, words, symmetric = chance.choice(DEEDS)
    date = f"{chance.randrange(2012, 2019)}-{chance.randrange(1, 13):02}"
    made = triple(article, name(one), relation, name(two), code, chance.choice(STATUSES), date, symmetric)
    sentence = f"{name(one)} {words} {name(two)}."
    end = len(sentence) - 1
    return replace(
        made, relation_text=words, sentence=sentence, end=len(sentence),
        target_start=end - len(name(two)), target_end=end,
    )  # fmt: skip
