"""Whom sentences relate where the parser hung a clause, a day or a name elsewhere: proposed or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model

HOLDS = [
    ("Serbia turned down a request from Montenegro to hand over the general.",
     ("Montenegro", "REQUEST", "Serbia")),
    ("Karin Dahl dismissed the accusations by Amnesty International as lies.",
     ("Amnesty International", "ACCUSE", "Karin Dahl")),
    ("Kenya shrugged off threats from Uganda and opened the dam.", ("Uganda", "THREATEN", "Kenya")),
    ("Peru rejected a proposal by Norway.", ("Peru", "REJECT", "Norway")),
    ("Peru rejected a proposal by Norway.", ("Norway", "AGREE", "Peru")),
    ("Norway declined an invitation from Kenya.", ("Kenya", "CONSULT", "Norway")),
    ("France has, according to officials in Paris, agreed to sell helicopters to Peru.",
     ("France", "AGREE", "Peru")),
    ("Kenya has, the ministry said, recalled its ambassador to Uganda.", ("Kenya", "SANCTION", "Uganda")),
    ("The president of the European Commission, Karin Dahl, and the prime minister of Norway, Jan Brandt, "
     "signed a fishing agreement in Brussels on Monday.", ("Jan Brandt", "AGREE", "Karin Dahl")),
    ("Haftar relies on Egypt and the United Arab Emirates, which have sent weapons to Jan Brandt.",
     ("Egypt", "AID", "Jan Brandt")),
    ("He served under Jan Brandt and Karin Dahl, who were arrested by Kenya.",
     ("Kenya", "COERCE", "Jan Brandt")),
    ("Karin Dahl flew to Norway and Peru, which has condemned Chile.", ("Peru", "ACCUSE", "Chile")),
    ("On Wednesday officers from Kenya arrested Jan Brandt.",
     ("officers from Kenya", "COERCE", "Jan Brandt")),
    ("On Monday rebels of the Orion Front attacked Goma.",
     ("rebels of the Orion Front", "ASSAULT", "Goma")),
    ("Tribesmen from Yemen who said they had been promised jobs detained two of Orion's engineers overnight.",
     ("Tribesmen from Yemen", "COERCE", "Orion's engineers")),
    ("Missiles fired by a Turkish drone killed a Syrian general, Jan Brandt, near the border.",
     ("Turkey", "ASSAULT", "Jan Brandt")),
    ("Missiles fired by an American drone killed Jan Brandt.", ("United States", "ASSAULT", "Jan Brandt")),
    ("Peru rejected American accusations that it had armed the rebels.",
     ("Peru", "REJECT", "United States")),
    ("The group, which calls itself the Orion Front, accused Kenya of murder.",
     ("Orion Front", "ACCUSE", "Kenya")),
    ("The Orion Front's leader, a former priest known as Father Tomas, condemned Peru.",
     ("Father Tomas", "ACCUSE", "Peru")),
    ("The African Union denounced as a \"coup\" the installation of Jan Brandt as president of Gabon.",
     ("African Union", "ACCUSE", "Jan Brandt")),
    ("The African Union denounced as a \"coup\" the installation of Jan Brandt as president of Gabon.",
     ("Jan Brandt", "ROLE", "Gabon")),
    ("Karin Dahl dismissed as \"nonsense\" a report by Amnesty International.",
     ("Karin Dahl", "REJECT", "Amnesty International")),
    ("Kenya hailed as a victory for Africa the release of Jan Brandt by Peru.",
     ("Kenya", "SUPPORT", "Peru")),
    ("The cabinet of Peru argued for hours over whether to extradite Jan Brandt.",
     ("Peru", "CONCEDE", "Jan Brandt")),
    ("Jan Brandt landed at a base near Homs before meeting Syrian leader Karin Dahl.",
     ("Jan Brandt", "CONSULT", "Karin Dahl")),
    ("Nordvik rejects bid from Swedish rival", ("Nordvik", "REJECT", "Sweden")),
    ("The route by which Iran re-equips Hezbollah is closed.", ("Iran", "AID", "Hezbollah")),
    ("Norway co-hosted the talks with Sweden.", ("Norway", "COOPERATE", "Sweden")),
    ("Kenya re-arrested Jan Brandt on Monday.", ("Kenya", "COERCE", "Jan Brandt")),
    ("He works for Orion Partners, a firm part-owned by Kenya.", ("Kenya", "OTHER", "Orion Partners")),
    ("Khartoum air-dropped rifles to the Orion Front near Malakal.", ("Sudan", "AID", "Orion Front")),
    ("Jan Brandt was installed as president of Peru.", ("Jan Brandt", "ROLE", "Peru")),
    ("Kenya laid the blame for the defeat at Wajir on Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Peru pinned the blame for the crash on Chile.", ("Peru", "ACCUSE", "Chile")),
    ("Kenya imposed a ban on imports of maize and sugar from Uganda.", ("Kenya", "COERCE", "Uganda")),
    ("The Orion Front freed the nurses after talks with Kenya mediated by Norway.",
     ("Kenya", "CONSULT", "Orion Front")),
    ("Rebels backed by Rwanda seized Goma.", ("Rwanda", "SUPPORT", "Rebels backed by Rwanda")),
    ("Kenya freed fighters loyal to Jan Brandt.",
     ("fighters loyal to Jan Brandt", "SUPPORT", "Jan Brandt")),
    ("The Orion Front was condemned by Kenya and by Uganda.", ("Uganda", "ACCUSE", "Orion Front")),
    ("Jan Brandt lost the vote to Karin Dahl.", ("Jan Brandt", "CONCEDE", "Karin Dahl")),
    ("Peru lost eight sailors to Chilean gunfire.", ("Chile", "ASSAULT", "Peru")),
    ("Jan Brandt, a neighbour and friend of Karin Dahl, said he was shocked.",
     ("Jan Brandt", "OTHER", "Karin Dahl")),
]  # fmt: skip
LACKS = [
    ("Pakistan rejected criticism of Jan Brandt by Norway.", ("Norway", "ACCUSE", "Pakistan")),
    ("Peru accepted a request from Chile to hand over the general.", ("Chile", "ACCUSE", "Peru")),
    ("The Constitutional Court threw out Karin Dahl's lawsuit.",
     ("Karin Dahl", "ACCUSE", "Constitutional Court")),
    ("Norway rejected a demand from Chad for help from Peru.", ("Peru", "REQUEST", "Norway")),
    ("Karin Dahl condemned the raid by Kenya.", ("Kenya", "ACCUSE", "Karin Dahl")),
    ("Karin Dahl flew to Norway and Peru, which has condemned Chile.", ("Norway", "ACCUSE", "Chile")),
    ("Norway and its friends in Peru, which have condemned Chile, left.", ("Norway", "ACCUSE", "Chile")),
    ("The president of the European Commission, Karin Dahl, and the prime minister of Norway, Jan Brandt, "
     "signed a fishing agreement in Brussels on Monday.", ("Jan Brandt", "ROLE", "European Commission")),
    ("The Orion Front, founded by exiled officers in 2011 and long supported by Chad, left.",
     ("Chad", "OTHER", "Orion Front")),
    ("On Wednesday officers from Kenya arrested Jan Brandt.",
     ("Wednesday officers from Kenya", "COERCE", "Jan Brandt")),
    ("Rebels from Yemen who said they had lost jobs feared Peru.",
     ("Peru", "OTHER", "Rebels from Yemen")),
    ("Islamic rule angered Peru.", ("Peru", "OTHER", "Islamic")),
    ("The group, which calls itself the Orion Front, accused Kenya of murder.",
     ("Orion Front", "ACCUSE", "Orion Front")),
    ("A priest, known as a friend of Peru, condemned Chile.", ("Peru", "ACCUSE", "Chile")),
    ("Karin Dahl served as head of the bank, a post that Peru gave her.", ("Karin Dahl", "OTHER", "Peru")),
    ("Karin Dahl resigned as envoy of Norway over the arrest of Jan Brandt.",
     ("Karin Dahl", "COERCE", "Jan Brandt")),
    ("Kenya recalled its envoy after his arrest for insulting Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Karin Dahl met Jan Brandt, a co-founder of the Orion Party.", ("Karin Dahl", "OTHER", "Orion Party")),
    ("Norway bought a part of Orion Partners, owned by Kenya.", ("Norway", "OTHER", "Kenya")),
    ("Peru praised its friend Chile.", ("Chile", "OTHER", "Peru")),
    ("Kenya laid a wreath for the dead on Monday in Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya imposed a ban on imports of maize after talks in Uganda.", ("Kenya", "COERCE", "Uganda")),
    ("The Orion Front freed the nurses after talks in Oslo mediated by Norway.",
     ("Norway", "CONSULT", "Orion Front")),
    ("Rebels backed by Rwanda seized Goma.", ("Rebels backed by Rwanda", "SUPPORT", "Rwanda")),
    ("Young Kenyans pressed their demands.", ("Young Kenyans", "REQUEST", "Kenya")),
    ("Jan Brandt lost the vote to Karin Dahl.", ("Karin Dahl", "ASSAULT", "Jan Brandt")),
    ("Goma fell to the Orion Front.", ("Goma", "COERCE", "Orion Front")),
    ("Friends of Karin Dahl accused Peru of lying.", ("Karin Dahl", "ACCUSE", "Peru")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_the_clause_is_hung_where_it_belongs(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in ends(proposed(text)), ends(proposed(text))


@pytest.mark.parametrize(("text", "triple"), LACKS)
def test_nobody_is_related_by_a_loose_clause(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in ends(proposed(text))
