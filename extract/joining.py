"""Names put together again that the model cut in pieces, and names it found in one place only.

"Organisation for the Prohibition of Chemical Weapons" and "Bank of Japan" are one name, "Alexei" "Chaly" one
person; whoever is a name in one sentence is one in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from extract.gazetteer import fold, load
from extract.lexicon import NOT_NAMES, Span, among, opens, where, word_list, words
from extract.model import ActorType

PARTISANS = among("partisans")
LINKS = frozenset({"of", "for"})
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a"})


def grow(doc: Doc, spans: Sequence[Span]) -> list[Span]:
    """ "the House Energy and Commerce Committee", "Subcommittee on Trade": bodies by all they deal with."""
    owned = {i: span for span in spans for i in range(span.first, span.last)}
    out: list[Span] = []
    for span in spans:
        if out and span.first < out[-1].last:
            continue
        first, last = span.first, span.last
        if span.type == "ORG" and span.kind == "name" and span.key is None:
            if doc[last - 1].lower_ in HEADS:
                first = _further_left(doc, first, owned)
            if any(token.lower_ in HEADS for token in doc[first:last]):
                last = _further_right(doc, first, last, owned)
            if first and doc[first].lower_ in PAPERS and doc[first - 1].text in ("Sunday", "Daily"):
                first -= 1
            if first and doc[first - 1].text in STATIONS and first - 1 not in owned:
                first -= 1
            if doc[last - 1].lower_ in NUMBERED:
                first = _ordinal(doc, first, owned)
            if last - first == 1 and doc[first].text == "Office":
                first = _officer(doc, first)
            if first > 1 and doc[first - 1].text == "-" and doc[first - 2].text in PREFIXES:
                first -= 2
        if (first, last) != (span.first, span.last):
            while out and out[-1].last > first:
                out.pop()
            span = Span(first, last, "ORG", sure=True)
        out.append(span)
    return out


def _further_left(doc: Doc, first: int, owned: Mapping[int, Span]) -> int:
    """Where the name begins before "and Commerce Committee": over what else the body deals with."""
    floor = doc[first].sent.start
    if first - 2 < floor or doc[first - 1].lower_ not in ("and", "&") or doc[first].lower_ not in MATTERS:
        return first
    i = first - 1
    while i - 1 >= floor and (doc[i - 1].text == "," or _matter(doc, i - 1, owned)):
        i -= 1
    while (
        i - 1 >= floor
        and doc[i - 1].text[0].isupper()
        and doc[i - 1].pos_ == "PROPN"
        and _free(owned.get(i - 1))
    ):
        i -= 1
    while i < first - 1 and (doc[i].text == "," or doc[i].lower_ in ("the", "a")):
        i += 1
    return i if i < first - 1 else first


def _matter(doc: Doc, i: int, owned: Mapping[int, Span]) -> bool:
    return doc[i].text[0].isupper() and doc[i].lower_ in MATTERS and _free(owned.get(i))


def _free(span: Span | None) -> bool:
    """Whether a name may be part of a body's: no state, person or body that is known as one."""
    return span is None or (span.key is None and span.type == "ORG" and not span.sure)


def _further_right(doc: Doc, first: int, last: int, owned: Mapping[int, Span]) -> int:
    """Where the name ends: over "on Foreign Relations", "for the Ninth Circuit", "of Trade and Tourism"."""
    top = min(len(doc), doc[last - 1].sent.end)
    while last + 1 < top:
        low = doc[last].lower_
        links = {"of", "for"} | ({"on"} if doc[last - 1].lower_ in TOPICAL else set())
        if low in links:
            start = last + 1 + (doc[last + 1].lower_ == "the")
            after = _capitals(doc, start, top, owned)
            if after == start or not any(doc[i].lower_ in MATTERS | NUMBERED for i in range(start, after)):
                return last
        elif low in ("and", "&", ",") and doc[last - 1].lower_ in MATTERS:
            start = last + 1 + (low == "," and doc[last + 1].lower_ == "and")
            after = _capitals(doc, start, top, owned)
            listed = any(token.lower_ in ("of", "for", "on") for token in doc[first:last])
            if after == start or not listed or doc[start].lower_ not in MATTERS or _another(doc, after, top):
                return last
            if low == "," and start == last + 1 and not _listed(doc, after, top):
                return last
        else:
            return last
        last = after
    return last


