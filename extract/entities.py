"""One entity of the model, put right: cut at "and", bare of its title, widened to the whole name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from extract.gazetteer import Gazetteer, fold, load
from extract.joining import HEADS, MATTERS
from extract.kinds import CLOSING, after_title, before_title, titled, trim, typed
from extract.known_names import lookup, recognise
from extract.lexicon import (
    NOT_NAMES,
    OFFICES,
    PARTICLES,
    ROLE_WORDS,
    Span,
    among,
    dash,
    opens,
    title_case,
)
from extract.lexicon import words as words
from extract.model import ActorType

ASTRAY = frozenset({"to", "from", "in", "at", "with", "against"})  # in a person's name
LABELS: dict[str, ActorType] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "GROUP",
}  # fmt: skip
RANKED = among("ranked")
VESSELS = among("vessels")
THINGS = among("things")
STORMS = among("storms")
PAPERS = among("documents")
SIGNED = frozenset({"Convention", "Conventions", "Statute"})
TREATED = frozenset({"genocide", "hague", "refugee", "torture", "weapons"})
PARTIES = among("parties")
CAMPS = frozenset({"coalition", "opposition", "parliament", "party", "union"})
AGENTS = frozenset({"nsubj", "poss", "compound"})
VERBAL = frozenset({"VB", "VBD", "VBZ", "VBP"})
DOUBTFUL = frozenset({"PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"})
REALMS = frozenset({"Republic", "Kingdom", "Emirates", "Islands", "Federation"})
LEADING = frozenset(
    {"van", "von", "der", "den", "de", "del", "della", "da", "dos", "di", "du", "bin", "ibn", "ter", "y"}
)


def entity(doc: Doc, first: int, last: int, label: str, places: Gazetteer) -> Iterator[Span]:
    """One entity of the model, cut at line breaks, without determiner, titles and possessive."""
    for start, end in _owned(doc, _lines(doc, first, last), label):
        start, end = trim(doc, start, end)
        start += end - start > 1 and doc[start].is_lower and doc[start].tag_ in VERBAL
        realm = end < len(doc) and doc[end].text in REALMS and places.state(doc[start : end + 1].text)
        end += winged(doc, end) or bool(realm)
        if start >= end or not any(token.text[0].isupper() for token in doc[start:end]):
            continue
        found = list(recognise(doc, start, end, places))
        if found and not (label == "ORG" and _merely_a_town(doc, found)):
            yield from found
            continue
        if label in DOUBTFUL:
            continue
        start, whole = _widen(doc, start, end, label)
        end = before_title(doc, start, _before_place(doc, start, whole, label))
        if start >= end or _wordy(doc, start, end):
            continue
        if end < whole and (shorn := list(recognise(doc, start, end, places))):
            yield from shorn
            continue
        if vessel := _vessel(doc, start, end):
            yield vessel
            continue
        kind = typed(doc, start, end, LABELS[label], places)
        spaced = sum(bool(t.whitespace_) for t in doc[start : end - 1])
        bodiless = spaced == 2 and not any(t.lower_ in words().organisations for t in doc[start:end])
        crowd = end < len(doc) and doc[end].tag_ == "NNS" and doc[end].lemma_ in words().groups
        named = bodiless and doc[start + 1].lower_ in words().first_names
        if (kind == "PERSON" and (end - start > 2 or (crowd and end - start == 2))) or (
            bodiless and (named or doc[start].is_upper)
        ):
            front = lookup(doc, start, start + 1, doc[start].text, places)
            landed = front is not None and front.type == "STATE" and (named or not bodiless)
            if front is not None and (front.type == "ORG" or landed):
                yield front
                start, kind = start + 1, "PERSON"
                if rest := lookup(doc, start, end, doc[start:end].text, places):
                    yield rest
                    continue
        if kind == "ORG" and label == "ORG":
            holder = _holder(doc, start, end)
            kind = "PERSON" if holder > start else kind
        else:
            holder = start
        if kind == "PERSON" and any(c.isdigit() for c in doc[start:end].text):
            continue
        name_start = max(holder, after_title(doc, start, end)) if kind == "PERSON" else start
        if name_start < end and doc[name_start].lower_ == "of":
            name_start, kind = start, "ORG"
        if name_start < end and not (name_start > start and _wordy(doc, name_start, end)):
            yield Span(name_start, end, kind)
        if name_start > start:
            yield from names_between(doc, start, name_start, places)


def _holder(doc: Doc, first: int, last: int) -> int:
    """Where the person begins in "Minister of [Health Bob Carver]"; `first` when there is none."""
    known = words()
    if last - first < 3 or doc[last - 1].lower_ in known.organisations or first < 2:
        return first
    if doc[first - 1].lower_ not in ("of", "for") or doc[first - 2].lower_ not in known.titles:
        return first
    return next((i for i in range(first + 1, last - 1) if doc[i].lower_ in known.first_names), first)


def _merely_a_town(doc: Doc, found: list[Span]) -> bool:
    """Whether a body's name is a town's only by chance: "Thomson said" beside Thomson in Georgia."""
    (span, *others) = found
    only = span.type == "PLACE" and not span.sure and not others and span.last - span.first == 1
    return only and doc[span.first].dep_ in AGENTS and not doc[span.first].is_upper


def _treaty(doc: Doc, first: int, last: int) -> bool:
    """Whether a convention is called by the town or matter it settles, as no body is."""
    if last - first < 2 or doc[last - 1].text not in SIGNED:
        return False
    form = fold(doc[last - 2].text)
    return form in load().cities or form in load().seats or form in TREATED


def thing(doc: Doc, span: Span) -> bool:
    """Whether a name is no actor's but a paper's, a storm's or an operation's: "the Arusha Accord"."""
    if span.kind != "name" or span.sure or span.key is not None:
        return False
    if span.last - span.first > 1 and doc[span.first].lower_ in STORMS:
        return True
    if span.type == "PERSON":
        return False
    inner = (i for i in range(span.first + 1, span.last) if doc[i].lower_ in ("for", "of", "on"))
    head = doc[next(inner, span.last) - 1]
    return head.lower_ in PAPERS and head.text[0].isupper()


def _wordy(doc: Doc, first: int, last: int) -> bool:
    """Whether it is no name: an office, a title alone, a common noun at the head of a sentence."""
    known, token = words(), doc[first]
    if fold(doc[first:last].text) in NOT_NAMES or (last - first > 1 and doc[last - 1].lower_ in THINGS):
        return True
    if _treaty(doc, first, last):
        return True
    if all(_entitles(t.lower_.rstrip(".")) for t in doc[first:last]):
        return True
    if last - first > 1:
        return False
    if _several(token) or _charge(doc, first) or _leads_to_title(doc, first):
        return True
    if token.lower_ in ("government", "administration", "cabinet", "regime"):
        return True
    after = doc[last].lower_ if last < len(doc) else ""
    if first and opens(token) and token.lower_ in CAMPS and _entitles(after):
        return True
    if opens(token) and token.lower_.removesuffix("s") in known.groups and token.lower_.endswith("s"):
        return True
    plain = token.tag_ in ("JJ", "NNS", "VBG", "VBN", "RB") or (
        token.tag_ == "NN" and token.ent_type_ == "PERSON"
    )
    return token.lower_ in OFFICES or (opens(token) and plain and not token.is_upper)


def _leads_to_title(doc: Doc, i: int) -> bool:
    """Whether a capitalised word only describes the office behind it: "the Ranking Member"."""
    plain = doc[i].lower_ in words().modifiers and doc[i].ent_type_ not in ("GPE", "NORP")
    after = i + 1
    while after < min(len(doc), i + 3) and doc[i].lower_ in MATTERS and doc[after].lower_ in MATTERS:
        plain, after = True, after + 1
    return plain and after < len(doc) and doc[after].lower_ in words().titles


def _charge(doc: Doc, i: int) -> bool:
    """Whether a capitalised noun only says what an officer sees to: "vice president of Communications"."""
    return doc[i].lower_ in MATTERS and i > 1 and doc[i - 1].lower_ == "of" and _entitles(doc[i - 2].lower_)


def _entitles(low: str) -> bool:
    known = words()
    return low in known.titles or low in known.honorifics or low in ROLE_WORDS


def winged(doc: Doc, end: int) -> int:
    """How many tokens name a wing behind an acronym: "MDC-T", "PUK-N", "SPLM/A"."""
    if end >= len(doc) or doc[end - 1].whitespace_ or not doc[end - 1].is_upper or len(doc[end - 1]) < 2:
        return 0
    joined = doc[end].text == "-" and not doc[end].whitespace_ and end + 1 < len(doc)
    if doc[end : end + 2].text == "/A":
        return 2
    text = doc[end : end + 1 + joined].text
    return 1 + joined if 1 < len(text) < 4 and text[0] == "-" and text[1:].isupper() else 0


def _several(token: Token) -> bool:
    """Whether it is the plural of a title or a group: "MPs", "Prosecutors" at the head of a sentence."""
    if not token.text.endswith("s") or (token.is_upper and token.lower_ != "mps"):
        return False
    one = token.lower_.removesuffix("s")
    opening = opens(token) or (token.i > 0 and token.nbor(-1).text in ("-", "--", "–", "—"))
    plain = opening or token.lower_ == "mps"
    return plain and (one in words().titles or one in words().groups) and token.ent_type_ != "NORP"


def _before_place(doc: Doc, first: int, last: int, label: str) -> int:
    """Where a body's name ends before where it sits: "Northern Ireland Assembly" at Stormont."""
    inner = (
        i for i in range(first + 1, last) if doc[i].lower_ in ("at", "in", "near") and doc[i].pos_ == "ADP"
    )
    stray = (i for i in range(first + 1, last) if label != "PERSON" and doc[i].lower_ in ("the", "a"))
    told = (i for i in range(first + 1, last) if doc[i].is_lower and doc[i].tag_ in ("VBD", "VBZ"))
    cut = min(next(inner, last), next(told, last)) if label == "ORG" else last
    the = next((i for i in stray if doc[i - 1].lower_ not in ("of", "for", "and", "to", "on", "in")), last)
    return min(cut, the)


