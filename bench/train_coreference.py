"""Teaches the ranker of antecedents: whom annotated articles mean, into the weights of data/coreference.json.

    python -m bench.train_coreference GOLD.jsonl… [--without IDS.txt]

Two things tell whom a pronoun or noun means: an alias that only one gold actor has ("the rights group"), and
a gold triple that a claim of the rules would be if the pronoun in it meant that actor. A noun for which
neither speaks means nobody, which counts less: aliases are not always complete. Softmax regression (scipy,
from the extra `train`) over each anaphor's options; figures are out of fold, by articles never seen.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from spacy.tokens import Doc, Token

from extract import nlp
from extract.actors import find_mentions
from extract.antecedents import WEIGHTS, Chooser, Option, Ranker, Weights, groups
from extract.coreference import resolve
from extract.model import Article, Mention, Triple
from extract.pipeline import DEFAULT_MODEL, RulesExtractor
from extract.scene import Scene, stands
from extract.score import GoldArticle, GoldTriple, Linker, fits, load_gold, norm

RAREST = 3  # times a feature must be seen to count
PENALTY = 6.0  # on large weights
MARGIN = 1.5  # in log odds, by which another choice than the rules' must be better
NOBODY = 0.35  # how much a noun counts for which no annotation speaks
CLAIMING = 1.5  # and an anaphor that a claim has as its end
FOLDS = 10
PRONOUNS = ("he", "she")
BLANK = "~"  # begins the name of an actor yet to be found


@dataclass(frozen=True, slots=True)
class Case:
    """An anaphor of an article: its options, which of them are right, and how much it counts."""

    article: str
    sort: str
    options: tuple[Option, ...]
    right: tuple[bool, ...]
    labelled: bool
    weight: float

    @property
    def ruled(self) -> bool:
        """Whether the rules are right."""
        return any(r and o.ruled for r, o in zip(self.right, self.options, strict=True))


@dataclass(frozen=True, slots=True)
class Seen:
    """An anaphor as the ranker met it."""

    token: Token
    sort: str
    options: tuple[Option, ...]


class Watcher(Chooser):
    """A ranker that follows the rules and notes what it could have chosen."""

    def __init__(self, seen: list[Seen], scene: Scene) -> None:
        super().__init__(scene, Ranker(Weights(0.0, {})))
        self.seen = seen

    def chosen(self, token: Token, sort: str, here: list[Mention]) -> list[Mention]:
        """What the rules say."""
        self.seen.append(Seen(token, sort, tuple(self.options(token, sort, here))))
        return here


def read_cases(gold: Sequence[GoldArticle], model: str) -> list[Case]:
    """All anaphors of gold articles of which the gold says something."""
    extractor = RulesExtractor(model, keep_all=True)
    articles = [Article(g.id, g.text, g.title, g.published) for g in gold]
    parsed = nlp.parse(nlp.load(model), articles)
    return [
        case
        for told, (article, doc) in zip(gold, parsed, strict=True)
        for case in _cases(told, article, doc, extractor)
    ]


def _cases(gold: GoldArticle, article: Article, doc: Doc, extractor: RulesExtractor) -> Iterator[Case]:
    seen: list[Seen] = []
    mentions = resolve(doc, find_mentions(doc, article), article, partial(Watcher, seen))
    link = Linker(gold.actors)
    aliases = _aliases(gold)
    extractor.resolver = lambda *_: _blanked(mentions, seen)
    claims = [triple for triple, _ in extractor.read(article, doc)]
    votes = _votes(gold, claims, link)
    ends = {end for t in claims for end in (t.source, t.target)}
    for one in seen:
        named = {
            link(m.name)
            for m in mentions
            if m.kind in ("name", "adjective") and doc[m.head].sent == one.token.sent
        }
        who = None if one.sort in PRONOUNS else _by_alias(one.token, aliases)
        who = who or _by_votes(one, votes.get(_blank(one.token), Counter()), named)
        if who is None and one.sort in PRONOUNS:
            continue
        right = tuple(_right(option, who, link) for option in one.options)
        weight = (CLAIMING if _blank(one.token) in ends else 1.0) if who else NOBODY
        yield Case(gold.id, one.sort, one.options, right, who is not None, weight)


def _right(option: Option, who: str | None, link: Linker) -> bool:
    """Whether an option is the gold actor; where none is known, nobody or what the gold knows nothing of."""
    if who is None:
        return option.mention is None or (option.ruled and link(option.mention.name) is None)
    return option.mention is not None and link(option.mention.name) == who


def _aliases(gold: GoldArticle) -> dict[str, str]:
    """The surface forms that only one actor has."""
    owners: dict[str, set[str]] = defaultdict(set)
    for actor in gold.actors:
        for form in (actor.name, *actor.aliases):
            owners[norm(form)].add(actor.name)
    return {form: next(iter(names)) for form, names in owners.items() if len(names) == 1}


def _by_alias(token: Token, aliases: Mapping[str, str]) -> str | None:
    """The actor whose alias the noun phrase is, with what hangs on it or without."""
    doc, first = token.doc, max(token.left_edge.i, token.i - 7)
    before = [c for c in token.children if c.i < token.i]
    marks = [c for c in before if c.dep_ in ("amod", "compound", "nmod")]
    phrases = [doc[first : min(token.right_edge.i, token.i + 8) + 1], doc[first : token.i + 1]]
    if marks:
        phrases.append(doc[marks[0].left_edge.i : token.i + 1])
    elif all(c.dep_ != "poss" for c in before):
        phrases.append(doc[token.i : token.i + 1])
    return next((who for phrase in phrases if (who := aliases.get(norm(phrase.text)))), None)


def _blank(token: Token) -> str:
    return f"{BLANK}{token.i}"


def _blanked(mentions: Iterable[Mention], seen: Iterable[Seen]) -> list[Mention]:
    """The mentions with every anaphor standing for an actor of its own."""
    kinds = {"he": "PERSON", "she": "PERSON", "person": "PERSON", "state": "STATE", "people": "GROUP"}
    blanks = {}
    for one in seen:
        kind: Any = kinds.get(one.sort, "ORG")
        actor = Mention(_blank(one.token), kind, "nominal", "", 0, 0, 0, 0, 0)
        how: Any = "pronoun" if one.sort in PRONOUNS else "nominal"
        i = one.token.i
        first = i if one.sort in PRONOUNS else max(one.token.left_edge.i, i - 7)
        blanks[i] = stands(actor, first, i + 1, i, how, one.token.doc)
    kept = [m for m in mentions if m.head not in blanks or m.kind in ("name", "adjective")]
    return sorted([*kept, *blanks.values()], key=lambda m: (m.first, -m.last))


def _votes(gold: GoldArticle, claims: Sequence[Triple], link: Linker) -> dict[str, Counter[str]]:
    """For each blank the actors that make a claim a gold triple: half a vote where both ends are blank."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for told in gold.triples:
        start = gold.text.find(told.sentence)
        for claim in claims:
            if _beside(claim, start, start + len(told.sentence)) and fits(told, claim):
                for source, target in _orders(told, claim):
                    _vote(out, claim, (source, target), link)
    return out


