"""The command line: the only room that prints, reads the environment and turns errors into exit codes."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=True)


@app.callback()
def dyad() -> None:
    """News articles into a graph of who did what to whom, every edge traced to its sentence."""


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
