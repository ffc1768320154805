"""Identity over a whole graph: no order, no batch and no detour changes who is who."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Article
from graph.embedded import EmbeddedGraph, open_graph
from graph.exports.jsonl import pieces
from graph.exports.part import Part
from graph.identity import gather, parse_reference
from graph.known import Known, KnownRole
from graph.model import Appearance, Judgement
from graph.resolving import resolve_all
from graph.upkeep import start_anew
from graph.why import review
from tests.small_world import triple
from tests.tangled_world import picture, put, world

WORDS = [
    Judgement("Olsen @ a00", "Marta Olsen [PERSON]", "different", "me", "1"),
    Judgement("Verin [ORG]", "Harbour Relief Union [ORG]", "same", "me", "2"),
    Judgement("Oleh Petrenko [PERSON]", "Ivan Petrenko [PERSON]", "same", "me", "3"),
    Judgement("Hadid @ a03", "Zelda Quorn [PERSON]", "same", "me", "4"),
    Judgement("Smith [PERSON]", "Anna Smith [PERSON]", "same", "me", "5"),
]


def export(graph: EmbeddedGraph) -> bytes:
    return b"".join(pieces(Part(graph)))


def put_in(graph: EmbeddedGraph, rows: dict[str, list[Any]], dice: random.Random | None) -> None:
    """Write the world, in order or, with dice, shuffled, in batches, with words and detours between."""
    order, words = list(rows), list(WORDS)
    if dice:
        dice.shuffle(order)
        dice.shuffle(words)
    for article in order:
        put(graph, article, rows[article])
        if dice and dice.random() < 0.3:
            graph.refresh()
        if dice and words and dice.random() < 0.3:
            graph.add_judgement(words.pop())
        if dice and dice.random() < 0.15:
            graph.remove(article)
            graph.refresh()
            put(graph, article, rows[article])
    graph.add_judgements(words)


@pytest.fixture(scope="module", params=[7, 8])
def straight(request: pytest.FixtureRequest) -> tuple[dict[str, list[Any]], bytes]:
    """A world and its export, built in order at one go."""
    rows = world(request.param, 9)
    with open_graph(":memory:") as graph:
        put_in(graph, rows, None)
        return rows, export(graph)


@settings(max_examples=100, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_any_order_and_batching_gives_the_same_bytes(
    straight: tuple[dict[str, list[Any]], bytes], dice: random.Random
) -> None:
    rows, expected = straight
    with open_graph(":memory:") as graph:
        put_in(graph, rows, dice)
        assert export(graph) == expected


def test_the_rules_alone_give_what_the_graph_gives() -> None:
    rows = world(5, 12)
    with open_graph(":memory:") as graph:
        for article, triples in rows.items():
            put(graph, article, triples)
        alone = resolve_all(gather(t for triples in rows.values() for t in triples), [])
        assert alone == list(graph.actors())


def told(graph: EmbeddedGraph, rows: list[tuple[Any, ...]]) -> None:
    """Write rows of (article, source, relation, target, code)."""
    for article in dict.fromkeys(row[0] for row in rows):
        found = [triple(*row, "actual", None, row[4] == "CONSULT") for row in rows if row[0] == article]
        graph.write(Article(article, f"{article} " * 40), found, "test")


@pytest.fixture
def graph() -> Iterator[EmbeddedGraph]:
    with open_graph(":memory:") as store:
        yield store


def names(graph: EmbeddedGraph) -> dict[str, list[str]]:
    """Each actor's appearances as `name @ article`, by its name."""
    return {a.name: [f"{s.name} @ {s.article}" for s in a.appearances] for a in graph.actors()}


def test_a_surname_is_its_articles_bearer_first(graph: EmbeddedGraph) -> None:
    told(graph, [
        ("a1", "Zora Quillan", "meet", "Ned Foss", "CONSULT"),
        ("a1", "Quillan", "accuse", "Ned Foss", "ACCUSE"),
        ("a2", "Abel Quillan", "meet", "Ned Foss", "CONSULT"),
        ("a3", "Quillan", "meet", "Ned Foss", "CONSULT"),
    ])  # fmt: skip
    found = names(graph)
    assert found["Zora Quillan"] == ["Quillan @ a1", "Zora Quillan @ a1"]
    assert found["Quillan"] == ["Quillan @ a3"]
    rule = graph.ask("SELECT rule FROM units WHERE name = 'Quillan' AND article = 'a3'")
    assert rule == [("2 fit: apart",)]


