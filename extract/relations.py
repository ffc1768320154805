"""Who does what to whom: every relation that a verb or an event noun may state between two actors.

"Haftar met with Shoigu"                       (Haftar, meet with, Shoigu)
"the sanctions the US imposed on Russia"       (US, impose sanctions on, Russia)
"Turkish military intervention in Syria"       (Turkey, intervention in, Syria)
"talks held by Zarif and Lavrov"               (Zarif, hold talks, Lavrov)
"Russian forces seized Ukrainian ships"        (Russian forces, seize, Ukraine)

The rules propose generously, each claim with the features by which extract/judge.py believes or drops it.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from extract import clauses
from extract.casualties import by_deed, is_cause, struck
from extract.claims import Claim
from extract.coreference import Cast
from extract.deeds import NAMING, UNKNOWN, menaces, thing_of, told_by_noun, verb_event
from extract.event_nouns import BROKERING, noun_claims, noun_sense
from extract.events import Event, claim_of
from extract.grammar import among
from extract.model import Mention
from extract.mutual import claims_alongside, mutual_claims
from extract.ontology import Ontology, Sense
from extract.parties import Party, agents, calls_itself, parties
from extract.scene import sentences
from extract.subjects import companions, subject_tokens, subjects
from extract.targets import THREATS, as_object, targets_of
from extract.title_reach import CREEDS

LEADS = Sense(code="ROLE", targets=("object",))
SILENT = among("silent")
FEELINGS = among("feelings")
OWNED = frozenset({"his", "her", "its", "their", "our", "my"})
ASIDE = frozenset({"at", "near", "off", "beside", "before", "after"})
RISINGS = frozenset({"insurgency", "resistance", "rebellion", "uprising"})
ORIGINS = frozenset({"born", "bred", "educated", "raised"})
SHELTER = frozenset({"asylum", "refuge", "sanctuary", "shelter"})
GIVING = frozenset({"give", "grant", "offer"})
HOLDING = frozenset({"hold", "detain", "imprison", "torture", "beat", "keep", "lock", "abuse"})
PRISONS = frozenset({"prison", "jail", "camp", "cell", "centre", "center", "facility", "dungeon", "base"})
SPEAKING = frozenset({"SAY", "REQUEST", "THREATEN"})
SPOKEN_TO = frozenset({"CONSULT", "SAY", "REQUEST", "ACCUSE", "THREATEN", "PROTEST"})
MEDIATION = Sense(code="CONSULT", targets=("between",))
READING = frozenset({"obtain", "see", "view", "review", "read"})
CLEAR = frozenset({"clear", "plain", "known"})
TOLD = Sense(code="SAY", targets=("to",), reports=True)
MENACE = Sense(code="THREATEN", targets=("clause",))
EXPELLING = among("expelling")
DRAFTING = frozenset({"author", "cosponsor", "draft", "propose", "sponsor", "submit", "table", "write"})
SUMMONING = frozenset({"summon", "call"})
SUSPENDING = frozenset({"suspend", "exclude", "bar", "ban", "disqualify"})
# Tags of words that never relate.
SILENT_TAGS = frozenset(
    ["DT", "IN", ",", ".", "TO", "CC", "PRP", "CD", "PRP$", "MD", "RB", "POS", "WDT", "``", "''", ":", "_SP"]
)


def find_relations(doc: Doc, mentions: Sequence[Mention], words: Ontology) -> list[Claim]:
    """Every claim that the text's verbs and event nouns make, in the order of their triggers."""
    cast = Cast(mentions)
    number = sentences(doc)
    peopled = {number[m.first] for m in mentions}
    found: dict[tuple[str, str, int, str], Claim] = {}
    for sent in doc.sents:
        if number[sent.start] not in peopled:
            continue
        for token in sent:
            for claim in _claims_of(token, cast, words):
                if (
                    claim.source.name != claim.target.name
                    and claim.source.type != "PLACE"
                    and not _unlikely(claim, cast, doc)
                ):
                    found.setdefault((claim.source.name, claim.target.name, claim.trigger, claim.code), claim)
    heads = sorted({m.head for m in mentions if m.kind != "adjective"})
    return [replace(c, features=(*c.features, *_surroundings(c, heads))) for c in found.values()]


