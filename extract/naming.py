"""The name an actor goes by in an article: its fullest form, whatever form a mention has."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from extract.gazetteer import fold, load
from extract.lexicon import PARTICLES, Span, among, nucleus, words
from extract.model import ActorType, Article, Mention

SUFFIXES = among("suffixes")
COMMON = among("common")
UNCOUNTED = frozenset({"of", "the", "and", "for", "s", "in"})
LINKS = frozenset({"of", "for", "in", "at"})
ELSEWHERE = frozenset({("house", "white"), ("house", "blue"), ("house", "random"), ("house", "chatham")})


def name_all(doc: Doc, article: Article, spans: list[Span]) -> list[Mention]:
    """Mentions with fullest forms: states by country, persons by surname, bodies by acronym."""
    states = _state_names(doc, spans)
    forms = _forms(doc, [span for span in spans if span.kind == "name" and span.key is None])
    bearers: dict[str, list[tuple[str, ActorType]]] = {}
    latest: dict[str, int] = {}
    owned = _owned_bodies(doc, spans)
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
            form = fold(plain)
            if form not in bearers:
                bearers[form] = _bearers(form, span.type, forms) or [forms.seen[form]]
            name, type_ = max(bearers[form], key=lambda one: (latest.get(one[0], -1), len(one[0])))
            latest[name] = span.first
            name = owned.get(span.first) or owned.get(form) or name if name == plain else name
        out.append(_mention(doc, span, " ".join(name.split()), type_, text))
    return out


def _owned_bodies(doc: Doc, spans: list[Span]) -> dict[int | str, str]:
    """What bodies that many states have are called in full, by token and form: "Chad's Foreign Ministry"."""
    states = {span.last: span for span in spans if span.type == "STATE" and span.kind == "name"}
    found: dict[int | str, str] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for span in spans:
        body = span.type == "ORG" and span.kind == "name" and doc[span.last - 1].lower_ in COMMON
        owner = states.get(span.first - 1) if body and doc[span.first - 1].text in ("'s", "’s", "'") else None
        if owner is not None:
            form = fold(doc[span.first : span.last].text)
            name = doc[owner.first : span.last].text
            found[span.first] = found[form] = name
            owners[form].add(name)
    return {key: name for key, name in found.items() if isinstance(key, int) or len(owners[key]) == 1}


def _noun(doc: Doc, span: Span) -> int:
    """The noun of a group's name: "forces", "members" of the party, "rebels" backed by Chad."""
    for i in range(span.first + 1, span.last):
        if doc[i].pos_ != "ADP":
            continue
        leaning = i > span.first + 1 and doc[i - 1].pos_ in ("VERB", "ADJ")
        noun = i - 2 if leaning else i - 1
        if doc[noun].pos_ in ("NOUN", "PROPN"):
            return noun
    return span.last - 1


def _mention(doc: Doc, span: Span, name: str, type_: ActorType, text: str) -> Mention:
    head = nucleus(doc, span.first, span.last).i
    if span.kind == "nominal":
        head = _noun(doc, span)
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


