"""Names compared: who is one, who is not, and which sounds are one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph import blocking, contexts, judging, names, places, sounds
from graph.judging import SAME, Profile

ONE: list[tuple[str, str, Any]] = [
    ("Sergei Shoigu", "Sergey Shoigu", "PERSON"),
    ("Sergei Shoigu", "Сергей Шойгу", "PERSON"),
    ("Sergei Shoigu", "Shoigu", "PERSON"),
    ("Sergei Shoigu", "Defense Minister Shoigu", "PERSON"),
    ("Bashar al-Assad", "Bashar Al-Assad", "PERSON"),
    ("Bashar al-Assad", "President Assad", "PERSON"),
    ("Bashar al-Assad", "بشار الأسد", "PERSON"),
    ("Oleksandr Turchnynov", "Turchynov", "PERSON"),
    ("Muammar Gaddafi", "Moammar Qadhafi", "PERSON"),
    ("Ali Abdullah Saleh", "علي عبد الله صالح", "PERSON"),
    ("Moon Jae-in", "문재인", "PERSON"),
    ("Wen Jiabao", "温家宝", "PERSON"),
    ("Teng Hsiao-p'ing", "Deng Xiaoping", "PERSON"),
    ("Hu Jintao", "Jintao Hu", "PERSON"),
    ("William Clinton", "Bill Clinton", "PERSON"),
    ("Vladimir Putin", "Vladimir Vladimirovich Putin", "PERSON"),
    ("Enrique Peña", "Enrique Pena Nieto", "PERSON"),
    ("Joseph R. Biden", "Joe Biden", "PERSON"),
    ("Human Rights Watch", "HRW", "ORG"),
    ("ISIS", "Islamic State", "GROUP"),
    ("Daesh", "Islamic State", "ORG"),
    ("Volkswagen AG", "Volkswagen", "ORG"),
    ("Unión Europea", "European Union", "ORG"),
    ("Роснефть", "Rosneft", "ORG"),
    ("Deir Az-Zor", "Deir Ezzour", "PLACE"),
    ("Deir Az-Zor", "Deir ez-Zor", "PLACE"),
    ("Kharkov", "Харків", "PLACE"),
    ("Burma", "Myanmar", "STATE"),
    ("Persia", "Iran", "STATE"),
]
TWO: list[tuple[str, str, Any]] = [
    ("Selin Celtasoy", "Selin Kartasoy", "PERSON"),
    ("Kemal Celeoglu", "Kemal Kareoglu", "PERSON"),
    ("Bashar al-Assad", "Hafez al-Assad", "PERSON"),
    ("Ingrid Norvalsen", "Ingrid Torvalsen", "PERSON"),
    ("Faisal Saladani", "Faisal Salemani", "PERSON"),
    ("Sergei Lavrov", "Sergei Shoigu", "PERSON"),
    ("Hassan Rouhani", "Hussein Rouhani", "PERSON"),
    ("Kim Jong-un", "Kim Jong-il", "PERSON"),
    ("George H. W. Bush", "George W. Bush", "PERSON"),
    ("Jon Vale", "Jon Vale Jr.", "PERSON"),
    ("Ivan Petrovich Orlov", "Ivan Sergeyevich Orlov", "PERSON"),
    ("Salman bin Abdulaziz", "Mohammed bin Salman bin Abdulaziz", "PERSON"),
    ("Muhammad Ali", "Muhammad Ali Jinnah", "PERSON"),
    ("Mahmoud Abbas", "محمد عباس", "PERSON"),
    ("Viktor Yanukovych", "Viktor Yushchenko", "PERSON"),
    ("North Korea", "South Korea", "STATE"),
    ("Iran", "Iraq", "STATE"),
    ("Slovakia", "Slovenia", "STATE"),
    ("Guinea", "Guinea-Bissau", "STATE"),
    ("Congo-Kinshasa", "Congo-Brazzaville", "STATE"),
    ("Kharkiv", "Kherson", "PLACE"),
    ("Hezbollah", "Kataib Hezbollah", "GROUP"),
    ("European Commission", "European Council", "ORG"),
    ("World Trade Organization", "WHO", "ORG"),
    ("Deutsche Bank", "Deutsche Bahn", "ORG"),
]


def score(a: str, b: str, type_: Any) -> float:
    match = judging.decide(Profile(a, type_), Profile(b, type_))
    return 0.0 if match.clash else match.score


@pytest.mark.parametrize(("a", "b", "type_"), ONE)
def test_one_actor_under_two_names(a: str, b: str, type_: Any) -> None:
    assert score(a, b, type_) >= SAME <= score(b, a, type_)


@pytest.mark.parametrize(("a", "b", "type_"), ONE)
def test_names_of_one_actor_meet_in_a_block(a: str, b: str, type_: Any) -> None:
    ours, theirs = (set(blocking.block_keys(Profile(n, type_))) for n in (a, b))
    assert ours & theirs


@pytest.mark.parametrize(("a", "b", "type_"), TWO)
def test_two_actors_with_names_alike(a: str, b: str, type_: Any) -> None:
    assert score(a, b, type_) < SAME > score(b, a, type_)


@pytest.mark.parametrize("types", [("PERSON", "STATE"), ("PERSON", "ORG"), ("ORG", "PLACE")])
def test_types_keep_namesakes_apart(types: tuple[Any, Any]) -> None:
    assert judging.decide(Profile("Washington", types[0]), Profile("Washington", types[1])).score == 0


@pytest.mark.parametrize(
    ("name", "types", "one"),
    [
        ("Freja Vesogaard", ("PERSON", "ORG"), True),
        ("Freja Vesogaard", ("GROUP", "PERSON"), True),
        ("Freja Vesogaard", ("PERSON", "PLACE"), True),
        ("Tarmin Relief Fund", ("ORG", "PLACE"), True),
        ("Vesogaard", ("PERSON", "ORG"), False),
        ("San Antonio", ("PERSON", "PLACE"), False),
        ("South Ossetia", ("ORG", "PLACE"), False),
        ("South Sudan", ("ORG", "STATE"), False),
    ],
)
def test_a_whole_name_of_two_kinds_is_one_actors(name: str, types: tuple[Any, Any], one: bool) -> None:
    here, there = (Profile(name, type_) for type_ in types)
    assert (judging.decide(here, there).score >= SAME) == one
    assert not one or set(blocking.block_keys(here)) & set(blocking.block_keys(there))


@pytest.mark.parametrize(
    ("context", "one"),
    [("Tbilisi", True), ("", True), ("Atlanta", False), ("US senator", False)],
)
def test_georgia_is_the_state_unless_its_context_is_american(context: str, one: bool) -> None:
    other = Profile("Georgia", "STATE", contexts.read(context))
    assert (judging.decide(Profile("Georgia", "STATE"), other).score >= SAME) == one


@pytest.mark.parametrize(
    ("bare", "whole", "one"),
    [
        ("Norwegian minister", "Norwegian minister", True),
        ("Norwegian minister", "French minister", False),
        ("Norwegian minister", "Norwegian general", False),
        ("", "", False),
    ],
)
def test_a_name_that_many_bear_needs_state_and_office(bare: str, whole: str, one: bool) -> None:
    left = Profile("Smith", "PERSON", contexts.read(bare))
    right = Profile("Anna Smith", "PERSON", contexts.read(whole))
    assert (judging.decide(left, right).score >= SAME) == one


@pytest.mark.parametrize(
    ("text", "states", "offices"),
    [
        ("Russian defense minister", {"ru"}, {"defence"}),
        ("governor of the Bank of England", {"gb"}, {"region"}),
        ("Beirut", {"lb"}, set()),
        ("general said in March", set(), {"army"}),
    ],
)
def test_contexts_tell_states_and_offices(text: str, states: set[str], offices: set[str]) -> None:
    found = contexts.read(text)
    assert (set(found.states), set(found.offices)) == (states, offices)


def test_a_town_is_the_one_of_its_state() -> None:
    tripoli = [places.town("Tripoli", [state]) for state in ("ly", "lb")]
    assert [t.country for t in tripoli if t] == ["ly", "lb"]


KINDS = st.sampled_from(["PERSON", "ORG", "STATE", "PLACE", "GROUP"])
PARTS = (  # noqa: SIM905
    "Jon Vale Vasily Petrovich Orlov Orlova Kim Jong-un Salman Smith Jr. Sr. II bin ibn al- de van der J. "
    "of the and for de la du Front Party Partei Bank AG Ltd. US UN EU Saint St. İ Ψ Шойгу 金正恩 عبد الله"
).split()
MADE_UP = st.lists(st.sampled_from(PARTS), max_size=5).map(" ".join)


def assert_compared_alike(a: str, b: str, type_: Any) -> None:
    one, two = Profile(a, type_), Profile(b, type_)
    there = judging.decide(one, two)
    assert there == judging.decide(two, one) and 0 <= there.score <= 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20), KINDS)
def test_any_two_texts_compare_alike_in_both_orders(a: str, b: str, type_: Any) -> None:
    assert_compared_alike(a, b, type_)
    assert blocking.block_keys(Profile(a, type_)) == blocking.block_keys(Profile(a, type_))


@settings(max_examples=600, deadline=None)
@given(MADE_UP, MADE_UP, KINDS)
@example("Jon Vale Jr.", "Orlov", "PERSON")
@example("Jon Vale Jr.", "", "PERSON")
@example("İ İ İ", "İ", "PLACE")
def test_names_of_known_parts_compare_alike_in_both_orders(a: str, b: str, type_: Any) -> None:
    assert_compared_alike(a, b, type_)


@given(st.text(max_size=20))
@example("Ø\U0007e0b3")
@example("Møller ★")
def test_a_plain_name_is_plain(text: str) -> None:
    assert names.plain(names.plain(text)) == names.plain(text)


@given(st.text(alphabet="abdeghijklmnoprstuvyz", min_size=1, max_size=12))
def test_a_word_sounds_like_itself_however_its_letters_double(word: str) -> None:
    doubled = "".join(c * (2 if c in "lmnrst" else 1) for c in word)
    assert sounds.likeness(word, word) == 1.0
    assert (
        sounds.sound(word) == sounds.sound(doubled) or "hh" in doubled or len(word) > len(sounds.sound(word))
    )
