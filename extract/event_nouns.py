"""What an event noun tells: "the sanctions the US imposed on Russia", "talks between A and B"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.bidding import bidden_subjects
from extract.claims import Claim
from extract.coreference import Cast
from extract.culprits import owned_by
from extract.events import MOST_PARTIES, Event, claim_of, each_pair
from extract.grammar import among
from extract.noun_sides import BOTH, HEARD, ONTO, noun_sides
from extract.ontology import Light, Ontology, Sense
from extract.parties import Party, actors_at, agents, heads, lemma_of, measured, parties, unique
from extract.subjects import subjects

SILENT = among("silent")
JOURNEYS = frozenset({"journey", "mission", "stop", "stopover", "tour", "trip", "visit"})
SHELLS = frozenset({"attempt", "bid", "effort", "plan", "process", "project", "proposal"})
ECHOING = among("echoing")
VOICED = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE"})
PUT = frozenset({"REQUEST", "ACCUSE", "THREATEN"})
SUITS = frozenset({"case", "complaint", "indictment", "lawsuit", "suit"})
OFFERS = frozenset({"bid", "invitation", "offer", "overture", "proposal"})
FILING = frozenset({"bring", "file", "lodge"})
BROKERING = frozenset(
    {"arrange", "broker", "chair", "convene", "facilitate", "host", "mediate", "moderate", "sponsor"}
)
BROKERED = BROKERING - {"convene"}  # what third parties do for others' talks


def noun_sense(noun: Token, words: Ontology) -> Sense | None:
    """The event noun's sense, with its compound where that has one ("phone call", "air strike")."""
    lemma = lemma_of(noun)
    if noun.dep_ == "pobj":
        prep = noun.head.lower_
        if sense := words.noun(f"{prep} {lemma}") or words.noun(f"{prep} {noun.lower_}"):
            return sense
    before = noun.nbor(-1) if noun.i else None
    joined = before is not None and before.head == noun and before.dep_ in ("compound", "amod", "nmod")
    if joined and before is not None and lemma in SHELLS:
        inner = words.noun(before.lemma_.lower())
        if inner is not None and inner.symmetric:
            return inner
    if joined and before is not None and (sense := words.noun(f"{before.lower_} {lemma}")):
        return sense
    if lemma == "call" and _calls_for(noun):
        return words.noun("appeal")
    if lemma == "return" and any(words.noun(t.lemma_) for t in _of(noun)):
        return None
    if lemma == "case" and any(c.dep_ == "acl" and c.lemma_ in FILING for c in noun.children):
        return words.noun("lawsuit")
    return words.noun(lemma) or words.noun(noun.lemma_.lower()) or words.noun(noun.lower_)


def _of(noun: Token) -> Iterator[Token]:
    """What "of" brings: "the return of sanctions" is nobody's visit."""
    return (t for c in noun.children if c.lower_ == "of" for t in clauses.objects_of(c))


def _calls_for(noun: Token) -> bool:
    """Whether something is asked for: "calls for Peru to withdraw", "its call on Peru to free the men"."""
    asked = any(c.lower_ in ("for", "on") and c.i > noun.i for c in noun.children)
    return (asked and noun.head.lemma_ != "pay") or next(bidden_subjects(noun), None) is not None


