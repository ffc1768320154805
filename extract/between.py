"""What no grammar rule found: two actors of one sentence, and the verb or event noun on the way between them.

The way is the path through the parse tree, up from one actor and down to the other. Such a claim carries the
path's words as features; the judge, trained on annotated articles, keeps few of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Token

from extract import clauses
from extract.claims import Claim
from extract.coreference import Cast
from extract.model import Mention
from extract.ontology import Ontology, Sense
from extract.relations import SILENT, noun_sense

MOST = 14  # mentions in a sentence; longer lists are skipped beyond it
MOST_TRIGGERS = 2  # for one pair
LONGEST = 9  # steps of a path
DOERS = frozenset({"nsubj", "agent", "poss", "csubj"})
SUFFERERS = frozenset({"dobj", "pobj", "dative", "nsubjpass", "appos"})


def find_between(
    doc: Doc, mentions: Sequence[Mention], words: Ontology, known: Collection[tuple[str, str, int]]
) -> Iterator[Claim]:
    """Claims for the pairs of each sentence that are not in `known` (source, target, trigger)."""
    cast = Cast(mentions)
    for sent in doc.sents:
        here = _shown(cast.inside(sent.start, sent.end), cast)[:MOST]
        for n, one in enumerate(here):
            for other in here[n + 1 :]:
                if one.name == other.name or {"PLACE"} == {one.type, other.type}:
                    continue
                for claim in _claims(doc, one, other, words):
                    if (claim.source.name, claim.target.name, claim.trigger) not in known:
                        yield claim


def _shown(mentions: Sequence[Mention], cast: Cast) -> list[Mention]:
    """The outermost mentions: "Russian" in "Russian forces" is none of its own here."""
    return [m for m in mentions if cast.at(m.first) is m or m.kind == "pronoun"]


def _claims(doc: Doc, one: Mention, other: Mention, words: Ontology) -> Iterator[Claim]:
    up, top, down = _path(doc[one.head], doc[other.head])
    if top is None or len(up) + len(down) > LONGEST:
        return
    swap = (down and down[0].dep_ in DOERS and not (up and up[0].dep_ in DOERS)) or one.type == "PLACE"
    source, target = (other, one) if swap else (one, other)
    if source.type == "PLACE":
        return
    for rank, (trigger, sense) in enumerate(itertools.islice(_triggers(up, top, down, words), MOST_TRIGGERS)):
        yield Claim(
            source, target, trigger.lemma_.lower(), trigger.i, trigger.i + 1, trigger.i, sense.code,
            sense.mode, symmetric=sense.symmetric,
            features=tuple(_features(up, top, down, trigger, rank, sense, source, target)),
        )  # fmt: skip


def _path(one: Token, other: Token) -> tuple[list[Token], Token | None, list[Token]]:
    """Tokens from one end up to below the common ancestor, that ancestor, tokens from the other end."""
    above = [one, *one.ancestors]
    places = {token.i: n for n, token in enumerate(above)}
    down: list[Token] = []
    for token in (other, *other.ancestors):
        if token.i in places:
            return above[: places[token.i]], token, down
        down.append(token)
    return [], None, []


def _triggers(
    up: Sequence[Token], top: Token, down: Sequence[Token], words: Ontology
) -> Iterator[tuple[Token, Sense]]:
    """The event words on the path and the event nouns beside it, nearest the top first."""
    inner = [*reversed(up), *reversed(down)]
    beside = [c for t in (top, *inner) if clauses.is_verb(t) for c in t.children if c.dep_ == "dobj"]
    seen = set()
    for token in (top, *inner, *beside):
        if token.i in seen:
            continue
        seen.add(token.i)
        if clauses.is_verb(token) and token.lemma_.lower() not in SILENT:
            sense = words.verb(token.lemma_.lower(), particle=clauses.particle(token))
        else:
            sense = noun_sense(token, words) if token.pos_ == "NOUN" else None
        if sense is not None:
            yield token, sense


def _features(
    up: Sequence[Token],
    top: Token,
    down: Sequence[Token],
    trigger: Token,
    rank: int,
    sense: Sense,
    source: Mention,
    target: Mention,
) -> Iterator[str]:
    rise = "<".join(token.dep_ for token in up)
    fall = ">".join(token.dep_ for token in reversed(down))
    kind = "verb" if clauses.is_verb(trigger) else "noun"
    yield "between"
    yield f"between rank {rank}"
    yield f"between trigger {trigger.dep_} {kind}"
    yield f"between beside {trigger is not top and trigger not in up and trigger not in down}"
    yield f"between {kind} top {trigger is top}"
    yield f"between rise {rise}"
    yield f"between fall {fall}"
    yield f"between path {rise}^{fall}"
    yield f"between length {len(up) + len(down)}"
    yield f"between first {up[0].dep_ if up else 'top'} last {down[0].dep_ if down else 'top'}"
    yield f"between code {sense.code}"
    yield f"between types {source.type} {target.type}"
    yield f"between kinds {source.kind} {target.kind}"
    verbs = sum(clauses.is_verb(token) for token in (*up, top, *down))
    yield f"between verbs {min(verbs, 3)}"
