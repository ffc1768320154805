"""Whom the verb above makes do it: asked, hired, blamed, or found guilty of it.

"called on the EU to arm the rebels"            the EU is to arm them
"hired Jan Brandt to lobby X"                   Brandt lobbies
"accused officers of the army of looting"       the officers, not the army
"found X guilty of bribing Y"                   X bribed
"among those arrested by police were X and Y"   X and Y
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.clauses import UPWARDS, antecedent, infinitive, is_verb, objects_of, particle
from extract.grammar import among
from extract.ontology import Ontology, Sense

ASKING = frozenset({"call", "appeal"})
ENGAGING = frozenset(
    {"pay", "hire", "bribe", "recruit", "commission", "employ", "appoint", "dispatch", "send", "train"}
)
GROUNDS = frozenset(
    {
        "authority",
        "chance",
        "duty",
        "excuse",
        "incentive",
        "mandate",
        "means",
        "motive",
        "obligation",
        "opportunity",
        "option",
        "power",
        "reason",
        "right",
        "will",
    }
)
PEOPLED = frozenset({"PERSON", "ORG", "NORP", "GPE"})
JUDGED = frozenset({"nsubj", "dobj", "nsubjpass"})
CHARGES = frozenset({"ACCUSE", "SUPPORT", "SANCTION", "COERCE"})
CHARGED = frozenset({"dobj", "dative", "nsubjpass"})
MEANS = among("means")
ENDS = frozenset({"ASSAULT", "CONSULT", "PROTEST", "RETREAT"})  # done for an end of one's own
TAKING = frozenset({"arrest", "seize"})
BRINGING = frozenset({"call", "drive", "fly", "invite", "summon"})  # whose object does what follows


def governor_sense(head: Token, below: Token, words: Ontology) -> Sense | None:
    """The sense of a verb above another, with its particle and the preposition before it ("call on")."""
    lemma, part = head.lemma_.lower(), particle(head)
    for child in head.children:
        if child.dep_ == "prep" and head.i < child.i < below.i:
            sense = words.verb(lemma, particle=part, preposition=child.lower_)
            own = (lemma, child.lower_, None, None) in words.verbs
            if sense is not None and (own or child.lower_ in sense.targets):
                return sense
    return words.verb(lemma, particle=part)


def bidden_by(head: Token, verb: Token, sense: Sense | None) -> list[Token]:
    """Whom a preposition between bids do it: "called on the EU to arm", "appealed to Peru to let X go"."""
    if sense is None or sense.control != "object":
        return []
    near = (c for c in head.children if c.dep_ in ("prep", "prt", "dative") and head.i < c.i < verb.i)
    return [t for c in near for t in objects_of(c) if t.ent_type_ not in ("DATE", "TIME")]


def asked(head: Token, verb: Token, words: Ontology) -> list[Token]:
    """Whom a verb of asking bids, where the parser takes it for a purpose: "to press X to end"."""
    sense = governor_sense(head, verb, words)
    if sense is None or sense.control != "object" or sense.code != "REQUEST":
        return []
    objects = [c for c in head.children if c.dep_ in ("dobj", "dative") and head.i < c.i < verb.i]
    named = [antecedent(t) or t for t in objects if t.ent_type_ in PEOPLED]
    return named or (bidden_by(head, verb, sense) if head.lemma_ in ASKING else [])


def purposeful(head: Token, sense: Sense | None) -> bool:
    """Whether an infinitive behind the object is the subject's aim: "invaded Chad to topple X", "used"."""
    if head.lemma_ in MEANS or sense is None:
        return head.lemma_ in MEANS
    own = sense.control is None and head.lemma_ not in BRINGING
    return sense.control == "subject" or (own and (sense.code in ENDS or sense.mode in TAKING))


def hired(head: Token, verb: Token) -> list[Token]:
    """Who is paid or sent to do it: "paid Jan Brandt to lobby X", "hired Orion Guards to protect Y"."""
    if head.lemma_ not in ENGAGING:
        return []
    found = [c for c in head.children if c.dep_ in ("dobj", "dative", "nsubjpass") and c.i < verb.i]
    return [antecedent(t) or t for t in found if t.ent_type_ in PEOPLED]


def charged(noun: Token, prep: Token, words: Ontology) -> Token | None:
    """The verb that blames or rewards the deed a gerund tells: "accused officers of the army of looting"."""
    if prep.lower_ not in ("of", "for") or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    for _ in range(5):
        verb = noun.head
        if noun.dep_ in CHARGED and is_verb(verb):
            sense = words.verb(verb.lemma_.lower(), particle=particle(verb))
            codes = ("ACCUSE",) if prep.lower_ == "of" else CHARGES
            return verb if sense is not None and sense.code in codes else None
        if noun.dep_ not in UPWARDS:
            return None
        noun = verb
    return None


def judged(word: Token) -> list[Token]:
    """Who is found so: "found X guilty of bribing Y", "held X responsible for burning"."""
    verb = word.head
    held = [c for t in (word, verb) for c in t.children if c.dep_ in JUDGED and c.i < word.i]
    return [antecedent(t) or t for t in held if t.i > verb.i or t.dep_ == "nsubjpass"]


def grounds(verb: Token) -> bool:
    """Whether an infinitive tells what there is a reason or right to: "has every reason to fear X"."""
    return (
        infinitive(verb)
        and verb.head.lemma_ in GROUNDS
        and not any(c.dep_ in JUDGED for c in verb.children if c.i < verb.i)
    )


def among_those(noun: Token) -> list[Token]:
    """Who is one of them: "among those arrested by police were X and Y"."""
    prep, being = noun.head, noun.head.head
    counted = noun.dep_ == "pobj" and prep.lower_ in ("among", "amongst") and being.lemma_ == "be"
    return [c for c in being.children if c.dep_ in ("nsubj", "attr") and c != noun] if counted else []
