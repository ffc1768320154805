"""Text → whom a role means whose bearer is named right after it, and whom a noun in the plural means."""

from __future__ import annotations

import pytest

from tests.reading import resolved

pytestmark = pytest.mark.model

NEWCOMERS = [
    ("President Ivan Petrov dismissed his defence minister on Monday. Luis Ortega had criticised the army.",
     "his defence minister", "Luis Ortega"),
    ("The Harbour Union said its leader had been threatened. Juan Mora lives in Brindisi.",
     "its leader", "Juan Mora"),
    ("A Danish nurse was freed on Friday. Mette Skov had been held for a year. The nurse flew home.",
     "The nurse", "Mette Skov"),
    ("Peru executed a former intelligence officer. Luis Ortega, 52, was convicted of spying.",
     "a former intelligence officer", "Luis Ortega"),
    ("The head of Norway's central bank was charged on Friday. Police say Karin Dahl sold secrets.",
     "The head", "Karin Dahl"),
    ("Norway named a new ambassador to Peru. Robert Hale served in Oman before. The ambassador leaves today.",
     "The ambassador", "Robert Hale"),
    ("Robert Hale met the bishop of Corfu. Luis Ortega had asked for the meeting.",
     "the bishop", "Luis Ortega"),
    ("Serbia recalled its ambassador to Croatia. The ambassador, Mila Stojan, left on Friday.",
     "its ambassador", "Mila Stojan"),
    ("The Unity Party said police had shot its candidate. Peter Sakala was hit in May. He left his party.",
     "his party", "Unity Party"),
    ("A senior Swedish diplomat has resigned. Karin Dahl said she was tired.",
     "A senior Swedish diplomat", "Karin Dahl"),
]  # fmt: skip
NO_NEWCOMERS = [
    ("A bus driver was killed on Monday. Police Chief Karin Dahl said the driver had slept.", "A bus driver"),
    ("A judge freed a journalist on Tuesday. Luis Ortega had been jailed for a joke.", "A judge"),
    ("The company dismissed its chief executive. Shares fell. Karin Dahl called it a mistake.",
     "its chief executive"),
    ("Norway dismissed an ambassador. Luis Ortega, a fisherman, was glad.", "an ambassador"),
    ("Norway dismissed an ambassador. Luis Ortega said the ship had sunk.", "an ambassador"),
    ("The driver fled. Luis Ortega was hurt.", "The driver"),
    ("A Danish nurse fled. The Swedish nurse Karin Dahl was glad.", "A Danish nurse"),
    ("A police chief fled. Chief Prosecutor Karin Dahl was glad.", "A police chief"),
    ("Luis Ortega met Maria Lopez. A Danish nurse fled. Luis Ortega wept.", "A Danish nurse"),
    ("Norway dismissed an ambassador. Its envoys and Luis Ortega left.", "an ambassador"),
]  # fmt: skip
MANY = [
    ("Norway and the Northern Liberation Front signed a truce. The rebels will disarm.",
     "The rebels", "Northern Liberation Front"),
    ("The Karamo Resistance Army shelled Benza. Togo said the insurgents had lost forty men.",
     "the insurgents", "Karamo Resistance Army"),
    ("Fighters of the Lake Front seized Benza on Monday. The rebels took a judge prisoner.",
     "The rebels", "Fighters of the Lake Front"),
    ("The Nurses' Association of Malta called a strike. The minister met the nurses.",
     "the nurses", "Nurses' Association of Malta"),
    ("The Landless Farmers' Movement blocked a road. The farmers want more money.",
     "The farmers", "Landless Farmers' Movement"),
]  # fmt: skip
NOT_MANY = [
    ("The Syrian Arab Army shelled Douma. The rebels fled.", "The rebels", "Syrian Arab Army"),
    ("Armed opposition groups met the Lake Front. Norway met the rebels.", "the rebels", "Lake Front"),
    ("The Salvation Bank opened a branch. The rebels fled.", "The rebels", "Salvation Bank"),
    ("The Nurses' Association called a strike. The nurses at a hospital in Rome wept.",
     "The nurses", "Nurses' Association"),
    ("The Landless Farmers' Movement met Norway. Students blocked a road. The students wept.",
     "The students", "Landless Farmers' Movement"),
]  # fmt: skip
CALLED = [
    ("The IMF lent Kenya money on Monday. The fund praised Kenya.", "The fund", "IMF"),
    ("NATO sent trainers to Georgia. Russia accused the alliance of meddling.", "the alliance", "NATO"),
    ("The ICC issued a warrant for Omar Saleh. Sudan rejected the court.", "the court", "ICC"),
    ("The EU cut its aid to Malawi. The bloc accused Malawi of fraud.", "The bloc", "EU"),
    ("UNICEF warned Yemen on Friday. The agency asked Oman for help.", "The agency", "UNICEF"),
    ("Leaders of the Yellow Dawn movement left. Norway met the movement.", "the movement", "Yellow Dawn"),
    ("Al-Marjan militants shot a mayor. Peru hunted the militants.", "the militants", "Al-Marjan militants"),
    ("Peru is a member of Mercosur, the bloc founded in Asuncion. Norway met the bloc.", "the bloc",
     "Mercosur"),
    ("The Supreme Court of Corfu freed Robert Hale. Maria Lopez thanked the judges.", "the judges",
     "Supreme Court"),
    ("Ukraine's parliament met on Monday. Robert Hale told the deputies to wait.", "the deputies",
     "Ukraine's parliament"),
    ("Iran and Iraq quarrel. Iraqi fishermen accused the government of theft.", "the government", "Iraq"),
    ("Serbian farmers met near Hungary. The farmers want the government to sue Hungary.",
     "the government", "Serbia"),
    ("Russian President Ivan Petrov met Defence Minister Oleg Sorokin. He told his defence minister to wait.",
     "his defence minister", "Oleg Sorokin"),
    ("Karin Dahl, a Norwegian judge, met Peruvian President Luis Ortega. Luis Ortega greeted the Norwegian. "
     "The judge wept.", "The judge", "Karin Dahl"),
]  # fmt: skip
BARRED = [
    (
        "Philippine troops left. Canadian troops fled. The military said it was late.",
        "The military",
        "Philippine troops",
    ),
    ("Norway and the Lake Front met. The extremists fled.", "The extremists", "Lake Front"),
    ("Harbour Union wrote a letter. Norway read it.", "it", "Harbour Union"),
    (
        "Nine soldiers left. Peru met the soldiers. Norwegian peacekeepers fled.",
        "the soldiers",
        "Norwegian peacekeepers",
    ),
    ("Oslo police seized two Serbs. Serbia accused the police of beating them.", "them", "Oslo police"),
    ("Robert Hale met voters. Police fined nine of them.", "them", "Police"),
    ("Ivan Petrov asked Robert Hale to forgive him.", "him", "Robert Hale"),
    ("Ivan Petrov spoke. Robert Hale blamed Luis Ortega for hitting him.", "him", "Luis Ortega"),
    ("Mali's junta left. France, Peru and Spain spoke. The junta met Spain.", "The junta", "Spain"),
]
AT_WORK = [
    (
        "Philippine troops left. Peru lost nine soldiers. Luis Ortega met the troops.",
        "the troops",
        "Philippine troops",
    ),
    (
        "Philippine troops left. Canada sent a nurse to Peru. The military said it was late.",
        "The military",
        "Philippine troops",
    ),
    (
        "Kenya fought Abu Sayyaf on Monday. Peru thanked Kenya. The extremists fled.",
        "The extremists",
        "Abu Sayyaf",
    ),
    ("Two Norwegian peacekeepers left. Peru met the soldiers.", "the soldiers", "Norwegian peacekeepers"),
    ("Harbour Union blocked a road. Norway sued it.", "it", "Harbour Union"),
    ("Autowerk's chief executive, Karl Roth, left. Peru met the manager.", "the manager", "Karl Roth"),
    ("Ivan Petrov asked Robert Hale to forgive him.", "him", "Ivan Petrov"),
    ("Workers at Hadra Steel walked out. Peru thanked the miners.", "the miners", "Workers at Hadra Steel"),
    ("Mali's junta left. France, Peru and Spain spoke. The junta was glad.", "The junta", "Mali"),
    (
        "Boris Lazarev bought Delo in May. Karin Dahl accused the owner of theft.",
        "the owner",
        "Boris Lazarev",
    ),
    ("Norway sold its shares in Petrolux on Monday. The company wept.", "The company", "Petrolux"),
]
NOT_CALLED = [
    ("The IMF lent Kenya money. Robert Hale runs a fund.", "a fund", "IMF"),
    ("A Knesset committee met. Norway met the committee.", "the committee", "Knesset"),
    ("Two judges were shot in Lima. The judges had fled. Later the Supreme Court wept.", "The judges",
     "Supreme Court"),
    ("The Supreme Court freed Robert Hale. The judges of a town wept.", "The judges", "Supreme Court"),
    ("Robert Hale runs a bank. Harbour Bank sued the bank of Maria Lopez.", "the bank", "Harbour Bank"),
    ("Ivan Petrov, the president of Peru, met Robert Hale. His driver slept. He told the president that it "
     "rained.", "He", "Ivan Petrov"),
    ("Bahraini officials met Amnesty. They barred it. Its director wept.", "Its", "Bahraini officials"),
    ("NATO met in Oslo. An alliance of parties won.", "An alliance", "NATO"),
]  # fmt: skip


