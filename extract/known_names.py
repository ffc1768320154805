"""What the gazetteer knows of a span: a state, its adjective, its seat, a people, a body, a town."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extract.gazetteer import Gazetteer, fold
from extract.kinds import located
from extract.lexicon import NOT_NAMES, Span, words


def recognise(doc: Doc, first: int, last: int, places: Gazetteer) -> Iterator[Span]:
    """States, adjectives, seats and peoples: the whole span, or "Russian" at the front of a longer one."""
    text = doc[first:last].text
    span = lookup(doc, first, last, text, places)
    if span:
        yield span
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
        return Span(
            first, last, "GROUP", kind="name" if form == fold(name) else "adjective", key=name, sure=True
        )
    if form in places.organisations:
        return Span(first, last, "ORG", sure=True)
    if form in places.cities and doc[first].pos_ == "PROPN" and _placeable(doc, first, form):
        return Span(first, last, "PLACE", sure=last - first > 1 or located(doc, first))
    return None


def _placeable(doc: Doc, first: int, form: str) -> bool:
    """Whether a town's name is meant for the town: no month, no title, no "President Bush"."""
    known = words()
    if form in NOT_NAMES or form in known.titles:
        return False
    before = doc[first - 1] if first else None
    if before is None or not before.text[0].isupper():
        return True
    low = before.lower_.rstrip(".")
    return low not in known.titles and low not in known.honorifics


def _acts(token: Token) -> bool:
    """Whether a capital stands for its government: a subject, an owner, a party; not a place to be in."""
    if token.dep_ in ("nsubj", "poss", "nsubjpass", "dobj", "dative"):
        return True
    if token.dep_ == "pobj":
        return token.head.lower_ in (
            "with",
            "by",
            "between",
            "against",
            "on",
            "for",
            "of",
            "towards",
            "toward",
        )
    if token.dep_ == "conj":
        return token.head.ent_type_ in ("GPE", "NORP") and _acts(token.head)
    return (
        token.dep_ in ("npadvmod", "compound", "nmod")
        and token.i + 1 < len(token.doc)
        and (token.nbor().text == "-" or token.nbor().lower_ in ("regime", "government"))
    )
