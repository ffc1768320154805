"""What the rules propose for one construction each, before the judge: (source, code, target) held or not."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extract.model import Article, Triple
from extract.pipeline import RulesExtractor

pytestmark = pytest.mark.model


@lru_cache(maxsize=1)
def extractor() -> RulesExtractor:
    return RulesExtractor(keep_all=True)


def proposed(text: str) -> list[Triple]:
    ((_, found),) = extractor().extract(iter([Article("a", text, published="2015-06-10")]))
    return found


def held(text: str) -> set[tuple[str, str, str]]:
    out = set()
    for t in proposed(text):
        one, other = sorted((t.source, t.target)) if t.symmetric else (t.source, t.target)
        out.add((one, t.code, other))
    return out


HOLDS = [
    ("Indian and Nepalese troops clashed near the river.", ("Indian troops", "ASSAULT", "Nepalese troops")),
    ("Clashes went on for hours between Kenyan police and Somali rebels.",
     ("Kenyan police", "ASSAULT", "Somali rebels")),
    ("Peru and Chile signed a cease-fire on Monday.", ("Chile", "AGREE", "Peru")),
    ("Norwegian mediators held a round of meetings with Sudan.", ("Norwegian mediators", "CONSULT", "Sudan")),
    ("The town was held by Somali rebels backed up by Eritrea.", ("Eritrea", "SUPPORT", "Somali rebels")),
    ("Boeing will fight a lawsuit filed by Airbus.", ("Boeing", "REJECT", "Airbus")),
    ("A bomb planted by Corsican separatists damaged the French consulate.",
     ("Corsican separatists", "COERCE", "France")),
    ("Five Kenyan soldiers were wounded in an attack by Somali rebels.",
     ("Somali rebels", "ASSAULT", "Kenyan soldiers")),
    ("It answered an attack by a group of Somali rebels on Kenyan soldiers.",
     ("Somali rebels", "ASSAULT", "Kenyan soldiers")),
    ("Boeing, under pressure from Japan, agreed to pay.", ("Japan", "REQUEST", "Boeing")),
    ("Britain acted in defiance of the European Union.", ("Britain", "REJECT", "European Union")),
    ("Turkey moved tanks to its border with Iraq.", ("Turkey", "MOBILIZE", "Iraq")),
    ("Uganda dismissed an appeal from Kenya.", ("Uganda", "REJECT", "Kenya")),
    ("Greece ordered three Turkish diplomats to leave the country.",
     ("Greece", "SANCTION", "Turkish diplomats")),
    ("Sudan said that Ugandan planes had bombed two villages.", ("Sudan", "ACCUSE", "Ugandan planes")),
    ("Russia threatened to halt the talks if Japan joins the treaty.", ("Russia", "THREATEN", "Japan")),
    ("Greek farmers blocked roads to demand help from Cyprus.", ("Greek farmers", "PROTEST", "Cyprus")),
    ("Sweden will send food to Chad.", ("Sweden", "AGREE", "Chad")),
    ("Kenya was critical of Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya took Uganda to court.", ("Kenya", "ACCUSE", "Uganda")),
    ("Somali rebels took three Kenyan nurses hostage.", ("Somali rebels", "COERCE", "Kenya")),
    ("Kenya told Uganda to end the war.", ("Kenya", "REQUEST", "Uganda")),
    ("Kenya opened talks with Uganda.", ("Kenya", "CONSULT", "Uganda")),
    ("Kenya came to the aid of Uganda.", ("Kenya", "AID", "Uganda")),
    ("Kenya gave Uganda an ultimatum.", ("Kenya", "THREATEN", "Uganda")),
    ("Kenya welcomed Uganda's decision.", ("Kenya", "SUPPORT", "Uganda")),
    ("Kenya recalled its ambassador from Uganda.", ("Kenya", "SANCTION", "Uganda")),
    ("Kurdish rebels staged a raid on Turkey.", ("Kurdish rebels", "ASSAULT", "Turkey")),
    ("Kenya declared a state of emergency in Mombasa.", ("Kenya", "COERCE", "Mombasa")),
    ("Karin Dahl was questioned by detectives from Interpol.",
     ("detectives from Interpol", "ACCUSE", "Karin Dahl")),
    ("Peru, together with Chile, condemned Bolivia.", ("Chile", "ACCUSE", "Bolivia")),
    ("Kenyan troops patrolled alongside Indian soldiers.", ("Indian soldiers", "COOPERATE", "Kenyan troops")),
    ("Denmark banned imports from Norway, a step that Norway called illegal.",
     ("Norway", "ACCUSE", "Denmark")),
    ("Denmark closed its ports to Norwegian ships, a move condemned by Sweden.",
     ("Sweden", "ACCUSE", "Denmark")),
    ("Kenya held exercises that were denounced by Uganda.", ("Uganda", "ACCUSE", "Kenya")),
    ("Kenya issued a statement condemning Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Uganda was the first country to recognise Somalia.", ("Uganda", "SUPPORT", "Somalia")),
    ("Uganda is one of the countries backing Somalia.", ("Uganda", "SUPPORT", "Somalia")),
    ("Maria Lopez wrote to Peter Brandt, demanding an apology.", ("Maria Lopez", "REQUEST", "Peter Brandt")),
    ("Peter Brandt was arrested during a visit to Uganda.", ("Peter Brandt", "CONSULT", "Uganda")),
    ("Kenyan troops shot three men during a raid on Somali rebels.",
     ("Kenyan troops", "ASSAULT", "Somali rebels")),
    ("Peru, in a deal with Chile, agreed to reopen the port.", ("Chile", "AGREE", "Peru")),
    ("Peru stopped short of condemning Chile.", ("Peru", "ACCUSE", "Chile")),
    ("Peru went so far as to threaten Chile.", ("Peru", "THREATEN", "Chile")),
    ("Peter Brandt, against whom Kenya issued a warrant, fled.", ("Kenya", "COERCE", "Peter Brandt")),
    ("Maria Lopez, with whom Peter Brandt had dined, praised Kenya.",
     ("Maria Lopez", "CONSULT", "Peter Brandt")),
    ("Chile's expulsion from the league by Peru was illegal.", ("Peru", "SANCTION", "Chile")),
    ("Kenya's refusal to recognise Somalia led to protests.", ("Kenya", "REJECT", "Somalia")),
    ("Kenya and Uganda accused each other of lying.", ("Kenya", "ACCUSE", "Uganda")),
    ("Chile, like Bolivia, condemned Peru.", ("Chile", "ACCUSE", "Peru")),
    ("Without the support of Chile, Peru can't defeat Bolivia.", ("Peru", "ASSAULT", "Bolivia")),
    ("The pact was signed in Geneva by Kenya and Uganda.", ("Kenya", "AGREE", "Uganda")),
    ("Kenya warned Somalia against attacking Ethiopia.", ("Somalia", "ASSAULT", "Ethiopia")),
    ("Norway criticised Peru's arrest of Peter Brandt.", ("Peru", "COERCE", "Peter Brandt")),
    ("Peru joined Chile in condemning Bolivia.", ("Chile", "ACCUSE", "Bolivia")),
    ("Norway stood by Peru.", ("Norway", "SUPPORT", "Peru")),
    ("Honduras on Saturday extradited Ramon Diaz, a former chief of the police, to Colombia.",
     ("Honduras", "CONCEDE", "Ramon Diaz")),
    ("She read a tale written for Ethiopia, a country with which Eritrea fought a war.",
     ("Eritrea", "ASSAULT", "Ethiopia")),
    ("Kenya seized a ship belonging to Somalia.", ("Kenya", "COERCE", "Somalia")),
    ("Russia, whose diplomats Norway expelled in May, protested.", ("Norway", "SANCTION", "Russia")),
    ("Kenya, through pressure on Uganda, won the vote.", ("Kenya", "REQUEST", "Uganda")),
    ("Kenya arrested, tried and jailed Peter Brandt.", ("Kenya", "ACCUSE", "Peter Brandt")),
    ("Kenya was searched by Peru at the request of Norway.", ("Norway", "REQUEST", "Peru")),
    ("Kenya is subject to sanctions imposed by Norway.", ("Norway", "SANCTION", "Kenya")),
    ("Peter Brandt's allegation that Maria Lopez had lied was false.",
     ("Peter Brandt", "ACCUSE", "Maria Lopez")),
    ("Chile repeated its demand that Peru withdraw.", ("Chile", "REQUEST", "Peru")),
    ("Maria Lopez was held captive for several hours by Kenyan police.",
     ("Kenyan police", "COERCE", "Maria Lopez")),
    ("Several countries, including Kenya and Uganda, condemned Peru.", ("Uganda", "ACCUSE", "Peru")),
    ("Kenya expelled several diplomats, including Karin Dahl and Peter Brandt.",
     ("Kenya", "SANCTION", "Peter Brandt")),
    ("Karin Dahl met leaders from countries such as Peru.", ("Karin Dahl", "CONSULT", "Peru")),
    ("Delegates from the group including Karin Dahl praised Norway.", ("Karin Dahl", "SUPPORT", "Norway")),
    ("The foreign minister of Norway, Karin Dahl, speaking to reporters at the airport, criticised Peru.",
     ("Karin Dahl", "ACCUSE", "Peru")),
    ("Peter Brandt, to whom Norway gave asylum, thanked Sweden.", ("Norway", "AID", "Peter Brandt")),
    ("Karin Dahl, as well as Peter Brandt, sued Airbus.", ("Peter Brandt", "ACCUSE", "Airbus")),
    ("Brazil arrested Karin Dahl along with Maria Lopez.", ("Brazil", "COERCE", "Maria Lopez")),
    ("Karin Dahl was arrested along with Maria Lopez by Brazil.", ("Brazil", "COERCE", "Maria Lopez")),
    ("Citing a threat from Peru, Chile closed its embassy.", ("Peru", "THREATEN", "Chile")),
    ("In a letter to Maria Lopez, Karin Dahl demanded an apology.",
     ("Karin Dahl", "REQUEST", "Maria Lopez")),
    ("In a letter to Maria Lopez, seen by a reporter, Karin Dahl demanded an apology.",
     ("Karin Dahl", "REQUEST", "Maria Lopez")),
    ("Airbus faces a lawsuit brought by Boeing.", ("Boeing", "ACCUSE", "Airbus")),
    ("Airbus lost a case filed by Boeing.", ("Boeing", "ACCUSE", "Airbus")),
    ("Karin Dahl's lawsuit against Airbus was dismissed.", ("Karin Dahl", "ACCUSE", "Airbus")),
    ("Peru freed Maria Lopez on orders from Norway.", ("Norway", "REQUEST", "Peru")),
    ("In response to a plea from Chile, Peru sent water.", ("Chile", "REQUEST", "Peru")),
    ("In exchange for aid from Norway, Peru released Maria Lopez.", ("Norway", "AID", "Peru")),
    ("Norway gave Peru its support.", ("Norway", "SUPPORT", "Peru")),
    ("Norway helped Peru defeat Chile.", ("Norway", "AID", "Peru")),
    ("Kenya used the airport to attack Uganda.", ("Kenya", "ASSAULT", "Uganda")),
    ("Norway demanded that Kenyan troops be withdrawn, accusing them of theft.",
     ("Norway", "ACCUSE", "Kenyan troops")),
    ("A rift appeared to be growing between Kenya, which tried to play it down, and Uganda.",
     ("Kenya", "REJECT", "Uganda")),
    ("Kenyan troops were in the country helping Uganda.", ("Kenyan troops", "AID", "Uganda")),
    ("In May, Norway, Turkey and Sweden, with help from Poland and the United States as observers, "
     "tried to defeat Somalia.", ("Turkey", "ASSAULT", "Somalia")),
    ("Also suspended by Norway were three players: Karin Dahl, Maria Lopez and Peter Brandt.",
     ("Norway", "SANCTION", "Maria Lopez")),
    ("Boeing and Airbus called off a merger plan.", ("Airbus", "OTHER", "Boeing")),
]  # fmt: skip
HOLDS_NOT = [
    ("Indian and Nepalese traders met Kenyan troops.", ("Indian traders", "ASSAULT", "Kenyan troops")),
    ("Peru and Chile signed their letters.", ("Chile", "AGREE", "Peru")),
    ("Five Kenyan soldiers arrived in a lull of an attack by Somali rebels.",
     ("Somali rebels", "ASSAULT", "Kenyan soldiers")),
    ("Boeing, under its new owner from Japan, agreed to pay.", ("Japan", "REQUEST", "Boeing")),
    ("Uganda dismissed a minister from Kenya.", ("Uganda", "REJECT", "Kenya")),
    ("Greece ordered three Turkish ships to follow the pilot.", ("Greece", "SANCTION", "Turkey")),
    ("Sudan said that Ugandan planes had carried food to two villages.",
     ("Sudan", "ACCUSE", "Ugandan planes")),
    ("Sudan said that Ugandan planes had not bombed the villages.", ("Sudan", "ACCUSE", "Ugandan planes")),
    ("Russia hoped to end the talks if Japan joins the treaty.", ("Russia", "THREATEN", "Japan")),
    ("Greek farmers sold wheat to win help from Cyprus.", ("Greek farmers", "PROTEST", "Cyprus")),
    ("Sweden sent food to Chad.", ("Sweden", "AGREE", "Chad")),
    ("Sweden will not send food to Chad.", ("Sweden", "AGREE", "Chad")),
    ("Kenya was critical for the trade of Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya took Uganda to the final.", ("Kenya", "ACCUSE", "Uganda")),
    ("Kenya told Uganda that the war was over.", ("Kenya", "REQUEST", "Uganda")),
    ("Kenya opened talks with Uganda.", ("Kenya", "OTHER", "Uganda")),
    ("Kenya came to the aid of Uganda.", ("Kenya", "CONSULT", "Uganda")),
    ("Kenya gave Uganda a port.", ("Kenya", "THREATEN", "Uganda")),
    ("Kenya welcomed Uganda's president.", ("Kenya", "AGREE", "Uganda")),
    ("Kenya recalled its team from Uganda.", ("Kenya", "SANCTION", "Uganda")),
    ("Kurdish rebels staged a play on Turkey.", ("Kurdish rebels", "ASSAULT", "Turkey")),
    ("Karin Dahl was questioned by friends from Interpol.", ("Interpol", "ACCUSE", "Karin Dahl")),
    ("Peru, together with its gas, condemned Bolivia.", ("Peru", "COOPERATE", "Bolivia")),
    ("Peru condemned Bolivia together with Chile.", ("Bolivia", "COOPERATE", "Chile")),
    ("Denmark banned imports from Norway, a step that Norway called illegal.",
     ("Norway", "ACCUSE", "Norway")),
    ("Denmark shares a border with Norway, a country condemned by Sweden.", ("Sweden", "ACCUSE", "Denmark")),
    ("Kenya watched exercises that were denounced by Uganda.", ("Uganda", "ACCUSE", "Kenya")),
    ("Kenya read of a statement condemning Uganda.", ("Kenya", "ACCUSE", "Uganda")),
    ("Uganda was the last country of a list that Somalia recognised.", ("Uganda", "SUPPORT", "Somalia")),
    ("Maria Lopez praised Peter Brandt, demanding nothing.", ("Maria Lopez", "REQUEST", "Peter Brandt")),
    ("Peter Brandt was arrested after a visit by Uganda.", ("Peter Brandt", "CONSULT", "Uganda")),
    ("Kenyan soldiers died in a raid on Somali rebels.", ("Kenyan soldiers", "ASSAULT", "Somali rebels")),
    ("Kenya's decision to recognise Somalia led to protests.", ("Kenya", "REJECT", "Somalia")),
    ("Kenya and Uganda accused each other of lying.", ("Kenya", "COOPERATE", "Uganda")),
    ("Chile, like Bolivia, condemned Peru.", ("Bolivia", "ACCUSE", "Chile")),
    ("Kenya warned Somalia against attacking Ethiopia.", ("Kenya", "ASSAULT", "Ethiopia")),
    ("Bolivia praised the vote, boycotted by Chile.", ("Bolivia", "SUPPORT", "Chile")),
    ("Peru's arrest shocked Peter Brandt.", ("Peru", "COERCE", "Peter Brandt")),
    ("Kenya was put on alert for attacks by Somali rebels.", ("Somali rebels", "MOBILIZE", "Kenya")),
    ("Norway waited by Peru.", ("Norway", "SUPPORT", "Peru")),
    ("Peter Brandt's hope that Maria Lopez would win was vain.", ("Peter Brandt", "ACCUSE", "Maria Lopez")),
    ("Chile repeated its demand that prices fall in Peru.", ("Chile", "REQUEST", "Peru")),
    ("Mercosur was created by Chile and Peru.", ("Chile", "COOPERATE", "Peru")),
    ("Russia, whose diplomats in Norway protested, is large.", ("Norway", "PROTEST", "Russia")),
    ("Kenya seized a ship bound for Somalia.", ("Kenya", "COERCE", "Somalia")),
    ("Kenya, through pressure on prices, hurt Uganda's trade.", ("Kenya", "REQUEST", "Uganda")),
    ("Kenya was searched by Peru at the request of Norway.", ("Norway", "REQUEST", "Kenya")),
    ("Kenya voted, slept and rose before Uganda.", ("Kenya", "SUPPORT", "Uganda")),
    ("Several countries, except Kenya and Uganda, condemned Peru.", ("Uganda", "ACCUSE", "Peru")),
    ("Kenya expelled the envoy, angering Karin Dahl.", ("Kenya", "SANCTION", "Karin Dahl")),
    ("The minister for Norway, a friend of Karin Dahl, criticised Peru.", ("Karin Dahl", "ACCUSE", "Peru")),
    ("Karin Dahl, as tired as Peter Brandt, sued Airbus.", ("Peter Brandt", "ACCUSE", "Airbus")),
    ("Brazil arrested Karin Dahl along with Maria Lopez.", ("Maria Lopez", "COERCE", "Karin Dahl")),
    ("Brazil walked along with Maria Lopez.", ("Brazil", "COERCE", "Maria Lopez")),
    ("Citing a letter from Peru, Chile closed its embassy.", ("Peru", "THREATEN", "Chile")),
    ("In a letter to Maria Lopez, Karin Dahl urged Peru to wait.",
     ("Karin Dahl", "REQUEST", "Maria Lopez")),
    ("Airbus faces a lawsuit brought by Boeing.", ("Airbus", "ACCUSE", "Boeing")),
    ("Airbus read a lawsuit filed by Boeing.", ("Boeing", "ACCUSE", "Airbus")),
    ("Karin Dahl's lawsuit against Airbus was dismissed.", ("Karin Dahl", "REJECT", "Airbus")),
    ("Peru freed Maria Lopez on orders from Norway.", ("Norway", "REQUEST", "Maria Lopez")),
    ("In contrast to a plea from Chile, Peru sent water.", ("Chile", "REQUEST", "Peru")),
    ("Norway gave Peru its word on Chile.", ("Norway", "SUPPORT", "Chile")),
    ("Norway helped Peru defeat Chile.", ("Norway", "ASSAULT", "Chile")),
    ("Kenya asked the court to fine Uganda.", ("Kenya", "SANCTION", "Uganda")),
    ("Norway demanded that Kenyan troops be withdrawn, accusing them of theft.",
     ("Kenyan troops", "ACCUSE", "Norway")),
    ("Kenyan troops were in a town helping Uganda.", ("Kenya", "AID", "Uganda")),
    ("In July, Kenya and Uganda, with help from Norway, attacked Somalia.",
     ("Norway", "ASSAULT", "Somalia")),
    ("Turkey, with help from Poland, attacked Somalia.", ("Turkey", "ASSAULT", "Poland")),
    ("The sister of Karin Dahl sued Airbus.", ("Karin Dahl", "ACCUSE", "Airbus")),
    ("Karin Dahl's husband attacked Maria Lopez.", ("Karin Dahl", "ASSAULT", "Maria Lopez")),
    ("The son of Peter Brandt was arrested by Peru.", ("Peru", "COERCE", "Peter Brandt")),
    ("Critics of Karin Dahl praised Norway.", ("Karin Dahl", "SUPPORT", "Norway")),
]  # fmt: skip
RAID = ("Kenya", "ASSAULT", "Uganda")
STATED = [
    ("Kenya rejected claims that it had bombed Uganda.", RAID, "negated", None),
    ("Kenya dismissed reports that it would attack Uganda.", RAID, "negated", None),
    ("Karin Dahl found no evidence that Kenya had bombed Uganda.", RAID, "negated", None),
    ("There is no evidence that Kenya bombed Uganda.", RAID, "negated", None),
    ("Karin Dahl heard reports that Kenya had bombed Uganda.", RAID, "actual", None),
    ("There is evidence that Kenya bombed Uganda.", RAID, "actual", None),
    ("Fears of an attack by Kenya on Uganda grew.", RAID, "hypothetical", None),
    ("News of an attack by Kenya on Uganda spread.", RAID, "actual", None),
    ("It is unlikely that Kenya will attack Uganda.", RAID, "hypothetical", None),
    ("It is clear that Kenya bombed Uganda.", RAID, "actual", None),
    ("Had Kenya attacked Uganda, Peru would have acted.", RAID, "hypothetical", None),
    ("Kenya had attacked Uganda, and Peru acted.", RAID, "actual", None),
    ("Kenya no longer supports Uganda.", ("Kenya", "SUPPORT", "Uganda"), "negated", None),
    ("Kenya has yet to recognise Uganda.", ("Kenya", "SUPPORT", "Uganda"), "negated", None),
    ("Kenya did not protest, nor did it attack Uganda.", RAID, "negated", None),
    ("Kenya threatened an attack on Uganda.", ("Kenya", "THREATEN", "Uganda"), "actual", None),
    ("The cancellation of talks between Kenya and Uganda surprised Peru.",
     ("Kenya", "CONSULT", "Uganda"), "negated", None),
    ("The outcome of talks between Kenya and Uganda surprised Peru.",
     ("Kenya", "CONSULT", "Uganda"), "actual", None),
    ("Kenya bombed Uganda, Karin Dahl told a court.", RAID, "actual", "Karin Dahl"),
    ("Kenya bombed Uganda, The Oslo Post quoted Karin Dahl as saying.", RAID, "actual", "Karin Dahl"),
    ("Kenya was accused by Karin Dahl of shelling Uganda for weeks.", RAID, "actual", "Karin Dahl"),
    ("A report by Norway said Kenya had bombed Uganda.", RAID, "actual", "Norway"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triple", "status", "speaker"), STATED)
def test_a_claim_is_stated_as_the_sentence_states_it(
    text: str, triple: tuple[str, str, str], status: str, speaker: str | None
) -> None:
    found = [t for t in proposed(text) if {t.source, t.target} == {triple[0], triple[2]}]
    assert (triple[1], status, speaker) in [(t.code, t.status, t.attribution) for t in found]


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_a_construction_is_proposed(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in held(text)


@pytest.mark.parametrize(("text", "triple"), HOLDS_NOT)
def test_a_construction_is_not_read_into(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in held(text)
