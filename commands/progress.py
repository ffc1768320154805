"""A progress bar on standard error, on a terminal only; it counts bytes of input, so it knows the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from commands.screen import printable, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from extract.model import Article


class Progress(Protocol):
    """Where a run tells how far it is."""

    def done(self, article: Article) -> None:
        """One article is finished."""
        ...

    def say(self, message: str) -> None:
        """Write a message to standard error without breaking the bar."""
        ...


class Silent:
    """Shows no bar."""

    def done(self, article: Article) -> None:
        """Nothing to show."""

    def say(self, message: str) -> None:
        """Write the message."""
        say(message)


class Shown:
    """Moves a bar by each article's length, never beyond the end."""

    def __init__(self, bar: Bar, task: TaskID, total: int) -> None:
        self.bar, self.task, self.total = bar, task, total
        self.articles = self.bytes = 0

    def done(self, article: Article) -> None:
        """Count the article."""
        self.articles += 1
        self.bytes = min(self.total, self.bytes + len(article.text))
        self.bar.update(self.task, completed=self.bytes, articles=self.articles)

    def say(self, message: str) -> None:
        """Write the message above the bar."""
        self.bar.console.print(printable(message), soft_wrap=True)


@contextmanager
def reading(paths: Sequence[str]) -> Iterator[Progress]:
    """A bar over the articles in these files while the block runs."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.fields[articles]} articles", markup=False), TimeElapsedColumn(),
               TextColumn("left"), TimeRemainingColumn())  # fmt: skip
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    total = size_of(paths)
    with Bar(*columns, console=console, transient=True) as bar:
        yield Shown(bar, bar.add_task("", total=total or None, articles=0), total)


@contextmanager
def counting(total: int | None, noun: str) -> Iterator[Callable[[], None]]:
    """A bar over so many things, of an unknown number when None; the block calls what it gets at each."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(noun, markup=False), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def size_of(paths: Sequence[str]) -> int:
    """Bytes in the files and folders; 0 when standard input is among them, whose end nobody knows."""
    if "-" in paths:
        return 0
    return sum(file.stat().st_size for path in paths for file in files_in(path) if file.is_file())


def files_in(path: str) -> Iterator[Path]:
    """The file, or all files below the folder."""
    if not os.path.isdir(path):
        yield Path(path)
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)
