"""Sentence → long names of bodies told by how they are built; and what is built alike and is none."""

from __future__ import annotations

import pytest

from tests.reading import resolved

pytestmark = pytest.mark.model

WHOLE = [
    (
        "The Movement for the Emancipation of the Niger Delta threatened to attack Shell.",
        "Movement for the Emancipation of the Niger Delta",
    ),
    (
        "The Military Committee for the Restitution of Order accused Peru.",
        "Military Committee for the Restitution of Order",
    ),
    (
        "The Group for the Support of Islam and Muslims attacked Niger.",
        "Group for the Support of Islam and Muslims",
    ),
    (
        "The Conference on Security and Cooperation in Europe warned Kenya.",
        "Conference on Security and Cooperation in Europe",
    ),
    (
        "The Office of the High Representative warned the leadership of Bosnia.",
        "Office of the High Representative",
    ),
    (
        "The Office of the United Nations High Commissioner for Human Rights urged Kenya to stop.",
        "Office of the United Nations High Commissioner for Human Rights",
    ),
    ("The Special Court for Sierra Leone met envoys of Peru.", "Special Court for Sierra Leone"),
    ("Peru thanked the U.N. tribunal for the former Yugoslavia.", "U.N. tribunal for the former Yugoslavia"),
    ("The United Nations Mission in Liberia thanked Peru.", "United Nations Mission in Liberia"),
    (
        "Al-Qaeda in the Islamic Maghreb (AQIM) attacked Niger. Mali fears AQIM.",
        "Al-Qaeda in the Islamic Maghreb",
    ),
    (
        "Kenya fought the Islamic State in the Greater Sahara (ISGS).",
        "Islamic State in the Greater Sahara",
    ),
    ("Kenya accused Pakistan Tehreek-e-Insaf of lying.", "Pakistan Tehreek-e-Insaf"),
    ("The outlawed Tehreek-e-Nafaz group killed five soldiers.", "Tehreek-e-Nafaz"),
    ("Troops raided a hideout of the Zarbati network on Friday.", "Zarbati network"),
    ("The Bring Back Our Girls campaign met Kenya.", "Bring Back Our Girls"),
    ("The Open Latvia movement accused Kenya of lying.", "Open Latvia"),
    ("Free Estonia, the biggest opposition party, thanked Peru. Peru met Free Estonia.", "Free Estonia"),
    ("The party Our Moldova accused Kenya of lying.", "Our Moldova"),
    (
        "The National Council for the Defence of the People and Amnesty International accused Burundi.",
        "Amnesty International",
    ),
    ("Peru thanked the leader of the Patriotic Union of Cuba.", "Patriotic Union of Cuba"),
    ("Robert Hale sued the Rock Courier on Friday.", "Rock Courier"),
    ("Robert Hale told the Peruvian Examiner that he was ill.", "Peruvian Examiner"),
    ("Kenya met the environmental group Friends of the Steppe.", "Friends of the Steppe"),
    ("Robert Hale told the newspaper O Tejo that he was ill.", "O Tejo"),
    ("Robert Hale of the party Voice of Reason met Peru.", "Voice of Reason"),
    ("Karin Dahl told the Folketing that it rained.", "Folketing"),
    ("Jabhat al-Nusra met Kata'ib Hezbollah.", "Kata'ib Hezbollah"),
    ("Harakat al-Salam attacked Kenya.", "Harakat al-Salam"),
    ("Frente Amplio accused Bolivia of lying.", "Frente Amplio"),
    ("He had worked for TV Azteca in Peru.", "TV Azteca"),
    ("The People's Alliance for Democracy thanked Kenya.", "People's Alliance for Democracy"),
    ("The Lord's Resistance Army of Joseph Okoney attacked Uganda.", "Lord's Resistance Army"),
    ("The Turkish Prisoners' Rights Union thanked Kenya.", "Turkish Prisoners' Rights Union"),
    ("The Alternative for Germany party criticised Poland.", "Alternative for Germany"),
    ("The Muslim Council of Britain wrote to Karin Dahl.", "Muslim Council of Britain"),
    ("The pilots' union Cockpit sued Lufthavn.", "Cockpit"),
    ("Libya's Government of National Accord accused Turkey of lying.", "Government of National Accord"),
    ("Kizza Bessigye's Forum for Democratic Change sued Uganda.", "Forum for Democratic Change"),
    (
        "Officials from the Ministry of Agriculture, Irrigation and Livestock met WFP aides.",
        "Ministry of Agriculture, Irrigation and Livestock",
    ),
    ("Peru met Leif Brekkan of the Fishermen's Union of the North.", "Fishermen's Union of the North"),
    (
        "The Organization for Security and Co-operation in Europe's monitors met Kenya.",
        "Organization for Security and Co-operation in Europe",
    ),
    ("Israel's Shin Bet security service arrested Karin Dahl.", "Shin Bet"),
    ("Kenya sued hedge fund Third Point over Yahoo.", "Third Point"),
    ("The European Commission fined Facebook 110 million euros for lying.", "Facebook"),
]

