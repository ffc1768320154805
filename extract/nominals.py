"""Whom "the minister", "the two sides" and "its troops" mean: by what the article says of its actors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from extract.gazetteer import fold, load, split, table
from extract.lexicon import among, words
from extract.model import ActorType, Mention
from extract.scene import Scene, keys, near

PAIRS = frozenset(
    {"side", "country", "party", "leader", "nation", "state", "man", "minister", "president", "government"}
)
DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})
NOMINAL_REACH = 12
REACH = 4  # sentences that a pronoun looks back


@lru_cache(maxsize=1)
def stand_ins() -> dict[str, str]:
    """Lemma of a common noun → what it can stand for: organisation, state, person."""
    rows = table("nominals.toml")["stand_ins"]
    return {word: kind for kind in ("person", "state", "organisation", "place") for word in split(rows[kind])}


def body(scene: Scene, token: Token) -> Mention | None:
    """The organisation that "committee" means in "Committee Chairman Henry Hyde"."""
    lemma = token.lemma_.lower()
    if stand_ins().get(lemma) != "organisation":
        return None
    return next(
        (m for m in reversed(scene.past) if m.type in ("ORG", "GROUP") and lemma in fold(m.name).split()),
        None,
    )


def pair(scene: Scene, token: Token, types: tuple[ActorType, ...]) -> list[Mention]:
    """The two actors joined by "and" in the latest sentences: whom "they" and "both sides" mean."""
    for mention in near(scene, token, 1):
        head = scene.doc[mention.head]
        if head.dep_ != "conj" or mention.type not in types:
            continue
        for other in scene.past:
            if other.head == head.head.i and other.type == mention.type and other.name != mention.name:
                return [other, mention]
    return _both_of_last(scene, token, types)


def _both_of_last(scene: Scene, token: Token, types: tuple[ActorType, ...]) -> list[Mention]:
    """The two actors of one type in the sentence before, when it has just two."""
    here = scene.sentence[token.i]
    for wanted in types:
        found = {
            m.name: m for m in scene.past
            if m.type == wanted and scene.sentence[m.head] == here - 1 and m.kind != "adjective"
        }  # fmt: skip
        if len(found) == 2:
            return list(found.values())
    return []


def nominal(scene: Scene, token: Token) -> Iterator[tuple[int, int, Mention]]:
    """Definite noun phrases that stand for an actor named before: bounds and the actor."""
    low, lemma = token.lower_, token.lemma_.lower()
    first = token.left_edge.i if token.left_edge.i >= token.i - 7 else token.i
    opening = scene.doc[first]
    if low == "latter" and token.i and token.nbor(-1).lower_ == "the":
        past = [m for m in near(scene, token, 1) if m.type in ("PERSON", "ORG", "STATE")]
        if past:
            yield token.i - 1, token.i + 1, past[0]
        return
    between = {t.lower_ for t in scene.doc[first : token.i]}
    if lemma in (
        "side",
        "country",
        "party",
        "leader",
        "nation",
        "state",
        "man",
        "minister",
        "president",
        "government",
        "capital",
    ) and (token.tag_ in ("NNS", "NNPS") and between & {"two", "both"}):
        persons = lemma in ("leader", "man", "minister", "president")
        for actor in pair(scene, token, ("PERSON",) if persons else ("STATE", "ORG", "PERSON")):
            yield first, token.i + 1, actor
        return
    if low in ("two", "pair", "duo") and opening.lower_ == "the" and token.dep_ in ARGUMENTS:
        for actor in pair(scene, token, ("PERSON", "STATE", "ORG")):
            yield first, token.i + 1, actor
        return
    if token.tag_ == "NNS":
        yield from _crowd(scene, token, first)
        return
    if token.tag_ not in ("NN", "NNP") or not _definite(scene, opening, token):
        return
    last = token.i + 1
    if lemma in words().governments and (state := _governed(scene, token)) is not None:
        yield first, last, state
    elif lemma in COLLECTIVES and opening.lower_ == "the" and not _modified(token):
        whole = next(
            (m for m in near(scene, token, NOMINAL_REACH)
             if m.type in ("GROUP", "ORG") and scene.doc[m.head].lemma_.lower() == lemma), None,
        )  # fmt: skip
        if whole is not None:
            yield first, last, whole
    elif lemma in words().titles and not _named(scene, token):
        person = _described(scene, token, first) or _only_person(scene, token)
        if person:
            yield first, last, person
    elif lemma in stand_ins() and not any(child.dep_ in ("relcl", "prep") for child in token.children):
        named = _stood_for(scene, token, first, lemma)
        if named:
            yield first, last, named


def _crowd(scene: Scene, token: Token, first: int) -> Iterator[tuple[int, int, Mention]]:
    """ "its troops", "the rebels", "ordered troops to leave": a group by its owner or as named before."""
    lemma = token.lemma_.lower()
    if lemma not in words().groups:
        return
    modifiers = [
        c for c in token.children if c.dep_ in ("amod", "compound", "nummod", "poss") and c.i < token.i
    ]
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is not None:
        whose = next((m for m in reversed(scene.past) if m.head == owner.i), None)
        whose = whose or _countryman(scene, owner)
        if whose is not None:
            yield first, token.i + 1, _grouped(scene, whose, token, first)
        return
    bare = not any(
        c.dep_ == "det" and c.lower_ not in ("the", "these", "those", "all", "some") for c in token.children
    )
    plain = all(c.dep_ == "nummod" or c.lower_ in PLAIN_CROWD for c in modifiers)
    if not bare or not plain:
        return
    alike = SOLDIERS if lemma in SOLDIERS else {lemma}
    for mention in near(scene, token, NOMINAL_REACH):
        if mention.type == "GROUP" and scene.doc[mention.head].lemma_.lower() in alike:
            yield first, token.i + 1, mention
            return
    state = _commander(scene, token)
    if state is not None and lemma in SOLDIERS:
        yield first, token.i + 1, _grouped(scene, state, token, first)


ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj"})
PLAIN_CROWD = among("plain_crowd")
SOLDIERS = among("soldiers")


def _countryman(scene: Scene, owner: Token) -> Mention | None:
    """The state behind "his country's troops": that of the person's title, or named last."""
    if owner.lemma_.lower() not in ("country", "nation"):
        return None
    return next((m for m in near(scene, owner, 1) if m.type == "STATE"), None)


