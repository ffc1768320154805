"""From two parties and an event word to a claim: direction, code, words, and what the judge sees of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract import clauses
from extract.claims import Claim
from extract.grammar import among
from extract.model import Code, content_id
from extract.ontology import Ontology, Sense
from extract.parties import Party, lemma_of, titles, unique
from extract.shades import shaded

MOST_PARTIES = 12  # of one meeting; a longer list is a crowd, not a fact about pairs
WILLING = frozenset({"willing", "ready", "prepared", "eager", "keen", "happy", "glad"})
HELPING = frozenset({"help", "continue", "keep", "start", "begin", "resume", "go", "try"})
WOULD = frozenset({"will", "would", "'ll", "'d", "shall", "could", "might"})
ANNOUNCED = frozenset({"AGREE", "THREATEN"})
TRADE = frozenset({"buy", "import", "purchase", "sell", "export", "trade"})
DEEPER = frozenset({"xcomp", "advcl"})
WILLINGNESS = Sense(code="AGREE", complement="future", overrides=True)
SHOOTS = frozenset({"open", "fire", "shoot"})
SHOTS = frozenset({"fire", "shot", "bullet", "round", "salvo"})
SHOOTING = Sense(code="ASSAULT", overrides=True)
RESOLVED = Sense(code="AGREE", overrides=True)  # of an ill deed: a threat
BINDING = frozenset({"REJECT", "THREATEN", "AGREE"})
GROUND = among("ground")
JUDGED = frozenset({"ACCUSE", "REJECT", "PROTEST"})
NAMED_SLOTS = among("named_slots")
BODIES = among("bodies")
ATTACKS = frozenset({"attack", "assault", "broadside"})
CONDUCT = among("conduct")
SHARES = frozenset({"%", "percent", "cent", "point", "points", "seat", "seats", "vote", "votes"})
SURVEYS = frozenset({"survey", "poll", "polls", "surveys", "projection", "projections", "forecast", "tally"})
PERCENT = frozenset({"%", "percent", "cent"})
MAKING = frozenset({"create", "establish", "form"})  # what several make is not whom they work with
POLLS = frozenset({"election", "poll", "primary", "race", "referendum", "runoff", "vote"})
VOTES = frozenset({"vote", "votes", "ballot", "ballots", "voters", "seats"})
MEANWHILE = frozenset(
    {"during", "after", "before", "since", "until", "following", "despite", "amid", "at", "under", "of"}
)
RATING = frozenset({"give", "put", "show", "have", "place"})


@dataclass(frozen=True, slots=True)
class Event:
    """A verb or noun that may relate: its sense, its words, and the verb whose clause it stands in."""

    trigger: Token
    sense: Sense
    words: str
    known: bool
    clause: Token
    kind: str


def claim_of(event: Event, source: Party, target: Party, words: Ontology) -> Iterator[Claim]:
    """The claim, its ends turned round where the verb asks for it, unless its frame can't hold it."""
    sense = event.sense
    fit = _fit(event, target)
    turned = sense.reverse and event.kind != "noun"
    if not event.known and _nothing_told(target):
        return
    if target.mention.type == "PLACE" and fit not in ("place", "mutual"):
        fit = "not a place"
    if (target if turned else source).mention.type == "PLACE" or _measures(event, source):
        return
    if _at_the_polls(event, source, target):
        return
    governor = _governor(event, source, words)
    code, mode = ended(event.clause, sense, words), sense.mode
    if governor is not None:
        if fit == "not a place":
            return
        under = words.under(governor[1], sense, negated=clauses.has(event.clause, "neg"))
        code, mode = under.code, under.mode
    one, other = source.mention, target.mention
    if code in JUDGED and _victim(target, words):
        return
    if code == "ASSAULT" and _of_words(event, target):
        code, mode = "ACCUSE", None
    if turned:
        one, other = other, one
    if code == "COOPERATE" and target.slot == "object" and event.trigger.lemma_ in MAKING:
        code = "OTHER"
    code, mode = shaded(event.trigger, code, mode, one, other)
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


def _nothing_told(target: Party) -> bool:
    """Whether an unknown verb can do nothing to it: a place, or who a clause below is about."""
    place = target.mention.type == "PLACE" and target.slot == "object" and target.through == "head"
    return place or target.slot == "clause"


def _victim(target: Party, words: Ontology) -> bool:
    """Whether the deed that is judged befell it: "condemned the killing of X", not "by X"."""
    sense = words.noun(target.token.lemma_.lower()) if target.through == "owner" else None
    if sense is None or target.mention.type == "PLACE" or words.quad(sense.code) != "material-conflict":
        return False
    befell = (
        c for c in target.token.children if c.lower_ == "of" and c.i < target.mention.head <= c.right_edge.i
    )
    return sense.reverse and "of" in sense.targets and any(befell)


def _of_words(event: Event, target: Party) -> bool:
    """Whether only what somebody does or says is attacked: "an attack on Peru's record"."""
    attacked = not ATTACKS.isdisjoint(event.words.split()) and target.through in ("owner", "modifier")
    return attacked and target.token.lemma_ in CONDUCT and target.token.lower_ != "positions"


