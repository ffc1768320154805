"""Found against gold: the figures, the reader of gold files, reliability, the scoreboard."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from extract import leads, score
from extract.errors import InputError
from extract.model import Code, Triple, triple_from_dict, triple_to_dict
from extract.scoreboard import LeadRun, Run, write_scoreboard

SHARED = Path(__file__).parents[2] / "shared" / "eval"
TEXT = "Norland's president Ada Berg met Carl Dorn. Berg denied bombing Sudia, Dorn said."
GOLD: dict[str, Any] = {
    "id": "a1",
    "text": TEXT,
    "actors": [
        {"name": "Ada Berg", "type": "PERSON", "aliases": ["Berg"]},
        {"name": "Carl Dorn", "type": "PERSON", "aliases": ["Dorn"]},
        {"name": "Sudia", "type": "STATE", "aliases": []},
    ],
    "triples": [
        {"sentence": TEXT[:43], "source": "Ada Berg", "relation": "met", "lemmas": ["meet"],
         "target": "Carl Dorn", "code": "CONSULT", "symmetric": True, "status": "actual"},
        {"sentence": TEXT[44:], "source": "Ada Berg", "relation": "bombing", "lemmas": ["bomb"],
         "target": "Sudia", "code": "ASSAULT", "status": "negated", "attribution": "Carl Dorn"},
    ],
}  # fmt: skip


def triple(source: str, relation: str, target: str, code: str, sentence: int = 0, **more: Any) -> Triple:
    """A found triple of the article above."""
    start, end = [(0, 43), (44, len(TEXT))][sentence]
    row = {
        "article": "a1", "sentence": TEXT[start:end], "start": start, "end": end, "source": source,
        "source_type": "PERSON", "source_mention": source, "source_start": 0, "source_end": 1,
        "relation": relation, "relation_text": relation, "target": target, "target_type": "PERSON",
        "target_mention": target, "target_start": 0, "target_end": 1, "symmetric": False, "group": None,
        "code": code, "mode": None, "status": "actual", "attribution": None, "confidence": 0.9,
        "published": None, "publisher": None, "date": None, "date_end": None, "date_precision": None,
        "location": None, "extractor": "rules", **more,
    }  # fmt: skip
    return triple_from_dict(row)


@pytest.fixture
def gold(tmp_path: Path) -> list[score.GoldArticle]:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    return score.load_gold(path)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (triple("Ada Berg", "met", "Carl Dorn", "CONSULT"), 1),
        (triple("Carl Dorn", "meeting with", "Berg", "OTHER"), 1),  # symmetric, by lemma
        (triple("President Berg", "saw", "Dorn", "CONSULT"), 1),  # by code, title around the name
        (triple("Berg", "bombed", "Sudia", "OTHER", 1), 1),
        (triple("Sudia", "bombed", "Berg", "ASSAULT", 1), 0),  # wrong way round
        (triple("Berg", "praised", "Dorn", "SUPPORT"), 0),  # wrong relation
        (triple("Berg", "met", "Sudia", "CONSULT"), 0),  # wrong pair
        (triple("Berg", "bombed", "Sudia", "ASSAULT", 0), 0),  # wrong sentence
        (triple("Eve Falk", "met", "Dorn", "CONSULT"), 0),  # nobody in the gold
    ],
)
def test_a_triple_is_right_or_not(gold: list[score.GoldArticle], found: Triple, right: int) -> None:
    result = score.score(gold, [found])
    assert result.judged == [(0.9, bool(right))]
    assert result.figures["triple"] == score.prf(right, 1, right, 2)


def test_a_denied_claim_given_as_fact_is_counted(gold: list[score.GoldArticle]) -> None:
    fact = triple("Berg", "bombed", "Sudia", "ASSAULT", 1)
    denied = triple("Berg", "bombed", "Sudia", "ASSAULT", 1, status="negated", attribution="Dorn")
    assert score.score(gold, [fact]).figures["denied_as_fact"] == 1
    figures = score.score(gold, [denied]).figures
    assert (figures["denied_as_fact"], figures["status_accuracy"]) == (0, 1.0)
    assert figures["attribution"]["f1"] == 1.0


def test_the_same_relation_twice_counts_once(gold: list[score.GoldArticle]) -> None:
    met = triple("Ada Berg", "met", "Carl Dorn", "CONSULT")
    assert score.score(gold, [met, met]).figures["found"] == 1


@pytest.mark.parametrize(
    ("lemma", "form", "one"),
    [("meet", "met", True), ("deny", "denied", True), ("ban", "banned", True), ("oversee", "oversaw", True),
     ("meet", "meat", False), ("arm", "army", False), ("ban", "bank", False), ("see", "sea", False)],
)  # fmt: skip
def test_forms(lemma: str, form: str, one: bool) -> None:
    assert (form in score.forms(lemma)) is one


def test_wrong_gold_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + '\n{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:2"):
        score.load_gold(path)


def test_reliability_measures_the_gap() -> None:
    result = score.Score({}, judged=[(0.9, True), (0.9, False), (0.1, False), (1.0, True)])
    rows, error = score.reliability(result)
    assert sum(row[2] for row in rows) == 4
    assert error == pytest.approx((0.1 + (0.9 + 0.9 + 1.0 - 2)) / 4, abs=0.001)


def test_the_scoreboard_keeps_earlier_runs(gold: list[score.GoldArticle], tmp_path: Path) -> None:
    path = tmp_path / "SCOREBOARD.md"
    result = score.score(gold, [triple("Ada Berg", "met", "Carl Dorn", "ASSAULT")])
    for day in ("2026-01-01", "2026-01-02"):
        run = Run(day, "abc1234", "small", "open", result.figures, 0.1, result.phenomena, result.confusion)
        lead = LeadRun(day, "abc1234", "small", "all", {"gold pairs": 3, "found": 2, "pair recall": 0.25})
        write_scoreboard(path, [run], [lead])
    text = path.read_text(encoding="utf-8")
    assert text.count("| abc1234 | small | open |") == 2
    assert text.count("| abc1234 | small | all | 3 | 2 | 0.25 |") == 2
    assert text.count("## Wire leads") == 1
    assert text.count("## open") == 1
    assert "| CONSULT | ASSAULT | 1 |" in text


def _referee() -> ModuleType:
    spec = importlib.util.spec_from_file_location("referee", SHARED / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _damaged(gold: list[score.GoldArticle], rng: random.Random) -> list[Triple]:
    """Gold triples as if found, some with wrong ends, codes, statuses, places or speakers."""
    out = []
    for article in gold:
        names = [name for actor in article.actors for name in (actor.name, *actor.aliases)]
        for g in article.triples:
            at = article.text.find(g.sentence)
            fact = triple(g.source, g.relation, g.target, g.any_code[0].replace("YIELD", "CONCEDE"))
            row = {
                **triple_to_dict(fact), "article": article.id, "sentence": g.sentence, "start": at,
                "status": g.any_status[0], "attribution": g.any_speaker[0],
                "confidence": rng.random(),
            }  # fmt: skip
            for key, values in (
                ("source", names), ("target", names), ("code", ["SAY", "ROLE", "ASSAULT", "RETREAT"]),
                ("status", ["actual", "future", "negated"]), ("attribution", [*names, None]),
                ("relation", ["of", "met with", "attack on"]), ("start", [0, at + 40]),
            ):  # fmt: skip
                if rng.random() < 0.2:
                    row[key] = rng.choice(values)
            out.append(triple_from_dict(row))
    return out


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="../shared, with the referee, is not here")
@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_the_referees(seed: int) -> None:
    path = SHARED / "dev" / "articles.jsonl"
    gold, referee = score.load_gold(path), _referee()
    found = _damaged(gold, random.Random(seed))
    rows = [triple_to_dict(t) for t in found]
    assert score.score(gold, found).figures == referee.score_articles(referee.load(str(path)), rows, 0)


LEAD = leads.GoldLead("a1", "Turkey's army attacked Norland.", "FIGHT", [("Turkey", "Norland")])


@pytest.mark.parametrize(
    ("source", "target", "code", "pair", "coded"),
    [
        ("Turkey", "Norland", "ASSAULT", 1.0, 1.0),
        ("Turkish army", "Norland", "ASSAULT", 1.0, 1.0),
        ("Turkey", "Norland", "COERCE", 1.0, 0.0),
        ("Turkey", "the Norland government", "ASSAULT", 1.0, 1.0),
        ("Norland", "Turkey", "ASSAULT", 0.0, 0.0),
        ("Turkey", "Sudia", "ASSAULT", 0.0, 0.0),
        ("Turkey and Norland", "Norland", "ASSAULT", 0.0, 0.0),
        ("Turkey", "Norland", "SAY", 0.0, 0.0),
    ],
)
def test_a_lead_is_found_or_not(source: str, target: str, code: str, pair: float, coded: float) -> None:
    figures = leads.score_leads([LEAD], [triple(source, "attacked", target, code)])
    assert (figures["pair_recall"], figures["coded_recall"]) == (pair, coded)


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="../shared, with the referee, is not here")
def test_the_leads_figures_are_the_referees() -> None:
    path, rng, found = SHARED / "dev" / "plover.jsonl", random.Random(7), []
    gold, referee = leads.load_leads(path), _referee()
    for lead in gold:
        for one, other in lead.pairs:
            ends = [one, other] if rng.random() < 0.8 else [other, one]
            code = rng.choice([lead.code.replace("YIELD", "RETREAT"), "COERCE", "SAY"])
            row = {**triple_to_dict(triple(ends[0], rng.choice("ab"), ends[1], "SAY")), "code": code}
            if code in get_args(Code):
                found.append(triple_from_dict({**row, "article": lead.id}))
    rows = [triple_to_dict(t) for t in found]
    assert len(found) > 100
    assert leads.score_leads(gold, found) == referee.score_plover(referee.load(str(path)), rows, 0)
