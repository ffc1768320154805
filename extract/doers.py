"""Whom "the marchers", "the buyer" and "the victims" mean: who did, or suffered, that deed before.

"Fighters of the Harrow Brigade seized an engineer. The kidnappers want money." The noun's verbs and event
nouns are sought backwards; whoever is their subject (or object) is meant, or nobody where that has no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from extract.binding import partners
from extract.crowds import HUMAN, UNNAMED
from extract.gazetteer import split, table
from extract.lexicon import among, words
from extract.model import Mention
from extract.scene import SUBJECTS, Scene, has, narrowing, near, of_verb

REACH = 20  # sentences
POINTING = frozenset({"the", "these", "those", "this", "that"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
ALLEGED = among("alleged")
CORPORATE = among("corporate")
BARE = frozenset({"on", "in", "at", "during", "after", "with", "before", "who", "that"})
ONTO = frozenset({"of", "on", "against", "for", "at", "upon"})
WHICH = frozenset({"WP", "WDT"})
AGED = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "poss"})
STRUCK = frozenset({"dobj", "pobj"})
CARRYING = among("carrying")


@dataclass(frozen=True, slots=True)
class Deed:
    """The words that tell of a deed, True where what they are done to must be human; `done` or suffered."""

    words: Mapping[str, bool]
    done: bool


@lru_cache(maxsize=1)
def deeds() -> dict[str, Deed]:
    """Noun → the deed that its bearer did, or suffered."""
    out: dict[str, Deed] = {}
    for kind in ("did", "suffered"):
        for row in table("nominals.toml")[kind]:
            told = {word.rstrip("*"): word.endswith("*") for word in split(row["deeds"])}
            out |= {noun: Deed(told, kind == "did") for noun in split(row["nouns"])}
    return out


def doers(scene: Scene, token: Token) -> list[Mention]:
    """Whom a noun made from a deed means; empty when nobody named did it."""
    deed = deeds().get(token.lemma_.lower())
    if deed is None or token.tag_ not in ("NN", "NNS") or not _plain(token):
        return []
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    whose = scene.headed.get(owner.i) if owner is not None else None
    if owner is not None and whose is None:
        return []
    if whose is None and (known := _called(scene, token)):
        return known
    for ours, theirs in _told(scene, token, deed):
        against = {m.name for end in theirs for m in _named(scene, end)}
        if ours and (whose is None or whose.name in against):
            found = {m.name: m for end in ours for m in _named(scene, end)}
            apart = not found.keys() & (beside(scene, token) | _met(scene, token))
            return [m for m in found.values() if apart and _may_be(token, m, len(found))]
    return []


def _met(scene: Scene, token: Token) -> set[str]:
    """Who did something to the noun's bearers before: "killed the gunmen", who are others then."""
    lemma = token.lemma_.lower()
    struck = (t for t in scene.doc[: token.i] if t.lemma_.lower() == lemma and t.dep_ in STRUCK)
    others = (t for t in struck if t.i not in scene.headed or scene.headed[t.i].name == UNNAMED)
    return {name for noun in others for name in beside(scene, noun)}


def _told(scene: Scene, token: Token, deed: Deed) -> Iterator[tuple[list[Token], list[Token]]]:
    """Where the deed was told before, the latest first: who is on the noun's side of it, and who is not."""
    here = scene.sentence[token.i]
    for i in range(token.i - 1, -1, -1):
        word = scene.doc[i]
        if here - scene.sentence[i] > REACH:
            return
        human = deed.words.get(word.lemma_.lower())
        if human is None or word.pos_ not in ("VERB", "NOUN") or word == token.head:
            continue
        doing, suffering = list(_doing(word)), list(_suffering(word))
        if not human or word.pos_ == "NOUN" or any(_human(scene, end) for end in suffering):
            yield (doing, suffering) if deed.done else (suffering, doing)


def _plain(token: Token) -> bool:
    """Whether the noun takes up people told of: definite, and not narrowed by words of its own."""
    pointing = (c for c in token.children if c.dep_ in ("det", "poss"))
    pointed = any(c.dep_ == "poss" or c.lower_ in POINTING for c in pointing)
    return pointed and not any(map(_narrows, token.children))


def _narrows(child: Token) -> bool:
    if child.dep_ in ("amod", "compound", "nmod"):
        return child.lower_ not in ALLEGED
    return (
        narrowing(child)
        or child.dep_ == "appos"
        or (child.dep_ == "prep" and child.lower_ not in BARE and not of_verb(child))
    )


def _called(scene: Scene, token: Token) -> list[Mention]:
    """Whom the noun meant before in this article."""
    lemma = token.lemma_.lower()
    for mention in near(scene, token, REACH):
        head = scene.doc[mention.head]
        if head.lemma_.lower() == lemma and mention.kind == "nominal" and mention.name != UNNAMED:
            first = mention.first
            same = scene.past[scene.sentence[mention.head]]
            return [m for m in same if m.first == first and m.last == mention.last]
    return []


def beside(scene: Scene, token: Token) -> set[str]:
    """Who stands as subject beside the noun as object: "the police shot the attackers" tells of two."""
    if token.dep_ in SUBJECTS:
        return set()
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    subjects = _acting(verb) if verb is not None else []
    return {m.name for t in subjects for m in _named(scene, t)}


def apart(scene: Scene, token: Token) -> set[str]:
    """Who takes another part in the noun's clause than the noun, and so is not meant by it."""
    return beside(scene, token) | partners(scene, token)


