"""Names put together again that the model cut in pieces, and names it found in one place only.

"Organisation for the Prohibition of Chemical Weapons" and "Bank of Japan" are one name, "Alexei" "Chaly" one
person; whoever is a name in one sentence is one in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extract.gazetteer import fold
from extract.lexicon import NOT_NAMES, Span, among, opens, where, words
from extract.model import ActorType

PARTISANS = among("partisans")
LINKS = frozenset({"of", "for"})
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a"})


def join(doc: Doc, spans: Sequence[Span]) -> list[Span]:
    """The spans with the pieces of one name made one, in order."""
    out: list[Span] = []
    begun = {span.first for span in spans}
    for span in spans:
        last = out[-1] if out else None
        whole = last and _joined(doc, last, span)
        if whole:
            out[-1] = whole
        else:
            out.append(_continued(doc, span, begun))
    return list(_parted(doc, out))


def _continued(doc: Doc, span: Span, begun: set[int]) -> Span:
    """ "Group of Seven", "Department of Justice": a body by what it is of, where that is no name itself."""
    last = span.last + 1
    if span.type != "ORG" or last >= len(doc) or doc[span.last].lower_ != "of":
        return span
    noun = doc[last]
    common = doc[span.last - 1].lower_ in words().organisations and noun.pos_ == "PROPN" and last not in begun
    if not noun.text[0].isupper() or not (common or noun.like_num):
        return span
    while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and last + 1 not in begun:
        last += 1
    return Span(span.first, last + 1, "ORG", sure=True)


def purposes(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """ "Doctors for Peace", "the Children of the Ninth Dawn": bodies named by their members and their aim."""
    owned = {i: span for span in spans for i in range(span.first, span.last)}
    for i in where(doc, AIMS):
        first, last = i - 1, i + 1 + (i + 1 < len(doc) and doc[i + 1].lower_ == "the")
        if first < 0 or last >= len(doc) or first in owned or not _membership(doc, first):
            continue
        aim = owned.get(last)
        if not doc[last].text[0].isupper() or doc[last].pos_ not in ("PROPN", "ADJ", "NOUN", "PRON", "DET"):
            continue
        if aim is not None and (aim.key or aim.sure or aim.type == "PERSON"):
            continue
        if doc[i].lower_ == "of" and (opens(doc[first]) or doc[first - 1].lower_ != "the"):
            continue
        while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and not doc[last + 1].is_sent_start:
            last += 1
        yield Span(first, last + 1, "ORG", sure=True)


def _membership(doc: Doc, i: int) -> bool:
    """Whether a capitalised plural can begin a body's name: not in a headline."""
    token = doc[i]
    plural = token.text[0].isupper() and not token.is_upper and token.tag_ in ("NNS", "NNPS", "NNP")
    return (
        plural
        and token.text.endswith(("s", "men", "women", "ren"))
        and any(t.text == "." for t in token.sent)
    )


AIMS = frozenset({"for", "of", "against", "without"})


