"""Text → whom pronouns and nominals mean; "" where nobody may be meant."""

from __future__ import annotations

import pytest

from extract.coreference import Cast
from extract.model import Mention
from tests.reading import resolved

PRONOUNS = [
    ("Robert Hale arrived. He met voters.", "He", "Robert Hale"),
    ("Maria Lopez met Robert Hale. She smiled.", "She", "Maria Lopez"),
    ("Maria Lopez met reporters. Karin Dahl, her lawyer, accused Peru.", "her", "Maria Lopez"),
    ("Karin Dahl, a lawyer who defends her country, spoke.", "her", "Karin Dahl"),
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
    ("The fighters of Robert Hale left. Ann praised his fighters.", "his fighters",
     "fighters of Robert Hale"),
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
DEEDS = [
    ("Supporters of Robert Hale marched on Oslo. The marchers wept.", "The marchers",
     "Supporters of Robert Hale"),
    ("The Northern Brigade kidnapped Ann Berg. The kidnappers want money.", "The kidnappers",
     "Northern Brigade"),
    ("The Northern Brigade kidnapped Robert Hale and Luis Ortega. The captives wept.", "The captives",
     "Luis Ortega"),
    ("The Northern Brigade kidnapped Robert Hale and Luis Ortega. The captives wept.", "The captives",
     "Robert Hale"),
    ("Norwegian forces attacked Oslo. Sweden arrested the attackers.", "the attackers", "Norwegian forces"),
    ("Vestmark Foods agreed to buy Kestrel Petroleum. Norway met the buyer.", "the buyer",
     "Vestmark Foods"),
    ("Vestmark Foods sold Kestrel Petroleum to Norway. The seller was glad.", "The seller", "Vestmark Foods"),
    ("Robert Hale sued Vestmark Foods. The plaintiff wants money.", "The plaintiff", "Robert Hale"),
    ("Robert Hale sued Vestmark Foods. The defendant denied it.", "The defendant", "Vestmark Foods"),
    ("Farmers from Peru sued Vestmark Foods. The firm met the plaintiffs.", "the plaintiffs",
     "Farmers from Peru"),
    ("Norwegian nurses were killed by the Northern Brigade. Sweden mourned the victims.", "the victims",
     "Norwegian nurses"),
    ("The Northern Brigade held Robert Hale for a week. His captors wanted money.", "His captors",
     "Northern Brigade"),
    ("Norway blamed the Northern Brigade for kidnapping Ann Berg. The kidnappers left.",
     "The kidnappers", "Northern Brigade"),
    ("Fighters of the Northern Brigade, who had seized Ann Berg, left. The two kidnappers wept.",
     "The two kidnappers", "Fighters of the Northern Brigade"),
    ("Kestrel Petroleum was bought by Vestmark Foods. Norway met the buyer.", "the buyer", "Vestmark Foods"),
    ("Vestmark Foods made a bid for Kestrel Petroleum. Norway met the bidder.", "the bidder",
     "Vestmark Foods"),
    ("Peruvian farmers staged a march in Lima. The demonstrators wept.", "The demonstrators",
     "Peruvian farmers"),
    ("The Northern Brigade attacked Oslo. The attackers left. Norway hunted the attackers.", "the attackers",
     "Northern Brigade"),
    ("Somali pirates seized a ship. The hijackers left.", "The hijackers", "Somali pirates"),
]  # fmt: skip
UNDONE = [
    ("Two men kidnapped Ann Berg. The kidnappers want money.", "The kidnappers"),
    ("The Northern Brigade kidnapped Ann Berg. Kidnappers are common in Peru.", "Kidnappers"),
    ("The Northern Brigade kidnapped Ann Berg. Norway shot the other kidnappers.", "the other kidnappers"),
    ("The Northern Brigade kidnapped Ann Berg. The kidnappers of Robert Hale left.", "The kidnappers"),
    ("The Northern Brigade kidnapped Ann Berg. The kidnappers who had left Oslo wept.", "The kidnappers"),
    ("The police shot the attackers.", "the attackers"),
    ("Robert Hale bought a car. The buyers left.", "The buyers"),
    ("Norway attacked the plan. The attackers left.", "The attackers"),
    ("Kestrel Petroleum was bought by a stranger. The buyer paid.", "The buyer"),
    ("Norway held talks with Sweden. The captors left.", "The captors"),
    ("The Northern Brigade attacked Oslo. The Northern Brigade shot the attackers.", "the attackers"),
    ("Vestmark Foods sued Norway. The buyer left.", "The buyer"),
    ("Norway visited an idea. A visitor left.", "A visitor"),
    ("Robert Hale was killed in Oslo. Norway mourned the victims.", "the victims"),
    ("The Northern Brigade seized Oslo. The captors left.", "The captors"),
    ("Ann Berg of Norway sued. A plaintiff must wait.", "A plaintiff"),
    ("Norway sued Vestmark Foods and lost. The victims wept.", "The victims"),
]
HOME = [
    ("LIMA, Peru - Robert Hale wept. Peru is poor. Norway is rich. The government left.", "The government",
     "Peru"),
    ("KATOWICE (Reuters) - Robert Hale wept. Poland is poor. Norway is rich. Chile wept. The army left.",
     "The army", "Polish army"),
    ("LIMA, Peru (AP) - Robert Hale wept in the rain. The government left.", "The government", "Peru"),
    ("LIMA, Peru - Peruvian farmers wept. Ann Berg praised the interior ministry.",
     "the interior ministry", "Peruvian interior ministry"),
    ("Peru shrank. Peruvian farmers wept. The central bank was angry.", "The central bank",
     "Peruvian central bank"),
    ("Peru shrank. An army spokesman left.", "army", "Peruvian army"),
    ("Peru shrank. A government spokesman left.", "government", "Peru"),
    ("Peruvian President Ann Berg spoke. Berg's government left.", "Berg's government", "Peru"),
    ("Peru shrank. President Ann Berg wept. Her government left.", "Her government", "Peru"),
    ("LIMA, Peru - Ann Berg wept. The attorney general's office sued Robert Hale.",
     "The attorney general's office", "Peruvian attorney general's office"),
    ("LIMA, Peru - Robert Hale lied. The attorney general's office sued Hale. The office wants money.",
     "The office", "Peruvian attorney general's office"),
    ("Ann Berg left. Berg's party sued Norway.", "Berg's party", "Ann Berg's party"),
    ("Vestmark Foods sued Norway. A spokesman thanked Peru.", "A spokesman", "Vestmark Foods"),
]  # fmt: skip
LATER = [
    ("Coffee pickers from Peru left. The Harrow Coffee Company wept. Norway sued the company.", "the company",
     "Harrow Coffee Company"),
    ("Fighters of the Harrow Coffee Company left. The company wept.", "The company", "Harrow Coffee Company"),
    ("Supporters of Robert Hale left. Hale's followers wept.", "Hale's followers",
     "Supporters of Robert Hale"),
    ("Norway and Sweden met. Norwegian soldiers left. Swedish soldiers left. The two countries wept.",
     "The two countries", "Sweden"),
    ("Norway sued Sweden. Sweden sued Norway. Robert Hale wept. Farmers left. Norway helped its neighbour.",
     "its neighbour", "Sweden"),
    ("Norway shrank. Lawmakers criticised Ann Berg.", "Lawmakers", "Norwegian lawmakers"),
    ("Norway outlawed the Red Dawn Movement. Its members wept.", "Its", "Red Dawn Movement"),
    ("Syrian rebels left. The rebels in Aleppo met Norway.", "rebels in Aleppo", "Syrian rebels"),
    ("Peru shrank. The cabinet sued Norway.", "The cabinet", "Peru"),
    ("Peru shrank. Peruvian farmers wept. The authorities sued Norway.", "The authorities", "Peru"),
]  # fmt: skip
MORE = [
    ("Robert Hale and Luis Ortega and Omar Saleh left. All wept.", "All", "Omar Saleh"),
    ("A human rights group accused Norway. Human Rights Watch was angry.", "A human rights group",
     "Human Rights Watch"),
    ("OSLO, Norway - Norway sued Ann Berg. Berg blamed the attorney general's office.",
     "the attorney general's office", "Norwegian attorney general's office"),
    ("Norwegian villagers were attacked by Ann Berg. Sweden met the survivors.", "the survivors",
     "Norwegian villagers"),
    ("The Harrow Union wept. The Harrow Union asked members to leave.", "members", "Harrow Union's members"),
    ("Syria shrank. Norway shelled Aleppo. Sweden left the Syrian city.", "the Syrian city", "Aleppo"),
    ("Peru is in the Andean Pact. Chile left that grouping.", "that grouping", "Andean Pact"),
]  # fmt: skip
NO_MORE = [
    ("Norway met Robert Hale and Ann Berg. All wept.", "All"),
    ("Norway met members.", "members"),
    ("A wildlife group accused Norway. Human Rights Watch was angry.", "A wildlife group"),
    ("Syria shrank. Norway shelled Aleppo. Sweden left the Peruvian city.", "the Peruvian city"),
    ("Robert Hale was in the attorney general's office.", "the attorney general's office"),
    ("Ann Berg wept. The attorney general's office sued Robert Hale.", "The attorney general's office"),
    ("All of Norway wept. All was quiet.", "All"),
]
NOT_LATER = [
    ("Ann Berg accused the defendant of lying.", "the defendant"),
    ("Peruvian lawyers left. Norway met lawyers who had wept.", "lawyers"),
    ("Norway, Sweden, Peru and Chile wept. Chile helped its neighbour.", "its neighbour"),
    ("Al-Shabab left. Norway met the company.", "the company"),
    ("Lawmakers criticised Ann Berg.", "Lawmakers"),
    ("The authorities sued Robert Hale.", "The authorities"),
    ("Norway met the local authorities.", "authorities"),
]
HOMELESS = [
    ("LIMA, Peru - Norway shrank. Norway sued Norway. The army left.", "The army", "Peruvian army"),
    ("Robert Hale left. The foreign legion wept.", "The foreign legion", ""),
    ("Robert Hale left. The government left.", "The government", ""),
    ("Robert Hale stood in the governor's office.", "the governor's office", ""),
    ("Robert Hale left. A spokesman thanked Peru.", "A spokesman", "Robert Hale"),
    ("Peru shrank. The ministry of silly walks left.", "The ministry", ""),
    ("Ann Berg left. The party was dull.", "The party", ""),
    ("Peru and Norway shrank. Robert Hale praised a ministry.", "a ministry", ""),
    ("Peru left. The office was closed.", "The office", ""),
]
SEVERAL = [
    ("Norway, Sweden and Denmark signed it. All three left.", "All three", "Sweden"),
    ("Norway, Sweden and Denmark signed it. The three countries left.", "The three countries", "Denmark"),
    ("Norway met Robert Hale, Ann Berg and Luis Ortega. The three men left.", "The three men", "Ann Berg"),
    ("Robert Hale and Ann Berg wept. Both left.", "Both", "Ann Berg"),
    ("Robert Hale met Ann Berg. Norway praised the pair.", "the pair", "Ann Berg"),
    ("Robert Hale met Ann Berg. Norway praised the two leaders.", "the two leaders", "Robert Hale"),
    ("Vestmark Foods sued Kestrel Petroleum. The two companies left.", "The two companies",
     "Kestrel Petroleum"),
    ("Norway sued Sweden. Both countries left.", "Both countries", "Sweden"),
]  # fmt: skip
NOT_SEVERAL = [
    ("Norway, Sweden and Denmark shrank. The two countries left.", "The two countries"),
    ("Norway and Sweden signed it. The three countries left.", "The three countries"),
    ("Norway and Sweden signed it. All three left.", "All three"),
    ("Norway, Sweden and Denmark signed it. Three men left.", "Three men"),
    ("Norway, Sweden and Denmark signed it. The three men left.", "The three men"),
    ("The rain was cold. Both left.", "Both"),
]
NOBODY = [
    ("Norway is cold. He left.", "He"),
    ("Miners wept. Police beat them, and their leader, Luis Ortega, was held.", "their"),
    (
        "Maria Lopez sued Peru. Robert Hale, the president's nephew, wept. Norway met the president.",
        "the president",
    ),
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
    ("Karin Dahl met a former mayor. Luis Ortega, a singer, left. Ortega wept.", "a former mayor"),
    ("Omar Saleh, a Tunisian banker, left. The Swede met Norway.", "The Swede"),
    ("Omar Saleh, a Tunisian banker, left. The Tunisian navy met Norway.", "The Tunisian"),
    ("Ivan Petrov met Karin Dahl and Luis Ortega. He thanked his host.", "his host"),
    ("Norway met a commander who left Omar Saleh.", "a commander"),
    ("Norway attacked the main opposition argument.", "opposition"),
    ("Norwegian troops left. Sweden met farmers. They wept.", "They"),
    ("Robert Hale left. He is a spokesman for the Vatican.", "the Vatican"),
]


FOES = [
    ("Peru shrank. Peruvian rebels wept. Ann Berg met Robert Hale. Norway urged both sides to talk.",
     "both sides", "Peru"),
    ("Peru shrank. Peruvian rebels wept. Ann Berg met Robert Hale. Norway urged both sides to talk.",
     "both sides", "Peruvian rebels"),
    ('Ann Berg, chairwoman and chief executive officer of Gazprom, left. "We praise Peru," Berg said.', "We",
     "Gazprom"),
    ('Ann Berg, who heads Gazprom, left. "We praise Norway," Berg said.', "We", "Gazprom"),
]  # fmt: skip
NO_FOES = [
    ("Ann Berg met Robert Hale. Norway urged both sides to talk.", "both sides"),
    ("Norway shelled Hamburg. Sweden left the village.", "the village"),
    ('Ann Berg, who praised Gazprom, left. "We praise Norway," Berg said.', "We"),
]
PLACED = [
    ("Norway arrested Robert Hale, a critic of President Luis Ortega, for selling his car.", "his",
     "Robert Hale"),
    ("Luis Ortega met Robert Hale, who told voters he feared Norway.", "he", "Robert Hale"),
    ("Luis Ortega said Robert Hale won. He said Omar Saleh lost.", "He", "Luis Ortega"),
    ("Robert Hale spoke to Omar Saleh. He told Saleh that Norway left.", "He", "Robert Hale"),
    ("The envoy to Sudan and Chad, Robert Hale, said after talks with Foreign Minister Luis Ortega that he "
     "would leave.", "he", "Robert Hale"),
    ("Robert Hale met Luis Ortega and his deputy, Omar Saleh.", "his", "Luis Ortega"),
    ("Robert Hale and Luis Ortega met. The two men held their first talks.", "their", "Robert Hale"),
    ("Robert Hale, 39, won. The 39-year-old centrist met Norway.", "The 39-year-old centrist", "Robert Hale"),
    ('"We are glad," the Justice Department said. "We will sue."\n\nNorway said it would sue.', "We",
     "Justice Department"),
    ("Norway shrank. Norway sued Norway. Robert Hale flew to Chile's coast. The country wept.",
     "The country", "Norway"),
    ("For his part, the Swedish envoy left. Norway praised the Swedish envoy, Robert Hale.", "his",
     "Robert Hale"),
    ("Mali shrank. Robert Hale left. The West African nation wept.", "The West African nation", "Mali"),
    ("Nepal shrank. Robert Hale left. Norway praised the Himalayan country.", "the Himalayan country",
     "Nepal"),
]  # fmt: skip
NOT_PLACED = [
    ("Norway met Robert Hale. The king lost his crown.", "his"),
    ("Norway met Robert Hale. A man lost his car.", "his"),
    ("Norway met Robert Hale. His wife said that she left.", "she"),
    ("Norway and Sweden met. Two other countries left.", "Two other countries"),
    ("Robert Hale and Luis Ortega met. Norway freed two ministers.", "two ministers"),
    ("French President Luis Ortega left. The French pressed Norway.", "The French"),
    ("Norway met voters. A dairy said it was a tragedy.", "it"),
    ("Robert Hale sued Vestmark Foods. Luis Ortega, a business partner, left.", "business"),
    ("Norwegian leader Robert Hale left. Police shot him to the head.", "the head"),
    ("Robert Hale met Omar Saleh. The 39-year-old dairy wept.", "The 39-year-old dairy"),
    ("Robert Hale, a critic of President Luis Ortega, left. The president wept.", "the president"),
    ("Mali shrank. Robert Hale left. A West African nation wept.", "A West African nation"),
    ("Mali shrank. Robert Hale left. The other African nation wept.", "The other African nation"),
    ("Robert Hale left. Norway praised the 60-year-old vicar's daughter.", "the 60-year-old vicar"),
    ("Norway met rebel commanders and voters. The two sides wept.", "The two sides"),
]


RESOLVED = PLACED + FOES + PRONOUNS + NOMINALS + DEEDS + HOME + SEVERAL + LATER + MORE


def chain(text: str, words: str) -> set[str]:
    return {m.name for m in resolved(text) if m.text == words and m.kind in ("pronoun", "nominal")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words", "name"), PRONOUNS + NOMINALS + DEEDS + HOME + SEVERAL + LATER + MORE + PLACED
)
def test_who_is_meant(text: str, words: str, name: str) -> None:
    assert name in chain(text, words)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "words"), NOBODY + UNDONE + NOT_SEVERAL + NOT_LATER + NO_MORE + NO_FOES + NOT_PLACED
)
def test_nobody_is_meant(text: str, words: str) -> None:
    assert chain(text, words) == set()


@pytest.mark.model
@pytest.mark.parametrize(("text", "words", "name"), HOMELESS)
def test_home_is_not_presumed(text: str, words: str, name: str) -> None:
    found = chain(text, words)
    assert name not in found if name else found == set()


def test_cast_gives_the_widest_mention() -> None:
    inner = Mention("Norway", "STATE", "adjective", "Norwegian", 0, 9, 0, 1, 0)
    outer = Mention("Norwegian forces", "GROUP", "nominal", "Norwegian forces", 0, 16, 0, 2, 1)
    cast = Cast([inner, outer])
    assert cast.at(0) is outer and cast.headed(1) is outer and cast.headed(0) is inner and cast.at(2) is None
    assert cast.inside(0, 1) == [inner]
