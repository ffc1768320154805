"""By which common nouns an actor may be called: "the bank" for one, "the base" for another."""

from __future__ import annotations

from functools import lru_cache

from extract.crowds import ARMED, INSURGENTS, SOLDIERS
from extract.gazetteer import fold, load, split, table
from extract.lexicon import among, words
from extract.model import Mention
from extract.scene import Scene

GENERAL = among("general")
BUSINESSES = among("businesses")
SMALL = frozenset({"village", "island", "peninsula", "province"})  # what no large city is
FIGHTING = frozenset({"group", "organisation", "organization", "movement", "militia", "faction", "body"})


@lru_cache(maxsize=1)
def stand_ins() -> dict[str, str]:
    """Lemma of a common noun → what it can stand for: organisation, state, person."""
    rows = table("nominals.toml")["stand_ins"]
    return {word: kind for kind in ("person", "state", "organisation", "place") for word in split(rows[kind])}


@lru_cache(maxsize=1)
def _bodies() -> dict[str, frozenset[str]]:
    return {noun: frozenset(split(text)) for noun, text in table("nominals.toml")["bodies"].items()}


def may_be(scene: Scene, mention: Mention, lemma: str) -> bool:
    """Whether a body may be called so, by its name's last noun and by what it is called."""
    said = {*fold(mention.name).split()[-1:], *scene.described[mention.name]}
    kinds = [_bodies()[noun] for noun in said if noun in _bodies()]
    if said & BUSINESSES:
        kinds.append(_bodies()["company"] | said & BUSINESSES)
    elif fold(mention.name) in load().companies:
        kinds.append(_bodies()["company"] | BUSINESSES)
    if fold(mention.name) in load().outlets:
        kinds.append(_bodies()["news"] | _bodies()["times"])
    if kinds:
        return any(lemma in bodies for bodies in kinds)
    if fold(mention.name) in ARMED or said & INSURGENTS:
        return lemma in FIGHTING
    other = fold(mention.name) in load().organisations or said & (words().organisations | SOLDIERS)
    return lemma in GENERAL or (lemma in BUSINESSES and not other)


def called_so(name: str, lemma: str) -> bool:
    """Whether a place may be called so: a base by its name, a town or region by having no other kind."""
    last = fold(name).split()[-1]
    if last in words().places:
        return last == lemma or lemma.endswith(last) or last.endswith(lemma)
    return lemma in among("regions") and not (lemma in SMALL and load().home(name))
