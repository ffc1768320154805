"""Whom "the minister", "the two sides" and "the bank" mean: by what the article says of its actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from extract.binding import beneath, partners
from extract.crowds import (
    INSURGENTS,
    NATIONAL,
    UNNAMED,
    at_home,
    crowd,
    described,
    national,
    own_state,
    owner_behind,
    whole,
)
from extract.doers import aged, beside, doers
from extract.fitting import BUSINESSES, GENERAL, called_so, may_be, stand_ins
from extract.foretold import foretold, learn, newcomer, told_of
from extract.gazetteer import fold, load
from extract.lexicon import among, among_definites, words
from extract.model import Mention
from extract.offices import SPOKEN_FOR, mouthpiece, office, public
from extract.scene import SUBJECTS, Scene, grammatical, keys, narrowing, near, of_verb
from extract.serving import RULERS, own_government, same_rulers, serving
from extract.together import NOMINAL_REACH, rivals, several

DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})
IGNORED = frozenset(
    {"former", "then", "new", "acting", "late", "same", "old", "veteran", "embattled", "outgoing"}
)
BRANCHES = frozenset({"business", "enterprise"})  # "a business partner" is nobody's in particular
TOWNS = frozenset({"city", "town", "village"})
FORAYS = frozenset(
    {"advance", "airstrike", "ambush", "assault", "attack", "blockade", "bombardment", "bombing", "crackdown"}
    | {"incursion", "offensive", "operation", "raid", "shelling", "siege", "strike"}
)
RULES = frozenset({"government", "regime", "administration", "cabinet", "junta"})
UNKNOWN = frozenset({"new", "next", "future", "another", "different", "permanent"})
FORMER = frozenset({"former", "ex", "ousted", "deposed", "then"})
NAMING = frozenset({"know", "call", "name", "nickname", "identify", "dub"})
SEXES = {"man": "female", "woman": "male", "widow": "male", "actress": "male"}  # and who it can't be
PARTICIPLE = ("ed", "en")  # "the jailed leader", "the beaten candidate": what happened to somebody known
OPPOSITES = frozenset({"host", "guest", "visitor", "interlocutor", "captor", "accuser", "opposite"})
LANDS = frozenset({"country", "nation", "state", "republic", "kingdom"})
STRONGHOLDS = frozenset(
    {
        "base",
        "camp",
        "checkpoint",
        "hideout",
        "headquarters",
        "outpost",
        "position",
        "stronghold",
        "territory",
    }
)
EPITHETS = among_definites("epithets")  # "the West African nation" is known
SURELY = 0.75  # of all mentions of states, for "a government raid" to be that one's
HOME = 0.6  # of all mentions of states, for "the country" to be that one, whichever was named last
REACH = 4  # sentences that a common noun looks back for a body or state


def warlike(noun: Token) -> bool:
    """Whether the noun is a deed of troops: "a government offensive", "an army raid"."""
    return noun.lemma_ in FORAYS and noun.pos_ == "NOUN"


def held(word: Token) -> bool:
    """Whether a deed or a post is the fighters' before it: "a rebel attack", "insurgent bases"."""
    noun = word.head
    return word.lower_ in INSURGENTS and noun.i == word.i + 1 and noun.lemma_ in FORAYS | STRONGHOLDS


def body(scene: Scene, token: Token) -> Mention | None:
    """Whom "committee" means in "Committee Chairman Henry Hyde", "army" in "an army spokesman"."""
    lemma = token.lemma_.lower()
    if warlike(token.head) and lemma not in RULES | NATIONAL:
        return None
    if lemma in RULES and token.i and not token.nbor(-1).ent_type_:
        return own_state(scene, SURELY) if warlike(token.head) else _stood_for(scene, token, token.i, lemma)
    if lemma in NATIONAL and token.i and not token.nbor(-1).ent_type_:
        return national(scene, token, known=warlike(token.head))
    if stand_ins().get(lemma) != "organisation" or lemma in BRANCHES:
        return None
    fits = (m for m in near(scene, token, NOMINAL_REACH) if m.type in ("ORG", "GROUP"))
    named = next((m for m in fits if lemma in fold(m.name).split()), None)
    bare = (
        token.i > 0
        and named is None
        and all(child.dep_ == "det" for child in token.children)
        and not token.nbor(-1).ent_type_
    )
    return _organisation(scene, token, lemma, set()) if bare else named


