"""Whom "the minister", "the two sides" and "the bank" mean: by what the article says of its actors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from extract.binding import beneath, partners
from extract.crowds import (
    ARMED,
    INSURGENTS,
    NATIONAL,
    SIDES,
    SOLDIERS,
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
from extract.foretold import foretold, learn, newcomer, told_of
from extract.gazetteer import fold, load, split, table
from extract.lexicon import among, among_definites, words
from extract.model import ActorType, Mention
from extract.offices import SPOKEN_FOR, mouthpiece, office, public
from extract.scene import SUBJECTS, Scene, grammatical, keys, narrowing, near, of_verb
from extract.serving import RULERS, own_government, same_rulers, serving

DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})
ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj"})
IGNORED = frozenset(
    {"former", "then", "new", "acting", "late", "same", "old", "veteran", "embattled", "outgoing"}
)
GENERAL = among("general")
BRANCHES = frozenset({"business", "enterprise"})  # "a business partner" is nobody's in particular
BUSINESSES = among("businesses")
TOWNS = frozenset({"city", "town", "village"})
SMALL = frozenset({"village", "island", "peninsula", "province"})  # what no large city is
FIGHTING = frozenset({"group", "organisation", "organization", "movement", "militia", "faction", "body"})
FORAYS = frozenset(
    {"advance", "airstrike", "ambush", "assault", "attack", "blockade", "bombardment", "bombing", "crackdown"}
    | {"incursion", "offensive", "operation", "raid", "shelling", "siege", "strike"}
)
RULES = frozenset({"government", "regime", "administration", "cabinet", "junta"})
UNKNOWN = frozenset({"new", "next", "future", "another", "different", "permanent"})
OTHERS = frozenset({"other", "others", "more", "further", "additional", "separate", "new", "unidentified"})
OPPOSED = frozenset({"the", "warring", "rival", "opposing"})
KNOWN = frozenset({"the", "both", "these", "those", "all"})
PEOPLES = ("sh", "ch", "ese", "iss")  # "the French" are many, "the Tunisian" is one
FORMER = frozenset({"former", "ex", "ousted", "deposed", "then"})
NAMING = frozenset({"know", "call", "name", "nickname", "identify", "dub"})
SEXES = {"man": "female", "woman": "male", "widow": "male", "actress": "male"}  # and who it can't be
PARTICIPLE = ("ed", "en")  # "the jailed leader", "the beaten candidate": what happened to somebody known
OPPOSITES = frozenset({"host", "guest", "visitor", "interlocutor", "captor", "accuser", "opposite"})
NATIONS = frozenset({"country", "nation", "state", "government", "neighbour", "neighbor", "capital"})
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
PROMINENT = 0.2  # of all mentions of states, for a state to be one of two that an article is about
COUNTING = frozenset({"two", "pair", "duo", "couple", "both", "all", "three", "trio", "four"})
THREE = {"three": 3, "trio": 3, "four": 4}
BODILY: tuple[ActorType, ...] = ("STATE", "ORG", "GROUP")
SURELY = 0.75  # of all mentions of states, for "a government raid" to be that one's
HOME = 0.6  # of all mentions of states, for "the country" to be that one, whichever was named last
REACH = 4  # sentences that a common noun looks back for a body or state
NOMINAL_REACH = 12  # and for a person


@lru_cache(maxsize=1)
def stand_ins() -> dict[str, str]:
    """Lemma of a common noun → what it can stand for: organisation, state, person."""
    rows = table("nominals.toml")["stand_ins"]
    return {word: kind for kind in ("person", "state", "organisation", "place") for word in split(rows[kind])}


@lru_cache(maxsize=1)
def _bodies() -> dict[str, frozenset[str]]:
    return {noun: frozenset(split(text)) for noun, text in table("nominals.toml")["bodies"].items()}


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
        named is None
        and all(child.dep_ == "det" for child in token.children)
        and not token.nbor(-1).ent_type_
    )
    return _organisation(scene, token, lemma, set()) if bare and token.i else named


def pair(
    scene: Scene, token: Token, types: tuple[ActorType, ...], reach: int = 1, every: bool = False
) -> list[Mention]:
    """The actors joined by "and" in the latest sentences: whom "they" and "both sides" mean."""
    number = 0 if every else 2
    near_by = joined(scene, token, types, min(reach, 1), number) or _both_of_last(scene, token, types)
    return near_by or joined(scene, token, types, reach, number)


def joined(
    scene: Scene, token: Token, types: tuple[ActorType, ...], reach: int, number: int
) -> list[Mention]:
    """So many actors joined by "and" in the latest sentences, any number of them for 0."""
    for mention in near(scene, token, reach):
        joint = conjuncts(scene, mention, types)
        if len(joint) == number or (not number and len(joint) > 1):
            return joint
    return []


def conjuncts(scene: Scene, mention: Mention, types: tuple[ActorType, ...]) -> list[Mention]:
    """All actors that are joined with this one, in order; empty if it is not the last of them."""
    head = grammatical(scene.doc[mention.head])
    if head.dep_ != "conj" or mention.type not in types or any(c.dep_ == "conj" for c in head.children):
        return []
    joint = [mention]
    while head.dep_ == "conj" or (head.dep_ == "appos" and joint[-1].kind == "name"):
        listed, head = head.dep_ == "conj", head.head
        other = scene.headed.get(head.i)
        if other is not None and not listed and (other.kind, other.type) != ("name", mention.type):
            return []
        if other is None or other.type not in types or any(other.name == one.name for one in joint):
            return []
        joint.append(other)
    return joint[::-1]


def _both_of_last(scene: Scene, token: Token, types: tuple[ActorType, ...]) -> list[Mention]:
    """The two actors of one type in the sentence before, when it has just two, or its subject and object."""
    here = scene.sentence[token.i]
    before = [m for m in scene.past.get(here - 1, ()) if m.kind != "adjective"]
    earlier = [m for m in scene.past.get(here - 2, ()) if m.kind != "adjective"]
    for wanted in types:
        of_type = {m.name: m for m in before if m.type == wanted}
        main = {name: m for name, m in of_type.items() if _argument(scene.doc[m.head])}
        older = {m.name: m for m in earlier if m.type == wanted and _argument(scene.doc[m.head])}
        for found in (main, of_type, {} if len(of_type) > 2 else older):
            if len(found) == 2:
                return list(found.values())
    named = {m.name: m for m in (*earlier, *before) if m.type == "PERSON" and m.kind != "pronoun"}
    if "PERSON" in types and len(named) == 2:
        return list(named.values())
    mixed = {m.name: m for m in before if m.type in types and _argument(scene.doc[m.head])}
    apart = not any(one != two and one in two for one in mixed for two in mixed)
    return list(mixed.values()) if len(mixed) == 2 and "PERSON" not in types and apart else []


def _argument(token: Token) -> bool:
    """Whether a noun takes part in the main event of its sentence: subject, object, or one met with."""
    if token.dep_ in SUBJECTS or token.dep_ in ("dobj", "dative"):
        return token.head.dep_ in ("ROOT", "ccomp", "conj")
    return token.dep_ == "pobj" and token.head.lower_ in ("with", "by") and token.head.head.pos_ == "VERB"


def compatriots(scene: Scene, token: Token, people: Mention) -> list[Mention]:
    """The person that "the Tunisian" means, whom the article calls so; the two that "the two Libyans" are."""
    if token.dep_ not in ARGUMENTS or not token.i or token.tag_ not in ("JJ", "NN", "NNP", "NNS", "NNPS"):
        return []
    before = token.nbor(-1).lower_
    if before in ("two", "both") and token.tag_ in ("NNS", "NNPS"):
        return pair(scene, token, ("PERSON",))
    many = token.tag_ in ("NNS", "NNPS") or token.lower_.endswith(PEOPLES)
    if before != "the" or many or people.kind != "adjective":
        return []
    wanted = keys([token])
    fits = {m.name: m for m in near(scene, token, NOMINAL_REACH) if m.type == "PERSON"}
    of = {name: scene.belongs[name].name for name in fits if name in scene.belongs}
    known = (m for name, m in fits.items() if wanted <= scene.described[name] or of.get(name) == people.name)
    return list(itertools.islice(known, 1))


def nominal(scene: Scene, token: Token) -> Iterator[tuple[int, int, Mention]]:
    """Noun phrases that stand for an actor named elsewhere: bounds and the actor."""
    low, lemma = token.lower_, token.lemma_.lower()
    first = token.left_edge.i if token.left_edge.i >= token.i - 7 else token.i
    if low == "latter" and token.i and token.nbor(-1).lower_ == "the":
        past = next((m for m in near(scene, token, 1) if m.type in ("PERSON", "ORG", "STATE")), None)
        if past:
            yield token.i - 1, token.i + 1, past
    elif two := _two(scene, token, first):
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


def _two(scene: Scene, token: Token, first: int) -> list[Mention]:
    """ "both sides", "the two ministers", "the two": two actors at once."""
    if token.tag_ not in ("NNS", "NNPS") and token.lower_ not in COUNTING:
        return []
    lemma = token.lemma_.lower()
    between = {t.lower_ for t in scene.doc[first : token.i]}
    if between & OTHERS:
        return []
    if three := _three(scene, token, between):
        return three
    if token.lower_ == "all" and token.dep_ in SUBJECTS and not any(token.children):
        joint = joined(scene, token, ("PERSON",), 1, 0) or joined(scene, token, BODILY, 1, 0)
        return joint if len(joint) > 2 else []
    if token.lower_ == "both" and token.dep_ in ARGUMENTS and not any(token.children):
        return pair(scene, token, ("PERSON", "STATE", "ORG"))
    if token.lower_ in ("two", "pair", "duo", "couple") and "the" in between and token.dep_ in ARGUMENTS:
        return pair(scene, token, ("PERSON", "STATE", "ORG"))
    sides = lemma == "side" and "the" in between and between <= OPPOSED and token.dep_ in SUBJECTS
    if token.tag_ not in ("NNS", "NNPS") or not (sides or between & {"two", "both"}):
        return []
    if not between & KNOWN and scene.sentence[token.i] and not any(c.dep_ == "poss" for c in token.children):
        return []
    if lemma in words().titles or stand_ins().get(lemma) == "person" or token.tag_ == "NNPS":
        return pair(scene, token, ("PERSON",))
    if lemma in NATIONS:
        return pair(scene, token, ("STATE",), 3) or rivals(scene)
    if lemma in among("pairs"):
        two = joined(scene, token, BODILY, 3, 2) or (adversaries(scene, token) if lemma == "side" else [])
        return two or pair(scene, token, BODILY, 3)
    if stand_ins().get(lemma) != "organisation":
        return []
    two = pair(scene, token, ("ORG",), 2)
    return two if all(may_be(scene, one, lemma) for one in two) else []


def adversaries(scene: Scene, token: Token) -> list[Mention]:
    """The state that an article is about and those who fight or oppose it, for "both sides"."""
    home = own_state(scene)
    against: dict[str, list[Mention]] = {}
    for mention in near(scene, token, NOMINAL_REACH):
        insurgent = scene.doc[mention.head].lemma_.lower() in SIDES or fold(mention.name) in ARMED
        if mention.type in ("GROUP", "ORG") and (insurgent or scene.described[mention.name] & INSURGENTS):
            against.setdefault(mention.name, []).append(mention)
    if home is None or not against:
        return []
    return [home, max(against.values(), key=len)[0]]


def rivals(scene: Scene) -> list[Mention]:
    """The two states that an article is about: no third comes near them."""
    total = scene.states.total()
    (one, two, *rest) = [*scene.states.most_common(3), ("", 0), ("", 0)][:3]
    if two[1] < 2 or two[1] < PROMINENT * total or (rest and rest[0][1] * 2 > two[1]):
        return []
    firsts = {m.name: m for m in reversed(scene.cast.mentions) if m.type == "STATE"}
    return sorted((firsts[name] for name, _ in (one, two)), key=lambda m: m.first)


def _three(scene: Scene, token: Token, between: set[str]) -> list[Mention]:
    """ "all three", "the three leaders", "the trio": as many actors joined before."""
    bare = token.lower_ in ("three", "trio", "four") and bool(between & {"the", "all"})
    number = next((n for word, n in THREE.items() if word in between or (bare and word == token.lower_)), 0)
    if not number or token.dep_ not in ARGUMENTS or not (bare or between & {"the", "all", "these"}):
        return []
    if bare or token.tag_ in ("NNS", "NNPS"):
        lemma = token.lemma_.lower()
        if bare or lemma in words().titles or stand_ins().get(lemma) == "person":
            persons = joined(scene, token, ("PERSON",), 2, number)
            return persons or (joined(scene, token, BODILY, 2, number) if bare else [])
        if lemma in among("pairs") or stand_ins().get(lemma) == "organisation":
            return joined(scene, token, BODILY, 3, number)
    return []


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
        if kind == "place" and mention.type == "PLACE" and _such(mention.name, lemma):
            return mention if land in (None, load().home(mention.name)) else None
    if kind == "place":
        return _only_place(scene, lemma) if not land and lemma in TOWNS else None
    return at_home(scene)


def _only_place(scene: Scene, lemma: str) -> Mention | None:
    """The one place told of so far that may be called so, however long ago: "the city" of an article."""
    told = (m for number in sorted(scene.past) for m in scene.past[number] if m.type == "PLACE")
    fits = {m.name: m for m in told if _such(m.name, lemma)}
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


def may_be(scene: Scene, mention: Mention, lemma: str) -> bool:
    """Whether a body may be called so, by its name's last noun and by what it is called."""
    said = {*fold(mention.name).split()[-1:], *scene.described[mention.name]}
    kinds = [_bodies()[noun] for noun in said if noun in _bodies()]
    if said & BUSINESSES:
        kinds.append(_bodies()["company"] | said & BUSINESSES)
    elif fold(mention.name) in load().companies:
        kinds.append(_bodies()["company"] | BUSINESSES)
    if fold(mention.name) in load().outlets:
        kinds.append(_bodies()["news"] | _bodies()["times"])
    if kinds:
        return any(lemma in bodies for bodies in kinds)
    if fold(mention.name) in ARMED or said & INSURGENTS:
        return lemma in FIGHTING
    other = fold(mention.name) in load().organisations or said & (words().organisations | SOLDIERS)
    return lemma in GENERAL or (lemma in BUSINESSES and not other)


def _such(name: str, lemma: str) -> bool:
    """Whether a place may be called so: a base by its name, a town or region by having no other kind."""
    last = fold(name).split()[-1]
    if last in words().places:
        return last == lemma or lemma.endswith(last) or last.endswith(lemma)
    return lemma in among("regions") and not (lemma in SMALL and load().home(name))
