"""First sentences as agencies write them: what the rules propose, and what they must not read into them."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model

HOLDS = [
    ("Peru offered on Thursday to train Chad's new police force, Mayor Jean Roy said.",
     ("Peru", "AGREE", "Chad's new police force")),
    ("Iran vowed on Sunday to destroy Oman if it attacked Iranian nuclear plants.",
     ("Iran", "THREATEN", "Oman")),
    ("Uganda is pleading for Norway to send engineers.", ("Uganda", "REQUEST", "Norway")),
    ("Norway appealed for Chad to open its border.", ("Norway", "REQUEST", "Chad")),
    ("The Chadian army is recruiting children as young as twelve, Human Rights Watch charged on Tuesday.",
     ("Human Rights Watch", "ACCUSE", "Chadian army")),
    ("Zambian riot police broke up a rally by the Orion Party on Saturday.",
     ("Zambian riot police", "COERCE", "Orion Party")),
    ("India set free 38 Burmese fishermen on Saturday.", ("India", "CONCEDE", "Burmese fishermen")),
    ("India released seven Burmese sailors it had held for a month.", ("India", "COERCE", "Burmese sailors")),
    ("Sudan has thrown out a Norwegian aid agency.", ("Sudan", "SANCTION", "Norwegian aid agency")),
    ("A team of Cuban doctors has arrived in Haiti.", ("team of Cuban doctors", "AID", "Haiti")),
    ("Kenyan troops collected weapons from Somali fighters.", ("Kenyan troops", "COERCE", "Somali fighters")),
    ("Two US warships took up positions off Haiti on Monday.", ("US warships", "MOBILIZE", "Haiti")),
    ("Iran fired a missile into waters off Oman.", ("Iran", "MOBILIZE", "Oman")),
    ("The United States has lifted a ban on the sale of arms to Vietnam.",
     ("United States", "CONCEDE", "Vietnam")),
    ("Kenya ended its embargo on trade with Peru.", ("Kenya", "CONCEDE", "Peru")),
    ("Kurdish leaders voiced support for a Kenyan Middle East peace plan.",
     ("Kurdish leaders", "SUPPORT", "Kenya")),
    ("Uganda said Kenyan planes had bombed its positions.", ("Kenyan planes", "ASSAULT", "Uganda")),
    ("A Kenyan journalist died in Ugandan custody on Monday.", ("Uganda", "COERCE", "Kenyan journalist")),
    ("A Chilean aid worker held hostage by Somali gunmen for nine days was freed on Monday.",
     ("Somali gunmen", "COERCE", "Chilean aid worker")),
    ("Indian troops were pulled out of Oman on Monday.", ("Indian troops", "RETREAT", "Oman")),
    ("Norway's prime minister ordered Norwegian forces home from Chad.", ("Norway", "RETREAT", "Chad")),
    ("Hundreds of Kosovo guerrillas handed in their weapons to NATO troops.",
     ("Kosovo guerrillas", "RETREAT", "NATO troops")),
    ("Peru on Friday dismissed as groundless NATO complaints about its tests.", ("Peru", "REJECT", "NATO")),
    ("Peruvian nurses walked off the job to demand that President Carlos Soto raise their pay.",
     ("Peruvian nurses", "PROTEST", "Carlos Soto")),
    ("Norway has given permission for Kenyan engineers to survey a dam.",
     ("Norway", "AGREE", "Kenyan engineers")),
    ("A Chadian opposition leader has been given asylum in Kenya.",
     ("Kenya", "AID", "Chadian opposition leader")),
    ("Peru and Chile are to reopen embassies in each other's capitals.", ("Chile", "SUPPORT", "Peru")),
    ("Hundreds of Iranians threw stones at the British embassy.", ("Iranians", "PROTEST", "British embassy")),
    ("Poland has asked a Chilean consul to leave.", ("Poland", "SANCTION", "Chile")),
    ("Norway said on Tuesday that Chad would face sanctions unless it freed the men.",
     ("Norway", "THREATEN", "Chad")),
    ("Oman will respond with force to any Iranian attack.", ("Oman", "THREATEN", "Iran")),
    ("Oman will retaliate against Iran.", ("Oman", "THREATEN", "Iran")),
    ("Iran is smuggling arms to Kurdish rebels.", ("Iran", "AID", "Kurdish rebels")),
    ("Peru and Chile ended two days of talks on Friday.", ("Chile", "CONSULT", "Peru")),
    ("Serbia let UN convoys feed starving Bosnian villagers.", ("UN convoys", "AID", "Bosnian villagers")),
    ("Chadian warplanes raided Sudanese villages.", ("Chadian warplanes", "ASSAULT", "Sudanese villages")),
    ("Peru held talks with the Orion Front aimed at ending the war in Colombia.",
     ("Orion Front", "CONSULT", "Peru")),
    ("Kurdish rebels spurned an offer by Chile's prime minister.", ("Kurdish rebels", "REJECT", "Chile")),
    ("Norway ignored a warning by Peru's foreign minister.", ("Norway", "REJECT", "Peru")),
    ("The United States is expected to lift sanctions it slapped on Chad.",
     ("United States", "CONCEDE", "Chad")),
    ("Peru ended a blockade it had imposed on Chile.", ("Peru", "CONCEDE", "Chile")),
    ("Oman restored broadcasting rights to three Kurdish radio stations.", ("Oman", "CONCEDE", "Kurds")),
    ("Chad would not hesitate to use force against Kenya, it said.", ("Chad", "THREATEN", "Kenya")),
]  # fmt: skip

HOLDS_NOT = [
    ("Peru stopped on Thursday to greet Jan Brandt.", ("Peru", "AGREE", "Jan Brandt")),
    ("The envoy applied for a visa to visit Norway.", ("Norway", "REQUEST", "Norway")),
    ("Peru arrested three Chilean officers, two of them charged with spying.",
     ("Peru", "ACCUSE", "Chilean officers")),
    ("Peru condemned a rally by Chilean police on Monday.", ("Chilean police", "COERCE", "Peru")),
    ("Chile set new terms for Peru.", ("Chile", "CONCEDE", "Peru")),
    ("The court threw out a suit by Orion Oil.", ("Orion Oil", "SANCTION", "Orion Oil")),
    ("Japan gave 20,000 U.S. dollars to Laos on Friday.", ("Japan", "AID", "U.S.")),
    ("Kenyan troops collected weapons from Somali fighters.", ("Somali fighters", "AID", "Kenyan troops")),
    ("Norway backed a US-drafted UN resolution on Monday.", ("US", "MOBILIZE", "UN")),
    ("Norway said it would send 200 soldiers to Chad if the United Nations asked it to.",
     ("Norway", "THREATEN", "United Nations")),
    ("Russia and China will conduct naval exercises next month.", ("China", "AGREE", "Russia")),
    ("Uganda said Kenyan planes had bombed its positions.", ("Kenyan planes", "ASSAULT", "Kenyan planes")),
    ("A Kenyan journalist died in Ugandan custody on Monday.", ("Kenyan journalist", "COERCE", "Uganda")),
    ("Serbia let UN convoys feed starving Bosnian villagers.",
     ("UN convoys", "ASSAULT", "Bosnian villagers")),
    ("Croatia is backing Norway in a row with Peru.", ("Croatia", "SUPPORT", "Peru")),
    ("Norway said Chad would not face sanctions.", ("Norway", "THREATEN", "Chad")),
    ("Oman retaliated against Iran.", ("Oman", "THREATEN", "Iran")),
    ("Norway asked Chad to leave the bloc.", ("Norway", "SANCTION", "Chad")),
    ("Norway agreed to secure a waste dump in Russia.", ("Norway", "THREATEN", "Russia")),
    ("Peru suspended its talks with Chile.", ("Peru", "CONSULT", "Chile")),
    ("A Chilean aid worker held hostage by Somali gunmen was freed.",
     ("Chilean aid worker", "COERCE", "Somali gunmen")),
    ("Iran helped Croatia, a Kenyan newspaper said.", ("Croatia", "ROLE", "Kenya")),
    ("Kenyan police raided a Somali charity.", ("Kenyan police", "ASSAULT", "Somali charity")),
    ("Peru's minister was indicted by the Orion Tribunal for his part in the fight against Chadian rebels.",
     ("Orion Tribunal", "ASSAULT", "Chadian rebels")),
    ("Peru held talks with the Orion Front aimed at ending the war in Colombia.",
     ("Orion Front", "CONCEDE", "Colombia")),
    ("Norway extended the sanctions it imposed on Chad.", ("Norway", "CONCEDE", "Chad")),
    ("Norway criticised the sanctions the EU imposed on Chad.", ("Norway", "SANCTION", "Chad")),
    ("Indonesia withdrew a battalion from Chad in what Foreign Minister Jan Roy called a gesture.",
     ("Indonesia", "RETREAT", "Jan Roy")),
    ("Kenya banned flights to Peru.", ("Kenya", "CONCEDE", "Peru")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_a_lead_tells(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in ends(proposed(text))


@pytest.mark.parametrize(("text", "triple"), HOLDS_NOT)
def test_a_lead_does_not_tell(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in ends(proposed(text))


def test_a_meeting_told_by_verb_and_noun_is_told_once() -> None:
    found = proposed("Russia and China will conduct naval exercises next month.")
    assert [(t.relation, t.code) for t in found] == [("conduct exercises", "COOPERATE")]


def test_sanctions_told_by_verb_and_noun_are_told_once() -> None:
    found = proposed("Norway extended the sanctions it imposed on Chad.")
    assert [(t.relation, t.code) for t in found] == [("impose sanctions on", "SANCTION")]
