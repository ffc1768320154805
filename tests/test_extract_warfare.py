"""Who strikes, holds and serves whom in reports of war, arrests and raids: proposed or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model

HOLDS = [
    ("Jan Brandt was part of the armed wing of the Delta Front.", ("Jan Brandt", "ROLE", "Delta Front")),
    ("Jan Brandt is suspected of having formed part of the Delta Front's network.",
     ("Jan Brandt", "ROLE", "Delta Front")),
    ("Jan Brandt belonged to the military wing of the Delta Front.", ("Jan Brandt", "ROLE", "Delta Front")),
    ("Jan Brandt is suspected of being a member of the Delta Front.", ("Jan Brandt", "ROLE", "Delta Front")),
    ("Police charged Jan Brandt with being a member of the Delta Front.",
     ("Jan Brandt", "ROLE", "Delta Front")),
    ("Jan Brandt, who is accused of leading the Delta Front, was held in Lima.",
     ("Jan Brandt", "ROLE", "Delta Front")),
    ("Kenyan army Col. Jan Brandt met Karin Dahl.", ("Jan Brandt", "ROLE", "Kenyan army")),
    ("The Taliban attacked Kabul on Monday.", ("Taliban", "ASSAULT", "Kabul")),
    ("Kenyan shelling of Kabul went on.", ("Kenya", "ASSAULT", "Kabul")),
    ("The Taliban shelling of Dernova killed six Kenyan soldiers.",
     ("Taliban", "ASSAULT", "Kenyan soldiers")),
    ("Norway also gave the Kenyan police information about Jan Brandt.", ("Norway", "AID", "Kenyan police")),
    ("Norway gave the Kenyan army intelligence about the Delta Front.", ("Norway", "AID", "Kenyan army")),
    ("Kenya has brought charges of attacking an embassy against Jan Brandt.",
     ("Kenya", "ACCUSE", "Jan Brandt")),
    ("Kenyan prosecutors filed charges of plotting to bomb a hotel against Jan Brandt and Karin Dahl.",
     ("Kenyan prosecutors", "ACCUSE", "Karin Dahl")),
    ("Karin Dahl has been named as a war crimes suspect by the International Criminal Court.",
     ("International Criminal Court", "ACCUSE", "Karin Dahl")),
    ("Six Kenyan soldiers were killed in the attack, for which the Delta Front claimed responsibility.",
     ("Delta Front", "ASSAULT", "Kenyan soldiers")),
    ("Six Kenyan soldiers were killed in an attack blamed on the Delta Front.",
     ("Delta Front", "ASSAULT", "Kenyan soldiers")),
    ("Six Kenyan soldiers were killed in an attack that was claimed by the Delta Front.",
     ("Delta Front", "ASSAULT", "Kenyan soldiers")),
    ("The bombing, for which the Delta Front has taken responsibility, killed six Kenyan soldiers.",
     ("Delta Front", "ASSAULT", "Kenyan soldiers")),
    ("A bombing that Kenya blamed on the Delta Front killed six Somali soldiers.",
     ("Delta Front", "ASSAULT", "Somali soldiers")),
    ("Responsibility for the attack on Jan Brandt was claimed by the Delta Front.",
     ("Delta Front", "ASSAULT", "Jan Brandt")),
    ("Kenya is at war with the Delta Front. A government offensive against the Delta Front began on Monday.",
     ("Kenya", "ASSAULT", "Delta Front")),
    ("Kenyan troops took two towns. The Delta Front said it had repelled a government offensive near Kisumu.",
     ("Kenya", "ASSAULT", "Delta Front")),
    ("Kenyan police arrested Jan Brandt on Monday. Karin Dahl was wounded in a police raid on Tuesday.",
     ("Kenyan police", "ASSAULT", "Karin Dahl")),
    ("Jan Brandt was arrested with two aides, then released August 5th by Kenyan police.",
     ("Kenyan police", "CONCEDE", "Jan Brandt")),
    ("Delta Front rebels told Reuters that together with Kenyan troops they had killed ten Somali soldiers.",
     ("Kenyan troops", "ASSAULT", "Somali soldiers")),
    ("The Lima Chief Magistrate Court jailed Jan Brandt.",
     ("Lima Chief Magistrate Court", "COERCE", "Jan Brandt")),
    ("Norway said its peacekeepers near Juba had been attacked by the Delta Front.",
     ("Delta Front", "ASSAULT", "Norwegian peacekeepers")),
    ("The Kenyan army and the Delta Liberation Front clashed. The army bombed rebel positions.",
     ("Kenyan army", "ASSAULT", "Delta Liberation Front")),
    ("The Delta Liberation Front ambushed a convoy in Kenya on Monday, killing three soldiers.",
     ("Delta Liberation Front", "ASSAULT", "Kenyan soldiers")),
    ("Kenya is at war with the Delta Liberation Front. The rebels said they had killed 25 soldiers.",
     ("Delta Liberation Front", "ASSAULT", "Kenyan soldiers")),
    ("Kenya is at war with the Delta Liberation Front. Six soldiers were captured by the rebels.",
     ("Delta Liberation Front", "COERCE", "Kenyan soldiers")),
]  # fmt: skip
HOLDS_NOT = [
    ("A bomber killed three NATO service members on a foot patrol in eastern Afghanistan on Sunday.",
     ("Afghanistan", "ROLE", "NATO")),
    ("US Special Forces units attacked the Delta Front.", ("Special Forces", "ROLE", "US")),
    ("The Muslim-led government army attacked Dernova.", ("Muslim", "ROLE", "Muslim-led government army")),
    ("Police took the leader of the Orion Party in a crowded van to the Lima Court on Monday.",
     ("Lima Court", "ROLE", "Orion Party")),
    ("Jan Brandt was part of a plot against the Delta Front.", ("Jan Brandt", "ROLE", "Delta Front")),
    ("Kenya accused Jan Brandt of attacking members of the Delta Front.",
     ("Jan Brandt", "ROLE", "Delta Front")),
    ("Russia attacked Washington over the plan.", ("Russia", "ASSAULT", "Washington")),
    ("Norway also gave the Kenyan police information about Jan Brandt.", ("Norway", "AID", "Kenya")),
    ("Kenya has brought charges of attacking an embassy against Jan Brandt.",
     ("Kenya", "ASSAULT", "Jan Brandt")),
    ("Kenya dropped charges of plotting attacks against Norway.", ("Kenya", "ACCUSE", "Norway")),
    ("No group claimed responsibility for the attack on Kenyan soldiers. The Delta Front was silent.",
     ("Delta Front", "ASSAULT", "Kenyan soldiers")),
    ("The attack on Jan Brandt, which Kenya blamed on nobody, was condemned by the Delta Front.",
     ("Delta Front", "ASSAULT", "Jan Brandt")),
    ("Kenya claimed the islands, which Norway attacked.", ("Kenya", "ASSAULT", "Norway")),
    ("Kenya and Uganda sued Peru. A government attack on Dernova killed six.",
     ("Peru", "ASSAULT", "Dernova")),
    ("Norway and Peru met in Lima. Karin Dahl was wounded in an army raid.",
     ("Norwegian army", "ASSAULT", "Karin Dahl")),
    ("Jan Brandt lived near the wall separating Gaza from Israel when he was shot.",
     ("Jan Brandt", "OTHER", "Israel")),
    ("Jan Brandt was expelled to Lebanon in May.", ("Jan Brandt", "SANCTION", "Lebanon")),
    ("Jan Brandt violated the Geneva Convention.", ("Jan Brandt", "REJECT", "Geneva Convention")),
    ("Peruvian commandos stormed the embassy and killed the gunmen. The gunmen belonged to the Delta Front.",
     ("Peruvian commandos", "ROLE", "Delta Front")),
    ("Jan Brandt told Reuters that together with Kenyan troops they had killed ten Somali soldiers.",
     ("Kenyan troops", "SAY", "Reuters")),
    ("Kenya is at war with the Delta Liberation Front. Peruvian police killed two soldiers in Lima.",
     ("Peruvian police", "ASSAULT", "Kenyan soldiers")),
    ("Norway and Peru met. The Delta Liberation Front killed two soldiers.",
     ("Delta Liberation Front", "ASSAULT", "Norwegian soldiers")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), HOLDS)
def test_holds(text: str, claim: tuple[str, str, str]) -> None:
    found = ends(proposed(text))
    assert claim in found or claim[::-1] in found


@pytest.mark.parametrize(("text", "claim"), HOLDS_NOT)
def test_holds_not(text: str, claim: tuple[str, str, str]) -> None:
    found = ends(proposed(text))
    assert claim not in found
    assert claim[::-1] not in found