def nominal(scene: Scene, token: Token) -> Iterator[tuple[int, int, Mention]]:
    """Noun phrases that stand for an actor named elsewhere: bounds and the actor."""
    low, lemma = token.lower_, token.lemma_.lower()
    first = token.left_edge.i if token.left_edge.i >= token.i - 7 else token.i
    if low == "latter" and token.i and token.nbor(-1).lower_ == "the":
        past = next((m for m in near(scene, token, 1) if m.type in ("PERSON", "ORG", "STATE")), None)
        if past:
            yield token.i - 1, token.i + 1, past
    elif two := several(scene, token, first):
        yield from ((first, token.i + 1, actor) for actor in two)
    elif old := aged(scene, token, first):
        yield first, token.i + 1, old
    elif did := doers(scene, token):
        yield from ((first, token.i + 1, actor) for actor in did)
    elif low == "authorities" and first == token.i - 1 and token.nbor(-1).lower_ == "the":
        if home := _stood_for(scene, token, first, "government"):
            yield first, token.i + 1, home
    elif token.tag_ in ("NNS", "NNPS"):
        yield from list(crowd(scene, token, first)) or _people_of(scene, token)
    elif token.tag_ in ("NN", "NNP") and not has_name(scene, token):
        found = _one(scene, token, first, lemma)
        if found:
            yield first, token.i + 1, found


def _people_of(scene: Scene, token: Token) -> Iterator[tuple[int, int, Mention]]:
    """ "the families of the soldiers", "residents of the town": by whom they belong to, if that is known."""
    whose = owner_behind(token)
    if whose is not None and next(nominal(scene, whose), None) is not None:
        people = described(token, whose.i + 1)
        yield people.first, people.last, people


def _one(scene: Scene, token: Token, first: int, lemma: str) -> Mention | None:
    """Who one common noun means, if it is definite, or bare in a headline, or made definite later."""
    if person := _going_by(scene, token):
        return person
    opening = scene.doc[first]
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    definite = opening.lower_ in DEFINITE or owner is not None
    if lemma in words().governments and owner is not None:
        return _governed(scene, owner, token)
    if lemma == "head" and token.dep_ == "pobj" and token.head.lower_ in ("to", "in", "over"):
        return None
    if lemma == "office":
        return office(scene, token, first, owner)
    if lemma in SPOKEN_FOR and opening.lower_ in ("a", "an"):
        return mouthpiece(scene, token)
    if lemma == "party" and owner is not None and owner.pos_ != "PRON":
        return _own(scene, owner, lemma)
    if owner is not None and lemma in OPPOSITES:
        return _other(scene, token, owner)
    if owner is not None and lemma in ("neighbour", "neighbor"):
        whose, two = scene.headed.get(owner.i), rivals(scene)
        named = whose is not None and any(m.name == whose.name for m in two)
        return next((m for m in two if named and whose is not None and m.name != whose.name), None)
    if owner is not None and owner.pos_ == "PRON" and lemma in stand_ins():
        return _own(scene, owner, lemma)
    if lemma in among("collectives") and (definite or token.i == first):
        return whole(scene, token, first, owner)
    bare = first == token.i or opening.pos_ in ("ADJ", "PROPN", "NOUN")
    if lemma in words().titles:
        person = _described(scene, token, first, definite)
        if person or not definite:
            return person if definite or bare or opening.lower_ in ("a", "an") else None
        return _only_person(scene, token) if owner is None else None
    if opening.lower_ == "the" and owner is None and (body_ := public(scene, token, first)):
        return body_
    if lemma in stand_ins() and (renamed := _renamed(scene, first, lemma)) is not None:
        return renamed
    if lemma not in stand_ins() or any(map(_narrows, token.children)):
        return None
    if stand_ins()[lemma] == "person":
        return _only_person(scene, token) if opening.lower_ in ("the", "this", "that") else None
    known = opening.lower_ in ("the", "this", "that")
    indefinite = opening.lower_ in ("a", "an") or (bare and first < token.i and token.tag_ == "NN")
    if not known and not (indefinite and stand_ins()[lemma] == "organisation" and first < token.i - 1):
        return None
    return _stood_for(scene, token, first, lemma)