def _another(doc: Doc, i: int, top: int) -> bool:
    """Whether the capitals up to there begin another name: "and Army Chief Robert Hale"."""
    return doc[i - 1].lower_ in words().titles or (i < top and doc[i].text[0].isupper())


def _listed(doc: Doc, i: int, top: int) -> bool:
    """Whether an "and" and one more matter close the list."""
    while i + 1 < top and doc[i].text == "," and doc[i + 1].lower_ in MATTERS:
        i += 2
    i += i < top and doc[i].text == ","
    return i + 1 < top and doc[i].lower_ in ("and", "&") and doc[i + 1].lower_ in MATTERS


def _capitals(doc: Doc, i: int, top: int, owned: Mapping[int, Span]) -> int:
    """The end of the capitalised words from `i` on that are no actor of their own."""
    while i < top and doc[i].text[0].isupper() and (_free(owned.get(i)) or doc[i].lower_ in MATTERS):
        i += 1
    return i


def _ordinal(doc: Doc, first: int, owned: Mapping[int, Span]) -> int:
    """ "14th Mountain Brigade", "the Tenth Corps": with its number."""
    before = doc[first - 1] if first and not doc[first].is_sent_start else None
    counted = before is not None and before.text[0].isdigit() and before.text[-2:] in ("st", "nd", "rd", "th")
    before = doc[first - 1] if first else None
    counted = counted or (before is not None and before.text.istitle() and before.lower_ in ORDINALS)
    return first - 1 if counted and first - 1 not in owned else first


def _officer(doc: Doc, first: int) -> int:
    """ "the Prosecutor General's Office": with whose office it is."""
    i = first - 1
    if i < 1 or doc[i].text != "'s":
        return first
    while i - 1 > 0 and doc[i - 1].text.istitle() and doc[i - 1].lower_ in words().titles | RANKING:
        i -= 1
    return i if i < first - 1 else first


def portfolios(doc: Doc) -> set[int]:
    """The tokens that tell what a minister sees to: "of [Foreign Affairs and Trade] of Peru"."""
    out: set[int] = set()
    for i in where(doc, CHARGED):
        last, top = i + 1, doc[i].sent.end
        while last + 1 < top and doc[last].lower_ in ("of", "for"):
            start = last + 1 + (doc[last + 1].lower_ == "the")
            end = charges(doc, start, top)
            if end == start:
                break
            out.update(range(start, end))
            last = end
    return out


def charges(doc: Doc, start: int, top: int) -> int:
    """Where the matters end that begin there; nowhere where they are a body's name."""
    i = start
    while i < top:
        low = doc[i].lower_
        if low in ("and", "&", ",") and i > start:
            after = i + 1 + (low == "," and i + 1 < top and doc[i + 1].lower_ in ("and", "&"))
            if after >= top or not _charge(doc, after, top):
                break
            if low == "," and after == i + 1 and not _closes(doc, after, top):
                break
            i = after
        elif _charge(doc, i, top):
            i += 1
        else:
            break
    body = i < top and doc[i].text[0].isupper() and doc[i].lower_ in HEADS
    body = body or fold(doc[start : i + 1].text) in load().organisations
    body = body or (i > start + 1 and doc[i - 1].lower_ in HEADS - SEEN_TO)
    return start if body else i


def _charge(doc: Doc, i: int, top: int) -> bool:
    """Whether a capitalised word is a matter of state, or the adjective of one: "European Integration"."""
    if not doc[i].text[0].isupper():
        return False
    if doc[i].lower_ in SEEN_TO:
        return i + 1 >= top or doc[i + 1].lower_ not in words().titles or not doc[i + 1].text[0].isupper()
    adjective = doc[i].tag_ == "JJ" or doc[i].lower_ in WIDER
    return adjective and i + 1 < top and doc[i + 1].text[0].isupper() and doc[i + 1].lower_ in SEEN_TO


def inner_comma(doc: Doc, i: int) -> bool:
    """Whether a comma stands between two matters of one charge: "of Trade, Industry and Tourism"."""
    return (
        0 < i < len(doc) - 2
        and doc[i].text == ","
        and all(doc[j].lower_ in SEEN_TO and doc[j].text[0].isupper() for j in (i - 1, i + 1))
    )


