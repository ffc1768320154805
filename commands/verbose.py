"""A log of what is done, on standard error, with --verbose; no password and no key is ever in it."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from commands.screen import one_line

HELP = "Tell on standard error what is done, for reports of faults; passwords and keys are left out."
HIDDEN = "***"
VARIABLES = ("NEO4J_PASSWORD", "DYAD_LLM_KEY")
secrets: set[str] = set()


class Plain(logging.Formatter):
    """One line each, printable, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is shown."""
        return one_line(redacted(super().format(record)))


def read_secret(file: Path) -> str:
    """A password or key: the file's first line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return hide(lines[0].strip() if lines else "")


def hide(secret: str) -> str:
    """Leave this out of whatever is logged from now on."""
    if secret:
        secrets.update((secret, quote(secret, safe="")))
    return secret


def redacted(text: str) -> str:
    """The text without secrets, the longest first."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def listen() -> None:
    """Log dyad's own doings and the Neo4j driver's."""
    for name in VARIABLES:
        hide(os.environ.get(name, "").strip())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain("%(asctime)s %(name)s %(message)s"))
    for name in ("dyad", "neo4j"):
        logger = logging.getLogger(name)
        if not any(isinstance(one.formatter, Plain) for one in logger.handlers):
            logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)


def option() -> Any:
    """The option that every command has, as Typer makes it."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def command(
        verbose: Annotated[bool, typer.Option("--verbose", help=HELP, callback=heed)] = False,
    ) -> None:
        pass

    (made,) = (each for each in typer.main.get_command(app).params if each.name == "verbose")
    made.expose_value = False
    made.is_eager = True
    return made


def heed(wanted: bool) -> None:
    """Begin to log when it is wanted."""
    if wanted:
        listen()
