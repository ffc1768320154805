"""Keys that two names share when they are worth comparing; a name meets a few others, not all.

Whole names of every kind meet where they are spelled alike, persons' also over two words' sounds, bare ones
over one; bodies over all their consonants or their initials; states and places over what the gazetteer says.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from anyascii import anyascii

from extract.model import ActorType
from graph import aliases, places, sounds
from graph.bodies import core, english, initials
from graph.eastern import pinyin_forms
from graph.judging import BODIES, Profile, spot
from graph.names import Form, lists, nickname, plain

COARSE = str.maketrans("gzdvpfJ", "kstbbbC")
WORD, WHOLE = 4, 6  # consonants that count of one word, and of all words of a name written as one


def block_keys(profile: Profile) -> list[str]:
    """All keys of a whole name, sorted."""
    kind = "b" if profile.type in BODIES else "p" if profile.type == "PERSON" else "s"
    known = aliases.known_as(profile.name, profile.type)
    found = {f"={plain(profile.name)}"} | ({f"{kind}@{known}"} if known else set())
    if kind == "p":
        return sorted(found | set(person_keys(profile.form)) | set(bare_keys(profile)))
    if kind == "s":
        found |= {f"s@{x}" for x in (places.territory(profile.name), spot(profile)) if x}
    words = core(profile.form)
    found.add(f"{kind}-" + "".join(code(w) for w in words))
    found.add(f"{kind}-" + code("".join(words), WHOLE))
    if kind == "b":
        found |= set(bare_keys(profile)) | {"b&" + "+".join(english(words))}
    return sorted(found)


def person_keys(form: Form) -> list[str]:
    """Two words' codes together, in either order; a whole Chinese or Korean name; the first initial."""
    words = [nickname(w.text) for w in form.words if w.text not in lists()["particles"]]
    words = words or [w.text for w in form.words]
    found = ["p-" + code("".join(words), WHOLE)]
    for one, two in itertools.combinations(words, 2):
        found.append("p~" + "+".join(sorted((code(one), code(two)))))
        found.append("p^" + "+".join(sorted((one[:1], code(two)))))
    if form.script != "letters" or (1 < len(words) < 4 and max(map(len, words)) < 8):
        found += [f"p%{x}" for x in (*pinyin_forms(form), sounds.korean(form.name))]
    return found


def bare_keys(profile: Profile) -> tuple[str, ...]:
    """Keys by which a bare name meets whole ones: one word's code, or an acronym's letters."""
    return keys_of_words(profile.name, profile.type)


@lru_cache(maxsize=200_000)
def keys_of_words(name: str, type_: ActorType) -> tuple[str, ...]:
    """The same by name and type."""
    return tuple(sorted(set(find_bare_keys(Profile(name, type_)))))


def find_bare_keys(profile: Profile) -> list[str]:
    """The same, computed."""
    if profile.type in BODIES:
        made = set(initials(profile.form))
        if len(profile.form.words) > 2:
            made.add("".join(w[0].upper() for w in english(w.text for w in profile.form.words)))
        return sorted(
            {f"b+{letters}" for letters in made} | {f"b+{''.join(sorted(letters))}" for letters in made}
        )
    words = [nickname(w.text) for w in profile.form.words if w.text not in lists()["particles"]]
    words = words or [w.text for w in profile.form.words]
    return ["p1" + code(w) for w in words] if profile.type == "PERSON" else []


@lru_cache(maxsize=200_000)
def code(word: str, length: int = WORD) -> str:
    """A word's first consonants, those that transliterations mix up made one."""
    text = sounds.bones(word) or re.sub(r"[^a-z]", "", anyascii(word).lower())[:1] or word
    return re.sub(r"(.)\1+", r"\1", text.translate(COARSE))[:length]