def _closes(doc: Doc, i: int, top: int) -> bool:
    """Whether an "and" comes between further matters before anything else does."""
    while i < top and (doc[i].text == "," or _charge(doc, i, top)):
        i += 1
    return i + 1 < top and doc[i].lower_ in ("and", "&") and _charge(doc, i + 1, top)


STATIONS = frozenset({"TV", "Radio", "Diario", "Canal", "Televisión", "Kanal", "Agencia"})
PREFIXES = frozenset({"Anti", "Counter", "Inter", "Pan", "Trans"})
RANKING = frozenset({"chief", "general", "public", "state", "high"})
ORDINALS = word_list("ordinals")
CAMPS = word_list("camps")
PAPERS = frozenset({"times", "mail", "mirror", "telegraph", "express", "herald", "tribune", "post", "people"})
MATTERS, HEADS = word_list("matters"), word_list("heads")
TOPICAL, NUMBERED = word_list("topical"), word_list("numbered")
CHARGED = word_list("charged")
WIDER = frozenset({"european", "euro-atlantic", "arab", "african", "islamic"})
SEEN_TO = MATTERS | word_list("portfolios")


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
    if doc[span.last - 1].text == "Local" and span.last < len(doc) and doc[span.last].is_digit:
        return Span(span.first, last, "ORG", sure=True)
    if span.type != "ORG" or last >= len(doc) or doc[span.last].lower_ != "of":
        return span
    noun = doc[last]
    common = doc[span.last - 1].lower_ in words().organisations and noun.pos_ == "PROPN" and last not in begun
    counted = doc[span.last - 1].text == "Group" and noun.like_num
    if not (counted or (noun.text[0].isupper() and (common or noun.like_num))):
        return span
    while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and last + 1 not in begun:
        last += 1
    return Span(span.first, last + 1, "ORG", sure=True)