APART = [
    ("New Zealand, a small country with one party, thanked Peru.", "New Zealand"),
    ("The Supreme Court in Kenya freed Robert Hale.", "Supreme Court"),
    ("The Supreme Court in Kenya freed Robert Hale.", "Kenya"),
    ("Crown Prince Mohammed bin Salman (MBS) met Donald Trump.", "Mohammed bin Salman"),
    ("The Democratic Republic of the Congo (DRC) accused Rwanda.", "Democratic Republic of the Congo"),
    ("The CNN network sued Kenya.", "CNN"),
    ("Kenya asked the tribunal for help.", "Kenya"),
    ("General Zia-ul-Haq arrested him.", "Zia-ul-Haq"),
    ("Amnesty International and Kenya met.", "Amnesty International"),
    (
        "Robert Hale, the Oceanic and Atmospheric Agency's (OAA) first chief, met Peru.",
        "Oceanic and Atmospheric Agency",
    ),
    ("The European Union of Kenya left.", "European Union"),
    ("The Workers' Party of Kenya's leader met Peru.", "Kenya"),
    ("The Supreme Court of Kenya freed Robert Hale.", "Kenya"),
    ("He met First Lady Karin Dahl.", "Karin Dahl"),
    ("Kenya's Committee for Peace met Peru.", "Kenya"),
    ("The Government of Kenya met Peru.", "Kenya"),
    ("The mayor's Army coat burned in Kenya.", "Kenya"),
    ("Two Taliban commanders met Kenya.", "Taliban commanders"),
]

NONE = [
    ("Kenya fined the bank Harbour of Oslo.", "Harbour of Oslo"),
    ("Peru thanked the Chief Observer Robert Hale.", "Chief Observer"),
    ("Peru sent the UN an independent observer.", "independent observer"),
    ("Robert Hale saw the Courier of Peru fall.", "the Courier"),
    ("New Zealand, a small country with one party, thanked Peru.", "New"),
    ("Kenya signed the North American Free Trade Agreement (NAFTA).", "North American Free Trade Agreement"),
    ("The Supreme Court in Kenya freed Robert Hale.", "Supreme Court in Kenya"),
    (
        "Norway's Minister for the Advancement of Women met Kenya.",
        "Minister for the Advancement of Women",
    ),
    ("The neural network cost Kenya money.", "neural network"),
    ("Her Office of the past burned in Kenya.", "Office of the past"),
    ("The Kenyan campaign began.", "Kenyan"),
    ("The National Security Adviser, Babagana Monro, met Kenya.", "Security"),
    ("Peru listed the militia as a Foreign Terrorist Organization.", "Foreign Terrorist Organization"),
    ("Armed Islamist groups attacked Niger.", "Armed"),
    ("Elite Counter-Terrorism Service troops attacked Mosul.", "Elite"),
    ("The European Union of Kenya left.", "European Union of Kenya"),
    ("The Chancellor of the Exchequer met Kenya.", "Exchequer"),
    ("Kenya's Committee for Peace met Peru.", "Kenya's Committee for Peace"),
    ("Peru wrote to the Home Secretary.", "Home"),
    ("An alternative for Germany is to sue Poland.", "alternative for Germany"),
    ("Israel's Shin Bet security service arrested Karin Dahl.", "Israel's Shin Bet security service"),
]


@pytest.mark.parametrize(("text", "name"), WHOLE)
def test_a_long_name_is_whole(text: str, name: str) -> None:
    assert (name, "ORG") in {(mention.name, mention.type) for mention in resolved(text)}


@pytest.mark.parametrize(("text", "name"), APART)
def test_a_short_name_stays_short(text: str, name: str) -> None:
    assert name in {mention.name for mention in resolved(text)}


@pytest.mark.parametrize(("text", "name"), NONE)
def test_what_is_only_built_alike(text: str, name: str) -> None:
    assert name not in {mention.name for mention in resolved(text) if mention.kind != "adjective"}


def test_a_party_goes_by_its_name_without_its_land() -> None:
    mentions = resolved("Peru thanked the Patriotic Union of Cuba. The Patriotic Union thanked Peru.")
    assert {m.name for m in mentions if m.text == "Patriotic Union"} == {"Patriotic Union of Cuba"}


def test_letters_stand_for_the_words_before_them() -> None:
    mentions = resolved("Al-Qaeda in the Islamic Maghreb (AQIM) attacked Niger. Mali fears AQIM.")
    assert {m.name for m in mentions if m.text == "AQIM"} == {"Al-Qaeda in the Islamic Maghreb"}
