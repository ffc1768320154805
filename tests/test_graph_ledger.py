"""Merge, split, undo, rebuild, forget against a plain model; rejections; the ledger as a file."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import LedgerError, QuestionError
from extract.model import Article, Triple
from graph import deciding, ledger
from graph.deciding import Author
from graph.embedded import EmbeddedGraph, open_graph
from graph.identity import parse_reference, reference
from graph.model import Actor, Appearance, Judgement
from graph.store import Filter
from tests.small_world import triple

ME = Author("me", "2024-01-01T00:00:00+00:00")
PEOPLE = ["Zora Quillan", "Abel Marsh", "Ilka Brandt", "Otto Vesper"]
ARTICLES = ["a1", "a2", "a3", "a4"]


def tell(graph: EmbeddedGraph, article: str) -> None:
    """An article in which everybody but one meets."""
    away = ARTICLES.index(article)
    there = [name for i, name in enumerate(PEOPLE) if i != away]
    found = [
        triple(article, a, "meet", b, "CONSULT", "actual", None, True) for a, b in itertools.pairwise(there)
    ]
    graph.write(Article(article, f"{article} " * 30), found, "test")


def appearances(articles: set[str]) -> list[Appearance]:
    return [
        Appearance(a, n) for a in sorted(articles) for i, n in enumerate(PEOPLE) if i != ARTICLES.index(a)
    ]


def model(articles: set[str], words: list[Judgement]) -> set[frozenset[Appearance]]:
    """The partition that the words ask for, by hand: names pool, judged appearances stand alone."""
    held = {frozenset((w.left, w.right)): w.verdict for w in words}
    judged = {ref for pair in held for ref in pair if isinstance(parse_reference(ref), Appearance)}
    home: dict[str, set[Appearance]] = {}
    for seen in appearances(articles):
        ref = reference(seen)
        home.setdefault(ref if ref in judged else f"{seen.name} [PERSON]", set()).add(seen)
    groups = [{ref} for ref in sorted(home)]

    def join(one: str, two: str) -> None:
        ours, theirs = (next((g for g in groups if ref in g), None) for ref in (one, two))
        if ours is None or theirs is None or ours is theirs:
            return
        if any(held.get(frozenset((a, b))) == "different" for a in ours for b in theirs):
            return
        groups.remove(theirs)
        ours |= theirs

    for pair in sorted(sorted(p) for p, verdict in held.items() if verdict == "same"):
        join(pair[0], pair[1])
    for ref in sorted(home):
        meant = parse_reference(ref)
        if isinstance(meant, Appearance):
            join(ref, f"{meant.name} [PERSON]")
            for other in sorted(home):
                if (
                    (seen := parse_reference(other))
                    and isinstance(seen, Appearance)
                    and seen.name == meant.name
                ):
                    join(ref, other)
    return {frozenset(a for ref in group for a in home[ref]) for group in groups}


def partition(graph: EmbeddedGraph) -> set[frozenset[Appearance]]:
    return {frozenset(actor.appearances) for actor in graph.actors()}


def act(
    graph: EmbeddedGraph, articles: set[str], batches: list[list[Judgement]], dice: random.Random
) -> None:
    """One random command, on the graph and in the model's record."""
    actors = list(graph.actors())
    what = dice.choice(["merge", "merge", "split", "split", "undo", "rebuild", "forget", "restore"])
    try:
        if what == "merge" and len(actors) > 1:
            one, two = dice.sample(actors, 2)
            batches.append(deciding.merge(graph, one, two, ME))
            holder = next(a for a in graph.actors() if one.appearances[0] in a.appearances)
            assert set(two.appearances) <= set(holder.appearances)
        elif what == "split" and actors:
            actor = dice.choice(actors)
            mention = dice.choice(actor.appearances)
            batches.append(deciding.split(graph, actor, [reference(mention)], ME))
            holder = next(a for a in graph.actors() if mention in a.appearances)
            assert not set(holder.appearances) & (set(actor.appearances) - {mention})
        elif what == "undo":
            assert deciding.undo(graph) == (batches.pop() if batches else [])
    except LedgerError:
        pass
    if what == "rebuild":
        for article in dice.sample(sorted(articles), len(articles)):
            tell(graph, article)
    elif what == "forget" and len(articles) > 1:
        article = dice.choice(sorted(articles))
        articles.discard(article)
        graph.remove(article)
    elif what == "restore":
        article = dice.choice(ARTICLES)
        articles.add(article)
        tell(graph, article)


@settings(max_examples=60, deadline=None)
@given(dice=st.randoms(use_true_random=False), steps=st.integers(1, 9))
def test_any_sequence_of_commands_gives_what_a_plain_model_gives(dice: random.Random, steps: int) -> None:
    articles, batches = set(ARTICLES), list[list[Judgement]]()
    with open_graph(":memory:") as graph:
        for article in ARTICLES:
            tell(graph, article)
        for _ in range(steps):
            act(graph, articles, batches, dice)
            words = [word for batch in batches for word in batch]
            assert graph.judgements() == words
            assert partition(graph) == model(articles, words)
            for word in words:
                apart = {frozenset((w.left, w.right)): w.verdict for w in words}[
                    frozenset((word.left, word.right))
                ]
                if apart == "different":
                    assert not one_actor(graph, word.left, word.right)


