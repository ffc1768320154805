"""The units of identity in the graph file: sightings pooled by name, their keys, their links."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph import contexts, identity, judging
from graph.blocking import bare_keys, block_keys
from graph.contexts import Context
from graph.identity import Sighting, Unit
from graph.judging import UNSURE, Profile
from graph.known import Known
from graph.model import Appearance

PART = 500
UNIT = "key, kind, name, type, context, leader, article, date, cluster, score, rule"


@dataclass(slots=True)
class Region:
    """What one refresh looks at.

    `left` are the units that stood in an article before it changed; `blocks` are the keys by which bare names
    could meet what changed.
    """

    dirty: set[str] = field(default_factory=set)
    left: dict[str, set[str]] = field(default_factory=dict)
    articles: Mapping[str, list[Sighting]] = field(default_factory=dict)
    wholes: set[str] = field(default_factory=set)
    bares: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    before: dict[str, str | None] = field(default_factory=dict)


def sight(
    db: sqlite3.Connection, region: Region, judged: frozenset[Appearance], known: Sequence[Known]
) -> None:
    """Replace the sightings of the changed articles, and note the units they leave and join."""
    crowded = crowded_names(known)
    for article in sorted(region.articles):
        sightings = region.articles[article]
        if before := {r[0] for r in db.execute("SELECT unit FROM sightings WHERE article = ?", (article,))}:
            region.left[article] = before
            region.dirty |= before
        db.execute("DELETE FROM sightings WHERE article = ?", (article,))
        types = {s.appearance.name: s.type for s in sightings}
        for s in sightings:
            unit = identity.unit_of(s, judged, crowded, types)
            region.dirty.add(unit.key)
            db.execute(
                "INSERT INTO sightings VALUES (?,?,?,?,?)",
                (article, s.appearance.name, s.type, unit.key, encode(s.context)),
            )
            if unit.kind != "full" or unit.article:
                write_unit(db, region, unit)


def crowded_names(known: Sequence[Known]) -> frozenset[str]:
    """Names that several known actors bear: there dates and roles decide."""
    seen: dict[str, set[str]] = defaultdict(set)
    for actor in known:
        for name in (actor.name, *actor.aliases):
            seen[identity.name_key(name, actor.type)].add(actor.id)
    return frozenset(name for name, ids in seen.items() if len(ids) > 1)


def write_unit(db: sqlite3.Connection, region: Region, unit: Unit) -> None:
    """Store a unit that is new or whose profile changed, with its blocks; its links are made anew."""
    row = db.execute(
        "SELECT kind, name, type, context, leader, date FROM units WHERE key = ?", (unit.key,)
    ).fetchone()
    profile = unit.profile
    new = (unit.kind, profile.name, profile.type, encode(profile.context), unit.leader, unit.date)
    if row == new:
        return
    forget_links(db, region, unit.key)
    db.execute(
        "INSERT INTO units (key, base, kind, name, type, context, leader, article, date) "
        "VALUES (?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, name = excluded.name, type = excluded.type, "
        "context = excluded.context, leader = excluded.leader, date = excluded.date",
        (unit.key, unit.base, *new[:5], unit.article, unit.date),
    )
    forget_blocks(db, region, unit.key)
    keys = (
        bare_keys(profile)
        if unit.kind == "free"
        else block_keys(profile)
        if unit.kind in ("full", "known")
        else []
    )
    free = int(unit.kind == "free")
    db.executemany("INSERT OR IGNORE INTO blocks VALUES (?,?,?)", [(k, free, unit.key) for k in keys])
    if unit.kind in ("full", "known"):
        region.blocks |= set(keys)
        link(db, unit)


def forget_blocks(db: sqlite3.Connection, region: Region, key: str) -> None:
    """Drop a unit's keys; bare names that met it there are looked at again."""
    region.blocks |= {row[0] for row in db.execute("SELECT block FROM blocks WHERE unit = ?", (key,))}
    db.execute("DELETE FROM blocks WHERE unit = ?", (key,))


def forget_links(db: sqlite3.Connection, region: Region, key: str) -> None:
    """Drop a unit's links; what it was linked to is looked at again."""
    for one, two in db.execute("SELECT a, b FROM links WHERE a = ? OR b = ?", (key, key)).fetchall():
        region.wholes |= {one, two} - {key}
    db.execute("DELETE FROM links WHERE a = ? OR b = ?", (key, key))