def noun_claims(noun: Token, sense: Sense, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """The claims of an event noun with its owner, modifiers, prepositions and light verb."""
    if (noun.lemma_ == "campaign" and _canvasses(noun)) or _in_charge(noun):
        return
    verb, light = governing(noun, words)
    if verb is not None and verb.lemma_.lower() in ECHOING and any(c.dep_ == "poss" for c in noun.children):
        verb = light = None
    if light is not None and verb is not None and light.cooperation == "REJECT" and clauses.passive(verb):
        light = light if agents(verb, cast) else None
    elif light and light.cooperation == "REJECT" and verb and _unsaid(verb, cast, words):
        light = None
    if sense.code == "CONSULT" and verb is not None and verb.lemma_ == "end":
        light = light and Light()
    if light is not None:
        yield from _inner_claims(noun, sense, light, cast, words)
        yield from _spurned_claims(noun, sense, light, verb, cast, words)
        left_open = light.cooperation == "REJECT" and verb is not None and clauses.has(verb, "neg")
        sense = sense if left_open else words.compose(light, sense)
        if light.cooperation == "REQUEST" and light.conflict == "REQUEST":
            sense = replace(sense, targets=(*sense.targets, "from"))
    spoken = _voice(noun, cast, words)
    if spoken is not None:
        sense = replace(sense, code=spoken[1].code)
    told = f"{spoken[0]} {noun.lemma_.lower()}" if spoken else _noun_words(noun, verb, light)
    event = Event(noun, sense, told, True, verb if light and verb else noun, "noun")
    doers, sufferers = noun_sides(noun, sense, verb, light, cast, words)
    between = [p for p in sufferers if p.slot in BOTH]
    if len(between) > 1:
        yield from each_pair(replace(event, sense=replace(sense, symmetric=True)), between, words)
        return
    partners = [p for p in sufferers if p.slot in sense.targets]
    others = verb is not None and verb.lemma_ in BROKERING and clauses.passive(verb)
    if sense.symmetric and not partners and not others and 2 <= len(unique(doers)) <= MOST_PARTIES:
        yield from each_pair(event, doers, words)
        return
    if verb is not None and verb.head == noun:
        yield from _claims_above(noun, event, sufferers, cast, words)
    for source, target in itertools.product(doers, (p for p in sufferers if p.slot != "agent")):
        framed = light is not None and verb is not None and _framed(verb, noun, target, words)
        owned = source.slot == "owner" and source.through != "maker"
        if not framed or (owned and light is not None and _plain(light)):
            yield from claim_of(event, source, target, words)


def _claims_above(
    noun: Token, event: Event, sufferers: Iterable[Party], cast: Cast, words: Ontology
) -> Iterator[Claim]:
    """What the clause above makes of a deed told behind it: "lifted the sanctions it imposed on Peru"."""
    above, own = noun.head, noun_sense(noun, words)
    light = words.light(above.lemma_.lower(), particle=clauses.particle(above))
    if own is None or light is None or noun.dep_ != "dobj" or clauses.passive(above):
        return
    sense = words.compose(light, own)
    if sense.code == own.code or not clauses.is_verb(above):
        return
    event = replace(event, sense=sense, words=_noun_words(noun, above, light), clause=above)
    reached = [p for p in sufferers if p.slot in (*own.targets, *own.places)]
    for source, target in itertools.product(subjects(above, words, cast), reached):
        yield from claim_of(event, source, target, words)


def _in_charge(noun: Token) -> bool:
    """Whether a charge is a post and no accusation: "was in charge of the programme", "took charge of"."""
    taken = noun.dep_ == "dobj" and noun.head.lemma_ in ("take", "have", "assume")
    return noun.lower_ == "charge" and (noun.head.lower_ == "in" or taken)


def _canvasses(noun: Token) -> bool:
    """Whether somebody's own campaign is for votes: "runs Hale's campaign", not his "campaign against X"."""
    owner = any(c.dep_ == "poss" and (c.ent_type_ == "PERSON" or c.tag_ == "PRP$") for c in noun.children)
    return owner and not any(c.dep_ == "prep" and c.lower_ != "for" for c in noun.children)


def told_of(party: Party, words: Ontology) -> bool:
    """Whether the party only did what the noun tells, which somebody else mentions: "cited Peru's demand"."""
    return party.through in ("owner", "modifier", "maker") and noun_sense(party.token, words) is not None


def _unsaid(verb: Token, cast: Cast, words: Ontology) -> bool:
    """Whether nobody named turns it down: "all are suspected of violating UN sanctions"."""
    return verb.tag_ == "VBG" and not subjects(verb, words, cast)


def _inner_claims(noun: Token, sense: Sense, light: Light, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """What is turned down, itself told in full: "Norway rejected Uganda's accusations against Kenya"."""
    if light.cooperation != "REJECT" or sense.code not in HEARD or sense.reverse:
        return
    event = Event(noun, sense, _noun_words(noun, None, None), True, noun, "noun")
    owned = [p for p in owned_by(noun, cast) if p.through == "owner" or p.mention.kind == "adjective"]
    for name, token in clauses.prepositions(noun) if owned else ():
        for target in parties(token, name, "own", cast) if name in sense.targets else ():
            for source in owned:
                yield from claim_of(event, source, target, words)


def _spurned_claims(
    noun: Token, sense: Sense, light: Light, verb: Token | None, cast: Cast, words: Ontology
) -> Iterator[Claim]:
    """What was put to whoever turns it down: in "Norway rejected a demand from Chad" the demand on Norway."""
    put = (sense.code in PUT and noun.lemma_ not in SUITS) or (
        sense.code in ("AGREE", "CONSULT") and noun.lemma_ in OFFERS
    )
    if light.cooperation != "REJECT" or not put or sense.reverse or verb is None or verb.head == noun:
        return
    brought = list(clauses.prepositions(noun))
    aimed = ONTO | {"of"} if sense.code == "ACCUSE" else ONTO
    if any(name in aimed and heads(token, cast) for name, token in brought):
        return
    makers = [
        p for name, token in brought if name in ("from", "by") for p in parties(token, name, "own", cast)
    ]
    makers += [p for p in owned_by(noun, cast) if p.through == "owner" and p.mention.kind != "pronoun"]
    event = Event(noun, sense, _noun_words(noun, None, None), True, noun, "noun")
    refusers = agents(verb, cast) if clauses.passive(verb) else subjects(verb, words, cast)
    for source, target in itertools.product(unique(makers), refusers):
        yield from claim_of(event, source, replace(target, way="topic", slot="subject"), words)


def _voice(noun: Token, cast: Cast, words: Ontology) -> tuple[str, Sense] | None:
    """The verb that says what a message does: "in a letter to Kenya, Peru demanded an apology"."""
    verb = noun.head.head
    stands = noun.dep_ == "pobj" and noun.lemma_ in clauses.MESSAGES and noun.head.lower_ in ("in", "by")
    if not (stands and clauses.is_verb(verb)):
        return None
    sense = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb))
    if sense is None or sense.code not in VOICED or clauses.passive(verb):
        return None
    taken = any(actors_at(token, cast) for token, _ in clauses.object_tokens(verb))
    return None if taken else (verb.lemma_.lower(), sense)


