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
    """Moves a bar by each article's length, and at the end of a file to where the next one begins."""

    def __init__(self, bar: Bar, task: TaskID, sizes: dict[str, int]) -> None:
        self.bar, self.task, self.sizes = bar, task, sizes
        self.articles = self.before = self.inside = 0
        self.file = ""

    def done(self, article: Article) -> None:
        """Count the article."""
        self.articles += 1
        file = self.file_of(article.origin)
        if file != self.file:
            self.before, self.inside, self.file = self.before + self.sizes.get(self.file, 0), 0, file
        size = self.sizes.get(file, 0)
        self.inside = min(size, self.inside + len(article.text))
        self.bar.update(self.task, completed=self.before + self.inside)
        self.bar.update(self.task, articles=f"{self.articles:,} articles{self.rate()}")

    def file_of(self, origin: str) -> str:
        """The file that an article's origin names, with its line or without."""
        cut = max(origin.rfind(":"), origin.rfind(","))
        return origin if origin in self.sizes or cut < 0 else origin[:cut]

    def rate(self) -> str:
        """Articles a second, by the bytes of the last half minute."""
        speed = self.bar.tasks[0].speed
        done = self.before + self.inside
        return f", {speed * self.articles / done:.1f}/s" if speed and done else ""

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

    columns = (BarColumn(), TextColumn("{task.fields[articles]}", markup=False), TimeElapsedColumn(),
               TextColumn("left"), TimeRemainingColumn())  # fmt: skip
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    sizes = sizes_of(paths)
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=sum(sizes.values()) or None, articles="")
        yield Shown(bar, task, sizes)


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


def sizes_of(paths: Sequence[str]) -> dict[str, int]:
    """Bytes in each of the files; none when standard input is among them, whose end nobody knows."""
    if "-" in paths:
        return {}
    return {str(file): file.stat().st_size for path in paths for file in files_in(path) if file.is_file()}


def files_in(path: str) -> Iterator[Path]:
    """The file, or all files below the folder."""
    if not os.path.isdir(path):
        yield Path(path)
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)
