"""Who a clause's subject is, also where it stands elsewhere: before a relative, an infinitive, a participle.

"Haftar, received by Lavrov, promised to visit Geneva": Haftar is received and visits.
"Russia accused Georgia of bombing a village": Georgia bombs.
"Kenya's decision to attack Somalia": Kenya attacks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from spacy.tokens import Token

from extract.clauses import (
    PASSIVE,
    SUBJECTS,
    WH,
    Party,
    antecedent,
    has,
    is_verb,
    objects_of,
    particle,
    parties,
    passive,
)
from extract.coreference import Cast
from extract.ontology import Ontology, Sense

# Prepositions whose gerund belongs to the object: "accused X of bombing", "praised X for helping".
OBJECT_GERUND = frozenset({"of", "from", "for", "into"})


def subject_tokens(verb: Token, words: Ontology, depth: int = 0) -> list[tuple[Token, str]]:
    """The nouns that act as the verb's subject, active or passive, with the way they came."""
    if depth > 6:
        return []
    own = [c for c in verb.children if c.dep_ in SUBJECTS | PASSIVE]
    if own:
        out: list[tuple[Token, str]] = []
        for token in own:
            noun = antecedent(token)
            out.append((noun, "relative") if noun is not None else (token, "own"))
        return out
    head = verb.head
    if head is verb:
        return []
    if (verb.dep_ == "conj" and is_verb(head)) or (head.pos_ == "AUX" and verb.dep_ == "conj"):
        return [(t, "shared") for t, _ in subject_tokens(head, words, depth + 1)]
    if verb.dep_ == "relcl":
        return [(head, "relative")] if not has(verb, "nsubj", "nsubjpass") and not _wh_object(verb) else []
    if verb.dep_ == "acl":
        if verb.tag_ in ("VBN", "VBG", "VBD"):
            return [(head, "participle")]
        return [(t, "control") for t in _noun_controllers(head, words, depth)]
    if verb.dep_ in ("xcomp", "ccomp"):
        return _controllers(verb, head, words, depth)
    if verb.dep_ == "advcl":
        return [(t, "adverbial") for t, _ in subject_tokens(head, words, depth + 1)]
    if verb.dep_ == "pcomp":
        return _gerund_subjects(verb, head, words, depth)
    return []


def _wh_object(verb: Token) -> bool:
    return any(c.tag_ in WH and c.dep_ in ("dobj", "pobj", "attr") for c in verb.children)


def _controllers(verb: Token, head: Token, words: Ontology, depth: int) -> list[tuple[Token, str]]:
    """Who does what an infinitive or gerund complement tells."""
    if head.pos_ == "ADJ" or head.dep_ == "acomp":
        above = head.head
        return [(t, "control") for t, _ in subject_tokens(above, words, depth + 1)]
    if not (is_verb(head) or head.pos_ == "AUX"):
        return []
    sense = governor_sense(head, verb, words)
    objects = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i]
    if passive(head):
        return [(t, "raised") for t, _ in subject_tokens(head, words, depth + 1)]
    if objects and (sense is None or sense.control != "subject"):
        return [(t, "control") for t in objects]
    if sense is not None and sense.control == "object":
        bidden = [t for c in head.children if c.dep_ == "prep" and c.i < verb.i for t in objects_of(c)]
        if bidden:
            return [(t, "control") for t in bidden]
    return [(t, "control") for t, _ in subject_tokens(head, words, depth + 1)]


def governor_sense(head: Token, below: Token, words: Ontology) -> Sense | None:
    """The sense of a verb above another, with its particle and the preposition before it ("call on")."""
    lemma, part = head.lemma_.lower(), particle(head)
    for child in head.children:
        if child.dep_ == "prep" and head.i < child.i < below.i:
            sense = words.verb(lemma, particle=part, preposition=child.lower_)
            if sense is not None and child.lower_ in sense.targets:
                return sense
    return words.verb(lemma, particle=part)


def _noun_controllers(noun: Token, words: Ontology, depth: int) -> Iterator[Token]:
    """Who decides in "Russia's decision to attack", "made an attempt to seize", "came in order to stop"."""
    if noun.lower_ == "order" and noun.dep_ == "pobj" and is_verb(noun.head.head):
        for token, _ in subject_tokens(noun.head.head, words, depth + 1):
            yield token
        return
    owned = [
        c
        for c in noun.children
        if c.dep_ == "poss"
        or (c.dep_ in ("amod", "compound") and c.ent_type_ in ("GPE", "NORP", "ORG", "PERSON"))
    ]
    owned += [t for p in noun.children if p.lower_ in ("by", "of") for t in objects_of(p)]
    yield from owned
    if not owned and noun.dep_ in ("dobj", "attr") and (is_verb(noun.head) or noun.head.pos_ == "AUX"):
        for token, _ in subject_tokens(noun.head, words, depth + 1):
            yield token


def _gerund_subjects(verb: Token, prep: Token, words: Ontology, depth: int) -> list[tuple[Token, str]]:
    above = prep.head
    if not (is_verb(above) or above.pos_ == "AUX"):
        if above.pos_ in ("NOUN", "PROPN"):
            return [(t, "control") for t in _noun_controllers(above, words, depth)]
        return []
    if prep.lower_ in OBJECT_GERUND:
        if passive(above):
            return [(t, "control") for t, _ in subject_tokens(above, words, depth + 1)]
        objects = [c for c in above.children if c.dep_ == "dobj"]
        if objects:
            return [(t, "control") for t in objects]
    return [(t, "adverbial") for t, _ in subject_tokens(above, words, depth + 1)]


def subjects(verb: Token, words: Ontology, cast: Cast) -> list[Party]:
    """The actors in the verb's subject."""
    out = []
    for token, way in subject_tokens(verb, words):
        if way == "relative" and any(c.lower_ in ("who", "whom") for c in verb.children):
            token = person_above(token, cast)
        for party in parties(token, "subject", way, cast):
            out.append(party)
    return out


def person_above(token: Token, cast: Cast) -> Token:
    """Whom "who" means where the parser hangs it on the nearest noun: "X, chief of the LNA, who accused"."""
    for node in (token, *itertools.islice(token.ancestors, 5)):
        if is_verb(node) or node.pos_ == "AUX":
            break
        found = cast.headed(node.i)
        if found is not None and found.type in ("PERSON", "GROUP") and found.kind != "adjective":
            return node
    return token
