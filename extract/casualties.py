"""Whom an attack struck, where the clause above tells it: "were killed when rebels ambushed their convoy"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.coreference import Cast
from extract.culprits import blamed, having_part, responsible
from extract.event_nouns import noun_sense
from extract.ontology import Ontology
from extract.parties import Party
from extract.subjects import subject_tokens, subjects

HARMED = frozenset({"kill", "wound", "injure", "hurt", "maim", "shoot", "slay", "burn", "bury", "hit"})
DYING = frozenset({"die", "perish"})
OPENERS = frozenset({"when", "as", "after"})


def is_cause(verb: Token) -> bool:
    """Whether the verb tells how those of the clause above came to harm."""
    above = verb.head
    if verb.dep_ != "advcl" or verb.i < above.i or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    harmed = above.lemma_ in DYING or (above.lemma_ in HARMED and (clauses.passive(above) or _counted(above)))
    opened = any(c.lower_ in OPENERS and c.dep_ in ("advmod", "mark") for c in verb.children)
    return harmed and opened and not any(c.dep_ == "neg" for c in above.children)


def struck(verb: Token, known: list[Party], cast: Cast, words: Ontology) -> Iterator[Party]:
    """Who came to harm in the clause above, unless the attack's own clause names them."""
    named = {party.mention.name for party in known}
    above = verb.head
    for party in subjects(above.head if _counted(above) else above, words, cast):
        if party.through in ("head", "apposition") and party.mention.name not in named:
            yield replace(party, slot="object", way="above")


def by_deed(verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Who did the deed that is the subject: "accused Russia of a raid that killed six of its men"."""
    for noun, way in subject_tokens(verb, words):
        sense = noun_sense(noun, words)
        if (
            sense is not None
            and sense.code == "ASSAULT"
            and way in ("own", "relative", "shared", "participle")
        ):
            yield from (
                replace(p, slot="subject", way="deed")
                for p in (
                    *blamed(noun, cast, words)[0],
                    *having_part(noun, cast, words),
                    *responsible(noun, sense, cast, words),
                )
            )


def _counted(verb: Token) -> bool:
    """Whether a number stands for those named before: "soldiers were killed and two wounded"."""
    numbers = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "NUM")
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and any(numbers)
