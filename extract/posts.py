"""Roles told by the noun for a post or a term: no verb of being stands between holder and title.

"Hale's appointment as director of the FBI"     (Hale, director of, FBI)
"As director of the FBI, Hale objected"         (Hale, director of, FBI)
"Hale assumed the presidency of Chile"          (Hale, presidency of, Chile)
"Hale was put in charge of the FBI"             (Hale, in charge of, FBI)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from extract.affiliations import past_styles
from extract.appointments import SUBJECTS
from extract.claims import Claim
from extract.coreference import Cast
from extract.membership import joined, predicates
from extract.model import Mention
from extract.title_reach import POSSESSIVES, word_class
from extract.titles import Phrase, is_title, phrase_before, read_phrase, to_claims

TERMS = word_class("posts", "terms")
POSTS = word_class("posts", "posts")
RULES = word_class("posts", "rules")
TAKES = word_class("posts", "takes")
DATED = frozenset(
    {"yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
BODIES = frozenset({"ORG", "GROUP", "STATE"})
OPENING = frozenset({"as", "becoming", "being"})
WINNING = frozenset({"win", "secure"})  # "won a second term as", but not "won the presidency"


def find_posts(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """The roles of this person that nouns of office tell."""
    if holder.type != "PERSON":
        return
    for start in _as_titles(doc, holder):
        yield from _titles_at(doc, start, holder, cast)
    if holder.kind == "name" or (holder.kind == "pronoun" and doc[holder.head].dep_ in SUBJECTS):
        yield from _opening_phrase(doc, holder, cast)
    head = doc[holder.head]
    if head.dep_ in SUBJECTS | {"dobj"}:
        yield from _in_charge(holder, cast, head.head)
    for verb in predicates(doc, holder):
        yield from _held(doc, holder, cast, verb)
        if head.dep_ not in SUBJECTS or verb != head.head:
            yield from _in_charge(holder, cast, verb)


def _as_titles(doc: Doc, holder: Mention) -> Iterator[int]:
    """Where a title begins after "as" behind a noun for a term of office that is the holder's."""
    i = holder.last
    own = holder.kind == "pronoun" and doc[holder.first].tag_ == "PRP$"
    if not own and i + 1 < len(doc) and doc[i].text == "," and doc[i + 1].lower_ == "whose":
        i, own = i + 1, True
    if own or (i < len(doc) and doc[i].text in POSSESSIVES):
        for j in range(i + (not own), min(i + 5, len(doc) - 2)):
            if doc[j].lemma_.lower() in TERMS and doc[j + 1].lower_ == "as":
                yield j + 2
    of = past_styles(doc, holder.first) - 1
    while of > 1 and doc[of].tag_ in ("JJ", "NNP") and doc[of].lower_ != "of":
        of -= 1
    term = of - 1 - (of > 1 and doc[of - 1].lower_ in DATED)
    told = of > 0 and doc[of].lower_ == "of" and doc[term].lemma_.lower() in TERMS
    if told and i + 1 < len(doc) and doc[i].lower_ == "as":
        yield i + 1


def _titles_at(doc: Doc, start: int, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """The claims of the title phrase that opens at `start`."""
    for i in range(start, min(start + 8, doc[start].sent.end)):
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT") and doc[i].lower_ != "acting":
            return
        if is_title(doc[i], holder) and all(m.kind != "name" for m in cast.covering(i)):
            following = doc[i + 1] if i + 1 < len(doc) else None
            if following is None or not is_title(following, holder):
                yield from to_claims(doc, holder, read_phrase(doc, i, holder, cast))
                return


def _opening_phrase(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "As director of the FBI, Hale …" and "A former director of the FBI, Hale …"."""
    comma = holder.first - 1
    if comma < 2 or doc[comma].text != ",":
        return
    phrase = phrase_before(doc, comma, holder, cast)
    if phrase is None:
        return
    first, phrases = _start(doc, phrase), [phrase]
    if first > 1 and doc[first - 1].lower_ == "and":
        earlier = phrase_before(doc, first - 1, holder, cast)
        if earlier is not None and doc[start := _start(doc, earlier)].lower_ in ("a", "an"):
            first, phrases = start, [earlier, phrase]
    opened = doc[first].lower_ in ("a", "an") and first == doc[first].sent.start
    if opened or (first > 0 and doc[first - 1].lower_ in OPENING):
        for one in phrases:
            yield from to_claims(doc, holder, one)


def _start(doc: Doc, phrase: Phrase) -> int:
    """Where a title phrase begins with its article."""
    return phrase.first - (phrase.first > 0 and doc[phrase.first - 1].lower_ in ("a", "an", "the"))


def _held(doc: Doc, holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    """ "holds the post of director of the FBI", "assumed the presidency of Chile"."""
    if verb.lemma_ not in TAKES:
        return
    for noun in (child for child in verb.children if child.dep_ == "dobj"):
        behind = (c for c in verb.children if c.lower_ == "as" and c.i > noun.i)
        for prep in (*(c for c in noun.children if c.lower_ in ("of", "as")), *behind):
            if noun.lemma_ in POSTS:
                claims = _titles_at(doc, prep.i + 1, holder, cast)
                yield from (replace(claim, stated=verb.i) for claim in claims)
            elif noun.lemma_ in RULES and verb.lemma_ not in WINNING:
                targets = (m for grand in prep.children for m in joined(cast, grand))
                text = f"{noun.lemma_} {prep.lower_}"
                yield from (_tie(holder, m, text, noun, verb) for m in targets if m.type in BODIES)


def _in_charge(holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    """ "is in charge of the FBI", "was put at the head of the army", "is on the board of Apple"."""
    if verb.lemma_ not in ("be", "put", "place", "remain"):
        return
    for prep in (child for child in verb.children if child.lower_ in ("in", "at", "on")):
        for noun in (c for c in prep.children if c.lemma_ in ("charge", "head", "helm", "board", "command")):
            for of in (child for child in noun.children if child.lower_ == "of"):
                targets = (m for grand in of.children for m in joined(cast, grand))
                text = f"{prep.lower_} {noun.lemma_} of"
                yield from (_tie(holder, m, text, noun, verb) for m in targets if m.type in BODIES)


def _tie(holder: Mention, target: Mention, text: str, noun: Token, verb: Token) -> Claim:
    return Claim(
        holder, target, text, noun.i, noun.i + 1, noun.i, "ROLE", features=("title",), stated=verb.i
    )  # fmt: skip
