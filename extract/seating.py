"""Subjects and holders of office put where they belong, before any rule reads the parse.

"at talks in Oslo, X and Y signed a pact"       subjects joined to the place before their comma
"the envoy to Kenya Karin Dahl met X"           a holder taken for the seat of the office
"Karin Dahl Friday accused X"                   a subject taken for a mark of the day
"Visiting President Karin Dahl met X"           a subject taken for the object of what marks it
"Chad and Peru are founding members of X"       a mark taken for a verb in the progressive
"X left parliament, a source said, leaving Y"   who says so, taken for another name of what was left
"the killing of X and the siege of Y"           a deed joined to whom the first one struck
"met X and army chief Y", "X and army chief Y"   a name that its title parts from the one before "and"
"Chad's X and Peru's Y met"                     a name taken for the owner of the next
"between the Union of Miners and Orion"         a party joined to the last word of the other's name
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.gazetteer import fold
from extract.gazetteer import load as places
from extract.grammar import among
from extract.lexicon import among as among_says
from extract.lexicon import words
from extract.ontology import load
from extract.scene import has
from extract.when import DAYS

NOUNS = ("PROPN", "NOUN")
BODIES = among("bodies")
SAYS = among_says("says")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
MARKING = frozenset({"competing", "founding", "leading", "opposing", "sitting", "standing", "warring"})
SEATED = frozenset({"at", "for", "in", "of", "to"})


def make_subject(noun: Token, verb: Token) -> None:
    """Hang the noun on the verb as its subject, a passive's where the verb is one."""
    noun.head, noun.dep_ = verb, "nsubjpass" if has(verb, "auxpass") else "nsubj"


def set_subject(noun: Token) -> None:
    """Make subjects of "X and Y" in "at talks in Oslo, X and Y signed a pact"."""
    doc, first, place = noun.doc, noun.left_edge.i, noun.head
    if place.dep_ != "pobj" or first < 2 or doc[first - 1].text != "," or doc[first - 1].head != place:
        return
    verb = next((t for t in place.ancestors if t.pos_ == "VERB" and t.i > noun.i), None)
    if verb is None or verb.dep_ not in ("ROOT", "ccomp", "conj", "advcl") or not finite(verb):
        return
    if any(c.dep_ in SUBJECTS for c in verb.children) or any(
        c.dep_ in ("conj", "cc") and c.i < first for c in place.children
    ):
        return
    between = doc[noun.right_edge.i + 1 : verb.i]
    if all(t.head == verb and t.dep_ in ("aux", "auxpass", "advmod", "neg") for t in between):
        make_subject(noun, verb)


def put_day(day: Token) -> None:
    """Make "Karin Dahl" the subject in "Karin Dahl Friday accused X"."""
    name = day.nbor(-1) if day.i else day
    if name.head != day or name.dep_ not in ("compound", "nmod") or not name.ent_type_:
        return
    if any(c.dep_ in SUBJECTS and c != day for c in day.head.children):
        return
    for child in [c for c in day.children if c != name]:
        child.head = name
    name.head, name.dep_ = day.head, "nsubj"
    day.dep_ = "npadvmod"


def mark_visitor(mark: Token) -> None:
    """Make the subject of who is called so: "Visiting President Karin Dahl met X"."""
    verb, noun = mark.head, next((c for c in mark.children if c.dep_ == "dobj"), None)
    others = [c for c in mark.children if c != noun]
    dated = all(c.lower_ == "on" and any(t.lower_ in DAYS for t in c.children) for c in others)
    if noun is None or noun.pos_ != "PROPN" or noun.left_edge.i != mark.i + 1 or not dated:
        return
    between = mark.doc[noun.right_edge.i + 1 : verb.i]
    bare = all(t.tag_ == "RB" or t.ent_type_ == "DATE" or t.lower_ == "on" for t in between)
    if bare and finite(verb) and not any(c.dep_ in SUBJECTS and c != mark for c in verb.children):
        noun.head, noun.dep_ = verb, "nsubj"
        for child in others:
            child.head = verb
        mark.head, mark.dep_ = noun, "amod"


