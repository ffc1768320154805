"""Sentences of diplomacy and politics: what the rules propose, and what they must not read into them."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model

HOLDS = [
    ("Kenyan police today arrested Peter Brandt in Nairobi.", ("Kenyan police", "COERCE", "Peter Brandt")),
    ("Karin Dahl made it clear to the Kenyan envoy, Peter Brandt, that she would resign.",
     ("Karin Dahl", "SAY", "Peter Brandt")),
    ("Karin Dahl praised the mediator, Senator Peter Brandt.", ("Karin Dahl", "SUPPORT", "Peter Brandt")),
    ("The foreign minister of Norway, Karin Dahl and the foreign minister of Chad, Peter Brandt have "
     "congratulated Anna Lind.", ("Peter Brandt", "SUPPORT", "Anna Lind")),
    ("Foreign Minister of Czech Republic Karin Dahl praised Anna Lind.",
     ("Karin Dahl", "SUPPORT", "Anna Lind")),
    ("Kenya's president recalled his ambassador to Bogota, Peter Brandt.",
     ("Peter Brandt", "ROLE", "Colombia")),
    ("Kenya called for more aid from the European Union.", ("Kenya", "REQUEST", "European Union")),
    ("Kenyan and Ugandan soldiers exchanged gunshots on Friday.",
     ("Kenyan soldiers", "ASSAULT", "Ugandan soldiers")),
    ("Uganda repeated Kenya's plea to the United Nations.", ("Kenya", "REQUEST", "United Nations")),
    ("Norway said that Kenya must hand over Peter Brandt.", ("Norway", "REQUEST", "Kenya")),
    ("Peter Brandt was held for several hours by Somali rebels.",
     ("Somali rebels", "COERCE", "Peter Brandt")),
    ("Kenya condemned the rebels of Uganda, who attacked Peru.", ("rebels of Uganda", "ASSAULT", "Peru")),
    ("Peter Brandt was summoned to the Kenyan foreign ministry.",
     ("Kenyan foreign ministry", "REQUEST", "Peter Brandt")),
    ("Guinea was suspended from the African Union.", ("African Union", "SANCTION", "Guinea")),
    ("Peru met Chad's Foreign Affairs Minister Peter Brandt.", ("Peter Brandt", "ROLE", "Chad")),
    ("Kenya will not withdraw its ambassador in Caracas.", ("Kenya", "SANCTION", "Venezuela")),
    ("MDC-T leader Peter Brandt left the talks.", ("Peter Brandt", "ROLE", "MDC-T")),
    ("Peter Brandt was among a group of people taken away by Kenyan police.",
     ("Kenyan police", "COERCE", "Peter Brandt")),
    ("The UN's special representative for the Sahel (UNOWAS), Peter Brandt, met Karin Dahl.",
     ("Peter Brandt", "ROLE", "UN")),
    ("Kenya and Uganda promised to strengthen ties with Peru.", ("Uganda", "AGREE", "Peru")),
    ("Peter Brandt called Karin Dahl a great friend of Peru.", ("Peter Brandt", "SUPPORT", "Karin Dahl")),
    ("Kenya declared the Ugandan ambassador persona non grata.", ("Kenya", "SANCTION", "Uganda")),
    ("Norway condemned Kenya's arrest of Peter Brandt.", ("Norway", "ACCUSE", "Kenya")),
    ("Norway condemned the arrest of Peter Brandt by Kenya.", ("Kenya", "COERCE", "Peter Brandt")),
    ("Kenya faces accusations from Uganda of harbouring rebels.", ("Uganda", "ACCUSE", "Kenya")),
    ("Kenya accepted the resignation of Peter Brandt.", ("Kenya", "AGREE", "Peter Brandt")),
    ("Peter Brandt expressed Peru's gratitude to Norway.", ("Peru", "SUPPORT", "Norway")),
    ("A Kenyan court ordered the arrest of Peter Brandt.", ("Kenyan court", "COERCE", "Peter Brandt")),
    ("The ousted president of Peru, Peter Brandt, left.", ("Peter Brandt", "ROLE", "Peru")),
    ("Norway voiced support for Kenya's bid.", ("Norway", "SUPPORT", "Kenya")),
    ("Chad's Foreign Ministry summoned Peter Brandt.",
     ("Chad's Foreign Ministry", "REQUEST", "Peter Brandt")),
    ("Chad's Foreign Ministry met Kenya's Foreign Ministry. The Green Party met Peru's Karin Dahl.",
     ("Chad's Foreign Ministry", "CONSULT", "Kenya's Foreign Ministry")),
    ("Kenya denied supporting the Ugandan rebels.", ("Kenya", "SUPPORT", "Ugandan rebels")),
    ("Kenya stopped supporting the Ugandan rebels.", ("Kenya", "SANCTION", "Ugandan rebels")),
    ("Kenya denied bombing Kismayo.", ("Kenya", "ASSAULT", "Kismayo")),
    ("Peru ceased bombing Chile.", ("Peru", "CONCEDE", "Chile")),
    ("Peru denied expelling Peter Brandt.", ("Peru", "SANCTION", "Peter Brandt")),
    ("Belgrade expelled a Kenyan diplomat.", ("Serbia", "SANCTION", "Kenya")),
    ("Peter Brandt flew to Oslo on Sunday to press Kenya to end its blockade of Uganda.",
     ("Kenya", "CONCEDE", "Uganda")),
]  # fmt: skip
HOLDS_NOT = [
    ("Chad's Orion Oil sued Peter Brandt.", ("Chad's Orion Oil", "ACCUSE", "Peter Brandt")),
    ("The Foreign Ministry summoned Peter Brandt of Chad's Green Party.",
     ("Chad's Foreign Ministry", "REQUEST", "Peter Brandt")),
    ("Peter Brandt expressed Peru's gratitude to Norway.", ("Peter Brandt", "SUPPORT", "Peru")),
    ("A Kenyan court ordered the arrest of Peter Brandt.", ("Kenyan court", "REQUEST", "Peter Brandt")),
    ("The Orion Congress ousted President Peter Brandt.", ("Peter Brandt", "ROLE", "Orion Congress")),
    ("Peter Brandt called Karin Dahl a great friend of Peru.", ("Peter Brandt", "ACCUSE", "Karin Dahl")),
    ("Norway condemned the arrest of Peter Brandt by Kenya.", ("Norway", "ACCUSE", "Peter Brandt")),
    ("The killing of Peter Brandt drew condemnation from Norway.", ("Norway", "ACCUSE", "Peter Brandt")),
    ("Kenya faces accusations from Uganda of harbouring rebels.", ("Kenya", "OTHER", "Uganda")),
    ("Kenya ended the detention of Peter Brandt.", ("Kenya", "OTHER", "Peter Brandt")),
    ("Kenya and Uganda expressed a desire to strengthen bilateral ties with Peru.",
     ("Kenya", "SUPPORT", "Uganda")),
    ("The draft U.N. Security Council resolution, sponsored by Peru, would lift the ban.",
     ("Peru", "AID", "U.N. Security Council")),
    ("Kenyan police broke up a rally against Peter Brandt.", ("Kenyan police", "COERCE", "Peter Brandt")),
    ("There is no agreement with Peru, Karin Dahl said.", ("Karin Dahl", "AGREE", "Peru")),
    ("Kenya threatened to veto the plan and Chile -- which wants it badly -- halted oil flows in June.",
     ("Kenya", "THREATEN", "Chile")),
    ("Peter Brandt was summoned to Paris by Karin Dahl.", ("Paris", "REQUEST", "Peter Brandt")),
    ("Peter Brandt was called to the Kenyan embassy by Karin Dahl.",
     ("Kenyan embassy", "REQUEST", "Peter Brandt")),
    ("Local leaders, led by President Peter Brandt, did not help Karin Dahl.",
     ("Peter Brandt", "AID", "Karin Dahl")),
    ("Kenya finds itself obliged to take measures against Peru.", ("Kenya", "REQUEST", "Peru")),
    ("Kenya admitted that Ugandan troops had advanced.", ("Kenya", "ACCUSE", "Ugandan troops")),
    ("Peru denied building permits to Kenya.", ("Peru", "OTHER", "Kenya")),
    ("Norway denied mining rights to Peru.", ("Norway", "SANCTION", "Peru")),
    ("Kenya denied supporting the Ugandan rebels.", ("Kenya", "SANCTION", "Ugandan rebels")),
    ("Peter Brandt flew to Oslo on Sunday to press Kenya to end its blockade of Uganda.",
     ("Peter Brandt", "CONCEDE", "Uganda")),
    ("Norway banned a meeting of Kenyan farmers, which threatens Peru.",
     ("Kenyan farmers", "THREATEN", "Peru")),
    ("Kenya spoke of the blasts on the Orion Express, which killed 42 Ugandans.",
     ("Orion Express", "ASSAULT", "Ugandans")),
    ("Uganda repeated Kenya's plea to the United Nations.", ("Uganda", "REQUEST", "Kenya")),
    ("Uganda referred to Kenya's plea to the United Nations.", ("Uganda", "OTHER", "United Nations")),
    ("Norway said that Kenyan rebels must not be allowed to operate.",
     ("Norway", "REQUEST", "Kenyan rebels")),
    ("Kenya threatened to veto the plan and Chile, which wants it badly, halted oil flows.",
     ("Kenya", "THREATEN", "Chile")),
    ("Peter Brandt sought to underscore Kashmir as a core issue.", ("Peter Brandt", "REQUEST", "Kashmir")),
    ("Peter Brandt conveyed to Karin Dahl that Peru could not sign.", ("Peter Brandt", "OTHER", "Peru")),
    ("\"There is no agreement with Peru,\" Karin Dahl told Chile.", ("Karin Dahl", "AGREE", "Peru")),
    ("Kenya called for more aid from the European Union.", ("European Union", "AID", "Kenya")),
    ("Foreign Minister of Norway, Karin Dahl, met Anna Lind.", ("Norway", "CONSULT", "Anna Lind")),
    ("Kenya's president recalled his ambassador to Bogota, Peter Brandt.",
     ("Peter Brandt", "ROLE", "Bogota")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_a_relation_is_proposed(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in ends(proposed(text))


@pytest.mark.parametrize(("text", "triple"), HOLDS_NOT)
def test_a_relation_is_not_read_into(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in ends(proposed(text))