def _beside(claim: Triple, start: int, end: int) -> bool:
    shared = min(claim.end, end) - max(claim.start, start)
    return shared > 0.5 * min(claim.end - claim.start, end - start)


def _orders(told: GoldTriple, claim: Triple) -> Iterator[tuple[str, str]]:
    yield told.source, told.target
    if told.symmetric or claim.symmetric:
        yield told.target, told.source


def _vote(out: dict[str, Counter[str]], claim: Triple, ends: tuple[str, str], link: Linker) -> None:
    source, target = claim.source.startswith(BLANK), claim.target.startswith(BLANK)
    if source and (target or link(claim.target) == ends[1]):
        out[claim.source][ends[0]] += 1 if target else 2
    if target and (source or link(claim.source) == ends[0]):
        out[claim.target][ends[1]] += 1 if source else 2


def _by_votes(one: Seen, votes: Counter[str], named: set[str | None]) -> str | None:
    """The actor most claims speak for; a noun means none that its sentence names."""
    first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    if first[1] == second[1] or (one.sort not in PRONOUNS and first[0] in named):
        return None
    return first[0]


def _names(sort: str, option: Option) -> Iterator[str]:
    """An option's features under their groups; a single noun's only under the wider one."""
    wide, own = groups(sort)
    for feature in option.features:
        yield f"{wide}|{feature}"
        if ": " not in feature:
            yield f"{own}|{feature}"


