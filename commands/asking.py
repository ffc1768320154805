"""Questions about actors: path, ties, actor, search."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from commands import drawing, fields, filters, stores
from commands.filters import Codes, Include, Publisher, Quads, Since, Sources, Until, complete_actor
from commands.options import DEFAULT_GRAPH, AsCsv, AsJson, Graph
from commands.screen import number_of, one_line, paint, say, write, write_csv, write_json
from extract.errors import QuestionError

if TYPE_CHECKING:
    from graph.questions import Card, Dispute, Found, Path, Quote, Tie, Ties
    from graph.store import Filter, Questions
    from graph.terms import Terms


class Order(StrEnum):
    """What makes a path better."""

    hops = "hops"
    strength = "strength"


Name = Annotated[
    str,
    typer.Argument(metavar="ACTOR", help="Any name the actor goes by.", autocompletion=complete_actor),
]
From = Annotated[
    str, typer.Argument(metavar="A", help="Any name of the one actor.", autocompletion=complete_actor)
]
To = Annotated[str, typer.Argument(metavar="B", help="Any name of the other.", autocompletion=complete_actor)]
Other = Annotated[
    str | None,
    typer.Argument(metavar="B", help="Any name of the other; none for all.", autocompletion=complete_actor),
]
Count = Annotated[int, typer.Option("--count", "-k", min=1, max=1000, help="How many paths, the best first.")]
MaxHops = Annotated[int | None, typer.Option(min=1, help="At most so many hops.")]
Via = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Pass this actor; may be repeated.", autocompletion=complete_actor),
]
Avoid = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Don't pass this actor; repeatable.", autocompletion=complete_actor),
]
Through = Annotated[
    str | None, typer.Option(metavar="TYPES", help="Pass only actors of these types, such as PERSON,ORG.")
]
Directed = Annotated[bool, typer.Option("--directed", help="Go only the way that deeds point.")]
Ordered = Annotated[bool, typer.Option("--ordered", help="Each hop not before the one before it.")]
Within = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="With --ordered: at most so long from hop to hop (30d, 4w, 6m, 1y)."),
]
NoHubs = Annotated[
    bool,
    typer.Option("--no-hubs", help="Pass no actor with more edges than the square root of all edges."),
]
By = Annotated[
    Order,
    typer.Option(
        help="What is best: fewest hops; or strength, where ROLE, SAY and places cost more than deeds, "
        "and passing well-connected actors costs too."
    ),
]
Distinct = Annotated[
    bool, typer.Option("--distinct", help="One path for each chain of actors, whatever joins them.")
]
Statuses = Annotated[
    str | None,
    typer.Option("--status", metavar="WORDS", help="Only these of actual, negated, future, hypothetical."),
]
Contested = Annotated[bool, typer.Option("--contested", help="Only what some claim and others deny.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many at most.")]
Text = Annotated[
    str, typer.Argument(metavar="TEXT", help='Words, a "phrase" in quotation marks, or the start of a word*.')
]


def path(
    a: From,
    b: To,
    graph: Graph = DEFAULT_GRAPH,
    count: Count = 1,
    max_hops: MaxHops = None,
    via: Via = None,
    avoid: Avoid = None,
    through: Through = None,
    code: Codes = None,
    quad: Quads = None,
    since: Since = None,
    until: Until = None,
    ordered: Ordered = False,
    within: Within = None,
    min_sources: Sources = 1,
    publisher: Publisher = None,
    include: Include = None,
    no_hubs: NoHubs = False,
    by: By = Order.hops,
    directed: Directed = False,
    distinct: Distinct = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show how two actors are connected, each hop with its best sentence."""
    from graph import questions
    from graph.terms import Terms

    if within and not ordered:
        raise typer.BadParameter("--within goes with --ordered")
    statuses = filters.choose_statuses(include)
    only = filters.choose(since, until, code, quad, min_sources, statuses, publisher)
    terms = Terms(
        k=count, max_hops=max_hops, via=tuple(via or ()), avoid=tuple(avoid or ()),
        through=filters.choose_types(through), directed=directed, ordered=ordered,
        within=filters.choose_days(within), by=by.value, distinct=distinct,
    )  # fmt: skip
    with stores.asking(graph) as store:
        found = questions.find_paths(store, a, b, only=only, terms=leave_hubs(store, terms, no_hubs))
        if not found:
            raise QuestionError(no_path(a, b, only, terms))
    if as_json:
        write_json(fields.paths_fields(found))
    elif as_csv:
        write_csv(fields.PATHS, fields.paths_rows(found))
    else:
        show_paths(found)