def _renamed(scene: Scene, first: int, lemma: str) -> Mention | None:
    """The body whose name a comma parts from its kind: "a member of Mercosur, the bloc that grew"."""
    if first < 2 or scene.doc[first - 1].text != "," or stand_ins()[lemma] != "organisation":
        return None
    beside = scene.cast.covering(first - 2)
    fits = (m for m in beside if m.last == first - 1 and m.type == "ORG" and m.kind == "name")
    return next((m for m in fits if scene.doc[first].lower_ in ("the", "a", "an")), None)


def _going_by(scene: Scene, token: Token) -> Mention | None:
    """The person in "a commander known as X", "the rebel who calls himself X"."""
    if token.lemma_.lower() not in words().titles and stand_ins().get(token.lemma_.lower()) != "person":
        return None
    for verb in token.children:
        if verb.dep_ in ("acl", "relcl") and verb.lemma_ in NAMING:
            for name in scene.cast.inside(verb.i + 1, verb.right_edge.i + 1):
                if name.type == "PERSON" and name.kind == "name" and name.first - verb.i < 5:
                    return name
    return None


def _narrows(child: Token) -> bool:
    """Whether a clause or phrase says which one is meant; "accused the group of killing" says nothing."""
    return (child.dep_ == "relcl" and narrowing(child)) or (
        child.dep_ == "prep" and not of_verb(child) and all(c.dep_ != "pcomp" for c in child.children)
    )


def _own(scene: Scene, owner: Token, lemma: str) -> Mention | None:
    """ "his party", "her country": what a person belongs to by what the article calls him."""
    whose = scene.headed.get(owner.i)
    place = scene.belongs.get(whose.name) if whose is not None and whose.type == "PERSON" else None
    if place is None or place.type == "GROUP":
        known = whose is not None and whose.type == "PERSON" and whose.name != UNNAMED
        if known and lemma == "party" and whose is not None:
            return replace(whose, name=f"{whose.name}'s party", type="ORG")
        return None
    if stand_ins()[lemma] == "organisation":
        return place if place.type == "ORG" and may_be(scene, place, lemma) else None
    return place if place.type == "STATE" and lemma in ("country", "nation", "state") else None


def _other(scene: Scene, token: Token, owner: Token) -> Mention | None:
    """ "his host", "their guest": the one person of the last sentences who is not the owner."""
    whose = scene.headed.get(owner.i)
    persons = {m.name: m for m in near(scene, token, 1) if m.type == "PERSON"}
    others = [m for name, m in persons.items() if whose is None or name != whose.name]
    return others[0] if len(others) == 1 and whose is not None else None


def _governed(scene: Scene, owner: Token, token: Token) -> Mention | None:
    """The state that "Assad's government" means, where he is called Syria's president; else by his name."""
    whose = scene.headed.get(owner.i)
    if whose is None or whose.type == "STATE":
        return whose if owner.pos_ == "PRON" else None
    if whose.type != "PERSON":
        return None
    state = scene.belongs.get(whose.name)
    if state is not None and state.type == "STATE":
        return state
    if state is None and scene.described[whose.name] & RULERS and (home := own_state(scene)):
        return home
    named = replace(whose, name=f"{whose.name}'s {token.text}", type="GROUP")
    return named if state is None and owner.pos_ == "PROPN" and token.lemma_ in RULES else None


def _only_person(scene: Scene, token: Token) -> Mention | None:
    """The one person of this sentence and the last, for "the field marshal" that no title explains."""
    lemma = token.lemma_.lower()
    known = among("ranked") | among("characters")
    generic = lemma in known or stand_ins().get(lemma) == "person"
    if not generic or token.dep_ not in ("nsubj", "nsubjpass", "poss", "dobj", "pobj"):
        return None
    if lemma in scene.called:
        return None
    other = SEXES.get(lemma)
    fits = (m for m in near(scene, token, 1) if m.type == "PERSON")
    persons = {m.name: m for m in fits if other is None or scene.gender.get(m.name) != other}
    apart = beside(scene, token) if token.dep_ in ("dobj", "pobj") else partners(scene, token)
    persons = {name: m for name, m in persons.items() if name not in apart}
    return next(iter(persons.values())) if len(persons) == 1 else None


