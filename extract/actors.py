"""Who is named in a text: the model's entities, repaired by a gazetteer and by principle.

"Russian Defense Minister Sergei Shoigu met Human Rights Watch (HRW) in Damascus" gives Russia (adjective),
Sergei Shoigu, Human Rights Watch twice, and Damascus. One type per name and article, by vote; a short form
takes the fullest form's name.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.gazetteer import Gazetteer, fold, load, split, table
from extract.model import ActorType, Article, Mention, MentionKind

LABELS: dict[str, ActorType] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "GROUP",
}  # fmt: skip
DOUBTFUL = frozenset({"PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"})
OFFICES = frozenset(
    {"state", "health", "staff", "treasury", "education", "agriculture", "homeland", "security"}
)
ROLE_WORDS = frozenset(
    {
        "defense",
        "defence",
        "foreign",
        "prime",
        "chief",
        "deputy",
        "vice",
        "interior",
        "finance",
        "general",
        "economy",
        "energy",
        "acting",
        "former",
        "first",
        "senior",
        "press",
        "of",
        "justice",
        "trade",
        "executive",
        "lead",
    }
)
PARTICLES = frozenset(
    {
        "al",
        "el",
        "ad",
        "ar",
        "as",
        "ash",
        "az",
        "an",
        "at",
        "ul",
        "bin",
        "ibn",
        "abu",
        "von",
        "van",
        "de",
        "der",
        "da",
        "di",
        "dos",
        "del",
        "la",
        "le",
        "ben",
        "st",
    }
)
NOT_NAMES = frozenset(
    {
        "i",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "islam",
        "christmas",
        "ramadan",
        "english",
        "internet",
        "photo",
        "twitter",
        "facebook",
        "covid-19",
    }
)


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes that decide what a name is."""

    titles: frozenset[str]
    modifiers: frozenset[str]
    honorifics: frozenset[str]
    groups: frozenset[str]
    governments: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    parts: frozenset[str]
    first_names: dict[str, str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The packaged tables of titles and nominals."""
    titles, nominals = table("titles.toml"), table("nominals.toml")
    heads = {word for name, text in titles["titles"].items() if name != "honorific" for word in split(text)}
    gender = {name: sex for sex in ("female", "male") for name in split(nominals["gender"][sex])}
    return Words(
        titles=frozenset(heads),
        modifiers=frozenset(split(titles["modifiers"]["words"])),
        honorifics=frozenset(split(titles["titles"]["honorific"])),
        groups=frozenset(split(nominals["groups"]["words"])),
        governments=frozenset(split(nominals["governments"]["words"])),
        organisations=frozenset(split(nominals["organisations"]["words"])),
        places=frozenset(split(nominals["places"]["words"])),
        parts=frozenset(split(titles["parts"]["words"])),
        first_names=gender,
    )


@dataclass(slots=True)
class Span:
    """A candidate: token bounds, its type so far, and the actor's key when a table knows it."""

    first: int
    last: int
    type: ActorType
    kind: MentionKind = "name"
    key: str | None = None
    sure: bool = False


def find_mentions(doc: Doc, article: Article) -> list[Mention]:
    """All names, adjectives of states, affiliated collectives and places, in order; none overlap."""
    places = load()
    taken = [False] * len(doc)
    spans: list[Span] = []
    for span in map(lambda found: _facility(doc, found), _candidates(doc, places)):
        if span.first < span.last and not any(taken[span.first : span.last]):
            taken[span.first : span.last] = [True] * (span.last - span.first)
            spans.append(span)
    spans = _merged(doc, sorted(spans, key=lambda span: span.first))
    _vote(doc, spans)
    spans = _affiliated(doc, spans)
    return _name(doc, article, spans)


def _facility(doc: Doc, span: Span) -> Span:
    """A name with its common noun: "Belbek air force base" is a place, "Fatah movement" still Fatah."""
    if span.key is not None or span.kind != "name":
        return span
    last = span.last
    while last < min(len(doc), span.last + 4) and doc[last].tag_ in ("NN", "NNP") and not doc[last].is_space:
        last += 1
        if doc[last - 1].lower_ in words().places and not (
            last < len(doc) and doc[last].tag_ in ("NN", "NNP")
        ):
            if all(t.dep_ in ("compound", "nmod", "amod") for t in doc[span.first : last - 1]):
                return Span(span.first, last, "PLACE", sure=True)
    return span


def _candidates(doc: Doc, places: Gazetteer) -> Iterator[Span]:
    """Entities first, cut and typed; then what the gazetteer knows; then capitalised runs left over."""
    covered: set[int] = set()
    for ent in doc.ents:
        if ent.label_ in LABELS or ent.label_ in DOUBTFUL:
            for span in _entity(doc, ent.start, ent.end, ent.label_, places):
                covered.update(range(span.first, span.last))
                yield span
    i = 0
    while i < len(doc):
        if i in covered or not doc[i].text[0].isupper():
            i += 1
            continue
        last = i + 1
        while last < len(doc) and last not in covered and _goes_on(doc, last):
            last += 1
        yield from _run(doc, i, last, places)
        i = last


def _goes_on(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text[0].isupper():
        return not token.is_sent_start
    joined = token.text == "-" or token.text in PARTICLES
    return joined and i + 1 < len(doc) and doc[i + 1].text[0].isupper() and doc[i - 1].whitespace_ != "\n"


def _entity(doc: Doc, first: int, last: int, label: str, places: Gazetteer) -> Iterator[Span]:
    """One entity of the model, cut at line breaks, without determiner, titles and possessive."""
    for start, end in _owned(doc, _lines(doc, first, last), label):
        start, end = _trim(doc, start, end)
        if start >= end or not any(token.text[0].isupper() for token in doc[start:end]):
            continue
        found = list(_known(doc, start, end, places))
        if found:
            yield from found
            continue
        if label in DOUBTFUL:
            continue
        start, end = _widen(doc, start, end, label)
        end = _before_title(doc, start, end)
        if start >= end or (end - start == 1 and doc[start].lower_ in ROLE_WORDS | OFFICES):
            continue
        if end - start == 1 and doc[start].is_sent_start and doc[start].tag_ == "JJ":
            continue
        kind = _typed(doc, start, end, LABELS[label], places)
        bodiless = end - start == 3 and not any(t.lower_ in words().organisations for t in doc[start:end])
        crowd = end < len(doc) and doc[end].tag_ == "NNS" and doc[end].lemma_ in words().groups
        if (kind == "PERSON" and (end - start > 2 or (crowd and end - start == 2))) or (
            bodiless and doc[start].is_upper
        ):
            front = _lookup(doc, start, start + 1, doc[start].text, places)
            if front is not None and (front.type == "ORG" or (front.type == "STATE" and not bodiless)):
                yield front
                start, kind = start + 1, "PERSON"
        name_start = _after_title(doc, start, end) if kind == "PERSON" else start
        if name_start < end:
            yield Span(name_start, end, kind)
        if name_start > start:
            yield from _run(doc, start, name_start, places)


def _lines(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for i in range(first, last):
        if doc[i].is_space or doc[i].text in ('"', "(", ")", ";", ":"):
            yield start, i
            start = i + 1
    yield start, last


def _owned(doc: Doc, pieces: Iterable[tuple[int, int]], label: str) -> Iterator[tuple[int, int]]:
    """Owner and owned apart: "Arafat's Fatah" is two names; "People's Protection Units" is one."""
    for first, last in pieces:
        cut = next((i for i in range(first + 1, last - 1) if doc[i].text == "'s"), None)
        plural = cut is not None and doc[cut - 1].tag_ in ("NNS", "NNPS")
        if cut is not None and not plural and (label == "PERSON" or doc[cut - 1].ent_type_ == "PERSON"):
            yield first, cut
            yield cut + 1, last
        else:
            yield first, last


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and (
        doc[first].lower_ in ("the", "a", "an", "'s", "'", "-", ",", ".", "ex", "anti", "pro")
        or doc[first].is_punct
        or doc[first].like_num
    ):
        first += 1
    while last > first and (doc[last - 1].lower_ in ("'s", "'", "-", ",", "and") or doc[last - 1].is_punct):
        last -= 1
    return first, last


def _known(doc: Doc, first: int, last: int, places: Gazetteer) -> Iterator[Span]:
    """States, adjectives, seats and peoples: the whole span, or "Russian" at the front of a longer one."""
    text = doc[first:last].text
    span = _lookup(doc, first, last, text, places)
    if span:
        yield span
        return
    if "-" in text and last - first == 3:
        ends = [_lookup(doc, i, i + 1, doc[i].text, places) for i in (first, last - 1)]
        if all(ends):
            yield from (end for end in ends if end)


def _lookup(doc: Doc, first: int, last: int, text: str, places: Gazetteer) -> Span | None:
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
    if form in places.cities and doc[first].pos_ == "PROPN" and form not in NOT_NAMES:
        return Span(first, last, "PLACE", sure=last - first > 1 or _located(doc, first))
    return None


def _located(doc: Doc, first: int) -> bool:
    return first > 0 and doc[first - 1].lower_ in (
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "city",
        "of",
    )


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


def _widen(doc: Doc, first: int, last: int, label: str) -> tuple[int, int]:
    """Take in capitalised neighbours that the model left out: "Kurdish People's Protection Units"."""
    floor, top = doc[first].sent.start, doc[last - 1].sent.end
    while last < top and _joins(doc, last, top):
        last += 2 if doc[last].text in ("-", "'s") else 1
    while first - 2 >= floor and doc[first - 1].text == "-" and doc[first - 2].lower_ in PARTICLES:
        first -= 2
    if label == "ORG":
        while (
            first - 1 >= floor
            and doc[first - 1].pos_ == "PROPN"
            and doc[first - 1].ent_type_ == ""
            and (doc[first - 1].text[0].isupper() and doc[first - 1].dep_ in ("compound", "nmod", "amod"))
        ):
            first -= 1
    return first, min(last, top)


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
                or (i + 2 < top and doc[i + 2].lower_ in words().organisations)
            )
        )
    return (token.text[0].isupper() and token.pos_ == "PROPN" and doc[i - 1].head == token) or (
        token.text[0].isupper() and token.lower_ in words().organisations and token.pos_ == "PROPN"
    )


def _typed(doc: Doc, first: int, last: int, type_: ActorType, places: Gazetteer) -> ActorType:
    """What the words of a name say about its type; the model's word where they say nothing."""
    known = words()
    low = [token.lower_ for token in doc[first:last]]
    if low[-1] in known.organisations or (
        len(low) > 2 and any(word in known.organisations for word in low) and type_ != "PERSON"
    ):
        return "ORG"
    if low[-1] in known.places:
        return "PLACE"
    if _after_title(doc, first, last) > first or _introduced(doc, first, last, type_):
        return "PERSON"
    if low[0] in known.first_names and len(low) > 1:
        return "PERSON"
    if len(low) == 1 and type_ == "ORG" and _titled(doc[last - 1]):
        return "PERSON"
    if type_ == "PERSON" and fold(doc[first:last].text) in places.cities and _located(doc, first):
        return "PLACE"
    if len(low) == 1 and doc[first].is_upper and len(low[0]) <= 6 and type_ != "PLACE":
        return "ORG"
    return type_


def _introduced(doc: Doc, first: int, last: int, type_: ActorType) -> bool:
    """Whether a title stands before the name, or the name in apposition to one."""
    known = words()
    before = doc[first - 1] if first else None
    if before is not None and before.lower_ in known.titles:
        names = type_ != "PLACE" and (last - first > 1 or before.dep_ == "compound")
        if before.text[0].isupper() or (names and before.lower_ not in known.organisations):
            return True
    head = doc[first:last].root
    titled = head.dep_ == "appos" and head.head.lower_ in known.titles and head.head.i < first
    return titled and type_ == "ORG" and 1 < last - first < 4 and before is not None and before.text == ","


def _titled(token: Token) -> bool:
    """Whether the sentence calls it a president or the like: "Pinchot was president of"."""
    clause = token.head.children if token.dep_ == "nsubj" and token.head.lemma_ in ("be", "become") else ()
    return any(
        child.dep_ in ("attr", "appos") and child.lower_ in words().titles
        for child in [*clause, *token.children]
    )


def _after_title(doc: Doc, first: int, last: int) -> int:
    """Where the name begins in "Defense Minister Sergei Shoigu"."""
    known = words()
    start = first
    for i in range(first, last):
        low = doc[i].lower_.rstrip(".")
        if (low in known.titles or low in known.honorifics) and i + 1 < last:
            start = i + 1
    return start


def _before_title(doc: Doc, first: int, last: int) -> int:
    """Where the name ends in "Protection Units Commander"; `first` when it is all title."""
    known = words()
    while last - first > 1 and doc[last - 1].lower_.rstrip(".") in known.honorifics:
        last -= 1
    if doc[last - 1].lower_ not in known.titles or doc[last - 1].lower_ in known.organisations:
        return last
    if last - first > 1 and doc[first].lower_ in known.first_names:
        return last
    while last > first and doc[last - 1].lower_ in known.titles | ROLE_WORDS:
        last -= 1
    return _trim(doc, first, last)[1]


def _run(doc: Doc, first: int, last: int, places: Gazetteer) -> Iterator[Span]:
    """A run of capitalised words outside all entities: known pieces, longest first, else a name."""
    i, rest = first, []
    while i < last:
        for end in range(min(last, i + 5), i, -1):
            start, stop = _trim(doc, i, end)
            span = _lookup(doc, start, stop, doc[start:stop].text, places) if start < stop else None
            if span:
                yield span
                i = end
                break
        else:
            rest.append(i)
            i += 1
    yield from _unknown(doc, rest)


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
        first, last = _trim(doc, piece[0], piece[-1] + 1)
        first = _after_title(doc, first, last)
        text = doc[first:last].text
        if first >= last or len(text) < 3 or fold(text) in NOT_NAMES or doc[last - 1].lower_ in known.titles:
            continue
        if all(token.is_upper for token in doc[first:last]) and last - first > 1:
            continue
        if last - first == 1 and doc[first].is_sent_start and doc[first].tag_ == "NNPS":
            continue
        if len(doc[first].text.split("-")[0]) == 1 or fold(text) in ROLE_WORDS | OFFICES:
            continue
        if doc[last - 1].text.endswith("-") or _title_case(doc, first):
            continue
        titled = first > 0 and doc[first - 1].lower_.rstrip(".") in known.titles | known.honorifics
        titled = titled or (last - first == 1 and _titled(doc[first]))
        type_: ActorType = "PERSON" if titled or doc[first].lower_ in known.first_names else "ORG"
        if doc[last - 1].lower_ in known.places:
            type_ = "PLACE"
        elif (
            last - first == 2
            and type_ == "ORG"
            and not doc[first].is_sent_start
            and doc[first - 1].lower_ not in ("for", "of", "the")
            and doc[last - 1].lower_ not in known.organisations
        ):
            type_ = "PERSON"
        yield Span(first, last, type_)


def _title_case(doc: Doc, i: int) -> bool:
    """Whether the sentence is a headline with capitals throughout, where a capital proves nothing."""
    long = [token.text for token in doc[i].sent if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(text[0].isupper() for text in long) > 0.7 * len(long)


def _merged(doc: Doc, spans: list[Span]) -> list[Span]:
    """Halves of one name put together: "Liberal" "Democrats", "Taxpayers" for "Fair Trade"."""
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if last is not None and _halves(doc, last, span):
            out[-1] = Span(last.first, span.last, "ORG")
        else:
            out.append(span)
    return out


def _halves(doc: Doc, left: Span, right: Span) -> bool:
    if left.key or right.key or left.sure or right.sure or "PERSON" in (left.type, right.type):
        return False
    if left.last == right.first:
        return doc[left.last - 1].head == doc[right.last - 1] and not doc[right.first].is_sent_start
    joint = doc[left.last].lower_ if left.last + 1 == right.first else ""
    bodies = left.type == "ORG" and doc[left.last - 1].tag_ in ("NNS", "NNPS")
    return (
        joint == "for"
        and (bodies or left.type == right.type == "ORG")
        and doc[left.last].head.i == left.last - 1
    )


def _vote(doc: Doc, spans: list[Span]) -> None:
    """One type per name: the majority's, where a table's word counts more than the model's."""
    votes: dict[str, Counter[ActorType]] = defaultdict(Counter)
    for span in spans:
        if span.kind == "name" and span.key is None:
            votes[fold(doc[span.first : span.last].text)][span.type] += 3 if span.sure else 1
            if (
                span.first
                and doc[span.first - 1].lower_ == "in"
                and span.last - span.first == 1
                and span.type != "ORG"
            ):
                votes[fold(doc[span.first : span.last].text)]["PLACE"] += 2
            if span.type == "PLACE" and not span.sure and _agent(doc[span.first : span.last].root):
                votes[fold(doc[span.first : span.last].text)]["ORG"] += 2
    _shortened(doc, spans, votes)
    for span in spans:
        form = fold(doc[span.first : span.last].text)
        if span.kind == "name" and span.key is None and form in votes:
            span.type = votes[form].most_common(1)[0][0]


DEEDS = frozenset(
    """say announce declare accuse negotiate agree sign meet attack claim demand call refuse deny launch vote
    suspend support back reject urge warn ask tell condemn criticise criticize""".split()
)


def _agent(token: Token) -> bool:
    """Whether a name does what no place does: it says, accuses, negotiates."""
    return token.dep_ == "nsubj" and token.head.lemma_ in DEEDS


def _shortened(doc: Doc, spans: list[Span], votes: dict[str, Counter[ActorType]]) -> None:
    """A name that goes on by its last word is a person's; organisations keep their first words or letters."""
    known = words()
    for span in spans:
        last = doc[span.last - 1]
        if span.kind == "name" and not span.key and not span.sure and 2 <= span.last - span.first <= 3:
            short = fold(last.text)
            article = any(token.lower_ == "the" for token in doc[max(span.first - 1, 0) : span.last])
            if short in votes and not article and last.lower_ not in known.organisations | known.places:
                votes[fold(doc[span.first : span.last].text)]["PERSON"] += 3
                votes[short]["PERSON"] += 3


def _affiliated(doc: Doc, spans: list[Span]) -> list[Span]:
    """Collectives and governments: "Russian forces", "the Syrian regime", around their adjective."""
    known = words()
    heads: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span.type in ("STATE", "GROUP", "ORG", "PLACE") or _of_a_people(doc, span):
            head = _noun_after(doc, span)
            if head is not None:
                heads[head].append(span)
    out = list(spans)
    out += _governmental(doc, heads)
    out += _seated(doc, spans)
    out += _followers(doc, spans)
    out += _bloc(doc, heads)
    for head, parts in heads.items():
        lemma = (doc[head].lemma_ or doc[head].text).lower()
        first = _with_prefix(doc, min(part.first for part in parts))
        owner = parts[-1]
        prefixed = first < min(part.first for part in parts)
        if (
            lemma in known.governments
            and owner.type in ("STATE", "PLACE")
            and lemma != "authorities"
            and not prefixed
        ):
            for part in {span.key: span for span in parts}.values():
                key = part.key or doc[part.first : part.last].text
                out.append(Span(first, head + 1, "STATE", "nominal", key, True))
        elif any(span.first <= head < span.last and span.type == "ORG" for span in spans):
            continue
        elif lemma in known.groups and (doc[head].tag_ in ("NNS", "NNPS") or lemma in COLLECTIVE):
            out.append(Span(first, head + 1, "GROUP", "nominal"))
    return sorted(out, key=lambda span: (span.first, -span.last))


def _with_prefix(doc: Doc, first: int) -> int:
    """Where "pro-Russian", "anti-Assad" begin: for and against somebody are no part of him."""
    if first > 1 and doc[first - 1].text == "-" and doc[first - 2].lower_ in ("pro", "anti", "ex", "non"):
        return first - 2
    return first


def _followers(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "supporters of Haftar", "former members of the party": a group named by whom it belongs to."""
    for span in spans:
        i = span.first - 1
        if i > 0 and doc[i].lower_ == "the":
            i -= 1
        if i < 1 or doc[i].lower_ not in ("of", "from", "within") or span.kind == "adjective":
            continue
        noun = doc[i - 1]
        if span.last < len(doc) and doc[span.last].text in ("-", "'s"):
            continue
        if noun.tag_ == "NNS" and (noun.lemma_ in words().groups or noun.lemma_ in FOLLOWERS):
            first = noun.i
            while (
                first > noun.sent.start
                and doc[first - 1].pos_ in ("ADJ", "NOUN")
                and doc[first - 1].head == noun
            ):
                first -= 1
            yield Span(first, span.last, "GROUP", "nominal")


FOLLOWERS = frozenset(
    """member supporter opponent critic follower relative resident employee backer adherent victim veteran
    enemy rival ally son people inhabitant survivor hostage parent widow""".split()
)


def _of_a_people(doc: Doc, span: Span) -> bool:
    """Whether a name that the model took for a person's says whose fighters they are: "Hutu rebels"."""
    if span.type != "PERSON" or span.last - span.first > 1 or span.last >= len(doc):
        return False
    noun = doc[span.last]
    return (
        doc[span.first].dep_ in ("compound", "amod") and noun.tag_ == "NNS" and noun.lemma_ in words().groups
    )


def _seated(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """ "Authorities in Kiev", "the government of Malta": a government named by where it sits."""
    places = load()
    for span in spans:
        if span.first < 2 or doc[span.first - 1].lower_ not in ("in", "of") or span.kind == "adjective":
            continue
        noun, text = doc[span.first - 2], doc[span.first : span.last].text
        key = places.seat(text) or places.state(text)
        named = noun.lower_ in (
            "authorities",
            "government",
            "regime",
            "administration",
            "rulers",
            "leadership",
        )
        if key and named and doc[span.first - 1].head == noun:
            first = noun.left_edge.i if noun.i - noun.left_edge.i < 5 else noun.i
            yield Span(first, span.last, "STATE", "nominal", key, True)


def _bloc(doc: Doc, heads: Mapping[int, list[Span]]) -> Iterator[Span]:
    """ "Western powers", "the international community": affiliated by the part of the world."""
    for token in doc[:-1]:
        if token.lower_ in BLOCS and token.dep_ in ("amod", "compound", "nmod"):
            head = token.head
            plural = head.lemma_.lower() in words().groups | {
                "country",
                "state",
                "nation",
                "government",
                "capital",
            }
            if head.i in heads or head.i <= token.i or head.i > token.i + 3:
                continue
            if (plural and head.tag_ == "NNS") or (token.lower_, head.lower_) == (
                "international",
                "community",
            ):
                yield Span(token.i, head.i + 1, "GROUP", "nominal")


BLOCS = frozenset(
    """western european arab african asian islamic muslim baltic balkan nordic scandinavian gulf allied
    international eastern jihadist islamist separatist kurdish-led opposition-held""".split()
)


def _governmental(doc: Doc, heads: Mapping[int, list[Span]]) -> Iterator[Span]:
    """ "regime forces", "pro-government militias": affiliated by a common noun."""
    for token in doc:
        if token.lower_ in ("regime", "government") and token.i + 1 < len(doc):
            head = token.i + 1
            if doc[head].lemma_ in words().groups and doc[head].tag_ == "NNS" and head not in heads:
                first = token.i - 2 if token.i > 1 and doc[token.i - 1].text == "-" else token.i
                yield Span(first, head + 1, "GROUP", "nominal")


COLLECTIVE = frozenset(
    {
        "opposition",
        "police",
        "military",
        "army",
        "navy",
        "people",
        "intelligence",
        "media",
        "delegation",
        "parliament",
        "air force",
        "coalition",
        "mission",
        "armed forces",
        "militia",
        "contingent",
        "team",
    }
)


def _noun_after(doc: Doc, span: Span) -> int | None:
    """The collective noun that a modifier stands before, over at most three plain modifiers."""
    known = words()
    i = span.last
    for _ in range(5):
        if (
            i >= len(doc)
            or doc[i].is_sent_start
            or (
                doc[i].pos_ not in ("NOUN", "PROPN", "ADJ")
                and doc[i].text not in ("-", "'s", "'")
                and doc[i - 1].text != "-"
            )
        ):
            return None
        lemma = (doc[i].lemma_ or doc[i].text).lower()
        following = doc[i + 1] if i + 1 < len(doc) else None
        if lemma in known.groups or lemma in known.governments:
            if following is None or following.pos_ not in ("NOUN", "PROPN") or following.is_sent_start:
                return i
            if following.lower_ in known.titles:
                return i
            if following.lemma_.lower() not in known.groups:
                return None
        i += 1
    return None


def _name(doc: Doc, article: Article, spans: list[Span]) -> list[Mention]:
    """Mentions with fullest forms: states by country, persons by surname, bodies by acronym."""
    states = _state_names(doc, spans)
    names = _full_forms(doc, spans)
    out = []
    for span in spans:
        text = article.text[doc[span.first].idx : _end(doc, span.last)]
        plain = doc[span.first : span.last].text
        name, type_ = plain, span.type
        if span.type == "STATE" and span.key:
            name = states.get(span.key, span.key)
        elif span.key:
            name = span.key
        elif span.kind == "name":
            name, type_ = names.get(fold(plain), (plain, span.type))
        out.append(_mention(doc, span, " ".join(name.split()), type_, text))
    return out


def _mention(doc: Doc, span: Span, name: str, type_: ActorType, text: str) -> Mention:
    head = doc[span.first : span.last].root.i
    if span.kind == "nominal":
        head = span.last - 1
    start = doc[span.first].idx
    return Mention(name, type_, span.kind, text, start, start + len(text), span.first, span.last, head)


def _end(doc: Doc, last: int) -> int:
    return doc[last - 1].idx + len(doc[last - 1])


def _state_names(doc: Doc, spans: Iterable[Span]) -> dict[str, str]:
    """A state's name as this article writes it; the common name when only its adjective or seat appears."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    places = load()
    for span in spans:
        if span.type == "STATE" and span.kind == "name" and span.key:
            text = doc[span.first : span.last].text
            if places.state(text):
                forms[span.key][text] += 1
    return {key: max(seen, key=lambda text: (len(text), text)) for key, seen in forms.items()}


def _full_forms(doc: Doc, spans: list[Span]) -> dict[str, tuple[str, ActorType]]:
    """Folded form → fullest form and its type, for names that no table keys."""
    seen: dict[str, tuple[str, ActorType, int]] = {}
    full: dict[str, tuple[str, ActorType]] = {}
    named = [span for span in spans if span.kind == "name" and span.key is None]
    for span in named:
        text = doc[span.first : span.last].text
        seen.setdefault(fold(text), (text, span.type, span.first))
    for previous, span in itertools.pairwise(named):
        if span.first == previous.last + 1 and doc[previous.last].text == "(":
            short, long = (
                fold(doc[span.first : span.last].text),
                fold(doc[previous.first : previous.last].text),
            )
            if span.last < len(doc) and doc[span.last].text == ")" and doc[span.first].is_upper:
                full[short] = (seen[long][0], seen[long][1])
    longest = sorted(seen, key=lambda form: (-len(form), form))
    for form, (text, type_, _) in seen.items():
        if form not in full:
            full[form] = _longer(form, type_, longest, seen) or (text, type_)
    return {form: full.get(fold(name), (name, type_)) for form, (name, type_) in full.items()}


def _longer(
    form: str, type_: ActorType, longest: list[str], seen: dict[str, tuple[str, ActorType, int]]
) -> tuple[str, ActorType] | None:
    """The fuller name that a surname, a family name with its article, or an acronym stands for."""
    for other in longest:
        if len(other) <= len(form):
            break
        text, kind, _ = seen[other]
        compatible = kind == type_ or {kind, type_} <= {"PERSON", "ORG", "PLACE", "GROUP"}
        if kind == "PERSON" and compatible:
            bare = form.split("-", 1)[-1] if form.split("-", 1)[0] in PARTICLES else form
            if other.endswith((" " + form, "-" + form, "-" + bare, " " + bare)):
                return text, kind
            if other.startswith(form + " ") and type_ == "PERSON" and len(form) > 3:
                return text, kind
        elif kind == "ORG" and type_ == "ORG":
            initials = "".join(
                word[0] for word in other.replace("-", " ").split() if word not in ("of", "the", "and", "for")
            )
            if form == initials and len(form) > 1:
                return text, kind
            if other.endswith(" " + form) and " " in form:
                return text, kind
    return None
