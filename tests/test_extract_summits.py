"""Summits, envoys, invitations and families as wires write of them: what is told, and what must not be."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model

HOLDS = [
    ("Norway's envoy to the UN Lars Dahl told Reuters that the vote was unfair.",
     ("Lars Dahl", "SAY", "Reuters")),
    ("Britain's ambassador to Kenya Martin Clegg praised President Adisa Bello.",
     ("Martin Clegg", "SUPPORT", "Adisa Bello")),
    ("Sudan's envoy to the UN Abdel-Rahim Osman-Ali praised Norway.",
     ("Abdel-Rahim Osman-Ali", "SUPPORT", "Norway")),
    ("The head of the Kenyan parliament Peter Otieno accused Uganda of theft.",
     ("Peter Otieno", "ACCUSE", "Uganda")),
    ("Karin Dahl met the president of South Sudan Salva Mabior in Juba.",
     ("Karin Dahl", "CONSULT", "Salva Mabior")),
    ("Petrov demanded that Georgia withdraw its troops and accused Tbilisi of aggression.",
     ("Petrov", "ACCUSE", "Georgia")),
    ("Holm proposed that Norway host the talks and invited Peter Brandt to visit Oslo.",
     ("Holm", "CONSULT", "Peter Brandt")),
    ("Karin Holm said Norway supports Ukraine and urged Russia to withdraw.",
     ("Karin Holm", "REQUEST", "Russia")),
    ("Karin Holm insisted that the deal be signed in Oslo and thanked Peru.",
     ("Karin Holm", "SUPPORT", "Peru")),
    ("At a summit in Geneva, Adisa Bello and Kemal Aydin signed a treaty.",
     ("Adisa Bello", "AGREE", "Kemal Aydin")),
    ("Following their meeting on Monday in Nairobi, Kenya and Uganda agreed to open the border.",
     ("Kenya", "CONSULT", "Uganda")),
    ("At a news conference in Berlin, Lena Ruud and Pedro Marin condemned Russia.",
     ("Pedro Marin", "ACCUSE", "Russia")),
    ("In a letter to Pedro Marin, Lena Ruud and Kemal Aydin urged Spain to wait.",
     ("Kemal Aydin", "REQUEST", "Spain")),
    ("Senior Hamas leader Tarek Hadi Sunday accused Israel of breaking the truce.",
     ("Tarek Hadi", "ACCUSE", "Israel")),
    ("Chinese Foreign Ministry spokesperson Zhou Lidan Friday said China supports Norway.",
     ("Zhou Lidan", "ROLE", "China")),
    ("Visiting President Adisa Bello Tuesday told Kemal Aydin that the deal was off.",
     ("Adisa Bello", "SAY", "Kemal Aydin")),
    ("Visiting US envoy Lars Dahl on Monday urged Pakistan to release the doctor.",
     ("Lars Dahl", "REQUEST", "Pakistan")),
    ("Karin Holm met Anna Lind in Rome. In their talks, Pedro Marin and Kemal Aydin agreed to cooperate.",
     ("Kemal Aydin", "CONSULT", "Pedro Marin")),
    ("Karin Holm held talks with Ivan Petrov in Oslo, and they agreed that the border should be reopened.",
     ("Ivan Petrov", "AGREE", "Karin Holm")),
    ("Lena Ruud spoke with Kemal Aydin by phone and they agreed to meet in June.",
     ("Kemal Aydin", "AGREE", "Lena Ruud")),
    ("Russia and Serbia are close allies.", ("Russia", "ROLE", "Serbia")),
    ("Turkey and Greece, both members of NATO, are bitter rivals.", ("Greece", "ROLE", "Turkey")),
    ("The United States and Kenya became allies after the war.", ("Kenya", "ROLE", "United States")),
    ("Karin Dahl and Anna Dahl are sisters.", ("Anna Dahl", "OTHER", "Karin Dahl")),
    ("Norway and Denmark are founding members of NATO.", ("Denmark", "ROLE", "NATO")),
    ("An official at the Holm-Petrov meeting said it went well. Karin Holm met Ivan Petrov in Oslo.",
     ("Ivan Petrov", "CONSULT", "Karin Holm")),
    ("A German official briefed on the Ruud-Marin phone call said it was short. Lena Ruud praised Pedro "
     "Marin.", ("Lena Ruud", "CONSULT", "Pedro Marin")),
    ("President Ravi Menon responded positively to an invitation from Prime Minister Karin Holm to visit "
     "Norway.", ("Karin Holm", "CONSULT", "Ravi Menon")),
    ("Karin Holm arrived in Nairobi at the invitation of Adisa Bello.",
     ("Adisa Bello", "CONSULT", "Karin Holm")),
    ("Karin Holm has accepted Ivan Petrov's invitation to visit Russia.",
     ("Karin Holm", "CONSULT", "Russia")),
    ("King Hassan's invitation to Lena Ruud to visit Morocco was delivered by the ambassador.",
     ("Lena Ruud", "CONSULT", "Morocco")),
    ("Omar Hadi is to face trial along with his two sons Tarek Hadi and Nabil Hadi.",
     ("Nabil Hadi", "OTHER", "Omar Hadi")),
    ("Omar Hadi and his sons Tarek and Nabil were jailed in Egypt.", ("Tarek", "OTHER", "Omar Hadi")),
    ("Omar Hadi allegedly orchestrated the killing of Peter Brandt.",
     ("Omar Hadi", "ASSAULT", "Peter Brandt")),
    ("Venezuela announced the expulsion of the ambassadors of Peru and Chile.",
     ("Venezuela", "SANCTION", "Chile")),
]  # fmt: skip

HOLDS_NOT = [
    ("Norway's envoy to the UN Lars Dahl told Reuters that the vote was unfair.",
     ("Norway", "SAY", "Reuters")),
    ("Britain's ambassador to Kenya Martin Clegg praised President Adisa Bello.",
     ("Britain", "SUPPORT", "Adisa Bello")),
    ("The head of the Kenyan parliament Peter Otieno accused Uganda of theft.",
     ("Kenya", "ACCUSE", "Uganda")),
    ("The chairman of the US Joint Chiefs, General Jan Brandt, met Karin Dahl.",
     ("US", "CONSULT", "Karin Dahl")),
    ("Petrov demanded that Georgia withdraw its troops and accused Tbilisi of aggression.",
     ("Georgia", "ACCUSE", "Georgia")),
    ("Holm proposed that Norway host the talks and invited Peter Brandt to visit Oslo.",
     ("Norway", "CONSULT", "Peter Brandt")),
    ("Karin Holm said the Delta Front controls the town and took a base from Kenya.",
     ("Karin Holm", "COERCE", "Kenya")),
    ("Karin Holm asked that Peru wait and that Chad arrest Peter Brandt.",
     ("Karin Holm", "COERCE", "Peter Brandt")),
    ("Karin Dahl flew to Geneva, Oslo and Bergen signed a treaty with Peru.",
     ("Karin Dahl", "AGREE", "Peru")),
    ("Visiting Kemal Aydin in Ankara, Karin Holm praised Turkey.", ("Kemal Aydin", "SUPPORT", "Turkey")),
    ("Visiting Kemal Aydin on Monday, Karin Holm praised Turkey.", ("Kemal Aydin", "SUPPORT", "Turkey")),
    ("Senior Hamas leader Tarek Hadi Sunday accused Israel of breaking the truce.",
     ("Tarek Hadi Sunday", "ROLE", "Hamas")),
    ("Karin Holm told Ivan Petrov that they should agree on a price.",
     ("Ivan Petrov", "AGREE", "Karin Holm")),
    ("Karin Holm met Ivan Petrov, and they agreed that Peru should leave.", ("Karin Holm", "AGREE", "Peru")),
    ("Kenya and Uganda are allies of Peru.", ("Kenya", "ROLE", "Uganda")),
    ("Kenya and Uganda are our rivals.", ("Kenya", "ROLE", "Uganda")),
    ("Karin Holm and Ivan Petrov are leading protests in Oslo.", ("Ivan Petrov", "ROLE", "Karin Holm")),
    ("A Japanese official at the Holm-Petrov meeting spoke. Karin Holm met Ivan Petrov in Oslo.",
     ("Karin Holm", "ROLE", "Japan")),
    ("Peter Brandt-Moe met Karin Holm. A Brandt-Moe aide praised Norway.",
     ("Brandt", "SUPPORT", "Norway")),
    ("Karin Holm arrived in Nairobi at the invitation of Adisa Bello.",
     ("Karin Holm", "CONSULT", "Adisa Bello")),
    ("Karin Holm has accepted Ivan Petrov's invitation to visit Russia.",
     ("Ivan Petrov", "CONSULT", "Russia")),
    ("Kenya has extended an invitation to Alemu Bekele to visit Peru.", ("Kenya", "CONSULT", "Peru")),
    ("General Omar Hadi was convicted of planning the murder of Peter Brandt.",
     ("Omar Hadi", "AGREE", "Peter Brandt")),
    ("Venezuela announced the expulsion of the ambassadors of Peru and Chile.",
     ("Venezuela", "SAY", "Peru")),
    ("Kenya announced the arrest of Omar Hadi.", ("Kenya", "SAY", "Omar Hadi")),
    ("Karin Holm expressed Norway's hope of better relations with Chile.", ("Karin Holm", "OTHER", "Norway")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), HOLDS)
def test_holds(text: str, claim: tuple[str, str, str]) -> None:
    """The rules propose what the sentence tells, whatever the parser made of it."""
    assert claim in ends(proposed(text))


@pytest.mark.parametrize(("text", "claim"), HOLDS_NOT)
def test_holds_not(text: str, claim: tuple[str, str, str]) -> None:
    """Nothing is read into it."""
    assert claim not in ends(proposed(text))
