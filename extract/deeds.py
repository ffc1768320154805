"""What a verb tells of with this object and preposition: a deed, a claim of one, or a threat.

"took control of the port"            the object makes the sense
"was returned to Peru"                nobody travels
"said that Uganda had bombed us"      what is said accuses
"would boycott the vote unless …"     what would be done is ill
"""

from __future__ import annotations

from spacy.tokens import Token

from extract import clauses
from extract.bidding import ULTIMATUM, asks_for, bidden, bidden_subjects, limited, obliges
from extract.event_nouns import noun_sense
from extract.events import Event, ended
from extract.grammar import among
from extract.noun_sides import INVITING, in_manner
from extract.ontology import Light, Ontology, Sense
from extract.parties import core, lemma_of
from extract.subjects import subject_tokens

DEMAND = Sense(code="REQUEST", targets=("clause",))
NAMING = frozenset({"call", "brand", "label", "dub"})
PRAISE = Sense(code="SUPPORT", targets=("object", "owner"))
UNWANTED = Sense(code="SANCTION", targets=("object", "owner", "clause"))
PRAISING = among("praising")
BLAME = Sense(code="ACCUSE", targets=("object", "owner"))
UNKNOWN = Sense(code="OTHER", targets=("object",))
BIDDING = frozenset({"tell", "remind", "advise", "encourage", "challenge"})
CHARGE = Sense(code="ACCUSE", targets=("clause",))
GIVING_BACK = Sense(code="CONCEDE", targets=("to", "from", "object", "owner"))
MISDEEDS = among("misdeeds")
GAINS = among("gains")
PLANNING = among("planning")
DOOM = Sense(code="THREATEN", targets=("clause",), reports=True)
SUFFERING = frozenset({"face", "pay", "regret", "suffer"})
DIPLOMATS = frozenset({"ambassador", "attaché", "attache", "consul", "diplomat", "envoy"})
GUILT = frozenset({"behind", "responsible", "guilty", "complicit", "culpable"})
ADMITTING = frozenset({"admit", "acknowledge", "concede", "confess", "grant", "own"})
INSISTED = Sense(code="SAY", reports=True)
BIDDEN = Sense(code="REQUEST", targets=("object", "owner"), complement="hypothetical", control="object")
# Slots that an event noun takes from its light verb.
PARTNERS = frozenset({"with", "to", "on", "against", "over", "for", "into", "in", "at", "about", "of"})


def _praises(name: Token) -> bool:
    """Whether a name given is a good one: "a hero", "a great friend of Peru", "one of the bravest men"."""
    return any(t.lemma_.lower() in PRAISING for t in name.subtree)


def is_light(verb: Token, words: Ontology) -> bool:
    """Whether the verb leaves the sense to its noun."""
    lemma, part = verb.lemma_.lower(), clauses.particle(verb)
    return lemma == "have" or words.light(lemma, particle=part) is not None


def verb_event(verb: Token, slot: str, thing: str | None, words: Ontology) -> Event:
    """What the verb means with a target in this slot, `thing` being its object's lemma."""
    lemma, part = verb.lemma_.lower(), clauses.particle(verb, words)
    preposition = None if slot in ("object", "agent") else slot
    if slot == "owner" and (lemma, part, "of", thing) in words.verbs:
        preposition = "of"
    infinitive = any(clauses.infinitive(c) for c in verb.children if c.dep_ in ("xcomp", "ccomp"))
    if infinitive:
        thing = None
    sense = words.verb(lemma, particle=part, preposition=preposition, object_lemma=thing)
    bare = words.verb(lemma, particle=part, preposition=preposition)
    told = _telling(verb, thing) if sense != bare else None
    brought = None if slot in ("owner", "clause") or slot in (part or "").split() else preposition
    text = " ".join(filter(None, (lemma, part, told, brought)))
    kind = "light verb" if thing and words.noun(thing) and is_light(verb, words) else "verb"
    if sense is not None and sense.mode == "visit" and lemma == "return" and _returned(verb):
        sense = GIVING_BACK
    if lemma in NAMING and (names := [c for c in verb.children if c.dep_ == "oprd"]):
        sense = PRAISE if any(_praises(name) for name in names) else BLAME
    elif any(c.lower_ == "persona" for c in verb.children):
        sense = UNWANTED
    elif infinitive and lemma in BIDDING and slot in ("object", "owner"):
        sense = BIDDEN
    elif slot == "clause" and lemma == "insist" and _tells(verb):
        sense = INSISTED
    elif slot == "clause" and (
        _demands(verb, words) or (sense is not None and sense.reports and obliges(verb))
    ):
        sense = DEMAND
    elif slot == "clause" and sense is not None and sense.code == "SAY" and _dooms(verb):
        sense = DOOM
    elif slot == "clause" and sense is not None and sense.code == "SAY" and _alleges(verb, words):
        sense, kind = CHARGE, "charge"
    elif sense is not None and sense.code == "REQUEST" and lemma in ("ask", "tell") and _sends_away(verb):
        sense = bidden(verb) or sense
    elif (sense is not None and sense.code == "REQUEST" and lemma in ("order", "command")) or (
        lemma == "give" and limited(verb)
    ):
        sense = bidden(verb) or (ULTIMATUM if lemma == "give" else sense)
    return Event(verb, sense or UNKNOWN, text, sense is not None, verb, kind)


