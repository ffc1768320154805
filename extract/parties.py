"""Whom a noun brings into a clause: the actors it stands for, whose it is and who is joined with it.

"the soldiers of Chile"           Chile as owner
"Haftar and his aides"            Haftar as head, and again as owner
"two states, including Kenya"     Kenya as example
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.clauses import (
    PASSIVE,
    SUBJECTS,
    antecedent,
    is_verb,
    joined,
    objects_of,
)
from extract.coreference import Cast
from extract.grammar import among
from extract.lexicon import words
from extract.model import Mention
from extract.offices import SPOKEN_FOR
from extract.scene import has

OFFERED = among("offered")
MEASURES = among("measures")
MONEY = among("money")
PARTS = among("parts")
ACTING_FOR = SPOKEN_FOR | {"lawyer", "attorney"}
BEARING = frozenset({"carry", "transport", "ferry"})
SENT = among("sent")
DEEDS = among("deeds")
COLLECTIVE = frozenset({"ORG", "GROUP"})
APART = among("bodies") | among("apart")
UNMAKING = among("unmaking")
KIN = among("kin")
SEATED = frozenset({"of", "for", "in", "to", "at"})
LED = frozenset({"led", "backed", "brokered", "sponsored", "imposed", "drafted", "proposed"})
SELVES = frozenset({"himself", "herself", "itself", "themselves"})
BORDERS = frozenset({"border", "frontier", "boundary"})
NAMING = frozenset({"call", "name", "dub", "nickname", "title", "know"})


@dataclass(frozen=True, slots=True)
class Party:
    """A mention in a slot: "subject", "object", "agent", "owner", "clause" or a preposition.

    `way` tells how it came there: own, joined, relative, participle, shared, control, adverbial, raised;
    `through` how the noun in the slot stands for the actor: head, part, owner, modifier, apposition.
    """

    mention: Mention
    slot: str
    way: str
    through: str
    token: Token


def actors_at(token: Token, cast: Cast) -> list[tuple[Mention, str]]:
    """The actors that a noun stands for: itself, what it is part of, its apposition, its owner."""
    found = _standing(token, cast)
    if found and found[0].kind == "nominal" and (named := _called(token, cast)) is not None:
        return [(named, "apposition")]
    if found and found[0].kind != "adjective":
        named = _named_beside(token, found[0], cast)
        return [(named, "apposition")] if named else [(mention, "head") for mention in found]
    for child in token.children:
        if child.dep_ == "appos" and _passes(token, child):
            continue
        if child.dep_ == "appos" and (named := cast.headed(child.i)) and named.kind != "adjective":
            return [(named, "apposition")]
        if child.dep_ == "appos" and cast.at(child.i) is None:
            for inner in child.children:
                if inner.dep_ == "appos" and (named := cast.headed(inner.i)) and named.kind == "name":
                    return [(named, "apposition")]
            if (named := _called(child, cast)) is not None:
                return [(named, "apposition")]
    if (named := _called(token, cast)) is not None:
        return [(named, "apposition")]
    if (
        token.dep_ == "appos"
        and token.lemma_ not in DEEDS
        and (named := cast.headed(token.head.i))
        and named.kind != "adjective"
    ):
        return [(named, "apposition")]
    if token.dep_ == "conj" and (named := _named_past(token, cast)) is not None:
        return [(named, "apposition")]
    low = token.lower_
    for prep in token.children:
        part = prep.lower_ == "of" and (low in PARTS or token.lemma_ in PARTS)
        part = part or (prep.lower_ in ("from", "of", "at") and token.lemma_ in SENT)
        part = part or (prep.lower_ == "for" and token.lemma_ in ACTING_FOR)
        if prep.dep_ == "prep" and (part or (prep.lower_ == "with" and token.lemma_ in BORDERS)):
            whole = [
                (m, "part") for t in objects_of(prep) for one, _ in joined(t) for m in _wholes(one, cast)
            ]
            if whole:
                behind = _named_behind(token, cast) if token.lemma_.lower() in titles() else None
                return [(behind, "apposition")] if behind else whole
    near = [(m, through) for m, through in owners(token, cast) if not _by_itself(token, m, through)]
    near = [(m, through) for m, through in near if not any(_inside(m, whole) for whole, _ in near)]
    if token.lemma_.lower() in titles():
        near = [(mention, through) for mention, through in near if through != "maker"]
    if near and token.lemma_.lower() in titles():
        named = _named_behind(token, cast)
        return [(named, "apposition")] if named else [(mention, "office") for mention, _ in near]
    if token.lemma_ in KIN:
        near = [(mention, through) for mention, through in near if mention.type != "PERSON"]
        return near
    return near or list(distant_owners(token, cast))


def _passes(token: Token, beside: Token) -> bool:
    """Whether a joined title takes the name: "the head of X, A, and the premier of Y, B": B heads nothing."""
    joined_titles = (c for c in token.children if c.dep_ == "conj" and token.i < c.i < beside.i)
    return beside.ent_type_ == "PERSON" and any(c.lemma_.lower() in titles() for c in joined_titles)


def _inside(mention: Mention, whole: Mention) -> bool:
    """Whether one is named in the other's name only: "the UN" in "a UN commission representative"."""
    within = whole.first <= mention.first and mention.last <= whole.last
    return within and whole.last - whole.first > mention.last - mention.first


