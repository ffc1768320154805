"""What two or more do with or to each other, whose names the verb has as its subjects.

"Shoigu and Lavrov met"                       CONSULT, both ways
"Kenya and Uganda cut ties"                   the tie is theirs
"Norway and Peru held joint exercises"        what is joint is shared
"fought alongside Kenyan troops"              with whom one acts
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.bidding import duty
from extract.claims import Claim
from extract.deeds import thing_of, verb_event
from extract.event_nouns import noun_sense
from extract.events import MOST_PARTIES, claim_of, each_pair
from extract.grammar import among
from extract.ontology import Light, Ontology, Sense
from extract.parties import Party

UNITING = frozenset({"unify", "unite", "reunite", "reconcile"})
LOSING = among("losing")
WARS = frozenset({"war", "battle", "duel", "skirmish"})
TIED = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "SANCTION", "ACCUSE"})
FIGHTS = frozenset({"fight", "battle", "vie", "quarrel", "feud", "compete"})
PRIZES = frozenset(
    {"control", "supremacy", "dominance", "possession", "hour", "day", "week", "month", "year"}
)
MEETS = frozenset({"meet", "visit", "see", "host", "receive", "invite", "call"})
PHONES = frozenset({"phone", "telephone", "video", "videolink", "hotline"})
TIES = frozenset({"contact", "dealings", "link", "tie", "relation", "diplomatic relation", "trade"})
SHARED = frozenset({"with", "between", "over"})  # slots of what only two can have: "exchanged insults"
JOINT = frozenset({"joint", "together", "jointly", "common", "mutual", "bilateral", "trilateral"})


def mutual_claims(
    verb: Token, sources: Sequence[Party], targets: Sequence[Party], words: Ontology
) -> Iterator[Claim]:
    """ "Shoigu and Lavrov met": the subjects are each other's targets."""
    if not 2 <= len(sources) <= MOST_PARTIES or _unites_others(verb) or _must_accept(verb) or _with_him(verb):
        return
    thing = thing_of(verb, words)
    if thing and _noun_tells(verb, thing, words):
        return
    event = verb_event(verb, "object", thing, words)
    if (
        thing
        and not any(t.slot in ("with", "between") for t in targets)
        and (tie := _tie(verb, thing, words))
    ):
        event = replace(event, sense=tie)
    if _at_each_other(verb):
        if thing:
            slots = {name for t, _ in clauses.object_tokens(verb) for name, _ in clauses.prepositions(t)}
            slots |= {name for name, _ in clauses.prepositions(verb)}
            framed = (s for s in sorted(slots) if clauses.framed(verb, s, thing, words))
            event = verb_event(verb, next(framed, "object"), thing, words)
        event = replace(event, sense=replace(event.sense, symmetric=True), kind="joint")
    elif _jointly(verb) and not any(t.slot == "with" for t in targets):
        event = replace(event, sense=joint_sense(event.sense, verb, words), kind="joint")
    elif _fight(verb) and (fight := words.verb(verb.lemma_.lower(), preposition="with")):
        event = replace(event, sense=replace(fight, symmetric=True), known=True)
    elif _by_phone(verb) and (talk := words.verb(verb.lemma_.lower(), preposition="with")):
        event = replace(event, sense=talk, known=True)
    elif not event.sense.symmetric or any(t.slot in event.sense.targets for t in targets):
        return
    yield from each_pair(event, sources, words)


def claims_alongside(
    verb: Token, sources: Sequence[Party], fellows: Sequence[Party], words: Ontology
) -> Iterator[Claim]:
    """ "fought alongside Kenyan troops": the subject and whoever it acts with."""
    if fellows:
        event = verb_event(verb, "object", thing_of(verb, words), words)
        sense = joint_sense(event.sense, verb, words)
        if not (words.quad(sense.code) or "").endswith("cooperation"):
            sense = replace(sense, code="COOPERATE")
        event = replace(event, sense=sense, kind="joint")
        for one, other in itertools.product(sources, fellows):
            yield from claim_of(event, one, replace(other, slot="mutual"), words)


