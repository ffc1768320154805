"""How good identity is: labelled pairs of names, and the actors of gold articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.screen import one_line, write, write_json, write_table

if TYPE_CHECKING:
    from extract.model import Triple
    from extract.score import GoldActor, GoldArticle


def show_pairs(file: Path, errors: int, as_json: bool) -> None:
    """Decide labelled pairs of names as the graph would; precision and recall by kind."""
    from graph.pairs import count, decide_pair, read_pairs

    decisions = [decide_pair(pair) for pair in read_pairs(file)]
    counts = count(decisions)
    if as_json:
        figures = {c.kind: {"pairs": c.pairs, "precision": c.precision, "recall": c.recall} for c in counts}
        write_json({"pairs": figures})
        return
    rows = [(c.kind, c.pairs, c.right, c.false, c.missed, c.precision, c.recall) for c in counts]
    write_table(("pairs", "number", "right", "false", "missed", "precision", "recall"), rows)
    for d in [d for d in decisions if d.same != d.pair.same][:errors]:
        told = "wrongly one" if d.same else "missed"
        write(
            one_line(f"{told}: {d.pair.a} | {d.pair.b} ({d.pair.kind}; {d.match.rule or 'names not alike'})")
        )


def identity_figures(gold: Sequence[GoldArticle], triples: Iterable[Triple]) -> dict[str, float]:
    """B-cubed of the graph's actors against the gold ones, over the names found.

    Which gold actors of two articles are one is told by their names: see gold_clusters.
    """
    from extract.score import Linker
    from graph.bcubed import bcubed
    from graph.identity import gather
    from graph.resolving import resolve_all

    ones = gold_clusters(gold)
    links = {article.id: Linker(article.actors) for article in gold}
    actors = resolve_all(gather(t for t in triples if t.article in links), ())
    found = {(s.article, s.name): actor.id for actor in actors for s in actor.appearances}
    named = {(article, name): links[article](name) for article, name in found}
    right = {key: ones[key[0], name] for key, name in named.items() if name is not None}
    precision, recall, f1 = bcubed(found, right)
    return {"p": round(precision, 3), "r": round(recall, 3), "f1": round(f1, 3)}


def gold_clusters(gold: Sequence[GoldArticle]) -> dict[tuple[str, str], str]:
    """The actor across articles that each article's gold actor is, by the first name met.

    Two are one when they share a name (of a state also any alias, of a body a whole name or acronym among
    the aliases), and persons when their whole names differ by a letter in ten.
    """
    home: dict[tuple[str, str], str] = {}
    found = {}
    for article in sorted(gold, key=lambda a: a.id):
        for actor in article.actors:
            keys = [(actor.type, form) for form in whole_forms(actor)]
            near = (home[k] for k in home for key in keys if k == key or is_spelling(k, key))
            cluster = next(near, f"{actor.type} {keys[0][1]}")
            for key in keys:
                home.setdefault(key, cluster)
            found[article.id, actor.name] = cluster
    return found


def whole_forms(actor: GoldActor) -> list[str]:
    """The normalised names that tell a gold actor in any article."""
    from extract.score import norm

    aliases = [a for a in actor.aliases if actor.type == "STATE" or a.isupper() or (" " in a and a.istitle())]
    return [norm(form) for form in (actor.name, *(aliases if actor.type in ("STATE", "ORG") else ()))]


def is_spelling(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Whether two keys are whole names of persons that differ by little."""
    from rapidfuzz import fuzz

    whole = one[0] == two[0] == "PERSON" and " " in one[1] and " " in two[1]
    return whole and fuzz.ratio(one[1], two[1]) >= 90
