"""What looks like a triple and is none, each beside a sentence like it from which the triple must come."""

from __future__ import annotations

import pytest

from tests.reading import proposed

pytestmark = pytest.mark.model

ALARMS = [
    ("France and Peru had cancelled their aid.", ("Peru", "France"), False),
    ("France had cancelled its aid to Peru.", ("France", "Peru"), True),
    ("Norway and Chile accused each other of spying.", ("Norway", "Chile"), True),
    ("Lars Moen and Nils Berg will unify the party.", ("Lars Moen", "Nils Berg"), False),
    ("Lars Moen and Nils Berg met in Oslo.", ("Lars Moen", "Nils Berg"), True),
    ("Kenya wants to kick al-Watan out of Somalia.", ("Kenya", "al-Watan"), True),
    ("Yesterday Norway's minister, Sir Nils Berg, summoned the Russian ambassador in London, Anatoly Orlov, "
     "and gave him a note.", ("Nils Berg", "Anatoly Orlov"), True),
    ("Yesterday Norway's minister, Sir Nils Berg, summoned the Russian ambassador in London, Anatoly Orlov, "
     "and gave him a note.", ("Nils Berg", "Russia"), False),
    ("Norway's minister, Sir Nils Berg, summoned the Russian ambassador.", ("Nils Berg", "Russia"), True),
    ("Prime Minister Lars Moen resigned. President Karin Dahl must find a new prime minister.",
     ("Karin Dahl", "Lars Moen"), False),
    ("Prime Minister Lars Moen resigned. President Karin Dahl thanked the prime minister.",
     ("Karin Dahl", "Lars Moen"), True),
    ("Nils Berg, Mr Moen's main opponent within the Social Democrats, spoke.",
     ("Social Democrats", "Moen"), False),
    ("Nils Berg, Mr Moen's main opponent within the Social Democrats, spoke.", ("Nils Berg", "Moen"), True),
    ("Karin Dahl beat her Kenyan rival, Omar Sayed.", ("Omar Sayed", "Kenya"), False),
    ("Karin Dahl met the Kenyan minister, Omar Sayed.", ("Omar Sayed", "Kenya"), True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pair", "fires"), ALARMS)
def test_false_alarms(text: str, pair: tuple[str, str], fires: bool) -> None:
    assert (pair in {(t.source, t.target) for t in proposed(text)}) == fires
