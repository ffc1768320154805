"""Whom a verb reaches: its objects, their owners and prepositions, its own prepositions, the clause below.

"dismissed an appeal from Chile"                    Chile, as owner
"returned the weapons seized from the peacekeepers"  the peacekeepers, as "to"
"took part in a mission in Macedonia"               Macedonia, as "in"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract import clauses
from extract.astray import prepositions_astray
from extract.bidding import asks_for, bidden_subjects, duty
from extract.coreference import Cast
from extract.deeds import asked_for, would
from extract.event_nouns import ECHOING, noun_sense, told_of
from extract.grammar import among
from extract.noun_sides import VOICING
from extract.ontology import Ontology
from extract.parties import UNMAKING, Party, core, lemma_of, parties
from extract.subjects import identified

THREATS = frozenset({"threaten", "warn", "vow"})
REACHING = frozenset({"in", "on", "to", "against", "with", "into", "at", "for", "from"})
HELP = frozenset({"aid", "approval", "assistance", "backing", "blessing", "consent", "help", "support"})
SETTING = frozenset({"in", "under", "at", "after", "during"})
COMPLAINING = frozenset({"complain", "protest", "charge", "allege", "lament"})
FREEING = frozenset({"exchange", "free", "liberate", "release", "rescue", "save"})
CAPTIVITY = frozenset(
    {"abduct", "capture", "detain", "hold", "imprison", "jail", "keep", "kidnap", "seize", "take"}
)
SURVIVING = frozenset({"escape", "survive"})
ISSUING = frozenset({"air", "broadcast", "distribute", "issue", "post", "publish", "release", "show"})
RECORDINGS = frozenset(
    {"audio", "footage", "image", "photo", "photograph", "picture", "recording", "tape", "video"}
)
RETURNING = frozenset({"return", "restore", "release", "give"})
ROBBING = frozenset(
    {"seize", "confiscate", "capture", "take", "steal", "loot", "impound", "abduct", "kidnap"}
)
LEADING = frozenset({"lead", "run", "link", "connect", "go", "span", "join", "stretch"})
ILL = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST", "CONCEDE"})
TALES = among("tales")
QUELLING = frozenset(
    {
        "ban",
        "break",
        "condemn",
        "crush",
        "disperse",
        "foil",
        "prevent",
        "put",
        "quell",
        "stop",
        "suppress",
        "thwart",
    }
)
LEAVE = frozenset({"approval", "clearance", "go-ahead", "leave", "light", "nod", "permission", "permit"})
GRANTING = frozenset({"deny", "give", "grant", "refuse"})
SEAS = frozenset({"ocean", "sea", "water"})
TALKS = frozenset({"talk", "meeting", "negotiation", "consultation", "discussion", "summit"})
# Prepositions that bring nobody an act is aimed at.
APART = frozenset(
    ["by", "according", "as", "including", "since", "until", "despite", "unlike", "besides", "per", "except"]
)


def as_object(party: Party) -> Party:
    owned = party.through in ("owner", "modifier", "maker", "distant", "deed")
    return replace(party, slot="owner" if owned else "object")


def targets_of(verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Whoever stands in an object, a preposition, an object's owner or preposition, or a clause below."""
    for subject in bidden_subjects(verb) if asks_for(verb, words) else ():
        yield from parties(subject, "clause", "own", cast)
    echoed = verb.lemma_.lower() in ECHOING | VOICING
    own = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb))
    friendly = own is not None and (words.quad(own.code) or "").endswith("cooperation")
    for whole, way in clauses.object_tokens(verb):
        token = core(whole)
        if token.lemma_ in LEAVE and verb.lemma_ in GRANTING:
            for subject in bidden_subjects(verb):
                yield from parties(subject, "to", "nested", cast)
        found = [p for p in parties(token, "object", way, cast) if not _apart(verb, token, p)]
        if echoed and found and told_of(found[0], words):
            continue
        if found and verb.lemma_ in VOICING and found[0].through in ("owner", "distant"):
            continue
        for party in found or identified(token, verb, words, cast):
            yield as_object(party)
        for one in dict.fromkeys((whole, *(t for t, _ in clauses.joined(token)))):
            yield from _nested(one, verb, cast, words)
            yield from _robbed(one, verb, cast)
            yield from _alleged(one, verb, cast, words)
            yield from _linked(one, verb, cast, words)
    for name, noun in clauses.prepositions(verb):
        if _sets_scene(name, noun, verb, words):
            continue
        if name not in APART or (verb.lemma_.lower(), name, None, None) in words.verbs:
            found = list(parties(noun, name, "own", cast))
            found = [p for p in found if p.through != "maker" or name not in SETTING]
            if echoed and found and told_of(found[0], words):
                continue
            yield from found
            if not (name == "in" and friendly and _fray(noun, words)):
                yield from _deep(name, noun, cast)
    for name, noun in prepositions_astray(verb, cast, words):
        yield from parties(noun, name, "astray", cast)
    for child in verb.children:
        if child.dep_ == "prep" and child.i > verb.i:
            for clause in child.children:
                called = any(c.lower_ == "what" and c.dep_ == "dobj" for c in clause.children)
                if clause.dep_ == "pcomp" and clause.tag_ != "VBG" and not called:
                    yield from _subjects_below(clause, "own", cast, child.lower_)
        if child.dep_ == "ccomp" and child.i > verb.i:
            named = cast.headed(child.i)
            if named is not None and named.kind == "name":
                yield Party(named, "object", "own", "head", child)
        below = child.dep_ == "ccomp" and not clauses.infinitive(child)
        if below and (child.i > verb.i or verb.lemma_.lower() in COMPLAINING or duty(child)):
            yield from _subjects_below(child, "own", cast)
    if verb.lemma_.lower() in THREATS or would(verb):
        for clause in (c for c in _conditions(verb) if not asked_for(c, words)):
            yield from _subjects_below(clause, "condition", cast)