def _vessel(doc: Doc, first: int, last: int) -> Span | None:
    """A ship's name: "the carrier Admiral Graf", "The Admiral Graf"."""
    start = first
    while start and doc[start - 1].text[0].isupper() and doc[start - 1].lower_ in RANKED:
        start -= 1
    while first < last and doc[first].lower_ in RANKED:
        first += 1
    before = doc[start - 1].lower_ if start else ""
    ranked = start < first < last
    if before in VESSELS or (ranked and before == "the"):
        return Span(start, last, "ORG", sure=True)
    return None


def _lines(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for i in range(first, last):
        if (
            doc[i].is_space
            or doc[i].text in ('"', "(", ")", ";", ":")
            or dash(doc[i])
            or _renamed(doc, i, last)
        ):
            yield start, i
            start = i + 1
    yield start, last


def _renamed(doc: Doc, i: int, last: int) -> bool:
    """Whether a comma in a body's name brings a person: "head of the Council of Ministers, Ana Diaz,"."""
    if doc[i].text != "," or i + 1 >= last or last >= len(doc) or doc[last].text != ",":
        return False
    human = doc[i + 1].lower_ in words().first_names
    return human and last - i < 5 and all(t.text.istitle() for t in doc[i + 1 : last])


def _owned(doc: Doc, pieces: Iterable[tuple[int, int]], label: str) -> Iterator[tuple[int, int]]:
    """Owner and owned apart: "Arafat's Fatah" is two names; "People's Protection Units" is one."""
    for first, last in pieces:
        cut = next((i for i in range(first + 1, last - 1) if doc[i].text == "'s"), None)
        plural = cut is not None and doc[cut - 1].tag_ in ("NNS", "NNPS")
        if cut is not None and not plural and (label == "PERSON" or doc[cut - 1].ent_type_ == "PERSON"):
            yield first, cut
            yield cut + 1, last
        elif label == "PERSON" and (way := _sent(doc, first, last)):
            yield first, way
            yield way + 1, last
        elif cut is not None and not plural and label == "ORG" and _before_office(doc, cut, last):
            yield first, cut
        elif label == "ORG" and (both := _two_bodies(doc, first, last)):
            yield first, both
            yield both + 1, last
        else:
            yield first, last


def _sent(doc: Doc, first: int, last: int) -> int | None:
    """Where a person's name ends before where he goes or sits: "Jan Brandt to Peru"."""
    inner = range(first + 1, last - 1)
    return next((i for i in inner if doc[i].text in ASTRAY and doc[i].pos_ in ("ADP", "PART")), None)


def _before_office(doc: Doc, owner: int, last: int) -> bool:
    """Whether what is owned only says what an office sees to: "Chad's Foreign Affairs" before "Minister"."""
    title = last < len(doc) and doc[last].lower_ in words().titles and doc[last].text[0].isupper()
    return bool(title) and not any(t.lower_ in words().organisations for t in doc[owner + 1 : last])


def _two_bodies(doc: Doc, first: int, last: int) -> int | None:
    """Where "and" joins two bodies: "Amnesty International and Human Rights Watch"."""
    heads = words().organisations
    if doc[last - 1].lower_ not in heads:
        return None
    inner = (i for i in range(first + 2, last - 2) if doc[i].lower_ == "and")
    return next((i for i in inner if doc[i - 1].lower_ in heads), None)


def _widen(doc: Doc, first: int, last: int, label: str) -> tuple[int, int]:
    """Take in capitalised neighbours that the model left out: "Kurdish People's Protection Units"."""
    floor, top = doc[first].sent.start, doc[last - 1].sent.end
    if label != "ORG":
        last = _over_particles(doc, last, top)
    while last < top and _joins(doc, last, top):
        last += 2 if doc[last].text in ("-", "'s") else 1
    while first - 2 >= floor and doc[first - 1].text == "-" and doc[first - 2].lower_ in PARTICLES:
        first -= 2
    for link in (first, first - 1):
        if link - 1 >= floor and doc[link].text == "Without" and doc[link - 1].text[0].isupper():
            return link - 1, min(last, top)
    before = doc[first - 1] if first > floor else None
    if before is not None and before.lower_ in words().first_names and before.ent_type_ in ("", "PERSON"):
        first -= before.text[0].isupper() and before.dep_ in ("compound", "nmod", "amod")
    if label in ("PERSON", "ORG"):
        wider = first
        while (
            wider - 1 >= floor
            and doc[wider - 1].pos_ == "PROPN"
            and doc[wider - 1].ent_type_ == ""
            and (doc[wider - 1].text[0].isupper() and doc[wider - 1].dep_ in ("compound", "nmod", "amod"))
        ):
            wider -= 1
        first = wider if label == "ORG" or not _styles(doc, wider, first) else first
    return first, min(last, top)


def _styles(doc: Doc, first: int, last: int) -> bool:
    """Whether one of these words is no name's: a title, a rank, a body's noun."""
    known = words()
    other = (known.titles, known.honorifics, known.organisations, known.modifiers, known.groups)
    return any(token.lower_.rstrip(".") in kind for token in doc[first:last] for kind in other)


def _over_particles(doc: Doc, last: int, top: int) -> int:
    """Where "Maria van" ends: behind the name that the particles lead to."""
    i = last
    while i < top and doc[i].text in LEADING:
        i += 1
    led = i > last or doc[last - 1].text in LEADING
    return i + 1 if led and i < top and doc[i].text[0].isupper() and doc[i].pos_ == "PROPN" else last


def _joins(doc: Doc, i: int, top: int) -> bool:
    token = doc[i]
    if token.text in ("-", "'s"):
        return (
            i + 1 < top
            and doc[i + 1].text[0].isupper()
            and doc[i + 1].pos_ == "PROPN"
            and (
                (doc[i + 1].lower_ not in words().titles and token.text == "-" and not token.whitespace_)
                or doc[i + 1].lower_ in words().organisations
                or (
                    i + 2 < top
                    and doc[i + 2].lower_ in words().organisations
                    and doc[i + 2].text[0].isupper()
                )
            )
        )
    return (token.text[0].isupper() and token.pos_ == "PROPN" and doc[i - 1].head == token) or (
        token.text[0].isupper() and token.lower_ in words().organisations and token.pos_ == "PROPN"
    )


def names_between(doc: Doc, first: int, last: int, places: Gazetteer) -> Iterator[Span]:
    """A run of capitalised words outside all entities: known pieces, longest first, else a name."""
    i = first
    rest: list[int] = []
    if _treaty(doc, first, last):
        return
    if last - first > 1 and doc[last - 1].lower_ in CLOSING:
        start = after_title(doc, *trim(doc, first, last))
        if last - start > 1:
            yield Span(start, last, "PERSON", sure=True)
            return
    while i < last:
        if wing := winged(doc, i + 1):
            yield Span(i, i + 1 + wing, "ORG")
            i += 1 + wing
            continue
        for end in range(min(last, i + 5), i, -1):
            start, stop = trim(doc, i, end)
            span = lookup(doc, start, stop, doc[start:stop].text, places) if start < stop else None
            if span and not (rest and end == last and _completes(doc, span, rest)):
                yield span
                i = end
                break
        else:
            rest.append(i)
            i += 1
    yield from _unknown(doc, rest)


def _completes(doc: Doc, span: Span, before: list[int]) -> bool:
    """Whether a body's noun only ends the name begun before it: "All Ceylon Makkal Congress"."""
    one = span.type == "ORG" and span.last - span.first == 1 and before[-1] == span.first - 1
    return one and doc[span.first].lower_ in HEADS and doc[span.first - 1].head.i == span.first


def _unknown(doc: Doc, left: list[int]) -> Iterator[Span]:
    """Capitalised words that no table knows: names when tagged so, inside a sentence in small letters."""
    known = words()
    pieces: list[list[int]] = []
    for i in left:
        named = (
            (doc[i].pos_ == "PROPN" and doc[i].ent_type_ not in ("DATE", "TIME"))
            or doc[i].text == "-"
            or doc[i].lower_ in PARTICLES
        )
        if not named:
            continue
        if pieces and pieces[-1][-1] == i - 1:
            pieces[-1].append(i)
        else:
            pieces.append([i])
    for piece in pieces:
        first, last = trim(doc, piece[0], piece[-1] + 1)
        first = after_title(doc, first, last)
        joined = first > 0 and doc[first - 1].lower_ == "and" and last - first > 1
        if joined and doc[last - 1].lower_ in known.titles and doc[last - 2].lower_ in HEADS:
            last -= 1
        text = doc[first:last].text
        if first >= last or len(text) < 3 or fold(text) in NOT_NAMES or doc[last - 1].lower_ in known.titles:
            continue
        if all(t.lower_.rstrip(".") in known.honorifics | ROLE_WORDS for t in doc[first:last]):
            continue
        if _wordy(doc, first, last):
            continue
        if all(token.is_upper for token in doc[first:last]) and last - first > 1:
            continue
        if last - first == 1 and opens(doc[first]) and doc[first].tag_ == "NNPS":
            continue
        if len(doc[first].text.split("-")[0]) == 1 or fold(text) in ROLE_WORDS | OFFICES:
            continue
        if doc[last - 1].text.endswith("-") or title_case(doc, first):
            continue
        before = doc[first - 1].lower_.rstrip(".") if first else ""
        called = before in known.titles or before in known.honorifics
        called = called or (last - first == 1 and titled(doc[first]))
        type_: ActorType = "PERSON" if called or doc[first].lower_ in known.first_names else "ORG"
        if any(c.isdigit() for c in text) and type_ == "PERSON":
            continue
        if doc[last - 1].lower_ in known.places:
            type_ = "PLACE"
        elif last - first > 1 and doc[last - 1].lower_ in HEADS:
            type_ = "ORG"
        elif (
            last - first == 2
            and type_ == "ORG"
            and not doc[first].is_sent_start
            and doc[first - 1].lower_ not in ("for", "of", "the")
            and doc[last - 1].lower_ not in known.organisations
            and doc[last - 1].lower_ not in PARTIES
        ):
            type_ = "PERSON"
        yield Span(first, last, type_)
