"""Whom nouns for several mean: "both sides", "the two ministers", "all three", "the Tunisian" beside them."""

from __future__ import annotations

import itertools

from spacy.tokens import Token

from extract.crowds import ARMED, INSURGENTS, SIDES, own_state
from extract.fitting import may_be, stand_ins
from extract.gazetteer import fold
from extract.lexicon import among, words
from extract.model import ActorType, Mention
from extract.scene import SUBJECTS, Scene, grammatical, keys, near

ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj"})
OTHERS = frozenset({"other", "others", "more", "further", "additional", "separate", "new", "unidentified"})
OPPOSED = frozenset({"the", "warring", "rival", "opposing"})
KNOWN = frozenset({"the", "both", "these", "those", "all"})
PEOPLES = ("sh", "ch", "ese", "iss")  # "the French" are many, "the Tunisian" is one
NATIONS = frozenset({"country", "nation", "state", "government", "neighbour", "neighbor", "capital"})
PROMINENT = 0.2  # of all mentions of states, for a state to be one of two that an article is about
COUNTING = frozenset({"two", "pair", "duo", "couple", "both", "all", "three", "trio", "four"})
THREE = {"three": 3, "trio": 3, "four": 4}
BODILY: tuple[ActorType, ...] = ("STATE", "ORG", "GROUP")
NOMINAL_REACH = 12  # and for a person


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


def several(scene: Scene, token: Token, first: int) -> list[Mention]:
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