def test_neighbours_tell_which_bearer_is_meant(graph: EmbeddedGraph) -> None:
    told(graph, [
        ("a1", "Zora Quillan", "meet", "Ned Foss", "CONSULT"),
        ("a1", "Ilka Brandt", "meet", "Ned Foss", "CONSULT"),
        ("a2", "Abel Quillan", "meet", "Otto Marsh", "CONSULT"),
        ("a3", "Quillan", "meet", "Ilka Brandt", "CONSULT"),
        ("a3", "Ned Foss", "meet", "Ilka Brandt", "CONSULT"),
    ])  # fmt: skip
    assert "Quillan @ a3" in names(graph)["Zora Quillan"]


def test_a_new_neighbour_settles_an_old_bare_name(graph: EmbeddedGraph) -> None:
    told(graph, [
        ("a1", "Zora Quillan", "meet", "Ned Foss", "CONSULT"),
        ("a2", "Abel Quillan", "meet", "Ned Foss", "CONSULT"),
        ("a3", "Quillan", "meet", "Ilka Brandt", "CONSULT"),
    ])  # fmt: skip
    assert "Quillan @ a3" in names(graph)["Quillan"]
    told(graph, [("a4", "Zora Quillan", "meet", "Otto Marsh", "CONSULT")])
    assert "Quillan @ a3" in names(graph)["Quillan"]
    told(graph, [("a5", "Zora Quillan", "meet", "Ilka Brandt", "CONSULT")])
    assert "Quillan @ a3" in names(graph)["Zora Quillan"]
    graph.remove("a5")
    assert "Quillan @ a3" in names(graph)["Quillan"]


@pytest.mark.parametrize("seed", range(12))
def test_a_graph_grown_in_steps_is_the_one_computed_at_once(seed: int) -> None:
    dice = random.Random(seed)
    people = [f"{given} {family}" for given in GIVEN for family in FAMILIES]
    with open_graph(":memory:") as graph:
        for number in range(40):
            seen = [name.split()[-1] if dice.random() < 0.3 else name for name in dice.sample(people, 4)]
            pairs = [pair for pair in (seen[:2], seen[2:]) if pair[0] != pair[1]]
            told(graph, [(f"a{number}", *pair, "CONSULT") for pair in meet(pairs)])
            if dice.random() < 0.2:
                graph.remove(f"a{dice.randrange(number + 1)}")
            if dice.random() < 0.5:
                graph.refresh()
        graph.refresh()
        grown = units(graph)
        with graph.changing() as connection:
            start_anew(connection)
        graph.refresh()
        assert units(graph) == grown
        assert "apart" in {rule.split()[-1] for *_, rule in grown}


GIVEN = ["Zora", "Abel", "Ilka", "Otto", "Mia", "Ned"]
FAMILIES = ["Quillan", "Brandt", "Marsh"]


def meet(pairs: list[list[str]]) -> list[tuple[str, str, str]]:
    """Rows of a meeting."""
    return [(one, "meet", two) for one, two in pairs]


def units(graph: EmbeddedGraph) -> list[Any]:
    """Where every unit was placed, and why."""
    return graph.ask("SELECT key, cluster, score, rule FROM units ORDER BY key")


def test_a_second_bearer_takes_the_bare_name_away_again(graph: EmbeddedGraph) -> None:
    told(
        graph,
        [("a1", "Zora Quillan", "meet", "Ned Foss", "CONSULT"), ("a2", "Quillan", "aid", "Ned Foss", "AID")],
    )
    assert len(names(graph)["Zora Quillan"]) == 2
    before = {a.name: a.id for a in graph.actors()}
    told(
        graph,
        [
            ("a3", "Abel Quillan", "meet", "Mia Bo", "CONSULT"),
            ("a4", "Abel Quillan", "meet", "Ned Foss", "CONSULT"),
        ],
    )
    assert names(graph)["Zora Quillan"] == ["Zora Quillan @ a1"]
    after = {a.name: a.id for a in graph.actors()}
    assert {n: after[n] for n in before} == before


def test_reprints_count_once_and_denials_weigh(graph: EmbeddedGraph) -> None:
    text = " ".join(f"word{i}" for i in range(80))
    for article, body in [("a1", text), ("a2", text + " updated"), ("a3", "another story entirely " * 20)]:
        graph.write(
            Article(article, body),
            [triple(article, "A Bo", "aid", "C Do", "AID", "actual", None, False)],
            "t",
        )
    from graph.store import Filter

    (edge,) = graph.edges(None, None, Filter())
    assert (edge.articles, edge.sources, edge.confidence) == (3, 2, round(1 - 0.3 * 0.55, 4))
    graph.write(
        Article("a4", "no " * 50), [triple("a4", "A Bo", "aid", "C Do", "AID", "negated", None, False)], "t"
    )
    (edge,) = graph.edges(None, None, Filter())
    assert edge.confidence == round((1 - 0.3 * 0.55) * (1 - 0.45), 4)
    graph.remove("a2")
    (edge,) = graph.edges(None, None, Filter())
    assert (edge.articles, edge.sources) == (2, 2)


