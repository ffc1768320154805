"""People's words on identity and on wrong triples: appended, undone, checked, and shared as one text file.

A word joins or parts two references: `Sergei Lavrov [PERSON]` is every whole appearance of a name,
`Lavrov @ a17` the one appearance in article a17. The last word on a pair holds. A rejected triple is known by
its article, sentence, ends and relation, so that it stays rejected when the article is read again.

File: one line a word, tab-separated, sorted: verdict, reference, reference, by, at; or
`rejected`, key, article, the claim, by, at.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from extract.errors import LedgerError
from extract.model import Triple, content_id
from graph.model import Appearance, Judgement, Verdict
from graph.schema import soil
from graph.seals import digest

HEADER = "# dyad identities 1"
PAIRS = 'SELECT "left", "right", verdict, by, at FROM judgements'


@dataclass(frozen=True, slots=True)
class Rejection:
    """A triple somebody marked as wrong; `what` is its claim in words."""

    key: str
    article: str
    what: str
    by: str
    at: str


def triple_key(triple: Triple) -> str:
    """By what a triple is recognised after its article was read again."""
    sentence = " ".join(triple.sentence.split())
    return content_id("triple", triple.article, sentence, triple.source, triple.relation, triple.target)


def judgements(db: sqlite3.Connection) -> list[Judgement]:
    """All words in the order they were given."""
    return [Judgement(*row) for row in db.execute(f"{PAIRS} ORDER BY seq")]


def rejections(db: sqlite3.Connection) -> list[Rejection]:
    """All rejected triples, by article and key."""
    return [
        Rejection(*r)
        for r in db.execute("SELECT key, article, what, by, at FROM rejections ORDER BY article, key")
    ]


def next_batch(db: sqlite3.Connection) -> int:
    """The number of the next command's decisions."""
    sql = "SELECT max(batch) FROM (SELECT batch FROM judgements UNION ALL SELECT batch FROM rejections)"
    return int(db.execute(sql).fetchone()[0] or 0) + 1


def append(db: sqlite3.Connection, words: Iterable[Judgement]) -> None:
    """Append one command's words; the caller holds the transaction and has checked them."""
    batch = next_batch(db)
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM judgements").fetchone()
    for seq, word in enumerate(words, last + 1):
        row = (seq, word.left, word.right, word.verdict, word.by, word.at, batch)
        db.execute("INSERT INTO judgements VALUES (?,?,?,?,?,?,?,?)", (*row, digest(row)))
        touch(db, word)


def touch(db: sqlite3.Connection, word: Judgement) -> None:
    """Note what a word's coming or going changes."""
    from graph import identity

    for reference in (word.left, word.right):
        meant = identity.parse_reference(reference)
        if isinstance(meant, Appearance):
            soil(db, "article", meant.article)
        elif meant is not None:
            soil(db, "unit", identity.name_key(*meant))


def reject(db: sqlite3.Connection, triple: Triple, by: str, at: str) -> Rejection:
    """Mark a triple as wrong."""
    what = f"{triple.source} | {triple.relation} | {triple.target}"
    found = Rejection(triple_key(triple), triple.article, what, by, at)
    take_rejections(db, [found])
    return found


def row_of(found: Rejection) -> tuple[str, ...]:
    """A rejection's columns."""
    return found.key, found.article, found.what, found.by, found.at


def undo(db: sqlite3.Connection) -> list[Judgement | Rejection]:
    """Take back what the last command decided; empty when there is nothing."""
    batch = next_batch(db) - 1
    words = [Judgement(*row) for row in db.execute(f"{PAIRS} WHERE batch = ? ORDER BY seq", (batch,))]
    sql = "SELECT key, article, what, by, at FROM rejections WHERE batch = ? ORDER BY key"
    wrong = [Rejection(*row) for row in db.execute(sql, (batch,))]
    db.execute("DELETE FROM judgements WHERE batch = ?", (batch,))
    db.execute("DELETE FROM rejections WHERE batch = ?", (batch,))
    for word in words:
        touch(db, word)
    for rejection in wrong:
        soil(db, "article", rejection.article)
    return [*words, *wrong]


# What contradicts


def contradictions(words: Sequence[Judgement]) -> list[tuple[Judgement, list[Judgement]]]:
    """Each `different` whose ends a chain of `same` joins, with the chain."""
    last = {(min(w.left, w.right), max(w.left, w.right)): w for w in words}
    near: dict[str, list[tuple[str, Judgement]]] = defaultdict(list)
    for word in last.values():
        if word.verdict == "same":
            near[word.left].append((word.right, word))
            near[word.right].append((word.left, word))
    found = []
    for _, word in sorted(last.items()):
        if word.verdict == "different" and (chain := find_chain(near, word.left, word.right)):
            found.append((word, chain))
    return found


def find_chain(near: dict[str, list[tuple[str, Judgement]]], start: str, end: str) -> list[Judgement]:
    """The shortest chain of words from one reference to another; empty when there is none."""
    ways: dict[str, list[Judgement]] = {start: []}
    fringe = [start]
    while fringe:
        following = []
        for reference in fringe:
            for other, word in sorted(near[reference], key=lambda hit: hit[0]):
                if other not in ways:
                    ways[other] = [*ways[reference], word]
                    following.append(other)
        if end in ways:
            return ways[end]
        fringe = following
    return []


