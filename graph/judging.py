"""Whether two profiles are one actor: names first, then type, state, office and trade for or against.

A profile is a name with its type and what its contexts tell. SAME is the score from which two are one actor;
between UNSURE and SAME a person is asked (dyad review).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extract.model import ActorType
from graph import aliases, contexts, places
from graph.bodies import initials
from graph.contexts import Context
from graph.matching import match_names
from graph.names import BARE, NOTHING, Form, Match, lists, plain, read

SAME, UNSURE = 0.85, 0.6
BODIES = ("ORG", "GROUP")


@dataclass(frozen=True, slots=True)
class Profile:
    """What identity knows of a name."""

    name: str
    type: ActorType
    context: Context = contexts.NOTHING

    @property
    def form(self) -> Form:
        """The name taken apart."""
        return read(self.name, self.type)


def decide(left: Profile, right: Profile) -> Match:
    """Score, rule and clash of two profiles."""
    if {left.type, right.type} == {"STATE", "PLACE"}:
        return decide_cross(left, right)
    if left.type != right.type and not (left.type in BODIES and right.type in BODIES):
        return decide_kinds(left, right)
    if (known := decide_known(left, right)) is not None:
        return known
    if left.type == "STATE":
        return decide_states(left, right)
    if left.type == "PLACE":
        return decide_places(left, right)
    if left.type == "PERSON":
        return decide_persons(left, right)
    return decide_bodies(left, right)


def decide_kinds(left: Profile, right: Profile) -> Match:
    """One whole name that is read as a person's here and as a body's or a place's there.

    Not a single word, nor a place that the gazetteer knows: Georgia, San Antonio.
    """
    name, kinds = plain(left.name), {left.type, right.type}
    if name != plain(right.name) or " " not in name or "STATE" in kinds:
        return NOTHING
    if "PLACE" in kinds and (places.towns(name) or places.territory(name)):
        return NOTHING
    return Match(0.9, "one name, two kinds")


def decide_known(left: Profile, right: Profile) -> Match | None:
    """What the alias table says; None when it doesn't know both."""
    one, two = aliases.known_as(left.name, left.type), aliases.known_as(right.name, right.type)
    if one is None or two is None:
        return None
    if one != two:
        return Match(0.0, f"{one} is not {two}")
    if acronym(left.name) != acronym(right.name) and against(left, right):
        return Match(0.7, "known alias, but another trade or state")
    return Match(0.95, "known alias")


def acronym(name: str) -> bool:
    """Whether a name is capitals only."""
    return name.isupper() and len(name) < 7


def decide_states(left: Profile, right: Profile) -> Match:
    """States are their codes; one that has none is its name."""
    one, two = (places.meant(p.name, p.context.states) for p in (left, right))
    if one and one == two:
        return Match(0.98, "names of one state")
    if one or two:
        return NOTHING
    return Match(0.96, "same name") if plain(left.name) == plain(right.name) else NOTHING


def decide_places(left: Profile, right: Profile) -> Match:
    """Places are regions or towns of the gazetteer, by their state; else names spelled alike."""
    if disjoint(left.context.states, right.context.states):
        return Match(0.0, "in two states", clash=True)
    one, two = spot(left), spot(right)
    if one and two:
        return Match(0.96, "names of one place") if one == two else NOTHING
    found = match_names(left.name, left.type, right.name, right.type)
    return found if found.score >= 0.93 or not (one or two) else NOTHING


def spot(profile: Profile) -> str | None:
    """The gazetteer's id of a place: the town meant, else the region."""
    meant = places.town(profile.name, profile.context.states)
    region = places.territory(profile.name)
    if region and "-" not in region:
        return region
    return meant.id if meant and (not region or meant.population > 100_000) else region


def decide_cross(left: Profile, right: Profile) -> Match:
    """A state is also a place, unless a region elsewhere bears its name: Georgia."""
    one, two = places.territory(left.name), places.territory(right.name)
    if one and one == two and places.parents().get(one) == one and not shared(left.name, right.name):
        return Match(0.9, "the state as a place")
    return NOTHING


def shared(*names: str) -> bool:
    """Whether a region elsewhere bears any of the names."""
    return any(places.key(name) in places.shared_names() for name in names)


def decide_bodies(left: Profile, right: Profile) -> Match:
    """Organisations and groups; an acronym needs a state and a trade that fit."""
    found = match_names(left.name, left.type, right.name, right.type)
    if not found.score and turned_acronym(left, right):
        return Match(0.86, "acronym in another order, same state")
    if found.score and (acronym(left.name) or acronym(right.name)) and against(left, right):
        return Match(0.5, f"{found.rule}, but another trade or state")
    return found


def turned_acronym(left: Profile, right: Profile) -> bool:
    """Whether one has the other's initials in another order, and both are of one state: DRK, KRD."""
    one, two = ({"".join(sorted(a)) for a in initials(p.form)} for p in (left, right))
    if not one & two or acronym(left.name) == acronym(right.name):
        return False
    ours, theirs = (p.context | contexts.read(p.name) for p in (left, right))
    return bool(ours.states & theirs.states)


def against(left: Profile, right: Profile) -> bool:
    """Whether state or trade, as told by context or by the name itself, speak against."""
    one, two = (p.context | contexts.read(p.name) for p in (left, right))
    return disjoint(one.states, two.states) or disjoint(one.fields, two.fields)


def disjoint(one: Collection[str], two: Collection[str]) -> bool:
    """Whether both are known and nothing is common to them."""
    return bool(one) and bool(two) and not set(one) & set(two)


def decide_persons(left: Profile, right: Profile) -> Match:
    """Persons: a whole name by itself, a bare one only where nothing speaks against it."""
    found = match_names(left.name, left.type, right.name, right.type)
    if found.clash or found.score < UNSURE:
        return found
    one, two = left.context, right.context
    if found.rule != BARE and not (left.form.bare and right.form.bare):
        if found.score < 0.93 and disjoint(one.states, two.states):
            return Match(0.7, f"{found.rule}, but another state")
        return found
    return fits_bare(left, right, found)


def fits_bare(left: Profile, right: Profile, found: Match) -> Match:
    """A bare name: not in another state; and if many bear it, in the same state and no other office."""
    bare = left if left.form.bare else right
    one, two = left.context, right.context
    if disjoint(one.states, two.states):
        return Match(0.4, "bare name, another state")
    if common(bare.form):
        if one.states & two.states and not disjoint(one.offices, two.offices):
            return Match(0.87, "bare name, same state and office")
        return Match(UNSURE, "bare name that many bear")
    return Match(round(min(0.95, found.score + 0.16), 3), "bare name")


def common(form: Form) -> bool:
    """Whether many in the news bear this one word, or it is no name at all: lawmakers."""
    if form.type != "PERSON":
        return form.name.islower()
    return any(w.text in lists()["common"] for w in form.words) or any(len(w.text) < 3 for w in form.words)
