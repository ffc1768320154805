"""Who did and who suffered what a noun tells: owners, agents and prepositions of "attack" or "talks".

"Turkish intervention in Syria"      Turkey did, Syria suffered
"talks between Peru and Chile"       both did
"the sanctions the US imposed on X"  the US did, X suffered
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.bidding import bidden_subjects
from extract.coreference import Cast
from extract.culprits import blamed, having_part, owned_by, responsible
from extract.grammar import among
from extract.ontology import Light, Ontology, Sense
from extract.parties import Party, agents, heads, measured, owners, parties
from extract.subjects import subjects

BOTH = frozenset({"between", "among", "amongst", "amid"})
TOPICS = frozenset({"in", "during", "at", "after", "following", "before", "for", "on", "from"})
MANNERS = frozenset({"in", "at", "on", "into"})
ONTO = frozenset({"on", "against", "at", "upon", "to", "with", "into", "in"})
AIMED = frozenset({"ASSAULT", "COERCE", "SANCTION", "CONCEDE"})
HARMED = frozenset(
    {"kill", "wound", "injure", "hurt", "die", "perish", "maim", "arrest", "detain", "capture", "hit"}
    | {"oust", "topple", "overthrow", "depose", "abduct", "kidnap", "behead", "massacre", "displace"}
)
RETURNS = frozenset(
    {("to", "response"), ("to", "reply"), ("to", "answer"), ("for", "exchange"), ("for", "return")}
)
TALES = among("tales")
WARDED = frozenset({"ACCUSE", "ASSAULT", "COERCE", "THREATEN", "SANCTION"})
SELVES = frozenset({"himself", "herself", "itself", "themselves"})
TEMPORAL = frozenset({"after", "before", "during", "since", "until"})
WAYS = frozenset({"road", "highway", "motorway", "route", "railway", "bridge", "corridor", "stretch"})
FRONTIERS = frozenset({"border", "boundary", "frontier", "crossing", "zone", "strip", "area", "region"})
OUTSIDE = TEMPORAL | {"according", "agent", "by"}  # a light verb's that bring its noun nobody
CONTESTING = among("contesting")
VOICING = frozenset({"convey", "express", "extend", "voice"})
SENDING = frozenset(
    {"address", "deliver", "direct", "extend", "give", "hand", "offer", "provide", "send", "submit"}
)
READY = frozenset({"committed", "dedicated", "devoted", "keen", "open", "prepared", "ready"})
INVITING = frozenset({"invitation", "invite"})
HEARD = frozenset({"REQUEST", "THREATEN", "SAY", "ACCUSE", "SUPPORT"})
SENDING_OUT = frozenset({"send", "dispatch", "despatch"})
REPELLING = frozenset(
    {"beat", "dodge", "escape", "evade", "fend", "survive", "foil", "repel", "repulse", "rebuff", "thwart"}
)
DEATHS = frozenset({"death", "killing", "injury", "wounding", "loss"})
COMMERCE = among("commerce")
CUSTODY = frozenset({"captivity", "custody", "detention"})
TRYING = frozenset({"accuse", "acquit", "charge", "convict", "fine", "indict", "prosecute", "sue", "try"})
LATER = frozenset({"after", "following", "before"})
ENSUING = frozenset({"after", "following"})
AWAITED = frozenset({"await", "bring", "call", "expect", "fly", "invite", "schedule", "summon", "take"})
SUFFERING = frozenset({"die", "perish", "lose", "suffer", "survive", "escape", "fall"})


def noun_sides(
    noun: Token, sense: Sense, verb: Token | None, light: Light | None, cast: Cast, words: Ontology
) -> tuple[list[Party], list[Party]]:
    """Who does and who suffers what the noun tells."""
    doers: list[Party] = []
    sufferers: list[Party] = []
    if verb is not None and light is not None:
        taking_part = noun.dep_ == "pobj" and noun.head.lower_ in ("in", "into")
        passive = clauses.passive(verb) and not taking_part
        carried = agents(verb, cast) if passive else subjects(verb, words, cast)
        (sufferers if sense.reverse and light.reverse else doers).extend(carried)
    reversed_ = sense.reverse and not (light is not None and light.reverse)
    owned = owned_by(noun, cast)
    if sense.reverse and any(c.dep_ == "poss" for c in noun.children) and _of_whom(noun, cast):
        sense, reversed_ = replace(sense, reverse=False), False
    struck = any(p.through == "owner" for p in owned) and any(c.lower_ == "by" for c in noun.children)
    for party in owned:
        aimed = bool(doers) and light is not None and not light.reverse and party.through == "owner"
        aimed = aimed and not (verb is not None and verb.lemma_ in VOICING and _heard(noun, verb, sense))
        aimed = aimed or (struck and party.through == "owner")
        aimed = aimed or (bool(doers) and light is not None and light.cooperation in ("AGREE", "REJECT"))
        if (
            aimed
            and party.mention.kind == "pronoun"
            and party.mention.name in {p.mention.name for p in doers}
        ):
            continue
        (sufferers if reversed_ or aimed else doers).append(party)
    if (kept := _kept(noun, cast, words)) and owned:
        return owned, kept
    served = _served(noun, sense, cast, words) or _contested(noun, sense, verb, cast, words)
    sufferers.extend(served)
    sufferers.extend(_said_of(noun, sense, cast))
    guilty, thankful = blamed(noun, cast, words)
    doers.extend(guilty)
    doers.extend(having_part(noun, cast, words))
    doers.extend(responsible(noun, sense, cast, words))
    sufferers.extend(thankful)
    manner, under = in_manner(noun), _under(noun, light)
    for name, token in _around(noun, sense, verb, light):
        brings = ((under or served) and name in ("from", "of")) or _brings_doer(name, sense, doers, manner)
        brings = brings and not (name == "from" and light is not None and light.cooperation == "REQUEST")
        (doers if brings else sufferers).extend(parties(token, name, "own", cast))
    if doers and sufferers and verb is not None and light is None and _harmed(noun, verb, sense):
        sufferers.extend(
            replace(p, way="topic") for p in subjects(verb, words, cast) if clauses.passive(verb)
        )
    elif not (doers and sufferers) and verb is not None and light is None:
        topic = [replace(p, way="topic") for p in subjects(verb, words, cast)]
        if (under and not sense.symmetric) or _harmed(noun, verb, sense):
            sufferers.extend(topic if doers else ())
        elif not doers and (_told_by(noun, verb, sense) or manner):
            doers = _tellers(topic, noun, sense, verb, cast)
    if doers and not sufferers:
        sufferers.extend(_slain(noun, sense, cast))
    if doers and not sufferers and verb is not None and light is None:
        sufferers.extend(_moved(noun, verb, sense, cast, words))
    if doers and not sufferers and light is not None:
        sufferers.extend(_struck_above(noun, verb, sense, cast, words))
    if doers and not sufferers and sense.code in AIMED:
        sufferers.extend(_where(noun, cast))
    return doers, sufferers


def _kept(noun: Token, cast: Cast, words: Ontology) -> list[Party]:
    """Who is in somebody's hands: "died in Ugandan custody", "five nurses in rebel captivity"."""
    above = noun.head.head
    if noun.lemma_ not in CUSTODY or noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "into", "from"):
        return []
    if clauses.is_verb(above) or above.pos_ == "AUX":
        things = [t for t, _ in clauses.object_tokens(above)]
        held = [p for t in things for p in parties(t, "object", "own", cast)]
        return held or [replace(p, way="topic", slot="subject") for p in subjects(above, words, cast)]
    return list(parties(above, "object", "own", cast)) if above.pos_ in ("NOUN", "PROPN") else []