def _measures(event: Event, source: Party) -> bool:
    """Whether only figures are told: "an Orion survey put X on 51 per cent", "Orion gave him 21.5%"."""
    verb = event.trigger
    if verb.lemma_ not in RATING:
        return False
    return source.token.lower_ in SURVEYS or any(c.i > verb.i and _share(c) for c in _brought(verb))


def _at_the_polls(event: Event, source: Party, target: Party) -> bool:
    """Whether somebody only won or lost a land's vote: "won Moldova's election", not "beat Petrov"."""
    noun = event.trigger if event.kind == "noun" else target.token
    lands = (party for party in (source, target) if party.mention.type == "STATE")
    return (
        event.clause.lemma_ in ("win", "lose", "contest")
        and noun.lemma_ in POLLS
        and any(party.through in ("owner", "modifier") or party.slot == "owner" for party in lands)
    )


def _share(word: Token) -> bool:
    """Whether the word is a share of votes: "21.5%", "40 percent of the vote"."""
    of = (t for c in word.children if c.dep_ == "prep" for t in clauses.objects_of(c))
    return word.lower_ in PERCENT and all(t.lower_ in VOTES for t in of)


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
    if event.kind == "noun" and target.slot in ("owner", "subject", "clause"):
        return "listed"
    if target.mention.type in ("PLACE", "STATE") and target.slot in GROUND:
        return "ground"
    return "unlisted"


def _governor(event: Event, source: Party, words: Ontology) -> tuple[Token, Sense] | None:
    """The verb whose code names the event below it: "threatened to attack", "refused to meet"."""
    verb = event.clause
    if verb.dep_ == "advcl" and source.way == "adverbial" and clauses.is_verb(verb.head):
        deed = _deed(verb.head, words)
        if deed is not None or verb.head.dep_ != "xcomp":
            return deed
    if verb.dep_ == "acl" and source.way == "control" and (bound := words.noun(verb.head.lemma_.lower())):
        binds = bound.code in BINDING and verb.head.lemma_ not in ("plan", "intention", "proposal")
        return (verb.head, replace(bound, overrides=True)) if binds else None
    if verb.dep_ == "acl" and source.way == "made":
        made = words.noun(verb.head.lemma_.lower())
        return (verb.head, replace(made, overrides=True)) if made and made.code == "PROTEST" else None
    verb = topmost(verb)
    if verb.dep_ == "pcomp":
        return _bound(verb.head, words)
    if verb.dep_ == "ccomp" and source.mention.kind == "pronoun":
        return _announced(verb, words)
    if verb.dep_ != "xcomp" or source.way not in ("control", "shared", "adverbial"):
        return None
    head = verb.head
    if head.lemma_.lower() in WILLING and head.pos_ == "ADJ":
        return head, WILLINGNESS
    if head.lemma_ == "hesitate" and any(c.dep_ == "neg" for c in head.children):
        return head, RESOLVED
    bidden = head.tag_ == "VBN" and head.dep_ in ("ccomp", "oprd", "acl") and not clauses.has(head, "aux")
    bare = head.lemma_ in ("deny", "dare") or bidden or not clauses.is_verb(head)
    sense = None if bare else words.verb(head.lemma_.lower())
    if sense is not None and sense.code == "REJECT" and clauses.has(head, "neg"):
        return None
    if sense is None or not sense.overrides or any(c.dep_ == "dobj" for c in head.children):
        return None
    return head, sense


def topmost(verb: Token) -> Token:
    """The infinitive under the governing verb: "agreed to go on and help rebuild", "to send aid to feed"."""
    for _ in range(5):
        above = verb.head
        if not clauses.is_verb(above):
            return verb
        listed = verb.dep_ == "conj" and verb.tag_ == "VB"
        helping = verb.dep_ == "xcomp" and above.dep_ in DEEPER and above.lemma_.lower() in HELPING
        purpose = verb.dep_ == "advcl" and above.dep_ == "xcomp" and clauses.infinitive(verb)
        if not (listed or helping or purpose):
            return verb
        verb = above
    return verb


def _bound(prep: Token, words: Ontology) -> tuple[Token, Sense] | None:
    """What a gerund hangs on: "is committed to helping", "agreed on sending"."""
    above = prep.head
    if above.lower_ == "committed" and prep.lower_ == "to":
        return above, WILLINGNESS
    sense = words.verb(above.lemma_.lower(), preposition=prep.lower_) if clauses.is_verb(above) else None
    held = sense is not None and sense.overrides and sense.code in ("AGREE", "REJECT")
    return (above, sense) if sense is not None and held and prep.lower_ in sense.targets else None