def learn(cases: Iterable[Case]) -> Weights:
    """The weights under which right options are likeliest."""
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    told = [case for case in cases if any(case.right) and not all(case.right)]
    seen = Counter(name for c in told for o in c.options for name in set(_names(c.sort, o)))
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(
        [{n: 1.0 for n in _names(c.sort, o) if seen[n] >= RAREST} for c in told for o in c.options]
    )
    sizes = [len(case.options) for case in told]
    starts = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(told)), sizes)
    right = np.array([r for case in told for r in case.right], dtype=float)
    counts = np.array([case.weight for case in told])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        whole = np.add.reduceat(powers, starts)
        good = np.maximum(np.add.reduceat(powers * right, starts), 1e-300)
        slope = counts[of] * (powers / whole[of] - powers * right / good[of])
        value = -(counts * (np.log(good) - np.log(whole))).sum() + PENALTY / 2 * (weights @ weights)
        return float(value), matrix.T @ slope + PENALTY * weights

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    out: dict[str, dict[str, float]] = defaultdict(dict)
    names: Any = vectors.get_feature_names_out()
    for name, weight in sorted(zip(names, found.x, strict=True)):
        group, feature = name.split("|", 1)
        if abs(weight) >= 0.02:
            out[group][feature] = round(float(weight), 2)
    return Weights(MARGIN, dict(out))


def by_fold(cases: Sequence[Case]) -> dict[str, Ranker]:
    """For each article a ranker that never saw it."""
    articles = sorted({case.article for case in cases})
    fold = {article: n % FOLDS for n, article in enumerate(articles)}
    models = [Ranker(learn(case for case in cases if fold[case.article] != k)) for k in range(FOLDS)]
    return {article: models[k] for article, k in fold.items()}


def teach(gold: Sequence[GoldArticle], model: str) -> dict[str, Ranker]:
    """For each gold article a ranker that never saw it, for whatever is to be measured without flattery."""
    return by_fold(read_cases(gold, model))


def hits(case: Case, ranker: Ranker) -> bool:
    """Whether the ranker is right."""
    return case.right[case.options.index(ranker.best(case.options, case.sort))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the gold, learn, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_coreference")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--without", type=Path, help="ids of articles to leave out, one a line")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    hidden = set(options.without.read_text().split()) if options.without else set()
    gold = {a.text: a for path in options.gold for a in load_gold(path) if a.id not in hidden}
    cases = read_cases(list(gold.values()), options.model)
    options.to.write_bytes(msgspec.json.format(msgspec.json.encode(learn(cases)), indent=1) + b"\n")
    alone = by_fold(cases)
    for what, labelled in (("somebody", True), ("nobody", False)):
        some = [case for case in cases if case.labelled == labelled]
        print(
            f"{len(some)} mean {what}: the rules are right {sum(c.ruled for c in some)} times, "
            f"the ranker, out of fold, {sum(hits(c, alone[c.article]) for c in some)} times; "
            f"within reach are {sum(any(c.right) for c in some)}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
