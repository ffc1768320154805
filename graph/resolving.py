"""Identity kept up to date in the graph file: only what a change can touch is computed again.

refresh(connection, changed) resolves the sightings of changed articles and everything that hangs on them, and
returns the articles whose ends moved to another actor. The answer is that of a full computation: a unit's
links are a function of it and the unit at the other end, clusters are computed over whole components of
links, and a bare name is placed again when any whole name it could mean was.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from extract.model import content_id
from graph import identity, judging
from graph.blocking import bare_keys
from graph.identity import Candidate, Place, Sighting, Unit
from graph.judging import SAME, Profile
from graph.known import Known, fitting, ties, units_of
from graph.model import Actor, Appearance, Judgement
from graph.units import (
    UNIT,
    Region,
    drop_unit,
    marks,
    most,
    parts,
    pool,
    select,
    sight,
    unit_from,
    write_unit,
)

OPEN = "kind = 'free' AND (rule LIKE '%apart' OR rule LIKE '%neighbours')"
UNDECIDED = (
    "SELECT DISTINCT f.unit, u.article FROM blocks w JOIN blocks f ON f.block = w.block AND f.free = 1 "
    f"JOIN units u ON u.key = f.unit WHERE w.free = 0 AND {OPEN}"
)


@dataclass(frozen=True, slots=True)
class Words:
    """People's words between units, each seen from both ends."""

    same: dict[str, set[str]]
    different: dict[str, set[str]]

    def pairs(self, verdict: dict[str, set[str]], keys: Iterable[str]) -> list[tuple[str, str]]:
        """The pairs of one verdict with an end among the keys, sorted."""
        return sorted({(min(a, b), max(a, b)) for a in keys for b in verdict.get(a, ())})


@dataclass(frozen=True, slots=True)
class Moved:
    """What a refresh changed: actors to write again or drop, articles with an end that moved."""

    clusters: frozenset[str]
    articles: frozenset[str]


def refresh(
    db: sqlite3.Connection,
    changed: Mapping[str, list[Sighting]],
    units: Iterable[str],
    judgements: Sequence[Judgement],
    known: Sequence[Known],
) -> Moved:
    """Resolve the changed articles (none left: no sightings) and the units named, and what hangs on them."""
    region = Region(articles=changed, dirty=set(units))
    verdicts = identity.latest(judgements)
    refs = {ref for pair in verdicts for ref in pair}
    judged = frozenset(r for ref in refs if isinstance(r := identity.parse_reference(ref), Appearance))
    sight(db, region, judged, known)
    pool(db, region)
    words = read_words(db, verdicts, known)
    spread(db, region, words)
    place_wholes(db, region, words)
    spread_bares(db, region, words)
    place_bares(db, region, words, known)
    place_led(db, region)
    return movement(db, region)


def read_words(db: sqlite3.Connection, verdicts: dict[tuple[str, str], Any], known: Sequence[Known]) -> Words:
    """Judgements between units that are there (the others wait), and the names of one known actor."""
    words = Words(defaultdict(set), defaultdict(set))
    pairs = [("same", one, two) for one, two in ties(known)]
    for (left, right), verdict in sorted(verdicts.items()):
        one, two = unit_named(db, left), unit_named(db, right)
        if one and two and one != two and verdict != "unsure":
            pairs.append((verdict, one, two))
    for verdict, one, two in pairs:
        table = words.same if verdict == "same" else words.different
        table[one].add(two)
        table[two].add(one)
    return words


def unit_named(db: sqlite3.Connection, reference: str) -> str | None:
    """The unit a judgement's reference stands for, if it is in the graph."""
    meant = identity.parse_reference(reference)
    if isinstance(meant, Appearance):
        row = db.execute(
            "SELECT unit FROM sightings WHERE article = ? AND name = ?", (meant.article, meant.name)
        ).fetchone()
    elif meant is not None:
        row = db.execute("SELECT key FROM units WHERE key = ?", (identity.name_key(*meant),)).fetchone()
    else:
        row = None
    return row[0] if row else None


def spread(db: sqlite3.Connection, region: Region, words: Words) -> None:
    """From the touched whole names to all they are linked to."""
    pinned = set(words.same)
    kinds = dict(select(db, "SELECT key, kind FROM units WHERE key", region.dirty | region.wholes))
    kinds |= dict(select(db, "SELECT key, kind FROM units WHERE key", pinned))
    fringe = {
        k for k in region.dirty | region.wholes if kinds.get(k) in ("full", "known", "name") or k in pinned
    }
    region.bares |= {k for k in region.dirty if kinds.get(k) == "free" and k not in pinned}
    region.wholes = set()
    while fringe:
        region.wholes |= fringe
        near = set()
        for one, two in select(db, f"SELECT a, b FROM links WHERE score >= {SAME} AND a", fringe):
            near |= {one, two}
        for one, two in select(db, f"SELECT a, b FROM links WHERE score >= {SAME} AND b", fringe):
            near |= {one, two}
        for key in fringe:
            near |= words.same.get(key, set())
        fringe = near - region.wholes