def link(db: sqlite3.Connection, unit: Unit) -> None:
    """Compare a whole name with those it shares a key with, and keep what is alike or nearly so."""
    rows = db.execute(
        f"SELECT {UNIT} FROM units WHERE key IN (SELECT other.unit FROM blocks own JOIN blocks other "
        "ON other.block = own.block AND other.free = 0 "
        "WHERE own.unit = ? AND own.block NOT LIKE 'p1%') AND key <> ?",
        (unit.key, unit.key),
    ).fetchall()
    for other in map(unit_from, rows):
        match = judging.decide(*sorted_pair(unit, other))
        if match.score >= UNSURE and not match.clash:
            one, two = sorted((unit.key, other.key))
            db.execute("INSERT OR REPLACE INTO links VALUES (?,?,?,?)", (one, two, match.score, match.rule))


def sorted_pair(one: Unit, two: Unit) -> tuple[Profile, Profile]:
    """Two profiles in the order of their keys, so that a comparison never depends on who asks."""
    first, second = sorted((one, two), key=lambda unit: unit.key)
    return first.profile, second.profile


def pool(db: sqlite3.Connection, region: Region) -> None:
    """Bring the touched units in line with their sightings; those without any vanish."""
    bases = set()
    for key in sorted(region.dirty):
        rows = db.execute(
            "SELECT name, type, context, count(*) FROM sightings WHERE unit = ? GROUP BY name, type, context",
            (key,),
        ).fetchall()
        stored = db.execute("SELECT kind, base, cluster FROM units WHERE key = ?", (key,)).fetchone()
        if stored:
            region.before[key] = stored[2]
            bases.add(stored[1])
        if rows and (stored is None or stored[0] in ("full", "name")) and "|@" not in key:
            write_unit(db, region, Unit(key, "full", pooled(rows)))
        elif not rows and stored and stored[0] not in ("known", "name"):
            drop_unit(db, region, key)
    for base in sorted(bases | {row[0] for row in bases_of(db, region.dirty)}):
        tend_name(db, region, base)


def bases_of(db: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[str]]:
    """The names of units."""
    for part in parts(keys):
        yield from db.execute(f"SELECT DISTINCT base FROM units WHERE key IN ({marks(part)})", part)


def pooled(rows: Sequence[tuple[str, Any, str, int]]) -> Profile:
    """One profile from all sightings of a name: the form and type most often seen."""
    forms: dict[str, int] = defaultdict(int)
    types: dict[Any, int] = defaultdict(int)
    told = contexts.NOTHING
    for name, type_, context, number in rows:
        forms[name] += number
        types[type_] += number
        told |= decode(context)
    return Profile(most(forms), most(types), told)


def most(counts: dict[Any, int]) -> Any:
    """What is counted most, the first in order where two are."""
    return min(counts, key=lambda k: (-counts[k], k))


def drop_unit(db: sqlite3.Connection, region: Region, key: str) -> None:
    """Remove a unit with its keys and links."""
    forget_links(db, region, key)
    forget_blocks(db, region, key)
    db.execute("DELETE FROM units WHERE key = ?", (key,))


def tend_name(db: sqlite3.Connection, region: Region, base: str) -> None:
    """Keep a unit for the bare name itself as long as any article has it free."""
    frees = db.execute(
        "SELECT name, type FROM units WHERE base = ? AND kind = 'free' ORDER BY key", (base,)
    ).fetchall()
    stored = db.execute("SELECT kind, cluster FROM units WHERE key = ?", (base,)).fetchone()
    if stored and stored[0] == "full":
        return
    if frees:
        region.before.setdefault(base, stored[1] if stored else None)
        write_unit(db, region, Unit(base, "name", Profile(*min(frees))))
        region.dirty.add(base)
    elif stored:
        region.before.setdefault(base, stored[1])
        region.dirty.add(base)
        drop_unit(db, region, base)


def unit_from(row: Sequence[Any]) -> Unit:
    """A unit from its row."""
    return Unit(row[0], row[1], Profile(row[2], row[3], decode(row[4])), row[5], row[6], row[7])


def encode(context: Context) -> str:
    """A context as text, its sets sorted."""
    if context == contexts.NOTHING:
        return ""
    return "|".join(",".join(sorted(part)) for part in (context.states, context.offices, context.fields))


def decode(text: str) -> Context:
    """A context from its text."""
    if not text:
        return contexts.NOTHING
    return Context(*(frozenset(part.split(",")) if part else frozenset() for part in text.split("|")))


def select(db: sqlite3.Connection, sql: str, values: Iterable[str]) -> list[Any]:
    """Rows of a query that ends in a column name, over any number of its values."""
    return [row for part in parts(values) for row in db.execute(f"{sql} IN ({marks(part)})", part)]


def parts(values: Iterable[str]) -> Iterator[list[str]]:
    """The values, sorted, in parts small enough for one statement."""
    found = sorted(set(values))
    for start in range(0, len(found), PART):
        yield found[start : start + PART]


def marks(values: Sequence[str]) -> str:
    """Question marks for a list of values."""
    return ",".join("?" * len(values))