def ended(verb: Token, sense: Sense, words: Ontology) -> Code:
    """The code of what is given up: "stopped supplying", "ceased shelling"; not of what is only denied."""
    above = verb.head
    if verb.dep_ != "xcomp" or verb.tag_ != "VBG" or not clauses.is_verb(above):
        return sense.code
    told = words.verb(above.lemma_.lower())
    light = words.light(above.lemma_.lower(), particle=clauses.particle(above))
    if light is None or (light.cooperation, light.conflict) == (None, None) or (told and told.reports):
        return sense.code
    if light.cooperation == "REJECT" and clauses.has(above, "neg"):
        return sense.code
    if sense.code == "OTHER" and verb.lemma_.lower() in TRADE and light.cooperation:
        return light.cooperation
    return words.compose(light, sense).code


def _announced(verb: Token, words: Ontology) -> tuple[Token, Sense] | None:
    """The promise or threat that a clause spells out: "warned that it would hit back"."""
    above = verb.head
    if not clauses.is_verb(above) or not any(c.dep_ == "aux" and c.lower_ in WOULD for c in verb.children):
        return None
    sense = words.verb(above.lemma_.lower())
    return (above, sense) if sense and sense.overrides and sense.code in ANNOUNCED else None


def _deed(verb: Token, words: Ontology) -> tuple[Token, Sense] | None:
    """The deed that a purpose belongs to: "blocked roads to demand", "opened fire to disperse"."""
    objects = [lemma_of(token) for token, _ in clauses.object_tokens(verb)]
    if verb.lemma_ in SHOOTS and (SHOTS.intersection(objects) or not (objects or verb.lemma_ == "open")):
        return verb, SHOOTING
    lemma, part = verb.lemma_.lower(), clauses.particle(verb, words)
    sense = words.verb(lemma, particle=part, object_lemma=objects[0] if objects else None)
    near = (words.verb(lemma, particle=name) for name, _ in clauses.prepositions(verb))
    sense = next((s for s in (sense, *near) if s is not None and s.code == "PROTEST"), sense)
    return (verb, replace(sense, overrides=True)) if sense and sense.code == "PROTEST" else None


def _relation(event: Event, target: Party, governor: Token | None) -> str:
    """Lemma with particle, noun and preposition, as "call on", "hold talks with", "vow to support"."""
    text = event.words
    if event.kind == "noun" and target.slot not in ("owner", "subject", "mutual", "object", "clause"):
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
        facts.append("governed" if event.clause.dep_ == "xcomp" else "purpose")
    if target.through in ("owner", "modifier"):
        facts.append(f"owner of {fit} {target.slot}")
    facts += (f"source {fact}" for fact in _borrowed(source))
    facts += (f"target {fact}" for fact in _borrowed(target))
    if ends[1].name.startswith(f"{ends[0].name}'s "):
        facts.append("target its own")
    if ends[0].name.startswith(f"{ends[1].name}'s "):
        facts.append("source its own")
    if _counted(trigger):
        facts.append("figure")
    if event.kind == "noun" and trigger.dep_ == "pobj" and trigger.head.lower_ in MEANWHILE:
        facts += ("meanwhile", f"meanwhile {source.through} {source.slot} {slot}")
    return tuple(facts)


def _borrowed(party: Party) -> Iterator[str]:
    """How an unnamed noun stands for the actor beside it: "a Czech diplomat", "Peru's envoy"."""
    if party.through not in ("office", "modifier", "owner"):
        return
    noun = party.token
    number = "plural" if noun.tag_ in ("NNS", "NNPS") else "single"
    article = "a" if any(c.lower_ in ("a", "an", "another", "one") for c in noun.children) else "no a"
    yield f"{party.through} {party.mention.kind} {number} {article}"
    yield f"{party.through} of {'name' if noun.ent_type_ in ('ORG', 'FAC', 'PERSON') else _sort(noun)}"


def _sort(noun: Token) -> str:
    """What the noun is: a body, a person, a thing."""
    if noun.lemma_ in BODIES:
        return "body"
    return "person" if noun.lemma_.lower() in titles() else "thing"


def _counted(verb: Token) -> bool:
    """Whether the verb brings a figure: "gave him 21.5%", "put the party on 51 per cent"."""
    return any(c.i > verb.i and _figure(c) for c in _brought(verb))


def _brought(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        yield child
        if child.dep_ == "prep":
            yield from child.children


def _figure(word: Token) -> bool:
    return word.lower_ in SHARES or (word.pos_ == "NUM" and word.dep_ in ("dobj", "pobj", "npadvmod"))


def _size(gap: int) -> str:
    return next((name for limit, name in ((3, "near"), (7, "middle"), (14, "far")) if gap <= limit), "remote")


def each_pair(event: Event, found: Sequence[Party], words: Ontology) -> Iterator[Claim]:
    """A claim for each pair of the parties of one event, with one group when there are more than two."""
    members = unique(found)[:MOST_PARTIES]
    names = sorted(party.mention.name for party in members)
    group = content_id(str(event.trigger.idx), *names) if len(members) > 2 else None
    size = (f"parties {min(len(members), 5)}",) if group else ()
    for one, other in itertools.combinations(members, 2):
        for claim in claim_of(event, one, replace(other, slot="mutual"), words):
            yield replace(claim, symmetric=True, group=group, features=claim.features + size)
