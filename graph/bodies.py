"""Names of organisations, groups, states and places compared: legal forms aside, in English, by acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from anyascii import anyascii

from graph import sounds
from graph.names import NOTHING, Form, Match, lists, plain, translations

WHOLE = {"us": "united states", "un": "united nations", "uk": "united kingdom", "eu": "european union"}


def english(words: Iterable[str]) -> tuple[str, ...]:
    """The words put into English where the table knows them, small ones left out."""
    return tuple(sorted(translations().get(w, w) for w in words if w not in lists()["small"]))


def compare_bodies(left: Form, right: Form) -> Match:
    """Two names of bodies: the same words, legal forms aside, or one the acronym of the other."""
    ours, theirs = core(left), core(right)
    if ours and ours == theirs:
        return Match(0.97, "same name but for its form")
    if acronym_of(left, right) or acronym_of(right, left):
        return Match(0.9, "acronym")
    if max(len(ours), len(theirs)) > 1 and english(ours) == english(theirs) != ():
        return Match(0.92, "translation")
    if foreign_acronym(left, right) or foreign_acronym(right, left):
        return Match(0.88, "acronym of the translation")
    if "STATE" in (left.type, right.type):
        return NOTHING
    if "han" in (left.script, right.script):
        same = sounds.pinyin(left.name) == sounds.pinyin(right.name)
        return Match(0.9, "Chinese characters and pinyin") if same else NOTHING
    return spelled_alike(ours, theirs)


def core(form: Form) -> tuple[str, ...]:
    """The words that tell the body: no legal form, no article, US and UN in full."""
    words = tuple(part for w in form.words for part in WHOLE.get(w.text, w.text).split())
    if len(form.words) < 2:
        words = tuple(w.text for w in form.words)
    skip = lists()["legal"] | (lists()["particles"] - {"st", "saint"})
    return tuple(w for w in words if w not in skip) or words


def spelled_alike(ours: Sequence[str], theirs: Sequence[str]) -> Match:
    """Each word a spelling of its counterpart: short words and known different ones never are."""
    if len(ours) != len(theirs):
        one, two = "".join(ours), "".join(theirs)
        joined = sounds.likeness(one, two)
        alike = joined >= 0.95 and min(len(one), len(two)) > 6
        return Match(round(0.93 * joined, 3), "spellings of one name") if alike else NOTHING
    scores = [word_likeness(a, b) for a, b in zip(ours, theirs, strict=True)]
    if not scores or min(scores) < 0.93:
        return NOTHING
    return Match(round(0.95 * sum(scores) / len(scores), 3), "spellings of one name")


def word_likeness(left: str, right: str) -> float:
    """Spellings of a word of a body's name: equal, or alike in sound and not just in letters."""
    if left == right:
        return 1.0
    if min(len(left), len(right)) < 5 and not sounds.SEMITIC.search(left + right):
        return 0.95 if sounds.sound(left) == sounds.sound(right) and len(left) > 3 else 0.0
    return sounds.likeness(left, right)


def acronym_of(short: Form, long: Form) -> bool:
    """Whether one is made of the other's initials, small words taken or left."""
    return len(short.words) == 1 < len(long.words) and bool(initials(short) & initials(long))


def foreign_acronym(short: Form, long: Form) -> bool:
    """Whether one has the initials of the other's English name, in any order."""
    if len(short.words) != 1 or len(long.words) < 3:
        return False
    words = english(w.text for w in long.words)
    given = tuple(sorted(w.text for w in long.words if w.text not in lists()["small"]))
    return words != given and any(sorted(a) == sorted(w[0].upper() for w in words) for a in initials(short))


@lru_cache(maxsize=100_000)
def initials(form: Form) -> frozenset[str]:
    """The acronyms a name can have; an acronym has itself."""
    words = anyascii(form.name).replace("-", " ").replace("'", " ").split()
    big = [w for w in words if plain(w) not in lists()["small"] and w[:1].isalpha()]
    if len(words) == 1:
        letters = re.sub(r"[^A-Z]", "", words[0])
        small = sum(map(str.isalpha, words[0])) - len(letters)
        return frozenset({letters} if 1 < len(letters) < 9 and small < 2 else ())
    if len(big) < 2:
        return frozenset()
    made = {
        "".join(w[0] for w in part).upper() for part in (words, big, [w for w in words if w[:1].isupper()])
    }
    return frozenset(letters for letters in made if 1 < len(letters) < 9)
