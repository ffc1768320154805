"""Actors known beforehand: names, aliases, Wikidata ids and roles with dates, from a file.

Formats, told by the content: JSON Lines (id, name, aliases, type, wikidata, roles: [{role, since, until}]),
CSV of the same columns (aliases separated by `;`, roles as `role (since..until)` separated by `;`), and
FollowTheMoney entities (schema, properties), one JSON object a line.
A file with a wrong line or an id twice is refused as a whole, the line named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import LedgerError
from extract.model import ActorType
from graph import contexts, identity
from graph.identity import Unit
from graph.judging import Profile

SCHEMATA: dict[str, ActorType] = {
    "Person": "PERSON", "LegalEntity": "ORG", "Organization": "ORG", "Company": "ORG", "PublicBody": "ORG",
    "Country": "STATE", "Address": "PLACE", "Group": "GROUP",
}  # fmt: skip
ROLE = re.compile(r"(?P<role>[^(]*(?:\([^(]*)*?) ?(?:\((?P<since>[\d-]*) ?\.\. ?(?P<until>[\d-]*)\))?")


class KnownRole(msgspec.Struct, frozen=True):
    """An office with its country, and when it was held; dates are ISO, either may be open."""

    role: str
    since: str | None = None
    until: str | None = None


class Known(msgspec.Struct, frozen=True):
    """One known actor."""

    id: str
    name: str
    type: ActorType = "PERSON"
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    roles: tuple[KnownRole, ...] = ()


def read_known(path: Path) -> list[Known]:
    """All actors of a file, sorted by id."""
    text = decode(path)
    rows = list(read_csv(path, text) if path.suffix.lower() == ".csv" else read_json(path, text))
    seen: dict[str, int] = {}
    for number, actor in rows:
        if actor.id in seen:
            raise LedgerError(
                f"{path}:{number}: id {actor.id} is already on line {seen[actor.id]}; nothing was taken over"
            )
        seen[actor.id] = number
    return sorted((actor for _, actor in rows), key=lambda a: a.id)


def decode(path: Path) -> str:
    """The file's text; not UTF-8 raises LedgerError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise LedgerError(f"{path}: not UTF-8; save it as UTF-8") from None


def read_json(path: Path, text: str) -> Iterator[tuple[int, Known]]:
    """Actors of JSON Lines, ours or FollowTheMoney's, with their lines."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
            entity = isinstance(row, dict) and "schema" in row
            actor = from_entity(row) if entity else msgspec.convert(row, Known)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise LedgerError(
                f"{path}:{number}: not a known actor ({error}); nothing was taken over"
            ) from None
        except RecursionError:
            raise LedgerError(f"{path}:{number}: nested too deep; nothing was taken over") from None
        if actor is not None:
            yield number, checked(path, number, actor)


def from_entity(row: dict[str, Any]) -> Known | None:
    """A FollowTheMoney entity; None for a schema that is no actor."""
    type_ = SCHEMATA.get(str(row["schema"]))
    if type_ is None:
        return None
    properties = msgspec.convert(row.get("properties", {}), dict[str, list[str]])
    names = properties.get("name", [])
    if not names:
        raise msgspec.ValidationError("no name")
    others = [*names[1:], *properties.get("alias", []), *properties.get("weakAlias", [])]
    return Known(
        id=str(row.get("id", "")),
        name=names[0],
        type=type_,
        aliases=tuple(dict.fromkeys(others)),
        wikidata=next(iter(properties.get("wikidataId", [])), None),
        roles=tuple(KnownRole(p) for p in properties.get("position", [])),
    )


def read_csv(path: Path, text: str) -> Iterator[tuple[int, Known]]:
    """Actors of a CSV file with their lines."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.DictReader(io.StringIO(text))
    if not {"id", "name"} <= set(reader.fieldnames or ()):
        raise LedgerError(f"{path}:1: no columns id and name; nothing was taken over")
    for row in reader:
        cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        fields = {
            "id": cells["id"],
            "name": cells["name"],
            "type": cells.get("type") or "PERSON",
            "aliases": listed(cells.get("aliases", "")),
            "wikidata": cells.get("wikidata") or None,
            "roles": [role_of(part) for part in listed(cells.get("roles", ""))],
        }
        try:
            actor = msgspec.convert(fields, Known)
        except msgspec.ValidationError as error:
            raise LedgerError(
                f"{path}:{reader.line_num}: not a known actor ({error}); nothing was taken over"
            ) from None
        yield reader.line_num, checked(path, reader.line_num, actor)


def listed(cell: str) -> list[str]:
    """The parts of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def role_of(text: str) -> dict[str, str | None]:
    """A role with its dates: `defence minister of Russia (2012-11-06..2024-05-12)`."""
    found = ROLE.fullmatch(" ".join(text.split()))
    assert found is not None
    return {"role": found["role"].rstrip(), "since": found["since"] or None, "until": found["until"] or None}


def checked(path: Path, number: int, actor: Known) -> Known:
    """The actor, if it has an id and a name."""
    if not actor.id.strip() or not actor.name.strip():
        raise LedgerError(f"{path}:{number}: a known actor needs an id and a name; nothing was taken over")
    return actor


def units_of(actor: Known) -> list[Unit]:
    """A unit for each of the actor's names."""
    told = contexts.NOTHING
    for role in actor.roles:
        told |= contexts.read(role.role)
    found = {}
    for name in (actor.name, *actor.aliases):
        key = f"{identity.name_key(name, actor.type)}|!{actor.id}"
        found[key] = Unit(key, "known", Profile(name, actor.type, told))
    return [found[key] for key in sorted(found)]


def ties(known: Sequence[Known]) -> list[tuple[str, str]]:
    """The names of one known actor, pair by pair: they are one."""
    groups = [[unit.key for unit in units_of(actor)] for actor in known]
    return [(keys[0], key) for keys in groups for key in keys[1:]]


def fitting(unit: Unit, known: Sequence[Known]) -> list[str]:
    """Units of the known actors that a bare name or an office can mean at its date."""
    profile = unit.profile
    told = contexts.read(profile.name) if identity.is_office(profile.name, profile.type) else None
    found = []
    for actor in known:
        if actor.type != profile.type:
            continue
        if told is None:
            keys = [u.key for u in units_of(actor) if u.key.startswith(unit.base + "|!")]
            fits = bool(keys) and any(covers(r, unit.date) and agrees(r, profile) for r in actor.roles)
        else:
            keys = [u.key for u in units_of(actor)][:1]
            fits = any(covers(r, unit.date) and holds(r, told) for r in actor.roles)
        if fits:
            found.append(keys[0])
    return found


def covers(role: KnownRole, date: str | None) -> bool:
    """Whether the role was held on the day; without a day only an open role can be."""
    if date is None:
        return role.until is None and role.since is None
    return (role.since or "") <= date and date <= (role.until or "9999") + "-99"


def agrees(role: KnownRole, profile: Profile) -> bool:
    """Whether a role speaks not against what an article tells."""
    told = contexts.read(role.role)
    mine = profile.context
    return not (mine.offices and told.offices and not mine.offices & told.offices) and not (
        mine.states and told.states and not mine.states & told.states
    )


def holds(role: KnownRole, told: contexts.Context) -> bool:
    """Whether it is the office named."""
    mine = contexts.read(role.role)
    return bool(mine.offices & told.offices) and bool(mine.states & told.states)
