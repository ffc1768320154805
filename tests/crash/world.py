"""Articles, graphs and folders that the crash tests start from, and what must hold afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.articles import make_articles
from extract.errors import StoreError
from extract.model import Article, Triple
from graph.embedded import open_graph
from graph.exports.jsonl import pieces
from graph.exports.part import Part
from graph.soundness import examine
from tests.crash.child import run, warm

GRAPH, ARTICLES = "g.db", "articles.jsonl"
SENTENCES = 4
BUILD = ("build", ARTICLES, "-g", GRAPH)
EXPORTS = ("x.graphml", "x.gexf", "x.csv", "x.ftm.json", "x.jsonl", "x.html", "x.neo4j")


class Broken(AssertionError):
    """What must hold does not."""


@dataclass(slots=True)
class World:
    """Folders to start from: `bare` holds articles only, `half` a graph of some of them, `full` of all."""

    root: Path
    articles: int
    whole: dict[str, tuple[Article, list[Triple]]] = field(default_factory=dict)
    """every article with the triples an undisturbed build gives it"""
    number: int = 0

    def fresh(self, template: str) -> Path:
        """A new folder like the template."""
        self.number += 1
        folder = self.root / f"run{self.number}"
        shutil.copytree(self.root / template, folder)
        return folder


def make_world(root: Path, articles: int) -> World:
    """Build the templates with undisturbed runs, and load everything into this process on the way."""
    world = World(root, articles)
    for name, count in (("bare", articles), ("half", articles // 2)):
        (root / name).mkdir(parents=True)
        write_articles(root / name / ARTICLES, count)
    warm(root / "half", [BUILD, ("extract", ARTICLES, "--out", "parts")])
    shutil.copytree(root / "half", root / "full")
    write_articles(root / "full" / ARTICLES, articles)
    must(root / "full", BUILD)
    must(root / "full", ("extract", ARTICLES, "--out", "parts"))
    for name in ("bare", "half"):
        shutil.copyfile(root / "full" / ARTICLES, root / name / ARTICLES)
        shutil.rmtree(root / name / "parts", ignore_errors=True)
        shutil.copytree(root / "full" / "parts", root / name / "parts")
    exports = [("export", name, "-g", GRAPH) for name in EXPORTS if page_is_there() or name != "x.html"]
    shutil.copytree(root / "full", root / "warm")
    warm(root / "warm", [*exports, ("forget", first_id(world), "-g", GRAPH), ("path", "A", "B", "-g", GRAPH)])
    world.whole = dict(articles_of(root / "full" / GRAPH))
    return world


def page_is_there() -> bool:
    """Whether the explorer page was built (make explorer)."""
    return (Path(__file__).resolve().parents[2] / "graph/exports/data/explorer.html").exists()


def first_id(world: World) -> str:
    """An article's id."""
    return json.loads((world.root / "full" / ARTICLES).read_text("utf-8").splitlines()[0])["id"]


def must(folder: Path, command: tuple[str, ...]) -> None:
    """Run a command that has to end well."""
    ended = run(command, folder)
    if ended.code:
        raise Broken(f"{' '.join(command)}: exit code {ended.code}: {ended.err}")


def write_articles(file: Path, count: int) -> None:
    """So many short articles of made-up news."""
    with file.open("w", encoding="utf-8") as out:
        for article, _ in make_articles(count, seed=9, persons=40):
            text = ". ".join(article.text.replace("\n\n", " ").split(". ")[:SENTENCES]) + "."
            fields = {"id": article.id, "title": article.title, "published": article.published, "text": text}
            out.write(json.dumps(fields) + "\n")


def articles_of(graph: Path) -> Iterator[tuple[str, tuple[Article, list[Triple]]]]:
    """Every article of a graph file with its triples."""
    with open_graph(graph, readonly=True) as store:
        for article in store.articles():
            yield article.id, (article, list(store.triples(article.id)))


def canonical(graph: Path) -> bytes:
    """The graph as JSON Lines, but for the time at which people decided."""
    with open_graph(graph) as store:
        store.refresh()
        lines = [json.loads(line) for line in b"".join(pieces(Part(store))).splitlines()]
    return b"\n".join(json.dumps({k: v for k, v in line.items() if k != "at"}).encode() for line in lines)


def holds_anything(graph: Path) -> bool:
    """Whether a file that opens has got its tables: a build may be killed before."""
    try:
        with open_graph(graph, readonly=True):
            return True
    except StoreError as error:
        if "holds nothing yet" in str(error):
            return False
        raise


def check_whole(world: World, graph: Path) -> None:
    """The file opens, is sound, and holds exactly whole articles."""
    if not graph.exists() or not holds_anything(graph):
        return
    for key, held in articles_of(graph):
        if held != world.whole.get(key):
            raise Broken(f"article {key} is not as an undisturbed run has it")
    for problem in examine(graph):
        raise Broken(f"dyad check: {problem}")
