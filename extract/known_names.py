"""What the gazetteer knows of a span: a state, its adjective, its seat, a people, a body, a town."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extract.gazetteer import Gazetteer, fold, word_class
from extract.grammar import among
from extract.kinds import located
from extract.lexicon import NOT_NAMES, Span, where, words
from extract.model import MentionKind

FELLOWS = among("fellows")


def recognise(doc: Doc, first: int, last: int, places: Gazetteer) -> Iterator[Span]:
    """States, adjectives, seats and peoples: the whole span, or "Russian" at the front of a longer one."""
    text = doc[first:last].text
    span = lookup(doc, first, last, text, places)
    if span:
        yield span
        return
    if sides := _both_sides(doc, first, last, places):
        yield from sides
        return
    if "-" in text and last - first == 3:
        ends = [lookup(doc, i, i + 1, doc[i].text, places) for i in (first, last - 1)]
        if all(ends):
            yield from (end for end in ends if end)


def lookup(doc: Doc, first: int, last: int, text: str, places: Gazetteer) -> Span | None:
    """The span of one text that the gazetteer knows, typed; a capital counts as its state where it acts."""
    form = fold(text)
    if form == "us" and text not in ("US", "U.S.", "U.S"):
        return None
    if name := places.states.get(form):
        return Span(first, last, "STATE", key=name, sure=True)
    if name := places.demonyms.get(form):
        people = doc[last - 1].tag_ in ("NNPS", "NNS") or (
            form.endswith("s") and doc[last - 1].dep_ != "amod"
        )
        people = people and form != "swiss"
        return Span(first, last, "GROUP" if people else "STATE", kind="name" if people else "adjective",
                    key=text if people else name, sure=True)  # fmt: skip
    if name := places.seats.get(form):
        if form in places.cities and not _acts(doc[last - 1]):
            return Span(first, last, "PLACE", sure=True)
        return Span(first, last, "STATE", key=name, sure=True)
    if name := places.peoples.get(form):
        several = form.endswith("s") and doc[last - 1].dep_ not in ("amod", "compound", "nmod")
        kind: MentionKind = "name" if several or form == fold(name) else "adjective"
        return Span(first, last, "GROUP", kind=kind, key=name, sure=True)
    if form in places.organisations or (form == "west" and _the_west(doc, first)):
        return Span(first, last, "ORG", sure=True)
    if form in places.cities and doc[first].pos_ == "PROPN" and _placeable(doc, first, form):
        return Span(first, last, "PLACE", sure=last - first > 1 or located(doc, first))
    return None


def _the_west(doc: Doc, first: int) -> bool:
    """Whether the states of the West act as one: "the West has imposed sanctions", not "in the west"."""
    named = first > 0 and doc[first - 1].lower_ == "the" and doc[first].text == "West"
    return named and _acts(doc[first]) and not any(c.lower_ == "of" for c in doc[first].children)


def _placeable(doc: Doc, first: int, form: str) -> bool:
    """Whether a town's name is meant for the town: no month, no title, no "President Bush"."""
    known = words()
    if form in NOT_NAMES or form in known.titles or form in known.organisations:
        return False
    before = doc[first - 1] if first else None
    if before is None or not before.text[0].isupper():
        return True
    low = before.lower_.rstrip(".")
    return low not in known.titles and low not in known.honorifics


def _both_sides(doc: Doc, first: int, last: int, places: Gazetteer) -> list[Span]:
    """ "North and South Korea": two states that share their last word."""
    if last - first < 4 or doc[first + 1].lower_ != "and" or doc[first].text not in SIDES:
        return []
    ends = places.states.get(fold(f"{doc[first].text} {doc[first + 3 : last].text}"))
    other = places.states.get(fold(doc[first + 2 : last].text))
    if ends is None or other is None:
        return []
    return [
        Span(first, first + 1, "STATE", key=ends, sure=True),
        Span(first + 2, last, "STATE", key=other, sure=True),
    ]


def namesakes(doc: Doc, spans: list[Span], places: Gazetteer) -> None:
    """Makes a place of the capital that a larger town shares its name with, unless its state is told of."""
    if not places.overshadowed.isdisjoint(forms := [fold(doc[s.first : s.last].text) for s in spans]):
        told = {span.key for span, form in zip(spans, forms, strict=True) if form not in places.seats}
        for span, form in zip(spans, forms, strict=True):
            if span.type == "STATE" and span.key not in told and form in places.overshadowed:
                span.type, span.key, span.sure = "PLACE", None, True


def completed(doc: Doc, spans: list[Span]) -> list[Span]:
    """The spans, those cut by the model made whole where the text has them whole elsewhere."""
    wholes = {tuple(t.text for t in doc[s.first : s.last]) for s in spans if _long(s)}
    if not wholes:
        return spans
    out: list[Span] = []
    for span in spans:
        if out and span.first < out[-1].last:
            continue
        first, last = _whole(doc, span, wholes) if span.last - span.first > 1 else (span.first, span.last)
        if (first, last) != (span.first, span.last):
            while out and out[-1].last > first:
                out.pop()
            span = Span(first, last, span.type, sure=span.sure)
        out.append(span)
    return out


def _long(span: Span) -> bool:
    plain = span.kind == "name" and span.key is None and span.type in ("PERSON", "PLACE")
    return plain and span.last - span.first > 2


def _whole(doc: Doc, span: Span, wholes: set[tuple[str, ...]]) -> tuple[int, int]:
    """The bounds of the longer name that stands around a span, its own where there is none."""
    size = span.last - span.first
    if span.kind == "name" and span.key is None:
        said = tuple(token.text for token in doc[span.first : span.last])
        for name in wholes:
            more = len(name) - size
            if more > 0 and name[:size] == said and _reads(doc, span.first, name):
                return span.first, span.first + len(name)
            if more > 0 and name[more:] == said and _reads(doc, span.first - more, name):
                return span.first - more, span.last
    return span.first, span.last