def _noun_tells(verb: Token, thing: str, words: Ontology) -> bool:
    """Whether the object alone tells what the two do: "held talks", "began drills"; not "cut ties"."""
    noun, lemma = words.noun(thing), verb.lemma_.lower()
    light = words.light(lemma, particle=clauses.particle(verb)) or (Light() if lemma == "have" else None)
    return noun is not None and noun.symmetric and light == Light()


def _tie(verb: Token, thing: str, words: Ontology) -> Sense | None:
    """What is done to a tie between the subjects: "cut relations", "suspended talks", no partner named."""
    lemma, part = verb.lemma_.lower(), clauses.particle(verb)
    if any(c.dep_ == "poss" for t, _ in clauses.object_tokens(verb) for c in t.children):
        return None
    sense = words.verbs.get((lemma, part, "with", thing)) or words.verbs.get((lemma, part, None, thing))
    if sense is None and thing in WARS:
        sense = words.verb(lemma, preposition="with")
    if sense is None or "with" not in sense.targets:
        return None
    tied = sense.code in TIED and (sense.symmetric or thing in TIES or SHARED.issuperset(sense.targets))
    return replace(sense, symmetric=True) if tied or thing in WARS else None


def _unites_others(verb: Token) -> bool:
    """Whether others are brought together: "A and B will unify the party", unlike "unify their parties"."""
    things = [c for c in verb.children if c.dep_ == "dobj"] if verb.lemma_ in UNITING else []
    return any(not any(c.dep_ == "poss" for c in t.children) and t.pos_ != "PRON" for t in things)


def _must_accept(verb: Token) -> bool:
    """Whether both are to agree to what others want: "A and B must agree to changes"."""
    to = any(name == "to" for name, _ in clauses.prepositions(verb))
    return to and verb.lemma_ == "agree" and duty(verb)


def _at_each_other(verb: Token) -> bool:
    """ "accused each other", "fired at one another"."""
    doc = verb.doc
    return any(
        doc[i].lower_ in ("each", "one") and doc[i + 1].lower_ in ("other", "another")
        for i in range(verb.i + 1, min(verb.i + 5, verb.sent.end - 1))
    )


def _fight(verb: Token) -> bool:
    """Whether two fight each other, with nobody else named: "fought over the border", "for control of"."""
    reached = clauses.prepositions(verb) if verb.lemma_ in FIGHTS and not clauses.has(verb, "dobj") else ()
    return any(name == "over" or (name == "for" and t.lemma_ in PRIZES) for name, t in reached)


def _with_him(verb: Token) -> bool:
    """Whether the infinitive tells what a meeting with another was for: "A and B met X to discuss"."""
    above = verb.head
    met = verb.dep_ in ("advcl", "xcomp") and clauses.infinitive(verb) and above.lemma_ in MEETS
    return met and clauses.has(above, "dobj")


def _by_phone(verb: Token) -> bool:
    """Whether two talk to each other, with nobody else named: "spoke by telephone"."""
    told = clauses.prepositions(verb) if verb.lemma_ in ("speak", "talk") else ()
    return any(name in ("by", "on", "over", "via") and t.lemma_ in PHONES for name, t in told)


def _jointly(verb: Token) -> bool:
    """Whether its subjects act together: "renewed their joint operations", "attacked together"."""
    if verb.lemma_.lower() in LOSING:
        return False
    near = [*verb.children, *(c for t, _ in clauses.object_tokens(verb) for c in t.children)]
    near += [c for name, t in clauses.prepositions(verb) if name in ("in", "during") for c in t.children]
    beside = verb.doc[verb.i + 1 : verb.i + 4].text.lower() == "side by side"
    return beside or any(token.lower_ in JOINT for token in near)


def joint_sense(sense: Sense, verb: Token, words: Ontology) -> Sense:
    """What is shared: a meeting or other mutual deed of the object's, else cooperation."""
    for token, _ in clauses.object_tokens(verb):
        noun = noun_sense(token, words)
        if noun is not None and noun.symmetric:
            return noun
    return replace(sense, code=sense.code if sense.symmetric else "COOPERATE", symmetric=True)