def _apart(verb: Token, thing: Token, party: Party) -> bool:
    """Whether the thing is shown, survived or set free, and the party only made it or held it captive."""
    lemma = verb.lemma_.lower()
    if lemma in SURVIVING:
        return any(c.lower_ == "by" for c in thing.children) and party.through in ("owner", "maker")
    if lemma in FREEING and party.through == "maker":
        return any(c.dep_ == "acl" and c.lemma_ in CAPTIVITY for c in thing.children)
    return lemma in ISSUING and thing.lemma_ in RECORDINGS and party.through in ("owner", "distant")


def _sets_scene(name: str, noun: Token, verb: Token, words: Ontology) -> bool:
    """Whether it only says where the rest took place: "At the United Nations, Peru urged Chile to"."""
    after = noun.right_edge.i + 1
    if name not in ("at", "in") or after >= verb.i or noun.doc[after].text != ",":
        return False
    sense = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb), preposition=name)
    return sense is None or name not in (*sense.targets, *sense.places)


def _subjects_below(clause: Token, way: str, cast: Cast, slot: str = "clause") -> Iterator[Party]:
    for subject in clause.children:
        if subject.dep_ in ("nsubj", "nsubjpass") and subject.tag_ not in clauses.WH:
            yield from parties(subject, slot, way, cast)
        elif subject.lower_ in ("who", "whom") and clause.head.dep_ == "relcl":
            yield from parties(clause.head.head, slot, way, cast)


def _robbed(noun: Token, verb: Token, cast: Cast) -> Iterator[Party]:
    """Whom a thing given back was taken from: "return the weapons seized from the peacekeepers"."""
    for child in noun.children if verb.lemma_.lower() in RETURNING else ():
        if child.dep_ == "acl" and child.lemma_.lower() in ROBBING:
            for name, inner in clauses.prepositions(child):
                if name == "from":
                    yield from parties(inner, "to", "nested", cast)


def _alleged(noun: Token, verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Whom a charge that is looked into tells of: "investigated allegations that Uganda had armed rebels"."""
    told = (
        [c for c in noun.children if c.dep_ in ("acl", "relcl") and clauses.that(c)]
        if noun.lemma_ in TALES
        else []
    )
    sense = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb)) if told else None
    for clause in told if sense is not None and sense.code == "ACCUSE" else ():
        yield from _subjects_below(clause, "nested", cast, "owner")


def _linked(noun: Token, verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Where a way leads that is cut, blown up or opened: "blocked the road linking Uganda to Kenya"."""
    below = [c for c in noun.children if c.dep_ == "acl" and c.lemma_.lower() in LEADING]
    sense = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb)) if below else None
    for child in below if sense is not None and sense.code in ILL else ():
        ends = [token for token, _ in clauses.object_tokens(child)]
        ends += [
            token for name, token in clauses.prepositions(child) if name in ("to", "into", "from", "with")
        ]
        for end in ends:
            yield from parties(end, "in", "deep", cast)


def _nested(noun: Token, verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Whom an object's prepositions bring: "dismissed an appeal from X", "sent troops to Y"."""
    lemma = lemma_of(noun)
    actor = cast.headed(noun.i) is not None
    for name, inner in clauses.prepositions(noun):
        if name in ("of", "by") or (name == "against" and verb.lemma_ in UNMAKING):
            continue
        if actor and not clauses.framed(verb, name, lemma, words):
            continue
        if name == "against" and verb.lemma_.lower() in QUELLING and _revolt(noun, words):
            continue
        made = name == "from" and words.noun(lemma) is not None
        yield from parties(inner, "owner" if made else name, "nested", cast)
        if name in ("on", "against") and clauses.framed(verb, name, lemma, words):
            yield from _deep(name, inner, cast)


def _revolt(noun: Token, words: Ontology) -> bool:
    """Whether others rise against somebody: who quells "a rally against X" does nothing to X."""
    sense = noun_sense(noun, words)
    return sense is not None and sense.code in ("PROTEST", "ASSAULT")


def _fray(noun: Token, words: Ontology) -> bool:
    """Whether it is a conflict in which one helps or backs another: "backed Peru in its row with Chile"."""
    sense = noun_sense(noun, words)
    return sense is not None and (words.quad(sense.code) or "").endswith("conflict")


def _deep(name: str, noun: Token, cast: Cast) -> Iterator[Party]:
    """Whom a preposition reaches through a nameless thing: "took part in a mission in Macedonia"."""
    apart = noun.lemma_ in (clauses.MESSAGES if name == "in" else HELP if name == "with" else ())
    apart = apart or (name == "for" and noun.lemma_ in TALKS)
    if cast.at(noun.i) is None and noun.pos_ == "NOUN" and name in REACHING and not apart:
        for inner_name, inner in clauses.prepositions(noun):
            off = noun.lemma_ in SEAS and inner_name in ("off", "near")
            if inner_name in REACHING or off:
                reached = parties(inner, "off" if off else name, "deep", cast)
                yield from (p for p in reached if p.through != "maker")


def _conditions(verb: Token) -> Iterator[Token]:
    """The clauses that a threat hangs on: "threatened to leave if X joins"."""
    for above in (verb, *(c for c in verb.children if c.dep_ == "xcomp")):
        for clause in above.children:
            if clause.dep_ == "advcl" and any(c.lower_ in ("if", "unless") for c in clause.children):
                yield clause