def leave_hubs(store: Questions, terms: Terms, no_hubs: bool) -> Terms:
    """The terms with hubs barred, when they are to be."""
    from graph.routes import hub_size

    if not no_hubs:
        return terms
    most, edges = hub_size(store), store.size()
    say(f"hubs are left out: more than {most:,} edges (square root of the graph's {edges:,}, at least 10)")
    return replace(terms, hubs=most)


def no_path(a: str, b: str, only: Filter, terms: Terms) -> str:
    """Why there is no answer, and what to try."""
    from graph.routes import FAR

    told = "what actually happened" if only.statuses == ("actual",) else ", ".join(only.statuses)
    far = terms.max_hops if terms.max_hops is not None or terms.plain else FAR
    limit = f" in at most {number_of(far, 'hop')}" if far else ""
    return f"no path from {a!r} to {b!r} over {told}{limit}"


def show_paths(found: list[Path]) -> None:
    """Each path on one line, then its hops with their proof."""
    for number, one in enumerate(found, 1):
        if number > 1:
            write()
        if len(found) > 1:
            write(paint(f"{number} of {len(found)}, {number_of(len(one.hops), 'hop')}", "bold"))
        show_path(one)


def show_path(found: Path) -> None:
    """The path on one line, then each hop with its proof."""
    drawing.show_chain(found)
    for number, hop in enumerate(found.hops, 1):
        write()
        write(f"{number}. {drawing.claim(hop.tie)}")
        day = f"in order on {hop.day}; " if hop.day else ""
        drawing.show_text(f"{day}{drawing.facts(hop.tie)}", "   ", "dim")
        drawing.show_proof(hop.tie)