def thing_of(verb: Token, words: Ontology) -> str | None:
    """The lemma of what is done or given, before whom it is given to."""
    found = subject_tokens(verb, words) if clauses.passive(verb) else clauses.object_tokens(verb)
    nouns = sorted((core(t) for t, _ in found), key=lambda t: t.dep_ == "dative")
    if not nouns:
        return None
    lemma = lemma_of(nouns[0])
    before = f"{nouns[0].nbor(-1).lower_} {lemma}" if nouns[0].i else lemma
    return before if before in words.things else lemma


def told_by_noun(verb: Token, thing: str | None, words: Ontology) -> frozenset[str]:
    """The slots whose parties an event noun takes from its light verb: "opened talks with X"."""
    found = set(PARTNERS) if thing and words.noun(thing) and is_light(verb, words) else set()
    light = words.light(verb.lemma_.lower(), particle=clauses.particle(verb)) if found else None
    told = words.noun(thing) if thing and light is not None else None
    if light is not None and told is not None and _takes_all(verb, light, told):
        found |= {"nested", "from", "by"} if light.reverse else {"owner"}
    for prep in verb.children:
        if prep.dep_ == "prep":
            noun = next(clauses.objects_of(prep), None)
            light = words.lights.get((verb.lemma_.lower(), prep.lower_))
            carried = noun is not None and (light is not None or in_manner(noun) or noun.lemma_ in INVITING)
            named = noun is not None and noun.pos_ == "PROPN"
            if noun is not None and carried and not named and noun_sense(noun, words) is not None:
                found.add(prep.lower_)
    return frozenset(found)


def _takes_all(verb: Token, light: Light, noun: Sense) -> bool:
    """Whether all parties are the noun's: "faced accusations from X", "ended the detention of X"."""
    if light.reverse:
        return verb.lemma_ != "accept" and noun.code != "CONCEDE"
    bids = light.conflict in ("CONCEDE", "REQUEST") or verb.lemma_ == "order"
    told = verb.lemma_ in PLANNING or (verb.lemma_ == "order" and not noun.symmetric)
    return "of" in noun.targets and (told or (bids and noun.reverse))


def _returned(verb: Token) -> bool:
    """Whether something is returned, so that nobody travels."""
    return clauses.passive(verb) or any(c.dep_ == "dobj" for c in verb.children)


def _telling(verb: Token, thing: str | None) -> str | None:
    """The object that makes the sense, as it stands: "take control of", "send troops to"."""
    nouns = (core(token) for token, _ in clauses.object_tokens(verb))
    return next((noun.lower_ for noun in nouns if thing and lemma_of(noun) == thing), None)


def _alleges(verb: Token, words: Ontology) -> bool:
    """Whether what is said is an ill deed done: "said that Uganda had bombed villages"."""
    for child in verb.children if verb.lemma_ not in ADMITTING else ():
        if child.dep_ == "ccomp" and child.i > verb.i and not any(c.dep_ == "neg" for c in child.children):
            if any(core(token).lemma_.lower() in GAINS for token, _ in clauses.object_tokens(child)):
                return False
            sense = words.verb(child.lemma_.lower(), particle=clauses.particle(child))
            ill = sense is not None and words.quad(sense.code) == "material-conflict"
            return ill or child.lemma_.lower() in MISDEEDS or _behind(child)
    return False


def _sends_away(verb: Token) -> bool:
    """Whether a diplomat is asked: "asked the consul to leave" expels."""
    return any(t.lemma_.lower() in DIPLOMATS for t, _ in clauses.object_tokens(verb))


def _dooms(verb: Token) -> bool:
    """Whether it is ill that is said to await somebody: "said Peru would face sanctions unless it left"."""
    below = (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i)
    return any(c.lemma_ in SUFFERING and would(c) and not clauses.has(c, "neg") for c in below)


def _behind(verb: Token) -> bool:
    """Whether it tells of guilt: "was behind the attack", "is responsible for"."""
    guilt = (c for c in verb.children if c.i > verb.i and c.dep_ in ("prep", "acomp"))
    return verb.pos_ == "AUX" and any(c.lower_ in GUILT for c in guilt)


def _demands(verb: Token, words: Ontology) -> bool:
    return asks_for(verb, words) and next(bidden_subjects(verb), None) is not None


def _tells(verb: Token) -> bool:
    """Whether what is insisted on is a fact: "insists that his party has nothing to hide"."""
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    return clause is not None and (
        clause.tag_ in ("VBZ", "VBD")
        or any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBD") for c in clause.children)
    )


def menaces(verb: Token, thing: str | None, words: Ontology) -> bool:
    """Whether what would be done is ill: "would boycott the vote unless Kenya withdrew"."""
    below = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    if below is not None:
        sense = words.verb(below.lemma_.lower())
        return sense is not None and ended(below, sense, words) == "SANCTION"
    sense = verb_event(verb, "object", thing, words).sense
    light = words.light(verb.lemma_.lower(), particle=clauses.particle(verb))
    noun = words.noun(thing) if thing and light is not None else None
    code = words.compose(light, noun).code if light is not None and noun is not None else sense.code
    return (words.quad(code) or "").endswith("material-conflict")


def asked_for(condition: Token, words: Ontology) -> bool:
    """Whether the condition is only that somebody asks or agrees: "would send troops if Peru asked"."""
    sense = words.verb(condition.lemma_.lower(), particle=clauses.particle(condition))
    unless = any(c.lower_ == "unless" or c.dep_ == "neg" for c in condition.children)
    return sense is not None and sense.code in ("REQUEST", "AGREE") and not unless


def would(verb: Token) -> bool:
    """Whether the verb tells what would or will be done."""
    return any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll") for c in verb.children)