def purposes(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """ "Doctors for Peace", "the Children of the Ninth Dawn": bodies named by their members and their aim."""
    owned = {i: span for span in spans for i in range(span.first, span.last)}
    for i in where(doc, AIMS):
        first, last = i - 1, i + 1 + (i + 1 < len(doc) and doc[i + 1].lower_ == "the")
        if first < 0 or last + 1 >= len(doc):
            continue
        united = first > 0 and doc[first].text in ("United", "Together") and _membership(doc, first - 1)
        one = doc[last].lower_ == "a" and doc[first].text.istitle() and doc[last + 1].text.istitle()
        if united:
            first -= 1
        elif one and doc[i].lower_ == "for" and doc[first].pos_ == "PROPN" and _told(doc, i):
            last += 1
        elif first in owned or not _membership(doc, first):
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
    return plural and token.text.endswith(("s", "men", "women", "ren")) and _told(doc, i)


def _told(doc: Doc, i: int) -> bool:
    return any(token.text == "." for token in doc[i].sent)


AIMS = frozenset({"for", "of", "against", "without"})


def _parted(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """ "Libyan National Army of Khalifa Haftar", "Cascade Fiber of Portland": a body and whose it is."""
    persons = {doc[span.last - 1].text for span in spans if span.type == "PERSON"}
    for span in spans:
        cut = next((i for i in range(span.first + 1, span.last - 1) if doc[i].lower_ == "of"), None)
        tail = cut is not None and (doc[span.last - 1].text in persons and doc[cut + 1].text[0].isupper())
        if cut is not None and tail and span.type == "ORG" and not span.sure:
            yield Span(span.first, cut, "ORG")
            yield Span(cut + 1, span.last, "PERSON")
        elif cut is not None and _firm(doc, span, cut):
            yield Span(span.first, cut, "ORG")
            yield Span(cut + 1, span.last, "PLACE")
        else:
            yield span


def _firm(doc: Doc, span: Span, cut: int) -> bool:
    """Whether a name of two words, none a body's noun or a title, is followed by the town it is of."""
    known, said = words(), [token.lower_ for token in doc[span.first : cut]]
    plain = not any(word in known.organisations | known.titles | HEADS | MATTERS for word in said)
    town = fold(doc[cut + 1 : span.last].text) in load().cities
    return span.kind == "name" and not span.sure and span.key is None and len(said) > 1 and plain and town


def officers(doc: Doc, spans: Sequence[Span], charged: set[int]) -> None:
    """Makes a person of the name that a minister's charge or an office's state and comma lead to."""
    owned = {i: span for span in spans for i in range(span.first, span.last)}
    known = words()
    for span in spans:
        length = span.last - span.first
        if span.type == "PERSON" or span.kind != "name" or span.key or span.sure or not 1 < length < 5:
            continue
        ends = known.organisations | known.places | HEADS
        if any(
            not t.text[0].isupper() or t.is_upper or t.lower_ in ends for t in doc[span.first : span.last]
        ):
            continue
        listed = span.last < len(doc) and doc[span.last].lower_ in ("and", "or")
        if span.first - 1 in charged or (not listed and _office_before(doc, span.first, owned, charged)):
            span.type, span.sure = "PERSON", True


def _office_before(doc: Doc, i: int, owned: Mapping[int, Span], charged: set[int]) -> bool:
    """Whether "the minister of health of Peru," comes before: one office, its charge and its state."""
    i, floor = i - 1, doc[i].sent.start
    if i <= floor or doc[i].text != ",":
        return False
    i -= 1
    if i not in charged and (i not in owned or owned[i].type not in ("STATE", "PLACE")):
        return False
    while i > floor and (
        i in charged
        or (i in owned and owned[i].type in ("STATE", "PLACE"))
        or doc[i].lower_ in ("of", "for", "the", "and", "&")
    ):
        i -= 1
    return doc[i].lower_ in words().titles


def _joined(doc: Doc, left: Span, right: Span) -> Span | None:
    camp = right.last - right.first == 1 and right.type == "ORG" and doc[right.first].text.istitle()
    if left.kind == "adjective" and left.last == right.first and camp and doc[right.first].lower_ in CAMPS:
        return Span(left.first, right.last, "ORG", sure=True)
    if left.kind != "name" or right.kind != "name":
        return None
    if doc[right.first].is_sent_start and not (left.last == right.first and len(doc[left.first].sent) <= 2):
        return None
    if right.first - left.last in (1, 2) and (state := _one_state(doc, left, right)):
        return state
    if left.last == right.first:
        if _person(doc, left, right):
            return Span(left.first, right.last, "PERSON")
        return Span(left.first, right.last, "ORG") if _halves(doc, left, right) else None
    whole = _linked(doc, left, right) or _members(doc, left, right) or _church(doc, left, right)
    return Span(left.first, right.last, "ORG") if whole else None


def _one_state(doc: Doc, left: Span, right: Span) -> Span | None:
    """ "Republic of Zambia", "Trinidad and Tobago": what the gazetteer knows as one state."""
    if doc[left.last].lower_ not in ("of", "and") or right.type == "PERSON":
        return None
    state = load().state(doc[left.first : right.last].text)
    return Span(left.first, right.last, "STATE", key=state, sure=True) if state else None


def _members(doc: Doc, left: Span, right: Span) -> bool:
    """ "Workers' Front": a body's noun behind those whom it is of."""
    owned = right.first == left.last + 1 and doc[left.last].text == "'"
    plural = left.last - left.first == 1 and doc[left.first].text.endswith("s")
    return (
        owned and plural and left.key is None and doc[right.last - 1].lower_ in HEADS and right.type == "ORG"
    )


def _church(doc: Doc, left: Span, right: Span) -> bool:
    """ "Evangelical Lutheran Church in Namibia": with its land, where the church has a long name."""
    near = right.first == left.last + 1 and doc[left.last].lower_ == "in"
    named = doc[left.last - 1].text == "Church" and left.last - left.first > 2
    return near and named and right.type in ("STATE", "PLACE")


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
    alone = left.last - left.first == 1 and right.type == "ORG" and right.key is None and not right.sure
    if (
        alone
        and between[0] == "for"
        and doc[left.first].text[0].isupper()
        and doc[left.first].lower_ in HEADS
    ):
        return True
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
        known = token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB", "INTJ", "X")
        if (known or (token.is_upper and len(token) > 2)) and _whole(doc, token.i):
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
