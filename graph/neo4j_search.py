"""Full text as the embedded file finds it: Neo4j's index proposes sentences, SQLite's decides.

The two cut sentences into words differently (U.S., hand-made), so the index is asked for every word that
contains one of the words wanted, and the hits go through the same tokenizer as the embedded file's.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from graph.embedded import match
from graph.neo4j_schema import SENTENCES
from graph.schema import fold

Ask = Callable[..., list[Any]]
Place = tuple[str, int, str]  # article, offset, sentence
LEFT_OUT = (
    " a an and are as at be but by for if in into is it no not of on or such that the their then there these"
    " they this to was will with"
)
WORDS = "CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 2')"


def find_sentences(ask: Ask, text: str, limit: int) -> list[str]:
    """Ids of the statements of up to `limit` sentences that hold all the words, newest article first."""
    wanted = match(text)
    if not wanted:
        return []
    rows = ask(
        f"{propose(wanted)} MATCH (s)-[:IN]->(a:Article) WHERE s.dyad IS NOT NULL "
        "RETURN s.id, a.id, s.start, s.sentence, a.published",
        words=lucene(wanted),
    )
    statements: dict[Place, list[str]] = {}
    published: dict[Place, str] = {}
    for id_, article, start, sentence, day in rows:
        statements.setdefault((article, start, sentence), []).append(id_)
        published[article, start, sentence] = day or ""
    hits = sorted(decide(wanted, list(statements)))
    hits.sort(key=lambda place: published[place], reverse=True)
    return [id_ for place in hits[:limit] for id_ in sorted(statements[place])]


def propose(wanted: str) -> str:
    """The clause that yields every statement `s` that may match."""
    if lucene(wanted):
        return f"CALL db.index.fulltext.queryNodes('{SENTENCES}', $words) YIELD node AS s"
    return "MATCH (s:Statement)"


def lucene(wanted: str) -> str:
    """The query for Neo4j's index, less what begins a word it leaves out; beyond ASCII all goes."""
    words = (re.sub("[^a-z0-9]+", "*", fold(word)) for word in re.findall(r"[^\W_]+", wanted))
    kept = (w for w in words if w != "*" and f" {w}" not in LEFT_OUT)
    return " ".join(f"+*{word}*" for word in kept)


def decide(wanted: str, places: Sequence[Place]) -> list[Place]:
    """The places whose sentences match by SQLite's full text."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(WORDS)
        rows = ((number, sentence) for number, (_, _, sentence) in enumerate(places))
        connection.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", rows)
        found = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (wanted,)).fetchall()
        return [places[number] for (number,) in found]
    finally:
        connection.close()