def spread_bares(db: sqlite3.Connection, region: Region, words: Words) -> None:
    """To the bare names that could mean a whole one that came, went, changed or moved to another cluster."""
    after = dict(select(db, "SELECT key, cluster FROM units WHERE key", region.before))
    moved = {key for key, cluster in region.before.items() if after.get(key) != cluster}
    region.blocks |= {block for (block,) in select(db, "SELECT block FROM blocks WHERE unit", moved)}
    found = [
        *select(db, "SELECT unit FROM blocks WHERE free = 1 AND block", region.blocks),
        *select(db, "SELECT key FROM units WHERE kind = 'free' AND base", moved),
        *select(
            db,
            "SELECT key FROM units WHERE kind = 'free' AND cluster",
            filter(None, map(region.before.get, moved)),
        ),
    ]
    region.bares |= {key for (key,) in found}
    region.bares |= find_torn(db, region)
    for key in sorted(region.bares):
        region.bares |= {other for other in words.different.get(key, ()) if is_free(db, other)}
    region.bares -= set(words.same)


def find_torn(db: sqlite3.Connection, region: Region) -> set[str]:
    """Bare names that several whole ones fitted, where one of these got or lost a neighbour of theirs.

    A whole name touched otherwise than by its articles counts for all that it could be meant by.
    """
    if not db.execute(f"SELECT 1 FROM units WHERE {OPEN} LIMIT 1").fetchone():
        return set()
    found: set[str] = set()
    seen: set[str] = set()
    beside: dict[str, set[str]] = {}
    for article in region.articles:
        units = stood_in(db, article) | region.left.get(article, set())
        seen |= units
        for key, own in select(db, f"{UNDECIDED} AND w.unit", units | allies(db, units)):
            if key not in found and key not in region.bares:
                if own not in beside:
                    beside[own] = stood_in(db, own)
                if (beside[own] & units) - {key}:
                    found.add(key)
    return found | {key for key, _ in select(db, f"{UNDECIDED} AND w.unit", region.dirty - seen)}


def allies(db: sqlite3.Connection, units: Iterable[str]) -> set[str]:
    """The whole names in the clusters of these."""
    clusters = {
        c for (c,) in select(db, "SELECT cluster FROM units WHERE kind IN ('full', 'known') AND key", units)
    }
    return {
        key
        for (key,) in select(
            db, "SELECT key FROM units WHERE kind IN ('full', 'known') AND cluster", clusters - {None}
        )
    }


def stood_in(db: sqlite3.Connection, article: str) -> set[str]:
    """The units of an article's sightings."""
    return {row[0] for row in db.execute("SELECT unit FROM sightings WHERE article = ?", (article,))}


def is_free(db: sqlite3.Connection, key: str) -> bool:
    """Whether a unit is a bare name of one article."""
    return bool(db.execute("SELECT 1 FROM units WHERE key = ? AND kind = 'free'", (key,)).fetchone())


def place_wholes(db: sqlite3.Connection, region: Region, words: Words) -> None:
    """Cluster the whole names of the region, component by component."""
    rows = list(select(db, f"SELECT {UNIT} FROM units WHERE key", region.wholes))
    units = {row[0]: unit_from(row) for row in rows}
    region.before |= {row[0]: row[8] for row in rows if row[0] not in region.before}
    found = select(db, f"SELECT score, a, b, rule FROM links WHERE score >= {SAME} AND a", units)
    links = {(a, b): (score, rule) for score, a, b, rule in found}
    clusters = identity.cluster(
        units,
        [(s, a, b) for (a, b), (s, _) in links.items()],
        words.pairs(words.same, units),
        words.pairs(words.different, units),
    )
    best: dict[str, tuple[float, str]] = {}
    for (a, b), (score, rule) in sorted(links.items()):
        if clusters[a] == clusters[b]:
            for key in (a, b):
                best[key] = max(best.get(key, (0.0, "")), (score, rule))
    for key, cluster in clusters.items():
        score, rule = (
            (1.0, "a person's word") if words.same.get(key) else best.get(key, (1.0, "its own name"))
        )
        settle(db, key, Place(cluster, score, rule))


def settle(db: sqlite3.Connection, key: str, place: Place) -> None:
    """Store where a unit belongs."""
    db.execute(
        "UPDATE units SET cluster = ?, actor = ?, score = ?, rule = ? WHERE key = ?",
        (place.cluster, actor_id(place.cluster), place.score, place.rule, key),
    )