@dataclass(slots=True)
class Forms:
    """The names that no table keys: form → text and type, and who may be meant by a shorter form."""

    seen: dict[str, tuple[str, ActorType]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    ends: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    fronts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    inner: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    initials: dict[str, str] = field(default_factory=dict)


def _forms(doc: Doc, named: list[Span]) -> Forms:
    forms = Forms()
    for span in named:
        text = doc[span.first : span.last].text
        forms.seen.setdefault(fold(text), (text, span.type))
    forms.order = {form: place for place, form in enumerate(forms.seen)}
    for previous, span in itertools.pairwise(named):
        if _bracketed(doc, previous, span):
            short, long = (fold(doc[s.first : s.last].text) for s in (span, previous))
            forms.alias.setdefault(short, long)
    for form in sorted(forms.seen, key=lambda form: (-len(form), form)):
        parts = form.replace("-", " ").split()
        forms.ends[parts[-1]].append(form)
        forms.fronts[parts[0]].append(form)
        for part in parts[1:-1] if forms.seen[form][1] == "PERSON" else ():
            forms.inner[part].append(form)
        forms.initials.setdefault("".join(p[0] for p in parts if p not in UNCOUNTED), form)
    return forms


def _bracketed(doc: Doc, left: Span, right: Span) -> bool:
    """Whether the right name stands in brackets behind the left one: "Islamic State group (ISIS)"."""
    i = left.last
    while i < right.first and doc[i].tag_ in ("NN", "NNS") and i < left.last + 2:
        i += 1
    if i + 1 != right.first or doc[i].text != "(" or right.last >= len(doc) or doc[right.last].text != ")":
        return False
    short = doc[right.first]
    if left.type == "PERSON":
        first = "".join(token.text[0] for token in doc[left.first : left.last] if token.is_alpha)
        return short.is_upper and first.startswith(short.text)
    return short.is_upper or (left.type in ("ORG", "GROUP") and right.last - right.first == 1)


def _bearers(form: str, type_: ActorType, forms: Forms) -> list[tuple[str, ActorType]]:
    """The fuller names that a surname, a family name with its article, or an acronym may stand for."""
    if form in forms.alias and forms.alias[form] != form:
        long = forms.alias[form]
        return _bearers(long, forms.seen[long][1], forms) or [forms.seen[long]]
    found = []
    last = form.replace("-", " ").split()[-1]
    for other in [*forms.ends[last], *forms.fronts[form]]:
        if len(other) > len(form) and _stands_for(form, type_, other, forms.seen[other][1]):
            found.append(forms.seen[other])
    if not found and type_ != "STATE" and len(form) > 3 and len(bearers := forms.inner[form]) == 1:
        return [forms.seen[bearers[0]]]
    whole = forms.initials.get(form) if type_ == "ORG" and len(form) > 1 else None
    if not found and whole and whole != form and forms.seen[whole][1] == "ORG":
        return [forms.seen[whole]]
    if not found and type_ in ("ORG", "PERSON"):
        fronts = forms.fronts[form.split()[0]] if " " in form else forms.fronts[form]
        earlier = (other for other in fronts if forms.order[other] < forms.order.get(form, 0))
        longer = [other for other in earlier if _begins(form, other, forms.seen[other][1])]
        if len(longer) == 1:
            return [forms.seen[longer[0]]]
    return [
        one for one in found if not any(one != two and fold(two[0]).endswith(fold(one[0])) for two in found)
    ]


def _begins(form: str, other: str, kind: ActorType) -> bool:
    """Whether a body goes by its name's first word: "Kestrel" of "Kestrel Petroleum"."""
    rest = other[len(form) :].split()
    if kind != "ORG" or not rest or len(form) < 4 or not other.startswith(form + " "):
        return False
    if all(word in SUFFIXES for word in rest):
        return True
    if " " in form:
        return rest[0] == "of" and load().state(" ".join(rest[1:])) is not None
    known = load()
    if other in known.companies:
        return True
    if len(rest) > 1 or rest[0] not in words().organisations:
        return False
    both = other in known.organisations
    return (both or form not in known.organisations) and form not in known.cities


def _stands_for(form: str, type_: ActorType, other: str, kind: ActorType) -> bool:
    if _elsewhere(form, other):
        return False
    if kind == "PERSON" and (type_ == kind or type_ != "STATE"):
        head = form.split("-", 1)
        bare = head[-1] if head[0] in PARTICLES else form
        if other.endswith((" " + form, "-" + form, "-" + bare, " " + bare)):
            return True
        first = type_ == "PERSON" or (" " not in form and form not in load().cities)
        return first and other.startswith(form + " ") and len(form) > 3
    return kind == type_ == "ORG" and len(form) > 3 and other.endswith(" " + form)


def _elsewhere(form: str, other: str) -> bool:
    """Whether the longer name only tells where: "Fiber of Portland" is not Portland, nor is a White House."""
    if not other.endswith(" " + form):
        return False
    before = other[: -len(form)].removesuffix("the ").split()
    return bool(before) and (before[-1] in LINKS or (form, before[-1]) in ELSEWHERE)
