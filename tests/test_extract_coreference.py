"""Text → whom pronouns and nominals mean; "" where nobody may be meant."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract import nlp
from extract.actors import find_mentions
from extract.coreference import Cast, resolve
from extract.model import Article, Mention

PRONOUNS = [
    ("Robert Hale arrived. He met voters.", "He", "Robert Hale"),
    ("Maria Lopez met Robert Hale. She smiled.", "She", "Maria Lopez"),
    ("Robert Hale praised his team.", "his", "Robert Hale"),
    ("Norway sent troops. It wants peace.", "It", "Norway"),
    ("Norwegian forces left. They had lost.", "They", "Norwegian forces"),
    ('"I filed the report," said Robert Hale.', "I", "Robert Hale"),
    ("Gazprom closed its plant.", "its", "Gazprom"),
    ("Robert Hale spoke. Maria Lopez praised him.", "him", "Robert Hale"),
    ("In his speech in Oslo, Robert Hale attacked Sweden.", "his", "Robert Hale"),
    ("Robert Hale met Luis Ortega and his Swedish rival.", "his", "Luis Ortega"),
    ("The Norwegian army denied that it had fired.", "it", "Norwegian army"),
    ("Norway, Sweden and Denmark praised their allies.", "their", "Norway"),
    ("Both Norway and Sweden said that it would not harm their ties.", "their", "Sweden"),
    ('"We filed it," said Robert Hale, head of Gazprom.', "We", "Gazprom"),
    ('Robert Hale praised Luis Ortega. "He is good," Hale said.', "He", "Luis Ortega"),
    ("Maria Lopez, leader of the Labour Party, said her party had won.", "her party", "Labour Party"),
    ("The United Arab Emirates said it had sent aid.", "it", "United Arab Emirates"),
    ("Syria says it is willing to withdraw.", "it", "Syria"),
]
NOMINALS = [
    ("Norwegian Foreign Minister Karin Dahl arrived. The minister smiled.", "The minister", "Karin Dahl"),
    ("Norwegian Foreign Minister Karin Dahl arrived. The Norwegian foreign minister spoke.",
     "The Norwegian foreign minister", "Karin Dahl"),
    ("Peruvian President Luis Ortega spoke. The president left.", "The president", "Luis Ortega"),
    ("Human Rights Watch wrote a letter. The group was angry.", "The group", "Human Rights Watch"),
    ("Gazprom raised prices. The company made money.", "The company", "Gazprom"),
    ("The World Bank lent money. The bank asked for more.", "The bank", "World Bank"),
    ("Norway and Sweden signed it. The two countries are close.", "The two countries", "Norway"),
    ("Norway and Sweden signed it. The two countries are close.", "The two countries", "Sweden"),
    ("The Norwegian Prime Minister, Karin Dahl, spoke. The Norwegian leader left.", "The Norwegian leader",
     "Karin Dahl"),
    ("Sen. Luis Ortega spoke. The senator left.", "The senator", "Luis Ortega"),
    ("Enron shrank. The energy giant sued Robert Hale.", "The energy giant", "Enron"),
    ("Tokyo-based Sony shrank. The Japanese company left.", "The Japanese company", "Sony"),
    ("Robert Hale, 41, left. The 41-year-old denied it.", "The 41-year-old", "Robert Hale"),
    ("Sudan signed a deal with the Northern Army. Both sides were glad.", "Both sides", "Northern Army"),
    ("Russian Minister Saw Norwegian Guests\n\nRussian Defence Minister Ivan Petrov saw guests from Norway.",
     "Russian Minister", "Ivan Petrov"),
    ("Norwegian forces left Oslo. The soldiers were tired.", "The soldiers", "Norwegian forces"),
    ("Hamas leader Omar Saleh spoke. The cleric said his group was strong.", "his group", "Hamas"),
    ("Norway sent troops. Norway said the government would pay.", "the government", "Norway"),
    ("A Norwegian court met. The government objected.", "The government", "Norway"),
    ("Vestmark Foods, a Danish supplier, spoke. Norway sued the supplier.", "the supplier", "Vestmark Foods"),
    ("Al-Shabab left. Norway hunted the militants.", "the militants", "Al-Shabab"),
    ("The rebels attacked the town.", "The rebels", "rebels"),
    ("Toyota sued Norway. The carmaker won.", "The carmaker", "Toyota"),
    ("Reuters left Norway. The agency returned.", "The agency", "Reuters"),
    ("Hamas left. Norway accused the group of killing a man.", "the group", "Hamas"),
    ("Vestmark Foods left Norway. Company chairman Robert Hale spoke.", "Company", "Vestmark Foods"),
    ("The fighters of Robert Hale left. Ann praised his fighters.", "his fighters", "Robert Hale's fighters"),
    ("The Reform Liberals left. Norway met the liberals.", "the liberals", "Reform Liberals"),
    ("Norwegian soldiers left. Sweden met the families of the soldiers.", "families of the soldiers",
     "families of the soldiers"),
    ("Police questioned a former mayor on Sunday. Luis Ortega, 58, left. Ortega wept.", "a former mayor",
     "Luis Ortega"),
    ("Defector arrested after flight\n\nLuis Ortega, 58, left. Ortega wept.", "Defector", "Luis Ortega"),
    ("Omar Saleh, a Tunisian banker, left. The Tunisian met Norway.", "The Tunisian", "Omar Saleh"),
    ("Ivan Petrov, the Russian defence minister, left. The Russian met Peru.", "The Russian", "Ivan Petrov"),
    ("Robert Hale met Luis Ortega. The two Libyans shook hands.", "two Libyans", "Luis Ortega"),
    ("Ivan Petrov met Karin Dahl. Petrov thanked his host.", "his host", "Karin Dahl"),
    ("Norwegian minister Karin Dahl left. The dismissed minister wept.", "The dismissed minister",
     "Karin Dahl"),
    ("Karin Dahl met Mr Robert Hale. Norway praised the woman.", "the woman", "Karin Dahl"),
    ("Norway met a commander known as Omar Saleh.", "a commander", "Omar Saleh"),
    ("Norway attacked the armed opposition.", "the armed opposition", "armed opposition"),
    ("Robert Hale thanked the police.", "the police", "police"),
    ("Robert Hale met Luis Ortega. Ann Berg was near. Norway praised both leaders.", "both leaders",
     "Robert Hale"),
]  # fmt: skip
NOBODY = [
    ("Norway is cold. He left.", "He"),
    ("Robert Hale spoke. It is likely that prices rise.", "It"),
    ("Robert Hale spoke. It rained.", "It"),
    ("I filed the report.", "I"),
    ("Mr Robert Hale arrived. She met voters.", "She"),
    ("Robert Hale arrived. The minister smiled.", "The minister"),
    ("Norwegian Foreign Minister Karin Dahl arrived. A minister smiled.", "A minister"),
    ("Norwegian Foreign Minister Karin Dahl arrived. The Swedish minister smiled.", "The Swedish minister"),
    ("Robert Hale arrived. The company made money.", "The company"),
    ("The group was angry.", "The group"),
    ("Robert Hale arrived. The two countries are close.", "The two countries"),
    ("Robert Hale praised him.", "him"),
    ("Norway sent troops. The table was set.", "The table"),
    ("They had lost.", "They"),
    ("Maria Lopez met voters. The president left.", "The president"),
    ("Gazprom raised prices. The court was closed.", "The court"),
    ("Norway said its ministry made it difficult to leave.", "it"),
    ("Norway said it was only a matter of days.", "it"),
    ("Robert Hale resigned as prime minister.", "prime minister"),
    ('Robert Hale said: "He is ill."', "He"),
    ("Norway signed the pact. Sweden has not signed it.", "it"),
    ("Norway shrank. The new government was weak.", "The new government"),
    ("Haldane Ministry spoke. The bank was closed.", "The bank"),
    ("The Russian ambassador to Turkey, Ivan Petrov, died.", "The Russian ambassador"),
    ("A minister and a guard arrived.", "A minister"),
    ("The guard was ill. Maria Lopez left the two sides.", "the two sides"),
    ("Syria left. It is important to withdraw.", "It"),
    ("Norwegian troops left. Sweden met 30 soldiers.", "30 soldiers"),
    ("Human Rights Watch left. Norway met the agency that paid.", "the agency"),
    ("Toyota sued Norway. The ministry won.", "The ministry"),
    ("Norway met Sweden and Denmark. The cabinet of ministers met.", "The cabinet"),
    ("Norway left. Sweden met the families of the victims.", "families of the victims"),
    ("The Reform Party left. Norway met the parties.", "the parties"),
    ("Police questioned a former mayor. Judge Luis Ortega left. Ortega wept.", "a former mayor"),
    ("Police questioned a former mayor. Luis Ortega, a judge, left. Ortega wept.", "a former mayor"),
    ("Police questioned a former mayor. Norway sent Luis Ortega. Ortega wept.", "a former mayor"),
    ("Karin Dahl met a former mayor. Luis Ortega, 58, left. Ortega wept.", "a former mayor"),
    ("Omar Saleh, a Tunisian banker, left. The Swede met Norway.", "The Swede"),
    ("Omar Saleh, a Tunisian banker, left. The Tunisian navy met Norway.", "The Tunisian"),
    ("Ivan Petrov met Karin Dahl and Luis Ortega. He thanked his host.", "his host"),
    ("Norway met a commander who left Omar Saleh.", "a commander"),
    ("Norway attacked the main opposition argument.", "opposition"),
    ("Norwegian troops left. Sweden met farmers. They wept.", "They"),
    ("Robert Hale left. He is a spokesman for the Vatican.", "the Vatican"),
]


@pytest.fixture(scope="module")
def model() -> Language:
    return nlp.load()


def chain(model: Language, text: str, words: str) -> set[str]:
    article = Article("a", text)
    ((_, doc),) = nlp.parse(model, [article])
    mentions = resolve(doc, find_mentions(doc, article), article)
    return {m.name for m in mentions if m.text == words and m.kind in ("pronoun", "nominal")}


@pytest.mark.model
@pytest.mark.parametrize(("text", "words", "name"), PRONOUNS + NOMINALS)
def test_who_is_meant(model: Language, text: str, words: str, name: str) -> None:
    assert name in chain(model, text, words)


@pytest.mark.model
@pytest.mark.parametrize(("text", "words"), NOBODY)
def test_nobody_is_meant(model: Language, text: str, words: str) -> None:
    assert chain(model, text, words) == set()


def test_cast_gives_the_widest_mention() -> None:
    inner = Mention("Norway", "STATE", "adjective", "Norwegian", 0, 9, 0, 1, 0)
    outer = Mention("Norwegian forces", "GROUP", "nominal", "Norwegian forces", 0, 16, 0, 2, 1)
    cast = Cast([inner, outer])
    assert cast.at(0) is outer and cast.headed(1) is outer and cast.headed(0) is inner and cast.at(2) is None
    assert cast.inside(0, 1) == [inner]
