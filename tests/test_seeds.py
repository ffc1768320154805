"""The seeds are what they claim to be, and their gold fits the text that the readers give."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from extract.model import ActorType, Article, Code, Status, Triple, triple_from_dict
from extract.readers import read_articles
from extract.score import GoldArticle, GoldTriple, load_gold, score

SEEDS = Path(__file__).parents[1] / "seeds"
READ = list(read_articles([str(SEEDS)]))
ARTICLES = [article for article in READ if isinstance(article, Article)]
GOLD = load_gold(SEEDS / "gold.jsonl")
CODES = {*get_args(Code), "YIELD"}  # the gold keeps PLOVER's older class


def words(text: str) -> int:
    """Number of words."""
    return len(text.split())


def file_of(article: Article) -> str:
    """The seeds' file it came from."""
    return next(path.name for path in SEEDS.iterdir() if path.name in article.origin)


def surname(name: str) -> str:
    """One key for the spellings of a person in the seeds."""
    return name.split()[-1].removeprefix("al-")


def test_folder_gives_every_article_once_and_nothing_else() -> None:
    assert READ == ARTICLES
    assert len(ARTICLES) == len({article.id for article in ARTICLES}) == 22


def test_files_hold_what_the_readme_says() -> None:
    counts = Counter(map(file_of, ARTICLES))
    assert counts["2014-03-crimea-three-reports.txt"] == 3
    assert counts["2016-aleppo.jsonl"] == 4
    assert counts["2017-libya.csv"] == 3
    assert counts["caspian-monitor-syria.rss"] == 3
    assert {Path(name).suffix for name in counts} == {".txt", ".html", ".jsonl", ".csv", ".rss"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article.title)[:30])
def test_article_is_news_of_fair_length(article: Article) -> None:
    assert article.title
    assert 150 <= words(article.text) <= 400
    assert article.published and article.published.startswith("201")
    assert article.publisher or file_of(article).endswith(".txt")


def test_page_around_the_article_is_left_out() -> None:
    (page,) = [article for article in ARTICLES if file_of(article).endswith(".html")]
    assert page.text.startswith("THE HAGUE") or page.text.startswith(str(page.title))
    assert not [word for word in ("Container rates", "Privacy", "All rights", "Markets") if word in page.text]


def test_gold_is_of_these_articles() -> None:
    texts = {article.id: article.text for article in ARTICLES}
    assert {gold.id: gold.text for gold in GOLD} == texts


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: str(gold.title)[:30])
def test_gold_fits_its_text(gold: GoldArticle) -> None:
    names = [actor.name for actor in gold.actors]
    assert len(names) == len(set(names))
    assert gold.triples
    for fact in gold.triples:
        assert gold.text.count(fact.sentence) == 1, fact.sentence
        assert {fact.source, fact.target, *fact.any_speaker} - {None} <= set(names), fact
        assert fact.source != fact.target
        assert fact.lemmas
        assert set(fact.any_code) <= CODES
        assert set(fact.any_status) <= set(get_args(Status))


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: str(gold.title)[:30])
def test_surface_forms_stand_in_the_text_and_name_one_actor(gold: GoldArticle) -> None:
    seen: dict[str, str] = {}
    for actor in gold.actors:
        assert actor.type in get_args(ActorType)
        for alias in actor.aliases:
            assert alias in f"{gold.title}\n{gold.text}", alias
            assert seen.setdefault(alias.lower(), actor.name) == actor.name, alias


def found_as(gold: GoldArticle, fact: GoldTriple) -> Triple:
    """The triple that an extractor without fault would give."""
    start = gold.text.index(fact.sentence)
    speaker = fact.any_speaker[0]
    row: dict[str, Any] = {
        "article": gold.id, "sentence": fact.sentence, "start": start, "end": start + len(fact.sentence),
        "source": fact.source, "source_type": "PERSON", "source_mention": fact.source, "source_start": 0,
        "source_end": 1, "relation": fact.relation, "relation_text": fact.relation, "target": fact.target,
        "target_type": "PERSON", "target_mention": fact.target, "target_start": 0, "target_end": 1,
        "symmetric": fact.symmetric, "group": None, "mode": None, "status": fact.any_status[0],
        "code": "RETREAT" if fact.any_code[0] == "YIELD" else fact.any_code[0], "attribution": speaker,
        "confidence": 1.0, "published": None, "publisher": None, "date": None, "date_end": None,
        "date_precision": None, "location": None, "extractor": "gold",
    }  # fmt: skip
    return triple_from_dict(row)


def test_gold_scores_full_marks_against_itself() -> None:
    found = [found_as(gold, fact) for gold in GOLD for fact in gold.triples]
    figures = score(GOLD, found).figures
    assert figures["triple"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert figures["code_accuracy"] == figures["status_accuracy"] == 1.0
    assert figures["attribution"]["f1"] == 1.0


def test_gold_holds_every_status_and_most_codes() -> None:
    facts = [fact for gold in GOLD for fact in gold.triples if fact.core]
    statuses = Counter(fact.any_status[0] for fact in facts)
    assert min(statuses[status] for status in get_args(Status)) >= 10
    assert len({fact.any_code[0] for fact in facts}) >= 15
    assert sum(None not in fact.any_speaker for fact in facts) >= 25


def test_names_are_spelled_in_more_than_one_way() -> None:
    names = {actor.name for gold in GOLD for actor in gold.actors}
    assert {"Sergei Shoigu", "Sergey Shoigu", "Sergei Lavrov", "Sergey Lavrov"} <= names
    assert {"Bashar al-Assad", "Bashar Assad", "Deir Ezzor", "Deir Az-Zor"} <= names
    assert {"Ihor Tenyukh", "Igor Tenyukh", "ISIS", "Daesh", "Islamic State"} <= names


def deeds() -> Iterator[tuple[str, str]]:
    """Who did something to whom in fact, persons by surname."""
    for gold in GOLD:
        for fact in gold.triples:
            if fact.any_status == ["actual"] and "ROLE" not in fact.any_code:
                yield surname(fact.source), surname(fact.target)


@pytest.mark.parametrize(("one", "other"), [("Shoigu", "Hamo"), ("Haftar", "Putin"), ("Bensouda", "Assad")])
def test_deeds_alone_connect(one: str, other: str) -> None:
    near: dict[str, set[str]] = {}
    for source, target in deeds():
        near.setdefault(source, set()).add(target)
        near.setdefault(target, set()).add(source)
    seen, queue = {one}, deque([one])
    while queue:
        for name in near.get(queue.popleft(), set()) - seen:
            seen.add(name)
            queue.append(name)
    assert other in seen