def one_actor(graph: EmbeddedGraph, left: str, right: str) -> bool:
    """Whether two references lie in one actor."""
    from graph.resolving import unit_named

    units = [unit_named(graph.connection, ref) for ref in (left, right)]
    rows = graph.ask("SELECT DISTINCT actor FROM units WHERE key IN (?, ?)", units)
    return None not in units and len(rows) == 1


@pytest.fixture
def graph() -> Iterator[EmbeddedGraph]:
    with open_graph(":memory:") as store:
        for article in ARTICLES:
            tell(store, article)
        yield store


def the(graph: EmbeddedGraph, name: str) -> Actor:
    return graph.find(name)[0]


def test_not_same_holds_against_a_chain_of_merges(graph: EmbeddedGraph) -> None:
    graph.add_judgement(Judgement("Abel Marsh [PERSON]", "Zora Quillan [PERSON]", "different", "me", "1"))
    deciding.merge(graph, the(graph, "Zora Quillan"), the(graph, "Ilka Brandt"), ME)
    with pytest.raises(LedgerError, match=r"judged different \(me, 1\), but the same through: .*Ilka Brandt"):
        deciding.merge(graph, the(graph, "Ilka Brandt"), the(graph, "Abel Marsh"), ME)
    assert len(graph.judgements()) == 2


def test_a_merge_survives_reading_again_and_forgetting(graph: EmbeddedGraph) -> None:
    deciding.merge(graph, the(graph, "Zora Quillan"), the(graph, "Abel Marsh"), ME)
    for article in ARTICLES:
        graph.remove(article)
    graph.refresh()
    assert list(graph.actors()) == [] and len(graph.judgements()) == 1
    for article in ARTICLES:
        tell(graph, article)
    assert the(graph, "Zora Quillan").id == the(graph, "Abel Marsh").id


def test_a_split_name_takes_its_later_appearances_along(graph: EmbeddedGraph) -> None:
    graph.remove("a4")
    deciding.merge(graph, the(graph, "Zora Quillan"), the(graph, "Abel Marsh"), ME)
    both = the(graph, "Zora Quillan")
    deciding.split(graph, both, ["Abel Marsh"], ME)
    tell(graph, "a4")
    assert {a.name for a in the(graph, "Abel Marsh").appearances} == {"Abel Marsh"}
    assert the(graph, "Abel Marsh").id != the(graph, "Zora Quillan").id


