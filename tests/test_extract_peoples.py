"""Sentence → people, bodies and missions by whom they belong to; and what looks like them but is none."""

from __future__ import annotations

import pytest

from tests.reading import resolved

pytestmark = pytest.mark.model

PEOPLE = [
    ("Portuguese trawlermen blocked the harbour.", "Portuguese trawlermen", "GROUP"),
    ("Norwegian beekeepers met the minister.", "Norwegian beekeepers", "GROUP"),
    ("Peru expelled three Swedish botanists on Monday.", "Swedish botanists", "GROUP"),
    ("Kenya arrested 12 Somali smugglers.", "Somali smugglers", "GROUP"),
    ("Peru was sued by Bolivian shearers.", "Bolivian shearers", "GROUP"),
    ("Norwegian truckers blocked the road.", "Norwegian truckers", "GROUP"),
    ("Norway seized two Russian trawlers on Friday.", "Russian trawlers", "GROUP"),
    ("Police from Kenya and Uganda arrested the robbers.", "Police from Kenya", "GROUP"),
    ("Police from Kenya and Uganda arrested the robbers.", "Police from Uganda", "GROUP"),
    ("Priests from two Polish parishes wrote to Norway.", "Priests from two Polish parishes", "GROUP"),
    ("Hackers based in Estonia robbed a bank.", "Hackers based in Estonia", "GROUP"),
    ("Nuns from three Bolivian convents met the pope.", "Nuns from three Bolivian convents", "GROUP"),
    ("Norway appealed to Baltic governments on Friday.", "Baltic governments", "GROUP"),
    ("A Norwegian newspaper accused Peru of lying.", "Norwegian newspaper", "GROUP"),
    ("Kenya's Somali minority thanked Norway.", "Kenya's Somali minority", "GROUP"),
    ("The Danish garrison left Greenland.", "Danish garrison", "GROUP"),
    ("Peru's coastal federation threatened Bolivia.", "Peru's coastal federation", "GROUP"),
    ("Marchers attacked the Danish embassy in Nairobi.", "Danish embassy in Nairobi", "ORG"),
    ("Gunmen kidnapped a Norwegian geologist on Friday.", "Norwegian geologist", "PERSON"),
    ("Gunmen kidnapped a Kenyan student leader.", "Kenyan student leader", "PERSON"),
    ("Peru jailed a dissident Buddhist monk.", "dissident Buddhist monk", "PERSON"),
    ("Norway freed 30 Russian prisoners of war.", "Russian prisoners of war", "GROUP"),
    ("Farmers near the Kenyan frontier fled.", "Farmers near the Kenyan frontier", "GROUP"),
    ("Rebels attacked a police station in Nairobi.", "police station in Nairobi", "PLACE"),
    ("Rebels shelled the Kenyan frontier.", "Kenyan frontier", "PLACE"),
    ("Kenya shrank. Rebels attacked the presidential guard.", "presidential guard", "GROUP"),
    ("Kenyan students clashed with riot police on Friday.", "riot police", "GROUP"),
    ("Dutch police Thursday ordered Kenyan MPs to leave.", "Dutch police", "GROUP"),
    ("Dutch police Thursday ordered Kenyan MPs to leave.", "Kenyan MPs", "GROUP"),
    ("He said the Afghan air force struck three vehicles.", "Afghan air force", "GROUP"),
    ("Striking miners attacked the police in Peru.", "Striking miners", "GROUP"),
    ("Federal police officers arrested Robert Hale.", "Federal police officers", "GROUP"),
    ("The Catholic bishops of Venezuela condemned Kenya.", "Catholic bishops of Venezuela", "GROUP"),
    ("Ten striking miners at the Tanjia Mine met Peru.", "striking miners at the Tanjia Mine", "GROUP"),
    ("The Russian and Syrian armies attacked Idlib.", "Syrian army", "GROUP"),
    ("The Russian and Ukrainian foreign ministries met.", "Russian foreign ministry", "GROUP"),
    ("The government-backed forces attacked Idlib.", "government-backed forces", "GROUP"),
    ("Delegates of the Green Party met Kenya.", "Delegates of the Green Party", "GROUP"),
    ("He told state TV that Kenya had lied. Kenya fell. Kenya lost.", "state TV", "GROUP"),
    ("Lendu militiamen attacked Congo.", "Lendu militiamen", "GROUP"),
    ("Canada's spy agency warned Peru.", "Canada's spy agency", "GROUP"),
    ("Peru held members of the Basque group ETA.", "members of the Basque group ETA", "GROUP"),
    ("Sufi leaders backed the general.", "Sufi leaders", "GROUP"),
    ("The Kenyan-led force attacked the gangs of Haiti.", "Kenyan-led force", "GROUP"),
    ("The Jordanian intelligence service warned the CIA.", "Jordanian intelligence service", "GROUP"),
    ("The U.N. refugee agency urged Kenya to stop.", "U.N. refugee agency", "GROUP"),
    ("The Kenyan central bank fined Barclays.", "Kenyan central bank", "GROUP"),
    ("The Viet Tan group called on Hanoi to free him.", "Viet Tan", "ORG"),
    ("Algeria broke up a march by the Hirak protest movement.", "Hirak", "ORG"),
    (
        "Members of the Democratic Front for the Liberation of Palestine attacked Israel.",
        "Members of the Democratic Front for the Liberation of Palestine",
        "GROUP",
    ),
    ("Congo signed. Congo fell. The army fled.", "Congolese army", "GROUP"),
    ("The Svoda newspaper accused Kenya of lying.", "Svoda", "ORG"),
    ("He told the Dan news agency that Kenya had lied.", "Dan", "ORG"),
]

