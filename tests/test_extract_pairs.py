"""Which two actors of a sentence a claim is proposed between: (source, code, target) held or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model


def held(text: str) -> set[tuple[str, str, str]]:
    return ends(proposed(text))


HOLDS = [
    ("Brazil's Petrobras and Venezuela's PDVSA signed a deal.", ("PDVSA", "AGREE", "Petrobras")),
    ("Kenya praised Peter Holm, a judge and a former mayor of Kisumu, who chairs the Jade Party.",
     ("Peter Holm", "ROLE", "Jade Party")),
    ("Kenya praised Peter Holm, head of the Jade Party, who had accused Uganda of lying.",
     ("Peter Holm", "ACCUSE", "Uganda")),
    ("Anna Dahl met members of the Jade Front, who attacked Kenya.", ("Jade Front", "ASSAULT", "Kenya")),
    ("The Pope urged Kenya to stop.", ("Pope", "REQUEST", "Kenya")),
    ("Pope John Paul II met Anna Dahl. The pontiff praised Cuba.", ("John Paul II", "SUPPORT", "Cuba")),
    ("Pope Clement met Anna Dahl. The pope praised Cuba.", ("Clement", "SUPPORT", "Cuba")),
    ("Kenya dismissed Peter Holm, its army chief.", ("Kenya", "SANCTION", "Peter Holm")),
    ("Anna Dahl dismissed Peter Holm as a liar.", ("Anna Dahl", "REJECT", "Peter Holm")),
    ("Peter Holm ruled Kenya for 20 years.", ("Peter Holm", "ROLE", "Kenya")),
    ("Dr Anna Dahl examined Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Cyprus called in Europol.", ("Cyprus", "REQUEST", "Europol")),
    ("Kenyan troops fought alongside Ugandan soldiers.", ("Kenyan troops", "COOPERATE", "Ugandan soldiers")),
    ("Orion Bank, created by Kenya and Uganda, met Chad.", ("Kenya", "OTHER", "Orion Bank")),
    ("Anna Dahl replaced Moses Kiptoo with Peter Holm.", ("Anna Dahl", "OTHER", "Moses Kiptoo")),
    ("Kenyan police beat supporters of the Jade Front, led by Peter Holm.",
     ("Peter Holm", "ROLE", "Jade Front")),
    ("Russian troops left the Georgian port of Poti.", ("Russian troops", "RETREAT", "Poti")),
    ("Cambodian leader Hun Sen met Anna Dahl.", ("Anna Dahl", "CONSULT", "Hun Sen")),
    ("Amartya Sen praised Kenya.", ("Amartya Sen", "SUPPORT", "Kenya")),
    ("Kenya thanked Air Force Maj. Peter Holm.", ("Peter Holm", "ROLE", "Air Force")),
    ("Chinese police detained hundreds of Uighurs.", ("Chinese police", "COERCE", "Uyghurs")),
    ("Kenyan troops invaded Uganda to topple Peter Holm.", ("Kenyan troops", "COERCE", "Peter Holm")),
    ("Anna Dahl visited Kenya to apologise to Peter Holm.", ("Anna Dahl", "CONCEDE", "Peter Holm")),
    ("Kenya invited Anna Dahl to address the African Union.",
     ("African Union", "CONSULT", "Anna Dahl")),
    ("Kenya forced Anna Dahl to leave Uganda.", ("Anna Dahl", "RETREAT", "Uganda")),
    ("Kenya sent Anna Dahl to meet Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Kenya's army and the Jade Brigade fought for control of Kisumu.",
     ("Jade Brigade", "ASSAULT", "Kenya's army")),
    ("Kenya and Uganda fought over Kisumu.", ("Kenya", "ASSAULT", "Uganda")),
    ("Somali rebels seized the town of Kisumu from Kenya.", ("Somali rebels", "COERCE", "Kisumu")),
    ("Somali rebels took the airport of Kisumu.", ("Somali rebels", "COERCE", "Kisumu")),
    ("Somali rebels looted the village of Kisumu.", ("Somali rebels", "COERCE", "Kisumu")),
    ("Anna Dahl and Peter Holm met Dora Hale to discuss the truce.", ("Dora Hale", "CONSULT", "Peter Holm")),
    ("Kenya met with Anna Dahl for two hours before dawn and then with Peter Holm.",
     ("Kenya", "CONSULT", "Peter Holm")),
    ("Orion Bank placed an order worth $60 million with Kestrel Shipyards.",
     ("Orion Bank", "OTHER", "Kestrel Shipyards")),
    ("Kenya rejected a plan that Uganda had proposed.", ("Kenya", "REJECT", "Uganda")),
    ("Anna Dahl had breakfast with Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Peter Holm was sentenced for his role in the attack on Uganda's embassy.",
     ("Peter Holm", "ASSAULT", "Uganda's embassy")),
    ("President Anna Dahl had General Peter Holm arrested.", ("Anna Dahl", "COERCE", "Peter Holm")),
    ("Peter Holm is wanted in Italy for fraud.", ("Italy", "COERCE", "Peter Holm")),
    ("Anna Dahl said her office was looking into whether Peter Holm had broken the law.",
     ("Anna Dahl", "ACCUSE", "Peter Holm")),
    ("Kenya withdrew after a dispute with Uganda over the border.", ("Kenya", "REJECT", "Uganda")),
    ("In Nairobi, the National Assembly, an opposition movement, accused the Security Committee of lying.",
     ("National Assembly", "ACCUSE", "Security Committee")),
    ("Dora Hale is married to Peter Holm.", ("Dora Hale", "OTHER", "Peter Holm")),
    ("Anna Dahl made the concession after a night of talks with Peter Holm.",
     ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Anna Dahl spent Wednesday on the telephone with Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Kenya and Uganda exchanged fire along the border.", ("Kenya", "ASSAULT", "Uganda")),
    ("Kenya took Uganda's side in the dispute.", ("Kenya", "SUPPORT", "Uganda")),
    ("Peter Holm, who holds the rotating chair of the African Union, flew to Kenya.",
     ("Peter Holm", "ROLE", "African Union")),
    ("After a telephone call from Peter Holm, Anna Dahl changed her mind.",
     ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Kenya and Uganda are on the verge of a historic deal.", ("Kenya", "AGREE", "Uganda")),
    ("An Air Force probe into allegations that Orion Partners stole documents was closed.",
     ("Air Force", "ACCUSE", "Orion Partners")),
    ("Orion Partners is defending itself from Kestrel Shipyards' lawsuit.",
     ("Kestrel Shipyards", "ACCUSE", "Orion Partners")),
    ("Anna Dahl said she had never spoken to anyone at Orion Partners.",
     ("Anna Dahl", "CONSULT", "Orion Partners")),
    ("Peter Holm's company, Kestrel Shipyards, paid the fine.", ("Peter Holm", "ROLE", "Kestrel Shipyards")),
    ("India, Brazil to build joint satellite", ("Brazil", "COOPERATE", "India")),
    ("The European Union, of which Norway is not a member, sent a team.",
     ("Norway", "ROLE", "European Union")),
    ("Anna Dahl will then go on to Kenya and Uganda.", ("Anna Dahl", "CONSULT", "Uganda")),
    ("Orion Bank bought 40 percent of the Norwegian company Kestrel Shipyards in May.",
     ("Orion Bank", "OTHER", "Kestrel Shipyards")),
    ("Governor Peter Holm told state news agency SANA that he would stay.", ("Peter Holm", "SAY", "SANA")),
    ("Kenya turned down a brigade of doctors that Cuba had offered.", ("Kenya", "REJECT", "Cuba")),
    ("There was hope for Kenya to defeat Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Anna Dahl is the only leader capable of beating Peter Holm.", ("Anna Dahl", "OTHER", "Peter Holm")),
    ("Aid stopped\n\nLIMA - Kenya and Norway joined Peru on Friday in freezing aid to Malawi, a country that "
     "owes two fifths of its budget to outsiders and that was held up as proof.",
     ("Kenya", "COOPERATE", "Peru")),
    ("Anna Dahl took credit for dislodging Peter Holm.", ("Anna Dahl", "ASSAULT", "Peter Holm")),
    ("Anna Dahl said on Wednesday she did not wish to meet Peter Holm.",
     ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Anna Dahl gave evidence against Peter Holm.", ("Anna Dahl", "ACCUSE", "Peter Holm")),
]  # fmt: skip

HOLDS_NOT = [
    ("Peter Holm, a lawyer and a member of the Jade Party, met Anna Dahl.",
     ("Anna Dahl", "CONSULT", "Jade Party")),
    ("Peter Holm, who had been in charge of Kenya's mines, left.", ("Peter Holm", "ACCUSE", "Kenya")),
    ("Pope Clement met Anna Dahl. The pope praised Cuba.", ("Pope", "SUPPORT", "Cuba")),
    ("Anna Dahl ran Peter Holm's campaign.", ("Anna Dahl", "ASSAULT", "Peter Holm")),
    ("Peter Holm was driving from Kisumu to Busia.", ("Peter Holm", "ASSAULT", "Kisumu")),
    ("Kenya dismissed Peter Holm's claim.", ("Kenya", "SANCTION", "Peter Holm")),
    ("Anna Dahl replaced Moses Kiptoo with Peter Holm.", ("Anna Dahl", "OTHER", "Moses")),
    ("Kenyan police beat supporters of the Jade Front, led by Peter Holm.",
     ("Peter Holm", "OTHER", "Kenyan police")),
    ("Russian troops left the Georgian port of Poti.", ("Russian troops", "RETREAT", "Georgian port")),
    ("Anna Dahl won Kenya's presidential election.", ("Anna Dahl", "OTHER", "Kenya")),
    ("Anna Dahl won Kenya's presidential election.", ("Kenya", "OTHER", "Anna Dahl")),
    ("Anna Dahl lost the Kenyan vote in May.", ("Anna Dahl", "OTHER", "Kenya")),
    ("Kenyan troops invaded Uganda to topple Peter Holm.", ("Uganda", "COERCE", "Peter Holm")),
    ("Anna Dahl visited Kenya to apologise to Peter Holm.", ("Kenya", "CONCEDE", "Peter Holm")),
    ("Kenya's offer was accepted by Uganda.", ("Kenya", "AGREE", "Uganda")),
    ("Kenya invited Anna Dahl to address the African Union.", ("Kenya", "CONSULT", "African Union")),
    ("Kenya and Uganda fought for independence.", ("Kenya", "ASSAULT", "Uganda")),
    ("Kenya and Uganda fought Rwanda over Kisumu.", ("Kenya", "ASSAULT", "Uganda")),
    ("A truce brokered by Kenya and Uganda collapsed.", ("Kenya", "AGREE", "Uganda")),
    ("Talks hosted by Kenya and Uganda collapsed.", ("Kenya", "CONSULT", "Uganda")),
    ("Anna Dahl and Peter Holm met Dora Hale to discuss the truce.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Kenya met with Anna Dahl for two hours before dawn and then with relief let Peter Holm go.",
     ("Kenya", "CONSULT", "Peter Holm")),
    ("Kenya rejected a plan that Uganda had studied.", ("Kenya", "REJECT", "Uganda")),
    ("Anna Dahl had breakfast before the arrest of Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Peter Holm was praised for his role in the opera about Uganda's embassy.",
     ("Peter Holm", "ASSAULT", "Uganda's embassy")),
    ("President Anna Dahl had arrested General Peter Holm.", ("Peter Holm", "COERCE", "Anna Dahl")),
    ("Anna Dahl said that Peter Holm had arrested the thieves.", ("Anna Dahl", "COERCE", "Peter Holm")),
    ("A new opera house is wanted in Italy, Peter Holm wrote.", ("Italy", "REQUEST", "Peter Holm")),
    ("Kenya withdrew after Peru spoke of a dispute with Uganda.", ("Kenya", "REJECT", "Uganda")),
    ("In Uganda, the National Assembly accused the Security Committee of lying.",
     ("Uganda", "ACCUSE", "Security Committee")),
    ("Anna Dahl slept after a night of talks between Kenya and Uganda.", ("Anna Dahl", "CONSULT", "Uganda")),
    ("Anna Dahl spent Wednesday on the train with Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("Kenya and Uganda exchanged notes along the border.", ("Kenya", "ASSAULT", "Uganda")),
    ("Kenya took Uganda's gold in the war.", ("Kenya", "SUPPORT", "Uganda")),
    ("Peter Holm, who holds the flag of the African Union, flew to Kenya.",
     ("Peter Holm", "ROLE", "African Union")),
    ("After a telephone call to Peter Holm, Anna Dahl changed her mind.",
     ("Peter Holm", "REQUEST", "Anna Dahl")),
    ("Kenya and Uganda are on the verge of a historic drought.", ("Kenya", "AGREE", "Uganda")),
    ("An Air Force plane flew over the hills that Orion Partners owns.",
     ("Air Force", "ACCUSE", "Orion Partners")),
    ("Orion Partners is defending Kenya from Kestrel Shipyards' lawsuit.",
     ("Kestrel Shipyards", "ACCUSE", "Orion Partners")),
    ("Anna Dahl had never spoken at the offices that Orion Partners built.",
     ("Anna Dahl", "CONSULT", "Orion Partners")),
    ("Peter Holm's rival, Kestrel Shipyards, paid the fine.", ("Peter Holm", "ROLE", "Kestrel Shipyards")),
    ("India, Brazil lose joint satellite", ("Brazil", "COOPERATE", "India")),
    ("The European Union, for which Norway is a partner, sent a team.", ("Norway", "ROLE", "European Union")),
    ("Anna Dahl will then go on with the work that Uganda began.", ("Anna Dahl", "CONSULT", "Uganda")),
    ("Orion Bank bought the Norwegian mine that Kestrel Shipyards had sold in May.",
     ("Orion Bank", "ASSAULT", "Kestrel Shipyards")),
    ("Governor Peter Holm told nobody, SANA said.", ("Peter Holm", "SAY", "SANA")),
    ("Kenya turned down a brigade of doctors that had once saved Cuba.", ("Kenya", "REJECT", "Cuba")),
    ("Anna Dahl gave evidence beside Peter Holm.", ("Anna Dahl", "ACCUSE", "Peter Holm")),
    ("There was hope for peace until Kenya defeated Uganda.", ("peace", "ASSAULT", "Uganda")),
    ("Anna Dahl met a leader capable of beating Peter Holm.",
     ("Anna Dahl", "OTHER", "Peter Holm")),
    ("Anna Dahl blamed Kenya for dislodging Peter Holm.", ("Anna Dahl", "ASSAULT", "Peter Holm")),
    ("Anna Dahl called on Kenya to meet Peter Holm.", ("Anna Dahl", "CONSULT", "Peter Holm")),
    ("After a demand from Peter Holm, Anna Dahl was shot.", ("Peter Holm", "REQUEST", "Anna Dahl")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_a_pair_is_proposed(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in held(text)


@pytest.mark.parametrize(("text", "triple"), HOLDS_NOT)
def test_a_pair_is_not_read_into(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in held(text)


@pytest.mark.parametrize(
    ("text", "speaker", "status"),
    [
        ("Kenya attacked Uganda; Rwanda said it was worried.", None, "actual"),
        ("Kenya expelled Peter Holm; Moscow ordered Anna Dahl to leave.", None, "actual"),
        ("Kenya blamed Uganda; Rwanda denied that it was involved.", None, "actual"),
        ("Kenya attacked Uganda, Rwanda said.", "Rwanda", "actual"),
        ("Kenya may attack Uganda, Rwanda said.", "Rwanda", "hypothetical"),
    ],
)
def test_nobody_tells_what_stands_before_a_semicolon(text: str, speaker: str | None, status: str) -> None:
    first = min(proposed(text), key=lambda triple: triple.source_start)
    assert (first.source, first.attribution, first.status) == ("Kenya", speaker, status)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya is visiting Uganda.", "actual"),
        ("Anna Dahl, who is visiting Uganda, met Peter Holm.", "actual"),
        ("Kenya is visiting Uganda next week.", "future"),
        ("Kenya is leaving Uganda.", "future"),
        ("Kenya will be visiting Uganda.", "future"),
    ],
)
def test_a_visit_under_way_is_a_fact(text: str, status: str) -> None:
    assert status in {triple.status for triple in proposed(text) if triple.target == "Uganda"}
