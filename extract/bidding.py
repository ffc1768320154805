"""What is bidden, and who is to do it: by an infinitive, a term, a duty, or "for" with a subject of its own.

"ordered the diplomats to leave"        they are expelled
"gave the rebels 48 hours to leave"     the rebels are to leave
"called for Peru to withdraw"           Peru is asked
"said that Libya must hand over"        Libya is asked
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract import clauses
from extract.ontology import Ontology, Sense
from extract.subjects import TERMS

BOUND = frozenset({"have", "need"})
DUTY = frozenset({"must", "should", "ought"})
LEAVING = frozenset({"leave", "quit", "depart", "go"})
REACH = 10  # words between what asks and its "for"
STOPPING = frozenset({"close", "shut", "suspend", "disband", "dissolve"})
EXPULSION = Sense(code="SANCTION", targets=("object", "owner"), complement="hypothetical", control="object")
CLOSURE = Sense(code="COERCE", targets=("object", "owner"), complement="hypothetical", control="object")
ULTIMATUM = Sense(code="THREATEN", targets=("object", "owner"))


def bidden_subjects(word: Token) -> Iterator[Token]:
    """Who is to act in "called for Peru to withdraw", "its demand for Peru to withdraw"."""
    beside = word.head.children if word.dep_ in ("attr", "dobj") and word.pos_ == "NOUN" else ()
    for clause in (*word.children, *beside):
        if clause.i > word.i and clause.dep_ in ("advcl", "acl", "relcl", "ccomp", "xcomp"):
            marked = any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)
            if marked and clauses.infinitive(clause):
                yield from (c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass"))
    doc = word.doc
    for i in range(word.i + 1, min(word.i + REACH, word.sent.end)):
        prep = doc[i]
        if (
            prep.lower_ == "for"
            and prep.dep_ == "prep"
            and (prep.head == word or word.is_ancestor(prep.head))
        ):
            yield from (t for t in clauses.objects_of(prep) if _before_infinitive(t))


def _before_infinitive(noun: Token) -> bool:
    """Whether "to" and a verb follow the noun, whatever the parser hung them on."""
    after = noun.right_edge.i + 1
    return after < len(noun.doc) - 1 and noun.doc[after].tag_ == "TO" and noun.doc[after + 1].tag_ == "VB"


def asks_for(verb: Token, words: Ontology) -> bool:
    """Whether the verb asks for what its "for" brings: "called for", "pressed for", "pleaded for"."""
    sense = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb), preposition="for")
    return sense is not None and sense.code == "REQUEST" and (sense.overrides or "for" in sense.targets)


def bidden(verb: Token) -> Sense | None:
    """What an order is by what it bids: "ordered the diplomats to leave", "gave the paper a day to close"."""
    terms = _terms(verb)
    bidding = ("xcomp", "ccomp", "acl", "relcl", "advcl") if terms else ("xcomp", "ccomp", "acl", "relcl")
    for child in (*verb.children, *(c for term in terms for c in term.children)):
        if child.dep_ in bidding and clauses.infinitive(child):
            if child.lemma_ in LEAVING:
                return EXPULSION
            return CLOSURE if child.lemma_ in STOPPING else None
    return None


def limited(verb: Token) -> bool:
    """Whether time is given: "gave the consul 48 hours to leave", "gave them until Friday"."""
    if any(c.dep_ == "prep" and c.lower_ in ("until", "till") for c in verb.children):
        return True
    terms = _terms(verb)
    return bool(terms) and any(clauses.infinitive(c) for word in (verb, *terms) for c in word.children)


def _terms(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.lemma_ in TERMS and c.i > verb.i]


def obliges(verb: Token) -> bool:
    """Whether what is said is a duty: "said that Libya must hand over the men"."""
    return any(duty(child) for child in verb.children if child.dep_ == "ccomp")


def duty(verb: Token) -> bool:
    """ "must hand over", "has to leave", "needs to"; nobody is bidden what others are to do to them."""
    if verb.lemma_ in BOUND:
        return any(
            c.dep_ == "xcomp" and clauses.infinitive(c) and not clauses.passive(c) for c in verb.children
        )
    return not clauses.passive(verb) and any(c.dep_ == "aux" and c.lower_ in DUTY for c in verb.children)