def _called(noun: Token, cast: Cast) -> Mention | None:
    """The name that a body or person is called by: "a gang called Orion", "a militia known as Orion"."""
    known = noun.lemma_ in APART or noun.lemma_ in titles()
    for verb in noun.children:
        if (known or verb.dep_ == "relcl") and noun.i < verb.i < noun.i + 5 and _names(verb):
            return _name_told(verb, cast)
    return _styled_past(noun, cast) if noun.lemma_ in titles() else None


def _name_told(verb: Token, cast: Cast) -> Mention | None:
    """The name that "called", "known as" or "calls itself" brings."""
    told = [c for c in verb.children if c.dep_ in ("oprd", "dobj", "attr")]
    told += [t for c in verb.children if c.lower_ == "as" for t in objects_of(c)]
    found = (cast.headed(t.i) for t in told)
    return next((m for m in found if m is not None and m.kind == "name"), None)


def _styled_past(title: Token, cast: Cast) -> Mention | None:
    """The holder whose clause the parser hung on the body: "a commander of the Orion Front named X"."""
    for prep in title.children:
        for whole in objects_of(prep) if prep.dep_ == "prep" and prep.lower_ in SEATED else ():
            for verb in whole.children:
                named = _name_told(verb, cast) if verb.dep_ == "acl" and verb.lemma_ in NAMING else None
                if named is not None and named.type == "PERSON":
                    return named
    return None


def _names(verb: Token) -> bool:
    """Whether a clause tells what somebody is called: "called X", "which calls itself X"."""
    return verb.lemma_ in NAMING and (verb.dep_ == "acl" or (verb.dep_ == "relcl" and calls_itself(verb)))


def calls_itself(verb: Token) -> bool:
    """Whether only its subject's name is told: "which calls itself the Orion Front"."""
    return verb.lemma_ in NAMING and any(c.dep_ == "dobj" and c.lower_ in SELVES for c in verb.children)


def _introduced(noun: Token, cast: Cast) -> list[Mention]:
    """The name that its kind introduces, no comma between: "the ship of the charity Sea Help"."""
    if noun.lemma_ not in APART and noun.lemma_ not in titles():
        return []
    named = [c for c in noun.children if c.dep_ == "appos" and c.left_edge.i == noun.i + 1]
    return [m for c in named for m in heads(c, cast) if m.kind == "name"]


def _wholes(noun: Token, cast: Cast) -> list[Mention]:
    """The actors whose part is meant, named beside their kind: "40 percent of the company Orion"."""
    named = [m for c in noun.children if c.dep_ == "appos" for m in heads(c, cast)]
    owned = (m for m, through in owners(noun, cast) if through == "owner")
    return heads(noun, cast) or [m for m in named if m.kind == "name"] or list(owned)


def _by_itself(noun: Token, mention: Mention, through: str) -> bool:
    """Whether the noun is a body of its own, no deed of the state: "a Swiss firm", "a Kenyan regiment"."""
    return through == "modifier" and mention.type == "STATE" and noun.lemma_ in APART


def _named_past(noun: Token, cast: Cast) -> Mention | None:
    """Who stands behind a noun that the parser gave to its fellow: "X and her counterpart, Y, met"."""
    after = noun.right_edge.i + 1
    for child in noun.head.children if after < len(noun.doc) and noun.doc[after].text == "," else ():
        if child.dep_ == "appos" and child.left_edge.i == after + 1:
            named = cast.headed(child.i)
            if named is not None and named.type == "PERSON" and named.kind == "name":
                return named
    return None