def _struck_above(noun: Token, verb: Token | None, sense: Sense, cast: Cast, words: Ontology) -> list[Party]:
    """Who suffered what a participle says who led: "was ousted in a coup led by X"."""
    above = noun.head.head
    if verb is None or verb.head != noun or not clauses.is_verb(above) or not _harmed(noun, above, sense):
        return []
    return [replace(p, way="topic", slot="subject") for p in subjects(above, words, cast)]


def _heard(noun: Token, verb: Token, sense: Sense) -> bool:
    """Whether the noun itself says to whom: "expressed Peru's gratitude to Norway" speaks for Peru."""
    if any(name == "to" for name, _ in clauses.prepositions(verb)):
        return True
    return any(name in sense.targets and name != "of" for name, _ in clauses.prepositions(noun))


def _moved(noun: Token, verb: Token, sense: Sense, cast: Cast, words: Ontology) -> list[Party]:
    """Whom a message reached before it acted: "after a call from X, Y resigned"."""
    sent = (
        noun.dep_ == "pobj" and noun.head.lower_ in ENSUING and (sense.mode == "phone" or sense.code in HEARD)
    )
    if not sent or clauses.passive(verb) or not any(c.lower_ == "from" for c in noun.children):
        return []
    return [replace(p, way="topic", slot="subject") for p in subjects(verb, words, cast)]


