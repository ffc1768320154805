"""Who goes by several names that no rule of spelling joins: acronyms of two languages, noms de guerre.

The table (data/aliases.toml) is general knowledge; a name that two entries share tells nobody.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import lru_cache

from extract.model import ActorType
from graph.names import DATA, lists, plain


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], frozenset[str]]:
    """Entries by kind (persons, bodies, places) and name."""
    with (DATA / "aliases.toml").open("rb") as file:
        raw: dict[str, dict[str, str]] = tomllib.load(file)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, rows in raw.items():
        for name, others in rows.items():
            for form in (name, *others.split(",")):
                found[kind, key(form)].add(name)
    return {form: frozenset(names) for form, names in found.items()}


def key(name: str) -> str:
    """The form names are looked up in: without articles, titles and the like."""
    words = [w for w in plain(name).split() if w not in ("the", "al", "el", "ul")]
    while len(words) > 2 and words[0] in lists()["titles"]:
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=100_000)
def known_as(name: str, type_: ActorType) -> str | None:
    """The entry a name belongs to, when there is just one."""
    kind = {"PERSON": "persons", "PLACE": "places", "STATE": "states"}.get(type_, "bodies")
    found = table().get((kind, key(name)), frozenset())
    return next(iter(found)) if len(found) == 1 else None
