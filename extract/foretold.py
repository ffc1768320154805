"""Whom the first lines mean before they name him: "police questioned a former mayor".

A headline or lead calls its person by a trade or office, and the next lines give the name. So a nominal
without "the" means the first person named behind it, as subject of his sentence, unless a title says else.
"Malyk dismissed his defence minister. Stepan Hrytsak had criticised him": a newcomer without a title, who
begins the next sentence, is whom the sentence before told of by his office.
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.lexicon import among, among_definites, words
from extract.model import Mention
from extract.scene import SUBJECTS, Scene, hypernyms, introduced, keys, narrowing

LEAD = 2  # sentences of headline and lead
AHEAD = 2  # sentences in which the name must follow
LEAST = 2  # times the person must be named
OPENING = 3  # tokens before a name that begins its sentence
UNDECIDED = among("undecided")
SAYS = among("says") - {"ask"}
OWN = frozenset({"he", "she", "his", "her", "him", "i", "my"})
TOLD = SUBJECTS | {"dobj", "dative", "pobj", "poss"}


def foretold(scene: Scene, token: Token) -> Mention | None:
    """The person that "a former mayor" in the lead will turn out to be."""
    here = scene.sentence[token.i]
    if here >= LEAD or token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.children):
        return None
    named = [m for m in scene.cast.mentions if m.type == "PERSON" and m.kind == "name"]
    if not named or not here < scene.sentence[named[0].head] <= here + AHEAD:
        return None
    first = named[0]
    times = sum(m.name == first.name for m in named)
    known = times >= LEAST and _begins(scene, first, "ROOT") and _agrees(scene, first, token)
    return first if known else None


def newcomer(scene: Scene, token: Token) -> Mention | None:
    """Who begins the next sentence without a title, right after "its leader" or "a Danish nurse" was told.

    A title that the article gives somebody, or a second one told of in the sentence, leaves it open.
    """
    if token.dep_ not in TOLD or any(child.dep_ in ("conj", "appos") for child in token.children):
        return None
    here = scene.sentence[token.i]
    last = token.sent.end
    following = scene.cast.inside(last, len(scene.doc))
    first = next((m for m in following if m.type == "PERSON" and m.kind == "name"), None)
    if first is None or not here < scene.sentence[first.head] <= here + AHEAD:
        return None
    before = {m.name for m in scene.cast.mentions if m.head < first.head}
    if first.name not in before and not _late(scene, token) and _styled(scene, first, token):
        return first
    if scene.sentence[first.head] != here + 1 or not _begins(scene, first):
        return None
    if first.name in before or _titled(scene, first) or _speaks(scene, first) or len(first.name.split()) < 2:
        return None
    others = (t for t in scene.doc[token.sent.start : last] if t != token)
    return None if any(map(_person, others)) else first


def _late(scene: Scene, token: Token) -> bool:
    """Whether a noun with "the" stands in no lead, so that it takes up somebody rather than tells of him."""
    pointed = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    return pointed and scene.sentence[token.i] > LEAD


def _styled(scene: Scene, name: Mention, token: Token) -> bool:
    """Whether the same noun comes with a name as its title: "its ambassador" before "The ambassador, X"."""
    head = scene.doc[name.head]
    titles = [c for c in head.children if c.dep_ == "appos"]
    titles += [head.head] if head.dep_ == "appos" else []
    titles += [scene.doc[name.first - 1]] if name.first else []
    lands = {key for phrase in introduced(scene.doc, name) for key in keys(phrase) if key in scene.states}
    marks = keys(c for c in token.lefts if c.dep_ == "amod")
    return keys([token]) in [keys([title]) for title in titles] and lands <= marks


def _person(token: Token) -> bool:
    """Whether a noun tells of one person whom no name follows: "a judge"."""
    lemma = token.lemma_.lower()
    known = words().titles | among_definites("private") | among("characters")
    return (
        token.tag_ == "NN"
        and lemma in known
        and token.dep_ in TOLD
        and not any(child.dep_ == "appos" for child in token.children)
    )


def _begins(scene: Scene, name: Mention, *deps: str) -> bool:
    """Whether a name is the subject with which its sentence begins."""
    soon = scene.doc[name.first].sent.start + OPENING > name.first
    return soon and scene.doc[name.head].dep_ in (*SUBJECTS, *deps)


def _titled(scene: Scene, name: Mention) -> bool:
    """Whether the article says what a person is, anywhere."""
    known = words().titles | among_definites("private") | among("characters") | among_definites("kin")
    return bool(scene.described[name.name] & known)


def _speaks(scene: Scene, name: Mention) -> bool:
    """Whether a name is that of somebody who only says what happened, to others than himself."""
    verb = scene.doc[name.head].head
    return verb.lemma_ in SAYS and not any(t.lower_ in OWN for t in verb.subtree)


def learn(scene: Scene, name: Mention, token: Token) -> Mention:
    """Note that a person is called by the noun and what stands before it; the person."""
    said = keys(t for t in (*token.lefts, token) if t.dep_ in ("amod", "compound", "nmod") or t == token)
    scene.exact[name.name] |= said
    known = said | {above for key in said for above in hypernyms().get(key, ())}
    scene.described[name.name] |= known
    for key in known:
        scene.called[key].setdefault(name.name, name)
    if (whole := _belonging(scene, token)) is not None:
        scene.belongs.setdefault(name.name, whole)
    return name


def _belonging(scene: Scene, token: Token) -> Mention | None:
    """The body or state that a noun's owner or "of" says its bearer belongs to."""
    links = (c for c in token.children if c.dep_ == "prep" and c.lower_ == "of")
    owners = [c for link in links for c in link.children if c.dep_ == "pobj"]
    owners += [c for c in token.children if c.dep_ == "poss"]
    found = (scene.headed.get(c.i) or scene.cast.headed(c.i) for c in owners)
    return next((m for m in found if m is not None and m.type in ("ORG", "STATE", "GROUP")), None)


def told_of(token: Token) -> bool:
    """Whether words say whose or which one a noun means: "the head of the bank", "the teacher who fled"."""
    return any(narrowing(c) or c.dep_ in ("poss", "amod", "compound", "nmod") for c in token.children) or any(
        c.dep_ == "prep" and c.lower_ in ("of", "for", "at", "to") for c in token.children
    )


def _agrees(scene: Scene, first: Mention, token: Token) -> bool:
    """Whether nothing that the name comes with speaks against what the lead calls its bearer."""
    said = {key for phrase in introduced(scene.doc, first) for key in keys(phrase)}
    called = (said & words().titles) - UNDECIDED
    mine = keys([token])
    wider = {above for key in mine for above in hypernyms().get(key, ())}
    return not called or bool((mine | wider) & called)