def meant(text: str, words: str) -> set[str]:
    """Whom a nominal or pronoun of the text stands for."""
    return {m.name for m in resolved(text) if m.text == words and m.kind in ("nominal", "pronoun")}


@pytest.mark.parametrize(("text", "words", "name"), NEWCOMERS, ids=[row[0] for row in NEWCOMERS])
def test_role_means_who_is_named_next(text: str, words: str, name: str) -> None:
    assert meant(text, words) == {name}


@pytest.mark.parametrize(("text", "words"), NO_NEWCOMERS, ids=[row[0] for row in NO_NEWCOMERS])
def test_role_stays_open(text: str, words: str) -> None:
    assert not meant(text, words) & {m.name for m in resolved(text) if m.kind == "name"}


@pytest.mark.parametrize(("text", "words", "name"), MANY, ids=[row[0] for row in MANY])
def test_people_mean_the_body_they_make_up(text: str, words: str, name: str) -> None:
    assert name in meant(text, words)


@pytest.mark.parametrize(("text", "words", "name"), NOT_MANY, ids=[row[0] for row in NOT_MANY])
def test_people_mean_no_other_body(text: str, words: str, name: str) -> None:
    assert name not in meant(text, words)


@pytest.mark.parametrize(("text", "words", "name"), CALLED + AT_WORK)
def test_noun_means_what_is_called_so(text: str, words: str, name: str) -> None:
    assert name in meant(text, words)


@pytest.mark.parametrize(("text", "words", "name"), NOT_CALLED + BARRED)
def test_noun_means_nothing_else(text: str, words: str, name: str) -> None:
    assert name not in meant(text, words)
