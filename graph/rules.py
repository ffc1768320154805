"""By which rules actors and edges were computed: others than today's compute everything anew."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parent


@cache
def rules() -> str:
    """A hash of this package's code and word lists: whatever changed, it may change the answer."""
    found = hashlib.blake2b(digest_size=8)
    for file in sorted([*HOUSE.glob("*.py"), *HOUSE.glob("data/*.toml")]):
        found.update(file.read_bytes())
    return found.hexdigest()


def outdated(db: sqlite3.Connection) -> bool:
    """Whether other rules than today's computed what the file holds."""
    row = db.execute("SELECT value FROM meta WHERE key = 'rules'").fetchone()
    return row is not None and row[0] != rules()


def note(db: sqlite3.Connection) -> None:
    """Note that today's rules computed everything."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('rules', ?)", (rules(),))