def _reads(doc: Doc, first: int, name: tuple[str, ...]) -> bool:
    here = doc[max(first, 0) : first + len(name)]
    return first >= 0 and tuple(token.text for token in here) == name


def by_side(doc: Doc, spans: list[Span], places: Gazetteer) -> list[Span]:
    """The spans and, where a state is called by its side, "the North" beside "North Korea" too."""
    spans = _one_people(doc, spans, places)
    lands = {(span.key or "").partition(" ")[::2] for span in spans if span.type == "STATE"}
    keys: dict[str, str] = {}
    for side, land in lands:
        if side in SIDES and all(f"{one} {land}".lower() in places.states for one in (side, SIDES[side])):
            keys |= {one: places.states[f"{one} {land}".lower()] for one in (side, SIDES[side])}
    if not keys:
        return spans
    taken = {i: span for span in spans for i in range(span.first, span.last)}
    found = []
    for i in where(doc, keys, "ORTH"):
        span = taken.get(i)
        if (span is None or (span.last - span.first == 1 and span.key is None)) and _side(doc, i):
            found.append(Span(i, i + 1, "STATE", key=keys[doc[i].text], sure=True))
    instead = {span.first for span in found}
    return sorted([*found, *(s for s in spans if s.first not in instead)], key=lambda span: span.first)


def _one_people(doc: Doc, spans: list[Span], places: Gazetteer) -> list[Span]:
    """ "Iraqi" and "Kurds" as one where the two are one people's name."""
    out: list[Span] = []
    for span in spans:
        left = out[-1] if out else None
        if left is not None and left.last == span.first and left.kind == "adjective" and span.key:
            form = fold(doc[left.first : span.last].text)
            if name := places.peoples.get(form):
                kind: MentionKind = "name" if form == fold(name) else "adjective"
                out[-1] = Span(left.first, span.last, "GROUP", kind=kind, key=name, sure=True)
                continue
        out.append(span)
    return out


def _side(doc: Doc, i: int) -> bool:
    """Whether "the North" stands alone, or "North" before "and South Korea"."""
    after = [token.text for token in doc[i + 1 : i + 3]]
    if after == ["and", SIDES[doc[i].text]]:
        return True
    plain = not after or (not after[0][0].isupper() and after[0] not in ("of", "-", "/"))
    return plain and i > 0 and doc[i - 1].lower_ == "the"


SIDES = {"North": "South", "South": "North", "East": "West", "West": "East"}


def _towns(name: str) -> frozenset[str]:
    """Words by which a capital is the town: what is done to it, what is of it or on it."""
    return word_class("places.toml", "towns", name)


def _acts(token: Token) -> bool:
    """Whether a capital stands for its government: a subject, an owner, a party; not a place to be in."""
    verb = token.head.lemma_.lower()
    if token.dep_ in ("dobj", "nsubjpass"):
        struck = (verb == "attack" and _stormed(token.head)) or (verb in STRIKING and _shot_at(token.head))
        return verb not in _towns("taken") and not struck
    if token.dep_ == "nsubj":
        return verb not in _towns("suffers")
    if token.dep_ == "poss":
        return verb not in _towns("owned")
    if token.dep_ == "dative" or (token.dep_ == "appos" and token.head.lemma_ in FELLOWS):
        return True
    if token.dep_ == "pobj":
        before = token.head.nbor(-1).lemma_ if token.head.i else ""
        near = (token.head.head.lemma_.lower(), before.lower())
        posted = token.head.lower_ in ("in", "from") and near[0] in ("ambassador", "envoy")
        kind = {"to": "addressed", "from": "sent"}.get(token.head.lower_)
        addressed = posted or (kind is not None and not _towns(kind).isdisjoint(near))
        return addressed or (token.head.lower_ in PARTNERS and not _local(token.head))
    if token.dep_ == "conj":
        return token.head.ent_type_ in ("GPE", "NORP") and _acts(token.head)
    return (
        token.dep_ in ("npadvmod", "compound", "nmod")
        and token.i + 1 < len(token.doc)
        and (token.nbor().text == "-" or token.nbor().lower_ in ("regime", "government"))
    )


def _stormed(verb: Token) -> bool:
    """Whether fighters attack a town, and no state blames another: "militants attacked Kabul"."""
    blamed = any(c.dep_ == "prep" and c.lower_ in ("over", "for", "as") for c in verb.children)
    doers = [c for c in verb.children if c.dep_ == "nsubj"]
    doers += [t for c in verb.children if c.dep_ == "agent" for t in c.children]
    return bool(doers) and not blamed and all(t.ent_type_ not in ("GPE", "PERSON") for t in doers)


def _shot_at(verb: Token) -> bool:
    """Whether what flies or bursts hits a town: "rockets hit Kabul", not "sanctions hit Kabul"."""
    hits = (c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj")
    return any(lemma in _towns("shots") for lemma in hits)


STRIKING = frozenset({"damage", "hit", "strike", "target"})
PARTNERS = frozenset({"with", "by", "between", "against", "on", "for", "of", "towards", "toward"})


def _local(preposition: Token) -> bool:
    """Whether the preposition brings a town: "the siege of Kabul", "an attack on Kabul", "left for Kabul"."""
    low, head = preposition.lower_, preposition.head.lemma_.lower()
    if low in ("of", "on"):
        return not _towns(low).isdisjoint({head, preposition.head.lower_})
    return low == "for" and (head in _towns("toward") or preposition.head.lower_ == "battle")