def _slain(noun: Token, sense: Sense, cast: Cast) -> Iterator[Party]:
    """Whose death came in the attack: "the death of X in a French raid"."""
    death = noun.head.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("in", "during")
        and sense.code == "ASSAULT"
        and death.lemma_ in DEATHS
    ):
        for mention, through in owners(death, cast):
            if through == "owner":
                yield Party(mention, "object", "own", "head", death)


def _where(noun: Token, cast: Cast) -> Iterator[Party]:
    """Whom what is aimed at lies with: "a raid on a hotel in Kidal", "a ban on eggs from Uganda"."""
    for name, thing in clauses.prepositions(noun):
        for inner, token in clauses.prepositions(thing) if name in ("on", "against", "of") else ():
            traded = thing.lemma_ in COMMERCE and inner in ("to", "with", "into")
            if traded or inner in ("in", "at", "near", "outside", "from"):
                yield from parties(token, name, "deep", cast)


def in_manner(noun: Token) -> bool:
    """Whether the noun stands bare in a phrase about the clause's subject: "acted in defiance of X"."""
    bare = not any(c.dep_ in ("det", "poss", "nummod") for c in noun.children)
    return bare and noun.tag_ != "NNS" and noun.dep_ == "pobj" and noun.head.lower_ in MANNERS


def _under(noun: Token, light: Light | None) -> bool:
    """Whether the phrase tells what its subject suffers: "under pressure from X", "faced demands from X"."""
    return (noun.dep_ == "pobj" and noun.head.lower_ == "under") or (light is not None and light.reverse)


def _harmed(noun: Token, verb: Token, sense: Sense) -> bool:
    """Whether the subject suffered it: "were wounded in an attack by X", "died in a raid by Y"."""
    deed = sense.code in ("ASSAULT", "COERCE") and noun.dep_ == "pobj"
    deed = deed and (clauses.passive(verb) or not clauses.has(verb, "dobj"))
    return (
        deed and verb.lemma_.lower() in HARMED and noun.head.lower_ in ("in", "during", "by", "after", "from")
    )


def _served(noun: Token, sense: Sense, cast: Cast, words: Ontology) -> list[Party]:
    """The subject helped, bidden or hit: "won with help from X", "left at the request of X", "subject to"."""
    prep, verb = noun.head, noun.head.head
    if noun.dep_ == "pobj" and (prep.lower_, verb.lemma_) in RETURNS and verb.dep_ == "pobj":
        prep, verb = verb.head, verb.head.head
        told = clauses.is_verb(verb) and sense.code in ("AID", "SUPPORT", "REQUEST", "ACCUSE", "THREATEN")
        return [replace(p, way="topic", slot="subject") for p in subjects(verb, words, cast)] if told else []
    bound = prep.lower_ == "to" and verb.lower_ == "subject" and verb.dep_ == "acomp"
    verb = verb.head if bound else verb
    helped = prep.lower_ == "with" and sense.code in ("AID", "SUPPORT", "COOPERATE", "AGREE")
    helped = helped and verb.dep_ != "acomp" and not any(c.lower_ == "with" for c in noun.children)
    bidden = prep.lower_ in ("at", "on", "under", "by") and sense.code == "REQUEST"
    if noun.lemma_ in INVITING:
        return _invited(noun, cast, words)
    if noun.dep_ == "pobj" and _warded(prep, verb, sense):
        return [replace(p, way="topic", slot="subject") for p in subjects(verb, words, cast)]
    if noun.dep_ != "pobj" or not (helped or bidden or bound):
        return []
    verb = verb if clauses.is_verb(verb) or bound else verb.head
    if not (clauses.is_verb(verb) or verb.pos_ == "AUX"):
        return []
    served = subjects(verb, words, cast)
    if bidden and clauses.passive(verb):
        served = agents(verb, cast) or served
    return [replace(p, way="topic", slot="subject") for p in served]


