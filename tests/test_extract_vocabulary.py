"""What news verbs and event nouns mean with the words beside them, class by class."""

from __future__ import annotations

from functools import lru_cache

import pytest

from extract import ontology
from extract.model import Article
from extract.nlp import load, parse
from extract.pipeline import DEFAULT_MODEL, RulesExtractor

WORDS = ontology.load()


@pytest.mark.parametrize(
    ("lemma", "beside", "code"),
    [
        ("bury", {"object_lemma": "hatchet"}, "AGREE"),
        ("bury", {}, "OTHER"),
        ("come", {"particle": "to terms", "preposition": "with"}, "AGREE"),
        ("compare", {"object_lemma": "note", "preposition": "with"}, "CONSULT"),
        ("compare", {"preposition": "with"}, "OTHER"),
        ("roll", {"particle": "out", "object_lemma": "carpet", "preposition": "for"}, "CONSULT"),
        ("stand", {"preposition": "by"}, "SUPPORT"),
        ("throw", {"object_lemma": "weight", "preposition": "behind"}, "SUPPORT"),
        ("throw", {"object_lemma": "lifeline", "preposition": "to"}, "AID"),
        ("throw", {"particle": "out", "object_lemma": "diplomat"}, "SANCTION"),
        ("throw", {"particle": "out", "object_lemma": "appeal"}, "REJECT"),
        ("say", {"particle": "no", "preposition": "to"}, "REJECT"),
        ("say", {"particle": "sorry", "preposition": "to"}, "CONCEDE"),
        ("say", {"preposition": "to"}, "SAY"),
        ("set", {"particle": "free"}, "CONCEDE"),
        ("open", {"object_lemma": "airspace", "preposition": "to"}, "CONCEDE"),
        ("swap", {"object_lemma": "prisoner"}, "COOPERATE"),
        ("send", {"object_lemma": "flour", "preposition": "to"}, "AID"),
        ("send", {"object_lemma": "warship", "preposition": "to"}, "MOBILIZE"),
        ("send", {"object_lemma": "envoy", "preposition": "to"}, "CONSULT"),
        ("send", {"particle": "packing"}, "REJECT"),
        ("fly", {"object_lemma": "water", "preposition": "to"}, "AID"),
        ("fly", {"preposition": "to"}, "CONSULT"),
        ("receive", {"object_lemma": "ambulance", "preposition": "from"}, "AID"),
        ("receive", {"preposition": "from"}, "OTHER"),
        ("fall", {"particle": "back", "preposition": "from"}, "RETREAT"),
        ("fall", {"preposition": "to"}, "COERCE"),
        ("hand", {"particle": "over", "object_lemma": "weapon", "preposition": "to"}, "RETREAT"),
        ("lean", {"preposition": "on"}, "REQUEST"),
        ("take", {"particle": "to task"}, "ACCUSE"),
        ("take", {"particle": "to streets", "preposition": "against"}, "PROTEST"),
        ("take", {"object_lemma": "issue", "preposition": "with"}, "ACCUSE"),
        ("take", {"object_lemma": "control", "preposition": "of"}, "COERCE"),
        ("take", {}, "OTHER"),
        ("hit", {"particle": "with sanctions"}, "SANCTION"),
        ("hit", {"particle": "back", "preposition": "at"}, "ACCUSE"),
        ("hit", {}, "ASSAULT"),
        ("attribute", {"object_lemma": "attack", "preposition": "to"}, "ACCUSE"),
        ("attribute", {"object_lemma": "success", "preposition": "to"}, "OTHER"),
        ("turn", {"object_lemma": "ear", "preposition": "to"}, "REJECT"),
        ("turn", {"preposition": "to"}, "REQUEST"),
        ("rattle", {"object_lemma": "sabre", "preposition": "at"}, "THREATEN"),
        ("chain", {"object_lemma": "themselves", "preposition": "to"}, "PROTEST"),
        ("put", {"particle": "on blacklist"}, "SANCTION"),
        ("keep", {"particle": "behind bars"}, "COERCE"),
        ("revoke", {"object_lemma": "licence"}, "COERCE"),
        ("revoke", {"object_lemma": "visa"}, "SANCTION"),
        ("set", {"particle": "upon"}, "ASSAULT"),
        ("die", {"particle": "at hands", "preposition": "at"}, "ASSAULT"),
        ("beat", {"particle": "in final"}, "OTHER"),
        ("order", {"object_lemma": "jet", "preposition": "from"}, "OTHER"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_verb_makes_its_sense(lemma: str, beside: dict[str, str], code: str) -> None:
    sense = WORDS.verb(lemma, **beside)
    assert sense is not None and sense.code == code


@pytest.mark.parametrize(
    ("lemma", "beside"),
    [
        ("throw", {}), ("set", {}), ("put", {}), ("stand", {}), ("lean", {}), ("pump", {}), ("pour", {}),
        ("open", {"object_lemma": "window", "preposition": "to"}),
        ("put", {"particle": "on table"}), ("take", {"particle": "to heart"}),
    ],
)  # fmt: skip
def test_a_verb_alone_does_not_mean_what_its_idiom_does(lemma: str, beside: dict[str, str]) -> None:
    sense = WORDS.verb(lemma, **beside)
    assert sense is None or sense.code in ("OTHER", "SAY")


@pytest.mark.parametrize(
    ("lemma", "code"),
    [
        ("lifeline", "AID"), ("blackout", "COERCE"), ("moratorium", "SANCTION"), ("pushback", "REJECT"),
        ("vote of confidence", "SUPPORT"), ("no-confidence vote", "ACCUSE"), ("under fire", "ACCUSE"),
        ("troop buildup", "MOBILIZE"), ("troop withdrawal", "RETREAT"), ("reparations", "CONCEDE"),
        ("prisoner swap", "COOPERATE"), ("ransom demand", "REQUEST"), ("peace talks", "CONSULT"),
        ("gun attack", "ASSAULT"), ("street protest", "PROTEST"), ("red line", "THREATEN"),
        ("peace deal", "AGREE"),
    ],
)  # fmt: skip
def test_an_event_noun_has_its_class(lemma: str, code: str) -> None:
    sense = WORDS.noun(lemma)
    assert sense is not None and sense.code == code


@pytest.mark.parametrize("noun", ["line", "wind", "box", "carpet", "hatchet", "weight", "street", "list"])
def test_what_an_idiom_is_made_of_is_no_event(noun: str) -> None:
    assert WORDS.noun(noun) is None


def test_inflected_verbs_find_their_lemma() -> None:
    """A tagger's lemma must be the table's own: "staged" is no "stag"."""
    nlp = load()
    for form, lemma in (("staged", "stage"), ("lambasted", "lambaste"), ("repelled", "repel")):
        assert nlp(f"Kenya {form} Peru.")[1].lemma_ in (lemma, lemma.removesuffix("e"))


@lru_cache(maxsize=1)
def extractor() -> RulesExtractor:
    return RulesExtractor(DEFAULT_MODEL, keep_all=True)


def codes(text: str) -> set[tuple[str, str]]:
    """The code of each claim with the name of its target."""
    [(article, doc)] = parse(load(), [Article("a", text)])
    return {(triple.code, triple.target) for triple, _ in extractor().read(article, doc)}


@pytest.mark.parametrize(
    ("text", "code", "target"),
    [
        ("Kenyan protesters threw stones at the Ugandan embassy.", "PROTEST", "Ugandan embassy"),
        ("Kenyan soldiers threw grenades at the Ugandan embassy.", "ASSAULT", "Ugandan embassy"),
        ("Kenyan protesters demanded help from the African Union.", "PROTEST", "African Union"),
        ("Kenya demanded help from the African Union.", "REQUEST", "African Union"),
        ("Kenya opened its borders to Somali refugees.", "AID", "Somali refugees"),
        ("Kenya said Somalia had violated its airspace on Tuesday.", "ACCUSE", "Somalia"),
        ("Kenya said Somalia was behind the attack.", "ACCUSE", "Somalia"),
        ("Kenya said Somalia had not violated its airspace.", "SAY", "Somalia"),
        ("Kenya has lifted a ban on imports of eggs from Uganda.", "CONCEDE", "Uganda"),
        ("Kenyan troops arrived in Mogadishu on Monday.", "MOBILIZE", "Mogadishu"),
        ("Kenyan ministers arrived in Mogadishu on Monday.", "CONSULT", "Mogadishu"),
        ("Kenya said it would bomb Somalia if it did not withdraw.", "THREATEN", "Somalia"),
        ("Kenya said it had bombed Somalia.", "ASSAULT", "Somalia"),
        ("Kenya said it would not bomb Somalia.", "ASSAULT", "Somalia"),
        ("Kenya said it would boycott Somalia.", "SANCTION", "Somalia"),
        ("Serbia does not recognise Kosovo.", "REJECT", "Kosovo"),
        ("Serbia recognised Kosovo in May.", "SUPPORT", "Kosovo"),
        ("Marta Torres beat Lucia Moreno in Madrid.", "OTHER", "Lucia Moreno"),
        ("Prison guards beat Lucia Moreno.", "ASSAULT", "Lucia Moreno"),
        ("Marta Torres flew to Rome to see Lucia Moreno.", "CONSULT", "Lucia Moreno"),
        ("The Kurdish forces took Raqqa in October.", "COERCE", "Raqqa"),
        ("Chile came under fire from the Democratic Alliance over its pensions.", "ACCUSE", "Chile"),
    ],
)
def test_who_acts_and_how_shades_a_code(text: str, code: str, target: str) -> None:
    found = codes(text)
    assert {c for c, t in found if t == target} == {code}
