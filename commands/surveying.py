"""Questions about the whole graph: top, communities, between, diff."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from commands import drawing, fields, filters, stores
from commands.asking import From, Limit, MaxHops, To
from commands.filters import Codes, Publisher, Quads, Since, Sources, Until
from commands.options import DEFAULT_GRAPH, AsCsv, AsJson, Graph
from commands.screen import number_of, one_line, paint, write, write_csv, write_json, write_table
from extract.errors import QuestionError

if TYPE_CHECKING:
    from graph.changes import Change, Diff, Turn
    from graph.ranking import Between, Community, Ranked


class Rank(StrEnum):
    """What actors are ranked by."""

    degree = "degree"
    betweenness = "betweenness"
    pagerank = "pagerank"
    brokers = "brokers"


TITLES = {Rank.degree: "neighbours", Rank.betweenness: "betweenness", Rank.pagerank: "pagerank",
          Rank.brokers: "brokerage"}  # fmt: skip
By = Annotated[
    Rank,
    typer.Option(help="Neighbours, share of shortest paths, PageRank, or brokerage between communities."),
]
Members = Annotated[int, typer.Option(min=1, help="How many members of each to name.")]
First = Annotated[
    str | None, typer.Argument(metavar="GRAPH1", help="The older graph file; --graph when none is named.")
]
Second = Annotated[
    str | None, typer.Argument(metavar="GRAPH2", help="The newer graph file; none to compare within one.")
]
Before = Annotated[str | None, typer.Option(metavar="DATE", help="The older side ends before this date.")]
After = Annotated[str | None, typer.Option(metavar="DATE", help="The newer side begins on this date.")]
Against = Annotated[str | None, typer.Option(metavar="NAME", help="The outlet to compare --publisher with.")]


def top(
    graph: Graph = DEFAULT_GRAPH,
    by: By = Rank.degree,
    limit: Limit = 20,
    code: Codes = None,
    quad: Quads = None,
    since: Since = None,
    until: Until = None,
    min_sources: Sources = 1,
    publisher: Publisher = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the actors that matter most."""
    from graph import ranking

    only = filters.choose(since, until, code, quad, min_sources, publisher=publisher)
    with stores.asking(graph) as store:
        ranked = ranking.top(store, by=by.value, limit=limit, only=only)
    if not ranked:
        raise QuestionError(
            "the graph has no edges" if only == filters.choose() else "no edge is left by these filters"
        )
    if as_json:
        write_json(fields.ranked_fields(ranked))
    elif as_csv:
        write_csv(("rank", "score", "type", "actor"), rows_of(ranked))
    else:
        rows = [(n, format_score(score), kind.lower(), who) for n, score, kind, who in rows_of(ranked)]
        write_table(("rank", TITLES[by], "type", "actor"), rows)


def rows_of(ranked: list[Ranked]) -> list[tuple[int, float, str, str]]:
    """Ranked actors as rows."""
    return [(number, r.score, r.actor.type, r.actor.name) for number, r in enumerate(ranked, 1)]


def format_score(score: float) -> int | float:
    """The score, a whole number where it is one."""
    return int(score) if score == int(score) else round(score, 4)