def _named_behind(title: Token, cast: Cast) -> Mention | None:
    """The holder whom the parser hung on the office's state or seat: "the minister of Norway, Karin Dahl"."""
    for prep in title.children:
        for whole in objects_of(prep) if prep.dep_ == "prep" and prep.lower_ in SEATED else ():
            for child in whole.children:
                behind = child.dep_ in ("appos", "conj") and child.left_edge.nbor(-1).text == ","
                named = cast.headed(child.i) if behind else None
                if named is not None and named.type == "PERSON" and named.kind == "name":
                    return named
            if (named := _named_next(whole.i + 1, title, cast)) is not None:
                return named
    return None


def _named_next(comma: int, title: Token, cast: Cast) -> Mention | None:
    """The holder right behind the comma, whatever the parser made of the name."""
    doc = title.doc
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return None
    named = cast.at(comma + 1)
    if named is None or named.first != comma + 1 or named.type != "PERSON" or named.kind != "name":
        return None
    acts, held = doc[named.head].dep_ in SUBJECTS | PASSIVE, title.dep_ in SUBJECTS | PASSIVE | {"conj"}
    return named if held or not acts else None


def _named_beside(token: Token, found: Mention, cast: Cast) -> Mention | None:
    """The name in apposition to a nominal that names nobody: "the Orion Front, a militia which"."""
    if found.kind != "nominal" or found.name != found.text:
        return None
    beside = [c for c in token.children if c.dep_ == "appos"]
    beside += [token.head] if token.dep_ == "appos" else []
    for other in beside:
        named = cast.headed(other.i)
        if named is not None and named.kind == "name" and {named.type, found.type} <= COLLECTIVE:
            return named
    return None


def _standing(token: Token, cast: Cast) -> list[Mention]:
    """The mentions that a token heads or lies in, both of "Indian and Nepalese troops"."""
    found = cast.all_headed(token.i)
    if not found and (inside := cast.at(token.i)) is not None:
        return [inside]
    if found and found[0].kind == "nominal":
        others = [m for m in cast.covering(token.i) if m.head == token.i and _beside(m, found, token)]
        return [_cut(found[0], others[0], token), *found[1:], *others] if others else found
    return found


def _cut(mention: Mention, other: Mention, token: Token) -> Mention:
    """The mention up to the one it shares its noun with: "Indian" of "Indian and Nepalese troops"."""
    end = other.first - 1
    last = token.doc[end - 1]
    close = last.idx + len(last)
    return replace(mention, last=end, end=close, text=mention.text[: close - mention.start])


def _beside(mention: Mention, found: list[Mention], token: Token) -> bool:
    """Whether a nominal shares its noun with the first one: the next adjective before "troops"."""
    joint = mention.first > found[0].first and token.doc[mention.first - 1].lower_ in (
        "and",
        "or",
        ",",
        "both",
    )
    return joint and mention.kind == "nominal" and mention not in found


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """The heads of offices: "Montenegro's prime minister" acts for Montenegro."""
    return words().titles


def distant_owners(token: Token, cast: Cast) -> Iterator[tuple[Mention, str]]:
    """Whom a thing belongs to through another: "one of the objectives of the Turkish intervention"."""
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "in", "for", "to", "against", "from", "on"):
            for one in objects_of(prep):
                inner = owners(one, cast) if prep.lower_ == "of" else iter(())
                yield from ((mention, "distant") for mention, _ in inner)


def core(token: Token) -> Token:
    """The noun that counts: "sanctions" in "a raft of sanctions"."""
    if token.lemma_.lower() in MEASURES:
        for prep in token.children:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                return next(objects_of(prep), token)
    return token


def measured(noun: Token) -> bool:
    """Whether another noun only measures this one: "sanctions" in "a raft of sanctions"."""
    prep = noun.head
    return noun.dep_ == "pobj" and prep.lower_ == "of" and prep.head.lemma_.lower() in MEASURES


def lemma_of(noun: Token) -> str:
    """The noun's lemma in small letters, with what a hyphen ties to it: "cease-fire"."""
    lemma = noun.lemma_.lower()
    if noun.i > 1 and noun.nbor(-1).text == "-" and noun.nbor(-2).head in (noun, noun.nbor(-1)):
        return f"{noun.nbor(-2).lower_}-{lemma}"
    return lemma


