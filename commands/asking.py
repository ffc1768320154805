"""Questions to the graph: path, ties, actor, top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import stores
from commands.options import DEFAULT_GRAPH, AsJson, Graph
from commands.screen import TYPE_STYLES, number_of, paint, quoted, write, write_json, write_table
from extract.errors import QuestionError

if TYPE_CHECKING:
    from extract.model import Triple
    from graph.model import Actor, Edge
    from graph.questions import Card, Hop, Tie, Ties
    from graph.questions import Path as Route

Name = Annotated[str, typer.Argument(metavar="ACTOR", help="Any name the actor goes by.")]
From = Annotated[str, typer.Argument(metavar="A", help="Any name of the one actor.")]
To = Annotated[str, typer.Argument(metavar="B", help="Any name of the other.")]
Other = Annotated[str | None, typer.Argument(metavar="B", help="Any name of the other; none for all.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many.")]


def path(a: From, b: To, graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False) -> None:
    """Show how two actors are connected, each step with its best sentence."""
    from graph import questions

    with stores.asking(graph) as store:
        found = questions.path(store, a, b)
    if found is None:
        raise QuestionError(f"no path from {a!r} to {b!r} over what actually happened")
    if as_json:
        write_json(path_fields(found))
    else:
        show_path(found)


def show_path(found: Route) -> None:
    """The path on one line, then each step with its proof."""
    first, *rest = (name(actor) for actor in found.actors)
    links = (arrow(hop) for hop in found.hops)
    write(f"{first} " + " ".join(f"{link} {end}" for link, end in zip(links, rest, strict=True)))
    for number, hop in enumerate(found.hops, 1):
        write()
        start, end = (hop.start, hop.end) if hop.forward or hop.edge.symmetric else (hop.end, hop.start)
        write(f"{number}. {name(start)} {link(hop.edge, hop.evidence.triple)} {name(end)}")
        write(f"   {paint(facts(hop.edge), 'dim')}")
        show_proof(hop.evidence.triple)


def arrow(hop: Hop) -> str:
    """The step as the path walks it."""
    relation = hop.evidence.triple.relation
    if hop.edge.symmetric:
        return paint(f"— {relation} —")
    return paint(f"— {relation} →") if hop.forward else paint(f"← {relation} —")


def link(edge: Edge, triple: Triple) -> str:
    """The edge as its sentence tells it."""
    return paint(f"— {triple.relation} {'—' if edge.symmetric else '→'}")


def name(actor: Actor) -> str:
    """The actor's name in its type's colour."""
    return paint(actor.name, TYPE_STYLES[actor.type])


def facts(edge: Edge) -> str:
    """What the edge is and how well it is founded."""
    when = edge.first if edge.first == edge.last else f"{edge.first} to {edge.last}"
    parts = (edge.code, edge.status, when, number_of(edge.sources, "independent source"),
             f"confidence {edge.confidence:.2f}")  # fmt: skip
    return ", ".join(part for part in parts if part)


def show_proof(triple: Triple) -> None:
    """The sentence, who says it and where it stands."""
    write(f"   {quoted(triple.sentence)}")
    speaker = f"as {triple.attribution} says" if triple.attribution else None
    parts = (speaker, triple.publisher, triple.published, f"article {triple.article}")
    write(f"   {paint(', '.join(part for part in parts if part), 'dim')}")


def ties(a: From, b: Other = None, graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False) -> None:
    """List everything between two actors, or around one, in order of time."""
    from graph import questions

    with stores.asking(graph) as store:
        found = questions.ties(store, a, b)
    if not found.timeline:
        raise QuestionError(
            f"nothing is known between {a!r} and {b!r}" if b else f"nothing is known of {a!r}"
        )
    if as_json:
        write_json(ties_fields(found))
    else:
        show_ties(found)


def show_ties(found: Ties) -> None:
    """The timeline, oldest first, and how often each class."""
    for tie in found.timeline:
        t = tie.evidence.triple
        write(f"{tie.date or '          '}  {name(tie.source)} {link(tie.edge, t)} {name(tie.target)}")
        said = f", as {tie.said_by.name if tie.said_by else t.attribution} says" if t.attribution else ""
        write(f"            {paint(f'{tie.edge.code}, {tie.edge.status}{said}', 'dim')}")
        write(f"            {quoted(t.sentence)} {paint(f'[{t.article}]', 'dim')}")
    write()
    write(", ".join(f"{code} {count}" for code, count in found.by_code))


def actor(who: Name, graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False) -> None:
    """Show what the graph knows of one actor."""
    from graph import questions

    with stores.asking(graph) as store:
        found = questions.card(store, who)
    if as_json:
        write_json(card_fields(found))
    else:
        show_card(found)


def show_card(found: Card) -> None:
    """Names, roles, strongest ties and articles."""
    write(f"{name(found.actor)} {paint(found.actor.type.lower(), 'dim')}")
    others = [alias for alias in found.actor.aliases if alias != found.actor.name]
    if others:
        write(f"also     {paint(', '.join(others))}")
    if found.first:
        write(f"seen     {found.first} to {found.last}, in {number_of(len(found.articles), 'article')}")
    for role in found.roles:
        when = f", seen {role.first} to {role.last}" if role.first else ""
        write(f"role     {paint(f'{role.relation} {role.target}')}{paint(when, 'dim')}")
    for tie in found.ties:
        write(f"tie      {name(tie.actor)} {paint(', '.join(tie.codes), 'dim')}")


def top(graph: Graph = DEFAULT_GRAPH, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List the best connected actors."""
    from graph import questions

    with stores.asking(graph) as store:
        ranked = questions.top(store, limit=limit)
    if not ranked:
        raise QuestionError("the graph is empty")
    if as_json:
        write_json([actor_fields(r.actor) | {"score": r.score} for r in ranked])
    else:
        write_table(
            ("neighbours", "type", "actor"), [(int(r.score), r.actor.type, r.actor.name) for r in ranked]
        )


def actor_fields(found: Actor) -> dict[str, Any]:
    """The actor as JSON shows it."""
    return {"id": found.id, "name": found.name, "type": found.type}


def path_fields(found: Route) -> dict[str, Any]:
    """The path as JSON shows it."""
    hops = [{"start": hop.start.name, "end": hop.end.name, "edge": hop.edge, "evidence": hop.evidence.triple}
            for hop in found.hops]  # fmt: skip
    return {"actors": [actor_fields(a) for a in found.actors], "hops": hops}


def ties_fields(found: Ties) -> dict[str, Any]:
    """The timeline as JSON shows it."""
    return {
        "actor": actor_fields(found.actor),
        "other": actor_fields(found.other) if found.other else None,
        "timeline": [tie_fields(tie) for tie in found.timeline],
        "by_code": dict(found.by_code),
        "by_month": dict(found.by_month),
    }


def tie_fields(tie: Tie) -> dict[str, Any]:
    """One claim as JSON shows it."""
    return {
        "date": tie.date,
        "source": tie.source.name,
        "target": tie.target.name,
        "code": tie.edge.code,
        "status": tie.edge.status,
        "said_by": tie.said_by.name if tie.said_by else None,
        "evidence": tie.evidence.triple,
    }


def card_fields(found: Card) -> dict[str, Any]:
    """The card as JSON shows it."""
    return actor_fields(found.actor) | {
        "aliases": found.actor.aliases,
        "first": found.first,
        "last": found.last,
        "roles": found.roles,
        "ties": [actor_fields(n.actor) | {"weight": n.weight, "codes": n.codes} for n in found.ties],
        "articles": found.articles,
    }
