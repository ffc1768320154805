"""Who a clause's subject is, also where it stands elsewhere: before a relative, an infinitive, a participle.

"Haftar, received by Lavrov, promised to visit Geneva": Haftar is received and visits.
"Russia accused Georgia of bombing a village": Georgia bombs.
"Kenya's decision to attack Somalia": Kenya attacks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from extract.astray import inverted, left_behind, lost, marked, subject_before
from extract.clauses import (
    MESSAGES,
    PASSIVE,
    SUBJECTS,
    WH,
    active_after_all,
    antecedent,
    beside_object,
    has,
    in_company,
    infinitive,
    is_verb,
    object_tokens,
    objects_of,
    particle,
    passive,
    phrases,
)
from extract.controllers import (
    among_those,
    asked,
    bidden_by,
    charged,
    governor_sense,
    grounds,
    hired,
    judged,
    purposeful,
)
from extract.coreference import Cast
from extract.grammar import among
from extract.ontology import Ontology
from extract.parties import Party, agents, parties

# Prepositions whose gerund belongs to the object: "accused X of bombing", "quoted X as saying".
OBJECT_GERUND = frozenset({"of", "from", "for", "into", "against", "as"})
MARKS = frozenset({",", "-", "--", "–", "—"})
DEEDS = among("deeds")
MAKING = among("making")
AIMED = frozenset({"aimed", "designed", "intended", "meant"})
AIMS = frozenset({"attempt", "bid", "effort", "order"})
LOOSE = frozenset({"owner", "modifier", "distant"})
CLAIMED = frozenset({"credit", "responsibility", "blame"})
SUFFERED = frozenset({"COERCE", "ACCUSE", "ASSAULT"})
INVITING = frozenset({"deliver", "extend", "issue", "make", "offer", "renew", "repeat", "send", "withdraw"})
PLOTS = frozenset({"attempt", "bid", "conspiracy", "decision", "effort", "plan", "plot", "scheme", "threat"})
TERMS = frozenset({"hour", "day", "week", "month"})
BORNE = SUBJECTS | PASSIVE
TIMING = frozenset({"after", "before", "since", "while", "when", "until"})
WHO_MAY = frozenset({"relative", "shared", "control", "raised"})
PACTS = frozenset(
    {"accord", "agreement", "communique", "contract", "deal", "declaration", "pact", "protocol", "treaty"}
)
BECOMING = frozenset({"become", "remain"})
LAUNCHING = frozenset({"fire", "launch", "plant", "drop", "detonate", "throw", "lay", "carry"})
SPOKEN = frozenset({"ACCUSE", "REQUEST", "SAY", "THREATEN"})


def subject_tokens(verb: Token, words: Ontology, depth: int = 0) -> list[tuple[Token, str]]:
    """The nouns that act as the verb's subject, active or passive, with the way they came."""
    if depth > 6:
        return []
    own = [c for c in verb.children if c.dep_ in BORNE]
    if own:
        out: list[tuple[Token, str]] = []
        for token in own:
            noun = antecedent(token)
            out.append((noun, "relative") if noun is not None else (token, "own"))
        return out
    if has(verb, "expl"):
        return []
    head = verb.head
    if (before := subject_before(verb)) is not None:
        return [(before, "borrowed")]
    if head == verb:
        return [(t, "borrowed") for t in (*left_behind(verb), *lost(verb), *inverted(verb))]
    if active_after_all(verb):
        return [(verb.sent.root, "borrowed")]
    if (verb.dep_ == "conj" and is_verb(head)) or (head.pos_ == "AUX" and verb.dep_ == "conj"):
        return [(t, "shared") for t, _ in subject_tokens(head, words, depth + 1)]
    if verb.dep_ == "relcl" and (listed := _headlined(verb)):
        return [(token, "own") for token in listed]
    if verb.dep_ == "relcl" and grounds(verb):
        return [(t, "control") for t in _noun_controllers(head, words, depth)]
    if verb.dep_ == "relcl":
        return [(head, "relative")] if not has(verb, "nsubj", "nsubjpass") and not _wh_object(verb) else []
    if verb.dep_ == "acl" and head.lower_ in ("those", "others") and (listed := among_those(head)):
        return [(token, "participle") for token in listed]
    if verb.dep_ == "acl" and verb.lower_ in AIMED and head.dep_ in ("pobj", "appos"):
        return [(_aiming(head), "participle")]
    if verb.dep_ == "acl":
        if verb.tag_ == "VBG" and (clause := _staying(head)) is not None:
            return [(t, "adverbial") for t, _ in subject_tokens(clause, words, depth + 1)]
        if verb.tag_ in ("VBN", "VBG", "VBD"):
            return [(head, "participle")]
        near = [p for p in head.children if p.lower_ == "for" and head.i < p.i < verb.i]
        bidden = [t for p in near for t in objects_of(p)]
        return [(t, "control") for t in bidden or _noun_controllers(head, words, depth)]
    if _strayed(verb):
        return [(t, "borrowed") for t, _ in subject_tokens(head, words, depth + 1)]
    if verb.dep_ == "acomp" and verb.tag_ == "VBN" and head.lemma_ in ("be", "remain", "stay"):
        return subject_tokens(head, words, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp"):
        return _controllers(verb, head, words, depth)
    if verb.dep_ == "advcl":
        if head.lemma_ == "give" and (bidden := _given_time(head, verb)):
            return [(token, "control") for token in bidden]
        if infinitive(verb) and (bidden := asked(head, verb, words)):
            return [(token, "control") for token in bidden]
        if infinitive(verb) and (engaged := hired(head, verb)):
            return [(token, "control") for token in engaged]
        if infinitive(verb) and (plotters := _plotting(head, verb)):
            return [(token, "control") for token in plotters]
        above = _told(verb, head.head if head.pos_ == "ADV" else head)
        if _speaks_above(verb, above, words):
            above = above.head
        if verb.tag_ == "VBG" and verb.i < above.i and above.dep_ in BORNE:
            return [(above, "adverbial")]
        return [(t, "adverbial") for t, _ in subject_tokens(above, words, depth + 1)]
    if verb.dep_ == "pcomp":
        return _gerund_subjects(verb, head, words, depth)
    return []


def _plotting(head: Token, verb: Token) -> list[Token]:
    """Whose plot an infinitive tells, where the parser hung it above: "foiled a plot by X to kill Y"."""
    plots = [c for c in head.children if c.dep_ in ("dobj", "nsubjpass") and head.i < c.i < verb.i]
    near = [p for c in plots if c.lemma_ in PLOTS for p in c.children if p.lower_ == "by"]
    return [t for p in near for t in objects_of(p) if t.right_edge.i == verb.i - 2]


def _aiming(noun: Token) -> Token:
    """What has an aim in "talks with the rebels aimed at peace": the talks."""
    while noun.dep_ == "appos":
        noun = noun.head
    above = noun.head.head
    return above if noun.dep_ == "pobj" and above.pos_ == "NOUN" and noun.head.lower_ != "of" else noun


def _given_time(giving: Token, verb: Token) -> list[Token]:
    """Who has the time in "gave the rebels 48 hours to leave the town"."""
    if not any(c.lemma_ in TERMS and giving.i < c.i < verb.i for c in giving.children):
        return []
    return [c for c in giving.children if c.dep_ == "dative" and c.pos_ != "ADP"]


def _staying(noun: Token) -> Token | None:
    """The verb of being whose subject does what follows its place: "are in the country helping X"."""
    verb = noun.head.head
    bare = noun.dep_ == "pobj" and noun.head.lower_ in ("in", "at") and verb.lemma_ == "be"
    return verb if bare and verb.pos_ == "AUX" and verb.dep_ not in ("aux", "auxpass") else None


def _speaks_above(verb: Token, above: Token, words: Ontology) -> bool:
    """Whether a participle of speech belongs to the clause above: "demanded that X leave, accusing it of"."""
    sense = words.verb(verb.lemma_.lower(), particle=particle(verb))
    reported = above.dep_ == "ccomp" and above.i < verb.i and is_verb(above.head)
    return (
        reported
        and verb.tag_ == "VBG"
        and sense is not None
        and (sense.reports or sense.code in SPOKEN)
        and verb.nbor(-1).text in MARKS
        and above.head.i < above.i
    )


def _headlined(verb: Token) -> list[Token]:
    """Those whom a headline lists before what they will do: "India, Brazil to build joint satellite"."""
    first = verb.head
    beside = [
        c for c in first.children if c.dep_ == "appos" and c.i < verb.i and c.left_edge.nbor(-1).text == ","
    ]
    planned = (
        first.dep_ == "ROOT" and first.pos_ == "PROPN" and verb.tag_ == "VB" and verb.nbor(-1).tag_ == "TO"
    )
    listed = (
        planned and bool(beside) and all(c.pos_ == "PROPN" and c.right_edge.i == verb.i - 2 for c in beside)
    )
    return [first, *beside] if listed else []


def _strayed(verb: Token) -> bool:
    """Whether a finite verb is one of a list that the parser took apart: "met X, praised Y and left"."""
    loose = verb.dep_ == "parataxis" or (verb.dep_ in ("ccomp", "advcl") and verb.i < verb.head.i)
    return loose and verb.tag_ in ("VBD", "VBZ") and is_verb(verb.head) and not marked(verb)


def _wh_object(verb: Token) -> bool:
    return any(c.tag_ in WH and c.dep_ in ("dobj", "pobj", "attr") for c in verb.children)


def _controllers(verb: Token, head: Token, words: Ontology, depth: int) -> list[tuple[Token, str]]:
    """Who does what an infinitive or gerund complement tells."""
    if head.pos_ == "ADJ" or head.dep_ == "acomp":
        above = head.head
        return [(t, "control") for t, _ in subject_tokens(above, words, depth + 1)]
    if not (is_verb(head) or head.pos_ == "AUX"):
        return []
    sense = governor_sense(head, verb, words)
    objects = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i]
    if passive(head):
        return [(t, "raised") for t, _ in subject_tokens(head, words, depth + 1)]
    if objects and not purposeful(head, sense):
        return [(antecedent(t) or t, "control") for t in objects]
    if bidden := bidden_by(head, verb, sense):
        return [(t, "control") for t in bidden]
    return [(t, "control") for t, _ in subject_tokens(head, words, depth + 1)]