def _unlikely(claim: Claim, cast: Cast, doc: Doc) -> bool:
    """Whether the ends have no part in it: "ended at Oslo", "Islamic rule", "A and B stopped their aid".

    Nor does a part of a group do anything to the group: "young Kenyans pressed their demands".
    """
    if claim.code == "OTHER" and claim.relation.rsplit(" ", 1)[-1] in ASIDE:
        return True
    if claim.trigger < claim.target.head and any(_creed(doc, m) for m in (claim.source, claim.target)):
        return True
    within = claim.source.first <= claim.trigger < claim.source.last
    if claim.source.type == "GROUP" and not within and claim.source.name.endswith(f" {claim.target.name}"):
        return True
    theirs = claim.target.kind == "pronoun" and doc[claim.target.head].lower_ == "their"
    both = theirs and not claim.symmetric and claim.source.first != claim.target.first
    return both and any(m.name == claim.source.name for m in cast.covering(claim.target.head))


def _creed(doc: Doc, mention: Mention) -> bool:
    """Whether it is only the faith of what stands behind it."""
    word = doc[mention.head]
    bare = mention.kind in ("name", "adjective") and mention.type != "STATE"
    return bare and word.lower_ in CREEDS and word.dep_ == "amod"


def _surroundings(claim: Claim, heads: Sequence[int]) -> Iterator[str]:
    """What else the judge sees: who stands nearer to the event than the claim's ends, and what these are."""
    ends = (claim.source.head, claim.target.head)
    for name, mention in (("source", claim.source), ("target", claim.target)):
        low, high = sorted((claim.trigger, mention.head))
        between = bisect_left(heads, high) - bisect_right(heads, low) - sum(low < e < high for e in ends)
        yield f"{name} rivals {min(max(between, 0), 3)}"
        if mention.kind == "nominal":
            itself = mention.name == mention.text
            yield f"{name} {mention.type} for {'itself' if itself else 'another'}"
            if not itself:
                yield f"{name} {mention.type} for another, {_article(mention)}"
    yield f"{claim.code} {claim.source.type} {claim.target.type}"


def _article(mention: Mention) -> str:
    """What opens the common noun: "the minister", "a minister", "her minister"."""
    opening = mention.text.split(" ", 1)[0].lower()
    return {"the": "the", "a": "a", "an": "a"}.get(opening, "its" if opening in OWNED else "bare")


