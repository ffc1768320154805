"""Options that choose which edges count and what they turn into, and actors' names completed by Tab."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from commands.options import DEFAULT_GRAPH
from extract.model import ActorType, Code, Status

if TYPE_CHECKING:
    from graph.store import Filter

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SPAN = re.compile(r"(\d{1,6})([dwmy]?)")
DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}
OFFERED = 40


def complete_actor(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of actors in the graph that begin so; none when there is no graph to ask."""
    from extract.errors import DyadError
    from graph.embedded import open_graph

    file = ctx.params.get("graph") or os.environ.get("DYAD_GRAPH") or DEFAULT_GRAPH
    try:
        with open_graph(file, readonly=True) as store:
            actors = store.named(incomplete, OFFERED)
    except (DyadError, OSError):
        return []
    found = dict.fromkeys(
        begun(name, incomplete) for actor in actors for name in (actor.name, *actor.aliases)
    )
    return [shell_word(name) for name in found if name]


def begun(name: str, incomplete: str) -> str:
    """The name, or the one word of it that begins as typed, with what was typed left as it is."""
    from graph.schema import fold

    for text in (name, *name.split()):
        if fold(text[: len(incomplete)]) == fold(incomplete) and text.isprintable():
            return incomplete + text[len(incomplete) :]
    return ""


class Quoted(str):
    """A name as the shell takes it for one word; Typer would drop it where it doesn't begin as typed."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        """It does, before it was quoted."""
        return True


def shell_word(name: str) -> str:
    """The name as bash takes it for one word; other shells quote by themselves."""
    bash = os.environ.get("_DYAD_COMPLETE", "").endswith("bash")
    open_quote = os.environ.get("COMP_WORDS", "").count('"') % 2
    return Quoted(re.sub(r"([^\w.,:@%+/-])", r"\\\1", name)) if bash and not open_quote else name


Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what happened on or after YYYY[-MM[-DD]].")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only what happened on or before it.")]
Codes = Annotated[
    str | None, typer.Option("--code", metavar="CODES", help="Only these classes, such as CONSULT,AID.")
]
Quads = Annotated[
    str | None,
    typer.Option("--quad", metavar="QUADS", help="Only verbal- or material-, -cooperation or -conflict."),
]
Sources = Annotated[
    int, typer.Option("--min-sources", min=1, help="Only edges with as many independent sources.")
]
Include = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help="Also what is negated, future or hypothetical; it is marked so."),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this outlet tells.")]


def choose(
    since: str | None = None,
    until: str | None = None,
    codes: str | None = None,
    quads: str | None = None,
    min_sources: int = 1,
    statuses: tuple[Status, ...] = ("actual",),
    publisher: str | None = None,
) -> Filter:
    """The filter that the options tell."""
    from graph.store import Filter

    check_date("--since", since)
    check_date("--until", until)
    return Filter(statuses, choose_codes(codes, quads), since, until, min_sources, publisher)


def choose_codes(codes: str | None, quads: str | None) -> tuple[Code, ...]:
    """The classes named, those of the quad classes named, or those that are both."""
    from graph.store import QUADS

    named: tuple[Code, ...] = words("--code", codes.upper() if codes else None, get_args(Code))
    wanted = words("--quad", quads.lower() if quads else None, tuple(dict.fromkeys(QUADS.values())))
    of_quads = tuple(code for code, quad in QUADS.items() if quad in wanted)
    if named and wanted:
        both = tuple(code for code in named if code in of_quads)
        if not both:
            raise typer.BadParameter(f"none of {', '.join(named)} is {' or '.join(wanted)}")
        return both
    return named or of_quads


def choose_statuses(include: str | None) -> tuple[Status, ...]:
    """What actually happened, and what else is asked for."""
    found: tuple[Status, ...] = words("--include", include.lower() if include else None, get_args(Status))
    return ("actual", *(status for status in found if status != "actual"))


def choose_only(status: str | None) -> tuple[Status, ...]:
    """The statuses named; none for all."""
    found: tuple[Status, ...] = words("--status", status.lower() if status else None, get_args(Status))
    return found


def choose_types(through: str | None) -> tuple[ActorType, ...]:
    """The types of actors named."""
    found: tuple[ActorType, ...] = words(
        "--through", through.upper() if through else None, get_args(ActorType)
    )
    return found


def check_date(option: str, date: str | None) -> None:
    """Refuse what is no date in ISO form."""
    from graph.days import read

    if date and not (DATE.fullmatch(date) and read(date)):
        raise typer.BadParameter(f"{option} wants YYYY, YYYY-MM or YYYY-MM-DD, not {date!r}")


def choose_days(within: str | None) -> int | None:
    """A time such as 30d, 4w, 6m or 1y in days."""
    if within is None:
        return None
    match = SPAN.fullmatch(within.lower())
    if match is None:
        raise typer.BadParameter(
            f"--within wants days, weeks, months or years such as 30d or 4w, not {within!r}"
        )
    return int(match[1]) * DAYS[match[2]]


def words(option: str, text: str | None, known: tuple[Any, ...]) -> tuple[Any, ...]:
    """The words of a list divided by commas, all of them known."""
    found = tuple(word.strip() for word in text.split(",") if word.strip()) if text else ()
    if wrong := [word for word in found if word not in known]:
        raise typer.BadParameter(f"{option} knows no {wrong[0]!r}; choose from {', '.join(known)}")
    return found
