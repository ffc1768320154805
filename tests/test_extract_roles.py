"""Sentence → roles, with the default model; must-not-fire rows give none."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract import nlp
from extract.actors import find_mentions
from extract.coreference import resolve
from extract.model import Article
from extract.roles import find_roles

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def model() -> Language:
    return nlp.load()


def roles(model: Language, text: str) -> set[tuple[str, str, str]]:
    article = Article("a", text)
    ((_, doc),) = nlp.parse(model, [article])
    mentions = resolve(doc, find_mentions(doc, article), article)
    return {(claim.source.name, claim.relation, claim.target.name) for claim in find_roles(doc, mentions)}


TITLES = [
    ("Norwegian Foreign Minister Karin Dahl spoke on Monday.", "Karin Dahl", "foreign minister of", "Norway"),
    (
        "Chief Prosecutor of the ICC Amara Diallo filed a report.",
        "Amara Diallo",
        "chief prosecutor of",
        "ICC",
    ),
    ("Reuters reporter Jane Foster was there.", "Jane Foster", "reporter of", "Reuters"),
    ("US Secretary of State John Harlow arrived.", "John Harlow", "secretary of", "US"),
    ("Peruvian President Luis Ortega resigned.", "Luis Ortega", "president of", "Peru"),
    ("Former Greek Prime Minister Nikos Pappas was ill.", "Nikos Pappas", "prime minister of", "Greece"),
    ("Japan's ambassador Kenji Mori left the talks.", "Kenji Mori", "ambassador of", "Japan"),
    ("Hungarian diplomat Peter Szabo wrote a book.", "Peter Szabo", "diplomat of", "Hungary"),
]
APPOSITIONS = [
    ("Karim Nasser, commander of the Desert Brigade, ran.", "Karim Nasser", "commander of", "Desert Brigade"),
    ("Canada's minister of trade, Anna Webb, smiled.", "Anna Webb", "minister of", "Canada"),
    ("Poland's chancellor, Marek Nowak, declined.", "Marek Nowak", "chancellor of", "Poland"),
    ("Anna Kruger, spokeswoman for the German Labour Party, left.", "Anna Kruger", "spokeswoman for",
     "German Labour Party"),
    ("The head of the Chilean army, Gen Juan Perez, resigned.", "Juan Perez", "head of", "Chilean army"),
    ("Maria Lopez, 44, a member of the Green Party, won.", "Maria Lopez", "member of", "Green Party"),
    ("John Marsh, vice president of Citizens for Fair Trade, wept.", "John Marsh", "vice president of",
     "Citizens for Fair Trade"),
    ("David Stone, a senior UNICEF official, said no.", "David Stone", "official of", "UNICEF"),
]  # fmt: skip
STATEMENTS = [
    ("Robert Hale was appointed director of Interpol.", "Robert Hale", "director of", "Interpol"),
    ("Robert Hale is the chairman of Gazprom.", "Robert Hale", "chairman of", "Gazprom"),
    ("Elena Rossi became president of Italy in 1990.", "Elena Rossi", "president of", "Italy"),
    ("Robert Hale was elected leader of the Labour Party.", "Robert Hale", "leader of", "Labour Party"),
    ("Robert Hale serves as spokesman for UNICEF.", "Robert Hale", "spokesman for", "UNICEF"),
    ("Robert Hale heads the World Bank.", "Robert Hale", "head", "World Bank"),
    ("Estonia is a member of NATO.", "Estonia", "member of", "NATO"),
    ("The mayor met Robert Hale, who heads the World Bank.", "Robert Hale", "head", "World Bank"),
]
NOTHING = [
    "Robert Hale visited Norway on Monday.",
    "The Norwegian foreign minister spoke on Monday.",
    "Aleppo, a city in Syria, was quiet.",
    "The president of the club met Robert Hale in Norway.",
    "Norwegian forces left the base.",
    "Robert Hale, however, left Norway.",
    "Norway, Sweden and Denmark met in May.",
    "Robert Hale named Karin Dahl after her aunt.",
    "Robert Hale led a protest in Norway.",
    "A minister in Norway praised Robert Hale.",
    "Robert Hale told the ambassador that Norway was cold.",
    "Norway appointed an ambassador on Monday, Robert Hale said.",
    "Oil prices rose in Norway, Robert Hale wrote.",
    "Robert Hale founded Gazprom.",
    "The director praised Interpol and Robert Hale.",
    "Robert Hale wants peace with Norway.",
    "Estonia left the meeting with NATO.",
    "Robert Hale met the leader and Norway paid.",
    "Gazprom bought a stake in Sputnik.",
    "Robert Hale was arrested in Norway.",
    "Robert Hale and the Norwegian minister met.",
    "In Norway, Robert Hale spoke to Karin Dahl.",
    "Robert Hale, 44, lives in Norway.",
    "Robert Hale lost the election in Norway.",
]


@pytest.mark.parametrize(("text", "source", "relation", "target"), TITLES + APPOSITIONS + STATEMENTS)
def test_a_stated_role_is_found(model: Language, text: str, source: str, relation: str, target: str) -> None:
    assert (source, target) in {(s, t) for s, _, t in roles(model, text)}
    assert any(relation in found for s, found, t in roles(model, text) if (s, t) == (source, target))


@pytest.mark.parametrize("text", NOTHING)
def test_no_role_is_made_up(model: Language, text: str) -> None:
    assert roles(model, text) == set()


def test_a_denied_role_is_negated(model: Language) -> None:
    article = Article("a", "Robert Hale is not the chairman of Gazprom.")
    ((_, doc),) = nlp.parse(model, [article])
    claims = find_roles(doc, find_mentions(doc, article))
    assert [claim.status for claim in claims] == ["negated"]
