"""The name an actor goes by in an article: its fullest form, whatever form a mention has."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc

from extract.gazetteer import fold, load
from extract.lexicon import PARTICLES, Span
from extract.model import ActorType, Article, Mention


def name_all(doc: Doc, article: Article, spans: list[Span]) -> list[Mention]:
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
