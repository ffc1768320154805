"""Headlines In Capitals Throughout, put into ordinary letters so that the model can read them.

A capital says nothing there, so a word keeps it only if it is a name elsewhere: written with a capital inside
a sentence of the text, or never in small letters and no word of the vocabulary. HEADLINES ALL IN CAPITALS
keep acronyms, too. Lengths do not change.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

from extract import ontology
from extract.gazetteer import fold, load, split, table

LONGEST = 160  # characters of a headline
CAPITALS = 0.7  # share of its long words that a headline in title case has in capitals
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][^\W\d_]+")
CAPITAL = re.compile(r"\b[A-Z][a-z]+\b")
ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
SMALL = re.compile(r"(?<![\w'])[a-z][^\W\d_]+")


def uncapitalised(text: str) -> str:
    """The text with its title-case lines in ordinary letters."""
    lines = text.split("\n")
    titled = [n for n, line in enumerate(lines) if _titled(line)]
    shouted = [n for n, line in enumerate(lines) if _shouted(line)]
    if not (titled or shouted) or len(titled) + len(shouted) > 8:
        return text
    body = "\n".join(line for n, line in enumerate(lines) if n not in {*titled, *shouted})
    names, small = set(INSIDE.findall(body)), set(SMALL.findall(body))
    if shouted:
        acronyms = set(ACRONYM.findall(body))
        known = {word for word in CAPITAL.findall(body) if word.lower() not in small}
        for n in shouted:
            lines[n] = WORD.sub(lambda found: _lowered(found, known, acronyms), lines[n])
    for n in titled:
        lines[n] = WORD.sub(lambda found: _plain(found, names, small), lines[n])
    return "\n".join(lines)


def _titled(line: str) -> bool:
    """Whether a line is a headline in title case: short, unended, capitals on nearly all long words."""
    if not line or len(line) > LONGEST or line.rstrip()[-1:] in ".!?:;,\"'":
        return False
    long = [word for word in WORD.findall(line) if len(word) > 3]
    return len(long) >= 4 and sum(word[0].isupper() and not word.isupper() for word in long) > CAPITALS * len(
        long
    )


def _shouted(line: str) -> bool:
    """Whether a line is a headline all in capitals: three words at least, none in small letters."""
    if not line.isupper() or len(line) > LONGEST or line.rstrip()[-1:] in ".:;,":
        return False
    return sum(len(word) > 2 for word in WORD.findall(line)) >= 3


def _lowered(found: re.Match[str], names: set[str], acronyms: set[str]) -> str:
    """A word of a line in capitals as the text has it: an acronym, a name, else in small letters."""
    word, low = found.group(), found.group().lower()
    bare = low.removesuffix("'s")
    if word in acronyms or (len(bare) < 6 and fold(bare) in load().organisations):
        return word
    named = bare.capitalize() in names or _known(low) or not names
    return word[0] + low[1:] if named or not found.start() else low


def _plain(found: re.Match[str], names: set[str], small: set[str]) -> str:
    word = found.group()
    if not found.start() or not word[0].isupper() or word.isupper() or word in names or _known(fold(word)):
        return word
    low = word.lower()
    return low if low in small or low + "s" in small or _common(low) or _stem(low) in small else word


def _stem(word: str) -> str:
    return word.removesuffix("s")


@lru_cache(maxsize=4096)
def _known(form: str) -> bool:
    places = load()
    form = form.removesuffix("'s")
    return form in places.states or form in places.demonyms or form in places.seats or form in places.peoples


@lru_cache(maxsize=4096)
def _common(word: str) -> bool:
    """Whether the vocabulary has the word or what it is inflected from."""
    stems = {word}
    for ending in ("s", "es", "d", "ed", "ing", "ies"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            stems |= {stem, stem + "e", stem[:-1], stem + "y"}
    return bool(stems & _vocabulary())


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    words = ontology.load()
    titles, nominals = table("titles.toml"), table("nominals.toml")
    lists = [*titles["titles"].values(), titles["modifiers"]["words"]]
    lists += [nominals[name]["words"] for name in ("groups", "governments")]
    known: set[str] = {str(frame[0]) for frame in (*words.verbs, *words.nouns, *words.lights)}
    lists += [nominals["classes"]["little"]]
    lists += [nominals["stand_ins"][kind] for kind in ("organisation", "person", "place")]
    irregular = {word for forms in table("inflections.toml")["irregular"].values() for word in forms.split()}
    return frozenset(known | irregular | STOP_WORDS | {word for text in lists for word in split(text)})
