"""People by whom they belong to: "Police from Spain and Portugal", "monks of two Tibetan monasteries"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.crowds import VAGUE, at_home, described
from extract.gazetteer import word_class
from extract.lexicon import Span, words
from extract.model import Mention
from extract.scene import Scene

NEAR = 5  # tokens between a preposition and the name behind it
ARTICLES = frozenset({"a", "an", "another"})
BRINGS = frozenset({"of", "from", "at", "in", "on", "near", "around", "along"})
AROUND = frozenset({"of", "from", "near", "around", "along"})
INSIDE = frozenset({"in", "near", "on", "at", "outside"})
TIES = frozenset({"in", "at", "with"})
ACTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "conj"})
LIKENING = frozenset({"as", "like", "than", "into"})


def _among(part: str, name: str = "words") -> frozenset[str]:
    return word_class("peoples.toml", part, name)


@lru_cache(maxsize=1)
def bodies() -> frozenset[str]:
    """Bodies and crowds in the singular: "a Nepalese newspaper", "the Serb minority"."""
    return _among("bodies") | _among("bodies", "whole")


@lru_cache(maxsize=1)
def nouns() -> frozenset[str]:
    """Nouns that name somebody once a nation stands before them, ships and several states among them."""
    more = (_among("humans", "fleets"), _among("humans", "kin"), bodies(), _among("nations"))
    return words().groups.union(*more)


def whole(doc: Doc, noun: int, owner: Span) -> bool:
    """Whether a singular noun is the body itself: no half of "newspaper editor", no other word for a name."""
    token, lemma = doc[noun], doc[noun].lemma_.lower()
    if owner.type == "ORG" and lemma in _among("bodies", "named"):
        return False
    if lemma not in bodies() or (noun + 1 < len(doc) and doc[noun + 1].pos_ in ("NOUN", "PROPN")):
        return False
    known = any(child.lower_ in ("the", "this", "that") for child in token.children)
    if known and lemma not in _among("bodies", "whole"):
        return False
    if token.dep_ in ("appos", "attr") or any(child.dep_ == "appos" for child in token.children):
        return False
    return lemma not in words().governments or owned_federation(doc, noun, owner)


def owned_federation(doc: Doc, noun: int, owner: Span) -> bool:
    """Whether it is a union of people: "Ecuador's indigenous federation", not "the Russian federation"."""
    plain = doc[noun].lower_ == "federation" and doc[noun].text.islower()
    return plain and any(token.text not in ("'s", "'") for token in doc[owner.last : noun])


def several(token: Token) -> bool:
    """Whether a plural's ending alone tells people: "trawlermen", "beekeepers"; not "specimen", "degrees"."""
    low = token.lower_
    if token.tag_ not in ("NNS", "NNPS") or not low.endswith(_endings()):
        return False
    return low not in _among("endings", "not") and low not in _endings()


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(sorted(_among("endings", "plural")))


def human(token: Token) -> bool:
    """Whether a plural names people."""
    return token.tag_ in ("NNS", "NNPS") and (token.lemma_.lower() in words().groups or several(token))


def tied(doc: Doc, spans: list[Span], owned: set[int]) -> Iterator[Span]:
    """People, missions and sites by what stands beside them; none of the nouns that are `owned` already."""
    yield from from_several(doc, spans)
    yield from dwelling(doc, spans, owned)
    yield from missions(doc, spans)
    yield from sites(doc, spans)


