"""Sentence → actors named, with the default model and the gazetteer."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract import gazetteer, nlp
from extract.actors import find_mentions
from extract.model import Article, Mention

SEATS = [
    ("Damascus", "Syria"),
    ("Kiev", "Ukraine"),
    ("the Kremlin".removeprefix("the "), "Russia"),
    ("Downing Street", "United Kingdom"),
    ("Paris", "France"),
    ("Delhi", "India"),
    ("La Paz", "Bolivia"),
    ("Lagos", None),
    ("Astana", "Kazakhstan"),
    ("Springfield", None),
    ("Aleppo", None),
]
DEMONYMS = [
    ("Russians", "Russia"),
    ("Kazakh", "Kazakhstan"),
    ("Danes", "Denmark"),
    ("British", "United Kingdom"),
    ("South Koreans", "South Korea"),
    ("Russia", None),
    ("Reading", None),
    ("Hope", None),
]


@pytest.mark.parametrize(("text", "state"), SEATS)
def test_seats_of_government(text: str, state: str | None) -> None:
    assert gazetteer.load().seat(text) == state


@pytest.mark.parametrize(("text", "state"), DEMONYMS)
def test_adjectives_and_peoples(text: str, state: str | None) -> None:
    assert gazetteer.load().demonym(text) == state


@pytest.fixture(scope="module")
def model() -> Language:
    return nlp.load()


def found(model: Language, text: str) -> list[Mention]:
    article = Article("a", text)
    ((_, doc),) = nlp.parse(model, [article])
    return find_mentions(doc, article)


NAMED = [
    ("The SPLM/A signed a truce with Chad.", "SPLM/A", "SPLM/A", "ORG"),
    ("Chad met Doris Day in May.", "Doris Day", "Doris Day", "PERSON"),
    ("Chad sued Plan International.", "Plan International", "Plan International", "ORG"),
    ("Norwegian Foreign Minister Karin Dahl spoke.", "Karin Dahl", "Karin Dahl", "PERSON"),
    ("Norwegian Foreign Minister Karin Dahl spoke.", "Norwegian", "Norway", "STATE"),
    ("Karin Dahl met voters. Dahl smiled.", "Dahl", "Karin Dahl", "PERSON"),
    ("Human Rights Watch (HRW) protested. HRW was angry.", "HRW", "Human Rights Watch", "ORG"),
    ("Moscow accused Tehran of lying.", "Moscow", "Russia", "STATE"),
    ("U.S. Ambassador to Uganda Natalie Brown criticised Kenya.", "Natalie Brown", "Natalie Brown", "PERSON"),
    ("U.S. Ambassador to Uganda Natalie Brown criticised Kenya.", "Uganda", "Uganda", "STATE"),
    (
        "The president of Peru's Council of Ministers, Cesar Villanueva, announced he would hold talks.",
        "Council of Ministers",
        "Council of Ministers",
        "ORG",
    ),
    ("Amnesty International met. Amnesty's head was ill.", "Amnesty", "Amnesty International", "ORG"),
    ("The rebels refused to talk to Khartoum.", "Khartoum", "Sudan", "STATE"),
    ("The rebels drove to Khartoum.", "Khartoum", "Khartoum", "PLACE"),
    ("Peru named Musa Bello of the ruling National Party a judge.", "Musa Bello", "Musa Bello", "PERSON"),
    ("The leader of Chechnya, Ramzan Kadarov, met Peru.", "Ramzan Kadarov", "Ramzan Kadarov", "PERSON"),
    ("The Belarusian regime collapsed.", "Belarusian regime", "Belarus", "STATE"),
    ("Norwegian forces left the base.", "Norwegian forces", "Norwegian forces", "GROUP"),
    ("The Syrian armed opposition agreed.", "Syrian armed opposition", "Syrian armed opposition", "GROUP"),
    ("Militants seized Aleppo on Sunday.", "Aleppo", "Aleppo", "PLACE"),
    ("The troops annexed Crimea in spring.", "Crimea", "Crimea", "PLACE"),
    ("Lars Thoraholt met Kenji Chanasawa on Friday.", "Kenji Chanasawa", "Kenji Chanasawa", "PERSON"),
    ("Lars Thoraholt praised Kenji Chanasawa in Istanbul.", "Kenji Chanasawa", "Kenji Chanasawa", "PERSON"),
    ("Tomas Quincerroso accused Orhan Tekotas of lying.", "Orhan Tekotas", "Orhan Tekotas", "PERSON"),
    ("The president met farmers in Santa Lucinda on Friday.", "Santa Lucinda", "Santa Lucinda", "PLACE"),
    ("The army bombed Port Salinas on Friday.", "Port Salinas", "Port Salinas", "PLACE"),
    ("Germany’s army left Mali.", "Germany", "Germany", "STATE"),
    ("The European Union imposed sanctions.", "European Union", "European Union", "ORG"),
    ("The African Union met. Critics blamed the AU.", "AU", "African Union", "ORG"),
    ("The Southern Trade Market (Sudmar) met.", "Sudmar", "Southern Trade Market", "ORG"),
    ("They boarded the aircraft carrier Admiral Brandt.", "Admiral Brandt", "Admiral Brandt", "ORG"),
    ("The Group of Seven met in Oslo.", "Group of Seven", "Group of Seven", "ORG"),
    ("Hale joined Taxpayers for Common Sense.", "Taxpayers for Common Sense",
     "Taxpayers for Common Sense", "ORG"),
    ("Nasser's Fatah movement won. Nasser left. Fatah lost.", "Fatah", "Fatah", "ORG"),
    ("He told the newspaper Corriere della Valle.", "Corriere della Valle", "Corriere della Valle", "ORG"),
    ("Gen. Luis Ortega and Rep. Maria Lopez met.", "Luis Ortega", "Luis Ortega", "PERSON"),
    ("The Irish and British governments met.", "Irish and British governments", "Ireland", "STATE"),
    ("The Irish and British governments met.", "Irish and British governments", "United Kingdom", "STATE"),
    ("Police in Athens arrested two men.", "Police in Athens", "Police in Athens", "GROUP"),
    ("Supporters of the ousted president, Luis Ortega, wept.",
     "Supporters of the ousted president, Luis Ortega",
     "Supporters of the ousted president, Luis Ortega", "GROUP"),
    ("Hale Meets Lopez Over Dam Dispute\n\nRobert Hale met Maria Lopez.", "Hale", "Robert Hale", "PERSON"),
    ("The Carter Center spoke. The Center was worried.", "Center", "Carter Center", "ORG"),
    ("Vestmark Tyres sued Norway.", "Vestmark Tyres", "Vestmark Tyres", "ORG"),
    ("Vestmark Tyres sued Norway. Vestmark lost.", "Vestmark", "Vestmark Tyres", "ORG"),
    ("Reuters sued Norway. Its rival, Reuters Systems, won.", "Reuters", "Reuters", "ORG"),
    ("General Motors sued Norway.", "General Motors", "General Motors", "ORG"),
    ("Karin Dahl (BBC) asked Robert Hale.", "BBC", "BBC", "ORG"),
    ("Thomson said that it would pay Norway.", "Thomson", "Thomson", "ORG"),
    ("Norway met Odd Berntsen, chairman of the board.", "Odd Berntsen", "Odd Berntsen", "PERSON"),
    ("Labour leader Karin Dahl met Norway.", "Labour", "Labour", "ORG"),
    ("Conservative MPs praised Norway.", "Conservative MPs", "Conservative MPs", "GROUP"),
    ("Norway met Lib Dem Karin Dahl.", "Karin Dahl", "Karin Dahl", "PERSON"),
    ("Doctors Without Borders left Norway.", "Doctors Without Borders", "Doctors Without Borders", "ORG"),
    ("Minister of Health Robert Hale met Norway.", "Robert Hale", "Robert Hale", "PERSON"),
    ("Indian soldiers met Norway.", "Indian", "India", "STATE"),
    ("Reuters Chief Executive Officer Karin Dahl left.", "Karin Dahl", "Karin Dahl", "PERSON"),
    (
        "Amnesty International and Human Rights Watch accused Norway.",
        "Amnesty International",
        "Amnesty International",
        "ORG",
    ),
    ("Students at the University of Bergen wept.", "Students at the University of Bergen",
     "Students at the University of Bergen", "GROUP"),
    ("Tribesmen loyal to Omar Saleh left Norway.", "Tribesmen loyal to Omar Saleh",
     "Tribesmen loyal to Omar Saleh", "GROUP"),
    ("Fighters from the Northern Brigade left Norway.", "Fighters from the Northern Brigade",
     "Fighters from the Northern Brigade", "GROUP"),
    ("Norway praised opposition lawmakers.", "opposition lawmakers",
     "opposition lawmakers", "GROUP"),
    ("Norway met human rights lawyers.", "human rights lawyers",
     "human rights lawyers", "GROUP"),
    ("Pro-government militiamen attacked Norway.", "Pro-government militiamen",
     "Pro-government militiamen", "GROUP"),
    ("Chilean firefighters reached Norway.", "Chilean firefighters",
     "Chilean firefighters", "GROUP"),
    ("Norway met militias backed by Iran.", "militias backed by Iran",
     "militias backed by Iran", "GROUP"),
    ("LIMA, Peru - Chilean soldiers left Norway.", "Chilean soldiers",
     "Chilean soldiers", "GROUP"),
    ("Volunteers of the Red Cross left Norway.", "Volunteers of the Red Cross",
     "Volunteers of the Red Cross", "GROUP"),
    ("Doctors for Peace accused Norway.", "Doctors for Peace",
     "Doctors for Peace", "ORG"),
    ("Norway raided the offices of the Children of the Ninth Dawn on Friday.", "Children of the Ninth Dawn",
     "Children of the Ninth Dawn", "ORG"),
    ("The union, Sepla Norte, turned it down.", "Sepla Norte",
     "Sepla Norte", "ORG"),
    ("Norway arrested his brother-in-law, Duarte Meneses. Meneses wept.", "Meneses",
     "Duarte Meneses", "PERSON"),
    ("Norway met villagers from the Berom community.", "villagers from the Berom community",
     "villagers from the Berom community", "GROUP"),
    ("Norway accused K17 of lying.", "K17", "K17", "ORG"),
    ("The Group of 77 met in Oslo.", "Group of 77", "Group of 77", "ORG"),
    ("The 14th Mountain Brigade shelled Aleppo.", "14th Mountain Brigade", "14th Mountain Brigade", "ORG"),
    ("Norway sued AMU Local 33.", "AMU Local 33", "AMU Local 33", "ORG"),
    ("Lt. Col. Hatem Sabry accused Norway.", "Hatem Sabry", "Hatem Sabry", "PERSON"),
    ("Chilean Lt. Col. Robert Hale met Norway.", "Chilean", "Chile", "STATE"),
    ("UN ACCUSES DAHL OF FRAUD\n\nThe UN accused Karin Dahl of fraud.", "DAHL", "Karin Dahl", "PERSON"),
    ("NORWAY ACCUSES CHILE OF SPYING\n\nNorway accused Chile of spying.", "CHILE", "Chile", "STATE"),
    ("Bosnia accused Norway of lying.", "Bosnia", "Bosnia", "STATE"),
    ("Yugoslav President Milan Petrov met Norway.", "Yugoslav", "Yugoslavia", "STATE"),
    ("The Kingdom of Norway sued Chile.", "Kingdom of Norway", "Kingdom of Norway", "STATE"),
    ("North and South Korea agreed to talk.", "North", "North Korea", "STATE"),
    ("South Korea sent rice. The North wanted steel.", "North", "North Korea", "STATE"),
    ("Tibetans accused China of torture.", "Tibetans", "Tibetans", "GROUP"),
    ("Bosnian Serb forces shelled Aleppo.", "Bosnian Serb forces", "Bosnian Serb forces", "GROUP"),
    ("Iraqi Kurds accused Norway.", "Iraqi Kurds", "Iraqi Kurds", "GROUP"),
    ("Atletico Salinas signed Robert Hale.", "Atletico Salinas", "Atletico Salinas", "ORG"),
    ("Rebels shelled Damascus on Friday.", "Damascus", "Damascus", "PLACE"),
    ("Kabul was captured by rebels in May.", "Kabul", "Kabul", "PLACE"),
    ("Rebels launched an attack on Baghdad.", "Baghdad", "Baghdad", "PLACE"),
    ("Sanctions on Baghdad hurt Norway.", "Baghdad", "Iraq", "STATE"),
    ("Norway urged Paris to act.", "Paris", "France", "STATE"),
    ("Norway drew criticism from Paris.", "Paris", "France", "STATE"),
    ("Under pressure from Paris, Norway left the bloc.", "Paris", "France", "STATE"),
    ("Norway turned to Paris for help.", "Paris", "France", "STATE"),
    ("In a blow to Paris, Norway left the bloc.", "Paris", "France", "STATE"),
    ("Algeria won independence from Paris.", "Paris", "France", "STATE"),
    ("Norway came from Paris.", "Paris", "Paris", "PLACE"),
    ("Norway flew to Paris.", "Paris", "Paris", "PLACE"),
    ("The road to Paris was closed by Norway.", "Paris", "Paris", "PLACE"),
    ("Norway took the news by phone from Paris.", "Paris", "Paris", "PLACE"),
    ("The House Energy and Trade Committee met.", "House Energy and Trade Committee",
     "House Energy and Trade Committee", "ORG"),
    ("Oversight and Investigations Subcommittee Chairman Robert Hale left Norway.",
     "Oversight and Investigations Subcommittee", "Oversight and Investigations Subcommittee", "ORG"),
    ("The Alliance for the Re-Liberation of Norvik sued Norway.", "Alliance for the Re-Liberation of Norvik",
     "Alliance for the Re-Liberation of Norvik", "ORG"),
    ("Norway accused Maria van der Hoek of fraud.", "Maria van der Hoek", "Maria van der Hoek", "PERSON"),
    ("The Dalai Lama met Norway.", "Dalai Lama", "Dalai Lama", "PERSON"),
    ("Vestmark sued Norway.", "Vestmark", "Vestmark", "ORG"),
    ("Robert Hale is a lawyer for Vestmark.", "Vestmark", "Vestmark", "ORG"),
    ("Vestmark Chief Financial Officer Karin Dahl left.", "Vestmark", "Vestmark", "ORG"),
    ("Fighters of Liberians United for Democracy (LUD) left Norway.", "Liberians United for Democracy",
     "Liberians United for Democracy", "ORG"),
    ("The army's Tenth Corps shelled the town.", "Tenth Corps", "Tenth Corps", "ORG"),
    ("The Arab Bloc left Norway.", "Arab Bloc", "Arab Bloc", "ORG"),
    ("The Workers' Front called a strike.", "Workers' Front", "Workers' Front", "ORG"),
    ("The group Index for a Free Press left Norway.", "Index for a Free Press", "Index for a Free Press",
     "ORG"),
    ("The Evangelical Lutheran Church in Namibia left Norway.", "Evangelical Lutheran Church in Namibia",
     "Evangelical Lutheran Church in Namibia", "ORG"),
    ("Cascade Fiber of Portland sued Norway.", "Cascade Fiber", "Cascade Fiber", "ORG"),
    ("The Anti-Corruption Bureau sued Norway.", "Anti-Corruption Bureau", "Anti-Corruption Bureau", "ORG"),
    ("Trinidad and Tobago left Norway.", "Trinidad and Tobago", "Trinidad and Tobago", "STATE"),
    ("Victoria accused Canberra of neglect.", "Victoria", "Victoria", "PLACE"),
    ("Seychelles left. Victoria recalled its envoy.", "Victoria", "Seychelles", "STATE"),
    ("The secretary for Human Rights Watch left.", "Human Rights Watch", "Human Rights Watch", "ORG"),
]  # fmt: skip
UNNAMED = [
    ("Norway and Chile signed the Arusha Accord.", "Arusha Accord"),
    ("Norway signed a Memorandum of Understanding with Chile.", "Memorandum"),
    ("Norway voted for Resolution 1441.", "Resolution"),
    ("Norway backs the Holm Plan for Cyprus.", "Holm Plan for Cyprus"),
    ("Hurricane Mitch struck Chile.", "Hurricane Mitch"),
    ("Norway launched Operation Linda Nchi.", "Operation Linda Nchi"),
    ("Norway celebrated Independence Day.", "Independence Day"),
    ("U.S. Ambassador to Uganda Natalie Brown criticised Kenya.", "Uganda Natalie Brown"),
    ("The leader of the Regional Coordinator of Indigenous Peoples met Peru.", "of Indigenous Peoples"),
    ("The foreign minister spoke on Monday.", "foreign minister"),
    ("Rebels and civilians fled in May.", "Rebels"),
    ("He was in the Office for Christmas.", "Christmas"),
    ("Prime Minister Karin Dahl spoke.", "Prime Minister"),
    ("Prime Minister Karin Dahl spoke.", "Minister"),
    ("Give us the paper, they said.", "us"),
    ("On Sunday the talks ended.", "Sunday"),
    ("I will march in March.", "March"),
    ("The officials left early.", "officials"),
    ("Secretary of State John Harlow arrived.", "State"),
    ("By Maria Lopez and Robert Hale, staff writers\n\nNorway left.", "Maria Lopez"),
    ("Norway left. (AP Photo/Maria Lopez)", "Maria Lopez"),
    ("Norway left. (Credit: Robert Hale/Reuters)", "Robert Hale"),
    ("Gen. Luis Ortega and Sen. Maria Lopez met.", "Gen."),
    ("Gen. Luis Ortega and Sen. Maria Lopez met.", "Sen."),
    ("Photographs of the dam surprised Norway.", "Photographs"),
    ("Rebels of the Northern Front left.", "Rebels"),
    ("Russia Says Bombs Hit Munition Stores Near Aleppo\n\nRussia said bombs hit munitions.", "Munition"),
    ("The Northern Army of Robert Hale left. Robert Hale stayed.", "Northern Army of Robert Hale"),
    ("The Government has failed.", "Government"),
    ("Norway rejected the Trade Bill and the Minerals Act.", "Trade Bill"),
    ("MPs told Norway to leave.", "MPs"),
    ("Prosecutors accused Norway.", "Prosecutors"),
    ("He spent US12,480 on Norway.", "US12,480"),
    ("Reuters Chief Executive Officer Karin Dahl left.", "Officer"),
    ("A liberal leader met Norway.", "liberal"),
    ("Rebels left the town.", "Rebels"),
    ("Security camera footage shocked Norway.", "Security camera"),
    ("Opposition to lawmakers grew in Norway.", "Opposition to lawmakers"),
    ("LIMA, Peru - Chilean soldiers left Norway.", "Peru - Chilean soldiers"),
    ("Norway met the deputy head of the Chilean mission, Robert Hale.", "Chilean mission, Robert Hale"),
    ("Friends for life met Norway.", "Friends for life"),
    ("Norway bought military planes.", "military planes"),
    ("Fighters from the Northern Brigade left Norway.", "Fighters"),
    ("Voters in Peru left Norway.", "Voters"),
    ("The students close to the door met Norway.", "students close to the door"),
    ("The rights of lawyers in Norway matter.", "rights of lawyers"),
    ("He bought an A320 in Norway.", "A320"),
    ("Article 50 worried Norway.", "Article 50"),
    ("General Hatem Sabry met Norway.", "General Hatem Sabry"),
    ("UN ACCUSES DAHL OF FRAUD\n\nThe UN accused Karin Dahl of fraud.", "FRAUD"),
    ("NORWAY ACCUSES CHILE OF SPYING\n\nNorway accused Chile of spying.", "ACCUSES"),
    ("South Korea built a port in the north of the country.", "north"),
    ("The Committee on Trade and Norway met.", "Committee on Trade and Norway"),
    ("The Ministry of Defense and Army Chief Robert Hale met.", "Ministry of Defense and Army Chief"),
    ("The Department of Justice and Robert Hale met.", "Department of Justice and Robert Hale"),
    ("Robert Hale at Boeing met Norway.", "Robert Hale at Boeing"),
    ("Karin Dahl, vice president of Communications, left Norway.", "Communications"),
    ("The Ranking Member of the panel, Robert Hale, left Norway.", "Ranking"),
    ("The Supreme leader left Norway.", "Supreme"),
    ("The Ministry of Foreign Affairs of Norway met Robert Hale.", "Ministry of Foreign Affairs of"),
    ("Vestmark Chief Financial Officer Karin Dahl left.", "Vestmark Chief Financial"),
    ("Norway praised Robert Hale of these parts.", "Robert Hale of these"),
    ("Rebels left, lawyers sued Norway.", "lawyers"),
    ("Rebels shelled Damascus on Friday.", "Syria"),
    ("The 14 brigades left Norway.", "14 brigades"),
    ("He used a local 33 times in Norway.", "local 33"),
    ("The Arab bloc left Norway.", "Arab bloc"),
    ("The third battalion shelled Norway.", "third battalion"),
    ("Hopes for a Peace Deal rose in Norway.", "Hopes for a Peace Deal"),
    ("Trinidad and Norway signed a treaty.", "Trinidad and Norway"),
    ("The Bank of London sued Norway.", "Bank"),
    ("The Lutheran Church in Norway left.", "Lutheran Church in Norway"),
    ("The workers' front door was stormed.", "workers' front"),
    ("The Minister for Disaster Management and Relief left Norway.", "Relief"),
    ("The Minister of Foreign Affairs of Norway left.", "Foreign Affairs"),
    ("The Ministers of Health and Education left Norway.", "Education"),
    ("The state government of Victoria sued a firm in Melbourne.", "state government of Victoria"),
    ("Norway met the Secretary of State for Foreign and Commonwealth Affairs.", "Commonwealth"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "mention", "name", "kind"), NAMED)
def test_actors_are_named(model: Language, text: str, mention: str, name: str, kind: str) -> None:
    assert (mention, name, kind) in [(m.text, m.name, m.type) for m in found(model, text)]


@pytest.mark.model
@pytest.mark.parametrize(("text", "mention"), UNNAMED)
def test_what_is_no_actor(model: Language, text: str, mention: str) -> None:
    assert mention not in [m.text for m in found(model, text)]


@pytest.mark.model
def test_offsets_are_those_of_the_article(model: Language) -> None:
    text = "“Norway’s talks,” said Karin Dahl.\n\nHeadline: Russian forces leave Aleppo"
    assert all(text[m.start : m.end] == m.text for m in found(model, text))


@pytest.mark.model
def test_one_type_per_name(model: Language) -> None:
    text = "Homs was shelled. They fled to Homs. In Homs, Homs residents wept."
    assert len({m.type for m in found(model, text) if m.text == "Homs"}) == 1
