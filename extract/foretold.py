"""Whom the first lines mean before they name him: "police questioned a former mayor".

A headline or lead calls its person by a trade or office, and the next lines give the name. So a nominal
without "the" means the first person named behind it, as subject of his sentence, unless a title says else.
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.lexicon import among, words
from extract.model import Mention
from extract.scene import SUBJECTS, Scene, hypernyms, introduced, keys

LEAD = 2  # sentences of headline and lead
AHEAD = 2  # sentences in which the name must follow
LEAST = 2  # times the person must be named
UNDECIDED = among("undecided")


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
    subject = (
        scene.doc[first.head].dep_ in (*SUBJECTS, "ROOT")
        and scene.doc[first.first].sent.start + 3 > first.first
    )
    return first if times >= LEAST and subject and _agrees(scene, first, token) else None


def _agrees(scene: Scene, first: Mention, token: Token) -> bool:
    """Whether nothing that the name comes with speaks against what the lead calls its bearer."""
    said = {key for phrase in introduced(scene.doc, first) for key in keys(phrase)}
    called = (said & words().titles) - UNDECIDED
    mine = keys([token])
    wider = {above for key in mine for above in hypernyms().get(key, ())}
    return not called or bool((mine | wider) & called)
