"""A run over articles: what is read, known and found, by how many processes, stored as it comes, and stopped.

Articles are stored some at a time, each time in one transaction, so that whatever ends the run leaves whole
articles in the graph, and the same command goes on with the others.
"""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from commands.options import Endpoint, ExtractorKind, open_extractor
from commands.progress import Progress
from commands.screen import number_of, say

if TYPE_CHECKING:
    from extract.model import Article, Extractor, Triple
    from extract.readers import Skip
    from graph.embedded import EmbeddedGraph

PORTION, SECONDS = 16, 1.0  # articles stored at once, and how long one waits for others at most
STOPPED, TERMINATED = 130, 143


@dataclass(slots=True)
class Tally:
    """What a run has read: articles new and known, those without a triple, and skips by reason."""

    new: int = 0
    known: int = 0
    bare: int = 0
    triples: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)

    def skip(self, skip: Skip, progress: Progress) -> None:
        """Name what was skipped, and count it."""
        progress.say(f"skipped {skip.origin}: {skip.reason}")
        self.skipped[re.split("[:;(]", skip.reason)[0].strip()] += 1

    def count(self, article: Article, triples: list[Triple], progress: Progress) -> None:
        """Count an article that was read, and name it when it tells of nobody's deeds."""
        self.new += 1
        self.triples += len(triples)
        if not triples:
            self.bare += 1
            progress.say(f"no triple in {article.origin or article.id}")
        progress.done(article)

    def summary(self) -> str:
        """What a run read, skipped (by reason) and found, on one line."""
        parts = [f"read {number_of(self.new, 'article')}"]
        if self.bare:
            parts.append(f"{self.bare:,} of them without a triple")
        if self.known:
            parts.append(f"{self.known:,} known already")
        if self.skipped:
            reasons = ", ".join(f"{count:,} {reason}" for reason, count in self.skipped.most_common())
            parts.append(f"{self.skipped.total():,} skipped ({reasons})")
        seconds = time.monotonic() - self.started
        return f"{', '.join(parts)}; found {number_of(self.triples, 'triple')} in {seconds:.1f} s"


class Terminated(KeyboardInterrupt):
    """Somebody asked this process to end (SIGTERM)."""


@contextmanager
def stoppable(left: Callable[[], str]) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the block in one line that says what is left behind."""
    try:
        with asked_politely():
            yield
    except KeyboardInterrupt as stop:
        say(f"dyad: stopped; {left()}")
        raise typer.Exit(TERMINATED if isinstance(stop, Terminated) else STOPPED) from None


@contextmanager
def asked_politely() -> Iterator[None]:
    """Raise Terminated inside the block when SIGTERM comes."""

    def stop(*_: object) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def working(
    kind: ExtractorKind,
    model: str | None,
    vocabulary: Path | None,
    llm: Endpoint,
    processes: int | None,
    tally: Tally,
    progress: Progress,
) -> Iterator[Extractor]:
    """The extractor that the options name; the one by rules shares much text out among processes."""
    if kind != ExtractorKind.rules:
        yield open_extractor(kind, model, vocabulary, llm)
        return
    from extract.crew import Crew, Recipe
    from extract.pipeline import DEFAULT_MODEL
    from extract.readers import Skip

    def lose(article: Article, why: str) -> None:
        tally.skip(Skip(article.origin or article.id, why), progress)

    recipe = Recipe(model or DEFAULT_MODEL, str(vocabulary) if vocabulary else None)
    with Crew(recipe, processes or usable_cores(), tell=progress.say, lose=lose) as crew:
        yield crew


def usable_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read(paths: list[str], strict: bool, tally: Tally, progress: Progress) -> Iterator[Article]:
    """The articles that can be read; what can't is named and counted."""
    from extract.readers import Skip, read_articles

    for found in read_articles(paths, strict=strict):
        if isinstance(found, Skip):
            tally.skip(found, progress)
        else:
            yield found


def only_new(
    articles: Iterable[Article], store: EmbeddedGraph, name: str, tally: Tally, progress: Progress
) -> Iterator[Article]:
    """The articles whose text this extractor has not read into the graph yet."""
    seen: dict[int, int] = {}
    for article in articles:
        if is_new(article, seen, store, name, tally, progress):
            yield article
        else:
            progress.done(article)


def is_new(
    article: Article, seen: dict[int, int], store: EmbeddedGraph, name: str, tally: Tally, progress: Progress
) -> bool:
    """Whether neither this run nor the graph has the article; what is known is counted, a clash named."""
    again = hash(article.id) in seen
    if (skip := clash(seen, article)) or (not again and (skip := mistake(store, article))):
        tally.skip(skip, progress)
    elif again or store.knows(article.id, name, article.text):
        tally.known += 1
    else:
        return True
    return False


def clash(seen: dict[int, int], article: Article) -> Skip | None:
    """Why an article can't be kept beside an earlier one of the run: the same id, with another text."""
    from extract.readers import Skip

    text = hash(article.text)
    if seen.setdefault(hash(article.id), text) == text:
        return None
    return Skip(
        article.origin or article.id, f"its id is another article's ({article.id}); give each its own"
    )


def mistake(store: EmbeddedGraph, article: Article) -> Skip | None:
    """Why an article can't be kept beside one in the graph: its number is that of a row of another file."""
    from extract.readers import Skip

    if (origin := store.mistakes(article)) is None:
        return None
    why = f"its id is another article's ({article.id}, of {origin}); give each its own"
    return Skip(article.origin or article.id, why)


def keep(
    found: Iterable[tuple[Article, list[Triple]]],
    store: EmbeddedGraph,
    name: str,
    count: Callable[[Article, list[Triple]], None],
) -> None:
    """Store articles as they come, some at a time, each counted once it is; what came stays."""
    waiting: list[tuple[Article, list[Triple]]] = []
    since = time.monotonic()

    def store_waiting() -> None:
        if waiting:
            store.write_all(waiting, name)
            kept = waiting.copy()
            waiting.clear()
            for article, triples in kept:
                count(article, triples)

    try:
        for pair in found:
            waiting.append(pair)
            if len(waiting) >= PORTION or time.monotonic() - since > SECONDS:
                store_waiting()
                since = time.monotonic()
    finally:
        store_waiting()
