"""The made-up news of the benchmarks: the same every time, and true to what it plants."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, islice
from statistics import mean
from typing import get_args

import pytest

from bench.articles import GRAMMAR, make_articles, make_persons
from extract.model import Article, Code, Status

SAMPLE = list(make_articles(300, seed=3))
PLANTED = [(article, fact) for article, facts in SAMPLE for fact in facts]


def test_same_seed_same_articles() -> None:
    assert list(make_articles(300, seed=3)) == SAMPLE
    assert [article.text for article, _ in make_articles(300, seed=4)] != [a.text for a, _ in SAMPLE]


def test_shard_is_the_same_as_its_part_of_the_whole() -> None:
    assert list(make_articles(20, seed=3, start=100)) == SAMPLE[100:120]
    assert list(islice(make_articles(None, seed=3), 5)) == SAMPLE[:5]


def test_ids_and_texts_are_distinct() -> None:
    assert len({article.id for article, _ in SAMPLE}) == len({a.text for a, _ in SAMPLE}) == len(SAMPLE)


@pytest.mark.parametrize("article", [article for article, _ in SAMPLE[:20]], ids=lambda a: str(a.url))
def test_no_slot_is_left_open(article: Article) -> None:
    assert not set("{}") & set(article.text + str(article.title))


def test_planted_facts_stand_in_the_text() -> None:
    for article, fact in PLANTED:
        assert fact.sentence in article.text
        assert fact.source != fact.target
        assert fact.code in get_args(Code)
        assert fact.status in get_args(Status)
        for name in filter(None, (fact.source, fact.target, fact.attribution)):
            assert name in article.text or fact.code == "ROLE", (name, article.text)


def test_sentence_names_both_ends() -> None:
    adjectives = {state: adjective for state, adjective, _ in GRAMMAR["states"]}
    for _, fact in PLANTED:
        for name in (fact.source, fact.target):
            last = name.split()[-1]
            assert last in fact.sentence or adjectives[name] in fact.sentence, fact


def test_every_pattern_is_used_and_no_kind_of_fact_is_rare() -> None:
    statuses = Counter(fact.status for _, fact in PLANTED)
    relations = {fact.relation for _, fact in PLANTED}
    assert relations >= {pattern["relation"] for pattern in GRAMMAR["patterns"]}
    assert set(statuses) == set(get_args(Status))
    assert min(statuses.values()) > len(PLANTED) / 50


def test_length_is_that_of_news() -> None:
    words = [len(article.text.split()) for article, _ in SAMPLE]
    sentences = [len(fact.sentence.split()) for _, fact in PLANTED]
    assert 250 < mean(words) < 500
    assert 20 < mean(sentences) < 30


def test_pairs_meet_again_in_other_articles() -> None:
    pairs: Counter[frozenset[str]] = Counter()
    for _, facts in make_articles(2000, seed=3):
        pairs.update({frozenset((fact.source, fact.target)) for fact in facts if fact.code != "ROLE"})
    assert sum(count > 1 for count in pairs.values()) > len(pairs) / 10


def test_no_two_persons_differ_by_one_letter() -> None:
    persons = make_persons(3000, 3)
    assert len({person.surname for person in persons}) == 3000
    by_given: dict[str, list[str]] = {}
    for person in persons:
        by_given.setdefault(person.given, []).append(person.surname)
    twins = [
        pair
        for surnames in by_given.values()
        for pair in combinations(surnames, 2)
        if len(pair[0]) == len(pair[1]) and sum(x != y for x, y in zip(*pair, strict=True)) < 2
    ]
    assert twins == []
