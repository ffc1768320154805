"""Who is named in a text: the model's entities, repaired by a gazetteer and by principle.

"Russian Defense Minister Sergei Shoigu met Human Rights Watch (HRW) in Damascus" gives Russia (adjective),
Sergei Shoigu, Human Rights Watch twice, and Damascus. One type per name and article, by vote; a short form
takes the fullest form's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.entities import DOUBTFUL, LABELS, PARTIES, entity, names_between, thing, winged
from extract.gazetteer import Gazetteer, load
from extract.groups import affiliated
from extract.joining import echoes, grow, join, officers, portfolios, purposes
from extract.kinds import vote
from extract.known_names import by_side, completed, namesakes
from extract.lexicon import (
    PARTICLES,
    Span,
    among,
    dash,
    where,
)
from extract.lexicon import words as words
from extract.longnames import displaced, long_names
from extract.model import Article, Mention
from extract.naming import name_all

LIKENED = among("likened")
FORENAMES = frozenset({"lib", "liberal", "social", "christian"})


def find_mentions(doc: Doc, article: Article) -> list[Mention]:
    """All names, adjectives of states, affiliated collectives and places, in order; none overlap."""
    places, charges = load(), portfolios(doc)
    taken = [False] * len(doc)
    spans: list[Span] = []
    for span in map(lambda found: _facility(doc, found), _candidates(doc, places, charges)):
        if span.first < span.last and not any(taken[span.first : span.last]):
            taken[span.first : span.last] = [True] * (span.last - span.first)
            spans.append(span)
    known = _surnames(doc, spans)
    spans = [piece for span in spans for piece in _sides(doc, span, known)]
    spans += _partisan(doc, taken)
    aims = list(purposes(doc, spans))
    spans = [span for span in spans if not any(a.first <= span.first < a.last for a in aims)] + aims
    spans = displaced(doc, spans, long_names(doc, spans))
    spans = join(doc, grow(doc, sorted(spans, key=lambda span: span.first)))
    spans = completed(doc, [span for span in spans if not (_likened(doc, span) or thing(doc, span))])
    officers(doc, spans, charges)
    namesakes(doc, spans, places)
    vote(doc, spans)
    spans = sorted([*spans, *echoes(doc, spans)], key=lambda span: span.first)
    vote(doc, spans)
    return name_all(doc, article, affiliated(doc, by_side(doc, spans, places)))


def _surnames(doc: Doc, spans: list[Span]) -> frozenset[str]:
    """The last words of the persons named in full."""
    return frozenset(doc[s.last - 1].text for s in spans if s.type == "PERSON" and s.last - s.first > 1)


def _sides(doc: Doc, span: Span, known: frozenset[str]) -> Iterator[Span]:
    """The two persons in "the Holm-Petrov meeting", whom the text names in full elsewhere."""
    first, last = span.first, span.last
    joined = last - first == 3 and doc[first + 1].text in ("-", "–") and last < len(doc)
    if joined and doc[last].pos_ == "NOUN" and {doc[first].text, doc[last - 1].text} <= known:
        yield Span(first, first + 1, "PERSON")
        yield Span(last - 1, last, "PERSON")
    else:
        yield span


def _likened(doc: Doc, span: Span) -> bool:
    """Whether it only says what something is like, or where from: "a Bosnia-style war"."""
    behind = span.last + 1
    return behind < len(doc) and doc[span.last].text == "-" and doc[behind].lower_ in LIKENED


def _partisan(doc: Doc, taken: list[bool]) -> Iterator[Span]:
    """The party in "Labour leader Ruth Elwood" and "Conservative MPs"; none in "a liberal leader"."""
    known = words()
    for i in where(doc, PARTIES):
        first = i - 1 if i and doc[i - 1].lower_ in FORENAMES and doc[i - 1].text[0].isupper() else i
        noun = doc[i + 1] if i + 1 < len(doc) else doc[i]
        titled = noun.lower_ in known.titles or noun.lower_.removesuffix("s") in known.titles
        seated = i + 2 < len(doc) and doc[i + 2].lower_ in ("for", "from", "of")
        if doc[i].text[0].isupper() and titled and not seated and not any(taken[first : i + 1]):
            yield Span(first, i + 1, "ORG", sure=True)


def _facility(doc: Doc, span: Span) -> Span:
    """A name with its common noun: "Belbek air force base" is a place, "Fatah movement" still Fatah."""
    if span.key is not None or span.kind != "name":
        return span
    last = span.last
    while last < min(len(doc), span.last + 4) and doc[last].tag_ in ("NN", "NNP") and not doc[last].is_space:
        last += 1
        ended = last == len(doc) or doc[last].tag_ not in ("NN", "NNP")
        inner = all(t.dep_ in ("compound", "nmod", "amod") for t in doc[span.first : last - 1])
        if doc[last - 1].lower_ in words().places and ended and inner:
            return Span(span.first, last, "PLACE", sure=True)
    return span


def _candidates(doc: Doc, places: Gazetteer, charges: set[int]) -> Iterator[Span]:
    """Entities first, cut and typed; then what the gazetteer knows; then capitalised runs left over."""
    covered = set(charges)
    for ent in doc.ents:
        if ent.label_ in LABELS or ent.label_ in DOUBTFUL:
            if charges and not charges.isdisjoint(range(ent.start, ent.end)):
                continue
            for span in entity(doc, ent.start, ent.end, ent.label_, places):
                covered.update(range(span.first, span.last))
                yield span
    i = 0
    for start in _capitalised(doc):
        if start < i or start in covered:
            continue
        i = start
        last = i + 1
        while last < len(doc) and last not in covered and _goes_on(doc, last):
            last += 1
        yield from names_between(doc, i, last, places)
        i = last


def _capitalised(doc: Doc) -> Iterator[int]:
    """The tokens that begin with a capital."""
    strings, cache = doc.vocab.strings, dict[int, bool]()
    for i, form in enumerate(doc.to_array("SHAPE").tolist()):
        if form not in cache:
            cache[form] = strings[form].startswith("X")
        if cache[form]:
            yield i


def _goes_on(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text[0].isupper():
        return not token.is_sent_start
    if winged(doc, i):
        return True
    joined = (token.text == "-" and not dash(token)) or token.text in PARTICLES
    return joined and i + 1 < len(doc) and doc[i + 1].text[0].isupper() and doc[i - 1].whitespace_ != "\n"