def _parted(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """ "Libyan National Army of Khalifa Haftar": a body and the person that it is of are two."""
    persons = {doc[span.last - 1].text for span in spans if span.type == "PERSON"}
    for span in spans:
        cut = next((i for i in range(span.first + 1, span.last - 1) if doc[i].lower_ == "of"), None)
        tail = cut is not None and (doc[span.last - 1].text in persons and doc[cut + 1].text[0].isupper())
        if cut is not None and tail and span.type == "ORG" and not span.sure:
            yield Span(span.first, cut, "ORG")
            yield Span(cut + 1, span.last, "PERSON")
        else:
            yield span


def _joined(doc: Doc, left: Span, right: Span) -> Span | None:
    if left.kind != "name" or right.kind != "name":
        return None
    if doc[right.first].is_sent_start and not (left.last == right.first and len(doc[left.first].sent) <= 2):
        return None
    if left.last == right.first:
        if _person(doc, left, right):
            return Span(left.first, right.last, "PERSON")
        return Span(left.first, right.last, "ORG") if _halves(doc, left, right) else None
    return Span(left.first, right.last, "ORG") if _linked(doc, left, right) else None


def _person(doc: Doc, left: Span, right: Span) -> bool:
    """First name and surname side by side: the first depends on the second, none is sure to be else."""
    if left.sure or right.sure or left.key or right.key or "PERSON" not in (left.type, right.type):
        return False
    if doc[left.last - 1].lower_ in PARTISANS:
        return False
    head = doc[left.last - 1].head
    one = right.first <= head.i < right.last and doc[left.last - 1].dep_ in ("compound", "nmod")
    one = one or bool(doc[right.first].is_sent_start)
    return one and right.last - left.first <= 4 and not _body(doc, left) and right.type != "ORG"


def _body(doc: Doc, span: Span) -> bool:
    last = doc[span.last - 1]
    return span.type == "ORG" and (
        span.last - span.first > 1 or last.is_upper or last.lower_ in words().organisations
    )


def _halves(doc: Doc, left: Span, right: Span) -> bool:
    if left.key or right.key or left.sure or right.sure or "PERSON" in (left.type, right.type):
        return False
    return doc[left.last - 1].head == doc[right.last - 1]


def _linked(doc: Doc, left: Span, right: Span) -> bool:
    """Whether "of" or "for" joins a body's common noun to what it is for."""
    between = [token.lower_ for token in doc[left.last : right.first]]
    if left.type != "ORG" or left.key or not between or between[0] not in LINKS or len(between) > 2:
        return False
    if len(between) == 2 and between[1] != "the":
        return False
    if doc[left.last].head.i != left.last - 1 and doc[right.last - 1].head.i != left.last:
        return False
    last = doc[left.last - 1]
    head = any(t.lower_ in words().organisations for t in doc[left.first : left.last])
    head = head and not (left.sure and left.last - left.first > 1)
    if head and right.type != "PERSON" and (right.key is None or last.text[0].isupper()):
        return left.last - left.first < 5 and (right.key is None or left.last - left.first == 1)
    bodies = last.tag_ in ("NNS", "NNPS") or last.lower_ in ("prohibition", "promotion", "advancement")
    return between[0] == "for" and bodies and not (right.key or right.sure or right.type == "PERSON")


def echoes(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """Surnames, acronyms and names that the text has elsewhere, where the model overlooked them."""
    forms = _forms(doc, spans)
    taken = {i for span in spans for i in range(span.first, span.last)}
    for token in (doc[i] for i in where(doc, forms, "ORTH") if i not in taken):
        if not token.text[0].isupper():
            continue
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "INTJ", "X") and _whole(doc, token.i):
            yield Span(token.i, token.i + 1, forms[token.text])


def _whole(doc: Doc, i: int) -> bool:
    """Whether the word is not part of a longer name in capitals."""
    after = doc[i + 1] if i + 1 < len(doc) else None
    joined = after is not None and after.pos_ == "PROPN" and after.text[0].isupper() and after.ent_type_ != ""
    return not (joined and doc[i].head == after and doc[i].dep_ == "compound" and after.ent_type_ == "ORG")


def _forms(doc: Doc, spans: Sequence[Span]) -> dict[str, ActorType]:
    """Form → type: last words of persons, single names, initials of bodies."""
    forms: dict[str, ActorType] = {}
    for span in spans:
        if span.kind != "name" or span.key:
            continue
        last = doc[span.last - 1]
        if span.type == "PERSON" and len(last.text) > 2:
            forms[last.text] = "PERSON"
        elif span.type == "ORG" and span.last - span.first > 1:
            letters = "".join(token.text[0] for token in doc[span.first : span.last] if token.is_alpha)
            forms.setdefault("".join(c for c in letters if c.isupper()), "ORG")
        elif span.last - span.first == 1 and not last.is_sent_start and len(last.text) > 2:
            forms.setdefault(last.text, span.type)
    return {form: kind for form, kind in forms.items() if len(form) > 1 and fold(form) not in NOT_NAMES}