def _commander(scene: Scene, token: Token) -> Mention | None:
    """The state that orders its own soldiers about: subject of the verb they are object of."""
    verb = token.head
    if token.dep_ not in ("dobj", "nsubj") or verb.pos_ != "VERB":
        return None
    if token.dep_ == "nsubj":
        verb = verb.head if verb.dep_ in ("ccomp", "xcomp") else verb
    if verb.lemma_ not in (
        "send",
        "order",
        "deploy",
        "withdraw",
        "pull",
        "mass",
        "move",
        "command",
        "dispatch",
    ):
        return None
    return next(
        (m for m in reversed(scene.past) if m.type == "STATE" and scene.doc[m.head].head == verb), None
    )


def _grouped(scene: Scene, owner: Mention, token: Token, first: int) -> Mention:
    """The owner's group under the name the article gives it, else "Russian troops", "Haftar's troops"."""
    lemma = token.lemma_.lower()
    alike = SOLDIERS if lemma in SOLDIERS else {lemma}
    adjective = next((m.text for m in scene.mentions if m.kind == "adjective" and m.name == owner.name), None)
    for mention in scene.mentions:
        if mention.type == "GROUP" and mention.kind == "nominal" and adjective:
            if mention.text.startswith(adjective) and scene.doc[mention.head].lemma_.lower() in alike:
                return replace(owner, name=mention.name, type="GROUP")
    if owner.type == "STATE" and adjective is None:
        adjective = _adjective(owner.name)
    noun = token.text
    name = f"{adjective} {noun}" if owner.type == "STATE" and adjective else f"{owner.name}'s {noun}"
    return replace(owner, name=name, type="GROUP")