def _acting(verb: Token) -> list[Token]:
    """The subjects of a verb, own or from above: "urged him to free the journalist", "went to see her"."""
    for _ in range(4):
        own = [c for c in verb.children if c.dep_ in SUBJECTS]
        if own or verb.dep_ not in ("xcomp", "conj") or verb.head.pos_ != "VERB":
            return own
        objects = [c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i]
        if verb.dep_ == "xcomp" and objects:
            return objects
        verb = verb.head
    return []


def aged(scene: Scene, token: Token, first: int) -> Mention | None:
    """The person that "the 41-year-old" or "the 39-year-old centrist" means: the last one who acted."""
    if token.dep_ not in AGED or not _years_old(token, first):
        return None
    others = apart(scene, token)
    fits = [m for m in near(scene, token, 2) if m.type == "PERSON" and m.name not in others]
    return next((m for m in fits if scene.doc[m.head].dep_ in SUBJECTS), fits[0] if fits else None)


def _years_old(token: Token, first: int) -> bool:
    """Whether a word is an age, or comes with one and "the" and with no name."""
    if token.lower_ == "old":
        return token.i > 3 and token.nbor(-2).lower_ == "year"
    if token.tag_ != "NN" or token.lemma_.lower() not in HUMAN or token.doc[first].lower_ != "the":
        return False
    old = (t for t in token.doc[first + 2 : token.i] if t.lower_ == "old")
    if token.dep_ == "poss" and token.head.lemma_.lower() in HUMAN:
        return False
    named = any(t.pos_ == "PROPN" for t in token.doc[token.i + 1 : token.i + 2])
    return not named and any(t.nbor(-2).lower_ == "year" for t in old)


def _named(scene: Scene, token: Token) -> Iterator[Mention]:
    """The actors that a noun and those joined to it stand for."""
    for one in (token, *(c for c in token.conjuncts if c.i > token.i)):
        mention = scene.headed.get(one.i)
        if mention is not None and mention.name != UNNAMED and mention.type != "PLACE":
            same = scene.past[scene.sentence[mention.head]]
            yield from (m for m in same if (m.first, m.last) == (mention.first, mention.last))


def _may_be(token: Token, mention: Mention, number: int) -> bool:
    """Whether number and kind agree: "the victims" are a group or two persons, "the buyer" a body too."""
    if token.tag_ == "NNS":
        return mention.type in ("GROUP", "ORG") or (number > 1 and mention.type == "PERSON")
    if token.lemma_.lower() in CORPORATE:
        return number == 1 and mention.type in ("PERSON", "ORG", "STATE")
    return number == 1 and mention.type == "PERSON"


def _human(scene: Scene, token: Token) -> bool:
    mention = scene.headed.get(token.i)
    if mention is not None:
        return mention.type in ("PERSON", "GROUP")
    lemma = token.lemma_.lower()
    return token.pos_ == "PRON" or lemma in words().groups or lemma in words().titles


def _doing(word: Token) -> Iterator[Token]:
    """Who does what a verb or event noun tells."""
    if word.pos_ == "NOUN":
        before = (c for c in word.children if c.dep_ in ("poss", "compound", "amod", "nmod"))
        yield from (c for c in before if c.dep_ == "poss" or c.pos_ == "PROPN" or c.ent_type_)
        yield from _governed(word, frozenset({"by"}))
        verb = word.head if word.dep_ == "dobj" else word.head.head
        if word.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and verb.lemma_ in CARRYING:
            yield from _doing(verb)
        return
    if any(c.dep_ in PASSIVE or c.dep_ == "auxpass" for c in word.children) or _reduced(word):
        yield from _governed(word, frozenset({"by"}))
        return
    yield from _subject(word)


def _suffering(word: Token) -> Iterator[Token]:
    """Who suffers what a verb or event noun tells."""
    if word.pos_ == "NOUN":
        yield from _governed(word, ONTO)
        return
    if any(c.dep_ in PASSIVE for c in word.children) or _reduced(word):
        yield from _subject(word)
        return
    yield from (c for c in word.children if c.dep_ == "dobj")
    yield from _governed(word, ONTO)
    if word.dep_ == "relcl" and any(c.tag_ in WHICH and c.dep_ == "dobj" for c in word.children):
        yield word.head


def _reduced(verb: Token) -> bool:
    """Whether a participle stands for a passive clause: "the men seized in May"."""
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not has(verb, "nsubj", "dobj", "aux")


def _subject(verb: Token) -> Iterator[Token]:
    """The noun that acts, or in a passive suffers, also where an earlier verb holds it."""
    node = verb
    for _ in range(5):
        own = next((c for c in node.children if c.dep_ in SUBJECTS), None)
        if own is not None:
            yield node.head if own.tag_ in WHICH and node.dep_ == "relcl" else own
            return
        if node.dep_ in ("acl", "relcl"):
            yield node.head
            return
        if node.dep_ in ("conj", "xcomp", "advcl") and node.head.pos_ in ("VERB", "AUX"):
            node = node.head
        elif node.dep_ == "pcomp" and node.head.head.pos_ in ("VERB", "AUX"):
            blamed = node.head.lower_ in ("of", "for", "from")
            node, prep = node.head.head, node.head
            objects = [c for c in node.children if c.dep_ == "dobj"] if blamed else []
            if objects and prep.i > objects[0].i:
                yield objects[0]
                return
            passive = blamed and has(node, "nsubjpass")
            if passive:
                yield from (c for c in node.children if c.dep_ == "nsubjpass")
                return
        else:
            return


def _governed(word: Token, names: frozenset[str]) -> Iterator[Token]:
    """What these prepositions bring."""
    for prep in word.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in names:
            yield from (c for c in prep.children if c.dep_ == "pobj")
