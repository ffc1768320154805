"""Which appearances are one actor: the rules, free of any store; graph.resolving runs them over a graph file.

A sighting is an appearance with what its article tells of it. Sightings are pooled in units:
full   all sightings of one whole name and type; compared with other full names, and clustered
led    a short name that its own article resolves: it goes where its leader goes
free   one bare name (a surname, an acronym) in one article, to be attached to the one cluster that fits it
name   what is left of the free ones of one name when none fits
known  one name of a known actor
An appearance that a person judged is a unit of its own. Every step is a function of sets, in sorted order,
so that neither the order nor the batching of articles can matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.model import ActorType, Triple
from graph import aliases, contexts, judging, names, places
from graph.blocking import bare_keys
from graph.contexts import Context
from graph.judging import SAME, Profile
from graph.matching import match_names
from graph.model import Appearance, Judgement, Verdict

Kind = Literal["full", "led", "free", "name", "known"]
RANK: dict[Kind, int] = {"known": 0, "full": 1, "name": 2, "free": 3, "led": 4}
AFAR = {"ally", "allied", "partner", "friend", "enemy", "rival", "opponent", "ambassador", "envoy", "to"}
CROWD = 400  # members of a cluster that are each compared for clashes


@dataclass(frozen=True, slots=True)
class Sighting:
    """An appearance with its type, what its article tells of it, the fuller name it is short for there."""

    appearance: Appearance
    type: ActorType
    context: Context
    leader: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """What clustering works on; `leader` is the unit a led one follows, `article` a single sighting's."""

    key: str
    kind: Kind
    profile: Profile
    leader: str | None = None
    article: str | None = None
    date: str | None = None

    @property
    def base(self) -> str:
        """The key of the unit named by this name alone."""
        return name_key(self.profile.name, self.profile.type)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit belongs: its cluster, how surely, and by which rule."""

    cluster: str
    score: float
    rule: str


# Sightings


def gather(triples: Iterable[Triple]) -> list[Sighting]:
    """One sighting per name and article, sorted."""
    by_article: dict[str, list[Triple]] = defaultdict(list)
    for t in triples:
        by_article[t.article].append(t)
    return [s for article in sorted(by_article) for s in gather_article(article, by_article[article])]


def gather_article(article: str, triples: Sequence[Triple]) -> list[Sighting]:
    """The sightings of one article, short names led by the one fuller name they fit."""
    kinds: dict[str, Counter[ActorType]] = defaultdict(Counter)
    told: dict[str, set[str]] = defaultdict(set)
    for t in triples:
        kinds[t.source][t.source_type] += 2
        kinds[t.target][t.target_type] += 2
        told[t.source].add(t.source_mention)
        told[t.target].add(t.target_mention)
        if t.code == "ROLE" and t.status == "actual" and not set(t.relation.split()) & AFAR:
            told[t.source].add(f"{t.relation} {t.target}")
        if t.attribution:
            kinds[t.attribution][guess_type(t.attribution)] += 1
    types = {name: min(count, key=lambda k: (-count[k], k)) for name, count in kinds.items()}
    date = min((t.published[:10] for t in triples if t.published), default=None)
    leaders = find_leaders(types)
    return [
        Sighting(
            Appearance(article, name),
            types[name],
            describe(name, types[name], told[name]),
            leaders.get(name),
            date,
        )
        for name in sorted(types)
    ]


def guess_type(name: str) -> ActorType:
    """The type of a name that only says something: a triple gives none for who is quoted."""
    if places.territory(name):
        return "STATE"
    words = names.plain(name).split()
    body = names.lists()["offices"] | names.lists()["outlets"] | set(names.translations().values())
    if aliases.known_as(name, "ORG") or judging.acronym(name) or any(w in body for w in words):
        return "ORG"
    return "PERSON" if aliases.known_as(name, "PERSON") or len(words) > 1 else "ORG"


def describe(name: str, type_: ActorType, told: Iterable[str]) -> Context:
    """What roles, titles and mentions tell of a person or a body; its own name is left out."""
    found = contexts.NOTHING
    if type_ in ("STATE", "PLACE"):
        return found
    own = set(names.plain(name).split())
    for text in sorted(told):
        found |= contexts.read(" ".join(w for w in text.split() if names.plain(w) not in own))
    return Context(found.states, found.offices, found.fields)


def find_leaders(types: Mapping[str, ActorType]) -> dict[str, str]:
    """For each bare name the one fuller name of its article that it can stand for."""
    found = {}
    whole = [Profile(n, t) for n, t in sorted(types.items()) if not is_bare(n, t)]
    for name, type_ in sorted(types.items()):
        if is_bare(name, type_):
            short = Profile(name, type_)
            keys = set(bare_keys(short))
            fits = [p.name for p in whole if keys & set(bare_keys(p)) and stands_for(short, p)]
            if len(fits) > 1:
                fits = one_bearer([Profile(n, type_) for n in fits])
            if len(fits) == 1:
                found[name] = fits[0]
    return found


def one_bearer(found: Sequence[Profile]) -> list[str]:
    """The longest of several names when all are forms of it; else all."""
    best = max(found, key=lambda p: (len(p.form.words), p.name))
    same = all(p.name == best.name or judging.decide(p, best).score >= SAME for p in found)
    return [best.name] if same else [p.name for p in found]


def stands_for(short: Profile, whole: Profile) -> bool:
    """Whether in one article the short name means the bearer of the whole one."""
    if short.type != whole.type and not (short.type in judging.BODIES and whole.type in judging.BODIES):
        return False
    if short.type == "PERSON":
        return match_names(short.name, short.type, whole.name, whole.type).rule == names.BARE
    return judging.decide(short, whole).score >= SAME


def is_bare(name: str, type_: ActorType) -> bool:
    """Whether a name alone tells nobody: one word of a person's, an acronym, a common noun."""
    if aliases.known_as(name, type_):
        return False
    if type_ == "PERSON":
        return names.read(name, type_).bare
    return type_ in judging.BODIES and (judging.acronym(name) or name.islower())


