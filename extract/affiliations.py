"""Affiliations that no title tells: a name beside a body's name, an owner's, a preposition's.

"Robert Hale of Human Rights Watch"             (Robert Hale, of, Human Rights Watch)
"Boeing's Robert Hale", "Air Force Maj. Hale"   (Robert Hale, of, Boeing), (Hale, of, Air Force)
"Peter Holm's company, Orion Partners"          (Peter Holm, company, Orion Partners)
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.actors import words
from extract.claims import Claim
from extract.coreference import Cast
from extract.grammar import among
from extract.model import Mention
from extract.title_reach import CREEDS, POSSESSIVES, word_class
from extract.titles import phrase_before

ROYAL = word_class("kinds", "royal")
RANKS = word_class("kinds", "ranks")
STYLES = word_class("kinds", "styles")
TELLING = word_class("around", "telling")
KINDS_OF_BODY = among("bodies") | {
    "ngo",
    "charity",
    "university",
    "tank",
    "club",
    "daily",
    "paper",
    "station",
}
ONCE = frozenset({"now", "formerly", "late", "currently", "previously", "today", "originally"})
FIRMS = frozenset({"company", "firm", "business", "foundation", "studio", "label", "airline", "newspaper"})


def past_styles(doc: Doc, i: int) -> int:
    """Before forms of address and short ranks: "army spokesman Capt. John Mills"."""
    honorifics = words().honorifics
    while i > 1:
        low = doc[i - 1].lower_
        style = low.rstrip(".")
        stopped = low == "." and doc[i - 2].lower_ in honorifics
        if not stopped and style not in honorifics and style not in STYLES:
            break
        if style in ROYAL and _of_a_land(doc, i - 1):
            break
        i -= 1
    return i


def _of_a_land(doc: Doc, i: int) -> bool:
    """Whether a style is an office, for its land stands before: "Jordan's King", "Saudi Crown Prince"."""
    before = doc[i - 1 - (doc[i - 1].lower_ in ("crown", "late") and i > 1)]
    return before.text in POSSESSIVES or before.ent_type_ in ("NORP", "GPE")


def ranked(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Air Force Maj. Angela Billings": an affiliation before a rank or form of address."""
    end = past_styles(doc, holder.first)
    ranks = {token.lower_.rstrip(".") for token in doc[end : holder.first]}
    inner = next((m for m in cast.covering(end - 1) if m.last == end), None) if end else None
    if holder.type != "PERSON" or not ranks & RANKS or inner is None or inner.first == holder.first:
        return
    if inner.type in ("ORG", "STATE", "GROUP") or ranks & {"gov", "sen", "rep"}:
        yield _bare(holder, inner, end)


def _bare(holder: Mention, target: Mention, at: int) -> Claim:
    """A tie without a title of its own, at the token that makes it."""
    return Claim(holder, target, "of", at, at + 1, at, "ROLE", features=("title",))


def of_body(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Robert Hale of Human Rights Watch", "Gov. John Ridley of Ohio", "Hale, with the Red Cross, said"."""
    if holder.type != "PERSON":
        return
    i = holder.last + (holder.last < len(doc) and doc[holder.last].text == ",")
    i += i > holder.last and i + 2 < len(doc) and doc[i].lower_ in ONCE
    if i + 1 < len(doc) and (doc[i].lower_, doc[i + 1].lower_) == ("speaking", "for"):
        yield from body_after(doc, i + 1, holder, cast)
    elif i + 1 < len(doc) and doc[i].lower_ in ("of", "from", "with", "at"):
        yield from body_after(doc, i, holder, cast)


def body_after(doc: Doc, i: int, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """The body that the preposition at `i` brings right after a name."""
    start = i + 1 + (doc[i + 1].lower_ == "the")
    if start + 3 < len(doc) and doc[start + 1].text == "-" and doc[start + 2].lower_ == "based":
        start += 3
    start = _past_kind_of_body(doc, start, cast)
    target = next((m for m in cast.covering(start) if m.first in (start, i + 1)), None)
    if target is None or target.kind in ("pronoun", "adjective") or target.name == holder.name:
        return
    if target.last < len(doc) and doc[target.last].text in POSSESSIVES:
        return
    titled = phrase_before(doc, past_styles(doc, holder.first), holder, cast) if holder.first else None
    if _belongs(doc, i, holder, target, titled is not None or past_styles(doc, holder.first) < holder.first):
        start, text = (titled.title, doc[titled.title].lower_) if titled else (i, "")
        relation = f"{text} {doc[i].lower_}".strip()
        yield Claim(holder, target, relation, start, start + 1, start, "ROLE", features=("title",))


def _past_kind_of_body(doc: Doc, i: int, cast: Cast) -> int:
    """Past what a body is, to its name: from "rights" to "Memorial" in "of the rights group Memorial"."""
    j = i
    while j < min(i + 5, len(doc) - 1) and doc[j].pos_ in ("NOUN", "ADJ", "PROPN") and not doc[j].is_space:
        inner = cast.at(j)
        if inner is not None and inner.kind != "adjective":
            break
        j += 1
    named = j > i and doc[j - 1].lemma_.lower() in KINDS_OF_BODY
    return j if named and cast.at(j) is not None and doc[j].text[0].isupper() else i


def _belongs(doc: Doc, i: int, holder: Mention, target: Mention, titled: bool) -> bool:
    """Whether the preposition ties a name to a body, not a deed to its place."""
    preposition, verb = doc[i].lower_, doc[holder.head].head
    if target.type == "PERSON" or (verb.lemma_ in TELLING and doc[holder.head].dep_ == "dobj"):
        return False
    if target.type in ("STATE", "PLACE"):
        return preposition == "of" and (titled or target.type == "STATE")
    acting = doc[holder.head].dep_ in ("nsubj", "nsubjpass")
    if preposition == "of":
        return True
    attached = doc[i].head.i == holder.head or doc[i - 1].text == ","
    return (
        preposition in ("from", "with", "at", "for")
        and acting
        and (attached or titled)
        and target.type == "ORG"
    )


def owned(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Boeing's Robert Hale", "the UN's Jan Holm"; and "Robert Hale's Labour Party", which he leads."""
    i = past_styles(doc, holder.first)
    if i < 2 or doc[i - 1].text not in POSSESSIVES:
        return
    owner = next((m for m in cast.covering(i - 2) if m.last == i - 1 and m.kind != "pronoun"), None)
    if owner is None or owner.name == holder.name:
        return
    if holder.type == "PERSON" and owner.type in ("ORG", "STATE", "GROUP"):
        if holder.text.lower() not in CREEDS:
            yield _bare(holder, owner, i - 1)
    elif holder.type == "ORG" and owner.type == "PERSON" and owner.kind == "name":
        yield _bare(owner, holder, i - 1)


def owner_before(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Peter Holm's company, Orion Partners": whose company it is."""
    i = holder.first - 2
    if holder.type != "ORG" or i < 2 or doc[i + 1].text != "," or doc[i].lemma_ not in FIRMS:
        return
    noun = doc[i]
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    found = cast.headed(owner.i) if owner is not None else None
    if found is not None and found.type == "PERSON":
        yield Claim(found, holder, noun.lemma_, i, i + 1, i, "ROLE", features=("title",))