def from_several(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "Police from Spain and Portugal": the police of each."""
    for span in spans:
        root, link = doc[span.last - 1], doc[span.last - 1].head
        if span.type != "STATE" or span.kind != "name" or root.dep_ != "pobj" or link.lower_ != "from":
            continue
        noun = link.head
        if noun.i != link.i - 1 or span.first != link.i + 1 or not _sent(noun):
            continue
        ends = {other.last - 1: other for other in spans if other.type == "STATE" and other.kind == "name"}
        named = [ends[one.i] for one in (root, *root.conjuncts) if one.i in ends]
        if len(named) == 1 + len(root.conjuncts) > 1:
            first, last = opening(noun), named[-1].last
            front = doc[first : link.i + 1].text
            for one in named:
                name = f"{front} {doc[one.first : one.last].text}"
                yield Span(first, last, "GROUP", "nominal", name, True)


def _sent(noun: Token) -> bool:
    return human(noun) or noun.lower_ == "police" or noun.lemma_.lower() in _among("humans", "fleets")


def dwelling(doc: Doc, spans: Iterable[Span], owned: set[int]) -> Iterator[Span]:
    """ "monks from three Tibetan monasteries", "hackers based in Estonia": by what of theirs is named."""
    spans = list(spans)
    names = {span.first: span.last for span in spans if span.type == "ORG" and span.kind == "name"}
    for span in spans:
        if span.type == "PERSON":
            continue
        noun, end = _dwellers(doc[span.last - 1], span)
        end = names.get(end, end)
        if noun is None or noun.i in owned or not human(noun):
            continue
        if noun.dep_ != "compound":
            owned.add(noun.i)
            yield Span(opening(noun), end, "GROUP", "nominal")


def _dwellers(root: Token, span: Span) -> tuple[Token | None, int]:
    """The people whom a preposition ties to a home with this name before it, or to the name by a tie."""
    home = root
    if root.dep_ in ("poss", "amod", "compound", "nmod") and 0 < root.head.i - root.i <= NEAR:
        home = root.head
    link = home.head
    if home.dep_ != "pobj" or not 0 < span.first - link.i <= NEAR:
        return None, 0
    before = link.head
    if home.i > root.i:
        left = link.nbor(-1) if link.i else link
        before = left if link.lower_ in AROUND and left.head == before else before
        near = link.lower_ in BRINGS and before.i == link.i - 1 and before.lemma_.lower() not in VAGUE
        return (before, home.i + 1) if near and home.lemma_.lower() in _among("homes") else (None, 0)
    tied = before.lower_ in _among("homes", "ties") and before.i == link.i - 1 and link.lower_ in TIES
    if not tied or span.kind == "adjective" or before.dep_ not in ("acl", "amod", "relcl"):
        return None, 0
    return (before.head, span.last) if before.head.i == before.i - 1 else (None, 0)


def opening(noun: Token) -> int:
    """Where the words begin that describe people: at their adjectives."""
    first = noun.i
    while first > noun.sent.start:
        before = noun.nbor(first - noun.i - 1)
        if before.pos_ not in ("ADJ", "NOUN", "PROPN") or before.head != noun:
            break
        first -= 1
    return first


def missions(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "the British embassy in Buenos Aires": a mission is not its state."""
    places = {span.first: span for span in spans if span.type in ("PLACE", "STATE") and span.kind == "name"}
    for span in spans:
        if span.type != "STATE" or span.last >= len(doc):
            continue
        i = span.last + (doc[span.last].text in ("'s", "'"))
        end = next((i + n for n in (1, 2) if doc[i : i + n].text.lower() in _among("missions")), 0)
        if not end or (end < len(doc) and doc[end].tag_ in ("NN", "NNS", "NNP", "POS")):
            continue
        inside = end + 1 < len(doc) and doc[end].lower_ == "in" and doc[end].head == doc[end - 1]
        town = places.get(end + 1) if inside else None
        yield Span(span.first, town.last if town is not None else end, "ORG", "nominal")


def sites(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "a police station in Gansu", "the Iraqi frontier": a place by the town or nation that has it."""
    for span in spans:
        if (span.type == "STATE" and span.kind == "adjective") or _owning(doc, span):
            noun = doc[span.last - 1].head
            if noun.i - span.last in (0, 1) and noun.dep_ in ("dobj", "pobj", "conj") and _site(noun, "of"):
                yield Span(span.first, noun.i + 1, "PLACE", "nominal")
        elif span.type == "PLACE" and span.kind == "name" and span.first > 1:
            link, noun = doc[span.first - 1], doc[span.first - 2]
            here = link.lower_ in INSIDE and noun.pos_ == "NOUN" and noun.dep_ in ("dobj", "pobj")
            if here and _site(noun) and not doc[opening(noun)].text[0].isupper():
                yield Span(opening(noun), span.last, "PLACE", "nominal")


def _owning(doc: Doc, span: Span) -> bool:
    """Whether a body is named before what may be a place of its own: "an African Union base"."""
    named = span.type == "ORG" and span.kind == "name" and doc[span.last - 1].dep_ in ("compound", "nmod")
    return named and span.first > 0 and doc[span.first - 1].tag_ == "DT"


def _site(noun: Token, names: str | None = None) -> bool:
    """Whether the noun is a site's, and no name follows behind that word: "the Georgian port of Poti"."""
    table, link, name = _among("sites"), noun.i + 1, noun.doc[noun.i + 2 : noun.i + 3]
    if names and noun.doc[link : link + 1].text == names and name.text[:1].isupper():
        return False
    return noun.lower_ in table or (noun.i > 0 and f"{noun.nbor(-1).lower_} {noun.lower_}" in table)


def private(token: Token) -> bool:
    """Whether a noun brings one person who holds no office, unnamed: "kidnapped a German engineer"."""
    leads = token.lower_ == "leader" and token.i and token.nbor(-1).lower_ in _among("leaders")
    if not (leads or token.lemma_.lower() in _among("private")) or token.dep_ not in ACTS:
        return False
    if token.dep_ == "pobj" and token.head.lower_ in LIKENING:
        return False
    if any(c.dep_ in ("appos", "poss") for c in token.children) or token.head.dep_ == "attr":
        return False
    follows = token.nbor() if token.i + 1 < len(token.doc) else token
    named = follows.pos_ == "PROPN" or follows.text == "-"
    return not named and any(c.dep_ == "det" and c.lower_ in ARTICLES for c in token.children)


def lone(scene: Scene, token: Token) -> Mention | None:
    """The Pope, one person of a nation, or its forces of order, who go by these words alone."""
    if token.lower_ == "pope" and token.dep_ in ACTS and token.i and token.nbor(-1).lower_ == "the":
        return replace(described(token, token.i + 1), name="Pope", type="PERSON")
    if token.tag_ == "NN" and private(token):
        person = described(token, token.i + 1)
        nation = any(_national(scene, token.doc[i]) for i in range(person.first, token.i))
        return replace(person, type="PERSON") if nation else None
    if token.tag_ not in ("NN", "NNS") or token.dep_ not in ACTS or not token.i:
        return None
    first, words_ = token.nbor(-1), _among("local", "words" if token.tag_ == "NNS" else "bodies")
    if f"{first.lower_} {token.lower_}" not in words_ or at_home(scene) is None:
        return None
    return described(token, token.i + 1)


def _national(scene: Scene, token: Token) -> bool:
    found = scene.cast.at(token.i)
    return found is not None and (found.kind == "adjective" or found.type == "GROUP")


def reach(doc: Doc, head: int) -> int:
    """Where a group's name ends: behind "prisoners of war"."""
    return head + 3 if doc[head + 1 : head + 3].text.lower() == "of war" else head + 1
