"""Turns of phrase that tell of quarrels, courts, visits and deeds: (source, code, target) held or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model


def held(text: str) -> set[tuple[str, str, str]]:
    return ends(proposed(text))


HOLDS = [
    ("Kenya is at odds with Uganda over the dam.", ("Kenya", "REJECT", "Uganda")),
    ("Kenya has been at loggerheads with Uganda since June.", ("Kenya", "REJECT", "Uganda")),
    ("Kenya is locked in a dispute with Uganda over the islands.", ("Kenya", "REJECT", "Uganda")),
    ("Kenya is embroiled in a row with Uganda.", ("Kenya", "REJECT", "Uganda")),
    ("Kenya was drawn into a war with Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Kenya settled its long-running legal battle with Uganda.", ("Kenya", "AGREE", "Uganda")),
    ("Kenya and Uganda suspended peace talks on Tuesday.", ("Kenya", "SANCTION", "Uganda")),
    ("Kenya and Uganda severed diplomatic relations in May.", ("Kenya", "SANCTION", "Uganda")),
    ("Kenya and Uganda traded accusations over the killings.", ("Kenya", "ACCUSE", "Uganda")),
    ("It was Kenya that attacked Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Kenya has severed ties with Uganda and Peru expelled the Ugandan ambassador.",
     ("Peru", "SANCTION", "Uganda")),
    ("Norway vowed to expel Peru's ambassador and Chile broke ties with Bolivia on Monday.",
     ("Bolivia", "SANCTION", "Chile")),
    ("Kenya gave the Ugandan ambassador 48 hours to leave.", ("Kenya", "SANCTION", "Uganda")),
    ("Norway gave the Kenyan troops 48 hours to leave Peru.", ("Kenyan troops", "RETREAT", "Peru")),
    ("Kenya is responsible for the killing of Peter Brandt, Uganda said.",
     ("Kenya", "ASSAULT", "Peter Brandt")),
    ("Kenya claimed responsibility for the attack on Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Norway said Kenya was behind the killing of Peter Brandt.", ("Kenya", "ASSAULT", "Peter Brandt")),
    ("Norway rejected Uganda's accusations against Kenya.", ("Uganda", "ACCUSE", "Kenya")),
    ("Uganda's accusations against Kenya were rejected by Norway.", ("Uganda", "ACCUSE", "Kenya")),
    ("Peter Brandt attacked the Orange Party's handling of the crisis.",
     ("Peter Brandt", "ACCUSE", "Orange Party")),
    ("Kenya launched a blistering attack on Uganda's human rights record.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya pledged not to attack Uganda.", ("Kenya", "AGREE", "Uganda")),
    ("Kenyan police are holding Peter Brandt.", ("Kenyan police", "COERCE", "Peter Brandt")),
    ("Peter Brandt is wanted by Kenya for fraud.", ("Kenya", "COERCE", "Peter Brandt")),
    ("Peter Brandt called on President Karin Dahl on Friday.", ("Peter Brandt", "CONSULT", "Karin Dahl")),
    ("Peter Brandt lost to Karin Dahl in the run-off.", ("Peter Brandt", "CONCEDE", "Karin Dahl")),
    ("Thousands of Kenyans took to the streets to protest against Peter Brandt.",
     ("Kenyans", "PROTEST", "Peter Brandt")),
    ("The Supreme Court ruled against Greenpeace.", ("Supreme Court", "REJECT", "Greenpeace")),
    ("Greenpeace won a lawsuit against Shell.", ("Greenpeace", "ACCUSE", "Shell")),
    ("Peter Brandt stood trial at the International Criminal Court.",
     ("International Criminal Court", "ACCUSE", "Peter Brandt")),
    ("The Orange Party broke ranks with Peter Brandt.", ("Orange Party", "REJECT", "Peter Brandt")),
    ("Peter Brandt is expected in Nairobi for talks with Karin Dahl.",
     ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("Norway called for Peru to withdraw.", ("Norway", "REQUEST", "Peru")),
    ("Norway's call for Peru to withdraw was ignored.", ("Norway", "REQUEST", "Peru")),
    ("There were calls by Chile and Norway for Peru to free two men.", ("Chile", "REQUEST", "Peru")),
    ("Norway renewed its call on Peru to free Karin Dahl.", ("Norway", "REQUEST", "Peru")),
    ("Talks between Peter Brandt and Karin Dahl, mediated by Norway, collapsed.",
     ("Norway", "CONSULT", "Karin Dahl")),
    ("A ceasefire brokered by Norway between Peru and Chile held.", ("Norway", "CONSULT", "Chile")),
    ("Kenya is opposed to Uganda's bid.", ("Kenya", "REJECT", "Uganda")),
    ("Norway criticised the deal Peter Brandt struck with Karin Dahl, which angered Peru.",
     ("Karin Dahl", "AGREE", "Peter Brandt")),
    ("Norway criticised the deal Peter Brandt struck with Karin Dahl.",
     ("Norway", "ACCUSE", "Peter Brandt")),
    ("Norway attacked Peter Brandt for human rights abuses.", ("Norway", "ACCUSE", "Peter Brandt")),
    ("Peruvian traders were deported from Kenya on Friday.", ("Kenya", "SANCTION", "Peruvian traders")),
    ("Peruvian traders were thrown out of Kenya.", ("Kenya", "SANCTION", "Peruvian traders")),
    ("Kenya and Norway must agree on a truce.", ("Kenya", "AGREE", "Norway")),
    ("Norway praised the Peruvian-led force.", ("Norway", "SUPPORT", "Peruvian-led force")),
    ("The Northern Herald attacked Peter Brandt.", ("Northern Herald", "ACCUSE", "Peter Brandt")),
    ("Peter Brandt was recruited by the engineer Anna Dahl.", ("Anna Dahl", "OTHER", "Peter Brandt")),
    ("Anna Dahl gave special treatment to Kestrel Shipyards.", ("Anna Dahl", "SUPPORT", "Kestrel Shipyards")),
    ("The Senate was homing in on Kestrel Shipyards.", ("Senate", "ACCUSE", "Kestrel Shipyards")),
    ("Kenyan rebels raided Kampala.", ("Kenyan rebels", "ASSAULT", "Kampala")),
    ("Norway helped broker a truce between Kenya and Uganda.", ("Norway", "CONSULT", "Uganda")),
    ("Peter Brandt is accused by prosecutors of plotting to kill Karin Dahl.",
     ("Peter Brandt", "ASSAULT", "Karin Dahl")),
    ("Kenyan soldiers repelled an attack by Ugandan fighters.",
     ("Ugandan fighters", "ASSAULT", "Kenyan soldiers")),
    ("Peter Brandt took over from Karin Dahl as party leader.", ("Peter Brandt", "OTHER", "Karin Dahl")),
    ("The Constitutional Court upheld the conviction of Peter Brandt.",
     ("Constitutional Court", "ACCUSE", "Peter Brandt")),
    ("Kenya sent Peter Brandt to Oslo for talks with Karin Dahl.",
     ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("In Oslo, where he arrived on Monday, Peter Brandt met Karin Dahl.",
     ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("Kenya received arms from Eritrea.", ("Eritrea", "AID", "Kenya")),
    ("Peru has arranged talks between Kenya and Chile.", ("Peru", "CONSULT", "Chile")),
]  # fmt: skip
HOLDS_NOT = [
    ("Kenya sent Peter Brandt to Oslo for talks with Karin Dahl.", ("Karin Dahl", "CONSULT", "Kenya")),
    ("At the United Nations, Peru called on Chile to help.", ("Peru", "REQUEST", "United Nations")),
    ("Kenya received Karin Dahl from Eritrea.", ("Eritrea", "AID", "Kenya")),
    ("Kenyan soldiers reported an attack by Ugandan fighters.",
     ("Ugandan fighters", "ASSAULT", "Kenyan soldiers")),
    ("Norway struck a truce with Kenya.", ("Kenya", "CONSULT", "Norway")),
    ("Uganda took the town from Kenya.", ("Uganda", "OTHER", "Kenya")),
    ("The Constitutional Court upheld the appeal of Peter Brandt.",
     ("Constitutional Court", "ACCUSE", "Peter Brandt")),
    ("Norway waited for Peru to withdraw.", ("Norway", "REQUEST", "Peru")),
    ("Chile and Norway had a call about Peru.", ("Chile", "REQUEST", "Peru")),
    ("Karin Dahl paid a call on Peter Brandt.", ("Karin Dahl", "REQUEST", "Peter Brandt")),
    ("Norway rejected calls for Chile to withdraw from Peru.", ("Chile", "RETREAT", "Norway")),
    ("A ceasefire broken by Norway between Monday and Friday angered Chile.",
     ("Norway", "CONSULT", "Chile")),
    ("Talks between Peter Brandt and Karin Dahl, mediated by Norway, collapsed.",
     ("Norway", "AGREE", "Karin Dahl")),
    ("Norway criticised the deal Peter Brandt struck with Karin Dahl.",
     ("Karin Dahl", "ASSAULT", "Peter Brandt")),
    ("Norwegian planes attacked Peru for three days.", ("Norway", "ACCUSE", "Peru")),
    ("Gunmen of the Northern Front attacked Peter Brandt.", ("Northern Front", "ACCUSE", "Peter Brandt")),
    ("Anna Dahl gave medical treatment in Peru.", ("Anna Dahl", "SUPPORT", "Peru")),
    ("Norway went home in Peru's place.", ("Norway", "ACCUSE", "Peru")),
    ("Peruvian traders were deported from Kenya on Friday.", ("Peruvian traders", "SANCTION", "Kenya")),
    ("Peruvian traders ordered food from Kenya.", ("Kenya", "SANCTION", "Peruvian traders")),
    ("Kenya and Norway must agree to major changes.", ("Kenya", "AGREE", "Norway")),
    ("Norway bombed Peruvian-made rockets.", ("Norway", "ASSAULT", "Peru")),
    ("Kenya must prevent a Peru-style war.", ("Kenya", "COERCE", "Peru")),
    ("Kenyan police raided the offices of the Orange Party.", ("Kenyan police", "ASSAULT", "Orange Party")),
    ("A deal was signed after pressure on Karin Dahl, Peter Brandt said.",
     ("Peter Brandt", "REQUEST", "Karin Dahl")),
    ("Kenya and Uganda suspended their talks with Norway.", ("Kenya", "SANCTION", "Uganda")),
    ("Kenya and Uganda severed relations with Norway.", ("Kenya", "SANCTION", "Uganda")),
    ("Kenya and Uganda traded coffee.", ("Kenya", "ACCUSE", "Uganda")),
    ("It is clear that Kenya attacked Uganda.", ("Uganda", "ASSAULT", "Kenya")),
    ("Kenya severed ties with Uganda and Peru and expelled the Chilean ambassador.",
     ("Peru", "SANCTION", "Chile")),
    ("Norway's ties with Kenya and Peru angered Chile.", ("Peru", "OTHER", "Chile")),
    ("Kenya has severed ties with Uganda and Peru expelled the Ugandan ambassador.",
     ("Kenya", "SANCTION", "Peru")),
    ("Norway gave the Kenyan troops 48 hours to leave Peru.", ("Norway", "RETREAT", "Peru")),
    ("Kenya took responsibility for the railway, and Norway attacked Uganda.",
     ("Kenya", "ASSAULT", "Uganda")),
    ("Kenya was responsible for Uganda's defence.", ("Kenya", "ASSAULT", "Uganda")),
    ("Norway rejected Uganda's accusations against Kenya.", ("Norway", "ACCUSE", "Kenya")),
    ("Peter Brandt attacked the Orange Party's offices.", ("Peter Brandt", "ACCUSE", "Orange Party")),
    ("Kenya vowed to attack Uganda.", ("Kenya", "AGREE", "Uganda")),
    ("Kenyan police held a meeting with Peter Brandt.", ("Kenyan police", "COERCE", "Peter Brandt")),
    ("Kenya wanted Peter Brandt to resign.", ("Kenya", "COERCE", "Peter Brandt")),
    ("Peter Brandt called on President Karin Dahl to resign.", ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("Peter Brandt called on Karin Dahl for help.", ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("Kenya protested against Uganda's decision.", ("Kenya", "PROTEST", "Uganda")),
    ("The Supreme Court rules in Norway.", ("Supreme Court", "REJECT", "Norway")),
    ("Peter Brandt is expected in Nairobi for talks with Karin Dahl.",
     ("Peter Brandt", "AGREE", "Karin Dahl")),
    ("Talks with Karin Dahl are expected in Nairobi, said Peter Brandt.",
     ("Peter Brandt", "AGREE", "Karin Dahl")),
]  # fmt: skip
RAID = ("Kenya", "ASSAULT", "Uganda")
STATED = [
    ("Kenya has no plans to invade Uganda.", RAID, "negated"),
    ("Kenya had no intention of attacking Uganda.", RAID, "negated"),
    ("Kenya has plans to invade Uganda.", RAID, "future"),
    ("Kenya stopped short of accusing Uganda.", ("Kenya", "ACCUSE", "Uganda"), "negated"),
    ("Kenya stopped after bombing Uganda.", RAID, "actual"),
    ("Kenya would have attacked Uganda if Peru had not acted.", RAID, "hypothetical"),
    ("Kenya denied responsibility for the attack on Uganda.", RAID, "negated"),
    ("Kenya did not rule out attacking Uganda.", RAID, "hypothetical"),
    ("Kenya has not ruled out an attack on Uganda.", RAID, "hypothetical"),
    ("Kenya is suspected of having attacked Uganda.", RAID, "hypothetical"),
    ("Kenya is guilty of having attacked Uganda.", RAID, "actual"),
    ("Kenya accepted responsibility for the attack on Uganda.", RAID, "actual"),
    ("Norway prompted Kenya to attack Uganda.", RAID, "actual"),
    ("Norway urged Kenya to attack Uganda.", RAID, "hypothetical"),
    ("Kenya said it was sending troops to Uganda.", ("Kenya", "MOBILIZE", "Uganda"), "future"),
    ("Kenya said it had sent troops to Uganda.", ("Kenya", "MOBILIZE", "Uganda"), "actual"),
    ("Peter Brandt crossed the border to meet Karin Dahl.",
     ("Peter Brandt", "CONSULT", "Karin Dahl"), "actual"),
    ("Peter Brandt wanted to meet Karin Dahl.", ("Peter Brandt", "CONSULT", "Karin Dahl"), "hypothetical"),
    ("Peter Brandt is expected in Nairobi for talks with Karin Dahl.",
     ("Peter Brandt", "CONSULT", "Karin Dahl"), "future"),
    ("Peter Brandt was in Nairobi for talks with Karin Dahl.",
     ("Peter Brandt", "CONSULT", "Karin Dahl"), "actual"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_a_turn_of_phrase_is_understood(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in held(text)


@pytest.mark.parametrize(("text", "triple"), HOLDS_NOT)
def test_a_turn_of_phrase_is_not_read_into(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in held(text)


@pytest.mark.parametrize(("text", "triple", "status"), STATED)
def test_what_a_turn_of_phrase_makes_of_a_deed(text: str, triple: tuple[str, str, str], status: str) -> None:
    found = [t for t in proposed(text) if {t.source, t.target} == {triple[0], triple[2]}]
    assert (triple[1], status) in [(t.code, t.status) for t in found]