# Units


def name_key(name: str, type_: ActorType) -> str:
    """The key of all whole sightings of a name; groups and organisations are not told apart by name."""
    return f"{'ORG' if type_ == 'GROUP' else type_}|{names.plain(name) or name}"


def unit_of(
    sighting: Sighting,
    judged: frozenset[Appearance],
    crowded: frozenset[str],
    article_types: Mapping[str, ActorType],
) -> Unit:
    """The unit of a sighting; `crowded` names are borne by several known actors."""
    name, article = sighting.appearance.name, sighting.appearance.article
    profile = Profile(name, sighting.type, sighting.context)
    base = name_key(name, sighting.type)
    short = is_bare(name, sighting.type) or base in crowded or is_office(name, sighting.type)
    if sighting.appearance in judged:
        return Unit(f"{base}|@{article}", "free" if short else "full", profile, None, article, sighting.date)
    if not short:
        return Unit(base, "full", profile)
    if sighting.leader is not None:
        leader = name_key(sighting.leader, article_types[sighting.leader])
        if Appearance(article, sighting.leader) in judged:
            leader = f"{leader}|@{article}"
        return Unit(f"{base}|>{leader}", "led", profile, leader)
    return Unit(f"{base}|#{article}", "free", profile, None, article, sighting.date)


def is_office(name: str, type_: ActorType) -> bool:
    """Whether a person is named by office and state alone: the defence minister of Russia."""
    if type_ != "PERSON":
        return False
    told = contexts.read(name)
    return bool(told.offices and told.states)


def sorted_key(unit: Unit) -> tuple[int, str]:
    """The order in which a cluster's units give it its id."""
    return RANK[unit.kind], unit.key


# Clusters of whole names


