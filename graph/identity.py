"""Which appearances are one actor: names compared within an article first, then across articles.

gather(triples) -> list[Sighting]              one per name and article
resolve(sightings, judgements) -> list[Actor]  whatever order the triples came in
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.model import ActorType, Triple, content_id
from graph.model import Actor, Appearance, Judgement
from graph.schema import fold


@dataclass(frozen=True, slots=True)
class Sighting:
    """An appearance with its type."""

    appearance: Appearance
    type: ActorType


def gather(triples: Iterable[Triple]) -> list[Sighting]:
    """One sighting per name and article, sorted; the type is the one most of its triples give."""
    kinds: dict[Appearance, Counter[ActorType]] = defaultdict(Counter)
    for t in triples:
        kinds[Appearance(t.article, t.source)][t.source_type] += 2
        kinds[Appearance(t.article, t.target)][t.target_type] += 2
        if t.attribution:
            kinds[Appearance(t.article, t.attribution)]["PERSON" if " " in t.attribution else "ORG"] += 1
    return [Sighting(key, min(kinds[key], key=lambda k: (-kinds[key][k], k))) for key in sorted(kinds)]


def resolve(sightings: Sequence[Sighting], judgements: Sequence[Judgement]) -> list[Actor]:
    """Actors sorted by id; bare surnames go to the one bearer in their article, else in the graph."""
    full = {s.appearance: fold(s.appearance.name) for s in sightings}
    bearers = _bearers(sightings)
    clusters: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for s in sightings:
        key = full[s.appearance]
        if s.type == "PERSON" and " " not in key:
            for scope in (s.appearance.article, ""):
                if len(found := bearers[scope, key]) == 1:
                    (key,) = found
                    break
        clusters[key, s.type].append(s)
    return sorted((_actor(members) for members in clusters.values()), key=lambda a: a.id)


def _bearers(sightings: Iterable[Sighting]) -> dict[tuple[str, str], set[str]]:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for s in sightings:
        words = fold(s.appearance.name).split()
        if s.type == "PERSON" and len(words) > 1:
            for scope in (s.appearance.article, ""):
                bearers[scope, words[-1]].add(" ".join(words))
    return bearers


def _actor(members: Sequence[Sighting]) -> Actor:
    names = Counter(s.appearance.name for s in members)
    shown = min(names, key=lambda n: (-len(n.split()), -names[n], n))
    appearances = tuple(sorted(s.appearance for s in members))
    return Actor(
        content_id(fold(shown), members[0].type), shown, members[0].type, tuple(sorted(names)), appearances
    )
