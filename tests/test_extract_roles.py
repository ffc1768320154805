"""Sentence → roles, with the default model: role_sentences.txt holds a row for every construction.

A row is exact: roles that are found and not listed are as wrong as those that are listed and not found.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from extract import nlp
from extract.actors import find_mentions
from extract.claims import Claim
from extract.coreference import Cast, resolve
from extract.model import Article
from extract.ontology import load
from extract.roles import find_roles
from extract.stance import Speakers, state

pytestmark = pytest.mark.model

ROWS = [
    line.partition(" |")
    for line in (Path(__file__).parent / "role_sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def model() -> Language:
    return nlp.load()


def claims(model: Language, text: str) -> list[Claim]:
    article = Article("a", text)
    ((_, doc),) = nlp.parse(model, [article])
    mentions = resolve(doc, find_mentions(doc, article), article)
    speakers = Speakers(doc, Cast(mentions), load())
    return [state(claim, doc, load(), speakers) for claim in find_roles(doc, mentions)]


def roles(model: Language, text: str) -> set[str]:
    return {f"{c.source.name} > {c.target.name}" for c in claims(model, text) if c.code == "ROLE"}


@pytest.mark.parametrize(("text", "listed"), [(text, listed) for text, _, listed in ROWS])
def test_just_the_roles_that_a_sentence_states_are_found(model: Language, text: str, listed: str) -> None:
    assert roles(model, text) == {role.strip() for role in listed.split(";") if role.strip()}


def test_the_table_holds_rows_that_must_not_fire() -> None:
    assert len(ROWS) > 600
    assert sum(not listed.strip() for _, _, listed in ROWS) > 150


KNOWN_MISSES = [
    (
        "The man who heads the World Bank, James Ford, spoke.",
        "James Ford > World Bank",
        "a bare man is no title",
    ),
    ("Turkey, like Greece a member of NATO, objected.", "Turkey > NATO", "an apposition behind a comparison"),
    (
        "Alan Brooks (BBC) took the photograph.",
        "Alan Brooks > BBC",
        "initials in brackets may be another name",
    ),
    ("Gazprom, Russia's gas monopoly, cut supplies.", "Gazprom > Russia", "a firm is no member of its state"),
]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(text, role, marks=pytest.mark.xfail(strict=True, reason=reason))
        for text, role, reason in KNOWN_MISSES
    ],
)
def test_known_misses(model: Language, text: str, role: str) -> None:
    assert role in roles(model, text)


RELATIONS = [
    ("Norwegian Foreign Minister Karin Dahl spoke on Monday.", "foreign minister of"),
    ("Chief Prosecutor of the ICC Amara Diallo filed a report.", "chief prosecutor of"),
    ("Former Greek Prime Minister Nikos Pappas was ill.", "prime minister of"),
    ("Alan Brooks, a former deputy director of the CIA, was ill.", "former deputy director of"),
    ("Anna Kruger, spokeswoman for the German Labour Party, left.", "spokeswoman for"),
    ("Alan Brooks, a lawyer at Baker McKenzie, left.", "lawyer at"),
    ("Alan Brooks was appointed ambassador to Japan.", "ambassador to"),
    ("Robert Hale heads the World Bank.", "head"),
    ("Alan Brooks works for Human Rights Watch.", "work for"),
    ("The Badr Brigade, allied with Iran, fired a rocket.", "allied with"),
    ("The Badr Brigade, the armed wing of Hamas, fired a rocket.", "armed wing of"),
    ("NATO includes Poland.", "include member of"),
]


@pytest.mark.parametrize(("text", "relation"), RELATIONS)
def test_the_relation_is_the_title_in_small_letters(model: Language, text: str, relation: str) -> None:
    assert relation in {claim.relation for claim in claims(model, text)}


STATUSES = [
    ("Robert Hale is the chairman of Gazprom.", "actual"),
    ("Robert Hale, chairman of Gazprom, will visit Norway.", "actual"),
    ("Robert Hale was dismissed as chairman of Gazprom.", "actual"),
    ("Robert Hale is not the chairman of Gazprom.", "negated"),
    ("Robert Hale was never a member of Hamas.", "negated"),
    ("Robert Hale denied that he was a member of Hamas.", "negated"),
    ("Robert Hale refused to serve as chairman of Gazprom.", "negated"),
    ("Robert Hale will become chairman of Gazprom in May.", "future"),
    ("Robert Hale is to be appointed ambassador to Japan.", "future"),
    ("Robert Hale, who will head the World Bank, smiled.", "future"),
    ("Robert Hale could be named chairman of Gazprom.", "hypothetical"),
    ("If Robert Hale becomes chairman of Gazprom, prices will rise.", "hypothetical"),
    ("Turkey wants to join the European Union.", "hypothetical"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_a_stated_role_has_the_status_of_its_verb(model: Language, text: str, status: str) -> None:
    assert {claim.status for claim in claims(model, text) if claim.code == "ROLE"} == {status}


@pytest.mark.parametrize(
    "text", ["Mary Quinn, wife of Robert Hale, smiled.", "Robert Hale's son Greg Walsh left."]
)
def test_kinship_is_no_role(model: Language, text: str) -> None:
    assert {claim.code for claim in claims(model, text)} == {"OTHER"}