def _invited(noun: Token, cast: Cast, words: Ontology) -> list[Party]:
    """Who was invited by the clause: "responded to an invitation from X", "came at the invitation of X"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    brought = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ in ("at", "for", "on", "to"))
    told = clauses.is_verb(verb) or verb.pos_ == "AUX"
    if not (brought and told) or verb.lemma_ in SENDING or clauses.has(noun, "poss"):
        return []
    if any(name in ("to", "for") for name, _ in clauses.prepositions(noun)) or clauses.passive(verb):
        return []
    light = words.light(verb.lemma_.lower(), particle=clauses.particle(verb)) if noun.dep_ == "dobj" else None
    found = [] if light is not None else subjects(verb, words, cast)
    return [replace(p, way="topic", slot="subject") for p in found]


def _warded(prep: Token, verb: Token, sense: Sense) -> bool:
    """Whether the subject guards itself from what the noun tells: "defend itself against a lawsuit by X"."""
    guards = verb.lemma_ in ("defend", "protect", "shield") and prep.lower_ in ("from", "against")
    return (
        guards
        and sense.code in WARDED
        and any(c.dep_ == "dobj" and c.lower_ in SELVES for c in verb.children)
    )


def _contested(noun: Token, sense: Sense, verb: Token | None, cast: Cast, words: Ontology) -> list[Party]:
    """Whom it hits by the verb above: "faces a lawsuit filed by X", "citing a threat from X"."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head
    above = first.head
    if (
        first.dep_ != "dobj"
        or not clauses.is_verb(above)
        or sense.code not in ("ACCUSE", "REQUEST", "THREATEN", "ASSAULT")
    ):
        return []
    light = words.light(above.lemma_.lower(), particle=clauses.particle(above))
    hit = above.lemma_ in (REPELLING if sense.code == "ASSAULT" else CONTESTING) or (
        above != verb and light is not None and light.reverse
    )
    if not hit or clauses.passive(above) or any(c.lower_ == "against" for c in noun.children):
        return []
    return [replace(p, way="topic", slot="subject") for p in subjects(above, words, cast)]


def _said_of(noun: Token, sense: Sense, cast: Cast) -> Iterator[Party]:
    """ "the accusation that Peru had lied", "a demand that Peru withdraw": whom the clause is about."""
    told = [noun, *(t for _, t in clauses.prepositions(noun) if t.lemma_ in TALES)]
    for child in (c for t in told for c in t.children) if sense.code in ("ACCUSE", "REQUEST") else ():
        if child.dep_ in ("acl", "ccomp", "relcl") and clauses.that(child):
            for token in child.children:
                if token.dep_ in ("nsubj", "nsubjpass"):
                    yield from parties(token, "clause", "own", cast)
    for token in bidden_subjects(noun) if sense.code == "REQUEST" or noun.lemma_ in INVITING else ():
        yield from parties(token, "clause", "own", cast)


def _told_by(noun: Token, verb: Token, sense: Sense) -> bool:
    """Whether the clause's subject is a party: "said in an interview with X", "shot men in a raid on X"."""
    first = noun
    while (first.dep_ == "conj" and first.head.pos_ == "NOUN") or measured(first):
        first = first.head if first.dep_ == "conj" else first.head.head
    if first.dep_ != "pobj":
        return False
    prep = first.head.lower_
    if prep in ("through", "via") and not any(c.dep_ in ("det", "poss") for c in noun.children):
        return True
    if first.head.head.lower_ in READY and prep in ("to", "for"):
        return sense.code in ("CONSULT", "COOPERATE", "AGREE")
    voiced = sense.symmetric or sense.code == "CONSULT" or prep not in LATER
    spoken = sense.code in ("CONSULT", "SAY", "ACCUSE", "REQUEST") and prep in TOPICS and voiced
    agreed = sense.code in ("AGREE", "COOPERATE") and prep in ("in", "under", "after", "by")
    agreed = agreed or (sense.symmetric and first.lemma_ in ("verge", "brink", "cusp", "threshold"))
    done = sense.code in ("ASSAULT", "MOBILIZE", "COERCE", "PROTEST") and prep in ("in", "during")
    done = done or (sense.code == "ASSAULT" and sense.symmetric and prep in ENSUING)
    spoken = spoken or (sense.symmetric and sense.code == "REJECT" and prep in ("after", "following"))
    return spoken or agreed or (done and verb.lemma_.lower() not in SUFFERING)


