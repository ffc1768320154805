"""Teaches the judge: claims of annotated articles, right or wrong, into the weights of data/judge.json.

    python -m bench.train_judge GOLD.jsonl… [--leads LEADS.jsonl] [--without IDS.txt]

Logistic regression (scikit-learn, from the extra `train`) over the claims' features. Confidences used to
choose the threshold are out of fold, each article judged by a model that never saw it; and its antecedents
are chosen by a ranker that never saw it, so that the judge learns how far such choices can be trusted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from spacy.tokens import Doc

from bench.train_coreference import teach
from extract import nlp
from extract.antecedents import Chooser, Ranker
from extract.coreference import resolve
from extract.judge import WEIGHTS, Weights, select, share
from extract.leads import GoldLead, load_leads
from extract.leads import joins as lead_joins
from extract.model import Article, Mention, Triple
from extract.pipeline import DEFAULT_MODEL, RulesExtractor
from extract.score import GoldArticle, Linker, fits, load_gold, same_code

RAREST = 3  # times a feature must be seen to count
STRENGTH = 0.15  # inverse of the penalty on large weights
FOLDS = 10
PRECISION = 0.80  # of what is kept, out of fold: new text is harder than the 0.78 wanted
NONE: Mapping[str, Ranker] = MappingProxyType({})
LEAD_WEIGHT = 0.8  # a wire lead has one event annotated, so an unlisted claim may yet be right


@dataclass(frozen=True, slots=True)
class Example:
    """A claim with its features, whether the gold holds it, its article, and how much it counts."""

    article: str
    triple: Triple
    trigger: int
    features: tuple[str, ...]
    right: bool
    weight: float = 1.0


def read_claims(
    articles: Sequence[Article], model: str, rankers: Mapping[str, Ranker]
) -> dict[str, list[tuple[Triple, int, tuple[str, ...]]]]:
    """Every claim the rules propose, by article; antecedents by the article's ranker, or the packaged one."""

    def resolver(doc: Doc, mentions: list[Mention], article: Article) -> list[Mention]:
        return resolve(doc, mentions, article, partial(Chooser, ranker=rankers.get(article.id)))

    extractor = RulesExtractor(model, resolver=resolver, keep_all=True)
    out: dict[str, list[tuple[Triple, int, tuple[str, ...]]]] = {}
    for article, doc in nlp.parse(nlp.load(model), articles):
        out[article.id] = [(t, c.trigger, c.features) for t, c in extractor.read(article, doc)]
    return out


def article_examples(
    gold: Sequence[GoldArticle], model: str, rankers: Mapping[str, Ranker] = NONE
) -> list[Example]:
    """The claims of gold articles, each gold triple explained by at most one of them.

    The pairs of one meeting count together as one claim.
    """
    claims = read_claims([Article(g.id, g.text, g.title, g.published) for g in gold], model, rankers)
    out = []
    for article in gold:
        own = claims[article.id]
        pairs = Counter(t.group for t, _, _ in own)
        right = _explained(article, [t for t, _, _ in own])
        for n, (triple, trigger, features) in enumerate(own):
            weight = 1 / pairs[triple.group] if triple.group else 1.0
            out.append(Example(article.id, triple, trigger, features, n in right, weight))
    return out


def _explained(article: GoldArticle, found: Sequence[Triple]) -> set[int]:
    """The claims that explain a gold triple: by its code first, then by the shorter way."""
    link = Linker(article.actors)
    ends = [(link(t.source), link(t.target)) for t in found]
    used: set[int] = set()
    for gold in sorted(article.triples, key=lambda g: not g.core):
        at = article.text.find(gold.sentence)
        hits = [
            n
            for n, t in enumerate(found)
            if n not in used
            and (
                ends[n] == (gold.source, gold.target)
                or (gold.symmetric and set(ends[n]) == {gold.source, gold.target})
            )
            and min(t.end, at + len(gold.sentence)) - max(t.start, at)
            > 0.5 * min(t.end - t.start, len(gold.sentence))
            and fits(gold, t)
        ]
        if hits:
            used.add(max(hits, key=lambda n: (any(same_code(found[n].code, c) for c in gold.any_code), -n)))
    return used


