"""The tables of verbs, event nouns and light verbs, and how frames are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import ontology
from extract.errors import VocabularyError

WORDS = ontology.load()
CLASSES = set(ontology.CODES) - {"SAY", "ROLE", "OTHER"}


@pytest.mark.parametrize(
    ("lemma", "beside", "code"),
    [
        ("agree", {"preposition": "with"}, "AGREE"),
        ("strike", {"object_lemma": "deal", "preposition": "with"}, "AGREE"),
        ("strike", {}, "ASSAULT"),
        ("meet", {"preposition": "with"}, "CONSULT"),
        ("call", {}, "CONSULT"),
        ("call", {"preposition": "on"}, "REQUEST"),
        ("call", {"particle": "on"}, "REQUEST"),
        ("see", {"particle": "off"}, "CONSULT"),
        ("speak", {"preposition": "with"}, "CONSULT"),
        ("praise", {}, "SUPPORT"),
        ("criticise", {}, "ACCUSE"),
        ("criticize", {}, "ACCUSE"),
        ("lash", {"particle": "out", "preposition": "at"}, "ACCUSE"),
        ("release", {}, "CONCEDE"),
        ("cooperate", {"preposition": "with"}, "COOPERATE"),
        ("provide", {"object_lemma": "aid", "preposition": "to"}, "AID"),
        ("send", {"object_lemma": "troop", "preposition": "to"}, "MOBILIZE"),
        ("send", {"object_lemma": "food", "preposition": "to"}, "AID"),
        ("withdraw", {"preposition": "from"}, "RETREAT"),
        ("pull", {"particle": "out", "preposition": "of"}, "RETREAT"),
        ("urge", {}, "REQUEST"),
        ("turn", {"particle": "down"}, "REJECT"),
        ("warn", {}, "THREATEN"),
        ("demonstrate", {"preposition": "against"}, "PROTEST"),
        ("impose", {"object_lemma": "sanction", "preposition": "on"}, "SANCTION"),
        ("impose", {"object_lemma": "curfew", "preposition": "in"}, "COERCE"),
        ("expel", {}, "SANCTION"),
        ("arrest", {}, "COERCE"),
        ("open", {"object_lemma": "fire", "preposition": "on"}, "ASSAULT"),
        ("shoot", {"particle": "down"}, "ASSAULT"),
        ("tell", {}, "SAY"),
        ("buy", {"preposition": "from"}, "OTHER"),
        ("marry", {}, "OTHER"),
    ],
)
def test_a_verb_means_what_its_frame_says(lemma: str, beside: dict[str, str], code: str) -> None:
    sense = WORDS.verb(lemma, **beside)
    assert sense is not None and sense.code == code


@pytest.mark.parametrize(
    ("lemma", "beside"),
    [("be", {}), ("seem", {}), ("have", {}), ("become", {}), ("sign", {}), ("exist", {}),
     ("impose", {"object_lemma": "view"}),
     ("deal", {}), ("appear", {}), ("happen", {"preposition": "to"}), ("rain", {})],
)  # fmt: skip
def test_a_verb_that_relates_nobody_is_absent(lemma: str, beside: dict[str, str]) -> None:
    assert WORDS.verb(lemma, **beside) is None


@pytest.mark.parametrize(
    ("light", "particle", "noun", "code", "reverse"),
    [
        ("hold", None, "talk", "CONSULT", False),
        ("launch", None, "attack", "ASSAULT", False),
        ("launch", None, "talk", "CONSULT", False),
        ("suspend", None, "aid", "SANCTION", False),
        ("lift", None, "sanction", "CONCEDE", False),
        ("call", "off", "visit", "SANCTION", False),
        ("reject", None, "offer", "REJECT", False),
        ("receive", None, "support", "SUPPORT", True),
    ],
)
def test_a_light_verb_leaves_the_sense_to_its_noun(
    light: str, particle: str | None, noun: str, code: str, reverse: bool
) -> None:
    verb, event = WORDS.light(light, particle=particle), WORDS.noun(noun)
    assert verb is not None and event is not None
    made = WORDS.compose(verb, event)
    assert (made.code, made.reverse) == (code, reverse)


@pytest.mark.parametrize("noun", ["table", "minister", "country", "day", "people", "hat", "officer", "map"])
def test_a_thing_is_no_event(noun: str) -> None:
    assert WORDS.noun(noun) is None


@pytest.mark.parametrize("verb", ["kill", "praise", "marry", "arrest", "tell", "see", "buy", "accuse"])
def test_a_full_verb_is_not_light(verb: str) -> None:
    assert WORDS.light(verb) is None


@pytest.mark.parametrize(
    ("governor", "event", "code"),
    [
        ("threaten", "attack", "THREATEN"),
        ("agree", "meet", "AGREE"),
        ("vow", "attack", "THREATEN"),
        ("vow", "support", "AGREE"),
        ("refuse", "meet", "REJECT"),
        ("urge", "release", "REQUEST"),
        ("allow", "visit", "CONSULT"),
        ("plan", "attack", "ASSAULT"),
    ],
)
def test_a_governing_verb_may_name_the_deed(governor: str, event: str, code: str) -> None:
    above, below = WORDS.verb(governor), WORDS.verb(event)
    assert above is not None and below is not None
    assert WORDS.under(above, below).code == code


def test_every_class_has_verbs_and_nouns_and_a_quarter() -> None:
    assert {s.code for s in WORDS.verbs.values()} >= CLASSES
    assert {s.code for s in WORDS.nouns.values()} >= CLASSES
    assert all(WORDS.quad(code) for code in CLASSES)
    assert WORDS.quad("OTHER") is None


def test_the_tables_are_wide() -> None:
    assert len({lemma for lemma, *_ in WORDS.verbs}) >= 1000
    assert len({lemma for lemma, _ in WORDS.nouns}) >= 500


def test_a_users_table_is_laid_over(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[verb]]\ncode = "AID"\nlemmas = "kill, frobnicate"\n', encoding="utf-8")
    words = ontology.load(own)
    kill, new = words.verb("kill"), words.verb("frobnicate")
    assert kill and new and (kill.code, new.code) == ("AID", "AID")
    assert WORDS.verb("frobnicate") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[verb]]\ncode = "LOVE"\nlemmas = "hug"\n', "code is 'LOVE'"),
        ('[[verb]]\ncode = "AID"\nlemmas = "hug, hug"\n', "two senses"),
        ('[[verb]]\ncode = "AID"\n', "lemmas are missing"),
        ('[[verb]]\ncode = "AID"\nlemmas = "Hug"\n', "small letters"),
        ('[[verb]]\ncode = "AID"\nlemmas = "hug"\ncolour = "red"\n', "unknown key"),
        ('[verb]\ncode = "AID"\nlemmas = "hug"\n', "two brackets"),
        ('[[adverb]]\nlemmas = "x"\n', "unknown table"),
        ("lemmas = \n", "not a TOML file"),
        ("verb = [1]\n", "two brackets"),
        ("quad = 1\n", "a text of codes"),
        ("[quad]\nmine = 1\n", "a text of codes"),
        (f"x = {'[' * 5000}{']' * 5000}\n", "nested too deep"),
    ],
)
def test_a_wrong_table_says_where(tmp_path: Path, text: str, message: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=message):
        ontology.load(own)
