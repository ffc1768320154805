"""Answers as JSON objects and CSV rows: their keys and columns are kept stable (docs/QUESTIONS.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.changes import Change, Diff, Turn
    from graph.model import Actor
    from graph.questions import Card, Dispute, Found, Path, Quote, Tie, Ties
    from graph.ranking import Between, Community, Ranked

TIE = ("date", "source", "relation", "target", "code", "status", "said_by", "sources", "confidence",
       "sentence", "article", "title", "publisher")  # fmt: skip


def speaker(tie: Tie) -> str | None:
    """Who says it, when it is not the article itself."""
    return tie.said_by.name if tie.said_by else tie.evidence.triple.attribution


def actor_fields(found: Actor) -> dict[str, Any]:
    """An actor."""
    return {"id": found.id, "name": found.name, "type": found.type}


def tie_fields(tie: Tie) -> dict[str, Any]:
    """One dated claim with its edge and its evidence (a triple as `dyad extract` prints it)."""
    return {
        "date": tie.date,
        "source": tie.source.name,
        "relation": tie.evidence.triple.relation,
        "target": tie.target.name,
        "code": tie.edge.code,
        "status": tie.edge.status,
        "said_by": speaker(tie),
        "title": tie.title,
        "edge": tie.edge,
        "evidence": tie.evidence.triple,
    }


def tie_row(tie: Tie) -> tuple[Any, ...]:
    """One dated claim as a row under the titles TIE."""
    t, e = tie.evidence.triple, tie.edge
    return (tie.date, tie.source.name, t.relation, tie.target.name, e.code, e.status, speaker(tie), e.sources,
            e.confidence, t.sentence, t.article, tie.title, t.publisher)  # fmt: skip


def paths_fields(found: list[Path]) -> dict[str, Any]:
    """Paths, the best first."""
    ends = found[0].actors
    return {
        "from": actor_fields(ends[0]),
        "to": actor_fields(ends[-1]),
        "paths": [
            {
                "actors": [actor_fields(a) for a in path.actors],
                "hops": [
                    {"start": hop.start.name, "end": hop.end.name, "day": hop.day} | tie_fields(hop.tie)
                    for hop in path.hops
                ],
            }
            for path in found
        ],
    }


PATHS = ("path", "hop", "start", "end", "day", *TIE)


def paths_rows(found: list[Path]) -> list[tuple[Any, ...]]:
    """One row for each hop of each path."""
    return [
        (number, step, hop.start.name, hop.end.name, hop.day, *tie_row(hop.tie))
        for number, path in enumerate(found, 1)
        for step, hop in enumerate(path.hops, 1)
    ]


def ties_fields(found: Ties) -> dict[str, Any]:
    """The timeline."""
    return {
        "actor": actor_fields(found.actor),
        "other": actor_fields(found.other) if found.other else None,
        "timeline": [tie_fields(tie) for tie in found.timeline],
        "by_code": dict(found.by_code),
        "by_month": dict(found.by_month),
        "disputes": [dispute_fields(dispute) for dispute in found.disputes],
    }


def dispute_fields(dispute: Dispute) -> dict[str, Any]:
    """Claims and denials face to face."""
    return {
        "claims": [tie_fields(tie) for tie in dispute.claims],
        "denials": [tie_fields(tie) for tie in dispute.denials],
    }


def card_fields(found: Card) -> dict[str, Any]:
    """What is known of an actor."""
    return actor_fields(found.actor) | {
        "aliases": found.actor.aliases,
        "first": found.first,
        "last": found.last,
        "roles": found.roles,
        "ties": [actor_fields(n.actor) | {"weight": n.weight, "codes": n.codes} for n in found.ties],
        "articles": [{"id": article, "title": title} for article, title in found.articles],
    }


CARD = ("kind", "name", "first", "last", "detail")


def card_rows(found: Card) -> list[tuple[Any, ...]]:
    """One row for each thing known of an actor."""
    return [
        ("actor", found.actor.name, found.first, found.last, found.actor.type),
        *(("alias", alias, None, None, None) for alias in found.actor.aliases),
        *(("role", role.target, role.first, role.last, role.relation) for role in found.roles),
        *(("tie", n.actor.name, None, None, f"{' '.join(n.codes)} (weight {n.weight})") for n in found.ties),
        *(("article", article, None, None, title) for article, title in found.articles),
    ]


def ranked_fields(found: list[Ranked]) -> list[dict[str, Any]]:
    """Actors with the figure they are ranked by."""
    return [actor_fields(r.actor) | {"score": r.score} for r in found]


def community_fields(found: list[Community]) -> list[dict[str, Any]]:
    """Communities with their most tied members."""
    return [
        {
            "number": c.number,
            "size": c.size,
            "inside": c.inside,
            "outside": c.outside,
            "actors": ranked_fields(list(c.actors)),
        }
        for c in found
    ]


def between_fields(found: Between) -> dict[str, Any]:
    """Who stands between two actors."""
    return {
        "from": actor_fields(found.start),
        "to": actor_fields(found.end),
        "routes": found.routes,
        "max_hops": found.hops,
        "between": [
            actor_fields(s.actor) | {"routes": s.routes, "share": s.share, "only_way": s.only_way}
            for s in found.standers
        ],
    }


def diff_fields(found: Diff) -> dict[str, Any]:
    """What is new, gone and turned."""
    return {
        "counts": found.counts,
        "actors_new": [actor_fields(a) for a in found.actors_new],
        "actors_gone": [actor_fields(a) for a in found.actors_gone],
        "ties_new": [change_fields(c) for c in found.ties_new],
        "ties_gone": [change_fields(c) for c in found.ties_gone],
        "turned": [turn_fields(t) for t in found.turned],
    }


def change_fields(change: Change) -> dict[str, Any]:
    """A tie that came or went."""
    return {
        "actors": [actor_fields(a) for a in change.actors],
        "weight": change.weight,
        "lean": change.lean,
        "proof": tie_fields(change.tie),
    }


def turn_fields(turn: Turn) -> dict[str, Any]:
    """A tie that turned."""
    return {
        "actors": [actor_fields(a) for a in turn.actors],
        "before": turn.before,
        "after": turn.after,
        "proof_before": tie_fields(turn.old),
        "proof_after": tie_fields(turn.new),
    }


DIFF = ("change", "actor", "other", "before", "after", *TIE)


def diff_rows(found: Diff) -> list[tuple[Any, ...]]:
    """One row for each actor or tie that changed."""
    blank = (None,) * len(TIE)
    rows: list[tuple[Any, ...]] = [("actor new", a.name, None, None, None, *blank) for a in found.actors_new]
    rows += [("actor gone", a.name, None, None, None, *blank) for a in found.actors_gone]
    for word, changes in (("tie new", found.ties_new), ("tie gone", found.ties_gone)):
        for c in changes:
            leans = (None, c.lean) if word == "tie new" else (c.lean, None)
            rows.append((word, c.actors[0].name, c.actors[1].name, *leans, *tie_row(c.tie)))
    for t in found.turned:
        rows.append(("turned", t.actors[0].name, t.actors[1].name, t.before, t.after, *tie_row(t.new)))
    return rows


def search_fields(found: Found) -> dict[str, Any]:
    """Actors and sentences found."""
    return {
        "actors": [actor_fields(a) for a in found.actors],
        "sentences": [quote_fields(q) for q in found.quotes],
    }


def quote_fields(quote: Quote) -> dict[str, Any]:
    """A sentence with what it tells."""
    t = quote.triples[0]
    return {
        "sentence": t.sentence,
        "start": t.start,
        "end": t.end,
        "article": quote.article,
        "title": quote.title,
        "publisher": t.publisher,
        "published": t.published,
        "triples": quote.triples,
    }


SEARCH = ("kind", "name", "relation", "target", "code", "status", "sentence", "article", "title", "publisher",
          "published")  # fmt: skip


def search_rows(found: Found) -> list[tuple[Any, ...]]:
    """One row for each actor, and for each triple of each sentence."""
    rows: list[tuple[Any, ...]] = [("actor", a.name, *(None,) * 9) for a in found.actors]
    return rows + [
        ("sentence", t.source, t.relation, t.target, t.code, t.status, t.sentence, t.article, q.title,
         t.publisher, t.published)
        for q in found.quotes
        for t in q.triples
    ]  # fmt: skip