def mark_members(mark: Token) -> None:
    """Make "are" the verb in "Chad and Peru are founding members of X"."""
    being = next((c for c in mark.children if c.dep_ == "aux" and c.lemma_ == "be"), None)
    noun = next((c for c in mark.children if c.dep_ == "dobj" and c.i == mark.i + 1), None)
    if being is None or noun is None or being.i > mark.i or noun.tag_ != "NNS":
        return
    if noun.lemma_ in words().titles | words().parts:
        for child in [c for c in mark.children if c not in (being, noun)]:
            child.head = being
        being.head, being.dep_ = (being if mark.dep_ == "ROOT" else mark.head), mark.dep_
        noun.head, noun.dep_ = being, "attr"
        mark.head, mark.dep_ = noun, "amod"


def part_seat(name: Token) -> None:
    """Part the holder from the seat in "the envoy to Kenya Karin Dahl" and hang him on the office."""
    prep, noun, first = name.head, name.head.head, name.left_edge.i
    if not _seats(prep, noun) or first == name.i:
        return
    start = _person_from(name, first)
    seat = name.doc[start - 1]
    if not first < start < name.i or seat.pos_ not in NOUNS:
        return
    if seat.ent_type_ == "PERSON" and name.doc[start].ent_iob_ == "B":
        return
    if seat.lower_.rstrip(".") in words().titles | words().honorifics:
        return
    for child in [c for c in name.children if c.i < start and c != seat]:
        child.head = seat
    seat.head, seat.dep_ = prep, "pobj"
    name.head, name.dep_ = noun, "appos"


def _seats(prep: Token, noun: Token) -> bool:
    """Whether a preposition brings where an office is held: "envoy to", "head of"."""
    return prep.lower_ in SEATED and noun.pos_ in NOUNS and noun.lemma_.lower() in words().titles


def _person_from(name: Token, first: int) -> int:
    """Where the person's name begins in "the UN Karin Dahl": behind another entity, or behind an acronym."""
    doc, start = name.doc, name.i
    if name.ent_type_ == "PERSON":
        while start > first and doc[start].ent_iob_ == "I":
            start -= 1
        front = fold(doc[first].text)
        seated = (
            start == first and name.i - first > 1 and (front in places().seats or front in places().states)
        )
        return first + 1 if seated else start
    first += doc[first].tag_ == "DT"
    known = doc[first].is_upper and fold(doc[first].text) in places().organisations
    known = known or (first < name.i and doc[first].ent_type_ == "GPE" != doc[first + 1].ent_type_)
    plain = all(t.is_title or t.text == "-" for t in doc[first + 1 : name.i + 1])
    whole = doc[name.i].lower_ in words().organisations
    return first + 1 if known and plain and not whole and name.i - first > 1 else name.i


def free_holder(name: Token) -> None:
    """Hang the holder in "the head of the parliament Karin Dahl" on the office, not on the body."""
    body = name.head
    if body.dep_ != "pobj" or name.ent_type_ != "PERSON" or name.left_edge.i != body.i + 1:
        return
    if (
        body.pos_ == "NOUN"
        and body.lemma_ in BODIES | words().organisations
        and _seats(body.head, body.head.head)
    ):
        name.head = body.head.head


def finite(verb: Token) -> bool:
    """Whether the verb stands in a tense, by its own form or its auxiliary's."""
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children
    )


def seat_second(name: Token) -> None:
    """Hang the holder in "summoned the envoy to Kenya Karin Dahl" on the office, no second object."""
    seat = name.doc[name.left_edge.i - 1] if name.left_edge.i else name
    prep, noun = seat.head, seat.head.head
    if seat.dep_ == "pobj" and _seats(prep, noun) and noun.dep_ == "dobj" and noun.head == name.head:
        name.head, name.dep_ = noun, "appos"


def set_speaker(verb: Token) -> None:
    """Make the subject of who says so in passing: "X left parliament, a source said, leaving Y"."""
    if verb.lemma_ not in SAYS or any(c.dep_ in SUBJECTS for c in verb.children) or not verb.i:
        return
    if verb.nbor(-1).dep_ == "punct":
        return
    noun = verb.nbor(-1)
    while noun.dep_ not in ("appos", "conj") and noun.head.i < verb.i and noun.head != noun:
        noun = noun.head
    first = noun.left_edge.i
    apart = first > 0 and verb.doc[first - 1].text == "," and noun.right_edge.i == verb.i - 1
    if noun.dep_ in ("appos", "conj") and apart and noun.pos_ in NOUNS:
        noun.head, noun.dep_ = verb, "nsubj"