def ties(
    a: From,
    b: Other = None,
    graph: Graph = DEFAULT_GRAPH,
    contested: Contested = False,
    code: Codes = None,
    quad: Quads = None,
    since: Since = None,
    until: Until = None,
    status: Statuses = None,
    min_sources: Sources = 1,
    publisher: Publisher = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List everything between two actors, or around one, in order of time."""
    from graph import questions

    statuses = filters.choose_only(status)
    only = filters.choose(since, until, code, quad, min_sources, statuses, publisher)
    with stores.asking(graph) as store:
        found = questions.ties(store, a, b, only=only, contested=contested)
    if not found.timeline:
        what = "nothing is contested" if contested else "nothing is known"
        raise QuestionError(f"{what} between {a!r} and {b!r}" if b else f"{what} of {a!r}")
    if as_json:
        write_json(fields.ties_fields(found))
    elif as_csv:
        write_csv(fields.TIE, map(fields.tie_row, found.timeline))
    elif contested:
        show_disputes(found.disputes)
    else:
        show_ties(found)


def show_ties(found: Ties) -> None:
    """The timeline, oldest first, and how often each class and month."""
    for _, group in groupby(found.timeline, key=told_in):
        show_told(list(group))
    write()
    write(paint(f"{number_of(len(found.timeline), 'claim')} by class", "bold"))
    drawing.show_bars(found.by_code)
    if months := drawing.fill_months(found.by_month):
        write(paint("by month" if len(months[0][0]) > 4 else "by year", "bold"))
        drawing.show_bars(months)


def told_in(tie: Tie) -> tuple[object, ...]:
    """What ties told at once, by one speaker in one sentence, have in common."""
    t = tie.evidence.triple
    return tie.date, t.article, t.start, t.sentence, fields.speaker(tie)


def show_told(told: list[Tie]) -> None:
    """The claims of one sentence, then the sentence."""
    lead = f"{told[0].date or 'undated':<10}  "
    for tie in told:
        write(f"{lead}{drawing.claim(tie)} {paint(tie.edge.code, 'dim')}")
        lead = " " * len(lead)
    drawing.show_proof(told[0], lead)


def show_disputes(found: tuple[Dispute, ...]) -> None:
    """What one side claims and another denies, face to face."""
    for number, dispute in enumerate(found):
        if number:
            write()
        first = dispute.claims[0]
        write(f"{drawing.claim(first)} {paint(first.edge.code, 'dim')}")
        for word, told in (("claimed", dispute.claims), ("denied", dispute.denials)):
            for tie in told:
                said = fields.speaker(tie) or tie.evidence.triple.publisher or "the article"
                write(
                    f"  {paint(f'{word:<7}', 'bold')}  {tie.date or 'undated':<10}  {paint(one_line(said))}"
                )
                drawing.show_proof(tie, " " * 11)


def actor(who: Name, graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Show what the graph knows of one actor."""
    from graph import questions

    with stores.asking(graph) as store:
        found = questions.card(store, who)
    if as_json:
        write_json(fields.card_fields(found))
    elif as_csv:
        write_csv(fields.CARD, fields.card_rows(found))
    else:
        show_card(found)


def show_card(found: Card) -> None:
    """Names, roles, strongest ties and articles."""
    write(f"{drawing.name(found.actor)} {paint(found.actor.type.lower(), 'dim')}")
    others = [one_line(alias) for alias in found.actor.aliases if alias != found.actor.name]
    if others:
        show_row("also", ", ".join(others))
    if found.first:
        show_row("seen", f"{found.first} to {found.last}, in {number_of(len(found.articles), 'article')}")
    for role in found.roles:
        when = role.first if role.first == role.last else f"{role.first} to {role.last}"
        show_row(
            "role", one_line(f"{role.relation} {role.target}") + (f", seen {when}" if role.first else "")
        )
    for tie in found.ties:
        write(f"{paint('tie     ', 'dim')} {drawing.name(tie.actor)} {paint(', '.join(tie.codes), 'dim')}")
    for article, title in found.articles[:10]:
        show_row("article", one_line(f"{article}  {title or ''}"))
    if len(found.articles) > 10:
        show_row("", f"and {number_of(len(found.articles) - 10, 'article')} more")


def show_row(label: str, text: str) -> None:
    """A labelled line of the card, wrapped beside its label."""
    first, *rest = drawing.lines(text, 9)
    write(f"{paint(f'{label:<8}', 'dim')} {paint(first)}")
    for line in rest:
        write(f"{' ' * 9}{paint(line)}")


def search(
    text: Text,
    graph: Graph = DEFAULT_GRAPH,
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Find sentences that hold all the words, and actors so called."""
    from graph import questions

    with stores.asking(graph) as store:
        found = questions.search(store, text, limit=limit)
    if not found.actors and not found.quotes:
        raise QuestionError(f"no sentence and no actor has {text!r}")
    if as_json:
        write_json(fields.search_fields(found))
    elif as_csv:
        write_csv(fields.SEARCH, fields.search_rows(found))
    else:
        show_found(found)


def show_found(found: Found) -> None:
    """Actors, then sentences with what they tell."""
    for one in found.actors:
        write(f"{drawing.name(one)} {paint(one.type.lower(), 'dim')}")
    for number, quote in enumerate(found.quotes):
        if number or found.actors:
            write()
        show_quote(quote)


def show_quote(quote: Quote) -> None:
    """A sentence, where it stands and what it tells."""
    first = quote.triples[0]
    drawing.show_text(f"“{one_line(first.sentence)}”", "")
    title = f"“{quote.title}”" if quote.title else None
    parts = (title, first.publisher, first.published, f"article {quote.article}")
    drawing.show_text(one_line(", ".join(part for part in parts if part)), "   ", "dim")
    for triple in quote.triples:
        drawing.show_triple(triple)