def heads(token: Token, cast: Cast) -> list[Mention]:
    """The mentions a token heads or lies in, adjectives left out."""
    return [m for m in _standing(token, cast) if m.kind != "adjective"]


def owners(token: Token, cast: Cast) -> Iterator[tuple[Mention, str]]:
    """Whom a thing belongs to: "Haiti's efforts", "Ukrainian ships", "the offer of Israel"."""
    for child in token.children:
        if child.dep_ == "poss":
            owner = antecedent(child) or child
            if owner != child and owner.dep_ == "appos" and cast.at(owner.i) is None:
                owner = owner.head
            for one, _ in joined(owner):
                for mention in cast.all_headed(one.i):
                    yield mention, "owner"
        elif child.dep_ in ("compound", "amod", "nmod"):
            for one, _ in joined(child) if token.lemma_ not in MONEY else ():
                inner = cast.headed(one.i) or cast.at(one.i)
                if inner is not None and inner.last <= token.i:
                    yield inner, "modifier"
                    yield from ((m, "modifier") for m in _hyphened(one, cast))
                    if inner.type == "PLACE":
                        yield from ((m, "modifier") for m in _before(one, cast, "PROPN") if m.type == "STATE")
                elif inner is None:
                    yield from ((m, "modifier") for m in _before(one, cast))
        elif child.dep_ == "prep" and child.lower_ in ("of", "by"):
            for one in objects_of(child):
                for each, _ in joined(one):
                    found = heads(each, cast) or _introduced(each, cast)
                    for mention in found or (_whose_office(each, cast) if child.lower_ == "by" else ()):
                        yield mention, "owner"
        elif child.dep_ == "acl" and child.lemma_ in BEARING and child.tag_ == "VBG":
            borne = (t for c in child.children if c.dep_ == "dobj" for t, _ in joined(c))
            yield from ((m, "owner") for t in borne for m in heads(t, cast))
        elif child.dep_ in ("acl", "relcl") and child.lemma_ == "belong":
            yield from ((m, "owner") for c in child.children for t in objects_of(c) for m in heads(t, cast))
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
            yield from ((m, "maker") for m in _makers(child, cast))
        elif child.dep_ == "relcl" and child.lemma_.lower() in OFFERED and not has(child, "auxpass"):
            yield from ((m, "maker") for m in _offerers(child, cast))


def _whose_office(title: Token, cast: Cast) -> list[Mention]:
    """The state whose officer did it: "an offer by Chile's president"."""
    if title.lemma_.lower() not in titles():
        return []
    return [m for m, through in actors_at(title, cast) if through == "office" and m.type != "PERSON"]


def _before(modifier: Token, cast: Cast, kind: str = "NOUN") -> Iterator[Mention]:
    """Whom a modifier names itself: "US drone attacks", "the Kenyan-led war", "a US Horn of Africa plan"."""
    for child in modifier.children:
        led = child.dep_ == "npadvmod" and modifier.lower_ in LED
        if (led or (child.dep_ in ("compound", "nmod") and modifier.pos_ == kind)) and child.i < modifier.i:
            inner = cast.headed(child.i)
            if inner is not None:
                yield inner


def _hyphened(modifier: Token, cast: Cast) -> Iterator[Mention]:
    """The other side in front of a hyphen: "Israeli-Palestinian talks", "a US-Russia summit"."""
    for child in modifier.children:
        if child.i == modifier.i - 2 and child.nbor(1).text in ("-", "–"):
            other = cast.at(child.i)
            if other is not None and other.last == child.i + 1 and other.type != "PLACE":
                yield other


def _makers(verb: Token, cast: Cast) -> Iterator[Mention]:
    """Who made or holds a thing: "a lawsuit filed by Boeing", "a general wanted by Chile"."""
    for child in verb.children if verb.lemma_.lower() not in UNMAKING else ():
        if child.dep_ == "agent":
            for one in objects_of(child):
                for each, _ in joined(one):
                    yield from heads(each, cast) or _marked(each, cast)


def _marked(noun: Token, cast: Cast) -> list[Mention]:
    """Whose the nameless noun is that made it: "missiles fired by an American drone"."""
    owned = [(m, through) for m, through in owners(noun, cast) if not _by_itself(noun, m, through)]
    return [m for m, through in owned if through == "modifier" and m.type == "STATE"]