@lru_cache(maxsize=256)
def _adjective(state: str) -> str | None:
    places = load()
    common = places.state(state) or state
    forms = [form for form, name in places.demonyms.items() if name == common and not form.endswith("s")]
    return min(forms, key=lambda form: (len(form), form)).title() if forms else None


COLLECTIVES = among("collectives")


def _modified(token: Token) -> bool:
    return any(child.dep_ in ("amod", "compound", "poss", "relcl", "prep") for child in token.children)


def _governed(scene: Scene, token: Token) -> Mention | None:
    """The state that "Assad's government" means, where he is called Syria's president."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None:
        return None
    whose = next(
        (m for m in reversed(scene.past) if m.first <= owner.i < m.last and m.type == "PERSON"), None
    )
    if whose is None:
        return None
    states = [m for m in scene.mentions if m.type == "STATE" and m.kind == "name"]
    places = load()
    for key in scene.described.get(whose.name, set()):
        found = next((m for m in states if places.state(m.name) == key or m.name == key), None)
        if found is not None:
            return found
    return None


RANKED = among("ranked")


def _only_person(scene: Scene, token: Token) -> Mention | None:
    """The one person of this sentence and the last, for "the field marshal" that no title explains."""
    if token.lemma_.lower() not in RANKED or token.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return None
    if any(token.lemma_.lower() in said for said in scene.described.values()):
        return None
    persons = {m.name: m for m in near(scene, token, 1) if m.type == "PERSON"}
    return next(iter(persons.values())) if len(persons) == 1 else None


def _definite(scene: Scene, opening: Token, token: Token) -> bool:
    possessive = any(child.dep_ == "poss" for child in token.children)
    return opening.lower_ in DEFINITE or possessive


def _named(scene: Scene, token: Token) -> bool:
    """Whether a name follows at once or stands in apposition: then the title is no mention of its own."""
    if token.dep_ in ("compound", "nmod", "appos", "attr", "oprd"):
        return True
    return any(child.dep_ == "appos" for child in token.children)


def _described(scene: Scene, token: Token, first: int) -> Mention | None:
    """The person whose titles hold all words of the nominal, the latest named if several."""
    phrase = list(scene.doc[first : token.i + 1])
    phrase += [
        t
        for t in scene.doc[token.i + 1 : min(token.right_edge.i + 1, token.i + 5)]
        if t.dep_ in ("pobj", "compound", "poss", "amod")
    ]
    wanted = keys(phrase) - {"former", "then", "new", "acting", "late"}
    for mention in near(scene, token, NOMINAL_REACH):
        if mention.type == "PERSON" and wanted <= scene.described.get(mention.name, set()):
            return mention
    return _named_later(scene, wanted) if len(wanted) > 1 else None


def _named_later(scene: Scene, wanted: set[str]) -> Mention | None:
    """The one person whom the article calls so further on."""
    fits = {m.name: m for m in scene.later if wanted <= scene.described.get(m.name, set())}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _stood_for(scene: Scene, token: Token, first: int, lemma: str) -> Mention | None:
    """The latest organisation or state that a common noun can mean."""
    kind = stand_ins()[lemma]
    if scene.doc[first].lower_ not in ("the", "this", "that"):
        return None
    extra = keys(scene.doc[first : token.i]) - {"same"}
    for mention in near(scene, token, REACH):
        text = fold(mention.name).split()
        known = scene.described.get(mention.name, set())
        if kind == "organisation" and mention.type in ("ORG", "GROUP"):
            if lemma in text or lemma in known or (lemma in GENERAL and not extra & {"other"}):
                return mention
        elif kind == "state" and mention.type == "STATE" and not extra:
            return mention
        elif kind == "place" and mention.type == "PLACE" and not extra and _such(mention.name, lemma):
            return mention
    return None


def _such(name: str, lemma: str) -> bool:
    """Whether a place may be called so: a base by its name, a town or region by having no other kind."""
    last = fold(name).split()[-1]
    kinds = words().places
    if last in kinds:
        return last == lemma or lemma.endswith(last) or last.endswith(lemma)
    return lemma in (
        "city",
        "town",
        "village",
        "region",
        "province",
        "peninsula",
        "island",
        "territory",
        "area",
    )


GENERAL = among("general")
