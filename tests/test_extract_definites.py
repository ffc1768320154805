"""Text → whom a common noun means that no nearer rule resolves; and nouns that mean nobody."""

from __future__ import annotations

import pytest

from tests.reading import resolved

pytestmark = pytest.mark.model

MEANT = [
    ("Committee grills bank over loans\n\nThe Joint Committee on Fisheries accused Harbour Bank of fraud.",
     "Committee", "Joint Committee on Fisheries"),
    ("Committee grills bank over loans\n\nThe Joint Committee on Fisheries accused Harbour Bank of fraud.",
     "bank", "Harbour Bank"),
    ("A parliamentary committee accused Robert Hale of fraud on Monday.\n\n"
     "The Joint Committee on Fisheries will report in May.",
     "A parliamentary committee", "Joint Committee on Fisheries"),
    ("Anglers sue university over lake\n\nThe anglers accused Kelmore University of greed.",
     "university", "Kelmore University"),
    ("Robert Hale has told a Scottish inquiry that he fell. Maria Lopez told the inquiry that she fled.",
     "the inquiry", "Scottish inquiry"),
    ("Regulator punishes dairy\n\nThe Danish competition authority fined Vestmark Foods on Monday.",
     "Regulator", "Danish competition authority"),
    ("The Royal Corfu Police arrested Robert Hale. Maria Lopez complained, and the force wrote to her.",
     "the force", "Royal Corfu Police"),
    ("The Northern Liberation Front freed Robert Hale. Luis Ortega, who met the rebel group, was glad.",
     "the rebel group", "Northern Liberation Front"),
    ("Rights group accuses Norway of neglect\n\nCoastal Rights Watch said Norway had neglected fishermen.",
     "Rights group", "Coastal Rights Watch"),
    ("A judge freed Robert Hale on Monday.\n\nMr Justice Alan Penrose said Hale had suffered enough.",
     "A judge", "Alan Penrose"),
    ("Bishop splits synod\n\nMaria Lopez met Bishop Karin Dahl on Monday. Maria Lopez thanked the bishop.",
     "the bishop", "Karin Dahl"),
    ("Tycoon sues town\n\nThe shipping magnate Luis Ortega sued Brindisi.", "Tycoon", "Luis Ortega"),
    ("Norway expels Peruvian diplomat\n\nNorway expelled a Peruvian envoy, Luis Ortega, on Monday. "
     "Luis Ortega left Oslo.", "Peruvian diplomat", "Luis Ortega"),
    ("Norway jails former captain\n\nRobert Hale, a former captain, was jailed on Monday.",
     "former captain", "Robert Hale"),
    ("U.S. Deputy Secretary of State Maria Lopez flew to Oslo. Coastal Rights Watch had urged the deputy "
     "secretary to speak.", "the deputy secretary", "Maria Lopez"),
    ("Mr Justice Alan Penrose freed Robert Hale. Peru thanked the judge.", "the judge", "Alan Penrose"),
]  # fmt: skip

NOT_MEANT = [
    ("Robert Hale has told a public inquiry that he fell. Maria Lopez told the inquiry that she fled.",
     "the inquiry"),
    ("Maria Lopez praised the report of a commission headed by Robert Hale.", "a commission"),
    ("The case may end up in court.", "court"),
    ("Robert Hale has called for an inquiry.", "an inquiry"),
    ("Karin Dahl has promised to open an inquiry into the fire.", "an inquiry"),
    ("Maria Lopez said that a committee would be formed.", "a committee"),
    ("Robert Hale denied the authority of Maria Lopez.", "the authority"),
    ("Robert Hale has not been before any committee.", "any committee"),
    ("The paper was torn.", "The paper"),
    ("Robert Hale met Maria Lopez in Oslo. She rang a bank on Monday.", "a bank"),
    ("Harbour Bank sued Robert Hale. Northern Bank sued Maria Lopez. Peru has fined a bank.", "a bank"),
    ("Robert Hale, head of a charity, met Maria Lopez. The head of customs fled.", "The head"),
    ("Karin Dahl met Luis Ortega. A diplomat wept.", "A diplomat"),
    ("Robert Hale spoke. Maria Lopez spoke. Luis Ortega spoke. A minister phoned him.", "A minister"),
    ("The judge, Alan Penrose, freed Robert Hale.", "The judge"),
    ("A sergeant, Luis Ortega, was freed.", "A sergeant"),
    ("Kelmore University, a Danish school, left. The Swedish university did not.", "The Swedish university"),
    ("Coastal Rights Watch wrote to Norway. The Dan news agency did not.", "The Dan news agency"),
    ("Karin Dahl leads Harbour Bank. A newspaper fell from the table.", "A newspaper"),
    ("Harbour Bank sued Norway. The parish church did not.", "The parish church"),
    ("Robert Hale, the Harbour Bank's driver, spoke. He left the union.", "the union"),
    ("Luis Ortega sat in the gallery. Robert Hale thanked the priest.", "the priest"),
    ("Police held Robert Hale in Oslo. The politician had accused President Maria Lopez of fraud.",
     "The politician"),
    ("President Luis Ortega met Norway. Peru urged him to free the journalist.", "the journalist"),
    ("The judge accused Alan Penrose, a magistrate, of fraud.", "The judge"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "actor"), MEANT, ids=[f"{w} = {a}" for _, w, a in MEANT])
def test_noun_means_whom_the_article_calls_so(text: str, words: str, actor: str) -> None:
    assert actor in {m.name for m in resolved(text) if m.text == words and m.kind == "nominal"}


@pytest.mark.parametrize(("text", "words"), NOT_MEANT, ids=[text for text, _ in NOT_MEANT])
def test_noun_means_nobody(text: str, words: str) -> None:
    assert [m.name for m in resolved(text) if m.text == words] == []
