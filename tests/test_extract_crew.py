"""Extraction by several processes: the same triples as article by article, whatever dies on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

import pytest
from spacy.tokens import Doc

from bench.articles import make_articles
from extract import batches, crew
from extract.claims import Claim
from extract.crew import Crew, Recipe
from extract.errors import ModelError
from extract.model import Article, Triple
from extract.pipeline import DEFAULT_MODEL, RulesExtractor

pytestmark = pytest.mark.model
RECIPE = Recipe(DEFAULT_MODEL)
Found = list[tuple[Article, list[Triple]]]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [article for article, _ in make_articles(24, seed=11)]


@pytest.fixture(scope="module")
def plain(articles: list[Article]) -> Found:
    """What the extractor finds article by article."""
    extractor = RulesExtractor()
    return [pair for article in articles for pair in extractor.extract(iter([article]))]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three articles or so in a batch, so that few make work for several processes."""
    monkeypatch.setattr(batches, "CHARACTERS", 8000)


def trap(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Python code that every worker runs before anything else."""
    (folder / "sitecustomize.py").write_text(body)
    monkeypatch.setenv("PYTHONPATH", str(folder))


def poison(folder: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    """Let every worker that takes an article with the word Poison end so."""
    trap(
        folder,
        monkeypatch,
        "import os, signal, msgspec\n"
        "plain = msgspec.msgpack.decode\n"
        "def decode(data, **more):\n"
        f"    if b'Poison' in bytes(data): {end}\n"
        "    return plain(data, **more)\n"
        "msgspec.msgpack.decode = decode\n",
    )


def test_an_article_that_breaks_a_rule_costs_itself(
    articles: list[Article], plain: Found, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = RulesExtractor.read

    def break_at(self: RulesExtractor, article: Article, doc: Doc) -> list[tuple[Triple, Claim]]:
        if article.id in broken:
            raise IndexError("no such\nword")
        return read(self, article, doc)

    broken = {articles[1].id, articles[4].id, articles[-1].id}
    lost: list[tuple[str, str]] = []
    monkeypatch.setattr(RulesExtractor, "read", break_at)
    with Crew(RECIPE, 1, lose=lambda article, why: lost.append((article.id, why))) as workers:
        found = list(workers.extract(iter(articles)))
    assert found == [pair for pair in plain if pair[0].id not in broken]
    assert [name for name, _ in lost] == [a.id for a in articles if a.id in broken]
    assert {why for _, why in lost} == {"could not be read (IndexError: no such word); please report it"}


@pytest.mark.parametrize("processes", [1, 2])
def test_as_article_by_article(
    articles: list[Article], plain: Found, small_batches: None, processes: int
) -> None:
    with Crew(RECIPE, processes) as workers:
        assert list(workers.extract(iter(articles))) == plain
        assert len(workers.workers) == (2 if processes == 2 else 0)
    assert workers.name == RulesExtractor().name and sum(len(triples) for _, triples in plain) > 200


def test_few_articles_need_no_worker(articles: list[Article], plain: Found) -> None:
    with Crew(RECIPE, 2) as workers:
        assert list(workers.extract(iter(articles))) == plain
        assert workers.workers == []


def test_a_killed_worker_costs_nothing_but_time(
    articles: list[Article], plain: Found, small_batches: None
) -> None:
    told: list[str] = []
    with Crew(RECIPE, 2, tell=told.append) as workers:
        running = workers.extract(iter(articles))
        found = list(islice(running, 4))
        victim = next(worker for worker in workers.workers if worker.jobs)
        os.kill(victim.process.pid, signal.SIGKILL)
        found += running
    assert found == plain
    assert told == [] or (len(told) == 1 and told[0].startswith("a worker process died (SIGKILL); its "))


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("os._exit(3)", "exit status 3"),
        ("raise MemoryError('no room')", "a fault in dyad: MemoryError: no room"),
    ],
)
def test_an_article_that_ends_every_process_is_given_up(
    articles: list[Article],
    plain: Found,
    small_batches: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: str,
    why: str,
) -> None:
    poison(tmp_path, monkeypatch, end)
    told: list[str] = []
    lost: list[tuple[str, str]] = []
    mixed = [*articles[:10], replace(articles[0], id="bad", text="Poison met Shoigu."), *articles[10:]]
    with Crew(RECIPE, 2, tell=told.append, lose=lambda a, why: lost.append((a.id, why))) as workers:
        assert list(workers.extract(iter(mixed))) == plain
    assert lost == [("bad", f"ended every process that read it ({why})")]
    assert len(told) == 1 and why in told[0] and "are read again" in told[0]


def test_workers_that_can_not_begin_are_no_fault_of_the_articles(
    articles: list[Article], small_batches: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap(tmp_path, monkeypatch, "import os\nos._exit(7)\n")
    told: list[str] = []
    with (
        Crew(RECIPE, 2, tell=told.append) as workers,
        pytest.raises(ModelError, match=r"\(exit status 7\); try --processes 1"),
    ):
        list(workers.extract(iter(articles)))
    assert told == [
        f"a worker process could not begin (exit status 7); {then}"
        for then in ("another takes its place", "another takes its place", "going on with 1")
    ]


def test_a_worker_that_can_not_begin_is_replaced(
    articles: list[Article],
    plain: Found,
    small_batches: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark = tmp_path / "first"
    trap(
        tmp_path,
        monkeypatch,
        f"import os\ntry: os.close(os.open({str(mark)!r}, os.O_CREAT | os.O_EXCL))\n"
        "except FileExistsError: pass\nelse: os._exit(7)\n",
    )
    told: list[str] = []
    with Crew(RECIPE, 2, tell=told.append) as workers:
        assert list(workers.extract(iter(articles))) == plain
        assert len(workers.workers) == 2
    assert told == ["a worker process could not begin (exit status 7); another takes its place"]


def test_a_model_that_is_missing_is_told_as_ever(articles: list[Article], small_batches: None) -> None:
    with (
        Crew(Recipe("no-such-model"), 2) as workers,
        pytest.raises(ModelError, match="'no-such-model' is not installed"),
    ):
        list(workers.extract(iter(articles)))


def test_no_more_articles_are_taken_than_the_window_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "CHARACTERS", 1)
    taken = count()

    def endless() -> Iterator[Article]:
        for number in taken:
            yield Article(str(number), f"Sergei Shoigu met Bashar Assad {number} times.")

    with Crew(RECIPE, 2) as workers:
        running = workers.extract(endless())
        for got in range(40):
            article, triples = next(running)
            assert article.id == str(got) and len(triples) < 3
        assert next(taken) <= 40 + crew.WINDOW * 2 + crew.FEW + 2


def test_workers_end_with_the_block(articles: list[Article], small_batches: None) -> None:
    with Crew(RECIPE, 2) as workers:
        next(workers.extract(iter(articles)))
        started = [worker.process for worker in workers.workers]
    assert len(started) == 2 and all(process.returncode is not None for process in started)


@pytest.mark.parametrize(
    ("lengths", "sizes"),
    [
        ([], []),
        ([10] * 5, [5]),
        ([40_000, 40_000, 10], [1, 2]),
        ([10, 300_000, 10], [1, 1, 1]),
        ([10] * 70, [32, 32, 6]),
    ],
)
def test_batches_are_cut_by_number_and_length(lengths: list[int], sizes: list[int]) -> None:
    articles = [Article(str(n), "x" * length) for n, length in enumerate(lengths)]
    cut = list(batches.batches(articles))
    assert [len(batch) for batch in cut] == sizes
    assert [article for batch in cut for article in batch] == articles
