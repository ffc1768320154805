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
    ways = [pair for pair in _directions(up, down, one, other) if pair[0].type != "PLACE"]
    for (source, target), (rank, (trigger, sense)) in itertools.product(
        ways, enumerate(itertools.islice(_triggers(up, top, down, words), MOST_TRIGGERS))
    ):
        head, tail = (up, down) if source is one else (down, up)
        yield Claim(
            source, target, trigger.lemma_.lower(), trigger.i, trigger.i + 1, trigger.i, sense.code,
            sense.mode, symmetric=sense.symmetric,
            features=tuple(_features(head, top, tail, trigger, rank, sense, source, target)),
        )  # fmt: skip


def _directions(
    up: Sequence[Token], down: Sequence[Token], one: Mention, other: Mention
) -> list[tuple[Mention, Mention]]:
    """From the end that acts to the other; both ways where neither or both may act."""
    first, last = _acts(up), _acts(down)
    if first != last:
        return [(one, other)] if first else [(other, one)]
    return [(one, other), (other, one)]


def _acts(way: Sequence[Token]) -> bool:
    """Whether an end stands where agents do: subject, owner, "by"."""
    return bool(way) and (way[0].dep_ in DOERS or _end(way) in ("pobj by", "pobj from"))


def _end(way: Sequence[Token]) -> str:
    """The end's function, with its preposition."""
    if not way:
        return "top"
    dep = way[0].dep_
    return f"{dep} {way[0].head.lower_}" if dep == "pobj" else dep


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
    yield f"between from {_end(up)}"
    yield f"between to {_end(down)}"
    yield f"between from {_end(up)} to {_end(down)}"
    yield f"between order {source.first < target.first}"
    yield f"between code {sense.code}"
    yield f"between types {source.type} {target.type}"
    yield f"between kinds {source.kind} {target.kind}"
    verbs = sum(clauses.is_verb(token) for token in (*up, top, *down))
    yield f"between verbs {min(verbs, 3)}"
