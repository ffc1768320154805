"""Whom a verb relates where the parser hung subject, object or preposition elsewhere: proposed or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model


def held(text: str) -> set[tuple[str, str, str]]:
    return ends(proposed(text))


HOLDS = [
    ("The trial began after refugees from Darfur and the charity Nordic Relief gave documents to the Kenyan "
     "police in May.",
     ("Nordic Relief", "COOPERATE", "Kenyan police")),
    ("The talks were held a day after the Norwegian envoy to Peru, Jan Brandt, was shot dead in Lima by "
     "a Chilean policeman.", ("Chilean policeman", "ASSAULT", "Jan Brandt")),
    ("Amnesty International accused officers of the Kenyan army of siding with the Somali rebels.",
     ("officers of the Kenyan army", "SUPPORT", "Somali rebels")),
    ("Norway thanked the fishermen of Iceland for supporting the Kenyan army.",
     ("fishermen of Iceland", "SUPPORT", "Kenyan army")),
    ("Kenya called on the European Union to arm Somali rebels.", ("Kenya", "REQUEST", "European Union")),
    ("Kenya called on the European Union to arm Somali rebels.",
     ("European Union", "AID", "Somali rebels")),
    ("Jan Brandt appealed to Peru to let Chilean nurses leave.", ("Peru", "CONCEDE", "Chilean nurses")),
    ("Kenya accused Uganda on Sunday of an air strike that killed six Somali soldiers.",
     ("Uganda", "ASSAULT", "Somali soldiers")),
    ("Jan Brandt, a former miner whose victory in May ended the rule of the Orion Party, left.",
     ("Jan Brandt", "CONCEDE", "Orion Party")),
    ("Jan Brandt, a former chief of the Orion Bank who was dismissed in May and who is believed to have "
     "fled to Peru, denied it.", ("Jan Brandt", "RETREAT", "Peru")),
    ("Jan Brandt went to Rome and signed a communique that recognised Kosovo.",
     ("Jan Brandt", "SUPPORT", "Kosovo")),
    ("The Swedes approached Fjordkraft's largest shareholder, the pension fund Nordic Trust, in May.",
     ("Swedes", "OTHER", "Nordic Trust")),
    ("Norway buys its gas from Chad, with which it runs two refineries.", ("Norway", "OTHER", "Chad")),
    ("Kenya was the first African state to recognise Kosovo.", ("Kenya", "SUPPORT", "Kosovo")),
    ("Norway became the latest country to ban Huawei.", ("Norway", "COERCE", "Huawei")),
    ("Peru froze the assets of Jan Brandt, whom it accuses of smuggling gold for the Orion Group.",
     ("Jan Brandt", "COERCE", "Orion Group")),
    ("A court found Jan Brandt guilty of bribing Piet Moe, a tax inspector.",
     ("Jan Brandt", "OTHER", "Piet Moe")),
    ("Orion Steel paid Jan Brandt to lobby Karin Dahl.", ("Jan Brandt", "REQUEST", "Karin Dahl")),
    ("Among those arrested by the Kenyan police were Jan Brandt and Karin Dahl.",
     ("Kenyan police", "COERCE", "Karin Dahl")),
    ("Jan Brandt was wounded in a Turkish air strike on a base of the Orion Front.",
     ("Turkey", "ASSAULT", "Jan Brandt")),
    ("NATO troops came under attack by Serb protesters.", ("Serb protesters", "PROTEST", "NATO troops")),
    ("A convoy carrying Jan Brandt was ambushed by the Taliban.", ("Taliban", "ASSAULT", "Jan Brandt")),
    ("The missile that hit the clinic in Dernova was fired by the Serbian army.",
     ("Serbian army", "ASSAULT", "Dernova")),
    ("Jan Brandt was charged with leaking documents to Karin Dahl.", ("Jan Brandt", "OTHER", "Karin Dahl")),
    ("Jan Brandt is accused of having tortured members of the Orion Front.",
     ("Jan Brandt", "ASSAULT", "members of the Orion Front")),
    ("The attack on Jan Brandt was blamed on Orion Security.", ("Orion Security", "ASSAULT", "Jan Brandt")),
    ("Kenya has blamed an attack on a Somali army base on the Delta Front.",
     ("Delta Front", "ASSAULT", "Somali army base")),
    ("The Delta Front was accused by Peru of the murder of Jan Brandt.",
     ("Delta Front", "ASSAULT", "Jan Brandt")),
    ("The Delta Front is suspected of involvement in the murder of Jan Brandt.",
     ("Delta Front", "ASSAULT", "Jan Brandt")),
    ("A suicide bomber from the Delta Front killed six Peruvian soldiers.",
     ("Delta Front", "ASSAULT", "Peruvian soldiers")),
    ("The death of Jan Brandt in a French raid was confirmed by Karin Dahl.",
     ("France", "ASSAULT", "Jan Brandt")),
    ("Turkey handed the Orion Front two Greek pilots.", ("Turkey", "OTHER", "Orion Front")),
    ("Chile granted Jan Brandt asylum.", ("Chile", "AID", "Jan Brandt")),
    ("Chile fined Orion Oil two million dollars.", ("Chile", "SANCTION", "Orion Oil")),
    ("Chad sent the Orion Front two million euros.", ("Chad", "AID", "Orion Front")),
    ("Chile extradited Jan Brandt to Peru.", ("Chile", "CONCEDE", "Jan Brandt")),
    ("Jan Brandt went to Lima on Friday.", ("Jan Brandt", "CONSULT", "Lima")),
    ("Jan Brandt has gone to Peru for talks.", ("Jan Brandt", "CONSULT", "Peru")),
    ("Karin Dahl called Jan Brandt a coward.", ("Karin Dahl", "ACCUSE", "Jan Brandt")),
    ("The West has imposed sanctions on Russia.", ("West", "SANCTION", "Russia")),
    ("On Friday warplanes of the Kenyan army bombed Juba.",
     ("warplanes of the Kenyan army", "ASSAULT", "Juba")),
    ("Kenya has every reason to fear Uganda.", ("Kenya", "OTHER", "Uganda")),
    ("Norway was joined by Sweden and Denmark in condemning the Orion Front.",
     ("Sweden", "ACCUSE", "Orion Front")),
    ("Mexican marines captured Jan Brandt after a shootout with gunmen of the Delta cartel.",
     ("Mexican marines", "ASSAULT", "gunmen of the Delta cartel")),
    ("Orion Steel will buy Fjord Mining from Karin Dahl for $2 billion.",
     ("Orion Steel", "OTHER", "Karin Dahl")),
    ("Jan Brandt left Orion Steel to join Fjord Mining.", ("Jan Brandt", "COOPERATE", "Fjord Mining")),
    ("In what Chile called a provocation, Peru sent two ships to the strait.", ("Chile", "ACCUSE", "Peru")),
    ("In a move condemned by the European Union, Peru closed its border with Chile.",
     ("European Union", "ACCUSE", "Peru")),
    ("The visit comes as Zimbabwe, shunned by the West since it seized land from farmers, looks to China for "
     "loans.", ("Zimbabwe", "OTHER", "China")),
    ("Karin Dahl, a sister of the finance minister, Jan Brandt, resigned.",
     ("Karin Dahl", "OTHER", "Jan Brandt")),
    ("Italy has impounded the ship of the charity Sea Help.", ("Italy", "COERCE", "Sea Help")),
    ("Italy lost a case brought by Fjord Mining.", ("Fjord Mining", "ACCUSE", "Italy")),
    ("Jan Brandt was held for six months in a prison run by the Delta Brigade.",
     ("Delta Brigade", "COERCE", "Jan Brandt")),
    ("Karin Dahl's conviction for the murder of Jan Brandt was quashed.",
     ("Karin Dahl", "ASSAULT", "Jan Brandt")),
    ("The return of Jan Brandt to Peru angered Chile.", ("Jan Brandt", "CONSULT", "Peru")),
]  # fmt: skip
LACKS = [
    ("Kenya called on the European Union to arm Somali rebels.", ("Kenya", "AID", "Somali rebels")),
    ("Jan Brandt appealed to Peru to let Chilean nurses leave.",
     ("Jan Brandt", "REQUEST", "Chilean nurses")),
    ("Jan Brandt, a former chief of the Orion Bank who was dismissed in May and who is believed to have "
     "fled to Peru, denied it.", ("Orion Bank", "RETREAT", "Peru")),
    ("The Swedes approached Fjordkraft's largest shareholder, the pension fund Nordic Trust, in May.",
     ("Swedes", "OTHER", "Fjordkraft")),
    ("Karin Dahl accused the opposition of defending the crimes of the Orion Front.",
     ("Karin Dahl", "SUPPORT", "Orion Front")),
    ("Norway met Peru, praised Chile and left after a dinner in Oslo.", ("Peru", "SUPPORT", "Chile")),
    ("Kenya left the talks after a treaty with Peru and thanked Chile.", ("Peru", "SUPPORT", "Chile")),
    ("Norway published a report on trade with Peru.", ("Norway", "SAY", "Peru")),
    ("Orion Steel paid Jan Brandt to lobby Karin Dahl.", ("Orion Steel", "REQUEST", "Karin Dahl")),
    ("Jan Brandt was wounded on a visit to a base of the Orion Front.",
     ("Orion Front", "ASSAULT", "Jan Brandt")),
    ("Norway was hit by rising prices from Chad.", ("Norway", "OTHER", "Chad")),
    ("Norway became a member of the group that banned Huawei.", ("Norway", "COERCE", "Huawei")),
    ("Among those at the dinner of the Kenyan police were Jan Brandt and Karin Dahl.",
     ("Kenyan police", "COERCE", "Karin Dahl")),
    ("Kenya has blamed an attack on a Somali army base.", ("Kenya", "ASSAULT", "Somali army base")),
    ("Peru sold Orion shares worth 2 million.", ("Peru", "OTHER", "shares")),
    ("Jan Brandt went to court against Peru.", ("Jan Brandt", "CONSULT", "Peru")),
    ("Jan Brandt went to war with Peru.", ("Jan Brandt", "CONSULT", "Peru")),
    ("Karin Dahl fined the Orion Front's two banks.", ("Karin Dahl", "AID", "Orion Front")),
    ("Jan Brandt lives in the West of Ireland.", ("West", "OTHER", "Ireland")),
    ("The death of Jan Brandt in a French hotel was confirmed by Karin Dahl.",
     ("France", "ASSAULT", "Jan Brandt")),
    ("Kenya has a right that Uganda fears.", ("Kenya", "OTHER", "Uganda")),
    ("Karin Dahl called Jan Brandt on Monday.", ("Karin Dahl", "ACCUSE", "Jan Brandt")),
    ("Jan Brandt left Orion Steel to join Fjord Mining.", ("Orion Steel", "COOPERATE", "Fjord Mining")),
    ("Ukraine has struck two ships in the port of Sevastopol with missiles supplied by Britain.",
     ("Ukraine", "ASSAULT", "Britain")),
    ("The court ruled against Russia in a case brought by Jan Brandt.",
     ("court", "COERCE", "Jan Brandt")),
    ("Kenyan police were wounded in a clash with Somali rebels.",
     ("Kenyan police", "ASSAULT", "Kenyan police")),
    ("In what Chile calls home, Peru sees a threat.", ("Chile", "ACCUSE", "Peru")),
    ("In a report condemned by the European Union, Peru is mentioned twice.",
     ("European Union", "ACCUSE", "Peru")),
    ("An aide to the president, Jan Brandt, met Karin Dahl.", ("Karin Dahl", "ROLE", "Jan Brandt")),
    ("Karin Dahl met the envoy of the president, Jan Brandt, in Oslo.", ("Karin Dahl", "ROLE", "Jan Brandt")),
    ("A dinner was held in a camp run by the Delta Brigade.", ("Delta Brigade", "COERCE", "dinner")),
    ("Jan Brandt was praised in a prison run by the Delta Brigade.",
     ("Delta Brigade", "SUPPORT", "Jan Brandt")),
    ("Italy lost a case of wine made by Sea Help.", ("Sea Help", "ACCUSE", "Italy")),
    ("Britain has triggered the return of UN sanctions against Iran.",
     ("United Nations", "CONSULT", "Britain")),
    ("Karin Dahl's search for the grave of Jan Brandt was quashed.",
     ("Karin Dahl", "ASSAULT", "Jan Brandt")),
    ("Kenya thanked the doctors of Peru for helping Chad.", ("Kenya", "AID", "Chad")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_the_verb_finds_its_own(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in held(text), held(text)


@pytest.mark.parametrize(("text", "triple"), LACKS)
def test_nobody_else_is_taken_for_it(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in held(text)