def has_name(scene: Scene, token: Token) -> bool:
    """Whether a name follows at once or stands in apposition: then the title is no mention of its own."""
    if token.dep_ in ("compound", "nmod", "appos", "attr", "oprd"):
        return True
    if token.dep_ == "conj" and token.head.dep_ in ("appos", "attr"):
        return True
    if token.dep_ == "pobj" and token.head.lower_ == "as":
        return True
    following = scene.cast.at(token.i + 1)
    if following is None and token.lemma_.lower() in words().titles:
        following = _behind_comma(scene, token)
    if following is not None and following.type in ("PERSON", "ORG") and following.kind == "name":
        return True
    return any(child.dep_ == "appos" for child in token.children)


def _behind_comma(scene: Scene, token: Token) -> Mention | None:
    """The name that follows "the Russian ambassador to Turkey," at once."""
    for i in range(token.i + 1, min(token.i + 7, len(scene.doc) - 1)):
        if scene.doc[i].text == ",":
            return scene.cast.at(i + 1)
        if scene.doc[i].pos_ not in ("ADP", "DET", "PROPN", "NOUN", "ADJ"):
            return None
    return None


def _described(scene: Scene, token: Token, first: int, definite: bool) -> Mention | None:
    """The person whose titles hold all words of the nominal, the latest named if several."""
    after = scene.doc[token.i + 1 : min(token.right_edge.i + 1, token.i + 5)]
    phrase = [*scene.doc[first : token.i + 1]]
    phrase += [t for t in after if t.dep_ in ("pobj", "compound", "poss", "amod")]
    wanted = keys(t for t in phrase if not (t.pos_ == "ADJ" and t.lower_.endswith(PARTICIPLE))) - IGNORED
    owner = next((c for c in token.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
    whose = scene.headed.get(owner.i) if owner is not None else None
    if owner is not None and (whose is None or whose.type == "PERSON"):
        return serving(scene, token, whose, wanted) or _new(scene, token, owner)
    past, apart = [], partners(scene, token) | beneath(scene, token)
    for mention in near(scene, token, NOMINAL_REACH) if definite else ():
        if mention.type == "PERSON" and mention.name not in apart and _answers(scene, mention.name, wanted):
            place = scene.belongs.get(mention.name)
            if whose is None or (place is not None and place.name == whose.name):
                if ("former" in scene.described[mention.name]) == any(t.lower_ in FORMER for t in phrase):
                    return mention
                past.append(mention)
    if past:
        return past[0]
    if definite:
        later = _named_later(scene, wanted) if whose is None or len(wanted) > 1 else None
        if later is not None:
            return later if later.name not in apart else None
        return _new(scene, token, owner)
    exact = _named_later(scene, wanted, scene.exact) if len(wanted) > 1 else None
    found = exact or foretold(scene, token) or _new(scene, token, owner)
    unknown = found is not None and found.head < token.i and any(t.lower_ in UNKNOWN for t in phrase)
    return None if unknown else found


def _new(scene: Scene, token: Token, owner: Token | None) -> Mention | None:
    """The newcomer whom a noun foretells that says whose or which one is meant."""
    alone = owner is None and not told_of(token)
    found = newcomer(scene, token) if not alone else None
    return learn(scene, found, token) if found is not None else None


def _answers(scene: Scene, name: str, wanted: set[str]) -> bool:
    """Whether a person is called so, or is a counterpart in the state that the phrase names."""
    known = scene.described[name]
    if wanted <= known:
        return True
    states = {key for key in wanted if key[:1].isupper()}
    homeless = not any(key[:1].isupper() for key in known) and name not in scene.belongs
    if len(states) == 1 and len(wanted) == 2 and homeless and wanted - states <= known:
        return True
    return "counterpart" in known and len(wanted) == 2 and len(states) == 1 and states <= known


def _named_later(
    scene: Scene, wanted: set[str], said: Mapping[str, set[str]] | None = None
) -> Mention | None:
    """The one person whom the article calls so anywhere."""
    rarest = min((scene.called.get(key, {}) for key in wanted), key=len, default={})
    fits = [
        m for name, m in rarest.items() if m.type == "PERSON" and wanted <= (said or scene.described)[name]
    ]
    return fits[0] if len(fits) == 1 else None


def _stood_for(scene: Scene, token: Token, first: int, lemma: str) -> Mention | None:
    """The latest organisation, state or place that a common noun can mean."""
    kind = "state" if lemma in RULES else stand_ins()[lemma]
    extra = keys(scene.doc[first : token.i]) - IGNORED
    if kind == "organisation":
        return _organisation(scene, token, lemma, extra) if extra or scene.doc[first].tag_ == "DT" else None
    land = min(extra) if kind == "place" and len(extra) == 1 and min(extra) in scene.states else None
    if kind == "state" and lemma in LANDS and {t.lower_ for t in scene.doc[first + 1 : token.i]} <= EPITHETS:
        extra = set()
    extra = set() if land else extra
    if extra or "new" in {t.lower_ for t in scene.doc[first : token.i]}:
        return None
    apart = beside(scene, token) if kind == "state" else set()
    if lemma in RULES and (own := own_government(scene, token, apart)) is not None:
        return own
    home = own_state(scene, 0.75 if lemma in RULES else HOME) if kind == "state" else None
    if home is not None and home.name not in apart:
        return home
    if lemma in RULES and (said := same_rulers(scene, token, lemma)) is not None and said.name not in apart:
        return said
    for mention in near(scene, token, REACH):
        if kind == "state" and mention.type == "STATE" and mention.name not in apart:
            return mention
        if kind == "place" and mention.type == "PLACE" and called_so(mention.name, lemma):
            return mention if land in (None, load().home(mention.name)) else None
    if kind == "place":
        return _only_place(scene, lemma) if not land and lemma in TOWNS else None
    return at_home(scene)


def _only_place(scene: Scene, lemma: str) -> Mention | None:
    """The one place told of so far that may be called so, however long ago: "the city" of an article."""
    told = (m for number in sorted(scene.past) for m in scene.past[number] if m.type == "PLACE")
    fits = {m.name: m for m in told if called_so(m.name, lemma)}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _organisation(scene: Scene, token: Token, lemma: str, extra: set[str]) -> Mention | None:
    """The body that is called so or whose name says so; for general words the last that may be."""
    for mention in near(scene, token, NOMINAL_REACH):
        if mention.type not in ("ORG", "GROUP"):
            continue
        known = scene.described[mention.name]
        parts = [scene.doc[mention.head].lemma_] if " of " in mention.name else mention.name.split()
        named = lemma in map(fold, parts) or lemma in known
        if extra <= known and (named or (extra and lemma in GENERAL)):
            return mention
    if extra:
        alike = [m for m in scene.called.get(lemma, {}).values() if m.type == "ORG"]
        fits = [m for m in alike if extra <= scene.described[m.name]]
        plain = not any(key[:1].isupper() for key in extra) and scene.doc[token.left_edge.i].lower_ == "the"
        plain = plain and not _bears_name(scene, token)
        fits = fits or (alike if plain else []) or _by_words(scene, token, lemma, extra)
        if fits or not plain or lemma not in GENERAL | BUSINESSES:
            return fits[0] if len(fits) == 1 else None
        return _acting_body(scene, token, lemma)
    for mention in near(scene, token, REACH):
        if mention.type == "ORG" and mention.kind != "adjective" and may_be(scene, mention, lemma):
            return mention
    return None


def _bears_name(scene: Scene, token: Token) -> bool:
    """Whether a name but a place's stands before the noun: "the Orion news agency" was not named before."""
    names = (c for c in token.children if c.dep_ in ("compound", "nmod", "amod") and c.pos_ == "PROPN")
    known = (scene.cast.at(name.i) for name in names if name.i < token.i and name.text.istitle())
    return any(named is None or named.type in ("ORG", "PERSON") for named in known)


def _by_words(scene: Scene, token: Token, lemma: str, extra: set[str]) -> list[Mention]:
    """The bodies whose names hold the words: Human Rights Watch for "a human rights group" in the lead."""
    if len(extra) < 2 or (scene.doc[token.left_edge.i].lower_ in ("a", "an") and scene.sentence[token.i] > 2):
        return []
    named = {m.name: m for m in reversed(scene.cast.mentions) if m.type == "ORG" and m.kind == "name"}
    return [m for m in named.values() if extra <= scene.described[m.name] and may_be(scene, m, lemma)]


def _acting_body(scene: Scene, token: Token, lemma: str) -> Mention | None:
    """The body that acted last, for "the energy giant" that nothing explains."""
    if token.dep_ not in SUBJECTS:
        return None
    for mention in near(scene, token, 2):
        acts = grammatical(scene.doc[mention.head]).dep_ in SUBJECTS
        if acts and mention.type == "ORG" and may_be(scene, mention, lemma):
            return mention
    return None