def cluster(
    units: Mapping[str, Unit],
    links: Iterable[tuple[float, str, str]],
    same: Iterable[tuple[str, str]],
    different: Iterable[tuple[str, str]],
) -> dict[str, str]:
    """Each unit's cluster: people's words first, then the surest links, none against a word or a clash."""
    parent = {key: key for key in units}
    members = {key: [key] for key in units}
    apart: dict[str, set[str]] = defaultdict(set)
    for one, two in different:
        if one in units and two in units:
            apart[one].add(two)
            apart[two].add(one)

    def join(one: str, two: str, *, judged: bool) -> None:
        one, two = parent[one], parent[two]
        if one == two or any(apart[m] & set(members[two]) for m in members[one]):
            return
        if not judged and clash(units, members[one], members[two]):
            return
        one, two = sorted((one, two), key=lambda key: sorted_key(units[key]))
        for member in members[two]:
            parent[member] = one
        members[one] += members.pop(two)

    for one, two in sorted(tuple(sorted(pair)) for pair in same):
        if one in units and two in units:
            join(one, two, judged=True)
    for _, one, two in sorted(links, key=lambda hit: (-hit[0], hit[1], hit[2])):
        join(one, two, judged=False)
    return parent


def clash(units: Mapping[str, Unit], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether any two of both sides can't be one: another generation or first name, two known actors."""
    known = {k.split("|!")[1] for k in (*ours, *theirs) if units[k].kind == "known"}
    if len(known) > 1:
        return True
    pairs = ((a, b) for a in sorted(ours)[:CROWD] for b in sorted(theirs)[:CROWD])
    return any(judging.decide(units[a].profile, units[b].profile).clash for a, b in pairs)


# Bare names


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cluster with one of its names."""

    cluster: str
    unit: Unit


def fit(bare: Profile, candidates: Iterable[Candidate]) -> dict[str, tuple[float, str]]:
    """The clusters that a bare name can be short for, each with its best score and that score's rule."""
    best: dict[str, tuple[float, str]] = {}
    for candidate in candidates:
        match = judging.decide(bare, candidate.unit.profile)
        if match.score >= SAME and not match.clash:
            found = (match.score, match.rule)
            best[candidate.cluster] = max(best.get(candidate.cluster, found), found)
    return best


def attach(
    scores: Mapping[str, tuple[float, str]], shared: Callable[[Sequence[str]], list[int]]
) -> tuple[Place | None, list[str]]:
    """The one cluster a bare name fits, or None; and all that fit. `shared` counts common neighbours."""
    fits = sorted(scores)
    if len(fits) > 1:
        top = max(score for score, _ in scores.values())
        fits = [c for c in fits if scores[c][0] >= top - 0.04]
    if len(fits) > 1 and (near := nearest(fits, shared(fits))):
        return Place(near, 0.86, f"{scores[near][1]}, shared neighbours"), fits
    if len(fits) == 1:
        return Place(fits[0], *scores[fits[0]]), fits
    return None, fits


def nearest(fits: Sequence[str], shared: Sequence[int]) -> str | None:
    """The cluster that appears far more often with the same neighbours than any other."""
    counts = sorted(zip(shared, fits, strict=True), key=lambda hit: (-hit[0], hit[1]))
    return counts[0][1] if counts[0][0] > 2 * counts[1][0] else None


# References of judgements


def reference(appearance: Appearance) -> str:
    """How a judgement names one appearance."""
    return f"{appearance.name} @ {appearance.article}"


def name_reference(name: str, type_: ActorType) -> str:
    """How a judgement names all whole sightings of a name."""
    return f"{name} [{type_}]"


def parse_reference(text: str) -> Appearance | tuple[str, ActorType] | None:
    """What a judgement names: one appearance, or a name with its type; None when it is neither."""
    head, _, tail = text.rpartition(" [")
    if head and tail.endswith("]") and tail[:-1] in ("PERSON", "STATE", "ORG", "GROUP", "PLACE"):
        return head, tail[:-1]  # type: ignore[return-value]
    name, at, article = text.rpartition(" @ ")
    return Appearance(article, name) if at and name and article else None


def latest(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Verdict]:
    """The word that holds for each pair: the last one given."""
    found: dict[tuple[str, str], Verdict] = {}
    for word in judgements:
        found[min(word.left, word.right), max(word.left, word.right)] = word.verdict
    return found
