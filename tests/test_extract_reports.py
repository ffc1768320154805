"""What reports of war and courts are built of: ties nobody shares, roads, quotations, ranks, cut names."""

from __future__ import annotations

import pytest

from extract import nlp
from extract.pipeline import DEFAULT_MODEL
from tests.reading import ends, proposed, resolved

pytestmark = pytest.mark.model

HOLDS = [
    ("Kenya and Uganda severed diplomatic relations.", ("Kenya", "SANCTION", "Uganda")),
    ("Kenya and Uganda exchanged insults.", ("Kenya", "ACCUSE", "Uganda")),
    ("Clashes went on for days between Kenya and Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Fighting broke out on the border between Kenya and Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ('Norway said "the truce is dead" and accused Peru of lying.', ("Norway", "ACCUSE", "Peru")),
    ("The Congolese army and rebel group M23 accuse each other of lying.",
     ("Congolese army", "ACCUSE", "M23")),
    ("The Kenyan police and militant group Shabaab clashed on Friday.",
     ("Kenyan police", "ASSAULT", "Shabaab")),
    ("Norwegian Development Aid Minister Karin Dahl left.", ("Karin Dahl", "ROLE", "Norway")),
    ("Peter Brandt, a Peruvian military blogger, left.", ("Peter Brandt", "ROLE", "Peru")),
    ("Kenya and Uganda met on Friday. The sides clashed on Monday.", ("Kenya", "ASSAULT", "Uganda")),
    ("Karin Dahl is a reporter for Panorama, a news agency. Peter Brandt is an editor at the Novaris news "
     "agency. Novaris was founded in May.", ("Peter Brandt", "ROLE", "Novaris")),
    ("Peruvian rebels attacked junta troops.", ("Peruvian rebels", "ASSAULT", "junta troops")),
    ("The town lies near Crimea, the Black Sea peninsula that Russia illegally annexed from Ukraine.",
     ("Russia", "COERCE", "Black Sea peninsula")),
    ("Peter Brandt and Karin Dahl spoke by telephone on Monday.", ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("Police said a gang called Mawozo abducted Peter Brandt.", ("Mawozo", "COERCE", "Peter Brandt")),
    ("Peru praised a group named Meridian Watch.", ("Peru", "SUPPORT", "Meridian Watch")),
    ("Human Rights Watch has documented crimes against humanity by Syrian forces.",
     ("Human Rights Watch", "ACCUSE", "Syrian forces")),
    ("Amnesty International exposed killings by Kenyan police.",
     ("Amnesty International", "ACCUSE", "Kenyan police")),
    ("Norway's former army chief Karin Dahl left.", ("Karin Dahl", "ROLE", "Norway")),
    ("The firms are suspected of violating United Nations sanctions on Chad.",
     ("United Nations", "SANCTION", "Chad")),
    ("Peru fined Ukio Dahl, which was owned by Peter Brandt.", ("Peru", "SANCTION", "Ukio Dahl")),
    ("The All Ceylon Makkal Congress, led by Rishad Dahl, sued Peru.",
     ("Rishad Dahl", "ROLE", "All Ceylon Makkal Congress")),
    ("Speaking to Reuters, deputy Orion head Peter Brandt called the delay a crime.",
     ("Peter Brandt", "CONSULT", "Reuters")),
    ("After shooting Ana Lee, Kenyan troops occupied the village, Peter Brandt said.",
     ("Kenyan troops", "ASSAULT", "Ana Lee")),
    ("Kenyan rebels attacked an African Union military base in the north.",
     ("Kenyan rebels", "ASSAULT", "African Union military base")),
    ("Karin Dahl, the director of the Middle East and Asia division of Human Rights Watch, left.",
     ("Human Rights Watch", "ROLE", "Karin Dahl")),
    ("Peter Brandt was ousted in July in a coup led by Hassan Rouhani.",
     ("Hassan Rouhani", "COERCE", "Peter Brandt")),
    ("U.S. officials turned Cardenas over to Peru. Osiel Cardenas Guillen had led a gang.",
     ("U.S. officials", "CONCEDE", "Osiel Cardenas Guillen")),
    ("India and Chile sued Boeing. Norway is calm. Kenya accuses Peru of lying. The two countries have "
     "fought two wars.", ("Kenya", "ASSAULT", "Peru")),
    ("Russian media quoted Karin Dahl as saying so.", ("Russian media", "SAY", "Karin Dahl")),
    ("Lawyers of Boeing handed the prosecutor of the Orion Court, Karin Dahl, a list.",
     ("Lawyers of Boeing", "OTHER", "Karin Dahl")),
]  # fmt: skip
HOLDS_NOT = [
    ("Kenya and Uganda condemned the attack.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya and Uganda welcomed the deal.", ("Kenya", "SUPPORT", "Uganda")),
    ("Kenya and Uganda expressed alarm.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya and Uganda halted exports.", ("Kenya", "SANCTION", "Uganda")),
    ("The union condemned the attack on the road between Kenya and Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Troops launched attacks on the border between Kenya and Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Norway said the truce that Peru accused Chile of breaking is dead.", ("Norway", "ACCUSE", "Chile")),
    ("Peter Brandt, Professor of International Peace at Harvard University, left.",
     ("Peter Brandt", "ROLE", "International Peace")),
    ("Peter Brandt, a Peruvian military blogger, left.", ("Peter Brandt", "ROLE", "Peruvian military")),
    ("Ten Kenyan peacekeepers were killed in a northern Mali attack.",
     ("Mali", "ASSAULT", "Kenyan peacekeepers")),
    ("Norway closed the port, leading Peru to recall its envoy.", ("Norway", "OTHER", "Peru")),
    ("The Orion Mission, known by its Spanish initials, left Peru.", ("Spain", "OTHER", "Orion Mission")),
    ("Peru arrested a former UN anti-fraud commission representative.", ("Peru", "COERCE", "UN")),
    ("Peter Brandt and Karin Dahl spoke at the rally on Monday.", ("Karin Dahl", "CONSULT", "Peter Brandt")),
    ("The firms are suspected of violating United Nations sanctions on Chad.",
     ("United Nations", "REJECT", "Chad")),
    ("Peter Brandt left talks hosted by Norway.", ("Norway", "RETREAT", "Peter Brandt")),
    ("Kenya sabotaged peace talks brokered by Norway.", ("Kenya", "COERCE", "Norway")),
    ("Police held Peter Brandt, a lawyer who worked with the Orion Commission (OC), the entity that was "
     "expelled from Guatemala.", ("Guatemala", "SANCTION", "Peter Brandt")),
    ("Karin Dahl was declared a fugitive and her property ordered confiscated by the judge, Peter Brandt.",
     ("Karin Dahl", "REQUEST", "Peter Brandt")),
    ("Speaking to Reuters, deputy Orion head Peter Brandt called the delay a crime.",
     ("Peter Brandt", "ACCUSE", "Reuters")),
    ("After shooting Ana Lee, Kenyan troops occupied the village, Peter Brandt said.",
     ("Peter Brandt", "ASSAULT", "Ana Lee")),
    ("Kenyan rebels attacked an African Union military base in the north.",
     ("Kenyan rebels", "ASSAULT", "African Union")),
    ("Karin Dahl, the director of the Middle East and Asia division of Human Rights Watch, left.",
     ("Karin Dahl", "ROLE", "Middle East")),
    ("India and Chile sued Boeing. Norway is calm. Kenya accuses Peru of lying. The two countries have "
     "fought two wars.", ("Chile", "ASSAULT", "India")),
    ("Norway condemned the verdict against Karin Dahl.", ("Karin Dahl", "ACCUSE", "Norway")),
    ("The war, code-named by Turkey as Orion, began.", ("Turkey", "OTHER", "Orion")),
    ("Human Rights Watch has documented crimes against humanity by Syrian forces.",
     ("Syrian forces", "OTHER", "Human Rights Watch")),
    ("A message from Boeing, obtained by Airbus, said so.", ("Airbus", "OTHER", "Boeing")),
    ("Karin Dahl, the head of the Orion Mission of Peru to Norway, left.", ("Karin Dahl", "ROLE", "Norway")),
    ("Karin Dahl, the OSCE's media envoy, left.", ("Karin Dahl", "ROLE", "OSCE's media")),
    ("Kenya attacked Uganda. Peru looked at the sides of the hill.", ("Peru", "OTHER", "Kenya")),
]  # fmt: skip
NAMED = [
    ("Rebels met Brig. Gen. Peter Brandt in Goma.", "Peter Brandt", "Brig"),
    ("Rebels met Supt. Karin Dahl in Goma.", "Karin Dahl", "Supt"),
    ("Rebels met Atty. Gen. Karin Dahl in Goma.", "Karin Dahl", "Atty"),
    ("Na Nwin Taw Bo was raided. Soldiers left Na Nwin Taw Bo on Friday.", "Na Nwin Taw Bo", "Nwin Taw Bo"),
    ("Alejandro Garza y Garza met Lavrov. Garza y Garza left.", "Alejandro Garza y Garza", "Alejandro Garza"),
    ("The Azerbaijani Prosecutor General's Office sued Boeing.", "Prosecutor General's Office", "Office"),
    ("Researchers at the Citizen Lab found the phones.", "Citizen Lab", "Lab"),
    ("The National Thowheeth Jama'ath, a local group, was blamed.", "National Thowheeth Jama'ath",
     "Thowheeth Jama'ath"),
    ("Troops shot Khin Soe Wai while she fled. The killing of Khin Soe Wai shocked Burma.",
     "Khin Soe Wai", "Khin Soe"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), HOLDS)
def test_holds(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in ends(proposed(text)) or claim[::-1] in ends(proposed(text))


@pytest.mark.parametrize(("text", "claim"), HOLDS_NOT)
def test_holds_not(text: str, claim: tuple[str, str, str]) -> None:
    found = ends(proposed(text))
    assert claim not in found
    assert claim[::-1] not in found


@pytest.mark.parametrize(("text", "name", "piece"), NAMED)
def test_names_are_whole(text: str, name: str, piece: str) -> None:
    found = {mention.text for mention in resolved(text)}
    assert name in found
    assert piece not in found


@pytest.mark.parametrize("rank", ["Brig.", "Capt.", "Cmdr.", "Cpl.", "Insp.", "Pvt.", "Sgt.", "Supt."])
def test_no_sentence_ends_at_a_rank(rank: str) -> None:
    doc = nlp.load(DEFAULT_MODEL)(f"Rebels met {rank} Peter Brandt in Goma. He left.")
    assert len(list(doc.sents)) == 2
