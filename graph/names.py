"""Names taken apart: titles, generation, script; the word lists that tell what is part of a name.

Names are compared by graph.persons, graph.eastern and graph.bodies, words by their sound (graph.sounds). That
found as many labelled pairs as OpenSanctions' rigour with its name lists did, without the 8 s and 400 MB
these take to load; rigour's territories are used (graph.places).
A Match with `clash` holds two actors apart whatever else speaks for them (Jr and Sr, two patronymics).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from anyascii import anyascii

from extract.model import ActorType
from graph import sounds

DATA = Path(__file__).parent / "data"

BARE = "bare"

ASCII = {ord(c): None if c in "'`." else " " for c in map(chr, range(128)) if not c.isalnum()}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, as compared."""

    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart; `titles` stood before it, `generation` behind it."""

    name: str
    type: ActorType
    words: tuple[Word, ...]
    titles: tuple[str, ...]
    generation: str
    script: str

    @property
    def bare(self) -> bool:
        """Whether it is one word, or an acronym: enough to hint at somebody, too little to tell who."""
        return len(self.words) < 2 and self.script == "letters"


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are, and why."""

    score: float
    rule: str
    clash: bool = False


NOTHING = Match(0.0, "")


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The word lists by name."""
    with (DATA / "words.toml").open("rb") as file:
        tables: dict[str, dict[str, str]] = tomllib.load(file)
    tables.pop("translations")
    tables.pop("nicknames")
    return {key: frozenset(comma(text)) for table in tables.values() for key, text in table.items()}


@lru_cache(maxsize=1)
def translations() -> dict[str, str]:
    """English by foreign word, for bodies' names."""
    with (DATA / "words.toml").open("rb") as file:
        table = tomllib.load(file)["translations"]
    return {word: plain(english) for english, text in table.items() for word in comma(text)}


@lru_cache(maxsize=1)
def nicknames() -> dict[str, str]:
    """The full first name of each short one."""
    with (DATA / "words.toml").open("rb") as file:
        table = tomllib.load(file)["nicknames"]
    return {short: plain(whole) for whole, text in table.items() for short in comma(text)}


def nickname(word: str) -> str:
    """The first name a word is short for; else the word."""
    return nicknames().get(word, word)


def comma(text: str) -> Iterator[str]:
    """The entries of a comma list."""
    return (plain(part) for part in text.split(",") if part.strip())


def plain(text: str) -> str:
    """Small letters without accents, apostrophes or hyphens; other scripts keep their letters."""
    if text.isascii():
        return " ".join(text.lower().translate(ASCII).split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    bare = re.sub(r"[’'`ʼʻʿʾ.]", "", bare.casefold().replace("ı", "i"))
    bare = re.sub(r"[^\w]|_", " ", bare)
    if bare and not bare.isascii() and not any(ord(c) > 0x24F for c in bare):
        bare = anyascii(bare).lower()
    return " ".join(re.sub(r"[^\w]|_", " ", bare).split())


@lru_cache(maxsize=100_000)
def read(name: str, type_: ActorType) -> Form:
    """Take a name apart."""
    script = "han" if sounds.HAN.search(name) else "hangul" if sounds.HANGUL.search(name) else "letters"
    words = plain(name).split()
    titles: list[str] = []
    generation = ""
    if type_ == "PERSON":
        while len(words) > 1 and words[0] in lists()["titles"] and not (words[0] == "ma" and len(words) > 2):
            titles.append(words.pop(0))
        if len(words) > 1 and words[-1] in lists()["generations"]:
            generation = words.pop()[:2]
    return Form(
        name=name,
        type=type_,
        words=tuple(map(Word, words)),
        titles=tuple(titles),
        generation=generation,
        script=script,
    )
