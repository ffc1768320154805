"""Sentence → triples by the default model: who did what to whom, and what must not be read into it."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extract.model import Article, Triple
from extract.pipeline import RulesExtractor

pytestmark = pytest.mark.model


@lru_cache(maxsize=1)
def extractor() -> RulesExtractor:
    return RulesExtractor()


def triples(text: str, published: str | None = "2015-06-10") -> list[Triple]:
    ((_, found),) = extractor().extract(iter([Article("a", text, published=published)]))
    return found


def told(text: str) -> set[tuple[str, str, str]]:
    """Source, target and code of all but roles; the ends of a symmetric triple in order."""
    out = set()
    for t in triples(text):
        if t.code != "ROLE":
            one, other = sorted((t.source, t.target)) if t.symmetric else (t.source, t.target)
            out.add((one, t.code, other))
    return out


VERBS = [
    ("France accused Turkey of lying.", {("France", "ACCUSE", "Turkey")}),
    ("Turkey was accused by France.", {("France", "ACCUSE", "Turkey")}),
    ("Karin Dahl met with Omar Sayed in Vienna.", {("Karin Dahl", "CONSULT", "Omar Sayed")}),
    ("Karin Dahl and Omar Sayed met in Vienna.", {("Karin Dahl", "CONSULT", "Omar Sayed")}),
    ("Brazil called on Chile to join the treaty.", {("Brazil", "REQUEST", "Chile")}),
    ("Indian troops withdrew from Kashmir.", {("Indian troops", "RETREAT", "Kashmir")}),
    ("Peru expelled the Spanish ambassador.", {("Peru", "SANCTION", "Spain")}),
    ("Peru protested, and so did Spain.", set()),
    ("The president of Kenya spoke about the weather.", set()),
    ("Norway's economy grew while Sweden's shrank.", set()),
    ("Norway and Sweden lie in the north of Europe.", set()),
    ("Karin Dahl was born in Vienna and Omar Sayed in Cairo.", set()),
    ("Egypt, like Jordan, has little water.", set()),
]
CLAUSES = [
    ("Karin Dahl, who was received by Omar Sayed, thanked Egypt.",
     {("Omar Sayed", "CONSULT", "Karin Dahl"), ("Karin Dahl", "SUPPORT", "Egypt")}),
    ("The town was shelled by Indian troops backed by Nepal.", {("Nepal", "SUPPORT", "Indian troops")}),
    ("Greece promised to help Cyprus.", {("Greece", "AGREE", "Cyprus")}),
    ("Greece asked Cyprus to support Malta.",
     {("Greece", "REQUEST", "Cyprus"), ("Cyprus", "SUPPORT", "Malta")}),
    ("Greece refused to meet Turkey.", {("Greece", "REJECT", "Turkey")}),
    ("After meeting Omar Sayed, Karin Dahl praised Egypt.",
     {("Karin Dahl", "CONSULT", "Omar Sayed"), ("Karin Dahl", "SUPPORT", "Egypt")}),
    ("Denmark criticised Poland and threatened Hungary.",
     {("Denmark", "ACCUSE", "Poland"), ("Denmark", "THREATEN", "Hungary")}),
    ("Denmark criticised Poland and Hungary.",
     {("Denmark", "ACCUSE", "Poland"), ("Denmark", "ACCUSE", "Hungary")}),
    ("Denmark, which borders Germany, held an election.", set()),
    ("A man who once lived in Kenya opened a shop in Uganda.", set()),
    ("Poland's minister, whose wife comes from Hungary, resigned.", set()),
    ("Asked about Chile, Karin Dahl smiled.", set()),
]  # fmt: skip
NOUNS = [
    ("The sanctions that Japan imposed on China remain in force.", {("Japan", "SANCTION", "China")}),
    ("Talks between Greece and Turkey ended in Geneva.", {("Greece", "CONSULT", "Turkey")}),
    ("Karin Dahl's meeting with Omar Sayed lasted two hours.", {("Karin Dahl", "CONSULT", "Omar Sayed")}),
    ("Greece held talks with Turkey.", {("Greece", "CONSULT", "Turkey")}),
    ("Ethiopia launched an attack on Eritrea.", {("Ethiopia", "ASSAULT", "Eritrea")}),
    ("Nepal received aid from India.", {("India", "AID", "Nepal")}),
    ("Rebel troops took control of Aleppo with support from Iran.", set()),
    ("The talks were long and the meeting room was cold.", set()),
    ("The attack surprised Norway.", set()),
    ("Norway's aid budget and Sweden's defence spending rose.", set()),
    ("A Peruvian visit planner and a Chilean attack dog won prizes.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*VERBS, *CLAUSES, *NOUNS])
def test_relations(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = told(text)
    assert expected <= found
    if not expected:
        assert found == set()


def test_parties_of_one_meeting_share_a_group() -> None:
    found = [t for t in triples("Greece, Turkey and Cyprus held talks.") if t.code == "CONSULT"]
    assert {frozenset((t.source, t.target)) for t in found} == {
        frozenset(pair) for pair in (("Greece", "Turkey"), ("Greece", "Cyprus"), ("Turkey", "Cyprus"))
    }
    assert len({t.group for t in found}) == 1 and found[0].group is not None
    assert all(t.symmetric for t in found)


def test_two_parties_have_no_group() -> None:
    (found,) = [t for t in triples("Greece and Turkey held talks.") if t.code == "CONSULT"]
    assert found.group is None


STATUS = [
    ("Greece attacked Turkey.", "actual"),
    ("Greece will attack Turkey.", "future"),
    ("Greece plans to attack Turkey.", "future"),
    ("Greece is expected to attack Turkey.", "future"),
    ("Greece did not attack Turkey.", "negated"),
    ("Greece never attacked Turkey.", "negated"),
    ("Greece denied attacking Turkey.", "negated"),
    ("Greece denied that it had attacked Turkey.", "negated"),
    ("Greece could attack Turkey.", "hypothetical"),
    ("Greece would attack Turkey if it could.", "hypothetical"),
    ("Greece has attacked Turkey.", "actual"),
    ("Greece attacked Turkey without warning.", "actual"),
    ("Greece, not known for patience, attacked Turkey.", "actual"),
    ("Greece attacked Turkey, which could not resist.", "actual"),
    ("Greece attacked Turkey although it would be costly.", "actual"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status(text: str, status: str) -> None:
    found = [t for t in triples(text) if (t.source, t.target) == ("Greece", "Turkey")]
    assert [t.status for t in found] == [status]


SPEAKERS = [
    ("Greece attacked Turkey, Cyprus said.", "Cyprus"),
    ("Cyprus said that Greece attacked Turkey.", "Cyprus"),
    ("According to Cyprus, Greece attacked Turkey.", "Cyprus"),
    ('"Greece attacked Turkey," said Karin Dahl.', "Karin Dahl"),
    ("Greece attacked Turkey, according to the Red Cross.", "Red Cross"),
    ("Greece attacked Turkey.", None),
    ("Greece attacked Turkey, and Cyprus said nothing.", None),
    ("Greece attacked Turkey after Cyprus spoke.", None),
    ("Greece attacked Turkey, a country said to be poor.", None),
    ("Cyprus spoke of peace. Greece attacked Turkey.", None),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_who_says_so(text: str, speaker: str | None) -> None:
    found = [t for t in triples(text) if t.code == "ASSAULT"]
    assert [t.attribution for t in found] == [speaker]


def test_a_triple_quotes_its_sentence_and_its_ends() -> None:
    met = "Karin Dahl met Peter Brandt in Vienna on Monday."
    text = f"LONDON, June 9 (Reuters) - Rain fell.\n\n{met} She left."
    (found,) = [t for t in triples(text) if t.code == "CONSULT" and t.target == "Peter Brandt"]
    assert text[found.start : found.end] == found.sentence == met
    assert text[found.source_start : found.source_end] == found.source_mention == "Karin Dahl"
    assert text[found.target_start : found.target_end] == found.target_mention == "Peter Brandt"
    assert (found.relation, found.relation_text) == ("meet", "met")
    assert (found.date, found.date_precision, found.location) == ("2015-06-08", "day", "Vienna")
    assert found.publisher == "Reuters" and found.published == "2015-06-10"
    assert 0.0 < found.confidence < 1.0 and found.extractor == extractor().name