def communities(
    graph: Graph = DEFAULT_GRAPH,
    limit: Limit = 10,
    members: Members = 8,
    code: Codes = None,
    quad: Quads = None,
    since: Since = None,
    until: Until = None,
    min_sources: Sources = 1,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Group the actors that are tied more to each other than to the rest."""
    from graph import ranking

    only = filters.choose(since, until, code, quad, min_sources)
    with stores.asking(graph) as store:
        found = ranking.communities(store, limit=limit, members=members, only=only)
    if not found:
        raise QuestionError("there are no communities: no edge is left")
    if as_json:
        write_json(fields.community_fields(found))
    elif as_csv:
        rows = [(c.number, c.size, r.actor.name, r.actor.type, r.score) for c in found for r in c.actors]
        write_csv(("community", "size", "actor", "type", "weight"), rows)
    else:
        show_communities(found)


def show_communities(found: list[Community]) -> None:
    """Each community with its most tied members."""
    for c in found:
        share = f"{c.inside / (c.inside + c.outside):.0%} of their ties among themselves"
        write(f"{c.number}. {paint(number_of(c.size, 'actor'), 'bold')}, {share}")
        more = f" and {c.size - len(c.actors)} more" if c.size > len(c.actors) else ""
        drawing.show_text(", ".join(r.actor.name for r in c.actors) + more, "   ")


def between(
    a: From,
    b: To,
    graph: Graph = DEFAULT_GRAPH,
    max_hops: MaxHops = None,
    limit: Limit = 20,
    code: Codes = None,
    quad: Quads = None,
    since: Since = None,
    until: Until = None,
    min_sources: Sources = 1,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show who stands between two actors."""
    from graph import ranking

    only = filters.choose(since, until, code, quad, min_sources)
    with stores.asking(graph) as store:
        found = ranking.between(store, a, b, max_hops=max_hops, limit=limit, only=only)
    if not found.standers:
        raise QuestionError(
            f"nobody stands between {a!r} and {b!r} in at most {number_of(found.hops, 'hop')}"
        )
    if as_json:
        write_json(fields.between_fields(found))
    elif as_csv:
        rows = [(s.actor.name, s.actor.type, s.routes, s.share, s.only_way) for s in found.standers]
        write_csv(("actor", "type", "routes", "share", "only_way"), rows)
    else:
        show_between(found)


def show_between(found: Between) -> None:
    """The standers in a table, then whom nothing goes past."""
    chains = f"{number_of(found.routes, 'chain')} of actors"
    ends = f"{drawing.name(found.start)} and {drawing.name(found.end)}"
    write(f"{ends}: {chains}, at most {number_of(found.hops, 'hop')}")
    rows = [(s.routes, f"{s.share:.0%}", s.actor.type.lower(), s.actor.name) for s in found.standers]
    write_table(("chains", "share", "type", "actor"), rows)
    for s in found.standers:
        if s.only_way:
            write(f"Nothing joins them indirectly without {drawing.name(s.actor)}.")


def diff(
    first: First = None,
    second: Second = None,
    graph: Graph = DEFAULT_GRAPH,
    before: Before = None,
    after: After = None,
    publisher: Publisher = None,
    against: Against = None,
    limit: Limit = 20,
    code: Codes = None,
    quad: Quads = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Compare two graphs, two times or two outlets."""
    from graph import changes

    check_sides(second, before or after, publisher, against)
    with ExitStack() as stack:
        old = changes.Side(
            stack.enter_context(stores.asking(first or graph)),
            filters.choose(None, day_before(before or after), code, quad, publisher=publisher),
        )
        new = changes.Side(
            stack.enter_context(stores.asking(second)) if second else old.store,
            filters.choose(after or before, None, code, quad, publisher=against or publisher),
        )
        found = changes.diff(old, new, limit=limit)
    if as_json:
        write_json(fields.diff_fields(found))
    elif as_csv:
        write_csv(fields.DIFF, fields.diff_rows(found))
    elif any(found.counts.values()):
        outlets = (f"only {against}", f"only {publisher}", "told differently")
        show_diff(found, outlets if against else ("new", "gone", "turned"))
    else:
        write("no difference")


def check_sides(second: str | None, date: str | None, publisher: str | None, against: str | None) -> None:
    """Refuse a question in which both sides are the same."""
    if against and not publisher:
        raise typer.BadParameter("--against goes with --publisher")
    if not (second or date or against):
        raise typer.BadParameter(
            "name a second graph, a date (--before, --after), or --publisher with --against"
        )


def day_before(date: str | None) -> str | None:
    """The day before a date begins."""
    from graph import days

    filters.check_date("--before or --after", date)
    return days.day_before(date) if date else None


def show_diff(found: Diff, titles: tuple[str, str, str]) -> None:
    """What is new, gone and turned (or told by one outlet only, or differently), with sentences."""
    for sign, title, key in (("+", titles[0], "actors_new"), ("-", titles[1], "actors_gone")):
        actors = getattr(found, key)
        if actors:
            write(paint(heading(title, "actor", found.counts[key], len(actors)), "bold"))
            drawing.show_text(f"{sign} " + ", ".join(a.name for a in actors), "  ")
    for sign, title, key in (("+", titles[0], "ties_new"), ("-", titles[1], "ties_gone")):
        changes = getattr(found, key)
        if changes:
            write(paint(heading(title, "tie", found.counts[key], len(changes)), "bold"))
            for change in changes:
                show_change(sign, change)
    if found.turned:
        write(paint(heading(titles[2], "tie", found.counts["turned"], len(found.turned)), "bold"))
        for turn in found.turned:
            show_turn(turn)


def heading(title: str, noun: str, count: int, shown: int) -> str:
    """How many there are, and how many of them are shown."""
    return f"{one_line(title)}: {number_of(count, noun)}{f', {shown} shown' if shown < count else ''}"


def show_change(sign: str, change: Change) -> None:
    """A tie that came or went, with its best sentence."""
    mark = paint(sign, "green" if sign == "+" else "red")
    write(f"  {mark} {drawing.claim(change.tie)} {paint(change.tie.edge.code, 'dim')}")
    drawing.show_proof(change.tie, " " * 4)


def show_turn(turn: Turn) -> None:
    """A tie that turned, with a sentence of either side."""
    write(
        f"  ~ {drawing.name(turn.actors[0])} and {drawing.name(turn.actors[1])}: {turn.before} → {turn.after}"
    )
    for tie in (turn.old, turn.new):
        write(f"    {tie.date or 'undated':<10}  {drawing.claim(tie)} {paint(tie.edge.code, 'dim')}")
        drawing.show_proof(tie, " " * 6)
