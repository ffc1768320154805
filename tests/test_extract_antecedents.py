"""The ranker of antecedents: whom it finds that no rule does, whom it must leave, and how it is taught."""

from __future__ import annotations

import pytest

from bench.train_coreference import read_cases
from extract import nlp
from extract.actors import find_mentions
from extract.antecedents import TYPES, Chooser, Option, Ranker, Weights, groups, weights
from extract.coreference import resolve
from extract.model import Article, Mention
from extract.pipeline import DEFAULT_MODEL
from extract.score import GoldActor, GoldArticle, GoldTriple

FOUND = [
    ("Union sues ferry line\n\nThe Seafarers' League sued Nordia Lines on Friday. Nordia denied wrongdoing.",
     "Union", "Seafarers' League"),
    ("Omar Saleh took Kasim. Saleh freed nobody. His foe Luis Ortega fled. The warlord wept.", "The warlord",
     "Omar Saleh"),
    ("Karin Dahl runs Novaris. Dahl met Luis Ortega in May. Ortega praised the chemist.", "the chemist",
     "Karin Dahl"),
    ("Luis Ortega sued Peru in May. Ortega had met Omar Saleh. Norway praised the novelist.", "the novelist",
     "Luis Ortega"),
]  # fmt: skip
LEFT = [
    ("Omar Saleh took Kasim. Saleh freed nobody. His foe Luis Ortega fled. Norway met the other warlord.",
     "the other warlord"),
    ("Omar Saleh took Kasim. Saleh freed nobody. Norway met Omar Saleh. A warlord wept.", "A warlord"),
    ("Maria Lopez took Kasim. Lopez freed nobody. Norway met his envoy.", "his"),
    ("The Danish firm Vestmark took Kasim. Vestmark freed nobody. Norway met the Swedish firm.",
     "the Swedish firm"),
    ("Toyota left Peru. Toyota freed nobody. Norway met the sect.", "the sect"),
    ("Vestmark Foods left Peru. Vestmark Foods sued Kelmore University. Norway met the Tolm agency.",
     "the Tolm agency"),
    ("Tolm Front met Norway. The Tolm Front left. Peru met the fronts.", "the fronts"),
    ("Omar Saleh met Norway. Saleh left. Peru met his captor.", "his captor"),
    ("Omar Saleh met Norway. Saleh left. Karin Dahl said that the warlord Luis Ortega wept.", "the warlord"),
]  # fmt: skip
GOLD = GoldArticle(
    "a",
    "Omar Saleh took Kasim. He met Karin Dahl on Monday. Dahl praised the warlord. The weather was fine.",
    [GoldActor("Omar Saleh", "PERSON", ["the warlord"]), GoldActor("Karin Dahl", "PERSON", ["Dahl"])],
    [GoldTriple("He met Karin Dahl on Monday.", "Omar Saleh", "met", "Karin Dahl", ["meet"], "CONSULT")],
)


class Ruled(Chooser):
    """What the rules say, whatever the ranker knows."""

    def better(self, token: object, here: list[Mention]) -> list[Mention]:
        return here


def chain(text: str, words: str, chooser: type[Chooser] = Chooser) -> list[str]:
    article = Article("a", text)
    ((_, doc),) = nlp.parse(nlp.load(), [article])
    found = resolve(doc, find_mentions(doc, article), article, chooser)
    return [m.name for m in found if m.text == words and m.kind in ("pronoun", "nominal")]


@pytest.mark.model
@pytest.mark.parametrize(("text", "words", "name"), FOUND)
def test_the_ranker_finds_whom_no_rule_does(text: str, words: str, name: str) -> None:
    assert chain(text, words) == [name] and not chain(text, words, Ruled)


@pytest.mark.model
@pytest.mark.parametrize(("text", "words"), LEFT)
def test_the_ranker_leaves_what_means_nobody(text: str, words: str) -> None:
    assert not chain(text, words)


def option(name: str | None, *features: str, ruled: bool = False) -> Option:
    actor = Mention(name, "PERSON", "name", name, 0, 0, 0, 0, 0) if name else None
    return Option(actor, features, ruled)


def test_another_choice_must_be_better_by_a_margin() -> None:
    ranker = Ranker(Weights(0.5, {"noun": {"near": 0.4}, "person": {"near": 0.3, "far": 0.3}}))
    ruled, near, nobody = option("A", "far", ruled=True), option("B", "near"), option(None)
    assert ranker.best([ruled, near, nobody], "person") is ruled
    assert ranker.best([option("A", ruled=True), near, nobody], "person") is near
    assert ranker.best([ruled, near, nobody], "he") is ruled


def test_packaged_weights_belong_to_known_sorts() -> None:
    known = {group for sort in TYPES for group in groups(sort)}
    assert set(weights().features) <= known and weights().margin > 0


@pytest.mark.model
def test_gold_tells_whom_words_mean() -> None:
    cases = read_cases([GOLD], DEFAULT_MODEL)
    right = {
        (case.sort, o.mention.name if o.mention else None)
        for case in cases
        for o, good in zip(case.options, case.right, strict=True)
        if good
    }
    assert right == {("he", "Omar Saleh"), ("person", "Omar Saleh")}
    assert all(case.labelled and case.weight > 1 for case in cases)