@pytest.mark.parametrize(
    ("mentions", "error"), [(["nobody"], QuestionError), (["Zora Quillan"], LedgerError)]
)
def test_a_split_of_nothing_or_all_is_refused(
    graph: EmbeddedGraph, mentions: list[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        deciding.split(graph, the(graph, "Zora Quillan"), mentions, ME)
    assert graph.judgements() == []


def first_triple(graph: EmbeddedGraph) -> Triple:
    return next(iter(graph.triples("a1")))


def test_a_rejected_triple_stays_rejected_when_read_again_and_comes_back_on_undo(
    graph: EmbeddedGraph,
) -> None:
    before = (list(graph.actors()), list(graph.edges(None, None, Filter())))
    wrong = first_triple(graph)
    found = deciding.reject(graph, deciding.find_triple(graph, wrong.id[:10]), ME)
    assert [r.what for r in ledger.rejections(graph.connection)] == [found.what]
    tell(graph, "a1")
    assert wrong.id not in {t.id for t in graph.triples()}
    assert (list(graph.actors()), list(graph.edges(None, None, Filter()))) != before
    assert deciding.undo(graph) == [found]
    assert (list(graph.actors()), list(graph.edges(None, None, Filter()))) == before


def test_actors_and_edges_without_evidence_vanish(graph: EmbeddedGraph) -> None:
    graph.write(
        Article("z", "z"), [triple("z", "Una Solo", "meet", "Ned Solo", "CONSULT", "actual", None, True)], "t"
    )
    assert graph.find("Una Solo")
    deciding.reject(graph, next(iter(graph.triples("z"))), ME)
    assert graph.find("Una Solo") == []


def export(graph: EmbeddedGraph) -> list[str]:
    return list(ledger.export_lines(graph.connection))


def test_a_ledger_goes_round(graph: EmbeddedGraph) -> None:
    deciding.merge(graph, the(graph, "Zora Quillan"), the(graph, "Abel Marsh"), ME)
    deciding.split(graph, the(graph, "Ilka Brandt"), ["a1"], ME)
    deciding.reject(graph, first_triple(graph), ME)
    lines = export(graph)
    assert lines[0] == ledger.HEADER and lines[1:] == sorted(
        lines[1:], key=lambda x: (x.startswith("rej"), x.split("\t")[1:])
    )
    with open_graph(":memory:") as other:
        for article in reversed(ARTICLES):
            tell(other, article)
        other.refresh()
        assert deciding.take_over(other, lines, "f")[1] == 1
        assert export(other) == lines
        assert partition(other) == partition(graph)
        assert deciding.take_over(other, lines, "f")[0] == 0


BAD = [
    ("same\tNo Body [PERSON]\tZora Quillan [PERSON]\tme\t1", "line 2: nobody in the graph is No Body"),
    ("perhaps\tA B [PERSON]\tC D [PERSON]\tme\t1", "line 2: not verdict"),
    ("same\tZora Quillan\tAbel Marsh [PERSON]\tme\t1", "line 2: not a reference: Zora Quillan"),
    (
        "same\tZora Quillan [PERSON]\tAbel Marsh [PERSON]\tme\t1\n"
        "different\tAbel Marsh [PERSON]\tZora Quillan [PERSON]\tme\t1",
        "line 3: contradicts line 2",
    ),
    (
        "same\tZora Quillan [PERSON]\tAbel Marsh [PERSON]\tme\t1\n"
        "same\tAbel Marsh [PERSON]\tIlka Brandt [PERSON]\tme\t1\n"
        "different\tZora Quillan [PERSON]\tIlka Brandt [PERSON]\tme\t1",
        "line 4: Zora Quillan .* are different, but the chain",
    ),
]


@pytest.mark.parametrize(("text", "told"), BAD)
def test_a_wrong_line_is_named_and_nothing_is_half_applied(
    graph: EmbeddedGraph, text: str, told: str
) -> None:
    good = "same\tOtto Vesper [PERSON]\tIlka Brandt [PERSON]\tme\t1"
    graph.refresh()
    with pytest.raises(LedgerError, match=told):
        deciding.take_over(graph, [ledger.HEADER, *text.splitlines(), good], "f.txt")
    assert graph.judgements() == [] and not graph.dirty()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "k.jsonl",
            '{"id": "1", "name": "A"}\n{"id": "1", "name": "B"}\n',
            "k.jsonl:2: id 1 is already on line 1",
        ),
        ("k.csv", "id,name\n1,A\n2,B\n1,C\n", "k.csv:4: id 1 is already on line 2"),
        ("k.jsonl", '{"id": "1"}\n', "k.jsonl:1: not a known actor"),
        ("k.jsonl", "nonsense\n", "k.jsonl:1: not a known actor"),
        ("k.csv", "name\nA\n", "k.csv:1: no columns id and name"),
        ("k.csv", "id,name,type\n1,A,GHOST\n", "k.csv:2: not a known actor"),
        ("k.csv", f"id,name,type\n1,{'A' * 200_000},GHOST\n", "k.csv:2: not a known actor"),
        ("k.jsonl", f'{{"id": {"[" * 5000}\n', "k.jsonl:1: (nested too deep|not a known actor)"),
        ("k.jsonl", f"{'[' * 5000}{']' * 5000}\n", "k.jsonl:1: nested too deep"),
    ],
)
def test_a_wrong_file_of_known_actors_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    from graph.known import read_known

    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=told):
        read_known(tmp_path / name)


def test_known_actors_are_read_from_three_formats(tmp_path: Path) -> None:
    from graph.known import Known, KnownRole, read_known

    role = KnownRole("defence minister of Norway", "2010-01-01", "2015-12-31")
    expected = [Known("k1", "Rolf Amund", "PERSON", ("R. Amund",), "Q1", (role,))]
    (tmp_path / "a.jsonl").write_text(
        '{"id": "k1", "name": "Rolf Amund", "aliases": ["R. Amund"], "wikidata": "Q1", "roles": '
        '[{"role": "defence minister of Norway", "since": "2010-01-01", "until": "2015-12-31"}]}\n'
    )
    (tmp_path / "a.csv").write_text(
        "id,name,aliases,type,wikidata,roles\n"
        "k1,Rolf Amund,R. Amund,PERSON,Q1,defence minister of Norway (2010-01-01..2015-12-31)\n"
    )
    (tmp_path / "f.json").write_text(
        '{"id": "k1", "schema": "Person", "properties": {"name": ["Rolf Amund", "R. Amund"],'
        ' "wikidataId": ["Q1"],'
        ' "position": ["defence minister of Norway"]}}\n{"id": "d", "schema": "Document", "properties": {}}\n'
    )
    assert read_known(tmp_path / "a.jsonl") == read_known(tmp_path / "a.csv") == expected
    (entity,) = read_known(tmp_path / "f.json")
    assert (entity.id, entity.aliases, entity.roles) == (
        "k1",
        ("R. Amund",),
        (KnownRole("defence minister of Norway"),),
    )