def test_offices_go_to_who_held_them_at_the_time(graph: EmbeddedGraph) -> None:
    from graph.deciding import learn

    known = [
        Known(
            "k1", "Rolf Amund", roles=(KnownRole("defence minister of Norway", "2010-01-01", "2015-12-31"),)
        ),
        Known("k2", "Siri Dahl", roles=(KnownRole("defence minister of Norway", "2016-01-01"),)),
    ]
    learn(graph, known)
    from dataclasses import replace

    for article, day in [("a1", "2014-05-05"), ("a2", "2020-05-05")]:
        found = triple(
            article, "defence minister of Norway", "meet", "Ned Foss", "CONSULT", "actual", None, True
        )
        graph.write(Article(article, f"{article} " * 30), [replace(found, published=day)], "t")
    assert [a.name for a in graph.actors() if a.type == "PERSON"].count("Ned Foss") == 1
    assert names(graph)["Rolf Amund"] == ["defence minister of Norway @ a1"]
    assert names(graph)["Siri Dahl"] == ["defence minister of Norway @ a2"]


def test_two_known_namesakes_are_told_apart_by_their_roles(graph: EmbeddedGraph) -> None:
    from graph.deciding import learn

    learn(graph, [
        Known("k1", "Rolf Amund", roles=(KnownRole("prime minister of Norway", "2010", "2015"),)),
        Known("k2", "Rolf Amund", roles=(KnownRole("president of Peru", "2010", "2015"),)),
    ])  # fmt: skip
    told(
        graph,
        [
            ("a1", "Rolf Amund", "president of", "Peru", "ROLE"),
            ("a2", "Rolf Amund", "prime minister of", "Norway", "ROLE"),
        ],
    )
    graph.refresh()
    found = [(a.name, [s.article for s in a.appearances]) for a in graph.actors() if a.name == "Rolf Amund"]
    assert sorted(found) == [("Rolf Amund", ["a1"]), ("Rolf Amund", ["a2"])]


def test_a_name_taken_for_a_body_here_and_a_person_there_is_one_actor(graph: EmbeddedGraph) -> None:
    from dataclasses import replace

    for article, kind in [("a1", "PERSON"), ("a2", "ORG"), ("a3", "PERSON")]:
        found = triple(article, "Freja Vesogaard", "accuse", "Ned Foss", "ACCUSE", "actual", None, False)
        graph.write(Article(article, f"{article} " * 30), [replace(found, source_type=kind)], "t")
    (actor,) = (a for a in graph.actors() if a.name == "Freja Vesogaard")
    assert (actor.type, [s.article for s in actor.appearances]) == ("PERSON", ["a1", "a2", "a3"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("A @ B @ a1", Appearance("a1", "A @ B")),
        ("Ann Lee [PERSON]", ("Ann Lee", "PERSON")),
        ("Ann [x] [ORG]", ("Ann [x]", "ORG")),
        ("Ann Lee", None),
        (" @ ", None),
    ],
)
def test_references_are_read(text: str, meant: object) -> None:
    assert parse_reference(text) == meant


def test_the_picture_is_not_empty() -> None:
    with open_graph(":memory:") as store:
        for article, triples in world(5, 12).items():
            put(store, article, triples)
        assert len(picture(store)) > 40


@settings(max_examples=40, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_forgetting_leaves_what_was_never_read(dice: random.Random) -> None:
    rows = world(dice.randint(0, 999), 9)
    gone = set(dice.sample(sorted(rows), 3))
    with open_graph(":memory:") as graph, open_graph(":memory:") as clean:
        for article in dice.sample(sorted(rows), len(rows)):
            put(graph, article, rows[article])
        graph.refresh()
        for article in sorted(gone):
            graph.remove(article)
            if dice.random() < 0.5:
                graph.refresh()
        for article in sorted(set(rows) - gone):
            put(clean, article, rows[article])
        assert export(graph) == export(clean)


def test_a_bare_name_that_two_could_bear_is_put_to_review() -> None:
    people = {
        "b1": ("Ivan Quorn", "Anna Weber"),
        "b2": ("Oleg Quorn", "Jan Novak"),
        "b3": ("Quorn", "Lena Roth"),
    }
    with open_graph(":memory:") as graph:
        for key, (one, two) in people.items():
            graph.write(
                Article(key, key), [triple(key, one, "meet with", two, "CONSULT", "actual", None, True)]
            )
        graph.refresh()
        pairs = {(doubt.left, doubt.right) for doubt in review(graph)}
    assert {("Quorn @ b3", "Ivan Quorn [PERSON]"), ("Quorn @ b3", "Oleg Quorn [PERSON]")} <= pairs
