"""Whose deed an event noun tells: its owner's, theirs who had a part in it, or are accused of it.

"Peru's arrest of the general"                  Peru's
"denied a hand in the attack on Uganda"         whoever denied it
"claimed responsibility for the attack"         whoever claimed it
"the blast, for which X took responsibility"    X's
"accused Russia of an attack on Georgia"        Russia's
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.coreference import Cast
from extract.grammar import among
from extract.model import Mention
from extract.ontology import Ontology, Sense
from extract.parties import Party, agents, owners, parties
from extract.subjects import subjects

ROLES = frozenset({"part", "role", "hand", "involvement", "complicity", "participation"})
BLAMING = frozenset({"blame", "pin"})
TRIALS = frozenset({"conviction", "trial", "indictment", "sentencing", "prosecution", "extradition"})
BLAMEFUL = frozenset({"responsible", "guilty", "culpable", "liable", "accountable"})
CUSTODY = frozenset({"arrest", "detain", "hang", "hold", "imprison", "jail", "seek", "want"})
OWNING = frozenset({"accept", "admit", "assume", "bear", "claim", "deny", "share", "take"})
ILL_DEEDS = frozenset({"ASSAULT", "COERCE"})
QUARTERS = among("quarters")


def having_part(noun: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Whose part in a deed is told: "for his role in the killing of", "denied a hand in the attack on"."""
    part = noun.head.head
    if part.pos_ == "VERB" and part.i < noun.head.i and noun.head.nbor(-1).lemma_ in ROLES:
        part = noun.head.nbor(-1)
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and part.lemma_ in ROLES and part.pos_ == "NOUN":
        for party in owned_by(part, cast) or blamed(part, cast, words)[0]:
            yield replace(party, way="topic")


def responsible(noun: Token, sense: Sense, cast: Cast, words: Ontology) -> list[Party]:
    """Who did it: "claimed responsibility for the attack on", "was behind the killing of", "guilty of"."""
    prep, above = noun.head, noun.head.head
    if sense.code in ILL_DEEDS and noun.dep_ in ("nsubjpass", "dobj") and prep.lemma_ in BLAMING:
        return list(_laid_on(noun, prep, cast))
    if noun.dep_ == "pobj" and prep.lower_ == "for" and sense.code in ILL_DEEDS and above.lemma_ in TRIALS:
        return [replace(p, way="topic") for p in owned_by(above, cast)]
    if sense.code == "ASSAULT" and (owned_up := _owned_up(noun, cast, words)):
        return owned_up
    if noun.dep_ != "pobj" or sense.code not in ILL_DEEDS or prep.lower_ not in ("for", "of", "behind"):
        return []
    if prep.lower_ == "behind":
        clause = above if above.lemma_ == "be" else None
    elif above.lemma_ == "responsibility" and above.dep_ == "nsubjpass":
        claimed = above.head if above.head.lemma_ in OWNING else None
        return [replace(p, way="topic") for p in agents(claimed, cast)] if claimed is not None else []
    elif above.lemma_ == "responsibility":
        clause = above.head if above.dep_ == "dobj" and above.head.lemma_ in OWNING else None
    else:
        clause = above.head if above.lower_ in BLAMEFUL and above.dep_ == "acomp" else None
        if above.lower_ in BLAMEFUL and above.dep_ in ("ccomp", "oprd"):
            held = [
                c
                for t in (above, above.head)
                for c in t.children
                if c.dep_ in ("nsubj", "dobj") and above.head.i < c.i < above.i
            ]
            return [replace(p, way="topic") for t in held for p in parties(t, "object", "small clause", cast)]
    found = subjects(clause, words, cast) if clause is not None else []
    return [replace(p, way="topic") for p in found]


def _owned_up(noun: Token, cast: Cast, words: Ontology) -> list[Party]:
    """Who claims it, or is blamed for it, in a clause about it: "the blast that was blamed on X"."""
    found: list[Party] = []
    for clause in noun.children:
        if clause.dep_ not in ("acl", "relcl"):
            continue
        if clause.lemma_ in BLAMING:
            found += _laid_on(noun, clause, cast)
        elif clause.lemma_ in OWNING and any(
            c.dep_ == "dobj" and c.lemma_ == "responsibility" for c in clause.children
        ):
            found += subjects(clause, words, cast)
        elif clause.dep_ == "relcl" and clause.lemma_ == "claim" and clauses.passive(clause):
            found += agents(clause, cast)
    above = noun.head
    told = any(c.dep_ == "relcl" for c in noun.children)
    if told and not found and noun.dep_ == "dobj" and above.lemma_ == "claim":
        found = subjects(above, words, cast)
    return [replace(p, way="topic") for p in found]


def _laid_on(noun: Token, verb: Token, cast: Cast) -> Iterator[Party]:
    """On whom a deed is blamed: the last "on" of "blamed the attack on the base on X"."""
    laid = [t for t in verb.subtree if t.dep_ == "prep" and t.lower_ == "on" and t.i > max(noun.i, verb.i)]
    if verb.i < noun.i and len(laid) < 2 and not any(t.head == verb for t in laid):
        return
    for prep in laid[-1:]:
        for token in clauses.objects_of(prep):
            yield from parties(token, "agent", "topic", cast)


def blamed(noun: Token, cast: Cast, words: Ontology) -> tuple[list[Party], list[Party]]:
    """ "accused Russia of an attack on": the object did it; "thanked Russia for its help": to the subject."""
    prep, verb = noun.head, noun.head.head
    if verb.dep_ == "pobj" and (verb.ent_type_ in ("DATE", "TIME") or verb.head.dep_ == "agent"):
        verb = verb.head.head
    if noun.dep_ != "pobj" or prep.lower_ not in ("of", "for") or not clauses.is_verb(verb):
        return [], []
    sense = words.verb(verb.lemma_.lower())
    held = verb.lemma_ in CUSTODY and prep.lower_ == "for"
    if not held and (sense is None or sense.code not in ("ACCUSE", "SUPPORT", "SANCTION", "THREATEN")):
        return [], []
    objects = [p for t, way in clauses.object_tokens(verb) for p in parties(t, "object", way, cast)]
    if clauses.passive(verb):
        objects = subjects(verb, words, cast)
    doers = [replace(p, way="topic") for p in objects if p.through in ("head", "apposition")]
    thanked = [replace(p, way="topic") for p in subjects(verb, words, cast)] if verb.lemma_ == "thank" else []
    return doers, thanked


def owned_by(noun: Token, cast: Cast) -> list[Party]:
    """The owners of a deed: "Peru's arrest of the general", "Russian attacks"."""
    out = []
    for mention, through in owners(noun, cast):
        if through == "modifier" and _where(noun, mention):
            continue
        if through in ("modifier", "maker") or any(
            c.dep_ == "poss"
            and (c.i == mention.head or mention.first <= c.i < mention.last or c in _conj(c, mention))
            for c in noun.children
        ):
            out.append(Party(mention, "owner", "own", through, noun))
    return out


def _where(noun: Token, mention: Mention) -> bool:
    """Whether a land's name only says where it was: "killed in northern Mali attack"."""
    quarter = mention.first > 0 and noun.doc[mention.first - 1].lower_ in QUARTERS
    return quarter and mention.kind == "name" and mention.type in ("STATE", "PLACE")


def _conj(token: Token, mention: Mention) -> list[Token]:
    return [token] if any(t.i == mention.head for t in token.conjuncts) else []
