"""300 random questions of random graphs, put to the embedded file and to a real Neo4j: the same answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest

from extract.errors import QuestionError
from extract.model import Article, Code, Triple
from graph import changes, questions, ranking
from graph.embedded import EmbeddedGraph, open_graph
from graph.neo4j_link import Link
from graph.neo4j_load import load
from graph.neo4j_store import Neo4jGraph
from graph.routes import Terms
from graph.store import Filter, Questions
from tests.small_world import TYPES, one_name_one_actor, triple

pytestmark = pytest.mark.neo4j
GRAPHS, QUESTIONS = 6, 50
PEOPLE = [
    f"{first} {last}" for first in ("Ana", "Ángel", "Bo", "Zoë", "Per") for last in ("Núñez", "Ode", "Katz")
]
ACTORS = [*PEOPLE, "Ode", "Katz-Ode", *TYPES]
OTHERS = ["nunez", "ODE", "katz", "per", "Nobody Here", "bo", "Russia", "zoe katz", "ang", ""]
WORDS = [
    "кирилл",
    "køb",
    "ode",
    "nunez",
    "met*",
    '"ana ode"',
    "russia visit",
    "the",
    "th*",
    "zoë",
    "o",
    "geneva.",
]
RELATIONS = ["meet with", "accuse", "visit", "president of", "back"]
CODES: tuple[Code, ...] = get_args(Code)
DATES = [None, "2015", "2016-03", "2016-03-05", "2016-04-01", "2017-01-30", "2018-12-31"]
Question = Callable[[Questions], Any]


def make_triple(rng: random.Random, article: str, number: int) -> Triple:
    """A triple between random actors, now and then one of itself."""
    source, target = rng.choice([*PEOPLE, "Ode"]), rng.choice(ACTORS)
    symmetric = rng.random() < 0.3
    code = "CONSULT" if symmetric else rng.choice(("ROLE", "ROLE", *CODES))
    status = rng.choice(("actual",) * 5 + ("negated", "future", "hypothetical"))
    told = triple(article, source, rng.choice(RELATIONS), target, code, status, rng.choice(DATES), symmetric)
    speaker = rng.choice([None, None, None, source, target])
    publisher = rng.choice(["Wire", "WIRE", "Gazeta Ñ"])
    return replace(
        told, start=number * 100, confidence=rng.choice((0.3, 0.5, 0.9)), attribution=speaker,
        publisher=publisher, mode=rng.choice((None, "visit")), location=rng.choice((None, "Geneva")),
    )  # fmt: skip


def make_graph(rng: random.Random) -> EmbeddedGraph:
    """A graph of some 70 triples in 20 articles, some of them reprints."""
    graph = open_graph(":memory:", resolver=one_name_one_actor)
    for number in range(20):
        id_ = f"x{number}"
        triples = [make_triple(rng, id_, n) for n in range(rng.randrange(0, 8))]
        text = " ".join(f"w{number % 15}v{n}" for n in range(60))
        title = rng.choice((None, "", f"Title {number}"))
        published = rng.choice((None, "2016-06-20", "2016-06-21T10:00:00Z"))
        publisher = triples[0].publisher if triples else None
        graph.write(Article(id_, text, title, published, None, publisher), triples, "test")
    return graph


def make_filter(rng: random.Random) -> Filter:
    """A filter, more often narrow than not."""
    statuses = rng.choice([("actual",), ("actual",), (), ("negated",), ("actual", "negated"), ("future",)])
    return Filter(
        statuses=statuses,
        codes=rng.choice([(), (), ("CONSULT", "ROLE"), ("ACCUSE",), tuple(rng.sample(CODES, 6))]),
        since=rng.choice([None, None, "2016", "2016-03-05"]),
        until=rng.choice([None, None, "2016-12", "2018"]),
        min_sources=rng.choice([1, 1, 1, 2]),
        publisher=rng.choice([None, None, None, "wire", "Gazeta Ñ"]),
    )


def make_terms(rng: random.Random) -> Terms:
    """Terms of a route."""
    return Terms(
        k=rng.choice((1, 3, 5)),
        max_hops=rng.choice((None, 3, 5)),
        avoid=tuple(rng.sample(PEOPLE, rng.choice((0, 0, 1)))),
        hubs=rng.choice((None, None, 12)),
        directed=rng.random() < 0.3,
        ordered=rng.random() < 0.2,
        by=rng.choice(("hops", "strength")),
        distinct=rng.random() < 0.3,
    )


def make_question(rng: random.Random, ids: list[str], edges: list[str]) -> tuple[str, Question]:
    """A question with a name to tell it by."""
    a, b = rng.choice(ACTORS + OTHERS), rng.choice(ACTORS + OTHERS)
    id_, other = rng.choice([*ids, "0" * 16]), rng.choice(ids)
    some = rng.sample(edges, min(len(edges), 5))
    only, terms, word, limit = make_filter(rng), make_terms(rng), rng.choice(WORDS), rng.randrange(1, 9)
    old = changes.Side
    asked: dict[str, Question] = {
        "find": lambda s: s.find(a),
        "suggest": lambda s: s.suggest(a, limit),
        "named": lambda s: s.named(a[:3], limit),
        "actor": lambda s: s.actor(id_),
        "fetch_actors": lambda s: s.fetch_actors([id_, other]),
        "degrees": lambda s: s.degrees([id_, other]),
        "size": lambda s: s.size(),
        "titles": lambda s: s.titles([f"x{n}" for n in range(limit * 3)]),
        "search": lambda s: s.search(word, limit),
        "steps": lambda s: sorted(s.steps([id_, other], only)),
        "neighbours": lambda s: s.neighbours(other, only),
        "edges": lambda s: list(s.edges(id_, other, only)),
        "edges at": lambda s: list(s.edges(other, None, only)),
        "all edges": lambda s: list(s.edges(None, None, only)),
        "edges by id": lambda s: s.edges_by_id(some),
        "evidence": lambda s: s.evidence(some),
        "shortest path": lambda s: s.shortest_path(id_, other, only),
        "subgraph": lambda s: s.subgraph([other], limit % 3, only),
        "path": lambda s: questions.path(s, a, b, only=only),
        "paths": lambda s: questions.find_paths(s, a, b, only=only, terms=terms),
        "ties": lambda s: questions.ties(s, a, b, only=only),
        "contested": lambda s: questions.ties(s, a, contested=True),
        "card": lambda s: questions.card(s, a),
        "sentences": lambda s: questions.search(s, word, limit=limit),
        "top": lambda s: ranking.top(s, by=rng_by, only=only),
        "communities": lambda s: ranking.communities(s, only=only),
        "between": lambda s: ranking.between(s, a, b, only=only),
        "diff": lambda s: changes.diff(old(s, Filter(until="2016")), old(s, Filter(since="2016-03"))),
    }
    rng_by: Any = rng.choice(("degree", "pagerank", "betweenness", "brokers"))
    name = rng.choice(sorted(asked))
    return f"{name} {a!r} {b!r} {only} {terms} {word!r}", asked[name]


def answer(question: Question, store: Questions) -> Any:
    """The answer, or what is said instead of one."""
    try:
        return question(store)
    except QuestionError as error:
        return f"QuestionError: {error}"


@pytest.fixture(params=range(GRAPHS))
def both(request: pytest.FixtureRequest, link: Link) -> Iterator[tuple[int, EmbeddedGraph, Neo4jGraph]]:
    """One random graph in both stores."""
    with make_graph(random.Random(request.param)) as graph:
        load(graph, link)
        yield request.param, graph, Neo4jGraph(link)


def test_both_stores_answer_alike(both: tuple[int, EmbeddedGraph, Neo4jGraph]) -> None:
    seed, near, far = both
    rng = random.Random(1000 + seed)
    part = near.subgraph(None, 0, Filter(statuses=(), min_sources=0))
    ids, edges = [a.id for a in part.actors], [e.id for e in part.edges]
    given = 0
    for _ in range(QUESTIONS):
        name, question = make_question(rng, ids, edges)
        mine = answer(question, near)
        assert answer(question, far) == mine, name
        given += bool(mine) and not isinstance(mine, str)
    assert given > QUESTIONS / 2
