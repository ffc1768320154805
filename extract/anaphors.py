"""Which pronouns and nouns may stand for somebody named elsewhere, and what their words tell of whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from extract.binding import bearers, beneath, partners
from extract.crowds import HUMAN, NATIONAL
from extract.definites import callings, narrows
from extract.doers import beside
from extract.fitting import stand_ins
from extract.lexicon import among, among_definites, words
from extract.model import Mention
from extract.nominals import IGNORED, OPPOSITES, UNKNOWN, has_name
from extract.scene import SUBJECTS, Scene, keys
from extract.together import OTHERS

PRONOUNS = {"he": "he", "him": "he", "his": "he", "himself": "he"} | {
    form: "she" for form in ("she", "her", "hers", "herself")
}
POINTING = frozenset({"the", "this", "that", "these", "those"})
DEFINITE = frozenset({"the", "whose"})
INDEFINITE = frozenset({"bare"})
WHEN = frozenset({"DATE", "TIME"})
ASIDE = frozenset({"compound", "nmod", "appos", "attr", "oprd"})
OBJECTS = frozenset({"dobj", "dative"})
MARKS = frozenset({"amod", "compound", "nmod"})
LEAD = 3  # sentences of headline and lead, whose nouns may mean whom the next ones name


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or noun that may stand for somebody, with what its words and their places tell."""

    token: Token
    sort: str
    noun: str
    opener: str
    role: str
    told: frozenset[str]
    marks: frozenset[str]
    names: frozenset[str]
    narrowed: bool
    barred: frozenset[str]
    likely: frozenset[str]
    owner: Mention | None


@lru_cache(maxsize=1)
def _bodily() -> frozenset[str]:
    """Nouns that call a body."""
    known = {noun for noun, kind in stand_ins().items() if kind == "organisation"}
    last = {noun.split()[-1] for noun in callings()}
    return frozenset(known | last | among_definites("official") | NATIONAL | among("bodily"))


def sort_of(scene: Scene, token: Token) -> str | None:
    """What sort of anaphor a token is; None if it is none, or none that the ranker judges."""
    if token.lower_ in PRONOUNS:
        return PRONOUNS[token.lower_]
    if token.dep_ in ASIDE:
        return None
    sort = _sort(token)
    if sort is None or _apart(token) or _goes_on(token) or has_name(scene, token):
        return None
    how = opener(token)
    lead = scene.sentence[token.i] < LEAD and how in INDEFINITE
    return sort if lead or how in DEFINITE else None


def _apart(token: Token) -> bool:
    """Whether a noun's own words or the rules alone tell who is meant: "the other state", "his host"."""
    strangers = OTHERS | UNKNOWN
    return token.lemma_.lower() in OPPOSITES or any(
        c.lower_ in strangers or narrows(c) for c in token.children
    )


def _goes_on(token: Token) -> bool:
    """Whether the next word belongs to the same name or noun: "executive director Greg Walsh"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return following.pos_ in ("NOUN", "PROPN") and following != token and following.ent_type_ not in WHEN


def _sort(token: Token) -> str | None:
    lemma, known = token.lemma_.lower(), words()
    if token.tag_ in ("NNS", "NNPS"):
        return "people" if lemma in known.groups or lemma in HUMAN or lemma in known.titles else None
    if token.tag_ not in ("NN", "NNP"):
        return None
    kind = stand_ins().get(lemma)
    if kind == "state" or lemma in known.governments:
        return "state"
    if kind == "place":
        return None
    if lemma in _bodily():
        return "body"
    return "person" if lemma in known.titles or kind == "person" or lemma in HUMAN else None


def opener(token: Token) -> str:
    """How a noun phrase opens: "the", "a", "whose" with a genitive, "other" or "bare"."""
    for child in token.children:
        if child.i >= token.i:
            break
        if child.dep_ == "poss":
            return "whose"
        if child.lower_ in POINTING:
            return "the"
        if child.lower_ in ("a", "an"):
            return "a"
        if child.dep_ in ("det", "nummod"):
            return "other"
    return "bare"


def role_of(token: Token) -> str:
    """As what a noun takes part: subject, object, behind a preposition, owner."""
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ in OBJECTS:
        return "object"
    return token.dep_ if token.dep_ in ("pobj", "poss", "conj", "compound") else "other"


def read(scene: Scene, token: Token, sort: str) -> Anaphor:
    """An anaphor of that sort with what its words and their places tell."""
    pronoun = sort in ("he", "she")
    likely, barred = bearers(scene, token)
    barred = barred | beneath(scene, token)
    marks: list[Token] = []
    if not pronoun:
        apart = beside(scene, token) if token.dep_ in ("dobj", "pobj") else frozenset()
        within = scene.cast.inside(token.left_edge.i, token.right_edge.i + 1)
        barred = barred | partners(scene, token) | apart | {m.name for m in within}
        marks = [c for c in token.children if c.dep_ in MARKS and c.i < token.i]
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    return Anaphor(
        token=token,
        sort=sort,
        noun=token.lower_ if pronoun else token.lemma_.lower(),
        opener="" if pronoun else opener(token),
        role=role_of(token),
        told=frozenset() if pronoun else frozenset(keys([token])),
        marks=frozenset(keys(marks) - IGNORED) if marks else frozenset(),
        names=frozenset(t.lower_ for t in marks if t.pos_ == "PROPN" and not keys([t]) & scene.states.keys()),
        narrowed=any(c.dep_ in ("relcl", "prep", "acl") and c.i > token.i for c in token.children),
        barred=frozenset(barred),
        likely=frozenset(likely),
        owner=scene.headed.get(owner.i) if owner is not None else None,
    )