def check(before: Sequence[Judgement], new: Sequence[Judgement]) -> None:
    """Raise LedgerError when new words contradict those that hold."""
    for word, chain in contradictions([*before, *new]):
        told = "; ".join(f"{w.left} = {w.right} ({w.by}, {w.at})" for w in chain)
        raise LedgerError(
            f"{word.left} and {word.right} are judged different ({word.by}, {word.at}), "
            f"but the same through: {told}; undo one of them first (dyad undo)"
        )


# The file


def export_lines(db: sqlite3.Connection) -> Iterator[str]:
    """The ledger as text, sorted; only the word that holds for each pair."""
    yield HEADER
    last: dict[tuple[str, str], Judgement] = {}
    for word in judgements(db):
        last[min(word.left, word.right), max(word.left, word.right)] = word
    rows = [(*pair, word.verdict, word.by, word.at) for pair, word in last.items()]
    yield from (line((verdict, left, right, by, at)) for left, right, verdict, by, at in sorted(rows))
    yield from (line(("rejected", *row_of(found))) for found in rejections(db))


def line(cells: Sequence[str]) -> str:
    """One line; tabs and line breaks inside a cell become blanks."""
    return "\t".join(" ".join(cell.split()) for cell in cells)


def import_lines(db: sqlite3.Connection, lines: Iterable[str], name: str) -> tuple[int, int]:
    """Take over a ledger; numbers of words and rejections that were new.

    Every wrong line is reported, and then nothing is taken over.
    """
    words, wrong, problems = read_lines(lines)
    problems += [(n, p) for n, word in words if (p := unknown(db, word))]
    known = judgements(db)
    held = {(min(w.left, w.right), max(w.left, w.right)): w.verdict for w in known}
    new = [(n, w) for n, w in words if held.get((min(w.left, w.right), max(w.left, w.right))) != w.verdict]
    problems += find_clashes(known, new)
    if problems:
        told = "; ".join(f"line {n}: {p}" for n, p in sorted(problems))
        raise LedgerError(f"{name}: nothing was taken over; {told}")
    append(db, [w for _, w in new])
    return len(new), take_rejections(db, [w for _, w in wrong])


def read_lines(
    lines: Iterable[str],
) -> tuple[list[tuple[int, Judgement]], list[tuple[int, Rejection]], list[tuple[int, str]]]:
    """Words, rejections and problems, each with its line."""
    from graph import identity

    words, wrong, problems = [], [], []
    for number, text in enumerate(lines, 1):
        cells: list[Any] = text.rstrip("\r\n").split("\t")
        if not text.strip() or text.startswith("#"):
            continue
        if cells[0] == "rejected" and len(cells) == 6:
            wrong.append((number, Rejection(*cells[1:])))
        elif cells[0] not in get_args(Verdict) or len(cells) != 5:
            problems.append((number, "not verdict, reference, reference, by, at"))
        elif bad := [c for c in cells[1:3] if identity.parse_reference(c) is None]:
            problems.append((number, f"not a reference: {bad[0]}"))
        else:
            words.append((number, Judgement(cells[1], cells[2], cells[0], cells[3], cells[4])))
    return words, wrong, problems


def unknown(db: sqlite3.Connection, word: Judgement) -> str | None:
    """Which of a word's references nobody in the graph bears."""
    from graph.resolving import unit_named

    missing = [r for r in (word.left, word.right) if unit_named(db, r) is None]
    return f"nobody in the graph is {missing[0]}" if missing else None


def find_clashes(
    known: Sequence[Judgement], new: Sequence[tuple[int, Judgement]]
) -> Iterator[tuple[int, str]]:
    """Lines that say both of one pair, or close a chain against a word."""
    seen: dict[tuple[str, str], tuple[int, Verdict]] = {}
    for number, word in new:
        pair = min(word.left, word.right), max(word.left, word.right)
        if pair in seen and seen[pair][1] != word.verdict:
            yield number, f"contradicts line {seen[pair][0]}"
        seen.setdefault(pair, (number, word.verdict))
    for word, chain in contradictions([*known, *(w for _, w in new)]):
        own = [n for n, w in new if w is word or w in chain]
        told = " = ".join([word.left, *(w.right for w in chain)])
        yield (
            max(own, default=0),
            f"{word.left} and {word.right} are different, but the chain {told} joins them",
        )


def take_rejections(db: sqlite3.Connection, found: Iterable[Rejection]) -> int:
    """Store rejections that are new; how many."""
    batch, number = next_batch(db), 0
    for rejection in found:
        row: tuple[str | int, ...] = (*row_of(rejection), batch)
        cursor = db.execute("INSERT OR IGNORE INTO rejections VALUES (?,?,?,?,?,?,?)", (*row, digest(row)))
        number += cursor.rowcount
        soil(db, "article", rejection.article)
    return number