OTHERS = [
    ("Trawlermen blocked the harbour.", "Trawlermen"),
    ("Residents blamed officials.", "Residents"),
    ("Norwegian specimens were sold.", "Norwegian specimens"),
    ("Peru collected Norwegian fees.", "Norwegian fees"),
    ("She holds two Danish degrees.", "Danish degrees"),
    ("Norwegian wrists are strong.", "Norwegian wrists"),
    ("A Norwegian newspaper editor met the pope.", "Norwegian newspaper"),
    ("Nordlys, a Norwegian newspaper, accused Peru.", "Norwegian newspaper"),
    ("Nordlys is a Norwegian newspaper.", "Norwegian newspaper"),
    ("The Norwegian newspaper accused Peru.", "Norwegian newspaper"),
    ("Rebels attacked the presidential guard.", "presidential guard"),
    ("Rebels attacked a police station in summer.", "police station in summer"),
    ("Police arrested a tourist in Nairobi.", "tourist in Nairobi"),
    ("Peru jailed the team leader.", "team leader"),
    ("Peru jailed a Norwegian team leader.", "Norwegian team leader"),
    ("Karin Dahl met the Norwegian frontier guard.", "Norwegian frontier"),
    ("Officials near the Kenyan frontier fled.", "Officials near the Kenyan frontier"),
    ("Rioters clashed with riot police.", "riot police"),
    ("Karin Dahl is a Norwegian geologist.", "Norwegian geologist"),
    ("The Norwegian geologist wept.", "Norwegian geologist"),
    ("Karin Dahl worked as a Norwegian geologist.", "Norwegian geologist"),
    ("A Norwegian geologist, Karin Dahl, met the pope.", "Norwegian geologist"),
    ("Priests from two parishes wept.", "Priests from two parishes"),
    ("A hat made in Estonia was sold.", "hat made in Estonia"),
    ("Boxes from two Polish parishes arrived.", "Boxes from two Polish parishes"),
    ("Letters from Kenya and Uganda arrived.", "Letters from Kenya"),
    ("The Danish embassy compound burned.", "Danish embassy"),
    ("Officials in Polish schools wept.", "Officials in Polish schools"),
    ("Kenya sued over striking similarities.", "striking similarities"),
    ("The government-backed loans grew.", "government-backed loans"),
    ("Egypt's military-backed government banned the party.", "Egypt's military"),
    ("The Canadian agency warned Peru.", "Canadian agency"),
    ("The U.N. refugee agency, UNHCR, thanked Peru.", "U.N. refugee agency"),
    ("The Kenyan central bank chief resigned.", "chief"),
    ("The chief of army staff met Chief of Army Staff Abdul Karim.", "Army Staff"),
    ("Canada's spy agency, the CSIS, warned Peru.", "Canada's spy agency"),
    ("Islamist groups in Mali attacked Niger.", "Islamist groups in Mali"),
    ("He told state TV a story.", "state TV"),
    ("The Russian and Syrian armies attacked Idlib.", "Syrian armies"),
    ("The Coalition of the willing met.", "Coalition of the willing"),
    ("Federal funds were frozen.", "Federal funds"),
    ("Rebel commanders met envoys of Kenya.", "Rebel commanders"),
    ("The striking teacher wept.", "striking teacher"),
    ("Student loans rose in Kenya.", "Student loans"),
    ("The Afghan force field amused Peru.", "Afghan force"),
]


@pytest.mark.parametrize(("text", "name", "kind"), PEOPLE)
def test_people_belong_to_what_is_named(text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(mention.name, mention.type) for mention in resolved(text)}


@pytest.mark.parametrize(("text", "name"), OTHERS)
def test_what_only_looks_like_people(text: str, name: str) -> None:
    assert name not in {mention.name for mention in resolved(text)}


def test_a_stranger_is_nobody_that_he_means() -> None:
    mentions = resolved("Robert Hale met the press. He had freed a Norwegian geologist before his trip.")
    assert {mention.name for mention in mentions if mention.kind == "pronoun"} == {"Robert Hale"}
