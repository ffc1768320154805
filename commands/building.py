"""From articles to the graph: build, extract, articles, show."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import sharding, stores
from commands.drawing import bare_width, room
from commands.options import (
    DEFAULT_GRAPH,
    AsJson,
    ClusterAddress,
    Endpoint,
    Extracted,
    ExtractorKind,
    Graph,
    Inputs,
    Kind,
    LlmKey,
    LlmModel,
    LlmUrl,
    Model,
    Out,
    Processes,
    ShardSize,
    Strict,
    Vocabulary,
)
from commands.progress import reading
from commands.running import Tally, keep, only_new, read, stoppable, working
from commands.screen import (
    TYPE_STYLES,
    number_of,
    paint,
    say,
    write,
    write_json,
    write_json_line,
    write_table,
)
from extract.errors import InputError, QuestionError

if TYPE_CHECKING:
    from extract.model import Article, Extractor, Triple
    from graph.embedded import EmbeddedGraph

Actors = Annotated[
    Path | None,
    typer.Option("--actors", metavar="FILE", help="Known actors: JSON Lines, CSV or FollowTheMoney."),
]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id, or how it begins.")]


def build(
    paths: Inputs,
    graph: Graph = DEFAULT_GRAPH,
    strict: Strict = False,
    model: Model = None,
    vocabulary: Vocabulary = None,
    extractor: Kind = ExtractorKind.rules,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_key: LlmKey = None,
    actors: Actors = None,
    processes: Processes = None,
    extracted: Extracted = False,
) -> None:
    """Read articles into the graph; those it holds are not read again."""
    expect(paths)
    if extracted:
        gather(paths, graph, strict, actors)
        return
    tally = Tally()
    llm = Endpoint(llm_url, llm_model, llm_key)
    with stores.building(graph) as store, stoppable(lambda: kept(tally, store)):
        if actors is not None:
            learn(store, actors)
        with reading(paths) as progress:
            with working(extractor, model, vocabulary, llm, processes, tally, progress) as reader:
                new = only_new(read(paths, strict, tally, progress), store, reader.name, tally, progress)
                keep(reader.extract(new), store, reader.name, partial(tally.count, progress=progress))
            store.refresh()
        report(tally, store)
    tell_costs(reader)
    end(tally)


def extract(
    paths: Inputs,
    strict: Strict = False,
    model: Model = None,
    vocabulary: Vocabulary = None,
    extractor: Kind = ExtractorKind.rules,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_key: LlmKey = None,
    processes: Processes = None,
    out: Out = None,
    cluster: ClusterAddress = None,
    shard_mb: ShardSize = 1.0,
) -> None:
    """Print the triples found in articles as JSON Lines, or write them into partitions; stores nothing."""
    from extract.model import triple_to_dict

    expect(paths)
    if out is not None or cluster is not None:
        if processes is not None:
            raise typer.BadParameter("--out reads one shard after another, --cluster by its own workers")
        sharding.extract_apart(paths, out, cluster, shard_mb, strict, extractor, model, vocabulary)
        return
    tally = Tally()
    llm = Endpoint(llm_url, llm_model, llm_key)
    with (
        stoppable(tally.summary),
        reading(paths) as progress,
        working(extractor, model, vocabulary, llm, processes, tally, progress) as reader,
    ):
        for article, triples in reader.extract(read(paths, strict, tally, progress)):
            for triple in triples:
                write_json_line(triple_to_dict(triple))
            tally.count(article, triples, progress)
    say(tally.summary())
    tell_costs(reader)
    end(tally)


def gather(folders: list[str], graph: str, strict: bool, actors: Path | None) -> None:
    """Take what was extracted into folders of partitions over into the graph."""
    from extract.partitions import read_partitions

    tally = Tally()
    with stores.building(graph) as store, stoppable(lambda: kept(tally, store)):
        if actors is not None:
            learn(store, actors)
        with reading([]) as progress:
            for folder, name, parts in sharding.open_folders(folders, strict):
                found = read_partitions(folder, parts)
                new = sharding.only_new(found, store, name, tally, progress)
                keep(new, store, name, partial(tally.count, progress=progress))
            store.refresh()
        report(tally, store)
    end(tally)


def tell_costs(reader: Extractor) -> None:
    """What a language model took and what its answers lost, on one line; nothing for other extractors."""
    used = getattr(reader, "usage", None)
    if used is None:
        return
    lost = [f"{count:,} dropped: {why}" for why, count in sorted(used.dropped.items())]
    if used.lost_sentences:
        lost.append(f"{number_of(used.lost_sentences, 'sentence')} without an answer")
    retries = "1 retry" if used.retries == 1 else f"{used.retries:,} retries"
    asked = f"{number_of(used.requests, 'request')}, {retries}"
    say("; ".join([f"{asked}, {used.tokens_in:,} tokens in, {used.tokens_out:,} out", *lost]))


def expect(paths: list[str]) -> None:
    """Refuse a path that is not there before anything is loaded."""
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise InputError(f"{path}: no such file or folder")


def end(tally: Tally) -> None:
    """Nothing read at all is nothing found."""
    if not tally.new + tally.known:
        raise typer.Exit(1)


def learn(store: EmbeddedGraph, file: Path) -> None:
    """Take known actors over into the graph."""
    from graph.deciding import learn as keep
    from graph.known import read_known

    say(f"{number_of(keep(store, read_known(file)), 'known actor')} new or changed")


def kept(tally: Tally, store: EmbeddedGraph) -> str:
    """What a stopped build leaves behind."""
    stored = number_of(tally.new, "article")
    return f"{stored} stored whole in {store.path}, the same command goes on with the rest"


def report(tally: Tally, store: EmbeddedGraph) -> None:
    """Say what was read and what the graph holds now."""
    say(tally.summary())
    held = ", ".join(number_of(count, noun) for noun, count in store.sizes().items())
    say(f"{store.path} holds {held}")


def articles(graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False) -> None:
    """List the articles in the graph."""
    with stores.reading(graph) as store:
        counts = store.triple_counts()
        rows = [(a.id, a.title, a.published, a.publisher, counts.get(a.id, 0)) for a in store.articles()]
    if as_json:
        titles = ("id", "title", "published", "publisher", "triples")
        write_json([dict(zip(titles, row, strict=True)) for row in rows])
    else:
        order = ((i, day, paper, n, title) for i, title, day, paper, n in rows)
        write_table(("id", "published", "publisher", "triples", "title"), order)


def show(article: ArticleId, graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False) -> None:
    """Print an article with its actors and triples marked."""
    with stores.reading(graph) as store:
        found = the_article(store, article)
        triples = sorted(store.triples(found.id), key=lambda t: (t.start, t.source_start, t.id))
    if as_json:
        from extract.model import triple_to_dict

        write_json(article_fields(found) | {"triples": [triple_to_dict(t) for t in triples]})
    else:
        show_article(found, triples)


def the_article(store: EmbeddedGraph, key: str) -> Article:
    """The article with this id, or the only one whose id begins so."""
    if found := store.article(key):
        return found
    begin = [a for a in store.articles() if a.id.startswith(key)]
    if len(begin) == 1:
        return begin[0]
    what = f"{len(begin)} articles' ids begin with" if begin else "no article is called"
    raise QuestionError(f"{what} {key!r}; dyad articles lists them")


def article_fields(article: Article) -> dict[str, Any]:
    """The article as JSON shows it."""
    return {
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "publisher": article.publisher,
        "url": article.url,
        "origin": article.origin,
        "text": article.text,
    }


def show_article(article: Article, triples: list[Triple]) -> None:
    """Head, text with marks, and the triples by number."""
    write(paint(article.title or article.id, "bold"))
    facts = (article.published, article.publisher, article.url, article.id)
    write(paint(" · ".join(fact for fact in facts if fact), "dim"))
    write()
    text = marked(article.text, triples)
    write(flow(text, room()) if sys.stdout.isatty() else text)
    write()
    columns = len(str(len(triples)))
    for number, triple in enumerate(triples, 1):
        write(f"{number:>{columns}}  {claim(triple)}")


def claim(t: Triple) -> str:
    """The triple on one line."""
    arrow = "—" if t.symmetric else "→"
    said = t.attribution and f"says {t.attribution}"
    facts = ", ".join(fact for fact in (t.code, t.status, t.date, said) if fact)
    return f"{paint(f'{t.source} — {t.relation} {arrow} {t.target}')}  {paint(facts, 'dim')}"


def flow(text: str, columns: int) -> str:
    """The painted text, broken between words to fit so many columns."""
    lines = []
    for paragraph in text.split("\n"):
        used = 0
        for number, word in enumerate(paragraph.split(" ")):
            size = bare_width(word)
            fits = used + 1 + size <= columns
            lines.append("" if number == 0 else " " if fits else "\n")
            lines.append(word)
            used = used + 1 + size if fits and number else size
        lines.append("\n")
    return "".join(lines[:-1])


def marked(text: str, triples: list[Triple]) -> str:
    """The text with actors in brackets and, behind each sentence, the numbers of its triples."""
    marks = {at: mark for t in triples for at, mark in mentions(t) if text.startswith(mark[0], at)}
    numbers: dict[int, list[int]] = {}
    for number, t in enumerate(triples, 1):
        numbers.setdefault(t.end, []).append(number)
    out, here = [], 0
    for at in sorted({*marks, *numbers, len(text)}):
        if at < here:
            continue
        out.append(paint(text[here:at]))
        here = at
        if at in numbers:
            out.append(paint(f" {{{','.join(map(str, numbers[at]))}}}", "dim"))
        if at in marks:
            said, name, kind = marks[at]
            out.append(paint(f"[{said}]" if said == name else f"[{said}={name}]", TYPE_STYLES[kind]))
            here = at + len(said)
    return "".join(out)


def mentions(t: Triple) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Where the triple names its two ends: offset, and the words, the name and the type."""
    yield t.source_start, (t.source_mention, t.source, t.source_type)
    yield t.target_start, (t.target_mention, t.target, t.target_type)