@dataclass(slots=True)
class Round:
    """What bare names with the same keys share: candidates, their neighbours, how each profile fits them."""

    candidates: list[Candidate]
    near: dict[str, frozenset[str]] = field(default_factory=dict)
    fits: dict[Profile, dict[str, tuple[float, str]]] = field(default_factory=dict)

    def scores(self, profile: Profile) -> dict[str, tuple[float, str]]:
        """The clusters that a bare name fits, with score and rule."""
        if profile not in self.fits:
            self.fits[profile] = identity.fit(profile, self.candidates)
        return self.fits[profile]


def place_bares(db: sqlite3.Connection, region: Region, words: Words, known: Sequence[Known]) -> None:
    """Attach each bare name of the region to the one cluster it fits, else leave it with its like."""
    seen: dict[str, set[str]] = defaultdict(set)
    asked, round_ = None, Round([])
    for unit in bare_units(db, region):
        if (keys := tuple(bare_keys(unit.profile))) != asked:  # in the order of names: the same ones follow
            asked, round_ = keys, Round(candidates_for(db, keys))
        foes = words.different.get(unit.key, set())
        barred = {clusters_of(db, other) for other in foes} | {c for c, ks in seen.items() if ks & foes}
        place = place_bare(db, unit, round_, known, barred)
        if foes:
            seen[place.cluster].add(unit.key)
        settle(db, unit.key, place)


def bare_units(db: sqlite3.Connection, region: Region) -> Iterator[Unit]:
    """The bare names of the region, sorted by key, some at a time; notes where they were."""
    for part in parts(region.bares):
        rows = sorted(select(db, f"SELECT {UNIT} FROM units WHERE key", part))
        region.before |= {row[0]: row[8] for row in rows if row[0] not in region.before}
        yield from map(unit_from, rows)


def clusters_of(db: sqlite3.Connection, key: str) -> str | None:
    """The cluster of a whole name; a bare one's is not settled yet."""
    row = db.execute("SELECT cluster FROM units WHERE key = ? AND kind <> 'free'", (key,)).fetchone()
    return row[0] if row else None


def candidates_for(db: sqlite3.Connection, keys: Sequence[str]) -> list[Candidate]:
    """Whole names that a bare one with these keys could be short for, with their clusters."""
    sql = (
        f"SELECT {UNIT} FROM units WHERE kind IN ('full', 'known') AND key IN "
        f"(SELECT unit FROM blocks WHERE free = 0 AND block IN ({marks(keys)})) ORDER BY key"
    )
    return [Candidate(row[8], unit_from(row)) for row in db.execute(sql, keys).fetchall()]


def place_bare(
    db: sqlite3.Connection, unit: Unit, round_: Round, known: Sequence[Known], barred: set[str | None]
) -> Place:
    """Where one bare name belongs."""
    if unit.leader and (own := clusters_of(db, unit.leader)) and own not in barred:
        return Place(own, 1.0, "named in full in its article")
    if (cluster := dated(db, unit, known)) and cluster not in barred:
        return Place(cluster, 0.97, "held the office at the time")
    scores = {c: score for c, score in round_.scores(unit.profile).items() if c not in barred}
    place, fits = identity.attach(scores, lambda clusters: shared_neighbours(db, unit, clusters, round_.near))
    if place:
        return place
    name = db.execute("SELECT cluster FROM units WHERE key = ?", (unit.base,)).fetchone()
    own = name[0] if name else None
    if own and own not in barred and own != unit.base:
        return Place(own, 1.0, "a person's word on the name")
    if fits:
        return Place(unit.key, 1.0, f"{len(fits)} fit: apart")
    if own and own not in barred and not judging.common(unit.profile.form):
        return Place(own, 0.9, "bare name, nobody else bears it")
    if own and len(unit.profile.context.states) == 1 and not barred:
        return Place(f"{unit.base}|={min(unit.profile.context.states)}", 0.86, "bare name, same state")
    return Place(unit.key, 1.0, "bare name that many bear")


def dated(db: sqlite3.Connection, unit: Unit, known: Sequence[Known]) -> str | None:
    """The cluster of the one known actor of this name or office at the time."""
    fits = fitting(unit, known)
    return clusters_of(db, fits[0]) if len(fits) == 1 else None


def shared_neighbours(
    db: sqlite3.Connection, unit: Unit, clusters: Sequence[str], near: dict[str, frozenset[str]]
) -> list[int]:
    """How many of the names in a bare name's article each cluster meets in its articles."""
    own = stood_in(db, unit.article or "") - {unit.key}
    for cluster in clusters:
        if cluster not in near:
            near[cluster] = neighbours(db, cluster)
    return [len(own & near[cluster]) for cluster in clusters]


