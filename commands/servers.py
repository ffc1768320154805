"""Neo4j: load, clear, cypher."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import stores
from commands.options import DEFAULT_GRAPH, AsCsv, AsJson, Graph
from commands.screen import number_of, say, write_csv, write_json, write_table
from extract.errors import QuestionError

if TYPE_CHECKING:
    from graph.cypher import Answer
    from graph.neo4j_load import Change

To = Annotated[
    str,
    typer.Option(
        "--to", envvar="NEO4J_URI", metavar="URI", help="The server, such as bolt://localhost:7687."
    ),
]
User = Annotated[str, typer.Option("--user", envvar="NEO4J_USERNAME", metavar="NAME", help="Login name.")]
Password = Annotated[
    Path | None,
    typer.Option(
        "--password-file", metavar="FILE", help="File with the login password; else NEO4J_PASSWORD holds it."
    ),
]
Database = Annotated[
    str, typer.Option("--database", envvar="NEO4J_DATABASE", metavar="NAME", help="The server's database.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")]
Yes = Annotated[bool, typer.Option("--yes", help="Really delete.")]
DEFAULT_URI = "bolt://localhost:7687"
WRITTEN = ("nodes_created", "nodes_deleted", "relationships_created", "relationships_deleted")


def load(
    graph: Graph = DEFAULT_GRAPH,
    to: To = DEFAULT_URI,
    user: User = "neo4j",
    password_file: Password = None,
    database: Database = "neo4j",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Bring a Neo4j database to the state of the graph file; what is there already is left alone."""
    from graph.neo4j_load import count_rows
    from graph.neo4j_load import load as bring

    with (
        stores.following(graph) as store,
        stores.connecting(to, user, password_file, database) as link,
        counting(count_rows(store)) as progress,
    ):
        changes, written = bring(store, link, dry=dry_run, progress=progress)
    if as_json:
        write_json({"changes": changes, "written": {key: written[key] for key in WRITTEN}})
    else:
        show_changes(changes)
    say(summary(changes, written, dry=dry_run))


def show_changes(changes: Sequence[Change]) -> None:
    """A line for each label and relationship type there is."""
    rows = [(c.kind, c.new, c.changed, c.gone, c.same) for c in changes if c.any or c.same]
    write_table(("kind", "new", "changed", "gone", "as it was"), rows)


def summary(changes: Sequence[Change], written: Counter[str], *, dry: bool) -> str:
    """What was done, or would be, in one line."""
    if not any(change.any for change in changes):
        return "nothing to change"
    if dry:
        return "nothing written: a dry run"
    return "; ".join(f"{key.replace('_', ' ')}: {written[key]:,}" for key in WRITTEN)


def clear(
    to: To = DEFAULT_URI,
    user: User = "neo4j",
    password_file: Password = None,
    database: Database = "neo4j",
    yes: Yes = False,
) -> None:
    """Delete from a Neo4j database all that dyad loaded, and nothing else."""
    from graph.neo4j_load import clear as empty
    from graph.neo4j_load import count_nodes

    with stores.connecting(to, user, password_file, database) as link:
        if not yes:
            say(f"{to} holds {number_of(count_nodes(link), 'node')} of dyad's; add --yes to delete them")
            raise typer.Exit(2)
        with counting(count_nodes(link)) as progress:
            gone = empty(link, progress)
    say(f"deleted {number_of(gone['nodes_deleted'], 'node')}")


@contextmanager
def counting(total: int) -> Iterator[Callable[[str, int], None]]:
    """A bar over so many rows, on standard error and on a terminal only; it starts anew with each pass."""
    if not sys.stderr.isatty():
        yield lambda kind, rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task("", total=total)

        def progress(kind: str, rows: int) -> None:
            done = bar.tasks[0].completed
            bar.update(task, description=kind, completed=rows if done >= total else done + rows)

        yield progress


Query = Annotated[str, typer.Argument(metavar="QUERY", help="The query; - reads it from standard input.")]
Server = Annotated[
    str, typer.Option("--to", envvar="NEO4J_URI", metavar="URI", help="The server that answers.")
]
File = Annotated[
    str | None,
    typer.Option("--graph", "-g", metavar="FILE", help="Ask this graph file, by the extra engine ladybug."),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--param", "-p", metavar="NAME=VALUE", help="A parameter: JSON, else text; may be repeated."
    ),
]
Write = Annotated[bool, typer.Option("--write", help="Let the query change the database.")]
AsGraphml = Annotated[bool, typer.Option("--graphml", help="Print its nodes and relationships as GraphML.")]


def cypher(
    query: Query,
    param: Parameters = None,
    to: Server = DEFAULT_URI,
    graph: File = None,
    user: User = "neo4j",
    password_file: Password = None,
    database: Database = "neo4j",
    write: Write = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_graphml: AsGraphml = False,
) -> None:
    """Run a Cypher query on Neo4j, or with --graph on the graph file; read-only unless --write."""
    text = sys.stdin.read() if query == "-" else query
    values = dict(parameter(each) for each in param or [])
    if graph is not None:
        answer = ask_file(graph, text, values, write=write)
    else:
        from graph.cypher import ask

        with stores.connecting(to, user, password_file, database) as link:
            answer = ask(link, text, values, write=write)
    show_answer(answer, as_json=as_json, as_csv=as_csv, as_graphml=as_graphml)


def ask_file(graph: str, query: str, values: dict[str, Any], *, write: bool) -> Answer:
    """The answer of the embedded engine, which never writes."""
    from graph.embedded_cypher import ask

    if write:
        raise QuestionError("the graph file is only read by Cypher; dyad build and dyad merge change it")
    with stores.reading(graph) as store:
        return ask(store, query, values)


def parameter(given: str) -> tuple[str, Any]:
    """A name and its value: JSON where it is JSON, else the text itself."""
    import msgspec

    name, found, value = given.partition("=")
    if not found or not name.isidentifier():
        raise typer.BadParameter(f"{given!r} is not NAME=VALUE", param_hint="--param")
    try:
        return name, msgspec.json.decode(value.encode())
    except msgspec.DecodeError:
        return name, value


def show_answer(answer: Answer, *, as_json: bool, as_csv: bool, as_graphml: bool) -> None:
    """Print the result the way asked for; nothing found is told by the exit code."""
    if as_graphml:
        from graph.cypher import to_graphml

        sys.stdout.writelines(to_graphml(answer))
    elif as_json:
        write_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    elif as_csv:
        write_csv(answer.columns, [[cell_of(value) for value in row] for row in answer.rows])
    elif answer.rows:
        write_table(answer.columns, [[cell_of(value) for value in row] for row in answer.rows])
    if answer.changed:
        say("; ".join(f"{key.replace('_', ' ')}: {n:,}" for key, n in answer.changed.items()))
    elif not answer.rows:
        raise QuestionError("the query found nothing")


def cell_of(value: Any) -> Any:
    """The value as one cell of a table."""
    import msgspec

    from graph.cypher import Node, Route, Tie

    if isinstance(value, list) and all(isinstance(each, str | Node | Tie) for each in value):
        return ", ".join(map(str, value))
    if isinstance(value, list | dict):
        return msgspec.json.encode(value).decode()
    return str(value) if isinstance(value, Node | Tie | Route) else value