def _claims_of(token: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    tag = token.tag_
    if tag in SILENT_TAGS:
        return
    if token.i > 1 and tag in ("VBN", "VBD", "JJ") and token.nbor(-1).text == "-":
        yield from _compound_claims(token, cast, words)
    if clauses.is_verb(token) and (cast.at(token.i) is None or _describes(token, cast)):
        if token.lemma_.lower() not in SILENT or _idiomatic(token, words):
            yield from verb_claims(token, cast, words)
    elif token.pos_ == "ADJ" and (token.lower_ in CLEAR or token.lemma_.lower() in FEELINGS):
        yield from _adjective_claims(token, cast, words)
    elif token.pos_ in ("NOUN", "PROPN") and not _named(token, cast):
        sense = noun_sense(token, words)
        if sense is not None:
            yield from noun_claims(token, sense, cast, words)


def _describes(verb: Token, cast: Cast) -> bool:
    """Whether a participle inside their name tells who stands behind people: "rebels backed by Chad"."""
    inside = cast.at(verb.i)
    named = inside is not None and inside.kind == "nominal" and inside.head == verb.head.i
    return named and verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and clauses.has(verb, "agent")


def _idiomatic(verb: Token, words: Ontology) -> bool:
    """Whether a verb that says little alone does so here: "got in touch with", "went on to", "went to"."""
    lemma, part = verb.lemma_.lower(), clauses.particle(verb, words)
    reached = list(clauses.prepositions(verb))
    if part is not None:
        slots = (None, *(name for name, _ in reached))
        return any((lemma, part, slot, None) in words.verbs for slot in slots)
    if lemma == "appear":
        return any(name == "before" for name, _ in reached)
    sense = words.verb(lemma)
    places = [noun for name, noun in reached if sense and name in ("to", "into") and name in sense.places]
    return any(token.ent_type_ for noun in places for token in (noun, *noun.lefts))


def _adjective_claims(word: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """ "Kenya was critical of Uganda", "a general loyal to Haftar"."""
    above = word.head
    if word.lower_ in CLEAR and above.lemma_ == "make" and clauses.is_verb(above):
        event = Event(above, TOLD, f"make {word.lower_} to", True, above, "adjective")
        heard = [t for part in (word, above) for name, t in clauses.prepositions(part) if name == "to"]
        found = (p for t in heard for p in parties(t, "to", "own", cast))
        for target, source in itertools.product(found, subjects(above, words, cast)):
            yield from claim_of(event, source, target, words)
        return
    if word.dep_ == "acomp" and above.pos_ in ("AUX", "VERB"):
        sources = subjects(above, words, cast)
    elif word.dep_ == "amod" and above.i < word.i:
        sources = list(parties(above, "subject", "participle", cast))
    else:
        return
    for name, noun in clauses.prepositions(word):
        sense = words.verb(word.lemma_.lower(), preposition=name)
        if sense is not None and name in sense.targets:
            event = Event(word, sense, f"{word.lemma_.lower()} {name}", True, word, "adjective")
            for source, target in itertools.product(sources, parties(noun, name, "own", cast)):
                yield from claim_of(event, source, target, words)


def _compound_claims(verb: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """ "the Kurdish-led SDF", "Iran-backed militias", "the Moscow-operated base"."""
    if (
        verb.i < 2
        or verb.lemma_.lower() in SILENT
        or verb.lower_ in ORIGINS
        or verb.nbor(-1).text != "-"
        or verb.tag_ not in ("VBN", "VBD", "JJ")
    ):
        return
    agent = next((m for m in reversed(cast.covering(verb.i - 2)) if m.last == verb.i - 1), None)
    if agent is None or (agent.type == "GROUP" and agent.text.lower() in CREEDS):
        return
    for target in _described(verb, cast):
        if verb.doc[target.head].lemma_ in RISINGS:
            continue
        sense = words.verb(verb.lemma_.lower())
        lead = verb.lemma_.lower() in ("lead", "ally", "head", "dominate", "affiliate")
        event = Event(verb, LEADS if lead else sense or UNKNOWN, verb.lemma_.lower(), True, verb, "compound")
        source = Party(agent, "agent", "compound", "head", verb)
        yield from claim_of(event, source, Party(target, "object", "compound", "head", verb), words)


def _described(verb: Token, cast: Cast) -> Iterator[Mention]:
    """The actor that the participle before it describes, at most four words on."""
    for i in range(verb.i + 1, min(verb.i + 6, verb.sent.end)):
        found = cast.headed(i)
        if found is not None and found.kind != "adjective" and found.first <= i:
            if not _marks(verb.doc[i], found, cast):
                yield found
            return
        if verb.doc[i].pos_ in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ"):
            return


def _marks(word: Token, mention: Mention, cast: Cast) -> bool:
    """Whether the name only says whose thing it is: "a US-drafted UN resolution"."""
    thing = word.head
    owned = word.dep_ in ("compound", "nmod") and thing.i >= mention.last and thing.pos_ == "NOUN"
    return owned and cast.at(thing.i) is None


def _named(token: Token, cast: Cast) -> bool:
    inside = cast.at(token.i)
    return inside is not None and inside.kind in ("name", "nominal")


def verb_claims(verb: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """The claims of a verb with its objects and prepositions."""
    if verb.dep_ in clauses.NOT_VERBS and verb.dep_ != "amod":
        return
    if (verb.lower_ == "known" and clauses.passive(verb)) or _brings_about(verb) or calls_itself(verb):
        return
    if clauses.passive(verb):
        yield from _passive_claims(verb, cast, words)
        return
    if _caused(verb):
        suffers = [
            as_object(p)
            for c in verb.children
            if c.dep_ == "nsubj"
            for p in parties(c, "object", "own", cast)
        ]
        yield from _pairs(verb, subjects(verb.head, words, cast), suffers, cast, words)
        return
    sources = subjects(verb, words, cast)
    if not sources and verb_event(verb, "object", None, words).sense.code == "ASSAULT":
        sources = list(by_deed(verb, cast, words))
    if not sources:
        return
    fellows = list(companions(verb, words, cast))
    yield from claims_alongside(verb, sources, fellows, words)
    sources += fellows
    targets = (
        list(targets_of(verb, cast, words)) or _addressed(verb, cast, words) or _judged(verb, cast, words)
    )
    if is_cause(verb) and verb_event(verb, "object", thing_of(verb, words), words).sense.code == "ASSAULT":
        yield from _pairs(verb, sources, struck(verb, targets, cast, words), cast, words)
    yield from _pairs(verb, sources, targets, cast, words)
    yield from mutual_claims(verb, sources, targets, words)


def _brings_about(verb: Token) -> bool:
    """Whether only what somebody does next is told: "named X a threat, leading it to withdraw"."""
    below = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and clauses.infinitive(c)]
    return verb.lemma_ in ("lead", "cause") and bool(below) and clauses.has(verb, "dobj", "nsubj")


def _caused(verb: Token) -> bool:
    """Whether the subject above has it done: "had the general arrested"."""
    done = verb.dep_ == "ccomp" and verb.tag_ in ("VBN", "VBD") and verb.head.lemma_ == "have"
    bare = not any(c.dep_ in ("aux", "auxpass", "mark", "dobj") for c in verb.children)
    return done and bare and verb.i > verb.head.i and clauses.is_verb(verb.head)


def _passive_claims(verb: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    doers = (
        agents(verb, cast)
        or _wanting(verb, cast)
        or _keeping(verb, cast)
        or _sheltering(verb, cast)
        or [
            party
            for later in verb.children
            if later.dep_ == "conj"
            and later.tag_ == "VBN"
            and not any(c.dep_ == "nsubj" for c in later.children)
            and not clauses.has(verb, "agent")
            for party in agents(later, cast)
        ]
    )
    suffers = [as_object(party) for party in subjects(verb, words, cast)]
    if verb.lemma_.lower() in DRAFTING:
        suffers = [p for p in suffers if p.through != "modifier"]
    others = [p for p in targets_of(verb, cast, words) if p.slot not in ("by", "agent")]
    if doers:
        if verb.lemma_ in BROKERING:
            event = Event(verb, MEDIATION, f"{verb.lemma_} between", True, verb, "verb")
            for agent, party in itertools.product(doers, _brokered(verb, cast, words)):
                yield from claim_of(event, agent, party, words)
        yield from _pairs(verb, doers, [*suffers, *others], cast, words)
        sense = verb_event(verb, "object", thing_of(verb, words), words).sense
        if sense.code in ("AGREE", "CONSULT") and verb.lemma_ not in BROKERING:
            yield from mutual_claims(verb, doers, [*suffers, *others], words)
    elif expelling := _expelling(verb, cast):
        yield from _pairs(verb, expelling, suffers, cast, words)
    else:
        moved = [replace(p, slot="passive") for p in subjects(verb, words, cast)]
        yield from _pairs(verb, moved, [p for p in others if _takes(verb, p, words)], cast, words)


def _brokered(verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Between whom talks or a truce are brokered: "a truce brokered by Norway between Peru and Chile"."""
    for noun, _ in subject_tokens(verb, words):
        for word in (noun, *(t for p in verb.children if p.dep_ == "agent" for t in clauses.objects_of(p))):
            for name, token in clauses.prepositions(word):
                if name in ("between", "with"):
                    yield from parties(token, "between", "nested", cast)


def _wanting(verb: Token, cast: Cast) -> list[Party]:
    """The state where somebody is wanted: "is wanted in Italy for fraud"."""
    if verb.lower_ != "wanted":
        return []
    return _states_behind(verb, {"in"}, cast)


def _sheltering(verb: Token, cast: Cast) -> list[Party]:
    """The state that takes somebody in: "was granted asylum in Peru"."""
    given = [c for c in verb.children if c.dep_ in ("dobj", "attr", "oprd") and c.lemma_ in SHELTER]
    return _states_behind(verb, {"in", "by"}, cast) if given and verb.lemma_ in GIVING else []


def _keeping(verb: Token, cast: Cast) -> list[Party]:
    """Whose prison somebody is held in: "was tortured in a jail run by the Orion Front"."""
    if verb.lemma_.lower() not in HOLDING:
        return []
    cells = [t for name, t in clauses.prepositions(verb) if name in ("in", "at") and t.lemma_ in PRISONS]
    found = (p for token in cells for p in parties(token, "agent", "own", cast))
    return [p for p in found if p.through == "maker"]


def _expelling(verb: Token, cast: Cast) -> list[Party]:
    """Who acts by where it leads: "deported from Peru", "summoned to the palace", "barred from the bloc"."""
    if verb.lemma_.lower() in SUMMONING:
        called = [token for name, token in clauses.prepositions(verb) if name in ("to", "by", "before")]
        return [p for t in called for p in parties(t, "agent", "own", cast) if _office(p)]
    if verb.lemma_.lower() in SUSPENDING:
        left = [token for name, token in clauses.prepositions(verb) if name == "from"]
        bodies = [p for t in left for p in parties(t, "agent", "own", cast)]
        return [p for p in bodies if p.mention.type == "ORG" and p.mention.kind == "name"]
    if verb.lemma_.lower() not in EXPELLING:
        return []
    out = any(c.lower_ == "out" for c in verb.children)
    return _states_behind(verb, {"from", "out", "of"} if out else {"from", "out"}, cast)


def _office(party: Party) -> bool:
    """Whether a body or ministry calls somebody in."""
    return party.mention.type in ("ORG", "GROUP") and party.through in ("head", "apposition")


def _states_behind(verb: Token, names: Collection[str], cast: Cast) -> list[Party]:
    """The states that a verb's prepositions of these names bring, as who acts."""
    found = (token for name, token in clauses.prepositions(verb) if name in names)
    brought = (p for token in found for p in parties(token, "agent", "own", cast))
    return [p for p in brought if p.mention.type == "STATE"]


def _takes(verb: Token, party: Party, words: Ontology) -> bool:
    """Whether the passive verb's own frame has the party's slot: "were sent to Syria", not "asked about"."""
    if party.slot == "clause":
        return False
    if party.slot in ("to", "with") and verb.lemma_.lower() in EXPELLING:
        return False
    sense = verb_event(verb, party.slot, None, words).sense
    return party.slot in sense.targets or party.slot in sense.places


def _pairs(
    verb: Token, sources: Iterable[Party], targets: Iterable[Party], cast: Cast, words: Ontology
) -> Iterator[Claim]:
    targets, sources = list(targets), list(sources)
    if not (targets and sources):
        return
    thing = thing_of(verb, words)
    told = told_by_noun(verb, thing, words)
    for source in sources:
        for target in targets:
            if _both_meant(source, target, cast) or _only_read(verb, target):
                continue
            if target.slot == "clause" and verb.lemma_ == "agree" and len(sources) > 1:
                continue
            given = bool(told) and target.token.dep_ == "dative"
            told_so = target.slot in told or (target.way == "nested" and target.way in told)
            told_so = told_so or ("owner" in told and target.through == "distant")
            if (given or told_so) and not clauses.framed(verb, target.slot, thing, words):
                continue
            event = verb_event(verb, target.slot, thing, words)
            if target.way == "condition" and verb.lemma_.lower() not in THREATS:
                if not menaces(verb, thing, words):
                    continue
                event = replace(event, sense=MENACE, known=True)
            yield from claim_of(event, source, target, words)


def _only_read(verb: Token, target: Party) -> bool:
    """Whether only a thing of theirs was come by: "a message from X, obtained by the paper"."""
    theirs = target.through in ("owner", "distant", "maker") or target.slot == "from"
    return verb.lemma_ in READING and (theirs or verb.dep_ == "acl")


def _both_meant(source: Party, target: Party, cast: Cast) -> bool:
    """Whether one pronoun means the two: "Kenya and Uganda marked their border", "who bowed their heads"."""
    if target.mention.kind != "pronoun" or target.mention.name == source.mention.name:
        return False
    return any(m.name == source.mention.name for m in cast.all_headed(target.mention.head))


def _judged(verb: Token, cast: Cast, words: Ontology) -> list[Party]:
    """Whose deed is called names before it is told: "in what Chile called a provocation, Peru sent ships"."""
    above = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "in" or verb.lemma_ not in NAMING or above.i < verb.i:
        return []
    named = any(c.dep_ == "oprd" and c.pos_ == "NOUN" for c in verb.children)
    whose = named and any(c.lower_ == "what" for c in verb.children) and clauses.is_verb(above)
    doers = (agents(above, cast) if clauses.passive(above) else subjects(above, words, cast)) if whose else []
    return [replace(p, slot="object", way="judged") for p in doers]


def _addressed(verb: Token, cast: Cast, words: Ontology) -> list[Party]:
    """Whom a participle speaks to: "met X, warning that …", "wrote to X, demanding an apology"."""
    sense, above = words.verb(verb.lemma_.lower()), verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or sense is None or sense.code not in SPEAKING:
        return []
    if not clauses.is_verb(above) or verb.i < above.i or clauses.passive(above):
        return []
    code = verb_event(above, "object", thing_of(above, words), words).sense.code
    if code not in SPOKEN_TO:
        return []
    heard = [p for p in targets_of(above, cast, words) if p.slot in ("object", "to", "with", "on")]
    return [replace(p, slot="object", way="addressed") for p in heard if p.mention.type != "PLACE"]