def neighbours(db: sqlite3.Connection, cluster: str) -> frozenset[str]:
    """The units that stand in articles with a cluster's whole names."""
    rows = db.execute(
        "SELECT DISTINCT far.unit FROM units u JOIN sightings own ON own.unit = u.key "
        "JOIN sightings far ON far.article = own.article "
        "WHERE u.cluster = ? AND u.kind IN ('full', 'known') AND far.unit <> u.key",
        (cluster,),
    )
    return frozenset(chain.from_iterable(rows))


def place_led(db: sqlite3.Connection, region: Region) -> None:
    """Short names go where the fuller name of their article went."""
    led = {
        key
        for (key,) in select(
            db, "SELECT key FROM units WHERE kind = 'led' AND leader", region.wholes | region.bares
        )
    }
    led |= {key for (key,) in select(db, "SELECT key FROM units WHERE kind = 'led' AND key", region.dirty)}
    for key, leader, before in list(select(db, "SELECT key, leader, cluster FROM units WHERE key", led)):
        region.before.setdefault(key, before)
        row = db.execute("SELECT cluster FROM units WHERE key = ?", (leader,)).fetchone()
        settle(db, key, Place(row[0] if row else key, 1.0, "named in full in its article"))


def movement(db: sqlite3.Connection, region: Region) -> Moved:
    """Clusters to write again, and articles whose sightings belong to another cluster than before."""
    after = dict(
        select(db, "SELECT key, cluster FROM units WHERE key", region.before | dict.fromkeys(region.dirty))
    )
    clusters = {c for c in (*region.before.values(), *after.values()) if c}
    moved = [key for key, cluster in after.items() if region.before.get(key) not in (None, cluster)]
    articles = {row[0] for row in select(db, "SELECT DISTINCT article FROM sightings WHERE unit", moved)}
    return Moved(frozenset(clusters), frozenset(articles | set(region.articles)))


def actor_id(cluster: str) -> str:
    """An actor's id, from the name that stands for its cluster."""
    return content_id("actor", cluster)


def actor_of(db: sqlite3.Connection, cluster: str, known: dict[str, Known]) -> Actor | None:
    """The actor of a cluster; None when no article has it."""
    rows = db.execute(
        "SELECT s.name, s.type, u.kind, count(*) FROM units u JOIN sightings s ON s.unit = u.key "
        "WHERE u.cluster = ? GROUP BY s.name, s.type, u.kind",
        (cluster,),
    ).fetchall()
    if not rows:
        return None
    types: dict[Any, int] = defaultdict(int)
    forms: dict[str, int] = defaultdict(int)
    for name, type_, kind, number in rows:
        types[type_] += number
        forms[name] += number * (1 if kind in ("free", "led") else 1000)
    names = {row[0] for row in rows}
    keys = db.execute("SELECT key FROM units WHERE cluster = ? AND kind = 'known' ORDER BY key", (cluster,))
    entry = next((known[key.split("|!")[1]] for (key,) in keys), None)
    shown = (
        entry.name
        if entry
        else min(forms, key=lambda n: (not n.isascii() and not latin(n), -forms[n], -len(n), n))
    )
    aliases = names | ({entry.name, *entry.aliases} if entry else set())
    return Actor(actor_id(cluster), shown, most(types), tuple(sorted(aliases)), ())


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters, accents allowed."""
    return all(ord(c) < 0x250 or not c.isalpha() for c in name)


def write_known(db: sqlite3.Connection, known: Sequence[Known]) -> set[str]:
    """Replace the units of known actors; returns the touched keys."""
    region = Region()
    keys = {row[0] for row in db.execute("SELECT key FROM units WHERE kind = 'known'")}
    new = {unit.key: unit for actor in known for unit in units_of(actor)}
    for key in sorted(keys - set(new)):
        drop_unit(db, region, key)
    for unit in new.values():
        write_unit(db, region, unit)
    return keys | set(new) | region.wholes


def resolve_all(sightings: Sequence[Sighting], judgements: Sequence[Judgement]) -> list[Actor]:
    """All actors of the sightings, sorted by id, computed in memory."""
    from graph.schema import connect

    db = connect(":memory:", False)
    by_article: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_article[sighting.appearance.article].append(sighting)
    moved = refresh(db, dict(by_article), (), judgements, ())
    found = []
    for cluster in sorted(moved.clusters):
        if actor := actor_of(db, cluster, {}):
            rows = db.execute(
                "SELECT s.article, s.name FROM units u JOIN sightings s ON s.unit = u.key "
                "WHERE u.cluster = ? ORDER BY s.article, s.name",
                (cluster,),
            )
            seen = tuple(Appearance(*row) for row in rows)
            found.append(Actor(actor.id, actor.name, actor.type, actor.aliases, seen))
    db.close()
    return sorted(found, key=lambda actor: actor.id)
