"""Why two names are one actor or not, and which pairs are least certain: rules, scores, words, sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph import identity, judging
from graph.embedded import EmbeddedGraph
from graph.identity import Unit
from graph.judging import SAME, UNSURE
from graph.model import Appearance, Judgement
from graph.units import UNIT, sorted_pair, unit_from

SENTENCES = 2
LOOSE = ("free", "led", "name")


@dataclass(frozen=True, slots=True)
class Step:
    """Two names and what was found on comparing them."""

    left: str
    right: str
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a name stands: a sentence of an article that has it."""

    name: str
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Why:
    """Whether they are one, the steps that join or part them, people's words, sentences of both."""

    one: bool
    steps: tuple[Step, ...]
    words: tuple[Judgement, ...]
    left: tuple[Proof, ...]
    right: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair to ask about: its references, what the rules say, and sentences of both."""

    left: str
    right: str
    score: float
    rule: str
    one: bool
    left_proof: tuple[Proof, ...]
    right_proof: tuple[Proof, ...]


def why(store: EmbeddedGraph, left: str, right: str) -> Why:
    """Why two names (or references) are one actor, or not."""
    ours, theirs = units_named(store, left), units_named(store, right)
    clusters = {row[0]: row[1] for row in store.ask("SELECT key, cluster FROM units")}
    pairs = [(a, b) for a in ours for b in theirs if clusters[a.key] == clusters[b.key]]
    one = bool(pairs)
    if one:
        steps = tuple(chain(store, *pairs[0]))
    else:
        steps = (max((compared(a, b) for a in ours for b in theirs), key=lambda s: (s.score, s.rule)),)
    keys = {u.key for u in (*ours, *theirs)}
    return Why(one, steps, tuple(words_on(store, keys)), proofs(store, ours), proofs(store, theirs))


def units_named(store: EmbeddedGraph, name: str) -> list[Unit]:
    """The units of a reference, or of an actor's appearances under a name; QuestionError when nobody is."""
    from graph.questions import resolve_name
    from graph.resolving import unit_named
    from graph.schema import fold

    store.refresh()
    key = unit_named(store.connection, name)
    if key is None:
        actor = resolve_name(store, name)
        rows = store.ask(
            f"SELECT {UNIT} FROM units WHERE actor = ? AND kind <> 'known' ORDER BY key", (actor.id,)
        )
        units = [unit_from(row) for row in rows]
        exact = [u for u in units if fold(u.profile.name) == fold(name) and u.kind != "name"]
        return exact or units
    return [unit_from(row) for row in store.ask(f"SELECT {UNIT} FROM units WHERE key = ?", (key,))]


def compared(left: Unit, right: Unit) -> Step:
    """What comparing two names finds."""
    match = judging.decide(*sorted_pair(left, right))
    rule = match.rule or ("different types" if left.profile.type != right.profile.type else "names not alike")
    return Step(left.profile.name, right.profile.name, match.score, rule)


def chain(store: EmbeddedGraph, start: Unit, end: Unit) -> Iterator[Step]:
    """The links from one unit to another of its cluster, strongest first at each step."""
    if start.key == end.key:
        yield Step(start.profile.name, end.profile.name, 1.0, "the same name")
        return
    rows = store.ask(
        f"SELECT {UNIT} FROM units WHERE cluster = (SELECT cluster FROM units WHERE key = ?)", (start.key,)
    )
    units = {row[0]: unit_from(row) for row in rows}
    placed = {row[0]: (row[9], row[10]) for row in rows}
    judged = judged_same(store)
    ways: dict[str, list[Step]] = {start.key: []}
    fringe = [start.key]
    while fringe and end.key not in ways:
        following = []
        for key in fringe:
            for other, step in sorted(
                steps_from(store, units, placed, judged, key), key=lambda hit: (-hit[1].score, hit[0])
            ):
                if other not in ways:
                    ways[other] = [*ways[key], step]
                    following.append(other)
        fringe = following
    yield from ways.get(end.key, [])


def steps_from(
    store: EmbeddedGraph,
    units: dict[str, Unit],
    placed: dict[str, tuple[float, str]],
    judged: dict[str, set[str]],
    key: str,
) -> Iterator[tuple[str, Step]]:
    """What holds a unit in its cluster: links, people's words, or the place its short form was given."""
    name = units[key].profile.name
    for a, b, score, rule in store.ask("SELECT a, b, score, rule FROM links WHERE a = ?1 OR b = ?1", (key,)):
        other = b if a == key else a
        if other in units and score >= SAME:
            yield other, Step(name, units[other].profile.name, score, rule)
    for other in sorted(judged.get(key, ())):
        if other in units:
            yield other, Step(name, units[other].profile.name, 1.0, "a person's word")
    for other in sorted(units):
        loose = other if units[other].kind in LOOSE else key if units[key].kind in LOOSE else None
        if loose and other != key:
            yield other, Step(name, units[other].profile.name, *placed[loose])


