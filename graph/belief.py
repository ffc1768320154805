"""How sure an edge is, from the evidence under it.

After INDRA's belief model (Gyori et al. 2017, Molecular Systems Biology 13:954), where a fact is wrong only
if every source of it errs, and a source errs by system or by chance:

    belief = 1 - prod over sources (s + r)       r = prod over the source's triples (1 - c), s = 0.05

A source is an independent one: an article with its reprints counts once. However often one source repeats
itself, it is never surer than 1 - s; a second source is. c is the triple's own confidence.
Denials lower it: an `actual` edge is as sure as belief(asserted) * (1 - belief(denied)), where the denied
edge is that of the same ends and class with status `negated`. Rounded to four places, at most 0.99.

Weight of an edge: twice its independent sources; once, for ROLE, SAY and OTHER, which tie less than deeds do.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from extract.model import Code, Triple
from graph.model import Actor, Appearance, Edge

CAP, SYSTEMATIC = 0.99, 0.05
LIGHT: tuple[Code, ...] = ("ROLE", "SAY", "OTHER")


def date_of(triple: Triple) -> str | None:
    """When it happened as far as the article says, else the day the article was published."""
    return triple.date or (triple.published[:10] if triple.published else None)


def weight(edge: Edge) -> int:
    """How much the edge counts when paths of equal length compete."""
    return edge.sources * (1 if edge.code in LIGHT else 2)


def cluster(actors: Iterable[Actor]) -> dict[Appearance, str]:
    """The actor's id of each appearance."""
    return {appearance: actor.id for actor in actors for appearance in actor.appearances}


def belief(evidence: Iterable[tuple[str, float]]) -> float:
    """How sure (source, confidence) pairs make it; sorted first, so that order can't change a digit."""
    errors: dict[str, list[float]] = defaultdict(list)
    for source, confidence in evidence:
        errors[source].append(1 - confidence)
    wrong = [min(1.0, SYSTEMATIC + math.prod(sorted(by_chance))) for by_chance in errors.values()]
    return 1 - math.prod(sorted(wrong))


def confidence(asserted: Iterable[tuple[str, float]], denied: Iterable[tuple[str, float]] = ()) -> float:
    """The belief in what is asserted, less that in its denial."""
    return round(min(CAP, belief(asserted) * (1 - belief(denied))), 4)