def lead_examples(leads: Sequence[GoldLead], model: str) -> list[Example]:
    """The claims of wire leads; roles and statements are not annotated there and left out."""
    claims = read_claims([Article(lead.id, lead.text) for lead in leads], model, NONE)
    out = []
    for lead in leads:
        own = [row for row in claims[lead.id] if row[0].code not in ("ROLE", "SAY")]
        for triple, trigger, features in own if lead.pairs else ():
            right = any(lead_joins(lead, *pair, triple) for pair in lead.pairs)
            good = right and same_code(triple.code, lead.code)
            out.append(
                Example(lead.id, triple, trigger, features, good, LEAD_WEIGHT if good == right else 0.2)
            )
    return out


def learn(examples: Sequence[Example], threshold: float) -> Weights:
    """The weights that tell right claims from wrong ones."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(feature for e in examples for feature in set(e.features))
    rows = [{f: 1.0 for f in e.features if seen[f] >= RAREST} for e in examples]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(matrix, [e.right for e in examples], sample_weight=[e.weight for e in examples])
    names: Any = vectors.get_feature_names_out()
    found = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.02}
    return Weights(round(float(model.intercept_[0]), 3), threshold, dict(sorted(found.items())))


def out_of_fold(examples: Sequence[Example]) -> list[float]:
    """Each example's confidence by a model that never saw its article."""
    from extract.judge import Judge

    articles = sorted({e.article for e in examples})
    fold = {article: n % FOLDS for n, article in enumerate(articles)}
    found = [0.0] * len(examples)
    for k in range(FOLDS):
        judge = Judge(learn([e for e in examples if fold[e.article] != k], 0.5))
        for n, e in enumerate(examples):
            if fold[e.article] == k:
                found[n] = judge.confidence(e.features)
    return found


def best_threshold(
    examples: Sequence[Example], confidences: Sequence[float], core: int
) -> tuple[float, float]:
    """The lowest threshold at which what is kept is right often enough, and F1 over the gold's core there."""
    rows = [(e.triple, e.trigger, c) for e, c in zip(examples, confidences, strict=True)]
    for step in range(20, 80):
        kept = select(rows, step / 100)
        right = sum(examples[n].right for n in kept)
        precision, recall = right / max(len(kept), 1), right / max(core, 1)
        if precision >= PRECISION:
            break
    return step / 100, 2 * precision * recall / max(precision + recall, 1e-9)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the gold, learn, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_judge")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--leads", type=Path)
    parser.add_argument("--without", type=Path, help="ids of articles to leave out, one a line")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    hidden = set(options.without.read_text().split()) if options.without else set()
    gold = [a for path in options.gold for a in load_gold(path) if a.id not in hidden]
    articles = article_examples(gold, options.model, teach(gold, options.model))
    leads = lead_examples(_kept(load_leads(options.leads), hidden), options.model) if options.leads else []
    everything = [*articles, *leads]
    alone = out_of_fold(everything)[: len(articles)]
    confidences = share(alone, [e.triple.group for e in articles])
    core = sum(t.core for a in gold for t in a.triples)
    threshold, best = best_threshold(articles, confidences, core)
    options.to.write_bytes(
        msgspec.json.format(msgspec.json.encode(learn(everything, threshold)), indent=0) + b"\n"
    )
    right = sum(e.right for e in articles)
    print(
        f"{len(articles)} claims, {right} right, of {core} core triples; {len(leads)} claims of leads; "
        f"out of fold F1 {best:.3f} at {threshold}",
        file=sys.stderr,
    )


def _kept(leads: Iterable[GoldLead], hidden: set[str]) -> list[GoldLead]:
    return [lead for lead in leads if lead.id not in hidden]


if __name__ == "__main__":
    main()
