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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extract import clauses
from extract.claims import Claim
from extract.clauses import Party
from extract.coreference import Cast
from extract.model import Mention, content_id
from extract.ontology import Light, Ontology, Sense

MOST_PARTIES = 12  # of one meeting; a longer list is a crowd, not a fact about pairs
BOTH = frozenset({"between", "among", "amongst", "amid"})
TOPICS = frozenset({"in", "during", "at", "after", "following", "before", "for", "on", "from"})
WILLING = frozenset({"willing", "ready", "prepared", "eager", "keen"})
WILLINGNESS = Sense(code="AGREE", complement="future", overrides=True)
DEMAND = Sense(code="REQUEST", targets=("clause",))
DUTY = frozenset({"must", "should", "ought"})
LEADS = Sense(code="ROLE", targets=("object",))
UNKNOWN = Sense(code="OTHER", targets=("object",))
SILENT = frozenset(
    {
        "be",
        "have",
        "do",
        "become",
        "seem",
        "appear",
        "get",
        "go",
        "mean",
        "accord",
        "base",
        "include",
        "follow",
    }
)
GROUND = frozenset({"in", "on", "at", "near", "into", "to", "from", "over", "across", "through", "around"})


@dataclass(frozen=True, slots=True)
class Event:
    """A verb or noun that may relate: its sense, its words, and the verb whose clause it stands in."""

    trigger: Token
    sense: Sense
    words: str
    known: bool
    clause: Token
    kind: str


def find_relations(doc: Doc, mentions: Sequence[Mention], words: Ontology) -> list[Claim]:
    """Every claim that the text's verbs and event nouns make, in the order of their triggers."""
    cast = Cast(mentions)
    peopled = {doc[m.first].sent.start for m in mentions}
    found: dict[tuple[str, str, int, str], Claim] = {}
    for sent in doc.sents:
        if sent.start not in peopled:
            continue
        for token in sent:
            for claim in _claims_of(token, cast, words):
                if claim.source.name != claim.target.name and claim.source.type != "PLACE":
                    found.setdefault((claim.source.name, claim.target.name, claim.trigger, claim.code), claim)
    return list(found.values())