def _tellers(subjects_: list[Party], noun: Token, sense: Sense, verb: Token, cast: Cast) -> list[Party]:
    """The clause's subject or agent; a visitor in the passive too: "was held on a visit to"."""
    if not clauses.passive(verb) or verb.lower_ in READY:
        return (_envoys(verb, cast) if noun.head.lower_ == "for" and sense.symmetric else []) or subjects_
    if verb.lemma_ in AWAITED and noun.head.lower_ == "for" and sense.code == "CONSULT":
        return subjects_
    by = [replace(p, way="topic") for p in agents(verb, cast) if verb.lemma_ not in TRYING]
    return by or (subjects_ if sense.mode == "visit" else [])


def _envoys(verb: Token, cast: Cast) -> list[Party]:
    """Who is sent, and so talks: "sent Peter Brandt to Oslo for talks with"."""
    if verb.lemma_ not in SENDING_OUT:
        return []
    sent = (p for t, way in clauses.object_tokens(verb) for p in parties(t, "object", way, cast))
    return [replace(p, way="topic") for p in sent if p.mention.type == "PERSON" and p.through == "head"]


def _of_whom(noun: Token, cast: Cast) -> bool:
    """Whether "of" brings who suffered it: "Peru's arrest of the general"."""
    return any(name == "of" and heads(token, cast) for name, token in clauses.prepositions(noun))


def _around(
    noun: Token, sense: Sense, verb: Token | None, light: Light | None
) -> Iterator[tuple[str, Token]]:
    """Prepositions of the noun, its agent and its light verb: parsers take turns to give them to each."""
    for name, token in clauses.prepositions(noun):
        if name in TEMPORAL:
            continue
        yield name, token
        if name == "by":
            yield from (pair for pair in _behind_agent(token) if pair[0] in ONTO)
    yield from _between(noun, sense)
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in SENDING:
            yield from (pair for pair in clauses.prepositions(child) if pair[0] in ("to", "for"))
    if verb is not None and light is not None:
        yield from (("to", c) for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP")
        for name, token in clauses.prepositions(verb):
            outside = name in (TEMPORAL if light.reverse and name == "by" else OUTSIDE)
            if token != noun and not outside and noun not in token.subtree:
                yield name, token


def _behind_agent(agent: Token) -> Iterator[tuple[str, Token]]:
    """What follows the agent but belongs to its deed: "an attack by a group of rebels on the town"."""
    for name, token in clauses.prepositions(agent):
        yield name, token
        if name == "of":
            yield from _behind_agent(token)


def _between(noun: Token, sense: Sense) -> Iterator[tuple[str, Token]]:
    """The parties that a verb stands before: "clashes went on for days between A and B"."""
    loose = noun.dep_ in ("nsubj", "nsubjpass") or (noun.dep_ == "dobj" and noun.i > noun.head.i)
    if not loose or any(c.lower_ in BOTH for c in noun.children):
        return
    for prep in noun.head.subtree:
        if prep.lower_ == "between" and noun.i < prep.i < noun.i + 14 and prep.dep_ == "prep":
            if prep.head.lemma_.lower() in (WAYS if sense.symmetric else WAYS | FRONTIERS):
                return
            found = list(clauses.objects_of(prep))
            yield from (("between", token) for token in found)
            if len(found) == 1 and not any(c.dep_ == "conj" for c in found[0].children):
                yield from (("between", token) for token in _astray(found[0], noun.head))
            return


def _astray(one: Token, verb: Token) -> Iterator[Token]:
    """The second party that the parser joined to the verb: "grew between the bank, which lost, and Peru"."""
    for token in verb.children:
        if token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN") and token.i > one.i:
            yield token
            return


def _brings_doer(name: str, sense: Sense, doers: Sequence[Party], manner: bool) -> bool:
    if name == "by":
        return True
    if name in sense.sources and name not in sense.targets:
        return not manner or name != "of"
    return name in sense.sources and name == "of" and not doers and not sense.reverse and not manner
