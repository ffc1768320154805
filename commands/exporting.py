"""Exports of the graph, or of a part of it, for other tools."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from commands import stores
from commands.filters import Codes, Sources
from commands.options import DEFAULT_GRAPH, Graph
from commands.screen import number_of, say
from extract.model import Code, Status
from graph.exports import FORMATS, tell_format, write_export, write_stream

if TYPE_CHECKING:
    from graph.embedded import EmbeddedGraph
    from graph.exports.part import Part
    from graph.store import Filter

Form = StrEnum("Form", {name: name for name in FORMATS})  # type: ignore[misc]
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
NOTHING_FOUND = 1


class Reader(StrEnum):
    """A program that wants its own dialect."""

    yed = "yed"


File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="The file to write; its ending tells the format "
        f"({', '.join(endings[0] for endings in FORMATS.values())}). - is standard output.",
    ),
]
Format = Annotated[Form | None, typer.Option("--format", "-f", help="The format, whatever the ending.")]
For = Annotated[Reader | None, typer.Option("--for", help="Add what this program needs: yed shows labels.")]
Around = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="NAME", help="Only what lies around this actor; may be repeated."),
]
Hops = Annotated[int, typer.Option(min=0, help="How far around the actor.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only edges told of on or after YYYY[-MM[-DD]].")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only edges told of on or before.")]
Statuses = Annotated[
    str | None,
    typer.Option("--status", metavar="WORDS", help="Only these of actual, future, hypothetical, negated."),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, help="html: at most so many actors, the best connected.", show_default="2000"),
]


def export(
    file: File,
    graph: Graph = DEFAULT_GRAPH,
    form: Format = None,
    reader: For = None,
    actor: Around = None,
    hops: Hops = 1,
    since: Since = None,
    until: Until = None,
    code: Codes = None,
    status: Statuses = None,
    min_sources: Sources = 1,
    limit: Limit = None,
) -> None:
    """Write the graph, or a part of it, to a file that other tools open."""
    kind = form.value if form else tell(file)
    options = format_options(kind, reader, limit)
    only = choose_edges(since, until, code, status, min_sources)
    with stores.reading(graph) as store:
        part = choose_part(store, only, actor or [], hops)
        if str(file) == "-":
            write_stream(part, sys.stdout.buffer, form=kind, **options)
        else:
            files = write_export(part, file, form=kind, **options)
            say(f"wrote {', '.join(map(str, files))}")


def tell(file: Path) -> str:
    """The format that the file's ending tells."""
    if str(file) == "-":
        raise typer.BadParameter("to standard output, the format must be named with --format")
    return tell_format(file)


def format_options(kind: str, reader: Reader | None, limit: int | None) -> dict[str, Any]:
    """What the format's own writer is told."""
    if reader and kind != "graphml":
        raise typer.BadParameter(f"--for {reader} goes with GraphML, not {kind}")
    if limit and kind != "html":
        raise typer.BadParameter(f"--limit goes with HTML, not {kind}")
    return ({"yed": True} if reader else {}) | ({"limit": limit} if limit else {})


def choose_edges(
    since: str | None, until: str | None, codes: str | None, statuses: str | None, min_sources: int
) -> Filter:
    """The filter that the options tell; without any, every edge of every status counts."""
    from graph.store import Filter

    for option, date in (("--since", since), ("--until", until)):
        if date and not DATE.fullmatch(date):
            raise typer.BadParameter(f"{option} wants YYYY, YYYY-MM or YYYY-MM-DD, not {date!r}")
    return Filter(
        statuses=words("--status", statuses, get_args(Status)),
        codes=words("--code", codes.upper() if codes else None, get_args(Code)),
        since=since,
        until=until,
        min_sources=min_sources if min_sources > 1 else 0,
    )


def words(option: str, text: str | None, known: tuple[Any, ...]) -> tuple[Any, ...]:
    """The words of a list divided by commas, all of them known."""
    found = tuple(word.strip() for word in text.split(",") if word.strip()) if text else ()
    if wrong := [word for word in found if word not in known]:
        raise typer.BadParameter(f"{option} knows no {wrong[0]!r}; choose from {', '.join(known)}")
    return found


def choose_part(store: EmbeddedGraph, only: Filter, names: list[str], hops: int) -> Part:
    """The part that the options choose; an empty one ends with nothing found."""
    from graph.exports.part import choose
    from graph.questions import resolve_name

    part = choose(store, only=only, actors=[resolve_name(store, name).id for name in names], hops=hops)
    if not part.whole and next(part.edges(), None) is None:
        say(f"dyad: no edge is left by these filters; {number_of(store.size(), 'edge')} without them")
        raise typer.Exit(NOTHING_FOUND)
    return part
