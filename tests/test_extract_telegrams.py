"""What the rules propose of headlines and of sides joined by a hyphen: (source, code, target) held or not."""

from __future__ import annotations

import pytest

from tests.reading import ends, proposed

pytestmark = pytest.mark.model


HOLDS = [
    ("Kenya, Tanzania sign deal to end border row", ("Kenya", "AGREE", "Tanzania")),
    ("Pakistan, India agree to resume talks", ("India", "AGREE", "Pakistan")),
    ("Peru, Brazil, Bolivia cut ties with Chile", ("Brazil", "SANCTION", "Chile")),
    ("Norway, Sweden urge Finland to keep its border open", ("Sweden", "REQUEST", "Finland")),
    ("Norway, Sweden urge Finland to keep its border open", ("Norway", "REQUEST", "Finland")),
    ("India, Brazil to build joint satellite", ("Brazil", "COOPERATE", "India")),
    ("Bolivia expels Danish ambassador", ("Bolivia", "SANCTION", "Denmark")),
    ("Turkey shells northern Syria", ("Turkey", "ASSAULT", "Syria")),
    ("Two killed as Turkey shells northern Syria", ("Turkey", "ASSAULT", "Syria")),
    ("Egypt court sentences Kenyan journalists to jail", ("Egypt court", "COERCE", "Kenyan journalists")),
    ("Norway's Anna Kruger to visit Peru for talks with Robert Hale", ("Anna Kruger", "CONSULT", "Peru")),
    ("Norway's Anna Kruger to visit Peru for talks with Robert Hale",
     ("Anna Kruger", "CONSULT", "Robert Hale")),
    ("UN envoy Robert Hale in Oslo for talks with Anna Kruger", ("Anna Kruger", "CONSULT", "Robert Hale")),
    ("Peru rejects U.S. accusation over spy balloon, warns Taiwan", ("Peru", "THREATEN", "Taiwan")),
    ("Pakistan-India talks collapse", ("India", "CONSULT", "Pakistan")),
    ("Israeli-Palestinian talks resumed on Monday.", ("Israel", "CONSULT", "Palestine")),
    ("A US-Russia summit was held on Monday.", ("Russia", "CONSULT", "US")),
    ("US-Israeli strikes on Iran killed ten.", ("US", "ASSAULT", "Iran")),
    ("US-Israeli strikes on Iran killed ten.", ("Israel", "ASSAULT", "Iran")),
]  # fmt: skip
HOLDS_NOT = [
    ("Kenya, Tanzania's neighbour, signs deal", ("Kenya", "AGREE", "Tanzania")),
    ("In Kenya, Tanzania signs deal with Peru", ("Kenya", "AGREE", "Peru")),
    ("Kenya sanctions bill before parliament", ("Kenya", "SANCTION", "parliament")),
    ("Bolivia expels nobody as Denmark waits", ("Bolivia", "SANCTION", "Denmark")),
    ("Turkey shells from northern Syria", ("Turkey", "ASSAULT", "Syria")),
    ("Two killed as Turkey shells hit village in Peru, says Syria", ("Turkey", "ASSAULT", "Two")),
    ("Robert Hale in Damascus for summer without Anna Kruger", ("Anna Kruger", "CONSULT", "Robert Hale")),
    ("Norway's Anna Kruger to rest after talks with Robert Hale", ("Norway", "CONSULT", "Robert Hale")),
    ("Kenya-born leader's talks resumed on Monday.", ("Kenya", "CONSULT", "leader")),
    ("The anti-Kenyan talks resumed on Monday.", ("Kenya", "CONSULT", "anti")),
    ("The US-Mexico border visit by Robert Hale was short.", ("US", "CONSULT", "Mexico")),
    ("A Peru-Chile road is closed.", ("Chile", "CONSULT", "Peru")),
]  # fmt: skip
PLANNED = [
    ("Norway's Anna Kruger to visit Peru", "future"),
    ("India, Brazil to build joint satellite", "future"),
    ("Robert Hale meets Anna Kruger, urges unity", "actual"),
    ("Kenya, Tanzania agree truce", "actual"),
    ("Peru warns Chile, recalls envoy", "actual"),
    ("Moldova expels Russian diplomats, Chile vows response", "actual"),
]


def met(found: set[tuple[str, str, str]], one: tuple[str, str, str]) -> bool:
    return one in found or (one[2], one[1], one[0]) in found


@pytest.mark.parametrize(("text", "triple"), HOLDS)
def test_a_headline_tells_what_its_sentence_would(text: str, triple: tuple[str, str, str]) -> None:
    assert met(ends(proposed(text)), triple)


@pytest.mark.parametrize(("text", "triple"), HOLDS_NOT)
def test_nothing_is_read_into_a_headline(text: str, triple: tuple[str, str, str]) -> None:
    assert not met(ends(proposed(text)), triple)


@pytest.mark.parametrize(("text", "status"), PLANNED)
def test_an_infinitive_is_a_plan(text: str, status: str) -> None:
    assert {triple.status for triple in proposed(text) if triple.code != "ROLE"} == {status}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kenya: Somali rebels shelled Ugandan soldiers", "Kenya"),
        ("Somali rebels shell Ugandan soldiers, Kenya says", "Kenya"),
        ("Warning: Somali rebels shelled Ugandan soldiers", None),
        ("Somali rebels shelled Ugandan soldiers: Kenya is at risk", None),
    ],
)
def test_a_headline_names_who_says_it(text: str, speaker: str | None) -> None:
    assert {triple.attribution for triple in proposed(text) if triple.code == "ASSAULT"} == {speaker}