def _noun_controllers(noun: Token, words: Ontology, depth: int) -> Iterator[Token]:
    """Who decides in "Russia's decision to attack", "made an attempt to seize", "came in a bid to stop"."""
    if noun.lower_ in AIMS and noun.dep_ == "pobj" and noun.head.lower_ == "in" and is_verb(noun.head.head):
        for token, _ in subject_tokens(noun.head.head, words, depth + 1):
            yield token
        return
    if noun.lemma_ == "invitation":
        yield from _guests(noun, words, depth)
        return
    owned = [
        c
        for c in noun.children
        if c.dep_ == "poss"
        or (c.dep_ in ("amod", "compound") and c.ent_type_ in ("GPE", "NORP", "ORG", "PERSON"))
    ]
    owned += [t for p in noun.children if p.lower_ in ("by", "of") for t in objects_of(p)]
    yield from owned
    if not owned and noun.dep_ in ("dobj", "attr") and (is_verb(noun.head) or noun.head.pos_ == "AUX"):
        for token, _ in subject_tokens(noun.head, words, depth + 1):
            yield token


def _guests(noun: Token, words: Ontology, depth: int) -> Iterator[Token]:
    """Who is invited: "X's invitation to Y to visit Peru", "Y accepted an invitation to visit Peru"."""
    named = [t for p in noun.children if p.dep_ == "prep" and p.lower_ == "to" for t in objects_of(p)]
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    yield from named
    if not named and is_verb(verb) and verb.lemma_ not in INVITING:
        given = [c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"]
        yield from given or (token for token, _ in subject_tokens(verb, words, depth + 1))


def _gerund_subjects(verb: Token, prep: Token, words: Ontology, depth: int) -> list[tuple[Token, str]]:
    above = prep.head.head if prep.head.pos_ == "ADV" else prep.head
    if above.dep_ == "pobj" and prep.lower_ in OBJECT_GERUND and above.head.dep_ == "agent":
        above = above.head.head
    if above.dep_ == "acomp":
        return [(t, "adverbial") for t, _ in subject_tokens(above.head, words, depth + 1)]
    if above.pos_ == "ADJ" and above.dep_ in ("ccomp", "oprd"):
        return [(token, "control") for token in judged(above)]
    if (blaming := charged(above, prep, words)) is not None:
        above = blaming
    above = _timed(above, prep)
    if not (is_verb(above) or above.pos_ == "AUX"):
        if above.pos_ == "ADJ" and above.dep_ == "amod" and above.i > above.head.i:
            noun = above.head
            if noun.dep_ == "attr":
                return [(t, "control") for t, _ in subject_tokens(noun.head, words, depth + 1)]
            return [(noun, "participle")]
        if above.pos_ in ("NOUN", "PROPN"):
            return [(t, "control") for t in _noun_controllers(above, words, depth)]
        return []
    if prep.lower_ in OBJECT_GERUND or (prep.lower_ == "with" and _blames(above, words)):
        if passive(above):
            return [(t, "control") for t, _ in subject_tokens(above, words, depth + 1)]
        objects = [c for c in above.children if c.dep_ == "dobj"]
        if objects and objects[0].lemma_ not in CLAIMED:
            return [(antecedent(t) or t, "control") for t in objects]
    return [(t, "adverbial") for t, _ in subject_tokens(_told(verb, above), words, depth + 1)]


def _timed(above: Token, prep: Token) -> Token:
    """The verb that a time or means tells of, where the parser gave it to a noun: "left the base after"."""
    late = prep.lower_ in TIMING or (prep.lower_ in ("by", "over") and above.ent_type_ in ("DATE", "TIME"))
    while (
        late and above.dep_ in ("pobj", "prep", "dobj") and not has(above, "poss") and above.head.i < above.i
    ):
        above = above.head
    return above


def _told(verb: Token, above: Token) -> Token:
    """The clause that a fronted phrase belongs to: "After landing, the troops left, Hale said"."""
    told = [c for c in above.children if c.dep_ == "ccomp" and verb.i < c.i < above.i and has(c, "nsubj")]
    return told[0] if told else above


def _blames(verb: Token, words: Ontology) -> bool:
    sense = words.verb(verb.lemma_.lower())
    return sense is not None and sense.code == "ACCUSE"


def subjects(verb: Token, words: Ontology, cast: Cast) -> list[Party]:
    """The actors in the verb's subject."""
    out = []
    for token, way in subject_tokens(verb, words):
        moved = way == "relative" and verb.dep_ == "relcl" and token != verb.head
        if way in WHO_MAY and token.is_ancestor(verb) and personal(verb):
            token = person_above(token, cast)
        found = [
            p for p in parties(token, "subject", way, cast) if way != "participle" or p.through != "maker"
        ]
        if moved:
            found = [p for p in found if p.through not in LOOSE]
        if way in ("participle", "relative") and all(p.through in LOOSE for p in found):
            found = list(_bearer(token, verb, words, cast)) or _counted_as(token, verb, words, cast) or found
        out += found or list(identified(token, verb, words, cast))
    return out


def _bearer(noun: Token, verb: Token, words: Ontology, cast: Cast) -> Iterator[Party]:
    """The person behind whose "of" the clause hangs: "X, a leader of the revolt jailed by Y"."""
    sense = words.verb(verb.lemma_.lower(), particle=particle(verb))
    if sense is not None and sense.code in SUFFERED and noun.dep_ == "pobj" and noun.head.lower_ == "of":
        for party in parties(noun.head.head, "subject", "participle", cast):
            if party.mention.type == "PERSON" and party.through in ("head", "apposition"):
                yield party


def _counted_as(noun: Token, verb: Token, words: Ontology, cast: Cast) -> list[Party]:
    """Who is said to be it, whatever land marks it: "Kenya was the first African state to recognise"."""
    return list(identified(noun, verb, words, cast)) if noun.dep_ == "attr" else []


def identified(noun: Token, below: Token, words: Ontology, cast: Cast) -> Iterator[Party]:
    """Whom a nameless noun that a clause hangs on stands for, or who made it.

    "Uganda was the first country to recognise", "is one of the states backing": its subject.
    "issued a statement condemning", "held drills denounced by": whoever issued or held it.
    "banned the imports, a step condemned by": whoever took the step.
    """
    if below.dep_ not in ("acl", "relcl") and noun.head != below:
        return
    yield from _launched(noun, below, words, cast)
    whole = noun
    while whole.dep_ == "pobj" and whole.head.lower_ in ("of", "among") and is_nominal(whole.head.head):
        whole = whole.head.head
    clause = whole.head
    if whole.dep_ == "pobj" and clause.lower_ == "among" and clause.head.lemma_ == "be":
        way, clause = "identified", clause.head
    elif whole.dep_ == "attr" and (clause.lemma_ == "be" or (whole == noun and clause.lemma_ in BECOMING)):
        way = "identified"
    elif whole.dep_ == "nsubj" and whole == noun and clause.lemma_ == "be" and below.dep_ == "relcl":
        for named in (c for c in clause.children if c.dep_ == "attr"):
            yield from parties(named, "subject", "identified", cast)
        return
    elif is_deed(noun) and noun.i > clause.i:
        way, clause = "deed", _clause_above(noun, words)
    elif (
        noun.lemma_ in DEEDS
        and noun.dep_ == "pobj"
        and clause.lower_ in ("in", "as")
        and is_verb(clause.head)
    ):
        way, clause = "deed", clause.head
    elif noun.dep_ == "dobj" and below != clause and is_verb(clause) and _makes(noun, clause, words):
        way = "made"
    elif below.tag_ == "VBG" and (verb := _attended(noun, words)) is not None:
        way, clause = "made", verb
    else:
        return
    if is_verb(clause) or clause.pos_ == "AUX":
        for token, _ in subject_tokens(clause, words):
            for party in parties(token, "subject", way, cast):
                yield party if way == "identified" else replace(party, through="deed")


def _launched(noun: Token, below: Token, words: Ontology, cast: Cast) -> list[Party]:
    """Who fired what hit: "the missile that hit the town was fired by X"."""
    verb = noun.head
    if noun.dep_ != "nsubjpass" or verb.lemma_ not in LAUNCHING or below.dep_ not in ("acl", "relcl"):
        return []
    return [replace(p, slot="subject", way="made", through="deed") for p in agents(verb, cast)]


def _attended(noun: Token, words: Ontology) -> Token | None:
    """The verb whose subject takes part: "marched in a rally calling for", "rioted after a protest"."""
    prep, sense = noun.head, words.noun(noun.lemma_)
    near = prep.dep_ == "prep" and prep.lower_ in ("in", "at", "after", "following", "during")
    return prep.head if near and sense is not None and sense.code == "PROTEST" else None


def is_nominal(token: Token) -> bool:
    """Whether the token heads a noun phrase."""
    return token.pos_ in ("NOUN", "PROPN", "NUM", "PRON")


def is_deed(noun: Token) -> bool:
    """Whether the noun takes up a whole clause: ", a move condemned by", ", a charge that X denies"."""
    if noun.lemma_ not in DEEDS or noun.dep_ not in ("appos", "npadvmod", "conj", "dep", "attr", "dobj"):
        return False
    first = noun.left_edge
    return first.lower_ in ("a", "an", "the", "another") and first.i > 0 and first.nbor(-1).text in MARKS


def _clause_above(noun: Token, words: Ontology) -> Token:
    """The verb whose deed it is: for a charge the verb of charging, else the nearest outside of the list."""
    verbs = [t for t in noun.ancestors if is_verb(t)]
    sense = words.noun(noun.lemma_)
    code = sense.code if sense is not None else "ACCUSE" if noun.lemma_ in ("claim", "assertion") else None
    for verb in verbs:
        above = words.verb(verb.lemma_.lower())
        if above is not None and above.code == code:
            return verb
    return verbs[0] if verbs else noun.head


def _makes(noun: Token, verb: Token, words: Ontology) -> bool:
    """Whether the verb brings about what the noun means: "issued a statement", "held talks"."""
    lemma = verb.lemma_.lower()
    light = words.light(lemma, particle=particle(verb))
    if light is not None and not light.reverse and words.noun(noun.lemma_) is not None:
        return True
    return (noun.lemma_ in MESSAGES or noun.lemma_ in PACTS) and lemma in MAKING


def companions(verb: Token, words: Ontology, cast: Cast) -> Iterator[Party]:
    """Who acts with the subject: "Peru, together with Chile, …", "… alongside Kenyan troops"."""
    owners = [verb, *(t for t, way in subject_tokens(verb, words) if way in ("own", "shared", "relative"))]
    for owner in owners:
        for prep in phrases(owner):
            if prep.dep_ == "prep" and in_company(prep) and not (owner == verb and beside_object(prep)):
                for token in objects_of(prep):
                    yield from parties(token, "subject", "company", cast)
    joins = verb.head.head
    if verb.dep_ == "pcomp" and verb.head.lower_ == "in" and joins.lemma_ == "join":
        for token, _ in object_tokens(joins):
            yield from parties(token, "subject", "company", cast)
        yield from (replace(p, slot="subject", way="company") for p in agents(joins, cast))


def personal(verb: Token) -> bool:
    """Whether "who" opens the relative clause that the verb, alone or first of a list, stands in."""
    while verb.dep_ in ("conj", "xcomp") and is_verb(verb.head):
        if any(c.lower_ == "who" and c.dep_ in BORNE for c in verb.children):
            return True
        verb = verb.head
    return verb.dep_ == "relcl" and any(c.lower_ in ("who", "whom") for c in verb.children)


def person_above(token: Token, cast: Cast) -> Token:
    """Whom "who" means where the parser hangs it on the nearest noun: "X, chief of the LNA, who accused"."""
    for node in (token, *itertools.islice(token.ancestors, 5)):
        if is_verb(node) or node.pos_ == "AUX":
            break
        found = cast.headed(node.i)
        several = found is not None and found.type == "GROUP" and node.tag_ in ("NNS", "NNPS")
        if found is not None and (several or found.type == "PERSON") and found.kind != "adjective":
            return node
    return token
