"""What the words around a name tell of its bearer: states, offices, trade, and what kind of actor it is.

read("Bank of England governor") -> Context(states={"gb"}, offices={"bank"}, kinds={"PERSON"}, ...)
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from extract.model import ActorType
from graph import places
from graph.names import DATA, comma, plain

LONGEST = 5  # words of a territory's name


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a name's bearer; empty sets where nothing is."""

    states: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __or__(self, other: Context) -> Context:
        return Context(
            self.states | other.states,
            self.offices | other.offices,
            self.fields | other.fields,
            self.kinds | other.kinds,
        )


NOTHING = Context()


@lru_cache(maxsize=1)
def tables() -> dict[str, dict[str, str]]:
    """For each sense (offices, fields, kinds) the class of every word or phrase."""
    with (DATA / "contexts.toml").open("rb") as file:
        raw: dict[str, dict[str, str]] = tomllib.load(file)
    return {
        sense: {w: name for name, text in rows.items() for w in comma(text)} for sense, rows in raw.items()
    }


@lru_cache(maxsize=100_000)
def read(text: str) -> Context:
    """Everything a description tells."""
    if not text.strip():
        return NOTHING
    words = plain(text).split()
    small = {plain(w) for w in re.findall(r"\w[\w’'.\-]*", text) if w[:1].islower()}
    capital = set(words) - small
    kinds = {kind for word, kind in find(words, "kinds") if kind == "PERSON" or set(word.split()) & small}
    return Context(
        states=frozenset(find_states(words, capital)),
        offices=frozenset(office for _, office in find(words, "offices")),
        fields=frozenset(field for _, field in find(words, "fields")),
        kinds=frozenset(kinds),
    )


def find(words: list[str], sense: str) -> list[tuple[str, str]]:
    """Words and phrases of a text with their classes; a phrase hides its words."""
    table, found, i = tables()[sense], [], 0
    while i < len(words):
        for size in (3, 2, 1):
            phrase = " ".join(words[i : i + size])
            hit = table.get(phrase)
            if not hit and (hit := table.get(phrase.removesuffix("s"))) == "PERSON":
                hit = None
            if hit:
                found.append((phrase, hit))
                i += size - 1
                break
        i += 1
    return found


def find_states(words: list[str], capital: set[str]) -> Counter[str]:
    """States named, or meant by a people, a region or a town; small words are no places."""
    found: Counter[str] = Counter()
    i = 0
    while i < len(words):
        step = 1
        for size in range(min(LONGEST, len(words) - i), 0, -1):
            phrase = " ".join(words[i : i + size])
            if state := state_of(phrase, size == 1 and not (set(phrase.split()) & capital)):
                found[state] += 1
                step = size
                break
        i += step
    return found


@lru_cache(maxsize=100_000)
def state_of(phrase: str, small: bool) -> str | None:
    """The state of a territory, a people or a town; a small-lettered Latin word is none."""
    if small and phrase.isascii():
        return None
    if code := places.territory(phrase):
        return places.parents().get(code, code) if len(phrase) > 2 or phrase in ("us", "uk") else None
    if len(phrase) < places.SHORTEST and phrase.isascii():
        return None
    meant = places.town(phrase, ())
    if meant is None or meant.population < 100_000:
        return None
    sure = meant.name == phrase or meant.population > 1_000_000 or not phrase.isascii()
    return meant.country if sure else None


def kind_of(name: str, context: Context, default: ActorType) -> ActorType:
    """The type a reader would give: the context's word for it, else a state's or town's own name."""
    words = plain(name).split()
    kinds = context.kinds
    single = len(kinds) == 1 and len(words) == 1 and {default, *kinds} != {"ORG", "GROUP"}
    if kinds == {"PERSON"} or single:
        (only,) = kinds
        return only  # type: ignore[return-value]
    if default == "PERSON" and len(words) == 1 and not kinds:
        code = places.territory(name)
        if code:
            return "STATE" if code == places.parents().get(code) else "PLACE"
        if (
            context.states
            and not context.offices
            and any(t.country in context.states for t in places.towns(name))
        ):
            return "PLACE"
    return default