def _plain(light: Light) -> bool:
    """Whether the verb leaves the noun's deed with its owner: "enforced British sanctions against Iraq"."""
    return light.cooperation is None and light.conflict is None and not light.reverse


def _framed(verb: Token, noun: Token, target: Party, words: Ontology) -> bool:
    """Whether the table knows the verb with this noun, so that the verb's own claim is the better one."""
    lemma = lemma_of(noun)
    single = noun_sense(noun, words) is words.noun(lemma) and verb.lemma_.lower() not in SILENT
    slot = "object" if target.token.dep_ == "dative" else target.slot
    ruled = noun.dep_ == "dobj" or (verb.head == noun and not clauses.passive(verb))
    return single and ruled and clauses.framed(verb, slot, lemma, words)


def governing(noun: Token, words: Ontology) -> tuple[Token | None, Light | None]:
    """The verb whose clause the noun stands in, and that verb's lightness, if it has any."""
    first = noun
    while (first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN")) or measured(first):
        first = first.head if first.dep_ == "conj" else first.head.head
    head = first.head
    for child in noun.children:
        told = child.dep_ in ("acl", "relcl") and clauses.is_verb(child) and not clauses.has(child, "mark")
        if told and not (noun.dep_ == "pobj" and child.lemma_ in BROKERED):
            light = words.light(child.lemma_.lower(), particle=clauses.particle(child))
            if light is not None and (clauses.passive(child) or _relative_object(child)):
                return child, light
    if first.dep_ in ("dobj", "nsubjpass") and clauses.is_verb(head):
        return head, words.light(head.lemma_.lower(), particle=clauses.particle(head)) or _having(head)
    if first.dep_ == "dobj" and head.lemma_ == "have":
        return head, Light()
    if first.dep_ == "attr" and head.lemma_ == "be":
        return head, Light()
    if first.dep_ == "pobj" and head.head.dep_ == "prep" and clauses.is_verb(head.head.head):
        head = head.head
    if first.dep_ == "pobj" and _aside(head.head, first):
        return head.head.head, None
    if first.dep_ == "pobj" and head.lower_ == "for" and (verb := _travelling(head.head)) is not None:
        return verb, None
    if first.dep_ == "pobj" and head.head.dep_ == "acomp":
        return head.head.head, None
    if first.dep_ == "pobj" and head.head.lower_ == "wanted" and clauses.passive(head.head):
        return head.head, None
    if first.dep_ == "pobj" and clauses.is_verb(head.head):
        return head.head, words.light_of(head.head.lemma_.lower(), clauses.particle(head.head), head.lower_)
    if first.dep_ == "pobj" and head.head.pos_ == "AUX":
        return head.head, words.light_of(head.head.lemma_.lower(), None, head.lower_)
    return None, None


def _travelling(noun: Token) -> Token | None:
    """The verb whose subject is on a journey: "is making a visit to Peru for talks with Y"."""
    others = any(c.lower_ == "by" or (c.dep_ == "poss" and c.pos_ != "PRON") for c in noun.children)
    if noun.lemma_ not in JOURNEYS or noun.pos_ != "NOUN" or others:
        return None
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    return above if noun.dep_ in ("dobj", "pobj") and above.pos_ in ("VERB", "AUX") else None


def _aside(verb: Token, noun: Token) -> bool:
    """Whether a participle took the message from the verb: "In a letter to X, seen here, Y asked"."""
    before = noun.lemma_ in clauses.MESSAGES and noun.i < verb.i
    return before and verb.dep_ == "advcl" and verb.tag_ == "VBN" and clauses.is_verb(verb.head)


def _having(verb: Token) -> Light | None:
    return Light() if verb.lemma_ == "have" else None


def _relative_object(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" for c in verb.children)


def _noun_words(noun: Token, verb: Token | None, light: Light | None) -> str:
    text = noun.lower_ if noun.tag_ == "NNS" else noun.lemma_.lower()
    return f"{verb.lemma_.lower()} {text}" if verb is not None and light is not None else text
