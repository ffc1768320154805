"""Sentence → triples by the default model: who did what to whom, and what must not be read into it."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extract.model import Article, Triple
from extract.pipeline import RulesExtractor
from tests.reading import ends, proposed

pytestmark = pytest.mark.model


@lru_cache(maxsize=1)
def extractor() -> RulesExtractor:
    return RulesExtractor()


def triples(text: str, published: str | None = "2015-06-10") -> list[Triple]:
    ((_, found),) = extractor().extract(iter([Article("a", text, published=published)]))
    return found


def told(text: str) -> set[tuple[str, str, str]]:
    """Source, target and code of all but roles; the ends of a symmetric triple in order."""
    return ends(t for t in triples(text) if t.code != "ROLE")


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


# What one says one will do, what one only holds out, what a purpose adds; half must not be proposed.
INTENT = [
    ("Norway is willing to send doctors to help Nepal.", ("Norway", "AGREE", "Nepal"), True),
    ("Norway sent doctors to help Nepal.", ("Norway", "AGREE", "Nepal"), False),
    ("Chad vowed to continue to fight Libya.", ("Chad", "THREATEN", "Libya"), True),
    ("Chad continued to fight Libya.", ("Chad", "THREATEN", "Libya"), False),
    ("Sudan warned that it would attack Uganda.", ("Sudan", "THREATEN", "Uganda"), True),
    ("Sudan warned that Kenya would attack Uganda.", ("Sudan", "THREATEN", "Uganda"), False),
    ("Sudan warned that it had attacked Uganda.", ("Sudan", "THREATEN", "Uganda"), False),
    ("Peru promised that it would help Bolivia.", ("Peru", "AGREE", "Bolivia"), True),
    ("Peru promised that it would attack Bolivia.", ("Peru", "ASSAULT", "Bolivia"), False),
    ("Denmark pledged 20 million euros to Haiti.", ("Denmark", "AGREE", "Haiti"), True),
    ("Denmark gave 20 million euros to Haiti.", ("Denmark", "AGREE", "Haiti"), False),
    ("Denmark offered Haiti help.", ("Denmark", "AGREE", "Haiti"), True),
    ("Denmark received help from Haiti.", ("Haiti", "AGREE", "Denmark"), False),
    ("Senegal gave the Spanish consul two days to leave.", ("Senegal", "SANCTION", "Spain"), True),
    ("Senegal gave the Spanish consul a carpet.", ("Senegal", "SANCTION", "Spain"), False),
    ("Kenya is committed to helping Chad.", ("Kenya", "AGREE", "Chad"), True),
    ("Kenya is known for helping Chad.", ("Kenya", "AGREE", "Chad"), False),
    ("Norway stopped buying oil from Chad.", ("Norway", "SANCTION", "Chad"), True),
    ("Norway started buying oil from Chad.", ("Norway", "SANCTION", "Chad"), False),
    ("Libya stopped shelling Chad.", ("Libya", "CONCEDE", "Chad"), True),
    ("Libya kept shelling Chad.", ("Libya", "CONCEDE", "Chad"), False),
    ("Chad is violating the truce, Libya complained.", ("Libya", "ACCUSE", "Chad"), True),
    ("Chad is keeping the truce, Libya said.", ("Libya", "ACCUSE", "Chad"), False),
    ("Kenyan miners threw stones at Libyan police.", ("Kenyan miners", "PROTEST", "Libyan police"), True),
    ("Kenyan troops threw stones at Libyan police.", ("Kenyan troops", "PROTEST", "Libyan police"), False),
    ("Kenyan miners greeted Libyan police.", ("Kenyan miners", "PROTEST", "Libyan police"), False),
    ("Libya must hand over the men, Norway said.", ("Norway", "REQUEST", "Libya"), True),
    ("Libya has to hand over the men, Norway said.", ("Norway", "REQUEST", "Libya"), True),
    ("Libya has handed over the men, Norway said.", ("Norway", "REQUEST", "Libya"), False),
    ("Sudan will not hesitate to attack Uganda.", ("Sudan", "THREATEN", "Uganda"), True),
    ("Sudan hesitated to attack Uganda.", ("Sudan", "THREATEN", "Uganda"), False),
    ("Chad will return the weapons seized from Kenya.", ("Chad", "AGREE", "Kenya"), True),
    ("Chad will sell the weapons seized from Kenya.", ("Chad", "AGREE", "Kenya"), False),
    ("Kenya said it would boycott the vote unless Libya apologised.", ("Kenya", "THREATEN", "Libya"), True),
    ("Kenya said it would attend the vote if Libya apologised.", ("Kenya", "THREATEN", "Libya"), False),
    ("Kenya will no longer let Somali refugees in.", ("Kenya", "REJECT", "Somali refugees"), True),
    ("Kenya will soon let Somali refugees in.", ("Kenya", "REJECT", "Somali refugees"), False),
    ("Kenyan rebels blew up a bridge leading into Somalia.", ("Kenyan rebels", "ASSAULT", "Somalia"), True),
    ("Kenyan rebels photographed a bridge leading into Somalia.",
     ("Kenyan rebels", "ASSAULT", "Somalia"), False),
    ("Kenyan troops remained on alert along the border with Somalia.",
     ("Kenyan troops", "MOBILIZE", "Somalia"), True),
    ("Kenyan troops remained at ease along the border with Somalia.",
     ("Kenyan troops", "MOBILIZE", "Somalia"), False),
    ("Kenyan miners marched in a rally calling for the removal of Omar Sayed.",
     ("Kenyan miners", "PROTEST", "Omar Sayed"), True),
    ("Kenyan miners rested after a concert praising Omar Sayed.",
     ("Kenyan miners", "PROTEST", "Omar Sayed"), False),
    ("The bank approved a loan to help Malawi rebuild bridges. Norway will help Chad rebuild.",
     ("Norway", "AGREE", "Chad"), True),
    ("Spain accepted Moroccan mediation.", ("Spain", "AGREE", "Morocco"), True),
    ("Moroccan mediation failed in Spain.", ("Spain", "AGREE", "Morocco"), False),
    ("Norway was host to Chad.", ("Norway", "CONSULT", "Chad"), True),
    ("Norway was far from Chad.", ("Norway", "CONSULT", "Chad"), False),
    ("Kenyan police opened fire to disperse Somali students.",
     ("Kenyan police", "ASSAULT", "Somali students"), True),
    ("Kenyan police opened gates to welcome Somali students.",
     ("Kenyan police", "ASSAULT", "Somali students"), False),
    ("Senegal gave Spain until Friday to answer.", ("Senegal", "THREATEN", "Spain"), True),
    ("Senegal gave Spain carpets on Friday.", ("Senegal", "THREATEN", "Spain"), False),
    ("Senegal gave Spain two days to answer.", ("Senegal", "SANCTION", "Spain"), False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple", "fires"), INTENT)
def test_what_is_proposed(text: str, triple: tuple[str, str, str], fires: bool) -> None:
    assert (triple in {(t.source, t.code, t.target) for t in proposed(text)}) == fires


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
    ("Greece became the third state to attack Turkey.", "actual"),
    ("Greece will be the third state to attack Turkey.", "future"),
    ("Greece may become the only state to attack Turkey.", "hypothetical"),
    ("Greece made a second attempt to attack Turkey.", "hypothetical"),
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
