"""Summits, envoys and days of the week as wires write them: what the parser misreads and what must stay."""

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
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim"), HOLDS)
def test_holds(text: str, claim: tuple[str, str, str]) -> None:
    """The rules propose what the sentence tells, whatever the parser made of it."""
    assert claim in ends(proposed(text))


@pytest.mark.parametrize(("text", "claim"), HOLDS_NOT)
def test_holds_not(text: str, claim: tuple[str, str, str]) -> None:
    """Nothing is read into it."""
    assert claim not in ends(proposed(text))
