"""Merge, split, reject: what a person decides, as words of the ledger, checked before they are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.errors import LedgerError, QuestionError
from extract.model import ActorType, Triple
from graph import identity, ledger, schema
from graph.embedded import EmbeddedGraph
from graph.known import Known
from graph.ledger import Rejection
from graph.model import Actor, Appearance, Judgement, Verdict
from graph.seals import digest


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, and when (ISO 8601)."""

    by: str
    at: str


def merge(store: EmbeddedGraph, one: Actor, two: Actor, author: Author) -> list[Judgement]:
    """Say that two actors are one."""
    if one.id == two.id:
        raise LedgerError(f"{one.name} and {two.name} are already one actor")
    ours, theirs = references(store, one.appearances), references(store, two.appearances)
    words = [judge(ours[0], other, "same", author) for other in (*theirs, *ours[1:])]
    return keep(store, words)


def split(store: EmbeddedGraph, actor: Actor, mentions: Sequence[str], author: Author) -> list[Judgement]:
    """Say that some appearances of an actor are not it: named by article, by name, or `name @ article`."""
    away = select(actor, mentions)
    rest = [a for a in actor.appearances if a not in away]
    if not rest:
        raise LedgerError(f"that is all of {actor.name}: nothing would be left of it")
    ours, theirs = references(store, sorted(away), apart=rest), references(store, rest)
    words = [judge(ours[0], other, "different", author) for other in theirs]
    words += [judge(ours[0], other, "same", author) for other in ours[1:]]
    words += crossing(store, ours, theirs, author)
    return keep(store, words)


def judge(left: str, right: str, verdict: Verdict, author: Author) -> Judgement:
    """One word of this author's."""
    return Judgement(left, right, verdict, author.by, author.at)


def select(actor: Actor, mentions: Iterable[str]) -> set[Appearance]:
    """The appearances that the mentions name; one that names none raises QuestionError."""
    found = set()
    for mention in mentions:
        hits = {a for a in actor.appearances if mention in (a.article, a.name, identity.reference(a))}
        if not hits:
            raise QuestionError(
                f"{actor.name} has no appearance {mention!r}; name an article, a name, or `name @ article`"
            )
        found |= hits
    return found


def references(
    store: EmbeddedGraph, appearances: Iterable[Appearance], apart: Sequence[Appearance] = ()
) -> list[str]:
    """References that together stand for the appearances, names first.

    A name stands for all its whole appearances unless some of them are to stay `apart`; what follows a fuller
    name of its article needs no reference of its own beside that name's.
    """
    names, singles, led = set(), [], []
    mine = list(appearances)
    shared = {unit_row(store, a)[0] for a in apart}
    for appearance in mine:
        key, kind, name, type_ = unit_row(store, appearance)
        if kind == "full" and "|@" not in key and key not in shared:
            names.add(identity.name_reference(name, type_))
        elif kind == "led" and not apart:
            led.append(appearance)
        else:
            singles.append(identity.reference(appearance))
    return sorted(names) + sorted(singles) or [identity.reference(a) for a in sorted(led)]


def unit_row(store: EmbeddedGraph, appearance: Appearance) -> tuple[str, str, str, ActorType]:
    """Key, kind, name and type of an appearance's unit."""
    rows = store.ask(
        "SELECT u.key, u.kind, u.name, u.type FROM sightings s JOIN units u ON u.key = s.unit "
        "WHERE s.article = ? AND s.name = ?",
        (appearance.article, appearance.name),
    )
    if not rows:
        raise LedgerError(f"nobody in the graph is {identity.reference(appearance)}")
    found: tuple[str, str, str, ActorType] = rows[0]
    return found


def crossing(
    store: EmbeddedGraph, ours: Sequence[str], theirs: Sequence[str], author: Author
) -> list[Judgement]:
    """Earlier words that joined the two sides: a split takes them back."""
    held = identity.latest(store.judgements())
    return [
        judge(left, right, "different", author)
        for (left, right), verdict in sorted(held.items())
        if verdict == "same" and ((left in ours and right in theirs) or (right in ours and left in theirs))
    ]


def keep(store: EmbeddedGraph, words: Sequence[Judgement]) -> list[Judgement]:
    """Append one command's words if nothing contradicts them."""
    ledger.check(store.judgements(), words)
    store.add_judgements(words)
    return list(words)


def undo(store: EmbeddedGraph) -> list[Judgement | Rejection]:
    """Take back the last command's decisions; empty when there are none."""
    with store.changing() as db:
        return ledger.undo(db)


def reject(store: EmbeddedGraph, triple: Triple, author: Author) -> Rejection:
    """Mark a triple as wrong, for good."""
    with store.changing() as db:
        return ledger.reject(db, triple, author.by, author.at)


def find_triple(store: EmbeddedGraph, key: str) -> Triple:
    """The triple whose id begins like this; none or several raise QuestionError."""
    import msgspec

    rows = store.ask("SELECT body FROM triples WHERE id >= ? AND id < ? LIMIT 2", (key, key + "\U0010ffff"))
    if len(rows) != 1 or not key:
        told = "several triples" if rows else "no triple"
        raise QuestionError(f"{told} with an id that begins {key!r}; dyad show ARTICLE --json lists them")
    return msgspec.json.decode(rows[0][0], type=Triple)


def take_over(store: EmbeddedGraph, lines: Iterable[str], name: str) -> tuple[int, int]:
    """Import a ledger as one decision, or raise LedgerError naming every wrong line."""
    with store.changing() as db:
        return ledger.import_lines(db, lines, name)


def learn(store: EmbeddedGraph, known: Sequence[Known]) -> int:
    """Keep known actors in the graph file, each in place of one with its id; how many are new or changed."""
    import msgspec

    bodies = {actor.id: msgspec.json.encode(actor) for actor in known}
    held = dict(store.ask("SELECT id, body FROM known"))
    new = {key: body for key, body in bodies.items() if held.get(key) != body}
    rows = [(key, body, digest((key, body))) for key, body in sorted(new.items())]
    if rows:
        with store.changing() as db:
            db.executemany("INSERT OR REPLACE INTO known VALUES (?,?,?)", rows)
            schema.soil(db, "known")
    return len(new)


def rejections(db: sqlite3.Connection) -> list[Rejection]:
    """All rejected triples, by article."""
    return ledger.rejections(db)