def judged_same(store: EmbeddedGraph) -> dict[str, set[str]]:
    """Units that people called the same."""
    from graph.resolving import unit_named

    found: dict[str, set[str]] = defaultdict(set)
    for (left, right), verdict in identity.latest(store.judgements()).items():
        one, two = (unit_named(store.connection, ref) for ref in (left, right))
        if verdict == "same" and one and two:
            found[one].add(two)
            found[two].add(one)
    return found


def words_on(store: EmbeddedGraph, keys: set[str]) -> Iterator[Judgement]:
    """People's words that name any of the units."""
    from graph.resolving import unit_named

    for word in store.judgements():
        if {unit_named(store.connection, ref) for ref in (word.left, word.right)} & keys:
            yield word


def proofs(store: EmbeddedGraph, units: Iterable[Unit]) -> tuple[Proof, ...]:
    """A few sentences that have any of the units."""
    found: list[Proof] = []
    for unit in units:
        rows = store.ask(
            "SELECT article, name FROM sightings WHERE unit = ? ORDER BY article, name LIMIT ?",
            (unit.key, SENTENCES),
        )
        for article, name in rows:
            sentences = [
                t.sentence for t in store.triples(article) if name in (t.source, t.target, t.attribution)
            ]
            found += [Proof(name, article, sentence) for sentence in sentences[:1]]
    return tuple(found[:SENTENCES])


def review(store: EmbeddedGraph) -> list[Doubt]:
    """Pairs nobody judged, the least certain first: links near the bar, short names of several bearers."""
    store.refresh()
    judged = set(identity.latest(store.judgements()))
    found: dict[tuple[str, str], Doubt] = {}
    for doubt in (*doubtful_links(store), *doubtful_places(store)):
        pair = min(doubt.left, doubt.right), max(doubt.left, doubt.right)
        if pair not in judged:
            found.setdefault(pair, doubt)
    return sorted(found.values(), key=lambda d: (abs(d.score - SAME), d.left, d.right))


def doubtful_links(store: EmbeddedGraph) -> Iterator[Doubt]:
    """Whole names that are nearly alike, or only just."""
    sql = "SELECT a, b, score, rule FROM links WHERE score >= ? AND score < ? ORDER BY a, b"
    for a, b, score, rule in store.ask(sql, (UNSURE, 0.95)):
        rows = store.ask(
            f"SELECT {UNIT} FROM units WHERE key IN (?, ?) AND kind <> 'known' ORDER BY key", (a, b)
        )
        if len(rows) == 2 and is_seen(store, a) and is_seen(store, b):
            one, two = map(unit_from, rows)
            yield doubt_of(store, one, two, score, rule, rows[0][8] == rows[1][8])


def is_seen(store: EmbeddedGraph, key: str) -> bool:
    """Whether any article has the unit."""
    return bool(store.ask("SELECT 1 FROM sightings WHERE unit = ? LIMIT 1", (key,)))


def doubtful_places(store: EmbeddedGraph) -> Iterator[Doubt]:
    """Bare names that were given to a cluster, or left apart though several fit."""
    from graph.blocking import bare_keys
    from graph.resolving import candidates_for

    rows = store.ask(
        f"SELECT {UNIT} FROM units WHERE kind = 'free' AND (score < 0.95 OR rule LIKE '%apart') ORDER BY key"
    )
    for row in rows:
        unit = unit_from(row)
        for candidate in candidates_for(store.connection, bare_keys(unit.profile)):
            step = compared(unit, candidate.unit)
            if step.score >= UNSURE and candidate.unit.kind == "full" and is_seen(store, candidate.unit.key):
                yield doubt_of(store, unit, candidate.unit, step.score, row[10], candidate.cluster == row[8])


def doubt_of(store: EmbeddedGraph, one: Unit, two: Unit, score: float, rule: str, same: bool) -> Doubt:
    """A pair with its sentences."""
    return Doubt(
        reference_of(one), reference_of(two), score, rule, same, proofs(store, [one]), proofs(store, [two])
    )


def reference_of(unit: Unit) -> str:
    """How a judgement names a unit."""
    if unit.article:
        return identity.reference(Appearance(unit.article, unit.profile.name))
    return identity.name_reference(unit.profile.name, unit.profile.type)
