"""What an event noun tells: "the sanctions the US imposed on Russia", "talks between A and B"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.claims import Claim
from extract.clauses import Party
from extract.coreference import Cast
from extract.events import MOST_PARTIES, Event, claim_of, each_pair
from extract.model import Mention
from extract.ontology import Light, Ontology, Sense

BOTH = frozenset({"between", "among", "amongst", "amid"})
TOPICS = frozenset({"in", "during", "at", "after", "following", "before", "for", "on", "from"})


def noun_sense(noun: Token, words: Ontology) -> Sense | None:
    """The event noun's sense, with its compound where that has one ("phone call", "air strike")."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1) if noun.i else None
    joined = before is not None and before.head == noun and before.dep_ in ("compound", "amod", "nmod")
    if joined and before is not None and (sense := words.noun(f"{before.lower_} {lemma}")):
        return sense
    return words.noun(lemma) or words.noun(noun.lower_)


def noun_claims(noun: Token, sense: Sense, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """The claims of an event noun with its owner, modifiers, prepositions and light verb."""
    verb, light = governing(noun, words)
    if light is not None:
        sense = words.compose(light, sense)
    event = Event(noun, sense, _noun_words(noun, verb, light), True, verb if light and verb else noun, "noun")
    doers, sufferers = _noun_sides(noun, sense, verb, light, cast, words)
    between = [p for p in sufferers if p.slot in BOTH]
    if len(between) > 1:
        yield from each_pair(replace(event, sense=replace(sense, symmetric=True)), between, words)
        return
    partners = [p for p in sufferers if p.slot in sense.targets]
    if sense.symmetric and not partners and 2 <= len(clauses.unique(doers)) <= MOST_PARTIES:
        yield from each_pair(event, doers, words)
        return
    if doers and sufferers:
        for source, target in itertools.product(doers, sufferers):
            yield from claim_of(event, source, target, words)


def governing(noun: Token, words: Ontology) -> tuple[Token | None, Light | None]:
    """The verb whose clause the noun stands in, and that verb's lightness, if it has any."""
    first = noun
    while (first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN")) or _measured(first):
        first = first.head if first.dep_ == "conj" else first.head.head
    head = first.head
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and clauses.is_verb(child):
            light = words.light(child.lemma_.lower(), particle=clauses.particle(child))
            if light is not None and (clauses.passive(child) or _relative_object(child)):
                return child, light
    if first.dep_ in ("dobj", "nsubjpass") and clauses.is_verb(head):
        return head, words.light(head.lemma_.lower(), particle=clauses.particle(head)) or _having(head)
    if first.dep_ == "dobj" and head.lemma_ == "have":
        return head, Light()
    if first.dep_ == "pobj" and clauses.is_verb(head.head):
        return head.head, words.lights.get((head.head.lemma_.lower(), head.lower_))
    if first.dep_ == "pobj" and head.head.pos_ == "AUX":
        return head.head, words.lights.get((head.head.lemma_.lower(), head.lower_))
    return None, None


def _measured(noun: Token) -> bool:
    prep = noun.head
    return noun.dep_ == "pobj" and prep.lower_ == "of" and prep.head.lemma_.lower() in clauses.MEASURES


def _having(verb: Token) -> Light | None:
    return Light() if verb.lemma_ == "have" else None


def _relative_object(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" for c in verb.children)


def _noun_words(noun: Token, verb: Token | None, light: Light | None) -> str:
    text = noun.lower_ if noun.tag_ == "NNS" else noun.lemma_.lower()
    return f"{verb.lemma_.lower()} {text}" if verb is not None and light is not None else text


def _noun_sides(
    noun: Token, sense: Sense, verb: Token | None, light: Light | None, cast: Cast, words: Ontology
) -> tuple[list[Party], list[Party]]:
    """Who does and who suffers what the noun tells."""
    doers: list[Party] = []
    sufferers: list[Party] = []
    if verb is not None and light is not None:
        carried = clauses.agents(verb, cast) if clauses.passive(verb) else clauses.subjects(verb, words, cast)
        (sufferers if sense.reverse and light.reverse else doers).extend(carried)
    reversed_ = sense.reverse and not (light is not None and light.reverse)
    (sufferers if reversed_ else doers).extend(_owners(noun, cast))
    sufferers.extend(_served(noun, sense, cast, words))
    blamed, thankful = _blamed(noun, cast, words)
    doers.extend(blamed)
    sufferers.extend(thankful)
    for name, token in _around(noun, verb, light):
        for party in clauses.parties(token, name, "own", cast):
            (doers if _brings_doer(name, sense, doers) else sufferers).append(party)
    if not doers and verb is not None and light is None and _told_by(noun, verb, sense):
        doers = [replace(p, way="topic") for p in clauses.subjects(verb, words, cast)]
    return doers, sufferers


def _served(noun: Token, sense: Sense, cast: Cast, words: Ontology) -> list[Party]:
    """The subject helped or bidden: "won with help from X", "left at the request of X"."""
    prep, verb = noun.head, noun.head.head
    helped = prep.lower_ == "with" and sense.code in ("AID", "SUPPORT", "COOPERATE", "AGREE")
    bidden = prep.lower_ in ("at", "on", "under", "by") and sense.code == "REQUEST"
    if noun.dep_ != "pobj" or not (helped or bidden):
        return []
    verb = verb if clauses.is_verb(verb) else verb.head
    if not clauses.is_verb(verb):
        return []
    return [replace(p, way="topic", slot="subject") for p in clauses.subjects(verb, words, cast)]


def _told_by(noun: Token, verb: Token, sense: Sense) -> bool:
    """Whether the clause's subject is a party: "said in an interview with X", "in talks with X"."""
    spoken = sense.code in ("CONSULT", "SAY", "ACCUSE", "REQUEST")
    return spoken and noun.dep_ == "pobj" and noun.head.lower_ in TOPICS and not clauses.passive(verb)


def _blamed(noun: Token, cast: Cast, words: Ontology) -> tuple[list[Party], list[Party]]:
    """ "accused Russia of an attack on": the object did it; "thanked Russia for its help": to the subject."""
    prep, verb = noun.head, noun.head.head
    if noun.dep_ != "pobj" or prep.lower_ not in ("of", "for") or not clauses.is_verb(verb):
        return [], []
    sense = words.verb(verb.lemma_.lower())
    if sense is None or sense.code not in ("ACCUSE", "SUPPORT", "SANCTION", "THREATEN"):
        return [], []
    objects = [p for t, way in clauses.object_tokens(verb) for p in clauses.parties(t, "object", way, cast)]
    if clauses.passive(verb):
        objects = clauses.subjects(verb, words, cast)
    doers = [replace(p, way="topic") for p in objects if p.through in ("head", "apposition")]
    thanked = (
        [replace(p, way="topic") for p in clauses.subjects(verb, words, cast)]
        if verb.lemma_ == "thank"
        else []
    )
    return doers, thanked


def _owners(noun: Token, cast: Cast) -> list[Party]:
    out = []
    for mention, through in clauses.owners(noun, cast):
        if through == "modifier" or any(
            c.dep_ == "poss"
            and (c.i == mention.head or mention.first <= c.i < mention.last or c in _conj(c, mention))
            for c in noun.children
        ):
            out.append(Party(mention, "owner", "own", through, noun))
    return out


def _conj(token: Token, mention: Mention) -> list[Token]:
    return [token] if any(t.i == mention.head for t in token.conjuncts) else []


def _around(noun: Token, verb: Token | None, light: Light | None) -> Iterator[tuple[str, Token]]:
    """Prepositions of the noun, and of its light verb, which parsers take turns to give them to."""
    yield from clauses.prepositions(noun)
    if verb is not None and light is not None:
        for name, token in clauses.prepositions(verb):
            if token != noun and name not in ("by", "agent") and noun not in token.subtree:
                yield name, token


def _brings_doer(name: str, sense: Sense, doers: Sequence[Party]) -> bool:
    if name == "by":
        return True
    if name in sense.sources and name not in sense.targets:
        return True
    return name in sense.sources and name == "of" and not doers and not sense.reverse
