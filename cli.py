"""The command line: registers the commands and turns every error into one line and an exit code.

0 done, 1 nothing found, 2 usage, 3 no connection, 4 login refused, 5 a file that can't be read or written;
130 stopped by Ctrl-C, 143 by SIGTERM, 70 a fault in dyad itself (DYAD_DEBUG=1 shows where).
Data goes to standard output, progress and messages to standard error.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from commands import asking, building, checking, exporting, identities, scoring, servers, surveying, verbose
from commands.screen import one_line, say
from extract.errors import (
    DyadError,
    ExtractorError,
    LoginError,
    ModelError,
    QuestionError,
    UnreachableError,
)

NOTHING_FOUND, USAGE, NO_CONNECTION, LOGIN_REFUSED, UNREADABLE, FAULT, STOPPED = 1, 2, 3, 4, 5, 70, 130
NO_ROOM = ("failed to map segment", "cannot allocate memory", "Cannot allocate memory")
CODES_BY_ERROR: tuple[tuple[type[Exception], int], ...] = (
    (UnreachableError, NO_CONNECTION),
    (LoginError, LOGIN_REFUSED),
    (ExtractorError, NO_CONNECTION),
    (QuestionError, NOTHING_FOUND),
    (ModelError, USAGE),
    (DyadError, UNREADABLE),
    (OSError, UNREADABLE),
)
COMMANDS: dict[str, tuple[Callable[..., None], ...]] = {
    "Build": (building.build, building.extract, building.articles, building.show),
    "Ask": (
        asking.path,
        asking.ties,
        asking.actor,
        asking.search,
        surveying.top,
        surveying.communities,
        surveying.between,
        surveying.diff,
        exporting.export,
    ),
    "Correct": (
        identities.merge,
        identities.split,
        identities.undo,
        identities.why,
        identities.review,
        identities.reject,
        identities.forget,
    ),
    "Keep": (checking.check,),
    "Serve": (servers.load, servers.clear, servers.cypher),
    "Measure": (scoring.score,),
}


class Commands(TyperGroup):
    """Runs every command under the same care for errors."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error ends it with one line and its code."""
        with one_line_errors():
            value = super().invoke(ctx)
            sys.stdout.flush()
            return value

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, with the option that every command has."""
        command = super().get_command(ctx, cmd_name)
        for each in (*getattr(command, "commands", {}).values(), command):
            if each is not None and all(known.name != "verbose" for known in each.params):
                each.params.append(verbose.option())
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands by what they are for, in the order they were registered."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            panel = getattr(command, "rich_help_panel", None) or "Commands"
            panels.setdefault(panel, []).append((name, command.get_short_help_str(150)))
        for title, rows in panels.items():
            with formatter.section(title):
                formatter.write_dl(rows)


def command_name(function: Callable[..., None]) -> str:
    """What the command is called on the command line."""
    return function.__name__.removesuffix("_").replace("_", "-")


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what goes wrong inside into one line on standard error and an exit code."""
    try:
        yield
    except BrokenPipeError:
        hush()
        raise typer.Exit(0) from None
    except (DyadError, OSError) as error:
        logging.getLogger("dyad").debug("it ended with an error", exc_info=True)
        say(f"dyad: {describe(error)}")
        raise typer.Exit(exit_code(error)) from None
    except KeyboardInterrupt:
        say("dyad: stopped")
        raise typer.Exit(STOPPED) from None
    except (MemoryError, ImportError) as error:
        if not lacks_memory(error):
            raise
        say("dyad: out of memory")
        raise typer.Exit(UNREADABLE) from None


def lacks_memory(error: BaseException | None) -> bool:
    """Whether memory was lacking, be it for a library that could not be brought in."""
    while error is not None:
        if isinstance(error, MemoryError) or any(sign in str(error) for sign in NO_ROOM):
            return True
        error = error.__cause__ or error.__context__
    return False


def exit_code(error: Exception) -> int:
    """The exit code an error stands for."""
    return next(code for kind, code in CODES_BY_ERROR if isinstance(error, kind))


def describe(error: Exception) -> str:
    """The error's message on one line; a system error names its file."""
    if isinstance(error, OSError) and error.strerror:
        return one_line(f"{error.filename or 'file'}: {error.strerror}")
    return one_line(str(error))


def hush() -> None:
    """Send what is still to be written nowhere: whoever read it has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def dyad() -> None:
    """News articles into a graph of who did what to whom, every edge traced to its sentence."""


for panel, functions in COMMANDS.items():
    for function in functions:
        app.command(command_name(function), rich_help_panel=panel)(function)
app.add_typer(identities.identities, name="identities", rich_help_panel="Correct")


def main() -> None:
    """Run the command line; no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    try:
        app(prog_name="dyad")
    except Exception as error:
        if os.environ.get("DYAD_DEBUG"):
            raise
        if lacks_memory(error):
            say("dyad: out of memory")
            sys.exit(UNREADABLE)
        say(
            f"dyad: a fault in dyad: {type(error).__name__}: {one_line(str(error))}; DYAD_DEBUG=1 shows where"
        )
        sys.exit(FAULT)


if __name__ == "__main__":
    main()