def _claims_of(token: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    if token.i > 1 and token.tag_ in ("VBN", "VBD", "JJ") and token.nbor(-1).text == "-":
        yield from _compound_claims(token, cast, words)
    if clauses.is_verb(token) and cast.at(token.i) is None:
        if token.lemma_.lower() not in SILENT:
            yield from verb_claims(token, cast, words)
    elif token.pos_ in ("NOUN", "PROPN") and not _named(token, cast):
        sense = noun_sense(token, words)
        if sense is not None:
            yield from noun_claims(token, sense, cast, words)


def _compound_claims(verb: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """ "the Kurdish-led SDF", "Iran-backed militias", "the Moscow-operated base"."""
    if verb.i < 2 or verb.nbor(-1).text != "-" or verb.tag_ not in ("VBN", "VBD", "JJ"):
        return
    agent = next((m for m in reversed(cast.covering(verb.i - 2)) if m.last == verb.i - 1), None)
    if agent is None:
        return
    for target in _described(verb, cast):
        sense = words.verb(verb.lemma_.lower())
        lead = verb.lemma_.lower() in ("lead", "ally", "head", "dominate", "affiliate")
        event = Event(verb, LEADS if lead else sense or UNKNOWN, verb.lemma_.lower(), True, verb, "compound")
        source = Party(agent, "agent", "compound", "head", verb)
        yield from _claim(event, source, Party(target, "object", "compound", "head", verb), words)


def _described(verb: Token, cast: Cast) -> Iterator[Mention]:
    """The actor that the participle before it describes, at most four words on."""
    for i in range(verb.i + 1, min(verb.i + 6, verb.sent.end)):
        found = cast.headed(i)
        if found is not None and found.kind != "adjective" and found.first <= i:
            yield found
            return
        if verb.doc[i].pos_ in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ"):
            return


def _named(token: Token, cast: Cast) -> bool:
    inside = cast.at(token.i)
    return inside is not None and inside.kind in ("name", "nominal")


# Verbs


def verb_claims(verb: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    """The claims of a verb with its objects and prepositions."""
    if verb.dep_ in clauses.NOT_VERBS and verb.dep_ != "amod":
        return
    if clauses.passive(verb):
        yield from _passive_claims(verb, cast, words)
        return
    sources = clauses.subjects(verb, words, cast)
    if not sources:
        return
    targets = list(_targets(verb, cast, words))
    yield from _pairs(verb, sources, targets, cast, words)
    yield from _mutual(verb, sources, targets, words)


def _passive_claims(verb: Token, cast: Cast, words: Ontology) -> Iterator[Claim]:
    agents = clauses.agents(verb, cast) or [
        party
        for later in verb.children
        if later.dep_ == "conj" and later.tag_ == "VBN" and not any(c.dep_ == "nsubj" for c in later.children)
        for party in clauses.agents(later, cast)
    ]
    suffers = [_as_object(party) for party in clauses.subjects(verb, words, cast)]
    others = [p for p in _targets(verb, cast, words) if p.slot not in ("by", "agent")]
    if agents:
        yield from _pairs(verb, agents, [*suffers, *others], cast, words)
    else:
        moved = [replace(p, slot="passive") for p in clauses.subjects(verb, words, cast)]
        yield from _pairs(verb, moved, others, cast, words)


def _as_object(party: Party) -> Party:
    owned = party.through in ("owner", "modifier", "distant")
    return replace(party, slot="owner" if owned else "object")


def _targets(verb: Token, cast: Cast, words: Ontology) -> Iterator[Party]:
    """Whoever stands in an object, a preposition, an object's owner or preposition, or a clause below."""
    for token, way in clauses.object_tokens(verb):
        token = clauses.core(token)
        for party in clauses.parties(token, "object", way, cast):
            yield _as_object(party)
        for one, _ in clauses.joined(token):
            for name, noun in clauses.prepositions(one):
                if name not in ("of", "by") and cast.headed(one.i) is None:
                    yield from clauses.parties(noun, name, "nested", cast)
    for name, noun in clauses.prepositions(verb):
        if name not in ("by", "according", "as", "including", "since", "until", "despite"):
            yield from clauses.parties(noun, name, "own", cast)
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and not clauses.infinitive(child):
            for subject in child.children:
                if subject.dep_ in ("nsubj", "nsubjpass"):
                    yield from clauses.parties(subject, "clause", "own", cast)


def is_light(verb: Token, words: Ontology) -> bool:
    """Whether the verb leaves the sense to its noun."""
    lemma, part = verb.lemma_.lower(), clauses.particle(verb)
    return lemma == "have" or words.light(lemma, particle=part) is not None


def _pairs(
    verb: Token, sources: Iterable[Party], targets: Iterable[Party], cast: Cast, words: Ontology
) -> Iterator[Claim]:
    targets = list(targets)
    objects = [t.lemma_.lower() for t, _ in clauses.object_tokens(verb)]
    if clauses.passive(verb):
        objects = [t.lemma_.lower() for t, _ in clauses.subject_tokens(verb, words)]
    for source in sources:
        for target in targets:
            event = verb_event(verb, target.slot, objects[0] if objects else None, words)
            yield from _claim(event, source, target, words)


def verb_event(verb: Token, slot: str, object_lemma: str | None, words: Ontology) -> Event:
    """What the verb means with a target in this slot."""
    lemma, part = verb.lemma_.lower(), clauses.particle(verb)
    preposition = None if slot in ("object", "owner", "clause", "agent") else slot
    sense = words.verb(lemma, particle=part, preposition=preposition, object_lemma=object_lemma)
    if slot == "clause" and sense is not None and sense.reports and _obliges(verb):
        sense = DEMAND
    text = " ".join(filter(None, (lemma, part, preposition)))
    kind = "light verb" if object_lemma and words.noun(object_lemma) and is_light(verb, words) else "verb"
    return Event(verb, sense or UNKNOWN, text, sense is not None, verb, kind)


def _obliges(verb: Token) -> bool:
    """Whether what is said is a duty: "said that Libya must hand over the men"."""
    return any(
        aux.lower_ in DUTY
        for child in verb.children
        if child.dep_ == "ccomp"
        for aux in child.children
        if aux.dep_ == "aux"
    )


def _mutual(
    verb: Token, sources: Sequence[Party], targets: Sequence[Party], words: Ontology
) -> Iterator[Claim]:
    """ "Shoigu and Lavrov met": the subjects are each other's targets."""
    objects = [t.lemma_.lower() for t, _ in clauses.object_tokens(verb)]
    event = verb_event(verb, "object", objects[0] if objects else None, words)
    if not 2 <= len(sources) <= MOST_PARTIES:
        return
    if _jointly(verb):
        event = replace(event, sense=_joint_sense(event.sense, verb, words), kind="joint")
    elif not event.sense.symmetric or any(t.slot in event.sense.targets for t in targets):
        return
    yield from _each_pair(event, sources, words)


JOINT = frozenset({"joint", "together", "jointly", "common", "mutual", "bilateral", "trilateral", "each"})


def _jointly(verb: Token) -> bool:
    """Whether its subjects act together: "renewed their joint operations", "attacked together"."""
    near = [*verb.children, *(c for t, _ in clauses.object_tokens(verb) for c in t.children)]
    return any(token.lower_ in JOINT for token in near)


def _joint_sense(sense: Sense, verb: Token, words: Ontology) -> Sense:
    for token, _ in clauses.object_tokens(verb):
        noun = noun_sense(token, words)
        if noun is not None and noun.symmetric:
            return noun
    return replace(sense, code=sense.code if sense.symmetric else "COOPERATE", symmetric=True)


def _each_pair(event: Event, found: Sequence[Party], words: Ontology) -> Iterator[Claim]:
    members = clauses.unique(found)[:MOST_PARTIES]
    names = sorted(party.mention.name for party in members)
    group = content_id(str(event.trigger.idx), *names) if len(members) > 2 else None
    for one, other in itertools.combinations(members, 2):
        for claim in _claim(event, one, replace(other, slot="mutual"), words):
            yield replace(claim, symmetric=True, group=group)


# Event nouns


def noun_sense(noun: Token, words: Ontology) -> Sense | None:
    """The event noun's sense, with its compound where that has one ("phone call", "air strike")."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1) if noun.i else None
    if before is not None and before.head == noun and before.dep_ in ("compound", "amod", "nmod"):
        if sense := words.noun(f"{before.lower_} {lemma}"):
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
        yield from _each_pair(replace(event, sense=replace(sense, symmetric=True)), between, words)
        return
    partners = [p for p in sufferers if p.slot in sense.targets]
    if sense.symmetric and not partners and 2 <= len(clauses.unique(doers)) <= MOST_PARTIES:
        yield from _each_pair(event, doers, words)
        return
    if doers and sufferers:
        for source, target in itertools.product(doers, sufferers):
            yield from _claim(event, source, target, words)


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
        return head.head, words.light(head.head.lemma_.lower(), preposition=head.lower_)
    if first.dep_ == "pobj" and head.head.pos_ == "AUX":
        return head.head, words.light(head.head.lemma_.lower(), preposition=head.lower_)
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
    owned = _owners(noun, cast)
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "with"
        and sense.code in ("AID", "SUPPORT", "COOPERATE", "AGREE")
    ):
        if clauses.is_verb(noun.head.head):
            helped = clauses.subjects(noun.head.head, words, cast)
            sufferers.extend(replace(p, way="topic") for p in helped)
    reversed_ = sense.reverse and not (light is not None and light.reverse)
    (sufferers if reversed_ else doers).extend(owned)
    for name, token in _around(noun, verb, light):
        for party in clauses.parties(token, name, "own", cast):
            (doers if _brings_doer(name, sense, doers, light) else sufferers).append(party)
    if (
        not doers
        and verb is not None
        and light is None
        and sense.code in ("CONSULT", "SAY", "ACCUSE", "REQUEST")
    ):
        if noun.dep_ == "pobj" and noun.head.lower_ in TOPICS and not clauses.passive(verb):
            doers = [replace(p, way="topic") for p in clauses.subjects(verb, words, cast)]
    return doers, sufferers


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


def _brings_doer(name: str, sense: Sense, doers: Sequence[Party], light: Light | None) -> bool:
    if name == "by":
        return True
    if name in sense.sources and name not in sense.targets:
        return True
    return name in sense.sources and name == "of" and not doers and not sense.reverse


# Claims


def _claim(event: Event, source: Party, target: Party, words: Ontology) -> Iterator[Claim]:
    """The claim, its ends turned round where the verb asks for it, unless its frame can't hold it."""
    sense = event.sense
    fit = _fit(event, target)
    if target.mention.type == "PLACE" and fit not in ("place", "mutual"):
        fit = "not a place"
    if source.mention.type == "PLACE":
        return
    governor = _governor(event, source, words)
    code, mode = sense.code, sense.mode
    if governor is not None:
        under = words.under(governor[1], sense)
        code, mode = under.code, under.mode
    one, other = source.mention, target.mention
    if sense.reverse and event.kind != "noun":
        one, other = other, one
        if one.type == "PLACE":
            return
    yield Claim(
        one,
        other,
        _relation(event, target, governor[0] if governor else None),
        event.trigger.i,
        event.trigger.i + 1,
        event.trigger.i,
        code,
        mode,
        symmetric=sense.symmetric and code == sense.code,
        features=_features(event, source, target, fit, code, governor is not None),
    )


def _fit(event: Event, target: Party) -> str:
    if target.slot == "mutual":
        return "mutual"
    if not event.known:
        return "unknown"
    sense = event.sense
    if target.slot in sense.places and target.mention.type in ("PLACE", "STATE"):
        return "place"
    if target.slot in sense.targets:
        return "listed"
    if event.kind == "noun" and target.slot in ("owner", "subject"):
        return "listed"
    if target.mention.type in ("PLACE", "STATE") and target.slot in GROUND:
        return "ground"
    return "unlisted"


def _governor(event: Event, source: Party, words: Ontology) -> tuple[Token, Sense] | None:
    """The verb whose code names the event below it: "threatened to attack", "refused to meet"."""
    verb = event.clause
    if verb.dep_ != "xcomp" or source.way not in ("control", "shared"):
        return None
    head = verb.head
    if head.lemma_.lower() in WILLING and head.pos_ == "ADJ":
        return head, WILLINGNESS
    sense = words.verb(head.lemma_.lower()) if clauses.is_verb(head) else None
    if sense is None or not sense.overrides or any(c.dep_ == "dobj" for c in head.children):
        return None
    return head, sense


def _relation(event: Event, target: Party, governor: Token | None) -> str:
    """Lemma with particle, noun and preposition, as "call on", "hold talks with", "vow to support"."""
    text = event.words
    if event.kind == "noun" and target.slot not in ("owner", "subject", "mutual", "object"):
        text = f"{text} {target.slot}"
    return f"{governor.lemma_.lower()} to {text}" if governor is not None else text


def _features(
    event: Event, source: Party, target: Party, fit: str, code: str, governed: bool
) -> tuple[str, ...]:
    trigger = event.trigger
    ends = (source.mention, target.mention)
    gap = abs(ends[0].head - trigger.i), abs(ends[1].head - trigger.i)
    slot = target.slot if target.slot in NAMED_SLOTS else "other preposition"
    facts = [
        f"{event.kind} fit {fit}",
        f"{event.kind} slot {slot} {fit}",
        f"{event.kind} source {source.slot} {source.way}",
        f"target {target.way}",
        f"source through {source.through}",
        f"target through {target.through}",
        f"code {code} {event.kind}",
        f"fit {fit} {code}",
        f"source {ends[0].type} {ends[0].kind}",
        f"target {ends[1].type} {ends[1].kind}",
        f"types {ends[0].type} {ends[1].type}",
        f"source distance {_size(gap[0])}",
        f"target distance {_size(gap[1])}",
        f"known {event.known}",
    ]
    if governed:
        facts.append("governed")
    if target.through in ("owner", "modifier"):
        facts.append(f"owner of {fit} {target.slot}")
    return tuple(facts)


NAMED_SLOTS = frozenset(
    [
        "object",
        "owner",
        "clause",
        "mutual",
        "subject",
        "with",
        "to",
        "in",
        "on",
        "of",
        "for",
        "from",
        "against",
        "at",
        "between",
        "into",
        "by",
        "over",
        "near",
        "about",
        "toward",
        "towards",
        "among",
        "after",
    ]
)


def _size(gap: int) -> str:
    return next((name for limit, name in ((3, "near"), (7, "middle"), (14, "far")) if gap <= limit), "remote")