def _offerers(verb: Token, cast: Cast) -> Iterator[Mention]:
    """Who offered or imposed what the clause hangs on: "turned down doctors that Cuba had offered"."""
    if any(c.dep_ == "dobj" and antecedent(c) is None and c.lower_ != "that" for c in verb.children):
        return
    for child in verb.children:
        if child.dep_ == "nsubj" and antecedent(child) is None:
            for each, _ in joined(child):
                yield from heads(each, cast)


def parties(token: Token, slot: str, way: str, cast: Cast) -> Iterator[Party]:
    """The actors of a noun and of those coordinated with it, in a slot."""
    place = any(m.type == "PLACE" for m in heads(token, cast))
    for one, first in joined(token):
        for mention, through in actors_at(one, cast):
            if place and mention.type == "PERSON":
                continue
            yield Party(mention, slot, way if first or way != "own" else "joined", through, one)
        for each in examples(one):
            for mention in heads(each, cast):
                yield Party(mention, slot, way, "example", each)


def examples(token: Token) -> Iterator[Token]:
    """Who is named of several: "two states, including Kenya and Uganda", "banks such as Orion"."""
    if token.tag_ not in ("NNS", "NNPS") and token.lemma_ not in PARTS:
        return
    for i in _listing(token.doc):
        if not token.i < i < token.i + 12:
            continue
        near = token.doc[i]
        if near.dep_ == "prep" and near.lower_ in ("including", "as") and _exemplified(near) == token:
            for one in objects_of(near):
                yield from (each for each, _ in joined(one))
        elif near.dep_ == "appos" and near.head == token and near.left_edge.nbor(-1).text == ":":
            yield from (each for each, _ in joined(near))


@lru_cache(maxsize=1)
def _listing(doc: Doc) -> tuple[int, ...]:
    """The few tokens that may list examples; looked for once a text."""
    return tuple(
        t.i
        for t in doc
        if (t.dep_ == "prep" and t.lower_ in ("including", "as"))
        or (t.dep_ == "appos" and t.left_edge.i and t.left_edge.nbor(-1).text == ":")
    )


def _exemplified(prep: Token) -> Token | None:
    """The noun whose bearers a preposition lists: the plural one before it."""
    noun = prep.head
    if prep.lower_ == "as":
        return noun if any(c.lower_ == "such" for c in prep.children) else None
    while noun.tag_ in ("NN", "NNP") and noun.dep_ == "pobj":
        above = noun.head.head
        if noun.lemma_ in PARTS and above.tag_ != "NNS":
            break
        noun = above
    if is_verb(noun):
        before = [c for c in noun.children if c.i < prep.i and c.dep_ in ("dobj", "nsubj", "nsubjpass")]
        return before[-1] if before else None
    return noun


def agents(verb: Token, cast: Cast) -> list[Party]:
    """The actors named by "by" under a passive."""
    found = [
        c
        for c in verb.children
        if c.dep_ == "agent"
        or (c.dep_ == "prep" and c.lower_ == "by" and not (c.i and _buried(c.nbor(-1), verb)))
    ]
    found = found or [
        c for c in verb.subtree if c.lower_ == "by" and verb.i < c.i < verb.i + 12 and _nominal(c, verb)
    ]
    found += [c for prep in found for c in prep.children if c.dep_ == "conj" and c.lower_ == "by"]
    return [p for prep in found for t in objects_of(prep) for p in parties(t, "agent", "own", cast)]


def _buried(noun: Token, verb: Token) -> bool:
    """Whether the noun before "by" lies two phrases deep: "held for their part in protests by Kenyans"."""
    depth, node = 0, noun
    while node not in (verb, node.head):
        depth += node.dep_ == "pobj" and not any(t.ent_type_ in ("DATE", "TIME") for t in (node, noun))
        node = node.head
    return depth > 1 and noun.pos_ == "NOUN"


def _nominal(prep: Token, verb: Token) -> bool:
    """Whether only nouns and prepositions stand between: "was held for several hours by gunmen"."""
    node = prep.head
    while node != verb:
        if node.pos_ not in ("NOUN", "PROPN", "ADP", "NUM") or node.head == node:
            return False
        if node.lower_ == "for" and not any(c.ent_type_ in ("DATE", "TIME") for c in node.children):
            return False
        node = node.head
    return True


def unique(found: Iterable[Party]) -> list[Party]:
    """Each actor once, the first way it was reached."""
    seen: dict[str, Party] = {}
    for party in found:
        seen.setdefault(party.mention.name, party)
    return list(seen.values())