def join_whole(name: Token) -> None:
    """Join a party to the whole of the other's name: "between the Union of Miners and Orion"."""
    inner, doc = name.head, name.doc
    if inner.dep_ != "pobj" or inner.ent_type_ != "ORG" or name.ent_type_ in ("GPE", "LOC"):
        return
    after = doc[inner.i + 1]
    if inner.ent_iob_ != "I" or (after.ent_iob_ == "I" and after.dep_ != "cc") or name.i - inner.i > 6:
        return
    whole = inner.head.head
    if whole.ent_type_ == "ORG" and whole.pos_ == "PROPN" and whole.dep_ in ("pobj", "nsubj", "dobj"):
        for link in [c for c in inner.children if c.dep_ == "cc" and c.i < name.i]:
            link.head = whole
        name.head = whole


def join_owned_names(owner: Token) -> None:
    """Join the two in "Chad's X and Peru's Y signed", where the parser took X for a mark of Y."""
    first, doc = owner.head, owner.doc
    last = first.head
    marks = first.dep_ in ("nmod", "compound") and first.pos_ == last.pos_ == "PROPN" and first.i < last.i
    behind = doc[owner.i + 1 : owner.i + 2].text in ("'s", "'")
    if not marks or not behind or owner.i < first.i or first.head.i - owner.i > 4:
        return
    first.head, first.dep_ = last.head, last.dep_
    last.head, last.dep_ = first, "conj"
    owner.head, owner.dep_ = last, "poss"
    for child in [c for c in last.children if c.i < first.i]:
        child.head = first


def join_deeds(noun: Token) -> None:
    """Join "the siege of Y" to its like in "the killing of X and the siege of Y", not to "X"."""
    nouns, inner = load().nouns, noun.head
    if (noun.lemma_.lower(), None) not in nouns or not any(c.lower_ == "of" for c in noun.children):
        return
    for outer in inner.ancestors if (inner.lemma_.lower(), None) not in nouns else ():
        if outer.pos_ == "NOUN" and (outer.lemma_.lower(), None) in nouns:
            if any(c.lower_ == "of" and c.i < inner.i for c in outer.children):
                for link in [c for c in inner.children if c.dep_ == "cc" and c.i < noun.i]:
                    link.head = outer
                noun.head = outer
            return
        if outer.pos_ not in (*NOUNS, "ADP"):
            return


def join_titled(title: Token) -> None:
    """Join the two names of "met X and army chief Y", whose title the parser joined to X instead."""
    doc, other = title.doc, title.head
    first = title.left_edge.i
    link = doc[first - 1] if first else title
    if link.dep_ != "cc" or link.head != other or other.pos_ != "PROPN" or title.i + 1 >= len(doc):
        return
    name = doc[title.i + 1]
    while name.dep_ == "compound" and name.head.i > name.i:
        name = name.head
    if name.pos_ != "PROPN" or title.lemma_.lower() not in words().titles:
        return
    beside = name.head == other.head and {name.dep_, other.dep_} == {"dobj"}
    if other.head == name and other.dep_ in ("nmod", "compound"):
        other.head, other.dep_ = (other if name.dep_ == "ROOT" else name.head), name.dep_
    elif not beside and not (name.head == other and name.dep_ == "appos"):
        return
    name.head, name.dep_ = other, "conj"
    title.head, title.dep_ = name, "compound"


def part_owners(owner: Token) -> None:
    """Join the two names of "Chad's X and Peru's Y met", where the parser took X for an owner of Y."""
    other, name = owner.head, owner.head.head
    owned = [t for t in (owner, other) if any(c.dep_ == "case" for c in t.children)]
    if other.dep_ != "poss" or owned != [owner] or name.pos_ != "PROPN" or name.i < owner.i:
        return
    other.head, other.dep_ = (other if name.dep_ == "ROOT" else name.head), name.dep_
    owner.head, owner.dep_ = name, "poss"
    name.head, name.dep_ = other, "conj"
